# ruff: noqa: E501 -- a sentence a line
"""Tolls in the many ways that news and notes tell them, worked out by hand before they were read."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import geoevents as ge

# The text, then for each violent event in the order of the text: its type, the killed, the wounded
# (None where nothing is said).
BOMB, AIR, CLASH, MISSILE = "bombing", "air strike", "armed clash", "missile strike"
SHELLS, CIVILIANS, PROTEST, GAIN = "shelling", "attack on civilians", "protest", "territorial gain"
TOLLS = [
    # The dead without a verb of killing
    ("A car bomb in Kabul left 11 gendarmes dead on Friday.", [(BOMB, 11, None)]),
    ("A mine blast near Gao left nine people dead and 14 wounded.", [(BOMB, 9, 14)]),
    ("Ten soldiers lost their lives in an ambush near Gao.", [(CLASH, 10, None)]),
    ("The suicide bombing in Kabul cost 17 people their lives.", [(BOMB, 17, None)]),
    ("The blast in Kabul claimed the lives of 17 people.", [(BOMB, 17, None)]),
    ("The blast in Kabul claimed at least 20 lives.", [(BOMB, 20, None)]),
    ("An air strike on Idlib took 15 lives.", [(AIR, 15, None)]),
    ("Eight soldiers fell in an ambush near Gao.", [(CLASH, 8, None)]),
    ("The bodies of 12 people were found in Beni after an attack by the ADF.", [("*", 12, None)]),
    ("The death toll from Monday's air strike on Idlib rose to 41.", [(AIR, 41, None)]),
    ("The death toll from the bombing in Kabul has risen from 23 to 31.", [(BOMB, 31, None)]),
    ("The death toll of the bombing in Kabul now stands at 24.", [(BOMB, 24, None)]),
    ("A bomb exploded in Kabul. Officials put the toll at 24 dead and 108 injured.", [(BOMB, 24, 108)]),
    ("A bomb exploded in Kabul. The number of dead has climbed to 33.", [(BOMB, 33, None)]),
    ("A bomb exploded in Kabul. The police revised the death toll from 27 to 20.", [(BOMB, 20, None)]),
    ("A bomb exploded in Kabul. Two of the wounded died in hospital on Sunday, taking the death toll to 14.", [(BOMB, 14, None)]),
    ("Shelling of Donetsk caused 7 deaths and 20 injuries.", [(SHELLS, 7, 20)]),
    ("Shelling of Donetsk resulted in the deaths of three women.", [(SHELLS, 3, None)]),
    # Notes and headlines
    ("Airstrikes on Lashio this morning, 4 civilians killed.", [(AIR, 4, None)]),
    ("Air strikes on Lashio: at least 4 civilians killed, 9 hurt.", [(AIR, 4, 9)]),
    ("Clashes between gunmen and soldiers in Tripoli: three people dead.", [(CLASH, 3, None)]),
    ("Suicide bombing in Kabul kills 12, injures 30.", [(BOMB, 12, 30)]),
    ("12 dead in Kabul blast.", [(BOMB, 12, None)]),
    ("Massacre in Beni: 38 villagers hacked to death with machetes.", [(CIVILIANS, 38, None)]),
    ("Gunmen attacked a village near Beni. 6 killed and 3 wounded.", [(CIVILIANS, 6, 3)]),
    ("The army shelled Donetsk. Casualties: 5 killed, 11 wounded.", [(SHELLS, 5, 11)]),
    ("Boko Haram attacked a village near Maiduguri. 3 fatalities.", [(CIVILIANS, 3, None)]),
    ("Al-Shabaab attacked a base in Baidoa (12 fatalities).", [(CLASH, 12, None)]),
    # One thing after another
    ("Houthi forces fired two missiles at Marib. One of them was intercepted; the other hit a market, killing 5 civilians and wounding 11.", [(MISSILE, 5, 11)]),
    ("At least 26 people were killed and 62 wounded by a blast in Quetta.", [(BOMB, 26, 62)]),
    ("A bomb exploded in Quetta, and 11 civilians who had come to help were killed.", [(BOMB, 11, None)]),
    ("Gunmen opened fire on a bus near Kaduna. Eight passengers lost their lives.", [("*", 8, None)]),
    ("Army jets bombed a gathering in Sagaing, in which more than 100 people lost their lives.", [(AIR, 100, None)]),
    ("Rockets were fired at the town of Karkamis, where a teacher and a child died.", [("*", 2, None)]),
    ("Soldiers clashed with rebels near Goma. The fighting raged for hours. Four soldiers were wounded.", [(CLASH, None, 4)]),
    ("Rebels took Goma on Monday. Forty soldiers were killed in the fighting.", [(GAIN, None, None), (CLASH, 40, None)]),
    # Who and how many
    ("Three children died in the shelling of Donetsk.", [(SHELLS, 3, None)]),
    ("A soldier was killed in an ambush near Gao.", [(CLASH, 1, None)]),
    ("A mother and her two children were killed when a shell hit their house in Donetsk.", [(SHELLS, 3, None)]),
    ("Gunmen shot dead a farmer and his wife near Beni.", [(CIVILIANS, 2, None)]),
    ("The bombing in Kabul killed at least 12 people, including 3 children.", [(BOMB, 12, None)]),
    ("At least 12 people, three of them children, were killed by a bomb in Kabul.", [(BOMB, 12, None)]),
    ("Seven soldiers and nine rebels were killed in clashes near Goma.", [(CLASH, 16, None)]),
    ("So far 120 militants, 38 soldiers and 24 civilians have been killed in the battle for Marawi.", [(CLASH, 182, None)]),
    ("Clashes near Goma killed 182 people: 120 rebels, 38 soldiers and 24 civilians.", [(CLASH, 182, None)]),
    ("Gunmen ambushed two policemen near Quetta and killed both.", [(CLASH, 2, None)]),
    ("A suicide bomber killed five people in Kabul on Monday. The attacker was also killed.", [(BOMB, 6, None)]),
    ("Some 260 men were taken and shot in Srebrenica.", [(CIVILIANS, 260, None)]),
    ("Twelve were killed and dozens more were injured in a bombing in Kabul.", [(BOMB, 12, (24, 99))]),
    ("A bomb in Kabul killed four people and wounded at least a dozen others.", [(BOMB, 4, 12)]),
    ("Between 10 and 15 rebels were killed in an air strike on Idlib.", [(AIR, (10, 15), None)]),
    ("Two police officers and one civilian were wounded in a grenade attack in Bujumbura.", [(BOMB, None, 3)]),
    ("Militants beheaded seven fishermen near Mocimboa da Praia.", [(CIVILIANS, 7, None)]),
    ("A mine killed one soldier and wounded another near Gao.", [(BOMB, 1, 1)]),
    ("More than 20 people, mostly women, died when jets bombed a market in Togoga.", [(AIR, 20, None)]),
    # Nobody
    ("A rocket hit Ashkelon on Friday. Nobody was hurt.", [("*", None, None)]),
    ("Shells hit Donetsk on Friday; there were no casualties.", [(SHELLS, None, None)]),
    ("Shells hit Donetsk. Two villagers were hurt by splinters; nobody was killed.", [(SHELLS, None, 2)]),
    ("No one was killed when a bomb exploded in Kabul.", [(BOMB, None, None)]),
    # Other ways to say so
    ("A policeman lost his life in a gun attack in Quetta.", [(CLASH, 1, None)]),
    ("UNIFIL lost a peacekeeper in an explosion near Naqoura.", [(BOMB, 1, None)]),
    ("The army lost two tanks in an ambush near Gao.", [(CLASH, None, None)]),
    ("Two soldiers were martyred and five others sustained injuries in a mine blast in Bannu.", [(BOMB, 2, 5)]),
    ("Two women sustained shrapnel wounds in the shelling of Donetsk.", [(SHELLS, None, 2)]),
    ("At least eight people suffered injuries when a grenade was thrown into a bar in Bujumbura.", [(BOMB, None, 8)]),
    ("A blast in Kabul left more than 30 people with injuries.", [(BOMB, None, 30)]),
    ("Four people were hospitalised after a missile strike on Kharkiv.", [(MISSILE, None, 4)]),
    ("Rebels ambushed a convoy near Gao; 5 soldiers KIA, 9 WIA.", [(CLASH, 5, 9)]),
    ("Rebels ambushed a convoy near Gao; 5 soldiers dead and 9 wounded.", [(CLASH, 5, 9)]),
    ("A grenade attack on a bar in Bujumbura. Two dead, eleven hurt.", [(BOMB, 2, 11)]),
    ("A tractor set off a mine at Gao: driver killed.", [(BOMB, 1, None)]),
    ("Exchange of fire between gunmen and soldiers in Tripoli: three people dead, one of them a sergeant.", [(CLASH, 3, None)]),
    ("Gunmen attacked a village near Beni. Fatalities: 6. Injured: 9.", [(CIVILIANS, 6, 9)]),
    # Both sides
    ("During an operation near Quetta nine militants were sent to hell while two soldiers embraced martyrdom.", [("*", 11, None)]),
    ("After an exchange of fire near Quetta nine Khwarij were sent to hell, while two brave sons of the soil embraced Shahadat.", [(CLASH, 11, None)]),
    ("Militants attacked a post near Quetta. Four militants were killed. Three soldiers died.", [(CLASH, 7, None)]),
    ("Gunmen attacked a village near Beni. Ten people were killed. Three villagers died.", [(CIVILIANS, 10, None)]),
    ("The bomber and four bystanders were killed in a blast in Kabul.", [(BOMB, 5, None)]),
    ("Seven of the attackers and three policemen were killed in an assault on a station in Quetta.", [(CLASH, 10, None)]),
    ("Rebels fired at a helicopter near Goma; one soldier and the pilot were killed together with five rangers.", [("*", 7, None)]),
    ("Armed men attacked a police station in Goma. Security forces killed 10 of them.", [(CLASH, 10, None)]),
    # Each of those joined
    ("Guerrillas hanged a mayor and two councilmen in Huanta.", [(CIVILIANS, 3, None)]),
    ("A bomb in Kabul killed a monk and wounded three other people.", [(BOMB, 1, 3)]),
    ("A landmine exploded near Izium, killing a farmer and seriously injuring his son.", [(BOMB, 1, 1)]),
    ("Gunmen attacked a bus near Beni, killing its driver and wounding two passengers.", [("*", 1, 2)]),
    ("A bomb exploded in Kabul. The toll stands at 20, among them a governor and a mayor, and 36 people were injured.", [(BOMB, 20, 36)]),
    # Tolls that grew
    ("The toll from the missile strike on Dnipro stands at 45 dead and 79 injured.", [(MISSILE, 45, 79)]),
    ("A bomb exploded in Kabul on Friday. On Saturday the toll rose to 9 dead and 12 wounded.", [(BOMB, 9, 12)]),
    ("The number of people injured in the blast in Kabul rose to 58.", [(BOMB, None, 58)]),
    ("A bomb exploded in Kabul. The number of wounded has risen to 23.", [(BOMB, None, 23)]),
    # Tolls of something else
    ("Since 1 January, 312 people have been killed in Ituri. On Friday gunmen attacked a village near Beni, killing six.", [(CIVILIANS, 6, None)]),
    ("Gunmen attacked a village near Beni, killing six. The attack brings to 312 the number of civilians killed in the province since January.", [(CIVILIANS, 6, None)]),
    ("A bombing in Quetta killed 10 people, the worst since an attack in 2016 that killed 70.", [(BOMB, 10, None)]),
    ("Shells hit Donetsk on Friday. Two army helicopters collided; nine people died.", [(SHELLS, None, None)]),
    # Each to its own
    ("A bomb killed five people in Kabul, and an air strike hit Kunduz.", [(BOMB, 5, None), (AIR, None, None)]),
    ("Shells killed two women in Donetsk and a mine wounded a farmer near Izium.", [(SHELLS, 2, None), (BOMB, None, 1)]),
    ("An air strike on Idlib killed nine people, a day after a car bomb killed four in Aleppo.", [(AIR, 9, None), (BOMB, 4, None)]),
    ("Rebels attacked Bunia after an air strike on Beni killed three.", [("*", None, None), (AIR, 3, None)]),
]  # fmt: skip
PUBLISHED = dt.date(2023, 5, 14)
VIOLENT = {BOMB, AIR, CLASH, MISSILE, SHELLS, CIVILIANS, PROTEST, GAIN}


def toll(row, name):
    """The best figure, or the ends of the range where there is none."""
    if pd.notna(row[name]):
        return row[name]
    ends = [row[f"{name if name == 'fatalities' else 'wounded'}_{end}"] for end in ("low", "high")]
    return tuple(ends) if all(pd.notna(end) for end in ends) else None


@pytest.fixture(scope="module")
def told(read_together):
    """For each text of the list and of the file its events."""
    return read_together([*(text for text, _ in TOLLS), *(text for text, _ in cases())], PUBLISHED)


@pytest.mark.parametrize(("text", "expected"), TOLLS, ids=[text[:50] for text, _ in TOLLS])
def test_tolls(text, expected, told):
    events = told[text]
    events = events[events["event_type"].isin(VIOLENT)]
    found = [
        (row["event_type"], toll(row, "fatalities"), toll(row, "wounded"))
        for _, row in events.iterrows()
    ]
    assert len(found) == len(expected), found
    for one, (kind, *wanted) in zip(found, expected, strict=True):
        assert kind in ("*", one[0])
        assert list(one[1:]) == wanted


def cases():
    """The texts of `sentences.txt`, each with its events."""
    path = Path(__file__).with_name("sentences.txt")
    text, expected = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "==")):
            continue
        if line.startswith("    "):
            expected += [line.strip()] if line.strip() != "nothing" else []
            continue
        if text:
            yield text, expected
        text, expected = line, []
    yield text, expected


def figures(row):
    """The dead and wounded of an event as the file writes them; none where there are none."""
    for name, word in (("fatalities", "killed"), ("wounded", "wounded")):
        found = toll(row, name)
        if found:
            told = (
                "-".join(f"{end:g}" for end in found) if isinstance(found, tuple) else f"{found:g}"
            )
            yield f"{word} {told}"


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*one, id=one[0][:60]) for one in cases()]
)
def test_tolls_of_the_file(text, expected, told):
    events = told[text]
    rows = [row for _, row in events.iterrows() if row["event_type"] in VIOLENT | {"other"}]
    assert len(rows) == len(expected), [row["reading"] for row in rows]
    for row, wanted in zip(rows, expected, strict=True):
        first, *said = [part.strip() for part in wanted.split(";")]
        kind, _, place = (part.strip() for part in first.partition("@"))
        assert kind in ("*", row["event_type"])
        assert place in str(row["locality"])
        days = [part for part in said if part[0].isdigit()]
        assert [part for part in said if part not in days] == list(figures(row))
        assert all(day == str(row["start"])[:10] for day in days)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (
            "At least 20 and perhaps as many as 30 soldiers were killed in the attack on Gao.",
            20,
            30,
        ),
        ("At least five and as many as nine people died in shelling in Homs.", 5, 9),
        ("Shelling killed at least 5 and up to 12 people in Homs.", 5, 12),
        ("Shelling killed 12 and possibly 15 people in Homs.", 12, 15),
    ],
)
def test_a_figure_that_may_be_higher_is_a_range_and_no_sum(text, low, high):
    events = ge.read_report(text, published=dt.date(2022, 12, 24))
    assert pd.isna(events.loc[0, "fatalities"])
    assert events.loc[0, ["fatalities_low", "fatalities_high"]].tolist() == [low, high]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Shelling killed 12 men and possibly a boy in Homs.", 13),
        ("Shelling killed at least 5 soldiers and up to 12 civilians in Homs.", 17),
    ],
)
def test_those_of_two_kinds_are_a_sum(text, killed):
    events = ge.read_report(text, published=dt.date(2022, 12, 24))
    assert events.loc[0, "fatalities"] == killed


@pytest.mark.parametrize(
    "text",
    [
        "Peace talks on Yemen opened in Geneva on Monday. Fighting killed 20 people, the UN said.",
        "The army and the rebels agreed a truce in Pretoria. Fighting had killed 600, the UN said.",
        "Both sides signed an agreement in Doha on Monday. Shelling killed 3 people, medics said.",
    ],
)
def test_nobody_is_killed_where_they_negotiate(text):
    events = ge.read_report(text, published=dt.date(2022, 12, 24))
    deadly = events[events["fatalities"].notna()]
    assert len(deadly) == 1
    assert not deadly["place"].isin(["Geneva", "Pretoria", "Doha"]).any()


def test_a_convoy_is_hit_and_not_its_distance():
    text = "Rebels ambushed a convoy 10 km north of Homs on Thursday, killing four soldiers."
    events = ge.read_report(text, published=dt.date(2022, 12, 24))
    assert events.loc[0, ["fatalities", "spans"]].tolist() == [4, "0-79"]


def test_a_time_takes_nothing_from_who_is_meant():
    text = "IS took Mosul. Iraqi troops retook it in July 2017 after nine months of fighting."
    events = ge.read_report(text, published=dt.date(2022, 12, 24))
    assert events["actor"].tolist() == ["ISIS", "Iraqi military"]
    assert events["place"].tolist() == ["Mosul", "Mosul"]


def test_fighters_leave_what_nobody_knows_and_states_leave_bodies():
    left = ge.read_report("M23 rebels withdrew from Xyzabad on Friday.", published="2022-12-24")
    assert left["target"].tolist() == ["M23"]
    assert left["problem"].notna().all()
    body = ge.read_report("Russia withdrew from Xyzabad on Friday.", published="2022-12-24")
    assert body.empty


@pytest.mark.parametrize("figure", ["1e999", "1,2,3,4", "20-10", "1.000"])
def test_what_is_no_number_counts_nobody(figure):
    text = f"Shelling killed {figure} people in Homs."
    events = ge.read_report(text, published=dt.date(2022, 12, 24))
    assert events[["fatalities", "fatalities_low", "fatalities_high"]].isna().all(axis=None)
