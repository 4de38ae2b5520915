"""Front lines and gaps, against hand geometry, pyproj and brute force."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod
from shapely import LineString, Polygon, box

from geoevents.errors import GeoeventsError
from geoevents.territory import Gap, Territory

GEOD = Geod(ellps="WGS84")
DATE = "2024-07-08"


def held(*rows, **columns):
    names, shapes = zip(*rows, strict=True)
    return Territory.from_snapshots(
        gpd.GeoDataFrame({"actor": [*names], "date": DATE, **columns}, geometry=[*shapes], crs=4326)
    )


def km(*points):
    return GEOD.line_length(*zip(*points, strict=True)) / 1e3


# Front lines.


@pytest.mark.parametrize("lat", [0, 35, 60])
def test_a_straight_front(lat):
    control = held(("A", box(0, lat, 1, lat + 1)), ("B", box(1, lat, 2, lat + 1)))
    front = control.frontline("A", "B")
    assert front.columns.tolist() == ["a", "b", "date", "length_km", "inferred", "geometry"]
    assert front[["a", "b", "inferred"]].to_numpy().tolist() == [["A", "B", False]]
    assert front["date"].tolist() == [pd.Timestamp(DATE)]
    assert front.crs.to_epsg() == 4326
    assert front["length_km"][0] == pytest.approx(km((1, lat), (1, lat + 1)), rel=1e-9)
    assert front.geometry[0].equals(LineString([(1, lat), (1, lat + 1)]))
    back = control.frontline("B", "A")
    assert back["length_km"][0] == front["length_km"][0]


def test_stretches_the_longest_first():
    a = box(0, 0, 1, 6) - box(0.5, 2, 1, 3)
    control = held(("A", a), ("B", box(1, 0, 2, 6)))
    front = control.frontline("A", "B")
    assert front["length_km"].tolist() == pytest.approx(
        [km((1, 3), (1, 6)), km((1, 0), (1, 2))], rel=1e-9
    )


def test_a_front_round_a_pocket():
    pocket = box(1, 1, 2, 2)
    control = held(("A", box(0, 0, 3, 3) - pocket), ("B", pocket), ("C", box(3, 0, 4, 3)))
    front = control.frontline("A", "B")
    assert len(front) == 1
    assert front["length_km"][0] == pytest.approx(
        GEOD.geometry_length(pocket.exterior) / 1e3, rel=1e-9
    )
    assert control.frontline("B", "C").empty
    assert control.frontline("A", "C")["length_km"].sum() == pytest.approx(km((3, 0), (3, 3)))


def test_a_common_corner_is_no_front():
    control = held(("A", box(0, 0, 1, 1)), ("B", box(1, 1, 2, 2)))
    front = control.frontline("A", "B")
    assert front.empty
    assert front.columns.tolist()[:4] == ["a", "b", "date", "length_km"]
    assert control.frontline("A", "B", tolerance_m=10)["length_km"].sum() < 0.05


def test_a_border_on_which_only_one_has_a_vertex():
    # A third holder ends half-way along.
    control = held(("A", box(0, 0, 1, 2)), ("B", box(1, 0, 2, 0.7)), ("C", box(1, 0.7, 2, 2)))
    assert control.frontline("A", "B")["length_km"].sum() == pytest.approx(
        km((1, 0), (1, 0.7)), rel=1e-9
    )
    assert control.frontline("A", "C")["length_km"].sum() == pytest.approx(
        km((1, 0.7), (1, 2)), rel=1e-9
    )


@pytest.mark.parametrize("lat", [0, 60])
def test_borders_drawn_twice(lat):
    # 20 m of nobody's ground between two drawings with other vertices.
    off = 20 / 111_320 / np.cos(np.radians(lat + 0.5))
    east = shapely.segmentize(box(1 + off, lat, 2, lat + 1), 0.07)
    control = held(("A", box(0, lat, 1, lat + 1)), ("B", east))
    assert control.frontline("A", "B").empty
    assert control.frontline("A", "B", tolerance_m=10).empty
    front = control.frontline("A", "B", tolerance_m=40)
    assert len(front) == 1
    # Round each end it is some metres longer.
    assert front["length_km"][0] == pytest.approx(km((1, lat), (1, lat + 1)), abs=0.08)
    assert front["length_km"][0] >= km((1, lat), (1, lat + 1))
    # It is drawn as `a` draws it.
    line = front.geometry[0]
    assert LineString(box(0, lat, 1, lat + 1).exterior).buffer(1e-9).covers(line)


def test_a_long_edge_is_straight_in_longitude_and_latitude():
    # Along 60 N the chord in a plane would run 400 m away from these vertices.
    fine = np.column_stack([np.linspace(0, 2, 101), np.full(101, 60.0)])
    south = Polygon([(0, 60), (2, 60), (2, 59), (0, 59)])
    north = Polygon([*fine, (2, 61), (0, 61)])
    control = held(("A", south), ("B", north))
    front = control.frontline("A", "B", tolerance_m=5)
    assert len(front) == 1
    assert front["length_km"][0] == pytest.approx(km((0, 60), (2, 60)), rel=1e-3)


def test_a_slanting_border_with_vertices_put_in():
    a, b = (0.1, 0.2), (2.3, 1.7)
    share = np.linspace(0, 1, 8)[1:-1, None]
    between = (np.array(a) + share * (np.array(b) - np.array(a))).tolist()
    control = held(("A", Polygon([a, b, (0, 2)])), ("B", Polygon([a, (3, 0), b, *between[::-1]])))
    front = control.frontline("A", "B", tolerance_m=1)
    assert front["length_km"].sum() == pytest.approx(km(a, b), rel=1e-4)


def test_a_front_at_the_antimeridian():
    control = held(("A", box(179, 0, 180, 1)), ("B", box(-180, 0, -179, 1)))
    for tolerance_m in (0, 10):
        front = control.frontline("A", "B", tolerance_m=tolerance_m)
        assert front["length_km"].sum() == pytest.approx(km((180, 0), (180, 1)), abs=0.05)
    assert control.gap("A", "B").distance_m == 0
    near = held(("A", box(179, 0, 179.9999, 1)), ("B", box(-180, 0, -179, 1)))
    front = near.frontline("A", "B", tolerance_m=30)
    assert front["length_km"].sum() == pytest.approx(km((180, 0), (180, 1)), abs=0.1)


def test_inferred_ground_has_an_inferred_front():
    control = held(
        ("A", box(0, 0, 1, 1)),
        ("B", box(1, 0, 2, 1)),
        ("C", box(0, 1, 2, 2)),
        inferred=[False, True, False],
    )
    assert control.frontline("A", "B")["inferred"].tolist() == [True]
    assert control.frontline("A", "C")["inferred"].tolist() == [False]
    assert control.gap("A", "B").inferred
    assert not control.gap("A", "C").inferred


def test_who_holds_nothing_is_named():
    control = held(("A", box(0, 0, 1, 1)), ("B", box(1, 0, 2, 1)))
    for ask in (control.frontline, control.gap):
        with pytest.raises(GeoeventsError, match="'C' holds nothing on 2024-07-08; who does: A, B"):
            ask("A", "C")
    with pytest.raises(GeoeventsError, match="tolerance_m"):
        control.frontline("A", "B", tolerance_m=-5)


def test_one_holder_has_no_front_with_itself():
    control = held(("A", box(0, 0, 1, 1)), ("B", box(1, 0, 2, 1)))
    for ask in (control.frontline, control.gap):
        with pytest.raises(GeoeventsError, match="'A'"):
            ask("A", "A")


# Gaps.


def test_a_gap_by_hand():
    control = held(("A", box(0, 0, 1, 1)), ("B", box(1.5, 0, 2, 1)))
    gap = control.gap("A", "B", "2024-07-20")
    assert isinstance(gap, Gap)
    assert (gap.a, gap.b, gap.date) == ("A", "B", pd.Timestamp(DATE))
    assert gap.distance_m == pytest.approx(km((1, 1), (1.5, 1)) * 1e3, abs=0.01)
    assert gap.distance_low_m == gap.distance_high_m == gap.distance_m
    assert np.allclose(gap.geometry.coords, [(1, 1), (1.5, 1)], atol=1e-7)
    assert not gap.inferred
    frame = gap.to_frame()
    assert frame["distance_m"].tolist() == [gap.distance_m]
    assert frame.crs.to_epsg() == 4326


def test_a_degree_of_longitude_is_short_in_the_north():
    # In degrees the island in the south is nearer; on the ground that in the east is.
    a = box(0, 68, 1, 69)
    control = held(("A", a), ("B", box(0, 67, 1, 67.2)), ("B", box(2.4, 68, 3, 69)))
    gap = control.gap("A", "B")
    assert gap.distance_m == pytest.approx(km((1, 69), (2.4, 69)) * 1e3, rel=1e-6)
    assert np.allclose(gap.geometry.coords, [(1, 69), (2.4, 69)], atol=1e-6)


def test_grounds_that_meet_have_no_gap():
    control = held(("A", box(0, 0, 1, 1)), ("B", box(1, 0, 2, 1)))
    gap = control.gap("A", "B")
    assert gap.distance_m == gap.distance_low_m == gap.distance_high_m == 0
    start, end = gap.geometry.coords
    assert start == end


def test_the_range_is_that_of_both_lines():
    control = held(("A", box(0, 0, 1, 1)), ("B", box(1.001, 0, 2, 1)), uncertainty_m=[40.0, 90.0])
    gap = control.gap("A", "B")
    assert gap.distance_high_m == pytest.approx(gap.distance_m + 130)
    assert gap.distance_low_m == 0
    assert gap.distance_m > 100


def brute(a, b, step=0.01):
    """Least geodesic distance between points along both outlines, those of edges in lon/lat."""
    p, q = (shapely.get_coordinates(shapely.segmentize(side, step)) for side in (a, b))
    p, q = np.repeat(p, len(q), axis=0), np.tile(q, (len(p), 1))
    return GEOD.inv(*p.T, *q.T)[2].min()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("lat", [0, 65])
def test_gaps_are_those_of_brute_force(seed, lat):
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, 9, endpoint=False)
    spokes = np.column_stack([np.cos(turn), np.sin(turn)])
    stars = [
        Polygon((lon, lat + rng.uniform(-0.1, 0.1)) + rng.uniform(0.2, 0.7, (9, 1)) * spokes)
        for lon in (20, 21.5)
    ]
    gap = held(("A", stars[0]), ("B", stars[1])).gap("A", "B")
    nearest = brute(*stars)
    # Brute force sees points some hundred metres apart, never anything nearer than the nearest.
    assert gap.distance_m <= nearest * 1.001
    assert gap.distance_m >= nearest - 50
    start, end = gap.geometry.coords
    assert GEOD.inv(*start, *end)[2] == pytest.approx(gap.distance_m, rel=1e-9)
    for side, point in zip(stars, (start, end), strict=True):
        assert side.distance(shapely.Point(point)) < 1e-5


def test_a_gap_across_the_antimeridian():
    a = Polygon([(170, 60), (179, 60), (179.9, 70), (170, 70)])
    b = Polygon([(-170, 60), (-179.5, 61), (-178, 70), (-170, 70)])
    gap = held(("A", a), ("B", b)).gap("A", "B")
    assert gap.distance_m == pytest.approx(brute(a, b, 0.05), rel=1e-3)
    assert np.abs(shapely.get_coordinates(gap.geometry)[:, 0]).max() <= 180
