"""Reading tables: every row is read or accounted for, and a bad file gives one clear error."""

import json
import sqlite3

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

import geoevents as ge
from geoevents.events.schema import SchemaError


@pytest.fixture
def file(tmp_path):
    def write(content, name="events.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def features(*properties, geometry=None):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": each, "geometry": geometry} for each in properties
            ],
        }
    )


# -- CSV ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_marks_and_line_ends(file, delimiter, mark, end):
    rows = [["event_type", "actor", "lat", "lon"], ["siege", '"a, b; c"', "35", "40"]]
    path = file(mark + end.join(delimiter.join(row) for row in rows) + end)
    events = ge.read_events(path)
    assert events.loc[0, "actor"] == "a, b; c"
    assert events.geometry[0] == Point(40, 35)


def test_the_delimiter_is_not_sought_inside_quotes(file):
    path = file('"event_type";"place";"who; and, on, whom, really"\nsiege;Raqqa;x\n')
    assert ge.read_events(path).loc[0, "who; and, on, whom, really"] == "x"


def test_one_column_of_one_kind(file):
    assert len(problems(file("event_type\nsiege\n"))) == 1


def problems(path):
    with pytest.raises(SchemaError) as error:
        ge.read_events(path)
    return error.value.problems


def test_lines_are_those_of_the_file(file):
    path = file(
        "event_type,place,quote\n"
        "\n"
        'siege,Raqqa,"three\nlines\r\nlong"\n'
        "seige,Raqqa,\n"
        ",,\n"
        "siege,Raqqa,x,y\n"
        "\n"
        'siege,Raqqa,""\n'
        "sige,,a\n"
    )
    found = problems(path)
    assert found[["line", "row"]].to_numpy().tolist() == [[6, 1], [7, 2], [8, 3], [11, 5]]
    assert found["reason"][2] == "the row has 4 cells, the header 3"
    with pytest.raises(SchemaError) as error:
        ge.read_events(path)
    lines = str(error.value).splitlines()
    assert lines[0] == f"{path}: 4 problems"
    assert lines[1].startswith("  line 6, row 1, column event_type: 'seige' is not allowed: ")


def test_split_accounts_for_every_row(file):
    path = file(
        "event_type,place,start,fatalities\n"
        "siege,Raqqa,2017,0\n"
        "sige,Raqqa,03/04/2017,-1\n"
        "siege,Raqqa\n"
        "siege,Homs,2018,\n"
    )
    events, rejected = ge.read_events(path, errors="split")
    assert events.index.tolist() == [0, 3]
    assert list(rejected.columns) == ["file", "line", "row", "column", "value", "reason"]
    assert set(rejected["row"]) == {1, 2}
    assert rejected["line"].tolist() == [3, 3, 3, 4]
    assert rejected["column"].tolist() == ["event_type", "start", "fatalities", None]
    assert rejected["value"].tolist()[:3] == ["sige", "03/04/2017", "-1"]
    assert set(rejected["file"]) == {str(path)}


def test_split_with_nothing_wrong(file):
    events, rejected = ge.read_events(file("event_type,place\nsiege,Raqqa\n"), errors="split")
    assert (len(events), len(rejected)) == (1, 0)


def test_split_does_not_hide_a_table_of_something_else(file):
    with pytest.raises(SchemaError, match="event_type: is missing"):
        ge.read_events(file("a,b\n1,2\n"), errors="split")


def test_column_names_in_any_case(file):
    path = file(" Event Type ,PLACE,Reported_Area_km2,My Column\nsiege,Raqqa,3,x\n")
    events = ge.read_events(path)
    assert events.loc[0, ["event_type", "place", "reported_area_km2"]].tolist() == [
        "siege",
        "Raqqa",
        3,
    ]
    assert "My Column" in events


def test_names_that_become_the_same(file):
    assert "stands twice" in problems(file("event_type,Event Type,place\na,b,c\n"))["reason"][0]


def test_columns_the_schema_does_not_know_get_types_only_if_nothing_is_lost(file):
    path = file(
        "event_type,place,n,x,gaps,code,id,flag,words\n"
        "siege,Raqqa,1,1.5,2,007,12345678901234567890,True,1\n"
        "siege,Raqqa,-2,1e3,,010,12345678901234567891,False,a\n"
    )
    events = ge.read_events(path)
    assert events["n"].dtype == "int64"
    assert events["x"].tolist() == [1.5, 1000]
    assert events["gaps"].dtype == "float64"
    assert events["code"].tolist() == ["007", "010"]
    assert events["id"].tolist() == ["12345678901234567890", "12345678901234567891"]
    assert events["flag"].dtype == bool
    assert events["words"].tolist() == ["1", "a"]


