"""
Time and bytes to write events in each format, beside GeoPandas; both in turn in one run.

    python benchmarks/formats.py [--rows N] [--passes N]

The events are made up: points, one in ten a polygon, with text of some 100 bytes a row. Ours
checks every event, and puts styles into GeoPackage and KML, which the others do not.
"""

import argparse
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

import geoevents as ge
from geoevents.events.schema import validate
from geoevents.events.vocabulary import DATE_PRECISIONS, EVENT_TYPES, STATUSES

ROWS = 100_000
PASSES = 3
THEIRS: dict[str, tuple[str, Callable[[gpd.GeoDataFrame, Path], object]]] = {
    ".csv": ("to_csv", lambda frame, path: frame.to_csv(path, index=False)),
    ".geojson": ("to_file", lambda frame, path: frame.to_file(path, driver="GeoJSON")),
    ".gpkg": ("to_file", lambda frame, path: frame.to_file(path, driver="GPKG")),
    ".parquet": ("to_parquet", lambda frame, path: frame.to_parquet(path, index=False)),
    ".fgb": ("to_file", lambda frame, path: frame.to_file(path, driver="FlatGeobuf")),
    ".kml": ("to_file", lambda frame, path: frame.to_file(path, driver="LIBKML")),
}


def sample(rows: int) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(4)

    def choose(words: list[str]) -> np.ndarray:
        return np.array(words, dtype=object)[rng.integers(0, len(words), rows)]

    days = np.datetime64("2015-01-01") + rng.integers(0, 3_000, rows).astype("m8[D]")
    shapes = shapely.points(rng.uniform(35, 45, rows), rng.uniform(32, 38, rows))
    areas = rng.random(rows) < 0.1
    shapes[areas] = shapely.buffer(shapes[areas], 0.05)
    frame = {
        "event_id": [f"event-{number}" for number in range(rows)],
        "event_type": choose(list(EVENT_TYPES)),
        "actor": choose(["SDF", "ISIS", "Syrian government", "قسد"]),
        "start": days,
        "date_precision": choose([word for word in DATE_PRECISIONS if word != "unknown"]),
        "place": choose(["Deir Ezzor", "Raqqa", "Mayadin"]),
        "fatalities": np.where(rng.random(rows) < 0.5, np.nan, rng.integers(0, 20, rows)),
        "status": choose(list(STATUSES)),
        "quote": [f'"The road was closed", report {number} says' for number in range(rows)],
        "inferred": areas,
        "weight": rng.random(rows),
    }
    return validate(gpd.GeoDataFrame(frame, geometry=shapes, crs=4326))


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--data", type=Path, help="not used")
    options = parser.parse_args()
    events = sample(options.rows)
    warnings.simplefilter("ignore")  # of the others' drivers, on what they cannot hold
    print(f"{options.rows:,} events, medians of {options.passes}")
    print("  format     ours             others                        others / ours")
    for suffix, (name, write) in THEIRS.items():
        times: dict[str, list[float]] = {"ours": [], "others": []}
        with tempfile.TemporaryDirectory() as folder:
            ours, others = (Path(folder, f"{who}{suffix}") for who in times)
            for _ in range(options.passes):
                others.unlink(missing_ok=True)
                times["ours"].append(seconds(lambda ours=ours: ge.write_events(events, ours)))
                times["others"].append(
                    seconds(lambda write=write, others=others: write(events, others))
                )
            sizes = [path.stat().st_size / 1e6 for path in (ours, others)]
        mine, yours = (statistics.median(some) for some in times.values())
        print(
            f"  {suffix:9}{mine:6.2f} s {sizes[0]:6.1f} MB   {name:11}{yours:6.2f} s "
            f"{sizes[1]:6.1f} MB   {yours / mine:5.1f}"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ours.kmz")
        took = seconds(lambda: ge.write_events(events, path))
        print(f"  .kmz     {took:6.2f} s {path.stat().st_size / 1e6:6.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
