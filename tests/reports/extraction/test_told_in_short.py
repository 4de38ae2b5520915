"""Deeds told briefly: shot dead, so many times, by a helicopter; their dead, and who did them."""

import pandas as pd
import pytest

import geoevents as ge

# Each sentence, and what it tells of: type, actor, target, place, dead, wounded.
CASES = {
    # A participle without an auxiliary, and no object behind "dead".
    "Two policemen shot dead in Lahore on Monday.": [
        ("armed clash", "", "Pakistani police", "Lahore", 2, 0)
    ],
    "Mandalay: two civilians shot dead.": [
        ("attack on civilians", "", "civilians", "Mandalay", 2, 0)
    ],
    "Gunmen shot dead two policemen in Lahore on Monday.": [
        ("armed clash", "gunmen", "Pakistani police", "Lahore", 2, 0)
    ],
    "Rebels shot dead the mayor of Goma on Monday.": [
        ("attack on civilians", "rebels", "mayor", "Goma", 1, 0)
    ],
    # How often is no part of what was hit.
    "Russian troops shelled Nikopol 12 times on Monday.": [
        ("shelling", "Russian military", "", "Nikopol", 0, 0)
    ],
    "Russian troops shelled Nikopol several times on Monday.": [
        ("shelling", "Russian military", "", "Nikopol", 0, 0)
    ],
    "The town of Homs changed hands four times in May 2014.": [
        ("territorial gain", "", "", "Homs", 0, 0)
    ],
    # Machines that fire, and guns that answer.
    "Helicopters fired on a crowd in Homs on Monday.": [
        ("air strike", "", "protesters", "Homs", 0, 0)
    ],
    "A helicopter of the company DAG fired on a column south of Palma on 3 June.": [
        ("air strike", "", "", "Palma", 0, 0)
    ],
    "Armoured vehicles fired on protesters in Bangui on Monday.": [
        ("attack on civilians", "", "protesters", "Bangui", 0, 0)
    ],
    "Turkish artillery answered from the hills north of Ariha on Monday.": [
        ("shelling", "Turkish military", "", "Ariha", 0, 0)
    ],
    "The gunners answered questions in Kyiv on Monday.": [],
    # Who arrests fighters need be no party to a war.
    "MINUSCA detained five UPC fighters in Bria on Monday.": [
        ("other", "MINUSCA", "UPC", "Bria", 0, 0)
    ],
    "MINUSMA arrested five members of Boko Haram in Gao on Monday.": [
        ("other", "MINUSMA", "Boko Haram", "Gao", 0, 0)
    ],
    "Police announced the arrest of three suspects in Cali on Monday.": [
        ("other", "Colombian police", "suspects", "Cali", 0, 0)
    ],
    "Amnesty announced the arrest of three protesters in Tunis on Monday.": [
        ("other", "", "protesters", "Tunis", 0, 0)
    ],
    # "Wages" is no verb there.
    "Workers angry over unpaid wages blocked the road to Aden on Monday.": [
        ("protest", "workers", "", "Aden", 0, 0)
    ],
    # A column of so many is a column.
    "An army column of about 80 torched 130 houses near Shwebo on Monday.": [
        ("attack on civilians", "Myanmar military", "", "Shwebo", 0, 0)
    ],
    "A group of 30 farmers attacked a police post near Gao on Monday.": [
        ("armed clash", "farmers", "Malian police", "Gao", 0, 0)
    ],
    # "It" is what was taken, not who took it.
    "Government forces retook Mopti on 1 June after the rebels, who had captured it on 28 May, "
    "withdrew.": [
        ("territorial gain", "Malian military", "", "Mopti", 0, 0),
        ("territorial gain", "rebels", "", "Mopti", 0, 0),
    ],
    # Those who are counted without a verb add up.
    "A shell came down beside a queue in Taiz on Sunday: a man and two boys dead.": [
        ("shelling", "", "", "Taiz", 3, 0)
    ],
    "A bomb went off in Kabul on Sunday: one policeman and three civilians dead, 12 hurt.": [
        ("bombing", "", "Afghan police", "Kabul", 4, 12)
    ],
    "Two soldiers and a policeman dead after blast in Kabul.": [("bombing", "", "", "Kabul", 3, 0)],
    "Blast in Kabul: two soldiers and three policemen dead.": [("bombing", "", "", "Kabul", 5, 0)],
    "5 soldiers dead and 9 wounded in blast in Kabul.": [
        ("bombing", "", "Afghan military", "Kabul", 5, 9)
    ],
    "In March eight technicians who were mending a mast were killed in Jayapura.": [
        ("attack on civilians", "", "technicians", "Jayapura", 8, 0)
    ],
}


@pytest.fixture(scope="module")
def told():
    reports = pd.DataFrame({"text": list(CASES), "published": "2022-06-24"})
    frame = ge.read_reports(reports, text="text", published="published", workers=1)
    found = {text: [] for text in CASES}
    for row in frame.itertuples():
        found[reports["text"][row.report]].append(row)
    return found


@pytest.mark.parametrize("text", CASES)
def test_what_is_told_in_short_is_read(told, text):
    found = [
        (
            row.event_type,
            "" if pd.isna(row.actor) else row.actor,
            "" if pd.isna(row.target) else row.target,
            max(0, row.fatalities),
            max(0, row.wounded),
        )
        for row in told[text]
    ]
    assert found == [(*event[:3], *event[4:]) for event in CASES[text]]
    for row, event in zip(told[text], CASES[text], strict=True):
        assert event[3] in row.locality


LIST = (
    "Roundup, 21 March. (1) Shwebo: army burned 40 houses. (2) Monywa: bomb hit a police post, two "
    "policemen killed. Post was seen cordoned off, nothing else known. (3) Kale: convoy hit by "
    "mines, 15 soldiers dead."
)


def test_the_day_of_a_numbered_list_is_that_of_its_title():
    frame = ge.read_report(LIST, published="2022-03-24")
    assert frame["start"].dt.strftime("%m-%d").tolist() == ["03-21"] * 3


def test_the_day_of_a_sentence_before_a_plain_one_is_not():
    text = LIST.replace("(1) ", "").replace("(2) ", "").replace("(3) ", "")
    frame = ge.read_report(text, published="2022-03-24")
    assert frame["date_precision"].tolist()[-1] == "unknown"
