"""Any file is read or refused with one clear error."""

import os
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.tables import Table, read_table, recognise


@pytest.mark.parametrize("read", [read_table, recognise])
def test_paths(tmp_path, read):
    with pytest.raises(GeoeventsError, match="there is no such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(GeoeventsError, match="is a folder"):
        read(tmp_path)
    (tmp_path / "a").write_text("a\n1\n")
    assert read(str(tmp_path / "a"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(GeoeventsError, match="is a device or a pipe"):
            read(tmp_path / "pipe")


def test_what_the_caller_says_counts_for_text_only(tmp_path):
    path = tmp_path / "a"
    path.write_text('{"a": 1}\n')
    assert read_table(path, kind="csv").frame.columns.tolist() == ['{"a": 1}']
    with pytest.raises(GeoeventsError, match="is json, not excel"):
        read_table(path, kind="excel")
    with pytest.raises(GeoeventsError, match="kind is 'xls': use one of csv, json"):
        read_table(path, kind="xls")


def test_a_layer_where_there_are_none(tmp_path):
    path = tmp_path / "a"
    path.write_text("a\n1\n")
    with pytest.raises(GeoeventsError, match="has no layers: leave out layer='x'"):
        read_table(path, layer="x")


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = (
        "import sys, geoevents.tables; print('geopandas' in sys.modules, 'pyogrio' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


STARTS = [
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x1f\x8b\x08\x00",
    b"\x00\x00\x27\x0a",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{",
    b"[",
    b"<",
    b"\xef\xbb\xbf",
    b"a,b\n",
]


@settings(max_examples=200)
@given(st.sampled_from(STARTS), st.binary(max_size=100) | st.text(max_size=50).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory, start, rest):
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(start + rest)
    try:
        table = read_table(path)
    except GeoeventsError as error:
        assert str(error).startswith(f"{path}")  # noqa: PT017 -- the other outcome
        return
    assert isinstance(table, Table)
    assert isinstance(table.frame, pd.DataFrame)
