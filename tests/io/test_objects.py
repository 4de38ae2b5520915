"""Columns of Python objects, and of what only pandas has: the same in all formats, or said."""

import datetime as dt
from decimal import Decimal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import geoevents as ge
from geoevents.io.objects import plain

TEXT_FORMATS = [".csv", ".geojson", ".kml"]
LAYERS = [".gpkg", ".fgb"]
ALL = [*TEXT_FORMATS, ".kmz", *LAYERS, ".parquet"]
NOON = dt.datetime(2024, 3, 1, 12, 0, 30, 250_000)  # noqa: DTZ001 -- the clock there
ABROAD = dt.timezone(dt.timedelta(hours=3))


def events(*cells, dtype=object):
    return gpd.GeoDataFrame(
        {"event_type": "siege", "place": "x", "own": pd.Series(cells, dtype=dtype)},
        geometry=[Point(row, row) for row in range(len(cells))],
        crs=4326,
    )


def back(path, *cells, dtype=object):
    """Write a column of one's own and read it back, in the order it was written in."""
    frame = events(*cells, dtype=dtype).assign(event_id=[str(row) for row in range(len(cells))])
    ge.write_events(frame, path)
    return ge.read_events(path).sort_values("event_id", ignore_index=True)["own"]


def cells(column):
    return column.astype(object).where(column.notna(), None).tolist()


@pytest.mark.parametrize("suffix", TEXT_FORMATS)
@pytest.mark.parametrize(
    ("given", "text"),
    [
        (dt.time(4, 30), "04:30:00"),
        (dt.date(2024, 3, 1), "2024-03-01"),
        (NOON, "2024-03-01T12:00:30.250"),
        (dt.timedelta(hours=5, minutes=1), "P0DT5H1M0S"),
    ],
)
def test_dates_times_and_durations_are_text_in_iso_8601(suffix, given, text, tmp_path):
    read = back(tmp_path / f"a{suffix}", given, None)
    if suffix == ".kml" and isinstance(given, dt.datetime):  # which keeps the type of dates
        read = read.map(lambda moment: moment.isoformat(timespec="milliseconds"), "ignore")
    assert cells(read) == [text, None]


