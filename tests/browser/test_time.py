"""One slider moves everything: events, control, changes, histogram, and the words about them."""

import pandas as pd
import pytest

from geoevents.maps import event_map

pytestmark = pytest.mark.browser

PAD = 16  # pixels of the strip beside its first and last day


def minutes(text):
    return int(pd.Timestamp(text).timestamp()) // 60


@pytest.fixture(scope="module")
def shared(visit_once, story_events, story_ground):
    return visit_once(event_map(story_events, territory=story_ground, basemap=None))


@pytest.fixture
def story(shared):
    """The map as it opens."""
    shared.app("(app.clock.pause(), app.clock.showAll(), app.map.closePopup())")
    shared.app(
        """(app.events.types.forEach((_, t) => app.filter.types.add(t)), app.emit("filter"),
        app.panel.open("legend"))"""
    )
    shared.quiet()
    yield shared
    assert (shared.errors, shared.online) == ([], [])


def handle(visited, name):
    return visited.page.get_by_role("slider", name=name)


def window(visited):
    return visited.app("[app.clock.from, app.clock.to]")


def state(visited):
    """All that follows the window."""
    visited.quiet()
    page = visited.page
    return {
        "events": "".join(visited.shown()),
        "control": visited.app("app.controlIndex"),
        "legend": page.inner_text(".ge-group:has(.ge-holders) h2"),
        "gained": page.inner_text(".ge-gainers").replace("\n", " "),
        "facts": page.inner_text(".ge-title-facts"),
        "words": page.inner_text(".ge-time-words"),
        "note": page.inner_text(".ge-time-note"),
        "ends": [
            handle(visited, name).get_attribute("aria-valuetext") for name in ("Begin", "End")
        ],
    }


WHOLE = {
    "events": "abcdef",
    "control": 2,
    "legend": "Control on 16 Sep 2017",
    "gained": "SDF +12,094 km²",
    "facts": "6 events · 1 – 16 Sep 2017 · control on 16 Sep",
    "words": "1 – 16 Sep 2017",
    "note": "",
    "ends": ["1 Sep 2017", "16 Sep 2017"],
}
FIRST = {
    "events": "a",
    "control": 0,
    "legend": "Control on 1 Sep 2017",
    "gained": "Nothing changed hands in this period.",
    "facts": "1 of 6 events · 1 Sep 2017 · control on 1 Sep",
    "words": "1 Sep 2017",
    "note": "1 undated hidden",
    "ends": ["1 Sep 2017", "1 Sep 2017"],
}
EARLY = {
    "events": "abc",
    "control": 1,
    "legend": "Control on 8 Sep 2017",
    "gained": "SDF +4,031 km²",
    "facts": "3 of 6 events · 1 – 8 Sep 2017 · control on 8 Sep",
    "words": "1 – 8 Sep 2017",
    "note": "1 undated hidden",
    "ends": ["1 Sep 2017", "8 Sep 2017"],
}
LATE = {
    "events": "cde",
    "control": 2,
    "legend": "Control on 16 Sep 2017",
    "gained": "SDF +8,063 km²",
    "facts": "3 of 6 events · 8 – 16 Sep 2017 · control on 16 Sep",
    "words": "8 – 16 Sep 2017",
    "note": "1 undated hidden",
    "ends": ["8 Sep 2017", "16 Sep 2017"],
}


def test_it_opens_on_the_whole_period(story):
    assert state(story) == WHOLE


def test_the_keys_move_either_end_and_everything_follows(story):
    handle(story, "End").focus()
    story.page.keyboard.press("ArrowLeft")
    assert state(story) == EARLY
    story.page.keyboard.press("End")
    assert state(story) == WHOLE
    handle(story, "Begin").focus()
    story.page.keyboard.press("ArrowRight")
    assert state(story) == LATE
    story.page.keyboard.press("Home")
    assert state(story) == WHOLE


def test_buttons_step_through_the_dates_and_all_shows_everything(story):
    forward = story.page.get_by_role("button", name="Step forward")
    seen = []
    for _ in range(3):
        forward.click()
        seen.append(state(story))
    assert seen == [FIRST, EARLY, LATE]
    assert forward.get_attribute("aria-disabled") == "true"
    story.page.get_by_role("button", name="Step back").click()
    assert state(story) == EARLY
    story.page.get_by_role("button", name="All", exact=True).click()
    assert state(story) == WHOLE


