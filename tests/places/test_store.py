import pickle

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from geoevents.errors import GeoeventsError
from geoevents.places.building import build
from geoevents.places.store import Store, write
from geoevents.places.texts import Texts

SHELL = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
SHAPES = {
    "p": Point(3.1234567, 4),
    "q": SHELL,
    "r": MultiPolygon([SHELL, box(20, 20, 30, 30)]),
    "s": LineString([(0, 0), (1, 1), (2, 5)]),
    "t": MultiLineString([[(5, 5), (6, 6)], [(-7, 7), (9, -9), (10, 12)]]),
}


def frame_of(shapes, **columns):
    count = len(shapes)
    base = {
        "id": list(shapes),
        "name": [f"name {i}" for i in shapes],
        "names": [["Other", "another"]] * count,
        "kind": "region",
        "country": "SY",
        "admin1": None,
        "population": 1,
        "uncertainty_m": 5.0,
        "source": "test",
    }
    return gpd.GeoDataFrame(base | columns, geometry=list(shapes.values()), crs="EPSG:4326")


@given(st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1)))
def test_texts_are_found_where_they_are(texts):
    texts = sorted(set(texts))
    packed = Texts(*Texts.pack(texts), len(texts))
    assert packed.take(range(len(texts))) == texts
    assert [packed[i] for i in range(len(texts))] == texts
    assert [packed.find(t) for t in texts] == list(range(len(texts)))
    assert packed.find_all(texts).tolist() == list(range(len(texts)))
    absent = [t + "\x1f" for t in texts] + [""]
    assert {packed.find(t) for t in absent} <= {-1}
    assert set(packed.find_all(absent).tolist()) <= {-1}


def test_many_texts_are_found_in_every_block():
    texts = sorted({f"{i * 7919 % 100_003:x}" for i in range(5000)})
    packed = Texts(*Texts.pack(texts), len(texts))
    assert packed.find_all(texts).tolist() == list(range(len(texts)))
    assert [packed.find(t) for t in texts[::37]] == list(range(0, len(texts), 37))
    assert packed.find("0" * 60) == -1
    assert packed.find("zz") == -1


def test_texts_are_found_alike_once_many_were_looked_for():
    texts = sorted(f"key {number}" for number in range(5000))
    packed = Texts(*Texts.pack(texts), len(texts))
    asked = [*texts, "", "key", "key 1 ", "key 99999", "aaa", "zzz", "key 1\u00e9"]
    numbers = {text: number for number, text in enumerate(texts)}
    assert [packed.find(text) for text in asked] == [numbers.get(text, -1) for text in asked]
    assert [packed.find(text) for text in asked] == [numbers.get(text, -1) for text in asked]


def test_geometries_come_back_as_they_went_in():
    store = build(frame_of(SHAPES))
    every = np.arange(len(store))
    back = dict(zip(store.column("id", every), store.geometries(every), strict=True))
    for key, shape in SHAPES.items():
        assert back[key].geom_type == shape.geom_type
        assert back[key].equals(shape)
    # Any order, repeated.
    some = np.array([4, 1, 1, 0])
    expected = [store.geometries(every)[i] for i in some]
    assert all(a.equals(b) for a, b in zip(store.geometries(some), expected, strict=True))


def test_a_file_holds_what_memory_holds(tmp_path):
    frame = frame_of(SHAPES)
    path = tmp_path / "x.gaz"
    write(frame, path, grid_deg=1e-7)
    stored, built = Store.open(path), build(frame)
    assert stored.arrays.keys() == built.arrays.keys()
    for name, array in built.arrays.items():
        assert stored.arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(stored.arrays[name], array)
    again = pickle.loads(pickle.dumps(stored))  # noqa: S301 -- our own bytes
    assert again.path == path
    assert [p.name for p in tmp_path.iterdir()] == ["x.gaz"]


