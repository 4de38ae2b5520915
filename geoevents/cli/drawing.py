"""``geoevents map``: events drawn as a page or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.options import country_option, see_outputs
from geoevents.cli.tables import read_table_of_events, reading_options, tell_rejected
from geoevents.console import one_line, steps, telling_warnings
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from geoevents.territory import Territory

#: How many of the events that are not on the map are told one by one.
_LISTED = 20


@click.command("map", epilog="Example: geoevents map events.csv -o map.html --title 'My map'")
@click.argument("source", metavar="EVENTS")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The page to write [EVENTS.html]; .png: a picture, which needs a browser.",
)
@click.option("--title", help="Heading of the map.")
@click.option("--subtitle", help="Stands below the heading.")
@country_option
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
    Draw the events of a table as one HTML page that needs no network, or as a picture.

    EVENTS is a file or an address on the web: ACLED, UCDP GED or GDELT as they come, or a table
    (CSV, Excel, GeoJSON, GeoPackage...) with coordinates, a locality in words, or both. See
    docs/events.md and docs/sources.
    """
    page = output or Path(Path(source).with_suffix(".html").name)
    if ground_path is not None:
        see_outputs([page, reading["rejected"]], [ground_path])
    events, rejected = read_table_of_events(source, page, quiet=quiet, **reading)
    with steps(["Loading", "Locating events", "Drawing"], quiet=quiet) as step:
        from geoevents.events import attach  # noqa: PLC0415 -- --help stays fast
        from geoevents.maps import event_map  # noqa: PLC0415

        if ground_path is not None:
            options["territory"] = _territory(ground_path, actor, date)
        step()
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
    missing = located.geometry.isna() | located.geometry.is_empty
    click.echo(f"{page}: {len(located)} events, {int((~missing).sum())} on the map")
    tell_rejected(rejected, reading["rejected"])
    lost = located.loc[missing, ["event_id", "problem"]]
    for event, problem in lost.head(_LISTED).itertuples(index=False):
        click.echo(f"  {one_line(str(event))}: not on the map: {one_line(str(problem))}", err=True)
    if len(lost) > _LISTED:
        click.echo(f"  ... and {len(lost) - _LISTED:,} more", err=True)


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
