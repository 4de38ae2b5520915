"""Ground along a part of a river, against distances worked out point by point."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.geodesy import area
from geoevents.localities.shapes.courses import course
from geoevents.localities.shapes.reaches import along

GEOD = Geod(ellps="WGS84")
WIDTH = 5_000.0


def drawn(lon, lat, bearing, turns, leg=2_000.0):
    """A line of short legs that turns by so many degrees at each."""
    points = [(lon, lat)]
    for turn in turns:
        bearing += turn
        points.append(GEOD.fwd(*points[-1], bearing, leg)[:2])
    return course(shapely.LineString(points))


def samples(line, first, last):
    """Points of part of a line, every 50 m."""
    return np.array([line.point(at).coords[0] for at in np.arange(first, last, 50.0)])


def metres_to(points, at):
    """Distance of a point from the nearest of others."""
    lon, lat = np.full(len(points), at[0]), np.full(len(points), at[1])
    return GEOD.inv(lon, lat, *points.T)[2].min()


@pytest.mark.parametrize("place", [(40, 35), (20, 0.3), (25, 70), (179.97, -18)])
def test_a_straight_reach_is_a_rectangle(place):
    line = drawn(*place, 80.0, [0.0] * 50)
    region = along(line, 30_000, 70_000, WIDTH)
    assert area(region) == pytest.approx(40 * 10, rel=3e-3)


@pytest.mark.parametrize("ends", [(0, 40_000), (60_000, 100_000), (0, 100_000)])
def test_at_the_ends_of_the_river_it_ends_square(ends):
    line = drawn(40, 35, 80.0, [0.0] * 50)
    region = along(line, *ends, WIDTH)
    assert area(region) == pytest.approx((ends[1] - ends[0]) / 1e3 * 10, rel=3e-3)


TURNS = [
    [0] * 15 + [40, 40, 40, 40, -40, -40, -40, -40] + [0] * 25,  # a bend as wide as the band
    [25, -25] * 24,  # wriggles
    [0] * 22 + [90, 90] + [0] * 24,  # turns back beside itself, 2 km off
]


@pytest.mark.parametrize("turns", TURNS)
def test_it_is_what_is_near_and_nearer_to_it_than_to_the_rest(turns):
    line = drawn(40, 35, 80.0, turns)
    first, last = 30_000.0, 48_000.0
    region = along(line, first, last, WIDTH)
    assert region.is_valid
    west, south, east, north = shapely.bounds(shapely.LineString(line.lonlat))
    rng = np.random.default_rng(0)
    points = rng.uniform((west - 0.06, south - 0.06), (east + 0.06, north + 0.06), (300, 2))
    reach = samples(line, first, last)
    others = np.vstack([samples(line, 0, first), samples(line, last + 50, line.length_m)])
    for at in points:
        own, rest = metres_to(reach, at), metres_to(others, at)
        if abs(own - WIDTH) < 100 or abs(own - rest) < 300:
            continue  # too near to the edge to tell
        assert shapely.contains_xy(region, *at) == (own < WIDTH and own < rest), (at, own, rest)


@settings(max_examples=40)
@given(
    st.floats(-180, 180),
    st.floats(-75, 75),
    st.lists(st.floats(-70, 70), min_size=5, max_size=40),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_any_reach_is_one_valid_region_that_holds_it(lon, lat, turns, one, other):
    line = drawn(lon, lat, 0.0, turns)
    first, last = sorted((one * line.length_m, other * line.length_m))
    if last - first < 1_500:
        return
    region = along(line, first, last, WIDTH)
    assert region.is_valid
    assert not region.is_empty
    assert -180 <= region.bounds[0] <= region.bounds[2] <= 180
    middle = line.point((first + last) / 2)
    assert shapely.intersects(region, middle)
