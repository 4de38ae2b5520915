"""The address holds the view: it restores it, and whatever it holds does no harm."""

import re
from urllib.parse import quote

import pytest

from geoevents.maps import event_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shared(visit_once, story_events, story_ground):
    return visit_once(event_map(story_events, territory=story_ground, basemap=None))


def seen(visited):
    """What a link is to restore."""
    visited.quiet()
    return visited.app(
        """({
        centre: [app.map.getCenter().lat.toFixed(4), app.map.getCenter().lng.toFixed(4)],
        zoom: app.map.getZoom(),
        window: [app.clock.from, app.clock.to],
        types: [...app.filter.types].sort(),
        actors: app.filter.actors && [...app.filter.actors].sort(),
        statuses: app.filter.statuses && [...app.filter.statuses].sort(),
        text: app.filter.text,
        rows: Array.from(app.filter.rows),
        selected: app.selected,
        popup: document.querySelector(".ge-event")?.ariaLabel ?? null,
        compare: app.compare.on && app.compare.before,
        layers: Object.entries(app.visible).map(([name, on]) =>
            [name, on instanceof Set ? [...on].sort() : on]),
    })"""
    )


def fragment(visited):
    visited.quiet()
    return visited.page.evaluate("() => location.hash")


def reopened(visited, address):
    """The same file in a tab of its own, with another address."""
    visited.goto(visited.address + address)
    assert (visited.errors, visited.online, visited.dialogs) == ([], [], [])
    return seen(visited)


def test_a_link_restores_what_was_seen(shared):
    shared.goto(shared.address)
    opening = seen(shared)
    page = shared.page
    shared.app("app.map.setView([35.7, 37.2], 8.5, { animate: false })")
    shared.app("app.clock.set(app.control.dates[0], app.control.dates[1])")
    page.get_by_role("checkbox", name="Protest").uncheck()
    shared.open_tab("Events")
    page.get_by_label("Search the events").fill("Raqqa")
    page.get_by_label("Search the events").press("Enter")
    shared.app(f"app.select({shared.row('c')})")
    there = seen(shared)
    assert there["rows"] == [shared.row("a"), shared.row("c")]
    assert there["selected"] == shared.row("c")
    assert there["popup"] == "air strike, 8 Sep 2017"
    link = fragment(shared)
    parts = {"f=2017-09-01", "t=2017-09-08", "z=8.5", "lat=35.70000", "lng=37.20000"}
    assert parts | {"q=Raqqa", "off=protest", f"e={shared.row('c')}"} == set(link[1:].split("&"))
    assert reopened(shared, link) == there
    # And what was written is written again.
    assert fragment(shared) == link
    # The bare address is the map as it was made.
    assert reopened(shared, "") == opening


def test_a_link_restores_actors_statuses_and_layers(shared):
    shared.goto(shared.address)
    page = shared.page
    page.locator(".ge-holders").get_by_label("ISIS").uncheck()
    page.locator(".ge-gainers").get_by_label("SDF").uncheck()
    shared.open_tab("Events")
    for what, names in (("Actor", ["SDF", "(nobody named)"]), ("Status", ["reported"])):
        page.locator(".ge-choice", has_text=what).click()
        for name in names:
            page.get_by_role("group", name=what).get_by_label(name).check()
    there = seen(shared)
    assert there["actors"] == ["", "SDF"]
    assert there["statuses"] == ["reported"]
    assert len(there["rows"]) == 4
    assert reopened(shared, fragment(shared)) == there


def test_a_link_restores_the_comparison(shared):
    shared.goto(shared.address)
    shared.app("(app.clock.set(app.control.dates[1], app.control.dates[2]), app.compare.toggle())")
    there = seen(shared)
    link = fragment(shared)
    assert "b=2017-09-08" in link
    assert reopened(shared, link) == there
    assert shared.page.inner_text(".ge-swipe-left") == "8 Sep 2017"


def test_the_whole_period_is_in_the_link_of_a_map_that_opens_within_one(
    visit, story_events, story_ground
):
    shown = event_map(story_events, territory=story_ground, basemap=None, time="2017-09-08")
    visited = visit(shown)
    assert visited.shown() == ["a", "b", "c"]
    visited.page.get_by_role("button", name="All", exact=True).click()
    there = seen(visited)
    assert len(there["rows"]) == 6
    assert reopened(visited, fragment(visited)) == there


