"""Control by date and changes of control in a real browser, with no network."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from geoevents.maps import event_map

pytestmark = pytest.mark.browser


class Held:
    """What a map asks of a Territory."""

    def __init__(self, rows, dates=None, **columns):
        frame = pd.DataFrame(rows, columns=["date", "actor", "geometry", "area_km2"])
        frame = frame.astype({"actor": object})
        frame["date"] = pd.to_datetime(frame["date"])
        self.areas = frame.drop(columns="geometry")
        self.areas["area_low_km2"] = self.areas["area_high_km2"] = self.areas["area_km2"]
        frame = frame.drop(columns="area_km2").assign(**columns)
        self.frame = gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)
        self.dates = pd.DatetimeIndex(frame["date"].unique() if dates is None else dates)
        self.actors = list(dict.fromkeys(self.frame["actor"]))

    def area_ranges(self):
        return self.areas


class NoPlaces:
    """A gazetteer of nothing: the base map is the simplified world alone."""

    def window(self, _bounds, **_):
        columns = ["id", "name", "kind", "country", "population", "uncertainty_m", "source"]
        return gpd.GeoDataFrame({c: [] for c in columns}, geometry=[], crs=4326)


NOWHERE = NoPlaces()
DAYS = ("2017-09-01", "2017-09-16", "2017-10-01")


def three_dates():
    """ISIS in the west loses ground to the SDF in the east; the last of it is a guess."""
    rows = [
        (DAYS[0], "ISIS", box(36, 35, 38, 37), 100.0), (DAYS[0], "SDF", box(38, 35, 40, 37), 110.0),
        (DAYS[1], "ISIS", box(36, 35, 37, 37), 50.0), (DAYS[1], "SDF", box(37, 35, 40, 37), 160.0),
        (DAYS[2], "SDF", box(36.5, 35, 40, 37), 185.0),
        (DAYS[2], "قوات سوريا", box(36, 35, 36.5, 37), 25.0),
    ]  # fmt: skip
    guess = [False] * 5 + [True]
    source = ["A survey"] * 5 + ["Cells around 14 sites"]
    held = Held(rows, inferred=guess, source=source, uncertainty_m=[500.0] * 6)
    held.areas.loc[4, ["area_low_km2", "area_high_km2"]] = [180.0, 192.0]
    return held


def opened(visit, *size, **shown):
    visited = visit(event_map(gazetteer=NOWHERE, **shown), *size)
    assert (visited.errors, visited.online) == ([], [])
    return visited


def colour_at(visited, lat, lon, half=19):
    """The mean colour and opacity of the areas around a point: red, green, blue, alpha."""
    pixels = visited.paint("areas", *visited.point(lat, lon), half)
    return [sum(channel) / len(pixels) for channel in zip(*pixels, strict=True)]


def legend_rows(visited):
    """What the legend says about each actor's control, a line each."""
    rows = visited.page.locator(".ge-holders .ge-row").all_inner_texts()
    return [" | ".join(line.strip() for line in row.split("\n") if line.strip()) for row in rows]


def chooser(visited):
    """The date of control, on the tab about the ground."""
    visited.app('app.panel.open("ground")')
    return visited.page.get_by_label("Date of control")


def choose(visited, date):
    """Show a date, and the legend of it."""
    chooser(visited).select_option(date)
    visited.app('app.panel.open("legend")')
    visited.quiet()


def heading(visited):
    return visited.page.inner_text(".ge-group:has(.ge-holders) h2")


def test_the_map_opens_on_the_last_date(visit):
    visited = opened(visit, territory=three_dates(), title="Who holds what")
    page = visited.page
    assert heading(visited) == "Control on 1 Oct 2017"
    assert page.inner_text(".ge-title-facts") == "Control on 1 Oct 2017"
    assert legend_rows(visited) == [
        "SDF | 185 km² | 180 to 192",
        "قوات سوريا | 25 km² | inferred, not surveyed | Cells around 14 sites",
    ]
    assert "No ground on this date: ISIS" in page.inner_text(".ge-holders")
    assert chooser(visited).locator("option").all_inner_texts() == [
        "1 Sep 2017", "16 Sep 2017", "1 Oct 2017",
    ]  # fmt: skip
    assert chooser(visited).input_value() == "2"


def test_choosing_a_date_shows_what_was_held_then(visit):
    visited = opened(visit, territory=three_dates())
    sdf = colour_at(visited, 36, 37.5)
    choose(visited, "1 Sep 2017")
    assert colour_at(visited, 36, 37.5) != sdf
    assert legend_rows(visited) == ["SDF | 110 km²", "ISIS | 100 km²"]
    assert visited.page.inner_text(".ge-title-facts") == "1 Sep 2017 · control on 1 Sep"
    assert visited.page.inner_text(".ge-hidden") == "Control on 1 Sep 2017"
    visited.click_at(36, 37.5)
    assert visited.page.inner_text(".ge-event h2") == "ISIS"


