"""Ground between two things: a strip from one to the other, its middle, the land of two rivers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer, distance_m
from geoevents.geodesy.points import GEOD
from geoevents.localities.shapes.banks import banks
from geoevents.localities.shapes.courses import Course, course
from geoevents.localities.shapes.plane import Plane, solid

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.shapes.banks import Bank

    Floats = NDArray[np.float64]

_STEP_M = 20_000.0  # an edge this long is a straight line of lon/lat within some 5 m
_LEAST_STEPS = 8
_PIECES = 20  # a border in more is a coast with islands
_ROUGH_M = 2_000.0  # how far off an outline may be where only the nearest part of it is looked for
_JOINS_M = 10_000.0  # rivers whose lines come no nearer do not meet


@dataclass(frozen=True, slots=True)
class Span:
    """
    The shortest way from one thing to another.

    Parameters
    ----------
    start, end : shapely Point
        Where it leaves the one and reaches the other, in lon/lat; the same where they touch.
    distance_m : float
        Its length on the ground.
    """

    start: shapely.Point
    end: shapely.Point
    distance_m: float

    @property
    def middle(self) -> shapely.Point:
        """The point halfway along it, in lon/lat."""
        lon, lat = self._way(np.array([self.distance_m / 2]))[0][0]
        return shapely.Point((lon + 180.0) % 360.0 - 180.0, lat)

    def line(self) -> shapely.LineString:
        """
        Draw the way.

        Returns
        -------
        shapely LineString
            Its longitudes run on past the antimeridian.
        """
        return shapely.LineString(self._way(self._steps(self.distance_m))[0])

    @staticmethod
    def _steps(length_m: float, start: float = 0.0) -> Floats:
        count = max(_LEAST_STEPS, int(length_m / _STEP_M) + 1)
        return np.linspace(start, length_m, count + 1)

    def _way(self, along_m: Floats) -> tuple[Floats, Floats]:
        """Points of the geodesic and its bearing at each."""
        start, end = self.start, self.end
        azimuth, _, _ = GEOD.inv(start.x, start.y, end.x, end.y)
        same = np.ones_like(along_m)
        lon, lat, back = GEOD.fwd(start.x * same, start.y * same, azimuth * same, along_m)
        lon = np.unwrap(np.append(start.x, lon), period=360.0)[1:]
        return np.column_stack([lon, lat]), np.where(along_m > 0, back + 180.0, azimuth)

    def strip(self, half_width_m: float) -> BaseGeometry:
        """
        Draw the ground beside the way, its ends cut square.

        Parameters
        ----------
        half_width_m : float
            How far to each side, in metres, up to a quarter of the way round the earth.

        Returns
        -------
        shapely Polygon or MultiPolygon
            In lon/lat.

        Notes
        -----
        Each side is drawn by going the half-width at a right angle from points of the geodesic,
        so the strip is as wide at any latitude and in any direction.
        """
        points, heading = self._way(self._steps(self.distance_m))
        across = self._steps(half_width_m, -half_width_m)
        first, last = np.full_like(across, heading[0]), np.full_like(across, heading[-1])
        side = np.full_like(heading, half_width_m)
        lonlat = np.vstack(
            [
                np.tile(points[0], (len(across), 1)),
                points,
                np.tile(points[-1], (len(across), 1)),
                points[::-1],
            ]
        )
        bearing = np.concatenate([first, heading, last, heading[::-1]]) + 90.0
        far = np.concatenate([across[::-1], -side, across, side])  # right to left, down the left
        lon, lat, _ = GEOD.fwd(lonlat[:, 0], lonlat[:, 1], bearing, far)
        return solid(buffer(shapely.Polygon(np.column_stack([lon, lat])), 0))  # valid, within ±180


@lru_cache(maxsize=64)
def span(one: BaseGeometry, other: BaseGeometry) -> Span:
    """
    Find the shortest way from one geometry to another.

    Parameters
    ----------
    one, other : shapely geometry
        In lon/lat.

    Returns
    -------
    Span
        Of two points the geodesic between them.

    Examples
    --------
    >>> way = span(shapely.Point(40, 35), shapely.box(41, 34, 42, 36))
    >>> round(way.distance_m / 1000, 1), round(way.end.x, 3)
    (91.3, 41.0)
    """
    if one.geom_type == other.geom_type == "Point":
        far = float(distance_m(one.x, one.y, other.x, other.y))
        return Span(shapely.Point(one.x, one.y), shapely.Point(other.x, other.y), far)
    if shapely.intersects(one, other):
        shared = shapely.point_on_surface(shapely.intersection(one, other))
        return Span(shared, shared, 0.0)
    edges = [_edge(one), _edge(other)]  # outlines need no repair in a plane
    plane = Plane.about(shapely.GeometryCollection(edges))
    rough = [shapely.simplify(plane.forward(edge), _ROUGH_M) for edge in edges]
    flat = plane.back(shapely.shortest_line(*rough))
    # A plane about both is rough: what counts is drawn again in one about the way itself.
    plane = Plane.about(flat)
    window = shapely.buffer(
        plane.forward(flat), 10 * _ROUGH_M + 0.1 * shapely.length(plane.forward(flat))
    )
    drawn = [plane.forward(edge) for edge in edges]
    near = [shapely.clip_by_rect(line, *shapely.bounds(window)) for line in drawn]
    if any(map(shapely.is_empty, near)):
        near = drawn
    start, end = (
        plane.back(point)
        for point in shapely.points(shapely.get_coordinates(shapely.shortest_line(*near)))
    )
    return Span(start, end, float(distance_m(start.x, start.y, end.x, end.y)))


def _edge(geometry: BaseGeometry) -> BaseGeometry:
    polygonal = geometry.geom_type in ("Polygon", "MultiPolygon")
    return shapely.boundary(geometry) if polygonal else geometry


def strip(
    way: Span, half_width_m: float, radii_m: tuple[float, float], *, ends: bool
) -> BaseGeometry:
    """
    Draw the ground between two discs, with or without them.

    Parameters
    ----------
    way : Span
        From the centre of the one to that of the other.
    half_width_m : float
        How far to each side of the way, in metres.
    radii_m : tuple of float
        Of the two discs.
    ends : bool
        Whether the discs belong to it. Without, they are cut out if they do not meet.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat.

    Examples
    --------
    >>> from geoevents.geodesy import area
    >>> way = span(shapely.Point(40, 35), shapely.Point(41, 35))
    >>> round(area(strip(way, 10_000, (0, 0), ends=False)) / way.distance_m * 1000, 2)
    20.0
    """
    region = way.strip(half_width_m)
    discs = [
        buffer(point, radius)
        for point, radius in zip((way.start, way.end), radii_m, strict=True)
        if radius > 0
    ]
    if not discs or (not ends and sum(radii_m) >= way.distance_m):
        return region
    both = shapely.union_all(discs)
    return shapely.union(region, both) if ends else solid(shapely.difference(region, both))


@lru_cache(maxsize=16)
def land_between(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """
    Find the ground between two lines.

    Parameters
    ----------
    one, other : shapely LineString or MultiLineString
        Two rivers, in lon/lat.

    Returns
    -------
    shapely geometry
        In lon/lat; empty for a line and itself.

    Notes
    -----
    It is the part of their common convex hull that is on the other river's side of each: of a
    line that crosses the other, the side on which it is for most of its length. Of rivers that
    meet, only what is above that counts; and of the longer one no more than what lies below the
    point nearest to the shorter one's source, or as much as the shorter is long if that is more.

    Examples
    --------
    >>> west = shapely.LineString([(40, 35), (40, 36)])
    >>> land = land_between(west, shapely.LineString([(41, 35), (41, 36)]))
    >>> land.contains(shapely.Point(40.5, 35.5)), land.contains(shapely.Point(39.99, 35.5))
    (True, False)
    """
    lines = [course(one), course(other)]
    arms = _arms(*lines)
    return _enclosed(arms, [line.line for line in lines])


@lru_cache(maxsize=16)
def land_beside(
    line: BaseGeometry, border: BaseGeometry, country: BaseGeometry | None = None
) -> BaseGeometry:
    """
    Find the ground between a line and a border.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        A river, in lon/lat.
    border : shapely LineString or MultiLineString
        A border, or the whole outline of a country.
    country : shapely Polygon or MultiPolygon, optional
        The country whose whole outline it is: what lies between is not in it, where the river is
        not all in it.

    Returns
    -------
    shapely geometry
        In lon/lat: as for two rivers, with those parts of both that lie over against each other;
        empty where all of the river has the same point over against it.

    Examples
    --------
    >>> river, outline = shapely.LineString([(40, 36), (41, 36)]), shapely.box(39, 34, 42, 35)
    >>> land = land_beside(river, shapely.boundary(outline))
    >>> [round(x, 1) for x in land.bounds]
    [40.0, 35.0, 41.0, 36.0]
    """
    whole = river = course(line)
    outside = river.line if country is None else shapely.difference(river.line, country)
    if shapely.length(outside) > 0:
        river = course(outside)
    pieces = shapely.get_parts(border)
    if len(pieces) > _PIECES:  # a coast with its islands
        border = pieces[int(np.argmin(shapely.distance(pieces, river.line)))]
    over = course(border).opposite(river)
    if shapely.length(over) == 0:
        return shapely.Polygon()
    return _enclosed([river.opposite(course(over)), over], [whole.line, over])


def _enclosed(arms: list[BaseGeometry], lines: list[BaseGeometry]) -> BaseGeometry:
    """Find the part of the arms' hull that is on the other arm's side of each of the lines."""
    plane = Plane.about(shapely.union_all(arms))
    hull = shapely.convex_hull(shapely.union_all(plane.forward(np.array(arms, dtype=object))))
    if shapely.area(hull) == 0:
        return shapely.Polygon()
    region = around = plane.back(shapely.segmentize(hull, _STEP_M))
    for line, beside in zip(lines, arms[::-1], strict=True):
        both = banks(around, line)
        share = {bank: _length_in(beside, both[bank], plane) for bank in _BANKS}
        region = shapely.intersection(region, both[max(_BANKS, key=share.__getitem__)])
    return solid(region)


def _arms(one: Course, other: Course) -> list[BaseGeometry]:
    """Take the parts of two courses that have ground between them."""
    met = one.meeting(other)
    if met.gap_m > _JOINS_M:
        return [one.line, other.line]
    ends, reach = [], []
    for line, at in ((one, met.at_m), (other, met.other_at_m)):
        down = at < _JOINS_M  # drawn from the mouth up, or a river that begins there
        ends.append((at, line.length_m if down else 0.0))
        reach.append(abs(ends[-1][1] - at))
    shorter = int(np.argmin(reach))
    longer = (one, other)[1 - shorter]
    head = (one, other)[shorter].point(ends[shorter][1])
    at, end = ends[1 - shorter]
    foot = abs(longer.spot(head).at_m - at) if reach[shorter] else 0.0
    keep = min(max(foot, reach[shorter]), reach[1 - shorter])
    ends[1 - shorter] = (at, at + math.copysign(keep, end - at))
    return [line.stretch(*pair) for line, pair in zip((one, other), ends, strict=True)]


_BANKS: tuple[Bank, Bank] = ("left", "right")


def _length_in(line: BaseGeometry, region: BaseGeometry, plane: Plane) -> float:
    return float(shapely.length(plane.forward(shapely.intersection(line, region))))
