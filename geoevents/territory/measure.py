"""How large ground is, and how large or small it may be, its outline being known to some metres."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.geodesy import length
from geoevents.geodesy.rings import read_rings, ring_areas

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]

_AT_ONCE = 300_000  # vertices


def areas_km2(geometries: "Geometries") -> "Floats":
    """
    Measure valid polygons.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        Polygons and multipolygons known to be valid, in lon/lat.

    Returns
    -------
    numpy.ndarray of float
        Their geodesic areas in km2.
    """
    vertices = np.cumsum(shapely.get_num_coordinates(geometries))
    if not len(vertices) or vertices[-1] <= _AT_ONCE:
        return _measured(geometries)
    # All the vertices of an archive at once would fill the memory.
    cuts = np.flatnonzero(np.diff(vertices // _AT_ONCE)) + 1
    return np.concatenate([_measured(some) for some in np.split(geometries, cuts)])


def _measured(geometries: "Geometries") -> "Floats":
    rings = read_rings(geometries)
    if not len(rings.start):
        return np.zeros(len(geometries))
    return ring_areas(rings, len(geometries)) * 1e-6


def lengths_km(geometries: "Geometries") -> "Floats":
    """
    Measure lines, or the outlines of polygons.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        In lon/lat.

    Returns
    -------
    numpy.ndarray of float
        Their geodesic lengths in km.
    """
    return np.asarray(length(geometries), dtype=np.float64)


def epsilon_band(
    geometries: "Geometries", area_km2: "Floats", uncertainty_m: "Floats"
) -> tuple["Floats", "Floats"]:
    """
    Bound the area of polygons whose outline lies within a band.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely polygons
        The polygons, in lon/lat.
    area_km2 : numpy.ndarray
        Their geodesic areas.
    uncertainty_m : numpy.ndarray
        Half the width of the band: how far to either side of the line the true line may run, in
        metres. NaN (not known) counts as 0.

    Returns
    -------
    tuple of numpy.ndarray
        The least and the greatest area, in km2.

    Notes
    -----
    The epsilon band (Perkal 1956; Chrisman 1982; Blakemore 1984): the true line lies anywhere
    within a distance e of the line drawn. A ring of length l that grows by e all along gains at
    most e l and, at its corners, a full circle (Steiner's formula); one that shrinks loses at most
    e l. Moved outwards, the shells of a polygon of area A grow and its holes shrink; moved inwards,
    its shells shrink and its holes grow. With L the length of its whole outline,

        A - e L - h pi e**2  <=  true area  <=  A + e L + n pi e**2

    where n is the number of parts and h that of holes, and no less than 0. The bounds are reached
    when all of the line is off to the same side, as a river's bank or a map's datum may be; errors
    that are independent from vertex to vertex largely cancel, and their outcome lies well inside.

    References
    ----------
    Perkal, J. (1956). On epsilon length. Bulletin de l'Académie Polonaise des Sciences 4, 399-403.
    Chrisman, N. R. (1982). A theory of cartographic error and its measurement in digital data
    bases. Auto-Carto 5, 159-168.
    Blakemore, M. (1984). Generalisation and error in spatial data bases. Cartographica 21, 131-139.

    Examples
    --------
    >>> import geoevents as ge
    >>> square = shapely.box(40.0, 35.0, 40.1, 35.1)
    >>> low, high = epsilon_band(
    ...     np.array([square]), np.array([ge.area(square)]), np.array([100.0]))
    >>> print(f"{low[0]:.2f} {ge.area(square):.2f} {high[0]:.2f}")
    97.17 101.21 105.29
    """
    band = np.nan_to_num(uncertainty_m, nan=0.0) / 1000.0
    if not band.any():
        return area_km2.copy(), area_km2.copy()
    shift = band * lengths_km(geometries)
    parts, row = shapely.get_parts(geometries, return_index=True)
    holes = np.bincount(row, shapely.get_num_interior_rings(parts), len(geometries))
    circle = np.pi * band * band
    low = np.maximum(area_km2 - shift - holes * circle, 0.0)
    return low, area_km2 + shift + shapely.get_num_geometries(geometries) * circle


def least(low_km2: "Floats", inferred: "NDArray[np.bool_]", uncertainty_m: "Floats") -> "Floats":
    """
    Let ground that was inferred be as small as nothing where nothing says how well it is known.

    Parameters
    ----------
    low_km2 : numpy.ndarray
        The least areas, all lines being where they are drawn.
    inferred : numpy.ndarray of bool
        Whether each was worked out or sketched.
    uncertainty_m : numpy.ndarray
        How far its outline may be off; NaN where that is not said.

    Returns
    -------
    numpy.ndarray
        The least areas.
    """
    return np.where(inferred & np.isnan(uncertainty_m), 0.0, low_km2)
