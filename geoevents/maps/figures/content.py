"""What a printed map is about: control, changes and events, read and checked."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError
from geoevents.maps import frames, shapes
from geoevents.maps.extent import extent
from geoevents.maps.figures.bands import chosen, sources
from geoevents.maps.style import EVENT_STYLES, HOLLOW_STATUSES, actor_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoevents.maps.figures.view import View
    from geoevents.territory import Territory

_ASKED = ("frame", "dates", "actors", "at")
_NOBODY = "nobody"


class Held(NamedTuple):
    """Ground of one holder: its shapes in degrees, km2 and its range, whether it is inferred."""

    name: str
    shapes: "NDArray[Any]"
    inferred: "NDArray[np.bool_]"
    area: "NDArray[np.float64]"
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"
    others: bool = False
    before: str = ""
    """Who held it before, of ground that changed hands."""


@dataclass(frozen=True)
class Happened:
    """
    Events that have a place.

    Attributes
    ----------
    kind : list of str
        The type of each, one of the schema's.
    hollow : numpy.ndarray of bool
        Whether it may not have happened.
    shapes, points : numpy.ndarray of shapely geometries
        Where it happened, in degrees, and where its marker stands.
    inferred : numpy.ndarray of bool
        Whether the shape is a guess.
    """

    kind: list[str]
    hollow: "NDArray[np.bool_]"
    shapes: "NDArray[Any]"
    points: "NDArray[Any]"
    inferred: "NDArray[np.bool_]"

    def only(self, kept: "NDArray[np.bool_]") -> "Happened":
        """
        Choose some of the events.

        Parameters
        ----------
        kept : numpy.ndarray of bool
            Which.

        Returns
        -------
        Happened
            Those.
        """
        kinds = [kind for kind, keep in zip(self.kind, kept.tolist(), strict=True) if keep]
        columns = (self.hollow, self.shapes, self.points, self.inferred)
        return Happened(kinds, *(column[kept] for column in columns))


@dataclass(frozen=True)
class Content:
    """
    What a map is about.

    Attributes
    ----------
    control : list of Held
        By holder, as listed in the legend.
    changes : list of Held
        By who gained and who lost.
    events : Happened or None
        What happened.
    date, since : Timestamp or None
        When control is shown, and since when it had been so.
    colours : dict of str to str
        Of each actor, as on the Leaflet map.
    unplaced, outside : int
        How many events have no place, and how many lie beyond the frame.
    sources : list of str
        Where control and changes come from.
    """

    control: list[Held]
    changes: list[Held]
    events: Happened | None
    date: "pd.Timestamp | None"
    since: "pd.Timestamp | None"
    colours: dict[str, str]
    unplaced: int
    sources: list[str]
    outside: int = 0

    def within(self, view: "View") -> "Content":
        """
        Leave out events beyond the frame.

        Parameters
        ----------
        view : View
            What is shown.

        Returns
        -------
        Content
            The same otherwise.
        """
        if self.events is None:
            return self
        kept = view.holds(view.plane.forward(shapely.get_coordinates(self.events.points)))
        return replace(self, events=self.events.only(kept), outside=int((~kept).sum()))

    def bounds(self) -> tuple[float, float, float, float]:
        """
        Find the part of the world that holds everything.

        Returns
        -------
        tuple of float
            West, south, east, north in degrees; east exceeds 180 across the antimeridian.

        Raises
        ------
        GeoeventsError
            If nothing has a place.
        """
        areas = [gpd.GeoDataFrame(geometry=held.shapes, crs=4326) for held in self.ground]
        points = [] if self.events is None else [self.events.shapes]
        happened = [gpd.GeoDataFrame(geometry=shape, crs=4326) for shape in points]
        _, found = extent(happened, whole=areas)
        if found is None:
            raise GeoeventsError(
                "nothing that was given has a place on that date: give extent=(west, south, east, "
                "north) for a map of the ground alone"
            )
        return found

    @property
    def ground(self) -> list[Held]:
        """Control and changes."""
        return [*self.control, *self.changes]


def read(
    territory: "Territory | None",
    *,
    date: Any,
    changes: "pd.DataFrame | None",
    events: "pd.DataFrame | None",
    actors: "Sequence[str] | None",
) -> Content:
    """
    Read what a map is about.

    Parameters
    ----------
    territory : Territory or None
        Who holds what.
    date : date-like or None
        When.
    changes, events : GeoDataFrame or None
        What changed hands, what happened.
    actors : sequence of str or None
        Whom to tell apart.

    Returns
    -------
    Content
        In degrees.

    Raises
    ------
    GeoeventsError
        If nothing is given, or something that cannot be drawn; names the column.
    """
    if territory is None and changes is None and events is None:
        raise GeoeventsError(
            "plot_map was given nothing to draw: pass territory (Territory.from_snapshots(frame)), "
            "changes=territory_change(before, after) or events=attach(events)"
        )
    if territory is None and (date is not None or actors is not None):
        name = "date" if date is not None else "actors"
        raise GeoeventsError(f"{name}= says what to show of a territory: pass territory as well")
    taken, since = (None, None) if territory is None else _taken(territory, date)
    moved = None if changes is None else _moved(changes)
    names = [] if territory is None else [_holder(str(name)) for name in territory.actors]
    names += [] if moved is None else [*moved["from_actor"], *moved["to_actor"]]
    happened, unplaced = (None, 0) if events is None else _happened(events)
    when = since if date is None else pd.Timestamp(date)
    told = None if territory is None or actors is None else chosen(actors, territory.actors)
    return Content(
        control=[] if taken is None else _control(taken, told),
        changes=[] if moved is None else _changes(moved),
        events=happened,
        date=when,
        since=since,
        colours=actor_colours(names),
        unplaced=unplaced,
        sources=sources(
            pd.concat([pd.DataFrame({"source": frames.texts(f, "source")}) for f in (taken, moved)
                       if f is not None] or [pd.DataFrame()])
        ),
    )  # fmt: skip


def _taken(territory: "Territory", date: Any) -> "tuple[gpd.GeoDataFrame, pd.Timestamp]":
    """Ground held on a date, and since when it had been so."""
    if not all(hasattr(territory, name) for name in _ASKED):
        raise GeoeventsError(
            "territory has to be a geoevents.Territory, as Territory.from_snapshots(frame) makes "
            f"one; this is a {type(territory).__name__}"
        )
    dates = pd.DatetimeIndex(territory.dates)
    if not len(dates):
        raise GeoeventsError("the territory is empty: it has no date on which anybody holds ground")
    try:
        when = dates[-1] if date is None else pd.Timestamp(date)
    except (TypeError, ValueError):
        when = None
    if when is None or pd.isna(when):
        raise GeoeventsError(f"date has to be a date such as '2017-09-30': got {date!r:.80}")
    frame = territory.at(when)
    _need(frame, "territory.at(date)", "actor")
    frame = frames.drawable(frames.degrees(frame, "territory.at(date)"))
    since = dates[dates <= when]
    return frame, since[-1] if len(since) else when


def _moved(changes: pd.DataFrame) -> gpd.GeoDataFrame:
    _need(changes, "changes", "from_actor", "to_actor")
    frame = frames.drawable(frames.degrees(changes, "changes"))
    before, after = ([_holder(name) for name in frames.texts(frame, column)]
                     for column in ("from_actor", "to_actor"))  # fmt: skip
    changed = np.array([a != b for a, b in zip(before, after, strict=True)], dtype=bool)
    return frame.assign(from_actor=before, to_actor=after)[changed]


def _need(frame: Any, what: str, *columns: str) -> None:
    for column in columns:
        if column not in getattr(frame, "columns", ()):
            raise GeoeventsError(f"{what} has no column {column!r}")


def _holder(name: str) -> str:
    return "" if name == _NOBODY else name


def _control(frame: gpd.GeoDataFrame, told: list[str] | None) -> list[Held]:
    names = np.array([_holder(name) for name in frames.texts(frame, "actor")], dtype=object)
    found = [_held(name, frame[names == name]) for name in dict.fromkeys(names)]
    found.sort(key=lambda held: -float(np.nansum(held.area)))
    if told is None:
        return found
    by_name = {held.name: held for held in found}
    kept = [by_name[_holder(name)] for name in told if _holder(name) in by_name]
    rest = ~np.isin(names, [_holder(name) for name in told])
    # What is left over lies lowest on the map and in the legend.
    return [*kept, _held("others", frame[rest], others=True)] if rest.any() else kept


def _changes(frame: gpd.GeoDataFrame) -> list[Held]:
    pairs = list(zip(frame["from_actor"], frame["to_actor"], strict=True))
    found = []
    for pair in dict.fromkeys(pairs):
        rows = np.array([other == pair for other in pairs], dtype=bool)
        found.append(_held(pair[1], frame[rows], before=pair[0]))
    return sorted(found, key=lambda held: -float(np.nansum(held.area)))


def _held(
    name: str, frame: gpd.GeoDataFrame, *, others: bool = False, before: str = ""
) -> Held:  # fmt: skip
    area = frames.areas(frame)
    low, high = (frames.figures(frame, column) for column in ("area_low_km2", "area_high_km2"))
    return Held(
        name,
        frames.geometries(frame),
        frames.flags(frame, "inferred", default=False),
        area,
        np.where(np.isnan(low), area, low),
        np.where(np.isnan(high), area, high),
        others,
        before,
    )


def _happened(events: pd.DataFrame) -> tuple[Happened, int]:
    whole = frames.degrees(events, "events")
    frame = frames.drawable(whole)
    found = frames.geometries(frame)
    kinds = [
        kind if kind in EVENT_STYLES else "other" for kind in frames.texts(frame, "event_type")
    ]
    hollow = [text.lower() in HOLLOW_STATUSES for text in frames.texts(frame, "status")]
    happened = Happened(
        kinds,
        np.array(hollow, dtype=bool),
        found,
        shapes.representative_points(found),
        # A shape that does not say where it comes from is taken for a guess.
        frames.flags(frame, "inferred", default=True) & (shapely.get_dimensions(found) > 0),
    )
    return happened, len(whole) - len(frame)
