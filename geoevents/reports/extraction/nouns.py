"""The events that nouns name: "Russian air strikes on ISIS positions near X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.drafts import Draft
from geoevents.reports.extraction.kinds import is_place

if TYPE_CHECKING:
    from geoevents.reports.extraction.kinds import Kinds
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.syntax.model import Clause, NounPhrase

_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "person", "protesters", "name"})

_NAMED = frozenset({"name", "person"})


class NounEvents:
    """
    Drafts the events that the nouns of a sentence name.

    Parameters
    ----------
    scene : Scene
        The sentence.
    kinds : Kinds
        Tells the type of an event.
    """

    def __init__(self, scene: Scene, kinds: Kinds) -> None:
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
        if head.tag != "NOUN" or head.entity is not None:
            return None
        events = self._triggers.events
        known = events.get(head.lemma, ())
        if phrase.head > phrase.first:
            known = events.get(f"{words[phrase.head - 1].lower}-{head.lemma}", known)
        for trigger in known:
            found = self._fits(trigger, phrase)
            if found is not None:
                return found
        return None

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
            return (trigger, "") if aimed else None
        return None if self._excluded(trigger, phrase) else (trigger, "")

    def _aimed(self, phrase: NounPhrase) -> bool:
        """Whether an operation is one against fighters: of arms, whatever it is called."""
        return any(
            preposition in self._links["versus"]
            and bool(self._nominals.senses(attached) & {"party", "fighters"})
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
        self._scene.named[id(phrase)] = draft
        self._scene.add(draft)
        return draft

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
        if trigger.leaves or (
            trigger.ground and trigger.entry == "capture" and phrase.owner is None
        ):
            draft.suffer(modifiers) if trigger.leaves else draft.act(modifiers)
        else:
            draft.act(modifiers)
        self._attached_roles(draft, phrase)
        self._by_place(draft, phrase)
        self._done_by_subject(draft)
        if draft.kind == "air strike" and not trigger.weapon:
            return
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

    def _attached_roles(self, draft: Draft, phrase: NounPhrase) -> None:
        trigger = draft.trigger
        nominals = self._nominals
        links = self._links
        targets: list[NounPhrase] = []
        for word, attached in nominals.chain(phrase):
            if word in links["by"]:
                draft.act(nominals.actors(attached))
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
                draft.suffer(nominals.actors(attached, people=True))
                targets.append(attached)
            elif word in links["from"] and trigger.ground:
                draft.suffer(nominals.actors(attached))
            elif word in links["to" if trigger.ground else "from"]:
                draft.act(nominals.actors(attached))
        self.by_target(draft, targets)

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
        if sides:
            draft.act(sides[0])
        if draft.trigger.kind == "agreement":
            for side in sides[1:]:
                draft.act(side)
            return
        for side in sides[1:]:
            draft.suffer(side)
        self.by_target(draft, [phrase, *phrase.others])

    def stands(  # noqa: PLR0911 -- a sort of noun a line
        self, draft: Draft, *, known: bool
    ) -> bool:
        """
        Tell whether enough is said for an event.

        Parameters
        ----------
        draft : Draft
            The event.
        known : bool
            Whether any event was told of before: what "the attack" may refer to.

        Returns
        -------
        bool
            Whether it is one.
        """
        trigger = draft.trigger
        phrase = draft.phrase
        if not trigger.noun or phrase is None:
            return True
        demonstrative = self._words[phrase.first].lower in self._triggers.words["pointing"]
        definite = self._words[phrase.first].lower in self._triggers.words["definite"]
        draft.refers = demonstrative or (definite and not phrase.attached)
        if not self._possible(draft, phrase):
            return False
        own = self._own_needs(draft, phrase)
        if trigger.strict:
            return own and self._changes_hands(draft, phrase)
        if trigger.weak:
            said = own or draft.actors or draft.casualties_told or draft.under
            again = draft.refers and known and draft.kind == "agreement"
            if draft.under and draft.kind == "agreement" and self._by_verb(draft):
                return True
            return (draft.main and bool(said or again)) or self._agreed(draft)
        if own or draft.main:
            return True
        stated = self._scene.main.get(draft.clause.number)
        return draft.refers and (known or (stated is not None and stated.trigger.statement))

    def _by_verb(self, draft: Draft) -> bool:
        """Whether somebody named does something somewhere under it: "under a deal, X left Y"."""
        clause = draft.clause
        return (
            not draft.main
            and clause.verb is not None
            and not clause.verb.negated
            and self._scene.main.get(clause.number) is None
            and clause.subject is not None
            and bool(self._nominals.senses(clause.subject) & {"party", "fighters"})
            and any(clause.start <= w.start < clause.end and is_place(w) for w in self._words)
        )

    def _agreed(self, draft: Draft) -> bool:
        """Whether somebody agreed, "under a ceasefire"."""
        verb = draft.clause.verb
        if draft.kind != "agreement" or verb is None:
            return False
        return bool(self._triggers.words["agree"] & {verb.lemma, *verb.chain})

    def _possible(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether it is no mere manner, no killing of beasts, and more than a sound."""
        trigger = draft.trigger
        if trigger.operation and draft.manner:
            return False
        if trigger.entry == "gunfire" and not draft.casualties_told:
            return not any(d.main and d is not draft for d in self._scene.drafts)  # its sound
        if trigger.entry == "killing":
            return self._people_killed(phrase)
        somebody = draft.actors or draft.targets or draft.casualties_told or draft.under
        return trigger.entry != "fire" or bool(somebody) or draft.kind != trigger.kind

    def _changes_hands(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether a place is what is captured or left: "the capture of X", "X's fall"."""
        if phrase.owner is not None and "place" in self._nominals.senses(phrase.owner):
            return True
        senses = {"place", "ground", "name"}
        words = self._links["from"] if draft.trigger.leaves else draft.trigger.place
        return any(
            word in words and self._nominals.senses(attached) & senses
            for word, attached in self._nominals.chain(phrase)
        )

    def _people_killed(self, phrase: NounPhrase) -> bool:
        """Whether "the killing of" is followed by people, or by nobody."""
        killed = [p for word, p in phrase.attached if word in self._links["of"]]
        return not killed or any(self._nominals.senses(p) & _PEOPLE for p in killed)

    def _own_needs(  # noqa: PLR0911 -- a need a line
        self, draft: Draft, phrase: NounPhrase
    ) -> bool:
        needs = draft.trigger.needs
        if not needs:
            return True
        if "party" in needs and (draft.actors or draft.targets):
            return True
        if "weapon" in needs and self._nominals.weapon(phrase):
            return True
        if "casualties" in needs and draft.casualties_told:
            return True
        if "name" in needs:
            senses = self._nominals.senses
            if any(w in self._links["of"] and senses(p) & _NAMED for w, p in phrase.attached):
                return True
        if "place" in needs:
            spans = [self._nominals.reach(phrase)]
            manner = draft.manner and draft.kind == "protest"  # "hurt in X during a protest"
            if draft.main or manner or draft.kind == "siege":  # "after weeks of siege, left X"
                spans += [(clause.start, clause.end) for clause in draft.clauses]
            return any(
                start <= word.start < end and is_place(word)
                for start, end in spans
                for word in self._words
            )
        return False
