"""
Short reports with the events that they tell, a table a matter.

``two_deeds``: two told in one breath, each of which keeps what is its own. ``said_in_passing``: by
a note, a when-clause, what came of them, or who speaks of them. ``turns``: turns of phrase, such as
who calls it so, verbs in two parts, hostages, sieges that are killings.
"""

from pathlib import Path

import pandas as pd
import pytest

import geoevents as ge

FOLDER = Path(__file__).parent
#: What the lines of each table say of an event, in their order.
TOLD = ("event_type", "actor", "target", "start", "locality", "fatalities")
FIELDS = {
    "two_deeds": (*TOLD, "wounded"),
    "said_in_passing": (*TOLD, "status"),
    "turns": (*TOLD, "wounded"),
}


def read_table(name):
    """List the reports of a table: the day of publication, the text, the lines of its events."""
    reports = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            published, _, text = line[1:].partition(" ")
            reports.append((published, text.replace("\\n", "\n"), []))
        elif line.startswith("    "):
            reports[-1][2].append([one.strip() for one in line.split(";")])
    return reports


CASES = {name: read_table(name) for name in FIELDS}


@pytest.fixture(scope="module")
def told():
    reports = [
        (name, number, text, published)
        for name, cases in CASES.items()
        for number, (published, text, _) in enumerate(cases)
    ]
    frame = pd.DataFrame(reports, columns=["table", "number", "text", "published"])
    found = ge.read_reports(frame, text="text", published="published", workers=1)
    found = found[found["event_type"] != "statement"]
    return {
        (name, number): found[found["report"] == row]
        for row, (name, number, _, _) in enumerate(reports)
    }


def spelt(value):
    if pd.isna(value):
        return "-"
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value).replace(";", " +")


def agrees(wanted, row):
    return all(one in ("*", value) for one, value in zip(wanted, row, strict=True))


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        pytest.param(name, number, expected, id=f"{name}: {text[:60]}")
        for name, cases in CASES.items()
        for number, (_, text, expected) in enumerate(cases)
    ],
)
def test_each_deed_is_read_with_what_is_its_own(told, name, number, expected):
    events = told[name, number]
    rows = [[spelt(row[field]) for field in FIELDS[name]] for _, row in events.iterrows()]
    assert len(rows) == len(expected), rows
    for wanted in expected:
        assert any(agrees(wanted, row) for row in rows), (wanted, rows)
