"""Parquet, with and without geometries."""

from unittest.mock import patch

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet
from shapely import Point

from geoevents.errors import GeoeventsError
from geoevents.tables import read_table


def test_with_and_without_geometries(tmp_path):
    path = tmp_path / "a.csv"
    gpd.GeoDataFrame({"a": ["NA"]}, geometry=[Point(1, 2)], crs=4326).to_parquet(path)
    table = read_table(path)
    assert table.kind == "parquet"
    assert table.frame.crs == "EPSG:4326"
    assert table.frame["a"].tolist() == ["NA"]
    pd.DataFrame({"a": [1]}, index=pd.Index(["k"], name="key")).to_parquet(path)
    frame = read_table(path).frame
    assert frame.to_dict("list") == {"key": ["k"], "a": [1]}
    assert frame.index.tolist() == [0]


def test_what_is_none(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"garbage" * 10 + b"PAR1")
    with pytest.raises(GeoeventsError, match="is not Parquet that can be read"):
        read_table(path)


def test_a_huge_table_in_a_few_bytes(tmp_path):
    path = tmp_path / "a.parquet"
    constant = pa.DictionaryArray.from_arrays(pa.array(np.zeros(100_000, "int8")), ["x"])
    parquet.write_table(pa.table({"a": constant}), path)
    assert path.stat().st_size < 1000
    assert len(read_table(path).frame) == 100_000
    with (
        patch("geoevents.tables.parquet._MOST_CELLS", 10_000),
        pytest.raises(GeoeventsError, match="says it holds 100000 rows, far more"),
    ):
        read_table(path)
