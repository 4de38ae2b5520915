"""Sketches: rivers, lakes and provinces that a gazetteer knows only as a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.localities.tree import LocalityError, names

if TYPE_CHECKING:
    from geoevents.localities.naming.names import Names
    from geoevents.localities.subject import Subject
    from geoevents.localities.tree import Tree
    from geoevents.places import Place

#: By kind: what a place of it has on a map, and a sketch lacks.
SHAPES = {"river": "line"} | dict.fromkeys(
    ("lake", "region", "admin2", "admin1", "country"), "outline"
)


def is_sketch(place: Place | Subject) -> bool:
    """
    Say whether a place is known only as a point, and should be a line or have an outline.

    A line of no length is a point.

    Parameters
    ----------
    place : Place or Subject
        Anything.

    Returns
    -------
    bool
        False for a town, which is a point.
    """
    shape = place.geometry
    if shapely.get_dimensions(shape) == 1 and place.kind == "river":
        return not shapely.length(shape)  # shorter than what coordinates are rounded to
    return place.kind in SHAPES and shapely.get_dimensions(shape) == 0


def is_undrawn(place: Place | Subject) -> bool:
    """
    Say whether a place is a river whose line is not known.

    Parameters
    ----------
    place : Place or Subject
        Anything.

    Returns
    -------
    bool
        True for the wadis and streams of GeoNames, which are points, and for a river's water as a
        polygon: neither says which way it runs.
    """
    drawn = shapely.get_dimensions(place.geometry) == 1
    return place.kind == "river" and (not drawn or is_sketch(place))


def unknown(found: Names, tree: Tree, subject: Subject) -> LocalityError:
    """
    Make the error that a line or an outline is needed that the gazetteer has not.

    Parameters
    ----------
    found : Names
        The phrase and what its names stand for.
    tree : Name, Fix, Relation or Group
        What needs it; underlined where its name is not in the phrase.
    subject : Subject
        A place that is known only as a point, or a river only as an outline.

    Returns
    -------
    LocalityError
        It underlines the name.
    """
    ids = {place.id for place in subject.places}
    written = [*names(tree), *found.places]
    at: Tree = next((name for name in written if found.places[name].id in ids), tree)
    known = "a point" if is_sketch(subject) else "an outline"
    return LocalityError(
        f"{subject.name} is known only as {known}: its {SHAPES[subject.kind]} is not in the "
        "gazetteer; add it with `geoevents gazetteer add-osm`",
        found.text,
        at.start,
        at.end,
    )
