"""Pieces of a table of reports, read one after the other or, in several processes, at once."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.places.hints import read_countries
from geoevents.prose import Document
from geoevents.reports.locating import locate_records
from geoevents.reports.publication import publication_day
from geoevents.reports.reading import extracted, make_pipeline, see_text, speaks
from geoevents.reports.records import record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    import geopandas as gpd

    from geoevents.reports.model import Findings
    from geoevents.reports.pipeline import Pipeline
    from geoevents.reports.rows import Rows

#: So many reports are read at once: places are looked up together, and memory stays small.
_AT_ONCE: Final = 2500
#: Fewer reports than this are read sooner by one process than others are started.
_WORTH_IT: Final = 4000
#: An extractor may take seconds for each report: whoever waits is told more often.
_ASKED_AT_ONCE: Final = 100


class Settings(NamedTuple):
    """
    What all rows are read with.

    Attributes
    ----------
    gazetteer, actors, recognizer, language, extractor
        As of `geoevents.read_report`.
    strict : bool
        Whether the first report that cannot be read is the last one that is.
    """

    gazetteer: Any = None
    actors: Any = None
    recognizer: Any = None
    language: str = "en"
    extractor: Any = None
    strict: bool = False

    def pipeline(self) -> Pipeline:
        """Put together what reports are read with."""
        return make_pipeline(None, self.gazetteer, self.actors, self.recognizer, self.language)


@dataclass
class Piece:
    """
    What was read of some rows.

    Attributes
    ----------
    events : DataFrame
        Events not yet in canonical form, labelled by the number of their row in the table and by
        their own in it. Their geometries are objects, so that an outline that many share stays one
        when it comes from another process: a GeoDataFrame would send, and keep, it once for each.
    problems : list of (int, str)
        Rows that could not be read, and why.
    foreign : list of int
        Rows in another language.
    """

    events: pd.DataFrame
    problems: list[tuple[int, str]] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)


def read_pieces(
    rows: Rows, settings: Settings, workers: int | None, progress: Callable[[float], Any]
) -> list[Piece]:
    """
    Read the rows of a table, some at a time.

    Parameters
    ----------
    rows : Rows
        The rows.
    settings : Settings
        What they are read with.
    workers : int or None
        How many processes read; None for one for each processor, if there are many rows. What
        cannot be sent to another process is called in this one, and so is an extractor: it may
        count what it spends.
    progress : callable
        Called with the part that is done.

    Returns
    -------
    list of Piece
        At least one.
    """
    size = _AT_ONCE if settings.extractor is None else min(_AT_ONCE, _ASKED_AT_ONCE)
    # Each country of a piece costs some 70 ms, however few its reports are.
    together = rows.by_country()
    pieces = [together.part(at, at + size) for at in range(0, len(rows) or 1, size)]
    # What is wrong with the settings is told here, once; with one report's country, with that one.
    pipeline = settings.pipeline()
    if rows.one_country:
        read_countries(rows.countries[0], pipeline.gazetteer)
    if workers is None:
        workers = os.cpu_count() or 1 if len(rows) > _WORTH_IT else 1
    apart = workers > 1 and len(pieces) > 1 and settings.extractor is None
    read: Iterator[Piece]
    if apart and _can_be_sent(settings):
        from joblib import Parallel, delayed  # noqa: PLC0415 -- only for many reports

        read = Parallel(n_jobs=min(workers, len(pieces)), return_as="generator")(
            delayed(_read_apart)(one, settings) for one in pieces
        )
    else:
        read = (read_piece(one, settings, pipeline) for one in pieces)
    out = []
    for number, piece in enumerate(read, 1):
        out.append(piece)
        progress(number / len(pieces))
        if settings.strict and piece.problems:
            break
    return out


def _can_be_sent(settings: Settings) -> bool:
    """Tell whether another process can have the recognizer: not what holds a lock or a file."""
    from joblib.externals.loky.backend.reduction import dumps  # noqa: PLC0415 -- as above

    if settings.recognizer is None:
        return True
    try:
        dumps(settings.recognizer)
    except Exception:  # noqa: BLE001 -- pickling runs code of anybody's
        return False
    return True


def _read_apart(rows: Rows, settings: Settings) -> Piece:
    """Read some rows in a process of our own."""
    # Reading leaves next to no circles behind, and to look for them takes a fifth of the time.
    gc.disable()
    try:
        return read_piece(rows, settings, settings.pipeline())
    finally:
        gc.enable()


def read_piece(rows: Rows, settings: Settings, whole: Pipeline) -> Piece:
    """
    Read some rows, those of a country together.

    Parameters
    ----------
    rows : Rows
        The rows.
    settings : Settings
        What they are read with.
    whole : Pipeline
        What the settings were put together to: a long table of actors takes seconds to read.

    Returns
    -------
    Piece
        What was read.
    """
    piece = Piece(_loose(locate_records([], whole.gazetteer, labels=[])))
    lands: dict[Any, list[int]] = {}
    for row, country in enumerate(rows.countries):
        lands.setdefault(country, []).append(row)
    parts = []
    nowhere: list[_Told] = []
    for land, some in lands.items():
        if settings.strict and piece.problems:
            break
        pipeline = replace(whole, country=land)
        told = [
            _Told(row, number, one)
            for row, found in _read(rows, some, settings, pipeline, piece)
            for number, one in enumerate(found)
        ]
        nowhere += [one for one in told if one.is_nowhere()]
        somewhere = [one for one in told if not one.is_nowhere()]
        if somewhere:
            parts.append(_located(somewhere, rows, pipeline))
    if nowhere:  # no country matters to them, and each by itself would take as long as all
        parts.append(_located(nowhere, rows, whole))
    if parts:
        piece.events = pd.concat(parts)
    return piece


class _Told(NamedTuple):
    """
    What is told of an event.

    Attributes
    ----------
    row : int
        The row whose report tells of it.
    number : int
        Its number in that report.
    record : dict
        As `record` gives it.
    """

    row: int
    number: int
    record: dict[str, Any]

    def is_nowhere(self) -> bool:
        """Tell whether no place is named."""
        named = ("locality", "place", "_toponym", "_unknown")
        return not any(self.record.get(name) for name in named)


def _located(told: list[_Told], rows: Rows, pipeline: Pipeline) -> pd.DataFrame:
    """Put events on their places."""
    part = locate_records(
        [one.record for one in told],
        pipeline.gazetteer,
        country=pipeline.country,
        labels=[rows.labels[one.row] for one in told],
    )
    order = [[rows.numbers[one.row] for one in told], [one.number for one in told]]
    return _loose(part).set_axis(pd.MultiIndex.from_arrays(order), axis=0)


def _loose(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give events with their geometries as objects."""
    shapes = pd.Series(events.geometry.to_numpy(), events.index, dtype=object)
    return pd.DataFrame(events).assign(geometry=shapes)


