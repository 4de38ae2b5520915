"""Quotes: marks of many kinds, and apostrophes that are none."""

import pytest

from geoevents.prose import Document


def quotes(text):
    document = Document.read(text, format="text")
    return [text[quote.start : quote.end] for quote in document.quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we left" and "we won".', ['"we left"', '"we won"']),
        ("“We left,” he said. “We won.”", ["“We left,”", "“We won.”"]),
        ("«Мы взяли город», — сказал он.", ["«Мы взяли город»"]),
        ("Il a dit : « Nous partons. »", ["« Nous partons. »"]),
        ("„Wir bleiben“, sagte er. »Nie«.", ["„Wir bleiben“", "»Nie«"]),
        ("Han sa: ”Vi går” igår.", ["”Vi går”"]),
        ("他说「我们赢了」。", ["「我们赢了」"]),
        ("‘Obstacles to progress’", ["‘Obstacles to progress’"]),
        ("‘We didn’t flee,’ he said.", ["‘We didn’t flee,’"]),
        ("The fighters’ families don’t know.", []),
        ("‘The fighters’ families fled,’ he said.", ["‘The fighters’ families fled,’"]),
        ("near ‘Ayn Issa, the rebels’ base", []),
        ("'We left,' he said.", ["'We left,'"]),
        ("the rebels' base and the town's well", []),
        ("in the '90s it wasn't so", []),
        ('a 5" gun fired', []),
        ("“He told us ‘go’ and left.”", ["“He told us ‘go’ and left.”"]),
        ("He said: “We stay. We fight.” Then he left.", ["“We stay. We fight.”"]),
        ("“We are here, he said.", ["“We are here, he said."]),
        ("", []),
    ],
)
def test_marks(text, expected):
    assert quotes(text) == expected


def test_speech_of_several_paragraphs():
    text = "“We came at dawn.\n\n“They fled at noon,” he said. “It was hot.”"
    assert quotes(text) == ["“We came at dawn.", "“They fled at noon,”", "“It was hot.”"]
