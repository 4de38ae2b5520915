"""The region within a distance of a geometry."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy.edges import cut
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]

_LEAF_M = 300_000.0  # the diagonal of a piece: its plane is true to 1 part in 10,000
_FARTHEST_M = 5_000_000.0  # beyond this a disc nears the far side of the earth
_SIDE_M = 20_000.0  # no edge is longer
_SHORTEST_M = 500.0
_HIGHEST = 89.9
_RADIUS_M = 6_371_000.0
_SIDE_DEG = 0.25  # a parallel this long is a geodesic within 8 m
_SEAM_M = 50.0  # a distance that covers what two pieces leave between them
_QUADRANT = 32  # segments to a quarter of a circle
_FEWEST = 6
_MANY = 5_000  # vertices: no outline of so many is known as well as it is drawn
_TOLERANCE, _ROUGH = 1e-3, 5e-3
_DEGREE_M = 111_700.0  # the longest degree of latitude
_POLE = 90.0
_HALF_TURN = 180.0
_FEW = 300  # vertices: fewer are not worth thinning
_POINT, _POLYGON = 0, 3  # GEOS types
_COLLECTION = 4  # and above
_WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)


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
            f"radius_m is {radius_m!r}: it must be from 0 to {_FARTHEST_M:,.0f} metres"
        )
    coordinates = shapely.get_coordinates(geometry)
    if not (np.isfinite(coordinates).all() and (np.abs(coordinates[:, 1]) <= _POLE).all()):
        raise GeometryError(
            "cannot buffer: a coordinate is not finite, or its latitude is beyond ±90 degrees"
        )
    if geometry.geom_type == "Point" and len(coordinates) and radius_m > 0:
        return _discs(np.array([geometry], dtype=object), radius_m)[0]
    parts = _parts(shapely.force_2d(geometry))
    kind = shapely.get_type_id(parts)
    if radius_m == 0:
        return shapely.union_all(_plain(parts[kind == _POLYGON], math.inf))
    share = _TOLERANCE if len(coordinates) < _MANY else _ROUGH
    tolerance = share * radius_m if tolerance_m is None else tolerance_m
    solid = _plain(parts[kind == _POLYGON], tolerance)
    lines = _fine(parts[(kind != _POLYGON) & (kind != _POINT)], tolerance)
    regions = _discs(parts[kind == _POINT], radius_m)
    if len(solid) or len(lines):
        leaves = _leaves(_thinned(_parts(*solid, *lines), tolerance / 2))
        regions += [*_wider(leaves, radius_m, tolerance)]
    if radius_m < _SEAM_M:
        regions += [*solid]
    if len(regions) == 1:
        return regions[0]
    return shapely.union_all(regions) if regions else shapely.Polygon()


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
    parts = _parts(geometry)
    kind = shapely.get_type_id(parts)
    lines = (kind != _POLYGON) & (kind != _POINT)
    found = [*_plain(parts[kind == _POLYGON], math.inf), *_fine(parts[lines], math.inf)]
    found += [*parts[kind == _POINT]]
    return shapely.union_all(found) if len(found) != 1 else found[0]


def _parts(*geometries: "BaseGeometry") -> "Geometries":
    """Points, lines and polygons of geometries and collections, none of them empty."""
    parts = np.array([*geometries], dtype=object)
    while (shapely.get_type_id(parts) >= _COLLECTION).any():
        parts = shapely.get_parts(parts)
    found: Geometries = parts[~shapely.is_empty(parts)]
    return found


def _plain(polygons: "Geometries", tolerance_m: float) -> "Geometries":
    """Polygons made valid, within ±180, their edges so short that they are straight in lon/lat."""
    if not len(polygons):
        return polygons
    rings, part = shapely.get_rings(polygons, return_index=True)
    lonlat, ring, odd = _cut(rings, tolerance_m)
    found = polygons.copy()
    if len(lonlat) != shapely.get_num_coordinates(polygons).sum():
        found = _polygons(shapely.linearrings(lonlat, indices=ring), part)
    again = np.isin(np.arange(len(polygons)), part[odd]) | ~shapely.is_valid(found)
    for i in np.flatnonzero(again):
        found[i] = _from_rings([lonlat[ring == r] for r in np.flatnonzero(part == i)])
    return _parts(*found) if again.any() else found


def _fine(lines: "Geometries", tolerance_m: float) -> "Geometries":
    """Lines within ±180, their edges so short that they are straight in lon/lat."""
    if not len(lines):
        return lines
    lonlat, owner, odd = _cut(lines, tolerance_m)
    found: Geometries = shapely.linestrings(lonlat, indices=owner)
    for i in np.flatnonzero(odd):
        own = lonlat[owner == i]
        own[:, 0] = np.unwrap(own[:, 0], period=360.0)
        whole = shapely.linestrings(own)
        found[i] = _within_a_turn(whole, own[:, 0].min(), own[:, 0].max())
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
    metres = np.hypot(step * np.cos(np.radians(near)), np.diff(lat)) * _DEGREE_M * joined
    most = _straight_m(np.maximum(north[:-1], north[1:]), tolerance_m)
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


def _polygons(rings: "Geometries", part: "NDArray[np.intp]") -> "Geometries":
    """Polygons of rings: the first of each is its shell, the rest are its holes."""
    first = np.append(True, part[1:] != part[:-1])[: len(part)]
    found = np.array(shapely.polygons(rings[first]), dtype=object)
    for i in np.unique(part[~first]):
        shell, *holes = rings[part == i]
        found[i] = shapely.Polygon(shell, holes)
    return found


def _from_rings(rings: "list[Floats]") -> "BaseGeometry":
    """Polygon of rings that need to be unrolled or repaired."""
    shell, *holes = (_inside(ring) for ring in rings)
    return shapely.difference(shell, shapely.union_all(holes)) if holes else shell


def _straight_m(lat: "Floats", tolerance_m: float) -> "Floats":
    """How long a geodesic may be, to be a straight line of lon/lat within a quarter of this."""
    bend = (
        np.tan(np.radians(np.minimum(lat, _HIGHEST))) / _RADIUS_M
    )  # of a parallel, seen from above
    found: Floats = np.sqrt(2.0 * tolerance_m / np.maximum(bend, 1e-12)).clip(_SHORTEST_M, _SIDE_M)
    return found


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
    thin = shapely.simplify(thin, tolerance_m / _DEGREE_M)
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
        large = np.hypot(wide, high) * _DEGREE_M > _LEAF_M
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
        parts = _parts(*pieces[same])
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
    pieces = np.ceil(metres / _straight_m(np.maximum(north[1:], north[:-1]), tolerance_m))
    if (pieces > 1).any():
        xy, ring = _divided(xy, ring, pieces.clip(1).astype(np.intp))
    lonlat = _direct(xy, middle[ring])
    # Where a ring comes near a pole, longitudes jump: it is unrolled by itself.
    polar = np.zeros(len(parts), dtype=bool)
    polar[part[ring[np.abs(lonlat[:, 0] - middle[ring, 0]) > _POLE]]] = True
    found = _polygons(shapely.linearrings(lonlat, indices=ring), part)
    for i in np.flatnonzero(polar):
        found[i] = _from_rings([lonlat[ring == r] for r in np.flatnonzero(part == i)])
    bad = ~shapely.is_valid(found)
    found[bad] = shapely.make_valid(found[bad], method="structure")
    west, _, east, _ = shapely.bounds(found).T
    for i in np.flatnonzero((west < -_HALF_TURN) | (east > _HALF_TURN)):
        found[i] = _within_a_turn(found[i], west[i], east[i])
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
    arc, lat = metres / _RADIUS_M, np.radians(middle_lat)
    north = np.sinc(arc / np.pi) * xy[:, 1] / _RADIUS_M
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
        discs.append(_inside(lonlat) if wide else shapely.polygons(lonlat))
    return discs


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
    return _within_a_turn(polygon, lon.min(), lon.max())


def _within_a_turn(geometry: "BaseGeometry", west: float, east: float) -> "BaseGeometry":
    """Move what lies beyond ±180 to where it is, by whole turns."""
    if west >= -_HALF_TURN and east <= _HALF_TURN:
        return geometry
    pieces = []
    for number in range(math.floor((west + 180.0) / 360.0), math.ceil((east - 180.0) / 360.0) + 1):
        by = np.array([-360.0 * number, 0.0])
        moved = shapely.transform(geometry, lambda lonlat, by=by: lonlat + by)
        pieces.append(shapely.intersection(moved, _WORLD))
    dimension = shapely.get_dimensions(geometry)
    found = _parts(*pieces)
    return shapely.union_all(found[shapely.get_dimensions(found) == dimension])
