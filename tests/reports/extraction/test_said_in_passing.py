"""Deeds told in passing: by a note, a when-clause, what came of them, or who speaks of them."""

from pathlib import Path

import pandas as pd
import pytest

import geoevents as ge

TABLE = Path(__file__).with_name("said_in_passing.txt")
FIELDS = ("event_type", "actor", "target", "start", "locality", "fatalities", "status")


def cases():
    reports = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            published, _, text = line[1:].partition(" ")
            reports.append((published, text.replace("\\n", "\n"), []))
        elif line.startswith("    "):
            reports[-1][2].append([one.strip() for one in line.split(";")])
    return reports


CASES = cases()


@pytest.fixture(scope="module")
def told():
    frame = pd.DataFrame(
        [(text, published) for published, text, _ in CASES], columns=["text", "published"]
    )
    found = ge.read_reports(frame, text="text", published="published", workers=1)
    found = found[found["event_type"] != "statement"]
    return [found[found["report"] == number] for number in range(len(CASES))]


def spelt(value):
    if pd.isna(value):
        return "-"
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value)


def agrees(wanted, row):
    return all(one in ("*", value) for one, value in zip(wanted, row, strict=True))


@pytest.mark.parametrize(
    ("number", "expected"),
    [pytest.param(n, expected, id=text[:60]) for n, (_, text, expected) in enumerate(CASES)],
)
def test_each_deed_keeps_what_is_its_own(told, number, expected):
    rows = [[spelt(row[name]) for name in FIELDS] for _, row in told[number].iterrows()]
    assert len(rows) == len(expected), rows
    for wanted in expected:
        assert any(agrees(wanted, row) for row in rows), (wanted, rows)
