"""
Geodesic area of a snapshot of about 3,000 vertices, against ``pyproj.Geod``.

``python benchmarks/area.py`` makes up a polygon; ``--data DIR`` measures the snapshots in
``DIR/deepstate``. Both are timed in turn in one run. "first" includes the check of validity,
which later measures of the same geometry object need not repeat; pyproj makes no such check.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod

import geoevents as ge

GEOD = Geod(ellps="WGS84")
REPEATS = 20
ROUNDS = 15


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def made_up() -> gpd.GeoDataFrame:
    """Make a ragged three quarters of a disc round 35 E, 48 N, with two edges of 300 km."""
    rng = np.random.default_rng(1)
    angle = np.sort(rng.uniform(0.0, 1.5 * np.pi, 2998))
    reach = 3.0 + rng.uniform(0.0, 0.3, len(angle))
    ring = np.column_stack([35.0 + 1.5 * reach * np.cos(angle), 48.0 + reach * np.sin(angle)])
    ring = np.vstack([ring, [35.0, 48.0]])
    return gpd.GeoDataFrame(geometry=[shapely.Polygon(ring)], crs=4326)


def pyproj_km2(geometry: shapely.Geometry) -> float:
    return abs(GEOD.geometry_area_perimeter(geometry)[0]) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with deepstate/*.geojson")
    folder = parser.parse_known_args()[0].data
    paths = sorted((folder / "deepstate").glob("*.geojson")) if folder else []
    frames = [gpd.read_file(path) for path in paths]
    frames = frames or [made_up()]
    # A snapshot is one geometry here, as pyproj takes one at a time.
    geometries = [
        frame.geometry.iloc[0] if len(frame) == 1 else frame.geometry.union_all()
        for frame in frames
    ]
    worst = max(abs(ge.area(g) / pyproj_km2(shapely.normalize(g)) - 1.0) for g in geometries)
    geometry = geometries[0]
    frame = gpd.GeoDataFrame(geometry=[geometry], crs=4326)
    runs: dict[str, list[float]] = {}
    gc.disable()
    for _ in range(ROUNDS):  # in turn, so that a slow moment of the machine falls on all alike
        fresh = iter(shapely.from_wkb([geometry.wkb] * REPEATS))
        jobs: dict[str, Callable[[], object]] = {
            "pyproj.Geod.geometry_area_perimeter": lambda: GEOD.geometry_area_perimeter(geometry),
            "area(geometry)": lambda: ge.area(geometry),
            "area(frame)": lambda: ge.area(frame),
            "area(geometry), first": lambda fresh=fresh: ge.area(next(fresh)),
            "shapely.is_valid alone": lambda: shapely.is_valid(geometry),
        }
        for name, job in jobs.items():
            runs.setdefault(name, []).extend(seconds(job) for _ in range(REPEATS))
    base = statistics.median(runs["pyproj.Geod.geometry_area_perimeter"])
    print(f"{shapely.get_num_coordinates(geometry):,} vertices, median of {REPEATS * ROUNDS}")
    for name, times in runs.items():
        median = statistics.median(times)
        print(f"{name:38} {median * 1e3:7.3f} ms   {base / median:6.1f} times faster")
    print(f"worst relative difference in {len(frames)} snapshots: {worst:.1e}")


if __name__ == "__main__":
    main()
