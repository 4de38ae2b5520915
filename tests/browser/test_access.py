"""The map for those who use no mouse, cannot see it well, or want it to stand still."""

import re

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

import geoevents as ge
from geoevents.maps import event_map

pytestmark = pytest.mark.browser

APP = "window[Object.keys(window).find((name) => name.startsWith('event_layer_'))]"


@pytest.fixture(scope="module")
def whole():
    """A map with all that it can show: two events at one place, one without a place."""
    events = gpd.GeoDataFrame(
        {
            "event_type": ["air strike", "protest", "territorial gain", "siege", "armed clash",
                           "shelling"],
            "start": pd.to_datetime(
                ["2017-09-16", "2017-09-01", "2017-09-14", None, "2017-09-09", "2017-09-09"]
            ),
            "actor": ["Russia", None, "SDF", "SAA", "ISIS", "ISIS"],
            "status": ["disputed", "reported", "claimed", "reported", "reported", "denied"],
            "source": ["https://example.org/a", "Agency", "https://example.org/c", None, "A", "B"],
            "quote": ["Words.", "كلمات", None, None, None, None],
            "uncertainty_m": [500.0, None, 2000.0, 10000.0, None, None],
            "inferred": [False, False, True, False, False, False],
        },
        geometry=[Point(36, 36), Point(36.4, 36.2), box(35.2, 35.2, 35.5, 35.5), None,
                  Point(35.6, 35.9), Point(35.6, 35.9)],
        crs=4326,
    )  # fmt: skip
    dates = ["2017-09-01", "2017-09-09", "2017-09-16"]
    ground = gpd.GeoDataFrame(
        {"date": dates * 2, "actor": ["SDF"] * 3 + ["ISIS"] * 3},
        geometry=[box(35, 35, 35 + x, 36.5) for x in (0.5, 0.7, 1)]
        + [box(35 + x, 35, 37, 36.5) for x in (0.5, 0.7, 1)],
        crs=4326,
    )
    return event_map(
        events, territory=ge.Territory.from_snapshots(ground), title="Title", subtitle="Of it",
        localities=ge.locate(["10 km east of Raqqa", "nowhere at all"]),
    )  # fmt: skip


def rest(visited):
    """Wait until the map has come to rest, and all that waits for it has been done."""
    visited.page.wait_for_timeout(220)
    visited.rested()


# --- axe -----------------------------------------------------------------------------------------

KNOWN_MODERATE = {"page-has-heading-one"}
"""What axe finds moderate: a map without a title has no heading."""


class Checked:
    """A visit on which axe is run; it is put past the policy, which would not let it in."""

    def __init__(self, visited):
        self.visited = visited
        self.run_anew()

    def run_anew(self):
        base = pytest.importorskip("axe_playwright_python.base", reason="needs axe")
        self.visited.page.evaluate(base.AXE_SCRIPT)

    def __call__(self, state):
        rest(self.visited)
        found = self.visited.page.evaluate(
            """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
            .map(({ id, impact, nodes }) => [id, impact, nodes.map((n) => n.html.slice(0, 120))])"""
        )
        worse = [entry for entry in found if entry[1] in {"serious", "critical"}]
        assert worse == [], state
        assert {entry[0] for entry in found} <= KNOWN_MODERATE, state


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, whole, theme):
    visited = visit(whole, bypass_csp=True, reduced_motion="reduce", color_scheme=theme)
    page, check = visited.page, Checked(visited)
    assert visited.app("app.theme.name") == theme  # theme="auto": what the reader prefers
    check("plain")
    visited.app("app.select(4, false, null, [4, 0])")
    check("a popup with pages")
    visited.app("app.map.closePopup()")
    page.get_by_role("tab", name="Events").click()
    page.locator(".ge-choice").first.click()
    page.get_by_role("button", name=re.compile("^Search")).click()
    page.keyboard.type("s")
    check("the list and a search")
    page.get_by_role("tab", name="Ground").click()
    page.get_by_role("button", name="Before / after").click()
    page.get_by_role("button", name="Measure").click()
    for at in [(300, 400), (500, 400), (400, 600)]:
        page.mouse.click(*at)
    check("ground compared, and measured")
    page.get_by_role("button", name="Draw a box").click()
    for at in [(300, 400), (900, 700)]:
        page.mouse.click(*at)
    check("a box")
    page.get_by_role("button", name="Save the data").click()
    check("what can be saved")
    assert visited.errors == []


