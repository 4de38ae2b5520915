"""FlatGeobuf: with its index where it can have one."""

import geopandas as gpd
import pyogrio
import pytest
from shapely import Point

import geoevents as ge


def events(shapes):
    return gpd.GeoDataFrame(
        {"event_type": ["siege"] * len(shapes), "place": "x", "n": range(len(shapes))},
        geometry=list(shapes),
        crs=4326,
    )


def info(path):
    return pyogrio.read_info(path)["capabilities"]


def test_it_has_an_index_of_space(tmp_path):
    path = tmp_path / "a.fgb"
    ge.write_events(events([Point(x, x / 2) for x in range(50)]), path)
    assert info(path)["fast_spatial_filter"]
    found = pyogrio.read_dataframe(path, bbox=(9.5, 0, 12.5, 90))
    assert sorted(found["n"]) == [10, 11, 12]


def test_rows_without_a_place_are_kept_in_order_and_without_an_index(tmp_path):
    path = tmp_path / "a.fgb"
    ge.write_events(events([Point(50, 5), None, Point(-50, 5)]), path)
    assert not info(path)["fast_spatial_filter"]
    assert ge.read_events(path)["n"].tolist() == [0, 1, 2]


def test_heights_here_and_there_are_refused(tmp_path):
    with pytest.raises(ge.GeoeventsError, match="row 2 has heights, row 1 has none"):
        ge.write_events(events([None, Point(0, 0), Point(0, 0, 1)]), tmp_path / "a.fgb")
    assert not list(tmp_path.iterdir())
