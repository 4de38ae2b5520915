"""
From the tree and its places to ground: what each relation covers, and how several combine.

A comma means "and at once": "east of the Euphrates, near Deir ez-Zor" is where both hold. A list
of names joined by "and" is a union. "And" between relations intersects them where one of them is a
direction or a river's course and they overlap; else it unites them ("near A and near B").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import shapely

from geoevents.geodesy import area, buffer
from geoevents.localities import around, lines
from geoevents.localities.ground import Ground, Saying
from geoevents.localities.plane import is_thin, solid
from geoevents.localities.resolving import AREAL, apart_m, containers, reaches
from geoevents.localities.subject import Subject
from geoevents.localities.tree import Group, LocalityError, Name, Relation, names
from geoevents.localities.wording import describe, km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.tree import Kind, Tree
    from geoevents.localities.uncertainty import Neighbourhood
    from geoevents.places import Place

_POLYGON = 2
_SLIVER = 0.1  # of the smallest part: the ground between two rivers that meet may be thin too

_ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {**around.ANCHORS, **lines.ANCHORS}
_CUTS: dict[Kind, Callable[[Saying, Ground | None], Ground]] = {**around.CUTS, **lines.CUTS}


class Composer:
    """
    Turns a tree into ground.

    Parameters
    ----------
    text : str
        The phrase, for the errors.
    places : dict of Name to Place
        What its names stand for.
    rules : Neighbourhood
        How far its words reach.
    """

    def __init__(self, text: str, places: dict[Name, Place], rules: Neighbourhood) -> None:
        self.text = text
        self.places = places
        self.rules = rules

    def ground(self, tree: Tree) -> Ground:
        """
        Work out what a tree covers.

        Parameters
        ----------
        tree : Name, Relation or Group
            The tree.

        Returns
        -------
        Ground
            Its ground; never empty.

        Raises
        ------
        LocalityError
            When no ground is left.
        """
        if isinstance(tree, Name):
            return self._place(tree)
        if isinstance(tree, Relation):
            return self.bound(tree, None) if self.is_filter(tree) else self._anchor(tree)
        if tree.joined == ",":
            return self._together(tree)
        return self._either(tree)

    # -- one place --

    def _place(self, name: Name) -> Ground:
        place = self.places[name]
        point = place.geometry if place.geometry.geom_type == "Point" else None
        return Ground(
            place.geometry, ("place",), describe(place), point, inferred=False, made_of=(place,)
        )

    def is_filter(self, tree: Tree) -> TypeGuard[Relation]:
        """
        Say whether a part of a phrase only says which side, and needs a neighbourhood to cut.

        Parameters
        ----------
        tree : Name, Relation or Group
            The part.

        Returns
        -------
        bool
            True for "east of X" and "the east bank of X", False for "10 km east of X".
        """
        if not isinstance(tree, Relation) or tree.distance is not None:
            return False
        if tree.kind == "direction":
            return True
        return tree.kind == "part" and self._dimensions(tree) == 1

    def _dimensions(self, tree: Relation) -> int:
        return max(int(shapely.get_dimensions(self.places[n].geometry)) for n in names(tree.of))

    def _anchor(self, tree: Relation) -> Ground:
        """Take a relation that is a region by itself, over each place of its list."""
        return self._union(
            [
                replace(_ANCHORS[tree.kind](self._saying(tree, name)), made_of=(self.places[name],))
                for name in self.subjects(tree)
            ]
        )

    def subjects(self, tree: Relation) -> list[Name]:
        """
        List the names that a relation is about, without those that only say where they lie.

        Parameters
        ----------
        tree : Relation
            The relation.

        Returns
        -------
        list of Name
            One or more names.

        Raises
        ------
        LocalityError
            When the relation is to another relation.
        """
        of = tree.of
        if isinstance(of, Group) and of.joined == ",":
            if not all(isinstance(part, Name) for part in of.parts):
                raise self._error("a relation to a relation is not read yet; name a place", of)
            return [name for name, is_container in self._split(of) if not is_container]
        if isinstance(of, Name):
            return [of]
        if isinstance(of, Relation) or not all(isinstance(part, Name) for part in of.parts):
            raise self._error("a relation to a relation is not read yet; name a place", of)
        return list(names(of))

    def _saying(self, tree: Relation, name: Name) -> Saying:
        return Saying(tree, Subject.from_place(self.places[name]), self.rules, self.text)

    # -- sides --

    def bound(self, tree: Relation, neighbourhood: Ground | None) -> Ground:
        """
        Cut a neighbourhood by a relation that only says which side.

        Parameters
        ----------
        tree : Relation
            "East of" something.
        neighbourhood : Ground or None
            What to cut; None for the default about the place.

        Returns
        -------
        Ground
            What is left.

        Raises
        ------
        LocalityError
            When nothing is left.
        """
        before = neighbourhood.made_of if neighbourhood is not None else ()
        return self._union(
            [
                replace(
                    _CUTS[tree.kind](self._saying(tree, name), neighbourhood),
                    made_of=(*before, self.places[name]),
                )
                for name in self.subjects(tree)
            ]
        )

    # -- several --

    def _split(self, group: Group) -> list[tuple[Name, bool]]:
        """Bare names of a group, and whether each only says where an earlier one lies."""
        bare = [part for part in group.parts if isinstance(part, Name)]
        found = []
        for name in bare:
            place = self.places[name]
            earlier = [n for n in names(group) if n.start < name.start]
            held = place.kind in AREAL and any(
                reaches(place, other)
                for other in (self.places[n] for n in earlier)
                if other.id != place.id and other.kind != "country"
            )
            found.append((name, held))
        return found

    def _together(self, group: Group) -> Ground:
        roles = dict(self._split(group))
        rest = [part for part in group.parts if not (isinstance(part, Name) and roles[part])]
        held = [name for name in roles if roles[name]]
        if all(isinstance(part, Name) for part in rest):
            ground = self._union([self.ground(part) for part in rest])
            return _with_containers(ground, [self.places[name] for name in held])
        filters = [part for part in rest if self.is_filter(part)]
        anchors = [part for part in rest if not self.is_filter(part)]
        base = self._overlap(anchors, group) if anchors else None
        if base is None and (len(filters) > 1 or (held and self._dimensions(filters[0]) == 1)):
            base = self._default(filters, held)
        start = base
        for part in filters:
            cut = self.bound(part, base)
            if base is not None:
                said = f"{base.said}; {cut.said}"
                cut = replace(cut, relations=(*base.relations, *cut.relations), said=said)
            base = cut
        assert base is not None  # noqa: S101 -- there is an anchor or a filter
        if len(filters) > 1:
            sides = (self.bound(part, start) for part in filters)
            if _is_sliver(base, sides):
                raise self._error(
                    "the sides contradict each other: no ground is on all of them, but for what "
                    "the drawn line may be off",
                    group,
                )
        if not anchors:
            base = self._clipped(base, held, group)
        return _with_containers(base, [self.places[name] for name in held])

    def _clipped(self, base: Ground, held: list[Name], group: Group) -> Ground:
        """Keep what lies in the countries and provinces that the phrase ends with."""
        region = base.geometry
        for name in held:
            region = solid(shapely.intersection(region, self.places[name].geometry))
            if region.is_empty:
                raise self._error(
                    f"nothing {base.said} lies in {describe(self.places[name])}", group
                )
        return replace(base, geometry=region)

    def _default(self, filters: list[Relation], held: list[Name]) -> Ground:
        """Ground that filters cut when nothing else bounds them: what is about their places."""
        around = [self.places[name] for part in filters for name in self.subjects(part)]
        region = shapely.union_all(
            [
                buffer(Subject.from_place(place).outline, self.rules.direction_m(place))
                for place in around
            ]
        )
        for name in held:
            region = solid(shapely.intersection(region, self.places[name].geometry))
        reaches = dict.fromkeys(
            f"{km(self.rules.direction_m(place))} of {place.name}" for place in around
        )
        return Ground(region, (), "within " + " or ".join(reaches))

    def _overlap(self, parts: list[Tree], group: Group) -> Ground:
        grounds = [self.ground(p if not isinstance(p, Name) else _inside(p)) for p in parts]
        region = grounds[0].geometry
        for i, other in enumerate(grounds[1:], 1):
            both = solid(shapely.intersection(region, other.geometry))
            pair = (grounds[i - 1], other)
            drawn = not any(ground.inferred for ground in pair)
            if both.is_empty or (drawn and _is_sliver(_of(both, pair), pair)):
                away = apart_m(region, other.geometry)
                how = f"are {km(away)} apart" if away >= 1 else "touch but share no ground"
                raise self._error(
                    f"nothing lies both {pair[0].said} and {other.said}: they {how}", group
                )
            region = both
        points = [g.point for g in grounds if g.point is not None and region.intersects(g.point)]
        return Ground(
            region,
            tuple(word for ground in grounds for word in ground.relations),
            "; ".join(ground.said for ground in grounds),
            points[0] if points else None,
            inferred=any(ground.inferred for ground in grounds),
            made_of=_places(grounds),
        )

    def _either(self, group: Group) -> Ground:
        parts = list(group.parts)
        first = parts[0]
        if isinstance(first, Group) and first.joined == "," and _alike([*first.parts, *parts[1:]]):
            parts = [*first.parts, *parts[1:]]  # "near A, near B and near C"
        if any(map(_directed, parts)):
            try:
                return self._together(Group(",", tuple(parts), group.start, group.end))
            except LocalityError:
                pass  # they do not overlap: the phrase names several places
        return self._union([self.ground(part) for part in parts])

    def _union(self, grounds: list[Ground]) -> Ground:
        if len(grounds) == 1:
            return grounds[0]
        shapes = [ground.geometry for ground in grounds]
        dimensions = {int(shapely.get_dimensions(shape)) for shape in shapes}
        if len(dimensions) > 1:  # a town and a province: both as ground
            shapes = [
                buffer(shape, self.rules.near_least_m) if shapely.get_dimensions(shape) < _POLYGON
                else shape
                for shape in shapes
            ]  # fmt: skip
        return Ground(
            shapely.union_all(shapes),
            tuple(dict.fromkeys(word for ground in grounds for word in ground.relations)),
            " or ".join(ground.said for ground in grounds),
            None,
            inferred=len(dimensions) > 1 or any(ground.inferred for ground in grounds),
            made_of=_places(grounds),
        )

    def _error(self, message: str, tree: Tree | None = None) -> LocalityError:
        start, end = (tree.start, tree.end) if tree is not None else (0, len(self.text))
        return LocalityError(message, self.text, start, end)


def _of(region: BaseGeometry, grounds: Iterable[Ground]) -> Ground:
    return Ground(region, (), "", made_of=_places(list(grounds)))


def _is_sliver(common: Ground, parts: Iterable[Ground]) -> bool:
    """Whether what parts share is narrower than their lines may be off, and small beside each."""
    off = max(
        (
            float(place.uncertainty_m)
            for place in common.made_of
            if shapely.get_dimensions(place.geometry) > 0
        ),
        default=0.0,
    )
    if not is_thin(common.geometry, off):
        return False
    return float(area(common.geometry)) < _SLIVER * min(float(area(p.geometry)) for p in parts)


def _with_containers(ground: Ground, held: list[Place]) -> Ground:
    if not held:
        return ground
    said = f"{ground.said}, in " + ", ".join(place.name for place in held)
    return replace(ground, said=said)


def _places(grounds: list[Ground]) -> tuple[Place, ...]:
    return tuple(place for ground in grounds for place in ground.made_of)


def _inside(name: Name) -> Relation:
    """Read a bare name beside a relation as "in" it."""
    return Relation("in", "", name, name.start, name.end)


def _directed(tree: Tree) -> bool:
    if isinstance(tree, Group):
        return any(map(_directed, tree.parts))
    return isinstance(tree, Relation) and tree.kind in ("direction", "part", "along")


def _alike(parts: list[Tree]) -> bool:
    kinds = {part.kind if isinstance(part, Relation) else None for part in parts}
    return len(kinds) == 1 and None not in kinds and not any(map(_directed, parts))


def subjects_but(tree: Tree, line: Name, places: dict[Name, Place]) -> list[Place]:
    """
    List what else a phrase names: the places that may say which stretch of a river is meant.

    Parameters
    ----------
    tree : Name, Relation or Group
        The phrase.
    line : Name
        The river.
    places : dict of Name to Place
        What the names stand for.

    Returns
    -------
    list of Place
        Towns first; no provinces and countries.
    """
    others = [places[name] for name in names(tree)]
    return [p for p in others if p.kind not in AREAL and p.id != places[line].id]


def explicit_areas(tree: Tree, places: dict[Name, Place]) -> list[Place]:
    """
    List the polygons that a phrase says its ground is in.

    Parameters
    ----------
    tree : Name, Relation or Group
        The phrase.
    places : dict of Name to Place
        What the names stand for.

    Returns
    -------
    list of Place
        Those of "in B" and of a bare "B" at the end.
    """
    if not isinstance(tree, Group) or tree.joined != ",":
        return []
    found = [places[name] for part in tree.parts for name in containers(part)]
    return [p for p in found if shapely.get_dimensions(p.geometry) == _POLYGON]
