"""What commands share: options, and the care that no input is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
country_option = click.option(
    "--country", metavar="CODE", help="Only places of this country: SY, SYR or Syria."
)


def see_outputs(outputs: Sequence[Path | None], inputs: Sequence[Path]) -> None:
    """See that nothing that is read would be written over."""
    for output in outputs:
        for path in inputs:
            if output is not None and output.exists() and path.exists() and output.samefile(path):
                raise click.UsageError(f"{output} would replace its own input")


def see_options_of_reading(published: str | None, country: str | None, actors: Path | None) -> None:
    """See that what articles are read with is right: no article is to blame for it."""
    if actors is not None and not actors.exists():
        raise GeoeventsError(f"actors: there is no file {actors}")
    if published is not None:
        from geoevents.reports.publication import publication_day  # noqa: PLC0415 -- --help is fast

        try:
            publication_day(published)
        except GeoeventsError as error:
            raise GeoeventsError(f"--{error}") from error
    if country is not None:
        from geoevents.places.gazetteer import Gazetteer  # noqa: PLC0415 -- --help is fast
        from geoevents.places.hints import read_countries  # noqa: PLC0415

        read_countries(country, Gazetteer.default())
    if actors is not None:
        from geoevents.reports.actors import Lexicon  # noqa: PLC0415 -- --help is fast

        try:
            Lexicon.default().extended(actors)
        except GeoeventsError as error:
            cause = error.__cause__
            if isinstance(cause, OSError):
                why = cause.strerror or cause
                raise GeoeventsError(f"actors: {actors} cannot be read: {why}") from error
            raise
