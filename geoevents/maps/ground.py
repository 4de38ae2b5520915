"""What of the world lies under a map: the features of a window, its borders and its towns."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.maps import shapes
from geoevents.maps.columns import strings

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geoevents.places import Gazetteer

Bounds = tuple[float, float, float, float]

WIDE = 60.0
"""Windows wider than this, in degrees, show the simplified world instead of the gazetteer's."""

_MOST_TOWNS = 900

_SUBURB = 0.5
"""A place with less than this part of a city's people, within the city's extent, is its suburb."""

_SMALL = 80
"""A country's provinces are drawn when their usual side is more than this part of the window."""

_LICENSED = {"GeoNames": "GeoNames (CC BY 4.0)"}
"""Sources whose licence asks to be named."""

_SAME = 1e-7
"""Coordinates nearer than this, in degrees, are the same."""


def features(
    gazetteer: "Gazetteer", part: Bounds, kinds: list[str], min_population: int = 0
) -> "gpd.GeoDataFrame":
    """
    Take features out of a gazetteer, in a window that may run past the antimeridian.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where they come from.
    part : tuple of float
        West, south, east, north. The western edge decides which turn of the globe everything is in.
    kinds : list of str
        Kinds of features.
    min_population : int, default 0
        Towns with fewer people are left out.

    Returns
    -------
    GeoDataFrame
        The features whose bounds reach the window.
    """
    west, south, east, north = part
    half = 180.0
    pieces = [(max(west, -half), south, min(east, half), north)]
    if east > half:
        pieces.append((-half, south, east - 2 * half, north))
    if west < -half:
        pieces.append((west + 2 * half, south, half, north))
    frames = [gazetteer.window(p, kinds=kinds, min_population=min_population) for p in pieces]
    if len(frames) == 1:
        return frames[0]
    # The window's western edge decides which turn of the globe everything is drawn in.
    moved = [
        frame.set_geometry(
            shapely.transform(shapes.as_array(frame.geometry), _shift(turn)), crs=4326
        )
        for frame, turn in zip(frames, (0, 1 if east > half else -1), strict=True)
    ]
    return pd.concat(moved)


def _shift(turns: int) -> Any:
    return lambda coordinates: coordinates + np.array([360.0 * turns, 0.0])


def smallest_town(span: float) -> int:
    """
    Choose how many people a town must have to be shown.

    Parameters
    ----------
    span : float
        Width of the window, in degrees.

    Returns
    -------
    int
        The fewest people.
    """
    for widest, population in ((8, 0), (20, 2_000), (40, 15_000), (WIDE, 60_000)):
        if span <= widest:
            return population
    return 400_000


def named_towns(towns: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """
    Choose the towns to name, cities before their own suburbs.

    Parameters
    ----------
    towns : GeoDataFrame
        Towns of a window.

    Returns
    -------
    GeoDataFrame
        The most important. ``around`` is the radius in degrees of the city that a suburb lies in,
        0 for any other place: the name waits until the city is large.
    """
    towns = towns.nlargest(3 * _MOST_TOWNS, "population")
    points = shapes.as_array(towns.geometry)
    reach = towns["uncertainty_m"].fillna(0.0).to_numpy(dtype=float) / 111_195  # one degree
    people = towns["population"].fillna(0).to_numpy(dtype=float)
    x, y = shapely.get_x(points), shapely.get_y(points)
    narrow = np.maximum(np.cos(np.radians(y)), 0.05)
    boxes = shapely.box(x - reach / narrow, y - reach, x + reach / narrow, y + reach)
    city, suburb = shapely.STRtree(points).query(boxes)
    near = np.hypot((x[city] - x[suburb]) * narrow[city], y[city] - y[suburb]) <= reach[city]
    near &= people[suburb] < _SUBURB * people[city]
    around = np.zeros(len(towns))
    np.maximum.at(around, suburb[near], reach[city[near]])
    towns = towns.assign(around=around)
    order = np.lexsort((-people, around > 0))[:_MOST_TOWNS]
    return towns.iloc[order]


def credits_of(sources: pd.Series) -> list[str]:
    """
    Name whom a map owes its data to.

    Parameters
    ----------
    sources : pandas.Series
        The sources of what is drawn.

    Returns
    -------
    list of str
        Their names, with the licence where it asks for that. A source that only says how a line was
        made is nobody.
    """
    named = {source for source in strings(sources) if source[:1].isupper()}
    return sorted(_LICENSED.get(source, source) for source in named)


def borders(polygons: "NDArray[Any]", part: Bounds) -> tuple[Any, Any]:
    """
    Find the edges that two polygons share, and those that only one has.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely polygons
        Countries or provinces, cut to the window.
    part : tuple of float
        The window; its own edges are no borders.

    Returns
    -------
    tuple of shapely MultiLineString
        Borders, and coasts.
    """
    rings = shapely.get_rings(shapely.get_parts(polygons))
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    if len(coordinates) == 0:
        return shapely.MultiLineString(), shapely.MultiLineString()
    start, end = coordinates[:-1], coordinates[1:]
    drawn = ring[:-1] == ring[1:]
    # Neither the window nor the antimeridian is a coast.
    cuts = [(0, part[0]), (1, part[1]), (0, part[2]), (1, part[3]), (0, -180.0), (0, 180.0)]
    for axis, edge in cuts:
        on_edge = (np.abs(start[:, axis] - edge) < _SAME) & (np.abs(end[:, axis] - edge) < _SAME)
        drawn &= ~on_edge
    # Both directions of an edge get the same number.
    corner = np.rint(coordinates / _SAME).astype(np.int64).astype(np.uint64)
    number = corner[:, 0] * np.uint64(0x9E3779B97F4A7C15) + corner[:, 1]
    number ^= number >> np.uint64(29)
    number *= np.uint64(0xBF58476D1CE4E5B9)
    _, first, which, count = np.unique(
        number[:-1] + number[1:], return_index=True, return_inverse=True, return_counts=True
    )
    shared = count[which] > 1
    once = np.zeros(len(start), bool)
    once[first] = True
    return _runs(start, end, drawn & shared & once), _runs(start, end, drawn & ~shared)


def _runs(start: "NDArray[Any]", end: "NDArray[Any]", chosen: "NDArray[np.bool_]") -> Any:
    """Join chosen edges that follow each other into lines."""
    at = np.flatnonzero(chosen)
    if not len(at):
        return shapely.MultiLineString()
    begins = np.diff(at, prepend=at[0] - 2) > 1
    begins[1:] |= (start[at[1:]] != end[at[:-1]]).any(axis=1)
    line = np.cumsum(begins) - 1
    # Each line is the start of its first edge and the ends of all.
    coordinates = np.concatenate([start[at[begins]], end[at]])
    owner = np.concatenate([np.arange(line[-1] + 1), line])
    order = np.argsort(owner, kind="stable")
    return shapely.multilinestrings(shapely.linestrings(coordinates[order], indices=owner[order]))


def roomy(frame: "gpd.GeoDataFrame", part: Bounds) -> "NDArray[np.bool_]":
    """
    Tell which provinces are large enough to be drawn.

    Parameters
    ----------
    frame : GeoDataFrame
        Provinces.
    part : tuple of float
        The window.

    Returns
    -------
    numpy.ndarray of bool
        Those of countries whose provinces usually are, at this size.
    """
    size = pd.Series(np.sqrt(shapely.area(shapes.as_array(frame.geometry))), index=frame.index)
    usual = size.groupby(frame["country"]).transform("median")
    return (usual > (part[2] - part[0]) / _SMALL).to_numpy()
