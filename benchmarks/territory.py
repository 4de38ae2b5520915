"""
Change polygons between snapshots, against overlay in GeoPandas and difference in shapely.

``python benchmarks/territory.py`` makes up a front line of 3,000 vertices that moves a little each
day; ``--data DIR`` also measures the daily snapshots in ``DIR/deepstate``. Each row times both in
turn in one run. "fresh" geometries were never seen before, so that their validity is checked in the
time; pairs of consecutive days have seen the first day as the second of the pair before.
"""

import argparse
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod

import geoevents as ge

GEOD = Geod(ellps="WGS84")
DAYS = 769
PASSES = 3
ROUNDING_KM2 = 1e-9
VERTICES = 3_000
RANDOM = 10_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000)


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def front(days: int, vertices: int, places: int = 6, seed: int = 7) -> list[shapely.Geometry]:
    """Make up a ragged front; each day some stretches of it move by about a kilometre."""
    rng = np.random.default_rng(seed)
    lat = np.linspace(46.0, 50.0, vertices - 4)
    lon = 36.0 + np.cumsum(rng.normal(0.0, 0.004, len(lat))) * (3_000 / vertices) ** 0.5
    made = []
    for _ in range(days):
        ring = np.column_stack([lon, lat])
        made.append(shapely.polygons(np.vstack([ring, [(44.0, 50.0), (44.0, 46.0)]])))
        for at in rng.integers(10, len(lat) - 20, places):
            lon = lon.copy()
            lon[at : at + 8] += rng.normal(0.0, 0.01)
    return made


def frame(geometry: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"actor": ["A"]}, geometry=[geometry], crs=4326)


def fresh(geometry: shapely.Geometry) -> gpd.GeoDataFrame:
    return frame(shapely.from_wkb(geometry.wkb))


def consecutive(name: str, days: Sequence[shapely.Geometry]) -> None:
    """Compare each day with the next, in passes over all days, as a script over an archive does."""
    jobs: dict[str, Callable[[gpd.GeoDataFrame, gpd.GeoDataFrame], object]] = {
        "overlay": lambda a, b: gpd.overlay(a, b, how="union"),
        "difference": lambda a, b: differences(a.geometry.iloc[0], b.geometry.iloc[0]),
        "ours, next day": ge.territory_change,
        "ours, both seen": ge.territory_change,
        "ours, both fresh": ge.territory_change,
    }
    times: dict[str, list[float]] = {key: [] for key in jobs}
    for _ in range(PASSES):
        for key, job in jobs.items():
            frames = [fresh(day) for day in days]
            pairs = list(pairwise(frames))
            if key == "ours, both fresh":
                pairs = [(fresh(a), fresh(b)) for a, b in pairwise(days)]
            if key != "ours, both fresh":
                ge.territory_change(frames[0], frames[0])
            if key == "ours, both seen":
                for a, b in pairs:
                    job(a, b)
            times[key] += [seconds(lambda a=a, b=b, job=job: job(a, b)) for a, b in pairs]
    middle = {key: statistics.median(some) * 1e3 for key, some in times.items()}
    vertices = shapely.get_num_coordinates(days[0])
    print(f"{name}: {len(days) - 1} pairs, {vertices:,} vertices, medians of {PASSES} passes")
    for key, ms in middle.items():
        print(
            f"  {key:17} {ms:7.2f} ms   overlay takes {middle['overlay'] / ms:5.1f} times as long, "
            f"two differences {middle['difference'] / ms:5.1f}"
        )
    worst = max(off(a, b) for a, b in pairwise(days))
    print(f"  worst relative difference of an area from difference and pyproj: {worst:.1e}")


def differences(a: shapely.Geometry, b: shapely.Geometry) -> tuple[shapely.Geometry, ...]:
    return a.difference(b), b.difference(a)


