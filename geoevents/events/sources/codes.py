"""Columns of codes: few distinct cells, each of which a codebook gives a meaning."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geoevents.events.problems import Problems
from geoevents.events.values import TEXT


def distinct(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """
    Find the distinct cells of a column.

    Parameters
    ----------
    column : pandas.Series
        Cells as a file holds them: text, or numbers from a file that has types.

    Returns
    -------
    codes : numpy.ndarray of int
        For each row the place of its cell in ``cells``, -1 where it is empty.
    cells : list of str
        The distinct cells as text without the white space round it; ``2.0`` is ``2``.

    Examples
    --------
    >>> codes, cells = distinct(pd.Series(["2", " 1", None, "2", ""]))
    >>> codes.tolist(), cells
    ([0, 1, -1, 0, -1], ['2', '1', ''])
    """
    try:
        codes, values = pd.factorize(column)
    except TypeError:  # a list or a dictionary in JSON: no code, and no key of a table
        codes, values = pd.factorize(column.map(repr))
    cells = [_text(value) for value in values.tolist()]
    empty = np.array([*(not cell for cell in cells), True], dtype=bool)
    return np.where(empty[codes], -1, codes), cells


def _text(value: Any) -> str:
    """Write a cell as a file of text would hold it."""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    whole, point, zeros = text.partition(".")
    # What has been through a spreadsheet or a float column.
    return whole if point and zeros and not zeros.strip("0") and whole.isdecimal() else text


def spread(values: Sequence[str | float | None], codes: np.ndarray, index: pd.Index) -> pd.Series:
    """
    Give each row the value of its code.

    Parameters
    ----------
    values : sequence
        A value for each code, all text or all numbers; None where a code has none.
    codes : numpy.ndarray of int
        The code of each row, -1 for none.
    index : pandas.Index
        The labels of the rows.

    Returns
    -------
    pandas.Series
        Text in the dtype pandas holds it in, or numbers; missing where there is none.

    Examples
    --------
    >>> spread(["day", "week"], np.array([1, -1, 0]), pd.RangeIndex(3)).tolist()
    ['week', nan, 'day']
    >>> spread([5000, 25000], np.array([1, -1]), pd.RangeIndex(2)).tolist()
    [25000.0, nan]
    """
    known = [value for value in values if value is not None]
    if known and not any(isinstance(value, str) for value in known):
        return pd.Series(np.array([*values, None], dtype=float)[codes], index=index)
    words = pd.Series([*values, None], dtype=TEXT).array
    return pd.Series(words.take(codes), index=index)


def decoded(
    column: pd.Series,
    meanings: Mapping[str, Any] | Callable[[str], Any],
    problems: Problems,
    reason: str | Callable[[Any], str],
    *,
    stand_in: str | None = None,
) -> pd.Series:
    """
    Read a column of codes; a code that has no meaning is a problem of its rows.

    Parameters
    ----------
    column : pandas.Series
        The codes; its name is the one that problems are noted under. An empty cell is missing.
    meanings : mapping or callable
        What each code stands for, text or a number; None for what is no code.
    problems : Problems
        Where to note codes that have no meaning.
    reason : str or callable
        What to say of them.
    stand_in : str, optional
        What to give rows whose code has no meaning, if not to leave them missing. Such a row is no
        event, so what stands there is never seen; but where a column is required, a word in it
        keeps the row's fault from being told twice.

    Returns
    -------
    pandas.Series
        The meanings; missing where the cell is empty or no code.

    Examples
    --------
    >>> problems = Problems(pd.RangeIndex(2))
    >>> codes = pd.Series(["1", "9"], name="geo_precision")
    >>> decoded(codes, {"1": 5000.0}, problems, "is no precision").tolist()
    [5000.0, nan]
    >>> problems.frame().loc[0, ["column", "value", "reason"]].tolist()
    ['geo_precision', '9', 'is no precision']
    """
    codes, cells = distinct(column)
    meaning = meanings if callable(meanings) else meanings.get
    values = [meaning(cell) if cell else None for cell in cells]
    unknown = np.array([*(value is None for value in values), True], dtype=bool)
    wrong = unknown[codes] & (codes >= 0)
    if wrong.any():
        problems.add(str(column.name), wrong, column.to_numpy(dtype=object), reason)
        values = [
            stand_in if value is None and cell else value
            for value, cell in zip(values, cells, strict=True)
        ]
    return spread(values, codes, column.index)


def as_numbers(column: pd.Series) -> pd.Series:
    """
    Turn text into numbers, if all of it is numbers.

    Parameters
    ----------
    column : pandas.Series
        Cells as a file holds them.

    Returns
    -------
    pandas.Series
        Numbers, NaN where a cell is empty; the column as it is if a cell is no number.

    Examples
    --------
    >>> as_numbers(pd.Series(["1.5", ""])).tolist()
    [1.5, nan]
    >>> as_numbers(pd.Series(["1", "one"])).tolist()
    ['1', 'one']
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    codes, cells = distinct(column)
    try:
        values = pd.to_numeric(np.array([cell or None for cell in cells], dtype=object))
    except (TypeError, ValueError):
        return column
    if (codes < 0).any() or not len(values):
        values = np.append(np.asarray(values, dtype=float), np.nan)
    return pd.Series(values[codes], index=column.index, name=column.name)


def as_names(column: pd.Series) -> pd.Series:
    """
    Turn numbers that name things into text.

    Parameters
    ----------
    column : pandas.Series
        Identifiers: text, which stays, or numbers from a file that has types.

    Returns
    -------
    pandas.Series
        Text; an identifier that a missing neighbour had made a decimal is whole again.

    Examples
    --------
    >>> as_names(pd.Series([244657.0, None])).tolist()
    ['244657', nan]
    """
    if not pd.api.types.is_numeric_dtype(column.dtype):
        return column
    codes, cells = distinct(column)
    return spread(cells, codes, column.index)
