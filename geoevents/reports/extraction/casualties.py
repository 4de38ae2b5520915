"""Who was killed and wounded: casualties belong to the event that caused them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.reports.extraction.drafts import Draft
from geoevents.reports.extraction.kinds import is_place
from geoevents.reports.extraction.leftovers import VIOLENT, Leftovers
from geoevents.reports.extraction.tolls import Tolls, added

if TYPE_CHECKING:
    from geoevents.reports.extraction.carrying import Carrier
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.matching import Matcher
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.verbal import VerbEvents
    from geoevents.reports.model import Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "protesters", "person"})
_GOES_ON = frozenset({"participle", "coordinate", "infinitive", "relative", "adverbial"})


@dataclass(slots=True)
class _Told:
    """What a clause says of casualties."""

    clause: Clause
    frame: Frame
    verb: VerbGroup
    victims: list[NounPhrase]
    killed: Quantity | None = None
    wounded: Quantity | None = None
    agent: NounPhrase | None = None


class Casualties:
    """
    Gives the casualties of a sentence to its events.

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
        self._calamity = calamity
        self._scene = scene
        self._clauses = scene.clauses
        self._words = scene.words
        self._sets = scene.triggers.words
        self._triggers = scene.triggers
        self._nominals = scene.nominals
        self._matcher = matcher
        self._kinds = kinds
        self._tolls = Tolls(scene)
        self._verbs = verbs
        self._carrier = carrier
        self._before = before
        self._told: dict[int, Draft] = {}
        self._counted: list[Quantity] = []

    def run(self) -> None:
        """Give them."""
        for clause in self._clauses:
            if clause.verb is None:
                self._headline(clause)
                continue
            if self._is_gapped(clause):
                continue
            told = self._read(clause, clause.verb)
            if told is not None:
                draft = self._cause(told)
                if draft is not None:
                    self._told[clause.number] = draft
                    self._give(draft, told)
            else:
                self._other_words(clause, clause.verb)
        Leftovers(self._scene, self._before, calamity=self._calamity).give(self._counted)

    # Reading -------------------------------------------------------------------------------

    def _read(self, clause: Clause, verb: VerbGroup) -> _Told | None:
        """Read a clause with a verb of killing or wounding."""
        lemma = verb.lemma
        shot = lemma in self._sets["shoot"]
        dead = lemma in self._sets["killed"] or (
            shot and bool(self._sets["dead"] & set(clause.adverbs))
        )
        hurt = lemma in self._sets["wounded"]
        if not dead and not hurt and not shot:
            return None
        frame = self._scene.frame(clause)
        victims = (
            [clause.subject]
            if lemma in self._sets["intransitive"] and clause.subject is not None
            else frame.objects
        )
        victims = [p for p in victims if self._nominals.senses(p) & _PEOPLE]
        if not victims or verb.negated or any(self._nobody(p) for p in victims):
            return None
        told = _Told(clause, frame, verb, victims)
        if lemma not in self._sets["intransitive"]:
            told.agent = frame.subject
        count = self._tolls.count(victims)
        if dead or (shot and self._taken_and_shot(clause, verb)):
            told.killed = count
        elif hurt:
            told.wounded = count
        for other in self._clauses:
            if self._is_gapped(other) and other.parent == clause.number:
                more = self._tolls.count([other.host] if other.host is not None else [])
                if other.verb is not None and other.verb.lemma in self._sets["killed"]:
                    told.killed = told.killed or more
                else:
                    told.wounded = told.wounded or more
        return told

    def _is_gapped(self, clause: Clause) -> bool:
        """Whether it is the second part of "26 were killed and 62 wounded by a blast"."""
        if clause.verb is None or clause.verb.voice != "passive" or clause.parent is None:
            return False
        above = self._scene.clause(clause.parent)
        fates = self._sets["killed"] | self._sets["wounded"]
        return (
            clause.verb.lemma in fates
            and above.verb is not None
            and above.verb.voice == "passive"
            and above.verb.lemma in fates
            and any(clause.host is phrase for phrase in above.objects)
        )

    def _taken_and_shot(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody was led away first, so that "shot" is killed: "were taken and shot"."""
        if clause.link != "coordinate" or not clause.shared or clause.parent is None:
            return False
        above = self._scene.clause(clause.parent).verb
        return verb.voice == "passive" and above is not None and above.voice == "passive"

    def _nobody(self, phrase: NounPhrase) -> bool:
        return self._words[phrase.first].lower in self._sets["nobody"]

    # Causes --------------------------------------------------------------------------------

    def _cause(self, told: _Told) -> Draft | None:
        """Find the event that casualties belong to; a new one where none is told of."""
        scene = self._scene
        clause = told.clause
        own = scene.main.get(clause.number) or scene.event_of(told.frame.subject)
        if own is not None:
            return own
        named = self._in_causes(clause, agent=told.agent)
        if named is not None and named.kind in VIOLENT:
            return self._made_main(named, told)
        goes_on = clause.shared or (clause.host is not None and clause.subject is clause.host)
        if not goes_on and self._weapon_did_it(told):
            return self._new(told)
        headed = None if told.agent is not None or self._placed(told) else self._headed(clause)
        if headed is not None:
            return headed
        near = (self._above(told) if clause.link != "adverbial" else None) or self._below(clause)
        if near is not None:
            return near
        return None if self._accident(told) else self._alone(told)

    def _headed(self, clause: Clause) -> Draft | None:
        """Find the event before a colon or a comma: "strikes on X: 4 killed, 9 hurt"."""
        subject = clause.subject
        bare = subject is not None and self._words[subject.head].tag == "NUM"
        if bare and clause.link == "coordinate" and not clause.shared:
            told = [d for d in self._scene.drafts if d.kind in VIOLENT and d.start < clause.start]
            return max(told, key=lambda draft: draft.start, default=None)
        for draft in reversed(self._scene.drafts):
            headline = draft.clause.verb is None and draft.clause.number < clause.number
            if headline and clause.link == "main" and draft.kind in VIOLENT:
                return draft
        return None

    def _accident(self, told: _Told) -> bool:
        """Whether it was nobody's deed: a storm, a crash, a disease."""
        accidents = self._sets["accidents"]
        joined = [c for c in self._clauses if c.parent == told.clause.number]
        for clause in [told.clause, *joined]:
            if any(self._words[p.head].lemma in accidents for _, p in clause.preps):
                return True
        agent = told.agent
        if agent is None:
            mild = told.verb.lemma in self._sets["intransitive"] or self._calamity
            return mild and (self._latest(told) is None or self._placed(told))
        if self._words[agent.head].lemma in accidents:
            return True
        senses = self._nominals.senses(agent)
        return not senses & {"party", "fighters", "people", "civilians", "weapon", "protesters"}

    def _made_main(self, draft: Draft, told: _Told) -> Draft:
        """Read "12 soldiers were killed in an attack by X": the event, not the killing."""
        draft.main = True
        if told.clause not in draft.clauses:
            draft.clauses.append(told.clause)
        self._scene.main.setdefault(told.clause.number, draft)
        agent = told.agent
        if agent is not None and draft.phrase is not agent:
            draft.act(self._nominals.actors(agent))
        return draft

    def _weapon_did_it(self, told: _Told) -> bool:
        subject = told.frame.subject
        return (
            subject is not None
            and not self._nominals.actors(subject)
            and bool(self._nominals.weapon(subject))
        )

    def _above(self, told: _Told) -> Draft | None:
        """Find the event of the clause that a participle or an "and" goes on from."""
        clause = told.clause
        scene = self._scene
        host = clause.host
        if host is not None:
            named = scene.event_of(host) or self._around(host)
            if named is not None:
                return named
            if clause.link == "relative" and clause.mark in ("that", "who"):
                return None  # "the collapse of a roof that killed 12"
        agent = told.agent
        if (
            agent is not None
            and not clause.shared
            and clause.link not in ("participle", "relative")
        ):
            return None
        steps = 0
        link = clause.link
        while clause.parent is not None and steps < len(self._clauses):
            above = self._scene.clause(clause.parent)
            draft = (
                self._carrier.inside(above, clause.number)
                or self._told.get(above.number)
                or scene.main.get(above.number)
                or self._carrier.purpose(above)
            )
            if draft is not None and draft.kind in VIOLENT:
                joined = link in ("participle", "relative") or not self._placed(told)
                return draft if joined or draft.clause is above else None
            if link not in _GOES_ON:
                return None
            clause, link = above, above.link
            steps += 1
        return None

    def _around(self, host: NounPhrase) -> Draft | None:
        """Find the event noun that a phrase is attached to: "an attack on a bus that killed 12"."""
        for draft in self._scene.named.values():
            if draft.phrase is not None and any(
                attached is host for _, attached in self._nominals.chain(draft.phrase)
            ):
                return draft
        return None

    def _below(self, clause: Clause) -> Draft | None:
        """Read "12 were killed when a bomb exploded"."""
        for other in self._clauses:
            if other.mark in self._sets["within"] and self._hangs_on(other, clause):
                draft = self._scene.main.get(other.number)
                if draft is not None and draft.kind in VIOLENT:
                    return draft
        return None

    def _hangs_on(self, clause: Clause, above: Clause) -> bool:
        """Whether a clause hangs on another, or on one joined to it by "and"."""
        if clause.parent is None:
            return False
        parent = self._scene.clause(clause.parent)
        steps = 0
        while parent is not above and parent.link == "coordinate" and steps < len(self._clauses):
            if parent.parent is None:
                return False
            parent = self._scene.clause(parent.parent)
            steps += 1
        return parent is above

    def _placed(self, told: _Told) -> bool:
        """Whether a place stands in the clause itself."""
        clause = told.clause
        return any(
            clause.start <= word.start < clause.end and is_place(word) for word in self._words
        )

    def _alone(self, told: _Told) -> Draft | None:
        """No cause in the sentence: the event told of before, or a killing by itself."""
        agent = told.agent
        unknown = agent is None or not self._nominals.actors(agent)
        before = self._latest(told)
        if unknown and not self._placed(told) and before is not None:
            draft = Draft(
                before.trigger,
                before.kind,
                told.clause,
                told.verb.start,
                told.verb.end,
                clauses=[told.clause],
                refers=True,
                main=True,
            )
            draft.how.append("casualties of the event before")
            self._scene.add(draft)
            return draft
        return self._new(told)

    def _latest(self, told: _Told) -> Draft | None:
        """Find the event told of last, in this sentence or before it."""
        here = [d for n, d in self._scene.main.items() if n < told.clause.number]
        here = [draft for draft in here if draft.kind in VIOLENT]
        return here[-1] if here else self._before

    def _new(self, told: _Told) -> Draft | None:
        if not self._telling(told):
            return None
        trigger = self._matcher.match(told.frame, told.verb)
        if trigger is None:
            trigger = next(t for t in self._triggers.verbs["kill", ""] if t.casualties)
            mild = told.verb.lemma in self._sets["intransitive"]
            if not mild and not self._weapon_did_it(told):
                return None
        draft = self._verbs.draft(trigger, told.frame, told.verb)
        if told.verb.lemma in self._sets["intransitive"]:
            draft.kind = self._kinds.by_target(trigger, trigger.kind, told.victims)
            draft.actors.clear()
        return draft

    def _telling(self, told: _Told) -> bool:
        """Whether a killing by itself is news: "him" was killed, nowhere, by nobody, is none."""
        nominals = self._nominals
        if told.killed is not None or told.wounded is not None or self._placed(told):
            return True
        agent = told.agent
        if agent is not None and nominals.senses(agent) & {"fighters", "weapon"}:
            return self._words[agent.head].tag != "PRON"
        return any(
            self._words[p.head].tag != "PRON"
            and nominals.senses(p) & {"fighters", "crowd", "party"}
            for p in told.victims
        )

    # Giving --------------------------------------------------------------------------------

    def _give(self, draft: Draft, told: _Told) -> None:
        draft.casualties_told = True
        if told.clause not in draft.clauses:
            draft.clauses.append(told.clause)
        also = bool(self._sets["also"] & set(told.clause.adverbs))
        known = draft if draft.killed is not None or not draft.refers else self._before
        if also and told.killed is not None and known is not None and known.killed is not None:
            draft.killed = added(known.killed, told.killed)  # "the attacker was also killed"
        draft.killed = draft.killed or told.killed
        draft.wounded = draft.wounded or told.wounded
        self._counted += [one for one in (told.killed, told.wounded) if one is not None]
        for phrase in told.victims:
            draft.suffer(self._nominals.actors(phrase, people=True))
        if draft.trigger.noun or draft.trigger.crowd:
            draft.kind = self._kinds.by_target(draft.trigger, draft.kind, told.victims)

    # Other words ---------------------------------------------------------------------------

    def _other_words(self, clause: Clause, verb: VerbGroup) -> None:
        """Give what a clause says of the dead without a verb of killing: "left 12 dead"."""
        toll = self._tolls.read(clause, verb)
        if toll is None:
            return
        frame = self._scene.frame(clause)
        told = _Told(clause, frame, verb, toll.victims, toll.killed, toll.wounded)
        lost = self._scene.main.get(clause.number)
        if lost is not None and lost.trigger.ground and verb.lemma in self._sets["lose"]:
            self._scene.drafts.remove(lost)  # lives, and no ground
            del self._scene.main[clause.number]
        draft = (
            self._scene.main.get(clause.number)
            or self._scene.event_of(frame.subject)
            or self._in_causes(clause)
            or self._above(told)
            or self._below(clause)
        )
        known = self._latest(told) is not None or self._weapon_did_it(told)
        if draft is None and known and not self._accident(told):
            draft = self._alone(told)
        if draft is not None:
            self._told[clause.number] = draft
            self._give(draft, told)

    def _in_causes(self, clause: Clause, agent: NounPhrase | None = None) -> Draft | None:
        """Find the event of "in clashes", "by a blast", there or behind "and"."""
        joined = [c for c in self._clauses if c.parent == clause.number]
        joined = [c for c in joined if c.link == "coordinate" or self._is_gapped(c)]
        for one in [clause, *joined]:
            for word, phrase in one.preps:
                if agent is not None and word in self._triggers.links["after"]:
                    continue  # "the army killed 12 after a siege"
                if word in self._triggers.links["cause"]:
                    named = self._scene.event_of(phrase)
                    if named is not None and not named.trigger.operation:
                        return named
        return None

    def _headline(self, clause: Clause) -> None:
        """Read a headline without a verb: "12 dead in Kabul blast"."""
        draft = self._in_causes(clause)
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
