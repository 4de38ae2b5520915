"""Ground between two things, against geodesics, and areas worked out by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.geodesy import area, buffer
from geoevents.localities.shapes.betweens import land_beside, land_between, span, strip

GEOD = Geod(ellps="WGS84")

# At the equator, at 70 N, across the antimeridian, south, along a meridian, and over the Arctic.
PAIRS = [
    ((10.0, 0.2), (10.9, -0.3)),
    ((25.0, 70.5), (28.0, 69.8)),
    ((179.2, -17.0), (-179.1, -16.0)),
    ((-60.0, -33.0), (-59.0, -34.0)),
    ((40.0, 35.0), (40.0, 36.5)),
    ((15.6, 78.2), (-156.8, 71.3)),
]


def between(pair):
    return span(shapely.Point(pair[0]), shapely.Point(pair[1]))


def contains(region, lon, lat):
    return shapely.intersects_xy(region, (lon + 180) % 360 - 180, lat)


@pytest.mark.parametrize("pair", PAIRS)
def test_two_points_are_a_geodesic_apart_and_its_middle_is_halfway(pair):
    azimuth, _, metres = GEOD.inv(*pair[0], *pair[1])
    way = between(pair)
    assert way.distance_m == pytest.approx(metres, abs=0.01)
    lon, lat, _ = GEOD.fwd(*pair[0], azimuth, metres / 2)
    assert GEOD.inv(lon, lat, way.middle.x, way.middle.y)[2] < 0.05


@pytest.mark.parametrize("pair", PAIRS)
def test_a_strip_is_valid_and_as_wide_as_asked_all_along(pair):
    azimuth, _, metres = GEOD.inv(*pair[0], *pair[1])
    half = 0.25 * metres
    region = between(pair).strip(half)
    assert region.is_valid
    assert region.bounds[0] >= -180
    assert region.bounds[2] <= 180
    for share in (0.02, 0.3, 0.5, 0.8, 0.98):
        lon, lat, back = GEOD.fwd(*pair[0], azimuth, share * metres)
        assert contains(region, lon, lat)
        for side in (90, -90):
            for far, held in ((0.99, True), (1.01, False)):
                away = GEOD.fwd(lon, lat, back + 180 + side, far * half)[:2]
                assert contains(region, *away) == held, (share, side, far)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_strip_ends_square_at_both_ends(pair):
    region = between(pair).strip(5_000)
    for one, other in (pair, pair[::-1]):
        azimuth = GEOD.inv(*one, *other)[0]
        for side in (-4_900, 0, 4_900):
            start = GEOD.fwd(*one, azimuth + 90, side)[:2]
            assert contains(region, *GEOD.fwd(*start, azimuth, 200)[:2])
            assert not contains(region, *GEOD.fwd(*start, azimuth + 180, 200)[:2])


@pytest.mark.parametrize("pair", PAIRS[:5])
def test_a_narrow_strip_has_the_area_of_a_rectangle(pair):
    way = between(pair)
    assert area(way.strip(4_000)) == pytest.approx(way.distance_m / 1000 * 8, rel=1e-3)


@pytest.mark.parametrize("pair", PAIRS)
def test_towns_are_cut_out_or_put_in(pair):
    way = between(pair)
    radii = (6_000.0, 9_000.0)
    less, more = strip(way, 4_000, radii, ends=False), strip(way, 4_000, radii, ends=True)
    for region in (less, more):
        assert region.is_valid
    azimuth = GEOD.inv(*pair[0], *pair[1])[0]
    back = GEOD.inv(*pair[1], *pair[0])[0]
    for far, held in ((5_900, False), (6_100, True)):
        assert contains(less, *GEOD.fwd(*pair[0], azimuth, far)[:2]) == held
    for far, held in ((8_900, False), (9_100, True)):
        assert contains(less, *GEOD.fwd(*pair[1], back, far)[:2]) == held
    for end, towards, radius in zip(pair, (azimuth, back), radii, strict=True):
        for turn in (0, 90, 180, 270):
            assert contains(more, *GEOD.fwd(*end, towards + turn, 0.98 * radius)[:2])
    discs = [buffer(shapely.Point(end), radius) for end, radius in zip(pair, radii, strict=True)]
    assert area(less) < area(more)
    assert area(shapely.intersection(less, shapely.union_all(discs))) < 0.01


def test_towns_that_meet_are_not_cut_out():
    way = between(((40.0, 35.0), (40.0, 35.1)))
    assert strip(way, 4_000, (6_000.0, 6_000.0), ends=False).equals(way.strip(4_000))


def test_from_a_town_to_a_province_it_is_the_shortest_way():
    way = span(shapely.Point(40, 35), shapely.box(41, 34.5, 42, 35.5))
    # The nearest point of a meridian is a little poleward of the town's own latitude.
    lat = min(np.linspace(34.9, 35.1, 4001), key=lambda lat: GEOD.inv(40, 35, 41, lat)[2])
    assert (way.end.x, way.end.y) == pytest.approx((41, lat), abs=2e-3)
    assert way.distance_m == pytest.approx(GEOD.inv(40, 35, 41, lat)[2], rel=1e-4)


def test_between_provinces_across_the_antimeridian():
    way = span(shapely.box(178, 10, 179, 11), shapely.box(-179, 10, -178, 11))
    # The northern sides are nearer to each other.
    assert way.distance_m == pytest.approx(GEOD.inv(179, 11, -179, 11)[2], rel=1e-4)
    region = way.strip(10_000)
    assert region.geom_type == "MultiPolygon"
    assert region.bounds[::2] == (-180, 180)


def test_what_touches_is_no_way_apart():
    assert span(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)).distance_m < 0.01


RIVERS = [
    # West and east, each with bends that cross the other's longitude but never the other.
    ([(40, 36), (40.6, 35.5), (40, 35)], [(41, 36), (40.9, 35.4), (41, 35)], 0.0),
    ([(40, 36), (40.6, 35.5), (40, 35)], [(41, 36), (40.9, 35.4), (41, 35)], 139.5),
    ([(40, 71), (40.6, 70.5), (40, 70)], [(43, 71), (42.9, 70.4), (43, 70)], 0.0),
    ([(40, 1), (40.6, 0.5), (40, 0)], [(41, 1), (40.9, 0.4), (41, 0)], 0.0),
]


@pytest.mark.parametrize(("west", "east", "moved"), RIVERS)
@pytest.mark.parametrize("flipped", [False, True])
def test_the_land_of_two_rivers_is_all_that_both_enclose(west, east, moved, flipped):
    """Its outline is known: down the one, across, up the other."""
    lines = [
        shapely.LineString([((x + moved + 180) % 360 - 180, y) for x, y in line])
        for line in (west, east[::-1] if flipped else east)
    ]
    if moved:
        lines = [_cut_at_180(west, moved), _cut_at_180(east, moved)]
    land = land_between(*lines)
    expected = GEOD.polygon_area_perimeter(*np.array([*west, *east[::-1]], float).T)[0]
    assert land.is_valid
    assert area(land) == pytest.approx(abs(expected) / 1e6, rel=5e-3)
    assert area(shapely.symmetric_difference(land, land_between(*lines[::-1]))) < 0.01 * area(land)


def _cut_at_180(line, moved):
    there = shapely.LineString([(x + moved, y) for x, y in line])
    east = shapely.intersection(there, shapely.box(0, -90, 180, 90))
    west = shapely.intersection(there, shapely.box(180, -90, 360, 90))
    return shapely.union_all([east, shapely.transform(west, lambda xy: xy - np.array([360, 0]))])


def test_the_land_of_rivers_that_meet_is_the_wedge_above():
    one = shapely.LineString([(40, 36), (41, 35), (41, 34)])
    other = shapely.LineString([(42, 36), (41, 35)])
    land = land_between(one, other)
    assert land.contains(shapely.Point(41, 35.5))
    assert not land.contains(shapely.Point(40.2, 35.5))
    assert not land.contains(shapely.Point(41.8, 35.4))


def test_between_a_river_and_itself_is_nothing():
    line = shapely.LineString([(40, 36), (40, 35)])
    assert land_between(line, line).is_empty


@settings(max_examples=60)
@given(
    st.floats(-180, 180),
    st.floats(-80, 80),
    st.floats(0, 360),
    st.floats(1_000, 4_000_000),
    st.floats(0.01, 0.25),
)
def test_a_strip_anywhere_is_valid_holds_its_middle_and_is_as_wide(lon, lat, bearing, far, share):
    end = GEOD.fwd(lon, lat, bearing, far)[:2]
    way = between(((lon, lat), end))
    region = way.strip(share * far)
    assert region.is_valid
    assert not region.is_empty
    assert contains(region, way.middle.x, way.middle.y)
    heading = GEOD.inv(way.middle.x, way.middle.y, *end)[0]
    for side in (90, -90):
        inside = GEOD.fwd(way.middle.x, way.middle.y, heading + side, 0.98 * share * far)[:2]
        outside = GEOD.fwd(way.middle.x, way.middle.y, heading + side, 1.02 * share * far)[:2]
        assert contains(region, *inside)
        assert not contains(region, *outside)


@pytest.mark.parametrize("upstream", [False, True])
def test_the_land_of_a_river_and_its_tributary_is_the_wedge_above_their_meeting(upstream):
    """The river comes from the west along 35 N; the other joins it from the north-west."""
    river = shapely.LineString([(lon, 35) for lon in np.linspace(36, 44, 81)])
    ends = [(39, 36.5), (41, 35)]
    branch = shapely.LineString(ends[::-1] if upstream else ends)
    # As much of the river as the tributary is long: that is more than to 39 E, below its source.
    long = GEOD.inv(*ends[0], *ends[1])[2]
    corner = 41 - long / GEOD.inv(40, 35, 41, 35)[2]
    by_hand = GEOD.polygon_area_perimeter([41, 39, corner], [35, 36.5, 35])[0]
    land = land_between(river, branch)
    assert area(land) == pytest.approx(abs(by_hand) / 1e6, rel=0.01)
    assert land.contains(shapely.Point(40, 35.3))
    assert not land.contains(shapely.Point(41.5, 35.3))  # below the meeting
    assert not land.contains(shapely.Point(37, 35.1))  # far above the tributary


@pytest.mark.parametrize("start", [0, 1, 2, 3])
@pytest.mark.parametrize("moved", [0, 139.5])
def test_between_a_river_and_a_country_is_the_ground_up_to_its_near_border(start, moved):
    """A river along 36 N, and a country south of 35 N whose outline may begin at any corner."""
    corners = [(39, 34), (42, 34), (42, 35), (41, 35), (40, 35), (39, 35)]
    ring = [*corners[start:], *corners[: start + 1]]
    river, border = (
        (_cut_at_180(line, moved) if moved else shapely.LineString(line))
        for line in ([(40, 36), (40.5, 36.1), (41, 36)], ring)
    )
    land = land_beside(river, border)
    by_hand = GEOD.polygon_area_perimeter([40, 41, 41, 40.5, 40], [35, 35, 36, 36.1, 36])[0]
    assert area(land) == pytest.approx(abs(by_hand) / 1e6, rel=0.02)


def test_all_of_a_river_over_against_one_corner_has_no_land_beside_it():
    river = shapely.LineString([(43, 36), (44, 37)])
    assert land_beside(river, shapely.LineString([(39, 35), (42, 35), (42, 33)])).is_empty


def test_between_a_river_that_leaves_a_country_and_its_border_is_outside_it():
    """The river runs from the middle of the country east across its border, then south-west."""
    country = shapely.box(38, 35, 40, 38)
    river = shapely.LineString([(38.5, 37.5), (40.3, 36), (39.5, 34)])
    land = land_beside(river, shapely.boundary(country), country)
    assert land.contains(shapely.Point(40.05, 35.5))
    assert area(shapely.intersection(land, country)) < 0.01 * area(land)
