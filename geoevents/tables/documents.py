"""JSON documents: one to a file, or one to a line."""

import codecs
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.tables.columns import as_values
from geoevents.tables.recognising import HEAD_BYTES, see_text

MOST_BYTES = 2 << 30

_MOST_EMPTY = 50_000_000
_MOST_SPARSE = 50
_SHOWN = 60
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # as it is escaped
_WHAT = {"json": "JSON", "geojson": "GeoJSON"}


@dataclass(slots=True)
class Documents:
    """
    What a JSON file holds.

    Attributes
    ----------
    content : object
        The one document, or the list of those on the lines.
    lines : numpy.ndarray of int, optional
        The line each stands on, if there is one to a line.
    broken : dict of int to str
        The lines that are not JSON, by position, and why.
    """

    content: Any
    lines: np.ndarray | None
    broken: dict[int, str]


def read_documents(path: Path, kind: str) -> Documents:
    """
    Read a JSON file.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8.
    kind : {"json", "geojson"}
        What it should be, for messages.

    Returns
    -------
    Documents
        Its content.

    Raises
    ------
    GeoeventsError
        If it is not JSON.
    """
    text = _text(path)
    try:
        documents = Documents(json.loads(text, object_pairs_hook=_once), None, {})
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" or text.startswith("\x1e"):
            documents = _lines(text, path, kind)
        else:
            raise GeoeventsError(
                f"{path}: line {error.lineno}: is not {_WHAT[kind]}: {error.msg.lower()}"
            ) from error
    except RecursionError as error:
        raise GeoeventsError(f"{path}: is not {_WHAT[kind]}: it is nested too deeply") from error
    except ValueError as error:
        raise GeoeventsError(f"{path}: is not {_WHAT[kind]}: {_reason(error)}") from error
    if _SURROGATE.search(text):
        _see_characters(documents.content, path)
    return documents


def frame_of(records: list[dict[str, Any]], path: Path) -> pd.DataFrame:
    """
    Make a frame of records.

    Parameters
    ----------
    records : list of dict
        One for each row; a name that a record does not have is missing there.
    path : pathlib.Path
        The file they are from, for messages.

    Returns
    -------
    pandas.DataFrame
        A column for each name, in the order they first appear; see `as_values` for their dtypes.

    Raises
    ------
    GeoeventsError
        If the records have little in common, so that nearly all of the table would be empty.
    """
    names: dict[str, None] = {}
    values = 0
    for record in records:
        names.update(dict.fromkeys(record))
        values += len(record)
    if len(names) * len(records) > max(_MOST_EMPTY, _MOST_SPARSE * values):
        raise GeoeventsError(
            f"{path}: is not a table: its {len(records)} records have {len(names)} different names "
            "and little in common"
        )
    columns = {
        at: as_values([record.get(name) for record in records]) for at, name in enumerate(names)
    }
    frame = pd.DataFrame(columns, pd.RangeIndex(len(records)), copy=False)
    frame.columns = pd.Index(list(names), dtype=object)
    return frame


class _TwiceError(ValueError):
    """A name that stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its members, of which JSON would let the last of a name win."""
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise _TwiceError(f"an object has the name {twice[:_SHOWN]!a} twice: which is meant?")
    return made


def _reason(error: ValueError) -> str:
    """Say why a document cannot be read."""
    if isinstance(error, json.JSONDecodeError):
        return error.msg.lower()
    if isinstance(error, _TwiceError):
        return str(error)
    return "it holds a whole number of more digits than can be meant"  # than Python reads


def _see_characters(content: Any, path: Path) -> None:
    """See that all text is made of characters: JSON can hold half of one, text cannot."""
    try:
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise GeoeventsError(f"{path}: is nested too deeply") from error
    except UnicodeEncodeError as error:
        raise GeoeventsError(
            f"{path}: holds half of a surrogate pair ({error.object[error.start]!r}), which is no "
            "character: save the file anew in UTF-8"
        ) from error


def _text(path: Path) -> str:
    """Decode the file, or say what it is instead."""
    if path.stat().st_size > MOST_BYTES:
        raise GeoeventsError(
            f"{path}: is larger than {MOST_BYTES >> 30} GiB, too large for JSON: "
            "save it as GeoPackage, Parquet or CSV"
        )
    raw = path.read_bytes()
    see_text(raw[:HEAD_BYTES], path)
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise GeoeventsError(
            f"{path}: line {line}: byte {error.object[error.start]:#04x} is not UTF-8: "
            "save it as UTF-8"
        ) from error


def _lines(text: str, path: Path, kind: str) -> Documents:
    """Read one document a line, each of which may begin with a record separator (RFC 8142)."""
    documents: list[Any] = []
    lines: list[int] = []
    broken: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        written = line.removeprefix("\x1e").strip()
        if not written:
            continue
        try:
            document = json.loads(written, object_pairs_hook=_once)
        except RecursionError:
            document, broken[len(documents)] = None, "is not JSON: it is nested too deeply"
        except ValueError as error:
            reason = _reason(error)
            if not documents:
                raise GeoeventsError(
                    f"{path}: line {number}: is not {_WHAT[kind]}: {reason}"
                ) from error
            document, broken[len(documents)] = None, f"is not JSON: {reason}"
        documents.append(document)
        lines.append(number)
    return Documents(documents, np.array(lines, dtype=np.int64), broken)
