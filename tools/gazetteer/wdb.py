"""Rivers of World Data Bank II: the lines, the network they form, and paths through it.

The lines come unnamed and cut into one-degree tiles. Pieces of one river share their end vertices
across a tile's edge; a tributary ends on some vertex of its main stem, or a few hundred metres off.
So the network is a graph of vertices, with a link from each loose end to the nearest other line.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

M_PER_DEGREE = 111_195.0  # of latitude, on a sphere; paths are only compared with it
LINK_M = 1_500.0  # a loose end is linked to another line no farther than this
LINK_COST = 5.0  # a link counts this many times its length, so that drawn water is preferred
HUG_M = 1_000.0  # a tributary this near to its main stem to the end has met it
ALONG_M = 15_000.0  # a tributary's mouth is given no farther off along the stem than this
MARGIN_DEGREES = 1.0  # a course strays no farther than this from the box of its waypoints
SNAP_M = 5_000.0  # a waypoint lies no farther than this from the network


class NoPathError(Exception):
    """The table asks for a course that the drawn network does not have."""


def read(folder: Path) -> list[Floats]:
    """Read the full-resolution rivers, each as lon, lat rows."""
    return [line for _, line in _read(folder, "rivers", "f") if len(line) > 1]


def read_shore(folder: Path) -> Floats:
    """Read the vertices of the shores of the ocean and of the Caspian Sea."""
    lines = [
        line
        for (level, area_km2), line in _read(folder, "gshhs", "h")
        if level == 1 or (level == 2 and area_km2 > 100_000)
    ]
    return np.vstack(lines)


def read_lakes(folder: Path) -> tuple[list[Floats], list[Floats]]:
    """Read the full-resolution shores of lakes, and of the islands in them."""
    shores = _read(folder, "gshhs", "f")
    lakes, islands = ([line for (at, _), line in shores if at == level] for level in (2, 3))
    return lakes, islands


def _read(folder: Path, theme: str, resolution: str) -> list[tuple[tuple[int, float], Floats]]:
    rows = (folder / f"{theme}meta_{resolution}.dat").read_text().splitlines()
    numbers = np.fromfile(folder / f"{theme}_{resolution}.dat", "<f4").astype(np.float64)
    found = []
    for row in rows:
        level, area, _, _, _, offset, size, *_ = row.split()
        line = numbers[int(offset) // 4 : (int(offset) + int(size)) // 4]
        found.append(((int(level), float(area)), line.reshape(-1, 2)))
    return found


class Network(NamedTuple):
    """Vertices and the edges between them, in every part of the world."""

    points: Floats
    heads: Ints
    tails: Ints
    cost: Floats
    loose: Ints  # vertices where a line ends without meeting another

    @classmethod
    def of(cls, lines: Sequence[Floats]) -> Self:
        """Join lines where they share a vertex, and link each loose end to its nearest line."""
        stacked = np.vstack(lines).round(5)
        line = np.repeat(np.arange(len(lines)), [len(each) for each in lines])
        points, vertex = np.unique(stacked, axis=0, return_inverse=True)
        inside = line[:-1] == line[1:]
        heads, tails = vertex[:-1][inside], vertex[1:][inside]
        degree = np.bincount(np.concatenate([heads, tails]), minlength=len(points))

        loose = np.flatnonzero(degree == 1)
        reach = LINK_M / M_PER_DEGREE * 2  # degrees; longitude shrinks, metres decide below
        near = cKDTree(points).query(points[loose], k=24, distance_upper_bound=reach)[1]
        source = np.repeat(loose, near.shape[1])
        target = near.ravel()
        real = target < len(points)
        source, target = source[real], target[real]
        owner = np.full(len(points), -1)
        owner[vertex] = line
        other = owner[source] != owner[target]
        source, target = source[other], target[other]
        gap = metres(points[source], points[target])
        order = np.lexsort((gap, source))
        source, target, gap = source[order], target[order], gap[order]
        first = (np.diff(source, prepend=-1) != 0) & (gap <= LINK_M)
        source, target, gap = source[first], target[first], gap[first]

        drawn = metres(points[heads], points[tails])
        return cls(
            points,
            np.concatenate([heads, source]),
            np.concatenate([tails, target]),
            np.concatenate([drawn, gap * LINK_COST]),
            loose,
        )

    def path(self, waypoints: Floats, *, gap_m: float = 0.0) -> Floats:
        """Shortest drawn way through the waypoints (lon, lat), in their order.

        Lines stop at lakes and reservoirs: gaps of up to `gap_m` between loose ends are crossed
        straight.

        Raises
        ------
        NoPathError
            If a waypoint is more than 5 km from any line, or two are not connected.
        """
        low, high = waypoints.min(axis=0) - MARGIN_DEGREES, waypoints.max(axis=0) + MARGIN_DEGREES
        near = np.flatnonzero(((self.points >= low) & (self.points <= high)).all(axis=1))
        rank = np.full(len(self.points), -1)
        rank[near] = np.arange(len(near))
        points = self.points[near]
        shrink = np.array([np.cos(np.radians(waypoints[:, 1].mean())), 1.0])
        tree = cKDTree(points * shrink)
        stops = tree.query(waypoints * shrink)[1]
        away = metres(points[stops], waypoints)
        if (away > SNAP_M).any():
            worst = int(away.argmax())
            lon, lat = waypoints[worst]
            raise NoPathError(f"waypoint {lat:.3f}, {lon:.3f} is {away[worst] / 1e3:.1f} km off")

        edge = (rank[self.heads] >= 0) & (rank[self.tails] >= 0)
        heads, tails, cost = rank[self.heads[edge]], rank[self.tails[edge]], self.cost[edge]
        if gap_m:
            loose = rank[self.loose][rank[self.loose] >= 0]
            pairs = cKDTree(points[loose] * shrink).query_pairs(gap_m / M_PER_DEGREE)
            a, b = loose[np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T]
            heads, tails = np.r_[heads, a], np.r_[tails, b]
            cost = np.r_[cost, metres(points[a], points[b]) * LINK_COST]
        graph = coo_array((np.maximum(cost, 0.01), (heads, tails)), (len(near),) * 2).tocsr()

        legs = []
        for start, stop in pairwise(stops):
            length, before = dijkstra(
                graph, directed=False, indices=start, return_predecessors=True
            )
            if np.isinf(length[stop]):
                ends = " to ".join(f"{points[i][1]:.3f}, {points[i][0]:.3f}" for i in (start, stop))
                raise NoPathError(f"no drawn way from {ends}")
            leg = [stop]
            while leg[-1] != start:
                leg.append(before[leg[-1]])
            legs.append(leg[::-1])
        way = np.concatenate([legs[0], *(leg[1:] for leg in legs[1:])])
        return points[_without_spurs(way)]


def end_on(line: Floats, stem: shapely.Geometry, limit_m: float) -> Floats:
    """End a tributary on its main stem.

    From where the line comes within a kilometre of the stem to stay, it is cut at the first
    crossing, or led straight to the stem: the two may be drawn by different hands, and the network
    holds its own copy of the stem. A line that stops short is led there straight.

    Raises
    ------
    NoPathError
        If the line stops more than `limit_m` short, or runs along the stem for more than 15 km.
    """
    scale = np.array([np.cos(np.radians(line[-1, 1])), 1.0])
    plane = shapely.transform(stem, lambda points: points * scale)
    own = line * scale
    apart = shapely.distance(shapely.points(own), plane) * M_PER_DEGREE
    far = np.flatnonzero(apart > HUG_M)
    turn = int(far[-1]) if len(far) else 0
    if turn == len(line) - 1:
        return lead_to(line, stem, limit_m)

    tail = shapely.LineString(own[turn:])
    if tail.length * M_PER_DEGREE > ALONG_M:
        raise NoPathError(f"runs along the stem for {tail.length * M_PER_DEGREE / 1e3:.1f} km")
    crossings = shapely.get_coordinates(shapely.intersection(tail, plane))
    if not len(crossings):
        return lead_to(line[: turn + 2], stem, limit_m)
    at = shapely.line_locate_point(tail, shapely.points(crossings)).min()
    along = shapely.line_locate_point(tail, shapely.points(own[turn:]))
    end = shapely.get_coordinates(shapely.line_interpolate_point(tail, at))
    return np.vstack([line[: turn + 1 + int((along[1:] < at).argmin())], end / scale])


def lead_to(line: Floats, stem: shapely.Geometry, limit_m: float) -> Floats:
    """Lead a line's end straight to the nearest point of its main stem.

    Raises
    ------
    NoPathError
        If that is more than `limit_m` away.
    """
    lon, lat = line[-1]
    scale = np.array([np.cos(np.radians(lat)), 1.0])
    plane = shapely.transform(stem, lambda points: points * scale)
    bridge = shapely.shortest_line(shapely.Point(line[-1] * scale), plane)
    if bridge.length * M_PER_DEGREE > limit_m:
        short = bridge.length * M_PER_DEGREE / 1e3
        raise NoPathError(f"mouth {lat:.3f}, {lon:.3f} is {short:.1f} km off the stem")
    return np.vstack([line, shapely.get_coordinates(bridge)[-1] / scale])


def metres(a: Floats, b: Floats) -> Floats:
    """Measure the distance between points, on a plane that is right in the middle of each pair."""
    east = (a[:, 0] - b[:, 0]) * np.cos(np.radians((a[:, 1] + b[:, 1]) / 2))
    return np.asarray(np.hypot(east, a[:, 1] - b[:, 1]) * M_PER_DEGREE)


def _without_spurs(way: Ints) -> Ints:
    """Drop from a path the detours to a waypoint that snapped to a side branch."""
    kept: list[int] = []
    seen: dict[int, int] = {}
    for vertex in way.tolist():
        if vertex in seen:
            for dropped in kept[seen[vertex] + 1 :]:
                del seen[dropped]
            del kept[seen[vertex] + 1 :]
        else:
            seen[vertex] = len(kept)
            kept.append(vertex)
    return np.array(kept)
