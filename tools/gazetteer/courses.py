"""From the drawn pieces of a river to one course that runs downstream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Lines = npt.NDArray[Any]

JOIN_DEGREES = 0.03  # ends this near are one vertex
COAST_DEGREES = 0.1  # an end this near the shore is at the sea
AT_SEA, ON_RIVER = 2.0, 1.0  # how an end looks like a mouth
NAMESAKE_DEGREES = 0.5  # pieces of one name this near are one river


class Courses:
    """All drawn pieces, among which those of one river are joined.

    Parameters
    ----------
    lines : array of LineString
        Every piece, of every river.
    names : sequence of str
        The name of each piece, empty where it has none.
    shore : array of float
        Vertices of the sea's shore, lon and lat.
    """

    def __init__(self, lines: Lines, names: Sequence[str], shore: Floats) -> None:
        self.lines = lines
        self.names = np.array(names, dtype=object)
        self._shore = cKDTree(shore)
        self._index = shapely.STRtree(lines)
        self._ends = _ends(lines)

    def namesakes(self, among: Flags) -> Ints:
        """Give each river among some pieces a number, and the other pieces -1.

        Pieces of one name that lie near one another are one river.
        """
        a, b = self._index.query(self.lines, "dwithin", NAMESAKE_DEGREES)
        same = (self.names[a] == self.names[b]) & among[a] & among[b]
        number = _groups(len(self.lines), a[same], b[same])
        number[~among] = -1
        return np.unique(number, return_inverse=True)[1] - (~among).any().astype(int)

    def course(self, own: Flags, mouth: Sequence[float] | None = None) -> shapely.Geometry:
        """Join the pieces of a river, and unnamed ones that bridge them, and run it downstream.

        Natural Earth digitises most rivers downstream, but not all. The mouth is the free end
        nearest to the one given (lat, lon); else one at the sea; else one on the course of another
        river, where springs never lie; and among several, the one to which most of the drawn length
        runs already. Every piece is then turned to run towards it.
        """
        blank = np.flatnonzero((self.names == "") & ~own)
        corners = shapely.points(self._ends[blank])
        river = shapely.multilinestrings(self.lines[own])
        own = own.copy()
        own[blank[shapely.dwithin(corners, river, JOIN_DEGREES).all(axis=1)]] = True

        lines = self.lines[own]
        start, stop, spot = _nodes(self._ends[own])
        loop = start == stop
        lines, start, stop = lines[~loop], start[~loop], stop[~loop]
        length = shapely.length(lines)
        web = coo_array((length, (start, stop)), (len(spot),) * 2).tocsr()
        degree = np.bincount(np.r_[start, stop], minlength=len(spot))
        away = np.full(len(spot), np.inf)
        for members in _members(connected_components(web, directed=False)[1]):
            ends = members[degree[members] == 1]
            ends = ends if len(ends) and mouth is None else members  # branches may meet there
            distances = dijkstra(web, directed=False, indices=ends)
            with np.errstate(invalid="ignore"):
                agreed = ((distances[:, start] > distances[:, stop]) * length).sum(axis=1)
            score = self._at_mouth(spot[ends], own, mouth)
            mouths = np.lexsort((agreed, score))[-1:]
            if mouth is None and 0 < (at_sea := score == AT_SEA).sum() < len(ends):
                mouths = np.flatnonzero(at_sea)  # the branches of a delta
            away[members] = distances[mouths].min(axis=0)[members]

        upstream = away[start] < away[stop]
        turned = np.where(upstream, shapely.reverse(lines), lines)
        head, tail = np.where(upstream, stop, start), np.where(upstream, start, stop)
        runs = [
            np.vstack([spot[head[i]], shapely.get_coordinates(turned[i]), spot[tail[i]]])
            for i in np.argsort(-away[head], kind="stable")
        ]
        joined = shapely.MultiLineString([without_repeats(run) for run in runs])
        parts = shapely.get_parts(shapely.line_merge(joined, directed=True))
        sources = shapely.get_coordinates(shapely.get_point(parts, 0))
        order = np.argsort(-away[cKDTree(spot).query(sources)[1]], kind="stable")
        return parts[0] if len(parts) == 1 else shapely.multilinestrings(parts[order])

    def _at_mouth(self, spots: Floats, own: Flags, mouth: Sequence[float] | None) -> Floats:
        """Score how much each free end looks like the mouth."""
        if mouth is not None:
            return -np.hypot(*(spots - np.array(mouth[::-1])).T)
        at_sea = self._shore.query(spots)[0] < COAST_DEGREES
        end, piece = self._index.query(shapely.points(spots), "dwithin", JOIN_DEGREES)
        corner = np.abs(self._ends[piece] - spots[end][:, None]).max(axis=2).min(axis=1)
        inside = (corner > 2 * JOIN_DEGREES) & ~own[piece]
        on_river = np.bincount(end[inside], minlength=len(spots)) > 0
        return np.where(at_sea, AT_SEA, np.where(on_river, ON_RIVER, 0.0))


def without_repeats(line: Floats) -> Floats:
    """Drop vertices that repeat the one before."""
    return line[np.r_[True, (line[1:] != line[:-1]).any(axis=1)]]


def _ends(lines: Lines) -> Floats:
    first, last = shapely.get_point(lines, 0), shapely.get_point(lines, -1)
    return np.stack([shapely.get_coordinates(first), shapely.get_coordinates(last)], axis=1)


def _nodes(ends: Floats) -> tuple[Ints, Ints, Floats]:
    """Give ends that are near one number, and place each number where most of its ends are."""
    flat = ends.reshape(-1, 2)
    close = cKDTree(flat).query_pairs(JOIN_DEGREES, output_type="ndarray")
    node = _groups(len(flat), close[:, 0], close[:, 1])
    spot = np.empty((node.max() + 1, 2))
    for number, members in enumerate(_members(node)):
        places, count = np.unique(flat[members], axis=0, return_counts=True)
        spot[number] = places[count.argmax()]
    start, stop = node.reshape(-1, 2).T
    return start, stop, spot


def _groups(count: int, a: Ints, b: Ints) -> Ints:
    graph = coo_array((np.ones(len(a)), (a, b)), (count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _members(number: Ints) -> list[Ints]:
    return [np.flatnonzero(number == each) for each in range(number.max() + 1)]
