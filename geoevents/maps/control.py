"""Who holds what ground, and what changed hands, as the columns a map is drawn from."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError
from geoevents.maps import arcs, frames, shapes
from geoevents.maps.columns import Delta, column, indices
from geoevents.maps.extent import unwrap
from geoevents.maps.style import NOBODY_COLOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geoevents.territory import Territory

_TERRITORY = ("frame", "dates", "actors", "area_ranges")

_AREAS = ("area_km2", "area_low_km2", "area_high_km2")

_NOBODY = "nobody"
"""What :func:`geoevents.territory_change` calls whoever holds ground outside all polygons."""


class Control:
    """
    Control of ground, date by date.

    Parameters
    ----------
    territory : Territory
        Who holds what, and when.

    Attributes
    ----------
    frame : GeoDataFrame
        What is shown: all rows that have ground, in degrees.
    dates : DatetimeIndex
        All dates, in order.
    names : list of str
        All actors; an empty name is ground that nobody is said to hold.

    Raises
    ------
    GeoeventsError
        If `territory` is something else, or its frame cannot be drawn.
    """

    def __init__(self, territory: "Territory") -> None:
        if not all(hasattr(territory, name) for name in _TERRITORY):
            raise GeoeventsError(
                "territory has to be a geoevents.Territory, as Territory.from_snapshots(frame) and "
                f"Territory.from_captures(events) make one; this is a {type(territory).__name__}"
            )
        self.dates = pd.DatetimeIndex(territory.dates).unique().sort_values()
        at = self.dates.get_indexer(pd.DatetimeIndex(territory.frame["date"]))
        frame = territory.frame.assign(_at=at)[at >= 0]
        frame = frames.drawable(frames.degrees(frame, "territory.frame"))
        self._date = frame["_at"].to_numpy()
        self.frame = frame.assign(actor=_holders(frame, "actor"))
        self._areas = _looked_up(territory.area_ranges(), self.frame, _AREAS)
        self.names = sorted({*self.frame["actor"], *map(_holder, territory.actors)})

    def columns(self, west: float, colours: dict[str, str]) -> dict[str, Any] | None:
        """
        Encode control for the browser.

        Parameters
        ----------
        west : float
            The map's western edge.
        colours : dict of str to str
            The colour of each actor.

        Returns
        -------
        dict or None
            ``dates`` and ``following``, the next of them;
            ``actors``, and the colour of ``nobody``; for each row ``date`` and ``actor`` as
            positions, ``shape`` as position among ``shapes``, the area and its range, where it is
            from and how it is known; ``x``, ``y`` where the name may stand in each shape;
            ``shapes`` as :func:`geoevents.maps.arcs.encode` writes them. ``None`` without any date.
        """
        if not len(self.dates):
            return None
        frame, (area, low, high) = self.frame, self._areas
        # Most ground stays with its holder from one date to the next: it is sent once.
        found = unwrap(frames.geometries(frame), west)
        shape, first = _same(found)
        number = {name: i for i, name in enumerate(self.names)}
        after = self.dates[1:].append(pd.DatetimeIndex([pd.NaT]))
        return {
            "dates": _minutes(self.dates),
            "following": _minutes(after),
            "actors": [{"name": name, "colour": colours[name]} for name in self.names],
            "nobody": colours.get("", NOBODY_COLOUR),
            "date": indices(self._date, len(self.dates)),
            "actor": indices([number[name] for name in frame["actor"]], len(number)),
            "area": frames.areas(frame.assign(area_km2=area)),
            "low": low,
            "high": high,
            "inferred": frames.flags(frame, "inferred", default=False).astype(np.uint8),
            "uncertainty": frames.figures(frame, "uncertainty_m"),
            "source": column(frame["source"]) if "source" in frame else None,
            "shape": indices(shape, len(first)),
            **_middles(found[first]),
            "shapes": arcs.encode(found[first]),
        }


class Changes:
    """
    Ground that changed hands.

    Parameters
    ----------
    changes : GeoDataFrame
        What :func:`geoevents.territory_change` returns; only ``geometry`` is required.

    Attributes
    ----------
    frame : GeoDataFrame
        What is shown, in degrees: not what stayed with its holder.
    names : list of str
        All actors; an empty name is nobody.

    Raises
    ------
    GeoeventsError
        If `changes` cannot be drawn.
    """

    def __init__(self, changes: pd.DataFrame) -> None:
        missing = [
            name
            for name in ("from_actor", "to_actor")
            if name not in getattr(changes, "columns", ())
        ]
        if missing:
            raise GeoeventsError(
                f"changes has no column {missing[0]!r}: give what geoevents.territory_change or "
                "Territory.changes returns; who holds what is territory="
            )
        frame = frames.drawable(frames.dated(frames.degrees(changes, "changes")))
        before, after = _holders(frame, "from_actor"), _holders(frame, "to_actor")
        moved = np.array([a != b or not a for a, b in zip(before, after, strict=True)], dtype=bool)
        self.frame = frame.assign(from_actor=before, to_actor=after)[moved]
        self.names = sorted({*self.frame["from_actor"], *self.frame["to_actor"]})

    def columns(self, west: float, colours: dict[str, str]) -> dict[str, Any]:
        """
        Encode changes for the browser.

        Parameters
        ----------
        west : float
            The map's western edge.
        colours : dict of str to str
            The colour of each actor.

        Returns
        -------
        dict
            ``actors`` and ``previous`` (who gained and who lost); for each row ``to`` and ``from``
            as positions in them, the area, its range, what was set aside of it as noise, the
            period, where it is from and how it is known; ``x``, ``y`` where a label may stand.
        """
        frame = self.frame
        found = unwrap(frames.geometries(frame), west)
        before, previous = frames.coded(frame, "from_actor", "")
        after, actors = frames.coded(frame, "to_actor", "")
        return {
            "to": after,
            "from": before,
            "actors": [{"name": name, "colour": colours[name]} for name in actors],
            "previous": previous,
            "area": np.nan_to_num(frames.areas(frame)),
            "low": frames.figures(frame, "area_low_km2"),
            "high": frames.figures(frame, "area_high_km2"),
            "noise": frames.figures(frame, "noise_km2"),
            "parts": indices(shapely.get_num_geometries(found), np.iinfo(np.int32).max),
            "inferred": frames.flags(frame, "inferred", default=False).astype(np.uint8),
            **{
                name: column(frame[name]) if name in frame else None
                for name in ("start", "end", "source")
            },
            **_middles(found),
            "shapes": shapes.encode(found),
        }


def _holder(name: str) -> str:
    return "" if name == _NOBODY else str(name)


def _holders(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column of actors as text, empty where nobody is named."""
    # Plain objects: Arrow cannot hold every string that Python can.
    holders = [_holder(text) for text in frames.texts(frame, name)]
    return pd.Series(holders, index=frame.index, dtype=object)


