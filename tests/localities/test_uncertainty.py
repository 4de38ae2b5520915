"""How far words reach, and the point-radius method."""

import math
from types import SimpleNamespace

import pytest
import shapely
from pyproj import Geod

from geoevents.localities.uncertainty import Neighbourhood, covering_radius_m, point_radius

GEOD = Geod(ellps="WGS84")


def place(geometry, uncertainty_m=1000.0):
    return SimpleNamespace(geometry=geometry, uncertainty_m=uncertainty_m)


def test_a_named_place_alone():
    assert point_radius(extent_m=3000, coordinate_error_m=119) == pytest.approx(3119)


def test_distance_only_is_about_the_place():
    assert (
        point_radius(distance_m=5000, distance_precision_m=1000, heading_precision_deg=360) == 5500
    )


def test_no_error_no_radius():
    assert point_radius(distance_m=10_000) == 0


def test_a_heading_alone_gives_the_chord():
    # 10 km away, up to 45° off: the chord of 45° on a circle of 10 km.
    chord = 2 * 10_000 * math.sin(math.radians(22.5))
    assert point_radius(distance_m=10_000, heading_precision_deg=45) == pytest.approx(chord)


def test_all_together():
    # Corner of the triangle with sides 10 and 17 and 45° between, in miles.
    radius = point_radius(
        distance_m=10, distance_precision_m=10, heading_precision_deg=45, extent_m=2
    )
    assert radius == pytest.approx(math.sqrt(100 + 289 - 340 * math.sqrt(0.5)))


def test_near_grows_with_the_place_between_bounds():
    rules = Neighbourhood()
    point = shapely.Point(40, 35)
    assert rules.near_m(place(point, 4000.0)) == 6000
    assert rules.near_m(place(point, 100.0)) == 2000
    assert rules.near_m(place(point, 22_000.0)) == 30_000
    assert rules.near_m(place(point, 40_000.0)) == 50_000  # never inside the place itself
    assert rules.near_m(place(shapely.LineString([(40, 35), (41, 35)]))) == 5000


def test_extent_of_a_polygon_is_the_radius_of_its_area():
    square = shapely.box(40, 35, 41, 36)
    km2 = abs(GEOD.geometry_area_perimeter(square)[0]) / 1e6
    assert Neighbourhood().extent_m(place(square)) == pytest.approx(1000 * math.sqrt(km2 / math.pi))


def test_scaled_rules_reach_in_proportion():
    town = place(shapely.Point(40, 35), 4000.0)
    wide = Neighbourhood().scaled(3)
    assert wide.near_m(town) == pytest.approx(18_000)
    assert wide.extent_m(town) == pytest.approx(12_000)
    assert wide.direction_m(town) == pytest.approx(3 * Neighbourhood().direction_m(town))


def test_covering_radius_is_the_farthest_corner():
    box = shapely.box(40, 35, 41, 36)
    far = GEOD.inv(40, 35, 41, 36)[2]
    assert covering_radius_m(shapely.Point(40, 35), box) == pytest.approx(far)
