"""What GeoPackage and FlatGeobuf hold exactly, and what they are refused."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import pytest
from shapely import Point

import geoevents as ge

LAYERS = [".gpkg", ".fgb"]
BIG = 2**53 + 1  # the first integer that a float cannot hold
pytestmark = pytest.mark.parametrize("suffix", LAYERS)


def written(path, **columns):
    frame = gpd.GeoDataFrame(
        {"event_type": ["siege"] * 2, "place": "x", "event_id": ["0", "1"], **columns},
        geometry=[Point(0, 0), Point(1, 1)],
        crs=4326,
    )
    ge.write_events(frame, path)
    return ge.read_events(path).sort_values("event_id", ignore_index=True)


def test_integers_to_the_last_digit(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    read = written(path, n=np.array([2**63 - 1, -(2**63)]), u=np.array([BIG, 1], dtype="uint64"))
    assert read["n"].tolist() == [2**63 - 1, -(2**63)]
    assert read["u"].tolist() == [BIG, 1]


@pytest.mark.parametrize("dtype", ["Int64", "UInt64", object, pd.ArrowDtype(pa.int64())])
def test_and_with_gaps_too(suffix, dtype, tmp_path):
    path = tmp_path / f"a{suffix}"
    for number in (7, 2**53, BIG, 2**63 - 1):
        read = written(path, n=pd.Series([None, number], dtype=dtype))["n"]
        assert pd.isna(read[0])
        assert int(read[1]) == number
    _, table = pyogrio.read_arrow(path, layer="events")
    assert table.schema.field("n").type == pa.int64()
    assert set(table["n"].to_pylist()) == {None, 2**63 - 1}


@pytest.mark.parametrize(
    "column",
    [
        np.array([1, 2**63], dtype="uint64"),
        pd.array([None, 2**63], dtype="UInt64"),
        pd.Series([1, 2**63], dtype=object),
        pd.Series([None, 2**70], dtype=object),
        pd.Series([None, -(2**63) - 1], dtype=object),
    ],
)
def test_integers_beyond_64_bits_are_refused(suffix, column, tmp_path):
    with pytest.raises(ge.GeoeventsError, match=r"row 1, column n: -?[0-9]{19,} is beyond what"):
        written(tmp_path / f"a{suffix}", n=column)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("zone", [None, "Asia/Damascus"])
def test_times_finer_than_a_millisecond_are_refused(suffix, zone, tmp_path):
    path = tmp_path / f"a{suffix}"
    fine = pd.to_datetime(["2024-03-01T12:00:00.123", "2024-03-01T12:00:00.123456"]).tz_localize(
        zone
    )
    with pytest.raises(ge.GeoeventsError, match=r"row 1, column own: .*123456.* is finer than"):
        written(path, own=fine)
    assert not list(tmp_path.iterdir())
    read = written(path, own=fine.floor("ms"))["own"]
    assert read.tolist() == [fine[0], fine[0]]


def test_moments_with_a_zone_come_back_in_utc(suffix, tmp_path):
    # Damascus was 2:25:12 ahead until 1920: no multiple of the quarters that GDAL knows.
    moments = pd.to_datetime(["1900-01-01T10:00", "2024-07-01T10:00"]).tz_localize("Asia/Damascus")
    read = written(tmp_path / f"a{suffix}", own=moments)["own"]
    assert str(read.dtype) == "datetime64[ms, UTC]"
    assert read.tolist() == moments.tolist()


@pytest.mark.parametrize("year", ["0000", "-0005", "10000"])
def test_years_that_gdal_does_not_have_are_refused(suffix, year, tmp_path):
    dates = np.array(["2024-01-01", f"{year}-01-01"], dtype="datetime64[s]")
    with pytest.raises(ge.GeoeventsError, match=r"row 1, column own: .* is outside the years"):
        written(tmp_path / f"a{suffix}", own=dates)
    dates = np.array(["0001-01-01", "9999-12-31T23:59:59.999"], dtype="datetime64[ms]")
    read = written(tmp_path / f"a{suffix}", own=dates)["own"]
    assert np.array_equal(read.to_numpy(), dates)


def test_mixed_cells_become_text(suffix, tmp_path):
    read = written(tmp_path / f"a{suffix}", own=pd.Series([1, "x"], dtype=object))
    assert read["own"].tolist() == ["1", "x"]
