# ruff: noqa: PD011 -- Delta and Text are not frames
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geoevents.errors import GeoeventsError, GeometryError
from geoevents.maps import event_map
from geoevents.maps.columns import MISSING_TIME
from geoevents.maps.layers import layers
from geoevents.maps.style import NOBODY_COLOUR


class Held:
    """What a map asks of a Territory."""

    def __init__(self, rows, dates=None, ranges=True, **columns):
        frame = pd.DataFrame(rows, columns=["date", "actor", "geometry"])
        frame["date"] = pd.to_datetime(frame["date"])
        self.frame = gpd.GeoDataFrame(frame.assign(**columns), geometry="geometry", crs=4326)
        self.dates = pd.DatetimeIndex(frame["date"].unique() if dates is None else dates)
        self.actors = list(dict.fromkeys(self.frame["actor"].dropna()))
        self.ranges = ranges

    def area_ranges(self):
        # The other way round than the frame: a map has to look its rows up.
        rows = self.frame[["date", "actor"]][::-1] if self.ranges else self.frame[:0]
        areas = 10.0 * (1 + np.arange(len(rows)))[::-1]
        return rows.assign(area_km2=areas, area_low_km2=areas - 1, area_high_km2=areas + 2)


WEST, EAST = box(36, 35, 37, 36), box(37, 35, 38, 36)
TWO_DATES = [
    ("2017-09-01", "ISIS", WEST), ("2017-09-01", "SDF", EAST),
    ("2017-09-16", "ISIS", box(36, 35, 36.5, 36)), ("2017-09-16", "SDF", EAST),
]  # fmt: skip


def control(territory, **others):
    return layers(territory=territory, **others).tree["control"]


def lon_lat(tree):
    return list(
        zip(np.array(tree["x"].values) / 1e5, np.array(tree["y"].values) / 1e5, strict=True)
    )


def test_rows_know_their_date_actor_and_area():
    tree = control(Held(TWO_DATES))
    assert tree["dates"].tolist() == [
        pd.Timestamp(day).timestamp() / 60 for day in ("2017-09-01", "2017-09-16")
    ]
    assert [tree["actors"][a]["name"] for a in tree["actor"]] == ["ISIS", "SDF", "ISIS", "SDF"]
    assert tree["date"].tolist() == [0, 0, 1, 1]
    assert tree["area"].tolist() == [10, 20, 30, 40]
    assert tree["low"].tolist() == [9, 19, 29, 39]
    assert tree["high"].tolist() == [12, 22, 32, 42]


def test_a_row_without_a_range_is_measured():
    square = Held([("2017-09-01", "A", box(0, 0, 1, 1))], ranges=False)
    tree = control(square)
    assert tree["area"].tolist() == pytest.approx([12308.78], rel=1e-4)  # WGS 84, pyproj.Geod
    assert np.isnan(tree["low"]).all()


def test_ground_that_stays_the_same_is_sent_once():
    tree = control(Held(TWO_DATES))
    assert tree["shape"].tolist() == [0, 1, 2, 1]
    assert tree["shapes"]["features"].tolist() == [1, 1, 1]
    assert [box(36, 35, 38, 36).contains(Point(p)) for p in lon_lat(tree)] == [True] * 3


def test_what_is_known_of_each_row_goes_along():
    told = Held(
        TWO_DATES,
        source=["a", None, "b", "a"], inferred=[True, False, None, False],
        uncertainty_m=[5.0, None, 7.0, 8.0],
    )  # fmt: skip
    tree = control(told)
    assert tree["inferred"].tolist() == [1, 0, 0, 0]
    source = tree["source"]
    assert [source["values"].values[code] for code in source["codes"]] == ["a", "", "b", "a"]
    assert tree["uncertainty"][[0, 2, 3]].tolist() == [5.0, 7.0, 8.0]
    plain = control(Held(TWO_DATES))
    assert plain["source"] is None
    assert not plain["inferred"].any()


def test_the_colour_of_nobody_goes_along():
    assert control(Held(TWO_DATES))["nobody"] == NOBODY_COLOUR


def test_a_date_on_which_nobody_holds_anything_is_a_date():
    dates = pd.to_datetime(["2017-09-01", "2017-09-16", "2017-10-01"])
    tree = control(Held(TWO_DATES, dates=dates))
    assert len(tree["dates"]) == 3
    assert 2 not in tree["date"]


def test_no_dates_no_control():
    assert control(Held([])) is None
    assert control(Held([], dates=["2017-09-01"]))["dates"].size == 1


def test_all_dates_are_there_however_many():
    days = pd.date_range("2015-01-01", periods=769, freq="D")
    tree = control(Held([(day, "A", WEST) for day in days]))
    sent = (tree["dates"].astype("int64") * 60).astype("datetime64[s]")
    assert len(tree["dates"]) == 769
    assert (sent == days.to_numpy()).all()
    assert tree["date"].tolist() == list(range(769))
    assert tree["shapes"]["features"].tolist() == [1]  # the same ground is sent once
    assert (tree["following"][:-1] == tree["dates"][1:]).all()
    assert tree["following"][-1] == MISSING_TIME


def test_dates_come_in_order():
    tree = control(Held([("2017-09-16", "A", WEST), ("2017-09-01", "A", EAST)]))
    assert tree["dates"][0] < tree["dates"][1]
    assert tree["date"].tolist() == [1, 0]


