"""
Every row of phrases.toml: what a region must hold, miss and say.

The expectations were written before the phrases were located, from maps and general knowledge.
Points at an azimuth and distance are pyproj's, so are areas and distances here; grid references are
checked against UTM by hand (37S EV 12345 67890 is 512,345 m E, 3,967,890 m N of zone 37).
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer
from shapely import Point

from geoevents.localities import LocalityError, locate
from geoevents.places import Gazetteer, geocode

GEOD = Geod(ellps="WGS84")
TABLE = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))
AT = TABLE.pop("at")
REFUSED = TABLE.pop("refused")
ROWS = [(kind, row) for kind, rows in TABLE.items() for row in rows]
STUMBLES = re.compile(r" of (from|in|within|the the) | be 0 km2|\bnan\b|\bNone\b|  ")
UTM37 = Transformer.from_crs(32637, 4326, always_xy=True)


@lru_cache(maxsize=512)
def located(phrase, area=None, near=None):
    return locate(phrase, area_km2=area, near=near)


def point(text):
    """Read a point as the head of phrases.toml describes it."""
    text = text.strip()
    if "@" in text:
        start, _, offset = text.rpartition("@")
        bearing, km = map(float, offset.split(":"))
        return ahead(point(start), bearing, km)
    if ">" in text:
        base, river, rest = text.split(">")
        toward, _, km = rest.partition(":")
        return down(river, point(base), point(toward), float(km))
    if "~" in text:
        return middle(text)
    if text.startswith("utm37:"):
        return UTM37.transform(*map(float, text[6:].split(",")))
    if text in AT:
        return tuple(AT[text])
    lon, lat = map(float, text.split(","))
    return lon, lat


def ahead(start, bearing, km):
    lon, lat, _ = GEOD.fwd(*start, bearing, 1000 * km)
    return lon, lat


def middle(text):
    """``A~B`` their middle, ``A~B:0.3`` part of the way, ``A~B/20`` to the right of the middle."""
    text, _, right = text.partition("/")
    text, _, share = text.partition(":")
    a, b = (point(name) for name in text.split("~"))
    bearing, _, metres = GEOD.inv(*a, *b)
    lon, lat, back = GEOD.fwd(*a, bearing, metres * float(share or 0.5))
    return ahead((lon, lat), back + 180 + 90, float(right)) if right else (lon, lat)


@lru_cache(maxsize=64)
def parts(river, lon, lat):
    """Vertices of each unbroken part of the river of that name nearest to a point."""
    found = Gazetteer.default().search(river, kind="river").geometry
    line = min(found, key=lambda geometry: geometry.distance(Point(lon, lat)))
    merged = shapely.line_merge(line) if line.geom_type != "LineString" else line
    drawn = (shapely.get_coordinates(part) for part in shapely.get_parts(merged))
    return [line[np.insert(np.diff(line, axis=0).any(axis=1), 0, True)] for line in drawn]


def abreast(vertices, at):
    """How many metres along a line it is nearest to a point, and how far from it, on the ground."""
    scale = np.array([np.cos(np.radians(at[1])), 1.0])
    start, step = vertices[:-1] * scale, np.diff(vertices, axis=0) * scale
    share = ((np.array(at) * scale - start) * step).sum(axis=1) / (step**2).sum(axis=1)
    share = np.clip(share, 0, 1)[:, None]
    foot = (start + share * step) / scale
    away = GEOD.inv(*foot.T, *np.broadcast_to(at, foot.shape).T)[2]
    nearest = int(away.argmin())
    walked = lengths(vertices)
    part = float(share[nearest, 0]) * (walked[nearest + 1] - walked[nearest])
    return walked[nearest] + part, away[nearest]


def lengths(vertices):
    return np.concatenate([[0.0], np.cumsum(GEOD.inv(*vertices[:-1].T, *vertices[1:].T)[2])])


def down(river, base, toward, km):
    """Walk along the drawn river from abreast of one place towards another."""
    vertices = min(parts(river, *base), key=lambda part: abreast(part, base)[1])
    start, end = abreast(vertices, base)[0], abreast(vertices, toward)[0]
    walk = start + np.sign(end - start) * 1000 * km
    walked = lengths(vertices)
    assert 0 <= walk <= walked[-1], "the drawn river ends before"
    return tuple(np.interp(walk, walked, axis) for axis in vertices.T)


def points(text):
    return [(part.strip(), Point(point(part))) for part in text.split("|")] if text else []


def km_between(a, b):
    return GEOD.inv(a.x, a.y, b.x, b.y)[2] / 1000


def farthest_km(at, region):
    x, y = shapely.get_coordinates(region).T
    return GEOD.inv(np.full(len(x), at.x), np.full(len(x), at.y), x, y)[2].max() / 1000


def size_km2(region):
    """Geodesic area; pyproj's sign says which way a ring runs."""
    return (
        sum(
            abs(GEOD.geometry_area_perimeter(shapely.Polygon(part.exterior))[0])
            - sum(
                abs(GEOD.geometry_area_perimeter(shapely.Polygon(hole))[0])
                for hole in part.interiors
            )
            for part in shapely.get_parts(region)
        )
        / 1e6
    )


