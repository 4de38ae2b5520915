"""A river as one line with a direction: where a place lies along it, and where it meets another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import distance_m
from geoevents.geodesy.edges import cut
from geoevents.geodesy.points import GEOD
from geoevents.localities.shapes.plane import Plane, wrapped
from geoevents.localities.shapes.stems import stem

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_EDGE_M = 20_000.0  # a geodesic this long is straight in any plane that is used here
_JOINS_M = 10_000.0  # a mouth within this of another river's line is where the two meet
_SAMPLES = 129
_FAR_M = 1e8  # in place of what lies beyond the edge of a plane


class CourseTooShortError(ValueError):
    """
    There is not so much river.

    Parameters
    ----------
    wanted_m : float
        How far to go.
    left_m : float
        How much river there is that way.
    """

    def __init__(self, wanted_m: float, left_m: float) -> None:
        self.wanted_m, self.left_m = wanted_m, left_m
        super().__init__(f"there are {left_m / 1000:.1f} km of river that way")


@dataclass(frozen=True, slots=True)
class Spot:
    """
    Where something lies along a course.

    Parameters
    ----------
    at_m : float
        How far down the course its nearest point is, in metres from the source.
    away_m : float
        How far from the course it is; 0 where the course runs through it.
    point : shapely Point
        The nearest point of the course, in lon/lat.
    first_m, last_m : float
        From where to where the course runs through it; both `at_m` where it does not.
    """

    at_m: float
    away_m: float
    point: shapely.Point
    first_m: float
    last_m: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """
    Where two courses meet.

    Parameters
    ----------
    point : shapely Point
        On the first course, in lon/lat.
    at_m, other_at_m : float
        How far down the first and the second course it is, in metres.
    gap_m : float
        How far the two are apart there.
    """

    point: shapely.Point
    at_m: float
    other_at_m: float
    gap_m: float


@dataclass(frozen=True, eq=False)
class Course:
    """
    One line with a direction and geodesic lengths along it; `course` makes it.

    Parameters
    ----------
    lonlat : numpy.ndarray
        Its vertices, in degrees; longitudes run on past the antimeridian.
    at_m : numpy.ndarray
        How far down the course each vertex is, in metres.
    """

    lonlat: Floats
    at_m: Floats

    @property
    def length_m(self) -> float:
        """Length of the course, in metres."""
        return float(self.at_m[-1])

    @property
    def source(self) -> shapely.Point:
        """Its first point, in lon/lat."""
        return self.point(0.0)

    @property
    def mouth(self) -> shapely.Point:
        """Its last point, in lon/lat."""
        return self.point(self.length_m)

    @cached_property
    def line(self) -> BaseGeometry:
        """The whole course, in lon/lat; cut in two where it crosses the antimeridian."""
        return wrapped(shapely.LineString(self.lonlat))

    def point(self, at_m: float) -> shapely.Point:
        """
        Find the point at a length along the course.

        Parameters
        ----------
        at_m : float
            Metres from the source; beyond an end, that end is given.

        Returns
        -------
        shapely Point
            In lon/lat.
        """
        lon, lat = self._vertex(min(max(at_m, 0.0), self.length_m))
        return shapely.Point((lon + 180.0) % 360.0 - 180.0 if abs(lon) > 180.0 else lon, lat)  # noqa: PLR2004 -- degrees

    def stretch(self, first_m: float, last_m: float) -> BaseGeometry:
        """
        Cut out the course between two lengths along it.

        Parameters
        ----------
        first_m, last_m : float
            Metres from the source, in either order; beyond an end, that end is taken.

        Returns
        -------
        shapely LineString or MultiLineString
            In lon/lat, drawn downstream; of several lines where it crosses the antimeridian.
        """
        first, last = np.clip(np.sort([first_m, last_m]), 0.0, self.length_m)
        inside = self.lonlat[(self.at_m > first) & (self.at_m < last)]
        return wrapped(
            shapely.LineString(np.vstack([self._vertex(first), inside, self._vertex(last)]))
        )

    def onward(self, at_m: float, by_m: float) -> float:
        """
        Go down or up the course.

        Parameters
        ----------
        at_m : float
            From where, in metres from the source.
        by_m : float
            How far: downstream, or upstream if negative.

        Returns
        -------
        float
            Metres from the source.

        Raises
        ------
        CourseTooShortError
            When the course ends before that.
        """
        left = self.length_m - at_m if by_m > 0 else at_m
        if abs(by_m) > left:
            raise CourseTooShortError(abs(by_m), left)
        return at_m + by_m

    def spot(self, geometry: BaseGeometry) -> Spot:
        """
        Find where something lies along the course.

        Parameters
        ----------
        geometry : shapely geometry
            In lon/lat.

        Returns
        -------
        Spot
            The nearest point of the course, and from where to where it runs through a polygon.
        """
        plane = Plane.about(geometry)
        flat, there = self._flat(plane), plane.forward(geometry)
        inside = shapely.get_parts(shapely.intersection(flat, there))
        inside = inside[shapely.length(inside) > 0]
        if len(inside):
            ends = shapely.line_locate_point(flat, shapely.get_point(inside, [[0], [-1]]))
            first, last = self._metres(flat, np.array([ends.min(), ends.max()]))
            longest = int(np.argmax(shapely.length(inside)))
            at = float(self._metres(flat, ends[:, longest].mean(keepdims=True))[0])
            return Spot(at, 0.0, self.point(at), float(first), float(last))
        own, other = shapely.get_coordinates(shapely.shortest_line(flat, there))
        at = float(
            self._metres(flat, shapely.line_locate_point(flat, shapely.points(own[None])))[0]
        )
        point = self.point(at)
        target = plane.back(shapely.Point(other))
        away = float(distance_m(point.x, point.y, target.x, target.y))
        return Spot(at, away, point, at, at)

    def opposite(self, other: Course) -> BaseGeometry:
        """
        Cut out the part of the course that another one has over against it.

        Parameters
        ----------
        other : Course
            The other one.

        Returns
        -------
        shapely LineString or MultiLineString
            From the first to the last of the points that are nearest to points of the other; of a
            course that ends where it began the part on that side.
        """
        plane = Plane.about(other.line)
        flat = self._flat(plane)
        points = [other.point(at) for at in np.linspace(0.0, other.length_m, _SAMPLES)]
        along = shapely.line_locate_point(flat, plane.forward(np.array(points, dtype=object)))
        at = self._metres(flat, along)
        if self.source.equals_exact(self.mouth, 1e-9):
            at = np.unwrap(at, period=self.length_m)
            at -= self.length_m * np.floor(at.min() / self.length_m)
        first, last = float(at.min()), float(at.max())
        if last <= self.length_m or last - first >= self.length_m:
            return self.stretch(first, last)
        over = [self.stretch(first, self.length_m), self.stretch(0.0, last - self.length_m)]
        return shapely.line_merge(shapely.union_all(over))

    def meeting(self, other: Course) -> Meeting:
        """
        Find where another course meets this one.

        Parameters
        ----------
        other : Course
            The other one.

        Returns
        -------
        Meeting
            Where one of them ends at the other, or where they come nearest to each other.

        Notes
        -----
        A mouth that lies on the other course, or near it, is the confluence, though the lines
        may touch elsewhere too. Only if neither has one are the lines compared.
        """
        theirs, ours = self.spot(other.mouth), other.spot(self.mouth)
        if theirs.away_m <= ours.away_m:
            found = Meeting(theirs.point, theirs.at_m, other.length_m, theirs.away_m)
        else:
            found = Meeting(self.mouth, self.length_m, ours.at_m, ours.away_m)
        if found.gap_m <= _JOINS_M:
            return found
        nearest = self._nearest(other)
        return nearest if nearest.gap_m < found.gap_m else found

    def _nearest(self, other: Course) -> Meeting:
        """Where two lines come nearest to each other: roughly first, then in a plane about that."""
        plane = Plane.about(shapely.union_all([self.line, other.line]))
        one, _ = shapely.get_coordinates(
            shapely.shortest_line(self._flat(plane), other._flat(plane))
        )
        plane = Plane.about(plane.back(shapely.Point(one)))
        flat, theirs = self._flat(plane), other._flat(plane)
        ends = shapely.points(shapely.get_coordinates(shapely.shortest_line(flat, theirs)))
        at = float(self._metres(flat, shapely.line_locate_point(flat, ends[:1]))[0])
        other_at = float(other._metres(theirs, shapely.line_locate_point(theirs, ends[1:]))[0])
        here, there = self.point(at), other.point(other_at)
        gap = float(distance_m(here.x, here.y, there.x, there.y))
        return Meeting(here, at, other_at, gap)

    def _flat(self, plane: Plane) -> shapely.LineString:
        """Draw the course in a plane; what lies beyond the plane's edge is put far away."""
        xy = shapely.get_coordinates(plane.forward(shapely.LineString(self.lonlat)))
        return shapely.LineString(np.where(np.isfinite(xy), xy, _FAR_M))

    def _metres(self, flat: shapely.LineString, along: Floats) -> Floats:
        """Turn lengths along the drawn course into metres along the ground."""
        steps = np.hypot(*np.diff(shapely.get_coordinates(flat), axis=0).T)
        return np.interp(along, np.concatenate([[0.0], np.cumsum(steps)]), self.at_m)

    def _vertex(self, at_m: float) -> tuple[float, float]:
        i = int(np.clip(np.searchsorted(self.at_m, at_m, side="right") - 1, 0, len(self.at_m) - 2))
        (lon, lat), (to_lon, to_lat) = self.lonlat[i], self.lonlat[i + 1]
        azimuth, _, _ = GEOD.inv(lon, lat, to_lon, to_lat)
        if at_m >= self.at_m[i + 1]:
            return float(to_lon), float(to_lat)
        new_lon, new_lat, _ = GEOD.fwd(lon, lat, azimuth, at_m - self.at_m[i])
        return float(lon + (new_lon - lon + 180.0) % 360.0 - 180.0), float(new_lat)


@lru_cache(maxsize=128)
def course(line: BaseGeometry) -> Course:
    """
    Read a line as a course: in one piece, downstream as it is drawn.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In lon/lat.

    Returns
    -------
    Course
        The same line is read once and remembered.

    Examples
    --------
    >>> river = course(shapely.LineString([(40, 36), (40, 35), (41, 35)]))
    >>> round(river.length_m / 1000)
    202
    >>> river.mouth.wkt
    'POINT (41 35)'
    >>> round(river.spot(shapely.Point(40.1, 35.5)).at_m / 1000)
    55
    """
    lon, lat = shapely.get_coordinates(stem(line)).T
    lon = np.unwrap(lon, period=360.0)
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    metres = np.asarray(metres)
    lon, lat = lon[np.append(True, metres > 0)], lat[np.append(True, metres > 0)]
    metres = metres[metres > 0]
    pieces = np.ceil(metres / _EDGE_M).astype(np.intp)
    lon, lat, _ = cut(lon, lat, np.diff(lon), pieces)
    at = np.concatenate([[0.0], np.cumsum(np.repeat(metres / pieces, pieces))])
    return Course(np.column_stack([lon, lat]), at)