def test_neighbours_send_their_border_once():
    tree = control(Held(TWO_DATES))
    # Three states of two neighbours: the border that moved, twice, and what is left of each.
    ends = np.cumsum(tree["shapes"]["arcs"].astype(int))
    lines = np.split(np.column_stack([tree["shapes"][n].values for n in "xy"]), ends[:-1])
    edges = [frozenset(map(tuple, pair)) for line in lines for pair in pairwise(line)]
    assert len(edges) == len(set(edges))


def test_an_actor_has_one_colour_in_control_and_changes():
    changes = gpd.GeoDataFrame(
        {"from_actor": ["ISIS", "SDF"], "to_actor": ["SDF", "nobody"]},
        geometry=[WEST, EAST], crs=4326,
    )  # fmt: skip
    tree = layers(territory=Held(TWO_DATES), changes=changes).tree
    held = {a["name"]: a["colour"] for a in tree["control"]["actors"]}
    gained = {a["name"]: a["colour"] for a in tree["changes"]["actors"]}
    assert held["SDF"] == gained["SDF"] != held["ISIS"]
    assert gained[""] == NOBODY_COLOUR


def test_ground_that_stayed_with_its_holder_is_no_change():
    changes = gpd.GeoDataFrame(
        {"from_actor": ["A", "A", None], "to_actor": ["A", "B", None], "area_km2": [9.0, 5.0, 1.0]},
        geometry=[WEST, EAST, EAST], crs=4326,
    )  # fmt: skip
    assert layers(changes=changes).tree["changes"]["area"].tolist() == [5.0, 1.0]


def test_changes_carry_their_range_noise_period_and_basis():
    changes = gpd.GeoDataFrame(
        {
            "from_actor": ["A"], "to_actor": ["B"], "area_km2": [5.0], "area_low_km2": [4.0],
            "area_high_km2": [6.5], "noise_km2": [0.5], "inferred": [True], "source": ["x"],
            "start": [pd.Timestamp("2017-09-01")], "end": ["2017-09-16"],
        },
        geometry=[MultiPolygon([WEST, box(40, 35, 41, 36)])], crs=4326,
    )  # fmt: skip
    tree = layers(changes=changes).tree["changes"]
    assert [tree[name][0] for name in ("low", "high", "noise", "parts", "inferred")] == [
        4.0, 6.5, 0.5, 2, 1,
    ]  # fmt: skip
    for name, day in (("start", "2017-09-01"), ("end", "2017-09-16")):
        assert tree[name]["values"].tolist() == [pd.Timestamp(day).timestamp() / 60]
    assert tree["source"]["values"].values == ["x"]


def test_the_label_of_a_change_lies_in_it():
    crescent = Point(0, 0).buffer(1).difference(Point(0.3, 0).buffer(0.9))
    actors = {"from_actor": ["A"], "to_actor": ["B"]}
    changes = gpd.GeoDataFrame(actors, geometry=[crescent], crs=4326)
    assert crescent.contains(Point(lon_lat(layers(changes=changes).tree["changes"])[0]))


def test_all_of_the_control_is_in_view_however_small_the_rest():
    spots = gpd.GeoDataFrame(geometry=[Point(36.5, 35.5), Point(36.6, 35.5)], crs=4326)
    drawn = layers(spots, territory=Held([("2017-09-01", "A", box(30, 30, 45, 40))]))
    assert drawn.bounds == (30.0, 30.0, 45.0, 40.0)


def test_events_outside_the_control_are_in_view_too():
    spots = gpd.GeoDataFrame(geometry=[Point(39.0, 34.5)], crs=4326)
    assert layers(spots, territory=Held(TWO_DATES)).bounds == (36.0, 34.5, 39.0, 36.0)


def test_control_across_the_antimeridian_stands_together():
    halves = MultiPolygon([box(179, 0, 180, 3), box(-180, 0, -179, 3)])
    drawn = layers(territory=Held([("2017-09-01", "A", halves)]))
    assert drawn.bounds == (179.0, 0.0, 181.0, 3.0)
    assert lon_lat(drawn.tree["control"])[0][0] == pytest.approx(180.0, abs=0.3)


def test_rows_without_ground_are_left_out():
    rows = [("2017-09-01", "A", None), ("2017-09-01", "B", Polygon()), ("2017-09-01", "C", WEST)]
    tree = control(Held(rows))
    assert [tree["actors"][a]["name"] for a in tree["actor"]] == ["C"]
    assert [a["name"] for a in tree["actors"]] == ["A", "B", "C"]


@pytest.mark.parametrize("wrong", [gpd.GeoDataFrame(geometry=[WEST], crs=4326), "map.gpkg", 5])
def test_anything_but_a_territory_is_refused(wrong):
    with pytest.raises(GeoeventsError, match=f"Territory.from_snapshots.*{type(wrong).__name__}"):
        event_map(territory=wrong, basemap=None)


def test_control_off_the_earth_names_its_row():
    with pytest.raises(GeometryError, match=r"territory\.frame: row 0 lies at"):
        layers(territory=Held([("2017-09-01", "A", box(4e5, 0, 5e5, 1))]))


def test_the_same_territory_is_the_same_file():
    pages = {
        event_map(territory=Held(TWO_DATES), basemap=None).get_root().render() for _ in range(2)
    }
    assert len(pages) == 1


def test_a_frame_of_control_is_no_frame_of_changes():
    control = gpd.GeoDataFrame({"actor": ["A"]}, geometry=[box(0, 0, 1, 1)], crs=4326)
    with pytest.raises(GeoeventsError, match=r"no column .from_actor.*territory="):
        event_map(changes=control, basemap=None)
