# ruff: noqa: E501 -- a sentence a line
"""Days that the telling decides: of a dateline, of a noun beside, of the past tense, in figures."""

import pandas as pd
import pytest

import geoevents as ge

#: The day of publication, a report, and for each of its events the actor, the place, the day, its
#: precision and the status.
REPORTS = [
    # What is past is not ahead of publication: the day is not known then
    ("2023-05-10", "On Tuesday M23 rebels shelled Goma. The next day the army retook Rutshuru. Two days later, Rwanda shelled Sake.",
     [("M23", "Goma", "2023-05-09", "day", "reported"), ("Congolese military", "Rutshuru", "2023-05-10", "day", "reported"), ("Rwanda", "Sake", "2023-05-10", "unknown", "reported")]),
    ("2023-05-10", "On Tuesday M23 rebels shelled Goma. A week later the army retook it.",
     [("M23", "Goma", "2023-05-09", "day", "reported"), ("Congolese military", "Goma", "2023-05-10", "unknown", "reported")]),
    ("2023-05-10", "The rebels shelled Goma on Monday. Two days later they shelled Sake.",
     [("rebels", "Goma", "2023-05-08", "day", "reported"), ("rebels", "Sake", "2023-05-10", "day", "reported")]),
    ("2023-05-10", "Protesters plan to march in Goma tomorrow.", [("protesters", "in Goma", "2023-05-11", "day", "planned")]),
    # The day of a truce that was broken is not when it was
    ("2023-05-10", "The ceasefire of 3 May was broken on Monday when mortar fire hit Goma.", [(None, "Goma", "2023-05-08", "day", "reported")]),
    ("2023-05-10", "The truce of 3 May ended on Monday as tanks shelled Goma.", [(None, "Goma", "2023-05-08", "day", "reported")]),
    ("2023-05-10", "Gunmen attacked Goma on Monday in revenge for the massacre of 3 May.", [("gunmen", "Goma", "2023-05-08", "day", "reported")]),
    ("2023-05-10", "The attack of 3 May on Goma killed nine people.", [(None, "Goma", "2023-05-03", "day", "reported")]),
    ("2023-05-10", "Rebels shelled Goma on the night of 3 May.", [("rebels", "Goma", "2023-05-03", "day", "reported")]),
    # "This afternoon" is told on the day of the dateline
    ("1972-07-22", "BELFAST, July 21 - Nine people were killed and about 130 injured this afternoon when some 20 bombs exploded.", [(None, "BELFAST", "1972-07-21", "day", "reported")]),
    ("2023-05-08", "KABUL, 5 May - Shells hit Herat today.", [(None, "Herat", "2023-05-05", "day", "reported")]),
    ("2023-05-08", "KABUL, May 5 (Reuters) - Gunmen shelled Herat on Thursday. A bomb hit Kunduz this morning.",
     [("gunmen", "Herat", "2023-05-04", "day", "reported"), (None, "Kunduz", "2023-05-05", "day", "reported")]),
    ("2023-05-08", "KABUL - Shells hit Herat today.", [(None, "Herat", "2023-05-08", "day", "reported")]),
    # A sentence ends behind a date in figures
    ("2023-05-10", "Rebels attacked Goma on 2023-05-01. Rebels shelled Masisi on 03.05.2023.",
     [("rebels", "Goma", "2023-05-01", "day", "reported"), ("rebels", "Masisi", "2023-05-03", "day", "reported")]),
    ("2023-05-10", "Saudi-led coalition jets bombed Sanaa on 2023-05-01. Iran-backed rebels shelled Marib.",
     [("Saudi-led coalition", "Sanaa", "2023-05-01", "day", "reported"), ("Iran-backed rebels", "Marib", "2023-05-01", "day", "reported")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def events():
    """All events of the reports, read at once."""
    notes = pd.DataFrame(
        {"notes": [text for _, text, _ in REPORTS], "published": [day for day, _, _ in REPORTS]}
    )
    return ge.read_reports(notes, text="notes", published="published", workers=1)


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=[one[1][:60] for one in REPORTS])
def test_the_day_of_each_event(events, number):
    told = events[events["report"] == number]
    columns = ["actor", "locality", "start", "date_precision", "status"]
    found = [
        tuple(None if pd.isna(one) else str(one).removesuffix(" 00:00:00") for one in row)
        for row in told[columns].itertuples(index=False)
    ]
    assert found == REPORTS[number][2], told["reading"].tolist()
