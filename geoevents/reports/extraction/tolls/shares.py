"""Tolls told of several places at once: "hit Tyre and Nabatieh, killing 19"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.extraction.counts import whole_number
from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.model import Mention
    from geoevents.reports.syntax.model import Word

_TWO = 2
_REACH = 9  # words from a figure to its place, and from there to the next figure
_BETWEEN = frozenset({"ADJ", "NOUN", "NAME", "DET", "PREP"})  # "eight people in the town of"
_VERBAL = frozenset({"AUX", "VERB", "ADV"})  # "14 people were killed in"


def share_tolls(draft: Draft, mentions: Sequence[Mention], in_turn: frozenset[str]) -> None:
    """
    Share the dead and wounded of a list of places among its events.

    Parameters
    ----------
    draft : Draft
        What was told of all of them.
    mentions : sequence of Mention
        One for each place; their figures are changed.
    in_turn : frozenset of str
        Words that say that figures are given in the order of the places: "respectively".
    """
    ordered = sorted(mentions, key=lambda one: min((p.start for p in one.phrases), default=0))
    for name in ("killed", "wounded"):
        told: Quantity | None = getattr(draft, name)
        if told is None or told.high == 0:
            continue
        figures = _in_turn(draft, told, in_turn)
        if len(figures) == len(mentions):
            for mention, figure in zip(ordered, figures, strict=True):
                setattr(mention, name, figure)
            continue
        shared = replace(told, value=None, low=0.0)
        for mention in mentions:
            setattr(mention, name, shared)
            mention.notes.append(f"{told.text!r} {name}: told of all {len(mentions)} together")


def _in_turn(draft: Draft, told: Quantity, in_turn: frozenset[str]) -> list[Quantity]:
    """List the figures of "killing 7 and 12 people respectively", in their order."""
    words = draft.clause.words
    if not any(word.lower in in_turn for word in words):
        return []
    return list(_figures(draft, told))


def _figures(draft: Draft, told: Quantity) -> Iterator[Quantity]:
    """Find the figures that a sum was made of."""
    for word in draft.clause.words:
        if told.start <= word.start and word.end <= told.end:
            if isinstance(word.entity, Quantity):
                yield word.entity
            elif (value := whole_number(word)) is not None:
                yield Quantity.counted(word.start, word.end, word.text, value)


class Share(NamedTuple):
    """
    A place of a list in which each has a toll of its own.

    Attributes
    ----------
    phrase : Phrase
        The place.
    killed, wounded : Quantity or None
        How many there.
    """

    phrase: Phrase
    killed: Quantity | None
    wounded: Quantity | None


def tolls_apart(draft: Draft, phrases: Sequence[Phrase], known: Triggers) -> list[Share]:
    """
    Read "killing 7 in Tyre and 12 in Nabatieh": two events, with a toll each.

    Parameters
    ----------
    draft : Draft
        What was told of all of them; its toll is that of the first.
    phrases : sequence of Phrase
        Where it happened, in any order.
    known : Triggers
        The words of the language.

    Returns
    -------
    list of Share
        One for each place; empty where the places have no tolls of their own.
    """
    first = draft.killed or draft.wounded
    if first is None or len(phrases) < _TWO:
        return []
    words = draft.clause.words
    at = next((n for n, word in enumerate(words) if word.start == first.start), None)
    dead = draft.killed is not None
    shares: list[Share] = []
    joined = False
    while at is not None:
        figure = words[at].entity if shares else first
        place = _place_behind(words, at, first=not shares)
        named = (p for p in phrases if p.start <= words[place].start < p.end)
        phrase = next(named, None) if place else None
        if phrase is None or not isinstance(figure, Quantity):
            break
        if phrase not in [one.phrase for one in shares]:
            shares.append(Share(phrase, figure if dead else None, None if dead else figure))
        at, dead, conjoined = _next_figure(words, place, known, dead=dead)
        joined = joined or (conjoined and at is not None)
    return shares if len(shares) >= _TWO and joined else []


def _place_behind(words: Sequence[Word], figure: int, *, first: bool) -> int:
    """Find the place behind a figure: "eight people in the town of X"; 0 for none."""
    preposition = False
    for at in range(figure + 1, min(figure + _REACH, len(words))):
        word = words[at]
        if is_place(word):
            return at if preposition else 0
        preposition = preposition or word.tag == "PREP"
        told = _BETWEEN | _VERBAL if first and not preposition else _BETWEEN
        if word.tag not in told or isinstance(word.entity, Quantity):
            return 0
    return 0


def _next_figure(
    words: Sequence[Word], place: int, known: Triggers, *, dead: bool
) -> tuple[int | None, bool, bool]:
    """
    Find the figure that goes on a list behind a place.

    Returns where it is, whether it is one of the dead, and whether "and" stands before it.
    """
    conjoined = False
    for at in range(place + 1, min(place + _REACH, len(words))):
        word = words[at]
        entity = word.entity
        if isinstance(entity, Quantity) and entity.kind == "count":
            return at, dead, conjoined
        if word.tag == "VERB" and conjoined:
            if word.lemma not in known.words["killed"] | known.words["wounded"]:
                return None, dead, False
            dead = word.lemma in known.words["killed"]
        elif word.tag == "CONJ":
            conjoined = True
        elif word.lower in known.words["another"] or word.tag in ("TIME", "PREP"):
            if word.tag == "PREP" and words[at + 1 : at + 2] and words[at + 1].tag != "TIME":
                return None, dead, False
        elif word.lower != ",":
            return None, dead, False
    return None, dead, False
