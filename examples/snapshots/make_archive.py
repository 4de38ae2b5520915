"""
Make an archive of daily snapshots: 60 days of a front that nobody fought over.

Two sides, North and South, share a front of 3,000 vertices in the open sea off West Africa, where
nobody can take it for a place. Each day a few stretches of it move and the rest stays as it was,
vertex for vertex, as in archives that are edited from one day to the next. Three times somebody
draws a longer stretch anew, some metres beside the old line, though nothing happened there. South
holds a pocket in the north, which shrinks and falls.

The same numbers come out every time, on every machine.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FIRST, DAYS = date(2024, 3, 1), 60
WEST, EAST, SOUTH, NORTH = -6.0, -3.0, -1.0, 1.0  # degrees
VERTICES = 3000
STEP = (EAST - WEST) / (VERTICES - 1)  # 111 m

REDRAWN = {18: (400, 700), 33: (1500, 1900), 50: (2300, 2700)}  # day: from vertex, to vertex
BESIDE = 2e-4  # degrees: 22 m

POCKET = (-4.2, 0.55)
POCKET_VERTICES = 240
POCKET_RADIUS = 0.09  # degrees: 10 km
POCKET_FALLS = 42

Points = NDArray[np.float64]


def pushes(front: Points, random: np.random.Generator) -> None:
    """Move a few stretches of the front, to either side."""
    along = np.arange(VERTICES)
    for _ in range(random.integers(3, 7)):
        middle, half = random.integers(100, VERTICES - 100), random.integers(15, 45)
        deep = random.normal(0.004, 0.012)  # South gains more often than North
        near = np.abs(along - middle) < half
        front[near, 1] += deep * np.cos((along[near] - middle) / half * np.pi / 2) ** 2


def redraw(front: Points, start: int, stop: int, random: np.random.Generator) -> None:
    """Draw a stretch anew, beside the old line."""
    front[start:stop] += random.uniform(-BESIDE, BESIDE, (stop - start, 2))


def pocket(day: int, random: np.random.Generator) -> Points:
    """Draw the pocket as it is on a day: smaller on its western side from week to week."""
    angle = np.linspace(0, 2 * np.pi, POCKET_VERTICES, endpoint=False)
    rough = 1 + 0.06 * random.standard_normal(POCKET_VERTICES)
    lost = 0.8 * (day // 7) / (POCKET_FALLS // 7)
    radius = POCKET_RADIUS * rough * np.where(np.cos(angle) < 0, 1 + lost * np.cos(angle), 1)
    ring = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]) + POCKET
    return np.vstack([ring, ring[:1]])


def collection(front: Points, hole: Points | None) -> str:
    """Write one day as GeoJSON: a feature for each side."""
    line = front.round(6).tolist()
    holes = [] if hole is None else [hole.round(6).tolist()]
    north = [[*line, [EAST, NORTH], [WEST, NORTH], line[0]], *holes]
    south = [[[WEST, SOUTH], [EAST, SOUTH], *line[::-1], [WEST, SOUTH]]]
    features = [
        {
            "type": "Feature",
            "properties": {"side": side},
            "geometry": {"type": "MultiPolygon", "coordinates": parts},
        }
        for side, parts in (("North", [north]), ("South", [south, *([ring] for ring in holes)]))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def make(folder: Path) -> list[Path]:
    """
    Write the archive.

    Parameters
    ----------
    folder : Path
        Where to; it is made if it is not there.

    Returns
    -------
    list of Path
        A file for each day, named by its date.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(2024)
    x = np.linspace(WEST, EAST, VERTICES)
    waves = random.uniform(0, 2 * np.pi, 12)
    y = sum(np.sin(x * (2 + 3 * n) + wave) / (12 + 9 * n) for n, wave in enumerate(waves))
    front = np.column_stack([x, y])
    paths = []
    for day in range(DAYS):
        if day:
            pushes(front, random)
        if day in REDRAWN:
            redraw(front, *REDRAWN[day], random)
        # Its outline is rough in the same way every day: so what did not move stays the same.
        hole = pocket(day, np.random.default_rng(7)) if day < POCKET_FALLS else None
        path = folder / f"{FIRST + timedelta(days=day)}.geojson"
        path.write_text(collection(front, hole), encoding="utf-8")
        paths.append(path)
    return paths


def main(folder: Path) -> None:
    """Write the archive and say what it is."""
    paths = make(folder)
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{len(paths)} days, {paths[0].stem} to {paths[-1].stem}, {megabytes:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("archive"))
