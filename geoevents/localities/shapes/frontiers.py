"""The line that two countries or provinces share, also where two sources draw it differently."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer
from geoevents.localities.shapes.betweens import span
from geoevents.localities.shapes.plane import Plane
from geoevents.localities.shapes.relations import segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_HALF_TURN = 180.0
_POLE = 90.0
_STEPS = 8  # samples to each length of the tolerance
_STEP_M = 500.0  # no outline is sampled more finely than this
_EXACT_M = 0.1  # samples on a straight line are dropped again
_USUAL = 0.9  # of the samples: how far apart the two drawings are where they mean one line
_MANY = 2_000  # vertices
_COARSE = 0.05  # how far off the edge of a band along that many may be, as a share of its width
_SAME_M = 20.0  # two drawings of one line from one source, rounding included


class NoSharedBorderError(ValueError):
    """
    Two polygons have no border in common.

    Parameters
    ----------
    apart_m : float
        How far apart they are; 0 where they overlap or touch in single points.
    """

    def __init__(self, apart_m: float) -> None:
        self.apart_m = apart_m
        super().__init__(f"they are {apart_m / 1000:.1f} km apart")


@dataclass(frozen=True, slots=True)
class Frontier:
    """
    The border of two polygons.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        As the first of them draws it, in lon/lat.
    off_m : float
        How far from it the second draws it: nine tenths of it are nearer.
    """

    line: BaseGeometry
    off_m: float


@lru_cache(maxsize=64)
def outline(polygon: BaseGeometry) -> BaseGeometry:
    """
    Find the boundary of a polygon on the ground.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        In lon/lat.

    Returns
    -------
    shapely LineString or MultiLineString
        Its boundary, without the edges along which it is cut at the antimeridian or led to a pole.

    Examples
    --------
    >>> land = shapely.union(shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1))
    >>> [line.length for line in outline(land).geoms]  # of two boxes with a circumference of 4
    [3.0, 3.0]
    """
    boundary = shapely.force_2d(shapely.boundary(polygon))
    west, south, east, north = shapely.bounds(boundary)
    if west > -_HALF_TURN and east < _HALF_TURN and south > -_POLE and north < _POLE:
        return boundary
    rings = shapely.get_parts(boundary)
    reach = np.abs(shapely.bounds(rings))
    cut = (reach[:, [0, 2]] >= _HALF_TURN).any(axis=1) | (reach[:, [1, 3]] >= _POLE).any(axis=1)
    pieces, seams = [], []
    for ring in rings[cut]:  # a few of a country's
        xy = shapely.get_coordinates(ring)
        pole = np.abs(xy[:, 1]) >= _POLE
        seam = np.abs(xy[:, 0]) >= _HALF_TURN
        seam = seam[1:] & seam[:-1] & (xy[1:, 0] == xy[:-1, 0])
        pole = pole[1:] & pole[:-1]
        seams.append(np.stack([xy[:-1], xy[1:]], axis=1)[seam & ~pole])
        runs = np.split(xy, np.flatnonzero(seam | pole) + 1)
        pieces += [shapely.LineString(run) for run in runs if len(run) > 1]
    # What only one side of the antimeridian has along it is a border that runs there.
    edges = np.concatenate(seams)
    east, west = (
        shapely.union_all(shapely.linestrings(edges[edges[:, 0, 0] * sign > 0] * [sign, 1]))
        for sign in (1, -1)
    )
    along = shapely.symmetric_difference(east, west)
    merged = shapely.line_merge(shapely.union_all([shapely.MultiLineString(pieces), along]))
    whole = np.concatenate([rings[~cut], shapely.get_parts(merged)])
    return shapely.multilinestrings(whole) if len(whole) != 1 else whole[0]


@lru_cache(maxsize=64)
def frontier(one: BaseGeometry, other: BaseGeometry, tolerance_m: float) -> Frontier:
    """
    Find the line that two polygons share.

    Parameters
    ----------
    one, other : shapely Polygon or MultiPolygon
        In lon/lat.
    tolerance_m : float
        How far apart the two may draw it, in metres.

    Returns
    -------
    Frontier
        The border as the first polygon has it.

    Raises
    ------
    NoSharedBorderError
        When they are farther apart than that, or meet in a point.

    Notes
    -----
    The first outline is walked in steps of an eighth of the tolerance. Runs of it that stay within
    the tolerance of the second are the border. Where three countries meet, such a run goes on until
    the third one's border has left the second by the tolerance; so each run is cut back, at both
    ends, to where the two are as near as they are along most of it.

    Examples
    --------
    >>> west, east = shapely.box(40, 35, 41, 36), shapely.box(41.0005, 35, 42, 36)
    >>> shared = frontier(west, east, 1_000)
    >>> [round(x, 2) for x in shared.line.bounds], round(shared.off_m)
    ([41.0, 35.0, 41.0, 36.0], 46)
    """
    plane = Plane.about(one if one.area < other.area else other)
    ours, theirs = (segments(plane.forward(outline(each))) for each in (one, other))
    ours, theirs = _window(ours, theirs, tolerance_m), _window(theirs, ours, tolerance_m)
    tree = shapely.STRtree(shapely.linestrings(theirs))
    near = tree.query(shapely.linestrings(ours), predicate="dwithin", distance=tolerance_m)[0]
    found = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ours[np.unique(near)])))
    step = max(tolerance_m / _STEPS, _STEP_M)
    runs = [
        run
        for line in shapely.get_parts(shapely.segmentize(found, step))
        for run in _runs(shapely.get_coordinates(line), tree, tolerance_m)
    ]
    runs, off = _cut_back(runs, tolerance_m)
    lines = [xy for xy, _ in runs if len(xy) > 1 and shapely.LineString(xy).length > tolerance_m]
    if lines:
        whole = shapely.line_merge(shapely.MultiLineString(lines))
        return Frontier(plane.back(shapely.simplify(whole, _EXACT_M)), off)
    raise NoSharedBorderError(span(one, other).distance_m)


def _window(edges: Floats, others: Floats, by_m: float) -> Floats:
    """Keep the edges that come near the box of the others."""
    if not len(others):
        return edges[:0]
    low, high = others.min(axis=(0, 1)) - by_m, others.max(axis=(0, 1)) + by_m
    near: NDArray[np.bool_] = ((edges.max(axis=1) >= low) & (edges.min(axis=1) <= high)).all(axis=1)
    return edges[near]


def _runs(xy: Floats, tree: shapely.STRtree, tolerance_m: float) -> Iterator[tuple[Floats, Floats]]:
    """Find the runs of a line's samples that are near a tree's segments, and how near each is."""
    gaps = np.full(len(xy), np.inf)
    (which, _), metres = tree.query_nearest(
        shapely.points(xy), max_distance=tolerance_m, return_distance=True, all_matches=False
    )
    gaps[which] = metres
    weak = np.isfinite(gaps)
    if (xy[0] == xy[-1]).all() and not weak.all():  # a ring: start where it is no border
        start = int(np.argmin(weak))
        xy, gaps = (np.concatenate([each[start:-1], each[: start + 1]]) for each in (xy, gaps))
        weak = np.isfinite(gaps)
    change = np.flatnonzero(np.diff(np.concatenate([[False], weak, [False]]).astype(np.int8)))
    for first, last in change.reshape(-1, 2):
        yield xy[first:last], gaps[first:last]


def _cut_back(
    runs: list[tuple[Floats, Floats]], tolerance_m: float
) -> tuple[list[tuple[Floats, Floats]], float]:
    """
    Cut the ends of runs back to where they are about as near as along most of them.

    Each cut takes away samples that were no border and so tells better how near the border is;
    after a few nothing changes.
    """
    off, before = tolerance_m, -1
    while runs and sum(len(gaps) for _, gaps in runs) != before:
        before = sum(len(gaps) for _, gaps in runs)
        off = float(np.quantile(np.concatenate([gaps for _, gaps in runs]), _USUAL))
        ends = [np.flatnonzero(gaps <= min(1.5 * off + _SAME_M, tolerance_m)) for _, gaps in runs]
        runs = [
            (xy[at[0] : at[-1] + 1], gaps[at[0] : at[-1] + 1])
            for (xy, gaps), at in zip(runs, ends, strict=True)
            if len(at)
        ]
    return runs, off


@lru_cache(maxsize=16)
def beside(line: BaseGeometry, width_m: float) -> BaseGeometry:
    """
    Widen a border to both sides.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In lon/lat.
    width_m : float
        How far to each side, in metres.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat; about a continent's outline its edge is true to a twentieth of the width.
    """
    many = shapely.get_num_coordinates(line) > _MANY
    return buffer(line, width_m, tolerance_m=_COARSE * width_m if many else None)
