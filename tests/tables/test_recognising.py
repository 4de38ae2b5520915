"""What a file is, told by what it holds."""

import json
import zipfile

import geopandas as gpd
import pytest
import shapely

from geoevents.errors import GeoeventsError
from geoevents.tables import KINDS, read_table, recognise


@pytest.fixture
def file(tmp_path):
    def write(content, name="a"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("a,b\n1,2\n", "csv"),
        ("\ufeffa;b\n", "csv"),
        ("[a],{b}\n", "csv"),
        ("<5,b\n", "csv"),
        ("null", "csv"),
        ("[]", "json"),
        ("\ufeff\n [ {", "json"),
        ('{"status": 200, "data": []}', "json"),
        ('{"a": 1}\n{"a": 2}\n', "json"),
        ('[{"quote": "\\"type\\": \\"Feature\\""}]', "json"),
        ('{"type":"FeatureCollection","features":[]}', "geojson"),
        ('{"features" : [', "geojson"),
        ('{"type": "Feature", "properties": {}}', "geojson"),
        ('\x1e{"type": "Feature", "properties": {}}\n', "geojson"),
        ('<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>', "kml"),
        ("<!-- <html> --> <!DOCTYPE kml><kml:kml>", "kml"),
        ("<!--" * 10_000, "csv"),
        (b"PAR1....", "parquet"),
        (b"SQLite format 3\x00", "gpkg"),
        (b"fgb\x03fgb\x01", "flatgeobuf"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 100, "shapefile"),
    ],
)
@pytest.mark.parametrize("name", ["a", "a.csv", "a.xlsx", "a.geojson"])
def test_kinds_by_content_whatever_the_name(file, content, kind, name):
    assert kind in KINDS
    assert recognise(file(content, name)) == kind


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF: save the table in it"),
        (b"\x89PNG\r\n\x1a\n", r"is an image \(PNG\)"),
        (b"\xff\xd8\xff\xe0", r"is an image \(JPEG\)"),
        (b"BZh91AY", "is packed with bzip2: unpack it first"),
        (b"{\\rtf1 a}", r"is a text document \(RTF\)"),
        (b"\x80\x04\x95\x00", "is a Python pickle, which could run code"),
        (b"a.csv" + b"\x00" * 252 + b"ustar", "is a tar archive"),
        ("\n<!DOCTYPE html>\n<html><body>Sign in", "is a web page, not a table: download it anew"),
        ("<html lang='en'>", "is a web page"),
        ("<HTML>", "is a web page"),
        ('<?xml version="1.0"?><html>', "is a web page"),
        ('<?xml version="1.0"?><gpx>', r"is XML of a kind that is not read \(<gpx>\)"),
        (
            '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><kml>',
            "is XML that declares entities .* attacks use",
        ),
        (
            '<?xml version="1.0"?>',
            "XML of a kind that is not read .its first element cannot be told",
        ),
        ('<?xml version="1.0"?><Workbook>', "is an Excel 2003 XML sheet"),
        ("a,b\n".encode("utf-16"), "is in UTF-16: save it as UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-be"), "is in UTF-16: save it as UTF-8"),
        ("a,b\n".encode("utf-32"), "is in UTF-32: save it as UTF-8"),
        (b"a,b\x00\n1,2\n", "is not text: it holds NUL characters"),
    ],
)
@pytest.mark.parametrize("read", [recognise, read_table])
def test_what_is_not_read_is_named(file, content, message, read):
    path = file(content, "a.csv")
    with pytest.raises(GeoeventsError, match=message) as error:
        read(path)
    assert str(error.value).startswith(f"{path}: ")


def test_parts_of_a_shapefile_lead_to_it(tmp_path):
    gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)], crs=4326).to_file(
        tmp_path / "a.shp"
    )
    with pytest.raises(GeoeventsError, match=r"is only the attributes of a shapefile \(.dbf\)"):
        recognise(tmp_path / "a.dbf")
    with pytest.raises(GeoeventsError, match=r"is the index of a shapefile: give the \.shp"):
        recognise(tmp_path / "a.shx")


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            {"[Content_Types].xml": "", "word/document.xml": ""},
            "is an Office document, not a sheet",
        ),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "is a document, not a sheet"),
        ({"mimetype": "application/epub+zip"}, "is a document, not a sheet"),
    ],
)
def test_documents_that_are_archives_inside(tmp_path, members, message):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(GeoeventsError, match=message):
        recognise(path)


def test_the_type_may_stand_last(file):
    content = {"features": [{"geometry": None, "properties": {}}], "type": "FeatureCollection"}
    assert recognise(file(json.dumps(content))) == "geojson"
