"""All that a map shows, as the columns it is drawn from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError
from geoevents.maps import article as articles
from geoevents.maps import frames, shapes
from geoevents.maps.basemap import schematic
from geoevents.maps.columns import Delta, Text, column, distinct
from geoevents.maps.control import Changes, Control
from geoevents.maps.extent import extent, unwrap
from geoevents.maps.localities import Localities
from geoevents.maps.style import EVENT_STYLES, HOLLOW_STATUSES, actor_colours, read_actors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geoevents.maps.ground import Bounds
    from geoevents.maps.localities import Described
    from geoevents.places import Gazetteer
    from geoevents.territory import Territory

_NOT_SHOWN = {"geometry", "place_ids", "inferred", "problem", "event_type"}

_GAIN = "territorial gain"

_MOST_APART = 2_000
"""On maps of more events than this, those known only to a whole area stand in its middle."""

_GRID = 32
"""Places tried along each side of the view."""


@dataclass
class Layers:
    """
    What a map draws, ready to be packed, and the part of the world it covers.

    Attributes
    ----------
    tree : dict
        Columns of every layer, for :func:`geoevents.maps.columns.pack`.
    bounds : tuple of float or None
        West, south, east, north of what the map opens on; ``None`` for an empty map. East
        exceeds 180 where the data cross the antimeridian.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    bounds: "Bounds | None" = None


def layers(
    events: pd.DataFrame | None = None,
    *,
    territory: "Territory | None" = None,
    changes: pd.DataFrame | None = None,
    localities: "Described | None" = None,
    actors: "Mapping[str, str] | None" = None,
    palette: "str | Sequence[str] | None" = None,
    gazetteer: "Gazetteer | None" = None,
    article: str | None = None,
    article_format: str | None = None,
) -> Layers:
    """
    Turn frames into layers.

    Parameters
    ----------
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required.
    territory : Territory, optional
        Who holds what ground, and when.
    changes : GeoDataFrame, optional
        What :func:`geoevents.territory_change` returns.
    localities : GeoDataFrame, Locality or list of them, optional
        What :func:`geoevents.locate` returns.
    actors : mapping of str to str, optional
        Colours chosen for actors, by name.
    palette : str or sequence of str, optional
        Where the other actors' colours come from; see :func:`geoevents.maps.style.read_palette`.
    gazetteer : Gazetteer, optional
        Where the ids in ``place_ids`` are looked up.
    article : str, optional
        The text that the column ``spans`` of the events counts in.
    article_format : {"text", "markdown", "html"}, optional
        What that text is.

    Returns
    -------
    Layers
        Their columns and bounds.

    Raises
    ------
    GeoeventsError
        If a frame has no geometry column or no coordinate reference system, a colour cannot be
        read, `spans` cannot be read or lies beyond the article, or `territory`, `localities` or
        `article` is something else.
    """
    document = articles.read_article(article, article_format)
    pinned = read_actors(actors)
    event_frame = None if events is None else frames.degrees(events, "events")
    control = None if territory is None else Control(territory)
    change = None if changes is None else Changes(changes)
    described = None if localities is None else Localities(localities)
    focus = [event_frame, *(part.frame for part in (change, described) if part is not None)]
    west, bounds = extent(
        [frame for frame in focus if frame is not None],
        whole=[] if control is None else [control.frame],
    )
    # One table for control and changes: an actor has one colour on a map.
    names = [name for part in (control, change) if part is not None for name in part.names]
    colours = actor_colours(names, pinned=pinned, palette=palette)
    result = Layers(bounds=bounds)
    ordered = None
    if event_frame is not None:
        result.tree["events"], result.tree["regions"], ordered = _events(event_frame, west, bounds)
    if document is not None:
        result.tree["article"] = articles.columns(document, ordered)
    naming = [] if event_frame is None else [event_frame]
    naming += [] if described is None else [described.frame]
    if naming:
        result.tree["places"] = _places(naming, gazetteer, west)
    if described is not None:
        result.tree["localities"] = described.columns(west)
    if control is not None:
        result.tree["control"] = control.columns(west, colours)
    if change is not None:
        result.tree["changes"] = change.columns(west, colours)
    return result


def _events(
    frame: gpd.GeoDataFrame, west: float, bounds: "Bounds | None"
) -> tuple[dict[str, Any], dict[str, Any], gpd.GeoDataFrame]:
    """Encode events and their areas; return them in the map's order, too."""
    frame = _in_order(frames.dated(frame))
    geometries = frames.geometries(frame)
    placed = ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries)
    placed &= np.isfinite(shapely.bounds(geometries)).all(axis=1)
    order = np.concatenate([np.flatnonzero(placed), np.flatnonzero(~placed)])
    frame, count = frame.iloc[order], int(placed.sum())
    geometries = unwrap(geometries[order][:count], west)
    points = shapes.representative_points(geometries)
    codes, names = frames.coded(frame, "event_type", "other")
    whole = shapely.get_dimensions(geometries) == 2  # noqa: PLR2004 -- surfaces
    whole &= ~frames.flags(frame.iloc[:count], "inferred", default=True)
    whole &= np.array([name != _GAIN for name in names], dtype=bool)[codes[:count]]
    if bounds is not None and count <= _MOST_APART:
        _stand_apart(points, geometries, whole, bounds)
    status, statuses = frames.coded(frame, "status", "")
    doubtful = np.array([text.lower() in HOLLOW_STATUSES for text in statuses], dtype=np.uint8)
    shaped = np.flatnonzero(shapely.get_dimensions(geometries) > 0)
    others = EVENT_STYLES["other"]
    tree = {
        "count": len(frame),
        "placed": count,
        "x": Delta(shapes.quantise(shapely.get_x(points))),
        "y": Delta(shapes.quantise(shapely.get_y(points))),
        "type": codes,
        "types": [{"name": name, **EVENT_STYLES.get(name, others)._asdict()} for name in names],
        "hollow": doubtful[status],
        "columns": [
            {"name": str(name), **column(frame[name])}
            for name in frame.columns
            if name not in _NOT_SHOWN and name != frame.geometry.name
        ],
        "problem": Text(frames.texts(frame.iloc[count:], "problem")),
    }
    return tree, _regions(frame.iloc[shaped], geometries[shaped], shaped), frame


