"""What one relation to one place covers: a table from the kind of relation to its rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer, destination, distance_m
from geoevents.localities import relations
from geoevents.localities.corridor import band
from geoevents.localities.plane import solid, valid
from geoevents.localities.resolving import apart_m
from geoevents.localities.riverside import PASSES_M
from geoevents.localities.tree import LocalityError
from geoevents.localities.uncertainty import covering_radius_m
from geoevents.localities.wording import axis, describe, km

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.tree import Compass, Kind, Relation
    from geoevents.localities.uncertainty import Neighbourhood
    from geoevents.places import Place

_POLYGON = 2
_FARTHEST_M = 5e6
_WIDE = 3  # times what a direction reaches by itself: no longer a neighbourhood
_MANY = 1000  # vertices: more are thinned, by half of what the outline may be off
_THIN = 0.5
_DEGREE_M = 111_320.0


@dataclass(frozen=True)
class Ground:
    """
    What a part of a phrase covers.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat.
    relations : tuple of str
        The relations that made it, in the order of the phrase.
    said : str
        The same in words, with the numbers used.
    point : shapely Point, optional
        The most plausible point, where the relation has one.
    inferred : bool
        Whether a rule drew the outline; False for a gazetteer's own geometry.
    made_of : tuple of Place
        The places whose geometry shaped it.
    """

    geometry: BaseGeometry
    relations: tuple[str, ...]
    said: str
    point: shapely.Point | None = None
    inferred: bool = True
    made_of: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Saying:
    """
    One relation to one place.

    Parameters
    ----------
    tree : Relation
        What is said.
    place : Place
        Of what.
    rules : Neighbourhood
        How far its words reach.
    text : str
        The phrase, for the errors.
    """

    tree: Relation
    place: Place
    rules: Neighbourhood
    text: str

    @property
    def shape(self) -> BaseGeometry:
        """The place's own geometry."""
        return self.place.geometry

    @property
    def outline(self) -> BaseGeometry:
        """The same to measure from: without the vertices that its uncertainty outweighs."""
        return outline(self.place)

    @property
    def dimensions(self) -> int:
        """0 for a town, 1 for a river, 2 for a province."""
        return int(shapely.get_dimensions(self.place.geometry))

    @property
    def who(self) -> str:
        """The place for a reader."""
        return describe(self.place)

    @property
    def compass(self) -> Compass:
        """The direction, of a relation that has one."""
        assert self.tree.compass is not None  # noqa: S101 -- the grammar gives it one
        return self.tree.compass

    def error(self, message: str) -> LocalityError:
        """Make an error about this relation."""
        return LocalityError(message, self.text, self.tree.start, self.tree.end)


def outline(place: Place) -> BaseGeometry:
    """
    Return a place's geometry to measure from.

    Parameters
    ----------
    place : Place
        A place.

    Returns
    -------
    shapely geometry
        Without the vertices that its uncertainty outweighs, where it has many.
    """
    return _thinned(place.geometry, float(place.uncertainty_m))


@lru_cache(maxsize=32)
def _thinned(geometry: BaseGeometry, off_m: float) -> BaseGeometry:
    if shapely.get_num_coordinates(geometry) < _MANY:
        return geometry
    parts = shapely.get_parts(geometry)
    middle = shapely.bounds(parts)[:, [1, 3]].mean(axis=1)
    narrow = np.cos(np.radians(np.minimum(np.abs(middle), 85.0)))  # a degree of longitude, there
    lonlat, owner = shapely.get_coordinates(parts, return_index=True)
    shapely.set_coordinates(parts, lonlat * np.column_stack([narrow[owner], np.ones(len(owner))]))
    thin = shapely.simplify(parts, _THIN * off_m / _DEGREE_M, preserve_topology=True)
    lonlat, owner = shapely.get_coordinates(thin, return_index=True)
    shapely.set_coordinates(thin, lonlat / np.column_stack([narrow[owner], np.ones(len(owner))]))
    return valid(shapely.union_all(shapely.make_valid(thin)))


# -- a region by itself --


def anchor(saying: Saying) -> Ground:
    """
    Work out a relation that is a region by itself.

    Parameters
    ----------
    saying : Saying
        The relation and its place.

    Returns
    -------
    Ground
        What it covers.

    Raises
    ------
    LocalityError
        Where it makes no sense of such a place.
    """
    return _ANCHORS[saying.tree.kind](saying)


