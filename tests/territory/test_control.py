"""Control through time: dates, areas, gains, events, cuts and simpler lines."""

import datetime as dt
import runpy
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, box

import geoevents as ge
from geoevents.errors import GeoeventsError, GeometryError
from geoevents.territory import OverlapError, Territory, territory_change

SNAPSHOTS = runpy.run_path(str(Path(__file__).with_name("snapshots.py")))
GEOD, km2, mosaic, planar, rows, three_days = (
    SNAPSHOTS[name] for name in ("GEOD", "km2", "mosaic", "planar", "rows", "three_days")
)


def holds(control, date):
    return {name: round(ground.area, 9) for name, ground in grounds(control, date).items()}


def grounds(control, date):
    held = control.at(date)
    return dict(zip(held["actor"], held.geometry, strict=True))


# Dates.


def test_time_is_half_open():
    control = Territory.from_snapshots(three_days())
    assert control.dates.strftime("%d").tolist() == ["01", "10", "20"]
    assert holds(control, "2024-07-01") == {"A": 1, "B": 2}
    assert holds(control, "2024-07-09T23:59") == {"A": 1, "B": 2}
    assert holds(control, "2024-07-10") == {"A": 2, "B": 1}
    assert holds(control, "2031-01-01") == {"A": 2}
    for date in (dt.date(2024, 7, 15), pd.Timestamp("2024-07-15"), np.datetime64("2024-07-15")):
        assert holds(control, date) == {"A": 2, "B": 1}


def test_at_says_since_when_and_until_when():
    control = Territory.from_snapshots(three_days())
    held = control.at("2024-07-05")
    assert held["date"].tolist() == [pd.Timestamp("2024-07-01")] * 2
    assert held["until"].tolist() == [pd.Timestamp("2024-07-10")] * 2
    assert held.index.tolist() == [0, 1]
    assert held.crs.to_epsg() == 4326
    assert held["area_km2"].tolist() == pytest.approx(
        [km2(box(0, 0, 1, 1)), km2(box(0, 1, 1, 3))], rel=1e-7
    )
    last = control.at("2024-07-25")
    assert last["date"].tolist() == [pd.Timestamp("2024-07-20")]
    assert last["until"].isna().all()


def test_before_the_first_snapshot_is_an_error_that_says_the_range():
    control = Territory.from_snapshots(three_days())
    says = "2024-06-30 is before the first snapshot: control is known from 2024-07-01 to 2024-07-20"
    for ask in (
        lambda: control.at("2024-06-30"),
        lambda: control.changes("2024-06-30"),
        lambda: control.frontline("A", "B", "2024-06-30"),
        lambda: control.gap("A", "B", "2024-06-30"),
        lambda: control.gain("A", box(0, 0, 1, 1), "2024-06-30"),
    ):
        with pytest.raises(GeoeventsError, match=says):
            ask()
    with pytest.raises(GeoeventsError, match="'soon' is not a date"):
        control.at("soon")
    with pytest.raises(GeoeventsError, match="is no date"):
        control.at(None)
    with pytest.raises(GeoeventsError, match="interpolate=True is not possible"):
        control.at("2024-07-05", interpolate=True)


def test_a_date_on_which_nobody_holds_anything():
    some = rows(
        ("A", "2024-07-01", box(0, 0, 1, 1)),
        ("A", "2024-07-02", None),
        ("A", "2024-07-03", box(0, 0, 1, 1)),
    )
    control = Territory.from_snapshots(some)
    assert len(control.dates) == 3
    assert control.at("2024-07-02").empty
    size = km2(box(0, 0, 1, 1))
    assert control.areas()["A"].tolist() == pytest.approx([size, 0, size], rel=1e-7)
    changes = control.changes()
    assert changes[["from_actor", "to_actor"]].to_numpy().tolist() == [
        ["A", "nobody"],
        ["nobody", "A"],
    ]
    with pytest.raises(GeoeventsError, match="'A' holds nothing on 2024-07-02; who does: nobody"):
        control.frontline("A", "B", "2024-07-02")


def test_a_territory_of_nobody():
    control = Territory.from_snapshots(rows(("A", "2024-07-01", None)))
    assert repr(control) == "<Territory: nobody; one snapshot, 2024-07-01>"
    assert control.actors == []
    assert control.at("2024-07-01").empty
    assert control.areas().shape == (1, 0)
    assert control.area_ranges().empty
    assert control.changes().empty
    assert control.last_change().empty
    assert control.clip(box(0, 0, 1, 1)).simplify(10).frame.empty
    with pytest.raises(GeoeventsError, match="'A' never holds anything; who does: nobody"):
        control.first_held("A")
    assert holds(control.gain("B", box(0, 0, 1, 1), "2024-07-02"), "2024-07-02") == {"B": 1}


