"""Geodesic area and length of geometries."""

from typing import TYPE_CHECKING, Any, overload

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoevents.errors import GeometryError
from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    import pandas as pd


def _measured(geometries: Any, measure: Any, name: str) -> Any:
    if isinstance(geometries, BaseGeometry):
        return float(measure(np.array([geometries]), [None])[0])
    import geopandas as gpd
    import pandas as pd

    if isinstance(geometries, gpd.GeoDataFrame):
        geometries = geometries.geometry
    if isinstance(geometries, gpd.GeoSeries):
        if geometries.crs is None:
            raise GeometryError("the GeoSeries has no CRS: say which with .set_crs(...)")
        geometries = geometries.to_crs(4326)
    index = geometries.index if isinstance(geometries, pd.Series) else None
    array = np.array([g if isinstance(g, BaseGeometry) else None for g in geometries], dtype=object)
    series = pd.Series(np.nan, index=index if index is not None else range(len(array)), name=name)
    series[:] = measure(array, series.index)
    return series


def _areas(array: Any, labels: Any) -> Any:
    bad = ~(shapely.is_valid(array) | shapely.is_missing(array))
    if bad.any():
        i = int(bad.argmax())
        raise GeometryError(f"row {labels[i]!r}: {shapely.is_valid_reason(array[i])}")

    def one(g: Any) -> float:
        if g is None:
            return float("nan")
        rings = [
            (p.exterior, p.interiors)
            for p in shapely.get_parts(g).tolist()
            if p.geom_type == "Polygon"
        ]
        return (
            sum(
                abs(GEOD.geometry_area_perimeter(e)[0])
                - sum(abs(GEOD.geometry_area_perimeter(i)[0]) for i in ii)
                for e, ii in rings
            )
            / 1e6
        )

    return [one(g) for g in array]


def _lengths(array: Any, labels: Any) -> Any:
    return [float("nan") if g is None else GEOD.geometry_length(g) / 1e3 for g in array]


@overload
def area(geometries: BaseGeometry) -> float: ...
@overload
def area(geometries: Any) -> "pd.Series[float]": ...
def area(geometries: Any) -> "float | pd.Series[float]":
    """Geodesic area in square kilometres."""
    return _measured(geometries, _areas, "area_km2")


@overload
def length(geometries: BaseGeometry) -> float: ...
@overload
def length(geometries: Any) -> "pd.Series[float]": ...
def length(geometries: Any) -> "float | pd.Series[float]":
    """Geodesic length in kilometres."""
    return _measured(geometries, _lengths, "length_km")
