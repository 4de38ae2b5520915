"""Whether a verb tells of an event: what its entry in the language file asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.extraction.comings import Comings
from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.extraction.purposes import Purposes
from geoevents.reports.extraction.subjects import Subjects
from geoevents.reports.extraction.triggers import ANY
from geoevents.reports.model import Quantity
from geoevents.reports.syntax.model import each_of

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft, Frame
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_SIDES = frozenset({"state", "armed group", "coalition"})
_FORCES = frozenset({"fighters", "party"})


class Matcher:
    """
    Finds the trigger of a clause's verb.

    Parameters
    ----------
    scene : Scene
        The sentence.
    kinds : Kinds
        Knows the weapons named in it.
    before : Draft or None
        The last violent event of the sentences before.
    """

    def __init__(self, scene: Scene, kinds: Kinds, before: Draft | None = None) -> None:
        self._kinds = kinds
        self._before = before
        self._subjects = Subjects(scene)
        self._purposes = Purposes(scene)
        self._comings = Comings(scene, before)
        self._scene = scene
        self._words = scene.words
        self._clauses = scene.clauses
        self._triggers = scene.triggers
        self._nominals = scene.nominals

    def match(self, frame: Frame, verb: VerbGroup) -> Trigger | None:
        """
        Find what a clause's verb tells of.

        Parameters
        ----------
        frame : Frame
            The clause's roles.
        verb : VerbGroup
            Its verb.

        Returns
        -------
        Trigger or None
            The first entry of the language file that everything is said for.
        """
        listed = self._triggers.verbs
        parted = frame.parted()
        behind = listed.get((verb.lemma, parted), ()) if parted else ()
        for trigger in (*listed.get((verb.lemma, verb.particle), ()), *behind):
            if self._fits(trigger, frame, verb):
                again = self._comings.struck() if "hit-before" in trigger.needs else None
                return trigger if again is None else replace(trigger, kind=again.kind)
        if frame.subject is None:
            return None
        for trigger in self._triggers.verbs.get(ANY, ()):  # a shell that does whatever to a house
            if self._fits(trigger, frame, verb):
                return trigger
        return None

    def _fits(  # noqa: PLR0911 -- a rule a line
        self, trigger: Trigger, frame: Frame, verb: VerbGroup
    ) -> bool:
        """Whether all is said that an entry asks for."""
        if verb.lemma in trigger.unless or (trigger.alone and frame.objects):
            return False
        if verb.voice == "passive" and not (trigger.objects or trigger.nouns):
            return False
        if trigger.kind == "protest" and self._purposes.claims_that(frame.clause):
            return False  # "protested that the court had no power"
        if trigger.ground and self._comings.take_nothing(frame):
            return False
        if trigger.passive and verb.voice != "passive":
            return False
        if trigger.unarmed and self._subjects.bears_arms(frame.subject):
            return False
        return (
            self._has_subject(trigger, frame)
            and self._has_object(trigger, frame)
            and (not trigger.prepositions or self._has_preposition(trigger, frame))
            and (not trigger.beside or self._beside(trigger, frame))
            and not (trigger.barred and self._barred(trigger, frame, verb))
            and (not trigger.quantity or self._measured(frame))
            and (not trigger.statement or self._stated(frame, verb))
            and (not trigger.needs or self._needs(trigger, frame))
            and (not trigger.among or self._among(trigger.among))
            and (not trigger.absent or not self._among(trigger.absent))
        )

    def _among(self, listed: frozenset[str]) -> bool:
        """Whether one of some words stands in the sentence."""
        return any(
            word.lemma in listed
            or word.lower in listed
            or (" " in word.lower and word.lower.replace(" ", "-") in listed)
            for word in self._words
        )

    def _has_subject(self, trigger: Trigger, frame: Frame) -> bool:
        if not trigger.subject or frame.subject is None:
            return True
        if self._nominals.senses(frame.subject) & trigger.subject:
            return True
        return "party" in trigger.subject and self._claims_deed(frame)

    def _claims_deed(self, frame: Frame) -> bool:
        """Whether somebody claims it: "a Russian claim to have captured X"."""
        claimed, subject = self._triggers.statements["claimed"], frame.subject
        return (
            subject is not None
            and subject is frame.clause.host
            and self._words[subject.head].lemma in claimed
            and bool(self._nominals.actors(subject))
        )

    def _has_object(self, trigger: Trigger, frame: Frame) -> bool:
        senses = self._nominals.senses
        if trigger.ground and self._caught(frame):
            return False
        listed = list(each_of(frame.objects))
        if trigger.objects and not any(senses(p) & trigger.objects for p in listed):
            armed = "weapon" in trigger.objects and any(map(self._loaded, frame.objects))
            if not armed:
                return False
        return not trigger.nouns or self._has_noun(trigger, frame)

    def _caught(self, frame: Frame) -> bool:
        """Whether what is taken in a town is no town: "captured Abimael Guzman in Lima"."""
        names = [
            p
            for p in frame.objects
            if self._words[p.head].tag == "NAME" and not self._nominals.senses(p) & _FORCES
        ]
        if not names or any("place" in self._nominals.senses(p) for p in frame.objects):
            return False
        for word, phrase in frame.clause.preps:
            entity = self._words[phrase.head].entity
            if word == "in" and getattr(entity, "kind", "") == "populated place":
                return True
        return False

    def _loaded(self, phrase: NounPhrase) -> bool:
        """Whether something is made a weapon: "an explosive-laden vehicle", "explosive device"."""
        if self._nominals.senses(phrase) & {"people", "civilians", "fighters", "event"}:
            return False
        if self._charged_with(phrase):
            return True  # "a truck packed with explosives was detonated"
        kind = self._nominals.own_weapon(phrase)  # or "mortar rounds"
        return kind == "bombing" or bool(kind and "projectile" in self._nominals.senses(phrase))

    def _charged_with(self, phrase: NounPhrase) -> bool:
        """Whether what a thing is filled with is a bomb: "a car laden with explosives"."""
        using = self._triggers.links["using"]
        inside = [p for word, p in phrase.attached if word in using]
        for clause in self._clauses:
            if clause.host is phrase and clause.link == "participle":
                inside += [p for word, p in clause.preps if word in using]
        return any(self._nominals.own_weapon(one) == "bombing" for one in inside)

    def _has_noun(self, trigger: Trigger, frame: Frame) -> bool:
        for one in each_of(frame.objects):
            word = self._words[one.head]
            before = self._words[one.head - 1].lower if one.head > one.first else ""
            if trigger.nouns & {word.lemma, word.lower, f"{before}-{word.lemma}"}:
                return True
        return False

    def _has_preposition(self, trigger: Trigger, frame: Frame) -> bool:
        return any(
            word in trigger.prepositions and self._fitting(trigger, frame, phrase)
            for word, phrase in frame.clause.preps
        )

    def _fitting(self, trigger: Trigger, frame: Frame, phrase: NounPhrase) -> bool:
        if not trigger.sense or (senses := self._nominals.senses(phrase)) & trigger.sense:
            return True
        # "Rebels withdrew from Kibumba", which nobody knows; a state withdraws from a body, too.
        return trigger.ground and "name" in senses and self._nominals.bears_arms(frame.subject)

    def _beside(self, trigger: Trigger, frame: Frame) -> bool:
        if any(adverb in trigger.beside for adverb in frame.clause.adverbs):
            return True
        verb = frame.clause.verb  # "said it now controls": it may be told of "said"
        if verb is not None and self._words[verb.first - 1].lower in trigger.beside:
            return True
        phrases = [*frame.objects, *(p for _, p in frame.clause.preps)]
        return any(self._words[one.head].lemma in trigger.beside for one in each_of(phrases))

    def _barred(self, trigger: Trigger, frame: Frame, verb: VerbGroup) -> bool:
        """Whether a small word behind the verb makes something else of it: "fell silent"."""
        clause = frame.clause
        after = self._words[verb.last + 1 : verb.last + 2]
        if after and after[0].tag != "PREP" and after[0].lower in trigger.barred:
            return True
        before = self._words[max(0, verb.first - 1) : verb.head]
        around = (word.lower for word in before if word.tag == "ADV")
        return any(adverb in trigger.barred for adverb in (*clause.adverbs, *around)) or any(
            word in trigger.barred and phrase.start > verb.end for word, phrase in clause.preps
        )

    def _measured(self, frame: Frame) -> bool:
        words = self._words
        return any(
            isinstance(words[p.head].entity, Quantity)
            or words[p.head].lemma in self._triggers.words["measures"]
            for p in frame.objects
        )

    def _stated(self, frame: Frame, verb: VerbGroup) -> bool:
        """Whether somebody states something that is worth an event."""
        if frame.subject is None or not self._scene.who(frame.subject, frame.clause):
            return False
        allowed = self._triggers.statements.get(verb.lemma)
        refused = self._triggers.statements["requests"]
        heads = [self._words[p.head].lemma for p in frame.objects]
        if any(head in refused for head in heads):
            return False
        if allowed is None or "any" in allowed:
            return True
        heads += [
            self._words[p.head].lemma
            for w, p in frame.clause.preps
            if w in self._triggers.links["asked"]
        ]
        if "object" in allowed:
            return bool(heads) or self._has_child(frame.clause)
        return any(head in allowed for head in heads)

    def _has_child(self, clause: Clause) -> bool:
        return any(
            other.parent == clause.number and other.link in ("that", "participle")
            for other in self._clauses
        )

    def _needs(self, trigger: Trigger, frame: Frame) -> bool:
        """Whether one of the things stands there that a weak word needs."""
        return any(self._need(need, trigger, frame) for need in trigger.needs)

    def _need(  # noqa: C901, PLR0911, PLR0912 -- a need a branch
        self, need: str, trigger: Trigger, frame: Frame
    ) -> bool:
        clause = frame.clause
        if need == "party":
            return self._party(frame)
        if need == "weapon":
            return bool(self._kinds.weapon(frame)) or self._charged(frame)
        if need == "place":
            return self._somewhere(frame)
        if need == "object":
            return any(self._real_place(phrase) for phrase in frame.objects)
        if need == "people":
            return frame.subject is not None and self._people(frame.subject)
        if need == "planned":
            return self._purposes.is_planned(clause)
        if need == "agreed":
            return self._purposes.hangs_on("agree", clause)
        if need == "leaders-agreed":
            leads = self._subjects.leads(frame.subject)
            return leads and self._purposes.hangs_on("agree", clause)
        if need == "demand":
            return self._purposes.serves("demanding", clause, participles=True)
        if need == "protesting":
            several = self._subjects.are_several(frame.subject)
            return several and self._purposes.serves("protesting", clause)
        if need == "truce":
            return self._truce(frame)
        if need == "subject":
            return frame.subject is not None
        if need == "leaders":
            return self._subjects.leads(frame.subject)
        if need == "they":
            return self._subjects.refers(frame.subject)
        if need == "several":
            return self._subjects.are_several(frame.subject)
        if need == "taken-before":
            return self._comings.come_back(frame)
        if need == "dated":
            return bool(clause.times) and clause.link != "relative"
        if need == "hit-before":
            return bool(clause.times) and self._comings.struck() is not None
        if need == "left-before":
            return self._comings.come_after(frame)
        if need == "own-men":
            return self._comings.are_their_own(frame)
        if need == "named":
            return all(self._named(p) for p in (frame.subject, *frame.objects) if p is not None)
        if need == "where":
            return frame.subject is not None and self._tells_where(frame.subject)
        if need == "holder":
            return any(self._held(phrase) for _, phrase in clause.preps)
        if need == "aim":
            return any(word in trigger.target for word, _ in clause.preps)
        return need == "casualties" and self._casualties(clause)

    def _truce(self, frame: Frame) -> bool:
        """Whether what is refused is a truce, or an offer or a request of one."""
        wanted = self._triggers.words["truce"]
        for phrase in frame.objects:
            near = [phrase, *(a.phrase for a in self._nominals.chain(phrase))]
            words = [word for one in near for word in self._words[one.first : one.head + 1]]
            if any(word.lemma in wanted for word in words):
                return True
        return False

    def _somewhere(self, frame: Frame) -> bool:
        """Whether a place is named in a clause, or where its objects are: "the people of X"."""
        beside = (c for c in self._clauses if any(c.host is p for p in frame.objects))
        named = any(map(self._tells_where, frame.objects))
        return named or any(map(self._scene.is_placed, [frame.clause, *beside]))

    def _charged(self, frame: Frame) -> bool:
        """Whether what stands behind a noun says so: "two cars packed with explosives"."""
        subject, verb = frame.subject, frame.clause.verb
        if subject is None or verb is None or "site" not in self._nominals.senses(subject):
            return False
        between = self._words[subject.head + 1 : verb.first]
        return any(self._triggers.weapons.get(word.lemma) == "bombing" for word in between)

    def _real_place(self, phrase: NounPhrase) -> bool:
        """Whether a place is named, or said to be one: no pronoun, no unknown name."""
        return bool(self._nominals.senses(phrase) & {"place", "ground"})

    def _named(self, phrase: NounPhrase) -> bool:
        """Whether a place is called by its name, or "the town"."""
        return is_place(self._words[phrase.head]) or "town" in self._nominals.senses(phrase)

    def _tells_where(self, phrase: NounPhrase) -> bool:
        """Whether it is said where somebody was: "the battalion in X"."""
        start, end = self._nominals.reach(phrase)
        return self._scene.has_place(start, end)

    def _held(self, phrase: NounPhrase) -> bool:
        """Whether it is said whose hands they are: "in rebel hands"."""
        senses = self._triggers.senses
        return bool(self._nominals.actors(phrase)) or any(
            "holders" in senses.get(word.lemma, ())
            for word in self._words[phrase.first : phrase.head]
        )

    def _people(self, phrase: NounPhrase) -> bool:
        if self._words[phrase.head].tag == "PRON":
            return False
        people = {"people", "civilians", "protesters", "crowd"}
        return bool(self._nominals.senses(phrase) & people)

    def _party(self, frame: Frame) -> bool:
        asked = self._scene.asked(frame.clause)
        if asked is not None:
            return self._is_party(asked)
        if frame.subject is not None:
            if self._words[frame.subject.head].tag == "PRON":
                if self._scene.who(frame.subject, frame.clause):
                    return True
                return any(self._solid(phrase) for phrase in frame.objects)
            return self._is_party(frame.subject)
        return any(self._is_party(phrase) for phrase in frame.objects)

    def _is_party(self, phrase: NounPhrase) -> bool:
        if any(actor.sense in _SIDES for actor in self._nominals.actors(phrase)):
            return True
        if self._words[phrase.head].tag == "PRON":
            return False
        senses = self._nominals.senses(phrase)  # a leader is both a person and a party
        return bool(senses & {"fighters", "crowd"}) or senses >= {"person", "party"}

    def _solid(self, phrase: NounPhrase) -> bool:
        """Whether an object makes a pronoun a party: "they captured Raqqa", not "we take it"."""
        if self._words[phrase.head].tag == "PRON":
            return False
        return self._is_party(phrase) or self._real_place(phrase)

    def _casualties(self, clause: Clause) -> bool:
        """Whether a clause or one that hangs on it says that people were hurt."""
        words = self._triggers.words
        hurt, lost = words["killed"] | words["wounded"], words["dead"] | words["loss"]
        own = (clause.number, clause.parent)
        near = (c for c in self._clauses if c.parent == clause.number or c.number in own)
        told = any(c.verb is not None and c.verb.lemma in hurt for c in near)
        return told or any(self._words[p.head].lower in lost for _, p in clause.preps)
