"""How far words reach, and the point-radius method."""

import math
from types import SimpleNamespace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.errors import GeoeventsError
from geoevents.localities.uncertainty import (
    Neighbourhood,
    coordinate_rounding_m,
    point_radius,
)

GEOD = Geod(ellps="WGS84")
MILE = 1609.344
FOOT = 0.3048
DATUM = 79.0  # metres, where the datum is not known, near Bakersfield


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


# The answers that the georeferencing calculator and its manual give. The rounding of the
# coordinates comes after the root, all other lengths are inside it.


def test_calculator_named_place():
    rounding = coordinate_rounding_m(35.37, 1 / 3600)
    assert round(rounding) == 40
    radius = point_radius(extent_m=3000, coordinate_error_m=DATUM) + rounding
    assert round(radius) == 3119


def test_calculator_distance_only():
    rounding = coordinate_rounding_m(35.37, 0.001)
    assert round(rounding) == 143
    radius = point_radius(
        distance_m=5 * MILE,
        distance_precision_m=1 * MILE,
        heading_precision_deg=360,
        extent_m=2 * MILE,
    )
    assert (radius + rounding) / MILE == pytest.approx(7.589, abs=5e-4)


def test_calculator_distance_and_heading():
    radius = point_radius(
        distance_m=10 * MILE,
        distance_precision_m=10 * MILE,
        heading_precision_deg=45,
        extent_m=2 * MILE,
        coordinate_error_m=DATUM,
    )
    rounded = radius + coordinate_rounding_m(35.37, 1 / 3600)
    assert rounded / MILE == pytest.approx(12.254, abs=5e-4)


def test_the_rounding_inside_the_root_gives_a_little_less():
    radius = point_radius(
        distance_m=10 * MILE,
        distance_precision_m=10 * MILE,
        heading_precision_deg=45,
        extent_m=2 * MILE,
        coordinate_error_m=DATUM + 40,
    )
    assert radius / MILE == pytest.approx(12.250, abs=5e-4)


def test_calculator_finer_heading_and_a_map():
    radius = point_radius(
        distance_m=10 * MILE,
        distance_precision_m=10 * MILE,
        heading_precision_deg=11.25,
        extent_m=2 * MILE,
        coordinate_error_m=40 * FOOT + 0.007 * MILE,
    )
    rounded = radius + coordinate_rounding_m(35.37, 1 / 3600)
    assert rounded / MILE == pytest.approx(7.491, abs=5e-4)


def test_calculator_along_a_path():
    radius = point_radius(
        distance_precision_m=1 * MILE,
        extent_m=2 * MILE,
        coordinate_error_m=167 * FOOT + 0.032 * MILE,
    )
    rounding = coordinate_rounding_m(35.37, 0.1 / 60)
    assert rounding / MILE == pytest.approx(0.148, abs=1e-3)  # a little farther north
    assert (radius + rounding) / MILE == pytest.approx(2.712, abs=5e-4)


def test_calculator_two_distances_at_a_right_angle():
    radius = point_radius(
        distance_precision_m=math.sqrt(2) * MILE, extent_m=2 * MILE, coordinate_error_m=DATUM
    )
    rounded = radius + coordinate_rounding_m(35.37, 1 / 3600)
    assert rounded / MILE == pytest.approx(2.781, abs=5e-4)


def test_a_heading_of_no_use_is_none():
    about = point_radius(distance_m=5000, extent_m=700, heading_precision_deg=360)
    assert about == 5700
    assert point_radius(distance_m=5000, extent_m=700, heading_precision_deg=180) == about
    less = point_radius(distance_m=5000, extent_m=700, heading_precision_deg=179.99)
    assert about < less < 2 * 5000 + 700  # the chord to the far side: the circle is not about it


def test_a_small_error_far_away_is_not_lost():
    # Two numbers of 1e14 that differ by 1e-6 would leave nothing.
    assert point_radius(distance_m=1e7, extent_m=1e-3) == pytest.approx(1e-3)


lengths = st.floats(0, 1e6)


