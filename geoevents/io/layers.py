"""Layers of the formats that GDAL writes: what they hold exactly, and what they are refused."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geoevents.errors import GeoeventsError
from geoevents.io.cells import see_integers, see_scalars
from geoevents.io.shapes import see_measures

_NAMES = {"GPKG": "GeoPackage", "FlatGeobuf": "FlatGeobuf"}
_MOST = np.iinfo(np.int64).max
_UTC = 100  # as GDAL numbers zones
_KINDS = (
    *("Point", "LineString", "LinearRing", "Polygon"),
    *("MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"),
)
_YEARS = (np.datetime64("0001-01-01", "s"), np.datetime64("9999-12-31T23:59:59", "s"))


def write_layer(
    frame: gpd.GeoDataFrame, path: Path, layer: str, driver: str, options: Mapping[str, str]
) -> None:
    """
    Write a file of one layer with GDAL.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows, as `geoevents.io.objects.plain` makes them.
    path : pathlib.Path
        The file.
    layer : str
        The name of the layer.
    driver : {"GPKG", "FlatGeobuf"}
        GDAL's name of the format.
    options : mapping of str to str
        GDAL's options for layers of it.

    Raises
    ------
    GeoeventsError
        If a cell holds what these formats have no form for; the message names row and column.
    """
    see_scalars(frame)
    see_measures(frame.geometry.to_numpy(), np.arange(len(frame)), _NAMES[driver])
    fields = {
        str(name): _field(frame[name], _NAMES[driver]) for name in frame.columns.drop("geometry")
    }
    zoned = [name for name in fields if isinstance(frame[name].dtype, pd.DatetimeTZDtype)]
    # Not by write_dataframe, which knows no dates without a time; nor through Arrow, with which
    # GDAL 3.12 writes wrong seconds for times before 1970.
    pyogrio.raw.write(
        path,
        shapely.to_wkb(frame.geometry.to_numpy(), output_dimension=3),
        [values for values, _ in fields.values()],
        list(fields),
        [missing for _, missing in fields.values()],
        layer=layer,
        driver=driver,
        geometry_type=_geometry_type(frame.geometry.to_numpy()),
        crs=None if frame.crs is None else "EPSG:4326",
        promote_to_multi=False,
        layer_options=dict(options),
        gdal_tz_offsets={name: np.full(len(frame), _UTC) for name in zoned},
    )


def _geometry_type(shapes: np.ndarray) -> str:
    """Name the kind of all geometries, as GDAL calls it."""
    kinds = {_KINDS[kind] for kind in np.unique(shapely.get_type_id(shapes)) if kind >= 0}
    if len(kinds) != 1:
        return "Unknown"
    high = shapely.has_z(shapes) & ~shapely.is_empty(shapes)
    return kinds.pop() + (" Z" if high.any() else "")


def _field(column: pd.Series, form: str) -> tuple[np.ndarray, np.ndarray | None]:
    """Give a column as GDAL takes it, and which of its cells are missing."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fb":
        return column.to_numpy(), None
    if column.dtype.kind == "M":
        return _instants(column, form), None
    missing = column.isna().to_numpy(dtype=bool)
    if column.dtype.kind in "fb":
        dtype = column.dtype.type if column.dtype.kind == "f" else bool
        return column.to_numpy(dtype=dtype, na_value=dtype(0)), missing
    inferred = pd.api.types.infer_dtype(column, skipna=True)
    if inferred == "date":
        dates = column.where(~missing, None).astype("datetime64[ms]").to_numpy()
        return dates.astype("datetime64[D]"), None
    if inferred == "integer":
        column = _integers(column, form)
    elif inferred not in {"string", "empty"}:
        column = _texts(column)
    if column.dtype.kind == "i":
        return column.to_numpy(dtype=column.dtype.type, na_value=0), missing
    return column.to_numpy(dtype=object), missing


def _texts(column: pd.Series) -> pd.Series:
    missing = column.isna().tolist()
    cells = [
        None if gone else str(value) for value, gone in zip(column.tolist(), missing, strict=True)
    ]
    return pd.Series(cells, column.index, dtype=object)


def _integers(column: pd.Series, form: str) -> pd.Series:
    """See that integers have at most 64 bits with sign."""
    if column.dtype.kind in "Ou":
        see_integers(column, -_MOST - 1, _MOST, form)
        column = column.astype("Int64" if column.isna().any() else "int64")
    return column


def _instants(column: pd.Series, form: str) -> np.ndarray:
    """See that dates are such as GDAL holds: to the millisecond, and in UTC if they have a zone."""
    zoned = isinstance(column.dtype, pd.DatetimeTZDtype)
    values = (column.dt.tz_convert("UTC").dt.tz_localize(None) if zoned else column).to_numpy()
    there = ~np.isnat(values)
    finer = there & (values != values.astype("datetime64[ms]"))
    if finer.any():
        row = int(np.flatnonzero(finer)[0])
        raise GeoeventsError(
            f"row {row}, column {column.name}: {column.iloc[row].isoformat()} is finer than the "
            f"milliseconds that a {form} file holds: round the column with .dt.floor('ms'), or "
            "write another format"
        )
    outside = there & ((values < _YEARS[0]) | (values.astype("datetime64[s]") > _YEARS[1]))
    if outside.any():
        row = int(np.flatnonzero(outside)[0])
        raise GeoeventsError(
            f"row {row}, column {column.name}: {values[row]} is outside the years 1 to 9999 that a "
            f"{form} file holds: write another format"
        )
    return np.asarray(values.astype("datetime64[ms]"))
