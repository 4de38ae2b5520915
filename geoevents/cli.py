"""The command line, a thin skin over the API."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents import __version__
from geoevents.console import (
    change_table,
    geojson,
    one_line,
    place_feature,
    place_line,
    place_record,
    print_json,
    steps,
    telling_warnings,
)
from geoevents.errors import GeoeventsError
from geoevents.localities.tree import LocalityError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places import Place
    from geoevents.territory import Territory

_BAD_INPUT = 2
_INTERRUPTED = 130

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
_country_option = click.option(
    "--country", metavar="CODE", help="Only places of this country: SY, SYR or Syria."
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: geoevents map examples/deir_ezzor_2017/events.csv -o map.html",
)
@click.version_option(__version__, prog_name="geoevents")
def app() -> None:
    """Turn reports of events into maps: places, uncertainty, territory and square kilometres."""


@app.command("map", epilog="Example: geoevents map events.csv -o map.html --title 'My map'")
@click.argument("events_path", metavar="EVENTS", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The page to write [EVENTS.html]; .png: a picture, which needs a browser.",
)
@click.option("--title", help="Heading of the map.")
@click.option("--subtitle", help="Stands below the heading.")
@_country_option
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
def map_command(  # noqa: PLR0917 -- click passes them by name
    events_path: Path,
    output: Path | None,
    country: str | None,
    ground_path: Path | None,
    actor: str,
    date: str,
    *,
    no_time: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """
    Draw the events of a table as one HTML page that needs no network, or as a picture.

    EVENTS is a CSV, GeoJSON, GeoPackage or Parquet file with the columns of docs/events.md:
    coordinates, a locality in words, or both.
    """
    page = output or Path(events_path.with_suffix(".html").name)
    if page.exists() and events_path.exists() and page.samefile(events_path):
        raise click.UsageError(f"the map would replace its own events: {page}")
    if ground_path is not None:
        _see_outputs([page], [ground_path])
    with steps(["Loading", "Reading events", "Locating them", "Drawing"], quiet=quiet) as step:
        from geoevents.events import attach, read_events  # noqa: PLC0415 -- --help stays fast
        from geoevents.maps import event_map  # noqa: PLC0415

        step()
        events = read_events(events_path)
        if ground_path is not None:
            options["territory"] = _territory(ground_path, actor, date)
        step()
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
    for event, problem in located.loc[missing, ["event_id", "problem"]].itertuples(index=False):
        click.echo(f"  {one_line(str(event))}: not on the map: {one_line(str(problem))}", err=True)


@app.command("geocode", epilog='Example: geoevents geocode "Deir Ezzor" "Khabur River"')
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@_country_option
@click.option("--kind", help="Only this kind: river, admin1, populated place, country...")
@click.option("--near", help="A place that the names are near, to choose among namesakes.")
@_json_option
@click.option("--geojson", "as_geojson", is_flag=True, help="Print a GeoJSON FeatureCollection.")
def geocode_command(
    names: tuple[str, ...],
    country: str | None,
    kind: str | None,
    near: str | None,
    *,
    as_json: bool,
    as_geojson: bool,
) -> None:
    """
    Find the places with these names in the embedded gazetteer.

    Names given together help each other: the namesakes nearest to one another are preferred.
    """
    if as_json and as_geojson:
        raise click.UsageError("choose one of --json and --geojson")
    from geoevents.places import PlaceNotFound, geocode  # noqa: PLC0415 -- --help stays fast

    found: list[Place | None] = []
    missing: list[str] = []
    for name in names:
        others = "; ".join(other for other in names if other != name)
        try:
            found.append(
                geocode(name, country=country, kind=kind, near=near, context=others or None)
            )
        except PlaceNotFound as error:
            found.append(None)
            missing.append(str(error))
    if as_geojson:
        features = [place_feature(place, name) for place, name in zip(found, names, strict=True)]
        print_json({"type": "FeatureCollection", "features": features})
    elif as_json:
        print_json([place_record(place, name) for place, name in zip(found, names, strict=True)])
    else:
        for place in found:
            if place is not None:
                click.echo(place_line(place))
    if missing:
        raise GeoeventsError("; ".join(missing))


# A latitude in the south begins like an option.
@app.command(
    "locate",
    context_settings={"ignore_unknown_options": True},
    epilog='Example: geoevents locate "east of the Euphrates, near Raqqa"',
)
@click.argument("text", metavar="PHRASE")
@_country_option
@click.option("--near", help="A place that it is near, to choose among namesakes.")
@click.option("--area", "area_km2", type=float, metavar="KM2", help="The reported area.")
@_json_option
@click.option("--geojson", "as_geojson", is_flag=True, help="Print the region as GeoJSON.")
@click.option(
    "--map", "page", type=click.Path(path_type=Path), help="Draw the region on this HTML page."
)
def locate_command(
    text: str,
    country: str | None,
    near: str | None,
    area_km2: float | None,
    page: Path | None,
    *,
    as_json: bool,
    as_geojson: bool,
) -> None:
    """
    Turn a phrase that says where into a region with its uncertainty, and say how.

    PHRASE is what a report says: "10 km east of Raqqa", "on the left bank of the Dnieper,
    opposite Kherson", "between Mosul and Erbil", "35.336 N, 40.141 E".
    """
    if as_json and as_geojson:
        raise click.UsageError("choose one of --json and --geojson")
    from geoevents.localities import locate  # noqa: PLC0415 -- --help stays fast

    locality = locate(text, country=country, near=near, area_km2=area_km2)
    if page is not None:
        from geoevents.maps import event_map  # noqa: PLC0415 -- --help stays fast

        drawn = locality.to_frame().rename(columns={"text": "locality"})
        event_map(drawn.assign(event_type="locality"), title=text).save(page)
    properties = {
        "text": text,
        "relation": "+".join(locality.relations),
        "tree": str(locality.relation),
        "inferred": locality.inferred,
        "places": [place.id for place in locality.places],
        "longitude": round(locality.point.x, 6),
        "latitude": round(locality.point.y, 6),
        "uncertainty_m": round(locality.uncertainty_m, 1),
        "area_km2": locality.area_km2,
        "explanation": locality.explain(),
    }
    geometry = geojson(locality.geometry)
    if as_json:
        print_json(properties | {"geometry": geometry})
    elif as_geojson:
        print_json({"type": "Feature", "geometry": geometry, "properties": properties})
    else:
        click.echo(locality.explain())
        if page is not None:
            click.echo(f"{page}: the region on a map")


@app.command(
    "change", epilog="Example: geoevents change monday.geojson tuesday.geojson -o change.gpkg"
)
@click.argument("before_path", metavar="BEFORE", type=click.Path(path_type=Path))
@click.argument("after_path", metavar="AFTER", type=click.Path(path_type=Path))
@click.option(
    "--actor", metavar="COLUMN", default="actor", show_default=True, help="Who holds each feature."
)
@click.option("--holder", metavar="NAME", help="All ground in both files is held by NAME.")
@click.option("--layer", help="The layer, in files that have several.")
@click.option(
    "--tolerance-m", type=float, default=0.0, metavar="M", help="Set aside what is narrower."
)
@click.option(
    "--uncertainty-m", type=float, metavar="M", help="How far the lines may be off, for the range."
)
@click.option(
    "--overlaps",
    type=click.Choice(["error", "contested", "first"]),
    default="error",
    show_default=True,
    help="What to do where actors claim the same ground.",
)
@click.option("--explode", is_flag=True, help="A row for each place of change.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the change polygons: .gpkg, .geojson, .parquet or .csv.",
)
@click.option("--map", "page", type=click.Path(path_type=Path), help="Draw them on an HTML page.")
@_json_option
def change_command(  # noqa: PLR0917 -- click passes them by name
    before_path: Path,
    after_path: Path,
    output: Path | None,
    page: Path | None,
    layer: str | None,
    holder: str | None,
    *,
    as_json: bool,
    **options: Any,
) -> None:
    """
    Say what ground changed hands between two snapshots of control, and how many km2.

    BEFORE and AFTER are vector files with a polygon for each piece of ground (GeoJSON, GeoPackage,
    Shapefile, GeoParquet...), its holder in the column --actor.
    """
    from geoevents.io import read_vector, see_suffix, write_changes  # noqa: PLC0415 -- --help
    from geoevents.territory import territory_change  # noqa: PLC0415 -- stays fast

    _see_outputs([output, page], [before_path, after_path])
    if output is not None:
        see_suffix(output)
    before, after = (read_vector(path, layer) for path in (before_path, after_path))
    if holder is not None:
        before, after = (frame.assign(**{options["actor"]: holder}) for frame in (before, after))
    for path, frame in ((before_path, before), (after_path, after)):
        if len(frame) and options["actor"] not in frame:
            there = ", ".join(repr(str(name)) for name in frame.columns.drop("geometry"))
            raise GeoeventsError(
                f"{path}: has no column {options['actor']!r} that says who holds each feature; it "
                f"has {there or 'none'}. Name it with --actor, or pass --holder NAME if one actor "
                "holds all of it"
            )
    # A file without features has no columns either: a day on which nobody holds anything.
    before, after = (
        frame if len(frame) else frame.assign(**{options["actor"]: []}) for frame in (before, after)
    )
    with telling_warnings():
        changes = territory_change(before, after, **options)
    if output is not None:
        write_changes(changes, output)
    if page is not None:
        from geoevents.maps import event_map  # noqa: PLC0415 -- --help stays fast

        event_map(changes=changes, title=f"{before_path.stem} to {after_path.stem}").save(page)
    if as_json:
        table = changes.drop(columns="geometry")
        rows = table.astype(object).where(table.notna(), None).to_dict("records")
        print_json({"changes": rows, **changes.attrs})
        return
    click.echo(change_table(changes))
    for made, what in ((output, "the change polygons"), (page, "the changes on a map")):
        if made is not None:
            click.echo(f"{made}: {what}")


@app.command("area", epilog="Example: geoevents area control_2024-07-08.geojson")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--layer", help="The layer, in a file that has several.")
@click.option("--by", metavar="COLUMN", help="Sum the areas for each value of a column.")
@_json_option
def area_command(path: Path, layer: str | None, by: str | None, *, as_json: bool) -> None:
    """
    Print the geodesic area in km2 of each feature of FILE, and their sum.

    FILE is any vector file GDAL reads (GeoJSON, GeoPackage, Shapefile...), or GeoParquet.
    Overlapping features are counted each.
    """
    from geoevents.geodesy import area  # noqa: PLC0415 -- --help stays fast
    from geoevents.io import read_vector  # noqa: PLC0415

    frame = read_vector(path, layer)
    areas = area(frame.geometry)
    total = float(areas.sum())
    if by is not None:
        if by not in frame:
            there = ", ".join(repr(str(name)) for name in frame.columns.drop("geometry"))
            raise GeoeventsError(f"{path}: has no column {by!r}; it has {there}")
        areas = areas.groupby(frame[by].fillna("").astype(str)).sum()
    if as_json:
        values = [None if math.isnan(value) else value for value in areas.tolist()]
        found = values if by is None else dict(zip(areas.index.tolist(), values, strict=True))
        print_json({"file": str(path), "area_km2": found, "total_km2": total})
        return
    for label, value in areas.items():
        shown = "no geometry" if math.isnan(value) else f"{value:,.3f}"
        click.echo(f"{one_line(str(label))}\t{shown}")
    click.echo(f"total\t{total:,.3f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the program's name; those of this process if not given.

    Returns
    -------
    int
        0 when all went well, 2 for bad input (one line on standard error), 130 if interrupted.
    """
    try:
        app.main(
            args=None if arguments is None else list(arguments),
            prog_name="geoevents",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (``head``, say) has gone: Python would complain again as it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("GEOEVENTS_TRACEBACK"):
            raise
        click.echo(f"geoevents: error: {one_line(_message(error))}", err=True)
        return _BAD_INPUT
    return 0


def _message(error: Exception) -> str:
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, LocalityError) and error.text:
        at = error.text[error.start : error.end].strip()
        return f"{error.reason} (at {at!r} in {error.text!r})" if at else error.reason
    if isinstance(error, GeoeventsError | OSError):
        return str(error)
    return (
        f"unexpected {type(error).__name__}: {error} "
        "(a bug: set GEOEVENTS_TRACEBACK=1 to see where, and please report it)"
    )


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


def _see_outputs(outputs: Sequence[Path | None], inputs: Sequence[Path]) -> None:
    """See that nothing that is read would be written over."""
    for output in outputs:
        for path in inputs:
            if output is not None and output.exists() and path.exists() and output.samefile(path):
                raise click.UsageError(f"{output} would replace its own input")


if __name__ == "__main__":
    sys.exit(main())
