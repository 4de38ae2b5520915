"""The names that reports on the fights people map use, against the embedded gazetteer."""

import subprocess
import sys

import pandas as pd
import pytest

from geoevents.places import Gazetteer, PlaceNotFound, geocode

DEIR_EZ_ZOR = "geonames:170794"


@pytest.mark.parametrize(
    "spelling",
    [
        "Deir Ezzor", "Deir ez-Zor", "DEIR EZZOR", "Dayr az Zawr", "Deir al-Zour", "Deir ez Zour",
        "Der Zor", "Deir-ez-Zor", "deir ezzor city", "city of Deir Ezzor", "Дейр-эз-Зор",
        "دير الزور", "دَيْرُ الزَّوْرِ", "Deir Ezzor, Syria",
    ],
)  # fmt: skip
def test_deir_ez_zor(spelling):
    assert geocode(spelling).id == DEIR_EZ_ZOR


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Syria", "country", "SY"),
        ("سوريا", "country", "SY"),
        ("USA", "country", "US"),
        ("Ivory Coast", "country", "CI"),
        ("Republic of the Congo", "country", "CG"),
        ("Aleppo", "populated place", "SY"),
        ("Raqqa", "populated place", "SY"),
        ("Rakka", "populated place", "SY"),
        ("Ar Raqqah", "populated place", "SY"),
        ("Qamishli", "populated place", "SY"),
        ("Kamishly", "populated place", "SY"),
        ("Hasakah", "populated place", "SY"),
        ("Mayadin", "populated place", "SY"),
        ("al-Mayadeen", "populated place", "SY"),
        ("Shaddadi", "populated place", "SY"),
        ("Ash Shaddadah", "populated place", "SY"),
        ("Hajin", "populated place", "SY"),
        ("Hajin, Deir Ezzor", "populated place", "SY"),
        ("Kobane", "populated place", "SY"),
        ("Damascs", "populated place", "SY"),
        ("Los Angelas", "populated place", "US"),
        ("Bagdhad", "populated place", "IQ"),
        ("Salt Lake City", "populated place", "US"),
        ("Rio de Janeiro", "populated place", "BR"),
        ("Cape Town", "populated place", "ZA"),
        ("Springfield, IL", "populated place", "US"),
        ("Tripoli, Lebanon", "populated place", "LB"),
        ("Paris, Texas", "populated place", "US"),
        ("Deir Ezzor province", "admin1", "SY"),
        ("Raqqa Governorate", "admin1", "SY"),
        ("Donetsk Oblast", "admin1", "UA"),
        ("New York State", "admin1", "US"),
        ("California", "admin1", "US"),
        ("Euphrates", "river", None),
        ("River Euphrates", "river", None),
        ("Nahr al-Furat", "river", None),
        ("الفرات", "river", None),
        ("Khabur", "river", "SY"),
        ("Khabur River", "river", "SY"),
    ],
)
def test_names_in_the_news(name, kind, country):
    place = geocode(name)
    assert place.kind == kind
    assert country in (None, place.country)


@pytest.mark.parametrize(
    "name", ["Manbij district", "Xyzzyx", "Darfour Estates", "Hispaniola", "Qqqzzzx"]
)
def test_what_is_not_there_is_not_invented(name):
    with pytest.raises(PlaceNotFound) as caught:
        geocode(name)
    assert len(caught.value.suggestions) <= 3


@pytest.mark.parametrize(
    ("misspelt", "name"),
    [
        ("Mariuopol", "Mariupol"),
        ("Deir Ezor", "Deir ez-Zor"),
        ("Deri ez-Zor", "Deir ez-Zor"),
        ("Raqaa", "Raqqa"),
        ("Mogadischo", "Mogadishu"),
        ("Aleppppo", "Aleppo"),
        ("Sevastopool", "Sevastopol"),
    ],
)
def test_slips_of_the_pen(misspelt, name):
    place = geocode(misspelt)
    assert place.name == name
    assert place.score > 0.7


