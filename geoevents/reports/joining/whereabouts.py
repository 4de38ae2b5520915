"""Where events were of which their own words do not say it: where the report last was."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from geoevents.reports.extraction.asides import Asides, aside_words
from geoevents.reports.extraction.phrases import within_actors
from geoevents.reports.joining.days import entry_days
from geoevents.reports.unknown import named_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.language import Language
    from geoevents.reports.model import Event, Findings

#: Sayings and agreements are made elsewhere than what they are about.
_ELSEWHERE: Final = frozenset(("statement", "agreement"))
#: What is taken is a place by itself.
_TAKEN: Final = "territorial gain"
#: How far back, in sentences, the report may have said where it is.
_BACK: Final = 6
#: What is older than this is background in a report of the day.
_RECENT_DAYS: Final = 30
#: A sentence is where it begins, within so many characters.
_OPENING: Final = 8
#: So many headings make a list.
_SOME: Final = 2
_TOWNS: Final = frozenset(("populated place", "facility"))
#: A phrase that begins or goes on so says where somebody comes from, or who is meant.
_ORIGINS: Final = ("from ", "to ", "towards ", "toward ")
_DIRECTIONS: Final = tuple(f" {word}" for word in _ORIGINS)
_POSSESSIVES: Final = ("'s", "’s")


def carry_places(
    events: Sequence[Event], findings: Findings, words: JoiningWords, language: Language
) -> None:
    """
    Give events without a place that where the report last was.

    Parameters
    ----------
    events : sequence of Event
        The events of a report; changed in place, with a note.
    findings : Findings
        What was found in the report.
    words : JoiningWords
        The words of the language, for the note.
    language : Language
        The language, for what is told in passing.
    """
    asides = Asides(findings, aside_words(language))
    if asides.dateline is not None:
        _bring_here(events, asides, findings, words)
    lost = [one for one in events if not one.phrases and one.kind not in _ELSEWHERE]
    if not lost:
        return
    blind = {
        one.mentions[0].sentence
        for one in lost
        if named_unknown(one.mentions[0], findings, language)
    }
    scenes = _Scenes(events, findings, asides, blind)
    for event in lost:
        mention = event.mentions[0]
        past = _is_past(event, findings)
        there = partial(_may_be_at, event, asides)
        phrase = asides.capital(mention.start, mention.end) or scenes.near(
            mention.sentence, mention.trigger[0], there, within_paragraph=past
        )
        if phrase is not None and _is_in_town((phrase,), findings):
            beside = scenes.beside(mention.sentence, phrase)
            own = named_unknown(mention, findings, language)
            if own and (beside or event.kind == _TAKEN):
                continue  # "a bomb killed 12 in X. The army took Zorg": Zorg is not X
        if phrase is not None:
            event.phrases = [phrase.whole()]
            event.notes.append(words.notes["place"].format(phrase=phrase.text))


def _may_be_at(event: Event, asides: Asides, phrase: Phrase) -> bool:
    """Tell whether nothing says that an event was not at a place: where it was but told, say."""
    mention, sides = event.mentions[0], [*event.actors, *event.targets]
    return not asides.is_elsewhere(phrase, mention.start, mention.end, kind=event.kind, sides=sides)


def _bring_here(
    events: Sequence[Event], asides: Asides, findings: Findings, words: JoiningWords
) -> None:
    """Put on the dateline what was "here" or "in this town", whatever that is near to."""
    for event in events:
        if event.kind in _ELSEWHERE or _is_in_town(event.phrases, findings):
            continue
        for mention in event.mentions:
            phrase = asides.here(mention.start, mention.end)
            if phrase is not None:
                event.phrases = [phrase]
                event.notes.append(words.notes["place"].format(phrase=phrase.text))
                break


def _is_in_town(phrases: Sequence[Phrase], findings: Findings) -> bool:
    """Tell whether phrases name a town that something was in, and not only near."""
    return any(
        findings.toponyms[number].kind in _TOWNS for phrase in phrases for number in phrase.toponyms
    )


def _is_past(event: Event, findings: Findings) -> bool:
    """Tell whether an event is of long before the report: told in passing, it was elsewhere."""
    days = [when.last for when in event.whens if not when.lasts]
    if not days or findings.published is None:
        return False
    return (findings.published - max(days)).days > _RECENT_DAYS


class _Scenes:
    """Where a report is from sentence to sentence."""

    def __init__(
        self, events: Sequence[Event], findings: Findings, asides: Asides, blind: set[int]
    ) -> None:
        self._asides = asides
        self._blind = blind
        self._document = findings.document
        self._toponyms = findings.toponyms
        self._phrases = findings.phrases
        self._starts = [phrase.start for phrase in self._phrases]
        self._acting = within_actors(findings)
        self._entries = _entries(findings, asides)
        self._dated = entry_days(findings)
        self._told: dict[int, list[tuple[int, Phrase]]] = defaultdict(list)
        self._apart: set[int] = set()  # where it was signed or said
        for event in events:
            if event.kind in _ELSEWHERE:
                own = (phrase for mention in event.mentions for phrase in mention.phrases)
                self._apart.update(phrase.start for phrase in own)
            if event.kind in _ELSEWHERE or not event.phrases:
                continue
            for mention in event.mentions:
                phrase = mention.phrases[0] if mention.phrases else event.phrases[0]
                self._told[mention.sentence].append((mention.trigger[0], phrase))
        for told in self._told.values():
            told.sort(key=lambda one: one[0])
        # A sentence of a stranger may have any number of events without a place.
        self._of = cache(self._place_of)
        self._set = cache(self._setting_of)
        self._country = cache(self._country_of)

    def near(
        self,
        sentence: int,
        position: int,
        may_be_at: Callable[[Phrase], bool],
        *,
        within_paragraph: bool,
    ) -> Phrase | None:
        """Find the place that holds at a position: of its sentence, or of those before it."""
        sentences = self._document.sentences
        here = self._told.get(sentence)
        if here:
            at = bisect_left(here, position, key=lambda told: told[0])
            beside = here[max(0, at - 1) : at + 1]
            return min(beside, key=lambda told: abs(told[0] - position))[1]
        paragraph = sentences[sentence].paragraph
        elsewhere = False
        for look in (self._set, self._of):
            for number in self._before(sentence):
                if within_paragraph and sentences[number].paragraph != paragraph:
                    continue
                found = look(number)
                if found is not None and may_be_at(found):
                    return found
                elsewhere = elsewhere or found is not None
        found = None
        after = sentence + 1
        goes_on = after < len(sentences) and sentences[after].paragraph == paragraph
        # Where a place was told that nobody knows, the next sentence tells of another one.
        goes_on = goes_on and not self._blind.intersection(range(sentence - _BACK, after))
        if goes_on and after not in self._entries and after not in self._dated:
            found = self._of(after)
        return found or (None if elsewhere else self._country(sentence))

    def beside(self, sentence: int, phrase: Phrase) -> bool:
        """Tell whether another event of a sentence is at a place: it was not there then."""
        return any(one == phrase for _, one in self._told.get(sentence, ()))

    def _country_of(self, sentence: int) -> Phrase | None:
        """Find what its sentence says at least: "the Haitian capital" is in Haiti."""
        bounds = self._document.sentences[sentence]
        first = bisect_left(self._toponyms, bounds.start, key=lambda one: one.start)
        for number in range(first, len(self._toponyms)):
            one = self._toponyms[number]
            if one.start >= bounds.end:
                break
            here = one.sense in ("place", "demonym") and one.feature >= 0
            if (
                here
                and one.kind not in _TOWNS
                and number not in self._acting
                and not self._is_origin(one.start)
                and not (one.sense == "demonym" and self._asides.is_abroad(one.end))
            ):
                text = one.name if one.sense == "demonym" else " ".join(one.text.split())
                return _phrase(one.start, one.end, text, number)
        return None

    def _is_origin(self, position: int) -> bool:
        return self._document.text.endswith(_DIRECTIONS, 0, position)

    def _before(self, sentence: int) -> Iterator[int]:
        """List a sentence, those before it and the title."""
        first = max(0, sentence - _BACK)
        for number in range(sentence, first - 1, -1):
            yield number
            if number in self._entries:
                return  # what stands before the heading is of another entry
        if first and self._document.title is not None:
            yield 0

    def _place_of(self, sentence: int) -> Phrase | None:
        """Find where a sentence is: where its last event is, else the last place that it names."""
        told = self._told.get(sentence)
        if told:
            return told[-1][1]
        bounds = self._document.sentences[sentence]
        here = self._asides.here(bounds.start, bounds.end)
        if here is not None:
            return here
        first = bisect_left(self._starts, bounds.start)
        last = bisect_left(self._starts, bounds.end)
        named = [one for one in self._phrases[first:last] if self._says_where(one)]
        named = [one for one in named if one.start not in self._apart] or named
        return max(named, key=self._telling, default=None)

    def _setting_of(self, sentence: int) -> Phrase | None:
        """Find where its last event is, else the place that it begins with: "In Homs, "."""
        found = self._of(sentence)
        if found is None or sentence in self._told:
            return found
        dateline = self._asides.dateline
        if dateline is not None and found.start == dateline.start:
            return None
        bounds = self._document.sentences[sentence]
        return found if found.start - bounds.start <= _OPENING else None

    def _telling(self, phrase: Phrase) -> tuple[bool, bool, int]:
        kinds = {self._toponyms[number].kind for number in phrase.toponyms}
        return not kinds.isdisjoint(_TOWNS), kinds != {"country"}, phrase.start

    def _says_where(self, phrase: Phrase) -> bool:
        """Whether a phrase is no origin, owner or part of somebody's name."""
        text = self._document.text
        if phrase.text.startswith(_ORIGINS) or self._is_origin(phrase.start):
            return False
        if text.startswith(_POSSESSIVES, phrase.end) or not self._asides.is_scene(phrase):
            return False
        return any(
            self._toponyms[number].sense == "place" and number not in self._acting
            for number in phrase.toponyms
        )


def _entries(findings: Findings, asides: Asides) -> set[int]:
    """
    Find the sentences that head an entry with a name, if they are a list.

    "Bria: ... Zemio: ..." is one if one of the names is a place that is known.
    """
    document = findings.document
    headed = [
        (number, end)
        for number, sentence in enumerate(document.sentences)
        if (end := asides.heading(sentence.start, sentence.end))
    ]
    if len(headed) < _SOME:
        return set()
    starts = [phrase.start for phrase in findings.phrases]
    known = any(
        bisect_left(starts, document.sentences[number].start) < bisect_left(starts, end)
        for number, end in headed
    )
    return {number for number, _ in headed} if known else set()


def _phrase(start: int, end: int, text: str, number: int) -> Phrase:
    """Make a phrase of a place alone."""
    from geoevents.localities.spotting import Phrase  # noqa: PLC0415 -- loads the grammar

    return Phrase(start, end, text, (number,))
