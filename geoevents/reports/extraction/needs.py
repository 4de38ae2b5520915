"""What must be said beside a noun for it to tell of an event: who, where, how many were hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.notes import is_heading
from geoevents.reports.extraction.references import are_told_of

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import NounPhrase

_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "person", "protesters", "name"})
_RANK = 4  # words from ", the third" to what it ranks
_NAMED = frozenset({"name", "person"})
_HELD = frozenset({"place", "ground", "name"})
_QUIET = frozenset({"agreement", "statement"})


class Needs:
    """
    Tells which nouns of a sentence say enough for an event.

    Parameters
    ----------
    scene : Scene
        The sentence, its events read.
    headed : bool
        Whether the sentence before is no more than the place of an entry: "19 March: Baidoa."
    """

    def __init__(self, scene: Scene, *, headed: bool = False) -> None:
        self._scene = scene
        self._headed = headed or _is_headed(scene)
        self._words = scene.words
        self._sets = scene.triggers.words
        self._nominals = scene.nominals
        self._links = scene.triggers.links

    def met(self, draft: Draft, *, known: bool) -> bool:
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
        trigger, phrase = draft.trigger, draft.phrase
        if not trigger.noun or phrase is None:
            return True
        first = self._words[phrase.first].lower
        definite = first in self._sets["definite"] and not phrase.attached
        draft.refers = definite or first in self._sets["pointing"] or self._sums_up(draft, phrase)
        draft.refers = draft.refers or self._befell_them(draft)
        if self._aside(draft, phrase) or not self._possible(draft, phrase):
            return False
        noted = self._headed and self._is_noted(draft, phrase)
        draft.main = draft.main or noted
        own = noted or self._own(draft, phrase)
        if trigger.strict:
            return own and self._changes_hands(draft, phrase)
        if trigger.weak:
            return self._strengthened(draft, own=own, known=known)
        if own or draft.main:
            return True
        stated = self._scene.main.get(draft.clause.number)
        return draft.refers and (known or (stated is not None and stated.trigger.statement))

    def _is_noted(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether an entry of a log with a place at its head tells of it: "Mostar: gunfire"."""
        words, clause = self._words, draft.clause
        first = clause.verb is None and bool(clause.objects) and clause.objects[0] is phrase
        before = words[phrase.first - 1].lower if phrase.first else ":"
        opens = before in self._sets["opening"] | self._sets["comma"]
        told = first and opens and words[phrase.first].lower not in self._sets["nobody"]
        return told and draft.kind not in _QUIET and not draft.refers

    def _sums_up(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether it only calls by a name what was just told: "..., an attack claimed by X"."""
        if phrase.first < 1 or self._words[phrase.first - 1].lower not in self._sets["comma"]:
            return False
        if self._words[phrase.first].lower not in self._sets["indefinite"]:
            return False
        told = any(one.end <= phrase.start and one is not draft for one in self._scene.drafts)
        hosts = [c for c in self._scene.clauses if c.host is phrase and c.link == "participle"]
        acts = any(c.subject is phrase and c not in hosts for c in self._scene.clauses)
        return told and bool(hosts) and not acts

    def _befell_them(self, draft: Draft) -> bool:
        """Whether it is how those told of before fell: "the victims were shot in an ambush"."""
        verb, subject = draft.clause.verb, draft.clause.subject
        passive = verb is not None and verb.voice == "passive"
        return passive and subject is not None and are_told_of(self._scene, subject)

    def _aside(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether its clause is about something else: "since the Battle of X"."""
        named = self._words[phrase.head].tag == "NAME" and not draft.main
        return named or (draft.kind == "protest" and self._only_where(draft, phrase))

    def _only_where(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether a crowd is only where something else was done: "blew himself up at a rally"."""
        told = self._scene.main.get(draft.clause.number)
        done = told is not None and told is not draft and told.kind != draft.kind
        before = self._words[phrase.first - 1].lower if phrase.first else ""
        return done and not draft.main and before in self._links["there"]

    def _strengthened(self, draft: Draft, *, own: bool, known: bool) -> bool:
        """Whether a noun that tells little by itself is what its clause is about."""
        agreement = draft.kind == "agreement"
        if agreement and (self._agreed(draft) or (draft.under and self._by_verb(draft))):
            return True
        again = agreement and known and draft.refers
        return draft.main and bool(
            own or again or draft.actors or draft.casualties_told or draft.under
        )

    def _by_verb(self, draft: Draft) -> bool:
        """Whether somebody named does something somewhere under it: "under a deal, X left Y"."""
        clause = draft.clause
        return (
            not draft.main
            and clause.verb is not None
            and not clause.verb.negated
            and self._leaves(self._scene.main.get(clause.number))
            and clause.subject is not None
            and bool(self._nominals.senses(clause.subject) & {"party", "fighters"})
            and self._scene.is_placed(clause)
        )

    def _leaves(self, told: Draft | None) -> bool:
        """Whether the clause tells of nothing else, or of their leaving: both are told then."""
        return told is None or (told.trigger.ground and not told.trigger.actor)

    def _agreed(self, draft: Draft) -> bool:
        """Whether somebody agreed, "under a ceasefire"."""
        verb = draft.clause.verb
        return verb is not None and bool(self._sets["agree"] & {verb.lemma, *verb.chain})

    def _possible(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether it is no mere manner, no killing of beasts, and more than a sound."""
        trigger = draft.trigger
        if (trigger.operation and draft.manner) or self._ranks(draft, phrase):
            return False
        if trigger.entry == "gunfire" and not draft.casualties_told:
            return not any(d.main and d is not draft for d in self._scene.drafts)  # its sound
        if "of" in trigger.target and trigger.fighters:
            return self._people_killed(phrase)
        somebody = draft.actors or draft.targets or draft.casualties_told or draft.under
        return trigger.entry != "fire" or bool(somebody) or draft.kind != trigger.kind

    def _ranks(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether it only says of another one how bad it was: "in the worst strike since 2003"."""
        superlatives, before = self._sets["superlatives"], self._words[: phrase.first]
        if before and before[-1].lower in self._sets["since"]:
            return any(w.lower in superlatives for w in before)  # "the worst since an attack in X"
        ranked = any(w.lower in superlatives for w in self._words[phrase.first : phrase.head])
        near = self._words[max(0, phrase.head - _RANK) : phrase.head]
        comma = next((i for i, w in enumerate(near) if w.text == ","), len(near))
        # ", the third such raid this month"
        ranked = ranked or any(w.lower in self._sets["ranks"] for w in near[comma:])
        return ranked and not draft.main and len(self._scene.drafts) > 1

    def _changes_hands(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether a place is what is captured or left: "the capture of X", "X's fall"."""
        senses = self._nominals.senses
        if phrase.owner is not None and "place" in senses(phrase.owner):
            return True
        words = self._links["from"] if draft.trigger.leaves else draft.trigger.place
        for word, attached in self._nominals.chain(phrase):
            if id(attached) in self._scene.named:
                return False  # "losses in the shelling of X"
            if word in words and senses(attached) & _HELD:
                return True
        return False

    def _of(self, phrase: NounPhrase) -> list[NounPhrase]:
        return [attached for word, attached in phrase.attached if word in self._links["of"]]

    def _people_killed(self, phrase: NounPhrase) -> bool:
        """Whether "the killing of" is followed by people, or by nobody."""
        killed = self._of(phrase)
        return not killed or any(self._nominals.senses(one) & _PEOPLE for one in killed)

    def _own(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether one of the things is said that its entry asks for, if it asks for any."""
        needs, nominals = draft.trigger.needs, self._nominals
        return (
            not needs
            or ("party" in needs and bool(draft.actors or draft.targets))
            or ("weapon" in needs and bool(nominals.weapon(phrase)))
            or ("casualties" in needs and draft.casualties_told)
            or ("name" in needs and any(nominals.senses(p) & _NAMED for p in self._of(phrase)))
            or ("place" in needs and self._placed(draft, phrase))
        )

    def _placed(self, draft: Draft, phrase: NounPhrase) -> bool:
        """Whether it is said where: beside the noun, or in a clause that is about it."""
        start, end = self._nominals.reach(phrase)
        if self._scene.has_place(start, end):
            return True
        manner = draft.manner and draft.kind == "protest"  # "hurt in X during a protest"
        about = draft.main or manner or draft.kind == "siege"  # "after weeks of siege, left X"
        return about and any(map(self._scene.is_placed, draft.clauses))


def _is_headed(scene: Scene) -> bool:
    """Whether a place and a colon head the sentence: "Mostar: tense, ...", "19 Mar, Baidoa:"."""
    words, opening = scene.words, scene.triggers.words["opening"]
    colon = next((n for n, word in enumerate(words) if word.lower in opening), 0)
    return is_heading(words[:colon])
