"""Where the events of short reports of our own were, as a careful reader would have it."""

from pathlib import Path

import pandas as pd
import pytest

TABLE = Path(__file__).with_name("whereabouts.txt")
LEFT_OUT = ("statement", "agreement")


def cases():
    text, expected = "", []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("    "):
            expected.append(line.strip())
            continue
        if text:
            yield text, expected
        text, expected = line.replace("\\n", "\n"), []
    yield text, expected


def agrees(wanted, locality, place):
    locality, place = ("" if pd.isna(one) else one.lower() for one in (locality, place))
    if wanted == "-":
        return not locality
    if wanted.startswith("!"):
        return wanted[1:].lower() not in locality
    words, _, on = wanted.lower().partition(" = ")
    return words in locality and on in place


@pytest.fixture(scope="module")
def told(read_together):
    return read_together([text for text, _ in cases()], "2024-05-06")


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*one, id=one[0][:60]) for one in cases()]
)
def test_events_are_where_the_text_says(text, expected, told):
    found = told[text]
    found = found[~found["event_type"].isin(LEFT_OUT)]
    where = list(zip(found["locality"], found["place"], strict=True))
    assert len(where) == len(expected), where
    for wanted, (locality, place) in zip(expected, where, strict=True):
        assert agrees(wanted, locality, place), where
