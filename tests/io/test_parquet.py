"""GeoParquet 1.1 with the box round each row."""

import json

import geopandas as gpd
import pandas as pd
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


def test_integers_with_gaps(tmp_path):
    path = tmp_path / "a.parquet"
    big = [2**53 + 1, None, -5]
    ge.write_events(events(o=pd.Series(big, dtype=object), n=pd.array(big, "Int64")), path)
    read = ge.read_events(path)
    for name in ("o", "n"):
        assert read[name].astype(object).where(read[name].notna(), None).tolist() == big
    frame = events(c=pd.Categorical(big))
    ge.write_events(frame, path)
    assert ge.read_events(path)["c"].dropna().tolist() == frame["c"].dropna().astype(int).tolist()


def test_integers_beyond_64_bits_are_refused(tmp_path):
    with pytest.raises(ge.GeoeventsError, match="row 1, column n: 18446744073709551616 is beyond"):
        ge.write_events(events(n=pd.Series([1, 2**64, None], dtype=object)), tmp_path / "a.parquet")
    assert not list(tmp_path.iterdir())
