"""
Regions whose area is given: a corridor along a river, a disc, a sector.

A report says that some 300 square kilometres were taken along a river; it does not say how far
from the water. The corridor here is one shape with that area, not the shape: it is flat-ended, as
wide on one bank as on the other, and six times as long as it is wide.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import area
from geoevents.localities.courses import stem
from geoevents.localities.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

SHAPE = 6.0  # a corridor's length over its width
_TOLERANCE = 1e-6
_STEPS = 60
_WIDEST_M = 1e6  # to each side of a line; wider, the plane no longer keeps shapes
_FARTHEST = math.log(1e4)  # no region is fitted by scaling it more than this


class UnreachableAreaError(ValueError):
    """
    No scale gives the area that was asked for.

    Parameters
    ----------
    least, most : float
        The areas that can be had, in square kilometres.
    """

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most
        super().__init__(f"areas from {least:g} to {most:g} km2 are possible here")


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
        The region, its area right to one part in a million.

    Raises
    ------
    UnreachableAreaError
        When no scale from 1/10,000 to 10,000 does it.

    Notes
    -----
    Secant steps on the logarithms, kept inside a bracket, halving it where they leave it.

    Examples
    --------
    >>> from geoevents.geodesy import area, buffer
    >>> disc = fit_area(lambda scale: buffer(shapely.Point(40, 35), 1000 * scale), 50.0)
    >>> round(area(disc), 4)
    50.0
    """
    low: tuple[float, float] | None = None
    high: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    x = 0.0
    goal = math.log(area_km2)
    for _ in range(_STEPS):
        region = build(math.exp(x))
        size = float(area(region)) if not region.is_empty else 0.0
        miss = math.log(size) - goal if size > 0 else -math.inf
        if abs(math.expm1(miss)) <= _TOLERANCE:
            return region
        slope = power
        if last is not None and math.isfinite(miss) and math.isfinite(last[1]) and x != last[0]:
            slope = (miss - last[1]) / (x - last[0]) or power
        last = (x, miss)
        low, high = (last, high) if miss < 0 else (low, last)
        if low and high:
            step = x - miss / slope if math.isfinite(miss) else math.nan
            x = step if low[0] < step < high[0] else (low[0] + high[0]) / 2
            if high[0] - low[0] < _TOLERANCE * _TOLERANCE:
                break
        else:
            guess = abs(miss) / power if math.isfinite(miss) else 1.0
            x += math.copysign(max(1.02 * guess, 1e-4), -miss)
            if abs(x) > _FARTHEST + 1:
                break
    raise UnreachableAreaError(
        0.0 if low else math.exp(goal + high[1]) if high else 0.0,
        math.inf if high else math.exp(goal + low[1]) if low else math.inf,
    )


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
    flat = shapely.buffer(
        plane.forward(line), half_width_m, quad_segs=12, cap_style="flat", join_style="round"
    )
    return plane.back(shapely.make_valid(flat))


def corridor(
    line: BaseGeometry,
    area_km2: float,
    *,
    focus: BaseGeometry | None = None,
    within: Callable[[BaseGeometry], BaseGeometry] | None = None,
) -> tuple[BaseGeometry, shapely.LineString]:
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
    region : shapely geometry
        In lon/lat, its area right to one part in a million.
    stretch : shapely LineString
        The stretch it follows.

    Raises
    ------
    UnreachableAreaError
        When there is not so much room beside the line.

    Notes
    -----
    The stretch is simplified to a quarter of the half-width before it is widened: smaller turns
    of the river are no part of what was reported.

    Examples
    --------
    >>> from geoevents.geodesy import area
    >>> river = shapely.LineString([(40.0, 36.0), (40.3, 35.5), (40.4, 35.0)])
    >>> region, stretch = corridor(river, 300, focus=shapely.Point(40.1, 35.0))
    >>> round(area(region), 2)
    300.0
    """
    length_m = math.sqrt(SHAPE * area_km2) * 1000
    stretch = reach(line, focus, length_m)
    plane = Plane.about(stretch)
    flat = plane.forward(stretch)
    half_width = area_km2 * 1e6 / flat.length / 2
    # Its edge should not repeat every turn of the water, least of all where the ends are cut.
    flat = shapely.simplify(flat, half_width / 4)

    def build(scale: float) -> BaseGeometry:
        wide = shapely.buffer(
            flat,
            min(half_width * scale, _WIDEST_M),
            quad_segs=12,
            cap_style="flat",
            join_style="round",
        )
        region = plane.back(shapely.make_valid(wide))
        return within(region) if within else region

    return fit_area(build, area_km2, power=1.0), stretch
