"""The invented files of each layout, as text: what a reader of tables hands on."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from geoevents.events.problems import Problems
from geoevents.events.schema import check
from geoevents.events.sources import HEADERS, recognise_source

DATA = Path(__file__).parent / "data"


def _read(name):
    path = DATA / name
    if name.endswith(".json"):
        held = json.loads(path.read_text("utf-8"))
        return pd.DataFrame(held.get("data", held.get("Result")))
    with path.open(encoding="utf-8", newline="") as file:
        if name.endswith(".CSV"):
            rows = [line.rstrip("\n").split("\t") for line in file]
            names = HEADERS[len(rows[0])]
        else:
            delimiter = ";" if "30_columns" in name else ","
            names, *rows = csv.reader(file, delimiter=delimiter)
    return pd.DataFrame(rows, columns=list(names)).replace({"": None})


@pytest.fixture
def cells():
    return _read


@pytest.fixture
def translated():
    """Translate a frame or a file; give the translation, the events checked, the problems."""

    def do(frame):
        frame = _read(frame) if isinstance(frame, str) else frame
        before = frame.copy()
        problems = Problems(frame.index)
        translation = recognise_source(frame.columns).translate(frame, problems)
        pd.testing.assert_frame_equal(frame, before)  # what is given is left as it was
        return translation, check(translation.frame, problems), problems.frame()

    return do
