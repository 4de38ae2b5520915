"""Events at places that the gazetteer does not know, and words about places that are not read."""

import math

import pandas as pd
import pytest

import geoevents as ge


def one(text):
    events = ge.read_report(text, published="2017-09-17")
    assert len(events) == 1
    return events.iloc[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Army units captured Blorgville on Thursday.", "Blorgville"),
        ("Jets struck the village of Blorgville on Thursday.", "Blorgville"),
        ("An air strike killed three people in Lower Blorgville on Friday.", "Lower Blorgville"),
    ],
)
def test_a_name_that_is_not_known_is_the_locality_and_the_problem(text, name):
    event = one(text)
    assert event["locality"] == name
    assert event["geometry"] is None
    assert event["problem"].startswith(f"the gazetteer knows no place called '{name}'.")


@pytest.mark.parametrize(
    ("text", "locality", "wider"),
    [
        ("Rebels shelled Blorgville, Fiji, on Friday.", "Blorgville, Fiji", "Fiji"),
        ("Rebels captured the town of Blorgville in Syria.", "Blorgville, Syria", "Syria"),
        ("An air strike killed 3 people in Old Blorg, Syria.", "Old Blorg, Syria", "Syria"),
    ],
)
def test_a_wider_place_stands_for_it_and_the_explanation_says_so(text, locality, wider):
    event = one(text)
    assert event["locality"] == locality
    assert event["place"] == wider
    assert pd.isna(event["problem"])
    assert event["geometry"].equals(ge.locate(wider).geometry)
    assert event["explanation"].endswith(
        f"The place {locality.partition(',')[0]!r} in it is not known: only {wider} is."
    )


def test_what_was_in_a_place_nobody_knows_is_around_the_one_told_before():
    text = "Rebels shelled Homs on Monday. On Tuesday they killed six people in Blorgville."
    events = ge.read_report(text, published="2017-09-17", country="SY")
    there, around = events.iloc[0], events.iloc[1]
    assert not there["inferred"]
    assert around["locality"] == "Blorgville"
    assert around["inferred"]
    assert around["uncertainty_m"] == 60_000
    assert around["area_low_km2"] == 0
    assert around["area_high_km2"] == pytest.approx(math.pi * 60**2, rel=0.01)
    assert around.geometry.contains(there.geometry)
    assert "'Blorgville', which is not known: only Homs is" in around["explanation"]


def test_a_name_and_what_it_lies_in_are_told_together():
    text = (
        "Rebels shelled Homs. On Friday gunmen killed six in Blorgville township, Idlib province."
    )
    event = ge.read_report(text, published="2017-09-17", country="SY").iloc[1]
    assert event["locality"] == "Blorgville, Idlib"
    assert event["place"] == "Idlib"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Mr Blorg's house on Friday.",
        "Rebels Captured Blorgville On Friday",
        "Rebels shelled the barracks on Friday.",
    ],
)
def test_other_words_are_no_places(text):
    events = ge.read_report(text, published="2017-09-17")
    assert events["locality"].isna().all()


def test_many_names_that_are_not_known_are_all_told():
    letters = "bcdfghjklmnp"
    names = [f"{one.upper()}orgvill{other}zt" for one in letters for other in letters][:60]
    reports = pd.DataFrame(
        {"text": [f"Army units captured {name} on 7 May 2017." for name in names]}
    )
    events = ge.read_reports(reports, text="text")
    assert events["geometry"].isna().all()
    assert events["locality"].tolist() == names
    assert all(name in problem for name, problem in zip(names, events["problem"], strict=True))


def test_off_a_coast_is_not_read_as_all_of_the_land_in_silence():
    event = one("Jets struck a base 5 miles off the coast of Yemen on Friday.")
    assert event["locality"] == "5 miles off the coast of Yemen"
    assert event["explanation"].endswith("cannot be read: only Yemen is known.")
    assert event["uncertainty_m"] > 500_000


def test_what_is_no_distance_is_not_at_the_place():
    event = one("Jets struck a base 99999 km south of Homs on Friday.")
    assert event["locality"] == "99999 km south of Homs"
    assert event["geometry"] is None
    assert event["problem"].startswith("'99999 km' is no distance from a place")


@pytest.mark.parametrize(
    "phrase", ["near the Syrian-Iraqi border", "on the border between Syria and Iraq"]
)
def test_a_border_is_where_the_phrase_says(phrase):
    event = one(f"Jets struck positions {phrase} on Friday.")
    assert event["locality"] == phrase
    assert event["geometry"].equals(ge.locate(phrase).geometry)


def test_a_request_to_strike_that_is_refused_is_a_refused_strike():
    event = one("The coalition refused a request to strike Homs.")
    assert (event["event_type"], event["status"]) == ("air strike", "refused")
    assert event["place"] == "Homs"
