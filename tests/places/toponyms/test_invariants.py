"""What holds for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.places import Gazetteer
from geoevents.places.toponyms import find_toponyms
from geoevents.prose import Document

WORDS = [
    "Aleppo", "Deir", "Ezzor", "al-Bab", "Syrian", "US", "U.S.", "the", "The", "of", "and", "in",
    "In", ",", ".", "'s", "-", "(", ")", "Washington", "said", "President", "Lincoln", "Paris",
    "Hilton", "River", "Lake", "Khabur", "University", "Army", "Moscow-backed", "Kabul–Kandahar",
    "between", "talks", "Kyiv", "Nice", "nice", "SEIZE", "DAMASCUS", "$", "Springfield", "Illinois",
    "Ill", "حلب", "في", "Москве", "\n", "\n\n", "\ud800", "\u202e", "34", "–", "Bosnia",
    "Herzegovina", "New", "York", "A/B", "”", "“", "O'Leary", "É", "İstanbul", "ﬁ", "Ⅷ", "👍",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=80)


@settings(max_examples=100)
@given(TEXTS)
def test_mentions_are_where_they_say_in_order_and_apart(text: str) -> None:
    document = Document.read(text, format="text")
    (found,) = find_toponyms([document], Gazetteer.embedded())
    end = 0
    for toponym in found:
        assert end <= toponym.start < toponym.end
        assert document.text[toponym.start : toponym.end] == toponym.text
        if toponym.sense != "organisation":  # it may stand where its name says
            assert (toponym.feature >= 0) == (toponym.sense != "person")
        assert 0 <= toponym.score <= 1
        assert toponym.why
        end = toponym.end


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_what_a_text_says_does_not_depend_on_the_others(texts: list[str]) -> None:
    documents = [Document.read(text, format="text") for text in texts]
    together = find_toponyms(documents, Gazetteer.embedded())
    alone = [find_toponyms([document], Gazetteer.embedded())[0] for document in documents]
    assert together == alone