@pytest.mark.parametrize("suffix", LAYERS)
def test_dates_stay_dates_in_layers_and_times_become_text(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    read = back(path, dt.date(2024, 3, 1), None)
    assert read.dtype == "datetime64[ms]"
    assert cells(read) == [pd.Timestamp("2024-03-01"), None]
    info = pyogrio.read_info(path, layer="events")
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert kinds["own"] == ("OFTDate" if suffix == ".gpkg" else "OFTDateTime")
    assert cells(back(path, dt.time(4, 30), None)) == ["04:30:00", None]
    assert cells(back(path, dt.timedelta(hours=5), None)) == ["P0DT5H0M0S", None]
    assert cells(back(path, NOON, None)) == [pd.Timestamp(NOON), None]


@pytest.mark.parametrize("suffix", ALL)
def test_moments_of_several_zones_are_text_with_their_zones(suffix, tmp_path):
    moments = [dt.datetime(2024, 3, 1, tzinfo=ABROAD), dt.datetime(2024, 3, 1, tzinfo=dt.UTC)]
    read = back(tmp_path / f"a{suffix}", *moments, None)
    assert cells(read) == ["2024-03-01T00:00:00+03:00", "2024-03-01T00:00:00+00:00", None]
    read = back(tmp_path / f"a{suffix}", NOON, moments[1])
    assert cells(read) == ["2024-03-01T12:00:30.250000", "2024-03-01T00:00:00+00:00"]


@pytest.mark.parametrize("suffix", [*TEXT_FORMATS, *LAYERS])
def test_dates_of_several_kinds(suffix, tmp_path):
    """As a column of Excel gives them, of which some cells were typed as text."""
    read = back(tmp_path / f"a{suffix}", dt.date(2024, 3, 1), NOON, "2024-03-03", None)
    assert cells(read) == ["2024-03-01", "2024-03-01T12:00:30.250000", "2024-03-03", None]


def test_parquet_keeps_objects(tmp_path):
    for cell in (dt.date(2024, 3, 1), dt.time(4, 30), Decimal("1.10"), dt.timedelta(hours=5)):
        assert cells(back(tmp_path / "a.parquet", cell, None)) == [cell, None]


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize("dtype", [object, "boolean", pd.ArrowDtype(pa.bool_()), "category"])
def test_truth_values_with_gaps(suffix, dtype, tmp_path):
    read = back(tmp_path / f"a{suffix}", True, None, False, dtype=dtype)
    kept = suffix == ".parquet" and isinstance(dtype, pd.ArrowDtype)
    if suffix == ".csv":  # which has no types, and in which gaps make these text
        assert [str(cell) for cell in cells(read)] == ["True", "None", "False"]
    else:
        assert read.dtype == (dtype if kept else "boolean")
        assert read.tolist() == [True, pd.NA, False]


@pytest.mark.parametrize("suffix", LAYERS)
def test_truth_values_with_gaps_are_truth_values_in_the_file(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    back(path, True, None, False)
    _, table = pyogrio.read_arrow(path, layer="events")
    assert table.schema.field("own").type == pa.bool_()
    assert sorted(table["own"].to_pylist(), key=str) == [False, None, True]


@pytest.mark.parametrize("suffix", ALL)
def test_truth_values_without_gaps_are_told_from_objects(suffix, tmp_path):
    read = back(tmp_path / f"a{suffix}", True, False)
    assert read.dtype == bool
    assert read.tolist() == [True, False]


@pytest.mark.parametrize("suffix", ALL)
def test_arrow_and_sparse_columns(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    assert back(path, 0, 7, dtype=pd.SparseDtype(int, 0)).tolist() == [0, 7]
    assert cells(back(path, "a", None, dtype=pd.ArrowDtype(pa.string()))) == ["a", None]
    assert cells(back(path, "a", None, dtype="category")) == ["a", None]


@pytest.mark.parametrize("suffix", [*TEXT_FORMATS[1:], *LAYERS])
def test_exact_decimals_keep_their_digits(suffix, tmp_path):
    read = back(tmp_path / f"a{suffix}", Decimal("1.10"), None)
    assert cells(read) == ["1.10", None]


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize("column", [[1j], np.array([1], dtype=np.longdouble)])
def test_numbers_that_only_numpy_has_are_refused_by_name(suffix, column, tmp_path):
    if np.asarray(column).dtype == np.float64:
        pytest.skip("this machine's longest floats are those of 64 bits")
    frame = events("x").assign(own=column)
    with pytest.raises(ge.GeoeventsError, match="column own: holds numbers of the dtype"):
        ge.write_events(frame, tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", TEXT_FORMATS + LAYERS)
def test_a_duration_beyond_reason_is_refused_by_name(suffix, tmp_path):
    with pytest.raises(ge.GeoeventsError, match="column own: cannot be written as text"):
        back(tmp_path / f"a{suffix}", dt.timedelta(days=999_999_999), None)


def test_objects_within_lists_of_json(tmp_path):
    ge.write_events(events([dt.date(2024, 3, 1), {"n": np.int64(2)}]), tmp_path / "a.geojson")
    read = ge.read_events(tmp_path / "a.geojson")
    assert read["own"].tolist() == [["2024-03-01", {"n": 2}]]


@settings(max_examples=200)
@given(
    given=st.lists(st.none() | st.integers(), min_size=1)
    | st.lists(st.none() | st.booleans(), min_size=1)
    | st.lists(st.none() | st.integers() | st.floats(allow_nan=False), min_size=1)
    | st.lists(st.none() | st.text() | st.booleans() | st.integers(), min_size=1)
    | st.lists(st.none() | st.datetimes(), min_size=1)
)
def test_no_cell_is_changed(given):
    made = plain(
        gpd.GeoDataFrame({"own": pd.Series(given, dtype=object)}, geometry=[None] * len(given))
    )
    assert cells(made["own"]) == given
    assert [isinstance(cell, bool) for cell in cells(made["own"])] == [
        isinstance(cell, bool) for cell in given
    ]
