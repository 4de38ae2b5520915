"""What a phrase says, as a small tree, and the error for one that says nothing readable."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTEXT = 60

Kind = Literal[
    "in", "near", "outside", "outskirts", "along", "direction", "part", "distance", "within"
]


class LocalityError(GeoeventsError, ValueError):
    """
    A phrase that cannot be read, names no known place, or describes no ground.

    Parameters
    ----------
    message : str
        What is wrong and what to do.
    text : str
        The phrase.
    start, end : int
        The part of the phrase that the message is about.
    """

    def __init__(self, message: str, text: str = "", start: int = 0, end: int = 0) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.reason = message
        super().__init__(message + _underline(text, start, end) if text else message)


def _underline(text: str, start: int, end: int) -> str:
    """Two lines: the phrase (what is near the fault, if it is long) and carets under the fault."""
    first = max(0, start - _CONTEXT)
    last = min(len(text), max(end, start + 1) + _CONTEXT, first + 3 * _CONTEXT)
    shown = "".join(c if c.isprintable() else " " for c in text[first:last])
    lead, fault = shown[: start - first], shown[start - first : max(end, start + 1) - first]
    before = "..." if first else ""
    after = "..." if last < len(text) else ""
    carets = " " * (len(before) + _columns(lead)) + "^" * max(1, _columns(fault))
    return f"\n    {before}{shown}{after}\n    {carets}"


def _columns(text: str) -> int:
    """How many terminal columns the text takes: marks none, wide characters two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


@dataclass(frozen=True, slots=True)
class Compass:
    """A direction in words: its bearing and how far either way the word may be meant."""

    word: str
    bearing: float
    tolerance: float

    def __str__(self) -> str:
        return f"{self.word} ({self.bearing:g}° ± {self.tolerance:g}°)"


@dataclass(frozen=True, slots=True)
class Distance:
    """A stated distance and how finely it was stated."""

    metres: float
    precision_m: float
    words: str

    def __str__(self) -> str:
        return f"{self.metres / 1000:g} km to the nearest {self.precision_m / 1000:g} km"


@dataclass(frozen=True, slots=True)
class Name:
    """A place name as written, kind words included."""

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return outline(self)


@dataclass(frozen=True, slots=True)
class Relation:
    """What the phrase says about a place."""

    kind: Kind
    words: str
    of: Tree
    start: int
    end: int
    compass: Compass | None = None
    distance: Distance | None = None

    def __str__(self) -> str:
        return outline(self)


@dataclass(frozen=True, slots=True)
class Group:
    """Several phrases side by side (``","``) or joined by a word (``"and"``)."""

    joined: Literal[",", "and"]
    parts: tuple[Tree, ...]
    start: int
    end: int

    def __str__(self) -> str:
        return outline(self)


Tree = Name | Relation | Group


def outline(tree: Tree, depth: int = 0) -> str:
    """
    Print the tree, one node a line.

    Parameters
    ----------
    tree : Name, Relation or Group
        What `parse` returned.
    depth : int, optional
        How far to indent.

    Returns
    -------
    str
        The tree, indented by two spaces a level.

    Examples
    --------
    >>> from geoevents.localities import parse
    >>> print(parse("10 km east of Raqqa, near the Euphrates"))
    group ","
      direction east (90° ± 45°), 10 km to the nearest 10 km
        name "Raqqa"
      near
        name "Euphrates"
    """
    pad = "  " * depth
    if isinstance(tree, Name):
        return f'{pad}name "{tree.text}"'
    if isinstance(tree, Group):
        head = f'{pad}group "{tree.joined}"'
        return "\n".join([head, *(outline(part, depth + 1) for part in tree.parts)])
    details = ", ".join(str(detail) for detail in (tree.compass, tree.distance) if detail)
    return f"{pad}{tree.kind} {details}".rstrip() + "\n" + outline(tree.of, depth + 1)


def names(tree: Tree) -> Iterator[Name]:
    """
    Walk the names in a tree, in the order in which they are written.

    Parameters
    ----------
    tree : Name, Relation or Group
        What `parse` returned.

    Yields
    ------
    Name
        Each name.
    """
    if isinstance(tree, Name):
        yield tree
    elif isinstance(tree, Relation):
        yield from names(tree.of)
    else:
        for part in tree.parts:
            yield from names(part)
