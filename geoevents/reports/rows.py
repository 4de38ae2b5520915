"""The columns of a table of reports that are read: text, day, source, country."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from geoevents.errors import as_text, shown
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
    numbers : list of int
        The number of each row in the table.
    labels, texts, days, sources, countries : list
        One value a row: the row's label, the report, when and by whom it was published, and of
        which country or countries it is.
    one_country : bool
        Whether one country, or several, was said for all reports.
    """

    numbers: list[int]
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
        return self._taken(range(first, min(last, len(self))))

    def by_country(self) -> Rows:
        """
        Give the rows with those of a country together.

        Returns
        -------
        Rows
            They, numbered as they were; countries in the order in which they first come.
        """
        lands: dict[Any, list[int]] = {}
        for at, country in enumerate(self.countries):
            lands.setdefault(country, []).append(at)
        return self if len(lands) <= 1 else self._taken(chain.from_iterable(lands.values()))

    def _taken(self, places: Iterable[int]) -> Rows:
        places = list(places)

        def taken(column: list[Any]) -> list[Any]:
            return [column[at] for at in places]

        return Rows(
            taken(self.numbers),
            taken(self.labels),
            taken(self.texts),
            taken(self.days),
            taken(self.sources),
            taken(self.countries),
            self.one_country,
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
        sources = list(map(_source, _column(frame, source, "source")))
    one_country = country is not None
    countries: list[Any] = [_land(country)] * len(frame)
    if isinstance(country, str) and country in frame.columns:
        one_country = False
        countries = [_land(one) for one in _column(frame, country, "country")]
    texts = _column(frame, text, "text")
    labels = frame.index.tolist()
    numbers = list(range(len(frame)))
    return Rows(numbers, labels, texts, days, sources, countries, one_country and len(frame) > 0)


def _one_day(published: Any, frame: pd.DataFrame) -> dt.date | None:
    try:
        return publication_day(published)
    except ReportError as error:
        raise ReportError(
            f"published is {shown(published)}, which is neither a column ({_names(frame)}) nor a "
            "day"
        ) from error


def _column(frame: pd.DataFrame, name: Any, role: str) -> list[Any]:
    if not isinstance(name, Hashable) or name not in frame.columns:
        raise ReportError(
            f"{role} is {shown(name)}, and the frame has no such column: {_names(frame)}"
        )
    column: Any = frame[name]
    if isinstance(column, pd.DataFrame):
        raise ReportError(f"column {shown(name)} stands twice in the frame: keep one")
    return list(column.tolist())


def _names(frame: pd.DataFrame) -> str:
    return "it has " + (", ".join(map(shown, frame.columns[:20])) or "none")


def _source(source: Any) -> str | None:
    """Give who published a report as text; what is missing is none."""
    missing = pd.api.types.is_scalar(source) and pd.isna(source)
    return None if missing else as_text(source)


def _land(country: Any) -> Any:
    """Make what says a country hashable; what is missing is none."""
    if isinstance(country, Iterable) and not isinstance(country, str):
        return tuple(one if isinstance(one, str) else shown(one) for one in country)
    if isinstance(country, str):
        return country.strip() or None
    return None if pd.isna(country) else country
