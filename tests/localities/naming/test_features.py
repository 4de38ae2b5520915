"""Places found by where they are, and how near things are to each other."""

import pytest
import shapely
from pyproj import Geod

from geoevents.localities.naming.features import apart_m, is_within_m

GEOD = Geod(ellps="WGS84")
LAND = shapely.segmentize(shapely.box(10, 60, 14, 62), 0.05)


@pytest.mark.parametrize("metres", [300.0, 5_000.0, 80_000.0])
@pytest.mark.parametrize("bearing", [0, 90, 200])
def test_within_a_distance_is_as_measured(metres, bearing):
    lon, lat, _ = GEOD.fwd(14, 62, bearing, metres)
    town = shapely.Point(lon, lat)
    away = apart_m(LAND, town)
    for reach in (0.5 * away, 0.995 * away, 1.005 * away, 2 * away, away + 1):
        assert is_within_m(LAND, town, reach) == (away <= reach)


def test_what_meets_is_within_nothing():
    assert is_within_m(LAND, shapely.Point(12, 61), 0.0)


def test_the_shortest_way_in_degrees_is_not_always_the_shortest_on_the_ground():
    north, east = shapely.Point(10, 60.6), shapely.Point(10.9, 60)
    both = shapely.MultiPoint([north, east])
    here = shapely.Point(10, 60)
    away = GEOD.inv(10, 60, 10.9, 60)[2]
    assert away < GEOD.inv(10, 60, 10, 60.6)[2]
    assert is_within_m(both, here, away + 100)
    assert not is_within_m(both, here, away - 1000)
