"""Pieces of a table of reports, read one after the other or, in several processes, at once."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.places.hints import read_countries
from geoevents.prose import Document
from geoevents.reports.locating import locate_records
from geoevents.reports.publication import publication_day
from geoevents.reports.reading import make_pipeline, see_text, speaks
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

#: Gazetteer, actors, recognizer and language, as `make_pipeline` takes them.
Settings: TypeAlias = tuple[Any, Any, Any, str]


@dataclass
class Piece:
    """
    What was read of some rows.

    Attributes
    ----------
    events : DataFrame
        Events not yet in canonical form, in the order of the rows. Their geometries are objects, so
        that an outline that many share stays one when it comes from another process: a
        GeoDataFrame would send, and keep, it once for each.
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
    settings : tuple
        Gazetteer, actors, recognizer and language.
    workers : int or None
        How many processes read; None for one for each processor, if there are many rows.
    progress : callable
        Called with the part that is done.

    Returns
    -------
    list of Piece
        In the order of the rows; at least one.
    """
    pieces = [rows.part(at, at + _AT_ONCE) for at in range(0, len(rows) or 1, _AT_ONCE)]
    if workers is None:
        workers = os.cpu_count() or 1 if len(rows) > _WORTH_IT else 1
    # What is wrong with the settings is told here, once; with one report's country, with that one.
    gazetteer = make_pipeline(None, *settings).gazetteer
    if rows.one_country:
        read_countries(rows.countries[0], gazetteer)
    read: Iterator[Piece]
    if workers == 1 or len(pieces) == 1:
        read = (read_piece(one, settings) for one in pieces)
    else:
        from joblib import Parallel, delayed  # noqa: PLC0415 -- only for many reports

        read = Parallel(n_jobs=min(workers, len(pieces)), return_as="generator")(
            delayed(_read_apart)(one, settings) for one in pieces
        )
    out = []
    for number, piece in enumerate(read, 1):
        out.append(piece)
        progress(number / len(pieces))
    return out


def _read_apart(rows: Rows, settings: Settings) -> Piece:
    """Read some rows in a process of our own."""
    # Reading leaves next to no circles behind, and to look for them takes a fifth of the time.
    gc.disable()
    try:
        return read_piece(rows, settings)
    finally:
        gc.enable()


def read_piece(rows: Rows, settings: Settings) -> Piece:
    """
    Read some rows, those of a country together.

    Parameters
    ----------
    rows : Rows
        The rows.
    settings : tuple
        Gazetteer, actors, recognizer and language.

    Returns
    -------
    Piece
        What was read.
    """
    whole = make_pipeline(None, *settings)  # once: a long table of actors takes seconds to read
    piece = Piece(_loose(locate_records([], whole.gazetteer, labels=[])))
    lands: dict[Any, list[int]] = {}
    for row, country in enumerate(rows.countries):
        lands.setdefault(country, []).append(row)
    parts = []
    for land, some in lands.items():
        pipeline = replace(whole, country=land)
        numbers: list[int] = []
        records: list[dict[str, Any]] = []
        for row, found in _read(rows, some, pipeline, piece):
            records += found
            numbers += [row] * len(found)
        if records:
            labels = [rows.labels[row] for row in numbers]
            part = locate_records(records, pipeline.gazetteer, country=land, labels=labels)
            parts.append(_loose(part).set_axis(numbers, axis=0))
    if parts:
        piece.events = pd.concat(parts).sort_index(kind="stable")
    return piece


def _loose(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give events with their geometries as objects."""
    shapes = pd.Series(events.geometry.to_numpy(), events.index, dtype=object)
    return pd.DataFrame(events).assign(geometry=shapes)


def _read(
    rows: Rows, some: Sequence[int], pipeline: Pipeline, piece: Piece
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Give the events of those rows that can be read."""
    days: dict[Any, dt.date | None] = {}
    kept: list[tuple[int, Document, dt.date | None]] = []
    for row in some:
        text, day = rows.texts[row], rows.days[row]
        if not isinstance(text, str) and pd.api.types.is_scalar(text) and pd.isna(text):
            continue
        try:
            see_text(text)
            known = (type(day), repr(day))
            if known not in days:
                days[known] = publication_day(day)
            document = Document.read(text)
        except GeoeventsError as error:
            piece.problems.append((rows.first + row, str(error)))
            continue
        if speaks(document, pipeline.language):
            kept.append((row, document, days[known]))
        elif document.sentences:
            piece.foreign.append(rows.first + row)
    found = _places([document for _, document, _ in kept], pipeline)
    for (row, _, day), findings in zip(kept, found, strict=True):
        try:
            if isinstance(findings, GeoeventsError):
                raise findings
            events = pipeline.read(findings, day)
        except GeoeventsError as error:
            piece.problems.append((rows.first + row, str(error)))
            continue
        source = rows.sources[row]
        yield row, [record(event, findings, source, pipeline.language) for event in events]


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
