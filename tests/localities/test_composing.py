"""Trees built by hand on a made-up map: what nested relations, filters and exceptions cover."""

import itertools
import math
import runpy
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoevents.geodesy import area, buffer
from geoevents.localities import LocalityError, Neighbourhood
from geoevents.localities.composing import Composer
from geoevents.localities.stretches import stretch_of
from geoevents.localities.tree import Compass, Distance, Group, Leg

TREES = runpy.run_path(str(Path(__file__).with_name("trees.py")))
ALTON, MOUTH, EAST, NORTH, SOUTH, WEST = (
    TREES[name] for name in ("ALTON", "MOUTH", "EAST", "NORTH", "SOUTH", "WEST")
)
GEOD, assert_holds, at, both, fix, metres, n, rel = (
    TREES[name] for name in ("GEOD", "assert_holds", "at", "both", "fix", "metres", "n", "rel")
)


# -- one place, in other words ---------------------------------------------------------------------


def test_a_place_is_the_disc_of_its_extent_the_area_what_is_near_the_centre_half_of_it(ground):
    for tree, radius in (
        (n("Alton"), 4000),
        (rel("in", n("Alton")), 4000),
        (rel("area", n("Alton")), 6000),
        (rel("centre", n("Alton")), 2000),
    ):
        found = ground(tree)
        assert area(found.geometry) == pytest.approx(math.pi * radius**2 / 1e6, rel=2e-3)
        assert found.core.equals(shapely.Point(ALTON))
        assert found.inferred


def test_the_area_of_a_province_is_itself_and_its_centre_a_third_of_its_radius(ground):
    whole = shapely.box(38, 33, 40, 37)
    found = ground(rel("area", n("Westmark")))
    assert found.geometry.equals(whole)
    assert not found.inferred
    middle = ground(rel("centre", n("Westmark")))
    assert area(middle.geometry) == pytest.approx(area(whole) / 9, rel=5e-3)
    assert_holds(middle.geometry, (39, 35), out=[(38.1, 35), (39, 33.2)])


def test_a_river_has_no_centre_and_no_countryside(ground):
    for kind in ("centre", "countryside"):
        with pytest.raises(LocalityError, match="is a line"):
            ground(rel(kind, n("Silva River")))


def test_the_countryside_of_a_seat_is_its_province_without_the_town(ground):
    found = ground(rel("countryside", n("Norham")))
    whole, town = area(shapely.box(43, 35, 45, 37)), math.pi * 25
    assert area(found.geometry) == pytest.approx(whole - town, rel=1e-3)
    assert_holds(found.geometry, (44.9, 36.9), out=[(43.5, 35.5), (43.54, 35.5)])
    assert "without the town" in found.said


def test_the_countryside_of_another_town_is_the_ring_about_it(ground):
    found = ground(rel("countryside", n("Alton")))
    assert area(found.geometry) == pytest.approx(math.pi * (12**2 - 4**2), rel=2e-3)


def test_a_part_of_the_countryside_lies_about_the_town_not_about_the_provinces_middle(ground):
    found = ground(rel("part", rel("countryside", n("Norham")), compass=NORTH))
    # The town is at 35.5 N, the middle of the province at 36 N.
    assert_holds(found.geometry, (44, 35.7), (44, 36.9), out=[(44, 35.45), (43.5, 35.51)])
    south = ground(rel("part", rel("countryside", n("Norham")), compass=SOUTH))
    assert_holds(south.geometry, (44, 35.3), out=[(44, 35.7)])
    assert found.relations == ("part", "countryside")


def test_northern_suburbs_are_north_of_the_town(ground):
    found = ground(rel("part", rel("outskirts", n("Alton")), compass=NORTH))
    assert found.geometry.contains(at(*ALTON, 0, 4_000))
    assert not found.geometry.intersects(shapely.LineString([at(*ALTON, 90, 9e3), ALTON]).buffer(0))
    assert not found.geometry.contains(at(*ALTON, 180, 4_000))


