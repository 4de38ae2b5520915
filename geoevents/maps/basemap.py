"""The embedded base map: land, borders, provinces, rivers and towns, cut to what is shown."""

from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.maps import shapes
from geoevents.maps.columns import Delta, Text, indices, pack, strings

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geoevents.places import Gazetteer

Bounds = tuple[float, float, float, float]

WORLD: Bounds = (-180.0, -85.0, 180.0, 85.0)

_AROUND = ((8.0, 2.2), (18.0, 1.65), (np.inf, 0.95))
"""Half the side of the window in longest sides of the data, for data up to so many degrees wide:
what a wide or a tall screen shows one zoom level out, less where that would be a continent."""

_NEAREST = 2.6
"""Half the side, in degrees, of the smallest window."""

_WIDE = 60.0
"""Windows wider than this, in degrees, show the simplified world instead of the gazetteer's."""

_SMALL_WINDOW = 12.0
"""Windows up to this wide, in degrees, are cheap to draw finely."""

_MOST_TOWNS = 900

_SUBURB = 0.5
"""A place with less than this part of a city's people, within the city's extent, is its suburb."""

_SMALL = 80
"""A country's provinces are drawn when their usual side is more than this part of the window."""

_LICENSED = {"GeoNames": "GeoNames (CC BY 4.0)"}
"""Sources whose licence asks to be named."""

_SAME = 1e-7
"""Coordinates nearer than this, in degrees, are the same."""

_SCHEMATIC_M = 5000.0

_KINDS = ("country", "admin1", "river", "lake")
_LABELS = ("country", "admin1", "town")


def window(bounds: Bounds | None) -> Bounds:
    """
    Choose the part of the world to embed for data with these bounds.

    Parameters
    ----------
    bounds : tuple of float or None
        West, south, east, north of the data.

    Returns
    -------
    tuple of float
        A window around them, wide enough for any shape of screen; the world for no bounds.

    Examples
    --------
    >>> window((40.0, 35.0, 41.0, 36.0))
    (37.7977, 33.3, 43.2023, 37.7)
    >>> window(None)
    (-180.0, -85.0, 180.0, 85.0)
    """
    if bounds is None:
        return WORLD
    west, south, east, north = bounds
    # A degree of latitude is taller on the screen than one of longitude is wide.
    stretch = 1 / max(np.cos(np.radians((south + north) / 2)), 0.2)
    longest = max(east - west, (north - south) * stretch)
    # Larger data never get a smaller window.
    half = max(_NEAREST, *(a * min(longest, limit) for limit, a in _AROUND))
    x, y = (west + east) / 2, (south + north) / 2
    tall = half / stretch if half > _NEAREST else half
    west, south, east, north = (
        x - half,
        float(np.clip(y - tall, -85, 84)),
        x + half,
        float(np.clip(y + tall, -84, 85)),
    )
    if east - west >= 360:  # noqa: PLR2004 -- a full turn
        west, east = -180.0, 180.0
    return tuple(round(float(edge), 4) for edge in (west, south, east, north))  # type: ignore[return-value]


@lru_cache(maxsize=8)
def embedded(gazetteer: "Gazetteer", part: Bounds) -> str:
    """
    Pack the base map of a window.

    Parameters
    ----------
    gazetteer : Gazetteer
        Whose countries, provinces, rivers and towns are drawn.
    part : tuple of float
        West, south, east, north; see :func:`window`.

    Returns
    -------
    str
        Packed columns, for ``assets/basemap.js``.
    """
    span = part[2] - part[0]
    tolerance = max(0.0005, span / (12_000 if span < _SMALL_WINDOW else 6_000))
    kinds = ["river", "lake"] if span > _WIDE else list(_KINDS)
    frame = _cut(_window(gazetteer, part, kinds), part)
    towns = _window(gazetteer, part, ["populated place"], min_population=_smallest_town(span))
    towns = _chosen(towns)
    roomy = np.zeros(len(frame), bool)
    admin1 = (frame["kind"] == "admin1").to_numpy()
    roomy[admin1] = _roomy(frame[admin1], part)
    drawn = pd.concat([frame, towns])
    return pack(
        {
            "window": list(part),
            **outlines(frame[frame["kind"] == "country"], part, tolerance),
            "provinces": _shared_borders(frame[roomy], part, tolerance),
            "lakes": _lakes(frame[frame["kind"] == "lake"], tolerance),
            "rivers": _rivers(frame[frame["kind"] == "river"], tolerance),
            "labels": labels(frame[(frame["kind"] == "country") | roomy], towns, part),
            "sources": _credits(drawn["source"]),
        }
    )


