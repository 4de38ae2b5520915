"""Columns: text that may be numbers, or values that are, with nothing lost on the way."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

_INTEGER = r"^-?(0|[1-9][0-9]{0,14})$"
_NUMBER = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_SAMPLE = 1000
_BEYOND = 1 << 63


def as_column(cells: pa.Array, *, text: bool) -> pd.Series | np.ndarray:
    """
    Make a column of a frame.

    Parameters
    ----------
    cells : pyarrow.Array of large_string
        Its cells, null where missing.
    text : bool
        Whether it stays text whatever it holds.

    Returns
    -------
    pandas.Series or numpy.ndarray
        Numbers or truth values if nothing is lost (``007`` and long identifiers stay text, and so
        do truth values with gaps), else text of the default dtype.

    Examples
    --------
    >>> as_column(pa.array(["1", None, "2.5"], pa.large_string()), text=False).tolist()
    [1.0, nan, 2.5]
    """
    if not text and cells.null_count < len(cells):
        typed = _typed(cells)
        if typed is not None:
            return typed
    column = cells.to_pandas()
    default = pd.Series(["a"]).dtype
    return pd.Series(column if column.dtype == default else column.astype(default))


def as_values(values: list[Any]) -> pd.Series:
    """
    Make a column of values of JSON, in the dtype that holds all of them as they are.

    Parameters
    ----------
    values : list
        They, None where missing.

    Returns
    -------
    pandas.Series
        Whole numbers and truth values are that also where some are missing (``Int64``,
        ``boolean``), not floats; whole numbers beyond 64 bits are text, as they are in CSV.

    Examples
    --------
    >>> as_values([9007199254740993, None]).tolist()
    [9007199254740993, <NA>]
    """
    kind = pd.api.types.infer_dtype(values, skipna=True)
    if kind not in {"boolean", "integer", "mixed-integer-float"}:
        return pd.Series(values)
    cells = pd.Series(values, dtype=object)
    missing = cells.isna()  # also NaN, which JSON cannot say but some write
    there = cells[~missing]
    if kind == "mixed-integer-float":
        return pd.Series(values, dtype=None if all(map(_is_float, there)) else object)
    if kind == "integer" and not (there.min() >= -_BEYOND and there.max() < _BEYOND):
        return cells.mask(missing, None).map(str, na_action="ignore").infer_objects()
    plain, nullable = ("bool", "boolean") if kind == "boolean" else ("int64", "Int64")
    given: Any = cells.mask(missing, None)
    return pd.Series(given.astype(nullable if missing.any() else plain))


def _is_float(value: Any) -> bool:
    """Whether a number, if it is there, is as good as a float."""
    try:
        return not isinstance(value, int) or int(float(value)) == value
    except OverflowError:
        return False


def _typed(cells: pa.Array) -> np.ndarray | None:
    """Read cells as numbers or truth values if every one is written as one."""
    whole = not cells.null_count
    if whole and _all(cells, "^(True|False)$"):
        return np.asarray(compute.equal(cells, "True").to_numpy(zero_copy_only=False))
    if not _all(cells, _NUMBER):
        return None
    if whole and _all(cells, _INTEGER):
        return np.asarray(compute.cast(cells, pa.int64()).to_numpy())
    numbers = compute.cast(cells, pa.float64()).to_numpy(zero_copy_only=False)
    if np.isinf(numbers).any():  # 1e400 is beyond floats: as text nothing is lost
        return None
    return np.asarray(numbers)


def _all(cells: pa.Array, pattern: str) -> bool:
    """Whether all cells that are there match; a few are tried first, for most columns do not."""
    for some in (cells[:_SAMPLE], cells):
        matched = compute.match_substring_regex(some, pattern)
        if not compute.all(matched, skip_nulls=True, min_count=0).as_py():
            return False
    return True
