"""The scorer, on frames made by hand."""

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from report_scoring import Report, Score, judge, match, plain, spans

NAMES = {"Russia": ["russia*"], "ISIS": ["isil", "islamic state*"]}
TEXT = "Russian jets bombed Raqqa on Friday. SDF fighters took Hajin from ISIS, killing 12."
STRIKE = {
    "words": "bombed Raqqa",
    "type": "air strike",
    "actor": "Russia",
    "start": dt.date(2017, 9, 15),
    "at": ["Raqqa", 39.01, 35.95, 25],
}
GAIN = {
    "words": "took Hajin",
    "type": "territorial gain",
    "actor": "SDF",
    "target": "ISIS",
    "start": dt.date(2017, 9, 15),
    "at": ["Hajin", 40.83, 34.69, 25],
    "killed": 12,
}
REPORT = Report(
    id="made-up",
    country="Syria",
    continent="Asia",
    style="wire",
    published=dt.date(2017, 9, 16),
    text=TEXT,
    event=(STRIKE, GAIN),
)
RAQQA = shapely.Point(39.0, 35.9)
HAJIN = shapely.Point(40.8, 34.7).buffer(0.05)


def row(**cells):
    return {
        "event_type": "air strike",
        "actor": "Russian air force",
        "target": None,
        "start": pd.Timestamp("2017-09-15"),
        "end": pd.NaT,
        "date_precision": "day",
        "locality": "Raqqa",
        "reported_area_km2": None,
        "fatalities": float("nan"),
        "status": "reported",
        "spans": "0-36",
        "geometry": RAQQA,
    } | cells


def gain(**cells):
    mine = {
        "event_type": "territorial gain",
        "actor": "SDF",
        "target": "ISIS",
        "fatalities": 12.0,
        "spans": "37-83",
        "geometry": HAJIN,
    }
    return row(**mine | cells)


def frame(*rows):
    return gpd.GeoDataFrame(list(rows) or None, columns=list(row()), crs="OGC:CRS84")


def score(report, *rows):
    result = Score()
    result.add(match(report, frame(*rows), NAMES), NAMES)
    return result


def test_a_perfect_reading_is_right_in_every_field():
    result = score(REPORT, row(), gain())
    for kind in ("events", "very type", "happened"):
        assert result.precision(kind) == result.recall(kind) == result.f1(kind) == 1
    assert result.fields == result.fields_right
    assert result.fields["place"] == 2
    assert result.fields["fatalities"] == 1  # neither side gives one for the strike
    assert "area" not in result.fields


def test_an_empty_reading_misses_all():
    result = score(REPORT)
    assert result.recall() == result.f1() == 0
    assert result.precision() == 1
    assert result.missed["events"] == result.missed["happened"] == 2


def test_events_of_a_report_without_any_are_invented():
    nothing = Report("t", "Syria", "Asia", "trap", dt.date(2017, 9, 16), TEXT)
    result = score(nothing, row(), gain())
    assert result.precision() == 0
    assert result.recall() == 1
    assert result.invented["events"] == result.invented["happened"] == 2


def test_one_event_told_twice_is_invented_once():
    result = score(REPORT, row(), row(), gain())
    assert (result.right["events"], result.invented["events"]) == (2, 1)
    assert result.precision() == pytest.approx(2 / 3)


def test_the_order_of_rows_does_not_matter():
    assert score(REPORT, gain(), row()) == score(REPORT, row(), gain())


def test_events_with_each_others_places_are_paired_by_the_rest_and_wrong_in_place():
    result = score(REPORT, row(geometry=HAJIN), gain(geometry=RAQQA))
    assert result.recall() == 1
    assert result.fields_right["place"] == 0
    assert result.fields_right["actor"] == 2


def test_agreeing_in_the_date_alone_is_not_enough():
    matching = match(REPORT, frame(row(actor="Turkey", geometry=HAJIN)), NAMES)
    assert [event["words"] for event in matching.missed] == ["bombed Raqqa", "took Hajin"]
    assert len(matching.invented) == 1


def test_types_of_other_groups_are_no_pair():
    result = score(REPORT, row(event_type="protest"), gain())
    assert (result.right["events"], result.invented["events"]) == (1, 1)


def test_another_type_of_the_group_is_a_pair_but_not_of_the_very_type():
    result = score(REPORT, row(event_type="shelling"), gain())
    assert result.recall() == 1
    assert result.recall("very type") == result.precision("very type") == 0.5
    assert (result.fields_right["type"], result.fields["type"]) == (1, 2)


def test_of_two_events_on_one_day_the_pair_of_one_place_is_taken():
    places = [("Kobane", 38.35, 36.89), ("Raqqa", 39.01, 35.95)]
    events = tuple(STRIKE | {"at": [name, lon, lat, 25]} for name, lon, lat in places)
    report = Report("t", "Syria", "Asia", "wire", dt.date(2017, 9, 16), TEXT, event=events)
    found = [row(geometry=shapely.Point(lon, lat)) for _, lon, lat in reversed(places)]
    result = score(report, *found)
    assert result.fields_right["place"] == 2


