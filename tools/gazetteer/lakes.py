"""Lakes of the gazetteer: shores of GSHHG, which are unnamed, named by the hand-written lakes.toml.

GSHHG's inland shores come from World Data Bank II, so they go under the same licence into the same
file as its rivers.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from . import wdb

TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("lakes.toml").read_text(encoding="utf-8")
)
SOURCE = "WDB II shores (GSHHG)"
UNCERTAINTY_M = 1_500.0  # as for the rivers, see docs/decisions/0005-rivers.md
STEP_DEGREES = 0.001  # vertices nearer to the shore than this are left out
SHARE = (0.5, 1.5)

_GEOD = Geod(ellps="WGS84")


class LakeError(Exception):
    """The table and the shores do not agree."""


def build(folder: Path, table: dict[str, dict[str, Any]] = TABLE) -> gpd.GeoDataFrame:
    """Name the lakes of the table.

    Parameters
    ----------
    folder
        Folder with the full-resolution shores.
    table
        Names, and a point in each lake.

    Returns
    -------
    geopandas.GeoDataFrame
        The feature columns.

    Raises
    ------
    LakeError
        If no shore is round a point, or what it encloses has not the area that the table gives.
    """
    shores = wdb.read_lakes(folder)
    lakes, islands = (np.array([shapely.Polygon(ring) for ring in rings]) for rings in shores)
    tree, island_tree = shapely.STRtree(lakes), shapely.STRtree(islands)
    rows, problems = [], []
    for key, entry in sorted(table.items()):
        around = tree.query(shapely.Point(entry["at"][::-1]), "within")
        if len(around) != 1:
            problems.append(f"{key}: {len(around)} shores round {entry['at']}")
            continue
        inside = islands[island_tree.query(lakes[around[0]], "contains")]
        lake = shapely.simplify(lakes[around[0]], STEP_DEGREES)
        lake = shapely.difference(lake, shapely.union_all(shapely.simplify(inside, STEP_DEGREES)))
        km2 = abs(_GEOD.geometry_area_perimeter(lake)[0]) / 1e6
        least, most = entry.get("share", SHARE)
        if not least <= km2 / entry["km2"] <= most:
            problems.append(f"{key}: {km2:.0f} km2 drawn, {entry['km2']} expected")
        name, *_ = names = entry["names"]
        turned = [f"{name.removeprefix('Lake ')} Lake"] if name.startswith("Lake ") else []
        rows.append(
            {
                "id": f"wdb:lake:{key}",
                "name": name,
                "names": list(dict.fromkeys([*names, *turned])),
                "kind": "lake",
                "country": entry["country"],
                "admin1": "",
                "population": 0,
                "uncertainty_m": float(entry.get("uncertainty_m", UNCERTAINTY_M)),
                "source": SOURCE,
                "geometry": lake,
            }
        )
    if problems:
        raise LakeError("\n".join(problems))
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=4326)
