"""The article beside a map: its paragraphs, and which of its words tell of which event."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from geoevents.errors import GeoeventsError, shown
from geoevents.maps.columns import Text, distinct

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geoevents.prose import Document

_SPAN = re.compile(r"[0-9]{1,12}-[0-9]{1,12}")

_FILE = re.compile(
    r"[^\r\n]{1,250}\.(?:txt|text|md|markdown|x?html?|pdf|docx?|rtf|odt)", re.IGNORECASE
)
_WORD = re.compile(r"\w+")

_FIRST_ASTRAL = 0x10000
"""From here on a character is two units of UTF-16, in which browsers count."""

_SHOWN = 60
"""So many characters of a wrong value stand in an error."""

_BODY, _TITLE, _HEADING = range(3)


def read_article(article: object, kind: str | None = None) -> "Document | None":
    """
    Read the article that a map shows.

    Parameters
    ----------
    article : str or None
        Plain text, Markdown or HTML.
    kind : {"text", "markdown", "html"}, optional
        Which it is; told from the text if left out.

    Returns
    -------
    Document or None
        What a reader reads of it; None without an article.

    Raises
    ------
    GeoeventsError
        If it is no text, or the name of a file; if `kind` is none of these.
    """
    if article is None:
        return None
    if not isinstance(article, str):
        raise GeoeventsError(
            f"article is {type(article).__name__}, not text: pass the text that the events were "
            "read from, as read_report(text) got it. For a file: "
            'pathlib.Path(name).read_text("utf-8")'
        )
    if _FILE.fullmatch(article.strip()):
        shown = article.strip()
        raise GeoeventsError(
            f"article={shown if len(shown) <= _SHOWN else f'{shown[:_SHOWN]}…'!r} looks like the "
            "name of a file: pass the text that the events were read from, such as "
            'pathlib.Path(name).read_text("utf-8")'
        )
    from geoevents.prose import Document  # noqa: PLC0415 -- maps without an article need none of it

    return Document.read(article, format=kind)


def columns(document: "Document", events: "pd.DataFrame | None") -> dict[str, Any]:
    """
    Encode an article and the words of its events.

    Parameters
    ----------
    document : Document
        The article.
    events : DataFrame, optional
        The events in the map's own order. Their column ``spans`` holds ranges of characters of the
        article as it was given, such as ``"120-188; 300-320"``; none of an event is no words.

    Returns
    -------
    dict
        ``paragraphs``, the ``level`` of each (0 text, 1 the title, 2 a heading), and ranges:
        ``row`` of the event, ``paragraph``, ``start`` and ``end`` in it, in units of UTF-16.

    Raises
    ------
    GeoeventsError
        If `spans` cannot be read, lies beyond the article, or counts in another text: the words it
        gives are not those of the column ``quote``.
    """
    parts = _paragraphs(document)
    texts = [document.text[start:end] for start, end in parts]
    levels = _levels(document, parts)
    title = document.title
    if title and _TITLE not in levels:
        # A web page may have its title in its head alone.
        texts, levels = [title, *texts], [_TITLE, *levels]
        parts = [(0, 0), *parts]
    spans_of = list(_spans(document, events))
    _see_quotes(document, events, spans_of)
    ranges = np.array(
        [
            (row, *piece)
            for row, spans in enumerate(spans_of)
            for piece in _pieces(document, parts, spans)
        ],
        dtype=np.int64,
    ).reshape(-1, 4)
    row, paragraph, start, end = ranges.T
    begins = np.array([part[0] for part in parts], dtype=np.int64)
    units = _Units(document.text)
    first = units(begins[paragraph])
    return {
        "paragraphs": Text(texts),
        "level": np.array(levels, dtype=np.uint8),
        "row": row.astype(np.uint32),
        "paragraph": paragraph.astype(np.uint32),
        "start": (units(start) - first).astype(np.uint32),
        "end": (units(end) - first).astype(np.uint32),
    }


def _paragraphs(document: "Document") -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    last = -1
    for sentence in document.sentences:
        if sentence.paragraph == last:
            found[-1] = (found[-1][0], sentence.end)
        else:
            found.append((sentence.start, sentence.end))
        last = sentence.paragraph
    return found


def _levels(document: "Document", parts: list[tuple[int, int]]) -> list[int]:
    """Tell title and headings from the rest: a heading stands alone between two paragraphs."""
    from geoevents.prose.paragraphs import is_headline  # noqa: PLC0415 -- as above

    text = document.text
    short = [is_headline(text, start, end) and text[end - 1] not in "!?؟" for start, end in parts]
    levels = [_BODY] * len(parts)
    # By its words: marks at its end may belong to no sentence.
    title = _WORD.findall(document.title or "")
    if parts and title and _WORD.findall(text[slice(*parts[0])]) == title:
        levels[0] = _TITLE
    for number in range(1, len(parts) - 1):
        start = parts[number][0]
        # What a bullet stands before is an item of a list.
        line = text[max(text.rfind("\n", 0, start) + 1, start - 8) : start].strip()
        alone = not (levels[number - 1] == _BODY and short[number - 1]) and not short[number + 1]
        if short[number] and alone and not line:
            levels[number] = _HEADING
    return levels


def _spans(document: "Document", events: "pd.DataFrame | None") -> Iterator[list[tuple[int, int]]]:
    """Read the ranges of each event: positions in the source."""
    if events is None or "spans" not in events:
        return
    codes, texts = distinct(events["spans"])
    known: dict[int, list[tuple[int, int]]] = {-1: []}
    for row, code in enumerate(codes.tolist()):
        if code not in known:
            (label,) = events.index[[row]].tolist()  # a number as Python writes it
            known[code] = _read_spans(texts[code], label, len(document.source))
        yield known[code]


def _read_spans(text: str, label: Any, length: int) -> list[tuple[int, int]]:
    spans = []
    for part in filter(None, map(str.strip, text.split(";"))):
        start, _, end = part.partition("-")
        value = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        if not _SPAN.fullmatch(part) or int(start) >= int(end):
            raise GeoeventsError(
                f"events: row {shown(label)}: spans={value!r} is no list of ranges of "
                "characters, such "
                'as "120-188; 300-320"'
            )
        if int(end) > length:
            raise GeoeventsError(
                f"events: row {shown(label)}: spans={value!r} goes beyond the article, "
                f"which has {length} characters: pass the text that these events were read from"
            )
        spans.append((int(start), int(end)))
    return spans


def _see_quotes(
    document: "Document", events: "pd.DataFrame | None", spans_of: list[list[tuple[int, int]]]
) -> None:
    """See that the words that most events quote are the words that their ranges give."""
    if events is None or "quote" not in events:
        return
    codes, texts = distinct(events["quote"])
    checked = fitting = 0
    for code, spans in zip(codes.tolist(), spans_of, strict=False):
        quote = _words(texts[code]) if code >= 0 else ""
        ranges = filter(None, (document.within(*span) for span in spans))
        told = [words for words in (_words(document.text[a:b]) for a, b in ranges) if words]
        if not quote or not told:
            continue
        checked += 1
        fitting += any(words in quote or quote in words for words in told)
    if 2 * fitting < checked:
        raise GeoeventsError(
            "article is not the text that these events were read from: of "
            f"{checked - fitting} of {checked} events, the words that spans gives are not those of "
            "quote. Pass the text as read_report(text) got it, with article_format if it got a "
            "format, or leave article out"
        )


def _words(text: str) -> str:
    """Give the words of a text, a space between them: marks, cases and lines tell nothing."""
    return " ".join(_WORD.findall(text.lower()))


def _pieces(
    document: "Document", parts: list[tuple[int, int]], spans: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Cut ranges of the source at the paragraphs of the text: paragraph, start and end."""
    for start, end in _joined(filter(None, (document.within(*span) for span in spans))):
        number = bisect_right(parts, start, key=itemgetter(1))
        while number < len(parts) and parts[number][0] < end:
            first, last = max(start, parts[number][0]), min(end, parts[number][1])
            if first < last:
                yield number, first, last
            number += 1


def _joined(ranges: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class _Units:
    """Positions of a text in units of UTF-16."""

    def __init__(self, text: str) -> None:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        self._astral = np.flatnonzero(points >= _FIRST_ASTRAL)

    def __call__(self, positions: "NDArray[np.int64]") -> "NDArray[np.int64]":
        return positions + np.searchsorted(self._astral, positions, side="left")


__all__ = ["columns", "read_article"]
