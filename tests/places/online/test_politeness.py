"""When a host may be asked: on a clock that only moves when somebody waits."""

import threading
import time

import pytest
from geopy.exc import GeocoderRateLimited, GeocoderTimedOut
from geopy.geocoders import Nominatim, Photon

from geoevents.places.online import Online, ask
from geoevents.places.online.claims import claim, token
from geoevents.places.online.database import Database
from geoevents.places.online.geocoders import services_of
from geoevents.places.online.politeness import Manners, Wait, start

AGENT = "Tests of geoevents, tests@geoevents.net"


class Service:
    """Answers nothing, or does what it is told, and notes when it was asked."""

    def __init__(self, fake, *errors):
        self.fake, self.errors, self.times = fake, list(errors), []

    def __call__(self, _):
        self.times.append(self.fake.now - 1_000_000)
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error


def batch(fake, service, names, **options):
    options = {"clock": fake.clock(), "retries": 9, **options}
    return ask(Online({"it": service}, **options), names)[1]


def test_a_second_between_two_requests(fake):
    service = Service(fake)
    batch(fake, service, "abcd")
    assert service.times == [0, 1, 2, 3]
    batch(fake, service, "efg", delay_s=2.5)  # another batch, which knows when the last was
    assert service.times[4:] == [5.5, 8, 10.5]


def test_a_slot_is_given_once(folder):
    manners = Manners(delay_s=1, backoff_s=1, failures=5, rest_s=30, trial_s=10)
    with Database(folder) as database:
        given = [
            database.write(lambda c: start(c, "host", manners, now))  # noqa: B023
            for now in (7, 7, 7.75, 8, 8.5, 100)
        ]
    assert given == [None, Wait(1, ""), Wait(0.25, ""), None, Wait(0.5, ""), None]


def test_a_claim_that_a_batch_left_behind_holds_nobody(folder):
    with Database(folder) as database:
        with token() as first, token() as second:
            assert database.write(lambda c: claim(c, "question", first, 0, 10))
            assert not database.write(lambda c: claim(c, "question", second, 1, 10))
            assert database.write(lambda c: claim(c, "other", second, 1, 10))
            assert database.write(lambda c: claim(c, "question", second, 11, 10))  # too old
        with token() as third:
            assert database.write(lambda c: claim(c, "question", third, 12, 10))


def test_public_servers_are_never_asked_faster(fake):
    quick = {"delay_s": 0.0, "user_agent": AGENT}
    for one in ("nominatim", "photon", Nominatim(user_agent=AGENT), Photon(user_agent=AGENT),
                Nominatim(user_agent=AGENT, domain="Nominatim.OpenStreetMap.org:443"),
                Nominatim(user_agent=AGENT, domain="nominatim.openstreetmap.org./x")):  # fmt: skip
        (service,) = services_of(Online(one, **quick))
        assert service.delay_s == 1
    (own,) = services_of(Online("nominatim", server="https://geo.myhost.net", **quick))
    assert (own.delay_s, own.host) == (0, "geo.myhost.net")


def test_a_clock_that_begins_anew_stalls_nobody(fake):
    service = Service(fake, GeocoderRateLimited("no", retry_after=3600))
    batch(fake, service, "a", retries=0)
    fake.now = 5.0  # the machine was started again
    report = batch(fake, service, "b")
    assert report.failed == {}
    assert sum(fake.slept) <= 1
    assert len(service.times) == 2


def test_a_clock_that_jumps_ahead(fake):
    service = Service(fake)
    batch(fake, service, "a")
    fake.now += 1e9
    batch(fake, service, "b")
    assert fake.slept == []


def test_retry_after_holds_for_all_and_is_waited_for(fake):
    service = Service(fake, GeocoderRateLimited("no", retry_after=40))
    report = batch(fake, service, "ab")
    assert service.times == pytest.approx([0, 40, 41])
    assert report.failed == {}


def test_a_wish_beyond_patience_is_told_and_remembered(fake):
    service = Service(fake, GeocoderRateLimited("no", retry_after=500))
    report = batch(fake, service, ["a", "b"])
    assert service.times == [0]
    assert sorted(report.failed) == ["a", "b"]
    assert "wants to be left alone (no); not asked for another 500 s" in report.missing["b"]
    fake.now += 400
    assert "another 100 s" in batch(fake, service, ["b"]).missing["b"]  # of another batch
    fake.now += 101
    assert batch(fake, service, ["a", "b"]).failed == {}


