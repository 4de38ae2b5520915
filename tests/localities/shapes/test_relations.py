"""Ground of each relation, against geodesics computed here."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.geodesy import area, buffer
from geoevents.localities.shapes import banks as sided
from geoevents.localities.shapes import relations, stems
from geoevents.localities.shapes.plane import Plane, solid, valid, wrapped
from geoevents.localities.shapes.sweeps import beyond

GEOD = Geod(ellps="WGS84")
BEND = shapely.LineString([(40, 37), (40, 35.6), (40.3, 35.5), (40, 35.4), (40, 34)])


def at(lon, lat, bearing, metres):
    return shapely.Point(GEOD.fwd(lon, lat, bearing, metres)[:2])


@pytest.mark.parametrize("lat", [0.0, 35.0, 70.0, -55.0])
@pytest.mark.parametrize("bearing", [0, 90, 202.5, 315])
def test_sector_holds_what_lies_in_its_angle_and_distance(lat, bearing):
    region = relations.sector(shapely.Point(40, lat), bearing, 22.5, 20_000, 5_000)
    assert region.is_valid
    for off, metres, inside in (
        *((0, 12_000, True), (22, 12_000, True), (-22, 12_000, True), (0, 19_900, True)),
        *((0, 5_100, True), (23, 12_000, False), (-23, 12_000, False), (0, 20_100, False)),
        *((0, 4_900, False), (180, 12_000, False)),
    ):
        assert region.contains(at(40, lat, bearing + off, metres)) is inside, (off, metres)
    share = 45 / 360 * math.pi * (20**2 - 5**2)
    assert area(region) == pytest.approx(share, rel=2e-3)


def test_sector_across_the_antimeridian():
    region = relations.sector(shapely.Point(179.9, -17), 90, 45, 40_000)
    assert region.is_valid
    assert region.contains(at(179.9, -17, 90, 30_000))
    west, _, east, _ = region.bounds
    assert -180 <= west < -179
    assert 179 < east <= 180
    assert area(region) == pytest.approx(math.pi * 40**2 / 4, rel=2e-3)


def test_ring_is_a_disc_without_its_middle():
    region = relations.ring(shapely.Point(40, 60), 3_000, 9_000)
    assert area(region) == pytest.approx(math.pi * (81 - 9), rel=1e-3)
    outside = relations.ring(shapely.box(40, 35, 41, 36), 0, 10_000)
    assert not outside.contains(shapely.Point(40.5, 35.5))
    assert outside.contains(at(41, 35.5, 90, 9_000))


def test_beyond_is_on_that_side_only():
    # An L: the notch in its north-east has the country to its west, and below.
    country = shapely.Polygon([(40, 35), (42, 35), (42, 36), (41, 36), (41, 37), (40, 37)])
    region = beyond(country, 90, 30_000)
    assert region.is_valid
    assert region.contains(shapely.Point(42.2, 35.5))
    assert region.contains(shapely.Point(41.2, 36.5))
    assert not region.contains(shapely.Point(42.5, 35.5))
    assert not region.intersects(shapely.box(40.01, 35.01, 40.99, 36.99))
    for lon, lat in ((39.9, 36), (40.5, 37.1), (41, 34.9)):
        assert not region.contains(shapely.Point(lon, lat))


def test_beyond_leaves_out_bays_that_have_the_country_in_front():
    # A U open to the north: inside the bay one is east of one arm and west of the other.
    country = shapely.Polygon(
        [(40, 35), (42, 35), (42, 37), (41.5, 37), (41.5, 36), (40.5, 36), (40.5, 37), (40, 37)]
    )
    region = beyond(country, 90, 40_000)
    assert not region.contains(shapely.Point(40.7, 36.5))
    assert region.contains(shapely.Point(42.2, 36.5))


@pytest.mark.parametrize("bearing", [0, 45, 90, 180, 202.5, 270])
@pytest.mark.parametrize("lat", [-60, 0, 70])
def test_beyond_goes_as_deep_and_in_that_direction_from_every_end(lat, bearing):
    """A land 60 degrees wide: from its corners too, one goes along the bearing for the depth."""
    country = shapely.box(-30, lat - 5, 30, lat + 5)
    region = beyond(country, bearing, 50_000)
    assert region.is_valid
    assert area(shapely.intersection(region, country)) < 1
    if bearing % 180 == 90:  # the other two edges lie in that direction
        edge = [(lon, lat + up) for lon in (-30, 30) for up in (-4.9, -2, 0, 2, 4.9)]
    else:
        edge = [(lon, lat + up) for up in (-5, 5) for lon in np.linspace(-28, 28, 7)]
    leaving = 0
    for start in edge:
        near, inside, outside = (at(*start, bearing, m) for m in (300, 49_000, 51_000))
        ahead = country.intersects(shapely.LineString([near, outside]))
        assert region.contains(near) == region.contains(inside) == (not ahead)
        assert not region.contains(outside)
        leaving += not ahead
    assert leaving >= len(edge) // 2


@pytest.mark.parametrize(
    ("bearing", "tolerance", "share"), [(0, 45, 0.5), (90, 45, 0.5), (45, 22.5, 0.25)]
)
def test_part_is_a_half_or_a_quarter(bearing, tolerance, share):
    whole = buffer(shapely.Point(40, 35), 50_000)
    cut = relations.part(whole, bearing, tolerance)
    assert area(cut) == pytest.approx(share * area(whole), rel=1e-3)
    assert cut.contains(at(40, 35, bearing, 30_000))


# -- banks -----------------------------------------------------------------------------------------


def test_banks_follow_the_bend_not_the_meridian():
    nearby = buffer(shapely.Point(40.1, 35.5), 40_000)
    banks = sided.banks(nearby, BEND)
    assert sided.facing(nearby, BEND, 90).bank == "left"  # the line runs south
    # Inside the bend one is east of 40 E and still on the west bank.
    assert banks.right.contains(shapely.Point(40.2, 35.5))
    assert banks.left.contains(shapely.Point(40.35, 35.5))
    assert banks.left.contains(shapely.Point(40.05, 35.7))
    assert banks.right.contains(shapely.Point(39.9, 35.3))


def test_direction_of_drawing_does_not_matter():
    nearby = buffer(shapely.Point(40.1, 35.5), 40_000)
    east = sided.banks(nearby, BEND)[sided.facing(nearby, BEND, 90).bank]
    reverse = shapely.reverse(BEND)
    facing = sided.facing(nearby, reverse, 90)
    assert facing.bank == "right"
    same = sided.banks(nearby, reverse)[facing.bank]
    assert area(shapely.symmetric_difference(east, same)) < 1e-6 * area(east)


def test_a_line_outside_the_neighbourhood_has_it_all_on_one_side():
    nearby = buffer(shapely.Point(40.8, 35.5), 10_000)
    banks = sided.banks(nearby, BEND)
    assert banks.right.is_empty
    assert area(banks.left) == pytest.approx(area(nearby))


def test_a_line_that_ends_inside_is_carried_on():
    stub = shapely.LineString([(40, 37), (40, 35.5)])
    nearby = buffer(shapely.Point(40, 35.4), 20_000)
    banks = sided.banks(nearby, stub)
    assert banks.left.contains(shapely.Point(40.1, 35.3))
    assert banks.right.contains(shapely.Point(39.9, 35.3))
    assert area(banks.left) == pytest.approx(area(banks.right), rel=1e-2)


def test_two_passes_of_one_river():
    # A hairpin: down along 40 E, back up along 40.4 E. Between them is one bank, outside the other.
    hairpin = shapely.LineString([(40, 36), (40, 35), (40.4, 35), (40.4, 36)])
    banks = sided.banks(shapely.box(39.8, 35.3, 40.6, 35.8), hairpin)
    assert banks.left.contains(shapely.Point(40.2, 35.5))
    assert banks.right.contains(shapely.Point(39.9, 35.5))
    assert banks.right.contains(shapely.Point(40.5, 35.5))


def test_neither_bank_of_a_river_that_runs_that_way_throughout():
    straight = shapely.LineString([(30, 35), (50, 35)])
    assert sided.facing(buffer(shapely.Point(40, 35), 10_000), straight, 90).bank is None
    assert sided.facing(buffer(shapely.Point(40, 35), 10_000), straight, 0).bank == "left"


def test_a_local_stretch_along_the_bearing_looks_farther():
    # Due east for 40 km near 40 E, but south-east over all: its east bank is the left one.
    river = shapely.LineString([(39, 36), (39.8, 35), (40.2, 35), (41, 34)])
    facing = sided.facing(buffer(shapely.Point(40, 35), 5_000), river, 90)
    assert facing.bank == "left"
    assert facing.stretch_m > 30_000


def test_stem_threads_pieces_and_leaves_branches():
    pieces = shapely.MultiLineString(
        [
            [(40, 36), (40, 37)],  # drawn upstream
            [(40, 36), (40, 35.01)],
            [(40, 35), (40, 34)],  # after a gap of 1.1 km
            [(40, 35.5), (40.5, 35.6)],  # a tributary
        ]
    )
    stem = stems.stem(pieces)
    xy = shapely.get_coordinates(stem)
    assert stem.geom_type == "LineString"
    assert np.allclose(xy[:, 0], 40)
    assert np.all(np.diff(xy[:, 1]) < 0) or np.all(np.diff(xy[:, 1]) > 0)
    assert {xy[0, 1], xy[-1, 1]} == {37, 34}


@st.composite
def rivers(draw):
    """A line that wanders from north to south without crossing itself."""
    steps = draw(st.lists(st.floats(-0.15, 0.15), min_size=3, max_size=12))
    lats = np.linspace(36.2, 34.8, len(steps))
    return shapely.LineString(np.column_stack([40 + np.array(steps), lats]))


@settings(max_examples=60)
@given(rivers(), st.floats(39.7, 40.3), st.floats(35.2, 35.8), st.floats(3_000, 60_000))
def test_both_banks_are_the_neighbourhood_and_do_not_overlap(river, lon, lat, radius):
    nearby = buffer(shapely.Point(lon, lat), radius)
    banks = sided.banks(nearby, river)
    left, right = (area(bank) if not bank.is_empty else 0.0 for bank in (banks.left, banks.right))
    assert left + right == pytest.approx(area(nearby), rel=1e-6)
    assert shapely.intersection(banks.left, banks.right).area < 1e-9
    for bank in (banks.left, banks.right):
        assert bank.is_valid


@settings(max_examples=60)
@given(rivers(), st.floats(35.0, 36.0), st.floats(-0.3, 0.3))
def test_sides_agree_with_counting_crossings(river, lat, off):
    """The river runs south, each latitude once: east of it is a larger longitude, at any bend."""
    lats = shapely.get_coordinates(river)[::-1, 1]
    lons = shapely.get_coordinates(river)[::-1, 0]
    here = float(np.interp(lat, lats, lons))
    assume(abs(off) > 0.01)
    nearby = buffer(shapely.Point(40, 35.5), 90_000)
    banks = sided.banks(nearby, river)
    point = shapely.Point(here + off, lat)
    assume(nearby.contains(point))
    assert (banks.left if off > 0 else banks.right).contains(point)


# -- plane -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lon", "lat"), [(40, 35), (-179.95, 10), (179.99, -60), (12, 85)])
def test_plane_there_and_back(lon, lat):
    shape = shapely.box(lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05)
    plane = Plane.about(shape)
    flat = plane.forward(shape)
    assert flat.area / 1e6 == pytest.approx(
        abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6, rel=1e-5
    )
    back = plane.back(flat)
    assert area(back) == pytest.approx(area(wrapped(shape)), rel=1e-7)


def test_part_of_what_crosses_the_antimeridian():
    whole = wrapped(shapely.box(170, 60, 190, 70))
    east = relations.part(whole, 90, 45)
    assert east.geom_type in ("Polygon", "MultiPolygon")
    assert east.contains(shapely.Point(-175, 65))
    assert not east.contains(shapely.Point(175, 65))


def test_repairs_keep_only_ground():
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
    assert valid(bow).area == pytest.approx(2)
    touching = shapely.intersection(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1))
    assert solid(touching).is_empty


def test_the_course_by_a_region_that_the_river_does_not_reach_is_the_stretch_nearest_to_it():
    """The river runs south, then east for 60 km by the town, then south again."""
    river = shapely.LineString([(40, 40), (40, 35), (40.7, 35), (40.7, 30)])
    region = buffer(shapely.Point(40.35, 35.15), 6_000)
    for bearing, bank in ((0, "left"), (180, "right")):
        found = sided.facing(region, river, bearing)
        assert found.bank == bank
        assert found.stretch_m < 50_000


def test_an_exclaves_border_has_sides_of_its_own():
    """The long piece runs north by 45 E; the exclave's runs east along 39 N, 300 km to the west."""
    border = shapely.MultiLineString([[(45, 38), (45, 41)], [(41, 39), (42, 39)]])
    nearby = buffer(shapely.Point(41.5, 39), 10_000)
    north = sided.facing(nearby, border, 0)
    assert north.bank == "left"
    both = sided.banks(nearby, border)
    assert both.left.contains(shapely.Point(41.5, 39.05))
    assert both.right.contains(shapely.Point(41.5, 38.95))