def _read(
    rows: Rows, some: Sequence[int], settings: Settings, pipeline: Pipeline, piece: Piece
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Give the events of those rows that can be read."""
    kept = _documents(rows, some, settings, pipeline, piece)
    found = _places([document for _, document, _ in kept], pipeline)
    for (row, _, day), findings in zip(kept, found, strict=True):
        source = rows.sources[row]
        try:
            if isinstance(findings, GeoeventsError):
                raise findings
            if settings.extractor is not None:
                records = extracted(settings.extractor, findings, day, source)
            else:
                events = pipeline.read(findings, day)
                records = [record(one, findings, source, pipeline.language) for one in events]
        except GeoeventsError as error:
            piece.problems.append((rows.numbers[row], str(error)))
            if settings.strict:
                return
            continue
        yield row, records


def _documents(
    rows: Rows, some: Sequence[int], settings: Settings, pipeline: Pipeline, piece: Piece
) -> list[tuple[int, Document, dt.date | None]]:
    """Give the text of those rows that have one to be read, and the day it was published."""
    days: dict[Any, dt.date | None] = {}
    kept: list[tuple[int, Document, dt.date | None]] = []
    for row in some:
        text, day = rows.texts[row], rows.days[row]
        if not isinstance(text, str) and pd.api.types.is_scalar(text) and pd.isna(text):
            continue
        try:
            see_text(text)
            published = _published(day, days)
            document = Document.read(text)
        except GeoeventsError as error:
            piece.problems.append((rows.numbers[row], str(error)))
            continue
        # An extractor may read any language.
        if settings.extractor is not None or speaks(document, pipeline.language):
            kept.append((row, document, published))
        elif document.sentences:
            piece.foreign.append(rows.numbers[row])
    return kept


def _published(day: Any, known: dict[Any, dt.date | None]) -> dt.date | None:
    """Read the day of publication, each distinct one once."""
    key = (type(day), day)
    try:
        hash(key)
    except TypeError:
        return publication_day(day)
    if key not in known:
        known[key] = publication_day(day)
    return known[key]


def _places(
    documents: Sequence[Document], pipeline: Pipeline
) -> Sequence[Findings | GeoeventsError]:
    """Find the places of all; where one of them cannot be read, of each by itself."""
    try:
        return pipeline.find_places(documents)
    except GeoeventsError:
        pass
    found: list[Findings | GeoeventsError] = []
    for document in documents:
        try:
            found += pipeline.find_places([document])
        except GeoeventsError as error:
            found.append(error)
    return found
