"""Pictures of localities: true to scale, readable, and nothing in them but what was meant."""

import html as markup
import math
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

import geoevents as ge
from geoevents.localities.pictures import picture
from geoevents.localities.pictures.labelling import Font, Labels, plain, short, text_width
from geoevents.localities.pictures.picture import html, svg
from geoevents.places import Gazetteer

GEOD = Geod(ellps="WGS84")
NS = "{http://www.w3.org/2000/svg}"
TAGS = {
    "svg",
    "title",
    "desc",
    "style",
    "clipPath",
    "pattern",
    "rect",
    "text",
    "g",
    "path",
    "circle",
}
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "]]><foreignObject>",
    "--><iframe src=//evil.example>",
    "&lt;b&gt; &#60;",
    "url(javascript:alert(1))",
    "nul\x00 bell\x07 half\ud800 turn\u202e",
)


def made_up(*names, river="Silva"):
    features = [
        {
            "id": f"test:{i}",
            "name": name,
            "names": [f"Town{i}"],
            "kind": "populated place",
            "country": "XA",
            "admin1": "",
            "population": 1000 * (i + 1),
            "uncertainty_m": 2000.0,
            "geometry": shapely.Point(40 + 0.1 * i, 36 + 0.05 * (i % 3)),
        }
        for i, name in enumerate(names)
    ]
    base = features[0] | {"population": 0, "names": []}
    features += [
        base
        | {
            "id": "test:river",
            "name": river,
            "kind": "river",
            "geometry": shapely.LineString([(39, 35.98), (42, 36.0)]),
        },
        base
        | {
            "id": "test:land",
            "name": "Marca",
            "kind": "country",
            "geometry": shapely.box(38, 33, 42, 37),
        },
    ]
    return Gazetteer.from_frame(gpd.GeoDataFrame(features, crs="EPSG:4326"))


def elements(text):
    root = ET.fromstring(text)  # noqa: S314 -- our own
    return root, list(root.iter())


def paths(text, css):
    _, every = elements(text)
    return [e.get("d") for e in every if e.tag == NS + "path" and e.get("class") == css]


