"""KML of others read as a table, and hostile files refused."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geoevents as ge
from geoevents.io import read_vector
from geoevents.tables import read_table
from geoevents.tables.kml import parsing, read_kml

MY_MAPS = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
  <Document>
    <name>Checkpoints</name>
    <Style id="icon-1"><IconStyle><Icon><href>https://example.org/pin.png</href></Icon></IconStyle></Style>
    <Folder>
      <name>North</name>
      <Placemark>
        <name>First bridge</name>
        <description><![CDATA[seen: yes<br>by: us]]></description>
        <styleUrl>#icon-1</styleUrl>
        <ExtendedData>
          <Data name="seen"><value>yes</value></Data>
          <Data name="name"><value>bridge no. 1</value></Data>
        </ExtendedData>
        <Point>
          <coordinates>
            40.5,35.25,0
          </coordinates>
        </Point>
      </Placemark>
      <Folder><name>Inner</name><Placemark><name/><TimeSpan><begin>2017-09</begin><end>2017-10-02</end></TimeSpan></Placemark></Folder>
    </Folder>
  </Document>
</kml>
"""

QGIS = """<?xml version="1.0" encoding="utf-8" ?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document id="root_doc">
<Schema name="places" id="places">
  <SimpleField name="people" type="int"></SimpleField>
  <SimpleField name="share" type="float"></SimpleField>
  <SimpleField name="said" type="int"></SimpleField>
</Schema>
<Folder><name>places</name>
  <Placemark>
    <TimeStamp><when>2017-09-16T04:30:00Z</when></TimeStamp>
    <ExtendedData><SchemaData schemaUrl="#places">
      <SimpleData name="people">12</SimpleData>
      <SimpleData name="share">0.5</SimpleData>
      <SimpleData name="said">many</SimpleData>
    </SchemaData></ExtendedData>
    <LineString><coordinates>40,35 41,36</coordinates></LineString>
  </Placemark>
  <Placemark>
    <ExtendedData><SchemaData schemaUrl="#places">
      <SimpleData name="people">7</SimpleData>
    </SchemaData></ExtendedData>
  </Placemark>
</Folder>
</Document></kml>
"""


@pytest.fixture
def kml(tmp_path):
    def write(text):
        path = tmp_path / "a.kml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def placemark(inside):
    return f"<kml><Document><Placemark>{inside}</Placemark></Document></kml>"


def shape(kml, inside):
    table = read_kml(kml(placemark(inside)))
    assert not table.broken
    return table.frame.geometry[0]


def cells(frame):
    plain = frame.drop(columns="geometry").astype(object)
    return plain.where(plain.notna(), None).to_dict("list")


def test_google_my_maps(kml):
    table = read_kml(kml(MY_MAPS))
    assert table.kind == "kml"
    assert cells(table.frame) == {
        "kml_name": ["First bridge", None],  # "name" is a column of the table it was made from
        "description": ["seen: yes<br>by: us", None],
        "begin": [None, "2017-09"],
        "end": [None, "2017-10-02"],
        "folder": ["North", "North / Inner"],
        "seen": ["yes", None],
        "name": ["bridge no. 1", None],
    }
    assert table.frame.geometry.tolist() == [shapely.Point(40.5, 35.25), None]
    assert not table.frame.geometry.has_z.any()
    assert table.lines.tolist() == [8, 22]


def test_addresses_and_telephones_are_kept(kml):
    inside = "<name>a</name><address> Main Street 1 </address><phoneNumber>+963</phoneNumber>"
    table = read_kml(kml(placemark(inside)))
    assert cells(table.frame) == {
        "name": ["a"], "address": ["Main Street 1"], "phoneNumber": ["+963"]
    }  # fmt: skip


def test_qgis_and_gdal(kml):
    frame = read_kml(kml(QGIS)).frame
    assert frame["people"].tolist() == [12, 7]
    assert frame["people"].dtype == np.int64
    assert frame["share"].dtype == np.float64
    assert frame["said"].tolist()[0] == "many"  # whatever the file claims it is
    assert frame["begin"].tolist()[0] == "2017-09-16T04:30:00Z"
    assert frame["folder"].tolist() == ["places", "places"]
    assert "description" not in frame


def test_gdal_writes_what_we_read(tmp_path):
    given = gpd.GeoDataFrame(
        {"Name": ["a", "b"], "n": np.array([1, 2], dtype="int32")},
        geometry=[shapely.Point(1, 2), shapely.box(0, 0, 1, 1)],
        crs=4326,
    )
    given.to_file(tmp_path / "a.kml", driver="LIBKML")
    read = read_kml(tmp_path / "a.kml").frame
    assert read["name"].tolist() == ["a", "b"]
    assert read["n"].tolist() == [1, 2]
    assert read.geometry.geom_equals(given.geometry).all()


