"""
The gazetteers that the user has installed: where they are, which there are, what is wrong.

A gazetteer is two files of one name: ``SY.gaz``, which is searched, and ``SY.json``, which says
where it comes from. They are made by `geoevents.places.installed.installing`.
"""

import hashlib
import json
import os
import re
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geoevents.errors import GeoeventsError
from geoevents.locks import alone
from geoevents.places.store import Store

#: The environment variable that names another folder.
FOLDER: Final = "GEOEVENTS_GAZETTEERS"

_NAME: Final = re.compile(r"\w[\w.-]{0,62}\w|\w")
_MAGIC: Final = b"geoevents gazetteer "
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10)))
)


class GazetteerWarning(UserWarning):
    """An installed gazetteer cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Installed:
    """
    A gazetteer that is installed.

    Attributes
    ----------
    name : str
        What it is called.
    path : pathlib.Path
        The file that is searched.
    record : dict
        Where it comes from and what is in it; empty if nothing is known.
    problem : str
        What is wrong with it, and what to do; empty if nothing is.
    """

    name: str
    path: Path
    record: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def folder() -> Path:
    """
    Return the folder of the installed gazetteers.

    Returns
    -------
    pathlib.Path
        The one that the environment variable ``GEOEVENTS_GAZETTEERS`` names, or one for data of
        the user. It need not be there.

    Raises
    ------
    GeoeventsError
        If it is a file.
    """
    given = os.environ.get(FOLDER)
    if given:
        path = Path(given).expanduser()
    else:
        import platformdirs  # noqa: PLC0415 -- not needed where the folder is given

        path = Path(platformdirs.user_data_dir("geoevents", appauthor=False)) / "gazetteers"
    if path.exists() and not path.is_dir():
        raise GeoeventsError(f"{path}: is not a folder for gazetteers (see {FOLDER})")
    return path


def paths() -> list[Path]:
    """
    Return the gazetteers to search besides the embedded one.

    Returns
    -------
    list of pathlib.Path
        Files that ``Store.open`` takes, in order of their names. Of a damaged one there is a
        `GazetteerWarning` that says what to do; one of another version of geoevents is among them,
        for the reader to refuse.
    """
    usable = []
    for path in _files(folder(), ".gaz"):
        problem = damage(path)
        if not problem or _is_ours(path):
            usable.append(path)
        else:
            warnings.warn(
                f"the installed gazetteer {path.stem!r} is not searched: {problem}",
                GazetteerWarning,
                stacklevel=2,
            )
    return usable


def installed() -> list[Installed]:
    """
    List the gazetteers that are installed, and what is wrong with them.

    Returns
    -------
    list of Installed
        In order of their names, damaged and half-installed ones too.
    """
    there = folder()
    names = {path.stem for suffix in (".gaz", ".json") for path in _files(there, suffix)}
    return [_look(name, there) for name in sorted(names)]


def find(name: str, *, thoroughly: bool = False) -> Installed:
    """
    Return an installed gazetteer by name.

    Parameters
    ----------
    name : str
        Its name; case does not matter.
    thoroughly : bool, default False
        Whether to read the whole file, to see that it is what was made.

    Returns
    -------
    Installed
        The gazetteer.

    Raises
    ------
    GeoeventsError
        If there is none; says which there are.
    """
    there = installed()
    for each in there:
        if each.name.casefold() == name.casefold():
            return _looked_through(each) if thoroughly and not each.problem else each
    names = ", ".join(each.name for each in there)
    raise GeoeventsError(
        f"no gazetteer {name!r:.80} is installed; "
        + (f"there are {names}" if names else "none is: see `geoevents gazetteer add --help`")
    )


def remove(name: str) -> Installed:
    """
    Remove an installed gazetteer.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    Installed
        What it was.

    Raises
    ------
    GeoeventsError
        If there is none, it is being made, or it cannot be removed.
    """
    found = find(name)
    with alone(lock_of(found.name)) as ours:
        if not ours:
            raise busy(found.name)
        try:
            for path in (found.path, found.path.with_suffix(".json")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise GeoeventsError(f"{path}: cannot be removed: {error.strerror}") from error
    return found


def see_name(name: str) -> str:
    """
    See that a gazetteer may have a name.

    Parameters
    ----------
    name : str
        The name.

    Returns
    -------
    str
        The same.

    Raises
    ------
    GeoeventsError
        If no file can be called so.

    Examples
    --------
    >>> see_name("villages-2024")
    'villages-2024'
    """
    if not _NAME.fullmatch(name) or name.partition(".")[0].casefold() in _RESERVED:
        raise GeoeventsError(
            f"a gazetteer cannot be called {name!r:.80}: use up to 64 letters, digits, '-' and '_'"
        )
    return name


def lock_of(name: str) -> Path:
    """
    Return the lock that is held while a gazetteer is made or removed.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    pathlib.Path
        The lock's file.
    """
    return folder() / f".{name.casefold()}.lock"


def busy(name: str) -> GeoeventsError:
    """
    Return the error of a gazetteer that another process works on.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    GeoeventsError
        To be raised.
    """
    return GeoeventsError(
        f"another process is working on the gazetteer {name!r}: wait for it to end"
    )


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
    except OSError:
        return _remedy(path.stem, f"{path.name} is missing")
    return _damage(str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1024)
def _damage(path: str, _changed: int, _size: int) -> str:
    """Look into a file once, until it changes."""
    try:
        Store.open(path)
    except GeoeventsError as error:
        return _remedy(Path(path).stem, str(error))
    except Exception as error:  # noqa: BLE001 -- whatever comes of reading what is no gazetteer
        return _remedy(Path(path).stem, f"{path} is damaged ({type(error).__name__})")
    return ""


def _remedy(name: str, problem: str) -> str:
    return (
        f"{problem}. Make it anew with `geoevents gazetteer update {name}`, or take it away with "
        f"`geoevents gazetteer remove {name}`"
    )


def _is_ours(path: Path) -> bool:
    """Tell whether a file is a gazetteer of another version."""
    from geoevents.places import store  # noqa: PLC0415 -- beside its only use

    with path.open("rb") as file:
        start = file.readline(64)
    return start.startswith(_MAGIC) and start != store._MAGIC  # noqa: SLF001 -- the version's mark


def _files(there: Path, suffix: str) -> list[Path]:
    try:
        return sorted(p for p in there.iterdir() if p.suffix == suffix and p.name[0] != ".")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise GeoeventsError(f"{there}: cannot be read: {error.strerror}") from error


def _look(name: str, there: Path) -> Installed:
    path = there / f"{name}.gaz"
    problem = damage(path)
    record: dict[str, Any] = {}
    note = path.with_suffix(".json")
    try:
        read = json.loads(note.read_text(encoding="utf-8"))
        record = read if _is_record(read) else {}
    except FileNotFoundError:
        problem = problem or (
            f"nothing is known of where it comes from ({note.name} is missing). It is searched; to "
            f"be rid of it: `geoevents gazetteer remove {name}`"
        )
    except (OSError, ValueError):
        pass
    if not record and not problem:
        problem = f"{note.name} is damaged. It is searched; to make it anew, remove and add it"
    if not problem and record["file"].get("bytes") != path.stat().st_size:
        problem = _remedy(name, f"{note.name} describes another file than {path.name}")
    return Installed(name, path, record, problem)


def _is_record(read: Any) -> bool:
    """Tell whether what a record's file holds is one."""
    if not isinstance(read, dict) or not isinstance(read.get("sources"), list):
        return False
    parts = [read.get("recipe"), read.get("file"), *read["sources"]]
    return all(isinstance(part, dict) for part in parts)


def _looked_through(each: Installed) -> Installed:
    with each.path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found == each.record["file"].get("sha256"):
        return each
    problem = _remedy(each.name, f"{each.path.name} has changed since it was made")
    return Installed(each.name, each.path, each.record, problem)
