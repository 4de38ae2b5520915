"""Towns and provinces told about one another: where a town is, what else a province is called."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from rapidfuzz import fuzz

from gazetteer.naming import clean_names, fold, without_names_of_others

if TYPE_CHECKING:
    import geopandas as gpd

BY_HAND: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "province_names.toml").read_text(encoding="utf-8")
)
"""Names of provinces from the hand-written table."""

CLEAR_MAJORITY = 0.6
"""Share of a code's towns that must lie in one province for the code to mean that province."""

REACH_DEGREES = 0.25
"""How far outside every province of its country a town may lie, and still be given the nearest."""

LARGEST = 3
"""A province is held to be named after one of this many largest towns, or after none."""

SAME_NAME = 50.0
"""How alike, out of a hundred, city and province must read to be spellings of one name."""

_CITY_WORD = re.compile(
    r"\b(city|ciudad|cidade|cité|ville|stad|stadt|town|miasto|gorod)\b|город|市|시$", re.IGNORECASE
)


def province_of(
    towns: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame
) -> tuple[pd.Series, dict[str, float]]:
    """Name the province of every town.

    The polygons answer first. Then the towns of one GeoNames admin1 code vote: where most lie in
    one province, that is the province of all of them, whatever side of Natural Earth's
    generalised border a town falls on.

    Parameters
    ----------
    towns
        Populated places with `country` and `code`.
    provinces
        Features of kind admin1.

    Returns
    -------
    tuple
        The admin1 name for each town, missing where none can be told, and figures: share of towns
        inside a polygon, share whose polygon agrees with the vote, share left without.
    """
    by_polygon = _polygon_name(towns, provinces)
    key = towns["country"] + "." + towns["code"].fillna("")
    counted = _votes(key, by_polygon)
    winner = key.map(counted["name"])
    clear = key.map(counted["share"]).fillna(0) >= CLEAR_MAJORITY
    voted = winner.where(clear & towns["code"].notna())
    name = voted.fillna(by_polygon)
    both = voted.notna() & by_polygon.notna()
    figures = {
        "towns inside a province or near one": float(by_polygon.notna().mean()),
        "of towns with a clear code, polygon agrees": float((voted == by_polygon)[both].mean()),
        "towns whose code is clear": float(voted.notna().mean()),
        "towns without a province": float(name.isna().mean()),
    }
    return name, figures


def _votes(key: pd.Series, names: pd.Series) -> pd.DataFrame:
    known = names.notna()
    counts = (
        pd.DataFrame({"key": key[known], "name": names[known]})
        .value_counts(sort=False)
        .reset_index(name="n")
    )
    counts = counts.sort_values(["key", "n", "name"], ascending=[True, False, True])
    total = counts.groupby("key")["n"].sum()
    top = counts.drop_duplicates("key").set_index("key")
    return pd.DataFrame({"name": top["name"], "share": top["n"] / total})


