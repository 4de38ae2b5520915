# ruff: noqa: E501 -- a sentence a line
"""Tolls that are told at the side, by halves, or of a ship; and who is no victim and no killer."""

import pandas as pd
import pytest

import geoevents as ge

PUBLISHED = "2023-05-10"
CLASH, CIVILIANS, BOMB, SHELLS = "armed clash", "attack on civilians", "bombing", "shelling"
#: A report, and for each event its type, actor, place, killed and wounded: a figure, or its range.
REPORTS = [
    # What is set on fire beside it is no accident, and no event of its own
    ("Gunmen ambushed and killed 13 police officers in Morelia on Monday, setting cars on fire.", [(CLASH, "gunmen", "in Morelia", 13, None)]),
    ("Gunmen killed 13 police officers in Morelia on Monday, burning cars.", [(CLASH, "gunmen", "in Morelia", 13, None)]),
    ("Gunmen attacked Djibo on Monday, setting the market on fire and killing nine people.", [(CIVILIANS, "gunmen", "Djibo", 9, None)]),
    ("Gunmen set houses on fire in Morelia on Monday.", [("other", "gunmen", "in Morelia", None, None)]),
    ("Thirteen people died in a fire in Morelia on Monday.", []),
    # At most
    ("Shells hit Homs on Monday, leaving 20 people feared dead. The army put the dead at 12.", [(SHELLS, None, "Homs", (12, 20), None)]),
    ("Some 20 people were feared dead after shells hit Homs on Monday.", [(SHELLS, None, "Homs", (None, 22), None)]),
    # Killed or wounded: of neither is a figure known
    ("Ten soldiers were killed or wounded in an ambush near Tillaberi on Monday.", [(CLASH, None, "near Tillaberi", (0, 10), (0, 10))]),
    ("Gunmen killed or wounded ten soldiers near Tillaberi on Monday.", [(CLASH, "gunmen", "near Tillaberi", (0, 10), (0, 10))]),
    ("Rebels ambushed a convoy near Gao on Monday, killing or wounding 30 soldiers.", [(CLASH, "rebels", "near Gao", (0, 30), (0, 30))]),
    ("Ten soldiers were killed and five wounded in an ambush near Tillaberi on Monday.", [(CLASH, None, "near Tillaberi", (10, 10), (5, 5))]),
    # Numbers in words
    ("One and a half thousand people were killed in Derna on Monday when militia shelled it.", [(SHELLS, "militia", "in Derna", 1500, None)]),
    # Vague figures of some of them
    ("An air strike hit Homs on Monday. At least 118 people were killed. Medics recovered 118 bodies. Several rescue workers were killed.", [("air strike", None, "Homs", (118, 118), None)]),
    ("Several people were killed when a bomb exploded in Homs on Monday. Police said the toll was 12.", [(BOMB, None, "in Homs", (12, 12), None)]),
    # Ships
    ("HMS Ardent, a frigate, was sunk off the Falkland Islands on Friday with the loss of 22 men.", [(CLASH, None, "the Falkland Islands", 22, None)]),
    ("The cruiser General Belgrano was sunk on May 2 with 368 dead.", [(CLASH, None, None, 368, None)]),
    ("The destroyer Sheffield was sunk off the Falkland Islands on May 4 by an Argentine missile, with the loss of 20 lives.", [("missile strike", "Argentina", "the Falkland Islands", 20, None)]),
    ("Rebels sank a navy frigate off Mocha on Monday with the loss of 22 men.", [(CLASH, "rebels", "Mocha", 22, None)]),
    ("The frigate sank in a storm off Mocha on Monday with the loss of 22 men.", []),
    ("The ferry sank off Mocha on Monday with the loss of 22 lives.", []),
    ("The cruiser was sunk off Mocha on Monday as an artificial reef.", []),
    ("The bill was sunk in parliament on Monday with the loss of 22 votes.", []),
    # Who finds the dead
    ("Gunmen attacked a village near Djibo on Monday. Soldiers found the burnt bodies of 14 men.", [(CIVILIANS, "gunmen", "near Djibo", 14, None)]),
    ("Gunmen attacked a bus near Djibo on Monday. Police said they had found the burnt bodies of 14 men in the bus.", [(CIVILIANS, "gunmen", "near Djibo", 14, None)]),
    # Who blows herself up
    ("A girl of about ten blew herself up at a market in Maiduguri on Monday, killing 12.", [(BOMB, "suicide bomber", "in Maiduguri", 12, None)]),
    ("A woman blew herself up in a mosque in Maroua on Monday.", [(BOMB, "suicide bomber", "in Maroua", None, None)]),
    ("Four militants blew themselves up in Quetta on Monday.", [(BOMB, "militants", "in Quetta", None, None)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def events():
    """All events of the reports, read at once."""
    notes = pd.DataFrame({"notes": [text for text, _ in REPORTS], "published": PUBLISHED})
    return ge.read_reports(notes, text="notes", published="published", workers=1)


def _told(row, name, wanted):
    """The best figure of an event, or its range where one is wanted."""
    column = {"killed": "fatalities"}.get(name, name)
    found = [row[column]]
    if isinstance(wanted, tuple):
        found = [row[f"{column}_low"], row[f"{column}_high"]]
    found = [None if pd.isna(one) else one for one in found]
    return tuple(found) if isinstance(wanted, tuple) else found[0]


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=[text[:60] for text, _ in REPORTS])
def test_each_event(events, number):
    told = events[events["report"] == number]
    expected = REPORTS[number][1]
    assert len(told) == len(expected), told["reading"].tolist()
    for (_, row), (*words, killed, wounded) in zip(told.iterrows(), expected, strict=True):
        found = [None if pd.isna(row[c]) else row[c] for c in ("event_type", "actor", "locality")]
        assert found == words
        assert _told(row, "killed", killed) == killed
        assert _told(row, "wounded", wounded) == wounded


def test_a_toll_that_is_disputed_has_the_range_of_both():
    text = (
        "Boko Haram attacked Baga on Wednesday, leaving as many as 2,000 people feared dead, officials said. "
        "Nigeria's defence headquarters disputed the figure and put the dead at 150."
    )
    row = ge.read_report(text, published="2015-01-12").iloc[0]
    assert [row["fatalities_low"], row["fatalities_high"]] == [150, 2000]
