"""GeoJSON: RFC 7946, and JSON that every reader understands."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

import geoevents as ge
from geoevents.io import geojson


def written(frame, path):
    events = gpd.GeoDataFrame({"event_type": ["siege"] * len(frame)}, index=frame.index).join(frame)
    ge.write_events(events.set_geometry([Point(0, 0)] * len(frame), crs=4326), path)
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def test_it_is_of_rfc_7946(tmp_path):
    clockwise = Polygon([(0, 0), (0, 2), (2, 2), (2, 0)])
    frame = gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[clockwise], crs=4326)
    ge.write_events(frame, tmp_path / "a.geojson")
    content = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert set(content) == {"type", "features"}
    feature = content["features"][0]
    assert set(feature) == {"type", "properties", "geometry"}
    assert feature["properties"]["fatalities"] is None
    assert shapely.is_ccw(shapely.LinearRing(feature["geometry"]["coordinates"][0]))


@settings(max_examples=60)
@given(
    texts=st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]))),
    numbers=st.lists(st.none() | st.floats(allow_infinity=False, allow_nan=False)),
)
def test_any_text_and_number_is_read_as_it_was(texts, numbers, tmp_path_factory):
    path = tmp_path_factory.mktemp("json") / "a.json"
    rows = max(len(texts), len(numbers))
    texts, numbers = (cells + [None] * (rows - len(cells)) for cells in (texts, numbers))
    frame = gpd.GeoDataFrame(
        {"t": pd.Series(texts, dtype="str"), "n": np.array(numbers, dtype=float)},
        geometry=[None] * rows,
        crs=4326,
    )
    geojson.write_geojson(frame, path, "")
    rows = [feature["properties"] for feature in json.loads(path.read_bytes())["features"]]
    assert [row["t"] for row in rows] == texts
    assert [row["n"] for row in rows] == numbers
    assert all(isinstance(row["n"], float | None) for row in rows)


def test_more_rows_than_are_written_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(geojson, "_ROWS", 3)
    for rows in (1, 3, 4, 6, 7):
        features = written(pd.DataFrame({"n": range(rows)}), tmp_path / "a.geojson")
        assert [feature["properties"]["n"] for feature in features] == list(range(rows))


def test_lists_and_dictionaries_are_json_already(tmp_path):
    frame = pd.DataFrame({"of_all_kinds": [[1, "a"], {"b": None}, None, True]})
    features = written(frame, tmp_path / "a.geojson")
    cells = [feature["properties"]["of_all_kinds"] for feature in features]
    assert cells == [[1, "a"], {"b": None}, None, True]


@pytest.mark.parametrize("cell", [float("inf"), {1, 2}, [float("nan")]])
def test_what_json_has_no_form_for_names_column_and_row(tmp_path, cell):
    frame = pd.DataFrame({"thing": [1.0, cell]})
    with pytest.raises(ge.GeoeventsError, match=r"column thing.*\(row 1\)"):
        written(frame, tmp_path / "a.geojson")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("dtype", ["Int64", object])
def test_integers_have_their_own_digits(tmp_path, dtype):
    big = [2**53 + 1, None, -(2**63)]
    features = written(pd.DataFrame({"n": pd.Series(big, dtype=dtype)}), tmp_path / "a.geojson")
    assert [feature["properties"]["n"] for feature in features] == big
    read = ge.read_events(tmp_path / "a.geojson")["n"]
    assert [None if pd.isna(number) else int(number) for number in read] == big
    huge = [2**64 - 1, 2**70]
    features = written(pd.DataFrame({"n": pd.Series(huge, dtype=object)}), tmp_path / "a.geojson")
    assert [feature["properties"]["n"] for feature in features] == huge


def test_numbers_and_truth_values_with_gaps(tmp_path):
    frame = pd.DataFrame(
        {"f": pd.array([0.5, None], dtype="Float64"), "b": pd.array([None, True], dtype="boolean")}
    )
    features = written(frame, tmp_path / "a.geojson")
    assert [feature["properties"]["f"] for feature in features] == [0.5, None]
    assert [feature["properties"]["b"] for feature in features] == [None, True]


def test_floats_of_32_bits_are_the_same_numbers(tmp_path):
    given = np.array([0.1, np.nan, -2.5], dtype="float32")
    features = written(pd.DataFrame({"n": given}), tmp_path / "a.geojson")
    assert [feature["properties"]["n"] for feature in features] == [float(given[0]), None, -2.5]
