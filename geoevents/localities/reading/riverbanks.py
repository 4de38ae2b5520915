"""Banks of a river that a phrase does not name: "12 miles south of Kherson, on the left bank"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.localities.naming.demands import fixes
from geoevents.localities.reading.words import ARTICLES, BANKS, ON, SIDES, WATER
from geoevents.localities.tree import Group, Relation, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.localities.reading.heads import _Heads
    from geoevents.localities.tree import Compass, Kind, Tree, Way

_BANK = frozenset({"bank", "banks", "riverbank", "riverbanks"})
_AT = ON | frozenset({"along", "at", "to", "from"})

_SEEN_FROM = frozenset({"from", "of"})  # "on the opposite bank from Raqqa" is across from it


@dataclass(frozen=True, slots=True)
class Bank:
    """
    A bank of a river that is not named there.

    Parameters
    ----------
    words : str
        As written.
    first, end : int
        Its tokens.
    compass : Compass, optional
        Of "the east bank".
    way : str, optional
        Of "the left bank".
    prefixed : bool
        Whether "on" or "the" stands before it: East Bank alone is a town.
    """

    words: str
    first: int
    end: int
    compass: Compass | None
    way: Way | None
    prefixed: bool


def unnamed_bank(reader: _Heads) -> Bank | None:
    """
    Read "on the left bank" where no river follows.

    Parameters
    ----------
    reader : _Heads
        Stands where a part of a phrase begins; after it, if there is such a bank.

    Returns
    -------
    Bank or None
        The bank. "West Bank" alone is none: it is a region.
    """
    first = reader.i
    found = _read(reader, first)
    if found is None:
        reader.i = first
    return found


def _read(reader: _Heads, first: int) -> Bank | None:
    if reader.key() in _AT:
        reader.i += 1
    reader.take(ARTICLES)
    start = reader.i
    compass = reader.compass()
    way = SIDES.get(reader.key()) if compass is None else None
    reader.i += way is not None
    noun = reader.key()
    if (compass is None and way is None) or noun not in BANKS | _BANK:
        return None
    reader.i += 1
    end = reader.i
    named = reader.key() == "of"  # of the river: which one is not said
    reader.i += named
    if named:
        reader.take(ARTICLES)
        if not reader.take(WATER):
            return None
    elif noun not in _BANK:
        return None
    region = not named and reader.said(start, end).casefold().split() == ["west", "bank"]
    if region or reader.key() in _SEEN_FROM or not (reader.at_end() or reader.at_relation()):
        return None
    return Bank(reader.said(start, end), start, reader.i, compass, way, start > first)


def bank_by(bank: Bank, parts: Sequence[Tree], start: int, end: int) -> Relation | None:
    """
    Make it a bank of the river by what else the phrase names.

    Parameters
    ----------
    bank : Bank
        The bank.
    parts : sequence of tree
        The other parts.
    start, end : int
        Where it stands in the phrase.

    Returns
    -------
    Relation or None
        "The left bank of the river by P"; None where nothing else is named.
    """
    known: list[Tree] = []
    for part in parts:
        known += [*names(part), *fixes(part)]
    if not known:
        return None
    places = known[0]
    if len(known) > 1:
        first, last = min(one.start for one in known), max(one.end for one in known)
        places = Group("and", tuple(known), first, last)
    river = Relation("river", "", places, start, end)
    kind: Kind = "bank" if bank.compass is None else "part"
    return Relation(kind, bank.words, river, start, end, bank.compass, way=bank.way)
