"""Ground that several rows of one snapshot claim: found, told, and settled as the caller says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.territory.arrangement import ROUNDING_DEG, faces, linked, middles, pairs, together
from geoevents.territory.measure import areas_km2
from geoevents.territory.noise import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Geometries = NDArray[Any]
    Ints = NDArray[np.int64]

Overlaps = Literal["error", "contested", "first"]
WAYS = ("error", "contested", "first")
BETWEEN = " / "
"""Stands between the names of those who contest ground."""
INTERIORS_MEET = "T********"
"""How `shapely.relate_pattern` knows that two polygons have ground in common."""
_TOLD = 5


class OverlapError(GeometryError):
    """Two actors claim the same ground in one snapshot."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """
    Ground that two rows of different actors claim.

    Attributes
    ----------
    rows : tuple of int
        Their positions.
    geometry : shapely geometry
        The ground that both claim.
    area_km2 : float
        Its geodesic area.
    """

    rows: tuple[int, int]
    geometry: Any
    area_km2: float


@dataclass(frozen=True, slots=True)
class Ground:
    """
    Polygons and who holds them.

    Attributes
    ----------
    polygons : numpy.ndarray of shapely geometries
        Valid polygons.
    actors : list of str
        The holder of each.
    rows : list of tuple of int
        The positions of the rows that each is from.
    """

    polygons: "Geometries"
    actors: list[str]
    rows: list[tuple[int, ...]]


def contested(actors: "Iterable[str]") -> str:
    """
    Name the holder of ground that several actors claim.

    Parameters
    ----------
    actors : iterable of str
        Those who claim it; some may be such names themselves.

    Returns
    -------
    str
        Their names, each once, sorted.

    Examples
    --------
    >>> contested(["SDF", "ISIS / SDF", "SDF"])
    'ISIS / SDF'
    """
    return BETWEEN.join(sorted({name for actor in actors for name in actor.split(BETWEEN)}))


def meeting(polygons: "Geometries") -> "tuple[Ints, Ints]":
    """
    Find which polygons overlap.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely geometries
        Valid polygons.

    Returns
    -------
    tuple of numpy.ndarray of int
        The positions of both polygons of each pair, the first before the second, in order.
    """
    shapely.prepare(polygons)
    one, other = shapely.STRtree(polygons).query(polygons)
    once = one < other
    one, other = one[once], other[once]
    meet = shapely.relate_pattern(polygons[one], polygons[other], INTERIORS_MEET)
    one, other = one[meet], other[meet]
    order = np.lexsort((other, one))
    return one[order], other[order]


def joined(ground: Ground, one: "Ints", other: "Ints") -> Ground:
    """
    Join rows of one actor that overlap.

    Parameters
    ----------
    ground : Ground
        The rows.
    one, other : numpy.ndarray of int
        Pairs of positions that overlap, each of one actor.

    Returns
    -------
    Ground
        One polygon for all that overlap one another, in the place of the first of them.
    """
    part = linked(len(ground.polygons), one, other)
    rows: dict[int, list[int]] = {}
    for position, number in enumerate(part.tolist()):
        rows.setdefault(number, []).append(position)
    members = list(rows.values())
    return Ground(
        np.array(
            [
                ground.polygons[some[0]]
                if len(some) == 1
                else shapely.union_all(ground.polygons[some])
                for some in members
            ],
            dtype=object,
        ),
        [ground.actors[some[0]] for some in members],
        [tuple(row for position in some for row in ground.rows[position]) for some in members],
    )


def claims(ground: Ground, one: "Ints", other: "Ints") -> list[Overlap]:
    """
    Measure the ground that rows of different actors claim.

    Parameters
    ----------
    ground : Ground
        The rows.
    one, other : numpy.ndarray of int
        Pairs of positions that overlap.

    Returns
    -------
    list of Overlap
        Those that are wider than rounding, in order.
    """
    common = shapely.intersection(ground.polygons[one], ground.polygons[other])
    wide = 2.0 * shapely.area(common) > ROUNDING_DEG * shapely.length(common)
    one, other, common = one[wide], other[wide], common[wide]
    found = zip(one.tolist(), other.tolist(), common, areas_km2(common).tolist(), strict=True)
    return [Overlap((a, b), geometry, area) for a, b, geometry, area in found]


def refuse(
    overlaps: "Sequence[Overlap]", ground: Ground, labels: "Sequence[str]", what: str
) -> None:
    """
    Raise an error if actors claim the same ground.

    Parameters
    ----------
    overlaps : sequence of Overlap
        What they claim.
    ground : Ground
        The rows.
    labels : sequence of str
        What errors call each row of the frame.
    what : str
        Whose rows they are: "before", "after".

    Raises
    ------
    OverlapError
        Naming the rows, the ground and what to do.
    """
    if not overlaps:
        return
    told = []
    for overlap in overlaps[:_TOLD]:
        at = shapely.point_on_surface(overlap.geometry)
        first, second = (f"{labels[ground.rows[p][0]]} ({ground.actors[p]})" for p in overlap.rows)
        told.append(
            f"{first} and {second} both claim {overlap.area_km2:,.3g} km2, at {at.y:.4f} N "
            f"{at.x:.4f} E"
        )
    more = f"; and {len(overlaps) - _TOLD} more pairs" if len(overlaps) > _TOLD else ""
    raise OverlapError(
        f"{'; '.join(told)}{more}. Pass overlaps='contested' to make what is contested {what} the "
        "ground of a holder of its own, 'first' to give it to the earlier row, or tolerance_m if "
        "it is no wider than two drawings of one line differ"
    )


def settle(
    ground: Ground, overlaps: "Sequence[Overlap]", way: Overlaps, tolerance_m: float
) -> Ground:
    """
    Divide ground that several actors claim, so that none is held twice.

    Parameters
    ----------
    ground : Ground
        The rows; those of one actor do not overlap.
    overlaps : sequence of Overlap
        What they claim.
    way : {"contested", "first", "error"}
        Ground that actors contest is held by "A / B" in the first case, else by the earlier row.
    tolerance_m : float
        Contested ground that is narrower goes to the earlier row in any case.

    Returns
    -------
    Ground
        Polygons that do not overlap.
    """
    involved = np.unique([overlap.rows for overlap in overlaps])
    pieces = faces(shapely.get_parts(shapely.boundary(ground.polygons[involved])))
    point, polygon = pairs(middles(pieces), ground.polygons[involved])
    inside, start = np.unique(point, return_index=True)
    pieces, holders = pieces[inside], np.split(involved[polygon], start[1:])
    fought = np.array([len(some) > 1 for some in holders]) & (way == "contested")
    if tolerance_m > 0:
        fought[fought] = ~narrow(pieces[fought], tolerance_m)
    sources = [
        tuple(some.tolist()) if contest else (int(some[0]),)
        for some, contest in zip(holders, fought.tolist(), strict=True)
    ]
    groups = {source: number for number, source in enumerate(sorted(set(sources)))}
    divided = together(pieces, np.array([groups[source] for source in sources]), len(groups))
    apart = np.setdiff1d(np.arange(len(ground.polygons)), involved).tolist()
    return Ground(
        np.concatenate([ground.polygons[apart], divided]),
        [
            *(ground.actors[p] for p in apart),
            *(contested(ground.actors[p] for p in source) for source in groups),
        ],
        [
            *(ground.rows[p] for p in apart),
            *(tuple(row for p in source for row in ground.rows[p]) for source in groups),
        ],
    )
