"""The embedded data itself: complete, valid, and where the places really are."""

import re
import unicodedata
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod
from rapidfuzz import fuzz

import geoevents as ge
from geoevents.places import store
from geoevents.places.store import KINDS, Store

DATA = Path(store.__file__).parent / "data"
WORLD = (-180.0, -90.0, 180.0, 90.0)
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def gazetteer():
    return ge.Gazetteer.default()


@pytest.fixture(scope="module")
def everything(gazetteer):
    return gazetteer.window(WORLD)


@pytest.fixture(scope="module")
def countries(everything):
    return everything[everything["kind"] == "country"].set_index("country")


@pytest.fixture(scope="module")
def provinces(everything):
    return everything[everything["kind"] == "admin1"]


def metres_between(a, b):
    near = shapely.get_coordinates(shapely.shortest_line(a, b))
    return GEOD.inv(*near[0], *near[1])[2]


def test_window_of_the_world_is_everything(gazetteer, everything):
    assert len(everything) == len(gazetteer)


def test_counts_by_kind(everything):
    counts = everything["kind"].value_counts()
    assert counts["populated place"] > 235_000
    assert counts["country"] == 250  # every ISO code that GeoNames has, but two abolished ones
    assert counts["admin1"] > 3_700
    assert counts["admin2"] > 3_900
    assert counts["river"] > 1_000


def test_ids_are_unique(everything):
    assert everything["id"].is_unique


def test_kinds_are_known(everything):
    assert set(everything["kind"]) <= set(KINDS)


def test_everything_has_a_name_a_source_and_an_uncertainty(everything):
    assert (everything["name"].str.len() > 0).all()
    assert (everything["source"].str.len() > 0).all()
    assert (everything["uncertainty_m"] > 0).all()
    assert (everything["uncertainty_m"] < 300_000).all()


def test_geometry_fits_the_kind(everything):
    fits = {
        "country": {"Polygon", "MultiPolygon"},
        "admin1": {"Polygon", "MultiPolygon"},
        "admin2": {"Polygon", "MultiPolygon"},
        "region": {"Polygon", "MultiPolygon"},
        "populated place": {"Point"},
        "river": {"LineString", "MultiLineString"},
    }
    for kind, types in fits.items():
        assert set(everything.loc[everything["kind"] == kind, "geometry"].geom_type) <= types, kind


def test_every_geometry_is_valid_and_on_the_globe(everything):
    assert everything.geometry.is_valid.all()
    assert not everything.geometry.is_empty.any()
    bounds = everything.total_bounds
    assert bounds[0] >= -180
    assert bounds[1] >= -90
    assert bounds[2] <= 180.0001
    assert bounds[3] <= 90


def test_syria_has_its_area(countries):
    assert ge.area(countries.loc["SY", "geometry"]) == pytest.approx(185_180, rel=0.02)


@pytest.mark.parametrize(
    ("country", "km2"),
    [
        # Official areas, where they do not count disputed land or large lakes.
        ("UA", 603_700),
        ("IQ", 437_072),
        ("ML", 1_240_000),
        ("AF", 647_500),
        ("SS", 644_329),
        ("SD", 1_861_484),
        ("ET", 1_127_127),
        ("DE", 357_021),
    ],
)
def test_countries_have_their_area(countries, country, km2):
    assert ge.area(countries.loc[country, "geometry"]) == pytest.approx(km2, rel=0.03)


def test_most_countries_are_named_by_what_people_write(gazetteer):
    for name, country in [
        ("سوريا", "SY"),
        ("العراق", "IQ"),
        ("Україна", "UA"),
        ("Россия", "RU"),
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("DR Congo", "CD"),
        ("Türkiye", "TR"),
    ]:
        found = gazetteer.search(name, kind="country")
        assert found["country"].iloc[0] == country, name


