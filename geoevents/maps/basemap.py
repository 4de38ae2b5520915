"""The embedded base map: land, borders, provinces, rivers and towns, cut to what is shown."""

from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.maps import shapes
from geoevents.maps.columns import Delta, Text, indices, pack, strings
from geoevents.maps.ground import (
    WIDE,
    Bounds,
    borders,
    credits_of,
    features,
    named_towns,
    roomy,
    smallest_town,
)

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geoevents.places import Gazetteer

WORLD: Bounds = (-180.0, -85.0, 180.0, 85.0)

_AROUND = ((8.0, 2.2), (18.0, 1.65), (np.inf, 0.95))
"""Half the side of the window in longest sides of the data, for data up to so many degrees wide:
what a wide or a tall screen shows one zoom level out, less where that would be a continent."""

_NEAREST = 2.6
"""Half the side, in degrees, of the smallest window."""

_SMALL_WINDOW = 12.0
"""Windows up to this wide, in degrees, are cheap to draw finely."""

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
    kinds = ["river", "lake"] if span > WIDE else list(_KINDS)
    frame = _cut(features(gazetteer, part, kinds), part)
    towns = features(gazetteer, part, ["populated place"], min_population=smallest_town(span))
    towns = named_towns(towns)
    shown = np.zeros(len(frame), bool)
    admin1 = (frame["kind"] == "admin1").to_numpy()
    shown[admin1] = roomy(frame[admin1], part)
    drawn = pd.concat([frame, towns])
    return pack(
        {
            "window": list(part),
            **outlines(frame[frame["kind"] == "country"], part, tolerance),
            "provinces": _shared_borders(frame[shown], part, tolerance),
            "lakes": _lakes(frame[frame["kind"] == "lake"], tolerance),
            "rivers": _rivers(frame[frame["kind"] == "river"], tolerance),
            "labels": labels(frame[(frame["kind"] == "country") | shown], towns, part),
            "sources": credits_of(drawn["source"]),
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
    shared, single = borders(polygons, part)
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


def _cut(frame: "gpd.GeoDataFrame", part: Bounds) -> "gpd.GeoDataFrame":
    """Cut features to the window; leave out those of which only the bounding box reaches it."""
    whole = shapes.as_array(frame.geometry)
    pieces = shapely.clip_by_rect(whole, *part)
    frame = frame.assign(extent=shapely.length(whole)).set_geometry(pieces, crs=4326)
    return frame[~shapely.is_empty(pieces)]


def _scale(tolerance: float) -> int:
    """Units in a degree: a quarter of the tolerance."""
    return int(min(shapes.METRE_SCALE, 4 / tolerance))


def _coverage(frame: "gpd.GeoDataFrame", part: Bounds, tolerance: float) -> "NDArray[Any]":
    polygons = shapely.clip_by_rect(shapes.as_array(frame.geometry), *part)
    polygons = polygons[~shapely.is_empty(polygons)]
    return shapes.as_array(shapely.coverage_simplify(polygons, tolerance))


def _shared_borders(frame: "gpd.GeoDataFrame", part: Bounds, tolerance: float) -> dict[str, Any]:
    shared, _ = borders(shapes.as_array(frame.geometry), part)
    return shapes.encode([_thinned(shared, tolerance)], _scale(tolerance))


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
