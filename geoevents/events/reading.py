"""Reading tables of events: CSV, GeoJSON, GeoPackage, Parquet; every row read or accounted for."""

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Literal, overload

import geopandas as gpd
import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS
from geoevents.events.problems import Problems, SchemaError
from geoevents.events.schema import check
from geoevents.events.tables import Table, read_csv, read_geojson, read_gpkg, read_parquet

_READERS: Mapping[str, Callable[[Path], Table]] = {
    "csv": read_csv,
    "geojson": read_geojson,
    "gpkg": read_gpkg,
    "parquet": read_parquet,
}
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
}


@overload
def read_events(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    errors: Literal["raise"] = "raise",
) -> gpd.GeoDataFrame: ...


@overload
def read_events(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    errors: Literal["split"],
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]: ...


def read_events(
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 -- the word of the design
    errors: Literal["raise", "split"] = "raise",
) -> gpd.GeoDataFrame | tuple[gpd.GeoDataFrame, pd.DataFrame]:
    r"""
    Read a table of events.

    Parameters
    ----------
    path : str or path
        A CSV file (UTF-8; commas, semicolons or tabs), GeoJSON, GeoPackage or Parquet, with the
        columns of the schema, in any case. Where an event happened is said by a geometry (WKT in
        CSV), by ``longitude`` and ``latitude`` (also ``lon`` and ``lat``, ``x`` and ``y``), by
        ``locality`` or by ``place``. Other columns are kept.
    format : {"csv", "geojson", "gpkg", "parquet"}, optional
        What kind of file it is; told by its suffix if not given.
    errors : {"raise", "split"}, default "raise"
        What to do with rows that are not events: raise one error that lists them, or hand them
        back beside the others.

    Returns
    -------
    geopandas.GeoDataFrame
        The events in canonical form (see `geoevents.events.schema.validate`), labelled with the
        number of their row in the file, from 0. With ``errors="split"`` a tuple of that and a
        frame with a row for each problem: ``file``, ``line`` (CSV), ``row``, ``column``,
        ``value``, ``reason``. No row is in both, none in neither.

    Raises
    ------
    SchemaError
        If rows are not events (``errors="raise"``), or the table as a whole cannot be one.
    GeoeventsError
        If the file cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "events.csv")
    ...     _ = path.write_text("event_type,place\nair strike,Deir Ezzor")
    ...     events = read_events(path)
    >>> events.loc[0, "place"]
    'Deir Ezzor'
    """
    if errors not in {"raise", "split"}:
        raise GeoeventsError(f"errors is {errors!r}: use 'raise' or 'split'")
    path = Path(path)
    read = _READERS[_format(path, format)]
    if not path.exists():
        raise GeoeventsError(f"{path}: there is no such file")
    if path.is_dir():
        raise GeoeventsError(f"{path}: is a folder, not a file")
    try:
        if not path.stat().st_size:
            raise GeoeventsError(f"{path}: is empty")
        table = read(path)
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be read: {error.strerror or error}") from error
    frame = _named(table.frame)
    problems = Problems(frame.index, str(path), table.lines)
    problems.reject(table.broken)
    events = check(frame, problems)
    if problems and (errors == "raise" or problems.of_table()):
        raise SchemaError(problems.frame())
    if errors == "raise":
        return events
    return events.drop(index=events.index[problems.rows()]), problems.frame()


def _format(path: Path, given: str | None) -> str:
    """Tell the kind of a file by what the caller says or by its suffix."""
    if given is not None:
        if given not in _READERS:
            raise GeoeventsError(f"format is {given!r}: use one of {', '.join(_READERS)}")
        return given
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise GeoeventsError(
            f"{path}: {f'the suffix {suffix!r}' if suffix else 'no suffix'} does not tell what it "
            f"is: use {', '.join(_SUFFIXES)}, or say format= ({', '.join(_READERS)})"
        )
    return _SUFFIXES[suffix]


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of the schema their own spelling."""
    known = {column.name for column in COLUMNS}
    names = {}
    for name in frame.columns:
        spelt = str(name).strip().lower().replace(" ", "_")
        if spelt in known and name != spelt:
            names[name] = spelt
    return frame.rename(columns=names) if names else frame
