"""A picture of a map's page, taken by a Chromium without a window."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import GeoeventsError, shown

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)

_SET = "GEOEVENTS_BROWSER"

_LEAST, _MOST = 200, 8192
_LARGEST = 16_384
"""Pixels along a side: what Chromium can draw into."""

_LOCAL = ("file:", "data:", "blob:", "about:")

_STATE = """async (deadline) => {
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    const late = wait(deadline).then(() => true);
    // A script that broke off leaves names without a value.
    const layers = Object.keys(window)
        .filter((name) => /^event_layer_[0-9a-f]+$/.test(name) && window[name]);
    const failures = [];
    const ready = Promise.all(layers.map((name) => window[name].ready))
        .catch((error) => failures.push(String(error)))
        .then(() => false);
    if (await Promise.race([late, ready])) return { late: true };
    const tiles = async () => {
        // What a map puts off until nothing moves has been drawn after this.
        do await wait(400);
        while (![...document.querySelectorAll("img.leaflet-tile")].every((tile) => tile.complete));
        return false;
    };
    if (await Promise.race([late, tiles()])) return { late: true };
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const node of document.querySelectorAll(".ge-failure")) failures.push(node.textContent);
    return { late: false, drawn: layers.length > 0, failures };
}"""


def see_picture(
    path: str | PathLike[str], width: int, height: int, scale: float, timeout_s: float
) -> None:
    """
    See that a picture can be taken at all, before anything is done for it.

    Parameters
    ----------
    path : str or path
        Where it shall be.
    width, height : int
        The size of the window.
    scale : float
        Pixels of the picture for each of the window's.
    timeout_s : float
        How long it may take.

    Raises
    ------
    GeoeventsError
        If one of them will not do.

    Examples
    --------
    >>> see_picture("map.png", 1200, 800, 2, 60)
    >>> see_picture("map.png", 12, 800, 2, 60)
    Traceback (most recent call last):
    geoevents.errors.GeoeventsError: width=12: give whole CSS pixels from 200 to 8192
    """
    if Path(path).suffix.lower() != ".png":
        raise GeoeventsError(
            f"{path}: a picture is written as PNG: name it {Path(path).with_suffix('.png')}"
            if Path(path).name
            else "a picture needs a name that ends in .png"
        )
    sides: dict[str, object] = {"width": width, "height": height}
    for name, value in sides.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not _LEAST <= value <= _MOST:  # type: ignore[operator]  # it is a number
            raise GeoeventsError(
                f"{name}={shown(value)}: give whole CSS pixels from {_LEAST} to {_MOST}"
            )
    if not _is_number(scale) or not 0 < scale * max(width, height) <= _LARGEST:
        raise GeoeventsError(
            f"scale={shown(scale)}: the picture may have up to {_LARGEST} pixels along a side"
        )
    if not _is_number(timeout_s) or not timeout_s > 0:
        raise GeoeventsError(f"timeout_s={shown(timeout_s)}: give a number of seconds")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def photograph(
    page: bytes,
    *,
    width: int,
    height: int,
    scale: float,
    fragment: str,
    network: bool,
    timeout_s: float,
) -> bytes:
    """
    Take a picture of a page.

    Parameters
    ----------
    page : bytes
        HTML.
    width, height : int
        The size of the window, in CSS pixels.
    scale : float
        Pixels of the picture for each of them.
    fragment : str
        What stands behind the ``#`` of its address.
    network : bool
        Whether it may ask the network for anything.
    timeout_s : float
        How long it may take to be ready, in seconds.

    Returns
    -------
    bytes
        A PNG.

    Raises
    ------
    GeoeventsError
        If Playwright or a browser is missing, or the page is not ready in time.
    """
    if find_spec("playwright") is None:
        raise GeoeventsError(
            "a picture needs Playwright: pip install 'geoevents[image]', and a Chromium, Chrome or "
            "Edge (or: playwright install chromium)"
        )

    def take() -> bytes:
        from playwright.sync_api import (  # noqa: PLC0415 -- an extra
            Error,
            TimeoutError,  # noqa: A004 -- Playwright's own
            sync_playwright,
        )

        try:
            with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "map.html")
                file.write_bytes(page)
                browser = _launched(playwright.chromium, Error)
                try:
                    context = browser.new_context(
                        viewport={"width": width, "height": height},
                        device_scale_factor=scale,
                        reduced_motion="reduce",
                    )
                    context.set_default_timeout(timeout_s * 1000)
                    if not network:
                        context.route(lambda url: not url.startswith(_LOCAL), _refused)
                    return _taken(
                        context.new_page(), f"{file.as_uri()}#{fragment}".rstrip("#"), timeout_s
                    )
                finally:
                    browser.close()
        except TimeoutError as error:
            raise _late(timeout_s) from error
        except Error as error:
            raise GeoeventsError(f"the browser took no picture: {_first_line(error)}") from error

    # Of its own thread: a notebook has an event loop in this one, which Playwright refuses.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(take).result()


def _taken(page: Any, address: str, timeout_s: float) -> bytes:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    # In one go, and timed in the page: Playwright's own waiting evaluates text, which the page's
    # policy forbids.
    state = page.evaluate(_STATE, timeout_s * 1000)
    if state["late"]:
        raise _late(timeout_s)
    problems = state["failures"] + problems
    if problems or not state["drawn"]:
        told = "; ".join(problems) or "its script did not run"
        raise GeoeventsError(f"the map could not be drawn: {told}")
    picture: bytes = page.screenshot(type="png")
    return picture


def _late(timeout_s: float) -> GeoeventsError:
    return GeoeventsError(
        f"the map was not ready within {timeout_s:g} s: give a longer timeout_s, or a base map "
        "that needs no network"
    )


def _refused(route: Any) -> None:
    route.abort("failed")


def _launched(chromium: Any, error: type[Exception]) -> Any:
    """Start the browser that is set, one on the path, or Playwright's own."""
    executable = found(os.environ.get(_SET), shutil.which)
    try:
        return chromium.launch(executable_path=executable)
    except error as refusal:
        if executable is None:
            raise GeoeventsError(
                "a picture needs a browser: install Chromium, Chrome or Edge, run 'playwright "
                f"install chromium', or name one in the environment variable {_SET}"
            ) from refusal
        raise GeoeventsError(
            f"{executable} did not start as a browser ({_first_line(refusal)}): name another in "
            f"the environment variable {_SET}"
        ) from refusal


def found(chosen: str | None, which: "Callable[[str], str | None]") -> str | None:
    """
    Find a browser.

    Parameters
    ----------
    chosen : str or None
        The one that is set: a path, or a name on the path.
    which : callable
        Finds a program by name, as ``shutil.which`` does.

    Returns
    -------
    str or None
        Its path; ``None`` where there is none.

    Raises
    ------
    GeoeventsError
        If the one that is set is not there.

    Examples
    --------
    >>> found(None, {"google-chrome": "/usr/bin/google-chrome"}.get)
    '/usr/bin/google-chrome'
    """
    if chosen:
        path = which(chosen)
        if path is None:
            raise GeoeventsError(f"{_SET}={chosen}: there is no such program")
        return path
    return next(filter(None, map(which, _NAMES)), None)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
