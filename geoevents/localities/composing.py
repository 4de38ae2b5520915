"""
From the tree and its places to ground: what each relation covers, and how several combine.

A comma means "and at once": "east of the Euphrates, near Deir ez-Zor" is where both hold. A list
of names joined by "and" is a union. "And" between relations intersects them where one of them is a
direction, a bank or a river's course and they overlap; else it unites them ("near A and near B").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import shapely

from geoevents.geodesy import buffer
from geoevents.localities import around, lines
from geoevents.localities.features import apart_m
from geoevents.localities.ground import Ground
from geoevents.localities.joining import after, clipped, is_sliver, overlap, union, without
from geoevents.localities.resolving import AREAL, reaches
from geoevents.localities.riverside import is_side
from geoevents.localities.sayings import Sayings
from geoevents.localities.sides import NothingThereError, side, side_m
from geoevents.localities.tree import Fix, Group, LocalityError, Name, Relation, names
from geoevents.localities.wording import km

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoevents.localities.ground import Saying
    from geoevents.localities.resolving import Names
    from geoevents.localities.subject import Subject
    from geoevents.localities.tree import Kind, Tree
    from geoevents.localities.uncertainty import Neighbourhood
    from geoevents.places import Place

_ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {**around.ANCHORS, **lines.ANCHORS}
_CUTS: dict[Kind, Callable[[Saying, Ground | None], Ground]] = {
    "direction": side,
    "part": side,
    **lines.CUTS,
}
_BANKS = ("part", "bank")
_CUTTING = ("between", "stream")  # along a line they say which stretch of it
_LINEAR = ("in", "near", "along", "border", *_BANKS)


class Composer:
    """
    Turns a tree into ground.

    Parameters
    ----------
    found : Names
        The phrase and what its names stand for.
    rules : Neighbourhood
        How far its words reach.
    """

    def __init__(self, found: Names, rules: Neighbourhood) -> None:
        self.found = found
        self.rules = rules
        self.text = found.text
        self.places = found.places
        self._sayings = Sayings(self)
        self._wider: dict[Relation, tuple[float, str]] = {}  # of "near": how far, and why so far

    def scaled(self, factor: float) -> Composer:
        """
        Make the same with every distance of the rules longer or shorter.

        Parameters
        ----------
        factor : float
            1 leaves the rules as they are.

        Returns
        -------
        Composer
            A new one.
        """
        other = Composer(self.found, self.rules.scaled(factor))
        other._wider = {near: (m * factor, why) for near, (m, why) in self._wider.items()}
        return other

    def ground(self, tree: Tree) -> Ground:
        """
        Work out what a tree covers.

        Parameters
        ----------
        tree : Name, Fix, Relation or Group
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
        if isinstance(tree, Name | Fix):
            ground = self._anchor(_inside(tree))
            return replace(ground, relations=("place",)) if isinstance(tree, Name) else ground
        if isinstance(tree, Relation):
            return self.bound(tree, None) if self.is_filter(tree) else self._anchor(tree)
        if tree.joined == ",":
            return self._together(tree)
        return self._either(tree)

    def subjects(self, tree: Relation) -> list[Subject]:
        """
        List what a relation is about, without names that only say where the others lie.

        Parameters
        ----------
        tree : Relation
            The relation.

        Returns
        -------
        list of Subject
            At least one.
        """
        return self._sayings.subjects(tree.of)

    # -- one relation --

    def is_filter(self, tree: Tree) -> TypeGuard[Relation]:
        """
        Say whether a part of a phrase only says which side, and needs a neighbourhood to cut.

        Parameters
        ----------
        tree : Name, Fix, Relation or Group
            The part.

        Returns
        -------
        bool
            True for "east of X" and "the east bank of X", False for "10 km east of X".
        """
        if not isinstance(tree, Relation) or tree.distance is not None:
            return False
        if tree.kind in ("direction", "bank", "except"):
            return True
        if isinstance(tree.of, Relation) and tree.of.kind == "border" and not is_side(tree):
            return False  # the northern part of a border, not its northern side
        return tree.kind in ("part", "between") and self._is_linear(tree)

    def _is_linear(self, tree: Relation) -> bool:
        return all(subject.dimensions == 1 for subject in self.subjects(tree))

    def _anchor(self, tree: Relation) -> Ground:
        """Take a relation that is a region by itself, over all that it is about."""
        of = tree.of
        if isinstance(of, Relation) and of.kind in _BANKS and self.is_filter(of):
            return self._by_a_bank(tree, of)
        if tree.kind == "in" and not isinstance(of, Name | Fix | Group):
            return self.ground(of)
        if tree.kind == "part" and isinstance(of, Relation) and of.kind == "border":
            whole = replace(tree, of=of.of)
            return overlap([self.ground(of), self._anchor(whole)], self._fault(tree))
        if tree in self._wider:
            return self._widened(tree)
        grounds = []
        for saying in self._sayings.of(tree):
            ground = _ANCHORS[tree.kind](saying)
            if ground.geometry.is_empty:
                raise self._fault(tree)(f"no ground is {ground.said}")
            words = (*ground.relations, *_inner(saying))
            grounds.append(replace(ground, relations=words, made_of=_places(saying)))
        return union(grounds)

    def _by_a_bank(self, tree: Relation, bank: Relation) -> Ground:
        """Measure from the river; near a bank, and at a distance from it, is on that bank."""
        of_line = self._anchor(replace(tree, of=bank.of))
        if tree.kind in ("direction", "offsets"):
            return of_line
        return after(of_line, self.bound(bank, of_line))

    def bound(
        self, tree: Relation, neighbourhood: Ground | None, reference: Subject | None = None
    ) -> Ground:
        """
        Cut a neighbourhood by a relation that only says which side.

        Parameters
        ----------
        tree : Relation
            "East of" something.
        neighbourhood : Ground or None
            What to cut; None for the default about the place.
        reference : Subject, optional
            Where one stands, for the near and the far bank.

        Returns
        -------
        Ground
            What is left.

        Raises
        ------
        LocalityError
            When nothing is left.
        """
        if tree.kind == "except":
            if neighbourhood is None:
                raise self._fault(tree)("this leaves something out, but of what? Name it first")
            holes = Composer(self.found, self.rules.plain)
            return without(neighbourhood, holes.ground(tree.of), self._fault(tree))
        before = neighbourhood.made_of if neighbourhood is not None else ()
        given = replace(neighbourhood, core=None) if neighbourhood is not None else None
        return union(
            [
                replace(_CUTS[tree.kind](saying, given), made_of=(*before, *_places(saying)))
                for saying in self._sayings.of(tree, reference)
            ]
        )

    # -- several --

    def _split(self, group: Group) -> dict[Name, bool]:
        """Bare names of a group, and whether each only says where an earlier part lies."""
        found: dict[Name, bool] = {}
        for name in group.parts:
            if not isinstance(name, Name):
                continue
            place = self.places[name]
            earlier = [self.places[n] for n in names(group) if n.start < name.start]
            held = place.kind in AREAL and any(
                reaches(place, other)
                for other in earlier
                if other.id != place.id and other.kind != "country"
            )
            if place.kind in AREAL and not held:
                fixes = [f for f in group.parts if isinstance(f, Fix) and f.start < name.start]
                held = any(shapely.intersects_xy(place.geometry, fix.lon, fix.lat) for fix in fixes)
            found[name] = held
        return found

    def containers(self, group: Group) -> list[Name]:
        """
        List the bare names of a group that only say where its other parts lie.

        Parameters
        ----------
        group : Group
            Parts side by side.

        Returns
        -------
        list of Name
            Provinces and countries.
        """
        return [name for name, held in self._split(group).items() if held]

    def _together(self, group: Group) -> Ground:
        bare = self.containers(group)
        rest = [part for part in group.parts if part not in bare]
        held = [self.places[name] for name in bare]
        if len(rest) == 1 or all(isinstance(part, Name) for part in rest):
            return _with_containers(union([self.ground(part) for part in rest]), held)
        cutting, line = self.stretched(rest)
        filters = [p for p in rest if self.is_filter(p) and p not in cutting]
        anchors = [p for p in rest if p not in filters and p not in cutting]
        base = self._base(anchors, line, cutting, group)
        before = base
        try:
            base = self._filtered(base, filters, anchors, held, group)
        except NothingThereError as error:
            if not self._widen(anchors, filters):
                raise error from None
            base = self._base(anchors, line, cutting, group)
            base = self._filtered(base, filters, anchors, held, group)
        if before is None:
            base = clipped(base, held, self._fault(group))
        return _with_containers(base, held)

    def stretched(self, parts: Sequence[Tree]) -> tuple[list[Relation], Name | Relation | None]:
        """
        Find the parts that say which stretch of a line is meant, and the part that has the line.

        Parameters
        ----------
        parts : sequence of tree
            The parts of a group.

        Returns
        -------
        list of Relation
            "Between A and B", "upstream of P"; none where no part has a line.
        Name, Relation or None
            "Along X", "X", "the east bank of X"; None likewise.
        """
        cutting = [p for p in parts if isinstance(p, Relation) and p.kind in _CUTTING]
        if not cutting:
            return [], None
        for part in parts:
            if not isinstance(part, Name | Relation):
                continue
            asked = _inside(part) if isinstance(part, Name) else part
            if asked.kind not in _LINEAR:
                continue
            if asked.kind == "border" or self._is_linear(asked):
                return cutting, part
        return [], None

    def stretch(self, part: Name | Relation, cutting: Sequence[Relation]) -> Ground:
        """
        Cut out the stretch of a line that a phrase is about.

        Parameters
        ----------
        part : Name or Relation
            What has the line.
        cutting : sequence of Relation
            What says which stretch of it.

        Returns
        -------
        Ground
            Along that stretch, its core the stretch itself.
        """
        asked = part if isinstance(part, Relation) else _inside(part)
        if asked.kind != "border":
            asked = replace(asked, kind="along", compass=None, way=None, distance=None)
        base = self._anchor(asked)
        for cut in cutting:
            for saying in self._sayings.of(cut):
                left = _CUTS[cut.kind](saying, base)
                words = (*base.relations, *left.relations)
                made_of = (*base.made_of, *_places(saying))
                base = replace(left, relations=words, made_of=made_of)
        return base

    def _base(
        self,
        anchors: list[Tree],
        line: Name | Relation | None,
        cutting: list[Relation],
        group: Group,
    ) -> Ground | None:
        """Work out what the parts that are regions by themselves have in common."""
        grounds = [self.stretch(line, cutting)] if line is not None else []
        for part in anchors:
            if part is not line:
                asked = _inside(part) if isinstance(part, Name | Fix) else part
                grounds.append(self.ground(asked))
        return overlap(grounds, self._fault(group)) if grounds else None

    def _filtered(
        self,
        base: Ground | None,
        filters: list[Relation],
        anchors: list[Tree],
        held: list[Place],
        group: Group,
    ) -> Ground:
        cuts = sorted(filters, key=lambda part: part.kind == "except")
        sides = [part for part in cuts if part.kind != "except"]
        reference = self._sayings.reference(anchors)
        if base is None and sides and (len(sides) > 1 or (held and self._is_linear(sides[0]))):
            base = self._default(sides, held)
        start = base
        for part in cuts:
            cut = self.bound(part, base, reference)
            base = cut if base is None or part.kind == "except" else after(base, cut)
        if base is None:
            raise self._fault(group)("this names no ground")
        if len(sides) > 1 and is_sliver(base, [self.bound(p, start, reference) for p in sides]):
            raise self._fault(group)(
                "the sides contradict each other: no ground is on all of them, but for what the "
                "drawn line may be off"
            )
        return base

    def _default(self, sides: list[Relation], held: list[Place]) -> Ground:
        """Ground that filters cut when nothing else bounds them: what is about their places."""
        sayings = [saying for part in sides for saying in self._sayings.of(part)]
        region = shapely.union_all([buffer(one.outline, side_m(one)) for one in sayings])
        reach = dict.fromkeys(f"{km(side_m(one))} of {one.subject.name}" for one in sayings)
        ground = Ground(region, (), "within " + " or ".join(reach))
        return clipped(ground, held, lambda message: LocalityError(message, self.text))

    # -- a neighbourhood that stops short of the river --

    def _widen(self, anchors: list[Tree], filters: list[Relation]) -> bool:
        """Let "near P" reach the river of which a side is told, where P is a town by it."""
        if len(anchors) != 1:
            return False
        near = anchors[0]
        if not isinstance(near, Relation) or near.kind != "near" or near in self._wider:
            return False
        towns = self.subjects(near)
        rivers = [s for part in filters for s in self.subjects(part) if s.dimensions == 1]
        if len(towns) != 1 or len(rivers) != 1 or towns[0].dimensions or self.rules.scale != 1:
            return False
        town, river = towns[0], rivers[0]
        away = apart_m(town.geometry, river.geometry)
        if away > self.rules.direction_m(town):
            return False
        why = (
            f", which is not the usual {km(self.rules.near_m(town))}: it reaches {river.name}, "
            f"{km(away)} from it, and the other bank"
        )
        self._wider[near] = (away + self.rules.line_m, why)
        return True

    def _widened(self, near: Relation) -> Ground:
        town = self.subjects(near)[0]
        reach, why = self._wider[near]
        said = f"within {km(reach)} of {town.said}{why}"
        at = town.geometry
        return Ground(buffer(at, reach), ("near",), said, at, made_of=town.places)

    # -- lists --

    def _either(self, group: Group) -> Ground:
        parts = list(group.parts)
        first = parts[0]
        if isinstance(first, Group) and first.joined == "," and _alike([*first.parts, *parts[1:]]):
            parts = [*first.parts, *parts[1:]]  # "near A, near B and near C"
        if any(map(_directed, parts)) and not _all_along(parts):
            try:
                return self._together(Group(",", tuple(parts), group.start, group.end))
            except LocalityError:
                pass  # they do not overlap: the phrase names several places
        return union([self.ground(part) for part in parts])

    def _fault(self, tree: Tree) -> Callable[[str], LocalityError]:
        return lambda message: LocalityError(message, self.text, tree.start, tree.end)


