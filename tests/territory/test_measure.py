"""Areas and their range by the epsilon band, against pyproj, buffers and a Monte Carlo."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely import MultiPolygon, Polygon, box

from geoevents.geodesy.equalarea import EqualArea
from geoevents.territory import territory_change
from geoevents.territory.measure import areas_km2, epsilon_band, lengths_km

GEOD = Geod(ellps="WGS84")


def band(shape, metres):
    shapes = np.array([shape], dtype=object)
    area = areas_km2(shapes)
    low, high = epsilon_band(shapes, area, np.array([metres], dtype=float))
    return low[0], area[0], high[0]


def star(rng, lon=39, lat=35, number=30, size=0.1):
    turn = np.linspace(0, 2 * np.pi, number, endpoint=False)
    away = rng.uniform(0.4, 1, number) * size
    return Polygon(np.column_stack([lon + away * np.cos(turn), lat + away * np.sin(turn)]))


def moved(shape, metres):
    """The ground with its outline moved outwards (inwards) all along, in km2."""
    west, south, east, north = shape.bounds
    plane = EqualArea((west + east) / 2, (south + north) / 2)
    flat = shapely.transform(shape, plane.forward)
    return flat.buffer(metres, quad_segs=64).area / 1e6


@pytest.mark.parametrize("lat", [-60, -1, 0, 35, 60, 80])
def test_areas_are_those_of_pyproj(lat):
    shapes = [
        box(10, lat, 10.3, lat + 0.2),
        box(0, lat, 1, lat + 1) - box(0.2, lat + 0.2, 0.5, lat + 0.5),
    ]
    shapes.append(MultiPolygon([box(0, lat, 0.1, lat + 0.1), box(5, lat, 5.2, lat + 0.1)]))
    found = areas_km2(np.array(shapes, dtype=object))
    for shape, km2 in zip(shapes, found, strict=True):
        exact = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6
        assert km2 == pytest.approx(exact, rel=1e-7)


def test_no_shapes_and_empty_shapes():
    assert areas_km2(np.array([], dtype=object)).tolist() == []
    assert areas_km2(np.array([Polygon(), box(0, 0, 1, 1)]))[0] == 0


def test_very_many_vertices_are_taken_in_turns():
    large = shapely.Point(39, 35).buffer(1, quad_segs=50_000)
    shapes = np.array([large, box(0, 0, 1, 1), large, Polygon(), large], dtype=object)
    alone = areas_km2(np.array([large]))[0]
    found = areas_km2(shapes)
    assert found[[0, 2, 4]].tolist() == [alone] * 3
    assert found[1] == pytest.approx(12308.778361, abs=1e-5)
    assert found[3] == 0


def test_lengths_are_those_of_pyproj():
    shape = box(10, 50, 11, 51) - box(10.2, 50.2, 10.4, 50.4)
    assert lengths_km(np.array([shape]))[0] == pytest.approx(
        sum(GEOD.geometry_length(ring) for ring in shapely.get_rings(shape)) / 1e3, rel=1e-9
    )


def test_the_formula_by_hand():
    shape = box(40, 35, 40.1, 35.1) - box(40.02, 35.02, 40.04, 35.04)
    low, area, high = band(shape, 100)
    around = sum(GEOD.geometry_length(ring) for ring in shapely.get_rings(shape)) / 1e3
    assert low == pytest.approx(area - 0.1 * around - np.pi * 0.01, rel=1e-9)
    assert high == pytest.approx(area + 0.1 * around + np.pi * 0.01, rel=1e-9)


def test_not_known_and_none_are_no_range():
    shape = box(40, 35, 40.1, 35.1)
    for metres in (float("nan"), 0):
        low, area, high = band(shape, metres)
        assert low == area == high
    low, _, _ = band(shape, 1e6)
    assert low == 0


@pytest.mark.parametrize("seed", range(4))
def test_lines_moved_all_along_stay_inside_and_reach_it(seed):
    shape = star(np.random.default_rng(seed))
    for metres in (5, 50, 200):
        low, area, high = band(shape, metres)
        smallest, largest = moved(shape, -metres), moved(shape, metres)
        assert low * (1 - 1e-6) <= smallest < area < largest <= high * (1 + 1e-6)
        # Sharp corners take some of it back.
        assert area - smallest > 0.75 * (area - low)
        assert largest - area > 0.75 * (high - area)
    smooth = shapely.Point(39, 35).buffer(0.1, quad_segs=64)
    low, area, high = band(smooth, 100)
    assert moved(smooth, 100) == pytest.approx(high, rel=1e-6)
    assert area - moved(smooth, -100) > 0.99 * (area - low)


def test_holes_grow_when_the_ground_shrinks():
    # Many holes much smaller than the band.
    shape = box(0, 0, 0.1, 0.1)
    at = np.arange(8) * 0.01 + 0.015
    x, y = (side.ravel() for side in np.meshgrid(at, at))
    pinned = shape - MultiPolygon([*shapely.box(x, y, x + 1e-5, y + 1e-5)])
    assert shapely.get_num_interior_rings(pinned) == 64
    low, _, high = band(pinned, 100)
    assert low <= moved(pinned, -100) + 1e-6
    assert high >= moved(pinned, 100)
    both = MultiPolygon([pinned, box(1, 0, 1.1, 0.1)])
    low, _, _ = band(both, 100)
    assert low <= moved(pinned, -100) + moved(box(1, 0, 1.1, 0.1), -100) + 1e-6


def test_a_monte_carlo_stays_inside():
    rng = np.random.default_rng(7)
    shape = star(rng, number=24)
    metres = 80.0
    plane = EqualArea(39, 35)
    flat = shapely.transform(shape, plane.forward)
    low, area, high = band(shape, metres)
    corners = shapely.get_coordinates(flat)[:-1]
    outcomes = []
    for run in range(400):
        # Every vertex by itself, or all the same way, within the band.
        number = len(corners) if run % 2 else 1
        turn = rng.uniform(0, 2 * np.pi, (number, 1))
        far = metres * np.sqrt(rng.uniform(0, 1, (number, 1)))
        drawn = Polygon(corners + far * np.hstack([np.cos(turn), np.sin(turn)]))
        outcomes.append(shapely.make_valid(drawn).area / 1e6)
    outcomes = np.array(outcomes)
    assert (low < outcomes).all()
    assert (outcomes < high).all()
    # Independent errors largely cancel; the same shift everywhere changes nothing.
    assert np.ptp(outcomes[1::2]) < 0.6 * (high - low)
    assert outcomes[::2] == pytest.approx(area, rel=1e-6)
    assert outcomes.mean() == pytest.approx(area, rel=5e-3)


def test_noise_widens_the_range_of_a_change():
    before = gpd.GeoDataFrame({"actor": ["A"]}, geometry=[box(0, 0, 1, 1)], crs=4326)
    after = gpd.GeoDataFrame(
        {"actor": ["A"]}, geometry=[box(0, 0, 1, 1.0003).union(box(0, 1, 0.2, 1.2))], crs=4326
    )
    change = territory_change(before, after, tolerance_m=100, uncertainty_m=10)
    (low, high), (area, noise) = (
        change[[*names]].to_numpy()[0]
        for names in (("area_low_km2", "area_high_km2"), ("area_km2", "noise_km2"))
    )
    assert noise > 0.5
    plain = epsilon_band(
        change.geometry.to_numpy(), change["area_km2"].to_numpy(), np.array([10.0])
    )
    assert low == pytest.approx(plain[0][0])
    assert high == pytest.approx(plain[1][0] + noise)
    assert low < area < high
