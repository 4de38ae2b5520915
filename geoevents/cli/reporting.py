"""``geoevents report``: the events that articles tell of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.articles import FORMATS, Article, read_article, told_counts
from geoevents.cli.options import (
    country_option,
    json_option,
    see_options_of_reading,
    see_outputs,
)
from geoevents.console import (
    geojson,
    one_line,
    print_json,
    progress_bar,
    steps,
    telling_warnings,
)
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    import geopandas as gpd

#: How many of the events that are not on the map are told one by one.
_LISTED = 20

published_option = click.option(
    "--published",
    metavar="DATE",
    help="The day an article was published: 2017-09-17. 'Saturday' in it counts from that.",
)
actors_option = click.option(
    "--actors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Actors of your own: a CSV table with the columns name and aliases.",
)


@click.command(
    "report",
    epilog="Example: geoevents report article.txt --published 2017-09-17 -o events.geojson",
)
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@published_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to: .geojson, .gpkg, .parquet, .fgb, .kml, .kmz or .csv.",
)
@click.option("--source", metavar="NAME", help="Who published it: for the column source.")
@country_option
@actors_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="What the article is written in [told by its suffix and its text].",
)
@json_option
@click.option("--quiet", is_flag=True, help="No summary.")
def report_command(  # noqa: PLR0917 -- click passes them by name
    articles: tuple[str, ...],
    published: str | None,
    output: Path | None,
    source: str | None,
    country: str | None,
    actors: Path | None,
    kind: str | None,
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Read the events that an article tells of: what, where, when, who, and who says so.

    ARTICLE is a file of plain text, Markdown or HTML, or - for standard input. Each event has its
    geometry, and the words it was read from. Several articles of one day go into one table, with
    the file's name in the column "report". See docs/reports.md.
    """
    if output is None and not as_json:
        raise click.UsageError("say where to with -o FILE, or print the events with --json")
    if output is not None:
        from geoevents.io import see_suffix  # noqa: PLC0415 -- --help stays fast

        see_suffix(output)
        see_outputs([output], [Path(name) for name in articles] + ([actors] if actors else []))
    if len(articles) > 1 and kind is not None:
        raise click.UsageError("--format is for one article; of several each is told by its text")
    see_options_of_reading(published, country, actors)
    read = [read_article(name) for name in dict.fromkeys(articles)]
    with telling_warnings():
        options: dict[str, Any] = {"country": country, "actors": actors}
        if len(read) == 1:
            events = read_one(read[0], published, kind, source=source, quiet=quiet, **options)
        else:
            events = _read_several(read, published, source, options, quiet=quiet)
    if output is not None:
        from geoevents.io import write_events  # noqa: PLC0415 -- --help stays fast

        write_events(events, output)
    if as_json:
        print_json(records(events))
    if not quiet:
        _tell(events, read, output, error_stream=as_json)


def read_one(
    article: Article, published: str | None, kind: str | None, *, quiet: bool, **options: Any
) -> gpd.GeoDataFrame:
    """
    Read the events of an article.

    Parameters
    ----------
    article : Article
        The article.
    published : str or None
        When it was published.
    kind : str or None
        What it is written in, if the user says so.
    quiet : bool
        Whether to show no progress.
    **options
        Of `geoevents.read_report`.

    Returns
    -------
    geopandas.GeoDataFrame
        Its events, located.

    Raises
    ------
    GeoeventsError
        If it cannot be read; the message begins with the name of the article.
    """
    try:
        with steps(["Loading", "Reading the article"], quiet=quiet) as step:
            from geoevents.reports import read_report  # noqa: PLC0415 -- --help stays fast

            step()
            return read_report(
                article.text, published=published, format=kind or article.format, **options
            )
    except GeoeventsError as error:
        raise GeoeventsError(f"{article.name}: {_with_options(error)}") from error


def records(events: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """
    Give events as JSON holds them.

    Parameters
    ----------
    events : geopandas.GeoDataFrame
        The events.

    Returns
    -------
    list of dict
        One for each, its geometry as GeoJSON; what is missing is None.
    """
    from geoevents.io.cells import iso_dates  # noqa: PLC0415 -- --help stays fast

    columns: dict[str, list[Any]] = {}
    for name in events.columns.drop("geometry"):
        column = events[name]
        if column.dtype.kind == "M":
            columns[name] = iso_dates(column)
        else:
            columns[name] = column.astype(object).where(column.notna(), None).tolist()
    columns["geometry"] = [
        None if shape is None else geojson(shape) for shape in events.geometry.to_numpy()
    ]
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def tell_lost(events: gpd.GeoDataFrame) -> None:
    """
    Print on standard error which events are not on the map, and why.

    Parameters
    ----------
    events : geopandas.GeoDataFrame
        Located events.
    """
    missing = events.geometry.isna() | events.geometry.is_empty
    lost = events.loc[missing, ["event_id", "problem"]]
    for event, problem in lost.head(_LISTED).itertuples(index=False):
        click.echo(f"  {one_line(str(event))}: not on the map: {one_line(str(problem))}", err=True)
    if len(lost) > _LISTED:
        click.echo(f"  ... and {len(lost) - _LISTED:,} more", err=True)


def _read_several(
    articles: list[Article],
    published: str | None,
    source: str | None,
    options: dict[str, Any],
    *,
    quiet: bool,
) -> gpd.GeoDataFrame:
    import pandas as pd  # noqa: PLC0415 -- --help stays fast

    from geoevents.reports import read_reports  # noqa: PLC0415

    frame = pd.DataFrame(
        {"text": [one.text for one in articles], "source": source},
        index=[one.name for one in articles],
    )
    try:
        with progress_bar("Reading articles", quiet=quiet) as told:
            return read_reports(
                frame,
                text="text",
                published=published,
                source=None if source is None else "source",
                progress=told,
                **options,
            )
    except GeoeventsError as error:
        message = _with_options(error)
        for one in articles:
            message = message.replace(f"row {one.name!r}: ", f"{one.name}: ")
        raise GeoeventsError(message) from error


def _with_options(error: GeoeventsError) -> str:
    """Say it as the command line does, not as Python."""
    told = str(error).replace(" (errors='split' goes on)", "")
    return told.replace("published=", "--published")


def _tell(
    events: gpd.GeoDataFrame, articles: list[Article], output: Path | None, *, error_stream: bool
) -> None:
    """Print what was read of which article, and where it went."""
    for article in articles:
        its = events if len(articles) == 1 else events[events["report"] == article.name]
        click.echo(f"{one_line(article.name)}: {told_counts(its)}", err=error_stream)
    if output is not None:
        click.echo(f"{output}: {told_counts(events).split(',', 1)[0]}", err=error_stream)
    tell_lost(events)
