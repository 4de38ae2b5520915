"""Areas, lengths, distances and buffers, against pyproj.Geod, published figures and each other."""

import gc
import math
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod, Transformer
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)

import geoevents
from geoevents.errors import GeometryError
from geoevents.geodesy import (
    area,
    bearing,
    buffer,
    destination,
    distance_m,
    length,
    local_crs,
)
from geoevents.geodesy.equalarea import EqualArea
from geoevents.geodesy.points import distances_m

GEOD = Geod(ellps="WGS84")
EARTH_KM2 = 510_065_621.724  # WGS 84, NIMA TR8350.2 by integration; also 4 pi c**2


def reference_km2(polygon):
    """What pyproj makes of a polygon with or without holes."""
    shell, *holes = (abs(GEOD.geometry_area_perimeter(r)[0]) for r in shapely.get_rings(polygon))
    return (shell - sum(holes)) / 1e6


def star(lon, lat, metres):
    """Polygon with vertices all round a point, at these distances."""
    n = len(metres)
    ring = GEOD.fwd(
        np.full(n, lon), np.full(n, lat), np.linspace(0, 360, n, endpoint=False), metres
    )
    return Polygon(np.column_stack(ring[:2]))


lons = st.floats(-180, 180)
lats = st.one_of(st.floats(-90, 90), st.sampled_from([-90, -89.99, -1e-9, 0, 1e-9, 66, 89.99, 90]))
scales = st.floats(3, 6.8).map(lambda power: 10**power)  # 1 km to 6,300 km
shapes = st.lists(st.floats(0.3, 1), min_size=3, max_size=40)


@st.composite
def stars(draw):
    scale = draw(scales)
    return star(draw(lons), draw(lats), [scale * part for part in draw(shapes)])


# --- area against pyproj -------------------------------------------------------------------------


@settings(max_examples=300)
@given(stars())
def test_any_star_agrees_with_pyproj(polygon):
    theirs = reference_km2(polygon)
    assume(theirs > 0.1)  # pyproj rounds each edge to some 0.01 m2
    assert area(polygon) == pytest.approx(theirs, rel=1e-6, abs=1e-6 * len(polygon.exterior.coords))


@settings(max_examples=60)
@given(stars(), st.integers(0, 39))
def test_start_and_direction_of_the_ring_do_not_matter(polygon, by):
    ring = list(polygon.exterior.coords)[:-1]
    by %= len(ring)
    for same in (ring[by:] + ring[:by], ring[::-1]):
        assert area(Polygon(same)) == pytest.approx(area(polygon), rel=2e-7, abs=1e-6)


@settings(max_examples=60)
@given(stars(), st.sampled_from([-720.0, -360.0, 17.25, 180.0, 360.0]))
def test_longitude_shift_does_not_matter(polygon, by):
    moved = shapely.transform(polygon, lambda xy: xy + np.array([by, 0]))
    assert area(moved) == pytest.approx(area(polygon), rel=2e-7, abs=1e-6)


@settings(max_examples=60)
@given(lons, st.floats(-80, 80), scales.filter(lambda m: m < 3e6), st.integers(5, 20))
def test_two_parts_add_up_to_the_whole(lon, lat, metres, n):
    ring = list(star(lon, lat, [metres] * (2 * n)).exterior.coords)[:-1]
    halves = area([Polygon(ring[: n + 1]), Polygon([*ring[n:], ring[0]])])
    assert halves.sum() == pytest.approx(area(Polygon(ring)), rel=3e-7)


@settings(max_examples=60)
@given(lons, st.floats(-80, 80), st.floats(1e4, 3e6), st.floats(1e-4, 1e-1))
def test_sliver_between_a_long_edge_and_its_own_pieces(lon, lat, metres, width):
    """One side is a single edge, the other side many: their own errors must not show."""
    assume(width > metres / 5e7 * (1 + abs(math.tan(math.radians(lat)))))  # else sides cross
    there = GEOD.fwd(lon, lat, 70, metres)[:2]
    way = [(lon, lat), *GEOD.npts(lon, lat, *there, 30), there]
    aside = [GEOD.fwd(x, y, 160, metres * width)[:2] for x, y in way]
    polygon = Polygon([(lon, lat), there, *aside[::-1]])
    theirs = reference_km2(polygon)
    assert area(polygon) == pytest.approx(theirs, rel=1e-6, abs=1e-6)


