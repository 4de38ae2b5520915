"""Writing events: whole or not at all, and the same when read back."""

import stat

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

import geoevents as ge
from geoevents.events.columns import COLUMNS
from geoevents.events.schema import SchemaError, validate
from geoevents.events.values import TEXT as TEXT_DTYPE
from geoevents.events.vocabulary import DATE_PRECISIONS, EVENT_TYPES, STATUSES
from geoevents.io import read_vector, write_changes

BASIC = [column.name for column in COLUMNS if not column.by_attach]
SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz"]
XML = [".kml", ".kmz"]

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
XML_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
COUNT = st.none() | st.integers(0, 10**9)
SIZE = st.none() | st.floats(0, 1e9)
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


def polygons(x, y, holed):
    hole = [[(x + 0.2, y + 0.2), (x + 0.4, y + 0.2), (x + 0.2, y + 0.4)]]
    return Polygon([(x, y), (x, y + 1), (x + 1, y)], hole if holed else [])


def collections(point):
    inner = shapely.GeometryCollection([point, Point(1, 2)])
    return shapely.GeometryCollection([inner, shapely.box(0, 0, 1, 1)])


POINTS = st.builds(Point, LON, LAT)
EAST, WEST = shapely.box(179, -1, 180, 46), shapely.box(-180, 1, -179, 2)
PLANE = (
    st.none()
    | POINTS
    | st.builds(lambda lon, lat: shapely.LineString([(lon, lat), (lon / 2 - 89, lat)]), LON, LAT)
    | st.builds(polygons, st.floats(-179, 178), st.floats(-89, 88), st.booleans())
    | st.just(shapely.MultiPolygon([EAST, WEST]))
    | st.builds(lambda *points: shapely.MultiPoint(points), POINTS, POINTS)
    | POINTS.map(collections)
)
HIGH = st.builds(Point, LON, LAT, st.floats(-1e4, 1e4))


@st.composite
def frames(draw, characters, shapes):
    rows = draw(st.integers(0, 4))
    text = st.none() | st.text(characters, max_size=12)

    def column(cells):
        return pd.Series([draw(cells) for _ in range(rows)], dtype=object)

    moment = st.none() | st.datetimes(
        pd.Timestamp("1000-01-01").to_pydatetime(), pd.Timestamp("2300-01-01").to_pydatetime()
    )
    frame = pd.DataFrame(
        {
            "event_type": column(st.sampled_from(list(EVENT_TYPES))),
            "actor": column(text),
            "quote": column(text),
            "start": column(moment),
            "status": column(st.none() | st.sampled_from(list(STATUSES))),
            "fatalities": column(COUNT),
            "reported_area_km2": column(SIZE),
            "uncertainty_m": column(st.none() | st.floats(1e-3, 1e7)),
            "inferred": column(st.booleans()),
            "explanation": column(text),
        }
    )
    frame["date_precision"] = column(st.sampled_from(list(DATE_PRECISIONS)))
    frame.loc[frame["start"].isna(), "date_precision"] = None
    frame["a note"] = pd.Series([f"n{n}" for n in range(rows)], dtype=TEXT_DTYPE)
    frame["weight"] = np.arange(rows) + 0.5
    frame["number"] = np.arange(rows)
    frame["sure"] = np.arange(rows) % 2 == 0
    geometry = np.full(rows, None)
    for row in range(rows):
        geometry[row] = draw(shapes)
    return validate(gpd.GeoDataFrame(frame, geometry=geometry, crs=4326))


def assert_same(read, written):
    assert list(read.columns) == list(written.columns)
    for name in written.columns.drop("geometry"):
        given, back = written[name], read[name]
        assert (back.dtype == given.dtype) or not len(written), name
        assert back.isna().tolist() == given.isna().tolist(), name
        assert back.dropna().tolist() == given.dropna().tolist(), name
    one, other = read.geometry.to_numpy(), written.geometry.to_numpy()
    assert shapely.get_type_id(one).tolist() == shapely.get_type_id(other).tolist()
    assert shapely.equals(shapely.normalize(one), shapely.normalize(other))[
        ~shapely.is_missing(one)
    ].all()
    assert np.array_equal(
        shapely.get_coordinates(shapely.normalize(one), include_z=True),
        shapely.get_coordinates(shapely.normalize(other), include_z=True),
        equal_nan=True,
    )
    assert read.crs == written.crs


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_written_is_read_back(suffix, data, tmp_path_factory):
    # A FlatGeobuf file has heights or none.
    some = data.draw(st.sampled_from([PLANE, HIGH])) if suffix == ".fgb" else PLANE | HIGH
    events = data.draw(frames(XML_CHARACTERS if suffix in XML else CHARACTERS, some))
    path = tmp_path_factory.mktemp("round") / f"events{suffix}"
    ge.write_events(events, path)
    if not len(events) and suffix == ".geojson":  # which names columns only in its rows
        events = events[BASIC]
    read = ge.read_events(path)
    if suffix == ".fgb":  # whose rows stand in the order of its index
        read, events = (
            frame.sort_values("event_id", ignore_index=True) for frame in (read, events)
        )
    assert_same(read, events)


@pytest.fixture
def events():
    return validate(
        pd.DataFrame(
            {
                "event_type": ["siege", "protest"],
                "start": ["2017-09-16", "2017-09-16T04:30"],
                "fatalities": [3, None],
                "lon": [40.1, None],
                "lat": [35.3, None],
                "actor": ['=1+1, "quoted"\r\nline', "قسد"],
            }
        )
    )


