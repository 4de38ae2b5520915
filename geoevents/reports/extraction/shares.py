"""Tolls told of several places at once: "hit Tyre and Nabatieh, killing 19"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.model import Mention


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
            elif word.tag == "NUM" and word.lower.replace(",", "").isdecimal():
                value = float(word.lower.replace(",", ""))
                yield Quantity(word.start, word.end, word.text, "count", value, value, value)
