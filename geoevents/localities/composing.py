"""From the tree and its places to ground: what each relation covers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import shapely

from geoevents.localities import around, lines
from geoevents.localities.alternatives import either
from geoevents.localities.flanks import bank_of, by_bank
from geoevents.localities.gathering import Gathering, inside
from geoevents.localities.ground import Ground, Saying
from geoevents.localities.joining import union, without
from geoevents.localities.naming.riverside import is_side
from geoevents.localities.sayings import Sayings
from geoevents.localities.sides import NothingThereError, side
from geoevents.localities.sketches import is_sketch
from geoevents.localities.subject import Subject
from geoevents.localities.tree import Fix, Group, LocalityError, Name, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.naming.names import Names
    from geoevents.localities.tree import Kind, Tree
    from geoevents.localities.uncertainty import Neighbourhood

_ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {**around.ANCHORS, **lines.ANCHORS}
_CUTS: dict[Kind, Callable[[Saying, Ground | None], Ground]] = {
    "direction": side,
    "part": side,
    **lines.CUTS,
}
_POLYGON = 2


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
        self.sayings = Sayings(self)

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
        return Composer(self.found, self.rules.scaled(factor))

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
            ground = self.anchor(inside(tree))
            return replace(ground, relations=("place",)) if isinstance(tree, Name) else ground
        if isinstance(tree, Relation):
            if self.is_filter(tree):
                return self.bound(tree, None, self.sayings.reference(()))
            return self.anchor(tree)
        if tree.joined == ",":
            return Gathering(self, tree).ground()
        return either(self, tree)

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
        return self.sayings.subjects(tree.of)

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
        return tree.kind in ("part", "between") and self.is_linear(tree)

    def is_linear(self, tree: Relation) -> bool:
        """
        Say whether a relation is about lines only.

        Parameters
        ----------
        tree : Relation
            The relation.

        Returns
        -------
        bool
            True for rivers, borders and their stretches.
        """
        return all(subject.dimensions == 1 for subject in self.subjects(tree))

    def anchor(self, tree: Relation, box: BaseGeometry | None = None) -> Ground:
        """
        Work out a relation that is a region by itself, over all that it is about.

        Parameters
        ----------
        tree : Relation
            Such as "near" or "10 km east of".
        box : shapely Polygon, optional
            What is near a line outside this box does not matter: it may be missing.

        Returns
        -------
        Ground
            What it covers.

        Raises
        ------
        LocalityError
            Where it makes no sense of what it is about.
        """
        of = tree.of
        if _is_on(tree) and all(map(_has_ground, self.subjects(tree))):
            tree = replace(tree, kind="in")  # "on Cyprus", unlike "on the Euphrates"
        bank = bank_of(self, tree)
        if bank is not None:
            return by_bank(self, tree, bank)
        if tree.kind == "in" and not isinstance(of, Name | Fix | Group):
            return self.ground(of)
        if tree.kind == "part" and isinstance(of, Relation) and of.kind == "border":
            return self._part_of_border(tree, of)
        grounds = []
        for saying in self.sayings.of(tree):
            if box is not None and tree.kind == "near":
                reach = self.rules.near_m(saying.subject)
                saying = replace(saying, subject=saying.subject.about(box, reach))  # noqa: PLW2901
            ground = _ANCHORS[tree.kind](saying)
            if ground.geometry.is_empty:
                raise self.fault(tree)(f"no ground is {ground.said}")
            grounds.append(_complete(ground, saying))
        return union(grounds)

    def _part_of_border(self, tree: Relation, border: Relation) -> Ground:
        """Cut a border's band about the middle of the one country whose border it is."""
        ground = self.ground(border)
        band = replace(Subject.from_ground(ground), geometry=ground.geometry)
        outlined = self.sayings.subjects(border.of)
        if len(outlined) == 1:
            band = replace(band, middle=shapely.centroid(outlined[0].geometry))
        saying = Saying(tree, band, self.rules, self.text)
        return _complete(_ANCHORS["part"](saying), saying)

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
                raise self.fault(tree)("this leaves something out, but of what? Name it first")
            return self._without(tree, neighbourhood, reference)
        before = neighbourhood.made_of if neighbourhood is not None else ()
        given = replace(neighbourhood, core=None) if neighbourhood is not None else None
        cut = self.cut(tree, given, reference)
        return replace(cut, made_of=(*before, *cut.made_of))

    def _without(self, tree: Relation, given: Ground, reference: Subject | None) -> Ground:
        holes = Composer(self.found, self.rules.plain)
        if not holes.is_filter(tree.of):
            return without(given, holes.ground(tree.of), self.fault(tree))
        try:  # "not east of the Nile": which bank that is, is asked where the rest says
            hole = holes.bound(tree.of, replace(given, said=""), reference)
        except NothingThereError:
            words = self.found.text[tree.of.start : tree.of.end]
            return replace(given, said=f"{given.said}; but not {words}, which is no part of it")
        return without(given, hole, self.fault(tree))

    def cut(self, tree: Relation, given: Ground | None, reference: Subject | None = None) -> Ground:
        """
        Cut a ground by a side, or a line by what says which stretch of it is meant.

        Parameters
        ----------
        tree : Relation
            "East of X", "between A and B", "downstream of P".
        given : Ground or None
            What to cut; a line where it has a core.
        reference : Subject, optional
            Where one stands, for the near and the far bank.

        Returns
        -------
        Ground
            What is left, and only its own places and words.
        """
        sayings = self.sayings.of(tree, reference)
        return union([replace(_CUTS[tree.kind](one, given), made_of=one.places) for one in sayings])

    def fault(self, tree: Tree) -> Callable[[str], LocalityError]:
        """
        Prepare an error about a part of the phrase.

        Parameters
        ----------
        tree : Name, Fix, Relation or Group
            The part.

        Returns
        -------
        callable
            From the message to the error.
        """
        return lambda message: LocalityError(message, self.text, tree.start, tree.end)


def _complete(ground: Ground, saying: Saying) -> Ground:
    """Add the words and places of what a saying is about."""
    at = ground.point
    if at is not None and not shapely.intersects(ground.geometry, at):
        at = None  # an edge as long as a province's may bend away from it
    relations = (*ground.relations, *saying.relations)
    return replace(ground, relations=relations, made_of=saying.places, point=at)


def _has_ground(subject: Subject) -> bool:
    """Whether it is, or should be, a polygon: one may be on it."""
    return subject.dimensions == _POLYGON or (is_sketch(subject) and subject.kind != "river")


def _is_on(tree: Relation) -> bool:
    return tree.kind == "along" and tree.words.casefold().split()[-1:] in (["on"], ["upon"])
