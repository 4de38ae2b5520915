"""Text from reports is never run, whatever it holds and wherever it is shown."""

import base64
import csv
import hashlib
import io
import json
import re
import runpy
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

import geoevents as ge
from geoevents.maps import event_map
from geoevents.maps.policy import TILE_HOSTS
from geoevents.maps.program import asset, program, styles

pytestmark = pytest.mark.browser

PAYLOADS = runpy.run_path(str(Path(__file__).with_name("payloads.py")))["PAYLOADS"]
TITLE, SUBTITLE = "\n".join(PAYLOADS), "\n".join(PAYLOADS[::-1])

TEXTS = (
    "event_id", "event_type", "actor", "target", "date_precision", "locality", "place", "status",
    "source", "quote", "explanation", "relation", "problem", "place_ids",
)  # fmt: skip
FREE = ("event_id", "actor", "target", "locality", "place", "source", "quote", "explanation")
"""Columns of a file that the schema lets hold any text."""

SAVED = TEXTS[:12]
"""Columns that downloads have: not what only says why an event has no place."""

ASKED = ["q", "off", "hide", "actor", "status", "e", "z", "lat", "lng", "f", "t", "b", "still",
         "tab"]  # fmt: skip
"""What an address may ask for."""

FORMULA = tuple("=+-@\t\r\n＝＋－＠")

WATCH = """
window.violations = [];
window.made = [];
window.born = Object.getOwnPropertyNames(Object.prototype).join();
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
// What no text may become, in the page or on its way there.
window.wrongIn = (top) => [top, ...top.querySelectorAll("*")].flatMap((node) => {
  const tags = "script,iframe,frame,object,embed,link,base,meta,form,template,img,image,video,"
    + "audio,source,style,math,noscript,animate,use,marquee,body,x,isindex";
  const bad = tags.split(",").includes(node.localName) ? ["is made"] : [];
  for (const { name, value } of node.attributes) {
    if (/^on/i.test(name)) bad.push(name);
    const address = /^(xlink:)?(href|src|srcset|srcdoc|data|action|formaction|poster)$/i.test(name);
    const safe = /^https?:\\/\\/[^\\s]/i.test(value) || value === "#close"
      || (node.download && value.startsWith("blob:"));
    const link = node.localName === "a" && name === "href" && safe;
    if (address && !link) bad.push(`${name}=${value}`);
    if (name === "style" && /url\\(|javascript|image-set/i.test(value)) bad.push(value);
  }
  return bad.map((what) => `${node.localName} ${what}`);
});
window.watch = () => new MutationObserver((records) => {
  for (const { type, target, addedNodes } of records) {
    const nodes = type === "attributes" ? [target.cloneNode(false)] : [...addedNodes];
    for (const node of nodes) if (node.nodeType === 1) window.made.push(...window.wrongIn(node));
  }
}).observe(document, { subtree: true, childList: true, attributes: true });
"""

LAYER = """
const app = window[Object.keys(window).find((name) => name.startsWith("event_layer_"))];
const $ = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const turn = () => new Promise((done) => setTimeout(done));
const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
const type = (field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const press = (node, key) => node.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const point = (at) => {
  const latlng = app.map.containerPointToLatLng(at);
  const [containerPoint, layerPoint] = [app.L.point(at), app.map.containerPointToLayerPoint(at)];
  const originalEvent = { target: app.map.getContainer() };
  const event = { latlng, containerPoint, layerPoint, originalEvent };
  app.map.fire("mousemove", event);
  app.map.fire("click", event);
};
"""


def texts(values):
    """A column of Python strings: Arrow cannot hold a lone surrogate."""
    return pd.Series(values, dtype=object)


def framed(columns, geometry):
    """A frame of columns whose names pandas would not take: Arrow again."""
    frame = pd.DataFrame(dict(enumerate(columns.values())))
    frame.columns = pd.Index(columns, dtype=object)
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=4326)


def joined(frames):
    """One frame of several, with a number for each row: `pandas.concat` does not take the names."""
    names = dict.fromkeys(name for frame in frames for name in frame if name != "geometry")
    rows = [row for frame in frames for row in frame.drop(columns="geometry").to_dict("records")]
    columns = {name: texts([row.get(name) for row in rows]) for name in names} | {
        "start": pd.to_datetime([row["start"] for row in rows]), "row_number": range(len(rows)),
    }  # fmt: skip
    return framed(columns, [shape for frame in frames for shape in frame.geometry])


