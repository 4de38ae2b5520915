"""
GeoJSON as RFC 7946 asks for it, written column by column.

The text of each column is made by Arrow for many rows at once, and the columns are then joined: no
loop over rows, but for cells that are neither text, numbers, dates nor truth values.
"""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoevents.io.cells import iso_dates
from geoevents.io.objects import written
from geoevents.io.shapes import see_measures

_ROWS = 50_000  # at a time, so that the text of a million rows is never in memory at once
_BETWEEN = ",\n"
_SPACE = 32  # below which are the control characters
_NULL = pa.scalar("null", pa.large_string())


def _inside(value: Any) -> Any:
    """Write what JSON has no form for, within a list or dictionary."""
    text = written(value)
    if text is value:
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
    return text


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_inside).encode


def write_geojson(frame: gpd.GeoDataFrame, path: Path, _: str) -> None:
    """
    Write a feature collection, outer rings counter-clockwise, one feature a line.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows, in longitude and latitude; the geometry column is called ``geometry``.
    path : pathlib.Path
        The file.
    _ : str
        What other formats call the layer.

    Raises
    ------
    GeoeventsError
        If a geometry has a measure (M).
    TypeError, ValueError
        If JSON has no form for a cell.
    """
    see_measures(frame.geometry.to_numpy(), np.arange(len(frame)), "GeoJSON")
    with path.open("wb") as file:
        file.write(b'{"type": "FeatureCollection", "features": [\n')
        for first in range(0, len(frame), _ROWS):
            text = _bytes(_features(frame.iloc[first : first + _ROWS], first))
            last = first + _ROWS >= len(frame)
            file.write(text[: -len(_BETWEEN)] if last else text)
        file.write(b"\n]}\n" if len(frame) else b"]}\n")


def _features(rows: gpd.GeoDataFrame, first: int) -> pa.Array:
    """Give the text of each feature, and what stands between it and the next."""
    parts: list[Any] = ['{"type": "Feature", "properties": {']
    for number, name in enumerate(rows.columns.drop("geometry")):
        parts += [f"{', ' if number else ''}{_encode(name)}: ", _texts(rows[name], first)]
    shapes = shapely.to_geojson(
        shapely.orient_polygons(rows.geometry.to_numpy(), exterior_cw=False)
    )
    parts += ['}, "geometry": ', pc.fill_null(_array(shapes), _NULL), "}" + _BETWEEN]
    return _joined(*parts)


def _joined(*parts: Any) -> pa.Array:
    """Join columns of text and texts that are the same in each row."""
    every = [
        pa.scalar(part, pa.large_string()) if isinstance(part, str) else part
        for part in (*parts, "")
    ]
    return pc.binary_join_element_wise(*every)


def _bytes(texts: pa.Array) -> memoryview:
    """Give the bytes of all texts as they lie in memory, one after the other."""
    _, offsets, data = texts.buffers()
    if data is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, np.int64)[[texts.offset, texts.offset + len(texts)]]
    return memoryview(data)[ends[0] : ends[1]]


def _array(texts: Any) -> pa.Array:
    array = pa.array(texts, pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _texts(column: pd.Series, first: int) -> pa.Array:
    """Give the cells of a column as JSON."""
    dtype = column.dtype
    kind = dtype.kind if isinstance(dtype, np.dtype) or _is_masked(dtype) else ""
    if kind == "M":
        return _quoted(_array(iso_dates(column)))
    if kind in {"i", "u", "b"}:
        cells = pa.array(column.array if _is_masked(dtype) else column.to_numpy())
        return pc.fill_null(pc.cast(cells, pa.large_string()), _NULL)
    if kind == "f":
        return _numbers(column, first)
    if isinstance(dtype, pd.StringDtype):
        return _quoted(_array(column))
    return _array(_any(column, first))


def _is_masked(dtype: Any) -> bool:
    """Whether a dtype is one of pandas' numbers or truth values with gaps."""
    return isinstance(dtype, pd.api.extensions.ExtensionDtype) and dtype.kind in set("iufb")


def _quoted(texts: pa.Array) -> pa.Array:
    """Put texts between quotation marks, with what JSON cannot hold as it is escaped."""
    held = np.bincount(np.frombuffer(_bytes(texts), np.uint8), minlength=256)
    if held[:_SPACE].any():
        return _array(["null" if text is None else _encode(text) for text in texts.to_pylist()])
    for special in "\\", '"':
        if held[ord(special)]:
            texts = pc.replace_substring(texts, special, "\\" + special)
    return pc.fill_null(_joined('"', texts, '"'), _NULL)


def _numbers(column: pd.Series, first: int) -> pa.Array:
    """Give floats in the fewest digits that read back the same, with a point or an exponent."""
    values = column.to_numpy(dtype="float64", na_value=np.nan)
    if np.isinf(values).any():
        row = first + int(np.flatnonzero(np.isinf(values))[0])
        raise ValueError(f"column {column.name} holds an infinite number (row {row})")
    texts = pc.cast(pa.array(values, from_pandas=True), pa.large_string())
    if (values == np.rint(values)).any():
        texts = pc.replace_substring_regex(texts, r"^(-?[0-9]+)$", r"\1.0")
    return pc.fill_null(texts, _NULL)


def _any(column: pd.Series, first: int) -> list[str]:
    """Encode cells of any other kind, one by one."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [_encode(text) for text in iso_dates(column)]
    texts = []
    missing = column.isna().tolist()
    for row, (value, gone) in enumerate(zip(column.tolist(), missing, strict=True)):
        try:
            texts.append("null" if gone else _encode(value))
        except (TypeError, ValueError) as error:
            raise type(error)(f"column {column.name}: {error} (row {first + row})") from error
    return texts
