"""Points in time: forms found beside one another, put together before they are resolved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geoevents.reports.forms.pieces import spelled
from geoevents.reports.when.clock import CLOCKS, moment_of
from geoevents.reports.when.readings import READINGS as DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoevents.reports.forms import Found
    from geoevents.reports.language import Language

_CLOCKS = frozenset({"clock", "bare clock"})
_TIMES = _CLOCKS | {"daytime", "overnight"}
# What takes a time of day, and what may end a range.
_DAYS = frozenset({"iso", "slashed", "date", "monthday", "holiday", "weekday", "today", "same"})
_ENDS = _DAYS | {
    "month",
    "year",
    "period",
    "season",
    "half",
    "quarter",
    "beginning",
    "week of month",
    "overnight",
}
READINGS = DAYS.keys() | _TIMES | {"days", "months", "years", "unreadable"}
_LISTS = {"days": "date", "months": "month", "years": "year"}
_ABBREVIATED = frozenset({"date", "month"})
_BEFORE = 24  # characters in which words such as "since at least" are looked for


@dataclass(slots=True)
class Point:
    """
    A point in time as it was written.

    Attributes
    ----------
    start, end : int
        Where it stands.
    form : Found
        What names the day, week, month or year; what names the time of day where nothing does.
    clock : Found or None
        What names the time of day as well.
    to : Point or None
        The end of the range that it begins.
    since : bool
        Whether it goes on up to the day of publication.
    year : int or None
        The year of its neighbour, where it has none of its own: "3 May and 5 June 2016".
    """

    start: int
    end: int
    form: Found
    clock: Found | None = None
    to: Point | None = None
    since: bool = False
    year: int | None = None

    @property
    def is_time(self) -> bool:
        """Whether only a time of day is named."""
        return self.form.reading in _TIMES and self.clock is None

    @property
    def own_year(self) -> int | None:
        """The year that it names."""
        year = self.form.slots.get("year")
        return int(year) if year and self.form.reading in {"date", "month"} else None

    @property
    def lacks_year(self) -> bool:
        """Whether it is a date or month that could have had a year."""
        named = {"year", "relation", "which_year", "to_year"} & self.form.slots.keys()
        return self.form.reading in {"date", "month"} and not named


def points_of(forms: Iterable[Found], text: str, language: Language) -> list[Point]:
    """
    Put the forms of a sentence together to points in time.

    Parameters
    ----------
    forms : iterable of Found
        What was found in the sentence.
    text : str
        The text of the document.
    language : Language
        The language.

    Returns
    -------
    list of Point
        In the order of the text.
    """
    points = [point for form in forms if form.reading in READINGS for point in _points(form)]
    if not points:
        return points
    joins = _joins(language)
    last = points[-1]  # "on 16 Sept." ends the sentence, not the date
    if not last.form.after and last.form.reading in _ABBREVIATED and text[last.end - 1] == ".":
        last.end -= 1
    points = _with_times(points, text, joins)
    _lend_years(points, text, joins)
    points = _ranges(points, text, joins)
    for point in points:
        if point.to is None and (not point.is_time or point.form.reading == "overnight"):
            _reach_back(point, text, joins)
    return points


def _points(form: Found) -> list[Point]:
    """Make the points of a form: several of a list, "3, 5 and 7 May"."""
    if form.reading in _CLOCKS:
        start = min(form.spans[slot][0] for slot in CLOCKS if slot in form.spans)
        return [Point(start, form.end, form)] if moment_of(form) else []
    if form.reading not in _LISTS:
        return [Point(form.start, form.end, form)]
    unit = _LISTS[form.reading]
    name = {"date": "day", "month": "month", "year": "year"}[unit]
    keys = sorted({"a", "b", "c", "d", name} & form.spans.keys(), key=lambda key: form.spans[key])
    points = []
    shared = {key: value for key, value in form.slots.items() if key not in {*"abcd", name}}
    for key in keys:
        start, end = form.spans[key]
        if key == keys[0]:
            start = form.start
        if key == keys[-1]:
            end = form.end
        one = form._replace(reading=unit, slots={**shared, name: form.slots[key]})
        points.append(Point(start, end, one))
    if unit == "date" and "mon" in form.spans and form.spans["mon"][0] < form.spans[keys[0]][0]:
        points[-1].end = form.spans[keys[-1]][1]  # "May 3, 5 and 7, 2016": the year is the first's
    return points


def _with_times(points: list[Point], text: str, joins: dict[str, frozenset[str]]) -> list[Point]:
    """Join days and times of day that stand beside one another."""
    kept = points[:1]
    for point in points[1:]:
        last = kept[-1]
        gap = spelled(text[last.end : point.start])
        if last.form.reading in _DAYS and not last.clock and point.is_time:
            if gap in joins["day_time"]:
                last.end, last.clock = point.end, point.form
                continue
        elif last.is_time and point.form.reading in _DAYS and gap in joins["time_day"]:
            kept[-1] = Point(last.start, point.end, point.form._replace(before=last.form.before))
            kept[-1].clock = last.form
            continue
        kept.append(point)
    return kept


def _lend_years(points: list[Point], text: str, joins: dict[str, frozenset[str]]) -> None:
    """Give dates without a year that of the next date of their list or range."""
    for left, right in zip(points[-2::-1], points[:0:-1], strict=False):
        year = right.own_year or right.year
        if not year or not left.lacks_year or left.form.reading != right.form.reading:
            continue
        gap = spelled(text[left.end : right.start])
        if gap in joins["list"] | joins["to"]:
            later = _month_day(left.form.slots) > _month_day(right.form.slots)
            left.year = year - 1 if later and gap in joins["to"] else year


def _month_day(slots: dict[str, Any]) -> tuple[int, int]:
    """Month, and day if it is in figures, to compare two."""
    day = str(slots.get("day", ""))
    return slots["month"], int("".join(filter(str.isdecimal, day)) or 0)


def _ranges(points: list[Point], text: str, joins: dict[str, frozenset[str]]) -> list[Point]:
    """Join two points that are the ends of a range."""
    kept = points[:1]
    for point in points[1:]:
        left = kept[-1]
        gap = spelled(text[left.end : point.start])
        before = left.form.before
        opened = before in joins["open_to"] | joins["open_and"]
        joined = gap in joins["to"] or (gap in joins["and"] and before in joins["open_and"])
        if joined and left.to is None and _fit(left, point):
            start = text[: left.start].rstrip() if opened else ""
            left.start = len(start) - len(before) if opened else left.start
            if left.is_time:
                kept[-1] = Point(left.start, point.end, point.form, left.form)
            else:
                left.end, left.to = point.end, point
            if len(kept) > 1 and _opens(kept[-2], kept[-1], text, joins):
                last = kept.pop()
                last.start, last.clock = kept[-1].start, kept[-1].form
                kept[-1] = last
            continue
        kept.append(point)
    return kept


def _fit(left: Point, right: Point) -> bool:
    """Tell whether two points can be the ends of a range."""
    if left.is_time and left.form.reading != "overnight":
        return right.clock is not None or (right.is_time and right.form.reading in _CLOCKS)
    return left.form.reading in _ENDS and right.form.reading in _ENDS and not right.is_time


def _opens(time: Point, day: Point, text: str, joins: dict[str, frozenset[str]]) -> bool:
    """Tell whether a time of day belongs to the range after it: "overnight from Friday to..."."""
    gap = spelled(text[time.end : day.start])
    return time.is_time and not day.clock and not day.is_time and gap in joins["time_day"]


def _reach_back(point: Point, text: str, joins: dict[str, frozenset[str]]) -> None:
    """Tell whether a point is said to be where something began: "since Thursday"."""
    if point.form.before not in joins["since_last"]:
        return
    begin = max(point.start - _BEFORE, 0)
    before = text[begin : point.start]
    lower = spelled(before)
    for phrase in sorted(joins["since"], key=len, reverse=True):
        if lower.endswith(phrase) and not lower[: -len(phrase)][-1:].isalnum():
            found = before.lower().rfind(phrase.split()[0])
            if found >= 0:
                point.start, point.since = begin + found, True
            return


@cache
def _joins(language: Language) -> dict[str, frozenset[str]]:
    """Words between neighbours that belong together."""
    joins = {name: frozenset(words) for name, words in language.table("when")["joins"].items()}
    return joins | {"since_last": frozenset(phrase.split()[-1] for phrase in joins["since"])}
