"""Dated snapshots in order: who held which ground at which date, and how much of it."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.territory.change import lonlat
from geoevents.territory.measure import areas_km2, epsilon_band, least
from geoevents.territory.moments import RANGE, date_of
from geoevents.territory.snapshot import Snapshot

_NAMES = 6


class Timeline:
    """
    Snapshots of control in the order of their dates.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each date and holder, as `geoevents.territory.moments.ordered` gives it.
    dates : pandas.DatetimeIndex
        All dates, in order, also those on which nobody holds anything.
    """

    def __init__(self, frame: gpd.GeoDataFrame, dates: pd.DatetimeIndex) -> None:
        self._frame = frame
        self._dates = dates
        self._start = np.searchsorted(frame["date"].to_numpy(), dates.to_numpy(), side="left")
        self._stop = np.append(self._start[1:], len(frame))

    @property
    def frame(self) -> gpd.GeoDataFrame:
        """
        All snapshots as one frame.

        A row for each date and holder, sorted so, with ``date``, ``actor``, ``uncertainty_m``,
        ``inferred``, ``source`` and ``geometry`` (and, if control was inferred from captures,
        ``area_low_km2`` and ``area_high_km2``).
        """
        return self._frame.copy()

    @property
    def dates(self) -> pd.DatetimeIndex:
        """The dates of the snapshots, in order."""
        return self._dates

    @property
    def actors(self) -> list[str]:
        """All who ever hold ground, sorted."""
        return sorted(self._frame["actor"].unique().tolist())

    @property
    def inferred(self) -> bool:
        """Whether any of it was worked out or sketched, not surveyed."""
        return bool(self._frame["inferred"].any())

    def __repr__(self) -> str:
        names = self.actors
        shown = ", ".join(names[:_NAMES]) + (", ..." if len(names) > _NAMES else "")
        many = len(self._dates)
        when = f"{many} snapshots from {day(self._dates[0])} to {day(self._dates[-1])}"
        if many == 1:
            when = f"one snapshot, {day(self._dates[0])}"
        guessed = ", inferred" if self.inferred else ""
        return f"<Territory: {shown or 'nobody'}; {when}{guessed}>"

    def at(self, date: Any, *, interpolate: Literal[False] = False) -> gpd.GeoDataFrame:
        """
        Give who holds what at a date, as last known.

        Parameters
        ----------
        date : str, date or Timestamp
            The date. Between two snapshots the earlier one is the last that is known; its date is
            in the result.
        interpolate : False
            There is no other way: where a line ran between two days nobody has seen. It is a
            parameter so that the answer to the question can be read here.

        Returns
        -------
        GeoDataFrame
            A row for each holder: ``actor``, ``date`` (of the snapshot), ``until`` (the date of the
            next, missing for the last), ``area_km2``, ``area_low_km2``, ``area_high_km2``,
            ``uncertainty_m``, ``inferred``, ``source``, ``geometry``.

        Raises
        ------
        GeoeventsError
            If the date is before the first snapshot (it says the range), or `interpolate` is true.
        """
        if interpolate:
            raise GeoeventsError(
                "interpolate=True is not possible: between two snapshots the last known holds, and "
                "nobody has seen where the line ran"
            )
        number = self._number(date)
        rows = slice(self._start[number], self._stop[number])
        found = self._frame.iloc[rows]
        low, high = (bound[rows] for bound in self._bounds)
        following = self._dates[number + 1] if number + 1 < len(self._dates) else pd.NaT
        columns = {
            "actor": found["actor"],
            "date": found["date"],
            "until": pd.Series(following, index=found.index, dtype=self._dates.dtype),
            "area_km2": self._areas[rows],
            "area_low_km2": low,
            "area_high_km2": high,
            "uncertainty_m": found["uncertainty_m"],
            "inferred": found["inferred"],
            "source": found["source"],
        }
        held = gpd.GeoDataFrame(columns, geometry=found.geometry, crs=lonlat())
        return held.reset_index(drop=True)

    def areas(self) -> pd.DataFrame:
        """
        Measure the ground of each holder at each date.

        Returns
        -------
        pandas.DataFrame
            Geodesic km2, a row for each date and a column for each actor; 0 where it holds nothing.

        See Also
        --------
        Territory.area_ranges : With the range of each area.
        """
        code, names = pd.factorize(self._frame["actor"], sort=True)
        number = np.repeat(np.arange(len(self._dates)), self._stop - self._start)
        km2 = np.zeros((len(self._dates), len(names)))
        km2[number, code] = self._areas
        columns = pd.Index(names, name="actor")
        return pd.DataFrame(km2, index=self._dates, columns=columns)

    def area_ranges(self) -> pd.DataFrame:
        """
        Measure the ground of each holder at each date, with the range it may have.

        Returns
        -------
        pandas.DataFrame
            A row for each date and holder: ``date``, ``actor``, ``area_km2``, ``area_low_km2``,
            ``area_high_km2``. The range is that of the epsilon band of ``uncertainty_m`` (the area
            itself where nothing says how far lines may be off); for control inferred from captures,
            that of the jackknife over the sites.
        """
        low, high = self._bounds
        return pd.DataFrame(
            {
                "date": self._frame["date"],
                "actor": self._frame["actor"],
                "area_km2": self._areas,
                "area_low_km2": low,
                "area_high_km2": high,
            }
        )

    @cached_property
    def _areas(self) -> NDArray[np.float64]:
        return areas_km2(self._frame.geometry.to_numpy())

    @cached_property
    def _bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        band = self._frame["uncertainty_m"].to_numpy()
        low, high = epsilon_band(self._frame.geometry.to_numpy(), self._areas, band)
        low = least(low, self._frame["inferred"].to_numpy(), band)
        if RANGE[0] in self._frame:
            known = self._frame[[*RANGE]].to_numpy(dtype=np.float64)
            stated = ~np.isnan(known).any(axis=1)
            low, high = (np.where(stated, known[:, i], b) for i, b in enumerate((low, high)))
        return low, high

    def _number(self, date: Any) -> int:
        """Find the snapshot that is the last known at a date."""
        when = date_of(date)
        number = int(self._dates.searchsorted(when, side="right")) - 1
        if number < 0:
            raise GeoeventsError(
                f"{day(when)} is before the first snapshot: control is known from "
                f"{day(self._dates[0])} to {day(self._dates[-1])}"
            )
        return number

    def _rows(self, number: int) -> slice:
        return slice(int(self._start[number]), int(self._stop[number]))

    def _snapshots(self, numbers: Iterable[int]) -> Iterator[Snapshot]:
        """Take snapshots one at a time: the edges of all would fill the memory."""
        for number in numbers:
            rows = self._frame.iloc[self._rows(number)]
            yield Snapshot(
                tuple(rows["actor"]),
                rows.geometry.to_numpy(),
                np.arange(len(rows), dtype=np.int64),
                rows["uncertainty_m"].to_numpy(),
                rows["inferred"].to_numpy(),
            )


def day(date: pd.Timestamp) -> str:
    """
    Write a date, with its time only if it has one.

    Parameters
    ----------
    date : pandas.Timestamp
        The date.

    Returns
    -------
    str
        In ISO 8601.
    """
    return str(date.date()) if date == date.normalize() else date.isoformat(sep=" ")
