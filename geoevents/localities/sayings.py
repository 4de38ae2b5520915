"""What each relation of a phrase is about: its subjects, the other one of two, the river."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geoevents.localities.gathering import containers
from geoevents.localities.ground import Saying
from geoevents.localities.naming.features import apart_m, country_place, rivers_about
from geoevents.localities.naming.namesakes import AREAL
from geoevents.localities.naming.riverside import is_side
from geoevents.localities.pairs import border
from geoevents.localities.sketches import is_sketch, is_undrawn, unknown
from geoevents.localities.subject import Subject
from geoevents.localities.tree import Fix, LocalityError, Name, Relation
from geoevents.localities.wording import km
from geoevents.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.localities.composing import Composer
    from geoevents.localities.tree import Kind, Tree

_RIVER_M = 10_000.0  # a place this near to a river lies by it, however small it is
_OF_A_RIVER: tuple[Kind, ...] = ("bank", "mouth", "source", "confluence")
_OF_A_COURSE: tuple[Kind, ...] = ("part", "centre", "countryside")  # about a town's point they do
_OF_TWO = ("between", "halfway", "road", "confluence", "border")
_WITH = re.compile(r"\bwith\b", re.IGNORECASE)


class Sayings:
    """
    Turns a relation of the tree into sayings, one a subject.

    Parameters
    ----------
    composer : Composer
        Knows the phrase, its places and the rules, and what inner relations cover.
    """

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._found = composer.found
        self._known: dict[Tree, list[Subject]] = {}

    def of(self, tree: Relation, reference: Subject | None = None) -> list[Saying]:
        """
        List the sayings of a relation.

        Parameters
        ----------
        tree : Relation
            The relation.
        reference : Subject, optional
            Where one stands, for the near and the far bank.

        Returns
        -------
        list of Saying
            One a subject; one for a relation of two.

        Raises
        ------
        LocalityError
            Where it needs a river that neither the phrase nor the gazetteer has.
        """
        rules, text = self._composer.rules, self._found.text
        if tree.kind == "across":
            return [self._across(tree)]
        subjects = self.subjects(self._outlined(tree))
        self._check(tree, subjects)
        if tree.kind in _OF_TWO:
            others = tuple(subjects[1:])
            if tree.kind == "border" and not others and _WITH.search(tree.words):
                others = self._neighbour(subjects[0])
            return [Saying(tree, subjects[0], rules, text, others)]
        if tree.kind == "stream":
            return [Saying(tree, one, rules, text, line=self._river(tree, one)) for one in subjects]
        if tree.kind == "countryside":
            return [Saying(tree, one, rules, text, self._province(one)) for one in subjects]
        if tree.kind == "bank" and tree.way in ("near", "far"):
            return [Saying(tree, one, rules, text, reference=reference) for one in subjects]
        return [Saying(tree, one, rules, text) for one in subjects]

    def subjects(self, tree: Tree) -> list[Subject]:
        """
        List what a tree stands for where a relation is about it.

        Parameters
        ----------
        tree : Name, Fix, Relation or Group
            What the relation is of.

        Returns
        -------
        list of Subject
            Of a list each of its parts; names that only say where others lie are left out.
        """
        if tree not in self._known:
            self._known[tree] = self._subjects(tree)
        return self._known[tree]

    def _subjects(self, tree: Tree) -> list[Subject]:
        if isinstance(tree, Name):
            return [Subject.from_place(self._found.places[tree])]
        if isinstance(tree, Fix):
            return [Subject.from_fix(tree)]
        parts: Sequence[Tree] = ()
        if isinstance(tree, Relation):
            if tree.kind == "river":
                return [self._river_by(tree)]
            if tree.kind == "border":  # its line: the ground beside it takes long
                return [border(one) for one in self.of(tree)]
            parts = (tree.of,) if tree.kind == "in" else ()
        elif tree.joined == "and":
            parts = tree.parts
        else:
            held = containers(self._composer, tree)
            rest = [part for part in tree.parts if part not in held]
            listed = len(rest) == 1 or all(isinstance(part, Name) for part in rest)
            parts = rest if listed else ()
        if parts:
            return [one for part in parts for one in self.subjects(part)]
        composer, scale = self._composer, self._composer.rules.scale
        ground = composer.ground(tree) if scale == 1 else composer.scaled(1 / scale).ground(tree)
        if scale != 1 and ground.core is None:  # what is cut from a region grows as that does
            ground = composer.ground(tree)
        return [Subject.from_ground(ground)]

    def reference(self, parts: Iterable[Tree]) -> Subject | None:
        """
        Find where one stands: what says which bank is the far one.

        Parameters
        ----------
        parts : iterable of tree
            The rest of the phrase.

        Returns
        -------
        Subject or None
            The first place there that is no line and no province, else what was given as near.
        """
        for part in parts:
            of = part.of if isinstance(part, Relation) else part
            for one in self.subjects(of):
                if one.dimensions != 1 and one.kind not in AREAL:
                    return one
        near = self._found.near
        if isinstance(near, Place):
            return Subject.from_place(near)
        if near is None:
            return None
        return Subject(near, "what was given as near", "what was given as near", 0.0, "ground")

    def _check(self, tree: Relation, subjects: Iterable[Subject]) -> None:
        """Refuse what needs a line or outline of a place that the gazetteer has no such of."""
        for one in subjects:
            if is_sketch(one):
                course = tree.kind in _OF_A_COURSE and one.kind == "river"
                wrong = course or tree.kind in (*_OF_A_RIVER, "along", "border")
            else:
                side = tree.kind == "part" and is_side(tree)
                wrong = is_undrawn(one) and (side or tree.kind in _OF_A_RIVER)
            if wrong:
                raise unknown(self._found, tree, one)

    # -- what is not in the tree --

    def _outlined(self, tree: Relation) -> Tree:
        """South of a country's border is south of the country: its whole border has no sides."""
        of = tree.of
        sided = tree.kind in ("direction", "part")
        if sided and isinstance(of, Relation) and of.kind == "border":
            saying = self.of(of)[0]  # which refuses what is known only as a point
            return of.of if not saying.others else of
        return of

    def _province(self, town: Subject) -> tuple[Subject, ...]:
        seat = town.places[0].id if town.places else ""
        province = self._found.provinces.get(seat)
        return (Subject.from_place(province),) if province is not None else ()

    def _neighbour(self, country: Subject) -> tuple[Subject, ...]:
        """Find the other country of "near the border with Iraq, in Syria"."""
        here = self._found.places.values()
        own = {place.id for place in country.places}
        for place in here:
            if place.id not in own and place.kind == country.kind:
                return (Subject.from_place(place),)
        for place in here:
            if place.country and place.id not in own and country.kind == "country":
                home = country_place(self._found.gazetteer, place.country)
                if home is not None and home.id not in own:
                    return (Subject.from_place(home),)
        return ()

    def _across(self, tree: Relation) -> Saying:
        """Sort out the river and the place of "across X from P" and "across the river from P"."""
        subjects = self.subjects(tree.of)
        lines = [one for one in subjects if one.dimensions == 1 and not is_sketch(one)]
        towns = [one for one in subjects if one not in lines]
        sketch = next(filter(is_undrawn, towns), None)
        if sketch is not None and not lines:
            raise unknown(self._found, tree, sketch)
        if len(lines) > 1 or len(towns) > 1:
            raise self._fault(tree, "this is across one river from one place; name those two")
        town = towns[0] if towns else self.reference(())
        if town is None:
            raise self._fault(tree, f"across {lines[0].name} from where? Add 'from' and a place")
        line = lines[0] if lines else self._river(tree, town)
        return Saying(tree, town, self._composer.rules, self._found.text, line=line)

    def _river_by(self, tree: Relation) -> Subject:
        """Find the river of "12 miles south of Kherson, on the left bank"."""
        known = self.subjects(tree.of)
        towns = [one for one in known if not one.dimensions]
        town = min(towns, key=is_undrawn, default=None)  # a river is no town by one
        named = next((one for one in known if one.dimensions == 1), None)
        if town is not None:
            return self._river(tree, town)
        sketch = next(filter(is_undrawn, known), None)
        if named is None and sketch is not None:
            raise unknown(self._found, tree, sketch)
        if named is None:
            raise self._fault(tree, "a bank of which river? Name it, or a town by it")
        return named

    def _river(self, tree: Relation, town: Subject) -> Subject:
        """Return the river that the phrase names, else the one by which the place lies."""
        places = self._found.places.values()
        lines = [place for place in places if shapely.get_dimensions(place.geometry) == 1]
        named = [place for place in lines if not is_sketch(place)]
        sketch = next(filter(is_undrawn, places), None)
        if sketch is not None and not named:  # another river would not be the one that is named
            raise unknown(self._found, tree, Subject.from_place(sketch))
        if named:
            nearest = min(named, key=lambda river: apart_m(river.geometry, town.geometry))
            return Subject.from_place(nearest)
        extent = self._composer.rules.plain.extent_m(town) if town.dimensions == 0 else 0.0
        reach = max(extent, _RIVER_M)
        found = rivers_about(self._found.gazetteer, town.outline, reach)
        if not found:
            raise self._fault(
                tree,
                f"the gazetteer has no river within {km(reach)} of {town.said}; name the river",
            )
        river, away = found[0]
        if town.dimensions == 2 and len(found) > 1 and not away:  # noqa: PLR2004 -- a province
            more = "" if len(found) < 4 else f" and {len(found) - 3} more"  # noqa: PLR2004
            known = ", ".join(river.name for river, _ in found[:3])
            raise self._fault(
                tree, f"several rivers run through {town.name} ({known}{more}); name the river"
            )
        one = Subject.from_place(river)
        rest = f", before {found[1][0].name}" if len(found) > 1 else ""
        return replace(
            one, said=f"{one.said}, the river nearest to {town.name} ({km(away)} from it{rest})"
        )

    def _fault(self, tree: Relation, message: str) -> LocalityError:
        return LocalityError(message, self._found.text, tree.start, tree.end)
