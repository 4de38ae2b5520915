"""Files of GeoNames as they come: text in columns between tabs, in a zip file or not."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.errors import GeoeventsError
from geoevents.places.installed.accounts import Account

if TYPE_CHECKING:
    import pyarrow as pa

BROKEN: Final = "rows that cannot be read"

#: Stands for a byte that is not UTF-8.
SUBSTITUTE: Final = "\x1a"

_BLOCK: Final = 1 << 23
#: More than all of GeoNames: what unpacks to more is no dump.
_LARGEST: Final = 8 << 30
_MOST_BROKEN: Final = 100_000
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

    broken: list[int] = []

    def skip(row: Any) -> str:
        broken.append(row.number)
        if account.room:
            account.problems.append(
                f"{path}, line {row.number}: has {row.actual_columns} columns between tabs, not "
                f"{row.expected_columns}"
            )
        return "skip"

    with _opened(path, layout.members) as (file, size):
        before = 0
        try:
            wide = file.peek(_BLOCK)[:_BLOCK].split(b"\n", 1)[0].count(b"\t") + 1
            columns = next((c for c in layout.columns if len(c) == wide), layout.columns[0])
            with csv.open_csv(
                _Told(file, size, progress, broken),
                read_options=csv.ReadOptions(
                    column_names=columns, block_size=_BLOCK, use_threads=False
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
                    check_utf8=False,  # seen to below
                ),
            ) as reader:
                for batch in reader:
                    yield batch, _Lines(before, broken).of
                    before += batch.num_rows
        except (
            pa.ArrowInvalid, OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
        ) as error:  # fmt: skip
            raise GeoeventsError(f"{path}: cannot be read: {error!s:.300}") from error
        finally:
            counts[BROKEN] += len(broken)


class _Lines:
    """On which line of the file a row is, where rows that cannot be read were skipped."""

    def __init__(self, before: int, broken: list[int]) -> None:
        self._before = before
        self._broken = broken

    def of(self, row: int) -> int:
        """Return the line of a row of the piece."""
        number = self._before + row + 1
        rows_before = np.array(self._broken) - np.arange(1, len(self._broken) + 1)
        return number + int(np.searchsorted(rows_before, number))


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
        if found is None:
            shown = ", ".join(sorted(there)[:5]) or "nothing"
            raise GeoeventsError(
                f"{path}: the zip file holds no {' or '.join(members)}; it holds {shown:.200}"
            )
        try:
            member = archive.open(found)
        except (zipfile.BadZipFile, RuntimeError, OSError) as error:
            raise GeoeventsError(f"{path}: is a damaged zip file: {error}") from error
        with member:
            yield member, found.file_size


class _Told(io.RawIOBase):
    """A file that tells how much of it has been read, and is UTF-8 whatever it holds."""

    def __init__(
        self,
        file: IO[bytes],
        size: int,
        progress: Callable[[int, int], None],
        broken: list[int],
    ) -> None:
        self._file = file
        self._size = size
        self._progress = progress
        self._broken = broken
        self._read = 0
        self._held = b""  # the first bytes of a character whose rest comes with the next piece

    def readable(self) -> bool:
        return True

    def read(self, size: int = _BLOCK, /) -> bytes:
        """Read as many bytes, or fewer; never more, for the reader has no room for them."""
        fresh = self._file.read(max(size - len(self._held), 1))
        self._read += len(fresh)
        if self._read > _LARGEST:
            raise OSError("it unpacks to more than all of GeoNames")
        if len(self._broken) > _MOST_BROKEN:
            raise OSError(f"more than {_MOST_BROKEN:,} of its rows are not GeoNames'")
        self._progress(self._read, self._size)
        piece = self._held + fresh
        if fresh:
            end = _whole_characters(piece)
            piece, self._held = piece[:end], piece[end:]
        else:
            self._held = b""
        return _utf8(piece)


def _whole_characters(piece: bytes) -> int:
    """Return where the last character begins, if only its first bytes are there; else the end."""
    for back in range(1, min(4, len(piece)) + 1):
        byte = piece[-back]
        if byte < 0x80:  # noqa: PLR2004 -- ASCII
            break
        if byte >= 0xC0:  # noqa: PLR2004 -- the first of two, three or four
            wanted = 2 + (byte >= 0xE0) + (byte >= 0xF0)  # noqa: PLR2004
            # A piece that is nothing else must go on, or the reader takes it for the end.
            return len(piece) - back if back < wanted and back < len(piece) else len(piece)
    return len(piece)


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
