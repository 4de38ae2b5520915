"""Places of a gazetteer that are found by where they are or by a code, not by a name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import distance_m
from geoevents.localities.shapes.betweens import span
from geoevents.places import Gazetteer, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_COLUMNS = ("id", "name", "names", "kind", "country", "admin1", "population", "source")
_DEGREE_M = 110_000.0  # of latitude, and a little less than it has anywhere
_POLE = 89.0
_SURELY = 0.99  # distances in planes are off by less than a hundredth


def rivers_about(
    gazetteer: Gazetteer | None, geometry: BaseGeometry, reach_m: float
) -> list[tuple[Place, float]]:
    """
    List the rivers that pass within a distance, of those whose lines are known.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.
    geometry : shapely geometry
        Of what, in lon/lat.
    reach_m : float
        How far, in metres.

    Returns
    -------
    list of tuple
        Each river and how far it is, the nearest first; only those that run through it, if any
        do.
    """
    where = gazetteer or Gazetteer.default()
    west, south, east, north = shapely.bounds(geometry)
    tall = reach_m / _DEGREE_M
    wide = tall / math.cos(math.radians(min(max(abs(south), abs(north)) + tall, _POLE)))
    box = (west - wide, south - tall, east + wide, north + tall)
    boxes = [box]
    if box[0] < -180 or box[2] > 180:  # noqa: PLR2004 -- degrees
        boxes += [(box[0] + 360, box[1], box[2] + 360, box[3])]
        boxes += [(box[0] - 360, box[1], box[2] - 360, box[3])]
    numbers = []
    for at, store in enumerate(where.stores):
        hits = np.unique(np.concatenate([store.touching(one) for one in boxes]))
        numbers.append(hits + where.base(at))
    places = [  # what is a point, an outline or a line of no length has no course
        place
        for place in _places(where, np.concatenate(numbers), "river")
        if shapely.get_dimensions(place.geometry) == 1 and shapely.length(place.geometry)
    ]
    shapely.prepare(geometry)
    through = [place for place in places if shapely.intersects(geometry, place.geometry)]
    if through:
        return [(place, 0.0) for place in through]
    found = [(place, apart_m(place.geometry, geometry)) for place in places]
    return sorted((pair for pair in found if pair[1] <= reach_m), key=lambda pair: pair[1])


def country_place(gazetteer: Gazetteer | None, code: str) -> Place | None:
    """
    Find a country by its code.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.
    code : str
        ISO 3166, two letters.

    Returns
    -------
    Place or None
        The country, where the gazetteer has it.
    """
    where = gazetteer or Gazetteer.default()
    for at, store in enumerate(where.stores):
        words = store.meta["vocabularies"]
        if code in words["country"] and "country" in words["kind"]:
            hits = np.flatnonzero(
                (store.arrays["country"] == words["country"].index(code))
                & (store.arrays["kind"] == words["kind"].index("country"))
            )
            places = _places(where, hits + where.base(at), "country")
            if places:
                return places[0]
    return None


def apart_m(one: BaseGeometry, other: BaseGeometry) -> float:
    """
    Measure how far apart two geometries are on the ground.

    Parameters
    ----------
    one, other : shapely geometry
        In lon/lat.

    Returns
    -------
    float
        Metres; infinite if one is empty.
    """
    if one.is_empty or other.is_empty:
        return math.inf
    if shapely.intersects(one, other):
        return 0.0
    return span(one, other).distance_m


def is_within_m(one: BaseGeometry, other: BaseGeometry, reach_m: float) -> bool:
    """
    Say whether two geometries are no farther apart on the ground than a distance.

    Parameters
    ----------
    one, other : shapely geometry
        In lon/lat, not empty.
    reach_m : float
        The distance, in metres.

    Returns
    -------
    bool
        True where they meet, or are as near.
    """
    # The way that is the shortest in degrees is found quickly, and none shorter need be looked for.
    way = shapely.get_coordinates(shapely.shortest_line(one, other))
    if len(way) and distance_m(*way[0], *way[1]) <= _SURELY * reach_m:
        return True
    return apart_m(one, other) <= reach_m


def _places(where: Gazetteer, numbers: NDArray[np.intp], kind: str) -> list[Place]:
    kinds = where.columns(("kind",), numbers)["kind"]
    return places_of(where, numbers[[one == kind for one in kinds]])


def places_of(where: Gazetteer, numbers: NDArray[np.intp]) -> list[Place]:
    """
    Give features as places, none of them doubtful.

    Parameters
    ----------
    where : Gazetteer
        The gazetteer.
    numbers : ndarray of int
        Numbers of its features.

    Returns
    -------
    list of Place
        In that order, without namesakes.
    """
    if not len(numbers):
        return []
    columns = where.columns(_COLUMNS, numbers)
    off = where.numbers("uncertainty_m", numbers)
    shapes = where.geometries(numbers)
    lon, lat = where.points(numbers)
    return [
        Place(
            id=columns["id"][row],
            name=columns["name"][row],
            names=columns["names"][row],
            kind=columns["kind"][row],
            country=columns["country"][row] or None,
            admin1=columns["admin1"][row] or None,
            population=int(columns["population"][row]),
            geometry=shapes[row],
            point=shapely.Point(lon[row], lat[row]),
            uncertainty_m=float(off[row]),
            score=1.0,
            source=columns["source"][row],
        )
        for row in range(len(numbers))
    ]
