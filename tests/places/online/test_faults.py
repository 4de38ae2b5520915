"""Everything that a server may do: said in words, never kept, and no other answer lost."""

import re
import sqlite3

import pytest
from geopy.adapters import AdapterHTTPError, URLLibAdapter
from geopy.exc import GeocoderRateLimited
from geopy.geocoders import Geocodio, GeoNames, Nominatim, Photon
from loopback import Server, where

from geoevents.places.online import Online, ask
from geoevents.places.online.faults import fault_of

AGENT = "Tests of geoevents, tests@geoevents.net"
QUICK = {"user_agent": AGENT, "delay_s": 0, "backoff_s": 0, "timeout_s": 5, "failures": 1000}


def online(server, **options):
    return Online("nominatim", server=server.url, **(QUICK | options))


def kept(folder):
    connection = sqlite3.connect(folder / "online-1.sqlite")
    found = dict(connection.execute("SELECT question, answer FROM answers"))
    connection.close()
    return found


# What the server does, how often it is asked, what is said.
FAULTS = [
    ("error", 3, "HTTP 500"),
    ("bandwidth", 3, "HTTP 509"),
    ("busynow", 3, "HTTP 429"),
    ("cut", 3, "broke off after 11 bytes"),
    ("gone", 3, "broke off"),
    ("html", 3, "not JSON .* it begins '<!doctype html>"),
    ("json", 3, "not JSON"),
    ("nan", 3, "NaN is no number"),
    ("empty", 3, "not JSON"),
    ("bytes", 3, "not UTF-8"),
    ("huge", 3, "larger than 16 MB"),
    ("endless", 3, "larger than 16 MB"),
    ("zip", 3, r"compressed \(gzip\)"),
    ("bomb", 3, r"compressed \(gzip\)"),
    ("deep", 3, "nested too deeply"),
    ("forbidden", 1, "HTTP 403"),
    ("bad", 1, "HTTP 400"),
    ("types", 1, "cannot be read"),
    ("null", 1, "cannot be read"),
    ("words", 1, "cannot be read"),
    ("list", 1, "cannot be read"),
    ("number", 3, "neither places nor an empty list: 5"),
    ("infinite", 1, "cannot be read"),
    ("off", 1, "no coordinates on earth.*999"),
    ("file", 1, "redirects are not followed.*file:///etc/passwd"),
    ("elsewhere", 1, "redirects are not followed.*http://localhost"),
    ("loop", 1, "redirects are not followed"),
]


