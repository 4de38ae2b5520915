"""Times relative to a date that the text named before: "two days later", "that night"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.forms import grammar
from geoevents.reports.when.calendar import DAY, Span, day_span, last_weekday, part_of, whole_span
from geoevents.reports.when.readings.amounts import DAYS_OF, distant, read_amount

if TYPE_CHECKING:
    from geoevents.reports.forms import Found
    from geoevents.reports.when.readings.setting import Setting


def since_then(_: Found, setting: Setting) -> Span | None:
    """Read "since then"."""
    anchor = setting.anchor
    if anchor is None or (setting.published or anchor.last) < anchor.first:
        return None
    return Span(anchor.first, setting.published or anchor.last, anchor.precision)


# How exactly a date must be known for so many days or weeks to be counted from it.
_ANY = frozenset({"day", "week", "month", "year"})
_EXACT = {
    "day": frozenset({"day"}),
    "week": frozenset({"day", "week"}),
    "fortnight": frozenset({"day", "week"}),
    "month": _ANY - {"year"},
    "half year": _ANY - {"year"},
}


def later(form: Found, setting: Setting) -> Span | None:
    """Read "two days later", "a week earlier"."""
    amount, anchor, way = read_amount(form, setting), setting.anchor, form.slots["shift"]
    if anchor is None and way < 0 and setting.published is not None:
        anchor = day_span(setting.published)  # "six days earlier": than the report
    if amount is None or anchor is None:
        return None
    day = anchor.last if way > 0 else anchor.first
    if amount.unit == "hour":
        return day_span(day) if anchor.is_day else None
    if anchor.precision not in _EXACT.get(amount.unit, _ANY):
        return None
    if anchor.is_day and amount.number and amount.unit in DAYS_OF and amount.unit != "day":
        days = round(amount.number * DAYS_OF[amount.unit])  # that day of the week, or near it
        return day_span(day, way * days)._replace(precision="week")
    return distant(day, amount, way, setting)


def offset(form: Found, setting: Setting) -> Span | None:
    """Read "a day after ..." of what the next words tell: a day before the date beside it."""
    way = grammar(setting.language).words["beside"][form.after]
    anchor = setting.beside
    if anchor is None:
        return None
    if not form.slots:
        return day_span(anchor.first, -way) if anchor.is_day else None
    moved = form._replace(slots={**form.slots, "shift": -way})
    return later(moved, replace(setting, anchor=anchor))


def same(  # noqa: C901, PLR0911 -- a sort of step a branch
    form: Found, setting: Setting
) -> Span | None:
    """Read "the same day", "the following Monday", "that month"."""
    slots, anchor, step = form.slots, setting.anchor, form.slots.get("step", 0)
    if anchor is not None and anchor.precision in ("month", "year") and "period" not in slots:
        anchor = setting.day or anchor
    if anchor is None and step < 0 and setting.published is not None and "period" not in slots:
        # "The night before, a shell had hit the school": of a report that has named no day yet.
        if "weekday" in slots:  # "the previous Thursday": the last one
            return day_span(last_weekday(setting.published - DAY, slots["weekday"]))
        return day_span(setting.published, step)
    if anchor is None:
        return None
    day = anchor.last if step > 0 else anchor.first
    if "period" in slots:
        if slots["period"] not in _KNOWN[anchor.precision]:
            return None
        return part_of(whole_span(day, slots["period"], step), slots.get("part"), None)
    night = "daypart" in slots and (anchor.last - anchor.first).days == 1
    if "weekday" in slots and step < 0 and anchor.precision == "week":
        return day_span(last_weekday(anchor.first - DAY, slots["weekday"]))
    if anchor.precision != "day" or (step == 0 and "weekday" in slots):
        return None
    if step == 0 and not anchor.is_day:  # "that night", of one that was told as two days
        return anchor if night else None
    if "weekday" not in slots:
        return day_span(day, step)
    return day_span(last_weekday(day if step > 0 else day - DAY, slots["weekday"]), 7 * (step > 0))


# Of which weeks, months and years can be told which is meant, by how exactly a date is known.
_KNOWN = {
    "day": {"week", "month", "year"},
    "week": {"week", "month", "year"},
    "month": {"month", "year"},
    "year": {"year"},
}
