"""Shores: a side of a lake is the land along it, not that half of the water."""

from __future__ import annotations

from typing import TypeGuard

from geoevents.localities.reading.words import BANKS, KINDS, LAKES
from geoevents.localities.tree import Group, Name, Relation, Tree


def ashore(of: Tree, words: str) -> Tree:
    """
    Take the land round a lake for the lake, where a side of it is asked for.

    Parameters
    ----------
    of : Name, Fix, Relation or Group
        What a direction is about.
    words : str
        The words of the direction.

    Returns
    -------
    Name, Fix, Relation or Group
        Outside the lake for "eastern shore of"; as it was for "eastern part of" and for all else.

    Notes
    -----
    That a name is a lake's is told by its own first or last word: "Lake Kivu", "Dead Sea". The
    tree is made before any place is looked up.

    Examples
    --------
    >>> from geoevents.localities import parse
    >>> print(parse("the eastern shore of Lake Kivu"))
    part east (90° ± 45°)
      outside
        name "Lake Kivu"
    """
    listed = of.parts if isinstance(of, Group) else (of,)
    side = not BANKS.isdisjoint(words.casefold().split())
    if side and all(isinstance(one, Name) and _is_lake(one) for one in listed):
        return Relation("outside", words, of, of.start, of.end)
    return of


def is_shore(tree: Tree) -> TypeGuard[Relation]:
    """
    Say whether a tree is a side of the land round a lake.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        Any tree.

    Returns
    -------
    bool
        True for "the eastern shore of Lake Kivu".
    """
    if not isinstance(tree, Relation) or tree.kind != "part":
        return False
    return isinstance(tree.of, Relation) and tree.of.kind == "outside"


def _is_lake(name: Name) -> bool:
    words = name.text.casefold().split()
    lake = not LAKES.isdisjoint((words[0], words[-1]))
    return len(words) > 1 and lake and words[-1] not in KINDS  # Lake City is none
