"""Places of one name: what they are called, and which of them lie in a province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.localities.naming.features import apart_m, is_within_m
from geoevents.places.names import fold, read, skeleton

if TYPE_CHECKING:
    from geoevents.places import Place

_POLYGON = 2
#: The kinds of place that others lie in.
AREAL = ("country", "admin1", "admin2", "region")
#: The kinds whose country code says where they lie; a river may run through several countries.
_COUNTED = ("populated place", "facility", "admin1", "admin2")


def of_one_name(one: Place, other: Place) -> bool:
    """
    Say whether two places are a town and its province.

    Parameters
    ----------
    one, other : Place
        Two places of one name.

    Returns
    -------
    bool
        True where one lies in the other: how near each is to something else is no sign then.
    """
    kinds = {one.kind, other.kind}
    if "populated place" not in kinds or kinds.isdisjoint(("admin1", "admin2")):
        return False
    return reaches(*((one, other) if one.kind != "populated place" else (other, one)))


def called(place: Place, text: str) -> bool:
    """
    Say whether a place has a name, or one that sounds the same.

    Parameters
    ----------
    place : Place
        A place.
    text : str
        The name as written.

    Returns
    -------
    bool
        True for "Deir Ezzor" and Deir ez-Zor.
    """
    known = [fold(name) for name in (place.name, *place.names)]
    return spelt(place, text) or not {skeleton(key) for key in _keys(text)}.isdisjoint(
        map(skeleton, known)
    )


def spelt(place: Place, text: str) -> bool:
    """
    Say whether a place has this very name, letter case, accents and words for its kind apart.

    Parameters
    ----------
    place : Place
        A place.
    text : str
        The name as written.

    Returns
    -------
    bool
        True for "Khabur River" and Khabur.
    """
    keys = {key.replace(" ", "") for key in _keys(text)}
    return any(fold(name).replace(" ", "") in keys for name in (place.name, *place.names))


def _keys(text: str) -> set[str]:
    return {reading.key for reading in read(text)} | {fold(text)}


def reaches(area: Place, place: Place) -> bool:
    """
    Say whether a place lies in an area, or as near to its drawn border as they may be off.

    Parameters
    ----------
    area : Place
        A province, country or region.
    place : Place
        Anything.

    Returns
    -------
    bool
        False where the area is known only as a point, and for a town or province that has the code
        of another country, unless it lies well inside: territories overseas have their own codes.
    """
    if shapely.get_dimensions(area.geometry) < _POLYGON:
        return False
    shapely.prepare(area.geometry)  # the names of a phrase ask for one area several times
    if _is_foreign(area, place):
        if not shapely.contains(area.geometry, place.point):
            return False
        edge = apart_m(shapely.boundary(area.geometry), place.point)
        return edge > area.uncertainty_m
    if shapely.intersects(area.geometry, place.geometry):
        return True
    reach = area.uncertainty_m + place.uncertainty_m
    return is_within_m(area.geometry, place.geometry, reach)


def _is_foreign(area: Place, place: Place) -> bool:
    known = place.country and area.country and area.kind != "region"
    return bool(known) and place.kind in _COUNTED and place.country != area.country


def within(place: Place, area: Place) -> Place:
    """
    Take a place, or the best namesake that lies in an area when it does not.

    Parameters
    ----------
    place : Place
        What was found.
    area : Place
        Where it should lie.

    Returns
    -------
    Place
        One that lies there, if there is one.
    """
    if place.id == area.id or reaches(area, place):
        return place
    # The province next to it of a town's name touches it, and is not in it.
    smaller = (other for other in place.alternatives if other.kind not in ("country", area.kind))
    inside = [other for other in smaller if reaches(area, other)]
    return inside[0] if inside else place


def town_in(area: Place, river: Place, text: str) -> Place:
    """
    Take the town for the river of its name: "North Platte, Nebraska" is one that lies in Nebraska.

    Parameters
    ----------
    area : Place
        The province or country after the comma.
    river : Place
        What was found.
    text : str
        The name as written; with a word for a river it is the river.

    Returns
    -------
    Place
        The town of that name in the area, if there is one.
    """
    if any("river" in reading.kinds for reading in read(text)):
        return river
    towns = (one for one in river.alternatives if one.kind == "populated place")
    return next((one for one in towns if reaches(area, one) and spelt(one, text)), river)