def shown(text):
    """What a browser shows of a text: NUL and half a character are no characters."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def beside(name):
    """A name as it stands on either side of an arrow, which it must not turn round."""
    return f"\u2068{TURNS.sub('', name)}\u2069" if TURNS.search(name) else name


def towards(name):
    """Somebody against themselves."""
    mark = "\u200e" if TURNS.search(name) else ""
    return f"{mark}{beside(name)} → {beside(name)}"


class Poisoned:
    """A gazetteer whose own names and sources are hostile."""

    def window(self, _bounds, **_):
        return self.features(PAYLOADS).assign(kind="populated place", population=10**6)

    def features(self, ids):
        frame = pd.DataFrame({"id": texts(ids), "name": texts(ids)})
        # Only sources that begin like a name are named.
        frame = frame.assign(kind="river", country="SY", source=texts([f"A {i}" for i in ids]))
        frame = frame.assign(population=0, uncertainty_m=1000.0)
        points = [Point(36 + i % 10 / 3, 36 + i // 10 / 4) for i in range(len(frame))]
        return gpd.GeoDataFrame(frame, geometry=points, crs=4326)


def hostile(*, dated=True):
    """Every text of every event is a payload, shapes of all kinds, one more column of each."""
    count = len(PAYLOADS)
    columns = {name: texts(PAYLOADS) for name in TEXTS}
    # An id that holds the separator of ids would be two.
    columns["place_ids"] = texts([text.replace(";", "") for text in PAYLOADS])
    columns["start"] = pd.date_range("2017-09-01", periods=count) if dated else texts(PAYLOADS)
    columns["end"] = texts(PAYLOADS)
    for i, text in enumerate(PAYLOADS):
        columns[text] = texts([text if i == row else None for row in range(count)])
    places = [(36 + i % 10 / 3, 36 + i // 10 / 4) for i in range(count)]
    areas = [box(x, y, x + 0.1, y + 0.1) for x, y in places]
    shapes = [Point(places[i]) if i % 3 else area for i, area in enumerate(areas)]
    shapes[-3:] = [None] * 3
    return framed(columns, shapes)


def harmless(frame):
    """The same table with the same shape and no harm in it."""
    return frame.map(lambda value: "word" if isinstance(value, str) else value).set_axis(
        [name if name in {*TEXTS, "start", "end", "geometry"} else f"column {i}"
         for i, name in enumerate(frame.columns)],
        axis="columns",
    ).set_geometry("geometry", crs=4326)  # fmt: skip


# --- files ---------------------------------------------------------------------------------------


def storable(kind, text):
    """Whether a format can hold a text at all: GeoJSON holds NUL by an escape, Parquet as it is."""
    return "\ud800" not in text and ("\0" not in text or kind in {"geojson", "parquet"})


def table_of(kind):
    """What of the payloads a file can hold: a row for each, and a column called by each."""
    held = [text for text in PAYLOADS if storable(kind, text)]
    columns = {"event_type": ["air strike"] * len(held), **dict.fromkeys(FREE, held)}
    columns["event_id"] = [f"{kind} {text}" for text in held]
    columns["start"] = ["2017-09-16"] * len(held)
    for i, text in enumerate(held):
        columns[text] = [text if i == row else None for row in range(len(held))]
    frame = pd.DataFrame({name: texts(values) for name, values in columns.items()})
    points = [Point(36 + i % 10 / 3, 38.6 + i // 10 / 4) for i in range(len(held))]
    return gpd.GeoDataFrame(frame, geometry=points, crs=4326)


def write(kind, path):
    """Write a file as an attacker would: not with our own writer."""
    frame = table_of(kind)
    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(frame.columns)
            rows.writerows(frame.fillna("").itertuples(index=False))
    elif kind == "geojson":
        features = [
            {"type": "Feature", "properties": said, "geometry": AT}
            for said in frame.drop(columns="geometry").to_dict("records")
        ]  # fmt: skip
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    elif kind == "gpkg":
        frame.to_file(path, driver="GPKG")
    else:
        frame.to_parquet(path)


AT = {"type": "Point", "coordinates": [36, 38.6]}

LEFT_OUT = {"csv": 2, "geojson": 2, "gpkg": 2, "parquet": 2}
"""Of each format, payloads that it cannot hold or that `ge.read_events` refuses: NUL, and half a
surrogate pair."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The payloads as each format gives them back."""
    folder = tmp_path_factory.mktemp("files")
    read = {}
    for kind in LEFT_OUT:
        path = folder / f"events.{kind}"
        write(kind, path)
        read[kind], _ = ge.read_events(path, errors="split")
    return read


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_files_give_payloads_back_as_they_are(files, kind):
    frame = files[kind]
    assert len(PAYLOADS) - len(frame) == LEFT_OUT[kind]
    kept = [text for text in PAYLOADS if "\0" not in text and "\ud800" not in text]
    for name in FREE:
        prefix = f"{kind} " if name == "event_id" else ""
        assert list(frame[name]) == [f"{prefix}{text}".strip() for text in kept]
    assert len(kept) - len({text.strip() for text in kept} & {*map(str.strip, frame.columns)}) == 0


