"""What a phrase demands of its names: a river to go along, a country with a border, a town."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.localities.tree import Fix, Group, Name, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.localities.tree import Kind, Tree

_OF_RIVERS = ("along", "bank", "mouth", "source", "confluence")
_NOT_TOWNS = ("in", "part", "border", "except", *_OF_RIVERS)

_PLURAL = re.compile(r"^(?P<name>.*\S)\s+(?P<kind>[^\W\d_]+)$")
_KINDS = {
    "provinces": "admin1", "governorates": "admin1", "oblasts": "admin1", "states": "admin1",
    "regions": "admin1", "departments": "admin1", "prefectures": "admin1", "districts": "admin2",
    "counties": "admin2", "rivers": "river", "countries": "country", "lakes": "lake",
}  # fmt: skip
_FRONT = re.compile(
    rf"^(?P<kind>{'|'.join(_KINDS)})\s+of\s+(?:the\s+)?(?P<name>\S.*)$", re.IGNORECASE
)
_REGION = re.compile(r"\bregion\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Demand:
    """
    What a name is looked up as.

    Parameters
    ----------
    text : str
        The name without a word that it shares with others: "Idlib" of "Idlib provinces".
    kind : str
        The kind of place.
    """

    text: str
    kind: str


def plurals(tree: Tree) -> dict[Name, Demand]:
    """
    Share out the word that ends a list, or begins it: both are "Aleppo and Idlib provinces".

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The phrase.

    Returns
    -------
    dict of Name to Demand
        By name of such a list.
    """
    if isinstance(tree, Relation):
        return plurals(tree.of)
    if not isinstance(tree, Group):
        return {}
    found = {name: one for part in tree.parts for name, one in plurals(part).items()}
    first, last = tree.parts[0], tree.parts[-1]
    front = _FRONT.match(first.text) if isinstance(first, Name) else None
    if tree.joined == "and" and front and isinstance(first, Name):
        shared = _KINDS[front["kind"].casefold()]
        found |= {name: Demand(name.text, shared) for name in tree.parts if isinstance(name, Name)}
        found[first] = Demand(front["name"], shared)
    elif tree.joined == "and" and isinstance(last, Name):
        match = _PLURAL.match(last.text)
        kind = _KINDS.get(match["kind"].casefold()) if match else None
        if match and kind:
            listed = [part for part in tree.parts if isinstance(part, Name)]
            found |= {name: Demand(name.text, kind) for name in listed}
            found[last] = Demand(match["name"], kind)
    return found


def is_region(tree: Relation) -> bool:
    """
    Say whether "area" is "region": Kherson region is the province, the Kherson area is not.

    Parameters
    ----------
    tree : Relation
        The relation.

    Returns
    -------
    bool
        True for "X region" and "the region of X".
    """
    return tree.kind == "area" and _REGION.search(tree.words) is not None


def container_of(part: Tree) -> Name | None:
    """
    Find the name by which a part of a phrase may say what the rest lies in.

    Parameters
    ----------
    part : Name, Fix, Relation or Group
        A part of a group.

    Returns
    -------
    Name or None
        The name of "B" and of "in B"; none for anything else.
    """
    if isinstance(part, Relation) and part.kind == "in":
        part = part.of
    return part if isinstance(part, Name) else None


def relations_of(tree: Tree, kind: Kind) -> Iterator[Relation]:
    """
    Walk the relations of one kind.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The phrase.
    kind : str
        Such as "border".

    Yields
    ------
    Relation
        Each, the outer one of two nested ones first.
    """
    if isinstance(tree, Group):
        for part in tree.parts:
            yield from relations_of(part, kind)
    elif isinstance(tree, Relation):
        if tree.kind == kind:
            yield tree
        yield from relations_of(tree.of, kind)


def fixes(tree: Tree) -> Iterator[Fix]:
    """
    Walk the positions in figures.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The phrase.

    Yields
    ------
    Fix
        Each, in the order in which they are written.
    """
    if isinstance(tree, Fix):
        yield tree
    elif isinstance(tree, Relation):
        yield from fixes(tree.of)
    elif isinstance(tree, Group):
        for part in tree.parts:
            yield from fixes(part)


def direct(tree: Tree) -> Iterator[Name]:
    """
    Walk the names that a relation is about itself, not those of an inner relation.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The relation.

    Yields
    ------
    Name
        Each name; none of what is no relation.
    """
    if isinstance(tree, Relation):
        yield from (tree.of,) if isinstance(tree.of, Name) else ()
        yield from _listed(tree.of)


def _listed(tree: Tree) -> Iterator[Name]:
    if isinstance(tree, Group):
        for part in tree.parts:
            yield from (part,) if isinstance(part, Name) else _listed(part)


def about_towns(tree: Tree) -> list[Name]:
    """
    List the names that something is near to or at a distance from.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The phrase.

    Returns
    -------
    list of Name
        Of a town and the province called after it, they mean the town.
    """
    if isinstance(tree, Group):
        return [name for part in tree.parts for name in about_towns(part)]
    if not isinstance(tree, Relation):
        return []
    own = [] if tree.kind in _NOT_TOWNS else list(direct(tree))
    return own + about_towns(tree.of)


def river_names(tree: Tree) -> dict[Name, str]:
    """
    Find the names that must be rivers by what is said about them: one goes along a river.

    Parameters
    ----------
    tree : Name, Fix, Relation or Group
        The phrase.

    Returns
    -------
    dict of Name to str
        "river", by name.
    """
    if isinstance(tree, Relation):
        found = river_names(tree.of)
        if tree.kind in _OF_RIVERS:
            found |= dict.fromkeys(direct(tree), "river")
        listed = list(direct(tree))
        if tree.kind == "across" and len(listed) > 1:
            found[listed[0]] = "river"
        return found
    if isinstance(tree, Group):
        return {name: kind for part in tree.parts for name, kind in river_names(part).items()}
    return {}
