"""The article beside the map: its words lead to the map, and the map to its words."""

import html
import re
import runpy
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from geoevents.maps import event_map
from geoevents.maps.style import EVENT_STYLES

pytestmark = pytest.mark.browser

_TEXTS = runpy.run_path(str(Path(__file__).with_name("payloads.py")))
ELEMENTS, PAYLOADS = _TEXTS["ELEMENTS"], _TEXTS["PAYLOADS"]

ARTICLE = """Fighting spreads along the Tarsan

🔥 Government jets struck the market of Ober on Monday, and militia fighters took the mill at \
Varn. Villagers fled.

Jets struck the market, witnesses said, but the government denied the strike on Ober.

قصفت المدفعية قرية أوبر يوم الثلاثاء.

Elsewhere, guards clashed with smugglers, an official said.
"""


def span(*parts):
    found = [ARTICLE.index(part) for part in parts]
    return "; ".join(f"{at}-{at + len(p)}" for at, p in zip(found, parts, strict=True))


MARKET = "Government jets struck the market of Ober on Monday"
MILL = "militia fighters took the mill at Varn"
SHELLS = "قصفت المدفعية قرية أوبر"
CLASH = "guards clashed with smugglers"


@pytest.fixture(scope="session")
def told():
    """
    Five events: one disputed; one claimed; two in the same words; one without a place.

    In the map's own order: a strike, b protest, c gain, d shelling, e clash (not on the map).
    """
    return gpd.GeoDataFrame(
        {
            "event_id": list("ecabd"),
            "event_type": ["armed clash", "territorial gain", "air strike", "protest", "shelling"],
            "start": pd.to_datetime(
                ["2020-03-01", "2020-03-03", "2020-03-01", "2020-03-02", "2020-03-04"]
            ),
            "actor": ["Guards", "Militia", "Government", None, "Army"],
            "target": ["Smugglers", None, None, None, None],
            "status": ["reported", "claimed", "disputed", "reported", "reported"],
            "fatalities": [None, None, 4, None, None],
            "fatalities_low": [None, None, 3, None, None],
            "fatalities_high": [None, None, 9, None, None],
            "problem": ["the event names no place", None, None, None, None],
            "spans": [
                span(CLASH),
                span(MILL),
                span(MARKET, "Jets struck the market"),
                span("on Monday, and militia"),
                span(SHELLS),
            ],
        },
        geometry=[None, Point(37, 36), Point(36, 36), Point(36.5, 36.4), Point(38.4, 35.4)],
        crs=4326,
    )


@pytest.fixture(scope="module")
def shared(visit_once, told):
    return visit_once(event_map(told, article=ARTICLE, basemap=None), reduced_motion="reduce")


@pytest.fixture
def story(shared):
    """The map as it opens."""
    shared.page.mouse.move(5, 5)
    shared.app("(app.map.closePopup(), app.deselect(), app.clock.showAll())")
    shared.app("(app.reading.used = null, app.reading.words.forEach((w) => { w.picked = null; }))")
    shared.app("(app.panel.open('article'), app.fit({ animate: false }))")
    shared.quiet()
    yield shared
    assert (shared.errors, shared.online) == ([], [])


def mark(visited, text):
    return visited.page.locator(".ge-words", has_text=re.compile(f"^{re.escape(text)}$"))


def current(visited):
    """The words that are marked as those of the chosen event."""
    return visited.page.locator(".ge-words[aria-current=true]").all_text_contents()


def chosen(visited):
    return visited.app("app.selected === null ? null : app.read('event_id', app.selected)")


def is_seen(visited, locator):
    """Whether words stand in the visible part of the article."""
    outer, inner = (node.bounding_box() for node in (visited.page.locator(".ge-article"), locator))
    return outer["y"] <= inner["y"] and (
        inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1
    )


# --- what stands there ---------------------------------------------------------------------------


