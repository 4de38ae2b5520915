"""
Old Excel workbooks (.xls): how far their cells reach, seen before they are read.

They are compound files: sectors chained by a table, with a stream of records inside
([MS-CFB] and [MS-XLS], Microsoft's published specifications).
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from geoevents.errors import GeoeventsError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_BYTES = 1 << 30

_ENTRY_BYTES = 128
_LAST = 0xFFFFFFFA  # sectors from here on are signs, not places
# Records that begin with a row and a column: blank, number, label, boolean, formula, ... of every
# version, whose low byte they share.
_CELLS = frozenset({0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x7E, 0xBD, 0xBE, 0xD6, 0xFD})
_DIMENSIONS = 0x0200


def extent(path: Path) -> tuple[int, int]:
    """
    Tell how many rows and columns the largest sheet of a workbook has.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    tuple of int
        Rows and columns: the most of any sheet, also of what the file merely says of itself.

    Raises
    ------
    GeoeventsError
        If it is no compound file, or too large for one.
    """
    if path.stat().st_size > MOST_BYTES:
        raise GeoeventsError(
            f"{path}: is larger than {MOST_BYTES >> 30} GiB, too large for a sheet"
        )
    rows = columns = 0
    try:
        for stream in _Compound(path.read_bytes()).streams():
            for kind, record in _records(stream):
                if kind == _DIMENSIONS and len(record) >= 12:  # noqa: PLR2004 -- as it stands there
                    row, _, column = struct.unpack_from("<IHH", record, 4)
                elif kind & 0xFF in _CELLS and len(record) >= 4:  # noqa: PLR2004 -- row, column
                    row, column = (place + 1 for place in struct.unpack_from("<HH", record))
                    if kind in {0xBD, 0xBE}:  # several in a row: the last one stands at the end
                        column = max(
                            column, struct.unpack_from("<H", record, len(record) - 2)[0] + 1
                        )
                else:
                    continue
                rows, columns = max(rows, row), max(columns, column)
    except (struct.error, IndexError, ValueError) as error:
        raise GeoeventsError(
            f"{path}: is not a sheet that can be read: its compound file is damaged ({error})"
        ) from error
    return rows, columns


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Compound:
    """A compound file: streams of bytes under names."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._size not in {512, 4096}:
            raise ValueError("it has sectors of another size")
        directory, self._cutoff, mini, _, more, count = struct.unpack_from("<I4xIIIII", data, 48)
        places = list(struct.unpack_from("<109I", data, 76))
        for _ in range(min(count, len(data) // self._size)):
            if more >= _LAST:
                break
            *some, more = self._numbers(more)
            places += some
        self._table: list[int] = []
        for place in places[: len(data) // self._size]:
            if place < _LAST:
                self._table += self._numbers(place)
        self._small_table = [
            number
            for sector in self._chain(mini, self._table, len(data) // self._size)
            for number in self._numbers(sector)
        ]
        self._directory = self._joined(directory)
        root = self._directory[:_ENTRY_BYTES]
        self._small = self._joined(struct.unpack_from("<I", root, 116)[0])

    def streams(self) -> Iterator[bytes]:
        """Give the streams that hold a workbook."""
        wanted = {"workbook", "book"}
        for at in range(0, len(self._directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = self._directory[at : at + _ENTRY_BYTES]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if name.lower() not in wanted:
                continue
            wanted.remove(name.lower())
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= self._cutoff:
                yield self._joined(start)[:size]
            else:
                pieces = (
                    self._small[sector * 64 : sector * 64 + 64]
                    for sector in self._chain(start, self._small_table, len(self._small) // 64)
                )
                yield b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _numbers(self, number: int) -> list[int]:
        sector = self._sector(number)
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))

    def _joined(self, start: int) -> bytes:
        chain = self._chain(start, self._table, len(self._data) // self._size)
        return b"".join([self._sector(number) for number in chain])

    @staticmethod
    def _chain(start: int, table: list[int], most: int) -> Iterator[int]:
        """Follow a chain of sectors, which a circle does not make endless."""
        for _ in range(most + 1):
            if start >= len(table):
                return
            yield start
            start = table[start]
        raise ValueError("its sectors go in a circle")
