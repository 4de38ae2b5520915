"""What short reports of our own tell: how many events, when, how many dead, and who says so."""

from pathlib import Path

import pandas as pd
import pytest

TABLE = Path(__file__).with_name("told.txt")
FIELDS = ("event_type", "start", "fatalities", "wounded", "status")


def cases():
    reports = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            published, _, text = line[1:].partition(" ")
            reports.append((published, text.replace("\\n", "\n"), []))
        elif line.startswith("    "):
            reports[-1][2].append([one.strip() for one in line.split(";")])
    return reports


REPORTS = cases()


def spelt(value):
    if pd.isna(value):
        return "-"
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value)


def agrees(wanted, row):
    told = [spelt(row[name]) for name in FIELDS]
    return all(
        one == "*" or value in one.split("|") for one, value in zip(wanted, told, strict=True)
    )


@pytest.fixture(scope="module")
def events(read_together):
    published, texts, _ = zip(*REPORTS, strict=True)
    return read_together(texts, published)


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*one, id=one[0][:60]) for _, *one in REPORTS]
)
def test_reports_tell_what_a_careful_reader_finds(text, expected, events):
    found = events[text]
    rows = [row for _, row in found.iterrows() if row["event_type"] != "statement"]
    told = [[spelt(row[name]) for name in FIELDS] for row in rows]
    assert len(rows) == len(expected), told
    for wanted in expected:
        right = next((row for row in rows if agrees(wanted, row)), None)
        assert right is not None, (wanted, told)
