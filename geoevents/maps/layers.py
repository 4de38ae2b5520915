"""Frames of events, changes of control and named places as the columns a map is drawn from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError, GeometryError
from geoevents.maps import shapes
from geoevents.maps.basemap import schematic
from geoevents.maps.columns import Delta, Text, column, distinct, indices, strings
from geoevents.maps.style import EVENT_STYLES, HOLLOW_STATUSES, actor_colours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geoevents.places import Gazetteer

_NOT_SHOWN = {"geometry", "place_ids", "inferred", "problem", "event_type"}
_FULL_TURN = 360.0

_DWARFS = 3.0
"""A shape this many times larger than all smaller ones together does not set the view."""

_GAIN = "territorial gain"

_MOST_APART = 2_000
"""On maps of more events than this, those known only to a whole area stand in its middle."""

_GRID = 32
"""Places tried along each side of the view."""

Bounds = tuple[float, float, float, float]


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
    bounds: Bounds | None = None


def layers(
    events: pd.DataFrame | None,
    changes: pd.DataFrame | None = None,
    gazetteer: "Gazetteer | None" = None,
) -> Layers:
    """
    Turn frames into layers.

    Parameters
    ----------
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required.
    changes : GeoDataFrame, optional
        Changes of control: ``from_actor``, ``to_actor``, ``area_km2``, ``geometry``.
    gazetteer : Gazetteer, optional
        Where the ids in ``place_ids`` are looked up.

    Returns
    -------
    Layers
        Their columns and bounds.

    Raises
    ------
    GeoeventsError
        If a frame has no geometry column, or no coordinate reference system.
    """
    event_frame = None if events is None else _degrees(events, "events")
    change_frame = None if changes is None else _degrees(changes, "changes")
    west, bounds = _extent([f for f in (event_frame, change_frame) if f is not None])
    result = Layers(bounds=bounds)
    if event_frame is not None:
        result.tree["events"], result.tree["regions"] = _events(event_frame, west, bounds)
        result.tree["places"] = _places(event_frame, gazetteer, west)
    if change_frame is not None:
        result.tree["changes"] = _changes(change_frame, west)
    return result


def _degrees(frame: pd.DataFrame, what: str) -> gpd.GeoDataFrame:
    if not isinstance(frame, gpd.GeoDataFrame) or frame._geometry_column_name not in frame:  # noqa: SLF001 -- `.geometry` raises, this asks
        raise GeoeventsError(
            f"{what} has no geometry column. geoevents.attach(events) finds one from the "
            "locality column; geopandas.points_from_xy makes one from longitude and latitude."
        )
    if frame.geometry.isna().all():
        return frame if frame.crs is not None else frame.set_crs(4326)
    if frame.crs is None:
        raise GeometryError(
            f"{what} has no coordinate reference system (CRS), so its coordinates may be degrees "
            "or metres of any projection. Say which: frame.set_crs(4326) for longitude and "
            "latitude."
        )
    frame = frame.to_crs(4326)
    if not frame.columns.is_unique:
        repeated = frame.columns[frame.columns.duplicated()][0]
        raise GeoeventsError(f"{what} has the column {repeated!r} twice: keep one")
    _see_positions(frame, what)
    return frame


def _see_positions(frame: gpd.GeoDataFrame, what: str) -> None:
    xy, row = shapely.get_coordinates(_geometries(frame), return_index=True)
    # A turn to either side is how shapes across the antimeridian are often written.
    wrong = ~((np.abs(xy[:, 0]) <= _FULL_TURN) & (np.abs(xy[:, 1]) <= _FULL_TURN / 4))
    if wrong.any():
        first = int(wrong.argmax())
        raise GeometryError(
            f"{what}: row {frame.index[row[first]]!r} lies at {tuple(xy[first].tolist())}, which "
            "is no longitude and latitude: check its CRS and the order of its coordinates"
        )


def _extent(frames: "list[gpd.GeoDataFrame]") -> tuple[float, Bounds | None]:
    """Find the western edge from which everything fits the narrowest window, and the bounds."""
    corners = np.concatenate(
        [np.empty((0, 4)), *(_part_bounds(_geometries(frame)) for frame in frames)]
    )
    corners = corners[np.isfinite(corners).all(axis=1)]
    if not len(corners):
        return -_FULL_TURN / 2, None
    # The widest stretch of longitude with nothing in it is where the map is cut open.
    order = np.argsort(corners[:, 0])
    starts, ends = corners[order, 0], np.maximum.accumulate(corners[order, 2])
    gaps = starts[1:] - ends[:-1]
    west = -_FULL_TURN / 2
    if len(gaps) and gaps.max() > starts[0] + _FULL_TURN - ends[-1]:
        west = float(starts[np.argmax(gaps) + 1])
    corners[:, [0, 2]] += np.where(corners[:, :1] < west, _FULL_TURN, 0.0)
    return west, _focus(corners)


def _focus(corners: "NDArray[np.float64]") -> Bounds:
    """
    Choose the bounds that show the events well.

    A whole province or country that one event is said to have happened in would make everything
    else a dot. Shapes join the view from the smallest; one several times larger than the view so
    far, and all beyond it, contribute only their middle.
    """
    middle = (corners[:, :2] + corners[:, 2:]) / 2
    size = np.hypot(*(corners[:, 2:] - corners[:, :2]).T)
    order = np.argsort(size, kind="stable")
    boxes = np.hstack(
        [np.minimum.accumulate(corners[order, :2]), np.maximum.accumulate(corners[order, 2:])]
    )
    extent = np.hypot(*(boxes[:, 2:] - boxes[:, :2]).T)
    centres = float(np.hypot(*np.ptp(middle, axis=0)))
    too_large = size[order][1:] > _DWARFS * np.maximum(extent[:-1], centres)
    too_large &= size[order][:-1] + centres > 0
    last = int(np.argmax(too_large)) if too_large.any() else len(boxes) - 1
    box = boxes[last]
    rest = middle[order[last + 1 :]]
    low, high = np.vstack([box[:2], rest]).min(axis=0), np.vstack([box[2:], rest]).max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _part_bounds(geometries: "NDArray[Any]") -> "NDArray[np.float64]":
    """Bounds of geometries, each part of a collection for itself: halves may lie far apart."""
    collected = shapely.get_type_id(geometries) > 3  # noqa: PLR2004 -- shapely's multi-geometries
    pieces = shapely.get_parts(geometries[collected])
    return np.concatenate([shapely.bounds(geometries[~collected]), shapely.bounds(pieces)])


def _geometries(frame: gpd.GeoDataFrame) -> "NDArray[Any]":
    return shapes.as_array(frame.geometry.array)


def unwrap(geometries: Any, west: float) -> "NDArray[Any]":
    """
    Move what lies west of the map's western edge one turn to the east.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        In degrees.
    west : float
        The map's western edge.

    Returns
    -------
    numpy.ndarray of shapely geometries
        Each part of each geometry moved as a whole, so that the two halves of a polygon cut at
        the antimeridian stand together.
    """
    geometries = shapes.as_array(geometries)
    if west <= -_FULL_TURN / 2:
        return shapes.as_array(geometries)
    parts, owner = shapely.get_parts(geometries, return_index=True)
    behind = shapely.bounds(parts)[:, 0] < west
    if not behind.any():
        return shapes.as_array(geometries)
    parts[behind] = shapely.transform(parts[behind], _one_turn_east)
    moved = shapes.as_array(geometries.copy())
    several = np.bincount(owner, minlength=len(geometries)) > 1
    single = ~several[owner]
    moved[owner[single]] = parts[single]
    for i in np.flatnonzero(several & np.isin(np.arange(len(geometries)), owner[behind])):
        moved[i] = shapely.union_all(parts[owner == i], grid_size=1e-9)
    return moved


def _one_turn_east(coordinates: "NDArray[np.float64]") -> "NDArray[np.float64]":
    moved: NDArray[np.float64] = coordinates + np.array([_FULL_TURN, 0.0])
    return moved


def _texts(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a column as text, missing values and a missing column as the empty string."""
    return strings(frame[name]) if name in frame else [""] * len(frame)


