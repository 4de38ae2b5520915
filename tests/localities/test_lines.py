"""Relations to lines, on made-up rivers and countries whose every figure is known."""

import dataclasses

import pytest
import shapely
from pyproj import Geod

from geoevents.geodesy import area, buffer, destination, length
from geoevents.localities import lines, pairs
from geoevents.localities.ground import Ground, Saying
from geoevents.localities.subject import Subject
from geoevents.localities.tree import Distance, LocalityError, Name, Relation
from geoevents.localities.uncertainty import Neighbourhood

GEOD = Geod(ellps="WGS84")
RULES = Neighbourhood()

# A river that runs south along 40 E with a wide bend to the east, another that joins it from there.
RIVER = shapely.LineString([(40, 37), (40, 35.6), (40.2, 35.5), (40, 35.4), (40, 33)])
BRANCH = shapely.LineString([(41, 35.2), (40, 35)])


def metres(a, b):
    return GEOD.inv(*a, *b)[2]


def subject(name, geometry, off_m=1_000.0, kind=None):
    kinds = {0: "populated place", 1: "river", 2: "country"}
    kind = kind or kinds[shapely.get_dimensions(geometry)]
    return Subject(geometry, name, f"{name} ({kind})", off_m, kind, (), None)


SILVA, ALBA = subject("Silva", RIVER, 2_000), subject("Alba", BRANCH, 500)
WEST, EAST = (
    subject("Westland", shapely.box(39, 34, 41, 36)),
    subject("Eastland", shapely.box(41, 34, 43, 36)),
)


def town(name, lon, lat, off_m=1_000.0):
    return subject(name, shapely.Point(lon, lat), off_m)


def saying(kind, about, *others, rules=RULES, **more):
    of = {field.name for field in dataclasses.fields(Relation)}
    tree = Relation(
        kind, kind, Name("x", 0, 1), 0, 1, **{key: more[key] for key in more if key in of}
    )
    rest = {key: more[key] for key in more if key not in of}
    return Saying(tree, about, rules, "a phrase", others, **rest)


def ground(kind, about, *others, **more):
    return lines.ANCHORS[kind](saying(kind, about, *others, **more))


def cut(kind, given, about, *others, **more):
    return lines.CUTS[kind](saying(kind, about, *others, **more), given)


def fault(kind, about, *others, **more):
    with pytest.raises(LocalityError) as caught:
        ground(kind, about, *others, **more)
    return caught.value.reason


def contains(region, lon, lat):
    return shapely.contains_xy(region.geometry, lon, lat)


ALONG = ground("along", SILVA)


# -- along --


def test_along_a_river_is_a_band_of_five_kilometres():
    assert ALONG.geometry.is_valid
    for east, held in ((4_900, True), (5_100, False)):
        lon, lat = destination(40.0, 34.0, 90.0, east)
        assert contains(ALONG, lon, lat) == held
    assert length(ALONG.core) == pytest.approx(length(RIVER), rel=1e-6)


def test_along_a_country_is_along_its_border():
    region = ground("along", WEST)
    assert contains(region, 39.02, 35)
    assert contains(region, 38.98, 35)
    assert not contains(region, 40, 35)


def test_along_a_town_is_an_error():
    assert "not a line" in fault("along", town("Dorp", 40, 35))


# -- a stretch --


def test_the_stretch_between_two_towns_ends_where_the_river_passes_them():
    north, south = town("Nord", 40.05, 34.8), town("Sud", 39.95, 34.2)
    for pair in ((north, south), (south, north)):
        found = cut("between", ALONG, *pair)
        assert length(found.core) * 1000 == pytest.approx(metres((40, 34.8), (40, 34.2)), rel=1e-4)
        for lat, held in ((34.81, False), (34.79, True), (34.21, True), (34.19, False)):
            assert contains(found, 40, lat) == held
        assert "67 km of Silva" in found.said
        assert "which are 4.6 km and 4.6 km from it" in found.said


def test_the_stretch_follows_the_bend():
    """Along the river it is farther than straight: down to the bend's tip and back."""
    found = cut("between", ALONG, town("A", 40, 35.6), town("B", 40, 35.4))
    assert length(found.core) * 1000 == pytest.approx(
        metres((40, 35.6), (40.2, 35.5)) + metres((40.2, 35.5), (40, 35.4)), rel=1e-4
    )


def test_a_town_too_far_from_the_river_is_an_error_that_says_how_far():
    away = metres((41, 34.5), (40, 34.5)) / 1000
    with pytest.raises(LocalityError, match=rf"Fern \(.*\) is {away:.0f} km from Silva"):
        cut("between", ALONG, town("Nord", 40, 34.8), town("Fern", 41, 34.5))


