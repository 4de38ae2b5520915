# ruff: noqa: PD011 -- Delta and Text are not frames
import re
from contextlib import nullcontext

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geoevents.errors import GeoeventsError, GeometryError
from geoevents.maps.frames import degrees
from geoevents.maps.layers import layers


def frame(geometries, crs=4326, **columns):
    return gpd.GeoDataFrame(columns, geometry=geometries, crs=crs)


def lon_lat(tree):
    return list(
        zip(np.array(tree["x"].values) / 1e5, np.array(tree["y"].values) / 1e5, strict=True)
    )


def test_events_stand_in_order_of_date_and_the_unplaced_last(events):
    tree = layers(events).tree["events"]
    assert (tree["count"], tree["placed"]) == (6, 5)
    ids = next(c for c in tree["columns"] if c["name"] == "event_id")["values"].values
    assert ids == ["c", "e", "d", "a", "b", "f"]
    assert tree["problem"].values == ["no such place"]


def test_types_carry_their_look_and_doubt_is_hollow(events):
    tree = layers(events).tree["events"]
    names = [t["name"] for t in tree["types"]]
    assert names == sorted(names)
    assert [names[t] for t in tree["type"]][:2] == ["protest", "shelling"]
    assert tree["hollow"].tolist() == [0, 0, 0, 1, 0, 0]


def test_an_unknown_type_keeps_its_name_and_looks_like_other():
    tree = layers(frame([Point(1, 1), Point(2, 2)], event_type=["coup", None])).tree["events"]
    assert [t["name"] for t in tree["types"]] == ["coup", "other"]
    assert tree["types"][0]["glyph"] == tree["types"][1]["glyph"]


def test_regions_have_markers_inside_them(events):
    tree = layers(events).tree
    regions = tree["regions"]
    assert regions["event"].tolist() == [1, 2]
    assert regions["area"].tolist() == [120.0, 300.0]
    assert regions["inferred"].tolist() == [1, 1]
    points = lon_lat(tree["events"])
    assert box(36.1, 36.3, 36.5, 36.6).contains(Point(points[1]))


def test_a_region_without_an_area_is_measured():
    square = box(0, 0, 1, 1)
    area = layers(frame([square])).tree["regions"]["area"]
    assert area.tolist() == pytest.approx([12308.78], rel=1e-4)  # WGS 84, pyproj.Geod


def test_a_shape_that_does_not_say_where_it_is_from_counts_as_inferred():
    assert layers(frame([box(0, 0, 1, 1)])).tree["regions"]["inferred"].tolist() == [1]


def test_a_line_gets_its_marker_half_way():
    tree = layers(frame([LineString([(0, 0), (2, 0)])])).tree["events"]
    assert lon_lat(tree) == [(1.0, 0.0)]


def test_missing_and_empty_geometries_are_unplaced():
    tree = layers(frame([Point(1, 2), None, Point()])).tree["events"]
    assert (tree["count"], tree["placed"]) == (3, 1)


def test_no_events_at_all():
    drawn = layers(frame([]))
    assert drawn.bounds is None
    assert drawn.tree["events"]["count"] == 0
    assert layers(None).tree == {}


def test_only_missing_geometries_need_no_crs():
    drawn = layers(frame([None, None], crs=None))
    assert drawn.tree["events"]["placed"] == 0


def test_another_crs_is_reprojected():
    drawn = layers(frame([Point(40.14, 35.34)]).to_crs(3857))
    assert drawn.bounds == pytest.approx((40.14, 35.34, 40.14, 35.34))


def test_no_crs_is_an_error():
    with pytest.raises(GeometryError, match="set_crs"):
        layers(frame([Point(1, 1)], crs=None))


def test_no_geometry_column_is_an_error():
    with pytest.raises(GeoeventsError, match="attach"):
        layers(pd.DataFrame({"event_type": ["protest"]}))


def test_columns_are_optional_and_extra_ones_are_kept():
    tree = layers(frame([Point(1, 1)], weather=["fog"])).tree["events"]
    assert [c["name"] for c in tree["columns"]] == ["weather"]


def test_named_places_are_looked_up_once_each(events, gazetteer):
    places = layers(events, gazetteer=gazetteer).tree["places"]
    assert places["name"].values == ["Town", "Long River"]


def test_data_across_the_antimeridian_stand_together():
    drawn = layers(frame([Point(179, 1), Point(-179, 2), Point(178, 0)]))
    assert drawn.bounds == (178.0, 0.0, 181.0, 2.0)
    assert lon_lat(drawn.tree["events"]) == [(179.0, 1.0), (181.0, 2.0), (178.0, 0.0)]


