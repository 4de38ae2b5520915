"""Events and changes written in the formats people ask for, and vector files read."""

import csv
import json
import warnings
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
from pyogrio.errors import DataLayerError, DataSourceError

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
    see_suffix(target)
    _write(_with_names(validate(events).reset_index(drop=True), target), target, "events")


def write_changes(changes: gpd.GeoDataFrame, path: str | PathLike[str]) -> None:
    """
    Write what changed hands to a file.

    Parameters
    ----------
    changes : geopandas.GeoDataFrame
        As `geoevents.territory_change` or `Territory.changes` returns it. Its index is not written.
    path : str or path
        Where to: ``.csv`` (geometry as WKT), ``.geojson`` (RFC 7946), ``.gpkg`` (layer ``changes``)
        or ``.parquet`` (GeoParquet). It is written whole or not at all.

    Raises
    ------
    GeoeventsError
        If the suffix is another, or the file cannot be written.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import geopandas as gpd
    >>> import shapely
    >>> import geoevents as ge
    >>> before, after = (
    ...     gpd.GeoDataFrame({"actor": ["A"]}, geometry=[shapely.box(0, 0, east, 1)], crs=4326)
    ...     for east in (1, 2)
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     write_changes(ge.territory_change(before, after), Path(folder, "change.gpkg"))
    ...     print(gpd.read_file(Path(folder, "change.gpkg"))["to_actor"].tolist())
    ['A']
    """
    target = Path(path)
    see_suffix(target)
    _write(_with_names(changes.reset_index(drop=True), target), target, "changes")


def see_suffix(path: Path) -> None:
    """
    See that a file's suffix is one of those that can be written.

    Parameters
    ----------
    path : pathlib.Path
        The file to be.

    Raises
    ------
    GeoeventsError
        If it is another.
    """
    if path.suffix.lower() not in _WRITERS:
        raise GeoeventsError(
            f"{path}: cannot tell what to write by the suffix {path.suffix!r}: "
            f"use {', '.join(_WRITERS)}"
        )


def read_vector(path: str | PathLike[str], layer: str | None = None) -> gpd.GeoDataFrame:
    """
    Read any vector file.

    Parameters
    ----------
    path : str or path
        A file that GDAL reads (GeoJSON, GeoPackage, Shapefile...), or GeoParquet.
    layer : str, optional
        The layer, in a file that has several.

    Returns
    -------
    GeoDataFrame
        Its features.

    Raises
    ------
    GeoeventsError
        If there is no such file, it cannot be read, has no geometries, or several layers of which
        none is named.
    """
    source = Path(path)
    if not source.is_file() and source.suffix.lower() != ".gdb":
        raise GeoeventsError(f"{source}: there is no such file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's own, of what fails anyway
            frame = _read(source, layer)
    except (DataSourceError, DataLayerError, ValueError, pa.ArrowException) as error:
        raise GeoeventsError(f"{source}: cannot be read as a vector file: {error}") from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeoeventsError(f"{source}: holds a table without geometries")
    return frame


def _read(source: Path, layer: str | None) -> Any:
    if source.suffix.lower() in {".parquet", ".geoparquet"}:
        return gpd.read_parquet(source)
    if layer is None and len(names := pyogrio.list_layers(source)[:, 0]) > 1:
        raise GeoeventsError(
            f"{source}: has several layers, choose one with --layer: {', '.join(names)}"
        )
    return gpd.read_file(source, layer=layer)


def _write(frame: gpd.GeoDataFrame, target: Path, layer: str) -> None:
    try:
        with replacing(target) as unfinished:
            _WRITERS[target.suffix.lower()](frame, unfinished, layer)
    except GeoeventsError:
        raise
    except (ValueError, TypeError, RuntimeError, pa.ArrowException) as error:
        raise GeoeventsError(f"{target}: cannot hold these {layer}: {error}") from error


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


def _write_csv(events: gpd.GeoDataFrame, path: Path, _: str) -> None:
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


def _write_geojson(events: gpd.GeoDataFrame, path: Path, _: str) -> None:
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


def _write_gpkg(events: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """Write a GeoPackage of one layer."""
    _see_scalars(events)
    names = [name.lower() for name in events.columns]
    number = "fid"  # the row's own number, which a GeoPackage must have, beside the columns
    while number in names:
        number += "_"
    options = {"FID": number, "GEOMETRY_NAME": "geometry"}
    pyogrio.write_dataframe(events, path, layer=layer, driver="GPKG", layer_options=options)


def _write_parquet(events: gpd.GeoDataFrame, path: Path, _: str) -> None:
    """Write GeoParquet."""
    _see_scalars(events)
    events.to_parquet(path, index=False)


_WRITERS: Mapping[str, Callable[[gpd.GeoDataFrame, Path, str], None]] = {
    ".csv": _write_csv,
    ".geojson": _write_geojson,
    ".gpkg": _write_gpkg,
    ".parquet": _write_parquet,
}