@pytest.mark.parametrize(("fault", "requests", "words"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_told_and_not_kept(server, folder, fault, requests, words):
    name = f"{fault} Alpha"
    places, report = ask(online(server), [name])
    assert places == [None]
    assert report.requests == server.names.count(name) == requests
    assert list(report.failed) == list(report.missing) == [name]
    assert re.search(words, report.missing[name])
    assert kept(folder) == {}


# ---------------------------------------------------------------------- errors in an answer

NOT_AN_ANSWER = ["null", "true", "0", "5", '""', '"over quota"', "{}", '{"error": "over quota"}',
                 '{"error": {"message": "no"}}', '{"message": "over quota"}']  # fmt: skip
NO_PLACES = {
    "nominatim": (["[]"], ['{"error": "Unable to geocode"}', '{"features": []}']),
    "photon": (
        ['{"features": []}', '{"type": "FeatureCollection", "features": []}'],
        ["[]", '{"features": null}', '{"features": {}}', '{"geonames": []}'],
    ),
    "geonames": (
        ['{"geonames": []}', '{"totalResultsCount": 0, "geonames": []}'],
        ["[]", '{"geonames": null}', '{"geonames": {}}', '{"features": []}', '{"status": {}}',
         '{"geonames": [{"name": "Alpha"}]}', '{"geonames": [null]}',
         '{"status": {"message": "server overloaded", "value": 22}, "geonames": []}',
         '{"status": "down"}'],
    ),
}  # fmt: skip
CLASSES = {"nominatim": Nominatim, "photon": Photon, "geonames": GeoNames}


def geopys(word, domain, **options):
    """What a user may make of geopy, for a server of his own."""
    account = ("desk",) if word == "geonames" else ()
    return CLASSES[word](*account, domain=domain, scheme="http", user_agent=AGENT, **options)


class OwnAdapter(URLLibAdapter):
    """One that is not geopy's own, so it is left in its place."""


@pytest.mark.parametrize("how", ["by name", "geopy", "own adapter"])
@pytest.mark.parametrize("word", NO_PLACES)
def test_only_a_service_s_own_empty_answer_is_kept(server, folder, word, how):
    given, options = word, {"server": server.url, "geonames_username": "desk"}
    if how != "by name":
        more = {"adapter_factory": OwnAdapter} if how == "own adapter" else {}
        given, options = geopys(word, server.domain, **more), {}
    service = Online(given, **QUICK, retries=0, **options)
    empty, errors = NO_PLACES[word]
    bad = {f"Bad {text}": text for text in [*NOT_AN_ANSWER, *errors]}
    none = {f"None {text}": text for text in empty}
    server.texts = bad | none
    places, report = ask(service, list(server.texts))
    assert set(places) == {None}
    assert list(report.failed) == list(bad)
    assert all(report.missing[name].endswith("does not know it") for name in none)
    assert kept(folder) == {name.casefold(): "[]" for name in none}


def test_what_an_error_says_is_told(server):
    server.texts = {"Alpha": '{"error": "over quota"}'}
    _, report = ask(online(server), ["Alpha"])
    assert "the answer is an error: over quota" in report.missing["Alpha"]
    assert report.requests == 3


def test_of_other_services_what_is_no_answer_anywhere_is_not_kept(server, folder):
    own = Geocodio("key", scheme="http", domain=server.domain, user_agent=AGENT)
    bad = {f"Bad {text}": text for text in NOT_AN_ANSWER[:-1]}
    server.texts = bad | {"None": '{"results": []}'}
    _, report = ask(Online(own, **QUICK, retries=0), list(server.texts))
    assert list(report.failed) == list(bad)
    assert kept(folder) == {"none": "[]"}


# ---------------------------------------------------------------------- Retry-After

DAY = 86_400
MANY = "9" * 400
WISHES = [
    (MANY, DAY), ("9" * 5000, DAY), ("1e400", None), ("inf", None), (f"-{MANY}", None), ("-5", 0),
    ("nan", None), ("", None), ("soon", None), ("\xb2", None), ("120", 120), ("1.5", 1.5),
    ("99999", DAY),
    ("Fri, 31 Dec 9999 23:59:59 GMT", DAY), ("Fri, 31 Dec 9999 23:59:59 -2300", DAY),
    ("Mon, 01 Jan 1970 00:00:00 GMT", 0), ("Mon, 01 Jan 1900 00:00:00 +2300", 0),
    ("Fri, 31 Dec 99999 23:59:59 GMT", None), (f"Fri, 31 Dec {MANY} 23:59:59 GMT", None),
    (f"Mon, 01 Jan 2040 00:00:00 +{MANY}", None), ("Mon, 99 Jan 2040 99:00:00 GMT", None),
    ("Wed, 01 Jan 2025 00:01:30 GMT", 90), ("Wed, 01 Jan 2025 00:01:30 -0000", 90),
    ("Wed, 01 Jan 2025 02:01:30 +0200", 90),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), WISHES, ids=[text[:40] for text, _ in WISHES])
def test_whatever_a_host_wishes_is_a_number_of_seconds_within_a_day(text, seconds):
    headers = {"date": "Wed, 01 Jan 2025 00:00:00 GMT", "retry-after": text}
    error = AdapterHTTPError("busy", status_code=503, headers=headers, text="")
    assert fault_of(error).wait_s == seconds


@pytest.mark.parametrize("date", ["", "x", f"Fri, 31 Dec {MANY} 23:59:59 GMT"])
def test_a_server_s_own_date_may_be_nonsense(date):
    headers = {"date": date, "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}
    error = AdapterHTTPError("busy", status_code=503, headers=headers, text="")
    assert fault_of(error).wait_s == DAY


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(int(MANY), DAY), (-int(MANY), 0), (float("inf"), None), (float("nan"), None), (None, None),
     ("x", None), (-3, 0), (3, 3)],
    ids=str,
)  # fmt: skip
def test_what_geopy_makes_of_it_is_bounded_too(value, seconds):
    assert fault_of(GeocoderRateLimited("no", retry_after=value)).wait_s == seconds


