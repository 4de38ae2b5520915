"""Polygons that are not what they should be: repaired and told, or refused and named."""

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely import (
    GeometryCollection,
    LinearRing,
    LineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)

from geoevents.errors import GeoeventsError, GeometryError
from geoevents.territory import RepairWarning, Territory, books, territory_change

GEOD = Geod(ellps="WGS84")
SQUARE = box(0, 0, 1, 1)


def frame(*shapes, crs=4326):
    return gpd.GeoDataFrame({"actor": ["A"] * len(shapes)}, geometry=[*shapes], crs=crs)


NONE = frame()


def taken(shape, says):
    """The ground that is made of a shape, and how the warning says so."""
    with pytest.warns(RepairWarning, match=says) as told:
        change = territory_change(NONE, frame(shape))
    assert len(told) == 1
    assert str(told[0].message).startswith("territory_change: after row 0 ")
    assert told[0].filename == __file__
    assert len(change.attrs["repairs"]) >= 1
    assert change.geometry.is_valid.all()
    return change.geometry[0] if len(change) else Polygon()


def refused(shape, says):
    with pytest.raises(GeometryError, match=says):
        territory_change(NONE, frame(SQUARE, shape))


def test_a_bow_tie_keeps_both_halves():
    ground = taken(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), "not valid .*Self-intersection")
    assert ground.area == pytest.approx(2)
    assert ground.geom_type == "MultiPolygon"


def test_a_ring_drawn_twice_counts_once():
    ground = taken(MultiPolygon([SQUARE, SQUARE]), "not valid")
    assert ground.equals(SQUARE)


def test_a_ring_that_runs_twice_round():
    xy = [(0, 0), (1, 0), (1, 1), (0, 1)]
    assert taken(Polygon(xy + xy), "not valid").equals(SQUARE)


def test_winding_does_not_matter():
    hole = box(0.2, 0.2, 0.4, 0.4).exterior.coords
    for shell in (SQUARE.exterior.coords, SQUARE.exterior.coords[::-1]):
        for inner in (hole, hole[::-1]):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                change = territory_change(NONE, frame(Polygon(shell, [inner])))
            assert change.geometry[0].area == pytest.approx(0.96)
    backwards = frame(Polygon(SQUARE.exterior.coords[::-1]))
    assert territory_change(frame(SQUARE), backwards).empty


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 91, 200])
def test_coordinates_that_are_none_are_refused(value):
    with np.errstate(invalid="ignore"):
        shape = Polygon([(0, 0), (1, value), (1, 1)])
    refused(shape, "after row 1 has a vertex .*latitude")


def test_longitudes_that_are_none_are_refused():
    with np.errstate(invalid="ignore"):
        shape = Polygon([(0, 0), (float("nan"), 0), (1, 1)])
    refused(shape, "after row 1 has a vertex")
    refused(box(500_000, 10, 500_100, 20), "check its CRS and the order of its coordinates")


def test_heights_and_measures_are_left_out():
    high = shapely.force_3d(SQUARE, 12.0)
    assert taken(high, "has heights: left out").equals(SQUARE)
    assert not taken(high, "heights").has_z
    measured = shapely.from_wkt("POLYGON M ((0 0 5, 1 0 5, 1 1 5, 0 1 5, 0 0 5))")
    assert taken(measured, "left out").equals(SQUARE)
    both = shapely.from_wkt("POLYGON ZM ((0 0 5 1, 1 0 5 1, 1 1 5 1, 0 1 5 1, 0 0 5 1))")
    assert taken(both, "left out").equals(SQUARE)


def test_collections_keep_their_polygons():
    mixed = GeometryCollection([SQUARE, Point(5, 5), LineString([(0, 0), (9, 9)])])
    assert taken(mixed, "holds 2 points or lines beside its polygons: left out").equals(SQUARE)
    nested = GeometryCollection([GeometryCollection([SQUARE]), MultiPolygon([box(2, 0, 3, 1)])])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert territory_change(NONE, frame(nested)).geometry[0].area == 2
    overlapping = GeometryCollection([SQUARE, box(0.5, 0, 1.5, 1)])
    assert taken(overlapping, "not valid").area == pytest.approx(1.5)


