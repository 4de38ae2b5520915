"""Rivers of the gazetteer: one feature a river, with every name it goes by.

Courses are Natural Earth's where it draws the river; rivers.toml joins the pieces that Natural
Earth names by country (Firat, Al Furat, Euphrates) and repairs names its file has lost letters of.
Rivers it lacks are paths through the lines of World Data Bank II (see wdb.py), named by rivers.toml
and checked there against the towns that they pass. A few that neither draws, and that reports name
often, are traced from town to town on their banks, and are as uncertain as that is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops

from . import wdb
from .courses import Courses, Flags, Floats, without_repeats

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE = Path(__file__).with_name("rivers.toml")
NE_SOURCE, WDB_SOURCE = "Natural Earth 1:10m", "WDB II (GSHHG)"
TRACED_SOURCE = "traced through towns on its banks"
# docs/decisions/0005-rivers.md says where these come from.
NE_UNCERTAINTY_M, WDB_UNCERTAINTY_M, TRACED_UNCERTAINTY_M = 2_000.0, 1_500.0, 5_000.0
TRACED_STRAY = 0.2  # of the length of a chord, 90 % of a river lies no farther from it than this
TRIM_DEGREES = 0.12  # where a lake ends may be known no better
STUB_DEGREES = 0.005  # shorter pieces are digitising slips
MOUTH_LIMIT_M = 3_000.0
TRACED_MOUTH_LIMIT_M = 6_000.0
TOWN_LIMIT_KM = 6.0


class RiverError(Exception):
    """The table and the source data do not agree."""


def build(
    ne_shapefile: Path, wdb_folder: Path, countries: gpd.GeoDataFrame | None = None
) -> gpd.GeoDataFrame:
    """Every named river.

    Parameters
    ----------
    ne_shapefile : Path
        Natural Earth's 1:10m rivers and lake centrelines.
    wdb_folder : Path
        Folder with ``rivers_f.dat`` and ``riversmeta_f.dat``.
    countries : GeoDataFrame, optional
        Polygons with a column `country` (ISO 3166-1 alpha-2): a river that the table gives no
        country gets the one most of its length lies in; without polygons, an empty one.

    Returns
    -------
    GeoDataFrame
        id, name, names, kind, country, admin1, population, uncertainty_m, source, geometry.

    Raises
    ------
    RiverError
        If a river of the table is not in its source, or does not pass its towns.
    """
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    drawn = _natural_earth(ne_shapefile, wdb.read_shore(wdb_folder), table)
    stems = dict(zip(drawn["id"], drawn["geometry"], strict=True))
    added = _world_data_bank(wdb_folder, table["wdb"], stems)
    stems |= dict(zip(added["id"], added["geometry"], strict=True))
    frame = pd.concat([drawn, added, _traced(table["traced"], stems)], ignore_index=True)
    frame = frame.assign(kind="river", admin1="", population=0)
    rivers = gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)
    if countries is not None:
        rivers["country"] = rivers["country"].where(
            rivers["country"] != "", _main_country(rivers, countries)
        )
    repeated = rivers.loc[rivers["id"].duplicated(), "id"]
    if len(repeated):
        raise RiverError(f"ids given twice: {sorted(repeated)}")
    unknown = (set(table["doubts"]) | set(table["ends"])) - set(rivers["id"])
    if unknown:
        raise RiverError(f"doubts about rivers that are not there: {sorted(unknown)}")
    columns = ["id", "name", "names", "kind", "country", "admin1", "population"]
    return rivers[[*columns, "uncertainty_m", "source", "geometry"]]


def write_doubts(path: Path) -> None:
    """Write what is not certain of which river, for the library to read.

    Parameters
    ----------
    path
        The file: lines of id, doubts, source and mouth (lat, lon and km).
    """
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    lines = ["id,doubts,source,mouth"]
    for identifier, doubts in sorted(table["doubts"].items()):
        known = table["ends"].get(identifier, {})
        if not known.keys() <= set(doubts) | ({"mouth"} if "delta" in doubts else set()):
            raise RiverError(f"[ends] {identifier}: what is drawn needs no point")
        ends = [" ".join(map(str, known.get(word, []))) for word in ("source", "mouth")]
        lines.append(",".join([identifier, " ".join(doubts), *ends]))
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


# Natural Earth ------------------------------------------------------------------------------------


def _natural_earth(shapefile: Path, shore: Floats, table: dict[str, Any]) -> pd.DataFrame:
    pieces = _pieces(shapefile, table)
    courses = Courses(pieces["geometry"].to_numpy(), pieces["name"], shore)
    rows: list[tuple[str, list[str], str, Flags]] = []
    along: dict[str, Flags] = {}
    taken = np.zeros(len(pieces), bool)
    for river in table["natural_earth"]:
        own = _own(pieces, river["pieces"])
        if (own & taken).any():
            raise RiverError(f"{river['id']}: pieces that are another river's")
        taken |= own
        drawn = pieces.loc[own, "names"].explode()
        names = _distinct([river["name"], *river.get("names", []), *drawn])
        identifier = f"ne:river:{river['id']}"
        along[identifier] = _own(pieces, river.get("along", []))
        rows.append((identifier, names, river["country"], own))

    number = courses.namesakes(~taken & (pieces["name"] != "").to_numpy())
    for each in range(number.max() + 1):
        own = number == each
        names = _distinct(pieces.loc[own, "names"].explode())
        rows.append((f"ne:river:{_slug(names[0])}", names, "", own))
    frame = pd.DataFrame(rows, columns=["id", "names", "country", "own"])
    listed = np.arange(len(frame)) < len(table["natural_earth"])
    drawn = [shapely.multilinestrings(pieces.loc[own, "geometry"]) for own in frame["own"]]
    frame["id"] = frame["id"].where(listed, _distinct_ids(frame["id"], pd.Series(drawn)))
    mouths = {f"ne:river:{key}": given for key, given in table["mouths"].items()}
    unknown = set(mouths) - set(frame["id"])
    if unknown:
        raise RiverError(f"mouths of rivers that are not there: {sorted(unknown)}")
    frame["geometry"] = [
        courses.course(own, mouths.get(identifier, ()), along.get(identifier))
        for identifier, own in zip(frame["id"], frame.pop("own"), strict=True)
    ]
    for key, ends in table["trim"].items():
        row = frame["id"] == f"ne:river:{key}"
        if not row.any():
            raise RiverError(f"[trim] {key} is not there")
        frame.loc[row, "geometry"] = [_trimmed(line, ends, key) for line in frame["geometry"][row]]
    frame["name"] = frame["names"].str[0]
    return frame.assign(uncertainty_m=NE_UNCERTAINTY_M, source=NE_SOURCE)


def _trimmed(line: shapely.Geometry, ends: dict[str, list[float]], key: str) -> shapely.Geometry:
    """Let the main course begin and end where the table says, and drop what lies before."""
    stem, *rest = shapely.get_parts(line)
    for end, (lat, lon) in ends.items():
        spot = shapely.Point(lon, lat)
        if stem.distance(spot) > TRIM_DEGREES:
            raise RiverError(f"[trim] {key}: {lat}, {lon} is {stem.distance(spot):.2f} deg off")
        at = stem.project(spot)
        span = (at, stem.length) if end == "from" else (0.0, at)
        stem = shapely.ops.substring(stem, *span)
    return shapely.MultiLineString([stem, *rest]) if rest else stem


def _own(pieces: pd.DataFrame, keys: list[Any]) -> Flags:
    wanted = {str(key) for key in keys}
    unknown = wanted - set(pieces["key"])
    if unknown:
        raise RiverError(f"pieces that are not there: {sorted(unknown)}")
    return pieces["key"].isin(wanted).to_numpy()


def _pieces(shapefile: Path, table: dict[str, Any]) -> pd.DataFrame:
    """Read simple lines with their key: the file's rivernum, or what the table moves them to."""
    raw = gpd.read_file(shapefile, encoding="cp1252")
    raw = raw[["name", "name_alt", "rivernum", "geometry"]].explode(ignore_index=True)
    raw = raw[shapely.length(raw.geometry.values) > STUB_DEGREES].reset_index(drop=True)
    for column in ("name", "name_alt"):
        text = raw[column].fillna("").str.replace(r"[\x80-\x9f]", "", regex=True)
        text = text.str.replace(r"\s+", " ", regex=True).str.strip()
        raw[column] = text.replace(table["repairs"])
    raw["key"] = raw["rivernum"].astype(int).astype(str)
    raw.loc[raw["key"] == "0", "key"] = raw["name"]
    raw = _cut(raw, table["cut"])
    for move in table["move"]:
        spot = shapely.Point(move["at"][::-1])
        near = shapely.dwithin(raw.geometry.values, spot, 0.1)
        own = (raw["rivernum"] == move["rivernum"]) & near
        if not own.any():
            raise RiverError(f"nothing of rivernum {move['rivernum']} at {move['at']}")
        raw.loc[own, ["name", "name_alt", "key"]] = [move["name"], "", move["key"]]
    lost = raw.loc[(raw["name"] + raw["name_alt"]).str.contains("?", regex=False), "name"]
    if len(lost):
        raise RiverError(f"names with lost letters, to be repaired: {sorted(set(lost))}")
    raw["names"] = [
        _distinct([*_parenthesised(name), *_parenthesised(other)])
        for name, other in zip(raw["name"], raw["name_alt"], strict=True)
    ]
    raw["name"] = raw["names"].str[0].fillna("")
    return pd.DataFrame(raw)


