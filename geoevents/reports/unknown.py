"""Places that an event's own words name and that were not found: "in Blorgville, Syria"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Sentence
    from geoevents.reports.language import Language
    from geoevents.reports.model import Actor, Event, Findings, Mention, When

#: Places that narrower ones lie in.
_WIDE: Final = frozenset(("country", "admin1", "admin2", "region"))
_MOST_TOKENS: Final = 80
_MOST_NAME: Final = 4
_NEAREST: Final = 3
_SHORTEST: Final = 3
_BEFORE_COAST: Final = 70
_POSSESSIVES: Final = ("'s", "\u2019s")


@dataclass(frozen=True, slots=True)
class Unknown:
    """
    Words that say where, and that only a wider place is known of, or none.

    Attributes
    ----------
    words : str
        What the event says of where, for its locality.
    name : str or None
        The name that was not found; None where the words about a name cannot be read.
    wider : str or None
        What is known instead.
    earlier : bool
        Whether that was told before, in another sentence.
    """

    words: str
    name: str | None = None
    wider: str | None = None
    earlier: bool = False

    def told(self) -> str:
        """
        Say what is known instead.

        Returns
        -------
        str
            A sentence for the explanation of the event.
        """
        if self.name is None:
            return f"{self.words!r} cannot be read: only {self.wider} is known."
        if self.earlier:
            return f"Its own words name {self.name!r}, which is not known: only {self.wider} is."
        return f"The place {self.name!r} in it is not known: only {self.wider} is."


@dataclass(frozen=True, slots=True)
class _Words:
    """The table ``[unknown]`` of a language."""

    before: frozenset[str]
    towns: frozenset[str]
    of: str
    the: str
    aimed: frozenset[str]
    taken: frozenset[str]
    holds: re.Pattern[str]
    named: re.Pattern[str]
    coast: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    table = language.table("unknown")
    return _Words(
        before=frozenset(table["before"]),
        towns=frozenset(table["towns"]),
        of=table["of"],
        the=table["the"],
        aimed=frozenset(table["aimed"]),
        taken=frozenset(table["taken"]),
        holds=re.compile(table["holds"], re.IGNORECASE),
        named=re.compile(table["named"]),
        coast=re.compile(table["coast"], re.IGNORECASE),
    )


def find_unknown(
    event: Event, main: Toponym | None, findings: Findings, language: Language
) -> Unknown | None:
    """
    Find what an event says of where, and that none of its places stands for.

    Parameters
    ----------
    event : Event
        The event.
    main : Toponym or None
        The place that it is on.
    findings : Findings
        The report it is told in.
    language : Language
        The language of the report.

    Returns
    -------
    Unknown or None
        None where its place is a town, or its words name no other.
    """
    words = _words(language)
    said = _listed(event, main)
    if main is not None:
        said = _in_brackets(event, main, findings, words) or said
    if said is None and event.phrases and (main is None or main.kind not in _WIDE):
        return _held(event, main, findings, words)
    if said is None and main is not None:
        said = _off_coast(event, main, findings, words)
    return said or _named(event, main, findings, words)


def named_unknown(mention: Mention, findings: Findings, language: Language) -> str:
    """
    Find the place that the own words of a mention name, and that nobody knows.

    Parameters
    ----------
    mention : Mention
        The mention.
    findings : Findings
        The report it is told in.
    language : Language
        The language of the report.

    Returns
    -------
    str
        Its name; empty for none.
    """
    span = _name(mention, findings, _words(language))
    return _text(findings, *span) if span else ""


def _listed(event: Event, main: Toponym | None) -> Unknown | None:
    """Find a member of a list that nobody knows: "shelled Jarjanaz and Tell Mannas"."""
    first = event.mentions[0].phrases[:1]
    if not first or first[0].toponyms:
        return None
    name = first[0].text
    if main is None:
        return Unknown(name, name)
    return Unknown(f"{name}, {' '.join(main.text.split())}", name, main.name)


def _off_coast(event: Event, main: Toponym, findings: Findings, words: _Words) -> Unknown | None:
    """Find words about a wide place that localities cannot read: "off the coast of Libya"."""
    start = event.phrases[0].start
    before = " ".join(findings.document.text[max(0, start - _BEFORE_COAST) : start].split())
    coast = words.coast.search(f"{before} ")
    if coast is None:
        return None
    return Unknown(f"{coast.group()}{' '.join(main.text.split())}", None, main.name)


def _named(event: Event, main: Toponym | None, findings: Findings, words: _Words) -> Unknown | None:
    """Find a name at a place's position where only a wider place is known, or none."""
    for mention in event.mentions:
        span = _name(mention, findings, words)
        if span is None:
            continue
        name = _text(findings, *span)
        if main is None:
            return Unknown(name, name)
        bounds = findings.document.sentences[mention.sentence]
        if bounds.start <= main.start < bounds.end:
            return Unknown(f"{name}, {' '.join(main.text.split())}", name, main.name)
        return Unknown(name, name, main.name, earlier=True)
    return None


