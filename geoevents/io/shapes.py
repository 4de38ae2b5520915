"""Geometries as files hold them: rings as lines, and no measures where there are none."""

import geopandas as gpd
import numpy as np
import shapely

from geoevents.errors import GeoeventsError

_RING, _COLLECTION = 2, 7


def without_rings(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Make rings the closed lines that they are.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows. No format but KML has rings that are not part of a polygon, and KML's are not
        read by others; GDAL crashes when it is asked for a layer of them.

    Examples
    --------
    >>> ring = shapely.LinearRing([(0, 0), (1, 0), (1, 1)])
    >>> print(without_rings(gpd.GeoDataFrame(geometry=[ring])).geometry[0])
    LINESTRING (0 0, 1 0, 1 1, 0 0)
    """
    shapes = frame.geometry.to_numpy()
    kinds = shapely.get_type_id(shapes)
    wrong = kinds == _RING
    parts, rows = shapes[kinds == _COLLECTION], np.flatnonzero(kinds == _COLLECTION)
    while len(parts):
        parts, owners = shapely.get_parts(parts, return_index=True)
        rows, inner = rows[owners], shapely.get_type_id(parts)
        wrong[rows[inner == _RING]] = True
        parts, rows = parts[inner == _COLLECTION], rows[inner == _COLLECTION]
    if not wrong.any():
        return frame
    shapes = shapes.copy()
    shapes[wrong] = shapely.from_wkb(shapely.to_wkb(shapes[wrong]))  # which has no rings
    return frame.set_geometry(gpd.GeoSeries(shapes, frame.index, crs=frame.crs, name="geometry"))


def see_measures(shapes: np.ndarray, rows: np.ndarray, form: str) -> None:
    """
    See that no geometry has a measure (M), where a format has none.

    Parameters
    ----------
    shapes : numpy.ndarray of shapely geometries
        The geometries.
    rows : numpy.ndarray of int
        What errors call them.
    form : str
        The format.

    Raises
    ------
    GeoeventsError
        If one has.
    """
    if len(measured := np.flatnonzero(shapely.has_m(shapes))):
        raise GeoeventsError(
            f"row {rows[measured[0]]}, column geometry: has a measure (M), which no {form} file "
            "can hold: take it out with shapely.force_2d (shapely.force_3d keeps heights), or "
            "write Parquet or CSV"
        )
