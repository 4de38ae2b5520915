"""
Many states of a coverage as the arcs that their outlines share.

Control changes little from one date to the next, and what one side gains the other loses: the same
stretch of a front stands in the outlines of both, date after date. Here each stretch travels once.
An outline is a list of arcs, and consecutive outlines are nearly the same list, which deflate makes
short.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.maps import shapes
from geoevents.maps.columns import Delta, indices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_THROUGH = 2
"""How many edges meet at a vertex where outlines only pass through."""


@dataclass(frozen=True, slots=True)
class _Rings:
    """
    Rings as positions one after another, each ring without its closing vertex.

    Attributes
    ----------
    vertex : numpy.ndarray of int
        The number of the vertex at each position.
    size : numpy.ndarray of int
        How many positions each ring has.
    shape : numpy.ndarray of int
        The geometry that each ring is of.
    hole : numpy.ndarray of bool
        Whether each ring is a hole in the ring before it that is not.
    """

    vertex: "Ints"
    size: "Ints"
    shape: "Ints"
    hole: "Flags"

    @property
    def start(self) -> "Ints":
        """The first position of each ring."""
        return _starts(self.size)

    @property
    def ring(self) -> "Ints":
        """The ring of each position."""
        return np.repeat(np.arange(len(self.size)), self.size)

    def following(self) -> "Ints":
        """
        Find what comes after each position.

        Returns
        -------
        numpy.ndarray of int
            The next position of the same ring; after the last its first.
        """
        following = np.arange(1, len(self.vertex) + 1)
        some = self.size > 0
        following[(self.start + self.size - 1)[some]] = self.start[some]
        return following

    def only(self, wanted: "Flags") -> "_Rings":
        """
        Keep some positions.

        Parameters
        ----------
        wanted : numpy.ndarray of bool
            For each position whether it stays.

        Returns
        -------
        _Rings
            The rings, of which some may be empty.
        """
        size = np.bincount(self.ring[wanted], minlength=len(self.size))
        return _Rings(self.vertex[wanted], size, self.shape, self.hole)

    def without(self, unwanted: "Flags") -> "_Rings":
        """
        Leave out some rings.

        Parameters
        ----------
        unwanted : numpy.ndarray of bool
            For each ring whether it goes.

        Returns
        -------
        _Rings
            The others.
        """
        stays = ~unwanted
        vertex = self.vertex[np.repeat(stays, self.size)]
        return _Rings(vertex, self.size[stays], self.shape[stays], self.hole[stays])


def encode(geometries: Any, scale: int = shapes.METRE_SCALE) -> dict[str, Any]:
    """
    Encode polygons for the browser, each stretch of outline once.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        In degrees, similar ones beside each other. Collections are taken apart; lines and points
        are left out.
    scale : int, default 100000
        Units in a degree to which coordinates are rounded.

    Returns
    -------
    dict
        ``x``, ``y`` : the vertices of all arcs, both ends included; ``arcs`` : how many belong to
        each arc; ``links`` : the arcs of all rings one after another, twice the number of the arc
        and one more if the ring runs along it backwards; ``rings`` : how many links belong to each
        ring; ``holes`` : whether each ring is a hole; ``outlines`` : the rings of all
        geometries, an exterior before its holes; ``features`` : how many belong to each geometry.

    Notes
    -----
    Exteriors run anticlockwise, holes clockwise, so that neighbours run along a shared border in
    opposite directions. An arc ends where other than two edges of all outlines meet, or where an
    outline turns back on itself: no outline enters or leaves it elsewhere, so any of its edges
    tells it from all others. Rings that rounding leaves fewer than three vertices are dropped, an
    exterior with its holes.

    Examples
    --------
    >>> import shapely
    >>> from geoevents.maps import arcs
    >>> west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    >>> found = arcs.encode([west, east])
    >>> len(found["arcs"])  # the border between them, and what is left of either
    3
    >>> sorted(found["links"].tolist())  # arc 0 forwards and backwards, arcs 1 and 2
    [0, 1, 2, 4]
    """
    geometries = shapes.as_array(geometries)
    rings, x, y = _read(geometries, scale)
    edge, forwards = _edges(rings)
    rings, order, begins = _from_a_break(rings, _breaks(rings, edge))
    runs = _runs(edge[order], forwards[order], np.flatnonzero(begins))
    along, length = _vertices(rings, runs)
    vertex = rings.vertex[along]
    per_ring = np.bincount(rings.ring[begins], minlength=len(rings.size))
    ring, kept = _distinct(runs.links, per_ring, rings.hole)
    of_kept = np.zeros(len(per_ring), dtype=bool)
    of_kept[kept] = True
    features = np.bincount(rings.shape, minlength=len(geometries))
    return {
        "scale": scale,
        "x": Delta(x[vertex]),
        "y": Delta(y[vertex]),
        "arcs": indices(length, int(length.max(initial=0))),
        "links": indices(runs.links[np.repeat(of_kept, per_ring)], 2 * len(length)),
        "rings": indices(per_ring[kept], int(per_ring.max(initial=0))),
        "holes": rings.hole[kept].astype(np.uint8),
        "outlines": indices(ring, len(kept)),
        "features": indices(features, int(features.max(initial=0))),
    }


def _read(
    geometries: "NDArray[Any]", scale: int
) -> tuple[_Rings, "NDArray[np.int32]", "NDArray[np.int32]"]:
    """Read the rings of all geometries on a grid, and where on it each vertex is."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)  # a collection of multi-geometries
    surface = shapely.get_dimensions(parts) == 2  # noqa: PLR2004 -- surfaces have two dimensions
    parts, owner = shapely.orient_polygons(parts[surface]), owner[inner][surface]
    outlines, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(outlines, return_index=True)
    x, y = (shapes.quantise(values, scale).astype(np.int64) for values in coordinates.T)
    vertex, places = pd.factorize((x << 32) + y)
    size = np.bincount(ring, minlength=len(outlines))
    hole = np.diff(part, prepend=-1) == 0
    rings = _Rings(vertex.astype(np.int64), size, owner[part], hole)
    # Rings come closed: of vertices that repeat the one before, the closing one is the last.
    rings = rings.only(np.append(np.diff(ring) == 0, False)[: len(ring)])
    rings = rings.only(rings.vertex != rings.vertex[rings.following()])
    # No vertex follows itself: a ring of two goes to and fro.
    following = rings.following()
    elsewhere = rings.vertex[following[following]] != rings.vertex
    collapsed = np.bincount(rings.ring, elsewhere, len(rings.size)) == 0
    collapsed |= collapsed[np.maximum.accumulate(np.where(hole, 0, np.arange(len(hole))))]
    low = (places & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
    high = ((places - low) >> 32).astype(np.int32)
    return rings.without(collapsed), high, low


def _edges(rings: _Rings) -> tuple["Ints", "Flags"]:
    """Give the edge after each position a number, the same both ways, and say which way it runs."""
    a, b = rings.vertex, rings.vertex[rings.following()]
    edge, _ = pd.factorize(np.minimum(a, b) * (a.max(initial=0) + 1) + np.maximum(a, b))
    return edge.astype(np.int64), a < b


def _breaks(rings: _Rings, edge: "Ints") -> "Flags":
    """Say at which positions an arc begins."""
    following = rings.following()
    count = int(rings.vertex.max(initial=-1)) + 1
    once = np.unique(edge, return_index=True)[1]
    ends = np.concatenate([rings.vertex[once], rings.vertex[following[once]]])
    is_break: Flags = np.bincount(ends, minlength=count) != _THROUGH
    is_break[rings.vertex[following[edge == edge[following]]]] = True
    found: Flags = is_break[rings.vertex]
    if not len(found):
        return found
    # A ring that nothing touches breaks at its smallest vertex, as do its copies.
    endless = ~np.logical_or.reduceat(found, rings.start)
    smallest = np.minimum.reduceat(rings.vertex, rings.start)
    found |= np.repeat(endless, rings.size) & (rings.vertex == np.repeat(smallest, rings.size))
    return found


def _from_a_break(rings: _Rings, breaks: "Flags") -> tuple["_Rings", "Ints", "Flags"]:
    """Turn each ring so that it begins with an arc: the rings, the order, where arcs begin."""
    at = np.flatnonzero(breaks)
    first = at[np.searchsorted(at, rings.start)] if len(at) else rings.start
    shift = np.repeat(first - rings.start, rings.size)
    around = (_counted(rings.size) + shift) % np.repeat(rings.size, rings.size)
    order = np.repeat(rings.start, rings.size) + around
    turned = _Rings(rings.vertex[order], rings.size, rings.shape, rings.hole)
    return turned, order, breaks[order]


@dataclass(frozen=True, slots=True)
class _Runs:
    """
    Every run of a ring along an arc.

    Attributes
    ----------
    start, size : numpy.ndarray of int
        Where each run begins, and how many edges it has.
    links : numpy.ndarray of int
        Twice the number of the arc, and one more if it is run along backwards.
    first : numpy.ndarray of int
        The run that shows which way each arc goes.
    """

    start: "Ints"
    size: "Ints"
    links: "Ints"
    first: "Ints"


def _runs(edge: "Ints", forwards: "Flags", start: "Ints") -> _Runs:
    """Tell arcs apart by the smallest edge in them."""
    size = np.diff(np.append(start, len(edge)))
    least = np.minimum.reduceat(edge, start) if len(start) else start
    forwards = forwards[edge == np.repeat(least, size)]
    arc = pd.factorize(least)[0].astype(np.int64)
    first = np.unique(arc, return_index=True)[1]
    return _Runs(start, size, 2 * arc + (forwards != forwards[first][arc]), first)


def _vertices(rings: _Rings, runs: _Runs) -> tuple["Ints", "Ints"]:
    """Find the positions of the vertices of all arcs, and how many each arc has."""
    length = runs.size[runs.first] + 1
    along = np.repeat(runs.start[runs.first], length) + _counted(length)
    # The last vertex of an arc is the first of the next one, in the end that of the ring.
    last = np.cumsum(length) - 1
    along[last] = rings.following()[along[last] - 1]
    return along, length


def _distinct(links: "Ints", size: "Ints", hole: "Flags") -> tuple["Ints", "Ints"]:
    """Give equal rings the same number, and say where each of them stands first."""
    start = _starts(size)
    if not len(size):
        return start, start
    words = _scattered(links) * _scattered(_counted(size))
    key = np.add.reduceat(words, start) ^ _scattered(2 * size + hole)
    number = pd.factorize(key)[0].astype(np.int64)
    first = np.unique(number, return_index=True)[1]
    model = first[number]
    same = bool((size[model] == size).all() and (hole[model] == hole).all())
    if same:
        same = bool((links[np.repeat(start[model], size) + _counted(size)] == links).all())
    # Sums of products can be equal by chance, once in the life of a few billion maps.
    return (number, first) if same else (np.arange(len(size)), np.arange(len(size)))


def _scattered(values: "Ints") -> "NDArray[np.uint64]":
    """Turn numbers into others in which nothing is left of their order (SplitMix64)."""
    mixed = values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(1)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _starts(sizes: "Ints") -> "Ints":
    """Where each of some runs of these sizes begins."""
    return np.cumsum(sizes) - sizes


def _counted(sizes: "Ints") -> "Ints":
    """Count from 0 within each of some runs of these sizes."""
    return np.arange(sizes.sum()) - np.repeat(_starts(sizes), sizes)