def test_sliver_far_thinner_than_pyproj_can_tell():
    # A strip 10 km long and 1 mm wide along the equator, its long sides one edge each, is flat
    # enough to be measured with the radii of curvature: a (1 - e2) dlat x a dlon = 10 m2.
    dlat = math.degrees(0.001 / (GEOD.a * (1 - GEOD.es)))
    dlon = math.degrees(10_000 / GEOD.a)
    strip = Polygon([(0, 0), (dlon, 0), (dlon, dlat), (0, dlat)])
    assert area(strip) * 1e6 == pytest.approx(10.0, rel=1e-6)


@pytest.mark.parametrize("metres", [1.0, 10.0, 100.0, 1000.0])
@pytest.mark.parametrize("lat", [0.0, 35.3, -60.0, 85.0])
def test_small_polygons_against_the_equal_area_plane(lat, metres):
    polygon = star(40.1, lat, [metres * part for part in (1, 0.5, 0.9, 0.4, 0.8, 0.3)])
    to_plane = Transformer.from_crs(4326, local_crs(40.1, lat), always_xy=True).transform
    flat = shapely.transform(polygon, lambda xy: np.column_stack(to_plane(*xy.T)))
    assert area(polygon) * 1e6 == pytest.approx(flat.area, rel=1e-6)


def test_long_edges_are_geodesics():
    triangle = Polygon([(-100, 40), (30, 55), (10, -35)])  # sides of 7,000 to 12,000 km
    assert area(triangle) == pytest.approx(reference_km2(triangle), rel=1e-7)
    quad = box(0, 50, 60, 52)  # geodesics rise above both parallels
    assert area(quad) == pytest.approx(reference_km2(quad), rel=1e-7)


def test_every_country_agrees_with_pyproj():
    world = geoevents.Gazetteer.default().window((-180, -90, 180, 90), kinds=["country"])
    assert len(world) > 200
    theirs = [
        sum(reference_km2(part) for part in shapely.get_parts(country) if not part.is_empty)
        for country in world.geometry
    ]
    assert np.abs(area(world) / theirs - 1.0).max() < 1e-6


# --- area against published figures --------------------------------------------------------------


def test_eight_octants_are_the_earth():
    octants = [
        Polygon([(x, 0), (x + 90, 0), (x, y)]) for x in (-180, -90, 0, 90) for y in (-90, 90)
    ]
    assert area(octants).sum() == pytest.approx(EARTH_KM2, rel=1e-11)
    assert area(box(-180, -90, 180, 90)) == pytest.approx(EARTH_KM2, rel=1e-11)


def test_one_degree_cell_at_the_equator():
    # Between meridians and the equator only the northern edge is no parallel. Snyder (1987), eq.
    # 3-12 gives the zone; the geodesic bulges north by dx**3 sin(lat) r**2 / 12.
    e2 = 0.0066943799901413165
    e, a, s = math.sqrt(e2), 6378.137, math.sin(math.radians(1))
    q = (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)
    zone = a * a * q / 2 * math.radians(1)
    r2 = a * a * (1 - s * s) / (1 - e2 * s * s)
    bulge = math.radians(1) ** 3 * s * r2 / 12
    assert area(box(0, 0, 1, 1)) == pytest.approx(zone + bulge, rel=1e-9)


# --- what polygons are made of ------------------------------------------------------------------


def test_hole_of_either_direction_is_taken_out():
    shell, hole = box(38, 34, 42, 37).exterior, box(39, 35, 40, 36).exterior
    want = area(box(38, 34, 42, 37)) - area(box(39, 35, 40, 36))
    for ring in (hole.coords, hole.coords[::-1]):
        assert area(Polygon(shell, [ring])) == pytest.approx(want, rel=1e-12)


def test_collections_add_their_polygons():
    a, b = box(0, 0, 1, 1), box(3, 3, 4, 4)
    nested = GeometryCollection([Point(0, 0), LineString([(0, 0), (9, 9)]), MultiPolygon([a]), b])
    assert area(MultiPolygon([a, b])) == pytest.approx(area(a) + area(b), rel=1e-12)
    assert area(GeometryCollection([nested, a])) == pytest.approx(2 * area(a) + area(b), rel=1e-12)


