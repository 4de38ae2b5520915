"""What relations to two places cover: the ground between them, its middle, a road, their border."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import buffer, length
from geoevents.localities.ground import Ground
from geoevents.localities.shapes.betweens import Span, land_beside, land_between, span, strip
from geoevents.localities.shapes.frontiers import NoSharedBorderError, beside, frontier, outline
from geoevents.localities.subject import Subject
from geoevents.localities.wording import coordinates, describe, km

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.ground import Saying
    from geoevents.localities.tree import Kind

_POLYGON = 2
_FARTHEST_M = 1e7  # a quarter of the way round the earth: no ground is between what is farther
_BETWEEN = 0.25  # half-width of the ground between two places, as a share of their distance
_HALFWAY = 0.1  # how far from the middle "halfway" may be, as a share of the distance
_ROAD = 0.1  # how far a road may be off the straight line, as a share of its length
_ROAD_LEAST_M = 2_000.0
_ONE_SOURCE_M = 100.0  # how far apart one source draws what two of its polygons share
_LEAST_M = 1_000.0  # no border is known better than this


def between(saying: Saying) -> Ground:
    """
    Take the ground between two things.

    Parameters
    ----------
    saying : Saying
        "Between A and B" or "from A to B".

    Returns
    -------
    Ground
        A strip from one to the other; of two rivers the land that they enclose.

    Raises
    ------
    LocalityError
        When they touch, or are too far apart.
    """
    other = other_of(saying)
    if saying.dimensions == other.dimensions == 1:
        return _land(saying, other)
    return _corridor(saying, other)


def _land(saying: Saying, other: Subject) -> Ground:
    subjects = (saying.subject, other)
    rivers = [one for one in subjects if one.kind != "ground"]
    borders = [one for one in subjects if one.kind == "ground"]
    if rivers and borders:
        [border] = borders
        whole = border.places[0].geometry if len(border.places) == 1 else None
        country = whole if shapely.get_dimensions(whole) == _POLYGON else None
        region = land_beside(rivers[0].geometry, border.geometry, country)
        if region.is_empty:  # a corner of the border and all of the river
            return _corridor(saying, other)
    else:
        region = land_between(saying.shape, other.geometry)
    said = f"between {saying.who} and {other.said}, closed by the straight lines that join them"
    if region.is_empty:
        raise saying.error(f"there is no ground between {saying.who} and {other.said}")
    return Ground(region, ("between",), said)


def _corridor(saying: Saying, other: Subject) -> Ground:
    rules, way, names = saying.rules, _span(saying, other), _names(saying, other)
    radii = _extents(saying, other, plain=True)
    half = max(_BETWEEN * way.distance_m, *radii) * rules.scale
    both = saying.tree.way == "both"
    if both:
        radii = _extents(saying, other, plain=False)
    region = strip(way, half, radii, ends=both)
    said = f"{names}, {km(half)} to each side of the {km(way.distance_m)} from one to the other"
    point = way.middle
    return Ground(region, ("between",), said, point)


def _halfway(saying: Saying) -> Ground:
    other = other_of(saying)
    way = _span(saying, other)
    reach = _HALFWAY * way.distance_m + max(_extents(saying, other, plain=True))
    reach *= saying.rules.scale
    said = (
        f"within {km(reach)} of the middle of the {km(way.distance_m)} {_names(saying, other)}, "
        f"at {coordinates(way.middle)}"
    )
    name = f"halfway between {saying.subject.name} and {other.name}"
    at = way.middle
    return Ground(buffer(at, reach), ("halfway",), said, at, core=at, off_m=reach, name=name)


def _road(saying: Saying) -> Ground:
    other = other_of(saying)
    way = _span(saying, other)
    half = max(_ROAD_LEAST_M, _ROAD * way.distance_m) * saying.rules.scale
    region = strip(way, half, _extents(saying, other, plain=False), ends=True)
    said = (
        f"on the road {_names(saying, other)}: no road is known, so the straight line of "
        f"{km(way.distance_m)} is taken, with {km(half)} to each side"
    )
    name = f"the road between {saying.subject.name} and {other.name}"
    off = half
    return Ground(region, ("road",), said, way.middle, core=way.line(), off_m=off, name=name)


def _span(saying: Saying, other: Subject) -> Span:
    way = span(saying.outline, other.outline)
    if way.distance_m < 1.0:
        raise saying.error(
            f"{saying.who} and {other.said} touch: nothing lies between them"
            + ("; say 'the border between' them" if saying.dimensions == other.dimensions else "")
        )
    if way.distance_m > _FARTHEST_M:
        raise saying.error(
            f"{saying.who} and {other.said} are {km(way.distance_m)} apart, more than a quarter "
            "of the way round the earth: what lies between them is no region"
        )
    return way


def _extents(saying: Saying, other: Subject, *, plain: bool) -> tuple[float, float]:
    """Radii of two towns; of what has an outline none."""
    rules = saying.rules.plain if plain else saying.rules
    one, two = (
        rules.extent_m(subject) if subject.dimensions == 0 else 0.0
        for subject in (saying.subject, other)
    )
    return one, two


def _names(saying: Saying, other: Subject) -> str:
    if saying.tree.way == "both":
        return f"from {saying.who} to {other.said}"
    return f"between {saying.who} and {other.said}"


def other_of(saying: Saying) -> Subject:
    """
    Return the second of the two things that a relation is about.

    Parameters
    ----------
    saying : Saying
        "Between A and B", "the confluence of A and B" and the like.

    Returns
    -------
    Subject
        B.

    Raises
    ------
    LocalityError
        When it is about one thing, or three.
    """
    if len(saying.others) != 1:
        count = len(saying.others) + 1
        raise saying.error(f"{saying.tree.words!r} is about two places, and this names {count}")
    return saying.others[0]


def border(saying: Saying) -> Subject:
    """
    Find the line of a border, which other relations are about.

    Parameters
    ----------
    saying : Saying
        "The border of A and B" or "the border of A".

    Returns
    -------
    Subject
        The line that both share, or the whole outline of the one; without any ground beside it.

    Raises
    ------
    LocalityError
        When they share no border, or one has none.
    """
    subjects = (saying.subject, *saying.others)
    places = {place.id: place for one in subjects for place in one.places}
    core, off, name, _ = _line(saying)
    return Subject(
        geometry=core,
        name=name,
        said=f"{name}, by {' and '.join(map(describe, places.values()))}" if places else name,
        uncertainty_m=off,
        kind="ground",
        places=tuple(places.values()),
        relations=("border", *(word for one in subjects for word in one.relations)),
        lands=_lands(saying),
    )


def _border(saying: Saying) -> Ground:
    core, off, name, who = _line(saying)
    reach = max(off, _LEAST_M) * saying.rules.scale
    said = f"within {km(reach)} of {who}"
    region, lands = beside(core, reach), _lands(saying)
    return Ground(region, ("border",), said, core=core, off_m=off, name=name, lands=lands)


def _lands(saying: Saying) -> tuple[BaseGeometry, ...]:
    return tuple(one.geometry for one in (saying.subject, *saying.others))


def _line(saying: Saying) -> tuple[BaseGeometry, float, str, str]:
    """Return a border's line, how far it may be off, its name, and which line it is."""
    for subject in (saying.subject, *saying.others):
        if subject.dimensions != _POLYGON:
            raise saying.error(
                f"{subject.said} is not a country or province, so it has no border; say 'near' it"
            )
    off = saying.subject.uncertainty_m
    if not saying.others:
        name = f"the border of {saying.subject.name}"
        return outline(saying.outline), off, name, f"the border of {saying.who}"
    other = other_of(saying)
    core, apart = _shared(saying, other)
    who = f"the border of {saying.who} and {other.said}, {length(core):,.0f} km"
    if apart > _ONE_SOURCE_M:
        off = max(off, apart)
        who += f" (the two are drawn up to {km(apart)} apart along most of it)"
    return core, off, f"the border of {saying.subject.name} and {other.name}", who


def _shared(saying: Saying, other: Subject) -> tuple[BaseGeometry, float]:
    sources = {place.source for place in (*saying.subject.places, *other.places)}
    tolerance = saying.subject.uncertainty_m + other.uncertainty_m
    tolerance = max(tolerance, _ONE_SOURCE_M) if len(sources) > 1 else _ONE_SOURCE_M
    try:
        found = frontier(saying.shape, other.geometry, tolerance)
    except NoSharedBorderError as error:
        how = f"they are {km(error.apart_m)} apart" if error.apart_m >= 1 else "they only touch"
        raise saying.error(f"{saying.who} and {other.said} share no border: {how}") from error
    return found.line, found.off_m


#: By kind: what it covers.
ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {
    "between": between,
    "halfway": _halfway,
    "road": _road,
    "border": _border,
}