# --- visits --------------------------------------------------------------------------------------


class Watched:
    """A page in which nothing may happen that the map does not do itself."""

    def __init__(self, page):
        self.page = page
        self.errors, self.dialogs, self.online = [], [], []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        page.on("dialog", self._on_dialog)
        page.on("popup", lambda opened: self.online.append(opened.url))

    def _on_console(self, message):
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def _on_dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def run(self, code):
        """Run JavaScript with ``app`` and a few tools."""
        return self.page.evaluate(f"async () => {{ {LAYER} {code} }}")

    def saved(self, code):
        """The one file that some JavaScript lets the reader save."""
        with self.page.expect_download() as waiting:
            self.run(code)
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()

    def see(self, frame=None):
        """Assert that nothing has happened."""
        found = (frame or self.page).evaluate(
            """async () => {
            await new Promise((done) => setTimeout(done, 30));
            const parts = [...document.querySelectorAll("body > :not(script)")];
            const born = Object.getOwnPropertyNames(Object.prototype).join() === window.born;
            return {
                made: window.made,
                wrong: parts.flatMap(window.wrongIn),
                scripts: document.scripts.length,
                violations: window.violations,
                prototype: born && {}.x === undefined,
            };
        }"""
        )
        assert found == {
            "made": [],
            "wrong": [],
            "scripts": found["scripts"],
            "violations": [],
            "prototype": True,
        }
        assert (self.dialogs, self.errors, self.online) == ([], [], [])
        return found["scripts"]


@pytest.fixture
def watched(contexts, tmp_path):
    """Open pages that are watched from the first moment; all network fails, and is noted."""
    lent = []

    def open_page(page, fragment="", *, ready=True, **options):
        context = contexts.lend(
            WATCH, viewport={"width": 1400, "height": 900}, reduced_motion="reduce", **options
        )
        lent.append(context)
        visited = Watched(context.new_page())

        def refuse(route):
            visited.online.append(route.request.url)
            route.abort("failed")

        context.route(re.compile("^(?!file:|data:|blob:|about:)"), refuse)
        path = tmp_path / f"page{len(lent)}.html"
        path.write_bytes(page.encode("utf-8", "replace"))
        visited.page.goto(path.as_uri() + fragment)
        if ready:
            visited.run("await app.ready; await frame();")
        visited.page.evaluate("() => window.watch()")
        return visited

    yield open_page
    for context in lent:
        contexts.take_back(context)


def rendered(*args, **options):
    return event_map(*args, **options).get_root().render()


def test_the_payloads_would_run_and_the_watch_sees_them(watched):
    """The other way round: without escaping, in a page without a policy."""
    visited = watched("<!DOCTYPE html><title>x</title><body><div></div>", ready=False)
    missed = visited.page.evaluate(
        """async (payloads) => {
        const missed = [];
        window.ran = 0;
        window.alert = () => window.ran++;
        for (const text of payloads) {
            window.made = [];
            // Each stays where it is: what it loads may fail, and so run, much later.
            const place = document.body.appendChild(document.createElement("div"));
            place.innerHTML = text;
            await new Promise((done) => setTimeout(done));
            if (!window.made.length) missed.push(text);
        }
        return missed;
    }""",
        # A page that goes elsewhere has no more to say.
        [text for text in PAYLOADS if re.search(r"<[a-z!]", text) and "refresh" not in text],
    )
    visited.page.wait_for_function("() => window.ran > 15")
    # These need a parser of scripts or of whole documents.
    assert [text for text in missed if re.match(r"<(?!body|!--|button|x |a href|p )", text)] == []
    assert any("evil.example" in address for address in visited.online)


