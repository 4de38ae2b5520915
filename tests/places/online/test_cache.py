"""Answers that are kept: for how long, and through what."""

import json
import os
import sqlite3
import stat
import threading
import warnings
from contextlib import contextmanager

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoevents.places.online import Cache, GeocoderWarning, Online, ask
from geoevents.places.online import database as databases
from geoevents.places.online.answers import dumped, loaded
from geoevents.places.online.database import Database
from geoevents.places.place import Place

DAY = 86_400


class Service:
    def __init__(self, known=()):
        self.known, self.asked = set(known), []

    def __call__(self, name):
        self.asked.append(name)
        if name.startswith("down"):
            raise RuntimeError("down")
        return Answer(name) if name in self.known else None


class Answer:
    def __init__(self, name):
        self.address, self.longitude, self.latitude = name, 40.0, 35.0


def run(service, names, **options):
    options = {"delay_s": 0, "backoff_s": 0, **options}
    return ask(Online({"it": service}, **options), names)


def rows(folder, table="answers", name="online-1.sqlite"):
    connection = sqlite3.connect(folder / name)
    found = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    connection.close()
    return found


def change(folder, statement, *values):
    connection = sqlite3.connect(folder / "online-1.sqlite")
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def test_what_is_known_and_what_is_not_is_kept_but_no_error(folder):
    service = Service({"a"})
    places, report = run(service, ["a", "b", "down c"])
    assert [bool(place) for place in places] == [True, False, False]
    again, second = run(service, ["a", "b", "down c", "A "])
    assert again[0] == places[0] == again[3]
    assert service.asked == ["a", "b", "down c", "down c"]
    assert (report.requests, second.requests, second.from_cache) == (3, 1, 1)
    assert {row[2]: row[5] == "[]" for row in rows(folder)} == {"a": False, "b": True}


def test_answers_expire(fake):
    service = Service({"a"})
    clock = fake.clock()
    run(service, ["a", "b"], clock=clock)
    fake.now += 14 * DAY - 10
    run(service, ["a", "b"], clock=clock)
    assert service.asked == ["a", "b"]
    fake.now += 20
    run(service, ["a", "b"], clock=clock)
    assert service.asked == ["a", "b", "b"]
    fake.now += 166 * DAY
    run(service, ["a"], clock=clock)
    assert service.asked == ["a", "b", "b", "a"]


def test_who_wants_fresh_answers_gets_them(fake):
    service = Service({"a"})
    run(service, ["a"], clock=fake.clock())
    fake.now += 2 * DAY
    run(service, ["a"], clock=fake.clock(), keep_days=1)
    assert service.asked == ["a", "a"]


def test_answers_from_the_future_do_not_count(fake):
    service = Service({"a"})
    run(service, ["a"], clock=fake.clock())
    fake.now -= 10 * DAY  # the clock was wrong when it was asked
    run(service, ["a"], clock=fake.clock())
    assert service.asked == ["a", "a"]


def test_without_a_cache_nothing_is_kept_but_the_pace(folder):
    service = Service({"a"})
    for _ in range(2):
        run(service, ["a"], cache=False)
    assert service.asked == ["a", "a"]
    assert rows(folder) == rows(folder, "claims") == []
    assert [row[0] for row in rows(folder, "hosts")] == ["function it"]


def test_a_function_without_a_name_is_not_kept(folder):
    service = Service({"a"})
    for _ in range(2):
        ask(Online(service, delay_s=0), ["a"])
    assert service.asked == ["a", "a"]
    assert not folder.exists()


def test_the_folder_may_be_given(tmp_path, folder):
    service = Service({"a"})
    for _ in range(2):
        run(service, ["a"], cache=tmp_path / "x" / "y")
    assert service.asked == ["a"]
    assert not folder.exists()
    mode = stat.S_IMODE((tmp_path / "x" / "y" / "online-1.sqlite").stat().st_mode)
    assert os.name != "posix" or mode == 0o600


# ---------------------------------------------------------------------- damage


def test_a_file_that_is_no_database_is_set_aside(folder):
    folder.mkdir()
    (folder / "online-1.sqlite").write_bytes(b"no database at all" * 100)
    service = Service({"a"})
    with pytest.warns(GeocoderWarning, match=r"online-1\.sqlite is damaged .*set aside"):
        run(service, ["a"])
    run(service, ["a"])  # and no further warning
    assert service.asked == ["a"]
    assert len(rows(folder, name="online-1.2.sqlite")) == 1
    assert (folder / "online-1.sqlite").read_bytes().startswith(b"no database")
    assert Cache().clear() == 1
    assert not (folder / "online-1.sqlite").exists()
    assert (folder / "online-1.sqlite.damaged").exists()