def test_unsorted_rows_and_dates_in_several_forms():
    some = three_days()
    expected = Territory.from_snapshots(some).frame
    shuffled = some.sample(frac=1, random_state=3)
    for dates in (
        shuffled["date"],
        pd.to_datetime(shuffled["date"]),
        pd.to_datetime(shuffled["date"]).dt.tz_localize("Asia/Damascus"),
        pd.to_datetime(shuffled["date"]).dt.date,
        shuffled["date"].str.replace("-", ""),
    ):
        found = Territory.from_snapshots(shuffled.assign(date=dates)).frame
        assert found[["date", "actor"]].equals(expected[["date", "actor"]])
        assert shapely.equals(found.geometry, expected.geometry).all()


def test_times_of_day_are_dates_of_their_own():
    some = rows(
        ("A", "2024-07-01T06:00", box(0, 0, 1, 1)), ("B", "2024-07-01T18:00", box(0, 0, 1, 1))
    )
    control = Territory.from_snapshots(some)
    assert len(control.dates) == 2
    assert holds(control, "2024-07-01T12:00") == {"A": 1}
    assert "from 2024-07-01 06:00:00 to 2024-07-01 18:00:00" in repr(control)
    with pytest.raises(GeoeventsError, match="2024-07-01 is before the first snapshot"):
        control.at("2024-07-01")


def test_several_pieces_of_one_actor_become_one_row():
    some = rows(
        ("A", "2024-07-01", box(0, 0, 1, 1)),
        ("A", "2024-07-01", box(1, 0, 2, 1)),
        ("A ", "2024-07-01", box(5, 0, 6, 1)),
        source=["x", None, "y"],
        uncertainty_m=[5, np.nan, 70],
        inferred=[False, True, False],
    )
    held = Territory.from_snapshots(some).at("2024-07-01")
    assert len(held) == 1
    assert held.geometry[0].geom_type == "MultiPolygon"
    assert held.geometry[0].equals(shapely.MultiPolygon([box(0, 0, 2, 1), box(5, 0, 6, 1)]))
    assert held.loc[0, ["uncertainty_m", "inferred", "source"]].tolist() == [70, True, "x; y"]


def test_what_is_wrong_with_a_row_is_said():
    good = three_days()
    with pytest.raises(GeoeventsError, match="snapshots has no column 'day' of dates; it has 'act"):
        Territory.from_snapshots(good, date="day")
    with pytest.raises(GeoeventsError, match="no column 'side'"):
        Territory.from_snapshots(good, actor="side")
    named = good.set_index(np.array([*"abcde"]))
    named.loc["c", "date"] = "then"
    with pytest.raises(GeoeventsError, match="row 'c': its date 'then' is not a date"):
        Territory.from_snapshots(named)
    named.loc["c", "date"] = None
    with pytest.raises(GeoeventsError, match="row 'c': its date is missing"):
        Territory.from_snapshots(named)
    with pytest.raises(GeoeventsError, match="there are no snapshots"):
        Territory.from_snapshots(good.iloc[:0])
    with pytest.raises(GeoeventsError, match="snapshots is a DataFrame"):
        Territory.from_snapshots(pd.DataFrame(good))
    with pytest.raises(GeometryError, match="row 1 is a Point, which holds no ground"):
        Territory.from_snapshots(
            rows(("A", "2024-07-01", box(0, 0, 1, 1)), ("B", "2024-07-01", Point(5, 5)))
        )
    with pytest.raises(GeometryError, match="CRS"):
        Territory.from_snapshots(good.set_crs(None, allow_override=True))


def test_claims_on_one_date_only():
    some = rows(("A", "2024-07-01", box(0, 0, 2, 1)), ("B", "2024-07-01", box(1, 0, 3, 1)))
    with pytest.raises(OverlapError, match=r"row 0 \(A\) and row 1 \(B\).*on 2024-07-01"):
        Territory.from_snapshots(some)
    contested = Territory.from_snapshots(some, overlaps="contested")
    assert holds(contested, "2024-07-01") == {"A": 1, "A / B": 1, "B": 1}
    assert holds(Territory.from_snapshots(some, overlaps="first"), "2024-07-01") == {"A": 2, "B": 1}
    other_days = some.assign(date=["2024-07-01", "2024-07-02"])
    assert len(Territory.from_snapshots(other_days).dates) == 2


