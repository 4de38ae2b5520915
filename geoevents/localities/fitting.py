"""A phrase and a reported area: ground of exactly that size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy import area, buffer, length
from geoevents.localities.corridor import UnreachableAreaError, corridor, fit_area
from geoevents.localities.ground import Ground
from geoevents.localities.stretches import stretch_of
from geoevents.localities.tree import LocalityError
from geoevents.localities.wording import km
from geoevents.places import Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.composing import Composer
    from geoevents.localities.stretches import Stretch
    from geoevents.localities.tree import Tree

_POLYGON = 2


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
    """

    ground: Ground
    reported_km2: float | None = None
    note: str = ""


def with_area(
    composer: Composer, tree: Tree, area_km2: float, near: Place | BaseGeometry | None
) -> Fitted:
    """
    Make ground of exactly a reported area.

    Parameters
    ----------
    composer : Composer
        Knows the phrase, its places and the rules.
    tree : Name, Relation or Group
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
        When no ground with these words has that area.
    """
    text = composer.text
    course = stretch_of(composer, tree)
    if course is not None:
        return _corridor(composer, tree, course, area_km2, near)
    plain = composer.ground(tree)
    wide = composer.scaled(2).ground(tree)
    size = float(area(plain.geometry))
    if wide.geometry.equals(plain.geometry):  # only polygons bound it: it does not grow
        if size < area_km2:
            raise LocalityError(
                f"{plain.said} there are {size:,.0f} km2, and {area_km2:,g} km2 do not fit; "
                "check the area or name the larger region",
                text,
                tree.start,
                tree.end,
            )
        return Fitted(
            plain,
            note=f"The reported {area_km2:,g} km2 lie somewhere in it; the words do not say "
            "where, so the whole is given.",
        )
    at = plain.point if "distance" in plain.relations else None
    last = plain

    def build(scale: float) -> BaseGeometry:
        nonlocal last
        try:
            if at is not None:
                said = f"a disc about the point {plain.said}"
                last = replace(plain, geometry=buffer(at, 1000 * scale), said=said)
            else:
                last = composer.scaled(scale).ground(tree)
        except LocalityError:
            return shapely.Polygon()  # so small that nothing of it is left on that side
        except GeometryError:
            pass  # as large as a region can be
        return last.geometry

    try:
        fit_area(build, area_km2)
    except UnreachableAreaError as error:
        raise LocalityError(
            f"no region with these words has {area_km2:,g} km2: {error}", text, tree.start, tree.end
        ) from error
    return Fitted(
        last,
        area_km2,
        f"Its size is made to fit the reported {area_km2:,g} km2; by the words alone it would "
        f"be {size:,.0f} km2.",
    )


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
        return course.within(region, composer)

    try:
        region, stretch = corridor(
            course.line,
            area_km2,
            focus=shape,
            within=within if course.areas or course.sides else None,
        )
    except UnreachableAreaError as error:
        raise LocalityError(
            f"no corridor {course.said} has {area_km2:,g} km2 there: {error}",
            composer.text,
            tree.start,
            tree.end,
        ) from error
    long = float(length(stretch))
    half = area_km2 / long / 2 * 1000
    where = "all of that" if course.bounded else "all its course: nothing says which stretch"
    if shape is not None:
        what = focus.name if focus is not None else getattr(near, "name", "what else is named")
        where = f"the {long:,.0f} km of it nearest to {what}"
    said = f"along {course.said}, {where}"
    for part in course.sides:
        said += f", {part.words} {composer.subjects(part)[0].name}"
    point = shapely.line_interpolate_point(stretch, 0.5, normalized=True)
    relation = ("corridor",) if not course.sides else ("corridor", "side")
    note = (
        f"The corridor has the reported {area_km2:,g} km2: about {km(half)} to each side of the "
        "line; where in it the ground was held is not known."
    )
    return Fitted(Ground(region, relation, said, point, made_of=course.made_of), area_km2, note)
