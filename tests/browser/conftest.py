"""A real Chromium without network, where there is one."""

import re
import shutil

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

import geoevents as ge

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HARMLESS = ("data:", "blob:", "file:", "about:")


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        pytest.skip(f"needs a browser: none of {', '.join(_NAMES)} is installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


class Contexts:
    """
    Contexts of the browser that are lent, one to a visitor at a time, and used again.

    A context of its own is a window and a process of its own, which take longer to make than a map
    does to open. A page left in each keeps its process alive; every visitor has a new page.
    """

    # How many wait to be used again: enough for the kinds that a file of tests opens.
    _KEPT = 6

    def __init__(self, browser, blank):
        self._browser, self._blank = browser, blank
        self._free, self._lent = [], {}

    def lend(self, script=None, **options):
        """A context with these options in which ``script`` runs first in every page."""
        kind = repr((script, sorted(options.items())))
        entry = next((entry for entry in self._free if entry[0] == kind), None)
        if entry is None:
            context = self._browser.new_context(**options)
            context.set_default_timeout(20_000)
            if script is not None:
                context.add_init_script(script)
            keeper = context.new_page()
            keeper.goto(self._blank)  # of the scheme of the maps: theirs is the same process
            entry = (kind, context, keeper)
        else:
            self._free.remove(entry)
        self._lent[entry[1]] = entry
        return entry[1]

    def take_back(self, context):
        """Leave nothing of the visit to the next one."""
        _, _, keeper = entry = self._lent.pop(context)
        for page in context.pages:
            if page != keeper:
                page.close()
        context.unroute_all()
        context.clear_cookies()
        context.clear_permissions()
        keeper.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self._free.append(entry)
        if len(self._free) > self._KEPT:
            self._free.pop(0)[1].close()


@pytest.fixture(scope="session")
def contexts(browser, tmp_path_factory):
    blank = tmp_path_factory.mktemp("blank") / "blank.html"
    blank.write_text("<!DOCTYPE html><title>Blank</title>", "utf-8")
    return Contexts(browser, blank.as_uri())


class Visit:
    """A page, and what went wrong in it."""

    def __init__(self, page):
        self.page = page
        self.errors = []
        self.dialogs = []
        self.requests = []
        self.address = None
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        page.on("dialog", self._on_dialog)
        page.on("request", lambda request: self.requests.append(request.url))

    def _on_console(self, message):
        # Tiles that cannot load say so; nothing else may.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def _on_dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def online(self):
        """Requests that would have left the machine."""
        return [url for url in self.requests if not url.startswith(_HARMLESS)]

    def goto(self, address):
        """Open a map's page, and wait until it has drawn itself."""
        if self.page.url != "about:blank":
            self.page.goto("about:blank")  # or another fragment would not open the page anew
        self.page.goto(address)
        self.page.evaluate(f"async () => {{ await window[{APP}].ready; }}")
        self.rested()

    def still(self):
        """Wait until the map moves no more: a popup at the edge has it glide for a moment."""
        self.until("!app.map._panAnim?._inProgress && !app.map._animatingZoom")

    def rested(self):
        """Wait until the map has drawn what it was asked to."""
        self.still()
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def quiet(self):
        """Wait until lists, names and the address have followed, too."""
        self.page.evaluate(
            f"""() => new Promise((done) => {{
            const app = window[{APP}];
            let waiting = true;
            app.on("rest", () => waiting && (waiting = false, setTimeout(done)));
            app.emit("view");
        }})"""
        )
        self.rested()

    def app(self, expression):
        """Evaluate JavaScript in which ``app`` is the map's own object."""
        return self.page.evaluate(f"() => {{ const app = window[{APP}]; return {expression}; }}")

    def until(self, condition):
        """Wait until something is true of ``app``."""
        self.page.wait_for_function(f"() => {{ const app = window[{APP}]; return {condition}; }}")

    def shown(self, column="event_id"):
        """What a column says of the events that are shown."""
        return self.app(f"Array.from(app.filter.rows, (row) => app.read('{column}', row))")

    def row(self, event_id):
        """The row of an event."""
        return self.app(
            f"[...Array(app.events.count).keys()].find((row) => "
            f"app.read('event_id', row) === '{event_id}')"
        )

    def point(self, lat, lon):
        """Where on the page a place is, once the map has come to stand."""
        self.still()
        return self.app(f"(({{ x, y }}) => [x, y])(app.map.latLngToContainerPoint([{lat}, {lon}]))")

    def click_at(self, lat, lon):
        self.page.mouse.click(*self.point(lat, lon))

    def marker(self, row):
        """Where on the page a row's marker is drawn, once the map has come to stand."""
        self.still()
        return self.app(
            f"""(() => {{
            const item = app.markers.drawn.find((d) => d.rows.includes({row}));
            const {{ offset }} = app.painting.pointView;
            const {{ x, y }} = app.map.layerPointToContainerPoint(
                [item.x + offset.x, item.y + offset.y]);
            return [x, y];
        }})()"""
        )

    def paint(self, pane, x, y, half=1):
        """
        The pixels of a pane's canvas around a point of the page: [red, green, blue, alpha] each.

        ``pane`` is "base", "areas", "names" or "events".
        """
        return self.page.evaluate(
            """([pane, x, y, half]) => {
            const canvas = document.querySelector(`.leaflet-ge-${pane}-pane canvas`);
            const box = canvas.getBoundingClientRect();
            const ratio = canvas.width / box.width;
            const [left, top] = [(x - half - box.left) * ratio, (y - half - box.top) * ratio];
            const side = Math.max(1, Math.round(2 * half * ratio));
            const { data } = canvas.getContext("2d")
                .getImageData(Math.round(left), Math.round(top), side, side);
            const pixels = [];
            for (let i = 0; i < data.length; i += 4) pixels.push(Array.from(data.slice(i, i + 4)));
            return pixels;
        }""",
            [pane, x, y, half],
        )

    def ink(self, pane):
        """How much of a pane's canvas has been painted."""
        return self.page.evaluate(
            """(pane) => {
            const canvas = document.querySelector(`.leaflet-ge-${pane}-pane canvas`);
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            let painted = 0;
            for (let i = 3; i < data.length; i += 4) painted += data[i] > 0;
            return painted;
        }""",
            pane,
        )

    def open_tab(self, name):
        self.page.get_by_role("tab", name=name).click()

    def save(self, press):
        """What is downloaded when something is pressed."""
        with self.page.expect_download() as saved:
            press()
        return saved.value


APP = "Object.keys(window).find((name) => name.startsWith('event_layer_'))"


def _answer(body):
    return lambda route: route.fulfill(body=body, content_type="text/javascript")


def _opener(contexts, folder):
    lent = []

    def open_map(shown, width=1400, height=900, fragment="", answers=(), **options):
        """Open a map; ``answers`` are what addresses that end so are answered with."""
        path = folder / f"map{len(lent)}.html"
        shown.save(path)
        context = contexts.lend(viewport={"width": width, "height": height}, **options)
        lent.append(context)
        context.route(
            lambda url: not url.startswith(_HARMLESS), lambda route: route.abort("failed")
        )
        for ending, body in dict(answers).items():
            context.route(re.compile(f"{re.escape(ending)}$"), _answer(body))
        visited = Visit(context.new_page())
        visited.address = path.as_uri()
        visited.goto(visited.address + fragment)
        return visited

    yield open_map
    for context in lent:
        contexts.take_back(context)


@pytest.fixture
def visit(contexts, tmp_path):
    """Open a map, all network blocked; returns its page and what went wrong."""
    yield from _opener(contexts, tmp_path)


@pytest.fixture(scope="module")
def visit_once(contexts, tmp_path_factory):
    """The same for pages that the tests of a module share."""
    yield from _opener(contexts, tmp_path_factory.mktemp("shared"))


DAYS = ("2017-09-01", "2017-09-08", "2017-09-16")


@pytest.fixture(scope="session")
def story_events():
    """Six events in a row from west to east: the first disputed, the last without a date."""
    return gpd.GeoDataFrame(
        {
            "event_id": list("abcdef"),
            "event_type": [
                "air strike", "protest", "air strike", "siege", "protest", "protest",
            ],
            "start": pd.to_datetime(
                ["2017-09-01", "2017-09-05", "2017-09-08", "2017-09-12", "2017-09-16", None]
            ),
            "end": pd.to_datetime([None, None, None, "2017-09-14", None, None]),
            "actor": ["Russia", None, "SDF", "SAA", "SDF", None],
            "target": ["ISIS", None, "ISIS", "ISIS", None, None],
            "status": ["disputed", "reported", "reported", "claimed", "reported", "reported"],
            "locality": ["Raqqa", "Hajin", "Raqqa", "Mayadin", "Hajin", 'Šuḥayl, "Old" town'],
            "quote": [None, None, None, None, "=1+1", None],
            "fatalities": [3, None, 4, None, None, None],
            "uncertainty_m": [20000.0, None, None, None, None, None],
        },
        geometry=[Point(36 + i / 2, 36) for i in range(6)],
        crs=4326,
    )  # fmt: skip


@pytest.fixture(scope="session")
def story_snapshots():
    """South of the events, ISIS in the west loses ground to the SDF in the east."""
    fronts = dict(zip(DAYS, (38, 37.5, 36.5), strict=True))
    west = [(day, "ISIS", box(36, 35, front, 35.8)) for day, front in fronts.items()]
    east = [(day, "SDF", box(front, 35, 40, 35.8)) for day, front in fronts.items()]
    rows = pd.DataFrame([*west, *east], columns=["date", "actor", "geometry"])
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)


@pytest.fixture(scope="session")
def story_ground(story_snapshots):
    return ge.Territory.from_snapshots(story_snapshots)


@pytest.fixture(scope="session")
def figure():
    """A number as the map writes it: see text.js."""

    def write(value, digits=3):
        if abs(value) >= 1000:
            return f"{round(value):,}"
        return f"{float(f'{value:.{digits}g}'):,.6f}".rstrip("0").rstrip(".")

    return write
