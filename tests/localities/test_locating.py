"""``locate`` on the made-up gazetteer: its river runs south on 40 E, Alton on the west bank."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.errors import GeoeventsError
from geoevents.geodesy import area, buffer
from geoevents.localities import (
    Locality,
    LocalityError,
    Neighbourhood,
    frames,
    locate,
    locating,
    measuring,
)

GEOD = Geod(ellps="WGS84")
ALTON = (39.95, 36.5)


def at(lon, lat, bearing, metres):
    return shapely.Point(GEOD.fwd(lon, lat, bearing, metres)[:2])


@pytest.fixture(scope="module")
def find(gazetteer):
    return lambda text, **more: locate(text, gazetteer=gazetteer, **more)


def ids(found):
    return [place.id.removeprefix("test:") for place in found.places]


# -- one place -------------------------------------------------------------------------------------


def test_a_bare_town_is_the_disc_of_its_extent(find):
    town = find("Alton")
    assert town.relations == ("place",)
    assert town.geometry.equals(buffer(shapely.Point(ALTON), 4000))
    assert town.area_km2 == pytest.approx(math.pi * 16, rel=2e-3)
    assert town.point.equals(shapely.Point(ALTON))
    assert town.uncertainty_m == pytest.approx(4000, rel=1e-3)
    assert town.feature.geometry.equals(shapely.Point(ALTON))
    assert town.inferred


def test_a_bare_province_is_its_own_outline(find):
    province = find("Westmark Province")
    assert province.geometry.equals(shapely.box(38, 33, 40, 37))
    assert not province.inferred
    assert province.area_low_km2 < province.area_km2 < province.area_high_km2


def test_a_bare_river_is_a_band_as_wide_as_its_line_may_be_off(find):
    river = find("the Silva River")
    assert river.geometry.geom_type == "Polygon"
    for metres, inside in ((1_950, True), (2_050, False)):
        for bearing in (90, 270):
            assert river.geometry.contains(at(40, 34.2, bearing, metres)) is inside
    assert river.geometry.contains(river.point)
    assert river.feature.geometry.geom_type == "LineString"


@pytest.mark.parametrize(
    ("text", "relation", "metres"),
    [("near Alton", "near", 6000), ("within 12 km of Alton", "within", 16_000)],
)
def test_discs(find, text, relation, metres):
    found = find(text)
    assert "+".join(found.relations) == relation
    assert found.inferred
    assert found.area_km2 == pytest.approx(math.pi * (metres / 1000) ** 2, rel=2e-3)
    assert found.point.equals(shapely.Point(ALTON))
    assert found.uncertainty_m == pytest.approx(metres, rel=1e-3)


@pytest.mark.parametrize("text", ["in Alton", "at Alton", "in Alton, Westmark", "in Alton (Marca)"])
def test_in_a_town_is_the_disc_of_its_extent(find, text):
    found = find(text)
    assert (found.relations, found.inferred) == (("in",), True)
    assert found.area_km2 == pytest.approx(math.pi * 16, rel=2e-3)
    assert found.point.equals(shapely.Point(ALTON))
    assert found.uncertainty_m == pytest.approx(4000, rel=1e-3)
    assert found.feature is not None
    assert found.feature.geometry.equals(shapely.Point(ALTON))
    assert "within 4.0 km of its centre" in found.explain()


def test_what_cuts_or_sizes_a_town_makes_it_no_feature(find):
    for more in ({"text": "in Alton, west of the Silva"}, {"text": "in Alton", "area_km2": 20}):
        found = find(**more)
        assert found.inferred
        assert found.feature is None
        assert found.geometry.geom_type == "Polygon"
    assert find("in Alton and Cardon").feature is None
    assert find("in Alton and Cardon").geometry.geom_type == "MultiPolygon"


def test_outside_is_not_inside(find):
    for text in ("outside Alton", "on the outskirts of Alton"):
        found = find(text)
        assert not found.geometry.contains(shapely.Point(ALTON))
        assert found.geometry.intersects(found.point)
    assert not find("outside Alton").geometry.contains(at(*ALTON, 30, 3_900))
    assert find("outside Alton").geometry.contains(at(*ALTON, 30, 5_900))
    assert find("outside Westmark").geometry.disjoint(shapely.box(38.01, 33.01, 39.99, 36.99))


def test_near_can_be_given_another_meaning(find):
    rules = Neighbourhood(near=3)
    assert find("near Alton", neighbourhood=rules).uncertainty_m == pytest.approx(12_000, rel=1e-3)


def test_along_is_a_band_on_both_banks(find):
    found = find("along the Silva")
    assert "+".join(found.relations) == "along"
    for lon in (39.95, 40.05):
        assert found.geometry.contains(shapely.Point(lon, 34.5))
    for lon in (39.94, 40.06):
        assert not found.geometry.contains(shapely.Point(lon, 34.5))


def test_distance_and_direction(find):
    found = find("20 km north-east of Alton")
    there = at(*ALTON, 45, 20_000)
    assert found.point.distance(there) < 1e-9
    assert found.geometry.contains(there)
    # 10 km either way for the figure, 22.5° for the word, 4 km for the town: these are inside ...
    for bearing, metres in ((45 - 22, 20_000), (45 + 22, 20_000), (45, 15_100), (45, 24_900)):
        assert found.geometry.contains(at(*ALTON, bearing, metres))
    # ... and these are not.
    for bearing, metres in ((45, 10_500), (45, 29_500), (0, 20_000), (90, 20_000), (225, 20_000)):
        assert not found.geometry.contains(at(*ALTON, bearing, metres))
    assert "20 km northeast" in found.explain()


def test_distance_alone_is_a_ring_and_within_a_disc(find):
    ring = find("20 km from Alton")
    assert not ring.geometry.contains(shapely.Point(ALTON))
    assert ring.geometry.contains(at(*ALTON, 123, 20_000))
    disc = find("within 12 km of Alton")
    assert disc.uncertainty_m == pytest.approx(16_000, rel=1e-3)
    assert disc.geometry.contains(shapely.Point(ALTON))


def test_east_of_a_town_is_a_sector(find):
    found = find("east of Alton")
    assert "+".join(found.relations) == "direction"
    assert found.geometry.contains(at(*ALTON, 90, 10_000))
    assert not found.geometry.contains(at(*ALTON, 140, 10_000))


def test_part_of_a_province(find):
    for text in ("eastern Westmark", "in the east of Westmark", "in eastern Westmark Province"):
        found = find(text)
        assert "+".join(found.relations) == "part"
        assert found.geometry.contains(shapely.Point(39.5, 35))
        assert not found.geometry.contains(shapely.Point(38.5, 35))


def test_east_of_a_province_is_outside_it(find):
    found = find("east of Westmark")
    assert found.geometry.contains(shapely.Point(40.1, 35))
    assert not found.geometry.intersects(shapely.box(38.01, 33.01, 39.99, 36.99))


# -- names -----------------------------------------------------------------------------------------


def test_names_that_hold_relation_words(find):
    assert "+".join(find("South Harbour").relations) == "place"
    assert ids(find("near South Harbour")) == ["south-harbour-populated-place"]
    assert ids(find("Near Ferry")) == ["near-ferry-populated-place"]
    assert "+".join(find("near near ferry").relations) == "near"
    assert ids(find("Ham and Oakley")) == ["ham-and-oakley-populated-place"]


def test_a_province_after_a_comma_chooses_among_namesakes(find):
    assert find("Dunmore").point.x == 41.5  # the larger
    for text in ("Dunmore, Westmark", "Dunmore (Westmark)", "Dunmore in Westmark Province"):
        found = find(text)
        assert found.places[0].geometry.x == 39.5, text
    assert find("near Dunmore, Eastmark").point.x == 41.5
    assert "+".join(find("Dunmore, Westmark, Marca").relations) == "place"


def test_names_in_a_phrase_help_each_other(find):
    assert find("near Stoke").point.x == 90
    assert find("near Stoke, 30 km west of Alton").places[0].geometry.x == 39.6
    assert find("near Stoke", near="Alton").point.x == 39.6


def test_only_places_of_the_country(find):
    assert find("near Stoke", country="XA").point.x == 39.6
    assert find("near Stoke", country="XB").point.x == 90
    assert find("near Stoke", country=["XA", "XB"]).point.x == 90
    assert "+".join(find("along the Silva", country="XA").relations) == "along"
    with pytest.raises(LocalityError, match=r"Cardon.* in XB. There is Cardon .* in XA"):
        find("near Cardon", country="XB")


def test_an_unknown_name_says_the_nearest(find):
    with pytest.raises(LocalityError, match="Altn") as caught:
        find("near Xqzwvk Altn")
    assert caught.value.text[caught.value.start : caught.value.end] == "Xqzwvk Altn"


def test_a_misspelt_name_is_owned_up_to(find):
    assert "taken for Bergen Mill" in find("near Bergen Mlil").explain()
    assert "taken for" not in find("near Bergen Mill").explain()


# -- sides -----------------------------------------------------------------------------------------


def test_near_a_town_on_the_other_bank(find):
    east = find("east of the Silva River, near the town of Alton")
    west = find("west of the Silva River, near the town of Alton")
    assert east.relations == ("near", "side")
    assert not east.geometry.contains(shapely.Point(ALTON))
    assert east.geometry.bounds[0] == pytest.approx(40, abs=1e-5)
    assert west.geometry.contains(shapely.Point(ALTON))
    both = area(east.geometry) + area(west.geometry)
    assert both == pytest.approx(find("near Alton").area_km2, rel=1e-6)
    for found in (east, west):
        assert found.geometry.intersects(found.point)


@pytest.mark.parametrize(
    "text",
    [
        "near Alton, east of the Silva",
        "near Alton (east of the Silva)",
        "on the east bank of the Silva near Alton",
        "EAST OF THE SILVA , NEAR ALTON",
        "near Alton and east of the Silva",
    ],
)
def test_order_and_joint_do_not_matter(find, text):
    expected = find("east of the Silva River, near Alton").geometry
    assert area(shapely.symmetric_difference(find(text).geometry, expected)) < 1e-6


def test_inside_the_bend_is_still_the_west_bank(find):
    found = find("west of the Silva, in Marca")
    assert found.geometry.contains(shapely.Point(40.15, 35.5))
    assert not found.geometry.contains(shapely.Point(40.25, 35.5))
    assert "+".join(found.relations) == "in+side"


def test_a_direction_goes_as_far_as_the_rest_of_the_phrase_says(find):
    # 90 km south of Alton, on the river; in a whole country it stays near the town.
    far = shapely.Point(40, 35.7)
    assert find("south of Alton, along the Silva").geometry.contains(far)
    assert not find("south of Alton, in Marca").geometry.contains(far)
    assert find("south of Alton, in Marca").geometry.contains(at(*ALTON, 180, 11_000))


def test_a_side_alone_has_a_documented_depth(find):
    found = find("east of the Silva")
    depth = Neighbourhood().side_m
    assert found.geometry.contains(at(40, 34.5, 90, depth - 200))
    assert not found.geometry.contains(at(40, 34.5, 90, depth + 200))
    assert not found.geometry.contains(at(40, 34.5, 270, 200))


def test_a_side_with_nothing_on_it(find):
    with pytest.raises(LocalityError, match=r"none of what is near Cardon .* lies west of Silva"):
        find("west of the Silva, near Cardon")


def test_the_side_along_which_a_river_runs(find):
    with pytest.raises(LocalityError, match=r"north-south.*neither of its banks is the north one"):
        find("north of the Silva, near Alton")


# -- several ---------------------------------------------------------------------------------------


def test_lists_unite(find):
    both = find("near Alton and Cardon")
    assert both.geometry.contains(shapely.Point(ALTON))
    assert both.geometry.contains(shapely.Point(41.5, 34.5))
    for text in ("near Alton and near Cardon", "near Cardon, near Alton and near Alton"):
        assert area(shapely.symmetric_difference(find(text).geometry, both.geometry)) < 1e-6
    assert len(find("Alton, Bergen Mill and Cardon").geometry.geoms) == 3


def test_commas_intersect(find):
    overlap = find("within 20 km of Alton, within 20 km of Bergen Mill")
    discs = [buffer(shapely.Point(p), r) for p, r in ((ALTON, 24_000), ((40.3, 36.5), 22_000))]
    assert overlap.area_km2 == pytest.approx(area(shapely.intersection(*discs)), rel=1e-6)


def test_what_cannot_both_be_is_an_error_with_the_distance(find):
    apart = GEOD.inv(*ALTON, 41.5, 34.5)[2] - 6_000 - 4_500
    with pytest.raises(LocalityError, match=f"{apart / 1000:.0f} km apart"):
        find("near Alton, near Cardon")


# -- areas -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("along the Silva", "near Alton", "in Alton", "Alton", "outside Alton", "east of Alton"),
        *("20 km east of Alton", "east of the Silva, near Alton", "the Silva"),
        *("along the Silva, east of the Silva, near Alton", "along the Silva in Westmark"),
    ],
)
@pytest.mark.parametrize("wanted", [0.5, 300, 4_000])
def test_a_reported_area_is_met(find, text, wanted):
    found = find(text, area_km2=wanted, near="Bergen Mill")
    assert found.area_km2 == pytest.approx(wanted, rel=1e-5)
    assert found.inferred
    assert found.geometry.is_valid
    assert found.geometry.buffer(1e-9).intersects(found.point)
    assert f"{wanted:,g}" in found.explain()


def test_range_of_a_reported_area(find):
    for wanted, low, high in ((300, 250, 350), (115, 112.5, 117.5), (12.5, 12.25, 12.75)):
        found = find("along the Silva", area_km2=wanted)
        assert (found.area_low_km2, found.area_high_km2) == pytest.approx((low, high))


def test_a_corridor_lies_where_the_event_is(find):
    for near in ("Cardon", shapely.Point(41.5, 34.5), find("Cardon").places[0]):
        found = find("along the Silva", area_km2=300, near=near)
        assert "+".join(found.relations) == "corridor"
        assert abs(found.point.y - 34.5) < 0.1
    assert abs(find("along the Silva, near Cardon", area_km2=300).point.y - 34.5) < 0.1


@pytest.mark.parametrize("near", [3, shapely.Point(), "Nowhere At All Xyz"])
def test_a_near_that_is_no_place(find, near):
    with pytest.raises(LocalityError, match="near"):
        find("along the Silva", area_km2=300, near=near)
    assert "near" in find(["along the Silva"], near=[near]).problem[0]


def test_an_area_somewhere_in_a_province(find):
    found = find("in Westmark", area_km2=300)
    assert found.area_km2 == pytest.approx(300, rel=1e-5)
    province = shapely.box(38, 33, 40, 37)
    assert province.contains(found.geometry)
    assert "do not say where" in found.explain()
    corner = find("in Westmark").uncertainty_m  # it may be anywhere in it
    assert found.uncertainty_m == pytest.approx(corner, rel=1e-3)
    with pytest.raises(LocalityError, match="do not fit"):
        find("in Westmark", area_km2=1e6)


def test_an_impossible_area_is_an_error(find):
    for wanted in (0, -1, math.nan, math.inf):
        with pytest.raises(LocalityError, match="area_km2"):
            find("near Alton", area_km2=wanted)
    with pytest.raises(LocalityError, match="along Silva"):
        find("along the Silva, in Westmark", area_km2=5e5)


# -- many ------------------------------------------------------------------------------------------


def test_a_series_keeps_its_index_and_says_what_is_wrong(find):
    phrases = pd.Series(
        ["near Alton", None, "near Nowhere At All Xyz", "near Alton", float("nan"), pd.NA, 7],
        index=list("gfedcba"),
    )
    frame = find(phrases)
    assert isinstance(frame, gpd.GeoDataFrame)
    assert list(frame.columns) == [
        *("text", "relation", "place_ids", "feature_id", "inferred", "area_km2", "area_low_km2"),
        *("area_high_km2", "uncertainty_m", "explanation", "problem", "geometry"),
    ]
    assert list(frame.index) == list("gfedcba")
    assert frame.crs == "EPSG:4326"
    assert list(frame.problem.isna()) == [True, False, False, True, False, False, False]
    assert list(frame.geometry.isna()) == [False, True, True, False, True, True, True]
    assert "no locality text" in frame.problem["f"]
    assert "is not text" in frame.problem["a"]
    assert frame.geometry["g"].equals(find("near Alton").geometry)
    assert frame.place_ids["g"] == "test:alton-populated-place"


def test_a_series_beside_it(find):
    phrases = pd.Series(["along the Silva"] * 3, index=[3, 5, 7])
    sizes = pd.Series([300.0, np.nan, 100.0], index=[7, 5, 3])
    near = pd.Series(["Alton", "Alton", "Cardon"], index=[3, 5, 7])
    frame = find(phrases, area_km2=sizes, near=near)
    assert frame.area_km2[[3, 7]].round(3).tolist() == [100.0, 300.0]
    assert frame.relation.tolist() == ["corridor", "along", "corridor"]
    assert frame.geometry[7].centroid.y < 35 < frame.geometry[3].centroid.y


def test_arrays_and_lists_beside_it_go_by_position(find):
    frame = find(["in Alton", "in Alton"], area_km2=np.array([50.0, np.nan]), near=["Cardon", None])
    assert frame.area_km2.round(3).tolist()[0] == 50
    with pytest.raises(LocalityError, match="3 values were given for 2 phrases"):
        find(["in Alton", "in Alton"], area_km2=[1, 2, 3])
    twice = pd.Series(["in Alton"] * 2, index=[0, 0])
    with pytest.raises(LocalityError, match="same index"):
        find(twice, area_km2=pd.Series([1.0, 2.0], index=[0, 1]))


def test_nothing_in_nothing_out(find):
    assert len(find([])) == 0
    assert len(find(pd.Series([], dtype=object))) == 0


def test_each_distinct_phrase_is_worked_out_once(find, monkeypatch):
    calls = []
    original = locating._composed
    monkeypatch.setattr(locating, "_composed", lambda *a: calls.append(a) or original(*a))
    frame = find(["near Alton", "in Cardon"] * 500)
    assert len(calls) == 2
    assert frame.geometry.notna().all()


def test_a_column_gives_what_phrases_one_by_one_give(find, monkeypatch):
    monkeypatch.setattr(frames, "_AT_ONCE", 3)  # the last batch is not full
    phrases = [
        *("near Alton", "Marca", "10 km east of Cardon", "in Nowhere", "the Silva River"),
        *("east of", "on the road between Alton and Cardon in Marca", "near Alton"),
    ]
    frame = find(phrases)
    assert frame.geometry.isna().sum() == 2
    for phrase, row in zip(phrases, frame.itertuples(), strict=True):
        if row.geometry is None:
            with pytest.raises(LocalityError) as error:
                find(phrase)
            assert row.problem == str(error.value)
            continue
        one = find(phrase)
        assert row.problem is None
        assert row.geometry.equals(one.geometry)
        assert row.explanation == one.explanation
        assert row.uncertainty_m == one.uncertainty_m
        sizes = (one.area_km2, one.area_low_km2, one.area_high_km2)
        found = (row.area_km2, row.area_low_km2, row.area_high_km2)
        assert found == pytest.approx(sizes, rel=1e-12)


def test_ground_that_cannot_be_measured_is_that_phrase_s_problem(find, monkeypatch):
    original = measuring.polygon_areas

    def measure(shapes, labels):
        if any(shape.bounds[0] > 41 for shape in shapes):
            raise shapely.errors.GEOSException("TopologyException: a knot")
        return original(shapes, labels)

    monkeypatch.setattr(measuring, "polygon_areas", measure)
    frame = find(["near Alton", "near Cardon", "Westmark Province"])
    assert frame.geometry.notna().tolist() == [True, False, True]
    assert "cannot be worked out (TopologyException: a knot)" in frame["problem"][1]
    with pytest.raises(LocalityError, match="a knot"):
        find("near Cardon")


def test_a_locality_can_be_compared_and_printed(find):
    found = find("near Alton")
    assert isinstance(found, Locality)
    assert "near" in str(found.relation)
    assert found.explain().startswith("Read as: within 6.0 km of Alton (populated place")


# -- anything --------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("near", "in", "east of", "north-west of", "the", "and", ",", "(", ")", "10 km", "along"),
        *("outside", "Alton", "Silva", "Westmark", "Cardon", "Marca", "Dunmore", "5 miles from"),
        *("the east bank of", "southern", "within 3 km of", "Silva River", "\u202e", "🙂"),
    ]
)


@settings(max_examples=150)
@given(st.lists(WORDS, min_size=1, max_size=7).map(" ".join))
@example("east of")
@example("south of Alton, south of Silva and south of Westmark")
def test_any_phrase_gives_sound_ground_or_the_familys_error(find, text):
    try:
        found = find(text)
    except GeoeventsError:
        return
    region = found.geometry
    assert not region.is_empty
    assert region.is_valid
    assert region.intersects(found.point) or region.distance(found.point) < 1e-6
    corners = shapely.get_coordinates(region)
    n = np.full(len(corners), 1.0)
    far = GEOD.inv(found.point.x * n, found.point.y * n, *corners.T)[2].max()
    assert far <= found.uncertainty_m + 1
    west, south, east, north = region.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_any_text_gives_the_familys_error_or_a_place(find, text):
    try:
        locate_text = find(text)
    except GeoeventsError:
        return
    assert locate_text.places


def test_a_smaller_area_lies_anywhere_in_what_the_words_mean(find):
    words = find("10 km east of Alton")
    fitted = find("10 km east of Alton", area_km2=0.1)
    assert fitted.uncertainty_m == pytest.approx(words.uncertainty_m, rel=1e-6)
    assert "may lie anywhere within" in fitted.explain()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"gazetteer": 3}, "gazetteer is a int"),
        ({"neighbourhood": "wide"}, "neighbourhood is a str"),
        ({"neighbourhood": Neighbourhood(near=-1)}, "neighbourhood.near is -1"),
        ({"neighbourhood": Neighbourhood(line_m=math.nan)}, "neighbourhood.line_m is nan"),
        ({"area_km2": 10**400}, "area_km2"),
    ],
)
def test_rules_gazetteers_and_areas_are_checked(given, named):
    with pytest.raises(LocalityError, match=named):
        locate("near Alton", **given)


def test_a_frame_is_not_a_list_of_phrases():
    with pytest.raises(LocalityError, match="give its column"):
        locate(pd.DataFrame({"where": ["near Alton"]}))


@pytest.mark.parametrize("side", ["east", "west"])
def test_what_is_not_on_a_side_is_on_the_other(find, side):
    whole = find("within 20 km of Alton")
    there = find(f"within 20 km of Alton, {side} of the Silva")
    rest = find(f"within 20 km of Alton, not {side} of the Silva")
    assert rest.area_km2 + there.area_km2 == pytest.approx(whole.area_km2, rel=1e-4)
    assert shapely.intersection(rest.geometry, there.geometry).area < 1e-6 * whole.geometry.area
