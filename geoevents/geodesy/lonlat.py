"""Geodesic lines and rings as valid geometries of lon/lat, from -180 to 180."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.geodesy.edges import cut
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]

DEGREE_M = 111_700.0
"""The longest degree of latitude, in metres."""
RADIUS_M = 6_371_000.0
"""The earth's radius, where a sphere will do."""
_SIDE_M = 20_000.0  # no edge is longer
_SHORTEST_M = 500.0
_HIGHEST = 89.9
_POLE = 90.0
_HALF_TURN = 180.0
_POINT, _POLYGON = 0, 3  # GEOS types
_COLLECTION = 4  # and above
_WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)


def unrolled(geometry: "BaseGeometry") -> "BaseGeometry":
    """
    Take lines and rings whose longitudes jump, or that go round a pole, as what they are on earth.

    Parameters
    ----------
    geometry : shapely geometry
        Lines or polygons in lon/lat: each step of longitude is meant the short way.

    Returns
    -------
    shapely geometry
        Valid, from -180 to 180: cut at the antimeridian, and carried along a pole that it holds.

    Examples
    --------
    >>> ring = shapely.Polygon([(0, 80), (90, 80), (180, 80), (-90, 80)])
    >>> unrolled(ring).bounds
    (-180.0, 80.0, 180.0, 90.0)
    """
    parts = parts_of(geometry)
    kind = shapely.get_type_id(parts)
    lines = (kind != _POLYGON) & (kind != _POINT)
    found = [*plain(parts[kind == _POLYGON], math.inf), *fine(parts[lines], math.inf)]
    found += [*parts[kind == _POINT]]
    return shapely.union_all(found) if len(found) != 1 else found[0]


def parts_of(*geometries: "BaseGeometry") -> "Geometries":
    """
    Take geometries and collections apart.

    Parameters
    ----------
    *geometries : shapely geometry
        Any.

    Returns
    -------
    numpy.ndarray
        Their points, lines and polygons, none of them empty.
    """
    parts = np.array([*geometries], dtype=object)
    while (shapely.get_type_id(parts) >= _COLLECTION).any():
        parts = shapely.get_parts(parts)
    found: Geometries = parts[~shapely.is_empty(parts)]
    return found


def plain(polygons: "Geometries", tolerance_m: float) -> "Geometries":
    """
    Draw polygons in lon/lat.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely Polygon
        Their edges are geodesics; each step of longitude is meant the short way.
    tolerance_m : float
        How far off an edge may be; infinite to leave edges as they are.

    Returns
    -------
    numpy.ndarray
        Valid, within ±180, their edges so short that they are straight.
    """
    if not len(polygons):
        return polygons
    rings, part = shapely.get_rings(polygons, return_index=True)
    lonlat, ring, odd = _cut(rings, tolerance_m)
    found = polygons.copy()
    if len(lonlat) != shapely.get_num_coordinates(polygons).sum():
        found = of_rings(shapely.linearrings(lonlat, indices=ring), part)
    again = np.isin(np.arange(len(polygons)), part[odd]) | ~shapely.is_valid(found)
    unroll(found, again, lonlat, ring, part)
    return parts_of(*found) if again.any() else found


def fine(lines: "Geometries", tolerance_m: float) -> "Geometries":
    """
    Draw lines in lon/lat.

    Parameters
    ----------
    lines : numpy.ndarray of shapely LineString
        Their edges are geodesics; each step of longitude is meant the short way.
    tolerance_m : float
        How far off an edge may be; infinite to leave edges as they are.

    Returns
    -------
    numpy.ndarray
        Within ±180, their edges so short that they are straight.
    """
    if not len(lines):
        return lines
    lonlat, owner, odd = _cut(lines, tolerance_m)
    found: Geometries = shapely.linestrings(lonlat, indices=owner)
    for i in np.flatnonzero(odd):
        own = lonlat[owner == i]
        own[:, 0] = np.unwrap(own[:, 0], period=360.0)
        whole = shapely.linestrings(own)
        found[i] = within_a_turn(whole, own[:, 0].min(), own[:, 0].max())
    return found


