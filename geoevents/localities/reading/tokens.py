"""A phrase in pieces: words, marks, distances and positions in figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.localities.reading import coordinates, quantities
from geoevents.localities.reading.words import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.localities.tree import Distance, Fix

_TOKEN = re.compile(
    r"""(?P<word>and/or(?![^\s,;])|(?:in|at|on)/(?:near|around)(?![^\s,;]))
      | (?P<comma>[,;/|،؛、，]|(?:[-–—]+|[.:!?…•*]+)(?=\s|$))
      | (?P<open>[(\[（])
      | (?P<close>[)\]）])
      | (?P<other>[^\s,;/|،؛、，()\[\]（）]+)""",
    re.VERBOSE | re.IGNORECASE,
)
CURLY = str.maketrans("’‘ʼ`´‐‑", "'''''--")
# What a position in figures may begin with; "and 3" is none, though it looks like a grid square.
_POSITION = re.compile(
    r"[^\s,;/()]*\d|[-+−°]\d|(?:lat|lon|lng)[a-z]*\b|(?:[nsew]|north|south|east|west)\b\W*\d"
    r"|[abyz](?!nd\b|ll\b)[a-z]{2}\s\d|(?:gps|wgs|coord|position|mgrs|grid|plus\scode)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """
    A word, mark, distance or position of the text: its folded form and where it stands.

    Parameters
    ----------
    kind : str
        "word", "comma", "open", "close", "distance" or "fix".
    key : str
        The word in lower case, without quotes and stops about it.
    start, end : int
        Where it stands.
    value : Distance or Fix, optional
        Of a distance or a position.
    """

    kind: str
    key: str
    start: int
    end: int
    value: Distance | Fix | None = None


def tokens(text: str) -> list[Token]:
    """
    Split a phrase into words, marks, distances and positions in figures.

    Parameters
    ----------
    text : str
        The phrase.

    Returns
    -------
    list of Token
        In order; white space is in none of them.

    Raises
    ------
    LocalityError
        For a distance or a position that cannot be.

    Examples
    --------
    >>> [token.key for token in tokens("10km NE of Ras al-Ayn")]
    ['10km', 'ne', 'of', 'ras', 'al-ayn']
    """
    found: list[Token] = []
    for token in _tokens(text):
        while token.kind == "fix" and found and found[-1].key in LABELS:
            found.pop()  # "coordinates 35.336, 40.141"
        found.append(token)
    return found


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while match := _TOKEN.search(text, at):
        start, at = match.span()
        kind = str(match.lastgroup)
        if kind == "other":
            kind = "word"
            if found := quantities.read(text, start):
                distance, at = found
                yield Token("distance", text[start:at].casefold(), start, at, distance)
                continue
            if _POSITION.match(text, start) and (fix := coordinates.read(text, start)):
                at = fix.end
                yield Token("fix", fix.text, fix.start, fix.end, fix)
                continue
        key = match.group().translate(CURLY).casefold()
        yield Token(kind, key.strip('"“”«»„:!?').rstrip(".") or key, start, at)
