"""Places that are named and yet not where something is: in somebody's name, beside a border."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geoevents.localities.phrasing import Phrase

if TYPE_CHECKING:
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings

_NAMED = ("armed group", "coalition", "organisation", "person")
_IN = (" in ", "In ")
_DEEP = 3  # words of where before a name
_CONTAINS = (", ", "(")  # "El Alto, Bolivia, ..."
_CLOSES = (",", ")", ".", ";")


def within_actors(findings: Findings) -> set[int]:
    """
    Find the toponyms that are part of somebody's name: "US warplanes".

    Parameters
    ----------
    findings : Findings
        What was found in the document.

    Returns
    -------
    set of int
        Their numbers. "Police in Kenya" are somewhere, unlike "Al-Qaeda in the Arabian Peninsula".
    """
    text = findings.document.text
    placed = {
        number
        for phrase in findings.phrases
        if phrase.toponyms and phrase.start < findings.toponyms[phrase.toponyms[0]].start
        for number in phrase.toponyms
    }
    # "on the border between Syria and Iraq": both are what something is beside, not who acts.
    beside = {
        number
        for phrase in findings.phrases
        if phrase.toponyms
        and text.count(" ", phrase.start, findings.toponyms[phrase.toponyms[0]].start) >= _DEEP
        for number in phrase.toponyms
    }
    found = set()
    place = 0
    actors = findings.actors
    for number, toponym in enumerate(findings.toponyms):
        while place < len(actors) and actors[place].end <= toponym.start:
            place += 1
        if place < len(actors) and actors[place].start <= toponym.start:
            actor = actors[place]
            said = number in placed or text.endswith(_CONTAINS, actor.start, toponym.start)
            if actor.start == toponym.start:
                closed = text.startswith(_CLOSES, toponym.end)
                said = toponym.end == actor.end and (
                    text.endswith(_IN, 0, toponym.start)
                    or number in beside
                    or (closed and text.endswith(_CONTAINS, 0, toponym.start))
                )
            elif actor.sense in _NAMED:
                said = False
            if not said:
                found.add(number)
    return found


def is_line(phrase: Phrase, findings: Findings) -> bool:
    """
    Tell whether a phrase is about a border: "near the Syrian-Iraqi border", though no place is.

    Parameters
    ----------
    phrase : Phrase
        The phrase.
    findings : Findings
        What was found in the document.

    Returns
    -------
    bool
        True where its words say more than the peoples on both sides.
    """
    named = [findings.toponyms[number] for number in phrase.toponyms]
    return (
        all(one.sense == "demonym" for one in named)
        and phrase.start < named[0].start
        and phrase.end > named[-1].end
    )


def with_half_roads(phrases: list[Phrase], findings: Findings, language: Language) -> list[Phrase]:
    """
    Add the known ends of roads whose other end nobody knows: "the Maiduguri-Damboa road".

    Parameters
    ----------
    phrases : list of Phrase
        The locality phrases of a document.
    findings : Findings
        The document and its toponyms.
    language : Language
        The language, for words of roads.

    Returns
    -------
    list of Phrase
        With these, in the order of the text.
    """
    text, road = findings.document.text, _road(language)
    held = {number for phrase in phrases for number in phrase.toponyms}
    found = [
        Phrase(one.start, one.end, one.text, (number,))
        for number, one in enumerate(findings.toponyms)
        if number not in held and one.sense == "place" and road.match(text, one.end)
    ]
    return sorted([*phrases, *found], key=lambda phrase: phrase.start) if found else phrases


@cache
def _road(language: Language) -> re.Pattern[str]:
    return re.compile(language.table("unknown")["road"])