def test_outskirts_of_a_province_lie_on_both_sides_of_its_edge(ground):
    found = ground(rel("outskirts", n("Westmark")))
    assert_holds(found.geometry, (37.95, 35), (38.05, 35), out=[(39, 35)])


# -- offsets, distances ----------------------------------------------------------------------------


def test_two_offsets_go_one_after_the_other(ground):
    legs = (Leg(EAST, metres(2000, 1000)), Leg(NORTH, metres(3000, 1000)))
    found = ground(rel("offsets", n("Bergen Mill"), legs=legs))
    corner = GEOD.fwd(40.3, 36.5, 90, 2000)[:2]
    there = at(*corner, 0, 3000)
    assert found.point.distance(there) < 1e-9
    # Half a kilometre either way on each leg, and the town's 2 km round it.
    assert area(found.geometry) == pytest.approx(1 + 4 * 2 + math.pi * 4, rel=5e-3)
    assert_holds(found.geometry, there.coords[0], out=[corner, (40.3, 36.5)])


def test_two_offsets_along_one_axis_are_ground_too(ground):
    legs = (Leg(EAST, metres(2000, 1000)), Leg(EAST, metres(3000, 1000)))
    found = ground(rel("offsets", n("Alton"), legs=legs))
    assert found.geometry.contains(at(*ALTON, 90, 5_000))


def test_a_range_is_as_wide_as_it_says(ground):
    distance = Distance(17_500, 0, "15-20 km", 2_500)
    found = ground(rel("direction", n("Bergen Mill"), compass=WEST, distance=distance))
    for far, inside in ((12_500, False), (13_500, True), (21_500, True), (22_500, False)):
        assert found.geometry.contains(at(40.3, 36.5, 270, far)) is inside, far


def test_just_goes_no_farther_than_near(ground):
    wide = ground(rel("direction", n("Alton"), compass=SOUTH))
    just = ground(rel("direction", n("Alton"), compass=SOUTH, just=True))
    assert wide.geometry.contains(at(*ALTON, 180, 11_900))
    assert just.geometry.contains(at(*ALTON, 180, 5_900))
    assert not just.geometry.contains(at(*ALTON, 180, 6_100))
    found = ground(rel("direction", n("Silva River"), compass=EAST, just=True))
    assert found.geometry.contains(at(40, 34, 90, 4_900))
    assert not found.geometry.contains(at(40, 34, 90, 5_100))


@pytest.mark.parametrize("far", [8_000, 24_000])
def test_a_distance_from_a_province_is_measured_from_its_edge_on_that_side(ground, far):
    tree = rel("direction", n("Eastmark"), compass=EAST, distance=metres(10_000))
    region = ground(tree).geometry
    assert region.contains(at(42, 35, 90, far)) is (far == 8_000)
    assert not region.contains(at(40, 35, 270, 10_000))
    assert not region.contains(shapely.Point(41.99, 35))


# -- positions -------------------------------------------------------------------------------------


def test_a_position_is_the_circle_that_its_figures_were_rounded_from(ground):
    found = ground(fix(40.5, 35.5, 150.0))
    assert area(found.geometry) == pytest.approx(math.pi * 0.15**2, rel=2e-3)
    assert found.relations == ("position",)
    beside = ground(rel("near", fix(40.5, 35.5, 150.0))).geometry
    assert beside.contains(at(40.5, 35.5, 33, 1_900))
    away = ground(rel("direction", fix(40.5, 35.5, 150.0), compass=EAST, distance=metres(5000)))
    assert away.point.distance(at(40.5, 35.5, 90, 5000)) < 1e-9


def test_an_exact_position_is_still_ground(ground):
    assert 0 < area(ground(fix(40.5, 35.5, 0.0)).geometry) < 1e-3