def test_axe_finds_nothing_serious_on_a_phone(visit, whole):
    visited = visit(whole, 390, 844, bypass_csp=True, reduced_motion="reduce", has_touch=True)
    page, check = visited.page, Checked(visited)
    page.get_by_role("tab", name="Events").click()
    check("the list")
    page.get_by_role("tab", name="Ground").click()
    check("ground")
    page.get_by_role("tab", name="Ground").click()
    visited.app("app.select(0)")
    check("closed, and a popup")
    visited.app("app.map.closePopup()")
    page.get_by_role("button", name="More tools").click()
    check("more tools")
    assert visited.errors == []


def test_axe_finds_nothing_serious_on_an_empty_map(visit):
    visited = visit(event_map(), bypass_csp=True, reduced_motion="reduce")
    Checked(visited)("empty")
    assert visited.errors == []


# --- the keyboard alone --------------------------------------------------------------------------

FOCUSED = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const drawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const line = node.closest(".ge-search-line, .ge-segments label");
    const marked = drawn(getComputedStyle(node)) || drawn(getComputedStyle(node, "::before"))
        || (line && getComputedStyle(line).boxShadow !== "none")
        || (line && drawn(getComputedStyle(line)));
    const box = node.getBoundingClientRect();
    return {
        name: node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent,
        classes: `${node.localName} ${node.className}`,
        marked: Boolean(marked) && box.width > 0 && box.height > 0,
        slot: node.closest(".ge-tools, .ge-timebar, .ge-panel, .leaflet-popup, .ge-card")
            ?.className.split(" ")[0] ?? "",
    };
}"""

CONTROLS = """() => [...document.querySelectorAll("a[href], button, input:not([type=radio]),"
    + " input[type=radio]:checked, select, summary, [tabindex='0']")]
    .filter((node) => node.tabIndex >= 0 && node.checkVisibility({ visibilityProperty: true }))
    .length"""


def tabbed(page, most=120):
    """Press Tab until the focus leaves the page; what had it."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return stops
        stops.append(focused)
    pytest.fail(f"a trap: {stops[-3:]}")


def test_tab_reaches_every_control_in_order_and_shows_where_it_is(visit, whole):
    visited = visit(whole, reduced_motion="reduce")
    page = visited.page
    for tab in ("legend", "events", "ground"):
        visited.app(f"app.panel.open('{tab}')")
        rest(visited)
        page.evaluate("() => document.activeElement.blur()")
        stops = tabbed(page)
        assert len(stops) == page.evaluate(CONTROLS), tab
        assert [stop["name"] for stop in stops if not stop["marked"]] == []
        assert all(stop["name"].strip() for stop in stops)
        # The map, then tools, time and panel, as they are read.
        slots = [stop["slot"] for stop in stops]
        assert list(dict.fromkeys(slots)) == ["", "ge-tools", "ge-timebar", "ge-panel"]
        assert sorted(slots, key=list(dict.fromkeys(slots)).index) == slots
    for _ in range(len(stops)):  # and back
        page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED)["classes"].startswith("div folium-map")


class Keys:
    """A page and nothing but its keyboard."""

    def __init__(self, visited):
        self.page, self.app = visited.page, visited.app
        self.visited = visited

    def name(self):
        """What has the focus."""
        return self.page.evaluate(FOCUSED)["name"]

    def press(self, *those):
        for key in those:
            self.page.keyboard.press(key)

    def on(self, label):
        """Put the focus on a control, as Tab does."""
        self.page.get_by_label(label, exact=True).first.focus()

    def event(self):
        """The title of the popup that is open, or nothing."""
        titles = self.page.locator(".ge-event h2").all_inner_texts()
        return titles[0] if titles else None


def zooming(k):
    """Zooming, by button and on the map."""
    zoom = k.app("app.map.getZoom()")
    k.on("Zoom in")
    k.press("Enter")
    assert k.app("app.map.getZoom()") > zoom
    k.on("Show everything")
    k.press("Enter")
    k.page.locator(".ge-map").focus()
    k.press("Minus")
    rest(k.visited)
    assert k.app("app.map.getZoom()") < zoom