@pytest.mark.parametrize("fault", ["busy", "later"])
@pytest.mark.parametrize(
    "text", [MANY, f"Fri, 31 Dec {MANY} 23:59:59 GMT", "Fri, 31 Dec 99999 23:59:59 GMT"],
    ids=["digits", "year", "year 99999"],
)  # fmt: skip
def test_a_host_with_absurd_wishes_ends_no_batch(server, fault, text):
    server.retry_after = text
    names = ["Alpha", f"{fault}1 Beta"]
    places, report = ask(online(server, retries=1, patience_s=5), names)
    assert places[0].name == "Alpha"
    if text == MANY:  # a day is not waited for
        why = report.missing[names[1]]
        assert f"HTTP {429 if fault == 'busy' else 503}" in why
        assert "asks to wait 86400 s or more" in why
        assert re.search(r"not asked for another 86[34]\d\d s", why)
    else:  # what cannot be read says nothing
        assert places[1].name == names[1]


# ---------------------------------------------------------------------- time, and the rest


@pytest.mark.parametrize("fault", ["slow", "drip", "drophead"])
def test_the_timeout_is_for_the_whole_answer(server, fault):
    options = {"timeout_s": 0.15, "retries": 1}
    _, report = ask(online(server, **options), [f"{fault} Alpha"])
    assert "within 0.15 s" in report.missing[f"{fault} Alpha"]
    assert report.requests == 2


@pytest.mark.parametrize("fault", ["error", "cut", "html", "busynow", "gone"])
def test_a_fault_that_passes_costs_only_requests(server, folder, fault):
    names = [f"{fault}2 Alpha", "Beta"]
    places, report = ask(online(server), names)
    assert [place.name for place in places] == names
    assert report.failed == {}
    assert sorted(server.names) == ["Beta", *[names[0]] * 3]
    assert set(kept(folder)) == {name.casefold() for name in names}


@pytest.mark.parametrize("fault", ["latin", "liar"])
def test_other_encodings_are_read_where_they_can_be(server, fault):
    (place,), _ = ask(online(server), [f"{fault} Alpha"])
    assert place.name == "Köln"


@pytest.mark.parametrize("fault", ["odd", "deepshape"])
def test_odd_details_do_no_harm(server, fault):
    name = f"{fault} Alpha"
    (place,), _ = ask(online(server), [name])
    assert (place.point.x, place.point.y) == pytest.approx(where(name))
    assert place.geometry == place.point
    assert place.name == name


def test_a_refusal_ends_the_batch_but_loses_nothing(server):
    names = ["Alpha", "forbidden Beta", "Gamma", "Delta"]
    places, report = ask(online(server), names)
    assert [bool(place) for place in places] == [True, False, False, False]
    assert server.names == names[:2]
    assert "not asked any more: HTTP 403" in report.missing["Delta"]


def test_geocoders_of_the_user_are_capped_too(server):
    own = Nominatim(domain=server.domain, scheme="http", user_agent=AGENT)
    adapter = own.adapter
    places, report = ask(Online(own, **QUICK), ["endless Alpha", "Beta"])
    assert [bool(place) for place in places] == [False, True]
    assert "larger than 16 MB" in report.missing["endless Alpha"]
    assert own.adapter is adapter


def test_a_server_that_is_not_there():
    with Server() as server:
        pass
    _, report = ask(online(server), ["Alpha"])
    assert "cannot be reached" in report.missing["Alpha"]


def test_who_asks_is_sent(server):
    ask(online(server), ["Alpha"])
    assert [request.agent for request in server.log] == [AGENT]


def test_geonames_tells_that_an_account_is_used_up(server, folder):
    server.texts = {"Alpha": '{"status": {"message": "the daily limit is over", "value": 18}}'}
    account = {"server": server.url, "geonames_username": "desk"}
    _, report = ask(Online("geonames", **QUICK, **account), ["Alpha", "Beta"])
    assert "the daily limit is over" in report.failed["Alpha"]
    assert "not asked any more" in report.failed["Beta"]
    assert server.names == ["Alpha"]
    assert kept(folder) == {}
