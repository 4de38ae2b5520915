"""Short reports, from the text to the events: what happened, who says so, and what is one event."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from geoevents.places import Gazetteer
from geoevents.prose import Document
from geoevents.reports.actors import Lexicon
from geoevents.reports.language import language
from geoevents.reports.pipeline import Pipeline

CASES = [
    case
    for name in ("cases.toml", "press.toml", "communiques.toml", "scenes.toml")
    for case in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["case"]
]
PUBLISHED = dt.date(2024, 5, 6)


def read(text):
    english = language("en")
    pipeline = Pipeline(Gazetteer.default(), english, Lexicon.default(english))
    (findings,) = pipeline.find_places([Document.read(text)])
    return pipeline.read(findings, PUBLISHED)


def named(expected, found):
    """Whether a name, or "; "-joined names, are among those found; "" is nobody."""
    if not expected:
        return not found
    return all(any(one.lower() in name.lower() for name in found) for one in expected.split("; "))


def figure(expected, quantity):
    if not expected:
        return quantity is None or not quantity.value
    if quantity is None:
        return False
    written = quantity.text.lower().split("+", maxsplit=1)[0].strip()
    return expected in (written, "" if quantity.value is None else str(int(quantity.value)))


def agrees(name, expected, event):  # noqa: PLR0911 -- one for each key
    if name in ("kind", "status"):
        return getattr(event, name) == expected
    if name in ("actor", "target"):
        return named(expected, [n for a in getattr(event, f"{name}s") for n in (a.name, a.party)])
    if name in ("claimed", "denied"):
        return named(expected, getattr(event, f"{name}_by"))
    if name in ("killed", "wounded"):
        return figure(expected, getattr(event, name))
    if name == "day":
        return [when.first.isoformat() for when in event.whens[:1]] == [expected]
    if name == "place":
        return any(expected in phrase.text for phrase in event.phrases)
    assert name == "mentions"
    return len({mention.sentence for mention in event.mentions}) == expected


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case, request):
    if "misses" in case:
        request.applymarker(pytest.mark.xfail(reason=case["misses"], strict=False))
    events = [one for one in read(case["text"]) if one.kind not in ("statement", "agreement")]
    assert len(events) == len(case["events"]), events
    for event, expected in zip(events, case["events"], strict=True):
        wrong = {n: value for n, value in expected.items() if not agrees(n, value, event)}
        assert not wrong, event


def test_the_names_of_cases_are_their_own():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
    assert sum("misses" in case for case in CASES) <= len(CASES) // 10