# Areas.


def test_areas_are_a_table_of_dates_and_actors():
    areas = Territory.from_snapshots(three_days()).areas()
    one, two, three = (km2(box(0, lat, 1, lat + 1)) for lat in range(3))
    assert areas.index.name == "date"
    assert areas.columns.tolist() == ["A", "B"]
    assert areas.to_numpy() == pytest.approx(
        np.array([[one, two + three], [one + two, three], [one + two, 0]]), rel=1e-7
    )


def test_ranges_are_those_of_the_epsilon_band():
    control = Territory.from_snapshots(three_days(), uncertainty_m=500)
    ranges = control.area_ranges()
    assert len(ranges) == 5
    around = GEOD.geometry_length(box(0, 0, 1, 1).exterior) / 1e3
    first = ranges.iloc[0]
    assert first["area_low_km2"] == pytest.approx(first["area_km2"] - 0.5 * around)
    assert first["area_high_km2"] == pytest.approx(first["area_km2"] + 0.5 * around + np.pi * 0.25)
    held = control.at("2024-07-01")
    assert held.loc[0, "area_low_km2"] == first["area_low_km2"]
    exact = Territory.from_snapshots(three_days()).area_ranges()
    assert (exact["area_low_km2"] == exact["area_high_km2"]).all()


# Gains.


def test_ground_is_gained_from_several_holders_and_from_nobody():
    control = Territory.from_snapshots(three_days())
    ground = box(0.5, 0.5, 1.5, 1.5)
    made = control.gain("C", ground, "2024-07-05", source="a report", uncertainty_m=250)
    assert made.dates.day.tolist() == [1, 5, 10, 20]
    assert holds(made, "2024-07-05") == {"A": 0.75, "B": 1.75, "C": 1}
    assert grounds(made, "2024-07-05")["C"].equals(ground)
    changes = made.changes("2024-07-01", "2024-07-05")
    assert planar(changes, "from_actor", "to_actor") == {
        ("A", "C"): 0.25,
        ("B", "C"): 0.25,
        ("nobody", "C"): 0.5,
    }
    held = made.at("2024-07-05").set_index("actor")
    assert held.loc["C", ["source", "uncertainty_m", "inferred"]].tolist() == [
        "a report",
        250,
        False,
    ]
    # Snapshots before and after were seen: they stay.
    for date in ("2024-07-01", "2024-07-10", "2024-07-20"):
        assert holds(made, date) == holds(control, date)
    # Nothing was changed in place.
    assert control.dates.day.tolist() == [1, 10, 20]
    assert shapely.coverage_is_valid(made.at("2024-07-05").geometry.to_numpy())


def test_gains_at_a_snapshot_and_after_the_last():
    control = Territory.from_snapshots(three_days())
    at = control.gain("B", box(0, 0, 1, 0.5), "2024-07-10")
    assert at.dates.day.tolist() == [1, 10, 20]
    assert holds(at, "2024-07-10") == {"A": 1.5, "B": 1.5}
    assert holds(at, "2024-07-20") == {"A": 2}
    after = control.gain("B", box(0, 0, 1, 0.5), "2024-08-01")
    assert after.dates.month.tolist() == [7, 7, 7, 8]
    assert holds(after, "2024-07-31") == {"A": 2}
    assert holds(after, "2024-08-01") == {"A": 1.5, "B": 0.5}


def test_all_that_a_holder_had():
    control = Territory.from_snapshots(three_days())
    made = control.gain("A", box(-1, -1, 4, 4), "2024-07-15")
    assert holds(made, "2024-07-15") == {"A": 25}
    same = control.gain("A", box(0, 0, 1, 1), "2024-07-15")
    assert holds(same, "2024-07-15") == holds(control, "2024-07-15")
    assert same.changes("2024-07-10", "2024-07-15").empty


