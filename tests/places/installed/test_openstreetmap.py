"""Features of OpenStreetMap's layout, all invented: names, kinds, rivers joined, borders mended."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box, mapping

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, geocode, store
from geoevents.places.installed.openstreetmap import read_osm
from geoevents.places.installed.tags import _pairs, code_of
from geoevents.places.installed.waterways import rivers
from geoevents.places.store import KINDS

INVENTED = runpy.run_path(str(Path(__file__).with_name("invented.py")))


def written(tmp_path, *features, name="osm.geojson"):
    """A GeoJSON file of (geometry, tags) pairs."""
    path = tmp_path / name
    rows = [
        {"type": "Feature", "geometry": geometry and mapping(geometry), "properties": tags}
        for geometry, tags in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    return path


def read(tmp_path, *features):
    frame, account = read_osm(written(tmp_path, *features))
    return frame.set_index("name"), account


def test_every_name_is_a_name(tmp_path):
    tags = {
        "@id": "node/5", "place": "village", "name": "تل زميران", "name:en": "Tell Zimran",
        "name:ar": "تل زميران", "name:ku": "Girê Zimran", "name:zh-Hant": "祖韋拉",
        "alt_name": "Zimrana; Zimran Hill", "alt_name:en": "Zimranville", "old_name": "Zimropolis",
        "int_name": "Zimrân", "official_name": "Village of Zimran", "loc_name": "Zimro",
        "name:etymology": "somebody", "name:etymology:wikidata": "Q1", "name:prefix": "Village",
        "name:pronunciation": "zim", "source:name": "a sign", "note": "no name",
        "population": "1,250",
    }  # fmt: skip
    frame, account = read(tmp_path, (Point(40.25, 35.11), tags))
    place = frame.loc["Tell Zimran"]
    assert sorted(place["names"]) == sorted([
        "تل زميران", "Girê Zimran", "祖韋拉", "Zimrana", "Zimran Hill", "Zimranville", "Zimropolis",
        "Zimrân", "Village of Zimran", "Zimro",
    ])  # fmt: skip
    assert (place["id"], place["kind"], place["feature_code"]) == (
        "osm:node/5", "populated place", "place=village",
    )  # fmt: skip
    assert (place["country"], place["admin1"], place["population"]) == ("SY", "Deir ez-Zor", 1250)
    assert place["source"] == "OpenStreetMap"
    assert account.record()["left_out"] == {}


def test_a_main_name_is_found_where_there_is_one(tmp_path):
    point = Point(40.25, 35.11)
    frame, account = read(
        tmp_path,
        (point, {"place": "hamlet", "name": "اسم"}),
        (point, {"place": "hamlet", "int_name": "Intern"}),
        (point, {"place": "hamlet", "name:fr": "Ville"}),
        (point, {"place": "hamlet", "name": "Uno;Due"}),
        (point, {"place": "hamlet", "note": "none"}),
        (point, {"place": "hamlet", "name": "..."}),
    )
    assert frame.index.tolist() == ["اسم", "Intern", "Ville", "Uno"]
    assert frame.loc["Uno", "names"] == ["Due"]
    assert account.rows["without a name"] == 2


@pytest.mark.parametrize(
    ("tags", "identity"),
    [
        ({"@id": "way/12"}, "osm:way/12"),
        ({"id": "relation/3"}, "osm:relation/3"),
        ({"@type": "node", "@id": 7}, "osm:node/7"),  # osmium, attributes
        ({"id": "w9"}, "osm:way/9"),  # osmium, type_id
        ({"id": "a18"}, "osm:way/9"),  # its areas
        ({"id": "a19"}, "osm:relation/9"),
        ({"full_id": "r4", "osm_id": "4", "osm_type": "relation"}, "osm:relation/4"),
        ({"osm_id": "4", "osm_type": "way"}, "osm:way/4"),
        ({"@id": "bogus"}, "osm:osm/0"),
        ({"id": 3}, "osm:osm/0"),
    ],
)
def test_ids_of_every_program(tmp_path, tags, identity):
    frame, _ = read(tmp_path, (Point(1, 1), {"name": "A1", "place": "town", **tags}))
    assert frame["id"].tolist() == [identity]


def test_tags_in_one_property(tmp_path):
    tags = {"type": "way", "id": 4, "tags": {"name": "Zimran", "place": "city", "x": None}}
    frame, _ = read(tmp_path, (Point(1, 1), tags))
    assert frame[["id", "kind"]].values.tolist() == [["osm:way/4", "populated place"]]
    frame, account = read(tmp_path, (Point(1, 1), tags), (Point(2, 2), {"tags": "[broken"}))
    assert frame[["id", "kind"]].values.tolist() == [["osm:way/4", "populated place"]]
    assert account.notes == ["of 1 features not all tags could be read, such as osm:osm/1 (tags)"]
    assert account.rows["without a name"] == 1


def test_kinds_of_tags():
    boundary = {"boundary": "administrative"}
    for tags, kind in (
        ({**boundary, "admin_level": "2"}, "country"),
        ({**boundary, "admin_level": "3"}, "region"),
        ({**boundary, "admin_level": "4", "place": "state"}, "admin1"),
        ({**boundary, "admin_level": "5"}, "admin2"),
        ({**boundary, "admin_level": "8"}, "admin2"),
        ({**boundary, "admin_level": "99"}, "region"),
        ({**boundary}, "region"),
        ({"boundary": "protected_area"}, "region"),
        ({"place": "suburb"}, "populated place"),
        ({"place": "locality"}, "facility"),
        ({"waterway": "wadi"}, "river"),
        ({"waterway": "dam"}, "facility"),
        ({"natural": "water", "water": "reservoir"}, "lake"),
        ({"natural": "water", "water": "river"}, "river"),
        ({"landuse": "reservoir"}, "lake"),
        ({"natural": "desert"}, "region"),
        ({"natural": "peak"}, "facility"),
        ({"military": "base"}, "facility"),
        ({"highway": "primary"}, ""),
        ({}, ""),
    ):
        assert code_of(tags)[0] == kind, tags


@given(st.dictionaries(st.sampled_from(["place", "waterway", "natural", "boundary", "admin_level",
                                        "amenity", "water"]), st.text(max_size=5)))  # fmt: skip
def test_any_tags_have_a_kind_of_ours_or_none(tags):
    kind, code = code_of(tags)
    assert kind in {"", *KINDS}
    assert bool(kind) == bool(code)


def river(points, name="Wadi Zimran", **tags):
    return LineString(points), {"waterway": "river", "name": name, **tags}


def test_pieces_of_a_river_are_one_line_downstream(tmp_path):
    frame, account = read(
        tmp_path,
        river([(40.2, 35), (40.3, 35.1)], **{"@id": "way/2", "name:en": "Zimran"}),
        river([(40.0, 35), (40.1, 35)], **{"@id": "way/9", "name:en": "Zimran"}),
        river([(40.1, 35), (40.2, 35)], **{"@id": "way/7", "name:en": "Zimran", "alt_name": "Zim"}),
        river([(44.0, 35), (44.1, 35)], **{"@id": "way/3", "name:en": "Zimran"}),  # far away
    )
    assert frame["id"].tolist() == ["osm:way/2", "osm:way/3"]
    first = frame.iloc[0]
    assert list(first.geometry.coords) == [(40.0, 35), (40.1, 35), (40.2, 35), (40.3, 35.1)]
    assert first["names"] == ["Wadi Zimran", "Zim"]
    assert first["uncertainty_m"] == 100
    assert account.notes == ["4 lines of rivers were joined into 2"]


def test_a_gap_and_an_arm_leave_parts_the_longest_first(tmp_path):
    frame, _ = read(
        tmp_path,
        river([(40.0, 35), (40.01, 35)]),
        river([(40.04, 35), (40.5, 35)]),  # behind a gap of 3 km
        river([(40.2, 35), (40.2, 35.1)]),  # an arm
    )
    geometry = frame.geometry.iloc[0]
    assert geometry.geom_type == "MultiLineString"
    lengths = [part.length for part in geometry.geoms]
    assert lengths == sorted(lengths, reverse=True)
    assert geometry.length == pytest.approx(0.01 + 0.46 + 0.1)


def test_a_whole_joins_what_lies_apart_and_parts_what_does_not(tmp_path):
    relation = [{"rel": 77, "reltags": {"type": "waterway"}}]
    frame, _ = read(
        tmp_path,
        river([(1, 1), (1.1, 1)], wikidata="Q5"),
        river([(9, 1), (9.1, 1)], name="Other Name", wikidata="Q5"),
        river([(1.1, 1), (1.2, 1)], wikidata="Q6"),
        river([(20, 1), (20.1, 1)], name="Bahr", **{"@relations": relation}),
        river([(25, 1), (25.1, 1)], name="Bahr", **{"@relations": relation}),
        river([(30, 1), (30.1, 1)], name="Bahr", **{"@relations": [{"rel": "x"}, 3]}),
    )
    assert sorted(shapely.get_num_geometries(frame.geometry.to_numpy()).tolist()) == [1, 1, 2, 2]


def test_the_same_piece_twice_is_one(tmp_path):
    frame, _ = read(tmp_path, river([(1, 1), (2, 1)]), river([(1, 1), (2, 1)]))
    assert frame.geometry.iloc[0].equals(LineString([(1, 1), (2, 1)]))


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_order_of_pieces_does_not_matter(pieces, random):
    lines = [LineString([(x, 0), (x + 1, 0)]) for _, x in pieces]
    names = [name for name, _ in pieces]
    group = rivers([""] * len(pieces), names, np.array(lines, dtype=object))
    for i, (name, x) in enumerate(pieces):  # end to end and of one name: one river
        for j, (other, y) in enumerate(pieces):
            if name == other and abs(x - y) <= 1:
                assert group[i] == group[j]
            if name != other:
                assert group[i] != group[j]
    order = list(range(len(pieces)))
    random.shuffle(order)
    again = rivers([""] * len(pieces), [names[i] for i in order],
                   np.array([lines[i] for i in order], dtype=object))  # fmt: skip
    for a, i in enumerate(order):
        for b, j in enumerate(order):
            assert (again[a] == again[b]) == (group[i] == group[j])


def test_borders_that_cross_themselves_are_mended_and_told(tmp_path):
    bow = Polygon([(40, 35), (41, 36), (41, 35), (40, 36)])
    level = {"boundary": "administrative", "admin_level": "6"}
    frame, account = read(
        tmp_path,
        (bow, {"name": "Bow", **level}),
        (box(42, 35, 43, 36), {"name": "Box", **level}),
    )
    assert frame["kind"].tolist() == ["admin2", "admin2"]
    assert frame.geometry.is_valid.all()
    assert frame.geometry["Bow"].area == pytest.approx(0.5)
    assert account.notes == ["1 geometries crossed themselves and were mended: Bow"]


def test_a_shore_drawn_as_a_closed_line_is_an_area(tmp_path):
    ring = LineString([(40, 35), (41, 35), (41, 36), (40, 35)])
    frame, account = read(
        tmp_path,
        (ring, {"name": "Pond", "natural": "water"}),
        (LineString([(40, 35), (41, 35)]), {"name": "Shore", "natural": "water"}),
        (LineString([(40, 35), (41, 35)]),
         {"name": "Line", "boundary": "administrative", "admin_level": "4"}),
        (box(40, 35, 41, 36), {"name": "Wide", "natural": "water", "water": "river"}),
        (box(40, 35, 41, 36), {"name": "Bank", "waterway": "riverbank"}),
        (LineString([(40, 35), (41, 35)]), {"name": "Road", "highway": "primary"}),
        (None, {"name": "Nowhere", "place": "town"}),
        (shapely.GeometryCollection([Point(1, 1), LineString([(1, 1), (2, 2)])]),
         {"name": "Both", "place": "town"}),
        (Point(500, 100), {"name": "Off", "place": "town"}),
        (Point(1, 1), {"name": "One", "place": "town", "@id": "node/1"}),
        (Point(1, 1), {"name": "Again", "place": "town", "@id": "node/1"}),
    )  # fmt: skip
    assert frame["kind"].to_dict() == {"Pond": "lake", "One": "populated place"}
    assert frame.geometry["Pond"].geom_type == "Polygon"
    assert account.record()["left_out"] == {
        "borders and shores drawn as lines, not as areas": 2,
        "areas of rivers (their lines are what is used)": 2,
        "without a tag that tells what kind of place it is": 1,
        "without a geometry": 1,
        "with coordinates beyond 180 and 90 degrees, or that are no numbers": 1,
        "with a geometry of points and lines together": 1,
        "with an id that came before": 1,
    }


def test_what_was_added_is_found_rather_than_the_embedded_drawing(tmp_path):
    lon, lat = INVENTED["KHABUR"]
    line = LineString([(lon, lat + 0.2), (lon, lat), (lon, lat - 0.3)])
    frame, _ = read_osm(written(tmp_path, (line, {
        "@id": "way/1", "waterway": "river", "name": "نهر الخابور", "name:en": "Khabur",
    })))  # fmt: skip
    embedded = Gazetteer.embedded().features(["wdb:river:khabur-sy"])
    assert frame["population"].tolist() == [embedded["population"].iloc[0] + 1]
    store.write(frame, tmp_path / "osm.gaz")
    both = Gazetteer([*Gazetteer.embedded().stores, store.Store.open(tmp_path / "osm.gaz")])
    assert geocode("نهر الخابور", country="SY", gazetteer=both).source in {
        "OpenStreetMap", "WDB II (GSHHG)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no GeoJSON"),
        ("<osm></osm>", "is no GeoJSON"),
        ("id,name\n1,a", "is no GeoJSON"),
        ("{", "cannot be read as GeoJSON"),
        ('{"version": 0.6,\n "elements": []}', "as Overpass answers it.*Export, GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "no feature"),
    ],
    ids=["empty", "xml", "csv", "broken", "overpass json", "nothing"],
)
def test_what_is_no_geojson_is_told(tmp_path, content, said):
    path = tmp_path / "a.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GeoeventsError, match=said):
        read_osm(path)
    with pytest.raises(GeoeventsError, match="No such file"):
        read_osm(tmp_path / "none.geojson")


def as_it_stands(tmp_path, *features):
    """A GeoJSON file of features that shapely would not make."""
    path = tmp_path / "osm.geojson"
    rows = [
        {"type": "Feature", "properties": tags, "geometry": {"type": kind, "coordinates": points}}
        for kind, points, tags in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    frame, account = read_osm(path)
    return frame.set_index("name"), account


def test_one_bad_feature_is_one_feature_less(tmp_path):
    frame, account = as_it_stands(
        tmp_path,
        ("Point", [40.1, 35.1], {"@id": "node/1", "place": "village", "name": "Zimran"}),
        ("Point", [40.2, 35.1], {"@id": "node/2", "place": "village", "name": "Zim" * 80}),
        ("LineString", [[40, 35], [40, 35]], {"@id": "way/3", "waterway": "wadi", "name": "Same"}),
        ("LineString", [[40, 35]], {"@id": "way/4", "waterway": "wadi", "name": "Once"}),
        ("LineString", [[40, 35], [40, 35], [40.2, 35]],
         {"@id": "way/5", "waterway": "wadi", "name": "Twice"}),
        ("Polygon", [[[40, 35], [41, 35], [41, 36], [40, 36]]],
         {"@id": "way/6", "natural": "water", "name": "Open"}),
        ("Point", [400, 35], {"@id": "node/7", "place": "village", "name": "Off"}),
        ("Point", [0, 0],
         {"@id": "node/8", "place": "village", "name": "Null", "addr:country": "SY"}),
        ("Point", [40.3, 35.1], {"@id": "node/9", "place": ["a"], "name": "Listed"}),
        ("Point", [40.3, 35.2], {"@id": "node/10", "place": {"a": 1}, "name": "Nested"}),
        ("Point", [40.4, 35.1], {"@id": "node/11", "place": ["hamlet"], "name": ["Tum", "Bak"]}),
        ("Point", [40.5, 35.1], {"@id": "node/12", "place": "village", "name": 12345}),
        ("Point", [40.6, 35.1],
         {"@id": "node/13", "place": "village", "name": "Qar", "alt_name": "Q" * 90}),
    )  # fmt: skip
    assert frame["kind"].to_dict() == {
        "Zimran": "populated place", "Open": "lake", "Tum": "populated place",
        "12345": "populated place", "Qar": "populated place", "Twice": "river",
    }  # fmt: skip
    assert frame.loc["Tum", "names"] == ["Bak"]
    assert frame.geometry["Open"].equals(box(40, 35, 41, 36))
    assert frame.geometry["Twice"].length == pytest.approx(0.2)
    long = "a name of more than 200 letters is never looked up"
    point = "with a line of a single point"
    outside = "with coordinates beyond 180 and 90 degrees, or that are no numbers"
    null = "at 0, 0, far from their country"
    assert account.record()["left_out"] == {
        long: 1, point: 2, outside: 1, null: 1,
        "without a tag that tells what kind of place it is": 2,
    }  # fmt: skip
    assert set(account.problems) == {
        f"osm:node/2: {long}", f"osm:way/3: {point}", f"osm:way/4: {point}",
        f"osm:node/7: {outside}", f"osm:node/8: {null}",
    }  # fmt: skip
    # The long main name is among the names too, and goes as one of these before all.
    assert account.record()["names_left_out"] == {"longer than 80 letters": 2}
    assert any("1 areas were not closed, and were mended: osm:way/6" in n for n in account.notes)
    store.write(frame.reset_index(), tmp_path / "osm.gaz")


def test_tags_in_one_column_are_tags(tmp_path):
    hstore = r'"name:en"=>"Tell \"Z\" \\ Zimran","waterway"=>"river", "note"=>NULL,"a,b"=>"=>"'
    frame, account = read(
        tmp_path,
        (LineString([(40, 35), (41, 35)]), {"osm_id": "7", "name": "نهر", "other_tags": hstore}),
        (Point(40.1, 35.1), {"name": "Zimran", "tags": {"place": "hamlet", "name:ar": "زميران"}}),
        (Point(40.2, 35.1), {"name": "Tumbak", "all_tags": '{"place": "village", "ele": 300}'}),
        (Point(40.3, 35.1), {"name": "Broken", "place": "town", "other_tags": '"a"=>"b'}),
        (Point(40.4, 35.1), {"name": "Own", "place": "town", "other_tags": '"place"=>"farm"'}),
    )
    assert frame["feature_code"].to_dict() == {
        r'Tell "Z" \ Zimran': "waterway=river", "Zimran": "place=hamlet",
        "Tumbak": "place=village", "Broken": "place=town", "Own": "place=town",
    }  # fmt: skip
    assert frame.loc["Zimran", "names"] == ["زميران"]
    assert account.notes == [
        "of 1 features not all tags could be read, such as osm:osm/3 (other_tags)"
    ]


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_pairs_come_back_as_they_were_written(tags):
    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    written = ",".join(f"{quoted(key)}=>{quoted(value)}" for key, value in tags.items())
    assert _pairs(written) == tags


@pytest.mark.parametrize("text", ['"a', '"a"=>', '"a"=>"b" "c"=>"d"', "a=>b", '"' + "\\" * 100_001])
def test_pairs_that_are_none_are_told_at_once(text):
    assert _pairs(text) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.sampled_from(["", "Q1", "Q2"]),
            st.integers(0, 60), st.integers(0, 60), st.integers(0, 30), st.integers(0, 30),
        ),
        min_size=1, max_size=14,
    )
)  # fmt: skip
def test_rivers_are_what_pairs_would_tell(pieces):
    """Each pair compared: of one name, not of two wholes, within 5 km; or of one whole."""
    lines = np.array(
        [LineString([(x / 101, y / 101), ((x + w + 1) / 101, (y + h) / 101)])
         for _, _, x, y, w, h in pieces], object,
    )  # fmt: skip
    count = len(pieces)
    expected = list(range(count))
    for _ in range(count):
        for i in range(count):
            for j in range(count):
                (name, whole, *_), (other, theirs, *_) = pieces[i], pieces[j]
                near = name == other and shapely.dwithin(lines[i], lines[j], 0.05)
                if (whole and whole == theirs) or (
                    near and not (whole and theirs and whole != theirs)
                ):
                    expected[i] = expected[j] = min(expected[i], expected[j])
    found = rivers([whole for _, whole, *_ in pieces], [name for name, *_ in pieces], lines)
    for i in range(count):
        for j in range(count):
            assert (found[i] == found[j]) == (expected[i] == expected[j])


def test_hostile_tags_are_text(tmp_path):
    nasty = "<script>\x1b[31m\x00" + "A" * 100_000
    frame, account = read(
        tmp_path,
        (Point(1, 1), {"name": nasty, "place": "town", "population": "9" * 400}),
        (Point(1, 1), {"name": "B1", "place": "town", "wikidata": nasty, "admin_level": "²"}),
        (Point(1, 1), {"name": "C1", "boundary": "administrative", "admin_level": "²"}),
    )
    assert len(frame) == 3
    assert account.record()["left_out"] == {}
    store.write(frame.reset_index(), tmp_path / "osm.gaz")
