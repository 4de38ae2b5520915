"""The command line, a thin skin over the API."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from geoevents import __version__
from geoevents.cli.drawing import map_command
from geoevents.cli.gazetteer import gazetteer_group
from geoevents.cli.ground import area_command, change_command
from geoevents.cli.naming import geocode_command, locate_command
from geoevents.cli.reporting import report_command
from geoevents.cli.tables import convert_command
from geoevents.console import one_line
from geoevents.errors import GeoeventsError
from geoevents.localities.tree import LocalityError

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAD_INPUT = 2
_INTERRUPTED = 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: geoevents map examples/deir_ezzor_2017/events.csv -o map.html",
)
@click.version_option(__version__, prog_name="geoevents")
def app() -> None:
    """Turn reports of events into maps: places, uncertainty, territory and square kilometres."""


for _command in (
    map_command,
    report_command,
    convert_command,
    geocode_command,
    locate_command,
    change_command,
    area_command,
    gazetteer_group,
):
    app.add_command(_command)


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
        with contextlib.redirect_stdout(sys.stdout or _Closed()):
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


class _Closed(io.StringIO):
    """In place of a standard output that is closed: what is printed must not be lost in silence."""

    def write(self, _text: str, /) -> int:
        raise GeoeventsError(
            "standard output is closed, so nothing can be printed: open it, or write to a file "
            "with -o FILE --quiet"
        )


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
