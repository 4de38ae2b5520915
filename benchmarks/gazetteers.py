"""
Measure how a gazetteer of one's own is built and answers, beside a bare merge, in one run.

Usage: python benchmarks/gazetteers.py [--features N]

The features are made up: names of syllables in Latin, Arabic, Cyrillic and Han script, 2.5 each.
Seconds of the processor stand beside those of the clock, for machines that have other work to do.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geoevents as ge
from geoevents.places.geocoding import geocode

MENTIONS, DISTINCT = 1_000_000, 50_000
SYLLABLES = {
    "latin": [c + v for c in "bdghjklmnrstz" for v in "aeiou"],
    "arabic": list("بتجحدرسشصطعفقكلمنهي"),
    "cyrillic": [c + v for c in "бвгдклмнпрст" for v in "аеио"],
    "han": list("安白北东方广海河湖江金林南青山上石水天西阳中州"),
}


def words(random: np.random.Generator, script: str, count: int, least: int, most: int) -> pd.Series:
    """Make up words of so many syllables."""
    syllables = np.array(SYLLABLES[script], object)
    sizes = random.integers(least, most + 1, count)
    made = np.full(count, "", object)
    for position in range(most):
        more = syllables[random.integers(0, len(syllables), count)]
        made = np.where(position < sizes, made + more, made)
    return pd.Series(made)


def made_up(count: int, polygons: float) -> gpd.GeoDataFrame:
    """Make up features, a part of them polygons of 40 vertices."""
    random = np.random.default_rng(1)
    name = words(random, "latin", count, 2, 5).str.title()
    name = name.where(random.random(count) > 0.3, "Al " + name)
    frame = pd.DataFrame(
        {
            "name": name,
            "name_en": words(random, "latin", count, 2, 5).str.title(),
            "name_ar": words(random, "arabic", count, 3, 6),
            "name_ru": words(random, "cyrillic", count, 2, 4),
            "name_zh": words(random, "han", count, 2, 3),
            "kind": np.where(random.random(count) < 0.9, "populated place", "facility"),
            "country": np.array(["SY", "IQ", "LB", "TR", "JO", "EG"])[random.integers(0, 6, count)],
            "admin1": np.array([f"Province {i}" for i in range(200)])[
                random.integers(0, 200, count)
            ],
            "population": random.integers(0, 5000, count),
        }
    )
    # Names a feature: its own, and each other with these odds.
    for column, odds in (("name_en", 0.5), ("name_ar", 0.5), ("name_ru", 0.25), ("name_zh", 0.25)):
        frame[column] = frame[column].where(random.random(count) < odds)
    lon, lat = random.uniform(-179, 179, count), random.uniform(-80, 80, count)
    shapes = shapely.points(lon, lat)
    wide = np.flatnonzero(random.random(count) < polygons)
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = random.uniform(0.02, 0.1, (len(wide), 40))
    ring = np.stack(
        [lon[wide, None] + radius * np.cos(angle), lat[wide, None] + radius * np.sin(angle)], -1
    )
    shapes[wide] = shapely.polygons(ring)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def peak_mb() -> int:
    """Return the most memory this process has had."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if "VmHWM" in line)


def build(count: int, polygons: float, path: Path) -> None:
    """Build one gazetteer, in a process of its own, and print what it took."""
    frame = made_up(count, polygons)
    before = peak_mb()
    clock, processor = time.perf_counter(), time.process_time()
    gazetteer = ge.Gazetteer.from_frame(frame, source="made-up")
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    start = time.perf_counter()
    gazetteer.save(path)
    took = {
        "clock": clock,
        "processor": processor,
        "save": time.perf_counter() - start,
        "frame_mb": before,
        "peak_mb": peak_mb(),
    }
    print(json.dumps(took))