def test_keys_step_through_the_dates_and_leave_the_map_where_it_is(visit):
    visited = opened(visit, territory=three_dates())
    page, middle = visited.page, visited.app("app.map.getCenter()")
    date = chooser(visited)
    page.get_by_role("button", name="Next date", exact=True).focus()
    page.keyboard.press("Enter")  # there is none
    assert visited.app("app.controlIndex") == 2
    page.get_by_role("button", name="Previous date", exact=True).focus()
    seen = []
    for _ in range(3):
        page.keyboard.press("Enter")
        visited.rested()
        seen.append(page.inner_text(".ge-group:has(.ge-totals) h2"))
    days = ("16 Sep 2017", "1 Sep 2017", "1 Sep 2017")
    assert seen == [f"Who holds what on {day}" for day in days]
    assert page.evaluate("() => document.activeElement.ariaLabel") == "Previous date"
    date.focus()
    page.keyboard.press("ArrowDown")
    assert visited.app("app.controlIndex") == 1
    assert date.input_value() == "1"
    assert visited.app("app.map.getCenter()") == middle


def test_one_date_needs_no_choice(visit):
    visited = opened(visit, territory=Held([(DAYS[0], "SDF", box(36, 35, 37, 36), 90.0)]))
    assert "Control on 1 Sep 2017" in visited.page.inner_text(".ge-legend")
    assert visited.page.locator(".ge-timebar").count() == 0
    visited.open_tab("Ground")
    assert visited.page.locator(".ge-dates").count() == 0
    assert visited.page.locator(".ge-spark").count() == 0


def test_no_date_is_left_out(visit):
    days = pd.date_range("2015-01-01", periods=769, freq="D")
    held = Held([(day, "SDF", box(36, 35, 37, 36), 90.0) for day in days])
    visited = opened(visit, territory=held)
    assert chooser(visited).locator("option").count() == 769
    assert "spread evenly" not in visited.page.inner_text(".ge-ground")
    chooser(visited).select_option("4 May 2016")
    assert visited.app("app.controlIndex") == list(days).index(pd.Timestamp("2016-05-04"))


def test_a_date_without_any_control_says_so(visit):
    held = Held([(DAYS[0], "SDF", box(36, 35, 37, 36), 90.0)], dates=pd.to_datetime(DAYS[:2]))
    visited = opened(visit, territory=held)
    assert "Nobody is said to hold ground" in visited.page.inner_text(".ge-holders")
    visited.click_at(35.5, 36.5)
    assert "lost 10,066 km²" in visited.page.inner_text(".ge-event")
    visited.page.keyboard.press("Escape")
    visited.page.locator(".ge-gainers").get_by_label("nobody").uncheck()
    visited.rested()
    assert colour_at(visited, 35.5, 36.5)[3] == 0
    visited.click_at(35.5, 36.5)
    assert visited.page.locator(".ge-event").count() == 0


def test_an_actor_can_be_switched_off_on_all_dates(visit):
    visited = opened(visit, territory=three_dates())
    holders = visited.page.locator(".ge-holders")
    assert colour_at(visited, 36, 39)[3] > 0
    holders.get_by_label("SDF").uncheck()
    visited.rested()
    assert colour_at(visited, 36, 39)[3] == 0
    visited.click_at(36, 39)
    assert visited.page.locator(".ge-event").count() == 0
    choose(visited, "1 Sep 2017")
    assert not holders.get_by_label("SDF").is_checked()
    assert holders.get_by_label("ISIS").is_checked()
    assert colour_at(visited, 36, 39)[3] == 0


def test_a_click_tells_who_holds_the_ground_and_how_it_is_known(visit):
    visited = opened(visit, territory=three_dates())
    choose(visited, "16 Sep 2017")
    visited.click_at(36, 36.5)
    text = visited.page.inner_text(".ge-event")
    for part in (
        "ISIS", "as of 16 Sep 2017", "50 km²", "as its source drew it", "within 500 m",
        "1 Oct 2017", "Source: A survey",
    ):  # fmt: skip
        assert part in text
    choose(visited, "1 Oct 2017")
    visited.page.wait_for_selector(".ge-event", state="detached")
    visited.page.locator(".ge-gainers").get_by_label("SDF").uncheck()  # it lies on the ground held
    visited.click_at(36, 39)
    assert "185 km² (180 to 192)" in visited.page.inner_text(".ge-event")
    visited.page.locator(".ge-gainers").get_by_label("قوات سوريا").uncheck()
    visited.rested()
    visited.click_at(36, 36.2)
    text = visited.page.inner_text(".ge-event")
    assert "inferred, not surveyed" in text
    assert "Source: Cells around 14 sites" in text


