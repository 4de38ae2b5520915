"""The command line, a thin skin over the API: ``geoevents map | geocode | locate | area``."""

from __future__ import annotations

import json
import math
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents import __version__
from geoevents.errors import GeoeventsError
from geoevents.localities.tree import LocalityError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.maps.eventmap import Basemap
    from geoevents.places import Place

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
    "-o", "--output", type=click.Path(path_type=Path), help="The page to write [EVENTS.html]."
)
@click.option("--title", help="Heading of the map.")
@_country_option
@click.option(
    "--basemap",
    type=click.Choice(["auto", "embedded", "osm", "light", "dark"]),
    default="auto",
    show_default=True,
    help="Online tiles above the embedded base map.",
)
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def map_command(
    events_path: Path,
    output: Path | None,
    title: str | None,
    country: str | None,
    basemap: Basemap,
    *,
    quiet: bool,
) -> None:
    """
    Draw the events of a table as one HTML page that needs no network.

    EVENTS is a CSV, GeoJSON, GeoPackage or Parquet file with the columns of docs/events.md:
    coordinates, a locality in words, or both.
    """
    page = output or Path(events_path.with_suffix(".html").name)
    if page.exists() and events_path.exists() and page.samefile(events_path):
        raise click.UsageError(f"the map would replace its own events: {page}")
    with _steps(["Loading", "Reading events", "Locating them", "Drawing"], quiet=quiet) as step:
        from geoevents.events import attach, read_events  # noqa: PLC0415 -- --help stays fast
        from geoevents.maps import event_map  # noqa: PLC0415

        step()
        events = read_events(events_path)
        step()
        located = attach(events, country=country)
        step()
        event_map(located, title=title, basemap=basemap).save(page)
    if quiet:
        return
    missing = located.geometry.isna() | located.geometry.is_empty
    click.echo(f"{page}: {len(located)} events, {int((~missing).sum())} on the map")
    for event, problem in located.loc[missing, ["event_id", "problem"]].itertuples(index=False):
        click.echo(
            f"  {_one_line(str(event))}: not on the map: {_one_line(str(problem))}", err=True
        )


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
        features = [_feature(place, name) for place, name in zip(found, names, strict=True)]
        _print_json({"type": "FeatureCollection", "features": features})
    elif as_json:
        _print_json([_record(place, name) for place, name in zip(found, names, strict=True)])
    else:
        for place in found:
            if place is not None:
                click.echo(_place_line(place))
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
    geometry = _geojson(locality.geometry)
    if as_json:
        _print_json(properties | {"geometry": geometry})
    elif as_geojson:
        _print_json({"type": "Feature", "geometry": geometry, "properties": properties})
    else:
        click.echo(locality.explain())
        if page is not None:
            click.echo(f"{page}: the region on a map")


@app.command("area", epilog="Example: geoevents area control_2024-07-08.geojson")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--layer", help="The layer, in a file that has several.")
@_json_option
def area_command(path: Path, layer: str | None, *, as_json: bool) -> None:
    """
    Print the geodesic area in km2 of each feature of FILE, and their sum.

    FILE is any vector file GDAL reads (GeoJSON, GeoPackage, Shapefile...), or GeoParquet.
    Overlapping features are counted each.
    """
    from geoevents.geodesy import area  # noqa: PLC0415 -- --help stays fast

    areas = area(_read_geometries(path, layer))
    total = float(areas.sum())
    if as_json:
        values = [None if math.isnan(value) else value for value in areas.tolist()]
        _print_json({"file": str(path), "area_km2": values, "total_km2": total})
        return
    for label, value in areas.items():
        shown = "no geometry" if math.isnan(value) else f"{value:,.3f}"
        click.echo(f"{_one_line(str(label))}\t{shown}")
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
        click.echo(f"geoevents: error: {_one_line(_message(error))}", err=True)
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


def _one_line(text: str) -> str:
    """Join lines and drop control characters, which could drive the reader's terminal."""
    joined = "; ".join(part.strip() for part in text.splitlines() if part.strip())
    return "".join(c if c.isprintable() else " " for c in joined)


@contextmanager
def _steps(labels: list[str], *, quiet: bool) -> Iterator[Any]:
    """Show a progress bar over the named steps; call what this yields when a step ends."""
    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(
        length=len(labels), label=labels[0], file=sys.stderr, hidden=hidden
    ) as bar:
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            bar.label = labels[done]
            bar.update(1)

        yield step
        bar.label = "Done"
        bar.update(1)


def _place_line(place: Place) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    line = (
        f"{place.name} ({place.kind}{', ' + where if where else ''})  "
        f"{place.point.y:.4f}, {place.point.x:.4f}  ±{_distance(place.uncertainty_m)}  "
        f"score {place.score:.2f}  {place.source}"
    )
    if place.ambiguous:
        others = [
            f"{other.name} ({other.kind}, {other.country})" for other in place.alternatives[:3]
        ]
        line += f"\n  ambiguous; it could also be: {'; '.join(others)}"
    return line


def _distance(metres: float) -> str:
    kilometre = 1000
    return f"{metres / kilometre:.1f} km" if metres >= kilometre else f"{metres:.0f} m"


def _record(place: Place | None, query: str) -> dict[str, Any]:
    if place is None:
        return {"query": query, "name": None}
    return {
        "query": query,
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": round(place.point.y, 6),
        "longitude": round(place.point.x, 6),
        "uncertainty_m": place.uncertainty_m,
        "score": round(place.score, 4),
        "source": place.source,
        "ambiguous": place.ambiguous,
        "alternatives": [
            {"id": other.id, "name": other.name, "kind": other.kind, "country": other.country}
            for other in place.alternatives
        ],
    }


def _feature(place: Place | None, query: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": None if place is None else _geojson(place.geometry),
        "properties": _record(place, query),
    }


def _geojson(geometry: Any) -> Any:
    import shapely  # noqa: PLC0415 -- --help stays fast

    return json.loads(shapely.to_geojson(geometry))


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _read_geometries(path: Path, layer: str | None) -> Any:
    import geopandas as gpd  # noqa: PLC0415 -- --help stays fast
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    if not path.is_file() and path.suffix.lower() != ".gdb":
        raise GeoeventsError(f"{path}: there is no such file")
    try:
        if path.suffix.lower() in {".parquet", ".geoparquet"}:
            frame = gpd.read_parquet(path)
        else:
            if layer is None and len(names := pyogrio.list_layers(path)[:, 0]) > 1:
                raise GeoeventsError(
                    f"{path}: has several layers, choose one with --layer: {', '.join(names)}"
                )
            frame = gpd.read_file(path, layer=layer)
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise GeoeventsError(f"{path}: cannot be read as a vector file: {error}") from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeoeventsError(f"{path}: holds a table without geometries, so it has no areas")
    return frame.geometry


if __name__ == "__main__":
    sys.exit(main())
