"""Old workbooks: how far their cells reach is seen before they are read."""

import runpy
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.tables import read_table
from geoevents.tables.compound import extent

WORKBOOKS = runpy.run_path(str(Path(__file__).with_name("workbooks.py")))
write_xls, compound = WORKBOOKS["write_xls"], WORKBOOKS["compound"]

ROWS = [["name", "n"], ["دير", 1], ["NA", 2]]


def test_an_old_workbook_is_read(tmp_path):
    path = tmp_path / "a.csv"
    write_xls(path, ROWS)
    table = read_table(path)
    assert table.kind == "excel"
    assert table.frame.to_dict("list") == {"name": ["دير", "NA"], "n": [1, 2]}
    assert extent(path) == (3, 2)


def test_a_small_stream_and_what_a_sheet_says_of_itself(tmp_path):
    path = tmp_path / "a.xls"
    number = struct.pack("<HHHHHd", 0x0203, 14, 6, 4, 0, 1.0)
    path.write_bytes(compound(number, small=True))
    assert extent(path) == (7, 5)
    write_xls(path, ROWS, dimensions=(50, 60))
    assert extent(path) == (50, 60)


@pytest.mark.parametrize(
    ("rows", "dimensions"),
    [
        ([[1], (0x0203, struct.pack("<HHHd", 65535, 65535, 0, 1.0))], (0, 0)),
        ([[1], (0x00BD, struct.pack("<HHHIH", 65535, 3, 0, 0, 65535))], (0, 0)),
        ([[1]], (1 << 31, 65535)),
    ],
)
def test_cells_far_apart(tmp_path, rows, dimensions):
    path = tmp_path / "a.xls"
    write_xls(path, rows, dimensions)
    with pytest.raises(GeoeventsError, match="too many cells for a sheet: save it as CSV"):
        read_table(path)


def test_a_circle_of_sectors_ends(tmp_path):
    path = tmp_path / "a.xls"
    write_xls(path, ROWS)
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, 512 + 4 * 10, 3)  # the last sector of the stream
    path.write_bytes(content)
    with pytest.raises(GeoeventsError, match="its sectors go in a circle"):
        read_table(path)


@given(st.lists(st.tuples(st.integers(8, 1600), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_damage_is_an_error_or_none(tmp_path_factory, changes):
    path = tmp_path_factory.mktemp("xls") / "a.xls"
    write_xls(path, ROWS)
    content = bytearray(path.read_bytes())
    for at, value in changes:
        content[at] = value
    path.write_bytes(content)
    try:
        rows, columns = extent(path)
    except GeoeventsError as error:
        assert str(error).startswith(f"{path}: ")  # noqa: PT017 -- the other outcome
        return
    assert rows >= 0
    assert columns >= 0
