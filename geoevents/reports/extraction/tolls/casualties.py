"""Who was killed and wounded: casualties belong to the event that caused them."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from geoevents.reports.extraction.counts import added
from geoevents.reports.extraction.tolls.circumstances import joined_fate
from geoevents.reports.extraction.tolls.fates import Fates, is_gapped
from geoevents.reports.extraction.tolls.hurts import Hurts
from geoevents.reports.extraction.tolls.leftovers import is_loss_of_life
from geoevents.reports.extraction.tolls.outcomes import Outcome, Outcomes
from geoevents.reports.extraction.tolls.told import Told
from geoevents.reports.extraction.tolls.totals import is_running
from geoevents.reports.extraction.tolls.updates import Updates, counted_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.tolls.causes import Causes
    from geoevents.reports.model import Quantity, When
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_UNSURE = Counter(day=1, week=7, month=31, year=366)  # days that a time may be off
_DAYS = 4  # a toll of more is of no single attack

_FOUGHT = "armed clash"
_ANY_ATTACK = frozenset({_FOUGHT, "attack on civilians"})


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
        self._outcomes = Outcomes(scene)
        self._hurts = Hurts(scene)
        self._updates = Updates(scene)
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
        for clause in self._in_turn():
            if clause.verb is None:
                self._headline(clause)
                continue
            if is_gapped(self._scene, clause):
                continue
            told, deed = self._told(clause, clause.verb)
            if told is not None and self._place(told, deed=deed):
                counted += [one for one in (told.killed, told.wounded) if one is not None]
        for draft in list(self._scene.named.values()):
            event = self._causes.of_victims(draft)
            if event is not None:  # "the killing of three when gunmen opened fire"
                self._join(draft, event)
        return counted

    def _place(self, told: Told, *, deed: bool) -> bool:
        """Give what a clause tells to its event; tell whether its figures are dealt with."""
        if self._are_some(told.clause) or self._by_calamity(told):
            return True
        if is_running(self._scene, told.clause, told.killed):
            self._pass_over(told.clause)
            return True
        draft = self._causes.of_deed(told) if deed else self._causes.of_toll(told)
        if draft is None:
            return False
        if self._of_a_year(told, draft):
            self._scene.drafts.remove(draft)
        else:
            self._give(draft, told)
        return True

    def _by_calamity(self, told: Told) -> bool:
        """Whether a storm or the like did it: "was shelled, where an earthquake killed 157"."""
        lemma = self._scene.words[told.agent.head].lemma if told.agent is not None else ""
        return lemma in self._sets["accidents"] - self._sets["fire"]

    def _are_some(self, clause: Clause) -> bool:
        """Whether it tells of some of those counted: "72 died, of whom eleven were burnt alive"."""
        if clause.link != "relative" or clause.mark not in self._sets["parts"]:
            return False
        above = self._scene.clause(clause.parent) if clause.parent is not None else None
        if above is None or above.verb is None:
            return False
        whole = self._fates.read(above, above.verb) or self._outcomes.read(above, above.verb)
        return whole is not None and whole.killed is not None

    def _in_turn(self) -> list[Clause]:
        """List the clauses, but "one died" behind what is joined to it: "6 were hurt by shells"."""
        clauses = sorted(self._scene.clauses, key=lambda c: not self._says_when(c))
        behind = [c for c in clauses if joined_fate(self._scene, c) is not None]
        if not behind:
            return clauses
        return [c for c in clauses if c not in behind] + behind

    def _says_when(self, clause: Clause) -> bool:
        """Whether it tells what others were hurt by: "40 were hurt when a bomb killed nine"."""
        verb, sets = clause.verb, self._sets
        deed = verb is not None and verb.voice == "active" and verb.lemma in sets["killed"]
        return deed and clause.link == "adverbial" and clause.mark in sets["within"]

    def _join(self, killing: Draft, event: Draft) -> None:
        """Give what a noun says of the dead to the event that they died in."""
        for word, phrase in killing.phrase.attached if killing.phrase is not None else ():
            if word in self._scene.triggers.links["of"]:
                event.killed = event.killed or self._scene.counts.first([phrase])
                event.suffer(self._nominals.actors(phrase, people=True))
                event.kind = self._kinds.by_target(event.trigger, event.kind, [phrase])
        event.casualties_told = True
        self._scene.absorbed.add(killing.start)

    def _told(self, clause: Clause, verb: VerbGroup) -> tuple[Told | None, bool]:
        """Read what a clause says of casualties, and whether a verb of killing says it."""
        told = self._fates.read(clause, verb)
        deed = told is not None
        told = told or self._toll(clause, verb)
        if told is not None:
            self._updates.mark(told)
        return told, deed

    def _of_a_year(self, told: Told, draft: Draft) -> bool:
        """Whether it counts the dead of a year, or of days: "last year 110 were killed"."""
        origin = draft.origin
        phrase, before = draft.phrase, self._before
        if phrase is not None and before is not None and before.kind == draft.kind:
            the = self._scene.words[phrase.first].lower in self._sets["definite"]
            days = [w.first for w in before.clause.times if w.precision == "day"]
            since = [w for w in told.clause.times if w.lasts]
            longer = any((day - w.first).days > _UNSURE[w.precision] for day in days for w in since)
            origin = before if the and longer else origin  # "the strikes have killed 900 since May"
        if origin is None or not any(map(_is_long, told.clause.times)):
            return False
        return not any(map(_is_long, origin.clause.times))

    def _pass_over(self, clause: Clause) -> None:
        """Pass over what a clause says of the dead of months: "violence has claimed 600 lives"."""
        main, since = self._scene.main, self._sets["since"]
        for other in self._scene.clauses:
            event = main.get(other.number)
            if event is None or not event.trigger.noun or event.phrase is not other.subject:
                continue
            if other is clause or (other.parent == clause.number and other.mark in since):
                self._scene.absorbed.add(event.start)

    def _toll(self, clause: Clause, verb: VerbGroup) -> Told | None:
        """Read what a clause says of the dead without a verb of killing: "left 12 dead"."""
        toll = self._outcomes.read(clause, verb)
        if toll is None or toll.wounded is None:
            hurt, who = self._hurts.find(clause, verb)
            if hurt is not None:
                toll = Outcome(toll.killed if toll is not None else None, hurt, who)
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
        self._call_by_weapon(draft, told)
        away = told.late and draft.phrase is not None  # "died today after Saturday's shelling"
        if away and told.dies:  # "the officers killed in the ambush": not on the day he died
            draft.dated = self._is_dated(draft)
            draft.late = not draft.dated
        if told.clause not in draft.clauses and not away:
            draft.clauses.append(told.clause)
        if told.killed is not None or told.total:
            self._count_dead(draft, told)
        if draft.origin is not None and told.agent and draft.fallen == {"irregulars"}:
            draft.kind = _FOUGHT  # "Police said they shot four gunmen": no civilians
        draft.wounded = _higher(draft.wounded, told.wounded)
        for phrase in told.victims:
            victims = self._nominals.actors(phrase, people=not self._martyred(told))
            if "fighters" in self._nominals.senses(phrase) and self._is_defence(draft, told):
                draft.act(victims)
            draft.suffer(victims)
        if draft.kind == "other" and told.killed is not None and draft.trigger.dead:
            draft.kind = draft.trigger.dead  # "rounded up villagers and shot 18 of them"
        if (draft.trigger.noun or draft.trigger.crowd) and not told.beside:
            draft.kind = self._kinds.by_target(draft.trigger, draft.kind, told.victims)

    def _call_by_weapon(self, draft: Draft, told: Told) -> None:
        """Call an attack by what killed in it: "a bomb killed four in an attack claimed by X"."""
        by = told.frame.subject
        if draft.phrase is None or draft.clause is not told.clause or by is None:
            return
        made = self._nominals.weapon(by)
        if made not in ("", _FOUGHT) and draft.trigger.weapon and draft.kind in _ANY_ATTACK:
            draft.kind = made

    def _is_dated(self, draft: Draft) -> bool:
        """Whether the noun that names an event has a time of its own: "Saturday's shelling"."""
        start, end = self._nominals.reach(draft.phrase) if draft.phrase is not None else (0, 0)
        return any(w.tag == "TIME" and start <= w.start < end for w in self._scene.words)

    def _count_dead(self, draft: Draft, told: Told) -> None:
        """Give the dead of a clause to an event, with those of others if they add up."""
        if told.total:
            told.killed = counted_as(told.total, told.victims[0])
        known = self._known(draft)
        more = known is not None and (
            self._is_one_more(told, apart=known not in self._scene.drafts)
            or self._others_fell(known, told)
        )
        if more and known is not None and known.killed is not None and told.killed is not None:
            # "the attacker was also killed"; nine rebels, and then two soldiers
            draft.killed = added(known.killed, told.killed)
            draft.fallen |= known.fallen
        elif draft.killed is None or self._holds_more(draft, told):
            draft.killed, draft.standing = told.killed, told.standing
        draft.fallen |= self._fallen(told)

    def _known(self, draft: Draft) -> Draft | None:
        """Find the mention whose dead those of a clause may be added to."""
        if draft.killed is not None or not draft.refers:
            return draft
        beside = [d for d in self._scene.drafts if d.origin is draft.origin and d is not draft]
        counted = [d for d in beside if d.fallen and d.origin is not None]
        return counted[-1] if counted else draft.origin or self._before

    def _is_one_more(self, told: Told, *, apart: bool) -> bool:
        """Whether one more died: "was also killed", "two of the wounded died on Sunday"."""
        if apart and told.later and not told.total:
            return bool(told.clause.times) or self._updates.are_more(told)
        clause = told.clause
        goes_on = clause.link == "coordinate" and clause.shared and not clause.times
        if goes_on and told.verb.voice == "active" and self._updates.are_more(told):
            return True  # "burnt 37 pupils to death and killed five others"
        return bool(self._sets["also"] & set(clause.adverbs))

    @staticmethod
    def _holds_more(draft: Draft, told: Told) -> bool:
        """Whether a figure takes the place of the one told before it in its sentence."""
        if draft.standing != told.standing:
            return draft.standing == "former" or told.standing == "final"
        grown = _higher(draft.killed, told.killed) is not draft.killed and not draft.fallen
        return told.late or bool(told.total) or grown

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
            for phrase in self._counted_with(victim)
            if (side := self._side(phrase))
        )

    def _counted_with(self, victim: NounPhrase) -> Iterator[NounPhrase]:
        """List the phrases that say who is counted: "nine of its men and four policemen"."""
        yield from (victim, *victim.others)
        for word, phrase in victim.attached:
            if word in self._scene.triggers.links["of"]:
                yield from (phrase, *phrase.others)

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
        told = [d for d in map(self._scene.event_of, clause.objects) if d is not None]
        draft = draft or next((d for d in told if not is_loss_of_life(d)), None)
        if draft is None:
            return
        for phrase in clause.objects:
            for one in [phrase, *phrase.others]:
                dead, hurt = self._outcomes.dead_or_hurt(one)
                draft.killed = draft.killed or dead
                draft.wounded = draft.wounded or hurt
                draft.casualties_told = draft.casualties_told or bool(dead or hurt)


def _higher(one: Quantity | None, other: Quantity | None) -> Quantity | None:
    """Choose the higher of two exact figures, as tolls rise; the first one of others."""
    if one is None or other is None:
        return one or other
    return other if (other.value or 0) > (one.value or math.inf) else one


def _is_long(when: When) -> bool:
    """Whether a time is a year, or days on end: "in five days"."""
    lasts = when.lasts and (when.last - when.first).days >= _DAYS
    return when.precision == "year" or lasts
