"""Where two forces meet: the front line between their grounds, or the gap."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.affinity import translate

from geoevents.geodesy import distance_m
from geoevents.geodesy.equalarea import EqualArea
from geoevents.territory.measure import lengths_km
from geoevents.territory.noise import flattened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]

_LINEAR = 1  # GEOS dimension
_TURN = 360.0
_DEGREE_M = 111_000.0
_FINE = 0.05  # of a tolerance: how exactly edges are flattened
_FINE_M = 0.1
_ROUNDS = 6
_SETTLED_M = 0.01


@dataclass(frozen=True, slots=True)
class Gap:
    """
    The shortest way from one force's ground to another's.

    Attributes
    ----------
    a, b : str
        The two forces.
    date : pandas.Timestamp
        The date of the snapshot.
    distance_m : float
        Geodesic distance in metres; 0 where they meet.
    distance_low_m, distance_high_m : float
        The least and the greatest it may be, both outlines being off by their uncertainty.
    geometry : shapely LineString
        From the nearest point of `a` to that of `b`, in lon/lat. Where they meet, both ends are the
        same point.
    inferred : bool
        Whether either outline was worked out or sketched.
    """

    a: str
    b: str
    date: pd.Timestamp
    distance_m: float
    distance_low_m: float
    distance_high_m: float
    geometry: shapely.LineString
    inferred: bool

    def to_frame(self) -> gpd.GeoDataFrame:
        """
        Give the gap as a frame of one row, to draw or write.

        Returns
        -------
        GeoDataFrame
            In EPSG:4326, a column for each attribute.
        """
        values = {name: [getattr(self, name)] for name in self.__slots__ if name != "geometry"}
        return gpd.GeoDataFrame(values, geometry=[self.geometry], crs=4326)


def border(a: Any, b: Any, tolerance_m: float) -> "Geometries":
    """
    Find the line that two grounds share.

    Parameters
    ----------
    a, b : shapely Polygon or MultiPolygon
        The grounds, in lon/lat; they do not overlap.
    tolerance_m : float
        How far apart the two drawings of the border may be; 0 where they have common vertices.

    Returns
    -------
    numpy.ndarray of shapely LineStrings
        Connected stretches as `a` draws them, the longest first.
    """
    # At the antimeridian one ends at 180 where the other begins at -180.
    sides = [b, *(translate(b, turn) for turn in (-_TURN, _TURN) if _abreast(a, b, turn))]
    if tolerance_m > 0:
        shared = [_near(a, side, tolerance_m) for side in sides]
    else:
        shared = [shapely.intersection(a.boundary, side.boundary) for side in sides]
    parts = shapely.get_parts(shared)
    lines = parts[shapely.get_dimensions(parts) == _LINEAR]
    if not len(lines):
        return np.empty(0, dtype=object)
    stretches = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    found: Geometries = stretches[np.argsort(-lengths_km(stretches), kind="stable")]
    return found


def nearest(a: Any, b: Any) -> tuple[shapely.LineString, float]:
    """
    Find the shortest way from one ground to another.

    Parameters
    ----------
    a, b : shapely Polygon or MultiPolygon
        The grounds, in lon/lat.

    Returns
    -------
    tuple of shapely LineString and float
        From the nearest point of `a` to that of `b`, and its geodesic length in metres.

    Notes
    -----
    The nearest points are found in an equal-area plane about the middle between them, which moves
    there in a few rounds. Within 550 km of it distances are true to 0.1 %; the distance itself is
    geodesic.
    """
    turns = [shapely.shortest_line(a, b)]
    turns += [shapely.shortest_line(a, translate(b, turn)) for turn in (-_TURN, _TURN)]
    line = min(turns, key=_metres)
    best = _metres(line)
    for _ in range(_ROUNDS):
        (x, y), (u, v) = line.coords
        across = (u - x + _TURN / 2) % _TURN - _TURN / 2  # the short way
        plane = EqualArea(x + across / 2, (y + v) / 2)
        flat = shapely.shortest_line(flattened(a, plane, _FINE_M), flattened(b, plane, _FINE_M))
        found = shapely.transform(flat, plane.inverse)
        metres = _metres(found)
        if metres >= best - _SETTLED_M:
            break
        line, best = found, metres
    return shapely.transform(line, _within_a_turn), best


def _abreast(a: Any, b: Any, turn: float) -> bool:
    """Tell whether one ground comes near another that is moved by a turn."""
    west, _, east, _ = a.bounds
    return bool(b.bounds[0] + turn <= east + 1.0 and b.bounds[2] + turn >= west - 1.0)


def _metres(line: shapely.LineString) -> float:
    (x, y), (u, v) = line.coords
    return float(distance_m(x, y, u, v))


def _within_a_turn(lonlat: "NDArray[np.float64]") -> "NDArray[np.float64]":
    beyond = np.abs(lonlat[:, 0]) > _TURN / 2
    lonlat[beyond, 0] -= np.sign(lonlat[beyond, 0]) * _TURN
    return lonlat


def _near(a: Any, b: Any, tolerance_m: float) -> Any:
    """Take the outline of `a` that runs within a distance of `b`."""
    west, south, east, north = b.bounds
    high = tolerance_m / _DEGREE_M * 2
    wide = high / max(np.cos(np.radians(max(abs(south), abs(north)))), 0.01)
    window = shapely.box(west - wide, south - high, east + wide, north + high)
    line = shapely.intersection(a.boundary, window)
    west, south, east, north = line.bounds if not line.is_empty else b.bounds
    plane = EqualArea((west + east) / 2, (south + north) / 2)
    reach = shapely.buffer(flattened(b.boundary, plane, _FINE * tolerance_m), tolerance_m)
    around = shapely.transform(reach, plane.inverse)
    if not around.is_valid:
        around = shapely.make_valid(around, method="structure")
    return shapely.intersection(line, around)
