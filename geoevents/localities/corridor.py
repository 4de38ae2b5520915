"""
Regions whose area is given: a corridor along a river, a disc, a sector.

A report says that some 300 square kilometres were taken along a river; it does not say how far
from the water. The corridor here is one shape with that area, not the shape: it is flat-ended, as
wide on one bank as on the other, and six times as long as it is wide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy import area, buffer
from geoevents.localities.courses import stem
from geoevents.localities.plane import Plane, inner_point, solid

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

SHAPE = 6.0  # a corridor's length over its width
_TOLERANCE = 1e-6
_ENOUGH = 1e-4  # where outlines are thinned by steps, areas have steps too
_PATIENCE = 12  # steps, before that is taken
_STEPS = 60
_SAME = 1e-9
_COLLAPSED = 1e-9
_WIDEST_M = 1e6  # to each side of a line; wider, the plane no longer keeps shapes
_LONGEST_M = 1.5e6  # longer, no plane keeps distances along all of it
_FARTHEST = math.log(1e4)  # no region is fitted by scaling it more than this
_MAIN = 0.95  # of a line's length: less than that in one piece, and it is not one line


class UnreachableAreaError(ValueError):
    """
    No scale gives the area that was asked for.

    Parameters
    ----------
    least, most : float
        The areas that can be had, in square kilometres.
    region : shapely geometry, optional
        The smallest region, where even that is too large; the largest, where that is too small.
    """

    def __init__(self, least: float, most: float, region: BaseGeometry | None = None) -> None:
        self.least, self.most, self.region = least, most, region
        super().__init__(f"areas from {least:g} to {most:g} km2 are possible here")


@dataclass(frozen=True, slots=True)
class _Try:
    """A region at a scale: the scale's logarithm, how far off that of its area is, itself."""

    x: float
    miss: float
    region: BaseGeometry


def fit_area(
    build: Callable[[float], BaseGeometry], area_km2: float, *, power: float = 2.0
) -> BaseGeometry:
    """
    Scale a region until its geodesic area is a given one.

    Parameters
    ----------
    build : callable
        From a scale (1 is the first guess) to a region in lon/lat that grows with it.
    area_km2 : float
        The area wanted.
    power : float, optional
        How the area grows with the scale: 2 for a disc, 1 for a corridor. Only the number of steps
        depends on it.

    Returns
    -------
    shapely geometry
        The region, its area right to one part in a million; to one in ten thousand, where it does
        not grow evenly. The last call of `build` was for its scale.

    Raises
    ------
    UnreachableAreaError
        When no scale from 1/10,000 to 10,000 does it, or the region stops growing.

    Notes
    -----
    Secant steps on the logarithms, kept inside a bracket, halving it where they leave it. Where the
    region jumps from too small to too large, what the large one adds is taken as far from the small
    one as the area allows.

    Examples
    --------
    >>> from geoevents.geodesy import area, buffer
    >>> disc = fit_area(lambda scale: buffer(shapely.Point(40, 35), 1000 * scale), 50.0)
    >>> round(area(disc), 4)
    50.0
    """
    low: _Try | None = None
    high: _Try | None = None
    last: _Try | None = None
    best: _Try | None = None
    x, idle = 0.0, 0
    goal = math.log(area_km2)
    for step in range(_STEPS):
        region = build(math.exp(x))
        size = float(area(region)) if not region.is_empty else 0.0
        this = _Try(x, math.log(size) - goal if size > 0 else -math.inf, region)
        if best is None or abs(this.miss) < abs(best.miss):
            best = this
        if abs(best.miss) <= (_TOLERANCE if step < _PATIENCE else _ENOUGH):
            return best.region if best is this else build(math.exp(best.x))
        slope = power
        if last is not None and math.isfinite(this.miss) and math.isfinite(last.miss):
            slope = (this.miss - last.miss) / (x - last.x) or power
            idle = idle + 1 if abs(this.miss - last.miss) < _SAME else 0
        last = this
        if this.miss < 0:
            low = this
        else:
            high = this
        if low and high:
            to = x - this.miss / slope if math.isfinite(this.miss) else math.nan
            x = to if low.x < to < high.x else (low.x + high.x) / 2
            if high.x - low.x < _COLLAPSED:
                break
        else:
            guess = abs(this.miss) / power if math.isfinite(this.miss) else 1.0
            x += math.copysign(max(1.02 * guess, 0.1 * idle, 1e-4), -this.miss)
            if abs(x) > _FARTHEST + 1 or idle > 1:
                break
    if low and high:
        return _bridged(low.region, high.region, area_km2)
    raise UnreachableAreaError(
        0.0 if low else math.exp(goal + high.miss) if high else 0.0,
        math.inf if high else math.exp(goal + low.miss) if low else math.inf,
        last.region if last else None,
    )


def _bridged(small: BaseGeometry, large: BaseGeometry, area_km2: float) -> BaseGeometry:
    """Region between a small one and a large one of which nothing in between is known."""
    start = inner_point(large) if small.is_empty else small

    def build(scale: float) -> BaseGeometry:
        try:
            more = shapely.intersection(large, buffer(start, 1000 * scale))
        except GeometryError:
            return large
        return solid(shapely.union(small, more))

    return fit_area(build, area_km2)