def test_nothing_to_measure_is_0_and_missing_is_nan():
    given_ = [None, float("nan"), pd.NA, Polygon(), Point(1, 1), LineString([(0, 0), (1, 1)])]
    assert area(given_).isna().tolist() == [True, True, True, False, False, False]
    assert area(given_).iloc[3:].tolist() == [0.0, 0.0, 0.0]
    assert length(given_).isna().tolist() == [True, True, True, False, False, False]
    assert length(given_).iloc[3:5].tolist() == [0.0, 0.0]
    assert area(Polygon()) == 0.0
    assert len(area([])) == 0
    assert area([None]).dtype == "float64"


def test_z_is_ignored():
    assert area(shapely.force_3d(box(0, 0, 1, 1), 5000)) == area(box(0, 0, 1, 1))
    line = LineString([(0, 0), (1, 1)])
    assert length(shapely.force_3d(line, 5000)) == length(line)


# --- antimeridian and poles ----------------------------------------------------------------------

ACROSS = Polygon([(170, 0), (-170, 0), (-170, 10), (170, 10)])


def test_across_the_antimeridian_written_in_three_ways():
    want = reference_km2(ACROSS)
    assert area(ACROSS) == pytest.approx(want, rel=1e-7)
    assert area(box(170, 0, 190, 10)) == pytest.approx(want, rel=1e-7)
    fine = shapely.segmentize(box(170, 0, 190, 10), 0.01)  # parallels, so that it can be split
    split = MultiPolygon([box(170, 0, 180, 10), box(-180, 0, -170, 10)])
    assert area(shapely.segmentize(split, 0.01)) == pytest.approx(area(fine), rel=1e-9)


@pytest.mark.parametrize("west", [-179.0, 179.0, 539.0])
def test_hole_across_the_antimeridian(west):
    hole = [(west, 2), (west + 0.5, 2), (west + 0.5, 4), (west, 4)]
    want = area(ACROSS) - area(Polygon(hole))
    assert area(Polygon(ACROSS.exterior, [hole])) == pytest.approx(want, rel=1e-9)


def parallel(lat, step=10):
    return [(lon, lat) for lon in range(-180, 180, step)]


@pytest.mark.parametrize("lat", [-89, -60, -1, 1, 60, 89])
def test_ring_round_a_pole_holds_the_smaller_cap(lat):
    cap = Polygon(parallel(lat))
    assert area(cap) == pytest.approx(reference_km2(cap), rel=1e-7)
    assert area(Polygon(parallel(lat)[::-1])) == pytest.approx(area(cap), rel=1e-7)
    assert area(cap) < EARTH_KM2 / 2


def test_cap_written_along_the_pole():
    want = area(Polygon(parallel(-70)))
    ring = [*parallel(-70), (180, -70)]
    assert area(Polygon([*ring, (180, -90), (-180, -90)])) == pytest.approx(want, rel=1e-7)
    assert area(Polygon([*ring, (0, -90)])) == pytest.approx(want, rel=1e-7)


def test_band_round_a_pole():
    band = Polygon(parallel(60), [parallel(80)])
    want = area(Polygon(parallel(60))) - area(Polygon(parallel(80)))
    assert area(band) == pytest.approx(want, rel=1e-7)


def test_ring_round_a_pole_beside_other_parts():
    island = box(10, 50, 11, 51)
    both = MultiPolygon([Polygon(parallel(60)), island])
    assert area(both) == pytest.approx(area(Polygon(parallel(60))) + area(island), rel=1e-7)
    caps = MultiPolygon([Polygon(parallel(60)), Polygon(parallel(-60))])
    assert area(caps) == pytest.approx(2 * area(Polygon(parallel(60))), rel=1e-7)


def test_more_than_a_hemisphere_is_what_the_ring_holds_on_the_plane():
    world = shapely.segmentize(box(-180, -80, 180, 80), 1)
    caps = 2 * area(Polygon(parallel(80, 1)))
    assert area(world) == pytest.approx(EARTH_KM2 - caps, rel=1e-7)


