"""Geodesic area and length of geometries and of whole frames."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoevents.errors import GeometryError, shown
from geoevents.geodesy.points import distances_m
from geoevents.geodesy.rings import read_rings, ring_areas
from geoevents.geodesy.validity import Memory, check_coordinates, check_polygons

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from geoevents.geodesy.validity import Labels

    _Measure = Callable[[NDArray[Any], Labels], NDArray[np.float64]]

_LONLAT = Memory()  # CRS objects known to be WGS 84 longitude and latitude: comparing them is slow


def area(geometries: Any) -> Any:
    """
    Geodesic area on WGS 84, in square kilometres.

    Parameters
    ----------
    geometries : shapely geometry, GeoSeries, GeoDataFrame, or sequence of shapely geometries
        A GeoSeries or GeoDataFrame is reprojected to longitude and latitude if need be; anything
        else is taken as longitude and latitude in degrees. Z is ignored.

    Returns
    -------
    float or pandas.Series
        A float for one geometry; else a Series named ``area_km2`` on the same index. 0 for points,
        lines and empty geometries; NaN for a missing one. A collection counts each of its polygons.

    Raises
    ------
    GeometryError
        For a polygon that is not valid, a coordinate that is no longitude and latitude, a
        GeoSeries without CRS, or something that is not a geometry: it names the row.

    See Also
    --------
    length : Geodesic length.

    Notes
    -----
    Edges are geodesics, as `pyproj.Geod` takes them: a step of longitude beyond 180 degrees goes
    the other, shorter way round, across the antimeridian. The orientation of rings is ignored.
    A ring that goes round a pole holds the smaller of the two caps it parts; any other ring holds
    what it holds on a longitude and latitude plane, be it more than a hemisphere.

    The result is within 1e-7 of the exact one, relative; for slivers, within rounding, which is
    some 1e-5 m2 for each kilometre of edge. Geometries with 256 vertices or more are checked for
    validity once and remembered, for shapely geometries never change. Validity is that of the
    longitude and latitude plane (of a plane about the pole for a ring that goes round one).

    References
    ----------
    Karney, C. F. F. (2013). Algorithms for geodesics. Journal of Geodesy 87, 43-55.
    https://doi.org/10.1007/s00190-012-0578-z

    Examples
    --------
    >>> import shapely
    >>> print(f"{area(shapely.box(39, 35, 40, 36)):.2f}")
    10066.27
    """
    return _measured(geometries, polygon_areas, "area_km2")


def length(geometries: Any) -> Any:
    """
    Geodesic length on WGS 84, in kilometres.

    Parameters
    ----------
    geometries : shapely geometry, GeoSeries, GeoDataFrame, or sequence of shapely geometries
        As for `area`.

    Returns
    -------
    float or pandas.Series
        A float for one geometry; else a Series named ``length_km`` on the same index. As in
        shapely, the length of a polygon is its perimeter, holes included; a collection counts
        all its lines and polygons; points and empty geometries have 0, a missing one NaN.

    Raises
    ------
    GeometryError
        For a coordinate that is no longitude and latitude, a GeoSeries without CRS, or something
        that is not a geometry: it names the row.

    See Also
    --------
    area : Geodesic area.

    Examples
    --------
    >>> import shapely
    >>> print(f"{length(shapely.LineString([(40.141, 35.336), (40.427, 35.156)])):.2f}")
    32.81
    """
    return _measured(geometries, line_lengths, "length_km")


def polygon_areas(geometries: "NDArray[Any]", labels: "Labels") -> "NDArray[np.float64]":
    """
    Geodesic area of each geometry of an array, as `area` has it, without a frame.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        In lon/lat.
    labels : sequence of str
        What to call each of them in an error.

    Returns
    -------
    numpy.ndarray
        Square kilometres.

    Raises
    ------
    GeometryError
        As `area` does.
    """
    rings = read_rings(geometries)
    if not len(rings.start):
        return np.zeros(len(geometries))
    check_polygons(geometries, labels, rings)
    return ring_areas(rings, len(geometries)) * 1e-6


def line_lengths(geometries: "NDArray[Any]", labels: "Labels") -> "NDArray[np.float64]":
    """
    Geodesic length of each geometry of an array, as `length` has it, without a frame.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        In lon/lat.
    labels : sequence of str
        What to call each of them in an error.

    Returns
    -------
    numpy.ndarray
        Kilometres.

    Raises
    ------
    GeometryError
        As `length` does.
    """
    parts, row = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) > 3).any():  # noqa: PLR2004 -- GEOS types: collections
        parts, inner = shapely.get_parts(parts, return_index=True)
        row = row[inner]
    polygonal = shapely.get_type_id(parts) == 3  # noqa: PLR2004 -- GEOS type: polygon
    rings, inner = shapely.get_rings(parts[polygonal], return_index=True)
    lines = np.concatenate([parts[~polygonal], rings])
    row = np.concatenate([row[~polygonal], row[polygonal][inner]])
    xy, line = shapely.get_coordinates(lines, return_index=True)
    lon, lat = np.ascontiguousarray(xy.T)
    check_coordinates(labels, lon, lat, row[line])
    edge = line[1:] == line[:-1]
    metres = distances_m(lon[:-1][edge], lat[:-1][edge], lon[1:][edge], lat[1:][edge])
    total = np.bincount(row[line[1:][edge]], metres, len(geometries))
    return np.asarray(total, dtype=np.float64) * 1e-3


def _measured(geometries: Any, measure: "_Measure", name: str) -> Any:
    """Apply a measure to one geometry, or to many and keep their index."""
    if isinstance(geometries, BaseGeometry):
        return float(measure(np.array([geometries], dtype=object), ["the geometry"])[0])
    import geopandas as gpd  # noqa: PLC0415 -- one geometry needs no frames, and they load slowly
    import pandas as pd  # noqa: PLC0415

    if isinstance(geometries, gpd.array.GeometryArray):
        geometries = gpd.GeoSeries(geometries)
    if isinstance(geometries, gpd.GeoDataFrame):
        try:
            geometries = geometries.geometry
        except AttributeError:
            raise GeometryError(
                "the GeoDataFrame has no active geometry column: choose one with .set_geometry(...)"
            ) from None
    if isinstance(geometries, gpd.GeoSeries):
        index, array = geometries.index, np.asarray(in_lonlat(geometries).array)
    else:
        if not pd.api.types.is_list_like(geometries):
            raise GeometryError(
                f"{shown(geometries)} is not a shapely geometry, nor a sequence or frame of them"
            )
        index = geometries.index if isinstance(geometries, pd.Series) else None
        array = np.empty(len(geometries), dtype=object)
        array[:] = list(geometries)
        array[pd.isna(array)] = None
        index = pd.RangeIndex(len(array)) if index is None else index
        _check_types(array, index)
    values = measure(array, _Labels(index))
    values[shapely.is_missing(array)] = np.nan
    return pd.Series(values, index=index, name=name)


class _Labels:
    """What errors call the rows of an index, worked out only when asked."""

    def __init__(self, index: "pd.Index[Any]") -> None:
        self._index = index

    def __getitem__(self, row: int) -> str:
        return f"row {shown(self._index[row])}"


def _check_types(array: "NDArray[Any]", index: "pd.Index[Any]") -> None:
    wrong = ~(shapely.is_geometry(array) | shapely.is_missing(array))
    if wrong.any():
        row = int(wrong.argmax())
        raise GeometryError(
            f"row {shown(index[row])} is not a shapely geometry: {shown(array[row])}"
        )


def in_lonlat(geometries: Any) -> Any:
    """Bring a GeoSeries to WGS 84 longitude and latitude."""
    crs = geometries.crs
    if crs is None:
        raise GeometryError(
            "the geometries have no CRS: say what their coordinates are with .set_crs(...), "
            "EPSG:4326 for longitude and latitude"
        )
    if crs in _LONLAT:
        return geometries
    if any(crs == known for known in ("EPSG:4326", "OGC:CRS84")):  # equal, but hashed apart
        _LONLAT.add(crs)
        return geometries
    return geometries.to_crs(4326)
