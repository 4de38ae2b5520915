"""What commands share: options, and the care that no input is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

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
