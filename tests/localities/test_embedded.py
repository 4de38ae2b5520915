"""Phrases on the embedded gazetteer: where each point lies is known from maps, not from here."""

import subprocess
import sys

import pytest
import shapely
from shapely import Point

from geoevents.geodesy import area
from geoevents.localities import LocalityError, locate

CITY = Point(40.141, 35.336)  # the centre of Deir ez-Zor, west of the river
EAST_BANK = Point(40.20, 35.36)


def test_the_strike_of_16_september_2017():
    found = locate("east of the Euphrates River, near the city of Deir Ezzor")
    assert found.geometry.contains(EAST_BANK)
    assert not found.geometry.contains(CITY)
    assert "+".join(found.relations) == "near+side"
    assert found.inferred
    other = locate("west of the Euphrates River, near the city of Deir Ezzor")
    assert other.geometry.contains(CITY)
    assert not other.geometry.contains(EAST_BANK)


def test_the_gain_along_the_khabur():
    found = locate("along the Khabur River", area_km2=300, near="Deir Ezzor")
    assert found.area_km2 == pytest.approx(300, abs=0.3)
    assert (found.area_low_km2, found.area_high_km2) == (250, 350)
    # The lower Khabur: from its mouth by al-Busayrah up, not as far as al-Shaddadi.
    assert found.geometry.distance(Point(40.427, 35.156)) < 0.02
    assert found.geometry.bounds[3] < 35.9
    assert found.inferred
    assert "300 km2" in found.explain()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        # Towns whose bank everybody knows: (inside the region, outside it).
        ("east of the Euphrates, in Syria", (40.426, 35.156), (40.452, 35.020)),
        ("west of the Euphrates, in Syria", (40.452, 35.020), (40.426, 35.156)),
        ("north of the Euphrates, near Raqqa", (39.008, 35.953), (39.02, 35.90)),
        ("west of the Dnieper, in Ukraine", (28.466, 49.234), (36.230, 49.993)),
        ("east of the Dnieper, in Ukraine", (36.230, 49.993), (28.466, 49.234)),
        ("east of the Nile, in Egypt", (31.55, 30.3), (29.95, 31.2)),
        ("west of the Tigris, near Mosul", (43.09, 36.32), (43.20, 36.38)),
        ("east of the Tigris, near Mosul", (43.20, 36.38), (43.09, 36.32)),
        ("east of the Khabur, in Hasakah province", (41.22, 37.05), (40.06, 36.85)),
        ("east of the Jordan River, within 15 km of Jericho", (35.60, 31.86), (35.45, 31.86)),
        ("north of the Congo River, near Kinshasa", (15.28, -4.22), (15.31, -4.38)),
        ("west of the Irrawaddy, within 15 km of Sagaing", (95.90, 21.95), (96.08, 21.95)),
    ],
)
def test_known_banks(text, inside, outside):
    region = locate(text).geometry
    assert region.contains(Point(inside))
    assert not region.contains(Point(outside))


@pytest.mark.parametrize(
    ("text", "kind", "lon", "lat"),
    [
        ("South Sudan", "country", 30, 7),
        ("East Jerusalem", "populated place", 35.23, 31.78),
        ("Western Sahara", "country", -13, 24),
        ("In Salah", "populated place", 2.48, 27.2),
        ("Trinidad and Tobago", "country", -61.3, 10.5),
        ("Bosnia and Herzegovina", "country", 17.8, 44.2),
        ("Paris, Texas", "populated place", -95.55, 33.66),
        ("Tripoli, Lebanon", "populated place", 35.84, 34.43),
        ("Al-Busayrah, Deir ez-Zor province", "populated place", 40.43, 35.15),
    ],
)
def test_names_that_look_like_phrases(text, kind, lon, lat):
    found = locate(text)
    assert "+".join(found.relations) == "place"
    assert found.places[0].kind == kind
    assert found.point.distance(Point(lon, lat)) < 2.5


def test_the_near_east_is_not_something_near_the_east():
    with pytest.raises(LocalityError, match="Near East"):
        locate("Near East")


def test_names_in_a_phrase_find_the_right_namesake():
    found = locate("along the Khabur River, near al-Busayrah", area_km2=20)
    assert found.places[1].country == "SY"
    assert area(found.geometry) == pytest.approx(20, rel=1e-4)


def test_the_border_side_of_a_country():
    region = locate("east of Syria").geometry
    assert region.contains(Point(41.35, 34.9))  # across the border, in Iraq
    assert not region.intersects(shapely.box(37, 34.5, 40, 36))


@pytest.mark.parametrize("text", ["near Kherson", "west of the Dnieper, near Kherson"])
def test_near_a_town_not_the_province_named_after_it(text):
    assert locate(text).places[-1].kind == "populated place"


@pytest.mark.parametrize(
    "text", ["near Suran, Hama", "10 km east of Nazarovo, Krasnoyarsk", "near Kontagora, Niger"]
)
def test_a_name_after_a_comma_is_the_province_for_any_relation(text):
    town, province = locate(text).places
    assert (town.kind, province.kind) == ("populated place", "admin1")


@pytest.mark.parametrize("text", ["Raqqa, Iraq", "Raqqa / Syria / Iraq", "Raqqa; Iraq"])
def test_a_country_that_does_not_hold_the_town_is_a_contradiction(text):
    with pytest.raises(LocalityError, match="no Raqqa is known in Iraq; Raqqa lies in Syria"):
        locate(text)


