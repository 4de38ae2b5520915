"""Where the events of a sentence were: the locality phrases that belong to each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.localities.phrasing import Phrase
from geoevents.reports.extraction.coordination import (
    around,
    gapped_names,
    listed_places,
)
from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.extraction.phrases import is_line, within_actors
from geoevents.reports.extraction.references import told_first
from geoevents.reports.extraction.scene import ancestors
from geoevents.reports.extraction.unnamed import (
    TAKEN,
    as_told,
    ends_unknown,
    is_unknown,
    names_unknown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.reports.extraction.asides import Asides
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.model import Findings
    from geoevents.reports.syntax.model import Clause, NounPhrase

_DIRECTIONS = (" to ", " towards ", " toward ", " from ")
_TOWNS = frozenset(("populated place", "facility"))
_FROM = "from "
_ONWARD = (" towards ", " toward ")
_TO = (" to ", " towards ", " toward ", " for ")
_AFTER = 2  # words of a name and a comma
_POSSESSIVES = ("'s", "’s")
_CIVILIANS = "attack on civilians"  # people are carried off from where they were


class Places:
    """
    Finds the places of events.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    saying : frozenset of str
        Verbs of saying: where somebody spoke is not where it happened.
    asides : Asides
        Tells which places are named in passing.
    earlier : frozenset of str
        Prepositions before what was done first: "after".
    """

    def __init__(
        self,
        findings: Findings,
        saying: frozenset[str],
        asides: Asides,
        earlier: frozenset[str] = frozenset(),
    ) -> None:
        self._asides = asides
        self._earlier = earlier
        self._text = findings.document.text
        self._toponyms = findings.toponyms
        self._saying = saying
        self._acting = within_actors(findings)
        self._phrases = [
            phrase
            for phrase in sorted(findings.phrases, key=lambda p: p.start)
            if is_line(phrase, findings)
            or any(
                findings.toponyms[number].sense == "place" and number not in self._acting
                for number in phrase.toponyms
            )
        ]
        self._starts = [phrase.start for phrase in self._phrases]
        self._sites = [
            Phrase(one.start, one.end, " ".join(one.text.split()), (number,))
            for number, one in enumerate(findings.toponyms)
            if one.sense == "organisation" and one.feature >= 0
        ]
        self._towards = self._behind(_DIRECTIONS)
        self._ends = self._behind(_TO)
        self._onward = self._behind(_ONWARD)
        self._origins = self._behind((_FROM,)) | {
            p.start for p in self._phrases if p.text.startswith(_FROM) and len(p.toponyms) == 1
        }
        self._owning = {
            p.start for p in self._phrases if self._text.startswith(_POSSESSIVES, p.end)
        }

    def _behind(self, words: tuple[str, ...]) -> set[int]:
        """Where the phrases begin that stand behind one of some words."""
        return {p.start for p in self._phrases if self._text.endswith(words, 0, p.start)}

    def find(self, draft: Draft, clauses: list[Clause], others: list[Draft]) -> list[Phrase]:
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
        naming = draft.start, draft.end
        others = [other for other in others if other is not draft]
        earlier = _taken(told_first(draft, others, self._earlier))
        found = self._there(draft, self._within(draft.spans, earlier, named=True))
        if found and draft.phrase is None:
            found += self._gapped(draft, clauses, found)
        if not found or not draft.trigger.ground:
            told = [
                clause
                for clause in draft.clauses
                if clause is not draft.clause or draft.phrase is None or draft.main
            ]
            more = self._within(_spans(told), _taken(others))
            if draft.phrase is not None:  # "since the fighting began, many on foot towards X"
                more = [p for p in more if p.start not in self._onward]
            found += [phrase for phrase in more if phrase not in found]
        away = found
        found = (
            self._there(draft, found)
            or self._there(draft, self._beside(draft, others))
            or self._there(draft, self._about(draft, clauses, others))
        )
        if not found and draft.kind == _CIVILIANS:
            found = [
                p for p in away if p.start > draft.end and not self._asides.is_passing(p, naming)
            ] or self._of_same_men(draft, others)
        if draft.trigger.ground:
            found = [self._left(phrase) for phrase in found]
        if self._sites:
            sites = self._hit(draft, found)
            if sites:
                return [*sites, *found]
        named = [(a.start, a.end) for a in (*draft.actors, *draft.targets)]
        return [
            p
            for p in found
            if not any(start <= p.start and p.end <= end for start, end in named)
            or (p.start < self._toponyms[p.toponyms[0]].start and p.toponyms[0] not in self._acting)
        ]

    def _gapped(self, draft: Draft, clauses: list[Clause], found: list[Phrase]) -> list[Phrase]:
        """Find the places that a verb is meant for once more: "X fell on 2 May, Y on the 9th"."""
        return [
            phrase
            for (start, end), _ in gapped_names(draft.clause, clauses)
            if not any(p.start < end and start < p.end for p in found)
            for phrase in self._within([(start, end)]) or [as_told(start, end, self._text)]
        ]

    def _of_same_men(self, draft: Draft, others: list[Draft]) -> list[Phrase]:
        """Find the unknown place that those who did it took: "entered Seytenga and killed 86"."""
        return [
            as_told(phrase.start, phrase.end, self._text)
            for other in others
            if other.trigger.ground
            and other.phrase is None
            and other.clause.number == draft.clause.parent
            and draft.clause.shared
            for phrase in other.clause.objects[:1]
            if is_unknown(phrase, other.clause.words)
        ]

    def _there(self, draft: Draft, found: list[Phrase]) -> list[Phrase]:
        """Leave out where somebody only comes from, or leaves for: "rockets from Gaza"."""
        host = draft.clause.host  # "from Sake, which rebels had entered"
        first, end = (host.start, host.end) if host is not None else (draft.end + 1, draft.end)
        return [
            phrase
            for phrase in found
            if (
                phrase.start not in self._origins
                or (
                    draft.trigger.ground
                    and (phrase.start > draft.end or first <= phrase.start < end)
                )
            )
            and not ("subject" in draft.trigger.target and self._is_aim(draft, phrase))
            and (draft.trigger.ground or not self._is_aside(draft, phrase))
        ]

    def _hit(self, draft: Draft, found: list[Phrase]) -> list[Phrase]:
        """Find the buildings that were hit, where no town is told: "stormed Garissa University"."""
        if any(self._is_town(phrase) for phrase in found):
            return []
        acting = [(actor.start, actor.end) for actor in draft.actors]
        return [
            site
            for site in self._sites
            if any(a <= site.start < b for a, b in [*draft.spans, (draft.start, draft.end)])
            and not any(a < site.end and site.start < b for a, b in acting)
        ]

    def _is_town(self, phrase: Phrase) -> bool:
        return any(self._toponyms[number].kind in _TOWNS for number in phrase.toponyms)

    def _is_aim(self, draft: Draft, phrase: Phrase) -> bool:
        """Whether somebody leaves for it: "had left in the direction of X"."""
        naming = draft.start, draft.end
        return phrase.start in self._ends or self._asides.is_passing(phrase, naming)

    def _is_aside(self, draft: Draft, phrase: Phrase) -> bool:
        """Whether it is named in passing: "where buses to X leave"; or only where it was told."""
        if self._asides.is_passing(phrase, (draft.start, draft.end)):
            return True
        words = draft.clause.words
        sides = [*draft.actors, *draft.targets]
        return self._asides.is_elsewhere(
            phrase, words[0].start, words[-1].end, kind=draft.kind, sides=sides
        )

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
        if draft.kind in TAKEN and (parted := self._partly_known(draft, phrases)):
            return parted
        if not phrases or not _is_own(phrases[0], draft):
            return []  # "bombed A and B after an ambush": it was in one of the two
        if phrases[0].parts:
            return [[part, *phrases[1:]] for part in phrases[0].parts]
        if len(phrases) == 1:
            return []
        for members in listed_places(draft):
            found: list[Phrase] = []
            for start, end in members:
                phrase = next((p for p in phrases if start < p.end and p.start < end), None)
                if phrase is not None and phrase not in found:
                    found.append(phrase)
            if len(found) > 1:
                others = [p for p in phrases if p not in found]
                return [[part, *others] for one in found for part in (one.parts or [one])]
        return []

    def _partly_known(self, draft: Draft, phrases: list[Phrase]) -> list[list[Phrase]]:
        """Part a list with names in it that nobody knows: "shelled Jarjanaz and Tell Mannas"."""
        words = draft.clause.words
        for phrase in [*draft.clause.objects, *around(draft)]:
            members = [phrase, *phrase.others]
            unknown = [one for one in members if is_unknown(one, words)]
            if len(members) == 1 or not unknown:
                continue
            told = {id(one): self._of_member(one, phrases) for one in members}
            if any(told[id(one)] is None for one in members if one not in unknown):
                continue
            listed = [told[id(one)] or as_told(one.start, one.end, self._text) for one in members]
            wider = [p for p in phrases if all(p is not one for one in told.values())]
            if wider or len(unknown) < len(members):
                return [[one, *wider] for one in listed]
        return []

    def _of_member(self, member: NounPhrase, phrases: list[Phrase]) -> Phrase | None:
        """Find the phrase of a member of a list, a part of one too."""
        some = [part for phrase in phrases for part in (phrase.parts or [phrase])]
        last = member.start + 1
        return next((p for p in some if member.start < p.end and p.start < last), None)

    def _within(
        self,
        spans: Iterable[tuple[int, int]],
        taken: Sequence[tuple[int, int]] = (),
        *,
        named: bool = False,
    ) -> list[Phrase]:
        """
        List the phrases in stretches of text, those in `taken` left out.

        Those of owners ("Syria's") count with `named` only.
        """
        found: list[Phrase] = []
        for start, end in spans:
            first = max(0, bisect_left(self._starts, start) - 1)
            for phrase in self._phrases[first : bisect_left(self._starts, end)]:
                apart = all(not (a <= phrase.start and phrase.end <= b) for a, b in taken)
                told = named or phrase.start not in self._owning
                if phrase.end > start and told and apart and phrase not in found:
                    found.append(phrase)
        return found

    def _beside(self, draft: Draft, others: list[Draft]) -> list[Phrase]:
        """Find the places of the event that the same clause is about: "took X after clashes"."""
        first = told_first(draft, others, self._earlier)  # "came a day after an attack in Y"
        return self._within(
            span
            for other in others
            if other.clause is draft.clause and (other.main or draft.phrase is not None)
            if other not in first
            for span in other.spans
        )

    def _about(self, draft: Draft, clauses: list[Clause], others: list[Draft]) -> list[Phrase]:
        """Find the places around it, unless its clause says where, with a name nobody knows."""
        if not names_unknown(draft, self._asides.towns):
            return self._around(draft, clauses, others)
        words = draft.clause.words  # "near El Gaabta, Mogadishu", "in Hpapun township, Kayin State"
        holding = [
            (words[n].start, words[n].end)
            for n in range(_AFTER, len(words))
            if words[n - 1].lower == ","
            and is_place(words[n])
            and ends_unknown(words[:n], self._asides.towns)
        ]
        return self._within(holding)

    def _around(self, draft: Draft, clauses: list[Clause], others: list[Draft]) -> list[Phrase]:
        """Find the places of the clauses it hangs on; else those of the sentence no event has."""
        for clause in ancestors(draft.clause, clauses):
            if self._speaks(clause):
                continue
            found = self._within(_spans([clause]), _taken(told_first(draft, others, self._earlier)))
            found = [p for p in found if p.start not in self._towards]
            if found:
                return found
        for other in clauses:  # "launched an offensive to retake X"
            if other.parent == draft.clause.number and other.link == "infinitive":
                found = self._within(_spans([other]))
                if found:
                    return found
        if draft.origin is not None or any(map(self._own, others)):
            return []  # it is where the event told of beside it is, if anywhere
        told = {span for other in others for span in _spans(other.clauses)}
        told.update(_spans(filter(self._speaks, clauses)))
        left = self._within(span for span in _spans(clauses) if span not in told)
        return [phrase for phrase in left if self._asides.is_scene(phrase)]

    def _speaks(self, clause: Clause) -> bool:
        return clause.verb is not None and clause.verb.lemma in self._saying

    def _own(self, draft: Draft) -> list[Phrase]:
        """List the places that the words of an event itself name."""
        named = self._within(draft.spans, named=True)
        return self._there(draft, named + self._within(_spans(draft.clauses)))


def _is_own(phrase: Phrase, draft: Draft) -> bool:
    """Whether the words that tell of an event name a place, and not those around them."""
    own = (*draft.spans, *_spans(draft.clauses))
    return any(start < phrase.end and phrase.start < end for start, end in own)


def _spans(clauses: Iterable[Clause]) -> list[tuple[int, int]]:
    return [(clause.start, clause.end) for clause in clauses]


def _taken(others: list[Draft]) -> list[tuple[int, int]]:
    """Where other events are named by nouns of their own: "after fighting in X"."""
    return [
        span
        for other in others
        if other.phrase is not None and not other.main
        for span in other.spans
    ]
