"""``geoevents change`` and ``geoevents area``: ground that changed hands, and square kilometres."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click

from geoevents.cli.options import json_option, see_outputs
from geoevents.console import change_table, one_line, print_json, telling_warnings
from geoevents.errors import GeoeventsError


@click.command(
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
    help="Write the change polygons: .gpkg, .geojson, .parquet, .fgb, .kml, .kmz or .csv.",
)
@click.option("--map", "page", type=click.Path(path_type=Path), help="Draw them on an HTML page.")
@json_option
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

    see_outputs([output, page], [before_path, after_path])
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


@click.command("area", epilog="Example: geoevents area control_2024-07-08.geojson")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--layer", help="The layer, in a file that has several.")
@click.option("--by", metavar="COLUMN", help="Sum the areas for each value of a column.")
@json_option
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
