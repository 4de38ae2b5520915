"""Spans of the calendar: weeks, months, seasons and years, and their parts."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

DAY = dt.timedelta(days=1)
MONTHS = 12  # of a year

# Of a month the days, of a year the months, that a part begins and ends with; 0 is the end.
_DAYS = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 0), "end": (21, 0)}
_MONTHS = {"early": (1, 4), "start": (1, 2), "mid": (5, 8), "late": (9, 12), "end": (11, 12)}


class Span(NamedTuple):
    """
    Days that are meant.

    Attributes
    ----------
    first, last : datetime.date
        The first and the last.
    precision : str
        A word of ``DATE_PRECISIONS``.
    """

    first: dt.date
    last: dt.date
    precision: str

    @property
    def is_day(self) -> bool:
        """Whether it is one day, known as such."""
        return self.precision == "day" and self.first == self.last


def day_span(day: dt.date, days: int = 0) -> Span:
    """Span of a day, or of the one so many days later."""
    day += days * DAY
    return Span(day, day, "day")


def week_span(day: dt.date) -> Span:
    """Span of the week, Monday to Sunday, that holds a day."""
    monday = day - day.weekday() * DAY
    return Span(monday, monday + 6 * DAY, "week")


def month_span(year: int, month: int, months: int = 1) -> Span:
    """Span of a month, or of several; months beyond 12 or below 1 are in other years."""
    first = month_start(year, month)
    end = month_start(year, month + months - 1)
    return Span(first, end.replace(day=calendar.monthrange(end.year, end.month)[1]), "month")


def year_span(year: int, last: int | None = None) -> Span:
    """Span of a year, or of several up to a last one."""
    return Span(dt.date(year, 1, 1), dt.date(year if last is None else last, 12, 31), "year")


def whole_span(day: dt.date, period: str, step: int) -> Span:
    """Week, month or year that is so many after the one of a day."""
    if period == "week":
        return week_span(day + 7 * step * DAY)
    if period == "month":
        return month_span(day.year, day.month + step)
    return year_span(day.year + step)


def month_start(year: int, month: int) -> dt.date:
    """Give the first day of a month; months beyond 12 or below 1 are in other years."""
    years, month = divmod(month - 1, MONTHS)
    return dt.date(year + years, month + 1, 1)


def months_before(day: dt.date, months: int) -> dt.date:
    """Give the same day of an earlier month, or its last day where it has no such day."""
    first = month_start(day.year, day.month - months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def part_of(span: Span, part: str | None, today: dt.date | None) -> Span:
    """
    Cut a week, a month or a year down to a part of it.

    Parameters
    ----------
    span : Span
        All of it.
    part : str or None
        A value of the table ``part`` of a language.
    today : datetime.date or None
        The day of publication, where ``earlier`` ends and ``later`` begins.

    Returns
    -------
    Span
        The part; all of it where it has no such part.
    """
    if part in {"earlier", "later"}:
        if today is None or not span.first <= today <= span.last:
            return span
        return span._replace(last=today) if part == "earlier" else span._replace(first=today)
    first, last = span.first, span.last
    if (
        part in _DAYS
        and span.precision == "month"
        and (first.year, first.month)
        == (
            last.year,
            last.month,
        )
    ):
        start, end = _DAYS[part]
        return Span(first.replace(day=start), last.replace(day=end or last.day), "month")
    if part in _MONTHS and span.precision == "year" and first.year == last.year:
        start, end = _MONTHS[part]
        return month_span(first.year, start, end - start + 1)
    return span


def last_weekday(today: dt.date, weekday: int) -> dt.date:
    """Give the last day of the week of that number (Monday 1) up to a day, that day included."""
    return today - (today.isoweekday() - weekday) % 7 * DAY


def last_such_day(today: dt.date, month: int, day: int) -> dt.date:
    """Give the last day of that date on or before a day; ValueError if no year has one."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError(f"no year has day {day} of month {month}")


def next_such_day(today: dt.date, month: int, day: int) -> dt.date:
    """Give the next day of that date on or after a day; ValueError if no year has one."""
    for year in range(today.year, today.year + 9):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(f"no year has day {day} of month {month}")


def last_day_numbered(today: dt.date, day: int) -> dt.date:
    """Give the last 14th, say, on or before a day."""
    for months in range(4):
        first = month_start(today.year, today.month - months)
        if day <= calendar.monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if found <= today:
                return found
    raise ValueError(f"no month has day {day}")


def next_day_numbered(day: dt.date, number: int) -> dt.date:
    """Give the next 14th, say, on or after a day."""
    for months in range(4):
        first = month_start(day.year, day.month + months)
        if number <= calendar.monthrange(first.year, first.month)[1]:
            found = first.replace(day=number)
            if found >= day:
                return found
    raise ValueError(f"no month has day {number}")