def off(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """Find how far our areas are from those of two differences, relative to the larger."""
    change = ge.territory_change(fresh(a), fresh(b))
    worst = 0.0
    for side, ground in zip(("A", "nobody"), differences(a, b), strict=True):
        mine = change.loc[change["from_actor"] == side, "area_km2"].sum()
        theirs = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(ground))[0]) / 1e6
        if theirs > ROUNDING_KM2:
            worst = max(worst, abs(mine / theirs - 1.0))
    return worst


def stars(seed: int, actors: int) -> gpd.GeoDataFrame:
    """Make up 10,000 ragged polygons that do not overlap one another."""
    rng = np.random.default_rng(seed)
    side = int(RANDOM**0.5)
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    angle = np.sort(rng.uniform(0, 2 * np.pi, (RANDOM, 20)), axis=1)
    reach = rng.uniform(0.02, 0.05, angle.shape)
    shift = rng.uniform(-0.04, 0.04)
    lon = 30 + 0.1 * x.reshape(-1, 1) + reach * np.cos(angle) + shift
    lat = 30 + 0.1 * y.reshape(-1, 1) + reach * np.sin(angle) + shift
    names = [f"A{number}" for number in rng.integers(0, actors, RANDOM)]
    shapes = shapely.polygons(np.stack([lon, lat], axis=2))
    return gpd.GeoDataFrame({"actor": names}, geometry=shapes, crs=4326)


def unrelated() -> None:
    for actors in (1, 5, RANDOM):
        a, b = stars(1, actors), stars(2, actors)
        theirs, ours = (
            min(seconds(job) for _ in range(2))
            for job in (
                lambda a=a, b=b: gpd.overlay(a, b, how="union"),
                lambda a=a, b=b: ge.territory_change(a, b),
            )
        )
        print(
            f"{RANDOM:,} polygons against {RANDOM:,}, {actors:,} actors: overlay {theirs:.2f} s, "
            f"ours {ours:.2f} s, {ours / theirs:.2f} times"
        )


def archive() -> None:
    """Run in a process of its own, so that its peak of memory is its own."""
    days = front(DAYS, VERTICES)
    dates = np.datetime64("2022-02-24") + np.arange(DAYS)
    rows = gpd.GeoDataFrame({"actor": "A", "date": dates}, geometry=days, crs=4326)
    before = peak_mb()
    start = time.perf_counter()
    control = ge.Territory.from_snapshots(rows)
    read = time.perf_counter() - start
    changes = control.changes()
    took = time.perf_counter() - start
    areas = seconds(control.areas)
    last = seconds(control.last_change)
    first = seconds(lambda: control.first_held("A"))
    print(
        f"archive of {DAYS} snapshots of {VERTICES:,} vertices: {len(changes):,} changes in "
        f"{took:.2f} s ({read:.2f} s of it reading), areas {areas:.2f} s, last_change "
        f"{last:.2f} s, first_held {first:.2f} s; peak {peak_mb():.0f} MB, {before:.0f} MB before"
    )


def peak_mb() -> float:
    """Give this process's peak of memory; getrusage would count that of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def growth() -> None:
    """Time pairs of ever more vertices; a constant share of them has moved."""
    print("growth: vertices, ms a pair, microseconds for each vertex and doubling")
    for size in SIZES:
        a, b = front(2, size, places=max(size // 500, 1))
        both = [(fresh(a), fresh(b)) for _ in range(3)]
        took = min(seconds(lambda pair=pair: ge.territory_change(*pair)) for pair in both)
        print(f"  {size:8,} {took * 1e3:9.2f} {took * 1e6 / (size * np.log2(size)):8.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with deepstate/*.geojson")
    parser.add_argument("--archive", action="store_true", help="only the archive, in this process")
    options = parser.parse_known_args()[0]
    if options.archive:
        archive()
        return
    gc.disable()
    consecutive("made-up front", front(31, VERTICES))
    paths = sorted((options.data / "deepstate").glob("*.geojson"))[:31] if options.data else []
    if paths:
        consecutive("deepstate", [gpd.read_file(path).geometry.union_all() for path in paths])
    gc.enable()
    unrelated()
    growth()
    subprocess.run([sys.executable, __file__, "--archive"], check=True)


if __name__ == "__main__":
    main()