@pytest.mark.parametrize(
    "shape",
    [
        Point(0, 0),
        MultiPoint([(0, 0), (1, 1)]),
        LineString([(0, 0), (1, 1)]),
        LinearRing([(0, 0), (1, 0), (1, 1)]),
        GeometryCollection([Point(0, 0), LineString([(0, 0), (1, 1)])]),
    ],
)
def test_points_and_lines_hold_no_ground(shape):
    refused(shape, f"after row 1 is a {shape.geom_type}, which holds no ground")


def test_a_ring_of_no_width_is_refused():
    refused(Polygon([(0, 0), (1, 1), (2, 2), (0, 0)]), "after row 1 encloses no ground")


def test_empty_and_missing_hold_nothing():
    assert taken(None, "has no geometry: taken as holding nothing").is_empty
    for empty in (Polygon(), MultiPolygon(), GeometryCollection(), Point()):
        assert taken(empty, "an empty geometry: taken as holding nothing").is_empty


def test_holes_that_touch():
    at_a_point = Polygon(
        box(0, 0, 9, 9).exterior.coords,
        [box(1, 1, 3, 3).exterior.coords, box(3, 3, 5, 5).exterior.coords],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = territory_change(NONE, frame(at_a_point))
    assert change.geometry[0].area == pytest.approx(81 - 8)
    along_a_line = Polygon(
        box(0, 0, 9, 9).exterior.coords,
        [box(1, 1, 3, 3).exterior.coords, box(3, 1, 5, 3).exterior.coords],
    )
    assert taken(along_a_line, "not valid").area == pytest.approx(81 - 8)
    at_the_edge = Polygon(box(0, 0, 9, 9).exterior.coords, [box(0, 1, 2, 3).exterior.coords])
    assert taken(at_the_edge, "not valid").area == pytest.approx(81 - 4)


def test_across_the_antimeridian():
    east = Polygon([(178, 10), (-178, 10), (-178, 12), (178, 12)])
    ground = taken(east, "crosses the antimeridian: cut in two there")
    assert ground.area == pytest.approx(8)
    assert ground.bounds == (-180, 10, 180, 12)
    beyond = taken(box(178, 10, 182, 12), "crosses the antimeridian: cut in two there")
    assert beyond.equals(ground)
    with pytest.warns(RepairWarning):
        size = territory_change(NONE, frame(east))["area_km2"][0]
    exact = abs(GEOD.geometry_area_perimeter(east)[0]) / 1e6
    assert size == pytest.approx(exact, rel=1e-3)  # edges along a parallel, cut in two
    with pytest.warns(RepairWarning):
        assert territory_change(frame(east), frame(box(178, 10, 182, 12))).empty


def test_longitudes_from_0_to_360():
    ground = taken(box(350, 0, 355, 1), "has longitudes beyond ±180: turned back")
    assert ground.equals(box(-10, 0, -5, 1))


def test_a_wide_ground_is_not_cut():
    # Steps of less than half a turn: Russia is as wide.
    wide = Polygon([(-100, 0), (0, 0), (100, 0), (100, 10), (0, 10), (-100, 10)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert territory_change(NONE, frame(wide)).geometry[0].equals(wide)


def test_no_crs_is_refused_and_others_are_reprojected():
    bare = gpd.GeoDataFrame({"actor": ["A"]}, geometry=[SQUARE])
    with pytest.raises(GeometryError, match=r"after: .*CRS"):
        territory_change(NONE, bare)
    change = territory_change(frame(SQUARE), frame(SQUARE).to_crs(3857), tolerance_m=0.1)
    assert change.empty
    projected = territory_change(NONE, frame(SQUARE).to_crs(32631))
    assert projected.crs.to_epsg() == 4326
    assert shapely.hausdorff_distance(projected.geometry[0], SQUARE) < 1e-9
    no_column = gpd.GeoDataFrame({"actor": ["A"]})
    with pytest.raises(GeometryError, match="after has no active geometry column"):
        territory_change(NONE, no_column)


def test_one_warning_tells_of_all_and_counts_the_rest():
    bow_tie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    ties = [shapely.transform(bow_tie, lambda xy, i=i: np.add(xy, (3 * i, 0))) for i in range(8)]
    with pytest.warns(RepairWarning, match="and 4 more") as told:
        change = territory_change(frame(ties[0]), frame(*ties))
    assert len(told) == 1
    text = str(told[0].message)
    assert "before row 0" in text
    assert "after row 3" in text
    assert len(change.attrs["repairs"]) == 9


def test_a_shape_with_several_faults_tells_each():
    tie = shapely.force_3d(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), 1.0)
    mixed = GeometryCollection([tie, Point(1, 1)])
    with pytest.warns(RepairWarning) as told:
        territory_change(NONE, frame(mixed))
    text = str(told[0].message)
    for part in ("heights", "1 points or lines", "not valid"):
        assert part in text


def test_large_shapes_are_repaired_each_time():
    turn = np.linspace(0, 2 * np.pi, 400)
    eight = Polygon(np.column_stack([np.sin(turn), np.sin(2 * turn)]))
    for _ in range(2):
        assert not taken(eight, "not valid").is_empty
    large = Point(0, 0).buffer(1, quad_segs=100)
    for _ in range(2):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert territory_change(NONE, frame(large)).geometry[0].equals(large)


def test_books_and_territory_tell_too():
    tie = frame(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]))
    with pytest.warns(RepairWarning, match="books: before row 0 is not valid"):
        books(tie, NONE)
    with pytest.warns(RepairWarning, match="Territory: row 0 is not valid") as told:
        Territory.from_snapshots(tie.assign(date="2024-07-08"))
    assert told[0].filename == __file__


