"""Writing events in the formats people ask for, whole or not at all."""

import csv
import json
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from geoevents.errors import GeoeventsError
from geoevents.events.schema import validate
from geoevents.files import replacing

_WKT_DIGITS = 20  # GEOS then writes the shortest text that reads back as the same number


def write_events(events: pd.DataFrame, path: str | PathLike[str]) -> None:
    """
    Write events to a file.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame
        Events, as `geoevents.events.schema.validate` takes them. Their index is not written.
    path : str or path
        Where to: ``.csv`` (UTF-8, geometry as WKT), ``.geojson`` (RFC 7946), ``.gpkg`` (layer
        ``events``) or ``.parquet`` (GeoParquet). An existing file is replaced in one step once
        the new one is complete; until then, and if anything fails, it stays as it was.

    Raises
    ------
    SchemaError
        If rows are not events.
    GeoeventsError
        If the suffix is another, or the file cannot be written.

    See Also
    --------
    geoevents.read_events : Reads the file back, equal to what was written.

    Notes
    -----
    CSV has no types: a column that the schema does not know is read back as numbers or truth values
    if all of it looks so, else as text. GeoJSON keeps no dtypes either, beyond those of JSON.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> import geoevents as ge
    >>> events = pd.DataFrame({"event_type": ["protest"], "lon": [40.14], "lat": [35.34]})
    >>> with TemporaryDirectory() as folder:
    ...     ge.write_events(events, Path(folder, "events.geojson"))
    ...     print(ge.read_events(Path(folder, "events.geojson")).geometry[0])
    POINT (40.14 35.34)
    """
    target = Path(path)
    if target.suffix.lower() not in _WRITERS:
        raise GeoeventsError(
            f"{target}: cannot tell what to write by the suffix {target.suffix!r}: "
            f"use {', '.join(_WRITERS)}"
        )
    valid = _with_names(validate(events).reset_index(drop=True), target)
    try:
        with replacing(target) as unfinished:
            _WRITERS[target.suffix.lower()](valid, unfinished)
    except GeoeventsError:
        raise
    except (ValueError, TypeError, RuntimeError, pa.ArrowException) as error:
        raise GeoeventsError(f"{target}: cannot hold these events: {error}") from error


def _with_names(events: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    """Name every column in text, as files do, and see that no two are the same to the format."""
    names = [str(name) for name in events.columns]
    if not all(name.strip() for name in names):
        raise GeoeventsError(f"{path}: a column has no name: name it or drop it")
    told_apart = [name.lower() for name in names] if path.suffix.lower() == ".gpkg" else names
    for position, name in enumerate(told_apart):
        if name in told_apart[:position]:
            raise GeoeventsError(
                f"{path}: cannot tell the columns {names[told_apart.index(name)]!r} and "
                f"{names[position]!r} apart: rename one"
            )
    return events.set_axis(names, axis="columns")


def _write_csv(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write CSV, with geometry in WKT to the last digit."""
    _see_scalars(events)
    columns = {name: _cells(events[name]) for name in events.columns.drop("geometry")}
    wkt = shapely.to_wkt(events.geometry.to_numpy(), rounding_precision=_WKT_DIGITS)
    columns["geometry"] = ["" if text is None else text for text in wkt.tolist()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _cells(column: pd.Series) -> list[Any]:
    """Give a column as CSV holds it: nothing for what is missing, whole numbers without a point."""
    if column.dtype.kind == "M":
        return _dates(column, missing="")
    missing = column.isna().to_numpy()
    values = column.tolist()
    if column.dtype.kind == "f":
        values = [
            int(value) if not gone and value.is_integer() else value
            for value, gone in zip(values, missing, strict=True)
        ]
    return ["" if gone else value for value, gone in zip(values, missing, strict=True)]


def _dates(column: pd.Series, missing: str | None) -> list[str | None]:
    """Give dates in ISO 8601, with a time only where there is one."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [missing if pd.isna(value) else value.isoformat() for value in column]
    instants = column.to_numpy().astype("datetime64[ms]")
    days = instants.astype("datetime64[D]")
    text = np.where(instants == days, np.datetime_as_string(days), np.datetime_as_string(instants))
    return [missing if value == "NaT" else str(value) for value in text]


def _write_geojson(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write a feature collection, outer rings counter-clockwise, one feature a line."""
    columns = {}
    for name in events.columns.drop("geometry"):
        column = events[name]
        if column.dtype.kind == "M":
            columns[str(name)] = _dates(column, missing=None)
        else:
            missing = column.isna().to_numpy()
            columns[str(name)] = [
                None if gone else value
                for value, gone in zip(column.tolist(), missing, strict=True)
            ]
    names = list(columns)
    shapes = shapely.to_geojson(_wound(events.geometry.to_numpy())).tolist()
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, (shape, *values) in enumerate(zip(shapes, *columns.values(), strict=True)):
            properties = encode(dict(zip(names, values, strict=True)))
            file.write(",\n" if number else "\n")
            file.write(
                f'{{"type": "Feature", "properties": {properties}, "geometry": {shape or "null"}}}'
            )
        file.write("\n]}\n")


def _wound(shapes: np.ndarray) -> np.ndarray:
    """Wind rings as RFC 7946 asks: outer ones counter-clockwise, holes clockwise."""
    return np.asarray(shapely.orient_polygons(shapes, exterior_cw=False))


def _see_scalars(events: gpd.GeoDataFrame) -> None:
    """Refuse what a flat table would turn into something else: lists, sets, other geometries."""
    for name in events.columns.drop("geometry"):
        if events[name].dtype.kind != "O":
            continue
        for value in events[name].dropna():
            if isinstance(value, bytes) or not pd.api.types.is_scalar(value):
                raise TypeError(f"column {name} holds a {type(value).__name__}")


def _write_gpkg(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write a GeoPackage of one layer."""
    _see_scalars(events)
    names = [name.lower() for name in events.columns]
    number = "fid"  # the row's own number, which a GeoPackage must have, beside the columns
    while number in names:
        number += "_"
    options = {"FID": number, "GEOMETRY_NAME": "geometry"}
    pyogrio.write_dataframe(events, path, layer="events", driver="GPKG", layer_options=options)


def _write_parquet(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write GeoParquet."""
    _see_scalars(events)
    events.to_parquet(path, index=False)


_WRITERS: Mapping[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    ".csv": _write_csv,
    ".geojson": _write_geojson,
    ".gpkg": _write_gpkg,
    ".parquet": _write_parquet,
}
