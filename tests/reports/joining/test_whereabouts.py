"""Where the events of short reports are, with the words that say so told beforehand."""

import pytest

import geoevents as ge
from geoevents.localities.spotting import Phrase

CASES = [
    # The town before, of the same kind.
    (
        (
            "Rebels seized the town of Kobane on Monday. Two men were killed when mortar shells "
            "hit a school there."
        ),
        ["the town of Kobane", "the town of Kobane"],
    ),
    (
        "The army recaptured Wad Madani on Saturday. Its soldiers killed dozens of RSF fighters.",
        ["Wad Madani", "Wad Madani"],
    ),
    (
        (
            "Sudan's army said it had broken a siege around El Obeid, the capital of North "
            "Kordofan. Gunners killed five people there in a bombardment on Saturday."
        ),
        ["around El Obeid", "around El Obeid"],
    ),
    # A dateline is where the reporter sits, if anything else is named.
    (
        "KABUL - A suicide bomber killed 30 people at a mosque in the city of Kunduz on Friday.",
        ["in the city of Kunduz"],
    ),
    ("KHARTOUM - Gunmen killed four policemen at a checkpoint on Friday.", ["KHARTOUM"]),
    # A headline.
    (
        "Clashes in Tripoli\n\nMilitias exchanged fire for hours on Sunday.",
        ["in Tripoli", "in Tripoli"],
    ),
    # Origins are no places of events.
    ("Missiles fired from Belgorod hit a block of flats in Kharkiv on Friday.", ["in Kharkiv"]),
    ("Fighters from Idlib attacked an army post near Aleppo on Sunday.", ["near Aleppo"]),
    ("Troops from Chad killed 20 militants in Gwoza on Thursday.", ["in Gwoza"]),
    ("Iraqi troops drove ISIS from Tal Afar on Saturday.", ["Tal Afar"]),
    # What troops leave for is not what they lose.
    ("Ukrainian forces withdrew from Vuhledar to Kurakhove on Tuesday.", ["Vuhledar"]),
    # Owners.
    ("Israeli jets struck Iran's consulate in Damascus on Monday.", ["in Damascus"]),
    (
        "The mayor of Goma said rebels had shelled Sake on Wednesday.",
        ["Sake"],
    ),
    # The country, where no more is said, the words of a force too.
    ("Clashes erupted in Sudan on Monday.", ["in Sudan"]),
    (
        "Militia fighters clashed with police in the Republic of Congo on Monday.",
        ["in the Republic of Congo"],
    ),
    ("Gang violence killed 12 people in the Haitian capital on Sunday.", ["Haiti"]),
    # A group may have a place in its name, and be somewhere.
    (
        "Al-Qaeda in the Arabian Peninsula attacked a checkpoint in Abyan, killing four soldiers.",
        ["in Abyan"],
    ),
    ("A bomb went off in the Peshawar mosque on Friday.", ["in Peshawar"]),
    # Towns that are not known, or elsewhere only: what they lie in.
    (
        "Jihadists killed 22 villagers in Solhan, a village in Burkina Faso's Yagha province.",
        ["Solhan, Yagha"],
    ),
    (
        "A bomber killed 12 people in Kofa village, eight kilometres from Maiduguri, on Sunday.",
        ["Kofa village, eight kilometres from Maiduguri"],
    ),
    (
        "Gunmen killed five soldiers in Daraban, Dera Ismail Khan district, on Tuesday.",
        ["Daraban, Dera Ismail Khan district"],
    ),
]


@pytest.fixture(scope="module")
def told(read_together):
    return read_together([text for text, _ in CASES], "2024-08-05")


@pytest.mark.parametrize(("text", "localities"), CASES)
def test_an_event_is_where_the_report_says_or_last_was(text, localities, told):
    found = told[text]
    found = found[found["event_type"] != "statement"]
    assert found["locality"].tolist() == localities
    assert found["geometry"].notna().all()


def test_what_is_taken_from_beside_is_told():
    found = ge.read_report(
        "The army recaptured Kobane on Saturday. Gunmen ambushed a convoy on Sunday.",
        published="2024-08-05",
    )
    assert "where it was is taken from the words beside it: 'Kobane'" in found["reading"].iloc[-1]


def test_a_district_that_is_not_known_is_where_its_town_is():
    found = ge.read_report(
        "Militants attacked a police post in Bannu district on Wednesday, killing five officers.",
        published="2024-08-05",
    )
    assert found.geometry.iloc[0].centroid.distance(ge.geocode("Bannu").point) < 0.5


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("most of Deir Ezzor", "in Deir Ezzor"),
        ("large parts of the city of Homs", "in the city of Homs"),
        ("near Homs", "near Homs"),
    ],
)
def test_a_whole_is_without_how_much_of_it(text, whole):
    assert Phrase(0, len(text), text, (0,)).whole().text == whole


def test_what_is_told_in_passing_of_long_before_is_not_where_the_report_is():
    text = (
        "Government troops and rebels clashed in Raqqa on Friday.\n\n"
        "Several months ago US warplanes shot down two drones of the army."
    )
    found = ge.read_report(text, published="2017-09-17").set_index("start")
    downed = found.loc[found.index < "2017-09-01"]
    assert len(downed) == 1
    assert downed.geometry.isna().all()
    recent = ge.read_report(
        text.replace("Several months ago", "On Saturday"), published="2017-09-17"
    )
    assert recent.geometry.notna().all()
