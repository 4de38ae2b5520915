"""The river, and not the country called after it: what "west of the Niger, near Gao" means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.namesakes import spelt
from geoevents.localities.sketches import is_undrawn
from geoevents.localities.tree import Group, Name, Relation
from geoevents.localities.wording import km
from geoevents.places.names import fold, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.localities.naming.names import Names
    from geoevents.localities.tree import Tree
    from geoevents.places import Place

#: A side of a river says nothing of ground farther from it than this. Kharkiv is 180 km from the
#: Dnieper and is said to be east of it; nobody says on which side of the Nile Mosul is.
PASSES_M = 200_000.0

_ARTICLE = re.compile(r"\bthe[\s\"'“«`]*$", re.IGNORECASE)
_BANK = re.compile(r"\b(?:river)?banks?\b", re.IGNORECASE)
_SIDE = re.compile(r"\b(?:side|shores?|half)\b", re.IGNORECASE)
_OTHERWISE = frozenset(("river", "lake", "facility"))
_KINDS = {"admin1": "province", "admin2": "district", "populated place": "town"}


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


def take_river(found: Names, asked: Beside, written: Sequence[Name]) -> bool:
    """
    Take the river for the country, province or town of its name, where it is meant.

    Parameters
    ----------
    found : Names
        What the names stand for so far; it keeps a remark where a reader would ask.
    asked : Beside
        The name and what the words ask for.
    written : sequence of Name
        The names of the phrase.

    Returns
    -------
    bool
        Whether it is the river.
    """
    place = found.places[asked.name]
    others = [name for name in written if name != asked.name]
    rivers = _rivers(found, asked.name.text, others) if _may_be_river(asked, place) else []
    if not rivers:
        return False
    passing = [(one, _passed(found, one, others)) for one in rivers]
    river, there = next((pair for pair in passing if pair[1]), (rivers[0], ""))
    alone = not others and found.near is None
    area = not there and bool(_passed(found, place, others))
    takes, why = _decided(asked, there, alone=alone, area=area)
    if why:
        chosen, other = (river, place) if takes else (place, river)
        found.remarks.append(_remark(asked, chosen, other, why))
    if takes:
        found.places[asked.name] = river
    return takes


def _may_be_river(asked: Beside, place: Place) -> bool:
    """Whether a place may have been taken for its river; not a town with an article: The Hague."""
    if place.kind in _OTHERWISE:
        return False
    if place.kind != "populated place":
        return asked.meant or asked.side
    wanted = f"the {fold(asked.name.text)}"
    return asked.meant and wanted not in {fold(known) for known in (place.name, *place.names)}


def _rivers(found: Names, text: str, others: Sequence[Name]) -> list[Place]:
    near = found.places[others[0]] if others else found.near
    known = (one for one in found.namesakes(text, "river", near) if spelt(one, text))
    return [one for one in known if not is_undrawn(one)]  # a point has no side


def _passed(found: Names, river: Place, others: Sequence[Name]) -> str:
    """Say what else is named that a river passes; empty where it passes none of it."""
    if found.near is not None:
        away = apart_m(river.geometry, getattr(found.near, "geometry", found.near))
        if away <= PASSES_M:
            return f"passes {km(away)} from what is given as near"
    for name in others:
        place = found.places[name]
        known = [place, *place.alternatives]
        if place.alternatives:
            known.append(found.find(name, None, river))
        for one in known:
            away = apart_m(river.geometry, one.geometry)
            if one.kind != "river" and away <= PASSES_M:
                return f"passes {km(away)} from {one.name}" if away else f"reaches {one.name}"
    return ""


def _decided(asked: Beside, there: str, *, alone: bool, area: bool) -> tuple[bool, str]:
    """
    Choose between a river and the country, province or town of its name, and say why.

    `there` is how the river passes what else is named, `alone` that nothing is, and `area` that the
    other one is near it where the river is not. There is no reason where no reader would ask.
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


def _remark(asked: Beside, chosen: Place, other: Place, why: str) -> str:
    kinds = [_KINDS.get(place.kind, place.kind) for place in (chosen, other)]
    how = "; leave out 'the' to mean the other" if chosen.kind == "river" and asked.side else ""
    return (
        f"{asked.name.text!r} was read as the {kinds[0]} and not as the {kinds[1]} "
        f"{other.name} {why}{how}."
    )