def searching(k):
    """Searching: a result chosen, an event opened, read, closed."""
    k.press("/")
    k.page.keyboard.type("armed clash")
    k.page.wait_for_selector(".ge-result")
    k.press("ArrowDown", "ArrowUp", "Enter")
    assert k.event() == "Armed clash"
    assert k.page.evaluate("() => document.activeElement.matches('.ge-event')")
    k.press("Escape")
    assert k.event() is None
    assert k.name().startswith("Search")
    k.press("Enter")
    assert k.page.locator(".ge-search-field").count() == 1
    k.press("Escape")
    assert (k.page.locator(".ge-search-field").count(), k.name()) == (0, "Search (/)")


def listing(k):
    """The list: open an event, go on into its popup, close it, go on in the list."""
    k.page.get_by_role("tab", name="Legend").focus()
    k.press("ArrowRight")
    rest(k.visited)
    k.page.locator(".ge-list").focus()
    k.press("ArrowDown", "ArrowDown", "Enter")
    assert k.event()
    assert k.page.evaluate(FOCUSED)["slot"] == "leaflet-popup"
    k.press("Tab")
    assert k.page.evaluate(FOCUSED)["slot"] == "leaflet-popup"
    k.press("Escape")
    assert (k.event(), k.name()) == (None, "Events")
    k.press("ArrowDown", "Enter", "Escape")
    assert k.name() == "Events"
    # Escape closes it from the list as well.
    k.press("Enter")
    k.page.locator(".ge-list").focus()
    k.press("Escape")
    assert (k.event(), k.name()) == (None, "Events")


def stepping(k):
    """Events in turn, from the map, which keeps the focus; two at one place are paged through."""
    k.page.locator(".ge-map").focus()
    k.press("n", "n", "p")
    assert k.app("app.selected") == 0
    assert k.name().startswith("Map.")
    k.press("Escape")
    assert k.event() is None
    k.app("app.select(2, false, null, [1, 2])")
    k.page.get_by_label("Next event here").focus()
    k.press("Enter", "Enter")
    assert k.name() == "Next event here"
    k.press("Escape")
    assert k.event() is None


def switching(k):
    """Switches of the legend, one alone by Enter."""
    k.page.get_by_role("tab", name="Legend").focus()
    k.press("Home")
    box_ = k.page.get_by_role("checkbox", name=re.compile("Air strike"))
    box_.focus()
    k.press("Space")
    assert k.app("app.filter.rows.length") == 4
    k.press("Enter")
    assert k.app("app.filter.rows.length") == 1
    k.press("Enter")
    assert k.app("app.filter.rows.length") == 5


def timing(k):
    """Time: both handles, playing, stepping, all of it again."""
    k.on("End of the period shown")
    k.press("Home")
    assert not k.app("app.clock.isWhole")
    k.on("Beginning of the period shown")
    k.press("End", "PageDown", "Home")
    assert k.app("app.clock.from === app.clock.first")
    k.page.get_by_title("Show the whole period").focus()
    k.press("Enter")
    assert k.app("app.clock.isWhole")
    k.on("End of the period shown")
    k.press("Space")
    assert k.app("app.clock.playing")
    k.press("Space")
    assert not k.app("app.clock.playing")
    to = k.app("app.clock.to")
    k.on("Step forward")
    k.press("Enter")
    assert k.app("app.clock.to") > to
    k.on("Play")
    k.press("Enter")
    k.page.get_by_title("Show the whole period").focus()
    k.press("Enter")
    assert k.app("app.clock.isWhole && !app.clock.playing")


def comparing(k):
    """Comparing, the handle found by going on with Tab."""
    k.page.get_by_role("tab", name="Legend").focus()
    k.press("End")
    k.page.get_by_role("button", name="Before / after").focus()
    k.press("Enter", "Tab")
    assert k.name() == "Line between before and after"
    before = k.app("app.compare.share")
    k.press("ArrowLeft")
    assert k.app("app.compare.share") < before
    k.press("Shift+Tab", "Enter")
    assert not k.app("app.compare.on")


def measuring(k):
    """Measuring and drawing a box with Enter at the cross hair."""
    k.on("Measure distance and area")
    k.press("Enter", "Enter", "ArrowRight", "Enter", "ArrowDown", "Enter")
    assert "Area" in k.page.inner_text(".ge-card-measure")
    k.press("Backspace")
    assert "Area" not in k.page.inner_text(".ge-card-measure")
    k.press("Escape")
    assert k.app("app.mode") is None
    k.on("Draw a box: what is inside")
    k.press("Enter", "Enter", "ArrowRight", "ArrowDown", "Enter")
    assert "inside the box" in k.page.inner_text(".ge-card-box")
    k.press("Escape")
    assert k.page.locator(".ge-card").count() == 0


