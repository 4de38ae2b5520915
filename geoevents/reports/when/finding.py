"""Times found in a document, and resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from geoevents.reports.errors import ReportError
from geoevents.reports.forms import find_forms
from geoevents.reports.model import When
from geoevents.reports.when.calendar import Span, day_span
from geoevents.reports.when.clock import moment_of
from geoevents.reports.when.entries import day_first, entry_days
from geoevents.reports.when.points import Point, points_of
from geoevents.reports.when.readings import Relative, Setting, read
from geoevents.reports.when.readings.amounts import read_amount
from geoevents.reports.when.remains import remains

if TYPE_CHECKING:
    from collections.abc import Container

    from geoevents.prose import Document, Sentence
    from geoevents.reports.language import Language
    from geoevents.reports.model import TimeRole

_WEEK = dt.timedelta(days=7)  # a dateline of longer ago is not when the report was written
_YEAR = dt.timedelta(days=365)  # what is further ahead is no event of the report
_LASTING = frozenset({"lasting", "spell", "since then"})
_TIMES = frozenset({"clock", "bare clock", "daytime"})
_BACK = frozenset({"later", "same"})  # what is counted from a date told before
_DATED = frozenset({"iso", "slashed", "date", "monthday", "weekday"})
_ASIDE = 20  # words from "since" or "who had" to a date
_RECENT = frozenset({"weekday", "today", "overnight", "weekend"})
_APPOSED = frozenset({",", ", on", "(", "-", "–", "—"})  # between "the next day" and its date
_OPENING = 12  # characters in which a sentence begins with a time: "Just a day after"
_DATELINE = 60  # characters of the places of a dateline
_DASHES = frozenset("-–—")
_AGENCY = re.compile(r"\s*\([^()\n]{2,40}\)")  # between the day of a dateline and its dash
_TEXT = 60  # characters of a text shown in a message


def find_whens(  # noqa: C901, PLR0912, PLR0915 -- a sort of point a branch
    document: Document,
    published: dt.date | None,
    language: Language,
    *,
    sentences: Container[int] | None = None,
) -> list[When]:
    """
    Find the times that a document names.

    Parameters
    ----------
    document : Document
        The document.
    published : datetime.date or None
        The day of publication, which words such as "Saturday" are relative to.
    language : Language
        The language it is written in.
    sentences : container of int, optional
        Only in the sentences of these numbers; in all if not given.

    Returns
    -------
    list of When
        In the order of the text; they do not overlap. A day without a year is the last such day
        up to publication, a weekday the last one (the day of publication, if it is one). What
        looks back to a date that was not told before ("the next day") is left out. Of a date that
        can be read in two ways, or in none, its year or month is given, if that is sure, else the
        day of publication with precision ``unknown`` (see `find_unread_dates`). Prepositions are
        not part of a time but where they make it one: "since", "for", "between", "from".

    Raises
    ------
    ReportError
        If a relative date needs the day of publication, and it is not known.

    Examples
    --------
    >>> import datetime as dt
    >>> from geoevents.prose import Document
    >>> from geoevents.reports.language import language
    >>> report = Document.read("Rebels attacked early Saturday. They had held Homs since 2014.")
    >>> for when in find_whens(report, dt.date(2017, 9, 17), language("en")):
    ...     print(when.text, when.first, when.last, when.precision)
    early Saturday 2017-09-16 2017-09-16 day
    since 2014 2014-01-01 2017-09-17 year
    """
    if isinstance(published, dt.datetime):
        published = published.date()
    setting = Setting(language, published)
    whens: list[When] = []
    day: Span | None = None  # the last single day, and where
    paragraph = -1
    forms = list(find_forms(document, language))
    setting.past = not any(form.reading in _RECENT for found in forms for form in found)
    setting.day_first = day_first(document, forms, published)
    entries = entry_days(document, published, order=setting.day_first)
    for sentence, found in zip(document.sentences, forms, strict=True):
        entry = entries.get(sentence.number)
        if not (found or entry) or (sentences is not None and sentence.number not in sentences):
            continue
        if entry is not None:
            whens.append(entry)
            day, paragraph = Span(entry.first, entry.last, "day"), sentence.paragraph
            setting.anchor = setting.day = day
        points = points_of(found, document.text, language)
        points = [one for one in points if entry is None or one.start >= entry.end]
        first, setting.close = len(whens), False
        told = day if paragraph == sentence.paragraph else None
        # "The hill had been taken on Sunday. At 9 a.m. ...": that hour is not of Sunday.
        kept = told is not None and _is_before(sentence, setting)
        setting.beside = _day_beside(points, setting, document.text, sentence, told)
        for point, following in zip_longest(points, points[1:]):
            eve = None
            if point.is_time and point.form.reading in _TIMES:
                moment = moment_of(point.form)
                meant = _is_cued(point, setting) and (point.form.reading == "daytime" or moment)
                span = day if paragraph == sentence.paragraph and meant else None
            else:
                eve = _eve(point, following, setting, document.text)
                span = eve or _resolve(point, setting, document.text)
                moment = moment_of(point.clock or point.form)
            if span is None or _is_too_late(span, published):
                continue
            if point.form.reading == "anniversary" and sentence.number == 0:
                setting.story = span.first
            lasts = point.since or point.form.reading in _LASTING
            role: TimeRole = "eve" if eve else _role(point, setting)
            whens.append(When(*_words(point, document.text), *span, moment, lasts, role))
            setting.published = _written(whens, sentence.start, document.text, setting)
            aside = _is_aside(point, sentence, whens[first:-1], setting)
            if not lasts and not aside and role not in {"offset", "eve"}:
                setting.close = True
                setting.anchor = setting.beside = None if span.precision == "unknown" else span
                if span.precision == "unknown":
                    day = setting.day = None
                elif not span.is_day and point.form.reading in _DATED:
                    setting.day = None  # a date that could not be read
                elif span.is_day:
                    setting.day = span
                    if not kept:
                        day, paragraph = span, sentence.paragraph
        if first == 0:
            _put_last(whens, sentence.start, document.text)
    return whens


def _put_last(whens: list[When], start: int, text: str) -> None:
    """Let other times of the first sentence go before that of a dateline: it was written then."""
    if len(whens) > 1 and _is_dateline(whens[0], start, text):
        whens[0] = replace(whens[0], lasts=True, role="dateline")


def _words(point: Point, text: str) -> tuple[int, int, str]:
    """Give where a point in time stands, and its words."""
    return point.start, point.end, text[point.start : point.end]


def _written(whens: list[When], start: int, text: str, setting: Setting) -> dt.date | None:
    """Tell when a report was written, which "this afternoon" is told from: its dateline's day."""
    published, when = setting.published, whens[0]
    if len(whens) > 1 or published is None or when.precision != "day":
        return published
    near = dt.timedelta(0) <= published - when.first <= _WEEK
    return when.first if near and _is_dateline(when, start, text) else published


