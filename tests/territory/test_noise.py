"""Noise of digitising: set aside, counted, and true changes kept."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiPolygon, Polygon, box

from geoevents.territory import books, territory_change
from geoevents.territory.noise import broad, narrow

GEOD = Geod(ellps="WGS84")
DEGREE_M = 110_574.0  # of latitude at the equator


def frame(*rows):
    names, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"actor": [*names]}, geometry=[*shapes], crs=4326)


def km2(shape):
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def strip(metres, lat=0.0):
    return box(0, lat, 1, lat + metres / DEGREE_M)


def bands(border):
    """Two holders, north and south of a line from 40 to 41 E."""
    xy = np.asarray(border)
    north = Polygon([*xy, (41, 36), (40, 36)])
    south = Polygon([*xy, (41, 34), (40, 34)])
    return frame(("N", north), ("S", south))


def test_narrower_than_the_tolerance_is_noise():
    before = frame(("A", box(0, 0, 1, 1)))
    after = frame(("A", box(0, 0, 1, 1 + 30 / DEGREE_M)))
    assert len(territory_change(before, after)) == 1
    assert len(territory_change(before, after, tolerance_m=25)) == 1
    change = territory_change(before, after, tolerance_m=35)
    assert change.empty
    (aside,) = change.attrs["noise"]
    assert (aside["from_actor"], aside["to_actor"]) == ("nobody", "A")
    assert aside["area_km2"] == pytest.approx(km2(box(0, 1, 1, 1 + 30 / DEGREE_M)), rel=1e-6)
    assert change.attrs["noise_km2"] == aside["area_km2"]
    account = books(before, after, tolerance_m=35).loc["A"]
    assert account["gained_km2"] == 0
    assert account["noise_km2"] == pytest.approx(aside["area_km2"])


def test_a_tail_is_cut_off_and_the_rest_keeps_its_vertices():
    body = box(0, 0, 0.1, 0.1)
    tail = box(0.1, 0.05, 0.3, 0.05 + 20 / DEGREE_M)
    (left,) = broad(np.array([body | tail]), 50.0)
    assert shapely.symmetric_difference(left, body).area < (60 / DEGREE_M) ** 2
    corners = {(0.0, 0.0), (0.0, 0.1), (0.1, 0.0), (0.1, 0.1)}
    assert corners <= {*map(tuple, shapely.get_coordinates(left).tolist())}
    assert broad(np.array([body]), 50.0)[0].equals_exact(body)


def test_two_bodies_joined_by_a_thread_come_apart():
    thread = box(0.1, 0.05, 0.2, 0.05 + 20 / DEGREE_M)
    ground = shapely.union_all([box(0, 0, 0.1, 0.1), thread, box(0.2, 0, 0.3, 0.1)])
    before = frame(("A", box(0, 0, 1, 1)))
    after = frame(("A", box(0, 0, 1, 1) - ground), ("B", ground))
    change = territory_change(before, after, tolerance_m=50)
    assert change["parts"].tolist() == [2]
    assert change["noise_km2"][0] == pytest.approx(km2(thread), rel=0.02)
    assert change["area_km2"][0] + change["noise_km2"][0] == pytest.approx(km2(ground), rel=1e-6)
    places = territory_change(before, after, tolerance_m=50, explode=True)
    assert places["parts"].tolist() == [1, 1]
    assert places["noise_km2"].tolist() == [change["noise_km2"][0], 0]
    assert places["area_km2"].sum() == pytest.approx(change["area_km2"][0])


def test_narrow_is_everywhere_narrow():
    shapes = np.array(
        [strip(30), strip(30, 60), strip(80), MultiPolygon([strip(30), strip(80, 2)])]
    )
    assert narrow(shapes, 50.0).tolist() == [True, True, False, False]
    assert narrow(shapes, 0.0).tolist() == [False] * 4
    # As wide in degrees of longitude, half as wide on the ground.
    wide = np.array([box(0, 0, 60 / DEGREE_M, 1), box(0, 60, 60 / DEGREE_M, 61)])
    assert narrow(wide, 45.0).tolist() == [False, True]


def test_long_edges_are_straight_in_longitude_and_latitude():
    # At 60 N the chord of 2 degrees runs 400 m off in a plane: no noise of that size is made.
    xy = np.column_stack([np.linspace(0, 2, 41), np.full(41, 60.0)])
    off = np.where(np.arange(41) % 2, 10 / DEGREE_M, 0)
    jagged = xy + np.column_stack([0 * off, off])
    before = frame(("A", Polygon([(0, 60), (2, 60), (2, 61), (0, 61)])))
    after = frame(("A", Polygon([*jagged, (2, 61), (0, 61)])))
    assert not territory_change(before, after).empty
    change = territory_change(before, after, tolerance_m=15)
    assert change.empty
    assert change.attrs["noise_km2"] > 0.1


@settings(derandomize=True, max_examples=12)
@given(st.integers(0, 2**32 - 1))
def test_true_changes_stay_and_jitter_is_set_aside(seed):
    rng = np.random.default_rng(seed)
    line = np.column_stack([np.linspace(40, 41, 101), 35 + 0.05 * np.sin(np.linspace(0, 9, 101))])
    advance = line.copy()
    start = int(rng.integers(10, 60))
    advance[start : start + 20, 1] += 0.05  # some 5 km deep, 18 km wide
    jitter = rng.uniform(-15, 15, line.shape) / DEGREE_M
    jitter[[0, -1]] = 0
    before, after = bands(line), bands(advance + jitter)
    exact = km2(Polygon([*line[start - 1 : start + 21], *advance[start - 1 : start + 21][::-1]]))
    change = territory_change(before, after, tolerance_m=60)
    gained = change[(change["from_actor"] == "N") & (change["to_actor"] == "S")]
    # The side that a line moved away from gained the ground.
    assert len(change) == 1
    assert gained["parts"].tolist() == [1]
    assert gained["area_km2"].iloc[0] == pytest.approx(exact, rel=0.05)
    rough = territory_change(before, after)
    assert rough["parts"].sum() > 20
    # Nothing is lost from the books.
    for name in ("N", "S"):
        fine, plain = books(before, after, tolerance_m=60).loc[name], books(before, after).loc[name]
        net = plain["gained_km2"] - plain["lost_km2"]
        assert fine["gained_km2"] - fine["lost_km2"] + fine["noise_km2"] == pytest.approx(
            net, abs=1e-4
        )
        left = fine["before_km2"] + fine["gained_km2"] - fine["lost_km2"]
        assert left + fine["noise_km2"] + fine["edges_km2"] == pytest.approx(
            fine["after_km2"], rel=1e-12
        )
        assert abs(fine["edges_km2"]) < 1e-4
    for pair, mine in rough.set_index(["from_actor", "to_actor"])["area_km2"].items():
        aside = [n for n in change.attrs["noise"] if (n["from_actor"], n["to_actor"]) == pair]
        kept = gained["area_km2"].iloc[0] if pair == ("N", "S") else 0
        assert kept + sum(n["area_km2"] for n in aside) == pytest.approx(mine, abs=1e-4)
    assert change.attrs["noise_km2"] == pytest.approx(
        sum(n["area_km2"] for n in change.attrs["noise"])
    )


def test_jitter_alone_is_no_change():
    rng = np.random.default_rng(3)
    line = np.column_stack([np.linspace(40, 41, 201), np.full(201, 35.0)])
    jitter = rng.uniform(-10, 10, line.shape) / DEGREE_M
    jitter[[0, -1]] = 0
    change = territory_change(bands(line), bands(line + jitter), tolerance_m=50)
    assert change.empty
    apart = shapely.symmetric_difference(bands(line).geometry[0], bands(line + jitter).geometry[0])
    assert change.attrs["noise_km2"] == pytest.approx(
        sum(km2(part) for part in shapely.get_parts(apart)), rel=1e-4
    )


def test_unchanged_ground_leaves_noise_out_of_no_account():
    # What a holder kept and what was set aside of its losses are both told.
    before = frame(("A", box(0, 0, 1, 1)), ("B", box(0, 1, 1, 2)))
    edge = 1 - 20 / DEGREE_M
    after = frame(("A", box(0, 0, 1, edge)), ("B", box(0, edge, 1, 2)))
    change = territory_change(before, after, tolerance_m=50, unchanged=True)
    assert change[["from_actor", "to_actor"]].to_numpy().tolist() == [["A", "A"], ["B", "B"]]
    assert change["area_km2"].tolist() == pytest.approx(
        [km2(box(0, 0, 1, 1)), km2(box(0, 1, 1, 2))]
    )


def test_a_line_drawn_again_with_more_vertices():
    line = LineString([(40 + i / 50, 35 + 0.001 * (-1) ** i) for i in range(51)])
    fine = shapely.segmentize(line, 0.003)
    assert territory_change(bands(line.coords), bands(fine.coords)).empty
    assert territory_change(bands(fine.coords), bands(line.coords), tolerance_m=5).empty