def test_a_polygon_cut_at_the_antimeridian_becomes_one():
    halves = MultiPolygon([box(179, 0, 180, 1), box(-180, 0, -179, 1)])
    drawn = layers(frame([halves]))
    assert drawn.bounds == (179.0, 0.0, 181.0, 1.0)
    x = np.array(drawn.tree["regions"]["shapes"]["x"].values) / 1e5
    assert (x.min(), x.max()) == (179.0, 181.0)


def test_data_all_around_the_world_stay_where_they_are():
    drawn = layers(frame([Point(lon, 0) for lon in range(-180, 180, 20)]))
    assert drawn.bounds == (-180.0, 0.0, 160.0, 0.0)


def test_a_whole_province_does_not_set_the_view():
    spots = [Point(40.1, 35.3), Point(40.5, 35.1), box(40.2, 35.2, 40.3, 35.3)]
    west, south, east, north = layers(frame([*spots, box(38, 33, 43, 37)])).bounds
    assert (west, east) == (40.1, 40.5)
    assert south >= 35.0
    assert north <= 35.3


def test_one_region_alone_does_set_the_view():
    assert layers(frame([box(38, 33, 43, 37)])).bounds == (38.0, 33.0, 43.0, 37.0)


def test_changes_are_coloured_by_who_gained():
    changes = frame(
        [box(0, 0, 1, 1), box(1, 0, 2, 1), None],
        from_actor=["ISIS", None, "SDF"],
        to_actor=["SDF", "SAA", "ISIS"],
        area_km2=[10.0, 20.0, 5.0],
    )
    tree = layers(changes=changes).tree["changes"]
    assert [a["name"] for a in tree["actors"]] == ["SAA", "SDF"]
    assert tree["area"].tolist() == [10.0, 20.0]
    assert len({a["colour"] for a in tree["actors"]}) == 2


def test_shapes_survive_quantising(events):
    shapes = layers(events).tree["regions"]["shapes"]
    assert shapes["paths"].tolist() == [5, 5]
    assert shapes["features"].tolist() == [1, 1]
    rebuilt = shapely.Polygon(
        np.stack([np.array(shapes[a].values)[:5] / 1e5 for a in "xy"], axis=1)
    )
    assert rebuilt.equals(box(36.1, 36.3, 36.5, 36.6))


@pytest.mark.parametrize("point", [(500, 2), (2, 91), (float("nan"), 2), (5, float("inf"))])
def test_a_position_off_the_earth_names_its_row(point):
    events = gpd.GeoDataFrame(
        {"event_type": ["protest"] * 2}, geometry=[Point(1, 1), Point(point)], index=list("ab"),
        crs=4326,
    )  # fmt: skip
    with pytest.raises(GeometryError, match="row 'b' lies at"):
        layers(events)


def test_a_column_that_stands_twice_is_named(events):
    twice = events.join(events[["actor"]].rename(columns={"actor": "again"}))
    twice.columns = [*twice.columns[:-1], "actor"]
    with pytest.raises(GeoeventsError, match="'actor' twice"):
        layers(twice)


def start_of(values):
    tree = layers(frame([Point(1, 1)] * len(values), start=values)).tree["events"]
    return next(c for c in tree["columns"] if c["name"] == "start")


@pytest.mark.parametrize(
    "values",
    [
        ["2017-09-16", "2017-09-01"],
        ["2017-09-16T00:00:00Z", "2017-09-01 00:00"],
        [pd.Timestamp("2017-09-16").date(), "2017-09-01"],
        ["2017-09-16T02:00+02:00", "2017-09-01"],
    ],
)
def test_dates_written_as_text_are_dates_and_order_the_events(values):
    start = start_of(values)
    days = [pd.Timestamp("2017-09-01"), pd.Timestamp("2017-09-16")]
    assert start["kind"] == "time"
    assert start["values"].tolist() == [day.timestamp() / 60 for day in days]


def test_a_missing_date_among_dates_stays_missing():
    assert start_of(["2017-09-16", None])["kind"] == "time"


@pytest.mark.parametrize("odd", ["2017", "September 2017", "2017-09-1x", "2017-13-40", "20170916"])
def test_other_text_in_a_date_column_is_shown_as_it_stands(odd):
    written = re.match(r"\d{4}-\d\d-\d\d$", odd)
    with nullcontext() if written else pytest.warns(UserWarning, match=f"holds '{odd}'"):
        start = start_of([odd, "2017-09-01"])
    assert start["kind"] == "text"
    assert odd in start["values"].values