# --- what is not valid ---------------------------------------------------------------------------

BOW_TIE = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (BOW_TIE, "Self-intersection"),
        (shapely.transform(BOW_TIE, lambda xy: xy * 20), "Self-intersection"),
        (shapely.transform(BOW_TIE, lambda xy: xy * 1e-6), "Self-intersection"),
        (Polygon([(170, 0), (-170, 10), (-170, 0), (170, 10)]), "Self-intersection"),
        (Polygon([(0, 0), (1, 1), (2, 2)]), "Too few points|Self-intersection"),
        (Polygon([(0, 80), (1, 80), (1, 100)]), r"\(1.0, 100.0\)"),
        (Polygon(box(0, 0, 1, 1).exterior, [box(2, 2, 3, 3).exterior.coords]), "Hole lies outside"),
        (Polygon(ACROSS.exterior, [box(1, 2, 3, 4).exterior.coords]), "Hole lies outside"),
        (MultiPolygon([box(0, 0, 2, 2), box(1, 1, 3, 3)]), "Self-intersection"),
        (MultiPolygon([box(0, 0, 9, 9), box(1, 1, 3, 3)]), "Nested shells|covers ground twice"),
        (MultiPolygon([box(175, 0, 185, 10), box(-180, 0, -178, 10)]), "covers ground twice"),
        (MultiPolygon([ACROSS, box(-178, 1, -177, 2)]), "covers ground twice"),
        (MultiPolygon([Polygon(parallel(60)), box(1, 70, 2, 71)]), "covers ground twice"),
        (Polygon(parallel(60), [parallel(50)]), "Hole lies outside"),
        (box(-180, 0, 180, 10), "segmentize"),
        (Polygon([*parallel(60, 30), *parallel(50, 30)]), "more than once"),
        (Polygon([(-180, 0), (180, 0), *[(x, 10) for x in range(180, -181, -10)]]), "intersection"),
    ],
)
def test_what_is_not_valid_is_an_error(bad, why):
    with pytest.raises(GeometryError, match=f"the geometry.*({why})"):
        area(bad)
    frame = gpd.GeoSeries([box(0, 0, 1, 1), bad], index=["good", "bad one"], crs=4326)
    with pytest.raises(GeometryError, match=f"row 'bad one'.*({why})"):
        area(frame)


@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_coordinates_that_are_not_finite_are_an_error(value):
    with pytest.raises(GeometryError, match="row 1 has a vertex"):
        area([box(0, 0, 1, 1), Polygon([(0, 0), (1, value), (1, 0)])])
    with pytest.raises(GeometryError, match="row 0 has a vertex"):
        length([LineString([(0, 0), (value, 1)])])


def test_error_says_how_many_more_and_how_to_repair():
    with pytest.raises(GeometryError, match=r"row 0 .*shapely.make_valid \(2 more rows"):
        area([BOW_TIE, box(0, 0, 1, 1), BOW_TIE, BOW_TIE])
    assert area(shapely.make_valid(BOW_TIE)) == pytest.approx(area(box(0, 0, 1, 1)) / 2, rel=1e-3)


def test_edges_that_cross_only_as_geodesics_are_an_error():
    # On the plane the hole lies inside; the geodesic from 0 to 60 degrees east passes north of it.
    polygon = Polygon([(0, 50), (60, 50), (60, 70), (0, 70)], [box(29, 51, 31, 52).exterior.coords])
    assert polygon.is_valid
    with pytest.raises(GeometryError, match="Hole lies outside"):
        area(polygon)


@pytest.fixture
def only_what_is_new_is_collected():
    """Not all that thousands of other tests hold, which takes a second each time."""
    gc.freeze()


@pytest.mark.usefixtures("only_what_is_new_is_collected")
def test_large_geometries_are_remembered_only_while_they_live():
    for lat in range(-50, 50, 5):
        polygon = star(0, lat, [1000.0] * 400)
        assert area(polygon) == area(polygon)
        ring = list(polygon.exterior.coords)
        ring[1], ring[200] = ring[200], ring[1]
        del polygon
        gc.collect()
        with pytest.raises(GeometryError):
            area(Polygon(ring))


