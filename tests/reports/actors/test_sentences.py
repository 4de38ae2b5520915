"""Who acts in a sentence: expectations written down before the code was run on them."""

import tomllib
from pathlib import Path

import pytest

from geoevents.prose import Document
from geoevents.reports.actors import Lexicon, find_actors

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))["sentence"]


def told(actor):
    parts = [" ".join(actor.text.split()), actor.name, actor.sense, actor.party]
    return " | ".join([*parts, *(["media"] if actor.media else [])])


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:50])
def test_a_sentence_gives_its_actors(case, toponyms):
    document = Document.read(case["text"], format="text")
    places = toponyms(case["text"], case.get("places", []))
    found = find_actors(document, places, Lexicon.default(), country=case.get("country"))
    assert [told(actor) for actor in found] == case["expect"]