def kinds(tree):
    return {line.split()[0] for line in str(tree).splitlines()}


def sound(found):
    """Yield what is wrong with a region whatever the phrase was."""
    region = found.geometry
    if region.geom_type not in {"Polygon", "MultiPolygon"}:
        yield f"is a {region.geom_type}"
        return
    if region.is_empty or not region.is_valid:
        yield f"empty or not valid: {shapely.is_valid_reason(region)}"
        return
    west, south, east, north = region.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        yield f"bounds {region.bounds}"
    if not shapely.intersects(region, found.point):
        yield f"does not hold its point {found.point}"
    if farthest_km(found.point, region) > found.uncertainty_m / 1000 * 1.001 + 0.01:
        yield f"reaches {farthest_km(found.point, region):.2f} km, said {found.uncertainty_m}"
    if found.area_km2 != pytest.approx(size_km2(region), rel=2e-3, abs=1e-6):
        yield f"area {found.area_km2}, by pyproj {size_km2(region)}"
    if not found.explain().startswith("Read as: "):
        yield f"explains {found.explain()!r}"
    if any(float(lon) > 180 for lon in re.findall(r"([\d.]+) [EW]\b", found.explain())):
        yield "explains with a longitude over 180"
    if STUMBLES.search(found.explain()):
        yield f"stumbles: {found.explain()}"


def place_wrong(row, found):
    """Yield what is not where the row says."""
    region = found.geometry
    for name, at in points(row.get("has")):
        if not region.intersects(at):
            yield f"misses {name} ({at.x:.3f}, {at.y:.3f}) by {region.distance(at) * 111:.1f} km"
    for name, at in points(row.get("lacks")):
        if region.intersects(at):
            yield f"holds {name} ({at.x:.3f}, {at.y:.3f})"
    for box in row.get("meets", "").split("|"):
        if box and not region.intersects(shapely.box(*map(float, box.split(",")))):
            yield f"does not reach {box.strip()}"
    if "point" in row:
        away = km_between(found.point, Point(point(row["point"])))
        if away > row.get("off", 5):
            yield f"its point {found.point} is {away:.2f} km from {row['point']}"


def size_wrong(row, found):
    """Yield what has not the size that the row says."""
    low, high = row.get("km2", (0, np.inf))
    if not low <= size_km2(found.geometry) <= high:
        yield f"has {size_km2(found.geometry):,.1f} km2"
    low, high = row.get("radius", (0, np.inf))
    if not low <= found.uncertainty_m / 1000 <= high:
        yield f"has an uncertainty of {found.uncertainty_m:,.1f} m"
    if "area" in row and size_km2(found.geometry) != pytest.approx(row["area"], rel=1e-3):
        yield f"has {size_km2(found.geometry)} km2"
    for other, inner, outer in (
        (row.get("same"), True, True),
        (row.get("inside"), True, False),
    ):
        if other is None:
            continue
        wide = located(other).geometry
        both = size_km2(shapely.intersection(found.geometry, wide))
        if inner and both < 0.995 * size_km2(found.geometry):
            yield f"is not inside {other!r}: {both / size_km2(found.geometry):.1%} is"
        if outer and both < 0.995 * size_km2(wide):
            yield f"does not cover {other!r}: {both / size_km2(wide):.1%} of it"


def reading_wrong(row, found):
    """Yield what was not read as the row says."""
    missing = set(row.get("tree", "").split()) - kinds(found.relation)
    if missing:
        yield f"read without {sorted(missing)}:\n{found.relation}"
    if row.get("ways", "") not in str(found.relation):
        yield f"read without {row['ways']!r}:\n{found.relation}"
    if not re.search(row.get("says", ""), found.explain()):
        yield f"explains without {row['says']!r}"
    if "land" in row and [place.country for place in found.places] != row["land"].split():
        yield f"means {[(place.name, place.kind, place.country) for place in found.places]}"


