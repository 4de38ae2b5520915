# ruff: noqa: E501 -- a sentence a line
"""Logs and notes, and lists with a number each, worked out by hand before they were read."""

import pandas as pd
import pytest

import geoevents as ge

AIR, BOMB, CLASH, CIVILIANS = "air strike", "bombing", "armed clash", "attack on civilians"
GAIN, OTHER, PROTEST, SHELLS, SIEGE = "territorial gain", "other", "protest", "shelling", "siege"

# Published on Wednesday, 15 June 2022: the text, then of each event in the order of the text its type, a
# word of who did it ("" for nobody), a word of where, the day, the killed, the wounded (None where nothing is said).
PRESENT_TENSE = [
    (
        "On 1 July, some 300 gunmen of Sinai Province, the local branch of IS, attack fifteen army positions near Rafah. They mine the roads and besiege the station for eight hours.",
        [
            (CLASH, "Sinai", "Rafah", "2021-07-01", None, None),
            (SIEGE, "Sinai", "Rafah", "2021-07-01", None, None),
        ],
    ),
    (
        "13 June: Rebels of the M23, a Tutsi-led movement, seize two towns in Rutshuru. They burn the market and kill nine people.",
        [
            (GAIN, "M23", "Rutshuru", "2022-06-13", None, None),
            (CIVILIANS, "M23", "Rutshuru", "2022-06-13", 9, None),
        ],
    ),
    (
        "12 June: Two helicopters of the army, both Mi-24s, bomb three villages near Kutum.",
        [(AIR, "Sudanese", "Kutum", "2022-06-12", None, None)],
    ),
    (
        "Gunmen on motorcycles, most of them teenagers, raid four villages near Kaduna on Monday.",
        [(CIVILIANS, "gunmen", "Kaduna", "2022-06-13", None, None)],
    ),
    (
        "Soldiers of the 5th Division, backed by militiamen, ambush a column of rebels near Gao on 10 June.",
        [(CLASH, "5th Division", "Gao", "2022-06-10", None, None)],
    ),
    (
        "12 June: Insurgents of the ELN, Colombia's largest rebel group, shoot dead three policemen in Arauca.",
        [(CLASH, "ELN", "Arauca", "2022-06-12", 3, None)],
    ),
    (
        "Monday: Militiamen, many from the Zintan brigades, shell the airport of Tripoli.",
        [(SHELLS, "militia", "Tripoli", "2022-06-13", None, None)],
    ),
    (
        "In Homs, government troops, led by General Adnan, shell two districts on Monday.",
        [(SHELLS, "Syrian", "Homs", "2022-06-13", None, None)],
    ),
    (
        "Hunters of the Dozo, an old brotherhood, ambush a convoy of JNIM near Mopti on Sunday.",
        [(CLASH, "hunters", "Mopti", "2022-06-12", None, None)],
    ),
    ("The report names rebels, soldiers, attack helicopters and two bases near Gao.", []),
    ("Homs has two hotels, three shops, store the rest.", []),
    ("Six policemen, one of them an officer, guard the gate of the museum.", []),
    ("Bombs, mortars, fire: the port of Aden has seen them all.", []),
]
A_NUMBER_EACH = [
    (
        "Russia's defence ministry said air defences had intercepted 88 Ukrainian drones overnight: 48 over Belgorod region, 26 over Kursk region and the rest over Bryansk region.",
        [
            (CLASH, "", "Belgorod", "2022-06-14", None, None),
            (CLASH, "", "Kursk", "2022-06-14", None, None),
            (CLASH, "", "Bryansk", "2022-06-14", None, None),
        ],
    ),
    (
        "Air-defence units intercepted and destroyed 88 Ukrainian drones, the ministry reported on Thursday: 48 of them over Belgorod region, 26 over Kursk region and the rest over Bryansk.",
        [
            (AIR, "", "Belgorod", "2022-06-09", None, None),
            (AIR, "", "Kursk", "2022-06-09", None, None),
            (AIR, "", "Bryansk", "2022-06-09", None, None),
        ],
    ),
    (
        "Rebels killed 12 soldiers on Monday: seven in Gao and five in Timbuktu.",
        [
            (CLASH, "rebels", "Gao", "2022-06-13", 7, None),
            (CLASH, "rebels", "Timbuktu", "2022-06-13", 5, None),
        ],
    ),
    (
        "Shelling killed nine people on Sunday: four in Kherson, three in Nikopol and two in Kharkiv.",
        [
            (SHELLS, "", "Kherson", "2022-06-12", 4, None),
            (SHELLS, "", "Nikopol", "2022-06-12", 3, None),
            (SHELLS, "", "Kharkiv", "2022-06-12", 2, None),
        ],
    ),
    (
        "Air strikes hit two cities on Monday, killing 3 in Homs and 4 in Hama.",
        [(AIR, "", "Homs", "2022-06-13", 3, None), (AIR, "", "Hama", "2022-06-13", 4, None)],
    ),
    (
        "Shells killed three children in Avdiivka, two in Toretsk and a woman in Kherson on Monday.",
        [
            (SHELLS, "", "Avdiivka", "2022-06-13", 3, None),
            (SHELLS, "", "Toretsk", "2022-06-13", 2, None),
            (SHELLS, "", "Kherson", "2022-06-13", 1, None),
        ],
    ),
    (
        "In Homs two people were shot dead on Monday, and in Hama three.",
        [
            (CIVILIANS, "", "Homs", "2022-06-13", 2, None),
            (CIVILIANS, "", "Hama", "2022-06-13", 3, None),
        ],
    ),
    (
        "In Aleppo four people were killed by snipers on Monday, and in Idlib one.",
        [
            (CIVILIANS, "snipers", "Aleppo", "2022-06-13", 4, None),
            (CIVILIANS, "snipers", "Idlib", "2022-06-13", 1, None),
        ],
    ),
    (
        "Police arrested 31 protesters on Monday: 20 in Minsk, eight in Brest and three in Gomel.",
        [
            (OTHER, "police", "Minsk", "2022-06-13", None, None),
            (OTHER, "police", "Brest", "2022-06-13", None, None),
            (OTHER, "police", "Gomel", "2022-06-13", None, None),
        ],
    ),
    (
        "The strike on Rafah on Monday killed nine people: four children, three women and two men.",
        [(AIR, "", "Rafah", "2022-06-13", 9, None)],
    ),
    ("The party won 74 seats: 48 in Homs and 26 in Hama.", []),
    ("The ministry opened 12 clinics on Monday: seven in Homs and five in Hama.", []),
    ("The army has 300 soldiers in Gao and 120 in Timbuktu.", []),
]
A_DAY_EACH = [
    (
        "Shelling of Donetsk killed 12 people on Monday and 8 on Tuesday.",
        [
            (SHELLS, "", "Donetsk", "2022-06-13", 12, None),
            (SHELLS, "", "Donetsk", "2022-06-14", 8, None),
        ],
    ),
    (
        "Snipers in Aleppo killed one person on Sunday, three on Monday and none on Tuesday.",
        [
            (CIVILIANS, "snipers", "Aleppo", "2022-06-12", 1, None),
            (CIVILIANS, "snipers", "Aleppo", "2022-06-13", 3, None),
        ],
    ),
    (
        "Rebels attacked Gao on Monday and killed 12 soldiers; the market opened on Tuesday.",
        [(CLASH, "rebels", "Gao", "2022-06-13", 12, None)],
    ),
]
TOLLS = [
    (
        "Two people were killed and as many injured when a mine exploded near Homs on Monday.",
        [(BOMB, "", "Homs", "2022-06-13", 2, 2)],
    ),
    (
        "Three soldiers were killed and twice as many wounded in an ambush near Gao on Monday.",
        [(CLASH, "", "Gao", "2022-06-13", 3, 6)],
    ),
    (
        "A blast in Quetta on Monday killed nine people and wounded as many as 40.",
        [(BOMB, "", "Quetta", "2022-06-13", 9, 40)],
    ),
    (
        "Some 40 others were hurt when a bomb killed nine people in Quetta on Monday.",
        [(BOMB, "", "Quetta", "2022-06-13", 9, 40)],
    ),
    (
        "Dozens fled when gunmen killed three farmers near Jos on Sunday.",
        [(CIVILIANS, "gunmen", "Jos", "2022-06-12", 3, None)],
    ),
    (
        "Gunmen raided Kadugli on Monday. Those killed, around twenty, were gold miners.",
        [(CLASH, "gunmen", "Kadugli", "2022-06-13", 20, None)],
    ),
    ("The dead, 12 in all, were buried in Homs on Tuesday.", []),
    (
        "The ministry put the toll of Monday's air strike on Homs at 59 dead and 144 wounded, correcting its figure of 46.",
        [(AIR, "", "Homs", "2022-06-13", 59, 144)],
    ),
    (
        "Losses in the shelling of Batken on Friday: 59 dead and 144 wounded, the health ministry said.",
        [(SHELLS, "", "Batken", "2022-06-10", 59, 144)],
    ),
    (
        "Shelling hit Batken on Friday. Losses: 59 dead and 144 wounded, the health ministry said.",
        [(SHELLS, "", "Batken", "2022-06-10", 59, 144)],
    ),
    (
        "The ministry of health puts the dead of this morning's strike on Rafah at 90, and the injured at 300. Earlier it had spoken of 71.",
        [(AIR, "", "Rafah", "2022-06-15", 90, 300)],
    ),
    (
        "Two soldiers were lost to a mine near Kidal on Sunday.",
        [(BOMB, "", "Kidal", "2022-06-12", 2, None)],
    ),
    ("Homs lost to Aleppo on Monday.", []),
    ("Three patients were lost to cholera near Homs on Monday.", []),
    (
        "Rebels clashed with the army near Gao on Monday. The army lost 12 men, the rebels 20.",
        [(CLASH, "rebels", "Gao", "2022-06-13", 32, None)],
    ),
    (
        "Rebels attacked the army near Gao on Monday. The army lost 12 soldiers.",
        [(CLASH, "rebels", "Gao", "2022-06-13", 12, None)],
    ),
    ("The army lost 12 vehicles, the rebels 20, near Gao on Monday.", []),
    (
        "A suicide bomber killed himself and six others at a mosque in Peshawar on Monday.",
        [(BOMB, "suicide bomber", "Peshawar", "2022-06-13", 7, None)],
    ),
    (
        "A gunman killed two policemen and then himself in Basra on Monday.",
        [(CLASH, "gunmen", "Basra", "2022-06-13", 3, None)],
    ),
    ("A man killed himself in Homs on Monday.", []),
    (
        "A father and son were killed by a shell in Avdiivka on Monday.",
        [(SHELLS, "", "Avdiivka", "2022-06-13", 2, None)],
    ),
    (
        "A husband and wife were shot dead in Jos on Sunday.",
        [(CIVILIANS, "", "Jos", "2022-06-12", 2, None)],
    ),
    (
        "A bomb exploded in Quetta on Monday. Six were wounded, three of them critically.",
        [(BOMB, "", "Quetta", "2022-06-13", None, 6)],
    ),
]
NOTES = [
    (
        "18 Mar, 1010: IED against the presidential convoy near El Gaabta, Mogadishu. At least ten killed incl. one journalist.",
        [(BOMB, "", "Mogadishu", "2022-03-18", 10, None)],
    ),
    (
        "17 Mar, night: seven mortar rounds at the airport zone, Mogadishu, two inside the wire; no casualties.",
        [(SHELLS, "", "Mogadishu", "2022-03-17", None, None)],
    ),
    (
        "19 Mar: Baidoa. Demonstration against the election law, c. 300 pers., peaceful.",
        [(PROTEST, "", "Baidoa", "2022-03-19", None, None)],
    ),
    (
        "13 June, 0630: car bomb at the gate of the governor's office, Baidoa. Three dead.",
        [(BOMB, "", "Baidoa", "2022-06-13", 3, None)],
    ),
    (
        "11 June, evening: twelve rockets at the base near Homs; two soldiers wounded.",
        [(SHELLS, "", "Homs", "2022-06-11", None, 2)],
    ),
    (
        "13 June: roadside bomb against a patrol near Gao, Mali. Two peacekeepers killed.",
        [(BOMB, "", "Gao", "2022-06-13", 2, None)],
    ),
    (
        "14 June: Gao. Roadside bomb against a patrol of the army, three soldiers wounded.",
        [(BOMB, "", "Gao", "2022-06-14", None, 3)],
    ),
    (
        "Homs: mortar shells on the old city, two wounded.",
        [(SHELLS, "", "Homs", "2022-06-15", None, 2)],
    ),
    (
        "Mostar: tense, exchange of small-arms fire.",
        [(CLASH, "", "Mostar", "2022-06-15", None, None)],
    ),
    ("Bunia: calm. Goma: gunfire overnight.", [(CLASH, "", "Goma", "2022-06-14", None, None)]),
    (
        "10 June: Kismayo. Protest over water prices, about 200 people, no incidents.",
        [(PROTEST, "", "Kismayo", "2022-06-10", None, None)],
    ),
    (
        "Kherson: shelling of the port; one dead. Nikopol: quiet.",
        [(SHELLS, "", "Kherson", "2022-06-15", 1, None)],
    ),
    ("Zahedan: no Friday march, first time in months.", []),
    ("13 June: Marka. Drill with mortars at the camp; no casualties.", []),
    ("13 June: Baidoa. Road to Mogadishu closed, no incidents.", []),
    ("Rockets at the museum of Homs: an exhibition.", []),
    (
        "Shelling hit Jindires on Monday, where an earthquake killed 157 people.",
        [(SHELLS, "", "", "2022-06-13", None, None)],
    ),
    ("Third round of talks at Geneva on Monday.", []),
    ("Homs: agreement on water, after long talks.", []),
    ("Geneva: protest song wins a prize.", []),
    ("14 June: Shells on the beach of Batumi, a treat for collectors.", []),
]
CASES = [*PRESENT_TENSE, *A_NUMBER_EACH, *A_DAY_EACH, *TOLLS, *NOTES]


@pytest.fixture(scope="module")
def events():
    """The events of all of them, as rows by the text they are from."""
    frame = pd.DataFrame({"text": [text for text, _ in CASES]})
    found = ge.read_reports(frame, text="text", published="2022-06-15", workers=1)
    return {number: found[found["report"] == number] for number in frame.index}


def told(row):
    """An event as it is written above."""
    figure = lambda value: None if pd.isna(value) else int(value)  # noqa: E731
    words = lambda value: "" if pd.isna(value) else str(value)  # noqa: E731
    return (
        row.event_type,
        words(row.actor),
        words(row.locality),
        str(row.start)[:10],
        figure(row.fatalities),
        figure(row.wounded),
    )


@pytest.mark.parametrize("number", range(len(CASES)), ids=[text[:60] for text, _ in CASES])
def test_events(events, number):
    expected = CASES[number][1]
    found = [told(row) for row in events[number].itertuples()]
    assert len(found) == len(expected), found
    for one, wanted in zip(found, expected, strict=True):
        assert one[0] == wanted[0]
        assert wanted[1].casefold() in one[1].casefold()
        assert bool(wanted[1]) == bool(one[1]), one
        assert wanted[2] in one[2]
        assert one[3:] == wanted[3:]
