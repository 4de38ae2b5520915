"""Layers of GeoPackage, shapefile and FlatGeobuf."""

import sqlite3

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geoevents.errors import GeoeventsError
from geoevents.tables import read_table

FRAME = gpd.GeoDataFrame(
    {"name": ["دير", "b"], "n": [1, 2]}, geometry=shapely.points([[1, 2], [3, 4]]), crs=4326
)


@pytest.fixture
def shape(tmp_path):
    FRAME.to_file(tmp_path / "a.shp", encoding="UTF-8")
    return tmp_path / "a.shp"


@pytest.mark.parametrize(
    ("driver", "suffix", "kind"),
    [("GPKG", ".gpkg", "gpkg"), ("FlatGeobuf", ".fgb", "flatgeobuf"), (None, ".shp", "shapefile")],
)
def test_attributes_and_shapes(tmp_path, driver, suffix, kind):
    path = tmp_path / f"a{suffix}"
    FRAME.to_file(path, driver=driver or "ESRI Shapefile", encoding="UTF-8")
    table = read_table(path)
    assert table.kind == kind
    frame = table.frame.sort_values("n")
    assert frame["name"].tolist() == ["دير", "b"]
    assert frame.geometry.x.tolist() == [1, 3]
    assert frame.crs == "EPSG:4326"


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb"])
def test_gaps_cost_no_digits(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    frame = FRAME.assign(
        n=pd.array([1765432109876543217, None], dtype="Int64"),
        few=pd.array([None, 3], dtype="Int64"),
        sure=pd.array([False, None], dtype="boolean"),
    )
    pyogrio.write_dataframe(frame, path, use_arrow=True)
    read = read_table(path).frame.sort_values("n")
    assert read["n"].tolist() == [1765432109876543217, pd.NA]
    assert read["sure"].tolist() == [False, pd.NA]
    assert read["few"].dropna().tolist() == [3]


def test_the_layer_that_is_meant(tmp_path):
    path = tmp_path / "a.gpkg"
    for name in ("one", "two"):
        FRAME.assign(name=name).to_file(path, layer=name, driver="GPKG")
    with pytest.raises(GeoeventsError, match=r"which layer is meant\? It has one, two; name one"):
        read_table(path)
    assert read_table(path, layer="two").frame["name"].tolist() == ["two", "two"]
    with pytest.raises(GeoeventsError, match="has no layer 'three': it has one, two"):
        read_table(path, layer="three")
    FRAME.assign(name="e").to_file(path, layer="events", driver="GPKG")
    assert read_table(path).frame["name"].tolist() == ["e", "e"]


def test_the_styles_of_qgis_are_no_layer(tmp_path):
    path = tmp_path / "a.gpkg"
    FRAME.to_file(path, layer="one", driver="GPKG")
    with sqlite3.connect(path) as database:
        database.execute("create table layer_styles (id integer primary key, styleQML text)")
        database.execute(
            "insert into gpkg_contents (table_name, data_type, identifier) "
            "values ('layer_styles', 'attributes', 'layer_styles')"
        )
    database.close()
    assert len(read_table(path).frame) == 2


def test_a_database_without_layers_and_what_is_none(tmp_path):
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("create table a (b)")
    database.close()
    path.with_name("b.gpkg").write_bytes(b"SQLite format 3\x00" + b"\x00" * 100)
    path.with_name("c.gpkg").write_bytes(b"fgb\x03fgb\x01" + b"\xff" * 100)
    for name in ("b.gpkg", "c.gpkg"):
        with pytest.raises(GeoeventsError, match="that can be read"):
            read_table(path.with_name(name))


def test_a_shapefile_without_its_index(shape):
    shape.with_suffix(".shx").unlink()
    with pytest.raises(GeoeventsError, match=r"its index a.shx is missing: put it beside"):
        read_table(shape)


def test_a_shapefile_without_attributes_says_so(shape):
    shape.with_suffix(".dbf").unlink()
    with pytest.warns(UserWarning, match=r"a.dbf is not beside it, so its shapes have no columns"):
        frame = read_table(shape).frame
    assert frame.geometry.x.tolist() == [1, 3]


def test_a_shapefile_without_crs_has_none(shape):
    shape.with_suffix(".prj").unlink()
    assert read_table(shape).frame.crs is None


def test_a_shapefile_without_its_encoding(shape, tmp_path):
    shape.with_suffix(".cpg").unlink()
    assert read_table(shape).frame["name"].tolist() == ["دير", "b"]
    other = tmp_path / "other.shp"
    FRAME.assign(name=["é", "b"]).to_file(other, encoding="ISO-8859-1")
    other.with_suffix(".cpg").unlink()
    with pytest.warns(UserWarning, match=r"other.cpg, which says the encoding of its text"):
        assert read_table(other).frame["name"].tolist() == ["é", "b"]


@pytest.mark.parametrize("suffix", [".csv", ".kml", ".zip", ".dbf", ".json", ""])
@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf"])
def test_another_suffix_does_not_matter(tmp_path, driver, suffix):
    right = tmp_path / {"GPKG": "a.gpkg", "FlatGeobuf": "a.fgb"}[driver]
    FRAME.to_file(right, driver=driver)
    path = right.rename(tmp_path / f"b{suffix}")
    assert sorted(read_table(path).frame["name"]) == ["b", "دير"]


def test_a_shapefile_of_another_suffix(shape):
    path = shape.rename(shape.with_suffix(".shape"))
    assert read_table(path).frame["name"].tolist() == ["دير", "b"]