def _cut(pieces: pd.DataFrame, table: list[dict[str, Any]]) -> pd.DataFrame:
    """Cut pieces that are two rivers at the vertex nearest to where one becomes the other."""
    for cut in table:
        spot = np.array(cut["at"][::-1])
        near = shapely.dwithin(pieces["geometry"].to_numpy(), shapely.Point(spot), 0.1)
        own = np.flatnonzero((pieces["rivernum"] == cut["rivernum"]) & near)
        if len(own) != 1:
            raise RiverError(f"{len(own)} pieces of rivernum {cut['rivernum']} at {cut['at']}")
        row = pieces.iloc[own[0]]
        line = shapely.get_coordinates(row["geometry"])
        at = int(np.hypot(*(line - spot).T)[1:-1].argmin()) + 1
        halves = [shapely.LineString(line[: at + 1]), shapely.LineString(line[at:])]
        added = pd.DataFrame([row, row]).assign(geometry=halves)
        pieces = pd.concat([pieces.drop(index=row.name), added], ignore_index=True)
    return pieces


# World Data Bank II -------------------------------------------------------------------------------


def _world_data_bank(
    folder: Path, table: list[dict[str, Any]], stems: dict[str, shapely.Geometry]
) -> pd.DataFrame:
    network = wdb.Network.of(wdb.read(folder))
    stems = dict(stems)
    rows, problems = [], []
    for river in table:
        identifier = f"wdb:river:{river['id']}"
        try:
            course = np.array(river["course"], dtype=float)[:, ::-1]
            line = network.path(course, gap_m=1e3 * river.get("gap_km", 0.0))
            if "into" in river:
                line = wdb.end_on(line, stems[river["into"]], MOUTH_LIMIT_M)
        except wdb.NoPathError as error:
            problems.append(f"{identifier}: {error}")
            continue
        drawn = shapely.LineString(without_repeats(line))
        problems += [f"{identifier}: {problem}" for problem in _missed_towns(drawn, river)]
        stems[identifier] = drawn
        names = _distinct([river["name"], *river.get("names", [])])
        rows.append((identifier, names[0], names, river["country"], drawn))
    if problems:
        raise RiverError("\n".join(problems))
    frame = pd.DataFrame(rows, columns=["id", "name", "names", "country", "geometry"])
    return frame.assign(uncertainty_m=WDB_UNCERTAINTY_M, source=WDB_SOURCE)