def _held(event: Event, main: Toponym | None, findings: Findings, words: _Words) -> Unknown | None:
    """
    Find a name that a town is said to hold, or that the town was told before.

    "In Qudhale village (Jowhar district)", where only the town of Jowhar is known.
    """
    phrase = event.phrases[0]
    for mention in event.mentions if main is not None else ():
        span = _name(mention, findings, words)
        if span is None:
            continue
        start, stop = span
        name, wider = _text(findings, start, stop), main.name if main is not None else None
        own = findings.document.sentences[mention.sentence]
        if not own.start <= phrase.start < own.end:
            return Unknown(name, name, wider, earlier=True)
        between = findings.document.text[stop : phrase.start]
        if stop <= phrase.start and words.holds.fullmatch(between):
            closed = findings.document.text.startswith(")", phrase.end) and "(" in between
            return Unknown(_text(findings, start, phrase.end + closed), name, wider)
    return None


def _in_brackets(event: Event, main: Toponym, findings: Findings, words: _Words) -> Unknown | None:
    """Find a name whose place stands in brackets behind it: "Zorglaba (Tillaberi region)"."""
    phrase = event.phrases[0]
    text = findings.document.text
    if not text.endswith("(", 0, phrase.start) or not text.startswith(")", phrase.end):
        return None
    match = words.named.search(text, max(0, phrase.start - _BEFORE_COAST), phrase.start)
    if match is None:
        return None
    taken: tuple[Sequence[Toponym | Actor | When], ...]
    taken = (findings.toponyms, findings.actors, findings.whens)
    if any(_meets(spans, *match.span(1)) for spans in taken):
        return None
    return Unknown(_text(findings, match.start(1), phrase.end + 1), match[1], main.name)


def _text(findings: Findings, start: int, end: int) -> str:
    return " ".join(findings.document.text[start:end].split())


def _name(mention: Mention, findings: Findings, words: _Words) -> tuple[int, int] | None:
    """Find the first name at a place's position that stands for nothing that was found."""
    document = findings.document
    if not document.text[slice(*mention.trigger)].islower():
        return None  # a headline, in which all words may have capitals
    sentence = document.sentences[mention.sentence]
    tokens = sentence.tokens
    first = bisect_left(tokens, mention.start, key=lambda token: token.start)
    for i in range(max(first, 1), min(first + _MOST_TOKENS, len(tokens))):
        if tokens[i].start >= mention.end:
            break
        if not _is_name(tokens[i].text):
            continue
        end = i + 1
        while end < min(i + _MOST_NAME, len(tokens)) and _is_name(tokens[end].text):
            end += 1
        if not (_is_asked(i, sentence, mention, words) or _is_kind(i, end, sentence, words)):
            continue
        start, stop = tokens[i].start, tokens[end - 1].end
        if end < len(tokens) and tokens[end].text in _POSSESSIVES:
            continue  # "shelled Smith's house"
        taken: tuple[Sequence[Toponym | Actor | When], ...]
        taken = (findings.toponyms, findings.actors, findings.whens)
        if not any(_meets(spans, start, stop) for spans in taken):
            return start, stop
    return None


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and len(word) >= _SHORTEST


def _is_asked(i: int, sentence: Sentence, mention: Mention, words: _Words) -> bool:
    """Tell whether a place may stand at a token."""
    tokens = sentence.tokens
    before = tokens[i - 1]
    if before.text in words.before or before.text in words.towns:
        return True
    if before.text in words.aimed and i > 1 and tokens[i - 2].end == mention.trigger[1]:
        return True  # "a raid on Inates", "the shelling of Zorg"
    if before.text == words.of:
        return i > 1 and tokens[i - 2].lower in words.towns
    return mention.kind in words.taken and before.end == mention.trigger[1]


def _is_kind(i: int, end: int, sentence: Sentence, words: _Words) -> bool:
    """Tell whether a name stands before what it is: "in the Manzar district"."""
    tokens = sentence.tokens
    if i < 2 or end >= len(tokens) or tokens[end].text not in words.towns:  # noqa: PLR2004 -- "in the"
        return False
    return tokens[i - 1].text == words.the and tokens[i - 2].lower in words.before


def _meets(spans: Sequence[Toponym | Actor | When], start: int, end: int) -> bool:
    """Tell whether a stretch of text meets one of the spans, which are in its order."""
    after = bisect_left(spans, end, key=lambda one: one.start)
    return any(one.end > start for one in spans[max(0, after - _NEAREST) : after])
