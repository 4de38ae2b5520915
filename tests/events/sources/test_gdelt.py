"""GDELT: files without a header, machine codes, events without a place."""

from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geoevents as ge
from geoevents.events.problems import Problems
from geoevents.events.sources import HEADERS, SOURCES, cameo, recognise_source
from geoevents.events.sources.gdelt import UNCERTAINTY_M

LAYOUTS = {"gdelt_61_columns.export.CSV": 61, "gdelt_58_columns.export.CSV": 58}


def row(**cells):
    least = {
        "GLOBALEVENTID": "1",
        "SQLDATE": "20210304",
        "Actor1Name": "A",
        "Actor2Name": "B",
        "EventCode": "190",
        "ActionGeo_Type": "4",
        "ActionGeo_Lat": "10",
        "ActionGeo_Long": "20",
    }
    return {**least, **cells}


def listed(column):
    return column.astype(object).where(column.notna(), None).tolist()


def test_the_names_of_the_columns():
    for number, names in HEADERS.items():
        assert len(set(names)) == len(names) == number
    assert set(HEADERS) == {57, 58, 61}
    new = HEADERS[61]
    # Positions by the codebook, counted by hand from 0.
    assert {
        position: new[position] for position in (0, 1, 5, 6, 15, 16, 26, 28, 30, 34, 51, 56, 57, 60)
    } == {
        0: "GLOBALEVENTID",
        1: "SQLDATE",
        5: "Actor1Code",
        6: "Actor1Name",
        15: "Actor2Code",
        16: "Actor2Name",
        26: "EventCode",
        28: "EventRootCode",
        30: "GoldsteinScale",
        34: "AvgTone",
        51: "ActionGeo_Type",
        56: "ActionGeo_Lat",
        57: "ActionGeo_Long",
        60: "SOURCEURL",
    }
    assert [HEADERS[58][position] for position in (49, 53, 54, 57)] == [
        "ActionGeo_Type",
        "ActionGeo_Lat",
        "ActionGeo_Long",
        "SOURCEURL",
    ]
    assert HEADERS[57] == HEADERS[58][:57]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name, cells, translated):
    assert cells(name).shape == (6, LAYOUTS[name])
    assert recognise_source(cells(name).columns).name == "gdelt"
    translation, events, problems = translated(name)
    assert problems.empty
    assert events["event_id"].tolist() == [f"88000000{number}" for number in range(1, 7)]
    assert events["event_type"].tolist() == [
        "armed clash",
        "statement",
        "air strike",
        "territorial gain",
        "protest",
        "agreement",
    ]
    assert np.datetime_as_string(events["start"], unit="D").tolist() == [
        f"2021-03-0{day}" for day in range(4, 10)
    ]
    assert listed(events["actor"]) == [
        "NORTHLAND",
        "NORTHLAND",
        None,
        "RIVER FRONT",
        "PROTESTER",
        "NORTHLAND",
    ]
    assert listed(events["target"])[:2] == ["RIVER FRONT", None]
    assert listed(events["uncertainty_m"].astype(object)) == [
        5000,
        850000,
        150000,
        5000,
        450000,
        None,
    ]
    assert events["place"][0] == "Alder Ford, Westshire, Northland"
    assert events["source"][0] == "https://news.example/880000001"
    assert (events.geometry[0].x, events.geometry[0].y) == (20.5678, 10.1234)
    assert events.geometry.isna().tolist() == [False] * 5 + [True]
    assert events["GoldsteinScale"].tolist() == [-10, 0, -10, -9.5, -6.5, 9]
    assert events["EventCode"].tolist()[1] == "010"
    assert events["status"].isna().all()
    assert translation.notes == ["no place is given for 1 of 6 events"]
    kept = set(cells(name).columns) - {"GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor2Name"}
    kept -= {"ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FullName", "SOURCEURL"}
    assert kept <= set(translation.frame.columns)
    assert recognise_source(translation.frame.columns) is None


