"""The day on which a report was published."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geoevents.reports.errors import ReportError
from geoevents.reports.publication import publication_day

DAY = dt.date(2017, 9, 17)


@pytest.mark.parametrize(
    "given",
    [
        "2017-09-17",
        "2017-09-17T23:59",
        "17 September 2017",
        DAY,
        dt.datetime.fromisoformat("2017-09-17T04:30"),
        pd.Timestamp("2017-09-17T23:00"),
        pd.Timestamp("2017-09-17T23:00", tz="Asia/Damascus"),
        np.datetime64("2017-09-17"),
        20170917,
    ],
)
def test_a_day_is_read_however_it_is_given(given):
    assert publication_day(given) == DAY


@pytest.mark.parametrize("given", [None, np.nan, pd.NaT, pd.NA, "", "  "])
def test_what_is_missing_is_no_day(given):
    assert publication_day(given) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2017-09", "is no day"),
        ("2017", "is no day"),
        ("Sunday", "is not a date"),
        ("17/09/17", "two-digit year"),
        ("03/04/2017", "can be 3 April or 4 March"),
        ("2017-02-30", "not in the calendar"),
        (["2017-09-17"], "is not a date"),
        ("0001-01-01", "before 1500"),
        (dt.date(1499, 12, 31), "before 1500"),
        (dt.datetime.fromisoformat("0999-09-17"), "before 1500"),
    ],
)
def test_what_is_no_day_says_so(given, said):
    with pytest.raises(ReportError, match=said):
        publication_day(given)


def test_the_first_day_of_1500_is_a_day():
    assert publication_day("1500-01-01") == publication_day(dt.date(1500, 1, 1))
