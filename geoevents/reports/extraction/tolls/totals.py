"""Tolls of more than an event: of a year, of a war, of a whole country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.model import When

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase, Word

_MONTH = 31  # days; a toll of more is of no single event
_LONG = frozenset({"month", "year"})  # precisions of times that are no day of an event
_RANK = 8  # words from "the worst" to "since 2014"
_COUNTRY = 12  # words from a toll to the place or the time that it is of
_YEAR = 366  # days; of a time that is more than one year
_NEVER = 10**6
_DAYS = 4  # "since" more days than these is of no single event
_MANY = 1000  # so many "have been killed" in a war, where no day is told
_WAR = 100_000  # and so many have died in no single attack that is told without its day


def is_running(scene: Scene, clause: Clause, count: Quantity | None = None) -> bool:
    """
    Tell whether a clause counts the victims of months: "312 have been killed since January".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.
    count : Quantity or None
        How many it tells of, where that is known.

    Returns
    -------
    bool
        Whether it does.
    """
    perfect = _is_perfect(scene, clause)
    dated = not perfect and any(w.precision == "day" and not w.lasts for w in clause.times)
    months = not dated and any(_is_long(scene, when, perfect=perfect) for when in clause.times)
    if months or _lasted_months(scene, clause):
        return True  # not "killed 13 on Friday, the most since 2011"
    for other in scene.clauses:
        if clause.host is not None and other.subject is clause.host and other is not clause:
            counts = other.verb is not None and other.verb.tense == "perfect"
            if any(_is_long(scene, when, perfect=counts) for when in other.times):
                return True  # "1,400 wounded have passed through since 10 May"
        if other.parent != clause.number:
            continue
        long = (_is_long(scene, when, perfect=perfect) for when in other.times)
        war = perfect and _of_war(scene, other, perfect=True)
        if other.link == "coordinate" and (any(long) or war):
            return True  # "226 people have died and 1,400 were wounded since 10 May"
        if perfect and other.mark in scene.triggers.words["since"] and _began_long_ago(other):
            return True
    if count is not None and _is_of_war(scene, clause, count.low or count.value or count.high or 0):
        return True
    return _of_war(scene, clause, perfect=perfect) or _is_past_of_place(scene, clause)


def _is_perfect(scene: Scene, clause: Clause) -> bool:
    """Whether people "have been killed"; the country "has seen 3,000 people killed", too."""
    verb = clause.verb
    if verb is None or verb.tense == "perfect":
        return verb is not None
    above = scene.clause(clause.parent).verb if clause.parent is not None else None
    bare = verb.voice == "passive" and verb.first == verb.head and clause.link == "that"
    return bare and above is not None and above.tense == "perfect"


def _lasted_months(scene: Scene, clause: Clause) -> bool:
    """Whether no event is named and months are: "6,500 were killed between January and April"."""
    spans = {"month": _MONTH, "year": _YEAR}
    if not any(
        not when.lasts and (when.last - when.first).days > spans.get(when.precision, _NEVER)
        for when in clause.times
    ):
        return False
    named = (clause.subject, *(phrase for _, phrase in clause.preps))
    return all(scene.event_of(phrase) is None for phrase in named)


def _is_of_war(scene: Scene, clause: Clause, many: float) -> bool:
    """Whether so many are those of a war: "has displaced two million and killed over 10,000"."""
    above = scene.clause(clause.parent) if clause.parent is not None else None
    joined = above is not None and clause.link == "coordinate" and clause.shared
    told = [clause, above] if joined and above is not None else [clause]
    perfect = any(one.verb is not None and one.verb.tense == "perfect" for one in told)
    if many < (_MANY if perfect else _WAR):
        return False
    days = any(when.precision == "day" or when.lasts for one in told for when in one.times)
    return not days and not (perfect and many < _WAR and scene.is_placed(clause))


def _is_past_of_place(scene: Scene, clause: Clause) -> bool:
    """Whether it tells what a place has seen: "hit X, a city where 12 people were killed"."""
    host, sets = clause.host, scene.triggers.words
    if host is None or clause.link != "relative" or not host.first:
        return False
    if any(when.precision == "day" for when in clause.times):
        return False
    words = scene.words
    senses = scene.triggers.senses.get(words[host.head].lemma, frozenset())
    apart = words[host.first - 1].lower == "," and words[host.first].lower in sets["one"]
    named = any(is_place(word) for word in words[: host.first])
    return apart and named and "place" in senses


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


def _of_war(scene: Scene, clause: Clause, *, perfect: bool) -> bool:
    """Whether it counts the dead of a war: "the conflict has left 350,000 people dead"."""
    if any(when.precision == "day" for when in clause.times):
        return False
    if _is_war(scene, clause.subject, perfect=perfect):
        return True
    if clause.link == "relative" and _is_war(scene, clause.host, perfect=perfect):
        return True  # "the 1994 genocide, in which 800,000 were killed"
    in_it, sets = scene.triggers.links["amid_war"], scene.triggers.words
    return any(
        _is_war(scene, phrase, perfect=perfect)
        or (perfect and _is_of_years(scene, phrase))
        or (perfect and scene.words[phrase.head].lemma.rsplit(" ", 1)[-1] in sets["spans"])
        for word, phrase in clause.preps
        if word in in_it
    )


def _is_of_years(scene: Scene, phrase: NounPhrase) -> bool:
    """Whether it is told how many years something took: "in its 33-year fight"."""
    spans = scene.triggers.words["spans"]
    inside = scene.words[phrase.first : phrase.head]
    return any(not spans.isdisjoint(one.lower.split("-")[1:]) for one in inside)


def _is_war(scene: Scene, phrase: NounPhrase | None, *, perfect: bool) -> bool:
    """Whether it names a war; where the dead "have" not died, one that is known and no event."""
    if phrase is None or scene.words[phrase.head].lemma not in scene.triggers.words["wars"]:
        return False
    if perfect:
        return True
    first, head = scene.words[phrase.first], scene.words[phrase.head]
    sets = scene.triggers.words
    known = first.lower in sets["definite"] | sets["pointing"] or first.tag in ("TIME", "NUM")
    known = known or phrase.owner is not None or head.form == "plural"
    return known and scene.event_of(phrase) is None


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
    return _is_told_of_more(scene, place)


def _is_told_of_more(scene: Scene, place: int) -> bool:  # noqa: PLR0911 -- a rule a line
    """Whether what stands behind "toll" says so: "in the war", "across the country"."""
    words, sets = scene.words, scene.triggers.words
    spans, counted = sets["spans"] | sets["short_spans"], False
    for at in range(place + 1, min(place + _COUNTRY, len(words))):
        one, last = words[at], words[at - 1].lower
        if one.tag == "SUB" and one.lower in sets["since"]:  # "since fighting erupted"
            return all(word.lemma not in sets["incidents"] for word in words[at:])
        if one.tag == "SUB" or one.lower in (".", ";"):
            return False
        if _since_days(scene, one):
            return True  # "the number of dead since May 3"
        if one.tag == "TIME" and one.lemma.rsplit(" ", 1)[-1] in spans:
            return True  # "killed in the state this week"
        if last in scene.triggers.links["across"]:
            return True  # "the number hurt across the country"
        named = counted or any(d.start <= one.start < d.end for d in scene.drafts)
        if one.lemma in sets["wars"] and not named:
            return True  # "the death toll in the war"; not "to 9, the most in the war"
        counted = counted or one.tag == "NUM"
    return False


def _since_days(scene: Scene, word: Word) -> bool:
    """Whether a word is a time of more than days: "since May 3"; not "since Monday's blast"."""
    when = word.entity
    if not isinstance(when, When) or not when.lasts or (when.last - when.first).days <= _DAYS:
        return False
    behind = next((one for one in scene.words if one.start == word.end), None)
    owner = behind is not None and behind.tag == "POSS"
    return not owner and word.lower.split(" ", 1)[0] in scene.triggers.words["since"]
