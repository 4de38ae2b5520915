"""What holds of the actors of any text: they stand where they say, in order, none over another."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geoevents.prose import Document
from geoevents.reports.actors import Lexicon, find_actors

WORDS = (
    *("Syrian", "Russian", "Russia", "the", "army", "SDF", "ISIS", "US", "-backed", "-led", "pro-"),
    *(
        "and",
        ",",
        ".",
        "(",
        ")",
        "'s",
        "’s",
        "air force",
        "spokesman",
        "Col.",
        "Ryan",
        "Ames",
        "of",
    ),
    *("for", "coalition", "Brigade", "Lotus", "Blue", "gunmen", "suspected", "Islamist", "said"),
    *(
        "ministry",
        "Defence",
        "its",
        "soldiers",
        "members",
        "rebels",
        "PRC",
        "\n\n",
        "al-",
        "“",
        "in",
    ),
    *(
        "Damascus",
        "government",
        "police",
        "Front",
        "loyal",
        "to",
        "President",
        "Haftar",
        "Gen.",
        "/",
    ),
)


def found(text, toponyms=(), **options):
    document = Document.read(text, format="text")
    return find_actors(document, toponyms, Lexicon.default(), **options)


@example(["spokesman", "al-", "Syrian", "gunmen"])
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_actors_stand_where_they_say_in_order_and_apart(words):
    text = " ".join(words).replace(" -", "-").replace("- ", "-")
    end = 0
    for actor in found(text):
        assert end <= actor.start < actor.end <= len(text)
        assert actor.text == text[actor.start : actor.end]
        assert actor.name.strip()
        assert actor.party.strip()
        end = actor.end


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert all(actor.text == text[actor.start : actor.end] for actor in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "(" * 100_000,
        "x" * 300_000,
        "US-backed " * 5_000,
        "pro-" * 10_000,
        "Syrian and " * 4_000,
        "Gen. " * 10_000,
        "the army " * 5_000,
        "Alpha Brigade of " * 3_000,
        "\0 Syrian army \0" * 1_000,
        "\ud800 Syrian army \udfff" * 1_000,
        "\u202eSyrian army\u202c " * 1_000,
        "😀SDF😀" * 5_000,
    ],
    ids=lambda text: repr(text[:15]),
)
def test_hostile_text_is_read_in_time(text):
    assert isinstance(found(text), list)


def test_html_and_line_breaks_do_not_part_names():
    document = Document.read(
        "<p>The Syrian <i>Democratic</i>  <b>Forces</b> left.</p>", format="html"
    )
    actors = find_actors(document, [], Lexicon.default())
    assert [(actor.name, " ".join(actor.text.split())) for actor in actors] == [
        ("SDF", "Syrian Democratic Forces")
    ]
    assert [actor.name for actor in found("The Syrian\nDemocratic\nForces left.")] == ["SDF"]


def test_names_do_not_go_on_in_the_next_sentence_or_paragraph():
    assert [actor.text for actor in found("We met the Taliban. Fighters came.")] == [
        "Taliban",
        "Fighters",
    ]
    assert [actor.text for actor in found("Blame ISIS\n\nFighters came.")] == ["ISIS", "Fighters"]


def test_the_country_given_counts_before_the_places(toponyms):
    text = "The army left Goma."
    places = toponyms(text, ["Goma=CD"])
    assert found(text, places)[0].party == "DR Congo"
    assert found(text, places, country="RW")[0].party == "Rwanda"
    assert found(text, places, country=["Rwanda"])[0].party == "Rwanda"
    assert found(text, places, country=["CD", "RW"])[0].party == "DR Congo"


def test_a_country_of_half_the_places_is_not_sure(toponyms):
    text = "The army left Goma for Gisenyi."
    places = toponyms(text, ["Goma=CD", "Gisenyi=RW"])
    assert found(text, places)[0].name == "army"


def test_where_a_report_was_written_counts_little(toponyms):
    text = "BEIRUT - The army left Homs."
    places = toponyms(text, ["BEIRUT=LB", "Homs=SY"])
    assert found(text, places)[0].party == "Syrian government"


def test_an_acronym_of_the_text_counts_before_the_table():
    text = "The Karkh Independence Army (KIA) fired. KIA men fell back. The IS (Iron Sons) left."
    names = [(actor.text, actor.name) for actor in found(text, country="MM")]
    assert names[:2] == [
        ("Karkh Independence Army", "Karkh Independence Army"),
        ("KIA men", "Karkh Independence Army"),
    ]


def test_another_table_of_a_language_can_be_told_what_is_wrong_with_it(tmp_path):
    from geoevents.reports.errors import LanguageError  # noqa: PLC0415 -- only here
    from geoevents.reports.language import read_language  # noqa: PLC0415

    path = tmp_path / "xx.toml"
    path.write_text("[actors]\nsaying = ['a']\n", encoding="utf-8")
    with pytest.raises(LanguageError, match=r"xx.toml: table \[actors\] cannot be used"):
        Lexicon.default(read_language("xx", path))