def test_a_database_of_somebody_else_is_left_alone(folder):
    folder.mkdir()
    connection = sqlite3.connect(folder / "online-1.sqlite")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.warns(GeocoderWarning, match="something else"):
        run(Service({"a"}), ["a"])
    assert rows(folder, "mine") == []


@pytest.mark.filterwarnings("ignore:.*is damaged")
@settings(max_examples=25,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.data())
def test_whatever_happens_to_the_file_names_are_found(folder, data):
    service = Service({"a", "b"})
    run(service, ["a"])
    path = max(folder.glob("*.sqlite"), key=lambda path: (len(path.name), path.name))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 40] = data.draw(st.binary(min_size=0, max_size=40))
    path.write_bytes(content)
    places, _ = run(service, ["a", "b"])
    assert [place.name for place in places] == ["a", "b"]
    for old in folder.iterdir():
        old.unlink()


@pytest.mark.parametrize(
    "text",
    ["", "{", "5", "[5]", "[{}]", "null", '[{"id": 5}]', '{"a": 1}', "[" * 5000, '"[]"', "[[]]"],
)
def test_an_answer_that_cannot_be_read_is_asked_for_again(folder, text):
    service = Service({"a"})
    run(service, ["a"])
    change(folder, "UPDATE answers SET answer = ?", text)
    (place,), _ = run(service, ["a"])
    assert place.name == "a"
    assert service.asked == ["a", "a"]
    assert json.loads(rows(folder)[0][5])[0]["name"] == "a"


def test_a_folder_that_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GEOEVENTS_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.warns(GeocoderWarning, match="cannot be kept in.*GEOEVENTS_CACHE") as caught:
        (place,), report = run(Service({"a"}), ["a"])
    assert place.name == "a"
    assert report.failed == {}
    assert len(caught) == 1


@contextmanager
def as_a_stranger(path):
    """Make it another user's folder or file, which this process may not enter or read."""
    mode = path.stat().st_mode
    path.chmod(0)
    root = os.geteuid() == 0
    try:
        if root:  # whom nothing stops
            os.seteuid(65534)
        yield
    finally:
        if root:
            os.seteuid(0)
        path.chmod(mode)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs the permissions of POSIX")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_cache_of_another_user_is_left_alone(folder, what):
    service = Service({"a", "b"})
    run(service, ["a"])  # also loads all that a stranger might not be able to
    before = sorted(folder.iterdir())
    names = ["a", "b", "a"]
    whose = folder if what == "folder" else folder / "online-1.sqlite"
    with as_a_stranger(whose), pytest.warns(GeocoderWarning) as caught:
        places, report = run(service, names)
    assert [place.name for place in places] == names
    assert report.failed == {}
    (warning,) = caught
    assert str(folder) in str(warning.message)
    assert "GEOEVENTS_CACHE" in str(warning.message)
    assert "damaged" not in str(warning.message)
    assert sorted(folder.iterdir()) == before
    assert rows(folder)[0][2] == "a"
    with as_a_stranger(whose), pytest.warns(GeocoderWarning):
        assert Cache().clear() == 2  # those in memory


@pytest.mark.parametrize(
    ("pragma", "words"),
    [("query_only = ON", "readonly"), ("max_page_count = 1", "full")],
    ids=["read-only", "full"],
)
def test_a_disk_that_cannot_be_written_to_can_be_read(folder, monkeypatch, pragma, words):
    service = Service({"a", "b", *map(str, range(30))})
    run(service, ["a"])

    class Ill(Database):
        def _open(self):
            super()._open()
            self._connection.execute(f"PRAGMA {pragma}")

    monkeypatch.setattr("geoevents.places.online.asking.Database", Ill)
    names = ["a", *map(str, range(30))]
    with pytest.warns(GeocoderWarning, match=words) as caught:
        places, report = run(service, names)
    assert [place.name for place in places] == names
    assert report.failed == {}
    assert service.asked == names
    assert len(caught) == 1


