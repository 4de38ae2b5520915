"""Several grounds made one: what lies in all of them, in any, or in one and not in another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import area
from geoevents.localities.ground import Ground
from geoevents.localities.naming.features import apart_m
from geoevents.localities.shapes.plane import is_rounding, is_thin, solid
from geoevents.localities.wording import describe, km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.tree import LocalityError
    from geoevents.places import Place

    Fault = Callable[[str], LocalityError]

_MANY = 1000  # vertices: an outline of fewer cuts as quickly
_SLIVER = 0.1  # of the smallest part: the ground between two rivers that meet may be thin too


def union(grounds: Sequence[Ground]) -> Ground:
    """
    Unite grounds.

    Parameters
    ----------
    grounds : sequence of Ground
        At least one.

    Returns
    -------
    Ground
        What lies in any of them.
    """
    if len(grounds) == 1:
        return grounds[0]
    shapes = list({shapely.to_wkb(one.geometry): one.geometry for one in grounds}.values())
    return Ground(
        shapes[0] if len(shapes) == 1 else shapely.union_all(shapes),
        tuple(dict.fromkeys(word for ground in grounds for word in ground.relations)),
        " or ".join(dict.fromkeys(ground.said for ground in grounds)),
        inferred=any(ground.inferred for ground in grounds),
        made_of=_places(grounds),
    )


def overlap(grounds: Sequence[Ground], fault: Fault) -> Ground:
    """
    Intersect grounds.

    Parameters
    ----------
    grounds : sequence of Ground
        At least one.
    fault : callable
        Makes the error from its message.

    Returns
    -------
    Ground
        What lies in all of them.

    Raises
    ------
    LocalityError
        Where nothing does, or no more than what two drawn outlines of one border leave.
    """
    if len(grounds) == 1:
        return grounds[0]
    region = grounds[0].geometry
    for i, other in enumerate(grounds[1:], 1):
        both = _common(region, other.geometry)
        pair = (grounds[i - 1], other)
        drawn = not any(ground.inferred for ground in pair)
        if both.is_empty or (drawn and is_sliver(_of(both, pair), pair)):
            away = apart_m(region, other.geometry)
            how = f"are {km(away)} apart" if away >= 1 else "touch but share no ground"
            raise fault(f"nothing lies both {pair[0].said} and {other.said}: they {how}")
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


def without(ground: Ground, other: Ground, fault: Fault) -> Ground:
    """
    Leave out what lies in another ground.

    Parameters
    ----------
    ground, other : Ground
        What to take it from, and what to leave out.
    fault : callable
        Makes the error from its message.

    Returns
    -------
    Ground
        The rest.

    Raises
    ------
    LocalityError
        Where nothing is left.
    """
    rest = shapely.get_parts(solid(shapely.difference(ground.geometry, other.geometry)))
    # A side was cut in a plane: along it slivers as wide as a rounding are left.
    rest = rest[[not is_rounding(part, ground.geometry) for part in rest]]
    region = shapely.union_all(rest)
    if region.is_empty:
        raise fault(f"nothing is left: all that is {ground.said} is {other.said}")
    said = f"{ground.said}; but not {other.said}"
    if not shapely.intersects(ground.geometry, other.geometry):
        said += ", which is no part of it"
    point = ground.point
    return replace(
        ground,
        geometry=region,
        relations=(*ground.relations, "except"),
        said=said,
        point=point if point is not None and shapely.intersects(region, point) else None,
        inferred=True,
        made_of=_places((ground, other)),
        core=None,
    )


def clipped(ground: Ground, places: Iterable[Place], fault: Fault) -> Ground:
    """
    Keep what lies in some countries or provinces.

    Parameters
    ----------
    ground : Ground
        Anything.
    places : iterable of Place
        Polygons.
    fault : callable
        Makes the error from its message.

    Returns
    -------
    Ground
        What lies in all of them.

    Raises
    ------
    LocalityError
        Where nothing does.
    """
    region, made_of = ground.geometry, ground.made_of
    for place in places:
        region = _common(region, place.geometry)
        if region.is_empty:
            raise fault(f"nothing {ground.said} lies in {describe(place)}")
        made_of = (*made_of, place)
    point = ground.point
    if point is not None and not shapely.intersects(region, point):
        point = None
    return replace(ground, geometry=region, made_of=made_of, point=point, inferred=True)


def after(base: Ground, cut: Ground) -> Ground:
    """
    Say of what is left of a ground all that made it.

    Parameters
    ----------
    base : Ground
        What was cut.
    cut : Ground
        What is left of it.

    Returns
    -------
    Ground
        The same as `cut`, with the words and places of both.
    """
    return replace(
        cut,
        relations=(*base.relations, *cut.relations),
        said=f"{base.said}; {cut.said}",
        made_of=_places((base, cut)),
    )


def is_sliver(common: Ground, parts: Iterable[Ground]) -> bool:
    """
    Say whether what parts share is only what their drawn lines may be off.

    Parameters
    ----------
    common : Ground
        What they share.
    parts : iterable of Ground
        The parts.

    Returns
    -------
    bool
        True where it is narrower than the lines are sure, and small beside each part.
    """
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


def _common(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Intersect two regions: what lies in a country as a whole need not be cut by its outline."""
    small, large = sorted((one, other), key=shapely.get_num_coordinates)
    if shapely.get_num_coordinates(large) > _MANY:
        shapely.prepare(large)
        if shapely.covers(large, small):
            return solid(small)
    return solid(shapely.intersection(one, other))


def _of(region: BaseGeometry, grounds: Iterable[Ground]) -> Ground:
    return Ground(region, (), "", made_of=_places(grounds))


def _places(grounds: Iterable[Ground]) -> tuple[Place, ...]:
    return tuple({place.id: place for ground in grounds for place in ground.made_of}.values())
