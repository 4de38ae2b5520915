# ruff: noqa: E501 -- a sentence a line
"""What is tried, mourned, shown or written about did not happen on the day of that."""

import pandas as pd
import pytest

import geoevents as ge

PUBLISHED = "2023-05-10"
MONDAY = "2023-05-08"
CIVILIANS, BOMB, PROTEST = "attack on civilians", "bombing", "protest"
#: A report, and the type, the place and the day of each of its events.
REPORTS = [
    # Courts
    ("A court in The Hague sentenced Ratko Mladic on Monday for the massacre of 8,000 men in Srebrenica.", []),
    ("Two men were convicted in Paris on Monday of the attack on a concert hall in which 90 people were killed.", []),
    ("The trial of four men over the bombing of a nightclub in Bali opened in Jakarta on Monday.", []),
    ("A former warlord was sentenced to 20 years in prison on Monday for the killing of 300 villagers in Ituri.", []),
    ("A former militia leader was tried in Paris on Monday for massacres in Liberia.", []),
    ("Prosecutors in Berlin charged a Syrian doctor on Monday over the torture and killing of prisoners in Homs.", []),
    ("Three policemen were jailed on Monday over the shooting dead of protesters in Lagos.", []),
    # Ceremonies and monuments
    ("The pope prayed on Monday for the victims of the attack on a church in Cairo.", []),
    ("A museum dedicated to the victims of the massacre in Halabja reopened on Monday.", []),
    ("A memorial to the 3,000 killed in the attacks on New York was vandalised in Kabul on Monday.", []),
    ("Thousands mourned the victims of the massacre in Bucha at a ceremony in Kyiv on Monday.", []),
    ("The massacre in Bucha was commemorated in Kyiv on Monday.", []),
    ("A monument to the victims of the air raid on Guernica was unveiled in Bilbao on Monday.", []),
    # Films and books
    ("A documentary about the siege of Sarajevo was shown in Berlin on Monday.", []),
    ("The film depicts the siege of Sarajevo. It opens in Berlin on Friday.", []),
    ("A book on the bombing of Dresden was published in London on Monday.", []),
    # With a time of its own
    ("A court in The Hague sentenced Ratko Mladic on Monday for the massacre of 8,000 men in Srebrenica in July 1995.", [(CIVILIANS, "in Srebrenica", "1995-07-01")]),
    ("Villagers mourned eleven men killed in an attack on Sunday in Djibo.", [(CIVILIANS, "in Djibo", "2023-05-07")]),
    ("A vigil was held in Kyiv on Tuesday for the victims of Monday's missile strike on Kharkiv.", [(PROTEST, "in Kyiv", "2023-05-09"), ("missile strike", "Kharkiv", MONDAY)]),
    # What happens there today
    ("Thousands prayed in Kandahar after an attack on a mosque that killed 12 on Monday.", [(CIVILIANS, "in Kandahar", MONDAY)]),
    ("The president condemned Monday's attack on a mosque in Kandahar and honoured the victims.", [("statement", None, MONDAY), (CIVILIANS, "in Kandahar", MONDAY)]),
    ("Gunmen attacked a court in Quetta on Monday, killing four people.", [(CIVILIANS, "in Quetta", MONDAY)]),
    ("A bomb hit a museum in Baghdad on Monday, killing three.", [(BOMB, "in Baghdad", MONDAY)]),
    ("Shells hit a memorial in Kharkiv on Monday.", [("shelling", "in Kharkiv", MONDAY)]),
    ("A suicide bomber struck a ceremony in Kabul on Monday, killing 20 people.", [(BOMB, "in Kabul", MONDAY)]),
    ("An attack on a museum in Tunis killed 19 people on Monday.", [(CIVILIANS, "in Tunis", MONDAY)]),
    ("Thousands protested in Kyiv on Monday to mourn the victims of the massacre in Bucha.", [(PROTEST, "in Kyiv", MONDAY)]),
    ("Two soldiers were killed in an ambush near Gao on Monday. They will be remembered as heroes.", [("armed clash", "near Gao", MONDAY)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def events():
    """All events of the reports, read at once."""
    notes = pd.DataFrame({"notes": [text for text, _ in REPORTS], "published": PUBLISHED})
    return ge.read_reports(notes, text="notes", published="published", workers=1)


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=[text[:60] for text, _ in REPORTS])
def test_what_happened_that_day(events, number):
    told = events[events["report"] == number]
    found = [
        (
            row["event_type"],
            None if pd.isna(row["locality"]) else row["locality"],
            str(row["start"])[:10],
        )
        for _, row in told.iterrows()
    ]
    assert found == REPORTS[number][1], told["reading"].tolist()
