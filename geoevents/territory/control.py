"""Control through time: how it is made, kept in a file, and altered."""

from os import PathLike
from typing import TYPE_CHECKING, Any, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geoevents.territory import gains, history, moments
from geoevents.territory.change import lonlat
from geoevents.territory.columns import metres
from geoevents.territory.comparisons import Comparisons
from geoevents.territory.coverage import simplified
from geoevents.territory.moments import RANGE
from geoevents.territory.overlaps import Overlaps

if TYPE_CHECKING:
    from geoevents.places import Gazetteer


class Territory(Comparisons):
    """
    Who held which ground, from snapshot to snapshot.

    Make one with `from_snapshots`, `from_captures` or `read`. Nothing is changed in place.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each date and holder, as `geoevents.territory.moments.ordered` gives it.
    dates : pandas.DatetimeIndex
        All dates, in order, also those on which nobody holds anything.

    See Also
    --------
    geoevents.territory_change : Just two snapshots.

    Notes
    -----
    Time is half-open: what a snapshot shows holds from its date, that day included, until the date
    of the next, which has its own. After the last snapshot it is the last that is known; before the
    first nothing is known, and asking is an error.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> import geoevents as ge
    >>> rows = gpd.GeoDataFrame(
    ...     {
    ...         "actor": ["ISIS", "SDF", "ISIS", "SDF"],
    ...         "date": ["2017-09-03", "2017-09-03", "2017-09-16", "2017-09-16"],
    ...     },
    ...     geometry=[
    ...         shapely.box(40.0, 35.0, 40.4, 35.2),
    ...         shapely.box(40.0, 35.2, 40.4, 35.4),
    ...         shapely.box(40.0, 35.0, 40.4, 35.1),
    ...         shapely.box(40.0, 35.1, 40.4, 35.4),
    ...     ],
    ...     crs=4326,
    ... )
    >>> control = ge.Territory.from_snapshots(rows)
    >>> control
    <Territory: ISIS, SDF; 2 snapshots from 2017-09-03 to 2017-09-16>
    >>> print(control.areas().round(1).to_string())
    actor        ISIS     SDF
    date
    2017-09-03  809.2   807.3
    2017-09-16  404.9  1211.6
    >>> changes = control.changes()
    >>> print(changes[["from_actor", "to_actor", "area_km2"]].round(1).to_string())
      from_actor to_actor  area_km2
    0       ISIS      SDF     404.4
    """

    @classmethod
    def from_snapshots(
        cls,
        frame: gpd.GeoDataFrame,
        *,
        actor: str = "actor",
        date: str = "date",
        tolerance_m: float = 0.0,
        overlaps: Overlaps = "error",
        uncertainty_m: float | str | None = None,
    ) -> Self:
        """
        Take control from dated polygons.

        Parameters
        ----------
        frame : GeoDataFrame
            A row for each date and piece of ground, in any order and CRS. Rows without geometry
            keep their date: a snapshot on which that actor held nothing. The columns ``source``
            (text), ``inferred`` (true for ground that was worked out or sketched) and
            ``uncertainty_m`` are kept if they are there, others are not.
        actor : str, default "actor"
            The column that names the holder.
        date : str, default "date"
            The column of dates: dates, times, or text such as "2017-09-16".
        tolerance_m : float, default 0.0
            Rows of one snapshot that overlap by less do so by digitising: the earlier row keeps
            the ground.
        overlaps : {"error", "contested", "first"}, default "error"
            What to do where rows of different actors claim the same ground on the same date, as in
            `geoevents.territory_change`.
        uncertainty_m : float or str, optional
            How far the lines may be off, in metres, or the column that says so.

        Returns
        -------
        Territory
            One snapshot for each distinct date.

        Raises
        ------
        OverlapError
            If actors claim the same ground and `overlaps` is "error".
        GeoeventsError
            If a column is missing, or a row has no holder, no date, or a geometry that cannot be
            repaired: it names the row.

        Warns
        -----
        RepairWarning
            If rows were repaired.

        Examples
        --------
        >>> import geopandas as gpd
        >>> import shapely
        >>> days = gpd.GeoDataFrame(
        ...     {"holder": ["A", "A"], "day": ["2024-07-08", "2024-07-09"]},
        ...     geometry=[shapely.box(37, 48, 38, 49), shapely.box(37, 48, 38.1, 49)],
        ...     crs=4326,
        ... )
        >>> Territory.from_snapshots(days, actor="holder", date="day").dates.day.tolist()
        [8, 9]
        """
        return cls(
            *moments.read_moments(
                frame,
                actor=actor,
                date=date,
                tolerance_m=metres(tolerance_m, "tolerance_m"),
                overlaps=overlaps,
                uncertainty_m=uncertainty_m,
            )
        )

    def gain(
        self,
        actor: str,
        geometry: Any,
        date: Any,
        *,
        source: str | None = None,
        inferred: bool = False,
        uncertainty_m: float | None = None,
    ) -> Self:
        """
        Let ground change hands, from whoever holds it.

        Parameters
        ----------
        actor : str
            Who gains it; "nobody" for ground that is given up to nobody.
        geometry : shapely polygon, GeoSeries, GeoDataFrame, Place or Locality
            The ground; a bare geometry in lon/lat.
        date : str, date or Timestamp
            From when. Snapshots of later dates stay as they are: they were seen.
        source : str, optional
            Where that is from.
        inferred : bool, default False
            Whether the ground was worked out or sketched. A Locality is.
        uncertainty_m : float, optional
            How far its outline may be off, in metres.

        Returns
        -------
        Territory
            A new one, with a snapshot at that date.

        Raises
        ------
        GeoeventsError
            If the date is before the first snapshot, or the geometry is no ground.

        See Also
        --------
        Territory.with_gains : From events that `geoevents.attach` has put on the map.
        """
        number = self._number(date)
        when = moments.date_of(date)
        made = gains.gained(
            self._frame.iloc[self._rows(number)],
            gains.Gain(actor, geometry, when, source, inferred, uncertainty_m),
        )
        return self._with(when, made)

    def with_gains(self, events: gpd.GeoDataFrame) -> Self:
        """
        Let the ground of events change hands, one after the other.

        Parameters
        ----------
        events : GeoDataFrame
            Events that `geoevents.attach` has located. Those of the type "territorial gain" with an
            actor and a polygon count, by the date on which each ended (``end``, else ``start``).

        Returns
        -------
        Territory
            A new one. Ground that `attach` inferred from words is inferred in it too.

        Raises
        ------
        GeoeventsError
            If a territorial gain has no actor, no date or no polygon (it names the row), or is
            dated before the first snapshot.

        Notes
        -----
        Gains whose ``status`` is denied, disputed, planned or refused do not count: they are not
        known to have happened.
        """
        found = self
        for gain in gains.gains_of(events):
            found = found.gain(
                gain.actor,
                gain.geometry,
                gain.date,
                source=gain.source,
                inferred=gain.inferred,
                uncertainty_m=gain.uncertainty_m,
            )
        return found

    def clip(self, mask: Any) -> Self:
        """
        Keep what lies inside a mask.

        Parameters
        ----------
        mask : shapely polygon, GeoSeries, GeoDataFrame, Place or Locality
            The ground to keep; a bare geometry in lon/lat.

        Returns
        -------
        Territory
            A new one, with all dates.

        Raises
        ------
        GeoeventsError
            If the mask is no ground.
        """
        cut = gains.ground_of(mask, "mask")
        shapely.prepare(cut)
        ground = self._frame.geometry.to_numpy().copy()
        partly = ~shapely.covers(cut, ground)
        ground[partly] = history.surfaces(shapely.intersection(ground[partly], cut))
        return self._redrawn(ground)

    def simplify(self, tolerance_m: float) -> Self:
        """
        Draw borders with fewer vertices, without gaps or overlaps.

        Parameters
        ----------
        tolerance_m : float
            Vertices go whose triangle with their neighbours is smaller than a right-angled one with
            two sides as long as this, in metres (Visvalingam and Whyatt 1993).

        Returns
        -------
        Territory
            A new one. Neighbours keep a common border in each snapshot.

        Notes
        -----
        Each snapshot is simplified by itself, so that a border may lose other vertices where a
        neighbour changed: work out changes first and simplify for drawing.

        References
        ----------
        Visvalingam, M., Whyatt, J. D. (1993). Line generalisation by repeated elimination of
        points. The Cartographic Journal 30, 46-51.
        """
        tolerance_m = metres(tolerance_m, "tolerance_m")
        ground = self._frame.geometry.to_numpy()
        if tolerance_m == 0 or not len(ground):
            return self._redrawn(ground.copy())
        made = [
            simplified(ground[start:stop], tolerance_m)
            for start, stop in zip(self._start, self._stop, strict=True)
        ]
        return self._redrawn(np.concatenate(made))

    @classmethod
    def from_captures(
        cls,
        events: pd.DataFrame,
        *,
        within: Any = None,
        sites: gpd.GeoDataFrame | None = None,
        max_distance_m: float | None = None,
        barriers: Any = None,
        country: Any = None,
        gazetteer: "Gazetteer | None" = None,
        confidence: float = 0.95,
    ) -> Self:
        """
        Infer control from reported captures of towns.

        Parameters
        ----------
        events : pandas.DataFrame or GeoDataFrame
            Captures: events of the type "territorial gain", with an actor, a date and a place.
        within : polygon, GeoSeries or GeoDataFrame, optional
            The ground to divide; if not given, about the sites.
        sites : GeoDataFrame, optional
            The places that could be held; those of the events if not given.
        max_distance_m : float, optional
            How far a site's influence reaches at most, in metres.
        barriers : lines, or names of rivers, optional
            Lines that influence does not cross.
        country : str or sequence of str, optional
            Where places are looked up.
        gazetteer : Gazetteer, optional
            Where names are looked up; the embedded one if not given.
        confidence : float, default 0.95
            Of the range of each area.

        Returns
        -------
        Territory
            Control that says ``inferred`` wherever it is shown. Ground about sites that nobody is
            reported to have captured belongs to nobody in it: it is unknown.

        Raises
        ------
        GeoeventsError
            As `geoevents.territory.captures.control_from_captures` does.

        See Also
        --------
        geoevents.territory.captures.control_from_captures : How it is done, and its limits.
        """
        from geoevents.territory.captures import (  # noqa: PLC0415 -- only where it is asked for
            control_from_captures,
        )

        made = control_from_captures(
            events,
            within=within,
            sites=sites,
            max_distance_m=max_distance_m,
            barriers=barriers,
            country=country,
            gazetteer=gazetteer,
            confidence=confidence,
        )
        return cls(*moments.moments_of(made))

    def write(self, path: str | PathLike[str]) -> None:
        """
        Write everything to one file.

        Parameters
        ----------
        path : str or path
            Where to: ``.gpkg`` (layer ``control``) or ``.parquet`` (GeoParquet). It is written
            whole or not at all.

        Raises
        ------
        GeoeventsError
            If the suffix is another, or the file cannot be written.

        Examples
        --------
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> import geopandas as gpd
        >>> import shapely
        >>> rows = gpd.GeoDataFrame(
        ...     {"actor": ["A"], "date": ["2017-09-16"]},
        ...     geometry=[shapely.box(0, 0, 1, 1)],
        ...     crs=4326,
        ... )
        >>> with TemporaryDirectory() as folder:
        ...     Territory.from_snapshots(rows).write(Path(folder, "control.gpkg"))
        ...     Territory.read(Path(folder, "control.gpkg"))
        <Territory: A; one snapshot, 2017-09-16>
        """
        from geoevents.territory.files import write_control  # noqa: PLC0415 -- files load slowly

        write_control(self._frame, self._dates, path)

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """
        Read what `write` wrote.

        Parameters
        ----------
        path : str or path
            A GeoPackage or GeoParquet file.

        Returns
        -------
        Territory
            The same dates, holders, sources and flags.

        Raises
        ------
        GeoeventsError
            If there is no such file, or it does not hold control.
        """
        from geoevents.territory.files import read_control  # noqa: PLC0415 -- files load slowly

        return cls(*read_control(path))

    def _with(self, when: pd.Timestamp, made: gpd.GeoDataFrame) -> Self:
        """Put another snapshot in, in the place of one of the same date."""
        others = self._frame[self._frame["date"] != when]
        dates = np.union1d(self._dates.to_numpy(), [np.datetime64(when, "ms")])
        if RANGE[0] in self._frame:
            number = self._number(when)
            known = self._frame.iloc[self._rows(number)].assign(km2=self._areas[self._rows(number)])
            made, _ = moments.ordered(made, dates)
            made = moments.with_range(made, known.set_index("actor").reindex(made["actor"]))
        frame = gpd.GeoDataFrame(pd.concat([others, made], ignore_index=True))
        return type(self)(*moments.ordered(frame, dates))

    def _redrawn(self, ground: NDArray[Any]) -> Self:
        """Take other outlines for the same rows; leave out those without ground."""
        frame = self._frame.set_geometry(gpd.GeoSeries(ground, self._frame.index, crs=lonlat()))
        if RANGE[0] in frame:
            frame = moments.with_range(frame, self._frame.assign(km2=self._areas))
        frame = frame[~shapely.is_empty(ground)].reset_index(drop=True)
        return type(self)(frame, self._dates)
