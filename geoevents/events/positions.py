"""Where events lie: from geometries, WKT, or a pair of columns of coordinates."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import shown
from geoevents.events.columns import Column
from geoevents.events.portions import once_each, portions
from geoevents.events.problems import Problems
from geoevents.events.values import filled, numbers

_COORDINATES = (
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("lng", "lat"),
    ("long", "lat"),
    ("x", "y"),
)
_MAX = np.array([180.0, 90.0])
_POINTS = (0, 4)  # what shapely numbers points and sets of points with


def positions(events: pd.DataFrame, problems: Problems) -> tuple[np.ndarray, set[Any]]:
    """
    Find the geometry of each event.

    Parameters
    ----------
    events : pandas.DataFrame
        The events.
    problems : Problems
        Where to note what is wrong.

    Returns
    -------
    geometries : numpy.ndarray
        One for each row, longitude and latitude on WGS 84; None where there is none.
    used : set
        The columns it was made from, for which it stands from then on.

    Notes
    -----
    A geometry counts before coordinates; columns of coordinates are read in the rows without
    one, and only there can they be wrong. If any row has a geometry, these columns are not among
    those used, since they may say something else there.
    """
    geometry, used = _given(events, problems)
    without = shapely.is_missing(geometry)
    alone = bool(without.all())
    pair = _pair(events, problems, alone=alone) if alone or without.any() else None
    if pair is None:
        return _sound(geometry, problems), used
    if alone:
        return _points(events, pair, problems), {*used, *pair}
    coordinates = {name: events[name].where(without) for name in pair}
    points = _points(pd.DataFrame(coordinates, index=events.index), pair, problems)
    found = _sound(geometry, problems)
    found[without] = points[without]
    return found, used


def _given(events: pd.DataFrame, problems: Problems) -> tuple[np.ndarray, set[Any]]:
    """Take the geometry column, in EPSG:4326."""
    name = events.active_geometry_name if isinstance(events, gpd.GeoDataFrame) else None
    if name is None:
        if "geometry" not in events:
            return np.full(len(events), None), set()
        return _parsed(events["geometry"], problems), {"geometry"}
    if name != "geometry" and "geometry" in events:
        problems.add_table(
            "geometry", f"is not the geometry in use, which is {shown(name)}: drop one"
        )
    geometry = events.geometry
    if not shapely.is_missing(geometry.to_numpy()).all():
        if geometry.crs is None:
            problems.add_table(
                name, "has no CRS: say which with set_crs, EPSG:4326 for longitude and latitude"
            )
        elif not geometry.crs.equals("EPSG:4326", ignore_axis_order=True):
            geometry = geometry.to_crs(4326)
    return geometry.to_numpy().copy(), {name, "geometry"}


def _parsed(column: pd.Series, problems: Problems) -> np.ndarray:
    """Geometries from a column of geometries, WKT or WKB."""
    values = column.to_numpy(dtype=object)
    missing = column.isna().to_numpy()
    parsed = np.full(len(values), None)
    for kind, parse in ((str, shapely.from_wkt), (bytes, shapely.from_wkb)):
        chosen = np.array([isinstance(value, kind) for value in values], dtype=bool)
        parsed[chosen] = parse(values[chosen], on_invalid="ignore")
    chosen = shapely.is_geometry(values)
    parsed[chosen] = values[chosen]
    blank = np.array([isinstance(value, str) and not value.strip() for value in values], dtype=bool)
    wrong = shapely.is_missing(parsed) & ~missing & ~blank
    problems.add("geometry", wrong, values, "is not a geometry in WKT")
    return parsed


def _pair(events: pd.DataFrame, problems: Problems, *, alone: bool) -> tuple[Any, Any] | None:
    """Find the columns of longitude and latitude, by their names in any case."""
    names = {str(name).strip().lower(): name for name in events.columns}
    for lon, lat in _COORDINATES:
        if lon in names and lat in names:
            return names[lon], names[lat]
    for lon, lat in _COORDINATES[:2] if alone else ():  # with geometries, half a pair is no loss
        if (lon in names) != (lat in names):
            have, want = (lon, lat) if lon in names else (lat, lon)
            problems.add_table(names[have], f"stands alone: give {want} too")
            break
    return None


def _points(events: pd.DataFrame, pair: tuple[Any, Any], problems: Problems) -> np.ndarray:
    """Points from two columns of coordinates."""
    read = [numbers(Column(name, "number", ""), events[name], problems) for name in pair]
    given = [filled(events[name]) for name in pair]
    for name, other, here, there in zip(pair, pair[::-1], given, given[::-1], strict=True):
        shown = problems.name(other)
        problems.add(name, ~here & there, None, f"is missing, but {shown} is given")
    xy = np.column_stack(read)
    whole = ~np.isnan(xy).any(axis=1)
    outside = whole & (np.abs(xy) > _MAX).any(axis=1)
    points = np.full(len(events), None)
    # A point of two finite numbers is valid: GEOS need not be asked about each of a million.
    points[whole] = shapely.points(xy[whole])
    _note_outside(points, outside, problems)
    points[outside] = None
    return points


def _sound(geometry: np.ndarray, problems: Problems) -> np.ndarray:
    """Geometries that can be drawn and measured; the others noted, and missing."""
    codes, objects = once_each(geometry)
    there = ~shapely.is_missing(objects)
    empty = there & shapely.is_empty(objects)
    problems.add("geometry", empty[codes], geometry, "is empty: leave it missing")
    infinite, outside = _beyond(objects)
    problems.add("geometry", infinite[codes], geometry, "has a coordinate that is no finite number")
    bad = empty | infinite
    outside &= ~bad
    _note_outside(geometry, outside[codes], problems)
    bad |= outside
    asked = np.flatnonzero(there & ~bad & ~np.isin(shapely.get_type_id(objects), _POINTS))
    invalid = np.zeros(len(objects), dtype=bool)
    invalid[asked] = ~shapely.is_valid(objects[asked])
    if invalid.any():
        reasons = np.full(len(objects), None)
        reasons[invalid] = [
            f"is invalid ({reason}): mend it with make_valid"
            for reason in shapely.is_valid_reason(objects[invalid])
        ]
        problems.add("geometry", invalid[codes], geometry, reasons[codes])
    sound = geometry.copy()
    sound[(bad | invalid)[codes]] = None
    return sound


def _beyond(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tell which geometries have a coordinate that is not finite, and which one off the globe."""
    infinite, outside = np.zeros((2, len(geometry)), dtype=bool)
    for some in portions(geometry):
        xy, owner = shapely.get_coordinates(geometry[some], return_index=True)
        infinite[some][owner[~np.isfinite(xy).all(axis=1)]] = True
        outside[some][owner[(np.abs(xy) > _MAX).any(axis=1)]] = True
    return infinite, outside


def _note_outside(geometry: np.ndarray, outside: np.ndarray, problems: Problems) -> None:
    """Note geometries that are not on the globe, with what may be the cause."""
    if not outside.any():
        return
    xy, owner = shapely.get_coordinates(geometry[outside], return_index=True)
    reach = np.maximum.reduceat(np.abs(xy), np.flatnonzero(np.diff(owner, prepend=-1)))
    causes = np.select(
        [(reach[:, ::-1] <= _MAX).all(axis=1), (reach > 2 * _MAX[0]).any(axis=1)],
        ["are longitude and latitude swapped?", "are these metres of a projected CRS?"],
        "split it at the antimeridian",
    )
    reasons = np.full(len(geometry), None)
    reasons[outside] = [
        f"is outside longitude -180..180, latitude -90..90: {cause}" for cause in causes
    ]
    problems.add("geometry", outside, geometry, reasons)