def test_words_for_missing_are_words(file):
    events = ge.read_events(file("event_type,place,actor\nsiege,NA,null\n"))
    assert events.loc[0, ["place", "actor"]].tolist() == ["NA", "null"]


def test_a_long_polygon_in_a_cell(file):
    degrees = np.linspace(0, 2 * np.pi, 8000, endpoint=False)
    ring = gpd.GeoSeries([Polygon(np.column_stack([np.cos(degrees), np.sin(degrees)]))])
    text = ring.to_wkt(rounding_precision=20)[0]
    assert len(text) > 131072  # the csv module's own limit
    path = file(f'event_type,geometry\nsiege,"{text}"\n')
    assert ge.read_events(path).geometry[0] == ring[0]


def test_a_header_alone(file):
    events = ge.read_events(file("event_type,place\n"))
    assert len(events) == 0
    assert events.crs == "EPSG:4326"


def test_ids_are_the_same_at_every_reading(file):
    path = file("event_type,place\nsiege,Raqqa\nsiege,Raqqa\n")
    assert ge.read_events(path)["event_id"].tolist() == ge.read_events(path)["event_id"].tolist()


# -- files that are not what they claim ------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.gpkg", "a.parquet"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\xff\xfe" * 50,
        b"\xff\xfe" + "event_type,place\n".encode("utf-16-le"),
        b"event_type,place\nsiege,D\xe9ir\n",
        b'{"type": "FeatureCollection", "features": [',
        b'event_type,place\nsiege,"Raqqa\n',
        b"SQLite format 3\x00" + b"\x00" * 100,
        b"PAR1" + b"garbage" * 10 + b"PAR1",
        b"[1, 2]",
        b"null",
        b"\n\n",
    ],
)
def test_garbage_gives_one_clear_error(file, name, content):
    path = file(content, name)
    with pytest.raises(ge.GeoeventsError) as error:
        ge.read_events(path)
    assert str(error.value).startswith(f"{path}: ")


def test_garbage_says_where(file):
    with pytest.raises(ge.GeoeventsError, match=r"line 2, row 0: byte 0xe9 is not UTF-8"):
        ge.read_events(file(b"event_type,place\nsiege,D\xe9ir\n"))
    with pytest.raises(ge.GeoeventsError, match="UTF-16: save it as UTF-8"):
        ge.read_events(file("event_type".encode("utf-16")))
    with pytest.raises(ge.GeoeventsError, match="column 2 has no name"):
        ge.read_events(file("event_type,,place\n"))
    with pytest.raises(ge.GeoeventsError, match="quotation mark that is not closed"):
        ge.read_events(file('event_type,place\nsiege,"Raqqa\n'))


def test_paths(tmp_path, file):
    with pytest.raises(ge.GeoeventsError, match="there is no such file"):
        ge.read_events(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ge.GeoeventsError, match="is a folder"):
        ge.read_events(tmp_path / "folder.csv")
    with pytest.raises(ge.GeoeventsError, match="format is 'xls': use one of auto, acled"):
        ge.read_events(tmp_path / "a.csv", format="xls")
    with pytest.raises(ge.GeoeventsError, match="errors is 'ignore'"):
        ge.read_events(tmp_path / "a.csv", errors="ignore")
    path = file("event_type,place\nsiege,Raqqa\n", "a.data")
    assert len(ge.read_events(str(path))) == 1
    assert len(ge.read_events(str(path), format="csv")) == 1
    assert len(ge.read_events(str(path), format="auto")) == 1


# -- GeoJSON --------------------------------------------------------------------------------------


def test_geojson(file):
    path = file(
        features(
            {"event_type": "siege", "start": "2017-09", "n": 1},
            {"event_type": "protest", "start": "2017-09-16T04:00:00Z", "m": "2017-01-01"},
            geometry={"type": "Point", "coordinates": [40, 35]},
        ),
        "a.geojson",
    )
    events = ge.read_events(path)
    assert events["date_precision"].tolist() == ["month", "day"]
    assert events.geometry.tolist() == [Point(40, 35)] * 2
    assert events.loc[1, "m"] == "2017-01-01"


