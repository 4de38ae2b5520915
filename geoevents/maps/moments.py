"""The window of time that a map opens with."""

import datetime as dt
import re
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError, shown

Moment: TypeAlias = str | dt.date | pd.Timestamp
Time: TypeAlias = (
    Literal["auto", False] | Moment | tuple[Moment | None, Moment | None] | list[Moment | None]
)

_DAY = re.compile(r"\s*\d{4}-\d\d-\d\d\s*")
_WRITTEN = re.compile(r"\s*\d{4}-\d\d-\d\d(?!\d)")
_LAST_MINUTE = 24 * 60 - 1
_MOST = 2**31 - 1  # what the browser's columns of time hold
_ALLOWED = (
    "time has to be 'auto', False, a date such as '2017-09-16', or a pair of dates (from, to) of "
    "which one may be None"
)


def opening(time: Time = "auto") -> dict[str, Any]:
    """
    Say with which window of time a map opens.

    Parameters
    ----------
    time : "auto", False, str, date, Timestamp or a pair of them, default "auto"
        ``"auto"``: a slider, all of it shown. ``False``: none. A date: everything up to then. A
        pair: from the first to the second, ``None`` for an open end. A day without a time of day,
        or at midnight, is the whole day. Times are in UTC unless they say otherwise.

    Returns
    -------
    dict
        ``on``: whether there is a slider; ``from`` and ``to``: minutes since 1970 UTC, or ``None``.

    Raises
    ------
    GeoeventsError
        If it is anything else, or ends before it starts.

    Examples
    --------
    >>> opening("1970-01-02")
    {'on': True, 'from': None, 'to': 2879}
    >>> opening(("1970-01-02", "1970-01-02 12:00"))
    {'on': True, 'from': 1440, 'to': 2160}
    """
    if isinstance(time, str) and time == "auto":
        return {"on": True, "from": None, "to": None}
    if time is False:
        return {"on": False, "from": None, "to": None}
    if isinstance(time, tuple | list):
        if len(time) != 2 or all(moment is None for moment in time):  # noqa: PLR2004 -- a pair
            raise GeoeventsError(f"time={shown(time)}: {_ALLOWED}")
        first, last = (None if moment is None else _span(moment) for moment in time)
        if first and last and first[0] > last[1]:
            raise GeoeventsError(f"time={shown(time)} ends before it starts")
        return {"on": True, "from": first and first[0], "to": last and last[1]}
    return {"on": True, "from": None, "to": _span(time)[1]}


def _span(moment: Any) -> tuple[int, int]:
    """Return the first and the last minute of a day, or one minute twice."""
    if isinstance(moment, str) and not _WRITTEN.match(moment):
        raise GeoeventsError(f"time: {shown(moment)} is no date: {_ALLOWED}")
    if not isinstance(moment, str | dt.date):
        raise GeoeventsError(f"time={shown(moment)}: {_ALLOWED}")
    try:
        read = pd.Timestamp(moment)
    except (ValueError, OverflowError) as error:
        raise GeoeventsError(f"time: {shown(moment)} is no date: {_ALLOWED}") from error
    if pd.isna(read):
        raise GeoeventsError(f"time: {shown(moment)} is no date: {_ALLOWED}")
    if isinstance(moment, str):
        whole = _DAY.fullmatch(moment) is not None
    else:
        whole = read.tz is None and read == read.normalize()
    if read.tz is not None:
        read = read.tz_convert("UTC").tz_localize(None)
    minute = int(read.to_datetime64().astype("datetime64[m]").astype(np.int64))
    minute = min(max(minute, -_MOST), _MOST - _LAST_MINUTE)
    return minute, minute + _LAST_MINUTE * whole
