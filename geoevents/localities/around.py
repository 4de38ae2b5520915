"""What one relation to a place covers: near it, at a distance, on a side of it, a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import buffer, destination, distance_m
from geoevents.localities import relations
from geoevents.localities.corridor import band
from geoevents.localities.ground import Ground
from geoevents.localities.plane import solid
from geoevents.localities.resolving import apart_m
from geoevents.localities.riverside import PASSES_M
from geoevents.localities.uncertainty import covering_radius_m
from geoevents.localities.wording import axis, km

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.ground import Saying
    from geoevents.localities.tree import Kind

_POLYGON = 2
_FARTHEST_M = 5e6
_LINE_M = 500.0  # a line that is drawn better than this is still that wide as ground
_WIDE = 3  # times what a direction reaches by itself: no longer a neighbourhood


# -- a region by itself --


def _in(saying: Saying) -> Ground:
    shape, who = saying.shape, saying.who
    if saying.dimensions == _POLYGON:
        return Ground(shape, ("in",), f"in {who}", None, inferred=False)
    if saying.dimensions == 1:
        return _stripe(saying)
    extent = saying.rules.extent_m(saying.subject)
    said = f"in {who}, within {km(extent)} of its centre"
    return Ground(buffer(shape, extent), ("in",), said, shape)


def _stripe(saying: Saying) -> Ground:
    """Give a line as ground: as wide as it may be off."""
    half = max(saying.subject.uncertainty_m, _LINE_M)
    core = relations.stem(saying.shape)
    said = f"on {saying.who}, {km(half)} to each side of its line"
    off, name = saying.subject.uncertainty_m, saying.subject.name
    return Ground(band(core, half), ("in",), said, core=core, off_m=off, name=name)


def _near(saying: Saying) -> Ground:
    reach = saying.rules.near_m(saying.subject)
    point = saying.shape if saying.dimensions == 0 else None
    region = buffer(saying.outline, reach)
    return Ground(region, ("near",), f"within {km(reach)} of {saying.who}", point)


def _outside(saying: Saying) -> Ground:
    near = saying.rules.near_m(saying.subject)
    return _around(saying, saying.rules.extent_m(saying.subject), near)


def _outskirts(saying: Saying) -> Ground:
    rules = saying.rules
    extent = rules.extent_m(saying.subject)
    return _around(saying, rules.outskirts_from * extent, rules.outskirts_to * extent)


def _around(saying: Saying, start: float, end: float) -> Ground:
    """Ground round a town between two distances; round anything else what is near it."""
    if saying.dimensions == 0:
        end = max(end, start * 1.2)
        said = f"from {km(start)} to {km(end)} from the centre of {saying.who}"
        return Ground(relations.ring(saying.shape, start, end), ("outside",), said)
    end = saying.rules.near_m(saying.subject)
    said = f"outside {saying.who}, up to {km(end)} from it"
    region = buffer(saying.outline, end)
    if saying.dimensions == _POLYGON:
        region = solid(shapely.difference(region, saying.shape))
    return Ground(region, ("outside",), said)


def _part(saying: Saying) -> Ground:
    compass = saying.compass
    if saying.dimensions == 0:
        extent = saying.rules.extent_m(saying.subject)
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
    extent = saying.rules.extent_m(saying.subject) if at is not None else 0.0
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


ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {
    "in": _in,
    "near": _near,
    "outside": _outside,
    "outskirts": _outskirts,
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
    reach = saying.rules.direction_m(saying.subject)
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
    reach = saying.rules.direction_m(saying.subject)
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


#: By kind: what it leaves of a ground; of None it takes a default about its subject.
CUTS: dict[Kind, Callable[[Saying, Ground | None], Ground]] = {"direction": side, "part": side}
