"""Finding the places that documents mention, many documents at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geoevents.places.folding import fold_all
from geoevents.places.hints import read_countries
from geoevents.places.toponyms.arabic import find_stretches, read_stretches
from geoevents.places.toponyms.evidence import Evidence
from geoevents.places.toponyms.known import look_up
from geoevents.places.toponyms.reading import read_runs
from geoevents.places.toponyms.recognized import Readings, recognize
from geoevents.places.toponyms.respelt import sound_out, take, uninflect
from geoevents.places.toponyms.runs import Names, find_runs
from geoevents.places.toponyms.settling import settle
from geoevents.places.toponyms.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.toponyms.findings import Found
    from geoevents.places.toponyms.recognized import Recognizer
    from geoevents.places.toponyms.toponym import Toponym
    from geoevents.prose import Document

_ARABIC: Final = re.compile("[\u0620-\u06d3\ufb50-\ufefc]")
#: Documents of so many characters together are looked up at once; more would only take memory.
_TOGETHER: Final = 2_000_000


def find_toponyms(
    documents: Sequence[Document],
    gazetteer: Gazetteer,
    *,
    country: str | Iterable[str] | None = None,
    recognizer: Recognizer | None = None,
) -> list[list[Toponym]]:
    """
    Find the places that documents mention, and choose among namesakes.

    Parameters
    ----------
    documents : sequence of Document
        Reports, or notes of a table: they are looked up together, and chosen for one by one.
    gazetteer : Gazetteer
        Where to look.
    country : str or iterable of str, optional
        Only places of these countries: codes or names.
    recognizer : callable, optional
        Takes the text of a document and returns spans of names, ``(start, end)`` or
        ``(start, end, label)``, none over another, which are looked up instead of those found
        here. Labels are those of `recognized.LABELS`; without one a span is a place.

    Returns
    -------
    list of list of Toponym
        For each document its mentions, in the order of the text; none overlap.

    Raises
    ------
    GeoeventsError
        If ``country`` cannot be used. `RecognizerError` is such an error, of what ``recognizer``
        returns.

    Examples
    --------
    >>> from geoevents.places import Gazetteer
    >>> from geoevents.prose import Document
    >>> report = Document.read("Moscow said that Aleppo University was not hit, but Aleppo was.")
    >>> (found,) = find_toponyms([report], Gazetteer.embedded())
    >>> [(t.text, t.sense, t.name) for t in found]
    [('Moscow', 'government', 'Russia'), ('Aleppo University', 'organisation', 'Aleppo'), \
('Aleppo', 'place', 'Aleppo')]
    """
    countries = read_countries(country, gazetteer)
    out: list[list[Toponym]] = []
    for some in _together(documents):
        if recognizer is None:
            found = _find(some, gazetteer, countries)
        else:
            found = _recognize(some, gazetteer, recognizer)
        out += settle(some, found, gazetteer, countries)
    return out


def _together(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    first = size = 0
    for at, document in enumerate(documents):
        size += len(document.text)
        if size > _TOGETHER:
            yield documents[first : at + 1]
            first, size = at + 1, 0
    if first < len(documents):
        yield documents[first:]


def _recognize(
    documents: Sequence[Document], gazetteer: Gazetteer, recognizer: Recognizer
) -> list[list[Found]]:
    found = [recognize(document, recognizer) for document in documents]
    names = Names()
    readings = Readings([one for mine in found for one in mine], names)
    texts = list(names)
    known = look_up(texts, gazetteer)
    unknown = [number for number, weight in enumerate(known.weight) if not weight]
    take(known, unknown, look_up([texts[i] for i in unknown], gazetteer, sounds=True))
    readings.settle(texts, known)
    return found


def _find(
    documents: Sequence[Document], gazetteer: Gazetteer, countries: NDArray[np.bool_] | None
) -> list[list[Found]]:
    tables = words()
    names = Names()
    runs = [find_runs(document, names, tables) for document in documents]
    stretches = [
        find_stretches(document, names) if _ARABIC.search(document.text) else []
        for document in documents
    ]
    texts = list(names)
    keys = fold_all(texts)
    known = look_up(keys, gazetteer, countries=countries)
    uninflect(texts, keys, known, gazetteer)
    sound_out(runs, keys, known, gazetteer, tables)
    evidence = Evidence(tables, texts, keys, known, gazetteer, asked=countries is not None)
    out = []
    for document, some, more in zip(documents, runs, stretches, strict=True):
        found = read_runs(some, document, evidence) if some else []
        if more:
            found += read_stretches(more, texts, keys, known)
            found.sort(key=lambda f: f.start)
        out.append(found)
    return out
