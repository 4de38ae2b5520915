"""Check that a built wheel holds the data and assets it must, and is at most 30 MB."""

import sys
import zipfile
from pathlib import Path

LIMIT_BYTES = 30_000_000
NEEDED = (
    "geoevents/py.typed",
    "geoevents/places/data/PROVENANCE.md",
    "geoevents/places/data/LICENSES/",
    "geoevents/maps/assets/",
)


def main(path: Path) -> int:
    """Print what is wrong with the wheel at ``path``; return 1 if anything is."""
    names = zipfile.ZipFile(path).namelist()
    problems = [
        f"{needed} is not in the wheel"
        for needed in NEEDED
        if not any(name.startswith(needed) for name in names)
    ]
    size = path.stat().st_size
    if size > LIMIT_BYTES:
        problems.append(f"the wheel has {size:,} bytes, over the {LIMIT_BYTES:,} allowed")
    print(f"{path.name}: {size / 1e6:.1f} MB, {len(names)} files")
    for problem in problems:
        print(problem, file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