def test_what_is_painted_follows(story):
    where = story.point(35.4, 37)  # of the SDF since the 16th
    whole = story.paint("areas", *where)
    story.app(f"app.clock.set({minutes('2017-09-01')}, {minutes('2017-09-08')})")
    story.quiet()
    early = story.paint("areas", *where)
    # Then ISIS held it: its own colour, and not that of a change.
    assert early != whole
    assert early == story.paint("areas", *story.point(35.4, 36.25))
    assert story.ink("events") > 0
    assert story.app("app.markers.drawn.length") == 3


def test_it_plays_to_the_end_and_stops_there(story):
    page = story.page
    page.get_by_label("Speed, in steps a second").select_option("10")
    story.app(
        """(window.seen = [],
        app.on("time", () => window.seen.push([app.clock.from, app.clock.to, app.controlIndex])))"""
    )
    page.get_by_role("button", name="Play").click()
    story.until("!app.clock.playing && app.clock.to === app.clock.last")
    days = [minutes(f"2017-09-{day:02}") for day in (1, 8, 16)]
    steps = [[days[0], days[0], 0], [days[0], days[1], 1], [days[1], days[2], 2]]
    seen = page.evaluate("() => window.seen")
    assert [step for step in seen if step in steps] == seen
    assert [step for i, step in enumerate(seen) if step not in seen[:i]] == steps
    assert state(story) == LATE
    # Slow enough to be caught at it.
    page.get_by_label("Speed, in steps a second").select_option("0.5")
    story.app("(app.clock.speed = 0.1)")
    page.get_by_role("button", name="Play").click()
    # The bar shows what is so once a frame: the button has its new name with the next one.
    page.get_by_role("button", name="Pause").click()
    assert not story.app("app.clock.playing")
    # Space does the same wherever in the bar the focus is.
    handle(story, "End").focus()
    page.keyboard.press("Space")
    assert story.app("app.clock.playing")
    page.keyboard.press("Space")
    assert not story.app("app.clock.playing")


def alpha(visited, event_id):
    """How opaque the marker of an event is drawn."""
    pixels = visited.paint("events", *visited.marker(visited.row(event_id)), 3)
    return max(pixel[3] for pixel in pixels)


def test_older_events_fade(story):
    assert [alpha(story, name) for name in "cde"] == [255] * 3
    story.app(f"app.clock.set({minutes('2017-09-08')}, app.clock.last)")
    story.quiet()
    old, middle, new = (alpha(story, name) for name in "cde")
    assert old == pytest.approx(0.35 * 255, abs=8)
    assert old < middle - 40 < new - 50
    # The chosen one is never faint.
    story.app(f"app.select({story.row('c')})")
    story.quiet()
    assert alpha(story, "c") == 255


def bar(visited, day):
    """The height in pixels, and the opacity, of the bar of a day of September."""
    return visited.page.evaluate(
        f"""() => {{
        const canvas = document.querySelector(".ge-time-canvas");
        const ratio = canvas.width / canvas.clientWidth;
        const x = ({PAD} + (({day} - 0.5) / 16) * (canvas.clientWidth - 2 * {PAD})) * ratio;
        const {{ data }} = canvas.getContext("2d").getImageData(Math.round(x), 0, 1, 34 * ratio);
        const alphas = [];
        for (let i = 3; i < data.length; i += 4) if (data[i]) alphas.push(data[i]);
        return [alphas.length, Math.max(0, ...alphas)];
    }}"""
    )


def test_the_histogram_counts_what_passes_and_shows_the_window(story):
    for day, some in ((1, True), (2, False), (5, True), (8, True), (9, False), (16, True)):
        tall, opaque = bar(story, day)
        assert (tall > 20) == some, day
        assert (opaque == 255) == some, day
    story.app(f"app.clock.set({minutes('2017-09-08')}, app.clock.last)")
    story.quiet()
    assert bar(story, 1)[1] == pytest.approx(0.3 * 255, abs=6)
    assert bar(story, 8)[1] == 255
    story.app("app.clock.showAll()")
    story.page.get_by_role("checkbox", name="Protest").uncheck()
    story.quiet()
    assert [bar(story, day)[0] for day in (5, 16)] == [0, 0]
    assert bar(story, 8)[0] > 20
    story.page.get_by_role("checkbox", name="Protest").check()
    assert "up to 1 a day" in story.page.inner_text(".ge-timebar")


