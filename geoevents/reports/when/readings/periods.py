"""Months, seasons and years, and parts of them: "late August", "in 2014"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoevents.reports.numbers import read_number
from geoevents.reports.when.calendar import (
    DAY,
    MONTHS,
    Span,
    month_span,
    month_start,
    part_of,
    year_span,
)
from geoevents.reports.when.readings.amounts import DAYS_OF, about

if TYPE_CHECKING:
    import datetime as dt

    from geoevents.reports.forms import Found
    from geoevents.reports.when.readings.setting import Setting


def month(form: Found, setting: Setting) -> Span | None:
    """Read "in June", "late May 2016", "from May to July"."""
    slots = form.slots
    first = _which_month(slots["month"], slots, setting)
    if "to.month" in slots or "to" in slots:
        to: int = slots.get("to.month") or slots["to"]
        if "to_year" in slots:
            last = month_start(int(slots["to_year"]), to)
        else:
            if "year" in slots and slots["month"] > to:  # "from November to February 2016"
                first = first.replace(year=first.year - 1)
            last = month_start(first.year + (to < first.month), to)
        months = (last.year - first.year) * MONTHS + last.month - first.month + 1
        return month_span(first.year, first.month, months) if months > 0 else None
    span = month_span(first.year, first.month)
    if "also" in slots:  # "mid-to-late August"
        begin = part_of(span, slots["part"], None)
        return begin._replace(last=part_of(span, slots["also"], None).last)
    return part_of(span, slots.get("part"), setting.published)


def _which_month(month: int, slots: dict[str, Any], setting: Setting) -> dt.date:
    """Find the first day of a month, whose year may be told, lent, or left out."""
    year = int(slots["year"]) if "year" in slots else setting.year
    if "thatyear" in slots and setting.anchor is not None:
        year = setting.anchor.first.year
    if year is not None:
        return month_start(year, month)
    if setting.after is not None:
        return month_start(setting.after.year + (month < setting.after.month), month)
    today = setting.today
    if "which_year" in slots:
        return month_start(today.year + slots["which_year"], month)
    relation = slots.get("relation")
    if relation == 0:
        return month_start(today.year, month)
    if relation == 1:
        return month_start(today.year + (month <= today.month), month)
    past = month >= today.month if relation == -1 else month > today.month
    last = month_start(today.year - past, month)
    told = setting.old((today - last).days) if relation is None else None
    return last if told is None else month_start(told.year + (month < told.month), month)


def week_of_month(form: Found, setting: Setting) -> Span:
    """Read "the first week of June"."""
    first = _which_month(form.slots["month"], form.slots, setting)
    which, last = form.slots["which"], month_span(first.year, first.month).last
    start = last - 6 * DAY if which == 0 else first + 7 * (which - 1) * DAY
    return Span(start, min(start + 6 * DAY, last), "week")


def beginning(form: Found, setting: Setting) -> Span | None:
    """Read "the first three months of 2016"."""
    slots = form.slots
    number = read_number(slots["number"], setting.language) if "number" in slots else None
    count = round(number.value) if number else 1
    if "month" in slots:
        whole = month_span(*_which_month(slots["month"], slots, setting).timetuple()[:2])
    else:
        whole = year_span(int(slots["year"]))
    if slots["unit"] == "month":
        months = (whole.last.year - whole.first.year) * MONTHS + whole.last.month
        first = 1 if slots["which"] == 1 else months - count + 1
        span = month_span(whole.first.year, first, count)
    else:
        days = count * DAYS_OF.get(slots["unit"], 1)
        span = Span(whole.first, whole.first + (days - 1) * DAY, about(days))
        if slots["which"] != 1:
            span = Span(whole.last - (days - 1) * DAY, whole.last, about(days))
    inside = whole.first <= span.first <= span.last <= whole.last
    return span if inside and slots["which"] in {0, 1} else None


def half(form: Found, setting: Setting) -> Span:
    """Read "the first half of 2016"."""
    second = form.slots["which"] != 1
    if "month" in form.slots:
        span = month_span(*_which_month(form.slots["month"], form.slots, setting).timetuple()[:2])
        middle = span.first.replace(day=15)
        return span._replace(first=middle + DAY) if second else span._replace(last=middle)
    return month_span(int(form.slots["year"]), 7 if second else 1, 6)


def quarter(form: Found, _: Setting) -> Span:
    """Read "the third quarter of 2016"."""
    which = form.slots["which"] or 4
    return month_span(int(form.slots["year"]), 3 * which - 2, 3)


def season(form: Found, setting: Setting) -> Span:
    """Read "the summer of 2015", "last winter"."""
    slots = form.slots
    month = slots["season"]
    if "to" in slots or ("year" in slots and month != MONTHS):
        return month_span(int(slots["year"]), month, 3)
    if "year" in slots:  # winter has days of two years: which is meant cannot be told
        return year_span(int(slots["year"]))
    today, relation = setting.today, slots["relation"]
    if relation == 0:
        year = today.year - (month_start(today.year, month) > today)
    elif relation > 0:
        year = today.year + (month_start(today.year, month) <= today)
    else:
        year = today.year - (month_span(today.year, month, 3).last >= today)
    return month_span(year, month, 3)


def year(form: Found, setting: Setting) -> Span | None:
    """Read "in 2014", "2014-2016"."""
    slots = form.slots
    year = int(slots["year"])
    if "to" in slots:
        to = slots["to"]
        last = int(to) if len(to) > len("16") else year // 100 * 100 + int(to)
        return year_span(year, last) if last > year else None
    return part_of(year_span(year), slots.get("part"), setting.published)


def decade(form: Found, _: Setting) -> Span:
    """Read "the 1990s"."""
    year = int(form.slots["decade"][:4])
    return year_span(year, year + (99 if year % 100 == 0 and year < 2000 else 9))  # noqa: PLR2004
