"""Settling what a word is where it stands: "strike" after "the" is a noun, after "they" a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.syntax.context import Context
from geoevents.reports.syntax.smallwords import SmallWords
from geoevents.reports.syntax.verbforms import VerbForms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.syntax.lexicon import Known, Lexicon
    from geoevents.reports.syntax.model import Word

_SETTLED = frozenset({"NAME", "NUM", "TIME", "CONJ", "NEG", "POSS"})


def settle_tags(words: list[Word], known: Sequence[Known | None], lexicon: Lexicon) -> None:
    """
    Settle the tags of a sentence's words, from left to right, in place.

    Parameters
    ----------
    words : list of Word
        The words.
    known : sequence of Known or None
        What the lexicon knows of each.
    lexicon : Lexicon
        The language's words.
    """
    context = Context(words, known, lexicon)
    verbs = VerbForms(context)
    small = SmallWords(context)
    for place, word in enumerate(words):
        if word.tag == "VERB":
            verbs.settle(place, word)
        elif word.tag not in _SETTLED:
            small.settle(place, word)
