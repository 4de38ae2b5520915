"""Delimited text: the same cells, lines and broken rows as csv.reader finds, at any block size."""

import csv
import re
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.tables import blocks, delimited, read_table
from geoevents.tables.delimited import read_delimited

ALL_TEXT = {"text": lambda _: True}


@pytest.fixture
def file(tmp_path):
    def write(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


MISQUOTED = "quotation mark"


def expected(text, delimiter):
    """
    Read a table one row at a time: lines, cells and what is broken, by position.

    A misquoted row costs the line it starts on; reading begins anew on the next.
    """
    physical = re.findall(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z", text)
    lines, rows, start = [], [], 0
    while start < len(physical):
        reader = csv.reader(iter(physical[start:]), delimiter=delimiter, strict=True)
        line = start
        try:
            for cells in reader:
                if len(cells) > 1 or any(cells):
                    lines.append(line + 1)
                    rows.append(cells)
                line = start + reader.line_num
            break
        except csv.Error:
            if not rows:
                raise
            lines.append(line + 1)
            rows.append(None)
            start = line + 1
    width = len(rows[0])
    broken = {
        at: MISQUOTED if cells is None else f"the row has {len(cells)} cells, the header {width}"
        for at, cells in enumerate(rows[1:])
        if cells is None or len(cells) != width
    }
    cells = [[cell or None for cell in ((row or []) + [""] * width)[:width]] for row in rows[1:]]
    return lines[1:], cells, broken


def reasons(table):
    """Give what is broken, with less of the words."""
    return {
        row: MISQUOTED if MISQUOTED in why else why for row, why in sorted(table.broken.items())
    }


def cells_of(table):
    frame = table.frame.astype(object)
    return frame.where(frame.notna(), None).to_numpy().tolist()


TEXT = st.text('ab,;\t"\n\r 1é\u0639\U0001f5fa\u2028\x0b', max_size=6)


@st.composite
def tables(draw):
    """Write rows of any width, quoted where needed and sometimes where not, with any line ends."""
    width = draw(st.integers(1, 4))
    delimiter = draw(st.sampled_from(",;\t")) if width > 1 else ","
    ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\r\n"])
    pieces = [delimiter.join(f"name{at}" for at in range(width)), draw(ends)]
    for _ in range(draw(st.integers(0, 8))):
        cells = draw(st.lists(TEXT, min_size=width, max_size=width) | st.lists(TEXT, max_size=6))
        written = []
        for cell in cells:
            plain = not re.search(rf"[\r\n{delimiter}]", cell) and not cell.startswith('"')
            quoted = '"' + cell.replace('"', '""') + '"'
            written.append(cell if plain and draw(st.booleans()) else quoted)
        pieces += [delimiter.join(written), draw(ends)]
    if draw(st.booleans()):
        pieces.pop()
    return delimiter, "".join(pieces)


@settings(max_examples=300)
@given(tables(), st.integers(4, 80), st.booleans())
def test_cells_lines_and_broken_rows_are_those_of_csv_reader(tmp_path_factory, table, size, mark):
    delimiter, text = table
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" * mark + text.encode())
    lines, cells, broken = expected(text, delimiter)
    with patch.object(blocks, "BLOCK_BYTES", size):
        read = read_delimited(path, **ALL_TEXT)
    assert read.lines.tolist() == lines
    assert cells_of(read) == cells
    assert read.broken == broken


@settings(max_examples=300)
@given(st.text('ab,"\n\r', max_size=30), st.integers(4, 40), st.integers(2, 40))
def test_any_text_is_read_as_csv_reader_does_but_for_misquoted_lines(
    tmp_path_factory, text, size, again
):
    path = tmp_path_factory.mktemp("text") / "a.csv"
    text = "a,b\n" + text
    path.write_bytes(text.encode())
    lines, cells, broken = expected(text, ",")
    with (
        patch.object(blocks, "BLOCK_BYTES", size),
        patch.object(blocks, "_AGAIN_BYTES", again),
    ):
        read = read_delimited(path, **ALL_TEXT)
    assert (read.lines.tolist(), cells_of(read), reasons(read)) == (lines, cells, broken)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_outside_quotes(file, delimiter):
    path = file(f'"a;,\t;|,\t\n;;;,,,|||\t\t\t"{delimiter}b\n1{delimiter}2\n')
    assert read_delimited(path).frame["b"].tolist() == [2]


def test_a_semicolon_keeps_decimal_commas_as_text(file):
    frame = read_delimited(file("lat;lon\n35,1;40,2\n")).frame
    assert frame.to_numpy().tolist() == [["35,1", "40,2"]]


def test_words_for_missing_stay_words_and_empty_cells_are_missing(file):
    frame = read_delimited(file('a,b\nNA,nan\nnull,""\nNone,\n')).frame
    assert frame["a"].tolist() == ["NA", "null", "None"]
    assert frame["b"].isna().tolist() == [False, True, True]
    assert frame["a"].dtype == pd.Series(["a"]).dtype
    assert read_delimited(file("a,b\n1,\n")).frame["b"].dtype == frame["a"].dtype


def test_marks_inside_a_cell_that_is_not_quoted_are_text(file):
    frame = read_delimited(file('what,n\n5" gun,1\nan "aid" convoy,2\n')).frame
    assert frame["what"].tolist() == ['5" gun', 'an "aid" convoy']


def test_arabic(file):
    frame = read_delimited(file("اسم,عدد\nدير الزور,3\n")).frame
    assert frame.to_dict("list") == {"اسم": ["دير الزور"], "عدد": [3]}


def test_no_rows_and_one(file):
    table = read_delimited(file("a,b\n"))
    assert (table.frame.shape, table.lines.tolist(), table.header) == ((0, 2), [], True)
    table = read_delimited(file("a,b\n1,2"))
    assert (table.frame.shape, table.lines.tolist()) == ((1, 2), [2])
    with pytest.raises(GeoeventsError, match="is empty"):
        read_delimited(file("\n\r\n\n"))
    with pytest.raises(GeoeventsError, match="is empty"):
        read_delimited(file(b""))


def test_names_may_stand_twice_but_not_be_missing(file):
    table = read_delimited(file("a, a ,b\n1,2,3\n"))
    assert table.frame.columns.tolist() == ["a", "a", "b"]
    assert table.frame.iloc[0].tolist() == [1, 2, 3]
    with pytest.raises(GeoeventsError, match="line 2: column 2 has no name"):
        read_delimited(file("\na,,b\n"))


def test_two_thousand_columns(file):
    names = [f"c{at}" for at in range(2000)]
    text = "\n".join([",".join(names), ",".join("1" * 2000), ",".join("x" * 2000)])
    frame = read_delimited(file(text)).frame
    assert frame.shape == (2, 2000)
    assert frame.iloc[1].tolist() == ["x"] * 2000


def test_far_too_many_columns_are_refused(file):
    with pytest.raises(GeoeventsError, match=r"line 1: has 30000 columns"):
        read_delimited(file(",".join(["a"] * 30_000)))


def test_a_cell_longer_than_blocks(file):
    long = "x\n" * 3_000_000
    with patch.object(blocks, "BLOCK_BYTES", 1000):
        table = read_delimited(file(f'a,b\n"{long}",1\ny,2\n'))
    assert table.frame["a"].tolist() == [long, "y"]
    assert table.lines.tolist() == [2, 3_000_003]


def test_a_row_without_end_is_refused_before_all_of_it_is_read(file):
    with (
        patch.object(blocks, "BLOCK_BYTES", 100),
        patch.object(blocks, "MOST_ROW_BYTES", 999),
    ):
        with pytest.raises(GeoeventsError, match="line 3: is not a table: a row is longer than"):
            read_delimited(file("a,b\n1,2\n" + "x" * 9999))
        table = read_delimited(file('a,b\n1,"' + "x\n" * 9999))
        assert table.broken[0] == "a cell begins with a quotation mark that is not closed"
        assert len(table.broken) == 9999


def test_rows_that_would_nearly_all_be_filled_are_refused(file):
    path = file(",".join(["a"] * 100) + "\n" + "x\n" * 1000)
    assert len(read_delimited(path).broken) == 1000
    with (
        patch.object(delimited, "_MOST_FILLED", 1000),
        pytest.raises(GeoeventsError, match=r"fewer cells than its first line, line 1, has names"),
    ):
        read_delimited(path)


@pytest.mark.parametrize("content", ["GARBAGE\n" * 20, "a,b\n" + "1,2\n1,2,3\n" * 3])
def test_broken_rows_do_not_move_the_others(file, content):
    table = read_delimited(file(content))
    assert len(table.frame) == len(table.lines)
    assert [table.lines[row] for row in table.broken] == [
        number
        for number, line in enumerate(content.splitlines(), 1)
        if line.count(",") != content.split("\n", 1)[0].count(",")
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\na,\xe9\n1,2\n", r"line 2: byte 0xe9 is not UTF-8: save it as UTF-8"),
        (b"a,\x00\n1,2\n", "is not text: it holds NUL characters"),
        ("a,b\n1,2\n".encode("utf-16"), "is in UTF-16: save it as UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-le"), "is in UTF-16: save it as UTF-8"),
    ],
)
def test_what_is_no_table_says_where(file, content, message):
    path = file(content)
    with pytest.raises(GeoeventsError, match=message) as error:
        read_delimited(path)
    assert str(error.value).startswith(f"{path}: ")


