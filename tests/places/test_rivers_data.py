"""The rivers of the embedded gazetteer, against the table they were built from and the towns."""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoevents.places.gazetteer import Gazetteer

TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "tools" / "gazetteer" / "rivers.toml").read_text(encoding="utf-8")
)
LISTED = {river["id"]: river for river in TABLE["wdb"]}
WGS84 = Geod(ellps="WGS84")
ROUNDING_M = 50.0  # lines are kept on a grid


@cache
def river(identifier):
    return Gazetteer.default().features([identifier]).iloc[0]


def away_m(line, lat, lon):
    """Geodesic distance to the point nearest in a plane that is right around the place."""
    shrink = np.array([np.cos(np.radians(lat)), 1.0])
    plane = shapely.transform(line, lambda points: points * shrink)
    near = shapely.shortest_line(plane, shapely.Point(lon * shrink[0], lat))
    x, y = shapely.get_coordinates(near)[0] / shrink
    return WGS84.inv(x, y, lon, lat)[2]


def ends(line):
    parts = shapely.get_parts(line)
    return parts[0].coords[0], parts[-1].coords[-1]


def test_khabur_meets_the_euphrates_by_al_busayrah():
    khabur = river("wdb:river:khabur-sy").geometry
    lon, lat = khabur.coords[-1]
    assert WGS84.inv(lon, lat, 40.427, 35.156)[2] < 2_000
    assert away_m(river("ne:river:euphrates").geometry, lat, lon) < ROUNDING_M


def test_khabur_runs_from_ras_al_ayn_southwards():
    khabur = river("wdb:river:khabur-sy").geometry
    assert away_m(khabur, 36.850, 40.071) < 4_000
    assert khabur.coords[0][1] > 36.8
    # Some 300 km in Syria, by the encyclopedias; its whole course is given as 320 km.
    assert 280 < WGS84.geometry_length(khabur) / 1e3 < 330


def test_deir_ez_zor_lies_on_the_euphrates():
    assert away_m(river("ne:river:euphrates").geometry, 35.33588, 40.14084) < 2_000


def test_euphrates_is_one_line_with_the_names_of_its_pieces():
    euphrates = river("ne:river:euphrates")
    assert euphrates.geometry.geom_type == "LineString"
    names = {euphrates["name"], *euphrates["names"]}
    assert {"Euphrates", "Al Furat", "Firat", "Fırat", "الفرات", "Евфрат"} <= names
    assert euphrates.kind == "river"


@pytest.mark.parametrize(
    ("identifier", "source", "mouth"),
    [
        ("ne:river:euphrates", (41.5, 40.2), (47.5, 31.0)),  # Erzurum to al-Qurnah
        ("ne:river:tigris", (39.2, 38.4), (47.4, 31.0)),
        ("ne:river:dnipro", (33.7, 55.9), (32.6, 46.7)),
        ("ne:river:donets", (37.0, 51.0), (40.9, 47.6)),
        ("ne:river:don", (38.3, 54.1), (39.4, 47.1)),  # drawn upstream in the source
        ("ne:river:lena", (108.0, 54.0), (126.7, 72.3)),  # drawn upstream in the source
        ("ne:river:white-nile", (32.0, 3.6), (32.5, 15.6)),
        ("ne:river:salween", (91.5, 31.9), (97.7, 16.5)),
        ("ne:river:rhine", (8.7, 46.6), (4.08, 51.84)),  # down the Waal to the Haringvliet
        ("ne:river:elbe", (15.6, 50.7), (9.8, 53.5)),  # two arms at Hamburg
    ],
)
def test_rivers_run_downstream(identifier, source, mouth):
    first, last = ends(river(identifier).geometry)
    assert first == pytest.approx(source, abs=0.1)
    assert last == pytest.approx(mouth, abs=0.1)


@pytest.mark.parametrize("identifier", LISTED)
def test_river_passes_its_towns(identifier):
    listed = LISTED[identifier]
    line = river(f"wdb:river:{identifier}").geometry
    known = [town for town in listed["towns"] if "id" in town]
    spots = {town["name"]: town["at"] for town in listed["towns"] if "id" not in town}
    points = Gazetteer.default().features([f"geonames:{town['id']}" for town in known]).geometry
    spots |= {town["name"]: (p.y, p.x) for town, p in zip(known, points, strict=True)}
    limits = {town["name"]: 1e3 * town.get("within_km", 6) for town in listed["towns"]}
    far = {name: away_m(line, *at) for name, at in spots.items()}
    assert {name: m for name, m in far.items() if m > limits[name] + ROUNDING_M} == {}


@pytest.mark.parametrize("identifier", [key for key, listed in LISTED.items() if "into" in listed])
def test_tributary_ends_on_its_main_stem(identifier):
    lon, lat = river(f"wdb:river:{identifier}").geometry.coords[-1]
    assert away_m(river(LISTED[identifier]["into"]).geometry, lat, lon) < ROUNDING_M


@pytest.mark.parametrize("identifier", LISTED)
def test_course_has_no_leaps_but_over_lakes(identifier):
    points = np.array(river(f"wdb:river:{identifier}").geometry.coords)
    steps = WGS84.inv(*points[:-1].T, *points[1:].T)[2] / 1e3
    assert steps.max() < max(LISTED[identifier].get("gap_km", 0), 6.5)


def test_sources_tell_the_licences_apart():
    default = Gazetteer.default()
    frame = default.features([f"wdb:river:{key}" for key in LISTED])
    assert set(frame["source"]) == {"WDB II (GSHHG)"}
    assert set(default.features(["ne:river:euphrates"])["source"]) == {"Natural Earth 1:10m"}


@pytest.mark.parametrize("identifier", LISTED)
def test_no_river_is_there_twice(identifier):
    """No namesake from Natural Earth runs along a river of World Data Bank II."""
    own = river(f"wdb:river:{identifier}")
    twins = Gazetteer.default().search(own["name"], kind="river", limit=20)
    twins = twins[twins["source"] == "Natural Earth 1:10m"]
    middle = own.geometry.interpolate(0.5, normalized=True)
    beside = [
        twin.id
        for twin in twins.itertuples()
        if own["name"] in (twin.name, *twin.names)
        and away_m(twin.geometry, middle.y, middle.x) < 20_000
    ]
    assert beside == []


@pytest.mark.parametrize("listed", TABLE["traced"], ids=lambda listed: listed["id"])
def test_traced_river_says_how_rough_it_is(listed):
    traced = river(f"traced:river:{listed['id']}")
    assert traced.source == "traced through towns on its banks"
    assert traced.uncertainty_m >= 5_000
    assert max(away_m(traced.geometry, *place["at"]) for place in listed["through"]) < ROUNDING_M
    if "into" in listed:
        lon, lat = traced.geometry.coords[-1]
        assert away_m(river(listed["into"]).geometry, lat, lon) < ROUNDING_M


def test_a_second_khabur_flows_past_zakho():
    khabur = river("traced:river:khabur-iq")
    assert khabur["name"] == river("wdb:river:khabur-sy")["name"]
    assert away_m(khabur.geometry, 37.144, 42.682) < 3_000
