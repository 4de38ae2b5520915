"""From an event of a report to a row of the schema, with the words it came from."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from geoevents.reports.unknown import find_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoevents.localities.spotting import Phrase
    from geoevents.places.toponyms import Toponym
    from geoevents.reports.language import Language
    from geoevents.reports.model import Actor, Event, Findings, Quantity, When

#: The kinds of place that say most of where something was come first.
_TELLING: Final = (
    *("populated place", "facility", "admin2", "lake", "region", "admin1", "river", "country"),
)
#: A quotation is no longer than this many characters: a report may be one sentence.
_LONGEST: Final = 1000
_HALF: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
#: A place is looked for so many mentions back: what was named long ago says little.
_BACK: Final = 200


def record(
    event: Event, findings: Findings, source: str | None, language: Language | None = None
) -> dict[str, Any]:
    """
    Describe an event in the columns of the schema and of `REPORT_COLUMNS`.

    Parameters
    ----------
    event : Event
        The event.
    findings : Findings
        The report it is told in.
    source : str or None
        Who published the report.
    language : Language, optional
        The language of the report: tells which names in it stand where those of places do.

    Returns
    -------
    dict
        Values by column, without geometry; ``_toponym`` is the place that the phrase hangs on,
        ``_beside`` another that tells which of its namesakes, or which reach of a river, is meant,
        ``_named`` all places of the phrase, ``_unknown`` what was not found.
    """
    phrase = _telling(event.phrases)
    toponym = None if phrase is None else _main(phrase, findings.toponyms)
    start, end, precision = _dates(event, findings.published)
    row: dict[str, Any] = {
        "event_type": event.kind,
        "actor": _names(event.actors),
        "target": _names(event.targets),
        "start": start,
        "end": end,
        "date_precision": precision,
        "locality": None if phrase is None else phrase.text,
        "place": None if toponym is None else toponym.name,
        "status": event.status,
        "source": source,
        "quote": _quote(event, findings),
        "spans": _spans(event, findings),
        "claimed_by": "; ".join(dict.fromkeys(event.claimed_by)) or None,
        "denied_by": "; ".join(dict.fromkeys(event.denied_by)) or None,
        "reading": _reading(event, findings),
        "_toponym": toponym,
        "_beside": None if phrase is None else _beside(phrase, toponym, findings.toponyms),
        "_named": () if phrase is None else _named(phrase, findings.toponyms),
        "_unknown": language and find_unknown(event, toponym, findings, language),
    }
    row["reported_area_km2"], low, high = _figures(event.area)
    row["reported_area_low_km2"], row["reported_area_high_km2"] = low, high
    row["fatalities"], row["fatalities_low"], row["fatalities_high"] = _figures(event.killed)
    row["wounded"], row["wounded_low"], row["wounded_high"] = _figures(event.wounded)
    return {name: readable(one) if isinstance(one, str) else one for name, one in row.items()}


def readable(text: str) -> str:
    """
    Replace what no file can hold: control characters and halves of characters.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        It, with a space or U+FFFD for each of them.
    """
    if text.isprintable():
        return text
    return _CONTROL.sub(" ", _HALF.sub("\ufffd", text))


def with_places(row: dict[str, Any], findings: Findings) -> dict[str, Any]:
    """
    Say which places of the report the words of a row name.

    Parameters
    ----------
    row : dict
        Values by column, with ``locality`` and ``place`` in words.
    findings : Findings
        The report it is told in.

    Returns
    -------
    dict
        The row with what `record` says beside the columns, where the report names its place.
    """
    words = f" {row.get('locality') or ''} | {row.get('place') or ''} "
    named = tuple(
        one
        for one in findings.toponyms
        if one.sense == "place" and re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", words)
    )
    if not named:
        return row
    main = _most_telling(named)
    return row | {
        "locality": row.get("locality") or row.get("place"),
        "_toponym": main,
        "_beside": main,
        "_named": named,
    }


def _telling(phrases: list[Phrase]) -> Phrase | None:
    """Give the phrase that says most of where: the first one with a place that is known."""
    if not phrases:
        return None
    return next((phrase for phrase in phrases if phrase.toponyms), phrases[0])


def _main(phrase: Phrase, toponyms: list[Toponym]) -> Toponym | None:
    """Choose the place of a phrase that says most of where it is."""
    return _most_telling(_named(phrase, toponyms))


def _most_telling(places: tuple[Toponym, ...]) -> Toponym | None:
    return min(places, key=lambda one: _TELLING.index(one.kind), default=None)


def _beside(phrase: Phrase, main: Toponym | None, toponyms: list[Toponym]) -> Toponym | None:
    """Find the town that a phrase about a river or a region is told beside: the last one named."""
    if main is None or main.kind not in ("river", "region", "lake"):
        return main
    first = min(phrase.toponyms)
    towns = [
        one
        for one in toponyms[max(first - _BACK, 0) : first]
        if one.sense == "place" and one.kind == "populated place" and one.feature >= 0
    ]
    return towns[-1] if towns else main


def _named(phrase: Phrase, toponyms: list[Toponym]) -> tuple[Toponym, ...]:
    """List the places of a phrase."""
    return tuple(toponyms[i] for i in phrase.toponyms if toponyms[i].feature >= 0)


def _names(actors: Iterable[Actor]) -> str | None:
    return "; ".join(dict.fromkeys(actor.name for actor in actors)) or None


def _dates(
    event: Event, published: dt.date | None
) -> tuple[dt.datetime | None, dt.datetime | None, str]:
    """Give start, end and precision: of the time that is named, else the day of publication."""
    if not event.whens:
        return _midnight(published), None, "unknown"
    when = _chosen(event.whens, lasting=event.kind == "siege")
    if when.precision == "unknown" and not when.lasts:  # a date that was not understood
        return _midnight(published), None, "unknown"
    start = _midnight(when.first)
    if start is not None and when.moment is not None and when.precision == "day":
        start = dt.datetime.combine(when.first, when.moment)
    end = _midnight(when.last) if when.last != when.first else None
    return start, end, when.precision


def _chosen(whens: list[When], *, lasting: bool) -> When:
    """Choose the time of an event: how long it lasted is that of a siege only."""
    fitting = [one for one in whens if one.lasts == lasting]
    return (fitting or whens)[0]


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- clock time, no zone


def _figures(quantity: Quantity | None) -> tuple[float | None, float | None, float | None]:
    if quantity is None:
        return None, None, None
    return quantity.value, quantity.low, quantity.high


def _quote(event: Event, findings: Findings) -> str | None:
    """Give the sentences that tell of an event, each once, in their order."""
    document = findings.document
    parts = []
    for number in sorted({mention.sentence for mention in event.mentions}):
        sentence = document.sentences[number]
        parts.append(" ".join(document.text[sentence.start : sentence.end].split()))
    text = " … ".join(parts)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _spans(event: Event, findings: Findings) -> str | None:
    """Give the ranges of the original text that tell of an event, those that meet as one."""
    document = findings.document
    merged: list[list[int]] = []
    for start, end in sorted({document.original(m.start, m.end) for m in event.mentions}):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return "; ".join(f"{start}-{end}" for start, end in merged) or None


def _reading(event: Event, findings: Findings) -> str:
    """Say how an event was read."""
    said = dict.fromkeys(mention.pattern for mention in event.mentions if mention.pattern)
    notes = dict.fromkeys(
        [
            *(note for mention in event.mentions for note in mention.notes),
            *event.notes,
            *_unread(event, findings),
        ]
    )
    return " ".join(f"{text.rstrip('.')}." for text in [*said, *notes])


def _unread(event: Event, findings: Findings) -> list[str]:
    """Say which dates and figures beside an event could not be read."""
    if not findings.unread:
        return []
    numbers = {mention.sentence for mention in event.mentions}
    return [
        f"{one.text!r} is not read ({one.reason})"
        for one in findings.unread
        if findings.document.sentence_at(one.start) in numbers
    ]
