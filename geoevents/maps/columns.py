"""
The compact columns a map carries to the browser: typed arrays, dictionary-coded text, deflate.

A tree of dictionaries, lists, numbers and strings in which NumPy arrays, :class:`Delta` and
:class:`Text` stand for whole columns becomes one base64 string. ``assets/columns.js`` reads it.
"""

import base64
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geoevents.errors import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MISSING_TIME = -(2**31)
"""Stands for a missing time among minutes since 1970."""

_FIRST_YEAR, _LAST_YEAR = -2113, 6053

_LARGE = 1_000_000
_EXACT = 2**24  # single precision holds every whole number up to here
_DTYPES = {"u1": "u8", "u2": "u16", "u4": "u32", "i4": "i32", "f4": "f32", "f8": "f64"}


@dataclass(frozen=True)
class Delta:
    """Integers sent as differences from their predecessor, as coordinates along a line are."""

    values: "NDArray[np.int32]"


@dataclass(frozen=True)
class Text:
    """A column of strings."""

    values: "Sequence[str]"


def pack(tree: Mapping[str, Any], level: int | None = None) -> str:
    """
    Pack a tree of columns into one base64 string.

    Parameters
    ----------
    tree : Mapping
        Dictionaries, lists, numbers, strings, ``None``, and columns: NumPy arrays,
        :class:`Delta` and :class:`Text`.
    level : int, optional
        How hard to compress, 1 to 9; chosen by size if left out.

    Returns
    -------
    str
        Base64 of the deflated bytes: the length of a JSON header (uint32, little-endian), the
        header, in which ``{"$": ...}`` stands for a column, and the columns one after another.

    Notes
    -----
    Arrays are stored by byte plane (all first bytes, all second bytes, ...): neighbouring
    coordinates share their high bytes, and deflate then finds them beside each other.

    Examples
    --------
    >>> import numpy as np
    >>> len(pack({"x": np.arange(1000, dtype=np.int32)})) < 1200
    True
    """
    chunks: list[bytes] = []
    size = 0

    def store(data: bytes) -> int:
        nonlocal size
        at = size
        chunks.append(data)
        size += len(data)
        return at

    def reference(node: Any) -> Any:
        if isinstance(node, Mapping):
            return {str(key): reference(value) for key, value in node.items()}
        if isinstance(node, list | tuple):
            return [reference(value) for value in node]
        if isinstance(node, Text):
            data = _encode(node.values)
            return {"$": "text", "n": len(node.values), "at": store(data), "bytes": len(data)}
        delta = isinstance(node, Delta)
        values = node.values if isinstance(node, Delta) else node  # noqa: PD011 -- not a frame
        if not isinstance(values, np.ndarray):
            return values
        if delta:
            values = np.diff(values, prepend=np.int32(0))
        kind = _DTYPES[values.dtype.str[1:]]
        planes = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("<"), copy=False))
        planes = planes.view(np.uint8).reshape(-1, values.itemsize).T
        column = {"$": kind, "n": len(values), "at": store(planes.tobytes())}
        return {**column, "delta": 1} if delta else column

    header = json.dumps(reference(tree), ensure_ascii=True, separators=(",", ":")).encode()
    raw = b"".join([struct.pack("<I", len(header)), header, *chunks])
    # Beyond a megabyte the last per cent of size costs more time than it is worth.
    level = level or (6 if len(raw) < _LARGE else 2)
    return base64.b64encode(zlib.compress(raw, level)).decode("ascii")


def indices(values: Any, count: int) -> "NDArray[Any]":
    """
    Whole numbers from 0 to `count` in the narrowest unsigned type that holds them.

    Parameters
    ----------
    values : array-like of int
        The numbers.
    count : int
        The largest that can occur.

    Returns
    -------
    numpy.ndarray
        The same numbers as uint8, uint16 or uint32.
    """
    return np.asarray(values).astype(np.min_scalar_type(max(count, 0)))