def test_a_link_followed_while_the_map_is_open_shows_all_that_it_says(shared):
    shared.goto(shared.address)
    opening = seen(shared)
    plain = fragment(shared)
    shared.page.get_by_role("checkbox", name="Protest").uncheck()
    shared.app("(app.clock.set(app.clock.first, app.clock.first), app.select(0))")
    narrow = fragment(shared)
    there = seen(shared)
    for link, expected in ((plain, opening), (narrow, there)):
        shared.page.evaluate("(link) => { location.hash = link; }", link)
        assert seen(shared) == expected
    assert shared.errors == []


HOSTILE = [
    "z=NaN&lat=NaN&lng=NaN", "z=Infinity", "z=1e999", "z=-5", "z=99", "z=0x10",
    "lat=1e999&lng=0", "lat=91&lng=0", "lat=-91&lng=36", "lat=36&lng=1e9", "lat=&lng=", "lat=35.7",
    "t=<script>alert(1)</script>", "t=2017-99-99", "f=9999-12-31&t=0001-01-01",
    "f=-271821-04-20&t=%2B275760-09-13", "t=javascript:alert(1)", "b=2017-13-01", "b=<b>",
    "off=constructor&off=__proto__&off=toString", "off=", "actor=__proto__", "status=constructor",
    "hide=__proto__&hide=constructor&hide=control", "e=-1", "e=1e99", "e=NaN", "e=0.5", "e=6",
    "e=__proto__", "still2=1", "%", "%E0%A4%A", "&&&===&&&", "__proto__=1&constructor=2",
    "hasOwnProperty=1", "z=8&z=NaN&lat=35&lat=x&lng=37", "\u202e\u0000=1",
]  # fmt: skip


def assert_unharmed(visited):
    assert (visited.errors, visited.dialogs, visited.online) == ([], [], [])
    centre, zoom = visited.app(
        "[[app.map.getCenter().lat, app.map.getCenter().lng], app.map.getZoom()]"
    )
    assert -90 <= centre[0] <= 90
    assert -720 <= centre[1] <= 720
    assert 0 <= zoom <= 19
    first, start, end, last = visited.app(
        "[app.clock.first, app.clock.from, app.clock.to, app.clock.last]"
    )
    assert first <= start <= end <= last
    assert visited.page.locator("body script:not([type='text/plain']), iframe").count() <= 1
    assert visited.app("app.selected") is None
    assert set(visited.app("[...app.filter.types]")) == {0, 1, 2}


def test_hostile_addresses_do_nothing_bad(shared):
    shared.goto(shared.address)
    for hostile in HOSTILE:
        shared.page.evaluate("(link) => { location.hash = link; }", hostile)
        shared.rested()
        assert_unharmed(shared)
    # The same when the page opens with them.
    for hostile in ("&".join(HOSTILE[:6]), "&".join(HOSTILE[6:20]), "&".join(HOSTILE[20:])):
        reopened(shared, "#" + quote(hostile, safe="=&%"))
        assert_unharmed(shared)


def test_a_huge_address_is_cut(shared):
    huge = "x" * 100_000
    reopened(shared, f"#q={huge}")
    assert len(shared.app("app.filter.text")) == 200
    assert len(fragment(shared)) < 1000
    reopened(shared, f"#off={huge}&t={huge}&e={huge}&z={huge}&{huge}&actor={huge}&hide={huge}")
    assert_unharmed(shared)
    assert len(fragment(shared)) < 1000
    many = "&".join(f"off=x{n}&actor=y{n}&hide=z{n}" for n in range(10_000))
    reopened(shared, f"#{many}")
    assert_unharmed(shared)
    assert len(fragment(shared)) < 1000


def test_text_of_an_address_is_text(shared):
    evil = "<img src=x onerror=alert(1)>"
    reopened(shared, f"#q={quote(evil)}")
    shared.open_tab("Events")
    assert shared.page.get_by_label("Search the events").input_value() == evil
    assert shared.app("app.filter.rows.length") == 0
    assert shared.page.locator("body img").count() == 0
    assert "No event passes the filters" in shared.page.inner_text(".ge-empty")


def test_only_the_first_map_of_a_page_has_the_address(visit, story_events, tmp_path):
    one, two = (event_map(story_events.iloc[:n], basemap=None, title=f"{n}") for n in (2, 3))
    two.layer.add_to(one)
    visited = visit(one)
    visited.quiet()
    assert visited.page.evaluate("() => location.hash").startswith("#z=")
    assert len(re.findall(r"z=", visited.page.evaluate("() => location.hash"))) == 1
    assert visited.errors == []
