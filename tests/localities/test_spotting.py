"""The locality phrases of running text: each sentence with what a reader would send to `locate`."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.localities import parse
from geoevents.localities.spotting import Phrase, spot
from geoevents.places.toponyms import Toponym
from geoevents.prose import Document

_KINDS = {
    "town": "populated place",
    "country": "country",
    "province": "admin1",
    "river": "river",
    "lake": "lake",
    "region": "region",
    "people": "country",
    "army": "country",
}
# name: kind, country, longitude, latitude
_PLACES = {
    **dict.fromkeys(("Aleppo", "Azaz", "Manbij", "Tabqa", "Idlib"), ("town", "SY", 38.0, 36.0)),
    **dict.fromkeys(("Homs", "Hama", "Talbiseh"), ("town", "SY", 36.7, 34.8)),
    **dict.fromkeys(("Deir Ezzor", "Deir ez-Zor", "Mayadin"), ("town", "SY", 40.1, 35.3)),
    **dict.fromkeys(("Hajin", "al-Suwar", "al-Busayrah", "Raqqa"), ("town", "SY", 40.5, 36.0)),
    "Damascus": ("town", "SY", 36.3, 33.5),
    "Qamishli": ("town", "SY", 41.2, 37.0),
    "Hasakah": ("province", "SY", 40.7, 36.5),
    "Mosul": ("town", "IQ", 43.1, 36.3),
    "Erbil": ("town", "IQ", 44.0, 36.2),
    "Tal Afar": ("town", "IQ", 42.4, 36.4),
    "Karada": ("town", "IQ", 44.4, 33.3),
    "Baghdad": ("town", "IQ", 44.4, 33.3),
    "Nineveh": ("province", "IQ", 42.6, 36.2),
    "Goma": ("town", "CD", 29.2, -1.7),
    "Sake": ("town", "CD", 29.0, -1.6),
    "Tripoli": ("town", "LY", 13.2, 32.9),
    "Paris": ("town", "US", -95.6, 33.7),
    "Texas": ("province", "US", -99.0, 31.5),
    "Kherson": ("town", "UA", 32.6, 46.6),
    "Kyiv": ("town", "UA", 30.5, 50.5),
    "Kharkiv": ("town", "UA", 36.2, 50.0),
    "Kobani": ("town", "SY", 38.4, 36.9),
    "Kinshasa": ("town", "CD", 15.3, -4.3),
    "Congo": ("river", "CD", 15.3, -4.3),
    "Dnieper": ("river", "UA", 32.6, 46.6),
    "Euphrates": ("river", "SY", 40.0, 35.0),
    "Khabur": ("river", "SY", 40.5, 36.0),
    "Tigris": ("river", "IQ", 43.5, 35.0),
    "Syria": ("country", "SY", 38.0, 35.0),
    "Iraq": ("country", "IQ", 44.0, 33.0),
    "Libya": ("country", "LY", 17.0, 27.0),
    "Chad": ("country", "TD", 19.0, 15.0),
    "Yemen": ("country", "YE", 48.0, 15.5),
    "Syrian": ("people", "SY", 38.0, 35.0),
    "Iraqi": ("people", "IQ", 44.0, 33.0),
    "Turkish": ("people", "TR", 35.0, 39.0),
    "Moscow": ("army", "RU", 37.6, 55.8),
    "US": ("country", "US", -99.0, 39.0),
}
_SENSES = {"people": "demonym", "army": "government"}


def _read(marked: str) -> tuple[Document, list[Toponym]]:
    """Read a text whose places stand in square brackets."""
    text, toponyms, at = "", [], 0
    for match in re.finditer(r"\[([^\]]+)\]", marked):
        text += marked[at : match.start()]
        name, at = match[1], match.end()
        kind, country, lon, lat = _PLACES[" ".join(name.split())]
        toponyms.append(
            Toponym(
                start=len(text),
                end=len(text) + len(name),
                text=name,
                sense=_SENSES.get(kind, "place"),
                feature=0,
                feature_id="",
                name=name,
                kind=_KINDS[kind],
                country=country,
                lon=lon,
                lat=lat,
                score=1.0,
                alternatives=0,
                ambiguous=False,
                why="",
            )
        )
        text += name
    return Document.read(text + marked[at:]), toponyms


def _spotted(marked: str) -> list[Phrase]:
    return spot(*_read(marked))


_SENTENCES = [
    # A place by itself, and with what belongs to its name.
    ("Rebels captured [Raqqa] on Monday.", ["Raqqa"]),
    ("Two men died in [Aleppo] in 2014.", ["in Aleppo"]),
    ("In [Aleppo], shops stayed shut.", ["In Aleppo"]),
    ("They withdrew from [Raqqa] after talks in the morning.", ["Raqqa"]),
    ("A request to hit an area in the province of [Deir Ezzor].",
     ["in the province of Deir Ezzor"]),
    ("Fighting in [Hasakah] province went on.", ["in Hasakah province"]),
    ("Troops entered the [Syrian] city of [Raqqa].", ["the Syrian city of Raqqa"]),
    ("The key rebel-held border town of [Azaz] fell.", ["The rebel-held border town of Azaz"]),
    ("They hit the desperate northern city of [Aleppo].", ["the northern city of Aleppo"]),
    ("It began in war-torn [Yemen].", ["in Yemen"]),
    ("Shells hit rebel-held [Idlib] again.", ["rebel-held Idlib"]),
    # Parts and surroundings.
    ("Clashes in northern [Syria] and downtown [Mosul].", ["in northern Syria and downtown Mosul"]),
    ("Bombs fell on [Aleppo]'s eastern outskirts.", ["on Aleppo's eastern outskirts"]),
    ("A raid in the eastern countryside of [Deir ez-Zor].",
     ["in the eastern countryside of Deir ez-Zor"]),
    ("Villages in the north of [Hasakah] were hit.", ["in the north of Hasakah"]),
    ("Mines lay in and around [Manbij].", ["in and around Manbij"]),
    ("Most parts of [Raqqa] are rubble.", ["parts of Raqqa"]),
    ("[Syria]'s north-east is calm.", ["Syria's north-east"]),
    # Nearness, direction, distance.
    ("The strike hit an area east of the [Euphrates] River, near the city of [Deir Ezzor].",
     ["east of the Euphrates River, near the city of Deir Ezzor"]),
    ("Towns near [Azaz] were shelled.", ["near Azaz"]),
    ("He was killed outside [Homs] and buried.", ["outside Homs"]),
    ("A drone fell 10 km north of [Raqqa].", ["10 km north of Raqqa"]),
    ("Within 5 km of [Tal Afar], some 40 kilometres (25 miles) south-east of it, roads are mined.",
     ["Within 5 km of Tal Afar"]),
    ("A base some 40 kilometres (25 miles) south-east of [Mosul] was hit.",
     ["some 40 kilometres (25 miles) south-east of Mosul"]),
    ("They stopped 15-20 km west of [Homs].", ["15-20 km west of Homs"]),
    ("A post two miles NNE of [Hama] burned.", ["two miles NNE of Hama"]),
    ("A camp 2 km E and 3 km N of [Hama] burned.", ["2 km E and 3 km N of Hama"]),
    ("They dug in just south of [Mosul].", ["just south of Mosul"]),
    ("Tanks moved to the north of [Aleppo].", ["to the north of Aleppo"]),
    ("Nobody lives within a radius of 5 km of [Hajin].", ["within a radius of 5 km of Hajin"]),
    ("It took place a few kilometres east of [Homs].", ["east of Homs"]),
    # Rivers.
    ("The force gained ground along the [Khabur] River.", ["along the Khabur River"]),
    ("It fought along the [Khabur] between [al-Suwar] and [al-Busayrah].",
     ["along the Khabur between al-Suwar and al-Busayrah"]),
    ("Guns on the east bank of the [Dnieper], opposite [Kherson], fired.",
     ["on the east bank of the Dnieper, opposite Kherson"]),
    ("They crossed 10 km downstream of [Raqqa] on the [Euphrates].",
     ["10 km downstream of Raqqa on the Euphrates"]),
    ("A camp at the mouth of the [Khabur] was hit.", ["at the mouth of the Khabur"]),
    ("It lies where the [Khabur] meets the [Euphrates].",
     ["where the Khabur meets the Euphrates"]),
    ("Boats waited across the [Congo] from [Kinshasa].", ["across the Congo from Kinshasa"]),
    ("They camped by the [Tigris].", ["by the Tigris"]),
    # Borders, roads, between.
    ("Clashes near the border with [Iraq] went on.", ["near the border with Iraq"]),
    ("Jets flew over the [Syrian]-[Iraqi] border.", ["the Syrian-Iraqi border"]),
    ("The [Syria]-[Iraq] border is shut.", ["The Syria-Iraq border"]),
    ("They massed 10 km south of the [Turkish] border, in [Hasakah] province.",
     ["10 km south of the Turkish border, in Hasakah province"]),
    ("A convoy went 5 km inside [Iraq].", ["5 km inside Iraq"]),
    ("Gunmen shut the [Deir ez-Zor]-[Hajin] highway.", ["the Deir ez-Zor-Hajin highway"]),
    ("A mine on the road between [Damascus] and [Homs] killed two.",
     ["on the road between Damascus and Homs"]),
    ("Fighting raged between [Goma] and [Sake].", ["between Goma and Sake"]),
    ("They took all land from [Raqqa] to [Deir ez-Zor].", ["from Raqqa to Deir ez-Zor"]),
    ("The wreck lies halfway between [Mosul] and [Erbil].", ["halfway between Mosul and Erbil"]),
    # Containers.
    ("Militias fought in [Tripoli], [Libya], on Monday.", ["in Tripoli, Libya"]),
    ("A man from [Paris] ([Texas]) was held.", ["Paris (Texas)"]),
    ("A blast in [Tal Afar], in [Iraq]'s northern [Nineveh] province, hurt six.",
     ["in Tal Afar, in Iraq's northern Nineveh province"]),
    ("Shots in the [Karada] district of [Baghdad].", ["in the Karada district of Baghdad"]),
    ("Shots in the Zayouna district of [Baghdad].", ["in Baghdad"]),
    ("Calm in [Hasakah] province except [Qamishli].", ["in Hasakah province except Qamishli"]),
    ("A strike in [Aleppo] city, [Aleppo] province, in [Syria].",
     ["in Aleppo city, Aleppo province, in Syria"]),
    ("It is in the village of [Hajin], 50 km from [Mayadin], in eastern [Syria].",
     ["in the village of Hajin, 50 km from Mayadin, in eastern Syria"]),
    ("Trucks wait at the [Azaz] border crossing.", ["at Azaz"]),
    # Several phrases.
    ("In [Aleppo], and near [Homs] rebels attacked.", ["In Aleppo", "near Homs"]),
    ("They attacked in [Aleppo] and near [Homs].", ["in Aleppo", "near Homs"]),
    ("Strikes in [Mosul], [Iraq] and [Raqqa], [Syria].", ["in Mosul, Iraq", "in Raqqa, Syria"]),
    ("Strikes hit [Raqqa] and killed ten near [Tabqa].", ["Raqqa", "near Tabqa"]),
    # Line breaks.
    ("A raid in\nthe city of [Deir\nEzzor] failed.", ["in the city of Deir Ezzor"]),
    ("A raid near [Azaz],\n   in northern\n[Aleppo] province.",
     ["near Azaz, in northern Aleppo province"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), _SENTENCES)
def test_a_phrase_is_as_long_as_its_words_say_where(sentence: str, expected: list[str]) -> None:
    phrases = _spotted(sentence)
    assert [phrase.text for phrase in phrases] == expected
    for phrase in phrases:
        parse(phrase.text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Shells from ISIS hit the army in 2014.",
        "In talks near the end of May, near-daily fights at the base were denied.",
        "Talks between [Syria] and [Iraq] failed.",
        "[Syrian] forces fled; a [US]-backed group stayed.",
        "[Moscow] denied it.",
        "The raid resulted in [US] warplanes downing a drone.",
    ],
)
def test_words_that_name_no_ground_make_no_phrase(sentence: str) -> None:
    assert _spotted(sentence) == []


def test_who_is_hit_or_hits_is_no_preposition_of_place() -> None:
    texts = [p.text for p in _spotted("Anger at [Syria] after attacks on [Homs] by [Iraq].")]
    assert texts == ["Syria", "Homs", "Iraq"]


@pytest.mark.parametrize(
    ("sentence", "whole", "parts"),
    [
        ("Clashes in [Aleppo], [Homs], and [Hama] left many dead.", "in Aleppo, Homs, and Hama",
         ["in Aleppo", "in Homs", "in Hama"]),
        ("near the city of [Mosul] and the nearby town of [Tal Afar]",
         "near the city of Mosul and the town of Tal Afar",
         ["near the city of Mosul", "near the town of Tal Afar"]),
        ("They took the villages of [Hajin] and [al-Suwar] in [Syria].",
         "the villages of Hajin and al-Suwar in Syria", ["Hajin in Syria", "al-Suwar in Syria"]),
        ("Rain fell in [Aleppo] and [Idlib] provinces.", "in Aleppo and Idlib provinces",
         ["in Aleppo province", "in Idlib province"]),
        ("In the provinces of [Aleppo] and [Idlib], rain fell.",
         "In the provinces of Aleppo and Idlib",
         ["In the province of Aleppo", "In the province of Idlib"]),
        ("In the [Aleppo] and [Idlib] regions of northern [Syria] it snowed.",
         "In the Aleppo and Idlib regions", ["In the Aleppo region", "In Idlib region"]),
        ("Fires on the outskirts of [Homs] and [Hama].", "on the outskirts of Homs and Hama",
         ["on the outskirts of Homs", "on the outskirts of Hama"]),
    ],
)  # fmt: skip
def test_a_list_gives_its_members_what_they_share(
    sentence: str, whole: str, parts: list[str]
) -> None:
    phrase = _spotted(sentence)[0]
    assert phrase.text == whole
    assert [part.text for part in phrase.parts] == parts
    for part in phrase.parts:
        parse(part.text)


def test_a_phrase_knows_its_toponyms_and_where_it_stands() -> None:
    document, toponyms = _read("On Monday, near [Azaz], [Syrian] men met the army of [Moscow].")
    (phrase,) = spot(document, toponyms)
    assert phrase.toponyms == (0,)
    assert document.text[phrase.start : phrase.end] == "near Azaz"
    document, toponyms = _read("It hit the [Syrian] city of [Raqqa] in\n[Syria].")
    (phrase,) = spot(document, toponyms)
    assert phrase.toponyms == (0, 1, 2)
    assert document.text[phrase.start : phrase.end] == "the Syrian city of Raqqa in\nSyria"
    assert phrase.text == "the Syrian city of Raqqa in Syria"


def test_two_places_in_one_word_are_a_road_or_two_places() -> None:
    assert [p.text for p in _spotted("the [Kyiv]-[Kharkiv] road")] == ["the Kyiv-Kharkiv road"]
    assert [p.text for p in _spotted("the [Kyiv]-[Kharkiv] axis")] == ["Kyiv", "Kharkiv"]


def test_phrases_do_not_run_over_sentences() -> None:
    texts = [p.text for p in _spotted("They fled to [Homs]. In [Syria] it rained.")]
    assert texts == ["Homs", "In Syria"]


def test_towns_far_apart_are_not_one_place() -> None:
    assert [p.text for p in _spotted("in [Raqqa], near [Mayadin]")] == ["in Raqqa, near Mayadin"]
    assert [p.text for p in _spotted("in [Raqqa], near [Kyiv]")] == ["in Raqqa", "near Kyiv"]


@pytest.mark.parametrize(
    "text",
    [
        "near " * 5000 + "[Homs]",
        "[Homs], " * 2000,
        "[Homs] and " * 2000,
        "[Homs]-" * 2000,
        "(" * 20000 + "[Homs]",
        "10 km " * 5000 + "north of [Homs]",
        "north of the city of " * 2000 + "[Homs]",
        "\0 \ud800 \u202e in [Homs] \U0001f525",
    ],
)
def test_hostile_text_gives_phrases_that_can_be_read(text: str) -> None:
    phrases = _spotted(text)
    assert phrases
    for phrase in phrases[:20]:
        parse(phrase.text)


_WORDS = st.sampled_from(
    re.split(
        " +",
        "in near of the city town from to between and , ( ) north 10 km east border with road on "
        "along river province provinces 's villages eastern outskirts countryside rebels fled . "
        "except where meets [Homs] [Hama] [Syria] [Syrian] [Euphrates] [Iraq] [Aleppo] [Moscow]",
    )
)


@given(st.lists(_WORDS, max_size=25))
def test_phrases_are_in_order_read_and_cover_their_places(words: list[str]) -> None:
    document, toponyms = _read(" ".join(words))
    phrases = spot(document, toponyms)
    at = 0
    for phrase in phrases:
        assert at <= phrase.start < phrase.end <= len(document.text)
        at = phrase.end
        assert phrase.toponyms
        for number in phrase.toponyms:
            place = toponyms[number]
            assert place.text in phrase.text
            assert place.sense in ("place", "demonym")
        parse(phrase.text)
    named = {number for phrase in phrases for number in phrase.toponyms}
    if "between" not in words:  # "between Iraq and Syria" is ground of neither
        assert named >= {i for i, place in enumerate(toponyms) if place.sense == "place"}
