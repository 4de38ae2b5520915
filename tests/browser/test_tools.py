"""The tools: search, measuring, a box, downloads, a picture, coordinates, colours, paper."""

import io

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from pyproj import Geod
from shapely.geometry import box

import geoevents as ge
from geoevents.maps import event_map

pytestmark = pytest.mark.browser

WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def told(story_events):
    """The story, and a region of which the report gives only the area."""
    region = {
        "event_id": ["g"],
        "event_type": ["territorial gain"],
        "start": pd.to_datetime(["2017-09-14"]),
        "actor": ["SDF"],
        "area_km2": [900.0],
        "inferred": [True],
    }
    more = gpd.GeoDataFrame(region, geometry=[box(38.7, 36.3, 39.1, 36.6)], crs=4326)
    frame = pd.concat([story_events, more], ignore_index=True)
    return frame.astype({"inferred": object}).fillna({"inferred": False}).infer_objects()


@pytest.fixture(scope="module")
def shared(visit_once, told, story_ground):
    shown = event_map(told, territory=story_ground, title="The story: East/West")
    return visit_once(shown, reduced_motion="reduce")


@pytest.fixture
def story(shared):
    """The map as it opens, no tool in hand."""
    shared.page.keyboard.press("Escape")
    shared.app(
        """(document.querySelector(".ge-card-close")?.click(), app.map.closePopup(),
        app.events.types.forEach((_, t) => app.filter.types.add(t)), app.filter.text = "",
        app.emit("filter"), app.clock.showAll(), app.fit({ animate: false }))"""
    )
    shared.quiet()
    yield shared
    assert (shared.errors, shared.online) == ([], [])


def button(visited, name):
    return visited.page.get_by_role("button", name=name)


def latlng(visited, x, y):
    found = visited.app(
        f"(({{ lat, lng }}) => [lat, lng])(app.map.containerPointToLatLng([{x}, {y}]))"
    )
    return tuple(found)


# --- search --------------------------------------------------------------------------------------


def look_for(visited, text):
    """Type into the search field, and wait for what it finds."""
    field = visited.page.locator(".ge-search-field")
    if not field.count():
        button(visited, "Search (/)").click()
    field.fill("")
    answer = "document.querySelector('.ge-result, .ge-card-search .ge-hint:not([hidden])')"
    visited.page.wait_for_function(f"() => !{answer}")
    field.fill(text)
    visited.page.wait_for_function(f"() => {answer}")
    found = visited.page.locator(".ge-result").all_inner_texts()
    return [item.replace("\n", " | ") for item in found]


def middle(visited):
    """What lies in the middle of what is free of the map."""
    return visited.app(
        """(({ lat, lng }) => [lat, lng])(app.map.containerPointToLatLng(
        (({ left, top, right, bottom }, { x, y }) =>
            [(left + x - right) / 2, (top + y - bottom) / 2])(app.insets(), app.map.getSize())))"""
    )


def test_a_place_of_the_base_map_is_found_and_gone_to(story):
    found = look_for(story, "RÁQQA")
    assert found[:2] == ["Raqqa | Province", "Raqqa | Town · 531,952 people"]
    story.page.locator(".ge-result").nth(1).click()
    story.rested()
    assert middle(story) == pytest.approx([35.95, 39.01], abs=0.03)
    assert story.page.locator(".ge-found").count() == 1
    assert story.page.locator(".ge-card").count() == 0


def test_an_event_is_found_gone_to_and_opened(story):
    story.app("app.map.setView([33, 44], 9, { animate: false })")
    found = look_for(story, "suhayl old")  # without its marks and case
    assert found == ['Protest, date unknown | Šuḥayl, "Old" town']
    story.page.locator(".ge-result").click()
    story.rested()
    assert story.page.inner_text(".ge-event h2") == "Protest"
    assert story.app("app.read('event_id', app.selected)") == "f"
    assert story.app("app.isFree(app.placeOf(app.selected))")


