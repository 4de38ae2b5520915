"""Sentences of our own and the events in them, worked out by hand."""

import re
import runpy
from pathlib import Path

import pytest

from geoevents.reports.extraction import extract
from geoevents.reports.language import language

HERE = Path(__file__).parent
FILES = [
    "sentences.txt",
    "sentences_ground.txt",
    "sentences_civil.txt",
    "sentences_violence.txt",
    "sentences_monitors.txt",
]
FABRICATE = runpy.run_path(str(HERE.parent / "syntax" / "fabricate.py"))


def cases(name="sentences.txt"):
    text = ""
    expected = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "==")):
            continue
        if line.startswith("    "):
            if line.strip() != "nothing":
                expected.append(line.strip())
            continue
        if text:
            yield pytest.param(text, expected, id=text[:60])
        text, expected = line, []
    yield pytest.param(text, expected, id=text[:60])


def told(mention, toponyms):
    """A mention as the file writes them, everything said."""
    names = lambda actors: ", ".join(a.name for a in actors) or "-"  # noqa: E731
    first = mention.phrases[0] if mention.phrases else None
    places = ", ".join(toponyms[n].text for n in first.toponyms) if first else ""
    parts = [f"{mention.kind}: {names(mention.actors)} > {names(mention.targets)} @ {places}"]
    for name in ("killed", "wounded", "area"):
        quantity = getattr(mention, name)
        if quantity is not None and quantity.value is not None:
            parts.append(f"{name} {quantity.value:g}")
    parts += [str(when.first) for when in mention.whens if not when.lasts]
    return parts


def agrees(wanted, parts):
    """Whether everything written is so; what is not written may be anything."""
    first, *others = [part.strip() for part in wanted.split(";")]
    if "@" not in first:
        return parts[0].startswith(first + " @")
    return parts[0].strip() == first and all(other in parts[1:] for other in others)


@pytest.mark.parametrize(("text", "expected"), [case for name in FILES for case in cases(name)])
def test_events(text, expected):
    findings = FABRICATE["findings"](text)
    mentions, _ = extract(findings, language("en"))
    found = [told(m, findings.toponyms) for m in mentions]
    assert len(found) == len(expected), found
    for wanted, parts in zip(expected, found, strict=True):
        assert agrees(wanted, parts), f"{wanted}  <>  {'; '.join(parts)}"


def test_there_are_enough():
    assert len(list(cases())) > 150
    assert all(re.match(r"[A-Z0-9\"]", case.values[0]) for case in cases())
