"""Two dates compared: a line to swipe, what changed hands, from whom to whom, and curves."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

import geoevents as ge
from geoevents.maps import event_map

pytestmark = pytest.mark.browser

DAYS = ("2017-09-01", "2017-09-08", "2017-09-16")


@pytest.fixture(scope="module")
def shared(visit_once, story_events, story_ground):
    return visit_once(event_map(story_events, territory=story_ground, basemap=None))


@pytest.fixture
def story(shared):
    """The map, comparing its first date with its last."""
    shared.app(
        """(app.compare.on && app.compare.toggle(), app.compare.setBefore(null),
        app.clock.showAll(), app.map.closePopup(), app.panel.open("ground"))"""
    )
    shared.page.get_by_role("button", name="Before / after on the map").click()
    shared.app("app.compare.moveTo(0.5)")
    shared.quiet()
    yield shared
    assert (shared.errors, shared.online) == ([], [])


def mean(visited, lat, lon):
    pixels = visited.paint("areas", *visited.point(lat, lon), 3)
    return tuple(round(sum(channel) / len(pixels)) for channel in zip(*pixels, strict=True))


def line_at(visited, lon):
    """Move the line to a meridian, and wait until it is drawn."""
    x = visited.point(35.4, lon)[0]
    visited.app(f"app.compare.moveTo({x} / (app.map.getSize().x - app.insets().right))")
    visited.rested()


def test_left_is_before_and_right_is_after(story):
    isis, sdf = mean(story, 35.4, 36.2), mean(story, 35.4, 39.8)
    assert isis != sdf
    # Between 36.5 and 38 the ground went from the one to the other.
    line_at(story, 37.2)
    assert (mean(story, 35.4, 36.9), mean(story, 35.4, 37.5)) == (isis, sdf)
    line_at(story, 37.8)
    assert (mean(story, 35.4, 36.9), mean(story, 35.4, 37.5)) == (isis, isis)
    line_at(story, 36.6)
    assert (mean(story, 35.4, 36.9), mean(story, 35.4, 37.5)) == (sdf, sdf)
    # Changes are not painted over what can be seen to differ.
    assert story.app("app.painting.areaPaths.filter(({ what }) => what === 'change').length") == 0
    story.page.get_by_role("button", name="Before / after on the map").click()
    story.rested()
    assert mean(story, 35.4, 37.5)[3] > sdf[3] + 40
    assert not story.page.locator(".ge-swipe").is_visible()


def test_the_keys_move_the_line(story):
    line = story.page.get_by_role("slider", name="Line between before and after")
    line.focus()
    assert line.get_attribute("aria-valuenow") == "50"
    seen = []
    for key in ("ArrowRight", "ArrowLeft", "PageUp", "Home", "End"):
        story.page.keyboard.press(key)
        seen.append(line.get_attribute("aria-valuenow"))
    assert seen == ["52", "50", "60", "0", "100"]
    assert line.get_attribute("aria-valuetext") == "1 Sep 2017 on 100 % of the map"
    story.rested()
    isis = mean(story, 35.4, 36.2)
    assert mean(story, 35.4, 37.5) == isis


def test_the_pointer_moves_the_line(story):
    line = story.page.locator(".ge-swipe-handle")
    grip = line.bounding_box()
    start, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    end = story.point(35.4, 37.8)[0]
    centre = story.app("app.map.getCenter()")
    story.page.mouse.move(start, y)
    story.page.mouse.down()
    story.page.mouse.move(end - 30, y, steps=3)
    story.page.mouse.move(end, y + 40)
    story.page.mouse.up()
    story.rested()
    assert story.app("app.compare.x") == pytest.approx(end, abs=2)
    assert story.app("app.map.getCenter()") == centre
    assert mean(story, 35.4, 37.5) == mean(story, 35.4, 36.2)
    # Let go of, it stays.
    story.page.mouse.move(start, y)
    assert story.app("app.compare.x") == pytest.approx(end, abs=2)


def test_it_says_which_dates_and_they_can_be_chosen(story):
    page = story.page

    def dates():
        story.rested()
        return [page.inner_text(f".ge-swipe-{side}") for side in ("left", "right")]

    assert dates() == ["1 Sep 2017", "16 Sep 2017"]
    page.get_by_label("Date before", exact=True).select_option("8 Sep 2017")
    assert dates() == ["8 Sep 2017", "16 Sep 2017"]
    page.get_by_label("Date of control").select_option("8 Sep 2017")
    assert dates() == ["1 Sep 2017", "8 Sep 2017"]
    assert page.locator(".ge-button").get_attribute("aria-pressed") == "true"


def test_a_click_tells_of_its_side(story):
    line_at(story, 37.2)
    for lon, holder, day in ((36.9, "ISIS", "1 Sep 2017"), (37.5, "SDF", "16 Sep 2017")):
        story.click_at(35.4, lon)
        text = story.page.inner_text(".ge-event")
        assert text.startswith(holder)
        assert f"as of {day}" in text
        story.page.keyboard.press("Escape")


def test_names_stand_on_their_own_side(story):
    names = """(() => {
        const view = app.painting.areaView;
        const context = document.createElement("canvas").getContext("2d");
        const x = view.seen[0] + app.compare.x;
        return app.painting.holderNames(context, view).map(({ choices }) => choices.map(
            ([[left, , right]]) => right <= x ? "left" : left >= x ? "right" : "across"))
            .map((sides) => [...new Set(sides)].join(" "));
    })()"""
    seen = [set(), set(), set(), set()]  # two holders before, two after
    for lon in (35.9, 37.9, 40.1):
        line_at(story, lon)
        for sides, found in zip(seen, story.app(names), strict=True):
            sides.add(found)
    assert [sides - {""} for sides in seen] == [{"left"}, {"left"}, {"right"}, {"right"}]


# --- what changed --------------------------------------------------------------------------------


def quad(*corners):
    return shapely.Polygon(corners)


@pytest.fixture(scope="module")
def crooked():
    """Ground whose borders lie on no grid, some of it of nobody; the third date as the first."""
    first = [
        ("ISIS", quad((36.03, 35.01), (38.2, 35.2), (37.9, 36.1), (36.2, 35.9))),
        ("SDF", quad((38.2, 35.2), (39.7, 35.1), (39.2, 36.2), (37.9, 36.1))),
    ]
    second = [
        ("ISIS", quad((36.03, 35.01), (37.1, 35.15), (37.3, 35.9), (36.2, 35.9))),
        ("SDF", quad((37.6, 35.0), (39.7, 35.1), (39.2, 36.2), (37.7, 36.2))),
        ("SAA", box(37.2, 35.2, 37.5, 35.4)),
    ]
    rows = [
        (day, actor, shape)
        for day, held in zip(DAYS, (first, second, first), strict=True)
        for actor, shape in held
    ]
    frame = pd.DataFrame(rows, columns=["date", "actor", "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)


@pytest.fixture(scope="module")
def given(crooked):
    """What geoevents.territory_change says of the first two dates."""
    first, second = (crooked[crooked["date"] == day] for day in DAYS[:2])
    return ge.territory_change(first, second).sort_values("area_km2", ascending=False)


@pytest.fixture(scope="module")
def crooked_map(visit_once, crooked):
    shown = event_map(territory=ge.Territory.from_snapshots(crooked), basemap=None)
    visited = visit_once(shown)
    visited.app("app.clock.set(app.control.dates[0], app.control.dates[1])")
    visited.quiet()
    return visited


def named(actor):
    return "" if actor == "nobody" else actor


def test_net_changes_are_those_of_the_library(crooked_map, given):
    found = crooked_map.app(
        "app.shownChanges().map(({ fromName, toName, area }) => [fromName, toName, area])"
    )
    rows = given[["from_actor", "to_actor", "area_km2"]].itertuples(index=False)
    expected = [(named(old), named(new), area) for old, new, area in rows]
    assert [tuple(row[:2]) for row in found] == [row[:2] for row in expected]
    assert [row[2] for row in found] == pytest.approx([row[2] for row in expected], rel=1e-4)


def test_the_table_says_who_lost_how_much_to_whom(crooked_map, given, figure):
    crooked_map.open_tab("Ground")
    crooked_map.quiet()
    page = crooked_map.page
    rows = page.locator(".ge-transitions tbody tr").all()
    cells = [row.locator("td").all_inner_texts() for row in rows]
    expected = [
        [old, new, figure(area)]
        for old, new, area in given[["from_actor", "to_actor", "area_km2"]].to_numpy()
    ]
    assert [[text.strip() for text in row] for row in cells] == expected
    assert page.inner_text(".ge-transitions tfoot td") == figure(given["area_km2"].sum())
    assert "What changed between 1 and 8 Sep 2017" in page.inner_text(".ge-ground")


def test_a_popup_says_the_net_change(crooked_map, given, figure):
    for lat, lon, lost, gained in ((35.6, 37.8, "ISIS", "SDF"), (35.3, 37.35, "ISIS", "SAA")):
        crooked_map.click_at(lat, lon)
        pair = given[(given["from_actor"] == lost) & (given["to_actor"] == gained)]
        text = crooked_map.page.inner_text(".ge-event")
        assert text.startswith(gained)
        assert f"gained {figure(pair['area_km2'].item())} km²" in text
        assert f"From\n{lost}" in text
        assert "1 Sep 2017 – 8 Sep 2017" in text
        crooked_map.page.keyboard.press("Escape")
    # What nobody gained, somebody lost.
    crooked_map.click_at(35.7, 37.45)
    lost = given[given["to_actor"] == "nobody"]["area_km2"].item()
    text = crooked_map.page.inner_text(".ge-event")
    assert text.startswith("ISIS")
    assert f"lost {figure(lost)} km²" in text
    assert "nobody (outside all areas)" in text
    crooked_map.page.keyboard.press("Escape")


def test_changes_are_labelled_on_the_map(crooked_map, given, figure):
    written = crooked_map.app(
        """(() => {
        const written = [];
        const context = document.createElement("canvas").getContext("2d");
        const fill = context.fillText.bind(context);
        context.fillText = (text, ...at) => { written.push(text); fill(text, ...at); };
        app.painting.paintNames(context, app.painting.areaView);
        return written;
    })()"""
    )
    whole = given[given["parts"] == 1]["area_km2"]
    assert {f"{figure(area)} km²" for area in whole} <= set(written)


def test_each_actor_has_a_curve_of_its_ground(crooked_map, crooked, figure):
    crooked_map.open_tab("Ground")
    crooked_map.quiet()
    page = crooked_map.page
    held = ge.Territory.from_snapshots(crooked).area_ranges()
    for actor, last in (("ISIS", 3), ("SDF", 3), ("SAA", 2)):
        area = held[held["actor"] == actor].set_index("date")["area_km2"]
        area = area.reindex(pd.to_datetime(DAYS), fill_value=0)
        curve = page.locator(".ge-total", has_text=actor).locator(".ge-spark")
        words = curve.get_attribute("aria-label")
        assert words.startswith(f"{actor}: {figure(area.iloc[0])} km² on 1 Sep 2017")
        assert f"{figure(area.iloc[2])} km² on 16 Sep 2017" in words
        if last == 2 or area.iloc[1] > area.iloc[0]:
            assert f"at most {figure(area.iloc[1])} km² on 8 Sep 2017" in words
        # A step to each date, its height in proportion.
        path = curve.locator(".ge-spark-line").get_attribute("d")
        heights = [float(point.split()[1]) for point in path.replace("M", "L").split("L")[1:]]
        assert heights[0] == heights[-1]
        assert (min(heights) == heights[2]) == (area.iloc[1] > area.iloc[0])
    assert page.locator(".ge-spark").count() == 3


def test_there_and_back_nothing_changed(crooked_map):
    crooked_map.app("app.clock.showAll()")
    crooked_map.quiet()
    assert crooked_map.app("app.shownChanges().length") == 0
    text = crooked_map.page.inner_text(".ge-changes")
    assert text == "No ground changed hands between these dates."
    assert crooked_map.errors == []


def test_given_changes_come_before_net_ones(visit, crooked, given):
    """What the map was given stands, with its noise and sources; its period follows the slider."""
    changes = given.assign(start=pd.Timestamp(DAYS[0]), end=pd.Timestamp(DAYS[1]), source="By hand")
    visited = visit(
        event_map(territory=ge.Territory.from_snapshots(crooked), changes=changes, basemap=None)
    )
    assert visited.app("app.shownChanges().length") == len(given)
    visited.app("app.clock.set(app.control.dates[1], app.control.dates[2])")
    visited.quiet()
    assert visited.app("app.shownChanges().length") == 0
    visited.app("app.clock.set(app.control.dates[0], app.control.dates[1])")
    visited.quiet()
    visited.click_at(35.6, 37.8)
    assert "Source: By hand" in visited.page.inner_text(".ge-event")
    assert visited.errors == []
