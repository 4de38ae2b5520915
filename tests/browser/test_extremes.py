"""Nothing, one, very many, very long, at the end of the world: all is where it belongs."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, box

import geoevents as ge
from geoevents.maps import event_map

pytestmark = pytest.mark.browser

TYPES = ("air strike", "protest", "siege")


def events(shapes, dated=True, **columns):
    count = len(shapes)
    days = pd.Timestamp("2017-09-01") + pd.to_timedelta(np.arange(count) % 30, unit="D")
    base = {"event_type": [TYPES[i % 3] for i in range(count)]}
    if dated:
        base["start"] = days
    return gpd.GeoDataFrame({**base, **columns}, geometry=shapes, crs=4326)


def territory(*rows):
    frame = pd.DataFrame(rows, columns=["date", "actor", "geometry"])
    return ge.Territory.from_snapshots(gpd.GeoDataFrame(frame, geometry="geometry", crs=4326))


def free(visited):
    """The free part of the map: left, top, right, bottom."""
    return visited.app(
        """(({ left, top, right, bottom }, { x, y }) => [left, top, x - right, y - bottom])(
        app.insets(), app.map.getSize())"""
    )


def anchors(visited):
    """Where on the page each event belongs: by row; those of a ring share its place."""
    rows = visited.app(
        """app.markers.drawn.flatMap(({ ax, ay, rows }) => {
        const { offset } = app.painting.pointView;
        const { x, y } = app.map.layerPointToContainerPoint([ax + offset.x, ay + offset.y]);
        return Array.from(rows, (row) => [row, x, y]);
    })"""
    )
    return {row: (x, y) for row, x, y in rows}


def assert_in_sight(visited, count):
    """Every event is drawn, in the free part of the map, and its paint is there."""
    assert (visited.errors, visited.online) == ([], [])
    left, top, right, bottom = free(visited)
    found = anchors(visited)
    assert len(found) == count
    for x, y in found.values():
        assert left <= x <= right
        assert top <= y <= bottom
    items = visited.app(
        """app.markers.drawn.slice(0, 40).map(({ x, y }) => {
        const { offset } = app.painting.pointView;
        const at = app.map.layerPointToContainerPoint([x + offset.x, y + offset.y]);
        return [at.x, at.y];
    })"""
    )
    for item in items:
        assert max(pixel[3] for pixel in visited.paint("events", *item, 4)) > 80


def assert_fits(visited):
    """Nothing runs out of the page or of the panel."""
    width = visited.page.viewport_size["width"]
    assert visited.page.evaluate("() => document.documentElement.scrollWidth") == width
    for tab in visited.page.get_by_role("tab").all():
        tab.click()
        visited.quiet()
        overflowing = visited.page.evaluate(
            """() => [...document.querySelectorAll(
                ".ge-panel-body:not([hidden]), .ge-panel-body:not([hidden]) .ge-row, .ge-title")]
            .filter((n) => n.scrollWidth > n.clientWidth + 1).map((n) => n.className)"""
        )
        assert overflowing == [], tab.inner_text()


# --- few and many --------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", [None, events([])], ids=["nothing", "no events"])
def test_an_empty_map_shows_the_world(visit, shown):
    visited = visit(event_map(shown, title="Nothing yet"), 1100, 700)
    assert (visited.errors, visited.online) == ([], [])
    assert visited.ink("base") > 100_000
    assert visited.page.inner_text("h1") == "Nothing yet"
    assert visited.page.locator(".ge-timebar").count() == 0
    assert_fits(visited)
    visited.page.get_by_role("button", name="Save the data shown").click()
    assert "There is nothing on this map" in visited.page.inner_text(".ge-card")
    visited.page.get_by_role("button", name="Draw a box").click()
    visited.page.mouse.click(300, 300)
    visited.page.mouse.click(400, 400)
    assert "km² inside the box" in visited.page.inner_text(".ge-card")
    visited.page.keyboard.press("n")
    assert visited.errors == []


def test_one_event_stands_in_the_middle(visit):
    visited = visit(event_map(events([Point(40.1, 35.3)])), 1100, 700)
    assert_in_sight(visited, 1)
    left, top, right, bottom = free(visited)
    x, y = anchors(visited)[0]
    assert x == pytest.approx((left + right) / 2, abs=40)
    assert y == pytest.approx((top + bottom) / 2, abs=60)
    assert visited.page.locator(".ge-timebar").count() == 0
    assert visited.page.inner_text(".ge-title-facts") == "1 event · 1 Sep 2017"
    visited.page.mouse.click(x, y)
    assert visited.page.inner_text(".ge-event h2") == "Air strike"


def test_ten_thousand_at_one_point_can_all_be_read(visit):
    count = 10_000
    crowd = events([Point(40.1, 35.3)] * count, actor=[f"Group {i}" for i in range(count)])
    visited = visit(event_map(crowd, basemap=None))
    assert_in_sight(visited, count)
    assert visited.app("app.markers.drawn.length") == 1
    visited.page.mouse.click(*anchors(visited)[0])
    assert "1 of 10,000 here" in visited.page.inner_text(".ge-pager")
    first = visited.page.inner_text(".ge-facts")
    visited.page.click(".ge-previous")
    assert "10,000 of 10,000 here" in visited.page.inner_text(".ge-pager")
    assert visited.page.inner_text(".ge-facts") != first
    visited.page.keyboard.press("Enter")
    assert "9,999 of 10,000 here" in visited.page.inner_text(".ge-pager")
    visited.page.keyboard.press("Escape")
    visited.app("app.clock.set(app.clock.first, app.clock.first)")
    visited.quiet()
    assert visited.app("app.markers.drawn[0].count") == 334
    assert visited.errors == []


def test_no_dates_at_all(visit):
    visited = visit(event_map(events([Point(40 + i / 10, 35) for i in range(9)], dated=False)))
    assert_in_sight(visited, 9)
    assert visited.page.locator(".ge-timebar").count() == 0
    assert visited.page.inner_text(".ge-title-facts") == "9 events"


LONG = "The Very Long Name of a Front of Forty L"


@pytest.fixture(scope="module")
def two_hundred():
    """Two hundred actors, of whom each then holds its neighbour's ground."""
    grid = [
        box(30 + i % 20 / 2, 30 + i // 20 / 2, 30.5 + i % 20 / 2, 30.5 + i // 20 / 2)
        for i in range(200)
    ]
    names = [f"{LONG} {i}" for i in range(198)] + [
        "A" * 40,
        "قوات سوريا الديمقراطية في الجبهة الشرقية",
    ]
    held = territory(
        *[
            (day, name, grid[(i + step) % 200])
            for step, day in enumerate(("2017-09-01", "2017-09-20"))
            for i, name in enumerate(names)
        ]
    )
    shown = events([shape.centroid for shape in grid], actor=names, locality=names)
    return event_map(shown, territory=held, title=LONG * 3, subtitle="B" * 60, basemap=None)


@pytest.mark.parametrize(
    ("size", "options"),
    [
        ((1400, 900), {}),
        ((390, 844), {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}),
    ],
    ids=["desktop", "phone"],
)
def test_two_hundred_actors_with_long_names(visit, two_hundred, size, options):
    visited = visit(two_hundred, *size, **options)
    assert_in_sight(visited, 200)
    assert_fits(visited)
    page = visited.page
    title = page.locator(".ge-title").bounding_box()
    assert title["height"] <= size[1] * 0.3
    visited.app('app.panel.open("ground")')
    visited.quiet()
    assert page.locator(".ge-total").count() == 12
    page.get_by_role("button", name="Show 188 more").first.click()
    assert page.locator(".ge-total").count() == 200
    assert page.locator(".ge-transitions tbody tr").count() == 12
    # Every colour in the legend is a colour, none of the page's own making.
    visited.app('app.panel.open("legend")')
    holders = page.locator(".ge-holders")
    assert holders.locator(".ge-row").count() == 12
    page.get_by_role("button", name="None").first.click()
    visited.rested()
    assert visited.app("app.visible.control.size") in {0, 200}
    assert visited.errors == []


# --- at the end of the world ---------------------------------------------------------------------


FIJI = MultiPolygon([box(177, -19, 180, -16), box(-180, -19, -178, -16)])


def test_across_the_antimeridian(visit):
    shapes = [
        Point(179.5, -17),
        Point(-179.5, -18),
        FIJI,
        LineString([(179, -16.5), (181, -16.7)]),
    ]
    held = territory(("2017-09-01", "Fiji", FIJI), ("2017-09-10", "Tonga", FIJI))
    visited = visit(event_map(events(shapes), territory=held), 1100, 700)
    assert_in_sight(visited, 4)
    left, _, right, _ = free(visited)
    # All of it side by side, not at both ends of the world.
    (west, _), (east, _) = (visited.point(-17.5, lon) for lon in (177, 182))
    assert left <= west < east <= right
    assert east - west > (right - left) / 3
    rows = {visited.app(f"app.read('start', {row})"): row for row in range(4)}
    row = rows[min(rows)]
    assert anchors(visited)[row] == pytest.approx(visited.point(-17, 179.5), abs=1.5)
    # Ground on both sides of the line is one shape: painted, and answers.
    for lon in (177.6, 181.7):
        assert visited.paint("areas", *visited.point(-18.7, lon))[0][3] > 0
    assert visited.paint("areas", *visited.point(-18.7, 183))[0][3] == 0
    visited.app("(app.visible.inferred = app.visible.given = false, app.emit('layers'))")
    visited.quiet()
    changed = visited.app("app.shownChanges().map(({ toName, area }) => [toName, area])")
    assert [name for name, _ in changed] == ["Tonga"]
    km2 = held.area_ranges()["area_km2"].iloc[0]
    assert changed[0][1] == pytest.approx(km2, rel=1e-3)
    for lon in (178.0, 181.7):
        visited.click_at(-18.7, lon)
        assert visited.page.inner_text(".ge-event h2") == "Tonga"
        visited.page.keyboard.press("Escape")
    # A file of it is cut at the line, as RFC 7946 wants.
    visited.page.get_by_role("button", name="Save the data shown").click()
    saved = visited.save(
        lambda: visited.page.get_by_role("button", name="Events shown: save GeoJSON").click()
    )
    back = gpd.read_file(saved.path())
    assert back.total_bounds == pytest.approx([-180, -19, 180, -16], abs=1e-4)
    assert max(shape.area for shape in back.geometry) == pytest.approx(FIJI.area, rel=1e-3)


POLES = {
    "79 N": (
        [Point(15, 79), box(10, 78.5, 20, 79.5)],
        box(10, 78, 25, 80),
        [(79.7, 24, True), (80.3, 24, False)],
        {0: (79, 15)},
    ),
    "89.9 N": (
        [Point(0, 89.9), Point(10, 84)],
        box(-30, 80, 30, 90),
        [(84.5, 20, True), (79, 20, False)],
        {0: (85.0511, 0), 1: (84, 10)},
    ),
    "90 S": (
        [Point(0, -90), Point(20, -75), box(-60, -90, 60, -80)],
        box(-180, -90, 180, -70).segmentize(10),
        [(-75, -100, True), (-65, -100, False)],
        {0: (-85.0511, 0), 1: (-75, 20)},
    ),
}


@pytest.mark.parametrize("place", POLES)
def test_at_the_poles(visit, place):
    shapes, ground, painted, points = POLES[place]
    shown = event_map(events(shapes), territory=territory(("2017-09-01", "Ice", ground)))
    visited = visit(shown, 1100, 700)
    assert_in_sight(visited, len(shapes))
    for lat, lon, is_held in painted:
        assert (visited.paint("areas", *visited.point(lat, lon))[0][3] > 0) == is_held, (lat, lon)
    found = anchors(visited)
    for row, (lat, lon) in points.items():
        # Beyond 85.05 degrees the map ends: what is there stands at its edge.
        assert found[row] == pytest.approx(visited.point(lat, lon), abs=2)
    visited.app("app.select(0)")
    assert visited.page.inner_text(".ge-event h2") == "Air strike"
    visited.app("app.map.setZoom(app.map.getZoom() + 1, { animate: false })")
    visited.quiet()
    assert visited.errors == []


# --- odd frames ----------------------------------------------------------------------------------


ODD = {
    "all unplaced": events([None, None]),
    "geometry only": gpd.GeoDataFrame(geometry=[Point(36, 36)], crs=4326),
    "no dates known": events([Point(36, 36), Point(37, 36)], start=pd.NaT),
    "odd columns": events([Point(36, 36)], start="2017-09-16", uncertainty_m="unknown"),
    "years apart": events(
        [Point(36, 36), Point(37, 36)], start=pd.to_datetime(["1900-01-01", "2100-12-31"])
    ),
    "within a minute": events(
        [Point(36, 36), Point(37, 36)],
        start=pd.to_datetime(["2017-09-01 10:00:10", "2017-09-01 10:00:50"]),
    ),
    "ends before it starts": events([Point(36, 36)], end=pd.to_datetime(["2000-01-01"])),
    "all round the world": events(list(gpd.points_from_xy(range(-180, 180, 9), [40] * 40))),
    "same everything": events([Point(36, 36)] * 2, start=pd.Timestamp("2017-09-01")),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_inputs_open(visit, name):
    shown = ODD[name]
    visited = visit(event_map(shown, basemap=None), 800, 600)
    assert (visited.errors, visited.online) == ([], [])
    placed = int(shown.geometry.notna().sum())
    assert len(anchors(visited)) == placed
    if name != "all round the world":
        assert_in_sight(visited, placed)
    for tab in visited.page.get_by_role("tab").all():
        tab.click()
    visited.quiet()
    assert visited.errors == []
