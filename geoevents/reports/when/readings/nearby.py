"""Days and weeks around the day of publication: "Saturday", "last week"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.when.calendar import (
    DAY,
    Span,
    day_span,
    last_weekday,
    part_of,
    week_span,
    whole_span,
)
from geoevents.reports.when.readings.dates import date

if TYPE_CHECKING:
    from geoevents.reports.forms import Found
    from geoevents.reports.when.readings.setting import Setting

_WEEK = 7  # days


def weekday(form: Found, setting: Setting) -> Span:
    """Read "Saturday", "next Monday", "Wednesday of last week"."""
    today, weekday = setting.today, form.slots["weekday"]
    if "week" in form.slots:
        monday = week_span(today).first
        return day_span(monday, 7 * form.slots["week"] + weekday - 1)
    relation = form.slots.get("relation", 0)
    if relation > 0:
        return day_span(last_weekday(today, weekday), 7)
    return day_span(last_weekday(today - DAY if relation < 0 else today, weekday))


def today(form: Found, setting: Setting) -> Span:
    """Read "today", "yesterday evening", "this morning"."""
    return day_span(setting.today, form.slots.get("dayword", 0))


def overnight(form: Found, setting: Setting) -> Span:
    """Read "overnight", "last night": of a story of long ago the night after its last day."""
    told = setting.history(_WEEK) if "overnight" in form.slots else None
    if told is not None and setting.anchor is not None and setting.anchor.is_day:
        return Span(told, told + DAY, "day")
    return Span(setting.today - DAY, setting.today, "day")


def weekend(form: Found, setting: Setting) -> Span | None:
    """Read "the weekend", "last weekend"."""
    slots = form.slots
    if "month" in slots:
        day = date(form, setting)
        saturday = last_weekday(day.first + DAY, 6) if day else None
    elif "step" in slots:
        anchor = setting.anchor
        if anchor is None or not anchor.is_day:
            return None
        saturday = last_weekday(anchor.first, 6) + 7 * slots["step"] * DAY
    else:
        relation, today = slots.get("relation"), setting.today
        saturday = last_weekday(today, 6)
        if (relation == 0 and saturday + DAY < today) or relation == 1:
            saturday += 7 * DAY
        elif relation == -1 and saturday + DAY >= today:
            saturday -= 7 * DAY
    return Span(saturday, saturday + DAY, "week") if saturday else None


def period(form: Found, setting: Setting) -> Span:
    """Read "last week", "earlier this month", "the start of the year"."""
    slots, today = form.slots, setting.today
    span = whole_span(today, slots["period"], slots.get("relation", 0))
    return part_of(span, slots.get("part"), today)
