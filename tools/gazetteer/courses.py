"""From the drawn pieces of a river to one course that runs downstream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

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
MOUTH_DEGREES = 0.15  # an end this near to a given mouth is meant
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

    def course(
        self, own: Flags, mouths: Sequence[Sequence[float]] = (), extra: Flags | None = None
    ) -> shapely.Geometry:
        """Join the pieces of a river, and unnamed ones that bridge them, and run it downstream.

        Natural Earth digitises most rivers downstream, but not all. The mouths are the ends
        nearest to those given (lat, lon), the main one first; else the free ends at the sea; else
        one on the course of another river, where springs never lie; and among several, the one to
        which most of the drawn length runs already. Every piece is then turned to run towards its
        nearest mouth, and the longest way to the main one becomes one line, the first part.
        """
        blank = np.flatnonzero((self.names == "") & ~own)
        corners = shapely.points(self._ends[blank])
        river = shapely.multilinestrings(self.lines[own])
        own = own.copy() if extra is None else own | extra
        own[blank[shapely.dwithin(corners, river, JOIN_DEGREES).all(axis=1)]] = True

        lines = self.lines[own]
        start, stop, spot = _nodes(self._ends[own])
        loop = start == stop
        lines, start, stop = lines[~loop], start[~loop], stop[~loop]
        web = _Web.of(start, stop, shapely.length(lines), len(spot))
        tail = np.full(len(lines), -1)  # the vertex that each piece runs to
        stems = []
        for members in _members(connected_components(web.graph, directed=False)[1]):
            if len(members) == 1:
                continue  # all that is left of a loop
            if len(mouths):
                found = members[_given(spot[members], np.asarray(mouths, float)[:, ::-1])]
            else:
                found = self._found(web, members, spot, own)
            stems += web.run_downstream(members, found, tail)
        turned = np.where(tail == start, shapely.reverse(lines), lines)
        head = np.where(tail == start, stop, start)
        runs = [
            without_repeats(np.vstack([spot[h], shapely.get_coordinates(line), spot[t]]))
            for line, h, t in zip(turned, head, tail, strict=True)
        ]
        joined = [without_repeats(np.vstack([runs[i] for i in stem])) for stem in stems if stem]
        joined.sort(key=lambda run: -shapely.LineString(run).length)
        alone = np.setdiff1d(np.arange(len(runs)), np.concatenate([[], *stems]).astype(int))
        branches = shapely.MultiLineString([runs[i] for i in alone])
        branches = shapely.get_parts(shapely.line_merge(branches, directed=True))
        parts = [*(shapely.LineString(run) for run in joined), *branches]
        return parts[0] if len(parts) == 1 else shapely.MultiLineString(parts)

    def _found(self, web: _Web, members: Ints, spot: Floats, own: Flags) -> Ints:
        """Find the mouths among the free ends, the main one first."""
        ends = members[web.degree[members] == 1]
        ends = ends if len(ends) else members
        distances = dijkstra(web.graph, directed=False, indices=ends)
        with np.errstate(invalid="ignore"):
            runs_there = distances[:, web.start] > distances[:, web.stop]
        agreed = (runs_there * web.length).sum(axis=1)
        score = self._at_mouth(spot[ends], own)
        best = np.lexsort((agreed, score))[::-1]
        if 0 < (at_sea := int((score == AT_SEA).sum())) < len(ends):
            return ends[best[:at_sea]]  # the branches of a delta
        return ends[best[:1]]

    def _at_mouth(self, spots: Floats, own: Flags) -> Floats:
        """Score how much each free end looks like the mouth."""
        at_sea = self._shore.query(spots)[0] < COAST_DEGREES
        end, piece = self._index.query(shapely.points(spots), "dwithin", JOIN_DEGREES)
        corner = np.abs(self._ends[piece] - spots[end][:, None]).max(axis=2).min(axis=1)
        inside = (corner > 2 * JOIN_DEGREES) & ~own[piece]
        on_river = np.bincount(end[inside], minlength=len(spots)) > 0
        return np.where(at_sea, AT_SEA, np.where(on_river, ON_RIVER, 0.0))


class _Web(NamedTuple):
    """The vertices and pieces of one river as a graph."""

    start: Ints
    stop: Ints
    length: Floats
    degree: Ints
    piece: dict[tuple[int, int], int]  # the shortest one between two vertices
    graph: Any

    @classmethod
    def of(cls, start: Ints, stop: Ints, length: Floats, count: int) -> Self:
        piece: dict[tuple[int, int], int] = {}
        for i in np.argsort(-length, kind="stable").tolist():
            piece[int(start[i]), int(stop[i])] = piece[int(stop[i]), int(start[i])] = i
        a, b = np.array(list(piece)).T
        graph = coo_array((length[list(piece.values())], (a, b)), (count, count)).tocsr()
        degree = np.bincount(np.r_[start, stop], minlength=count)
        return cls(start, stop, length, degree, piece, graph)

    def run_downstream(self, members: Ints, mouths: Ints, tail: Ints) -> list[list[int]]:
        """Say which way each piece runs; give the pieces of the main course, downstream.

        The main course is the way to the first mouth from the end farthest from it. Then each
        other mouth is reached from the nearest vertex of what is known, and what is left runs to
        its nearest mouth.
        """
        distance, before = dijkstra(
            self.graph, directed=False, indices=mouths, return_predecessors=True
        )
        springs = np.setdiff1d(members[self.degree[members] == 1], mouths)
        for others in (np.setdiff1d(members, mouths), np.setdiff1d(members, mouths[:1])):
            springs = springs if len(springs) else others
        source = int(springs[distance[0][springs].argmax()])
        main = self._way(source, before[0])
        known = {int(source)}
        for i, to in main:
            tail[i] = to
            known.add(to)
        for number, mouth in enumerate(mouths[1:], 1):
            near = min(known, key=lambda vertex: distance[number][vertex])
            if mouth not in known:
                for i, to in self._way(near, before[number]):
                    tail[i] = to
                    known.add(to)
        own = np.flatnonzero(np.isin(self.start, members) & (tail < 0))
        away = distance.min(axis=0)
        upstream = away[self.start[own]] < away[self.stop[own]]
        tail[own] = np.where(upstream, self.start[own], self.stop[own])
        return [[i for i, _ in main]]

    def _way(self, vertex: int, before: Ints) -> list[tuple[int, int]]:
        way = []
        while (after := int(before[vertex])) >= 0:
            way.append((self.piece[int(vertex), after], after))
            vertex = after
        return way


def _given(spots: Floats, mouths: Floats) -> Ints:
    """Find the ends meant by given mouths: those near them, or the nearest of all."""
    apart = np.hypot(*(spots[:, None] - mouths).T).T
    near = np.flatnonzero(apart.min(axis=0) < MOUTH_DEGREES)
    if not len(near):
        near = np.array([apart.min(axis=0).argmin()])
    return np.asarray(apart[:, near].argmin(axis=0), dtype=np.int64)


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
