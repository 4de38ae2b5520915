"""
Whether a frame is one of events: brought into canonical form, or every problem in one error.

The form itself, column by column, is in `geoevents.events.columns`.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS
from geoevents.events.dates import parse_dates
from geoevents.events.identity import event_ids
from geoevents.events.positions import positions
from geoevents.events.problems import Problems, SchemaError
from geoevents.events.values import TEXT, canonical, filled
from geoevents.events.vocabulary import DATE_PRECISIONS

__all__ = ["COLUMNS", "SchemaError", "check", "validate"]

_RANK = {word: rank for rank, word in enumerate(DATE_PRECISIONS)}
_WHERE = ("locality", "place", "geometry")


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
    for column in COLUMNS:
        if column.kind == "geometry" or (column.by_attach and column.name not in events):
            continue
        given = events[column.name] if column.name in events else _none(events.index)
        if isinstance(given.dtype, pd.CategoricalDtype):
            given = given.astype(object)
        done[column.name] = canonical(column, given, problems)
    _check_dates(events, done, problems)
    _check_areas(done, problems)
    done |= {name: events[name] for name in events if name not in done and name not in used}
    valid = gpd.GeoDataFrame(done, geometry=geometry, index=events.index, crs=4326)
    valid["event_id"] = event_ids(valid)
    repeated = valid["event_id"].duplicated().to_numpy()
    problems.add(
        "event_id", repeated, valid["event_id"].tolist(), "is the event_id of an earlier row"
    )
    return valid


def _see_columns(events: pd.DataFrame, problems: Problems, *, located: bool) -> None:
    """See that what every event must have is there."""
    for column in COLUMNS:
        if not column.required:
            continue
        if column.name in events:
            problems.add(column.name, ~filled(events[column.name]), None, "is missing")
        else:
            problems.add_table(column.name, f"is missing: {column.meaning}")
    if not located and not any(name in events for name in _WHERE):
        problems.add_table(
            None, "nothing says where: give longitude and latitude, geometry, locality or place"
        )


def _none(index: pd.Index) -> pd.Series:
    """Make a column with nothing in it."""
    return pd.Series([None] * len(index), index=index, dtype=object)


def _check_dates(events: pd.DataFrame, done: dict[Any, Any], problems: Problems) -> None:
    """Fill in the precision that the dates were written with; see that they are in order."""
    given = done["date_precision"]
    start, end = done["start"], done["end"]
    written = parse_dates(events["start"]).precision if "start" in events else None
    if written is None:
        written = np.full(len(events), None)
    known = ~np.isnat(start)
    finer = [
        _RANK.get(word, 0) < _RANK.get(form, 0)
        for word, form in zip(given.tolist(), written, strict=True)
    ]
    problems.add(
        "date_precision",
        np.array(finer, dtype=bool) & given.notna().to_numpy(),
        given.tolist(),
        "is finer than start is written: write the day, or leave date_precision empty",
    )
    undated = given.notna().to_numpy() & (given != "unknown").to_numpy() & ~known
    failed = events["start"].notna().to_numpy() if "start" in events else np.zeros_like(known)
    problems.add(
        "start", undated & ~failed, None, "is missing, but date_precision says that it is known"
    )
    filled = given.where(given.notna(), pd.Series(written, index=given.index, dtype=object))
    done["date_precision"] = filled.where(filled.notna(), "unknown").astype(TEXT)
    day = "datetime64[D]"
    timed = end != end.astype(day)
    reversed_ = (end.astype(day) < start.astype(day)) | (timed & (end < start))
    problems.add("end", reversed_, np.datetime_as_string(end, unit="s"), "is before start")


def _check_areas(done: dict[Any, Any], problems: Problems) -> None:
    """See that the least area meant is not above the greatest."""
    if "area_low_km2" in done and "area_high_km2" in done:
        low, high = done["area_low_km2"], done["area_high_km2"]
        problems.add("area_low_km2", low > high, low, "is above area_high_km2")
