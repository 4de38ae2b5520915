"""The events of one sentence: its verbs, the nouns that name events, and how they go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.carrying import Carrier
from geoevents.reports.extraction.deeds import SameDeeds
from geoevents.reports.extraction.kinds import Kinds
from geoevents.reports.extraction.matching import Matcher
from geoevents.reports.extraction.needs import Needs
from geoevents.reports.extraction.nouns import NounEvents
from geoevents.reports.extraction.references import name_again
from geoevents.reports.extraction.scene import Scene
from geoevents.reports.extraction.tolls.casualties import Casualties
from geoevents.reports.extraction.tolls.causes import Causes
from geoevents.reports.extraction.tolls.leftovers import Leftovers
from geoevents.reports.extraction.verbal import VerbEvents

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft, Frame
    from geoevents.reports.extraction.triggers import Trigger, Triggers
    from geoevents.reports.syntax.model import Clause, VerbGroup

_ONE = frozenset({"protest", "other"})  # deeds of one protest, of one raid

_SOLID = frozenset({"place", "site", "civil_sites", "people", "fighters", "party"})
_HANGING = frozenset({"participle", "relative"})


class SentenceReader:
    """
    Finds the events of a sentence.

    Parameters
    ----------
    clauses : list of Clause
        Its clauses.
    triggers : Triggers
        The language's triggers.
    before : Draft or None
        The last violent event of the sentences before, for casualties told of by themselves.
    known : bool
        Whether any event was told of before: what "the attack" may refer to.
    calamity : bool
        Whether a storm, a crash or a disease was told of, and no violence.
    headed : bool
        Whether the sentence before only says where: "19 March: Baidoa."
    """

    def __init__(
        self,
        clauses: list[Clause],
        triggers: Triggers,
        before: Draft | None = None,
        *,
        known: bool = False,
        calamity: bool = False,
        headed: bool = False,
    ) -> None:
        self._known, self._headed = known, headed
        self._calamity = calamity
        self._light = triggers.light
        self._words = triggers.words
        self._links = triggers.links
        name_again(clauses, triggers, before)
        self._scene = scene = Scene(clauses, triggers)
        self._nominals = scene.nominals
        kinds = Kinds(scene)
        self._matcher = Matcher(scene, kinds, before)
        self._nouns = NounEvents(scene, kinds, before)
        self._verbs = VerbEvents(scene, kinds, self._nouns)
        self._carrier = Carrier(scene, self._nouns, self._verbs)
        self._deeds = SameDeeds(scene, self._verbs, self._carrier)
        causes = Causes(
            scene,
            matcher=self._matcher,
            kinds=kinds,
            verbs=self._verbs,
            carrier=self._carrier,
            before=before,
            calamity=calamity,
        )
        self._casualties = Casualties(scene, kinds, causes, before)
        self._leftovers = Leftovers(scene, before, calamity=calamity)

    def run(self) -> list[Draft]:
        """
        Find them.

        Returns
        -------
        list of Draft
            In the order of the text.
        """
        scene = self._scene
        self._nouns.find()
        for clause in scene.clauses:
            told = clause.host is not None and clause.number in scene.main
            if clause.verb is not None and not told:  # "attacked with grenades dropped by drones"
                self._read(clause, clause.verb)
        self._leftovers.give(self._casualties.give())
        self._deeds.fold_damage()
        self._deeds.fold_moments()
        self._deeds.turn_raids()
        self._deeds.turn_sieges()
        for draft in list(scene.named.values()):
            self._nouns.finish(draft)
        needs = Needs(scene, headed=self._headed)
        found = [
            draft
            for draft in scene.drafts
            if draft.start not in scene.absorbed and needs.met(draft, known=self._known)
        ]
        if found and self._calamity:
            found = [draft for draft in found if not self._flew_into(draft)]
        found.sort(key=lambda draft: draft.start)
        for draft in found:
            self._tidy(draft)
            self._part(draft, found)
        return found

    def _part(self, draft: Draft, found: list[Draft]) -> None:
        """Keep apart what nouns joined by "and" tell of, if their types are not the same."""
        if draft.phrase is None or not draft.main:
            return
        joined = [one for one in self._scene.events_of(draft.phrase) if one in found]
        kinds = {draft.kind}
        for other in joined[1:]:
            other.apart = other.main and other.kind not in kinds
            kinds.add(other.kind)
            bare = other.phrase is not None and self._scene.words[other.phrase.first].tag != "DET"
            if bare and not other.actors:
                other.act(draft.actors)  # "Israeli tank fire and air strikes"
            elif not draft.actors:
                draft.act(other.actors)  # "shelling and air strikes by the army"

    def _tidy(self, draft: Draft) -> None:
        """Leave out "fighters" and "soldiers" where it is said whose, and who is just anybody."""
        draft.actors = [a for a in draft.actors if a.name not in self._words["just_anybody"]]
        if all(actor.sense == "people" for actor in draft.targets):
            return
        draft.targets = [
            actor
            for actor in draft.targets
            if actor.sense != "people" or not self._nominals.is_fighters(actor.name)
        ]

    def _flew_into(self, draft: Draft) -> bool:
        """Whether an aircraft of a crash came down on something: "the plane hit a hillside"."""
        subject, verb = draft.clause.subject, draft.clause.verb
        if draft.phrase is not None or subject is None or draft.actors:
            return False
        if verb is not None and (verb.voice == "passive" or verb.lemma in self._words["shooting"]):
            return False  # "was fired on", "helicopters fired on the crowd"
        return self._scene.words[subject.head].lemma in self._words["flown"]

    def _read(  # noqa: C901, PLR0911 -- a way to be no event of its own a line
        self, clause: Clause, verb: VerbGroup
    ) -> None:
        """Read a clause: its verb tells of an event, or carries one that a noun names."""
        frame = self._scene.frame(clause)
        trigger = self._matcher.match(frame, verb)
        if trigger is not None and trigger.absorbs:
            host = self._scene.event_of(clause.host) if clause.link == "participle" else None
            if host is not None:
                self._agreed_on(host, trigger, frame, verb)
                return  # "a truce brokered by X": the truce is told of already
            self._verbs.draft(trigger, frame, verb)
            to = [phrase for word, phrase in clause.preps if word in trigger.prepositions]
            for phrase in [*frame.objects, *to]:
                self._verbs.absorb(phrase)
            return
        if self._carries(frame, verb, trigger):
            return
        if self._hangs(clause, verb) and self._carrier.continues(frame, verb, trigger):
            return
        if trigger is None or trigger.casualties or self._describes(clause, verb, trigger):
            return
        if clause.link in _HANGING and self._is_disarmed(clause):
            return
        if self._deeds.tells(frame, trigger):
            return
        minor = trigger.statement or trigger.kind == "protest"
        hangs = minor and clause.link in ("infinitive", "participle")
        above = self._carrier.above(clause) if minor or trigger.kind == "other" else None
        if hangs and above is not None:
            return  # "gathered to demand elections"
        if above is not None and self._goes_on(clause, trigger, above):
            return
        self._verbs.draft(trigger, frame, verb)

    def _goes_on(self, clause: Clause, trigger: Trigger, above: Draft) -> bool:
        """Whether it is the same protest or looting: "burned tyres and blocked roads"."""
        if trigger.kind not in _ONE or above.kind != trigger.kind:
            return False
        if clause.link != "coordinate" or not clause.shared:
            return False
        if self._scene.is_placed(clause) and self._scene.is_placed(above.clause):
            return False  # each has a place of its own
        self._scene.main[clause.number] = above
        above.clauses.append(clause)
        above.spans += [self._nominals.reach(phrase) for phrase in clause.objects]
        return True

    def _agreed_on(self, host: Draft, trigger: Trigger, frame: Frame, verb: VerbGroup) -> None:
        """Take in what a participle says of a truce: "signed at Sochi in July by X and Y"."""
        if host.trigger.kind != "agreement":
            return
        self._scene.tell(host, frame.clause)
        host.under = host.under or frame.subject is not None
        if frame.clause.times or self._scene.is_placed(frame.clause):
            self._scene.absorbed.discard(host.start)  # "broke a truce signed at X in July"
        if verb.lemma in self._words["signing"]:
            host.act(self._scene.who(frame.subject, frame.clause))
        for role in trigger.place:
            host.spans += [self._nominals.reach(phrase) for phrase in frame.role(role)]

    def _is_disarmed(self, clause: Clause) -> bool:
        """Whether what was planted did no harm: "dismantled a bomb planted by X"."""
        if clause.host is None or not self._nominals.weapon(clause.host):
            return False
        if "place" in self._nominals.senses(clause.host):
            return False  # "raided the air base which X had seized"
        disarming = self._words["disarming"]
        return any(
            other.verb is not None
            and other.verb.lemma in disarming
            and any(phrase is clause.host for phrase in self._scene.frame(other).objects)
            for other in self._scene.clauses
        )

    def _describes(self, clause: Clause, verb: VerbGroup, trigger: Trigger) -> bool:
        """Whether a participle only says who somebody is: "the coalition fighting in X"."""
        fights = trigger.kind == "armed clash" and (verb.lemma, "") in self._light["fights"]
        return fights and clause.link == "participle" and clause.subject is clause.host

    def _carries(  # noqa: C901, PLR0911, PLR0912 -- a sort of verb a branch
        self, frame: Frame, verb: VerbGroup, trigger: Trigger | None
    ) -> bool:
        """Whether the clause is about the event that one of its nouns names."""
        scene = self._scene
        key = (verb.lemma, verb.particle)
        carried = next((d for d in map(scene.event_of, frame.objects) if d is not None), None)
        stated = trigger is not None and trigger.statement
        subject = scene.event_of(frame.subject)
        if carried and subject and self._carrier.judges(carried, verb):
            return False
        if carried is not None and not stated and self._object(carried, frame, verb):
            return True
        if key in self._light["claims"] and self._claimed(frame):
            return True
        if trigger is None and key in self._light["attends"] and self._attended(frame, verb):
            return True
        if verb.lemma in self._words["being"]:
            staged = self._staged(frame)
            if staged is not None:
                self._carrier.happen(staged, frame)
                staged.spans.append(self._nominals.reach(frame.objects[0]))
                if frame.subject is not None:
                    staged.spans.insert(0, self._nominals.reach(frame.subject))
                return True
            under = self._under(frame)
            if under is not None and under.trigger.otherwise:
                self._carrier.carry(under, frame, verb)
                return True
            if under is not None:
                self._carrier.undergo(under, frame, verb)
                return True
        if subject is not None and key in self._light["effects"]:
            for draft in reversed(scene.events_of(frame.subject)):
                self._carrier.affect(draft, frame, verb)
            return True
        existential = self._existential(frame)
        happens = subject or (carried if existential else None)
        occurs = key in self._light["occurs"] and frame.clause.link != "participle"
        if happens is not None and (existential or occurs):
            for draft in reversed(scene.events_of(frame.subject)) if subject else [happens]:
                self._carrier.happen(draft, frame)
            return True
        if verb.voice == "passive":
            if carried is not None and key in self._light["told"]:
                self._carrier.happen(carried, frame)  # "clashes were reported in X"
                return True
            aimed = scene.event_of(frame.clause.subject)
            if aimed is not None and key in self._light["effects"]:
                self._carrier.affect(aimed, frame, verb)  # "the strikes were directed at X"
                return True
        return False

    def _object(self, carried: Draft, frame: Frame, verb: VerbGroup) -> bool:
        """Whether the verb says what is done with the event that is its object."""
        scene = self._scene
        light = self._light
        key = (verb.lemma, verb.particle)
        if verb.negated and verb.lemma in self._words["again"]:
            verb.negated = False  # "the attack has not been repeated": it was made once
            return False
        if key in light["sparks"]:
            scene.tell(carried, frame.clause)
        elif key in light["undoes"] and carried.kind == "agreement":
            scene.absorbed.add(carried.start)
            cause = scene.event_of(frame.subject)
            if cause is not None:
                scene.tell(cause, frame.clause)
        elif key in light["does"] and not carried.trigger.ground:
            self._carrier.carry(carried, frame, verb)
        elif key in light["suffers"]:
            self._carrier.undergo(carried, frame, verb)
        elif key in light["claims"]:
            carried.act(scene.who(frame.subject, frame.clause))
        elif key in light["announces"] and self._is_theirs(carried):
            self._carrier.announce(carried, frame)
            return carried.trigger.ground  # an arrest is told where it was, like any noun
        else:
            return False
        return True

    def _is_theirs(self, told: Draft) -> bool:
        """Whether a side that announces it did it: "announced the capture of X", "the arrest"."""
        return (told.trigger.ground and not told.trigger.leaves) or told.trigger.entry == "arrest"

    def _staged(self, frame: Frame) -> Draft | None:
        """Find the event of "was the scene of a massacre"."""
        for phrase in frame.objects:
            if self._scene.words[phrase.head].lemma in self._words["scene"]:
                for word, attached in phrase.attached:
                    if word in self._links["of"]:
                        return self._scene.event_of(attached)
        return None

    def _attended(self, frame: Frame, verb: VerbGroup) -> bool:
        """Whether people came to a protest: "turned out for a rally", "took part in a march"."""
        for word, phrase in frame.clause.preps:
            draft = self._scene.event_of(phrase) if word in self._links["attending"] else None
            if draft is not None and draft.kind == "protest":
                self._carrier.carry(draft, frame, verb)
                return True
        return False

    def _claimed(self, frame: Frame) -> bool:
        """Whether responsibility is claimed "for the bombing"."""
        for word, phrase in frame.clause.preps:
            draft = self._scene.event_of(phrase) if word in self._links["charge"] else None
            if draft is not None:
                draft.act(self._scene.who(frame.subject, frame.clause))
                return True
        return False

    def _hangs(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether a clause is a participle that goes on about what its clause tells."""
        if clause.link == "participle":
            above = self._scene.main.get(clause.parent) if clause.parent is not None else None
            found = above is not None and above.trigger.deadly  # "were found beheaded"
            return verb.voice == "active" or found or self._scene.event_of(clause.host) is not None
        if clause.link == "relative" and clause.parent is not None:
            above = self._scene.main.get(clause.parent)  # "launched a drone that hit X"
            fired = above is not None and above.trigger.entry == "fired"
            return fired and any(
                p is clause.host for p in self._scene.clause(clause.parent).objects
            )
        return clause.link == "coordinate" and verb.tense == "none"

    def _existential(self, frame: Frame) -> bool:
        subject = frame.subject
        return (
            subject is not None
            and self._scene.words[subject.head].lower in self._words["existential"]
        )

    def _under(self, frame: Frame) -> Draft | None:
        """Find the event of "came under attack", "under fire"."""
        for word, phrase in frame.clause.preps:
            draft = self._scene.event_of(phrase)
            if draft is not None and word in self._links["under"] and self._is_abstract(frame):
                self._scene.absorbed.add(draft.start)  # "the peso came under attack"
                return None
            if word in self._links["engaged"] and draft is not None and draft.trigger.otherwise:
                return draft  # "went on strike"
            if word in self._links["under"]:
                if draft is not None:
                    return draft
                fire = self._scene.words[phrase.head].lemma in self._words["fire"]
                if fire and not self._blamed(frame):
                    return self._nouns.fire(phrase, frame.clause)
        return None

    def _is_abstract(self, frame: Frame) -> bool:
        """Whether what came under attack can be hit by words only: "the bill", "the rupee"."""
        senses = self._nominals.senses(frame.subject) if frame.subject else frozenset[str]()
        return "abstract" in senses and not senses & _SOLID

    def _blamed(self, frame: Frame) -> bool:
        """Whether it is words and no shots: "came under fire for ...", "from critics"."""
        for word, phrase in frame.clause.preps:
            if word in self._links["charge"]:
                return True
            senses = self._nominals.senses(phrase)
            if word in self._links["from"] and not senses & {"fighters", "place", "party"}:
                return True
        return False