def test_keys_choose_among_results(story):
    story.page.locator(".leaflet-container").focus()
    story.page.keyboard.press("/")
    assert story.page.evaluate("() => document.activeElement.className") == "ge-search-field"
    found = look_for(story, "Hajin")
    events = [i for i, item in enumerate(found) if item.startswith("Protest")]
    for _ in range(events[-1]):
        story.page.keyboard.press("ArrowDown")
    chosen = story.page.locator(".ge-result[aria-selected=true]")
    assert chosen.inner_text().startswith("Protest, 5 Sep 2017")
    field = story.page.locator(".ge-search-field")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    story.page.keyboard.press("Enter")
    assert story.app("app.read('event_id', app.selected)") == "b"


def test_the_slash_searches_from_a_button_too(story):
    button(story, "Zoom in").focus()
    story.page.keyboard.press("/")
    assert story.page.locator(".ge-search-field").is_visible()
    story.page.keyboard.press("Escape")
    story.open_tab("Events")
    story.page.get_by_label("Search the events").press("/")
    assert story.page.locator(".ge-search-field").count() == 0
    story.page.get_by_label("Search the events").fill("")
    story.page.get_by_label("Search the events").press("Enter")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("35.5, 38.25", (35.5, 38.25)),
        ("35° 20′ N 40° 9′ E", (35 + 1 / 3, 40.15)),
        ("-33.9 18.4", (-33.9, 18.4)),
    ],
)
def test_coordinates_are_a_place(story, text, place):
    assert "go to this position" in look_for(story, text)[0]
    story.page.keyboard.press("Enter")
    story.rested()
    assert middle(story) == pytest.approx(place, abs=0.002)


def test_nothing_found_is_said(story):
    assert look_for(story, "qqqqzz") == []
    assert "Nothing found" in story.page.inner_text(".ge-card-search")


# --- measuring -----------------------------------------------------------------------------------


def length_text(metres, figure):
    if metres < 999.5:
        return f"{round(metres)} m"
    return f"{figure(metres / 1000, 3 if metres < 100e3 else 4)} km"


def ground_text(km2, figure):
    return f"{round(km2 * 1e6):,} m²" if km2 < 0.1 else f"{figure(km2)} km²"


def figures(visited):
    names = visited.page.locator(".ge-figures dt").all_inner_texts()
    return dict(zip(names, visited.page.locator(".ge-figures dd").all_inner_texts(), strict=True))


def test_distance_and_area_are_those_of_the_ellipsoid(story, figure):
    button(story, "Measure distance and area").click()
    pixels = [(300, 300), (820, 330), (760, 610), (330, 560)]
    points = [latlng(story, *pixel) for pixel in pixels]
    for pixel in pixels:
        story.page.mouse.click(*pixel)
    lats, lons = zip(*points, strict=True)
    area, perimeter = WGS84.polygon_area_perimeter(lons, lats)
    assert figures(story) == {
        "Distance": length_text(WGS84.line_length(lons, lats), figure),
        "Area": ground_text(abs(area) / 1e6, figure),
        "Perimeter": length_text(perimeter, figure),
    }
    label = story.page.locator(".ge-drawn-label")
    assert label.inner_text() == length_text(WGS84.line_length(lons, lats), figure)
    button(story, "Close the shape").click()
    assert label.inner_text() == ground_text(abs(area) / 1e6, figure)
    button(story, "Undo").click()
    button(story, "Undo").click()
    two = length_text(WGS84.line_length(lons[:2], lats[:2]), figure)
    assert figures(story) == {"Distance": two}
    # While measuring, a click opens nothing.
    story.page.mouse.click(*story.marker(story.row("c")))
    assert story.page.locator(".ge-event").count() == 0
    story.page.keyboard.press("Escape")
    assert story.page.locator(".ge-card").count() == 0
    assert story.page.locator(".leaflet-ge-tools-pane path").count() == 0
    assert story.app("app.mode") is None


def by_key(visited, places):
    """Take points with Enter; where the cross hair was each time, for maps move by whole pixels."""
    points = []
    for lat, lon in places:
        visited.app(f"app.map.setView([{lat}, {lon}], app.map.getZoom(), {{ animate: false }})")
        visited.page.keyboard.press("Enter")
        points.append(visited.app("(({ lat, lng }) => [lat, lng])(app.map.getCenter())"))
    return points