# --- frames ---------------------------------------------------------------------------------------


def test_index_and_name_are_kept():
    frame = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[box(0, 0, 1, 1), None], crs=4326)
    frame.index = pd.Index(["a", "b"], name="key")
    for given_ in (frame, frame.geometry):
        found = area(given_)
        assert found.name == "area_km2"
        pd.testing.assert_index_equal(found.index, frame.index)
        assert found["a"] == area(box(0, 0, 1, 1))
        assert math.isnan(found["b"])
    assert length(frame).name == "length_km"
    plain = pd.Series([box(0, 0, 1, 1)], index=[7])
    assert area(plain).loc[7] == area(box(0, 0, 1, 1))
    assert area(np.array([box(0, 0, 1, 1)])).iloc[0] == area(box(0, 0, 1, 1))


def test_other_crs_is_reprojected_and_none_is_an_error():
    cap = gpd.GeoSeries([Point(0, 0).buffer(1e6)], crs=3031)  # round the south pole, in metres
    assert area(cap).iloc[0] == pytest.approx(reference_km2(cap.to_crs(4326).iloc[0]), rel=1e-7)
    series = gpd.GeoSeries([box(0, 0, 1, 1)])
    for measure in (area, length):
        with pytest.raises(GeometryError, match="no CRS"):
            measure(series)
    crs84 = series.set_crs("OGC:CRS84")
    assert area(crs84).iloc[0] == area(box(0, 0, 1, 1))


def test_what_is_not_a_geometry_is_an_error():
    with pytest.raises(GeometryError, match="row 1 is not a shapely geometry: 'POINT"):
        area([Point(0, 0), "POINT (0 0)"])
    with pytest.raises(GeometryError, match="no active geometry"):
        area(gpd.GeoDataFrame({"n": [1]}))


def test_many_rows_agree_with_one_by_one():
    rng = np.random.default_rng(7)
    rows = [
        star(rng.uniform(-180, 180), rng.uniform(-90, 90), 10 ** rng.uniform(2, 6.5) * np.ones(n))
        for n in range(3, 60)
    ]
    for found, polygon in zip(area(rows), rows, strict=True):
        assert found == pytest.approx(area(polygon), rel=1e-10)


# --- length ---------------------------------------------------------------------------------------


def test_length_is_that_of_pyproj():
    line = LineString([(30, 10), (31, 12), (170, 80), (-170, -20)])
    assert length(line) == pytest.approx(GEOD.geometry_length(line) / 1e3, rel=1e-12)
    holed = Polygon(box(0, 0, 3, 3).exterior, [box(1, 1, 2, 2).exterior.coords])
    rings = sum(GEOD.geometry_length(ring) for ring in shapely.get_rings(holed)) / 1e3
    assert length(holed) == pytest.approx(rings, rel=1e-12)
    mixed = GeometryCollection([line, GeometryCollection([holed]), Point(0, 0)])
    assert length(mixed) == pytest.approx(length(line) + length(holed), rel=1e-12)


def test_quarter_of_the_meridian():
    assert length(LineString([(7, 0), (7, 90)])) == pytest.approx(10_001.965729, rel=1e-9)


# --- points ---------------------------------------------------------------------------------------


@given(lons, st.floats(-89, 89), st.floats(0, 359.9), st.floats(1, 1e7))
def test_distance_and_bearing_undo_destination(lon, lat, azimuth, metres):
    there = destination(lon, lat, azimuth, metres)
    assert distance_m(lon, lat, *there) == pytest.approx(metres, abs=1e-6)
    away = abs(bearing(lon, lat, *there) - azimuth) % 360
    assert min(away, 360 - away) * metres < 0.01


@given(
    st.lists(
        st.tuples(lons, st.floats(-90, 90), st.floats(0, 360), st.floats(-2, 5)),
        min_size=1,
        max_size=40,
    )
)
def test_distances_of_a_column_are_the_geodesics(ways):
    lon, lat, azimuth, power = np.array(ways).T
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, azimuth, 10.0**power)
    _, _, metres = GEOD.inv(lon, lat, to_lon, to_lat)
    found = distances_m(lon, lat, to_lon, to_lat)
    assert found == pytest.approx(metres, rel=0, abs=1e-8)


