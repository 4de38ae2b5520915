"""
Columns in their dtypes: text, words of a vocabulary, numbers, yes and no.

What cannot be read is noted as a problem and becomes missing; nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from geoevents.errors import as_text
from geoevents.events.columns import Column
from geoevents.events.dates import Dates, parse_dates
from geoevents.events.problems import Problems
from geoevents.events.text import (
    NOTHING,
    TEXT,
    arrow_text,
    picked,
    stripped,
    text_series,
    with_nul,
)

__all__ = ["TEXT", "canonical", "dates", "filled", "numbers"]

_NUMERAL = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_NUMBER = re.compile(_NUMERAL, re.ASCII)
_COMMA = re.compile(r"[+-]?\d[\d.]*,\d+", re.ASCII)
_EXACT = 2.0**53
_YES_NO = {"true": True, "false": False, "1": True, "0": False}
_LIKE = 0.6  # share of two words that is alike, from which on one may be meant for the other


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
        return dates(column, given, problems).instants
    if column.kind == "number":
        return numbers(column, given, problems)
    if column.kind == "boolean":
        return _booleans(column, given, problems)
    text = _texts(column, given, problems)
    if column.vocabulary is None:
        return text
    return _words(column, text, column.vocabulary, problems)


def dates(column: Column, given: pd.Series, problems: Problems) -> Dates:
    """
    Read a column of dates.

    Parameters
    ----------
    column : Column
        What the schema says of it; the column ``end`` takes the last day of a period.
    given : pandas.Series
        Its values.
    problems : Problems
        Where to note what is wrong.

    Returns
    -------
    Dates
        What they were read as.
    """
    read = parse_dates(given, last=column.name == "end")
    problems.add(column.name, ~pd.isna(read.reason), given, read.reason)
    return read


def _texts(column: Column, given: pd.Series, problems: Problems) -> pd.Series:
    """Text without the white space round it; nothing for empty text."""
    text = arrow_text(given)
    if text is None:
        text = _made_text(column, given, problems)
    nul = with_nul(text)
    if nul is not None:
        _note_unstorable(column, nul, given, problems)
        text = pc.if_else(pa.array(nul), NOTHING, text)
    return text_series(stripped(text), given.index)


def _made_text(column: Column, given: pd.Series, problems: Problems) -> pa.ChunkedArray:
    """Text from cells of several kinds, one by one."""
    scalar = (str, bool, int, float, np.number, np.bool_, Decimal)
    values = given.to_numpy(dtype=object)
    missing = np.array(given.isna(), dtype=bool)
    texts = [
        _worded(value) if isinstance(value, scalar) and not gone else None
        for value, gone in zip(values, missing, strict=True)
    ]
    wrong = np.array([text is None for text in texts], dtype=bool) & ~missing
    problems.add(column.name, wrong, given, "is not text")
    halves = np.array([text is not None and not _encodable(text) for text in texts], dtype=bool)
    _note_unstorable(column, halves, given, problems)
    for position in np.flatnonzero(halves).tolist():
        texts[position] = None
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def _worded(value: Any) -> str | None:
    """Write a value as text; None if Python cannot, as with numbers of thousands of digits."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 -- it may run code of anybody's
        return None


def _note_unstorable(
    column: Column, wrong: np.ndarray, given: pd.Series, problems: Problems
) -> None:
    """Note cells with a NUL character or half of a surrogate pair."""
    problems.add(column.name, wrong, given, "holds a character that no file can store")


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
    folded = [_folded(value) for value in distinct.to_numpy(dtype=object).tolist()]
    refused = np.array([word not in vocabulary for word in folded], dtype=bool)
    if refused.any():
        reasons = np.full(len(folded) + 1, None)  # the last is that of code -1, no word at all
        reasons[:-1][refused] = _not_words(
            [word for word in folded if word not in vocabulary], list(vocabulary)
        )
        problems.add(column.name, np.append(refused, [False])[codes], text, reasons[codes])
    known = [word if word in vocabulary else None for word in folded]
    return text_series(picked(codes, known), text.index)


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())


