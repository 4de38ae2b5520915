"""Forms: what can be written in a language file, and how it is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.reports.forms import grammar
from geoevents.reports.forms.pieces import Numerals, every_look
from geoevents.reports.language import language, read_language

_ENGLISH = grammar(language("en"))  # made before any test is timed
_TABLES = """
[when]
capitals = ["month"]
small = ["june"]
[when.words]
colour = ["red", "dark red", "o'clock"]
[when.words.month]
may = 5
june = 6
[when.words.step]
next = 1
[quantities]
numerals = {decimal = ".", group = ",", ordinals = ["th"]}
"""


@pytest.fixture
def find(tmp_path):
    def _find(forms, text, fragments=""):
        path = tmp_path / "xx.toml"
        says = "".join(
            f"[[when.forms]]\nreading = '{reading}'\nsay = ['''{say}''']\n"
            for reading, say in forms.items()
        )
        path.write_text(f"{_TABLES}[when.fragments]\n{fragments}\n{says}", encoding="utf-8")
        found = grammar(read_language("xx", path)).find(text, 0, len(text))
        return [(form.reading, text[form.start : form.end], form.slots) for form in found]

    return _find


def test_words_stand_for_themselves_in_any_case_and_over_line_breaks(find):
    assert find({"x": "the end"}, "The\n  END, the ends") == [("x", "The\n  END", {})]


def test_a_slot_gives_the_value_of_its_word_and_figures_as_written(find):
    forms = {"x": "{step} {month}[ {dd:day}]"}
    assert find(forms, "next June 07") == [
        ("x", "next June 07", {"step": 1, "month": 6, "day": "07"})
    ]


def test_a_word_that_needs_a_capital_is_none_without(find):
    assert [
        text for _, text, _ in find({"x": "in {month}"}, "in may, in May, in june, in MAY")
    ] == [
        "in May",
        "in june",
        "in MAY",
    ]


def test_words_of_a_table_may_be_several_and_apostrophes_bent(find):
    found = find({"x": "{colour}"}, "dark  red and o’clock")
    assert [text for _, text, _ in found] == ["dark  red", "o’clock"]


def test_the_longest_form_is_found(find):
    forms = {"a": "next", "b": "next {month}", "c": "next {month} {dd}"}
    assert [(reading, text) for reading, text, _ in find(forms, "next May 5, next")] == [
        ("c", "next May 5"),
        ("a", "next"),
    ]


def test_what_must_stand_beside_is_not_part_of_what_is_found(find):
    forms = {"x": "<in >{month}< {dd}>", "y": "{month} {yyyy}"}
    assert [
        (reading, text) for reading, text, _ in find(forms, "in May 5, in May 2016, May 5")
    ] == [
        ("x", "May"),
        ("y", "May 2016"),
    ]


def test_choices_and_repeats(find):
    found = find({"x": "(red|blue)( {dd:-})*"}, "blue 1 2 3 red green")
    assert found == [("x", "blue 1 2 3", {}), ("x", "red", {})]
    assert find({"x": "red( {dd:-})*"}, "red" + " 1" * 20)[0][1] == "red" + " 1" * 8


def test_a_fragment_is_a_form_in_a_form_and_its_slots_take_its_key(find):
    found = find({"x": "{day} to {day:to}"}, "5 May to 6th June", "day = '({dd}|{nth}) {month}'")
    assert found == [
        (
            "x",
            "5 May to 6th June",
            {
                "day": "5 May",
                "dd": "5",
                "month": 5,
                "to": "6th June",
                "to.nth": "6th",
                "to.month": 6,
            },
        )
    ]


def test_a_backslash_stands_before_marks_that_would_be_others(find):
    assert find({"x": r"\({dd}\)"}, "(5) 5")[0][1] == "(5)"


@given(st.text() | st.text("0123456789.,:/-hTZs 's"))
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(_ENGLISH.numerals.cut(text)) == text


@given(st.text("0123456789.,:/-hTZsth", min_size=1, max_size=18))
def test_every_look_of_figures_is_known(text):
    numerals = Numerals({"decimal": ".", "group": ",", "ordinals": ["th", "st"]})
    looks = every_look()
    for piece in numerals.cut(text):
        if piece[0].isdecimal():
            kinds = frozenset(numerals.kinds(piece))
            assert not kinds or kinds in looks
            if "figure" in kinds:
                assert numerals.value(piece) >= 0