def _stand_apart(
    points: "NDArray[Any]",
    geometries: "NDArray[Any]",
    whole: "NDArray[np.bool_]",
    bounds: "Bounds",
) -> None:
    """
    Move the points of events known only to a whole area away from all other events.

    The middle of a province lies beside its capital as a rule: a marker there would be read as an
    event in that town.
    """
    others = geometries[~whole]
    if not whole.any() or not len(others):
        return
    (west, south, east, north), pad = bounds, 0.08
    wide, tall = east - west, north - south
    x, y = np.meshgrid(
        np.linspace(west - pad * wide, east + pad * wide, _GRID),
        np.linspace(south - pad * tall, north + pad * tall, _GRID),
    )
    grid = shapely.points(x.ravel(), y.ravel())
    stretch = np.array([np.cos(np.radians((south + north) / 2)), 1.0])
    flat = shapely.points(shapely.get_coordinates(grid) * stretch)
    clear = shapely.distance(
        flat, shapely.transform(shapely.union_all(others), lambda xy: xy * stretch)
    )
    distance = shapely.distance(flat, shapely.Point(stretch * [west + wide / 2, south + tall / 2]))
    # Clear of everything else is enough; beyond that, nearer the middle of the view is better.
    score = np.minimum(clear, 0.2 * np.hypot(wide, tall)) - 0.1 * distance
    best = np.argsort(-score, kind="stable")
    for i in np.flatnonzero(whole):
        inside = best[shapely.contains_properly(geometries[i], grid[best])]
        if len(inside):
            points[i] = grid[inside[0]]


def _in_order(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sort by date where there is one: the order in which keys and the list step through."""
    if "start" in frame and pd.api.types.is_datetime64_any_dtype(frame["start"]):
        starts = frame["start"]
        if not starts.is_monotonic_increasing:  # a missing date is out of order, too
            # NumPy sorts NaT last.
            return frame.iloc[np.argsort(starts.to_numpy(), kind="stable")]
    return frame


def _regions(
    frame: gpd.GeoDataFrame, geometries: "NDArray[Any]", rows: "NDArray[np.intp]"
) -> dict[str, Any]:
    return {
        "event": rows.astype(np.uint32),
        # A shape that does not say where it comes from is taken for a guess.
        "inferred": frames.flags(frame, "inferred", default=True).astype(np.uint8),
        "area": frames.areas(frame),
        "low": frames.figures(frame, "area_low_km2"),
        "high": frames.figures(frame, "area_high_km2"),
        "reported": frames.figures(frame, "reported_area_km2"),
        "shapes": shapes.encode(geometries),
    }


def _places(
    naming: "Iterable[pd.DataFrame]", gazetteer: "Gazetteer | None", west: float
) -> dict[str, Any] | None:
    """Look up the features that events and localities name; none without ids or a gazetteer."""
    columns = [_ids(frame["place_ids"]) for frame in naming if "place_ids" in frame]
    ids = list(dict.fromkeys(name for names in columns for name in names))
    if gazetteer is None or not ids:
        return None
    try:
        found = gazetteer.features(ids)
    except GeoeventsError as error:
        raise GeoeventsError(
            f"place_ids: {error}. Pass the gazetteer that they come from: gazetteer=..."
        ) from error
    return {
        "id": Text(ids),
        "name": Text(frames.texts(found, "name")),
        "kind": Text(frames.texts(found, "kind")),
        "schematic": schematic(found),
        **located(found, west),
    }


def located(
    features: gpd.GeoDataFrame, west: float, scale: int = shapes.METRE_SCALE
) -> Mapping[str, Any]:
    """
    Encode gazetteer features: a point for each, and its lines and polygons.

    Parameters
    ----------
    features : GeoDataFrame
        Gazetteer features.
    west : float
        The map's western edge.
    scale : int, default 100000
        Units in a degree for the shapes.

    Returns
    -------
    Mapping
        ``x``, ``y`` and ``shapes``.
    """
    geometries = unwrap(frames.geometries(features), west)
    points = shapes.representative_points(geometries)
    return {
        "x": Delta(shapes.quantise(shapely.get_x(points))),
        "y": Delta(shapes.quantise(shapely.get_y(points))),
        "shapes": shapes.encode(geometries, scale),
    }


def _ids(values: "Iterable[Any]") -> list[str]:
    _, texts = distinct(pd.Series(values))
    parts = (part.strip() for text in texts for part in re.split(r";\s*", text))
    return list(dict.fromkeys(part for part in parts if part))
