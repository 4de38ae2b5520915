"""Whether it happened: negation and modality, each told in one marked sentence."""

import pytest

HAPPENED = [
    "The army [entered|territorial gain] Goma.",
    "The army began to [shell|shelling] Goma.",
    "The army managed to [take|territorial gain] Goma.",
    "The army was forced to [withdraw|territorial gain] from Goma.",
    "The army carried out an [attack|armed clash] near Goma.",
    "An [attack|armed clash] took place near Goma.",
    "The [attack|armed clash] near Goma did not surprise anyone.",
    "It is not known who carried out the [attack|armed clash].",
    "The army decided to [shell|shelling] Goma anyway.",
    "Residents fled after the army [shelled|shelling] Goma.",
    "Residents fled when the army [shelled|shelling] Goma.",
    "The army fought until it [took|territorial gain] Goma.",
    "The army is said to have [shelled|shelling] Goma.",
    "The army repelled an [attack|armed clash] on Goma.",
    "Officials condemned the [attack|armed clash] near Goma.",
    "The army announced the [capture|territorial gain] of Goma.",
    "Residents reported an [attack|armed clash] near Goma.",
    "The army confirmed that it had [shelled|shelling] Goma.",
    "A series of [strikes|air strike] hit Goma.",
    "The army tried to [attack|armed clash] Goma.",
    "The army, which [shelled|shelling] Goma, will leave.",
    "The army plans to leave after it [shelled|shelling] Goma.",
    "Did the army say why it condemned the [attack|armed clash]?",
]
NEGATED = [
    "The army did not [enter|territorial gain] Goma.",
    "The army never [entered|territorial gain] Goma.",
    "The army didn't [enter|territorial gain] Goma.",
    "The army would not [enter|territorial gain] Goma.",
    "The army could not [enter|territorial gain] Goma.",
    "The army does not plan to [enter|territorial gain] Goma.",
    "No soldiers were [hurt|armed clash].",
    "Nobody [attacked|armed clash] the town.",
    "Neither the army nor M23 has [captured|territorial gain] Goma.",
    "The army captured no [villages|territorial gain].",
    "No [attack|armed clash] took place near Goma.",
    "The army left without [attacking|armed clash] Goma.",
    "The army avoided [attacking|armed clash] Goma.",
    "The army prevented M23 from [entering|territorial gain] Goma.",
    "The army almost [entered|territorial gain] Goma.",
    "The army foiled an [attack|bombing] in Goma.",
    "The army foiled the [attack|bombing] in Goma.",
    "Residents enjoy the absence of [shelling|shelling].",
    "The army did not carry out the [attack|armed clash].",
    "The army never denied it, but it did not [shell|shelling] Goma.",
    "Soldiers are no longer [shelling|shelling] Goma.",
]
PLANNED = [
    "The army will [attack|armed clash] Goma.",
    "The army is going to [attack|armed clash] Goma.",
    "The army plans to [attack|armed clash] Goma.",
    "The army vowed to [retake|territorial gain] Goma.",
    "M23 threatened on Friday to [shell|shelling] Goma.",
    "The army is preparing to [storm|armed clash] Goma.",
    "The army decided to [shell|shelling] Goma.",
    "The army agreed to [withdraw|territorial gain] from Goma.",
    "The army has a plan to [attack|armed clash] Goma.",
    "The army said it would [attack|armed clash] Goma.",
    "The army will launch an [offensive|armed clash] near Goma.",
    "Opposition leaders called for [protests|protest] in Goma.",
    "The planned [offensive|armed clash] near Goma worries residents.",
    "The government postponed the [offensive|armed clash] near Goma.",
    "The army plans to enter Sake and [attack|armed clash] Goma.",
]
REFUSED = [
    "The army refused to [attack|armed clash] Goma.",
    "The coalition denied a request to [strike|air strike] Goma.",
    "The coalition rejected a request for [strikes|air strike] near Goma.",
    "A request to [strike|air strike] Goma was denied.",
    "The army declined to [shell|shelling] Goma.",
]
POSSIBLE = [
    "M23 could [attack|armed clash] Goma.",
    "M23 may have [attacked|armed clash] Goma.",
    "The army would have [attacked|armed clash] Goma.",
    "If M23 [attacks|armed clash] Goma, the army will leave.",
    "Unless M23 [attacks|armed clash] Goma, nobody will leave.",
    "Residents fear that M23 will [attack|armed clash] Goma.",
    "Residents fear an [attack|armed clash] on Goma.",
    "There is a risk of [clashes|armed clash] near Goma.",
    "Talks raised the prospect of a [clash|armed clash] near Goma.",
    "The army wants to [attack|armed clash] Goma.",
    "Officials asked the army to [attack|armed clash] Goma.",
    "The army sent men to [attack|armed clash] Goma.",
    "The army has a chance to [take|territorial gain] Goma.",
    "The army asked for [strikes|air strike] on Goma.",
    "Analysts said the army would [take|territorial gain] Goma.",
    "Did the army [attack|armed clash] Goma?",
    "The army will fight until it [takes|territorial gain] Goma.",
    "The army attacks only if M23 [attacks|armed clash] Goma.",
    "It was the worst [attack|armed clash] since 2014.",
    "A permit for a [protest|protest] was asked for.",
    "A war could bring [attacks|armed clash] on Goma.",
]


@pytest.mark.parametrize("text", HAPPENED)
def test_it_happened(tell, text):
    assert tell(text).mention().mood == "happened"


@pytest.mark.parametrize("text", NEGATED)
def test_it_did_not_happen(tell, text):
    told = tell(text)
    assert told.mention().mood == "negated"
    assert told.events == []


@pytest.mark.parametrize("text", PLANNED)
def test_it_is_planned(tell, text):
    told = tell(text)
    assert told.mention().mood == "planned"
    assert [event.status for event in told.events] == ["planned"]


@pytest.mark.parametrize("text", REFUSED)
def test_it_was_refused(tell, text):
    told = tell(text)
    assert told.mention().mood == "refused"
    assert [event.status for event in told.events] == ["refused"]


@pytest.mark.parametrize("text", POSSIBLE)
def test_it_is_only_possible(tell, text):
    told = tell(text)
    assert told.mention().mood == "possible"
    assert told.events == []


def test_a_request_that_was_granted_is_a_plan(tell):
    told = tell("The coalition granted a request to [strike|air strike] Goma.")
    assert told.mention().mood == "planned"


def test_what_was_tried_is_a_clash_and_no_gain(tell):
    told = tell("M23 failed to [capture|territorial gain] Goma on Friday.")
    assert [event.kind for event in told.events] == ["armed clash"]
    assert any("fail" in note for note in told.mention().notes)


def test_a_hedge_is_told_to_the_reader(tell):
    told = tell("M23 allegedly [shelled|shelling] Goma.")
    assert told.mention().mood == "happened"
    assert told.mention().notes == ["'allegedly': not confirmed"]


def test_a_plan_has_no_day_that_is_past(tell):
    told = tell("The army has not begun its planned [offensive|armed clash], it said on Sunday.")
    assert told.events[0].whens == []
