"""
What must hold of every phrase, wherever on earth its places lie.

The same examples are tried each time. ``GEOEVENTS_EXAMPLES=2000`` tries so many new ones.
"""

import os

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.errors import GeoeventsError
from geoevents.geodesy import area, buffer
from geoevents.localities import LocalityError, locate
from geoevents.places import Gazetteer

GEOD = Geod(ellps="WGS84")
MANY = int(os.environ.get("GEOEVENTS_EXAMPLES", "0"))
POINTS = (
    *("north", "north-northeast", "northeast", "east-northeast"),
    *("east", "east-southeast", "southeast", "south-southeast"),
    *("south", "south-southwest", "southwest", "west-southwest"),
    *("west", "west-northwest", "northwest", "north-northwest"),
)
METRES = {
    "km": 1000.0,
    "m": 1.0,
    "miles": 1609.344,
    "nautical miles": 1852.0,
    "yards": 0.9144,
    "feet": 0.3048,
}


def often(count):
    """Run a property on so many examples: the same each time, unless more are asked for."""
    return settings(
        max_examples=MANY or count,
        derandomize=not MANY,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


# -- a made-up world about any point of the earth --------------------------------------------------


def fwd(lon, lat, bearing, metres):
    """Return the point at a bearing and distance along the geodesic."""
    return GEOD.fwd(lon, lat, bearing, metres)[:2]


def apart(one, other):
    """Measure the geodesic between two points."""
    return GEOD.inv(one.x, one.y, other.x, other.y)[2]


def laid(lon, lat, bearing, wiggle):
    """Lay a river of 300 km past a point: its vertices downstream, running on past 180 degrees."""
    steps = np.linspace(-150_000, 150_000, 61)
    spots = [fwd(lon, lat, bearing, along) for along in steps]
    off = 2_000 * np.sin(np.arange(len(steps)) * wiggle)
    line = np.array([fwd(*spot, bearing + 90, far) for spot, far in zip(spots, off, strict=True)])
    return np.column_stack([np.unwrap(line[:, 0], period=360), line[:, 1]])


def within_180(line):
    """Cut a line where it crosses the antimeridian."""
    whole = shapely.LineString(line)
    pieces = [
        shapely.transform(
            shapely.intersection(whole, shapely.box(turn - 180, -90, turn + 180, 90)),
            lambda xy, turn=turn: xy - [turn, 0],
        )
        for turn in (-360, 0, 360)
    ]
    return shapely.union_all([piece for piece in pieces if piece.length])


def world(lon, lat, *, bearing=70.0, far=30_000.0, extent=3000.0, flow=160.0, wiggle=0.7):
    """Make a gazetteer of Alton, Cardon far from it, the Silva that passes both, and Westmark."""
    alton, cardon = (lon, lat), fwd(lon, lat, bearing, far)
    bend = within_180(laid(*fwd(lon, lat, flow + 90, 3_000), flow, wiggle))
    features = [
        ("Alton", "populated place", shapely.Point(alton), extent),
        ("Cardon", "populated place", shapely.Point(cardon), 2000.0),
        ("Silva", "river", bend, 1500.0),
        ("Westmark", "admin1", buffer(shapely.Point(alton), 55_000), 1000.0),
    ]
    return Gazetteer.from_frame(
        gpd.GeoDataFrame(
            [
                {
                    "id": f"test:{name}",
                    "name": name,
                    "names": [],
                    "kind": kind,
                    "country": "XA",
                    "admin1": "",
                    "population": 5000,
                    "uncertainty_m": error,
                    "geometry": geometry,
                }
                for name, kind, geometry, error in features
            ],
            crs="EPSG:4326",
        )
    )


@pytest.fixture(scope="module")
def somewhere():
    return world(40, 36, bearing=160)


LONS = st.floats(-180, 180) | st.sampled_from([-180.0, -179.99, 179.95, 180.0, 0.0])
LATS = st.floats(-85, 85) | st.sampled_from([-85.0, -70.0, 0.0, 70.0, 85.0])
MILD = st.floats(-78, 78) | st.sampled_from([-70.0, 0.0, 70.0])  # where rivers and provinces are


@st.composite
def worlds(draw, lats=MILD):
    shape = {
        "bearing": draw(st.floats(0, 360)),
        "far": draw(st.floats(12_000, 45_000)),
        "extent": draw(st.floats(500, 12_000)),
        "flow": draw(st.floats(0, 360)),
        "wiggle": draw(st.floats(0.1, 2)),
    }
    lon, lat = draw(LONS), draw(lats)
    note(f"world({lon}, {lat}, **{shape})")
    return world(lon, lat, **shape)


# -- what a region is ------------------------------------------------------------------------------

ABOUT_TOWNS = (
    *("Alton", "in Alton", "near Alton", "outside Alton", "on the outskirts of Cardon"),
    *("east of Alton", "north-west of Cardon", "SSW of Alton", "western Alton"),
    *("5 km from Alton", "within 12 miles of Cardon", "12 km east of Alton", "300 km N of Cardon"),
    *("Alton and Cardon", "near Alton and Cardon", "near Alton and near Cardon"),
    *("10 km south of Alton or Cardon", "Alton area", "central Alton", "downtown Cardon"),
    *("Alton countryside", "Alton's eastern countryside", "just south of Alton", "N by E of Alton"),
    *("2 km E and 3 km N of Alton", "15-20 km west of Cardon", "less than 5 km from Alton"),
    *("between Alton and Cardon", "from Alton to Cardon", "halfway between Alton and Cardon"),
    *("on the road from Alton to Cardon", "within 20 km of Alton but not Cardon"),
    *("5 km south of the area between Alton and Cardon", "the suburbs of Alton"),
)
ABOUT_LINES = (
    *("the Silva", "along the Silva", "near the Silva River", "near Alton, along the Silva"),
    *("in Westmark", "near Westmark", "outside Westmark", "on the edge of Westmark"),
    *("south of Westmark", "western Westmark", "in the north-east of Westmark"),
    *("in Westmark, near Alton", "along the Silva, in Westmark", "15 km west of Westmark"),
    *("on the left bank of the Silva, near Alton", "on both banks of the Silva"),
    *("across the river from Alton", "across the Silva from Alton", "upstream of Alton"),
    *("the Silva downstream of Alton", "10 km downstream of Alton", "central Westmark"),
    *("the mouth of the Silva", "5 km from the source of the Silva", "the border of Westmark"),
    *(
        "near the Westmark border",
        "10 km south of the border of Westmark",
        "Westmark but not Alton",
    ),
    *("between Alton and the Silva", "halfway between Cardon and the source of the Silva"),
    *("Westmark, except near the Silva", "the far bank of the Silva from Alton"),
)


def is_ground(found):
    """Check a region: polygons in lon/lat, the point in them, all within the circle about it."""
    region, point = found.geometry, found.point
    assert region.geom_type in ("Polygon", "MultiPolygon")
    assert region.is_valid
    assert not region.is_empty
    west, south, east, north = region.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert shapely.distance(region, point) < 1e-9
    assert 0 < found.area_km2 == pytest.approx(abs(float(area(region))))
    edge = shapely.get_coordinates(shapely.segmentize(region, 0.5))  # its edges are no geodesics
    here = np.full(len(edge), point.x), np.full(len(edge), point.y)
    assert GEOD.inv(*here, *edge.T)[2].max() <= found.uncertainty_m * 1.001 + 1
    assert found.explain()


@often(30)
@given(worlds(LATS), st.sampled_from(ABOUT_TOWNS))
@example(world(179.99, 10), "12 km east of Alton")
@example(world(-179.99, -70), "near Alton and Cardon")
@example(world(10, 85), "300 km N of Cardon")
def test_what_is_about_towns_is_ground(gazetteer, text):
    is_ground(locate(text, gazetteer=gazetteer))


@pytest.mark.parametrize("text", [*ABOUT_TOWNS, *ABOUT_LINES])
def test_each_of_these_is_read(somewhere, text):
    is_ground(locate(text, gazetteer=somewhere))


def ground_or_refusal(text, gazetteer):
    """Locate what may describe no ground: the river may be far, or run along the side asked for."""
    try:
        is_ground(locate(text, gazetteer=gazetteer))
    except LocalityError as error:
        note(error.reason)


@often(30)
@given(worlds(), st.sampled_from(ABOUT_LINES))
@example(world(179.99, 10), "along the Silva")
@example(world(-179.99, 60), "in Westmark, near Alton")
def test_what_is_about_lines_and_provinces_is_ground(gazetteer, text):
    ground_or_refusal(text, gazetteer)


@often(30)
@given(
    worlds(),
    st.sampled_from(["near Alton", "in Cardon", "east of Alton", "along the Silva", "the Silva"])
    | st.sampled_from([*ABOUT_TOWNS, *ABOUT_LINES]),
    st.floats(-1, 5),
)
def test_a_reported_area_is_met_or_refused(gazetteer, text, power):
    wanted = 10**power
    try:
        found = locate(text, area_km2=wanted, gazetteer=gazetteer)
    except LocalityError as error:
        note(error.reason)
        return
    is_ground(found)
    if "the whole is given" not in found.explain():
        assert found.area_km2 == pytest.approx(wanted, rel=1e-3)


# -- distances and directions ----------------------------------------------------------------------


@st.composite
def stated(draw):
    """Write a distance of 0.5 to 400 km, in any unit, to any digit."""
    unit = draw(st.sampled_from([*METRES]))
    figure = f"{draw(st.floats(500, 400_000)) / METRES[unit]:.{draw(st.integers(0, 3))}f}"
    assume(float(figure) > 0)
    return figure, unit


DISTANCES = stated()


@often(30)
@given(st.tuples(LONS, LATS), st.integers(0, 15), DISTANCES)
@example((179.99, 0.0), 4, ("40", "km"))
@example((-120.0, 85.0), 12, ("90", "miles"))
def test_a_distance_and_direction_hold_the_geodesic_point(spot, i, far):
    figure, unit = far
    found = locate(f"{figure} {unit} {POINTS[i]} of Alton", gazetteer=world(*spot))
    there = shapely.Point(fwd(*spot, 22.5 * i, float(figure) * METRES[unit]))
    assert apart(found.point, there) < 0.01
    assert shapely.distance(found.geometry, there) < 1e-9


@often(30)
@given(LONS, LATS, st.floats(1, 300), st.sampled_from([*METRES]), st.sampled_from(POINTS))
def test_distances_in_any_unit_agree(lon, lat, km, unit, compass):
    gazetteer = world(lon, lat)
    figure = f"{km * 1000 / METRES[unit]:.6f}"
    same = locate(f"{figure} {unit} {compass} of Alton", gazetteer=gazetteer)
    plain = locate(f"{km:.6f} km {compass} of Alton", gazetteer=gazetteer)
    assert apart(same.point, plain.point) < 0.01


@often(30)
@given(LONS, LATS, st.integers(1, 60), st.floats(0, 360))
def test_a_distance_alone_holds_it_in_every_direction(lon, lat, km, bearing):
    found = locate(f"{km} km from Alton", gazetteer=world(lon, lat))
    there = shapely.Point(fwd(lon, lat, bearing, km * 1000))
    assert shapely.distance(found.geometry, there) < 1e-9


@often(30)
@given(st.tuples(LONS, LATS), st.integers(0, 15), st.integers(1, 90), st.integers(1, 30))
def test_a_range_holds_both_ends_and_means_the_middle(spot, i, low, more):
    text = f"{low}-{low + more} km {POINTS[i]} of Alton"
    found = locate(text, gazetteer=world(*spot))
    for km in (low, low + more / 2, low + more):
        there = shapely.Point(fwd(*spot, 22.5 * i, km * 1000))
        assert shapely.distance(found.geometry, there) < 1e-9
    assert apart(found.point, shapely.Point(fwd(*spot, 22.5 * i, low * 1000 + more * 500))) < 0.01


@often(30)
@given(LONS, MILD, st.booleans(), st.booleans(), st.tuples(st.floats(1, 20), st.floats(1, 20)))
def test_two_offsets_hold_the_point_that_they_lead_to(lon, lat, south, west, far):
    along, up = round(far[0], 1), round(far[1], 1)
    text = f"{along} km {'EW'[west]} and {up} km {'NS'[south]} of Alton"
    found = locate(text, gazetteer=world(lon, lat))
    there = fwd(*fwd(lon, lat, 90 + 180 * west, along * 1000), 180 * south, up * 1000)
    # Meridians draw together: going north first ends elsewhere, by this much.
    slack = 2 + 1.2 * along * up * 1e6 / 6.37e6 * np.tan(np.radians(abs(lat)))
    assert apart(found.point, shapely.Point(there)) < slack
    assert shapely.distance(found.geometry, shapely.Point(there)) < 1e-9


@often(30)
@given(st.floats(-179, 179), st.floats(-84, 84), st.integers(2, 6), st.integers(0, 15))
def test_an_offset_from_figures_is_one_from_their_place(lon, lat, digits, i):
    lon, lat = round(lon, digits), round(lat, digits)
    found = locate(f"12 km {POINTS[i]} of {lat:.{digits}f}, {lon:.{digits}f}")
    assert apart(found.point, shapely.Point(fwd(lon, lat, 22.5 * i, 12_000))) < 0.01
    is_ground(found)
    letters = f"{abs(lat):.{digits}f}°{'NS'[lat < 0]} {abs(lon):.{digits}f}°{'EW'[lon < 0]}"
    here = locate(letters)
    assert apart(here.point, shapely.Point(lon, lat)) < 0.01
    is_ground(here)


# -- several at once -------------------------------------------------------------------------------


def covers(outer, inner):
    """Whether one region holds another, but for the chords that stand for its arcs."""
    rest = shapely.difference(inner, outer)
    return rest.is_empty or area_of(rest) <= 3e-3 * area_of(inner)


def area_of(region):
    return float(area(region)) if shapely.get_dimensions(region) == 2 else 0.0


@often(30)
@given(worlds(LATS), st.sampled_from(["", "near ", "outside ", "west of ", "12 km NNE of "]))
def test_and_covers_both(gazetteer, words):
    both = locate(f"{words}Alton and {words}Cardon", gazetteer=gazetteer).geometry
    listed = locate(f"{words}Alton and Cardon", gazetteer=gazetteer).geometry
    one, other = (locate(words + name, gazetteer=gazetteer) for name in ("Alton", "Cardon"))
    for part in (one.geometry, other.geometry):
        assert covers(listed, part)
        if " of " not in words:  # directions mean where both hold, if there is such ground
            assert covers(both, part)


@often(30)
@given(worlds(), st.sampled_from(["N", "E", "S", "W", "NE", "SE", "SW", "NW"]))
def test_a_side_cuts_the_neighbourhood_and_adds_nothing(gazetteer, compass):
    near = locate("near Alton", gazetteer=gazetteer)
    both = 0.0
    for side in (compass, compass.translate(str.maketrans("NESW", "SWNE"))):
        try:
            cut = locate(f"near Alton, {side} of the Silva", gazetteer=gazetteer)
        except LocalityError as error:
            parallel = "neither of its banks" in error.reason
            both = near.area_km2 if parallel else both
            continue
        assert covers(near.geometry, cut.geometry)
        both += cut.area_km2
    assert both == pytest.approx(near.area_km2, rel=1e-6)


INSIDE = (
    *(("central Alton", "in Alton"), ("in Alton", "near Alton"), ("in Alton", "Alton area")),
    *(("western Alton", "in Alton"), ("just NE of Alton", "NE of Alton"), ("Alton", "in Alton")),
    *(("northern Westmark", "Westmark"), ("central Westmark", "Westmark")),
    *(("within 5 km of Alton", "within 9 km of Alton"), ("the Silva", "near the Silva")),
    *(("along the Silva between Alton and Cardon", "along the Silva"),),
    *(("the Silva upstream of Alton", "along the Silva"), ("Alton but not Cardon", "Alton")),
    *(("near Alton, in Westmark", "near Alton"), ("Westmark except Alton", "Westmark")),
    *(("the eastern countryside of Alton", "the countryside of Alton"),),
    *(("between Alton and Cardon", "from Alton to Cardon"), ("Alton", "Alton and Cardon")),
    *(("12 km west of Alton or Cardon, in Westmark", "in Westmark"),),
    *(("15-20 km from Alton", "within 20 km of Alton"), ("13 km E of Alton", "13 km from Alton")),
)


@pytest.mark.parametrize(("inner", "outer"), INSIDE)
def test_the_narrower_lies_inside_the_wider(somewhere, inner, outer):
    wide, narrow = (locate(text, gazetteer=somewhere) for text in (outer, inner))
    assert covers(wide.geometry, narrow.geometry)


@often(30)
@given(worlds(), st.sampled_from(INSIDE))
def test_the_narrower_lies_inside_the_wider_everywhere(gazetteer, pair):
    try:
        narrow, wide = (locate(text, gazetteer=gazetteer) for text in pair)
    except LocalityError as error:
        note(error.reason)
        return
    assert covers(wide.geometry, narrow.geometry)


@often(30)
@given(worlds(), st.sampled_from(["within 40 km of", "near", "north of", "20 km from"]))
def test_but_not_leaves_out_the_place_and_adds_nothing(gazetteer, words):
    whole = locate(f"{words} Alton", gazetteer=gazetteer)
    try:
        rest = locate(f"{words} Alton but not Cardon", gazetteer=gazetteer)
    except LocalityError as error:
        note(error.reason)
        assert whole.area_km2 < area_of(locate("in Cardon", gazetteer=gazetteer).geometry)
        return
    town = locate("in Cardon", gazetteer=gazetteer).geometry
    assert covers(whole.geometry, rest.geometry)
    assert area_of(shapely.intersection(rest.geometry, town)) < 1e-6 * area_of(town)
    assert covers(shapely.union(rest.geometry, town), whole.geometry)


@often(20)
@given(worlds(LATS))
def test_halfway_is_the_middle_and_between_is_the_same_from_both_ends(gazetteer):
    alton, cardon = (locate(name, gazetteer=gazetteer).point for name in ("Alton", "Cardon"))
    far = apart(alton, cardon)
    azimuth = GEOD.inv(alton.x, alton.y, cardon.x, cardon.y)[0]
    middle = shapely.Point(fwd(alton.x, alton.y, azimuth, far / 2))
    for words in ("halfway between {} and {}", "midway between {} and {}"):
        half = locate(words.format("Cardon", "Alton"), gazetteer=gazetteer)
        assert apart(half.point, middle) < 1
    for words in ("between {} and {}", "from {} to {}", "the road between {} and {}"):
        there = locate(words.format("Alton", "Cardon"), gazetteer=gazetteer)
        back = locate(words.format("Cardon", "Alton"), gazetteer=gazetteer)
        differ = shapely.symmetric_difference(there.geometry, back.geometry)
        assert area_of(differ) < 1e-6 * there.area_km2
        is_ground(there)
        if not words.startswith("between"):
            assert there.geometry.intersects(alton)
            assert there.geometry.intersects(cardon)


# -- rivers ----------------------------------------------------------------------------------------


@often(30)
@given(worlds(), st.sampled_from(["near Alton", "within 12 km of Alton", "Westmark"]))
def test_left_and_right_bank_are_the_neighbourhood(gazetteer, words):
    whole = locate(words, gazetteer=gazetteer)
    banks = []
    for bank in ("left", "right"):
        try:
            found = locate(f"{words}, on the {bank} bank of the Silva", gazetteer=gazetteer)
        except LocalityError as error:
            assert "none of " in error.reason, error  # noqa: PT017 -- or not at all
            continue
        assert covers(whole.geometry, found.geometry)
        banks.append(found.geometry)
    assert sum(map(area_of, banks)) == pytest.approx(whole.area_km2, rel=1e-6)


@often(30)
@given(LONS, MILD, st.floats(0, 360), st.floats(0.1, 2), st.sampled_from(["", "the Silva "]))
def test_left_is_left_and_downstream_is_where_it_flows(lon, lat, flow, wiggle, river):
    gazetteer = world(lon, lat, flow=flow, wiggle=wiggle, extent=1000)
    alton = shapely.Point(lon, lat)  # on the left bank, 1 to 5 km from the water
    left, right = (
        locate(f"within 12 km of Alton, on the {bank} bank of the Silva", gazetteer=gazetteer)
        for bank in ("left", "right")
    )
    assert shapely.distance(left.geometry, alton) < 1e-9
    across = shapely.Point(fwd(lon, lat, flow + 90, 8_000))  # to the right as it flows
    assert shapely.distance(right.geometry, across) < 1e-9
    up, down = (
        locate(f"{river}{way} of Alton", gazetteer=gazetteer) for way in ("upstream", "downstream")
    )
    for found, way in ((up, flow + 180), (down, flow)):
        azimuth = GEOD.inv(lon, lat, found.point.x, found.point.y)[0]
        assert abs((azimuth - way + 180) % 360 - 180) < 90
    shared = shapely.intersection(up.geometry, down.geometry)
    for x, y in shapely.get_coordinates(shared):
        assert apart(alton, shapely.Point(x, y)) < 12_000


@often(30)
@given(LONS, MILD, st.floats(0, 360), st.floats(0.1, 2), st.integers(5, 60))
def test_a_distance_downstream_is_measured_along_the_river(lon, lat, flow, wiggle, km):
    gazetteer = world(lon, lat, flow=flow, wiggle=wiggle, extent=1000)
    found = locate(f"{km} km downstream of Alton on the Silva", gazetteer=gazetteer)
    spots = laid(*fwd(lon, lat, flow + 90, 3_000), flow, wiggle)
    azimuth, _, steps = GEOD.inv(*spots[:-1].T, *spots[1:].T)
    on = np.arange(0.0, steps.sum(), 50.0)  # metres down the river
    starts = np.concatenate([[0.0], np.cumsum(steps)[:-1]])
    which = np.searchsorted(starts, on, side="right") - 1
    lons, lats, _ = GEOD.fwd(*spots[which].T, azimuth[which], on - starts[which])
    from_alton = GEOD.inv(np.full_like(lons, lon), np.full_like(lats, lat), lons, lats)[2]
    start = on[int(np.argmin(from_alton))]
    there = int(np.argmin(np.abs(on - (start + km * 1000))))
    assert apart(found.point, shapely.Point(lons[there], lats[there])) < 300
    is_ground(found)


# -- borders ---------------------------------------------------------------------------------------


@often(20)
@given(st.integers(-178, 178), st.integers(-70, 70), st.floats(-40_000, 40_000))
def test_a_shared_border_is_where_both_meet(lon, lat, along):
    disc = buffer(shapely.Point(lon, lat), 55_000)
    halves = {
        "Westmark": shapely.box(-180, -90, lon, 90),
        "Eastmark": shapely.box(lon, -90, 180, 90),
    }
    gazetteer = Gazetteer.from_frame(
        gpd.GeoDataFrame(
            [
                {
                    "name": name,
                    "kind": "admin1",
                    "country": "XA",
                    "uncertainty_m": 500.0,
                    "geometry": shapely.intersection(disc, half),
                }
                for name, half in halves.items()
            ],
            crs="EPSG:4326",
        )
    )
    found = locate("the border between Westmark and Eastmark", gazetteer=gazetteer)
    back = locate("the Eastmark-Westmark border", gazetteer=gazetteer)
    is_ground(found)
    assert area_of(shapely.symmetric_difference(found.geometry, back.geometry)) < 1e-6
    on = shapely.Point(GEOD.fwd(lon, lat, 0, along)[:2])
    assert found.geometry.intersects(on)
    for side in (90, 270):
        assert not found.geometry.intersects(shapely.Point(fwd(on.x, on.y, side, 15_000)))


# -- how it is written -----------------------------------------------------------------------------

SPELT = (
    *("near Alton, east of the Silva", "10 km east of Alton", "in the north of Westmark"),
    *("along the Silva, near Cardon", "the west bank of the Silva", "some 3.5 miles NNE of Cardon"),
    *("near Alton and Cardon", "Alton (Westmark)", "on the outskirts of Alton"),
    *("halfway between Alton and Cardon", "5 km from the left bank of the Silva, near Alton"),
    *("within 20 km of Alton but not Cardon", "12 km SE of 35°20'N 40°08'E", "upstream of Alton"),
)


@often(30)
@given(
    st.sampled_from(SPELT),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.lists(st.sampled_from([" ", "  ", "\t", "\n", "\u00a0", "\u2003", " \r\n "]), min_size=15),
)
def test_case_and_spacing_do_not_matter(text, write, gaps):
    gazetteer = world(40, 36, bearing=160)
    plain = locate(text, gazetteer=gazetteer)
    words = write(text).split(" ")
    spaced = words[0]
    for i, word in enumerate(words[1:]):
        spaced += gaps[i] + word
    other = locate(gaps[-1] + spaced + gaps[-2], gazetteer=gazetteer)
    assert other.geometry.equals(plain.geometry)
    assert other.relations == plain.relations


# -- many phrases ----------------------------------------------------------------------------------

ROWS = (*SPELT, "near Nowhere at all", "", None, 7, "east of", "Alton")


@often(15)
@given(
    st.lists(st.tuples(st.sampled_from(ROWS), st.integers(0, 4) | st.none()), max_size=12),
    st.booleans(),
)
def test_a_series_equals_its_phrases_one_by_one(rows, as_list):
    gazetteer = world(40, 36, bearing=160)
    texts, labels = [row[0] for row in rows], [row[1] for row in rows]
    series = pd.Series(texts, index=pd.Index(labels, dtype=object), dtype=object)
    frame = locate(texts if as_list else series, gazetteer=gazetteer)
    assert list(frame.index) == (list(range(len(rows))) if as_list else labels)
    for i, text in enumerate(texts):
        row, geometry = frame.drop(columns="geometry").iloc[i], frame.geometry.array[i]
        one, problem = None, row["problem"]
        try:
            one = locate(text, gazetteer=gazetteer) if isinstance(text, str) else None
        except GeoeventsError as error:
            assert problem == str(error)  # noqa: PT017 -- it may be located too
        if one is None:
            assert geometry is None
            assert problem
            continue
        assert pd.isna(problem)
        assert row["text"] == text
        assert geometry.equals(one.geometry)
        assert row["uncertainty_m"] == one.uncertainty_m
        assert row["explanation"] == one.explain()


# -- no string raises anything else ----------------------------------------------------------------

ANY = st.characters(exclude_categories=())  # lone surrogates and unassigned code points too
WORDS = (
    *("Alton", "Cardon", "Silva", "Westmark", "near", "in", "outside", "along", "of", "from"),
    *("the", "and", "or", "but", "not", "except", "between", "halfway", "to", "road", "border"),
    *("east", "NNE", "northern", "10", "10 km", "2.5 miles", "15-20", "km", "within", "upstream"),
    *("left", "right", "far", "bank", "both", "across", "mouth", "confluence", "countryside"),
    *("area", "centre", "just", "part", ",", ";", "/", "(", ")", "[", "]", "'s", "°", "'", '"'),
    *("35.3, 40.1", "35°20'N 40°08'E", "37S EV 12345 67890", "8GRP84PR+C9", "٣ km", "１０", "–"),
    *("\u202eAlton", "💣", "\ud800", "\x00", "دير الزور", "İ", "ß", "x" * 90, "9" * 40, "(" * 99),
)


def never_raises_else(text, gazetteer):
    """Locate it; an error must be of the family, be printable and point into the phrase."""
    try:
        is_ground(locate(text, gazetteer=gazetteer))
    except GeoeventsError as error:
        str(error).encode()
        within = 0 <= getattr(error, "start", 0) <= getattr(error, "end", 0) <= len(text) + 1
        if not within:
            raise


@often(100)
@given(text=st.text(ANY, max_size=60))
def test_any_text_is_read_or_refused(somewhere, text):
    never_raises_else(text, somewhere)


@often(100)
@given(words=st.lists(st.sampled_from(WORDS) | st.text(ANY, max_size=4), max_size=9))
def test_any_words_in_any_order_are_read_or_refused(somewhere, words):
    never_raises_else(" ".join(words), somewhere)


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 5000, "(" * 5000 + "Alton" + ")" * 5000, "[(" * 2000, ")" * 5000, "," * 5000),
        *("near " * 3000 + "Alton", "Alton and " * 3000 + "Alton", "x" * 10**6, " " * 10**6),
        *("the " * 2000, "of " * 2000, "east " * 2000, "in the west of " * 30 + "Alton"),
        *("near " * 90 + "Alton", "(" * 100 + "Alton" + ")" * 100, "Alton, " * 60, "9" * 499),
        *("between " * 50 + "Alton", "Alton and " * 49 + "Alton", "Alton but not " * 33 + "Alton"),
        *("10 km east of " * 33 + "Alton", "\u0301" * 400, "\ud800" * 400, "'" * 400, "9 " * 240),
    ],
    ids=lambda text: f"{text[:12]!a}x{len(text)}",
)
def test_long_text_is_read_or_refused(somewhere, text):
    never_raises_else(text, somewhere)
