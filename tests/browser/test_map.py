"""Maps in a real browser, with no network."""

import math
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import pytest
from folium import plugins
from shapely.geometry import LineString, Point, box

import geoevents as ge
from geoevents.maps import EventLayer, event_map

EXAMPLE = Path(__file__).parents[2] / "examples" / "deir_ezzor_2017" / "events.csv"

pytestmark = pytest.mark.browser


class NoPlaces:
    """A gazetteer of nothing: the base map is the simplified world alone."""

    def window(self, _bounds, **_):
        columns = ["id", "name", "kind", "country", "population", "uncertainty_m", "source"]
        return gpd.GeoDataFrame({c: [] for c in columns}, geometry=[], crs=4326)

    def features(self, ids):
        names = gpd.GeoDataFrame(
            {"id": ids, "name": ids, "kind": "populated place", "uncertainty_m": 1.0}
        )
        return names.set_geometry([Point(36, 36)] * len(ids), crs=4326)


NOWHERE = NoPlaces()


def sample(**columns):
    base = {
        "event_type": ["air strike", "protest", "territorial gain", "siege"],
        "start": pd.to_datetime(["2017-09-16", "2017-09-01", "2017-09-14", None]),
        "actor": ["Russia", None, "SDF", "SAA"],
        "status": ["disputed", "reported", "claimed", "reported"],
        "source": ["https://example.org/a", "Agency", "javascript:alert(1)", None],
        "quote": ["Words.", "كلمات", None, None],
        "uncertainty_m": [500.0, None, 2000.0, 10000.0],
        "inferred": [False, False, True, False],
        "area_km2": [None, None, 300.0, None],
    }
    return gpd.GeoDataFrame(
        {**base, **columns},
        geometry=[Point(36, 36), Point(36.4, 36.2), box(35.2, 35.2, 35.5, 35.5), None],
        crs=4326,
    )


@pytest.fixture(scope="module")
def example():
    """The fight for Deir ez-Zor, located with the embedded gazetteer."""
    return ge.attach(ge.read_events(EXAMPLE), country="SY")


OUTSIDE = """(() => {
    const probe = document.createElement("canvas").getContext("2d");
    const spread = app.markers.drawn.filter((d) => d.rows.length === 1);
    const regions = new Map(app.painting.areaPaths.map((p) => [p.row, p]));
    const { offset: a } = app.painting.areaView, { offset: p } = app.painting.pointView;
    const bad = spread.filter((d) => regions.has(d.rows[0])).filter((d) =>
        !probe.isPointInPath(
            regions.get(d.rows[0]).path, d.x + p.x - a.x, d.y + p.y - a.y, "evenodd"));
    return { spread: spread.length, bad: bad.map((d) => d.rows[0]) };
})()"""


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_markers_stand_in_their_regions(visit, example, size):
    visited = visit(event_map(example), *size)
    opening = visited.app(OUTSIDE)
    assert opening == {"spread": 13, "bad": []}
    visited.app("app.map.zoomIn(1, { animate: false })")
    visited.rested()
    closer = visited.app(OUTSIDE)
    assert closer["bad"] == []
    assert closer["spread"] >= 3


def test_zoomed_out_a_crowd_is_a_count(visit, example):
    visited = visit(event_map(example))
    visited.app("app.map.zoomOut(3, { animate: false })")
    visited.rested()
    assert visited.app("app.markers.drawn.map((d) => d.rows.length)") == [13]


def test_an_event_known_to_a_province_stands_apart_and_says_so(visit, example):
    visited = visit(event_map(example))
    row = visited.app("app.regions.event[app.regions.group.indexOf('given')]")
    nearest = visited.app(
        f"""(() => {{
        const own = app.markers.drawn.find((d) => d.rows[0] === {row});
        return Math.min(...app.markers.drawn.filter((d) => d !== own)
            .map((d) => Math.hypot(d.x - own.x, d.y - own.y)));
    }})()"""
    )
    assert nearest > 80
    visited.page.mouse.move(*visited.marker(row))
    assert "(somewhere in this area)" in visited.page.inner_text(".ge-tooltip")
    visited.page.mouse.wheel(0, 300)
    visited.page.wait_for_selector(".ge-tooltip", state="detached")


