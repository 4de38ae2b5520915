"""The region within a distance of a geometry."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.errors import GeometryError, shown
from geoevents.geodesy.lonlat import (
    DEGREE_M,
    RADIUS_M,
    fine,
    inside,
    of_rings,
    parts_of,
    plain,
    straight_m,
    unroll,
    within_a_turn,
)
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]

_LEAF_M = 300_000.0  # the diagonal of a piece: its plane is true to 1 part in 10,000
_FARTHEST_M = 5_000_000.0  # beyond this a disc nears the far side of the earth
_SIDE_DEG = 0.25  # a parallel this long is a geodesic within 8 m
_SEAM_M = 50.0  # a distance that covers what two pieces leave between them
_QUADRANT = 32  # segments to a quarter of a circle
_FEWEST = 6
_MANY = 5_000  # vertices: no outline of so many is known as well as it is drawn
_TOLERANCE, _ROUGH = 1e-3, 5e-3
_POLE = 90.0
_HALF_TURN = 180.0
_FEW = 300  # vertices: fewer are not worth thinning
_POINT, _POLYGON = 0, 3  # GEOS types


def buffer(
    geometry: "BaseGeometry", radius_m: float, *, tolerance_m: float | None = None
) -> "BaseGeometry":
    """
    Region within a true distance of a geometry.

    Parameters
    ----------
    geometry : shapely geometry
        Points, lines or polygons in lon/lat.
    radius_m : float
        The distance in metres, from 0 to 5,000,000.
    tolerance_m : float, optional
        How far off the outline may be. If not given, a thousandth of the distance, and a
        two-hundredth about what has more than 5,000 vertices. A coast is thinned by it first, so a
        larger one saves much time about a country.

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
    A point's region is a geodesic circle of 128 vertices, each at the distance. Lines and polygons,
    their edges geodesics, are cut into pieces at most 300 km across; each is buffered in the
    azimuthal equidistant plane of its own middle (computed with the geodesic inverse and direct
    problems), and the pieces are joined.

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
            f"radius_m is {shown(radius_m)}: it must be from 0 to {_FARTHEST_M:,.0f} metres"
        )
    coordinates = shapely.get_coordinates(geometry)
    if not (np.isfinite(coordinates).all() and (np.abs(coordinates[:, 1]) <= _POLE).all()):
        raise GeometryError(
            "cannot buffer: a coordinate is not finite, or its latitude is beyond ±90 degrees"
        )
    if geometry.geom_type == "Point" and len(coordinates) and radius_m > 0:
        return _discs(np.array([geometry], dtype=object), radius_m)[0]
    parts = parts_of(shapely.force_2d(geometry))
    kind = shapely.get_type_id(parts)
    if radius_m == 0:
        return shapely.union_all(plain(parts[kind == _POLYGON], math.inf))
    share = _TOLERANCE if len(coordinates) < _MANY else _ROUGH
    tolerance = share * radius_m if tolerance_m is None else tolerance_m
    solid = plain(parts[kind == _POLYGON], tolerance)
    lines = fine(parts[(kind != _POLYGON) & (kind != _POINT)], tolerance)
    regions = _discs(parts[kind == _POINT], radius_m)
    if len(solid) or len(lines):
        leaves = _leaves(_thinned(parts_of(*solid, *lines), tolerance / 2))
        regions += [*_wider(leaves, radius_m, tolerance)]
    if radius_m < _SEAM_M:
        regions += [*solid]
    if len(regions) == 1:
        return regions[0]
    return shapely.union_all(regions) if regions else shapely.Polygon()


def _thinned(parts: "Geometries", tolerance_m: float) -> "Geometries":
    """Leave out vertices that the outline is within a distance of without them."""
    if shapely.get_num_coordinates(parts).sum() < _FEW:
        return parts
    _, south, _, north = shapely.bounds(parts).T
    nearest = np.where(south * north < 0, 0.0, np.minimum(np.abs(south), np.abs(north)))
    narrow = np.cos(np.radians(nearest))  # degrees of longitude are at most so short
    lonlat, owner = shapely.get_coordinates(parts, return_index=True)
    scale = np.column_stack([narrow[owner], np.ones(len(owner))])
    thin = shapely.set_coordinates(parts.copy(), lonlat * scale)
    thin = shapely.simplify(thin, tolerance_m / DEGREE_M)
    lonlat, owner = shapely.get_coordinates(thin, return_index=True)
    scale = np.column_stack([narrow[owner], np.ones(len(owner))])
    found: Geometries = shapely.set_coordinates(thin, lonlat / scale)
    return found


def _leaves(parts: "Geometries") -> "Geometries":
    """Cut lines and polygons in halves until none is more than `_LEAF_M` across."""
    done: list[Geometries] = []
    while len(parts):
        west, south, east, north = shapely.bounds(parts).T
        nearest = np.where(south * north < 0, 0.0, np.minimum(np.abs(south), np.abs(north)))
        wide = (east - west) * np.cos(np.radians(nearest))
        high = north - south
        large = np.hypot(wide, high) * DEGREE_M > _LEAF_M
        done.append(parts[~large])
        across = wide > high
        x, y = (west + east) / 2, (south + north) / 2
        halves = [
            shapely.box(west, south, np.where(across, x, east), np.where(across, north, y)),
            shapely.box(np.where(across, x, west), np.where(across, south, y), east, north),
        ]
        dimension = shapely.get_dimensions(parts[large])
        cuts = [shapely.intersection(parts[large], half[large]) for half in halves]
        pieces, which = shapely.get_parts(np.concatenate(cuts), return_index=True)
        same = shapely.get_dimensions(pieces) == np.tile(dimension, 2)[which]
        parts = parts_of(*pieces[same])
    return np.concatenate(done) if done else np.empty(0, dtype=object)


