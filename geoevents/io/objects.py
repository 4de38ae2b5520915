"""
Columns of Python objects, and of what only pandas has, made plain: what files can hold.

A column whose cells are all of one kind gets the dtype of that kind, with gaps if it has some. Of
what no file but Parquet has a form for (dates, times, durations and exact decimals as objects),
the text in ISO 8601 or the digits are written.
"""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geoevents.errors import GeoeventsError

_INT64 = np.iinfo(np.int64)
_UINT64 = np.iinfo(np.uint64)
_NULLABLE: dict[pa.DataType, Any] = {
    **{pa.type_for_alias(name.lower()): pd.array([], name).dtype
       for name in ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")},
    pa.bool_(): pd.BooleanDtype(),
}  # fmt: skip


PACKED = "packed"
"""What `plain` calls columns of categories, periods, intervals, durations, and of Arrow's types."""


def plain(frame: gpd.GeoDataFrame, kept: Collection[str] = ()) -> gpd.GeoDataFrame:
    """
    Make the columns of a frame such as files can hold.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows; the geometry column is called ``geometry``.
    kept : collection of str
        What the format has a form for, so that it stays as it is: kinds of objects, as
        `pandas.api.types.infer_dtype` calls them, and `PACKED`.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows.

    Raises
    ------
    GeoeventsError
        If a column holds what no format has a form for.

    Examples
    --------
    >>> import datetime as dt
    >>> cells = {"sure": [True, None], "at": [dt.time(4, 30), None]}
    >>> made = plain(gpd.GeoDataFrame(cells, dtype=object, geometry=[None] * 2))
    >>> made["sure"].dtype, made["at"][0]
    (BooleanDtype, '04:30:00')
    """
    made = frame.copy(deep=False)
    for name in frame.columns.drop("geometry"):
        column = frame[name]
        if _is_odd(column.dtype):
            raise GeoeventsError(
                f"column {name}: holds numbers of the dtype {column.dtype}, which no file holds: "
                "make them floats of 64 bits, or text"
            )
        try:
            if PACKED not in kept or _is_changed(column):
                column = _dense(column)
            if isinstance(column.dtype, np.dtype) and column.dtype.kind == "O":
                column = _of_objects(column, kept)
        except (ValueError, OverflowError) as error:  # a duration of millions of years
            raise GeoeventsError(f"column {name}: cannot be written as text: {error}") from error
        made[name] = column
    return made


def written(value: Any) -> Any:
    """
    Write an object as text, or give it as the plain value that it is.

    Parameters
    ----------
    value : object
        A cell that is not missing.

    Returns
    -------
    object
        Text in ISO 8601 for a date, time or duration; the digits of a decimal; the number in a
        number of numpy; any other object as it is.

    Examples
    --------
    >>> written(dt.timedelta(hours=5)), written(Decimal("1.10"))
    ('P0DT5H0M0S', '1.10')
    """
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta | np.timedelta64):
        return pd.Timedelta(value).isoformat()
    if isinstance(value, Decimal | np.datetime64 | pd.Period | pd.Interval):
        return str(value)
    return value.item() if isinstance(value, np.generic) else value


def _is_odd(dtype: Any) -> bool:
    """Whether numbers are of a dtype that only numpy has: complex, or floats beyond 64 bits."""
    long = isinstance(dtype, np.dtype) and dtype.itemsize > np.dtype(float).itemsize
    return bool(dtype.kind == "c" or (dtype.kind == "f" and long))


def _is_changed(column: pd.Series) -> bool:
    """Whether Parquet refuses a column, or gives floats for its integers: categories with gaps."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return not isinstance(dtype.categories.dtype, pd.StringDtype) and bool(column.isna().any())
    return isinstance(dtype, pd.SparseDtype)


def _dense(column: pd.Series) -> pd.Series:
    """Take a column out of what pandas packs it in, or make it text."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return column.astype(object)
    if isinstance(dtype, pd.SparseDtype):
        return column.astype(dtype.subtype)
    if isinstance(dtype, pd.ArrowDtype):
        cells = pa.array(column.array)
        return pd.Series(cells.to_pandas(types_mapper=_NULLABLE.get)).set_axis(column.index)
    if isinstance(dtype, pd.PeriodDtype | pd.IntervalDtype) or dtype.kind == "m":
        return _each_written(column)
    return column


def _of_objects(column: pd.Series, kept: Collection[str]) -> pd.Series:
    """Give a column of objects the dtype of its cells, if they are of one kind; else text."""
    kind = pd.api.types.infer_dtype(column, skipna=True)
    if kind == "date" and any(isinstance(cell, dt.datetime) for cell in column.dropna()):
        kind = "mixed"
    if kind in {"string", "empty"} or kind in kept:
        return column
    gaps = bool(column.isna().any())
    if kind == "boolean":
        return column.astype("boolean" if gaps else "bool")
    if kind == "integer":
        return _integers(column, gaps=gaps)
    if kind in {"floating", "mixed-integer-float"}:
        numbers = column.astype("float64")
        exact = (numbers.isna() | (numbers.astype(object) == column)).all()
        return numbers if exact else column
    if kind in {"datetime", "datetime64"}:
        instants = column.infer_objects()
        if instants.dtype.kind == "M" and (instants.isna() | (instants == column)).all():
            return instants
    return _each_written(column)


def _integers(column: pd.Series, *, gaps: bool) -> pd.Series:
    """Give integers the dtype that holds them; those beyond 64 bits stay objects."""
    there = column.dropna()
    least, most = int(there.min()), int(there.max())
    if least >= _INT64.min and most <= _INT64.max:
        return column.astype("Int64" if gaps else "int64")
    if least >= 0 and most <= _UINT64.max:
        return column.astype("UInt64" if gaps else "uint64")
    return column


def _each_written(column: pd.Series) -> pd.Series:
    missing = column.isna().tolist()
    cells = [
        None if gone else written(value)
        for value, gone in zip(column.tolist(), missing, strict=True)
    ]
    return pd.Series(cells, column.index, dtype=object)
