"""
Spatial relations: the ground that a word such as "east of" stands for.

Geometries go in and come out in lon/lat; the work is done on geodesics or in an equal-area plane
about the place, so that shapes are true on the ground at any latitude.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geoevents.geodesy import buffer, destination
from geoevents.localities.courses import stem
from geoevents.localities.plane import Plane, solid

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Bank = Literal["left", "right"]

_COURSE_M = 20_000.0  # a river's course is read over at least this much of it: longer than a bend
_ACROSS = math.sin(math.radians(12))  # a bank faces east when the course is at least 12° off east
_SPOKE = 9  # points to a side of a sector, at least
_STEP_M = 50_000.0  # and one for so many metres
_WIDEST = 7  # how many times the stretch that shows the course is doubled


def ring(geometry: BaseGeometry, inner_m: float, outer_m: float) -> BaseGeometry:
    """
    Ground between two distances of a geometry.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat.
    inner_m, outer_m : float
        The distances in metres; with an inner one of 0, what lies outside the geometry itself.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat.

    Examples
    --------
    >>> around = ring(shapely.Point(40, 35), 1_000, 2_000)
    >>> around.contains(shapely.Point(40, 35))
    False
    """
    outer = buffer(geometry, outer_m)
    hole = buffer(geometry, inner_m) if inner_m > 0 else geometry
    return shapely.difference(outer, hole) if shapely.get_dimensions(hole) > 1 else outer


def sector(
    point: shapely.Point,
    bearing: float,
    tolerance: float,
    outer_m: float,
    inner_m: float = 0.0,
) -> BaseGeometry:
    """
    Ground that lies in a direction from a point, between two distances.

    Parameters
    ----------
    point : shapely Point
        In lon/lat.
    bearing : float
        Direction in degrees clockwise from true north.
    tolerance : float
        How far either way, in degrees.
    outer_m, inner_m : float
        How far, in metres.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat; its arcs and sides are geodesic.

    Examples
    --------
    >>> east = sector(shapely.Point(40, 35), 90, 45, 10_000)
    >>> east.contains(shapely.Point(40.05, 35)), east.contains(shapely.Point(40, 35.05))
    (True, False)
    """
    fine = max(_SPOKE, int((outer_m - inner_m) / _STEP_M))
    arc = np.linspace(
        bearing - tolerance,
        bearing + tolerance,
        max(_SPOKE, int(2 * tolerance), int(math.radians(2 * tolerance) * outer_m / _STEP_M)),
    )
    steps = np.linspace(inner_m, outer_m, fine)
    # Out along one side, round the far arc, back along the other side, round the near arc.
    bearings = [np.full(fine, arc[0]), arc, np.full(fine, arc[-1])]
    distances = [steps, np.full(len(arc), outer_m), steps[::-1]]
    if inner_m > 0:
        bearings.append(arc[::-1])
        distances.append(np.full(len(arc), inner_m))
    azimuth, metres = np.concatenate(bearings), np.concatenate(distances)
    lon, lat = destination(
        np.full(len(azimuth), point.x), np.full(len(azimuth), point.y), azimuth, metres
    )
    return solid(buffer(shapely.Polygon(np.column_stack([lon, lat])), 0))  # valid, within ±180


def beyond(polygon: BaseGeometry, bearing: float, depth_m: float) -> BaseGeometry:
    """
    Ground that is reached by leaving a polygon in a direction.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        In lon/lat.
    bearing : float
        Direction in degrees clockwise from north.
    depth_m : float
        How far to go, in metres.

    Returns
    -------
    shapely geometry
        The polygon swept in that direction, without itself and without what has some of it in
        front as well (a bay in its side), in lon/lat.

    Examples
    --------
    >>> east = beyond(shapely.box(40, 35, 41, 36), 90, 20_000)
    >>> east.contains(shapely.Point(41.1, 35.5)), east.contains(shapely.Point(39.9, 35.5))
    (True, False)
    """
    plane = Plane.about(polygon)
    flat = shapely.buffer(plane.forward(polygon), 0)
    west, south, east, north = shapely.bounds(flat)
    across = math.hypot(east - west, north - south)
    coarse = max(
        depth_m / 200, across / 2000
    )  # each edge is swept: of a continent's, the long ones
    outline = shapely.simplify(flat, coarse)
    behind = _swept(outline, bearing + 180, across)
    swept = shapely.difference(_swept(outline, bearing, depth_m), shapely.union(behind, flat))
    parts = shapely.get_parts(solid(swept))
    # Simplifying leaves slivers along the sides, no thicker than its tolerance.
    kept = [part for part in parts if not shapely.buffer(part, -2 * coarse).is_empty]
    return plane.back(shapely.union_all(kept or parts))


@lru_cache(maxsize=16)
def _behind(
    polygon: BaseGeometry, bearing: float, across: float, coarse: float
) -> tuple[BaseGeometry, BaseGeometry]:
    """Return a polygon simplified in its plane, and it with all that has some of it in front."""
    flat = shapely.buffer(Plane.about(polygon).forward(polygon), 0)
    outline = shapely.simplify(flat, coarse)
    return outline, shapely.union(_swept(outline, bearing + 180, across), flat)


def _swept(outline: BaseGeometry, bearing: float, depth_m: float) -> BaseGeometry:
    """Return the ground that an outline passes over when it is moved, itself included."""
    angle = math.radians(bearing)
    move = np.array([math.sin(angle), math.cos(angle)]) * depth_m
    edges = segments(shapely.boundary(outline))
    corners = [edges[:, 0], edges[:, 1], edges[:, 1] + move, edges[:, 0] + move]
    quads = shapely.make_valid(shapely.polygons(np.stack(corners, axis=1)))
    return shapely.union_all(np.append(quads, outline))


def part(
    region: BaseGeometry, bearing: float, tolerance: float, about: shapely.Point | None = None
) -> BaseGeometry:
    """
    Cut out the part of a region that lies in a direction from its middle.

    Parameters
    ----------
    region : shapely Polygon or MultiPolygon
        In lon/lat.
    bearing : float
        Direction in degrees clockwise from north.
    tolerance : float
        Of the compass word: with 45 (north) the half on that side of the centroid, with 22.5
        (north-east) the quarter.
    about : shapely Point, optional
        What the part lies in that direction of; the centroid if not given.

    Returns
    -------
    shapely geometry
        In lon/lat.

    Examples
    --------
    >>> north = part(shapely.box(40, 35, 41, 36), 0, 45)
    >>> north.contains(shapely.Point(40.5, 35.9)), north.contains(shapely.Point(40.5, 35.1))
    (True, False)
    """
    plane = Plane.about(region)
    flat = plane.forward(region)
    middle = shapely.centroid(flat) if about is None else plane.forward(about)
    west, south, east, north = shapely.bounds(flat)
    reach = 2 * math.hypot(east - west, north - south)
    angles = np.radians(np.linspace(bearing - 2 * tolerance, bearing + 2 * tolerance, 33))
    arc = np.column_stack([np.sin(angles), np.cos(angles)]) * reach + [middle.x, middle.y]
    wedge = shapely.Polygon(np.vstack([[middle.x, middle.y], arc]))
    return plane.back(solid(shapely.intersection(flat, wedge)))


@dataclass(frozen=True, slots=True)
class Banks:
    """
    A neighbourhood cut in two by a line.

    Parameters
    ----------
    left, right : shapely geometry
        What lies left and right of the line as it is drawn, in lon/lat; either may be empty.
    """

    left: BaseGeometry
    right: BaseGeometry

    def __getitem__(self, bank: Bank) -> BaseGeometry:
        return self.left if bank == "left" else self.right


def banks(neighbourhood: BaseGeometry, line: BaseGeometry) -> Banks:
    """
    Cut a neighbourhood along a line into what lies left and right of it.

    Parameters
    ----------
    neighbourhood : shapely Polygon or MultiPolygon
        In lon/lat.
    line : shapely LineString or MultiLineString
        In lon/lat; where it ends inside the neighbourhood it is carried on straight.

    Returns
    -------
    Banks
        Both sides; together they are the neighbourhood, and they do not overlap.

    Notes
    -----
    The neighbourhood is split along the line. Each piece is then asked which side of the line's
    segments it touches, by length, so bends and islands do not matter; a piece that touches none
    takes the side on which it lies of the point nearest to it.

    Examples
    --------
    >>> both = banks(shapely.box(0, 0, 1, 1), shapely.LineString([(0.5, -1), (0.5, 2)]))
    >>> both.left.contains(shapely.Point(0.2, 0.5)), both.right.contains(shapely.Point(0.8, 0.5))
    (True, True)
    """
    plane = Plane.about(neighbourhood)
    return _banks(plane, plane.forward(neighbourhood), plane.forward(stem(line)))


def bank_of(point: shapely.Point, line: BaseGeometry) -> Bank:
    """
    Say on which side of a line a point lies.

    Parameters
    ----------
    point : shapely Point
        In lon/lat.
    line : shapely LineString or MultiLineString
        In lon/lat.

    Returns
    -------
    {"left", "right"}
        Of the line as it is drawn; of a point on it, either.

    Notes
    -----
    The shortest way from the point to the line crosses no other stretch of it, so the side is that
    of the nearest stretch. The disc about the point that just holds it is cut along the line, which
    settles it where the nearest point is a corner.

    Examples
    --------
    >>> bank_of(shapely.Point(0.2, 0.5), shapely.LineString([(0.5, -1), (0.5, 2)]))
    'left'
    """
    plane = Plane.about(point)
    at, course = plane.forward(point), plane.forward(stem(line))
    disc = shapely.buffer(at, 1.2 * shapely.distance(at, course) + 10.0)
    left = plane.forward(_banks(plane, disc, course).left)
    return "left" if shapely.intersects(left, at) else "right"


def _banks(plane: Plane, region: BaseGeometry, course: shapely.LineString) -> Banks:
    west, south, east, north = shapely.bounds(region)
    diameter = math.hypot(east - west, north - south)
    away = shapely.distance(course, shapely.Point((west + east) / 2, (south + north) / 2))
    course = _extended(course, 4 * (diameter + away))
    near = shapely.intersection(course, shapely.box(west - 1, south - 1, east + 1, north + 1))
    cut = shapely.intersection(near, region)
    if shapely.length(cut) == 0:
        pieces = shapely.get_parts(region)
    else:
        noded = shapely.union_all([shapely.boundary(region), near])
        pieces = shapely.get_parts(shapely.polygonize([noded]))
        pieces = pieces[shapely.intersects(region, shapely.point_on_surface(pieces))]
    shapely.prepare(pieces)
    leftness = _votes(pieces, cut)
    for i in np.flatnonzero(leftness == 0):
        leftness[i] = _side_of(course, shapely.point_on_surface(pieces[i]))
    left = shapely.union_all(pieces[leftness > 0])
    right = shapely.union_all(pieces[leftness <= 0])
    return Banks(plane.back(left), plane.back(right))


def _votes(pieces: NDArray[np.object_], cut: BaseGeometry) -> NDArray[np.float64]:
    """By piece: metres of line that it lies left of, less metres that it lies right of."""
    votes = np.zeros(len(pieces))
    if shapely.length(cut) == 0:
        return votes
    edges = segments(cut)
    step = edges[:, 1] - edges[:, 0]
    lengths = np.hypot(*step.T)
    edges, step, lengths = edges[lengths > 0], step[lengths > 0], lengths[lengths > 0]
    normal = np.column_stack([-step[:, 1], step[:, 0]]) / lengths[:, None]
    middle = edges.mean(axis=1)
    off = np.minimum(0.01 * lengths, 1.0)[:, None] * normal
    left, right = middle + off, middle - off
    for i, piece in enumerate(pieces):  # a few, and each is prepared
        votes[i] = lengths[shapely.contains_xy(piece, left)].sum()
        votes[i] -= lengths[shapely.contains_xy(piece, right)].sum()
    return votes


def _side_of(course: shapely.LineString, point: shapely.Point) -> float:
    """Say whether the point is left (1) or right (-1) of the nearest stretch of the line."""
    at = shapely.line_locate_point(course, point)
    before = shapely.line_interpolate_point(course, max(at - 1.0, 0.0))
    after = shapely.line_interpolate_point(course, min(at + 1.0, course.length))
    on = shapely.line_interpolate_point(course, at)
    cross = (after.x - before.x) * (point.y - on.y) - (after.y - before.y) * (point.x - on.x)
    return 1.0 if cross > 0 else -1.0


def _extended(course: shapely.LineString, by: float) -> shapely.LineString:
    """Carry both ends of a line on, each in the direction of its last tenth."""
    xy = shapely.get_coordinates(course)
    tails = shapely.line_interpolate_point(course, [0.1, 0.9], normalized=True)
    ends = []
    for end, tail in zip((xy[0], xy[-1]), tails, strict=True):
        away = end - [tail.x, tail.y]
        ends.append(end + away / np.hypot(*away) * by)
    return shapely.LineString(np.vstack([ends[0], xy, ends[1]]))


def segments(lines: BaseGeometry) -> NDArray[np.float64]:
    """
    List the segments of lines.

    Parameters
    ----------
    lines : shapely geometry or array of them
        What is no line is left out.

    Returns
    -------
    numpy.ndarray
        n by 2 ends by 2 coordinates.
    """
    parts = shapely.get_parts(shapely.get_parts(lines))
    parts = parts[shapely.get_dimensions(parts) == 1]
    xy, owner = shapely.get_coordinates(parts, return_index=True)
    joined = owner[1:] == owner[:-1]
    return np.stack([xy[:-1][joined], xy[1:][joined]], axis=1)


@dataclass(frozen=True, slots=True)
class Facing:
    """
    Which bank of a line is on a compass side, and by what stretch of it.

    Parameters
    ----------
    bank : {"left", "right"} or None
        Of the line as it is drawn; None where it runs along the bearing for all its length, so
        that neither bank is on that side.
    course : float
        Direction of the stretch that decided, in degrees; one of its two.
    stretch_m : float
        How long that stretch is.
    """

    bank: Bank | None
    course: float
    stretch_m: float


def facing(neighbourhood: BaseGeometry, line: BaseGeometry, bearing: float) -> Facing:
    """
    Say which bank of a line is the one on a compass side.

    Parameters
    ----------
    neighbourhood : shapely geometry
        Where it is asked, in lon/lat.
    line : shapely LineString or MultiLineString
        In lon/lat.
    bearing : float
        The compass side: 90 for the eastern bank.

    Returns
    -------
    Facing
        The bank, and the course that decided.

    Notes
    -----
    The course is the chord across the neighbourhood, at least 20 km of river. Where it lies within
    12 degrees of the bearing asked for, the stretch is doubled until it does not.

    Examples
    --------
    >>> river = shapely.LineString([(0.5, 2), (0.4, 0.6), (0.6, 0.4), (0.5, -1)])
    >>> facing(shapely.box(0, 0, 1, 1), river, 90).bank
    'left'
    """
    plane = Plane.about(neighbourhood)
    region, course = plane.forward(neighbourhood), plane.forward(stem(line))
    inside = shapely.intersection(course, region)
    if shapely.length(inside) == 0:  # an empty line has a dimension
        at = np.array([shapely.line_locate_point(course, shapely.centroid(region))])
        west, south, east, north = shapely.bounds(region)
        span = math.hypot(east - west, north - south)
    else:
        runs = shapely.get_parts(inside)
        ends = shapely.get_point(runs[shapely.length(runs) > 0], [[0], [-1]])
        at = shapely.line_locate_point(course, ends)
        span = float(np.ptp(at))
    middle = float(at.min() + at.max()) / 2
    span = max(span, _COURSE_M)
    angle = math.radians(bearing)
    heading = 0.0
    for _ in range(_WIDEST):
        first = max(0.0, middle - span / 2)
        last = min(course.length, middle + span / 2)
        a, b = shapely.line_interpolate_point(course, [first, last])
        dx, dy = b.x - a.x, b.y - a.y
        heading = math.degrees(math.atan2(dx, dy)) % 360
        across = (-dy * math.sin(angle) + dx * math.cos(angle)) / max(math.hypot(dx, dy), 1e-9)
        if abs(across) >= _ACROSS:
            return Facing("left" if across > 0 else "right", heading, last - first)
        span *= 2
    return Facing(None, heading, course.length)
