"""Verbs that say little by themselves: they carry, suffer or continue the event of a noun."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.extraction.scene import ancestors

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft, Frame
    from geoevents.reports.extraction.nouns import NounEvents
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.extraction.verbal import VerbEvents
    from geoevents.reports.syntax.model import Clause, VerbGroup

_QUIET = frozenset({"statement", "agreement", "protest"})  # nothing is hit or killed by them
_SIDES = frozenset({"state", "armed group", "coalition"})
_CRUEL = "attack on civilians"
_FIGHTS = frozenset({"clash", "siege"})
_FORCES = frozenset({"fighters", "party"})


class Carrier:
    """
    Gives the roles of a light verb's clause to the event that a noun names.

    Parameters
    ----------
    scene : Scene
        The sentence.
    nouns : NounEvents
        Reads the nouns.
    verbs : VerbEvents
        Reads the verbs.
    """

    def __init__(self, scene: Scene, nouns: NounEvents, verbs: VerbEvents) -> None:
        self._scene = scene
        self._words = scene.words
        self._clauses = scene.clauses
        self._triggers = scene.triggers
        self._nominals = scene.nominals
        self._links = scene.triggers.links
        self._nouns = nouns
        self._verbs = verbs

    def carry(self, draft: Draft, frame: Frame, verb: VerbGroup) -> None:
        """
        Read "the coalition carried out air strikes": the subject did it.

        Parameters
        ----------
        draft : Draft
            The event.
        frame : Frame
            The roles of the clause.
        verb : VerbGroup
            Its verb.
        """
        self._scene.tell(draft, frame.clause)
        cause = self._scene.event_of(frame.subject)
        if cause is not None:
            cause.main = True
        if frame.subject is not None:
            workers = self._nominals.senses(frame.subject) & {"protesters", "crowd", "civilians"}
            if workers or not self._is_naming(draft, verb):
                draft.act(self._scene.who(frame.subject, frame.clause))
            if draft.trigger.otherwise and workers:
                draft.kind = draft.trigger.otherwise  # a strike of workers
            kind = self._nominals.weapon(frame.subject)
            if kind and draft.trigger.weapon and draft.kind == draft.trigger.kind:
                draft.kind = kind
        if draft.trigger.otherwise and verb.lemma in self._triggers.words["called"]:
            draft.kind = draft.trigger.otherwise  # "strikes were held"
        draft.how.append(f"carried by '{self._scene.verb_text(verb)}', who = its subject")
        self._outer_roles(draft, frame)

    def _is_naming(self, draft: Draft, verb: VerbGroup) -> bool:
        """Whether a known event is called something: "called the attack cowardly"."""
        sets, phrase = self._triggers.words, draft.phrase
        known = sets["definite"] | sets["pointing"]
        called = phrase is not None and verb.lemma in sets["called"]
        return called and phrase is not None and self._words[phrase.first].lower in known

    def judges(self, draft: Draft, verb: VerbGroup) -> bool:
        """
        Tell whether a noun only says how bad an event is: "the bombings were an atrocity".

        Parameters
        ----------
        draft : Draft
            What the noun names; no event of its own then.
        verb : VerbGroup
            The verb between the two.

        Returns
        -------
        bool
            Whether it does; not of "the explosion was a bombing", which says what it was.
        """
        judged = verb.lemma in self._triggers.words["equating"] and draft.kind == _CRUEL
        if judged:
            self._scene.absorbed.add(draft.start)
        return judged

    def undergo(self, draft: Draft, frame: Frame, verb: VerbGroup) -> None:
        """
        Read "the base came under attack", "repelled an attack": it was done to the subject.

        Parameters
        ----------
        draft : Draft
            The event.
        frame : Frame
            The roles of the clause.
        verb : VerbGroup
            Its verb.
        """
        self._scene.tell(draft, frame.clause)
        if frame.subject is not None:
            if verb.lemma not in self._triggers.words["see"]:
                draft.suffer(self._nominals.actors(frame.subject, people=True))
            draft.spans.append(self._nominals.reach(frame.subject))
        draft.how.append(f"whom = subject of '{self._scene.verb_text(verb)}'")
        self._outer_roles(draft, frame)

    def affect(self, draft: Draft, frame: Frame, verb: VerbGroup) -> None:
        """
        Read "the strike hit a hospital", "shelling killed 12": it was done to the object.

        Parameters
        ----------
        draft : Draft
            The event.
        frame : Frame
            The roles of the clause.
        verb : VerbGroup
            Its verb.
        """
        self._scene.tell(draft, frame.clause)
        if (verb.lemma, verb.particle) in self._triggers.light["pits"]:
            self._pit(draft, frame)
            return
        hurts = (verb.lemma, verb.particle) not in self._triggers.light["moves"]
        for phrase in frame.objects if hurts else ():
            if self._scene.event_of(phrase) is draft:
                continue
            draft.suffer(self._nominals.actors(phrase, people=True))
            draft.spans.append(self._nominals.reach(phrase))
            loser = frame.objects[0]
            costs = verb.lemma in self._triggers.words["costing"] and phrase is not loser
            if not (costs and self._nominals.senses(loser) & _FORCES):
                self._nouns.by_target(draft, [phrase])  # "cost the army three men": its own
        for word, phrase in frame.clause.preps:
            if word in self._links["on"]:
                draft.suffer(self._nominals.actors(phrase, people=True))
        draft.how.append(f"whom = object of '{self._scene.verb_text(verb)}'")

    def _pit(self, draft: Draft, frame: Frame) -> None:
        """Read "clashes pitted X against Y": both sides."""
        against = [p for word, p in frame.clause.preps if word in self._links["on"]]
        for phrase in frame.objects:
            draft.act(self._nominals.actors(phrase))
        for phrase in against:
            draft.suffer(self._nominals.actors(phrase, people=True))
        draft.how.append("who = object, whom = against")

    def announce(self, draft: Draft, frame: Frame) -> None:
        """
        Give a gain to the side that announces it: "President X announced the capture of Y".

        Parameters
        ----------
        draft : Draft
            The gain.
        frame : Frame
            The roles of the clause.
        """
        for actor in self._scene.who(frame.subject, frame.clause):
            own = actor.sense == "person" and actor.party not in (actor.name, actor.text)
            if own:
                draft.act([replace(actor, name=actor.party, sense="state")])
            elif actor.sense in _SIDES:
                draft.act([actor])

    def happen(self, draft: Draft, frame: Frame) -> None:
        """
        Read "clashes erupted", "there were clashes".

        Parameters
        ----------
        draft : Draft
            The event.
        frame : Frame
            The roles of the clause.
        """
        self._scene.tell(draft, frame.clause)
        self._outer_roles(draft, frame)

    def _outer_roles(self, draft: Draft, frame: Frame) -> None:
        """Roles that stand beside the verb that carries an event."""
        for word, phrase in frame.clause.preps:
            if phrase is draft.phrase:
                continue
            if word in self._links["on"] and not is_place(self._words[phrase.head]):
                draft.suffer(self._nominals.actors(phrase, people=True))
                self._nouns.by_target(draft, [phrase])
            elif word in self._links["by"]:
                draft.act(self._nominals.actors(phrase))
            elif word in self._links["between"]:
                self._nouns.between(draft, phrase)
            elif word in self._links["with"] and draft.trigger.entry in _FIGHTS:
                draft.suffer(self._nominals.actors(phrase))

    def continues(self, frame: Frame, verb: VerbGroup, trigger: Trigger | None) -> bool:
        """
        Read a participle that goes on about the event of its clause: ", targeting ISIS".

        Parameters
        ----------
        frame : Frame
            The roles of the participle.
        verb : VerbGroup
            The participle.
        trigger : Trigger or None
            What it tells of by itself.

        Returns
        -------
        bool
            Whether it does.
        """
        clause = frame.clause
        above = self.above(clause)
        if above is None:
            return False
        effect = (verb.lemma, verb.particle) in self._triggers.light["effects"]
        goes_on = trigger is not None and trigger.kind in (above.kind, "other")
        same = trigger if goes_on and not (above.trigger.statement and clause.mark) else None
        if trigger is not None and trigger.ground and not above.trigger.ground:
            return False
        if same is None and (not effect or above.kind in _QUIET):
            return False
        above.clauses.append(clause)
        hurts = self._triggers.words["killed"] | self._triggers.words["wounded"]
        if verb.lemma not in hurts:
            self._scene.main[clause.number] = above
            if same is not None or not above.trigger.ground:
                for phrase in frame.objects:
                    above.suffer(self._nominals.actors(phrase, people=True))
        above.spans += [self._nominals.reach(phrase) for phrase in frame.objects]
        if same is not None:
            self._add_roles(above, same, frame)
        for word, phrase in clause.preps:
            if word in self._links["on"]:
                above.suffer(self._nominals.actors(phrase, people=True))
        above.how.append(f"goes on in '{self._scene.verb_text(verb)}'")
        return True

    def _add_roles(self, above: Draft, trigger: Trigger, frame: Frame) -> None:
        """Add what a participle of the same type says: from whom, how much."""
        for role in trigger.target:
            if role != "object":
                for phrase in frame.role(role):
                    above.suffer(self._nominals.actors(phrase))
        above.area = above.area or self._verbs.area(trigger, frame)

    def above(self, clause: Clause) -> Draft | None:
        """
        Find the event of the clause that a clause hangs on.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        Draft or None
            The event.
        """
        host = self._scene.event_of(clause.host)
        if host is not None:
            return host
        for above in ancestors(clause, self._clauses):
            draft = (
                self.inside(above, clause.number)
                or self._scene.main.get(above.number)
                or self.purpose(above)
            )
            if draft is not None or above.link not in ("participle", "coordinate", "infinitive"):
                return draft
            clause = above
        return None

    def inside(self, clause: Clause, before: int) -> Draft | None:
        """
        Find the event of a participle inside a clause: "accused X of bombing Y, killing 12".

        Parameters
        ----------
        clause : Clause
            The clause: "accused X".
        before : int
            The number of the clause that goes on: "killing 12".

        Returns
        -------
        Draft or None
            The event of the last participle before it: "bombing Y".
        """
        for number in range(before - 1, clause.number, -1):
            other = self._scene.clause(number)
            if other.parent == clause.number and other.link == "participle" and other.mark:
                return self._scene.main.get(number)
        return None

    def purpose(self, clause: Clause) -> Draft | None:
        """
        Find the event of an infinitive that says what a clause was done for.

        Parameters
        ----------
        clause : Clause
            "Police used tear gas to disperse protesters".

        Returns
        -------
        Draft or None
            The event.
        """
        for other in self._clauses:
            if other.parent == clause.number and other.link == "infinitive" and other.shared:
                return self._scene.main.get(other.number)
        return None
