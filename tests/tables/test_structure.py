"""Rows found in bytes."""

import pytest

from geoevents.tables.structure import MisquotedError, count_lines, scan


def test_a_cut_off_row_is_left_for_later():
    found = scan(b'a,b\nc,"d\n', b",", last=False)
    assert (found.length, found.widths.tolist(), found.breaks) == (4, [2], 1)
    assert found.open_at == 6


def test_a_return_at_the_end_may_be_half_a_line_break():
    assert scan(b"a,b\r", b",", last=False).length == 0
    assert scan(b"a,b\r", b",", last=True).length == 4


def test_quoting_that_does_not_fit_says_where():
    with pytest.raises(MisquotedError) as error:
        scan(b'a\n"b" c\n', b",", last=True)
    assert error.value.position == 5


def test_a_row_that_is_cut_off_is_not_judged_yet():
    assert scan(b'a\n"b"', b",", last=False).length == 2


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (b'"a""b",c\n', ['a"b', "c"]),
        (b'"a\r\nb",""\r\n', ["a\r\nb", ""]),
        (b',"""",\n', ["", '"', ""]),
        (b'x"",y"\n', ['x""', 'y"']),
        (b'"","",""""""\n', ["", "", '""']),
    ],
)
def test_cells_of_a_row(data, cells):
    found = scan(data, b",", last=True)
    assert list(found.cells(data, 0, 9)) == cells
    assert list(found.cells(data, 0, 1)) == cells[:1]
    assert found.widths.tolist() == [len(cells)]


@pytest.mark.parametrize(("most", "end"), [(1, 9), (2, 13), (3, 15), (9, 15)])
def test_where_a_row_of_fewer_cells_would_end(most, end):
    found = scan(b'p,q\n"a,b","c",d\r\n', b",", last=True)
    assert found.end_of(1, most) == end


def test_without_quoting_marks_are_text():
    found = scan(b'"a,b\n', b",", last=True, quoting=False)
    assert list(found.cells(b'"a,b\n', 0, 9)) == ['"a', "b"]


@pytest.mark.parametrize(
    ("data", "lines"), [(b"", 0), (b"\n", 1), (b"\r\n", 1), (b"\n\r", 2), (b"\r\r\n\n", 3)]
)
def test_lines_are_counted(data, lines):
    assert count_lines(data) == lines
