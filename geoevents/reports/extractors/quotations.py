"""Where a quote stands in a report, whatever became of its spaces and quotation marks."""

from __future__ import annotations

import re
from typing import Final

#: What people and programs write for one another.
_ALIKE: Final = {
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´＇ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_UNSEEN: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GAP: Final = re.compile(r"\s*(?:\[\.\.\.\]|\(\.\.\.\)|\.\.\.)\s*")
_WORD: Final = re.compile(r"\w+")
_FEWEST_WORDS: Final = 3
_FEWEST_LETTERS: Final = 6
_MOST_PARTS: Final = 20


class Quotations:
    r"""
    Finds quotes in a text.

    Parameters
    ----------
    text : str
        The text.

    Examples
    --------
    >>> Quotations("He said:\n“Stop  that now.”").find('"Stop that now."')
    [(9, 26)]
    """

    def __init__(self, text: str) -> None:
        folded, positions = [], []
        space = True  # none at the beginning
        for position, char in enumerate(text):
            if char.isspace():
                if not space:
                    folded.append(" ")
                    positions.append(position)
                space = True
            elif not _UNSEEN.match(char):
                space = False
                alike = _ALIKE.get(char, char)
                folded.append(alike)
                positions += [position] * len(alike)
        self._folded = "".join(folded)
        self._positions = positions
        self._words = len(_WORD.findall(self._folded))

    def find(self, quote: str) -> list[tuple[int, int]]:
        """
        Find a quote.

        Parameters
        ----------
        quote : str
            The quote; "..." in it may stand for words left out.

        Returns
        -------
        list of tuple of int
            Where its parts begin and end in the text, in order; none if a part of it is not there.
        """
        folded = fold_quote(quote)
        for wording in dict.fromkeys((folded, folded.strip("\"' "), folded.strip("\"' ."))):
            if wording and (at := self._folded.find(wording)) >= 0:
                return [self._span(at, at + len(wording))]
        parts = [part.strip("\"' ") for part in _GAP.split(folded)]
        parts = [part for part in parts if part]
        return self._in_order(parts) if 1 < len(parts) <= _MOST_PARTS else []

    def telling(self, quote: str) -> bool:
        """
        Tell whether a quote has words enough to show where something is said.

        Parameters
        ----------
        quote : str
            The quote.

        Returns
        -------
        bool
            Whether it has three words, or all those of the text; or six letters where no spaces
            part words.
        """
        words = _WORD.findall(quote)
        if len(words) >= min(_FEWEST_WORDS, self._words):
            return bool(words)
        return not quote.isascii() and sum(map(str.isalpha, quote)) >= _FEWEST_LETTERS

    def _in_order(self, parts: list[str]) -> list[tuple[int, int]]:
        spans = []
        after = 0
        for part in parts:
            at = self._folded.find(part, after)
            if at < 0 or not self.telling(part):
                return []
            after = at + len(part)
            spans.append(self._span(at, after))
        return spans

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self._positions[start], self._positions[end - 1] + 1


def fold_quote(quote: str) -> str:
    r"""
    Bring a quote into the form in which quotes are compared.

    Parameters
    ----------
    quote : str
        The quote.

    Returns
    -------
    str
        With single spaces, straight quotation marks and plain hyphens.

    Examples
    --------
    >>> fold_quote("«Stop» –\n now…")
    '"Stop" - now...'
    """
    seen = _UNSEEN.sub("", quote)
    return " ".join("".join(_ALIKE.get(char, char) for char in seen).split())
