# ruff: noqa: E501 -- a sentence a line
"""Dates that are not understood, tolls of several places, days counted back, spells."""

import pandas as pd
import pytest

import geoevents as ge


def _dates(text, published):
    events = ge.read_report(text, published=published)
    return {
        row.locality: (str(row.start.date()), row.date_precision) for row in events.itertuples()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Shells hit Aleppo on 04/06/2018 and Raqqa on 2018-06-20.",
            {"Aleppo": ("2018-01-01", "year"), "Raqqa": ("2018-06-20", "day")},
        ),
        (
            "Shells hit Aleppo on 04/06/18 and Raqqa on 2018-06-20.",
            {"Aleppo": ("2018-06-24", "unknown"), "Raqqa": ("2018-06-20", "day")},
        ),
        ("On 31 April 2018 shells hit Aleppo.", {"Aleppo": ("2018-04-01", "month")}),
        ("Shells hit Aleppo on 2018-04-31.", {"Aleppo": ("2018-04-01", "month")}),
        ("Shells hit Aleppo on 31/04/2018.", {"Aleppo": ("2018-04-01", "month")}),
        # The day after a date that is not known is not known either.
        (
            "Shells hit Raqqa on 1 June 2018. On 04/06/2018 they hit Aleppo. The next day rockets hit Homs.",
            {
                "Raqqa": ("2018-06-01", "day"),
                "Aleppo": ("2018-01-01", "year"),
                "Homs": ("2018-06-24", "unknown"),
            },
        ),
        # What can be one day only is read.
        ("Shells hit Aleppo on 20/06/2018.", {"Aleppo": ("2018-06-20", "day")}),
        ("Shells hit Aleppo on 06/06/2018.", {"Aleppo": ("2018-06-06", "day")}),
    ],
)
def test_a_date_that_is_not_understood_takes_no_day_of_another(text, expected):
    assert _dates(text, "2018-06-24") == expected


def test_the_reading_names_the_date_and_says_why():
    events = ge.read_report("On 31 April 2018 shells hit Aleppo.", published="2018-06-24")
    assert "'31 April 2018' is not read (is not in the calendar)" in events["reading"].iloc[0]
    events = ge.read_report("Shells hit Aleppo on 04/06/2018.", published="2018-06-24")
    assert "can be 2018-04-06 or 2018-06-04" in events["reading"].iloc[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit Kupiansk and Vovchansk, killing 3 and 8 people respectively.", [(3,) * 3, (8,) * 3]),
        ("Shells hit Kupiansk and Vovchansk, killing 11.", [(None, 0, 11)] * 2),
        ("Shells hit Kupiansk and Vovchansk, killing 3 soldiers and 8 civilians.", [(None, 0, 11)] * 2),
        ("Shells hit Kupiansk and Vovchansk, killing at least 11.", [(None, 0, None)] * 2),
        ("Shells hit Kupiansk, killing 11.", [(11,) * 3]),
    ],
)  # fmt: skip
def test_a_toll_of_several_places_is_shared(text, expected):
    events = ge.read_report(text, published="2024-10-16")
    columns = events[["fatalities", "fatalities_low", "fatalities_high"]]
    found = [tuple(None if pd.isna(x) else x for x in row) for row in columns.to_numpy()]
    assert found == expected
    together = events["reading"].str.contains("told of all 2 together")
    assert together.all() == (expected[0][0] is None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels shelled Homs; the army shelled Idlib the next day, 18 January.",
            {"Homs": "2025-01-17", "Idlib": "2025-01-18"},
        ),
        (
            "After rebels captured Homs, jets bombed Idlib two days later, on 18 January.",
            {"Homs": "2025-01-16", "Idlib": "2025-01-18"},
        ),
        # What has a day of its own keeps it.
        (
            "Rebels shelled Homs on Tuesday; the army shelled Idlib the next day, 18 January.",
            {"Homs": "2025-01-14", "Idlib": "2025-01-18"},
        ),
        (
            "On 17 January rebels shelled Homs; the army shelled Idlib the next day.",
            {"Homs": "2025-01-17", "Idlib": "2025-01-18"},
        ),
    ],
)
def test_what_came_before_the_next_day_has_the_day_before(text, expected):
    found = _dates(text, "2025-01-20")
    assert {place: day for place, (day, _) in found.items()} == expected


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("Rebels took Goma on Monday after two weeks of fighting with troops.", "2025-01-13", "week"),
        ("Rebels took Goma on Monday after weeks of fighting with troops.", "2025-01-01", "unknown"),
        ("Rebels took Goma on Monday after heavy fighting with troops.", "2025-01-27", "day"),
    ],
)  # fmt: skip
def test_a_spell_of_fighting_is_not_of_the_day_that_ended_it(text, start, precision):
    events = ge.read_report(text, published="2025-01-29")
    fighting = events[events["event_type"] == "armed clash"].iloc[0]
    assert (str(fighting["start"].date()), fighting["date_precision"]) == (start, precision)
    gain = events[events["event_type"] == "territorial gain"].iloc[0]
    assert (str(gain["start"].date()), gain["date_precision"]) == ("2025-01-27", "day")
