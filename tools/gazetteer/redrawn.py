"""Provinces younger than Natural Earth's polygons, sketched from the towns that lie in them.

GeoNames knows which of its towns are in, say, Ituri; no package has the border. Every point of the
old province goes to the new one of the nearest town. Such a sketch finds the right part of the
country, and no more: it is of kind region, so that maps do not draw its edge as a border, its
source says that it is approximate, and its uncertainty is what the same method was found to miss
known borders by.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gazetteer.naming import fold
from gazetteer.provinces import polygons_only

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("redrawn.toml").read_text(encoding="utf-8")
)
SOURCE = "sketched from GeoNames towns in Natural Earth 1:10m"
SPACINGS = 1.0
"""Uncertainty in units of the mean spacing of towns, the root of area over number: see `check`."""

_DEGREE_KM = 111.2


def sketch(frame: shapely.Geometry, points: np.ndarray, labels: pd.Series) -> pd.Series:
    """Divide an area among the labels of the points in it, each place to the nearest point.

    Parameters
    ----------
    frame
        The area.
    points
        The towns, all different.
    labels
        A label for each.

    Returns
    -------
    pandas.Series
        A geometry for each label.
    """
    # Degrees of longitude are shortened, so that nearest means nearest on the ground.
    shrink = np.cos(np.radians(shapely.get_y(frame.centroid)))

    def scaled(shape: Any, factor: float) -> Any:
        return shapely.transform(shape, lambda xy: xy * [factor, 1.0])

    flat = scaled(points, shrink)
    outline = scaled(frame, shrink)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            shapely.multipoints(flat), extend_to=shapely.box(*outline.bounds), ordered=True
        )
    )
    cells = polygons_only(shapely.intersection(cells, outline))
    merged = {
        label: polygons_only([shapely.union_all(cells[rows])])[0]
        for label, rows in sorted(
            labels.reset_index(drop=True).groupby(labels.to_numpy()).indices.items()
        )
    }
    return pd.Series({label: scaled(shape, 1.0 / shrink) for label, shape in merged.items()})


def spacing_m(frame: shapely.Geometry, count: int) -> float:
    """Mean spacing of a number of towns in an area: the root of the area for each."""
    area = frame.area * np.cos(np.radians(shapely.get_y(frame.centroid))) * _DEGREE_KM**2
    return float(np.sqrt(area / count) * 1000.0)


def add(
    provinces: gpd.GeoDataFrame, towns: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Sketch the provinces of the table, and tell their towns.

    Parameters
    ----------
    provinces
        Features of kind admin1 and admin2, labelled.
    towns
        Populated places with `code` and `admin1`.

    Returns
    -------
    tuple
        Features of kind region, and the towns with the new province as their `admin1`.
    """
    towns = towns.copy()
    first = provinces[provinces["kind"] == "admin1"]
    rows = []
    for country, entry in sorted(TABLE.items()):
        ours = first[first["country"] == country]
        old = ours if entry["within"] == ["*"] else ours[ours["name"].isin(entry["within"])]
        if len(old) < len(set(entry["within"])):
            raise ValueError(f"redrawn.toml: {country} has no provinces {entry['within']}")
        frame = polygons_only([shapely.union_all(old.geometry.to_numpy())])[0]
        inside = towns[(towns["country"] == country) & towns["code"].notna()]
        inside = inside[inside["admin1"].isin(old["name"])]
        inside = inside[~inside.geometry.duplicated()]
        shapes = sketch(frame, inside.geometry.to_numpy(), inside["code"])
        near = spacing_m(frame, len(inside)) * SPACINGS
        for code, names in sorted((k, v) for k, v in entry.items() if k != "within"):
            members = (towns["country"] == country) & (towns["code"] == code)
            towns.loc[members, "admin1"] = names[0]
            rows.append(
                {
                    "id": f"sketch:{country}.{fold(names[0])}",
                    "name": names[0],
                    "names": names,
                    "kind": "region",
                    "country": country,
                    "admin1": names[0],
                    "population": int(towns.loc[members, "population"].sum()),
                    "uncertainty_m": round(near, -3),
                    "source": SOURCE,
                    "geometry": shapes[code],
                }
            )
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), towns


def check(
    provinces: gpd.GeoDataFrame, towns: gpd.GeoDataFrame, countries: list[str]
) -> pd.DataFrame:
    """Sketch whole countries whose provinces are known, and measure how far the sketch is off.

    Parameters
    ----------
    provinces
        Features of kind admin1, labelled.
    towns
        Populated places with `admin1`.
    countries
        Which countries.

    Returns
    -------
    pandas.DataFrame
        For each country: share of the area that the sketch gives to the right province, mean
        spacing of towns in metres, and the width of the wrong strip along the borders, in spacings.
    """
    rows = {}
    for country in countries:
        known = provinces[(provinces["country"] == country) & (provinces["kind"] == "admin1")]
        frame = polygons_only([shapely.union_all(known.geometry.to_numpy())])[0]
        inside = towns[(towns["country"] == country) & towns["admin1"].notna()]
        inside = inside[~inside.geometry.duplicated()]
        shapes = sketch(frame, inside.geometry.to_numpy(), inside["admin1"])
        true = known.set_index("name").geometry.reindex(shapes.index)
        right = shapely.area(shapely.intersection(shapes.to_numpy(), true.to_numpy())).sum()
        inner = (shapely.length(known.geometry.to_numpy()).sum() - frame.length) / 2.0
        strip = (frame.area - right) / inner * _DEGREE_KM * 1000.0
        near = spacing_m(frame, len(inside))
        rows[country] = {"right": right / frame.area, "spacing_m": near, "strip": strip / near}
    return pd.DataFrame(rows).T