def test_two_towns_at_one_point_of_the_river_are_an_error():
    with pytest.raises(LocalityError, match="at the same point"):
        cut("between", ALONG, town("A", 40.1, 34.5), town("B", 39.9, 34.5))


def test_the_stretch_between_two_rivers_that_join_it():
    other = subject("Bela", shapely.LineString([(39, 34.5), (40, 34.3)]))
    found = cut("between", ALONG, ALBA, other)
    assert length(found.core) * 1000 == pytest.approx(metres((40, 35), (40, 34.3)), rel=1e-3)


def test_the_stretch_between_two_provinces_and_with_them():
    north, south = (
        subject("N", shapely.box(39, 36, 41, 36.5)),
        subject("S", shapely.box(39, 34, 41, 34.5)),
    )
    bend = metres((40, 35.6), (40.2, 35.5)) + metres((40.2, 35.5), (40, 35.4))
    straight = metres((40, 36), (40, 35.6)) + metres((40, 35.4), (40, 34.5)) + bend
    between = cut("between", ALONG, north, south)
    assert length(between.core) * 1000 == pytest.approx(straight, rel=5e-3)
    both = cut("between", ALONG, north, south, way="both")
    assert length(both.core) * 1000 == pytest.approx(
        straight + metres((40, 36.5), (40, 36)) + metres((40, 34.5), (40, 34)), rel=5e-3
    )


# -- up and down --


@pytest.mark.parametrize(("way", "sign"), [("down", -1), ("up", 1)])
def test_downstream_is_as_the_line_is_drawn(way, sign):
    found = ground("stream", town("Dorp", 40.03, 34.5), way=way, line=SILVA)
    for step, held in ((0.02, True), (0.2, True), (0.25, False), (-0.02, False)):
        assert contains(found, 40, 34.5 + sign * step) == held
    assert length(found.core) == pytest.approx(25, rel=1e-4)
    assert "taken to flow as its line is drawn" in found.said


def test_a_distance_downstream_is_that_stretch_with_what_the_words_leave_open():
    """10 km to the nearest 10, from a town 1 km in radius: 4 to 16 km, and 10 in the middle."""
    found = ground("stream", town("Dorp", 40.03, 34.5), way="down", line=SILVA, distance=TEN)
    point = GEOD.fwd(40, 34.5, 180, 10_000)[:2]
    assert metres(found.point.coords[0], point) < 50
    for far, held in ((3_900, False), (4_100, True), (15_900, True), (16_100, False)):
        assert contains(found, *GEOD.fwd(40, 34.5, 180, far)[:2]) == held
    assert "4.0 km to 16 km" in found.said


TEN = Distance(10_000, 10_000, "10 km")


def test_farther_than_there_is_river_is_an_error_that_says_how_much_there_is():
    reason = fault("stream", town("Dorp", 40, 33.05), way="down", line=SILVA, distance=TEN)
    left = metres((40, 33.05), (40, 33)) / 1000
    assert f"only {left:.1f} km of Silva (river) downstream of Dorp" in reason


def test_upstream_of_the_source_is_no_river():
    assert "no more river upstream" in fault("stream", town("Top", 40, 37.1), way="up", line=SILVA)


def test_a_stream_on_a_stretch_stays_on_it():
    stretch = cut("between", ALONG, town("A", 40, 35), town("B", 40, 34.4))
    found = cut("stream", stretch, town("Dorp", 40, 34.5), way="down", line=SILVA)
    assert length(found.core) * 1000 == pytest.approx(metres((40, 34.5), (40, 34.4)), rel=1e-3)


# -- banks --


def test_left_and_right_are_of_one_who_looks_downstream():
    """The river runs south, so its left bank is the eastern one; in the bend too."""
    left = cut("bank", None, SILVA, way="left")
    right = cut("bank", None, SILVA, way="right")
    for lon, lat in ((40.1, 34.5), (40.25, 35.5), (40.1, 35.7), (40.1, 35.3)):
        assert contains(left, lon, lat)
        assert not contains(right, lon, lat)
    for lon, lat in ((39.9, 34.5), (40.1, 35.5), (39.9, 35.5)):
        assert contains(right, lon, lat)
        assert not contains(left, lon, lat)


def test_both_banks_are_the_neighbourhood():
    near = Ground(buffer(shapely.Point(40, 34.5), 8_000), ("near",), "near it")
    assert cut("bank", near, SILVA, way="both").geometry.equals(near.geometry)


