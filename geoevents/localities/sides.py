"""Sides: what lies east of a town, a province or a river, which cuts what the rest gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import buffer
from geoevents.localities.ground import Ground
from geoevents.localities.measuring import covering_radius_m
from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.riverside import PASSES_M
from geoevents.localities.shapes import banks, relations
from geoevents.localities.shapes.plane import is_rounding, solid
from geoevents.localities.shapes.sweeps import beyond
from geoevents.localities.tree import LocalityError
from geoevents.localities.wording import axis, km

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.ground import Saying

_FARTHEST_M = 5e6
_WIDE = 3  # times what a direction reaches by itself: no longer a neighbourhood


class NothingThereError(LocalityError):
    """All of a neighbourhood lies on the other bank: it may have been taken too small."""


def side(saying: Saying, given: Ground | None) -> Ground:
    """
    Keep what lies on one side of a place, in a neighbourhood or the default one.

    Parameters
    ----------
    saying : Saying
        "East of" a place.
    given : Ground or None
        What to cut; None for the default about the place.

    Returns
    -------
    Ground
        What is left.

    Raises
    ------
    LocalityError
        When nothing is left, or the river has no such bank there.
    """
    if saying.dimensions == 1:
        return bank(saying, given)
    compass, who = saying.compass, saying.who
    reach = side_m(saying)
    if given is not None and not saying.tree.just:
        middle = shapely.centroid(saying.outline)
        far = min(covering_radius_m(middle, given.geometry) * 1.01 + 1, _FARTHEST_M)
        # A whole country says which town is meant, not how far from it; a river's course does.
        if far < _WIDE * reach or set(given.relations) != {"in"}:
            reach = far
    if saying.dimensions == 0:
        region = relations.sector(saying.shape, compass.bearing, compass.tolerance, reach)
    else:
        region = beyond(saying.outline, compass.bearing, reach)
    if given is not None:
        region = solid(shapely.intersection(region, given.geometry))
        if "border" in given.relations:  # of a whole country's: its far side is not meant
            region = _nearest(region, saying)
        if is_rounding(region, given.geometry):
            region = shapely.Polygon()
    if region.is_empty:
        raise saying.error(f"none of that ground lies {compass.word} of {who}")
    limit = "" if given is not None and not saying.tree.just else f", up to {km(reach)}"
    angle = f" ({compass.bearing:g}° ± {compass.tolerance:g}°)" if saying.dimensions == 0 else ""
    return Ground(region, ("direction",), f"{compass.word} of {who}{angle}{limit}")


def _nearest(region: BaseGeometry, saying: Saying) -> BaseGeometry:
    """Keep the pieces within the reach of a side, where there are any."""
    parts = shapely.get_parts(region)
    if len(parts) < 2:  # noqa: PLR2004 -- nothing to choose from
        return region
    away = [apart_m(part, saying.shape) for part in parts]
    kept = [part for part, far in zip(parts, away, strict=True) if far <= side_m(saying)]
    return shapely.union_all(kept) if kept else region


def side_m(saying: Saying) -> float:
    """
    How far a side reaches when nothing else bounds it.

    Parameters
    ----------
    saying : Saying
        "East of" something.

    Returns
    -------
    float
        Metres; "just east of" goes no farther than "near".
    """
    reach = saying.rules.direction_m(saying.subject)
    if not saying.tree.just:
        return reach
    line = saying.dimensions == 1
    return min(reach, saying.rules.line_m if line else saying.rules.near_m(saying.subject))


def bank(saying: Saying, given: Ground | None) -> Ground:
    """
    Keep what lies on one compass side of a line, in a neighbourhood or the default one.

    Parameters
    ----------
    saying : Saying
        "East of" a river or border.
    given : Ground or None
        What to cut; None for the default about the line.

    Returns
    -------
    Ground
        What is left.

    Raises
    ------
    NothingThereError
        When nothing is left.
    LocalityError
        When the line has no such side there, or is too far away to have sides there.
    """
    compass, who, line = saying.compass, saying.who, saying.shape
    reach = side_m(saying)
    limit = "" if given is not None and not saying.tree.just else f", up to {km(reach)} from it"
    region = given.geometry if given is not None else buffer(saying.outline, reach)
    if given is not None and saying.tree.just:
        region = solid(shapely.intersection(region, buffer(saying.outline, reach)))
        if region.is_empty:
            raise saying.error(f"none of that ground lies within {km(reach)} of {who}")
    away = apart_m(region, line)
    if away > PASSES_M:
        raise saying.error(
            f"{who} and that ground are {km(away)} apart: a side of a river says nothing of "
            f"what is more than {km(PASSES_M)} from it; check both names"
        )
    facing = banks.facing(region, line, compass.bearing)
    if facing.bank is None:
        raise saying.error(
            f"{who} runs {axis(facing.course)} there, so neither of its banks is the "
            f"{compass.word} one; name another side"
        )
    cut = banks.banks(region, line)[facing.bank]
    if cut.is_empty:
        raise NothingThereError(
            f"none of that ground lies {compass.word} of {who}, which is {km(away)} from it",
            saying.text,
            saying.tree.start,
            saying.tree.end,
        )
    runs = f"it runs {axis(facing.course)} over {km(facing.stretch_m)} there"
    return Ground(cut, ("side",), f"on the {compass.word} side of {who}{limit} ({runs})")