def test_it_opens_first_where_there_is_one(story, visit, told):
    tabs = story.page.get_by_role("tab").all_inner_texts()
    assert tabs == ["Article", "Legend", "Events"]
    assert story.page.get_by_role("tab", name="Article").get_attribute("aria-selected") == "true"
    visited = visit(event_map(told, basemap=None))
    assert visited.page.get_by_role("tab").all_inner_texts() == ["Legend", "Events"]


def test_all_of_it_stands_there_as_text(story):
    texts = story.page.locator(".ge-article > :is(h2, .ge-text)").all_text_contents()
    assert texts == ARTICLE.strip().split("\n\n")
    assert story.page.inner_text(".ge-headline") == "Fighting spreads along the Tarsan"
    assert story.page.locator(".ge-article").inner_text().startswith(
        "5 events in this article, 1 not on the map. Not on the map "
    )  # fmt: skip


def test_words_are_cut_where_events_change(story):
    assert story.page.locator(".ge-words").all_text_contents() == [
        "Government jets struck the market of Ober ",
        "on Monday",
        ", and ",
        "militia",
        " fighters took the mill at Varn",
        "Jets struck the market",
        SHELLS,
        CLASH,
    ]
    # The Tab key stops once for each range.
    stops = story.page.locator(".ge-words[tabindex='0']").all_text_contents()
    assert [text[:5] for text in stops] == ["Gover", "on Mo", "milit", "Jets ", "قصفت ", "guard"]


def test_words_say_what_they_are(story):
    assert mark(story, "Jets struck the market").get_attribute("title") == (
        "Air strike, 1 Mar 2020, disputed"
    )
    assert mark(story, "on Monday").get_attribute("title") == (
        "Protest, 2 Mar 2020 (one of 2 events in these words: choose again for the next)"
    )
    texts = ("Jets struck the market", " fighters took the mill at Varn", CLASH, "on Monday")
    classes = {text: mark(story, text).get_attribute("class").split() for text in texts}
    assert {text[:5]: names[1:] for text, names in classes.items()} == {
        "Jets ": ["ge-hollow-words"],
        " figh": ["ge-claimed"],
        "guard": ["ge-lost"],
        "on Mo": ["ge-several"],
    }


def test_words_of_what_is_not_on_the_map_look_different(story):
    look = """(node) => { const line = getComputedStyle(node).textDecorationThickness;
        return [line, getComputedStyle(node, "::after").content]; }"""
    assert mark(story, CLASH).evaluate(look) == ["1px", '""']
    assert mark(story, SHELLS).evaluate(look) == ["2px", "none"]
    assert mark(story, CLASH).get_attribute("title") == "Armed clash, 1 Mar 2020 · not on the map"


def test_text_cannot_turn_the_text_around_it(visit):
    first = "أوبر is what people call the \u202evillage\u2067 where shells fell all day."
    article = f"{first}\n\nNobody was hurt."
    at = article.index("shells fell")
    frame = gpd.GeoDataFrame(
        {"event_type": ["shelling"], "spans": [f"{at}-{at + 11}"]},
        geometry=[Point(36, 36)],
        crs=4326,
    )
    visited = visit(event_map(frame, article=article, basemap=None))
    shown = visited.page.locator(".ge-article > .ge-text")
    assert shown.first.text_content() == re.sub("[\u202e\u2067]", "\ufffd", first)
    ways = "(nodes) => nodes.map((n) => [n.dir, getComputedStyle(n).unicodeBidi])"
    assert shown.evaluate_all(ways) == [["ltr", "isolate"]] * 2
    # Each letter stands right of the one before, or on the next line.
    assert mark(visited, "shells fell").evaluate(
        """(node) => [...node.textContent].map((_, i) => {
            const range = document.createRange();
            range.setStart(node.firstChild, i);
            range.setEnd(node.firstChild, i + 1);
            const { left, top } = range.getBoundingClientRect();
            return top * 1000 + left;
        }).every((at, i, all) => !i || at > all[i - 1])"""
    )
    assert visited.errors == []