@pytest.mark.parametrize("lat", [0, 35, 89.95, 90, -90])
def test_distances_over_a_pole_or_the_antimeridian_and_of_nothing(lat):
    lon, to_lon = np.array([179.95, 10.0, 359.0]), np.array([-179.95, 10.0, -1.0])
    lat = np.full(3, float(lat))
    to_lat = np.minimum(lat + 0.05, 90.0)
    _, _, metres = GEOD.inv(lon, lat, to_lon, to_lat)
    found = distances_m(lon, lat, to_lon, to_lat)
    assert found == pytest.approx(metres, rel=0, abs=1e-8)


def test_points_broadcast_and_missing_stays_missing():
    found = distance_m([0, 1, math.nan], 0, 0, 0)
    assert found.tolist()[:2] == pytest.approx([0, 111_319.49079327])
    assert math.isnan(found[2])
    assert isinstance(distance_m(0, 0, 1, 0), float)
    assert bearing(0, 0, [1, -1], 0).tolist() == [90, 270]
    lon, lat = destination([0, 0], [0, 0], [0, 90], 1000.0)
    assert lon.shape == lat.shape == (2,)


def test_local_crs_keeps_areas():
    to_plane = Transformer.from_crs(4326, local_crs(40.0, 35.0), always_xy=True).transform
    polygon = shapely.segmentize(box(39.5, 34.5, 40.5, 35.5), 0.001)
    flat = shapely.transform(polygon, lambda xy: np.column_stack(to_plane(*xy.T)))
    assert flat.area / 1e6 == pytest.approx(area(polygon), rel=1e-7)
    assert isinstance(local_crs(40.0, 35.0), CRS)


# --- buffer ---------------------------------------------------------------------------------------


@settings(max_examples=100)
@given(lons, lats, st.floats(1, 6).map(lambda power: 10**power))
def test_disc_has_its_radius_everywhere_on_earth(lon, lat, metres):
    disc = buffer(Point(lon, lat), metres)
    assert disc.is_valid
    west, south, east, north = disc.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    # The spherical cap of that radius, less the 128 segments between the vertices.
    cap = 2 * math.pi * 6371.0072**2 * (1 - math.cos(metres / 6_371_007.2)) / 1.0004017
    assert area(disc) == pytest.approx(cap, rel=0.02)
    x, y = shapely.get_coordinates(disc).T
    cut = (np.abs(x) > 180 - 1e-9) | (np.abs(y) > 90 - 1e-9)  # where it is cut, or along a pole
    assert distance_m(lon, lat, x[~cut], y[~cut]) == pytest.approx(metres, rel=1e-6, abs=1e-3)


def test_disc_across_the_antimeridian_is_cut_in_two():
    disc = buffer(Point(179.9, 10), 100_000)
    assert isinstance(disc, MultiPolygon)
    assert len(disc.geoms) == 2
    assert disc.bounds[::2] == (-180, 180)
    assert area(disc) == pytest.approx(area(buffer(Point(0, 10), 100_000)), rel=1e-4)


@pytest.mark.parametrize("metres", [500.0, 20_000.0, 300_000.0])
def test_line_buffer_has_its_radius_all_along(metres):
    line = LineString([(30, 10), (33, 20), (45, 31), (41, 36)])  # some 3,300 km
    region = buffer(line, metres)
    ends = shapely.get_coordinates(line)
    way = np.vstack([[a, *GEOD.npts(*a, *b, 999)] for a, b in pairwise(ends)] + [ends[-1:]])

    def to_line(lon, lat):
        near = distance_m(lon, lat, *way.T).argmin()
        a, b = way[max(near - 1, 0)], way[min(near + 1, len(way) - 1)]
        if near in {1000, 2000}:  # a bend
            a = b = way[near]
        close = np.vstack([a, *GEOD.npts(*a, *b, 500), b])
        return distance_m(lon, lat, *close.T).min()

    found = [to_line(*vertex) for vertex in shapely.get_coordinates(region)[::40]]
    assert max(found) <= metres * 1.001 + 1
    assert min(found) >= metres * 0.999 - 1


