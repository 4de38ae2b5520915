"""Installing gazetteers: from GeoNames, from OpenStreetMap, from a table of one's own."""

import datetime as dt
import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from geoevents.errors import GeoeventsError
from geoevents.files import replacing
from geoevents.places.countries import ISO3
from geoevents.places.installed.accounts import Account
from geoevents.places.installed.collection import (
    Installed,
    find,
    folder,
    installed,
    looked_through,
    not_writable,
    see_name,
    working_on,
)
from geoevents.places.installed.recipes import MAKERS, Progress
from geoevents.places.names import fold
from geoevents.places.store import Store

#: Where GeoNames' dumps are, unless the environment variable names another place.
BASE_URL: Final = "https://download.geonames.org/export/dump"
BASE_URL_VARIABLE: Final = "GEOEVENTS_GEONAMES_URL"

_FORMAT: Final = 1
_CODES: Final = frozenset(ISO3.values())


def country_code(text: str) -> str:
    """
    Return the code of a country.

    Parameters
    ----------
    text : str
        A code of two or three letters, or a country's name.

    Returns
    -------
    str
        The code of two letters.

    Raises
    ------
    GeoeventsError
        If it is none.

    Examples
    --------
    >>> country_code("SY"), country_code("syr"), country_code("Syria")
    ('SY', 'SY', 'SY')
    """
    code = text.strip().upper()
    code = ISO3.get(code, code)
    if code in _CODES:
        return code
    from geoevents.places.gazetteer import Gazetteer  # noqa: PLC0415 -- codes do without

    found = Gazetteer.embedded().search(text, kind="country", limit=1)
    if not len(found):
        raise GeoeventsError(f"{text!r:.80} is no country: give a code of ISO 3166, such as SY")
    names = [found["name"].iloc[0], *found["names"].iloc[0]]
    code = str(found["country"].iloc[0])
    if fold(text) not in map(fold, names):
        raise GeoeventsError(f"{text!r:.80} is no country: did you mean {names[0]} ({code})?")
    return code


def add_geonames(
    country: str,
    *,
    file: str | os.PathLike[str] | None = None,
    names_file: str | os.PathLike[str] | None = None,
    names: bool = True,
    base_url: str | None = None,
    progress: Progress | None = None,
) -> tuple[Installed, bool]:
    """
    Install what GeoNames has of a country.

    Parameters
    ----------
    country : str
        A code or a name.
    file : path-like, optional
        The dump, if it is here already; nothing is downloaded then.
    names_file : path-like, optional
        The alternate names, if they are here; without, those in the dump.
    names : bool, default True
        Whether to download the alternate names.
    base_url : str, optional
        Where dumps are; the environment variable ``GEOEVENTS_GEONAMES_URL`` or GeoNames' own place
        if not given.
    progress : callable, optional
        Told what is being done, how much of it is, and of how much.

    Returns
    -------
    tuple
        The gazetteer, and whether it was made: False if what is installed was made of the same.

    Raises
    ------
    GeoeventsError
        If a file cannot be had or read.
    """
    code = country_code(country)
    if names_file is not None and file is None:
        raise GeoeventsError("a file of names goes with a file of features: give --from too")
    recipe: dict[str, Any] = {"from": "geonames", "country": code, "names": names}
    if file is None:
        recipe["base_url"] = (base_url or os.environ.get(BASE_URL_VARIABLE) or BASE_URL).rstrip("/")
    else:
        recipe["file"] = _absolute(file)
        recipe["names_file"] = None if names_file is None else _absolute(names_file)
    return _make(code, recipe, progress)


def add_osm(
    path: str | os.PathLike[str], *, name: str | None = None, progress: Progress | None = None
) -> tuple[Installed, bool]:
    """
    Install features of OpenStreetMap.

    Parameters
    ----------
    path : path-like
        GeoJSON.
    name : str, optional
        What to call the gazetteer; the file's name if not given.
    progress : callable, optional
        As in `add_geonames`.

    Returns
    -------
    tuple
        As `add_geonames` returns.

    Raises
    ------
    GeoeventsError
        If the file cannot be read.
    """
    recipe = {"from": "osm", "file": _absolute(path)}
    return _make(see_name(name or Path(path).stem), recipe, progress)


