"""What holds for any text: clauses lie inside their sentence, and nothing breaks or hangs."""

import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.reports.extraction import extract
from geoevents.reports.language import language

FABRICATE = runpy.run_path(str(Path(__file__).parent / "fabricate.py"))
WORDS = """
the a rebels army SDF ISIS Homs Idlib Russian strike strikes struck hit was were by on in to that
which who and , . ; : ( ) " ' 's killed killing 12 dozens of said after as if not would have been
Saturday captured capturing from near between wounded fire under came attack clashes took control
airstrikes there it they —
"""


def read(text):
    findings = FABRICATE["findings"](text)
    return findings.document, *extract(findings, language("en"))


def is_sound(text):
    """Read a text, and see that clauses and mentions lie in their sentences, in order."""
    document, mentions, parsed = read(text)
    assert len(parsed) == len(document.sentences)
    for sentence, clauses in zip(document.sentences, parsed, strict=True):
        for place, clause in enumerate(clauses):
            assert clause.number == place
            assert clause.sentence == sentence.number
            assert sentence.start <= clause.start <= clause.end <= sentence.end
            assert clause.parent is None or 0 <= clause.parent < len(clauses)
            assert clause.parent != place
    for mention in mentions:
        sentence = document.sentences[mention.sentence]
        start, end = mention.trigger
        assert sentence.start <= mention.start <= start < end <= mention.end <= sentence.end
        assert not set(map(id, mention.actors)) & set(map(id, mention.targets))
    assert [m.trigger[0] for m in mentions] == sorted(m.trigger[0] for m in mentions)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join))
def test_any_words_in_any_order(text):
    is_sound(text)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text(text):
    is_sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00" * 50,
        "\ud800 rebels took Homs \udfff",
        "\u202erebels took Homs\u202c",
        "💥" * 200,
        "(" * 5000,
        "[" * 5000 + "]" * 5000,
        "after " * 3000,
        "that " * 3000,
        "and " * 3000,
        "strikes " * 3000,
        "killed " * 3000,
        "rebels who " * 2000,
        "of the rebels " * 2000,
        "the rebels, " * 2000,
        '"' * 3000,
        "a" * 100_000,
        "rebels captured Homs and " * 1500,
        "x-" * 20_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_hostile_text_ends(text):
    document, mentions, parsed = read(text)
    assert len(parsed) == len(document.sentences)
    assert all(m.trigger[0] < m.trigger[1] for m in mentions)


def test_a_sentence_too_long_for_one_look_is_read_all_the_same():
    text = "x " * 1000 + "rebels captured Homs"
    _, mentions, _ = read(text)
    assert [m.kind for m in mentions] == ["territorial gain"]


def test_the_same_text_gives_the_same_mentions():
    text = "Russian warplanes bombed Idlib and the army took Homs, killing 12 soldiers."
    assert read(text)[1] == read(text)[1]
