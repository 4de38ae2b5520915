"""``geoevents convert``, and how every command reads a table of events."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.options import country_option, see_outputs
from geoevents.console import one_line, progress_bar, telling_warnings
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

_WEB = re.compile(r"https?://", re.IGNORECASE)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """
    Give a command the options that say how its table of events is read.

    Parameters
    ----------
    command : callable
        Takes what they say as ``reading``, the keywords of `read_table_of_events`.

    Returns
    -------
    callable
        The command.
    """

    @click.option(
        "--format", "kind", metavar="NAME", help="acled, ucdp, gdelt, table, csv, excel... [auto]"
    )
    @click.option("--layer", help="The layer, sheet or member, in a file that has several.")
    @click.option("--crs", help="Of geometries in a file that does not say it: EPSG:32637.")
    @click.option(
        "--column",
        "columns",
        metavar="NAME=THEIRS",
        multiple=True,
        help="Which column holds what: --column 'start=Date of event'. Several times.",
    )
    @click.option(
        "--type",
        "types",
        metavar="WORD=TYPE",
        multiple=True,
        help="What a word for events means: --type 'IED=bombing'; or one type for all.",
    )
    @click.option(
        "--rejected",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Say of each row that is no event why (CSV), and go on with the others.",
    )
    @functools.wraps(command)
    def with_reading(
        *,
        kind: str | None,
        layer: str | None,
        crs: str | None,
        columns: tuple[str, ...],
        types: tuple[str, ...],
        rejected: Path | None,
        **others: Any,
    ) -> None:
        meanings: dict[str, str] | str | None = _pairs(types, "--type")
        if len(types) == 1 and "=" not in types[0]:
            meanings = types[0]
        reading = {
            "format": kind,
            "layer": layer,
            "crs": crs,
            "columns": _pairs(columns, "--column"),
            "types": meanings,
            "rejected": rejected,
        }
        command(reading=reading, **others)

    return with_reading


def _pairs(given: tuple[str, ...], option: str) -> dict[str, str] | None:
    """Read options such as ``start=When``; a lone type of event is none, and means all events."""
    if not given:
        return None
    pairs: dict[str, str] = {}
    for text in given:
        # Names of the schema hold no equals sign, words of a table may: cut where ours stands.
        cut = text.partition("=") if option == "--column" else text.rpartition("=")
        if not cut[0] or not cut[2]:
            if option == "--type" and len(given) == 1 and "=" not in text:
                return None
            raise click.UsageError(f"{option} {text!r}: write NAME=VALUE")
        pairs[cut[0].strip()] = cut[2].strip()
    return pairs


def is_on_the_web(source: str) -> bool:
    """
    Tell an address on the web from a file.

    Parameters
    ----------
    source : str
        What was written on the command line.

    Returns
    -------
    bool
        Whether it is one.
    """
    return _WEB.match(source) is not None


@click.command(
    "convert", epilog="Example: geoevents convert acled.csv -o events.gpkg --rejected rejected.csv"
)
@click.argument("source", metavar="EVENTS")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to: .geojson, .gpkg, .parquet, .fgb, .kml, .kmz or .csv.",
)
@click.option("--locate", is_flag=True, help="Give events without coordinates their geometry.")
@country_option
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
@reading_options
def convert_command(
    source: str,
    output: Path,
    country: str | None,
    reading: dict[str, Any],
    *,
    locate: bool,
    quiet: bool,
) -> None:
    """
    Read a table of events of any kind and write it in another format.

    EVENTS is a file or an address on the web: ACLED, UCDP GED or GDELT as they come, or a table
    of your own (CSV, Excel, GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet, KML; also
    packed). See docs/sources.
    """
    from geoevents.io import see_suffix, write_events  # noqa: PLC0415 -- --help stays fast

    see_suffix(output)
    if country is not None and not locate:
        raise click.UsageError("--country says where to look places up: give --locate too")
    events, rejected = read_table_of_events(source, output, quiet=quiet, **reading)
    read = events.attrs["read"]
    if locate:
        from geoevents.events import attach  # noqa: PLC0415

        with telling_warnings():
            events = attach(events, country=country)
    write_events(events, output)
    if quiet:
        return
    click.echo(f"{output}: {_counted(len(events), 'event')}, read as {_described(read)}")
    tell_rejected(rejected, reading["rejected"])


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def read_table_of_events(
    source: str, output: Path, *, quiet: bool, rejected: Path | None, **reading: Any
) -> tuple[gpd.GeoDataFrame, int]:
    """
    Read a table of events, with a progress bar, and print what was guessed.

    Parameters
    ----------
    source : str
        A file, or an address on the web.
    output : path
        What will be made of it, which may replace neither the file nor the rejected rows.
    quiet : bool
        Whether to show no progress.
    rejected : path, optional
        Where to write why rows are no events; without it they are an error.
    **reading
        Keywords of `geoevents.read_events`.

    Returns
    -------
    events : geopandas.GeoDataFrame
        The events.
    rejected : int
        How many rows are none.
    """
    from geoevents.events import read_events  # noqa: PLC0415 -- --help stays fast

    if not is_on_the_web(source):
        see_outputs([output, rejected], [Path(source)])
    if rejected is not None and rejected.resolve() == output.resolve():
        raise click.UsageError("--rejected and --output name the same file")
    with telling_warnings(), progress_bar("Reading events", quiet=quiet) as told:
        if rejected is None:
            return read_events(source, progress=told, **reading), 0
        events, problems = read_events(source, errors="split", progress=told, **reading)
    _write_rejected(problems, rejected)
    return events, problems["row"].nunique()


def tell_rejected(rows: int, path: Path | None) -> None:
    """
    Print how many rows were rejected, and where it says why.

    Parameters
    ----------
    rows : int
        How many.
    path : pathlib.Path or None
        The file that says why; nothing is printed without one.
    """
    if path is not None:
        click.echo(f"{_counted(rows, 'row')} rejected" + (f": {path} says why" if rows else ""))


def _described(read: dict[str, Any]) -> str:
    """Say as what a file was read, and which of a table's columns became what."""
    known = {"acled": "ACLED", "ucdp": "UCDP GED", "gdelt": "GDELT"}
    name, kind = read.get("format", ""), read.get("kind", "")
    if name in known:
        return f"{known[name]} ({kind})"
    renamed = ", ".join(
        f"{ours} from {one_line(theirs)!r}"
        for ours, theirs in read.get("columns", {}).items()
        if ours != theirs
    )
    return f"a table ({kind})" + (f": {renamed}" if renamed else "")


def _write_rejected(problems: pd.DataFrame, path: Path) -> None:
    """Write what is wrong with which rows as CSV, for a spreadsheet."""
    from geoevents.files import replacing  # noqa: PLC0415 -- --help stays fast

    shown = problems.assign(value=problems["value"].map(_plain, na_action="ignore"))
    try:
        with replacing(path) as unfinished:
            shown.to_csv(unfinished, index=False)
    except ValueError as error:
        raise GeoeventsError(f"{path}: cannot hold the rejected rows: {error}") from error


def _plain(value: object) -> str:
    """Give a value as text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "@", "\t", "\r"} else text
