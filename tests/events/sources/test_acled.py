"""ACLED: every layout says the same six invented events; the codebook's meaning is kept."""

import itertools
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import geoevents as ge
from geoevents.events.problems import Problems
from geoevents.events.sources import SOURCES, recognise_source
from geoevents.events.sources.acled import DATE_PRECISION, UNCERTAINTY_M
from geoevents.events.sources.spelling import standard
from geoevents.events.vocabulary import ACLED_SUB_EVENTS

LAYOUTS = {
    "acled_29_columns.csv": 29,
    "acled_30_columns.csv": 30,
    "acled_31_columns_2019.csv": 31,
    "acled_31_columns_2023.csv": 31,
    "acled_api_2019.json": 31,
    "acled_api_2025.json": 31,
}
ARMY, FRONT = "Military Forces of Northland (2011-)", "River Front"
NONE = None


def row(**cells):
    """One row of a table with what every ACLED file has."""
    least = {
        "event_date": "2021-03-04",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "A",
        "actor2": "B",
        "location": "Alder Ford",
    }
    return {**least, **cells}


def listed(column):
    return column.astype(object).where(column.notna(), None).tolist()


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name, cells, translated):
    assert cells(name).shape == (6, LAYOUTS[name])
    assert recognise_source(cells(name).columns).name == "acled"
    _, events, problems = translated(name)
    assert problems.empty
    assert events["event_id"].tolist() == [f"NOR10{number}" for number in range(1, 7)]
    assert events["event_type"].tolist() == [
        "armed clash",
        "territorial gain",
        "territorial gain",
        "territorial gain",
        "air strike",
        "protest",
    ]
    assert np.datetime_as_string(events["start"], unit="D").tolist() == [
        "2021-03-04",
        "2021-03-05",
        "2021-03-09",
        "2021-03-15",
        "2021-04-01",
        "2021-04-02",
    ]
    assert events["date_precision"].tolist() == ["day", "week", "day", "month", "day", "day"]
    assert events["uncertainty_m"].tolist() == [5000, 25000, 5000, 150000, 5000, 5000]
    assert listed(events["actor"]) == [
        ARMY,
        ARMY,
        FRONT,
        FRONT,
        "Military Forces of Southland (2009-)",
        "Protesters (Northland)",
    ]
    assert listed(events["target"]) == [
        FRONT,
        FRONT,
        ARMY,
        "Hill Union",
        "Civilians (Northland)",
        None,
    ]
    assert listed(events["gainer"]) == [NONE, "inter codes", "inter codes", "assumed", NONE, NONE]
    assert events["place"].tolist()[:3] == ["Alder Ford", "Alder Ford", "Birch Hill"]
    assert events["quote"][0] == (
        "Soldiers and fighters of the River Front\nshoot at each other, "
        '"for an hour"; nobody is said to be hurt.'
    )
    assert events["source"][1] == "Northland Courier; Radio Birch"
    assert events["fatalities"].tolist() == [0, 3, 5, 0, 1, 0]
    assert [(point.x, point.y) for point in events.geometry[:2]] == [(20.5678, 10.1234)] * 2
    assert events["acled_event_type"][4] == "Explosions/Remote violence"
    assert events["status"].isna().all()


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_is_lost_and_it_is_not_recognised_again(name, cells, translated):
    translation, _, _ = translated(name)
    renamed = {"event_date", "location", "notes", "event_id_cnty", "event_type"}
    kept = {column.lower() for column in cells(name).columns} - renamed
    have = {str(column).lower() for column in translation.frame.columns}
    assert kept <= have
    assert recognise_source(translation.frame.columns) is None


def test_messages_name_the_columns_of_the_file(translated):
    names = translated("acled_29_columns.csv")[0].names
    assert names["start"] == "EVENT_DATE"
    assert names["uncertainty_m"] == "GEO_PRECISION"
    assert names["event_type"] == "EVENT_TYPE"
    assert names["actor"] == "ACTOR1"


def test_numbers_among_the_columns_kept_are_numbers(translated):
    events = translated("acled_31_columns_2023.csv")[1]
    assert events["year"].tolist() == [2021] * 6
    assert events["geo_precision"].tolist() == [1, 2, 1, 3, 1, 1]
    assert events["inter1"][0] == "State forces"