def test_a_polygon_stays_valid_when_it_is_rounded():
    # A bow-tie appears if the vertices are rounded one by one.
    thin = Polygon([(0, 0), (1, 0.00004), (1, 0.00006), (0.5, 0.000034), (0, 0.00001)])
    store = build(frame_of({"a": thin}), grid_deg=1e-4)
    assert shapely.is_valid(store.geometries(np.array([0]))[0])


def test_a_point_stands_for_each_shape():
    far = MultiPolygon([box(0, 0, 1, 1), box(50, 0, 60, 10)])
    horseshoe = Polygon([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (1, 1), (1, 9), (0, 9)])
    shapes = {"a": far, "b": horseshoe, "c": LineString([(0, 0), (10, 0)])}
    store = build(frame_of(shapes))
    lon, lat = store.points(np.arange(3))
    points = dict(zip(store.column("id", np.arange(3)), shapely.points(lon, lat), strict=True))
    assert points["a"].x == pytest.approx(55)
    assert horseshoe.contains(points["b"])
    assert points["c"].equals(Point(5, 0))


def test_boxes_are_touched():
    store = build(frame_of(SHAPES))
    ids = np.array(store.column("id", np.arange(5)))
    assert set(ids[store.touching((3, 4, 3.2, 4.1))]) == {"p", "q", "r", "t"}
    assert set(ids[store.touching((25, 25, 26, 26))]) == {"r"}
    assert set(ids[store.touching((100, 0, 101, 1))]) == set()


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"kind": ["region", "town", "region", "region", "region"]}, "row 1: kind must be one of"),
        ({"name": ["a", "b", None, "d", "e"]}, "row 2: a feature needs a name"),
        ({"id": ["1", "2", "3", "3", "5"]}, "row 3: the id is there twice"),
    ],
)
def test_a_bad_row_is_named(columns, message):
    with pytest.raises(GeoeventsError, match=message):
        build(frame_of(SHAPES, **columns))


@pytest.mark.parametrize(
    "geometry",
    [None, Point(), Point(200, 0), Point(0, 91), shapely.GeometryCollection([Point(1, 1)])],
)
def test_a_bad_geometry_is_named(geometry):
    with pytest.raises(GeoeventsError, match="row 1: the geometry must"):
        build(frame_of({"a": Point(0, 0), "b": geometry}))


def test_a_frame_needs_its_columns_and_crs():
    frame = frame_of(SHAPES)
    with pytest.raises(GeoeventsError, match="lacks the columns kind"):
        build(frame.drop(columns="kind"))
    with pytest.raises(GeoeventsError, match="no CRS"):
        build(frame.set_crs(None, allow_override=True))


