"""
A map of a front through 400 dates: how long it takes to save, how large it is, how fast it steps.

    python benchmarks/map_territory.py [--dates 400] [--vertices 3000] [--moves 4] [--keep FILE]

Two sides share a front of so many vertices, which moves in a few places each day. Prints the
seconds to save, the megabytes of the page beside those of the same rows as GeoJSON, and what a step
of the slider takes in Chromium without a GPU, where there is one: the outlines of the date are put
together, what changed hands since the date before is worked out, all is painted.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geoevents as ge

if TYPE_CHECKING:
    from numpy.typing import NDArray

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
APP = "window[Object.keys(window).find((name) => name.startsWith('event_layer_'))]"
GOAL_MB = 4.0
GOAL_MS = 50.0

# What a step does when it is called and what the next frame does, and how long after the call the
# frame had been painted: a frame is waited for, so 16 ms is the least of that.
STEPS = """
async (count) => {
  const app = APP;
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const work = [];
  const painted = [];
  for (let i = 0; i < count; i++) {
    await frame();
    const start = performance.now();
    ACT;
    app.painting.areas.paint();
    work.push(performance.now() - start);
    await frame();
    painted.push(performance.now() - start);
  }
  return [work, painted];
}
""".replace("APP", APP)


def front(dates: int, vertices: int, moves: int, seed: int = 5) -> gpd.GeoDataFrame:
    """Make snapshots of two sides whose common front moves in a few places each day."""
    random = np.random.default_rng(seed)
    north = np.linspace(44.0, 52.0, vertices)
    east = 36.0 + np.cumsum(random.normal(0, 0.004, vertices))
    lines = []
    for _ in range(dates):
        for middle in random.integers(0, vertices, moves):
            reach = int(random.integers(4, 25))
            at = np.arange(max(middle - reach, 1), min(middle + reach, vertices - 1))
            east[at] += random.normal(0, 0.02) * np.cos((at - middle) / reach * np.pi / 2)
        lines.append(np.round(np.column_stack([east, north]), 6))
    days = pd.date_range("2023-01-01", periods=dates, freq="D")
    sides = [
        gpd.GeoDataFrame(
            {"date": days, "actor": actor, "uncertainty_m": 500.0},
            geometry=[side(line, far) for line in lines],
            crs=4326,
        )
        for actor, far in (("Red", 41.0), ("Blue", 31.0))
    ]
    return gpd.GeoDataFrame(pd.concat(sides, ignore_index=True))


def side(line: "NDArray[np.float64]", far: float) -> shapely.Polygon:
    """Close a front by a straight border behind one side."""
    return shapely.Polygon(np.vstack([line, [far, line[-1, 1]], [far, line[0, 1]]]))


def save(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Save the map; print how long it took and how large it is."""
    began = time.perf_counter()
    territory = ge.Territory.from_snapshots(frame)
    read = time.perf_counter()
    ge.event_map(territory=territory, basemap=None, title="A front").save(path)
    saved = time.perf_counter()
    size, copies = path.stat().st_size / 1e6, len(frame.geometry.to_json()) / 1e6
    vertices = int(shapely.get_num_coordinates(frame.geometry.array).sum())
    print(f"{len(territory.dates)} dates, {vertices:,} vertices")
    print(f"  reading {read - began:.1f} s, saving {saved - read:.1f} s")
    print(
        f"  {size:.2f} MB (goal {GOAL_MB:g} MB); GeoJSON {copies:.0f} MB: 1 to {copies / size:.0f}"
    )


def row(name: str, found: list[list[float]]) -> None:
    """Print medians and slowest of what the work took and of when it had been painted."""
    texts = [f"{statistics.median(taken):6.1f} (slowest {max(taken):6.1f})" for taken in found]
    print(f"  {name:<28} work {texts[0]} ms, painted after {texts[1]} ms   (goal {GOAL_MS:g} ms)")


def step(page: Any, count: int) -> None:
    """Step day by day, and move the beginning of the window far from its end."""
    clock = "app.clock"
    row("a day's step", page.evaluate(STEPS.replace("ACT", f"{clock}.step(1)"), count))
    far = f"{clock}.set({clock}.first, {clock}.last - (i + 1) * 1440)"
    row("since the first date", page.evaluate(STEPS.replace("ACT", far), min(count, 40)))


def browse(path: Path, count: int) -> None:
    """Open the page in a browser and move its slider."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where there is one

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print(f"  no browser found: install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        began = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate(f"async () => {{ await {APP}.ready; }}")
        print(f"  interactive after {time.perf_counter() - began:.2f} s")
        step(page, count)
        browser.close()


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--dates", type=int, default=400)
    parser.add_argument("--vertices", type=int, default=3000)
    parser.add_argument(
        "--moves", type=int, default=4, help="places in which the front moves a day"
    )
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="where to leave the page")
    parser.add_argument("--data", type=Path, help="ignored: the front is made up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (asked.keep or Path(folder, "front.html")).resolve()
        save(front(asked.dates, asked.vertices, asked.moves), path)
        browse(path, min(asked.steps, asked.dates - 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
