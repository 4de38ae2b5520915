"""Reports told in marked words: parsed, settled and joined, without a gazetteer or patterns."""

import datetime as dt
import re
from dataclasses import dataclass

import pytest

from geoevents.localities.spotting import Phrase
from geoevents.places.toponyms import Toponym
from geoevents.prose import Document
from geoevents.reports.attribution.speakers import actors_of
from geoevents.reports.joining import join
from geoevents.reports.language import language
from geoevents.reports.model import Actor, Event, Findings, Mention, Quantity
from geoevents.reports.stance import settle
from geoevents.reports.syntax.parsing import parse
from geoevents.reports.when import find_whens

ENGLISH = language("en")
PUBLISHED = dt.date(2024, 5, 6)
#: Who is known here: sense, party, and whether he only reports.
ACTORS = {
    "Russia": ("state", "Russia", False),
    "Russian ministry": ("state", "Russia", False),
    "Ukraine": ("state", "Ukraine", False),
    "Israel": ("state", "Israel", False),
    "The army": ("state", "Sudan", False),
    "the army": ("state", "Sudan", False),
    "RSF": ("armed group", "RSF", False),
    "M23": ("armed group", "M23", False),
    "Hamas": ("armed group", "Hamas", False),
    "coalition": ("coalition", "coalition", False),
    "Col. Smith": ("person", "coalition", False),
    "Police": ("state", "police", False),
    "monitor": ("organisation", "monitor", True),
    "Residents": ("people", "civilians", False),
    "residents": ("people", "civilians", False),
    "gunmen": ("people", "gunmen", False),
    "Gunmen": ("people", "gunmen", False),
    "villagers": ("people", "civilians", False),
}
#: And where: kind, country, longitude, latitude.
PLACES = {
    "Goma": ("populated place", "CD", 29.2, -1.7),
    "Sake": ("populated place", "CD", 29.0, -1.6),
    "North Kivu": ("admin1", "CD", 29.0, -0.7),
    "Congo": ("country", "CD", 23.0, -3.0),
    "Tyre": ("populated place", "LB", 35.2, 33.3),
    "Lebanon": ("country", "LB", 35.9, 33.9),
    "Kherson": ("populated place", "UA", 32.6, 46.6),
    "Nile": ("river", "SD", 32.5, 15.6),
}
GOVERNMENTS = {"Russia": "RU", "Ukraine": "UA", "Israel": "IL"}
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
_FIGURE = re.compile(r"\b(\d+) (?:people|soldiers|fighters|villagers)\b")


@dataclass
class Told:
    """A report after settling and joining."""

    findings: Findings
    mentions: list[Mention]
    events: list[Event]

    def mention(self, number=0):
        return self.mentions[number]

    def said(self, number=0):
        """Who says so: names with stances."""
        return [
            (None if one.actor is None else one.actor.name, one.stance)
            for one in self.mentions[number].speakers
        ]


def tell(marked):
    """
    Read a report in which each event is marked: ``[struck|air strike]``.

    Who, whom and where are taken from the clause of the marked word, crudely.
    """
    text, triggers = _unmark(marked)
    document = Document.read(text)
    findings = Findings(document, published=PUBLISHED)
    findings.actors = sorted(_actors(text), key=lambda actor: actor.start)
    findings.toponyms = sorted(_toponyms(text), key=lambda toponym: toponym.start)
    findings.phrases = [
        Phrase(one.start, one.end, one.text, (number,))
        for number, one in enumerate(findings.toponyms)
        if one.sense == "place"
    ]
    findings.whens = find_whens(document, PUBLISHED, ENGLISH)
    findings.quantities = [
        Quantity(m.start(1), m.end(1), m[1], "count", float(m[1]), float(m[1]), float(m[1]))
        for m in _FIGURE.finditer(text)
    ]
    clauses = parse(document, findings, ENGLISH)
    mentions = [_mention(findings, clauses, span, kind) for span, kind in triggers]
    settle(mentions, clauses, findings, ENGLISH)
    return Told(findings, mentions, join(mentions, findings, ENGLISH))


def _unmark(marked):
    text, triggers, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        triggers.append(((len(text), len(text) + len(mark[1])), mark[2]))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], triggers


def _actors(text):
    taken = set()
    for name in sorted(ACTORS, key=len, reverse=True):
        for found in re.finditer(rf"\b{re.escape(name)}\b", text):
            if taken.isdisjoint(range(*found.span())):
                taken.update(range(*found.span()))
                sense, party, media = ACTORS[name]
                yield Actor(*found.span(), name, name, sense, party, media)


def _toponyms(text):
    for name, (kind, country, lon, lat) in PLACES.items():
        for found in re.finditer(rf"\b{name}\b", text):
            yield Toponym(
                *found.span(), name, "place", 1, f"x:{name}", name, kind, country, lon, lat
            )

    for name, country in GOVERNMENTS.items():
        for found in re.finditer(rf"\b{name}\b", text):
            yield Toponym(*found.span(), name, "government", country=country)


def _mention(findings, clauses, span, kind):
    document = findings.document
    sentence = document.sentence_at(span[0])
    own = clauses[sentence]
    if not own:
        return Mention(*span, span, sentence, kind, "marked")
    held = [one for one in own if one.start <= span[0] < one.end] or own
    clause = max(held, key=lambda one: one.start)
    mention = Mention(clause.start, clause.end, span, sentence, kind, "marked")
    words = clause.words
    verb = clause.verb
    named = next(i for i, word in enumerate(words) if word.end > span[0])
    if verb is not None and verb.head == named:
        by = [one.phrase for one in clause.preps if one.word == "by"]
        sides = [[clause.subject], clause.objects[:1]]
        if verb.voice == "passive":
            sides = [by, [clause.subject]]
        mention.actors, mention.targets = (
            [actor for phrase in side for actor in actors_of(phrase, words)] for side in sides
        )
    else:
        before = words[named - 1].lower if named else ""
        mention.definite = before in ("the", "this", "these")
        mention.plural = words[named].form == "plural"
        if clause.subject is not None and clause.subject.head == named:
            mention.targets = [one for phrase in clause.objects for one in actors_of(phrase, words)]
    within = [one for one in findings.phrases if clause.start <= one.start < clause.end]
    mention.phrases = within
    start, end = document.sentences[sentence].start, document.sentences[sentence].end
    mention.whens = [when for when in findings.whens if start <= when.start < end]
    for quantity in findings.quantities:
        if clause.start <= quantity.start < clause.end:
            mention.killed = quantity
    return mention


@pytest.fixture(name="tell", scope="session")
def tell_fixture():
    return tell