def test_no_text_of_an_event_runs(watched, files):
    direct = hostile()
    # Each payload by itself, and once more by way of a file: what those give is the same in all.
    frame = joined(
        [direct, *(read.iloc[i::4].assign(end=None) for i, read in enumerate(files.values()))]
    )
    page = rendered(frame, title=TITLE, subtitle=SUBTITLE, gazetteer=Poisoned(),
                    actors=dict.fromkeys(PAYLOADS, "#123456"))  # fmt: skip
    visited = watched(page)
    scripts = visited.see()
    title = visited.page.title()
    assert visited.run("return [$('h1'), $('.ge-subtitle')].map((n) => n.textContent)") == [
        TITLE, SUBTITLE,
    ]  # fmt: skip

    # Popups, paged through.
    told = visited.run("""
    const rows = Array.from({ length: app.events.placed }, (_, row) => row);
    app.select(rows[0], false, null, rows);
    const told = [];
    for (const row of rows) {
        told.push([app.read("row_number", row), $(".ge-event").textContent]);
        $(".ge-next").click();
        app.pointing.hint({ item: { count: 1, rows: [row] } }, app.map.getCenter());
        if (told.length % 50 === 0) await turn();
    }
    return told;
    """)
    visited.see()
    for row, text in told:
        payload = frame.loc[int(row), "quote"]
        # In each of its fields, and under its own name.
        named = text.count(beside(payload)) if TURNS.search(payload) else 0
        assert text.count(shown(payload)) + named >= 7, payload
    assert len(told) == len(frame) - 3 > 190

    # What is clicked and hovered on the map.
    visited.run("""
    app.map.closePopup();
    const { offset } = app.painting.pointView;
    for (const { x, y } of app.markers.drawn) {
        point(app.map.layerPointToContainerPoint([x + offset.x, y + offset.y]));
    }
    for (const { index } of app.painting.areaPaths) {
        const [west, north, , south] = app.regions.shapes.box(index);
        point(app.map.latLngToContainerPoint(app.latLngOf(west, (north + south) / 2)));
    }
    app.fit({ animate: false });
    """)
    visited.see()

    # The list, whole.
    listed = visited.run("""
    app.panel.open("events");
    const only = $(".ge-only input");
    if (only.checked) only.click();
    await frame();
    const list = $(".ge-list"), seen = new Set();
    for (let top = 0; top < list.scrollHeight; top += list.clientHeight / 2) {
        list.scrollTop = top;
        list.dispatchEvent(new Event("scroll"));
        for (const item of all(".ge-list .ge-item-where")) seen.add(item.title);
    }
    return [...seen];
    """)
    visited.see()
    assert {f"{text} · {towards(text)}" for text in map(shown, PAYLOADS[:-3])} <= {*listed}

    # Looked for in the list, in the choosers, and in the search card.
    hits = visited.run(f"""
    const payloads = {json.dumps(PAYLOADS)};
    const words = $(".ge-filters > .ge-field"), hits = [];
    for (const text of payloads) {{
        type(words, text);
        press(words, "Enter");
        hits.push(app.filter.rows.length);
    }}
    type(words, "");
    press(words, "Enter");
    for (const choice of all(".ge-choice")) {{
        choice.click();
        const body = document.getElementById(choice.getAttribute("aria-controls"));
        const field = body.querySelector(".ge-field");
        // Each actor; of types and states, which are made alike, some.
        const step = body.id.endsWith("_actor") ? 1 : 9;
        for (let i = 0; i < 100; i += step) type(field, payloads[i]);
        type(field, "");
        for (let i = 0; i < 100; i += step)
            body.querySelectorAll("input[type=checkbox]")[i]?.click();
        await turn();
    }}
    [...all(".ge-counted .ge-small")].find((n) => n.textContent.startsWith("Clear")).click();
    app.panel.open("legend");
    for (const text of payloads) {{
        if (!$(".ge-search-field")) $(".ge-tool-search").click();
        type($(".ge-search-field"), text);
        press($(".ge-search-field"), "Enter");
    }}
    $(".ge-card-close")?.click();
    return hits;
    """)
    visited.see()
    assert sum(count > 0 for count in hits) > 80

    # The legend: all rows, all switches, what has no place.
    legend = visited.run("""
    app.panel.open("legend");
    for (const more of all(".ge-legend .ge-more:not([hidden])")) more.click();
    for (const details of all(".ge-legend details")) details.open = true;
    await frame();
    const text = $(".ge-legend").textContent;
    for (const node of all(".ge-legend label:has([type=checkbox])")) {
        node.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
        node.click();
    }
    for (const node of all(".ge-legend .ge-all button")) node.click();
    app.filter.types = new Set(app.events.types.keys());
    app.emit("filter");
    await frame();
    return text;
    """)
    visited.see()
    assert [text for text in PAYLOADS if shown(text)[1:] not in shown(legend)] == []

    # The bars of the time strip, a box around everything, points measured.
    visited.run("""
    const strip = $(".ge-time-strip"), box = $(".ge-time-canvas").getBoundingClientRect();
    for (let x = 20; x < box.width - 20; x += 20) {
        strip.dispatchEvent(new PointerEvent("pointermove", {
            bubbles: true, pointerType: "mouse", clientX: box.left + x, clientY: box.top + 20 }));
    }
    app.clock.set(app.clock.first, app.clock.first + 14400);
    await frame();
    app.clock.showAll();
    app.fit({ animate: false });
    $(".ge-tool-measure").click();
    for (const at of [[300, 300], [500, 320], [450, 500]]) point(at);
    $(".ge-tool-box").click();
    for (const at of [[1, 1], [1050, 700]]) point(at);
    await frame();
    """)
    assert visited.page.locator(".ge-box .ge-lines li").count() > 1
    visited.see()

    # Addresses made of payloads.
    visited.run(f"""
    for (const text of {json.dumps(PAYLOADS)}) {{
        const said = new URLSearchParams();
        for (const name of {json.dumps(ASKED)}) said.append(name, text);
        for (const hash of [`#${{said}}`, `#${{text}}&__proto__[x]=1`]) {{
            history.replaceState(null, "", hash.replace(/[\\ud800-\\udfff]/g, ""));
            app.link.read();
        }}
        app.link.write();
    }}
    app.filter.text = "";
    app.emit("filter");
    app.clock?.showAll();
    app.fit({{ animate: false }});
    """)
    visited.see()
    assert visited.page.title() == title
    assert visited.see() == scripts

    as_it_is_saved(visited, frame)
    name, content = visited.saved("$('.ge-tool-picture').click();")
    assert re.fullmatch(r"[\w-]+\.png", name)
    assert content.startswith(b"\x89PNG")
    assert visited.see() == scripts

    # Nothing of all that has widened the policy.
    assert blocked(visited.page) == [
        "connect-src https://evil.example/x", "img-src https://evil.example/x",
        "script-src-attr inline", "script-src-elem inline",
    ]  # fmt: skip
    assert visited.online == []


