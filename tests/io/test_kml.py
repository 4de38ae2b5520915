"""KML as Google Earth shows it: styles, times, balloons, and no text of strangers as markup."""

import io
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from html.parser import HTMLParser

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import Point

import geoevents as ge
from geoevents.events.schema import validate
from geoevents.io import write_changes
from geoevents.maps.style import EVENT_STYLES, NOBODY_COLOUR, actor_colours

KML = "{http://www.opengis.net/kml/2.2}"
BOX = shapely.box(0, 0, 1, 1)
HOSTILE = "<script>alert('1')</script>&lt;b&gt;]]>\" onload=\"x"


def written(path, **columns):
    rows = len(next(iter(columns.values())))
    columns = {"event_type": ["siege"] * rows, "geometry": [Point(1, 2)] * rows} | columns
    ge.write_events(gpd.GeoDataFrame(columns, crs=4326), path)
    return tree(path.read_bytes())


def tree(text):
    root = ET.fromstring(text)  # noqa: S314 -- made by what is tested
    for element in root.iter():
        assert element.tag.startswith(KML)
        element.tag = element.tag.removeprefix(KML)
    return root


def marks(root):
    found = {mark.get("id"): mark for mark in root.iter("Placemark")}
    return [found[f"row-{number}"] for number in range(len(found))]


def looks(root):
    styles = {f"#{style.get('id')}": style for style in root.iter("Style")}
    return [styles[mark.findtext("styleUrl")] for mark in marks(root)]


def test_elements_stand_in_the_order_of_the_standard(tmp_path):
    root = written(tmp_path / "a.kml", start=["2017-09-16"])
    document = root.find("Document")
    order = ["name", "Style", "ExtendedData", "Schema", "Folder"]
    assert [child.tag for child in document] == order
    parts = [part.tag for part in marks(root)[0]]
    assert parts == [
        *("name", "Snippet", "description", "TimeStamp", "styleUrl", "ExtendedData", "Point"),
    ]
    fields = {field.get("name"): field.get("type") for field in root.iter("SimpleField")}
    assert (fields["fatalities"], fields["event_id"]) == ("double", "string")


def test_a_folder_for_each_type(tmp_path):
    types = ["siege", "air strike", "siege"]
    root = written(tmp_path / "a.kml", event_type=types)
    folders = {
        folder.findtext("name"): [mark.get("id") for mark in folder.iter("Placemark")]
        for folder in root.iter("Folder")
    }
    assert folders == {"air strike": ["row-1"], "siege": ["row-0", "row-2"]}


def test_colours_are_those_of_our_maps(tmp_path):
    types = list(EVENT_STYLES)
    root = written(tmp_path / "a.kml", event_type=types)
    for name, style in zip(types, looks(root), strict=True):
        red, green, blue = re.findall("..", EVENT_STYLES[name].colour[1:])
        assert style.findtext("IconStyle/color") == f"ff{blue}{green}{red}"
        assert style.findtext("LineStyle/color") == f"ff{blue}{green}{red}"
        assert style.findtext("PolyStyle/color") == f"64{blue}{green}{red}"


def test_hollow_and_inferred(tmp_path):
    root = written(
        tmp_path / "a.kml",
        status=["denied", "reported", None, "planned"],
        inferred=[False, False, True, True],
    )
    styles = looks(root)
    assert [style.findtext("PolyStyle/fill") for style in styles] == ["0", "1", "1", "0"]
    faint = [style.findtext("PolyStyle/color")[:2] for style in styles]
    assert faint == ["64", "64", "26", "26"]


