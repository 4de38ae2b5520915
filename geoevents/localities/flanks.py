"""
Regions on one side of a line: "near the east bank of X", "5 km east of X".

Which side that is depends on where along X the rest of the phrase is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from geoevents.localities.joining import after, overlap
from geoevents.localities.tree import Relation

if TYPE_CHECKING:
    from geoevents.localities.composing import Composer
    from geoevents.localities.ground import Ground
    from geoevents.localities.tree import Tree

_BANKS = ("part", "bank")


def is_flank(tree: Tree, composer: Composer) -> TypeGuard[Relation]:
    """
    Say whether a part of a phrase is a region on one side of a line.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The part.
    composer : Composer
        Knows what it is about.

    Returns
    -------
    bool
        True for "near the east bank of X" and "5 km east of X".
    """
    if not isinstance(tree, Relation) or composer.is_filter(tree):
        return False
    if bank_of(composer, tree) is not None:
        return True
    if tree.kind != "direction":
        return False
    return all(saying.dimensions == 1 for saying in composer.sayings.of(tree))


def bank_of(composer: Composer, tree: Relation) -> Relation | None:
    """
    Find the bank, or the side of a line, that a relation is about.

    Parameters
    ----------
    composer : Composer
        Knows what the relation is about.
    tree : Relation
        Such as "near the east bank of X".

    Returns
    -------
    Relation or None
        "The east bank of X"; None where it is about anything else.
    """
    of = tree.of
    banks = isinstance(of, Relation) and of.kind in _BANKS
    return of if banks and composer.is_filter(of) else None


def by_bank(composer: Composer, tree: Relation, bank: Relation) -> Ground:
    """
    Measure from the river; near a bank, and at a distance from it, is on that bank.

    Parameters
    ----------
    composer : Composer
        Works out the parts.
    tree : Relation
        Such as "near the east bank of X".
    bank : Relation
        The bank.

    Returns
    -------
    Ground
        What it covers by itself.
    """
    of_line = composer.anchor(replace(tree, of=bank.of))
    if tree.kind in ("direction", "offsets"):
        return of_line
    return after(of_line, composer.bound(bank, of_line))


def beside(composer: Composer, tree: Relation, given: Ground) -> Ground:
    """
    Keep what lies in a region on one side of a line; the side is decided there.

    Parameters
    ----------
    composer : Composer
        Works out the parts.
    tree : Relation
        Such as "near the east bank of X" or "5 km east of X".
    given : Ground
        What the rest of the phrase covers.

    Returns
    -------
    Ground
        What is left.
    """
    of = tree.of
    side = replace(tree, distance=None)
    if isinstance(of, Relation) and of.kind in _BANKS:
        tree = replace(tree, of=of.of)
        side = side if tree.kind == "direction" else of
    words: tuple[str, ...] = ()
    if tree.kind == "direction":
        tree, words = replace(tree, kind="distance", compass=None), ("distance", "direction")
    about = composer.anchor(tree)
    about = replace(
        about,
        relations=words or about.relations,
        said=about.said.replace(", in any direction", ", measured from its line"),
    )
    both = overlap([given, about], composer.fault(tree))
    cut = composer.bound(side, both)
    return after(both, replace(cut, relations=()) if words else cut)
