"""Places of a list, each with a time of its own."""

import pytest

import geoevents as ge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jets struck Homs on Thursday and Aleppo on Friday.",
            {"Homs": "2017-09-14", "Aleppo": "2017-09-15"},
        ),
        (
            "Jets struck Homs on 3 May and Aleppo on 5 May.",
            {"Homs": "2017-05-03", "Aleppo": "2017-05-05"},
        ),
        (
            "Jets struck Homs on Thursday, Hama on Friday and Aleppo on Saturday.",
            {"Homs": "2017-09-14", "Hama": "2017-09-15", "Aleppo": "2017-09-16"},
        ),
        (
            "Jets struck Homs and Hama on Thursday and Aleppo on Friday.",
            {"Homs": "2017-09-14", "Hama": "2017-09-14", "Aleppo": "2017-09-15"},
        ),
        (
            "On Thursday jets struck Homs and on Friday Aleppo.",
            {"Homs": "2017-09-14", "Aleppo": "2017-09-15"},
        ),
        (
            "On Thursday jets struck Homs, and Aleppo on Friday.",
            {"Homs": "2017-09-14", "Aleppo": "2017-09-15"},
        ),
        (
            "On Thursday jets struck Homs and Aleppo after shelling on Monday.",
            {"Homs": "2017-09-14", "Aleppo": "2017-09-14"},
        ),
        (
            "Jets struck Homs and Aleppo on Friday.",
            {"Homs": "2017-09-15", "Aleppo": "2017-09-15"},
        ),
    ],
)
def test_each_place_of_a_list_takes_the_time_beside_it(text, expected):
    events = ge.read_report(text, published="2017-09-17")
    strikes = events[events["event_type"] == "air strike"]
    assert dict(zip(strikes["place"], strikes["start"].astype(str), strict=True)) == expected
