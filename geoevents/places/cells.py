"""Cells of a table as the gazetteer keeps them: clean texts, codes, numbers."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Objects = NDArray[np.object_]

#: Control characters, and what makes the text after it run the other way: nobody writes these.
_UNSEEN: Final = re.compile("[\x00-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(column: "pd.Series[Any]") -> Objects:
    """
    Return the values of a column as Python objects.

    Parameters
    ----------
    column : Series
        Of any type.

    Returns
    -------
    ndarray
        The values.
    """
    values: Objects = column.to_numpy(dtype=object)
    return values


def clean(value: object) -> str:
    r"""
    Return a text in one line, without halves of characters and control characters.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    str
        The text of it, with single spaces.

    Examples
    --------
    >>> clean(" Al\tRaqqa\x1b[0m\n")
    'Al Raqqa [0m'
    """
    text = str(value).encode(errors="ignore").decode()
    if not text.isprintable():
        text = _UNSEEN.sub(" ", text)
    return " ".join(text.split())


def clean_all(values: Sequence[object]) -> list[str]:
    """
    Clean many texts.

    Parameters
    ----------
    values : sequence of object
        Texts; what is missing becomes "".

    Returns
    -------
    list of str
        What ``clean`` makes of each.
    """
    out: list[str] = []
    for start in range(0, len(values), _CHUNK):
        some = values[start : start + _CHUNK]
        out += some if _is_clean(some) else map(_cleaned, some)  # type: ignore[arg-type]
    return out


_CHUNK: Final = 1 << 14


def _is_clean(values: Sequence[Any]) -> bool:
    """Tell whether all are texts that are clean as they are, as nearly all are."""
    try:
        joined = "\n".join(values)
    except TypeError:
        return False
    return (
        joined.count("\n") == len(values) - 1
        and joined.replace("\n", "").isprintable()
        and not any(gap in f"\n{joined}\n" for gap in ("  ", "\n ", " \n"))
    )


def _cleaned(value: object) -> str:
    if type(value) is not str:
        return "" if is_missing(value) else clean(value)
    if value.isprintable() and "  " not in value and value[:1] != " " and value[-1:] != " ":
        return value
    return clean(value)


def is_missing(value: object) -> bool:
    """
    Tell whether there is nothing in a cell.

    Parameters
    ----------
    value : object
        The cell: of any type, a list too.

    Returns
    -------
    bool
        True for None, NaN, NaT and pandas.NA.
    """
    if value is None or type(value) is str:
        return value is None
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    scalar: Any = value
    return bool(pd.api.types.is_scalar(scalar) and pd.isna(scalar))


def coded(column: "pd.Series[Any]") -> tuple[NDArray[np.intp], list[str]]:
    """
    Return a column of few different texts as codes.

    Parameters
    ----------
    column : Series
        Texts; what is missing becomes "".

    Returns
    -------
    tuple of ndarray and list of str
        For each row its code, and the texts, sorted.
    """
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    values = plain(column)
    try:
        at, distinct = pd.factorize(values)
    except TypeError:  # a list or another value without a hash
        at, distinct = pd.factorize(np.array(list(map(str, values)), object))
    texts = [*clean_all(list(distinct)), ""]
    words = sorted({texts[code] for code in np.unique(at).tolist()})
    number = {word: i for i, word in enumerate(words)}
    return np.array([number.get(text, -1) for text in texts], np.intp)[at], words


def numbers(column: "pd.Series[Any]") -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """
    Return a column of numbers, 0 or more.

    Parameters
    ----------
    column : Series
        Numbers, or texts of numbers.

    Returns
    -------
    tuple of ndarray
        The numbers, NaN where there is none; and which cells hold something else.
    """
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    scalars = column
    if column.dtype == object:  # a list or an object is no number
        scalars = column.map(lambda v: v if pd.api.types.is_scalar(v) else "?")
    read = pd.to_numeric(scalars, errors="coerce").astype("float64")
    wrong = (read.isna() & scalars.notna()) | (read < 0) | np.isinf(read)
    return np.asarray(read, np.float64), np.asarray(wrong, bool)


def find_column(frame: "pd.DataFrame", wanted: Iterable[str]) -> str | None:
    """
    Return the first of these columns that is there, written so or in other capitals.

    Parameters
    ----------
    frame : DataFrame
        The table.
    wanted : iterable of str
        Names, in small letters.

    Returns
    -------
    str or None
        The name as the table has it.
    """
    names: list[Any] = frame.columns.tolist()
    lowered = {c.strip().lower(): c for c in reversed(names) if isinstance(c, str)}
    for name in wanted:
        if name in frame.columns:
            return name
        if name in lowered:
            return lowered[name]
    return None


def shown_columns(columns: Iterable[object]) -> str:
    """
    Return names of columns for a message.

    Parameters
    ----------
    columns : iterable
        Their names.

    Returns
    -------
    str
        The first of them, quoted, with commas between.
    """
    listed = [repr(column) for column in columns]
    return ", ".join(listed[:_MOST_SHOWN]) + (", ..." if len(listed) > _MOST_SHOWN else "")


_MOST_SHOWN: Final = 40
