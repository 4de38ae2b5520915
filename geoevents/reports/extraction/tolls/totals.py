"""Tolls of more than an event: of a year, of a war, of a whole country."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import When
    from geoevents.reports.syntax.model import Clause

_MONTH = 31  # days; a toll of more is of no single event
_LONG = frozenset({"month", "year"})  # precisions of times that are no day of an event
_RANK = 8  # words from "the worst" to "since 2014"
_COUNTRY = 12  # words from a toll to the place or the time that it is of


def is_running(scene: Scene, clause: Clause) -> bool:
    """
    Tell whether a clause counts the victims of months: "312 have been killed since January".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.

    Returns
    -------
    bool
        Whether it does.
    """
    verb = clause.verb
    perfect = verb is not None and verb.tense == "perfect"
    if any(_is_long(scene, when, perfect=perfect) for when in clause.times):
        return True
    for other in scene.clauses:
        if clause.host is not None and other.subject is clause.host and other is not clause:
            counts = other.verb is not None and other.verb.tense == "perfect"
            if any(_is_long(scene, when, perfect=counts) for when in other.times):
                return True  # "1,400 wounded have passed through since 10 May"
        if other.parent != clause.number:
            continue
        long = (_is_long(scene, when, perfect=perfect) for when in other.times)
        if other.link == "coordinate" and (any(long) or (perfect and _of_war(scene, other))):
            return True  # "226 people have died and 1,400 were wounded since 10 May"
        if perfect and other.mark in scene.triggers.words["since"] and _began_long_ago(other):
            return True
    return perfect and _of_war(scene, clause)


def _is_long(scene: Scene, when: When, *, perfect: bool) -> bool:
    """Whether a time is that of a toll of months: "since January", "over the past decade"."""
    if perfect and when.precision == "year" and not when.lasts:
        return True  # "85 have been killed this year"
    long = when.lasts and (when.last - when.first).days > _MONTH
    return long and (perfect or _since(scene, when))


def _since(scene: Scene, when: When) -> bool:
    """Whether a time of more than a month is told with "since"."""
    if not when.lasts or (when.last - when.first).days <= _MONTH:
        return False
    words = {word.start: place for place, word in enumerate(scene.words)}
    place = words.get(when.start)
    if place is not None and _is_ranked(scene, place):
        return False
    first = scene.words[place].lower.split(" ", 1)[0] if place is not None else ""
    before = scene.words[place - 1].lower if place else ""
    return bool({first, before} & scene.triggers.words["since"])


def _is_ranked(scene: Scene, place: int) -> bool:
    """Whether a time tells how bad or rare one event was: "the worst attack there since 2014"."""
    ranks = scene.triggers.words["superlatives"] | scene.triggers.words["ranks"]
    for word in reversed(scene.words[max(0, place - _RANK) : place]):
        if word.tag in ("VERB", "PUNCT"):
            break
        if word.lower in ranks:
            return True
    return False


def _began_long_ago(clause: Clause) -> bool:
    """Whether it is "since the protests began in December": not "since the blast on Friday"."""
    return not clause.times or all(when.precision in _LONG for when in clause.times)


def _of_war(scene: Scene, clause: Clause) -> bool:
    """Whether it counts the dead of a war: "the conflict has left 350,000 people dead"."""
    sets, words = scene.triggers.words, scene.words
    if any(when.precision == "day" for when in clause.times):
        return False
    subject = clause.subject
    if subject is not None and words[subject.head].lemma in sets["wars"]:
        return True
    in_it = scene.triggers.links["amid_war"]
    return any(
        words[phrase.head].lemma in sets["wars"]
        or words[phrase.head].lemma.rsplit(" ", 1)[-1] in sets["spans"]
        for word, phrase in clause.preps
        if word in in_it
    )


def is_of_more(scene: Scene, place: int) -> bool:
    """
    Tell whether a toll is one of more than an event: "the week's toll", "55 hurt in a week".

    Parameters
    ----------
    scene : Scene
        The sentence.
    place : int
        The number of the word "toll" or "number".

    Returns
    -------
    bool
        Whether it is.
    """
    words, sets = scene.words, scene.triggers.words
    spans = sets["spans"] | sets["short_spans"]
    before = words[max(0, place - 3) : place]
    for one in before:
        if one.lemma in sets["overall"] or one.lemma in sets["wars"]:
            return True
        owner = one.tag == "TIME" or one.lemma in spans
        follows = next((w for w in words if w.start == one.end), None)
        if owner and follows is not None and follows.tag == "POSS":
            return True
    for at in range(place + 1, min(place + _COUNTRY, len(words))):
        one, last = words[at], words[at - 1].lower
        if one.tag == "SUB" or one.lower in (".", ";"):
            break
        if one.tag == "TIME" and one.lemma.rsplit(" ", 1)[-1] in spans:
            return True  # "killed in the state this week"
        if last in scene.triggers.links["across"]:
            return True  # "the number hurt across the country"
    return False
