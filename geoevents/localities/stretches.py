"""The line that a phrase follows, which stretch of it, and what bounds the ground beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geoevents.localities.gathering import stretch, stretched
from geoevents.localities.ground import Ground
from geoevents.localities.naming.demands import container_of
from geoevents.localities.naming.namesakes import AREAL
from geoevents.localities.shapes.plane import solid
from geoevents.localities.subject import Subject
from geoevents.localities.tree import Fix, Group, LocalityError, Name, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.composing import Composer
    from geoevents.localities.tree import Tree
    from geoevents.places import Place

_POLYGON = 2
_FOLLOWING = ("along", "near", "in", "border")  # what may have a line that ground lies along


@dataclass(frozen=True)
class Stretch:
    """
    The line along which a phrase says that ground lies.

    Parameters
    ----------
    line : shapely geometry
        The whole line, or the stretch of it that the phrase names; in lon/lat.
    said : str
        The line for a reader, and its stretch.
    bounded : bool
        Whether the phrase says which stretch: "between A and B", "downstream of P".
    made_of : tuple of Place
        The places that shaped it.
    focus : Subject, optional
        What an unbounded line's stretch is nearest to: the place that the rest of the phrase names.
    sides : tuple of Relation
        "East of X", "the left bank of X", "but not Y", in the order in which they cut.
    areas : tuple of Place
        The countries and provinces in which it is said to be.
    """

    line: BaseGeometry
    said: str
    bounded: bool
    made_of: tuple[Place, ...]
    focus: Subject | None
    sides: tuple[Relation, ...]
    areas: tuple[Place, ...]

    def within(self, region: BaseGeometry, composer: Composer) -> BaseGeometry:
        """
        Keep what the rest of the phrase allows.

        Parameters
        ----------
        region : shapely Polygon or MultiPolygon
            Ground beside the line.
        composer : Composer
            The one that knows the phrase.

        Returns
        -------
        shapely geometry
            What lies in the areas and on the sides; never empty.

        Raises
        ------
        LocalityError
            Where nothing of it does.
        """
        for area in self.areas:
            region = solid(shapely.intersection(region, area.geometry))
        for side in self.sides:
            region = composer.bound(side, Ground(region, (), "it"), self.focus).geometry
        return region


def stretch_of(composer: Composer, tree: Tree) -> Stretch | None:
    """
    Find the line that ground lies along, if the phrase has one.

    Parameters
    ----------
    composer : Composer
        Knows the phrase, its places and the rules.
    tree : Name, Fix, Relation or Group
        The phrase.

    Returns
    -------
    Stretch or None
        None for a phrase of a town, a province or a list.

    Raises
    ------
    LocalityError
        Where the line does not run through what the phrase says it is in.
    """
    parts: Sequence[Tree] = (tree,)
    if isinstance(tree, Group):
        if tree.joined != ",":
            return None
        parts = tree.parts
    cutting, own = stretched(composer, parts)
    if own is not None and composer.is_filter(own):
        own = None
    if own is None:
        cutting = []
        own = _following(composer, parts)
    if own is None:
        return None
    if not cutting and isinstance(own, Relation) and own.kind == "stream":
        ground, bounded = composer.ground(own), True
    else:
        ground, bounded = stretch(composer, own, cutting), bool(cutting)
    line = ground.core if ground.core is not None else ground.geometry
    rest = [part for part in parts if part is not own and part not in cutting]
    areas = tuple(_areas(rest, composer))
    for area in areas:
        line = shapely.intersection(line, area.geometry)
    if line.is_empty or shapely.get_dimensions(line) != 1:
        raise LocalityError(
            f"{ground.name or ground.said} does not run there", composer.text, tree.start, tree.end
        )
    sides = [part for part in rest if composer.is_filter(part)]
    return Stretch(
        line=line,
        said=f"along {_told(composer, own, ground) if not bounded else ground.name or ground.said}",
        bounded=bounded,
        made_of=ground.made_of,
        focus=None if bounded else next(_points(rest, composer), None),
        sides=tuple(sorted(sides, key=lambda part: part.kind == "except")),
        areas=areas,
    )


def _told(composer: Composer, own: Name | Relation, ground: Ground) -> str:
    """Name a line without how far from it ground is taken: an area says that."""
    if isinstance(own, Name):
        return Subject.from_place(composer.places[own]).said
    if own.kind == "border":
        return Subject.from_ground(ground).said
    return composer.subjects(own)[0].said


def _following(composer: Composer, parts: Sequence[Tree]) -> Name | Relation | None:
    """Find the first part that has a line."""
    for part in parts:
        if isinstance(part, Name):
            if shapely.get_dimensions(composer.places[part].geometry) == 1:
                return part
        elif isinstance(part, Relation) and not composer.is_filter(part):
            subjects = composer.subjects(part) if part.kind in _FOLLOWING else []
            linear = len(subjects) == 1 and subjects[0].dimensions == 1
            if linear or part.kind in ("border", "stream"):
                return part
    return None


def _areas(parts: Sequence[Tree], composer: Composer) -> Iterator[Place]:
    """Walk the polygons of "in B" and of a bare "B"."""
    for part in parts:
        name = container_of(part)
        place = composer.places[name] if name is not None else None
        if place is not None and shapely.get_dimensions(place.geometry) == _POLYGON:
            yield place


def _points(parts: Sequence[Tree], composer: Composer) -> Iterator[Subject]:
    """Walk the places that say where along a line ground is: no provinces, and no lines."""
    for part in parts:
        if isinstance(part, Relation) and not composer.is_filter(part):
            found = composer.subjects(part)
        elif isinstance(part, Name):
            found = [Subject.from_place(composer.places[part])]
        else:
            found = [Subject.from_fix(part)] if isinstance(part, Fix) else []
        yield from (one for one in found if one.kind not in AREAL and one.dimensions != 1)
