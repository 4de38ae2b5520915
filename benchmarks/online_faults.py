"""
What faults of an online geocoder cost: requests, lost answers, names asked for twice.

A server on loopback plays Nominatim, well and badly. "lost" are names that it answered and that
are not kept; "twice" are requests for names that had been answered, but for what was under way in
a process when that was killed (in brackets: how many these were).
"""

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "places" / "online"))

from loopback import Server
from processes import Workers, agent

from geoevents.places.online import Online, ask

NAMES = 20
AGENT = "Benchmarks of geoevents, tests@geoevents.net"
QUICK: dict[str, Any] = {"delay_s": 0, "backoff_s": 0, "timeout_s": 1, "failures": 1000}
#: What the server does to every second name: twice, then it answers.
PASSING = (
    "error", "bandwidth", "busynow", "cut", "gone", "html", "json", "nan", "empty", "bytes", "huge",
    "endless", "zip", "bomb", "deep", "slow", "drip", "drophead",
)  # fmt: skip
#: What it does to one name of twenty, always.
LASTING = (
    "error", "html", "slow", "bad", "types", "null", "words", "list", "number", "infinite", "off",
)  # fmt: skip


@dataclass
class Row:
    """One line of the table, counted in the server's log and in the file."""

    label: str
    names: int
    answers: int
    server: Server
    folder: Path
    seconds: float
    under_way: int = 0

    def __str__(self) -> str:
        done: set[str] = set()
        twice = 0
        for request in self.server.log:
            twice += request.name in done
            if request.fine:
                done.add(request.name)
        path = self.folder / "online-1.sqlite"
        connection = sqlite3.connect(path)
        kept = {question for (question,) in connection.execute("SELECT question FROM answers")}
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        lost = len({name.casefold() for name in done} - kept)
        bracket = f" ({self.under_way})" if self.under_way else ""
        return (
            f"| {self.label} | {self.names} | {len(self.server.log)} | {self.answers} | {lost} "
            f"| {max(0, twice - self.under_way)}{bracket} | {'yes' if sound else 'NO'} "
            f"| {self.seconds:.1f} |"
        )


@contextmanager
def place(latency_s: float = 0.0) -> Iterator[tuple[Server, Path]]:
    with tempfile.TemporaryDirectory() as folder, Server(latency_s) as server:
        yield server, Path(folder, "cache")


def batch(label: str, names: list[str], **options: Any) -> Row:
    with place() as (server, folder):
        online = Online("nominatim", server=server.url, user_agent=AGENT, cache=folder,
                        **(QUICK | options))  # fmt: skip
        start = time.perf_counter()
        places, _ = ask(online, names)
        seconds = time.perf_counter() - start
        row = Row(label, len(names), sum(p is not None for p in places), server, folder, seconds)
        print(row, flush=True)
        return row


def passing(fault: str) -> None:
    names = [f"{fault}2 Town {i}" if i % 2 else f"Town {i}" for i in range(NAMES)]
    batch(f"{fault}, twice for every second name", names, timeout_s=0.2)


def lasting(fault: str) -> None:
    names = [f"{fault} Town" if i == 7 else f"Town {i}" for i in range(NAMES)]
    batch(f"{fault}, always for one name", names, timeout_s=0.3)


def again(options: dict[str, Any]) -> None:
    with place() as (server, folder):
        online = Online("nominatim", server=server.url, user_agent=AGENT, cache=folder, **options)
        names = [f"Town {i}" for i in range(NAMES)]
        ask(online, names)
        start = time.perf_counter()
        places, _ = ask(online, names)
        seconds = time.perf_counter() - start
        count = sum(p is not None for p in places)
        print(Row("the same names again", 2 * NAMES, count, server, folder, seconds), flush=True)


def together() -> None:
    with place(0.01) as (server, folder):
        names = [f"Town {i}" for i in range(100)]
        workers = Workers()
        start = time.perf_counter()
        workers.start(server, folder, 0.01, {str(i): names[i:] + names[:i] for i in range(4)})
        workers.wait()
        seconds = time.perf_counter() - start
        workers.close()
        label = "4 processes, the same 100 names"
        print(Row(label, 100, len(server.log), server, folder, seconds), flush=True)


def killed(rounds: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    names = [f"Town {i}" for i in range(200)]
    with place(0.01) as (server, folder):
        workers = Workers()
        start = time.perf_counter()
        agents = []
        for turn in range(rounds):
            jobs = {f"{turn}-{i}": chance.sample(names, 100) for i in range(4)}
            pids = workers.start(server, folder, 0.005, jobs)
            server.wait_for(len(server.log) + chance.randrange(5, 20))
            time.sleep(chance.uniform(0, 0.02))
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            agents += map(agent, jobs)
            workers.wait()
        latest = {request.agent: request for request in server.log}
        under_way = {latest[one].name for one in agents if one in latest}
        before = len(server.log)
        online = Online("nominatim", server=server.url, user_agent=AGENT, cache=folder, **QUICK)
        places, _ = ask(online, names)
        seconds = time.perf_counter() - start
        repeated = [r.name for i, r in enumerate(server.log) if r.name in server.names[:i]]
        excused = sum(name in under_way for name in repeated)
        label = f"4 processes killed {rounds} times (after {before} requests), 200 names"
        count = sum(p is not None for p in places)
        print(Row(label, 200, count, server, folder, seconds, excused), flush=True)
        workers.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=3, help="how often to play the killing")
    options, _ = parser.parse_known_args()
    warnings.simplefilter("ignore")
    print("| what happens | names | requests | answers | lost | twice | file sound | s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    plain = [f"Town {i}" for i in range(NAMES)]
    jobs: list[Callable[[], Any]] = [
        lambda: batch("nothing", plain),
        lambda: again(QUICK),
        lambda: batch("429, Retry-After: 7 s, once", ["busy1 Town", *plain[1:]]),
        lambda: batch("503, Retry-After: 11 s; patience 5 s", ["down Town", *plain[1:]],
                      patience_s=5),
        lambda: batch("403", ["Town 0", "forbidden Town", *plain[2:]]),
        lambda: batch("redirect to a file", ["Town 0", "file Town", *plain[2:]]),
        lambda: batch("HTTP 500 for all; rests of 1 s, 2 s after 5 in a row",
                      [f"error {name}" for name in plain], failures=5, rest_s=1, patience_s=3),
        lambda: batch("time limit of 1 s, 0.2 s between requests", plain, delay_s=0.2,
                      time_limit_s=1),
        *(lambda fault=fault: passing(fault) for fault in PASSING),
        *(lambda fault=fault: lasting(fault) for fault in LASTING),
        together,
        *(lambda seed=seed: killed(6, seed) for seed in range(options.kills)),
    ]  # fmt: skip
    for job in jobs:
        job()


if __name__ == "__main__":
    main()
