"""Reading a file of any kind as a table."""

# ruff: noqa: PLC0415 -- a reader is imported when it is used, for each needs much

import zipfile
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from geoevents.errors import GeoeventsError, shown
from geoevents.tables.packing import unpacked
from geoevents.tables.recognising import HEAD_BYTES, KINDS, sniff, sniff_archive
from geoevents.tables.table import Table

_PACKED = {"gzip", "zip"}
_TEXT = {"csv", "json", "geojson"}
_ONE_TABLE = {"csv", "json", "geojson", "parquet"}


def read_table(
    path: str | PathLike[str],
    *,
    kind: str | None = None,
    layer: str | None = None,
    text: Callable[[str], bool] = lambda _: False,
    headers: Mapping[int, Sequence[str]] | None = None,
    progress: Callable[[float], object] | None = None,
) -> Table:
    r"""
    Read a file of any kind as a table.

    Parameters
    ----------
    path : str or path
        Delimited text, JSON, GeoJSON, GeoPackage, Shapefile, FlatGeobuf, Parquet, KML or a sheet
        of Excel; also packed with gzip or zip. Its suffix does not matter, what it holds does.
    kind : str, optional
        One of `KINDS`, for text that is not what it looks like.
    layer : str, optional
        The layer, the sheet, or the member of a zip archive, where there are several.
    text : callable, optional
        Whether the column of that name of delimited text stays text; of others, one becomes
        numbers or truth values if every cell in it is written as one.
    headers : mapping of int to sequence of str, optional
        Names for delimited files without a header, by number of columns: those whose first line
        has exactly so many cells with tabs between them, the first all digits.
    progress : callable, optional
        Told the fraction read so far, from 0 to 1, some dozens of times in a big file of text.

    Returns
    -------
    Table
        The table as the file holds it.

    Raises
    ------
    GeoeventsError
        If the file cannot be read, or which part of it is meant cannot be told.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "places.txt")
    ...     _ = path.write_text("name;people\nRaqqa;531952\n", encoding="utf-8")
    ...     table = read_table(path)
    >>> table.kind, table.lines.tolist()
    ('csv', [2])
    >>> table.frame
        name  people
    0  Raqqa  531952
    """
    if kind is not None and kind not in KINDS:
        raise GeoeventsError(f"kind is {shown(kind)}: use one of {', '.join(KINDS)}")
    path = Path(path)
    options = {"text": text, "headers": headers, "progress": progress}
    try:
        form = _form(path)
        if form not in _PACKED:
            table = _read(path, _agreed(path, form, kind), layer, options)
        else:
            with unpacked(path, form, layer) as (inner, name, inner_layer):
                try:
                    form = _agreed(inner, _inner_form(inner), kind)
                    table = _read(inner, form, inner_layer, options)
                except GeoeventsError as error:
                    raise GeoeventsError(str(error).replace(str(inner), name)) from error
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be read: {error.strerror or error}") from error
    if progress is not None:
        progress(1.0)
    return table


def recognise(path: str | PathLike[str]) -> str:
    """
    Tell the kind of a file by what it holds.

    Parameters
    ----------
    path : str or path
        The file. If it is packed, what is inside counts; it is unpacked for that.

    Returns
    -------
    str
        One of `KINDS`.

    Raises
    ------
    GeoeventsError
        If it is a file of a kind that is not read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "places.txt")
    ...     _ = path.write_text('[{"name": "Raqqa"}]', encoding="utf-8")
    ...     recognise(path)
    'json'
    """
    path = Path(path)
    try:
        form = _form(path)
        if form not in _PACKED:
            return form
        with unpacked(path, form) as (inner, name, _):
            try:
                return _inner_form(inner)
            except GeoeventsError as error:
                raise GeoeventsError(str(error).replace(str(inner), name)) from error
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be read: {error.strerror or error}") from error


def _form(path: Path) -> str:
    """Tell the kind of a file, or how it is packed."""
    if not path.exists():
        raise GeoeventsError(f"{path}: there is no such file")
    if path.is_dir():
        raise GeoeventsError(f"{path}: is a folder, not a file")
    if not path.is_file():
        raise GeoeventsError(f"{path}: is a device or a pipe: save what it gives as a file")
    with path.open("rb") as file:
        form = sniff(file.read(HEAD_BYTES), path)
    if form != "zip":
        return form
    try:
        with zipfile.ZipFile(path) as archive:
            return sniff_archive(archive.namelist(), archive, path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise GeoeventsError(f"{path}: is damaged or cut off ({error}): get it anew") from error


def _inner_form(path: Path) -> str:
    form = _form(path)
    if form in _PACKED:
        raise GeoeventsError(
            f"{path}: is packed twice, and unpacked once only: unpack the outer file yourself "
            "(with 'Extract all', unzip or gunzip) and give the one in it"
        )
    return form


def _agreed(path: Path, found: str, wanted: str | None) -> str:
    """Choose between what the file is and what the caller says, which counts for text only."""
    if wanted is None or wanted == found:
        return found
    if {wanted, found} <= _TEXT:
        return wanted
    raise GeoeventsError(f"{path}: is {found}, not {wanted}")


def _read(path: Path, kind: str, layer: str | None, options: Mapping[str, Any]) -> Table:
    """Read a file that is not packed; the options are those of delimited text."""
    if layer is not None and kind in _ONE_TABLE:
        raise GeoeventsError(f"{path}: has no layers: leave out layer={shown(layer)}")
    if kind == "csv":
        from geoevents.tables.delimited import read_delimited

        table = read_delimited(path, **options)
    elif kind == "json":
        from geoevents.tables.records import read_records

        table = read_records(path)
    elif kind == "geojson":
        from geoevents.tables.geojson import read_geojson

        table = read_geojson(path)
    elif kind == "parquet":
        from geoevents.tables.parquet import read_parquet

        table = read_parquet(path)
    elif kind == "excel":
        from geoevents.tables.sheets import read_sheet

        table = read_sheet(path, layer)
    elif kind == "kml":
        from geoevents.tables.kml import read_kml

        table = read_kml(path, layer)
    else:
        from geoevents.tables.layers import read_layer

        table = read_layer(path, kind, layer)
    return table
