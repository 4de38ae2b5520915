"""Who is meant by a noun phrase that speaks or acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.model import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.reports.syntax import NounPhrase, Word

#: What a spokesman is of: "a spokesman for the coalition", "the head of the army".
_OF: Final = frozenset(("for", "of", "from", "with", "in", "by"))
#: A phrase of strangers may hold any number of words.
_LONGEST: Final = 40


def actors_of(phrase: NounPhrase | None, words: Sequence[Word]) -> list[Actor]:
    """
    Find the actors that a noun phrase means.

    Parameters
    ----------
    phrase : NounPhrase or None
        The phrase.
    words : sequence of Word
        The words of its sentence.

    Returns
    -------
    list of Actor
        One for the phrase and each that is joined to it; an actor that is its noun, or in it
        ("coalition officials"), or its owner's, or what it speaks for.
    """
    if phrase is None:
        return []
    found: dict[int, Actor] = {}
    for one in [phrase, *phrase.others[:_LONGEST]]:
        actor = _actor(one, words)
        if actor is not None:
            found.setdefault(actor.start, actor)
    return list(found.values())


def _actor(phrase: NounPhrase, words: Sequence[Word]) -> Actor | None:
    head = words[phrase.head].entity
    if isinstance(head, Actor):
        return head
    inside = list(_within(words, phrase.first, phrase.last))
    if inside:
        return inside[-1]
    if phrase.owner is not None:
        owner = next(_within(words, phrase.owner.first, phrase.owner.last), None)
        if owner is not None:
            return owner
    for attached in phrase.attached[:_LONGEST]:
        if attached.word in _OF:
            actor = next(_within(words, attached.phrase.first, attached.phrase.last), None)
            if actor is not None:
                return actor
    return None


def _within(words: Sequence[Word], first: int, last: int) -> Iterator[Actor]:
    for index in range(max(first, 0), min(last + 1, len(words), first + _LONGEST)):
        entity = words[index].entity
        if isinstance(entity, Actor):
            yield entity


def first_word(phrase: NounPhrase | None, words: Sequence[Word]) -> str:
    """
    Give the first word of a noun phrase.

    Parameters
    ----------
    phrase : NounPhrase or None
        The phrase.
    words : sequence of Word
        The words of its sentence.

    Returns
    -------
    str
        In small letters; empty for no phrase.
    """
    return "" if phrase is None else words[phrase.first].lower