@pytest.mark.parametrize("lon", [39.9, 40.1, 40.5, 38.0])
def test_the_far_bank_is_the_other_one_than_the_reference(lon):
    near = Ground(buffer(shapely.Point(40, 34.5), 8_000), ("near",), "near it")
    far = cut("bank", near, SILVA, way="far", reference=town("Dorp", lon, 34.5))
    own = cut("bank", near, SILVA, way="near", reference=town("Dorp", lon, 34.5))
    assert contains(far, 39.95, 34.5) == (lon > 40)
    assert contains(own, 39.95, 34.5) == (lon < 40)
    assert area(far.geometry) + area(own.geometry) == pytest.approx(area(near.geometry), rel=1e-6)


def test_the_far_bank_of_nobody_is_an_error():
    with pytest.raises(LocalityError, match="where one stands"):
        cut("bank", None, SILVA, way="far")


def test_a_bank_that_is_not_there_is_an_error():
    away = Ground(buffer(shapely.Point(39.5, 34.5), 8_000), ("near",), "near it")
    with pytest.raises(LocalityError, match="none of that ground lies on the left bank"):
        cut("bank", away, SILVA, way="left")


def test_a_bank_of_what_is_far_off_is_an_error():
    away = Ground(buffer(shapely.Point(30, 34.5), 8_000), ("near",), "near it")
    with pytest.raises(LocalityError, match="check both names"):
        cut("bank", away, SILVA, way="left")


def test_a_town_has_no_banks():
    with pytest.raises(LocalityError, match="has no banks"):
        cut("bank", None, town("Dorp", 40, 35), way="left")


def test_across_is_the_other_bank_near_the_place():
    dorp = town("Dorp", 40.02, 34.5, 4_000)
    found = ground("across", dorp, line=SILVA)
    assert contains(found, 39.99, 34.5)
    assert not contains(found, 40.01, 34.5)
    # Near a town of 4 km is 6 km, half of which lies across.
    assert area(found.geometry) == pytest.approx(3.14159 * 36 / 2, rel=0.01)


# -- points --


@pytest.mark.parametrize(("kind", "lat"), [("mouth", 33.0), ("source", 37.0)])
def test_mouth_and_source_are_the_ends(kind, lat):
    found = ground(kind, SILVA)
    assert metres(found.point.coords[0], (40, lat)) < 1
    assert found.core.equals(found.point)
    assert found.off_m == 2_000
    assert area(found.geometry) == pytest.approx(3.14159 * 4, rel=2e-3)


def test_a_mouth_is_never_known_better_than_a_kilometre():
    assert ground("mouth", ALBA).off_m == 1_000


def test_a_confluence_is_where_the_lines_meet():
    for pair in ((SILVA, ALBA), (ALBA, SILVA)):
        found = ground("confluence", *pair)
        assert metres(found.point.coords[0], (40, 35)) < 20
        assert found.off_m == 2_500  # what both lines may be off
    assert found.name == "the confluence of Alba and Silva"


def test_rivers_that_do_not_meet_are_so_far_apart():
    other = subject("Bela", shapely.LineString([(42, 36), (42, 34)]))
    gap = metres((42, 35.5), (40.2, 35.5)) / 1000  # from the tip of the bend
    assert f"{gap:.0f} km apart" in fault("confluence", SILVA, other)


def test_a_town_has_no_mouth_and_meets_no_river():
    dorp = town("Dorp", 40, 35)
    assert "has no mouth" in fault("mouth", dorp)
    assert "not a river" in fault("confluence", SILVA, dorp)


# -- between --


def test_between_two_towns_is_a_strip_of_half_their_distance_without_them():
    a, b = town("A", 40, 35, 4_000), town("B", 41, 35, 2_000)
    far = metres((40, 35), (41, 35))
    found = ground("between", a, b)
    cut_out = 3.14159 / 2 * (16 + 4)
    assert area(found.geometry) == pytest.approx(0.5 * far * far / 1e6 - cut_out, rel=1e-3)
    assert found.geometry.is_valid
    assert metres(found.point.coords[0], (40.5, 35.0)) < 200
    both = ground("between", a, b, way="both")
    assert contains(both, 39.97, 35)
    assert not contains(found, 40.03, 35)
    assert f"{0.25 * far / 1000:.0f} km to each side" in found.said


def test_near_towns_have_as_much_between_them_as_the_larger_is_wide():
    found = ground("between", town("A", 40, 35, 4_000), town("B", 40.08, 35, 6_000))
    half = 6_000
    assert contains(found, *GEOD.fwd(40.04, 35, 0, 0.98 * half)[:2])
    assert not contains(found, *GEOD.fwd(40.04, 35, 0, 1.02 * half)[:2])


def test_between_two_rivers_is_their_land():
    east = subject("Bela", shapely.LineString([(41, 37), (41, 33)]))
    found = ground("between", SILVA, east)
    assert contains(found, 40.5, 35.5)
    assert not contains(found, 39.95, 35.5)
    assert contains(found, 40.1, 35.65)  # above the bend, and on the east bank
    assert not contains(found, 40.1, 35.5)  # in the bend


