"""Books: had, gained, lost, has."""

from importlib import import_module
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Polygon, box

from geoevents.errors import GeoeventsError
from geoevents.territory import OverlapError, Territory, books, territory_change

GEOD = Geod(ellps="WGS84")
COLUMNS = ["before_km2", "gained_km2", "lost_km2", "noise_km2", "edges_km2", "after_km2"]


def frame(*rows):
    names, shapes = zip(*rows, strict=True) if rows else ((), ())
    return gpd.GeoDataFrame({"actor": [*names]}, geometry=[*shapes], crs=4326)


def km2(shape):
    return abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6


def test_three_actors_by_hand():
    # Cuts along whole edges, for meridians are geodesics and parallels are not.
    before = frame(("A", box(0, 0, 1, 2)), ("B", box(0, 2, 1, 3)), ("C", box(5, 0, 6, 1)))
    after = frame(("A", box(0, 1, 1, 2)), ("B", box(0, 2, 1, 4)), ("D", box(0, 0, 1, 1)))
    account = books(before, after)
    assert account.columns.tolist() == COLUMNS
    assert account.index.tolist() == ["A", "B", "C", "D"]
    one, two, three, four = (km2(box(0, lat, 1, lat + 1)) for lat in range(4))
    expected = {
        "A": [one + two, 0, one, 0, 0, two],
        "B": [three, four, 0, 0, 0, three + four],
        "C": [one, 0, one, 0, 0, 0],
        "D": [0, one, 0, 0, 0, one],
    }
    for name, row in expected.items():
        assert account.loc[name].tolist() == pytest.approx(row, rel=1e-7, abs=1e-6)


def test_nothing_on_either_side():
    some = frame(("A", box(0, 0, 1, 1)))
    size = km2(box(0, 0, 1, 1))
    assert books(some, frame()).loc["A"].tolist() == pytest.approx([size, 0, size, 0, 0, 0])
    assert books(frame(), some).loc["A"].tolist() == pytest.approx([0, size, 0, 0, 0, size])
    nothing = books(frame(), frame())
    assert nothing.empty
    assert nothing.columns.tolist() == COLUMNS


def test_it_refuses_what_a_change_refuses():
    some = frame(("A", box(0, 0, 1, 1)))
    with pytest.raises(OverlapError):
        books(some, frame(("A", box(0, 0, 1, 1)), ("B", box(0, 0, 1, 1))))
    with pytest.raises(GeoeventsError, match="before has no column 'side'"):
        books(some, some, actor="side")
    with pytest.raises(GeoeventsError, match="tolerance_m"):
        books(some, some, tolerance_m=-1)


def test_contested_ground_is_in_the_books():
    both = frame(("A", box(0, 0, 1, 2)), ("B", box(0, 1, 1, 3)))
    account = books(both, frame(("A", box(0, 0, 1, 3))), overlaps="contested")
    assert account.index.tolist() == ["A", "A / B", "B"]
    assert account["lost_km2"].tolist() == pytest.approx(
        [0, km2(box(0, 1, 1, 2)), km2(box(0, 2, 1, 3))]
    )
    assert account["edges_km2"].abs().max() < 1e-6


def test_edges_are_what_geodesics_cut_off():
    # An edge of a degree along 60 N, then the same with a vertex in the middle.
    before = frame(("A", box(0, 60, 1, 61)))
    after = frame(("A", Polygon([(0, 60), (0.5, 60), (1, 60), (1, 61), (0, 61)])))
    account = books(before, after).loc["A"]
    sliver = km2(Polygon([(0, 60), (0.5, 60), (1, 60)]))  # below the geodesic of the long edge
    assert account["gained_km2"] == account["lost_km2"] == 0
    assert sliver > 1
    assert account["edges_km2"] == pytest.approx(sliver, rel=1e-3)


@settings(derandomize=True, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 20, 300]))
def test_they_balance_over_days(seed, tolerance_m):
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(6), np.arange(6))
    at = 40 + x.ravel() / 100, 35 + y.ravel() / 100
    cells = shapely.box(*at, at[0] + 0.01, at[1] + 0.01)
    days = []
    for _ in range(3):
        holder = rng.integers(0, 4, len(cells))
        days.append(frame(*[("ABC"[h], c) for h, c in zip(holder, cells, strict=True) if h < 3]))
    for before, after in pairwise(days):
        account = books(before, after, tolerance_m=tolerance_m)
        left = account["before_km2"] + account["gained_km2"] - account["lost_km2"]
        left += account["noise_km2"]
        assert left.to_numpy() == pytest.approx(account["after_km2"].to_numpy(), rel=1e-9)
        change = territory_change(before, after, tolerance_m=tolerance_m)
        held = {name: after[after["actor"] == name].geometry for name in account.index}
        for name, row in account.iterrows():
            assert row["after_km2"] == pytest.approx(sum(map(km2, held[name])), rel=1e-7)
            gained = change.loc[change["to_actor"] == name, "area_km2"].sum()
            assert row["gained_km2"] == pytest.approx(gained, rel=1e-9, abs=1e-9)
    if tolerance_m == 0:
        # Over all days what was gained and lost adds up too.
        dated = [day.assign(date=f"2024-07-0{n + 1}") for n, day in enumerate(days)]
        rows = gpd.GeoDataFrame(
            {key: [v for day in dated for v in day[key]] for key in ("actor", "date")},
            geometry=[g for day in dated for g in day.geometry],
            crs=4326,
        )
        control = Territory.from_snapshots(rows)
        changes, areas = control.changes(), control.areas()
        for name in control.actors:
            gained = changes.loc[changes["to_actor"] == name, "area_km2"].sum()
            lost = changes.loc[changes["from_actor"] == name, "area_km2"].sum()
            assert areas[name].iloc[0] + gained - lost == pytest.approx(
                areas[name].iloc[-1], rel=1e-8, abs=1e-8
            )


def test_the_name_is_the_function_whatever_was_imported_before():
    import_module("geoevents.territory.balance")
    assert callable(getattr(import_module("geoevents.territory"), "books"))  # noqa: B009