def _inner(saying: Saying) -> tuple[str, ...]:
    """Return the relations by which its subjects were made."""
    return tuple(word for one in (saying.subject, *saying.others) for word in one.relations)


def _places(saying: Saying) -> tuple[Place, ...]:
    """Return the places that shape what a saying covers."""
    subjects = (saying.subject, *saying.others, saying.line)
    found = [place for subject in subjects if subject is not None for place in subject.places]
    return tuple({place.id: place for place in found}.values())


def _with_containers(ground: Ground, held: list[Place]) -> Ground:
    if not held:
        return ground
    said = f"{ground.said}, in " + ", ".join(place.name for place in held)
    return replace(ground, said=said)


def _inside(tree: Name | Fix) -> Relation:
    """Read a bare name beside a relation as "in" it."""
    return Relation("in", "", tree, tree.start, tree.end)


def _directed(tree: Tree) -> bool:
    if isinstance(tree, Group):
        return any(map(_directed, tree.parts))
    kinds = ("direction", "part", "along", "bank", "stream", "except")
    return isinstance(tree, Relation) and tree.kind in kinds


def _all_along(parts: list[Tree]) -> bool:
    return all(isinstance(part, Relation) and part.kind == "along" for part in parts)


def _alike(parts: list[Tree]) -> bool:
    kinds = {part.kind if isinstance(part, Relation) else None for part in parts}
    return len(kinds) == 1 and None not in kinds and not any(map(_directed, parts))
