"""What relative words of time are relative to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.reports.forms import grammar

if TYPE_CHECKING:
    import datetime as dt

    from geoevents.reports.language import Language
    from geoevents.reports.when.calendar import Span


_YEAR, _MONTH = 365, 31  # days


class Relative(Exception):  # noqa: N818 -- no error by itself
    """Raised where the day of publication is needed and there is none."""


@dataclass(slots=True)
class Setting:
    """
    What relative words are relative to.

    Attributes
    ----------
    language : Language
        The language.
    published : datetime.date or None
        The day of publication.
    anchor : Span or None
        The date that the text named last.
    day : Span or None
        The single day that the text named last: "the same day" passes over "this year".
    beside : Span or None
        The date that the same sentence names, which "a day after" in it is told from.
    year : int or None
        The year that a neighbour lends.
    after : datetime.date or None
        The beginning of the range that the form ends, if that is sure.
    past, close : bool
        Whether nothing in the report is told of the days before its publication ("on Friday"), and
        whether `anchor` is of the same sentence: a date without a year is sooner of that year.
    story : datetime.date or None
        The day or week of another year that the report begins with and is told on the
        anniversary of: "Ten years ago today X fell".
    day_first : bool or None
        Whether dates in figures have the day before the month, if the report tells.
    """

    language: Language
    published: dt.date | None
    anchor: Span | None = None
    day: Span | None = None
    beside: Span | None = None
    year: int | None = None
    after: dt.date | None = None
    day_first: bool | None = None
    past: bool = False
    close: bool = False
    story: dt.date | None = None

    @property
    def today(self) -> dt.date:
        """The day of publication, which must be known."""
        if self.published is None:
            raise Relative
        return self.published

    def history(self, days: int) -> dt.date | None:
        """Give the day or month that was told last, if it is so many days past."""
        anchor = self.anchor
        if anchor is None or self.published is None or anchor.precision not in {"day", "month"}:
            return None
        return anchor.first if (self.published - anchor.first).days > days else None

    def old(self, ago: int) -> dt.date | None:
        """
        Give the date of long ago that a day or a month without a year goes on from.

        Parameters
        ----------
        ago : int
            How many days before publication it would be if it did not.

        Returns
        -------
        datetime.date or None
            The date; None where the last such day before publication is meant.
        """
        told, anchor = self.history(_YEAR), self.anchor
        if self.past and anchor is not None and anchor.precision == "year" and ago > _YEAR // 2:
            # "The war began in 1991. On 25 August they attacked Vukovar."
            single = anchor.first.year == anchor.last.year
            return anchor.first if single and anchor.first.year < self.today.year - 1 else None
        least = 0 if self.close else _MONTH if self.past else _YEAR // 2
        if self.past and ago == 0:
            least = -1  # on the anniversary of what is told: of the day itself it would say "today"
        return told if ago > least else None

    def knows(self, table: str, word: str) -> bool:
        """Tell whether a table of the language has a word."""
        return word in grammar(self.language).words.get(table, ())
