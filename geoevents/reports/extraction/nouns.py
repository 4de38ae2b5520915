"""The events that nouns name: "Russian air strikes on ISIS positions near X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.drafts import Draft
from geoevents.reports.extraction.notes import noted
from geoevents.reports.model import Actor

if TYPE_CHECKING:
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.notes import Noted
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.syntax.model import Clause, NounPhrase, Word

_FAR = 10_000  # characters: behind all that a phrase holds
_FROM_AFAR = frozenset({"shelling", "air strike", "missile strike"})
_WHOSE = frozenset({"attack", "fire", "gunfire"})  # those that fighters make, "of" them


class NounEvents:
    """
    Drafts the events that the nouns of a sentence name.

    Parameters
    ----------
    scene : Scene
        The sentence.
    kinds : Kinds
        Tells the type of an event.
    before : Draft or None
        The last violent event of the sentences before.
    """

    def __init__(self, scene: Scene, kinds: Kinds, before: Draft | None = None) -> None:
        self._before = before
        self._scene = scene
        self._words = scene.words
        self._clauses = scene.clauses
        self._triggers = scene.triggers
        self._nominals = scene.nominals
        self._links = scene.triggers.links
        self._kinds = kinds

    def find(self) -> None:
        """Find the nouns that name events."""
        for clause in self._clauses:
            for preposition, phrase in clause.preps:
                self._name(phrase, clause, preposition)
            for phrase in clause.objects:
                self._name(phrase, clause, "")
            if clause.subject is not None and not clause.shared:
                self._name(clause.subject, clause, "")
            told = noted(self._scene, clause)
            if told is not None and id(told.phrase) not in self._scene.named:
                self._note(told, clause)

    def _note(self, told: Noted, clause: Clause) -> None:
        """Draft what a note tells by a weapon alone."""
        phrase, trigger = told.phrase, self._triggers.events["attack"][0]
        start, end = self._trigger_start(phrase), self._words[phrase.head].end
        draft = Draft(trigger, told.kind, clause, start, end, phrase, clauses=[clause], main=True)
        draft.how.append(f"'{self._scene.text(draft)}' (noun of a note)")
        draft.spans.append((end, told.end))  # not its own words: "Car" is a place, too
        self._scene.named[id(phrase)] = draft
        self._scene.add(draft)

    def _name(self, phrase: NounPhrase, clause: Clause, preposition: str) -> None:
        for one in [phrase, *phrase.others]:
            if id(one) in self._scene.named:
                continue
            found = self._event(one)
            if found is None:
                continue
            trigger, kind = found
            start = self._trigger_start(one)
            draft = Draft(
                trigger,
                kind or trigger.kind,
                clause,
                start,
                self._words[one.head].end,
                one,
                clauses=[clause],
            )
            draft.how.append(f"'{self._scene.text(draft)}' (noun)")
            draft.manner = preposition in self._links["manner"]
            draft.under = preposition in self._links["under"] and draft.kind == "agreement"
            self.weapons(draft)
            self._scene.named[id(one)] = draft
            self._scene.add(draft)

    def _event(self, phrase: NounPhrase) -> tuple[Trigger, str] | None:
        """Find the trigger of a phrase, and its type where a word beside it changes that."""
        words = self._words
        head = words[phrase.head]
        events = self._triggers.events
        if head.tag == "PRON":
            known = self._stood_for(phrase)
        elif head.tag != "NOUN" or head.entity is not None:
            known = self._called(phrase)
        else:
            known = events.get(head.lemma, ())
        if phrase.head > phrase.first:
            known = events.get(f"{words[phrase.head - 1].lower}-{head.lemma}", known)
        for trigger in known:
            found = self._fits(trigger, phrase)
            if found is not None:
                return found
        return None

    def _called(self, phrase: NounPhrase) -> tuple[Trigger, ...]:
        """Find the noun of a name: "the Battle of X", "Operation Y"."""
        first, head = self._words[phrase.first], self._words[phrase.head]
        if head.tag != "NAME" or head.entity is not None:
            return ()
        if first.lemma == "operation" and phrase.head > phrase.first:
            return self._triggers.events["operation"]
        of = any(
            word in self._links["of"] and "place" in self._nominals.senses(attached)
            for word, attached in phrase.attached
        )
        return self._triggers.events.get(head.lemma, ()) if of and first.tag == "DET" else ()

    def _stood_for(self, phrase: NounPhrase) -> tuple[Trigger, ...]:
        """Find the noun that "that of Y" stands for: "the loss of X, following that of Y"."""
        standing = self._words[phrase.head].lower in self._triggers.words["standing"]
        if not standing or not any(word in self._links["of"] for word, _ in phrase.attached):
            return ()
        for place in range(phrase.head - 1, -1, -1):
            word = self._words[place]
            if word.tag == "NOUN" and word.entity is None and word.lemma in self._triggers.events:
                return self._triggers.events[word.lemma]
        return ()

    def _fits(self, trigger: Trigger, phrase: NounPhrase) -> tuple[Trigger, str] | None:
        """Tell whether the words beside a noun are such as its entry asks for."""
        words = self._words
        head = words[phrase.head]
        before = words[phrase.first : phrase.head]
        beside = {word.lower for word in before} | {word.lemma for word in before}
        beside |= {word.lower.rsplit("-", 1)[-1] for word in before if "-" in word.lower}
        if beside & trigger.unless:
            return (trigger, trigger.otherwise) if trigger.otherwise else None
        if trigger.beside and not (beside | {head.lemma}) & trigger.beside:
            aimed = trigger.operation and self._aimed(phrase)
            whose = trigger.entry == "fire" and _is_theirs(before) and head.form != "plural"
            return (trigger, "") if aimed or whose else None
        return None if self._excluded(trigger, phrase) else (trigger, "")

    def _aimed(self, phrase: NounPhrase) -> bool:
        """Whether an operation is one against fighters, or of theirs: of arms, whatever it is."""
        words = self._links["versus"] | self._links["by"] | self._links["of"]
        return any(
            preposition in words and bool(self._nominals.senses(attached) & {"party", "fighters"})
            for preposition, attached in phrase.attached
        )

    def _excluded(self, trigger: Trigger, phrase: NounPhrase) -> bool:
        """Whether what follows says that it is none: "explosion of interest"."""
        for preposition, attached in phrase.attached:
            if self._words[attached.head].lemma in trigger.absent:
                return True
            if trigger.objects and preposition in self._links["object"]:
                senses = self._nominals.senses(attached)
                if "abstract" in senses and not senses & trigger.objects:
                    return True
        return bool(trigger.inside) and not any(
            self._words[attached.head].lemma in trigger.inside for _, attached in phrase.attached
        )

    def _trigger_start(self, phrase: NounPhrase) -> int:
        """Where the words that name an event begin: "air strike", not "two Russian air strikes"."""
        words = self._words
        place = phrase.head
        while (
            place > phrase.first and words[place - 1].tag == "NOUN" and not words[place - 1].entity
        ):
            place -= 1
        return words[place].start

    def fire(self, phrase: NounPhrase, clause: Clause) -> Draft:
        """
        Draft "came under fire": an event, whatever fire it was.

        Parameters
        ----------
        phrase : NounPhrase
            The fire.
        clause : Clause
            The clause.

        Returns
        -------
        Draft
            The event.
        """
        trigger = self._triggers.events["fire"][0]
        head = self._words[phrase.head]
        draft = Draft(trigger, trigger.kind, clause, head.start, head.end, phrase, clauses=[clause])
        draft.how.append(f"'{head.text}' (noun)")
        draft.under = True
        draft.kind = self._fired_before(clause) or draft.kind
        self._scene.named[id(phrase)] = draft
        self._scene.add(draft)
        return draft

    def _fired_before(self, clause: Clause) -> str:
        """Tell the type of the fire that a place came under before: "the town ... again"."""
        before, subject = self._before, clause.subject
        again = self._triggers.words["once_more"].intersection(clause.adverbs)
        if before is None or subject is None or not again or before.kind not in _FROM_AFAR:
            return ""
        return before.kind if "place" in self._nominals.senses(subject) else ""

    def finish(self, draft: Draft) -> None:
        """
        Read who, whom and where out of the words around an event noun.

        Parameters
        ----------
        draft : Draft
            The event.
        """
        phrase = draft.phrase
        if phrase is None or draft.start in self._scene.absorbed:
            return
        nominals = self._nominals
        trigger = draft.trigger
        draft.spans.append(nominals.reach(phrase))
        if phrase.owner is not None:
            owners = nominals.owner(phrase.owner)
            draft.act(owners)
            if not owners:
                draft.spans.insert(0, nominals.reach(phrase.owner))
        modifiers = [
            a
            for a in nominals.actors(phrase, alone=True)
            if a.start >= self._words[phrase.first].start
            and not (phrase.owner is not None and a.end <= phrase.owner.end)
        ]
        self.weapons(draft)
        if trigger.entry == "raid" and self._words[phrase.head].form == "plural":
            self._from_the_air(draft, phrase)
        modifiers = [a for a in modifiers if a.sense != "people" or trigger.kind != "protest"]
        if trigger.leaves:
            draft.suffer(modifiers)
        else:
            draft.act(modifiers)
        self._attached_roles(draft, phrase)
        self._by_place(draft, phrase)
        self._done_by_subject(draft)
        if trigger.leaves and draft.actors:
            draft.targets, draft.actors = draft.actors + draft.targets, []

    def _from_the_air(self, draft: Draft, phrase: NounPhrase) -> None:
        """Tell that the raids of a coalition of states on a place are flown."""
        sides = [
            a
            for word, p in self._nominals.chain(phrase)
            if word in self._links["by"]
            for a in self._nominals.actors(p)
        ] + self._nominals.actors(phrase, alone=True)
        if draft.kind == draft.trigger.kind and any(a.sense == "coalition" for a in sides):
            draft.kind = "air strike"

    def _by_place(self, draft: Draft, phrase: NounPhrase) -> None:
        """Set the type by what stands before the noun: "market attack", "school shooting"."""
        trigger = draft.trigger
        if not trigger.sites or draft.kind != trigger.kind:
            return
        senses = self._triggers.senses
        before = self._words[phrase.first : phrase.head]
        if any("civil_sites" in senses.get(word.lemma, ()) for word in before):
            draft.kind = trigger.sites

    def _done_by_subject(self, draft: Draft) -> None:
        """Take the subject of "destroyed two camps in an air raid" for who did it."""
        verb = draft.clause.verb
        if draft.actors or not draft.manner or verb is None:
            return
        passive = verb.voice == "passive"
        if passive or (verb.lemma, verb.particle) in self._triggers.light["effects"]:
            draft.act(self._scene.who(self._scene.frame(draft.clause).subject, draft.clause))

    def weapons(self, draft: Draft) -> None:
        """
        Set the type by the weapon that stands with the noun: "rocket attack".

        Parameters
        ----------
        draft : Draft
            The event.
        """
        phrase = draft.phrase
        if phrase is None or not draft.trigger.weapon or draft.kind != draft.trigger.kind:
            return
        kind = self._nominals.weapon(phrase)
        if not kind:
            for word, other in draft.clause.preps:
                if word in self._links["using"] and draft.main:
                    kind = kind or self._nominals.weapon(other)
            for preposition, attached in self._nominals.chain(phrase):
                if preposition in self._links["bearer"]:
                    kind = kind or self._nominals.weapon(attached)
        if kind:
            draft.kind = kind

    def _attached_roles(  # noqa: C901 -- a small word a branch
        self, draft: Draft, phrase: NounPhrase
    ) -> None:
        trigger = draft.trigger
        nominals = self._nominals
        links = self._links
        targets: list[NounPhrase] = []
        inner = (a for _, a in nominals.chain(phrase) if id(a) in self._scene.named)
        end = min((a.start for a in inner), default=phrase.end + _FAR)
        for word, attached in nominals.chain(phrase):
            if attached.start > end:
                continue  # "raids in revenge for the killing of X by Y": Y is of the killing
            if word in links["by"] or (word in links["of"] and trigger.kind == "protest"):
                draft.act(nominals.actors(attached))  # "a march of the opposition", too
            elif word in links["between"]:
                self.between(draft, attached)
            elif word in links["with"] and not trigger.operation:
                draft.suffer(nominals.actors(attached))
            elif word in links["on"] and self._blamed(draft, attached):
                continue  # "blamed the explosion on X"
            elif word in links["on"] or (
                word in links["of"] and (word in trigger.target or trigger.weapon)
            ):
                if nominals.weapon(attached) and not nominals.actors(attached):
                    continue
                if word in links["of"] and self._fights(trigger, attached):
                    draft.act(nominals.actors(attached))  # "the attack of the rebels on X"
                    continue
                draft.suffer(nominals.actors(attached, people=True))
                if trigger.deadly and word in links["of"]:
                    draft.killed = draft.killed or self._scene.counts.first([attached])
                targets.append(attached)
            elif word in links["from"] and trigger.ground:
                draft.suffer(nominals.actors(attached))
            elif word in links["to" if trigger.ground else "from"]:
                draft.act(nominals.actors(attached))
        self.by_target(draft, targets)

    def _fights(self, trigger: Trigger, phrase: NounPhrase) -> bool:
        """Whether "of" tells whose it is: an attack or fire of fighters, no shelling of them."""
        whose = trigger.entry in _WHOSE
        return whose and bool(self._nominals.senses(phrase) & {"party", "fighters"})

    def _blamed(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether somebody is blamed for an event, and did not suffer it."""
        verb = draft.clause.verb
        return (
            verb is not None
            and verb.lemma in self._triggers.words["blame"]
            and any(p is phrase and w in self._links["object"] for w, p in draft.clause.preps)
        )

    def by_target(self, draft: Draft, phrases: list[NounPhrase]) -> None:
        """
        Set the type by whom it was done to.

        Parameters
        ----------
        draft : Draft
            The event.
        phrases : list of NounPhrase
            Its targets.
        """
        draft.kind = self._kinds.by_target(draft.trigger, draft.kind, phrases)

    def between(self, draft: Draft, phrase: NounPhrase) -> None:
        """
        Read "between X and Y": one is the actor, the other the target.

        Parameters
        ----------
        draft : Draft
            The event.
        phrase : NounPhrase
            Both sides.
        """
        sides = [
            actors
            for one in [phrase, *phrase.others]
            if (actors := self._nominals.actors(one, alone=True) or self._scene.allied(one))
        ]
        hit = {actor.name for actor in draft.targets}
        if len(sides) > 1 and any(actor.name in hit for actor in sides[0]):
            sides.reverse()  # "two soldiers died in fighting between the army and M23"
        if sides:
            draft.act(sides[0])
        if draft.trigger.kind == "agreement":
            for side in sides[1:]:
                draft.act(side)
            return
        if len(sides) > 1:  # "fighting between X and Y left 12 people dead": of whom is not said
            draft.targets = [one for one in draft.targets if one.sense != "people"]
        for side in sides[1:]:
            draft.suffer(side)
        self.by_target(draft, [phrase, *phrase.others])


def _is_theirs(words: list[Word]) -> bool:
    """Whether somebody is named before a noun: "Croatian fire", "army fire"."""
    return any(isinstance(word.entity, Actor) for word in words)
