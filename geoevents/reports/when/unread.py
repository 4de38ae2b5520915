"""Dates that are not read, or that disagree with their day of the week, and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.forms import find_forms
from geoevents.reports.forms.pieces import spelled
from geoevents.reports.when.entries import day_first
from geoevents.reports.when.finding import find_whens
from geoevents.reports.when.points import points_of
from geoevents.reports.when.readings import READINGS, Setting, read
from geoevents.reports.when.readings.dates import slashed_days

if TYPE_CHECKING:
    from geoevents.prose import Document
    from geoevents.reports.forms import Found
    from geoevents.reports.language import Language
    from geoevents.reports.when.points import Point

_SOME_DAY = dt.date(2017, 1, 1)  # a day of publication, where it does not matter which
_BACK = frozenset({"later", "same"})  # what looks back to a date told before
_DATED = frozenset({"date", "iso", "monthday"})
_NOT_THERE = "is not in the calendar"


class UnreadDate(NamedTuple):
    """
    A date that was not read, or a day of the week that is not that of its date.

    Attributes
    ----------
    start, end : int
        Where it stands.
    text : str
        As written.
    reason : str
        Why not, and what to write.
    """

    start: int
    end: int
    text: str
    reason: str


def find_unread_dates(
    document: Document, language: Language, published: dt.date | None = None
) -> list[UnreadDate]:
    """
    Find dates that can be read in two ways, or in none.

    Parameters
    ----------
    document : Document
        The document.
    language : Language
        The language it is written in.
    published : datetime.date, optional
        The day of publication: a date without a year is checked against its day of the week only
        if this is known.

    Returns
    -------
    list of UnreadDate
        In the order of the text; `find_whens` gives what is sure of them. A date is read whose
        day of the week is another: the entry is the day of the week then.

    Examples
    --------
    >>> from geoevents.prose import Document
    >>> from geoevents.reports.language import language
    >>> report = Document.read("It was hit on 03/04/2017 and on Monday, 31 September 2017.")
    >>> [one.reason for one in find_unread_dates(report, language("en"))]
    ['can be 2017-03-04 or 2017-04-03: write which', 'is not in the calendar']
    """
    text = document.text
    unread: list[UnreadDate] = []
    back: list[Found] = []
    found = list(find_forms(document, language))
    setting = Setting(language, None, day_first=day_first(document, found, published))
    for forms in found:
        for form in forms:
            reason = None
            if form.reading == "slashed" and read(form, setting) is None:
                reason = _slashed(form)
            elif form.reading == "unreadable":
                reason = _NOT_THERE
            elif form.reading in _BACK:
                back.append(form)
            if reason:
                unread.append(UnreadDate(form.start, form.end, text[form.start : form.end], reason))
        if any(form.reading in _DATED or form.reading == "days" for form in forms):
            for point in points_of(forms, text, language):
                unread += _checked(point, text, language, published)
    if back:
        known = {when.start for when in find_whens(document, published or _SOME_DAY, language)}
        unread += [
            UnreadDate(
                form.start,
                form.end,
                text[form.start : form.end],
                "no date that it looks back to is told before it",
            )
            for form in back
            if form.start not in known
        ]
    return sorted(unread)


def _slashed(form: Found) -> str:
    """Tell why a date in figures is not read."""
    words = spelled(form.slots["slashed"])
    days = slashed_days(words)
    if len(words.replace(".", "/").replace("-", "/").rpartition("/")[2]) < len("2017"):
        return "has a two-digit year: write all four digits"
    return f"can be {' or '.join(map(str, days))}: write which" if days else _NOT_THERE


def _checked(
    point: Point, text: str, language: Language, published: dt.date | None
) -> list[UnreadDate]:
    """Tell that the calendar has no such day, or that it is another day of the week."""
    found = []
    for form in (point.form, *([point.to.form] if point.to else [])):
        if form.reading not in _DATED:
            continue
        setting = Setting(language, published or _SOME_DAY, year=point.year)
        start, end = (point.start, point.end) if form is point.form else (form.start, form.end)
        try:
            span = READINGS[form.reading](form, setting)
        except (ValueError, OverflowError):
            found.append(UnreadDate(start, end, text[start:end], _NOT_THERE))
            continue
        weekday = form.slots.get("weekday")
        sure = "year" in form.slots or published is not None or setting.year is not None
        if span and span.is_day and sure and weekday and span.first.isoweekday() != weekday:
            start, end = form.spans["weekday"]
            reason = f"{span.first} is another day of the week, and the date is kept"
            found.append(UnreadDate(start, end, text[start:end], reason))
    return found
