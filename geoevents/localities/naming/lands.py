"""Countries by their adjectives, provinces by their seats, and rivers by where they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.localities.naming.features import apart_m, country_place
from geoevents.localities.naming.namesakes import AREAL, called, reaches, spelt
from geoevents.localities.sketches import is_sketch, is_undrawn
from geoevents.places import PlaceNotFound, geocode
from geoevents.places.demonyms import countries_of
from geoevents.places.names import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.localities.tree import Name
    from geoevents.places import Gazetteer, Place

_SEAT = 0.02  # of a province's people live in the town it is named after, or more


def countries_called(text: str, gazetteer: Gazetteer | None) -> list[Place]:
    """
    List the countries that an adjective or a name means.

    Parameters
    ----------
    text : str
        Such as "Syrian" or "Congolese".
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.

    Returns
    -------
    list of Place
        None, one or several.
    """
    found = (country_place(gazetteer, code) for code in countries_of(text))
    return [country for country in found if country is not None]


def neighbour_of(countries: Iterable[Place], others: Iterable[Place]) -> Place | None:
    """
    Choose the country that borders on something else, or holds it.

    Parameters
    ----------
    countries : iterable of Place
        The countries that are meant by a word such as "Congolese".
    others : iterable of Place
        What else a phrase names.

    Returns
    -------
    Place or None
        The only one that reaches the first of the others that tells them apart.
    """
    known = list(countries)
    for other in others:
        touching = [one for one in known if reaches(one, other)]
        if len(touching) == 1:
            return touching[0]
    return None


def province_of(town: Place, text: str, kind: str, gazetteer: Gazetteer | None) -> Place | None:
    """
    Find the province that is called after a town and holds it.

    Parameters
    ----------
    town : Place
        The seat.
    text : str
        The name as written.
    kind : str
        "admin1" or "admin2".
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.

    Returns
    -------
    Place or None
        The province.
    """
    try:
        area = geocode(text, kind=kind, country=town.country, near=town, gazetteer=gazetteer)
    except PlaceNotFound:
        return None
    return area if called(area, town.name) and reaches(area, town) else None


def seat_of(province: Place, text: str, gazetteer: Gazetteer | None) -> Place:
    """
    Find the town after which a province is called.

    Parameters
    ----------
    province : Place
        The province.
    text : str
        The name as written.
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.

    Returns
    -------
    Place
        The town; the province where there is none, or only a small namesake.
    """
    try:
        town = geocode(text, kind="populated place", near=province, gazetteer=gazetteer)
    except PlaceNotFound:
        return province
    seat = town.population >= _SEAT * province.population and reaches(province, town)
    return town if seat and called(town, text) else province


def tributary(
    river: Place, other: Place, text: str, gazetteer: Gazetteer | None
) -> tuple[Place, float]:
    """
    Choose the river of a name that comes nearest to another river.

    Parameters
    ----------
    river : Place
        What was found.
    other : Place
        The river that it is to meet.
    text : str
        The name as written: the Negro may be written "Rio Negro", and there is a Rio Negro too.
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.

    Returns
    -------
    Place
        The nearest of that name.
    float
        How far from the other one it is, in metres.
    """
    known = [river, *river.alternatives]
    for key in {reading.key for reading in read(text) if "river" in reading.kinds}:
        try:
            found = geocode(key, kind="river", near=other, gazetteer=gazetteer)
        except PlaceNotFound:
            continue
        known += [one for one in (found, *found.alternatives) if spelt(one, key)]
    # Of what is known only as a point it is not known where it meets another.
    known = [one for one in known if not is_undrawn(one)] or known
    away = {one.id: apart_m(one.geometry, other.geometry) for one in known}
    nearest = min(known, key=lambda one: away[one.id])
    return nearest, away[nearest.id]


def contradiction(
    listed: Sequence[tuple[Name, Place]], gazetteer: Gazetteer | None
) -> tuple[Name, str] | None:
    """
    Find a country or province in a row of names that does not hold what stands before it.

    Parameters
    ----------
    listed : sequence of tuple
        Names with commas between them, and their places.
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.

    Returns
    -------
    tuple or None
        The name and what is wrong with it; None for "Raqqa, Syria" and "Syria, Iraq".
    """
    for i, (name, area) in enumerate(listed):
        before = [place for _, place in listed[:i]]
        # Two countries side by side touch, and hold nothing of each other.
        others = [one for one in before if one.kind != area.kind]
        if area.kind not in AREAL or not others:
            continue
        if not any(reaches(area, one) or reaches(one, area) for one in others):
            first = others[0]
            if is_sketch(area):
                return name, (
                    f"{area.name} is known only as a point, so whether {first.name} lies in it is "
                    "not known: add its outline with `geoevents gazetteer add-osm`, or write 'and' "
                    "between them if both are meant"
                )
            return name, (
                f"no {first.name} is known in {area.name}; {first.name} lies in "
                f"{_home(first, area, gazetteer)}. Write 'and' between them if both are meant"
            )
    return None


def _home(place: Place, area: Place, gazetteer: Gazetteer | None) -> str:
    """Say where a place lies: its country, and its province where the country is not the matter."""
    country = country_place(gazetteer, place.country) if place.country else None
    said = country.name if country is not None else place.country or "no known country"
    if place.admin1 and area.kind != "country":
        return f"the province of {place.admin1}, {said}"
    return said
