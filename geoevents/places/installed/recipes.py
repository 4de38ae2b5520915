"""What installed gazetteers are made of, and how: a recipe, written down to be followed again."""

import hashlib
import warnings
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import GeoeventsError
from geoevents.places.installed.accounts import Account
from geoevents.places.store import Store

if TYPE_CHECKING:
    from geoevents.download import Download

#: Told what is being done, how much of it is, and of how much (None where that is unknown).
Progress = Callable[[str, int, int | None], None]

#: The most that a country's file may have in bytes; all countries together are 400 MB, packed.
_LARGEST: Final = 500_000_000

#: The gazetteer, what was left out, what it was made of, under which licence.
Made = tuple[Store, Account, list[dict[str, Any]], str]


def _geonames(
    recipe: dict[str, Any], downloads: Path, known: list[dict[str, Any]], progress: Progress | None
) -> Made | None:
    from geoevents.places.building import build  # noqa: PLC0415
    from geoevents.places.installed import geonames  # noqa: PLC0415 -- --help stays fast

    country = recipe["country"]
    if "file" in recipe:
        files = [Path(recipe[key]) for key in ("file", "names_file") if recipe[key]]
        sources = [_source_of(path) for path in files]
        if sources == known:
            return None
    else:
        base = recipe["base_url"]
        urls = [f"{base}/{country}.zip"]
        if recipe["names"]:
            urls.append(f"{base}/alternatenames/{country}.zip")
        files = [downloads / name for name in (f"{country}.zip", f"{country}-names.zip")]
        got = _downloaded(urls, files[: len(urls)], known, progress)
        if got is None:
            return None
        files, sources = [each.path for each in got], [_source(each) for each in got]
    try:
        frame, account = geonames.read_dump(
            files[0], country, names=files[1] if len(files) > 1 else None, progress=progress
        )
    finally:
        if "file" not in recipe:
            for path in files:
                path.unlink(missing_ok=True)
    geonames.told(progress, "Building", 0, None)
    return build(frame), account, sources, geonames.LICENCE


def _downloaded(
    urls: list[str], files: list[Path], known: list[dict[str, Any]], progress: Progress | None
) -> "list[Download] | None":
    """Download what is needed; None if nothing has changed."""
    from geoevents.download import download, download_if_changed  # noqa: PLC0415 -- as above

    got: list[Download | None] = []
    for url, path in zip(urls, files, strict=True):
        had = next((each for each in known if each.get("url") == url), {})
        try:
            fresh = download_if_changed(
                url,
                path,
                etag=had.get("etag"),
                modified=had.get("modified"),
                progress=_of_bytes(progress, url),
                limit_bytes=_LARGEST,
            )
        except GeoeventsError as error:
            if "/alternatenames/" not in url:
                raise
            raise GeoeventsError(f"{error}. To do without these names, give --no-names") from error
        got.append(fresh)
    hashes = [each.get("sha256") for each in known]
    if known and all(d is None or d.sha256 == h for d, h in zip(got, hashes, strict=False)):
        for path in files:
            path.unlink(missing_ok=True)
        return None
    return [
        each or download(url, path, progress=_of_bytes(progress, url), limit_bytes=_LARGEST)
        for each, url, path in zip(got, urls, files, strict=True)
    ]


def _of_bytes(progress: Progress | None, url: str) -> Callable[[int, int | None], None] | None:
    if progress is None:
        return None
    parts = url.split("/")
    label = "Downloading " + "/".join(parts[-2:] if "/alternatenames/" in url else parts[-1:])
    return lambda done, total: progress(label, done, total)


def _osm(
    recipe: dict[str, Any], downloads: Path, known: list[dict[str, Any]], progress: Progress | None
) -> Made | None:
    del downloads
    from geoevents.places.building import build  # noqa: PLC0415
    from geoevents.places.installed import geonames, openstreetmap  # noqa: PLC0415 -- --help stays fast

    source = _source_of(Path(recipe["file"]))
    if [source] == known:
        return None
    geonames.told(progress, "Features", 0, None)
    frame, account = openstreetmap.read_osm(recipe["file"])
    geonames.told(progress, "Building", 0, None)
    return build(frame), account, [source], openstreetmap.LICENCE


def _file(
    recipe: dict[str, Any], downloads: Path, known: list[dict[str, Any]], progress: Progress | None
) -> Made | None:
    del downloads
    from geoevents.places.gazetteer import Gazetteer  # noqa: PLC0415 -- --help stays fast

    source = _source_of(Path(recipe["file"]))
    if [source] == known:
        return None
    if progress is not None:
        progress("Building", 0, None)
    account = Account()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        made = Gazetteer.from_file(
            recipe["file"],
            name=recipe["name_column"],
            kind=recipe["kind"],
            errors="skip" if recipe.get("skip") else "raise",
        )
    account.notes += list(dict.fromkeys(f"{each.message!s:.1000}" for each in told))
    return made.stores[0], account, [source], ""


#: How a gazetteer is made of what its recipe names; None if that is what is known already.
MAKERS: Final[dict[str, Callable[..., Made | None]]] = {
    "geonames": _geonames,
    "osm": _osm,
    "file": _file,
}


def _source(got: "Download") -> dict[str, Any]:
    source = asdict(replace(got, path=Path()))
    del source["path"]
    return source


def _source_of(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return {"file": str(path), "bytes": path.stat().st_size, "sha256": sha256}
    except OSError as error:
        raise GeoeventsError(
            f"{path}: cannot be read: {error.strerror}. The gazetteer is made of this file: put it "
            "back, or add it again from another place"
        ) from error