def test_between_two_rivers_in_a_neighbourhood_is_what_both_hold():
    east = subject("Bela", shapely.LineString([(41, 37), (41, 33)]))
    near = Ground(buffer(shapely.Point(41, 34), 10_000), ("near",), "near it")
    found = cut("between", near, SILVA, east)
    assert area(found.geometry) == pytest.approx(area(near.geometry) / 2, rel=1e-3)


def test_countries_that_touch_have_nothing_between_them():
    assert "say 'the border between'" in fault("between", WEST, EAST)


def test_what_is_on_the_other_side_of_the_earth_has_nothing_between():
    reason = fault("between", town("A", 0, 0), town("B", 120, 0))
    assert "quarter of the way round the earth" in reason


def test_between_three_is_an_error():
    three = [town(name, 40 + i, 35) for i, name in enumerate("ABC")]
    assert "names 3" in fault("between", *three)


def test_halfway_is_a_disc_about_the_middle():
    found = ground("halfway", town("A", 40, 35, 4_000), town("B", 41, 35, 2_000))
    far = metres((40, 35), (41, 35))
    assert area(found.geometry) == pytest.approx(
        3.14159 * ((0.1 * far + 4_000) / 1e3) ** 2, rel=2e-3
    )
    azimuth = GEOD.inv(40, 35, 41, 35)[0]
    assert metres(found.point.coords[0], GEOD.fwd(40, 35, azimuth, far / 2)[:2]) < 1


def test_a_road_is_straight_and_says_so():
    a, b = town("A", 40, 35, 4_000), town("B", 41, 35, 2_000)
    found = ground("road", a, b)
    far = metres((40, 35), (41, 35))
    assert "no road is known" in found.said
    middle = found.point.coords[0]
    for share, held in ((0.098, True), (0.102, False)):
        assert contains(found, *GEOD.fwd(*middle, 0, share * far)[:2]) == held
    assert contains(found, 39.98, 35)  # the towns belong to it
    short = ground("road", a, town("C", 40.1, 35))
    assert "2.0 km to each side" in short.said


def test_rules_that_are_scaled_widen_the_ground_and_not_the_holes():
    a, b = town("A", 40, 35, 4_000), town("B", 41, 35, 2_000)
    for kind in ("between", "halfway", "road"):
        plain = ground(kind, a, b).geometry
        assert area(ground(kind, a, b, rules=RULES.scaled(1.5)).geometry) > 1.4 * area(plain)
    wide = ground("between", a, b, rules=RULES.scaled(1.5))
    assert contains(wide, 40.05, 35)
    assert area(ground("mouth", SILVA, rules=RULES.scaled(2)).geometry) == pytest.approx(
        4 * area(ground("mouth", SILVA).geometry), rel=1e-3
    )


# -- borders --


def test_a_border_is_the_line_that_both_share():
    found = ground("border", WEST, EAST)
    assert length(found.core) == pytest.approx(metres((41, 34), (41, 36)) / 1000, rel=1e-4)
    assert contains(found, 41.01, 35)  # a kilometre to each side
    assert not contains(found, 41.02, 35)
    assert found.name == "the border of Westland and Eastland"


def test_the_whole_border_of_one_country():
    found = ground("border", WEST)
    assert found.core.equals(shapely.boundary(WEST.geometry))


def test_countries_without_a_common_border_are_so_far_apart():
    other = subject("Farland", shapely.box(42, 34, 43, 36))
    gap = metres((41, 36), (42, 36)) / 1000
    assert f"share no border: they are {gap:.0f} km apart" in fault("border", WEST, other)


def test_a_town_has_no_border():
    assert "has no border" in fault("border", WEST, town("Dorp", 41, 35))


def test_the_line_of_a_border_is_what_relations_to_it_are_about():
    """The two share 41 E from 34 N to 36 N; each is 2 degrees square."""
    line = pairs.border(saying("border", WEST, EAST))
    assert line.dimensions == 1
    assert line.geometry.bounds == pytest.approx((41, 34, 41, 36))
    assert line.name == "the border of Westland and Eastland"
    assert line.lands == (WEST.geometry, EAST.geometry)
    # A disc of that area has a radius of (182.2 to 183 km x 221.9 km / pi) ** 0.5, some 113.5 km.
    assert RULES.near_m(line) == pytest.approx(113_500 / 4, rel=2e-3)
    assert contains(ground("border", WEST, EAST), 41.01, 35)  # 0.9 km of 1
    assert not contains(ground("border", WEST, EAST), 41.02, 35)
