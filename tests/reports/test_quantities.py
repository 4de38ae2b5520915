"""Quantities: what is read, what is no quantity, and what never happens."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.prose import Document
from geoevents.reports.forms import grammar
from geoevents.reports.language import language
from geoevents.reports.quantities import find_quantities, find_unread_quantities

grammar(language("en"))  # made before any test is timed
_CASES = Path(__file__).parent / "cases" / "quantities.txt"
_EXPECTED = re.compile(r"(.+?) = (\S+)(?: (\S*)\.\.(\S*))?(?: (km2|m))?")
_KINDS = {"km2": "area", "m": "distance", None: "count"}


def _cases():
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        if "=>" in line and not line.startswith("#"):
            text, _, expected = line.partition(" =>")
            yield text, [part for part in expected.strip().split("; ") if part]


@pytest.mark.parametrize(("text", "expected"), [*_cases()])
def test_quantities_are_read_as_worked_out_by_hand(text, expected):
    found = find_quantities(Document.read(text), language("en"))
    assert [quantity.text for quantity in found] == [part.split(" = ")[0] for part in expected]
    for quantity, part in zip(found, expected, strict=True):
        _, value, low, high, unit = _EXPECTED.fullmatch(part).groups()
        ends = (value, value) if low is None else (low, high)
        assert quantity.kind == _KINDS[unit]
        for is_so, end in zip(
            (quantity.value, quantity.low, quantity.high), (value, *ends), strict=True
        ):
            assert is_so == (None if end in {"", "?"} else pytest.approx(float(end), rel=1e-6))


def test_there_are_many_cases():
    assert sum(1 for _ in _cases()) >= 80


_WORDS = """
some 300 sq km , ( ) - at least several dozen of hundred and thousand million two 1,200 3.5 between
to a half people more than km2 miles . % $ + or so
"""


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=25).map(" ".join) | st.text(max_size=60))
def test_quantities_stand_in_order_and_their_ranges_hold_the_figure(text):
    document = Document.read(text, format="text")
    found = find_quantities(document, language("en"))
    at = 0
    for quantity in found:
        assert at <= quantity.start < quantity.end
        assert document.text[quantity.start : quantity.end] == quantity.text
        ends = [end for end in (quantity.low, quantity.value, quantity.high) if end is not None]
        assert ends == sorted(ends)
        assert ends
        at = quantity.end


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Shelling killed 99999999999999999999 people.", "99999999999999999999"),
        ("Shelling killed 45 million people.", "45 million"),
        ("They hold 600 million square kilometres.", "600 million square kilometres"),
        ("It flew 20,001 km away.", "20,001 km"),
    ],
)
def test_what_is_too_large_is_no_quantity_and_is_told(text, unread):
    document = Document.read(text)
    assert find_quantities(document, language("en")) == []
    assert [one.text for one in find_unread_quantities(document, language("en"))] == [unread]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("They took 12,5 sq km.", "12,5 sq km"),  # another country's marks are not guessed at
        ("It fell 3,5 km away.", "3,5 km"),
        ("They took 1e400 square kilometres.", "1e400 square kilometres"),
        ("They took up to 1 200 sq km.", "1 200 sq km"),
    ],
)
def test_the_end_of_a_figure_is_no_figure(text, unread):
    document = Document.read(text)
    assert all(one.kind == "count" for one in find_quantities(document, language("en")))
    assert [one.text for one in find_unread_quantities(document, language("en"))] == [unread]


@pytest.mark.parametrize(
    ("text", "value"),
    [("In 2014, 300 sq km fell.", 300), ("On 3 May 200 sq km fell.", 200), ("12, 5 sq km", 5)],
)
def test_a_figure_before_another_is_not_its_beginning(text, value):
    document = Document.read(text)
    areas = [one.value for one in find_quantities(document, language("en")) if one.kind == "area"]
    assert areas == [value]


@pytest.mark.parametrize("text", ["10 million people fled.", "They hold 510 million km2."])
def test_the_largest_quantities_are_read(text):
    document = Document.read(text)
    assert len(find_quantities(document, language("en"))) == 1
    assert find_unread_quantities(document, language("en")) == []
