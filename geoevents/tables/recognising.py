"""What kind of file it is, told by its first bytes."""

import codecs
import re
import zipfile
from pathlib import Path

from geoevents.errors import GeoeventsError

HEAD_BYTES = 1 << 16

KINDS = (
    "csv",
    "json",
    "geojson",
    "gpkg",
    "shapefile",
    "flatgeobuf",
    "parquet",
    "kml",
    "excel",
)

_MAGIC = {
    b"SQLite format 3\x00": "gpkg",
    b"PAR1": "parquet",
    b"fgb\x03fgb": "flatgeobuf",
    b"\x00\x00\x27\x0a": "shapefile",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "excel",
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
}

_UNPACK = "unpack it first"
_AS_TABLE = "save the table in it as CSV or Excel"
_FOREIGN = {
    b"%PDF": ("is a PDF", _AS_TABLE),
    b"\x89PNG\r\n": ("is an image (PNG)", "give the table itself"),
    b"\xff\xd8\xff": ("is an image (JPEG)", "give the table itself"),
    b"GIF8": ("is an image (GIF)", "give the table itself"),
    b"II*\x00": ("is an image (TIFF)", "give a vector file or a table"),
    b"MM\x00*": ("is an image (TIFF)", "give a vector file or a table"),
    b"RIFF": ("is an image, a sound or a film", "give the table itself"),
    b"BZh": ("is packed with bzip2", _UNPACK),
    b"\xfd7zXZ": ("is packed with xz", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("is packed with Zstandard", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": ("is packed with 7-Zip", _UNPACK),
    b"Rar!": ("is packed with RAR", _UNPACK),
    b"{\\rtf": ("is a text document (RTF)", _AS_TABLE),
    b"PARE": ("is encrypted Parquet", "save it without encryption"),
    b"ARROW1": ("is an Arrow file", "save it as Parquet"),
    b"\x89HDF": ("is an HDF5 file", "save the table in it as CSV or Parquet"),
    b"CDF\x01": ("is a NetCDF file", "save the table in it as CSV or Parquet"),
    b"$FL": ("is an SPSS file", "save it as CSV"),
    b"<stata_dta>": ("is a Stata file", "save it as CSV"),
    b"RDX": ("is an R data file", "save it as CSV"),
    b"\x80\x04\x95": ("is a Python pickle, which could run code", "save it as CSV or Parquet"),
}

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_PROLOGUE = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))
_ENTITIES = re.compile(rb"<!DOCTYPE[^>]*\[[^]]*<!ENTITY", re.IGNORECASE)
_JSON = re.compile(rb"[\x1e\s]*(\{\s*([\"}]|\Z)|\[\s*([\[\]{\"0-9ntf-]|\Z))")
_GEOJSON = re.compile(rb'"type"\s*:\s*"Feature(Collection)?"|"features"\s*:')


def sniff(head: bytes, path: Path) -> str:
    """
    Tell the kind of a file by its first bytes.

    Parameters
    ----------
    head : bytes
        They, `HEAD_BYTES` of them or all there are.
    path : pathlib.Path
        The file, for the message; of its name only ``.shx`` counts, which begins as ``.shp`` does.

    Returns
    -------
    str
        One of `KINDS`, or ``gzip`` or ``zip``.

    Raises
    ------
    GeoeventsError
        If it is a file of a kind that is not read.
    """
    if not head:
        raise GeoeventsError(f"{path}: is empty")
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            if kind == "shapefile" and path.suffix.lower() == ".shx":
                raise GeoeventsError(f"{path}: is the index of a shapefile: give the .shp")
            return kind
    for magic, (what, remedy) in _FOREIGN.items():
        if head.startswith(magic):
            raise GeoeventsError(f"{path}: {what}: {remedy}")
    if head[257:262] == b"ustar":
        raise GeoeventsError(f"{path}: is a tar archive: {_UNPACK}")
    if _is_dbf(head):
        raise GeoeventsError(
            f"{path}: is only the attributes of a shapefile (.dbf): "
            "give the .shp, with this beside it"
        )
    see_text(head, path)
    return _sniff_text(head.removeprefix(codecs.BOM_UTF8), path)


