"""What changed between snapshots, and what was held first and changed hands last."""

import runpy
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

from geoevents.errors import GeoeventsError
from geoevents.territory import Territory, territory_change

SNAPSHOTS = runpy.run_path(str(Path(__file__).with_name("snapshots.py")))
km2, mosaic, planar, rows, three_days = (
    SNAPSHOTS[name] for name in ("km2", "mosaic", "planar", "rows", "three_days")
)


# Changes.


def test_changes_from_each_snapshot_to_the_next():
    changes = Territory.from_snapshots(three_days()).changes()
    assert changes.columns[:2].tolist() == ["start", "end"]
    assert changes[["from_actor", "to_actor"]].to_numpy().tolist() == [["B", "A"], ["B", "nobody"]]
    assert changes["start"].dt.day.tolist() == [1, 10]
    assert changes["end"].dt.day.tolist() == [10, 20]
    assert changes.geometry[0].equals(box(0, 1, 1, 2))
    assert changes.geometry[1].equals(box(0, 2, 1, 3))


def test_changes_between_dates():
    control = Territory.from_snapshots(three_days())
    whole = control.changes("2024-07-01", "2024-07-20")
    for same in (control.changes("2024-07-03"), control.changes(end="2030-01-01")):
        assert same.drop(columns="geometry").equals(whole.drop(columns="geometry"))
    assert planar(whole, "from_actor", "to_actor") == {("B", "A"): 1, ("B", "nobody"): 1}
    assert whole["start"].dt.day.tolist() == [1, 1]
    assert whole["end"].dt.day.tolist() == [20, 20]
    assert control.changes("2024-07-10", "2024-07-15").empty
    each = control.changes("2024-07-10", "2024-07-25", successive=True)
    assert each["start"].dt.day.tolist() == [10]
    assert planar(each, "from_actor", "to_actor") == {("B", "nobody"): 1}
    both = control.changes(successive=False)
    assert both["start"].dt.day.unique().tolist() == [1]
    with pytest.raises(GeoeventsError, match="end='2024-07-02' is before start='2024-07-11'"):
        control.changes("2024-07-11", "2024-07-02")
    only = Territory.from_snapshots(three_days().iloc[:2]).changes()
    assert only.empty
    assert only.columns[:4].tolist() == ["start", "end", "from_actor", "to_actor"]


def test_changes_of_an_archive_are_those_of_each_pair():
    some = mosaic(5, days=6)
    control = Territory.from_snapshots(some)
    whole = control.changes(explode=True)
    for before, after in pairwise(some["date"].unique()):
        pair = territory_change(
            some[some["date"] == before], some[some["date"] == after], explode=True
        )
        mine = whole[whole["start"] == before]
        assert (mine["end"] == after).all()
        for name in ("from_actor", "to_actor", "parts"):
            assert mine[name].tolist() == pair[name].tolist()
        assert mine["area_km2"].tolist() == pytest.approx(pair["area_km2"].tolist(), rel=1e-7)
        apart = shapely.symmetric_difference(mine.geometry.to_numpy(), pair.geometry.to_numpy())
        assert shapely.area(apart).max() < 1e-12
    net = control.changes(successive=False)
    ends = some[some["date"] == some["date"].iloc[0]], some[some["date"] == some["date"].iloc[-1]]
    pair = territory_change(*ends)
    assert net["area_km2"].tolist() == pytest.approx(pair["area_km2"].tolist(), rel=1e-7)


def test_noise_of_changes_is_set_aside():
    some = rows(("A", "2024-07-01", box(0, 0, 1, 1)), ("A", "2024-07-02", box(0, 0, 1, 1.0002)))
    control = Territory.from_snapshots(some)
    assert len(control.changes()) == 1
    quiet = control.changes(tolerance_m=100)
    assert quiet.empty
    assert quiet.attrs["noise_km2"] == pytest.approx(km2(box(0, 1, 1, 1.0002)), rel=1e-4)


# First and last.


