"""``geoevents gazetteer``: what is searched besides the embedded gazetteer."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoevents.cli.options import json_option
from geoevents.console import one_line, print_json
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoevents.places.installed import Installed

_FEW = 8
_MEGABYTE = 1e6


@click.group("gazetteer", epilog="Example: geoevents gazetteer add SY IQ")
def gazetteer_group() -> None:
    """
    Install gazetteers that know more places than the embedded one.

    They are searched together with it, by every command and by geoevents.geocode.
    """


@gazetteer_group.command("add", epilog="Example: geoevents gazetteer add SY IQ")
@click.argument("countries", metavar="COUNTRY...", nargs=-1, required=True)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    help="A dump that is here already, such as SY.zip or allCountries.zip.",
)
@click.option(
    "--names-from",
    "names_file",
    type=click.Path(path_type=Path),
    help="With --from: the file of alternate names, alternatenames/SY.zip.",
)
@click.option(
    "--base-url",
    metavar="URL",
    help="Where the dumps are, if not at GeoNames; also GEOEVENTS_GEONAMES_URL.",
)
@click.option("--no-names", is_flag=True, help="Do without the file of alternate names.")
def add_command(
    countries: tuple[str, ...],
    file: Path | None,
    names_file: Path | None,
    base_url: str | None,
    *,
    no_names: bool,
) -> None:
    """
    Install all that GeoNames has of countries: villages, hills, wadis, wells, oil fields.

    COUNTRY is a code or a name: SY, SYR or Syria. The data is GeoNames', under CC BY 4.0.
    """
    from geoevents.places.installed import installing  # noqa: PLC0415 -- --help stays fast

    for code in list(dict.fromkeys(map(installing.country_code, countries))):
        with _progress() as told:
            found, made = installing.add_geonames(
                code,
                file=file,
                names_file=names_file,
                names=not no_names,
                base_url=base_url,
                progress=told,
            )
        _tell(found, made=made)


@gazetteer_group.command("add-osm", epilog="Example: geoevents gazetteer add-osm rivers.geojson")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it; the file's name if not given.")
def add_osm_command(path: Path, name: str | None) -> None:
    """
    Install places, rivers and borders of OpenStreetMap.

    FILE is GeoJSON, as Overpass Turbo, osmium and QGIS write it. The data is OpenStreetMap's, under
    the ODbL.
    """
    from geoevents.places.installed import installing  # noqa: PLC0415 -- --help stays fast

    with _progress() as told:
        found, made = installing.add_osm(path, name=name, progress=told)
    _tell(found, made=made)


@gazetteer_group.command(
    "add-file", epilog='Example: geoevents gazetteer add-file camps.csv --kind "populated place"'
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it; the file's name if not given.")
@click.option("--name-column", metavar="COLUMN", help="The column with the places' names.")
@click.option(
    "--kind",
    default="kind",
    show_default=True,
    help="The column with the kinds, or the kind of them all.",
)
@click.option("--skip", is_flag=True, help="Leave out rows that cannot be used, and count them.")
def add_file_command(
    path: Path, name: str | None, name_column: str | None, kind: str, *, skip: bool
) -> None:
    """
    Install a table of your own: places with names and coordinates or geometries.

    FILE is whatever Gazetteer.from_file reads.
    """
    from geoevents.places.installed import installing  # noqa: PLC0415 -- --help stays fast

    with _progress() as told:
        found, made = installing.add_file(
            path, name=name, name_column=name_column, kind=kind, skip=skip, progress=told
        )
    _tell(found, made=made)


@gazetteer_group.command("list", epilog="Example: geoevents gazetteer list")
@json_option
def list_command(*, as_json: bool) -> None:
    """List the gazetteers that are installed."""
    from geoevents.places.installed import folder, installed  # noqa: PLC0415 -- --help stays fast

    there = installed()
    if as_json:
        print_json({"folder": str(folder()), "gazetteers": [_record(each) for each in there]})
        return
    if not there:
        click.echo(f"No gazetteer is installed in {folder()}.")
    for each in there:
        click.echo(_line(each))
        if each.problem:
            click.echo(f"  {one_line(each.problem)}")


@gazetteer_group.command("info", epilog="Example: geoevents gazetteer info SY")
@click.argument("name", metavar="NAME")
@json_option
def info_command(name: str, *, as_json: bool) -> None:
    """Say what a gazetteer holds, where it comes from, what was left out, and if it is whole."""
    from geoevents.places.installed import find  # noqa: PLC0415 -- --help stays fast

    found = find(name, thoroughly=True)
    if as_json:
        print_json(_record(found))
        return
    record = found.record
    click.echo(_line(found))
    for label, value in (
        ("file", str(found.path)),
        ("made", record.get("made")),
        ("licence", record.get("licence")),
        ("kinds", _counts(record.get("kinds"))),
        ("feature codes", _counts(record.get("feature_codes"))),
    ):
        if value:
            click.echo(f"  {label}: {one_line(str(value))}")
    for source in record.get("sources", []):
        where = source.get("url") or source.get("file")
        click.echo(f"  from: {one_line(str(where))} (SHA-256 {one_line(str(source['sha256']))})")
    _tell_account(record)
    if found.problem:
        raise GeoeventsError(found.problem)


@gazetteer_group.command("remove", epilog="Example: geoevents gazetteer remove SY")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def remove_command(names: tuple[str, ...]) -> None:
    """Remove gazetteers."""
    from geoevents.places.installed import remove  # noqa: PLC0415 -- --help stays fast

    for name in names:
        click.echo(f"{remove(name).name}: removed")


@gazetteer_group.command("update", epilog="Example: geoevents gazetteer update")
@click.argument("names", metavar="[NAME...]", nargs=-1)
def update_command(names: tuple[str, ...]) -> None:
    """
    Make gazetteers anew if what they were made of has changed, or if they are damaged.

    All of them if no NAME is given.
    """
    from geoevents.places.installed import installed  # noqa: PLC0415 -- --help stays fast
    from geoevents.places.installed.installing import update  # noqa: PLC0415

    failed: list[str] = []
    for name in names or [each.name for each in installed()]:
        try:
            with _progress() as told:
                found, made = update(name, progress=told)
            _tell(found, made=made)
        except GeoeventsError as error:  # the others can still be updated
            failed.append(f"{name}: {error}")
    if failed:
        raise GeoeventsError("; ".join(failed))


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """Show a bar for each thing that is done, on a terminal."""
    bar: Any = None
    doing = ""
    hidden = not sys.stderr.isatty()

    def close() -> None:
        nonlocal bar
        if bar is not None:
            bar.__exit__(None, None, None)
            bar = None

    def told(label: str, done: int, total: int | None) -> None:
        nonlocal bar, doing
        if hidden:
            return
        if label != doing:
            close()
            doing = label
            if total is None:
                click.echo(f"{label}...", err=True)
                return
            bar = click.progressbar(length=total, label=label, file=sys.stderr)
            bar.__enter__()
        if bar is not None and total is not None:
            bar.update(min(done, bar.length) - bar.pos)

    try:
        yield told
    finally:
        close()


def _tell(found: Installed, *, made: bool) -> None:
    """Say what was installed, and what of its source was not."""
    click.echo(_line(found) + ("" if made else "  (nothing has changed)"))
    if made:
        _tell_account(found.record)


def _tell_account(record: dict[str, Any]) -> None:
    for label, key in (("left out", "left_out"), ("names left out", "names_left_out")):
        counted = record.get(key) or {}
        for reason, count in sorted(counted.items(), key=lambda each: -each[1]):
            click.echo(f"  {label}: {count:,} {one_line(reason)}")
    for note in record.get("notes") or ():
        click.echo(f"  note: {one_line(note)}")
    for problem in record.get("problems") or ():
        click.echo(f"  {one_line(problem)}")


def _line(each: Installed) -> str:
    record = each.record
    if not record:
        return f"{one_line(each.name)}: nothing is known of it"
    size = record["file"].get("bytes", 0) / _MEGABYTE
    kinds = _counts(record.get("kinds"))
    return (
        f"{one_line(each.name)}: {record.get('features', 0):,} features ({kinds}), "
        f"{record.get('names', 0):,} names, {size:.1f} MB, {str(record.get('made'))[:10]}"
    )


def _counts(counted: dict[str, int] | None) -> str:
    ranked = sorted((counted or {}).items(), key=lambda each: -each[1])
    shown = ranked[:_FEW]
    more = f", {len(ranked) - len(shown):,} more" if len(ranked) > len(shown) else ""
    return ", ".join(f"{one_line(name) or 'none'} {count:,}" for name, count in shown) + more


def _record(each: Installed) -> dict[str, Any]:
    return {"name": each.name, "path": str(each.path), "problem": each.problem, **each.record}
