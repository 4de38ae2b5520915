"""What a mention says beside who, whom, where and when: its words, its number, how it was read."""

import runpy
from pathlib import Path

import pytest

from geoevents.reports.extraction import extract
from geoevents.reports.language import language

FABRICATE = runpy.run_path(str(Path(__file__).parents[1] / "syntax" / "fabricate.py"))


def mentions(text):
    findings = FABRICATE["findings"](text)
    return extract(findings, language("en"))[0]


@pytest.mark.parametrize(
    ("text", "trigger", "words"),
    [
        ("Rebels took Homs on Friday.", "took", "Rebels took Homs on Friday"),
        (
            "Russian air strikes on Idlib killed two, the army said.",
            "air strikes",
            "Russian air strikes on Idlib killed two",
        ),
        (
            "The army took Homs, killing 12 soldiers, after a truce.",
            "took",
            "The army took Homs, killing 12 soldiers",
        ),
        (
            "The SDF made rapid gains near Homs.",
            "made rapid gains",
            "The SDF made rapid gains near Homs",
        ),
        (
            "The rebels broke the siege of Homs.",
            "broke the siege",
            "The rebels broke the siege of Homs",
        ),
    ],
)
def test_the_words_that_tell_of_it(text, trigger, words):
    mention = mentions(text)[0]
    assert text[slice(*mention.trigger)] == trigger
    assert text[mention.start : mention.end].startswith(words)


@pytest.mark.parametrize(
    ("text", "definite", "plural"),
    [
        ("A strike hit Homs.", False, False),
        ("Strikes hit Homs.", False, True),
        ("The strike hit Homs.", True, False),
        ("These attacks killed two people in Homs.", True, True),
        ("The siege of Homs went on.", False, False),
        ("Rebels took Homs.", False, False),
    ],
)
def test_what_refers_back_and_what_is_several(text, definite, plural):
    mention = mentions(text)[0]
    assert (mention.definite, mention.plural) == (definite, plural)


def test_casualties_by_themselves_refer_back():
    _, second = mentions("A bomb exploded in Kabul. At least 12 people were killed.")
    assert second.definite
    assert second.killed.low == 12
    assert second.killed.high is None


def test_a_list_of_places_shares_what_is_said_once():
    first, second = mentions("Israeli air raids on Gaza and Rafah killed 12 people.")
    assert first.killed == second.killed
    assert (first.killed.value, first.killed.low, first.killed.high) == (None, 0, 12)
    assert first.notes == second.notes
    assert first.notes == ["one of 2 places named together", "'12' killed: told of all 2 together"]


def test_how_it_was_read_is_told_in_words():
    assert mentions("Raqqa was captured by the SDF.")[0].pattern == (
        "'was captured' (verb, passive): who = subject, whom = from or of"
    )
    assert mentions("The coalition carried out air strikes on Homs, hitting ISIS camps.")[
        0
    ].pattern == (
        "'air strikes' (noun); carried by 'carried out', who = its subject; goes on in 'hitting'"
    )


def test_when_is_that_of_the_clause_then_of_the_sentence():
    took, shelled = mentions("Rebels took Homs on Friday and the army shelled Idlib on Saturday.")
    assert [when.text for when in took.whens] == ["Friday"]
    assert [when.text for when in shelled.whens] == ["Saturday"]
    [took] = mentions("The army said on Friday that rebels took Homs.")
    assert [when.text for when in took.whens] == ["Friday"]


def test_how_long_something_lasted_comes_last():
    [mention] = mentions("Rebels have besieged Homs since 2014, and shelled it on Friday.")[:1]
    assert [when.lasts for when in mention.whens] == [True]


def test_where_somebody_spoke_is_not_where_it_happened():
    [mention] = mentions("The army said in Cairo that rebels attacked a convoy.")
    assert mention.phrases == []


def test_what_belongs_to_a_name_is_no_place():
    [mention] = mentions("According to Syria's news agency, rebels attacked an army base.")
    assert mention.phrases == []


@pytest.mark.parametrize(
    "text",
    [
        "The army did not strike Homs.",
        "The army could strike Homs.",
        "If the army strikes Homs, rebels will flee.",
        "The army plans to strike Homs.",
    ],
)
def test_whether_it_happened_is_left_to_others(text):
    assert [m.mood for m in mentions(text)] == ["happened"]


def test_the_parse_is_given_too():
    findings = FABRICATE["findings"]("Rebels took Homs. The army fled.")
    _, clauses = extract(findings, language("en"))
    assert [[c.verb.lemma for c in sentence] for sentence in clauses] == [["take"], ["flee"]]
