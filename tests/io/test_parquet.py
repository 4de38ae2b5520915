"""GeoParquet 1.1 with the box round each row."""

import json

import geopandas as gpd
import pytest
from pyarrow import parquet
from shapely import Point, box

import geoevents as ge


def events(**columns):
    return gpd.GeoDataFrame(
        {"event_type": ["siege"] * 3, "place": "x", **columns},
        geometry=[Point(1, 2), None, box(0, 0, 1, 1)],
        crs=4326,
    )


def metadata(path):
    return json.loads(parquet.read_schema(path).metadata[b"geo"])


def test_it_is_of_version_1_1_and_says_where_the_boxes_are(tmp_path):
    path = tmp_path / "a.parquet"
    ge.write_events(events(), path)
    geo = metadata(path)
    assert geo["version"] == "1.1.0"
    covering = geo["columns"]["geometry"]["covering"]["bbox"]
    assert covering["xmin"] == ["bbox", "xmin"]
    boxes = parquet.read_table(path)["bbox"].to_pylist()
    assert boxes[2] == {"xmin": 0, "ymin": 0, "xmax": 1, "ymax": 1}


def test_a_part_is_read_by_its_place(tmp_path):
    path = tmp_path / "a.parquet"
    ge.write_events(events(), path)
    assert len(gpd.read_parquet(path, bbox=(0.9, 1.9, 1.1, 2.1))) == 1


def test_the_boxes_are_no_column_of_the_events(tmp_path):
    path = tmp_path / "a.parquet"
    ge.write_events(events(), path)
    assert "bbox" not in ge.read_events(path)


@pytest.mark.parametrize("cells", [[1, 2, 3], ["a", None, "c"]])
def test_a_column_of_that_name_is_kept_instead(tmp_path, cells):
    path = tmp_path / "a.parquet"
    ge.write_events(events(bbox=cells), path)
    read = ge.read_events(path)["bbox"]
    assert read.astype(object).where(read.notna(), None).tolist() == cells
    assert "covering" not in metadata(path)["columns"]["geometry"]
