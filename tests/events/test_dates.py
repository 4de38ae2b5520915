"""Dates in tables: what is read, as what, and what is refused."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.events.dates import parse_dates

EXCEL = "(in Excel: format yyyy-mm-dd)"


def read(value, *, last=False):
    dates = parse_dates(pd.Series([value], dtype=object), last=last)
    return str(dates.instants[0]), dates.precision[0], dates.reason[0]


@pytest.mark.parametrize(
    ("value", "day", "precision"),
    [
        ("2017-09-16", "2017-09-16T00:00:00.000", "day"),
        ("2017-9-6", "2017-09-06T00:00:00.000", "day"),
        ("2017/09/16", "2017-09-16T00:00:00.000", "day"),
        ("20170916", "2017-09-16T00:00:00.000", "day"),
        (20170916, "2017-09-16T00:00:00.000", "day"),
        (" 2017-09-16 ", "2017-09-16T00:00:00.000", "day"),
        ("2017-09-16T03:30", "2017-09-16T03:30:00.000", "day"),
        ("2017-09-16 03:30:15.25", "2017-09-16T03:30:15.250", "day"),
        ("2017/09/16 03:30:00", "2017-09-16T03:30:00.000", "day"),
        ("2016-02-29", "2016-02-29T00:00:00.000", "day"),
        ("16 September 2017", "2017-09-16T00:00:00.000", "day"),
        ("16 sep 2017", "2017-09-16T00:00:00.000", "day"),
        ("02 June 2023", "2023-06-02T00:00:00.000", "day"),
        ("2 June 2023", "2023-06-02T00:00:00.000", "day"),
        ("02-June-2023", "2023-06-02T00:00:00.000", "day"),
        ("31-Dec-2018", "2018-12-31T00:00:00.000", "day"),
        ("2017-06-21 00:00:00.000", "2017-06-21T00:00:00.000", "day"),
        ("2017-06-21 00:00:00", "2017-06-21T00:00:00.000", "day"),
        ("2017-06-21T00:00:00Z", "2017-06-21T00:00:00.000", "day"),
        (20170916.0, "2017-09-16T00:00:00.000", "day"),
        (pd.Timestamp("2017-09-16").to_pydatetime(), "2017-09-16T00:00:00.000", "day"),
        ("2017-W37", "2017-09-11T00:00:00.000", "week"),
        ("2017-09", "2017-09-01T00:00:00.000", "month"),
        ("September 2017", "2017-09-01T00:00:00.000", "month"),
        ("2017", "2017-01-01T00:00:00.000", "year"),
        (2017, "2017-01-01T00:00:00.000", "year"),
        (2017.0, "2017-01-01T00:00:00.000", "year"),
        (dt.date(2017, 9, 16), "2017-09-16T00:00:00.000", "day"),
        (pd.Timestamp("2017-09-16T04").to_pydatetime(), "2017-09-16T04:00:00.000", "day"),
        (pd.Timestamp("2017-09-16"), "2017-09-16T00:00:00.000", "day"),
        (np.datetime64("2017-09-16"), "2017-09-16T00:00:00.000", "day"),
    ],
)
def test_forms(value, day, precision):
    assert read(value) == (day, precision, None)


@pytest.mark.parametrize(
    ("value", "last"),
    [
        ("2017", "2017-12-31"),
        ("2017-02", "2017-02-28"),
        ("2016-02", "2016-02-29"),
        ("2017-W37", "2017-09-17"),
        ("2017-09-16", "2017-09-16"),
        ("2017-06-21 00:00:00.000", "2017-06-21"),
    ],
)
def test_an_end_is_the_last_day_of_its_period(value, last):
    assert read(value, last=True)[0][:10] == last


def test_an_offset_leaves_the_clock_time():
    assert read("2017-09-16T00:30+03:00")[0] == "2017-09-16T00:30:00.000"
    assert read("2017-09-16T00:30Z")[0] == "2017-09-16T00:30:00.000"
    zoned = pd.Series([pd.Timestamp("2017-09-16 00:30", tz="Asia/Damascus"), None])
    assert str(parse_dates(zoned).instants[0]) == "2017-09-16T00:30:00.000"


@pytest.mark.parametrize("value", [None, np.nan, pd.NaT, pd.NA, "", "  "])
def test_missing_stays_missing(value):
    assert read(value) == ("NaT", None, None)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("03/04/2017", f"can be 3 April or 4 March: write 2017-04-03 or 2017-03-04 {EXCEL}"),
        ("3.4.2017", f"can be 3 April or 4 March: write 2017-04-03 or 2017-03-04 {EXCEL}"),
        ("02-Jun-23", f"has a two-digit year: write all four digits {EXCEL}"),
        ("2 june 23", f"has a two-digit year: write all four digits {EXCEL}"),
        ("Jun-23", f"has a two-digit year: write all four digits {EXCEL}"),
        ("6/2/23", f"has a two-digit year: write all four digits {EXCEL}"),
        ("29.02.24", f"has a two-digit year: write all four digits {EXCEL}"),
        ("16/09/2017", f"is not ISO 8601: write 2017-09-16 {EXCEL}"),
        ("09-16-2017", f"is not ISO 8601: write 2017-09-16 {EXCEL}"),
        ("05/05/2017", f"is not ISO 8601: write 2017-05-05 {EXCEL}"),
        ("2017-02-29", "is not in the calendar"),
        ("2017-13", "is not in the calendar"),
        ("2017-00-01", "is not in the calendar"),
        ("2017-W54", "is not in the calendar"),
        ("2017-09-16T25:00", "is not in the calendar"),
        ("31 February 2017", "is not in the calendar"),
        ("31-Feb-2017", "is not in the calendar"),
        ("2017-06-21 00:00:60.000", "is not in the calendar"),
    ],
)
def test_refusals_say_what_to_write(value, reason):
    assert read(value) == ("NaT", None, reason)


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "16/19/17",
        "16-Spt-17",
        "Sep - 2017",
        "Sep - 17",
        dt.time(4, 30),
        "2017-09-16-",
        "٢٠١٧-٠٩-١٦",
        2017.5,
        True,
        "99/99/2017",
        [],
        "-2017",
    ],
)
def test_what_is_no_date(value):
    day, precision, reason = read(value)
    assert (day, precision) == ("NaT", None)
    assert reason.startswith("is not a date: write 2017-09-16")


def test_a_datetime_column_is_taken_as_it_is():
    column = pd.Series(pd.to_datetime(["2017-09-16 04:00", None]))
    dates = parse_dates(column)
    assert dates.precision.tolist() == ["day", None]
    assert str(dates.instants[0]) == "2017-09-16T04:00:00.000"


@pytest.mark.parametrize("dtype", [object, "str", "string", "category"])
def test_text_is_read_alike_however_pandas_holds_it(dtype):
    column = pd.Series(["2017-09-16", None, "2017", "soon", "2017-09-16"], dtype=dtype)
    dates = parse_dates(column)
    assert [str(day)[:10] for day in dates.instants] == [
        "2017-09-16",
        "NaT",
        "2017-01-01",
        "NaT",
        "2017-09-16",
    ]
    assert dates.precision.tolist() == ["day", None, "year", None, "day"]
    assert [bool(reason) for reason in dates.reason] == [False, False, False, True, False]


def test_no_rows():
    assert len(parse_dates(pd.Series([], dtype=object)).instants) == 0


@given(st.lists(st.dates() | st.none(), max_size=20))
def test_iso_days_read_back(days):
    written = pd.Series([None if day is None else day.isoformat() for day in days], dtype=object)
    dates = parse_dates(written)
    assert [value.item() and value.item().date() for value in dates.instants] == days
    assert not any(dates.reason)


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text):
    day, precision, reason = read(text)
    assert (day == "NaT") == (precision is None)
    assert bool(reason) == (day == "NaT" and bool(text.strip()))


def test_a_list_among_dates_is_no_date_and_leaves_the_others():
    cells = ["2017-09-16", ["2017-09-17"], pd.Timestamp("2017-09-18"), None]
    read = parse_dates(pd.Series(cells, dtype=object))
    days = read.instants.astype("datetime64[D]").astype(str).tolist()
    assert days == ["2017-09-16", "NaT", "2017-09-18", "NaT"]
    assert [reason is None for reason in read.reason] == [True, False, True, True]