def _role(point: Point, setting: Setting) -> TimeRole:
    """Tell whether a time is that of what is named behind it, or no day at all."""
    reading = point.form.reading
    if reading == "offset" or reading not in _LASTING or point.since:
        return "offset" if reading == "offset" else ""
    hours = reading != "since then" and "past" not in point.form.slots
    if hours and (amount := read_amount(point.form, setting)) and amount.unit == "hour":
        return "hours"
    return "spell" if reading == "spell" else ""


def _day_beside(
    points: list[Point], setting: Setting, text: str, sentence: Sentence, told: Span | None
) -> Span | None:
    """Find the day that "a day after" is counted from: one behind it, else the one told before."""
    found = _first_day(points, setting, text)
    opens = not points or points[0].start - sentence.start <= _OPENING
    return found if found is not None or opens else told


def _eve(point: Point, following: Point | None, setting: Setting, text: str) -> Span | None:
    """
    Find the day that "the next day" is counted from, by the date behind it.

    "A killed B in X; the army killed C in Y the next day, 18 January": the first was the 17th.
    """
    if point.form.reading not in _BACK or following is None or following.form.reading not in _DATED:
        return None
    gap = text[point.end : following.start].strip()
    if gap not in _APPOSED or "weekday" in point.form.slots:
        return None
    told = _resolve(following, setting, text)
    if told is None or not told.is_day:
        return None
    # What is so many days after that date, and as many before it.
    there = read(point.form, replace(setting, anchor=told))
    if there is None or not there.is_day or _resolve(point, setting, text) == told:
        return None
    return day_span(told.first, (told.first - there.first).days)


