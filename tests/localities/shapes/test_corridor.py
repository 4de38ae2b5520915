"""Regions of a given area."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.geodesy import buffer
from geoevents.localities.shapes.corridor import SHAPE, band, corridor, reach
from geoevents.localities.shapes.sizing import UnreachableAreaError, fit_area

GEOD = Geod(ellps="WGS84")
RIVER = shapely.LineString([(40.0, 37.0), (40.4, 36.0), (40.2, 35.6), (40.5, 35.2), (40.4, 34.0)])


def km2(region):
    return sum(abs(GEOD.geometry_area_perimeter(p)[0]) for p in shapely.get_parts(region)) / 1e6


def km(line):
    return GEOD.geometry_length(line) / 1e3


@pytest.mark.parametrize("wanted", [0.1, 1, 30, 300, 5_000, 100_000])
def test_corridor_has_the_area(wanted):
    found = corridor(RIVER, wanted, focus=shapely.Point(40.3, 35.0))
    region, stretch = found.region, found.stretch
    assert region.is_valid
    assert km2(region) == pytest.approx(wanted, rel=1e-5)
    assert km(stretch) <= km(RIVER) * 1.001


def test_corridor_shape_and_place():
    focus = shapely.Point(40.1, 36.2)
    found = corridor(RIVER, 300, focus=focus)
    region, stretch = found.region, found.stretch
    assert km(stretch) == pytest.approx(math.sqrt(SHAPE * 300), rel=1e-3)
    # It is centred on the point of the river nearest to the focus.
    middle = stretch.interpolate(0.5, normalized=True)
    points = shapely.get_coordinates(shapely.segmentize(RIVER, 0.001))
    away = GEOD.inv(*(np.full(len(points), v) for v in (40.1, 36.2)), *points.T)[2]
    nearest = points[away.argmin()]
    assert GEOD.inv(middle.x, middle.y, *nearest)[2] < 200
    assert region.contains(middle)


def test_corridor_at_the_end_of_a_river_stays_on_it():
    found = corridor(RIVER, 300, focus=shapely.Point(41, 33.5))
    region, stretch = found.region, found.stretch
    assert km(stretch) == pytest.approx(math.sqrt(SHAPE * 300), rel=1e-3)
    assert stretch.coords[-1] == pytest.approx((40.4, 34.0), abs=1e-6)
    assert region.bounds[1] > 33.99  # flat ends: nothing beyond the mouth but the turn of the cap


def test_corridor_follows_all_the_river_when_nothing_says_where():
    assert corridor(RIVER, 300).stretch.equals(RIVER)


def test_one_sided_corridor_still_has_the_area():
    east = shapely.box(40.45, 33, 42, 38)
    found = corridor(
        RIVER, 50, focus=shapely.Point(40.5, 35.2), within=lambda r: shapely.intersection(r, east)
    )
    assert km2(found.region) == pytest.approx(50, rel=1e-5)
    assert found.region.bounds[0] >= 40.45 - 1e-9


def test_more_than_there_is_room_for():
    room = shapely.box(40, 35, 41, 36)
    with pytest.raises(UnreachableAreaError) as caught:
        corridor(RIVER, 50_000, focus=room.centroid, within=lambda r: shapely.intersection(r, room))
    assert caught.value.most == pytest.approx(km2(room), rel=1e-2)


def test_reach_of_more_than_the_river_is_the_river():
    assert reach(RIVER, shapely.Point(40, 36), 1e9).equals(RIVER)


@pytest.mark.parametrize("lat", [0, 35, 70])
def test_band_is_as_wide_as_said_at_any_latitude(lat):
    line = shapely.LineString([(40, lat), (40, lat + 0.5)])
    assert km2(band(line, 2_000)) == pytest.approx(km(line) * 4, rel=1e-3)


@settings(max_examples=30)
@given(st.floats(0.1, 100_000), st.floats(-65, 65))
def test_disc_of_any_area_anywhere(wanted, lat):
    point = shapely.Point(20, lat)
    region = fit_area(lambda scale: buffer(point, 1000 * scale), wanted)
    assert km2(region) == pytest.approx(wanted, rel=1e-5)


def test_fit_gives_up_on_what_does_not_grow():
    fixed = shapely.box(40, 35, 40.1, 35.1)
    with pytest.raises(UnreachableAreaError) as caught:
        fit_area(lambda _: fixed, 1_000)
    assert caught.value.most == pytest.approx(km2(fixed), rel=1e-6)
    with pytest.raises(UnreachableAreaError) as caught:
        fit_area(lambda _: fixed, 1)
    assert caught.value.least == pytest.approx(km2(fixed), rel=1e-6)