def _polygon_name(towns: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    polygons = provinces.geometry.to_numpy()
    owner = provinces["country"].to_numpy()
    labels = provinces["name"].to_numpy()
    points = towns.geometry.to_numpy()
    country = towns["country"].to_numpy()
    shapely.prepare(polygons)
    tree = shapely.STRtree(polygons)
    found = np.full(len(towns), -1)
    asked, hit = tree.query(points, predicate="intersects")
    same = owner[hit] == country[asked]
    found[asked[same]] = hit[same]
    outside = np.flatnonzero(found < 0)
    asked, hit = tree.query(shapely.buffer(points[outside], REACH_DEGREES))
    same = owner[hit] == country[outside[asked]]
    asked, hit = asked[same], hit[same]
    away = shapely.distance(points[outside[asked]], polygons[hit])
    order = np.argsort(-away, kind="stable")  # the nearest is written last, and stays
    order = order[away[order] <= REACH_DEGREES]
    found[outside[asked[order]]] = hit[order]
    return pd.Series(np.where(found >= 0, labels[found], None), index=towns.index, dtype=object)


def name_after_city(provinces: gpd.GeoDataFrame, towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Let a province that is named like one of its largest towns answer to all that town's names.

    The display name becomes the town's where it is one of the province's own names already, so that
    "Dayr Az Zawr" province reads "Deir ez-Zor" as its city does.

    Parameters
    ----------
    provinces
        Features of kind admin1 or admin2.
    towns
        Populated places with `admin1` filled in.

    Returns
    -------
    geopandas.GeoDataFrame
        The provinces, with longer `names`.
    """
    ranked = towns.sort_values("population", ascending=False, kind="stable")
    largest = ranked.groupby(["country", "admin1"], sort=False).head(LARGEST)
    of_province = {
        key: list(zip(group["name"], group["names"], strict=True))
        for key, group in largest.groupby(["country", "admin1"])
    }
    names, display, given = [], [], []
    for row in provinces.to_dict("records"):
        own = {fold(name) for name in row["names"]}
        candidates = of_province.get((row["country"], row["name"]), [])
        if row["kind"] != "admin1" or row["country"] == "US":
            candidates = []
        shown, more, namesake = row["name"], [], []
        for city, also in candidates:
            if own & {fold(name) for name in also}:
                more = [name for name in [city, *also] if not _CITY_WORD.search(name)]
                alike = fuzz.ratio(fold(city), fold(shown)) >= SAME_NAME and fold(city) in own
                shown = city if alike and fold(city) != fold(shown) else shown
                namesake = [] if _CITY_WORD.search(city) else [city]
                break
        by_hand = BY_HAND.get(row["id"].removeprefix("ne:admin1:"), [""])
        shown = by_hand[0] or shown
        display.append(shown)
        cleaned = clean_names([row["name"], *row["names"], *more])
        names.append(cleaned)
        given.append([shown, *filter(None, by_hand), *namesake])
    first = (provinces["kind"] == "admin1").to_numpy()
    countries = provinces["country"].to_numpy()
    main = pd.Series(display)[first].map(fold).groupby(countries[first]).agg(set)
    kept = [
        without_names_of_others(all_names, shown, main[country]) if is_first else all_names
        for all_names, shown, country, is_first in zip(
            names, display, countries, first, strict=True
        )
    ]
    together = [list(dict.fromkeys([*a, *b])) for a, b in zip(given, kept, strict=True)]
    return provinces.assign(name=display, names=together)


def label(
    provinces: gpd.GeoDataFrame, towns: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, dict[str, float]]:
    """Tell towns their province and provinces their towns' names and people.

    Parameters
    ----------
    provinces
        Features of kind admin1 and admin2.
    towns
        Populated places with `code`.

    Returns
    -------
    tuple
        Provinces with display name, names and population (the sum over their towns), towns with
        `admin1`, and the figures of `province_of`.
    """
    first = provinces[provinces["kind"] == "admin1"]
    towns = towns.copy()
    towns["admin1"], figures = province_of(towns, first)
    renamed = name_after_city(provinces, towns)
    was = provinces.loc[first.index, ["country", "name"]].itertuples(index=False, name=None)
    shown = dict(zip(was, renamed.loc[first.index, "name"], strict=True))

    def show(frame: pd.DataFrame) -> list[str | None]:
        pairs = zip(frame["country"], frame["admin1"], strict=True)
        return [shown.get(pair, pair[1]) for pair in pairs]

    towns["admin1"] = show(towns)
    renamed["admin1"] = show(renamed)
    people = towns.groupby(["country", "admin1"])["population"].sum()
    renamed["population"] = [
        int(people.get((country, admin1), 0)) if kind == "admin1" else 0
        for country, admin1, kind in zip(
            renamed["country"], renamed["admin1"], renamed["kind"], strict=True
        )
    ]
    return renamed, towns, figures