def test_a_lock_that_is_held_too_long_stops_nobody(folder, monkeypatch):
    monkeypatch.setattr(databases, "_PATIENCE_S", 0.1)
    service = Service({"a", "b"})
    run(service, ["a"])
    other = sqlite3.connect(folder / "online-1.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.warns(GeocoderWarning, match="locked"):
        places, _ = run(service, ["b"])
    assert places[0].name == "b"
    other.close()


def test_threads_open_a_new_file_together(folder):
    def work():
        try:
            barrier.wait()
            with Database(folder) as database:
                database.write(lambda c: c.execute("SELECT count(*) FROM answers").fetchone())
        except BaseException as error:  # noqa: BLE001 -- told below
            errors.append(error)

    for _ in range(5):
        barrier, errors = threading.Barrier(8), []
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        for path in folder.iterdir():
            path.unlink()


# ---------------------------------------------------------------------- care


def test_stats_prune_and_clear(fake, folder):
    clock = fake.clock()
    cache = Cache(clock=clock)
    run(Service({"a", "b"}), ["a", "b", "c"], clock=clock)
    fake.now += 20 * DAY
    run(Service({"d"}), ["d", "e"], clock=clock)
    stats = cache.stats()
    assert {key: stats[key] for key in ("answers", "unknown", "expired")} == {
        "answers": 3, "unknown": 2, "expired": 1,
    }  # fmt: skip
    assert stats["newest"] - stats["oldest"] == pytest.approx(20 * DAY)
    assert stats["path"] == str(folder / "online-1.sqlite")
    assert 0 < stats["bytes"] < 100_000
    assert cache.prune() == 1
    assert cache.stats()["expired"] == 0
    assert cache.clear() == 4
    assert rows(folder) == []
    assert b'"name"' not in (folder / "online-1.sqlite").read_bytes()


def test_the_oldest_go_first(fake, folder, monkeypatch):
    monkeypatch.setattr("geoevents.places.online.cache._CHUNK", 1)
    names = [str(number) for number in range(40)]
    for name in names:
        run(Service(names), [name], clock=fake.clock())
        fake.now += 1
    change(folder, "UPDATE answers SET answer = answer || ?", " " * 5000)
    removed = Cache(clock=fake.clock()).prune(largest_bytes=120_000)
    assert 10 < removed < 40
    left = [row[2] for row in rows(folder)]
    assert sorted(left, key=int) == names[removed:]
    assert Cache().stats()["bytes"] <= 120_000


def test_a_cache_that_has_grown_too_large_is_pruned(folder, monkeypatch):
    monkeypatch.setattr("geoevents.places.online.asking.LARGEST_BYTES", 1)
    calls = []
    monkeypatch.setattr("geoevents.places.online.asking.pruned", lambda *given: calls.append(given))
    run(Service({"a"}), ["a"])
    run(Service({"a"}), ["a"])  # nothing new is kept
    assert len(calls) == 1


def test_the_log_is_written_into_the_file_now_and_then(folder, monkeypatch):
    monkeypatch.setattr(databases, "_CHECKPOINT", 5)
    with Database(folder) as database:
        for number in range(50):
            database.write(
                lambda c: c.execute(
                    "INSERT OR REPLACE INTO hosts VALUES (?, 0, 0, 0, 0, '')",
                    (str(number),),  # noqa: B023
                )
            )
            assert (folder / "online-1.sqlite-wal").stat().st_size < 20 * 4120


# ---------------------------------------------------------------------- as JSON

NUMBERS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
SHAPES = st.one_of(
    NUMBERS.map(shapely.Point),
    st.lists(NUMBERS, min_size=2, max_size=5).map(shapely.LineString),
    st.just(shapely.box(0, 0, 1, 1)),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLACES = st.builds(
    Place,
    id=WORDS,
    name=WORDS,
    kind=st.sampled_from(["river", "facility", "country"]),
    country=st.none() | st.just("SY"),
    admin1=st.none() | WORDS,
    population=st.just(0),
    geometry=SHAPES,
    point=NUMBERS.map(shapely.Point),
    uncertainty_m=st.floats(0, 1e7),
    score=st.just(0.5),
    source=WORDS,
)


@settings(max_examples=50)
@given(st.lists(PLACES, max_size=3))
def test_places_come_back_as_they_were(places):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert loaded(dumped(places)) == places
    json.loads(dumped(places), parse_constant=pytest.fail)
