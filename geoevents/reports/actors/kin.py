"""Groups that are in no table, called by a name and a common noun: "the Ghost gang"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.naming import Group
from geoevents.reports.actors.pieces import CAPITALS, DIGITS, SMALL, TITLE
from geoevents.reports.actors.states import adjective_at

if TYPE_CHECKING:
    from geoevents.reports.actors.reading import Reading
    from geoevents.reports.model import Sense

_LONGEST: Final = 4  # pieces of a name


def kin_groups(reading: Reading) -> dict[int, Group]:
    """
    Find gangs, clans and communities by a name that stands before such a word.

    Parameters
    ----------
    reading : Reading
        The report.

    Returns
    -------
    dict of int to Group
        By the first piece of each. Of two that share the noun ("the Lou and Gawaar clans"), the
        first is called by its name alone, the second too.
    """
    sets, folds = reading.sets, reading.pieces.folds
    armed = sets["group_kin_armed"]
    kin = armed | sets["group_kin_people"]
    if kin.isdisjoint(folds):
        return {}
    found: dict[int, Group] = {}
    for index, fold in enumerate(folds):
        if fold not in kin or reading.pieces.shapes[index] != SMALL:
            continue
        sense: Sense = "armed group" if fold in armed else "people"
        found.update(_named(reading, index, sense))
    return found


def _named(reading: Reading, noun: int, sense: Sense) -> dict[int, Group]:
    """Read the name before a noun, and the one that shares the noun with it."""
    pieces, sets = reading.pieces, reading.sets
    first = _name_before(reading, noun, sense)
    if first == noun:
        return {}
    end = noun + 1
    before = first - 1
    if before > 0 and pieces.joined(first) and pieces.folds[before] in sets["joining"]:
        other = _name_before(reading, before, sense)
        if other < before and pieces.joined(before) and _known_by(reading, other):
            return {
                other: Group(before, sense, media=False),
                first: Group(end, sense, media=False, name=pieces.part(first, noun)),
            }
        return {}
    return {first: Group(end, sense, media=False)} if _known_by(reading, first) else {}


def _known_by(reading: Reading, first: int) -> bool:
    """Whether an article stands before a name: "the Sikin tribe", not "Sunday community"."""
    pieces = reading.pieces
    article = first > 0 and pieces.joined(first) and pieces.folds[first - 1]
    return article in reading.sets["definite"]


def _name_before(reading: Reading, end: int, sense: Sense) -> int:
    """Go back over the pieces of a name that is no place and nobody that is known."""
    pieces, sets = reading.pieces, reading.sets
    first = end
    while first > 0 and end - first < _LONGEST and pieces.joined(first):
        shape, fold = pieces.shapes[first - 1], pieces.folds[first - 1]
        if shape not in (TITLE, CAPITALS) and not (shape == DIGITS and first < end):
            break
        if fold in sets["openers"]:
            break  # "The Ghost gang"
        if first - 1 in reading.inside:
            return end
        first -= 1
    if first == end or adjective_at(pieces, first) is not None:
        return end  # "Haitian gangs" are of no name
    if sense == "armed group" and not sets["peoples"].isdisjoint(pieces.folds[first:end]):
        return end  # "Fulani militia" is read as a whole elsewhere
    return end if reading.lexicon.at(pieces, first) else first
