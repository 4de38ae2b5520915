"""
Whether a frame is one of events: brought into canonical form, or every problem in one error.

The form itself, column by column, is in `geoevents.events.columns`.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.compute as pc

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS
from geoevents.events.identity import event_ids
from geoevents.events.positions import positions
from geoevents.events.problems import Problems, SchemaError
from geoevents.events.text import arrow_text, picked, text_series
from geoevents.events.values import canonical, dates, filled
from geoevents.events.vocabulary import DATE_PRECISIONS

__all__ = ["COLUMNS", "SchemaError", "check", "validate"]

_RANK = {word: rank for rank, word in enumerate(DATE_PRECISIONS)}
_UNKNOWN = _RANK["unknown"]
_WHERE = ("locality", "place", "geometry")
_NAME_IT = (
    "name the column that says it so, or say one word for all rows "
    "(read_events: columns={'event_type': ...}, or types='air strike')"
)


def validate(events: pd.DataFrame) -> gpd.GeoDataFrame:
    """
    Bring a frame of events into canonical form, or say everything that is wrong with it.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame
        Events with at least a column ``event_type`` and one that says where: ``geometry``
        (geometries, or WKT in a plain frame), ``longitude`` and ``latitude`` (also ``lon`` and
        ``lat``, ``x`` and ``y``), ``locality`` or ``place``. An index called
        ``event_id`` serves as that column.

    Returns
    -------
    geopandas.GeoDataFrame
        A new frame on the same index, in EPSG:4326, with every column of the schema in its dtype;
        other columns are kept as they are. Columns of coordinates have become ``geometry``.

    Raises
    ------
    SchemaError
        If anything is wrong: its message lists the first twenty problems, its ``problems`` holds
        all.

    Notes
    -----
    Words of a vocabulary are read in any case. Text loses the white space round it; empty text is
    missing. A date may be a week (``2017-W37``), a month (``2017-09``) or a year (``2017``): it
    becomes the first day, ``end`` the last, and ``date_precision`` says so if the column does not.

    Examples
    --------
    >>> import pandas as pd
    >>> events = validate(
    ...     pd.DataFrame(
    ...         {"event_type": ["Air strike"], "start": ["2017-09"], "lon": [40.2], "lat": [35.4]}
    ...     )
    ... )
    >>> print(events.loc[0, ["event_type", "date_precision", "geometry"]].tolist())
    ['air strike', 'month', <POINT (40.2 35.4)>]
    """
    if not isinstance(events, pd.DataFrame):
        raise GeoeventsError(f"events is a {type(events).__name__}: give a frame of events")
    problems = Problems(events.index)
    valid = check(events, problems)
    if problems:
        raise SchemaError(problems.frame())
    return valid


def check(events: pd.DataFrame, problems: Problems) -> gpd.GeoDataFrame:
    """
    Bring a frame into canonical form, noting what is wrong.

    Parameters
    ----------
    events : pandas.DataFrame
        The events.
    problems : Problems
        Where to note it.

    Returns
    -------
    geopandas.GeoDataFrame
        The frame in canonical form; a value with a problem is missing in it.
    """
    if not events.columns.is_unique:
        for name in events.columns[events.columns.duplicated()].unique():
            problems.add_table(str(name), "stands twice in the table: keep one")
        events = events.loc[:, ~events.columns.duplicated()]
    if events.index.name == "event_id" and "event_id" not in events:
        events = events.assign(event_id=events.index)
    geometry, used = positions(events, problems)
    _see_columns(events, problems, located=bool(used))
    done: dict[Any, Any] = {}
    written = np.full(len(events), None)
    failed = np.zeros(len(events), dtype=bool)
    for column in COLUMNS:
        if column.kind == "geometry" or (column.by_attach and column.name not in events):
            continue
        given = events[column.name] if column.name in events else _none(events.index)
        if isinstance(given.dtype, pd.CategoricalDtype):
            words = isinstance(given.cat.categories.dtype, pd.StringDtype)
            given = given.astype(given.cat.categories.dtype if words else object)
        if column.name == "start":
            starts = dates(column, given, problems)
            written, failed = starts.precision, given.notna().to_numpy(dtype=bool)
            done[column.name] = starts.instants
        else:
            done[column.name] = canonical(column, given, problems)
    _check_dates(written, failed, done, problems)
    _check_areas(done, problems)
    done |= {name: events[name] for name in events if name not in done and name not in used}
    valid = gpd.GeoDataFrame(done, geometry=geometry, index=events.index, crs=4326)
    ids = valid["event_id"]
    problems.add("event_id", _repeated(ids), ids, "is the event_id of an earlier row")
    valid["event_id"] = event_ids(valid, problems.rows())
    return valid


def _see_columns(events: pd.DataFrame, problems: Problems, *, located: bool) -> None:
    """See that what every event must have is there."""
    for column in COLUMNS:
        if not column.required:
            continue
        if column.name in events:
            problems.add(column.name, ~filled(events[column.name]), None, "is missing")
        else:
            problems.add_table(column.name, f"is missing: {column.meaning}: {_NAME_IT}")
    if not located and not any(name in events for name in _WHERE):
        problems.add_table(
            None, "nothing says where: give longitude and latitude, geometry, locality or place"
        )


def _none(index: pd.Index) -> pd.Series:
    """Make a column with nothing in it."""
    return pd.Series([None] * len(index), index=index, dtype=object)


def _check_dates(
    written: np.ndarray, failed: np.ndarray, done: dict[Any, Any], problems: Problems
) -> None:
    """Fill in the precision that the dates were written with; see that they are in order."""
    given, start, end = done["date_precision"], done["start"], done["end"]
    known = ~np.isnat(start)
    said, form = _ranks(given), _ranks(written)
    shown = problems.name("start"), problems.name("date_precision")
    problems.add(
        "date_precision",
        (said >= 0) & (said < form),
        given,
        f"is finer than {shown[0]} is written: write the day, or leave {shown[1]} empty",
    )
    undated = (said >= 0) & (said != _UNKNOWN) & ~known
    problems.add(
        "start", undated & ~failed, None, f"is missing, but {shown[1]} says that it is known"
    )
    ranks = np.where(said >= 0, said, np.where(form >= 0, form, _UNKNOWN))
    done["date_precision"] = text_series(picked(ranks, DATE_PRECISIONS), given.index)
    day = "datetime64[D]"
    timed = end != end.astype(day)
    reversed_ = (end.astype(day) < start.astype(day)) | (timed & (end < start))
    if reversed_.any():
        ends = np.full(len(end), None)
        ends[reversed_] = np.datetime_as_string(end[reversed_], unit="s").tolist()
        problems.add("end", reversed_, ends, f"is before {shown[0]}")


def _ranks(words: pd.Series | np.ndarray) -> np.ndarray:
    """Rank words of `date_precision`, the finest 0; -1 where there is none."""
    codes, distinct = pd.factorize(words)
    return np.array([*(_RANK[word] for word in distinct), -1])[codes]


def _repeated(ids: pd.Series) -> np.ndarray:
    """Which names an earlier row has; no name is none."""
    text = arrow_text(ids)
    # Far faster than telling which: that there is none.
    if text is not None:
        there = len(ids) - text.null_count
        if pc.count_distinct(text, mode="only_valid").as_py() == there:
            return np.zeros(len(ids), dtype=bool)
    codes = pd.Series(pd.factorize(ids)[0])
    return np.asarray(codes.duplicated() & (codes >= 0), dtype=bool)


def _check_areas(done: dict[Any, Any], problems: Problems) -> None:
    """See that the least area meant is not above the greatest."""
    if "area_low_km2" in done and "area_high_km2" in done:
        low, high = done["area_low_km2"], done["area_high_km2"]
        problems.add("area_low_km2", low > high, low, "is above area_high_km2")