@pytest.mark.parametrize(
    ("fault", "least"), [("busy1", 7), ("busydate1", 90), ("down1", 11), ("busynow1", 2.5)]
)
def test_headers_of_429_and_503_are_heeded(server, fake, fault, least):
    online = Online(
        "nominatim", server=server.url, user_agent=AGENT, clock=fake.clock(), patience_s=100,
        delay_s=0, backoff_s=2.5,
    )  # fmt: skip
    places, report = ask(online, [f"{fault} Alpha"])
    assert report.requests == 2
    assert places[0].name == f"{fault} Alpha"
    assert sum(fake.slept) == pytest.approx(least, abs=1e-6)


def test_waits_double_after_each_failure_and_are_random(fake):
    seen = []

    def jitter(low, high):
        seen.append((low, high))
        return high / 2

    service = Service(fake, *[GeocoderTimedOut("slow")] * 4)
    batch(fake, service, "a", backoff_s=2, delay_s=0, failures=99, clock=fake.clock(jitter))
    assert seen == [(0, 2), (0, 4), (0, 8), (0, 16)]
    assert service.times == pytest.approx([0, 1, 3, 7, 15])


def test_retries_end(fake):
    service = Service(fake, *[GeocoderTimedOut("slow")] * 9)
    report = batch(fake, service, "a", retries=2)
    assert len(service.times) == 3
    assert report.missing == {"a": "it failed when asked for 'a': slow"}


def test_a_host_that_fails_in_a_row_is_left_alone_then_tried_once(fake):
    errors = [GeocoderTimedOut("slow")] * 4
    service = Service(fake, *errors)
    options = {"backoff_s": 0, "delay_s": 0.1, "failures": 3, "rest_s": 30, "patience_s": 10}
    report = batch(fake, service, ["a", "b"], **options)
    assert len(service.times) == 3
    words = "failed 3 times in a row and is left alone (slow); not asked for another 30 s"
    assert words in report.missing["a"]
    fake.now += 31
    report = batch(fake, service, ["a", "b"], **options)  # the trial fails: rest is doubled
    assert len(service.times) == 4
    assert "another 60 s" in report.missing["b"]
    fake.now += 61
    report = batch(fake, service, ["a", "b"], **options)
    assert report.failed == {}
    assert len(service.times) == 6


def test_while_a_host_is_tried_others_wait(fake):
    service = Service(fake, *[GeocoderTimedOut("slow")] * 3)
    options = {"backoff_s": 0, "delay_s": 0, "failures": 3, "rest_s": 30, "patience_s": 10}
    batch(fake, service, ["a"], **options)
    fake.now += 31
    inner = []

    def trial(name):
        other = Online({"it": service}, clock=fake.clock(), **(options | {"patience_s": 0.1}))
        inner.append(ask(other, ["b"])[1])

    batch(fake, trial, ["a"], **options)
    assert "is being tried again" in inner[0].missing["b"]
    assert len(service.times) == 3
    assert batch(fake, service, ["b"], **options).failed == {}


def test_the_time_limit_returns_what_there_is(fake):
    service = Service(fake)
    report = batch(fake, service, ["a", "b", "c", "d"], time_limit_s=2.5, delay_s=1)
    assert service.times == [0, 1, 2]
    assert report.failed == {
        "d": "not asked: the time limit of 2.5 s was over (function it is asked every 1 s)"
    }
    report = batch(fake, service, ["a", "b", "c", "d"], time_limit_s=0)  # what is kept costs none
    assert list(report.failed) == ["d"]
    assert report.requests == 0


def test_the_next_service_is_asked_when_one_rests(fake):
    first = Service(fake, GeocoderRateLimited("no", retry_after=500))
    second = Service(fake)
    online = Online({"first": first, "second": second}, clock=fake.clock())
    report = ask(online, ["a", "b"])[1]
    assert (len(first.times), len(second.times)) == (1, 2)
    assert "first wants to be left alone" in report.missing["b"]
    assert "second does not know it" in report.missing["b"]


def test_threads_keep_to_one_pace_and_ask_for_a_name_once(server):
    def work(number):
        names = [f"Town {(number + i) % 8}" for i in range(8)]
        online = Online("nominatim", server=server.url, user_agent=AGENT, delay_s=0.1)
        results.append(ask(online, names))

    server.latency_s = 0.15  # longer than the delay: a name is still being asked for
    results = []
    began = time.monotonic()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(server.names) == [f"Town {i}" for i in range(8)]
    assert len(results) == 4
    assert all(place is not None for places, _ in results for place in places)
    assert sum(report.requests for _, report in results) == 8
    # One may be late, so that the next comes soon after it; none is ever early.
    times = sorted(request.time for request in server.log)
    assert all(at >= began + number * 0.1 for number, at in enumerate(times))