def see_text(head: bytes, path: Path) -> None:
    """
    See that bytes can be text in UTF-8.

    Parameters
    ----------
    head : bytes
        The first bytes of a file.
    path : pathlib.Path
        The file, for the message.

    Raises
    ------
    GeoeventsError
        If they are in UTF-16 or UTF-32, or many lines hold NUL.
    """
    if head.startswith(_UTF32):
        raise GeoeventsError(f"{path}: is in UTF-32: save it as UTF-8")
    if head.startswith(_UTF16):
        raise GeoeventsError(f"{path}: is in UTF-16: save it as UTF-8")
    if b"\x00" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) * 4 > len(head) and min(even, odd) * 8 < max(even, odd):
            raise GeoeventsError(f"{path}: is in UTF-16: save it as UTF-8")
        # One that strayed into a table spoils a row of it; a binary file has them everywhere.
        lines = [b"\x00" in line for line in head.splitlines() if line.strip()]
        if lines[0] or sum(lines) * 3 > len(lines) > 3:  # noqa: PLR2004 -- a third, of some
            raise GeoeventsError(f"{path}: is not text: it holds NUL characters")


def _is_dbf(head: bytes) -> bool:
    """Whether it is a dBASE table: version, a date, and a header of 32 bytes a field and one."""
    versions = b"\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\xcb\xf5"
    return (
        len(head) > 32  # noqa: PLR2004 -- its header
        and head[0] in versions
        and 1 <= head[2] <= 12  # noqa: PLR2004 -- months
        and 1 <= head[3] <= 31  # noqa: PLR2004 -- days
        and int.from_bytes(head[8:10], "little") > 32  # noqa: PLR2004 -- its own header
        and b"\x00" in head
    )


def _sniff_text(head: bytes, path: Path) -> str:
    """Tell XML, JSON and delimited text apart."""
    start = head.lstrip()
    if start.startswith(b"<"):
        return _sniff_markup(start, path)
    if _JSON.match(head):
        return "geojson" if _GEOJSON.search(head) else "json"
    return "csv"


def _sniff_markup(head: bytes, path: Path) -> str:
    """Tell KML from web pages and other XML by the root element."""
    root = _ROOT.match(_after_prologue(head))
    name = root[1].decode("ascii", "replace") if root else ""
    if name.lower() == "kml":
        return "kml"
    if name.lower() in {"html", "head", "body", "script", "meta", "title", "div"} or re.match(
        rb"<!doctype html", head, re.IGNORECASE
    ):
        raise GeoeventsError(
            f"{path}: is a web page, not a table: download it anew, signed in if need be"
        )
    if name == "Workbook":
        raise GeoeventsError(f"{path}: is an Excel 2003 XML sheet: save it as .xlsx")
    if _ENTITIES.search(head):
        raise GeoeventsError(
            f"{path}: is XML that declares entities (<!ENTITY>), which no KML needs and attacks "
            "use: take them out if you trust the file"
        )
    if head.startswith(b"<?xml"):
        kind = f"<{name}>" if name else "its first element cannot be told"
        raise GeoeventsError(f"{path}: is XML of a kind that is not read ({kind})")
    return "csv"


def _after_prologue(head: bytes) -> bytes:
    """Skip what stands before the root element: declarations and comments."""
    at = 0
    while True:
        at += len(head[at:]) - len(head[at:].lstrip())
        for start, end in _PROLOGUE:
            if head.startswith(start, at):
                found = head.find(end, at)
                break
        else:
            return head[at:]
        if found < 0:
            return b""
        at = found + len(end)


def sniff_archive(names: list[str], archive: zipfile.ZipFile, path: Path) -> str:
    """
    Tell documents that are zip files inside from archives.

    Parameters
    ----------
    names : list of str
        The names in the archive.
    archive : zipfile.ZipFile
        The archive.
    path : pathlib.Path
        The file, for the message.

    Returns
    -------
    str
        ``excel`` or ``zip``.

    Raises
    ------
    GeoeventsError
        If it is a document without tables.
    """
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "excel"
        raise GeoeventsError(f"{path}: is an Office document, not a sheet: {_AS_TABLE}")
    if "mimetype" in names and archive.getinfo("mimetype").file_size < HEAD_BYTES:
        kind = archive.read("mimetype")
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "excel"
        if kind.startswith(b"application/"):
            raise GeoeventsError(f"{path}: is a document, not a sheet: {_AS_TABLE}")
    return "zip"
