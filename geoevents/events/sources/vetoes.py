"""What speaks against a column that has the right name: cells that cannot be what it says."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

_ROWS = 10_000
_SAMPLE = 1000
_PROSE = 80
_DISTINCT = 0.95
_DATE = re.compile(r"\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")


def _cells(column: pd.Series) -> pd.Series:
    """Take some cells that hold anything: the first, since a table is of one kind throughout."""
    first = column.iloc[:_ROWS].dropna()
    return first[first.astype(str).str.strip() != ""].iloc[:_SAMPLE]


def _numbers(column: pd.Series) -> np.ndarray:
    """Read cells as numbers, NaN where they are none."""
    return pd.to_numeric(_cells(column), errors="coerce").to_numpy(dtype=float)


def _mostly(flags: np.ndarray) -> bool:
    """Whether more than half of some cells, and at least one, are so."""
    return bool(flags.size and flags.mean() > 1 / 2)


def _beyond(limit: float) -> Callable[[pd.Series], bool]:
    """Make a veto of cells that are not degrees within a limit."""

    def veto(column: pd.Series) -> bool:
        values = _numbers(column)
        return _mostly(~(np.abs(values) <= limit))

    return veto


def _numeric(column: pd.Series) -> bool:
    """Veto numbers where words are meant."""
    return _mostly(np.isfinite(_numbers(column)))


def _worded(column: pd.Series) -> bool:
    """Veto words where numbers are meant."""
    return _mostly(np.isnan(_numbers(column)))


def _not_above_zero(column: pd.Series) -> bool:
    """Veto what is no distance."""
    return _mostly(~(_numbers(column) > 0))


def _undated(column: pd.Series) -> bool:
    """Veto cells that look like no date in any writing; whether they can be read is told later."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return False
    texts = _cells(column).astype(str)
    return _mostly(np.array([not _DATE.search(text[:_PROSE]) for text in texts], dtype=bool))


def _no_word(column: pd.Series) -> bool:
    """Veto numbers and prose where a word for a kind is meant."""
    lengths = _cells(column).astype(str).str.len().to_numpy(dtype=float)
    return _numeric(column) or _mostly(lengths > _PROSE)


def _repeated(column: pd.Series) -> bool:
    """Veto what does not tell rows apart."""
    there = column.dropna().astype(str)
    return bool(len(there) and there.nunique() < _DISTINCT * len(there))


VETOES: Mapping[str, Callable[[pd.Series], bool]] = MappingProxyType(
    {
        "latitude": _beyond(90),
        "longitude": _beyond(180),
        "start": _undated,
        "end": _undated,
        "event_type": _no_word,
        "actor": _numeric,
        "target": _numeric,
        "locality": _numeric,
        "place": _numeric,
        "fatalities": _worded,
        "source": _numeric,
        "quote": _numeric,
        "event_id": _repeated,
        "uncertainty_m": _not_above_zero,
    }
)
"""For each column of the schema that is guessed, whether a column's cells speak against it."""
