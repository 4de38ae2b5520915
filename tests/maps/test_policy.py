"""What a page's Content-Security-Policy lets through, read as a browser reads it."""

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import folium
import geopandas as gpd
import numpy as np
import pytest
from branca.element import Element, Figure
from folium import plugins
from shapely.geometry import Point

from geoevents.errors import GeoeventsError
from geoevents.maps import EventLayer, EventMap, event_map
from geoevents.maps.page import Page, Raw
from geoevents.maps.policy import TILE_HOSTS, origin_of, policy, scripts_in
from geoevents.maps.program import asset

EVIL = "https://evil.example/x.png"


class Head(HTMLParser):
    """The elements of a page in order, the policy, and what its scripts say."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.order, self.policy, self.scripts, self.open = [], None, [], None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.order.append((tag, attrs))
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        inline = tag == "script" and "src" not in attrs and attrs.get("type") != "text/plain"
        self.open = [] if inline else None

    def handle_data(self, data):
        if self.open is not None:
            self.open.append(data)

    def handle_endtag(self, _):
        if self.open is not None:
            self.scripts.append("".join(self.open))
            self.open = None


def read(shown):
    return Head(shown.get_root().render())


def directives(text):
    parts = [part.split(" ") for part in text.split("; ")]
    assert len({name for name, *_ in parts}) == len(parts)
    return {name: sources for name, *sources in parts}


def of(shown):
    return directives(read(shown).policy)


def sha(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def shown(events, gazetteer):
    return event_map(events, title="A title", gazetteer=gazetteer)


def test_it_is_the_first_thing_after_the_encoding(shown):
    order = read(shown).order
    assert [tag for tag, _ in order[:4]] == ["html", "head", "meta", "meta"]
    assert order[2][1] == {"charset": "utf-8"}
    assert order[3][1]["http-equiv"] == "Content-Security-Policy"
    assert sum(tag == "meta" and "charset" in str(attrs) for tag, attrs in order) == 1


def test_the_whole_policy_of_a_plain_map(shown):
    head = read(shown)
    found = directives(head.policy)
    hashes = found.pop("script-src")
    assert found == {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:", *TILE_HOSTS],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "object-src": ["'none'"],
    }
    assert hashes == [sha(text) for text in head.scripts]
    assert len(hashes) >= 4  # folium's switches, Leaflet, ours, and what starts them


def test_the_tile_hosts_are_those_of_the_front_end():
    offered = re.findall(r'url: "([^"]+)"', asset("draw/tiles.js"))
    assert {origin_of(url) for url in offered} == set(TILE_HOSTS)


def test_without_a_base_map_no_host_at_all(events, gazetteer):
    found = of(event_map(events, basemap=None, gazetteer=gazetteer))
    assert found["img-src"] == ["data:", "blob:"]
    assert "http" not in str(found)


def test_a_second_layer_may_offer_tiles(gazetteer):
    shown = EventMap(basemap=None)
    EventLayer(basemap="osm", gazetteer=gazetteer).add_to(shown)
    assert of(shown)["img-src"] == ["data:", "blob:", *TILE_HOSTS]


def test_it_can_be_left_out(shown):
    shown.policy = None
    assert read(shown).policy is None


def test_a_notebook_has_it_too(shown):
    written = html.unescape(re.search(r'srcdoc="([^"]*)"', shown._repr_html_())[1])
    assert Head(written).policy == read(shown).policy


def test_rendering_twice_gives_the_same_page(shown):
    assert shown.get_root().render() == shown.get_root().render()


def test_text_of_events_cannot_widen_it(gazetteer):
    texts = [EVIL, f"<script src={EVIL}></script>", f'"><link href="{EVIL}">', f"url({EVIL})"]
    events = gpd.GeoDataFrame(
        {"event_type": texts, "source": texts, EVIL: texts, "place_ids": None},
        geometry=[Point(i, i) for i in range(4)],
        crs=4326,
    )
    shown = event_map(events, title=texts[1], subtitle=texts[2], gazetteer=gazetteer)
    folium.GeoJson(events, popup=folium.GeoJsonPopup([EVIL])).add_to(shown)
    folium.Marker((1, 1), popup=texts[1], tooltip=texts[2]).add_to(shown)
    assert "evil.example" not in read(shown).policy


def test_a_script_that_breaks_out_of_a_popup_is_not_hashed(shown):
    folium.Marker((1, 1), popup=folium.Popup("</script><script>alert(1)</script>")).add_to(shown)
    assert sha("alert(1)") not in of(shown)["script-src"]


def test_links_of_folium_are_let_through_script_by_script(shown):
    folium.Marker((36, 36), popup="x", icon=folium.Icon()).add_to(shown)
    found = of(shown)
    assert "https://code.jquery.com/jquery-3.7.1.min.js" in found["script-src"]
    # All of npm is on that host: one file of it is meant.
    assert "https://cdn.jsdelivr.net" not in found["script-src"]
    for directive in ("style-src", "font-src", "img-src"):
        assert "https://cdn.jsdelivr.net" in found[directive]
    assert "connect-src" not in found


@pytest.mark.parametrize(
    ("element", "directive", "source"),
    [
        (folium.TileLayer("https://{s}.a.org/{z}/{x}/{y}", attr="A"), "img-src", "https://*.a.org"),
        (folium.TileLayer("http://a.org:8080/{z}", attr="A"), "img-src", "http://a.org:8080"),
        (folium.WmsTileLayer("https://wms.a.org/x?y=1", "l"), "img-src", "https://wms.a.org"),
        (
            folium.raster_layers.ImageOverlay("https://i.a.org/x.png", [[0, 0], [1, 1]]),
            "img-src",
            "https://i.a.org",
        ),
        (
            folium.raster_layers.VideoOverlay("https://v.a.org/x.webm", [[0, 0], [1, 1]]),
            "media-src",
            "https://v.a.org",
        ),
        (plugins.FloatImage("https://f.a.org/x.png"), "img-src", "https://f.a.org"),
        (plugins.MiniMap(), "img-src", "https://tile.openstreetmap.org"),
        (plugins.Geocoder(), "connect-src", "https://nominatim.openstreetmap.org"),
        (plugins.VectorGridProtobuf("https://g.a.org/{z}"), "connect-src", "https://g.a.org"),
        (
            folium.Marker((1, 1), icon=folium.CustomIcon("https://c.a.org/x.png")),
            "img-src",
            "https://c.a.org",
        ),
        (
            folium.Marker((1, 1), popup=folium.Popup(folium.IFrame("x"))),
            "frame-src",
            "data:",
        ),
        (
            plugins.MarkerCluster([(1, 1)]),
            "script-src",
            "https://cdnjs.cloudflare.com/ajax/libs/leaflet.markercluster/1.1.0/leaflet.markercluster.js",
        ),
    ],
)
def test_hosts_of_what_was_added(element, directive, source, gazetteer):
    shown = EventMap(basemap=None, gazetteer=gazetteer)
    assert source not in of(shown).get(directive, [])
    element.add_to(shown)
    assert source in of(shown)[directive]


def test_what_lies_in_a_group_counts_too(shown):
    group = folium.FeatureGroup("g").add_to(shown)
    folium.TileLayer("https://deep.a.org/{z}", attr="A").add_to(group)
    assert "https://deep.a.org" in of(shown)["img-src"]


def test_a_picture_inside_the_page_needs_no_host(shown):
    folium.raster_layers.ImageOverlay(np.zeros((2, 2)), [[0, 0], [1, 1]]).add_to(shown)
    assert of(shown)["img-src"] == ["data:", "blob:", *TILE_HOSTS]


def test_scripts_an_author_adds_are_hashed(shown):
    root = shown.get_root()
    root.header.add_child(Element("<script>one()</script>"))
    root.html.add_child(Element("<p>x</p><SCRIPT type=module>two()</SCRIPT>"))
    root.script.add_child(Element("three();"))
    head = read(shown)
    hashes = directives(head.policy)["script-src"]
    assert {sha("one()"), sha("two()")} <= set(hashes)
    assert hashes == [sha(text) for text in head.scripts]


def test_an_author_allows_origins_for_all_but_scripts(shown):
    shown.allow.update({"https://tiles.example.org", "http://*.Example.org:8080"})
    found = of(shown)
    for directive in ("style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src"):
        assert {"https://tiles.example.org", "http://*.example.org:8080"} <= set(found[directive])
    assert "example.org" not in str(found["script-src"])


@pytest.mark.parametrize(
    "origin",
    [
        "example.org", "https://example.org/", "https://example.org/x", "*", "https://*",
        "https:", "data:", "'unsafe-eval'", "https://a.org; script-src *", "https://a.org https:",
        'https://a.org"', "https://u:p@a.org", "ftp://a.org", "https://a.*.org", "", 3, None,
        "https://a.org\n",
    ],
)  # fmt: skip
def test_anything_but_an_origin_is_refused(origin, gazetteer):
    shown = EventMap(basemap=None, gazetteer=gazetteer)
    shown.allow = {origin}
    with pytest.raises(GeoeventsError, match="is no origin"):
        shown.get_root().render()


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://a.org/x", "https://a.org"),
        ("HTTPS://A.org", "https://a.org"),
        ("https://{s}.a.org/", "https://*.a.org"),
        ("https://x.{s}.a.org/", "https://*.a.org"),
        ("https://{s}.org/", ""),
        ("https://{s}/", ""),
        ("{s}://a.org/", ""),
        ("https://a{s}.org/", ""),
        ("https://a.org; script-src 'unsafe-inline'", ""),
        ("https://a.org'/", ""),
        ("https://[::1/", ""),
        ("//a.org/x", ""),
        ("a/b.png", ""),
        ("data:image/png;base64,AAAA", ""),
        ("javascript:alert(1)//a.org", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_origins(address, origin):
    assert origin_of(address) == origin


def test_addresses_that_are_no_origin_change_nothing(gazetteer):
    shown = EventMap(basemap=None, gazetteer=gazetteer)
    before = of(shown)
    folium.TileLayer("https://a.org; script-src *", attr="A").add_to(shown)
    after = of(shown)
    assert {name: after[name] for name in before if name != "script-src"} == {
        name: before[name] for name in before if name != "script-src"
    }
    assert "*" not in after["script-src"]


def test_the_hash_is_of_what_the_parser_makes_of_the_text():
    # HTML Standard, 13.2.3.5 and 13.2.5.4: line endings become one, NUL is replaced.
    assert sha("a\nb\nc\ufffd") in policy([], ["a\r\nb\rc\0"])
    assert sha("a?") in policy([], ["a\ud800"])  # as the file is encoded


@pytest.mark.parametrize(
    ("markup", "scripts"),
    [
        ("<script>a</script ><script\n>b</SCRIPT>", ["a", "b"]),
        ("<script type='text/plain'>x</script><script>a</script>", ["a"]),
        ("<script src = x>y</script>", []),
        ("<scripty>a</scripty>", []),
        ("<script>a", ["a"]),
        ("<script data-x='1'>'</scripted>'</script>", ["'</scripted>'"]),
        ("", []),
    ],
)
def test_scripts_in_markup(markup, scripts):
    assert scripts_in(markup) == scripts


def test_a_map_that_is_not_the_page_has_none(events, gazetteer):
    plain = folium.Map(tiles=None)
    EventLayer(events, gazetteer=gazetteer).add_to(plain)
    assert read(plain).policy is None
    moved = event_map(events, gazetteer=gazetteer)
    Figure().add_child(moved)
    assert read(moved).policy is None


def test_what_needs_eval_says_so(shown):
    chart = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "mark": "bar"}
    popup = folium.Popup().add_child(folium.VegaLite(chart))
    folium.Marker((1, 1), popup=popup).add_to(shown)
    with pytest.warns(UserWarning, match=r"VegaLite .* map\.policy = None"):
        shown.get_root().render()
    shown.policy = None
    shown.get_root().render()


def test_data_are_not_searched():
    page = Page("t")
    page.html.add_child(Raw("<script>from_data()</script>"))
    page.html.add_child(Element("<script>from_the_author()</script>"))
    seen = []
    page.policy = lambda scripts: seen.extend(scripts) or "default-src 'none'"
    page.render()
    assert [text.strip() for text in seen] == ["from_the_author()", ""]
