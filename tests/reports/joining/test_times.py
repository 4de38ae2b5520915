"""Sentences that open with a time of their own, beside what was told before them."""

import pytest

import geoevents as ge

TWO = [
    # Other parties, later.
    "Rebels attacked Nebaj in Guatemala in 1982. Two days later the army burned the village.",
    "Gunmen raided Bama on Monday. Hours later, Nigerian soldiers burned the village.",
    # Another toll, at another time.
    "On Monday gunmen killed 4 people in Jos. On Monday night gunmen killed 2 people in Jos.",
    "Militants killed four soldiers in Diffa on Monday. The same day, militants killed six there.",
    "Gunmen killed four men in Jos on Monday. Later that day gunmen shot dead nine in the city.",
]
ONE = [
    # The same parties, or the same toll.
    "Gunmen killed four people in Jos on Monday. On Monday night, gunmen killed the four people.",
    "Gunmen killed four people in Jos on Monday. On Monday, gunmen killed six people in Jos.",
    # What is told later is not what happened later.
    "Rebels burned Bama on Monday. Hours later, the army said that the rebels had burned Bama.",
    "Gunmen killed four people in Jos on Monday. Hours later the toll rose to nine.",
    # Who is known goes on.
    "Gunmen attacked Jos on Monday. That night the gunmen killed six people in the town.",
    # A headline.
    "Gunmen kill five in Jos\n\nOn Monday night, gunmen killed six people in Jos.",
]


def events(text):
    found = ge.read_report(text, published="2024-05-01")
    return found[found["event_type"] != "statement"]


@pytest.mark.parametrize("text", TWO)
def test_another_time_is_another_event(text):
    assert len(events(text)) == 2


@pytest.mark.parametrize("text", ONE)
def test_the_same_event_told_again_is_one(text):
    assert len(events(text)) == 1


def test_each_party_has_its_own_deed():
    assert events(TWO[0])["actor"].tolist() == ["rebels", "Guatemalan military"]


def test_no_dead_are_lost():
    first, last = TWO[2].split(". ")
    between = "On Tuesday gunmen killed 9 people in Jos"
    assert events(f"{first}. {between}. {last}")["fatalities"].tolist() == [4, 9, 2]
