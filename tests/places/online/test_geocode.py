"""What geocode makes of online answers."""

import json
import subprocess
import sys
from types import SimpleNamespace

import geopandas as gpd
import loopback
import pandas as pd
import pytest
import shapely
from geopy.exc import GeocoderTimedOut
from geopy.geocoders import GeoNames, Nominatim, OpenCage, Photon
from loopback import where

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, PlaceNotFound, geocode
from geoevents.places.online import GeocoderWarning, Online

AGENT = "Tests of geoevents, tests@geoevents.net"


def answer(title, **raw):
    return SimpleNamespace(longitude=1.5, latitude=2.5, address=f"{title}, Somewhere", raw=raw)


class Fake:
    """A geocoder that is no geopy's."""

    def __init__(self, known):
        self.known = known
        self.asked = []

    def geocode(self, name):
        self.asked.append(name)
        return self.known.get(name)


def quick(services, **options):
    return Online(services, **{"delay_s": 0, "backoff_s": 0, "user_agent": AGENT, **options})


@pytest.fixture(scope="module")
def little():
    rows = gpd.GeoDataFrame(
        {
            "id": ["c:aa", "c:sy", "t:a"],
            "name": ["Aland", "Syria", "Aton"],
            "kind": ["country", "country", "populated place"],
            "country": ["AA", "SY", "AA"],
            "geometry": [shapely.box(0, 0, 10, 10), shapely.box(36, 32, 42, 37),
                         shapely.Point(5, 5)],
        },
        crs="EPSG:4326",
    )  # fmt: skip
    return Gazetteer.from_frame(rows)


def test_only_what_is_missing_is_asked_for(little):
    service = Fake({"Farawaytown": answer("Farawaytown")})
    rows = ["Aton", "Farawaytown", "Nowhereville", None, "Farawaytown", "FARAWAYTOWN "]
    frame = geocode(pd.Series(rows, index=list("abcdef")), gazetteer=little,
                    services=quick(service))  # fmt: skip
    assert service.asked == ["Farawaytown", "Nowhereville"]
    assert frame.index.tolist() == list("abcdef")
    assert frame["source"].tolist()[1] == "Fake"
    assert frame["name"].isna().tolist() == [False, False, True, True, False, False]
    assert frame.geometry.iloc[4].equals(frame.geometry.iloc[1])
    assert frame.attrs["online"] == {
        "services": ["Fake"], "asked": 2, "answered": 1, "from_cache": 0, "requests": 2,
        "missing": {"Nowhereville": "Fake does not know it"}, "failed": [],
    }  # fmt: skip
    assert json.loads(json.dumps(frame.attrs)) == frame.attrs


def test_nobody_is_asked_unless_asked_for(little):
    assert geocode(["Aton", "Nowhereville"], gazetteer=little).attrs == {}
    service = Fake({})
    frame = geocode(["Aton"], gazetteer=little, services=quick(service))
    assert frame.attrs["online"]["asked"] == 0
    assert geocode("Aton", gazetteer=little, services=quick(service)).id == "t:a"
    assert service.asked == []


def test_one_name(little):
    service = quick(Fake({"Farawaytown": answer("Farawaytown")}))
    place = geocode("Farawaytown", gazetteer=little, services=service)
    assert (place.name, place.point.x, place.point.y, place.score) == ("Farawaytown", 1.5, 2.5, 0.5)
    with pytest.raises(PlaceNotFound, match="Online: Fake does not know it") as caught:
        geocode("Nowhereville", gazetteer=little, services=service)
    assert caught.value.query == "Nowhereville"
    assert caught.value.suggestions == ()


def test_one_name_that_could_not_be_asked_for(little):
    def broken(name):
        raise GeocoderTimedOut("too slow")

    with pytest.raises(GeoeventsError, match="broken failed when asked for 'Faraway': too slow"):
        geocode("Faraway", gazetteer=little, services=quick(broken))


