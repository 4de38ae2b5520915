"""Walks of life that speak of attacks and sieges; and arms where people play or trade."""

import pytest

from geoevents.reports.language import language

NONE = [
    # One word of sport, and nobody who bears arms.
    "The attack was led by the striker, who scored twice in London.",
    "Atletico ambushed Real with a late penalty in Madrid on Sunday.",
    "Chelsea were under siege in London until a goal on Sunday ended the battle.",
    "Leeds launched attack after attack in London, but the referee saw no foul.",
    # Several sentences together, and a score that ends one.
    (
        "Boise State shelled Virginia with three touchdown passes and survived a late assault to "
        "win 33-30. The quarterback was sacked five times."
    ),
    "The visitors laid siege to Leeds on Sunday. The battle was lost 2-1. Fans of the team left.",
    # Other walks of life.
    "A war of words broke out between Ankara and Moscow on Sunday.",
    "The battle for market share in Lagos goes on; a rival raided its stock of brands on Sunday.",
]
ARMS = [
    # A goal, a coach and a league may be what they are everywhere.
    ("Rebels captured Goma on Monday, a goal of the group.", "territorial gain"),
    ("Militants seized Kidal on Monday; their goal is to capture Gao.", "territorial gain"),
    ("A coach was ambushed near Gao on Sunday.", "attack on civilians"),
    ("An Awami League office in Dhaka was attacked on Sunday.", "attack on civilians"),
    # Sites and people of sport that arms are turned on.
    ("Rebels attacked a football stadium in Aleppo on Sunday.", "attack on civilians"),
    ("Shells hit a football pitch in Aleppo on Sunday.", "shelling"),
    ("Russian missiles hit a basketball court in Kharkiv on Friday.", "missile strike"),
    (
        "Gunmen attacked a bus of the national cricket team in Lahore on Tuesday.",
        "attack on civilians",
    ),
]


@pytest.fixture(scope="module")
def told(read_together):
    return read_together([*NONE, *(text for text, _ in ARMS)], "2024-05-06")


@pytest.mark.parametrize("text", NONE)
def test_what_is_told_of_a_walk_of_life_is_no_event(text, told):
    assert told[text].empty


@pytest.mark.parametrize(("text", "kind"), ARMS)
def test_arms_are_told_of_wherever_people_play(text, kind, told):
    assert told[text]["event_type"].tolist() == [kind]


def test_each_word_of_sport_stands_once():
    table = language("en").table("stance")
    listed = [word for name in ("walks", "alone", "beside") for word in table[name]["sport"]]
    assert len(listed) == len(set(listed))
