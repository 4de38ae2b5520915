"""Features from hand-written tables: places that the sources lack, and unions of provinces."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops
from pyproj import Geod

from gazetteer.naming import fold
from gazetteer.provinces import polygons_only

PLACES_SOURCE = "geoevents hand table"
UNIONS_SOURCE = "union of Natural Earth provinces"
OUTLINES_SOURCE = "outlined by hand (geoevents hand table)"

REACH_DEGREES = 0.5
"""A place of the table lies in the province that it names, or no farther outside: islands."""

KNOWN_M = 20_000.0
"""A town of one of its names this near is the place itself, and the table need not have it."""

HERE = Path(__file__).parent
PLACES: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    (HERE / "places.toml").read_text(encoding="utf-8")
)
UNIONS: dict[str, dict[str, Any]] = tomllib.loads(
    (HERE / "unions.toml").read_text(encoding="utf-8")
)
OUTLINES: dict[str, dict[str, Any]] = tomllib.loads(
    (HERE / "outlines.toml").read_text(encoding="utf-8")
)

_GEOD = Geod(ellps="WGS84")


class TableError(Exception):
    """A table does not agree with the sources."""


def places(
    provinces: gpd.GeoDataFrame, towns: gpd.GeoDataFrame, table: dict[str, Any] = PLACES
) -> gpd.GeoDataFrame:
    """Make the places of the table, each checked against what the sources know.

    Parameters
    ----------
    provinces
        Features of kind admin1, labelled.
    towns
        Populated places with `names`.
    table
        Places by country and key.

    Returns
    -------
    geopandas.GeoDataFrame
        The feature columns.

    Raises
    ------
    TableError
        If a place is not in or near its province, or is a town of the sources.
    """
    rows = []
    for country, entries in sorted(table.items()):
        ours = provinces[(provinces["country"] == country) & (provinces["kind"] == "admin1")]
        shapes = ours.set_index("name").geometry
        known = towns[towns["country"] == country]
        spelled = known["names"].explode().map(fold)
        lon, lat = shapely.get_coordinates(known.geometry.to_numpy()).T
        for key, entry in sorted(entries.items()):
            point = shapely.Point(entry["at"][::-1])
            if entry["admin1"] not in shapes.index:
                raise TableError(f"places.toml: {country}.{key}: no province {entry['admin1']}")
            if shapes[entry["admin1"]].distance(point) > REACH_DEGREES:
                raise TableError(f"places.toml: {country}.{key} is not in {entry['admin1']}")
            metres = _GEOD.inv(lon, lat, np.full(len(lon), point.x), np.full(len(lat), point.y))[2]
            near = known.index[metres < KNOWN_M]
            same = spelled.loc[near].isin({fold(name) for name in entry["names"]})
            if same.any():
                raise TableError(f"places.toml: {country}.{key} is {same.index[same][0]} already")
            rows.append(
                {
                    "id": f"hand:{country}.{key}",
                    "name": entry["names"][0],
                    "names": entry["names"],
                    "kind": entry.get("kind", "populated place"),
                    "country": country,
                    "admin1": entry["admin1"],
                    "population": 0,
                    "uncertainty_m": float(entry["uncertainty_m"]),
                    "source": PLACES_SOURCE,
                    "geometry": point,
                }
            )
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=4326)


def unions(
    provinces: gpd.GeoDataFrame,
    rivers: gpd.GeoDataFrame,
    table: dict[str, dict[str, Any]] = UNIONS,
) -> gpd.GeoDataFrame:
    """Put together the regions that are several provinces.

    Parameters
    ----------
    provinces
        Features of kind admin1 and admin2, labelled.
    rivers
        Features of kind river, which parts may be cut by.
    table
        Parts and names of each region.

    Returns
    -------
    geopandas.GeoDataFrame
        Features of kind region.

    Raises
    ------
    TableError
        If a part is no province, or no river cuts it.
    """
    by_id = provinces.set_index(provinces["id"].str.removeprefix("ne:admin1:"))
    rows = []
    for key, entry in sorted(table.items()):
        bank = entry.get("bank", {"parts": []})
        missing = {*entry["parts"], *bank["parts"]} - set(by_id.index)
        if missing:
            raise TableError(f"unions.toml: {key}: no provinces {sorted(missing)}")
        parts = by_id.loc[entry["parts"]]
        shapes = list(parts.geometry)
        if bank["parts"]:
            shapes.append(_one_bank(by_id.loc[bank["parts"]], rivers, bank, key))
        error = float(entry.get("uncertainty_m", parts["uncertainty_m"].max()))
        rows.append(
            {
                "id": f"union:{key}",
                "name": entry["names"][0],
                "names": entry["names"],
                "kind": "region",
                "country": key[:2],
                "admin1": None,
                "population": int(parts["population"].sum()),
                "uncertainty_m": error,
                "source": UNIONS_SOURCE,
                "geometry": polygons_only([shapely.union_all(shapes)])[0],
            }
        )
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=4326)


def _one_bank(
    parts: gpd.GeoDataFrame, rivers: gpd.GeoDataFrame, bank: dict[str, Any], key: str
) -> shapely.Geometry:
    """Cut parts along a river, and keep the piece that holds the given place."""
    course = rivers.set_index("id").geometry[bank["river"]]
    pieces = shapely.ops.split(shapely.union_all(parts.geometry.to_numpy()), course).geoms
    kept = [piece for piece in pieces if piece.covers(shapely.Point(bank["at"][::-1]))]
    if len(pieces) == 1 or len(kept) != 1:
        raise TableError(f"unions.toml: {key}: {bank['river']} does not cut off {bank['at']}")
    return kept[0]


def outlines(table: dict[str, dict[str, Any]] = OUTLINES) -> gpd.GeoDataFrame:
    """Make the regions that are outlined by hand.

    Parameters
    ----------
    table
        Corners, names and uncertainty of each region.

    Returns
    -------
    geopandas.GeoDataFrame
        Features of kind region.

    Raises
    ------
    TableError
        If an outline crosses itself.
    """
    rows = []
    for key, entry in sorted(table.items()):
        shape = shapely.Polygon([corner[::-1] for corner in entry["outline"]])
        if not shape.is_valid:
            raise TableError(f"outlines.toml: {key} crosses itself")
        rows.append(
            {
                "id": f"hand:{key}",
                "name": entry["names"][0],
                "names": entry["names"],
                "kind": "region",
                "country": key[:2],
                "admin1": None,
                "population": 0,
                "uncertainty_m": float(entry["uncertainty_m"]),
                "source": OUTLINES_SOURCE,
                "geometry": shape.normalize(),
            }
        )
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=4326)
