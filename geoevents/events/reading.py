"""Reading tables of events, of any kind and from anywhere; every row read or accounted for."""

import re
import tempfile
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal, overload
from urllib.parse import unquote, urlsplit

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from pyproj.exceptions import CRSError

from geoevents.errors import GeoeventsError, shown
from geoevents.events.columns import COLUMNS
from geoevents.events.naming import choose_columns, name_types
from geoevents.events.problems import Problems, SchemaError
from geoevents.events.schema import check
from geoevents.events.sources import HEADERS, SOURCES, Source, Translated, recognise_source
from geoevents.events.sources.guessing import doubts, guess_columns
from geoevents.events.values import TEXT
from geoevents.tables import KINDS, Table, read_table
from geoevents.tables.columns import as_column

_TABLE = "table"
_LONGEST = 100  # what file systems take as a name, with room for what is put beside it
_WEB = re.compile(r"https?://", re.IGNORECASE)
#: What reading, translating and checking take of the whole, for those who watch.
_READ, _TRANSLATED = 0.6, 0.75

_READ_BY_SCHEMA = {column.name for column in COLUMNS}

Progress = Callable[[float], object]


class GuessWarning(UserWarning):
    """What a table's columns hold was guessed from their names, or something was assumed."""


@overload
def read_events(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    types: Mapping[str, str] | str | None = None,
    layer: str | None = None,
    crs: Any = None,
    errors: Literal["raise"] = "raise",
    progress: Progress | None = None,
) -> gpd.GeoDataFrame: ...


@overload
def read_events(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    types: Mapping[str, str] | str | None = None,
    layer: str | None = None,
    crs: Any = None,
    errors: Literal["split"],
    progress: Progress | None = None,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]: ...


def read_events(
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 -- the word of the design
    columns: Mapping[str, str] | None = None,
    types: Mapping[str, str] | str | None = None,
    layer: str | None = None,
    crs: Any = None,
    errors: Literal["raise", "split"] = "raise",
    progress: Progress | None = None,
) -> gpd.GeoDataFrame | tuple[gpd.GeoDataFrame, pd.DataFrame]:
    r"""
    Read a table of events.

    Parameters
    ----------
    path : str or path
        A file, or its address on the web (``https://...``): ACLED (CSV or the answer of its API),
        UCDP GED, GDELT 2.0 events, or any table: CSV (UTF-8; commas, semicolons or tabs), Excel,
        GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet or KML, also packed (gz, zip). What
        it is, is told by what it holds, not by its name. Where an event happened is said by a
        geometry (WKT in CSV), by ``longitude`` and ``latitude``, by ``locality`` or by ``place``.
        Other columns are kept.
    format : str, optional
        What it is, where that cannot be told: a dataset ("acled", "ucdp", "gdelt"), a kind of file
        ("csv", "json", "geojson", "gpkg", "shapefile", "flatgeobuf", "parquet", "kml", "excel"), or
        "table" for a table that only looks like a dataset. "auto" is the same as leaving it out.
    columns : mapping of str to str, optional
        Which column of the table holds what: names of the schema's columns, and ``longitude`` and
        ``latitude``, each with the table's own name. What is not named here is told by its name,
        or guessed from it with a `GuessWarning`.
    types : mapping of str to str, or str, optional
        What the table's own words for types of events mean: ``{"IED attack": "bombing"}``; or the
        type of all its events.
    layer : str, optional
        The layer, sheet or member of a file that has several.
    crs : object, optional
        The CRS of geometries in a file that does not say it, such as ``"EPSG:32637"``.
    errors : {"raise", "split"}, default "raise"
        What to do with rows that are not events: raise one error that lists them, or hand them
        back beside the others.
    progress : callable, optional
        Called now and then with the part that is done, 0 to 1.

    Returns
    -------
    geopandas.GeoDataFrame
        The events in canonical form (see `geoevents.events.schema.validate`), labelled with the
        number of their row in the file, from 0; ``attrs["read"]`` says as what the file was read
        and which of its columns became what. With ``errors="split"`` a tuple of that and a frame
        with a row for each problem: ``file``, ``line`` (text files), ``row``, ``column`` (as the
        file calls it), ``value``, ``reason``. No row is in both, none in neither.

    Raises
    ------
    SchemaError
        If rows are not events (``errors="raise"``), or the table as a whole cannot be one.
    GeoeventsError
        If the file cannot be read, or an argument is not what it must be.

    Warns
    -----
    GuessWarning
        If columns were guessed, or a dataset leaves something open; says what was assumed.

    See Also
    --------
    geoevents.write_events : Writes them in the formats people ask for.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "events.csv")
    ...     _ = path.write_text("event_type,place\nair strike,Deir Ezzor")
    ...     events = read_events(path)
    ...     _ = path.write_text("What,Town\nbombed from the air,Deir Ezzor")
    ...     same = read_events(
    ...         path,
    ...         columns={"event_type": "What", "place": "Town"},
    ...         types={"bombed from the air": "air strike"},
    ...     )
    >>> events.loc[0, "place"]
    'Deir Ezzor'
    >>> same.loc[0, "event_type"]
    'air strike'
    """
    if errors not in {"raise", "split"}:
        raise GeoeventsError(f"errors is {shown(errors)}: use 'raise' or 'split'")
    kind, dataset = _asked(format)
    told = progress or (lambda _: None)
    table = _with_crs(_read(path, kind, layer, told), crs, path)
    problems = Problems(table.frame.index, str(path), table.lines)
    problems.reject(table.broken)
    source = SOURCES.get(dataset) if dataset is not None else None
    if source is None and dataset is None and columns is None:
        source = recognise_source([str(name) for name in table.frame.columns])
    known = _translated(table, source, columns, types, problems)
    told(_TRANSLATED)
    for note in known.notes:
        warnings.warn(f"{path}: {note}", GuessWarning, stacklevel=2)
    problems.rename(known.names)
    events = check(known.frame, problems)
    told(1.0)
    if problems and (errors == "raise" or problems.of_table()):
        raise SchemaError(problems.frame())
    events.attrs["read"] = {
        "format": _TABLE if source is None else source.name,
        "kind": table.kind,
        "columns": dict(known.names),
    }
    if errors == "raise":
        return events
    return events.drop(index=events.index[problems.rows()]), problems.frame()


