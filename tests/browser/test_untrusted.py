"""Text from reports is never run, whatever it holds and wherever it is shown."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from geoevents.maps import event_map

pytestmark = pytest.mark.browser

PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`",
    "`+alert(1)+`",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://",
    "data:text/html,<script>alert(1)</script>",
    "<!--<script>",
    "--><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "'\"><svg/onload=alert(1)>",
    "{{ ''.__class__ }}{% raw %}",
    "\u2028alert(1)\u2029",
    "lone \ud800 surrogate",
    "nul \0 byte",
    "</textarea></title></style><img src=x onerror=alert(1)>",
    'https://example.org/"onmouseover="alert(1)',
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "__proto__",
    "\u202eevil",
]
TEXTS = (
    "event_id", "event_type", "actor", "target", "date_precision", "locality", "place", "status",
    "source", "quote", "explanation", "relation", "problem", "place_ids",
)  # fmt: skip


def texts(values):
    """A column of Python strings: Arrow cannot hold a lone surrogate."""
    return pd.Series(values, dtype=object)


class Poisoned:
    """A gazetteer whose own names are hostile."""

    def window(self, _bounds, **_):
        return self.features(PAYLOADS).assign(kind="populated place", population=10**6)

    def features(self, ids):
        frame = pd.DataFrame({"id": texts(ids), "name": texts(ids)})
        frame = frame.assign(kind="river", country="SY", source=PAYLOADS[0], population=0)
        frame["uncertainty_m"] = 1000.0
        points = [Point(36 + i / 50, 36 + i / 70) for i in range(len(frame))]
        return gpd.GeoDataFrame(frame, geometry=points, crs=4326)


def hostile():
    """Every text of every event is a payload, shapes of all kinds, one more column of each."""
    count = len(PAYLOADS)
    frame = pd.DataFrame({name: texts(PAYLOADS) for name in TEXTS})
    # An id that holds the separator of ids would be two.
    frame["place_ids"] = texts([text.replace(";", "") for text in PAYLOADS])
    for text in PAYLOADS:
        if "\ud800" not in text:  # pandas cannot name a column so
            frame[text] = texts([text] * count)
    shapes = [Point(36 + i, 36) if i % 3 else box(36 + i, 35, 36.6 + i, 35.6) for i in range(count)]
    shapes[-1] = None
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=4326)


def assert_nothing_ran(visited, before):
    assert visited.dialogs == []
    assert visited.errors == []
    assert visited.online == []
    found = visited.page.evaluate(
        """() => [...document.querySelectorAll(
            "script, iframe, object, embed, [onerror], [onload], [onmouseover], body img")]
        .map((n) => n.outerHTML.slice(0, 80))"""
    )
    assert found == before
    links = visited.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    assert all(link.startswith(("http://", "https://", "file:")) for link in links)


@pytest.mark.parametrize("title", PAYLOADS[:6] + PAYLOADS[-5:])
def test_a_title_is_text(visit, title):
    visited = visit(event_map(hostile().iloc[:2], title=title, gazetteer=Poisoned()), 600, 500)
    assert visited.dialogs == []
    assert visited.errors == []
    assert visited.page.locator("body img, body iframe, h1 *").count() == 0


def test_no_text_of_an_event_runs(visit):
    visited = visit(event_map(hostile(), title=PAYLOADS[0], gazetteer=Poisoned()))
    page = visited.page
    before = page.evaluate("() => [...document.scripts].map((n) => n.outerHTML.slice(0, 80))")
    assert_nothing_ran(visited, before)
    for details in page.locator("details").all():
        details.evaluate("node => { node.open = true; }")
    visited.rested()
    assert page.locator(".ge-list li").count() == len(PAYLOADS) - 1
    for row in range(len(PAYLOADS) - 1):
        visited.app(f"app.select({row}, true)")
        page.wait_for_selector(".ge-event")
        visited.app(f"app.hint({{ item: {{ rows: [{row} ? 0 : 1] }} }}, app.map.getCenter())")
    for item in page.locator(".ge-list button").all():
        item.dispatch_event("click")
    for box_ in page.locator("input[type=checkbox]").all():
        box_.dispatch_event("click")
    visited.rested()
    assert_nothing_ran(visited, before)
    shown = page.inner_text(".ge-list")
    assert "<img src=x onerror=alert(1)>" in shown
    assert "</script><script>alert(1)</script>" in shown


def test_actor_names_of_changes_are_text(visit):
    changes = gpd.GeoDataFrame(
        {"from_actor": texts(PAYLOADS), "to_actor": texts(PAYLOADS[::-1]), "area_km2": 1.0},
        geometry=[box(36 + i, 36, 37 + i, 37) for i in range(len(PAYLOADS))],
        crs=4326,
    )
    visited = visit(event_map(changes=changes, gazetteer=Poisoned()))
    before = visited.page.evaluate(
        "() => [...document.scripts].map((n) => n.outerHTML.slice(0, 80))"
    )
    for i in range(len(PAYLOADS)):
        visited.app(
            "app.onClick({ containerPoint: app.map.latLngToContainerPoint("
            f"[36.5, {36.5 + i}]), latlng: app.map.getCenter() }})"
        )
    assert visited.page.locator(".ge-event").count() == 1
    assert_nothing_ran(visited, before)


class Held:
    """A Territory whose actors and sources are hostile."""

    def __init__(self):
        grid = [box(36 + i, 36, 37 + i, 37) for i in range(len(PAYLOADS))]
        dates = pd.to_datetime(["2017-09-01", "2017-09-16"])
        self.frame = gpd.GeoDataFrame(
            {
                "date": dates.repeat(len(PAYLOADS)),
                "actor": texts(PAYLOADS * 2),
                "source": texts([*PAYLOADS, *PAYLOADS[::-1]]),
                "inferred": True,
            },
            geometry=grid * 2,
            crs=4326,
        )
        self.dates, self.actors = dates, PAYLOADS

    def area_ranges(self):
        area = dict.fromkeys(("area_km2", "area_low_km2", "area_high_km2"), 1.0)
        return self.frame[["date", "actor"]].assign(**area)


def test_actors_and_sources_of_control_are_text(visit):
    changes = gpd.GeoDataFrame(
        {
            **{name: texts(PAYLOADS) for name in ("from_actor", "source", "start", "end")},
            "to_actor": texts([None, *PAYLOADS[:0:-1]]),
        },
        geometry=[box(36.4 + i, 36.4, 36.6 + i, 36.6) for i in range(len(PAYLOADS))],
        crs=4326,
    )
    visited = visit(
        event_map(territory=Held(), changes=changes, title=PAYLOADS[0], gazetteer=Poisoned())
    )
    page = visited.page
    before = page.evaluate("() => [...document.scripts].map((n) => n.outerHTML.slice(0, 80))")
    for date in ("0", "1"):
        page.get_by_label("Date of control").select_option(date)
        for i in range(len(PAYLOADS)):
            for lat in (36.1, 36.5):
                visited.app(
                    "app.onClick({ containerPoint: app.map.latLngToContainerPoint("
                    f"[{lat}, {36.5 + i}]), latlng: app.map.getCenter() }})"
                )
                assert page.locator(".ge-event").count() == 1
        shown = page.inner_text(".ge-holders")
        assert shown.count("<img src=x onerror=alert(1)>") >= 2  # an actor, a source
        assert "</script><script>alert(1)</script>" in shown
    for box_ in page.locator("input[type=checkbox]").all():
        box_.dispatch_event("click")
    page.get_by_label("Date of control").select_option("0")
    visited.rested()
    assert_nothing_ran(visited, before)
