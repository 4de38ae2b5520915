"""Dated rows of control: read, put in order, and changed by a gain."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, shown
from geoevents.events.dates import parse_dates
from geoevents.events.values import TEXT
from geoevents.territory.arrangement import merged
from geoevents.territory.change import lonlat
from geoevents.territory.columns import flags
from geoevents.territory.measure import areas_km2
from geoevents.territory.overlaps import Overlaps
from geoevents.territory.repair import tell
from geoevents.territory.snapshot import check_way, read_rows, settled

Geometries = NDArray[Any]

COLUMNS = ("date", "actor", "uncertainty_m", "inferred", "source", "geometry")
"""What is kept of control, in this order."""
RANGE = ("area_low_km2", "area_high_km2")
"""What is kept beside it where control was inferred from captures."""

_WHAT = "snapshots"


def date_of(date: Any) -> pd.Timestamp:
    """
    Read one date.

    Parameters
    ----------
    date : str, date or Timestamp
        The date.

    Returns
    -------
    pandas.Timestamp
        Without time zone: its clock time stays.

    Raises
    ------
    GeoeventsError
        If it is no date.

    Examples
    --------
    >>> date_of("2017-09-16")
    Timestamp('2017-09-16 00:00:00')
    """
    read = parse_dates(pd.Series([date], dtype=object))
    if read.reason[0] is not None:
        raise GeoeventsError(f"{shown(date)} {read.reason[0]}")
    if np.isnat(read.instants[0]):
        raise GeoeventsError(f"{shown(date)} is no date: write 2017-09-16")
    return pd.Timestamp(read.instants[0])


def read_moments(
    frame: gpd.GeoDataFrame,
    *,
    actor: str,
    date: str,
    tolerance_m: float,
    overlaps: Overlaps,
    uncertainty_m: float | str | None,
) -> tuple[gpd.GeoDataFrame, pd.DatetimeIndex]:
    """
    Read dated polygons.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each date and piece of ground.
    actor, date : str
        The columns of holders and of dates.
    tolerance_m : float
        Claims that overlap by less are noise.
    overlaps : {"error", "contested", "first"}
        What to do where rows of one date claim the same ground.
    uncertainty_m : float or str, optional
        How far the lines may be off, in metres, or the column that says so.

    Returns
    -------
    tuple of GeoDataFrame and pandas.DatetimeIndex
        Rows in order, one for each date and holder, and all dates.

    Raises
    ------
    GeoeventsError
        If a row cannot be read: it names it.
    """
    check_way(overlaps)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeoeventsError(
            f"{_WHAT} is a {type(frame).__name__}: give a GeoDataFrame with a row for each date "
            "and piece of ground"
        )
    when = _dates(frame, date)
    rows = read_rows(frame, actor=actor, what="", uncertainty_m=uncertainty_m)
    tell([r for r in rows.repairs if "holding nothing" not in r.done], "Territory", stacklevel=3)
    sources = _sources(frame)
    order = np.argsort(when, kind="stable")
    dates, start = np.unique(when[order], return_index=True)
    if not len(dates):
        raise GeoeventsError("there are no snapshots: the frame has no rows")
    made = Made([], [], [], [], [], [])
    for day, positions in zip(dates, np.split(order, start[1:]), strict=True):
        there = positions[~shapely.is_missing(rows.polygons[positions])]
        what = f"on {pd.Timestamp(day).date()}"
        snapshot, came_from = settled(
            rows, there, what=what, overlaps=overlaps, tolerance_m=tolerance_m
        )
        made.date += [day] * len(came_from)
        made.actor += [snapshot.actors[number] for number in snapshot.holder.tolist()]
        made.uncertainty_m += snapshot.uncertainty_m.tolist()
        made.inferred += snapshot.inferred.tolist()
        made.source += [joined_texts(sources[row] for row in some) for some in came_from]
        made.geometry += [*snapshot.polygons]
    return ordered(made.frame(dates.dtype), dates)


def ordered(
    frame: gpd.GeoDataFrame, dates: NDArray[np.datetime64]
) -> tuple[gpd.GeoDataFrame, pd.DatetimeIndex]:
    """
    Put rows in order, one for each date and holder.

    Parameters
    ----------
    frame : GeoDataFrame
        Rows with the columns of `COLUMNS`, and maybe those of `RANGE`.
    dates : numpy.ndarray of datetime64
        All dates, in order.

    Returns
    -------
    tuple of GeoDataFrame and pandas.DatetimeIndex
        What `geoevents.Territory` is made of.
    """
    index = pd.DatetimeIndex(dates, name="date")
    frame = frame.sort_values(["date", "actor"], kind="stable", ignore_index=True)
    again = frame.duplicated(["date", "actor"]).to_numpy()
    if not again.any():
        return frame, index
    # Several pieces of one holder become one: what lay between them is no border.
    piece = np.cumsum(~again) - 1
    (start,) = np.nonzero(~again)
    found = frame.iloc[start].reset_index(drop=True)
    several = np.bincount(piece) > 1
    ground = found.geometry.to_numpy().copy()
    source = found["source"].tolist()
    stop = np.append(start[1:], len(frame))
    every = frame.geometry.to_numpy()
    for i in np.flatnonzero(several).tolist():
        mine = slice(start[i], stop[i])
        ground[i] = merged(every[mine])
        source[i] = joined_texts(frame["source"].iloc[mine])
    bands = frame["uncertainty_m"].to_numpy()
    guessed = frame["inferred"].to_numpy()
    found = found.assign(
        uncertainty_m=np.fmax.reduceat(bands, start),
        inferred=np.logical_or.reduceat(guessed, start),
        source=pd.Series(source, dtype=TEXT),
    )
    return found.set_geometry(gpd.GeoSeries(ground, crs=lonlat())), index


def moments_of(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, pd.DatetimeIndex]:
    """
    Take rows that the library made itself.

    Parameters
    ----------
    frame : GeoDataFrame
        Rows with at least ``date``, ``actor`` and ``geometry``, valid and without overlaps; dates
        on which nobody holds anything have a row without actor.

    Returns
    -------
    tuple of GeoDataFrame and pandas.DatetimeIndex
        What `geoevents.Territory` is made of.
    """
    dates = np.unique(frame["date"].to_numpy(dtype="datetime64[ms]"))
    held = frame[frame["actor"].notna()]
    made = Made(
        held["date"].to_numpy(dtype="datetime64[ms]").tolist(),
        held["actor"].tolist(),
        held["uncertainty_m"].tolist() if "uncertainty_m" in held else [np.nan] * len(held),
        flags(held, "inferred").tolist(),
        [None if pd.isna(text) else str(text) for text in column_of(held, "source")],
        held.geometry.tolist(),
    ).frame(dates.dtype)
    for name in RANGE:
        if name in held:
            made.insert(len(made.columns) - 1, name, held[name].to_numpy(dtype=np.float64))
    return ordered(made, dates)


def with_range(frame: gpd.GeoDataFrame, known: pd.DataFrame) -> gpd.GeoDataFrame:
    """
    Keep how unsure the areas of inferred control were, for outlines that were cut or grew.

    Parameters
    ----------
    frame : GeoDataFrame
        The rows as they are now.
    known : pandas.DataFrame
        For each, as it was: ``area_low_km2``, ``area_high_km2``, and its area as ``km2``; missing
        where there was none.

    Returns
    -------
    GeoDataFrame
        The rows with a range that reaches as far below and above the area as it did.
    """
    area = areas_km2(frame.geometry.to_numpy())
    low, high, km2 = known[[*RANGE, "km2"]].to_numpy(dtype=np.float64).T
    ranges = {RANGE[0]: np.maximum(area - (km2 - low), 0.0), RANGE[1]: area + (high - km2)}
    columns = [name for name in frame.columns if name not in {*RANGE, "geometry"}]
    return frame.assign(**ranges)[[*columns, *RANGE, "geometry"]]


@dataclass(slots=True)
class Made:
    """
    Columns of rows as they are made.

    Attributes
    ----------
    date : list
        When each row holds from.
    actor : list of str
        Its holder.
    uncertainty_m : list of float
        How far its outline may be off.
    inferred : list of bool
        Whether it was worked out or sketched.
    source : list of str or None
        Where it is from.
    geometry : list of shapely geometries
        The ground.
    """

    date: list[Any]
    actor: list[str]
    uncertainty_m: list[float]
    inferred: list[bool]
    source: list[str | None]
    geometry: list[Any]

    def frame(self, dates: "np.dtype[Any]") -> gpd.GeoDataFrame:
        """
        Make a frame of them.

        Parameters
        ----------
        dates : numpy.dtype
            Of the dates.

        Returns
        -------
        GeoDataFrame
            With the columns of `COLUMNS`.
        """
        columns = {
            "date": np.array(self.date, dtype=dates),
            "actor": pd.Series(self.actor, dtype=TEXT),
            "uncertainty_m": np.array(self.uncertainty_m, dtype=np.float64),
            "inferred": np.array(self.inferred, dtype=bool),
            "source": pd.Series(self.source, dtype=TEXT),
        }
        ground = np.empty(len(self.geometry), dtype=object)
        ground[:] = self.geometry
        return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(ground, crs=lonlat()))


def _dates(frame: pd.DataFrame, name: str) -> NDArray[np.datetime64]:
    if name not in frame:
        there = ", ".join(repr(str(column)) for column in frame.columns)
        raise GeoeventsError(
            f"{_WHAT} has no column {shown(name)} of dates; it has {there}. Name it with date=..."
        )
    read = parse_dates(frame[name])
    wrong = np.isnat(read.instants)
    if wrong.any():
        row = int(wrong.argmax())
        reason = read.reason[row] or "is missing"
        value = f" {shown(frame[name].iloc[row])}" if read.reason[row] else ""
        raise GeoeventsError(f"row {shown(frame.index[row])}: its {name}{value} {reason}")
    return read.instants


def _sources(frame: pd.DataFrame) -> list[str | None]:
    return [None if pd.isna(text) else str(text) for text in column_of(frame, "source")]


def column_of(frame: pd.DataFrame, name: str) -> list[Any]:
    """
    Take a column's values.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows.
    name : str
        The column.

    Returns
    -------
    list
        Its values; nothing but missing ones where there is no such column.
    """
    return frame[name].tolist() if name in frame else [None] * len(frame)


def joined_texts(texts: Any) -> str | None:
    """
    Join the sources of what became one.

    Parameters
    ----------
    texts : iterable of str or None
        The sources.

    Returns
    -------
    str or None
        Each once, in order; None if there is none.
    """
    known = dict.fromkeys(text for text in texts if isinstance(text, str) and text)
    return "; ".join(known) or None
