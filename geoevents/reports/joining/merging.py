"""One event made of its mentions: who, whom, where, when and how many."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Final

from geoevents.reports.joining.fights import fights_back
from geoevents.reports.joining.likeness import Parties
from geoevents.reports.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.joining.accounts import Accounts
    from geoevents.reports.joining.profile import Profile
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.model import Actor, Findings, Mention, Quantity, When

#: The more exact time goes first.
_PRECISE: Final = {"day": 0, "week": 1, "month": 2, "year": 3}
#: Kinds of place by how much they say of where something was.
_TELLING: Final = {
    "populated place": 0,
    "facility": 0,
    "river": 1,
    "lake": 1,
    "admin2": 2,
    "region": 3,
    "admin1": 3,
    "country": 5,
}
_LEAST_TELLING: Final = 4
_PEOPLE: Final = "people"
_AGREEMENT: Final = "agreement"
_TWO: Final = 2


def merge(
    profiles: Sequence[Profile], accounts: Accounts, findings: Findings, words: JoiningWords
) -> Event:
    """
    Make one event of its mentions.

    Parameters
    ----------
    profiles : sequence of Profile
        Its mentions, in the order of the text.
    accounts : Accounts
        Who says so.
    findings : Findings
        What was found in the document.
    words : JoiningWords
        The words of the language.

    Returns
    -------
    Event
        The event.
    """
    mentions = [profile.mention for profile in profiles]
    main = accounts.main
    kind = _kind(profiles, accounts, words)
    event = Event(
        mentions,
        kind,
        phrases=_phrases(mentions, findings),
        whens=_whens(profiles, main),
        status=accounts.status,
        claimed_by=accounts.claimed_by,
        denied_by=accounts.denied_by,
    )
    kept = {id(mention) for mention in main}
    telling = [one for one in profiles if id(one.mention) in kept]
    for side, named in zip(("actors", "targets"), _sides(telling, words), strict=True):
        chosen, others = _actors(named, all_sides=kind == _AGREEMENT)
        setattr(event, side, chosen)
        if others:
            event.notes.append(words.notes[side].format(names="; ".join(others)))
    event.targets = [one for one in event.targets if one.name not in {a.name for a in event.actors}]
    for name in ("area", "killed", "wounded"):
        told = [one for one in accounts.neutral if getattr(one, name) is not None] or main
        told = [*told, *(one for one in main if one.standing == "late")]
        figures = _valid(name, main)
        if figures:
            figure, note = _figure(name, figures, {id(getattr(one, name)) for one in told}, words)
            setattr(event, name, figure)
            event.notes += note
    others = sorted({one.kind for one in mentions if one.kind != kind})
    if others:
        event.notes.append(words.notes["kind"].format(kinds=", ".join(others)))
    event.notes += accounts.notes
    return event


def _kind(profiles: Sequence[Profile], accounts: Accounts, words: JoiningWords) -> str:
    """Choose what to call an event: as its own words do most often, else as the first does."""
    main = {id(mention) for mention in accounts.main}
    told = [one for one in profiles if id(one.mention) in main] or list(profiles)
    first = [one for one in told if not one.mention.definite] or told
    telling = [one for one in first if not one.general] or first
    counted = Counter(one.mention.kind for one in telling)
    most = max(counted.values())
    if len(counted) == _TWO and not words.may_be(*counted) and len(set(counted.values())) == 1:
        return next(iter(counted))  # "a suicide bombing. The bomber struck at noon"
    return min(
        (kind for kind, count in counted.items() if count == most),
        key=lambda kind: words.telling.get(kind, len(words.telling)),
    )


def _sides(
    profiles: Sequence[Profile], words: JoiningWords
) -> tuple[list[list[Actor]], list[list[Actor]]]:
    """
    List for each mention who did it, and to whom.

    "Thousands protested. Police used tear gas": the police did not protest, they met those who did.
    Nor did the army attack where it killed some of the gunmen who did.
    """
    mentions = [one.mention for one in profiles]
    first = profiles[0].actors if profiles else Parties()
    answers = [
        one.mention.entry in words.answering or fights_back(first, one, words) for one in profiles
    ]
    if all(answers):
        answers = [False] * len(answers)
    pairs = [
        (one.targets, one.actors) if answer else (one.actors, one.targets)
        for one, answer in zip(mentions, answers, strict=True)
    ]
    return [actors for actors, _ in pairs], [targets for _, targets in pairs]


def _actors(sides: Iterable[list[Actor]], *, all_sides: bool) -> tuple[list[Actor], list[str]]:
    """
    Choose the actors of one side: those of the first mention that names somebody.

    Common nouns ("gunmen") are taken only if nobody is named at all, or where all sides count: "the
    rebels and Sudan signed a truce". Whom else later mentions name is given beside.
    """
    told = [side for side in sides if side]
    named = next((side for side in told if Parties.of(side).named), None)
    chosen = {one.name: one for one in (named or (told[0] if told else []))}
    if named is not None and not all_sides:
        chosen = {name: one for name, one in chosen.items() if one.sense != _PEOPLE} or chosen
    parties = {one.party for one in chosen.values()}
    others = [
        one.name
        for side in told
        for one in side
        if one.sense != _PEOPLE and one.party not in parties
    ]
    return list(chosen.values()), list(dict.fromkeys(others))


def _phrases(mentions: Iterable[Mention], findings: Findings) -> list[Phrase]:
    """List the words that say where, the most telling first, each once."""
    found: dict[str, Phrase] = {}
    for mention in mentions:
        for phrase in mention.phrases:
            found.setdefault(phrase.text, phrase)
    toponyms = findings.toponyms

    def telling(phrase: Phrase) -> tuple[int, int]:
        kinds = [_TELLING.get(toponyms[i].kind, _LEAST_TELLING) for i in phrase.toponyms]
        return min(kinds, default=_LEAST_TELLING), -len(kinds)

    return sorted(found.values(), key=telling)


def _whens(profiles: Sequence[Profile], main: Sequence[Mention]) -> list[When]:
    """List the times, the most exact first; those of the telling only if there are no others."""
    kept = {id(mention) for mention in main}
    own = [when for one in profiles if id(one.mention) in kept for when in one.mention.whens]
    said = {id(when) for one in profiles for when in one.said}
    sure = [when for when in own if id(when) not in said]
    if all(when.lasts for when in sure):
        sure = own
    happened = [when for when in sure if not when.lasts]
    if main and any(not when.lasts for when in main[0].whens):
        # "linked up recently with soldiers besieged for three years": it is of the linking up.
        sure = happened
    ordered = sorted(happened, key=_exactness) + [when for when in sure if when.lasts]
    return list({(when.first, when.last, when.lasts): when for when in reversed(ordered)}.values())[
        ::-1
    ]


def _exactness(when: When) -> tuple[int, int]:
    """How exact a time is; the hour counts where the day is the same."""
    return _PRECISE.get(when.precision, len(_PRECISE)), 0 if when.moment is not None else 1


def _valid(name: str, mentions: Sequence[Mention]) -> list[Quantity]:
    """List the figures that hold: those put right, else those that were not given up since."""
    given = [one for one in mentions if getattr(one, name) is not None]
    final = [one for one in given if one.standing == "final"]
    holding = final or [one for one in given if one.standing != "former"] or given
    return [getattr(one, name) for one in holding]


def _figure(
    name: str, figures: Sequence[Quantity], trusted: set[int], words: JoiningWords
) -> tuple[Quantity, list[str]]:
    """
    Choose one figure of several, with the range of all.

    The highest exact one of those who take no side, since tolls rise; the last of those as high.
    """
    exact = [one for one in figures if one.value is not None]
    kept = [one for one in exact if id(one) in trusted] or exact
    chosen = max(reversed(kept), key=lambda one: one.value or 0.0) if kept else figures[-1]
    given = list(dict.fromkeys(one.text for one in figures))
    figures = [one for one in figures if not _is_part(one, chosen)]
    if len({one.value for one in figures}) == 1:
        return chosen, []
    lows = [low for one in figures if (low := _low(one)) is not None]
    highs = [high for one in figures if (high := _high(one)) is not None]
    ranged = dataclasses.replace(
        chosen, low=min(lows, default=chosen.low), high=max(highs, default=chosen.high)
    )
    note = words.notes["tolls"].format(what=name, figures=", ".join(given), kept=chosen.text)
    return ranged, [note]


def _is_part(one: Quantity, whole: Quantity) -> bool:
    """Whether a vague figure can only be of some: "several" rescuers, where 118 were killed."""
    least = _low(whole)
    return one.value is None and least is not None and (one.high or least) < least


def _low(one: Quantity) -> float | None:
    return one.low if one.low is not None else one.value


def _high(one: Quantity) -> float | None:
    return one.high if one.high is not None else one.value