@cache
def world() -> str:
    """
    Return the simplified world (1:50m) that lies around, or instead of, the cut base map.

    Returns
    -------
    str
        Packed columns, built by ``tools/vendor_assets.py``.
    """
    asset = resources.files("geoevents.maps").joinpath("assets", "world-50m.txt")
    return asset.read_text("ascii")


def outlines(countries: "gpd.GeoDataFrame", part: Bounds, tolerance: float) -> dict[str, Any]:
    """
    Split countries into land, coasts and borders.

    Parameters
    ----------
    countries : GeoDataFrame
        Polygons that share their borders exactly.
    part : tuple of float
        The window they are cut to.
    tolerance : float
        By how much, in degrees, lines may be simplified.

    Returns
    -------
    dict
        ``land``, ``coasts`` and ``borders`` as encoded shapes.
    """
    polygons = _coverage(countries, part, tolerance)
    scale = _scale(tolerance)
    shared, single = _edges(polygons, part)
    land = shapely.multipolygons(shapely.get_parts(shapely.orient_polygons(polygons)))
    return {
        "land": shapes.encode([land], scale),
        "coasts": shapes.encode([single], scale),
        "borders": shapes.encode([shared], scale),
    }


def labels(features: "gpd.GeoDataFrame", towns: "gpd.GeoDataFrame", part: Bounds) -> dict[str, Any]:
    """
    Say where names of countries, provinces and towns may stand.

    Parameters
    ----------
    features : GeoDataFrame
        Countries and provinces.
    towns : GeoDataFrame
        Populated places, most important first; ``around`` may say how large a city a suburb
        belongs to.
    part : tuple of float
        The window.

    Returns
    -------
    dict
        ``name``, ``kind``, ``x``, ``y``, ``room`` (radius in degrees of the largest circle inside
        the area; for a suburb, of the city it lies in) and ``population``.
    """
    areas = features[features["kind"].isin(["country", "admin1"])]
    polygons = shapely.clip_by_rect(shapes.as_array(areas.geometry), *part)
    inside = ~shapely.is_empty(polygons)
    areas, polygons = areas[inside], polygons[inside]
    circles = shapes.widest_circles(polygons)
    centres = np.asarray(shapely.get_point(circles, 0), dtype=object)
    points = np.concatenate([centres, shapes.as_array(towns.geometry)])
    kinds = [*areas["kind"], *["town"] * len(towns)]
    around = towns["around"] if "around" in towns else np.zeros(len(towns))
    return {
        "id": Text([*strings(areas["id"]), *strings(towns["id"])]),
        "name": Text([*strings(areas["name"]), *strings(towns["name"])]),
        "kind": indices([_LABELS.index(kind) for kind in kinds], len(_LABELS)),
        "x": Delta(shapes.quantise(shapely.get_x(points))),
        "y": Delta(shapes.quantise(shapely.get_y(points))),
        "room": np.concatenate([shapely.length(circles), around]).astype(np.float32),
        "population": np.concatenate([np.zeros(len(areas)), towns["population"].fillna(0)]).astype(
            np.uint32
        ),
    }


def _window(
    gazetteer: "Gazetteer", part: Bounds, kinds: list[str], min_population: int = 0
) -> "gpd.GeoDataFrame":
    """Ask for a window that may run past the antimeridian."""
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


