"""
Spatial relations: the ground that a word such as "east of" stands for.

Geometries go in and come out in lon/lat; the work is done on geodesics or in an equal-area plane
about the place, so that shapes are true on the ground at any latitude.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer, destination
from geoevents.localities.shapes.plane import Plane, solid

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_SPOKE = 9  # points to a side of a sector, at least
_STEP_M = 50_000.0  # and one for so many metres


def ring(geometry: BaseGeometry, inner_m: float, outer_m: float) -> BaseGeometry:
    """
    Ground between two distances of a geometry.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat.
    inner_m, outer_m : float
        The distances in metres; with an inner one of 0, what lies outside the geometry itself.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat.

    Examples
    --------
    >>> around = ring(shapely.Point(40, 35), 1_000, 2_000)
    >>> around.contains(shapely.Point(40, 35))
    False
    """
    outer = buffer(geometry, outer_m)
    hole = buffer(geometry, inner_m) if inner_m > 0 else geometry
    return shapely.difference(outer, hole) if shapely.get_dimensions(hole) > 1 else outer


def sector(
    point: shapely.Point,
    bearing: float,
    tolerance: float,
    outer_m: float,
    inner_m: float = 0.0,
) -> BaseGeometry:
    """
    Ground that lies in a direction from a point, between two distances.

    Parameters
    ----------
    point : shapely Point
        In lon/lat.
    bearing : float
        Direction in degrees clockwise from true north.
    tolerance : float
        How far either way, in degrees.
    outer_m, inner_m : float
        How far, in metres.

    Returns
    -------
    shapely Polygon or MultiPolygon
        In lon/lat; its arcs and sides are geodesic.

    Examples
    --------
    >>> east = sector(shapely.Point(40, 35), 90, 45, 10_000)
    >>> east.contains(shapely.Point(40.05, 35)), east.contains(shapely.Point(40, 35.05))
    (True, False)
    """
    fine = max(_SPOKE, int((outer_m - inner_m) / _STEP_M))
    arc = np.linspace(
        bearing - tolerance,
        bearing + tolerance,
        max(_SPOKE, int(2 * tolerance), int(math.radians(2 * tolerance) * outer_m / _STEP_M)),
    )
    steps = np.linspace(inner_m, outer_m, fine)
    # Out along one side, round the far arc, back along the other side, round the near arc.
    bearings = [np.full(fine, arc[0]), arc, np.full(fine, arc[-1])]
    distances = [steps, np.full(len(arc), outer_m), steps[::-1]]
    if inner_m > 0:
        bearings.append(arc[::-1])
        distances.append(np.full(len(arc), inner_m))
    azimuth, metres = np.concatenate(bearings), np.concatenate(distances)
    lon, lat = destination(
        np.full(len(azimuth), point.x), np.full(len(azimuth), point.y), azimuth, metres
    )
    return solid(buffer(shapely.Polygon(np.column_stack([lon, lat])), 0))  # valid, within ±180


def part(
    region: BaseGeometry, bearing: float, tolerance: float, about: shapely.Point | None = None
) -> BaseGeometry:
    """
    Cut out the part of a region that lies in a direction from its middle.

    Parameters
    ----------
    region : shapely Polygon or MultiPolygon
        In lon/lat.
    bearing : float
        Direction in degrees clockwise from north.
    tolerance : float
        Of the compass word: with 45 (north) the half on that side of the centroid, with 22.5
        (north-east) the quarter.
    about : shapely Point, optional
        What the part lies in that direction of; the centroid if not given.

    Returns
    -------
    shapely geometry
        In lon/lat.

    Examples
    --------
    >>> north = part(shapely.box(40, 35, 41, 36), 0, 45)
    >>> north.contains(shapely.Point(40.5, 35.9)), north.contains(shapely.Point(40.5, 35.1))
    (True, False)
    """
    plane = Plane.about(region)
    flat = plane.forward(region)
    middle = shapely.centroid(flat) if about is None else plane.forward(about)
    west, south, east, north = shapely.bounds(flat)
    reach = 2 * math.hypot(east - west, north - south)
    angles = np.radians(np.linspace(bearing - 2 * tolerance, bearing + 2 * tolerance, 33))
    arc = np.column_stack([np.sin(angles), np.cos(angles)]) * reach + [middle.x, middle.y]
    wedge = shapely.Polygon(np.vstack([[middle.x, middle.y], arc]))
    return plane.back(solid(shapely.intersection(flat, wedge)))


def segments(lines: BaseGeometry) -> NDArray[np.float64]:
    """
    List the segments of lines.

    Parameters
    ----------
    lines : shapely geometry or array of them
        What is no line is left out.

    Returns
    -------
    numpy.ndarray
        n by 2 ends by 2 coordinates.
    """
    parts = shapely.get_parts(shapely.get_parts(lines))
    parts = parts[shapely.get_dimensions(parts) == 1]
    xy, owner = shapely.get_coordinates(parts, return_index=True)
    joined = owner[1:] == owner[:-1]
    return np.stack([xy[:-1][joined], xy[1:][joined]], axis=1)