def test_every_province_lies_in_its_country(provinces, countries):
    whole = countries.geometry.reindex(provinces["country"]).to_numpy()
    shared = shapely.area(shapely.intersection(provinces.geometry.to_numpy(), whole))
    assert (shared / shapely.area(provinces.geometry.to_numpy()) > 0.99).all()


def test_provinces_do_not_overlap(provinces):
    syria = provinces[provinces["country"] == "SY"].geometry.to_numpy()
    assert len(syria) == 14
    overlap = shapely.area(syria).sum() - shapely.union_all(syria).area
    assert overlap == pytest.approx(0, abs=1e-4)


def test_towns_lie_in_their_country(everything, countries):
    towns = everything[everything["kind"] == "populated place"]
    points = towns.geometry.to_numpy()
    whole = countries.geometry.reindex(towns["country"]).to_numpy()
    assert not shapely.is_missing(whole).any()
    shapely.prepare(whole)
    out = ~shapely.intersects(whole, points)
    far = ~shapely.dwithin(points[out], whole[out], 0.05)
    assert far.sum() / len(towns) < 0.002


def test_nearly_every_town_has_a_province(everything):
    towns = everything[everything["kind"] == "populated place"]
    assert (towns["admin1"].fillna("") == "").sum() < 20


def test_deir_ez_zor_stands_by_the_euphrates(gazetteer):
    town, river = gazetteer.features(["geonames:170794", "ne:river:euphrates"]).geometry
    assert metres_between(town, river) < 2_000


def test_khabur_meets_the_euphrates_at_al_busayrah(gazetteer):
    khabur = gazetteer.search("Khabur", kind="river", country="SY")["geometry"].iloc[0]
    euphrates = gazetteer.features(["ne:river:euphrates"]).geometry.iloc[0]
    mouth = shapely.shortest_line(khabur, euphrates)
    assert mouth.length < 0.001
    start = shapely.get_coordinates(mouth)[0]
    assert GEOD.inv(*start, 40.427, 35.156)[2] < 2_000


def test_deir_ez_zor_province_is_there_and_as_wrong_as_documented(gazetteer):
    province = gazetteer.features(["ne:admin1:SY.DY"])
    assert province["name"].iloc[0] == "Deir ez-Zor"
    assert ge.area(province.geometry).iloc[0] == pytest.approx(26_700, rel=0.01)
    assert "دير الزور" in province["names"].iloc[0]


@pytest.mark.parametrize(
    ("name", "kind", "country", "id_"),
    [
        ("Raqqa", "populated place", "SY", "geonames:172955"),
        ("Raqqa", "admin1", "SY", "ne:admin1:SY.RA"),
        ("Al-Shaddadi", "populated place", "SY", "geonames:172837"),
        ("Nineveh", "admin1", "IQ", "ne:admin1:IQ.NI"),
        ("Texas", "admin1", "US", "us:state:48"),
        ("Autauga County", "admin2", "US", "us:county:01001"),
        ("Catalonia", "admin1", "ES", "ne:region:ES.catalonia"),
        ("Ituri", "region", "CD", "sketch:CD.ituri"),
        ("Western Sahara", "country", "EH", "iso:EH"),
    ],
)
def test_known_places_are_found(gazetteer, name, kind, country, id_):
    assert gazetteer.search(name, kind=kind, country=country)["id"].iloc[0] == id_


def test_western_sahara_is_whole(countries):
    assert ge.area(countries.loc["EH", "geometry"]) == pytest.approx(266_000, rel=0.02)


def test_a_sketch_says_that_it_is_one(gazetteer):
    sketch = gazetteer.features(["sketch:CD.ituri"]).iloc[0]
    assert sketch["source"].startswith("sketched")
    assert sketch["uncertainty_m"] > 20_000
    assert sketch["geometry"].contains(shapely.Point(30.25, 1.57))  # Bunia


