"""Coverages drawn with fewer vertices, without gaps and overlaps."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from geoevents.territory.coverage import matched, simplified


def cells(seed, step, lat=35):
    """Cells whose borders were drawn each by itself."""
    points = np.random.default_rng(seed).uniform((40, lat), (40.4, lat + 0.4), (15, 2))
    drawn = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    return shapely.segmentize(drawn, step) if step else drawn


def vertices(shapes):
    return {*map(tuple, shapely.get_coordinates(shapes).tolist())}


@settings(derandomize=True, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 0.003, 0.02]), st.sampled_from([10, 900]))
def test_any_coverage_stays_one(seed, step, tolerance_m):
    drawn = cells(seed, step)
    thin = simplified(drawn, tolerance_m)
    assert len(thin) == len(drawn)
    assert shapely.is_valid(thin).all()
    assert shapely.coverage_is_valid(thin)
    assert vertices(thin) <= vertices(drawn)
    assert shapely.union_all(thin).area == pytest.approx(shapely.area(thin).sum(), rel=1e-9)
    apart = shapely.symmetric_difference(thin, drawn)
    assert shapely.area(apart).sum() < 100 * (tolerance_m / 90_000) ** 2 * 15


def test_vertices_of_neighbours_are_matched():
    shapes = np.array([box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2)])
    assert not shapely.coverage_is_valid(shapes)
    found = matched(shapes)
    assert shapely.coverage_is_valid(found)
    assert shapely.equals(found, shapes).all()
    assert vertices(found) == vertices(shapes)


def test_gaps_and_holes_stay():
    lake = box(0.4, 0.4, 0.6, 0.6)
    shapes = np.array([box(0, 0, 1, 1) - lake, box(1, 0, 2, 0.5), box(3, 0, 4, 1)])
    for found in (matched(shapes), simplified(shapes, 100)):
        assert shapely.equals(found, shapes).all()


def test_small_ground_may_be_lost_but_is_not_missing():
    shapes = np.array([box(0, 0, 1, 1), box(1, 0, 1.001, 0.001)])
    thin = simplified(shapes, 50_000)
    assert len(thin) == 2
    assert not shapely.is_missing(thin).any()
    assert shapely.coverage_is_valid(thin)


def test_no_polygons():
    assert len(simplified(np.empty(0, dtype=object), 10)) == 0


def test_a_jagged_border_gets_fewer_vertices():
    x = np.linspace(0, 1, 101)
    jagged = np.column_stack([x, 1 + 0.0005 * (np.arange(101) % 2)])
    shapes = np.array(
        [Polygon([(0, 0), (1, 0), *jagged[::-1]]), Polygon([*jagged, (1, 2), (0, 2)])]
    )
    thin = simplified(shapes, 5000)
    assert shapely.coverage_is_valid(thin)
    assert shapely.get_num_coordinates(thin).sum() < 40
    assert vertices(thin) <= vertices(shapes)
