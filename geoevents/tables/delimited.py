"""
Delimited text: commas, semicolons or tabs between cells.

The file is read in blocks. Of each, `geoevents.tables.structure` finds the rows; those with as many
cells as the header are handed to Arrow, which reads cells many at a time; the others are noted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from geoevents.errors import GeoeventsError
from geoevents.tables.blocks import Block, Blocks
from geoevents.tables.characters import Unreadable, see_rows
from geoevents.tables.columns import as_column
from geoevents.tables.structure import Structure
from geoevents.tables.table import Table

MOST_COLUMNS = 20_000

_REPLACEMENT = "\ufffd"
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
        The file. The delimiter is the one of comma, semicolon, tab and ``|`` that its first line
        has most, or that a line ``sep=;`` before it says.
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
        Its cells, missing where empty. Blank lines are no rows. Broken are rows of another width
        than the header, with bytes that are not UTF-8 (replaced in their cells), or misquoted: of
        those the line they start on is rejected, and what follows is read as if it were not there.

    Raises
    ------
    GeoeventsError
        If the file is no such table: its header cannot be read, or too many rows cannot.
    """
    blocks = Blocks(path, headers or {})
    reading = _Reading(path, headers or {}, blocks)
    with path.open("rb") as file:
        for block in blocks.read(file):
            reading.take(block)
            if progress is not None:
                progress(min(blocks.done / blocks.size, 1.0))
    return reading.table(text)


