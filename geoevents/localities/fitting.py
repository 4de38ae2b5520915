"""
A phrase and a reported area: ground of exactly that size.

Beside a line the ground is a corridor. Elsewhere every distance that a rule of ours has drawn is
multiplied by one factor, so that all parts of a phrase grow together; what the phrase itself states
(a distance, a border, a town's own disc that is left out) stays. Where that cannot make the ground
small enough, for a province does not shrink, it is narrowed about its most plausible point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy import area, buffer, length
from geoevents.localities.ground import Ground
from geoevents.localities.shapes.corridor import corridor
from geoevents.localities.shapes.plane import inner_point, solid
from geoevents.localities.shapes.sizing import UnreachableAreaError, fit_area
from geoevents.localities.shapes.stems import stem
from geoevents.localities.stretches import Stretch, stretch_of
from geoevents.localities.tree import Group, LocalityError, Relation
from geoevents.localities.wording import km
from geoevents.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.composing import Composer
    from geoevents.localities.tree import Tree

_STATED = ("distance", "offsets")  # the phrase states where, so the ground narrows to that point
_WHOLE_KM2 = 10.0  # areas from here on are written without decimals
_LITTLE_KM2 = 0.001


@dataclass(frozen=True, slots=True)
class Fitted:
    """
    Ground, the reported area if it was fitted to one, and what to say about that.

    Parameters
    ----------
    ground : Ground
        What the phrase covers.
    reported_km2 : float, optional
        The area that it was made to have.
    note : str, optional
        A sentence for the reader.
    anywhere : shapely geometry, optional
        All the ground in which it may lie, where the words name that and no place in it: "in a
        province". How sure one is of the point is measured over this.
    """

    ground: Ground
    reported_km2: float | None = None
    note: str = ""
    anywhere: BaseGeometry | None = None


def with_area(
    composer: Composer, tree: Tree, area_km2: float, near: Place | BaseGeometry | None
) -> Fitted:
    """
    Make ground of exactly a reported area.

    Parameters
    ----------
    composer : Composer
        Knows the phrase, its places and the rules.
    tree : Name, Fix, Relation or Group
        The phrase.
    area_km2 : float
        The reported area.
    near : Place or shapely geometry, optional
        What else is known: it picks the stretch of a river.

    Returns
    -------
    Fitted
        The ground, and how it was fitted.

    Raises
    ------
    LocalityError
        When no ground with these words has that area; it says which areas are possible.
    """
    course = stretch_of(composer, tree) or _beside(composer, tree)
    if course is not None:
        return _corridor(composer, tree, course, area_km2, near)
    plain = composer.ground(tree)
    size = float(area(plain.geometry))
    if size > area_km2 and plain.point is not None and any(w in plain.relations for w in _STATED):
        return _narrowed(composer, tree, plain, area_km2, size)
    try:
        ground = _scaled(composer, tree, plain, area_km2)
    except UnreachableAreaError as error:
        if error.least > area_km2:
            least = plain if error.region is None else replace(plain, geometry=error.region)
            return _narrowed(composer, tree, least, area_km2, size)
        raise LocalityError(
            f"{plain.said} there are at most {_round(error.most)} km2, and {area_km2:,g} km2 do "
            f"not fit; any area up to {_round(error.most)} km2 does: check it, or name a larger "
            "region",
            composer.text,
            tree.start,
            tree.end,
        ) from error
    anywhere = plain.geometry if size > area_km2 else None
    return Fitted(ground, area_km2, _note(area_km2, size), anywhere)


def _beside(composer: Composer, tree: Tree) -> Stretch | None:
    """Find the line of "the east bank of X", with nothing else said."""
    if not isinstance(tree, Relation) or tree.kind == "except" or not composer.is_filter(tree):
        return None
    subjects = composer.subjects(tree)
    if len(subjects) != 1 or subjects[0].dimensions != 1:
        return None
    line = subjects[0]
    return Stretch(
        line=line.geometry,
        said=f"along {line.said}",
        bounded=False,
        made_of=line.places,
        focus=None,
        sides=(tree,),
        areas=(),
    )


def _note(area_km2: float, size: float) -> str:
    words = f"{size:,.0f}" if size >= _WHOLE_KM2 else f"{size:.2g}"
    if size < _LITTLE_KM2:
        words = f"less than {_LITTLE_KM2:g}"
    return (
        f"Its size is made to fit the reported {area_km2:,g} km2; by the words alone it would be "
        f"{words} km2."
    )


def _round(km2: float) -> str:
    """Round an area down to three figures, so that what is called possible is."""
    if km2 <= 0 or not math.isfinite(km2):
        return "no" if km2 <= 0 else "any number of"
    unit = 10.0 ** (math.floor(math.log10(km2)) - 2)
    return f"{math.floor(km2 / unit) * unit:,.10g}"


def _scaled(composer: Composer, tree: Tree, plain: Ground, area_km2: float) -> Ground:
    """Multiply all that the rules drew until the area is right."""
    last = plain

    def build(scale: float) -> BaseGeometry | None:
        nonlocal last
        try:
            last = composer.scaled(scale).ground(tree) if scale != 1 else plain
        except LocalityError:  # so small that nothing is left on that side, or none so large
            return shapely.Polygon() if scale < 1 else None
        except GeometryError:  # larger than a region can be
            return None
        return last.geometry

    region = fit_area(build, area_km2)
    # Figures that the phrase states are those of its words, not of what was fitted.
    said = plain.said if "distance" in plain.relations else last.said
    return replace(last, geometry=region, said=said)


def _narrowed(
    composer: Composer, tree: Tree, whole: Ground, area_km2: float, size: float
) -> Fitted:
    """Keep the part of a ground that is nearest to its most plausible points."""
    hearts = list(_hearts(composer, tree, whole))
    middle = shapely.union_all(hearts)

    def build(scale: float) -> BaseGeometry:
        try:
            disc = buffer(middle, 1000 * scale)
        except GeometryError:
            return whole.geometry
        return solid(shapely.intersection(whole.geometry, disc))

    region = fit_area(build, area_km2)
    if any(word in whole.relations for word in _STATED) and whole.point is not None:
        fitted = replace(whole, geometry=region)
        return Fitted(fitted, area_km2, _note(area_km2, size), whole.geometry)
    near = "its middle" if len(hearts) == 1 else "the middle of each"
    note = (
        f"The reported {area_km2:,g} km2 lie somewhere in those {size:,.0f} km2; the words do not "
        f"say where, so what is nearest to {near} is drawn."
    )
    ground = replace(whole, geometry=region, point=hearts[0], inferred=True)
    return Fitted(ground, area_km2, note, whole.geometry)


def _hearts(composer: Composer, tree: Tree, whole: Ground) -> Iterator[shapely.Point]:
    """Walk the most plausible points of a ground: of "A and B" one in each."""
    found = 0
    if isinstance(tree, Group) and tree.joined == "and" and whole.point is None:
        for part in tree.parts:
            try:
                ground = composer.ground(part)
            except LocalityError:
                continue
            at = ground.point or inner_point(ground.geometry)
            if shapely.intersects(whole.geometry, at):
                found += 1
                yield at
    if not found:
        at = whole.point
        if at is None or not shapely.intersects(whole.geometry, at):
            at = inner_point(whole.geometry)
        yield at


def _corridor(
    composer: Composer,
    tree: Tree,
    course: Stretch,
    area_km2: float,
    near: Place | BaseGeometry | None,
) -> Fitted:
    focus = course.focus
    shape = focus.geometry if focus is not None else None
    if shape is None and near is not None and not course.bounded:
        shape = near.point if isinstance(near, Place) else near

    def within(region: BaseGeometry) -> BaseGeometry:
        try:
            return course.within(region, composer)
        except LocalityError:
            return shapely.Polygon()  # so narrow that nothing of it is left on that side

    try:
        found = corridor(
            course.line,
            area_km2,
            focus=shape,
            within=within if course.areas or course.sides else None,
        )
    except UnreachableAreaError as error:
        raise LocalityError(
            f"no corridor {course.said} has {area_km2:,g} km2: any area up to "
            f"{_round(error.most)} km2 is possible there; check it, or name a longer stretch",
            composer.text,
            tree.start,
            tree.end,
        ) from error
    region, stretch = found.region, found.stretch
    long = float(length(stretch))
    where = "all of that" if course.bounded else "all its course: nothing says which stretch"
    if shape is not None:
        what = focus.name if focus is not None else getattr(near, "name", "what else is named")
        where = f"the {long:,.0f} km of it nearest to {what}"
    said = f"{course.said}, {where}"
    for part in course.sides:
        said += f", {part.words} {composer.subjects(part)[0].name}"
    point = shapely.line_interpolate_point(stem(stretch), 0.5, normalized=True)
    relation = ("corridor",) if not course.sides else ("corridor", "side")
    note = (
        f"The corridor has the reported {area_km2:,g} km2: about {km(found.half_width_m)} to each "
        "side of the line; where in it the ground was held is not known."
    )
    return Fitted(Ground(region, relation, said, point, made_of=course.made_of), area_km2, note)
