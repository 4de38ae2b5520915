"""
Files as plain tables, before anything is known about events.

Each reader gives the cells as the file holds them, with the lines they stand on where the format
has lines, and raises one clear error for a file that is not what it claims to be.
"""

import codecs
import csv
import io
import json
import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from pyarrow import parquet
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS

_DELIMITERS = ",;\t"
_TYPED = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@dataclass(slots=True)
class Table:
    """
    A table as a file holds it.

    Attributes
    ----------
    frame : pandas.DataFrame
        Its cells.
    lines : numpy.ndarray of int, optional
        The line of the file each row starts on.
    broken : dict of int to str
        Rows whose cells cannot be trusted, and why.
    """

    frame: pd.DataFrame
    lines: np.ndarray | None = None
    broken: dict[int, str] = field(default_factory=dict)


def read_csv(path: Path) -> Table:
    """
    Read a CSV file in UTF-8.

    Parameters
    ----------
    path : pathlib.Path
        The file. The delimiter (comma, semicolon or tab) is the one its first line has most of.

    Returns
    -------
    Table
        Every cell as text, missing where empty; a column that the schema does not know becomes
        numbers or truth values if every cell in it is written as one.

    Raises
    ------
    GeoeventsError
        If the file is no such table.
    """
    text = _text(path)
    lines, rows = _rows(text, path)
    names = [name.strip() for name in rows.pop(0)]
    if "" in names:
        raise GeoeventsError(f"{path}: line {lines[0]}: column {names.index('') + 1} has no name")
    broken: dict[int, str] = {}
    width = len(names)
    for row, cells in enumerate(rows):
        if len(cells) != width:
            broken[row] = f"the row has {len(cells)} cells, the header {width}"
            cells[:] = (cells + [""] * width)[:width]
    columns = zip(*rows, strict=True) if rows else [()] * width
    known = {column.name for column in COLUMNS}
    arrays = []
    for name, column in zip(names, columns, strict=True):
        values = np.array([cell or None for cell in column], dtype=object)
        arrays.append(values if name.lower() in known else _guessed(values))
    frame = pd.DataFrame(dict(enumerate(arrays)))
    frame.columns = pd.Index(names, dtype=object)
    return Table(frame, np.array(lines[1:], dtype=int), broken)


def _text(path: Path) -> str:
    """Decode a text file, or say what it is instead."""
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise GeoeventsError(f"{path}: is in UTF-16: save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise GeoeventsError(
            f"{path}: line {line}: byte {raw[error.start]:#04x} is not UTF-8: save it as UTF-8"
        ) from error
    if "\0" in text:
        raise GeoeventsError(f"{path}: is not text: it holds NUL characters")
    return text


