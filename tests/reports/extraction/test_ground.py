"""Ground that changes hands: gapped seconds, other words of gain and loss, and what is no gain."""

import pandas as pd
import pytest

import geoevents as ge

DAY = "2022-06-15"  # a Wednesday

# Each sentence with its events: type, actor, target, day (MM-DD), place; "" for none.
GAPPED = [
    (
        "Kilinochchi fell to the army on 2 January, and Mullaittivu on the 25th.",
        {
            ("territorial gain", "Sri Lankan military", "", "01-02", "Kilinochchi"),
            ("territorial gain", "Sri Lankan military", "", "01-25", "Mullaittivu"),
        },
    ),
    (
        "Homs was retaken by the army on 3 June, and Hama on the 9th.",
        {
            ("territorial gain", "Syrian government forces", "", "06-03", "Homs"),
            ("territorial gain", "Syrian government forces", "", "06-09", "Hama"),
        },
    ),
    (
        "Aleppo was captured by rebels on Sunday, Hama on Monday and Homs on Tuesday.",
        {
            ("territorial gain", "rebels", "", "06-12", "Aleppo"),
            ("territorial gain", "rebels", "", "06-13", "Hama"),
            ("territorial gain", "rebels", "", "06-14", "Homs"),
        },
    ),
    (
        "Rebels shelled Idlib on 3 June and, two days later, Hama.",
        {
            ("shelling", "rebels", "", "06-03", "Idlib"),
            ("shelling", "rebels", "", "06-05", "Hama"),
        },
    ),
    (
        (
            "The Taliban took Zaranj on Friday, Sheberghan on Saturday and Kunduz and Taloqan on "
            "Sunday."
        ),
        {
            ("territorial gain", "Taliban", "", "06-10", "Zaranj"),
            ("territorial gain", "Taliban", "", "06-11", "Shibirghān"),
            ("territorial gain", "Taliban", "", "06-12", "Kunduz"),
            ("territorial gain", "Taliban", "", "06-12", "Taloqan"),
        },
    ),
    (
        "Homs fell to the rebels on 2 June, and on the 5th Hama.",
        {
            ("territorial gain", "rebels", "", "06-02", "Homs"),
            ("territorial gain", "rebels", "", "06-05", "Hama"),
        },
    ),
    (
        "Homs fell to the rebels on 2 June, and on the 5th Damascus asked for a truce.",
        {("territorial gain", "rebels", "", "06-02", "Homs")},
    ),
    (
        "Homs fell to the rebels on Monday, and Hama on Tuesday awaited the same fate.",
        {("territorial gain", "rebels", "", "06-13", "Homs")},
    ),
]

WORDS = [
    (
        "The town of Saraqib went over to the Taliban on Monday.",
        {("territorial gain", "Taliban", "", "06-13", "Saraqib")},
    ),
    (
        "The Taliban drove unopposed into Ghazni on Monday.",
        {("territorial gain", "Taliban", "", "06-13", "Ghazni")},
    ),
    (
        "The army pulled out of Bunagana on Monday. M23 rebels moved in on Tuesday.",
        {
            ("territorial gain", "", "Congolese military", "06-13", "Bunagana"),
            ("territorial gain", "M23", "", "06-14", "Bunagana"),
        },
    ),
    (
        "By Monday rebels held most of the town of Idlib.",
        {("territorial gain", "rebels", "", "06-13", "Idlib")},
    ),
    (
        "Rebels seized Bambari in March. The rebels left the town in April.",
        {
            ("territorial gain", "rebels", "", "03-01", "Bambari"),
            ("territorial gain", "", "rebels", "04-01", "Bambari"),
        },
    ),
    (
        "Rebels advanced to within a kilometre of Homs on Monday.",
        {("territorial gain", "rebels", "", "06-13", "Homs")},
    ),
    (
        "On Monday the M23 said its men held Bunagana.",
        {("territorial gain", "M23", "", "06-13", "Bunagana")},
    ),
    ("The governor said the rebels held Homs on Monday.", set()),
    ("Refugees left the town of Homs on Monday.", set()),
    ("The minister drove into Ghazni on Monday to meet elders.", set()),
    ("Voters in Homs went over to the opposition on Monday.", set()),
]

