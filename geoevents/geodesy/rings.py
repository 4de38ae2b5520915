"""Rings of polygons as one chain of vertices, and the areas inside them."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.geodesy.edges import POLE_M2, cut, to_equator

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

_TOLERANCE = 1e-7  # of a geometry's area: what the bounds of its edges' errors may add up to
_QUICK_M2 = 0.05  # an edge's error by the quick formula that is not worth more work
_FINEST_M2 = 1e-6  # rounding is no better
_MOST_PIECES = 512
_ROUNDS = 3
_POLE = 90.0
_HALF_TURN = 180.0
_POLYGON = 3  # GEOS type
_MULTI = 4  # and above: collections


@dataclass(slots=True)
class Rings:
    """
    Rings as one chain of vertices.

    Attributes
    ----------
    lon, lat : numpy.ndarray
        Vertices, in degrees, ring after ring.
    step : numpy.ndarray
        Longitude from each vertex to the next, the short way round; 0 from ring to ring.
    start : numpy.ndarray
        Where in the chain each ring starts.
    polygon : numpy.ndarray
        For each ring, the number of its polygon; a polygon's first ring is its shell.
    row : numpy.ndarray
        For each polygon, the number of its geometry.
    turned : numpy.ndarray
        For each ring, how often it goes round the earth eastward: ±1 round a pole, else 0.
    widest : float
        The largest step of longitude as it is written, before taking it the short way.
    """

    lon: "Floats"
    lat: "Floats"
    step: "Floats"
    start: "Ints"
    polygon: "Ints"
    row: "Ints"
    turned: "Ints"
    widest: float

    def per_vertex(self, of_rings: "NDArray[Any]") -> "NDArray[Any]":
        """
        Repeat a value of each ring for its vertices.

        Parameters
        ----------
        of_rings : numpy.ndarray
            One value for each ring.

        Returns
        -------
        numpy.ndarray
            One value for each vertex.
        """
        return np.repeat(of_rings, np.diff(self.start, append=len(self.lon)))

    def only(self, which: "NDArray[np.bool_]") -> "Rings":
        """
        Take some of the rings.

        Parameters
        ----------
        which : numpy.ndarray of bool
            For each ring, whether to take it.

        Returns
        -------
        Rings
            Those rings; their polygons and geometries keep their numbers.
        """
        vertex = self.per_vertex(which)
        count = np.diff(self.start, append=len(self.lon))[which]
        return replace(
            self,
            lon=self.lon[vertex],
            lat=self.lat[vertex],
            step=np.append(self.step, 0.0)[vertex][:-1],
            start=np.cumsum(count) - count,
            polygon=self.polygon[which],
            turned=self.turned[which],
        )

    def gaps(self) -> "Ints":
        """
        Find the steps that lead from ring to ring.

        Returns
        -------
        numpy.ndarray of int
            Their numbers.
        """
        return self.start[1:] - 1

    def edges(self) -> "NDArray[np.bool_]":
        """
        Tell edges from the gaps between rings, and from edges that reach a pole.

        Returns
        -------
        numpy.ndarray of bool
            For each step, whether it belongs to an edge that can be cut; one that reaches a pole
            is a meridian, so that cutting it would change nothing.
        """
        polar = np.abs(self.lat) == _POLE
        found: NDArray[np.bool_] = ~(polar[1:] | polar[:-1])
        found[self.gaps()] = False
        return found

    def cut(self, pieces: "Ints") -> "Rings":
        """
        Cut edges along their geodesics.

        Parameters
        ----------
        pieces : numpy.ndarray of int
            For each step, how many pieces to make of it.

        Returns
        -------
        Rings
            The same rings with more vertices.
        """
        lon, lat, place = cut(self.lon, self.lat, self.step, pieces)
        step = lon[1:] - lon[:-1]
        last, first = place[1:] - 1, place[:-1]  # the piece that ends each edge
        step[last] = self.step - (lon[last] - lon[first])
        return replace(self, lon=lon, lat=lat, step=step, start=place[self.start])

    def unrolled(self) -> "Floats":
        """
        Give longitudes that go on across the antimeridian.

        Returns
        -------
        numpy.ndarray
            Longitudes as they are written plus whole turns, so that each is a step from the last.
        """
        walked = np.concatenate([[0.0], np.cumsum(self.step)])
        walked += self.per_vertex(self.lon[self.start] - walked[self.start])
        return np.asarray(self.lon + 360.0 * np.rint((walked - self.lon) / 360.0))


def read_rings(geometries: "NDArray[Any]") -> Rings:
    """
    Take the polygons out of geometries, however deep in collections, and line up their rings.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        In lon/lat; None has no rings.

    Returns
    -------
    Rings
        Their rings, with longitudes as written.
    """
    parts, row = shapely.get_parts(geometries, return_index=True)
    kind = shapely.get_type_id(parts)
    while (kind >= _MULTI).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        row, kind = row[inner], shapely.get_type_id(parts)
    if not (kind == _POLYGON).all():
        parts, row = parts[kind == _POLYGON], row[kind == _POLYGON]
    rings, polygon = shapely.get_rings(parts, return_index=True)
    count = shapely.get_num_coordinates(rings)
    if not count.all():
        rings, polygon, count = rings[count > 0], polygon[count > 0], count[count > 0]
    start = np.cumsum(count) - count
    lon, lat = np.ascontiguousarray(shapely.get_coordinates(rings).T)
    step = lon[1:] - lon[:-1]
    step[start[1:] - 1] = 0.0
    turned = np.zeros(len(start), dtype=np.intp)
    widest = float(max(step.max(), -step.min())) if len(step) else 0.0
    found = Rings(lon, lat, step, start, polygon, row, turned, widest)
    if widest > _HALF_TURN:
        _go_the_short_way(found)
    return found


def _go_the_short_way(rings: Rings) -> None:
    """
    Bring steps of longitude within ±180, except along a pole.

    At a pole any longitude is the same point, so there the step is whatever closes the ring.
    """
    polar = np.abs(rings.lat) == _POLE
    at_pole = polar[1:].astype(int) + polar[:-1]
    long = (np.abs(rings.step) > _HALF_TURN) & (at_pole == 0)
    rings.step[long] -= 360.0 * np.rint(rings.step[long] / 360.0)
    at_pole[rings.gaps()] = 0
    rings.turned[:] = np.rint(np.add.reduceat(rings.step, rings.start) / 360.0)
    stop = np.append(rings.start[1:], len(rings.lon)) - 1
    for ring in np.flatnonzero(rings.turned):
        edges = slice(rings.start[ring], stop[ring])
        if at_pole[edges].any():
            rings.step[edges.start + at_pole[edges].argmax()] -= 360.0 * rings.turned[ring]
            rings.turned[ring] = 0


def ring_areas(rings: Rings, rows: int) -> "Floats":
    """
    Find the geodesic area of the polygons of each geometry.

    Parameters
    ----------
    rings : Rings
        The rings of valid polygons.
    rows : int
        How many geometries there are.

    Returns
    -------
    numpy.ndarray
        Square metres for each geometry: the sum of its polygons' shells without their holes.

    Notes
    -----
    A ring that goes round a pole has no inside of its own: the smaller of the two caps is meant.
    """
    row = rings.row[rings.polygon]
    shell = np.ones(len(row), dtype=bool)
    shell[1:] = rings.polygon[1:] != rings.polygon[:-1]
    areas, errors = to_equator(rings.lat, rings.step, rings.gaps(), _QUICK_M2)
    inside = np.abs(_inside(np.add.reduceat(areas, rings.start), rings, shell))
    total = np.bincount(row, np.where(shell, inside, -inside), rows)
    error = np.bincount(row, np.add.reduceat(errors, rings.start), rows)
    for _ in range(_ROUNDS):
        rough = error > _TOLERANCE * np.abs(total)
        if not rough.any():
            break
        again = rough[row]
        part = rings.only(again)
        edges = np.bincount(row[again], np.diff(part.start, append=len(part.lon)), rows)
        share = _TOLERANCE * np.abs(total) / np.maximum(edges, 1.0)
        summed, errors = _finely(part, np.maximum(share, _FINEST_M2)[row[again]])
        inside[again] = np.abs(_inside(summed, part, shell[again]))
        new = np.bincount(row[again], np.where(shell[again], inside[again], -inside[again]), rows)
        settled = np.abs(new - total) <= 0.5 * np.abs(new)
        total[rough] = new[rough]
        error = np.bincount(row[again], errors, rows)
        error[settled & rough] = 0.0  # the share was of about the right area
    return np.asarray(total, dtype=np.float64)


def _inside(to_equator_m2: "Floats", rings: Rings, shell: "NDArray[np.bool_]") -> "Floats":
    """Area inside rings from the area between them and the equator; holes take the shell's pole."""
    if not rings.turned.any():
        return to_equator_m2
    northward = to_equator_m2 * rings.turned >= 0
    north = northward[np.flatnonzero(shell)[np.cumsum(shell) - 1]]
    cap = 2.0 * np.pi * POLE_M2
    toward = to_equator_m2 * rings.turned
    return np.where(rings.turned == 0, to_equator_m2, np.where(north, cap - toward, cap + toward))


def _finely(rings: Rings, share_m2: "Floats") -> "tuple[Floats, Floats]":
    """Area to the equator of each ring, every edge in pieces that keep its error to its share."""
    share = rings.per_vertex(share_m2)[:-1]
    _, error = to_equator(rings.lat, rings.step, rings.gaps(), share)
    pieces = np.ceil((error / share) ** 0.25).clip(1, _MOST_PIECES).astype(np.intp)
    pieces[~rings.edges()] = 1
    fine = rings.cut(pieces)
    areas, errors = to_equator(fine.lat, fine.step, fine.gaps(), np.repeat(share / pieces, pieces))
    errors[np.repeat(~rings.edges(), pieces)] = 0.0
    return np.add.reduceat(areas, fine.start), np.add.reduceat(errors, fine.start)
