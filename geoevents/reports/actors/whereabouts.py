"""Whether a country's name only says where something is: "in Russia", "Homs, Syria"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.pieces import COMMA, JOINED, POSSESSIVE

if TYPE_CHECKING:
    from geoevents.reports.actors.reading import Reading

_LONGEST: Final = 5  # pieces of a country's name
_MOST: Final = 12  # countries in a row


def only_where(reading: Reading, index: int, end: int) -> bool:
    """
    Tell whether the name of a country only says where something is.

    Parameters
    ----------
    reading : Reading
        The report.
    index, end : int
        The name: its first piece, and the one after its last.

    Returns
    -------
    bool
        True behind a preposition of place, after a comma behind another place, and for "Russia's".
    """
    pieces = reading.pieces
    if reading.gap(end) in JOINED and pieces.folds[end] == POSSESSIVE:
        return True
    at = index
    for _ in range(_MOST):
        if pieces.gaps[at] == COMMA:
            return _place_before(reading, at) < at
        if at == 0 or pieces.gaps[at] not in JOINED:
            return False
        before = pieces.folds[at - 1]
        if before in reading.sets["joining"]:
            at = _place_before(reading, at - 1)
            if pieces.folds[at] in reading.sets["joining"]:
                return False
        elif before in reading.sets["definite"]:
            at -= 1
        else:
            return before in reading.sets["locative"]
    return False


def _place_before(reading: Reading, at: int) -> int:
    """Give the first piece of the place before a piece that is no actor; the piece if none is."""
    if reading.found and reading.found[-1].end == at:
        return at
    for first in range(at - 1, max(at - _LONGEST, 0) - 1, -1):
        if reading.inside.get(first, -1) == at and first in reading.places:
            return first
        named = reading.lexicon.at(reading.pieces, first)
        if named is not None and named[0] == at and named[1].entries[0].sense == "state":
            return first
    return at
