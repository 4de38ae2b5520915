"""
How large the sheets of a workbook are, seen before they are read.

A workbook is a zip file of XML, or of old a compound file. A small one can unpack to any size, and
a sheet with two cells far apart takes the memory of all the cells between them.
"""

import re
import zipfile
import zlib
from pathlib import Path

from geoevents.errors import GeoeventsError
from geoevents.tables.compound import MAGIC, extent
from geoevents.tables.packing import MOST_MEMBERS, Budget

MOST_CELLS = 40_000_000

_ANY_CELLS = 2_000_000  # up to here, however sparse
_MOST_SPARSE = 20
_TAG = re.compile(
    rb"<(?:[\w.-]*+:)?(row|c|table|table-row|table-cell)(?=[\s/>])"
    rb"((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>(</)?"
)
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{0,4})([0-9]{1,9})")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]{1,12})")


def see_size(path: Path) -> None:
    """
    See that a workbook can be read in a reasonable amount of memory.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    GeoeventsError
        If it unpacks to far more than a file of its size should, a sheet is nearly empty but huge,
        or it is damaged.
    """
    packed = zipfile.is_zipfile(path)
    with path.open("rb") as file:
        compound = file.read(len(MAGIC)) == MAGIC
    if compound or not packed:  # or both at once, by somebody with a plan
        rows, columns = extent(path)
        if rows * columns > MOST_CELLS:
            raise _too_many(path, rows, columns)
    if packed:
        _see_archive(path)


def _see_archive(path: Path) -> None:
    """See the size of a workbook that is a zip file."""
    budget = Budget(path)
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
            if len(members) > MOST_MEMBERS:
                raise GeoeventsError(
                    f"{path}: holds {len(members)} parts, more than a workbook has"
                )
            if any(member.filename == "xl/workbook.bin" for member in members):
                raise GeoeventsError(f"{path}: is a binary workbook (.xlsb): save it as .xlsx")
            for member in members:
                with book.open(member) as part:
                    _see_part(b"".join(budget.chunks(part)), path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise GeoeventsError(f"{path}: is damaged or cut off ({error}): get it anew") from error
    except RuntimeError as error:  # zipfile's word for it
        raise GeoeventsError(f"{path}: is locked with a password: save it without") from error


def _see_part(content: bytes, path: Path) -> None:
    """See how far the sheets of one part reach; parts without sheets have no cells."""
    sheet = _Extent(path)
    for tag in _TAG.finditer(content):
        if tag[1] == b"table":
            sheet.see()
            sheet = _Extent(path)
        sheet.add(tag[1], tag[2] + b"/" if tag[3] else tag[2])
    sheet.see()


class _Extent:
    """How far the cells of one sheet reach, by its tags so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tags = 0
        self._row = self._column = 0
        self._rows = self._columns = 0
        self._repeats = 0

    def add(self, tag: bytes, attributes: bytes) -> None:
        """Note a tag."""
        self._tags += 1
        place = _PLACE.search(attributes)
        if tag == b"row":
            self._row = int(place[2]) if place else self._row + 1
            self._column = 0
            self._rows = max(self._rows, self._row)
        elif tag == b"c":
            self._column = _number(place[1]) if place else self._column + 1
            self._rows = max(self._rows, int(place[2]) if place else 0)
            self._columns = max(self._columns, self._column)
        elif tag == b"table-row":
            self._row += self._repeats
            self._repeats = _repeats(attributes)
            self._column = 0
        elif tag == b"table-cell":
            self._column += _repeats(attributes)
            if b"value" in attributes or not attributes.endswith(b"/"):
                self._rows = max(self._rows, self._row + self._repeats)
                self._columns = max(self._columns, self._column)

    def see(self) -> None:
        """See that the sheet is no larger than its cells make it."""
        cells = self._rows * self._columns
        if cells > MOST_CELLS:
            raise _too_many(self._path, self._rows, self._columns)
        if cells > max(_ANY_CELLS, _MOST_SPARSE * self._tags):
            raise GeoeventsError(
                f"{self._path}: a sheet reaches to row {self._rows}, column {self._columns}, "
                "but is nearly empty: delete the cells that lie far from the others"
            )


def _too_many(path: Path, rows: int, columns: int) -> GeoeventsError:
    return GeoeventsError(
        f"{path}: a sheet has {rows} rows and {columns} columns, too many cells for a sheet: "
        "save it as CSV"
    )


def _number(letters: bytes) -> int:
    """Give the number of a column from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _repeats(attributes: bytes) -> int:
    match = _REPEATED.search(attributes)
    return int(match[1]) if match else 1
