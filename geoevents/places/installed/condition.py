"""What is wrong with the files of an installed gazetteer."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from geoevents.errors import GeoeventsError
from geoevents.places.damage import MOST_SUMMED, DamagedGazetteer
from geoevents.places.store import Store


def damage(path: Path) -> str:
    """
    Tell what keeps a file from being searched.

    Parameters
    ----------
    path : pathlib.Path
        A ``.gaz`` file.

    Returns
    -------
    str
        What is wrong and what to do; empty if nothing is.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        link = f" (it is a link to {path.readlink()})" if path.is_symlink() else ""
        return remedy(path.stem, f"{path.name} is missing{link}")
    except OSError as error:
        return remedy(path.stem, f"{path} cannot be read: {error.strerror}")
    if path.is_dir():
        return (
            f"{path} is a folder, not a gazetteer. Take it away with `geoevents gazetteer remove "
            f"{path.stem}`, or yourself if there is something in it"
        )
    changed = state.st_size > MOST_SUMMED and not _is_as_noted(path, state)
    return _damage(str(path), state.st_mtime_ns, state.st_size, whole=changed)


def _is_as_noted(path: Path, state: os.stat_result) -> bool:
    """Tell whether a file has the length and the time of change that its record gives."""
    file = read_record(path.with_suffix(".json")).get("file", {})
    noted = (file.get("bytes"), file.get("mtime_ns"))
    return noted in ((state.st_size, state.st_mtime_ns), (None, None))


@lru_cache(maxsize=1024)
def _damage(path: str, _changed: int, _size: int, *, whole: bool) -> str:
    """Look into a file once, until it changes."""
    try:
        Store.open(path, whole=whole)
    except DamagedGazetteer as error:
        return remedy(Path(path).stem, error.what)
    except GeoeventsError as error:
        return remedy(Path(path).stem, str(error))
    except Exception as error:  # noqa: BLE001 -- whatever comes of reading what is no gazetteer
        return remedy(Path(path).stem, f"{path} is damaged ({type(error).__name__})")
    return ""


def remedy(name: str, problem: str) -> str:
    """
    Say what to do about a gazetteer that cannot be used.

    Parameters
    ----------
    name : str
        What it is called.
    problem : str
        What is wrong.

    Returns
    -------
    str
        That, and what to do.
    """
    return (
        f"{problem}. Make it anew with `geoevents gazetteer update {name}`, or take it away with "
        f"`geoevents gazetteer remove {name}`"
    )


def read_record(note: Path) -> dict[str, Any]:
    """
    Read what is written down of a gazetteer.

    Parameters
    ----------
    note : pathlib.Path
        The file beside it.

    Returns
    -------
    dict
        The record; empty if there is none, or it is damaged.
    """
    try:
        read = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if _is_record(read) else {}


def _is_record(read: Any) -> bool:
    """Tell whether what a record's file holds is one."""
    if not isinstance(read, dict) or not isinstance(read.get("sources"), list):
        return False
    parts = [read.get("recipe"), read.get("file"), *read["sources"]]
    return all(isinstance(part, dict) for part in parts)
