"""Packed files: gzip, zip archives, KMZ, zipped shapefiles; unpacked within limits."""

import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from geoevents.errors import GeoeventsError
from geoevents.tables.recognising import HEAD_BYTES, sniff

MOST_MEMBERS = 1000
ANY_RATIO_BYTES = 256 << 20  # up to here, whatever the ratio
MOST_RATIO = 100
MOST_BYTES = 16 << 30

_CHUNK_BYTES = 1 << 20
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ASIDE = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_NOTES = re.compile(r"(^|/)(readme|licen[cs]e|changelog|citation)[^/]*$|\.(md|rst)$", re.IGNORECASE)


@contextmanager
def unpacked(
    path: Path, form: str, layer: str | None = None
) -> Iterator[tuple[Path, str, str | None]]:
    """
    Give the file inside a packed one.

    Parameters
    ----------
    path : pathlib.Path
        The packed file.
    form : {"gzip", "zip"}
        How it is packed.
    layer : str, optional
        The member of an archive, or what is asked of the file inside.

    Yields
    ------
    tuple of pathlib.Path, str, str or None
        The file, which is removed afterwards, what to call it in messages, and the layer to read.

    Raises
    ------
    GeoeventsError
        If it cannot be unpacked, unpacks to far more than a file of its size should, or which
        member is meant cannot be told.
    """
    with tempfile.TemporaryDirectory(prefix="geoevents-") as folder:
        try:
            if form == "gzip":
                target = Path(folder, _safe(path.name.removesuffix(".gz")))
                with gzip.open(path) as packed:
                    Budget(path).copy(packed, target)
                found = target, str(path), layer
            else:
                found = _from_archive(path, Path(folder), layer)
        except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, ValueError) as error:
            raise GeoeventsError(f"{path}: is damaged or cut off ({error}): get it anew") from error
        except NotImplementedError as error:
            raise GeoeventsError(
                f"{path}: is packed in a way that is not read ({error}): unpack it first"
            ) from error
        yield found


class Budget:
    """
    How much may still be unpacked from a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._limit = min(max(ANY_RATIO_BYTES, MOST_RATIO * path.stat().st_size), MOST_BYTES)
        self._done = 0

    def chunks(self, packed: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
        """
        Unpack one member.

        Parameters
        ----------
        packed : file
            The member, open for reading.

        Yields
        ------
        bytes
            Some of it.

        Raises
        ------
        GeoeventsError
            If all members so far grow to far more than a file of its size should.
        """
        while chunk := packed.read(_CHUNK_BYTES):
            self._done += len(chunk)
            if self._done > self._limit:
                raise GeoeventsError(
                    f"{self._path}: unpacks to more than {self._limit >> 20} MiB, far more than a "
                    "file of its size should: unpack it yourself if you trust it"
                )
            yield chunk

    def copy(self, packed: IO[bytes] | gzip.GzipFile, target: Path) -> None:
        """
        Unpack one member to a file.

        Parameters
        ----------
        packed : file
            The member, open for reading.
        target : pathlib.Path
            The file to be.
        """
        with target.open("wb") as file:
            file.writelines(self.chunks(packed))


def _from_archive(path: Path, folder: Path, layer: str | None) -> tuple[Path, str, str | None]:
    """Unpack the member that is meant and what belongs to it, under names of our own."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        if len(members) > MOST_MEMBERS:
            raise GeoeventsError(
                f"{path}: holds {len(members)} files, more than {MOST_MEMBERS}: unpack it first"
            )
        kinds = _kinds(archive, [name for name in members if not _ASIDE.search(name)], path)
        member, inner = _chosen(kinds, layer, path)
        budget = Budget(path)
        base = _safe(PurePosixPath(member).stem)
        whole = [member]
        if kinds[member] == "shapefile":
            whole += _parts(member, list(members))
        for name in whole:
            suffix = PurePosixPath(name).suffix.lower()
            target = folder / (base + (suffix if re.fullmatch(r"\.\w{1,10}", suffix) else ""))
            with archive.open(members[name]) as packed:
                budget.copy(packed, target)
            if name == member:
                main = target
    return main, f"{path}/{member}", inner


def _kinds(archive: zipfile.ZipFile, names: list[str], path: Path) -> dict[str, str]:
    """Tell the kinds of the members that can be read; say why if there are none."""
    kinds: dict[str, str] = {}
    problem = None
    for name in names:
        if archive.getinfo(name).flag_bits & 1:
            raise GeoeventsError(f"{path}: is locked with a password: unpack it first")
        with archive.open(name) as packed:
            head = packed.read(HEAD_BYTES)
        try:
            kinds[name] = sniff(head, Path(f"{path}/{name}"))
        except GeoeventsError as error:
            problem = problem or error
    if not kinds:
        raise problem or GeoeventsError(f"{path}: is an empty archive")
    shapes = [name for name, kind in kinds.items() if kind == "shapefile"]
    stems = tuple(name[: -len(PurePosixPath(name).suffix) or None] + "." for name in shapes)
    kept = {
        name: kind
        for name, kind in kinds.items()
        if kind == "shapefile" or not name.startswith(stems)
    }
    return {name: kind for name, kind in kept.items() if not _NOTES.search(name)} or kept


def _parts(shape: str, names: list[str]) -> list[str]:
    """Find the members that belong to a shapefile."""
    stem = str(PurePosixPath(shape).with_suffix("")).lower()
    return [
        name
        for name in names
        if name != shape
        and PurePosixPath(name).suffix.lower() in _PARTS
        and str(PurePosixPath(name).with_suffix("")).lower() == stem
    ]


def _chosen(kinds: dict[str, str], layer: str | None, path: Path) -> tuple[str, str | None]:
    """Choose the member that is meant; the layer names it, or is asked of the only one."""
    for name in kinds:
        pure = PurePosixPath(name)
        if layer is not None and layer in {name, pure.name, pure.stem}:
            return name, None
    maps = [name for name, kind in kinds.items() if kind == "kml"]
    if maps and (path.suffix.lower() == ".kmz" or "doc.kml" in kinds):
        return ("doc.kml" if "doc.kml" in kinds else maps[0]), layer  # the rule of KMZ
    if len(kinds) > 1:
        raise GeoeventsError(
            f"{path}: which file in it is meant? It has {', '.join(kinds)}; name one with layer="
        )
    return next(iter(kinds)), layer


def _safe(name: str) -> str:
    """Make a name for a file of ours from one that a stranger chose."""
    return re.sub(r"[^\w.-]", "_", name).lstrip(".")[:80] or "table"