def by_hand(seed, days=7, size=5):
    """Squares of a grid that change hands at random: the frame and who held which square when."""
    rng = np.random.default_rng(seed)
    x, y = (side.ravel() / 100 for side in np.meshgrid(np.arange(size), np.arange(size)))
    cells = shapely.box(40 + x, 35 + y, 40.01 + x, 35.01 + y)
    holder = np.empty((days, len(cells)), int)
    holder[0] = rng.integers(0, 4, len(cells))
    for day in range(1, days):
        holder[day] = np.where(
            rng.random(len(cells)) < 0.2, rng.integers(0, 4, len(cells)), holder[day - 1]
        )
    some = [
        ("ABC"[h], f"2024-07-{day + 1:02}", cell)
        for day in range(days)
        for h, cell in zip(holder[day], cells, strict=True)
        if h < 3
    ]
    return rows(*some), cells, holder


def cover(found, cells, *keys):
    """The row of a map that each cell's middle lies in, None where it is not in the map."""
    middle = shapely.centroid(cells)
    cell, row = shapely.STRtree(middle).query(found.geometry.to_numpy(), predicate="contains")[::-1]
    assert len(set(cell.tolist())) == len(cell)
    told = dict.fromkeys(range(len(cells)))
    for c, r in zip(cell.tolist(), row.tolist(), strict=True):
        told[c] = tuple(found[key].iloc[r] for key in keys)
    return told


@pytest.mark.parametrize("seed", range(4))
def test_first_held_is_when_each_place_was_first_held(seed):
    some, cells, holder = by_hand(seed)
    control = Territory.from_snapshots(some)
    for number, name in enumerate("ABC"):
        found = control.first_held(name)
        assert found.geometry.is_valid.all()
        assert found["date"].is_monotonic_increasing
        told = cover(found, cells, "date")
        for cell in range(len(cells)):
            days = np.flatnonzero(holder[:, cell] == number)
            expected = (pd.Timestamp(2024, 7, int(days[0]) + 1),) if len(days) else None
            assert told[cell] == expected
        ever = shapely.area(cells[(holder == number).any(axis=0)]).sum()
        assert shapely.area(found.geometry).sum() == pytest.approx(ever, rel=1e-9)
        assert found["area_km2"].min() > 0.5  # a square is about 1 km2


@pytest.mark.parametrize("seed", range(4))
def test_last_change_is_when_each_place_last_changed_hands(seed):
    some, cells, holder = by_hand(seed)
    found = Territory.from_snapshots(some).last_change()
    told = cover(found, cells, "date", "from_actor", "to_actor")
    called = ["A", "B", "C", "nobody"]
    for cell in range(len(cells)):
        days = np.flatnonzero(np.diff(holder[:, cell])) + 1
        expected = None
        if len(days):
            day = int(days[-1])
            expected = (
                pd.Timestamp(2024, 7, day + 1),
                called[holder[day - 1, cell]],
                called[holder[day, cell]],
            )
        assert told[cell] == expected
    changed = (np.diff(holder, axis=0) != 0).any(axis=0)
    assert shapely.area(found.geometry).sum() == pytest.approx(
        shapely.area(cells[changed]).sum(), rel=1e-9
    )


@pytest.mark.parametrize("seed", range(3))
def test_first_and_last_where_no_line_is_drawn_twice(seed):
    rng = np.random.default_rng(seed)
    some = []
    for day in range(5):
        turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        away = rng.uniform(0.05, 0.2, 12)
        at = rng.uniform(-0.05, 0.05, 2)
        star = shapely.Polygon(
            np.column_stack([40 + at[0] + away * np.cos(turn), 35 + at[1] + away * np.sin(turn)])
        )
        some.append(("A", f"2024-07-0{day + 1}", star))
    control = Territory.from_snapshots(rows(*some))
    shapes = [ground for _, _, ground in some]
    first = control.first_held("A")
    assert shapely.area(first.geometry).sum() == pytest.approx(
        shapely.union_all(shapes).area, rel=1e-9
    )
    held = shapely.Polygon()
    for day, ground in enumerate(shapes):
        new = (ground - held).area
        mine = first[first["date"].dt.day == day + 1]
        assert shapely.area(mine.geometry).sum() == pytest.approx(new, rel=1e-6, abs=1e-12)
        held = held | ground
    last = control.last_change()
    for found in (first, last):
        assert found.geometry.is_valid.all()
        assert found["area_km2"].min() > 1e-6  # nothing that rounding left
        whole = shapely.union_all(found.geometry.to_numpy()).area
        assert shapely.area(found.geometry).sum() == pytest.approx(whole, rel=1e-9)
