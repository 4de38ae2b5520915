"""Everything that a server may do: said in words, never kept, and no other answer lost."""

import re
import sqlite3

import pytest
from geopy.geocoders import Nominatim
from loopback import Server, where

from geoevents.places.online import Online, ask

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
    ("number", 1, "cannot be read"),
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
