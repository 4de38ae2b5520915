"""Persons: names after titles, and surnames that stand for a person named before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.pieces import CAPITALS, COMMA, DIGITS, DOT, HYPHEN, TITLE, Pieces

if TYPE_CHECKING:
    from geoevents.reports.actors.found import Found
    from geoevents.reports.actors.words import Words

_LONGEST: Final = 7
_TITLES: Final = 6
_SHORTEST_SURNAME: Final = 3


def name_end(pieces: Pieces, index: int, words: Words) -> int:
    """
    Find where a person's name ends that begins at a piece.

    Parameters
    ----------
    pieces : Pieces
        The text.
    index : int
        The piece.
    words : Words
        The common words.

    Returns
    -------
    int
        The piece after it; ``index`` if no name begins there.
    """
    particles, heads = words.sets["particles"], words.heads
    end = at = index
    while at < len(pieces) and at - index < _LONGEST:
        gap = pieces.gaps[at]
        if at > index and gap != HYPHEN and not pieces.joined(at):
            initial = gap == DOT and len(pieces.folds[at - 1]) == 1
            if not initial:
                break
        fold, shape = pieces.folds[at], pieces.shapes[at]
        if shape in (TITLE, CAPITALS):
            if fold in words.sets["openers"] or (fold in heads and at > index):
                break
            end = at + 1
        elif fold not in particles or shape == DIGITS:
            break
        at += 1
    return end


def titled_at(pieces: Pieces, index: int, words: Words) -> tuple[int, int] | None:
    """
    Find a person's name behind titles.

    Parameters
    ----------
    pieces : Pieces
        The text.
    index : int
        The piece that may be a title.
    words : Words
        The common words.

    Returns
    -------
    tuple of int, or None
        The first piece of the name, and the one after its last.
    """
    titles = words.sets["titles"]
    at = index
    while at < len(pieces) and at - index < _TITLES and pieces.folds[at] in titles:
        if at > index and not pieces.joined(at) and pieces.gaps[at] != DOT:
            break
        at += 1
    if at == index or at >= len(pieces):
        return None
    abbreviated = pieces.gaps[at] == DOT
    if not pieces.joined(at) and not abbreviated:
        return None
    if pieces.folds[index] in words.sets["ranks"] and pieces.shapes[index] not in (TITLE, CAPITALS):
        return None  # "a major Russian offensive"
    end = name_end(pieces, at, words)
    behind = end < len(pieces) and pieces.joined(end) and pieces.shapes[end] == TITLE
    if end == at or (behind and end == at + 1 and pieces.folds[end] in words.heads):
        return None  # "Chief Health Officer"
    return at, end


def name_before(pieces: Pieces, index: int, floor: int, words: Words) -> tuple[int, int] | None:
    """
    Find a person's name that ends with a comma before a piece: "Amal Ruz, a spokesman ...".

    Parameters
    ----------
    pieces : Pieces
        The text.
    index : int
        The first piece of the words that say who it is; articles before it are passed over.
    floor : int
        The piece that it cannot begin before.
    words : Words
        The common words.

    Returns
    -------
    tuple of int, or None
        The first piece of the name, and the one after its last.
    """
    skipped = words.sets["articles"] | words.sets["adjectives"]
    floor = max(floor, index - _LONGEST - _TITLES)
    while index > floor and pieces.joined(index) and pieces.folds[index - 1] in skipped:
        index -= 1
    if index <= floor or pieces.gaps[index] != COMMA:
        return None
    first = index
    while (
        first > floor
        and index - first < _LONGEST
        and (first == index or pieces.joined(first) or pieces.gaps[first] == DOT)
        and (
            pieces.shapes[first - 1] in (TITLE, CAPITALS)
            or pieces.folds[first - 1] in words.sets["particles"]
        )
    ):
        first -= 1
    while first < index and (
        pieces.folds[first] in words.sets["openers"]
        or pieces.shapes[first] not in (TITLE, CAPITALS)
    ):
        first += 1
    named = [at for at in range(first, index) if pieces.shapes[at] == TITLE]
    return (first, index) if len(named) > 1 else None


def surnames(found: list[Found], pieces: Pieces) -> list[Found]:
    """
    Find the persons that a surname alone stands for.

    Parameters
    ----------
    found : list of Found
        The actors found so far, persons with their full names.
    pieces : Pieces
        The text.

    Returns
    -------
    list of Found
        With those persons, in the order of the text.
    """
    known: dict[str, Found] = {}
    for one in found:
        if one.sense == "person":
            words = one.name.split()
            last = pieces_of(words[-1])
            if len(words) > 1 and len(last) >= _SHORTEST_SURNAME:
                known.setdefault(last, one)
    if not known:
        return found
    taken = [False] * len(pieces)
    for one in found:
        taken[one.first : one.end] = [True] * (one.end - one.first)
        if one.sense == "person" and one.name == one.party:
            full = known.get(pieces_of(one.name))
            if full is not None:
                one.name, one.party = full.name, full.party
    again = [
        replace(known[fold], first=index, end=index + 1)
        for index, fold in enumerate(pieces.folds)
        if fold in known and not taken[index] and pieces.shapes[index] in (TITLE, CAPITALS)
    ]
    return sorted((*found, *again), key=lambda one: one.first) if again else found


def pieces_of(word: str) -> str:
    """
    Give the last piece of a word as it is compared.

    Parameters
    ----------
    word : str
        A word: "al-Assad".

    Returns
    -------
    str
        Its last piece: "assad".

    Examples
    --------
    >>> pieces_of("al-Assad")
    'assad'
    """
    found = Pieces(word).folds
    return found[-1] if found else ""
