"""Names side by side, of which one may hold the others: "A, B province" is the A in B."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.localities.naming.demands import container_of
from geoevents.localities.naming.lands import contradiction
from geoevents.localities.naming.namesakes import AREAL, called, reaches, spelt, town_in, within
from geoevents.localities.tree import Group, LocalityError, Name, Relation, names

if TYPE_CHECKING:
    from geoevents.localities.naming.names import Names
    from geoevents.localities.tree import Tree
    from geoevents.places import Place


def narrow(found: Names, tree: Tree) -> None:
    """
    Choose of what stands before the name of an area what lies in it.

    Parameters
    ----------
    found : Names
        What the names stand for so far.
    tree : Name, Fix, Relation or Group
        The phrase.

    Raises
    ------
    LocalityError
        Where nothing of the name lies in the area.
    """
    if isinstance(tree, Relation):
        narrow(found, tree.of)
    if not isinstance(tree, Group):
        return
    for part in tree.parts:
        narrow(found, part)
    if tree.joined == ",":
        _side_by_side(found, tree)


def _side_by_side(found: Names, tree: Group) -> None:
    places = found.places
    bare = [part for part in tree.parts if isinstance(part, Name)]
    towns = [part for part in bare if places[part].kind not in AREAL]
    pair = len(towns) == 2  # noqa: PLR2004 -- of three towns none is a province
    if towns and (pair or not isinstance(tree.parts[0], Name)):
        _as_container(found, tree, towns[-1])
    for name in bare:
        if places[name].kind == "country":
            _as_container(found, tree, name)
    before: list[Name] = []  # by the parts: "the Syrian city of Raqqa" has Syria last
    for part in tree.parts:
        container = container_of(part)
        if container is not None and places[container].kind in AREAL:
            area = places[container]
            for inner in before:
                place = _inside(found, inner, area, bare=inner in bare)
                found.take(inner, place, f"in {area.name}")
        before += names(part)
    if len(bare) == len(tree.parts):
        wrong = contradiction([(name, places[name]) for name in bare], found.gazetteer)
        if wrong is not None:
            raise LocalityError(wrong[1], found.text, wrong[0].start, wrong[0].end)


def _inside(found: Names, name: Name, area: Place, *, bare: bool) -> Place:
    """Take the place of a name that lies in an area, if there is one."""
    place = within(found.places[name], area)
    if bare and place.kind == "river":
        place = town_in(area, place, name.text)
    if not bare or place.kind in AREAL or reaches(area, place):
        return place
    try:
        other = found.find(name, None, area, area.country)
    except LocalityError:
        return place
    known = [one for one in (other, *other.alternatives) if spelt(one, name.text)]
    smaller = (one for one in known if one.kind not in ("country", area.kind))
    return next((one for one in smaller if reaches(area, one)), place)


def _as_container(found: Names, group: Group, second: Name) -> None:
    """Take B of "A, B" and of "near A, B" for the province B, where A lies in it."""
    at = group.parts.index(second)
    first = next((found.places[name] for part in group.parts[:at] for name in names(part)), None)
    if first is None or shapely.get_dimensions(first.geometry) or first.kind in AREAL:
        return
    if found.places[second].kind in AREAL and reaches(found.places[second], first):
        return  # Niger is a country, and a state of Nigeria
    for area in found.namesakes(second.text, "admin1", first):
        if called(area, second.text) and reaches(area, first):
            found.places[second] = area
            return
