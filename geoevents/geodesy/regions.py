"""The region within a distance of a geometry."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy.edges import cut
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_PIECE_M = 100_000.0  # a plane this wide is true to 1 part in 100,000
_FARTHEST_M = 5_000_000.0  # beyond this a disc nears the far side of the earth
_SIDE_M = 20_000.0  # a geodesic this long is a straight line of lon/lat within some 5 m
_QUADRANT = 32  # segments to a quarter of a circle
_POLE = 90.0
_HALF_TURN = 180.0
_WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)


def buffer(geometry: "BaseGeometry", radius_m: float) -> "BaseGeometry":
    """
    Region within a true distance of a geometry.

    Parameters
    ----------
    geometry : shapely geometry
        Points, lines or polygons in lon/lat.
    radius_m : float
        The distance in metres, from 0 to 5,000,000.

    Returns
    -------
    shapely Polygon or MultiPolygon
        Valid, in lon/lat from -180 to 180: cut in two where it crosses the antimeridian, and
        carried along the pole where it holds one. Empty for an empty geometry, and for points
        and lines if the distance is 0.

    Raises
    ------
    GeometryError
        For a radius that is negative, not a number or too large, and for coordinates that are not
        lon/lat.

    Notes
    -----
    A point's region is a geodesic circle of 128 vertices, each at the distance. A line or boundary
    is cut into pieces of at most 100 km; each is buffered in the azimuthal equidistant plane of its
    own middle (computed with the geodesic inverse and direct problems), and the pieces are joined.

    Examples
    --------
    >>> import shapely
    >>> disc = buffer(shapely.Point(40.141, 35.336), 10_000)
    >>> from geoevents.geodesy import area
    >>> round(area(disc), 1)  # pi * 10**2 is 314.2: 128 vertices lie on the circle
    314.0
    """
    if not 0 <= radius_m <= _FARTHEST_M:
        raise GeometryError(
            f"radius_m is {radius_m!r}: it must be from 0 to {_FARTHEST_M:,.0f} metres"
        )
    coordinates = shapely.get_coordinates(geometry)
    if not (np.isfinite(coordinates).all() and (np.abs(coordinates[:, 1]) <= _POLE).all()):
        raise GeometryError(
            "cannot buffer: a coordinate is not finite, or its latitude is beyond ±90 degrees"
        )
    return shapely.union_all(_regions(shapely.force_2d(geometry), radius_m))


def _regions(geometry: "BaseGeometry", radius_m: float) -> "list[BaseGeometry]":
    """Regions that together are the buffer."""
    if hasattr(geometry, "geoms"):
        return [region for part in geometry.geoms for region in _regions(part, radius_m)]
    if geometry.is_empty:
        return [shapely.Polygon()]
    regions, lines = [], [geometry]
    if geometry.geom_type == "Polygon":
        shell, *holes = lines = list(shapely.get_rings(geometry))
        inside = _inside(shapely.get_coordinates(shell))
        out = [_inside(shapely.get_coordinates(hole)) for hole in holes]
        regions.append(shapely.difference(inside, shapely.union_all(out)))
    if radius_m == 0:
        return [*regions, shapely.Polygon()]
    if geometry.geom_type == "Point":
        return [_disc(geometry.x, geometry.y, radius_m)]
    for line in lines:
        regions += [_along(piece, radius_m) for piece in _pieces(shapely.get_coordinates(line))]
    return regions


def _pieces(lonlat: "Floats") -> "list[Floats]":
    """Cut a line into stretches of about `_PIECE_M`; each starts where the last one ended."""
    lon, lat = lonlat.T
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    pieces = np.ceil(np.asarray(metres) / _PIECE_M).clip(1).astype(np.intp)
    lon, lat, _ = cut(lon, lat, (np.diff(lon) + 180.0) % 360.0 - 180.0, pieces)
    walked = np.cumsum(np.repeat(np.asarray(metres) / pieces, pieces))
    full = np.flatnonzero(np.diff(walked // _PIECE_M)) + 1
    bounds = np.unique([0, *full, len(lon) - 1])
    lonlat = np.column_stack([lon, lat])
    return [lonlat[first : last + 1] for first, last in pairwise(bounds)]


def _disc(lon: float, lat: float, radius_m: float) -> "BaseGeometry":
    azimuth = np.linspace(0.0, -360.0, 4 * _QUADRANT, endpoint=False)  # anticlockwise
    ring = GEOD.fwd(*_same(lon, lat, azimuth), azimuth, np.full_like(azimuth, radius_m))
    return _inside(np.column_stack(ring[:2]))


def _along(piece: "Floats", radius_m: float) -> "BaseGeometry":
    """Buffer one piece in the azimuthal equidistant plane of its middle vertex."""
    lon, lat = piece[len(piece) // 2]
    azimuth, _, metres = GEOD.inv(*_same(lon, lat, piece[:, 0]), piece[:, 0], piece[:, 1])
    azimuth, metres = np.radians(azimuth), np.asarray(metres)
    plane = shapely.linestrings(metres * np.sin(azimuth), metres * np.cos(azimuth))
    region = shapely.buffer(plane, radius_m, quad_segs=_QUADRANT)

    def back(ring: "BaseGeometry") -> "BaseGeometry":
        x, y = shapely.get_coordinates(shapely.segmentize(ring, _SIDE_M)).T
        azimuth = np.degrees(np.arctan2(x, y))
        there = GEOD.fwd(*_same(lon, lat, azimuth), azimuth, np.hypot(x, y))
        return _inside(np.column_stack(there[:2]))

    holes = [back(hole) for hole in region.interiors]
    return shapely.difference(back(region.exterior), shapely.union_all(holes))


def _same(lon: float, lat: float, like: "Floats") -> "tuple[Floats, Floats]":
    return np.full_like(like, lon), np.full_like(like, lat)


def _inside(ring: "Floats") -> "BaseGeometry":
    """
    Region inside a ring of lon/lat vertices, valid and within ±180.

    Steps of longitude go the short way. A ring round a pole holds the nearer one.
    """
    if (ring[0] != ring[-1]).any():
        ring = np.vstack([ring, ring[:1]])
    lon, lat = np.unwrap(ring[:, 0], period=360.0), ring[:, 1]
    turn = np.rint((lon[-1] - lon[0]) / 360.0) * 360.0
    lon[-1] = lon[0] + turn  # unwrapping rounds
    if turn:
        pole = np.copysign(_POLE, lat.mean())
        lon = np.concatenate([lon, lon[[-1, 0, 0]]])
        lat = np.concatenate([lat, [pole, pole, lat[0]]])
    polygon = shapely.polygons(np.column_stack([lon, lat]))
    if not polygon.is_valid:  # going back to lon/lat can cross edges that almost touched
        polygon = shapely.make_valid(polygon, method="structure")
    west, east = lon.min(), lon.max()
    if west >= -_HALF_TURN and east <= _HALF_TURN:
        return polygon
    pieces = []
    for number in range(math.floor((west + 180.0) / 360.0), math.ceil((east - 180.0) / 360.0) + 1):
        by = np.array([-360.0 * number, 0.0])
        moved = shapely.transform(polygon, lambda lonlat, by=by: lonlat + by)
        pieces.append(shapely.intersection(moved, _WORLD))
    return shapely.union_all([piece for piece in pieces if piece.area > 0])
