"""Packed files: every kind inside gzip and zip, and what hostile archives try."""

import gzip
import json
import zipfile
from pathlib import Path
from unittest.mock import patch

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geoevents.errors import GeoeventsError
from geoevents.tables import packing, read_table, recognise

FRAME = gpd.GeoDataFrame({"name": ["a", "ع"]}, geometry=shapely.points([[1, 2], [3, 4]]), crs=4326)


@pytest.fixture(params=["csv", "json", "geojson", "gpkg", "flatgeobuf", "parquet"])
def plain(request, tmp_path):
    path = tmp_path / "plain" / "whatever.dat"
    path.parent.mkdir()
    if request.param == "csv":
        path.write_text("name\na\nع\n", encoding="utf-8")
    elif request.param == "json":
        path.write_text(json.dumps([{"name": "a"}, {"name": "ع"}]), encoding="utf-8")
    elif request.param == "geojson":
        path.write_text(FRAME.to_json(), encoding="utf-8")
    elif request.param == "parquet":
        FRAME.to_parquet(path)
    else:
        driver = {"gpkg": "GPKG", "flatgeobuf": "FlatGeobuf"}[request.param]
        suffix = {"gpkg": ".gpkg", "flatgeobuf": ".fgb"}[request.param]
        FRAME.to_file(path.with_suffix(suffix), driver=driver)
        path.with_suffix(suffix).rename(path)
    return path, request.param


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_every_kind_unpacked_and_packed(plain, tmp_path):
    path, kind = plain
    gz = tmp_path / "no suffix"
    gz.write_bytes(gzip.compress(path.read_bytes()))
    zipped = archive(tmp_path / "a.zip", {"folder/b.dat": path.read_bytes()})
    for each in (path, gz, zipped):
        table = read_table(each)
        assert table.kind == recognise(each) == kind
        assert sorted(table.frame["name"]) == ["a", "ع"]


def test_a_zipped_shapefile(tmp_path):
    folder = tmp_path / "shape"
    folder.mkdir()
    FRAME.to_file(folder / "points.shp", encoding="UTF-8")
    (folder / "points.shp.xml").write_text("<metadata/>")
    members = {f"deep/er/{part.name}": part.read_bytes() for part in folder.iterdir()}
    members["deep/er/README.txt"] = b"read, me"
    members["__MACOSX/deep/er/._points.shp"] = b"\x00\x05\x16\x07"
    members["deep/er/codebook.pdf"] = b"%PDF-1.4"
    table = read_table(archive(tmp_path / "a.zip", members))
    assert table.kind == "shapefile"
    assert table.frame["name"].tolist() == ["a", "ع"]
    assert table.frame.crs == "EPSG:4326"
    members = {name.replace("points.d", "POINTS.D"): part for name, part in members.items()}
    upper = {name.replace(".dbf", ".DBF"): part for name, part in members.items()}
    assert read_table(archive(tmp_path / "b.zip", upper)).frame["name"].tolist() == ["a", "ع"]


def test_the_member_that_is_meant(tmp_path):
    path = archive(
        tmp_path / "a.zip", {"x/one.csv": "a\n1\n", "two.csv": "a\n2\n", "b.pdf": "%PDF"}
    )
    with pytest.raises(GeoeventsError, match=r"which file in it is meant\? It has x/one.csv, two"):
        read_table(path)
    for layer, value in (("x/one.csv", 1), ("one.csv", 1), ("two", 2)):
        assert read_table(path, layer=layer).frame["a"].tolist() == [value]
    with pytest.raises(GeoeventsError, match="which file in it is meant"):
        read_table(path, layer="three")


