"""The event that killed and wounded people belong to: the one that caused it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.references import are_told_of
from geoevents.reports.extraction.scene import ancestors
from geoevents.reports.extraction.tolls.circumstances import (
    came_later,
    is_accident,
    is_by_weapon,
    is_crime_behind_gain,
    is_placed_apart,
    is_stray,
    joined_fate,
)
from geoevents.reports.extraction.tolls.fates import is_gapped
from geoevents.reports.extraction.tolls.leftovers import is_loss_of_life
from geoevents.reports.extraction.tolls.surroundings import (
    holding,
    joined_places,
    where_they_were,
)
from geoevents.reports.extraction.tolls.told import VIOLENT

if TYPE_CHECKING:
    from geoevents.reports.extraction.carrying import Carrier
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.matching import Matcher
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.tolls.told import Told
    from geoevents.reports.extraction.verbal import VerbEvents
    from geoevents.reports.syntax.model import Clause, NounPhrase

_GOES_ON = frozenset({"participle", "coordinate", "infinitive", "relative", "adverbial"})
_RUNS_ON = frozenset({"participle", "relative"})


class Causes:
    """
    Finds the events of a sentence that people were hurt by.

    Parameters
    ----------
    scene : Scene
        The sentence.
    matcher : Matcher
        Tells what a verb tells of.
    kinds : Kinds
        Tells the type of an event.
    verbs : VerbEvents
        Drafts killings that no other event is told of for.
    carrier : Carrier
        Knows what clauses are about.
    before : Draft or None
        The last violent event before the sentence.
    calamity : bool
        Whether a storm, a crash or a disease was told of, and no violence.

    Attributes
    ----------
    given : dict of int to Draft
        The events found so far, by the numbers of the clauses that tell of casualties.
    """

    def __init__(
        self,
        scene: Scene,
        *,
        matcher: Matcher,
        kinds: Kinds,
        verbs: VerbEvents,
        carrier: Carrier,
        before: Draft | None,
        calamity: bool,
    ) -> None:
        self._scene = scene
        self._clauses = scene.clauses
        self._words = scene.words
        self._sets = scene.triggers.words
        self._triggers = scene.triggers
        self._nominals = scene.nominals
        self._matcher = matcher
        self._kinds = kinds
        self._verbs = verbs
        self._carrier = carrier
        self._before = before
        self._calamity = calamity
        self.given: dict[int, Draft] = {}

    def of_deed(self, told: Told) -> Draft | None:
        """
        Find the event of a killing; a new one where none is told of.

        Parameters
        ----------
        told : Told
            What a clause with a verb of killing or wounding says.

        Returns
        -------
        Draft or None
            The event; None for what was nobody's deed.
        """
        scene = self._scene
        clause = told.clause
        own = scene.main.get(clause.number) or scene.event_of(told.frame.subject)
        if own is not None:
            return own
        named = self.named(clause, agent=told.agent)
        if named is not None and named.kind in VIOLENT:
            return self._made_main(named, told)
        goes_on = clause.shared or (clause.host is not None and clause.subject is clause.host)
        if (
            not goes_on
            and is_by_weapon(self._scene, told)
            and not is_stray(self._scene, told, self._latest(told))
        ):
            return self._new(told)
        if told.agent is None and not scene.is_placed(clause):
            headed = self._headed(clause)
            if headed is not None:
                return headed
        near = (self._above(told) if clause.link != "adverbial" else None) or self._below(
            clause, told
        )
        if near is None and goes_on and is_by_weapon(self._scene, told) and not self._burst(clause):
            near = self._new(told)  # "a suicide boat tore a hole in X, killing 17"
        if near is not None and is_crime_behind_gain(scene, told, near):
            near = self._new(told) or near
        if near is not None:
            if clause.link == "relative" and not near.actors and told.agent is not None:
                near.act(self._nominals.actors(told.agent))  # "an attack in which gunmen shot 12"
            return near
        return (
            None
            if is_accident(self._scene, told, self._latest(told), calamity=self._calamity)
            else self._alone(told)
        )

    def _burst(self, clause: Clause) -> bool:
        """Whether what burst was no bomb, or it would be told of: "a gas cylinder exploded"."""
        above = ancestors(clause, self._clauses)
        return any(c.verb is not None and c.verb.lemma in self._sets["bursting"] for c in above)

    def of_toll(self, told: Told) -> Draft | None:
        """
        Find the event of the dead that are told of without a verb of killing: "left 12 dead".

        Parameters
        ----------
        told : Told
            What the clause says.

        Returns
        -------
        Draft or None
            The event; None where none is known.
        """
        draft = (
            self._scene.main.get(told.clause.number)
            or self._scene.event_of(told.frame.subject)
            or self.named(told.clause)
            or self._above(told)
            or self._below(told.clause, told)
            or self._around_them(told.clause)
        )
        known = self._latest(told) is not None or is_by_weapon(self._scene, told)
        if (
            draft is None
            and known
            and not is_accident(self._scene, told, self._latest(told), calamity=self._calamity)
        ):
            return self._alone(told)
        return draft

    def of_victims(self, draft: Draft) -> Draft | None:
        """
        Find what the killing that a noun names was done by: "the killing of 3 when X opened fire".

        Parameters
        ----------
        draft : Draft
            The killing.

        Returns
        -------
        Draft or None
            The event of the clause that says when; None where there is none.
        """
        deadly = draft.trigger.deadly and draft.phrase is not None
        below = self._below(draft.clause) if deadly else None
        return None if below is draft else below

    def _headed(self, clause: Clause) -> Draft | None:
        """Find the event before a colon or a comma: "strikes on X: 4 killed, 9 hurt"."""
        subject = clause.subject
        bare = subject is not None and self._words[subject.head].tag == "NUM"
        if bare and clause.link == "coordinate" and not clause.shared:
            told = [d for d in self._scene.drafts if d.kind in VIOLENT and d.start < clause.start]
            told = [d for d in told if d.start not in self._scene.absorbed] or told
            told = [d for d in told if not is_loss_of_life(d)]
            told = [d for d in told if d.main or not d.trigger.ground] or told  # "its losses"
            return max(told, key=lambda draft: draft.start, default=None)
        for draft in reversed(self._scene.drafts):
            headline = draft.clause.verb is None and draft.clause.number < clause.number
            headline = headline and clause.link == "main" and not is_loss_of_life(draft)
            if headline and draft.kind in VIOLENT:
                return draft
        return None

    def _made_main(self, draft: Draft, told: Told) -> Draft:
        """Read "12 soldiers were killed in an attack by X": the event, not the killing."""
        draft.main = True
        draft.refers = draft.refers or any(are_told_of(self._scene, one) for one in told.victims)
        if told.clause not in draft.clauses and not told.late:
            draft.clauses.append(told.clause)
        self._scene.main.setdefault(told.clause.number, draft)
        agent = told.agent
        if agent is not None and draft.phrase is not agent:
            draft.act(self._nominals.actors(agent))
        return draft

    def _above(self, told: Told) -> Draft | None:
        """Find the event of the clause that a participle or an "and" goes on from."""
        clause, host = told.clause, told.clause.host
        placed = self._scene.is_placed(clause)
        if host is not None:
            named = self._scene.event_of(host) or self._around(host)
            named = named or holding(self._scene, host, clause)
            if named is not None:
                return named
            if clause.link == "relative" and clause.mark in ("that", "who"):
                return None  # "the collapse of a roof that killed 12"
        if told.agent is not None and not clause.shared and clause.link not in _RUNS_ON:
            return None
        for above in ancestors(clause, self._clauses):
            draft = (
                self._carrier.inside(above, clause.number)
                or self.given.get(above.number)
                or self._scene.main.get(above.number)
                or self._carrier.purpose(above)
            )
            if draft is not None and draft.kind in VIOLENT:
                joined = clause.link in _RUNS_ON or not placed
                return draft if joined or draft.clause is above else None
            if clause.link not in _GOES_ON:
                return None
            clause = above
        return None

    def _around(self, host: NounPhrase) -> Draft | None:
        """Find the event noun that a phrase is attached to: "an attack on a bus that killed 12"."""
        for draft in self._scene.named.values():
            if draft.phrase is not None and any(
                attached is host for _, attached in self._nominals.chain(draft.phrase)
            ):
                return draft
        return None

    def _below(self, clause: Clause, told: Told | None = None) -> Draft | None:
        """Read "12 were killed when a bomb exploded"."""
        for other in self._clauses:
            # "105 have died since X began shelling Y on Tuesday", but not "since the war began".
            begun = other.mark in self._sets["since"] and any(
                when.precision == "day" for when in other.times
            )
            if (begun or other.mark in self._sets["within"]) and self._hangs_on(other, clause):
                if told is not None and came_later(self._scene, told, other):
                    continue
                draft = self._scene.main.get(other.number) or self.named(other)
                draft = draft or self.given.get(other.number)
                if draft is not None and draft.kind in VIOLENT:
                    return draft
        joined = joined_fate(self._scene, clause)
        beside = self.given.get(joined.number) if joined is not None else None
        return beside or where_they_were(self._scene, clause)

    def _around_them(self, clause: Clause) -> Draft | None:
        """Read "pulled 27 bodies out of a house that collapsed in an air strike"."""
        for other in joined_places(self._scene, clause):
            draft = self.named(other) or self._scene.main.get(other.number)
            if draft is not None and draft.kind in VIOLENT:
                return draft
        return None

    def _hangs_on(self, clause: Clause, above: Clause) -> bool:
        """Whether a clause hangs on another, or on one joined to it by "and"."""
        for parent in ancestors(clause, self._clauses):
            some = parent.mark in self._sets["parts"]  # ", of whom two were burnt, when ..."
            if parent is above or not (some or parent.link == "coordinate"):
                return parent is above
        return False

    def _alone(self, told: Told) -> Draft | None:
        """No cause in the sentence: the event told of before, or a killing by itself."""
        agent = told.agent
        unknown = agent is None or not self._nominals.actors(agent) or self._of_them(told)
        before = self._latest(told)
        placed = is_placed_apart(self._scene, told.clause) and not told.later
        if unknown and not placed and before is not None:
            known = before.killed is not None and told.killed is not None
            if before in self._scene.drafts and not (known or told.late):
                told.beside = True
                return before
            draft = before.again(told.clause, told.verb.start, told.verb.end)
            draft.late, draft.away = told.late, told.later
            self._scene.add(draft)
            return draft
        return self._new(told)

    def _of_them(self, told: Told) -> bool:
        """Whether those killed were told of before: "security forces killed 10 of them"."""
        return told.killed is not None and any(
            word in self._triggers.links["of"] and self._words[phrase.head].tag == "PRON"
            for victim in told.victims
            for word, phrase in victim.attached
        )

    def _latest(self, told: Told) -> Draft | None:
        """Find the event told of last, in this sentence or before it."""
        number = told.clause.number
        told_of = {**self.given, **self._scene.main}
        here = {n: d for n, d in told_of.items() if n < number and d.kind in VIOLENT}
        here = {n: d for n, d in here.items() if not (d.clause.verb and d.clause.verb.negated)}
        if here or self._before is not None:
            return here[max(here)] if here else self._before
        named = [d for d in self._scene.named.values() if d.start < told.verb.start]
        named = [d for d in named if d.casualties_told and d.kind in VIOLENT]
        return named[-1] if named else None

    def _new(self, told: Told) -> Draft | None:
        if not self._telling(told):
            return None
        trigger = self._matcher.match(told.frame, told.verb)
        if trigger is None:
            trigger = next(t for t in self._triggers.verbs["kill", ""] if t.casualties)
            sent = told.dies or told.verb.lemma in self._sets["send"]
            if not sent and not is_by_weapon(self._scene, told):
                return None
        draft = self._verbs.draft(trigger, told.frame, told.verb)
        if told.dies:
            draft.kind = self._kinds.by_target(trigger, trigger.kind, told.victims)
            draft.actors.clear()
        return draft

    def _telling(self, told: Told) -> bool:
        """Whether a killing by itself is news: "him" was killed, nowhere, by nobody, is none."""
        nominals = self._nominals
        counted = told.killed is not None or told.wounded is not None
        if counted or self._scene.is_placed(told.clause):
            return True
        agent = told.agent
        if agent is not None and nominals.senses(agent) & {"fighters", "weapon"}:
            return self._words[agent.head].tag != "PRON"
        return any(
            self._words[p.head].tag != "PRON"
            and nominals.senses(p) & {"fighters", "crowd", "party"}
            for p in told.victims
        )

    def _ranked(self, draft: Draft) -> bool:
        """Whether it says how bad another was: "in the worst strike since 2003 a bomb killed"."""
        phrase, superlatives = draft.phrase, self._sets["superlatives"]
        before = self._words[phrase.first : phrase.head] if phrase is not None else []
        return any(word.lower in superlatives for word in before)

    def _is_joined(self, clause: Clause) -> bool:
        """Whether "and" joins what befell people, and no deed: not "..., hit in an attack"."""
        verb = clause.verb
        if clause.link != "coordinate" or verb is None:
            return False
        bare = verb.voice == "passive" and verb.first == verb.head  # "hit in an exchange of fire"
        return not bare or verb.lemma in self._sets["killed"] | self._sets["wounded"]

    def _in_span(self, phrase: NounPhrase) -> Draft | None:
        """Find the event of "in a day of fighting", "in two hours of shelling"."""
        last = self._words[phrase.head].lemma.rsplit(" ", 1)[-1]
        if last not in self._sets["short_spans"]:
            return None
        of = self._triggers.links["of"]
        events = (self._scene.event_of(p) for word, p in phrase.attached if word in of)
        return next((draft for draft in events if draft is not None), None)

    def named(self, clause: Clause, agent: NounPhrase | None = None) -> Draft | None:
        """
        Find the event of "in clashes", "by a blast", there or behind "and".

        Parameters
        ----------
        clause : Clause
            The clause.
        agent : NounPhrase or None
            Who did it: what it was done after is then no cause.

        Returns
        -------
        Draft or None
            The event.
        """
        joined = [c for c in self._clauses if c.parent == clause.number]
        joined = [c for c in joined if self._is_joined(c) or is_gapped(self._scene, c)]
        for one in [clause, *joined]:
            for word, phrase in one.preps:
                if agent is not None and word in self._triggers.links["after"]:
                    continue  # "the army killed 12 after a siege"
                if word in self._triggers.links["cause"]:
                    named = self._scene.event_of(phrase) or self._in_span(phrase)
                    if named is None or named.trigger.operation:
                        continue
                    if agent is None or not self._ranked(named):
                        return named
        return None
