"""Records of an extractor, each field checked against the schema and the report itself."""

from __future__ import annotations

import datetime as dt
import math
import warnings
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geoevents.errors import as_text, shown
from geoevents.events.dates import parse_dates
from geoevents.events.vocabulary import DATE_PRECISIONS
from geoevents.reports.extractors.answers import ExtractorError, found_records
from geoevents.reports.extractors.fields import FIELDS, REQUIRED, SEVERAL, WHERE
from geoevents.reports.extractors.quotations import Quotations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geoevents.events.columns import Column
    from geoevents.prose import Document

_LONGEST: Final = 20_000
_READING: Final = "reading"
#: Beyond this not every whole number is one that a figure can hold.
_EXACT: Final = 2.0**53
#: Statuses of what is said to have happened.
_HAPPENED: Final = frozenset(("reported", "claimed", "disputed"))
_FINEST: Final = list(DATE_PRECISIONS)


class ExtractorWarning(UserWarning):
    """Something in an extractor's answer that is left out, such as coordinates."""


def records(answer: Any, document: Document, published: dt.date | None) -> list[dict[str, Any]]:
    """
    Check an extractor's answer, and make records of events of it.

    Parameters
    ----------
    answer : str, bytes, mapping or sequence of mapping
        Records, or JSON with them, perhaps in a code fence or with words around it. See
        `json_schema` for what a record holds.
    document : Document
        The report.
    published : datetime.date or None
        When it was published: the date of events without one, with the precision ``unknown``.

    Returns
    -------
    list of dict
        Values by column, without geometry, in the order of the answer. ``quote`` is as the report
        has it, ``spans`` says where.

    Raises
    ------
    ExtractorError
        If anything is wrong: an answer without records, a field that is not known, a word that is
        not of its vocabulary, a date that is none, a quote that the report does not hold. Its
        ``problems`` holds all of them, each with the number of the record, from 0, and the field.

    Warns
    -----
    ExtractorWarning
        If a record says by coordinates where it was: they are left out, and its words are located.

    Examples
    --------
    >>> from geoevents.prose import Document
    >>> report = Document.read("Jets bombed a market in Taiz on Monday, killing nine.")
    >>> answer = '[{"event_type": "air strike", "place": "Taiz", "quote": "Jets bombed a market"}]'
    >>> record = records(answer, report, None)[0]
    >>> record["event_type"], record["place"], record["spans"]
    ('air strike', 'Taiz', '0-20')
    """
    given = found_records(answer)
    quotations = Quotations(document.text)
    problems: list[str] = []
    placed: list[str] = []
    made = []
    for number, one in enumerate(given):
        checker = _Checker(number, one, problems, placed)
        made.append(checker.record(document, quotations, published))
    if problems:
        raise ExtractorError(problems)
    if placed:
        more = len(placed) - 1
        warnings.warn(
            f"the extractor's answer says where by figures ({placed[0]}"
            f"{f' and {more} more' if more else ''}): they are left out, the words are located",
            ExtractorWarning,
            stacklevel=3,
        )
    return made


def ask(
    extractor: Callable[..., Any], document: Document, published: dt.date | None
) -> list[dict[str, Any]]:
    """
    Ask an extractor for the events of a report, and check its answer.

    Parameters
    ----------
    extractor : callable
        The extractor: takes the text and the day, gives what `records` checks.
    document : Document
        The report.
    published : datetime.date or None
        When it was published.

    Returns
    -------
    list of dict
        As of `records`.

    Raises
    ------
    ExtractorError
        If the extractor fails: the message names its error, which is the cause; or as of `records`.
    """
    try:
        answer = extractor(document.text, published)
    except Exception as error:
        raise ExtractorError(
            [f"there is none, the extractor failed: {shown(error, 200)}"]
        ) from error
    return records(answer, document, published)


