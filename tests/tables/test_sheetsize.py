"""Workbooks that would take far more memory than they look are refused before they are read."""

import runpy
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest

from geoevents.errors import GeoeventsError
from geoevents.tables import packing, read_table
from geoevents.tables.sheetsize import see_size

WORKBOOKS = runpy.run_path(str(Path(__file__).with_name("workbooks.py")))
write_xlsx, write_ods = WORKBOOKS["write_xlsx"], WORKBOOKS["write_ods"]

FAR = [
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
    "<row r='1'><c r='A1'><v>1</v></c></row><row><c s='1' r = 'XFD1048576'><v>2</v></c></row>",
    f'<row r="1">{"<c><v>1</v></c>" * 1000}</row><row r="100000"><c><v>2</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="AMJ90000"/></row>',
    '<row r="1"><c r="A1"/></row><row r="90000"><c a=">" b="<c" r="AMJ90000"/></row>',
    f'<row r="1"><c r="A1"/></row><row r="90000"><c {" " * 2_000_000} r="AMJ90000"/></row>',
    '<x:row r="1"><x:c r="A1"/></x:row><x:row r="90000"><x:c r="AMJ90000"/></x:row>',
]


@pytest.mark.parametrize("rows", FAR)
def test_cells_far_apart_in_excel(tmp_path, rows):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"Near": [["a"], [1]], "Far": rows})
    with pytest.raises(GeoeventsError, match=r"too many cells for a sheet|is nearly empty"):
        read_table(path, layer="Near")


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-cell table:number-columns-repeated="16384" office:value="1"/>',
        '<table:table-cell table:number-columns-repeated="16384"><t>x</t></table:table-cell>',
        '<table:table-cell table:number-columns-repeated="999"/><table:table-cell value="1"/>',
    ],
)
def test_cells_repeated_in_opendocument(tmp_path, cell):
    path = tmp_path / "a.ods"
    write_ods(
        path,
        f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>',
    )
    with pytest.raises(GeoeventsError, match="too many cells for a sheet"):
        read_table(path)


def test_filler_written_in_two_tags_is_empty_too(tmp_path):
    path = tmp_path / "a.ods"
    filler = '<table:table-cell table:number-columns-repeated="16383"></table:table-cell>'
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    write_ods(path, f"<table:table-row>{cell}{filler}</table:table-row>" * 2000)
    assert see_size(path) is None  # it is not refused


def test_a_sheet_that_is_full_is_not_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": [["a", "b", "c"]] + [[1, 2, 3]] * 2000})
    assert read_table(path).frame.shape == (2000, 3)


def test_a_workbook_that_unpacks_beyond_measure(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": " " * 5_000_000})
    with (
        patch.object(packing, "ANY_RATIO_BYTES", 1 << 20),
        pytest.raises(GeoeventsError, match="unpacks to more than 1 MiB"),
    ):
        read_table(path)


def test_a_binary_workbook_and_one_with_too_many_parts(tmp_path):
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "")
        book.writestr("xl/workbook.bin", "")
    with pytest.raises(GeoeventsError, match=r"is a binary workbook \(.xlsb\): save it as .xlsx"):
        read_table(path)
    with zipfile.ZipFile(path, "a") as book:
        for part in range(packing.MOST_MEMBERS):
            book.writestr(f"xl/{part}", "")
    with pytest.raises(GeoeventsError, match="more than a workbook has"):
        read_table(path)


def test_a_damaged_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": [["a"], ["x" * 1000]]})
    content = bytearray(path.read_bytes())
    at = content.rindex(b"xl/worksheets/s1.xml", 0, content.index(b"PK\x01\x02")) + 30
    content[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    with pytest.raises(GeoeventsError, match="is damaged or cut off"):
        read_table(path)


def test_both_kinds_of_workbook_in_one_file(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": FAR[0]})
    content = path.read_bytes()
    WORKBOOKS["write_xls"](path, [["a"], [1]])
    path.write_bytes(path.read_bytes() + content)
    with pytest.raises(GeoeventsError, match="too many cells for a sheet"):
        read_table(path)
