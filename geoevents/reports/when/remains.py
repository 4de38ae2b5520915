"""What is sure of a date that is not read: its month, its year, or that it is another day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from geoevents.reports.forms.pieces import spelled
from geoevents.reports.when.calendar import MONTHS, Span, month_span, year_span
from geoevents.reports.when.readings import READINGS
from geoevents.reports.when.readings.dates import slashed_days

if TYPE_CHECKING:
    from geoevents.reports.forms import Found
    from geoevents.reports.when.readings import Setting

_WRITTEN = frozenset({"iso", "slashed", "date", "unreadable"})
_CENTURY = 4  # figures of a year that is sure


def remains(form: Found, setting: Setting) -> Span | None:
    """
    Tell what is sure of a date that cannot be read, or can be in two ways.

    An event with such a date has not the day of another one: it keeps its own time, however vague.

    Parameters
    ----------
    form : Found
        A form that was not read.
    setting : Setting
        What it may be relative to.

    Returns
    -------
    Span or None
        Its month or its year ("30 February 2018", "03/05/2018"); the day of publication, with
        precision ``unknown``, where neither is sure; None for what is no such date.
    """
    if form.reading not in _WRITTEN or not _is_wrong(form, setting):
        return None
    year, month = _sure(form, setting)
    try:
        if year and month:
            return month_span(year, month)
        if year:
            return year_span(year)
    except (ValueError, OverflowError):
        pass
    day = setting.published or dt.date.min
    return Span(day, day, "unknown")


def _is_wrong(form: Found, setting: Setting) -> bool:
    """Whether it is meant as a date: "the 7 October attacks" is a name, and 0000 an hour."""
    if form.reading == "slashed":
        return True
    if form.reading == "unreadable":
        return "month" in form.slots or "mon" in form.spans
    try:
        READINGS[form.reading](form, setting)
    except (ValueError, OverflowError):
        return True
    return False


def _sure(form: Found, setting: Setting) -> tuple[int, int]:
    """Give the year and the month that are sure, 0 for each that is not."""
    slots = form.slots
    if form.reading == "iso":
        year, month = (int(part) for part in slots["iso"][:7].replace("/", "-").split("-"))
        return year, month if 1 <= month <= MONTHS else 0
    if form.reading == "slashed":
        words = spelled(slots["slashed"]).replace(".", "/").replace("-", "/")
        first, second, year_text = words.split("/")
        if len(year_text) < _CENTURY:
            return 0, 0
        months = [int(one) for one in (first, second) if 1 <= int(one) <= MONTHS]
        single = len(months) == 1 and not slashed_days(words)
        return int(year_text), months[0] if single else 0
    return int(slots.get("year") or setting.year or 0), slots.get("month", 0)