def test_a_province_after_a_position_says_where_it_lies(ground):
    found = ground(both(fix(40.5, 35.5, 150.0), n("Eastmark")))
    assert found.relations == ("position",)
    assert found.said.endswith("in Eastmark")
    with pytest.raises(LocalityError, match="nothing lies both"):
        ground(both(fix(40.5, 35.5, 150.0), n("Westmark")))


# -- relations of relations ------------------------------------------------------------------------


def test_at_a_distance_from_a_mouth(ground):
    mouth = rel("mouth", n("Silva River"))
    found = ground(rel("distance", mouth, distance=metres(20_000, 5_000)))
    for bearing in (0, 90, 225):
        assert found.geometry.contains(at(*MOUTH, bearing, 20_000))
        assert not found.geometry.contains(at(*MOUTH, bearing, 10_000))
    assert "the mouth of Silva" in found.said
    assert [place.name for place in found.made_of] == ["Silva"]
    assert found.relations == ("distance", "mouth")


def test_a_relation_to_a_town_in_other_words_is_about_the_town(ground):
    plain = ground(rel("distance", n("Alton"), distance=metres(20_000))).geometry
    for inner in (rel("in", n("Alton")), both(n("Alton"), n("Westmark"))):
        same = ground(rel("distance", inner, distance=metres(20_000))).geometry
        assert area(shapely.symmetric_difference(plain, same)) < 1e-6
    centre = ground(rel("distance", rel("centre", n("Alton")), distance=metres(20_000))).geometry
    # Half the town's 4 km on either edge.
    assert centre.contains(at(*ALTON, 33, 31_900))
    assert not centre.contains(at(*ALTON, 33, 32_100))


def test_near_a_border_is_near_its_line(ground):
    border = rel("border", n("Westmark"), n("Eastmark"))
    region = ground(rel("near", border)).geometry
    for off, inside in ((29_900, True), (30_100, False)):  # as near as to the provinces
        for bearing in (90, 270):
            assert region.contains(at(40, 35, bearing, off)) is inside
    east = ground(rel("direction", border, compass=EAST, distance=metres(10_000))).geometry
    assert east.contains(at(40, 35, 90, 10_000))
    assert not east.contains(at(40, 35, 270, 10_000))


def test_north_of_a_countrys_border_is_north_of_the_country(ground):
    border = rel("border", n("Marca"))
    region = ground(rel("direction", border, compass=NORTH, distance=metres(10_000))).geometry
    assert region.contains(at(40, 37, 0, 10_000))
    assert not region.contains(at(40, 33, 180, 10_000))
    assert not region.intersects(shapely.box(38.1, 33.1, 41.9, 36.9))


def test_the_northern_part_of_a_border_is_no_side_of_it(ground):
    region = ground(rel("part", rel("border", n("Westmark")), compass=NORTH)).geometry
    assert_holds(region, (37.99, 36.5), (38.01, 36.5), (39, 37.01), out=[(38.01, 34), (39, 33)])


# -- provinces that say where ----------------------------------------------------------------------


def test_in_a_province_after_a_relation_cuts(ground):
    found = ground(both(rel("near", n("Bergen Mill")), rel("in", n("Eastmark"))))
    assert found.relations == ("near", "in")
    cut = ground(both(rel("within", n("Alton"), distance=metres(5000)), rel("in", n("Eastmark"))))
    assert cut.geometry.bounds[0] == pytest.approx(40, abs=1e-6)


def test_a_province_bounds_a_river_where_no_town_does(ground):
    along = rel("along", n("Silva River"))
    alone = ground(both(along, n("Eastmark")))
    assert alone.geometry.bounds[0] == pytest.approx(40, abs=1e-6)
    side = rel("direction", n("Silva River"), compass=WEST)
    region = ground(both(side, n("Westmark"))).geometry
    assert region.bounds[2] <= 40 + 1e-6
    # With a town the province only says which town is meant.
    town = ground(both(rel("near", n("Alton")), along, n("Westmark"))).geometry
    assert town.bounds[2] > 40.01