def _not_words(refused: Sequence[str], vocabulary: Sequence[str]) -> np.ndarray:
    """Why words are refused, with the one that may have been meant for each."""
    # Each reason is made once: a million wrong words have no more reasons than the vocabulary has.
    end = f"use one of {', '.join(vocabulary)}"
    reasons = np.array(
        [
            f"is not allowed: {end}",
            *(f"is not allowed: did you mean {word!r}? {end}" for word in vocabulary),
        ],
        dtype=object,
    )
    alike = cdist(refused, vocabulary, scorer=Indel.normalized_similarity, dtype=np.float64)
    return reasons[np.where(alike.max(axis=1) >= _LIKE, alike.argmax(axis=1) + 1, 0)]


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
    text = arrow_text(column)
    if text is not None:
        return np.asarray(stripped(text).is_valid().to_numpy(), dtype=bool)
    held = column.notna().to_numpy(dtype=bool)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return held
    blank = column.map(lambda value: isinstance(value, str) and not value.strip())
    return np.asarray(held & ~blank.to_numpy(dtype=bool))


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
    if pd.api.types.is_numeric_dtype(given.dtype) and not pd.api.types.is_bool_dtype(given.dtype):
        read = given.to_numpy(dtype=float, na_value=np.nan, copy=True)
    else:
        read, missing = _written(given)
        problems.add(
            column.name,
            np.isnan(read) & ~missing,
            given,
            _not_a_number,
        )
    problems.add(column.name, np.isinf(read), given, "is not finite")
    read[np.isinf(read)] = np.nan
    if column.positive:
        problems.add(column.name, read <= 0, given, "is not above zero")
    if column.minimum is not None:
        problems.add(column.name, read < column.minimum, given, "is below zero")
    if column.whole:
        parts = ~np.isnan(read) & (read % 1 != 0)
        problems.add(column.name, parts, given, "is not a whole number")
        # From here on floats have gaps: what stands there may be another number's neighbour.
        problems.add(column.name, np.abs(read) >= _EXACT, given, "is too large to be exact")
    return read


def _not_a_number(value: object) -> str:
    """Why a cell is no number, with what to write."""
    if isinstance(value, str) and _COMMA.fullmatch(value.strip()):
        return "is not a number: for a decimal comma write a point, for thousands nothing"
    return "is not a number: write digits, with a point for decimals"


def _written(given: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Numbers from cells of any kind, NaN for what is none; which cells hold nothing."""
    text = arrow_text(given)
    if text is not None:
        text = stripped(text)
        return _numerals(text), text.is_null().to_numpy()
    values = given.to_numpy(dtype=object)
    blank = [isinstance(value, str) and not value.strip() for value in values]
    missing = np.array(given.isna(), dtype=bool) | np.array(blank, dtype=bool)
    return np.array([_number(value) for value in values], dtype=float), missing


def _numerals(text: pa.ChunkedArray) -> np.ndarray:
    """Numbers from text, NaN for what is none."""
    # Arrow reads more than digits ("nan", "inf"), and all that is digits as Python does.
    numeral = pc.match_substring_regex(text, rf"\A(?:{_NUMERAL})\z")
    text = pc.if_else(numeral, text, NOTHING)
    try:
        read = pc.cast(text, pa.float64())
    except pa.ArrowInvalid:  # an older Arrow, and a plus sign or too great a number
        return np.array([_number(value) for value in text.to_pylist()], dtype=float)
    return np.array(read.to_numpy(), dtype=float)  # a copy: Arrow's own memory is not to be changed


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
    if given.dtype == bool:
        return given.to_numpy(dtype=bool)
    cells = given.astype(object)  # a nullable dtype has comparisons that are neither
    words = cells.map(lambda value: as_text(value).strip().lower(), na_action="ignore").astype(
        object
    )
    missing = words.isna().to_numpy(dtype=bool) | (words == "").to_numpy(dtype=bool)
    read = words.map(_YES_NO).astype(object)
    problems.add(column.name, read.isna().to_numpy() & ~missing, given, "is neither true nor false")
    return (read == True).to_numpy(dtype=bool)  # noqa: E712 -- element by element
