import datetime as dt
import json

import pandas as pd
import pytest

from geoevents.errors import GeoeventsError
from geoevents.maps import EventMap
from geoevents.maps.moments import opening

# 16 September 2017 is day 17,425 since 1970: 47 years of 365 days, 12 leap days, 258 days.
MIDNIGHT = (47 * 365 + 12 + 258) * 1440


@pytest.mark.parametrize(
    "day",
    ["2017-09-16", " 2017-09-16 ", dt.date(2017, 9, 16), dt.datetime(2017, 9, 16),  # noqa: DTZ001
     pd.Timestamp("2017-09-16")],
)  # fmt: skip
def test_a_day_is_all_of_it(day):
    assert opening(day) == {"on": True, "from": None, "to": MIDNIGHT + 1439}
    assert opening((day, day)) == {"on": True, "from": MIDNIGHT, "to": MIDNIGHT + 1439}


@pytest.mark.parametrize(
    ("moment", "minute"),
    [
        ("2017-09-16 08:30", MIDNIGHT + 510),
        ("2017-09-16T08:30:59", MIDNIGHT + 510),
        ("2017-09-16T02:00+03:00", MIDNIGHT - 60),
        (pd.Timestamp("2017-09-16 03:00", tz="Asia/Damascus"), MIDNIGHT),
        (dt.datetime(2017, 9, 16, 1, tzinfo=dt.UTC), MIDNIGHT + 60),
        ("1969-12-31 23:59", -1),
    ],
)
def test_a_moment_is_a_minute_in_utc(moment, minute):
    assert opening(moment) == {"on": True, "from": None, "to": minute}
    assert opening([moment, None]) == {"on": True, "from": minute, "to": None}


def test_with_and_without_a_slider():
    assert opening() == opening("auto") == {"on": True, "from": None, "to": None}
    assert opening(False) == {"on": False, "from": None, "to": None}


def test_an_open_end():
    assert opening((None, "2017-09-16"))["from"] is None
    assert opening(("2017-09-16", None))["to"] is None


def test_dates_beyond_what_minutes_hold_stay_in_range():
    assert opening("9999-12-31")["to"] <= 2**31 - 1


@pytest.mark.parametrize(
    "time",
    [
        True, None, 0, 2017, 1.5, "", "soon", "2017", "16.09.2017", "2017-13-40", "2017-09-1x", (),
        ("2017-09-16",), ("2017-09-16",) * 3, (None, None), ("auto", "2017-09-16"), {"from": 1},
        pd.NaT, (pd.NaT, "2017-09-16"), ("2017-09-16", False),
    ],
)  # fmt: skip
def test_anything_else_is_refused(time):
    with pytest.raises(GeoeventsError, match=r"'auto', False, a date .* or a pair"):
        opening(time)


def test_the_end_comes_after_the_start():
    with pytest.raises(GeoeventsError, match="ends before it starts"):
        opening(("2017-09-17", "2017-09-16"))


def test_the_page_is_told():
    call = EventMap(basemap=None, time=("2017-09-16", None), theme="dark").layer.call()
    options = json.loads(call[call.index("{") : call.rindex("}") + 1])
    assert options == {
        "basemap": None,
        "bounds": None,
        "time": {"on": True, "from": MIDNIGHT, "to": None},
        "theme": "dark",
    }