def test_geojson_rows_that_are_no_features(file):
    good = {"type": "Feature", "properties": {"event_type": "siege"}, "geometry": None}
    path = file(
        json.dumps(
            {
                "features": [
                    good,
                    7,
                    {"properties": [1]},
                    good | {"geometry": {"type": "Point"}},
                    good | {"properties": {"event_type": "siege", "geometry": "x"}},
                    good,
                ]
            }
        ),
        "a.geojson",
    )
    events, rejected = ge.read_events(path, errors="split")
    assert events.index.tolist() == [0, 5]
    assert rejected["row"].tolist() == [1, 2, 3, 4]


def test_geojson_of_another_crs(file):
    content = json.loads(
        features(
            {"event_type": "siege"},
            geometry={"type": "Point", "coordinates": [20037508.342789244 / 180 * 40, 0]},
        )
    )
    content["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    events = ge.read_events(file(json.dumps(content), "a.json"))
    assert events.geometry[0].distance(Point(40, 0)) < 1e-9
    content["crs"] = {"type": "link"}
    with pytest.raises(ge.GeoeventsError, match="its crs cannot be read"):
        ge.read_events(file(json.dumps(content), "a.json"))


def test_geojson_without_features(file):
    events = ge.read_events(
        file('{"type": "FeatureCollection", "features": []}', "a.geojson"), errors="split"
    )
    assert events


def test_deep_nesting_is_an_error_not_a_crash(file):
    with pytest.raises(ge.GeoeventsError, match="nested too deeply"):
        ge.read_events(file("[" * 200_000, "a.geojson"))


def test_a_number_that_python_does_not_read(file):
    content = '{"features": [{"properties": {"fatalities": ' + "1" * 5000 + "}}]}"
    with pytest.raises(ge.GeoeventsError, match="is not GeoJSON"):
        ge.read_events(file(content, "a.geojson"))


# -- GeoPackage and Parquet -----------------------------------------------------------------------


def layer(path, name, place):
    frame = gpd.GeoDataFrame(
        {"event_type": ["siege"], "place": [place]}, geometry=[Point(1, 2)], crs=4326
    )
    frame.to_file(path, layer=name, driver="GPKG")


def test_geopackage_layers(tmp_path):
    path = tmp_path / "a.gpkg"
    layer(path, "one", "Homs")
    assert ge.read_events(path).loc[0, "place"] == "Homs"
    layer(path, "two", "Hama")
    with pytest.raises(ge.GeoeventsError, match="which layer is meant"):
        ge.read_events(path)
    layer(path, "events", "Raqqa")
    assert ge.read_events(path).loc[0, "place"] == "Raqqa"


def test_a_database_without_layers(tmp_path):
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("create table a (b)")
    database.close()
    with pytest.raises(ge.GeoeventsError):
        ge.read_events(path)


def test_parquet_without_geometry(tmp_path):
    path = tmp_path / "a.parquet"
    frame = pd.DataFrame(
        {"event_type": ["siege"], "lat": [35.0], "lon": [40.0]}, index=pd.Index(["k"], name="key")
    )
    frame.to_parquet(path)
    events = ge.read_events(path)
    assert events.geometry[0] == Point(40, 35)
    assert events.index.tolist() == [0]
    assert events["key"].tolist() == ["k"]


# -- anything -------------------------------------------------------------------------------------


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.csv", "a.geojson"):
        path = folder / name
        path.write_bytes(content)
        with pytest.raises(ge.GeoeventsError):
            ge.read_events(path)


@given(st.lists(st.lists(st.text('ab,;"\n\t1', max_size=5), max_size=4), max_size=6))
def test_any_rows_are_accounted_for(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    path.write_text("event_type,place\n" + body, encoding="utf-8", newline="")
    count = sum(bool(row) and (len(row) > 1 or row != [""]) for row in rows)
    events, rejected = ge.read_events(path, errors="split")
    assert sorted([*events.index, *set(rejected["row"])]) == list(range(count))


@pytest.mark.parametrize("properties", [{"note": "half \ud800"}, {"half \ud800": "note"}])
def test_half_a_surrogate_pair_in_geojson_is_an_error_of_ours(tmp_path, properties):
    path = tmp_path / "events.geojson"
    feature = {
        "type": "Feature",
        "properties": {"event_type": "protest", **properties},
        "geometry": {"type": "Point", "coordinates": [40.0, 35.0]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    with pytest.raises(ge.GeoeventsError, match="half of a surrogate pair"):
        ge.read_events(path)
