"""The plane in which the distances from sites are measured."""

from typing import TYPE_CHECKING

import numpy as np

from geoevents.errors import GeometryError
from geoevents.geodesy import distance_m
from geoevents.geodesy.edges import cut
from geoevents.geodesy.equalarea import EqualArea
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CUT_M = 1_000.0
"""A geodesic this long is straight in lon/lat within 0.04 m, up to 60 degrees of latitude."""

_SITES_M = 1_250_000.0  # there distances are off by 0.5 %: shorter outwards, longer across
_GROUND_M = 2_500_000.0  # and there by 2 %
_HIGHEST_DEG = 80.0
_WIDEST_DEG = 90.0
_TURN = 360.0


def plane_about(lonlat: "Floats") -> EqualArea:
    """
    Make the plane in which the distances from sites are measured.

    Parameters
    ----------
    lonlat : numpy.ndarray
        The sites in degrees, n by 2.

    Returns
    -------
    EqualArea
        About the middle of their extent.

    Raises
    ------
    GeometryError
        If they spread so far that no plane is true to all of them.

    Notes
    -----
    At an angle c from the middle, Lambert's plane shortens what points to the middle by
    cos(c / 2), and lengthens what lies across by as much (Snyder 1987, p. 183): by 0.5 % at
    1,250 km, by 0.02 % at 250 km.

    References
    ----------
    Snyder, J. P. (1987). Map projections: a working manual. USGS Professional Paper 1395.

    Examples
    --------
    >>> round(plane_about(np.array([[179.0, 10.0], [-177.0, 10.0]])).lon, 9)
    -179.0
    """
    lon, lat = np.radians(lonlat.T)
    cosine = np.cos(lat)
    x, y, z = np.array([cosine * np.cos(lon), cosine * np.sin(lon), np.sin(lat)]).sum(axis=1)
    first = EqualArea(
        float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    )
    # The mean leans to where the sites are dense; the plane should be as true at every rim.
    xy = first.forward(lonlat)
    lon, lat = first.inverse((xy.min(axis=0) + xy.max(axis=0))[None] / 2)[0]
    lon = (lon + 180.0) % _TURN - 180.0
    far = float(np.max(distance_m(lon, lat, *lonlat.T)))
    if far > _SITES_M:
        raise GeometryError(
            f"the sites lie up to {far / 1000:,.0f} km from their middle: distances in one plane "
            f"are only true (to 0.5 %) within {_SITES_M / 1000:,.0f} km of it, sites spread over "
            "some 2,500 km; divide them among several calls, or check their coordinates"
        )
    return EqualArea(float(lon), float(lat))


def middle_of(plane: EqualArea) -> tuple[float, float]:
    """
    Say where the middle of a plane is.

    Parameters
    ----------
    plane : EqualArea
        The plane.

    Returns
    -------
    tuple of float
        Longitude and latitude, in degrees.
    """
    ((lon, lat),) = plane.inverse(np.zeros((1, 2)))
    return float(lon), float(lat)


def unrolled(lon: "Floats", plane: EqualArea) -> "Floats":
    """
    Bring longitudes within half a turn of the middle of a plane.

    Parameters
    ----------
    lon : numpy.ndarray
        Degrees.
    plane : EqualArea
        The plane.

    Returns
    -------
    numpy.ndarray
        The same meridians; unchanged to the last bit where they are near already.
    """
    found: Floats = lon + _TURN * np.round((plane.lon - lon) / _TURN)
    return found


def check_reach(lonlat: "Floats", plane: EqualArea) -> None:
    """
    Refuse ground where a plane is not true, or meridians run together.

    Parameters
    ----------
    lonlat : numpy.ndarray
        Vertices of its outline, in degrees, n by 2.
    plane : EqualArea
        The plane.

    Raises
    ------
    GeometryError
        If a vertex lies more than 2,500 km from the middle of the plane, or beyond 80 degrees of
        latitude, or a quarter turn east or west of the middle.
    """
    far = float(np.max(distance_m(*middle_of(plane), *lonlat.T)))
    if far > _GROUND_M:
        raise GeometryError(
            f"the ground reaches {far / 1000:,.0f} km from the middle of the sites: in one plane "
            f"distances are only true (to 2 %) within {_GROUND_M / 1000:,.0f} km of it; clip "
            "within to the region that the sites speak for"
        )
    wide = np.abs(unrolled(lonlat[:, 0], plane) - plane.lon).max() > _WIDEST_DEG
    if wide or np.abs(lonlat[:, 1]).max() > _HIGHEST_DEG:
        raise GeometryError(
            f"the ground reaches too near to a pole, beyond {_HIGHEST_DEG:g} degrees of latitude: "
            "control cannot be inferred there"
        )


def fine(
    lonlat: "Floats", owner: "NDArray[np.intp]", plane: EqualArea
) -> tuple["Floats", "NDArray[np.intp]"]:
    """
    Cut the geodesic edges of lines into pieces that are straight in lon/lat.

    Parameters
    ----------
    lonlat : numpy.ndarray
        Their vertices, in degrees, n by 2.
    owner : numpy.ndarray of int
        The line of each vertex, in ascending order.
    plane : EqualArea
        The plane about whose middle longitudes are unrolled.

    Returns
    -------
    tuple of numpy.ndarray
        Vertices and lines again, no two vertices of an edge more than 1 km apart.
    """
    lon, lat = unrolled(lonlat[:, 0], plane), np.ascontiguousarray(lonlat[:, 1])
    joined = owner[1:] == owner[:-1]
    step = np.where(joined, (np.diff(lon) + 180.0) % _TURN - 180.0, 0.0)
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    pieces = np.ceil(np.asarray(metres) * joined / CUT_M).clip(1).astype(np.intp)
    lon, lat, _ = cut(lon, lat, step, pieces)
    return np.column_stack([lon, lat]), np.append(np.repeat(owner[:-1], pieces), owner[-1])