def _asked(given: str | None) -> tuple[str | None, str | None]:
    """Tell what the caller says of the file: its kind, and the dataset it is."""
    if given is None or given == "auto":
        return None, None
    if given in KINDS:
        return given, None
    if given in SOURCES or given == _TABLE:
        return None, given
    raise GeoeventsError(
        f"format is {shown(given)}: use one of {', '.join(('auto', *SOURCES, _TABLE, *KINDS))}"
    )


def _read(
    path: str | PathLike[str], kind: str | None, layer: str | None, progress: Progress
) -> Table:
    """Read the table of a file, or of an address on the web."""

    def read(file: Path, start: float) -> Table:
        return read_table(
            file,
            kind=kind,
            layer=layer,
            text=lambda _: True,
            headers=HEADERS,
            progress=lambda part: progress(start + (_READ - start) * part),
        )

    if not isinstance(path, str) or not _WEB.match(path):
        return read(Path(path), 0.0)
    from geoevents.download import download  # noqa: PLC0415 -- files do without

    name = Path(unquote(urlsplit(path).path)).name[-_LONGEST:] or "events"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)

        def fetched(done: int, whole: int | None) -> None:
            progress(_READ / 2 * done / whole if whole else 0.0)

        download(path, file, progress=fetched)
        try:
            return read(file, _READ / 2)
        except GeoeventsError as error:
            raise GeoeventsError(str(error).replace(str(file), path)) from error


def _with_crs(table: Table, crs: Any, path: str | PathLike[str]) -> Table:
    """Give geometries the CRS that the caller says, where the file says none."""
    if crs is None or not isinstance(table.frame, gpd.GeoDataFrame):
        return table
    if table.frame.crs is not None:
        raise GeoeventsError(
            f"{path}: says itself in which CRS it is ({table.frame.crs.name}): leave out crs="
        )
    try:
        return replace(table, frame=table.frame.set_crs(crs))
    except CRSError as error:
        raise GeoeventsError(f"crs is {shown(crs)}: it cannot be read: {error}") from error


def _translated(
    table: Table,
    source: Source | None,
    columns: Mapping[str, str] | None,
    types: Mapping[str, str] | str | None,
    problems: Problems,
) -> Translated:
    """Give a table the columns of the schema: by its codebook, by what is said, by its names."""
    if source is not None:
        if columns is not None or types is not None:
            raise GeoeventsError(
                f"columns= and types= are for tables of your own, and this is read as "
                f"{source.name}: pass format='table' to read it as one"
            )
        translated = source.translate(table.frame, problems)
        frame, names, notes = translated.frame, translated.names, translated.notes
    else:
        frame, names = choose_columns(table.frame, columns or {})
        if not len(frame) and frame.columns.isin(["geometry"]).all():
            # A file of no features has no columns either.
            frame = frame.assign(event_type=None, place=None)
        # One type for all events leaves nothing to be asked of a column.
        said = names | ({"event_type": ""} if isinstance(types, str) else {})
        guessed = guess_columns(frame, said)
        frame = frame.rename(columns={theirs: ours for ours, theirs in guessed.items()})
        names |= guessed
        notes = [_told(guessed)] if guessed else []
        notes += [
            f"{ours} could be {' or '.join(map(repr, theirs))}, and is left out: say which with "
            f"columns={{{shown(ours)}: ...}}"
            for ours, theirs in doubts(frame, said | guessed).items()
        ]
        if types is not None:
            frame = name_types(frame, types)
        if table.kind == "csv":
            frame = _with_numbers(frame)
    return Translated(frame, names, notes)


def _told(guessed: Mapping[str, str]) -> str:
    """Say what was guessed, and how to say otherwise."""
    columns = ", ".join(f"{ours} from {shown(theirs)}" for ours, theirs in guessed.items())
    return f"guessed by the names of columns: {columns}. Give columns={{...}} if that is wrong"


def _with_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn what the schema does not know into numbers where all of it is written so."""
    out = frame.copy(deep=False)
    for name in out.columns[~out.columns.duplicated(keep=False)]:
        if str(name).strip().lower() not in _READ_BY_SCHEMA and out[name].dtype == TEXT:
            cells = pa.array(out[name], pa.large_string(), from_pandas=True)
            out[name] = as_column(cells, text=False)
    return out