def test_another_crs_is_reprojected():
    frame = frame_of({"a": Point(40.14084, 35.33588)}).to_crs("EPSG:3857")
    lon, lat = build(frame).points(np.array([0]))
    assert (lon[0], lat[0]) == (pytest.approx(40.14084), pytest.approx(35.33588))


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "x.gaz"
    path.write_bytes(b"PK\x03\x04 not ours")
    with pytest.raises(GeoeventsError, match="not a geoevents gazetteer"):
        Store.open(path)
    with pytest.raises(GeoeventsError, match="cannot open"):
        Store.open(tmp_path / "none.gaz")
    path.write_bytes(b"")
    with pytest.raises(GeoeventsError, match="cannot open"):
        Store.open(path)


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(tmp_path, keep):
    path = tmp_path / "x.gaz"
    write(frame_of(SHAPES), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(GeoeventsError, match=r"cut off or damaged|not a geoevents gazetteer"):
        Store.open(path)


def test_feature_codes_are_kept_where_there_are_any():
    every = np.arange(5)
    plain = build(frame_of(SHAPES))
    assert plain.column("feature_code", every) == [""] * 5
    assert "feature_code" not in plain.arrays
    codes = ["P.PPL", None, "H.WAD", "P.PPL", ""]
    store = build(frame_of(SHAPES, feature_code=codes))
    found = dict(zip(store.column("id", every), store.column("feature_code", every), strict=True))
    assert found == {
        "p": "P.PPL", "q": "", "r": "H.WAD", "s": "P.PPL", "t": "",
    }  # fmt: skip


def test_every_bad_row_is_listed_up_to_twenty():
    shapes = {str(i): Point(i, 0) for i in range(30)}
    with pytest.raises(GeoeventsError) as caught:
        build(frame_of(shapes, kind=["region"] * 5 + ["town"] * 25))
    lines = str(caught.value).split("\n")
    assert lines[0] == "25 of 30 rows cannot be used:"
    assert lines[1].startswith("row 5: kind must be one of country, ")
    assert lines[1].endswith("(kind='town')")
    assert lines[20].startswith("row 24:")
    assert lines[21:] == ["and 5 more"]


POLYGONS = st.lists(
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=8, unique=True
).map(lambda xy: Polygon(xy).buffer(0.013, quad_segs=2))


@given(st.lists(POLYGONS, min_size=1, max_size=4), st.sampled_from([1e-7, 1e-4, 1e-2]))
def test_polygons_are_kept_valid_and_no_further_off_than_the_grid(polygons, grid):
    polygons = [p for p in polygons if p.is_valid and p.area > 0.1 and p.geom_type == "Polygon"]
    store = build(frame_of({str(i): p for i, p in enumerate(polygons)}), grid_deg=grid)
    every = np.arange(len(store))
    for number, shape in zip(store.column("id", every), store.geometries(every), strict=True):
        assert shape.is_valid
        assert shapely.hausdorff_distance(shape, polygons[int(number)]) < 1.5 * grid


def test_an_empty_frame_makes_an_empty_store():
    store = build(frame_of(SHAPES).iloc[:0])
    assert len(store) == 0
    assert store.keys.find("a") == -1
    assert store.keys.find_all(["a"]).tolist() == [-1]
    assert store.touching((-180, -90, 180, 90)).size == 0


def test_missing_values_are_kept_missing():
    columns = {"names": [None, float("nan"), "One", ["Two"], []], "population": [1, None, 2, 3, 4]}
    store = build(frame_of(SHAPES, **columns, country=[None, "SY", pd.NA, "SY", "SY"]))
    every = np.arange(5)
    by_id = dict(zip(store.column("id", every), store.column("names", every), strict=True))
    assert by_id == {"p": (), "q": (), "r": ("One",), "s": ("Two",), "t": ()}
    by_id = dict(zip(store.column("id", every), store.column("country", every), strict=True))
    assert by_id == {"p": "", "q": "SY", "r": "", "s": "SY", "t": "SY"}


# ---------------------------------------------------------------------- damage


def look_up_all(store):
    """Ask a store for everything it can be asked."""
    every = np.arange(len(store))
    for name in ("id", "name", "names", "kind", "country", "admin1", "population", "source"):
        store.column(name, every)
    store.geometries(every)
    store.boxes(every)
    store.touching((-180, -90, 180, 90))
    keys = store.keys.take(range(len(store.keys)))
    for at in range(len(keys)):
        store.postings(at)
        assert store.keys[at] == keys[at]
    store.postings_all(store.keys.find_all(keys))
    store.sounding_like(np.arange(5, dtype=np.uint32))


@given(st.data())
def test_whatever_is_flipped_cut_or_blanked_is_found(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("damage") / "x.gaz"
    write(frame_of(SHAPES), path, grid_deg=1e-7)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    match data.draw(st.sampled_from(["flip", "cut", "blank"])):
        case "flip":
            content[at] ^= 1 << data.draw(st.integers(0, 7))
        case "cut":
            del content[at:]
        case "blank":
            blank = bytes(min(64, len(content) - at))
            if content[at : at + 64] == blank:
                content[at] = 1
            else:
                content[at : at + 64] = blank
    path.write_bytes(content)
    with pytest.raises(GeoeventsError, match=r"x\.gaz"):
        Store.open(path)


@given(st.data())
def test_without_a_checksum_what_makes_no_sense_is_an_error_that_names_the_file(
    tmp_path_factory, data
):
    path = tmp_path_factory.mktemp("damage") / "x.gaz"
    write(frame_of(SHAPES), path, grid_deg=1e-7)
    content = bytearray(path.read_bytes()[:-16].replace(b'"sealed":true', b'"Sealed":true'))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        look_up_all(Store.open(path))
    except GeoeventsError as error:
        assert "x.gaz" in str(error)  # noqa: PT017 -- or nothing is raised: a name spelt otherwise
        assert "build it again" in str(error)  # noqa: PT017


def test_old_files_without_a_checksum_are_read(tmp_path):
    write(frame_of(SHAPES), tmp_path / "x.gaz", grid_deg=1e-7)
    content = (tmp_path / "x.gaz").read_bytes()
    (tmp_path / "x.gaz").write_bytes(content[:-16].replace(b'"sealed":true', b'"Sealed":true'))
    store = Store.open(tmp_path / "x.gaz")
    assert store.column("name", np.arange(len(store))) == build(frame_of(SHAPES)).column(
        "name", np.arange(len(store))
    )


def test_a_large_file_is_summed_only_if_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("geoevents.places.store.MOST_SUMMED", 1000)
    write(frame_of(SHAPES), tmp_path / "x.gaz", grid_deg=1e-7)
    content = bytearray((tmp_path / "x.gaz").read_bytes())
    at = content.rindex(b"name p")
    content[at] ^= 1
    (tmp_path / "x.gaz").write_bytes(content)
    assert "oame p" in Store.open(tmp_path / "x.gaz").names.take(range(5))
    with pytest.raises(GeoeventsError, match=r"some of its bytes have changed.*build it again"):
        Store.open(tmp_path / "x.gaz", whole=True)


@pytest.mark.parametrize(
    ("array", "change", "said"),
    [
        ("kind", lambda a: a + 7, "a kind that is not there"),
        ("lat", lambda a: a[:-1], "the array lat"),
        ("ids_blocks", lambda a: a[::-1], "the array ids_blocks"),
        ("postings_counts", lambda a: a + 1, "the postings"),
        ("shape_feature", lambda a: a + 9, "the shapes' features"),
        ("ring_ends", lambda a: a[::-1], "the array ring_ends"),
        ("shape_bounds", lambda a: a[:-1], "the shapes"),
        ("y", lambda a: a[:-1], "the vertices"),
        ("ids", lambda a: a.astype(np.uint16), "the array ids"),
    ],
)
def test_arrays_that_do_not_fit_are_told(tmp_path, array, change, said):
    store = build(frame_of(SHAPES))
    store.arrays[array] = change(store.arrays[array])
    store.save(tmp_path / "x.gaz")  # with a checksum that fits
    with pytest.raises(GeoeventsError, match=f"cut off or damaged .{said}"):
        Store.open(tmp_path / "x.gaz")


def test_a_posting_of_no_feature_is_told_when_it_is_met(tmp_path):
    store = build(frame_of(SHAPES))
    store.arrays["postings"] = store.arrays["postings"] + np.uint32(100)
    store.save(tmp_path / "x.gaz")
    opened = Store.open(tmp_path / "x.gaz")
    with pytest.raises(GeoeventsError, match="a name of a feature that is not there"):
        opened.postings(0)
    with pytest.raises(GeoeventsError, match="gazetteer update"):
        opened.postings_all(np.array([0, 1]))


@pytest.mark.parametrize("name", ["ring_ends", "part_rings", "shape_parts"])
def test_a_shape_with_an_empty_part_is_no_shape(tmp_path, name):
    """Shapely ends the process over such arrays, so they must not come so far."""
    store = build(frame_of(SHAPES))
    ends = store.arrays[name].copy()
    ends[1] = 0
    store.arrays[name] = ends
    store.save(tmp_path / "x.gaz")
    with pytest.raises(GeoeventsError, match="something is empty"):
        Store.open(tmp_path / "x.gaz")
