"""The names of one phrase become places, and help each other to be the right ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geoevents.localities.demands import (
    about_towns,
    container_of,
    direct,
    fixes,
    relations_of,
    river_names,
)
from geoevents.localities.features import apart_m, country_place
from geoevents.localities.riverside import (
    PASSES_M,
    Beside,
    beside,
    decided,
    may_be_river,
    remark,
)
from geoevents.localities.tree import Group, LocalityError, Name, Relation, names
from geoevents.localities.wording import km
from geoevents.places import Gazetteer, PlaceNotFound, geocode
from geoevents.places.demonyms import countries_of
from geoevents.places.names import fold, read, skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.tree import Tree
    from geoevents.places import Place

_POLYGON = 2
_HERE_M = 25_000.0  # a place this near to what else is named needs no namesake nearer to it
_SEAT = 0.02  # of a province's people live in the town it is named after, or more


AREAL = ("country", "admin1", "admin2", "region")


class Names:
    """
    What the names of a phrase stand for.

    Parameters
    ----------
    text : str
        The phrase, for the errors.
    country : str, optional
        ISO code or name that the caller gave.
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.
    near : Place or shapely geometry, optional
        What else the event names.
    """

    def __init__(
        self,
        text: str,
        country: str | None,
        gazetteer: Gazetteer | None,
        near: Place | BaseGeometry | None,
    ) -> None:
        self.text = text
        self.country = country
        self.gazetteer = gazetteer
        self.near = near
        self.places: dict[Name, Place] = {}
        self.provinces: dict[str, Place] = {}  # by town: the province of which it is the seat
        self._adjectives: set[Name] = set()  # "Syrian", by which Syria was found
        self.remarks: list[str] = []  # sentences on which of two readings was taken

    def is_name(self, chunk: str) -> bool:
        """
        Say whether a chunk with relation words in it is a name just as it stands.

        Parameters
        ----------
        chunk : str
            Part of the phrase.

        Returns
        -------
        bool
            True when some place has exactly this name, letter case and accents apart.
        """
        wanted = fold(chunk)
        if not wanted:
            return False
        stores = (self.gazetteer or Gazetteer.default()).stores
        return any(store.keys.find(wanted) >= 0 for store in stores)

    def resolve(self, tree: Tree) -> None:
        """
        Find the place of every name in the tree.

        Parameters
        ----------
        tree : Name, Relation or Group
            The parsed phrase; its places are then in ``places``.

        Raises
        ------
        LocalityError
            For a name that no known place has.
        """
        kinds = river_names(tree)
        written = list(names(tree))
        borders = [list(direct(border)) for border in relations_of(tree, "border")]
        lying = [list(direct(one)) for one in relations_of(tree, "in") if _is_adjective(one)]
        several = self._adjectival([name for listed in borders + lying for name in listed])
        near = self.near
        if near is None:  # a position in figures says where the names are, too
            near = next((shapely.Point(fix.lon, fix.lat) for fix in fixes(tree)), None)
        for name in written:
            if name not in self.places and name not in several:
                self.places[name] = self._find(name, kinds.get(name), near)
        for name, countries in several.items():
            self.places[name] = self._bordering(countries, name)
        for asked in beside(tree, self.text):
            if self._river(asked, written):
                kinds[asked.name] = "river"
        if len(written) > 1:
            self._agree(written, kinds)
        for listed in borders + lying:
            self._frontier(listed)
        for name in about_towns(tree):
            self.places[name] = self._town(name)
        self._narrow(tree)
        self._hinterlands(tree)

    def loose(self) -> list[tuple[Name, str]]:
        """
        List the names whose place is not called so, letter case and accents apart.

        Returns
        -------
        list of tuple
            Each such name, and by what it was found.
        """
        return [
            (
                name,
                "which sounds like it" if _called(place, name.text) else "the nearest known name",
            )
            for name, place in self.places.items()
            if name not in self._adjectives and not _spelt(place, name.text)
        ]

    def _find(
        self,
        name: Name,
        kind: str | Sequence[str] | None,
        near: Place | BaseGeometry | None,
        **hints: str,
    ) -> Place:
        country = hints.get("country", self.country)
        try:
            try:
                return geocode(
                    name.text, kind=kind, country=country, near=near, gazetteer=self.gazetteer
                )
            except PlaceNotFound:
                if kind is None:
                    raise
                place = geocode(name.text, country=country, near=near, gazetteer=self.gazetteer)
                if shapely.get_dimensions(place.geometry) == 0:
                    raise  # a town that sounds like it: say that there is no such river
                return place
        except PlaceNotFound as error:
            raise LocalityError(str(error), self.text, name.start, name.end) from error

    def _river(self, asked: Beside, written: list[Name]) -> bool:
        """Take the river for the country, province or town of its name, where it is meant."""
        place = self.places[asked.name]
        others = [name for name in written if name != asked.name]
        rivers = self._rivers(asked.name.text, others) if may_be_river(asked, place) else []
        if not rivers:
            return False
        passing = [(one, self._beside(one, others)) for one in rivers]
        river, there = next((pair for pair in passing if pair[1]), (rivers[0], ""))
        alone = not others and self.near is None
        takes, why = decided(asked, there, alone, not there and bool(self._beside(place, others)))
        if why:
            chosen, other = (river, place) if takes else (place, river)
            self.remarks.append(remark(asked, chosen, other, why))
        if takes:
            self.places[asked.name] = river
        return takes

    def _rivers(self, text: str, others: list[Name]) -> list[Place]:
        near = self.places[others[0]] if others else self.near
        try:
            river = geocode(
                text, kind="river", country=self.country, near=near, gazetteer=self.gazetteer
            )
        except PlaceNotFound:
            return []
        return [one for one in (river, *river.alternatives) if _spelt(one, text)]

    def _beside(self, river: Place, others: list[Name]) -> str:
        """Say what else is named that a river passes; empty where it passes none of it."""
        if self.near is not None:
            shape = getattr(self.near, "geometry", self.near)
            away = apart_m(river.geometry, shape)
            if away <= PASSES_M:
                return f"passes {km(away)} from what is given as near"
        for name in others:
            place = self.places[name]
            found = [place, *place.alternatives]
            if place.alternatives:
                found.append(self._find(name, None, river))
            for one in found:
                away = apart_m(river.geometry, one.geometry)
                if one.kind != "river" and away <= PASSES_M:
                    return f"passes {km(away)} from {one.name}" if away else f"reaches {one.name}"
        return ""

    def _agree(self, written: list[Name], kinds: dict[Name, str]) -> None:
        """Look up each ambiguous name again, near what the others stand for."""
        countries = {p.country for p in self.places.values() if p.kind == "country" and p.country}
        for name in written:
            place = self.places[name]
            if not place.ambiguous and not place.alternatives:
                continue
            others = [self.places[other] for other in written if other != name]
            sure = [other for other in others if not other.ambiguous] or others
            if kinds.get(name) != "river" and apart_m(place.geometry, sure[0].geometry) < _HERE_M:
                continue
            hints = {}
            if place.kind != "country" and self.country is None and len(countries) == 1:
                hints["country"] = next(iter(countries))
            try:
                found = self._find(name, kinds.get(name), sure[0], **hints)
            except LocalityError:  # nothing of that name in that country: keep what was found
                continue
            away = apart_m(found.geometry, sure[0].geometry)
            where = f"{km(away)} from" if away else "in" if sure[0].kind in AREAL else "by"
            self._take(name, found, f"{where} {sure[0].name}")

    def _take(self, name: Name, place: Place, where: str) -> None:
        """Take one namesake for another, and keep and say what it was chosen over."""
        before = self.places[name]
        if place.id != before.id:
            rest = (other for other in before.alternatives if other.id != place.id)
            others = place.alternatives or (before, *rest)
            place = replace(place, alternatives=others)
            self.remarks.append(f"{place.name} is the one {where} and not {before}.")
        self.places[name] = place

    def _town(self, name: Name) -> Place:
        """Take the town for the province of the same name: one is near the town."""
        place = self.places[name]
        if place.kind not in ("admin1", "admin2") or any(r.kinds for r in read(name.text)):
            return place
        try:
            town = geocode(name.text, kind="populated place", near=place, gazetteer=self.gazetteer)
        except PlaceNotFound:
            return place
        seat = town.population >= _SEAT * place.population and reaches(place, town)
        return town if seat and _called(town, name.text) else place

    def _adjectival(self, written: list[Name]) -> dict[Name, list[Place]]:
        """Take Syria for Syrian; return the names that several countries have."""
        several = {}
        for name in written:
            codes = countries_of(name.text)
            found = [country_place(self.gazetteer, code) for code in codes]
            countries = [country for country in found if country is not None]
            if not countries:
                continue
            self._adjectives.add(name)
            if len(countries) > 1:
                several[name] = countries
            else:
                self.places[name] = countries[0]
        return several

    def _frontier(self, written: list[Name]) -> None:
        """Take the countries, or the provinces, that may have a border."""
        for name in written:
            if self.places[name].kind in AREAL:
                continue
            try:
                self.places[name] = self._find(name, AREAL[:3], self.places[name])
            except LocalityError:
                continue  # no polygon has that name: the error says what it is
        states = [name for name in written if self.places[name].kind == "admin1"]
        for name in written if states else ():  # Georgia and Florida are two states
            self._state(name, states[0])

    def _bordering(self, countries: list[Place], name: Name) -> Place:
        """Choose the Congo that borders on what else the phrase names."""
        for other in self.places.values():
            touching = [one for one in countries if reaches(one, other)]
            if len(touching) == 1:
                return touching[0]
        wanted = " or ".join(country.name for country in countries)
        raise LocalityError(
            f"{name.text!r} may be {wanted}; write which", self.text, name.start, name.end
        )

    def _state(self, name: Name, other: Name) -> None:
        if self.places[name].kind != "country":
            return
        try:
            state = self._find(name, "admin1", self.places[other])
        except LocalityError:
            return
        if state.kind == "admin1" and _called(state, name.text):
            self.places[name] = state

    def _hinterlands(self, tree: Tree) -> None:
        for countryside in relations_of(tree, "countryside"):
            for name in direct(countryside):
                self._hinterland(self.places[name], name.text)

    def _hinterland(self, town: Place, text: str) -> None:
        """Look for the province, or the district, of which a town is the seat."""
        if town.kind != "populated place":
            return
        for kind in ("admin1", "admin2"):
            try:
                area = geocode(
                    text, kind=kind, country=town.country, near=town, gazetteer=self.gazetteer
                )
            except PlaceNotFound:
                continue
            if _called(area, town.name) and reaches(area, town):
                self.provinces[town.id] = area
                return

    def _narrow(self, tree: Tree) -> None:
        """Choose "A, B province": the A that lies in B."""
        if isinstance(tree, Relation):
            self._narrow(tree.of)
        if not isinstance(tree, Group):
            return
        for part in tree.parts:
            self._narrow(part)
        if tree.joined != ",":
            return
        bare = [part for part in tree.parts if isinstance(part, Name)]
        if len(tree.parts) == 2 and len(bare) == 2:  # noqa: PLR2004 -- "A, B": B may be a province too
            self._as_container(*bare)
        before: list[Name] = []  # by the parts: "the Syrian city of Raqqa" has Syria last
        for part in tree.parts:
            container = container_of(part)
            if container is not None and self.places[container].kind in AREAL:
                area = self.places[container]
                for name in before:
                    self._take(name, _within(self.places[name], area), f"in {area.name}")
            before += names(part)

    def _as_container(self, first: Name, second: Name) -> None:
        if self.places[second].kind in AREAL or self.places[first].kind in AREAL:
            return
        try:
            area = geocode(
                second.text, kind="admin1", country=self.country, gazetteer=self.gazetteer
            )
        except PlaceNotFound:
            return
        if reaches(area, self.places[first]):
            self.places[second] = area


def _is_adjective(tree: Relation) -> bool:
    """Whether it is the Syrian of "the Syrian city of Raqqa"."""
    return isinstance(tree.of, Name) and tree.words == tree.of.text


def _called(place: Place, text: str) -> bool:
    known = [fold(name) for name in (place.name, *place.names)]
    return _spelt(place, text) or not {skeleton(key) for key in _keys(text)}.isdisjoint(
        map(skeleton, known)
    )


def _spelt(place: Place, text: str) -> bool:
    """Whether it has this very name, letter case, accents, spaces and words for its kind apart."""
    known = {fold(name).replace(" ", "") for name in (place.name, *place.names)}
    return not known.isdisjoint(key.replace(" ", "") for key in _keys(text))


def _keys(text: str) -> set[str]:
    return {reading.key for reading in read(text)} | {fold(text)}


def reaches(area: Place, place: Place) -> bool:
    """
    Say whether a place lies in an area, or as near to its drawn border as they may be off.

    Parameters
    ----------
    area : Place
        A province, country or region.
    place : Place
        Anything.

    Returns
    -------
    bool
        False where the area is known only as a point.
    """
    if shapely.get_dimensions(area.geometry) < _POLYGON:
        return False
    if shapely.intersects(area.geometry, place.geometry):
        return True
    return apart_m(area.geometry, place.geometry) <= area.uncertainty_m + place.uncertainty_m


def _within(place: Place, area: Place) -> Place:
    """Take the place, or the best namesake that lies in the area when it does not."""
    if place.id == area.id or reaches(area, place):
        return place
    inside = [other for other in place.alternatives if reaches(area, other)]
    return inside[0] if inside else place
