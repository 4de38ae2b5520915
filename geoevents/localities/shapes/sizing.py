"""Regions of a given area: what grows with a scale is built at one scale after the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy import area, buffer
from geoevents.localities.shapes.plane import inner_point, solid

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    Build = Callable[[float], BaseGeometry | None]

_TOLERANCE = 1e-6
_ENOUGH = 1e-4  # where outlines are thinned by steps, areas have steps too
_PATIENCE = 7  # steps, before that is taken
_STEPS = 60
_SAME = 1e-9
_COLLAPSED = 1e-9
_STRIDE = 0.01
_LEAP, _IDLE = 1.0, 2  # farther each time that a step changes nothing, and no more than so often
_LEAST, _MOST = math.log(1e-9), math.log(1e5)  # no region is fitted by scaling it more than this


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


def fit_area(build: Build, area_km2: float, *, power: float = 2.0) -> BaseGeometry:
    """
    Scale a region until its geodesic area is a given one.

    Parameters
    ----------
    build : callable
        From a scale (1 is the first guess) to a region in lon/lat that grows with it; None for a
        scale that is too large for any.
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
        When no scale up to 100,000 does it, or the region stops growing or shrinking.

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
    search = _Search(math.log(area_km2), power)
    x: float | None = 0.0
    for step in range(_STEPS):
        if x is None:
            break
        this = _Try(x, build(math.exp(x)), search.goal)
        x = search.next(this)
        best = search.best
        if abs(best.miss) <= (_TOLERANCE if step < _PATIENCE else _ENOUGH):
            region = best.region if best is this else build(math.exp(best.x))
            assert region is not None  # noqa: S101 -- it has an area
            return region
    low, high = search.low, search.high
    if low is None:
        raise UnreachableAreaError(search.best.km2, math.inf, search.best.region)
    if high is None or high.region is None or low.region is None:
        raise UnreachableAreaError(0.0, low.km2, low.region)
    return _bridged(low.region, high.region, area_km2)


class _Try:
    """
    A region at a scale.

    Attributes
    ----------
    x : float
        Logarithm of the scale.
    region : shapely geometry or None
        What was built.
    km2, miss : float
        Its area; its logarithm, less that of the area wanted.
    """

    def __init__(self, x: float, region: BaseGeometry | None, goal: float) -> None:
        self.x, self.region = x, region
        self.km2, self.miss = math.inf, math.inf
        if region is not None:
            try:
                self.km2 = float(area(region)) if not region.is_empty else 0.0
            except GeometryError:  # larger than its outline can be drawn, round a pole
                self.region = None
                return
            self.miss = math.log(self.km2) - goal if self.km2 > 0 else -math.inf


class _Search:
    """
    Where to look next for the scale that gives an area.

    Parameters
    ----------
    goal : float
        Logarithm of the area.
    power : float
        How the area is guessed to grow with the scale.
    """

    best: _Try

    def __init__(self, goal: float, power: float) -> None:
        self.goal, self.power = goal, power
        self.low: _Try | None = None
        self.high: _Try | None = None
        self.last: _Try | None = None
        self.idle = 0  # steps that changed nothing
        self.outward = 0  # steps to where nothing is known yet

    def next(self, this: _Try) -> float | None:
        """Take the outcome of a step; return where to go, None where there is no use."""
        slope, last, x = self.power, self.last, this.x
        if last is None or abs(this.miss) < abs(self.best.miss):
            self.best = this
        if last is not None and math.isfinite(this.miss) and math.isfinite(last.miss):
            slope = (this.miss - last.miss) / (x - last.x) or self.power
            self.idle = self.idle + 1 if abs(this.miss - last.miss) < _SAME else 0
        self.last = this
        if this.miss < 0:
            self.low = this
        else:
            self.high = this
        if self.low is not None and self.high is not None:
            low, high = self.low.x, self.high.x
            if high - low < (_COLLAPSED if self.high.region is not None else _ENOUGH):
                return None
            to = x - this.miss / slope if math.isfinite(this.miss) else math.nan
            return to if low < to < high else (low + high) / 2
        slope = min(max(slope, self.power / 8), 2 * self.power)
        guess = abs(this.miss) / slope if math.isfinite(this.miss) else 1.0
        self.outward += 1  # ever farther, for an area may flatten out
        stride = max(1.02 * guess, _LEAP * self.idle, _STRIDE * 2**self.outward)
        to = x + math.copysign(stride, -this.miss)
        return None if not _LEAST <= to <= _MOST or self.idle > _IDLE else to


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
