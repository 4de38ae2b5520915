"""Whether what sentences of our own tell happened, when it did, and what of it is one event."""

import re
from pathlib import Path

import pandas as pd
import pytest

import geoevents as ge

TABLE = Path(__file__).with_name("whether_and_when.txt")
FIELDS = ("event_type", "start", "status")
_LINE = re.compile(r"\[(.+?)\] (.+) => (.+)")


def _cases() -> list[tuple[str, str, list[list[str]]]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    found = [match.groups() for line in lines if (match := _LINE.fullmatch(line))]
    return [
        (day, text, [] if told == "-" else [one.strip().split("|") for one in told.split(";;")])
        for day, text, told in found
    ]


CASES = _cases()


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    frame = pd.DataFrame({"text": [one[1] for one in CASES], "day": [one[0] for one in CASES]})
    return ge.read_reports(frame, text="text", published="day", workers=1)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[one[1][:60] for one in CASES])
def test_events_are_those_that_happened_and_on_their_day(number: int, events: pd.DataFrame) -> None:
    rows = events[events["report"] == number]
    told = [[row.event_type, str(row.start.date()), row.status] for row in rows.itertuples()]
    expected = CASES[number][2]
    assert len(told) == len(expected), told
    left = list(told)
    for wanted in expected:
        hit = next((one for one in left if _agrees(wanted, one)), None)
        assert hit is not None, (wanted, told)
        left.remove(hit)


def _agrees(wanted: list[str], told: list[str]) -> bool:
    return all(
        one == "*" or value in one.split(",") for one, value in zip(wanted, told, strict=False)
    )
