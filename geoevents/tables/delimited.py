"""
Delimited text: commas, semicolons or tabs between cells.

The file is read in blocks. Of each, `geoevents.tables.structure` finds the rows; those with as many
cells as the header are handed to Arrow, which reads cells many at a time; the others are noted.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from geoevents.errors import GeoeventsError
from geoevents.tables.columns import as_column
from geoevents.tables.recognising import HEAD_BYTES, see_text
from geoevents.tables.structure import MisquotedError, Structure, count_lines, scan
from geoevents.tables.table import Table

BLOCK_BYTES = 1 << 23
MOST_COLUMNS = 20_000
MOST_ROW_BYTES = 1 << 28

_DELIMITERS = ",;\t"
_LINE_END = re.compile(r"\r\n?|\n")
_QUOTED = re.compile(r'(?:(?<=[,;\t\r\n])|\A)"(?:[^"]|"")*(?:"|\Z)')
_MOST_FILLED = 50_000_000  # cells, beyond which there must be some bytes for them
_FILLED_PER_BYTE = 4
_CHUNK_BYTES = 1 << 21  # what one thread of Arrow reads at a time, if no row is longer


def read_delimited(
    path: Path,
    *,
    text: Callable[[str], bool] = lambda _: False,
    headers: Mapping[int, Sequence[str]] | None = None,
    progress: Callable[[float], object] | None = None,
) -> Table:
    """
    Read delimited text in UTF-8.

    Parameters
    ----------
    path : pathlib.Path
        The file. The delimiter is the one of comma, semicolon and tab that its first line has most.
    text : callable, optional
        Whether the column of that name stays text; of others, one becomes numbers or truth values
        if every cell in it is written as one.
    headers : mapping of int to sequence of str, optional
        Names for files without a header, by number of columns: those whose first line has exactly
        so many cells with tabs between them, the first all digits. Nothing is quoted in these.
    progress : callable, optional
        Told the fraction read so far.

    Returns
    -------
    Table
        Its cells, missing where empty. Blank lines are no rows.

    Raises
    ------
    GeoeventsError
        If the file is no such table.
    """
    reading = _Reading(path, headers or {})
    size = path.stat().st_size
    with path.open("rb") as file:
        for block, done in reading.blocks(file):
            reading.take(*block)
            if progress is not None:
                progress(min(done / size, 1.0))
    return reading.table(text)


@dataclass(slots=True)
class _Reading:
    """A file being read: what is known of it so far."""

    path: Path
    headers: Mapping[int, Sequence[str]]
    names: list[str] = field(default_factory=list)
    delimiter: bytes = b""
    header: bool = True
    line: int = 1  # of the block's first row
    first: int = 1  # of the row of names
    count: int = 0
    lines: list[np.ndarray] = field(default_factory=list)
    parts: list[pa.Table] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)

    def blocks(self, file: BinaryIO) -> Iterator[tuple[tuple[bytes, Structure], int]]:
        """Give the file in blocks of complete rows, beside how many bytes are done."""
        rest, done, want = b"", 0, BLOCK_BYTES
        last = False
        while not last:
            fresh = file.read(want)
            last = len(fresh) < want
            if not done:
                see_text(fresh[:HEAD_BYTES], self.path)
                fresh = fresh.removeprefix(codecs.BOM_UTF8)
            done += len(fresh)
            data = rest + fresh
            if last and data and data[-1:] not in {b"\n", b"\r"}:
                data += b"\n"
            if not self.names:
                self._see_dialect(data)
            structure = self._scan(data, last=last)
            rest = data[structure.length :]
            if not structure.length:
                if len(rest) > MOST_ROW_BYTES:
                    raise GeoeventsError(
                        f"{self.path}: line {self.line}: is not a table: a row is longer than "
                        f"{MOST_ROW_BYTES >> 20} MiB"
                    )
                want *= 2  # a row longer than a block; growing faster than it keeps reading linear
                continue
            want = BLOCK_BYTES
            self._see_characters(data[: structure.length])
            yield (data, structure), done
            if self.count * len(self.names) > max(_MOST_FILLED, _FILLED_PER_BYTE * done):
                raise GeoeventsError(
                    f"{self.path}: is not a table: nearly all rows have fewer cells than its "
                    f"first line, line {self.first}, has names ({len(self.names)})"
                )
            self.line += structure.breaks
        if not self.names:
            raise GeoeventsError(f"{self.path}: is empty")

    def _see_dialect(self, data: bytes) -> None:
        """Tell by the first line what stands between cells, and whether there is a header."""
        head = data[:HEAD_BYTES].decode("utf-8", "replace")
        if not head.strip():
            head = data.lstrip()[:HEAD_BYTES].decode("utf-8", "replace")
        plain = _LINE_END.split(head.lstrip("\r\n"), maxsplit=1)[0].split("\t")
        self.header = not (len(plain) in self.headers and re.fullmatch("[0-9]+", plain[0]))
        if not self.header:
            self.delimiter = b"\t"
            return
        lines = _LINE_END.split(_QUOTED.sub("", head))
        first = next((line for line in lines if line.strip(" ")), "")
        self.delimiter = max(_DELIMITERS, key=first.count).encode()

    def _scan(self, data: bytes, *, last: bool) -> Structure:
        """Find the rows, or say which one is misquoted."""
        try:
            structure = scan(data, self.delimiter, last=last, quoting=self.header)
        except MisquotedError as error:
            self._see_characters(data[: error.position])
            raise GeoeventsError(
                f"{self.path}: line {self._line_of(data, error.position)}: is not a table: text "
                "follows the quotation mark that ends a cell (look for a quotation mark that is "
                "not closed, or one inside a cell that is not doubled)"
            ) from error
        endless = len(data) - structure.length > MOST_ROW_BYTES
        if structure.open_at is not None and (last or endless):
            self._see_characters(data)
            raise GeoeventsError(
                f"{self.path}: line {self._line_of(data, structure.open_at)}: is not a table: a "
                "cell begins with a quotation mark that is not closed"
            )
        return structure

    def _line_of(self, data: bytes, position: int) -> int:
        return self.line + count_lines(data[:position])

    def _see_characters(self, data: bytes) -> None:
        """See that the bytes are text in UTF-8."""
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise GeoeventsError(
                f"{self.path}: line {self._line_of(data, error.start)}: byte "
                f"{data[error.start]:#04x} is not UTF-8: save it as UTF-8"
            ) from error
        if (nul := data.find(b"\x00")) >= 0:
            raise GeoeventsError(
                f"{self.path}: line {self._line_of(data, nul)}: is not text: "
                "it holds NUL characters"
            )

    def take(self, data: bytes, structure: Structure) -> None:
        """Read the cells of a block."""
        rows = np.flatnonzero(structure.widths)
        if not self.names and len(rows):
            rows = self._see_names(data, structure, rows)
        if not len(rows):
            return
        width = len(self.names)
        fits = structure.widths[rows] == width
        part = self._whole(data, structure, rows[fits])
        if not fits.all():
            part = self._with_broken(part, data, structure, rows, fits)
        self.lines.append(structure.lines[rows] + self.line)
        self.parts.append(part)
        self.count += len(rows)

    def _see_names(self, data: bytes, structure: Structure, rows: np.ndarray) -> np.ndarray:
        """Take the names of the columns from the first row, and give the rows after it."""
        row = int(rows[0])
        width = int(structure.widths[row])
        if not self.header:
            self.names = list(self.headers[width])
            return rows
        line = self.line + int(structure.lines[row])
        if width > MOST_COLUMNS:
            raise GeoeventsError(
                f"{self.path}: line {line}: has {width} columns: more than {MOST_COLUMNS} are "
                "not read"
            )
        names = [cell.strip() for cell in structure.cells(data, row, width)]
        if "" in names:
            raise GeoeventsError(
                f"{self.path}: line {line}: column {names.index('') + 1} has no name"
            )
        self.names, self.first = names, line
        return rows[1:]

    def _whole(self, data: bytes, structure: Structure, rows: np.ndarray) -> pa.Table:
        """Read rows that have as many cells as the header."""
        if not len(rows):
            return self._parsed(b"", 0, structure)
        after = np.append(structure.starts[1:], structure.length)
        if len(rows) == rows[-1] - rows[0] + 1:
            content = memoryview(data)[int(structure.starts[rows[0]]) : int(after[rows[-1]])]
        else:
            kept = np.zeros(len(structure.starts), dtype=bool)
            kept[rows] = True
            codes = np.frombuffer(data, np.uint8, structure.length)
            content = memoryview(codes[np.repeat(kept, after - structure.starts)])
        longest = int((after - structure.starts)[rows].max())
        table = self._parsed(content, longest, structure)
        if table.num_rows != len(rows):  # a promise to ourselves: rows stay beside their lines
            return self._slowly(data, structure, rows)
        return table

    def _parsed(self, content: bytes | memoryview, longest: int, structure: Structure) -> pa.Table:
        """Have Arrow read lines that all have as many cells as the header."""
        names = [str(position) for position in range(len(self.names))]
        if not len(content):
            return pa.table({name: pa.array([], pa.large_string()) for name in names})
        return csv.read_csv(
            pa.py_buffer(content),
            csv.ReadOptions(
                column_names=names, block_size=max(_CHUNK_BYTES, longest + 1), use_threads=True
            ),
            csv.ParseOptions(
                delimiter=self.delimiter.decode(),
                quote_char='"' if structure.quoted else False,
                newlines_in_values=structure.multiline,
            ),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,  # the whole block was
            ),
        )

    def _fitted(self, data: bytes, structure: Structure, rows: np.ndarray) -> pa.Table:
        """Read rows of another width: what is missing is filled, what is too much cut off."""
        width = len(self.names)
        lines = [
            data[int(structure.starts[row]) : structure.end_of(row, width)]
            + self.delimiter * max(width - int(structure.widths[row]), 0)
            for row in rows.tolist()
        ]
        content = b"\n".join(lines) + b"\n"
        table = self._parsed(content, max(map(len, lines)), structure)
        return table if table.num_rows == len(rows) else self._slowly(data, structure, rows)

    def _slowly(self, data: bytes, structure: Structure, rows: np.ndarray) -> pa.Table:
        """Read rows cell by cell; those too short are filled, those too long cut off."""
        width = len(self.names)
        cells = [list(structure.cells(data, row, width)) for row in rows.tolist()]
        return pa.table(
            {
                str(position): pa.array(
                    [row[position] or None if position < len(row) else None for row in cells],
                    pa.large_string(),
                )
                for position in range(width)
            }
        )

    def _with_broken(
        self, whole: pa.Table, data: bytes, structure: Structure, rows: np.ndarray, fits: np.ndarray
    ) -> pa.Table:
        """Put the rows of another width back among the whole ones, and note them."""
        width = len(self.names)
        for position in np.flatnonzero(~fits).tolist():
            has = int(structure.widths[rows[position]])
            self.broken[self.count + position] = f"the row has {has} cells, the header {width}"
        both = pa.concat_tables([whole, self._fitted(data, structure, rows[~fits])])
        order = np.empty(len(rows), dtype=np.int64)
        order[np.concatenate([np.flatnonzero(fits), np.flatnonzero(~fits)])] = np.arange(len(rows))
        return both.take(pa.array(order))

    def table(self, text: Callable[[str], bool]) -> Table:
        """Put the blocks together."""
        chunks = [[part.column(at) for part in self.parts] for at in range(len(self.names))]
        self.parts.clear()  # so that each column is freed once it is in one piece
        columns = {}
        for at, name in enumerate(self.names):
            pieces = [chunk for column in chunks[at] for chunk in column.chunks]
            chunks[at] = []
            columns[at] = as_column(
                pa.chunked_array(pieces, pa.large_string()).combine_chunks(), text=text(name)
            )
        frame = pd.DataFrame(columns, index=pd.RangeIndex(self.count), copy=False)
        frame.columns = pd.Index(self.names, dtype=object)
        lines = np.concatenate([*self.lines, np.empty(0, dtype=np.int64)])
        return Table(frame, "csv", lines.astype(np.int64, copy=False), self.broken, self.header)