def saving(k):
    """Saving, and the other theme."""
    k.on("Save the data shown")
    k.press("Enter")
    k.page.get_by_role("button", name="Events shown: save CSV").focus()
    with k.page.expect_download() as saved:
        k.press("Enter")
    assert saved.value.suggested_filename.endswith(".csv")
    k.press("Escape")
    assert k.name() == "Save the data shown"
    k.on("Dark colours")
    k.press("Enter")
    assert k.app("app.theme.name") == "dark"


ABOUT_EVENTS = [zooming, searching, listing, stepping]
ABOUT_GROUND = [switching, timing, comparing, measuring, saving]


@pytest.mark.parametrize("doing", [ABOUT_EVENTS, ABOUT_GROUND], ids=["events", "ground"])
def test_all_is_done_by_keys(visit, whole, doing):
    visited = visit(whole, reduced_motion="reduce")
    for task in doing:
        task(Keys(visited))
    assert visited.errors == []


# --- motion and colours --------------------------------------------------------------------------

MOVES = {
    "a key": "app.map.panBy([120, 0])",
    "zoom": "app.map.zoomIn(1)",
    "an event far off": "app.select(0, true)",
    "a place": "app.flyTo(36.4, 36.6, 11)",
    "a group": "app.flyToBounds([[35, 35], [36, 36]])",
    "all": "app.fit()",
    "a view": "app.map.setView([35.7, 35.9])",
}


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_map_stands_still_for_those_who_ask(visit, whole, motion):
    visited = visit(whole, reduced_motion=motion)
    moves = ", ".join(f"'{name}': () => {move}" for name, move in MOVES.items())
    glided = visited.page.evaluate(
        f"""async () => {{
        const app = {APP};
        const where = () => {{
            const {{ lat, lng }} = app.map.getCenter();
            const {{ left }} = app.map.getPane("mapPane").getBoundingClientRect();
            return [app.map.getZoom(), lat, lng, left].map((value) => value.toFixed(4)).join();
        }};
        const glided = [];
        for (const [name, move] of Object.entries({{ {moves} }})) {{
            move();
            const at = where();
            await new Promise((done) => setTimeout(done, 350));
            if (where() !== at) glided.push(name);
            app.map.closePopup();
        }}
        return glided;
    }}"""
    )
    if motion == "reduce":
        assert glided == []
        moving = visited.page.evaluate(
            """() => document.getAnimations().map((a) => a.effect.target.className)"""
        )
        assert moving == []
    else:  # the test would see it
        assert {"a key", "zoom"} <= {*glided}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, 1.4.3."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def over(halo, ground):
    """What a half-transparent halo makes of the ground it lies on."""
    *parts, alpha = (float(part) for part in re.findall(r"[\d.]+", halo))
    below = [int(ground[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = (round(a * alpha + b * (1 - alpha)) for a, b in zip(parts, below, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


NAMES = ("ink", "country", "provinceName", "riverName", "town", "village", "place", "placeArea",
         "placeRiverName")  # fmt: skip


def test_names_on_the_map_can_be_read(visit, whole):
    visited = visit(whole)
    for theme in ("light", "dark"):
        visited.app(f"app.setTheme('{theme}')")
        colours = visited.app("app.theme")
        for name in NAMES:
            # On land even without its halo, on water with it.
            assert contrast(colours[name], colours["land"]) >= 4.5, (theme, name)
            for halo in ("halo", "labelHalo"):
                for ground in ("sea", "lake", "land"):
                    below = over(colours[halo], colours[ground])
                    assert contrast(colours[name], below) >= 4.5, (theme, name, halo, ground)
        # What stands on a veil over the map: axe cannot tell what lies below that.
        veil, soft, accent = visited.page.evaluate("""() => {
            const style = getComputedStyle(document.querySelector(".ge-map"));
            return ["--veil", "--soft", "--accent"].map((name) => style.getPropertyValue(name));
        }""")
        for ground in ("sea", "land"):
            for ink in (soft.strip(), accent.strip()):
                assert contrast(ink, over(veil, colours[ground])) >= 4.5, (theme, ink, ground)
