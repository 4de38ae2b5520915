"""Sentences and the events they tell in brief: bombs, crowds, costs, and what lists hang on."""

import pandas as pd
import pytest

import geoevents as ge

DAY = "2022-06-15"  # a Wednesday
ARMY = "Syrian government forces"

# Each sentence with its events: type, actor, target, day (MM-DD), killed; "" and None for none.
CASES = [
    # What blows up is a bomb if it was filled with what bombs are made of.
    ("A car packed with dynamite blew up in Homs on Monday.", [("bombing", "", "", "06-13", None)]),
    (
        "A lorry loaded with 200 kilos of TNT went off at a hotel in Homs on Monday, killing 12.",
        [("bombing", "", "", "06-13", 12)],
    ),
    (
        (
            "Police dug through ruins in Homs on Friday, looking for survivors after a car packed "
            "with 400 kilos of dynamite blew up the night before."
        ),
        [("bombing", "", "", "06-09", None)],
    ),
    ("A car blew up in Homs on Monday.", []),
    ("A petrol station blew up in Homs on Monday.", []),
    # Crowds that get in where they should not.
    (
        "In Beirut, a furious crowd smashed its way into the UN building on Sunday.",
        [("protest", "protesters", "United Nations", "06-12", None)],
    ),
    (
        "Demonstrators broke into the parliament in Baghdad on Sunday.",
        [("protest", "protesters", "", "06-12", None)],
    ),
    (
        "Protesters forced their way into the governor's office in Basra on Sunday.",
        [("protest", "protesters", "", "06-12", None)],
    ),
    ("Thieves broke into a parliament office in Baghdad on Sunday.", []),
    ("Fans forced their way into the stadium in Cairo on Sunday.", []),
    ("Gunmen forced their way into a bank in Homs on Sunday.", []),
    # Whom an attack cost a side.
    (
        "An ambush in Homs on Monday cost the army three men.",
        [("armed clash", "", ARMY, "06-13", 3)],
    ),
    (
        "Monday's attack in Homs cost the police four officers.",
        [("armed clash", "", "Syrian police", "06-13", 4)],
    ),
    (
        "The blast near Homs on Monday cost Hezbollah two fighters.",
        [("bombing", "", "Hezbollah", "06-13", 2)],
    ),
    (
        "An attack in Homs on Monday cost the army three tanks.",
        [("armed clash", "", ARMY, "06-13", None)],
    ),
    ("The scandal cost the party three men at the top.", []),
    # What was answered has its own day.
    (
        (
            "The army shelled Homs on Monday in retaliation for an attack on Saturday that killed "
            "three soldiers near Hama."
        ),
        [("shelling", ARMY, "", "06-13", None), ("armed clash", "", ARMY, "06-11", 3)],
    ),
    (
        (
            "Jets bombed posts held by rebels near Homs on Monday, according to residents, in "
            "reply to an ambush last Thursday that cost the army three men."
        ),
        [("air strike", "", "rebels", "06-13", None), ("armed clash", "", ARMY, "06-09", 3)],
    ),
    (
        "Rebels killed five soldiers in Homs on Sunday in an attack like the one in May.",
        [("armed clash", "rebels", ARMY, "06-12", 5)],
    ),
    # They fight each other, with whatever weapons.
    (
        "Rebels and government troops fought with heavy weapons in Homs on Sunday.",
        [("armed clash", "rebels", ARMY, "06-12", None)],
    ),
    (
        "Rebels and militiamen fought with the army in Homs on Sunday.",
        [("armed clash", "rebels; militia", ARMY, "06-12", None)],
    ),
    # Who signs.
    (
        "The rebels and the army signed a truce in Homs on Monday.",
        [("agreement", f"rebels; {ARMY}", "", "06-13", None)],
    ),
    (
        "The militants of ISIS and the army agreed a truce in Homs on Monday.",
        [("agreement", f"ISIS; {ARMY}", "", "06-13", None)],
    ),
    (
        "Assad and Putin put their names to a ceasefire in Sochi on Monday.",
        [("agreement", "Bashar al-Assad; Vladimir Putin", "", "06-13", None)],
    ),
    (
        "The rebels put their signatures to a truce with the army in Homs on Monday.",
        [("agreement", "rebels", ARMY, "06-13", None)],
    ),
    ("Writers put their names to a petition in Homs on Monday.", []),
    # Who is caught.
    (
        "Police caught two suspected militants in Homs on Wednesday.",
        [("other", "Syrian police", "militants", "06-15", None)],
    ),
    ("Police caught three smugglers in Homs on Wednesday.", []),
    ("The army caught the rebels by surprise in Homs on Monday.", []),
    # What hangs on a thing, with a list behind it.
    (
        "A car packed with dynamite and nails exploded in Homs on Monday.",
        [("bombing", "", "", "06-13", None)],
    ),
    (
        "A car packed with 400 kilos of dynamite and fuel oil blew up in Homs on Monday.",
        [("bombing", "", "", "06-13", None)],
    ),
    (
        "Villages held by rebels and jihadists were shelled near Homs on Monday.",
        [("shelling", "", "rebels; jihadists", "06-13", None)],
    ),
    (
        "Positions manned by soldiers and policemen were shelled near Homs on Monday.",
        [("shelling", "", f"{ARMY}; Syrian police", "06-13", None)],
    ),
    (
        "A truce signed by Russia and Turkey in Homs on 3 May fell apart.",
        [("agreement", "Russia; Turkey", "", "05-03", None)],
    ),
    (
        "A post held by the army and the police was attacked by rebels near Homs on Monday.",
        [("armed clash", "rebels", f"{ARMY}; Syrian police", "06-13", None)],
    ),
    # And where both sides of "and" have a verb of their own:
    (
        "A post near Homs was shelled by rebels and soldiers fled on Monday.",
        [("shelling", "rebels", "", "06-13", None)],
    ),
    (
        "Homs was bombed by jets and rebels shelled Hama on Monday.",
        [("air strike", "", "", "06-13", None), ("shelling", "rebels", "", "06-13", None)],
    ),
    ("Goods packed by women and children were sold in Homs on Monday.", []),
]


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    notes = pd.DataFrame({"text": [text for text, _ in CASES]})
    return ge.read_reports(notes, text="text", published=DAY, workers=1)


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number][0][:60])
def test_events_are_those_expected(events: pd.DataFrame, number: int) -> None:
    rows = events[events["report"] == number]
    told = {
        (
            row.event_type,
            row.actor if isinstance(row.actor, str) else "",
            row.target if isinstance(row.target, str) else "",
            f"{row.start:%m-%d}",
            None if pd.isna(row.fatalities) else int(row.fatalities),
        )
        for row in rows.itertuples()
    }
    assert told == set(CASES[number][1])
    assert len(rows) == len(CASES[number][1])