def test_what_is_inferred_is_hatched(visit):
    visited = opened(visit, territory=three_dates())

    visited.app("(app.visible.changes = false, app.emit('layers'))")
    visited.quiet()

    def kinds(lon):
        """How many different paints there are in a small square."""
        return len(set(map(tuple, visited.paint("areas", *visited.point(36, lon), 10))))

    assert kinds(39) == 1
    assert kinds(36.25) > 3
    assert "Hatched: inferred, not surveyed" in visited.page.inner_text(".ge-key")
    assert visited.page.locator(".ge-holders .ge-hatch").count() == 1
    choose(visited, "1 Sep 2017")
    assert kinds(36.25) == 1
    assert visited.page.locator(".ge-holders .ge-hatch").count() == 0


def changes(**columns):
    base = {
        "from_actor": ["ISIS", "SDF"], "to_actor": ["SDF", None], "area_km2": [25.0, 4.0],
        "area_low_km2": [20.0, 4.0], "area_high_km2": [31.0, 4.0], "noise_km2": [0.7, 0.0],
        "start": pd.to_datetime([DAYS[1]] * 2), "end": pd.to_datetime([DAYS[2]] * 2),
        "inferred": [False, True], "source": ["Compared by hand", None],
    }  # fmt: skip
    return gpd.GeoDataFrame(
        {**base, **columns},
        geometry=[box(36.5, 35, 37, 37), box(39, 35, 39.5, 36)],
        crs=4326,
    )


def test_changes_stand_out_from_the_control_they_lie_on(visit):
    visited = opened(visit, territory=three_dates(), changes=changes())
    held, changed = (colour_at(visited, 36, lon, 9) for lon in (38, 36.7))
    # The same actor's colour, much stronger.
    assert changed[3] > 1.8 * held[3]
    assert changed[:3] == pytest.approx(held[:3], abs=15)


def test_a_change_says_from_whom_to_whom_how_much_and_when(visit):
    visited = opened(visit, territory=three_dates(), changes=changes())
    visited.click_at(36, 36.75)
    text = visited.page.inner_text(".ge-event")
    for part in (
        "SDF", "gained 25 km²", "ISIS", "20 to 31 km²", "0.7 km² as noise",
        "16 Sep 2017 – 1 Oct 2017", "Source: Compared by hand",
    ):  # fmt: skip
        assert part in text
    assert "inferred" not in text
    visited.click_at(35.5, 39.25)
    text = visited.page.inner_text(".ge-event")
    for part in ("SDF", "lost 4 km²", "nobody (outside all areas)", "inferred, not surveyed"):
        assert part in text
    assert "Range" not in text
    assert "Set aside" not in text
    assert visited.page.locator(".ge-group", has_text="Changed hands").locator(
        ".ge-hatch"
    ).count() == 1  # fmt: skip


def test_events_answer_before_the_control_beneath_them(visit):
    events = gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[Point(38.5, 36)], crs=4326)
    visited = opened(visit, events=events, territory=three_dates())
    visited.click_at(36, 38.5)
    assert visited.page.inner_text(".ge-event h2") == "Siege"


def test_arabic_names_run_from_right_to_left(visit):
    visited = opened(visit, territory=three_dates())
    direction = "n => getComputedStyle(n).direction"
    name = visited.page.locator(".ge-holders .ge-name", has_text="قوات")
    assert name.evaluate(direction) == "rtl"
    visited.click_at(36, 36.25)
    assert visited.page.locator(".ge-event h2").evaluate(direction) == "rtl"


def test_everything_has_a_name_for_screen_readers(visit):
    visited = opened(visit, territory=three_dates(), changes=changes())
    for tab in ("Ground", "Legend"):
        visited.open_tab(tab)
    nameless = visited.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, summary, [tabindex]")]
        .filter((n) => !n.hidden && !(n.ariaLabel || n.textContent.trim()
            || n.closest("label")?.textContent))
        .map((n) => n.outerHTML)"""
    )
    assert nameless == []


def test_on_a_phone_the_date_shows_and_can_be_chosen(visit):
    long = three_dates()
    long.frame["source"] = "Cells around 14 sites, of which some are towns. " * 5
    visited = visit(
        event_map(territory=long, changes=changes(), gazetteer=NOWHERE, title="Who holds what"),
        390, 844, has_touch=True, is_mobile=True, device_scale_factor=2,
    )  # fmt: skip
    page = visited.page
    assert "Control on 1 Oct 2017" in page.inner_text(".ge-title")
    page.get_by_role("tab", name="Ground").tap()
    page.get_by_role("button", name="Previous date", exact=True).tap()
    visited.rested()
    assert "1 – 16 Sep 2017 · control on 16 Sep" in page.inner_text(".ge-title")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    sheet = page.locator(".ge-panel").bounding_box()
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= 390
    assert sheet["height"] <= 844 / 2
    page.get_by_role("button", name="Next date", exact=True).tap()
    target = page.get_by_role("button", name="Previous date", exact=True).bounding_box()
    assert min(target["width"], target["height"]) >= 40
    page.get_by_role("tab", name="Legend").tap()
    inside = page.locator(".ge-panel-legend").evaluate("n => [n.scrollWidth, n.clientWidth]")
    assert inside[0] <= inside[1]