def test_a_folder_is_a_layer(kml):
    path = kml(MY_MAPS)
    assert len(read_kml(path, "North").frame) == 2
    inner = read_kml(path, "Inner")
    assert inner.frame["folder"].tolist() == ["North / Inner"]
    assert inner.lines.tolist() == [22]
    with pytest.raises(ge.GeoeventsError, match="no folder 'South': it has North, Inner"):
        read_kml(path, "South")


def at(text):
    return f"<coordinates>{text}</coordinates>"


def ring(side, text):
    return f"<{side}><LinearRing>{at(text)}</LinearRing></{side}>"


OUTER = ring("outerBoundaryIs", "0,0 9,0 9,9")
INNER = ring("innerBoundaryIs", "5,1 6,1 6,2 5,1")
POINTS = "".join(f"<Point>{at(text)}</Point>" for text in ("1,2", "3,4"))
LINE = f"<MultiGeometry><LineString>{at('1,2 3,4')}</LineString></MultiGeometry>"
ABSOLUTE = "<altitudeMode>absolute</altitudeMode>"
TRACK = "<gx:coord>1 2 0</gx:coord><gx:coord>3 4 0</gx:coord>"


@pytest.mark.parametrize(
    ("inside", "wkt"),
    [
        (f"<Point>{at('1,2')}</Point>", "POINT (1 2)"),
        (f"<Point>{at(' 1 , 2 ')}</Point>", "POINT (1 2)"),
        (f"<Point>{at('1,2,3')}</Point>", "POINT Z (1 2 3)"),
        (f"<Point>{at('1,2,0')}</Point>", "POINT (1 2)"),
        (f"<Point>{ABSOLUTE}{at('1,2,0')}</Point>", "POINT Z (1 2 0)"),
        (f"<LineString>{at('1,2 3,4,5')}</LineString>", "LINESTRING Z (1 2 NaN, 3 4 5)"),
        (f"<LinearRing>{at('0,0 1,0 1,1')}</LinearRing>", "LINEARRING (0 0, 1 0, 1 1, 0 0)"),
        (
            f"<Polygon>{OUTER}{INNER}</Polygon>",
            "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1))",
        ),
        (f"<MultiGeometry>{POINTS}</MultiGeometry>", "MULTIPOINT ((1 2), (3 4))"),
        (
            f"<MultiGeometry>{POINTS}{LINE}</MultiGeometry>",
            "GEOMETRYCOLLECTION (POINT (1 2), POINT (3 4), MULTILINESTRING ((1 2, 3 4)))",
        ),
        (f"<gx:Track>{TRACK}</gx:Track>", "LINESTRING Z (1 2 0, 3 4 0)"),
    ],
)
def test_geometries(kml, inside, wkt):
    assert shape(kml, inside).wkt == wkt


@pytest.mark.parametrize(
    "inside",
    [
        "<Point/>",
        "<Point><coordinates> </coordinates></Point>",
        "<MultiGeometry/>",
        "<Polygon/>",
        "<Model><Location><longitude>1</longitude></Location></Model>",
    ],
)
def test_no_geometry(kml, inside):
    assert shape(kml, inside) is None


TWICE = "<Data name='a'><value>1</value></Data>" * 2


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (f"<Point>{at('north,2')}</Point>", "no numbers"),
        (f"<Point>{at('1,nan')}</Point>", "no numbers"),
        (f"<Point>{at('1_0,2')}</Point>", "no numbers"),
        (f"<Point>{at('1e999,2')}</Point>", "no finite number"),
        (f"<Point>{at('1.2.3,2')}</Point>", "no numbers"),
        (f"<Point>{at('1')}</Point>", "neither two nor three"),
        (f"<Point>{at('1,2,3,4')}</Point>", "neither two nor three"),
        (f"<Point>{at('1,2 3,4')}</Point>", "several coordinates"),
        (f"<Point>{at('1,' + '9' * 10_000)}</Point>", "more than 60 digits"),
        (f"<LineString>{at('1,2')}</LineString>", "cannot be read"),
        (f"<Polygon>{INNER}</Polygon>", "0 outer boundaries"),
        (f"<Polygon>{OUTER}{OUTER}</Polygon>", "2 outer boundaries"),
        (f"<ExtendedData>{TWICE}</ExtendedData>", "says 'a' twice"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_accounted_for(kml, inside, why):
    table = read_kml(kml(placemark(inside)))
    assert list(table.broken) == [0]
    assert why in table.broken[0]
    with pytest.raises(ge.GeoeventsError, match=r"line 1, row 0: "):
        read_vector(kml(placemark(inside)))


BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "boom" * 10}">' for n in range(10))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"<!DOCTYPE kml [{BOMB}]>" + placemark("<name>&b9;</name>"), "document type"),
        (f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///x">]>{placemark("&x;")}', "document type"),
        ('<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/kml.dtd">' + placemark(""), "document type"),
        (placemark("<name>&x;</name>"), "undefined entity"),
        ("<kml>" + "<Folder>" * 500 + "</Folder>" * 500 + "</kml>", "nested more than 100"),
        (placemark("<MultiGeometry>" * 200 + "</MultiGeometry>" * 200), "nested more than 100"),
        ("<kml><Placemark>", "that can be read"),
        (placemark("<name>\x01</name>"), "that can be read"),
        ("<gpx></gpx>", "not KML: its root is <gpx>"),
        ("", "that can be read"),
        (b"<?xml version='1.0' encoding='utf-8'?><kml><name>\xff</name></kml>", "that can be read"),
        (b"<?xml version='1.0' encoding='no-such'?><kml/>", "that can be read"),
        (b"<?xml version='1.0' encoding='idna'?><kml/>", "that can be read"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "bytes",
)  # fmt: skip
def test_hostile_and_broken_files_are_refused(kml, text, why):
    path = kml(text)
    with pytest.raises(ge.GeoeventsError, match=why) as caught:
        read_kml(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ("_MOST_TEXT", placemark(f"<name>{'x' * 200}</name>")),
        ("_MOST_ELEMENTS", placemark("<a/>" * 200)),
        ("_MOST_ELEMENTS", f"<kml>{'<name/>' * 200}</kml>"),
    ],
)
def test_texts_and_elements_without_end(kml, monkeypatch, limit, text):
    monkeypatch.setattr(parsing, limit, 100)
    with pytest.raises(ge.GeoeventsError, match="more than 100"):
        read_kml(kml(text))