def _traced(table: list[dict[str, Any]], stems: dict[str, shapely.Geometry]) -> pd.DataFrame:
    """Lead rivers straight from town to town, and on to the river they flow into."""
    stems = dict(stems)
    rows, problems = [], []
    for river in table:
        identifier = f"traced:river:{river['id']}"
        line = np.array([town["at"][::-1] for town in river["through"]])
        longest = wdb.metres(line[1:], line[:-1]).max()
        if "into" in river:
            try:
                line = wdb.lead_to(line, stems[river["into"]], TRACED_MOUTH_LIMIT_M)
            except wdb.NoPathError as error:
                problems.append(f"{identifier}: {error}")
                continue
        stems[identifier] = shapely.LineString(without_repeats(line))
        names = _distinct([river["name"], *river.get("names", [])])
        uncertainty = round(max(TRACED_UNCERTAINTY_M, TRACED_STRAY * longest), -2)
        rows.append((identifier, names[0], names, river["country"], stems[identifier], uncertainty))
    if problems:
        raise RiverError("\n".join(problems))
    columns = ["id", "name", "names", "country", "geometry", "uncertainty_m"]
    return pd.DataFrame(rows, columns=columns).assign(source=TRACED_SOURCE)


def _missed_towns(course: shapely.LineString, river: dict[str, Any]) -> Iterable[str]:
    for town in river["towns"]:
        lat, lon = town["at"]
        scale = np.array([np.cos(np.radians(lat)), 1.0])
        line = shapely.transform(course, lambda points, scale=scale: points * scale)
        away = shapely.distance(line, shapely.Point(np.array([lon, lat]) * scale))
        away *= wdb.M_PER_DEGREE / 1e3
        if away > town.get("within_km", TOWN_LIMIT_KM):
            yield f"passes {town['name']} at {away:.1f} km"


# Names, ids, countries ----------------------------------------------------------------------------


def _parenthesised(name: str) -> list[str]:
    """Both names of "Hong (Red)"."""
    outer, _, inner = name.partition("(")
    return [part for part in (outer.strip(), inner.rstrip(") ").strip()) if part]


def _distinct(names: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _distinct_ids(ids: pd.Series, lines: pd.Series) -> pd.Series:
    """Tell namesakes apart by where they lie, which does not change with the file's numbering."""
    middle = shapely.get_coordinates(shapely.centroid(lines.to_numpy()))
    where = [
        f"-{abs(lat):.0f}{'n' if lat >= 0 else 's'}{abs(lon):.0f}{'e' if lon >= 0 else 'w'}"
        for lon, lat in middle
    ]
    return ids.where(~ids.duplicated(keep=False), ids + pd.Series(where, index=ids.index))


def _main_country(rivers: gpd.GeoDataFrame, countries: gpd.GeoDataFrame) -> pd.Series:
    shared = gpd.overlay(
        rivers[["id", "geometry"]], countries[["country", "geometry"]], keep_geom_type=True
    )
    latitude = np.radians(shapely.get_y(shapely.centroid(shared.geometry.values)))
    length = shapely.length(shared.geometry.values) * np.sqrt(np.cos(latitude))
    most = shared.assign(length=length).groupby(["id", "country"])["length"].sum().reset_index()
    most = most.sort_values("length").drop_duplicates("id", keep="last").set_index("id")
    return rivers["id"].map(most["country"]).fillna("")