FLIGHT = [
    (
        (
            "M23 rebels captured Bunagana on Monday, and more than 130 soldiers crossed into "
            "Uganda, where they handed over their weapons."
        ),
        {("territorial gain", "M23", "", "06-13", "Bunagana")},
    ),
    (
        (
            "Soldiers sought refuge in a base and later crossed into Uganda, after rebels captured "
            "Bunagana on Monday."
        ),
        {("territorial gain", "rebels", "", "06-13", "Bunagana")},
    ),
    ("Border guards crossed into Tajikistan on Monday to save their lives.", set()),
    ("A hundred soldiers moved into Moldova on Monday and were disarmed there.", set()),
    ("UN peacekeepers entered the enclave of Gorazde on Monday with food.", set()),
    ("An aid convoy entered the enclave of Srebrenica on Monday.", set()),
    (
        "Rebels entered the enclave of Gorazde on Monday.",
        {("territorial gain", "rebels", "", "06-13", "Goražde")},
    ),
    (
        "Rwandan soldiers crossed into Uganda on Monday.",
        {
            (
                "territorial gain",
                "Rwandan military",
                "",
                "06-13",
                "Uganda",
            )
        },
    ),
]

APPOSED = [
    (
        (
            "Troops pushed M23 back from Masisi, the last town before Goma, which the rebels had "
            "entered on Monday."
        ),
        {
            ("territorial gain", "Congolese military", "M23", "06-15", "Masisi"),
            ("territorial gain", "M23", "", "06-13", "Masisi"),
        },
    ),
    (
        "Minova, the port on Lake Kivu that feeds Goma, had fallen on Monday.",
        {("territorial gain", "", "", "06-13", "Minova")},
    ),
    (
        (
            "Saraqib, the town on the road to Aleppo, which rebels had captured on Monday, was "
            "bombed on Tuesday."
        ),
        {
            ("territorial gain", "rebels", "", "06-13", "Saraqib"),
            ("bombing", "", "", "06-14", "Saraqib"),
        },
    ),
    (
        "Masisi, the last town before Goma, was captured by M23 on Monday.",
        {("territorial gain", "M23", "", "06-13", "Masisi")},
    ),
]

LISTED = [
    (
        "Government troops captured Homs and the heights west of Hama on Monday.",
        {
            ("territorial gain", "Syrian government forces", "", "06-13", "Homs"),
            ("territorial gain", "Syrian government forces", "", "06-13", "Hama"),
        },
    ),
    (
        "Rockets hit a market in Homs and a school in Hama on Monday.",
        {("shelling", "", "", "06-13", "Homs"), ("shelling", "", "", "06-13", "Hama")},
    ),
    (
        "Gunmen opened fire at a church in Homs and at a shop in Hama on Monday.",
        {
            ("attack on civilians", "gunmen", "", "06-13", "Homs"),
            ("attack on civilians", "gunmen", "", "06-13", "Hama"),
        },
    ),
    (
        "Rebels captured Homs and the son of the governor of Hama on Monday.",
        {("territorial gain", "rebels", "", "06-13", "Homs")},
    ),
    (
        "Rebels shelled positions and towns near Homs on Monday.",
        {("shelling", "rebels", "", "06-13", "Homs")},
    ),
    (
        "Rockets hit a market and a school in Hama on Monday.",
        {("shelling", "", "", "06-13", "Hama")},
    ),
]

UNKNOWN = [
    (
        "Air strikes around Zarzarun and Tolmeka were reported south of Homs on Monday.",
        [("air strike", "", "", "06-13", "Homs")] * 2,
    ),
    (
        "Jets carried out air strikes on Zarzarun and Homs on Monday.",
        {("air strike", "", "", "06-13", "Zarzarun"), ("air strike", "", "", "06-13", "Homs")},
    ),
    (
        "Air strikes on Hezbollah and Homs were reported on Monday.",
        {("air strike", "", "Hezbollah", "06-13", "Homs")},
    ),
    (
        "Rebels said they had killed 12 soldiers in raids near Homs on Monday.",
        {("armed clash", "rebels", "Syrian government forces", "06-13", "Homs")},
    ),
]