def test_ground_comes_in_several_forms():
    control = Territory.from_snapshots(three_days())
    shape = box(0, 0, 1, 0.5)
    series = gpd.GeoSeries([shape], crs=4326)
    for given in (series.to_crs(3857), gpd.GeoDataFrame(geometry=series), shape):
        made = control.gain("C", given, "2024-07-15")
        assert holds(made, "2024-07-15")["C"] == pytest.approx(0.5, rel=1e-6)
        assert not made.inferred
    locality = ge.locate("within 20 km of Raqqa", country="SY")
    made = control.gain("C", locality, "2024-07-15")
    held = made.at("2024-07-15").set_index("actor")
    assert held.loc["C", "inferred"]
    assert not held.loc["A", "inferred"]
    assert held.loc["C", "area_km2"] == pytest.approx(ge.area(locality.geometry), rel=1e-7)
    assert made.inferred
    assert repr(made).endswith(", inferred>")
    with pytest.raises(GeometryError, match=r"the gain.*CRS"):
        control.gain("C", gpd.GeoSeries([shape]), "2024-07-15")
    for none in (Point(0, 0), LineString([(0, 0), (1, 1)])):
        with pytest.raises(GeometryError, match=r"the gain is a .*, which holds no ground"):
            control.gain("C", none, "2024-07-15")
    with pytest.raises(GeoeventsError, match="the gain holds no ground: it is empty"):
        control.gain("C", shapely.Polygon(), "2024-07-15")
    with pytest.raises(GeoeventsError, match="the gain is a str"):
        control.gain("C", "Raqqa", "2024-07-15")
    with pytest.raises(GeoeventsError, match="name who gains the ground"):
        control.gain(" ", shape, "2024-07-15")


def events(*some):
    """Rows of (type, actor, start, end, status, ground)."""
    names = ("event_type", "actor", "start", "end", "status")
    *columns, shapes = zip(*some, strict=True)
    values = dict(zip(names, map(list, columns), strict=True))
    return gpd.GeoDataFrame(values, geometry=[*shapes], crs=4326)


def test_gains_of_events():
    control = Territory.from_snapshots(three_days().iloc[:2])
    some = events(
        ("territorial gain", "C", "2024-07-05", None, "reported", box(0, 0, 1, 0.5)),
        ("territorial gain", "D", "2024-07-03", "2024-07-08", None, box(0, 0, 1, 0.25)),
        ("territorial gain", "C", "2024-07-04", None, "denied", box(0, 0, 1, 3)),
        ("shelling", "C", "2024-07-04", None, None, box(0, 0, 1, 3)),
        ("shelling", None, None, None, None, Point(0, 0)),
    ).assign(source=["x", "y", "z", "z", "z"])
    made = control.with_gains(some)
    assert made.dates.day.tolist() == [1, 5, 8]
    assert holds(made, "2024-07-05") == {"A": 0.5, "B": 2, "C": 0.5}
    assert holds(made, "2024-07-08") == {"A": 0.5, "B": 2, "C": 0.25, "D": 0.25}
    assert made.at("2024-07-08").set_index("actor")["source"].dropna().to_dict() == {
        "C": "x",
        "D": "y",
    }
    assert control.with_gains(some.to_crs(3857)).dates.equals(made.dates)
    unchanged = control.with_gains(some.iloc[2:])
    assert unchanged.frame.drop(columns="geometry").equals(control.frame.drop(columns="geometry"))


@pytest.mark.parametrize("status", ["denied", "disputed", "planned", "refused"])
def test_what_did_not_happen_changes_nothing(status):
    control = Territory.from_snapshots(three_days())
    some = events(("territorial gain", "C", "2024-07-05", None, status, box(0, 0, 1, 1)))
    assert control.with_gains(some).dates.equals(control.dates)


def test_gains_that_cannot_be_followed_are_named():
    control = Territory.from_snapshots(three_days())
    good = ("territorial gain", "C", "2024-07-05", None, None, box(0, 0, 1, 1))
    some = events(
        good,
        ("territorial gain", None, "2024-07-05", None, None, box(0, 0, 1, 1)),
        ("territorial gain", "C", None, None, None, box(0, 0, 1, 1)),
        ("territorial gain", "C", "2024-07-05", None, None, Point(0, 0)),
        ("territorial gain", "C", "2024-07-05", None, None, None),
    ).set_index(np.array([*"vwxyz"]))
    with pytest.raises(GeoeventsError) as error:
        control.with_gains(some)
    text = str(error.value)
    for part in (
        "row 'w' has no actor",
        "row 'x' has no date",
        "row 'y' has no polygon",
        "row 'z' has no polygon",
    ):
        assert part in text
    assert "'v'" not in text
    with pytest.raises(GeoeventsError, match="before the first snapshot"):
        control.with_gains(events(("territorial gain", "C", "2020-01-01", None, None, good[-1])))
    with pytest.raises(GeoeventsError, match="events has no column 'event_type'"):
        control.with_gains(some.drop(columns="event_type"))
    with pytest.raises(GeoeventsError, match="events has no geometry"):
        control.with_gains(pd.DataFrame(some.drop(columns="geometry")))