def test_two_provinces_side_by_side_are_both_meant(ground):
    region = ground(both(n("Westmark"), n("Eastmark"))).geometry
    assert_holds(region, (39, 35), (41, 35))


def test_the_side_of_a_river_does_not_carry_a_direction_along_it(ground):
    south = rel("direction", n("Alton"), compass=SOUTH)
    west = rel("direction", n("Silva River"), compass=WEST)
    region = ground(both(south, west)).geometry
    assert_holds(region, (39.95, 36.42), out=[(39.95, 36), (39.9, 34)])


# -- exceptions ------------------------------------------------------------------------------------


def test_but_not_leaves_out_the_towns_disc(ground):
    found = ground(both(rel("near", n("Alton")), rel("except", n("Alton"))))
    assert area(found.geometry) == pytest.approx(math.pi * (36 - 16), rel=3e-3)
    assert found.point is None
    assert found.relations == ("near", "except")


def test_but_not_a_province(ground):
    region = ground(both(rel("in", n("Marca")), rel("except", n("Westmark")))).geometry
    assert area(region) == pytest.approx(area(shapely.box(40, 33, 42, 37)), rel=1e-6)
    both_out = rel("except", n("Westmark"), n("Cardon"))
    assert_holds(
        ground(both(n("Marca"), both_out)).geometry, (41, 36), out=[(39, 35), (41.5, 34.5)]
    )


def test_nothing_left_is_an_error(ground):
    with pytest.raises(LocalityError, match="nothing is left"):
        ground(both(rel("in", n("Alton")), rel("except", n("Westmark"), n("Eastmark"))))
    with pytest.raises(LocalityError, match="of what"):
        ground(rel("except", n("Alton")))


def test_what_is_left_out_does_not_grow_with_the_rules(ground):
    tree = both(rel("near", n("Alton")), rel("except", n("Alton")))
    twice = ground(tree, rules=Neighbourhood().scaled(2)).geometry
    assert area(twice) == pytest.approx(math.pi * (144 - 16), rel=3e-3)


# -- stretches, banks, streams ---------------------------------------------------------------------

STRETCH = both(rel("along", n("Silva River")), rel("between", n("Alton"), n("Near Ferry")))


def test_along_between_two_towns(ground):
    found = ground(STRETCH)
    assert found.relations == ("along", "between")
    # Alton is at 36.5 N and Near Ferry at 35 N; the band is 5 km to each side, flat-ended.
    assert_holds(found.geometry, (40.0, 36), (40.05, 36), (40.2, 35.5), (40, 35.02))
    assert_holds(found.geometry, out=[(40, 34.98), (40, 36.52), (40.07, 36), (40, 35.5)])
    assert found.core.geom_type == "LineString"
    assert "Alton" in found.said
    assert {place.name for place in found.made_of} == {"Silva", "Alton", "Near Ferry"}


def test_a_bare_river_between_two_towns_is_the_same(ground):
    bare = both(n("Silva River"), rel("between", n("Near Ferry"), n("Alton")))
    other = ground(bare).geometry
    assert area(shapely.symmetric_difference(ground(STRETCH).geometry, other)) < 1e-6


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_filters_in_any_order(ground, order):
    parts = [
        rel("along", n("Silva River")),
        rel("between", n("Alton"), n("Near Ferry")),
        rel("part", n("Silva River"), words="the east bank of", compass=EAST),
        rel("except", rel("within", n("Alton"), distance=metres(10_000))),
    ]
    region = ground(both(*(parts[i] for i in order))).geometry
    assert_holds(
        region, (40.04, 36), (40.22, 35.5), out=[(39.96, 36), (40.01, 36.45), (40.01, 34.9)]
    )


def test_a_bank_between_two_towns_follows_the_river(ground):
    bank = rel("part", n("Silva River"), words="on the east bank of", compass=EAST)
    region = ground(both(bank, rel("between", n("Alton"), n("Near Ferry")))).geometry
    assert_holds(region, (40.03, 36), (40.22, 35.5), out=[(39.97, 36), (40.03, 34.9)])


