"""Reading answers, whatever they are."""

import math
from types import SimpleNamespace

import pytest
import shapely
from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from geoevents.places.online.answers import OddAnswerError, dumped, loaded, places_of
from geoevents.places.online.faults import fault_of
from geoevents.places.store import KINDS


def located(longitude=1.5, latitude=2.5, **raw):
    return SimpleNamespace(longitude=longitude, latitude=latitude, address="Here, There", raw=raw)


def one(**raw):
    (place,) = places_of(located(**raw), "Fake", "asked")
    return place


def test_the_box_of_a_point_is_its_uncertainty():
    place = one(boundingbox=["2.0", "3.0", "1.0", "1.0"], type="village")
    assert place.kind == "populated place"
    assert place.uncertainty_m == pytest.approx(111_195 / 2, rel=1e-3)


@pytest.mark.parametrize(
    "box", ["x", [1, 2, 3], [1, 2, 3, "x"], None, 5, [math.nan] * 4, [1e9] * 4, ["inf"] * 4]
)
def test_a_box_that_is_none_says_nothing(box):
    assert math.isnan(one(boundingbox=box).uncertainty_m)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"addresstype": "river"}, "river"),
        ({"class": "waterway", "type": "wadi"}, "river"),
        ({"class": "boundary", "type": "administrative", "addresstype": "state"}, "admin1"),
        ({"class": "natural", "type": "water"}, "lake"),
        ({"class": "amenity", "type": "hospital"}, "facility"),
        ({"properties": {"osm_key": "waterway", "osm_value": "river"}, "type": "Feature"}, "river"),
        ({"fcl": "P", "fcode": "PPL"}, "populated place"),
        ({"fcl": "A", "fcode": "ADM1H"}, "admin1"),
        ({"fcl": "H", "fcode": "STMI"}, "river"),
        ({"fcl": "H", "fcode": "LK"}, "lake"),
        ({"fcl": "L", "fcode": "OILF"}, "region"),
        ({"addresstype": {"a": 1}, "type": 5}, "facility"),
    ],
)
def test_kinds(raw, kind):
    assert one(**raw).kind == kind


@pytest.mark.parametrize(
    "answer",
    ["here", [1, 2], {}, 5, located(longitude=None), located(latitude="x"), object(),
     located(longitude=999), located(latitude=float("nan")), located(longitude="inf"),
     located(lat="1", lon="999"), located(lat="91", lon="9"), located(lat=None, lon=None),
     located(geometry={"type": "Point", "coordinates": [500, 1]})],
)  # fmt: skip
def test_an_answer_that_is_no_place_is_refused(answer):
    with pytest.raises(OddAnswerError, match="gave no"):
        places_of(answer, "Fake", "asked")


def test_of_several_those_that_are_places_are_taken():
    places = places_of([5, located(name="Good"), None], "Fake", "asked")
    assert [place.name for place in places] == ["Good"]
    assert places_of([], "Fake", "asked") == []
    assert len(places_of([located()] * 5000, "Fake", "asked")) == 100
    assert places_of(Location("Here", (1, 2), {}), "Fake", "asked")[0].point.y == 1


def test_a_broken_polygon_is_mended_or_left_out():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    assert one(geojson=bow).geometry.area == pytest.approx(0.5)
    flat = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]}
    off = {"type": "LineString", "coordinates": [[0, 0], [181, 0]]}
    high = {"type": "LineString", "coordinates": [[0, 0, 5], [1, 1, 5]]}
    for shape in (flat, off, {"type": "Polygon"}, {"type": 5}, {}, [], "x"):
        assert one(geojson=shape).geometry == shapely.Point(1.5, 2.5)
    assert not one(geojson=high).geometry.has_z


@given(
    st.dictionaries(
        st.sampled_from(
            ["lat", "lon", "lng", "name", "geojson", "geometry", "properties", "address", "osm_id",
             "osm_type", "boundingbox", "addresstype", "type", "class", "fcode", "fcl", "state",
             "country_code", "countryCode", "extent"]
        ),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5)
            | st.sampled_from(["Point", "Polygon", "sy"]),
            lambda inner: st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "coordinates", "geometries", "extent", "country_code",
                                 "osm_value", "name"]), inner, max_size=3),
            max_leaves=8,
        ),
    )
)  # fmt: skip
def test_any_raw_answer_is_a_place_that_can_be_kept_or_refused(raw):
    try:
        (place,) = places_of(located(**raw), "Fake", "asked")
    except OddAnswerError:
        return
    assert place.kind in KINDS
    assert place.name
    assert (abs(shapely.get_coordinates(place.geometry)) <= [180, 90]).all()
    (back,) = loaded(dumped([place]))
    assert dumped([back]) == dumped([place])


# ---------------------------------------------------------------------- faults


def http(status, **headers):
    headers = {key.replace("_", "-"): value for key, value in headers.items()}
    error = GeocoderServiceError("no")
    error.__cause__ = AdapterHTTPError("no", status_code=status, headers=headers, text="")
    return error


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), (" 1.5 ", 1.5), ("0", 0), ("-5", 0), ("soon", None), ("", None), ("nan", None),
     ("inf", None), ("9" * 400, 86_400), ("Fri, 31 Dec 1999 23:59:59 GMT", 3599),
     ("Fri, 31 Dec 1999 20:59:59 GMT", 0), ("Fri, 99 Foo 1999", None),
     ("Fri, 31 Dec 1999 23:59:59", 3599)],
)  # fmt: skip
def test_retry_after(text, seconds, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    for name in ("retry-after", "Retry-After"):
        headers = {name: text, "Date": "Fri, 31 Dec 1999 23:00:00 GMT"}
        error = GeocoderTimedOut("no")
        error.__cause__ = AdapterHTTPError("no", status_code=503, headers=headers, text="")
        assert fault_of(error).wait_s == seconds


@pytest.mark.parametrize(
    ("error", "again", "host", "final"),
    [
        (http(429), True, True, False),
        (http(500), True, True, False),
        (http(503), True, True, False),
        (http(509), True, True, False),
        (http(408), True, True, False),
        (http(400), False, False, False),
        (http(414), False, False, False),
        (http(401), False, False, True),
        (http(403), False, False, True),
        (http(404), False, False, True),
        (http(302), False, False, True),
        (GeocoderRateLimited("no", retry_after=5), True, True, False),
        (GeocoderTimedOut("no"), True, True, False),
        (GeocoderParseError("no"), True, True, False),
        (ConnectionResetError("no"), True, True, False),
        (GeocoderQueryError("no"), False, False, False),
        (GeocoderQuotaExceeded("no"), False, False, True),
        (GeocoderAuthenticationFailure("no"), False, False, True),
        (KeyError("no"), False, False, False),
    ],
)
def test_what_a_failure_means(error, again, host, final):
    fault = fault_of(error)
    assert (fault.again, fault.host, fault.final) == (again, host, final)
    assert "no" in fault.reason


def test_words_of_strangers_fill_one_line():
    reason = fault_of(OSError("a\n\x1b[31mb" + "c" * 5000)).reason
    assert reason.isprintable()
    assert len(reason) <= 200
    assert fault_of(OSError()).reason == "OSError"