def test_a_tag_without_end(kml, monkeypatch):
    monkeypatch.setattr(parsing, "_CHUNK_BYTES", 64)
    monkeypatch.setattr(parsing, "_MOST_TAG_BYTES", 1_000)
    assert len(read_kml(kml(placemark(f"<a b='{'x' * 500}'/>"))).frame) == 1
    with pytest.raises(ge.GeoeventsError, match="longer than 1000 bytes"):
        read_kml(kml(placemark(f"<a b='{'x' * 5_000}'/>")))
    assert len(read_kml(kml(placemark(f"<name>{'x' * 5_000}</name>"))).frame) == 1


def test_columns_without_end(kml):
    data = "".join(f"<Data name='{n}'><value>1</value></Data>" for n in range(2001))
    with pytest.raises(ge.GeoeventsError, match="more than 2000 columns"):
        read_kml(kml(placemark(f"<ExtendedData>{data}</ExtendedData>")))


def test_links_are_said_and_not_fetched(kml):
    path = kml(
        "<kml><NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink></kml>"
    )
    with pytest.warns(UserWarning, match="links to 1 other file"):
        assert len(read_kml(path).frame) == 0


OURS = """<kml><Document><ExtendedData><Data name="geoevents:columns"><value>{said}</value></Data>
</ExtendedData><Placemark id="row-1"><ExtendedData><SchemaData>
<SimpleData name="n">{cell}</SimpleData></SchemaData></ExtendedData></Placemark></Document></kml>"""


@pytest.mark.parametrize(
    ("dtype", "cell"),
    [
        ("int64", "one"),
        ("int64", "9" * 5000),
        ("int8", "300"),
        ("uint8", "-1"),
        ("float64", "much"),
        ("bool", "maybe"),
        ("datetime64[ms]", "now"),
        ("datetime64[ms]", "2017-13-45"),
        ("datetime64[ns]", "99999-01-01"),
        ("datetime64[ms, Nowhere/At_All]", "2017-09-16T00:00:00+00:00"),
    ],
)
def test_a_file_that_says_it_is_ours_is_still_checked(kml, dtype, cell):
    path = kml(OURS.format(said=f'[["n", "{dtype}"]]', cell=cell))
    with pytest.raises(ge.GeoeventsError, match="column n"):
        read_kml(path)


@pytest.mark.parametrize("said", ["", "{", "[[1, 2]]", '["n"]', "[" * 100_000, "7"])
def test_what_only_looks_like_ours_is_of_others(kml, said):
    frame = read_kml(kml(OURS.format(said=said, cell="5"))).frame
    assert frame["n"].tolist() == ["5"]


def test_the_order_is_that_of_the_frame_if_all_rows_say_so(kml):
    rows = [f'<Placemark id="{{}}"><name>{n}</name></Placemark>' for n in range(3)]
    said = """<kml><Document><ExtendedData><Data name="geoevents:columns"><value>[]</value></Data>
    </ExtendedData>{}</Document></kml>"""

    def lines(*ids):
        text = "\n".join(row.format(name) for row, name in zip(rows, ids, strict=True))
        return read_kml(kml(said.format(text))).lines.tolist()

    assert lines("row-2", "row-0", "row-1") == [3, 4, 2]
    assert lines("row-2", "row-0", "row-0") == [2, 3, 4]
    assert lines("row-2", "other", "row-1") == [2, 3, 4]


def test_through_the_door_for_all_tables(tmp_path):
    path = tmp_path / "events.txt"
    path.write_text(MY_MAPS, encoding="utf-8")
    assert read_table(path).kind == "kml"
    assert len(read_table(path, layer="Inner").frame) == 1
