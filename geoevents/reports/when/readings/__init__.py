"""
How the forms of time are read: each ``reading`` of a language file as days of the calendar.

A form that says ``reading = "ago"`` is read by the function named here, which asks for the slots
that it needs. Relative ones need the day of publication; those that look back to another date of
the text ("later", "same") need that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.when.readings import amounts, anchored, dates, nearby, periods
from geoevents.reports.when.readings.setting import Relative, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoevents.reports.forms import Found
    from geoevents.reports.when.calendar import Span

__all__ = ["READINGS", "Relative", "Setting", "read"]


def read(form: Found, setting: Setting) -> Span | None:
    """
    Read a form of time.

    Parameters
    ----------
    form : Found
        The form.
    setting : Setting
        What it may be relative to.

    Returns
    -------
    Span or None
        None where it is no date after all: a day that no month has, a date long ago that gave a
        name ("the 7 October attack"), a look back to a date that was not told.

    Raises
    ------
    Relative
        If the day of publication is needed and not known.
    """
    reading = READINGS.get(form.reading)
    if reading is None:
        return None
    try:
        return reading(form, setting)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


#: What reads each reading of a language file.
READINGS: dict[str, Callable[[Found, Setting], Span | None]] = {
    "iso": dates.iso,
    "slashed": dates.slashed,
    "date": dates.date,
    "monthday": dates.monthday,
    "holiday": dates.holiday,
    "weekday": nearby.weekday,
    "today": nearby.today,
    "overnight": nearby.overnight,
    "weekend": nearby.weekend,
    "period": nearby.period,
    "ago": amounts.ago,
    "anniversary": amounts.anniversary,
    "offset": anchored.offset,
    "in": amounts.in_time,
    "past": amounts.past,
    "lasting": amounts.past,
    "spell": amounts.spell,
    "recent": amounts.recent,
    "recently": amounts.recently,
    "coming": amounts.coming,
    "since then": anchored.since_then,
    "later": anchored.later,
    "same": anchored.same,
    "month": periods.month,
    "week of month": periods.week_of_month,
    "beginning": periods.beginning,
    "half": periods.half,
    "quarter": periods.quarter,
    "season": periods.season,
    "year": periods.year,
    "decade": periods.decade,
}
