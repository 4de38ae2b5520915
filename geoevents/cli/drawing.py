"""``geoevents map``: events of a table or an article drawn as a page or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.articles import is_article, read_article, title_of, told_counts
from geoevents.cli.options import country_option, see_options_of_reading, see_outputs
from geoevents.cli.reporting import actors_option, published_option, read_one, tell_lost
from geoevents.cli.tables import read_table_of_events, reading_options, tell_rejected
from geoevents.console import steps, telling_warnings
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    import geopandas as gpd

    from geoevents.cli.articles import Article
    from geoevents.territory import Territory


#: What a map may be written as; without a suffix it is a page.
_DRAWN = frozenset(("", ".html", ".htm", ".xhtml", ".png"))


@click.command(
    "map",
    epilog="Example: geoevents map events.csv -o map.html --title 'My map', or "
    "geoevents map article.txt --published 2017-09-17 -o map.html",
)
@click.argument("source", metavar="EVENTS")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The page to write [EVENTS.html]; .png: a picture, which needs a browser.",
)
@click.option("--title", help="Heading of the map [the title of the article, if it has one].")
@click.option("--subtitle", help="Stands below the heading.")
@country_option
@published_option
@actors_option
@click.option(
    "--territory",
    "ground_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Who holds what ground: a vector file with a polygon for each date and holder.",
)
@click.option(
    "--actor", metavar="COLUMN", default="actor", show_default=True, help="Who holds each polygon."
)
@click.option("--date", metavar="COLUMN", default="date", show_default=True, help="And when.")
@click.option(
    "--basemap",
    type=click.Choice(["auto", "embedded", "osm", "light", "dark"]),
    default="auto",
    show_default=True,
    help="Online tiles above the embedded base map.",
)
@click.option(
    "--theme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    show_default=True,
    help="The look; auto is what the reader's system prefers.",
)
@click.option("--no-time", is_flag=True, help="No time slider.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
@reading_options
def map_command(  # noqa: PLR0917 -- click passes them by name
    source: str,
    output: Path | None,
    country: str | None,
    published: str | None,
    actors: Path | None,
    ground_path: Path | None,
    actor: str,
    date: str,
    reading: dict[str, Any],
    *,
    no_time: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """
    Draw the events of a table or an article as one HTML page that needs no network, or a picture.

    EVENTS is a file or an address on the web: ACLED, UCDP GED or GDELT as they come, or a table
    (CSV, Excel, GeoJSON, GeoPackage...) with coordinates, a locality in words, or both. Or it is
    an article (.txt, .md, .html, or - for standard input): its events are read, and it stands
    beside the map. See docs/events.md, docs/sources and docs/reports.md.
    """
    page = output or Path("map.html" if source == "-" else Path(source).with_suffix(".html").name)
    read = [path for path in (ground_path, actors, Path(source)) if path]
    see_outputs([page, reading["rejected"]], read)
    _see_suffix(page)
    if is_article(source, reading["format"], published):
        events, article = _read_article(
            source,
            reading,
            published=published,
            country=country,
            actors=actors,
            quiet=quiet,
        )
        options["article"] = article.text
        options["article_format"] = reading["format"] or article.format
        if options["title"] is None:
            options["title"] = title_of(article, reading["format"])
        rejected = 0
    else:
        for name, value in (("--published", published), ("--actors", actors)):
            if value is not None:
                raise click.UsageError(f"{name} is for an article: {source} is a table of events")
        events, rejected = read_table_of_events(source, page, quiet=quiet, **reading)
    with steps(["Loading", "Locating events", "Drawing"], quiet=quiet) as step:
        from geoevents.events import attach  # noqa: PLC0415 -- --help stays fast
        from geoevents.maps import event_map  # noqa: PLC0415

        if ground_path is not None:
            options["territory"] = _territory(ground_path, actor, date)
        step()
        located = events
        if "article" not in options:
            with telling_warnings():
                located = attach(events, country=country)
        step()
        drawn = event_map(located, time=False if no_time else "auto", **options)
        if page.suffix.lower() == ".png":
            drawn.to_png(page)
        else:
            drawn.save(page)
    if quiet:
        return
    if "article" in options:
        click.echo(f"{page}: {told_counts(located)}")
    else:
        missing = located.geometry.isna() | located.geometry.is_empty
        click.echo(f"{page}: {len(located)} events, {int((~missing).sum())} on the map")
    tell_rejected(rejected, reading["rejected"])
    tell_lost(located)


def _see_suffix(page: Path) -> None:
    """See that a map is asked for, and no table or document."""
    if page.suffix.lower() not in _DRAWN:
        raise click.UsageError(
            f"{page}: a map is a page, .html, or a picture, .png: {page.suffix} is neither "
            "(geoevents report and convert write events in other formats)"
        )


def _read_article(
    source: str,
    reading: dict[str, Any],
    *,
    published: str | None,
    country: str | None,
    actors: Path | None,
    quiet: bool,
) -> tuple[gpd.GeoDataFrame, Article]:
    """Read an article and its events."""
    for name in ("layer", "crs", "columns", "types", "rejected"):
        if reading[name]:
            option = {"columns": "column", "types": "type"}.get(name, name)
            raise click.UsageError(f"--{option} is for a table of events: {source} is an article")
    see_options_of_reading(published, country, actors)
    article = read_article(source)
    with telling_warnings():
        kind = reading["format"]
        events = read_one(article, published, kind, quiet=quiet, country=country, actors=actors)
    return events, article


def _territory(path: Path, actor: str, date: str) -> Territory:
    """Read who held what ground, and when."""
    from geoevents.io import read_vector  # noqa: PLC0415 -- --help stays fast
    from geoevents.territory import Territory  # noqa: PLC0415

    frame = read_vector(path)
    for name, option in ((actor, "--actor"), (date, "--date")):
        if name not in frame:
            there = ", ".join(repr(str(name)) for name in frame.columns.drop("geometry"))
            raise GeoeventsError(
                f"{path}: has no column {name!r}; it has {there or 'none'}. Name it with {option}"
            )
    with telling_warnings():
        return Territory.from_snapshots(frame, actor=actor, date=date)