def test_no_code_of_an_airport_is_a_name(gazetteer):
    assert "DEZ" not in gazetteer.features(["geonames:170794"])["names"].iloc[0]


def test_licences_stand_beside_the_data():
    names = {path.name for path in (DATA / "LICENSES").iterdir()}
    assert {"GeoNames-CC-BY-4.0.txt", "WDB-II-LGPL-3.txt", "WDB-II-GPL-3.txt"} <= names
    assert "wdb.gaz" in (DATA / "NOTICE").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (DATA / "PROVENANCE.md").read_text(encoding="utf-8")


def test_lgpl_lines_are_in_a_file_of_their_own():
    sources = {
        path.name: set(Store.open(path).column("source", np.arange(len(Store.open(path)))))
        for path in DATA.glob("*.gaz")
    }
    assert all("WDB" in source for source in sources["wdb.gaz"])
    assert not any("WDB" in source for source in sources["core.gaz"])


def test_data_stays_small():
    total = sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file())
    assert total < 70e6


HARMLESS = {
    # A city that is a province, or lies in one, beside a province of its name.
    ("ne:admin1:AR.DF", "ne:admin1:AR.BA"),
    ("ne:admin1:BY.HM", "ne:admin1:BY.MI"),
    ("ne:admin1:KOR-2506", "ne:admin1:KOR-2500"),
    ("ne:admin1:KOR-2509", "ne:admin1:KOR-2504"),
    ("ne:admin1:KZ.AC", "ne:admin1:KZ.AA"),
    ("ne:admin1:TWN-1161", "ne:admin1:TWN-1162"),
    ("ne:admin1:SVN-213", "ne:admin1:SVN-255"),
}


