from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from geoevents.maps import arcs
from geoevents.maps.columns import pack

SIDE = 5
NOBODY = 0


def decode(tree):
    """Rings of each geometry: whether it is a hole, and its vertices without the closing one."""
    xy = np.column_stack([tree["x"].values, tree["y"].values])
    lines = [[tuple(p) for p in line.tolist()] for line in np.split(xy, tree["arcs"].cumsum())]
    rings = []
    for links, hole in zip(
        np.split(tree["links"], tree["rings"].cumsum()), tree["holes"], strict=False
    ):
        ring = []
        for link in links.tolist():
            line = lines[link >> 1][:: -1 if link & 1 else 1]
            assert not ring or ring[-1] == line[0]
            ring = [*ring[:-1], *line]
        assert ring[0] == ring[-1]
        rings.append((bool(hole), ring[:-1]))
    shapes = np.split(tree["outlines"], tree["features"].cumsum())[: len(tree["features"])]
    return [[rings[i] for i in shape.tolist()] for shape in shapes]


def quantised(geometry):
    """What has to come back, worked out ring by ring."""
    rings = []
    for polygon in shapely.get_parts(geometry):
        oriented = shapely.geometry.polygon.orient(polygon)
        for number, ring in enumerate([oriented.exterior, *oriented.interiors]):
            whole = [(round(x * 1e5), round(y * 1e5)) for x, y in ring.coords[:-1]]
            path = [point for i, point in enumerate(whole) if point != whole[i - 1]]
            if len(set(path)) >= 3:
                rings.append((number > 0, path))
            elif not number:
                break
    return rings


def turned(rings):
    """Rings that begin at the same vertex, whichever they began at."""
    found = []
    for hole, path in rings:
        first = min(path)
        starts = [i for i, point in enumerate(path) if point == first]
        found.append((hole, min(path[i:] + path[:i] for i in starts)))
    return found


def ground(owners, owner, lines, *, plain):
    """What one owner holds of a grid: all corners of cells, or only those where it turns."""
    x, y = lines
    cells = [
        box(x[i], y[j], x[i + 1], y[j + 1])
        for i in range(SIDE)
        for j in range(SIDE)
        if owners[i * SIDE + j] == owner and x[i] < x[i + 1] and y[j] < y[j + 1]
    ]
    whole = shapely.union_all(cells)
    return shapely.simplify(whole, 0) if plain else whole


# Lines nearer than half a step fall together: cells between them collapse.
gaps = st.lists(st.sampled_from([2e-6, 4e-6, 1e-5, 3e-5, 0.1]), min_size=SIDE, max_size=SIDE)
grids = st.lists(
    st.lists(st.integers(NOBODY, 3), min_size=SIDE**2, max_size=SIDE**2), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(grids, gaps, gaps, st.lists(st.booleans(), min_size=3, max_size=3))
def test_what_is_decoded_is_what_was_encoded(dates, across, up, plain):
    """Coverages with holes, shared borders, T-junctions, islands and corners that touch."""
    lines = [np.cumsum([-0.1, *steps]) for steps in (across, up)]
    shapes = [
        ground(owners, owner, lines, plain=plain[owner - 1])
        for owners in dates
        for owner in (1, 2, 3)
    ]
    tree = arcs.encode(shapes)
    found = decode(tree)
    assert [turned(rings) for rings in found] == [turned(quantised(shape)) for shape in shapes]
    edges = [
        frozenset(edge)
        for line in np.split(
            np.column_stack([tree["x"].values, tree["y"].values]), tree["arcs"].cumsum()
        )
        for edge in pairwise(map(tuple, line.tolist()))
    ]
    assert len(set(edges)) == len(edges)  # each stretch of outline travels once


def test_neighbours_share_their_border():
    tree = arcs.encode([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert tree["arcs"].tolist() == [2, 4, 4]
    border = [link for link in tree["links"].tolist() if link in (0, 1)]
    assert sorted(border) == [0, 1]  # one along it, the other back


def test_a_state_that_changes_in_one_place_costs_that_place():
    angles = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    states = []
    for date in range(50):
        circle[date * 60 : date * 60 + 5] *= 1.01
        states.append(Polygon(circle))
    tree = arcs.encode(states)
    assert len(tree["x"].values) < 3000 + 50 * 60
    assert len(pack(tree)) < 60_000
    assert [turned(r) for r in decode(tree)] == [turned(quantised(s)) for s in states]


def test_an_island_that_nothing_touches_is_one_arc_however_it_begins():
    ring = [(0, 0), (1, 0), (1, 1), (0, 1)]
    shifted = Polygon(ring[2:] + ring[:2])
    lake = Polygon([(-1, -1), (2, -1), (2, 2), (-1, 2)], [ring])
    tree = arcs.encode([Polygon(ring), shifted, Polygon(ring[::-1]), lake])
    assert len(tree["arcs"]) == 2
    assert len(tree["rings"]) == 3  # the island, the lake's shore and the island's as its hole
    assert tree["holes"].tolist() == [0, 0, 1]


def test_equal_rings_travel_once():
    island = box(5, 5, 6, 6)
    tree = arcs.encode(
        [MultiPolygon([island, box(0, 0, 1, 1)]), MultiPolygon([island, box(1, 0, 2, 1)])]
    )
    assert len(tree["rings"]) == 3
    assert tree["outlines"].tolist() == [0, 1, 0, 2]


def test_a_spike_stays_and_ends_an_arc():
    spiked = Polygon([(0, 0), (2, 0), (2, 1), (2, 2), (2, 1), (1, 1)])
    tree = arcs.encode([spiked, box(4, 4, 5, 5)])
    assert sorted(set(decode(tree)[0][0][1])) == [
        (0, 0), (100000, 100000), (200000, 0), (200000, 100000), (200000, 200000),
    ]  # fmt: skip


def test_ground_smaller_than_a_step_is_dropped_with_its_holes():
    speck = box(0, 0, 4e-6, 4e-6)
    holed = Polygon(box(0, 0, 1, 1).exterior, [box(0.5, 0.5, 0.5 + 4e-6, 0.5 + 4e-6).exterior])
    tree = arcs.encode([speck, holed, MultiPolygon([box(3, 3, 4, 4), speck])])
    assert tree["features"].tolist() == [0, 1, 1]


def test_only_surfaces_count():
    mixed = GeometryCollection([Point(0, 0), LineString([(0, 0), (1, 1)]), box(0, 0, 1, 1)])
    nested = GeometryCollection([MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])])
    assert arcs.encode([mixed, Point(1, 1), nested, None])["features"].tolist() == [1, 0, 2, 0]


@pytest.mark.parametrize("geometries", [[], [Polygon()], [Point(0, 0)]])
def test_nothing_is_nothing(geometries):
    tree = arcs.encode(geometries)
    assert tree["features"].tolist() == [0] * len(geometries)
    assert not len(tree["links"])


def test_across_the_antimeridian_and_at_a_pole():
    shapes = [box(179, -90, 181, 0), box(181, -90, 540, 90)]
    assert [turned(r) for r in decode(arcs.encode(shapes))] == [
        turned(quantised(s)) for s in shapes
    ]
