"""How large regions are and how far they reach: measured many at once, for each call costs most."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy.measurement import line_lengths, polygon_areas
from geoevents.geodesy.points import distances_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_SPHERE = 0.98  # distances on a sphere are within 1 % of the true ones: half chords within 2 %
_AT_ONCE = 30_000  # vertices: arrays of so many still fit in a processor's own memory


@dataclass(frozen=True, slots=True)
class Measures:
    """
    Size and reach of a region.

    Parameters
    ----------
    area_km2 : float
        Geodesic area.
    edge_km : float
        Geodesic length of its outline.
    radius_m : float
        Radius about a point that holds all of what it had to hold.
    """

    area_km2: float
    edge_km: float
    radius_m: float


def measured(
    regions: Sequence[BaseGeometry],
    points: Sequence[shapely.Point],
    wholes: Sequence[BaseGeometry],
) -> list[Measures | GeometryError | shapely.errors.GEOSException]:
    """
    Measure regions.

    Parameters
    ----------
    regions : sequence of shapely geometry
        In lon/lat.
    points : sequence of shapely Point
        One for each.
    wholes : sequence of shapely geometry
        For each what the radius about the point is to hold.

    Returns
    -------
    list of Measures or error
        Of each its measures; the error where it cannot be measured.

    Examples
    --------
    >>> box = shapely.box(39, 35, 40, 36)
    >>> [one] = measured([box], [shapely.Point(39, 35)], [box])
    >>> round(one.area_km2), round(one.edge_km), round(one.radius_m)
    (10066, 403, 143322)
    """
    shapes = _array(regions)
    last = np.cumsum(shapely.get_num_coordinates(shapes)) // _AT_ONCE
    cuts = [0, *(np.flatnonzero(np.diff(last)) + 1).tolist(), len(shapes)]
    found: list[Measures | GeometryError | shapely.errors.GEOSException] = []
    for first, end in pairwise(cuts):
        some = slice(first, end)
        try:
            found += _together(shapes[some], points[some], wholes[some])
        except (GeometryError, shapely.errors.GEOSException):  # of one: the others have none
            found += map(_alone, regions[some], points[some], wholes[some])
    return found


def _together(
    shapes: NDArray[np.object_], points: Sequence[shapely.Point], wholes: Sequence[BaseGeometry]
) -> list[Measures]:
    sizes = polygon_areas(shapes, ["the geometry"] * len(shapes))
    edges = line_lengths(shapes, ["the geometry"] * len(shapes))
    radii = covering_radii_m(points, wholes)
    return [*map(Measures, sizes.tolist(), edges.tolist(), radii.tolist())]


def _alone(
    region: BaseGeometry, point: shapely.Point, whole: BaseGeometry
) -> Measures | GeometryError | shapely.errors.GEOSException:
    try:
        return _together(_array([region]), [point], [whole])[0]
    except (GeometryError, shapely.errors.GEOSException) as error:
        return error


def _array(geometries: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    return np.array([*geometries, None], dtype=object)[:-1]


def covering_radius_m(point: shapely.Point, region: BaseGeometry) -> float:
    """
    Radius about a point that holds a region.

    Parameters
    ----------
    point : shapely Point
        The centre, in lon/lat.
    region : shapely geometry
        What to hold, in lon/lat.

    Returns
    -------
    float
        Metres along the ground.

    Examples
    --------
    >>> round(covering_radius_m(shapely.Point(0, 0), shapely.Point(0, 1)))
    110574
    """
    return float(covering_radii_m([point], [region])[0])


def covering_radii_m(
    points: Sequence[shapely.Point], regions: Sequence[BaseGeometry]
) -> NDArray[np.float64]:
    """
    Radius about each of some points that holds a region.

    Parameters
    ----------
    points : sequence of shapely Point
        The centres, in lon/lat.
    regions : sequence of shapely geometry
        What to hold about each, in lon/lat; none of them empty.

    Returns
    -------
    numpy.ndarray
        Metres along the ground.

    Examples
    --------
    >>> here = shapely.Point(0, 0)
    >>> covering_radii_m([here, here], [shapely.Point(0, 1), here]).round().tolist()
    [110574.0, 0.0]
    """
    corners, owner = shapely.get_coordinates(_array(regions), return_index=True)
    centres = shapely.get_coordinates(_array(points))
    # Geodesic distances are slow: only of the vertices that may be the farthest.
    lon, lat = np.radians(corners).T
    here, there = np.radians(centres).T
    half = np.sin((lat - there[owner]) / 2) ** 2
    half += np.cos(there)[owner] * np.cos(lat) * np.sin((lon - here[owner]) / 2) ** 2
    most = np.maximum.reduceat(half, _starts(owner))
    may_be = half >= ((_SPHERE * np.sqrt(most)) ** 2)[owner]
    owner = owner[may_be]
    metres = distances_m(*centres[owner].T, *corners[may_be].T)
    return np.asarray(np.maximum.reduceat(metres, _starts(owner)), dtype=np.float64)


def _starts(owner: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where the vertices of each geometry start."""
    return np.flatnonzero(np.diff(owner, prepend=-1))