def _cut(
    lines: "Geometries", tolerance_m: float
) -> "tuple[Floats, NDArray[np.intp], NDArray[np.bool_]]":
    """
    Cut geodesic edges that straight edges of lon/lat are off from by more than a tolerance.

    Gives the vertices, the line of each, and for each line whether it leaves ±180.
    """
    lonlat, owner = shapely.get_coordinates(lines, return_index=True)
    lon, lat = np.ascontiguousarray(lonlat.T)
    joined = owner[1:] == owner[:-1]
    raw = np.diff(lon)
    step = (raw + 180.0) % 360.0 - 180.0
    odd = np.zeros(len(lines), dtype=bool)
    odd[owner[:-1][joined & (np.abs(raw) > _HALF_TURN)]] = True
    odd[owner[np.abs(lon) > _HALF_TURN]] = True
    if math.isinf(tolerance_m):
        return lonlat, owner, odd
    # Longer than any edge is, and quick to know.
    north = np.abs(lat)
    near = np.minimum(north[:-1], north[1:]) * (lat[:-1] * lat[1:] > 0)
    metres = np.hypot(step * np.cos(np.radians(near)), np.diff(lat)) * DEGREE_M * joined
    most = straight_m(np.maximum(north[:-1], north[1:]), tolerance_m)
    (far,) = np.nonzero(metres > most)
    if len(far):
        _, _, metres[far] = GEOD.inv(lon[far], lat[far], lon[far + 1], lat[far + 1])
        pieces = np.ceil(metres / most).clip(1).astype(np.intp)
        lon, lat, _ = cut(lon, lat, step, pieces)
        lonlat, owner = (
            np.column_stack([lon, lat]),
            np.append(np.repeat(owner[:-1], pieces), owner[-1]),
        )
    return lonlat, owner, odd


def of_rings(rings: "Geometries", part: "NDArray[np.intp]") -> "Geometries":
    """
    Make polygons of rings.

    Parameters
    ----------
    rings : numpy.ndarray of shapely LinearRing
        The first of each polygon is its shell, the rest are its holes.
    part : numpy.ndarray of int
        The polygon of each ring, in order.

    Returns
    -------
    numpy.ndarray
        Polygons, some perhaps not valid.
    """
    first = np.append(True, part[1:] != part[:-1])[: len(part)]
    found = np.array(shapely.polygons(rings[first]), dtype=object)
    for i in np.unique(part[~first]):
        shell, *holes = rings[part == i]
        found[i] = shapely.Polygon(shell, holes)
    return found


def unroll(
    polygons: "Geometries",
    which: "NDArray[np.bool_]",
    lonlat: "Floats",
    ring: "NDArray[np.intp]",
    part: "NDArray[np.intp]",
) -> None:
    """
    Make some polygons anew, of rings whose longitudes jump or that cross themselves.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely geometry
        All polygons; those made anew are put in their place.
    which : numpy.ndarray of bool
        Those to make anew.
    lonlat : numpy.ndarray of float
        The vertices of all rings.
    ring, part : numpy.ndarray of int
        The ring of each vertex, and the polygon of each ring.
    """
    for i in np.flatnonzero(which):
        shell, *holes = (inside(lonlat[ring == r]) for r in np.flatnonzero(part == i))
        polygons[i] = shapely.difference(shell, shapely.union_all(holes)) if holes else shell


def straight_m(lat: "Floats", tolerance_m: float) -> "Floats":
    """
    Say how long a geodesic may be, to be a straight line of lon/lat.

    Parameters
    ----------
    lat : numpy.ndarray of float
        Latitudes, north or south.
    tolerance_m : float
        Four times what the line may be off.

    Returns
    -------
    numpy.ndarray
        Metres.
    """
    # Of a parallel, seen from above.
    bend = np.tan(np.radians(np.minimum(lat, _HIGHEST))) / RADIUS_M
    found: Floats = np.sqrt(2.0 * tolerance_m / np.maximum(bend, 1e-12)).clip(_SHORTEST_M, _SIDE_M)
    return found


def inside(ring: "Floats") -> "BaseGeometry":
    """
    Make the region inside a ring.

    Parameters
    ----------
    ring : numpy.ndarray of float
        Vertices in lon/lat. Steps of longitude go the short way; a ring round a pole holds the
        nearer one.

    Returns
    -------
    shapely geometry
        Valid and within ±180.
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
    return within_a_turn(polygon, lon.min(), lon.max())


def within_a_turn(geometry: "BaseGeometry", west: float, east: float) -> "BaseGeometry":
    """
    Move what lies beyond ±180 to where it is, by whole turns.

    Parameters
    ----------
    geometry : shapely geometry
        Lines or polygons in lon/lat.
    west, east : float
        How far it reaches.

    Returns
    -------
    shapely geometry
        Within ±180.
    """
    if west >= -_HALF_TURN and east <= _HALF_TURN:
        return geometry
    pieces = []
    for number in range(math.floor((west + 180.0) / 360.0), math.ceil((east - 180.0) / 360.0) + 1):
        by = np.array([-360.0 * number, 0.0])
        moved = shapely.transform(geometry, lambda lonlat, by=by: lonlat + by)
        pieces.append(shapely.intersection(moved, _WORLD))
    dimension = shapely.get_dimensions(geometry)
    found = parts_of(*pieces)
    return shapely.union_all(found[shapely.get_dimensions(found) == dimension])
