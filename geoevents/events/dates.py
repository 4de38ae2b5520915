"""
Dates as tables write them: ISO 8601 days and times, and whole weeks, months and years.

A date that can be read in two ways is refused, never guessed.
"""

import calendar
import datetime as dt
import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geoevents.errors import as_text, shown

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_OF = {
    name.lower(): number
    for number, full in enumerate(_MONTHS, start=1)
    for name in (full, full[:3])
}

_CALENDAR = re.compile(r"(\d{4})(?:([-/])(\d{1,2})(?:\2(\d{1,2}))?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII)
_TIME = re.compile(r"\d{4}([-/])\d{2}\1\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)
_WRITTEN = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3,9})(?:\.?,? |-)(\d{4})", re.ASCII)
_SHORT = re.compile(r"(?:\d{1,2}[ -])?([A-Za-z]{3,9})(?:\.?,? |-)\d{2}", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)

_UNREADABLE = "is not a date: write 2017-09-16, 2017-09-16T04:30, 2017-W37, 2017-09 or 2017"
_TWO_DIGITS = "has a two-digit year: write all four digits"
_IN_EXCEL = " (in Excel: format yyyy-mm-dd)"


class Dates(NamedTuple):
    """
    What a column of dates was read as.

    Attributes
    ----------
    instants : numpy.ndarray
        ``datetime64[ms]``, NaT where there is none.
    precision : numpy.ndarray
        For each, the word of ``date_precision`` that its form stands for, or None.
    reason : numpy.ndarray
        Why one could not be read, or None.
    """

    instants: np.ndarray
    precision: np.ndarray
    reason: np.ndarray


def parse_dates(column: pd.Series, *, last: bool = False) -> Dates:
    """
    Read a column of dates.

    Parameters
    ----------
    column : pandas.Series
        Dates as text, as whole numbers (``2014``), as date or time objects. Missing values stay
        missing.
    last : bool, default False
        Whether a week, month or year stands for its last day (the end of an event) and not its
        first.

    Returns
    -------
    Dates
        Three arrays as long as ``column``.

    Notes
    -----
    A time with an offset from UTC keeps its clock time: an event belongs to the day on which it
    happened where it happened.

    Examples
    --------
    >>> import pandas as pd
    >>> dates = parse_dates(pd.Series(["2017-09-16", "2017-09", "03/04/2017"]))
    >>> [str(value) for value in dates.instants.astype("datetime64[D]")]
    ['2017-09-16', '2017-09-01', 'NaT']
    >>> dates.precision.tolist()
    ['day', 'month', None]
    >>> dates.reason[2]
    'can be 3 April or 4 March: write 2017-04-03 or 2017-03-04 (in Excel: format yyyy-mm-dd)'
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        values = column.to_numpy().astype("datetime64[ms]")
        precision = np.full(len(column), "day", dtype=object)
        precision[np.isnat(values)] = None
        return Dates(values, precision, np.full(len(column), None))
    codes: np.ndarray
    distinct: Any
    cells: Any = column if isinstance(column.dtype, pd.StringDtype) else column.to_numpy(object)
    try:
        codes, distinct = pd.factorize(cells, use_na_sentinel=True)
    except TypeError:  # a list or a dictionary: no date, and no key of a table
        codes, distinct = pd.factorize(_keys(cells), use_na_sentinel=True)
    read = [_read(value, last=last) for value in np.asarray(distinct, dtype=object)]
    read.append((None, None, None))  # what code -1, a missing value, picks
    instants = np.array([entry[0] for entry in read], dtype="datetime64[ms]")
    words = np.array([entry[1:] for entry in read], dtype=object)
    return Dates(instants[codes], words[codes, 0], words[codes, 1])


def _keys(cells: np.ndarray) -> np.ndarray:
    """Give cells with text in place of those that cannot be keys of a table."""
    keys = np.empty(len(cells), dtype=object)
    for row, cell in enumerate(cells):
        try:
            hash(cell)
        except TypeError:
            keys[row] = shown(cell)
        else:
            keys[row] = cell
    return keys


def _read(value: Any, *, last: bool) -> tuple[dt.datetime | None, str | None, str | None]:
    """One date as (instant, precision, reason)."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[ms]").item()
    if isinstance(value, dt.date):
        instant = value if isinstance(value, dt.datetime) else _midnight(value)
        return instant.replace(tzinfo=None), "day", None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    text = as_text(value).strip()
    if not text:
        return None, None, None
    try:
        found = _period(text)
    except ValueError:
        return None, None, "is not in the calendar"
    if found is None:
        return None, None, _why_not(text)
    first, final, precision = found
    return (final if last else first), precision, None


def _period(text: str) -> tuple[dt.datetime, dt.datetime, str] | None:
    """First and last day of what a text names, and its precision; None if it is no known form."""
    if _TIME.fullmatch(text):
        instant = dt.datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=None)
        return instant, instant, "day"
    if match := _CALENDAR.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.group(1, 3, 4))
        return _days(year or 0, month, day)
    if match := _WEEK.fullmatch(text):
        monday = dt.datetime.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + dt.timedelta(days=6), "week"
    if (match := _WRITTEN.fullmatch(text)) and match[2].lower() in _MONTH_OF:
        day = int(match[1]) if match[1] else None
        return _days(int(match[3]), _MONTH_OF[match[2].lower()], day)
    return None


def _days(
    year: int, month: int | None = None, day: int | None = None
) -> tuple[dt.datetime, dt.datetime, str]:
    """First and last day of a year, a month or a day."""
    first = dt.date(year, 1 if month is None else month, 1 if day is None else day)
    if month is None:
        final, precision = first.replace(month=12, day=31), "year"
    elif day is None:
        final, precision = first.replace(day=calendar.monthrange(year, month)[1]), "month"
    else:
        final, precision = first, "day"
    return _midnight(first), _midnight(final), precision


def _midnight(date: dt.date) -> dt.datetime:
    """Give the start of a day, by the clock of the place it is a day of."""
    return dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001 -- clock time, no zone


def _why_not(text: str) -> str:
    """Why a text is no date, with what to write when that can be told."""
    if (match := _SHORT.fullmatch(text)) and match[1].lower() in _MONTH_OF:
        return _TWO_DIGITS + _IN_EXCEL
    match = _DAY_FIRST.fullmatch(text)
    if not match:
        return _UNREADABLE
    short = len(match[3]) != len("2017")
    year = int(match[3]) + (2000 if short else 0)  # of a leap year or not: for the hint only
    readings = {}
    for day, month in ((match[1], match[2]), (match[2], match[1])):
        try:
            date = dt.date(year, int(month), int(day))
        except ValueError:
            continue
        readings[date.isoformat()] = f"{date.day} {_MONTHS[date.month - 1]}"
    if not readings:
        return _UNREADABLE
    if short:
        return _TWO_DIGITS + _IN_EXCEL
    if len(readings) > 1:
        meant = " or ".join(readings.values())
        return f"can be {meant}: write {' or '.join(readings)}{_IN_EXCEL}"
    return f"is not ISO 8601: write {next(iter(readings))}{_IN_EXCEL}"