@pytest.mark.parametrize(
    ("kind", "row"), ROWS, ids=[f"{kind}: {row['phrase']}" for kind, row in ROWS]
)
def test_phrase(kind, row):
    try:
        found = located(row["phrase"], row.get("area"), row.get("near"))
    except LocalityError:
        if row.get("perhaps"):
            return
        raise
    wrong = [
        fault for check in (place_wrong, size_wrong, reading_wrong) for fault in check(row, found)
    ]
    wrong[:0] = sound(found)
    assert not wrong, f"{row['phrase']!r}\n- " + "\n- ".join(wrong) + f"\n{found.explain()}"


PLAIN = [row["phrase"] for _, row in ROWS if not row.keys() & {"area", "near", "perhaps"}]


@pytest.mark.parametrize("phrase", PLAIN[::9])
def test_case_and_spaces_do_not_matter(phrase):
    region = located(phrase).geometry
    for again in (phrase.upper(), phrase.lower(), f"  {phrase.replace(' ', '   ')} ", phrase + "."):
        assert located(again).geometry.equals(region), again


@pytest.mark.parametrize("row", REFUSED, ids=[row["phrase"] for row in REFUSED])
def test_refused(row):
    with pytest.raises(LocalityError, match=row.get("why")) as caught:
        locate(row["phrase"], area_km2=row.get("area"))
    error = caught.value
    underlined = error.text[error.start : error.end]
    assert row["refused"] in underlined
    assert "^" in str(error).splitlines()[-1]
    assert len(error.reason) > len("not understood")


COMPASS = {
    "N": "north",
    "NbE": "north by east",
    "NNE": "north-northeast",
    "NEbN": "northeast by north",
    "NE": "northeast",
    "NEbE": "northeast by east",
    "ENE": "east-northeast",
    "EbN": "east by north",
    "E": "east",
    "EbS": "east by south",
    "ESE": "east-southeast",
    "SEbE": "southeast by east",
    "SE": "southeast",
    "SEbS": "southeast by south",
    "SSE": "south-southeast",
    "SbE": "south by east",
    "S": "south",
    "SbW": "south by west",
    "SSW": "south-southwest",
    "SWbS": "southwest by south",
    "SW": "southwest",
    "SWbW": "southwest by west",
    "WSW": "west-southwest",
    "WbS": "west by south",
    "W": "west",
    "WbN": "west by north",
    "WNW": "west-northwest",
    "NWbW": "northwest by west",
    "NW": "northwest",
    "NWbN": "northwest by north",
    "NNW": "north-northwest",
    "NbW": "north by west",
}


@pytest.mark.parametrize(("nth", "short"), list(enumerate(COMPASS)))
def test_the_32_points(nth, short):
    bearing = 11.25 * nth
    # Among four points a word may be meant 45 degrees either way, among eight 22.5, and so on.
    tolerance = next(360 / n / 2 for n in (4, 8, 16, 32) if nth % (32 // n) == 0)
    found = located(f"123 km {short} of Agadez")
    agadez = found.places[0].geometry
    at = ahead((agadez.x, agadez.y), bearing, 123)
    assert km_between(found.point, Point(at)) < 0.01
    for turn in (-0.95, 0.0, 0.95):
        direct = ahead((agadez.x, agadez.y), bearing + turn * tolerance, 123)
        assert found.geometry.contains(Point(direct)), turn
    for turn in (-1, 1):  # the place's own extent, some 4 km, is 2 degrees from there
        beside = ahead((agadez.x, agadez.y), bearing + turn * (tolerance + 5), 123)
        assert not found.geometry.intersects(Point(beside)), turn
    words = COMPASS[short]
    spellings = {words, words.title(), words.replace("-", " "), words.upper()}
    for spelt in sorted(spellings):
        assert located(f"123 km {spelt} of Agadez").geometry.equals(found.geometry), spelt


def test_the_table_is_what_the_issue_asks_for():
    assert set(TABLE) == {"place", "nearness", "offset", "line", "between", "set", "figures"}
    assert all(len(rows) >= 30 for rows in TABLE.values())
    assert len(ROWS) + len(REFUSED) >= 180
    lands = {land for _, row in ROWS for land in row.get("land", "").split()}
    assert len(lands) >= 40
    distinct = {(row["phrase"], row.get("area"), row.get("near")) for _, row in ROWS}
    assert len(distinct) == len(ROWS)


def test_the_tables_points_are_where_the_gazetteer_has_such_towns():
    """Two sources, one from memory: a slip in either shows."""
    off = {}
    for name, (lon, lat) in AT.items():
        bare = name[:-3] if name[-3:-2] == " " and name[-2:].isupper() else name
        try:
            found = geocode(bare, near=Point(lon, lat), kind="populated place")
        except LookupError:
            continue
        away = km_between(Point(lon, lat), found.point)
        if away > 7:
            off[name] = away
    assert not off
