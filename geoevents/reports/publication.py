"""The day on which a report was published, as callers give it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geoevents.errors import as_text, shown
from geoevents.reports.errors import ReportError

_FIRST_YEAR = 1500  # before it no calendar of today dates anything; years are mistyped


def publication_day(published: Any) -> dt.date | None:
    """
    Read the day of publication.

    Parameters
    ----------
    published : str, date, datetime, numpy.datetime64 or None
        The day: ``"2017-09-17"``, a date, a Timestamp. Missing values are none.

    Returns
    -------
    datetime.date or None
        The day, by the clock of the place.

    Raises
    ------
    ReportError
        If it is no day: unreadable, only a month or a year, or before the year 1500.

    Examples
    --------
    >>> publication_day("17 September 2017")
    datetime.date(2017, 9, 17)
    >>> publication_day("2017-09")
    Traceback (most recent call last):
    geoevents.reports.errors.ReportError: published is '2017-09', which is no day: write 2017-09-17
    """
    import pandas as pd  # noqa: PLC0415 -- the command line's --help does without

    from geoevents.events.dates import parse_dates  # noqa: PLC0415

    if isinstance(published, dt.date) and not isinstance(published, dt.datetime):
        return _believable(published, published)
    if published is None or (pd.api.types.is_scalar(published) and pd.isna(published)):
        return None
    if isinstance(published, dt.datetime):
        return _believable(published.date(), published)
    if not isinstance(published, str) and not hasattr(published, "isoformat"):
        published = as_text(published)
    if isinstance(published, str) and not published.strip():
        return None
    read = parse_dates(pd.Series([published], dtype=object))
    if read.reason[0] is not None:
        raise ReportError(f"published is {shown(published)}: it {read.reason[0]}")
    if read.precision[0] != "day":
        raise ReportError(f"published is {shown(published)}, which is no day: write 2017-09-17")
    return _believable(read.instants[0].item().date(), published)


def _believable(day: dt.date, published: Any) -> dt.date:
    """Refuse a day on which no report was published."""
    if day.year < _FIRST_YEAR:
        raise ReportError(
            f"published is {shown(published)}, which is before {_FIRST_YEAR}: write the year of the"
            " report"
        )
    return day
