from types import SimpleNamespace

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.geocoders import Nominatim

from geoevents.errors import GeoeventsError
from geoevents.places import PlaceNotFound, geocode
from geoevents.places.services import ask

LINE = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}


def answer(title, **raw):
    return SimpleNamespace(longitude=1.5, latitude=2.5, address=f"{title}, Somewhere", raw=raw)


class Fake:
    def __init__(self, known):
        self.known = known
        self.asked = []

    def __call__(self, name):
        self.asked.append(name)
        return self.known.get(name)


def test_only_what_is_missing_is_asked_for(little):
    service = Fake({"Farawaytown": answer("Farawaytown")})
    frame = geocode(
        ["Aland", "Farawaytown", "Nowhereville", None, "Farawaytown"],
        gazetteer=little,
        services=service,
    )
    assert service.asked == ["Farawaytown", "Nowhereville"]
    assert frame["source"].tolist()[1] == "Fake"
    assert frame["name"].isna().tolist() == [False, False, True, True, False]
    assert frame.geometry.iloc[4].equals(frame.geometry.iloc[1])


def test_one_name(little):
    service = Fake({"Farawaytown": answer("Farawaytown")})
    place = geocode("Farawaytown", gazetteer=little, services=service)
    assert (place.name, place.point.x, place.point.y, place.score) == ("Farawaytown", 1.5, 2.5, 0.5)
    with pytest.raises(PlaceNotFound):
        geocode("Nowhereville", gazetteer=little, services=service)
    assert geocode("Aland", gazetteer=little, services=service).id == "c:aa"
    assert service.asked == ["Farawaytown", "Nowhereville"]


def test_services_are_asked_in_turn():
    first, second = Fake({"a": answer("a")}), Fake({"a": answer("x"), "b": answer("b")})
    found = ask([first, second], ["a", "b", "c"])
    assert [place and place.name for place in found] == ["a", "b", None]
    assert second.asked == ["b", "c"]


def test_nominatim_is_asked_for_lines_and_polygons(monkeypatch):
    service = Nominatim(user_agent="tests of geoevents")
    calls = []

    def reply(name, **options):
        calls.append((name, options))
        return answer(
            name, geojson=LINE, addresstype="river", osm_type="relation", osm_id=7, name="Long",
            address={"country_code": "sy", "state": "North"},
        )  # fmt: skip

    monkeypatch.setattr(service, "geocode", reply)
    place = ask(service, ["Long River"])[0]
    assert calls == [("Long River", {"geometry": "geojson", "addressdetails": True})]
    assert (place.kind, place.country, place.admin1) == ("river", "SY", "North")
    assert place.geometry.wkt == "LINESTRING (1 2, 3 4)"
    assert place.id == "nominatim:relation7"


def test_the_box_of_a_point_is_its_uncertainty():
    raw = {"boundingbox": ["2.0", "3.0", "1.0", "1.0"], "type": "village"}
    place = ask(Fake({"a": answer("a", **raw)}), ["a"])[0]
    assert place.kind == "populated place"
    assert place.uncertainty_m == pytest.approx(111_195 / 2, rel=1e-3)


def test_a_name_of_a_service_says_how_to_give_one():
    with pytest.raises(GeoeventsError, match="user_agent"):
        ask("nominatim", ["a"])
    with pytest.raises(GeoeventsError, match="int has no method geocode"):
        ask([5], ["a"])


def test_a_failing_service_is_named():
    def broken(name):
        raise GeocoderTimedOut("too slow")

    with pytest.raises(GeoeventsError, match="broken failed when asked for 'a': too slow"):
        ask(broken, ["a"])
