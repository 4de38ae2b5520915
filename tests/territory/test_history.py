"""What layers leave uncovered, what overlays leave of surfaces, and what is joined."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from geoevents.territory.history import joined, surfaces, uncovered


def test_higher_ranks_cover_lower_ones():
    layers = np.array([box(0, 0, 4, 4), box(1, 1, 3, 3), box(2, 2, 6, 6)])
    assert shapely.area(uncovered(layers, np.array([0, 1, 2]))).tolist() == [9, 3, 16]
    assert shapely.area(uncovered(layers, np.array([2, 1, 0]))).tolist() == [16, 0, 12]


def test_neighbours_and_equal_ranks_cover_nothing():
    layers = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 1, 3, 2)])
    for rank in ([0, 1, 2], [5, 5, 5]):
        assert shapely.equals(uncovered(layers, np.array(rank)), layers).all()


def test_nothing_to_cover():
    none = np.empty(0, dtype=object)
    assert len(uncovered(none, np.empty(0, dtype=int))) == 0
    assert [len(some) for some in joined(none, np.empty(0, dtype=int))] == [0, 0]
    assert len(surfaces(none)) == 0


@settings(derandomize=True, max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_any_layers_are_parted(seed):
    rng = np.random.default_rng(seed)
    west, south = rng.uniform(0, 3, (2, 7))
    layers = shapely.affinity.rotate(
        MultiPolygon([*shapely.box(west, south, west + 1, south + 1)][:1]), 0
    )
    turns = rng.uniform(0, 90, 7)
    layers = np.array(
        [
            shapely.affinity.rotate(box(x, y, x + 1.5, y + 1), turn)
            for x, y, turn in zip(west, south, turns, strict=True)
        ]
    )
    rank = rng.permutation(7)
    left = uncovered(layers, rank)
    assert shapely.is_valid(left).all()
    whole = shapely.union_all(layers).area
    assert shapely.area(left).sum() == pytest.approx(whole, rel=1e-9)
    # A point anywhere lies in what is left of the highest of its layers.
    points = shapely.points(rng.uniform(0, 4, (300, 2)))
    for point in points:
        over = shapely.intersects(layers, point)
        found = np.flatnonzero(shapely.intersects(left, point))
        if over.any():
            assert found.tolist() == [np.flatnonzero(over)[rank[over].argmax()]]
        else:
            assert len(found) == 0


def test_surfaces_leave_out_what_is_none():
    square = box(0, 0, 1, 1)
    needle = Polygon([(2, 0), (3, 1e-13), (3, 0)])
    given_ = np.array(
        [
            square,
            GeometryCollection([square, LineString([(0, 0), (5, 5)]), Point(9, 9)]),
            MultiPolygon([square, needle]),
            needle,
            LineString([(0, 0), (1, 1)]),
            Polygon(),
        ]
    )
    found = surfaces(given_)
    assert shapely.area(found).tolist() == [1, 1, 1, 0, 0, 0]
    assert set(shapely.get_type_id(found).tolist()) <= {3, 6}
    assert found[0] is square


def test_what_has_one_key_is_joined():
    parts = np.array([box(0, 0, 1, 1), Polygon(), box(5, 5, 6, 6), box(1, 0, 2, 1)])
    ground, keys = joined(parts, np.array([3, 1, 2, 3]))
    assert keys.tolist() == [2, 3]
    assert ground[0].equals(box(5, 5, 6, 6))
    assert ground[1].equals(box(0, 0, 2, 1))
