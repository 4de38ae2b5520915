"""
Columns in their dtypes: text, words of a vocabulary, numbers, yes and no.

What cannot be read is noted as a problem and becomes missing; nothing is guessed.
"""

import difflib
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from geoevents.events.columns import Column
from geoevents.events.dates import parse_dates
from geoevents.events.problems import Problems

TEXT = pd.Series(["text"]).dtype
"""What this pandas holds text in: ``str`` from pandas 3 on, ``object`` before."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_YES_NO = {"true": True, "false": False, "1": True, "0": False}


def canonical(column: Column, given: pd.Series, problems: Problems) -> Any:
    """
    Bring one column into its dtype.

    Parameters
    ----------
    column : Column
        What the schema says of it.
    given : pandas.Series
        Its values.
    problems : Problems
        Where to note what is wrong.

    Returns
    -------
    pandas.Series or numpy.ndarray
        As long as ``given``; what has a problem is missing.
    """
    if column.kind == "date":
        dates = parse_dates(given, last=column.name == "end")
        problems.add(column.name, ~pd.isna(dates.reason), given.tolist(), dates.reason)
        return dates.instants
    if column.kind == "number":
        return numbers(column, given, problems)
    if column.kind == "boolean":
        return _booleans(column, given, problems)
    text = _texts(column, given, problems)
    if column.vocabulary is None:
        return text
    return _words(column, text, column.vocabulary, problems)


def _texts(column: Column, given: pd.Series, problems: Problems) -> pd.Series:
    """Text without the white space round it; nothing for empty text."""
    values = given.to_numpy(dtype=object)
    missing = np.array(given.isna(), dtype=bool)
    if not missing.all() and pd.api.types.infer_dtype(values, skipna=True) != "string":
        scalar = (str, bool, int, float, np.number, np.bool_, Decimal)
        wrong = np.array([not isinstance(value, scalar) for value in values], dtype=bool) & ~missing
        problems.add(column.name, wrong, values, "is not text")
        missing |= wrong
        values = np.array(
            [None if gone else str(value) for value, gone in zip(values, missing, strict=True)],
            dtype=object,
        )
    joined = "".join(values[~missing])
    if "\0" in joined or not _encodable(joined):
        wrong = np.array(
            [
                not gone and ("\0" in value or not _encodable(value))
                for value, gone in zip(values, missing, strict=True)
            ],
            dtype=bool,
        )
        problems.add(column.name, wrong, values, "holds a character that no file can store")
        missing |= wrong
    kept = values.copy()
    kept[missing] = None
    text = pd.Series(kept, index=given.index, dtype=TEXT).str.strip()
    return text.where(text != "", None).astype(TEXT)


def _encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8: it holds no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _words(
    column: Column, text: pd.Series, vocabulary: Mapping[str, str], problems: Problems
) -> pd.Series:
    """Read the words of a vocabulary, in its own spelling."""
    codes, distinct = pd.factorize(text)
    known = [word if (word := _folded(value)) in vocabulary else None for value in distinct]
    words = np.array([*known, None], dtype=object)[codes]
    wrong = pd.isna(words) & (codes >= 0)
    reasons = {
        value: _not_a_word(value, vocabulary)
        for value, word in zip(distinct, known, strict=True)
        if word is None
    }
    problems.add(column.name, wrong, text.tolist(), lambda value: reasons[value])
    return pd.Series(words, index=text.index, dtype=TEXT)


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())


def _not_a_word(value: str, vocabulary: Mapping[str, str]) -> str:
    """Why a word is refused, with the one that may have been meant."""
    near = difflib.get_close_matches(_folded(value), list(vocabulary), n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"is not allowed: {hint}use one of {', '.join(vocabulary)}"


def filled(column: pd.Series) -> np.ndarray:
    """
    Tell which cells hold anything.

    Parameters
    ----------
    column : pandas.Series
        Cells of any kind.

    Returns
    -------
    numpy.ndarray of bool
        False for missing values and for text of nothing but white space.
    """
    blank = column.map(lambda value: isinstance(value, str) and not value.strip())
    return (column.notna() & ~blank.astype(bool)).to_numpy(dtype=bool)


def numbers(column: Column, given: pd.Series, problems: Problems) -> np.ndarray:
    """
    Bring numbers into floats, within the limits of their column.

    Parameters
    ----------
    column : Column
        What the schema says of it.
    given : pandas.Series
        Its values: numbers, or text that holds one.
    problems : Problems
        Where to note what is wrong.

    Returns
    -------
    numpy.ndarray of float
        NaN where there is none, or none that can be read.
    """
    values = given.to_numpy(dtype=object)
    missing = np.array(given.isna(), dtype=bool)
    if pd.api.types.is_numeric_dtype(given.dtype) and not pd.api.types.is_bool_dtype(given.dtype):
        read = given.to_numpy(dtype=float, na_value=np.nan, copy=True)
    else:
        read = np.array([_number(value) for value in values], dtype=float)
        missing |= np.array([isinstance(v, str) and not v.strip() for v in values], dtype=bool)
        wrong = np.isnan(read) & ~missing
        problems.add(
            column.name, wrong, values, "is not a number: write digits, with a point for decimals"
        )
    problems.add(column.name, np.isinf(read), values, "is not finite")
    read[np.isinf(read)] = np.nan
    if column.positive:
        problems.add(column.name, read <= 0, values, "is not above zero")
    if column.minimum is not None:
        problems.add(column.name, read < column.minimum, values, "is below zero")
    if column.whole:
        parts = ~np.isnan(read) & (read % 1 != 0)
        problems.add(column.name, parts, values, "is not a whole number")
    return read


def _number(value: object) -> float:
    """Read a number, or NaN for what is none."""
    if isinstance(value, (bool, np.bool_)):
        return np.nan
    if isinstance(value, str):
        text = value.strip()
        return float(text) if _NUMBER.fullmatch(text) else np.nan
    try:
        return float(value) if isinstance(value, (int, float, np.number, Decimal)) else np.nan
    except OverflowError:
        return np.inf


def _booleans(column: Column, given: pd.Series, problems: Problems) -> np.ndarray:
    """Yes and no; what is missing is no."""
    words = given.map(lambda value: str(value).strip().lower(), na_action="ignore")
    missing = (words.isna() | (words == "")).to_numpy(dtype=bool)
    read = words.map(_YES_NO)
    problems.add(
        column.name, read.isna().to_numpy() & ~missing, given.tolist(), "is neither true nor false"
    )
    return (read == True).to_numpy(dtype=bool)  # noqa: E712 -- element by element
