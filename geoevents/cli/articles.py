"""Articles that commands are given: files of text, or standard input."""

from __future__ import annotations

import os
import re
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from geoevents.cli.tables import is_on_the_web
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    import geopandas as gpd

#: What the options --format of `map` and `report` call articles.
FORMATS = ("text", "markdown", "html")

_SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": None,  # told from the text
    ".text": None,
}
_INPUT = "-"
_LARGEST = 2 << 20
_MEGA = 1 << 20
_DECLARED = re.compile(
    rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_HEAD = 4096
#: Files of other kinds that people have their reports in, by their first bytes.
_FOREIGN = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word document or an archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a text document with formatting (RTF)",
}
#: How files that hold tables begin, of those that are not text: SQLite (and so GeoPackage),
#: Parquet, FlatGeobuf, shapes, and what is packed.
_TABLES = (b"SQLite format 3", b"PAR1", b"fgb", b"\x00\x00\x27\x0a", b"\x1f\x8b")
_DELIMITERS = "\t,;|"
_LEAST_COLUMNS = 3
_LONGEST_TITLE = 150
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_STATUSES = ("planned", "refused", "denied", "disputed")


class Article(NamedTuple):
    """
    An article as it was given.

    Attributes
    ----------
    name : str
        The file, or ``standard input``.
    text : str
        What it holds.
    format : str or None
        What its suffix says it is; None if that says nothing.
    """

    name: str
    text: str
    format: str | None


def read_article(source: str) -> Article:
    """
    Read an article.

    Parameters
    ----------
    source : str
        A file, or ``-`` for standard input.

    Returns
    -------
    Article
        Its text. UTF-8 with or without a mark, UTF-16 with one, and for pages what they declare.

    Raises
    ------
    GeoeventsError
        If it is no file, no text, empty, of an unknown encoding or too long.
    """
    if is_on_the_web(source):
        raise click.UsageError(
            f"{source} is an address: save the page as a file, or pipe it: "
            "curl -s ADDRESS | geoevents report - --published DATE"
        )
    # The bytes of a file's name may be no text; it is shown, and it labels the events.
    name = "standard input" if source == _INPUT else os.fsencode(source).decode(errors="replace")
    raw = _bytes(source)
    if len(raw) > _LARGEST:
        raise GeoeventsError(
            f"{name}: is longer than {_LARGEST // _MEGA} MB, so hardly one article: a table of "
            "many reports is read by geoevents.read_reports, in Python"
        )
    text = _decoded(raw, name)
    if not text.strip():
        raise GeoeventsError(f"{name}: is empty")
    suffix = "" if source == _INPUT else Path(source).suffix.lower()
    return Article(name, text, _SUFFIXES.get(suffix))


def is_article(source: str, kind: str | None, published: str | None) -> bool:
    """
    Tell whether what a map is to be drawn of is an article, and not a table of events.

    Parameters
    ----------
    source : str
        A file, or ``-``.
    kind : str or None
        What ``--format`` says.
    published : str or None
        What ``--published`` says.

    Returns
    -------
    bool
        Whether it is: its format or suffix says so, or it was published and is no table.
    """
    if kind is not None or is_on_the_web(source):
        return kind in FORMATS
    path = Path(source)
    suffix = path.suffix.lower()
    if source == _INPUT or _SUFFIXES.get(suffix):
        return True
    if suffix not in _SUFFIXES and published is None:
        return False
    # Tables are saved as .txt as well.
    return path.is_file() and not _is_table(path)


def title_of(article: Article, kind: str | None) -> str | None:
    """
    Give the title that an article has of its own.

    Parameters
    ----------
    article : Article
        The article.
    kind : str or None
        What it is written in, if the user says so.

    Returns
    -------
    str or None
        Its title on one line, without characters that turn the text around them.
    """
    from geoevents.prose import Document  # noqa: PLC0415 -- --help stays fast

    title = Document.read(article.text, format=kind or article.format).title
    words = " ".join(_TURNING.sub("", title or "").split())
    return (words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…") or None


def _is_table(path: Path) -> bool:
    """
    Tell whether the first lines of a file have the same number of columns, or are JSON.

    A file that is neither text nor a table is said to be none: as an article it is told to be no
    text, which is what is wrong with it.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"\x00" in head and not head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return head.startswith(_TABLES)
    encoding = "utf-16" if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    if text.lstrip()[:1] in {"{", "["}:
        return True
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    counts = [[line.count(mark) for line in lines[:2]] for mark in _DELIMITERS]
    sentence = bool(lines) and lines[0].rstrip().endswith((".", "!", "?", "”", '"'))
    return not sentence and any(
        count[0] >= _LEAST_COLUMNS - 1 and count[0] == count[-1] for count in counts if count
    )


def told_counts(events: gpd.GeoDataFrame) -> str:
    """
    Say how many events there are, on the map, and of which special status.

    Parameters
    ----------
    events : geopandas.GeoDataFrame
        Located events.

    Returns
    -------
    str
        ``9 events, 7 on the map, 2 planned or refused``.
    """
    number = len(events)
    located = int((events.geometry.notna() & ~events.geometry.is_empty).sum())
    parts = [f"{number} event{'' if number == 1 else 's'}", f"{located} on the map"]
    counts = events["status"].value_counts()
    waiting = [word for word in _STATUSES[:2] if counts.get(word, 0)]
    if waiting:
        parts.append(f"{sum(counts[word] for word in waiting)} {' or '.join(waiting)}")
    parts += [f"{counts[word]} {word}" for word in _STATUSES[2:] if counts.get(word, 0)]
    return ", ".join(parts)


def _bytes(source: str) -> bytes:
    if source == _INPUT:
        if sys.stdin is None:
            raise GeoeventsError("standard input is closed: name a file, or pipe the text in")
        return sys.stdin.buffer.read(_LARGEST + 1)
    path = Path(source)
    if path.is_dir():
        raise GeoeventsError(f"{path}: is a folder, not an article")
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise GeoeventsError(f"{path}: there is no such file") from error
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be read: {error.strerror or error}") from error


def _decoded(raw: bytes, name: str) -> str:
    for magic, what in _FOREIGN.items():
        if raw.startswith(magic):
            raise GeoeventsError(f"{name}: is {what}, not text: save its text as a .txt file")
    encoding = "utf-8-sig" if raw.startswith(BOM_UTF8) else "utf-8"
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(raw[:_HEAD])
        if encoding == "utf-8" and declared:
            return _declared(raw, declared[1].decode("ascii"), name)
        at = f"byte 0x{raw[error.start]:02x} at position {error.start:,}"
        raise GeoeventsError(
            f"{name}: is not {encoding.upper().removesuffix('-SIG')} ({at}): save it as UTF-8"
        ) from error
    if "\x00" in text:
        raise GeoeventsError(
            f"{name}: holds characters that no text has (NUL): save it as text in UTF-8"
        )
    return text


def _declared(raw: bytes, encoding: str, name: str) -> str:
    """Decode a page as it says of itself."""
    try:
        return raw.decode(encoding)
    except (LookupError, ValueError) as error:
        raise GeoeventsError(
            f"{name}: says that it is in {encoding}, and is not: save it as UTF-8"
        ) from error
