"""Ground along a reach of a river: what is near it, and nearer to it than to the rest."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer
from geoevents.localities.shapes.plane import Plane, solid

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.shapes.courses import Course

    Floats = NDArray[np.float64]

_STEPS = 10  # points to each width
_MOST = 3_000  # points, on a reach that is long beside its width
_ROUND = 6.0  # widths from an end that are looked at


@lru_cache(maxsize=64)
def along(line: Course, first_m: float, last_m: float, width_m: float) -> BaseGeometry:
    """
    Find the ground along a part of a course.

    Parameters
    ----------
    line : Course
        The river.
    first_m, last_m : float
        From where to where, in metres from its source.
    width_m : float
        How far to each side, in metres.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat.

    Notes
    -----
    The ends are neither round, which is ground beside the rest of the river, nor square, which
    cuts ground off its banks where it bends there. They are as far from the reach as from what
    goes on beyond it: cells about points of both. Where the river itself ends, it is carried on
    straight.

    Examples
    --------
    >>> from geoevents.geodesy import area
    >>> from geoevents.localities.shapes.courses import course
    >>> river = course(shapely.LineString([(40, 36), (40, 35)]))
    >>> round(area(along(river, 20_000, 70_000, 5_000)) / 500, 2)
    1.0
    """
    first, last = np.clip(np.sort([first_m, last_m]), 0.0, line.length_m)
    region = buffer(line.stretch(first, last), width_m)
    step = max(width_m / _STEPS, (last - first) / _MOST)
    count = max(1, int((last - first) / step))
    step = (last - first) / count if count > 1 else step
    own = _points(line, first + (last - first) * (np.arange(count) + 0.5) / count)
    far = step * (np.arange(int(_ROUND * width_m / step) + 1) + 0.5)
    for end, away in ((first, -far), (last, far)):
        plane = Plane.about(line.point(end))
        rest = _beyond(line, end, away, plane)
        near = _flat(own, plane)
        near = near[np.hypot(*near.T) < 2 * _ROUND * width_m]
        theirs = _nearer(rest, near, _ROUND * width_m)
        beyond = plane.back(shapely.segmentize(theirs, width_m))
        region = solid(shapely.difference(region, beyond))
    return region


def _nearer(some: Floats, others: Floats, reach_m: float) -> BaseGeometry:
    """Find the ground about the middle of a plane that is nearer to some points than to others."""
    disc = shapely.buffer(shapely.Point(0, 0), reach_m)
    points = shapely.multipoints(np.vstack([some, others]))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=disc))
    theirs = shapely.STRtree(cells).query(shapely.points(some), predicate="within")[1]
    return shapely.intersection(shapely.union_all(cells[np.unique(theirs)]), disc)


def _beyond(line: Course, end: float, away: Floats, plane: Plane) -> Floats:
    """List points of the course beyond an end; where it has none, on a straight line on from it."""
    at = end + away
    tip = line.length_m if away[0] > 0 else 0.0
    inner = min(max(tip - away[-1] / 3, 0.0), line.length_m)
    last, before = _flat(_points(line, np.array([tip, inner])), plane)
    way = (last - before) / max(float(np.hypot(*(last - before))), 1e-9)
    there = (at >= 0) & (at <= line.length_m)
    drawn = _flat(_points(line, np.clip(at, 0.0, line.length_m)), plane)
    return np.where(there[:, None], drawn, last + np.abs(at - tip)[:, None] * way)


def _points(line: Course, at_m: Floats) -> Floats:
    """Longitudes and latitudes at lengths along a course, whose edges are short."""
    return np.column_stack([np.interp(at_m, line.at_m, axis) for axis in line.lonlat.T])


def _flat(lonlat: Floats, plane: Plane) -> Floats:
    xy: Floats = shapely.get_coordinates(plane.forward(shapely.multipoints(lonlat)))
    return xy
