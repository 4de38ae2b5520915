"""Misquoted rows cost the line they start on, and no byte is looked at too often."""

from unittest.mock import patch

import pytest

from geoevents.errors import GeoeventsError
from geoevents.tables import blocks
from geoevents.tables.delimited import read_delimited
from geoevents.tables.structure import scan


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_what_is_wrong_with_a_misquoted_row(file):
    table = read_delimited(file('a,b\n"x"y,1\nz,2\n"u\nv"w,3\n4,5\n1,"t\n6,7\n'))
    assert table.lines.tolist() == [2, 3, 4, 5, 6, 7, 8]
    after = (
        "text follows the quotation mark that ends a cell (look for a quotation mark that is not "
        "closed, or one inside a cell that is not doubled)"
    )
    assert table.broken == {
        0: after,
        2: f"{after}, on line 5",
        5: "a cell begins with a quotation mark that is not closed",
    }
    assert table.frame.loc[1].tolist() == ["z", 2]
    assert table.frame["a"].isna().tolist() == [True, False, True, False, False, True, False]


def test_a_misquoted_header_is_an_error(file):
    with pytest.raises(GeoeventsError, match="line 1: is not a table: text follows the quotation"):
        read_delimited(file('"a"b,c\n1,2\n'))
    with pytest.raises(GeoeventsError, match=r"line 1: .* quotation mark that is not closed"):
        read_delimited(file('a,"c\n1,2\n'))


def test_too_many_misquoted_rows_are_an_error(file):
    path = file("a,b\n" + '"x"y,2\n' * 9)
    with patch.object(blocks, "MOST_MISQUOTED", 9):
        assert len(read_delimited(path).broken) == 9
    with (
        patch.object(blocks, "MOST_MISQUOTED", 8),
        pytest.raises(GeoeventsError, match="line 10: is not a table: text follows"),
    ):
        read_delimited(path)


@pytest.mark.parametrize(
    "row",
    [
        '"x"y,2\n',  # found at once
        '1,"x\n' + "2,x\n" * 50,  # closed only where the next one opens
        'x",y,"\n',  # open at the end of the line wherever reading begins
        '1,"x"\n"u\nv"w,3\n',
    ],
)
@pytest.mark.parametrize("end", ["", '"a"b,\n'])
def test_each_byte_is_looked_at_a_few_times(file, row, end):
    scanned = []

    def counting(data, *args, **options):
        scanned.append(len(data))
        return scan(data, *args, **options)

    content = "a,b\n" + row * (200_000 // len(row)) + end
    with (
        patch.object(blocks, "scan", counting),
        patch.object(blocks, "BLOCK_BYTES", 4096),
        patch.object(blocks, "_AGAIN_BYTES", 64),
    ):
        try:
            table = read_delimited(file(content))
        except GeoeventsError as error:
            assert "quotation mark" in str(error)  # noqa: PT017 -- the other outcome
        else:
            assert table.broken
    assert sum(scanned) < 40 * len(content)