def test_a_named_area_answers_at_its_outline_only(visit):
    named = sample(inferred=[False] * 4).assign(event_type="siege").iloc[[2]]
    visited = visit(event_map(named, gazetteer=NOWHERE))
    hit = "app.pointing.find(app.map.latLngToContainerPoint([{}, {}]))"
    assert visited.app(hit.format(35.23, 35.23)) is None
    assert visited.app(hit.format(35.2, 35.3) + "?.area.what") == "region"


def test_a_map_opens_without_network_or_errors(visit):
    visited = visit(event_map(sample(), title="Test", gazetteer=NOWHERE))
    assert (visited.errors, visited.online) == ([], [])
    assert all(visited.ink(pane) > 50 for pane in ("base", "areas", "events"))
    assert visited.page.inner_text("h1") == "Test"
    assert visited.page.inner_text(".ge-title-facts") == "4 events · 1 – 16 Sep 2017"


def test_clicking_a_marker_tells_about_the_event(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    click(visited, row=2)
    popup = visited.page.locator(".ge-event")
    assert popup.locator("h2").inner_text() == "Air strike"
    assert popup.locator(".ge-status.ge-doubt").inner_text() == "disputed"
    assert "16 Sep 2017" in popup.inner_text()
    assert popup.locator("a").get_attribute("href") == "https://example.org/a"
    assert popup.locator("a").get_attribute("rel") == "noopener noreferrer"


def click(visited, row):
    """Click where a row's marker is drawn."""
    visited.page.mouse.click(*visited.marker(row))
    visited.page.wait_for_selector(".ge-event")


def test_pointing_at_an_event_says_what_it_is_and_how_far_off_it_may_be(visit):
    far = sample(uncertainty_m=[5000.0, None, None, 10000.0])
    visited = visit(event_map(far, gazetteer=NOWHERE))
    x, y = visited.marker(2)
    visited.page.mouse.move(x, y)
    assert visited.page.inner_text(".ge-tooltip") == "Air strike, 16 Sep 2017 (disputed)"
    circle = visited.page.locator("path.ge-uncertainty")
    box_ = circle.bounding_box()
    # 5 km in pixels, at that latitude.
    metres = 40_075_016.686 * math.cos(math.radians(36))
    pixels = 5000 / metres * 256 * 2 ** visited.app("app.map.getZoom()")
    assert box_["width"] / 2 == pytest.approx(pixels, abs=2)
    assert box_["x"] + box_["width"] / 2 == pytest.approx(visited.point(36, 36)[0], abs=2)
    assert box_["y"] + box_["height"] / 2 == pytest.approx(visited.point(36, 36)[1], abs=2)
    visited.page.mouse.move(x, y + 200)
    assert circle.count() == 0
    assert visited.page.locator(".ge-tooltip").count() == 0
    visited.page.mouse.move(*visited.marker(0))  # of which nothing is known
    assert circle.count() == 0
    # Chosen, it keeps its circle, drawn on the map.
    visited.page.mouse.click(x, y)
    visited.rested()
    beside = visited.paint("areas", visited.point(36, 36)[0] + pixels / 2, visited.point(36, 36)[1])
    assert beside[0][3] > 0
    assert visited.errors == []


def test_what_is_doubted_is_hollow(visit):
    pair = gpd.GeoDataFrame(
        {"event_type": "air strike", "status": ["denied", "reported"]},
        geometry=[Point(36, 36), Point(36.4, 36)],
        crs=4326,
    )
    visited = visit(event_map(pair, gazetteer=NOWHERE))

    def fill(row):
        """The colour inside the marker, beside its sign."""
        x, y = visited.marker(row)
        return visited.paint("events", x - 7.5, y, 0.5)[0]

    rows = {visited.app(f"app.read('status', {row})"): row for row in (0, 1)}
    hollow, solid = fill(rows["denied"]), fill(rows["reported"])
    assert min(hollow[:3]) > 220
    assert min(solid[:3]) < 120
    assert "Hollow: denied, disputed" in visited.page.inner_text(".ge-key")


def test_an_unsafe_source_is_text(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    visited.app(
        "app.select(app.events.columns.find((c) => c.name === 'source')"
        ".values.findIndex((v) => v.startsWith('javascript')))"
    )
    visited.page.wait_for_selector(".ge-event")
    assert "javascript:alert(1)" in visited.page.inner_text(".ge-source")
    assert visited.page.locator(".ge-event a").count() == 0


def test_a_region_answers_where_it_is_hatched(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    visited.click_at(35.22, 35.22)
    visited.page.wait_for_selector(".ge-event")
    text = visited.page.inner_text(".ge-event")
    assert "Territorial gain" in text
    assert "300 km²" in text
    assert "inferred, not surveyed" in text


def test_the_legend_switches_layers(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    before = visited.ink("areas")
    visited.page.get_by_label("Territorial gains").uncheck()
    visited.rested()
    assert visited.ink("areas") == 0 < before
    visited.page.get_by_label("Protest").uncheck()
    visited.rested()
    assert visited.app("app.markers.rows.length") == 2


def test_the_legend_counts_the_areas_of_the_types_shown(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    line = visited.page.locator(".ge-row", has_text="Territorial gains").locator(".ge-detail")
    assert line.inner_text() == "1 · ≈ 300 km²"
    visited.page.get_by_label("Territorial gain", exact=False).first.uncheck()
    assert line.inner_text() == "0 · ≈ 0 km²"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("edge", ["left", "right"])
def test_a_hint_at_the_edge_is_not_cut_off(visit, story_events, width, edge):
    visited = visit(event_map(story_events, basemap=None), width=width, height=844)
    row = visited.row("f")
    x = 12 if edge == "left" else width - 12
    visited.app(
        f"""app.pointing.hint({{ item: {{ count: 1, rows: [{row}] }} }},
        app.map.containerPointToLatLng([{x}, 400]))"""
    )
    box = visited.page.locator(".ge-tooltip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_ground_of_which_nobody_knows_how_much_was_gained_has_no_figure(visit):
    report = (
        "M23 captured Kamandi Gite on the shore of Lake Edward on Sunday. "
        "Rebels captured 300 square kilometres along the Semliki River on Monday."
    )
    events = ge.read_report(report, published="2024-11-20", country="CD")
    assert events["area_low_km2"].tolist()[0] == 0 < events["area_km2"][0]
    visited = visit(event_map(events))
    line = visited.page.locator(".ge-row", has_text="Territorial gains").locator(".ge-detail")
    assert line.inner_text() == "2 · > 300 km²"
    measured = "Array.from(app.regions.event, (_, i) => app.regions.isMeasured(i))"
    assert sorted(visited.app(measured)) == [False, True]
    visited = visit(event_map(events[:1]))
    line = visited.page.locator(".ge-row", has_text="Territorial gains").locator(".ge-detail")
    assert line.inner_text() == "1"


def test_labels_of_further_columns_read_well(visit):
    more = sample(note=["seen"] * 4, held_km2=[5.5] * 4)
    visited = visit(event_map(more, gazetteer=NOWHERE))
    visited.app("app.select(0)")
    labels = visited.page.locator(".ge-event dt").all_inner_texts()
    assert {"Note", "Held km²"} <= set(labels)


def test_on_a_phone_a_popup_lies_under_the_title_and_over_nothing(visit):
    long = sample(quote=["Many words. " * 60] * 4)
    visited = visit(event_map(long, title="A title", gazetteer=NOWHERE), 390, 844)
    for row in range(3):
        visited.app(f"app.select({row}, true)")
        visited.page.wait_for_timeout(450)
        popup = visited.page.locator(".ge-popup").bounding_box()
        title = visited.page.locator(".ge-title").bounding_box()
        assert popup["y"] >= title["y"] + title["height"]
        assert popup["x"] >= 0
        assert popup["x"] + popup["width"] <= 390
        assert not visited.page.locator(".ge-tools").is_visible()
    visited.page.click(".leaflet-popup-close-button")
    visited.page.wait_for_selector(".ge-event", state="detached")
    assert visited.page.locator(".ge-tools").is_visible()


def test_zooming_ends_at_one_world_and_at_what_is_drawn(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    visited.app("app.map.setZoom(0, { animate: false })")
    assert 256 * 2 ** visited.app("app.map.getZoom()") >= 1400
    visited.app("app.map.setZoom(25, { animate: false })")
    assert visited.app("app.map.getZoom()") == 16


def test_unplaced_events_are_listed(visit):
    visited = visit(event_map(sample(problem="no such place"), gazetteer=NOWHERE))
    visited.page.get_by_text("1 event without a place").click()
    # The list is filled once its section has opened, which is not at once.
    visited.page.locator(".ge-unplaced li").first.wait_for()
    assert "siege (no such place)" in visited.page.inner_text(".ge-unplaced")


def test_the_keyboard_reaches_every_event(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    visited.page.focus(".leaflet-container")
    seen = []
    for _ in range(4):
        visited.page.keyboard.press("n")
        seen.append(visited.page.inner_text(".ge-event h2"))
    assert seen == ["Protest", "Territorial gain", "Air strike", "Protest"]
    visited.page.keyboard.press("p")
    assert visited.page.inner_text(".ge-event h2") == "Air strike"
    assert "air strike" in visited.page.inner_text(".ge-hidden")
    visited.page.keyboard.press("Escape")
    visited.page.wait_for_selector(".ge-event", state="detached")


def test_events_at_one_point_are_all_reachable(visit):
    crowd = gpd.GeoDataFrame(
        {"event_type": "protest", "actor": [f"Group {i}" for i in range(16)]},
        geometry=[Point(36, 36)] * 16,
        crs=4326,
    )
    visited = visit(event_map(crowd, gazetteer=NOWHERE))
    click(visited, row=0)
    seen = set()
    for _ in range(16):
        seen.add(visited.page.inner_text(".ge-facts dd"))
        visited.page.click(".ge-next")
    assert len(seen) == 16


def test_a_group_opens_when_clicked(visit):
    spread = gpd.GeoDataFrame(
        {"event_type": ["protest"] * 81},
        geometry=[Point(36 + i / 1e4, 36) for i in range(80)] + [Point(40, 38)],
        crs=4326,
    )
    visited = visit(event_map(spread, gazetteer=NOWHERE))
    zoom = visited.app("app.map.getZoom()")
    visited.click_at(36, 36.004)
    visited.until(f"app.map.getZoom() > {zoom} + 1 && !app.map._animatingZoom")
    assert visited.app("app.map.getBounds().contains([36, 36.004])")


def test_online_tiles_that_fail_leave_the_embedded_map(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    visited.page.get_by_label("OpenStreetMap").check()
    visited.page.wait_for_function(
        "() => document.querySelector('.ge-notice').textContent.includes('cannot be reached')"
    )
    assert visited.online
    assert all("tile.openstreetmap.org" in url for url in visited.online)
    assert visited.ink("base") > 1000
    assert visited.errors == []
    shown = "img => img.naturalWidth === 1 || getComputedStyle(img).visibility === 'hidden'"
    assert visited.page.eval_on_selector_all(".leaflet-tile", f"images => images.every({shown})")


def test_a_tiled_map_starts_online_and_credits_it(visit):
    visited = visit(event_map(sample(), basemap="light", gazetteer=NOWHERE))
    assert any("basemaps.cartocdn.com/light_all" in url for url in visited.requests)
    assert "CARTO" in visited.page.inner_text(".leaflet-control-attribution")


def test_on_a_phone_the_legend_is_a_button(visit):
    visited = visit(
        event_map(sample(), title="A long title for a small screen", gazetteer=NOWHERE),
        390, 844, has_touch=True, is_mobile=True, device_scale_factor=2,
    )  # fmt: skip
    assert not visited.page.get_by_label("Protest").is_visible()
    visited.page.get_by_role("tab", name="Legend").tap()
    assert visited.page.get_by_label("Protest").is_visible()
    assert visited.page.evaluate("() => document.documentElement.scrollWidth") == 390
    sheet = visited.page.locator(".ge-panel").bounding_box()
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= 390


def test_everything_has_a_name_for_screen_readers(visit):
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    for tab in ("Events", "Legend"):
        visited.open_tab(tab)
    nameless = visited.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, summary, [tabindex]")]
        .filter((n) => !n.hidden && !(n.ariaLabel || n.textContent.trim()
            || n.closest("label")?.textContent))
        .map((n) => n.outerHTML)"""
    )
    assert nameless == []
    assert visited.page.get_attribute("html", "lang") == "en"


def test_arabic_runs_from_right_to_left(visit):
    arabic = sample(locality=["شرق الفرات"] * 4)
    visited = visit(event_map(arabic, title="دير الزور", gazetteer=NOWHERE))
    direction = "n => getComputedStyle(n).direction"
    assert visited.page.eval_on_selector("h1", direction) == "rtl"
    visited.app("app.select(0)")
    visited.page.wait_for_selector(".ge-event")
    fact = visited.page.locator("dd", has_text="الفرات")
    assert fact.evaluate(direction) == "rtl"


def test_changes_are_drawn_and_answer(visit):
    changes = gpd.GeoDataFrame(
        {"from_actor": ["ISIS", None], "to_actor": ["SDF", "SAA"], "area_km2": [300.0, 20.0]},
        geometry=[box(35, 35, 36, 36), box(36, 35, 37, 36)],
        crs=4326,
    )
    visited = visit(event_map(changes=changes, gazetteer=NOWHERE))
    assert visited.errors == []
    assert "320 km² changed hands" in visited.page.inner_text(".ge-title")
    visited.click_at(35.3, 35.5)
    visited.page.wait_for_selector(".ge-event")
    assert visited.page.inner_text(".ge-event h2") == "SDF"


def test_folium_layers_and_the_layer_alone(visit):
    shown = event_map(sample(), gazetteer=NOWHERE)
    folium.CircleMarker((36.1, 36.1), radius=9, color="red").add_to(shown)
    folium.GeoJson(sample()[["geometry"]].dropna()).add_to(shown)
    visited = visit(shown)
    assert (visited.errors, visited.online) == ([], [])
    assert visited.page.locator("path.leaflet-interactive").count() >= 2
    assert visited.page.locator("img.leaflet-marker-icon").count() == 2


LIBRARIES = {
    "leaflet.markercluster.js": "L.markerClusterGroup = (o) => L.featureGroup([], o);",
    "leaflet_heat.min.js": """L.heatLayer = (points) => {
        window.heat = points;
        return L.layerGroup();
    };""",
}


def test_plugins_of_folium_work_on_it(visit):
    shown = event_map(sample(), gazetteer=NOWHERE)
    plugins.MarkerCluster([(36.1, 36.1), (36.2, 36.2)]).add_to(shown)
    plugins.HeatMap([(36, 36), (36.1, 36.1)]).add_to(shown)
    # The plugins themselves come from the network: what stands for them shows that they are called.
    jquery = dict.fromkeys(("jquery-3.7.1.min.js", "jquery.min.js"), "window.$ = () => null;")
    visited = visit(shown, answers={**LIBRARIES, **jquery})
    assert [error for error in visited.errors if "Content Security" in error] == []
    assert visited.page.evaluate("() => window.heat?.length") == 2
    assert visited.page.locator("img.leaflet-marker-icon").count() == 2
    assert visited.app("app.markers.drawn.length") > 0


def test_plugins_that_cannot_be_had_leave_the_map(visit):
    shown = event_map(sample(), title="Still here", gazetteer=NOWHERE)
    plugins.MarkerCluster([(36.1, 36.1)]).add_to(shown)
    plugins.HeatMap([(36, 36)]).add_to(shown)
    visited = visit(shown)
    assert all("L." in error for error in visited.errors)  # the plugins' own
    assert visited.page.inner_text("h1") == "Still here"
    assert visited.ink("events") > 50
    click(visited, row=2)
    assert visited.page.inner_text(".ge-event h2") == "Air strike"


def test_explore_adds_to_it_offline(visit):
    shown = event_map(sample(), gazetteer=NOWHERE)
    roads = gpd.GeoDataFrame(
        {"name": ["M4"]}, geometry=[LineString([(35, 36), (36.5, 36.5)])], crs=4326
    )
    assert roads.explore(m=shown, color="red", tooltip="name") is shown
    visited = visit(shown)
    assert visited.errors == []
    assert visited.page.locator("path.leaflet-interactive[stroke=red]").count() == 1
    click(visited, row=2)
    assert visited.page.inner_text(".ge-event h2") == "Air strike"


def test_the_layer_works_on_a_plain_map(visit):
    plain = folium.Map((36, 36), zoom_start=8, tiles=None)
    EventLayer(sample(), title="On a plain map", gazetteer=NOWHERE).add_to(plain)
    vendored = Path(ge.__file__).parent / "maps" / "assets" / "vendor" / "leaflet.js"
    visited = visit(plain, answers={"leaflet.js": vendored.read_text("utf-8")})
    assert visited.page.inner_text("h1") == "On a plain map"
    assert visited.app("app.filter.rows.length") == 3
    assert visited.ink("events") > 50
    assert visited.page.get_by_role("checkbox", name="Protest").is_visible()
    visited.app("app.select(2)")
    assert visited.page.inner_text(".ge-event h2") == "Air strike"
    ours = [error for error in visited.errors if "$" not in error and "jQuery" not in error]
    assert ours == []


def test_a_notebook_shows_it_offline(contexts, tmp_path):
    notebook = tmp_path / "notebook.html"
    notebook.write_text(event_map(sample(), gazetteer=NOWHERE)._repr_html_(), "utf-8")
    context = contexts.lend(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(notebook.as_uri())
    legend = page.frame_locator("iframe").locator(".ge-legend")
    legend.wait_for()
    assert "Air strike" in legend.inner_text()
    contexts.take_back(context)


def test_the_layer_on_a_plain_map_needs_only_leaflet():
    plain = folium.Map(tiles=None)
    EventLayer(sample(), gazetteer=NOWHERE).add_to(plain)
    assert plain.get_root().render().count("var geoevents =") == 1


def test_names_know_where_the_markers_are_after_the_map_was_moved(visit):
    """Canvases are not painted again by a small move: each has an offset of its own."""
    visited = visit(event_map(sample(), gazetteer=NOWHERE))
    offsets, boxes, markers = visited.app(
        """(() => {
        const before = app.painting.pointView;
        app.map.panBy([90, 40], { animate: false });
        app.painting.names.refreshNow();
        const view = { offset: app.painting.names._bounds.getTopLeft() };
        const { offset } = app.painting.pointView;
        const onPage = (x, y, from) => {
            const p = app.map.layerPointToContainerPoint([x + from.x, y + from.y]);
            return [p.x, p.y];
        };
        return [
            before === app.painting.pointView && !offset.equals(view.offset),
            app.painting.markerBoxes(view).map(([l, t, r, b]) =>
                onPage((l + r) / 2, (t + b) / 2, view.offset)),
            app.markers.drawn.map(({ x, y }) => onPage(x, y, offset)),
        ];
    })()"""
    )
    assert offsets  # otherwise this proves nothing
    assert len(boxes) == len(markers) > 0
    for box_, marker in zip(boxes, markers, strict=True):
        assert box_ == pytest.approx(marker, abs=1e-6)
