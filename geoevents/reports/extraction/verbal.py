"""The events that verbs tell of: who, whom, where, how much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.extraction.drafts import Draft
from geoevents.reports.extraction.references import are_told_of
from geoevents.reports.extraction.subjects import Subjects
from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.nouns import NounEvents
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.model import Actor
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_APART = frozenset({"agreement", "protest"})  # no manner of other events
_FOUGHT = frozenset({"armed clash", "shelling", "missile strike", "air strike"})
_HANGING = ("participle", "relative", "that")


class VerbEvents:
    """
    Drafts the events that the verbs of a sentence tell of.

    Parameters
    ----------
    scene : Scene
        The sentence.
    kinds : Kinds
        Tells the type of an event.
    nouns : NounEvents
        Reads the nouns that name events.
    """

    def __init__(self, scene: Scene, kinds: Kinds, nouns: NounEvents) -> None:
        self._scene = scene
        self._words = scene.words
        self._clauses = scene.clauses
        self._triggers = scene.triggers
        self._nominals = scene.nominals
        self._kinds = kinds
        self._nouns = nouns
        self._subjects = Subjects(scene)

    def draft(self, trigger: Trigger, frame: Frame, verb: VerbGroup) -> Draft:
        """
        Begin the mention that a verb tells of.

        Parameters
        ----------
        trigger : Trigger
            The entry that was matched.
        frame : Frame
            The clause's roles.
        verb : VerbGroup
            Its verb.

        Returns
        -------
        Draft
            The mention, its roles filled in.
        """
        clause = frame.clause
        nominals = self._nominals
        words = self._words
        actors = self._doers(trigger, frame)
        who = actors or self._scene.who(self._scene.asked(clause), clause)
        kind = self._kinds.kind(trigger, frame, verb, who)
        if kind == trigger.kind == "armed clash" and trigger.civilians and self._at_protest(frame):
            kind = trigger.civilians
        end = words[verb.last].end
        if trigger.nouns:
            end = max([end, *(words[p.head].end for p in frame.objects[:1])])
        start = words[verb.head].start
        draft = Draft(trigger, kind, clause, start, max(end, start + 1), clauses=[clause])
        sides = self._subjects.sides(frame) if kind in _FOUGHT else None
        draft.act(actors if sides is None else sides[0])
        self._fired_by(draft, frame)
        self._targets(draft, frame)
        if sides is not None:
            self._face(draft, sides[1])
        if trigger.ground and not draft.targets:
            self._held_by(draft, frame)
        for role in trigger.place:
            for phrase in frame.role(role):
                draft.spans.append(nominals.reach(phrase))
        if trigger.kind == "agreement":
            draft.spans += self._met_there(frame)
        draft.area = self.area(trigger, frame)
        if trigger.deadly:
            draft.killed = self.dead(frame)
        draft.how.append(self._said(trigger, verb))
        # "Victims were stabbed": those told of before.
        told_of = any(are_told_of(self._scene, phrase) for phrase in frame.objects[:1])
        draft.refers = told_of or self._is_how(frame, verb)
        self._scene.tell(draft, clause)
        self._scene.add(draft)
        if not (trigger.statement or trigger.absorbs):
            self._absorb_manner(draft, frame)
        return draft

    def _at_protest(self, frame: Frame) -> bool:
        """Whether it was done to a crowd: "fired at him during a march"."""
        fighters = any("fighters" in self._nominals.senses(p) for p in frame.objects)
        told = (self._scene.event_of(phrase) for _, phrase in frame.clause.preps)
        return not fighters and any(one is not None and one.kind == "protest" for one in told)

    def _is_how(self, frame: Frame, verb: VerbGroup) -> bool:
        """Whether it tells how people died, nowhere and by nobody: "two had been hanged"."""
        sets, clause = self._triggers.words, frame.clause
        deadly = verb.lemma in sets["killed"] | sets["to_death"]
        past = verb.voice == "passive" and verb.tense == "perfect" and clause.link == "main"
        placed = clause.times or frame.subject is not None or self._scene.is_placed(clause)
        return deadly and past and not placed

    def _met_there(self, frame: Frame) -> list[tuple[int, int]]:
        """Where those who agreed came together: "agreed on a truce when they met in X"."""
        met = self._triggers.words["meeting"]
        return [
            self._nominals.reach(phrase)
            for clause in self._clauses
            if clause.parent == frame.clause.number and clause.link == "adverbial"
            if clause.verb is not None and clause.verb.lemma in met
            for _, phrase in clause.preps
        ]

    def _doers(self, trigger: Trigger, frame: Frame) -> list[Actor]:
        """Who did it: the first of an entry's roles in which somebody stands."""
        for role in trigger.actor:
            owned = role == "owner-of-object"
            phrases = frame.objects if owned else frame.role(role)
            actors = [one for p in phrases for one in self._scene.who(p, frame.clause)]
            if actors:
                return [self._called(trigger, one) for one in actors]
        return self._shared_doers(frame)

    def _called(self, trigger: Trigger, actor: Actor) -> Actor:
        """Name who did it by what was done: "a woman blew herself up" was a suicide bomber."""
        side = actor.sense != "people" or self._nominals.is_fighters(actor.name)
        if side or not trigger.doer:
            return actor
        return replace(actor, name=trigger.doer, party=trigger.doer)

    def _shared_doers(self, frame: Frame) -> list[Actor]:
        """Who did it, said behind a second verb only: "were ambushed and killed by X"."""
        clause = frame.clause
        if clause.verb is None or clause.verb.voice != "passive" or frame.subject is not None:
            return []
        for other in self._clauses:
            joined = other.parent == clause.number and other.link == "coordinate" and other.shared
            if joined and other.verb is not None and other.verb.voice == "passive":
                return self._scene.who(self._scene.frame(other).subject, other)
        return []

    def _face(self, draft: Draft, others: list[Actor]) -> None:
        """Give the other side of "X and Y exchanged fire" its role; both are one side "with Z"."""
        if draft.targets:
            draft.act(others)
        else:
            draft.suffer(others)

    def _fired_by(self, draft: Draft, frame: Frame) -> None:
        """Read the weapons of a clause, what it fires or is hit by."""
        instrument = self._triggers.links["instrument"]
        using = [phrase for word, phrase in frame.clause.preps if word in instrument]
        for phrase in [*filter(None, [frame.subject]), *frame.objects, *using]:
            if "weapon" in self._nominals.senses(phrase):
                self._fired(draft, phrase)

    def _fired(self, draft: Draft, weapon: NounPhrase) -> None:
        """Read "shells fired by the army hit X": who fired them did it, and it is one event."""
        for clause in self._clauses:
            if clause.host is None or clause.verb is None or clause.link not in _HANGING:
                continue
            if all(clause.host is not one for one in (weapon, *weapon.others)):
                continue  # "drones and missiles launched by X"
            if clause.verb.lemma in self._triggers.words["blame"] and not clause.verb.negated:
                self._blamed(draft, clause)
                continue
            if clause.verb.lemma not in self._triggers.words["firing"]:
                continue
            by = self._scene.frame(clause).subject
            carriers = [p for word, p in clause.preps if word in self._triggers.links["from"]]
            for one in [by] if by is not None else carriers:  # "fired from a U.S. drone"
                draft.act(self._scene.who(one, clause))
            if clause.number > draft.clause.number:
                self._scene.tell(draft, clause)  # "attacked with explosives launched from drones"
                continue
            fired = self._scene.main.get(clause.number)
            if fired is not None and fired in self._scene.drafts and not fired.trigger.noun:
                self._scene.drafts.remove(fired)
                self._scene.main[clause.number] = draft

    def _blamed(self, draft: Draft, clause: Clause) -> None:
        """Read "a missile that the government blamed on X hit Y": X is said to have fired it."""
        for word, phrase in clause.preps:
            if word in self._triggers.links["object"]:
                draft.act(self._scene.who(phrase, clause))

    def dead(self, frame: Frame) -> Quantity | None:
        """
        Count the people or bodies that the objects of a verb are: "the bodies of six farmers".

        Parameters
        ----------
        frame : Frame
            The clause's roles.

        Returns
        -------
        Quantity or None
            How many.
        """
        for phrase in frame.objects or ([frame.subject] if frame.subject is not None else []):
            inner = [p for word, p in phrase.attached if word in self._triggers.links["of"]]
            bodies = self._words[phrase.head].lemma in self._triggers.words["remains"]
            for one in [*inner, phrase] if bodies else [phrase]:
                count = self._scene.counts.first([one])
                if count is not None:
                    return count
        return None

    def _held_by(self, draft: Draft, frame: Frame) -> None:
        """Read "X, held by ISIS, was captured": those who held it lost it."""
        held = self._triggers.words["held"]
        for clause in self._clauses:
            if clause.host is None or clause.link not in _HANGING or clause.verb is None:
                continue
            if clause.verb.lemma not in held or clause.verb.negated:
                continue
            lost = [*frame.objects, *(a.phrase for p in frame.objects for a in p.attached)]
            if any(clause.host is phrase for phrase in lost):
                draft.suffer(self._scene.who(self._scene.frame(clause).subject, clause))

    def _held_there(self, phrase: NounPhrase) -> list[Actor]:
        """Who is in what was hit: "a bus carrying soldiers", "a base housing US troops"."""
        holding = self._triggers.words["holding"]
        found: list[Actor] = []
        hosts = [phrase]
        for clause in self._clauses:
            if clause.verb is None or clause.link not in ("participle", "infinitive", "relative"):
                continue
            hangs = clause.host in hosts
            if clause.link == "infinitive" and clause.parent is not None:
                hangs = hangs or self._scene.clause(clause.parent).host is phrase
            if not hangs or clause.verb.negated:
                continue
            if clause.verb.voice == "passive":
                found += self._manned_by(clause)
            elif clause.verb.lemma in holding:
                for held in clause.objects:
                    found += self._nominals.actors(held, people=True)
        return found

    def _manned_by(self, clause: Clause) -> list[Actor]:
        """Who mans what was hit: "a checkpoint manned by soldiers", "a post held by rebels"."""
        verb, by = clause.verb, self._scene.frame(clause).subject
        if verb is None or by is None or verb.lemma not in self._triggers.words["manning"]:
            return []
        return self._nominals.actors(by, people="fighters" in self._nominals.senses(by))

    def _targets(self, draft: Draft, frame: Frame) -> None:
        trigger, words = draft.trigger, self._words
        draft.suffer(self._takers(draft, frame))
        for role in () if draft.targets else trigger.target:
            found: list[Actor] = []
            if role == "owner-of-object":
                for phrase in frame.objects:
                    found += self._nominals.actors(phrase)
            else:
                for phrase in frame.role(role):
                    if len(frame.objects) > 1 and words[phrase.head].lemma in trigger.beside:
                        continue  # "took the guards hostage"
                    found += self._nominals.actors(phrase, people=not trigger.ground)
                    if not found and role == "subject":
                        found += self._scene.who(phrase, frame.clause)
                    if not found and not trigger.ground:
                        found += self._held_there(phrase)
            if found:
                draft.suffer(found)
                return

    def _takers(self, draft: Draft, frame: Frame) -> list[Actor]:
        """Who those that leave are, if it is told that they came: "X took Y and left"."""
        if not draft.trigger.ground or draft.trigger.actor or frame.subject is None:
            return []
        for other in self._scene.drafts:
            if other.trigger.ground and frame.subject is other.clause.subject:
                return other.actors
        return []

    def _absorb_manner(self, draft: Draft, frame: Frame) -> None:
        """Take in "captured X in an offensive": how it was done is no event of its own."""
        for word, phrase in frame.clause.preps:
            named = self._scene.named.get(id(phrase))
            if (
                named is None
                or word not in self._triggers.links["manner"]
                or named.trigger.kind in _APART
                or (word in self._triggers.links["amid"] and self._elsewhere(named, frame))
            ):
                continue
            plain = draft.trigger.weapon and draft.kind == draft.trigger.kind
            if plain and (named.trigger.weapon or named.kind in _FOUGHT):
                self._nouns.weapons(named)
                if named.kind not in (draft.kind, "attack on civilians"):
                    draft.kind = named.kind
            self._scene.absorbed.add(named.start)

    def _elsewhere(self, named: Draft, frame: Frame) -> bool:
        """Whether both are told with places: "bombed X amid clashes in Y"."""
        phrase, clause = named.phrase, frame.clause
        if phrase is None:
            return False
        start, end = self._nominals.reach(phrase)
        before = self._scene.has_place(clause.start, start) or self._scene.has_place(
            end, clause.end
        )
        return before and self._scene.has_place(start, end)

    def area(self, trigger: Trigger, frame: Frame) -> Quantity | None:
        """
        Find how much ground changed hands.

        Parameters
        ----------
        trigger : Trigger
            The entry that was matched.
        frame : Frame
            The clause's roles.

        Returns
        -------
        Quantity or None
            The area.
        """
        if not trigger.area:
            return None
        for phrase in frame.objects:
            for one in [phrase, *(a.phrase for a in self._nominals.chain(phrase))]:
                for place in range(one.first, one.last + 1):
                    entity = self._words[place].entity
                    if isinstance(entity, Quantity) and entity.kind == "area":
                        return entity
        for word in self._words:
            entity = word.entity
            inside = frame.clause.start <= word.start < frame.clause.end
            if inside and isinstance(entity, Quantity) and entity.kind == "area":
                return entity
        return None

    def _said(self, trigger: Trigger, verb: VerbGroup) -> str:
        roles = [
            f"{name} = {' or '.join(where)}"
            for name, where in (("who", trigger.actor), ("whom", trigger.target))
            if where
        ]
        said = f"'{self._scene.verb_text(verb)}' (verb, {verb.voice})"
        return f"{said}: {', '.join(roles)}" if roles else said

    def absorb(self, phrase: NounPhrase) -> None:
        """
        Take the event noun that is the object of a verb that tells all of it for part of it.

        Parameters
        ----------
        phrase : NounPhrase
            The object: "the siege" of "broke the siege".
        """
        for one in [phrase, *phrase.others]:
            draft = self._scene.named.get(id(one))
            if draft is not None:
                self._scene.absorbed.add(draft.start)
            for preposition, attached in one.attached:
                if preposition in self._triggers.links["absorbed"]:
                    inner = self._scene.named.get(id(attached))
                    if inner is not None:
                        self._scene.absorbed.add(inner.start)