def squeezed(name):
    """Reduce a name to its letters and digits, without accents and case."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", "", "".join(c for c in letters if not unicodedata.combining(c)))


def test_no_province_carries_the_name_of_another(provinces):
    found = set()
    for _, group in provinces.groupby("country"):
        ids, main = group["id"].tolist(), [squeezed(name) for name in group["name"]]
        owner = dict(zip(main, ids, strict=True))
        for own_id, own, names in zip(ids, main, group["names"], strict=True):
            for name in map(squeezed, names):
                if owner.get(name, own_id) != own_id and fuzz.ratio(name, own) < 90:
                    found.add((own_id, owner[name]))
    assert found == HARMLESS


@pytest.mark.parametrize(
    ("country", "province", "town", "at"),
    [
        # Units whose names Natural Earth has on the wrong polygon.
        ("RU", "Chukotka", "Anadyr", (177.51, 64.73)),
        ("RU", "Sakha", "Yakutsk", (129.73, 62.03)),
        ("ER", "Maekel", "Asmara", (38.93, 15.34)),
        ("ER", "Anseba", "Keren", (38.45, 15.78)),
        ("ER", "Debub", "Mendefera", (38.82, 14.89)),
        ("ER", "Northern Red Sea", "Massawa", (39.45, 15.61)),
        ("EC", "Tungurahua", "Ambato", (-78.62, -1.25)),
        ("EC", "Napo", "Tena", (-77.82, -0.99)),
        ("PE", "Puno", "Puno", (-70.02, -15.84)),
        ("AF", "Daykundi", "Nili", (66.13, 33.72)),
        ("AF", "Panjshir", "Bazarak", (69.52, 35.31)),
        ("AL", "Tirana", "Tirana", (19.82, 41.33)),
        ("GY", "Upper Takutu-Upper Essequibo", "Lethem", (-59.80, 3.38)),
        ("GY", "Demerara-Mahaica", "Georgetown", (-58.15, 6.80)),
        ("AZ", "Lachin", "Lachin", (46.55, 39.64)),
        ("LY", "Tripoli", "Tajura", (13.35, 32.88)),
    ],
)
def test_a_province_holds_its_towns(gazetteer, country, province, town, at):
    polygon = gazetteer.search(province, kind="admin1", country=country)["geometry"].iloc[0]
    assert polygon.distance(shapely.Point(at)) < 0.05, town


@pytest.mark.parametrize("name", ["Chukotka", "Чукотка", "Chukotka Autonomous Okrug"])
def test_chukotka_is_not_sakha(name):
    place = ge.geocode(name)
    assert place.id == "ne:admin1:RU.CK"
    assert ge.area(place.geometry) == pytest.approx(721_000, rel=0.03)  # Sakha has 3,083,523


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("al-Suwar", "hand:SY.suwar"),
        ("الصور", "hand:SY.suwar"),
        ("Baghuz", "hand:SY.baghuz"),
        ("al-Tanf", "hand:SY.tanf"),
        ("Robotyne", "hand:UA.robotyne"),
        ("Palmyra", "geonames:163808"),
    ],
)
def test_places_of_reports_are_found(gazetteer, name, id_):
    country = "UA" if ":UA." in id_ else "SY"
    assert gazetteer.search(name, country=country)["id"].iloc[0] == id_


def test_al_suwar_stands_by_the_khabur_and_baghuz_by_the_euphrates(gazetteer):
    rivers = gazetteer.features(["wdb:river:khabur-sy", "ne:river:euphrates"])
    towns = gazetteer.features(["hand:SY.suwar", "hand:SY.baghuz"])
    for town, river in zip(towns.geometry, rivers.geometry, strict=True):
        assert metres_between(town, river) < 3_000


def test_hand_written_places_say_how_well_they_are_known(everything):
    by_hand = everything[everything["source"] == "geoevents hand table"]
    assert len(by_hand) > 50
    assert (by_hand["uncertainty_m"] >= 3_000).all()
    assert set(by_hand["kind"]) == {"populated place", "facility", "lake"}


@pytest.mark.parametrize(
    ("name", "id_", "parts"),
    [
        ("دارفور", "union:SD.darfur", 5),
        ("Kordofan", "union:SD.kordofan", 2),
        ("Донбас", "union:UA.donbas", 2),
        ("Iraqi Kurdistan", "union:IQ.kurdistan", 3),
        ("Sinai", "union:EG.sinai", 2),
    ],
)
def test_a_union_is_its_provinces(gazetteer, provinces, name, id_, parts):
    region = gazetteer.search(name, kind="region")
    assert region["id"].iloc[0] == id_
    shape = region["geometry"].iloc[0]
    ours = provinces[provinces["country"] == region["country"].iloc[0]].geometry
    inside = ours[shapely.area(shapely.intersection(ours.to_numpy(), shape)) > 0.01]
    assert len(inside) == parts
    assert ge.area(shape) == pytest.approx(ge.area(inside).sum(), rel=1e-6)


@pytest.mark.parametrize(
    ("id_", "official_km2"),
    [
        ("ne:admin1:SY.DY", 33_060),
        ("ne:admin1:SY.HI", 40_940),
        ("ne:admin1:IQ.BG", 4_555),
        ("ne:admin1:SD.KA", 36_710),
        ("ne:admin1:SD.GD", 75_263),
    ],
)
def test_the_range_of_a_badly_drawn_province_holds_the_official_area(gazetteer, id_, official_km2):
    row = gazetteer.features([id_]).iloc[0]
    strip = ge.geodesy.buffer(row["geometry"].boundary, row["uncertainty_m"])
    low = ge.area(row["geometry"].difference(strip))
    high = ge.area(row["geometry"].union(strip))
    assert low <= official_km2 <= high


def test_towns_are_shown_without_scholarly_marks(everything):
    towns = everything[(everything["kind"] == "populated place") & (everything["country"] == "SY")]
    assert towns["name"].map(str.isascii).all()
    afrin = towns[towns["id"] == "geonames:174186"].iloc[0]
    assert afrin["name"] == "Afrin"
    assert "‘Afrīn" in afrin["names"]
