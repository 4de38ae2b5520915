"""
Corridors: ground along a line, of a given width or area.

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

from geoevents.geodesy import buffer
from geoevents.localities.shapes.plane import Plane
from geoevents.localities.shapes.sizing import fit_area
from geoevents.localities.shapes.stems import stem

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

SHAPE = 6.0  # a corridor's length over its width
_WIDEST_M = 1e6  # to each side of a line; wider, the plane no longer keeps shapes
_LONGEST_M = 1.5e6  # longer, no plane keeps distances along all of it
_EDGE_M = 20_000.0
_LAP = 1e-3
_SEVERAL = 100  # vertices that a stretch has at most, where it is as coarse as it is wide
_MAIN = 0.95  # of a line's length: less than that in one piece, and it is not one line


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
    return _back(plane, _flat_ended(plane.forward(line), half_width_m))


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
    # Its edge should not repeat every turn of the water, least of all where the ends are cut. A
    # wider one along the same stretch follows the same line, so it holds the narrower one.
    flat = shapely.simplify(flat, min(half_width / 4, flat.length / (8 * SHAPE)))
    long = plane.back(flat) if flat.length > _LONGEST_M else None
    width = half_width

    def build(scale: float) -> BaseGeometry:
        nonlocal width
        width = min(half_width * scale, _WIDEST_M)
        if long is not None:
            region = buffer(long, width, tolerance_m=width / 100)
        else:
            region = _back(plane, _flat_ended(flat, width))
        return within(region) if within else region

    return Corridor(fit_area(build, area_km2, power=1.0), stretch, width)


def _back(plane: Plane, flat: BaseGeometry) -> BaseGeometry:
    """Bring ground back from the plane; its long edges are not straight in lon/lat."""
    return plane.back(shapely.segmentize(shapely.make_valid(flat), _EDGE_M))


def _flat_ended(flat: BaseGeometry, half_width_m: float) -> BaseGeometry:
    """Widen lines in the plane, their ends cut flat."""
    xy = shapely.get_coordinates(flat)
    if len(xy) > _SEVERAL or half_width_m < flat.length / (2 * SHAPE) or flat.geom_type[0] == "M":
        return shapely.buffer(
            flat, half_width_m, quad_segs=12, cap_style="flat", join_style="round"
        )
    # One much wider than its bends: GEOS drops edges of those, and what is wider would hold less.
    edges = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1))
    bands = shapely.buffer(edges, half_width_m, cap_style="flat")
    heading = np.arctan2(*np.diff(xy, axis=0).T[::-1])
    turn = (np.diff(heading) + np.pi) % (2 * np.pi) - np.pi
    outer = heading[:-1] - np.copysign(np.pi / 2, turn)  # a join is on the outer side of the bend
    wider = np.copysign(_LAP, turn)  # and laps over both bands
    angle = (outer - wider)[:, None] + (turn + 2 * wider)[:, None] * np.linspace(0, 1, 25)
    rim = half_width_m * np.stack([np.cos(angle), np.sin(angle)], axis=2)
    fans = np.concatenate([-_LAP * rim[:, 12:13], rim], axis=1) + xy[1:-1, None]
    joins = shapely.polygons(fans)
    return shapely.union_all(np.concatenate([bands, shapely.make_valid(joins)]))
