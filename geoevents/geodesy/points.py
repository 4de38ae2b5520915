"""From point to point on WGS 84: distance, bearing, destination, and a plane to draw on."""

from functools import lru_cache
from typing import TYPE_CHECKING, overload

import numpy as np
from pyproj import CRS, Geod

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
_NEAR_M = 20_000.0


def _broadcast(*values: "ArrayLike") -> tuple["list[NDArray[np.float64]]", bool]:
    """Arrays of one shape that pyproj may write into, and whether all were scalars."""
    arrays = [np.asarray(value, dtype=np.float64) for value in values]
    scalar = all(array.ndim == 0 for array in arrays)
    return [np.array(array) for array in np.broadcast_arrays(*map(np.atleast_1d, arrays))], scalar


def _inverse(
    a_lon: "ArrayLike", a_lat: "ArrayLike", b_lon: "ArrayLike", b_lat: "ArrayLike", which: int
) -> "float | NDArray[np.float64]":
    arrays, scalar = _broadcast(a_lon, a_lat, b_lon, b_lat)
    missing = np.isnan(arrays).any(axis=0)
    for array in arrays:  # pyproj reads NaN as infinity: measure 0, 0 there and forget it after
        array[missing] = 0.0
    found: NDArray[np.float64] = np.asarray(
        GEOD.inv(arrays[0], arrays[1], arrays[2], arrays[3])[which], dtype=np.float64
    )
    found[missing] = np.nan
    return float(found[0]) if scalar else found


@overload
def distance_m(a_lon: float, a_lat: float, b_lon: float, b_lat: float) -> float: ...
@overload
def distance_m(
    a_lon: "ArrayLike", a_lat: "ArrayLike", b_lon: "ArrayLike", b_lat: "ArrayLike"
) -> "NDArray[np.float64]": ...
def distance_m(
    a_lon: "ArrayLike", a_lat: "ArrayLike", b_lon: "ArrayLike", b_lat: "ArrayLike"
) -> "float | NDArray[np.float64]":
    """
    Length of the geodesic between points, in metres.

    Parameters
    ----------
    a_lon, a_lat : float or array-like
        Longitude and latitude of the first points, in degrees.
    b_lon, b_lat : float or array-like
        Longitude and latitude of the second points, in degrees.

    Returns
    -------
    float or numpy.ndarray
        Metres: a float for four scalars, else an array of the broadcast shape; NaN where a
        coordinate is NaN.

    Examples
    --------
    >>> round(distance_m(40.141, 35.336, 40.427, 35.156))  # Deir ez-Zor to al-Busayrah
    32808
    """
    return _inverse(a_lon, a_lat, b_lon, b_lat, 2)


def distances_m(a_lon: "Floats", a_lat: "Floats", b_lon: "Floats", b_lat: "Floats") -> "Floats":
    """
    Length of the geodesic between each two points of columns: quick where they are near.

    Parameters
    ----------
    a_lon, a_lat, b_lon, b_lat : numpy.ndarray
        Longitudes and latitudes in degrees, of one length.

    Returns
    -------
    numpy.ndarray
        Metres, each within 1e-8.

    Notes
    -----
    Below 20 km it is an arc over the straight chord, as curved as the ellipsoid is at its middle in
    its direction (Euler's formula). What that leaves out, the change of curvature and the twist
    along the arc, is of fourth order in its length over the earth's radius.

    References
    ----------
    Karney, C. F. F. (2013). Algorithms for geodesics. Journal of Geodesy 87, 43-55.
    https://doi.org/10.1007/s00190-012-0578-z

    Examples
    --------
    >>> distances_m(np.array([40.0]), np.array([35.0]), np.array([40.0]), np.array([35.1])).round(3)
    array([11094.149])
    """
    a, b = _in_space(a_lon, a_lat), _in_space(b_lon, b_lat)
    square = ((b - a) ** 2).sum(axis=0)
    middle = np.sin(np.radians(a_lat + b_lat) / 2)
    squash = 1.0 - GEOD.es * middle**2
    across = GEOD.a / np.sqrt(squash)  # radii of curvature, across the meridian and along it
    along = across * (1.0 - GEOD.es) / squash
    north = (along * np.radians(b_lat - a_lat)) ** 2
    share = np.divide(north, square, out=np.zeros_like(north), where=square > 0).clip(max=1.0)
    x2 = square * (share / along + (1.0 - share) / across) ** 2 / 4.0
    metres: Floats = np.sqrt(square) * (1.0 + x2 * (1.0 / 6.0 + x2 * 3.0 / 40.0))
    (far,) = np.nonzero(~(square < _NEAR_M**2))
    if len(far):
        _, _, metres[far] = GEOD.inv(a_lon[far], a_lat[far], b_lon[far], b_lat[far])
    return metres


