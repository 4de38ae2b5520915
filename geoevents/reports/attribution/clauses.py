"""What a clause says in words, and who is its object."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from geoevents.reports.attribution.speakers import actors_of

if TYPE_CHECKING:
    from geoevents.reports.model import Actor
    from geoevents.reports.syntax import Clause


def clause_text(clause: Clause) -> str:
    """
    Give the words of a clause up to its object, for the reader.

    Parameters
    ----------
    clause : Clause
        The clause.

    Returns
    -------
    str
        They.
    """
    verb = clause.verb
    first = clause.words[clause.subject.first].start if clause.subject else clause.start
    last = verb.end if verb is not None else clause.end
    if clause.objects:
        last = max(last, clause.words[clause.objects[0].last].end)
    low = bisect_left(clause.words, first, key=lambda word: word.start)
    return " ".join(word.text for word in clause.words[low:] if word.end <= last)


def objects_of(clause: Clause) -> list[Actor]:
    """
    List who is the object of a clause.

    Parameters
    ----------
    clause : Clause
        The clause.

    Returns
    -------
    list of Actor
        Who.
    """
    return [actor for phrase in clause.objects[:1] for actor in actors_of(phrase, clause.words)]
