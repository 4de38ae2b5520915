"""Days of events that name none: that of the sentence before, or of the entry of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.joining.profile import Profiler
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.model import Event, Findings, When

_AHEAD: Final = ("planned", "refused")
_OLD: Final = 400  # days
_MARKS: Final = (":", "-", "–", "—")


def carry_days(
    events: Sequence[Event], findings: Findings, profiler: Profiler, words: JoiningWords
) -> None:
    """
    Give events without a day that of what was told before them in their paragraph.

    Parameters
    ----------
    events : sequence of Event
        The events, whose times are filled in.
    findings : Findings
        What was found in the document.
    profiler : Profiler
        Tells how mentions are told.
    words : JoiningWords
        The words of the language.
    """
    sentences = findings.document.sentences
    days = _days(events, findings, profiler)
    entries = _entries(findings)
    for event in events:
        if any(not when.lasts for when in event.whens) or event.status in _AHEAD:
            continue
        first = event.mentions[0]
        if profiler.perfect(first) or profiler.goes_on(first):
            continue
        before = first.sentence - 1
        beside = before >= 0 and sentences[before].paragraph == sentences[first.sentence].paragraph
        day = days.get(before) if beside else None
        day = day or entries.get(first.sentence)
        if day is not None and (not event.whens or _is_old(day, findings)):
            event.whens = [day]
            days.setdefault(first.sentence, day)
            event.notes.append(words.notes["carried"])


def _days(events: Sequence[Event], findings: Findings, profiler: Profiler) -> dict[int, When]:
    """Find the day that each sentence hands on: that of its events, else one that it names."""
    sentences = findings.document.sentences
    days: dict[int, When] = {}
    earlier: dict[int, bool] = {}
    for event in events:
        for mention in event.mentions:
            exact = [when for when in mention.whens if _hands_on(when, findings)]
            if exact and event.status not in _AHEAD:
                days.setdefault(mention.sentence, exact[0])
                had = profiler.pluperfect(mention)
                earlier[mention.sentence] = had and earlier.get(mention.sentence, True)
    for when in findings.whens:
        if _hands_on(when, findings):
            days.setdefault(findings.document.sentence_at(when.start), when)
    for number in sorted(number for number, had in earlier.items() if had):
        # "The hill had been taken on Monday." in between: the story goes on where it was.
        beside = number and sentences[number - 1].paragraph == sentences[number].paragraph
        if beside and number - 1 in days:
            days[number] = days[number - 1]
    return days


def _entries(findings: Findings) -> dict[int, When]:
    """Find the day of each sentence of a log: "6 May: two men were shot. A farm was burnt."."""
    document = findings.document
    entries: dict[int, When] = {}
    for when in findings.whens:
        number = document.sentence_at(when.start)
        heads = document.text[when.end : when.end + 2].strip().startswith(_MARKS)
        if heads and _is_day(when) and document.sentences[number].start == when.start:
            entries[number] = when
    if not entries:
        return entries
    day = None
    for number, sentence in enumerate(document.sentences):
        if number and sentence.paragraph != document.sentences[number - 1].paragraph:
            day = None
        day = entries.get(number, day)
        if day is not None:
            entries[number] = day
    return entries


def _hands_on(when: When, findings: Findings) -> bool:
    """Whether what is told next is of the same time: a day, or a month of long ago."""
    if findings.published is not None and when.first > findings.published:
        return False  # "ahead of talks tomorrow. Shells hit ..."
    month = when.precision == "month" and not when.lasts and not when.role
    return _is_day(when) or (month and _is_old(when, findings))


def _is_old(when: When, findings: Findings) -> bool:
    """Whether it is history: what is told beside it is hardly of the day of publication."""
    published = findings.published
    return published is not None and (published - when.last).days > _OLD


def _is_day(when: When) -> bool:
    return when.precision == "day" and not when.lasts and not when.role