def test_a_date_that_a_map_would_show_as_another_is_refused():
    with pytest.raises(GeoeventsError, match=r"row 1 has 9999-12-31.*up to the year 6053"):
        start_of(["2017-09-16", "9999-12-31"])


def test_a_shape_that_jumps_across_the_sheet_crosses_the_antimeridian():
    found = [
        Polygon([(179, 64), (-179, 64), (-179, 67), (179, 67)]),
        LineString([(170, 10), (-170, 12)]),
    ]
    assert layers(frame(found[:1])).bounds == (179, 64, 181, 67)
    assert layers(frame(found[1:])).bounds == (170, 10, 190, 12)
    # A band that ends at both edges of the sheet goes round the world.
    band = degrees(frame([box(-180, -80, 180, -70)]), "events")
    assert band.geometry.iloc[0].bounds == (-180, -80, 180, -70)


def test_an_event_known_to_a_province_stands_away_from_the_others():
    spots = [Point(40.1, 35.3), Point(40.5, 35.1), box(40.2, 35.2, 40.3, 35.3)]
    province = box(38, 34, 42, 36)  # its middle lies 15 km from the first spot
    drawn = layers(frame([*spots, province], inferred=[False, False, True, False]))
    moved = Point(lon_lat(drawn.tree["events"])[3])
    assert province.contains(moved)
    assert min(moved.distance(spot) for spot in spots) > 0.07


def test_a_province_far_from_the_others_has_its_marker_in_it():
    far = box(50, 35, 54, 37)
    geometries = [Point(40, 35), Point(40.1, 35), Point(40.2, 35.1), far]
    points = lon_lat(layers(frame(geometries, inferred=[False] * 4)).tree["events"])
    assert far.contains(Point(points[3]))


def column_of(tree, name):
    return next(c for c in tree["columns"] if c["name"] == name)


@pytest.mark.parametrize(
    "starts",
    [
        ["2017-09-16", None, "2017-09-01", "", "2017-09-10"],
        [pd.Timestamp("2017-09-16"), pd.NaT, pd.Timestamp("2017-09-01"), None, "2017-09-10"],
        pd.to_datetime(["2017-09-16", None, "2017-09-01", None, "2017-09-10"]),
        pd.to_datetime(["2017-09-16", None, "2017-09-01", None, "2017-09-10"]).tz_localize("UTC"),
        [pd.Timestamp("2017-09-16").date(), None, "2017-09-01T00:00Z", None, "2017-09-10 00:00"],
    ],
)
def test_rows_stand_by_date_and_the_undated_last(starts):
    events = frame([Point(i, 0) for i in range(5)], start=starts)
    tree = layers(events).tree["events"]
    assert [x for x, _ in lon_lat(tree)] == [2.0, 4.0, 0.0, 1.0, 3.0]
    minutes = column_of(tree, "start")["values"].tolist()
    days = [pd.Timestamp(f"2017-09-{day}").timestamp() / 60 for day in ("01", "10", "16")]
    assert minutes == [*days, -(2**31), -(2**31)]


def test_times_of_a_zone_are_in_utc():
    zoned = pd.to_datetime(["2017-09-16 02:00", "2017-09-15 23:30"]).tz_localize("Asia/Damascus")
    tree = layers(frame([Point(0, 0), Point(1, 0)], start=zoned, end=zoned)).tree["events"]
    midnight = pd.Timestamp("2017-09-16").timestamp() / 60
    for name in ("start", "end"):  # Damascus was three hours ahead in September 2017
        assert column_of(tree, name)["values"].tolist() == [midnight - 210, midnight - 60]


def test_dates_of_an_unplaced_event_are_kept():
    events = frame([None, Point(1, 1)], start=["2017-09-01", "2017-09-16"])
    tree = layers(events).tree["events"]
    assert (tree["count"], tree["placed"]) == (2, 1)
    first, second = column_of(tree, "start")["values"].tolist()
    assert first > second


def described(**columns):
    values = {
        "text": ["north of Town", "somewhere", "Hamlet", None],
        "relation": ["direction", None, "place", None],
        "explanation": ["Read as: north", None, None, None],
        "inferred": [True, None, False, None],
        "uncertainty_m": [5000.0, None, 300.0, None],
        "area_km2": [12.0, None, 0.0, None],
        "area_low_km2": [10.0, None, None, None],
        "area_high_km2": [14.0, None, None, None],
        "problem": [None, "no such place", None, "there is no locality text"],
    }
    return frame([box(36, 36, 36.5, 36.5), None, Point(37, 36), Point()], **(values | columns))


