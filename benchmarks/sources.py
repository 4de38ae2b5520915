"""
Time and memory to read a table of events, beside what people use today; all in one run.

    python benchmarks/sources.py [--rows N] [--check]

The file is made up: the columns of an ACLED export, 300 bytes a row, invented text with quotation
marks and line breaks in it. Each reader runs in a process of its own, so that its peak is its own.
``--check`` measures the validator alone, on a frame that is in memory already: with good rows,
with rows that have no ``event_id``, and with rows that are all wrong.
"""

import argparse
import calendar
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

ROWS = 1_000_000
CHUNK = 100_000
GOAL_SECONDS, GOAL_MB = 25, 3000

# Pairs of ACLED's event types, with the kind of disorder they belong to.
KINDS = (
    ("Political violence", "Battles", "Armed clash"),
    ("Political violence", "Battles", "Government regains territory"),
    ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    ("Political violence", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Political violence", "Violence against civilians", "Attack"),
    ("Demonstrations", "Protests", "Peaceful protest"),
    ("Strategic developments", "Strategic developments", "Agreement"),
)
SENTENCES = (
    "Shells fell on the mill",
    'A witness said "nobody was at home"',
    "The road was closed until noon",
    "أُغلق الطريق قرب الجسر",
    "Two houses burned; the school did not",
)


def write_sample(path: Path, rows: int) -> None:
    """Write a made-up export in the layout of ACLED's, quoted only where it must be."""
    with path.open("wb") as file:
        file.write(",".join(sample(0, 1).column_names).encode() + b"\n")
        for first in range(0, rows, CHUNK):
            table = sample(first, min(CHUNK, rows - first))
            cells = [column.cast(pa.string()) for column in table.columns]
            lines = pc.binary_join_element_wise(
                *cells, ",", null_handling="replace", null_replacement=""
            )
            file.write("\n".join(lines.to_pylist()).encode() + b"\n")


def sample(first: int, count: int) -> pa.Table:
    """Make some rows, the same ones in each run."""
    rng = np.random.default_rng(first)

    def choose(words: list[Any]) -> Any:
        return pa.array(words).take(pa.array(rng.integers(0, len(words), count)))

    def join(*parts: Any) -> Any:
        return pc.binary_join_element_wise(*parts, "")

    number = pa.array(np.arange(first, first + count)).cast(pa.string())
    kind = rng.integers(0, len(KINDS), count)
    days = np.datetime64("2019-01-01") + rng.integers(0, 2500, count)
    months = np.array(calendar.month_name[1:])
    month = months[days.astype("datetime64[M]").astype(int) % 12]
    day = (days - days.astype("datetime64[M]")).astype(int) + 1
    year = days.astype("datetime64[Y]").astype(int) + 1970
    date = [f"{d:02} {m} {y}" for d, m, y in zip(day, month, year, strict=True)]
    town = rng.integers(0, 20_000, count)
    towns = pa.array(town).cast(pa.string())
    actor = choose([f"Armed Group {i}" for i in range(400)])
    inter = choose(["State forces", "Rebels", "Militia", "Civilians"])
    said = [sentence.replace('"', '""') for sentence in SENTENCES]
    note = join('"On ', pa.array(date), choose([", ", ",\n"]), choose(said), '."')
    text = {
        "event_id_cnty": join("SYR", number),
        "event_date": pa.array(date),
        "year": pa.array(year),
        "time_precision": choose([1, 1, 1, 2, 3]),
        "disorder_type": pa.array([KINDS[k][0] for k in kind]),
        "event_type": pa.array([KINDS[k][1] for k in kind]),
        "sub_event_type": pa.array([KINDS[k][2] for k in kind]),
        "actor1": actor,
        "assoc_actor_1": choose([*[None] * 9, "Farmers (Syria); Women (Syria)"]),
        "inter1": inter,
        "actor2": choose([None, *(f"Civilians of Town {i}" for i in range(90))]),
        "assoc_actor_2": choose([*[None] * 9, "Teachers (Syria)"]),
        "inter2": inter,
        "interaction": choose(["State-Rebels", "Civilians only"]),
        "civilian_targeting": choose([None, None, "Civilians targeted"]),
        "iso": choose([760]),
        "region": choose(["Middle East"]),
        "country": choose(["Syria"]),
        "admin1": choose([f"Province {i}" for i in range(14)]),
        "admin2": choose([f"District {i}" for i in range(60)]),
        "admin3": choose([f"Commune {i}" for i in range(270)]),
        "location": join("Place ", towns),
        "latitude": pa.array(np.round(32 + town * 0.00023 + rng.uniform(0, 0.01, count), 4)),
        "longitude": pa.array(np.round(36 + (town * 7919 % 60_000) * 1e-4, 4)),
        "geo_precision": choose([1, 1, 2, 3]),
        "source": choose([f"Agency {i}" for i in range(50)]),
        "source_scale": choose(["National", "Local", "Other"]),
        "notes": note,
        "fatalities": pa.array(rng.poisson(0.7, count)),
        "tags": choose([*[None] * 9, "crowd size=300"]),
        "timestamp": pa.array(rng.integers(1_600_000_000, 1_700_000_000, count)),
    }
    return pa.table(text)


# -- what is measured: each in a process of its own -----------------------------------------------


def with_pandas(path: Path) -> int:
    """Read as most people do: pandas guesses the types, GeoPandas makes the points."""
    import geopandas as gpd  # noqa: PLC0415 -- a part of what is measured
    import pandas as pd  # noqa: PLC0415

    frame = pd.read_csv(path)
    points = gpd.points_from_xy(frame["longitude"], frame["latitude"])
    return len(gpd.GeoDataFrame(frame, geometry=points, crs=4326))


def with_read_file(path: Path) -> int:
    """Let GDAL read the table and make the points."""
    import geopandas as gpd  # noqa: PLC0415

    names = {"X_POSSIBLE_NAMES": "longitude", "Y_POSSIBLE_NAMES": "latitude"}
    return len(gpd.read_file(path, **names, AUTODETECT_TYPE="YES"))


def with_geoevents(path: Path) -> int:
    """Read, translate, validate: each date, number and word is checked."""
    import geoevents as ge  # noqa: PLC0415

    return len(ge.read_events(path))


READERS: dict[str, Callable[[Path], int]] = {
    "pandas.read_csv + points": with_pandas,
    "geopandas.read_file": with_read_file,
    "geoevents.read_events": with_geoevents,
}


def translated(path: Path) -> Any:
    """Give the sample as a frame in the schema's columns, before it is validated."""
    import pandas as pd  # noqa: PLC0415

    options = csv.ConvertOptions(
        column_types=dict.fromkeys(sample(0, 1).column_names, pa.large_string()),
        strings_can_be_null=True,
        null_values=[""],
    )
    table = csv.read_csv(
        path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=options
    )
    dtype = pd.StringDtype(na_value=np.nan)
    frame = pd.DataFrame(
        {
            name: pd.Series(dtype.__from_arrow__(column))
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
    )
    frame = frame.rename(
        columns={
            "event_id_cnty": "event_id", "event_type": "acled_event_type", "actor1": "actor",
            "actor2": "target", "event_date": "start", "location": "place", "notes": "quote",
        }
    )  # fmt: skip
    types = {"Armed clash": "armed clash", "Attack": "attack on civilians"}
    frame["event_type"] = frame["sub_event_type"].map(lambda sub: types.get(sub, "other"))
    frame["event_type"] = frame["event_type"].astype(dtype)
    precision = {"1": "day", "2": "week", "3": "month"}
    frame["date_precision"] = frame["time_precision"].map(precision).astype(dtype)
    metres = {"1": 1000.0, "2": 10_000.0, "3": 50_000.0}
    frame["uncertainty_m"] = frame["geo_precision"].map(metres)
    return frame


def good(frame: Any) -> Any:
    return frame


def unnamed(frame: Any) -> Any:
    return frame.drop(columns="event_id")


def wrong(frame: Any) -> Any:
    """Three problems a row, one of them different in each."""
    return frame.assign(event_type=frame["event_id"], start="soon", fatalities="-1")


CHECKED: dict[str, Callable[[Any], Any]] = {
    "good rows": good, "rows without event_id": unnamed, "rows with 3 problems": wrong,
}  # fmt: skip


def child_read(name: str, path: Path) -> dict[str, Any]:
    start = time.perf_counter()
    rows = READERS[name](path)
    return {"rows": rows, "seconds": time.perf_counter() - start, "peak": peak_mb()}


def child_check(name: str, path: Path) -> dict[str, Any]:
    from geoevents.events.problems import Problems, SchemaError  # noqa: PLC0415
    from geoevents.events.schema import check  # noqa: PLC0415

    frame = CHECKED[name](translated(path))
    before = resident_mb()
    most = [before]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            most.append(resident_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    problems = Problems(frame.index)
    valid = check(frame, problems)
    if problems:
        SchemaError(problems.frame())
    seconds = time.perf_counter() - start
    most.append(resident_mb())
    done.set()
    watcher.join()
    return {"rows": len(valid), "seconds": seconds, "peak": max(most) - before}


def peak_mb() -> float:
    """Most memory that this process has had."""
    import resource  # noqa: PLC0415 -- only where it is asked: Windows has none

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def resident_mb() -> float:
    """Memory that this process has now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def in_child(what: str, name: str, path: Path) -> dict[str, Any]:
    """Run one reader in a new process; what it measured."""
    words = [sys.executable, __file__, "--child", what, name, str(path)]
    run = subprocess.run(words, check=False, capture_output=True, text=True)
    if run.returncode:
        reason = run.stderr.strip().splitlines()[-1:] or ["no reason given"]
        return {"failed": reason[0][:100]}
    return json.loads(run.stdout)


def compare(path: Path) -> None:
    """Print a row for each reader, with the ratios to what people do today."""
    base: dict[str, Any] = {}
    for name in READERS:
        found = in_child("read", name, path)
        if "failed" in found:
            print(f"{name:26} failed: {found['failed']}")
            continue
        base = base or found
        print(
            f"{name:26} {found['rows']:>9,} rows {found['seconds']:7.2f} s {found['peak']:7.0f} MB"
            f"   {found['seconds'] / base['seconds']:5.2f} x the time, "
            f"{found['peak'] / base['peak']:4.2f} x the memory of the first"
        )
    print(f"goal for geoevents: a million rows in {GOAL_SECONDS} s, {GOAL_MB} MB")


def compare_checks(path: Path) -> None:
    """Print time and added memory of the validator alone."""
    for name in CHECKED:
        found = in_child("check", name, path)
        if "failed" in found:
            print(f"check, {name:24} failed: {found['failed']}")
            continue
        print(
            f"check, {name:24} {found['rows']:>9,} rows {found['seconds']:7.2f} s "
            f"{found['peak']:+7.0f} MB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the file")
    parser.add_argument("--check", action="store_true", help="measure the validator alone")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options, _ = parser.parse_known_args()
    if options.child:
        what, name, path = options.child
        found = (child_read if what == "read" else child_check)(name, Path(path))
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "acled.csv")
        write_sample(path, options.rows)
        print(f"{options.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        (compare_checks if options.check else compare)(path)


if __name__ == "__main__":
    main()