def test_downstream_of_a_town_on_the_river_by_it(ground):
    found = ground(rel("stream", n("Near Ferry"), way="down"))
    # The river nearest to Near Ferry is the Silva, which runs south there: 25 km are 0.2252 deg.
    assert_holds(found.geometry, (40, 34.9), (40, 34.79), out=[(40, 35.05), (40, 34.75)])
    assert "the river nearest to Near Ferry (1.8 km from it)" in found.said
    with pytest.raises(LocalityError, match=r"no river within 10 km of Cardon.*name the river"):
        ground(rel("stream", n("Cardon"), way="down"))


def test_downstream_of_a_province_needs_a_river(ground):
    with pytest.raises(LocalityError, match=r"several rivers run through Querria \(Tame, Wey\)"):
        ground(rel("stream", n("Querria"), way="down"))
    assert ground(rel("stream", n("Marca"), way="down"))


def test_upstream_on_the_river_that_the_phrase_names(ground):
    tree = both(rel("along", n("Silva River")), rel("stream", n("Near Ferry"), way="up"))
    assert_holds(ground(tree).geometry, (40, 35.1), out=[(40, 34.95)])


def test_the_left_bank_is_that_of_one_going_downstream(ground):
    near = rel("near", n("Alton"))
    region = ground(both(near, rel("bank", n("Silva River"), way="left"))).geometry
    assert region.bounds[0] == pytest.approx(40, abs=1e-4)
    right = ground(both(rel("bank", n("Silva River"), way="right"), near)).geometry
    assert right.bounds[2] == pytest.approx(40, abs=1e-4)


def test_the_far_bank_is_not_the_one_of_the_place_that_is_named(ground):
    far = rel("bank", n("Silva River"), way="far")
    region = ground(both(far, rel("near", n("Alton")))).geometry
    assert_holds(region, (40.005, 36.5), out=[ALTON])
    given_near = ground(both(far, rel("in", n("Marca"))), near=shapely.Point(ALTON)).geometry
    assert_holds(given_near, (41, 36), out=[(39, 36)])
    with pytest.raises(LocalityError):
        ground(far)


def test_across_the_river_from_a_town(ground):
    for tree in (rel("across", n("Silva River"), n("Alton")), rel("across", n("Alton"))):
        region = ground(tree).geometry
        assert region.bounds[0] == pytest.approx(40, abs=1e-4)
        assert_holds(region, (40.01, 36.5), out=[ALTON])


def test_a_bank_of_no_river_that_is_named_is_of_the_one_by_the_town(ground):
    by_alton = rel("river", n("Alton"))
    left = rel("bank", by_alton, way="left")  # the river runs south: its left bank is the east one
    east = rel("part", by_alton, words="east bank", compass=EAST)
    offset = rel("direction", n("Alton"), compass=SOUTH, distance=metres(10_000))
    for side, parts in itertools.product((left, east), ((rel("near", n("Alton")),), (offset,))):
        found = ground(both(*parts, side))
        whole = ground(both(*parts)).geometry
        silva = ground(both(*parts, rel("direction", n("Silva River"), compass=EAST))).geometry
        assert area(found.geometry) == pytest.approx(area(silva), rel=1e-6)
        assert shapely.covers(buffer(whole, 1), found.geometry)
        assert_holds(found.geometry, out=[ALTON])
        assert "the river nearest to Alton (4.5 km from it)" in found.said


def test_a_bank_is_of_the_river_that_the_rest_names(ground):
    of = Group("and", (n("Wey River"), n("Norham Mill")), 0, 9)
    tree = rel("bank", rel("river", of), way="left")
    near = rel("within", n("Norham Mill"), distance=metres(60_000))
    assert_holds(ground(both(near, tree)).geometry, (44.6, 36.2), out=[(44.4, 36.2)])