def test_a_layer_inside_the_only_member(tmp_path):
    for layer in ("one", "two"):
        FRAME.to_file(tmp_path / "a.gpkg", layer=layer, driver="GPKG")
    path = archive(tmp_path / "a.zip", {"a.gpkg": (tmp_path / "a.gpkg").read_bytes()})
    with pytest.raises(GeoeventsError, match="which layer is meant\\? It has one, two") as error:
        read_table(path)
    assert str(error.value).startswith(f"{path}/a.gpkg: ")
    assert len(read_table(path, layer="two").frame) == 2


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{}</name>
<Point><coordinates>1,2</coordinates></Point></Placemark></Document></kml>"""


def test_the_map_of_a_kmz_is_the_one_called_doc(tmp_path):
    members = {"files/a.kml": KML.format("a"), "doc.kml": KML.format("b"), "i.png": b"\x89PNG\r\n"}
    path = archive(tmp_path / "a.kmz", members)
    assert recognise(path) == "kml"
    table = read_table(path)
    assert (table.kind, table.frame["name"].tolist()) == ("kml", ["b"])
    assert read_table(path, layer="a.kml").frame["name"].tolist() == ["a"]
    del members["doc.kml"]
    assert read_table(archive(path, members)).frame["name"].tolist() == ["a"]


def test_messages_name_the_archive_and_not_a_passing_file(tmp_path):
    gz = tmp_path / "a.csv.gz"
    gz.write_bytes(gzip.compress(b"a,,b\n"))
    with pytest.raises(GeoeventsError) as error:
        read_table(gz)
    assert str(error.value) == f"{gz}: line 1: column 2 has no name"
    path = archive(tmp_path / "a.zip", {"b.csv": "a,,b\n"})
    with pytest.raises(GeoeventsError) as error:
        read_table(path)
    assert str(error.value) == f"{path}/b.csv: line 1: column 2 has no name"


@pytest.mark.parametrize(
    "name",
    ["../../escaped.csv", "/escaped.csv", "..\\escaped.csv", "C:\\escaped.csv", "a/../../b.csv"],
)
def test_names_in_archives_are_not_trusted(tmp_path, name):
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    path = archive(folder / "a.zip", {name: "a\n1\n"})
    before = sorted(tmp_path.rglob("*"))
    with patch.object(packing.tempfile, "tempdir", str(folder)):
        assert read_table(path).frame["a"].tolist() == [1]
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/escaped.csv").exists()


def test_bombs(tmp_path):
    zeros = b"0" * (4 << 20)
    zipped = archive(tmp_path / "a.zip", {"a.csv": zeros})
    gz = tmp_path / "a.gz"
    gz.write_bytes(gzip.compress(zeros))
    for path in (zipped, gz):
        assert path.stat().st_size < 10_000
        with (
            patch.object(packing, "ANY_RATIO_BYTES", 1 << 20),
            pytest.raises(GeoeventsError, match="unpacks to more than 1 MiB, far more"),
        ):
            read_table(path)


def test_a_size_that_lies(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.csv": "a\n" + "1\n" * 100_000})
    content = path.read_bytes()
    true, lie = (200_002).to_bytes(4, "little"), (50).to_bytes(4, "little")
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, lie))
    with pytest.raises(GeoeventsError, match="is damaged or cut off"):
        read_table(path)


def test_too_many_members(tmp_path):
    path = archive(tmp_path / "a.zip", {f"{at}.csv": "a\n" for at in range(1001)})
    with pytest.raises(GeoeventsError, match="holds 1001 files, more than 1000"):
        read_table(path)


def test_packed_twice(tmp_path):
    inner = gzip.compress(b"a\n1\n")
    path = archive(tmp_path / "a.zip", {"a.csv.gz": inner})
    with pytest.raises(
        GeoeventsError, match=r"is packed twice, .* unpack the outer file yourself"
    ) as error:
        read_table(path)
    assert str(error.value).startswith(f"{path}/a.csv.gz: ")


def test_what_is_damaged_empty_or_locked(tmp_path):
    path = tmp_path / "a.gz"
    whole = gzip.compress(b"a,b\n" + bytes(range(48, 58)) * 100)
    for content in (whole[:-10], whole[:15], whole[:10] + b"\xff" * 20):
        path.write_bytes(content)
        with pytest.raises(GeoeventsError, match="is damaged or cut off"):
            read_table(path)
    path = archive(tmp_path / "a.zip", {})
    with pytest.raises(GeoeventsError, match="is an empty archive"):
        read_table(path)
    path = archive(tmp_path / "a.zip", {"a.csv": "a\n1\n"})
    content = path.read_bytes()
    path.write_bytes(content[:-30])
    with pytest.raises(GeoeventsError, match="is damaged or cut off"):
        read_table(path)
    locked = bytearray(content)
    locked[6] |= 1
    locked[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(locked)
    with pytest.raises(GeoeventsError, match="is locked with a password"):
        read_table(path)


def test_an_archive_of_what_is_not_read_says_what_it_is(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.pdf": "%PDF-1.7"})
    with pytest.raises(GeoeventsError, match="is a PDF") as error:
        read_table(path)
    assert str(error.value).startswith(f"{path}/a.pdf: ")


def test_nothing_is_left_behind(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.csv": "a\n1\n"})
    (tmp_path / "passing").mkdir()
    with patch.object(packing.tempfile, "tempdir", str(tmp_path / "passing")):
        frame = read_table(path).frame
    assert list((tmp_path / "passing").iterdir()) == []
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"a": [1]}), check_column_type=False)