def _in(saying: Saying) -> Ground:
    shape, who = saying.shape, saying.who
    if saying.dimensions == _POLYGON:
        return Ground(shape, ("in",), f"in {who}", None, inferred=False)
    if saying.dimensions == 1:
        return _along(saying)
    extent = saying.rules.extent_m(saying.place)
    said = f"in {who}, within {km(extent)} of its centre"
    return Ground(buffer(shape, extent), ("in",), said, shape)


def _near(saying: Saying) -> Ground:
    reach = saying.rules.near_m(saying.place)
    point = saying.shape if saying.dimensions == 0 else None
    region = buffer(saying.outline, reach)
    return Ground(region, ("near",), f"within {km(reach)} of {saying.who}", point)


def _outside(saying: Saying) -> Ground:
    near = saying.rules.near_m(saying.place)
    return _around(saying, saying.rules.extent_m(saying.place), near)


def _outskirts(saying: Saying) -> Ground:
    rules = saying.rules
    extent = rules.extent_m(saying.place)
    return _around(saying, rules.outskirts_from * extent, rules.outskirts_to * extent)


def _around(saying: Saying, start: float, end: float) -> Ground:
    """Ground round a town between two distances; round anything else what is near it."""
    if saying.dimensions == 0:
        end = max(end, start * 1.2)
        said = f"from {km(start)} to {km(end)} from the centre of {saying.who}"
        return Ground(relations.ring(saying.shape, start, end), ("outside",), said)
    end = saying.rules.near_m(saying.place)
    said = f"outside {saying.who}, up to {km(end)} from it"
    region = buffer(saying.outline, end)
    if saying.dimensions == _POLYGON:
        region = solid(shapely.difference(region, saying.shape))
    return Ground(region, ("outside",), said)


def _along(saying: Saying) -> Ground:
    width = saying.rules.line_m
    if saying.dimensions == 0:
        raise saying.error(f"{saying.who} is not a line that one can go along")
    if saying.dimensions == _POLYGON:
        region = buffer(shapely.boundary(saying.outline), width)
    else:
        region = band(relations.stem(saying.shape), width)
    return Ground(region, ("along",), f"within {km(width)} of the line of {saying.who}")


def _part(saying: Saying) -> Ground:
    compass = saying.compass
    if saying.dimensions == 0:
        extent = saying.rules.extent_m(saying.place)
        region = relations.sector(saying.shape, compass.bearing, 2 * compass.tolerance, extent)
        said = f"the {compass.word} of {saying.who}, {km(extent)} about its centre"
    else:
        region = relations.part(saying.shape, compass.bearing, compass.tolerance)
        said = f"the part of {saying.who} that lies {compass.word} of its middle"
    return Ground(region, ("part",), said)


def _within(saying: Saying) -> Ground:
    far, at, _, extent = _offset(saying)
    region = buffer(saying.outline, far + extent)
    return Ground(region, ("within",), f"within {_words(saying)} of {saying.who}", at)


def _at_distance(saying: Saying) -> Ground:
    far, _, slack, extent = _offset(saying)
    inner = max(far - slack - extent, 0.0)
    region = relations.ring(saying.outline, inner, far + slack + extent)
    said = f"{_words(saying)} from {saying.who}, in any direction"
    return Ground(region, ("distance",), said)


def _at_distance_in_direction(saying: Saying) -> Ground:
    """All that a distance and a direction may mean."""
    far, at, slack, extent = _offset(saying)
    compass = saying.compass
    if at is None and saying.dimensions == 1:
        raise saying.error("a distance to one side of a river is not read yet; name a town")
    if at is None:
        at = _edge(saying.outline, compass.bearing)
    point = shapely.Point(*destination(at.x, at.y, compass.bearing, far))
    region = relations.sector(
        at, compass.bearing, compass.tolerance, far + slack, max(far - slack, 0.0)
    )
    region = buffer(region, extent) if extent else region
    said = (
        f"{_words(saying)} {compass.word} of {saying.who}, give or take "
        f"{km(slack / saying.rules.extent)}, {compass.tolerance:g}° either way and the place's own "
        f"{km(extent)}"
    )
    return Ground(region, ("distance", "direction"), said, point)


