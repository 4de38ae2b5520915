"""Several verbs that tell of one deed: "stormed X and burnt houses"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.carrying import Carrier
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.extraction.verbal import VerbEvents

_DEEDS = frozenset({"armed clash", "attack on civilians", "territorial gain"})
_CRIME = "attack on civilians"
_SIEGE = "siege"


class SameDeeds:
    """
    Tells which verbs of a sentence tell of a deed that is told of already.

    Parameters
    ----------
    scene : Scene
        The sentence.
    verbs : VerbEvents
        Counts the dead that are found.
    carrier : Carrier
        Knows what clauses are about.
    """

    def __init__(self, scene: Scene, verbs: VerbEvents, carrier: Carrier) -> None:
        self._scene = scene
        self._verbs = verbs
        self._carrier = carrier

    def tells(self, frame: Frame, trigger: Trigger) -> bool:
        """
        Tell whether a verb goes on with a deed; it is given to that one then.

        Parameters
        ----------
        frame : Frame
            The roles of its clause.
        trigger : Trigger
            Its entry.

        Returns
        -------
        bool
            Whether it does.
        """
        return (
            self._last_deed(frame, trigger)
            or self._same_deed(frame, trigger)
            or self._found_dead(frame, trigger)
            or self._relieved(frame, trigger)
        )

    def fold_damage(self) -> None:
        """Read "killed four and torched houses" as one deed: killings are known only at the end."""
        scene = self._scene
        for draft in list(scene.drafts):
            clause = draft.clause
            damage = draft.kind == "other" and draft.trigger.crowd and draft.phrase is None
            if not damage or clause.link != "coordinate" or clause.parent is None:
                continue
            above, parent = scene.main.get(clause.parent), scene.clause(clause.parent)
            apart = scene.is_placed(clause) and scene.is_placed(parent)
            if clause.shared and above is not None and above.kind in _DEEDS and not apart:
                scene.drafts.remove(draft)
                scene.tell(above, clause)

    def _last_deed(self, frame: Frame, trigger: Trigger) -> bool:
        """Read "stormed X before two of them blew themselves up": the end of one deed."""
        clause = frame.clause
        if trigger.entry != "blew-up-itself" or self._scene.is_placed(clause):
            return False
        above = self._carrier.above(clause)
        subject = clause.subject
        theirs = clause.shared or (
            subject is not None
            and clause.link == "adverbial"
            and self._scene.words[subject.head].tag in ("PRON", "NUM")
        )
        if above is None or not theirs or above.kind not in _DEEDS | {"bombing"}:
            return False
        self._scene.tell(above, clause)
        return True

    def _same_deed(self, frame: Frame, trigger: Trigger) -> bool:
        """Read "stormed X and burnt houses", "broke into a bar and shot it up": one deed."""
        clause = frame.clause
        if clause.link != "coordinate" or not clause.shared:
            return False
        above = self._carrier.above(clause)
        if above is None or above.kind not in _DEEDS:
            return False
        words = self._scene.words
        back = bool(frame.objects) and all(words[p.head].tag == "PRON" for p in frame.objects)
        damage = trigger.kind == "other" and trigger.crowd
        same = above.kind in (trigger.kind, trigger.civilians)
        crime = trigger.kind == above.kind == _CRIME  # "attacked a farm and abducted four"
        crime |= trigger.kind == _CRIME and not above.targets  # "attacked X and abducted its chief"
        crime |= same and frame.subject is None  # "exchanged fire, but were overpowered"
        if not damage and not crime and not (same and (back or trigger.deadly)):
            return False
        if self._scene.is_placed(clause):
            return False
        self._scene.tell(above, clause)
        if crime:
            above.kind = trigger.kind
            for phrase in frame.objects:
                above.suffer(self._scene.nominals.actors(phrase, people=True))
        return True

    def _found_dead(self, frame: Frame, trigger: Trigger) -> bool:
        """Read "the bodies of 12 farmers who were abducted were found": one crime, not two."""
        if not trigger.deadly:
            return False
        hosts = [one for p in frame.objects for one in [p, *(a.phrase for a in p.attached)]]
        for other in self._scene.clauses:
            told = self._scene.main.get(other.number)
            if told is None or told.kind != trigger.kind:
                continue
            if any(other.host is one for one in hosts):
                told.killed = told.killed or self._verbs.dead(frame)
                self._scene.main.setdefault(frame.clause.number, told)
                return True
        return False

    def _relieved(self, frame: Frame, trigger: Trigger) -> bool:
        """Read "linked up with soldiers who were besieged": their own do not besiege them."""
        clause = frame.clause
        hangs = clause.link in ("relative", "participle") and clause.parent is not None
        if trigger.kind != _SIEGE or not hangs or clause.parent is None:
            return False
        above = self._scene.main.get(clause.parent)
        if above is None or above.kind != _SIEGE or above.targets or frame.subject is not None:
            return False
        self._scene.main[clause.number] = above  # how long they were besieged is not when it was
        phrases = [phrase for role in trigger.place for phrase in frame.role(role)]
        above.spans += [self._scene.nominals.reach(phrase) for phrase in phrases]
        return True
