"""Names in Arabic and Cyrillic letters."""

import pytest

from geoevents.places import Gazetteer
from geoevents.places.toponyms import find_toponyms
from geoevents.places.toponyms.cyrillic import is_cyrillic, uninflected
from geoevents.prose import Document


def places(text: str) -> list[tuple[str, str | None]]:
    (found,) = find_toponyms([Document.read(text)], Gazetteer.embedded())
    return [(t.text, t.country) for t in found if t.sense == "place"]


@pytest.mark.parametrize(
    ("inflected", "plain"),
    [
        ("москве", "москва"), ("москвы", "москва"), ("москву", "москва"), ("москвои", "москва"),
        ("дамаска", "дамаск"), ("дамаском", "дамаск"), ("сирии", "сирия"), ("сириеи", "сирия"),
        ("казани", "казань"), ("казанью", "казань"), ("авдеевки", "авдеевка"),
        ("нижнем новгороде", "нижнии новгород"), ("грозного", "грозныи"), ("грозном", "грозныи"),
        ("харкові", "харків"), ("києві", "киів"), ("києва", "киів"), ("одесі", "одеса"),
        ("донецьку", "донецьк"), ("запоріжжі", "запоріжжя"),
    ],
)  # fmt: skip
def test_the_nominative_is_among_the_forms(inflected, plain):
    if plain == "запоріжжя":
        assert "запоріжжя" in uninflected(inflected)
        return
    assert plain in uninflected(inflected)


@pytest.mark.parametrize("key", ["", "а", "ом", "ми", "в на", "о о о о о о о о"])
def test_short_words_have_few_forms(key):
    assert len(uninflected(key)) < 100
    assert key not in uninflected(key)


def test_letters_tell_the_script():
    assert is_cyrillic("дамаск")
    assert not is_cyrillic("damascus")
    assert not is_cyrillic("")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Prefixes: and-, in-, to-.
        ("سيطر الجيش على حلب ودمشق.", ["حلب", "دمشق"]),
        ("وصلت المساعدات لبغداد والموصل.", ["بغداد", "الموصل"]),
        # Words that are no places though some hamlet is called so.
        ("قال محمد إن القوات انسحبت يوم الأحد.", []),
        ("المدينة الجديدة والقرية القديمة.", []),
        # A word for a kind of place is none by itself, before a name or with a prefix.
        ("مدينة الرقة", ["الرقة"]),
        ("في مدينة حلب ومدينة غزة", ["حلب", "غزة"]),
        ("مدينة كبيرة", []),
        # Names that mean little else stand alone, and after a prefix.
        ("بحلب", ["حلب"]),
        ("وحلب", ["حلب"]),
        ("والرقة", ["الرقة"]),
        ("غزة", ["غزة"]),
        ("قتل خمسة بغزة.", ["غزة"]),
        ("وقال", []),
        # Persian.
        ("درگیری در استان حلب و شهر رقه ادامه دارد.", ["حلب", "رقه"]),
    ],
)
def test_arabic_needs_no_capitals(text, expected):
    assert [mention for mention, _ in places(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Президент Асад принял посла в Дамаске.", ["Дамаске"]),
        ("Сергей Москва приехал.", []),
        ("В городе Хомсе и провинции Идлиб тихо.", ["Хомсе", "Идлиб"]),
        ("Мария живёт в Ростове-на-Дону.", ["Ростове-на-Дону"]),
        ("Он сказал это в субботу.", []),
    ],
)
def test_russian_is_inflected(text, expected):
    assert [mention for mention, _ in places(text)] == expected


def test_scripts_may_be_mixed():
    text = "Fighting in Homs (حمص) and in Хомсе."
    assert places(text) == [("Homs", "SY"), ("حمص", "SY"), ("Хомсе", "SY")]
