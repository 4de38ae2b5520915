"""One deed in many constructions: whatever the sentence is like, it is the same event."""

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest

import geoevents as ge

DAY = dt.date(2022, 6, 13)
CLASH = {"armed clash", "attack on civilians"}
GAIN = {"territorial gain"}
# Of each verb: plain form, past, participle, -ing, a noun of it, and what it may be called.
VERBS = {
    "attack": ("attacked", "attacked", "attacking", "an attack on", CLASH),
    "storm": ("stormed", "stormed", "storming", "the storming of", CLASH | GAIN),
    "shell": ("shelled", "shelled", "shelling", "the shelling of", {"shelling"}),
    "ambush": ("ambushed", "ambushed", "ambushing", "an ambush on", CLASH),
    "raid": ("raided", "raided", "raiding", "a raid on", CLASH | {"other"}),
    "bomb": ("bombed", "bombed", "bombing", "the bombing of", {"air strike", "bombing"}),
    "besiege": ("besieged", "besieged", "besieging", "the siege of", {"siege"}),
    "seize": ("seized", "seized", "seizing", "the seizure of", GAIN),
    "overrun": ("overran", "overrun", "overrunning", "the capture of", GAIN),
    "retake": ("retook", "retaken", "retaking", "the recapture of", GAIN),
}
# {s} who does it, {o} to what, {p} where; {v} plain, {d} past, {n} participle, {g} -ing, {N} noun.
CONSTRUCTIONS = """
{s} {d} {o} {p} on Monday.
{s} {v} {o} {p}.
{s} have {n} {o} {p}.
{s} had {n} {o} {p} on Monday.
An army base {p} was {n} by {s} on Monday.
An army base {p} has been {n} by {s}.
{s} who {d} {o} {p} on Monday fled to the hills.
The base that {s} {d} {p} on Monday was empty.
An army base {n} by {s} {p} on Monday was empty.
{s} fled to the hills after {g} {o} {p} on Monday.
{s} came down from the hills on Monday, {g} {o} {p}.
Before fleeing to the hills, {s} {d} {o} {p} on Monday.
On Monday {s} {d} {o} {p}.
On the 13th {s} {d} {o} {p}.
On 13 June, {s} {d} {o} {p}.
13 June: {s} {d} {o} {p}.
Early on Monday, some 300 {s} {d} {o} {p}.
On the 13th some 300 {s} {d} {o} {p}.
On 13 June 2022 some 300 {s} {d} {o} {p}.
Before dawn on Monday at least 30 {s} {d} {o} {p}.
At 5 a.m. on 13 June {s} {d} {o} {p}.
In Arauca, {s} {d} {o} on Monday.
In Arauca {s} {d} {o} on Monday.
Arauca: {s} {d} {o} on Monday.
{s}, the largest group in the province, {d} {o} {p} on Monday.
Fighters of the ELN, a guerrilla force, {d} {o} {p} on Monday.
Some 300 fighters of the ELN, a guerrilla force of Colombia, {d} {o} {p} on Monday.
Some 300 fighters of the ELN, a guerrilla force of Colombia, {v} {o} {p}.
{s} on Monday {d} {o} {p}.
{s}, officials said, {d} {o} {p} on Monday.
{s}, armed with rifles, {d} {o} {p} on Monday.
{s} armed with rifles and riding motorcycles {d} {o} {p} on Monday.
Officials said that {s} had {n} {o} {p} on Monday.
Officials said {s} {d} {o} {p} on Monday.
According to officials, {s} {d} {o} {p} on Monday.
{s} {d} {o} {p} on Monday, officials said.
The governor told reporters that {s} {d} {o} {p} on Monday.
"{s} {d} {o} {p} on Monday," the governor said.
{s} blocked the road and {d} {o} {p} on Monday.
{s} blocked the road, freed prisoners and {d} {o} {p} on Monday.
{s} {d} {o} {p} on Monday and blocked the road.
{s} {d} {o} {p} on Monday, blocked the road and freed prisoners.
{s} blocked the road on Monday, and then {d} {o} {p}.
Children were at school when {s} {d} {o} {p} on Monday.
In Arauca, where {s} {d} {o} on Monday, the shops were closed.
Shops closed as {s} {d} {o} {p} on Monday.
Shops reopened two days after {s} {d} {o} {p}.
The shops were closed; {s} {d} {o} {p} on Monday.
{s} reportedly {d} {o} {p} on Monday.
{s} briefly {d} {o} {p} on Monday.
{s} again {d} {o} {p} on Monday.
A group of {s} {d} {o} {p} on Monday.
Scores of {s} {d} {o} {p} on Monday.
Suspected {s} {d} {o} {p} on Monday.
Fourteen {s} {d} {o} {p} on Monday.
{s} and FARC dissidents {d} {o} {p} on Monday.
{s} began {g} {o} {p} on Monday.
{s} managed to {v} {o} {p} on Monday.
{s} {d} {o} in Arauca, a town on the border with Venezuela, on Monday.
{s} {d} {o} near Arauca, 400 km from the capital, on Monday.
It was on Monday that {s} {d} {o} {p}.
{s} {d} {o} {p} on Monday, killing 12 soldiers.
{s} {d} {o} {p} on Monday and killed 12 soldiers.
{s} {d} {o} {p} on Monday. Twelve soldiers were killed.
- {s} {d} {o} {p} (13 June)
{s} {d} army base {p}
{N} {o} {p} by {s} on Monday.
Shops closed; {N} {o} {p} by {s}; roads blocked.
{s} did {v} {o} {p} on Monday.
{s} used rockets when they {d} {o} {p} on Monday.
{s} came down from the hills on Monday. They {d} {o} {p}.
{s} came down from the hills on Monday. The group {d} {o} {p}.
That {s} {d} {o} {p} on Monday surprised nobody.
The road is closed because {s} {d} {o} {p} on Monday.
Despite a ceasefire, {s} {d} {o} {p} on Monday.
While talks went on in Bogota, {s} {d} {o} {p} on Monday.
""".strip().splitlines()


def written(construction: str, verb: str) -> str:
    past, participle, going, noun, _ = VERBS[verb]
    text = construction.format(
        s="ELN rebels", o="an army base", p="in Arauca",
        v=verb, d=past, n=participle, g=going, N=noun,
    )  # fmt: skip
    return text[0].upper() + text[1:]


@pytest.fixture(scope="module")
def told() -> dict[str, gpd.GeoDataFrame]:
    texts = [written(construction, verb) for construction in CONSTRUCTIONS for verb in VERBS]
    events = ge.read_reports(
        pd.DataFrame({"text": texts}), text="text", published="2022-06-15", workers=1
    )
    return {text: events[events["report"] == row] for row, text in enumerate(texts)}


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
def test_it_is_one_event_with_its_side_place_and_day(construction, told):
    for verb, (*_, kinds) in VERBS.items():
        text = written(construction, verb)
        events = told[text]
        assert len(events) == 1, text
        event = events.iloc[0]
        assert event["event_type"] in kinds, text
        assert "ELN" in event["actor"], text
        assert "Arauca" in event["locality"], text
        assert event["status"] == "reported", text
        if any(word in text for word in ("Monday", "13 June", "13th")):
            assert event["start"].date() == DAY, text
        if "12" in text or "Twelve" in text:
            assert event["fatalities"] == 12, text