def test_each_paragraph_runs_its_own_way(story):
    shown = story.page.locator(".ge-article > :is(h2, .ge-text)")
    ways = shown.evaluate_all("(nodes) => nodes.map((n) => getComputedStyle(n).direction)")
    assert ways == ["ltr", "ltr", "ltr", "rtl", "ltr"]


# --- from the words to the map -------------------------------------------------------------------


def test_a_click_on_words_opens_the_event(story):
    story.app("app.map.setView([30, 44], 9, { animate: false })")
    mark(story, "Jets struck the market").click()
    story.page.wait_for_selector(".ge-event")
    assert story.page.inner_text(".ge-event h2") == "Air strike"
    assert chosen(story) == "a"
    story.until("app.isFree(app.placeOf(app.selected))")
    assert current(story) == [
        "Government jets struck the market of Ober ", "on Monday", "Jets struck the market",
    ]  # fmt: skip
    # The words are where they were: nothing jumps under the pointer.
    assert story.page.locator(".ge-article").evaluate("(node) => node.scrollTop") == 0
    story.page.keyboard.press("Escape")
    story.rested()
    assert current(story) == []


def test_words_of_two_events_lead_to_one_after_the_other(story):
    both = mark(story, "on Monday")
    found = []
    for _ in range(3):
        both.click()
        found.append(chosen(story))
    assert found == ["b", "a", "b"]
    # The colour is that of the event that is chosen.
    kind = story.app("app.events.type[app.selected]")
    assert both.evaluate("(node) => node.style.getPropertyValue('--c')") == f"var(--type-{kind})"


def test_an_event_without_a_place_says_why(story):
    mark(story, "on Monday").click()
    mark(story, CLASH).click()
    story.page.wait_for_selector(".ge-event", state="detached")
    assert (chosen(story), current(story)) == ("e", [CLASH])
    note = story.page.get_by_role("note")
    assert note.locator("p").all_inner_texts() == [
        "Armed clash, 1 Mar 2020",
        "Guards → Smugglers",
        "Not on the map: the event names no place.",
    ]
    assert note.evaluate("(node) => node.previousElementSibling.textContent.includes('clashed')")
    said = story.app("app.status.textContent")
    assert said == "Armed clash, 1 Mar 2020. Not on the map: the event names no place."
    mark(story, CLASH).press("Escape")
    story.rested()
    assert (chosen(story), note.count(), current(story)) == (None, 0, [])
    # And on to one that has a place.
    mark(story, CLASH).click()
    mark(story, SHELLS).click()
    story.page.wait_for_selector(".ge-event")
    assert (chosen(story), note.count()) == ("d", 0)