def test_rows_are_kept_when_a_service_fails_for_some(little):
    def sometimes(name):
        if name.startswith("Worse"):
            raise RuntimeError("down")
        return answer(name)

    names = ["Worseplace", "Betterplace", "Worstplace", "Worsetown"]
    with pytest.warns(
        GeocoderWarning, match="failed 2 times in 4 names.*'Worseplace': down"
    ) as caught:
        frame = geocode(names, gazetteer=little, services=quick(sometimes))
    assert caught[0].filename == __file__
    assert frame["name"].notna().tolist() == [False, True, True, False]
    assert frame.attrs["online"]["failed"] == ["Worseplace", "Worsetown"]


def test_services_are_asked_in_turn(little):
    first, second = Fake({"Xa": answer("Xa")}), Fake({"Xa": answer("x"), "Xb": answer("Xb")})
    frame = geocode(["Xa", "Xb", "Xc"], gazetteer=little,
                    services=quick({"one": first, "two": second}))  # fmt: skip
    assert frame["name"].tolist()[:2] == ["Xa", "Xb"]
    assert second.asked == ["Xb", "Xc"]
    told = frame.attrs["online"]["missing"]
    assert told == {"Xc": "one does not know it; two does not know it"}


def test_a_second_run_asks_nobody(server):
    online = quick("nominatim", server=server.url)
    names = ["Long River", "Nowhere Town", "East Province Qq"]
    first, second = (geocode(names, services=online) for _ in range(2))
    pd.testing.assert_frame_equal(first.drop(columns="geometry"), second.drop(columns="geometry"))
    assert first.geometry.geom_equals_exact(second.geometry, 0).tolist() == [True, False, True]
    assert len(server.log) == 3
    assert second.attrs["online"]["requests"] == 0
    assert second.attrs["online"]["from_cache"] == 2


def test_a_river_comes_as_a_line_and_a_province_with_its_border(server):
    online = quick("nominatim", server=server.url)
    river, province = (geocode(f"Qqq {word}", services=online) for word in ("River", "Province"))
    assert (river.kind, river.country, river.admin1) == ("river", "SY", "North")
    assert river.geometry == shapely.geometry.shape(loopback.RIVER)
    assert province.kind == "admin1"
    assert province.geometry.equals(shapely.geometry.shape(loopback.PROVINCE))
    options = server.log[0].options
    assert (options["polygon_geojson"], options["addressdetails"]) == ("1", "1")
    assert options["accept-language"] == "en"


def test_photon(server):
    place = geocode("Qqq", services=quick("photon", server=server.url))
    assert (place.name, place.kind, place.country, place.admin1) == (
        "Qqq", "populated place", "SY", "North",
    )  # fmt: skip
    assert place.source == "Photon"
    assert (place.point.x, place.point.y) == pytest.approx(where("Qqq"))
    # Half the diagonal of a box 0.02 degrees wide and high.
    assert place.uncertainty_m == pytest.approx(1450, rel=0.05)
    assert server.log[0].agent == AGENT


def test_geonames(server):
    online = quick("geonames", server=server.url, geonames_username="desk")
    place = geocode("Qqq", country="Syria", services=online)
    assert (place.id, place.kind, place.country) == ("geonames:9", "river", "SY")
    assert (server.log[0].options["username"], server.log[0].options["country"]) == ("desk", "SY")


@pytest.mark.parametrize("kind", [Nominatim, Photon])
def test_geocoders_of_geopy(server, kind):
    own = kind(domain=server.domain, scheme="http", user_agent=AGENT, timeout=7)
    place = geocode("Qqq", services=quick(own))
    assert place.source == kind.__name__
    again = GeoNames("desk", domain=server.domain, user_agent=AGENT)
    assert geocode("Qqq", services=quick(again)).source == "GeoNames"


def test_any_geocoder_of_geopy(monkeypatch):
    own = OpenCage("key")
    calls = []
    monkeypatch.setattr(own, "geocode", lambda name, **options: calls.append((name, options)))
    with pytest.raises(PlaceNotFound):
        geocode("Qqq", services=quick(own))
    assert calls == [("Qqq", {"timeout": 10})]


# ---------------------------------------------------------------------- hints


