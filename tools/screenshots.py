"""
Take the pictures of the documentation: the example's map in Chromium, on a desktop and a phone.

Usage: python tools/screenshots.py [--out docs/images]

Needs the ``test`` extra and a Chromium; asks nothing of the network.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import geoevents as ge

ROOT = Path(__file__).parent.parent
EVENTS = ROOT / "examples" / "deir_ezzor_2017" / "events.csv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTLE_MS = 1500


def main() -> int:
    """Write desktop, popup and phone pictures into the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out = parser.parse_args().out
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print(f"no browser found: install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "map.html"
        events = ge.attach(ge.read_events(EVENTS), country="SY")
        ge.event_map(events, title="Deir ez-Zor, September 2017").save(path)
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for name, width, height, shows in (
            ("desktop", 1400, 900, _nothing_more),
            ("popup", 1400, 900, _a_popup),
            ("phone", 390, 844, _nothing_more),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": height}, offline=True, device_scale_factor=1
            )
            page = context.new_page()
            page.goto(path.as_uri())
            page.wait_for_timeout(SETTLE_MS)
            shows(page)
            page.screenshot(path=out / f"deir_ezzor_{name}.png")
            context.close()
        browser.close()
    return 0


def _nothing_more(page: Page) -> None:
    """Leave the map as it opens."""
    del page


def _a_popup(page: Page) -> None:
    """Open the disputed strike from the list of events."""
    page.get_by_text("List of events").click()
    page.get_by_text("16 Sep 2017").first.click()
    page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    sys.exit(main())
