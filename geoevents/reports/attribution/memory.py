"""Whom a noun phrase that speaks means: by its own words, or by who was named before."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.speakers import actors_of, first_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose import Document
    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.model import Actor
    from geoevents.reports.syntax import Clause, NounPhrase, Word

#: How far back, in sentences, somebody may have been named whom "the group" or "he" means.
_SENTENCES: Final = 4
#: Senses of those whom "the group" may mean.
_GROUPS: Final = frozenset(("armed group", "coalition", "state"))
_ARMED: Final = frozenset(("armed group", "coalition"))
_STATES: Final = frozenset(("state",))
_PEOPLE: Final = "people"


class Memory:
    """
    Remembers, while a document is read, who spoke and who was told of.

    Parameters
    ----------
    document : Document
        The document.
    actors : sequence of Actor
        Its actors, in the order of the text.
    words : AttributionWords
        The words of the language.
    """

    def __init__(
        self, document: Document, actors: Sequence[Actor], words: AttributionWords
    ) -> None:
        self._document = document
        self._words = words
        self._quotes = [quote.start for quote in document.quotes]
        self._actors = actors
        self._reached = 0
        self._groups: dict[str, Actor] = {}
        self._spoke: tuple[int, list[Actor]] = (-_SENTENCES - 1, [])
        self._told_of: tuple[int, Actor | None] = (-_SENTENCES - 1, None)

    def heard(self, sentence: int, actors: list[Actor]) -> None:
        """
        Keep who spoke.

        Parameters
        ----------
        sentence : int
            In which sentence.
        actors : list of Actor
            Who.
        """
        if actors:
            self._spoke = sentence, actors

    def seen(self, clause: Clause) -> None:
        """
        Keep the group that a sentence is about, for "the group said" behind it.

        Parameters
        ----------
        clause : Clause
            Any clause.
        """
        if clause.link != "main" or clause.subject is None or self._is_quoted(clause.start):
            return
        found = actors_of(clause.subject, clause.words)
        if len(found) == 1 and found[0].sense in _GROUPS:
            self._told_of = clause.sentence, found[0]

    def meant(
        self, phrase: NounPhrase | None, clause: Clause, sentence: Sequence[Clause]
    ) -> tuple[list[Actor], bool]:
        """
        Tell who is meant by a phrase that speaks.

        Parameters
        ----------
        phrase : NounPhrase or None
            The phrase.
        clause : Clause
            Its clause.
        sentence : sequence of Clause
            The clauses of its sentence.

        Returns
        -------
        tuple of (list of Actor, bool)
            Who; and whether it is nobody ("no group said").
        """
        if phrase is None:
            return [], False
        first = first_word(phrase, clause.words)
        if first in self._words.nobody:
            return [], True
        self._reach(clause.words[phrase.first].start)
        found = actors_of(phrase, clause.words)
        if clause.words[phrase.head].lemma in self._words.townsmen:
            return found, False  # "rebels attacked X, its mayor said": the town's
        if first in self._words.own and clause.parent is not None:
            # "The army will attack, its spokesman said."
            owner = actors_of(sentence[clause.parent].subject, clause.words)
            if len(owner) == 1:
                return owner, False
        if all(one.sense == _PEOPLE for one in found):
            pointing = first in self._words.definite or first in self._words.own
            known = self._known(clause.words[phrase.head], clause.sentence, pointing=pointing)
            found = known or found
        return found, False

    def _known(self, head: Word, sentence: int, *, pointing: bool) -> list[Actor]:
        """Find whom a pronoun, or a noun with "the", means."""
        words = self._words
        spoke = self._spoke[1] if sentence - self._spoke[0] <= _SENTENCES else []
        if head.lower in words.singular or head.lower in words.plural:
            about = self._told_of[1] if sentence - self._told_of[0] <= 1 else None
            later = about is not None and self._told_of[0] > self._spoke[0]
            return [about] if later and about is not None else spoke
        if not pointing:
            return []
        if head.lemma in words.groups or head.lower in words.groups:
            senses = self._senses(head)
            if self._spoke[0] >= self._told_of[0] and spoke and spoke[0].sense in senses:
                return spoke
            about = self._told_of[1] if sentence - self._told_of[0] <= _SENTENCES else None
            if about is None or about.sense not in senses:
                about = self._last_group(sentence, senses)
            return [] if about is None else [about]
        return spoke if head.lemma in words.speaking else []

    def _is_quoted(self, position: int) -> bool:
        last = bisect_right(self._quotes, position) - 1
        return last >= 0 and position < self._document.quotes[last].end

    def _senses(self, noun: Word) -> frozenset[str]:
        """Whom a noun may mean: "the group" is no state, "the army" is that of one."""
        for nouns, senses in ((self._words.armed, _ARMED), (self._words.official, _STATES)):
            if noun.lemma in nouns or noun.lower in nouns:
                return senses
        return _GROUPS

    def _reach(self, position: int) -> None:
        """Take note of the groups named before a position."""
        while self._reached < len(self._actors) and self._actors[self._reached].start < position:
            actor = self._actors[self._reached]
            self._reached += 1
            if actor.sense in _GROUPS:
                self._groups[actor.sense] = actor

    def _last_group(self, sentence: int, senses: frozenset[str]) -> Actor | None:
        """Find the group of such a sense that was named last, not too far back."""
        named = [actor for sense, actor in self._groups.items() if sense in senses]
        last = max(named, key=lambda actor: actor.start, default=None)
        if last is None or sentence - self._document.sentence_at(last.start) > _SENTENCES:
            return None
        return last
