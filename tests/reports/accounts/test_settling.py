"""What settling leaves as it was, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.prose import Document
from geoevents.reports.language import language
from geoevents.reports.model import Findings
from geoevents.reports.stance import settle

WORDS = (
    "Russia M23 Hamas residents it they we its the group said says denied claimed that if not no"
    ' would to vowed refused after and but , . ? “ ” " attack [struck|air strike]'
    " [strike|air strike] [shelling|shelling] request for of by blamed each other responsibility"
    " Goma Sake there city on Friday according charge which was were"
).replace("air strike]", "air_strike]")
TEXT = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(
    lambda words: " ".join(words).replace("_", " ")
)


@given(text=TEXT)
def test_every_mention_keeps_its_words(tell, text):
    told = tell(text)
    document = told.findings.document
    marked = text.count("[")
    assert len(told.mentions) >= marked
    starts = [mention.start for mention in told.mentions[marked:]]
    assert len(starts) == len(told.mentions) - marked
    for mention in told.mentions:
        assert mention.mood in ("happened", "negated", "planned", "refused", "possible")
        assert 0 <= mention.start <= mention.end <= len(document.text)
        assert document.sentence_at(mention.trigger[0]) == mention.sentence
        for actor in (*mention.actors, *mention.targets):
            assert document.text[actor.start : actor.end] == actor.text
        for speaker in mention.speakers:
            assert speaker.stance in ("says", "claims", "denies", "confirms")
            assert speaker.actor is None or speaker.actor.name
    kept = [id(mention) for event in told.events for mention in event.mentions]
    assert len(kept) == len(set(kept))


def test_nothing_is_told_of_nothing():
    mentions = []
    settle(mentions, [[]], Findings(Document.read("It rained.")), language("en"))
    assert mentions == []


@pytest.mark.parametrize(
    "text",
    [
        "M23 said " * 120 + "it [took|territorial gain] Goma.",
        "“" * 300 + " M23 [took|territorial gain] Goma",
        "M23 denied it. " * 300 + "M23 [took|territorial gain] Goma.",
        "M23 [took|territorial gain] Goma. " + "Russia denied the charge. " * 300,
        "if " * 300 + "M23 [took|territorial gain] Goma",
        "a request for " * 100 + "a [strike|air strike].",
    ],
)
def test_endless_texts_are_read(tell, text):
    assert tell(text).mentions
