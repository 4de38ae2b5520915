"""Several verbs that tell of one deed: "stormed X and burnt houses"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.carrying import Carrier
    from geoevents.reports.extraction.drafts import Draft, Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.extraction.verbal import VerbEvents
    from geoevents.reports.syntax.model import Clause

_DEEDS = frozenset({"armed clash", "attack on civilians", "territorial gain"})
_CRIME = "attack on civilians"
_VIOLENT = (_DEEDS - {"territorial gain"}) | {"air strike", "missile strike", "shelling", "bombing"}
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
            or self._headed(frame, trigger)
        )

    def fold_damage(self) -> None:
        """Read "killed four and torched houses" as one deed: killings are known only at the end."""
        scene = self._scene
        for draft in list(scene.drafts):
            clause = draft.clause
            damage = _is_damage(draft.trigger, draft.kind) and draft.phrase is None
            if not damage or clause.parent is None:
                continue
            above, parent = scene.main.get(clause.parent), scene.clause(clause.parent)
            theirs = clause.link in ("coordinate", "participle") and clause.shared
            apart = scene.is_placed(clause) and scene.is_placed(parent)
            if not (theirs or self._done_by_host(clause, parent)) or apart:
                continue
            if above is not None and above.kind in _DEEDS:
                scene.drafts.remove(draft)
                scene.tell(above, clause)

    def _done_by_host(self, clause: Clause, parent: Clause) -> bool:
        """Whether a relative tells what else they did: "killed by rebels who torched houses"."""
        return clause.link == "relative" and any(
            word in self._scene.triggers.links["by"] and phrase is clause.host
            for word, phrase in parent.preps
        )

    def fold_moments(self) -> None:
        """Read "the last raid was in June 1998, when rebels burned 80 students" as one deed."""
        scene = self._scene
        for draft in list(scene.drafts):
            told = self._moment_of(draft) if draft.phrase is not None and draft.main else None
            if told is None:
                continue
            scene.drafts.remove(draft)
            told.act(draft.actors)
            told.suffer(draft.targets)
            told.spans += draft.spans
            told.killed, told.wounded = told.killed or draft.killed, told.wounded or draft.wounded
            if told.kind in _DEEDS and draft.kind not in _DEEDS:
                told.kind = draft.kind

    def _moment_of(self, draft: Draft) -> Draft | None:
        """Find what happened "when", of an event that only is, comes or happens."""
        scene, clause = self._scene, draft.clause
        verb, words = clause.verb, scene.triggers.words
        if verb is None or draft.kind not in _VIOLENT or clause.subject is not draft.phrase:
            return None
        if verb.voice != "active" or verb.negated or verb.lemma not in words["taking_place"]:
            return None
        for other in scene.drafts:
            own = other.clause
            hangs = own.link == "adverbial" and own.parent == clause.number
            if hangs and own.mark in words["moment"] and other.phrase is None:
                return other if other.kind in _VIOLENT and own.start > verb.start else None
        return None

    def turn_raids(self) -> None:
        """Read "gunmen entered X, six villagers killed, houses looted" as one raid, and no gain."""
        scene = self._scene
        for draft in list(scene.drafts):
            raid = draft.trigger.ground and draft.trigger.civilians and draft.phrase is None
            if not raid or not draft.actors or any(a.sense == "state" for a in draft.actors):
                continue
            others = [other for other in scene.drafts if self._belongs(other, draft)]
            if not self._civilians_hurt(draft) and all(o.kind != _CRIME for o in others):
                continue
            draft.kind = draft.trigger.civilians
            for other in others:
                scene.drafts.remove(other)
                scene.tell(draft, other.clause)
                draft.suffer(other.targets)
                draft.killed = draft.killed or other.killed
                draft.wounded = draft.wounded or other.wounded

    def turn_sieges(self) -> None:
        """Read "surrounded the church and killed three priests" as the killing that it was."""
        scene, sets = self._scene, self._scene.triggers.words
        killed = sets["killed"] | sets["wilful"]
        for draft in scene.drafts:
            if draft.trigger.entry != "besieged" or draft.phrase is not None:
                continue
            for clause in scene.clauses:
                verb, theirs = clause.verb, clause.link == "coordinate" and clause.shared
                if verb is None or not theirs or clause.parent != draft.clause.number:
                    continue
                if verb.voice != "active" or verb.lemma not in killed or verb.negated:
                    continue
                senses = {s for p in clause.objects for s in scene.nominals.senses(p)}
                if "civilians" in senses and "fighters" not in senses:
                    draft.kind = _CRIME

    def _belongs(self, draft: Draft, raid: Draft) -> bool:
        """Whether a deed of nobody, nowhere else, is told behind a raid."""
        crime = draft.kind == _CRIME or (draft.kind == "other" and draft.trigger.crowd)
        raiders = self._scene.triggers.words["raiders"]
        theirs = all(a.text.lower() in raiders for a in (*raid.actors, *draft.actors))
        behind = draft.clause.link == "coordinate" and draft.start > raid.start
        return (
            bool(crime)
            and behind
            and draft.phrase is None
            and (theirs or not draft.actors)
            and not self._scene.is_placed(draft.clause)
        )

    def _civilians_hurt(self, draft: Draft) -> bool:
        """Whether it is said behind it, of the same event, that civilians were killed."""
        words, senses = self._scene.triggers.words, self._scene.nominals.senses
        counted = draft.killed is not None or draft.wounded is not None
        hurt = words["killed"] | words["wounded"] if counted else words["wilful"]
        return any(
            clause.verb is not None
            and clause.verb.voice == "passive"
            and clause.verb.start > draft.start
            and (clause.verb.lemma in hurt or clause.verb.lemma in words["wilful"])
            and clause.subject is not None
            and "civilians" in senses(clause.subject)
            for clause in self._scene.clauses
        )

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
        damage = _is_damage(trigger, trigger.kind)
        same = above.kind in (trigger.kind, trigger.civilians)
        crime = trigger.kind == above.kind == _CRIME  # "attacked a farm and abducted four"
        crime |= trigger.kind == _CRIME and not above.targets  # "attacked X and abducted its chief"
        crime |= same and frame.subject is None  # "exchanged fire, but were overpowered"
        if not damage and not crime and not (same and (back or trigger.deadly)):
            return False
        if above.trigger.ground and above.kind != trigger.kind and self._kills(clause) and not back:
            return False  # "captured X and massacred its people": two deeds
        if self._scene.is_placed(clause):
            return False
        self._scene.tell(above, clause)
        if crime and not damage:
            above.kind = trigger.kind
            for phrase in frame.objects:
                above.suffer(self._scene.nominals.actors(phrase, people=True))
        return True

    def _kills(self, clause: Clause) -> bool:
        killed = self._scene.triggers.words["killed"]
        return clause.verb is not None and clause.verb.lemma in killed

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

    def _headed(self, frame: Frame, trigger: Trigger) -> bool:
        """Read "Massacre in X: 38 villagers hacked to death": the line and what it is about."""
        scene = self._scene
        verb = frame.clause.verb
        if not trigger.deadly or frame.subject is not None or verb is None:
            return False
        apart = scene.is_placed(frame.clause) and not self._follows_colon(frame.clause)
        for draft in () if apart else scene.drafts:
            line = draft.phrase is not None and draft.clause.verb is None
            if line and draft.kind == trigger.kind and draft.start < verb.start:
                draft.killed = draft.killed or self._verbs.dead(frame)
                scene.tell(draft, frame.clause)
                return True
        return False

    def _follows_colon(self, clause: Clause) -> bool:
        """Whether a colon stands before a clause."""
        before = [word for word in self._scene.words if word.end <= clause.start]
        return bool(before) and before[-1].lower == ":"

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


def _is_damage(trigger: Trigger, kind: str) -> bool:
    """Whether it is done to houses and goods, often beside something worse."""
    return trigger.damage or (kind == "other" and bool(trigger.crowd))