def written(value):
    """What a file says of a value."""
    return shown(value) if isinstance(value, str) else ""


def guarded(text):
    """What a CSV file holds of a text: an apostrophe keeps spreadsheets from computing it."""
    return re.sub(r"(^|[;\t])(?=[=+\-@\t\r\n＝＋－＠])", r"\1'", text)


def as_it_is_saved(visited, frame):
    """Save GeoJSON and CSV, read them again, and compare each text with what was given."""
    click = """
    if (!$(".ge-card-download")) $(".ge-tool-download").click();
    all(".ge-saves button").find((n) => n.textContent === "Save FORMAT").click();
    """
    name, content = visited.saved(click.replace("FORMAT", "GeoJSON"))
    assert re.fullmatch(r"[\w-]+-events\.geojson", name)
    features = json.loads(content)["features"]
    assert len(features) == len(frame) - 3
    for feature in features:
        said = {shown(key): shown(f"{value or ''}") for key, value in feature["properties"].items()}
        row = frame.loc[int(float(said["row_number"] or 0))]
        for column in (*SAVED, *PAYLOADS):
            assert said[shown(column)] == written(row[column])
    name, content = visited.saved(click.replace("FORMAT", "CSV"))
    assert re.fullmatch(r"[\w-]+-events\.csv", name)
    lines = list(csv.DictReader(io.StringIO(shown(content.decode("utf-8-sig")), newline="")))
    assert len(lines) == len(frame) - 3
    for line in lines:
        row = frame.loc[int(line["row_number"])]
        for column in (*SAVED, *PAYLOADS):
            assert line[guarded(shown(column))] == guarded(written(row[column]))
    cells = {cell for line in lines for cell in (*line, *line.values())}
    computed = [cell for cell in cells if cell.startswith(FORMULA)]
    assert all(re.fullmatch(r"-\d+(\.\d+)?", cell) for cell in computed)