def test_attached_gains_are_inferred():
    table = pd.DataFrame(
        {
            "event_type": ["territorial gain", "territorial gain"],
            "actor": ["SDF", "SDF"],
            "start": ["2017-09-10", "2017-09-12"],
            "locality": ["within 10 km of Deir ez-Zor", "within 10 km of Raqqa"],
            "status": [None, "denied"],
        }
    )
    attached = ge.attach(table, country="SY")
    region = attached.geometry.iloc[0]
    around = rows(("ISIS", "2017-09-01", region.envelope.buffer(1)))
    made = Territory.from_snapshots(around).with_gains(attached)
    assert made.dates.strftime("%d").tolist() == ["01", "10"]
    held = made.at("2017-09-10").set_index("actor")
    assert held["inferred"].to_dict() == {"ISIS": False, "SDF": True}
    assert held.loc["SDF", "area_km2"] == pytest.approx(ge.area(region), rel=1e-7)
    assert made.changes()["inferred"].tolist() == [True]


# Cut and simplified.


def test_clip_keeps_what_lies_inside():
    control = Territory.from_snapshots(mosaic(2), uncertainty_m=50)
    mask = Point(40.2, 35.2).buffer(0.13)
    cut = control.clip(mask)
    assert cut.dates.equals(control.dates)
    for date in control.dates:
        whole, left = grounds(control, date), grounds(cut, date)
        for name, ground in whole.items():
            assert left.get(name, shapely.Polygon()).area == pytest.approx(
                (ground & mask).area, rel=1e-9, abs=1e-15
            )
        held = cut.at(date)
        assert held.geometry.is_valid.all()
        assert set(held.geom_type) <= {"Polygon", "MultiPolygon"}
        assert (held["uncertainty_m"] == 50).all()
    away = control.clip(box(0, 0, 1, 1))
    assert away.dates.equals(control.dates)
    assert away.frame.empty
    assert not control.frame.empty
    with pytest.raises(GeometryError, match="mask is a LineString"):
        control.clip(LineString([(0, 0), (1, 1)]))


def test_clip_at_a_common_edge_leaves_no_lines():
    control = Territory.from_snapshots(three_days())
    cut = control.clip(box(0, 1, 1, 2))
    assert holds(cut, "2024-07-01") == {"B": 1}
    assert holds(cut, "2024-07-10") == {"A": 1}


@pytest.mark.parametrize("seed", range(3))
def test_simplify_keeps_the_topology(seed):
    some = mosaic(seed)
    fine = some.set_geometry(shapely.segmentize(some.geometry.to_numpy(), 0.004), crs=4326)
    control = Territory.from_snapshots(fine)
    thin = control.simplify(2000)
    assert thin.dates.equals(control.dates)
    for date in control.dates:
        before, after = (side.at(date).geometry.to_numpy() for side in (control, thin))
        assert shapely.coverage_is_valid(after)
        assert (
            shapely.get_num_coordinates(after).sum()
            < 0.7 * shapely.get_num_coordinates(before).sum()
        )
        old, new = (
            {*map(tuple, shapely.get_coordinates(some).tolist())} for some in (before, after)
        )
        assert new <= old
        assert shapely.union_all(after).area == pytest.approx(shapely.area(after).sum(), rel=1e-9)
    assert not thin.simplify(0).frame.empty


def test_simplify_takes_borders_with_other_vertices():
    # Along the border of A and B only A has a vertex.
    a = shapely.Polygon([(0, 0), (1, 0), (1, 0.4), (1, 1), (0, 1)])
    control = Territory.from_snapshots(
        rows(("A", "2024-07-01", a), ("B", "2024-07-01", box(1, 0, 2, 1)))
    )
    thin = control.simplify(100).at("2024-07-01").geometry.to_numpy()
    assert shapely.coverage_is_valid(thin)
    assert shapely.area(thin).tolist() == [1, 1]
    with pytest.raises(GeoeventsError, match="tolerance_m=-1"):
        control.simplify(-1)