def _looked_up(
    ranges: pd.DataFrame, frame: gpd.GeoDataFrame, names: tuple[str, ...]
) -> "list[NDArray[np.float64]]":
    """Find figures of each row of a frame by its date and actor; NaN where there is none."""
    keys = pd.MultiIndex.from_arrays([ranges["date"], _holders(ranges, "actor")])
    at = keys.get_indexer(pd.MultiIndex.from_arrays([frame["date"], frame["actor"]]))
    return [np.append(frames.figures(ranges, name), np.nan)[at] for name in names]


def _same(geometries: "NDArray[Any]") -> tuple["NDArray[np.intp]", "NDArray[np.intp]"]:
    """Give equal geometries the same number, and say where each of them stands first."""
    codes, _ = pd.factorize(np.array([*shapely.to_wkb(geometries)], dtype=object))
    return codes, np.unique(codes, return_index=True)[1]


def _middles(geometries: "NDArray[Any]") -> dict[str, Any]:
    """Where a text for each area may stand: where there is most room for it."""
    points = shapes.representative_points(geometries)
    surface = shapely.area(geometries) > 0
    points[surface] = shapely.get_point(shapes.widest_circles(geometries[surface]), 0)
    return {
        "x": Delta(shapes.quantise(shapely.get_x(points))),
        "y": Delta(shapes.quantise(shapely.get_y(points))),
    }


def _minutes(dates: "pd.Index[Any]") -> Any:
    return column(pd.Series(dates))["values"]
