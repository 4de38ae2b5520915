"""Records in JSON: a list of them, the answer of an API, or one to a line."""

import warnings
from pathlib import Path
from typing import Any

import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.tables.documents import Documents, frame_of, read_documents
from geoevents.tables.geojson import features_of, read_features
from geoevents.tables.table import Table

_LONGEST = 200


def read_records(path: Path) -> Table:
    """
    Read a JSON file of records.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8: a list of objects, one object a line, or an object with one list of
        them, as APIs answer (ACLED's ``data``, UCDP's ``Result``).

    Returns
    -------
    Table
        A column for each name; empty text is missing. What is GeoJSON after all is read as that.

    Raises
    ------
    GeoeventsError
        If the file holds no records, or is an API's refusal, whose words are given.

    Warns
    -----
    UserWarning
        If it is an answer that says itself that it is one page of several.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "answer.json")
    ...     _ = path.write_text('{"status": 200, "count": 1, "data": [{"actor1": "A"}]}')
    ...     print(read_records(path).frame["actor1"].tolist())
    ['A']
    """
    documents = read_documents(path, "json")
    if features_of(documents.content) is not None:
        return read_features(documents, path)
    records = documents.content if documents.lines is not None else _records(documents, path)
    if isinstance(documents.content, dict):
        _see_pages(documents.content, len(records), path)
    broken = dict(documents.broken)
    rows: list[dict[str, Any]] = []
    for row, record in enumerate(records):
        if not isinstance(record, dict):
            broken.setdefault(row, "is not a record with named values")
            rows.append({})
        else:
            rows.append(record)
    if rows and len(broken) == len(rows):
        raise GeoeventsError(f"{path}: is not a table: it is a list without named values")
    return Table(_without_empty(frame_of(rows, path)), "json", documents.lines, broken)


def _records(documents: Documents, path: Path) -> list[Any]:
    """Find the list of records in a document."""
    content = documents.content
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        raise GeoeventsError(f"{path}: is not a table: it holds one value, not a list of records")
    refused = content.get("success") is False or content.get("error")
    lists = {name: value for name, value in content.items() if _is_list_of_records(value)}
    if refused or (not lists and "message" in content):
        raise GeoeventsError(
            f"{path}: is not a table but the answer to a request that failed: {_words(content)}"
        )
    full = {name: value for name, value in lists.items() if value} or lists
    if "data" in lists:
        return list(lists["data"])
    if len(full) == 1:
        return list(next(iter(full.values())))
    if len(full) > 1:
        raise GeoeventsError(
            f"{path}: which list is meant? It has {', '.join(full)}: save one of them alone"
        )
    raise GeoeventsError(f"{path}: is not a table: it holds no list of records")


def _see_pages(answer: dict[str, Any], rows: int, path: Path) -> None:
    """Tell if an answer says that there is more than it holds."""
    pages = answer.get("TotalPages")
    totals = [answer.get(name) for name in ("TotalCount", "total_count", "count")]
    total = max((_number(one) for one in totals), default=0)
    following = isinstance(answer.get("NextPageUrl"), str) and answer["NextPageUrl"].strip()
    if total > rows or _number(pages) > 1 or following:
        of = f" of {total}" * (total > rows)
        one = f"one page of {_number(pages)}" if _number(pages) > 1 else "one page of several"
        warnings.warn(
            f"{path}: holds {rows}{of} records: the answer of an API that is {one}. Get the others "
            "too, or ask for more at once",
            stacklevel=2,
        )


def _number(said: object) -> int:
    """Read a number in an answer, which may be written as text."""
    if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 16:  # noqa: PLR2004
        return int(said)
    return said if isinstance(said, int) else 0


def _is_list_of_records(value: object) -> bool:
    return isinstance(value, list) and (not value or isinstance(value[0], dict))


def _words(content: dict[str, Any]) -> str:
    """Give what an API says about its refusal, on one short line."""
    said = content.get("error") or content.get("message") or content.get("messages")
    if isinstance(said, dict):
        said = said.get("message") or said
    words = ascii(said or content.get("status") or "it gives no reason")
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."


def _without_empty(frame: pd.DataFrame) -> pd.DataFrame:
    """Make empty text missing, as it is in delimited text."""
    columns = {}
    for position in range(frame.shape[1]):
        column = frame.iloc[:, position]
        if column.dtype.kind == "O" or isinstance(column.dtype, pd.StringDtype):
            empty = (column == "").fillna(value=False).to_numpy(dtype=bool)
            columns[position] = column.mask(empty) if empty.any() else column
        else:
            columns[position] = column
    clean = pd.DataFrame(columns, index=frame.index)
    clean.columns = pd.Index(frame.columns, dtype=object)
    return clean
