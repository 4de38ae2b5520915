"""The columns of a table of reports that are read: text, day, source, country."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geoevents.reports.errors import ReportError
from geoevents.reports.publication import publication_day

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class Rows:
    """
    Reports of a table, row by row.

    Attributes
    ----------
    first : int
        The number of the first row in the table.
    labels, texts, days, sources, countries : list
        One value a row: the row's label, the report, when and by whom it was published, and of
        which country or countries it is.
    one_country : bool
        Whether one country, or several, was said for all reports.
    """

    first: int
    labels: list[Any]
    texts: list[Any]
    days: list[Any]
    sources: list[Any]
    countries: list[Any]
    one_country: bool = False

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, first: int, last: int) -> Rows:
        """
        Give some of the rows.

        Parameters
        ----------
        first, last : int
            The first one, and the one after the last.

        Returns
        -------
        Rows
            They, numbered as they were.
        """
        some = slice(first, last)
        return Rows(
            self.first + first,
            self.labels[some],
            self.texts[some],
            self.days[some],
            self.sources[some],
            self.countries[some],
        )


def read_rows(
    frame: pd.DataFrame, text: str, published: Any, source: str | None, country: Any
) -> Rows:
    """
    Take the columns that are asked for from a table.

    Parameters
    ----------
    frame : DataFrame
        The table.
    text, published, source, country
        As of `geoevents.read_reports`.

    Returns
    -------
    Rows
        Its rows.

    Raises
    ------
    ReportError
        If a column is missing or stands twice.
    """
    if isinstance(published, str) and published in frame.columns:
        days = _column(frame, published, "published")
    else:
        days = [_one_day(published, frame)] * len(frame)
    sources: list[Any] = [None] * len(frame)
    if source is not None:
        sources = [None if pd.isna(one) else str(one) for one in _column(frame, source, "source")]
    one_country = country is not None
    countries: list[Any] = [_land(country)] * len(frame)
    if isinstance(country, str) and country in frame.columns:
        one_country = False
        countries = [_land(one) for one in _column(frame, country, "country")]
    texts = _column(frame, text, "text")
    labels = frame.index.tolist()
    return Rows(0, labels, texts, days, sources, countries, one_country and len(frame) > 0)


def _one_day(published: Any, frame: pd.DataFrame) -> dt.date | None:
    try:
        return publication_day(published)
    except ReportError as error:
        raise ReportError(
            f"published is {published!r:.60}, which is neither a column ({_names(frame)}) nor a day"
        ) from error


def _column(frame: pd.DataFrame, name: Any, role: str) -> list[Any]:
    if not isinstance(name, Hashable) or name not in frame.columns:
        raise ReportError(
            f"{role} is {name!r:.60}, and the frame has no such column: {_names(frame)}"
        )
    column: Any = frame[name]
    if isinstance(column, pd.DataFrame):
        raise ReportError(f"column {name!r} stands twice in the frame: keep one")
    return list(column.tolist())


def _names(frame: pd.DataFrame) -> str:
    return "it has " + (", ".join(map(repr, frame.columns[:20])) or "none")


def _land(country: Any) -> Any:
    """Make what says a country hashable; what is missing is none."""
    if isinstance(country, Iterable) and not isinstance(country, str):
        return tuple(country)
    if isinstance(country, str):
        return country.strip() or None
    return None if pd.isna(country) else country