def test_polygon_buffer_holds_the_polygon_and_its_holes():
    ring = box(0, 0, 4, 4)
    holed = Polygon(ring.exterior, [box(1, 1, 3, 3).exterior.coords])
    region = buffer(holed, 50_000)
    assert region.contains(holed)
    assert len(region.interiors) == 1
    assert not region.contains(Point(2, 2))
    assert buffer(holed, 0).equals(holed)
    assert area(buffer(ring, 10_000)) == pytest.approx(
        area(ring) + length(ring) * 10 + math.pi * 100, rel=1e-3
    )


def test_buffers_that_hold_or_cross_a_pole():
    for geometry in (Point(20, -90), LineString([(0, 88), (180, 88)]), Polygon(parallel(85))):
        region = buffer(geometry, 100_000)
        assert region.is_valid
        assert region.bounds[::2] == (-180, 180)
    assert area(buffer(Point(20, -90), 100_000)) == pytest.approx(31_402, rel=1e-3)
    cap = area(buffer(Polygon(parallel(85)), 100_000))
    assert cap == pytest.approx(area(buffer(Point(0, 90), 658_340)), rel=2e-2)


def test_buffer_of_many_things_and_of_nothing():
    points = MultiPoint([(1, 1), (5, 5)])
    both = GeometryCollection([points, LineString([(8, 8), (9, 9)])])
    assert len(buffer(both, 1000).geoms) == 3
    assert buffer(Polygon(), 10).is_empty
    assert buffer(Point(1, 1), 0).is_empty


@pytest.mark.parametrize("metres", [-1, math.nan, math.inf, 6e6])
def test_buffer_refuses_distances_that_make_no_sense(metres):
    with pytest.raises(GeometryError, match="radius_m"):
        buffer(Point(0, 0), metres)


def test_buffer_refuses_coordinates_that_are_not_lonlat():
    with pytest.raises(GeometryError, match="latitude"):
        buffer(Point(500_000, 4_000_000), 10)


def test_buffer_of_a_country_across_the_antimeridian_is_valid_and_larger():
    russia = geoevents.geocode("Russia", kind="country").geometry
    wider = buffer(russia, 100_000)
    assert wider.is_valid
    assert wider.contains(shapely.Point(-170.5, 66.2))  # off the east cape, beyond 180 degrees
    assert area(wider) > area(russia)


def polar_land():
    """Land round the south pole as atlases have it: cut at ±180 and carried along the pole."""
    lon = np.linspace(-180, 180, 91)
    coast = -74 + 8 * np.sin(np.radians(3 * lon)) + 2 * np.cos(np.radians(40 * lon))
    ring = [*zip(lon, coast, strict=True), (180, -90), (-180, -90)]
    return Polygon(ring)


HARD = {
    "a zigzag across the antimeridian": LineString(
        [(178, -17), (179.5, -16), (-179.5, -16.2), (179.8, -17.5), (-178, -18)]
    ),
    "an island 50 km from the pole": star(30, 89.0, [60e3, 20e3, 70e3, 25e3, 55e3, 90e3]),
    "a line over the pole": LineString([(10, 87), (60, 89.5), (200, 88.5), (220, 86)]),
    "a bay at 70 N": star(25, 70, [200e3, 180e3, 20e3, 190e3, 210e3, 150e3, 30e3]),
    "an archipelago on the equator": MultiPolygon(
        [star(lon, lat, [20e3, 9e3, 14e3, 4e3]) for lon, lat in [(0, 0), (0.5, 0.2), (1.2, -0.6)]]
    ),
    "a wide land": box(-30, 40, 40, 62),
    "land round a pole": polar_land(),
}