def blocked(page):
    """Do what an intruder would; what the policy says to it."""
    return page.evaluate("""async () => {
    window.violations = [];
    document.body.insertAdjacentHTML("beforeend", "<p onclick='window.ran = 1'>x</p>");
    document.body.lastElementChild.click();
    const script = document.createElement("script");
    script.text = "window.ran = 1";
    document.body.append(script);
    new Image().src = "https://evil.example/x";
    await fetch("https://evil.example/x").catch(() => 0);
    await new Promise((done) => setTimeout(done, 100));
    return window.ran ? ["it ran"] : window.violations.sort();
    }""")


class Held:
    """A Territory whose actors and sources are hostile."""

    def __init__(self):
        count = len(PAYLOADS)
        grid = [box(36 + i % 10, 36 + i // 10, 37 + i % 10, 37 + i // 10) for i in range(count)]
        dates = pd.to_datetime(["2017-09-01", "2017-09-16"])
        self.frame = gpd.GeoDataFrame(
            {
                "date": dates.repeat(count),
                "actor": texts(PAYLOADS * 2),
                "source": texts([*PAYLOADS, *PAYLOADS[::-1]]),
                "inferred": True,
            },
            geometry=[*grid, *grid[::-1]],
            crs=4326,
        )
        self.dates, self.actors = dates, PAYLOADS

    def area_ranges(self):
        area = dict.fromkeys(("area_km2", "area_low_km2", "area_high_km2"), 1.0)
        return self.frame[["date", "actor"]].assign(**area)


def ground(*, given):
    """Control, localities, events whose dates are payloads and, if wanted, changes as well."""
    count = len(PAYLOADS)
    corners = [(36.4 + i % 10, 36.4 + i // 10) for i in range(count)]
    small = [box(x, y, x + 0.2, y + 0.2) for x, y in corners]
    changes = gpd.GeoDataFrame(
        {
            **{name: texts(PAYLOADS) for name in ("from_actor", "source", "start", "end")},
            "to_actor": texts([None, *PAYLOADS[:0:-1]]),
            "area_km2": 1.0,
        },
        geometry=small,
        crs=4326,
    )
    described = gpd.GeoDataFrame(
        dict.fromkeys(("text", "explanation", "relation", "problem", "place_ids"), texts(PAYLOADS)),
        geometry=[box(45 + i / 10, 30, 45.1 + i / 10, 31) if i % 2 else None for i in range(count)],
        crs=4326,
    )
    events = hostile(dated=False)[["event_type", "start", "end", "source", "geometry"]]
    return {
        "events": events, "territory": Held(), "localities": described,
        "changes": changes if given else None, "actors": dict.fromkeys(PAYLOADS, "#123456"),
        "title": TITLE, "subtitle": SUBTITLE, "gazetteer": Poisoned(),
    }  # fmt: skip


@pytest.mark.parametrize("given", [True, False], ids=["changes given", "changes found"])
def test_no_text_about_ground_runs(watched, given):
    visited = watched(rendered(**ground(given=given)))
    scripts = visited.see()
    clicked = """
    const told = [];
    app.map.closePopup();
    for (let i = 0; i < 100; i++) {
        for (const off of [0.2, 0.5]) {
            const at = [36 + Math.floor(i / 10) + off, 36 + (i % 10) + off];
            point(app.map.latLngToContainerPoint(at));
            told.push($(".ge-event")?.textContent ?? "");
        }
    }
    for (const { index, what } of app.painting.areaPaths) {
        if (what !== "locality") continue;
        const { wx, wy } = app.localities;
        point(app.map.latLngToContainerPoint(app.latLngOf(wx[index], wy[index])));
        told.push($(".ge-event").textContent);
    }
    return told.join("\\n");
    """
    told = visited.run(clicked)
    visited.see()
    assert [text for text in PAYLOADS if shown(text) not in shown(told)] == []

    legend = visited.run("""
    app.panel.open("legend");
    for (const more of all(".ge-legend .ge-more:not([hidden])")) more.click();
    for (const details of all(".ge-legend details")) details.open = true;
    await frame();
    const text = $(".ge-legend").textContent;
    for (const node of all(".ge-legend label:has([type=checkbox])")) {
        node.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
        node.click();
    }
    for (const node of all(".ge-legend .ge-all button")) node.click();
    for (const node of all(".ge-legend .ge-all button:first-child")) node.click();
    return text;
    """)
    visited.see()
    assert [text for text in PAYLOADS if shown(text) not in shown(legend)] == []

    table = visited.run("""
    app.panel.open("ground");
    for (const more of all(".ge-ground .ge-more")) more.click();
    for (const select of all(".ge-ground select")) {
        for (const option of select.options) {
            select.value = option.value;
            select.dispatchEvent(new Event("change"));
        }
    }
    await new Promise((done) => setTimeout(done, 200));
    const text = [$(".ge-transitions").textContent, $(".ge-totals").textContent].join("\\n");
    all(".ge-ground .ge-button").at(-1).click();
    await frame();
    app.setTheme("dark");
    await frame();
    $(".ge-swipe-handle").focus();
    press($(".ge-swipe-handle"), "ArrowLeft");
    all(".ge-ground .ge-button").at(-1).click();
    return text;
    """)
    visited.see()
    assert [text for text in PAYLOADS[1:] if shown(text) not in shown(table)] == []

    visited.run("""
    app.clock?.showAll();
    app.fit({ animate: false });
    $(".ge-tool-box").click();
    for (const at of [[1, 1], [1050, 700]]) point(at);
    await frame();
    """)
    visited.see()
    assert visited.page.locator(".ge-box .ge-lines li").count() > 1

    kinds = ["Control", "Ground"]
    for kind in kinds:
        name, content = visited.saved(f"""
        if (!$(".ge-card-download")) $(".ge-tool-download").click();
        $(".ge-saves button[aria-label^={kind}]").click();
        """)
        assert re.fullmatch(r"[\w-]+\.geojson", name)
        said = [feature["properties"] for feature in json.loads(content)["features"]]
        actors = {said_of.get("actor", said_of.get("to_actor")) for said_of in said} - {None, ""}
        assert {shown(actor) for actor in actors} <= {*map(shown, PAYLOADS)}
        assert len(actors) > 90
    name, content = visited.saved("$('.ge-tool-picture').click();")
    assert content.startswith(b"\x89PNG")
    assert visited.see() == scripts


def test_an_address_made_of_payloads_opens_the_map(watched):
    page = rendered(hostile().iloc[:3], gazetteer=Poisoned())
    said = "&".join(f"{name}={text}" for text in PAYLOADS if text.isprintable() for name in ASKED)
    visited = watched(page, f"#__proto__[x]=1&constructor.prototype.x=1&{said}")
    visited.see()
    assert visited.run("return app.events.placed;") == 3


def test_no_name_turns_who_did_it_to_whom(watched):
    actors = ["الجيش", "\u202eAAA", "\u2069\u202eAAA", "AAA", "\u200fAAA"]
    points = [Point(36, 36)] * len(actors)
    frame = gpd.GeoDataFrame({"actor": actors, "target": "BBB"}, geometry=points, crs=4326)
    visited = watched(rendered(frame, basemap=None))
    left = visited.run("""
    const left = [];
    for (let row = 0; row < app.events.placed; row++) {
        app.select(row);
        const who = $(".ge-facts dd"), text = who.firstChild;
        left.push(["→", "BBB"].map((word) => {
            const range = document.createRange();
            range.setStart(text, text.data.indexOf(word));
            range.setEnd(text, text.data.indexOf(word) + word.length);
            return range.getBoundingClientRect().left - who.getBoundingClientRect().left;
        }));
    }
    return left;
    """)
    assert all(10 < arrow < target for arrow, target in left), left


def test_in_a_notebook(watched):
    shown_map = event_map(hostile(), title=TITLE, subtitle=SUBTITLE, gazetteer=Poisoned())
    visited = watched(
        f"<!DOCTYPE html><title>Notebook</title><body>{shown_map._repr_html_()}</body>", ready=False
    )
    inner = next(frame for frame in visited.page.frames if frame.parent_frame)
    inner.evaluate(f"""async () => {{ {LAYER}
    await app.ready;
    window.watch();
    for (let row = 0; row < app.events.placed; row++) app.select(row);
    app.panel.open("events");
    await frame();
    }}""")
    visited.see(inner)
    assert visited.page.title() == "Notebook"
    assert visited.page.evaluate("() => [violations, document.body.children.length]") == [[], 1]


def test_a_picture_of_it_is_taken(tmp_path):
    path = tmp_path / "map.png"
    shown_map = event_map(hostile().iloc[:20], title=TITLE, subtitle=SUBTITLE, gazetteer=Poisoned())
    shown_map.to_png(path, 800, 600, scale=1)
    assert path.read_bytes().startswith(b"\x89PNG")


# --- what stands in the page ---------------------------------------------------------------------


BRIEF = event_map(None, basemap=None).layer.leave_out
"""Modules that maps without several dates of control do without."""


def bare(page):
    """A page without the scripts and styles that are the same in all."""
    for text in (asset("vendor/leaflet.js"), program(BRIEF), styles(), asset("vendor/leaflet.css")):
        page = page.replace(text, "")
    return re.sub(r'(<script type="text/plain"[^>]*>)[^<]*', r"\1", page)


def test_any_title_is_the_title(watched):
    """Parsed by the browser, the page has the elements of any other, and that title."""
    event_maps = [event_map(None, title=text, subtitle=text, basemap=None) for text in PAYLOADS]
    pages = [bare(shown_map.get_root().render()) for shown_map in event_maps]
    plain = bare(rendered(None, title="Plain", subtitle="Plain", basemap=None))
    visited = watched("<!DOCTYPE html><title>x</title><body>", ready=False)
    parsed = visited.page.evaluate(
        """(pages) => pages.map((page) => {
        const read = new DOMParser().parseFromString(page, "text/html");
        const nodes = [...read.querySelectorAll("*")];
        const outline = nodes.map((n) => [n.localName, ...n.getAttributeNames()].join()).join(" ");
        return [read.querySelector("title").textContent, outline];
    })""",
        [plain, *(page.encode("utf-8", "replace").decode() for page in pages)],
    )
    outline = parsed[0][1]
    for text, (title, found) in zip(PAYLOADS, parsed[1:], strict=True):
        assert title == shown(text).replace("\ufffd surrogate", "? surrogate"), text
        assert found == outline, text
    visited.see()


def test_what_stands_in_the_page_hangs_on_no_text():
    """The page of a hostile map is that of a harmless one, but for data, digests and the title."""
    options = {"title": "Same", "gazetteer": Poisoned()}
    pages = [rendered(frame, **options) for frame in (hostile(), harmless(hostile()))]
    plain = [re.sub(r"sha256-[\w+/=]+|_[0-9a-f]{16}(?![0-9a-f])", "", bare(page)) for page in pages]
    assert plain[0] == plain[1]
    assert not re.search(r"alert\(1\)|evil\.example", bare(pages[0]))


def test_the_policy_hashes_each_script_and_no_more():
    page = rendered(hostile(), title=TITLE, gazetteer=Poisoned())
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert page.index("Content-Security-Policy") < page.index("<title>")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(re.findall("<script", bare(page))) == len(inline) + page.count('type="text/plain"')
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in inline
    }
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert {*rules["script-src"]} == hashes
    assert len(rules["script-src"]) == len(inline)
    assert rules == {
        "default-src": ["'none'"],
        "script-src": rules["script-src"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:", *TILE_HOSTS],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "object-src": ["'none'"],
    }  # fmt: skip
