"""
How fast a map is in the reader's hands: opening, panning, moving the slider; without a GPU.

    python benchmarks/map_browser.py [--million] [--steps 40]

Needs the ``test`` extra and a Chromium. Times are wall-clock medians, from the call to the end of
the frame in which the last canvas was painted; a frame is waited for, so 16 ms is the least.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from maps import sample
from playwright.sync_api import Page, sync_playwright

from geoevents.maps import event_map

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
APP = "window[Object.keys(window).find((name) => name.startsWith('event_layer_'))]"
GOALS = {100_000: 2.0, 1_000_000: 8.0}
REDRAW_MS = 50

PAN = """
const way = Math.floor(i / 10) % 2 ? -90 : 90;
app.map.panBy([way, way / 3], { animate: false });
"""

SWITCH = """
const { types } = app.filter;
if (types.has(0)) types.delete(0); else types.add(0);
app.emit("filter");
"""

FRAME = """
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const timed = async (steps, act) => {
  const taken = [];
  for (let i = 0; i < steps; i++) {
    await frame();
    const start = performance.now();
    act(i);
    await frame();
    taken.push(performance.now() - start);
  }
  return taken;
};
"""


def timings(page: Page, steps: int, act: str) -> list[float]:
    """Do something so many times; return how many milliseconds each took until it was painted."""
    script = (
        f"async () => {{ {FRAME} const app = {APP}; return timed({steps}, (i) => {{ {act} }}); }}"
    )
    return list(page.evaluate(script))


def row(name: str, taken: list[float]) -> None:
    """Print the median and the slowest, and the goal."""
    median = statistics.median(taken)
    print(f"  {name:<34} median {median:6.1f} ms   slowest {max(taken):6.1f}   (goal {REDRAW_MS})")


def measure(browser: Any, count: int, steps: int) -> None:
    """Open a map of so many events and move it about."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.html")
        event_map(sample(count), title="Benchmark").save(path)
        context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
        page = context.new_page()
        start = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function(
            "() => Object.keys(window).some((n) => n.startsWith('event_layer_'))", timeout=60_000
        )
        page.evaluate(f"async () => {{ {FRAME} await {APP}.ready; await frame(); await frame(); }}")
        seconds = time.perf_counter() - start
        size = path.stat().st_size / 1e6
        print(f"{count:,} events, {size:.1f} MB: ready in {seconds:.2f} s (goal {GOALS[count]:g})")
        row("slider, a day's step", timings(page, steps, "app.clock.step(1);"))
        page.evaluate(f"() => {{ const c = {APP}.clock; c.set(c.first, c.first + 90 * 1440); }}")
        row("slider, a window of 90 days", timings(page, steps, "app.clock.step(1);"))
        row(
            "slider, most of the year",
            timings(page, steps, "const c = app.clock; c.set(c.first, c.last - (i + 1) * 1440);"),
        )
        page.evaluate(f"() => {APP}.clock.showAll()")
        row(
            "panning, all in view",
            timings(
                page,
                steps,
                PAN,
            ),
        )
        page.evaluate(f"() => {APP}.map.setZoom({APP}.map.getZoom() + 3, {{ animate: false }})")
        row(
            "panning, three levels closer",
            timings(
                page,
                steps,
                PAN,
            ),
        )
        row(
            "switching a type",
            timings(
                page,
                steps,
                SWITCH,
            ),
        )
        context.close()


def main() -> int:
    """Measure 100,000 events and, if asked, a million."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--data", type=Path, help="ignored: the events are made up")
    asked = parser.parse_args()
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print(f"no browser found: install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for count in (100_000, 1_000_000) if asked.million else (100_000,):
            measure(browser, count, asked.steps)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