def test_a_bank_by_no_river_is_an_error(ground):
    left = rel("bank", rel("river", n("Cardon")), way="left")
    with pytest.raises(LocalityError, match=r"no river within 10 km of Cardon .*; name the river"):
        ground(both(rel("near", n("Cardon")), left))
    left = rel("bank", rel("river", n("Marca")), way="left")
    with pytest.raises(LocalityError, match="a bank of which river"):
        ground(both(n("Marca"), left))


def test_the_far_bank_is_seen_from_what_a_direction_is_from(ground):
    far = rel("bank", n("Silva River"), way="far")
    region = ground(both(rel("direction", n("Alton"), compass=EAST), far)).geometry
    assert_holds(region, (40.05, 36.5), out=[ALTON, (39.98, 36.5)])


def test_between_two_rivers_is_cut_by_the_rest(ground):
    tree = both(rel("between", n("Alton"), n("Bergen Mill")), rel("in", n("Eastmark")))
    region = ground(tree).geometry
    assert region.bounds[0] == pytest.approx(40, abs=1e-6)


# -- "near" that stops short of the river ----------------------------------------------------------

WESTBY = (39.93, 34.5)  # 6.4 km west of the river; near it reaches 2 km


def test_near_is_not_widened_for_a_side_and_the_error_says_what_reaches_it(ground):
    near, east = rel("near", n("Westby")), _east_of_silva()
    # Line and town are 6.4 km apart; "along" a river is 5 km, so 11.4 km and a little more.
    message = (
        r"none of what is near Westby \(2.0 km\) lies east of Silva, 6.4 km from it; "
        "'within 12 km of Westby' reaches it"
    )
    with pytest.raises(LocalityError, match=message):
        ground(both(near, east))
    with pytest.raises(LocalityError, match=r"lies on the left bank of Silva, 6\.4 km from it"):
        ground(both(near, rel("bank", n("Silva River"), way="left")))
    reach = rel("within", n("Westby"), distance=metres(12_000))
    assert_holds(ground(both(reach, east)).geometry, (40.01, 34.5), out=[WESTBY])


def test_near_on_the_side_that_it_lies_on_and_far_from_the_river(ground):
    west = rel("direction", n("Silva River"), compass=WEST)
    found = ground(both(rel("near", n("Westby")), west))
    assert area(found.geometry) == pytest.approx(math.pi * 4, rel=2e-3)
    with pytest.raises(LocalityError, match="lies east of Silva") as caught:
        ground(both(rel("near", n("Dunmore")), rel("in", n("Westmark")), _east_of_silva()))
    assert "reaches it" not in str(caught.value)


