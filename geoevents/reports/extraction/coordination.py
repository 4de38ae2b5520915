"""Lists of places that have each a time of their own: "Homs on Thursday and Aleppo on Friday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.model import When

_LEAD = 12  # characters between a time and its place: ", in "


def dated_places(
    phrases: Sequence[Phrase], whens: Sequence[When], ends: int
) -> list[tuple[Phrase, When]]:
    """
    Find the list of places in turn with times, each of which has an event of its own.

    Parameters
    ----------
    phrases : sequence of Phrase
        Where a mention says that it happened.
    whens : sequence of When
        The times of its clause.
    ends : int
        Where that clause ends.

    Returns
    -------
    list of tuple of Phrase and When
        Each place and the time behind it; empty unless there are two or more of them, on
        different days, side by side but for a few words.
    """
    times = sorted((when for when in whens if not when.lasts), key=lambda when: when.start)
    pairs: list[tuple[Phrase, When]] = []
    ordered = sorted(phrases, key=lambda phrase: phrase.start)
    for number, phrase in enumerate(ordered):
        until = ordered[number + 1].start if number + 1 < len(ordered) else ends
        when = next((w for w in times if phrase.end <= w.start and w.end <= until), None)
        if when is None or (pairs and phrase.start - pairs[-1][1].end > _LEAD):
            continue
        if when.start - phrase.end <= _LEAD:
            pairs += [(part, when) for part in phrase.parts or (phrase,)]
    return pairs if len({when.first for _, when in pairs}) > 1 else []


def times_beside(
    members: Sequence[Phrase], whens: Sequence[When], text: str
) -> list[list[When]] | None:
    """
    Part the times of a mention among the places of its list.

    Parameters
    ----------
    members : sequence of Phrase
        The places, one an event.
    whens : sequence of When
        The times of the mention.
    text : str
        The text of the document.

    Returns
    -------
    list of list of When or None
        The times of each place, in the order given. A place takes the time that stands beside it;
        one without takes that of the next place of the list, or of the last before it. None
        where the times do not tell the places apart.
    """
    lasting = [when for when in whens if when.lasts]
    times = sorted((when for when in whens if not when.lasts), key=lambda when: when.start)
    order = sorted(range(len(members)), key=lambda number: members[number].start)
    own, lead = _own_times(members, times, order, text)
    told = {when.first for when in (*own.values(), *([lead] if lead else []))}
    if not own or len(told) == 1:
        return None
    given: list[list[When]] = [[] for _ in members]
    last = lead
    for place, number in enumerate(order):
        following = next((own[n] for n in order[place:] if n in own), None)
        if number in own or last is not lead or last is None:
            last = following or last
        given[number] = [*([last] if last else []), *lasting]
    return given


def _own_times(
    members: Sequence[Phrase], times: Sequence[When], order: Sequence[int], text: str
) -> tuple[dict[int, When], When | None]:
    """Find the time beside each place, and the one in front of all of them."""
    own: dict[int, When] = {}
    lead = None
    for when in times:
        behind = next((n for n in order if members[n].start >= when.end), None)
        before = next((n for n in reversed(order) if members[n].end <= when.start), None)
        if before is None:
            lead = lead or when
        elif behind is not None and not text[when.end : members[behind].start].strip():
            own.setdefault(behind, when)  # "and on Friday Aleppo"
        elif when.start - members[before].end <= _LEAD:
            own.setdefault(before, when)
    return own, lead