def test_changes_are_coloured_by_who_holds_the_ground_now(tmp_path):
    changes = gpd.GeoDataFrame(
        {"from_actor": ["A", "B", None, "A"], "to_actor": ["B", "C<i>", None, ""]},
        geometry=[BOX] * 4,
        crs=4326,
    )
    write_changes(changes, tmp_path / "a.kml")
    root = tree((tmp_path / "a.kml").read_bytes())
    colours = [*actor_colours(["B", "C<i>"]).values(), NOBODY_COLOUR, NOBODY_COLOUR]
    assert len(list(root.iter("Placemark"))) == len(changes)
    shown = [style.findtext("IconStyle/color") for style in looks(root)]
    assert shown == [f"ff{c[5:7]}{c[3:5]}{c[1:3]}" for c in colours]
    assert [mark.findtext("name") for mark in marks(root)] == ["A → B", "B → C‹i›", "", "A"]


@pytest.mark.parametrize(
    ("given", "begin", "until"),
    [
        (("2017-09-16", None, "day"), "2017-09-16", None),
        (("2017-09-16T04:30", None, "day"), "2017-09-16T04:30:00", None),
        (("2017-09-16", "2017-09-18", "day"), "2017-09-16", "2017-09-18T23:59:59"),
        (
            ("2017-09-16T04:00", "2017-09-16T05:30", "day"),
            *("2017-09-16T04:00:00", "2017-09-16T05:30:00"),
        ),
        (("2017-09-13", None, "week"), "2017-09-13", "2017-09-17T23:59:59"),  # a Wednesday
        (("2017-09-17", None, "week"), "2017-09-17", "2017-09-17T23:59:59"),  # a Sunday
        (("1969-12-29", None, "week"), "1969-12-29", "1970-01-04T23:59:59"),  # a Monday
        (("2016-02-01", None, "month"), "2016-02-01", "2016-02-29T23:59:59"),
        (("2017-01-01", None, "year"), "2017-01-01", "2017-12-31T23:59:59"),
        (("2017-09-01", "2017-10-05", "month"), "2017-09-01", "2017-10-05T23:59:59"),
        (("2017-09-01", "2017-09-05", "month"), "2017-09-01", "2017-09-30T23:59:59"),
        (("2017-09-16", None, "unknown"), None, None),
        ((None, None, "unknown"), None, None),
    ],
)  # fmt: skip
def test_time(tmp_path, given, begin, until):
    start, end, precision = given
    root = written(tmp_path / "a.kml", start=[start], end=[end], date_precision=[precision])
    mark = marks(root)[0]
    if until is not None:
        assert mark.findtext("TimeSpan/begin") == begin
        assert mark.findtext("TimeSpan/end") == until
    else:
        assert mark.find("TimeSpan") is None
        assert mark.findtext("TimeStamp/when") == begin


@pytest.mark.parametrize(
    ("precision", "name"),
    [("day", "siege, x, 2017-01-01"), ("month", "siege, x, 2017-01"), ("year", "siege, x, 2017"),
     ("unknown", "siege, x")],
)  # fmt: skip
def test_a_name_is_no_more_exact_than_the_date(tmp_path, precision, name):
    root = written(
        tmp_path / "a.kml", start=["2017-01-01"], date_precision=[precision], place=["x"]
    )
    assert marks(root)[0].findtext("name") == name