def test_it_is_said_how_often_the_gainer_is_assumed(translated):
    notes = translated("acled_30_columns.csv")[0].notes
    assert len(notes) == 1
    assert notes[0].startswith("1 of 3 gains of ground: who gained cannot be told")


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pair", "ours"), ACLED_SUB_EVENTS.items())
@pytest.mark.parametrize("write", [str, str.upper, str.lower, lambda text: f" {text}  "])
def test_every_pair_of_the_codebook(pair, ours, write, translated):
    cells = row(event_type=write(pair[0]), sub_event_type=write(pair[1]))
    _, events, problems = translated(pd.DataFrame([cells]))
    assert problems.empty
    assert events["event_type"].tolist() == [ours]


@pytest.mark.parametrize(
    ("event", "sub", "ours"),
    [
        ("Strategic development", "Agreement", "agreement"),
        ("Strategic developments", "Non violent transfer of territory", "territorial gain"),
        ("Battles", "Non-state  actor overtakes territory", "territorial gain"),
        ("Protests", "Excessive force against protestors", "protest"),
        ("Remote violence", "Remote explosive / landmine / IED", "bombing"),
        ("Explosions/Remote violence", "Shelling / artillery / missile attack", "shelling"),
        ("Violence against civilians", "Abduction / forced disappearance", "attack on civilians"),
    ],
)
def test_older_and_looser_spellings(event, sub, ours, translated):
    _, events, problems = translated(pd.DataFrame([row(event_type=event, sub_event_type=sub)]))
    assert problems.empty
    assert events["event_type"].tolist() == [ours]


@pytest.mark.parametrize(
    ("pair", "column", "reason"),
    [
        (("Battles", "Peaceful protest"), "sub_event_type", "is no sub-event type of 'Battles'"),
        (("Battles", ""), "sub_event_type", "is missing: use one of Armed clash"),
        (("Battles", None), "sub_event_type", "is missing: use one of Armed clash"),
        (("Games", "Armed clash"), "event_type", "is no event type of ACLED's: use one of"),
        ((None, "Armed clash"), "event_type", "is missing: use one of Battles"),
    ],
)
def test_a_pair_that_the_codebook_does_not_have(pair, column, reason, translated):
    event, sub = pair
    value = event if column == "event_type" else sub
    table = pd.DataFrame([row(), row(event_type=event, sub_event_type=sub)])
    _, _, problems = translated(table)
    assert len(problems) == 1  # one fault is told once
    assert problems.loc[0, ["row", "column"]].tolist() == [1, column]
    assert problems["value"][0] == value or (value is None and pd.isna(problems["value"][0]))
    assert reason in problems["reason"][0]


def test_standard_spellings_stand_still():
    for text in itertools.chain.from_iterable(ACLED_SUB_EVENTS):
        assert standard(standard(text)) == standard(text) == text.casefold()


# -- precision ------------------------------------------------------------------------------------


def test_the_tables_are_those_of_the_page():
    assert dict(DATE_PRECISION) == {"1": "day", "2": "week", "3": "month"}
    assert dict(UNCERTAINTY_M) == {"1": 5000, "2": 25000, "3": 150000}


CODES = st.one_of(
    st.sampled_from(["1", "2", "3", " 1", "2 ", "3.0", 1, 2, 3.0, "", None]),
    st.text(max_size=3),
    st.integers(-10, 100),
)


def meant(code, table):
    """What a code means, worked out without the library: a word or number, or why there is none."""
    text = "" if code is None else str(code).strip()
    if not text:
        return None
    for known in table:
        if text in {known, f"{known}.0"}:
            return table[known]
    return "problem"


@settings(max_examples=50)
@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=20))
def test_a_code_has_its_meaning_or_is_a_problem(codes):
    frame = pd.DataFrame([row()] * len(codes)).assign(
        time_precision=pd.Series([time for time, _ in codes], dtype=object),
        geo_precision=pd.Series([geo for _, geo in codes], dtype=object),
    )
    problems = Problems(frame.index)
    found = SOURCES["acled"].translate(frame, problems).frame
    noted = problems.frame()
    for position, (time, geo) in enumerate(codes):
        for code, ours, theirs, table in (
            (time, "date_precision", "time_precision", DATE_PRECISION),
            (geo, "uncertainty_m", "geo_precision", UNCERTAINTY_M),
        ):
            expected = meant(code, table)
            mine = noted[(noted["row"] == position) & (noted["column"] == theirs)]
            value = found[ours][position]
            if expected == "problem":
                assert mine["value"].tolist() == [code]
                assert pd.isna(value)
            else:
                assert mine.empty
                assert pd.isna(value) if expected is None else value == expected


