"""When events are shown on a time slider: KML's ``TimeStamp`` and ``TimeSpan``."""

import geopandas as gpd
import numpy as np
import pandas as pd

_DAY = np.timedelta64(1, "D")
_LAST_SECOND = np.timedelta64(86_399, "s")


def kml_times(frame: gpd.GeoDataFrame) -> list[str]:
    """
    Write when each row is shown.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Rows with ``start``, and ``end`` and ``date_precision`` if they have them.

    Returns
    -------
    list of str
        For each row an element: an instant or a day, a span to the end, or the whole week, month or
        year of which ``start`` is the first day. Empty, which is shown always, where no date is
        known.

    Examples
    --------
    >>> days = pd.to_datetime(["2017-09-16", "2017-09-01"])
    >>> events = gpd.GeoDataFrame({"start": days, "date_precision": ["day", "month"]})
    >>> kml_times(events)[0]
    '<TimeStamp><when>2017-09-16</when></TimeStamp>'
    >>> kml_times(events)[1]
    '<TimeSpan><begin>2017-09-01</begin><end>2017-09-30T23:59:59</end></TimeSpan>'
    """
    if "start" not in frame or not _is_date(frame["start"]):
        return [""] * len(frame)
    start = frame["start"].to_numpy().astype("datetime64[ms]")
    end = np.full(len(frame), np.datetime64("NaT"), dtype="datetime64[ms]")
    if "end" in frame and _is_date(frame["end"]):
        end = frame["end"].to_numpy().astype("datetime64[ms]")
    precision = np.full(len(frame), "day", dtype=object)
    if "date_precision" in frame:
        precision = frame["date_precision"].to_numpy(dtype=object)
    last = np.where(_whole(end), end + _LAST_SECOND, end)
    period = np.full(len(frame), np.datetime64("NaT"), dtype="datetime64[ms]")
    period = np.where(precision == "week", _week_end(start), period)
    for word, unit in (("month", "M"), ("year", "Y")):
        following = (start.astype(f"datetime64[{unit}]") + 1).astype("datetime64[ms]")
        period = np.where(precision == word, following - np.timedelta64(1, "s"), period)
    last = np.fmax(last, period)  # of which either may be missing
    known = ~np.isnat(start) & (precision != "unknown")
    return [
        "" if not there else _span(begin, until) if until else _stamp(begin)
        for there, begin, until in zip(known, _texts(start), _texts(last), strict=True)
    ]


def _is_date(column: pd.Series) -> bool:
    return isinstance(column.dtype, np.dtype) and column.dtype.kind == "M"


def _whole(instants: np.ndarray) -> np.ndarray:
    """Tell which are days, with no time of day."""
    return np.asarray(instants == instants.astype("datetime64[D]"))


def _week_end(start: np.ndarray) -> np.ndarray:
    """Find the last second of the week, from Monday to Sunday, that each day is in."""
    days = start.astype("datetime64[D]")
    weekday = (days.astype(int) + 3) % 7  # 1 January 1970 was a Thursday
    sunday = days + np.where(np.isnat(days), 0, 6 - weekday) * _DAY
    return np.asarray(sunday.astype("datetime64[ms]") + _LAST_SECOND)


def _texts(instants: np.ndarray) -> list[str]:
    """Write days as days and others to the second; nothing for what is missing."""
    days, seconds = (np.datetime_as_string(instants, unit=unit) for unit in ("D", "s"))
    texts = np.where(_whole(instants), days, seconds)
    texts[np.isnat(instants)] = ""
    return [str(text) for text in texts.tolist()]


def _stamp(when: str) -> str:
    return f"<TimeStamp><when>{when}</when></TimeStamp>"


def _span(begin: str, end: str) -> str:
    return f"<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>"