@pytest.mark.parametrize("metres", [3_000.0, 30_000.0, 300_000.0])
@pytest.mark.parametrize("shape", HARD)
def test_outline_of_a_buffer_is_at_its_distance(shape, metres):
    """Every vertex and middle of an edge of the outline, against the geometry cut by pyproj."""
    geometry = HARD[shape]
    region = buffer(geometry, metres)
    assert region.is_valid
    assert area(region) > 0  # valid with geodesic edges too
    if "land" in shape and metres < 10_000:
        return  # so many samples take too long
    lines = geometry if geometry.geom_type == "LineString" else shapely.boundary(geometry)
    samples = np.vstack([walked(line, metres / 25) for line in shapely.get_parts(lines)])
    outline = []
    for ring in shapely.get_parts(shapely.get_rings(shapely.get_parts(region))):
        xy = shapely.get_coordinates(ring)
        outline += [xy, (xy[1:] + xy[:-1]) / 2]
    outline = np.vstack(outline)
    seam = (np.abs(outline[:, 0]) > 180 - 1e-9) | (np.abs(outline[:, 1]) > 90 - 1e-9)
    outline = outline[~seam]
    outline = outline[:: len(outline) // 100 + 1]
    found = np.array([nearest_m(*at, samples) for at in outline])
    # Steps of a 25th of the distance make it seem up to 1 in 5,000 farther.
    assert found.max() <= metres * 1.0013
    assert found.min() >= metres * 0.9985


def walked(line, step):
    """Points along the geodesic edges of a line; not along a seam or a pole."""
    xy = shapely.get_coordinates(line)
    found = [xy[np.abs(xy[:, 1]) < 90]]
    for a, b in pairwise(xy):
        if min(abs(a[0]), abs(b[0])) == 180 or max(abs(a[1]), abs(b[1])) == 90:
            continue
        many = int(distance_m(*a, *b) / step)
        if many:
            found.append(np.array(GEOD.npts(*a, *b, many)))
    return np.vstack(found)


def nearest_m(lon, lat, points):
    """Distance to the nearest of many points: only those near as the crow flies are measured."""
    turn = np.cos(np.radians(lon - points[:, 0])) * np.cos(np.radians(points[:, 1]))
    near = turn * np.cos(np.radians(lat)) + np.sin(np.radians(points[:, 1])) * np.sin(
        np.radians(lat)
    )
    best = np.argsort(-near)[:25]
    return distance_m(lon, lat, *points[best].T).min()


def test_buffers_grow_and_are_coarser_if_they_may_be():
    land = HARD["a bay at 70 N"]
    sizes = [area(buffer(land, metres)) for metres in (10, 40, 60, 1_000, 50_000)]
    assert sizes == sorted(sizes)
    fine, coarse = (buffer(land, 50_000, tolerance_m=m) for m in (50, 2_000))
    assert len(shapely.get_coordinates(coarse)) < 0.6 * len(shapely.get_coordinates(fine))
    apart = shapely.hausdorff_distance(*shapely.transform([fine, coarse], metres_at_70))
    assert apart < 2_500  # the tolerance and the length of an edge


def metres_at_70(lonlat):
    return lonlat * [111_320 * math.cos(math.radians(70)), 111_320]


# --- the equal-area plane -------------------------------------------------------------------------


@settings(max_examples=60)
@given(lons, lats, st.lists(st.tuples(lons, lats), min_size=1, max_size=30))
def test_equal_area_plane_is_that_of_proj(lon, lat, points):
    """Within what PROJ loses near the poles (up to decimetres), and the way back exactly."""
    assume(abs(lat) < 89.999)
    lonlat = np.array(points) * [1, 0.999]
    assume((distance_m(lon, lat, *lonlat.T) < 15e6).all())
    plane = EqualArea(lon, lat)
    to_plane = Transformer.from_crs("OGC:CRS84", local_crs(lon, lat), always_xy=True)
    xy = plane.forward(lonlat)
    assert xy == pytest.approx(np.column_stack(to_plane.transform(*lonlat.T)), abs=0.2)
    back = plane.inverse(xy)
    assert distance_m(*back.T, *lonlat.T) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("lat", [90, -90, 89.99, 0])
def test_equal_area_plane_at_the_pole_and_its_centre(lat):
    plane = EqualArea(25, lat)
    lonlat = np.array([[25, lat], [60, math.copysign(89.5, lat)], [200, math.copysign(80, lat)]])
    back = plane.inverse(plane.forward(lonlat))
    assert distance_m(*back.T, *lonlat.T) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("nothing", [None, 5, "POINT (1 1)"])
def test_what_holds_no_geometries_is_a_clear_error(nothing):
    with pytest.raises(GeometryError, match="not a shapely geometry"):
        area(nothing)
