"""A text cut into what names are compared by: words without case, accents and hyphens."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import Final

# What stands between a piece and the one before it.
SPACE, HYPHEN, LINK, DOT, COMMA, OPEN, BREAK = range(7)
JOINED: Final = (SPACE, HYPHEN)

# How a piece is written.
SMALL, TITLE, CAPITALS, DIGITS = range(4)

# Possessive where a repetition could be tried again: the time is in proportion to the length.
_PIECE: Final = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])++(?![^\W_])\.?"  # U.S., U.N
    r"|[^\W_]++(?:['’ʼ`](?!s\b|S\b)[^\W_]++)*+"  # words, with apostrophes inside
    r"|['’]s\b|['’]S\b"  # the possessive, a piece of its own
)
_GAPS: Final = {
    **dict.fromkeys((" ", "", "\n", "  ", "\u00a0", "' ", "’ "), SPACE),
    **dict.fromkeys(("-", "‐", "‑"), HYPHEN),
    **dict.fromkeys(("/", " - ", " – ", " & ", "&"), LINK),
    **dict.fromkeys((". ", ".", ".\n"), DOT),
    **dict.fromkeys((", ", ",\n"), COMMA),
    **dict.fromkeys((" (", "("), OPEN),
}
_LONGEST_GAP: Final = 16
_LONGEST_WORD: Final = 64
POSSESSIVE: Final = "'s"
_DROPPED: Final = str.maketrans("", "", "'’ʼ`.")


class Pieces:
    """
    The pieces of a text, in parallel lists.

    Parameters
    ----------
    text : str
        The text.

    Attributes
    ----------
    text : str
        The text.
    folds : list of str
        Each piece as it is compared.
    starts, ends : list of int
        Where it stands.
    gaps : list of int
        What stands before it: ``SPACE``, ``HYPHEN``, ``LINK`` (a slash, "&"), ``DOT``, ``COMMA``,
        ``OPEN`` (a bracket) or ``BREAK``.
    sentences : list of int
        The pieces that begin sentences, once `part_at` was told.
    shapes : list of int
        How it is written: ``SMALL``, ``TITLE``, ``CAPITALS`` (two letters or more) or ``DIGITS``.
    """

    __slots__ = ("ends", "folds", "gaps", "sentences", "shapes", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[int] = []
        self.shapes: list[int] = []
        self.sentences: list[int] = []
        folds, shapes, gaps = self.folds, self.shapes, self.gaps
        starts, ends = self.starts, self.ends
        before = 0
        for match in _PIECE.finditer(text):
            start, end = match.span()
            fold, shape = known(match[0]) if end - start <= _LONGEST_WORD else ("", SMALL)
            folds.append(fold)
            shapes.append(shape)
            starts.append(start)
            ends.append(end)
            gap = text[before:start] if start - before <= _LONGEST_GAP else "\n\n"
            kind = _GAPS.get(gap)
            gaps.append(_gap(gap) if kind is None else kind)
            before = end
        if gaps:
            gaps[0] = BREAK

    def part_at(self, starts: set[int]) -> None:
        """Part the text where sentences begin: no name goes on there."""
        for index, start in enumerate(self.starts):
            if start in starts:
                self.gaps[index] = BREAK
                self.sentences.append(index)

    def sentence(self, index: int) -> tuple[int, int]:
        """Give the first piece of the sentence that a piece is in, and the one after its last."""
        at = bisect_right(self.sentences, index)
        first = self.sentences[at - 1] if at else 0
        return first, self.sentences[at] if at < len(self.sentences) else len(self)

    def __len__(self) -> int:
        return len(self.folds)

    def joined(self, index: int) -> bool:
        """Whether a piece follows the one before it with nothing but a space or a hyphen."""
        return index < len(self.gaps) and self.gaps[index] <= HYPHEN

    def linked(self, index: int) -> bool:
        """Whether a piece follows the one before it as pieces of one name can: "DHKP/C"."""
        return index < len(self.gaps) and self.gaps[index] <= LINK

    def part(self, first: int, end: int) -> str:
        """Text from one piece up to another, on one line."""
        return " ".join(self.text[self.starts[first] : self.ends[end - 1]].split())


@lru_cache(maxsize=16_384)
def known(word: str) -> tuple[str, int]:
    """
    Fold a word and tell how it is written.

    Parameters
    ----------
    word : str
        A word.

    Returns
    -------
    tuple of str and int
        The word as it is compared, and its shape.

    Examples
    --------
    >>> known("Hay'at"), known("U.S."), known("Forças")
    (('hayat', 1), ('us', 2), ('forcas', 1))
    """
    if word.lower() in ("'s", "’s"):
        return POSSESSIVE, SMALL
    plain = word.translate(_DROPPED)
    fold = plain.lower()
    if not fold.isascii():
        parts = unicodedata.normalize("NFKD", fold)
        fold = "".join(char for char in parts if not unicodedata.combining(char))
    if plain.isdigit():
        return fold, DIGITS
    letters = [char for char in plain if char.isalpha()]
    if len(plain) > 1 and letters and all(map(str.isupper, letters)):
        return fold, CAPITALS
    # A small letter or two before a capital is a prefix in the writing of Bantu names.
    return fold, TITLE if plain[:1].isupper() else SMALL


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """
    Cut a name into its pieces.

    Parameters
    ----------
    name : str
        A name, such as "Hay'at Tahrir al-Sham".

    Returns
    -------
    tuple of tuple
        The pieces as they are compared, and their shapes.

    Examples
    --------
    >>> fold_name("al-Shabaab")
    (('al', 'shabaab'), (0, 1))
    """
    return cut(name)


def cut(name: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """
    Cut a name into its pieces, as `fold_name` does, without remembering it: for long tables.

    Parameters
    ----------
    name : str
        A name.

    Returns
    -------
    tuple of tuple
        The pieces as they are compared, and their shapes.
    """
    plain = name.isascii() and name.replace(" ", "").isalnum()
    found = [
        known(word) if not (plain and word.isalpha()) else (word.lower(), _shape(word))
        for word in (name.split() if plain else _PIECE.findall(name))
    ]
    return tuple([fold for fold, _ in found]), tuple([shape for _, shape in found])


def _shape(word: str) -> int:
    """Tell how a word of plain letters is written."""
    if len(word) > 1 and word.isupper():
        return CAPITALS
    return TITLE if word[0].isupper() else SMALL


def _gap(gap: str) -> int:
    """Tell what a less usual gap is."""
    bare = gap.strip()
    if not bare:
        return BREAK if gap.count("\n") > 1 else SPACE
    if bare == ",":
        return COMMA
    if bare == ".":
        return BREAK if gap.count("\n") > 1 else DOT
    return OPEN if bare == "(" else BREAK
