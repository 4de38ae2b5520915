"""Who was killed and wounded: casualties belong to the event that caused them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.counts import added
from geoevents.reports.extraction.fates import Fates, Told, is_gapped
from geoevents.reports.extraction.tolls import Tolls

if TYPE_CHECKING:
    from geoevents.reports.extraction.causes import Causes
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup


class Casualties:
    """
    Gives the casualties of a sentence to its events.

    Parameters
    ----------
    scene : Scene
        The sentence.
    kinds : Kinds
        Tells the type of an event.
    causes : Causes
        Finds the events.
    before : Draft or None
        The last violent event before the sentence.
    """

    def __init__(self, scene: Scene, kinds: Kinds, causes: Causes, before: Draft | None) -> None:
        self._scene = scene
        self._sets = scene.triggers.words
        self._nominals = scene.nominals
        self._kinds = kinds
        self._causes = causes
        self._fates = Fates(scene)
        self._tolls = Tolls(scene)
        self._before = before

    def give(self) -> list[Quantity]:
        """
        Give them.

        Returns
        -------
        list of Quantity
            The figures that were given.
        """
        counted: list[Quantity] = []
        for clause in self._scene.clauses:
            if clause.verb is None:
                self._headline(clause)
                continue
            if is_gapped(self._scene, clause):
                continue
            told = self._fates.read(clause, clause.verb)
            if told is not None:
                draft = self._causes.of_deed(told)
            else:
                told = self._toll(clause, clause.verb)
                draft = None if told is None else self._causes.of_toll(told)
            if told is not None and draft is not None:
                self._give(draft, told)
                counted += [one for one in (told.killed, told.wounded) if one is not None]
        for draft in list(self._scene.named.values()):
            event = self._causes.of_victims(draft)
            if event is not None:  # "the killing of three when gunmen opened fire"
                self._join(draft, event)
        return counted

    def _join(self, killing: Draft, event: Draft) -> None:
        """Give what a noun says of the dead to the event that they died in."""
        for word, phrase in killing.phrase.attached if killing.phrase is not None else ():
            if word in self._scene.triggers.links["of"]:
                event.killed = event.killed or self._scene.counts.first([phrase])
                event.suffer(self._nominals.actors(phrase, people=True))
                event.kind = self._kinds.by_target(event.trigger, event.kind, [phrase])
        event.casualties_told = True
        self._scene.absorbed.add(killing.start)

    def _toll(self, clause: Clause, verb: VerbGroup) -> Told | None:
        """Read what a clause says of the dead without a verb of killing: "left 12 dead"."""
        toll = self._tolls.read(clause, verb)
        if toll is None:
            return None
        lost = self._scene.main.get(clause.number)
        if lost is not None and lost.trigger.ground and verb.lemma in self._sets["lose"]:
            self._scene.drafts.remove(lost)  # lives, and no ground
            del self._scene.main[clause.number]
        frame = self._scene.frame(clause)
        return Told(clause, frame, verb, toll.victims, toll.killed, toll.wounded, late=toll.late)

    def _give(self, draft: Draft, told: Told) -> None:
        self._causes.given[told.clause.number] = draft
        draft.casualties_told = True
        if told.clause not in draft.clauses:
            draft.clauses.append(told.clause)
        known: Draft | None = draft
        if draft.killed is None and draft.refers:
            known = draft.origin or self._before
        also = bool(self._sets["also"] & set(told.clause.adverbs))
        counted = known is not None and (also or self._others_fell(known, told))
        if counted and told.killed is not None and known is not None and known.killed is not None:
            # "the attacker was also killed"; nine rebels, and then two soldiers
            draft.killed = added(known.killed, told.killed)
            draft.fallen |= known.fallen
        draft.fallen |= self._fallen(told)
        draft.killed = draft.killed or told.killed
        draft.wounded = draft.wounded or told.wounded
        for phrase in told.victims:
            victims = self._nominals.actors(phrase, people=not self._martyred(told))
            if "fighters" in self._nominals.senses(phrase) and self._is_defence(draft, told):
                draft.act(victims)
            draft.suffer(victims)
        if draft.trigger.noun or draft.trigger.crowd:
            draft.kind = self._kinds.by_target(draft.trigger, draft.kind, told.victims)

    def _is_defence(self, draft: Draft, told: Told) -> bool:
        """Whether those attacked killed them: "repelled an attack and killed 20 rebels"."""
        if draft.actors or told.agent is None:
            return False
        hit = {actor.name for actor in draft.targets}
        killers = self._nominals.actors(told.agent)
        return bool(killers) and all(actor.name in hit for actor in killers)

    def _fallen(self, told: Told) -> frozenset[str]:
        """Name the sides of those that a clause counts as killed; none where it may be anybody."""
        if told.killed is None:
            return frozenset()
        if told.verb.lemma in self._sets["send"]:
            return frozenset({"irregulars"})  # to hell
        if self._martyred(told):
            return frozenset({"regulars"})
        return frozenset(
            side
            for victim in told.victims
            for phrase in [victim, *victim.others]
            if (side := self._side(phrase))
        )

    def _martyred(self, told: Told) -> bool:
        """Whether soldiers "embraced martyrdom", whatever they are called."""
        lemmas = (self._scene.words[p.head].lemma for p in told.clause.objects)
        return told.verb.lemma in self._sets["meet"] and not self._sets["martyrdom"].isdisjoint(
            lemmas
        )

    def _side(self, phrase: NounPhrase) -> str:
        """Tell soldiers, rebels and civilians apart; empty for people who may be any of them."""
        lemma = self._scene.words[phrase.head].lemma
        for side in ("regulars", "irregulars"):
            if lemma in self._sets[side]:
                return side
        civil = "civilians" in self._nominals.senses(phrase) and lemma not in self._sets["anybody"]
        return "civilians" if civil else ""

    def _others_fell(self, known: Draft, told: Told) -> bool:
        """Whether a clause tells of the dead of another side: their numbers add up."""
        mine = self._fallen(told)
        return bool(mine and known.fallen) and mine.isdisjoint(known.fallen)

    def _headline(self, clause: Clause) -> None:
        """Read a headline without a verb: "12 dead in Kabul blast"."""
        draft = self._causes.named(clause)
        for phrase in clause.objects:
            draft = draft or self._scene.event_of(phrase)
        if draft is None:
            return
        for phrase in clause.objects:
            for one in [phrase, *phrase.others]:
                dead, hurt = self._tolls.dead_or_hurt(one)
                draft.killed = draft.killed or dead
                draft.wounded = draft.wounded or hurt
                draft.casualties_told = draft.casualties_told or bool(dead or hurt)
