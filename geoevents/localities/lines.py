"""
What relations to lines cover: along a river, up and down it, its banks, its mouth and source.

``ANCHORS`` has the relations that are a region by themselves, ``CUTS`` those that cut what the rest
of the phrase gives; a kind may be in both.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import buffer
from geoevents.localities import pairs
from geoevents.localities.ground import Ground
from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.riverside import PASSES_M
from geoevents.localities.shapes import banks, reaches
from geoevents.localities.shapes.corridor import band
from geoevents.localities.shapes.courses import Course, CourseTooShortError, Spot, course
from geoevents.localities.shapes.frontiers import beside, outline
from geoevents.localities.shapes.plane import solid
from geoevents.localities.sides import NothingThereError
from geoevents.localities.wording import coordinates, km
from geoevents.places.flow import doubts, end

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.ground import Saying
    from geoevents.localities.subject import Subject
    from geoevents.localities.tree import Kind

_POLYGON = 2
_POINT_LEAST_M = 1_000.0  # no mouth, confluence or border is known better than this
_UNDRAWN_M = 100_000.0  # how far a source or mouth may be from a line that does not reach it
_MEETS_M = 10_000.0  # rivers whose lines are farther apart do not meet


# -- along a line --


def _along(saying: Saying) -> Ground:
    width, who, name = saying.rules.line_m, saying.who, saying.subject.name
    if saying.dimensions == 0:
        raise saying.error(f"{who} is not a line that one can go along")
    said = f"within {km(width)} of the line of {who}"
    off = saying.subject.uncertainty_m
    if saying.dimensions == _POLYGON:
        core = outline(saying.outline)
        return Ground(beside(core, width), ("along",), said, core=core, off_m=off, name=name)
    if saying.subject.kind == "ground":
        core, region = saying.shape, band(saying.shape, width)
    else:
        line = course(saying.shape)
        core, region = line.line, _all_along(line, width)
    lands = saying.subject.lands
    return Ground(region, ("along",), said, core=core, off_m=off, name=name, lands=lands)


def unwidened(saying: Saying) -> Ground | None:
    """
    Give the line of "along X" without the ground beside it: a cut to a stretch reads only that.

    Parameters
    ----------
    saying : Saying
        "Along" a river.

    Returns
    -------
    Ground or None
        Its geometry and core are the line; None for anything but a river of a gazetteer.
    """
    if saying.dimensions != 1 or saying.subject.kind == "ground":
        return None
    line, subject = course(saying.shape).line, saying.subject
    return Ground(
        line,
        ("along",),
        f"the line of {saying.who}",
        core=line,
        off_m=subject.uncertainty_m,
        name=subject.name,
        lands=subject.lands,
        made_of=subject.places,
    )


@lru_cache(maxsize=64)
def _all_along(line: Course, width: float) -> BaseGeometry:
    """Work out the ground along a whole river once: phrases about stretches of it ask again."""
    return reaches.along(line, 0.0, line.length_m, width)


def _stretch(
    saying: Saying, line: Course, ends: tuple[float, float], off_m: float, said: str
) -> Ground:
    """Take the ground along a part of a line; its middle is its point."""
    core = line.stretch(*ends)
    width = saying.rules.line_m
    return Ground(
        reaches.along(line, *ends, width),
        (saying.tree.kind,),
        f"{said}, within {km(width)} of the line",
        line.point(sum(ends) / 2),
        core=core,
        off_m=off_m,
        name=said,
    )


def _spot(saying: Saying, line: Course, subject: Subject, name: str) -> Spot:
    """Find where a place lies along a line that passes it."""
    spot = line.spot(subject.geometry)
    if spot.away_m > saying.rules.plain.side_m:
        raise saying.error(
            f"{subject.said} is {km(spot.away_m)} from {name}, and more than "
            f"{km(saying.rules.plain.side_m)} is too far to say where along it that is; name a "
            "place on it"
        )
    return spot


def _between_on(saying: Saying, given: Ground) -> Ground:
    """Take the stretch of a line between two places."""
    assert given.core is not None  # noqa: S101 -- only called with a line
    line, name = course(given.core), given.name or "the line"
    subjects = (saying.subject, pairs.other_of(saying))
    spots = [_spot(saying, line, subject, name) for subject in subjects]
    first, last = sorted(spots, key=lambda spot: spot.at_m)
    start, end = first.last_m, last.first_m
    if saying.tree.way == "both" or start > end:  # "from A to B", or what the line runs through
        start, end = first.first_m, last.last_m
    if end - start < 1.0:
        raise saying.error(
            f"{subjects[0].name} and {subjects[1].name} are at the same point of {name}; name "
            "places farther apart"
        )
    whom = f"{saying.who} and {subjects[1].said}"
    off = " and ".join(km(spot.away_m) for spot in spots)
    said = f"the {km(end - start)} of {name} between {whom}, which are {off} from it"
    return _stretch(saying, line, (start, end), given.off_m, said)


def _stream(saying: Saying, given: Ground | None = None) -> Ground:
    """Take the stretch of a river up or down from a place."""
    river = saying.line
    assert river is not None  # noqa: S101 -- a stream always has its river
    line = course(given.core if given is not None and given.core is not None else river.geometry)
    spot = _spot(saying, line, saying.subject, river.said)
    down = saying.tree.way != "up"
    word, sign = ("downstream", 1.0) if down else ("upstream", -1.0)
    start = spot.last_m if down else spot.first_m
    distance, at = saying.tree.distance, None
    if distance is None:
        reach = saying.rules.side_m
        low, high = 0.0, reach
        said = f"up to {km(reach)}"
    else:
        extent = saying.rules.extent_m(saying.subject) if saying.dimensions == 0 else 0.0
        slack = distance.slack_m * saying.rules.scale
        try:
            at = line.point(line.onward(start, sign * distance.metres))
        except CourseTooShortError as error:
            raise saying.error(
                f"there are only {km(error.left_m)} of {river.said} {word} of {saying.subject.name}"
            ) from error
        low, high = max(distance.metres - slack - extent, 0.0), distance.metres + slack + extent
        said = f"{distance.words}, {km(low)} to {km(high)} as the words may mean,"
    ends = (start + sign * low, start + sign * high)
    if min(ends) >= line.length_m or max(ends) <= 0:
        raise saying.error(f"{river.said} has no more river {word} of {saying.subject.name}")
    off = f", which is {km(spot.away_m)} from it," if spot.away_m >= 1 else ""
    said = f"{said} {word} of {saying.who}{off} on {river.said}"
    said += _flow(river)
    ground = _stretch(saying, line, ends, river.uncertainty_m, said)
    return ground if at is None else replace(ground, point=at)


def _doubts(river: Subject) -> set[str]:
    """Say what is not sure of a river: its flow, and whether it is drawn to its ends."""
    known = [doubts(place.id) for place in river.places if place.kind == "river"]
    return set().union(*known) if known else {"flow"}


def _flow(river: Subject) -> str:
    """Say that a line's direction was taken from the drawing, where that is not known."""
    return " (taken to flow as its line is drawn)" if "flow" in _doubts(river) else ""