def _coded(frame: pd.DataFrame, name: str, missing: str) -> tuple["NDArray[Any]", list[str]]:
    """Return a column as positions among its sorted distinct texts."""
    if name not in frame:
        return np.zeros(len(frame), np.uint8), [missing]
    codes, texts = distinct(frame[name])
    names = sorted(
        {text or missing for text in (*texts, *([missing] if (codes < 0).any() else []))}
    )
    position = np.array([names.index(text or missing) for text in texts] + [0], dtype=np.intp)
    if (codes < 0).any():
        position[-1] = names.index(missing)
    return indices(position[codes], len(names)), names


def _figures(frame: pd.DataFrame, name: str) -> "NDArray[np.float64]":
    """Return a column as numbers, NaN where missing or not a number."""
    if name not in frame:
        return np.full(len(frame), np.nan)
    numbers = pd.to_numeric(frame[name], errors="coerce")
    return numbers.to_numpy(dtype=np.float64, na_value=np.nan)


def _flags(frame: pd.DataFrame, name: str, *, default: bool) -> "NDArray[np.bool_]":
    if name not in frame:
        return np.full(len(frame), default)
    values = frame[name].astype(object)
    return values.where(values.notna(), default).astype(bool).to_numpy()


def _events(
    frame: gpd.GeoDataFrame, west: float, bounds: Bounds | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    frame = _in_order(_dated(frame))
    geometries = _geometries(frame)
    placed = ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries)
    placed &= np.isfinite(shapely.bounds(geometries)).all(axis=1)
    order = np.concatenate([np.flatnonzero(placed), np.flatnonzero(~placed)])
    frame, count = frame.iloc[order], int(placed.sum())
    geometries = unwrap(geometries[order][:count], west)
    points = shapes.representative_points(geometries)
    codes, names = _coded(frame, "event_type", "other")
    whole = shapely.get_dimensions(geometries) == 2  # noqa: PLR2004 -- surfaces
    whole &= ~_flags(frame.iloc[:count], "inferred", default=True)
    whole &= np.array([name != _GAIN for name in names], dtype=bool)[codes[:count]]
    if bounds is not None and count <= _MOST_APART:
        _stand_apart(points, geometries, whole, bounds)
    status, statuses = _coded(frame, "status", "")
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
        "problem": Text(_texts(frame.iloc[count:], "problem")),
    }
    return tree, _regions(frame.iloc[shaped], geometries[shaped], shaped)


