"""Sites: those at one point are one, in an order that is theirs; and which one an event means."""

import numpy as np
import pandas as pd
import pytest

from geoevents.errors import GeoeventsError
from geoevents.events.problems import Problems
from geoevents.territory.captures.matching import sites_meant, sites_named
from geoevents.territory.captures.plane import plane_about
from geoevents.territory.captures.sites import Sites, merged


def sites(*rows):
    names, lon, lat = zip(*rows, strict=True)
    return Sites(np.array(names, dtype=object), np.column_stack([lon, lat]))


def test_sites_are_merged_and_sorted_from_west_to_east():
    given = sites(
        ("Deir ez-Zor", 40.2, 35.0),
        ("b", 39.0, 34.0),
        ("Dayr az Zawr", 40.2, 35.0),
        (None, 39.0, 34.0),
    )
    found, place = merged(given, plane_about(given.lonlat))
    assert found.names.tolist() == ["b", "Dayr az Zawr"]
    assert place.tolist() == [1, 0, 1, 0]
    again = sites(*[(n, *p) for n, p in zip(given.names, given.lonlat.tolist(), strict=True)][::-1])
    same, back = merged(again, plane_about(again.lonlat))
    assert same.names.tolist() == found.names.tolist()
    assert back.tolist() == place.tolist()[::-1]


def test_within_a_metre_is_at_the_same_point_and_beyond_is_not():
    near = sites(("a", 0.0, 0.0), ("b", 0.000008, 0.0))
    with pytest.raises(GeoeventsError, match="'a' and 'b' are at the same point"):
        merged(near, plane_about(near.lonlat))
    apart = sites(("a", 0.0, 0.0), ("b", 0.00001, 0.0))
    assert len(merged(apart, plane_about(apart.lonlat))[0]) == 2


def test_labels_are_short():
    many = sites(*[("x" * 1000, i, 0.0) for i in range(30)], (None, 1.23456, 2.0))
    assert len(many.listed(range(31))) < 1200
    assert many.listed(range(31)).endswith(" and 11 more")
    assert many.label(30) == "the site at 1.2346, 2.0000"


def test_the_locality_comes_before_the_place():
    towns = sites(("Hajin", 40.83, 34.69), ("Baghuz", 40.95, 34.45))
    events = pd.DataFrame(
        {"locality": ["Baghuz", None, "in Hajin"], "place": ["Hajin", "Hajin", "Deir Ezzor"]}
    )
    problems = Problems(events.index)
    meant = sites_meant(events, towns, plane_about(towns.lonlat), problems, country="SY")
    assert not problems
    assert meant.tolist() == [1, 0, 0]


def test_coordinates_without_ids_join_the_place_of_their_name():
    events = pd.DataFrame(
        {
            "place": ["Hajin", "HAJIN", None],
            "longitude": [40.8314, 40.8320, 40.9],
            "latitude": [34.6951, 34.6950, 34.5],
            "place_ids": ["geonames:174506", None, None],
        }
    )
    problems = Problems(events.index)
    found, meant = sites_named(events, problems)
    assert not problems
    assert meant[0] == meant[1] != meant[2]
    assert found.lonlat[meant[0]].tolist() == [40.8314, 34.6951]
    assert found.names[meant[2]] is None