def building(count: int, polygons: float, path: Path) -> None:
    options = ["--features", str(count), "--polygons", str(polygons), "--build", str(path)]
    done = subprocess.run(
        [sys.executable, __file__, *options], check=True, capture_output=True, text=True
    )
    took = json.loads(done.stdout)
    print(
        f"{count:,} features, {polygons:.0%} polygons: built in {took['clock']:.1f} s "
        f"({took['processor']:.1f} s of the processor), saved in {took['save']:.1f} s, "
        f"{path.stat().st_size >> 20} MB; memory {took['frame_mb']} MB with the frame, "
        f"{took['peak_mb']} MB at most | goal < 30 s"
    )


def best(job: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def bulk(label: str, gazetteer: ge.Gazetteer, names: pd.Series) -> None:
    known = [store.keys.take(range(len(store.keys))) for store in gazetteer.stores]
    keys = pd.DataFrame({"key": pd.Series(np.concatenate(known)).drop_duplicates()})
    keys["id"] = np.arange(len(keys))
    random = np.random.default_rng(1)
    distinct = names.drop_duplicates()
    some = distinct.iloc[random.choice(len(distinct), min(DISTINCT, len(distinct)), replace=False)]
    mentions = pd.Series(some.to_numpy(object)[random.integers(0, len(some), MENTIONS)])
    normalised = pd.DataFrame({"key": mentions.str.lower()})
    peer = best(lambda: normalised.merge(keys, on="key", how="left"), 3)
    first = best(lambda: geocode(mentions, gazetteer=gazetteer), 1)
    ours = best(lambda: geocode(mentions, gazetteer=gazetteer), 3)
    print(
        f"{MENTIONS:,} mentions of {len(some):,} names in {label}: ours {ours:.2f} s, the first "
        f"time {first:.2f} s; pandas.merge with {len(keys):,} names {peer:.2f} s | "
        f"ratio {ours / peer:.2f}, first {first / peer:.2f} | goal <= 4"
    )


def single(own: ge.Gazetteer, embedded: ge.Gazetteer, names: pd.Series) -> None:
    """Look up one name at a time, known and misspelt: in the embedded one, and in both layers."""
    long = names[names.str.len().between(9, 12)].iloc[:40].tolist()
    asked = {
        "the embedded gazetteer": (
            ["Deir ez-Zor", "Damascus", "Mariupol", "Al Hasakah"],
            ["Damascs", "Los Angelas", "Bagdhad", "Kandahrr"],
        ),
        "these on top of the embedded ones": (
            long[:20],
            [name[:4] + name[5:] for name in long[20:]],
        ),
    }
    for (label, both), gazetteer in zip(asked.items(), (embedded, own + embedded), strict=True):
        for what, some, goal in zip(("exact", "misspelt"), both, (1, 20), strict=True):
            for name in some:
                candidates(name, gazetteer)
            times = [best(lambda n=name, g=gazetteer: candidates(n, g), 15) * 1e3 for name in some]
            print(
                f"one name, {what:8} in {label}: {np.median(times):6.2f} ms, at most "
                f"{max(times):6.2f} ms | goal < {goal} ms"
            )


def candidates(name: str, gazetteer: ge.Gazetteer) -> object:
    try:
        return geocode(name, gazetteer=gazetteer)
    except ge.PlaceNotFound as unknown:
        return unknown


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--features", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, help="taken for the sake of run.py; not used")
    parser.add_argument("--polygons", type=float, default=0.0, help=argparse.SUPPRESS)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.features, options.polygons, options.build)
        return
    with tempfile.TemporaryDirectory() as folder:
        points, mixed = Path(folder, "points.gaz"), Path(folder, "mixed.gaz")
        building(options.features, 0.0, points)
        building(options.features, 0.1, mixed)
        embedded = ge.Gazetteer.embedded()
        towns = embedded.window((-180, -90, 180, 90), kinds=["populated place"])["name"]
        bulk("the embedded gazetteer", embedded, towns)
        for label, path in (("points", points), ("10% polygons", mixed)):
            own = ge.Gazetteer.from_file(path)
            store = own.stores[0]
            names = pd.Series(store.names.take(range(len(store))))
            bulk(f"{options.features:,} features, {label}", own, names)
        single(own, embedded, names)
        bulk("these on top of the embedded ones", own + embedded, names)


if __name__ == "__main__":
    main()
