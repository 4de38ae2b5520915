"""Files of GeoNames as they come: text in columns between tabs, in a zip file or not."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.errors import GeoeventsError
from geoevents.places.installed.accounts import Account
from geoevents.tables.packing import ANY_RATIO_BYTES, MOST_RATIO

if TYPE_CHECKING:
    import pyarrow as pa

BROKEN: Final = "rows that cannot be read"

#: Stands for a byte that is not UTF-8.
SUBSTITUTE: Final = "\x1a"

_BLOCK: Final = 1 << 23
#: More than all of GeoNames: what unpacks to more is no dump.
_LARGEST: Final = 8 << 30
_MOST_BROKEN: Final = 100_000
#: The longest lines there are have some 20,000 bytes.
_LONGEST_LINE: Final = 1 << 20
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """
    How a file of GeoNames is laid out.

    Attributes
    ----------
    members : tuple of str
        What the text in a zip file is called, one of these.
    columns : tuple of tuple of str
        The columns there may be; which of these it is, is told by how many there are.
    read : tuple of str
        The columns to read.
    """

    members: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    read: tuple[str, ...]


def text_rows(
    path: Path,
    layout: Layout,
    account: Account,
    *,
    counts: Counter[str],
    progress: Callable[[int, int], None],
) -> Iterator[tuple["pa.RecordBatch", Callable[[int], int]]]:
    """
    Read a table piece by piece.

    Parameters
    ----------
    path : Path
        A text, or a zip file that holds one.
    layout : Layout
        What the file should hold.
    account : Account
        Where rows with another number of columns are told.
    counts : Counter
        Where they are counted.
    progress : callable
        Told how many bytes of the text have been read, of how many.

    Yields
    ------
    tuple
        A piece, all text with `SUBSTITUTE` for what is not UTF-8, and a function that gives the
        line of the file a row of it is on.

    Raises
    ------
    GeoeventsError
        If the file cannot be read, or is a web page.
    """
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    from pyarrow import csv  # noqa: PLC0415

    broken: list[int] = []  # the lines
    before = 0

    def skip(row: Any) -> str:
        if len(broken) >= _MOST_BROKEN:
            return "error"
        number = before + row.number
        broken.append(number)
        if account.room:
            account.problems.append(
                f"{path}, line {number}: has {row.actual_columns} columns between tabs, not "
                f"{row.expected_columns}"
            )
        return "skip"

    columns: tuple[str, ...] = ()
    with _opened(path, layout.members) as (file, size):
        try:
            for block in _blocks(file, size, progress):
                if not columns:
                    wide = block.split(b"\n", 1)[0].count(b"\t") + 1
                    columns = next((c for c in layout.columns if len(c) == wide), layout.columns[0])
                at = len(broken)
                # A block of our own at a time: a reader that is given the file reads on in a thread
                # of its own, also when nobody wants to know any more.
                table = csv.read_csv(
                    pa.BufferReader(block),
                    read_options=csv.ReadOptions(
                        column_names=columns, block_size=len(block) + 1, use_threads=False
                    ),
                    parse_options=csv.ParseOptions(
                        delimiter="\t",
                        quote_char=False,
                        double_quote=False,
                        ignore_empty_lines=False,
                        invalid_row_handler=skip,
                    ),
                    convert_options=csv.ConvertOptions(
                        column_types=dict.fromkeys(columns, pa.string()),
                        include_columns=layout.read,
                        strings_can_be_null=False,
                        check_utf8=False,  # seen to before
                    ),
                )
                lines = _Lines(before, broken[at:])
                for batch in table.to_batches():
                    yield batch, lines.of
                    lines = lines.after(batch.num_rows)
                before += block.count(b"\n")
        except (
            pa.ArrowInvalid, OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
        ) as error:  # fmt: skip
            why = _of_broken() if len(broken) >= _MOST_BROKEN else str(error)
            raise GeoeventsError(f"{path}: cannot be read: {why:.300}") from error
        finally:
            counts[BROKEN] += len(broken)


def _of_broken() -> str:
    return f"more than {_MOST_BROKEN:,} of its rows are not GeoNames'"


class _Lines:
    """On which line a row of a piece is, where lines that cannot be read were skipped."""

    def __init__(self, before: int, broken: list[int], rows: int = 0) -> None:
        self._before = before  # lines before the piece
        self._broken = broken  # lines of the piece that were skipped
        self._rows = rows  # rows of the piece that came before those that are asked for

    def of(self, row: int) -> int:
        """Return the line of a row."""
        number = self._before + self._rows + row + 1
        lines_before = np.array(self._broken) - np.arange(1, len(self._broken) + 1)
        return number + int(np.searchsorted(lines_before, number))

    def after(self, rows: int) -> "_Lines":
        """Return the same for the rows after so many."""
        return _Lines(self._before, self._broken, self._rows + rows)


@contextmanager
def _opened(path: Path, members: tuple[str, ...]) -> Iterator[tuple[Any, int]]:
    """Open a text, or the one in a zip file: what to read, and how long it is."""
    try:
        with path.open("rb", buffering=_BLOCK) as file:
            start = file.read(64).lstrip()
            file.seek(0)
            if start.startswith(b"<"):
                raise GeoeventsError(
                    f"{path}: is a web page, not a file of GeoNames: the server has sent "
                    "something else"
                )
            if not start.startswith(b"PK"):
                yield file, path.stat().st_size
                return
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise GeoeventsError(f"{path}: is a damaged zip file: {error}") from error
    with archive:
        there = {info.filename: info for info in archive.infolist()}
        found = next((there[name] for name in members if name in there), None)
        if found is not None and archive.namelist().count(found.filename) > 1:
            raise GeoeventsError(
                f"{path}: the zip file holds several files {found.filename}: which is meant cannot "
                "be told. Get it anew"
            )
        if found is None:
            shown = ", ".join(sorted(there)[:5]) or "nothing"
            raise GeoeventsError(
                f"{path}: the zip file holds no {' or '.join(members)}; it holds {shown:.200}"
            )
        try:
            member = archive.open(found)
        except (zipfile.BadZipFile, RuntimeError, OSError) as error:
            raise GeoeventsError(f"{path}: is a damaged zip file: {error}") from error
        # What is longer than this is cut off by zipfile, whatever the archive says of itself.
        limit = min(max(ANY_RATIO_BYTES, MOST_RATIO * path.stat().st_size), _LARGEST)
        if found.file_size > limit:
            raise GeoeventsError(
                f"{path}: {found.filename} unpacks to {found.file_size >> 20:,} MiB, far more than "
                "a dump of its size should: get it anew, or unpack it yourself if you trust it"
            )
        with member:
            yield member, found.file_size


def _blocks(file: Any, size: int, progress: Callable[[int, int], None]) -> Iterator[bytes]:
    """Read a file in blocks of whole lines, UTF-8 whatever it holds."""
    held = b""  # the beginning of a line whose rest comes with the next piece
    done = lines = blank = 0
    while fresh := file.read(_BLOCK):
        done += len(fresh)
        if done > _LARGEST:
            raise OSError("it unpacks to more than all of GeoNames")
        progress(done, size)
        piece = held + fresh
        _see_lines(piece, lines)
        end = piece.rfind(b"\n") + 1
        block, held = piece[:end], piece[end:]
        # Half of the empty lines at least.
        blank += block.count(b"\n\n") + block.count(b"\n\r\n")
        if blank > _MOST_BROKEN:
            raise OSError(_of_broken())
        if block:
            lines += block.count(b"\n")
            yield _utf8(block)
    if held:
        yield _utf8(held)


def _see_lines(piece: bytes, before: int) -> None:
    """See that no line is longer than a line of GeoNames can be."""
    start = 0
    while len(piece) - start > _LONGEST_LINE:
        end = piece.rfind(b"\n", start, start + _LONGEST_LINE + 1)
        if end < 0:
            number = before + piece.count(b"\n", 0, start) + 1
            raise OSError(
                f"line {number:,} has more than {_LONGEST_LINE >> 20} MiB: the file is damaged, or "
                "none of GeoNames'"
            )
        start = end + 1


def _utf8(piece: bytes) -> bytes:
    """Put SUBSTITUTE for each byte that is not UTF-8: as many bytes as before."""
    if piece.isascii():
        return piece
    try:
        piece.decode()
    except UnicodeDecodeError:
        text = piece.decode("utf-8", "surrogateescape")
        return _NOT_UTF8.sub(SUBSTITUTE, text).encode()
    return piece
