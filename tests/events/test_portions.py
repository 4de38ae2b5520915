"""Geometries in portions, and each object once."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoevents.events.portions import once_each, portions

HERE = shapely.Point(40.1, 35.3)
SIZES = st.lists(st.none() | st.integers(1, 9), max_size=30)


def shapes(sizes):
    """Make lines, or points, of so many vertices."""
    out = np.full(len(sizes), None)
    for at, size in enumerate(sizes):
        if size is not None:
            xy = np.arange(2 * size).reshape(-1, 2)
            out[at] = shapely.Point(xy[0]) if size == 1 else shapely.LineString(xy)
    return out


@given(SIZES, st.integers(1, 20))
def test_portions_are_all_of_it_in_order_and_as_large_as_allowed(sizes, vertices):
    given = shapes(sizes)
    cut = portions(given, vertices)
    rows = list(range(len(given)))
    assert [row for some in cut for row in rows[some]] == rows
    weight = [(size or 0) + 1 for size in sizes]
    for some in cut:
        assert len(weight[some]) == 1 or 0 < sum(weight[some]) <= vertices
    for one, after in pairwise(cut):
        assert sum(weight[one]) + weight[after.start] > vertices


def test_of_nothing_there_are_no_portions():
    assert portions(np.array([], dtype=object)) == []


def test_each_object_is_listed_once_and_missing_is_one():
    twin = shapely.Point(40.1, 35.3)
    codes, objects = once_each(np.array([HERE, None, twin, HERE, None, twin]))
    assert codes.tolist() == [0, 1, 2, 0, 1, 2]
    assert [objects[0] is HERE, objects[1] is None, objects[2] is twin] == [True] * 3


@given(SIZES)
def test_the_objects_put_together_again_are_the_array(sizes):
    given = shapes(sizes)
    again = np.concatenate([given, given[::-1]])
    codes, objects = once_each(again)
    assert [a is b for a, b in zip(objects[codes], again, strict=True)] == [True] * len(again)
    assert len(objects) == len({id(one) for one in given})


@pytest.mark.parametrize("count", [0, 1])
def test_few_geometries(count):
    given = np.array([HERE][:count], dtype=object)
    codes, objects = once_each(given)
    assert (codes.tolist(), objects.tolist()) == ([0][:count], [HERE][:count])
    assert len(portions(given)) == count