def add_file(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    name_column: str | None = None,
    kind: str = "kind",
    skip: bool = False,
    progress: Progress | None = None,
) -> tuple[Installed, bool]:
    """
    Install a table of one's own.

    Parameters
    ----------
    path : path-like
        As for ``Gazetteer.from_file``.
    name : str, optional
        What to call the gazetteer; the file's name if not given.
    name_column : str, optional
        The column with the names.
    kind : str, default "kind"
        The column with the kinds, or the kind of them all.
    skip : bool, default False
        Whether to leave out rows that cannot be used, and count them.
    progress : callable, optional
        As in `add_geonames`.

    Returns
    -------
    tuple
        As `add_geonames` returns.

    Raises
    ------
    GeoeventsError
        If the file cannot be read, or a column is missing.
    """
    file = _absolute(path)
    recipe: dict[str, Any] = {
        "from": "file", "file": file, "name_column": name_column, "kind": kind,
    }  # fmt: skip
    if skip:
        recipe["skip"] = True
    return _make(see_name(name or Path(path).stem), recipe, progress)


def update(name: str, *, progress: Progress | None = None) -> tuple[Installed, bool]:
    """
    Make a gazetteer anew if what it was made of has changed, or if it is damaged.

    Parameters
    ----------
    name : str
        Its name.
    progress : callable, optional
        As in `add_geonames`.

    Returns
    -------
    tuple
        As `add_geonames` returns.

    Raises
    ------
    GeoeventsError
        If nothing is known of how it was made, or that cannot be had.
    """
    found = find(name)
    recipe = found.record.get("recipe")
    if not isinstance(recipe, dict) or recipe.get("from") not in MAKERS:
        raise GeoeventsError(
            f"nothing is known of how the gazetteer {found.name!r} was made: remove it with "
            f"`geoevents gazetteer remove {found.name}` and add it again"
        )
    return _make(found.name, recipe, progress)


# ---------------------------------------------------------------------- making


def _absolute(path: str | os.PathLike[str]) -> str:
    path = Path(path).resolve()
    if path.is_dir():
        raise GeoeventsError(f"{path}: is a folder, not a file: give the file in it")
    if not path.is_file():
        raise GeoeventsError(f"{path}: there is no such file")
    return str(path)


def _make(name: str, recipe: dict[str, Any], progress: Progress | None) -> tuple[Installed, bool]:
    there = folder()
    try:
        (there / "downloads").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(error) from error
    with working_on(name):
        same = [each for each in installed() if each.name.casefold() == name.casefold()]
        old = looked_through(same[0]) if same else None
        if old is not None:
            name = old.name
            made_of = old.record.get("recipe", {})
            if made_of and made_of.get("from") != recipe["from"]:
                raise GeoeventsError(
                    f"there is a gazetteer {name!r} made of something else: remove it with "
                    f"`geoevents gazetteer remove {name}`, or give this one another --name"
                )
        whole = old is not None and not old.problem and old.record.get("recipe") == recipe
        known = old.record["sources"] if old is not None and whole else []
        made = MAKERS[recipe["from"]](recipe, there / "downloads", known, progress)
        if made is None and old is not None:
            if old.record["file"].get("mtime_ns") != old.path.stat().st_mtime_ns:
                _note(old.path, old.record)  # copied or restored: whole, as was just seen
            return old, False
        assert made is not None  # noqa: S101 -- nothing known is nothing unchanged
        store, account, sources, licence = made
        return _keep(name, store, _record(recipe, store, account, sources, licence)), True


def _keep(name: str, store: Store, record: dict[str, Any]) -> Installed:
    path = folder() / f"{name}.gaz"
    if path.is_symlink() and not path.exists():
        path.unlink()  # it leads nowhere
    store.save(path)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    record["file"] = {"bytes": path.stat().st_size, "sha256": sha256}
    _note(path, record)
    return find(name)


def _note(path: Path, record: dict[str, Any]) -> None:
    """Write the record beside the gazetteer, with the time of its last change."""
    record["file"]["mtime_ns"] = path.stat().st_mtime_ns
    with replacing(path.with_suffix(".json")) as unfinished:
        text = json.dumps(record, ensure_ascii=False, indent=1)
        unfinished.write_text(text + "\n", encoding="utf-8")


def _record(
    recipe: dict[str, Any],
    store: Store,
    account: Account,
    sources: list[dict[str, Any]],
    licence: str,
) -> dict[str, Any]:
    from geoevents import __version__  # noqa: PLC0415 -- the package imports nothing on its own

    counts = {
        column: dict(
            zip(
                store.meta["vocabularies"][column],
                np.bincount(
                    store.arrays[column], minlength=len(store.meta["vocabularies"][column])
                ).tolist(),
                strict=True,
            )
        )
        for column in ("kind", "feature_code")
        if column in store.arrays
    }
    return {
        "format": _FORMAT,
        "geoevents": __version__,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "licence": licence,
        "recipe": recipe,
        "sources": sources,
        "features": len(store),
        "names": int(store.meta["keys"]),
        "kinds": counts["kind"],
        "feature_codes": counts.get("feature_code", {}),
        **account.record(),
    }
