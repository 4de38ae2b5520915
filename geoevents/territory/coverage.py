"""Polygons that share borders, drawn with fewer vertices without gaps between them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.geodesy.equalarea import EqualArea
from geoevents.territory.arrangement import faces, owners, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]


def simplified(polygons: "Geometries", tolerance_m: float) -> "Geometries":
    """
    Simplify a coverage.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely geometries
        Valid polygons that do not overlap, in lon/lat.
    tolerance_m : float
        In metres, as `shapely.coverage_simplify` takes it in an equal-area plane.

    Returns
    -------
    numpy.ndarray of shapely geometries
        The polygons with some of their vertices, in lon/lat as they were; neighbours keep a common
        border. A polygon smaller than the tolerance may be lost: it is empty then.
    """
    if not len(polygons):
        return polygons
    if not shapely.coverage_is_valid(polygons):
        polygons = matched(polygons)
    west, south, east, north = shapely.total_bounds(polygons)
    plane = EqualArea((west + east) / 2, (south + north) / 2)
    lonlat = np.unique(shapely.get_coordinates(polygons), axis=0)
    flat = plane.forward(lonlat)
    thin = shapely.coverage_simplify(shapely.transform(polygons, plane.forward), tolerance_m)
    # The vertices left are some of those there were: looked up, they are exactly the same.
    place = pd.Index(flat.view(np.complex128).ravel())
    kept = place.get_indexer(shapely.get_coordinates(thin).view(np.complex128).ravel())
    found: Geometries = shapely.set_coordinates(thin, lonlat[kept])
    return found


def matched(polygons: "Geometries") -> "Geometries":
    """
    Give neighbours the same vertices along their common borders.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely geometries
        Valid polygons that do not overlap.

    Returns
    -------
    numpy.ndarray of shapely geometries
        The same ground with more vertices.
    """
    pieces = faces(shapely.boundary(polygons))
    owner = owners(shapely.point_on_surface(pieces), polygons)
    pieces, owner = pieces[owner >= 0], owner[owner >= 0]
    found = polygons.copy()
    there, group = np.unique(owner, return_inverse=True)
    found[there] = together(pieces, group, len(there))
    return found