def test_what_is_optional_is_neither_rewarded_nor_punished():
    report = Report(
        "t", "Syria", "Asia", "wire", dt.date(2017, 9, 16), TEXT,
        event=(STRIKE, GAIN | {"optional": True}),
    )  # fmt: skip
    assert score(report, row()) == score(report, row(), gain())
    assert score(report, row(), gain()).right["events"] == 1


def test_an_optional_event_excuses_only_what_was_read_from_its_sentence():
    report = Report(
        "t", "Syria", "Asia", "wire", dt.date(2017, 9, 16), TEXT,
        event=(STRIKE, GAIN | {"optional": True, "start": "*", "at": "*", "actor": "*"}),
    )  # fmt: skip
    assert score(report, row(), gain()).invented["events"] == 0
    assert score(report, row(), gain(spans="0-36")).invented["events"] == 1


@pytest.mark.parametrize(("said", "invented"), [((), 1), (("took Hajin",), 0), (("*",), 0)])
def test_a_saying_excuses_a_statement(said, invented):
    report = Report("t", "Syria", "Asia", "wire", dt.date(2017, 9, 16), TEXT, said, (STRIKE,))
    found = row(event_type="statement", actor="SDF", spans="37-83", geometry=None)
    assert score(report, row(), found).invented["events"] == invented
    assert score(report, row(), found).right["events"] == 1


def test_a_plan_told_as_happened_is_invented_among_those_that_happened():
    planned = Report(
        "t", "Syria", "Asia", "wire", dt.date(2017, 9, 16), TEXT,
        event=(STRIKE | {"status": "planned"},),
    )  # fmt: skip
    told = score(planned, row())
    assert (told.invented["happened"], told.right["events"]) == (1, 1)
    right = score(planned, row(status="planned"))
    assert (right.invented["happened"], right.missed["happened"]) == (0, 0)
    missed = score(REPORT, row(status="planned"), gain())
    assert (missed.invented["happened"], missed.missed["happened"]) == (0, 1)


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({}, set()),
        ({"actor": "SDF; Russia"}, {"actor"}),
        ({"actor": None}, {"actor"}),
        ({"actor": "Russia; Russian military"}, set()),
        ({"target": "ISIS"}, {"target"}),
        ({"start": pd.Timestamp("2017-09-15 04:30")}, set()),
        ({"start": pd.Timestamp("2017-09-16")}, {"date"}),
        ({"start": pd.NaT}, {"date"}),
        ({"date_precision": "week"}, {"date_precision"}),
        ({"geometry": None}, {"place"}),
        ({"geometry": shapely.box(35, 32, 42, 37)}, {"place"}),  # the whole country
        ({"geometry": shapely.Point(39.01, 35.70)}, {"place"}),  # 28 km off
        ({"geometry": shapely.Point(39.01, 35.75)}, set()),  # 22 km off
        ({"status": "claimed"}, {"status"}),
        ({"fatalities": 3.0}, {"fatalities"}),
        ({"fatalities": 0.0}, set()),
    ],
)
def test_each_field_is_judged_by_itself(cells, wrong):
    verdicts = judge(STRIKE, row(**cells), NAMES)
    assert {name for name, right in verdicts.items() if not right} == wrong


@pytest.mark.parametrize(
    ("expected", "cells", "right"),
    [
        (12, {"fatalities": 12.0}, True),
        (12, {"fatalities": 13.0}, False),
        (12, {}, False),
        (34, {"fatalities_low": 34.0}, True),
        ([10, 15], {"fatalities_low": 10.0, "fatalities_high": 15.0}, True),
        ([10, 15], {"fatalities": 12.0, "fatalities_low": 10.0, "fatalities_high": 15.0}, True),
        ([10, 15], {"fatalities_low": 2.0, "fatalities_high": 15.0}, False),
        ([10, 15], {}, False),
        ([0, 1], {}, True),
        ([0, 0], {"fatalities": 36.0}, False),
    ],
)
def test_figures_are_right_with_their_range(expected, cells, right):
    assert judge(STRIKE | {"killed": expected}, row(**cells), NAMES)["fatalities"] is right


def test_areas_may_differ_by_the_rounding_of_units():
    assert judge(STRIKE | {"area": 31.1}, row(reported_area_km2=31.08), NAMES)["area"]
    assert not judge(STRIKE | {"area": 31.1}, row(reported_area_km2=12.0), NAMES)["area"]


def test_anything_is_right_where_nothing_is_asked():
    free = dict.fromkeys(("actor", "target", "start", "precision", "at", "status", "killed"), "*")
    verdicts = judge(STRIKE | free, row(actor="whoever", fatalities=3.0, geometry=None), NAMES)
    assert verdicts == {"type": True}


def test_no_place_is_right_only_where_there_is_none():
    nowhere = {key: value for key, value in STRIKE.items() if key != "at"}
    assert judge(nowhere, row(geometry=None), NAMES)["place"]
    assert not judge(nowhere, row(), NAMES)["place"]


@pytest.mark.parametrize(
    ("one", "other"), [("Al-Shabaab", "al Shabaab"), ("the Taliban", "Taliban"), ("Séno", "seno")]
)
def test_case_accents_and_articles_of_names_do_not_matter(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("text", "read"),
    [("120-188; 300-320", [(120, 188), (300, 320)]), (None, []), (float("nan"), []), ("", [])],
)
def test_spans_are_read(text, read):
    assert spans(text) == read
