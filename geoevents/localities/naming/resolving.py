"""The names of one phrase become places, and help each other to be the right ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import shapely

from geoevents.localities.naming.demands import (
    about_towns,
    container_of,
    direct,
    fixes,
    is_region,
    plurals,
    relations_of,
    river_names,
)
from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.lands import (
    contradiction,
    countries_called,
    neighbour_of,
    province_of,
    seat_of,
    tributary,
)
from geoevents.localities.naming.namesakes import (
    AREAL,
    called,
    of_one_name,
    reaches,
    spelt,
    town_in,
    within,
)
from geoevents.localities.naming.riverside import (
    PASSES_M,
    Beside,
    beside,
    decided,
    may_be_river,
    remark,
)
from geoevents.localities.sketches import is_sketch, is_undrawn
from geoevents.localities.tree import Group, LocalityError, Name, Relation, names
from geoevents.localities.wording import km
from geoevents.places import Gazetteer, PlaceNotFound, geocode
from geoevents.places.names import fold, read

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.naming.demands import Demand
    from geoevents.localities.tree import Tree
    from geoevents.places import Place

_HERE_M = 25_000.0  # a place this near to what else is named needs no namesake nearer to it


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
    known : mapping of str to Place, optional
        Places that names in it are known to mean, by the name.
    """

    def __init__(
        self,
        text: str,
        country: str | None,
        gazetteer: Gazetteer | None,
        near: Place | BaseGeometry | None,
        known: Mapping[str, Place] | None = None,
    ) -> None:
        self.text = text
        self.country = country
        self.gazetteer = gazetteer
        self.near = near
        self._known = {fold(name): place for name, place in (known or {}).items()}
        self.places: dict[Name, Place] = {}
        self.provinces: dict[str, Place] = {}  # by town: the province of which it is the seat
        self._demands: dict[Name, Demand] = {}
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
        self._demands = plurals(tree)
        kinds = river_names(tree) | {name: one.kind for name, one in self._demands.items()}
        written = list(names(tree))
        lands = [list(direct(border)) for border in relations_of(tree, "border")]
        borders = {name for listed in lands for name in listed}
        lands += [list(direct(one)) for one in relations_of(tree, "in") if _is_adjective(one)]
        self._look_up(tree, written, kinds, lands)
        for asked in beside(tree, self.text):
            if self._river(asked, written):
                kinds[asked.name] = "river"
        if len(written) > 1:
            self._agree(written, kinds, borders)
        for meeting in relations_of(tree, "confluence"):
            self._meeting(list(direct(meeting)))
        for listed in lands:
            self._frontier(listed)
        for name in about_towns(tree):
            self.places[name] = self._town(name)
        self._provinces(tree)
        self._narrow(tree)
        for countryside in relations_of(tree, "countryside"):
            for name in direct(countryside):
                self._hinterland(self.places[name], name.text)

    def _look_up(
        self, tree: Tree, written: list[Name], kinds: dict[Name, str], lands: list[list[Name]]
    ) -> None:
        """Look every name up by itself."""
        nations = {name for listed in lands for name in listed}
        for name in written if self._known else ():
            place = self._settled(name)
            if place is not None:
                self.places[name] = place
        several = self._adjectival(
            [
                name
                for name in written
                if name not in self.places and (name in nations or not self.is_name(name.text))
            ]
        )
        near = self.near
        if near is None:  # a position in figures says where the names are, too
            near = next((shapely.Point(fix.lon, fix.lat) for fix in fixes(tree)), None)
        for name in written:
            if name not in self.places and name not in several:
                self.places[name] = self._find(name, kinds.get(name), near)
        for name, countries in several.items():
            self.places[name] = self._bordering(countries, name)

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
                "which sounds like it"
                if called(place, self._text(name))
                else "the nearest known name",
            )
            for name, place in self.places.items()
            if name not in self._adjectives and not spelt(place, self._text(name))
        ]

    def _settled(self, name: Name) -> Place | None:
        """Give the place that a name is known to mean, if the words for its kind allow it."""
        readings = read(self._text(name))
        place = self._known.get(readings[0].key)
        if place is not None:
            return place
        for one in readings[1:]:
            place = self._known.get(one.key)
            if place is not None and not one.within and place.kind in one.kinds:
                return place
        return None

    def _text(self, name: Name) -> str:
        """Return what a name is looked up by."""
        return self._demands[name].text if name in self._demands else name.text

    def _find(
        self,
        name: Name,
        kind: str | Sequence[str] | None,
        near: Place | BaseGeometry | None,
        **hints: str,
    ) -> Place:
        country, text = hints.get("country", self.country), self._text(name)
        try:
            try:
                return geocode(
                    text, kind=kind, country=country, near=near, gazetteer=self.gazetteer
                )
            except PlaceNotFound:
                if kind is None:
                    raise
                place = geocode(text, country=country, near=near, gazetteer=self.gazetteer)
                if is_sketch(place) and called(place, text):
                    return place
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
        known = [one for one in (river, *river.alternatives) if spelt(one, text)]
        return [one for one in known if not is_undrawn(one)]  # a point has no side

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

    def _agree(self, written: list[Name], kinds: dict[Name, str], beyond: Collection[Name]) -> None:
        """Look up each ambiguous name again, near what the others stand for."""
        # Of "near Kobani, on the Turkish border" Kobani need not lie in Turkey.
        inner = [name for name in written if name not in beyond]
        countries = {
            place.country
            for place in map(self.places.__getitem__, inner)
            if place.kind == "country" and place.country
        }
        for name in written:
            place = self.places[name]
            # What is known already has no alternatives, either.
            if not place.alternatives and (not place.ambiguous or self._settled(name)):
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
            if of_one_name(found, place):
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
        said = name in self._demands or any(r.kinds for r in read(name.text))
        if said or place.kind not in ("admin1", "admin2"):
            return place
        return seat_of(place, name.text, self.gazetteer)

    def _meeting(self, written: list[Name]) -> None:
        """Take the rivers of these names that come nearest to each other: they are to meet."""
        for name, other in permutations(written, 2):
            river, near = self.places[name], self.places[other]
            if apart_m(river.geometry, near.geometry) > PASSES_M:
                found, away = tributary(river, near, name.text, self.gazetteer)
                self._take(name, found, f"{km(away)} from {near.name}")

    def _adjectival(self, written: list[Name]) -> dict[Name, list[Place]]:
        """Take Syria for Syrian; return the names that several countries have."""
        several = {}
        for name in written:
            countries = countries_called(name.text, self.gazetteer)
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
        found = neighbour_of(countries, self.places.values())
        if found is not None:
            return found
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
        if state.kind == "admin1" and called(state, name.text):
            self.places[name] = state

    def _hinterland(self, town: Place, text: str) -> None:
        """Look for the province, or the district, of which a town is the seat."""
        for kind in ("admin1", "admin2") if town.kind == "populated place" else ():
            area = province_of(town, text, kind, self.gazetteer)
            if area is not None:
                self.provinces[town.id] = area
                return

    def _provinces(self, tree: Tree) -> None:
        for region in relations_of(tree, "area"):
            for name in direct(region) if is_region(region) else ():
                self._province(name)

    def _province(self, name: Name) -> None:
        """Take the province for its seat: Kherson region is not the country round Kherson."""
        town = self.places[name]
        if town.kind == "populated place":
            area = province_of(town, name.text, "admin1", self.gazetteer)
            if area is not None:
                self.remarks.append(f"{name.text!r} was read as the province, by 'region'.")
                self.places[name] = replace(area, alternatives=(town,))

    def _narrow(self, tree: Tree) -> None:
        """Choose "A, B province": the A that lies in B."""
        if isinstance(tree, Relation):
            self._narrow(tree.of)
        if not isinstance(tree, Group):
            return
        for part in tree.parts:
            self._narrow(part)
        if tree.joined == ",":
            self._side_by_side(tree)

    def _side_by_side(self, tree: Group) -> None:
        bare = [part for part in tree.parts if isinstance(part, Name)]
        towns = [part for part in bare if self.places[part].kind not in AREAL]
        pair = len(towns) == 2  # noqa: PLR2004 -- of three towns none is a province
        if towns and (pair or not isinstance(tree.parts[0], Name)):
            self._as_container(tree, towns[-1])
        for name in bare:
            if self.places[name].kind == "country":
                self._as_container(tree, name)
        before: list[Name] = []  # by the parts: "the Syrian city of Raqqa" has Syria last
        for part in tree.parts:
            container = container_of(part)
            if container is not None and self.places[container].kind in AREAL:
                area = self.places[container]
                for inner in before:
                    place = self._inside(inner, area, bare=inner in bare)
                    self._take(inner, place, f"in {area.name}")
            before += names(part)
        if len(bare) == len(tree.parts):
            wrong = contradiction([(name, self.places[name]) for name in bare], self.gazetteer)
            if wrong is not None:
                raise LocalityError(wrong[1], self.text, wrong[0].start, wrong[0].end)

    def _inside(self, name: Name, area: Place, *, bare: bool) -> Place:
        """Take the place of a name that lies in an area, if there is one."""
        place = within(self.places[name], area)
        if bare and place.kind == "river":
            place = town_in(area, place, name.text)
        if not bare or place.kind in AREAL or reaches(area, place):
            return place
        country = {"country": area.country} if area.country else {}
        try:
            found = self._find(name, None, area, **country)
        except LocalityError:
            return place
        known = [one for one in (found, *found.alternatives) if spelt(one, name.text)]
        smaller = (one for one in known if one.kind not in ("country", area.kind))
        return next((one for one in smaller if reaches(area, one)), place)

    def _as_container(self, group: Group, second: Name) -> None:
        """Take B of "A, B" and of "near A, B" for the province B, where A lies in it."""
        at = group.parts.index(second)
        before = [name for part in group.parts[:at] for name in names(part)]
        first = [self.places[name] for name in before]
        if not first or shapely.get_dimensions(first[0].geometry) or first[0].kind in AREAL:
            return
        if self.places[second].kind in AREAL and reaches(self.places[second], first[0]):
            return  # Niger is a country, and a state of Nigeria
        try:
            found = geocode(
                second.text,
                kind="admin1",
                country=self.country,
                near=first[0],
                gazetteer=self.gazetteer,
            )
        except PlaceNotFound:
            return
        known = [one for one in (found, *found.alternatives) if called(one, second.text)]
        area = next((one for one in known if reaches(one, first[0])), None)
        if area is not None:
            self.places[second] = area


def _is_adjective(tree: Relation) -> bool:
    """Whether it is the Syrian of "the Syrian city of Raqqa"."""
    return isinstance(tree.of, Name) and tree.words == tree.of.text