def _in_space(lon: "Floats", lat: "Floats") -> "Floats":
    """Coordinates from the middle of the earth: three rows, in metres."""
    phi, lam = np.radians(lat), np.radians(lon)
    sine, cosine = np.sin(phi), np.cos(phi)
    radius = GEOD.a / np.sqrt(1.0 - GEOD.es * sine**2)
    out = radius * cosine
    return np.stack([out * np.cos(lam), out * np.sin(lam), radius * (1.0 - GEOD.es) * sine])


@overload
def bearing(a_lon: float, a_lat: float, b_lon: float, b_lat: float) -> float: ...
@overload
def bearing(
    a_lon: "ArrayLike", a_lat: "ArrayLike", b_lon: "ArrayLike", b_lat: "ArrayLike"
) -> "NDArray[np.float64]": ...
def bearing(
    a_lon: "ArrayLike", a_lat: "ArrayLike", b_lon: "ArrayLike", b_lat: "ArrayLike"
) -> "float | NDArray[np.float64]":
    """
    Direction in which the geodesic leaves the first point for the second.

    Parameters
    ----------
    a_lon, a_lat : float or array-like
        Longitude and latitude of the first points, in degrees.
    b_lon, b_lat : float or array-like
        Longitude and latitude of the second points, in degrees.

    Returns
    -------
    float or numpy.ndarray
        Degrees clockwise from true north, from 0 to under 360.

    Examples
    --------
    >>> bearing(40.0, 35.0, 40.0, 34.0)
    180.0
    """
    return _inverse(a_lon, a_lat, b_lon, b_lat, 0) % 360.0


@overload
def destination(
    lon: float, lat: float, bearing: float, distance_m: float
) -> tuple[float, float]: ...
@overload
def destination(
    lon: "ArrayLike", lat: "ArrayLike", bearing: "ArrayLike", distance_m: "ArrayLike"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]": ...
def destination(
    lon: "ArrayLike", lat: "ArrayLike", bearing: "ArrayLike", distance_m: "ArrayLike"
) -> "tuple[float, float] | tuple[NDArray[np.float64], NDArray[np.float64]]":
    """
    Where a geodesic leads to.

    Parameters
    ----------
    lon, lat : float or array-like
        Where it starts, in degrees.
    bearing : float or array-like
        Direction at the start, degrees clockwise from true north.
    distance_m : float or array-like
        How far to go, in metres.

    Returns
    -------
    tuple of (float, float) or of (numpy.ndarray, numpy.ndarray)
        Longitude (from -180 to 180) and latitude, in degrees.

    Examples
    --------
    >>> lon, lat = destination(39.017, 35.951, 90.0, 10_000.0)  # 10 km east of Raqqa
    >>> print(f"{lon:.4f} {lat:.4f}")
    39.1278 35.9509
    """
    arrays, scalar = _broadcast(lon, lat, bearing, distance_m)
    to_lon, to_lat, _ = GEOD.fwd(arrays[0], arrays[1], arrays[2], arrays[3])
    if scalar:
        return float(to_lon[0]), float(to_lat[0])
    return to_lon, to_lat


@lru_cache(maxsize=256)
def local_crs(lon: float, lat: float) -> CRS:
    """
    Plane that keeps areas, centred on a point: Lambert azimuthal equal-area on WGS 84.

    Parameters
    ----------
    lon, lat : float
        The centre, in degrees.

    Returns
    -------
    pyproj.CRS
        Projected, in metres. Distances are true to 0.1 % within about 550 km of the centre.

    Examples
    --------
    >>> local_crs(40.1, 35.3).axis_info[0].unit_name
    'metre'
    """
    return CRS.from_proj4(f"+proj=laea +lat_0={lat!r} +lon_0={lon!r} +datum=WGS84 +units=m")