def _stand_apart(
    points: "NDArray[Any]",
    geometries: "NDArray[Any]",
    whole: "NDArray[np.bool_]",
    bounds: Bounds,
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


def _dated(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Read dates written as text, year-month-day with or without a time.

    A column with anything else in it, a year alone among them, stays the text it is and is shown
    as it stands: a map does not guess.
    """
    for name in ("start", "end"):
        if name not in frame or pd.api.types.is_datetime64_any_dtype(frame[name]):
            continue
        _, texts = distinct(frame[name])
        if not texts or not all(re.match(r"\d{4}-\d\d-\d\d(?!\d)", text) for text in texts):
            continue
        written = pd.Series(strings(frame[name]), index=frame.index, dtype=object)
        try:
            # As text first: the column may hold dates, times and strings side by side.
            read = pd.to_datetime(written.where(written != "", None), format="ISO8601", utc=True)
        except ValueError:
            continue
        frame = frame.assign(**{name: read})
    return frame


def _in_order(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sort by date where there is one: the order in which keys and the list step through."""
    if "start" in frame and pd.api.types.is_datetime64_any_dtype(frame["start"]):
        starts = frame["start"]
        if not starts.is_monotonic_increasing:
            return frame.iloc[np.argsort(starts.to_numpy(), kind="stable")]
    return frame


def _regions(
    frame: gpd.GeoDataFrame, geometries: "NDArray[Any]", rows: "NDArray[np.intp]"
) -> dict[str, Any]:
    area = _figures(frame, "area_km2")
    unknown = np.isnan(area) & (shapely.get_dimensions(geometries) == 2)  # noqa: PLR2004 -- surfaces
    if unknown.any():
        area[unknown] = _measure(frame.geometry.iloc[np.flatnonzero(unknown)])
    return {
        "event": rows.astype(np.uint32),
        # A shape that does not say where it comes from is taken for a guess.
        "inferred": _flags(frame, "inferred", default=True).astype(np.uint8),
        "area": area,
        "low": _figures(frame, "area_low_km2"),
        "high": _figures(frame, "area_high_km2"),
        "reported": _figures(frame, "reported_area_km2"),
        "shapes": shapes.encode(geometries),
    }


def _measure(geometries: gpd.GeoSeries) -> "NDArray[np.float64]":
    from geoevents.geodesy import area  # noqa: PLC0415 -- only for frames without area_km2

    return np.asarray(area(geometries), dtype=np.float64)


def _changes(frame: gpd.GeoDataFrame, west: float) -> dict[str, Any]:
    geometries = _geometries(frame)
    present = ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries)
    frame, geometries = frame[present], unwrap(geometries[present], west)
    area = _figures(frame, "area_km2")
    unknown = np.isnan(area)
    if unknown.any():
        area[unknown] = _measure(frame.geometry.iloc[np.flatnonzero(unknown)])
    before, previous = _coded(frame, "from_actor", "")
    after, actors = _coded(frame, "to_actor", "")
    colours = actor_colours([*previous, *actors])
    return {
        "to": after,
        "from": before,
        "actors": [{"name": name, "colour": colours[name]} for name in actors],
        "previous": previous,
        "area": area,
        "shapes": shapes.encode(geometries),
    }


def _places(
    frame: gpd.GeoDataFrame, gazetteer: "Gazetteer | None", west: float
) -> dict[str, Any] | None:
    """Look up the features that events name; none without ids or a gazetteer."""
    if gazetteer is None or "place_ids" not in frame:
        return None
    ids = _ids(frame["place_ids"])
    if not ids:
        return None
    found = gazetteer.features(ids)
    return {
        "id": Text(ids),
        "name": Text(_texts(found, "name")),
        "kind": Text(_texts(found, "kind")),
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
    geometries = unwrap(_geometries(features), west)
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