class Tags(HTMLParser):
    """What a browser would make of a text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.text = [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert not attrs
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def test_text_of_strangers_is_never_markup(tmp_path):
    columns = {name: [HOSTILE] for name in ("actor", "place", "quote", "source", HOSTILE)}
    root = written(tmp_path / "a.kml", **columns)
    mark = marks(root)[0]
    shown = Tags(mark.findtext("description"))
    assert set(shown.tags) == {"b", "br"}
    assert shown.text.count(HOSTILE) == len(columns) + 1  # and once as a column's name
    # Programs put the balloon's text together themselves: of this, and of nothing a row says.
    assert {style.findtext("BalloonStyle/text") for style in looks(root)} == {"$[description]"}
    assert mark.findtext("Snippet") == ""
    assert mark.find("Snippet").get("maxLines") == "0"
    assert Tags(mark.findtext("name")).tags == []
    assert not set("<>\"'") & set(mark.findtext("name"))
    data = {cell.get("name"): cell.text for cell in mark.iter("SimpleData")}
    assert data["quote"] == HOSTILE


@pytest.mark.parametrize("suffix", [".kml", ".kmz"])
def test_nothing_asks_the_network(tmp_path, suffix):
    written_events = validate(
        gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[Point(1, 2)], crs=4326)
    )
    path = tmp_path / f"a{suffix}"
    ge.write_events(written_events, path)
    text = path.read_bytes()
    if suffix == ".kmz":
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist()[0] == "doc.kml"
            text = archive.read("doc.kml")
            icons = {element.text for element in tree(text).iter("href")}
            assert icons == {"icons/diamond.png"}
            assert icons < set(archive.namelist())
    else:
        assert b"href" not in text
    addresses = set(re.findall(rb"https?://[^\s\"<]*", text))
    assert addresses == {b"http://www.opengis.net/kml/2.2"}  # the name of the language


def pixels(picture):
    """Decode a PNG of 8-bit RGBA whose lines are not filtered."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    file, data = io.BytesIO(picture[8:]), b""
    while head := file.read(8):
        size, kind = struct.unpack(">I4s", head)
        content = file.read(size)
        assert zlib.crc32(kind + content) == struct.unpack(">I", file.read(4))[0]
        if kind == b"IHDR":
            width, height, *rest = struct.unpack(">2I5B", content)
            assert rest == [8, 6, 0, 0, 0]
        data += content if kind == b"IDAT" else b""
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + 4 * width)
    assert not lines[:, 0].any()
    return lines[:, 1:].reshape(height, width, 4)


def test_icons_have_the_shapes_of_our_maps(tmp_path):
    written(
        tmp_path / "b.kml", event_type=["air strike", "siege", "protest"], status=["denied"] * 3
    )
    events = ge.read_events(tmp_path / "b.kml")
    ge.write_events(
        pd.concat([events, events.assign(status=None, event_id=list("abc"))]), tmp_path / "a.kmz"
    )
    share = {"circle": np.pi / 4.84, "diamond": 2 / 4.84, "square": (2 * 0.86) ** 2 / 4.84}
    with zipfile.ZipFile(tmp_path / "a.kmz") as archive:
        for shape, expected in share.items():
            solid = pixels(archive.read(f"icons/{shape}.png"))
            assert solid[..., 3].mean() / 255 == pytest.approx(expected, abs=0.01)
            middle = solid[32, 32].tolist()
            assert middle == [255, 255, 255, 255]
            ring = pixels(archive.read(f"icons/{shape}-hollow.png"))
            assert ring[32, 32, 3] == 0
            assert ring[..., 3].max() == 255


def test_the_same_events_make_the_same_file(tmp_path):
    for name in ("a.kmz", "b.kmz"):
        frame = gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[BOX], crs=4326)
        ge.write_events(frame, tmp_path / name)
    assert (tmp_path / "a.kmz").read_bytes() == (tmp_path / "b.kmz").read_bytes()
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.kmz", tmp_path / "b.kmz"]


