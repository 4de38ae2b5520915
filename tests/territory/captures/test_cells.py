"""Cells: a coverage, on hard ground too, with each point nearest to its own site."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree
from shapely import LineString, Polygon, box

from geoevents.errors import GeometryError
from geoevents.geodesy import area, distance_m
from geoevents.territory.captures.barriers import barrier_lines, parted, ties
from geoevents.territory.captures.cells import divide
from geoevents.territory.captures.ground import Ground, ground_about, ground_within
from geoevents.territory.captures.plane import fine, plane_about, unrolled


def split(lonlat, within, barriers=None, max_distance_m=None):
    plane = plane_about(lonlat)
    outline, drawn = ground_within(within, plane)
    lines = np.empty(0, object)
    if barriers is not None:
        lines, ends = barrier_lines(barriers, plane)
        lines = np.concatenate([lines, ties(ends, drawn, outline)])
    ground = Ground(plane, outline, parted(outline, lines), drawn)
    return divide(ground, lonlat, max_distance_m)


@settings(derandomize=True, max_examples=20)
@given(
    st.integers(0, 2**32 - 1), st.integers(2, 40), st.floats(-60, 60), st.booleans(), st.booleans()
)
def test_any_ground_is_covered_without_gaps_and_overlaps(seed, number, lat, ring, barred):
    rng = np.random.default_rng(seed)
    lonlat = np.column_stack([rng.uniform(9, 11, number), rng.uniform(lat - 1, lat + 1, number)])
    within = box(8.5, lat - 1.5, 11.5, lat + 1.5)
    if ring:
        hole = box(9.9, lat - 0.1, 10.1, lat + 0.1)
        within = within - hole
        lonlat = lonlat[~shapely.intersects_xy(hole, lonlat)]
    barriers = None
    if barred:
        way = np.column_stack([np.linspace(8, 12, 9), lat + rng.uniform(-1, 1, 9)])
        barriers = LineString(way)
    if len(lonlat) < 2:
        return
    cells = split(lonlat, within, barriers)
    assert shapely.is_valid(cells.faces).all()
    assert shapely.coverage_is_valid(cells.faces)
    parts = cells.ground.parts[np.unique(cells.seed_part)]
    assert shapely.area(cells.faces).sum() == pytest.approx(shapely.area(parts).sum(), rel=1e-8)
    assert cells.areas_km2().sum() == pytest.approx(area(parts).sum(), rel=1e-8)
    # Points anywhere, in the cell of the nearest site of their part.
    points = rng.uniform((8.5, lat - 1.5), (11.5, lat + 1.5), (200, 2))
    point, face = shapely.STRtree(cells.faces).query(shapely.points(points), predicate="within")
    part = cells.seed_part[cells.seed[face]]
    own = distance_m(*points[point].T, *lonlat[cells.site[face]].T)
    for one in np.unique(part):
        seats = lonlat[cells.seed_site[cells.seed_part == one]]
        some = points[point[part == one]]
        least = np.min(distance_m(*some.T[:, :, None], *seats.T[:, None, :]), axis=1)
        assert (own[part == one] <= least * 1.001 + 5).all()


def test_cells_agree_with_another_nearest_neighbour_search():
    rng = np.random.default_rng(2)
    lonlat = rng.uniform(-2, 2, (300, 2))
    cells = split(lonlat, box(-2.5, -2.5, 2.5, 2.5))
    points = rng.uniform(-2.5, 2.5, (3000, 2))
    point, face = shapely.STRtree(cells.faces).query(shapely.points(points), predicate="within")
    assert len(point) > 2990
    tree = cKDTree(cells.xy)
    metres, nearest = tree.query(cells.ground.plane.forward(points[point]), k=2)
    clear = metres[:, 1] - metres[:, 0] > 10
    assert (cells.site[face][clear] == nearest[clear, 0]).all()


def test_a_ring_of_water_and_an_outline_that_is_shared():
    # The barrier runs along the outline, and closes off a corner of it.
    square = box(0, 0, 2, 2)
    lonlat = np.array([[0.5, 0.5], [1.9, 1.9], [1.0, 1.0]])
    line = LineString([(0, 2), (2, 2), (2, 1.5), (1.5, 2)])
    cells = split(lonlat, square, line)
    corner = cells.areas_km2()[1]
    assert corner == pytest.approx(area(Polygon([(2, 2), (2, 1.5), (1.5, 2)])), rel=1e-3)
    assert cells.areas_km2().sum() == pytest.approx(area(square), rel=1e-8)


def test_a_line_clipped_to_the_ground_parts_it():
    # The northern edge is a geodesic: 570 m north of the parallel in the middle.
    square = box(39, 34, 41, 36)
    lonlat = np.array([[39.5, 35.0], [40.9, 35.0]])
    line = LineString([(40.0, 30.0), (40.0, 40.0)])
    clipped = split(lonlat, square, line.intersection(square))
    assert len(clipped.ground.parts) == 2
    np.testing.assert_allclose(clipped.areas_km2(), split(lonlat, square, line).areas_km2())
    short = LineString([(40.0, 30.0), (40.0, 35.9)])
    assert len(split(lonlat, square, short).ground.parts) == 1


def test_a_site_just_inside_a_straight_edge_is_inside():
    lonlat = np.array([[40.0, 34.001], [39.5, 35.0]])
    square = box(39, 34, 41, 36)
    cells = split(lonlat, square)  # the southern edge runs 560 m north of the parallel there
    assert not cells.ground.outline.intersects(shapely.Point(lonlat[0]))
    assert cells.areas_km2()[0] > 1000
    assert cells.areas_km2().sum() == pytest.approx(area(square), rel=1e-7)
    assert split(lonlat - [0, 0.002], square).seed_site.tolist() == [1]


def test_plane_is_about_the_middle_of_the_extent():
    lonlat = np.array([[0.0, 0.0], [0.1, 0.0], [0.2, 0.0], [10.0, 0.0]])
    plane = plane_about(lonlat)
    assert plane.lon == pytest.approx(5, abs=0.01)
    far = np.array([[0.0, 0.0], [22.6, 0.0]])
    with pytest.raises(GeometryError, match=r"within 1,250 km of it"):
        plane_about(far)
    assert plane_about(far * 0.99).lon == pytest.approx(11.187, abs=1e-3)


def test_distances_at_the_rim_are_as_wrong_as_is_said():
    lonlat = np.array([[-11.0, 0.0], [11.0, 0.0]])
    plane = plane_about(lonlat)
    ends = np.array([[11.0, 0.0], [11.1, 0.0], [11.0, 0.1]])
    xy = plane.forward(ends)
    out = np.hypot(*(xy[1] - xy[0])) / distance_m(11.0, 0.0, 11.1, 0.0)
    across = np.hypot(*(xy[2] - xy[0])) / distance_m(11.0, 0.0, 11.0, 0.1)
    assert out == pytest.approx(1 - 0.0047, abs=2e-4)
    assert across == pytest.approx(1 + 0.0047, abs=2e-4)


def test_edges_are_cut_along_geodesics():
    plane = plane_about(np.array([[10.0, 60.0], [11.0, 60.0]]))
    ends = np.array([[10.0, 60.0], [11.0, 60.0], [179.0, 0.0], [-179.5, 0.0]])
    lonlat, owner = fine(ends, np.array([0, 0, 1, 1]), plane)
    first = lonlat[owner == 0]
    assert np.max(distance_m(*first[:-1].T, *first[1:].T)) <= 1000
    assert first[len(first) // 2, 1] > 60.0009  # the geodesic bends to the pole
    assert first[0].tolist() == [10.0, 60.0]
    second = lonlat[owner == 1]
    assert second[:, 0].min() == 179.0
    assert second[-1, 0] == pytest.approx(180.5)
    assert unrolled(np.array([350.0]), plane).tolist() == [-10.0]


def test_the_hull_of_sites_in_a_line_is_a_band():
    lonlat = np.array([[0.0, 0.0], [0.1, 0.0], [0.3, 0.0]])
    plane = plane_about(lonlat)
    hull = ground_about(lonlat, plane)
    assert hull.contains(shapely.multipoints(lonlat))
    # The spacings are 0.1, 0.1 and 0.2 degrees: the median is 0.1.
    assert hull.bounds == pytest.approx((-0.1, -0.1007, 0.4, 0.1007), abs=1e-3)
