"""Writing events: whole or not at all, and the same when read back."""

import json
import stat

import geopandas as gpd
import numpy as np
import pandas as pd
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

BASIC = [column.name for column in COLUMNS if not column.by_attach]
SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet"]

TEXT = st.none() | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)
COUNT = st.none() | st.integers(0, 10**9)
SIZE = st.none() | st.floats(0, 1e9)
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@st.composite
def shapes(draw):
    kind = draw(st.sampled_from(["none", "point", "line", "polygon", "many", "high"]))
    lon, lat = draw(LON), draw(LAT)
    if kind == "none":
        return None
    if kind == "line":
        return shapely.LineString([(lon, lat), (lon / 2 - 89, lat)])
    if kind == "polygon":
        x, y = draw(st.floats(-179, 178)), draw(st.floats(-89, 88))
        hole = [[(x + 0.2, y + 0.2), (x + 0.4, y + 0.2), (x + 0.2, y + 0.4)]]
        return Polygon([(x, y), (x, y + 1), (x + 1, y)], hole if draw(st.booleans()) else [])
    if kind == "many":
        return shapely.MultiPoint([(lon, lat), (draw(LON), draw(LAT))])
    return Point(lon, lat, draw(st.floats(-1e4, 1e4))) if kind == "high" else Point(lon, lat)


@st.composite
def frames(draw):
    rows = draw(st.integers(0, 4))

    def column(cells):
        return pd.Series([draw(cells) for _ in range(rows)], dtype=object)

    moment = st.none() | st.datetimes(
        pd.Timestamp("1000-01-01").to_pydatetime(), pd.Timestamp("2300-01-01").to_pydatetime()
    )
    frame = pd.DataFrame(
        {
            "event_type": column(st.sampled_from(list(EVENT_TYPES))),
            "actor": column(TEXT),
            "quote": column(TEXT),
            "start": column(moment),
            "status": column(st.none() | st.sampled_from(list(STATUSES))),
            "fatalities": column(COUNT),
            "reported_area_km2": column(SIZE),
            "uncertainty_m": column(st.none() | st.floats(1e-3, 1e7)),
            "inferred": column(st.booleans()),
            "explanation": column(TEXT),
        }
    )
    frame["date_precision"] = column(st.sampled_from(list(DATE_PRECISIONS)))
    frame.loc[frame["start"].isna(), "date_precision"] = None
    frame["a note"] = pd.Series([f"n{n}" for n in range(rows)], dtype=TEXT_DTYPE)
    frame["weight"] = np.arange(rows) + 0.5
    geometry = np.full(rows, None)
    for row in range(rows):
        geometry[row] = draw(shapes())
    return validate(gpd.GeoDataFrame(frame, geometry=geometry, crs=4326))


def assert_same(read, written):
    assert list(read.columns) == list(written.columns)
    for name in written.columns.drop("geometry"):
        given, back = written[name], read[name]
        assert (back.dtype == given.dtype) or not len(written), name
        assert back.isna().tolist() == given.isna().tolist(), name
        assert back.dropna().tolist() == given.dropna().tolist(), name
    one, other = read.geometry.to_numpy(), written.geometry.to_numpy()
    assert shapely.is_missing(one).tolist() == shapely.is_missing(other).tolist()
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
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(events=frames())
def test_what_is_written_is_read_back(suffix, events, tmp_path_factory):
    path = tmp_path_factory.mktemp("round") / f"events{suffix}"
    ge.write_events(events, path)
    if not len(events) and suffix == ".geojson":  # which names columns only in its rows
        events = events[BASIC]
    assert_same(ge.read_events(path), events)


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


def test_csv_is_what_a_person_would_write(events, tmp_path):
    ge.write_events(events, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes().decode()
    first, last = text.split("\r\n")[0], text.split("\r\n")[-2]
    assert first.startswith("event_id,event_type,actor,target,start,")
    assert ",2017-09-16," in text
    assert ",2017-09-16T04:30:00.000," in last
    assert ",3," in text
    assert "POINT (40.1 35.3)" in text
    assert "nan" not in text.lower()


def test_geojson_is_of_rfc_7946(tmp_path):
    clockwise = Polygon([(0, 0), (0, 2), (2, 2), (2, 0)])
    frame = gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[clockwise], crs=4326)
    ge.write_events(frame, tmp_path / "a.geojson")
    content = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert set(content) == {"type", "features"}
    feature = content["features"][0]
    assert set(feature) == {"type", "properties", "geometry"}
    assert feature["properties"]["fatalities"] is None
    assert shapely.is_ccw(shapely.LinearRing(feature["geometry"]["coordinates"][0]))


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_others_read_it_too(events, suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    ge.write_events(events, path)
    read = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)
    assert read.crs == "EPSG:4326"
    assert read["event_id"].tolist() == events["event_id"].tolist()
    assert read.geometry[0] == Point(40.1, 35.3)


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


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
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
    assert_geodataframe_equal(read, events.iloc[:0], check_dtype=False, check_index_type=False)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "name", ["fid", "FID", "geom", "id", "type", "ogc_fid", "select", "a b", 5]
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


@pytest.mark.parametrize("suffix", [".csv", ".gpkg"])
def test_bytes_are_not_written_as_text(suffix, tmp_path):
    frame = pd.DataFrame({"event_type": ["siege"], "place": ["x"], "raw": [b"a"]})
    with pytest.raises(ge.GeoeventsError, match="column raw holds a bytes"):
        ge.write_events(frame, tmp_path / f"a{suffix}")


def test_an_index_of_ids_is_written(events, tmp_path):
    ge.write_events(events.set_index("event_id"), tmp_path / "a.csv")
    read = ge.read_events(tmp_path / "a.csv")
    assert read["event_id"].tolist() == events["event_id"].tolist()