def _rows(text: str, path: Path) -> tuple[list[int], list[list[str]]]:
    """Split a CSV text into rows, beside the line that each starts on; blank lines are no rows."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    delimiter = max(_DELIMITERS, key=outside_quotes.count)
    lines, rows = [], []
    line = 1
    limit = csv.field_size_limit()
    csv.field_size_limit(max(limit, len(text)))  # one polygon in WKT can pass the default
    try:
        reader = csv.reader(io.StringIO(text, ""), delimiter=delimiter, strict=True)
        for cells in reader:
            if len(cells) > 1 or any(cells):
                lines.append(line)
                rows.append(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise GeoeventsError(
            f"{path}: is not a table: {error} (look for a quotation mark that is not closed)"
        ) from error
    finally:
        csv.field_size_limit(limit)
    if not rows:
        raise GeoeventsError(f"{path}: is empty")
    return lines, rows


def _guessed(cells: np.ndarray) -> np.ndarray:
    """Read a column as numbers or truth values if all of it is written so; else leave it text."""
    there = [cell for cell in cells if cell is not None]
    if not there:
        return cells
    if len(there) == len(cells) and all(cell in {"True", "False"} for cell in there):
        return np.array([cell == "True" for cell in cells], dtype=bool)
    if not all(_TYPED.fullmatch(cell) for cell in there):
        return cells
    if len(there) == len(cells) and all(cell.lstrip("-").isdigit() for cell in there):
        return cells.astype(np.int64)
    return np.array([np.nan if cell is None else float(cell) for cell in cells])


def read_geojson(path: Path) -> Table:
    """
    Read a GeoJSON feature collection.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8 (RFC 7946: longitude and latitude on WGS 84).

    Returns
    -------
    Table
        The properties and the geometry of each feature.

    Raises
    ------
    GeoeventsError
        If the file is no such collection.
    """
    try:
        content = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise GeoeventsError(
            f"{path}: line {error.lineno}: is not GeoJSON: {error.msg.lower()}"
        ) from error
    except RecursionError as error:
        raise GeoeventsError(f"{path}: is not GeoJSON: it is nested too deeply") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise GeoeventsError(f"{path}: is not GeoJSON: {error}") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise GeoeventsError(f"{path}: is not a GeoJSON feature collection: it has no features")
    broken: dict[int, str] = {}
    properties: list[dict[str, Any]] = []
    shapes: list[str | None] = []
    for row, feature in enumerate(features):
        known = feature if isinstance(feature, dict) else {}
        said = known.get("properties") or {}
        if not known or not isinstance(said, dict):
            broken[row] = "is not a GeoJSON feature"
        elif "geometry" in said:
            broken[row] = "has a property called geometry, which is the name of its shape"
        properties.append({} if row in broken else said)
        shape = known.get("geometry")
        shapes.append(None if shape is None else json.dumps(shape))
    geometry = shapely.from_geojson(np.array(shapes, dtype=object), on_invalid="ignore")
    there = np.array([shape is not None for shape in shapes], dtype=bool)
    for row in np.flatnonzero(shapely.is_missing(geometry) & there).tolist():
        broken.setdefault(row, "has a geometry that is not GeoJSON")
    nothing = None if features else ["event_type"]
    try:
        frame = pd.DataFrame(properties, pd.RangeIndex(len(features)), columns=nothing)
    except UnicodeEncodeError as error:  # JSON can hold it, text cannot
        raise GeoeventsError(
            f"{path}: holds half of a surrogate pair ({error.object[error.start]!r}), which is no "
            "character: save the file anew in UTF-8"
        ) from error
    return Table(gpd.GeoDataFrame(frame, geometry=geometry, crs=_crs(content, path)), None, broken)


def _crs(content: dict[str, Any], path: Path) -> CRS:
    """Read the CRS of a GeoJSON file from before RFC 7946, which has no other than WGS 84."""
    if content.get("crs") is None:
        return CRS.from_epsg(4326)
    try:
        return CRS.from_user_input(content["crs"]["properties"]["name"])
    except (CRSError, KeyError, TypeError) as error:
        raise GeoeventsError(f"{path}: its crs cannot be read: {content['crs']!r}") from error


def read_gpkg(path: Path) -> Table:
    """
    Read a GeoPackage.

    Parameters
    ----------
    path : pathlib.Path
        The file. Of several layers, the one called ``events`` is read.

    Returns
    -------
    Table
        The attributes and the geometry of each feature.

    Raises
    ------
    GeoeventsError
        If the file is no GeoPackage, or which layer is meant cannot be told.
    """
    try:
        return _layer(path)
    except (DataSourceError, DataLayerError, RuntimeError) as error:
        raise GeoeventsError(f"{path}: is not a GeoPackage that can be read: {error}") from error


def _layer(path: Path) -> Table:
    """Read the only layer of a GeoPackage, or the one called ``events``."""
    with warnings.catch_warnings():
        # GDAL reads a database that does not call itself a GeoPackage, and says so.
        warnings.filterwarnings("ignore", "GPKG: bad application_id", RuntimeWarning)
        layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        if len(layers) != 1 and "events" not in layers:
            raise GeoeventsError(
                f"{path}: which layer is meant? It has {', '.join(layers) or 'none'}; "
                "call one 'events'"
            )
        layer = "events" if "events" in layers else layers[0]
        return Table(pyogrio.read_dataframe(path, layer=layer))


def read_parquet(path: Path) -> Table:
    """
    Read a Parquet file, with or without the metadata of GeoParquet.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Table
        Its columns; a named index becomes one.

    Raises
    ------
    GeoeventsError
        If the file is not Parquet.
    """
    try:
        geo = b"geo" in (parquet.read_schema(path).metadata or {})
        frame = gpd.read_parquet(path) if geo else pd.read_parquet(path)
    except (ValueError, KeyError, pa.ArrowException) as error:
        raise GeoeventsError(f"{path}: is not Parquet that can be read: {error}") from error
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index(drop=frame.index.names == [None])
    return Table(frame.set_axis(pd.RangeIndex(len(frame)), axis="index"))
