"""Mentions of one event become one event."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geoevents.reports.joining.accounts import weigh
from geoevents.reports.joining.days import carry_days
from geoevents.reports.joining.merging import merge
from geoevents.reports.joining.profile import Profiler
from geoevents.reports.joining.sameness import ENOUGH, sameness
from geoevents.reports.joining.sides import Sides
from geoevents.reports.joining.told import Told
from geoevents.reports.joining.whereabouts import carry_places
from geoevents.reports.joining.words import joining_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.joining.profile import Profile
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.language import Language
    from geoevents.reports.model import Event, Findings, Mention

_SAID: Final = frozenset(("statement", "agreement"))
_VIOLENT: Final = frozenset(
    (
        *("air strike", "missile strike", "shelling", "bombing", "armed clash"),
        "attack on civilians",
    )
)
#: A mention is compared with so many events of each kind, of each place, told last: reports of
#: strangers may hold any number.
_RECENT: Final = 8
_RECENT_THERE: Final = 4


def join(mentions: Sequence[Mention], findings: Findings, language: Language) -> list[Event]:
    """
    Make one event of all the mentions of it.

    Parameters
    ----------
    mentions : sequence of Mention
        What the report tells, in the order of the text; `settle` has said what happened.
    findings : Findings
        What was found in the document.
    language : Language
        The language of the report.

    Returns
    -------
    list of Event
        In the order of the text; with no event for what did not happen, was not planned and was
        not refused.

    Notes
    -----
    Each mention goes to the event that most speaks for, if enough does (`sameness`), or is a new
    one. What is told in another mood is another event: a strike that was refused is not the one
    that happened.
    """
    words = joining_words(language)
    profiler = Profiler(findings, words, language)
    sides = Sides(findings, mentions, words, language)
    title = 0 if findings.document.title is not None else None
    report = _Report(words, title)
    for mention in mentions:
        if mention.mood == "refused" and mention.entry in words.answering:
            continue  # "police refused to disperse the crowd": that is no protest refused
        profiler.date(mention)
        report.take(profiler.profile(mention))
    events: list[Event] = []
    event_of: dict[int, Told] = {}
    for told in report.events:
        accounts = weigh([one.mention for one in told.profiles], sides, words, title)
        if accounts.status:
            event = merge(told.profiles, accounts, findings, words)
            event_of[id(event)] = told
            events.append(event)
    events = [
        one
        for one in events
        if not _is_heading(one, event_of[id(one)], events, words)
        and not (title == 0 and _is_headline(one, event_of[id(one)], events))
    ]
    carry_days(events, findings, profiler, words)
    carry_places(events, findings, words, language)
    return events


def _is_heading(event: Event, told: Told, events: Sequence[Event], words: JoiningWords) -> bool:
    """Whether it only sums up what is told: "Hostilities in the region. On Monday shells hit"."""
    first = told.profiles[0]
    if len(told.profiles) > 1 or first.lemma not in words.mass or event.status != "reported":
        return False
    if first.mention.sentence or event.whens or not (first.places.areas or first.places.countries):
        return False
    return first.is_bare(but_areas=True) and any(
        one.whens and one.kind not in _SAID and one.mentions[0].sentence for one in events
    )


def _is_headline(event: Event, told: Told, events: Sequence[Event]) -> bool:
    """Whether a title sums up the violence that is told below: "Attacks leave dozens dead"."""
    first = told.profiles[0].mention
    if len(told.profiles) > 1 or first.sentence or not first.plural or event.whens:
        return False
    below = [one for one in events if one.mentions[0].sentence and one.kind in _VIOLENT]
    return event.kind in _VIOLENT and len(below) > 1


class _Report:
    """The events of a report as far as it has been read."""

    def __init__(self, words: JoiningWords, title: int | None) -> None:
        self.events: list[Told] = []
        self._words = words
        self._title = title
        self._last: Told | None = None
        self._of_kind: dict[str, list[Told]] = defaultdict(list)
        self._at: dict[tuple[str, str], list[Told]] = defaultdict(list)

    def take(self, profile: Profile) -> None:
        """Give a mention to its event."""
        mention = profile.mention
        told = self._choose(profile)
        if told is None:
            if mention.mood in ("negated", "possible") or (mention.definite and profile.is_bare()):
                return
            told = Told()
            self.events.append(told)
        told.add(profile)
        self._last = told
        for kind in profile.kinds if profile.general else (mention.kind,):
            _promote(self._of_kind[kind], told, _RECENT)
            for spot in profile.places.spots:
                _promote(self._at[spot, kind], told, _RECENT_THERE)

    def _choose(self, profile: Profile) -> Told | None:
        candidates = [one for one in self._candidates(profile) if _moods_agree(one, profile)]
        if profile.mention.mood == "happened" and profile.mention.definite:
            # What points back points to what has happened, if anything has.
            candidates = [one for one in candidates if one.happened] or candidates
        best, most = None, ENOUGH
        for told in candidates:
            weight = sameness(
                told,
                profile,
                self._words,
                only=len(candidates) == 1,
                title=told.profiles[-1].mention.sentence == self._title,
            )
            if weight is not None and weight >= most:
                best, most = told, weight
        return best

    def _candidates(self, profile: Profile) -> list[Told]:
        """List the events that a mention may be of, the one told last at the end."""
        kind = profile.mention.kind
        kinds = profile.kinds | {
            other for other in self._of_kind if self._words.may_be(kind, other)
        }
        found = {id(told): told for one in kinds for told in self._of_kind.get(one, ())}
        if self._last is not None:  # whatever its kind, if the same words name it
            found[id(self._last)] = self._last
        for spot in profile.places.spots:
            for one in kinds:
                found.update((id(told), told) for told in self._at.get((spot, one), ()))
        return sorted(found.values(), key=lambda told: told.profiles[-1].mention.start)


def _promote(listed: list[Told], told: Told, length: int) -> None:
    """Put an event at the end of a list of those told last, and keep the first of all."""
    if told in listed:
        listed.remove(told)
    listed.append(told)
    if len(listed) > length:
        del listed[1]


def _moods_agree(told: Told, profile: Profile) -> bool:
    """Whether a mention in its mood may be of an event in its own."""
    mention = profile.mention
    if mention.mood == "refused" or told.profiles[0].mention.mood == "refused":
        return mention.mood == told.profiles[0].mention.mood
    if mention.mood in ("negated", "possible"):
        return any(speaker.stance == "denies" for speaker in mention.speakers)
    if told.happened:
        return mention.mood == "happened" or mention.definite
    return mention.mood == "planned" or mention.definite