@pytest.mark.parametrize("character", ["\x01", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_named(tmp_path, character):
    with pytest.raises(ge.GeoeventsError, match=rf"row 1, column quote: .*U\+{ord(character):04X}"):
        written(tmp_path / "a.kml", quote=["fine\t\n\r\x85", f"a{character}b"])
    assert not list(tmp_path.iterdir())


def test_a_name_that_xml_cannot_hold(tmp_path):
    with pytest.raises(ge.GeoeventsError, match=r"U\+0007"):
        written(tmp_path / "a.kml", **{"bell\x07": ["x"]})


def test_measures_are_refused(tmp_path):
    measured = shapely.from_wkt("POINT M (1 2 3)")
    with pytest.raises(ge.GeoeventsError, match="row 1, column geometry: has a measure"):
        written(tmp_path / "a.kml", geometry=[Point(0, 0), measured])


def test_geometries(tmp_path):
    holed = BOX.difference(shapely.box(0.2, 0.2, 0.4, 0.4))
    line = shapely.LineString([(0, 0, 5), (1, 1, 6)])
    root = written(
        tmp_path / "a.kml",
        geometry=[
            holed,
            line,
            shapely.LineString([(0, 0), (1, 1)]),
            shapely.MultiPoint([(0, 0), (1, 1)]),
            None,
        ],
    )
    polygon, high, flat, many, none = marks(root)
    assert len(polygon.findall("Polygon/innerBoundaryIs/LinearRing/coordinates")) == 1
    outer = polygon.findtext("Polygon/outerBoundaryIs/LinearRing/coordinates")
    ring = [tuple(map(float, vertex.split(","))) for vertex in outer.split()]
    assert shapely.is_ccw(shapely.LinearRing(ring))
    assert high.findtext("LineString/altitudeMode") == "absolute"
    assert high.findtext("LineString/coordinates") == "0.0,0.0,5.0 1.0,1.0,6.0"
    assert flat.findtext("LineString/tessellate") == "1"
    assert [point.findtext("coordinates") for point in many.find("MultiGeometry")] == [
        "0.0,0.0",
        "1.0,1.0",
    ]
    assert none[-1].tag == "ExtendedData"


def test_columns_of_all_kinds_come_back(tmp_path):
    def dates(*texts, unit="us"):
        return pd.Series(pd.to_datetime([*texts, None])).dt.as_unit(unit)

    columns = {
        "big": np.array([2**62, -1]),
        "small": np.array([1, 2], dtype="uint8"),
        "single": np.array([0.1, np.nan], dtype="float32"),
        "infinite": [np.inf, 1.0],
        "maybe": pd.array([True, None], dtype="boolean"),
        "count": pd.array([1, None], dtype="Int64"),
        "day": dates("2017-09-16", unit="s"),
        "moment": pd.Series(pd.to_datetime(["2017-09-16T04:30:00.000000001", None])).dt.as_unit(
            "ns"
        ),
        "zoned": pd.Series(pd.to_datetime(["2017-03-26T01:30Z", None])).dt.tz_convert(
            "Asia/Damascus"
        ),
        "words": pd.Series([" spaced ", ""]),
    }
    frame = gpd.GeoDataFrame({"event_type": ["siege"] * 2, "place": ["x"] * 2, **columns})
    ge.write_events(frame, tmp_path / "a.kml")
    read = ge.read_events(tmp_path / "a.kml")
    for name in columns:
        pd.testing.assert_series_equal(read[name], frame[name])


@pytest.mark.parametrize("suffix", [".kml", ".kmz"])
def test_others_read_a_file_of_no_events(tmp_path, suffix):
    frame = gpd.GeoDataFrame({"event_type": []}, geometry=[], crs=4326)
    ge.write_events(frame, tmp_path / f"a{suffix}")
    assert len(gpd.read_file(tmp_path / f"a{suffix}")) == 0


def test_others_read_one_folder_unless_told_otherwise(tmp_path):
    written(tmp_path / "a.kml", event_type=["siege", "protest"])
    layers = [str(name) for name in pyogrio.list_layers(tmp_path / "a.kml")[:, 0]]
    assert sorted(layers) == ["protest", "siege"]
    with pytest.warns(UserWarning, match="More than one layer"):
        read = gpd.read_file(tmp_path / "a.kml")
    assert len(read) == 1


def test_odd_dates_come_back(tmp_path):
    columns = {
        # Damascus was 2:25:12 ahead until 1920, which ISO 8601 has no form for.
        "zoned": pd.to_datetime(["1900-01-01T10:00", "2024-07-01"], format="ISO8601").tz_localize(
            "Asia/Damascus"
        ),
        "ancient": np.array(["-0005-01-01", "-0500-02-01T10:00"], dtype="datetime64[s]"),
    }
    frame = gpd.GeoDataFrame({"event_type": ["siege"] * 2, "place": ["x"] * 2, **columns})
    ge.write_events(frame, tmp_path / "a.kml")
    read = ge.read_events(tmp_path / "a.kml")
    for name in columns:
        pd.testing.assert_series_equal(read[name], frame[name])
