"""Namesakes far from all else that a text names."""

import geopandas as gpd
from shapely import Point

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
