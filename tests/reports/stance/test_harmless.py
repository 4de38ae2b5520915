"""Blasts that were no attack, and those that only seem so."""

import pytest

import geoevents as ge


def kinds(text):
    return ge.read_report(text, published="2024-05-06")["event_type"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        # What blows up by itself.
        "A boiler exploded in Dhaka on Monday, killing three workers.",
        "A transformer blew up in Lagos on Sunday and killed two people.",
        "A firework hit a crowd in Lima on Sunday, wounding three people.",
        "Six people were killed on Monday in Beirut by an exploding gas cylinder.",
        # Told behind the blast: the same words, and those of engineers.
        "The explosion in Beirut on Monday was caused by methane, police said.",
        "The explosion in Beirut on Monday was not a bomb but a gas leak, police said.",
        "The blasts in Beirut on Monday were engineers destroying old ammunition.",
    ],
)
def test_what_blew_up_by_itself_is_no_attack(text):
    assert "bombing" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The blast in Beirut on Monday was a gas cylinder bomb, police said.",
        "A bomb under a gas cylinder killed two people in Lagos on Monday.",
    ],
)
def test_what_was_made_to_blow_up_is_one(text):
    assert kinds(text) == ["bombing"]
