"""
The gazetteers that the user has installed: where they are, which there are, what is wrong.

A gazetteer is two files of one name: ``SY.gaz``, which is searched, and ``SY.json``, which says
where it comes from. They are made by `geoevents.places.installed.installing`.
"""

import hashlib
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from geoevents.errors import GeoeventsError
from geoevents.locks import alone
from geoevents.places.installed.condition import damage, read_record, remedy

#: The environment variable that names another folder.
FOLDER: Final = "GEOEVENTS_GAZETTEERS"

_NAME: Final = re.compile(r"\w[\w.-]{0,62}\w|\w")
_MAGIC: Final = b"geoevents gazetteer "
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10)))
)


class _UnreadableError(GeoeventsError):
    """The folder cannot be read."""


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
    # os.path, for pathlib fails where a folder above may not be looked into.
    if os.path.exists(path) and not os.path.isdir(path):  # noqa: PTH110, PTH112
        raise GeoeventsError(f"{path}: is not a folder for gazetteers (see {FOLDER})")
    return path


def paths() -> list[Path]:
    """
    Return the gazetteers to search besides the embedded one.

    Returns
    -------
    list of pathlib.Path
        Files that ``Store.open`` takes, in order of their names. Of a damaged one, and of a folder
        that cannot be read, there is a `GazetteerWarning` that says what to do; one of another
        version of geoevents is among them, for the reader to refuse.
    """
    usable = []
    try:
        files = _files(folder(), ".gaz")
    except _UnreadableError as error:
        warnings.warn(
            f"no installed gazetteer is searched: {error}", GazetteerWarning, stacklevel=2
        )
        return []
    for path in files:
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
            return looked_through(each) if thoroughly else each
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
    with working_on(found.name):
        for path in (found.path, found.path.with_suffix(".json")):
            try:
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()  # an empty one: what somebody keeps in it is not ours
                else:
                    path.unlink(missing_ok=True)
            except OSError as error:
                what = "is a folder that is not empty: " if path.is_dir() else ""
                raise GeoeventsError(
                    f"{path}: {what}cannot be removed ({error.strerror}): take it away yourself"
                ) from error
    return found


@contextmanager
def working_on(name: str) -> Iterator[None]:
    """
    Hold the lock of a gazetteer, to make or remove it.

    Parameters
    ----------
    name : str
        Its name.

    Yields
    ------
    None
        Nobody else works on it until the block ends.

    Raises
    ------
    GeoeventsError
        If another process does, or the folder cannot be written to.
    """
    with ExitStack() as stack:
        try:
            ours = stack.enter_context(alone(lock_of(name)))
        except OSError as error:
            raise not_writable(error) from error
        if not ours:
            raise busy(name)
        yield


def not_writable(error: OSError) -> GeoeventsError:
    """
    Return the error of a folder that cannot be written to.

    Parameters
    ----------
    error : OSError
        What the system says.

    Returns
    -------
    GeoeventsError
        To be raised.
    """
    return GeoeventsError(
        f"{folder()}: the folder of the gazetteers cannot be written to ({error.strerror}): get "
        f"permission, or name another folder in the environment variable {FOLDER}"
    )


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


def _is_ours(path: Path) -> bool:
    """Tell whether a file is a gazetteer of another version."""
    from geoevents.places import store  # noqa: PLC0415 -- beside its only use

    try:
        with path.open("rb") as file:
            start = file.readline(64)
    except OSError:
        return False
    return start.startswith(_MAGIC) and start != store._MAGIC  # noqa: SLF001 -- the version's mark


def _files(there: Path, suffix: str) -> list[Path]:
    try:
        return sorted(p for p in there.iterdir() if p.suffix == suffix and p.name[0] != ".")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _UnreadableError(
            f"{there}: the folder of the gazetteers cannot be read ({error.strerror}): get "
            f"permission, or name another folder in the environment variable {FOLDER}"
        ) from error


def _look(name: str, there: Path) -> Installed:
    path = there / f"{name}.gaz"
    problem = damage(path)
    note = path.with_suffix(".json")
    record = read_record(note)
    if not problem and not note.is_file():
        problem = (
            f"nothing is known of where it comes from ({note.name} is missing). It is searched; to "
            f"be rid of it: `geoevents gazetteer remove {name}`"
        )
    if not record and not problem:
        problem = f"{note.name} is damaged. It is searched; to make it anew, remove and add it"
    if not problem and record["file"].get("bytes") != path.stat().st_size:
        problem = remedy(name, f"{note.name} describes another file than {path.name}")
    return Installed(name, path, record, problem)


def looked_through(each: Installed) -> Installed:
    """
    Read the whole file of a gazetteer, to see that it is what was made.

    Parameters
    ----------
    each : Installed
        The gazetteer.

    Returns
    -------
    Installed
        The same, with its problem if it has changed.
    """
    if each.problem:
        return each
    try:
        with each.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return replace(each, problem=f"{each.path} cannot be read: {error.strerror}")
    if found == each.record["file"].get("sha256"):
        return each
    return replace(
        each, problem=remedy(each.name, f"{each.path.name} has changed since it was made")
    )
