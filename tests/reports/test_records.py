"""From an event with its mentions to a row."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from geoevents.localities.spotting import Phrase
from geoevents.places.toponyms.toponym import Toponym
from geoevents.prose import Document
from geoevents.reports.model import Actor, Event, Findings, Mention, Quantity, When
from geoevents.reports.records import record
from geoevents.reports.when import UnreadDate

TEXT = "Jets struck Raqqa on Friday. Later, troops moved along the Khabur River near Raqqa, Syria."
PUBLISHED = dt.date(2017, 9, 17)
FRIDAY = dt.date(2017, 9, 15)


def place(text, kind, feature, start=None, name=None):
    start = TEXT.index(text) if start is None else start
    return Toponym(
        *(start, start + len(text), text, "place", feature, f"geonames:{feature}"),
        name=name or text,
        kind=kind,
        country="SY",
        lon=39.0,
        lat=35.9,
        score=0.9,
    )


RAQQA = place("Raqqa", "populated place", 7, name="Ar Raqqah")
KHABUR = place("Khabur River", "river", 8)
RAQQA_AGAIN = place("Raqqa", "populated place", 7, start=TEXT.rindex("Raqqa"))
SYRIA = place("Syria", "country", 9)
FINDINGS = Findings(Document.read(TEXT), [RAQQA, KHABUR, RAQQA_AGAIN, SYRIA], published=PUBLISHED)


def mention(start, end, sentence=0, **more):
    return Mention(start, end, (start, start + 4), sentence, "air strike", "strike", **more)


def actor(name):
    return Actor(0, 4, name, name, "armed group", name)


def when(first, last=None, precision="day", **more):
    return When(0, 6, "Friday", first, last or first, precision, **more)


def row(**more):
    event = Event([mention(0, 27, pattern="'struck' (verb)")], "air strike", **more)
    return record(event, FINDINGS, "Agency")


def test_words_and_names_become_columns():
    found = row(
        actors=[actor("SDF"), actor("SDF"), actor("US-led coalition")],
        targets=[actor("ISIS")],
        claimed_by=["SDF", "SDF"],
        phrases=[Phrase(12, 17, "Raqqa", (0,))],
        notes=["told twice."],
    )
    assert found["actor"] == "SDF; US-led coalition"
    assert found["target"] == "ISIS"
    assert (found["claimed_by"], found["denied_by"]) == ("SDF", None)
    assert (found["locality"], found["place"]) == ("Raqqa", "Ar Raqqah")
    assert found["quote"] == "Jets struck Raqqa on Friday."
    assert found["spans"] == "0-27"
    assert found["reading"] == "'struck' (verb). told twice."
    assert found["source"] == "Agency"


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        ([], (pd.Timestamp("2017-09-17"), None, "unknown")),
        ([when(FRIDAY)], (pd.Timestamp("2017-09-15"), None, "day")),
        ([when(FRIDAY, moment=dt.time(4, 30))], (pd.Timestamp("2017-09-15T04:30"), None, "day")),
        (
            [when(dt.date(2017, 9, 1), dt.date(2017, 9, 30), "month")],
            (pd.Timestamp("2017-09-01"), pd.Timestamp("2017-09-30"), "month"),
        ),
        # For how long it lasted is not when it happened.
        (
            [when(dt.date(2014, 9, 17), PUBLISHED, "year", lasts=True), when(FRIDAY)],
            (pd.Timestamp("2017-09-15"), None, "day"),
        ),
    ],
)
def test_dates(whens, expected):
    found = row(whens=whens)
    assert (found["start"], found["end"], found["date_precision"]) == expected


def test_of_a_siege_how_long_it_lasted_is_its_time():
    years = when(dt.date(2014, 9, 17), PUBLISHED, "year", lasts=True)
    event = Event([mention(0, 27)], "siege", whens=[when(FRIDAY), years])
    assert record(event, FINDINGS, None)["start"] == pd.Timestamp("2014-09-17")


def test_without_a_day_of_publication_there_is_no_guess():
    findings = replace(FINDINGS, published=None)
    found = record(Event([mention(0, 27)], "air strike"), findings, None)
    assert (found["start"], found["date_precision"]) == (None, "unknown")


def test_figures_keep_their_ranges():
    found = row(
        area=Quantity(0, 1, "some 300 km2", "area", 300.0, 250.0, 350.0),
        killed=Quantity(0, 1, "several", "count", None, 3.0, None),
    )
    assert found["reported_area_km2"] == 300
    assert (found["reported_area_low_km2"], found["reported_area_high_km2"]) == (250, 350)
    assert (found["fatalities"], found["fatalities_low"], found["fatalities_high"]) == (
        *(None, 3, None),
    )
    assert found["wounded"] is None


def test_a_town_says_more_than_the_river_and_the_country_beside_it():
    text = "along the Khabur River near Raqqa, Syria"
    found = row(phrases=[Phrase(50, 90, text, (1, 2, 3))])
    assert found["_toponym"] is RAQQA_AGAIN
    assert found["_named"] == (KHABUR, RAQQA_AGAIN, SYRIA)


def test_a_river_alone_is_told_beside_the_town_that_was_named_last():
    found = row(phrases=[Phrase(50, 72, "along the Khabur River", (1,))])
    assert found["_toponym"] is KHABUR
    assert found["_beside"] is RAQQA


def test_spans_that_meet_are_one_and_sentences_are_quoted_once():
    second = FINDINGS.document.sentences[1]
    mentions = [mention(0, 11), mention(11, 27), mention(second.start, second.end, 1)]
    found = record(Event(mentions, "air strike"), FINDINGS, None)
    assert found["spans"] == f"0-27; {second.start}-{second.end}"
    assert found["quote"] == " … ".join(
        TEXT[one.start : one.end] for one in FINDINGS.document.sentences
    )


def test_a_report_of_one_long_sentence_is_not_quoted_whole():
    text = "word " * 1000 + "end."
    findings = Findings(Document.read(text), published=PUBLISHED)
    quote = record(Event([mention(0, 40)], "air strike"), findings, None)["quote"]
    assert len(quote) == 1000
    assert quote.endswith("…")


def test_a_date_that_can_be_read_in_two_ways_is_told():
    text = "On 03/04/2017 jets struck Raqqa. All was calm on 05/06/2017."
    document = Document.read(text)
    unread = [UnreadDate(3, 13, "03/04/2017", "3 April or 4 March"),
              UnreadDate(49, 59, "05/06/2017", "5 June or 6 May")]  # fmt: skip
    findings = Findings(document, published=PUBLISHED, unread=unread)
    found = record(Event([mention(14, 31)], "air strike"), findings, None)
    assert found["reading"] == "'03/04/2017' is not read (3 April or 4 March)."
