"""Polygons that share borders, drawn with fewer vertices without gaps between them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.geodesy.equalarea import EqualArea
from geoevents.territory.arrangement import middles, owners, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]


_GRID_DEG = 1e-11  # a micrometre


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
    if _apart(polygons) or not shapely.coverage_is_valid(polygons):
        polygons = matched(polygons)
    west, south, east, north = shapely.total_bounds(polygons)
    plane = EqualArea((west + east) / 2, (south + north) / 2)
    lonlat = np.unique(shapely.get_coordinates(polygons), axis=0)
    flat, first = np.unique(plane.forward(lonlat).view(np.complex128).ravel(), return_index=True)
    thin = shapely.coverage_simplify(shapely.transform(polygons, plane.forward), tolerance_m)
    # The vertices left are some of those there were: looked up, they are exactly the same.
    left = shapely.get_coordinates(thin).view(np.complex128).ravel()
    kept = first[pd.Index(flat).get_indexer(left)]
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
    # Borders that rounding keeps apart would be simplified apart: on a grid they fall together.
    noded = shapely.union_all(shapely.boundary(polygons), grid_size=_GRID_DEG)
    pieces = shapely.get_parts(shapely.polygonize([noded]))
    owner = owners(middles(pieces), polygons)
    pieces, owner = pieces[owner >= 0], owner[owner >= 0]
    found = polygons.copy()
    there, group = np.unique(owner, return_inverse=True)
    found[there] = together(pieces, group, len(there))
    given = shapely.points(shapely.get_coordinates(polygons))
    moved = shapely.points(shapely.get_coordinates(found))
    vertex, old = shapely.STRtree(given).query_nearest(
        moved, max_distance=2.0 * _GRID_DEG, all_matches=False
    )
    lonlat = shapely.get_coordinates(found)
    lonlat[vertex] = shapely.get_coordinates(given)[old]
    back: Geometries = shapely.set_coordinates(found, lonlat)
    return back


def _apart(polygons: "Geometries") -> bool:
    """Tell whether rounding keeps vertices apart: GEOS takes what is between them for a gap."""
    lonlat = np.unique(shapely.get_coordinates(polygons), axis=0)
    on_grid = (np.unique(np.floor(lonlat / _GRID_DEG + way), axis=0) for way in (0.0, 0.5))
    return any(len(some) < len(lonlat) for some in on_grid)