def test_progress_grows_to_one(file):
    path = file("a,b\n" + "1,2\n" * 1000)
    told = []
    with patch.object(blocks, "BLOCK_BYTES", 100):
        read_table(path, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 20
    assert told[-1] == 1
    assert 0 < told[0] < 0.1


# -- files without a header -----------------------------------------------------------------------

HEADERS = {3: ("id", "name", "url")}


def test_a_file_without_header_has_the_names_given(file):
    path = file('\n123\t"a\thttps://x\n124\t\ty"\n')
    table = read_delimited(path, headers=HEADERS)
    assert not table.header
    assert table.frame.columns.tolist() == ["id", "name", "url"]
    assert table.frame["id"].tolist() == [123, 124]
    assert table.frame["name"].tolist()[0] == '"a'
    assert table.lines.tolist() == [2, 3]


@pytest.mark.parametrize(
    "line", ["a1\tb\tc", "1\tb", "1\tb\tc\td", "1,b,c", "1;b;c", "-1\tb\tc", "1a\tb\tc", "١\tb\tc"]
)
def test_only_such_a_file_is_taken_as_one_without_header(file, line):
    assert read_delimited(file(line + "\n"), headers=HEADERS).header


def test_rows_of_another_width_without_header(file):
    table = read_delimited(file("1\ta\tb\n2\ta\n"), headers=HEADERS)
    assert table.broken == {1: "the row has 2 cells, the header 3"}


# -- types ----------------------------------------------------------------------------------------


def test_types_only_where_nothing_is_lost(file):
    path = file(
        "n,x,gaps,code,id,flag,flags,words\n"
        "1,1.5,2,007,12345678901234567890,True,True,1\n"
        "-2,1e3,,010,12345678901234567891,False,,a\n"
    )
    frame = read_delimited(path).frame
    kinds = {name: column.dtype.kind for name, column in frame.items()}
    text = pd.Series(["a"]).dtype.kind
    assert kinds == {
        "n": "i",
        "x": "f",
        "gaps": "f",
        "code": text,
        "id": text,
        "flag": "b",
        "flags": text,
        "words": text,
    }
    assert frame["x"].tolist() == [1.5, 1000]
    assert np.isnan(frame["gaps"][1])
    kept = read_delimited(path, text=lambda name: name == "n").frame
    assert kept["n"].tolist() == ["1", "-2"]
    assert kept["x"].dtype == "float64"
