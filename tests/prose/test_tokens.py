"""Tokens: what is one word, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.prose import Token
from geoevents.prose.tokens import tokenize


def words(text):
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISIS-held al-Bab", ["ISIS-held", "al-Bab"]),
        ("pro-Assad forces, U.S.-backed", ["pro-Assad", "forces", ",", "U.S.-backed"]),
        ("the U.S. and the U.N", ["the", "U.S.", "and", "the", "U.N"]),
        ("Lt. Gen. A. B. Rahman", ["Lt.", "Gen.", "A.", "B.", "Rahman"]),
        ("1,200 men, 3.5 km", ["1,200", "men", ",", "3.5", "km"]),
        ("10-15 people, 3-5 May", ["10", "-", "15", "people", ",", "3", "-", "5", "May"]),
        ("a 20-year-old of the 1990s", ["a", "20-year-old", "of", "the", "1990s"]),
        ("the 16th, 10km, 3am", ["the", "16th", ",", "10", "km", ",", "3", "am"]),
        ("at 10:30 on 16/09/2017", ["at", "10:30", "on", "16/09/2017"]),
        ("2017-09-17.", ["2017-09-17", "."]),
        ("the town's fighters’ homes", ["the", "town", "'s", "fighters", "’", "homes"]),
        ("Syria’s army won’t stop", ["Syria", "’s", "army", "wo", "n’t", "stop"]),
        ("didn't can't", ["did", "n't", "ca", "n't"]),
        ("we're, they've, he'll", ["we", "'re", ",", "they", "'ve", ",", "he", "'ll"]),
        ("Sana'a and d'Ivoire", ["Sana'a", "and", "d'Ivoire"]),
        ("km² of M23", ["km²", "of", "M23"]),
        ("Tel.\nAbyad—Syria", ["Tel", ".", "Abyad", "—", "Syria"]),
        ("What?! No... yes", ["What", "?!", "No", "...", "yes"]),
        ("see https://example.org/a.b?c=d.", ["see", "https://example.org/a.b?c=d", "."]),
        ("No. 5, he said no.", ["No.", "5", ",", "he", "said", "no", "."]),
        ("a Ph.D. candidate", ["a", "Ph.D.", "candidate"]),
        ("قُتل خمسة، اليوم.", ["قُتل", "خمسة", "،", "اليوم", "."]),
        ("军队 entered", ["军", "队", "entered"]),
        ("В 2014 г. под Слов'янськом", ["В", "2014", "г.", "под", "Слов'янськом"]),
        ("\ufeffHoms\u200f \u202eHama\x00", ["Homs", "Hama"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_lower_is_what_tables_are_asked_for():
    tokens = tokenize("Syria’s al‑Bab, Alep\u00adpo, Didn’t")
    assert [token.lower for token in tokens] == [
        *("syria", "'s", "al-bab", ",", "aleppo", ",", "did", "n't")
    ]


def test_part_of_a_text():
    assert tokenize("one two three", 4, 7) == [Token("two", 4, 7, "two")]


PROSE = st.text(
    st.sampled_from("aB9é\u0301 .,-'’\"“”‘?!()\n\t№军ق\u200c\u00a0\x00\ud800&:/_…"), max_size=60
)


@given(PROSE | st.text(max_size=40))
def test_tokens_are_the_text_in_order(text):
    tokens = tokenize(text)
    place = 0
    for token in tokens:
        assert token.start >= place
        assert text[token.start : token.end] == token.text != ""
        skipped = text[place : token.start]
        assert not any(character.isalnum() for character in skipped)
        place = token.end
    assert not any(character.isalnum() for character in text[place:])
