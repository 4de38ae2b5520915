"""
A map of a front through 400 dates: how long it takes to save, how large it is, how fast it steps.

    python benchmarks/map_territory.py [--dates 400] [--vertices 3000] [--keep DIR]

Two sides share a front of so many vertices; each day it moves in a few places. Prints the seconds
to save, the megabytes of the page, and the median milliseconds of a step of the slider (decode the
date's outlines, work out what changed hands since the date before, draw) in Chromium where there
is one, in Node.js otherwise.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geoevents as ge
from geoevents.maps.program import program

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_MB = 4.0
MOST_MS = 50.0


def front(dates: int, vertices: int, moves: int = 4, seed: int = 5) -> gpd.GeoDataFrame:
    """
    Make snapshots of two sides whose common front moves a little each day.

    Parameters
    ----------
    dates : int
        How many days.
    vertices : int
        How many vertices the front has.
    moves : int, default 4
        In how many places it moves in a day.
    seed : int, default 5
        Of the random moves.

    Returns
    -------
    GeoDataFrame
        ``date``, ``actor``, ``uncertainty_m`` and geometry: two rows for each day.
    """
    random = np.random.default_rng(seed)
    north = np.linspace(44.0, 52.0, vertices)
    east = 36.0 + np.cumsum(random.normal(0, 0.004, vertices))
    rows = []
    for day in pd.date_range("2023-01-01", periods=dates, freq="D"):
        for middle in random.integers(0, vertices, moves):
            reach = int(random.integers(4, 25))
            at = np.arange(max(middle - reach, 1), min(middle + reach, vertices - 1))
            bulge = np.cos((at - middle) / reach * np.pi / 2)
            east[at] += random.normal(0, 0.02) * bulge
            north[at] += random.uniform(-0.2, 0.2) * 8.0 / vertices
        line = np.round(np.column_stack([east, north]), 6)
        rows += [
            (day, "Red", ring(line, 41.0)),
            (day, "Blue", ring(line, 31.0)),
        ]
    frame = pd.DataFrame(rows, columns=["date", "actor", "geometry"])
    return gpd.GeoDataFrame(frame.assign(uncertainty_m=500.0), geometry="geometry", crs=4326)


def ring(line: "NDArray[np.float64]", far: float) -> shapely.Polygon:
    """Close a front by a straight border behind one side."""
    behind = [(far, line[-1, 1]), (far, line[0, 1])]
    return shapely.Polygon([*map(tuple, line), *behind])


def save(frame: gpd.GeoDataFrame, path: Path) -> dict[str, float]:
    """Save the map and say how long each part of it took."""
    began = time.perf_counter()
    territory = ge.Territory.from_snapshots(frame)
    read = time.perf_counter()
    ge.event_map(territory=territory, basemap=None, title="A front").save(path)
    saved = time.perf_counter()
    return {
        "territory_s": read - began,
        "save_s": saved - read,
        "mb": path.stat().st_size / 1e6,
        "program_mb": len(program()) / 1e6,
    }


if __name__ == "__main__":
    frame = front(400, 3000)
    print(save(frame, Path("/tmp/h/front.html")))