def test_measuring_by_keyboard(story, figure):
    button(story, "Measure distance and area").focus()
    story.page.keyboard.press("Enter")
    lats, lons = zip(*by_key(story, [(36, 36), (36, 38), (35.2, 38)]), strict=True)
    assert figures(story)["Distance"] == length_text(WGS84.line_length(lons, lats), figure)
    story.page.keyboard.press("Backspace")
    assert figures(story) == {
        "Distance": length_text(WGS84.line_length(lons[:2], lats[:2]), figure)
    }
    story.page.keyboard.press("Escape")


def test_short_distances_are_in_metres(story, figure):
    story.app("app.map.setView([36, 37], 16, { animate: false })")
    button(story, "Measure distance and area").click()
    pixels = [(400, 400), (600, 400)]
    lats, lons = zip(*(latlng(story, *pixel) for pixel in pixels), strict=True)
    for pixel in pixels:
        story.page.mouse.click(*pixel)
    metres = WGS84.line_length(lons, lats)
    assert 100 < metres < 999
    assert figures(story) == {"Distance": f"{round(metres)} m"}


def parallels_km2(south, west, north, east):
    """The area between two parallels and two meridians, from geodesics too short to matter."""
    lons = np.linspace(west, east, 4001)
    around = np.concatenate([lons, lons[::-1]])
    lats = np.concatenate([np.full(4001, south), np.full(4001, north)])
    return abs(WGS84.polygon_area_perimeter(around, lats)[0]) / 1e6


def inside_km2(shape, south, west, east):
    """Ground inside a box that reaches beyond its north: its own border is a geodesic."""
    left, _, right, top = shape.bounds
    left, right = max(left, west), min(right, east)
    lons = np.linspace(left, right, 4001)
    around, lats = [*lons, right, left], [*np.full(4001, south), top, top]
    return abs(WGS84.polygon_area_perimeter(around, lats)[0]) / 1e6


def drag(visited, start, end):
    visited.page.mouse.move(*start)
    visited.page.mouse.down()
    visited.page.mouse.move(end[0] - 9, end[1] - 9, steps=3)
    visited.page.mouse.move(*end)
    visited.page.mouse.up()


def test_a_box_counts_and_measures(story, story_snapshots, figure):
    button(story, "Draw a box: what is inside").click()
    start = [round(v) for v in story.point(36.15, 36.2)]
    end = [round(v) for v in story.point(35.3, 37.8)]
    (north, west), (south, east) = latlng(story, *start), latlng(story, *end)
    centre = story.app("app.map.getCenter()")
    drag(story, start, end)
    assert story.app("app.map.getCenter()") == centre
    card = story.page.inner_text(".ge-card-box")
    area = parallels_km2(south, west, north, east)
    assert f"{figure(area)} km² inside the box" in card
    assert "3 events shown now" in card  # b, c, d
    lines = {
        line.split("\n")[0]: line.split("\n")[-1]
        for line in story.page.locator(".ge-card-box .ge-lines li").all_inner_texts()
    }
    last = story_snapshots[story_snapshots["date"] == "2017-09-16"]
    held = {
        actor: inside_km2(shape, south, west, east)
        for actor, shape in last[["actor", "geometry"]].to_numpy()
    }
    assert lines == {
        "Protest": "1",
        "Air strike": "1",
        "Siege": "1",
        **{k: f"{figure(v)} km² {round(100 * v / area)} %" for k, v in held.items()},
    }
    assert "Fatalities: 4 (known for 1)" in card
    # It counts what is shown.
    story.app("app.clock.set(app.control.dates[0], app.control.dates[1])")
    story.quiet()
    card = story.page.inner_text(".ge-card-box")
    assert "2 events shown now" in card
    assert "Control on 8 Sep 2017" in card
    saved = story.save(lambda: button(story, "Save the events inside as CSV").click())
    assert pd.read_csv(saved.path())["event_id"].tolist() == ["b", "c"]
    button(story, "Clear").click()
    assert story.page.locator(".leaflet-ge-tools-pane path").count() == 0


def test_a_box_by_keyboard(story, figure):
    button(story, "Draw a box: what is inside").focus()
    story.page.keyboard.press("Enter")
    (south, west), (north, east) = by_key(story, [(35.5, 36.2), (36.5, 37.2)])
    card = story.page.inner_text(".ge-card-box")
    assert f"{figure(parallels_km2(south, west, north, east))} km² inside the box" in card
    assert "2 events shown now" in card  # b, c


