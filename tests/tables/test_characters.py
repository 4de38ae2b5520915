"""Rows with what is no character, and files in another encoding."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.tables import blocks, characters, read_table
from geoevents.tables.delimited import read_delimited

ALL_TEXT = {"text": lambda _: True}


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_byte_that_is_not_utf8_costs_its_row_only(file):
    path = file(
        b'a,b\r\nDeir,1\r\n\r\nHaj\xedn,2\r\n"x\r\n\xff\xfe",3\r\nd\xc3\xa9,4\r\ne,5\r\nf,6'
    )
    table = read_delimited(path)
    assert table.lines.tolist() == [2, 4, 5, 7, 8, 9]
    assert table.frame["a"].tolist() == ["Deir", "Haj\ufffdn", "x\r\n\ufffd\ufffd", "dé", "e", "f"]
    assert table.frame["b"].tolist() == [1, 2, 3, 4, 5, 6]
    assert table.broken == {
        1: "byte 0xed is not UTF-8: save it as UTF-8",
        2: "byte 0xff is not UTF-8: save it as UTF-8",
    }


def test_a_nul_costs_its_row_only(file):
    table = read_delimited(file(b"a,b\n1,x\n2,y\x00z\x00\n3,\x00,\xe9\n4,z\n5,u\n6,v\n"))
    assert table.frame["a"].tolist() == [1, 2, 3, 4, 5, 6]
    assert table.frame["b"].tolist()[1] == "y\ufffdz\ufffd"
    assert table.broken == {
        1: "is not text: it holds NUL characters",
        2: "byte 0xe9 is not UTF-8: save it as UTF-8",
    }


def test_stray_bytes_in_a_file_without_header(file):
    path = file(b"1\ta\xe9\tb\n2\tc\td\n3\te\n4\tg\th\n")
    table = read_delimited(path, headers={3: ("id", "name", "url")})
    assert not table.header
    assert table.frame["id"].tolist() == [1, 2, 3, 4]
    assert list(table.broken) == [0, 2]


@settings(max_examples=200)
@given(
    st.lists(
        st.binary(max_size=8).filter(lambda some: not set(some) & set(b',"\r\n')), max_size=20
    ),
    st.integers(4, 60),
)
def test_the_rows_that_are_not_text_are_those_that_do_not_decode(tmp_path_factory, cells, size):
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    cells = [cell for cell in cells if cell.strip()] + [b"x"] * 50  # enough that can be read
    path.write_bytes(b"a\n" + b"\n".join(cells))

    def bad(cell):
        try:
            return "\0" in cell.decode()
        except UnicodeDecodeError:
            return True

    with (
        patch.object(blocks, "BLOCK_BYTES", size),
        patch.object(characters, "_PIECE_BYTES", 4),
        patch.object(blocks, "see_text", lambda *_: None),  # UTF-16 may be guessed by it
    ):
        table = read_delimited(path, **ALL_TEXT)
    assert sorted(table.broken) == [at for at, cell in enumerate(cells) if bad(cell)]
    shown = [cell.decode("utf-8", "replace").replace("\0", "\ufffd") for cell in cells]
    assert table.frame["a"].tolist() == shown


@pytest.mark.parametrize(
    ("encoding", "word", "guess"),
    [
        ("cp1252", "Média", r"Windows-1252 \(Western European\)"),
        ("cp1256", "دير الزور", r"Windows-1256 \(Arabic\)"),
        ("cp1251", "Хаджин", r"Windows-1251 \(Cyrillic\)"),
    ],
)
def test_a_file_in_another_encoding_is_one_error(file, encoding, word, guess):
    path = file(b"a,b\n1,x\n1,x\n" + f"1,{word}\n".encode(encoding) * 2 + b"1,x\n")
    assert len(read_delimited(path).broken) == 2
    path = file(b"a,b\n1,x\n" + f"1,{word}\n".encode(encoding) * 4 + b"1,x\n")
    with pytest.raises(GeoeventsError, match=f"line 3: byte .* 4 of 6 rows: .*{guess}.*as UTF-8"):
        read_delimited(path)


def test_a_file_in_another_encoding_is_not_read_to_its_end(file):
    path = file(b"a,b\n" + b"1,\xe9\n" * 3000)
    read = []
    with (
        patch.object(blocks, "BLOCK_BYTES", 100),
        pytest.raises(GeoeventsError, match=r"in 1\d\d\d of the first 1\d\d\d rows"),
    ):
        read_delimited(path, progress=read.append)
    assert max(read) < 0.5


def test_a_file_full_of_nul_is_not_text(file):
    path = file(b"a,b\n" + b"1,2\n" * 30_000 + b"1,\x00\n" * 30_000)
    with pytest.raises(
        GeoeventsError, match=r"line 30002: is not text.* 30000 of 60000 rows: give"
    ):
        read_delimited(path)
    with pytest.raises(GeoeventsError, match="is not text: it holds NUL characters"):
        read_table(file(b"a,b\n" + b"1,\x00\n" * 30))
    with pytest.raises(GeoeventsError, match="is not text: it holds NUL characters"):
        read_table(file(b"a\x00,b\n1,2\n"))