def test_many_misspellings_are_found_as_one_is():
    """With a country given, many are looked up among its names alone, one among all."""
    names = ["Deir Ezor", "Manbj", "Qamishly", "Hasakeh", "Mayadeen", "Busayrh", "Raqaa", "Aleppoo"]
    names += [
        "Damascuss",
        "Homms",
        "Hamaa",
        "Idlibb",
        "Latakiaa",
        "Tartuus",
        "Palmyraa",
        "Euphrats",
    ]
    names += ["Darraa", "Sweidaa", "Kobanee", "Afrinn", "Xyzzyx"]
    many = geocode(names, country="SY")["feature_id"]
    for name, found in zip(names, many, strict=True):
        try:
            assert geocode(name, country="SY").id == found
        except PlaceNotFound:
            assert pd.isna(found)
    assert many.notna().sum() > len(names) // 2


def test_places_abroad_are_not_taken_for_those_of_the_country_asked_for():
    with pytest.raises(PlaceNotFound, match=r"in SY. There is Paris \(populated place\) in FR"):
        geocode("Paris", country="SY")
    with pytest.raises(PlaceNotFound) as caught:
        geocode("Manbijj Gardens", country="SY", kind="populated place")
    assert all(name.endswith("(populated place, SY)") for name in caught.value.suggestions)
    frame = geocode(["Euphrates", "Danube", "Euphrates River"], country=["SY"])
    assert frame["name"].isna().tolist() == [False, True, False]
    assert geocode("Danube", country="AT").kind == "river"


def test_the_country_decides_between_namesakes():
    assert geocode("Busayra", country="SYR").id == "geonames:173927"
    assert geocode("Busayra", country="JO").country == "JO"
    assert geocode("Tripoli", country="Libya").country == "LY"
    assert geocode("Tripoli", country="LB").country == "LB"
    frame = geocode(["Deir Ezzor", "Euphrates", "Turkey"], country=["SY", "TR"])
    assert frame["kind"].tolist() == ["populated place", "river", "country"]


def test_rivers_where_people_live_come_first():
    """The Litani of Lebanon, 500,000 people by it, before that of Suriname, as long."""
    litani = geocode("Litani")
    assert (litani.country, litani.kind) == ("LB", "river")
    assert [other.country for other in litani.alternatives] == ["SR"]


def test_an_island_off_franz_josef_land_is_not_murmansks():
    """Natural Earth has it there; the mainland ends at 70° north."""
    assert geocode("Murmansk Oblast").geometry.bounds[3] < 71
    assert geocode("Arkhangelsk Oblast").geometry.bounds[3] > 80


def test_a_city_keeps_its_extent_when_people_flee():
    """Kherson is some 12 km long."""
    assert 3_000 < geocode("Kherson").uncertainty_m < 6_000


def test_kurdistan_is_ambiguous_and_iraqs_first():
    kurdistan = geocode("Kurdistan")
    assert kurdistan.country == "IQ"
    assert kurdistan.ambiguous
    assert [other.country for other in kurdistan.alternatives] == ["IR"]
    assert geocode("Kurdistan", country="IR").country == "IR"


@pytest.mark.parametrize(
    ("name", "river"),
    [("Bangui", "ubangi"), ("Osijek", "drava"), ("Juba", "nile"), ("Galați", "danube")],
)
def test_towns_lie_on_the_river_that_they_are_said_to(name, river):
    """Natural Earth files the river by three of these towns under other names."""
    (line,) = Gazetteer.default().features([f"ne:river:{river}"]).geometry
    assert line.distance(geocode(name).point) < 0.1


def test_a_report_on_one_country_pulls_its_names():
    frame = geocode(["Busayra", "Mayadin", "Hajin", "Deir Ezzor", "Shaddadi"])
    assert set(frame["country"]) == {"SY"}


def test_every_main_name_of_a_country_is_that_country():
    gazetteer = Gazetteer.default()
    countries = gazetteer.window((-180, -90, 180, 90), kinds=["country"])
    wrong = []
    for row in countries.itertuples():
        found = geocode(row.name, gazetteer=gazetteer, kind="country")
        if found.id != row.id:
            wrong.append((row.name, str(found)))
    assert wrong == []


def test_one_name_loads_neither_pandas_nor_geopandas():
    code = (
        "import sys, geoevents; geoevents.geocode('Deir Ezzor'); geoevents.geocode('Damascs');"
        "print([m for m in ('pandas', 'geopandas', 'pyogrio', 'pyproj', 'folium', 'geopy') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