# -- gains ----------------------------------------------------------------------------------------

GOVERNMENT, OTHERS, HANDED = (
    ("Battles", "Government regains territory"),
    ("Battles", "Non-state actor overtakes territory"),
    ("Strategic developments", "Non-violent transfer of territory"),
)


@pytest.mark.parametrize(
    ("pair", "inter", "actor", "gainer"),
    [
        (GOVERNMENT, ("1", "2"), "A", "inter codes"),
        (GOVERNMENT, ("2", "1"), "B", "inter codes"),
        (GOVERNMENT, ("State Forces", "Rebel Groups"), "A", "inter codes"),
        (GOVERNMENT, ("Political militia", "State forces"), "B", "inter codes"),
        (GOVERNMENT, ("1", "8"), "A", "inter codes"),
        (GOVERNMENT, ("8", "2"), "A", "assumed"),
        (GOVERNMENT, ("1", "1"), "A", "assumed"),
        (GOVERNMENT, ("1", ""), "A", "assumed"),  # the other may be a state force too
        (GOVERNMENT, (None, None), "A", "assumed"),
        (GOVERNMENT, (None, "1"), "A", "assumed"),
        (OTHERS, ("9", "State forces"), "A", "assumed"),
        (OTHERS, ("2", "1"), "A", "inter codes"),
        (OTHERS, ("1", "2"), "B", "inter codes"),
        (OTHERS, ("State forces", "External/Other forces"), "B", "inter codes"),
        (OTHERS, ("Identity militia", "State forces"), "A", "inter codes"),
        (OTHERS, ("2", "3"), "A", "assumed"),
        (OTHERS, ("1", "1"), "A", "assumed"),
        (OTHERS, ("1", "0"), "A", "assumed"),
        (OTHERS, ("1", "Martians"), "A", "assumed"),
        (HANDED, ("1", "2"), "A", "assumed"),
        (HANDED, ("2", "1"), "A", "assumed"),
    ],
)
def test_who_gained(pair, inter, actor, gainer, translated):
    cells = row(event_type=pair[0], sub_event_type=pair[1], inter1=inter[0], inter2=inter[1])
    _, events, problems = translated(pd.DataFrame([cells]))
    assert problems.empty
    other = {"A": "B", "B": "A"}[actor]
    assert events.loc[0, ["actor", "target", "gainer"]].tolist() == [actor, other, gainer]
    assert events.loc[0, ["actor1", "actor2"]].tolist() == ["A", "B"]


@pytest.mark.parametrize(
    ("pair", "inter1", "gainer"),
    [
        (GOVERNMENT, "1", "inter codes"),
        (GOVERNMENT, "3", "only actor"),
        (OTHERS, "2", "only actor"),
        (OTHERS, "1", "assumed"),  # a state force alone lost it
        (HANDED, "2", "only actor"),
    ],
)
@pytest.mark.parametrize("absent", ["", None])
def test_who_gained_with_one_actor(pair, inter1, gainer, absent, translated):
    cells = row(
        event_type=pair[0], sub_event_type=pair[1], inter1=inter1, inter2="0", actor2=absent
    )
    _, events, _ = translated(pd.DataFrame([cells]))
    assert events.loc[0, ["actor", "gainer"]].tolist() == ["A", gainer]
    assert pd.isna(events.loc[0, "target"])


def test_numbers_and_words_of_inter_say_the_same(translated):
    words = {
        "1": ("State forces", "State Forces"),
        "2": ("Rebel group", "Rebel Groups"),
        "3": ("Political militia", "Political Militias"),
        "4": ("Identity militia", "Identity Militias"),
        "8": ("External/Other forces", "Other Forces"),
    }
    for first, second in itertools.product(words, repeat=2):
        for pair in (GOVERNMENT, OTHERS):
            ways = [(first, second), (int(first), int(second))]
            ways += list(zip(words[first], words[second], strict=True))
            cells = [
                row(event_type=pair[0], sub_event_type=pair[1], inter1=one, inter2=two)
                for one, two in ways
            ]
            _, events, _ = translated(pd.DataFrame(cells))
            assert len(events[["actor", "target", "gainer"]].drop_duplicates()) == 1


