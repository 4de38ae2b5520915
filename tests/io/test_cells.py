"""Cells that no file can take."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import geoevents as ge
from geoevents.io import write_changes

SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz"]
CONTROL = "a\x01\x08\x1b\x7fb\u2028\u202e"


def events(cells, dtype=object):
    return gpd.GeoDataFrame(
        {"event_type": "siege", "place": "x", "own": pd.Series(cells, dtype=dtype)},
        geometry=[Point(1, 2)] * len(cells),
        crs=4326,
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("cell", "dtype"),
    [("a\0b", "str"), ("\0", object), ("\0", "category"), ("a\0", "string[python]"),
     ("\ud800", object), ("\udfff", "string[python]")],
)  # fmt: skip
def test_characters_that_no_file_can_store(suffix, cell, dtype, tmp_path):
    frame = events(["fine", None, cell], dtype)
    bad = next(character for character in cell if character not in "ab")
    for write in (ge.write_events, write_changes):
        with pytest.raises(ge.GeoeventsError, match=rf"row 2, column own: .*U\+{ord(bad):04X}"):
            write(frame, tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_among_cells_of_other_kinds_too(suffix, tmp_path):
    with pytest.raises(ge.GeoeventsError, match="row 1, column own: "):
        ge.write_events(events([7, "a\0b"]), tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", [name for name in SUFFIXES if not name.startswith(".km")])
def test_other_control_characters_are_kept(suffix, tmp_path):
    ge.write_events(events([CONTROL]), tmp_path / f"a{suffix}")
    assert ge.read_events(tmp_path / f"a{suffix}")["own"].tolist() == [CONTROL]