def vertices(d):
    """All corners of a path of relative lines."""
    corners = []
    for run in re.findall(r"M([^M]*)", d):
        first, _, moves = run.rstrip("z").partition("l")
        x, y = map(float, first.split())
        corners.append((x, y))
        figures = [float(figure) for figure in moves.split()]
        for dx, dy in zip(figures[::2], figures[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
    return corners


def dots(text):
    _, every = elements(text)
    return [
        (e.get("class"), float(e.get("cx")), float(e.get("cy")))
        for e in every
        if e.tag == NS + "circle"
    ]


def ruler(text):
    """Metres in a pixel, as the ruler says."""
    _, every = elements(text)
    long = next(
        float(re.search(r"h([\d.]+)", e.get("d"))[1]) for e in every if e.get("class") == "line"
    )
    said = next(
        re.fullmatch(r"([\d,.]+) (k?m)", e.text or "")
        for e in every
        if e.tag == NS + "text" and re.fullmatch(r"([\d,.]+) (k?m)", e.text or "")
    )
    return float(said[1].replace(",", "")) * (1000 if said[2] == "km" else 1) / long


# -- it stands by itself --


@pytest.mark.parametrize(
    "phrase", ["near Town1", "in Marca", "along the Silva", "10 km east of Town0", "Town2"]
)
def test_nothing_but_shapes_and_words(phrase):
    gazetteer = made_up("Alton", "Bergen", "Cardon")
    text = svg(ge.locate(phrase, gazetteer=gazetteer), gazetteer=gazetteer)
    root, every = elements(text)
    assert root.tag == NS + "svg"
    assert {e.tag.removeprefix(NS) for e in every} <= TAGS
    for element in every:
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert name != "src"
            assert "url(" not in value or re.search(r"url\(#[\w-]+\)", value)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "@import" not in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_are_words_whatever_they_hold(payload):
    payload = payload.replace("\ud800", "")  # no frame takes it
    gazetteer = made_up(payload, "Bergen", river=payload)
    locality = ge.locate("near Town0", gazetteer=gazetteer)
    text = svg(locality, gazetteer=gazetteer)
    _, every = elements(text)
    assert {e.tag.removeprefix(NS) for e in every} <= TAGS
    written = [e.text for e in every if e.tag == NS + "text"]
    # A gazetteer keeps no marks that turn text, nor control characters.
    shown = short(re.sub("[\x00\x07\u202e]", " ", payload))
    assert any(" ".join((each or "").split()) == " ".join(shown.split()) for each in written)
    figure = html(locality)
    assert "<script" not in figure
    assert "<img" not in figure
    assert "<iframe" not in figure


@pytest.mark.parametrize("payload", PAYLOADS)
def test_phrases_are_words_whatever_they_hold(payload):
    gazetteer = made_up("Alton")
    try:
        locality = ge.locate(payload, gazetteer=gazetteer)
    except ge.GeoeventsError:
        # A phrase that cannot be read has no picture; one that was read may still say anything.
        locality = ge.locate("near Town0", gazetteer=gazetteer)
        object.__setattr__(locality, "text", payload)
        object.__setattr__(locality, "explanation", payload)
    _, every = elements(svg(locality, gazetteer=gazetteer))
    assert {e.tag.removeprefix(NS) for e in every} <= TAGS
    caption = html(locality).partition("<figcaption")[2].partition(">")[2]
    caption = caption.removesuffix("</figcaption></figure>")
    assert not re.search(r"[<>\"']", caption)


@given(st.text(max_size=60))
def test_any_text_is_fit_for_xml(text):
    root = ET.fromstring(f'<a b="{plain(text)}">{plain(text)}</a>')  # noqa: S314 -- our own
    assert len(root) == 0
    assert "<" not in plain(text)


def test_two_pictures_on_a_page_do_not_share_names():
    gazetteer = made_up("Alton", "Bergen")
    one = svg(ge.locate("near Town0", gazetteer=gazetteer), gazetteer=gazetteer)
    other = svg(ge.locate("near Town1", gazetteer=gazetteer), gazetteer=gazetteer)
    marks = [set(re.findall(r'id="([^"]+)"', text)) for text in (one, other)]
    assert marks[0]
    assert not marks[0] & marks[1]
    again = svg(ge.locate("near Town0", gazetteer=gazetteer), gazetteer=gazetteer)
    assert again == one


# -- it is true --


def test_the_ruler_the_circle_and_the_towns_agree():
    gazetteer = made_up("Alton", "Bergen", "Cardon", "Dunmore")
    locality = ge.locate("10 km east of Town1", gazetteer=gazetteer)
    text = svg(locality, gazetteer=gazetteer)
    metre = ruler(text)
    (circle,) = paths(text, "circle")
    x, y = zip(*vertices(circle), strict=True)
    assert max(x) - min(x) == pytest.approx(2 * locality.uncertainty_m / metre, rel=0.01)
    assert max(y) - min(y) == pytest.approx(2 * locality.uncertainty_m / metre, rel=0.01)
    point = next((x, y) for css, x, y in dots(text) if css == "point")
    assert point == pytest.approx(((max(x) + min(x)) / 2, (max(y) + min(y)) / 2), abs=0.5)
    # Bergen lies where it should, seen from the point: north is up.
    bearing, _, far = GEOD.inv(locality.point.x, locality.point.y, 40.1, 36.05)
    towns = [(x, y) for css, x, y in dots(text) if css == "town"]
    ahead = math.radians(bearing)
    expected = (point[0] + far / metre * math.sin(ahead), point[1] - far / metre * math.cos(ahead))
    assert min(math.dist(town, expected) for town in towns) < 1


def test_the_region_is_drawn_where_it_is():
    gazetteer = made_up("Alton", "Bergen")
    locality = ge.locate("in Marca", gazetteer=gazetteer)
    text = svg(locality, gazetteer=gazetteer)
    (region,) = paths(text, "region")  # a gazetteer's outline: no dashes, no hatch
    assert paths(text, "tint")
    assert not paths(text, "hatch")
    x, y = zip(*vertices(region), strict=True)
    metre = ruler(text)
    assert max(y) - min(y) == pytest.approx(GEOD.inv(40, 33, 40, 37)[2] / metre, rel=0.02)
    assert max(x) - min(x) == pytest.approx(GEOD.inv(38, 33, 42, 33)[2] / metre, rel=0.02)


def test_what_a_rule_drew_is_dashed_and_hatched():
    gazetteer = made_up("Alton", "Bergen")
    text = svg(ge.locate("near Town0", gazetteer=gazetteer), gazetteer=gazetteer)
    assert paths(text, "region inferred")
    assert paths(text, "hatch")
    assert "inferred" in text


def test_the_river_of_the_phrase_stands_out():
    gazetteer = made_up("Alton", "Bergen")
    along = svg(ge.locate("along the Silva", gazetteer=gazetteer), gazetteer=gazetteer)
    assert paths(along, "river said")
    near = svg(ge.locate("near Town0", gazetteer=gazetteer), gazetteer=gazetteer)
    assert paths(near, "river")
    assert not paths(near, "river said")


def test_across_the_antimeridian_there_is_no_seam():
    locality = ge.locate("within 300 km of Suva")
    assert shapely.get_num_geometries(locality.geometry) > 1
    text = svg(locality)
    for css in ("region inferred", "circle"):
        (d,) = paths(text, css)
        assert d.count("M") == 1
        x, _ = zip(*vertices(d), strict=True)
        assert max(x) - min(x) == pytest.approx(2 * 304_000 / ruler(text), rel=0.03)


@pytest.mark.parametrize(
    ("where", "km"),
    [
        ("90.0, 0.0", 100),
        ("-89.99, 10.0", 1000),
        ("89.9, 179.9", 500),
        ("0.0, 180.0", 2000),
        ("0.0, -180.0", 20),
        ("70.000, 179.999", 3),
        ("-52.5, -61.3", 300),
    ],
)
def test_a_circle_is_one_circle_of_its_size_anywhere(where, km):
    locality = ge.locate(f"within {km} km of {where}")
    text = svg(locality)
    (d,) = paths(text, "circle")
    assert d.count("M") == 1
    x, y = zip(*vertices(d), strict=True)
    for far in (max(x) - min(x), max(y) - min(y)):
        assert far * ruler(text) == pytest.approx(2 * locality.uncertainty_m, rel=0.03)


@pytest.mark.parametrize(
    "phrase",
    [
        "Russia",
        "United States",
        "Fiji",
        "Antarctica",
        "north of Longyearbyen",
        "35.336 N, 40.141 E",
        "Euphrates",
    ],
)
def test_all_over_the_world_and_small(phrase):
    text = svg(ge.locate(phrase))
    elements(text)
    assert len(text.encode()) < 60_000
    assert "nan" not in " ".join(re.findall(r' d="([^"]*)"', text)).lower()


def test_a_notebook_shows_picture_and_explanation():
    locality = ge.locate("near Raqqa")
    figure = locality._repr_html_()
    assert figure == html(locality)
    assert markup.unescape(figure.partition("<figcaption")[2]).count(locality.explain()) == 1


@pytest.mark.parametrize("size", [(320, 240), (900, 500), (300, 700)])
def test_other_sizes(size):
    width, height = size
    text = svg(ge.locate("near Raqqa"), width=width, height=height)
    root, _ = elements(text)
    assert root.get("viewBox") == f"0 0 {width} {height}"
    (region,) = paths(text, "region inferred")
    x, y = zip(*vertices(region), strict=True)
    assert min(x) >= 0
    assert max(x) <= width
    assert min(y) >= 0
    assert max(y) <= height


# -- it can be read --


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [picture._LIGHT, picture._DARK])
def test_words_stand_out_on_light_and_dark_pages(colours):
    named = dict(pair.removeprefix("--").split(":") for pair in colours.split(";"))
    for ground in ("land", "sea", "halo"):
        assert contrast(named["ink"], named[ground]) > 7
        assert contrast(named["soft"], named[ground]) > 4
        assert contrast(named["region"], named[ground]) > 3
        assert contrast(named["water"], named[ground]) > 4
    assert contrast(named["ink"], named["paper"]) > 7
    assert contrast(named["soft"], named["paper"]) > 4.5
    assert contrast(named["river"], named["land"]) > 2.5


BOX = (0.0, 0.0, 300.0, 200.0)
FONT = Font("town", 12.0)


@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(0, 200), st.text("abc", min_size=1, max_size=9))
    )
)
def test_no_name_lies_over_another(towns):
    labels = Labels(BOX)
    drawn = []
    for x, y, name in towns:
        if labels.beside((x, y), name, FONT, 3):
            written = labels.written[-1]
            left, base = (float(re.search(rf' {a}="([-\d.]+)"', written)[1]) for a in "xy")
            anchor = re.search(r'text-anchor="(\w+)"', written)[1]
            wide = text_width(name, FONT.size)
            left -= {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            drawn.append(shapely.box(left, base - 9, left + wide, base + 2))
    for i, one in enumerate(drawn):
        assert shapely.box(*BOX).buffer(0.2).contains(one)
        assert not any(shapely.area(shapely.intersection(one, other)) > 1 for other in drawn[:i])


@given(st.lists(st.tuples(st.floats(20, 280), st.floats(20, 180)), min_size=2, max_size=8))
def test_names_of_rivers_are_never_upside_down(line):
    labels = Labels(BOX)
    if labels.along(shapely.get_coordinates(shapely.LineString(line)), "Euphrates", FONT):
        turn = re.search(r"rotate\(([-\d.]+)", labels.written[0])
        assert turn is None or -90 <= float(turn[1]) <= 90


def test_long_names_are_cut():
    assert short("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch") == (
        "Llanfairpwllgwyngyllgogerychwyrndro…"
    )
    assert short("a  b\n c") == "a b c"


def test_wide_letters_take_more_room():
    assert text_width("東京", 10) == 20
    assert text_width("é", 10) == text_width("e\u0301", 10)


def test_open_sea_with_nothing_in_the_window_is_drawn():
    assert svg(ge.locate("75.00000 N, 0.00000 E")).startswith("<svg")


# -- the documentation's --

DOCS = Path(__file__).parents[3] / "docs"
CAPTIONED = re.compile(r"!\[[^]]*\]\((images/localities/[\w-]+\.svg)\)(?:<br>([^|\n]*\w))?")


def test_the_pictures_of_the_documentation_are_of_its_phrases():
    page = (DOCS / "localities.md").read_text(encoding="utf-8")
    found = CAPTIONED.findall(page)
    assert len(found) > 40
    for path, caption in found:
        text = (DOCS / path).read_text(encoding="utf-8")
        root, every = elements(text)
        assert {e.tag.removeprefix(NS) for e in every} <= TAGS, path
        assert not caption or root.find(NS + "title").text == caption, path
        assert len(text.encode()) < 60_000, path
