"""GeoJSON: collections, single features, one to a line."""

import json

import pytest
from shapely import Point

from geoevents.errors import GeoeventsError
from geoevents.tables import read_table


@pytest.fixture
def file(tmp_path):
    def write(content, name="a.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    return write


def feature(geometry=None, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


POINT = {"type": "Point", "coordinates": [40, 35]}


def test_properties_and_geometry(file):
    content = {"type": "FeatureCollection", "features": [feature(POINT, n=1), feature(m="x")]}
    table = read_table(file(content))
    assert table.kind == "geojson"
    assert table.lines is None
    assert table.frame.geometry.tolist() == [Point(40, 35), None]
    assert table.frame.crs == "EPSG:4326"
    assert table.frame.columns.tolist() == ["n", "m", "geometry"]


def test_the_ids_of_features_are_kept(file):
    content = {"features": [feature(POINT, n=1) | {"id": 7}, feature(POINT, n=2)]}
    frame = read_table(file(content)).frame
    assert frame["id"].astype(object).where(frame["id"].notna(), None).tolist() == [7, None]
    assert frame["n"].tolist() == [1, 2]
    content = {"features": [feature(POINT, ID="a") | {"id": "x"}]}
    frame = read_table(file(content)).frame
    assert frame.drop(columns="geometry").to_dict("list") == {"feature_id": ["x"], "ID": ["a"]}
    content = {"features": [feature(POINT, id="x") | {"id": "x"}]}
    assert read_table(file(content)).frame.columns.tolist() == ["id", "geometry"]


def test_gaps_cost_no_digits(file):
    content = {"features": [feature(POINT, n=1765432109876543217, b=True), feature(POINT)]}
    frame = read_table(file(content)).frame
    assert frame["n"].dropna().tolist() == [1765432109876543217]
    assert (str(frame["n"].dtype), str(frame["b"].dtype)) == ("Int64", "boolean")


def test_a_name_twice_in_an_object(file):
    path = file('{"features": [{"properties": {"a": 1, "a": 2}}]}')
    with pytest.raises(GeoeventsError, match="is not GeoJSON: an object has the name 'a' twice"):
        read_table(path)


def test_no_features(file):
    table = read_table(file({"type": "FeatureCollection", "features": []}))
    assert table.frame.shape == (0, 1)
    assert table.frame.crs == "EPSG:4326"


def test_rows_that_are_no_features(file):
    content = {
        "features": [
            feature(n=1),
            7,
            {"properties": [1]},
            feature({"type": "Point"}),
            feature(geometry=POINT) | {"properties": {"geometry": "x"}},
            feature(n=6),
        ]
    }
    table = read_table(file(content))
    assert table.broken == {
        1: "is not a GeoJSON feature",
        2: "is not a GeoJSON feature",
        3: "has a geometry that is not GeoJSON",
        4: "has a property called geometry, which is the name of its shape",
    }
    assert table.frame["n"].dropna().tolist() == [1, 6]


def test_one_feature_a_line(file):
    lines = [f"\x1e{json.dumps(feature(POINT, n=at))}" for at in range(2)]
    table = read_table(file("\n".join([*lines, '\x1e{"type": "Feature", "prop', lines[1]])))
    assert table.frame["n"].dropna().tolist() == [0, 1, 1]
    assert table.lines.tolist() == [1, 2, 3, 4]
    assert list(table.broken) == [2]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"type": "FeatureCollection", "features": [', "line 1: is not GeoJSON: expecting value"),
        ('{"type": "FeatureCollection", "features": 1}', "it has no features"),
        ('{"features": ' + "[" * 200_000, "is not GeoJSON: it is nested too deeply"),
        ('{"features": [{"properties": {"a": ' + "1" * 5000 + "}}]}", "is not GeoJSON"),
        ({"features": [feature(a="half \ud800")]}, "half of a surrogate pair"),
        ({"features": [], "crs": {"type": "link"}}, "its crs cannot be read"),
    ],
)
def test_what_is_not_read(file, content, message):
    path = file(content)
    with pytest.raises(GeoeventsError, match=message) as error:
        read_table(path)
    assert str(error.value).startswith(f"{path}: ")


@pytest.mark.parametrize("depth", [100, 500, 900, 940, 960, 980, 990, 1000])
def test_a_geometry_nested_deeply_is_a_broken_row_or_an_error(file, depth):
    deep = "[" * depth + "]" * depth
    shape = f'{{"type": "Polygon", "coordinates": {deep}}}'
    path = file(f'{{"features": [{{"properties": {{}}, "geometry": {shape}}}]}}')
    try:
        assert list(read_table(path).broken) == [0]
    except GeoeventsError as error:
        assert "nested too deeply" in str(error)  # noqa: PT017 -- the other outcome


def test_an_older_crs(file):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    table = read_table(file({"features": [feature(POINT)], "crs": crs}))
    assert table.frame.crs == "EPSG:3857"