def _cut(frame: "gpd.GeoDataFrame", part: Bounds) -> "gpd.GeoDataFrame":
    """Cut features to the window; leave out those of which only the bounding box reaches it."""
    whole = shapes.as_array(frame.geometry)
    pieces = shapely.clip_by_rect(whole, *part)
    frame = frame.assign(extent=shapely.length(whole)).set_geometry(pieces, crs=4326)
    return frame[~shapely.is_empty(pieces)]


def _smallest_town(span: float) -> int:
    for widest, population in ((8, 0), (20, 2_000), (40, 15_000), (_WIDE, 60_000)):
        if span <= widest:
            return population
    return 400_000


def _chosen(towns: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """
    Choose the towns to name, cities before their own suburbs.

    ``around`` becomes the radius in degrees of the city that a suburb lies in, 0 for any other
    place: the name waits until the city is large on the screen.
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


def _credits(sources: pd.Series) -> list[str]:
    """Name whom the map owes its data to; a source that only says how a line was made is nobody."""
    named = {source for source in strings(sources) if source[:1].isupper()}
    return sorted(_LICENSED.get(source, source) for source in named)


def _scale(tolerance: float) -> int:
    """Units in a degree: a quarter of the tolerance."""
    return int(min(shapes.METRE_SCALE, 4 / tolerance))


def _coverage(frame: "gpd.GeoDataFrame", part: Bounds, tolerance: float) -> "NDArray[Any]":
    polygons = shapely.clip_by_rect(shapes.as_array(frame.geometry), *part)
    polygons = polygons[~shapely.is_empty(polygons)]
    return shapes.as_array(shapely.coverage_simplify(polygons, tolerance))


def _edges(polygons: "NDArray[Any]", part: Bounds) -> tuple[Any, Any]:
    """Return the edges two polygons share, and those that only one has, without the window's."""
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


def _shared_borders(frame: "gpd.GeoDataFrame", part: Bounds, tolerance: float) -> dict[str, Any]:
    shared, _ = _edges(shapes.as_array(frame.geometry), part)
    return shapes.encode([_thinned(shared, tolerance)], _scale(tolerance))


def _roomy(frame: "gpd.GeoDataFrame", part: Bounds) -> "NDArray[np.bool_]":
    """Tell the countries whose provinces are large enough to be drawn at this size."""
    size = pd.Series(np.sqrt(shapely.area(shapes.as_array(frame.geometry))), index=frame.index)
    usual = size.groupby(frame["country"]).transform("median")
    return (usual > (part[2] - part[0]) / _SMALL).to_numpy()


def _thinned(lines: Any, tolerance: float) -> Any:
    # Lines may cross after this, by less than a pixel; keeping them apart takes ten times longer.
    return shapely.simplify(lines, tolerance, preserve_topology=False)


def _lakes(frame: "gpd.GeoDataFrame", tolerance: float) -> dict[str, Any]:
    polygons = shapely.simplify(shapes.as_array(frame.geometry), tolerance)
    return shapes.encode(polygons, _scale(tolerance))


def schematic(features: "gpd.GeoDataFrame") -> "NDArray[np.uint8]":
    """
    Tell features whose line is only a sketch, so that it is drawn dashed.

    Parameters
    ----------
    features : GeoDataFrame
        Gazetteer features, with ``uncertainty_m``.

    Returns
    -------
    numpy.ndarray of uint8
        1 where the line is uncertain by 5 km or more, as that of a river traced from town to
        town is; rivers of Natural Earth and WDB II are within 2 km.
    """
    uncertain: NDArray[np.float64] = features["uncertainty_m"].to_numpy(dtype=float)
    return (uncertain >= _SCHEMATIC_M).astype(np.uint8)


def _rivers(frame: "gpd.GeoDataFrame", tolerance: float) -> dict[str, Any]:
    lines = _thinned(shapes.as_array(frame.geometry), tolerance / 2)
    return {
        "id": Text(strings(frame["id"])),
        "name": Text(strings(frame["name"])),
        # How far a river runs, in degrees, stands for how important it is.
        "rank": frame["extent"].to_numpy(dtype=np.float32),
        "schematic": schematic(frame),
        "shapes": shapes.encode(lines, _scale(tolerance)),
    }