# -- identity, columns ----------------------------------------------------------------------------


def test_an_actor_based_export_is_told(translated):
    cells = [row(event_id_cnty="NOR1"), row(event_id_cnty="NOR1", actor1="B", actor2="A")]
    translation, _, problems = translated(pd.DataFrame(cells))
    assert translation.notes[0].startswith("event_id_cnty of 1 of 2 rows is that of an earlier one")
    assert problems[["row", "column"]].to_numpy().tolist() == [[1, "event_id"]]


def test_missing_ids_are_no_repetition(translated):
    frame = pd.DataFrame([row(event_id_cnty=None), row(event_id_cnty=None, actor1="C")])
    assert translated(frame)[0].notes == []


def test_geometries_of_a_file_that_has_them(translated):
    cells = [row(latitude="1", longitude="2")]
    frame = gpd.GeoDataFrame(cells, geometry=[Point(111_319.490793, 0)], index=["first"], crs=3857)
    translation, events, problems = translated(frame.rename_geometry("shape"))
    assert problems.empty
    assert translation.frame.crs == 3857
    assert events.geometry["first"].x == pytest.approx(1, abs=1e-6)


def test_problems_are_told_in_the_words_of_the_file(tmp_path):
    path = tmp_path / "export.csv"
    cells = [row(), row(event_type="Games"), row(sub_event_type="Quarrel", geo_precision="4")]
    cells += [row(event_date="31 February 2021", fatalities="many")]
    pd.DataFrame(cells).rename(columns=str.upper).to_csv(path, index=False, sep=";")
    events, rejected = ge.read_events(path, errors="split")
    assert events.index.tolist() == [0]
    assert rejected[["line", "column", "value"]].to_numpy().tolist() == [
        [3, "EVENT_TYPE", "Games"],
        [4, "SUB_EVENT_TYPE", "Quarrel"],
        [4, "GEO_PRECISION", "4"],
        [5, "EVENT_DATE", "31 February 2021"],
        [5, "FATALITIES", "many"],
    ]


@pytest.mark.filterwarnings("ignore::UserWarning")  # a gainer is assumed
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_read_from_its_file(name):
    events = ge.read_events(Path(__file__).parent / "data" / name)
    assert events.attrs["read"]["format"] == "acled"
    assert events["event_id"].tolist() == [f"NOR10{number}" for number in range(1, 7)]
    assert events["gainer"].tolist()[1:4] == ["inter codes", "inter codes", "assumed"]
    assert events["quote"][0].count("\n") == 1


def test_a_few_columns_are_enough(translated):
    frame = pd.DataFrame([row()]).drop(columns=["actor2"])
    _, events, problems = translated(frame)
    assert problems.empty
    assert events["actor"].tolist() == ["A"]
    assert events["target"].isna().all()
    assert events["date_precision"].tolist() == ["day"]


def test_a_column_of_the_user_is_kept_under_another_name(translated):
    _, events, _ = translated(pd.DataFrame([row(status="checked", Target="x", mine="y")]))
    assert events.loc[0, ["acled_status", "acled_target", "mine"]].tolist() == ["checked", "x", "y"]
    assert events.loc[0, "target"] == "B"


def test_a_column_that_stands_twice_is_a_problem(translated):
    frame = pd.DataFrame([row()])
    frame.insert(0, "EVENT_DATE", "2020-01-01")
    _, _, problems = translated(frame)
    assert problems.loc[0, ["column", "reason"]].tolist() == [
        "event_date",
        "stands twice in the table: keep one",
    ]


def test_no_rows(translated):
    _, events, problems = translated(pd.DataFrame([row()]).iloc[:0])
    assert events.empty
    assert problems.empty


def test_cells_that_no_table_should_hold(translated):
    frame = pd.DataFrame(
        [row(event_type=["Battles"], geo_precision={"a": 1}, inter1=[1], actor1=3)]
    )
    _, _, problems = translated(frame)
    assert set(problems["column"]) == {"event_type", "geo_precision"}
