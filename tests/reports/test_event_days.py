"""Which day an event takes of those that a report names."""

import pytest

import geoevents as ge

_CASES = [
    # A time in front of a clause is its own.
    (
        "Rebels shelled Homs on Friday, and on Saturday the army stormed Idlib.",
        {"Homs": "2017-09-15", "Idlib": "2017-09-16"},
    ),
    (
        "Rebels shelled Homs on Friday, and a day later troops stormed Idlib.",
        {"Homs": "2017-09-15", "Idlib": "2017-09-16"},
    ),
    ("Rebels shelled Homs on Friday and withdrew.", {"Homs": "2017-09-15"}),
    # A relative clause set off by commas tells of something else; others may tell when.
    ("The rebels, who have held the hills since 2014, shelled Homs.", {"Homs": None}),
    ("Troops retook Homs, which rebels had declared free in August 2014.", {"Homs": None}),
    ("A bomb that exploded in Kabul on Friday killed 12 people.", {"Kabul": "2017-09-15"}),
    # A day to come is of something else, and no day of what is told next.
    (
        "Rebels shelled Homs ahead of talks due tomorrow. Shells hit Idlib.",
        {"Homs": None, "Idlib": None},
    ),
    ("Rebels captured Homs before a summit on 20 September 2017.", {"Homs": None}),
    ("Crowds marched in Homs against a law to be voted on tomorrow.", {"Homs": None}),
    # How long a fight lasted is not when the town fell.
    ("Rebels captured Homs after two weeks of fighting.", {"Homs": None}),
    ("Rebels captured Homs on Saturday after two weeks of fighting.", {"Homs": "2017-09-16"}),
    ("The army shelled Homs for two hours.", {"Homs": None}),
    ("The army captured Homs, a monitor said on Friday.", {"Homs": "2017-09-15"}),
    # A noun beside a verb has the time that follows it.
    (
        "Troops withdrew from Homs on Friday in spite of an air strike in Idlib on Wednesday.",
        {"Homs": "2017-09-15", "Idlib": "2017-09-13"},
    ),
    (
        "Following the capture of Idlib on Friday, the army shelled Homs on Saturday.",
        {"Idlib": "2017-09-15", "Homs": "2017-09-16"},
    ),
    # "A day after": of what follows, or of both.
    (
        "A day after rebels seized Idlib, the army shelled Homs on Friday.",
        {"Idlib": "2017-09-14", "Homs": "2017-09-15"},
    ),
    (
        "A day after rebels seized Idlib on Thursday, the army shelled Homs.",
        {"Idlib": "2017-09-14", "Homs": "2017-09-15"},
    ),
    # The entries of a log, and times in no clause.
    (
        "5 May 2017: gunmen killed a man near Goma. It rained. Shells hit Homs. 7 May: Beni fell.",
        {"near Goma": "2017-05-05", "Homs": "2017-05-05", "Beni": "2017-05-07"},
    ),
    ("Gunmen attacked a village near Goma (15 September).", {"near Goma": "2017-09-15"}),
    # What is handed on to the next sentence.
    (
        "On Friday shells hit Homs. Rebels had captured Idlib on Monday. Jets bombed Kobane.",
        {"Homs": "2017-09-15", "Idlib": "2017-09-11", "Kobane": "2017-09-15"},
    ),
    (
        "Rebels captured Idlib on Thursday. Fighting continues in Homs.",
        {"Idlib": "2017-09-14", "Homs": None},
    ),
    (
        "Rebels captured Idlib on Thursday. Fighting broke out in Homs.",
        {"Idlib": "2017-09-14", "Homs": "2017-09-14"},
    ),
]


@pytest.mark.parametrize(("text", "days"), _CASES)
def test_an_event_takes_the_day_that_is_its_own(text, days):
    found = ge.read_report(text, published="2017-09-17")
    for place, day in days.items():
        (row,) = found[found["locality"].str.endswith(place)].itertuples()
        told = None if row.date_precision == "unknown" else f"{row.start:%Y-%m-%d}"
        assert told == day, place