@given(lengths, lengths, st.floats(0, 400), lengths, lengths)
def test_the_circle_holds_the_farthest_corner(distance, precision, heading, extent, error):
    radius = point_radius(
        distance_m=distance,
        distance_precision_m=precision,
        heading_precision_deg=heading,
        extent_m=extent,
        coordinate_error_m=error,
    )
    total = extent + error + precision / 2
    assert radius >= total * (1 - 1e-12)
    if heading < 180:
        # On a plane: the nominal point on the x axis, the corner at the edge of the heading.
        angle = math.radians(heading)
        far = distance + total
        corner = math.hypot(far * math.cos(angle) - distance, far * math.sin(angle))
        assert radius == pytest.approx(corner, rel=1e-6, abs=1e-3)
    else:
        assert radius == pytest.approx(distance + total)


@pytest.mark.parametrize(
    "name",
    [
        "distance_m",
        "distance_precision_m",
        "heading_precision_deg",
        "extent_m",
        "coordinate_error_m",
    ],
)
@pytest.mark.parametrize("value", [-1, -1e-9, math.nan, math.inf, -math.inf])
def test_what_cannot_be_is_refused_by_name(name, value):
    with pytest.raises(GeoeventsError, match=f"{name} must be a number of at least 0"):
        point_radius(**{name: value})


@pytest.mark.parametrize("lat", [-90, -66.5, 0, 35.37, 70, 90])
def test_rounding_is_a_step_each_way_on_the_ellipsoid(lat):
    step = 0.001
    south, north = (lat - step, lat) if lat > 0 else (lat, lat + step)
    up = GEOD.inv(10, south, 10, north)[2]
    across = GEOD.inv(10, lat, 10 + step, lat)[2]
    assert coordinate_rounding_m(lat, step) == pytest.approx(math.hypot(up, across), rel=1e-5)
    assert coordinate_rounding_m(lat, step, 0) == pytest.approx(up, rel=1e-5)


@pytest.mark.parametrize(
    ("lat", "step", "message"),
    [
        (90.1, 0.1, "lat"),
        (math.nan, 0.1, "lat"),
        (35, -0.1, "step_deg"),
        (35, math.nan, "step_deg"),
    ],
)
def test_rounding_refuses_what_cannot_be(lat, step, message):
    with pytest.raises(GeoeventsError, match=message):
        coordinate_rounding_m(lat, step)
    with pytest.raises(GeoeventsError, match="lon_step_deg"):
        coordinate_rounding_m(35, 0.1, -1)


def test_the_centre_is_half_a_town_and_grows_with_it():
    town = place(shapely.Point(40, 35), 4000.0)
    rules = Neighbourhood()
    assert rules.centre * rules.extent_m(town) == 2000
    wide = rules.scaled(3)
    assert wide.centre * wide.extent_m(town) == 6000


def test_near_grows_with_the_place_between_bounds():
    rules = Neighbourhood()
    point = shapely.Point(40, 35)
    assert rules.near_m(place(point, 4000.0)) == 6000
    assert rules.near_m(place(point, 100.0)) == 2000
    assert rules.near_m(place(point, 22_000.0)) == 30_000
    assert rules.near_m(place(point, 40_000.0)) == 50_000  # never inside the place itself
    assert rules.near_m(place(shapely.LineString([(40, 35), (41, 35)]))) == 5000


def test_near_a_border_is_near_the_smaller_of_its_lands():
    """A square of 40 km has the area of a disc of 40 / sqrt(pi) = 22.6 km radius."""
    degree = 110_574.0  # of latitude at the equator; of longitude 111,320 m
    small = shapely.box(0, 0, 40_000 / 111_320, 40_000 / degree)
    large = shapely.box(-10, 0, 0, 10)
    line = shapely.LineString([(0, 0), (0, 40_000 / degree)])
    border = SimpleNamespace(geometry=line, uncertainty_m=100.0, lands=(large, small))
    rules = Neighbourhood()
    assert rules.near_m(border) == pytest.approx(0.25 * 22_568, rel=1e-3)
    assert rules.near_m(border) == rules.near_m(place(small))
    assert rules.near_m(SimpleNamespace(**vars(border) | {"lands": (large,)})) == 30_000
    assert rules.scaled(0.5).near_m(border) == pytest.approx(0.5 * rules.near_m(border))


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
