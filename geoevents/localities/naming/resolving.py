"""The names of one phrase become places, step by step."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import shapely

from geoevents.localities.naming.agreement import agree, bordering, meet
from geoevents.localities.naming.demands import (
    about_towns,
    direct,
    fixes,
    is_region,
    plurals,
    relations_of,
    river_names,
)
from geoevents.localities.naming.lands import (
    countries_called,
    neighbour_of,
    province_of,
    seat_of,
)
from geoevents.localities.naming.nesting import narrow
from geoevents.localities.naming.riverside import beside, take_river
from geoevents.localities.tree import LocalityError, Name, names
from geoevents.places.names import read

if TYPE_CHECKING:
    from geoevents.localities.naming.names import Names
    from geoevents.localities.tree import Relation, Tree
    from geoevents.places import Place


def resolve(found: Names, tree: Tree) -> None:
    """
    Find the place of every name in a tree.

    Parameters
    ----------
    found : Names
        The phrase; the places are then in its ``places``.
    tree : Name, Relation or Group
        The same, parsed.

    Raises
    ------
    LocalityError
        For a name that no known place has.
    """
    found.demands = plurals(tree)
    kinds = river_names(tree) | {name: one.kind for name, one in found.demands.items()}
    written = list(names(tree))
    lands = [list(direct(border)) for border in relations_of(tree, "border")]
    borders = {name for listed in lands for name in listed}
    lands += [list(direct(one)) for one in relations_of(tree, "in") if _is_adjective(one)]
    _look_up(found, tree, kinds, {name for listed in lands for name in listed})
    for asked in beside(tree, found.text):
        if take_river(found, asked, written):
            kinds[asked.name] = "river"
    if len(written) > 1:
        agree(found, written, kinds, borders)
    for meeting in relations_of(tree, "confluence"):
        meet(found, list(direct(meeting)))
    for listed in lands:
        bordering(found, listed)
    for name in about_towns(tree):
        found.places[name] = _town(found, name)
    regions = filter(is_region, relations_of(tree, "area"))
    for name in chain.from_iterable(map(direct, regions)):
        _province(found, name)
    narrow(found, tree)
    for countryside in relations_of(tree, "countryside"):
        for name in direct(countryside):
            _hinterland(found, found.places[name], name.text)


def _look_up(found: Names, tree: Tree, kinds: dict[Name, str], nations: set[Name]) -> None:
    """Look every name up by itself."""
    written = list(names(tree))
    for name in written if found.known else ():
        place = found.settled(name)
        if place is not None:
            found.places[name] = place
    rest = [name for name in written if name not in found.places]
    adjectives = [name for name in rest if name in nations or not found.is_name(name.text)]
    several = _adjectival(found, adjectives)
    near = found.near
    if near is None:  # a position in figures says where the names are, too
        near = next((shapely.Point(fix.lon, fix.lat) for fix in fixes(tree)), None)
    for name in written:
        if name not in found.places and name not in several:
            found.places[name] = found.find(name, kinds.get(name), near)
    for name, countries in several.items():
        found.places[name] = _neighbour(found, countries, name)


def _adjectival(found: Names, written: list[Name]) -> dict[Name, list[Place]]:
    """Take Syria for Syrian; return the names that several countries have."""
    countries = {name: countries_called(name.text, found.gazetteer) for name in written}
    found.adjectives = {name for name, known in countries.items() if known}
    found.places |= {name: known[0] for name, known in countries.items() if len(known) == 1}
    return {name: known for name, known in countries.items() if len(known) > 1}


def _neighbour(found: Names, countries: list[Place], name: Name) -> Place:
    """Choose the Congo that borders on what else the phrase names."""
    neighbour = neighbour_of(countries, found.places.values())
    if neighbour is not None:
        return neighbour
    wanted = " or ".join(country.name for country in countries)
    raise LocalityError(
        f"{name.text!r} may be {wanted}; write which", found.text, name.start, name.end
    )


def _town(found: Names, name: Name) -> Place:
    """Take the town for the province of the same name: one is near the town."""
    place = found.places[name]
    said = name in found.demands or any(r.kinds for r in read(name.text))
    if said or place.kind not in ("admin1", "admin2"):
        return place
    return seat_of(place, name.text, found.gazetteer)


def _province(found: Names, name: Name) -> None:
    """Take the province for its seat: Kherson region is not the country round Kherson."""
    town = found.places[name]
    if town.kind == "populated place":
        area = province_of(town, name.text, "admin1", found.gazetteer)
        if area is not None:
            found.remarks.append(f"{name.text!r} was read as the province, by 'region'.")
            found.places[name] = replace(area, alternatives=(town,))


def _hinterland(found: Names, town: Place, text: str) -> None:
    """Look for the province, or the district, of which a town is the seat."""
    for kind in ("admin1", "admin2") if town.kind == "populated place" else ():
        area = province_of(town, text, kind, found.gazetteer)
        if area is not None:
            found.provinces[town.id] = area
            return


def _is_adjective(tree: Relation) -> bool:
    """Whether it is the Syrian of "the Syrian city of Raqqa"."""
    return isinstance(tree.of, Name) and tree.words == tree.of.text