def reach(line: BaseGeometry, focus: BaseGeometry | None, length_m: float) -> shapely.LineString:
    """
    Cut out the stretch of a line that is nearest to something.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In lon/lat.
    focus : shapely geometry or None
        What it is nearest to; None for the whole line.
    length_m : float
        How long it should be; no longer than the line.

    Returns
    -------
    shapely LineString
        In lon/lat; its middle is the point nearest to the focus, as far as the ends allow.

    Examples
    --------
    >>> river = shapely.LineString([(40, 35), (41, 35), (42, 35)])
    >>> near = reach(river, shapely.Point(40.1, 35.2), 50_000)
    >>> round(near.bounds[0], 2), round(near.bounds[2], 2)
    (40.0, 40.55)
    """
    whole = stem(line)
    if focus is None:
        return whole
    plane = Plane.about(focus)
    flat = plane.forward(whole)
    if length_m >= flat.length:
        return whole
    nearest = shapely.get_point(shapely.shortest_line(flat, plane.forward(focus)), 0)
    at = float(shapely.line_locate_point(flat, nearest))
    first = min(max(0.0, at - length_m / 2), flat.length - length_m)
    return plane.back(_between(flat, first, first + length_m))


def _between(line: shapely.LineString, first: float, last: float) -> shapely.LineString:
    """Stretch of a line between two lengths along it."""
    xy = shapely.get_coordinates(line)
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [first, last]))
    return shapely.LineString(np.vstack([ends[:1], xy[(at > first) & (at < last)], ends[1:]]))


def band(line: BaseGeometry, half_width_m: float) -> BaseGeometry:
    """
    Ground within a distance of a line, its ends cut flat.

    Parameters
    ----------
    line : shapely LineString
        In lon/lat.
    half_width_m : float
        How far to each side, in metres.

    Returns
    -------
    shapely geometry
        In lon/lat.

    Examples
    --------
    >>> from geoevents.geodesy import area
    >>> round(area(band(shapely.LineString([(0, 0), (0, 0.1)]), 1_000)), 1)
    22.1
    """
    plane = Plane.about(line)
    return plane.back(shapely.make_valid(_flat_ended(plane.forward(line), half_width_m)))


@dataclass(frozen=True, slots=True)
class Corridor:
    """
    Ground along a line.

    Parameters
    ----------
    region : shapely geometry
        In lon/lat.
    stretch : shapely LineString or MultiLineString
        What it follows, in lon/lat.
    half_width_m : float
        How far it goes to each side, in metres.
    """

    region: BaseGeometry
    stretch: BaseGeometry
    half_width_m: float


def corridor(
    line: BaseGeometry,
    area_km2: float,
    *,
    focus: BaseGeometry | None = None,
    within: Callable[[BaseGeometry], BaseGeometry] | None = None,
) -> Corridor:
    """
    Corridor of a given area along the stretch of a line nearest to something.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In lon/lat.
    area_km2 : float
        Its geodesic area.
    focus : shapely geometry, optional
        What the stretch is nearest to. With none the corridor follows the whole line.
    within : callable, optional
        What is left of a band by the rest of the phrase (one bank, one province).

    Returns
    -------
    Corridor
        The region, its area right to one part in a million, and the stretch that it follows.

    Raises
    ------
    UnreachableAreaError
        When there is not so much room beside the line.

    Notes
    -----
    The stretch is simplified to a quarter of the half-width before it is widened: smaller turns
    of the river are no part of what was reported. No corridor is wider than 1,000 km to each side.

    Examples
    --------
    >>> from geoevents.geodesy import area
    >>> river = shapely.LineString([(40.0, 36.0), (40.3, 35.5), (40.4, 35.0)])
    >>> found = corridor(river, 300, focus=shapely.Point(40.1, 35.0))
    >>> round(area(found.region), 2), round(found.half_width_m)
    (300.0, 3536)
    """
    stretch = reach(line, focus, math.sqrt(SHAPE * area_km2) * 1000)
    if focus is None and stretch.length < _MAIN * line.length:
        stretch = shapely.line_merge(line)  # islands, and rivers that part and join again
    plane = Plane.about(stretch)
    flat = plane.forward(stretch)
    half_width = area_km2 * 1e6 / flat.length / 2
    # Its edge should not repeat every turn of the water, least of all where the ends are cut.
    flat = shapely.simplify(flat, min(half_width, _WIDEST_M) / 4)
    long = plane.back(flat) if flat.length > _LONGEST_M else None
    width = half_width

    def build(scale: float) -> BaseGeometry:
        nonlocal width
        width = min(half_width * scale, _WIDEST_M)
        if long is not None:
            region = buffer(long, width, tolerance_m=width / 100)
        else:
            region = plane.back(shapely.make_valid(_flat_ended(flat, width)))
        return within(region) if within else region

    return Corridor(fit_area(build, area_km2, power=1.0), stretch, width)


def _flat_ended(flat: BaseGeometry, half_width_m: float) -> BaseGeometry:
    return shapely.buffer(flat, half_width_m, quad_segs=12, cap_style="flat", join_style="round")
