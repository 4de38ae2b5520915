"""Where events were of which their own words do not say it: where the report last was."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.model import Event, Findings

#: Sayings and agreements are made elsewhere than what they are about.
_ELSEWHERE: Final = frozenset(("statement", "agreement"))
#: How far back, in sentences, the report may have said where it is.
_BACK: Final = 6
_TOWNS: Final = frozenset(("populated place", "facility"))
#: A phrase that begins or goes on so says where somebody comes from, or who is meant.
_ORIGINS: Final = ("from ", "to ", "towards ", "toward ")
_POSSESSIVES: Final = ("'s", "’s")


def carry_places(events: Sequence[Event], findings: Findings, words: JoiningWords) -> None:
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
    """
    lost = [one for one in events if not one.phrases and one.kind not in _ELSEWHERE]
    if not lost:
        return
    scenes = _Scenes(events, findings)
    for event in lost:
        mention = event.mentions[0]
        phrase = scenes.near(mention.sentence, mention.trigger[0])
        if phrase is not None:
            event.phrases = [phrase]
            event.notes.append(words.notes["place"].format(phrase=phrase.text))


class _Scenes:
    """Where a report is from sentence to sentence."""

    def __init__(self, events: Sequence[Event], findings: Findings) -> None:
        self._document = findings.document
        self._toponyms = findings.toponyms
        self._phrases = findings.phrases
        self._starts = [phrase.start for phrase in self._phrases]
        self._actors = findings.actors
        self._actor_starts = [actor.start for actor in self._actors]
        self._told: dict[int, list[tuple[int, Phrase]]] = defaultdict(list)
        for event in events:
            if event.kind in _ELSEWHERE or not event.phrases:
                continue
            for mention in event.mentions:
                phrase = mention.phrases[0] if mention.phrases else event.phrases[0]
                self._told[mention.sentence].append((mention.trigger[0], phrase))

    def near(self, sentence: int, position: int) -> Phrase | None:
        """Find the place that holds at a position: of its sentence, or of those before it."""
        here = sorted(self._told.get(sentence, ()), key=lambda told: abs(told[0] - position))
        if here:
            return here[0][1]
        for number in self._before(sentence):
            found = self._of(number)
            if found is not None:
                return found
        sentences = self._document.sentences
        after = sentence + 1
        if after < len(sentences) and sentences[after].paragraph == sentences[sentence].paragraph:
            return self._of(after)
        return None

    def _before(self, sentence: int) -> Iterator[int]:
        """List a sentence, those before it and the title."""
        first = max(0, sentence - _BACK)
        yield from range(sentence, first - 1, -1)
        if first and self._document.title is not None:
            yield 0

    def _of(self, sentence: int) -> Phrase | None:
        """Find where a sentence is: where its last event is, else the last place that it names."""
        told = self._told.get(sentence)
        if told:
            return max(told, key=lambda one: one[0])[1]
        bounds = self._document.sentences[sentence]
        first = bisect_left(self._starts, bounds.start)
        last = bisect_left(self._starts, bounds.end)
        named = [one for one in self._phrases[first:last] if self._says_where(one)]
        return max(named, key=self._telling, default=None)

    def _telling(self, phrase: Phrase) -> tuple[bool, bool, int]:
        kinds = {self._toponyms[number].kind for number in phrase.toponyms}
        return not kinds.isdisjoint(_TOWNS), kinds != {"country"}, phrase.start

    def _says_where(self, phrase: Phrase) -> bool:
        """Whether a phrase is no origin, owner or part of somebody's name."""
        text = self._document.text
        if phrase.text.startswith(_ORIGINS) or text[: phrase.start].endswith(
            tuple(f" {word}" for word in _ORIGINS)
        ):
            return False
        if text.startswith(_POSSESSIVES, phrase.end):
            return False
        if all(
            self._toponyms[n].sense != "place" or self._toponyms[n].feature < 0
            for n in phrase.toponyms
        ):
            return False
        last = bisect_left(self._actor_starts, phrase.end) - 1
        return last < 0 or self._actors[last].end <= phrase.start
