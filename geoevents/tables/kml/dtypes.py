"""Cells of text given their dtype back."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError

_TEXT = pd.Series(["text"]).dtype
_WHOLE = re.compile(r"u?int(8|16|32|64)|U?Int(8|16|32|64)")
_FLOAT = re.compile(r"float(32|64)|Float(32|64)")
_DATE = re.compile(r"datetime64\[(s|ms|us|ns)(, ([A-Za-z0-9_+:/-]{1,40}))?\]")
_INSTANT = re.compile(
    r"-?[0-9]{4,9}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,20}([+-][0-9:]{5,8}|Z)?)?", re.ASCII
)
_YES_NO = {"true": True, "1": True, "false": False, "0": False}
_SHOWN = 40


def typed(values: list[str | None], dtype: str, what: str) -> pd.Series:
    """
    Give cells of text the dtype that they were written from.

    Parameters
    ----------
    values : list of str or None
        The cells.
    dtype : str
        The dtype. One that is not known is text.
    what : str
        What errors call the column.

    Returns
    -------
    pandas.Series
        The cells.

    Raises
    ------
    GeoeventsError
        If a cell is not what the dtype says.

    Examples
    --------
    >>> typed(["1", "2"], "int64", "n").tolist()
    [1, 2]
    """
    if match := _DATE.fullmatch(dtype):
        return _dates(values, dtype, match[3], what)
    read = _reader(dtype)
    if read is None:
        return pd.Series(values, dtype=_TEXT)
    cells = []
    for row, value in enumerate(values):
        try:
            cells.append(None if value is None else read(value.strip()))
        except (ValueError, KeyError) as error:
            raise _wrong(what, row, value, dtype) from error
    missing = _FLOAT.fullmatch(dtype) or dtype[0].isupper() or dtype == "boolean"
    if None in cells and not missing:
        row = cells.index(None)
        raise GeoeventsError(f"{what}: is said to be {dtype}, but row {row} is empty")
    try:
        return pd.Series(cells, dtype=dtype)
    except (OverflowError, ValueError) as error:
        raise GeoeventsError(f"{what}: holds a number that {dtype} cannot: {error}") from error


def _reader(dtype: str) -> Callable[[str], Any] | None:
    """Choose what reads a cell; None for text."""
    if _WHOLE.fullmatch(dtype):
        return int
    if _FLOAT.fullmatch(dtype):
        return float
    return _YES_NO.__getitem__ if dtype in {"bool", "boolean"} else None


def _dates(values: list[str | None], dtype: str, zone: str | None, what: str) -> pd.Series:
    """Read dates in ISO 8601."""
    for row, value in enumerate(values):
        if value is not None and not _INSTANT.fullmatch(value):
            raise _wrong(what, row, value, dtype)
    texts = ["NaT" if value is None else value for value in values]
    try:
        if zone is None:
            return _clock(np.array(texts, dtype="datetime64"), dtype)
        unit: Any = _DATE.sub(r"\1", dtype)
        moments = pd.to_datetime(pd.Series(values, dtype=object), utc=True, format="ISO8601")
        return pd.Series(moments.dt.tz_convert(zone).dt.as_unit(unit))
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise GeoeventsError(f"{what}: is said to be {dtype}, but cannot be: {error}") from error


def _clock(given: np.ndarray, dtype: str) -> pd.Series:
    """Convert dates, or say that they cannot be: numpy gives others in silence."""
    dates = given.astype(dtype)
    if not np.array_equal(given, dates.astype(given.dtype), equal_nan=True):
        raise OverflowError("a date is outside its range")
    return pd.Series(dates)


def _wrong(what: str, row: int, value: str | None, dtype: str) -> GeoeventsError:
    return GeoeventsError(
        f"{what}: is said to be {dtype}, but row {row} holds {str(value)[:_SHOWN]!r}"
    )
