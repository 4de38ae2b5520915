"""The two sides of a line: which is left, which faces east, and a neighbourhood cut into both."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geoevents.localities.shapes import courses
from geoevents.localities.shapes.plane import Plane
from geoevents.localities.shapes.relations import segments
from geoevents.localities.shapes.stems import stem

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Bank = Literal["left", "right"]

_COURSE_M = 20_000.0  # a river's course is read over at least this much of it: longer than a bend
_ACROSS = math.sin(math.radians(12))  # a bank faces east when the course is at least 12° off east
_WIDEST = 7  # how many times the stretch that shows the course is doubled


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
    return _banks(plane, plane.forward(neighbourhood), plane.forward(_course(neighbourhood, line)))


def _course(neighbourhood: BaseGeometry, line: BaseGeometry) -> shapely.LineString:
    """
    Choose the stretch of a line whose sides a neighbourhood has.

    It is the line's main course, but for a neighbourhood that only another piece of it runs
    through: an exclave's border, an arm of a delta.
    """
    parts = shapely.get_parts(line)
    if len(parts) > 1 and not shapely.intersects(courses.course(line).line, neighbourhood):
        through = parts[shapely.intersects(parts, neighbourhood)]
        if len(through):
            return stem(shapely.multilinestrings(through))
    return stem(line)


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
    region, course = plane.forward(neighbourhood), plane.forward(_course(neighbourhood, line))
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