def column(values: pd.Series) -> dict[str, Any]:
    """
    Encode one column of a frame by what it holds.

    Parameters
    ----------
    values : pandas.Series
        Any column: dates, numbers, or things that can be written as text.

    Returns
    -------
    dict
        ``{"kind": "time" | "number" | "text", ...}``. Times are minutes since 1970 in UTC;
        text is a dictionary of distinct values with a code for each row (0: missing) unless
        nearly all are distinct.
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        if (in_range(values) | values.isna().to_numpy()).all():
            return {"kind": "time", "values": _minutes(values)}
        return {"kind": "text", **_dictionary(values.astype(str).where(values.notna(), None))}
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return {"kind": "number", "values": _numbers(values)}
    return {"kind": "text", **_dictionary(values)}


def in_range(times: pd.Series) -> "NDArray[np.bool_]":
    """
    Tell which times minutes since 1970 can hold: those before the year 6053.

    Parameters
    ----------
    times : pandas.Series
        Times.

    Returns
    -------
    numpy.ndarray of bool
        One for each; false where missing.
    """
    if getattr(times.dtype, "tz", None) is not None:
        times = times.dt.tz_convert("UTC").dt.tz_localize(None)
    years = times.dt.year.to_numpy(dtype=float, na_value=np.nan)
    return np.asarray((years > _FIRST_YEAR) & (years < _LAST_YEAR))


def _minutes(values: pd.Series) -> "NDArray[np.int32]":
    if getattr(values.dtype, "tz", None) is not None:
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    missing = values.isna().to_numpy()
    # Whole seconds first: nanoseconds since 1970 end in 2262 and 1677.
    seconds = values.to_numpy().astype("datetime64[s]").astype(np.int64)
    minutes = np.clip(seconds // 60, MISSING_TIME + 1, -MISSING_TIME - 1)
    return np.where(missing, MISSING_TIME, minutes).astype(np.int32)


def _numbers(values: pd.Series) -> "NDArray[Any]":
    plain = values.to_numpy(dtype=np.float64, na_value=np.nan)
    single = plain.astype(np.float32)
    # Seven digits are more than any measurement here has; large whole numbers may be names.
    same = np.isclose(single, plain, rtol=6e-8, atol=0, equal_nan=True) & ~(np.abs(plain) > _EXACT)
    return single if same.all() else plain


def distinct(values: pd.Series) -> tuple["NDArray[np.intp]", list[str]]:
    """
    Find the distinct values of a column, as text.

    Parameters
    ----------
    values : pandas.Series
        Any column.

    Returns
    -------
    codes : numpy.ndarray of int
        For each row the position of its value in `texts`; -1 where missing.
    texts : list of str
        The distinct values in order of appearance.
    """
    try:
        codes, found = pd.factorize(values.array)
    except TypeError:  # lists, dicts: not hashable
        words = [None if _is_missing(value) else as_text(value) for value in values]
        codes, found = pd.factorize(np.array(words, dtype=object))
    return codes, [value if isinstance(value, str) else as_text(value) for value in found.tolist()]


def strings(values: pd.Series) -> list[str]:
    """
    Write a column out as text, the empty string for what is missing.

    Parameters
    ----------
    values : pandas.Series
        Any column.

    Returns
    -------
    list of str
        One for each row. A plain list: Arrow cannot hold every string that Python can.
    """
    codes, texts = distinct(values)
    table: NDArray[Any] = np.array([*texts, ""], dtype=object)
    return list(table[codes])


def _is_missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _dictionary(values: pd.Series) -> dict[str, Any]:
    codes, texts = distinct(values)
    if len(texts) > len(codes) // 2:
        table: NDArray[Any] = np.array([*texts, ""], dtype=object)
        return {"values": Text(texts if len(texts) == len(codes) else list(table[codes]))}
    return {"codes": indices(codes + 1, len(texts)), "values": Text(["", *texts])}


def _encode(values: "Sequence[str]") -> bytes:
    joined = "\0".join(values)
    if joined.count("\0") != max(len(values) - 1, 0):
        joined = "\0".join(value.replace("\0", "\ufffd") for value in values)
    try:
        return joined.encode()
    except UnicodeEncodeError:  # lone surrogates, which UTF-8 cannot hold
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
