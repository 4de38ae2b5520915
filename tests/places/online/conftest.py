import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from loopback import Server

from geoevents.places.online import database as databases
from geoevents.places.online.clock import Clock


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A cache of the test's own; nobody has said who asks."""
    monkeypatch.setenv("GEOEVENTS_CACHE", str(tmp_path / "cache"))
    for name in ("GEOEVENTS_USER_AGENT", "GEOEVENTS_GEONAMES_USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(databases, "_MEMORIES", {})
    return tmp_path / "cache"


@pytest.fixture
def server():
    with Server() as running:
        yield running


class FakeTime:
    """A clock that only moves when somebody sleeps."""

    def __init__(self):
        self.now = 1_000_000.0
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def clock(self, jitter=max):
        return Clock(lambda: self.now + 1.7e9, lambda: self.now, self.sleep, jitter)


@pytest.fixture
def fake():
    return FakeTime()
