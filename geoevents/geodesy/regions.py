"""The region within a distance of a geometry."""

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_PIECE_M = 100_000.0  # a plane this wide is true to 1 part in 100,000
_FARTHEST_M = 5_000_000.0  # beyond this a disc nears the far side of the earth
_QUADRANT = 32  # segments to a quarter of a circle


def buffer(geometry: "BaseGeometry", radius_m: float) -> "BaseGeometry":
    """
    Region within a true distance of a geometry.

    Parameters
    ----------
    geometry : shapely geometry
        Points, lines or polygons in lon/lat.
    radius_m : float
        The distance in metres, from 0 to 5,000,000; more than 0 for points and lines.

    Returns
    -------
    shapely Polygon or MultiPolygon
        Valid, in lon/lat from -180 to 180: cut in two where it crosses the antimeridian, and
        carried along the pole where it holds one. Empty for an empty geometry.

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
    if not (np.isfinite(coordinates).all() and (np.abs(coordinates[:, 1:]) <= 90).all()):  # noqa: PLR2004 -- degrees
        raise GeometryError("buffer: a coordinate is not a lon/lat (not finite, or beyond ±90)")
    regions: list[BaseGeometry] = []
    for part in shapely.get_parts(shapely.force_2d(geometry)):
        regions.extend(_part_regions(part, radius_m))
    return shapely.union_all(regions) if regions else shapely.Polygon()


def _part_regions(part: "BaseGeometry", radius_m: float) -> "list[BaseGeometry]":
    if part.is_empty:
        return []
    if part.geom_type == "Point":
        return [_disc(part.x, part.y, radius_m)]
    if hasattr(part, "geoms"):
        return [region for member in part.geoms for region in _part_regions(member, radius_m)]
    own = [_wrapped(part)] if part.geom_type == "Polygon" else []
    if radius_m == 0:
        return own
    lines = shapely.get_rings(part) if part.geom_type == "Polygon" else [part]
    for line in lines:
        own += [_along(piece, radius_m) for piece in _pieces(shapely.get_coordinates(line))]
    return own


def _pieces(coordinates: "NDArray[np.float64]") -> "list[NDArray[np.float64]]":
    """Stretches of a line of at most `_PIECE_M`; each starts where the last one ended."""
    lon, lat = coordinates.T
    azimuth, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    steps = np.maximum(1, np.ceil(metres / _PIECE_M)).astype(int)
    edge = np.repeat(np.arange(len(steps)), steps)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(steps) - steps, steps)
    length = metres[edge] / steps[edge]
    dense_lon, dense_lat, _ = GEOD.fwd(lon[edge], lat[edge], azimuth[edge], step * length)
    dense = np.column_stack([np.append(dense_lon, lon[-1]), np.append(dense_lat, lat[-1])])
    start = np.concatenate([[0.0], np.cumsum(length)])
    cuts = np.flatnonzero(np.diff(start // _PIECE_M)) + 1
    bounds = np.unique(np.concatenate([[0], cuts, [len(dense) - 1]]))
    return [dense[a : b + 1] for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def _disc(lon: float, lat: float, radius_m: float) -> "BaseGeometry":
    azimuth = np.linspace(0.0, -360.0, 4 * _QUADRANT, endpoint=False)  # anticlockwise
    n = len(azimuth)
    ring_lon, ring_lat, _ = GEOD.fwd(
        np.full(n, lon), np.full(n, lat), azimuth, np.full(n, radius_m)
    )
    return _from_ring(np.column_stack([ring_lon, ring_lat]), lon)


def _along(piece: "NDArray[np.float64]", radius_m: float) -> "BaseGeometry":
    """Buffer one piece in the azimuthal equidistant plane of its middle vertex."""
    middle_lon, middle_lat = piece[len(piece) // 2]
    n = len(piece)
    azimuth, _, metres = GEOD.inv(
        np.full(n, middle_lon), np.full(n, middle_lat), piece[:, 0], piece[:, 1]
    )
    azimuth = np.radians(azimuth)
    plane = shapely.linestrings(metres * np.sin(azimuth), metres * np.cos(azimuth))
    region = shapely.buffer(plane, radius_m, quad_segs=_QUADRANT)

    def back(ring: "BaseGeometry") -> "BaseGeometry":
        x, y = shapely.get_coordinates(ring)[:-1].T
        m = len(x)
        lon, lat, _ = GEOD.fwd(
            np.full(m, middle_lon),
            np.full(m, middle_lat),
            np.degrees(np.arctan2(x, y)),
            np.hypot(x, y),
        )
        return _from_ring(np.column_stack([lon, lat]), middle_lon)

    outer = back(region.exterior)
    holes = [back(hole) for hole in region.interiors]
    return shapely.difference(outer, shapely.union_all(holes)) if holes else outer


def _unwrapped(ring: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], float]":
    """Closed ring with no longitude jump, and how far round it went: 0, or ±360 about a pole."""
    closed = np.vstack([ring, ring[:1]])
    lon = np.unwrap(closed[:, 0], period=360.0)
    turned = float(np.round((lon[-1] - lon[0]) / 360.0) * 360.0)
    lon[-1] = lon[0] + turned  # unwrapping rounds
    return np.column_stack([lon, closed[:, 1]]), turned


def _from_ring(ring: "NDArray[np.float64]", near_lon: float) -> "BaseGeometry":
    """Region inside a ring of lon/lat vertices, valid and within ±180."""
    closed, turned = _unwrapped(ring)
    if turned:
        pole = 90.0 if closed[:, 1].mean() > 0 else -90.0
        closed = np.vstack([closed, [closed[-1, 0], pole], [closed[0, 0], pole], closed[:1]])
    return _wrapped_plane(shapely.polygons(closed))


def _wrapped(polygon: "BaseGeometry") -> "BaseGeometry":
    """Polygon as given, its edges taken the short way round, within ±180."""
    rings = [
        _from_ring(shapely.get_coordinates(ring)[:-1], 0.0) for ring in shapely.get_rings(polygon)
    ]
    return shapely.difference(rings[0], shapely.union_all(rings[1:])) if rings[1:] else rings[0]


def _wrapped_plane(polygon: "BaseGeometry") -> "BaseGeometry":
    """Cut at the antimeridian and move each piece into ±180."""
    west, _, east, _ = shapely.bounds(polygon)
    if west >= -180 and east <= 180:
        return polygon
    pieces = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east - 180) / 360)) + 1):
        window = shapely.box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)
        piece = shapely.intersection(polygon, window)
        shift = np.array([-360.0 * turn, 0.0])
        pieces.append(shapely.transform(piece, lambda xy, shift=shift: xy + shift))
    return shapely.union_all([piece for piece in pieces if not piece.is_empty])