# -- banks --


def _bank(saying: Saying, given: Ground | None) -> Ground:
    """Keep one bank of a river, as one looks downstream or as one stands."""
    way, who, line = saying.tree.way, saying.who, saying.shape
    if saying.dimensions != 1:
        raise saying.error(f"{who} is not a river and has no banks")
    reach = saying.rules.direction_m(saying.subject)
    region = given.geometry if given is not None else band(course(line).line, reach)
    limit = "" if given is not None else f", up to {km(reach)} from it"
    if way == "both":
        return Ground(region, ("bank",), f"on both banks of {who}{limit}")
    if way in ("far", "near"):
        bank, word = _bank_from(saying, way == "far")
        said = f"on the {way} bank of {who}, {word}"
    else:
        bank = "left" if way == "left" else "right"
        said = f"on the {bank} bank of {who}, as one looks downstream{_flow(saying.subject)}"
    away = apart_m(region, line)
    if away > PASSES_M:
        raise saying.error(
            f"{who} and that ground are {km(away)} apart: a bank says nothing of what is more than "
            f"{km(PASSES_M)} from it; check both names"
        )
    return Ground(_cut(saying, region, line, bank, said), ("bank",), said + limit)


def _bank_from(saying: Saying, far: bool) -> tuple[banks.Bank, str]:
    """Which bank is the far or near one, and of what."""
    reference, line = saying.reference, saying.shape
    if reference is None:
        raise saying.error(
            f"which bank of {saying.who} that is depends on where one stands: add 'from' and a "
            "place, or say left, right, east or west bank"
        )
    own = banks.bank_of(_middle(reference), line)
    other: banks.Bank = "right" if own == "left" else "left"
    word = "across from" if far else "the one of"
    return (other if far else own), f"{word} {reference.said}"


