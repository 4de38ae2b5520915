"""Islands, regions and places that are in the gazetteer by hand: found, and where they are."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

import geoevents as ge

GEOD = Geod(ellps="WGS84")


def away_km(shape, lat, lon):
    (x, y), _ = shapely.get_coordinates(shapely.shortest_line(shape, shapely.Point(lon, lat)))
    return GEOD.inv(x, y, lon, lat)[2] / 1e3


@pytest.mark.parametrize(
    ("name", "km2", "inside", "outside"),
    [
        # Areas as generally given; the islands with the small ones that the provinces hold.
        ("Mindanao", 97_530, (7.07, 125.61), (10.32, 123.89)),  # Davao; Cebu
        ("Luzon", 109_965, (14.60, 120.98), (11.0, 124.6)),  # Manila; Leyte
        ("Visayas", 59_900, (11.0, 122.6), (14.60, 120.98)),  # Panay; Manila
        ("Basilan", 1_327, (6.55, 122.05), (6.92, 122.08)),  # Zamboanga
        ("Java", 128_297, (-7.8, 110.37), (-8.65, 115.2)),  # Yogyakarta; Bali
        ("Sumatra", 443_066, (0.5, 101.45), (3.15, 101.7)),  # Pekanbaru; Kuala Lumpur
        ("Sulawesi", 180_681, (-1.4, 120.75), (-3.3, 114.6)),  # Poso; Banjarmasin
        ("Kalimantan", 544_150, (-3.3, 114.6), (1.55, 110.35)),  # Banjarmasin; Kuching
        ("Borneo", 743_330, (1.5, 110.4), (-5.1, 119.45)),  # Kuching; Makassar
        ("Kivu", 124_600, (-2.5, 28.8), (0.52, 25.19)),  # by Bukavu; Kisangani
    ],
)
def test_islands_and_regions_have_their_size_and_place(name, km2, inside, outside):
    place = ge.geocode(name)
    assert place.kind == "region"
    assert place.source == "union of Natural Earth provinces"
    assert not place.ambiguous
    assert ge.area(place.geometry) == pytest.approx(km2, rel=0.1)
    assert place.geometry.covers(shapely.Point(inside[::-1]))
    assert not place.geometry.covers(shapely.Point(outside[::-1]))


def test_java_the_town_is_found_in_its_country():
    assert ge.geocode("Java", country="GE").kind == "populated place"


def test_mindanao_the_river_is_found_by_saying_so():
    assert ge.geocode("Mindanao River").name == "Rio Grande de Mindanao"
    assert ge.geocode("Mindanao", kind="river").name == "Rio Grande de Mindanao"


def test_kashmir_is_either_side_of_the_line_of_control():
    place = ge.geocode("Kashmir")
    assert place.ambiguous
    assert {place.country, *(other.country for other in place.alternatives)} == {"IN", "PK"}
    assert ge.geocode("Kashmir", country="PK").geometry.covers(shapely.Point(73.47, 34.37))
    assert ge.geocode("Indian-administered Kashmir").geometry.covers(shapely.Point(74.8, 34.08))


@pytest.mark.parametrize(
    ("name", "km2", "inside", "outside"),
    [
        # The edge is known to the uncertainty only, and the area no better.
        ("Transnistria", 4_163, (47.77, 29.05), (47.02, 28.85)),  # by Rybnitsa; Chisinau
        ("Nagorno-Karabakh", 4_400, (39.82, 46.75), (40.68, 46.36)),  # Stepanakert; Ganja
        ("South Ossetia", 3_900, (42.228, 43.969), (41.98, 44.11)),  # Tskhinvali; Gori
        ("Golan Heights", 1_300, (33.0, 35.75), (33.21, 35.57)),  # Kiryat Shmona
        ("Puntland", 170_000, (8.40, 48.48), (2.04, 45.34)),  # Garowe; Mogadishu
        ("Eastern Ghouta", 250, (33.52, 36.45), (33.51, 36.28)),  # Damascus
    ],
)
def test_regions_that_are_not_provinces_are_right_within_their_uncertainty(
    name, km2, inside, outside
):
    place = ge.geocode(name)
    assert place.kind == "region"
    assert place.geometry.covers(shapely.Point(inside[::-1]))
    assert not place.geometry.covers(shapely.Point(outside[::-1]))
    edge_km = GEOD.geometry_length(shapely.convex_hull(place.geometry).exterior) / 1e3
    assert abs(ge.area(place.geometry) - km2) < edge_km * place.uncertainty_m / 1e3
    assert place.uncertainty_m > 5_000


def test_transnistria_ends_at_the_dniester_and_holds_its_towns():
    land = ge.geocode("Transnistria").geometry
    towns = [(46.84, 29.643), (46.73, 29.70), (47.263, 29.167), (47.15, 29.30), (48.03, 28.70)]
    lat, lon = np.array(towns).T
    assert shapely.contains_xy(land, lon, lat).all()
    assert not land.covers(shapely.Point(28.96, 47.75))  # Rezina, on the right bank


@pytest.mark.parametrize(
    ("name", "hints", "lat", "lon"),
    [
        ("Ghouta", {}, 33.50, 36.42),
        ("Sambisa Forest", {}, 11.2, 13.4),
        ("Bab al-Mandab", {}, 12.6, 43.35),
        ("Bab el-Mandeb Strait", {}, 12.6, 43.35),
        ("Mosul Dam", {}, 36.63, 42.82),
        ("Conoco", {}, 35.33, 40.30),
        ("al-Omar", {}, 35.10, 40.55),
        ("Al-Omar oil field", {}, 35.10, 40.55),
        ("Palma", {"country": "MZ"}, -10.77, 40.48),
        ("Palma, Cabo Delgado", {}, -10.77, 40.48),
        ("Qena", {}, 26.16, 32.72),
        ("Pibor", {"kind": "populated place"}, 6.80, 33.13),
        ("Humera", {}, 14.29, 36.61),
    ],
)
def test_places_by_hand_are_where_they_are(name, hints, lat, lon):
    place = ge.geocode(name, **hints)
    assert away_km(place.geometry, lat, lon) <= max(5.0, place.uncertainty_m / 1e3)


def test_gaza_is_the_city_and_with_its_kind_the_strip():
    assert ge.geocode("Gaza").kind == "populated place"
    assert ge.geocode("Gaza", country="PS", kind="admin1").name == "Gaza Strip"


def test_the_congo_begins_at_kisangani():
    congo = ge.geocode("Congo River")
    assert congo.name == "Congo"
    assert away_km(congo.geometry, 0.515, 25.19) < 5
    lualaba = shapely.get_parts(ge.geocode("Lualaba", kind="river").geometry)[0]
    assert lualaba.coords[0][1] < -11  # it runs north,
    assert (
        lualaba.coords[-1] == shapely.get_parts(congo.geometry)[0].coords[0]
    )  # and into the Congo
