"""Ground that is reached by leaving a polygon in a direction."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy.points import GEOD
from geoevents.localities.shapes.plane import solid, valid, wrapped

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_A, _E = float(GEOD.a), float(GEOD.es) ** 0.5
_HIGHEST = 89.5  # Mercator's plane has no end
_HALF_TURN = 180.0
_LIMIT = math.radians(_HIGHEST)
_STEP = math.radians(0.5)  # along longer edges the depth changes
_ROUNDS = 6  # of the way back from Mercator's plane, to a nanodegree
_SLANT = 1e-3  # cosine of a direction that is east or west


def beyond(polygon: BaseGeometry, bearing: float, depth_m: float) -> BaseGeometry:
    """
    Find the ground that is reached by leaving a polygon in a direction.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        In lon/lat.
    bearing : float
        Direction in degrees clockwise from north.
    depth_m : float
        How far to go, in metres.

    Returns
    -------
    shapely geometry
        The polygon swept in that direction, without itself and without what has some of it in
        front as well (a bay in its side), in lon/lat; empty where there is none.

    Notes
    -----
    In Mercator's plane a bearing is one direction everywhere, so north of a continent is north of
    each of its capes. Turned so that one looks up the plane, the polygon has a skyline: what is
    reached lies between it and the same line moved by the depth, which is stretched by the latitude
    of each point.

    Examples
    --------
    >>> east = beyond(shapely.box(40, 35, 41, 36), 90, 20_000)
    >>> east.contains(shapely.Point(41.1, 35.5)), east.contains(shapely.Point(39.9, 35.5))
    (True, False)
    """
    angle = math.radians(bearing)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(polygon, math.degrees(_STEP))))
    lonlat, ring = shapely.get_coordinates(rings, return_index=True)
    if np.ptp(lonlat[:, 0]) > _HALF_TURN:  # it may be cut at the antimeridian
        turned = np.column_stack([lonlat[:, 0] % 360.0, lonlat[:, 1]])
        lonlat = min(turned, lonlat, key=lambda xy: float(np.ptp(xy[:, 0])))
    flat = _mercator(lonlat) @ turn  # to the right of the direction, and along it
    joined = ring[1:] == ring[:-1]
    line = _skyline(flat[:-1][joined], flat[1:][joined])
    far = _moved(line @ turn.T, angle, depth_m) @ turn
    strips = [np.vstack([line[run], far[run][::-1]]) @ turn.T for run in _runs(line, far)]
    found = shapely.segmentize([shapely.Polygon(strip) for strip in strips], _STEP)
    found = [valid(shapely.transform(polygon, _lonlat)) for polygon in found]
    return solid(shapely.difference(wrapped(solid(shapely.union_all(found))), polygon))


def _skyline(start: Floats, end: Floats) -> Floats:
    """
    Find what of edges is seen from far up the plane: the highest of them over each place.

    Edges may touch, and do not cross. The outcome is a chain of pairs of points.
    """
    turned = start[:, 0] > end[:, 0]
    start, end = np.where(turned[:, None], end, start), np.where(turned[:, None], start, end)
    wide = end[:, 0] > start[:, 0]
    start, end = start[wide], end[wide]
    across = np.unique(np.concatenate([start[:, 0], end[:, 0]]))
    first, last = np.searchsorted(across, start[:, 0]), np.searchsorted(across, end[:, 0])
    # Between two neighbouring ends the edges have one order: each edge, over each such place.
    count = last - first
    edge = np.repeat(np.arange(len(first)), count)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count - first, count)
    middle = (across[place] + across[place + 1]) / 2
    order = np.argsort(_height(start[edge], end[edge], middle), kind="stable")
    top = np.full(len(across) - 1, -1)
    top[place[order]] = edge[order]  # the highest is written last
    begin = np.flatnonzero(np.append(True, top[1:] != top[:-1]))
    stop = np.append(begin[1:], len(top))
    begin, stop, top = begin[top[begin] >= 0], stop[top[begin] >= 0], top[begin][top[begin] >= 0]
    x = np.stack([across[begin], across[stop]], axis=1)
    y = np.stack([_height(start[top], end[top], x[:, i]) for i in (0, 1)], axis=1)
    return np.column_stack([x.ravel(), y.ravel()])


def _height(start: Floats, end: Floats, x: Floats) -> Floats:
    share = (x - start[:, 0]) / (end[:, 0] - start[:, 0])
    found: Floats = start[:, 1] + share * (end[:, 1] - start[:, 1])
    return found


def _runs(line: Floats, far: Floats) -> list[slice]:
    """Stretches of the skyline whose ground hangs together: no gap, no step deeper than it."""
    deep = far[:, 1] - line[:, 1]
    step = np.abs(np.diff(line, axis=0))
    apart = (step[:, 0] > 0) | (step[:, 1] >= np.minimum(deep[1:], deep[:-1]))
    apart[::2] = False  # the two ends of one edge
    bounds = [0, *(np.flatnonzero(apart) + 1).tolist(), len(line)]
    return [slice(*ends) for ends in pairwise(bounds)]


def _mercator(lonlat: Floats) -> Floats:
    lat = np.radians(lonlat[:, 1].clip(-_HIGHEST, _HIGHEST))
    y = np.arcsinh(np.tan(lat)) - _E * np.arctanh(_E * np.sin(lat))
    return np.column_stack([np.radians(lonlat[:, 0]), y])


def _lonlat(xy: Floats) -> Floats:
    lat = np.arctan(np.sinh(xy[:, 1]))
    for _ in range(_ROUNDS):
        lat = np.arctan(np.sinh(xy[:, 1] + _E * np.arctanh(_E * np.sin(lat))))
    found: Floats = np.degrees(np.column_stack([xy[:, 0], lat]))
    return found


def _moved(xy: Floats, angle: float, metres: float) -> Floats:
    """Move points of Mercator's plane along a bearing, by metres on the ground."""
    lonlat = _lonlat(xy)
    lat = np.radians(lonlat[:, 1])
    north = metres * math.cos(angle)
    half = lat + north / 2 / _A  # the radii of curvature change little: those halfway do
    squash = 1.0 - (_E * np.sin(half.clip(-_LIMIT, _LIMIT))) ** 2
    to = lat + north / _A * squash**1.5 / (1.0 - _E**2)
    rise = _mercator(np.degrees(np.column_stack([lat, to])))[:, 1] - xy[:, 1]
    stretch = np.sqrt(squash) / (_A * np.cos(half.clip(-_LIMIT, _LIMIT)))
    if abs(math.cos(angle)) > _SLANT:
        stretch = rise / north
    aside = (metres * math.sin(angle) * stretch).clip(-np.pi, np.pi)
    found: Floats = xy + np.column_stack([aside, rise])
    return found
