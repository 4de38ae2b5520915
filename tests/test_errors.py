"""What messages show of a value: always something, never too much, nothing a terminal obeys."""

import datetime as dt
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import as_text, shown


class Unshown:
    """What cannot be shown."""

    def __repr__(self):
        raise RuntimeError("never")


class UnshownText(str):
    """Text that cannot be shown."""

    __slots__ = ()

    def __repr__(self):
        raise RuntimeError("never")

    __str__ = __repr__


class Lines:
    """What is shown on two lines."""

    def __repr__(self):
        return "a\nb\x1b[2J"


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Homs", "'Homs'"),
        ("it's", '"it\'s"'),
        (5, "5"),
        (-2.5, "-2.5"),
        (None, "None"),
        (dt.date(2017, 9, 17), "datetime.date(2017, 9, 17)"),
        (["a", 1], "['a', 1]"),
        (("x", 1), "('x', 1)"),
        ({"a": [1]}, "{'a': [1]}"),
        (np.float64(2), repr(np.float64(2))),
        (ValueError("no"), "ValueError('no')"),
        (10**5000, "a whole number of some 5,000 digits"),
        (-(10**5000), "a whole number of some 5,000 digits"),
        ([10**5000], "[a whole number of some 5,000 digits]"),
        (Fraction(10**5000, 3), "a Fraction"),
        (Unshown(), "a Unshown"),
        ([Unshown(), 1], "[a Unshown, 1]"),
        (ValueError(Unshown()), "a ValueError"),
        (UnshownText("x"), "a UnshownText"),
        (nested(5000), "[[[[...]]]]"),
        ("\x1b[2J\u202e", r"'\x1b[2J\u202e'"),
        (Lines(), r"a\nb\x1b[2J"),
        ("x" * 1_000_000, "'" + "x" * 56 + "..."),
        (list(range(1000)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...]"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_in_a_message(value, expected):
    assert shown(value) == expected


def test_the_length_is_asked_for():
    assert shown("x" * 100, 12) == "'xxxxxxxx..."
    assert shown("x" * 10, 12) == "'xxxxxxxxxx'"


@given(st.recursive(st.text() | st.integers() | st.floats() | st.binary(), st.lists))
def test_what_is_shown_is_printable_and_short(value):
    text = shown(value)
    assert text.isprintable()
    assert 1 <= len(text) <= 60


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2017, "2017"),
        ("it's", "it's"),
        (dt.date(2017, 9, 17), "2017-09-17"),
        (UnshownText("x"), "x"),
        (10**5000, "a whole number of some 5,000 digits"),
        (Unshown(), "a Unshown"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_as_text(value, expected):
    assert as_text(value) == expected
