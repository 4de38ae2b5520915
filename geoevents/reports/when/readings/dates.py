"""Dates as they are written: "16 September 2017", "3-5 May", "the 14th"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from geoevents.reports.forms import grammar
from geoevents.reports.forms.pieces import spelled
from geoevents.reports.when.calendar import (
    DAY,
    MONTHS,
    Span,
    day_span,
    last_day_numbered,
    last_such_day,
    month_start,
    months_before,
    next_day_numbered,
    next_such_day,
    week_span,
)

if TYPE_CHECKING:
    from geoevents.reports.forms import Found
    from geoevents.reports.when.readings.setting import Setting

_AHEAD = 90  # days: what is announced; beyond, the weekday is more likely to be wrong
_MONTHS = 62  # days: what was so long ago is history, and so is what follows it
_LATE = dt.timedelta(days=31)  # what is told that much later is of the same weeks
_EARLIEST = 1850  # no log tells of an earlier year
_HOURS, _MINUTES = 24, 60
_YEAR = dt.timedelta(365)
_DOT = "."
_NAMED = 150  # days: within them "the 15 September attack" is the last one of that day


def iso(form: Found, _: Setting) -> Span:
    """Read "2017-09-16"."""
    year, month, day = (int(part) for part in form.slots["iso"][:10].replace("/", "-").split("-"))
    return day_span(dt.date(year, month, day))


def slashed_days(words: str) -> list[dt.date]:
    """
    List the days that a date in figures can be.

    Parameters
    ----------
    words : str
        Such as ``16/09/2017``.

    Returns
    -------
    list of datetime.date
        One, two (3/4: 3 April or 4 March), or none.
    """
    mark = next(mark for mark in "/-." if mark in words)
    first, second, year = (int(part) for part in words.split(mark))
    days = []
    for day, month in ((first, second), (second, first)):
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    return sorted(set(days))


def slashed(form: Found, setting: Setting) -> Span | None:
    """Read "16/09/2017", if it can be one day only, or other dates of the report tell which."""
    words = form.slots["slashed"]
    days = slashed_days(words)
    short = len(words) - max(words.rfind(mark) for mark in "/-.") - 1 < len("2017")
    if short or not days:
        return None
    if len(days) == 1:
        return day_span(days[0])
    # Nobody writes "09.16.2017": between dots the day is first.
    leads = True if setting.day_first is None and _DOT in words else setting.day_first
    if leads is None:
        return None
    first = int(re.split(r"\D", words)[0])
    return day_span(next(day for day in days if (day.day if leads else day.month) == first))


def date(form: Found, setting: Setting) -> Span | None:
    """Read "16 September", "September 16, 2017", "3-5 May", "the week of 16 September"."""
    slots = form.slots
    month, day = slots["month"], _day(slots["day"], setting)
    year = int(slots["year"]) if "year" in slots and not _is_clock(form) else setting.year
    if "thatyear" in slots:
        year = setting.anchor.first.year if setting.anchor else year
    if year is not None:
        first = dt.date(year, month, day)
    elif setting.after is not None:
        first = next_such_day(setting.after, month, day)
    else:
        first = _dated(month, day, slots.get("weekday"), setting.today)
        ago = (setting.today - first).days
        if ago > _NAMED and _names(form, setting):
            return None
        told = setting.old(ago)
        if "weekday" not in slots and setting.past and setting.story is not None:
            first = _nearest(setting.story, month, day)
        elif told is not None and "weekday" not in slots:
            first = _told_beside(told, last_such_day(told, month, day), month, day)
    if "to" in slots:
        last = first.replace(day=_day(slots["to"], setting))
        return Span(first, last, "day") if first < last else None
    if "weekof" in slots:
        return _week_of(first, ends=slots["weekof"])
    return Span(first, first, "week" if "around" in slots else "day")


def _nearest(story: dt.date, month: int, day: int) -> dt.date:
    """Give the day of that name that is nearest to what a report is the anniversary of."""
    after = next_such_day(story, month, day)
    before = next_such_day(story - _YEAR, month, day)
    return before if story - before < after - story else after


def _is_clock(form: Found) -> bool:
    """Tell whether what stands for a year is the time of day: "18 Mar, 1010: IED near X"."""
    year = form.slots["year"]
    written = form.after == ":" and not form.before and "," in form.slots.get("ymd", "")
    hour, minute = int(year[:2]), int(year[2:])
    return written and int(year) < _EARLIEST and hour < _HOURS and minute < _MINUTES


def _names(form: Found, setting: Setting) -> bool:
    """Tell whether a date gives something its name: "the 7 October attacks"."""
    owners = (form.before, spelled(form.slots.get("monthday", "")).partition(" ")[0])
    return setting.knows("happening", form.after) and any(
        setting.knows("owner", owner) and not setting.knows("a", owner) for owner in owners
    )


def _dated(month: int, day: int, weekday: int | None, today: dt.date) -> dt.date:
    """Find the day of a date without a year: the last; the next if only that is such a weekday."""
    last = last_such_day(today, month, day)
    if weekday is not None and last.isoweekday() != weekday:
        coming = next_such_day(today, month, day)
        if coming.isoweekday() == weekday and (coming - today).days <= _AHEAD:
            return coming
    return last


def _told_beside(told: dt.date, back: dt.date, month: int, day: int) -> dt.date:
    """Find the day of a story of long ago: the next, or one of that summer that was told late."""
    near = back.year == told.year and told - back <= _LATE
    return back if near else next_such_day(told, month, day)


def _week_of(day: dt.date, *, ends: bool) -> Span:
    """Week that a day names: the one it begins or ends, else the one it is in."""
    if ends:
        return Span(day - 6 * DAY, day, "week")
    begins = day.isoweekday() in {1, 7}
    return Span(day, day + 6 * DAY, "week") if begins else week_span(day)


def _day(words: str, setting: Setting) -> int:
    """Day of a month, in figures or words."""
    figures = "".join(filter(str.isdecimal, words))
    if figures:
        return int(figures)
    number: int = grammar(setting.language).words["ordinal"][spelled(words)]
    return number


def monthday(form: Found, setting: Setting) -> Span:
    """Read "the 14th", "Saturday the 16th", "the 3rd of last month"."""
    day, slots = _day(form.slots["nth" if "nth" in form.slots else "day"], setting), form.slots
    if "relation" in slots:
        first = month_start(setting.today.year, setting.today.month + slots["relation"])
        return day_span(first.replace(day=day))
    told = setting.history(_MONTHS)
    if told is not None and "weekday" not in slots:
        # "On the 13th they rolled into Gori; on the 11th others had seized Senaki."
        back, ahead = last_day_numbered(told, day), next_day_numbered(told, day)
        near = back.month == told.month and told - back < ahead - told
        return day_span(back if near else ahead)
    found = last_day_numbered(setting.today, day)
    if (weekday := slots.get("weekday")) and found.isoweekday() != weekday:
        earlier = [last_day_numbered(months_before(found, n), day) for n in range(1, MONTHS)]
        found = next((day for day in earlier if day.isoweekday() == weekday), found)
    return day_span(found)


def holiday(form: Found, setting: Setting) -> Span:
    """Read "New Year's Eve"."""
    month, day = form.slots["holiday"]
    if "year" in form.slots:
        return day_span(dt.date(int(form.slots["year"]), month, day))
    return day_span(last_such_day(setting.today, month, day))
