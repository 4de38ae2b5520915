"""Dates in figures: which of their numbers is the day, and those that head the entries of a log."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from geoevents.reports.model import When
from geoevents.reports.when.calendar import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoevents.prose import Document
    from geoevents.reports.forms import Found

#: "25/05 - ", "(07/11) ", "28.11. ": a day and a month, and what stands behind them.
_HEAD: Final = re.compile(r"([(\[])?(\d\d?)([/.])(\d\d?)(\.)?(?:([)\]])|(?=\s{0,2}[:–—-](?!\d)))")
_BRACKET: Final = 1
_MARK: Final = 3
_DOT: Final = "."
_CLOSED: Final = 6
#: Logs tell of the last months, and of nothing to come.
_REACH: Final = 370
_YEAR: Final = 4  # figures of a year that is sure

Pair = tuple[int, int]


def day_first(
    document: Document, forms: Iterable[Sequence[Found]], published: dt.date | None
) -> bool | None:
    """
    Tell whether the dates in figures of a report have the day before the month.

    Parameters
    ----------
    document : Document
        The document.
    forms : iterable of sequence of Found
        The forms of each of its sentences.
    published : datetime.date or None
        When it was published.

    Returns
    -------
    bool or None
        What those of its dates tell that can only be read in one way: "16/09/2017"; the heads of a
        log, too, which tell of no day to come. None where none does.
    """
    pairs: list[tuple[Pair, int | None]] = []
    for sentence, found in zip(document.sentences, forms, strict=True):
        for form in found:
            if form.reading == "slashed":
                first, second, year = re.split(r"\D", document.text[form.start : form.end])
                heads = form.start == sentence.start and len(year) >= _YEAR
                pairs.append(((int(first), int(second)), int(year) if heads else None))
    told = {first > MONTHS for (first, second), _ in pairs if (first > MONTHS) != (second > MONTHS)}
    if len(told) == 1:
        return told.pop()
    if told or published is None:
        return None
    dated = [(pair, year) for pair, year in pairs if year is not None]
    fit = [
        order
        for order in (True, False)
        if all((day := _day(pair, year, order)) and day <= published for pair, year in dated)
    ]
    return fit[0] if dated and len(fit) == 1 else None


def entry_days(
    document: Document, published: dt.date | None, *, order: bool | None
) -> dict[int, When]:
    """
    Find the entries of a log that begin with a day and a month in figures: "25/05 - ".

    Parameters
    ----------
    document : Document
        The document.
    published : datetime.date or None
        When it was published: each is the last such day up to it.
    order : bool or None
        Whether the day stands first; if that is not known, as the days are nearest.

    Returns
    -------
    dict of int to When
        For the number of a sentence its day.
    """
    if published is None:
        return {}
    heads = list(_heads(document))
    if not heads:
        return {}
    pairs = [pair for _, _, pair in heads]
    orders = (True, False) if order is None else (order,)
    read = [days for one in orders if (days := _days(pairs, published, day_leads=one))]
    if not read:
        return {}
    # The days of a log are near each other, and it ends shortly before it was published.
    days = min(read, key=lambda some: (published - min(some)).days)
    return {
        number: When(start, end, document.text[start:end], day, day, "day")
        for (number, (start, end), _), day in zip(heads, days, strict=True)
    }


def _heads(document: Document) -> Iterator[tuple[int, tuple[int, int], Pair]]:
    """Find the sentences that begin with two numbers that may be a day and a month."""
    text = document.text
    for sentence in document.sentences:
        first = text[sentence.start : sentence.start + 1]
        if not (first.isdigit() or first in "(["):
            continue
        found = _HEAD.match(text, sentence.start)
        if found is None or bool(found[_BRACKET]) != bool(found[_CLOSED]):
            continue
        bare_dots = found[_MARK] == _DOT and not (found[5] or found[_BRACKET])
        if bare_dots:
            continue  # "16.30 - ": a time of day
        yield sentence.number, (found.start(2), found.end(4)), (int(found[2]), int(found[4]))


def _days(pairs: Sequence[Pair], published: dt.date, *, day_leads: bool) -> list[dt.date]:
    """Read all heads in one order; nothing where one of them is no such day."""
    days = []
    for pair in pairs:
        day = _day(pair, published.year, day_leads)
        if day is not None and day > published:
            day = _day(pair, published.year - 1, day_leads)
        if day is None or (published - day).days > _REACH:
            return []
        days.append(day)
    return days


def _day(pair: Pair, year: int, day_leads: bool) -> dt.date | None:
    day, month = pair if day_leads else pair[::-1]
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
