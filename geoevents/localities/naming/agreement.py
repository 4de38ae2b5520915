"""Namesakes told apart by what else a phrase names: near it, meeting it, or of its kind."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.lands import tributary
from geoevents.localities.naming.namesakes import AREAL, called, of_one_name
from geoevents.localities.naming.riverside import PASSES_M
from geoevents.localities.tree import LocalityError
from geoevents.localities.wording import km

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geoevents.localities.naming.names import Names
    from geoevents.localities.tree import Name

_HERE_M = 25_000.0  # a place this near to what else is named needs no namesake nearer to it


def agree(
    found: Names, written: Sequence[Name], kinds: Mapping[Name, str], beyond: Collection[Name]
) -> None:
    """
    Look up each ambiguous name again, near what the others stand for.

    Parameters
    ----------
    found : Names
        What they stand for by themselves.
    written : sequence of Name
        The names of the phrase.
    kinds : mapping of Name to str
        What some of them must be.
    beyond : collection of Name
        Those of borders: of "near Kobani, on the Turkish border" Kobani need not lie in Turkey.
    """
    inner = [found.places[name] for name in written if name not in beyond]
    countries = {one.country for one in inner if one.kind == "country" and one.country}
    for name in written:
        place = found.places[name]
        # What is known already has no alternatives, either.
        if not place.alternatives and (not place.ambiguous or found.settled(name)):
            continue
        others = [found.places[other] for other in written if other != name]
        sure = next((other for other in others if not other.ambiguous), others[0])
        if kinds.get(name) != "river" and apart_m(place.geometry, sure.geometry) < _HERE_M:
            continue
        country = None
        if place.kind != "country" and found.country is None and len(countries) == 1:
            country = next(iter(countries))
        try:
            other = found.find(name, kinds.get(name), sure, country)
        except LocalityError:  # nothing of that name in that country: keep what was found
            continue
        if of_one_name(other, place):
            continue
        away = apart_m(other.geometry, sure.geometry)
        where = f"{km(away)} from" if away else "in" if sure.kind in AREAL else "by"
        found.take(name, other, f"{where} {sure.name}")


def meet(found: Names, written: Sequence[Name]) -> None:
    """
    Take the rivers of these names that come nearest to each other.

    Parameters
    ----------
    found : Names
        What they stand for so far.
    written : sequence of Name
        The names of rivers that are said to meet.
    """
    for name, other in permutations(written, 2):
        river, near = found.places[name], found.places[other]
        if apart_m(river.geometry, near.geometry) > PASSES_M:
            nearest, away = tributary(river, near, name.text, found.gazetteer)
            found.take(name, nearest, f"{km(away)} from {near.name}")


def bordering(found: Names, written: Sequence[Name]) -> None:
    """
    Take the countries, or the provinces, that may have a border.

    Parameters
    ----------
    found : Names
        What they stand for so far.
    written : sequence of Name
        The names of what is said to have one border.
    """
    for name in written:
        if found.places[name].kind in AREAL:
            continue
        try:
            found.places[name] = found.find(name, AREAL[:3], found.places[name])
        except LocalityError:
            continue  # no polygon has that name: the error says what it is
    states = [name for name in written if found.places[name].kind == "admin1"]
    for name in written if states else ():  # Georgia and Florida are two states
        _state(found, name, states[0])


def _state(found: Names, name: Name, other: Name) -> None:
    if found.places[name].kind != "country":
        return
    try:
        state = found.find(name, "admin1", found.places[other])
    except LocalityError:
        return
    if state.kind == "admin1" and called(state, name.text):
        found.places[name] = state
