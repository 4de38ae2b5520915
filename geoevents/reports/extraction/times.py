"""When the events of a sentence were: the times that belong to each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.extraction.scene import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.model import Findings, When
    from geoevents.reports.syntax.model import Clause

_BEHIND = 120  # characters from "a day after" to what happened then
_RANKED = 5  # words from "the third" to "this month"
_SPELL = 40  # and from "after two weeks" to the siege that lasted so long
_BESIDE = 80  # and from a noun to the time that stands behind it
_OF = 2  # words from a noun to its time: "the truce of 3 May"
_JOINING = frozenset({"CONJ", "PUNCT"})
_SMALL = frozenset({"PREP", "DET", "ADV"})


class Times:
    """
    Finds the times of events.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    known : Triggers
        The words of the language.
    """

    def __init__(self, findings: Findings, known: Triggers) -> None:
        self._known = known
        self._ranks = known.words["superlatives"] | known.words["ranks"]
        self._whens = findings.whens
        self._published = findings.published
        self._sentences = findings.document.sentences
        self._offsets = [when for when in findings.whens if when.role == "offset"]
        self._eves = [when for when in findings.whens if when.role == "eve"]

    def find(self, draft: Draft, clauses: list[Clause]) -> list[When]:
        """
        Find when a mention says that it happened.

        Parameters
        ----------
        draft : Draft
            The mention.
        clauses : list of Clause
            The clauses of its sentence.

        Returns
        -------
        list of When
            The times of its clauses; else of those it hangs on; else of the sentence.
        """
        offset = self._offset(draft, clauses) or _counted(draft, clauses)
        if offset is not None and not (self._published and offset.first > self._published):
            return [offset]
        own = _owned(draft) or _behind(draft)
        if own:
            return own
        eve = self._eve(draft)
        if eve is not None:
            return [eve]
        for times in self._told(draft, clauses):
            found = [when for when in times if _is_of(when, draft) and not self._rates(when, draft)]
            found = [when for when in found if not self._is_anothers(when, draft)]
            if found:
                spell = _spell(found, draft)
                return [spell] if spell else sorted(found, key=lambda when: when.lasts)
        return [when for when in _of(clauses) if when.role == "dateline"][:1]

    def _rates(self, when: When, draft: Draft) -> bool:
        """Whether a month or a year is one in which something was the worst, or the third."""
        if when.precision not in ("week", "month", "year") or when.lasts:
            return False
        words = draft.clause.words
        place = bisect_left(words, when.start, key=lambda word: word.start)
        if words[place - 1 : place] and words[place - 1].tag == "PREP":
            place -= 1
        for word in reversed(words[max(0, place - _RANKED) : place]):
            if word.tag in ("VERB", "AUX", "PUNCT", "PREP"):
                return False
            if word.lower in self._ranks:
                return True
        return False

    def _told(self, draft: Draft, clauses: list[Clause]) -> Iterator[Sequence[When]]:
        """List the times that may be those of a mention, the most likely first."""
        yield _of(draft.clauses)
        above = list(ancestors(draft.clause, clauses))
        yield from (clause.times for clause in above)
        yield [when for when in self._outside(draft, clauses) if not when.lasts]
        main = [one for one in clauses if one.link not in ("quote", "relative")]
        quotes = [one for one in clauses if one.link == "quote"]
        relatives = [one for one in clauses if one.link == "relative" and not _is_set_off(one)]
        for group in (main, quotes, relatives):
            yield [when for when in _of(group) if not when.lasts]

    def _is_anothers(self, when: When, draft: Draft) -> bool:
        """Whether it is the time of a noun: "the truce of 3 May was broken when shells hit X"."""
        words = draft.clause.words
        place = bisect_left(words, when.start, key=lambda word: word.start)
        if place < _OF or place == len(words) or words[place].start != when.start:
            return False
        noun = words[place - _OF]
        if words[place - 1].lower not in self._known.links["of"]:
            return False
        return noun.lemma in self._known.events and not draft.start <= noun.start < draft.end

    def _outside(self, draft: Draft, clauses: list[Clause]) -> list[When]:
        """List the times of a sentence that are in no clause: "6 May: militants attacked X"."""
        sentence = self._sentences[draft.clause.sentence]
        first = bisect_left(self._whens, sentence.start, key=lambda when: when.start)
        last = bisect_left(self._whens, sentence.end, key=lambda when: when.start)
        held = {when.start for when in _of(clauses)}
        return [when for when in self._whens[first:last] if when.start not in held]

    def _eve(self, draft: Draft) -> When | None:
        """Find the day before "the next day, 18 January", of what was told in front of that."""
        if draft.kind == "statement" or any(not when.lasts for when in _of(draft.clauses)):
            return None
        end = self._sentences[draft.clause.sentence].end
        return next((when for when in self._eves if draft.end <= when.start < end), None)

    def _offset(self, draft: Draft, clauses: list[Clause]) -> When | None:
        """Find the time of "a day after X" for X: in the clause behind it, or a noun."""
        first = clauses[0].words[0].start
        last = max(clause.end for clause in clauses)
        place = bisect_left(self._offsets, draft.start, key=lambda when: when.start)
        when = self._offsets[place - 1] if place else None
        if when is None or not first <= when.start < when.end <= draft.start <= last:
            return None
        hanging = draft.clause.start >= when.start and draft.clause.link != "main"
        if hanging and _day(draft.clause) is not None:
            return None
        named = draft.phrase is not None and not draft.main
        return when if (hanging or named) and draft.start - when.end <= _BEHIND else None


def _owned(draft: Draft) -> list[When]:
    """List the times inside a noun phrase: "survivors of Friday's bombing"."""
    phrase = draft.phrase
    if phrase is None or draft.main:
        return []
    first, last = phrase.start, draft.end
    inside = (when for when in draft.clause.times if first <= when.start and when.end <= last)
    return [when for when in inside if not when.lasts and not when.role]


def _behind(draft: Draft) -> list[When]:
    """
    List the times of the relative clause that tells of a noun, and not those of its verb.

    "A court on Tuesday sentenced four men for the massacre in X, where 7 people died on 4 May".
    """
    if draft.phrase is None or draft.main:
        return []
    for clause in draft.clauses:
        if clause.link == "relative" and clause.start >= draft.end:
            between = (draft.end <= when.start < clause.start for when in draft.clause.times)
            day = None if any(between) else _day(clause)
            return [] if day is None else [day]
    return []


def _counted(draft: Draft, clauses: Sequence[Clause]) -> When | None:
    """Count the day of what was "a day after X did Y on Thursday"."""
    offset = next((when for when in draft.clause.times if when.role == "offset"), None)
    if offset is None or _day(draft.clause) is not None:
        return None
    for clause in clauses:
        day = _day(clause)
        if clause.parent == draft.clause.number and clause.link == "adverbial" and day is not None:
            # The offset was taken from that day, to the other side of it.
            first = day.first + (day.first - offset.first)
            return replace(offset, first=first, last=first, role="")
    return None


def _day(clause: Clause) -> When | None:
    """Find the day that a clause names."""
    plain = (when for when in clause.times if not when.lasts and not when.role)
    return next((when for when in plain if when.precision == "day"), None)


def front_times(clauses: Sequence[Clause]) -> None:
    """
    Give a clause the time in front of it: "left on Monday, and on Tuesday gunmen attacked".

    Parameters
    ----------
    clauses : sequence of Clause
        The clauses of a sentence; their times are changed.
    """
    if sum(len(clause.times) for clause in clauses) < 2:  # noqa: PLR2004 -- two to tell apart
        return
    for clause in clauses:
        if clause.link != "coordinate" or clause.parent is None:
            continue
        when = _in_front(clause)
        above = next((one for one in clauses if when in one.times), None)
        if when is not None and above is not None and above is not clause:
            above.times.remove(when)
            clause.times.insert(0, when)


def _in_front(clause: Clause) -> When | None:
    """Find the time between "and" and a clause."""
    words = clause.words
    place = bisect_left(words, clause.start, key=lambda word: word.start) - 1
    while place > 0 and words[place].tag == "PUNCT" and words[place].text == ",":
        place -= 1
    if place < 1 or words[place].tag != "TIME":
        return None
    before = place - 1
    while before > 0 and words[before].tag in _SMALL:
        before -= 1
    when = words[place].entity
    return when if words[before].tag in _JOINING else None  # type: ignore[return-value]


def part_times(drafts: Iterable[Draft], draft: Draft, whens: list[When]) -> list[When]:
    """
    Choose among several times of a clause those of one of its events.

    Parameters
    ----------
    drafts : iterable of Draft
        All events of the sentence.
    draft : Draft
        The event.
    whens : list of When
        The times that may be its own.

    Returns
    -------
    list of When
        Of a noun beside other events the time that follows it: "advanced on Sunday in spite of
        air strikes last week"; of the verb the others.
    """
    if len({when.first for when in whens if not when.lasts}) < 2:  # noqa: PLR2004 -- one is no choice
        return [when for when in whens if not _belongs_to_noun(when, draft, drafts)]
    drafts = list(drafts)
    verbal = {one.clause.number for one in drafts if one.phrase is None}
    owned = {
        id(one): when
        for one in drafts
        # What its own toll made the main event is beside the verb of another one all the same.
        if not one.main or verbal & {one.clause.number, _above(one.clause)}
        if (when := _following(one)) is not None
    }
    if id(draft) in owned:
        return [owned[id(draft)]]
    taken = {when.start for when in owned.values()}
    return [when for when in whens if when.start not in taken] or whens


def _belongs_to_noun(when: When, draft: Draft, drafts: Iterable[Draft]) -> bool:
    """Whether a time is that of another event: "after a blast in X on Jan. 3 that killed 12"."""
    words = draft.clause.words
    after = bisect_left(words, when.end, key=lambda word: word.start)
    if draft.clause.verb is None or after == len(words) or words[after].tag != "REL":
        return False
    return any(
        one is not draft
        and one.phrase is not None
        and not one.main
        and one.clause is draft.clause
        and draft.clause.verb.start < one.end <= when.start <= one.end + _BESIDE
        for one in drafts
    )


def _above(clause: Clause) -> int | None:
    """Give what a participle hangs on: "shelled posts held by rebels on Monday"."""
    return clause.parent if clause.link == "participle" else None


def _following(draft: Draft) -> When | None:
    """Find the time behind a noun, where its clause has another one for its verb."""
    clause, verb = draft.clause, draft.clause.verb
    if draft.phrase is None or verb is None:
        return None
    if draft.main and not any(phrase is draft.phrase for _, phrase in clause.preps):
        return None  # it is what the clause tells, and is not made so by its toll only
    times = [when for when in clause.times if not when.lasts and not when.role]
    if len(times) == 1:
        return None
    when = next((one for one in times if one.start >= draft.end), None)
    if when is None or when.start - draft.end > _BESIDE:
        return None
    return None if draft.end <= verb.start < when.start else when


def _is_of(when: When, draft: Draft) -> bool:
    """Whether a time can be that of an event beside it, by what sort of time it is."""
    if when.role == "spell":
        named = draft.phrase is not None and not draft.main
        return named and 0 <= draft.start - when.end <= _SPELL
    return not when.role


def _spell(whens: Sequence[When], draft: Draft) -> When | None:
    """
    Find how long a noun lasted up to what its clause tells: "fell on Monday after weeks of siege".

    It is no event of Monday. But "after weeks of siege and a raid" tells nothing of the raid.
    """
    phrase = draft.phrase
    spell = next((when for when in whens if when.role == "spell"), None)
    if spell is None or phrase is None or draft.clause.words[phrase.first].tag == "DET":
        return None
    day = next((when for when in whens if when.precision == "day" and not when.lasts), None)
    if day is None:
        return None
    first = spell.first
    if spell.precision in ("day", "week") or first >= day.first:  # else the beginning of a month
        first += day.first - spell.last
    return replace(spell, first=first, last=day.first)


def _is_set_off(clause: Clause) -> bool:
    """Whether a relative clause tells of something else: "X, which fell in 2014", "had fled"."""
    place = bisect_left(clause.words, clause.start, key=lambda word: word.start) - 1
    while place > 0 and clause.words[place].tag == "REL":
        place -= 1
    perfect = clause.verb is not None and clause.verb.tense == "perfect"
    return perfect or (place >= 0 and clause.words[place].tag == "PUNCT")


def _of(clauses: Iterable[Clause]) -> list[When]:
    """List the times of clauses, each once."""
    return list(dict.fromkeys(when for clause in clauses for when in clause.times))