# --- files ---------------------------------------------------------------------------------------


def saved_as(visited, name):
    if not visited.page.locator(".ge-card-download").count():
        button(visited, "Save the data shown").click()
    return visited.save(lambda: visited.page.get_by_role("button", name=name, exact=True).click())


def show_some(visited):
    """Narrow the map to some events: not protests, until the 14th."""
    visited.app(
        """(app.filter.types.delete(app.events.types.findIndex((t) => t.name === "protest")),
        app.emit("filter"), app.clock.set(app.clock.first, app.clock.last - 1440))"""
    )
    visited.quiet()
    assert visited.shown() == ["a", "c", "d", "g"]


def texts(column):
    return column.astype(object).where(column.notna(), "").tolist()


def test_the_geojson_is_what_is_shown(story, told):
    show_some(story)
    saved = saved_as(story, "Events shown: save GeoJSON")
    assert saved.suggested_filename == "The-story-East-West-events.geojson"
    found = gpd.read_file(saved.path()).set_index("event_id")
    expected = told.set_index("event_id").loc[["a", "c", "d", "g"]]
    assert found.index.tolist() == expected.index.tolist()
    for column in ("event_type", "actor", "target", "status", "locality", "fatalities"):
        assert texts(found[column]) == texts(expected[column]), column
    assert pd.to_datetime(found["start"]).tolist() == expected["start"].tolist()
    assert found.geometry.geom_equals_exact(expected.geometry.normalize(), 2e-5).tolist() == [
        True, True, True, False,
    ]  # fmt: skip
    region = found.geometry["g"].symmetric_difference(expected.geometry["g"])
    assert region.area < 1e-4
    assert found.crs == 4326


def test_the_csv_is_what_is_shown(story, told):
    show_some(story)
    saved = saved_as(story, "Events shown: save CSV")
    found = pd.read_csv(saved.path()).set_index("event_id")
    expected = told.set_index("event_id").loc[["a", "c", "d", "g"]]
    for column in ("event_type", "actor", "status", "locality", "fatalities"):
        assert texts(found[column]) == texts(expected[column]), column
    assert pd.to_datetime(found["start"]).tolist() == expected["start"].tolist()
    points = expected.geometry.representative_point()
    assert found["lon"].tolist()[:3] == pytest.approx(points.x.tolist()[:3], abs=1e-5)
    assert found["lat"].tolist()[:3] == pytest.approx(points.y.tolist()[:3], abs=1e-5)


def test_all_of_it_comes_back(story, tmp_path):
    found = pd.read_csv(saved_as(story, "Events shown: save CSV").path()).set_index("event_id")
    assert sorted(found.index) == list("abcdefg")
    assert found.loc["f", "locality"] == 'Šuḥayl, "Old" town'
    assert pd.isna(found.loc["f", "start"])
    # A spreadsheet would have run it.
    assert found.loc["e", "quote"] == "'=1+1"
    path = tmp_path / "events.geojson"
    saved_as(story, "Events shown: save GeoJSON").save_as(path)
    back = ge.read_events(path)
    assert sorted(back["event_id"]) == list("abcdefg")


def test_control_and_changes_can_be_saved(story, story_ground, story_snapshots):
    saved = saved_as(story, "Control on 16 Sep 2017: save GeoJSON")
    found = gpd.read_file(saved.path()).set_index("actor")
    last = story_snapshots[story_snapshots["date"] == "2017-09-16"].set_index("actor")
    assert set(found.index) == set(last.index)
    for actor in last.index:
        assert found.geometry[actor].symmetric_difference(last.geometry[actor]).area < 1e-4
    held = story_ground.area_ranges()
    held = held[held["date"] == pd.Timestamp("2017-09-16")].set_index("actor")["area_km2"]
    for actor in last.index:
        assert found.loc[actor, "area_km2"] == pytest.approx(held[actor], rel=1e-6)
    changed = gpd.read_file(saved_as(story, "Ground that changed hands: save GeoJSON").path())
    assert changed.geometry.union_all().symmetric_difference(box(36.5, 35, 38, 35.8)).area < 1e-4


