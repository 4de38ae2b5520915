"""Dates and holders set against one another: changes, front lines, gaps, first and last."""

from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError, shown
from geoevents.territory import fronts, history
from geoevents.territory.change import lonlat, table
from geoevents.territory.columns import metres
from geoevents.territory.measure import areas_km2, lengths_km
from geoevents.territory.timeline import Timeline, day
from geoevents.territory.transitions import Transitions, compare


class Comparisons(Timeline):
    """
    What two snapshots, or two holders, are to one another.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each date and holder, as `geoevents.territory.moments.ordered` gives it.
    dates : pandas.DatetimeIndex
        All dates, in order, also those on which nobody holds anything.
    """

    def changes(
        self,
        start: Any = None,
        end: Any = None,
        *,
        successive: bool | None = None,
        explode: bool = False,
        tolerance_m: float = 0.0,
    ) -> gpd.GeoDataFrame:
        """
        Work out what changed hands.

        Parameters
        ----------
        start, end : str, date or Timestamp, optional
            With either, what changed in all from the one date to the other (the first and the last
            snapshot where one is not given). With neither, what changed from each snapshot to the
            next.
        successive : bool, optional
            Whether to compare each snapshot with the next also between two dates given.
        explode : bool, default False
            A row for each connected piece.
        tolerance_m : float, default 0.0
            Ground narrower than this is noise of digitising.

        Returns
        -------
        GeoDataFrame
            As `geoevents.territory_change` returns it, behind two columns: ``start`` and ``end``,
            the dates of the two snapshots compared.

        Raises
        ------
        GeoeventsError
            If a date is before the first snapshot, or `end` before `start`.
        """
        tolerance_m = metres(tolerance_m, "tolerance_m")
        first = 0 if start is None else self._number(start)
        last = len(self._dates) - 1 if end is None else self._number(end)
        if last < first:
            raise GeoeventsError(f"end={shown(end)} is before start={shown(start)}")
        each = start is None and end is None if successive is None else successive
        numbers = np.arange(first, last + 1) if each else np.array([first, last])
        found = [
            compare(before, after, tolerance_m)
            for before, after in pairwise(self._snapshots(numbers))
        ]
        many = [len(some.from_actor) for some in found]
        dates = {
            "start": self._dates[numbers[:-1]].repeat(many),
            "end": self._dates[numbers[1:]].repeat(many),
        }
        return table(Transitions.joined(found), explode=explode, dates=dates)

    def frontline(
        self, a: str, b: str, date: Any = None, *, tolerance_m: float = 0.0
    ) -> gpd.GeoDataFrame:
        """
        Find the line along which two holders meet.

        Parameters
        ----------
        a, b : str
            The holders.
        date : str, date or Timestamp, optional
            The date; the last snapshot's if not given.
        tolerance_m : float, default 0.0
            How far apart the two drawings of the border may be, in metres. 0 finds lines that both
            grounds share exactly.

        Returns
        -------
        GeoDataFrame
            A row for each connected stretch, the longest first: ``a``, ``b``, ``date`` (of the
            snapshot), ``length_km`` (geodesic), ``inferred``, ``geometry`` (a LineString, as `a`
            draws it). Empty if they do not meet.

        Raises
        ------
        GeoeventsError
            If one of them holds nothing at that date, or both are the same.
        """
        tolerance_m = metres(tolerance_m, "tolerance_m")
        one, other, when, guessed = self._two(a, b, date)
        lines = fronts.border(one, other, tolerance_m)
        frame = gpd.GeoDataFrame(
            {"a": a, "b": b, "date": when, "length_km": lengths_km(lines)},
            index=pd.RangeIndex(len(lines)),
            geometry=lines,
            crs=lonlat(),
        )
        frame.insert(4, "inferred", guessed)
        return frame

    def gap(self, a: str, b: str, date: Any = None) -> fronts.Gap:
        """
        Find the shortest way from one holder's ground to another's.

        Parameters
        ----------
        a, b : str
            The holders.
        date : str, date or Timestamp, optional
            The date; the last snapshot's if not given.

        Returns
        -------
        Gap
            Its geodesic distance in metres, where it is, and its range.

        Raises
        ------
        GeoeventsError
            If one of them holds nothing at that date, or both are the same.

        Examples
        --------
        >>> import geopandas as gpd
        >>> import shapely
        >>> sides = gpd.GeoDataFrame(
        ...     {"actor": ["A", "B"], "date": "2017-09-16"},
        ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1.5, 0, 2, 1)],
        ...     crs=4326,
        ... )
        >>> from geoevents.territory import Territory
        >>> round(Territory.from_snapshots(sides).gap("A", "B").distance_m)  # along 1 N
        55651
        """
        one, other, when, guessed = self._two(a, b, date)
        line, distance = fronts.nearest(one, other)
        rows = self._frame.iloc[self._rows(self._number(when))]
        band = float(rows.loc[rows["actor"].isin([a, b]), "uncertainty_m"].sum())
        return fronts.Gap(
            a, b, when, distance, max(distance - band, 0.0), distance + band, line, guessed
        )

    def first_held(self, actor: str) -> gpd.GeoDataFrame:
        """
        Map when ground was first held by an actor.

        Parameters
        ----------
        actor : str
            The holder.

        Returns
        -------
        GeoDataFrame
            A row for each date on which it held ground that it never had before: ``date``,
            ``area_km2``, ``geometry``. Together they are all that it ever held.

        Raises
        ------
        GeoeventsError
            If it never holds anything.
        """
        self._see_actor(actor)
        changes = self.changes()
        gains = changes[changes["to_actor"] == actor]
        own = self._frame.iloc[self._rows(0)]
        own = own[own["actor"] == actor]
        dates = pd.concat([own["date"], gains["end"]], ignore_index=True)
        parts, row = shapely.get_parts(
            np.concatenate([own.geometry.to_numpy(), gains.geometry.to_numpy()]), return_index=True
        )
        number = self._dates.get_indexer(dates)[row]
        ground, when = history.joined(history.uncovered(parts, -number), number)
        return gpd.GeoDataFrame(
            {"date": self._dates[when], "area_km2": areas_km2(ground)},
            geometry=ground,
            crs=lonlat(),
        )

    def last_change(self) -> gpd.GeoDataFrame:
        """
        Map when ground last changed hands.

        Returns
        -------
        GeoDataFrame
            A row for each date and change: ``date`` (of the snapshot that first shows it),
            ``from_actor``, ``to_actor``, ``area_km2``, ``geometry``, without the ground that
            changed hands again later. Ground that never changed hands is not in it.
        """
        changes = self.changes()
        parts, row = shapely.get_parts(changes.geometry.to_numpy(), return_index=True)
        number = self._dates.get_indexer(changes["end"])
        ground, key = history.joined(history.uncovered(parts, number[row]), row)
        found = changes.iloc[key]
        return gpd.GeoDataFrame(
            {
                "date": found["end"].to_numpy(),
                "from_actor": found["from_actor"].to_numpy(),
                "to_actor": found["to_actor"].to_numpy(),
                "area_km2": areas_km2(ground),
            },
            geometry=ground,
            crs=lonlat(),
        )

    def _two(self, a: str, b: str, date: Any) -> tuple[Any, Any, pd.Timestamp, bool]:
        """Find the ground of two holders at a date."""
        number = len(self._dates) - 1 if date is None else self._number(date)
        if a == b:
            raise GeoeventsError(f"both holders are {shown(a)}: name two")
        rows = self._frame.iloc[self._rows(number)]
        names = rows["actor"].tolist()
        for name in (a, b):
            if name not in names:
                holds = ", ".join(names) or "nobody"
                raise GeoeventsError(
                    f"{shown(name)} holds nothing on {day(self._dates[number])}; who does: {holds}"
                )
        one, other = names.index(a), names.index(b)
        ground = rows.geometry.to_numpy()
        guessed = bool(rows["inferred"].iloc[[one, other]].any())
        return ground[one], ground[other], self._dates[number], guessed

    def _see_actor(self, actor: str) -> None:
        if actor not in set(self._frame["actor"]):
            raise GeoeventsError(
                f"{shown(actor)} never holds anything; who does: "
                f"{', '.join(self.actors) or 'nobody'}"
            )
