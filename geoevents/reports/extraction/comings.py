"""What was told before: who takes nothing, who leaves again, who comes for those that left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.purposes import Purposes
from geoevents.reports.extraction.subjects import Subjects

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft, Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause, NounPhrase

_STRIKES = frozenset({"air strike", "missile strike", "shelling"})


class Comings:
    """
    Tells who takes ground where they come, and who leaves it.

    Parameters
    ----------
    scene : Scene
        The sentence.
    before : Draft or None
        The last violent event of the sentences before.
    """

    def __init__(self, scene: Scene, before: Draft | None) -> None:
        self._scene = scene
        self._before = before
        self._subjects = Subjects(scene)
        self._words = scene.words
        self._clauses = scene.clauses
        self._sets = scene.triggers.words
        self._nominals = scene.nominals
        self._purposes = Purposes(scene)

    def take_nothing(self, frame: Frame) -> bool:
        """
        Tell whether somebody comes and holds no ground.

        Parameters
        ----------
        frame : Frame
            The roles of a clause with a verb of taking ground or of coming.

        Returns
        -------
        bool
            Whether it is so: "two jets crossed into X", "moved into X to rescue residents",
            "peacekeepers entered X", "soldiers crossed into X and were disarmed".
        """
        clause, subject = frame.clause, frame.subject
        if self._purposes.serves("helping", clause):
            return True
        if subject is None or clause.verb is None:
            return False
        if self._nominals.own_weapon(subject) == "air strike":
            return True
        comes = clause.verb.lemma in self._sets["coming"]
        return comes and (self._is_neutral(subject) or self._flees(clause, subject))

    def _is_neutral(self, subject: NounPhrase) -> bool:
        """Whether it is no side of the war: "peacekeepers", "an aid convoy"."""
        words = self._words[subject.first : subject.last + 1]
        said = {part for word in words for part in word.lower.split()}
        return not self._sets["neutral"].isdisjoint(said | {word.lemma for word in words})

    def _flees(self, clause: Clause, subject: NounPhrase) -> bool:
        """Whether the same people are told to give up, or to seek refuge, beside it."""
        return any(
            self._is_flight(other)
            for other in self._clauses
            if other is not clause and self._is_beside(other, clause)
            if other.subject is subject
            or other.host is subject
            or (other.subject is not None and self._words[other.subject.head].tag == "PRON")
        )

    def _is_beside(self, other: Clause, clause: Clause) -> bool:
        if clause.number == other.parent or other.number == clause.parent:
            return True
        return other.parent is not None and other.parent == clause.parent

    def _is_flight(self, clause: Clause) -> bool:
        verb = clause.verb
        if verb is None or verb.negated:
            return False
        after = self._words[verb.last + 1].lower if verb.last + 1 < len(self._words) else ""
        said = {verb.lemma, f"{verb.lemma}-{verb.particle or after}"}
        if verb.voice == "passive":
            return verb.lemma in self._sets["disarmed"]
        objects = {self._words[phrase.head].lemma for phrase in clause.objects}
        sought = not self._sets["refuge"].isdisjoint(objects)
        return sought or not self._sets["giving_up"].isdisjoint(said)

    def come_back(self, frame: Frame) -> bool:
        """
        Tell whether it was told before that ground was taken, which they can leave again.

        Parameters
        ----------
        frame : Frame
            The roles of a clause with a verb of leaving.

        Returns
        -------
        bool
            Whether it was.
        """
        several = self._subjects.are_several(frame.subject)
        if not frame.clause.times or not (several or self._subjects.refers(frame.subject)):
            return False
        held = self._sets["held"]
        holding = (c for c in self._clauses if c.verb is not None and c.verb.lemma in held)
        if any(c.subject is frame.subject and self._scene.is_placed(c) for c in holding):
            return True  # "rebels, who had held X for three days, left on Sunday"
        return any(not draft.trigger.leaves for draft in self._ground())

    def come_after(self, frame: Frame) -> bool:
        """
        Tell whether it was told before that others left, for whom they come: "moved in".

        Parameters
        ----------
        frame : Frame
            The roles of a clause with a verb of coming.

        Returns
        -------
        bool
            Whether it was.
        """
        ground = self._ground()
        left = bool(ground) and "subject" in ground[-1].trigger.target
        return left and self._subjects.are_several(frame.subject)

    def _ground(self) -> list[Draft]:
        """List the drafts of ground that changed hands, the latest last."""
        before = [self._before] if self._before is not None else []
        return [draft for draft in (*before, *self._scene.drafts) if draft.trigger.ground]

    def struck(self) -> Draft | None:
        """
        Find the strikes told of last: of such are towns that "had been hit the day before".

        Returns
        -------
        Draft or None
            The last event told of, if it was one of bombs, shells or missiles.
        """
        told = [*([self._before] if self._before is not None else []), *self._scene.drafts]
        return told[-1] if told and told[-1].kind in _STRIKES else None

    def are_their_own(self, frame: Frame) -> bool:
        """
        Tell whether those who say it do it: "said its men held X", "said they held X".

        Parameters
        ----------
        frame : Frame
            The roles of the clause of what is said.

        Returns
        -------
        bool
            Whether they do.
        """
        subject, clause = frame.subject, frame.clause
        if subject is None or clause.parent is None or clause.link != "that":
            return False
        owned = self._words[subject.first].lower in self._sets["owned"]
        return owned or self._subjects.refers(subject)
