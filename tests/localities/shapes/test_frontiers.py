"""Shared borders: made-up neighbours whose border is known, and Natural Earth's countries."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoevents.geodesy import length
from geoevents.localities.shapes.frontiers import NoSharedBorderError, frontier, outline

GEOD = Geod(ellps="WGS84")


def along(*lonlat):
    """Kilometres along geodesics."""
    return GEOD.line_length(*np.array(lonlat, float).T) / 1000


def moved(polygon, lon):
    return shapely.transform(polygon, lambda xy: xy + np.array([lon, 0.0]))


@pytest.mark.parametrize("south", [-60.0, -0.5, 35.0, 69.0])
def test_two_boxes_share_their_side(south):
    west, east = shapely.box(40, south, 41, south + 1), shapely.box(41, south, 42, south + 1)
    shared = frontier(west, east, 100)
    assert length(shared.line) == pytest.approx(along((41, south), (41, south + 1)), abs=0.01)
    assert shared.line.bounds == pytest.approx((41, south, 41, south + 1), abs=1e-6)
    assert shared.off_m < 0.01


def test_it_is_the_same_border_from_both_sides():
    one = shapely.Polygon([(40, 35), (41, 35), (41.2, 35.4), (41, 36), (40, 36)])
    other = shapely.Polygon([(41, 35), (42, 35), (42, 36), (41, 36), (41.2, 35.4)])
    by_hand = along((41, 35), (41.2, 35.4), (41, 36))
    for pair in ((one, other), (other, one)):
        assert length(frontier(*pair, 100).line) == pytest.approx(by_hand, abs=0.01)


def test_neighbours_with_other_vertices_on_the_same_line_share_it():
    west = shapely.box(40, 0, 41, 1)
    east = shapely.Polygon([(41, 0), (42, 0), (42, 1), (41, 1), (41, 0.61), (41, 0.3)])
    assert length(frontier(west, east, 100).line) == pytest.approx(
        along((41, 0), (41, 1)), abs=0.01
    )


@pytest.mark.parametrize("gap", [0.005, -0.005], ids=["gap", "overlap"])
@pytest.mark.parametrize("lat", [0.0, 35.0, 69.0])
def test_neighbours_of_two_sources_share_a_border_within_the_tolerance(gap, lat):
    """A jagged border drawn twice, some 500 m apart; beyond its ends the outlines part at once."""
    south = np.linspace(lat, lat + 1, 41)
    jag = 41 + 0.05 * np.sin(south * 20)
    line = np.column_stack([jag, south])
    west = shapely.Polygon([*line, (40, lat + 1.2), (40, lat - 0.2)])
    east = shapely.Polygon([*(line + np.array([gap, 0])), (42, lat + 1.2), (42, lat - 0.2)])
    shared = frontier(west, east, 2_000)
    assert length(shared.line) == pytest.approx(along(*line), rel=0.02)
    apart = GEOD.inv(41, lat, 41 + abs(gap), lat)[2]
    assert 0 < shared.off_m <= 1.05 * apart


def test_a_border_ends_where_three_countries_meet():
    """The third country's borders leave the meeting point at right angles or slantwise."""
    west = shapely.Polygon([(40, 35), (41, 35), (41, 36), (40, 36)])
    east = shapely.Polygon([(41, 35), (42, 34.9), (42, 36.1), (41, 36)])
    line = frontier(west, east, 10_000).line
    assert length(line) == pytest.approx(along((41, 35), (41, 36)), rel=0.02)


def test_an_enclave_shares_its_whole_outline():
    hole = shapely.box(40.4, 35.4, 40.6, 35.6)
    around = shapely.difference(shapely.box(40, 35, 41, 36), hole)
    by_hand = along((40.4, 35.4), (40.6, 35.4), (40.6, 35.6), (40.4, 35.6), (40.4, 35.4))
    for pair in ((hole, around), (around, hole)):
        assert length(frontier(*pair, 100).line) == pytest.approx(by_hand, rel=1e-3)


def test_a_border_in_two_pieces_has_two():
    west = shapely.box(40, 35, 41, 36)
    east = shapely.Polygon(
        [(41, 35), (42, 35), (42, 36), (41, 36), (41, 35.7), (41.3, 35.6), (41.3, 35.4), (41, 35.3)]
    )
    line = frontier(west, east, 500).line
    assert len(line.geoms) == 2
    assert length(line) == pytest.approx(
        along((41, 35), (41, 35.3)) + along((41, 35.7), (41, 36)), rel=0.01
    )


def test_the_border_is_the_same_across_the_antimeridian():
    """A border that crosses 180 degrees is as long as the same one moved 180 degrees west."""
    north = shapely.Polygon([(-1, 10), (0.5, 10.2), (1, 10), (1, 11), (-1, 11)])
    south = shapely.Polygon([(-1, 10), (0.5, 10.2), (1, 10), (1, 9), (-1, 9)])
    world = shapely.box(-180, -90, 180, 90)

    def cut(polygon):
        there = moved(polygon, 180)
        return shapely.union(
            shapely.intersection(there, world), shapely.intersection(moved(there, -360), world)
        )

    here = frontier(north, south, 100).line
    there = frontier(cut(north), cut(south), 100).line
    assert length(here) == pytest.approx(along((-1, 10), (0.5, 10.2), (1, 10)), rel=1e-4)
    assert length(there) == pytest.approx(length(here), rel=1e-4)
    assert there.bounds[::2] == pytest.approx((-180, 180))


def test_a_border_along_the_antimeridian_is_one():
    west, east = shapely.box(179, 10, 180, 11), shapely.box(-180, 10, -179, 11)
    line = frontier(west, east, 100).line
    assert length(line) == pytest.approx(along((180, 10), (180, 11)), rel=1e-4)


def test_the_cut_at_the_antimeridian_is_no_border():
    land = shapely.union(shapely.box(179, 10, 180, 12), shapely.box(-180, 11, -179, 12))
    by_hand = along((180, 10), (179, 10), (179, 12), (180, 12), (181, 12), (181, 11), (180, 11))
    by_hand += along((180, 10), (180, 11))  # only the western half goes on to the south there
    assert length(outline(land)) == pytest.approx(by_hand, rel=1e-4)


def test_the_edge_along_a_pole_is_no_border():
    edge = [(lon, -80) for lon in range(-180, 181, 60)]
    cap = shapely.Polygon([*edge, (180, -90), (-180, -90)])
    assert length(outline(cap)) == pytest.approx(along(*edge), rel=1e-9)


def test_the_outline_of_anything_else_is_its_boundary():
    box = shapely.box(40, 35, 41, 36)
    assert outline(box).equals(shapely.boundary(box))


def test_countries_that_do_not_touch_are_so_far_apart():
    west, east = shapely.box(40, 0, 41, 1), shapely.box(41.5, 0, 42, 1)
    with pytest.raises(NoSharedBorderError) as caught:
        frontier(west, east, 5_000)
    # The parallels of 1 degree are a little shorter than the equator.
    assert caught.value.apart_m == pytest.approx(GEOD.inv(41, 1, 41.5, 1)[2], rel=1e-3)


def test_countries_that_meet_in_a_point_share_no_border():
    with pytest.raises(NoSharedBorderError) as caught:
        frontier(shapely.box(40, 35, 41, 36), shapely.box(41, 36, 42, 37), 100)
    assert caught.value.apart_m == pytest.approx(0, abs=1)
