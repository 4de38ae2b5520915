"""The weapons that noun phrases name, and the types of event they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.syntax.model import NounPhrase, Word

DEEP = 6
"""Phrases attached to each other that are followed."""


class Weapons:
    """
    Reads the weapons that are named in a sentence.

    Parameters
    ----------
    words : list of Word
        The sentence's words.
    triggers : Triggers
        The language's triggers.
    """

    def __init__(self, words: list[Word], triggers: Triggers) -> None:
        self._words = words
        self._triggers = triggers
        self._links = triggers.links

    def weapon(self, phrase: NounPhrase) -> str:
        """
        Tell which type of event the weapon named in a phrase makes.

        Parameters
        ----------
        phrase : NounPhrase
            The phrase, with what is attached by "of".

        Returns
        -------
        str
            The type; empty if no weapon is named.
        """
        return self._weapon(phrase, 0)

    def own_weapon(self, phrase: NounPhrase) -> str:
        """
        Tell which type the weapon named in a phrase makes, those joined to it left out.

        Parameters
        ----------
        phrase : NounPhrase
            The phrase.

        Returns
        -------
        str
            The type; empty if no weapon is named.
        """
        words = self._words
        found = ""
        for place in range(phrase.head, phrase.first - 1, -1):  # the last word counts
            before = words[place - 1].lower if place > phrase.first else ""
            kind = self._weapon_word(words[place], before)
            if kind == "air strike":
                return kind  # aircraft count more
            found = found or kind
        return found

    def _weapon(self, phrase: NounPhrase, deep: int) -> str:
        found = self.own_weapon(phrase)
        if deep < DEEP:
            for preposition, attached in phrase.attached:
                if found in ("", "bombing") and preposition in self._links["contents"]:
                    inner = self._weapon(attached, deep + 1)
                    found = inner if inner == "air strike" else found or inner  # "from a plane"
        for other in phrase.others:
            if self._words[other.head].lemma not in self._triggers.events:  # "clashes and shelling"
                found = found or self.own_weapon(other)
        return found

    def _before_of(self, word: Word) -> str:
        """Tell the weapon that a name begins with: "jets of the Saudi-led coalition"."""
        parts = word.lower.split()
        of = next((at for at, part in enumerate(parts) if at and part in self._links["of"]), 0)
        weapons, own = self._triggers.weapons, parts[of - 1] if of else ""
        return weapons.get(own) or weapons.get(own.rstrip("s"), "")

    def _weapon_word(self, word: Word, before: str) -> str:
        weapons = self._triggers.weapons
        lemma = word.lemma
        if word.entity is not None and (own := self._before_of(word)):
            return own
        if word.entity is not None and " " in word.lower:
            before = word.lower.split()[-2]  # "suicide bombers" is one word here
        return (
            weapons.get(f"{before}-{lemma}")
            or weapons.get(word.lower)  # "bombers" fly, "a bomber" mostly walks
            or weapons.get(lemma)
            or weapons.get(lemma.rstrip("s"))
            or weapons.get(lemma.split("-", 1)[0].removesuffix("s"), "")
        )
