"""Figures of dead and wounded that no clause was read to tell, given to the events near them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.extraction.tolls.fates import Fates
from geoevents.reports.extraction.tolls.figures import Figures
from geoevents.reports.extraction.tolls.told import VIOLENT
from geoevents.reports.extraction.tolls.totals import is_running
from geoevents.reports.extraction.tolls.updates import Updates

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.tolls.figures import Figure
    from geoevents.reports.model import Quantity

_BESIDE = 2  # characters between a verb and its figure


class Leftovers:
    """
    Gives the figures of a sentence that are left over to its events.

    Parameters
    ----------
    scene : Scene
        The sentence.
    before : Draft or None
        The last violent event before the sentence.
    calamity : bool
        Whether a storm, a crash or a disease was told of, and no violence.
    """

    def __init__(self, scene: Scene, before: Draft | None, *, calamity: bool) -> None:
        self._scene = scene
        self._words = scene.words
        self._sets = scene.triggers.words
        self._clauses = scene.clauses
        self._figures = Figures(scene)
        self._fates = Fates(scene)
        self._updates = Updates(scene)
        self._before = before
        self._calamity = calamity

    def _calm(self) -> bool:
        """Whether the sentence tells of a storm, a crash or a disease."""
        named = [(draft.start, draft.end) for draft in self._scene.drafts]
        return self._calamity or any(
            word.lemma in self._sets["accidents"]
            and not (named and word.lemma in self._sets["fire"])  # "an exchange of fire"
            and not any(start <= word.start < end for start, end in named)
            for word in self._words
        )

    def give(self, counted: list[Quantity]) -> None:
        """
        Give them.

        Parameters
        ----------
        counted : list of Quantity
            Figures that were given already; those given here are added.
        """
        if self._calm():
            return
        for figure in self._figures.find():
            count = figure.people
            if any(one.start < count.end and count.start < one.end for one in counted):
                continue
            counted.append(count)
            if figure.more:
                self._pass_over()
            if figure.more or self._is_elsewhere(count):
                continue
            draft = self._owner(figure)
            if draft is None:
                continue
            draft.casualties_told = True
            if figure.killed:
                self._kill(draft, figure)
            else:
                draft.wounded = count if figure.toll else draft.wounded or count

    def _pass_over(self) -> None:
        """Pass over since when it is counted: "raising the toll to 673 since fighting erupted"."""
        for clause in self._clauses:
            event = self._scene.main.get(clause.number)
            if event is not None and event.trigger.noun and clause.mark in self._sets["since"]:
                self._scene.absorbed.add(event.start)

    def _kill(self, draft: Draft, figure: Figure) -> None:
        """Give a figure of dead: not one that was given before, if there is another."""
        standing = self._updates.figure_standing(figure.people.start)
        newer = standing != "former" and (figure.toll or draft.standing == "former")
        if draft.killed is None or newer:
            draft.killed, draft.standing = figure.people, standing

    def _is_elsewhere(self, count: Quantity) -> bool:
        """Whether a toll is one of months ("312 killed since January") or of another event."""
        for clause in self._clauses:
            verb = clause.verb
            beside = verb is not None and verb.end < count.start <= verb.end + _BESIDE
            if verb is not None and beside and self._fates.compares(verb):
                return True
        here = [c for c in self._clauses if c.start <= count.start < c.end]
        below = [c for c in self._clauses if any(c.parent == one.number for one in here)]
        return any(is_running(self._scene, clause, count) for clause in [*here, *below])

    def _owner(self, figure: Figure) -> Draft | None:
        """Find the event that a figure belongs to: the one told of last before it."""
        drafts = [draft for draft in self._scene.drafts if draft.kind in VIOLENT]
        drafts = [draft for draft in drafts if draft.start not in self._scene.absorbed]
        drafts = [draft for draft in drafts if draft.main or not draft.trigger.weak]
        drafts = [draft for draft in drafts if not is_loss_of_life(draft)]
        named = [d for d in drafts if figure.start <= d.start < figure.people.start]
        if figure.toll and named:
            return named[-1]
        earlier = [d for d in drafts if d.start < figure.people.start]
        if earlier:
            return max(earlier, key=lambda draft: draft.start)
        if drafts:
            return min(drafts, key=lambda draft: draft.start)
        return self._carried(figure)

    def _carried(self, figure: Figure) -> Draft | None:
        """Begin a mention of the event of the sentences before, where no other place is named."""
        before = self._before
        clause = next(
            (c for c in reversed(self._clauses) if c.start <= figure.people.start < c.end),
            self._clauses[0],
        )
        if before is None or any(map(is_place, self._words)):
            return None
        word = next(w for w in self._words if w.start >= figure.people.start)
        draft = before.again(clause, word.start, word.end)
        draft.late = figure.toll
        self._scene.add(draft)
        return draft


def is_loss_of_life(draft: Draft) -> bool:
    """
    Tell whether a noun of ground that changes hands says of none: "Losses: 59 dead".

    Parameters
    ----------
    draft : Draft
        An event.

    Returns
    -------
    bool
        Whether no place is said to be lost or taken.
    """
    phrase, trigger = draft.phrase, draft.trigger
    if phrase is None or not trigger.strict or trigger.leaves:
        return False
    return phrase.owner is None and all(word not in trigger.place for word, _ in phrase.attached)
