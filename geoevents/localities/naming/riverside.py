"""The river, and not the country called after it: what "west of the Niger, near Gao" means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.localities.tree import Group, Name, Relation
from geoevents.localities.wording import km
from geoevents.places.names import fold, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.localities.tree import Tree
    from geoevents.places import Place

#: A side of a river says nothing of ground farther from it than this. Kharkiv is 180 km from the
#: Dnieper and is said to be east of it; nobody says on which side of the Nile Mosul is.
PASSES_M = 200_000.0

_ARTICLE = re.compile(r"\bthe[\s\"'“«`]*$", re.IGNORECASE)
_BANK = re.compile(r"\b(?:river)?banks?\b", re.IGNORECASE)
_SIDE = re.compile(r"\b(?:side|shores?|half)\b", re.IGNORECASE)
_OTHERWISE = frozenset(("river", "lake", "facility"))


@dataclass(frozen=True, slots=True)
class Beside:
    """
    A name that something is beside.

    Parameters
    ----------
    name : Name
        As written.
    meant : bool
        Whether the words ask for a river: "the Niger", "the east bank of Niger".
    side : bool
        Whether a side of it is told, and not only that something is near it.
    """

    name: Name
    meant: bool
    side: bool


def beside(tree: Tree, text: str) -> Iterator[Beside]:
    """
    List the names in a phrase that may be those of rivers by what is said about them.

    Parameters
    ----------
    tree : Name, Relation or Group
        The phrase.
    text : str
        The same as written: a country's name goes without the article, a river's has it.

    Yields
    ------
    Beside
        Each such name.
    """
    if isinstance(tree, Group):
        for part in tree.parts:
            yield from beside(part, text)
    if not isinstance(tree, Relation):
        return
    bank = tree.kind == "part" and _BANK.search(tree.words) is not None
    yield from beside(tree.of, text)
    side = is_side(tree)
    if side or tree.kind in ("near", "distance", "within", "between"):
        for name in _own(tree.of):
            if not any(reading.kinds for reading in read(name.text)):
                article = _ARTICLE.search(text[: name.start]) is not None
                yield Beside(name, bank or article, side)


def is_side(tree: Relation) -> bool:
    """
    Say whether a relation tells a side of a line, and not a part of it.

    Parameters
    ----------
    tree : Relation
        "East of", "the east bank of", "the northern part of" something.

    Returns
    -------
    bool
        True for the first two.
    """
    if tree.kind != "part":
        return tree.kind == "direction"
    return bool(_BANK.search(tree.words) or _SIDE.search(tree.words))


def _own(tree: Tree) -> Iterator[Name]:
    """Names that a relation is about itself: those of an inner relation have its kind."""
    if isinstance(tree, Name):
        yield tree
    elif isinstance(tree, Group):
        for part in tree.parts:
            yield from _own(part)


def may_be_river(asked: Beside, place: Place) -> bool:
    """
    Say whether a place that was found for such a name may have been taken for its river.

    Parameters
    ----------
    asked : Beside
        The name.
    place : Place
        What it was found to be.

    Returns
    -------
    bool
        False for a river, and for a town that has an article of its own (The Hague).
    """
    if place.kind in _OTHERWISE:
        return False
    if place.kind != "populated place":
        return asked.meant or asked.side
    wanted = f"the {fold(asked.name.text)}"
    return asked.meant and wanted not in {fold(known) for known in (place.name, *place.names)}


def decided(asked: Beside, there: str, alone: bool, area: bool) -> tuple[bool, str]:
    """
    Choose between a river and the country, province or town of its name.

    Parameters
    ----------
    asked : Beside
        The name and what the words ask for.
    there : str
        How the river passes what else is named; empty where it does not.
    alone : bool
        Whether nothing else is named.
    area : bool
        Whether the other one is near what else is named, where the river is not.

    Returns
    -------
    tuple of bool and str
        Whether it is the river, and why; no reason where no reader would ask.
    """
    if alone:
        takes = asked.meant and asked.side
        why = "because of the article and the side" if takes else "without an article"
    elif there:
        takes = asked.meant
        why = f"because it {there}" if takes else f"without an article; the river {there}"
    else:
        # Where neither is near, the words name the river, and how far it is is the fault.
        takes = asked.meant and not area
        far = f"because the river does not come within {km(PASSES_M)} of what else is named"
        why = far if asked.meant and area else ""
    return takes, why if takes or asked.side else ""


def remark(asked: Beside, chosen: Place, other: Place, why: str) -> str:
    """
    Tell a reader which of the two was chosen.

    Parameters
    ----------
    asked : Beside
        The name.
    chosen, other : Place
        The place that was taken and the one that was not.
    why : str
        The reason, as "because ...".

    Returns
    -------
    str
        A sentence.
    """
    kinds = [_KINDS.get(place.kind, place.kind) for place in (chosen, other)]
    how = "; leave out 'the' to mean the other" if chosen.kind == "river" and asked.side else ""
    return (
        f"{asked.name.text!r} was read as the {kinds[0]} and not as the {kinds[1]} "
        f"{other.name} {why}{how}."
    )


_KINDS = {"admin1": "province", "admin2": "district", "populated place": "town"}
