"""Where and when: the phrases and times that belong to a mention."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.extraction.kinds import is_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.model import Findings, When
    from geoevents.reports.syntax.model import Clause

_NEXT = 12  # characters in which the word behind a time is looked for
_BEHIND = 120  # characters from "a day after" to what happened then
_DIRECTIONS = (" to ", " towards ", " toward ", " from ")
_FROM = "from "
_TO = (" to ", " towards ", " toward ", " for ")
_NAMED = ("armed group", "coalition", "organisation", "person")
_IN = (" in ", "In ")
_DEEP = 3  # words of where before a name
_CONTAINS = (", ", "(")  # "El Alto, Bolivia, ..."
_CLOSES = (",", ")", ".", ";")
_POSSESSIVES = ("'s", "’s")
_CIVILIANS = "attack on civilians"  # people are carried off from where they were


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


def _joined_places(draft: Draft) -> Iterator[list[tuple[int, int]]]:
    """Where the members of lists of places stand: "churches in X, Y and Z"."""
    clause = draft.clause
    preps = [*clause.preps]
    if draft.phrase is not None:
        preps = [*draft.phrase.attached, *preps]
    phrases = [phrase for word, phrase in preps if word != "between"]
    for phrase in [*clause.objects, *phrases]:
        if phrase.others:
            members = [
                (one.start, one.end)
                for one in [phrase, *phrase.others]
                if any(is_place(clause.words[n]) for n in range(one.first, one.last + 1))
            ]
            if len(members) > 1:
                yield members


class Surroundings:
    """
    Finds the places and times of mentions.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    saying : frozenset of str
        Verbs of saying: where somebody spoke is not where it happened.
    shifting : frozenset of str
        What makes "a day" in front of it the time of what is told behind it: "after".
    """

    def __init__(
        self,
        findings: Findings,
        saying: frozenset[str],
        shifting: frozenset[str] = frozenset(),
    ) -> None:
        acting = within_actors(findings)
        self.text = text = findings.document.text
        self._phrases = [
            phrase
            for phrase in sorted(findings.phrases, key=lambda p: p.start)
            if is_line(phrase, findings)
            or any(
                findings.toponyms[number].sense == "place" and number not in acting
                for number in phrase.toponyms
            )
        ]
        self._shifted = [
            when
            for when in findings.whens
            if not when.lasts
            and text[when.end : when.end + _NEXT].strip().partition(" ")[0].lower() in shifting
        ]
        self._shifts = {when.start for when in self._shifted}
        self._towards = {
            p.start
            for p in self._phrases
            if text[max(0, p.start - 9) : p.start].endswith(_DIRECTIONS)
        }
        self._origins = {
            p.start
            for p in self._phrases
            if text.endswith(_FROM, max(0, p.start - len(_FROM)), p.start)
            or (p.text.startswith(_FROM) and len(p.toponyms) == 1)
        }
        self._ends = {
            p.start for p in self._phrases if text.endswith(_TO, max(0, p.start - 9), p.start)
        }
        self._acting = acting
        self._owning = {p.start for p in self._phrases if text[p.end : p.end + 2] in _POSSESSIVES}
        self._starts = [phrase.start for phrase in self._phrases]
        self._saying = saying
        self._toponyms = findings.toponyms

    def places(self, draft: Draft, clauses: list[Clause], others: list[Draft]) -> list[Phrase]:
        """
        Find where a mention says that it happened.

        Parameters
        ----------
        draft : Draft
            The mention.
        clauses : list of Clause
            The clauses of its sentence.
        others : list of Draft
            All drafts of its sentence.

        Returns
        -------
        list of Phrase
            The phrases, most telling first.
        """
        if draft.trigger.statement:
            return []
        found: list[Phrase] = []
        for start, end in draft.spans:
            self._add(found, start, end, named=True)
        found = self._there(draft, found)
        if not found or not draft.trigger.ground:
            for clause in draft.clauses:
                if clause is draft.clause and draft.phrase is not None and not draft.main:
                    continue
                self._add(found, clause.start, clause.end, self._taken(draft, others))
        away = found
        found = self._there(draft, found)
        if not found:
            found = self._there(draft, self._beside(draft, others))
        if not found:
            found = self._there(draft, self._around(draft, clauses, others))
        if not found and draft.kind == _CIVILIANS:
            found = [phrase for phrase in away if phrase.start > draft.end]
        if draft.trigger.ground:
            found = [self._left(phrase) for phrase in found]
        named = [(a.start, a.end) for a in (*draft.actors, *draft.targets)]
        return [
            p
            for p in found
            if not any(start <= p.start and p.end <= end for start, end in named)
            or (p.start < self._toponyms[p.toponyms[0]].start and p.toponyms[0] not in self._acting)
        ]

    def _there(self, draft: Draft, found: list[Phrase]) -> list[Phrase]:
        """Leave out where somebody only comes from, or leaves for: "rockets from Gaza"."""
        return [
            phrase
            for phrase in found
            if (
                phrase.start not in self._origins
                or (draft.trigger.ground and phrase.start > draft.end)
            )
            and not ("subject" in draft.trigger.target and phrase.start in self._ends)
        ]

    def _left(self, phrase: Phrase) -> Phrase:
        """Take what was left of "from Homs to Idlib": Homs."""
        if len(phrase.toponyms) > 1 and phrase.text.startswith("from ") and " to " in phrase.text:
            first = self._toponyms[phrase.toponyms[0]]
            return replace(
                phrase,
                start=first.start,
                end=first.end,
                text=first.text,
                toponyms=phrase.toponyms[:1],
                parts=(),
            )
        return phrase

    def listed(self, draft: Draft, phrases: list[Phrase]) -> list[list[Phrase]]:
        """
        Part a list of places, each of which has an event of its own.

        Parameters
        ----------
        draft : Draft
            The mention.
        phrases : list of Phrase
            Where it happened, as `places` gives it.

        Returns
        -------
        list of list of Phrase
            For each place of the list its phrase, and those that say more; empty for no list.
        """
        if not phrases:
            return []
        if phrases[0].parts:
            return [[part, *phrases[1:]] for part in phrases[0].parts]
        if len(phrases) == 1:
            return []
        for members in _joined_places(draft):
            found: list[Phrase] = []
            for start, end in members:
                phrase = next((p for p in phrases if start < p.end and p.start < end), None)
                if phrase is not None and phrase not in found:
                    found.append(phrase)
            if len(found) > 1:
                others = [p for p in phrases if p not in found]
                return [[phrase, *others] for phrase in found]
        return []

    def times(self, draft: Draft, clauses: list[Clause]) -> list[When]:
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
        shift = self._shift(draft, clauses)
        if shift is not None:
            return [shift]
        found: list[When] = []
        for clause in draft.clauses:
            found += [when for when in clause.times if when not in found]
        own = [when for when in found if when.start not in self._shifts]
        found = own or found
        clause = draft.clause
        steps = 0
        while not found and clause.parent is not None and steps < len(clauses):
            clause = clauses[clause.parent - clauses[0].number]
            found = list(clause.times)
            steps += 1
        if not found:
            for other in clauses:
                found += [when for when in other.times if when not in found]
        return sorted(found, key=lambda when: when.lasts)

    def _shift(self, draft: Draft, clauses: list[Clause]) -> When | None:
        """Find the time of "a day after X" for X: in the clause behind it, or a noun."""
        first, last = clauses[0].start, max(clause.end for clause in clauses)
        place = bisect_left(self._shifted, draft.start, key=lambda when: when.start)
        when = self._shifted[place - 1] if place else None
        if when is None or not first <= when.start < when.end <= draft.start <= last:
            return None
        hanging = draft.clause.start >= when.start and draft.clause.link != "main"
        named = draft.phrase is not None and not draft.main
        return when if (hanging or named) and draft.start - when.end <= _BEHIND else None

    def _taken(self, draft: Draft, others: list[Draft]) -> list[tuple[int, int]]:
        """Where other events are named by nouns of their own: "after fighting in X"."""
        return [
            span
            for other in others
            if other is not draft and other.phrase is not None and not other.main
            for span in other.spans
        ]

    def _beside(self, draft: Draft, others: list[Draft]) -> list[Phrase]:
        """Find the places of the event that the same clause is about: "took X after clashes"."""
        found: list[Phrase] = []
        for other in others:
            beside = other.main or draft.phrase is not None
            if other is not draft and beside and other.clause is draft.clause:
                for start, end in other.spans:
                    self._add(found, start, end)
        return found

    def _add(
        self,
        found: list[Phrase],
        start: int,
        end: int,
        taken: Sequence[tuple[int, int]] = (),
        *,
        named: bool = False,
    ) -> None:
        place = max(0, bisect_left(self._starts, start) - 1)
        while place < len(self._phrases) and self._phrases[place].start < end:
            phrase = self._phrases[place]
            if phrase.start in self._owning and not named:
                place += 1
                continue
            apart = all(not (a <= phrase.start and phrase.end <= b) for a, b in taken)
            if phrase.end > start and apart and phrase not in found:
                found.append(phrase)
            place += 1

    def _around(self, draft: Draft, clauses: list[Clause], others: list[Draft]) -> list[Phrase]:
        """Find the places of the clauses it hangs on; else those of the sentence no event has."""
        clause = draft.clause
        steps = 0
        while clause.parent is not None and steps < len(clauses):
            clause = clauses[clause.parent - clauses[0].number]
            steps += 1
            if clause.verb is not None and clause.verb.lemma in self._saying:
                continue
            found: list[Phrase] = []
            self._add(found, clause.start, clause.end)
            found = [p for p in found if p.start not in self._towards]
            if found:
                return found
        for other in clauses:  # "launched an offensive to retake X"
            if other.parent == draft.clause.number and other.link == "infinitive":
                found = []
                self._add(found, other.start, other.end)
                if found:
                    return found
        if any(self._own(other) for other in others if other is not draft):
            return []  # it is where the event told of beside it is, if anywhere
        taken = [(c.start, c.end) for other in others if other is not draft for c in other.clauses]
        spoken = [
            (c.start, c.end) for c in clauses if c.verb is not None and c.verb.lemma in self._saying
        ]
        found = []
        for clause in clauses:
            if (clause.start, clause.end) not in taken and (clause.start, clause.end) not in spoken:
                self._add(found, clause.start, clause.end)
        return found

    def _own(self, draft: Draft) -> list[Phrase]:
        """List the places that the words of an event itself name."""
        found: list[Phrase] = []
        for start, end in draft.spans:
            self._add(found, start, end, named=True)
        for clause in draft.clauses:
            self._add(found, clause.start, clause.end)
        return self._there(draft, found)
