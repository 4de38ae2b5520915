"""What the command line prints: lines for people, JSON for programs."""

from __future__ import annotations

import json
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoevents.places import Place


def one_line(text: str) -> str:
    """
    Join lines and drop control characters, which could drive the reader's terminal.

    Parameters
    ----------
    text : str
        Any text, from strangers too.

    Returns
    -------
    str
        One line.
    """
    joined = "; ".join(part.strip() for part in text.splitlines() if part.strip())
    return "".join(c if c.isprintable() else " " for c in joined)


@contextmanager
def telling_warnings() -> Iterator[None]:
    """
    Print warnings on standard error, a line each.

    Yields
    ------
    None
        The block whose warnings are printed when it ends.
    """
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        yield
    for warning in told:
        click.echo(f"geoevents: note: {one_line(str(warning.message))}", err=True)


def change_table(changes: Any) -> str:
    """
    Lay out what changed hands in columns.

    Parameters
    ----------
    changes : GeoDataFrame
        As `geoevents.territory_change` returns it.

    Returns
    -------
    str
        A line for each row, under a heading.
    """
    if not len(changes):
        return "No ground changed hands."
    rows: list[tuple[str, ...]] = [("from", "to", "km2", "range", "parts")]
    for row in changes.itertuples():
        low, high = row.area_low_km2, row.area_high_km2
        span = "" if low == high else f"{low:,.3f} to {high:,.3f}"
        names = (one_line(str(name)) for name in (row.from_actor, row.to_actor))
        rows.append((*names, f"{row.area_km2:,.3f}", span, str(row.parts)))
    wide = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        f"{a:<{wide[0]}}  {b:<{wide[1]}}  {c:>{wide[2]}}  {d:>{wide[3]}}  {e:>{wide[4]}}".rstrip()
        for a, b, c, d, e in rows
    ]
    if changes.attrs["noise_km2"] > 0:
        lines.append(f"set aside as noise: {changes.attrs['noise_km2']:,.3f} km2")
    return "\n".join(lines)


@contextmanager
def steps(labels: list[str], *, quiet: bool) -> Iterator[Any]:
    """
    Show a progress bar over named steps.

    Parameters
    ----------
    labels : list of str
        The steps.
    quiet : bool
        Whether to show nothing.

    Yields
    ------
    callable
        To call when a step ends.
    """
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


def place_line(place: Place) -> str:
    """
    Write a place in a line, and its namesakes in another if it is ambiguous.

    Parameters
    ----------
    place : Place
        The place.

    Returns
    -------
    str
        The text.
    """
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


def place_record(place: Place | None, query: str) -> dict[str, Any]:
    """
    Give a place as JSON holds it.

    Parameters
    ----------
    place : Place or None
        The place; None if it was not found.
    query : str
        The name asked for.

    Returns
    -------
    dict
        Its attributes and those of its namesakes.
    """
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


def place_feature(place: Place | None, query: str) -> dict[str, Any]:
    """
    Give a place as a GeoJSON feature.

    Parameters
    ----------
    place : Place or None
        The place; None if it was not found.
    query : str
        The name asked for.

    Returns
    -------
    dict
        The feature, without geometry if there is no place.
    """
    return {
        "type": "Feature",
        "geometry": None if place is None else geojson(place.geometry),
        "properties": place_record(place, query),
    }


def geojson(geometry: Any) -> Any:
    """
    Give a geometry as GeoJSON.

    Parameters
    ----------
    geometry : shapely geometry
        The geometry.

    Returns
    -------
    dict
        A GeoJSON geometry.
    """
    import shapely  # noqa: PLC0415 -- --help stays fast

    return json.loads(shapely.to_geojson(geometry))


def print_json(value: object) -> None:
    """
    Print JSON, in every script as it is written.

    Parameters
    ----------
    value : object
        What to print.
    """
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress_bar(label: str, *, quiet: bool) -> Iterator[Callable[[float], None]]:
    """
    Show how much of one long job is done.

    Parameters
    ----------
    label : str
        What is being done.
    quiet : bool
        Whether to show nothing.

    Yields
    ------
    callable
        To call with the part that is done, 0 to 1.
    """
    whole = 1000
    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(length=whole, label=label, file=sys.stderr, hidden=hidden) as bar:

        def told(part: float) -> None:
            bar.update(max(0, round(part * whole) - bar.pos))

        yield told
