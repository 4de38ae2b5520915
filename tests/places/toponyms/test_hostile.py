"""Texts that were made to hang or to break a reader."""

import pytest

import geoevents as ge
from geoevents.places import Gazetteer
from geoevents.places.toponyms import find_toponyms
from geoevents.prose import Document

MEGA = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00" * 1000,
        "\ud800\udfff Aleppo\ud800",
        "a" * MEGA,
        "A" * MEGA,
        "Aa-" * (MEGA // 3),
        "A " * 30_000,
        "Ab Cd " * 15_000,
        "John Smith " * 20_000,
        "Gen. " * 15_000,
        "President Aleppo, " * 10_000,
        "the of and " * 20_000,
        "Aleppo of the of the of the " * 4_000,
        " ".join(f"{chr(65 + i % 26)}x{i:o}".replace("0", "a") for i in range(10_000)),
        "in " * 100_000 + "Aleppo",
        "(" * 100_000,
        "Aleppo, " * 8_000,
        "US$ " * 8_000,
        "Kabul-based-" * 20_000,
        "و" * 100_000,
        "في حلب " * 4_000,
        "Москвами" * 10_000,
        "МОСКВЕ " * 6_000,
        "DAMASCUS " * 6_000 + "-",
        "\u202e\u200fAleppo\u202c " * 1000,
        "👍" * 10_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    document = Document.read(text, format="text")
    (found,) = find_toponyms([document], Gazetteer.embedded())
    assert all(t.text == document.text[t.start : t.end] for t in found)


def test_half_a_character_does_not_stop_a_frame() -> None:
    found = ge.geoparse("\ud800 In Aleppo \udfff", gazetteer=Gazetteer.embedded())
    assert found["mention"].tolist() == ["Aleppo"]


def test_marks_of_direction_are_no_letters() -> None:
    found = ge.geoparse("in \u202aAleppo\u202c", gazetteer=Gazetteer.embedded())
    assert found[["mention", "start", "end"]].to_numpy().tolist() == [["Aleppo", 4, 10]]
