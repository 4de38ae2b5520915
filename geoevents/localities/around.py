"""What one relation to a place covers: near it, at a distance, on a side of it, a part of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer, destination, distance_m
from geoevents.localities.ground import Ground
from geoevents.localities.shapes import relations
from geoevents.localities.shapes.frontiers import beside
from geoevents.localities.shapes.plane import Plane, solid
from geoevents.localities.shapes.sweeps import beyond
from geoevents.localities.sides import bank
from geoevents.localities.sketches import is_sketch
from geoevents.localities.wording import km

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.ground import Saying
    from geoevents.localities.tree import Kind

_POLYGON = 2
_LINE_M = 500.0  # a line that is drawn better than this is still that wide as ground
_FARTHEST_M = 4.9e6  # distances in the planes of this library are good to 5,000 km
_LEAST_M = 1.0  # of ground about a position
_HEART = 1 / 3  # of the radius of the disc of a polygon's area


# -- a region by itself --


def _in(saying: Saying) -> Ground:
    shape, who = saying.shape, saying.who
    if saying.dimensions == _POLYGON:
        inferred = saying.subject.kind == "ground"
        return Ground(shape, ("in",), f"in {who}", inferred=inferred, name=who)
    if saying.dimensions == 1:
        return _stripe(saying)
    extent = _extent_m(saying)
    heart = "that point" if is_sketch(saying.subject) else "its centre"
    said = f"in {who}, within {km(extent)} of {heart}"
    if saying.subject.kind == "position":
        return _disc(saying, extent, "position", f"at {who}")
    return _disc(saying, extent, "in", said)


def _disc(saying: Saying, radius_m: float, word: str, said: str) -> Ground:
    """Round a town; relations to it are still about its centre."""
    at = saying.shape
    name = saying.subject.name
    return Ground(buffer(at, radius_m), (word,), said, at, core=at, off_m=radius_m, name=name)


def _stripe(saying: Saying) -> Ground:
    """Give a line as ground: as wide as it may be off."""
    half = max(saying.subject.uncertainty_m, _LINE_M * saying.rules.scale)
    said = f"on {saying.who}, {km(half)} to each side of its line"
    off, name = saying.subject.uncertainty_m, saying.subject.name
    core = saying.shape
    return Ground(buffer(saying.outline, half), ("in",), said, core=core, off_m=off, name=name)


def _near(saying: Saying, word: str = "near") -> Ground:
    reach = saying.rules.near_m(saying.subject)
    said = f"within {km(reach)} of {saying.who}"
    if saying.dimensions == 0:
        return _disc(saying, reach, word, said)
    core = saying.shape if saying.dimensions == 1 else None
    off, name = saying.subject.uncertainty_m, saying.subject.name if core is not None else ""
    region = beside(saying.outline, reach)
    return Ground(region, (word,), said, core=core, off_m=off, name=name)


def _area(saying: Saying) -> Ground:
    if saying.dimensions < _POLYGON:
        return _near(saying, "area")
    return replace(_in(saying), relations=("area",))


def _centre(saying: Saying) -> Ground:
    extent, who = _extent_m(saying), saying.who
    if saying.dimensions == 1:
        raise saying.error(f"{who} is a line and has no centre; name a place on it")
    if saying.dimensions == 0:
        reach = saying.rules.centre * extent
        return _disc(
            saying, reach, "centre", f"the centre of {who}, within {km(reach)} of its middle"
        )
    reach = _HEART * extent * saying.rules.scale
    middle = _middle(saying)
    region = solid(shapely.intersection(buffer(middle, reach), saying.shape))
    said = f"the centre of {who}, within {km(reach)} of its middle"
    return Ground(region, ("centre",), said, middle)


def _outside(saying: Saying) -> Ground:
    start = _own_m(saying)
    near = saying.rules.plain.near_m(saying.subject)
    return _around(saying, start, max(near, 1.2 * start), start, "outside")


def _outskirts(saying: Saying) -> Ground:
    rules, own = saying.rules, _own_m(saying)
    if saying.dimensions == _POLYGON:
        reach = rules.near_m(saying.subject)
        region = buffer(shapely.boundary(saying.outline), reach)
        said = f"within {km(reach)} of the edge of {saying.who}, to both sides"
        return Ground(region, ("outskirts",), said, name=f"the outskirts of {saying.subject.name}")
    low, high = rules.outskirts_from * own, rules.outskirts_to * own
    return _around(saying, low, max(high, 1.2 * low), (low + high) / 2, "outskirts")


def _own_m(saying: Saying) -> float:
    """Radius of a town, which no reported area changes."""
    return _extent_m(saying) / saying.rules.scale


def _around(saying: Saying, start: float, end: float, fixed: float, word: str) -> Ground:
    """
    Ground round a town between two distances; round anything else what is near it.

    For a reported area the ring widens from a fixed distance.
    """
    if saying.dimensions == 0:
        scale = saying.rules.scale
        start, end = max(fixed + scale * (start - fixed), 0.0), fixed + scale * (end - fixed)
        said = f"from {km(start)} to {km(end)} from the centre of {saying.who}"
        region = relations.ring(saying.shape, start, end)
        name = "" if word == "outside" else f"the {word} of {saying.subject.name}"
        return Ground(region, (word,), said, middle=saying.shape, name=name)
    end = saying.rules.near_m(saying.subject)
    said = f"outside {saying.who}, up to {km(end)} from it"
    region = buffer(saying.outline, end)
    if saying.dimensions == _POLYGON:
        region = solid(shapely.difference(region, saying.shape))
    return Ground(region, (word,), said)


def _countryside(saying: Saying) -> Ground:
    """Take what belongs to a town: its province, where it is the seat of one of its name."""
    rules, who = saying.rules, saying.who
    province = saying.others[0] if saying.others else None
    if saying.dimensions == 1:
        raise saying.error(f"{who} is a line and has no countryside; name a place on it")
    if saying.dimensions == _POLYGON:
        return replace(_in(saying), relations=("countryside",))
    extent = _own_m(saying)
    if province is None:
        end = max(rules.plain.direction_m(saying.subject), 1.2 * extent)
        ground = _around(saying, extent, end, extent, "countryside")
        return replace(
            ground, said=f"the countryside of {who}, {ground.said.split(' of ')[0]} of it"
        )
    town = buffer(saying.shape, extent)
    region = solid(shapely.difference(province.geometry, town))
    said = f"{province.said} without the town itself, {km(extent)} about the centre of {who}"
    name = f"the countryside of {saying.subject.name}"
    return Ground(region, ("countryside",), said, middle=saying.shape, name=name)


def _part(saying: Saying) -> Ground:
    compass, middle = saying.compass, saying.subject.middle
    name = f"the {compass.word} of {saying.subject.name}"
    if saying.dimensions == 0:
        extent = _extent_m(saying)
        region = relations.sector(saying.shape, compass.bearing, 2 * compass.tolerance, extent)
        said = f"the {compass.word} of {saying.who}, {km(extent)} about its centre"
        return Ground(region, ("part",), said, name=name)
    region = relations.part(saying.shape, compass.bearing, compass.tolerance, middle)
    about = "its middle" if middle is None else "the town"
    said = f"the part of {saying.who} that lies {compass.word} of {about}"
    if region.is_empty:
        raise saying.error(f"none of {saying.who} lies {compass.word} of {about}")
    return Ground(region, ("part",), said, middle=middle, name=name)


def _within(saying: Saying) -> Ground:
    far, at, _, extent = _offset(saying)
    region = buffer(saying.outline, far + extent)
    own = f", and the place's own {km(extent)}" if extent else ""
    return Ground(region, ("within",), f"within {_words(saying)} of {saying.who}{own}", at)


def _at_distance(saying: Saying) -> Ground:
    far, _, slack, extent = _offset(saying)
    inner = max(far - slack - extent, 0.0)
    region = relations.ring(saying.outline, inner, far + slack + extent)
    said = f"{_words(saying)} from {saying.who}, in any direction"
    return Ground(region, ("distance",), f"{said}, give or take {_slack(saying, slack, extent)}")


def _at_distance_in_direction(saying: Saying) -> Ground:
    """Take all that a distance and a direction may mean."""
    far, at, slack, extent = _offset(saying)
    compass, words = saying.compass, ("distance", "direction")
    if at is None:
        return _off_an_edge(saying, far, slack)
    point = shapely.Point(*destination(at.x, at.y, compass.bearing, far))
    region = relations.sector(
        at, compass.bearing, compass.tolerance, far + slack, max(far - slack, 0.0)
    )
    region = buffer(region, extent) if extent else region
    said = (
        f"{_words(saying)} {compass.word} of {saying.who}, give or take {km(slack)}, "
        f"{compass.tolerance:g}° either way and the place's own {km(extent)}"
    )
    return Ground(region, words, said, point, core=point, off_m=slack + extent)


def _off_an_edge(saying: Saying, far: float, slack: float) -> Ground:
    """Between two distances of a river or a province, on one side of it."""
    compass, outline = saying.compass, saying.outline
    inner, outer = max(far - slack, 0.0), far + slack
    line = saying.dimensions == 1
    said = (
        f"{_words(saying)} {compass.word} of {saying.who}, measured from its "
        f"{'line' if line else 'edge'}, give or take {km(slack)}"
    )
    if line:
        ring = Ground(relations.ring(outline, inner, outer), (), said)
        return Ground(bank(saying, ring).geometry, ("distance", "direction"), said)
    region = beyond(outline, compass.bearing, outer)
    if inner > 0:
        coarse = max(saying.subject.uncertainty_m / 2, inner / 100)
        region = solid(shapely.difference(region, buffer(outline, inner, tolerance_m=coarse)))
    if region.is_empty:
        raise saying.error(f"no ground is {_words(saying)} {compass.word} of {saying.who}")
    edge = _edge(outline, compass.bearing)
    point = shapely.Point(*destination(edge.x, edge.y, compass.bearing, far))
    return Ground(region, ("distance", "direction"), said, point)


def _offsets(saying: Saying) -> Ground:
    """Go one leg after the other; each may be as far off as it was rounded."""
    at = _middle(saying)
    extent = _extent_m(saying) if saying.dimensions == 0 else 0.0
    legs, scale = saying.tree.legs, saying.rules.scale
    lon, lat = np.array([at.x]), np.array([at.y])
    for leg in legs:  # columns: as said, and each corner of what may be meant
        slack = leg.distance.slack_m * scale
        metres = leg.distance.metres + np.array([0.0, -slack, slack])
        lon, lat = np.repeat(lon, 3), np.repeat(lat, 3)
        bearing = np.full(len(lon), leg.compass.bearing)
        lon, lat = destination(lon, lat, bearing, np.tile(metres, len(lon) // 3))
    point = shapely.Point(lon[0], lat[0])
    plane = Plane.about(point)
    corners = plane.forward(shapely.MultiPoint(np.column_stack([lon, lat])))
    box = plane.back(shapely.buffer(shapely.convex_hull(corners), _LEAST_M))  # of one axis too
    region = buffer(box, extent) if extent else box
    way = " and ".join(f"{leg.distance.words} {leg.compass.word}" for leg in legs)
    give = " and ".join(km(leg.distance.slack_m * scale) for leg in legs)
    own = f" and the place's own {km(extent)}" if extent else ""
    said = f"{way} of {saying.who}, give or take {give}{own}"
    return Ground(region, ("offsets",), said, point, core=point, off_m=extent)


def _offset(saying: Saying) -> tuple[float, shapely.Point | None, float, float]:
    """Distance, from which point, how finely it was stated and the extent of the place."""
    distance, shape = saying.tree.distance, saying.shape
    assert distance is not None  # noqa: S101 -- the grammar gives every offset a distance
    at = shape if shape.geom_type == "Point" else None
    extent = _extent_m(saying) if at is not None else 0.0
    if distance.metres > _FARTHEST_M:
        raise saying.error(f"{distance.words} is too far: at most {km(_FARTHEST_M)} are drawn")
    return distance.metres, at, distance.slack_m * saying.rules.scale, extent


def _words(saying: Saying) -> str:
    assert saying.tree.distance is not None  # noqa: S101 -- the grammar gives every offset one
    return saying.tree.distance.words


def _slack(saying: Saying, slack: float, extent: float) -> str:
    own = f" and the place's own {km(extent)}" if saying.dimensions == 0 else ""
    return f"{km(slack)}{own}"


def _extent_m(saying: Saying) -> float:
    """Return a radius: of a position in figures its own, which no rule makes larger."""
    if saying.subject.kind == "position":
        return max(saying.subject.uncertainty_m, _LEAST_M) * saying.rules.scale
    return saying.rules.extent_m(saying.subject)


def _middle(saying: Saying) -> shapely.Point:
    """Return a point in the middle of a subject, and in it."""
    shape, point = saying.shape, saying.subject.point
    if saying.dimensions == 0:
        return shapely.centroid(shape)
    plane = Plane.about(shape)
    middle = plane.back(shapely.centroid(plane.forward(shape)))
    if saying.dimensions == _POLYGON and shapely.intersects(shape, middle):
        return middle
    return shapely.point_on_surface(shape) if point is None else point


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


#: By kind: what it covers by itself.
ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {
    "in": _in,
    "near": _near,
    "area": _area,
    "centre": _centre,
    "outside": _outside,
    "outskirts": _outskirts,
    "countryside": _countryside,
    "part": _part,
    "within": _within,
    "distance": _at_distance,
    "direction": _at_distance_in_direction,
    "offsets": _offsets,
}