def test_it_works_by_keyboard(story):
    page = story.page
    page.get_by_role("tab", name="Article").focus()
    for key in ("Tab", "Tab", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    # Close button, article, first and second words.
    assert chosen(story) == "b"
    assert page.evaluate("() => document.activeElement.className") == "ge-event"
    page.keyboard.press("Escape")
    page.wait_for_selector(".ge-event", state="detached")
    assert page.evaluate("() => document.activeElement.textContent") == "on Monday"
    page.keyboard.press("Space")
    assert chosen(story) == "a"
    page.keyboard.press("Escape")
    page.locator(".ge-article").focus()
    page.keyboard.press("n")
    assert chosen(story) == "a"


def test_marking_words_to_copy_them_opens_nothing(story):
    words = mark(story, "Jets struck the market")
    words.evaluate("(node) => getSelection().selectAllChildren(node)")
    words.dispatch_event("click")
    assert chosen(story) is None
    story.page.evaluate("() => getSelection().removeAllRanges()")


# --- from the map to the words -------------------------------------------------------------------


@pytest.fixture
def small(visit, told):
    """A window in which the article does not fit, so that it must scroll."""
    longer = "\n\n".join([ARTICLE, *(f"Nothing more was said on day {n}." for n in range(60))])
    at = len(longer) + 2
    longer += "\n\nShells fell on the ferry at last."
    frame = told.assign(spans=told["spans"].where(told["event_id"] != "d", f"{at}-{at + 22}"))
    visited = visit(
        event_map(frame, article=longer, basemap=None), 900, 500, reduced_motion="reduce"
    )
    yield visited
    assert visited.errors == []


LAST = "Shells fell on the fer"


@pytest.mark.parametrize("way", ["map", "list", "keys"])
def test_choosing_an_event_brings_its_words_into_view(small, way):
    page, row = small.page, small.row("d")
    assert not is_seen(small, mark(small, LAST))
    if way == "map":
        small.app("app.map.setView([35.4, 38.4], 9, { animate: false })")
        small.quiet()
        page.mouse.click(*small.marker(row))
    elif way == "list":
        small.open_tab("Events")
        page.get_by_label("Only what is in view").uncheck()
        small.quiet()
        page.locator(".ge-item", has_text="Shelling").click()
        small.open_tab("Article")
    else:
        page.locator(".ge-map").focus()
        page.keyboard.press("p")
    small.quiet()
    assert (chosen(small), current(small)) == ("d", [LAST])
    assert is_seen(small, mark(small, LAST))
    page.locator(".ge-map").focus()
    small.app(f"app.select({small.row('c')}, true)")
    small.quiet()
    assert is_seen(small, mark(small, " fighters took the mill at Varn"))


def test_a_button_leads_from_the_popup_to_the_words(small):
    small.app("app.panel.open('legend')")
    small.app(f"app.select({small.row('d')}, true)")
    small.page.get_by_role("button", name="Read in the article").click()
    small.quiet()
    assert small.app("app.panel.tab") == "article"
    assert is_seen(small, mark(small, LAST))
    assert small.page.evaluate("() => document.activeElement.textContent") == LAST


def test_only_events_with_words_have_that_button(visit, told):
    frame = told.assign(spans=told["spans"].where(told["event_id"] == "a"))
    visited = visit(event_map(frame, article=ARTICLE, basemap=None))
    button = visited.page.get_by_role("button", name="Read in the article")
    visited.app(f"app.select({visited.row('a')})")
    assert button.count() == 1
    # How many were killed, as far as that is known; and no list of characters.
    facts = visited.page.inner_text(".ge-facts")
    assert re.search(r"Fatalities\s+4 \(3 to 9\)", facts)
    assert "Spans" not in facts
    visited.app(f"app.select({visited.row('c')})")
    assert button.count() == 0
    assert visited.errors == []


def hovered(visited):
    return visited.page.locator(".ge-words.ge-hover").all_text_contents()


def test_what_is_pointed_at_shows_on_both_sides(story):
    mark(story, SHELLS).hover()
    assert story.page.inner_text(".ge-tooltip").startswith("Shelling, 4 Mar 2020")
    story.page.mouse.move(5, 5)
    story.page.wait_for_selector(".ge-tooltip", state="detached")
    story.page.mouse.move(*story.marker(story.row("c")))
    assert hovered(story) == ["militia", " fighters took the mill at Varn"]
    story.page.mouse.move(5, 5)
    assert hovered(story) == []
    mark(story, CLASH).hover()
    assert hovered(story) == [CLASH]


# --- filters, time, links ------------------------------------------------------------------------


def grey(visited):
    visited.quiet()
    return [text[:5] for text in visited.page.locator(".ge-words.ge-off").all_text_contents()]


def test_words_of_events_that_are_not_shown_are_grey(story):
    assert grey(story) == []
    day = 1440
    first = story.app("app.clock.first")
    story.app(f"app.clock.set({first + day}, {first + 2 * day})")
    # Of words of two events one is shown still; the one without a place is of the first day.
    assert grey(story) == ["Gover", "Jets ", "قصفت ", "guard"]
    title = mark(story, CLASH).get_attribute("title")
    assert title == "Armed clash, 1 Mar 2020 · filtered out of the map"
    mark(story, "on Monday").click()
    mark(story, "on Monday").click()
    assert chosen(story) == "b"
    story.app("app.clock.showAll()")
    story.app(
        "(app.filter.types.delete(app.events.type[app.events.count - 1]), app.emit('filter'))"
    )
    assert grey(story) == ["guard"]
    story.app("(app.filter.types.add(app.events.type[app.events.count - 1]), app.emit('filter'))")
    assert grey(story) == []


def test_a_link_restores_the_tab_and_an_event_without_a_place(story):
    fragment = "() => location.hash"
    assert "tab=" not in story.page.evaluate(fragment)
    story.open_tab("Legend")
    assert "tab=legend" in story.page.evaluate(fragment)
    legend = story.page.evaluate(fragment)
    story.open_tab("Article")
    mark(story, CLASH).click()
    story.quiet()
    clash = story.page.evaluate(fragment)
    assert re.search(r"e=4$", clash)
    story.app("app.panel.close()")
    assert "tab=none" in story.page.evaluate(fragment)
    story.goto(story.address + legend)
    assert (story.app("app.panel.tab"), chosen(story)) == ("legend", None)
    story.goto(story.address + "#tab=none")
    assert story.app("app.panel.isOpen") is False
    story.goto(story.address + "#tab=__proto__&e=9")
    assert (story.app("app.panel.tab"), chosen(story)) == ("article", None)
    story.goto(story.address + clash)
    assert (story.app("app.panel.tab"), chosen(story)) == ("article", "e")
    assert story.page.get_by_role("note").is_visible()


# --- phone, paper, picture -----------------------------------------------------------------------


def test_on_a_phone_words_and_popup_are_seen_at_once(visit, told):
    # A popup as long as those of a report are.
    long = told.assign(explanation="Read as: along the river, within 10 km of its line. " * 12)
    visited = visit(
        event_map(long, article=ARTICLE, basemap=None), 390, 844, reduced_motion="reduce",
        has_touch=True,
    )  # fmt: skip
    page = visited.page
    assert visited.app("app.panel.isOpen") is False
    page.get_by_role("tab", name="Article").tap()
    mark(visited, SHELLS).tap()
    page.wait_for_selector(".ge-event")
    visited.quiet()
    popup, sheet = (page.locator(at).bounding_box() for at in (".ge-popup", ".ge-panel"))
    assert popup["y"] >= 0
    assert popup["y"] + popup["height"] <= sheet["y"] + 1
    assert sheet["y"] + sheet["height"] <= 845
    assert is_seen(visited, mark(visited, SHELLS))
    # The sheet closed, the popup leads back to it.
    page.get_by_role("tab", name="Article").tap()
    visited.app(f"app.select({visited.row('a')}, true)")
    visited.quiet()
    page.get_by_role("button", name="Read in the article").tap()
    visited.quiet()
    popup, bar = (page.locator(at).bounding_box() for at in (".ge-popup", ".ge-timebar"))
    assert visited.app("app.panel.isOpen") is True
    assert popup["y"] >= 0
    assert popup["y"] + popup["height"] <= bar["y"] + 1
    assert visited.errors == []


def test_on_paper_the_legend_stands_in_its_place(story):
    story.page.emulate_media(media="print")
    story.until("app.panel.tab === 'legend'")
    assert story.page.locator(".ge-legend").is_visible()
    story.page.emulate_media(media="screen")
    story.until("app.panel.tab === 'article'")
    # Whoever reads the legend prints it, and goes on reading it.
    story.open_tab("Legend")
    story.page.emulate_media(media="print")
    story.page.emulate_media(media="screen")
    story.rested()
    assert story.app("app.panel.tab") == "legend"


# --- seen by all ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("theme", "width"), [("light", 1400), ("dark", 1400), ("light", 390)])
def test_axe_finds_nothing(visit, told, theme, width):
    base = pytest.importorskip("axe_playwright_python.base", reason="needs axe")
    visited = visit(
        event_map(told, article=ARTICLE, title="Title", basemap=None), width, 844,
        bypass_csp=True, reduced_motion="reduce", color_scheme=theme,
    )  # fmt: skip
    visited.page.evaluate(base.AXE_SCRIPT)
    visited.app("app.panel.open('article')")
    for row in (None, "a", "e"):
        if row:
            visited.app(f"app.select({visited.row(row)}, true)")
        visited.quiet()
        found = visited.page.evaluate(
            """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
            .map(({ id, nodes }) => [id, nodes.map((n) => n.html.slice(0, 120))])"""
        )
        assert found == [], row


def luminance(colour):
    channels = [float(part) for part in re.findall(r"[\d.]+(?:e-\d+)?", colour.split("srgb")[-1])]
    if "srgb" not in colour:
        channels = [value / 255 for value in channels]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_in_the_colour_of_any_type(visit, theme):
    kinds = list(EVENT_STYLES)
    article = "\n\n".join(f"Of {kind} they said this." for kind in kinds)
    frame = gpd.GeoDataFrame(
        {
            "event_type": kinds,
            "spans": [f"{(at := article.index(f'Of {kind} '))}-{at + 8}" for kind in kinds],
        },
        geometry=[Point(36 + i / 9, 36) for i in range(len(kinds))],
        crs=4326,
    )
    visited = visit(event_map(frame, article=article, theme=theme, basemap=None))
    look = """(node) => { const { color, backgroundColor: back, textDecorationColor: line }
        = getComputedStyle(node); return [color, back, line]; }"""
    card = visited.page.locator(".ge-panel").evaluate(look)[1]
    lines = set()
    for row, kind in enumerate(kinds):
        words = visited.page.locator(".ge-words").nth(row)
        color, back, line = words.evaluate(look)
        visited.app(f"app.select({row})")
        strong = words.evaluate(look)[1]
        assert contrast(color, back) >= 4.5, kind
        assert contrast(color, strong) >= 4.5, kind
        assert contrast(line, card) >= 3, kind
        assert strong != back, kind
        lines.add(line)
    assert len(lines) == len(kinds)


# --- text of strangers ---------------------------------------------------------------------------


def shown(text):
    """Text as a page shows it: what UTF-8 and HTML cannot hold, or turns text, is replaced."""
    seen = re.sub("[\0\u202a-\u202e\u2066-\u2069]", "\ufffd", text)
    return seen.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def squeezed(text):
    return " ".join(shown(text).split())


def nodes(visited):
    """The elements in the article, by name."""
    names = "(nodes) => [...new Set(nodes.map((n) => n.localName))].sort()"
    return visited.page.locator(".ge-article *").evaluate_all(names)


WATCH = """() => { window.ran = 0; window.alert = () => { window.ran += 1; };
    document.addEventListener("securitypolicyviolation", () => { window.ran += 1; }); }"""


def test_no_text_of_an_article_runs(visit):
    # So much plain text comes first that all of it is read as that.
    article = "Nothing happened here.\n\n" * 900
    article += "\n\n".join(f"He said {text} to us." for text in PAYLOADS)
    starts = [article.index(f"He said {text} to us.") for text in PAYLOADS]
    frame = gpd.GeoDataFrame(
        {
            # Objects: Arrow cannot hold every string that Python can.
            "event_type": pd.Series(["protest", *PAYLOADS[1:]], dtype=object),
            "problem": pd.Series(PAYLOADS, dtype=object),
            "spans": [f"{at}-{at + len(t) + 8}" for at, t in zip(starts, PAYLOADS, strict=True)],
        },
        geometry=[Point(36 + i / 50, 36) if i % 2 else None for i in range(len(PAYLOADS))],
        crs=4326,
    )
    visited = visit(event_map(frame, article=article, basemap=None, title="x"))
    visited.page.evaluate(WATCH)
    text = squeezed(visited.page.locator(".ge-article").evaluate("(node) => node.textContent"))
    # Some hold line breaks, which part paragraphs.
    plain = [text for text in PAYLOADS if "\n" not in text and "\u2028" not in text]
    assert [one for one in plain if squeezed(one) not in text] == []
    assert {*nodes(visited)} <= {"p", "h2", "h3", "mark", "span"}
    visited.page.evaluate(
        """async (app) => {
        for (const node of document.querySelectorAll(".ge-words")) {
            node.click();
            node.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
            await new Promise(requestAnimationFrame);
        }
    }"""
    )
    visited.quiet()
    assert visited.page.evaluate("() => window.ran") == 0
    assert (visited.errors, visited.dialogs, visited.online) == ([], [], [])


def test_a_hostile_web_page_is_text(visit):
    filler = "It was said by people who live close to the river, and by others."
    body = "".join(f"<p>They wrote {html.escape(text)} {filler}</p>" for text in ELEMENTS)
    body += "".join(f"<p>Before it {filler} {text} After it {filler}</p>" for text in ELEMENTS)
    page = f"<!doctype html><html><head><title>Of it</title></head><body><article><h1>Of it</h1>{body}</article></body></html>"  # noqa: E501 -- one line of HTML
    at = page.index("They wrote")
    frame = gpd.GeoDataFrame(
        {"event_type": ["protest"], "spans": [f"{at}-{at + 200}; 0-{len(page)}"]},
        geometry=[Point(36, 36)],
        crs=4326,
    )
    visited = visit(event_map(frame, article=page, basemap=None))
    visited.page.evaluate(WATCH)
    text = squeezed(visited.page.locator(".ge-article").evaluate("(node) => node.textContent"))
    assert "Before it It was said" in text
    assert "<script>alert(1)</script>" in text  # as it was written, escaped
    assert {*nodes(visited)} <= {"p", "h2", "h3", "mark", "span"}
    visited.page.locator(".ge-words").first.click()
    visited.quiet()
    assert visited.page.evaluate("() => window.ran") == 0
    assert (visited.errors, visited.dialogs, visited.online) == ([], [], [])


def test_a_long_article(visit):
    """Ten thousand words and three hundred events: all of them answer."""
    sentence = "Shells number {n} fell beside the river while people slept in their houses nearby."
    parts = [sentence.format(n=n) for n in range(750)]
    text = "\n\n".join(" ".join(parts[n : n + 5]) for n in range(0, 750, 5))
    assert len(text.split()) >= 9750
    starts = [text.index(part) for part in parts[::5] for _ in range(2)]
    frame = gpd.GeoDataFrame(
        {
            "event_id": [f"{n}" for n in range(300)],
            "event_type": ["shelling", "protest"] * 150,
            "spans": [f"{at}-{at + 20 + n % 2}" for n, at in enumerate(starts)],
        },
        geometry=[Point(36 + n % 20 / 9, 36 + n // 20 / 9) for n in range(300)],
        crs=4326,
    )
    visited = visit(event_map(frame, article=text, basemap=None), reduced_motion="reduce")
    assert visited.page.locator(".ge-article > .ge-text").count() == 150
    assert visited.app("app.reading.byRow.size") == 300
    visited.app("app.select(299, true)")
    visited.quiet()
    words = visited.page.locator(".ge-words[aria-current=true]")
    assert is_seen(visited, words.first)
    assert "".join(words.all_text_contents()) == "Shells number 745 fel"
    assert visited.errors == []
