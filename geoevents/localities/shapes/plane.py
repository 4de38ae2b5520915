"""A plane to draw on: an equal-area projection about a point, and back to lon/lat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy.equalarea import EqualArea
from geoevents.geodesy.lonlat import unrolled

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_ROUNDING = 1e-6  # of an area: less may be what rounding left
_NEEDLE = 1e-13  # of an area: less is what rounding left
_HALF_TURN = 180.0
_SURFACE = 2
_DEGREE_M = 110_000.0
_POLAR = 88.0
_EDGE_M = 2_000.0


@dataclass(frozen=True)
class Plane:
    """
    Lambert azimuthal equal-area plane about a point.

    Parameters
    ----------
    lon, lat : float
        The centre, in degrees. Rounded to a hundredth, so that planes are shared.
    """

    lon: float
    lat: float

    @classmethod
    def about(cls, geometry: BaseGeometry) -> Plane:
        """
        Centre a plane on a geometry's bounds.

        Parameters
        ----------
        geometry : shapely geometry
            In lon/lat.

        Returns
        -------
        Plane
            A plane whose centre is the middle of the bounds.
        """
        west, south, east, north = shapely.bounds(geometry)
        if east - west > _HALF_TURN:  # cut at the antimeridian: its eastern part has low longitudes
            lon = shapely.get_coordinates(geometry)[:, 0] % 360
            west, east = lon.min(), lon.max()
        lon = (west + east) / 2
        return cls(round(float((lon + 180) % 360 - 180), 2), round(float(south + north) / 2, 2))

    def forward(self, geometry: BaseGeometry) -> BaseGeometry:
        """
        Project a geometry into the plane.

        Parameters
        ----------
        geometry : shapely geometry
            In lon/lat.

        Returns
        -------
        shapely geometry
            In metres.
        """
        flat = shapely.transform(geometry, _equal_area(self.lon, self.lat).forward)
        return flat if isinstance(flat, np.ndarray) else valid(flat)

    def back(self, geometry: BaseGeometry) -> BaseGeometry:
        """
        Bring a geometry back from the plane.

        Parameters
        ----------
        geometry : shapely geometry
            In metres.

        Returns
        -------
        shapely geometry
            In lon/lat; cut in two where it crosses the antimeridian.
        """
        inverse = _equal_area(self.lon, self.lat).inverse
        west, south, east, north = shapely.bounds(geometry)
        reach = math.hypot(max(east, -west), max(north, -south)) / _DEGREE_M
        if abs(self.lat) + reach > _POLAR and shapely.get_dimensions(geometry) == _SURFACE:
            # Close to a pole longitudes jump, and straight edges are none.
            fine = shapely.segmentize(geometry, _EDGE_M)
            return valid(unrolled(shapely.transform(fine, inverse)))
        return wrapped(valid(shapely.transform(geometry, inverse)))


@lru_cache(maxsize=512)
def _equal_area(lon: float, lat: float) -> EqualArea:
    return EqualArea(lon, lat)


def valid(geometry: BaseGeometry) -> BaseGeometry:
    """
    Repair what rounding broke.

    Parameters
    ----------
    geometry : shapely geometry
        Any geometry.

    Returns
    -------
    shapely geometry
        Valid, and of polygons only if it had an area.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    >>> valid(bow_tie).geom_type
    'MultiPolygon'
    """
    if shapely.is_valid(geometry):
        return geometry
    made = shapely.make_valid(geometry)
    return solid(made) if shapely.get_dimensions(geometry) == _SURFACE else made


def solid(geometry: BaseGeometry) -> BaseGeometry:
    """
    Drop the points and lines that are left where polygons only touch.

    Parameters
    ----------
    geometry : shapely geometry
        The outcome of an intersection or a repair.

    Returns
    -------
    shapely geometry
        A polygon or polygons; empty if there were none.

    Examples
    --------
    >>> solid(shapely.intersection(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1))).wkt
    'POLYGON EMPTY'
    """
    if geometry.geom_type != "GeometryCollection":
        return geometry if shapely.get_dimensions(geometry) == _SURFACE else shapely.Polygon()
    parts = shapely.get_parts(geometry)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == _SURFACE])


def inner_point(region: BaseGeometry) -> shapely.Point:
    """
    Find a point well inside a region.

    Parameters
    ----------
    region : shapely Polygon or MultiPolygon
        In lon/lat.

    Returns
    -------
    shapely Point
        Its middle, if that lies in it; else one in its largest part.

    Examples
    --------
    >>> inner_point(shapely.box(40, 35, 41, 36)).within(shapely.box(40.4, 35.4, 40.6, 35.6))
    True
    """
    plane = Plane.about(region)
    # What the plane tears has its middle all the same: repairing a continent takes seconds.
    flat = shapely.transform(region, _equal_area(plane.lon, plane.lat).forward)
    middle = plane.back(shapely.centroid(flat))
    if shapely.intersects(region, middle):
        return middle
    parts = shapely.get_parts(region)
    largest = np.abs(shapely.area(shapely.get_parts(flat))).argmax()
    return shapely.point_on_surface(parts[int(largest)])


def is_thin(geometry: BaseGeometry, width_m: float) -> bool:
    """
    Say whether a region is nowhere as wide as a distance.

    Parameters
    ----------
    geometry : shapely Polygon or MultiPolygon
        In lon/lat.
    width_m : float
        The distance.

    Returns
    -------
    bool
        True where no circle of that diameter fits in.

    Examples
    --------
    >>> strip = shapely.box(40, 35, 41, 35.01)  # 1.1 km wide
    >>> is_thin(strip, 1_000), is_thin(strip, 1_200)
    (False, True)
    """
    flat = Plane.about(geometry).forward(geometry)
    return bool(shapely.buffer(flat, -width_m / 2).is_empty)


def is_rounding(part: BaseGeometry, whole: BaseGeometry) -> bool:
    """
    Say whether a part of a region is only what the rounding of a cut left.

    Parameters
    ----------
    part, whole : shapely Polygon or MultiPolygon
        In lon/lat.

    Returns
    -------
    bool
        True for less than a millionth of the whole, nowhere a metre wide, and for what is no more
        than the last digits of it.

    Examples
    --------
    >>> whole = shapely.box(40, 35, 41, 36)
    >>> is_rounding(shapely.box(40, 35, 41, 35 + 1e-9), whole)
    True
    >>> is_rounding(shapely.box(40, 35, 40.0001, 35.0001), whole)  # small, and 10 m wide
    False
    >>> is_rounding(shapely.Polygon([(40, 35), (40.3, 35.15), (40.2, 35.1 + 1e-15)]), whole)
    True
    """
    left, all_of_it = shapely.area(part), shapely.area(whole)
    # A needle of 30 km is a line in degrees, and some metres wide where its vertices are projected.
    if left < _NEEDLE * all_of_it:
        return True
    return bool(left < _ROUNDING * all_of_it) and (part.is_empty or is_thin(part, 1.0))


def wrapped(geometry: BaseGeometry) -> BaseGeometry:
    """
    Move what lies beyond the antimeridian to its other side.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat, its longitudes running on past 180 degrees.

    Returns
    -------
    shapely geometry
        The same ground, its longitudes from -180 to 180.

    Examples
    --------
    >>> wrapped(shapely.box(179, 0, 181, 1)).bounds
    (-180.0, 0.0, 180.0, 1.0)
    """
    west, _, east, _ = shapely.bounds(geometry)
    if not (west < -_HALF_TURN or east > _HALF_TURN):
        return geometry
    beyond = 1 if east > _HALF_TURN else -1
    own = shapely.box(-180, -90, 180, 90)
    rest = shapely.difference(geometry, own)
    moved = shapely.transform(rest, lambda xy: xy - [beyond * 360.0, 0.0])
    whole = shapely.union(shapely.intersection(geometry, own), moved)
    return solid(whole) if shapely.get_dimensions(geometry) == _SURFACE else whole
