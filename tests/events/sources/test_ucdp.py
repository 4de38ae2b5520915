"""UCDP GED: every release says the same invented events; the codebook's meaning is kept."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geoevents as ge
from geoevents.events.problems import Problems
from geoevents.events.sources import SOURCES, recognise_source
from geoevents.events.sources.ucdp import DATE_PRECISION, EVENT_TYPE, HEADER, UNCERTAINTY_M

LAYOUTS = {
    "ucdp_v17.csv": (7, 46),
    "ucdp_v25.csv": (7, 49),
    "ucdp_candidate.csv": (4, 49),
    "ucdp_api.json": (7, 49),
}


def row(**cells):
    """One row of a table with what every GED file has."""
    least = {
        "id": "1",
        "type_of_violence": "1",
        "side_a": "A",
        "side_b": "B",
        "date_start": "2021-03-04",
        "latitude": "10",
        "longitude": "20",
    }
    return {**least, **cells}


def listed(column):
    return column.astype(object).where(column.notna(), None).tolist()


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name, cells, translated):
    assert cells(name).shape == LAYOUTS[name]
    assert recognise_source(cells(name).columns).name == "ucdp"
    _, events, problems = translated(name)
    assert problems.empty
    rows = LAYOUTS[name][0]

    def first(*values):
        return list(values)[:rows]

    assert events["event_id"].tolist() == first(*(f"90000{number}" for number in range(1, 8)))
    clash, civilians = "armed clash", "attack on civilians"
    assert events["event_type"].tolist() == first(
        clash, clash, civilians, clash, clash, clash, clash
    )
    assert np.datetime_as_string(events["start"], unit="D").tolist() == first(
        "2021-03-04",
        "2021-03-08",
        "2021-03-14",
        "2021-03-01",
        "2021-01-01",
        "2021-06-07",
        "2021-06-08",
    )
    assert np.datetime_as_string(events["end"], unit="D").tolist()[:4] == [
        "2021-03-04",
        "2021-03-11",
        "2021-03-20",
        "2021-03-31",
    ]
    assert events["date_precision"].tolist() == first(
        "day", "week", "week", "month", "year", "day", "day"
    )
    assert events["uncertainty_m"].tolist() == first(
        5000, 25000, 50000, 150000, 300000, 850000, 500000
    )
    assert events["actor"].tolist()[:3] == ["Government of Northland", "River Front", "River Front"]
    assert events["target"].tolist()[:3] == ["River Front", "Hill Union", "Civilians"]
    assert events["fatalities"].tolist() == first(5, 6, 4, 10, 12, 1, 1)
    assert events["fatalities_low"].tolist() == first(4, 2, 1, 0, 12, 1, 1)
    assert events["fatalities_high"].tolist() == first(8, 6, 9, 30, 12, 1, 1)
    assert events["deaths_civilians"].tolist() == first(0, 0, 4, 0, 0, 0, 0)
    assert events["place"].tolist()[:2] == ["Alder Ford village", "Birch Hill"]
    assert listed(events["source"])[:4] == [
        "Courier,2021-03-04,Shots at Alder Ford",
        "Radio Birch, 2021-03-12, Two groups fight near Birch Hill",
        "Courier,2021-03-20,Deaths in Alder district",
        None,
    ]
    assert [(point.x, point.y) for point in events.geometry[:2]] == [
        (20.5678, 10.1234),
        (20.75, 10.25),
    ]
    assert events["event_clarity"].tolist() == first(1, 1, 1, 2, 2, 2, 1)
    assert events["status"].isna().all()


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_is_lost_and_it_is_not_recognised_again(name, cells, translated):
    translation, _, _ = translated(name)
    renamed = {"id", "side_a", "side_b", "date_start", "date_end", "where_coordinates"}
    renamed |= {"best", "low", "high", "best_est", "low_est", "high_est"}
    assert set(cells(name).columns) - renamed <= set(translation.frame.columns)
    assert recognise_source(translation.frame.columns) is None


def test_the_header_for_files_without_one(cells):
    names = HEADER.split(",")
    assert len(set(names)) == len(names) == 49
    # Positions by the codebook's list, counted from 0.
    assert [names[at] for at in (0, 5, 14, 17, 24, 29, 30, 38, 39, 44, 45, 46, 48)] == [
        "id",
        "type_of_violence",
        "side_a",
        "side_b",
        "where_prec",
        "latitude",
        "longitude",
        "date_start",
        "date_end",
        "best",
        "high",
        "low",
        "gwnob",
    ]
    for name in ("ucdp_v25.csv", "ucdp_candidate.csv"):
        assert list(cells(name).columns) == names


def test_messages_name_the_columns_of_the_file(translated):
    assert translated("ucdp_v17.csv")[0].names == {
        "event_id": "id",
        "event_type": "type_of_violence",
        "actor": "side_a",
        "target": "side_b",
        "start": "date_start",
        "end": "date_end",
        "date_precision": "date_prec",
        "place": "where_coordinates",
        "longitude": "longitude",
        "latitude": "latitude",
        "uncertainty_m": "where_prec",
        "fatalities": "best_est",
        "fatalities_low": "low_est",
        "fatalities_high": "high_est",
        "source": "source_article",
    }


@pytest.mark.filterwarnings("ignore::UserWarning")  # some rows are not clear yet
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_read_from_its_file(name):
    events = ge.read_events(Path(__file__).parent / "data" / name)
    assert events.attrs["read"]["format"] == "ucdp"
    assert events["event_id"].tolist() == [f"90000{at + 1}" for at in range(LAYOUTS[name][0])]
    assert events["uncertainty_m"].tolist()[:4] == [5000, 25000, 50000, 150000]


def test_what_is_not_clear_yet_is_kept_and_told(translated):
    translation, events, _ = translated("ucdp_candidate.csv")
    assert events["code_status"].tolist() == ["Clear", "Clear", "Clear", "Check deaths"]
    assert translation.notes == ["code_status of 1 of 4 rows is not clear: they may still change"]
    assert translated("ucdp_v17.csv")[0].notes == []


def test_the_tables_are_those_of_the_page():
    assert dict(DATE_PRECISION) == {
        "1": "day",
        "2": "week",
        "3": "week",
        "4": "month",
        "5": "year",
    }
    assert dict(UNCERTAINTY_M) == {
        "1": 5000,
        "2": 25000,
        "3": 50000,
        "4": 150000,
        "5": 300000,
        "6": 850000,
        "7": 500000,
    }


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(*[st.sampled_from([*"0123456789", "", "x", "1.0", None, 2])] * 3),
        min_size=1,
        max_size=20,
    )
)
def test_a_code_has_its_meaning_or_is_a_problem(codes):
    theirs = ("type_of_violence", "date_prec", "where_prec")
    frame = pd.DataFrame([row(**dict(zip(theirs, each, strict=True))) for each in codes])
    for position, name in enumerate(theirs):
        frame[name] = pd.Series([each[position] for each in codes], dtype=object)
    problems = Problems(frame.index)
    found = SOURCES["ucdp"].translate(frame, problems).frame
    noted = problems.frame()
    tables = (
        ("event_type", EVENT_TYPE),
        ("date_precision", DATE_PRECISION),
        ("uncertainty_m", UNCERTAINTY_M),
    )
    for position, each in enumerate(codes):
        for code, name, (ours, table) in zip(each, theirs, tables, strict=True):
            mine = noted[(noted["row"] == position) & (noted["column"] == name)]
            text = {"1.0": "1", None: ""}.get(code, str(code))
            if text and text not in table:
                assert mine["value"].tolist() == [code]
            else:
                assert mine.empty
                value = found[ours][position]
                assert value == table[text] if text else pd.isna(value)


def test_one_fault_is_told_once(translated):
    _, _, problems = translated(pd.DataFrame([row(type_of_violence="4")]))
    assert problems[["column", "value"]].to_numpy().tolist() == [["type_of_violence", "4"]]
    assert problems["reason"][0].startswith("is no type of violence of UCDP's: 1 is")


def test_no_type_is_told_by_the_schema(translated):
    _, _, problems = translated(pd.DataFrame([row(type_of_violence="")]))
    assert problems[["column", "reason"]].to_numpy().tolist() == [["event_type", "is missing"]]


def test_a_few_columns_are_enough(translated):
    _, events, problems = translated(pd.DataFrame([row()]).drop(columns="id"))
    assert problems.empty
    assert events["event_id"].str.startswith("ev-").all()
    assert events["source"].isna().all()


def test_numbers_from_a_file_with_types(translated):
    frame = pd.DataFrame([row(id=12.0, type_of_violence=3.0, where_prec=2, best=7.0)])
    _, events, problems = translated(frame)
    assert problems.empty
    columns = ["event_id", "event_type", "uncertainty_m", "fatalities"]
    assert events.loc[0, columns].tolist() == ["12", "attack on civilians", 25000, 7]


def test_a_source_without_an_article(translated):
    _, events, _ = translated(
        pd.DataFrame([row(source_office="Radio", source_headline="Shots"), row(id="2")])
    )
    assert listed(events["source"]) == ["Radio, Shots", None]


def test_no_rows(translated):
    _, events, problems = translated(pd.DataFrame([row(code_status="", source_article="")])[:0])
    assert events.empty
    assert problems.empty
