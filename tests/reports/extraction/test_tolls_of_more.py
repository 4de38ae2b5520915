# ruff: noqa: E501 -- a sentence a line
"""Tolls of wars, of years and of other attacks are not those of the event told of before them."""

import pandas as pd
import pytest

import geoevents as ge

PUBLISHED = "2023-05-10"
#: A report, and the dead of each of its events; None where none are told.
REPORTS = [
    # Of a war, in its own words
    ("The army shelled Homs on Monday, raising the death toll in the war to 306,000.", [None]),
    ("The army shelled Homs on Monday. The death toll in the war rose to 306,000.", [None]),
    ("A bomb hit a bus in Quetta on Monday. The death toll of the conflict now stands at 3,400.", [None]),
    ("Shells hit a clinic in Sanaa on Monday. The number of children killed in the war has passed 10,000.", [None]),
    ("Shells hit a clinic in Sanaa on Monday, raising to 10,000 the number of children killed in the war.", [None]),
    ("Clashes in Manipur on Tuesday killed three people. That takes the number of dead since May 1 to 73.", [3]),
    ("The army shelled Homs on Monday. The war is one of the world's worst, with 400,000 dead.", [None]),
    ("The army shelled Homs on Monday. The conflict has claimed 7,000 lives.", [None]),
    ("Clashes broke out in Medellin on Monday. The war with the guerrillas left 220,000 dead.", [None]),
    ("Gunmen killed six people in Maiduguri on Monday. In two decades of insurgency 40,000 people have died.", [6]),
    ("Gunmen killed six people in Maiduguri on Monday. Some 300 people have been killed since the start of the year.", [6]),
    ("Rebels attacked a barracks in Bangui on Monday. Thousands of people lost their lives in the civil war.", [None]),
    ("Militia attacked Dili on Monday. Some 200,000 people were killed in the annexation of East Timor by Indonesia.", [None]),
    # Hung on its name
    ("M23 rebels shelled Goma on Tuesday. The FDLR was founded by perpetrators of the 1994 genocide, in which some 800,000 Tutsi were slaughtered.", [None]),
    ("M23 rebels shelled Goma on Tuesday. The war in Tigray, in which 600,000 people died, ended in 2022.", [None]),
    ("The army shelled Homs on Monday. Rebels, who lost 3,000 fighters in the war, withdrew.", [None]),
    ("Rebels attacked a village near Beni on Monday. The army, which lost 400 men in the uprising of 2012, did not come.", [None]),
    # So many that no attack has killed them
    ("Suspected jihadists killed nine villagers near Djibo on Monday. The violence has displaced two million people and killed more than 10,000.", [9]),
    ("The army shelled Homs on Monday. So far the violence has killed 5,000 people.", [None]),
    ("A bomb exploded in Phnom Penh on Monday. The Khmer Rouge regime killed 1.7 million people.", [None]),
    ("ETA exploded a car bomb in Bilbao on Wednesday. The group has killed about 800 people in its 33-year fight for independence.", [None]),
    # Of other days
    ("Israel struck a church in Gaza on Monday, killing 18. The strikes have killed 3,785 people in Gaza since April 20, officials say.", [18]),
    ("Gunmen killed 12 people in a church in Owo on Sunday. Nigeria has seen 3,000 people killed in such attacks this year.", [12]),
    ("Shells hit a hospital in Mullaitivu on Tuesday, killing 47. The UN says 650 civilians were killed between January and April.", [47]),
    ("Shelling in Donetsk killed three on Monday, bringing to 1,129 the number killed since mid-April.", [3]),
    ("A missile hit a barracks in Mykolaiv on Monday. More than 900 civilians have died in the war so far, the UN says.", [None]),
    # Of what a place has seen
    ("A bomb hit Hiroshima's city hall on Tuesday, a city where 140,000 people were killed by the atomic bomb.", [None]),
    ("Gunmen attacked Maiduguri on Monday, a city where hundreds of people were killed by Boko Haram.", [None]),
    ("A blast hit a mosque in Peshawar on Monday. It was the deadliest attack since 2014, when 59 were killed.", [None]),
    ("A bomb hit a bus in Quetta on Monday. A quake in Bam killed 26,000 people in 2003.", [None]),
    # Of the event, all the same
    ("A suicide bombing in Kabul killed 13 soldiers on Monday, the highest toll since 2011, when 30 troops died in a helicopter crash.", [13]),
    ("Fighting broke out in Khartoum on 15 April. The fighting has killed 550 people since 15 April.", [550]),
    ("The offensive near Bakhmut began on 3 May. The offensive has killed 90 soldiers since last week.", [90]),
    ("Riots in Delhi have killed 38 people since Sunday.", [38]),
    ("The siege of Homs began in January. It has killed 40 people.", [40]),
    ("Security forces stormed two camps in Cairo on Monday. The crackdown left 638 dead.", [638]),
    ("Shells hit Aleppo on Monday, bringing the toll of the attack to 14.", [14]),
    ("A bomb exploded in Homs on Monday. The toll rose to 9.", [9]),
    ("A car bomb exploded in Kabul on Monday. The death toll has risen to 90 since Monday's blast.", [90]),
    ("A bomb hit a bus in Quetta on Monday. The death toll of the attack now stands at 34, the highest of the conflict.", [34]),
    ("Clashes broke out in Goma on Monday. The fighting has killed 40 people since Monday.", [40]),
    ("Rebels attacked Homs on Monday, the bloodiest attack in the war. It killed 50 soldiers.", [50]),
    ("Thirty people were killed in the war on Monday when shells hit Homs.", [30]),
    ("Syrian troops attacked Hama on May 2. At least 10,000 people were killed.", [10_000]),
    ("At least 12 protesters were killed in a crackdown in Khartoum on Monday.", [12]),
    ("Rebels attacked a prison in Guayaquil on Monday. Fourteen inmates were killed in an uprising there.", [14]),
    ("Six soldiers were killed in the conflict in Homs on Tuesday.", [6]),
    ("Jets hit a market in Idlib on Monday. The strike, in which 39 people died, was condemned by the UN.", [39]),
    ("Jets hit a market in Idlib on Monday, where 39 people were killed.", [39]),
    ("Jets hit Idlib on Monday, a town where dozens of families have taken refuge. Five people were killed.", [5]),
]  # fmt: skip


@pytest.fixture(scope="module")
def events():
    """All events of the reports, read at once."""
    notes = pd.DataFrame({"notes": [text for text, _ in REPORTS], "published": PUBLISHED})
    return ge.read_reports(notes, text="notes", published="published", workers=1)


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=[text[:60] for text, _ in REPORTS])
def test_the_dead_of_each_event(events, number):
    told = events[events["report"] == number]
    found = [None if pd.isna(killed) else killed for killed in told["fatalities"]]
    assert found == REPORTS[number][1], told["reading"].tolist()
    if found == [None]:
        assert told[["fatalities_low", "fatalities_high"]].isna().all(axis=None)


def test_since_when_a_toll_is_counted_is_no_event_of_the_place_before():
    text = (
        "An Armenian Su-25 bombed Azeri positions near Jabrayil on Saturday. The ministry said another 40 of "
        "its troops had been killed, raising the military death toll to 673 since fighting erupted on Sept. 27."
    )
    events = ge.read_report(text, published="2020-10-18")
    assert events["event_type"].tolist() == ["air strike"]
    assert events["fatalities"].tolist() != [673]