def _first_day(points: list[Point], setting: Setting, text: str) -> Span | None:
    """Find the day that a sentence begun with "a day after" names behind it: "on Monday"."""
    if not points or points[0].form.reading != "offset":
        return None
    for point in points:
        if point.is_time or point.since or point.form.reading in _LASTING | {"offset"}:
            continue
        span = _resolve(point, setting, text)
        if span is not None:
            return span
    return None


def _is_aside(point: Point, sentence: Sentence, told: list[When], setting: Setting) -> bool:
    """
    Tell whether a time is told in passing: "since war broke out on 9 May", "who took X on the 3rd".

    "The same day" and the like pass over it.
    """
    if setting.day is None or not (told or point.form.reading in _DATED):
        return False
    had = False
    place = bisect_left(sentence.tokens, point.start, key=lambda token: token.start)
    for token in reversed(sentence.tokens[max(0, place - _ASIDE) : place]):
        if setting.knows("begun", token.lower):
            return True
        if setting.knows("aside", token.lower):
            return bool(told)
        if setting.knows("relative", token.lower):
            return had
        had = had or setting.knows("pluperfect", token.lower)
        if not token.lower[0].isalnum():
            return False
    return False


def _is_before(sentence: Sentence, setting: Setting) -> bool:
    """Tell whether a sentence tells of what was before: "had been taken"."""
    return any(setting.knows("pluperfect", token.lower) for token in sentence.tokens)


def _is_dateline(when: When, start: int, text: str) -> bool:
    """Tell whether a time stands where a report says when it was written: "KABUL, 5 May - "."""
    place = text[start : when.start]
    if len(place) > _DATELINE or not place.strip():
        return False
    names = all(word[0].isupper() for word in place.replace(",", " ").split())
    agency = _AGENCY.match(text, when.end)
    end = agency.end() if agency else when.end
    return names and (text[end : end + 2].strip()[:1] or " ") in _DASHES


def _resolve(point: Point, setting: Setting, text: str) -> Span | None:
    """Find the days of a point in time."""
    setting.year, setting.after = point.year, None
    try:
        span = read(point.form, setting) or remains(point.form, setting)
        if span is not None and point.to is not None and span.precision != "unknown":
            return _range(span, point, setting)
    except Relative:
        words = text[point.start : point.end][:_TEXT]
        raise ReportError(
            f"{words!r} (character {point.start}) is relative: give published=, the date of the"
            " report"
        ) from None
    if span is not None and point.since:
        last = max(setting.published or span.last, span.first)
        return span._replace(last=last)
    return span


def _range(first: Span, point: Point, setting: Setting) -> Span | None:
    """Find the days of a range, whose beginning is known."""
    to = point.to
    if to is None:
        return first
    setting.year = to.year
    setting.after = first.first if point.own_year and to.lacks_year else None
    last = read(to.form, setting)
    if last is None:
        return first
    if first.first > last.first:
        back = 7 if "weekday" in point.form.slots and "month" not in point.form.slots else 365
        earlier = first.first - dt.timedelta(days=back)
        if point.form.reading == "date":
            earlier = first.first.replace(year=first.first.year - 1)
        first = first._replace(first=earlier)
    if first.first > last.last:
        return None
    return Span(first.first, last.last, first.precision)


def _is_cued(point: Point, setting: Setting) -> bool:
    """Tell whether a time of day without a day is meant as a time."""
    form = point.form
    if form.reading == "daytime":
        return setting.knows("before_time", form.before)
    return form.reading == "clock" or setting.knows("at", form.before)


def _is_too_late(span: Span, published: dt.date | None) -> bool:
    """Tell whether a time is too far ahead to be one of the report."""
    try:
        return published is not None and span.first > published + _YEAR
    except OverflowError:
        return False
