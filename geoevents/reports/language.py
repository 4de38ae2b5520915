"""A language of reports: its words and patterns, read from ``languages/``. Data, not code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from geoevents.errors import shown
from geoevents.reports.errors import LanguageError

_FOLDER = Path(__file__).parent / "languages"
_SUFFIX = ".toml"


@dataclass(frozen=True, eq=False)
class Language:
    """
    The words of one language, as tables.

    Two are equal only if they are the same object, so that one is a key of caches: the modules
    that read a table keep what they made of it in a ``functools.cache`` by language.

    Attributes
    ----------
    code : str
        Its ISO 639-1 code: "en".
    path : pathlib.Path
        The file that holds it, or the folder of its files.
    """

    code: str
    path: Path
    _tables: dict[str, dict[str, Any]] = field(repr=False)
    _origins: dict[str, Path] = field(repr=False)

    def table(self, name: str) -> dict[str, Any]:
        """
        Look up a table of the language.

        Parameters
        ----------
        name : str
            Name of a top-level table: "when", "quantities"...

        Returns
        -------
        dict
            The table as TOML has it. It is shared: to be read, not changed.

        Raises
        ------
        LanguageError
            If the language has no such table.

        Examples
        --------
        >>> language("en").table("when")["words"]["month"]["september"]
        9
        """
        try:
            return self._tables[name]
        except KeyError:
            raise LanguageError(
                f"language {self.code!r} has no table [{name}]: write it in {self.path}"
                f" (it has {_listed(self._tables)})"
            ) from None

    def origin(self, name: str) -> Path:
        """
        Tell which file a table stands in, for errors about what it holds.

        Parameters
        ----------
        name : str
            Name of a top-level table.

        Returns
        -------
        pathlib.Path
            The file; the language's own path where it has no such table.
        """
        return self._origins.get(name, self.path)


@cache
def language(code: str = "en") -> Language:
    """
    Load a language of reports.

    Parameters
    ----------
    code : str, default "en"
        ISO 639-1 code: the name of a file ``languages/{code}.toml``, or of a folder
        ``languages/{code}`` whose ``.toml`` files are read as one.

    Returns
    -------
    Language
        The language; the same object each time.

    Raises
    ------
    LanguageError
        If there is no such language, or a file of it cannot be read.

    Examples
    --------
    >>> language("en").code
    'en'
    >>> language("tlh")
    Traceback (most recent call last):
    geoevents.reports.errors.LanguageError: there is no language 'tlh' for reports: choose en
    """
    known = languages()
    if code not in known:
        raise LanguageError(
            f"there is no language {shown(code)} for reports: choose {_listed(known)}"
        )
    return read_language(code, known[code])


def languages() -> dict[str, Path]:
    """
    List the languages that reports can be read in.

    Returns
    -------
    dict of str to pathlib.Path
        For each code the file or folder that holds it.

    Examples
    --------
    >>> "en" in languages()
    True
    """
    return {
        path.stem: path
        for path in sorted(_FOLDER.iterdir(), reverse=True)  # a file goes before a folder
        if path.suffix == _SUFFIX or (path.is_dir() and any(path.glob("*" + _SUFFIX)))
    }


def read_language(code: str, path: Path) -> Language:
    """
    Read a language from a file, or from all the files of a folder.

    Parameters
    ----------
    code : str
        Its code.
    path : pathlib.Path
        A ``.toml`` file, or a folder of them.

    Returns
    -------
    Language
        The language.

    Raises
    ------
    LanguageError
        If a file is not TOML or not UTF-8, holds something outside a table, or holds a table that
        another one holds as well.
    """
    tables: dict[str, dict[str, Any]] = {}
    origins: dict[str, Path] = {}
    for file in sorted(path.glob("*" + _SUFFIX)) if path.is_dir() else [path]:
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LanguageError(f"{file} cannot be read as TOML: {error}") from error
        for name, table in content.items():
            if not isinstance(table, dict):
                raise LanguageError(
                    f"{file}: {name!r} stands outside a table: move it below a line like [when]"
                )
            if name in origins:
                raise LanguageError(
                    f"{file}: table [{name}] stands in {origins[name]} as well: keep one"
                )
            tables[name], origins[name] = table, file
    return Language(code, path, tables, origins)


def _listed(names: Any) -> str:
    """Names in order, for a message."""
    return ", ".join(sorted(names)) or "none"
