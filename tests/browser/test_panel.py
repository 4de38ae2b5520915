"""The side panel: legend, list of events, sheet on a phone; and localities, which it switches."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geoevents as ge
from geoevents.maps import event_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shared(visit_once, story_events, story_ground):
    shown = event_map(story_events, territory=story_ground, basemap=None)
    return visit_once(shown, reduced_motion="reduce")


@pytest.fixture
def story(shared):
    """The map as it opens, with the list of events beside it."""
    shared.app("(app.map.closePopup(), app.clock.showAll(), app.fit({ animate: false }))")
    shared.open_tab("Events")
    only = shared.page.get_by_label("Only what is in view")
    only.check()
    clear = shared.page.get_by_role("button", name="Clear filters")
    if clear.is_visible():
        clear.click()
    shared.quiet()
    yield shared
    assert (shared.errors, shared.online) == ([], [])


def listed(visited):
    """The lines of the list, as they are read."""
    visited.quiet()
    items = visited.page.locator(".ge-list .ge-item").all_inner_texts()
    return [item.replace("\n", " | ") for item in items]


LINES = {
    "a": "Air strike | disputed | 1 Sep 2017 | Raqqa · Russia → ISIS",
    "b": "Protest | 5 Sep 2017 | Hajin",
    "c": "Air strike | 8 Sep 2017 | Raqqa · SDF → ISIS",
    "d": "Siege | 12 – 14 Sep 2017 | Mayadin · SAA → ISIS",
    "e": "Protest | 16 Sep 2017 | Hajin · SDF",
    "f": 'Protest | date unknown | Šuḥayl, "Old" town',
}


def lines(names):
    return [LINES[name] for name in names]


def count(visited):
    visited.quiet()
    return visited.page.inner_text(".ge-count")


def test_the_list_has_every_event_in_order(story):
    assert listed(story) == lines("abcdef")
    assert count(story) == "6 in view of 6 shown, 6 in all"


def tick(visited, what, *names):
    body = visited.page.get_by_role("group", name=what, exact=True)
    if not body.is_visible():
        visited.page.locator(".ge-choice", has_text=what).click()
    for name in names:
        body.get_by_label(name).check()


def test_it_filters_by_type_actor_status_and_words(story):
    tick(story, "Type", "Air strike")
    assert listed(story) == lines("ac")
    assert count(story) == "2 in view of 2 shown, 6 in all"
    assert story.app("app.markers.rows.length") == 2
    tick(story, "Type", "Siege")
    assert listed(story) == lines("acd")
    # An actor passes where it acted or was the target.
    tick(story, "Actor", "SDF")
    assert listed(story) == lines("c")
    story.page.get_by_role("button", name="Clear filters").click()
    tick(story, "Actor", "ISIS")
    assert listed(story) == lines("acd")
    tick(story, "Actor", "(nobody named)")
    assert listed(story) == lines("abcdf")
    tick(story, "Status", "disputed", "claimed")
    assert listed(story) == lines("ad")
    story.page.get_by_role("button", name="Clear filters").click()
    field = story.page.get_by_label("Search the events")
    for text, found in (("hajin", "be"), ("HAJIN sdf", "e"), ("suhayl", "f"), ("nobody knows", "")):
        field.fill(text)
        field.press("Enter")
        assert listed(story) == lines(found), text
        assert story.page.inner_text(".ge-title-facts").startswith(
            f"{len(found)} of 6 events · 1 – 16 Sep 2017"
        )
    assert "No event passes the filters" in story.page.inner_text(".ge-empty")
    assert story.app("app.markers.drawn.length") == 0
    story.page.get_by_role("button", name="Clear filters").click()
    assert listed(story) == lines("abcdef")


def test_it_follows_the_window_and_the_legend(story):
    story.app("app.clock.set(app.control.dates[1], app.control.dates[2])")
    assert listed(story) == lines("cde")
    story.open_tab("Legend")
    story.page.get_by_role("checkbox", name="Siege").uncheck()
    story.open_tab("Events")
    assert listed(story) == lines("ce")


def test_only_what_is_in_view(story):
    story.app("app.map.setView([36, 36.2], 9.5, { animate: false })")
    assert listed(story) == lines("ab")
    assert count(story) == "2 in view of 6 shown, 6 in all"
    story.page.get_by_label("Only what is in view").uncheck()
    assert listed(story) == lines("abcdef")
    assert count(story) == "6 shown, 6 in all"
    story.page.get_by_label("Only what is in view").check()
    # What lies beneath the panel is not in view.
    x, _ = story.point(36, 36.5)
    right = story.app("app.map.getSize().x - app.insets().right")
    story.app(f"app.map.panBy([{x - right - 40}, 0], {{ animate: false }})")
    assert listed(story) == lines("a")
    story.app("app.map.setView([0, 0], 9, { animate: false })")
    assert listed(story) == []
    assert "None of the events shown lies in this part" in story.page.inner_text(".ge-empty")
    story.page.get_by_role("button", name="Show them all the same").click()
    assert listed(story) == lines("abcdef")


def test_a_click_goes_there_and_opens(story):
    story.app("app.map.setView([30, 44], 9, { animate: false })")
    story.page.get_by_label("Only what is in view").uncheck()
    story.quiet()
    story.page.locator(".ge-item", has_text="Mayadin").click()
    story.page.wait_for_selector(".ge-event")
    assert story.page.inner_text(".ge-event h2") == "Siege"
    story.until("app.isFree(app.placeOf(app.selected))")
    chosen = story.page.locator(".ge-item[aria-selected=true]").inner_text()
    assert chosen.replace("\n", " | ") == LINES["d"]
    # And what is chosen on the map is marked in the list.
    story.app(f"app.select({story.row('e')}, true)")
    chosen = story.page.locator(".ge-item[aria-selected=true]").inner_text()
    assert chosen.replace("\n", " | ") == LINES["e"]


def focused(visited):
    return visited.page.evaluate("() => document.activeElement.className")


def test_the_list_works_by_keyboard(story):
    story.page.locator(".ge-list").focus()
    for key in ("Home", "ArrowDown", "ArrowDown"):
        story.page.keyboard.press(key)
    active = story.page.locator(".ge-list").get_attribute("aria-activedescendant")
    assert story.page.inner_text(f"[id='{active}']").replace("\n", " | ") == LINES["c"]
    story.page.keyboard.press("Enter")
    assert story.app("app.read('event_id', app.selected)") == "c"
    # Who chose by keyboard reads on in the popup, and comes back to the list.
    assert focused(story) == "ge-event"
    story.page.keyboard.press("Escape")
    story.page.wait_for_selector(".ge-event", state="detached")
    assert focused(story) == "ge-list"
    story.page.keyboard.press("End")
    story.page.keyboard.press("Enter")
    assert story.app("app.read('event_id', app.selected)") == "f"
    # Arrows here do not move the map.
    story.page.keyboard.press("Escape")
    centre = story.app("app.map.getCenter()")
    story.page.keyboard.press("ArrowUp")
    assert story.app("app.map.getCenter()") == centre


def test_tabs_and_closing_by_keyboard(story):
    page = story.page
    page.get_by_role("tab", name="Events").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tabpanel", name="Ground").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tabpanel", name="Legend").is_visible()
    assert page.locator("[role=tab][tabindex='0']").all_inner_texts() == ["Legend"]
    free = story.app("app.insets().right")
    assert free == page.locator(".ge-panel").bounding_box()["width"]
    page.get_by_role("button", name="Close the panel").press("Enter")
    story.rested()
    assert story.app("app.insets().right") == 0
    assert not page.get_by_role("tabpanel", name="Legend").is_visible()
    bar = page.locator(".ge-timebar").bounding_box()
    assert bar["x"] + bar["width"] > 1400 - 60
    page.get_by_role("button", name="Open the panel").press("Enter")
    assert page.get_by_role("tabpanel", name="Legend").is_visible()


def test_the_legend_is_grouped_and_counts(story):
    story.open_tab("Legend")
    story.quiet()
    headings = story.page.locator(".ge-legend h2").all_inner_texts()
    assert headings == ["Events", "Control on 16 Sep 2017", "Changed hands", "Colours"]
    rows = story.page.locator(".ge-legend .ge-group >> nth=0").locator(".ge-row")
    assert [row.replace("\n", " ") for row in rows.all_inner_texts()] == [
        "Protest 3", "Air strike 2", "Siege 1",
    ]  # fmt: skip
    assert "Hollow: denied, disputed, planned or refused" in story.page.inner_text(".ge-key")


def test_one_type_alone(story):
    story.open_tab("Legend")
    box = story.page.get_by_role("checkbox", name="Siege")
    box.focus()
    story.page.keyboard.press("Enter")
    assert story.shown() == ["d"]
    story.page.keyboard.press("Enter")
    assert "".join(story.shown()) == "abcdef"
    story.page.locator(".ge-legend .ge-name", has_text="Air strike").dblclick()
    assert story.shown() == ["a", "c"]
    story.page.locator(".ge-legend .ge-name", has_text="Air strike").dblclick()
    assert "".join(story.shown()) == "abcdef"
    story.page.keyboard.press("Space")


# --- many ----------------------------------------------------------------------------------------


def test_of_a_hundred_thousand_events_few_rows_exist(visit):
    rows = 100_000
    grid = np.arange(rows)
    many = gpd.GeoDataFrame(
        {
            "event_id": grid.astype(str),
            "event_type": np.array(["protest", "shelling"])[grid % 2],
            "start": pd.to_datetime("2017-01-01") + pd.to_timedelta(grid // 300, unit="D"),
        },
        geometry=gpd.points_from_xy(30 + (grid * 0.6180339) % 8, 30 + (grid * 0.7548776) % 8),
        crs=4326,
    )
    visited = visit(event_map(many, basemap=None))
    on_map = "app.markers.groupsAt(app.map.getZoom(), 256 * 2 ** app.map.getZoom())"
    assert visited.app(f"{on_map}.reduce((n, group) => n + group.rows.length, 0)") == rows
    visited.open_tab("Events")
    visited.page.get_by_label("Only what is in view").uncheck()
    visited.quiet()
    assert count(visited) == "100,000 shown, 100,000 in all"
    nodes = "document.querySelectorAll('.ge-item').length"
    assert 5 < visited.page.evaluate(f"() => {nodes}") < 40
    items = visited.page.locator(".ge-item")
    assert items.first.get_attribute("aria-setsize") == "100000"
    assert "1 Jan 2017" in items.first.inner_text()
    visited.page.locator(".ge-list").focus()
    visited.page.keyboard.press("End")
    visited.rested()
    last = visited.page.locator(".ge-item[aria-posinset='100000']")
    assert last.is_visible()
    assert (many["start"].iloc[-1]).strftime("%-d %b %Y") in last.inner_text()
    assert visited.page.evaluate(f"() => {nodes}") < 40
    visited.page.keyboard.press("Enter")
    assert visited.app("app.selected") == rows - 1
    visited.page.keyboard.press("Escape")
    assert focused(visited) == "ge-list"
    visited.page.keyboard.press("Home")
    visited.rested()
    assert visited.page.locator(".ge-item[aria-posinset='1']").is_visible()
    # Scrolled by wheel to the middle.
    visited.page.locator(".ge-list").evaluate("node => { node.scrollTop = node.scrollHeight / 2; }")
    visited.rested()
    middle = int(items.nth(8).get_attribute("aria-posinset"))
    assert abs(middle - rows / 2) < 20
    assert visited.page.evaluate(f"() => {nodes}") < 40
    assert visited.errors == []


# --- on a phone ----------------------------------------------------------------------------------


def test_on_a_phone_it_is_a_sheet_from_below(visit, story_events, story_ground):
    shown = event_map(story_events, territory=story_ground, title="The story", basemap=None)
    visited = visit(
        shown, 390, 844,
        has_touch=True, is_mobile=True, device_scale_factor=2, reduced_motion="reduce",
    )  # fmt: skip
    page = visited.page
    panel = page.locator(".ge-panel")

    def height():
        visited.rested()
        return panel.bounding_box()["height"]

    assert height() == pytest.approx(44, abs=4)
    assert panel.bounding_box()["y"] + height() == pytest.approx(844, abs=1)
    for tab in ("Legend", "Events", "Ground"):
        page.get_by_role("tab", name=tab).tap()
        assert page.get_by_role("tabpanel", name=tab).is_visible()
        assert 44 < height() <= 422
        box = page.get_by_role("tabpanel", name=tab)
        assert box.evaluate("n => getComputedStyle(n).overflowY") in {"auto", "scroll", "hidden"}
    page.get_by_role("tab", name="Ground").tap()
    assert height() == pytest.approx(44, abs=4)
    # Chosen in the list, an event shows on what is left of the map.
    page.get_by_role("tab", name="Events").tap()
    visited.quiet()
    assert len(listed(visited)) == 6
    page.locator(".ge-item").first.tap()
    page.wait_for_selector(".ge-event")
    popup = page.locator(".ge-popup").bounding_box()
    assert popup["y"] >= 0
    assert popup["y"] + popup["height"] <= panel.bounding_box()["y"] + 1
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    # Tools that have no room are under "More".
    visited.app("app.map.closePopup()")
    assert not page.locator(".ge-tools .ge-tool-measure").is_visible()
    page.locator(".ge-tools .ge-tool-more").tap()
    page.get_by_role("button", name="Measure distance and area").tap()
    assert page.locator(".ge-card-measure").is_visible()
    assert visited.errors == []


# --- localities ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def localities(visit_once):
    phrases = ["10 km east of Raqqa", "between Hajin and Abu Kamal", "nowhere at all"]
    return visit_once(event_map(localities=ge.locate(phrases)))


def test_localities_are_hatched_and_named(localities):
    page = localities.page
    row = page.locator(".ge-row", has_text="Localities")
    assert row.locator(".ge-detail").inner_text() == "2"
    where = localities.app(
        """app.painting.areaPaths.map(({ index }) => (({ lat, lng }) => [lat, lng])(
        app.latLngOf(app.localities.wx[index], app.localities.wy[index])))"""
    )
    assert len(where) == 2
    paints = localities.paint("areas", *localities.point(*where[0]), 8)
    assert len(set(map(tuple, paints))) > 3
    names = localities.app("app.localities.name")
    assert names == ["10 km east of Raqqa", "between Hajin and Abu Kamal"]
    for lat, lon in where:
        x, y = localities.point(lat, lon)
        page.mouse.move(x, y)
        hint = page.inner_text(".ge-tooltip")
        page.mouse.click(x, y)
        text = page.inner_text(".ge-event")
        assert hint in names
        assert hint in text
        assert "inferred from words" in text.lower() or "not surveyed" in text.lower()
        page.keyboard.press("Escape")
    page.get_by_text("1 locality not on the map").click()
    page.locator(".ge-unplaced li").first.wait_for()  # it is filled once its section has opened
    assert "nowhere at all" in page.inner_text(".ge-unplaced")


def test_localities_can_be_switched_off(localities):
    before = localities.ink("areas")
    box = localities.page.get_by_label("Localities")
    box.uncheck()
    localities.rested()
    assert localities.ink("areas") == 0 < before
    box.check()
    localities.rested()
    assert localities.ink("areas") == before
    assert (localities.errors, localities.online) == ([], [])
