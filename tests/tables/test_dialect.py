"""What the first lines of delimited text say of the others."""

from unittest.mock import patch

import pytest

from geoevents.errors import GeoeventsError
from geoevents.tables import blocks
from geoevents.tables.delimited import read_delimited


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    "line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n", "\nsep=;\n"]
)
@pytest.mark.parametrize("size", [4, 1000])
def test_the_delimiter_that_the_first_line_says(file, line, size):
    with patch.object(blocks, "BLOCK_BYTES", size):
        table = read_delimited(file(f"{line}a,1,2;b\n3;4\n"))
    assert table.frame.to_dict("list") == {"a,1,2": [3], "b": [4]}
    assert table.lines.tolist() == [2 + line.count("\n")]


@pytest.mark.parametrize("line", ["sep=;x", "sep=a;b", "sep=;sep=;"])
def test_a_first_line_that_only_begins_so_is_a_header(file, line):
    assert read_delimited(file(f"{line}\n1;2;\n")).frame.columns[0].startswith("sep=")


def test_a_delimiter_that_ends_lines(file):
    table = read_delimited(file("a,b,,\n1,2,,\n3,4\n5,6,\n7\n"))
    assert table.frame.columns.tolist() == ["a", "b"]
    assert table.frame["a"].tolist() == [1, 3, 5, 7]
    assert table.broken == {3: "the row has 1 cells, the header 4"}
    with pytest.raises(
        GeoeventsError, match="line 1: column 3 has no name, but line 3 has a value there"
    ):
        read_delimited(file("a,b,,\n1,2,,\n3,4,5,\n"))
    with pytest.raises(GeoeventsError, match="line 1: column 1 has no name"):
        read_delimited(file(",,\n1,2,3\n"))
