"""
Run every benchmark and print our figures beside what people use today, measured in the same run.

Usage: python benchmarks/run.py [--data DIR]

DIR holds real inputs that are not part of the project (``deepstate/*.geojson``,
``toponyms_geovirus.xml``); without it, rows that need them use synthetic data or are left out.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = (
    "startup.py", "geocode.py", "gazetteers.py", "localities.py", "sources.py", "formats.py",
    "online_faults.py", "area.py", "territory.py", "maps.py", "map_browser.py", "map_territory.py",
    "reports.py", "reports.py --speed",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the real inputs")
    options = parser.parse_args()
    data = [] if options.data is None else ["--data", str(options.data)]
    failed = 0
    for command in BENCHMARKS:
        print(f"\n== {command}", flush=True)
        name, *more = command.split()
        call = [sys.executable, HERE / name, *more, *data]
        failed |= subprocess.run(call, check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
