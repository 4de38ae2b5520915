"""``control_from_captures``: who holds what ground when only captures of towns are reported."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiPolygon, Point, Polygon, box

import geoevents as ge
from geoevents.errors import GeoeventsError, GeometryError
from geoevents.events import SchemaError
from geoevents.territory.captures import control_from_captures

GEOD = Geod(ellps="WGS84")
TWO = {"West": (39.5, 35.0), "East": (40.5, 35.0)}
FOUR = {"SW": (-0.5, -0.5), "SE": (0.5, -0.5), "NW": (-0.5, 0.5), "NE": (0.5, 0.5)}


def km2(polygon):
    """What pyproj makes of a polygon without holes."""
    return abs(GEOD.geometry_area_perimeter(polygon)[0]) / 1e6


def places(points):
    lonlat = np.array(list(points.values()), dtype=float).reshape(-1, 2)
    return gpd.GeoDataFrame(
        {"name": list(points)}, geometry=gpd.points_from_xy(*lonlat.T), crs=4326
    )


def captures(*rows, points=None):
    """Frame of (actor, date, place), with the geometry of the place if it is known."""
    frame = pd.DataFrame(rows, columns=["actor", "end", "place"])
    frame.insert(0, "event_type", "territorial gain")
    if points is None:
        return frame
    shapes = [Point(points[place]) for place in frame["place"]]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=4326)


def on(control, date):
    """The holders on a date."""
    rows = control[control["date"] == pd.Timestamp(date)]
    return dict(zip(rows["actor"], rows["sites"], strict=True))


def ground(control, date, actor):
    row = control[(control["date"] == pd.Timestamp(date)) & (control["actor"] == actor)]
    assert len(row) == 1
    return row.geometry.iloc[0]


# --- geometry by hand ----------------------------------------------------------------------------


def test_two_sites_share_the_bisector():
    square = box(39, 34, 41, 36)
    events = captures(("A", "2017-01-01", "West"), ("B", "2017-01-01", "East"))
    control = control_from_captures(events, within=square, sites=places(TWO))
    assert control["actor"].tolist() == ["A", "B"]
    assert control.crs == "EPSG:4326"
    west, east = control.geometry
    # They lie symmetric about the meridian of 40 degrees.
    border = shapely.intersection(west, east)
    assert np.abs(shapely.get_coordinates(border)[:, 0] - 40).max() <= 1e-9
    assert west.bounds[:2] == (39.0, 34.0)
    assert east.bounds[2] == 41.0
    whole = km2(square)
    np.testing.assert_allclose(control["area_km2"], whole / 2, rtol=1e-8)
    assert control["area_km2"].sum() == pytest.approx(whole, rel=1e-9)
    np.testing.assert_allclose(control["area_km2"], ge.area(control), rtol=1e-9)


def test_four_sites_in_a_square_get_a_quarter_each():
    square = box(-1, -1, 1, 1)
    events = captures(*((name, "2017-01-01", name) for name in FOUR))
    control = control_from_captures(events, within=square, sites=places(FOUR))
    np.testing.assert_allclose(control["area_km2"], km2(square) / 4, rtol=1e-8)
    for name, cell in zip(control["actor"], control.geometry, strict=True):
        x, y = np.sign(FOUR[name])
        corner = box(min(0, x), min(0, y), max(0, x), max(0, y))
        # Parallels are no geodesics: edges of a degree are up to 20 m off.
        assert shapely.hausdorff_distance(cell, corner, densify=0.01) < 2e-4


def test_a_site_that_nobody_captured_keeps_its_ground_from_others():
    square = box(-1, -1, 1, 1)
    events = captures(("A", "2017-01-01", "SW"), ("A", "2017-01-01", "SE"))
    control = control_from_captures(events, within=square, sites=places(FOUR))
    assert control["sites"].tolist() == [2]
    assert control["area_km2"].sum() == pytest.approx(km2(square) / 2, rel=1e-8)
    assert control.geometry.iloc[0].geom_type == "Polygon"
    assert not control.geometry.iloc[0].intersects(Point(0, 0.1))
    assert control["source"].iloc[0].startswith("inferred: Voronoi cells of 4 sites, 2 captured;")


def test_without_ground_it_is_the_hull_widened_by_the_median_spacing():
    # A site every 0.2 degrees along the equator: a stadium of that width to each side.
    points = {f"t{i}": (i / 5, 0.0) for i in range(6)}
    events = captures(*(("A", "2017-01-01", name) for name in points), points=points)
    control = control_from_captures(events)
    reach = GEOD.inv(0, 0, 0.2, 0)[2] / 1000
    length = GEOD.inv(0, 0, 1, 0)[2] / 1000
    assert control["area_km2"].iloc[0] == pytest.approx(
        length * 2 * reach + np.pi * reach**2, rel=2e-3
    )


def test_a_lone_site_holds_the_disc_of_the_greatest_distance():
    events = captures(("A", "2017-01-01", "West"), points=TWO)
    control = control_from_captures(events, max_distance_m=10_000)
    assert control["area_km2"].iloc[0] == pytest.approx(100 * np.pi, rel=1e-3)
    low, high = control[["area_low_km2", "area_high_km2"]].iloc[0]
    assert (low, high) == (0, pytest.approx(control["area_km2"].iloc[0]))
    with pytest.raises(GeoeventsError, match=r"'West' is the only site.*give within"):
        control_from_captures(events)


def test_the_greatest_distance_limits_every_cell():
    events = captures(("A", "2017-01-01", "West"), ("B", "2017-01-01", "East"), points=TWO)
    square = box(38, 34, 42, 36)
    control = control_from_captures(events, within=square, max_distance_m=30_000)
    np.testing.assert_allclose(control["area_km2"], np.pi * 900, rtol=1e-3)  # 91 km apart
    control = control_from_captures(events, within=square, max_distance_m=60_000)
    half = GEOD.inv(*TWO["West"], *TWO["East"])[2] / 2000
    angle = np.arccos(half / 60)
    segment = 60**2 * angle - half * 60 * np.sin(angle)
    np.testing.assert_allclose(control["area_km2"], np.pi * 3600 - segment, rtol=1e-3)
    assert shapely.coverage_is_valid(control.geometry.to_numpy())
    far = control_from_captures(events, within=square, max_distance_m=1e9)
    assert far["area_km2"].sum() == pytest.approx(km2(square), rel=1e-8)


def test_the_antimeridian_parts_nothing():
    points = {"a": (179.5, -17.0), "b": (-179.5, -17.0), "c": (-178.5, -17.0)}
    events = captures(*((name, "2017-01-01", name) for name in points), points=points)
    within = MultiPolygon([box(179, -18, 180, -16), box(-180, -18, -178, -16)])
    control = control_from_captures(events, within=within)
    a, b, c = control.geometry
    assert a.bounds[2] == 180.0
    assert b.bounds[0] == -180.0
    assert shapely.is_valid(control.geometry.to_numpy()).all()
    np.testing.assert_allclose(control["area_km2"], km2(box(0, -18, 1, -16)), rtol=2e-4)
    shifted = {name: ((lon + 360) % 360 - 100, lat) for name, (lon, lat) in points.items()}
    moved = captures(*((name, "2017-01-01", name) for name in shifted), points=shifted)
    same = control_from_captures(moved, within=[box(79, -18, 80, -16), box(80, -18, 82, -16)])
    for field in ("area_km2", "area_low_km2", "area_high_km2"):
        np.testing.assert_allclose(control[field], same[field], rtol=1e-6)
    assert c.geom_type == "Polygon"


# --- coverage ------------------------------------------------------------------------------------

spots = st.lists(
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=25, unique=True
)


@settings(derandomize=True, max_examples=12)
@given(spots, st.floats(-65, 65), st.floats(-179, 179), st.floats(0.001, 0.3))
def test_cells_cover_the_ground_and_each_point_is_nearest_to_its_site(spots, lat, lon, scale):
    points = {f"t{i}": (lon + x * scale, lat + y * scale) for i, (x, y) in enumerate(spots)}
    points = {name: ((x + 180) % 360 - 180, y) for name, (x, y) in points.items()}
    events = captures(*((name, "2017-01-01", name) for name in points), points=points)
    edge = [lon - 10 * scale, lon + 10 * scale]
    square = Polygon(
        [(edge[0], lat), (lon, lat - 10 * scale), (edge[1], lat), (lon, lat + 10 * scale)]
    )
    if min(edge) < -180 or max(edge) > 180:
        square = None
    if (
        square is not None
        and not shapely.contains_properly(
            square, gpd.points_from_xy(*np.array(list(points.values())).T)
        ).all()
    ):
        square = box(edge[0], lat - 10 * scale, edge[1], lat + 10 * scale)
    control = control_from_captures(events, within=square)
    cells = control.geometry.to_numpy()
    assert shapely.is_valid(cells).all()
    assert shapely.coverage_is_valid(cells)
    assert len(control) == len(points)
    if square is not None:
        size = 10 * scale * 111_000
        # Rounding to 0.1 mm, and a border that is straight over a kilometre.
        assert control["area_km2"].sum() * 1e6 == pytest.approx(
            km2(square) * 1e6, rel=1e-9, abs=1e-3 * size + 5.0
        )
    whole = shapely.union_all(cells)
    assert shapely.area(cells).sum() == pytest.approx(whole.area, rel=1e-12)
    inside = shapely.get_coordinates(shapely.point_on_surface(cells))
    lonlat = np.array([points[name] for name in control["actor"]])
    metres = np.array([GEOD.inv(*np.tile(p, (len(lonlat), 1)).T, *lonlat.T)[2] for p in inside])
    assert (np.diag(metres) <= metres.min(axis=1) * 1.005 + 1).all()


@settings(derandomize=True, max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random):
    days = ["2017-01-01", "2017-02-01", "2017-02-01", "2017-03-01"]
    rows = [(actor, day, place) for place in FOUR for day, actor in zip(days, "ABCA", strict=True)]
    first = control_from_captures(captures(*rows, points=FOUR))
    random.shuffle(rows)
    towns = {name: FOUR[name] for name in random.sample(list(FOUR), 4)}
    again = control_from_captures(captures(*rows, points=FOUR), sites=places(towns))
    assert_geodataframe_equal(first, again)
    assert first.attrs == {"left_out": []}


def test_a_cell_is_the_same_to_the_last_bit_on_every_date():
    rng = np.random.default_rng(3)
    points = {f"t{i}": tuple(rng.uniform((38, 33), (42, 37))) for i in range(40)}
    rows = [
        (actor, f"2017-{month:02d}-01", name)
        for month, actor in ((1, "A"), (2, "B"))
        for name in points
        if month == 1 or rng.random() < 0.3
    ]
    control = control_from_captures(captures(*rows, points=points))
    january = ground(control, "2017-01-01", "A")
    kept, gone = ground(control, "2017-02-01", "A"), ground(control, "2017-02-01", "B")
    assert shapely.coverage_is_valid(np.array([kept, gone]))
    back = shapely.coverage_union_all([kept, gone])
    assert shapely.equals_exact(back, january, normalize=True)
    later = {tuple(xy) for xy in shapely.get_coordinates([kept, gone])}
    assert {tuple(xy) for xy in shapely.get_coordinates(january)} <= later


# --- through time --------------------------------------------------------------------------------


def test_a_site_is_its_last_captors():
    events = captures(
        ("A", "2017-01-01", "SW"),
        ("B", "2017-03-01", "SW"),
        ("A", "2017-02-01", "NE"),
        ("A", "2017-04-01", "SW"),
    )
    control = control_from_captures(events, sites=places(FOUR), within=box(-1, -1, 1, 1))
    assert on(control, "2017-01-01") == {"A": 1}
    assert on(control, "2017-02-01") == {"A": 2}
    assert on(control, "2017-03-01") == {"A": 1, "B": 1}
    assert on(control, "2017-04-01") == {"A": 2}
    assert len(control) == 5
    assert control["date"].dtype.kind == "M"
    assert control["inferred"].all()
    first, last = ground(control, "2017-02-01", "A"), ground(control, "2017-04-01", "A")
    assert first.equals_exact(last, 0)


def test_two_captors_on_one_day_hold_it_together_until_one_takes_it():
    events = captures(
        ("SDF", "2017-01-02", "West"), ("Army", "2017-01-02", "West"), ("SDF", "2017-02-01", "West")
    )
    control = control_from_captures(events, sites=places(TWO), within=box(39, 34, 41, 36))
    assert on(control, "2017-01-02") == {"Army / SDF": 1}
    assert on(control, "2017-02-01") == {"SDF": 1}


def test_the_day_is_that_of_the_end_or_else_of_the_start():
    events = captures(("A", "2017-01-09", "West"), ("B", None, "East"), points=TWO)
    events["start"] = ["2017-01-01", "2017-01-05"]
    control = control_from_captures(events)
    assert control["date"].dt.strftime("%m-%d").tolist() == ["01-05", "01-09", "01-09"]


def test_hours_and_zones_do_not_move_the_day():
    events = captures(("A", None, "West"), ("B", None, "West"), points=TWO)
    events["end"] = pd.to_datetime(["2017-01-02T00:30+03:00", "2017-01-02T23:30+03:00"])
    control = control_from_captures(events, within=box(39, 34, 41, 36))
    assert on(control, "2017-01-02") == {"A / B": 1}


def test_what_changes_nothing_is_told():
    events = captures(
        ("A", "2017-01-01", "West"), ("A", "2017-02-01", "West"), ("A", "2017-01-01", "West")
    ).set_index(pd.Index(["x", "y", "z"]))
    control = control_from_captures(events, sites=places(TWO), within=box(39, 34, 41, 36))
    assert on(control, "2017-01-01") == {"A": 1}
    assert len(control) == 1
    reasons = {entry["row"]: entry["reason"] for entry in control.attrs["left_out"]}
    assert reasons["y"] == "changes nothing: 'A' held it already"
    assert reasons["z"].startswith("says what another event says")


def test_what_did_not_happen_is_no_capture_and_is_told():
    events = captures(*(("A", "2017-01-01", name) for name in FOUR), points=FOUR)
    events["status"] = ["reported", "Denied ", "planned", None]
    events.loc[4] = [*events.loc[0].iloc[:-2], Point(9, 9), "refused"]
    events.loc[5] = ["air strike", *events.loc[0].iloc[1:-2], Point(5, 5), None]
    control = control_from_captures(events)
    assert control["sites"].tolist() == [2]
    assert control.attrs["left_out"] == [
        {"row": 1, "reason": "its status is denied: that is no capture"},
        {"row": 2, "reason": "its status is planned: that is no capture"},
        {"row": 4, "reason": "its status is refused: that is no capture"},
    ]


# --- which site ----------------------------------------------------------------------------------


def test_names_match_in_any_case_and_with_any_accents():
    points = {"Deir ez-Zor": (40.1, 35.3), "دَيْر الزُّور الجديدة": (41.0, 35.3), "Ḩajīn": (40.8, 34.7)}
    events = captures(
        ("A", "2017-01-01", "DEIR EZ ZOR"),
        ("A", "2017-01-01", "دير الزور الجديدة"),
        ("A", "2017-01-01", "the town of hajin"),
    )
    assert control_from_captures(events, sites=places(points))["sites"].tolist() == [3]


def test_else_an_event_belongs_to_the_nearest_site_within_five_km():
    lon, lat, _ = GEOD.fwd(*TWO["West"], 90, 4_900)
    events = captures(("A", "2017-01-01", "near"), points={"near": (lon, lat)})
    assert control_from_captures(events, sites=places(TWO))["sites"].tolist() == [1]
    lon, lat, _ = GEOD.fwd(*TWO["West"], 90, 5_100)
    events = captures(("A", "2017-01-01", "off"), points={"off": (lon, lat)})
    with pytest.raises(SchemaError, match=r"row 0.*'off' is no site.*'West' \(5\.1 km\), 'East'"):
        control_from_captures(events, sites=places(TWO))


def test_a_name_that_two_sites_have_decides_nothing():
    towns = pd.concat([places(TWO), places({"west": (38.0, 35.0)})])
    events = captures(("A", "2017-01-01", "West"), points={"West": (38.0, 35.0)})
    control = control_from_captures(events, sites=towns)
    assert ground(control, "2017-01-01", "A").contains(Point(38.0, 35.0))


def test_sites_may_be_polygons_in_another_crs_without_names():
    towns = gpd.GeoSeries([box(39.4, 34.9, 39.6, 35.1), Point(40.5, 35)], crs=4326).to_crs(32637)
    events = captures(("A", "2017-01-01", "x"), points={"x": (39.5, 35.0)})
    events = events.drop(columns="place").to_crs(3857)
    square = gpd.GeoSeries([box(39, 34, 41, 36)], crs=4326).to_crs(3857)
    control = control_from_captures(events, sites=towns, within=square)
    assert control["area_km2"].iloc[0] == pytest.approx(km2(box(39, 34, 40, 36)), rel=1e-3)


def test_without_sites_places_are_told_apart_by_ids_names_and_coordinates():
    points = {"Hajin": (40.831, 34.695), "hajin": (40.832, 34.695), "Soussa": (40.958, 34.534)}
    events = captures(*(("A", "2017-01-01", name) for name in points), points=points)
    assert control_from_captures(events)["sites"].tolist() == [2]  # by name
    events["place_ids"] = ["g:1", "g:2", None]
    assert control_from_captures(events)["sites"].tolist() == [3]  # by id
    bare = events.drop(columns=["place", "place_ids"])
    assert control_from_captures(pd.concat([bare, bare]))["sites"].tolist() == [3]


def test_words_are_located_with_the_gazetteer():
    towns = places({"Westham": TWO["West"], "Eastham": TWO["East"]})
    gazetteer = ge.Gazetteer.from_frame(towns.assign(kind="populated place"))
    events = captures(("A", "2017-01-01", "Westham"), ("B", "2017-01-01", "Eastham"))
    control = control_from_captures(events, gazetteer=gazetteer, within=box(39, 34, 41, 36))
    assert control["sites"].tolist() == [1, 1]
    control = control_from_captures(
        captures(("SDF", "2018-12-14", "Hajin"), ("Army", "2017-11-19", "Abu Kamal")), country="SY"
    )
    assert ground(control, "2018-12-14", "SDF").contains(Point(40.831, 34.695))


# --- barriers ------------------------------------------------------------------------------------


def test_no_cell_crosses_a_barrier():
    # All four lie north of the line but one: south of it, that one is the nearest there is.
    points = {"S": (-0.9, -0.5), "N": (0.9, 0.5)}
    events = captures(("A", "2017-01-01", "S"), ("B", "2017-01-01", "N"), points=points)
    square = box(-1, -1, 1, 1)
    control = control_from_captures(
        events, within=square, barriers=LineString([(-2, 0), (0, 0), (2, 0)])
    )
    assert shapely.coverage_is_valid(control.geometry.to_numpy())
    np.testing.assert_allclose(control["area_km2"], km2(square) / 2, rtol=1e-8)
    assert control.geometry.iloc[0].bounds[3] == pytest.approx(0, abs=1e-9)
    assert control["source"].iloc[0].endswith("parts of the ground made by barriers: 2")


def test_a_part_without_sites_is_unknown_and_dead_ends_part_nothing():
    events = captures(("A", "2017-01-01", "West"), ("B", "2017-01-01", "East"), points=TWO)
    square = box(39, 34, 41, 36)
    lines = gpd.GeoSeries(
        [
            LineString([(38, 35.5), (42, 35.5)]),
            LineString([(38, 34.5), (39.9, 34.5)]),
            box(39.1, 34.8, 39.2, 34.9).exterior,
        ],
        crs=4326,
    )
    control = control_from_captures(events, within=square, barriers=lines)
    assert not control.geometry.intersects(Point(40, 35.8)).any()
    assert control.geometry.iloc[0].intersects(Point(39.5, 34.2))
    assert not control.geometry.iloc[0].intersects(Point(39.15, 34.85))
    assert control["source"].iloc[0].endswith(": 3")


def test_a_site_on_the_line_counts_on_both_sides():
    points = {"Bridge": (-0.5, 0.0), "N": (0.5, 0.5), "S": (0.5, -0.5)}
    events = captures(*((name, "2017-01-01", name) for name in points), points=points)
    control = control_from_captures(
        events, within=box(-1, -1, 1, 1), barriers=LineString([(-2, 0), (2, 0)])
    ).set_index("actor")
    bridge = control.geometry["Bridge"]
    assert bridge.contains(Point(-0.5, 0.5))
    assert bridge.contains(Point(-0.5, -0.5))
    assert not control.geometry["N"].intersects(Point(0.5, -0.1))
    assert control["area_km2"].sum() == pytest.approx(km2(box(-1, -1, 1, 1)), rel=1e-8)


def test_barriers_by_name_and_as_place():
    points = {"left": (40.0, 35.1), "right": (40.5, 35.5)}
    events = captures(("A", "2017-01-01", "left"), ("B", "2017-01-01", "right"), points=points)
    square = box(39.8, 34.9, 40.7, 35.7)
    named = control_from_captures(events, within=square, barriers="Euphrates", country="SY")
    place = ge.geocode("Euphrates", country="SY")
    for barriers in (place, [place, place.geometry]):
        assert_geodataframe_equal(
            named, control_from_captures(events, within=square, barriers=barriers)
        )
    assert not named.geometry.iloc[0].overlaps(named.geometry.iloc[1])
    border = shapely.intersection(*named.geometry)
    assert (
        shapely.distance(shapely.points(shapely.get_coordinates(border)), place.geometry).max()
        < 1e-5  # its edges of some kilometres are geodesics
    )


# --- ranges --------------------------------------------------------------------------------------


def test_the_range_is_that_of_three_arrangements():
    # Strips of 0.5, 0.5 and 1 degree of the equator; A holds the first, and B the others.
    points = {"a": (0.25, 0.0), "b": (0.75, 0.0), "c": (1.25, 0.0)}
    events = captures(
        ("A", "2017-01-01", "a"), ("B", "2017-01-01", "b"), ("B", "2017-01-01", "c"), points=points
    )
    row = control_from_captures(events, within=box(0, -0.1, 2, 0.1), confidence=0.3).iloc[0]
    degree = km2(box(0, -0.1, 1, 0.1))
    # Without a nothing is left to A; without b half of its strip comes to A; without c none does.
    areas = np.array([0.0, 0.75, 0.5]) * degree
    error = np.sqrt(2 / 3 * ((areas - areas.mean()) ** 2).sum())
    z = 0.38532046640756773  # 65 % of a normal distribution lie below
    assert row["area_km2"] == pytest.approx(degree / 2, rel=2e-4)
    assert row["area_low_km2"] == pytest.approx(degree / 2 - z * error, rel=5e-4)
    assert row["area_high_km2"] == pytest.approx(degree / 2 + z * error, rel=5e-4)
    assert "30 % range" in row["source"]


def test_all_of_the_ground_is_sure_whoever_holds_the_sites():
    events = captures(*(("A", "2017-01-01", name) for name in FOUR), points=FOUR)
    row = control_from_captures(events, within=box(-1, -1, 1, 1)).iloc[0]
    assert row["area_low_km2"] == pytest.approx(row["area_km2"], rel=1e-9)
    assert row["area_high_km2"] == pytest.approx(row["area_km2"], rel=1e-9)


def test_with_two_sites_the_range_is_everything():
    events = captures(("A", "2017-01-01", "West"))
    control = control_from_captures(events, sites=places(TWO), within=box(39, 34, 41, 36))
    assert control["area_low_km2"].tolist() == [0]
    assert control["area_high_km2"].iloc[0] == pytest.approx(km2(box(39, 34, 41, 36)), rel=1e-8)
    assert "fewer than 3 sites" in control["source"].iloc[0]


def test_many_sites_are_left_out_in_groups():
    points = {f"t{i}": (i % 17 / 10, i // 17 / 10) for i in range(221)}
    events = captures(*(("AB"[i % 2], "2017-01-01", f"t{i}") for i in range(221)), points=points)
    control = control_from_captures(events)
    assert control["source"].str.contains("grouped jackknife 95 % range").all()
    assert (control["area_low_km2"] < control["area_km2"]).all()
    assert (control["area_high_km2"] > control["area_km2"]).all()
    assert_geodataframe_equal(control, control_from_captures(events.iloc[::-1]))


# --- ground in pieces ----------------------------------------------------------------------------


def test_an_island_belongs_to_the_nearest_site():
    events = captures(("A", "2017-01-01", "West"), ("B", "2017-01-01", "East"), points=TWO)
    within = [box(39, 34, 40.8, 36), box(40.9, 34, 41, 36)]
    control = control_from_captures(events, within=within)
    assert control.geometry.iloc[1].geom_type == "MultiPolygon"
    assert control.geometry.iloc[1].contains(Point(40.95, 35))
    assert control["area_km2"].sum() == pytest.approx(sum(map(km2, within)), rel=1e-8)


def test_collinear_sites_have_strips():
    points = {f"t{i}": (0.0, i / 10) for i in range(5)}
    events = captures(*((name, "2017-01-01", name) for name in points), points=points)
    control = control_from_captures(events, within=box(-1, -1, 1, 1))
    assert shapely.coverage_is_valid(control.geometry.to_numpy())
    middle = control.geometry.iloc[2].bounds
    assert middle == pytest.approx((-1, 0.15, 1, 0.25), abs=1e-4)


# --- what is refused -----------------------------------------------------------------------------


def refused(error, match, *args, **kwargs):
    with pytest.raises(error, match=match) as caught:
        control_from_captures(*args, **kwargs)
    assert isinstance(caught.value, GeoeventsError)
    assert max(map(len, str(caught.value).splitlines())) < 600


def test_events_that_say_too_little():
    good = captures(("A", "2017-01-01", "West"), ("B", "2017-01-02", "East"), points=TWO)
    refused(GeoeventsError, "give a frame of events", [1])
    refused(GeoeventsError, "events is empty", good.iloc[:0])
    refused(
        GeoeventsError,
        "none of the 2 events is a 'territorial gain'.*'protest'",
        good.assign(event_type="protest"),
    )
    refused(GeoeventsError, "no capture is left.*all 2", good.assign(status="denied"))
    refused(SchemaError, "row 1, column actor: is missing", good.assign(actor=["A", " "]))
    refused(SchemaError, "column actor: is missing", good.drop(columns="actor"))
    refused(
        SchemaError,
        "row 0, column start: is missing, and so is end",
        good.assign(end=[None, "2017"]),
    )
    refused(SchemaError, "column start: is missing", good.drop(columns="end"))
    refused(SchemaError, "row 0, column end: '03/04/2017' can be", good.assign(end="03/04/2017"))
    refused(
        SchemaError,
        "row 0, column end: .*is before start",
        good.assign(start="2017-01-02"),
    )


def test_events_that_lie_nowhere():
    good = captures(("A", "2017-01-01", "West"), ("B", "2017-01-02", "East"), points=TWO)
    refused(SchemaError, "nothing says where", pd.DataFrame(good[["actor", "end"]]))
    refused(
        SchemaError,
        "row 1, column geometry.*no finite number",
        good.set_geometry([Point(39, 35), Point(np.nan, 1)], crs=4326),
    )
    refused(SchemaError, "column geometry: has no CRS", good.set_crs(None, allow_override=True))
    nowhere = good.set_geometry([Point(39, 35), None], crs=4326).assign(place=["West", None])
    refused(SchemaError, "row 1, column place: cannot be located", nowhere)
    long = captures(("A", "2017-01-01", "x" * 5000))
    refused(SchemaError, r"row 0, column place: 'xxx.*\.\.\. cannot be located", long)
    for place, what in (("Euphrates", "a line"), ("near Raqqa", "a region"), ("Syria", "an area")):
        refused(SchemaError, f"row 0, column place: .* is {what}", captures(("A", "2017", place)))
    apart = captures(("A", "2017", "West"), ("B", "2017", "East"), points=TWO).assign(place="Same")
    refused(SchemaError, "row 1, column place: 'Same' lies 91 km from", apart)


def test_sites_that_cannot_be_used():
    events, towns = captures(("A", "2017-01-01", "West")), places(TWO)
    refused(GeoeventsError, "sites is a list", events, sites=[1])
    refused(GeometryError, "sites is empty", events, sites=towns.iloc[:0])
    refused(
        GeometryError, "sites has no CRS", events, sites=towns.set_crs(None, allow_override=True)
    )
    refused(GeometryError, "row 1 of sites", events, sites=towns.set_geometry([Point(1, 1), None]))
    refused(
        GeometryError,
        "row 0 of sites has a vertex .nan",
        events,
        sites=towns.set_geometry([Point(np.nan, 1), Point(1, 1)]),
    )
    line = LineString([(0, 0), (1, 1)])
    refused(
        GeometryError,
        "row 1 of sites is a line",
        events,
        sites=towns.set_geometry([Point(1, 1), line]),
    )
    refused(
        GeometryError,
        "sites outside within: 'East'; widen",
        events,
        sites=towns,
        within=box(39, 34, 40, 36),
    )
    wide = places({"West": (0, 0), "far": (30, 0)})
    refused(GeometryError, "up to 1,670 km from their middle", events, sites=wide)
    polar = places({"West": (0, 84.0), "North": (10, 84.0)})
    refused(GeometryError, "too near to a pole", events, sites=polar)


def test_sites_at_one_point():
    events = captures(("A", "2017-01-01", "West"))
    there = Point(TWO["West"])
    twice = pd.concat([places(TWO), places({"Other" + "r" * 500: TWO["West"]})])
    refused(GeoeventsError, "'West' and 'Otherrr.* at the same point", events, sites=twice)
    twice = pd.concat([places(TWO), places({"WEST": TWO["West"]})])
    control = control_from_captures(events, sites=twice)
    assert ground(control, "2017-01-01", "A").contains(there)
    assert "of 2 sites" in control["source"].iloc[0]


def test_ground_and_lines_that_cannot_be_used():
    events, towns = captures(("A", "2017-01-01", "West")), places(TWO)
    bow = Polygon([(39, 34), (41, 36), (41, 34), (39, 36)])
    for within, match in (
        (Point(1, 1), "within is a Point"),
        ("Syria", "within is no shapely geometry: 'Syria'"),
        (bow, "within is not valid: Self-intersection"),
        (Polygon(), "within is empty"),
        (gpd.GeoSeries([box(39, 34, 41, 36)]), "within has no CRS"),
        (gpd.GeoSeries([box(39, 34, 41, 36), bow], ["a", "b"], crs=4326), "row 'b' of within"),
        (box(-80, -60, 120, 60), r"reaches .* km from the middle"),
        (box(3900, 34, 4100, 36), r"within|reaches"),
        (box(34, 3900, 36, 4100), "no longitude and latitude"),
    ):
        refused(GeometryError, match, events, sites=towns, within=within)
    for barriers, match in (
        (3, "barriers is a int"),
        ([3], "barriers is no shapely geometry"),
        (Point(1, 1), "barriers is a point"),
        ("Nosuchriver", "no place called 'Nosuchriver'"),
        ("Raqqa", r"the barrier 'Raqqa \(populated place.* is a point"),
        (gpd.GeoSeries([LineString([(0, 0), (1, 1)])]), "barriers has no CRS"),
    ):
        refused(GeoeventsError, match, events, sites=towns, barriers=barriers)


@pytest.mark.parametrize("value", [0, -1, np.nan, np.inf, "5"])
def test_numbers_that_mean_nothing(value):
    events = captures(("A", "2017-01-01", "West"))
    refused(GeoeventsError, "max_distance_m is", events, sites=places(TWO), max_distance_m=value)
    refused(GeoeventsError, "confidence is", events, sites=places(TWO), confidence=value)