def test_the_picture_is_the_map(story):
    saved = story.save(lambda: button(story, "Save a picture").click())
    assert saved.suggested_filename == "The-story-East-West.png"
    picture = Image.open(saved.path())
    assert picture.format == "PNG"
    width, height = picture.size
    assert width == 2 * 1400
    assert 2 * 900 < height < 2 * 1300  # title above, key and sources below
    pixels = np.asarray(picture.convert("RGB"))
    assert len(np.unique(pixels.reshape(-1, 3).astype(np.uint32) @ (65536, 256, 1))) > 500
    # Ground that changed hands has the same colour there as on the screen.
    screen = Image.open(io.BytesIO(story.page.screenshot())).convert("RGB")
    x, y = (round(v) for v in story.point(35.2, 37.8))
    here = screen.getpixel((x, y))
    column = pixels[:, 2 * x]
    near = np.abs(column.astype(int) - here).max(axis=1) <= 3
    assert near.sum() > 100
    # And nothing on the map is where it was not.
    assert story.app("app.painting.coveredBoxes(app.painting.areaView).length") > 0


def test_the_pointer_says_where_it_is(story):
    x, y = 500, 400
    story.page.mouse.move(x, y)
    lat, lon = latlng(story, x, y)
    digits = len(story.page.inner_text(".ge-coordinates").split("°")[0].split(".")[1])
    assert story.page.inner_text(".ge-coordinates") == f"{lat:.{digits}f}° N, {lon:.{digits}f}° E"
    assert digits >= 3


def test_everything_shows_again(story):
    before = story.app("app.map.getCenter()")
    story.app("app.map.setView([0, 0], 5, { animate: false })")
    button(story, "Show everything").click()
    story.until(f"Math.abs(app.map.getCenter().lat - {before['lat']}) < 0.01")
    assert story.app("app.map.getCenter().lng") == pytest.approx(before["lng"], abs=0.01)


# --- colours and paper ---------------------------------------------------------------------------


def card_colour(visited):
    return visited.page.eval_on_selector(".ge-title", "n => getComputedStyle(n).backgroundColor")


def brightness(visited, x=500, y=700):
    pixels = visited.paint("base", x, y, 4)
    return sum(sum(pixel[:3]) for pixel in pixels) / len(pixels) / 3


def test_light_and_dark(visit, told, story_ground):
    shown = event_map(told, territory=story_ground, title="T")
    visited = visit(shown, color_scheme="dark")
    theme = "document.querySelector('.ge-map').dataset.theme"
    assert visited.page.evaluate(f"() => {theme}") == "dark"
    dark, dark_card = brightness(visited), card_colour(visited)
    visited.page.emulate_media(color_scheme="light")
    visited.page.wait_for_function(f"() => {theme} === 'light'")
    visited.quiet()
    light, light_card = brightness(visited), card_colour(visited)
    assert dark < 90
    assert light > 160
    assert dark_card != light_card
    # What the reader chooses counts for more.
    visited.page.get_by_label("Dark", exact=True).check()
    visited.quiet()
    assert brightness(visited) == pytest.approx(dark, abs=3)
    assert card_colour(visited) == dark_card
    button(visited, "Dark colours").click()
    visited.quiet()
    assert brightness(visited) == pytest.approx(light, abs=3)
    assert visited.page.get_by_label("Light", exact=True).is_checked()
    # On paper: no tools, nothing dark.
    visited.page.get_by_label("Dark", exact=True).check()
    visited.page.emulate_media(media="print")
    visited.page.wait_for_function(f"() => {theme} === 'print'")
    visited.quiet()
    hidden = (".ge-tools", ".ge-time-handle", ".ge-tabs", ".ge-collapse", ".leaflet-control-zoom")
    for selector in hidden:
        for node in visited.page.locator(selector).all():
            assert not node.is_visible(), selector
    assert visited.page.locator(".ge-title").is_visible()
    assert brightness(visited) > 200
    assert visited.ink("events") > 0
    visited.page.emulate_media(media="screen")
    visited.page.wait_for_function(f"() => {theme} === 'dark'")
    assert button(visited, "Search (/)").is_visible()
    assert visited.errors == []
