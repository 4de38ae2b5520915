"""Days of events that name none: that of the sentence before, or of the entry of a log."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.prose import Document
    from geoevents.reports.joining.profile import Profiler
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.model import Event, Findings, Mention, When

_AHEAD: Final = ("planned", "refused")
_AGREEMENT: Final = "agreement"
_OLD: Final = 400  # days
_WORD: Final = 8  # characters of the word before a time
_BEGUN: Final = 20  # words from "since" to the day that something has been so
_SENTENCES: Final = 3  # "then": after what was told so many sentences before
_MARKS: Final = (":", "-", "–", "—")
_OPEN: Final = ("(", "[")
_CLOSING: Final = (")", "]")
_COLON: Final = ": "
_ITEM: Final = 3  # characters of "(1)"
_NUMBERED: Final = (")", ".")
_PLACE: Final = 80  # characters of the hour and the place behind a date that heads an entry


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
    days = _days(events, findings, profiler, words)
    entries = entry_days(findings)
    for event in events:
        if any(not when.lasts for when in event.whens) or event.status in _AHEAD:
            continue
        first = event.mentions[0]
        if profiler.perfect(first) or profiler.goes_on(first):
            continue
        day = _told_before(days, first.sentence, findings, goes_on=profiler.follows(first))
        day = day or entries.get(first.sentence)
        if day is not None and (not event.whens or _is_old(day, findings)):
            event.whens = [day]
            days.setdefault(first.sentence, day)
            event.notes.append(words.notes["carried"])


def _told_before(
    days: Mapping[int, When], number: int, findings: Findings, *, goes_on: bool
) -> When | None:
    """Find the day told in the sentence before; "An IED then went off": or in those before that."""
    sentences = findings.document.sentences
    for before in range(number - 1, max(number - 1 - (_SENTENCES if goes_on else 1), -1), -1):
        if sentences[before].paragraph != sentences[number].paragraph:
            return None
        if before in days:
            return days[before]
    return None


def _days(
    events: Sequence[Event], findings: Findings, profiler: Profiler, words: JoiningWords
) -> dict[int, When]:
    """Find the day that each sentence hands on: that of its events, else one that it names."""
    days: dict[int, When] = {}
    outer: dict[int, Mention] = {}
    earlier: dict[int, bool] = {}
    truces: set[int] = set()
    for event in events:
        for mention in event.mentions:
            exact = [when for when in mention.whens if _hands_on(when, findings)]
            if exact and event.status not in _AHEAD:
                # "Rebels, who took X on Monday, left Y on Friday": what is told is of Friday.
                inner = outer.setdefault(mention.sentence, mention)
                if mention.start < inner.start and inner.end <= mention.end:
                    days[mention.sentence] = exact[0]
                    outer[mention.sentence] = mention
                days.setdefault(mention.sentence, exact[0])
                had = profiler.pluperfect(mention) or _is_until(exact[0], findings, words)
                # "The truce agreed on 3 May never held. Shells hit ...": that is of no 3 May.
                if mention.kind == _AGREEMENT and mention.definite:
                    truces.add(mention.sentence)
                    had = True
                earlier[mention.sentence] = had and earlier.get(mention.sentence, True)
    for when in findings.whens:
        if _hands_on(when, findings):
            number = findings.document.sentence_at(when.start)
            days.setdefault(number, when)
            if number not in earlier and _is_aside(when, number, findings, words):
                earlier[number] = True
    _go_on(days, sorted(number for number, had in earlier.items() if had), truces, findings)
    return days


def _go_on(
    days: dict[int, When], earlier: Sequence[int], truces: set[int], findings: Findings
) -> None:
    """Let the story go on where it was behind sentences that only look back."""
    for number in earlier:
        # "The hill had been taken on Monday." in between: the story goes on where it was.
        if (told := _told_before(days, number, findings, goes_on=True)) is not None:
            days[number] = told
        elif number in truces:
            del days[number]


def _is_aside(when: When, number: int, findings: Findings, words: JoiningWords) -> bool:
    """Whether a sentence only names a day by which it was so, or what had been so before."""
    tokens = findings.document.sentences[number].tokens
    had = any(token.lower in words.pluperfect for token in tokens)
    return had or _is_until(when, findings, words) or _is_since(when, number, findings, words)


def _is_since(when: When, number: int, findings: Findings, words: JoiningWords) -> bool:
    """Whether it is of what something has been so since: "since the coup of 25 October"."""
    tokens = findings.document.sentences[number].tokens
    place = bisect_left(tokens, when.start, key=lambda token: token.start)
    for token in reversed(tokens[max(0, place - _BEGUN) : place]):
        if token.lower in words.since:
            return True
        if not token.lower[0].isalnum():
            return False
    return False


def _is_until(when: When, findings: Findings, words: JoiningWords) -> bool:
    """Whether something was so by then: "by Thursday the army was back"."""
    before = findings.document.text[max(0, when.start - _WORD) : when.start].split()
    return bool(before) and before[-1].lower() in words.until


def entry_days(findings: Findings) -> dict[int, When]:
    """
    Find the day of each sentence of a log: "6 May: two men were shot. A farm was burnt.".

    Parameters
    ----------
    findings : Findings
        What was found in the document.

    Returns
    -------
    dict of int to When
        For the number of a sentence the day that heads its entry.
    """
    document = findings.document
    entries: dict[int, When] = {}
    for when in findings.whens:
        number = document.sentence_at(when.start)
        sentence = document.sentences[number]
        alone = when.start == sentence.start and sentence.end - when.end <= 1  # "17 January 2021."
        heads = alone or _heads(when, sentence.start, document.text)
        if _is_day(when) and (heads or _heads_list(when, number, document)):
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


def _heads(when: When, start: int, text: str) -> bool:
    """Whether a time heads the entry that a sentence begins: "6 May:", "(6/5)", "6.5., Bonny:"."""
    if text[start : when.start] in _OPEN and text[when.end : when.end + 1] in _CLOSING:
        return True
    if start != when.start:
        return False
    behind = text[when.end : when.end + _PLACE]
    if behind[:2].strip().startswith(_MARKS):
        return True
    # "28.11.2020, 0412 LT, off Brass: eight pirates": in figures, no sentence begins so.
    figures = not any(char.isalpha() for char in when.text)
    return figures and behind.startswith(",") and _COLON in behind


def _heads_list(when: When, number: int, document: Document) -> bool:
    """Whether a time ends the title of a numbered list: "Roundup, 21 March. (1) Monywa: ..."."""
    sentences = document.sentences
    if sentences[number].end - when.end > 1 or number + 1 == len(sentences):
        return False
    begins = sentences[number + 1].start
    mark = document.text[begins : begins + _ITEM].lstrip("(")
    return mark[:1].isdigit() and mark[1:2] in _NUMBERED


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
