"""Namesakes far from all else that a text names."""

import geopandas as gpd
import pytest
from shapely import Point

import geoevents as ge
from geoevents.places import Gazetteer
from geoevents.places.toponyms import find_toponyms
from geoevents.prose import Document


def countries(text: str, gazetteer: Gazetteer | None = None) -> list[tuple[str, str | None]]:
    (found,) = find_toponyms([Document.read(text)], gazetteer or Gazetteer.embedded())
    return [(t.text, t.country) for t in found if t.sense == "place"]


def test_a_hamlet_of_another_country_is_not_meant():
    # A Kumshe is known in Iran only, 4,000 km from Borno.
    assert ("Kumshe", "IR") in countries("They reached Kumshe village.")
    assert countries("They reached Kumshe village, in Borno, Nigeria.") == [
        ("Borno", "NG"),
        ("Nigeria", "NG"),
    ]


def test_a_hamlet_of_the_same_country_is_meant_however_far_it_is():
    assert ("Kumshe", "IR") in countries("From Tabriz they reached Kumshe village, in Iran.")


def test_a_city_is_meant_wherever_it_is():
    assert countries("From Maiduguri he flew to Vladivostok.") == [
        ("Maiduguri", "NG"),
        ("Vladivostok", "RU"),
    ]


def test_a_hamlet_of_ones_own_is_meant_wherever_it_is():
    own = Gazetteer.from_frame(
        gpd.GeoDataFrame(
            {"name": ["Xanthe Post"], "country": ["CL"]}, geometry=[Point(-70, -50)], crs=4326
        ),
        kind="populated place",
    )
    text = "They left Maiduguri, Nigeria, for Xanthe Post."
    assert ("Xanthe Post", "CL") in countries(text, own + Gazetteer.embedded())


@pytest.mark.parametrize(
    ("text", "lost", "kept"),
    [
        # Bonn (Germany), Calama (Chile), Khanna (India), Houdan (France), War (West Virginia)
        ("In Mali's Mopti region, jihadists besieged Boni.", "Boni", "Mopti"),
        ("Fighting went on in Mosul. Rounds landed in the Karama district.", "Karama", "Mosul"),
        ("Rounds hit the Khair Khana district of Kabul. India condemned it.", "Khana", "Kabul"),
        ("Rounds hit Mogadishu's Hodan district. France condemned it.", "Hodan", "Mogadishu"),
        ("The Syrian army shelled the Waer district. The United States condemned it.", "Waer", ""),
    ],
)
def test_a_name_that_only_sounds_like_a_place_far_away_means_another(text, lost, kept):
    found = ge.geoparse(text)["mention"].tolist()
    assert lost not in found
    assert not kept or kept in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells hit Deir Ezzor and Raqqa; Washington and Moscow said nothing.", "Deir ez-Zor"),
        ("Militiamen killed 15 people in eastern Congo, the UN said in Geneva.", "DR Congo"),
        ("M23 took Goma, in Congo.", "DR Congo"),
        ("Floods hit Brazzaville, in Congo.", "Republic of the Congo"),
        ("A soldier was killed near Makhmour in Iraq.", "Mexmur"),
        ("Bombs fell on Guernica, in Spain.", "Gernika-Lumo"),
    ],
)
def test_such_a_name_is_meant_beside_its_own_country(text, name):
    assert name in ge.geoparse(text)["name"].tolist()
