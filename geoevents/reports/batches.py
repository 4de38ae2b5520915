"""``read_reports``: the events of a column of reports, in one frame."""

from __future__ import annotations

import warnings
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geoevents.errors import shown
from geoevents.events.schema import validate
from geoevents.reports.errors import ReportError
from geoevents.reports.pieces import Settings, read_pieces
from geoevents.reports.reading import LanguageWarning, see_extractor
from geoevents.reports.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoevents.places import Gazetteer
    from geoevents.places.geocoding import Countries

#: Rows that are named in a message.
_NAMED: Final = 5
#: Characters of a label in it: it may be the path of a file.
_LONGEST: Final = 1000


def read_reports(
    frame: pd.DataFrame,
    *,
    text: str,
    published: Any = None,
    source: str | None = None,
    country: Countries | None = None,
    gazetteer: Gazetteer | None = None,
    actors: Any = None,
    recognizer: Callable[[str], Any] | None = None,
    extractor: Callable[..., Any] | None = None,
    language: str = "en",
    errors: str = "raise",
    workers: int | None = None,
    progress: Callable[[float], Any] | None = None,
) -> Any:
    """
    Read the events of every report of a table.

    Parameters
    ----------
    frame : DataFrame
        One row a report, such as the notes of a dataset.
    text : str
        The column that holds the reports. Rows without text have no events.
    published : str or date, optional
        The column that holds the day each was published; or one day for all.
    source : str, optional
        The column that says who published each, for the column ``source``.
    country : str or sequence of str, optional
        Only places of this country or these; or the name of a column that holds the country of
        each.
    gazetteer, actors, recognizer, language
        As of `read_report`.
    extractor : callable, optional
        As of `read_report`: asked for the events of one report after the other, in this process,
        however many `workers` there are.
    errors : {"raise", "split"}, default "raise"
        What becomes of reports that cannot be read: an error that names the rows, or a second
        frame. With an extractor, whose answers may cost money, the first one is an error at once.
    workers : int, optional
        How many processes read: by default one for each processor if there are many reports. With
        1 all is done in this one.
    progress : callable, optional
        Called with the part that is done, from 0 to 1.

    Returns
    -------
    GeoDataFrame or tuple of GeoDataFrame and DataFrame
        As of `read_report`, with the column ``report`` first: the label of the row each event is
        from; events stand in the order of the rows and, within one, of its text. With
        ``errors="split"`` also a frame with the columns ``report`` and ``problem``.

    Raises
    ------
    ReportError
        If a column is missing, or a report cannot be read; if what an extractor answers cannot be
        used.

    Warns
    -----
    LanguageWarning
        If reports are in another language: they have no events, unless an extractor finds them.

    Examples
    --------
    >>> import pandas as pd
    >>> import geoevents as ge
    >>> notes = pd.DataFrame(
    ...     {
    ...         "notes": ["Shelling killed three people in Avdiivka.", "Nothing happened."],
    ...         "event_date": ["2023-10-11", "2023-10-12"],
    ...     },
    ...     index=["a", "b"],
    ... )
    >>> events = ge.read_reports(notes, text="notes", published="event_date", country="UA")
    >>> print(events.loc[0, "report"], events.loc[0, "event_type"], events.loc[0, "fatalities"])
    a shelling 3.0

    An extractor of your own, such as a language model that answers with JSON:

    >>> def extractor(text, day):
    ...     return [{"event_type": "shelling", "place": "Avdiivka", "quote": text[:29]}]
    >>> events = ge.read_reports(notes[:1], text="notes", extractor=extractor)
    >>> print(events.loc[0, "report"], events.loc[0, "quote"])
    a Shelling killed three people
    """
    if not isinstance(frame, pd.DataFrame):
        raise ReportError(f"frame is a {type(frame).__name__}: give a frame of reports")
    given: Any = errors
    if not isinstance(given, str) or given not in {"raise", "split"}:
        raise ReportError(f"errors is {shown(errors)}: use 'raise' or 'split'")
    given = workers
    if given is not None and (not isinstance(given, Integral) or int(given) < 1):
        raise ReportError(
            f"workers is {shown(workers)}: give a number of processes, or leave it out"
        )
    if progress is not None and not callable(progress):
        raise ReportError(f"progress is a {type(progress).__name__}: give a function")
    see_extractor(extractor)
    rows = read_rows(frame, text, published, source, country)
    # Answers may cost money: whoever wants no table without one is spared the price of the others.
    strict = extractor is not None and errors == "raise"
    settings = Settings(gazetteer, actors, recognizer, language, extractor, strict)
    pieces = read_pieces(rows, settings, workers, progress or (lambda _: None))
    problems = sorted(problem for piece in pieces for problem in piece.problems)
    if errors == "raise" and problems:
        raise ReportError(_told(problems, rows.labels))
    foreign = sorted(row for piece in pieces for row in piece.foreign)
    if foreign:
        warnings.warn(
            f"not in {shown(language)}, so without events here, though geoparse finds their "
            f"places: rows {_listed(foreign, rows.labels)}",
            LanguageWarning,
            stacklevel=2,
        )
    filled = [piece.events for piece in pieces if len(piece.events)] or [pieces[0].events]
    events = validate(pd.concat(filled).sort_index(kind="stable").reset_index(drop=True))
    events = events[["report", *events.columns.drop("report")]]
    if errors == "raise":
        return events
    text_type = pd.Series(["a"]).dtype
    rejected = {
        "report": frame.index[[row for row, _ in problems]],
        "problem": pd.Series([why for _, why in problems], dtype=text_type),
    }
    return events, pd.DataFrame(rejected)


def _told(problems: Sequence[tuple[int, str]], labels: Sequence[Any]) -> str:
    """Say which reports cannot be read."""
    told = "; ".join(f"row {shown(labels[row], _LONGEST)}: {why}" for row, why in problems[:_NAMED])
    more = len(problems) - _NAMED
    return told + (f"; and {more:,} more" if more > 0 else "") + " (errors='split' goes on)"


def _listed(rows: Sequence[int], labels: Sequence[Any]) -> str:
    more = len(rows) - _NAMED
    told = ", ".join(shown(labels[row], _LONGEST) for row in rows[:_NAMED])
    return told + (f" and {more:,} more" if more > 0 else "")