def read_by_others(path):
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    layers = [name for name in pyogrio.list_layers(path)[:, 0] if name != "layer_styles"]
    return pd.concat([pyogrio.read_dataframe(path, layer=layer) for layer in layers])


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".fgb", ".kml"])
def test_others_read_it_too(events, suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    ge.write_events(events, path)
    read = read_by_others(path).set_index("event_id").loc[events["event_id"]]
    assert read.crs == "EPSG:4326"
    assert read.geometry.iloc[0] == Point(40.1, 35.3)
    assert read.geometry.iloc[1] is None
    assert read["fatalities"].fillna(-1).tolist() == [3, -1]
    assert read["actor"].tolist() == events["actor"].tolist()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failure_leaves_the_old_file(events, suffix, tmp_path, monkeypatch):
    path = tmp_path / f"a{suffix}"
    ge.write_events(events, path)
    before = path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ge.GeoeventsError, match="cannot be written: No space left on device"):
        ge.write_events(events.iloc[:1], path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_old_file_is_replaced_whole(events, suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    path.write_text("something else entirely")
    ge.write_events(events, path)
    ge.write_events(events.iloc[:1], path)
    assert len(ge.read_events(path)) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_still_points_to_the_file(events, tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "real" / "b.csv")
    ge.write_events(events, link)
    assert link.is_symlink()
    assert len(ge.read_events(tmp_path / "real" / "b.csv")) == 2


def test_the_file_has_the_usual_permissions(events, tmp_path):
    ge.write_events(events, tmp_path / "a.csv")
    (tmp_path / "plain").touch()
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a.csv", "plain")}
    assert len(modes) == 1


def test_paths_that_cannot_be_written(events, tmp_path):
    with pytest.raises(ge.GeoeventsError, match=r"suffix '.xls': use .csv"):
        ge.write_events(events, tmp_path / "a.xls")
    with pytest.raises(ge.GeoeventsError, match="there is no folder"):
        ge.write_events(events, tmp_path / "none" / "a.csv")
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(ge.GeoeventsError, match="is a folder"):
        ge.write_events(events, tmp_path / "a.csv")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_no_event_is_not_written(suffix, tmp_path):
    with pytest.raises(SchemaError):
        ge.write_events(
            pd.DataFrame({"event_type": ["tea"], "place": ["x"]}), tmp_path / f"a{suffix}"
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_a_format_cannot_hold(suffix, tmp_path):
    frame = pd.DataFrame({"event_type": ["siege"], "place": ["x"], "thing": [{1, 2}]})
    with pytest.raises(ge.GeoeventsError, match="cannot hold these events"):
        ge.write_events(frame, tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_rows(events, suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    ge.write_events(events.iloc[:0], path)
    read = ge.read_events(path)
    assert_geodataframe_equal(
        read, events.iloc[:0], check_dtype=False, check_index_type=False, check_column_type=False
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "name",
    [
        *("fid", "FID", "geom", "id", "type", "ogc_fid", "OGC_FID", "select", "a b", 5, "bbox"),
        *("name", "Name", "description", "folder", "begin", 'a<b&"c"', "row-1", "value"),
    ],
)
def test_awkward_names_of_columns(suffix, name, tmp_path):
    frame = pd.DataFrame({"event_type": ["siege"] * 2, "place": ["x"] * 2, name: [7, 7]})
    ge.write_events(frame, tmp_path / f"a{suffix}")
    assert ge.read_events(tmp_path / f"a{suffix}")[str(name)].tolist() == [7, 7]


def test_names_that_cannot_be_told_apart(tmp_path):
    frame = pd.DataFrame({"event_type": ["siege"], "place": ["x"], "Note": [1], "note": [2]})
    ge.write_events(frame, tmp_path / "a.csv")
    with pytest.raises(ge.GeoeventsError, match="cannot tell the columns 'Note' and 'note' apart"):
        ge.write_events(frame, tmp_path / "a.gpkg")
    frame = pd.DataFrame({"event_type": ["siege"], "place": ["x"], 5: [1], "5": [2]})
    with pytest.raises(ge.GeoeventsError, match="cannot tell"):
        ge.write_events(frame, tmp_path / "a.parquet")
    with pytest.raises(ge.GeoeventsError, match="has no name"):
        ge.write_events(frame.rename(columns={5: " "}), tmp_path / "a.csv")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_bytes_are_not_written_as_text(suffix, tmp_path):
    frame = pd.DataFrame({"event_type": ["siege"], "place": ["x"], "raw": [b"a"]})
    with pytest.raises(ge.GeoeventsError, match="column raw"):
        ge.write_events(frame, tmp_path / f"a{suffix}")


def test_an_index_of_ids_is_written(events, tmp_path):
    ge.write_events(events.set_index("event_id"), tmp_path / "a.csv")
    read = ge.read_events(tmp_path / "a.csv")
    assert read["event_id"].tolist() == events["event_id"].tolist()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_changes_in_another_crs_and_under_another_name(tmp_path, suffix):
    box = shapely.box(40, 35, 41, 36)
    changes = gpd.GeoDataFrame({"to_actor": ["A"]}, geometry=[box], crs=4326)
    changes = changes.to_crs(3857).rename_geometry("geom")
    write_changes(changes, tmp_path / f"a{suffix}")
    if suffix == ".csv":
        frame = pd.read_csv(tmp_path / "a.csv")
        shape = shapely.from_wkt(frame["geometry"][0])
    else:
        frame = read_vector(tmp_path / f"a{suffix}")
        shape = frame.geometry[0]
    assert list(frame.columns) == ["to_actor", "geometry"]
    assert shape.equals_exact(box, 1e-6, normalize=True)


def test_changes_without_geometries(tmp_path):
    for nothing in (pd.DataFrame({"to_actor": ["A"]}), gpd.GeoDataFrame({"to_actor": ["A"]})):
        with pytest.raises(ge.GeoeventsError, match="without geometries"):
            write_changes(nothing, tmp_path / "a.gpkg")
