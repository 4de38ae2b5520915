"""
Take the pictures of the documentation: the examples' maps in Chromium, as readers see them.

Usage: python tools/screenshots.py [--out docs/images]

A desktop, a popup, the ground tab, before and after, a phone, dark, paper, and a strip of the
slider. Needs the ``test`` extra and a Chromium; asks nothing of the network.
"""

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import geoevents as ge

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "deir_ezzor_2017"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
APP = "window[Object.keys(window).find((name) => name.startsWith('event_layer_'))]"
REST_MS = 700
DESKTOP, PHONE = (1400, 900), (390, 844)


@contextmanager
def opened(browser: Browser, path: Path, size: tuple[int, int], **options: Any) -> Iterator[Page]:
    """Open a map without network and wait until it is drawn."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, offline=True, device_scale_factor=1, **options
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(f"async () => {{ await {APP}.ready; }}")
    page.wait_for_timeout(REST_MS)
    yield page
    context.close()


def do(page: Page, script: str) -> None:
    """Run a line in which ``app`` is the map's own object, and wait until all is drawn."""
    page.evaluate(f"() => {{ const app = {APP}; {script} }}")
    page.wait_for_timeout(REST_MS)


def make_maps(folder: Path) -> tuple[Path, Path, Path]:
    """Write the map of events, the one with control, and that of the report with its article."""
    located = ge.attach(ge.read_events(EXAMPLE / "events.csv"), country="SY")
    events, control = folder / "events.html", folder / "control.html"
    ge.event_map(located, title="Deir ez-Zor, September 2017").save(events)
    held = ge.Territory.from_snapshots(gpd.read_file(EXAMPLE / "control.geojson"))
    ge.event_map(
        located,
        territory=held,
        title="Deir ez-Zor, September 2017",
        subtitle="Who held what is drawn by hand: hatched",
        time=("2017-09-03", "2017-09-17"),
    ).save(control)
    article = (EXAMPLE / "report.md").read_text(encoding="utf-8")
    read, report = ge.read_report(article, published="2017-09-17"), folder / "report.html"
    ge.event_map(read, article=article, title="Two offensives meet at Deir Ezzor").save(report)
    return events, control, report


def strip(page: Page, path: Path) -> None:
    """Move the slider and put the pictures side by side."""
    frames = []
    for day in (5, 9, 14, 17):
        do(page, f"app.clock.set(Date.UTC(2017, 8, 3) / 6e4, Date.UTC(2017, 8, {day}) / 6e4);")
        frames.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    gap = 6
    width = sum(frame.width for frame in frames) + gap * (len(frames) - 1)
    whole = Image.new("RGB", (width, frames[0].height), "white")
    for i, frame in enumerate(frames):
        whole.paste(frame, (i * (frame.width + gap), 0))
    whole.save(path, optimize=True)


def main() -> int:
    """Write the pictures into the folder asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out = parser.parse_args().out
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print(f"no browser found: install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    touch = {"has_touch": True, "is_mobile": True}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        events, control, report = make_maps(Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)

        def take(
            name: str,
            path: Path,
            size: tuple[int, int],
            script: str = "",
            before: Callable[[Page], None] = lambda _: None,
            **options: Any,
        ) -> None:
            with opened(browser, path, size, **options) as page:
                before(page)
                do(page, script)
                page.screenshot(path=out / f"deir_ezzor_{name}.png")

        take("desktop", events, DESKTOP)
        take("popup", events, DESKTOP, "app.panel.open('events'); app.select(app.filter.rows[9]);")
        take("control", control, DESKTOP, "app.panel.open('ground');")
        take("compare", control, DESKTOP, "app.panel.open('ground'); app.compare.toggle();")
        strike = (
            "app.select(app.filter.rows.findLast((row) => app.read('status', row) === 'disputed'));"
        )
        take("report", report, DESKTOP, strike)
        take("report_phone", report, PHONE, "app.panel.open('article');", **touch)
        take("dark", control, DESKTOP, color_scheme="dark")
        take("phone", events, PHONE, **touch)
        take("phone_sheet", control, PHONE, "app.panel.open('ground');", **touch)
        take("print", control, (1123, 794), before=lambda page: page.emulate_media(media="print"))
        with opened(browser, control, (470, 620)) as page:
            strip(page, out / "deir_ezzor_slider.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
