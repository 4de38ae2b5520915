"""
Parts joined by "and": ground where any of them holds, or all.

A list of names is a union. "And" between relations intersects them where one of them is a
direction, a bank or a river's course and they overlap; else it unites them ("near A and near B").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.localities.gathering import Gathering
from geoevents.localities.joining import union
from geoevents.localities.tree import Group, LocalityError, Relation, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.localities.composing import Composer
    from geoevents.localities.ground import Ground
    from geoevents.localities.tree import Tree


def either(composer: Composer, group: Group) -> Ground:
    """
    Work out where parts hold that are joined by "and".

    Parameters
    ----------
    composer : Composer
        Works out the parts.
    group : Group
        The parts.

    Returns
    -------
    Ground
        Never empty.

    Raises
    ------
    LocalityError
        Where no ground is left of a part.
    """
    parts = group.parts
    first = parts[0]
    if isinstance(first, Group) and first.joined == "," and _alike((*first.parts, *parts[1:])):
        parts = (*first.parts, *parts[1:])  # "near A, near B and near C"
    directs = any(_directs(composer, part) for part in parts)
    if directs and not (_all_along(parts) or _shared(parts)):
        try:
            return Gathering(composer, Group(",", parts, group.start, group.end)).ground()
        except LocalityError:
            pass  # they do not overlap: the phrase names several places
    return union([composer.ground(part) for part in parts])


def _directs(composer: Composer, tree: Tree) -> bool:
    """Whether it is a side or a course, and not a region by itself, as northern Syria is."""
    if isinstance(tree, Relation) and tree.kind == "part":
        return composer.is_filter(tree)
    return _directed(tree)


def _directed(tree: Tree) -> bool:
    if isinstance(tree, Group):
        return any(map(_directed, tree.parts))
    kinds = ("direction", "part", "along", "bank", "stream", "except")
    return isinstance(tree, Relation) and tree.kind in kinds


def _all_along(parts: Sequence[Tree]) -> bool:
    return all(isinstance(part, Relation) and part.kind == "along" for part in parts)


def _shared(parts: Sequence[Tree]) -> bool:
    """Whether several are about the same name: "northern and eastern Syria" is both parts."""
    return sum(len(set(names(part))) for part in parts) > len(set().union(*map(names, parts)))


def _alike(parts: Sequence[Tree]) -> bool:
    kinds = {part.kind if isinstance(part, Relation) else None for part in parts}
    return len(kinds) == 1 and None not in kinds and not any(map(_directed, parts))
