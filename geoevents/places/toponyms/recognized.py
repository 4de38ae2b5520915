"""Names that another recogniser has found in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from geoevents.errors import GeoeventsError
from geoevents.places.folding import fold
from geoevents.places.names import LONGEST, read
from geoevents.places.toponyms.findings import Found
from geoevents.places.toponyms.words import words

if TYPE_CHECKING:
    from geoevents.places.toponyms.known import Known
    from geoevents.places.toponyms.runs import Names
    from geoevents.places.toponyms.toponym import Sense
    from geoevents.prose import Document

#: Takes a text, returns spans: ``(start, end)`` or ``(start, end, label)``.
Recognizer: TypeAlias = Callable[[str], Iterable[Any]]

#: What recognisers call what we know; spans with other labels are passed over.
LABELS: Final[dict[str, Sense]] = {
    **dict.fromkeys(
        ("", "gpe", "loc", "location", "fac", "facility", "place", "geo", "city", "country",
         "region", "toponym", "geopolitical entity"),
        "place",
    ),
    **dict.fromkeys(("norp", "demonym", "nationality", "misc"), "demonym"),
    **dict.fromkeys(("per", "person"), "person"),
    **dict.fromkeys(("org", "organisation", "organization"), "organisation"),
}  # fmt: skip
_BELIEF: Final = 1.0


def recognize(document: Document, recognizer: Recognizer) -> list[Found]:
    """
    Ask a recogniser for the names of a document.

    Parameters
    ----------
    document : Document
        The document; the recogniser gets its ``text``.
    recognizer : callable
        The recogniser.

    Returns
    -------
    list of Found
        In the order of the text; of those that overlap the longer one, or the first.

    Raises
    ------
    GeoeventsError
        If what it returns are no spans of the text.
    """
    text = document.text
    spans = []
    for span in _spans(recognizer(text)):
        start, end, label = _read_span(span, len(text))
        sense = LABELS.get(label.strip().lower())
        if sense is not None:
            spans.append((start, end, sense))
    out: list[Found] = []
    free = 0
    for start, end, sense in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= free:
            found = Found(start, end, sense, text[start:end], belief=_BELIEF)
            out.append(found)
            free = end
    return out


def _spans(given: Any) -> list[Any]:
    if isinstance(given, str | bytes | dict) or not isinstance(given, Iterable):
        raise GeoeventsError(
            "recognizer must return spans, (start, end) or (start, end, label): got "
            f"{type(given).__name__} {given!r:.80}"
        )
    return list(given)


def _read_span(span: Any, size: int) -> tuple[int, int, str]:
    try:
        start, end, *rest = span
        start, end = start.__index__(), end.__index__()
        label = "" if not rest else rest[0]
    except (TypeError, ValueError, AttributeError):
        start = end = -1
        label = ""
    if not 0 <= start < end <= size or not isinstance(label, str):
        raise GeoeventsError(
            "recognizer must return spans, (start, end) or (start, end, label), of a text of "
            f"{size:,} characters: got {span!r:.80}"
        )
    return start, end, label


class Readings:
    """
    The ways to read what was recognised: "the city of Raqqa" is the town Raqqa.

    Parameters
    ----------
    found : sequence of Found
        Of all documents.
    names : Names
        Where the texts to be looked up are numbered.
    """

    def __init__(self, found: Sequence[Found], names: Names) -> None:
        self._ways: list[tuple[Found, list[tuple[int, tuple[str, ...]]]]] = []
        for one in found:
            if one.sense in ("place", "demonym") and len(one.name) <= LONGEST:
                ways = [(names[r.key], r.kinds) for r in read(one.name) if r.key and not r.within]
                self._ways.append((one, ways))

    def settle(self, texts: Sequence[str], known: Known) -> None:
        """Take for each the first way that the gazetteer knows."""
        tables = words()
        for found, ways in self._ways:
            key = fold(found.name)
            codes = tables.demonyms.get(key)
            initials = tables.initials.get(found.name.replace(".", ""))
            if initials is not None:
                found.country, found.name = initials[0], initials[1] or found.name
            elif codes and (found.sense == "demonym" or not any(known.weight[n] for n, _ in ways)):
                found.sense, found.country = "demonym", "|".join(codes)
            for number, kinds in ways:
                if known.weight[number] > 0:
                    found.weight, found.best = known.weight[number], known.feature[number]
                    found.name, found.kinds, found.cued = texts[number], kinds, True
                    break
