"""Phrases to trees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.localities import LocalityError, parse
from geoevents.localities.grammar import MAX_LENGTH
from geoevents.localities.tree import names
from geoevents.localities.tokens import tokens
from geoevents.localities.words import COMPASS, precision

KNOWN = {
    "on",
    "along",
    "in",
    "south sudan",
    "near east",
    "in salah",
    "east jerusalem",
    "trinidad and tobago",
    "at tall",
}


def tree(text):
    return " ".join(str(parse(text, lambda chunk: chunk.casefold() in KNOWN)).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raqqa", 'name "Raqqa"'),
        ("the city of Deir Ezzor", 'name "city of Deir Ezzor"'),
        ("in Raqqa", 'in name "Raqqa"'),
        ("at the town of Hajin", 'in name "town of Hajin"'),
        ("NEAR   Raqqa.", 'near name "Raqqa"'),
        ("close to Raqqa", 'near name "Raqqa"'),
        ("in the vicinity of Raqqa", 'near name "Raqqa"'),
        ("around Raqqa", 'near name "Raqqa"'),
        ("outside of Raqqa", 'outside name "Raqqa"'),
        ("on the outskirts of Raqqa", 'outskirts name "Raqqa"'),
        ("along the Khabur River", 'along name "Khabur River"'),
        ("along the banks of the Khabur", 'along name "Khabur"'),
        ("east of Raqqa", 'direction east (90° ± 45°) name "Raqqa"'),
        ("an area just N.E. of Raqqa", 'direction northeast (45° ± 22.5°) name "Raqqa"'),
        ("south south-west of Raqqa", 'direction south-southwest (202.5° ± 11.25°) name "Raqqa"'),
        ("to the north of Raqqa", 'direction north (0° ± 45°) name "Raqqa"'),
        ("in the north of Syria", 'part north (0° ± 45°) name "Syria"'),
        ("in northern Syria", 'part north (0° ± 45°) name "Syria"'),
        ("on the east bank of the Nile", 'part east (90° ± 45°) name "Nile"'),
        (
            "some 40 kilometres (25 miles) south-east of Raqqa",
            'direction southeast (135° ± 22.5°), 40 km to the nearest 10 km name "Raqqa"',
        ),
        ("around 5km from Raqqa", 'distance 5 km to the nearest 5 km name "Raqqa"'),
        ("within 3 miles of Raqqa", 'within 4.82803 km to the nearest 1.60934 km name "Raqqa"'),
        (
            "1,500 m north of Raqqa",
            'direction north (0° ± 45°), 1.5 km to the nearest 0.5 km name "Raqqa"',
        ),
        (
            "east of the Euphrates River, near the city of Deir Ezzor",
            (
                'group "," direction east (90° ± 45°) name "Euphrates River" near '
                'name "city of Deir Ezzor"'
            ),
        ),
        ("Hajin in Deir Ezzor province", 'group "," name "Hajin" in name "Deir Ezzor province"'),
        ("Raqqa (Syria)", 'group "," name "Raqqa" name "Syria"'),
        ("Raqqa / Syria", 'group "," name "Raqqa" name "Syria"'),
        ("Raqqa and Hajin", 'group "and" name "Raqqa" name "Hajin"'),
        ("near A, B and C", 'near group "and" name "A" name "B" name "C"'),
        ("near A, B, and C", 'near group "and" name "A" name "B" name "C"'),
        (
            "near Raqqa and near Hajin",
            'group "and" near name "Raqqa" near name "Hajin"',
        ),
        ("South Sudan", 'name "South Sudan"'),
        ("in South Sudan", 'in name "South Sudan"'),
        ("north of South Sudan", 'direction north (0° ± 45°) name "South Sudan"'),
        ("near East Jerusalem", 'near name "East Jerusalem"'),
        ("In Salah", 'name "In Salah"'),
        ("near In Salah", 'near name "In Salah"'),
        ("At Tall", 'name "At Tall"'),
        ("at Raqqa", 'in name "Raqqa"'),
        ("in the Near East", 'in name "Near East"'),
        ("Trinidad and Tobago", 'name "Trinidad and Tobago"'),
        ("in Trinidad and Tobago", 'in name "Trinidad and Tobago"'),
        ("Ras al-Ayn", 'name "Ras al-Ayn"'),
        ("الرقة، سوريا", 'group "," name "الرقة" name "سوريا"'),
    ],
)
def test_reads(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("east of", "east of"),
        ("near", "near"),
        ("near, Raqqa", "near"),
        ("10 km", "km"),
        ("10 km Raqqa", "Raqqa"),
        ("((Raqqa)", "("),
        ("Raqqa)", ")"),
        ("Raqqa and", "and"),
        ("and Raqqa", "and"),
        ("north of north of Raqqa", "north"),
        (",,, ;", ",,, ;"),
        ("near 🙂", "🙂"),
        ("(" * 20 + "Raqqa" + ")" * 20, "("),
    ],
)
def test_underlines_what_it_cannot_read(text, fault):
    with pytest.raises(LocalityError) as caught:
        parse(text)
    error = caught.value
    assert text[error.start : error.end] == fault
    lines = str(error).splitlines()
    carets = lines[-1]
    if text.isascii():
        shown = lines[-2]
        assert shown[carets.index("^") : carets.rindex("^") + 1] == fault


def test_says_what_it_did_understand():
    with pytest.raises(LocalityError, match="read so far: 'near Raqqa'"):
        parse("near Raqqa ) and more")


def test_refuses_a_report_instead_of_a_phrase():
    with pytest.raises(LocalityError, match="at most 500 characters"):
        parse("near " * MAX_LENGTH)
    with pytest.raises(LocalityError) as caught:
        parse("x" * 100_000)
    assert len(str(caught.value)) < 500


def test_empty():
    for text in ("", "   ", "\n"):
        with pytest.raises(LocalityError, match="empty"):
            parse(text)


def test_offsets_point_into_the_text():
    text = "east of the Euphrates, near “Deir Ezzor”"
    found = list(names(parse(text)))
    assert [text[name.start : name.end] for name in found] == ["Euphrates", "Deir Ezzor"]


def test_sixteen_points_each_by_word_and_letters():
    assert len({compass.bearing for compass in COMPASS.values()}) == 16
    for letters, bearing in (("n", 0), ("ene", 67.5), ("sw", 225), ("nnw", 337.5)):
        assert COMPASS[letters].bearing == bearing
    assert COMPASS["southeastern"].bearing == 135


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("10", 10), ("12", 1), ("15", 5), ("0", 1), ("1500", 500), ("0.25", 0.05)],
)
def test_precision_of_a_figure(figure, expected):
    assert precision(figure) == pytest.approx(expected)


WORDS = st.sampled_from(
    [
        *(
            "near",
            "in",
            "east",
            "of",
            "the",
            "and",
            ",",
            "(",
            ")",
            "10",
            "km",
            "north-east",
            "along",
        ),
        *(
            "within",
            "outside",
            "Raqqa",
            "bank",
            "5.5",
            "miles",
            "from",
            "/",
            "🙂",
            "الرقة",
            "at",
            "to",
        ),
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_words_give_a_tree_or_the_familys_error(text):
    try:
        found = parse(text)
    except GeoeventsError:
        return
    assert all(text[name.start : name.end] == name.text for name in names(found))


@given(st.text(max_size=80))
def test_any_text_gives_a_tree_or_the_familys_error(text):
    try:
        parse(text, lambda chunk: len(chunk) % 3 == 0)
    except LocalityError as error:
        faulty = error
    else:
        return
    assert 0 <= faulty.start <= faulty.end


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_case_and_spacing_do_not_matter(text):
    def shape(phrase):
        try:
            return str(parse(phrase)).casefold()
        except LocalityError as error:
            return error.reason.casefold()

    assert " ".join(shape(text).split()) == " ".join(shape(text.upper()).split())


def test_tokens_know_where_they_stand():
    text = " 10km NE of Ras al-Ayn, Syria"
    assert [text[t.start : t.end] for t in tokens(text)] == [
        *("10", "km", "NE", "of", "Ras", "al-Ayn", ",", "Syria")
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("between Raqqa and Hajin", "between"),
        ("halfway between Raqqa and Hajin", "halfway"),
        ("the Syrian-Iraqi border", "border"),
        ("near the border with Iraq", "border"),
        ("from Raqqa to Hajin", "from"),
        ("upstream of Raqqa", "upstream"),
        ("Raqqa, downstream of Hajin", "downstream"),
        ("the mouth of the Khabur", "mouth"),
        ("at the confluence of the Khabur and the Euphrates", "confluence"),
        ("left bank of the Euphrates", "bank"),
        ("eastern countryside of Raqqa", "countryside"),
    ],
)
def test_relations_that_are_not_read_are_named(text, word):
    with pytest.raises(LocalityError, match=f"^'{word}' is not understood yet") as caught:
        parse(text)
    assert text[caught.value.start : caught.value.end].lower() == word


def test_words_of_unread_relations_are_in_names_too():
    assert parse("Border", {"Border"}.__contains__).text == "Border"
    assert (
        parse("near Mouth of Wilson", {"Mouth of Wilson"}.__contains__).of.text == "Mouth of Wilson"
    )
    assert parse("West Bank").text == "West Bank"
    assert parse("the west bank of the Jordan").kind == "part"
