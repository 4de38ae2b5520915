"""The tables of words."""

import tomllib
from pathlib import Path

import pytest

from geoevents.places.countries import ISO3
from geoevents.places.toponyms import words as module
from geoevents.places.toponyms.words import Word, words

DATA = Path(module.__file__).parent / "data"


@pytest.mark.parametrize("name", ["english.txt", "firstnames.txt", "surnames.txt"])
def test_lists_are_sorted_in_small_letters_and_without_doubles(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(line == line.lower().strip() and line for line in lines)


@pytest.mark.parametrize("name", ["english.toml", "cyrillic.toml", "arabic.toml"])
def test_tables_are_in_small_letters(name):
    def texts(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                # Codes, initials and names of capitals are written as they are.
                if key not in ("capitals", "initials", "states"):
                    yield from texts(inner)
        elif isinstance(value, str):
            yield value
        else:
            yield from value

    tables = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    for text in texts(tables):
        assert text == text.lower()


def test_codes_are_of_countries():
    tables = words()
    codes = set(tables.capitals.values()) | {c for some in tables.demonyms.values() for c in some}
    assert codes <= set(ISO3.values())


@pytest.mark.parametrize(
    ("word", "flag"),
    [
        ("saturday", Word.CALENDAR),
        ("of", Word.FUNCTION),
        ("nice", Word.ENGLISH),
        ("police", Word.REPORT),
        ("president", Word.TITLE),
        ("paris", Word.FIRST_NAME),
        ("paris", Word.PLACE_NAME),
        ("denied", Word.SAYING),
        ("university", Word.ORGANISATION),
        ("virus", Word.THING),
        ("область", Word.AFTER),
    ],
)
def test_words_are_what_they_are(word, flag):
    assert words().flags[word] & flag


def test_no_country_is_called_a_common_word_that_is_no_place():
    no_places = words().no_places
    assert not {"syria", "iraq", "chad", "georgia", "niger", "mali"} & no_places
    assert {"africa", "middle east", "ebola"} <= no_places


def test_demonyms_have_plurals():
    demonyms = words().demonyms
    assert demonyms["russians"] == ("RU",)
    assert demonyms["turks"] == ("TR",)
    assert demonyms["congolese"] == ("CD", "CG")
    assert "franco" not in demonyms
