"""So much time ago, from then up to now, or ahead: "two weeks ago", "the past 24 hours"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.numbers import read_number
from geoevents.reports.when.calendar import (
    DAY,
    MONTHS,
    Span,
    day_span,
    month_span,
    months_before,
    week_span,
    year_span,
)

if TYPE_CHECKING:
    import datetime as dt

    from geoevents.reports.forms import Found
    from geoevents.reports.when.readings.setting import Setting

DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
MONTHS_OF = {"month": 1, "half year": 6, "year": 12, "half decade": 60, "decade": 120}


class Amount(NamedTuple):
    """So many units of time; `number` is None for several."""

    number: float | None
    unit: str


def read_amount(form: Found, setting: Setting) -> Amount | None:
    """Read "two weeks", "several months", "half a year", "days", "a year and a half"."""
    slots = form.slots
    unit: str = slots.get("unit") or slots.get("half_unit") or slots["units"]
    if "number" in slots:
        number = read_number(slots["number"], setting.language)
        if number is None:
            return None
        return Amount(number.value + (0.5 if "half" in slots else 0), unit)
    if "vague" in slots or "units" in slots:
        return Amount(None, unit)
    return Amount(1.5 if "half" in slots else 1, unit)


def _vague(setting: Setting, unit: str) -> tuple[int, int]:
    """At most and at least how many "several" of a unit are."""
    most, least = setting.language.table("when")["vague"][unit]
    return most, least


def ago(form: Found, setting: Setting) -> Span | None:
    """Read "two weeks ago"."""
    amount = read_amount(form, setting)
    return amount and distant(setting.today, amount, -1, setting)


def anniversary(form: Found, setting: Setting) -> Span | None:
    """Read "ten years ago today", "on this day in 1998": to the day; "a year ago this week"."""
    today = setting.today
    if "year" in form.slots:
        return day_span(today.replace(year=int(form.slots["year"])))
    amount = read_amount(form, setting)
    if amount is None or amount.number is None or amount.unit == "hour":
        return None
    if amount.unit in DAYS_OF:
        span = day_span(today, -round(amount.number * DAYS_OF[amount.unit]))
    else:
        span = day_span(months_before(today, round(amount.number * MONTHS_OF[amount.unit])))
    day, period = span.first, form.slots.get("period")
    if period == "week":
        return week_span(day)
    if period is not None:
        return month_span(day.year, day.month) if period == "month" else year_span(day.year)
    return span


def in_time(form: Found, setting: Setting) -> Span | None:
    """Read "in two weeks' time"."""
    amount = read_amount(form, setting)
    return amount and distant(setting.today, amount, 1, setting)


def distant(day: dt.date, amount: Amount, way: int, setting: Setting) -> Span | None:
    """Give what is so far before (-1) or after (1) a day."""
    number, unit = amount
    if unit == "hour":
        return day_span(day, way * int((number or 0) // 24))
    if number is None:
        return _several(day, unit, way, setting)
    if unit == "day":
        return day_span(day, way * round(number))
    if unit in DAYS_OF:
        return week_span(day + way * round(number * DAYS_OF[unit]) * DAY)
    months = way * round(number * MONTHS_OF[unit])
    if months % MONTHS or unit in {"month", "half year"}:
        return month_span(day.year, day.month + months)
    return year_span(day.year + months // MONTHS)


def _several(day: dt.date, unit: str, way: int, setting: Setting) -> Span | None:
    """Give what is several days, weeks, months or years before or after a day."""
    if unit not in {"day", "week", "month", "year"}:
        return None
    ends = sorted(way * count for count in _vague(setting, unit))
    if unit == "day":
        return Span(day + ends[0] * DAY, day + ends[1] * DAY, "week")
    if unit == "week":
        last = week_span(day + 7 * ends[1] * DAY).last
        return Span((day + 7 * ends[0] * DAY).replace(day=1), last, "month")
    if unit == "month":
        return month_span(day.year, day.month + ends[0], ends[1] - ends[0] + 1)
    return year_span(day.year + ends[0], day.year + ends[1])


def past(form: Found, setting: Setting) -> Span | None:
    """Read "the past 24 hours", "for nearly three years"."""
    amount = read_amount(form, setting)
    return amount and _up_to(setting.today, amount, setting)


def spell(form: Found, setting: Setting) -> Span | None:
    """Read "after two weeks" of what lasted so long; "after weeks" tells not when that began."""
    amount, span = read_amount(form, setting), past(form, setting)
    vague = amount is None or amount.number is None
    return span._replace(precision="unknown") if span and vague else span


def _up_to(today: dt.date, amount: Amount, setting: Setting) -> Span:
    """Give the time from so far before a day up to it."""
    number, unit = amount
    if number is None:
        recent: dict[str, int] = setting.language.table("when")["vague"]["recent"]
        days = recent.get(unit, 0)
    elif unit in MONTHS_OF:
        first = months_before(today, round(number * MONTHS_OF[unit]))
        return _since(first, today, "year" if MONTHS_OF[unit] >= MONTHS else "month")
    else:
        days = math.ceil(number * DAYS_OF[unit]) if unit != "hour" else math.ceil(number / 24)
    return _since(today - days * DAY, today, about(days))


def about(days: int) -> str:
    """Tell how exactly the beginning of so many days is known."""
    return next(
        (word for most, word in ((3, "day"), (14, "week"), (366, "month")) if days <= most), "year"
    )


def _since(first: dt.date, last: dt.date, precision: str) -> Span:
    """Give a span that begins with the first day of the month or year that is known."""
    if precision == "month":
        first = first.replace(day=1)
    elif precision == "year":
        first = first.replace(month=1, day=1)
    return Span(first, last, precision)


def recent(form: Found, setting: Setting) -> Span:
    """Read "recent weeks"."""
    return _up_to(setting.today, Amount(None, form.slots.get("unit", "year")), setting)


def recently(_: Found, setting: Setting) -> Span:
    """Read "recently"."""
    days: int = setting.language.table("when")["vague"]["recently"]
    return _since(setting.today - days * DAY, setting.today, "month")


def coming(form: Found, setting: Setting) -> Span | None:
    """Read "the coming days"."""
    amount = read_amount(form, setting)
    if amount is None:
        return None
    number, unit = amount
    recent: dict[str, int] = setting.language.table("when")["vague"]["recent"]
    if number is None:
        days = recent.get(unit, 1)
    elif unit in MONTHS_OF:
        days = round(number * MONTHS_OF[unit] * 30.4)
    else:
        days = math.ceil(number * DAYS_OF.get(unit, 1 / 24))
    return Span(setting.today, setting.today + days * DAY, about(days))
