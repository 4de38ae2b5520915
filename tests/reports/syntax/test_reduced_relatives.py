"""Participles behind a noun with a list behind "by" or "with": the verb after it is the noun's."""

import pandas as pd
import pytest

import geoevents as ge

DAY = "2022-06-15"  # a Wednesday
ARMY = "Syrian government forces"

# Each sentence with its events: type, actor, target, day (MM-DD), killed; "" and None for none.
CASES = [
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