class _Checker:
    """
    Checks one record.

    Parameters
    ----------
    number : int
        Which it is.
    given : mapping
        What the extractor said.
    problems : list of str
        Where to note what is wrong.
    placed : list of str
        Where to note coordinates that are left out.
    """

    def __init__(
        self, number: int, given: Mapping[Any, Any], problems: list[str], placed: list[str]
    ) -> None:
        self.number = number
        self.given = given
        self.problems = problems
        self.placed = placed
        self.notes: list[str] = []

    def record(
        self, document: Document, quotations: Quotations, published: dt.date | None
    ) -> dict[str, Any]:
        """Make the record; what has a problem is missing in it."""
        self._see_fields()
        made: dict[str, Any] = dict.fromkeys(FIELDS)
        for name, column in FIELDS.items():
            value = self.given.get(name)
            if value is None:
                continue
            if column.kind == "number":
                made[name] = self._number(column, value)
            elif column.kind == "text":
                made[name] = self._text(column, value)
        for name in REQUIRED:
            if made[name] is None and self.given.get(name) in (None, ""):
                self._note(name, "is missing")
        made["status"] = made["status"] or "reported"
        self._date(made, published)
        self._see_order(made)
        self._quote(made, document, quotations)
        made[_READING] = " ".join(["Read by the extractor.", *self.notes])
        return made

    def _note(self, name: str, why: str) -> None:
        self.problems.append(f"record {self.number}, {shown(name)}: {why}")

    def _see_fields(self) -> None:
        """See that every field is one that is known."""
        for name in self.given:
            if name in FIELDS:
                continue
            if isinstance(name, str) and name.lower() in WHERE:
                self.placed.append(f"record {self.number}, {shown(name)}")
                self.notes.append(f"Its {name.lower()} was left out.")
            elif name != _READING:
                near = get_close_matches(as_text(name)[:40], FIELDS, 1)
                hint = f"did you mean {near[0]!r}? " if near else ""
                self._note(as_text(name), f"is no field: {hint}use {', '.join(FIELDS)}")
        reading = self.given.get(_READING)
        if isinstance(reading, str) and _storable(reading) and reading.strip():
            self.notes.append(" ".join(reading[:_LONGEST].split()))

    def _text(self, column: Column, value: Any) -> str | None:
        """Read text, and see that it is of the vocabulary."""
        if column.name in SEVERAL and isinstance(value, list | tuple):
            self._note(column.name, f"is {shown(value)}: write text, several joined by '; '")
            return None
        text = self._text_of(column.name, value)
        if text is None or column.vocabulary is None:
            return text
        word = " ".join(text.casefold().replace("_", " ").split())
        if word in column.vocabulary:
            return word
        self._note(column.name, f"is {shown(text)}: use one of {', '.join(column.vocabulary)}")
        return None

    def _text_of(self, name: str, value: Any) -> str | None:
        if not isinstance(value, str):
            self._note(name, f"is {shown(value)}: write text, or null")
        elif len(value) > _LONGEST:
            self._note(name, f"has {len(value):,} characters: at most {_LONGEST:,} are read")
        elif not _storable(value):
            self._note(name, "holds a character that no file can store")
        else:
            return " ".join(value.split()) or None
        return None

    def _number(self, column: Column, value: Any) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._note(column.name, f"is {shown(value)}: write a number, or null")
            return None
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self._note(column.name, f"is {shown(value)}: write a number, or null")
        elif number < (column.minimum or 0):
            self._note(column.name, f"is {shown(value)}: it cannot be below {column.minimum or 0}")
        elif column.whole and not number.is_integer():
            self._note(column.name, f"is {shown(value)}: write a whole number")
        elif column.whole and number > _EXACT:
            self._note(column.name, f"is {shown(value)}: no figure is as great as that")
        else:
            return number
        return None

    def _date(self, made: dict[str, Any], published: dt.date | None) -> None:
        """Read start and end, with how exactly the start is known."""
        start, form = self._day("start", last=False)
        end, _ = self._day("end", last=True)
        said = made["date_precision"]
        if start is None:
            if said not in (None, "unknown") and self.given.get("start") in (None, ""):
                self._note("date_precision", f"is {shown(said)}, but there is no start")
            if published is not None:
                start = dt.datetime(published.year, published.month, published.day)  # noqa: DTZ001 -- clock time
            said = "unknown"
        elif said is None:
            said = form
        elif form is not None and _FINEST.index(said) < _FINEST.index(form):
            self._note("date_precision", f"is {shown(said)}, but start is no more than a {form}")
        if start is not None and end is not None and end.date() < start.date():
            self._note("end", "is before start")
        day = start.date() if start is not None and made["status"] in _HAPPENED else None
        if day is not None and published is not None and day > published:
            self._note("start", f"is after {published}, when the report was published")
        made.update(start=start, end=end, date_precision=said)

    def _day(self, name: str, *, last: bool) -> tuple[dt.datetime | None, str | None]:
        value = self.given.get(name)
        if value is None or value == "":
            return None, None
        if not isinstance(value, str | dt.date) or (isinstance(value, str) and not value.isascii()):
            self._note(name, f"is {shown(value)}: write a date such as 2017-09-16, or null")
            return None, None
        read = parse_dates(pd.Series([value], dtype=object), last=last)
        if read.reason[0] is not None:
            self._note(name, f"({shown(value)}) {read.reason[0]}")
            return None, None
        return read.instants[0].item(), read.precision[0]

    def _see_order(self, made: dict[str, Any]) -> None:
        """See that no least figure is above the greatest, and that the best one is between them."""
        for low in [name for name in FIELDS if "_low" in name]:
            high, best = low.replace("_low", "_high"), low.replace("_low", "")
            for least, most in ((low, high), (low, best), (best, high)):
                if None not in (made[least], made[most]) and made[least] > made[most]:
                    self._note(least, f"is above {most}")
                    break

    def _quote(self, made: dict[str, Any], document: Document, quotations: Quotations) -> None:
        """See that the quote is in the report, and where."""
        quote = made["quote"]
        made["spans"] = None
        if quote is None:
            return
        if not quotations.telling(quote):
            self._note("quote", f"is {shown(quote)}: quote at least three words of the report")
            return
        spans = quotations.find(quote)
        if not spans:
            self._note(
                "quote",
                f"is {shown(quote)}, which the report does not hold: copy the words as they stand",
            )
            return
        text = document.text
        made["quote"] = " … ".join(" ".join(text[a:b].split()) for a, b in spans)
        where = [document.original(start, end) for start, end in spans]
        made["spans"] = "; ".join(f"{start}-{end}" for start, end in where)
        for name in ("locality", "place"):
            if made[name] is not None and not quotations.find(made[name]):
                self.notes.append(f"Its {name} is not in words of the report.")


def _storable(text: str) -> bool:
    """Whether text can be written to any file: no NUL, no half of a surrogate pair."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
