"""Courses: every length and point is worked out with pyproj's geodesics, or by hand."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.geodesy import length
from geoevents.localities.shapes.courses import CourseTooShortError, course

GEOD = Geod(ellps="WGS84")


def metres(a, b):
    return GEOD.inv(*a, *b)[2]


def is_near(point, lonlat, within=1.0):
    return metres((point.x, point.y), lonlat) <= within


# At the equator, at 70 N, across the antimeridian, and in the south.
LINES = [
    [(10.0, 0.5), (10.4, 0.0), (10.4, -0.5)],
    [(25.0, 70.5), (26.0, 70.0), (25.5, 69.7)],
    [(179.2, -17.0), (179.9, -17.2), (-179.7, -17.1), (-179.0, -16.8)],
    [(-60.0, -33.0), (-59.0, -34.0)],
]


@pytest.mark.parametrize("lonlat", LINES)
def test_length_is_the_sum_of_the_geodesics(lonlat):
    by_hand = sum(metres(a, b) for a, b in pairwise(lonlat))
    assert course(shapely.LineString(lonlat)).length_m == pytest.approx(by_hand, abs=0.01)


@pytest.mark.parametrize("lonlat", LINES)
def test_source_and_mouth_are_the_ends_as_drawn(lonlat):
    line = course(shapely.LineString(lonlat))
    assert is_near(line.source, lonlat[0], 0.01)
    assert is_near(line.mouth, lonlat[-1], 0.01)


@pytest.mark.parametrize("lonlat", LINES)
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.99])
def test_a_point_at_a_length_lies_on_the_geodesic(lonlat, share):
    first, second = lonlat[:2]
    azimuth, _, whole = GEOD.inv(*first, *second)
    lon, lat, _ = GEOD.fwd(*first, azimuth, share * whole)
    line = course(shapely.LineString(lonlat))
    assert is_near(line.point(share * whole), (lon, lat), 0.05)


@pytest.mark.parametrize("lonlat", LINES)
@pytest.mark.parametrize("side", [-90.0, 90.0])
def test_a_place_beside_the_line_is_at_its_foot(lonlat, side):
    """Go along the first edge, then 8 km at a right angle: the foot is where one turned."""
    azimuth, _, whole = GEOD.inv(*lonlat[0], *lonlat[1])
    lon, lat, back = GEOD.fwd(*lonlat[0], azimuth, 0.4 * whole)
    away = GEOD.fwd(lon, lat, back + 180 + side, 8_000.0)[:2]
    spot = course(shapely.LineString(lonlat)).spot(shapely.Point(away))
    assert spot.at_m == pytest.approx(0.4 * whole, abs=20.0)
    assert spot.away_m == pytest.approx(8_000.0, abs=5.0)
    assert is_near(spot.point, (lon, lat), 20.0)


def test_a_place_far_off_is_still_found():
    line = course(shapely.LineString([(40, 36), (40, 34)]))
    spot = line.spot(shapely.Point(60, 35))
    foot_lat = min(np.linspace(34, 36, 2001), key=lambda lat: metres((60, 35), (40, lat)))
    assert spot.point.y == pytest.approx(foot_lat, abs=0.01)
    assert spot.away_m == pytest.approx(metres((60, 35), (40, foot_lat)), rel=1e-5)


def test_a_polygon_that_the_line_runs_through_has_a_first_and_last_metre():
    line = course(shapely.LineString([(40, 36), (40, 34)]))
    spot = line.spot(shapely.box(39.5, 34.5, 40.5, 35.5))
    # Edges of the box are geodesics: on the meridian they bulge by some metres.
    assert spot.first_m == pytest.approx(metres((40, 36), (40, 35.5)), abs=500)
    assert spot.last_m == pytest.approx(metres((40, 36), (40, 34.5)), abs=500)
    assert spot.away_m == 0
    assert spot.first_m < spot.at_m < spot.last_m


def test_a_stretch_is_the_part_between_and_as_long_as_asked():
    line = course(shapely.LineString([(40, 36), (40, 35), (41, 35)]))
    part = line.stretch(100_000, 130_000)
    assert length(part) == pytest.approx(30.0, abs=1e-4)
    assert any(is_near(shapely.Point(xy), (40, 35), 0.1) for xy in part.coords)
    assert part.equals(line.stretch(130_000, 100_000))


def test_a_stretch_across_the_antimeridian_is_cut_there_and_as_long_as_asked():
    line = course(shapely.LineString(LINES[2]))
    part = line.stretch(50_000, 120_000)
    assert part.geom_type == "MultiLineString"
    assert part.bounds[::2] == (-180.0, 180.0)
    assert length(part) == pytest.approx(70.0, abs=1e-3)


def test_a_stretch_beyond_the_ends_is_the_line():
    line = course(shapely.LineString([(40, 36), (40, 35)]))
    assert length(line.stretch(-1e6, 1e6)) == pytest.approx(line.length_m / 1000, abs=1e-4)


def test_onward_goes_down_and_up():
    line = course(shapely.LineString([(40, 36), (40, 35)]))
    assert line.onward(50_000, 10_000) == 60_000
    assert line.onward(50_000, -10_000) == 40_000


def test_onward_says_how_much_river_there_is():
    line = course(shapely.LineString([(40, 36), (40, 35)]))
    whole = metres((40, 36), (40, 35))
    with pytest.raises(CourseTooShortError, match=f"{(whole - 100_000) / 1000:.1f} km") as caught:
        line.onward(100_000, 20_000)
    assert caught.value.left_m == pytest.approx(whole - 100_000, abs=0.01)
    with pytest.raises(CourseTooShortError, match=r"10\.0 km"):
        line.onward(10_000, -20_000)


def test_a_tributary_meets_the_river_at_its_mouth():
    river = course(shapely.LineString([(40, 36), (40, 34)]))
    branch = course(shapely.LineString([(41, 35.5), (40, 35)]))
    for met in (river.meeting(branch), branch.meeting(river)):
        assert is_near(met.point, (40, 35), 20.0)
        assert met.gap_m < 20.0
    assert river.meeting(branch).at_m == pytest.approx(metres((40, 36), (40, 35)), abs=20)
    assert river.meeting(branch).other_at_m == branch.length_m


def test_a_tributary_drawn_short_of_the_river_meets_it_with_a_gap():
    river = course(shapely.LineString([(40, 36), (40, 34)]))
    branch = course(shapely.LineString([(41, 35), (40.02, 35)]))
    assert river.meeting(branch).gap_m == pytest.approx(metres((40, 35), (40.02, 35)), abs=1)


def test_a_mouth_counts_more_than_a_crossing_elsewhere():
    """The drawn tributary touches the river above its mouth; they meet at the mouth."""
    river = course(shapely.LineString([(40, 36), (40, 34)]))
    branch = course(shapely.LineString([(40.5, 36), (39.99, 35.5), (40.3, 35.2), (40, 34.9)]))
    assert is_near(river.meeting(branch).point, (40, 34.9), 20.0)


def test_a_tributary_drawn_upstream_is_met_all_the_same():
    river = course(shapely.LineString([(40, 36), (40, 34)]))
    branch = course(shapely.LineString([(40, 35), (41, 35.5)]))
    assert is_near(river.meeting(branch).point, (40, 35), 50.0)


def test_rivers_far_apart_have_their_distance():
    one = course(shapely.LineString([(40, 36), (40, 34)]))
    other = course(shapely.LineString([(42, 36), (42, 34)]))
    # Meridians are nearest in the north.
    assert one.meeting(other).gap_m == pytest.approx(metres((40, 36), (42, 36)), rel=1e-4)


def test_pieces_are_threaded_and_gaps_bridged():
    pieces = shapely.MultiLineString([[(40, 36), (40, 35)], [(40, 34.9), (40, 34)]])
    line = course(pieces)
    assert is_near(line.source, (40, 36))
    assert is_near(line.mouth, (40, 34))
    assert line.length_m == pytest.approx(metres((40, 36), (40, 34)), abs=1)


def test_pieces_cut_at_the_antimeridian_are_one_line():
    pieces = shapely.MultiLineString([[(179, 10), (180, 10.1)], [(-180, 10.1), (-179, 10)]])
    by_hand = metres((179, 10), (180, 10.1)) + metres((-180, 10.1), (-179, 10))
    assert course(pieces).length_m == pytest.approx(by_hand, abs=0.1)


@settings(max_examples=60)
@given(
    st.floats(-179.9, 179.9),
    st.floats(-75, 75),
    st.lists(st.tuples(st.floats(-60, 60), st.floats(5_000, 80_000)), min_size=2, max_size=8),
    st.floats(0.02, 0.98),
)
def test_a_point_of_a_line_is_found_where_it_is(lon, lat, legs, share):
    """A line that turns by 60 degrees at most about one bearing does not come back to itself."""
    points = [(lon, lat)]
    for bearing, far in legs:
        points.append(GEOD.fwd(*points[-1], bearing, far)[:2])
    line = course(shapely.LineString(points))
    at = share * line.length_m
    spot = line.spot(line.point(at))
    assert spot.away_m < 5.0
    assert metres(spot.point.coords[0], line.point(at).coords[0]) < 5.0
    up, down = line.stretch(0, at), line.stretch(at, line.length_m)
    assert length(up) + length(down) == pytest.approx(line.length_m / 1000, rel=1e-6)


def test_a_slip_of_the_drawing_that_goes_back_on_itself_is_taken_out():
    """As Natural Earth draws the Dnieper near 49.76 N and the Tigris by Kut."""
    straight = [(40, 36), (40, 35.5), (40.002, 35.49), (40, 35)]
    slips = [(40, 36), (40, 35.5), (40.003, 35.502), (40.0, 35.5), (40.002, 35.49), (40, 35)]
    assert course(shapely.LineString(slips)).length_m == pytest.approx(
        course(shapely.LineString(straight)).length_m, abs=0.01
    )


def test_a_sharp_bend_of_a_real_river_stays():
    bend = shapely.LineString([(40, 36), (40.1, 35), (40.12, 36), (40.2, 35)])
    assert len(course(bend).lonlat) > 4
    assert course(bend).length_m > 3 * metres((40.1, 35), (40.1, 36)) * 0.99