def test_localities_are_regions_without_being_events():
    drawn = layers(localities=described())
    assert set(drawn.tree) == {"places", "localities"}
    found = drawn.tree["localities"]
    assert found["name"].values == ["north of Town", "Hamlet"]
    assert found["explanation"].values == ["Read as: north", "place"]
    assert found["inferred"].tolist() == [1, 0]
    assert found["inferred"].dtype == np.uint8
    assert found["uncertainty"].tolist() == [5000.0, 300.0]
    assert found["area"].tolist() == [12.0, 0.0]
    assert found["low"][0] == 10.0
    assert found["high"][0] == 14.0
    assert np.isnan([found["low"][1], found["high"][1]]).all()
    assert found["shapes"]["features"].tolist() == [1, 0]
    (x, y), point = lon_lat(found)
    assert box(36, 36, 36.5, 36.5).contains(Point(x, y))
    assert point == (37.0, 36.0)


def test_phrases_that_were_not_located_are_counted_with_the_reason():
    found = layers(localities=described()).tree["localities"]
    assert found["missing"].values == ["somewhere", ""]
    assert found["problems"].values == ["no such place", "there is no locality text"]


def test_localities_set_the_view():
    drawn = layers(frame([Point(36, 36)]), localities=described())
    assert drawn.bounds == (36.0, 36.0, 37.0, 36.5)
    none = layers(localities=described().iloc[1:2])
    assert none.bounds is None
    assert none.tree["localities"]["name"].values == []


def test_localities_name_places_too(events, gazetteer):
    ids = ["t:2", None, "t:1", None]
    drawn = layers(events, localities=described(place_ids=ids), gazetteer=gazetteer)
    assert drawn.tree["places"]["name"].values == ["Town", "Long River", "Hamlet"]


def test_places_of_another_gazetteer_ask_for_it():
    class Other:
        def features(self, ids):
            raise GeoeventsError(f"the gazetteer has no feature with the id {ids[0]!r}")

    with pytest.raises(GeoeventsError, match=r"no feature with the id 't:1'\. Pass .* gazetteer="):
        layers(frame([Point(1, 1)], place_ids=["t:1"]), gazetteer=Other())


class Phrase:
    """What the map asks of a Locality."""

    def explain(self):
        return "Read as: east"

    def to_frame(self):
        return frame([box(38, 36, 39, 37)], text=["east of Town"], explanation=[self.explain()])


def test_one_locality_or_a_list_of_them():
    assert layers(localities=Phrase()).tree["localities"]["name"].values == ["east of Town"]
    other = described().rename_geometry("where").to_crs(3857)
    found = layers(localities=[Phrase(), other, described().iloc[:0]]).tree["localities"]
    assert found["name"].values == ["east of Town", "north of Town", "Hamlet"]
    assert found["inferred"].tolist() == [1, 1, 0]
    assert found["area"][0] == pytest.approx(9941.6, rel=1e-5)  # pyproj.Geod
    assert lon_lat(found)[2] == (37.0, 36.0)
    assert layers(localities=[]).tree["localities"]["name"].values == []


def test_localities_across_the_antimeridian():
    shapes = [box(179, 0, 180, 1), box(-180, 0, -179, 1)]
    drawn = layers(localities=frame(shapes, text=["a", "b"]))
    assert drawn.bounds == (179.0, 0.0, 181.0, 1.0)


@pytest.mark.parametrize("wrong", ["near Raqqa", 5, {"a": 1}, [5], [["near Raqqa"]]])
def test_localities_are_what_locate_returns(wrong):
    with pytest.raises(GeoeventsError, match=r"what geoevents\.locate returns"):
        layers(localities=wrong)


def test_localities_without_their_phrases():
    with pytest.raises(GeoeventsError, match="no column 'text'"):
        layers(localities=frame([Point(1, 1)], name=["x"]))
    with pytest.raises(GeometryError, match="set_crs"):
        layers(localities=frame([Point(1, 1)], crs=None, text=["x"]))


def test_colours_are_chosen_or_come_from_a_palette():
    changes = frame(
        [box(0, 0, 1, 1), box(1, 0, 2, 1)], from_actor=["ISIS", "SAA"], to_actor=["SDF", "SAA "]
    )
    options = {"actors": {"sdf": "gold", "not here": "red"}, "palette": ["#123456"]}
    tree = layers(changes=changes, **options).tree["changes"]
    colours = {actor["name"]: actor["colour"] for actor in tree["actors"]}
    assert colours["SDF"] == "#ffd700"
    again = layers(changes=changes.iloc[:1], **options).tree["changes"]["actors"]
    assert again == [{"name": "SDF", "colour": "#ffd700"}]