@dataclass(slots=True)
class _Reading:
    """A file being read: what is known of it so far."""

    path: Path
    headers: Mapping[int, Sequence[str]]
    blocks: Blocks
    names: list[str] = field(default_factory=list)
    first: int = 1  # line of the row of names
    named: int = 0  # columns, beyond which all must be empty
    count: int = 0
    unreadable: Unreadable = field(default_factory=Unreadable)
    lines: list[np.ndarray] = field(default_factory=list)
    parts: list[pa.Table] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        """Read the cells of a block."""
        if block.structure is None:
            self._take_misquoted(block)
        else:
            self._take_rows(block, block.structure)
        done = self.blocks.done
        if self.count * len(self.names) > max(_MOST_FILLED, _FILLED_PER_BYTE * done):
            raise GeoeventsError(
                f"{self.path}: is not a table: nearly all rows have fewer cells than its "
                f"first line, line {self.first}, has names ({len(self.names)})"
            )
        if verdict := self.unreadable.verdict(self.count, early=done < self.blocks.size):
            raise GeoeventsError(f"{self.path}: {verdict}")

    def _take_misquoted(self, block: Block) -> None:
        """Make a row of a line that cannot be read."""
        nothing = pa.nulls(1, pa.large_string())
        self.broken[self.count] = block.misquoted
        self.parts.append(pa.table({str(at): nothing for at in range(len(self.names))}))
        self.lines.append(np.array([block.line]))
        self.count += 1

    def _take_rows(self, block: Block, structure: Structure) -> None:
        """Read rows, each with its line."""
        data = block.data
        rows = np.flatnonzero(structure.widths)
        unreadable = see_rows(data[: structure.length], structure.starts)
        if not self.names and len(rows):
            rows = self._see_names(block, structure, rows, unreadable)
        if not len(rows):
            return
        lines = structure.lines[rows] + block.line
        fits = structure.widths[rows] == len(self.names)
        readable = ~np.isin(rows, list(unreadable))
        for position in np.flatnonzero(~readable).tolist():
            row = int(rows[position])
            cells = data[int(structure.starts[row]) : int(structure.ends[row])]
            self.unreadable.add(int(lines[position]), unreadable[row], cells)
            self.broken[self.count + position] = unreadable[row]
        groups = [np.flatnonzero(each) for each in (readable & fits, readable & ~fits, ~readable)]
        part = self._whole(data, structure, rows[groups[0]])
        if len(groups[0]) < len(rows):
            self._note_widths(structure, rows, groups[1])
            odd = self._fitted(data, structure, rows[groups[1]])
            part = pa.concat_tables([part, odd, self._slowly(data, structure, rows[groups[2]])])
            part = part.take(pa.array(np.argsort(np.concatenate(groups))))
        self.lines.append(lines)
        self.parts.append(part)
        self.count += len(rows)

    def _see_names(
        self, block: Block, structure: Structure, rows: np.ndarray, unreadable: Mapping[int, str]
    ) -> np.ndarray:
        """Take the names of the columns from the first row, and give the rows after it."""
        row = int(rows[0])
        width = int(structure.widths[row])
        if not self.blocks.dialect.header:
            self.names, self.named = list(self.headers[width]), width
            return rows
        line = block.line + int(structure.lines[row])
        if row in unreadable:
            raise GeoeventsError(f"{self.path}: line {line}: {unreadable[row]}")
        if width > MOST_COLUMNS:
            raise GeoeventsError(
                f"{self.path}: line {line}: has {width} columns: more than {MOST_COLUMNS} are "
                "not read"
            )
        names = [cell.strip() for cell in structure.cells(block.data, row, width)]
        while names and not names[-1]:  # a delimiter that ends lines, if nothing stands there
            names.pop()
        if "" in names or not names:
            column = names.index("") + 1 if names else 1
            raise GeoeventsError(f"{self.path}: line {line}: column {column} has no name")
        self.names, self.first, self.named = names + [""] * (width - len(names)), line, len(names)
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
                delimiter=self.blocks.dialect.delimiter.decode(),
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
        if not len(rows):
            return self._parsed(b"", 0, structure)
        width = len(self.names)
        lines = [
            data[int(structure.starts[row]) : structure.end_of(row, width)]
            + self.blocks.dialect.delimiter * max(width - int(structure.widths[row]), 0)
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
                    [
                        row[position].replace("\x00", _REPLACEMENT) or None
                        if position < len(row)
                        else None
                        for row in cells
                    ],
                    pa.large_string(),
                )
                for position in range(width)
            }
        )

    def _note_widths(self, structure: Structure, rows: np.ndarray, positions: np.ndarray) -> None:
        """Note the rows that are wider or narrower than the header."""
        width = len(self.names)
        for position in positions.tolist():
            has = int(structure.widths[rows[position]])
            if not self.named <= has < width:  # cells without a name are not missed
                self.broken[self.count + position] = f"the row has {has} cells, the header {width}"

    def table(self, text: Callable[[str], bool]) -> Table:
        """Put the blocks together."""
        if not self.names:
            raise GeoeventsError(f"{self.path}: is empty")
        chunks = [[part.column(at) for part in self.parts] for at in range(len(self.names))]
        self.parts.clear()  # so that each column is freed once it is in one piece
        lines = np.concatenate([*self.lines, np.empty(0, dtype=np.int64)]).astype(np.int64)
        columns = {}
        for at, name in enumerate(self.names):
            pieces = [chunk for column in chunks[at] for chunk in column.chunks]
            chunks[at] = []
            cells = pa.chunked_array(pieces, pa.large_string()).combine_chunks()
            if at < self.named:
                columns[at] = as_column(cells, text=text(name))
            else:
                self._see_empty(at, cells, lines)
        frame = pd.DataFrame(columns, index=pd.RangeIndex(self.count), copy=False)
        frame.columns = pd.Index(self.names[: self.named], dtype=object)
        return Table(frame, "csv", lines, self.broken, self.blocks.dialect.header)

    def _see_empty(self, column: int, cells: pa.Array, lines: np.ndarray) -> None:
        """See that a column without a name is one without cells: a delimiter ends the lines."""
        there = cells.is_valid().to_numpy(zero_copy_only=False).copy()
        there[list(self.broken)] = False
        if there.any():
            raise GeoeventsError(
                f"{self.path}: line {self.first}: column {column + 1} has no name, but line "
                f"{lines[there.argmax()]} has a value there"
            )