def test_the_frame_is_a_copy():
    control = Territory.from_snapshots(three_days())
    taken = control.frame
    taken.loc[0, "actor"] = "X"
    assert control.actors == ["A", "B"]


def test_ground_can_be_given_up_to_nobody():
    rows = gpd.GeoDataFrame(
        {"actor": ["A", "B"], "date": "2017-09-03"},
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)],
        crs=4326,
    )
    left = Territory.from_snapshots(rows).gain("nobody", box(0.5, 0, 1.5, 1), "2017-09-10")
    now = left.at("2017-09-10").set_index("actor").geometry
    assert now.index.tolist() == ["A", "B"]
    assert now["A"].equals(box(0, 0, 0.5, 1))
    assert now["B"].equals(box(1.5, 0, 2, 1))
    assert left.changes()["to_actor"].tolist() == ["nobody", "nobody"]


@pytest.mark.parametrize("actor", [None, "", "  ", float("nan")])
def test_a_gain_names_who_gains(actor):
    rows = gpd.GeoDataFrame(
        {"actor": ["A"], "date": ["2017-09-03"]}, geometry=[box(0, 0, 1, 1)], crs=4326
    )
    with pytest.raises(GeoeventsError, match="name who gains"):
        Territory.from_snapshots(rows).gain(actor, box(0, 0, 1, 0.5), "2017-09-10")


def test_the_range_of_inferred_control_outlives_what_is_done_with_it():
    sites = gpd.GeoDataFrame(
        {"name": ["A", "B", "C"]},
        geometry=gpd.points_from_xy([40, 40.5, 40.2], [35, 35, 35.4]),
        crs=4326,
    )
    captures = pd.DataFrame({"actor": ["S", "I", "G"], "end": "2017-01-01", "place": [*"ABC"]})
    control = Territory.from_captures(captures, sites=sites)
    was = control.area_ranges().set_index("actor")
    assert (was["area_low_km2"] < was["area_high_km2"]).all()
    for done in (control.clip(box(30, 30, 50, 40)), control.simplify(0.01)):
        assert np.allclose(
            done.area_ranges().set_index("actor").iloc[:, 1:], was.iloc[:, 1:], rtol=1e-3, atol=1e-3
        )
    grown = control.gain("S", box(40.49, 34.99, 40.5, 35), "2017-01-02", inferred=True)
    now = grown.area_ranges()
    now = now[now["date"] == pd.Timestamp("2017-01-02")].set_index("actor")
    below, above = (was["area_km2"] - was["area_low_km2"]), was["area_high_km2"] - was["area_km2"]
    assert np.allclose(now["area_high_km2"] - now["area_km2"], above)
    assert np.allclose(now["area_low_km2"], np.maximum(now["area_km2"] - below, 0))
    assert (grown.changes()["area_low_km2"] == 0).all()


def test_gains_that_cannot_be_read_are_no_gains():
    rows = gpd.GeoDataFrame(
        {"actor": ["A"], "date": ["2017-09-03"]}, geometry=[box(0, 0, 1, 1)], crs=4326
    )
    control = Territory.from_snapshots(rows)
    gains = gpd.GeoDataFrame(
        {"event_type": ["territorial_gain"], "actor": ["B"], "start": ["2017-09-10"]},
        geometry=[box(0, 0, 1, 0.5)],
        crs=4326,
    )
    with pytest.raises(GeoeventsError, match="no row of the type 'territorial gain'"):
        control.with_gains(gains)
    with pytest.raises(GeoeventsError, match="NoneType"):
        control.with_gains(None)
    with pytest.raises(GeometryError, match="no CRS"):
        control.with_gains(
            gains.assign(event_type="territorial gain").set_crs(None, allow_override=True)
        )


def test_whole_numbers_are_names_however_they_are_stored():
    squares = [box(0, 0, 1, 1), box(1, 0, 2, 1)]
    whole = gpd.GeoDataFrame({"actor": [1, 2]}, geometry=squares, crs=4326)
    assert len(territory_change(whole, whole.assign(actor=[1.0, 2.0]))) == 0


def test_flags_are_true_or_false():
    rows = gpd.GeoDataFrame(
        {"actor": ["A"], "date": ["2017-09-03"], "inferred": ["False"]},
        geometry=[box(0, 0, 1, 1)],
        crs=4326,
    )
    with pytest.raises(GeoeventsError, match="row 0: inferred is 'False'"):
        Territory.from_snapshots(rows)
