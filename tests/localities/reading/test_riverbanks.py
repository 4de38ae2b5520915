"""Banks of a river that the phrase does not name: what is read, and what is left alone."""

import pytest

from geoevents.localities import LocalityError, parse
from geoevents.localities.tree import names


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("near Raqqa, on the left bank", "bank left"),
        ("near Raqqa, left bank", "bank left"),
        ("near Raqqa on the far bank", "bank far"),
        ("near Raqqa, on the opposite bank of the river", "bank far"),
        ("on the other side of the river, near Raqqa", "bank far"),
        ("on the east bank near Raqqa", "part east"),
        ("near Raqqa, on the eastern bank", "part east"),
        ("near Raqqa, on the northern side of the river", "part north"),
        ("near Raqqa, on the west bank of the river", "part west"),
        ("12 miles south of Raqqa, along the right riverbank", "bank right"),
    ],
)
def test_it_is_the_river_by_what_else_is_named(text, side):
    tree = parse(text)
    shown = str(tree)
    assert side in shown
    assert '    river\n      name "Raqqa"' in shown
    assert [name.text for name in names(tree)] == ["Raqqa"]
    bank = tree.parts[-1]
    assert text[bank.start :].startswith(bank.words)


@pytest.mark.parametrize(
    "text",
    [
        "near Raqqa, on the left bank of the Euphrates",
        "near Raqqa, on the west bank of the Euphrates River",
        "on the opposite bank from Raqqa",
        "on the other side of the river from Raqqa",
        "near Nablus, in the West Bank",
        "the West Bank, near Nablus",
        "near Nablus, West Bank",
    ],
)
def test_a_named_river_and_the_west_bank_stay_as_they_are(text):
    assert "river\n" not in str(parse(text))


def test_a_town_called_so_is_the_town():
    tree = parse("East Bank, near Raqqa", lambda chunk: chunk == "East Bank")
    assert [name.text for name in names(tree)] == ["East Bank", "Raqqa"]


@pytest.mark.parametrize("text", ["on the left bank", "the east bank of the river"])
def test_a_bank_by_nothing_is_an_error(text):
    with pytest.raises(LocalityError, match=r"of which river|names no place"):
        parse(text)
