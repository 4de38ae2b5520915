"""Several processes, which may be killed at any moment."""

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from dataclasses import replace

import pytest
from loopback import Server
from processes import Workers, agent, result

from geoevents.places.online import Online, ask

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="starts processes by fork")


@pytest.fixture(scope="module")
def workers():
    running = Workers()
    yield running
    running.close()


def database(folder):
    return sqlite3.connect(folder / "online-1.sqlite")


def kept(folder):
    connection = database(folder)
    found = {question for (question,) in connection.execute("SELECT question FROM answers")}
    connection.close()
    return found


def test_processes_keep_to_one_pace_and_ask_for_a_name_once(server, folder, workers):
    names = [f"Town {i}" for i in range(8)]
    jobs = {i: [*names[i:], *names[:i], f"Own {i}"] for i in range(3)}
    began = time.monotonic()
    workers.start(server, folder, 0.08, jobs)
    assert workers.wait() == [0, 0, 0]
    results = [result(folder, i) for i in range(3)]
    assert sorted(server.names) == sorted([*names, "Own 0", "Own 1", "Own 2"])
    assert len({request.agent for request in server.log}) > 1
    assert all(None not in places for places, _ in results)
    assert sum(report["requests"] for _, report in results) == 11
    # One may be late, so that the next comes soon after it; none is ever early.
    times = sorted(request.time for request in server.log)
    assert all(at >= began + number * 0.08 for number, at in enumerate(times))


def test_who_asks_for_a_name_that_is_being_asked_for_waits_for_its_answer(folder, workers):
    names = ["Alpha", "Beta", "Gamma"]
    with Server(latency_s=0.3) as slow:
        workers.start(slow, folder, 0, dict.fromkeys(range(4), names))
        assert workers.wait() == [0] * 4
        assert sorted(slow.names) == names
    results = [result(folder, i) for i in range(4)]
    assert [places for places, _ in results] == [names] * 4
    assert sum(report["requests"] for _, report in results) == 3


def test_what_a_dead_process_was_asking_for_is_asked_for_at_once(server, folder, workers):
    (pid,) = workers.start(server, folder, 0, {"d": ["slow1 Alpha"]})
    assert server.wait_for(1)
    online = Online("nominatim", server=server.url, user_agent=agent("e"), delay_s=0)
    waiting = ask(replace(online, time_limit_s=0.2), ["slow1 Alpha"])[1]
    assert waiting.requests == 0
    os.kill(pid, signal.SIGKILL)
    # Nobody has buried it yet: it is dead all the same. Its claim would hold for 40 s.
    (place,), report = ask(replace(online, time_limit_s=10), ["slow1 Alpha"])
    assert place.name == "slow1 Alpha"
    assert report.requests == 1
    assert workers.wait() == [-signal.SIGKILL]


def test_ctrl_c_stops_at_once_and_loses_nothing(server, folder, workers):
    (pid,) = workers.start(server, folder, 0.01, {"c": ["Alpha", "Beta", "slow Gamma", "Delta"]})
    assert server.wait_for(3)
    os.kill(pid, signal.SIGINT)
    assert workers.wait() == [130]
    # The server keeps the slow one waiting for 30 s, and the client would wait for 10.
    assert not server.log[2].answered
    assert kept(folder) == {"alpha", "beta"}
    connection = database(folder)
    assert connection.execute("SELECT count(*) FROM claims").fetchone() == (0,)
    connection.close()


def test_killed_in_mid_batch_nothing_is_lost_and_nothing_asked_twice(folder, workers):
    random.seed(6)
    names = [f"Town {i}" for i in range(200)]
    killed = []
    with Server(latency_s=0.01) as server:
        for turn, count in enumerate((15, 34, 22, 28, 19)):
            # Each asks for half of the names, in its own order.
            jobs = {f"{turn}-{i}": random.sample(names, 100) for i in range(4)}
            pids = workers.start(server, folder, 0.005, jobs)
            assert server.wait_for(len(server.log) + count)
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            killed += map(agent, jobs)
            assert workers.wait() == [-signal.SIGKILL] * 4
        before = list(server.log)
        assert len(before) < 200
        # What was under way when its process was killed: the last request of each, at most.
        latest = {request.agent: request for request in before}
        under_way = {id(latest[one]) for one in killed if one in latest}
        done = {request.name.casefold() for request in before if id(request) not in under_way}
        assert done <= kept(folder)

        server.latency_s = 0
        final = Online("nominatim", server=server.url, user_agent=agent("last"), delay_s=0)
        places, report = ask(final, names)
        assert [place.name for place in places] == names
        assert report.failed == {}
        assert set(server.names) == set(names)
        # Who asks again does so because another was killed while asking for it.
        again = Counter(server.names) - Counter(names)
        assert again <= Counter(one.name for one in before if id(one) in under_way)
        assert sum(again.values()) <= 20
        sent = len(server.log)
        assert ask(final, names)[1].from_cache == 200
        assert len(server.log) == sent
    connection = database(folder)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("SELECT count(*) FROM claims").fetchone() == (0,)
    connection.close()
