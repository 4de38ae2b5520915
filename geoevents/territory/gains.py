"""Ground that changes hands by a report: one gain, and those that events tell of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError, shown
from geoevents.events.dates import parse_dates
from geoevents.territory.columns import NOBODY, RowLabels, degrees, flags, metres
from geoevents.territory.moments import Made, column_of, joined_texts
from geoevents.territory.repair import repaired, tell
from geoevents.territory.snapshot import Rows, settled

_NOT_HAPPENED = ("denied", "disputed", "planned", "refused")
_GAIN = "territorial gain"
_SURFACE = 2
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Gain:
    """
    Ground that changes hands at a date.

    Attributes
    ----------
    actor : object
        Who gains it: a name.
    geometry : object
        The ground, as `ground_of` takes it.
    date : pandas.Timestamp
        From when.
    source : str or None
        Where that is from.
    inferred : bool
        Whether it was worked out or sketched.
    uncertainty_m : float or None
        How far its outline may be off.
    """

    actor: Any
    geometry: Any
    date: pd.Timestamp
    source: str | None = None
    inferred: bool = False
    uncertainty_m: float | None = None


def gained(frame: gpd.GeoDataFrame, gain: Gain) -> gpd.GeoDataFrame:
    """
    Let ground change hands.

    Parameters
    ----------
    frame : GeoDataFrame
        Who holds what before, a row for each holder.
    gain : Gain
        Who gains which ground.

    Returns
    -------
    GeoDataFrame
        Who holds what after, at the date of the gain. All holders share their borders with the
        ground gained vertex for vertex.

    Raises
    ------
    GeoeventsError
        If the gain has no actor or no ground.
    """
    name = "" if pd.isna(gain.actor) else str(gain.actor).strip()
    if not name:
        raise GeoeventsError(f"actor={shown(gain.actor)}: name who gains the ground")
    band = np.nan if gain.uncertainty_m is None else metres(gain.uncertainty_m, "uncertainty_m")
    guessed = gain.inferred or bool(getattr(gain.geometry, "inferred", False))
    # The earlier row keeps what several claim: so who gains comes first.
    rows = Rows(
        [name, *frame["actor"]],
        np.array([ground_of(gain.geometry, "the gain"), *frame.geometry], dtype=object),
        np.append(band, frame["uncertainty_m"].to_numpy()),
        np.append(guessed, frame["inferred"].to_numpy()).astype(bool),
        RowLabels(pd.RangeIndex(len(frame) + 1)),
        (),
    )
    snapshot, came_from = settled(
        rows, np.arange(len(frame) + 1), what="", overlaps="first", tolerance_m=0.0
    )
    sources = [gain.source, *column_of(frame, "source")]
    day = np.datetime64(gain.date, "ms")
    made = Made(
        [day] * len(came_from),
        [snapshot.actors[number] for number in snapshot.holder.tolist()],
        snapshot.uncertainty_m.tolist(),
        snapshot.inferred.tolist(),
        [joined_texts(sources[row] for row in some) for some in came_from],
        [*snapshot.polygons],
    ).frame(day.dtype)
    return made[made["actor"] != NOBODY]


def gains_of(events: gpd.GeoDataFrame) -> Iterator[Gain]:
    """
    Take the territorial gains out of events, in the order of their dates.

    Parameters
    ----------
    events : GeoDataFrame
        Events that `geoevents.attach` has located.

    Yields
    ------
    Gain
        One for each that is said to have happened.

    Raises
    ------
    GeoeventsError
        If a gain has no actor, no date or no polygon: it names the rows.
    """
    if not isinstance(events, pd.DataFrame):
        raise GeoeventsError(f"events is a {type(events).__name__}: give a frame of events")
    missing = [name for name in ("event_type", "actor", "start") if name not in events]
    if missing or not isinstance(events, gpd.GeoDataFrame):
        lacks = f"has no column {missing[0]!r}" if missing else "has no geometry"
        raise GeoeventsError(f"events {lacks}: give events as geoevents.attach returns them")
    labels = RowLabels(events.index, "events")
    if len(events) and not (events["event_type"] == _GAIN).any():
        there = ", ".join(map(repr, dict.fromkeys(events["event_type"].dropna().astype(str))))
        raise GeoeventsError(f"events has no row of the type {_GAIN!r}; it has {there or 'none'}")
    shapes = degrees(events, "events")
    happened = ~pd.Series(column_of(events, "status"), index=events.index).isin(_NOT_HAPPENED)
    wanted = ((events["event_type"] == _GAIN) & happened).to_numpy(dtype=bool)
    gains, rows = events[wanted], np.flatnonzero(wanted).tolist()
    end = gains["end"] if "end" in gains else pd.Series(pd.NaT, index=gains.index)
    when = parse_dates(end.where(end.notna(), gains["start"])).instants
    ground = shapes[wanted]
    faults = []
    for number, row in enumerate(rows):
        if pd.isna(gains["actor"].iloc[number]):
            faults.append(f"{labels[row]} has no actor")
        elif np.isnat(when[number]):
            faults.append(f"{labels[row]} has no date")
        elif shapely.get_dimensions(ground[number]) != _SURFACE:
            faults.append(f"{labels[row]} has no polygon (a point or a line is no ground)")
    if faults:
        more = f"; and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        raise GeoeventsError(f"territorial gains: {'; '.join(faults[:_TOLD])}{more}")
    guessed, bands = flags(gains, "inferred"), column_of(gains, "uncertainty_m")
    sources = column_of(gains, "source")
    for number in np.argsort(when, kind="stable").tolist():
        # The radius of a place found from words says where the middle is, not the outline.
        band = None if guessed[number] or pd.isna(bands[number]) else float(bands[number])
        yield Gain(
            gains["actor"].iloc[number],
            ground[number],
            pd.Timestamp(when[number]),
            None if pd.isna(sources[number]) else str(sources[number]),
            bool(guessed[number]),
            band,
        )


def ground_of(given: Any, what: str) -> Any:
    """
    Take ground as users give it.

    Parameters
    ----------
    given : shapely polygon, GeoSeries, GeoDataFrame, Place or Locality
        A bare geometry is in lon/lat; a frame in any CRS.
    what : str
        What errors call it.

    Returns
    -------
    shapely Polygon or MultiPolygon
        Valid, in lon/lat.

    Raises
    ------
    GeoeventsError
        If it is no ground.
    """
    if isinstance(given, gpd.GeoSeries):
        given = given.to_frame("geometry")
    if isinstance(given, gpd.GeoDataFrame):
        shapes = degrees(given, what)
        labels: Sequence[str] = RowLabels(given.index, what)
    else:
        shape = given if isinstance(given, shapely.Geometry) else getattr(given, "geometry", None)
        if not isinstance(shape, shapely.Geometry):
            raise GeoeventsError(
                f"{what} is a {type(given).__name__}: give a polygon, a GeoSeries, a GeoDataFrame, "
                "a Place or a Locality"
            )
        shapes, labels = np.array([shape], dtype=object), [what]
    polygons, repairs = repaired(shapes, labels)
    polygons = polygons[~shapely.is_missing(polygons)]
    if not len(polygons):
        raise GeoeventsError(f"{what} holds no ground: it is empty")
    tell(repairs, what, stacklevel=4)
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)