def test_countries_are_passed_on(server, little):
    online = quick("nominatim", server=server.url)
    geocode("Qqq", country=["SYR", "iq"], services=online)
    assert server.log[0].options["countrycodes"] == "iq,sy"
    geocode("Qqq", services=online)  # another question
    assert len(server.log) == 2
    # The gazetteer knows no such country; the service may.
    with pytest.raises(PlaceNotFound, match=r"knows only Qqq \(populated place, North, SY\)"):
        geocode("Qqq", country="FR", gazetteer=little, services=online)
    assert server.log[2].options["countrycodes"] == "fr"


def test_places_abroad_are_dropped(little):
    def town(name):
        return [answer("Abroad", address={"country_code": "fr"}, type="town"),
                answer("Home", address={"country_code": "aa"}, type="town")]  # fmt: skip

    def river(name):
        return answer("Long", address={"country_code": "fr"}, type="river")

    def bare(name):
        return answer("Bare")

    def only(service, country):
        return geocode("Qqq", country=country, gazetteer=little, services=quick(service)).name

    assert only(town, "Aland") == "Home"
    assert only(river, "AA") == "Long"  # filed elsewhere, it passes through
    assert only(bare, "AA") == "Bare"  # it lies there
    for service in (town, river, bare):
        with pytest.raises(PlaceNotFound, match="knows only"):
            only(service, "SY")


def test_photon_is_asked_for_several_where_a_country_is_asked_for(server):
    online = quick("photon", server=server.url)
    assert geocode("Qqq", country="SY", services=online).country == "SY"
    with pytest.raises(PlaceNotFound, match=r"not what was asked for \(FR\)"):
        geocode("Qqq", country="FR", services=online)
    # Photon has no such option: one question, two uses of its answer.
    assert [request.options["limit"] for request in server.log] == ["10"]


def test_kinds_are_a_condition(server):
    online = quick("nominatim", server=server.url)
    assert geocode("Qqq River", kind="river", services=online).kind == "river"
    with pytest.raises(PlaceNotFound, match=r"not what was asked for \(lake\)"):
        geocode("Qqq", kind="lake", services=online)


def test_near_is_passed_on(server):
    geocode("Qqq", near=(40.01, 35.02), services=quick("nominatim", server=server.url))
    geocode("Qqq", near=(40.01, 35.02), services=quick("photon", server=server.url))
    assert server.log[0].options["viewbox"] == "38.5,33.5,41.5,36.5"
    assert (server.log[1].options["lon"], server.log[1].options["lat"]) == ("40.0", "35.0")


# ---------------------------------------------------------------------- what is never sent


@pytest.mark.parametrize(
    "name", ["x" * 201, "half \ud800 a character", "qqbell \x07"], ids=["long", "half", "control"]
)
def test_what_is_no_name_is_not_sent(server, name):
    frame = geocode([name, "Qqq"], services=quick("nominatim", server=server.url))
    assert server.names == ["Qqq"]
    (why,) = frame.attrs["online"]["missing"].values()
    assert why.startswith("not asked")


def test_spaces_and_marks_of_direction(server):
    frame = geocode(["Qqq\n Zzz", "qqq  zzz", "دیر\u200cالزورررر"],
                    services=quick("nominatim", server=server.url))  # fmt: skip
    assert server.names == ["Qqq Zzz", "دیر\u200cالزورررر"]
    assert frame["name"].notna().all()


def test_geopy_waits_until_somebody_is_asked():
    code = (
        "import sys, geoevents as ge; ge.geocode('Raqqa'); ge.geocode(['Raqqa']);"
        "import geoevents.places.online; from geoevents.places.online import Online, Cache;"
        "print('geopy' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout == "False\n"


def test_progress(little):
    told = []
    service = quick({"it": Fake({})}, progress=told.append)
    geocode(["Xa", "Xb", "Xc", "Xd"], gazetteer=little, services=service)
    assert told == [0, 0.25, 0.5, 0.75, 1]
    geocode(["Xa", "Xe"], gazetteer=little, services=service)
    assert told[5:] == [0.5, 1]