def test_near_a_province_when_it_says_so():
    assert locate("near Kherson province").places[0].kind == "admin1"
    assert locate("near Texas").places[0].kind == "admin1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 km south of the Turkish border", ["Turkey country"]),
        ("the Syrian-Iraqi border, near Abu Kamal", ["Syria country", "Iraq country", "town"]),
        ("the Congolese-Rwandan border", ["DR Congo country", "Rwanda country"]),
        ("the border between Georgia and Florida", ["Georgia admin1", "Florida admin1"]),
        ("the border between Georgia and Armenia", ["Georgia country", "Armenia country"]),
        ("near Kobani, on the Turkish border", ["town", "Turkey country"]),
        ("Aleppo and Idlib provinces", ["Aleppo admin1", "Idlib admin1"]),
        (
            "between the Tigris and Euphrates rivers, near Baghdad",
            ["Tigris river", "Euphrates river", "town"],
        ),
        ("Kherson region", ["Kherson admin1"]),
        ("the Kherson area", ["town"]),
        ("Kharkiv, Sumy and Chernihiv", ["town", "town", "town"]),
    ],
)
def test_what_is_said_of_a_name_decides_what_it_is(text, found):
    places = locate(text).places
    assert [
        "town" if place.kind == "populated place" else f"{place.name} {place.kind}"
        for place in places
    ] == found


def test_an_adjective_of_two_countries_is_an_error_with_both():
    with pytest.raises(LocalityError, match="'Korean' may be North Korea or South Korea"):
        locate("the Korean border")


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        # Manaus lies just above where the Rio Negro meets the Amazon.
        ("within 40 km of where the Rio Negro meets the Amazon", (-60.02, -3.12), (-61, -3)),
        ("within 13 km of Jericho, east of the Jordan", (35.56, 31.86), (35.46, 31.86)),
        # Oleshky is over the Dnieper from Kherson; Jalali, over the Euphrates from Mayadin.
        ("12 miles south of Kherson, on the left bank", (32.62, 46.46), (32.35, 46.65)),
        ("near Kherson, on the opposite bank", (32.72, 46.62), (32.62, 46.64)),
        ("on the east bank, near Deir ez-Zor", (40.20, 35.36), (40.141, 35.336)),
        ("near Mayadin on the east bank of the river", (40.47, 35.03), (40.43, 35.01)),
        ("west of Malakal, across the White Nile", (31.58, 9.54), (31.655, 9.533)),
        ("10 km south of the Turkish border, near Tell Abyad", (38.95, 36.60), (38.95, 36.72)),
        ("5 km east of the Euphrates, near Mayadin", (40.51, 35.04), (40.40, 35.00)),
        ("northern Aleppo countryside", (37.045, 36.585), (37.16, 36.2)),  # Azaz; the city
        ("northern Aleppo countryside", (37.22, 36.37), (37.37, 36.07)),  # ...; as-Safira
        ("10 km from the Turkish border, north of Aleppo", (37.05, 36.53), (42.4, 41.4)),
        ("near the east bank of the Euphrates, near Mayadin", (40.47, 35.03), (40.43, 35.01)),
        ("in Syria, 10 km south of the Turkish border", (38.35, 36.75), (38.35, 36.95)),
    ],
)
def test_nested_phrases(text, inside, outside):
    region = locate(text).geometry
    assert region.contains(Point(inside))
    assert not region.contains(Point(outside))


def test_a_bank_needs_a_river_or_a_place_by_it():
    with pytest.raises(LocalityError, match="'left bank' of which river"):
        locate("on the left bank")
    with pytest.raises(LocalityError, match="no river within 10 km of Palmyra"):
        locate("near Palmyra, on the left bank")
    assert locate("on the West Bank, near Nablus").places[0].kind == "admin1"


def test_near_a_town_that_is_not_by_the_river_names_the_phrase_that_works():
    with pytest.raises(LocalityError, match=r"near Jericho .* lies east of Jordan") as caught:
        locate("near Jericho, east of the Jordan")
    phrase = caught.value.reason.split("'")[1]
    assert locate(f"{phrase}, east of the Jordan").geometry.contains(Point(35.56, 31.86))


def test_no_river_of_that_name_is_no_town_that_sounds_like_it():
    with pytest.raises(LocalityError, match="Xorontez"):
        locate("along the Xorontez")


def test_a_scalar_needs_no_frames():
    code = (
        "import sys, geoevents as ge; ge.locate('near Raqqa');"
        "print(*{'pandas', 'geopandas', 'folium'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == []


@pytest.mark.parametrize(
    ("text", "where"),
    [("Kharkiv, Russia", "Ukraine"), ("Goma, Rwanda", "DR Congo"), ("Mosul, Syria", "Iraq")],
)
def test_a_town_beside_a_border_lies_in_its_own_country(text, where):
    # Drawn at 1:10 million, the neighbour's outline touches the first and holds the second.
    with pytest.raises(LocalityError, match=f"lies in {where}"):
        locate(text)


def test_a_province_or_what_is_north_of_it_is_both():
    both = locate("Anbar province or north of Anbar province")
    alone = locate("Anbar province")
    assert both.area_km2 > alone.area_km2 + 1_000
    assert both.geometry.intersects(both.point)