@pytest.mark.parametrize(
    "wide",
    [
        shapely.box(-180, 0, 180, 10),
        shapely.box(-180, -90, 180, 90),
        shapely.box(-90, 0, 90, 10),
        shapely.box(-180, 0, 0, 10),
        shapely.box(-180, 0, 1, 10),
        shapely.box(0, 0, 200, 10),
    ],
)
def test_an_edge_too_long_to_know_its_way_is_refused_and_the_way_out_works(wide):
    frame = gpd.GeoDataFrame({"actor": ["A"]}, geometry=[wide], crs=4326)
    with pytest.raises(GeometryError, match=r"row 0 .*which way that edge goes.*segmentize"):
        territory_change(frame.iloc[:0], frame)
    fine = frame.set_geometry(shapely.segmentize(frame.geometry, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RepairWarning)  # longitudes beyond 180 are turned back
        change = territory_change(frame.iloc[:0], fine)
    # Lambert's cylindrical equal-area plane on WGS 84 keeps areas of straight edges.
    west, south, east, north = wide.bounds
    strip = gpd.GeoSeries([shapely.box(0, south, 1, north)], crs=4326).to_crs("+proj=cea")
    assert change["area_km2"].sum() == pytest.approx(strip.area[0] / 1e6 * (east - west), rel=2e-4)


def test_a_precision_grid_does_not_round_what_is_cut():
    rough = shapely.set_precision(shapely.box(0, 0, 1, 1), 0.1)
    frame = gpd.GeoDataFrame({"actor": ["A"], "date": ["2020-01-01"]}, geometry=[rough], crs=4326)
    cut = Territory.from_snapshots(frame).clip(shapely.box(0, 0, 0.56, 1))
    assert cut.frame.geometry[0].equals(shapely.box(0, 0, 0.56, 1))


def test_a_column_that_stands_twice_and_names_in_bytes_are_refused():
    frame = gpd.GeoDataFrame({"actor": ["A"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326)
    twice = frame[["actor", "actor", "geometry"]]
    with pytest.raises(GeoeventsError, match="before has the column 'actor' twice"):
        territory_change(twice, frame)
    with pytest.raises(GeoeventsError, match="row 0: its actor is a bytes"):
        territory_change(frame, frame.assign(actor=[b"A"]))