TWO_DEEDS = [
    (
        "Islamic State fighters entered Kobani on Monday and killed at least 120 civilians.",
        {
            ("territorial gain", "ISIS", "", "06-13", "Kobani"),
            ("attack on civilians", "ISIS", "civilians", "06-13", "Kobani"),
        },
    ),
    (
        "Rebels captured Idlib on Monday and massacred hundreds of residents.",
        {
            ("territorial gain", "rebels", "", "06-13", "Idlib"),
            ("attack on civilians", "rebels", "civilians", "06-13", "Idlib"),
        },
    ),
    (
        "Rebels entered Homs and killed 12 soldiers on Monday.",
        {("territorial gain", "rebels", "Syrian government forces", "06-13", "Homs")},
    ),
    (
        "Raiders entered three villages near Jos on Monday and killed 40 farmers.",
        {("attack on civilians", "attackers", "farmers", "06-13", "Jos")},
    ),
]

POINTED = [
    (
        "Srebrenica: A ceasefire was signed in Sarajevo on Saturday. It was shelled on Monday.",
        {
            ("agreement", "", "", "06-11", "Sarajevo"),
            ("shelling", "", "", "06-13", "Srebrenica"),
        },
    ),
    (
        "The Taliban said Kunduz had fallen to them on Monday.",
        {("territorial gain", "Taliban", "", "06-13", "Kunduz")},
    ),
    (
        "The Taliban swept through the north. Kunduz was theirs on Monday and Taloqan on Tuesday.",
        {
            ("territorial gain", "Taliban", "", "06-13", "Kunduz"),
            ("territorial gain", "Taliban", "", "06-14", "Taloqan"),
        },
    ),
    (
        "The army shelled rebels near Homs on Sunday. The town fell to them on Monday.",
        {
            ("shelling", "Syrian government forces", "rebels", "06-12", "Homs"),
            ("territorial gain", "", "", "06-13", "Homs"),
        },
    ),
]

AGAIN = [
    (
        "Russian jets bombed Gori on Monday. Poti had been hit the day before.",
        {
            ("air strike", "Russian air force", "", "06-13", "Gori"),
            ("air strike", "", "", "06-12", "Poti"),
        },
    ),
    (
        "Jets bombed Homs on Monday. Damascus was hit by sanctions on Tuesday.",
        {("air strike", "", "", "06-13", "Homs")},
    ),
    (
        "Rebels attacked Homs on Monday. Hama was hit on Tuesday by floods.",
        {("armed clash", "rebels", "", "06-13", "Homs")},
    ),
    (
        "The army holds Homs, from which the rebels were driven in February.",
        {("territorial gain", "", "rebels", "02-01", "Homs")},
    ),
    (
        "The army retook Homs on Monday, from which it had been expelled in March.",
        {
            ("territorial gain", "Syrian government forces", "", "06-13", "Homs"),
            ("territorial gain", "", "", "03-01", "Homs"),
        },
    ),
    (
        "Gaza, from which rockets were fired at Sderot on Monday, was bombed on Tuesday.",
        {
            ("shelling", "", "", "06-13", "Sderot"),
            ("bombing", "", "", "06-14", "Gaza"),
        },
    ),
]

CASES = [*GAPPED, *WORDS, *FLIGHT, *APPOSED, *LISTED, *UNKNOWN, *TWO_DEEDS, *POINTED, *AGAIN]


@pytest.fixture(scope="module")
def events():
    texts = pd.DataFrame({"text": [text for text, _ in CASES]})
    texts["published"] = DAY
    return ge.read_reports(texts, text="text", published="published", workers=1)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[text[:60] for text, _ in CASES])
def test_events(events, number):
    rows = events[events["report"] == number]
    known = rows["place"].where(rows["place"].notna(), rows["locality"])
    told = [rows["event_type"], rows["actor"], rows["target"], rows["start"].astype(str), known]
    found = zip(*(column.astype(object).fillna("") for column in told), strict=True)
    found = sorted((kind, *who, day[5:], where) for kind, *who, day, where in found)
    assert found == sorted(CASES[number][1])


def test_the_dead_belong_to_the_attack_and_not_to_the_gain(events):
    text = "Islamic State fighters entered Kobani on Monday and killed at least 120 civilians."
    number = [case for case, _ in CASES].index(text)
    rows = events[events["report"] == number].set_index("event_type")
    assert rows.loc["attack on civilians", "fatalities"] == 120
    assert pd.isna(rows.loc["territorial gain", "fatalities"])