@pytest.mark.filterwarnings("ignore::UserWarning")  # an event has no place
@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_layout_is_read_from_its_file(name, packed, tmp_path):
    path = Path(__file__).parent / "data" / name
    if packed:
        with ZipFile(tmp_path / f"{name}.zip", "w") as held:
            held.write(path, name)
        path = tmp_path / f"{name}.zip"
    events = ge.read_events(path)
    assert events.attrs["read"]["format"] == "gdelt"
    assert events["event_id"].tolist() == [f"88000000{number}" for number in range(1, 7)]
    assert events["event_type"].tolist()[2:4] == ["air strike", "territorial gain"]


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("010", "statement"),
        ("017", "other"),
        ("0231", "statement"),
        ("036", "statement"),
        ("042", "other"),
        ("057", "agreement"),
        ("0871", "agreement"),
        ("0872", "siege"),
        ("0874", "other"),
        ("094", "other"),
        ("108", "statement"),
        ("112", "statement"),
        ("115", "other"),
        ("1385", "statement"),
        ("139", "statement"),
        ("145", "protest"),
        ("1451", "protest"),
        ("152", "other"),
        ("173", "other"),
        ("175", "attack on civilians"),
        ("180", "attack on civilians"),
        ("181", "attack on civilians"),
        ("1823", "attack on civilians"),
        ("183", "bombing"),
        ("1831", "bombing"),
        ("186", "attack on civilians"),
        ("190", "armed clash"),
        ("191", "siege"),
        ("192", "territorial gain"),
        ("193", "armed clash"),
        ("194", "shelling"),
        ("195", "air strike"),
        ("1951", "air strike"),
        ("1952", "air strike"),
        ("196", "armed clash"),
        ("202", "attack on civilians"),
        ("2041", "bombing"),
    ],
)
def test_codes_of_cameo(code, ours):
    assert cameo.event_type(code) == ours


@pytest.mark.parametrize(
    "code", ["", "19", "190 ", "197", "210", "000", "1900", "---", "１９０", "a"]
)
def test_what_is_no_code(code):
    assert cameo.event_type(code) is None


@settings(max_examples=50)
@given(st.lists(st.integers(0, 9999), min_size=1, max_size=30))
def test_a_code_is_read_or_a_problem(numbers):
    codes = [str(number).zfill(3) for number in numbers]
    frame = pd.DataFrame([row(GLOBALEVENTID=str(at), EventCode=c) for at, c in enumerate(codes)])
    problems = Problems(frame.index)
    found = SOURCES["gdelt"].translate(frame, problems).frame
    noted = problems.frame()
    highest = [9, 8, 9, 6, 7, 4, 5, 7, 4, 8, 6, 9, 9, 5, 5, 6, 6, 6, 6, 4]  # third digits, 01 to 20
    for position, code in enumerate(codes):
        root = int(code[:2])
        known = 1 <= root <= 20 and int(code[2]) <= highest[root - 1] and code[3:] != "0"
        mine = noted[noted["row"] == position]
        if known:
            assert mine.empty
            assert found["event_type"][position] == cameo.event_type(code)
        else:
            assert mine[["column", "value"]].to_numpy().tolist() == [["EventCode", code]]


def test_a_code_that_lost_its_zero_is_told_so(translated):
    _, _, problems = translated(pd.DataFrame([row(EventCode="42"), row(GLOBALEVENTID="2")]))
    assert len(problems) == 1
    assert problems["reason"][0].startswith("has lost the zero at its beginning")


@pytest.mark.parametrize("code", [*UNCERTAINTY_M, "0", "", "6", "x", None])
def test_types_of_places(code, translated):
    _, events, problems = translated(pd.DataFrame([row(ActionGeo_Type=code)]))
    if code in {"6", "x"}:
        assert problems[["column", "value"]].to_numpy().tolist() == [["ActionGeo_Type", code]]
    else:
        assert problems.empty
        metres = {"1": 850000, "2": 450000, "3": 5000, "4": 5000, "5": 150000}.get(code)
        assert listed(events["uncertainty_m"].astype(object)) == [metres]
        assert events.geometry.notna().all()


def test_a_type_without_coordinates_has_no_uncertainty(translated):
    frame = pd.DataFrame([row(ActionGeo_Lat=None, ActionGeo_Long="")])
    _, events, problems = translated(frame)
    assert problems.empty
    assert events["uncertainty_m"].isna().all()
    assert events.geometry.isna().all()


def test_the_names_of_a_table_in_bigquery(translated):
    frame = pd.DataFrame([row()]).rename(columns=str.lower)
    translation, events, problems = translated(frame)
    assert problems.empty
    assert translation.names["event_type"] == "eventcode"
    assert events["event_type"].tolist() == ["armed clash"]


def test_no_rows(translated):
    _, events, problems = translated(pd.DataFrame([row()]).iloc[:0])
    assert events.empty
    assert problems.empty