def strip(visited, day):
    """Where on the page the middle of a day of September is."""
    box = visited.page.locator(".ge-time-canvas").bounding_box()
    x = box["x"] + PAD + ((day - 0.5) / 16) * (box["width"] - 2 * PAD)
    return x, box["y"] + 10


def test_the_pointer_draws_moves_and_ends_a_window(story):
    mouse = story.page.mouse
    mouse.move(*strip(story, 5))
    assert "1 event" in story.page.inner_text(".ge-time-hint")
    mouse.down()
    mouse.move(*strip(story, 7), steps=3)
    mouse.move(*strip(story, 10))
    mouse.up()
    assert window(story) == [minutes("2017-09-05"), minutes("2017-09-11") - 1]
    assert story.shown() == ["b", "c"]
    assert story.app("app.controlIndex") == 1
    story.rested()
    # The window itself is dragged by its middle, an end by its handle.
    mouse.move(*strip(story, 7.5))
    mouse.down()
    mouse.move(*strip(story, 9), steps=3)
    mouse.move(*strip(story, 10.5))
    mouse.up()
    assert window(story) == [minutes("2017-09-08"), minutes("2017-09-14") - 1]
    story.rested()
    grip = handle(story, "End").bounding_box()
    mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + 10)
    mouse.down()
    mouse.move(*strip(story, 13), steps=3)
    mouse.move(*strip(story, 16.5))
    mouse.up()
    assert window(story) == [minutes("2017-09-08"), minutes("2017-09-16")]
    mouse.click(*strip(story, 1))
    assert story.shown() == ["a"]
    mouse.dblclick(*strip(story, 3))
    assert story.app("app.clock.isWhole")


def test_a_popup_of_another_date_closes(story):
    story.click_at(35.4, 36.25)
    assert "as of 16 Sep 2017" in story.page.inner_text(".ge-event")
    story.page.get_by_role("button", name="Step forward").click()
    story.page.wait_for_selector(".ge-event", state="detached")


def test_a_map_may_open_within_a_window(visit, story_events, story_ground):
    window_of = ("2017-09-05", "2017-09-10")
    visited = visit(event_map(story_events, territory=story_ground, basemap=None, time=window_of))
    seen = state(visited)
    assert seen["events"] == "bc"
    assert seen["words"] == "5 – 10 Sep 2017"
    assert seen["legend"] == "Control on 8 Sep 2017"
    assert seen["gained"] == "SDF +4,031 km²"
    assert seen["facts"] == "2 of 6 events · 5 – 10 Sep 2017 · control on 8 Sep"
    visited.page.get_by_role("button", name="All", exact=True).click()
    assert state(visited) == WHOLE
    assert visited.errors == []


def test_a_map_may_have_no_slider(visit, story_events, story_ground):
    shown = event_map(story_events, territory=story_ground, basemap=None, time=False)
    visited = visit(shown, fragment="#f=2017-09-01&t=2017-09-01")
    assert visited.page.locator(".ge-timebar").count() == 0
    assert "".join(visited.shown()) == "abcdef"
    assert visited.page.inner_text(".ge-title-facts") == WHOLE["facts"]
    visited.open_tab("Ground")
    visited.page.get_by_label("Date of control").select_option("8 Sep 2017")
    visited.quiet()
    assert visited.app("app.controlIndex") == 1
    assert "".join(visited.shown()) == "abcdef"
    assert visited.errors == []


def test_without_dates_there_is_no_slider(visit, story_events):
    visited = visit(event_map(story_events.assign(start=pd.NaT, end=pd.NaT), basemap=None))
    assert visited.page.locator(".ge-timebar").count() == 0
    assert visited.app("app.filter.rows.length") == 6
    assert visited.page.inner_text(".ge-title-facts") == "6 events"
    assert visited.errors == []


def test_on_a_phone_the_bar_is_slim_and_works_by_touch(visit, story_events, story_ground):
    shown = event_map(story_events, territory=story_ground, basemap=None)
    visited = visit(shown, 390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)
    bar_box = visited.page.locator(".ge-timebar").bounding_box()
    sheet = visited.page.locator(".ge-panel").bounding_box()
    assert bar_box["height"] <= 70
    assert bar_box["y"] + bar_box["height"] <= sheet["y"] + 1
    visited.page.get_by_role("button", name="Step forward").tap()
    visited.page.get_by_role("button", name="Step forward").tap()
    visited.rested()
    assert visited.shown() == ["a", "b", "c"]
    assert visited.page.inner_text(".ge-time-words") == "1 – 8 Sep 2017"
    assert visited.errors == []
