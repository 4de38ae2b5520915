"""Cost of ``import geoevents`` and of the command line's help, against ``import geopandas``."""

import argparse
import statistics
import subprocess
import sys
import time

REPEATS = 9
COMMANDS = {
    "import geopandas": ["-c", "import geopandas"],
    "import geoevents": ["-c", "import geoevents"],
    "import geoevents, then geopandas": ["-c", "import geoevents, geopandas"],
    "geoevents --help": ["-m", "geoevents.cli", "--help"],
}


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    # Interleaved, so that a slow moment of the machine falls on all of them alike.
    runs = [{name: seconds(words) for name, words in COMMANDS.items()} for _ in range(REPEATS)]
    median = {name: statistics.median(run[name] for run in runs) for name in COMMANDS}
    base = median["import geopandas"]
    for name, value in median.items():
        print(f"{name:34} {value * 1000:7.0f} ms   {value / base:5.2f} x import geopandas")


if __name__ == "__main__":
    main()
