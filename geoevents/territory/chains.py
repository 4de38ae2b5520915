"""
The directed edges round the ground of each holder, and what of them two snapshots do not share.

The boundary of a holder's ground is the sum of its edges, each with the ground to its left. Edges
that run both ways cancel: neighbouring cells of one holder become one piece of ground. In the same
way the difference of two snapshots is the difference of their boundaries, and all that did not
change cancels before any geometry is computed.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chain:
    """
    The rings of polygons as one chain of vertices.

    Attributes
    ----------
    vertices : numpy.ndarray of complex
        Longitude + latitude i, ring after ring, each closed; shells anticlockwise, holes clockwise.
    edge : numpy.ndarray of bool
        Which steps from vertex to vertex are edges: not those from ring to ring, and not those that
        lead nowhere.
    holder : numpy.ndarray of int
        For each step, the number of the holder of the ground to its left.
    joined : bool
        Whether a holder has several polygons, between which edges may cancel.
    """

    vertices: "NDArray[np.complex128]"
    edge: "NDArray[np.bool_]"
    holder: "Ints"
    joined: bool


def chain(polygons: "Geometries", holder: "Ints") -> Chain:
    """
    Line up the edges of polygons.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely geometries
        Valid polygons and multipolygons.
    holder : numpy.ndarray of int
        The number of the holder of each.

    Returns
    -------
    Chain
        Their edges.
    """
    oriented = shapely.orient_polygons(polygons, exterior_cw=False)
    parts, row = shapely.get_parts(oriented, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    vertices = xy.view(np.complex128).ravel()
    edge = (ring[1:] == ring[:-1]) & (vertices[1:] != vertices[:-1])
    of_step = np.asarray(holder, dtype=np.int64)[row[part[ring[:-1]]]]
    return Chain(vertices, edge, of_step, len(np.unique(holder)) < len(holder))


@dataclass(frozen=True, slots=True)
class Residue:
    """
    What two chains do not share.

    Attributes
    ----------
    lines : numpy.ndarray of shapely lines
        Runs of edges round a holder's ground that only one of the two chains has, each in the
        direction that has the ground to its left; first those of the first chain.
    before : Chain
        The first chain.
    gone : numpy.ndarray of int
        The steps of the first chain that the second does not have.
    """

    lines: "Geometries"
    before: Chain
    gone: "Ints"

    @property
    def runs_gone(self) -> int:
        """How many of the lines are of the first chain."""
        return int(np.count_nonzero(np.diff(self.gone, prepend=-2) > 1))

    def kept(self) -> "NDArray[np.float64]":
        """
        Give the edges that both chains have.

        Returns
        -------
        numpy.ndarray
            Longitude and latitude of both ends of each, n by 2 by 2.
        """
        there = self.before.edge.copy()
        there[self.gone] = False
        vertices = self.before.vertices
        ends = np.stack([vertices[:-1][there], vertices[1:][there]], axis=1)
        return ends.view(np.float64).reshape(-1, 2, 2)


def residue(before: Chain, after: Chain, numbers: tuple["Ints", "Ints"]) -> Residue:
    """
    Find the lines that only one of two chains has.

    Parameters
    ----------
    before, after : Chain
        The two chains.
    numbers : tuple of numpy.ndarray of int
        For each holder of either chain, a number by which both know it.

    Returns
    -------
    Residue
        The edges that only one of them has.
    """
    skipped = 0
    first, second = _renumbered(before, numbers[0]), _renumbered(after, numbers[1])
    if not (before.joined or after.joined):
        first, second, skipped = _middles(first, second)
    vertices = np.concatenate([first.vertices, second.vertices])
    vertex, distinct = pd.factorize(vertices)
    size, many = len(first.vertices), len(distinct)
    mine, steps = _edges(first, vertex[:size], many)
    theirs, others = _edges(second, vertex[size:], many)
    gone, new = steps[~mine.isin(theirs)], others[~theirs.isin(mine)]
    lines = _lines(vertices, np.concatenate([gone, size + new]))
    return Residue(lines, before, skipped + gone)


def _renumbered(chain: Chain, number: "Ints") -> Chain:
    return replace(chain, holder=number[chain.holder])


def _middles(one: Chain, other: Chain) -> tuple[Chain, Chain, int]:
    """
    Leave out what two chains begin with alike, and what they end with alike.

    Gives also how many steps were left out at the beginning.

    A snapshot edited from another differs from it in a small stretch of the chain, as a rule.
    """
    few = min(len(one.edge), len(other.edge))
    begins = _alike(one, other, slice(None, few))
    ends = _alike(one, other, slice(None, -few - 1, -1))
    first = few if begins.all() else int(begins.argmin())
    last = few - first if ends.all() else min(int(ends.argmin()), few - first)
    return _part(one, first, last), _part(other, first, last), first


def _alike(one: Chain, other: Chain, where: slice) -> "NDArray[np.bool_]":
    """Tell which steps are the same, counted from either end."""
    same: NDArray[np.bool_] = one.holder[where] == other.holder[where]
    same &= one.edge[where] == other.edge[where]
    for shift in (slice(None, -1), slice(1, None)):
        same &= one.vertices[shift][where] == other.vertices[shift][where]
    return same


def _part(chain: Chain, first: int, last: int) -> Chain:
    """Leave out some steps at both ends."""
    stop = len(chain.edge) - last
    return replace(
        chain,
        vertices=chain.vertices[first : stop + 1],
        edge=chain.edge[first:stop],
        holder=chain.holder[first:stop],
    )


def twice(chain: Chain) -> "Ints":
    """
    Find the holders between two of whose polygons an edge runs.

    Parameters
    ----------
    chain : Chain
        The edges of polygons.

    Returns
    -------
    numpy.ndarray of int
        Their numbers.
    """
    if not chain.joined:
        return np.empty(0, dtype=np.int64)
    vertex, distinct = pd.factorize(chain.vertices)
    (steps,) = np.nonzero(chain.edge)
    holder = chain.holder[steps]
    key, reverse = _keys(vertex[steps], vertex[steps + 1], holder, len(distinct))
    return np.unique(holder[pd.Index(key).isin(reverse)])


def _keys(start: "Ints", end: "Ints", holder: "Ints", many: int) -> tuple["Ints", "Ints"]:
    """Give numbers to directed edges and to their reverses, by the holder whose edge it is."""
    # 63 bits are enough for a million holders of three million vertices.
    base = holder * many
    return (base + start) * many + end, (base + end) * many + start


def _edges(chain: Chain, vertex: "Ints", many: int) -> tuple["pd.Index[int]", "Ints"]:
    """Give numbers to the edges round each holder's ground, and the steps that they are."""
    (steps,) = np.nonzero(chain.edge)
    key, reverse = _keys(vertex[steps], vertex[steps + 1], chain.holder[steps], many)
    if chain.joined:
        between = pd.Index(key).isin(reverse)
        key, steps = key[~between], steps[~between]
    return pd.Index(key), steps


def _lines(vertices: "NDArray[np.complex128]", steps: "Ints") -> "Geometries":
    """Make a line of each run of steps: far fewer lines to cut than edges."""
    if not len(steps):
        return np.empty(0, dtype=object)
    begins = np.diff(steps, prepend=-2) > 1
    run = np.cumsum(begins) - 1
    last = np.append(begins[1:], True)
    place = np.concatenate([steps, steps[last] + 1])
    run = np.concatenate([run, run[last]])
    order = np.argsort(run, kind="stable")
    lonlat = vertices[place[order]].view(np.float64).reshape(-1, 2)
    found: Geometries = shapely.linestrings(lonlat, indices=run[order])
    return found
