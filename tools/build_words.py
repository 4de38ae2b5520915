"""Build the lists of words that tell names from words: fetch, pick, amend by hand.

Run from the root of the project:

    python tools/build_words.py [--cache FOLDER] [--out FOLDER]

Writes ``english.txt``, ``firstnames.txt``, ``surnames.txt`` and SCOWL's licence, ``SCOWL.txt``. It
needs the clients pip, apt-get and dpkg-deb. What the rules below get wrong is put right by hand in
``tools/words/*.toml``, with the reason; to add a word, add it there and run. The same sources give
the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from gazetteer.sources import Package, SourceError

from geoevents.places.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
BY_HAND = Path(__file__).parent / "words"
RARE = 0.03
"""A first name of fewer per cent of the men and of the women that is an ordinary word is left out:
*Mark* is more often a person than *Faith* is."""
LAST_NAMES = 1500
"""So many of the last names, most frequent first, are taken."""
SURE_LAST_NAMES = 150
"""So many are taken even if they are ordinary words: *Smith*, *Brown*, *King*."""


class SourceDistribution(Package):
    """A pinned package that its index has only as the author's archive."""

    def command(self, python: str = sys.executable) -> list[str]:
        """Return the command that puts the archive into the working folder."""
        wanted = f"{self.name}=={self.version}"
        return [python, "-m", "pip", "download", "--no-deps", "--no-binary=:all:", wanted]


SCOWL = Package(
    "wamerican-small",
    "2020.12.07-2",
    "apt-get",
    "wamerican-small_2020.12.07-2_all.deb",
    "bfebd3ce5f04a62f5fbeb6707ea1160e37d645754145138343009209f0deadb6",
    "SCOWL's own, of the MIT kind; parts in the public domain",
    "ordinary words of American English",
)
CENSUS = SourceDistribution(
    "names",
    "0.3.0",
    "pip",
    "names-0.3.0.tar.gz",
    "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
    "MIT (the package), public domain (US Census Bureau)",
    "first and last names of the US Census of 1990",
)


class Counted(NamedTuple):
    """One name of the census: in small letters, its share in per cent, its rank."""

    name: str
    share: float
    rank: int


def census(text: str) -> list[Counted]:
    """Read a file of the census: name, share, shares so far and rank, parted by spaces."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    return [Counted(name.lower(), float(share), int(rank)) for name, share, _, rank in rows]


def ordinary(lines: Iterable[str]) -> set[str]:
    """Pick the ordinary words of a list: no names, no forms with apostrophes, no single letters."""
    kept = (word for word in lines if "'" not in word and word == word.lower())
    return {word for word in map(fold, kept) if len(word) > 1}


def first_names(names: Iterable[Counted], english: set[str]) -> set[str]:
    """Pick first names: of three letters or more, rare ones only if they are no ordinary words."""
    return {
        row.name
        for row in names
        if len(row.name) > 2 and (row.share >= RARE or row.name not in english)
    }


def last_names(names: Iterable[Counted], english: set[str]) -> set[str]:
    """Pick the most frequent last names, those further down only if they are no ordinary words."""
    return {
        row.name
        for row in names
        if row.rank <= LAST_NAMES and (row.rank <= SURE_LAST_NAMES or row.name not in english)
    }


def amend(found: set[str], table: dict[str, list[dict[str, str]]]) -> set[str]:
    """Add and leave out what a table says.

    Parameters
    ----------
    found
        What the rules gave.
    table
        Groups ``added`` and ``left_out``, each with its ``words`` and the reason, ``why``.

    Returns
    -------
    set
        The words, amended.

    Raises
    ------
    SourceError
        If a word stands twice, or changes nothing: then a rule gives, or leaves out, it already.
    """
    added, left_out = (
        [word for group in table.get(key, ()) for word in group["words"].split()]
        for key in ("added", "left_out")
    )
    both = [*added, *left_out]
    faults = {
        "twice": {word for word in both if both.count(word) > 1},
        "added, but there already": found.intersection(added),
        "left out, but not there": set(left_out) - found,
    }
    for fault, words in faults.items():
        if words:
            raise SourceError(f"{fault}: {', '.join(sorted(words))}")
    return found.union(added).difference(left_out)


def by_hand(name: str) -> dict[str, list[dict[str, str]]]:
    """Read what was added to a list, and taken out, by hand."""
    return tomllib.loads((BY_HAND / f"{name}.toml").read_text(encoding="utf-8"))


def archive(package: Package, cache: Path) -> bytes:
    """Download a package unless the cache has it, and check it against its SHA-256."""
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / package.file
    if not file.exists():
        command = package.command()
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
        if done.returncode or not file.exists():
            raise SourceError(
                f"{' '.join(command)} did not give {package.file}: {done.stderr.strip()}"
            )
    content = file.read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != package.sha256:
        raise SourceError(
            f"{file} has SHA-256 {found}, not the pinned {package.sha256}: delete it and run again"
        )
    return content


def members(content: bytes, names: Sequence[str]) -> list[bytes]:
    """Return files of a tar archive, by their names."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archived:
        files = [archived.extractfile(name) for name in names]
        return [file.read() for file in files if file]


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "sources")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "geoevents" / "places" / "toponyms" / "data"
    )
    options = parser.parse_args()

    archive(SCOWL, options.cache)
    unpack = ["dpkg-deb", "--fsys-tarfile", str(options.cache / SCOWL.file)]
    words, licence = members(
        subprocess.run(unpack, check=True, capture_output=True).stdout,
        ["./usr/share/dict/american-english-small", f"./usr/share/doc/{SCOWL.name}/copyright"],
    )
    men, women, last = (
        census(file.decode("ascii"))
        for file in members(
            archive(CENSUS, options.cache),
            [
                f"names-0.3.0/names/dist.{kind}"
                for kind in ("male.first", "female.first", "all.last")
            ],
        )
    )
    english = ordinary(words.decode("utf-8").splitlines())
    lists = {
        "english": english,
        "firstnames": amend(first_names([*men, *women], english), by_hand("firstnames")),
        "surnames": amend(last_names(last, english), by_hand("surnames")),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    for name, found in lists.items():
        text = "".join(f"{word}\n" for word in sorted(found))
        (options.out / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        print(f"{len(found):>7,}  {name}")
    (options.out / "SCOWL.txt").write_bytes(licence)


if __name__ == "__main__":
    main()
