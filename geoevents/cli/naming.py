"""``geoevents geocode`` and ``geoevents locate``: words become places and regions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoevents.cli.options import country_option, json_option
from geoevents.console import (
    geojson,
    place_feature,
    place_line,
    place_record,
    print_json,
    telling_warnings,
)
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from geoevents.places import Place


@click.command("geocode", epilog='Example: geoevents geocode "Deir Ezzor" "Khabur River"')
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@country_option
@click.option("--kind", help="Only this kind: river, admin1, populated place, country...")
@click.option("--near", help="A place that the names are near, to choose among namesakes.")
@click.option(
    "--online",
    "services",
    multiple=True,
    metavar="SERVICE",
    help="Ask nominatim, photon or geonames for what no gazetteer knows; see docs/online.md.",
)
@json_option
@click.option("--geojson", "as_geojson", is_flag=True, help="Print a GeoJSON FeatureCollection.")
def geocode_command(
    names: tuple[str, ...],
    country: str | None,
    kind: str | None,
    near: str | None,
    services: tuple[str, ...],
    *,
    as_json: bool,
    as_geojson: bool,
) -> None:
    """
    Find the places with these names, in the embedded gazetteer and those that are installed.

    Names given together help each other: the namesakes nearest to one another are preferred.
    """
    if as_json and as_geojson:
        raise click.UsageError("choose one of --json and --geojson")
    from geoevents.places import PlaceNotFound, geocode  # noqa: PLC0415 -- --help stays fast

    found: list[Place | None] = []
    missing: list[str] = []
    with telling_warnings():
        for name in names:
            others = "; ".join(other for other in names if other != name)
            try:
                found.append(
                    geocode(
                        name,
                        country=country,
                        kind=kind,
                        near=near,
                        context=others or None,
                        services=list(services) or None,
                    )
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
@click.command(
    "locate",
    context_settings={"ignore_unknown_options": True},
    epilog='Example: geoevents locate "east of the Euphrates, near Raqqa"',
)
@click.argument("text", metavar="PHRASE")
@country_option
@click.option("--near", help="A place that it is near, to choose among namesakes.")
@click.option("--area", "area_km2", type=float, metavar="KM2", help="The reported area.")
@json_option
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

    with telling_warnings():
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
