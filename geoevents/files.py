"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from geoevents.errors import GeoeventsError


@contextmanager
def replacing(path: str | PathLike[str]) -> Iterator[Path]:
    """
    Give a file to write beside the one meant, and put it in its place once it is complete.

    Parameters
    ----------
    path : str or path
        The file to make or replace. A symbolic link is followed, and stays.

    Yields
    ------
    pathlib.Path
        The unfinished file, with the same name in a folder of its own. If the block raises, it is
        removed, and what was at ``path`` stays as it was.

    Raises
    ------
    GeoeventsError
        If ``path`` is no place for a file (no name, a folder, a device, a folder that is not
        there), or cannot be written to.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "a.txt")) as unfinished:
    ...         _ = unfinished.write_text("whole", encoding="utf-8")
    ...     print(Path(folder, "a.txt").read_text(encoding="utf-8"))
    whole
    """
    target = _target(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=target.parent) as folder:
            unfinished = Path(folder, target.name)
            yield unfinished
            with unfinished.open("rb+") as file:
                os.fsync(file.fileno())
            unfinished.replace(target)
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be written: {error.strerror or error}") from error


def _target(path: str | PathLike[str]) -> Path:
    """Follow links to where the file will be, and see that a file can be there."""
    if not os.fspath(path):
        raise GeoeventsError("cannot write a file without a name")
    try:
        target = Path(path).resolve()
        if target.is_dir():
            raise GeoeventsError(f"{path}: is a folder, not a file")
        if target.exists() and not target.is_file():
            raise GeoeventsError(f"{path}: is a device or a pipe, which a file cannot replace")
        if not target.parent.is_dir():
            raise GeoeventsError(f"{path}: there is no folder {target.parent}")
    except (OSError, RuntimeError, ValueError) as error:  # too long, a loop of links, a NUL
        raise GeoeventsError(f"{path!r}: cannot be written: {error}") from error
    return target
