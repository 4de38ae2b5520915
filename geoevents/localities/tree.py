"""What a phrase says, as a small tree, and the error for one that says nothing readable."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTEXT = 60

#: What a phrase may say about a place; ``docs/localities.md`` has what each covers.
Kind = Literal[
    "in",
    "near",
    "outside",
    "outskirts",
    "area",
    "centre",
    "countryside",
    "part",
    "within",
    "distance",
    "direction",
    "offsets",
    "along",
    "bank",
    "across",
    "stream",
    "mouth",
    "source",
    "confluence",
    "between",
    "halfway",
    "road",
    "border",
    "river",
    "except",
]
#: Which way along a river, or which of its banks: left and right are those of one going downstream.
Way = Literal["up", "down", "left", "right", "near", "far", "both"]


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
    """
    A stated distance and how finely it was stated.

    Parameters
    ----------
    metres : float
        The distance; the middle of a range ("15-20 km").
    precision_m : float
        To what the figure was rounded; 0 for a range, which says it itself.
    words : str
        As written, unit included.
    spread_m : float
        Half a range's width; 0 for a single figure.
    """

    metres: float
    precision_m: float
    words: str
    spread_m: float = 0.0

    @property
    def slack_m(self) -> float:
        """How far either way the distance may be meant, in metres."""
        return self.precision_m / 2 + self.spread_m

    def __str__(self) -> str:
        if self.spread_m:
            low, high = self.metres - self.spread_m, self.metres + self.spread_m
            return f"{low / 1000:g} to {high / 1000:g} km"
        return f"{self.metres / 1000:g} km to the nearest {self.precision_m / 1000:g} km"


@dataclass(frozen=True, slots=True)
class Leg:
    """One of the offsets of "2 km east and 3 km north of"."""

    compass: Compass
    distance: Distance

    def __str__(self) -> str:
        return f"{self.distance} {self.compass.word}"


@dataclass(frozen=True, slots=True)
class Name:
    """A place name as written, kind words included."""

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return outline(self)


@dataclass(frozen=True, slots=True)
class Fix:
    """
    A position written in figures.

    Parameters
    ----------
    text : str
        As written.
    start, end : int
        Where it stands in the phrase.
    lon, lat : float
        Degrees, WGS 84; of a grid reference or plus code the middle of its cell.
    radius_m : float
        Radius of the circle that holds what the figures were rounded from, in metres.
    system : str
        "decimal degrees", "degrees and minutes", "degrees, minutes and seconds", "MGRS" or
        "plus code"; and what was decided about the order of plain figures.
    """

    text: str
    start: int
    end: int
    lon: float
    lat: float
    radius_m: float
    system: str

    def __str__(self) -> str:
        return outline(self)


@dataclass(frozen=True, slots=True)
class Relation:
    """
    What the phrase says about a place, or about what another relation gives.

    Parameters
    ----------
    kind : str
        One of `Kind`.
    words : str
        The words that said it.
    of : Name, Fix, Relation or Group
        About what. Of "between", "halfway", "road", "confluence" and a border of two it is a group
        of two joined by "and"; one bound of "between" may be anything that is ground. Of "river",
        the river by a place where the phrase names none, it is what the phrase names.
    start, end : int
        Where it stands in the phrase.
    compass : Compass, optional
        Of "direction" and "part".
    distance : Distance, optional
        Of "distance", "within" and, where stated, of "direction" and "stream".
    way : str, optional
        Of "stream": "up" or "down". Of "bank": "left", "right", "near", "far" or "both". Of
        "between": "both" where both ends are included ("from A to B").
    legs : tuple of Leg
        Of "offsets".
    just : bool
        Whether it was narrowed: "just south of".
    """

    kind: Kind
    words: str
    of: Tree
    start: int
    end: int
    compass: Compass | None = None
    distance: Distance | None = None
    way: Way | None = None
    legs: tuple[Leg, ...] = ()
    just: bool = False

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


Tree = Name | Fix | Relation | Group


def outline(tree: Tree, depth: int = 0) -> str:
    """
    Print the tree, one node a line.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
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
    if isinstance(tree, Fix):
        return f"{pad}fix {tree.lat:.6g}, {tree.lon:.6g} ({tree.system})"
    if isinstance(tree, Group):
        head = f'{pad}group "{tree.joined}"'
        return "\n".join([head, *(outline(part, depth + 1) for part in tree.parts)])
    said = (tree.way, "just" if tree.just else None, tree.compass, tree.distance, *tree.legs)
    details = ", ".join(str(detail) for detail in said if detail)
    return f"{pad}{tree.kind} {details}".rstrip() + "\n" + outline(tree.of, depth + 1)


def names(tree: Tree) -> Iterator[Name]:
    """
    Walk the names in a tree, in the order in which it has them.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        What `parse` returned.

    Yields
    ------
    Name
        Each name once, though more than one relation may be about it ("north and west of Raqqa").
    """
    yield from dict.fromkeys(_names(tree))


def _names(tree: Tree) -> Iterator[Name]:
    if isinstance(tree, Name):
        yield tree
    elif isinstance(tree, Relation):
        yield from _names(tree.of)
    elif isinstance(tree, Group):
        for part in tree.parts:
            yield from _names(part)
