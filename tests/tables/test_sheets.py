"""Sheets: cells with the types they have, and which sheet is meant."""

import runpy
from pathlib import Path

import pandas as pd
import pytest

from geoevents.errors import GeoeventsError
from geoevents.tables import read_table

WORKBOOKS = runpy.run_path(str(Path(__file__).with_name("workbooks.py")))
write_xlsx, write_ods = WORKBOOKS["write_xlsx"], WORKBOOKS["write_ods"]


def test_cells_keep_their_types(tmp_path):
    path = tmp_path / "events.xls"  # not what its suffix says
    write_xlsx(
        path,
        {
            "Sheet1": [
                ["name", " when ", "n", "x", "NA", "sure"],
                ["دير الزور", (45079,), 3, 0.5, "NA", True],
                ["007", (45080.5,), 4, 1, "null", False],
            ]
        },
    )
    table = read_table(path)
    assert table.kind == "excel"
    frame = table.frame
    assert frame.columns.tolist() == ["name", "when", "n", "x", "NA", "sure"]
    assert frame["name"].tolist() == ["دير الزور", "007"]
    assert frame["name"].dtype == pd.Series(["a"]).dtype
    assert frame["when"].tolist() == [pd.Timestamp("2023-06-02"), pd.Timestamp("2023-06-03 12:00")]
    assert frame["n"].tolist() == [3, 4]
    assert frame["x"].tolist() == [0.5, 1]
    assert frame["NA"].tolist() == ["NA", "null"]
    assert frame["sure"].tolist() == [True, False]


def test_empty_rows_and_columns_are_none_and_lines_are_those_of_the_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(
        path,
        {"S": [[], ["a", None, "b"], [], ["x", None, None], [None, None, None], [None, None, 1]]},
    )
    table = read_table(path)
    assert table.frame.columns.tolist() == ["a", "b"]
    assert table.frame["a"].tolist()[0] == "x"
    assert table.frame.isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert table.lines.tolist() == [4, 6]


def test_a_header_alone(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": [["a", "b"]]})
    table = read_table(path)
    assert (table.frame.shape, table.frame.columns.tolist()) == ((0, 2), ["a", "b"])


def test_the_sheet_that_is_meant(tmp_path):
    path = tmp_path / "a.xlsx"
    sheets = {"One": [["a"], [1]], "Two": [["b"], [2]], "Empty": []}
    write_xlsx(path, sheets)
    with pytest.raises(GeoeventsError, match="which sheet is meant\\? It has One, Two; name one"):
        read_table(path)
    assert read_table(path, layer="Two").frame["b"].tolist() == [2]
    with pytest.raises(GeoeventsError, match="has no sheet 'Three': it has One, Two, Empty"):
        read_table(path, layer="Three")
    with pytest.raises(GeoeventsError, match="is empty"):
        read_table(path, layer="Empty")
    write_xlsx(path, sheets | {"events": [["c"], [3]]})
    assert read_table(path).frame["c"].tolist() == [3]
    write_xlsx(path, {"One": [["a"], [1]], "Empty": []})
    assert read_table(path).frame["a"].tolist() == [1]


def test_a_column_without_a_name(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": [[], ["a", None], [1, 2]]})
    with pytest.raises(GeoeventsError, match="sheet 'S': row 2: column 2 has no name"):
        read_table(path)


def test_a_title_above_the_names(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"S": [["Incidents " * 9], [], ["a", "b", "c"], [1, 2, 3]]})
    with pytest.raises(
        GeoeventsError,
        match=r"row 1: column 2 has no name: the first row must hold the names of the columns, and "
        r"nothing stand above it; this one holds 'Incidents .{30}\.\.\.'$",
    ):
        read_table(path)
    write_xlsx(path, {"S": [["a", None, "b", "c", "d"], [1] * 5]})
    with pytest.raises(GeoeventsError, match=r"this one holds 'a', 'b', 'c' and more$"):
        read_table(path)


def test_times_of_day_are_text_and_days_are_dates(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(
        path,
        {
            "S": [
                ["time", "day"],
                [(0.1875,), (45079,)],
                [(0.75001,), None],
                [(0.9999999,), None],
                ["?", None],
            ]
        },
    )
    frame = read_table(path).frame
    assert frame["time"].tolist() == ["04:30:00", "18:00:01", "23:59:59", "?"]
    assert frame["time"].dtype == pd.Series(["a"]).dtype
    assert frame["day"].tolist()[0] == pd.Timestamp("2023-06-02")
    assert frame["day"].dtype.kind == "M"


def test_opendocument_with_the_empty_rest_of_the_sheet(tmp_path):
    path = tmp_path / "a.csv"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    date = '<table:table-cell office:value-type="date" office:date-value="2023-06-02"/>'
    rest = '<table:table-cell table:number-columns-repeated="16382"/>'
    write_ods(
        path,
        f"<table:table-row>{cell.format('name')}{cell.format('when')}{rest}</table:table-row>"
        f"<table:table-row>{cell.format('NA')}{date}{rest}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    )
    table = read_table(path)
    assert table.kind == "excel"
    assert table.frame.to_dict("list") == {"name": ["NA"], "when": [pd.Timestamp("2023-06-02")]}


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_a_compound_file_that_is_no_sheet(tmp_path, content):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(GeoeventsError, match="is not a sheet that can be read") as error:
        read_table(path)
    assert str(error.value).startswith(f"{path}: ")