def _offset(saying: Saying) -> tuple[float, shapely.Point | None, float, float]:
    """Distance, from which point, how finely it was stated and the extent of the place."""
    distance, shape = saying.tree.distance, saying.shape
    assert distance is not None  # noqa: S101 -- the grammar gives every offset a distance
    at = shape if shape.geom_type == "Point" else None
    extent = saying.rules.extent_m(saying.place) if at is not None else 0.0
    return distance.metres, at, distance.precision_m / 2 * saying.rules.extent, extent


def _words(saying: Saying) -> str:
    assert saying.tree.distance is not None  # noqa: S101 -- the grammar gives every offset one
    return saying.tree.distance.words


def _edge(polygon: BaseGeometry, bearing: float) -> shapely.Point:
    """Where one leaves a polygon when going from its middle in a direction."""
    middle = shapely.centroid(polygon)
    west, south, east, north = shapely.bounds(polygon)
    reach = float(distance_m(west, south, east, north))
    away = shapely.LineString(
        [middle, shapely.Point(*destination(middle.x, middle.y, bearing, reach))]
    )
    inside = shapely.get_coordinates(shapely.intersection(away, polygon))
    if not len(inside):
        return middle
    far = distance_m(middle.x, middle.y, inside[:, 0], inside[:, 1])
    return shapely.Point(inside[int(far.argmax())])


_ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {
    "in": _in,
    "near": _near,
    "outside": _outside,
    "outskirts": _outskirts,
    "along": _along,
    "part": _part,
    "within": _within,
    "distance": _at_distance,
    "direction": _at_distance_in_direction,
}


# -- a side, which cuts a neighbourhood --


def side(saying: Saying, given: Ground | None) -> Ground:
    """
    Keep what lies on one side of a place, in a neighbourhood or the default one.

    Parameters
    ----------
    saying : Saying
        "East of" a place.
    given : Ground or None
        What to cut; None for the default about the place.

    Returns
    -------
    Ground
        What is left.

    Raises
    ------
    LocalityError
        When nothing is left, or the river has no such bank there.
    """
    if saying.dimensions == 1:
        return _bank(saying, given)
    compass, who = saying.compass, saying.who
    reach = saying.rules.direction_m(saying.place)
    if given is not None:
        middle = shapely.centroid(saying.outline)
        far = min(covering_radius_m(middle, given.geometry) * 1.01 + 1, _FARTHEST_M)
        # A whole country says which town is meant, not how far from it; a river's course does.
        if far < _WIDE * reach or set(given.relations) != {"in"}:
            reach = far
    if saying.dimensions == 0:
        region = relations.sector(saying.shape, compass.bearing, compass.tolerance, reach)
    else:
        region = relations.beyond(saying.outline, compass.bearing, reach)
    if given is not None:
        region = solid(shapely.intersection(region, given.geometry))
    if region.is_empty:
        raise saying.error(f"none of that ground lies {compass.word} of {who}")
    limit = "" if given is not None else f", up to {km(reach)}"
    angle = f" ({compass.bearing:g}° ± {compass.tolerance:g}°)" if saying.dimensions == 0 else ""
    return Ground(region, ("direction",), f"{compass.word} of {who}{angle}{limit}")


def _bank(saying: Saying, given: Ground | None) -> Ground:
    compass, who, line = saying.compass, saying.who, saying.shape
    reach = saying.rules.direction_m(saying.place)
    limit = "" if given is not None else f", up to {km(reach)} from it"
    region = given.geometry if given is not None else band(relations.stem(line), reach)
    away = apart_m(region, line)
    if away > PASSES_M:
        raise saying.error(
            f"{who} and that ground are {km(away)} apart: a side of a river says nothing of "
            f"what is more than {km(PASSES_M)} from it; check both names"
        )
    facing = relations.facing(region, line, compass.bearing)
    if facing.bank is None:
        raise saying.error(
            f"{who} runs {axis(facing.course)} there, so neither of its banks is the "
            f"{compass.word} one; name another side"
        )
    bank = relations.banks(region, line)[facing.bank]
    if bank.is_empty:
        raise saying.error(
            f"none of that ground lies {compass.word} of {who}, which is {km(away)} from it"
        )
    runs = f"it runs {axis(facing.course)} over {km(facing.stretch_m)} there"
    return Ground(bank, ("side",), f"on the {compass.word} side of {who}{limit} ({runs})")