@pytest.mark.parametrize(
    ("tree", "inside", "outside"),
    [
        # 10 km to the nearest 10: from 5 km to 15 km off the river; near Westby is 2 km and 15.
        (rel("direction", n("Silva River"), compass=EAST, distance=metres(10_000)), 8_000, -8_000),
        (rel("direction", n("Silva River"), compass=WEST, distance=metres(10_000)), -8_000, 8_000),
        (rel("distance", n("Silva River"), distance=metres(10_000)), -8_000, 3_000),
        (
            rel("distance", rel("bank", n("Silva River"), way="left"), distance=metres(10_000)),
            8_000,
            -8_000,
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_near_says_of_which_stretch_a_stated_distance_is(ground, tree, inside, outside, turned):
    parts = (tree, rel("near", n("Westby")))
    found = ground(both(*(parts[::-1] if turned else parts)))
    on_river = (40.0, 34.5)
    assert_holds(
        found.geometry,
        at(*on_river, 90, inside).coords[0],
        out=[
            at(*on_river, 90, outside).coords[0],
            at(*on_river, 90, math.copysign(3_000, inside)).coords[0],
            at(40.0, 34.0, 90, inside).coords[0],  # another stretch
        ],
    )
    assert "taken 17 km wide here, as the 10 km are measured from" in found.said


def _east_of_silva():
    return rel("direction", n("Silva River"), compass=EAST)


# -- what an area lies along -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def stretch(resolved):
    def find(tree):
        found, tree = resolved(tree)
        composer = Composer(found, Neighbourhood())
        return stretch_of(composer, tree), composer

    return find


def test_a_bounded_stretch(stretch):
    found, _ = stretch(STRETCH)
    assert found.bounded
    assert found.focus is None
    south, north = found.line.bounds[1], found.line.bounds[3]
    assert (south, north) == pytest.approx((35, 36.5), abs=1e-3)
    assert stretch(rel("stream", n("Near Ferry"), way="down"))[0].bounded


def test_an_unbounded_stretch_and_what_bounds_the_ground_beside_it(stretch):
    tree = both(
        rel("along", n("Silva River")),
        rel("near", n("Cardon")),
        _east_of_silva(),
        n("Eastmark"),
        rel("except", n("Bergen Mill")),
    )
    found, composer = stretch(tree)
    assert not found.bounded
    assert found.focus.name == "Cardon"
    assert [place.name for place in found.areas] == ["Eastmark"]
    assert [side.kind for side in found.sides] == ["direction", "except"]
    left = found.within(buffer(shapely.Point(40.2, 36.5), 30_000), composer)
    assert_holds(left, (40.1, 36.5), out=[(39.95, 36.5), (40.3, 36.5)])


def test_no_stretch_in_a_phrase_without_a_line(stretch):
    for tree in (n("Alton"), rel("near", n("Alton")), Group("and", (n("Alton"), n("Silva")), 0, 9)):
        assert stretch(tree)[0] is None


# -- anything --------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["Alton", "Bergen Mill", "Silva River", "Westmark", "Marca", "Norham", "Querria", "Dunmore"]
)
FIXES = st.builds(fix, st.floats(38, 42), st.floats(33, 37), st.floats(0, 5000))
COMPASSES = st.sampled_from([EAST, NORTH, SOUTH, WEST, Compass("northeast", 45, 22.5)])
DISTANCES = st.sampled_from([metres(10_000), metres(500), Distance(17_500, 0, "15-20 km", 2500)])
PLAIN = ["in", "near", "outside", "outskirts", "area", "centre", "countryside", "along", "mouth"]
PLAIN += ["source", "border", "between", "halfway", "road", "confluence", "except", "across"]


def relations_of(trees):
    of = st.one_of(trees, st.tuples(trees, trees).map(lambda two: Group("and", two, 0, 9)))
    legs = st.tuples(COMPASSES, DISTANCES).map(lambda leg: Leg(*leg))
    one = [
        st.builds(rel, st.sampled_from(PLAIN), of),
        st.builds(rel, st.sampled_from(["part", "direction"]), of, compass=COMPASSES),
        st.builds(rel, st.just("direction"), of, compass=COMPASSES, distance=DISTANCES),
        st.builds(rel, st.sampled_from(["distance", "within"]), of, distance=DISTANCES),
        st.builds(rel, st.just("offsets"), of, legs=st.tuples(legs, legs)),
        st.builds(rel, st.just("stream"), of, way=st.sampled_from(["up", "down"])),
        st.builds(rel, st.just("bank"), of, way=st.sampled_from(["left", "both", "far", "near"])),
    ]
    groups = st.lists(trees, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        *one,
        groups.map(lambda parts: Group(",", parts, 0, 9)),
        groups.map(lambda parts: Group("and", parts, 0, 9)),
    )


TREES = st.recursive(st.one_of(NAMES.map(n), FIXES), relations_of, max_leaves=4)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_any_tree_gives_sound_ground_or_the_familys_error(ground, tree):
    try:
        found = ground(tree)
    except LocalityError:
        return
    if found.point is not None:
        assert found.geometry.distance(found.point) < 1e-6
    west, south, east, north = found.geometry.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
