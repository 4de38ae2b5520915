"""The pieces that a text is cut into: words, figures, marks and runs of spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What figures can be by their look alone, beside ``figure``, any number. None of ``ALONE`` is one.
ALONE: Final = {
    "iso": re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:T.*)?", re.DOTALL),
    "slashed": re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"),
    "clock": re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?"),
    "decade": re.compile(r"\d{4}s"),
}
#: All that figures can be: ``dd`` day of a month, ``yy`` and ``yyyy`` year beside a month, ``year``
#: year by itself, ``hhmm`` and ``dotclock`` time of day, ``grouped`` and ``decimal`` as they say,
#: ``nth`` with the ending of an ordinal.
KINDS: Final = frozenset(
    {"figure", "dd", "yy", "yyyy", "year", "hhmm", "dotclock", "grouped", "decimal", "nth", *ALONE}
)

_LONGEST = 15  # digits and marks of the longest figure that is read as a number
_FIRST_YEAR, _LAST_YEAR = 1800, 2100  # what may be a year by itself
_SPELLING = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})


class Numerals:
    """
    How a language writes numbers in figures.

    Parameters
    ----------
    table : mapping
        Its table ``numerals``: ``decimal`` and ``group`` are marks, ``ordinals`` endings.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.decimal = str(table.get("decimal", "."))
        self.group = str(table.get("group", ","))
        self._endings = tuple(str(ending) for ending in table.get("ordinals", ()))
        group = f"[{re.escape(self.group)}\u00a0\u2009\u202f]"
        decimal = re.escape(self.decimal)
        endings = "|".join(map(re.escape, self._endings)) or "(?!)"
        pattern = rf"""
              [^\W\d_]+ | \s+
            | \d{{4}}(?:-\d\d-\d\d|/\d\d/\d\d)(?![\d/-])
              (?:T\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:Z|[+-]\d\d:?\d\d)?)?
            | \d\d?(?:-\d\d?-|/\d\d?/|\.\d\d?\.)(?:\d{{4}}|\d\d)(?![\d/-])
            | \d\d?[:h]\d\d(?::\d\d)?(?![\d:])
            | \d{{4}}s(?!\w)
            | \d{{1,3}}(?:{group}\d{{3}})+(?!\d)(?:{decimal}\d+)?
            | \d+(?:(?:{endings})(?!\w)|{decimal}\d+)?
            | .
            """
        self._cut = re.compile(pattern, re.VERBOSE | re.DOTALL).findall
        self._cut_ascii = re.compile(pattern, re.VERBOSE | re.DOTALL | re.ASCII).findall

    def cut(self, text: str) -> list[str]:
        """
        Cut a text into pieces.

        Parameters
        ----------
        text : str
            The text.

        Returns
        -------
        list of str
            The pieces: put together, they are the text.
        """
        return self._cut_ascii(text) if text.isascii() else self._cut(text)

    def kinds(self, piece: str) -> set[str]:
        """
        Tell what a piece that begins with a digit can be.

        Parameters
        ----------
        piece : str
            The piece.

        Returns
        -------
        set of str
            Some of ``KINDS``; none for a figure too long to be a number.
        """
        if len(piece) > _LONGEST and "T" not in piece:
            return set()
        if piece.isdecimal():
            return _plain_figure(piece)
        for kind, pattern in ALONE.items():
            if pattern.fullmatch(piece):
                return {kind}
        if self._endings and piece.endswith(self._endings):
            return {"nth"}
        whole, mark, part = piece.rpartition(self.decimal)
        if mark and whole.isdecimal():
            clock = len(part) == len("30") and len(whole) <= len("12")
            return {"figure", "decimal", "dotclock"} if clock else {"figure", "decimal"}
        return {"figure", "decimal", "grouped"} if mark else {"figure", "grouped"}

    def value(self, piece: str) -> float:
        """
        Read a number.

        Parameters
        ----------
        piece : str
            A piece of kind ``figure``.

        Returns
        -------
        float
            The number.
        """
        whole, mark, part = piece.rpartition(self.decimal)
        if not mark:
            whole, part = piece, "0"
        return float("".join(filter(str.isdecimal, whole)) + "." + part)


def every_look() -> set[frozenset[str]]:
    """
    List the sets of kinds that there are.

    Returns
    -------
    set of frozenset
        What `Numerals.kinds` may give, with a word of the tables or without.
    """
    figures = [*range(100), *range(100, 3000, 10), _FIRST_YEAR - 1, 2014, 1999, 2999, 3000]
    looks = {frozenset(_plain_figure(f"{figure}")) for figure in figures}
    looks |= {frozenset(_plain_figure(f"{figure:02}")) for figure in range(10)}
    looks |= {frozenset(_plain_figure(f"{figure:04}")) for figure in range(1000)}
    looks |= {frozenset({kind}) for kind in (*ALONE, "nth", "figure")}
    looks |= {
        frozenset({"figure", *more})
        for more in (["decimal"], ["decimal", "dotclock"], ["grouped"], ["decimal", "grouped"])
    }
    return looks


def spelled(words: str) -> str:
    """
    Spell words as tables do: small letters, straight apostrophes, plain hyphens, single spaces.

    Parameters
    ----------
    words : str
        Words of a text.

    Returns
    -------
    str
        The words.
    """
    if words.isascii():
        return words.lower() if words.isalnum() else " ".join(words.lower().split())
    return " ".join(words.translate(_SPELLING).lower().split())


def _plain_figure(piece: str) -> set[str]:
    """Tell what digits alone can be."""
    value, kinds = int(piece), {"figure"}
    if len(piece) <= len("31"):
        kinds |= {"dd"} if 1 <= value <= 31 else set()  # noqa: PLR2004 -- days of a month
        kinds |= {"yy"} if len(piece) == len("16") else set()
    elif len(piece) == len("2016"):
        kinds |= {"hhmm"} if value < 2400 and value % 100 < 60 else set()  # noqa: PLR2004
        kinds |= {"yyyy"} if 1000 <= value < 3000 else set()  # noqa: PLR2004 -- what a year can be
        kinds |= {"year"} if _FIRST_YEAR <= value <= _LAST_YEAR else set()
    return kinds
