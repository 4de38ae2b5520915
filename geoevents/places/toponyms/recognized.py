"""Names that another recogniser has found in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import index
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from geoevents.errors import GeoeventsError, shown
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

#: What recognisers call what we know, in any case.
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


class RecognizerError(GeoeventsError, ValueError):
    """Spans of a recogniser that are no names in the text, or a recogniser that fails."""


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
        In the order of the text.

    Raises
    ------
    RecognizerError
        If what it returns are no spans of the text, one is over another, or a label is not known;
        if the recogniser fails.
    """
    text = document.text
    try:
        spans = _listed(recognizer(text))
    except RecognizerError:
        raise
    except Exception as error:
        raise RecognizerError(f"the recognizer failed: {shown(error, 200)}") from error
    return [
        Found(start, end, _sense(label), text[start:end], belief=_BELIEF)
        for start, end, label in checked_spans(map(_parts, spans), text)
    ]


def _listed(given: Any) -> list[Any]:
    if isinstance(given, str | bytes | dict) or not isinstance(given, Iterable):
        raise RecognizerError(
            "recognizer must return spans, (start, end) or (start, end, label): got "
            f"{type(given).__name__} {shown(given, 80)}"
        )
    return list(given)


def _parts(span: Any) -> tuple[Any, Any, Any]:
    if isinstance(span, Sequence) and not isinstance(span, str | bytes):
        if len(span) == 2:  # noqa: PLR2004 -- start and end
            return span[0], span[1], ""
        if len(span) == 3:  # noqa: PLR2004 -- and a label
            return span[0], span[1], span[2]
    raise RecognizerError(
        f"recognizer must return spans, (start, end) or (start, end, label): got {shown(span, 80)}"
    )


def _sense(label: Any) -> Sense:
    sense = LABELS.get(label.strip().lower()) if isinstance(label, str) else None
    if sense is None:
        raise RecognizerError(
            f"recognizer gave the label {shown(label, 40)}, which is not known: use place, "
            "demonym, person or organisation (GPE, LOC, FAC, NORP, PERSON, ORG are known too), and "
            "leave out spans that are none of these"
        )
    return sense


def checked_spans(spans: Iterable[tuple[Any, Any, Any]], text: str) -> list[tuple[int, int, Any]]:
    """
    See that spans are names in a text, none over another.

    Parameters
    ----------
    spans : iterable of tuple
        Start, end and label of each; the label is not looked at.
    text : str
        The text.

    Returns
    -------
    list of tuple
        In the order of the text, with whole numbers of Python.

    Raises
    ------
    RecognizerError
        If a span is none of the text, or one is over another.
    """
    kept = [(*_position(start, end, label, len(text)), label) for start, end, label in spans]
    kept.sort(key=lambda span: span[:2])
    for (a, b, _), (c, d, _) in pairwise(kept):
        if c < b:
            raise RecognizerError(
                f"recognizer gave {a} to {b} and {c} to {d}, one over the other: of such spans "
                "give one (GLiNER: flat_ner=True)"
            )
    return kept


def _position(start: Any, end: Any, label: Any, size: int) -> tuple[int, int]:
    try:
        if isinstance(start, bool) or isinstance(end, bool):
            raise TypeError  # noqa: TRY301 -- told as other things that are no numbers
        first, last = index(start), index(end)
    except TypeError:
        raise RecognizerError(
            f"recognizer gave {shown(start, 40)} to {shown(end, 40)}{_as(label)}: positions are "
            "whole numbers of characters"
        ) from None
    if not 0 <= first < last <= size:
        why = "ends before it begins" if last <= first else "is outside the text"
        raise RecognizerError(
            f"recognizer gave {shown(first, 40)} to {shown(last, 40)}{_as(label)}, which {why}, of "
            f"{size:,} characters"
        )
    return first, last


def _as(label: Any) -> str:
    """Say which label was given, if any was."""
    return "" if label in ("", None) else f" as {shown(label, 40)}"


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
