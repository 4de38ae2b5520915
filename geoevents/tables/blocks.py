"""
Delimited text in blocks of complete rows, whatever its size.

A row that is misquoted, so that where it ends cannot be told, costs the line it starts on; the
next line is read as if that one were not there.
"""

import codecs
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from geoevents.errors import GeoeventsError
from geoevents.tables.dialect import Dialect, see_dialect
from geoevents.tables.recognising import HEAD_BYTES, see_text
from geoevents.tables.structure import MisquotedError, Structure, count_lines, line_end, scan

BLOCK_BYTES = 1 << 23
MOST_ROW_BYTES = 1 << 28
MOST_MISQUOTED = 1000

_MOST_PIECES = 1_000_000  # of columns, which misquoted rows break up
_AGAIN_BYTES = 1 << 14  # tried first after a misquoted row: others may be near
_MOST_LOOKS = 8  # at each byte
_AFTER = (
    "text follows the quotation mark that ends a cell (look for a quotation mark that is not "
    "closed, or one inside a cell that is not doubled)"
)
_OPEN = "a cell begins with a quotation mark that is not closed"


@dataclass(frozen=True, slots=True)
class Block:
    """
    Some rows of a file.

    Attributes
    ----------
    data : bytes
        They, and perhaps more.
    structure : Structure or None
        Where they are in it; none if this is one line that cannot be read.
    line : int
        The line of the file that the first starts on.
    misquoted : str
        Why it cannot be read.
    """

    data: bytes
    structure: Structure | None
    line: int
    misquoted: str = ""


class Blocks:
    """
    The blocks of a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    headerless : collection of int
        The numbers of columns that files without a header have.

    Attributes
    ----------
    dialect : Dialect
        How it is written, once there is a block.
    size : int
        How many bytes it has.
    done : int
        How many of them are in blocks so far.
    """

    def __init__(self, path: Path, headerless: Collection[int]) -> None:
        self.dialect = Dialect(b"")
        self.size = path.stat().st_size
        self.done = 0
        self._path = path
        self._headerless = headerless
        self._line = 1
        self._columns = 0  # of the first row
        self._misquoted = 0
        self._looked = 0  # bytes: each once, and some again

    def read(self, file: BinaryIO) -> Iterator[Block]:
        """
        Read the file.

        Parameters
        ----------
        file : file object
            It, in bytes.

        Yields
        ------
        Block
            Each, in order.

        Raises
        ------
        GeoeventsError
            If it is not text, a row has no end, or too many rows are misquoted.
        """
        window = BLOCK_BYTES
        while True:
            data, last = self._window(file, window)
            if not data:
                return
            if not self._columns and not self.dialect.skipped and self._see_dialect(data):
                continue
            structure, misquoted = self._scan(data, last=last)
            if structure.length:
                self.done = min(self.done + structure.length, self.size)
                widths = structure.widths
                self._columns = self._columns or int(widths[(widths > 0).argmax()])
                yield Block(data, structure, self._line)
                self._line += structure.breaks
                window = _AGAIN_BYTES if misquoted else min(2 * window, BLOCK_BYTES)
            elif misquoted and (end := line_end(data, last=last)):
                self.done = min(self.done + end, self.size)
                yield self._rejected(data[:end], *misquoted)
                self._line += 1
                window = _AGAIN_BYTES
            elif len(data) > MOST_ROW_BYTES:
                raise GeoeventsError(
                    f"{self._path}: line {self._line}: is not a table: a row is longer than "
                    f"{MOST_ROW_BYTES >> 20} MiB"
                )
            else:
                window *= 2  # a row longer than this; growing so fast keeps reading linear

    def _window(self, file: BinaryIO, size: int) -> tuple[bytes, bool]:
        """Read on from where the last block ended, and tell whether the file ends there."""
        file.seek(self.done)
        data = file.read(size)
        self._looked += len(data)
        last = len(data) < size
        if not self.done:
            see_text(data[:HEAD_BYTES], self._path)
            if data.startswith(codecs.BOM_UTF8):
                data = data.removeprefix(codecs.BOM_UTF8)
                self.done = len(codecs.BOM_UTF8)
        if last and data and data[-1:] not in {b"\n", b"\r"}:
            data += b"\n"
        return data, last

    def _see_dialect(self, data: bytes) -> bool:
        """Tell how the file is written, and whether a line that says so is to be skipped."""
        self.dialect = see_dialect(data, self._headerless)
        skipped = self.dialect.skipped
        self.done = min(self.done + skipped, self.size)
        self._line += count_lines(data[:skipped]) if skipped else 0
        return skipped > 0

    def _scan(self, data: bytes, *, last: bool) -> tuple[Structure, tuple[int, str] | None]:
        """Find the rows; if one is misquoted, only those before it, and where and why it is."""
        delimiter, quoting = self.dialect.delimiter, self.dialect.header
        try:
            structure = scan(data, delimiter, last=last, quoting=quoting)
        except MisquotedError as error:
            before = data[: error.position]
            return scan(before, delimiter, last=False), (self._line_of(before), _AFTER)
        endless = len(data) - structure.length > MOST_ROW_BYTES
        if structure.open_at is not None and (last or endless):
            return structure, (self._line_of(data[: structure.open_at]), _OPEN)
        return structure, None

    def _line_of(self, before: bytes) -> int:
        return self._line + count_lines(before)

    def _rejected(self, data: bytes, line: int, why: str) -> Block:
        """Give the line that a misquoted row starts on, unless there are too many."""
        self._misquoted += 1
        if (
            not self._columns
            or self._misquoted > min(MOST_MISQUOTED, _MOST_PIECES // self._columns)
            # Rows all misquoted in the same place far away would be read again and again.
            or self._looked > _MOST_LOOKS * self.size + 4 * MOST_MISQUOTED * _AGAIN_BYTES
        ):
            raise GeoeventsError(f"{self._path}: line {line}: is not a table: {why}")
        return Block(data, None, self._line, why + f", on line {line}" * (line != self._line))