def _across(saying: Saying) -> Ground:
    """Take what is near a place, over the river."""
    river = saying.line
    assert river is not None  # noqa: S101 -- there is always one
    line = course(river.geometry)
    spot = _spot(saying, line, saying.subject, river.said)
    reach = max(saying.rules.near_m(saying.subject), saying.rules.line_m)
    own = banks.bank_of(_middle(saying.subject), river.geometry)
    said = (
        f"across {river.said} from {saying.who}, within {km(reach)} of the point of the river "
        f"nearest to it, {km(spot.away_m)} off"
    )
    region = buffer(spot.point, reach)
    other: banks.Bank = "right" if own == "left" else "left"
    return Ground(_cut(saying, region, river.geometry, other, said), ("across",), said)


def _cut(
    saying: Saying, region: BaseGeometry, line: BaseGeometry, bank: banks.Bank, said: str
) -> BaseGeometry:
    cut = banks.banks(region, line)[bank]
    if cut.is_empty:
        raise NothingThereError(
            f"none of that ground lies {said}", saying.text, saying.tree.start, saying.tree.end
        )
    return cut


def _middle(subject: Subject) -> shapely.Point:
    if subject.point is not None:
        return subject.point
    return shapely.point_on_surface(subject.geometry)


# -- points of rivers --


def _mouth(saying: Saying) -> Ground:
    return _end(saying, "mouth")


def _source(saying: Saying) -> Ground:
    return _end(saying, "source")


def _end(saying: Saying, word: str) -> Ground:
    if saying.dimensions != 1:
        raise saying.error(f"{saying.who} is not a river and has no {word}")
    line = course(saying.shape)
    point = line.mouth if word == "mouth" else line.source
    off, name = saying.subject.uncertainty_m, f"the {word} of {saying.subject.name}"
    said = f"the {word} of {saying.who}{_flow(saying.subject)}"
    known = next((e for p in saying.subject.places if (e := end(p.id, word)) is not None), None)
    if known is not None:
        point, off = shapely.Point(known.lon, known.lat), known.uncertainty_m
        said += (
            f", known apart from its line, which is not drawn as far as its {word}"
            if word in _doubts(saying.subject)
            else ", which has several: about the middle of them"
        )
    elif word in _doubts(saying.subject):
        off = max(off, _UNDRAWN_M)
        said = f"the end of the line of {saying.who}, which is not drawn as far as its {word}"
    return _about(saying, point, off, said, name)


def _confluence(saying: Saying) -> Ground:
    other = pairs.other_of(saying)
    for subject in (saying.subject, other):
        if subject.dimensions != 1:
            raise saying.error(f"{subject.said} is not a river that another could meet")
    met = course(saying.shape).meeting(course(other.geometry))
    if met.gap_m > _MEETS_M:
        raise saying.error(
            f"{saying.who} and {other.said} do not meet: their lines are {km(met.gap_m)} apart"
        )
    off = saying.subject.uncertainty_m + other.uncertainty_m  # each line may be off by its own
    off = max(off, met.gap_m)
    said = f"the confluence of {saying.who} and {other.said}"
    if met.gap_m > _POINT_LEAST_M:
        said += f", whose lines are {km(met.gap_m)} apart there"
    name = f"the confluence of {saying.subject.name} and {other.name}"
    return _about(saying, met.point, off, said, name)


def _about(saying: Saying, point: shapely.Point, off_m: float, said: str, name: str) -> Ground:
    """Take a point that is known so well, as ground."""
    reach = max(off_m, _POINT_LEAST_M) * saying.rules.scale
    said = f"within {km(reach)} of {said}, at {coordinates(point)}"
    kind = saying.tree.kind
    return Ground(buffer(point, reach), (kind,), said, point, core=point, off_m=reach, name=name)


def _between(saying: Saying, given: Ground | None) -> Ground:
    """Take the stretch of the line that the rest is about, or what lies between in the rest."""
    if given is not None and given.core is not None and shapely.get_dimensions(given.core) == 1:
        return _between_on(saying, given)
    ground = pairs.between(saying)
    if given is None:
        return ground
    region = solid(shapely.intersection(ground.geometry, given.geometry))
    if region.is_empty:
        raise saying.error(f"none of that ground lies {ground.said}")
    return replace(ground, geometry=region)


#: By kind: what it covers by itself.
ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {
    "along": _along,
    "across": _across,
    "stream": _stream,
    "mouth": _mouth,
    "source": _source,
    "confluence": _confluence,
    **pairs.ANCHORS,
}
#: By kind: what it leaves of a ground; of None it takes a default about its subject.
CUTS: dict[Kind, Callable[[Saying, Ground | None], Ground]] = {
    "bank": _bank,
    "between": _between,
    "stream": _stream,
}