def _wider(leaves: "Geometries", radius_m: float, tolerance_m: float) -> "Geometries":
    """Buffer each piece in the azimuthal equidistant plane of its own middle."""
    west, south, east, north = shapely.bounds(leaves).T
    middle = np.column_stack([(west + east) / 2, (south + north) / 2])
    solid = shapely.get_type_id(leaves) == _POLYGON
    leaves = np.where(solid, shapely.segmentize(leaves, _SIDE_DEG), leaves)
    lonlat, owner = shapely.get_coordinates(leaves, return_index=True)
    lon, lat = middle[owner].T
    azimuth, _, metres = GEOD.inv(lon, lat, *lonlat.T)
    azimuth, metres = np.radians(azimuth), np.asarray(metres)
    xy = np.column_stack([metres * np.sin(azimuth), metres * np.cos(azimuth)])
    flat = shapely.set_coordinates(leaves.copy(), xy)
    turn = math.acos(max(1.0 - tolerance_m / radius_m / 2, -1.0))  # half of what a segment takes
    segments = min(max(math.ceil(math.pi / 4 / max(turn, 1e-9)), _FEWEST), _QUADRANT)
    return _unprojected(shapely.buffer(flat, radius_m, quad_segs=segments), middle, tolerance_m)


def _unprojected(flat: "Geometries", middle: "Floats", tolerance_m: float) -> "Geometries":
    """Bring polygons back, each from the azimuthal equidistant plane of its own middle."""
    parts, which = shapely.get_parts(flat, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    middle = middle[which][part]
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    metres = np.hypot(*np.diff(xy, axis=0).T) * (ring[1:] == ring[:-1])
    north = _about_lat(xy, middle[ring, 1])
    pieces = np.ceil(metres / straight_m(np.maximum(north[1:], north[:-1]), tolerance_m))
    if (pieces > 1).any():
        xy, ring = _divided(xy, ring, pieces.clip(1).astype(np.intp))
    lonlat = _direct(xy, middle[ring])
    # Where a ring comes near a pole, longitudes jump: it is unrolled by itself.
    polar = np.zeros(len(parts), dtype=bool)
    polar[part[ring[np.abs(lonlat[:, 0] - middle[ring, 0]) > _POLE]]] = True
    found = of_rings(shapely.linearrings(lonlat, indices=ring), part)
    unroll(found, polar, lonlat, ring, part)
    bad = ~shapely.is_valid(found)
    found[bad] = shapely.make_valid(found[bad], method="structure")
    west, _, east, _ = shapely.bounds(found).T
    for i in np.flatnonzero((west < -_HALF_TURN) | (east > _HALF_TURN)):
        found[i] = within_a_turn(found[i], west[i], east[i])
    return found


def _direct(xy: "Floats", middle: "Floats") -> "Floats":
    """Longitudes and latitudes of what lies in azimuthal equidistant planes."""
    lon, lat = np.ascontiguousarray(middle.T)
    azimuth = np.degrees(np.arctan2(*xy.T))
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, azimuth, np.hypot(*xy.T))
    return np.column_stack([(to_lon - lon + 180.0) % 360.0 - 180.0 + lon, to_lat])


def _about_lat(xy: "Floats", middle_lat: "Floats") -> "Floats":
    """Latitudes, north or south, of what lies in azimuthal equidistant planes, on a sphere."""
    metres = np.hypot(*xy.T)
    arc, lat = metres / RADIUS_M, np.radians(middle_lat)
    north = np.sinc(arc / np.pi) * xy[:, 1] / RADIUS_M
    found: Floats = np.degrees(
        np.abs(np.arcsin(np.clip(np.sin(lat) * np.cos(arc) + np.cos(lat) * north, -1.0, 1.0)))
    )
    return found


def _divided(
    xy: "Floats", ring: "NDArray[np.intp]", pieces: "NDArray[np.intp]"
) -> "tuple[Floats, NDArray[np.intp]]":
    """Divide the edges of a chain of rings into equal pieces."""
    edge = np.repeat(np.arange(len(pieces)), pieces)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (number / pieces[edge])[:, None]
    between = xy[edge] + share * (xy[edge + 1] - xy[edge])
    return np.vstack([between, xy[-1:]]), np.append(ring[edge], ring[-1])


def _discs(points: "Geometries", radius_m: float) -> "list[BaseGeometry]":
    """Geodesic circle about each point."""
    azimuth = np.linspace(0.0, -360.0, 4 * _QUADRANT, endpoint=False)  # anticlockwise
    metres = np.full_like(azimuth, radius_m)
    discs = []
    for lon, lat in shapely.get_coordinates(points):
        lon = (lon + 180.0) % 360.0 - 180.0  # noqa: PLW2901 -- the same meridian
        ring = GEOD.fwd(np.full_like(azimuth, lon), np.full_like(azimuth, lat), azimuth, metres)
        lonlat = np.column_stack(ring[:2])
        wide = np.abs(lonlat[:, 0] - lon).max() > _POLE  # over the antimeridian or a pole
        discs.append(inside(lonlat) if wide else shapely.polygons(lonlat))
    return discs
