"""Changes of hands: by hand, against pyproj and geopandas.overlay, and what holds of any two."""

import os
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Polygon, box

from geoevents.errors import GeoeventsError
from geoevents.territory import territory_change
from geoevents.territory.balance import books

GEOD = Geod(ellps="WGS84")
ACTORS = ["A", "B", "C", None]


def frame(*rows, crs=4326, **columns):
    names, shapes = zip(*rows, strict=True) if rows else ((), ())
    return gpd.GeoDataFrame({"actor": [*names], **columns}, geometry=[*shapes], crs=crs)


def km2(*polygons):
    """What pyproj makes of them."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(np.array(polygons))))
    return sum(GEOD.geometry_area_perimeter(ring)[0] for ring in rings) / 1e6


def planar(change):
    """Square degrees of each transition."""
    return {(r.from_actor, r.to_actor): r.geometry.area for r in change.itertuples()}


def overlaid(before, after):
    """The same by geopandas.overlay."""
    both = gpd.overlay(
        before.dissolve("actor").reset_index(),
        after.dissolve("actor").reset_index(),
        how="union",
        keep_geom_type=True,
    )
    pairs = both[["actor_1", "actor_2"]].astype(object)
    both[["actor_1", "actor_2"]] = pairs.where(pairs.notna(), "nobody")
    size = both.assign(size=shapely.area(both.geometry)).groupby(["actor_1", "actor_2"])["size"]
    return {pair: one for pair, one in size.sum().items() if pair[0] != pair[1]}


def same(mine, theirs):
    """Whether two sets of transitions have the same sizes."""
    largest = max([*theirs.values(), 1e-3])
    for pair in {*mine, *theirs}:
        assert mine.get(pair, 0) == pytest.approx(theirs.get(pair, 0), rel=1e-9, abs=1e-9 * largest)


def sound(change):
    """Whether the ground is valid and none of it is in two transitions."""
    assert change.geometry.is_valid.all()
    assert set(change.geom_type) <= {"Polygon", "MultiPolygon"}
    ground = change.geometry.to_numpy()
    one, other = np.triu_indices(len(ground), 1)
    # Without a grid GEOS finds common ground where a needle touches that is not there.
    common = shapely.intersection(ground[one], ground[other], grid_size=1e-11)
    assert shapely.area(common).sum() < 1e-9


def cells(seed, number=24):
    """A coverage of Voronoi cells, some ten kilometres wide."""
    points = np.random.default_rng(seed).uniform((40, 35), (40.4, 35.4), (number, 2))
    drawn = shapely.voronoi_polygons(shapely.multipoints(points))
    return shapely.get_parts(drawn)


def held(parts, holders, shuffle=None):
    rows = [(ACTORS[h], p) for h, p in zip(holders, parts, strict=True) if ACTORS[h] is not None]
    if shuffle is not None:
        rows = [rows[i] for i in shuffle.permutation(len(rows))]
    return frame(*rows)


def star(rng, lon, lat, number, size):
    turn = np.linspace(0, 2 * np.pi, number, endpoint=False)
    away = rng.uniform(0.3, 1, number) * size
    return Polygon(np.column_stack([lon + away * np.cos(turn), lat + away * np.sin(turn)]))


seeds = st.integers(0, 2**32 - 1)
properties = settings(derandomize=True, max_examples=25)


# By hand.


@pytest.mark.parametrize("lat", [0, 60, -33])
def test_a_strip_passes_from_one_to_another(lat):
    before = frame(("A", box(0, lat, 1, lat + 1)), ("B", box(1, lat, 2, lat + 1)))
    after = frame(("A", box(0, lat, 0.9, lat + 1)), ("B", box(0.9, lat, 2, lat + 1)))
    change = territory_change(before, after)
    assert change[["from_actor", "to_actor", "parts"]].to_numpy().tolist() == [["A", "B", 1]]
    assert change.crs.to_epsg() == 4326
    assert change.geometry[0].equals(box(0.9, lat, 1, lat + 1))
    assert change["area_km2"][0] == pytest.approx(km2(box(0.9, lat, 1, lat + 1)), rel=1e-9)
    for bound in ("area_low_km2", "area_high_km2"):
        assert change[bound][0] == change["area_km2"][0]
    assert change["noise_km2"][0] == 0
    assert change["uncertainty_m"].isna().all()
    assert not change["inferred"].any()


def test_a_degree_at_the_equator_and_at_60_north():
    change = territory_change(
        frame(("A", box(0, 0, 1, 1)), ("B", box(0, 60, 1, 61))), frame(("C", box(9, 9, 10, 10)))
    )
    size = change.set_index("from_actor")["area_km2"]
    assert size["A"] == pytest.approx(12308.778361, abs=1e-5)  # Karney (2013), geographiclib
    assert size["B"] == pytest.approx(km2(box(0, 60, 1, 61)), rel=1e-9)


def test_nobody_is_a_side():
    before = frame(("A", box(0, 0, 2, 1)))
    after = frame(("A", box(1, 0, 3, 1)))
    assert planar(territory_change(before, after)) == {("A", "nobody"): 1, ("nobody", "A"): 1}


def test_three_actors_change_in_a_ring():
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)]
    change = territory_change(
        frame(*zip("ABC", shapes, strict=True)), frame(*zip("BCA", shapes, strict=True))
    )
    assert planar(change) == {("A", "B"): 1, ("B", "C"): 1, ("C", "A"): 1}


def test_rows_are_sorted_with_nobody_last():
    before = frame(("z", box(0, 0, 1, 1)), ("a", box(1, 0, 2, 1)))
    after = frame(("a", box(0, 0, 1, 1)), ("m", box(5, 0, 6, 1)))
    change = territory_change(before, after)
    assert change[["from_actor", "to_actor"]].to_numpy().tolist() == [
        ["a", "nobody"],
        ["z", "a"],
        ["nobody", "m"],
    ]
    assert change.index.tolist() == [0, 1, 2]


def test_explode_gives_each_place_the_largest_first():
    before = frame(("A", box(0, 0, 9, 1)))
    after = frame(("A", box(1, 0, 4, 1)), ("B", box(0, 0, 1, 1)), ("B", box(4, 0, 7, 1)))
    whole = territory_change(before, after)
    assert whole["parts"].tolist() == [2, 1]
    places = territory_change(before, after, explode=True)
    assert places[["to_actor", "parts"]].to_numpy().tolist() == [
        ["B", 1],
        ["B", 1],
        ["nobody", 1],
    ]
    assert shapely.area(places.geometry).tolist() == [3, 1, 2]
    assert places["area_km2"].sum() == pytest.approx(whole["area_km2"].sum(), rel=1e-12)


def test_unchanged_adds_what_each_kept():
    before = frame(("A", box(0, 0, 2, 1)), ("B", box(2, 0, 3, 1)), ("C", box(5, 5, 6, 6)))
    after = frame(("A", box(0, 0, 1, 1)), ("B", box(1, 0, 3, 1)))
    change = territory_change(before, after, unchanged=True)
    assert planar(change) == {
        ("A", "A"): 1,
        ("A", "B"): 1,
        ("B", "B"): 1,
        ("C", "nobody"): 1,
    }
    again = territory_change(before, before, unchanged=True)
    assert planar(again) == {("A", "A"): 2, ("B", "B"): 1, ("C", "C"): 1}


def test_holes_and_islands():
    island = box(1.4, 1.4, 1.6, 1.6)
    lake = box(1, 1, 2, 2)
    before = frame(("A", box(0, 0, 3, 3) - lake), ("A", island))
    after = frame(("A", box(0, 0, 3, 3)))
    change = territory_change(before, after)
    assert len(change) == 1
    assert change.geometry[0].equals(lake - island)
    assert change["area_km2"][0] == pytest.approx(km2(lake) - km2(island), rel=1e-9)


def test_a_ring_wholly_inside_another():
    pocket = box(1, 1, 2, 2)
    before = frame(("A", box(0, 0, 3, 3)))
    after = frame(("A", box(0, 0, 3, 3) - pocket), ("B", pocket))
    change = territory_change(before, after)
    assert planar(change) == {("A", "B"): 1}
    assert change.geometry[0].equals(pocket)


def test_ground_passes_along_an_outer_border_that_stays():
    # The outline of both together is the same: only the line between them moves.
    before = frame(("A", box(0, 0, 1, 2)), ("B", box(1, 0, 3, 2)))
    after = frame(("A", box(0, 0, 2, 2)), ("B", box(2, 0, 3, 2)))
    assert planar(territory_change(before, after)) == {("B", "A"): 2}
    before = frame(("A", box(0, 0, 3, 2)))
    assert planar(territory_change(before, after)) == {("A", "B"): 2}


def test_changes_inside_a_change_inside_a_change():
    boxes = [box(i, i, 9 - i, 9 - i) for i in range(4)]
    rings = [a - b for a, b in pairwise(boxes)]
    before = frame(("A", rings[0]), ("B", rings[1]), ("A", rings[2]), ("C", boxes[3]))
    after = frame(("B", rings[0]), ("A", rings[1]), ("C", rings[2]), ("C", boxes[3]))
    change = territory_change(before, after)
    assert planar(change) == {
        ("A", "B"): rings[0].area,
        ("A", "C"): rings[2].area,
        ("B", "A"): rings[1].area,
    }
    sound(change)


def test_what_a_change_surrounds_did_not_change():
    # The middle of the ground that stays lies on the border between A and C, whose rows come in
    # another order.
    ring = box(0, 0, 4, 4) - box(1, 1, 3, 3)
    west, east = box(1, 1, 2, 3), box(2, 1, 3, 3)
    before = frame(("X", ring), ("A", west), ("C", east))
    after = frame(("Y", ring), ("C", east), ("A", west))
    assert planar(territory_change(before, after)) == {("X", "Y"): 12}
    after = frame(("C", east), ("A", west), ("B", ring))
    assert planar(territory_change(before, after)) == {("X", "B"): 12}


def test_grounds_that_touch_at_a_corner():
    before = frame(("A", box(0, 0, 1, 1)), ("A", box(1, 1, 2, 2)), ("B", box(1, 0, 2, 1)))
    after = frame(("B", box(0, 0, 1, 1)), ("B", box(1, 1, 2, 2)), ("A", box(1, 0, 2, 1)))
    change = territory_change(before, after)
    assert planar(change) == {("A", "B"): 2, ("B", "A"): 1}
    assert change["parts"].tolist() == [2, 1]
    sound(change)


def test_neighbouring_rows_of_one_actor_are_one_piece_of_ground():
    before = frame(("A", box(0, 0, 1, 1)), ("A", box(1, 0, 2, 1)))
    assert territory_change(before, frame(("A", box(0, 0, 2, 1)))).empty
    change = territory_change(before, frame(("B", box(0, 0, 2, 1))))
    assert change["parts"].tolist() == [1]
    assert change.geometry[0].equals(box(0, 0, 2, 1))


def test_zero_and_minus_zero_are_one_place():
    shape = Polygon([(-0.0, -0.0), (1, -0.0), (1, 1), (-0.0, 1)])
    assert territory_change(frame(("A", box(0, 0, 1, 1))), frame(("A", shape))).empty


def test_the_frames_stay_as_they_were():
    before, after = frame(("A", box(0, 0, 1, 1))), frame(("B", box(0, 0, 1, 1)))
    copies = before.copy(), after.copy()
    territory_change(before, after)
    assert before.equals(copies[0])
    assert after.equals(copies[1])


def test_another_column_and_labels_that_are_no_text():
    before = frame(("A", box(0, 0, 1, 1))).rename(columns={"actor": "side"})
    after = before.assign(side=[7])
    change = territory_change(before, after, actor="side")
    assert change[["from_actor", "to_actor"]].to_numpy().tolist() == [["A", "7"]]


# The range.


def test_uncertainty_is_the_larger_of_both_snapshots():
    ground = box(0, 0, 1, 1)
    before = frame(("A", ground), uncertainty_m=[50.0])
    after = frame(("B", ground), uncertainty_m=[200.0])
    change = territory_change(before, after)
    assert change["uncertainty_m"].tolist() == [200]
    around = GEOD.geometry_area_perimeter(ground)[1] / 1e3
    assert change["area_low_km2"][0] == pytest.approx(change["area_km2"][0] - 0.2 * around)
    assert change["area_high_km2"][0] == pytest.approx(
        change["area_km2"][0] + 0.2 * around + np.pi * 0.04
    )
    for given_, said in ((10, 10), ("off", 5)):
        other = territory_change(
            before.assign(off=5.0), after.assign(off=3.0), uncertainty_m=given_
        )
        assert other["uncertainty_m"].tolist() == [said]


def test_a_change_over_several_rows_takes_the_worst_of_them():
    before = frame(
        ("A", box(0, 0, 3, 1)),
        ("A", box(3, 0, 3.5, 1)),
        ("A", box(8, 0, 9, 1)),
        uncertainty_m=[10, 900, 5000],
        inferred=[False, True, False],
    )
    after = frame(("B", box(0, 0, 3.5, 1)), ("A", box(8, 0, 9, 1)))
    change = territory_change(before, after)
    assert change["uncertainty_m"].tolist() == [900]
    assert change["inferred"].tolist() == [True]
    change = territory_change(after, before)
    assert change["uncertainty_m"].tolist() == [900]
    assert change["inferred"].tolist() == [True]


def test_inferred_ground_makes_an_inferred_change():
    before = frame(("A", box(0, 0, 2, 1)))
    after = frame(("B", box(0, 0, 1, 1)), ("C", box(1, 0, 2, 1)), inferred=[None, True])
    assert territory_change(before, after)["inferred"].tolist() == [False, True]


# The same border drawn with other vertices.


@properties
@given(seeds)
def test_the_same_ground_with_more_vertices_did_not_change(seed):
    rng = np.random.default_rng(seed)
    parts = cells(seed)
    holders = rng.integers(0, 3, len(parts))
    before = held(parts, holders)
    after = held(shapely.segmentize(parts, rng.uniform(0.005, 0.05)), holders, rng)
    for change in (territory_change(before, after), territory_change(after, before)):
        assert sum(planar(change).values()) < 1e-10
    account = books(before, after)
    assert account["gained_km2"].sum() + account["noise_km2"].sum() < 1e-4
    assert (account["before_km2"] + account["edges_km2"]).to_numpy() == pytest.approx(
        account["after_km2"].to_numpy(), rel=1e-9
    )


def test_vertices_put_in_along_a_slanting_border():
    a, b = (0.1, 0.2), (2.3, 1.7)
    west = Polygon([a, b, (0, 2)])
    east = Polygon([a, (3, 0), b])
    share = np.array([0.15, 1 / 3, 0.5, 0.77])[:, None]
    between = (np.array(a) + share * (np.array(b) - np.array(a))).tolist()
    fine_west = Polygon([a, *between, b, (0, 2)])
    fine_east = Polygon([a, (3, 0), b, *between[::-1]])
    before = frame(("A", west), ("B", east))
    for after in (
        frame(("A", fine_west), ("B", fine_east)),
        frame(("A", fine_west), ("B", east)),
    ):
        assert territory_change(before, after).empty
        assert territory_change(after, before).empty


# Whatever the ground.


@properties
@given(seeds)
def test_coverages_agree_with_an_overlay_and_balance(seed):
    rng = np.random.default_rng(seed)
    parts = cells(seed)
    was, now = rng.integers(0, 4, (2, len(parts)))
    before, after = held(parts, was, rng), held(parts, now, rng)
    if before.empty or after.empty:
        return
    change = territory_change(before, after)
    sound(change)
    same(planar(change), overlaid(before, after))
    # Vertices match: the books balance without a rest.
    account = books(before, after)
    most = account[["before_km2", "after_km2"]].max(axis=1)
    assert (account["edges_km2"].abs() <= 1e-9 * most).all()
    for name in account.index:
        had, has = (km2(*some[some["actor"] == name].geometry) for some in (before, after))
        gained = change.loc[change["to_actor"] == name, "area_km2"].sum()
        lost = change.loc[change["from_actor"] == name, "area_km2"].sum()
        assert had + gained - lost == pytest.approx(has, rel=1e-7, abs=1e-7 * most[name])
    # Cell by cell.
    area = shapely.area(parts)
    called = np.array(["nobody" if name is None else name for name in ACTORS])
    for (a, b), size in planar(change).items():
        assert size == pytest.approx(area[(called[was] == a) & (called[now] == b)].sum(), rel=1e-9)


@properties
@given(seeds)
def test_drawings_that_have_nothing_in_common_agree_with_an_overlay(seed):
    rng = np.random.default_rng(seed)
    sides = []
    for _ in range(2):
        shapes = [star(rng, *rng.uniform(0, 3, 2), rng.integers(4, 15), 1.5) for _ in range(4)]
        free = shapely.Polygon()
        rows = []
        for name, shape in zip("ABCA", shapes, strict=True):
            mine = shape - free
            free = shapely.union(free, shape)
            if mine.area > 1e-3:
                rows.append((name, mine))
        sides.append(frame(*rows))
    change = territory_change(*sides, overlaps="first")
    sound(change)
    same(planar(change), overlaid(*sides))
    account = books(*sides, overlaps="first")
    left = account["before_km2"] + account["gained_km2"] - account["lost_km2"]
    assert (left + account["edges_km2"]).to_numpy() == pytest.approx(
        account["after_km2"].to_numpy(), rel=1e-9
    )
    # Edges of 200 km run up to some km2 beside those that cut them short.
    assert (account["edges_km2"].abs() < 1e-3 * account["before_km2"].max()).all()


@properties
@given(seeds, st.booleans())
def test_it_mirrors_and_does_not_mind_the_order_of_rows(seed, explode):
    rng = np.random.default_rng(seed)
    one, other = cells(seed), cells(seed + 1)
    before = held(one, rng.integers(0, 4, len(one)))
    after = held(other, rng.integers(0, 4, len(other)))
    change = territory_change(before, after, explode=explode)
    mirror = territory_change(after, before, explode=explode)
    swapped = mirror.rename(columns={"from_actor": "to_actor", "to_actor": "from_actor"})
    key = ["from_actor", "to_actor"]
    assert sorted(map(tuple, change[key].to_numpy())) == sorted(map(tuple, swapped[key].to_numpy()))
    for (a, b), mine in change.groupby(key):
        theirs = swapped[(swapped["from_actor"] == a) & (swapped["to_actor"] == b)]
        assert mine["area_km2"].tolist() == pytest.approx(theirs["area_km2"].tolist(), rel=1e-9)
        ground = [shapely.union_all(some.geometry.to_numpy()) for some in (mine, theirs)]
        assert shapely.symmetric_difference(*ground).area < 1e-9
    shuffled = territory_change(
        before.sample(frac=1, random_state=seed % 1000),
        after.sample(frac=1, random_state=seed % 999),
        explode=explode,
    )
    assert change[key].equals(shuffled[key])
    assert change["area_km2"].tolist() == pytest.approx(shuffled["area_km2"].tolist(), rel=1e-9)
    assert territory_change(before, before.sample(frac=1, random_state=1)).empty
    sound(change)


def test_many_places_far_apart():
    # More lines than are taken at once.
    at = [(x, y) for x in range(20) for y in range(20)]
    before = frame(*[("A", box(x, y, x + 0.5, y + 0.5)) for x, y in at])
    after = frame(
        *[("B", box(x + 0.25, y, x + 0.5, y + 0.5)) for x, y in at],
        *[("A", box(x, y, x + 0.25, y + 0.5)) for x, y in at],
    )
    change = territory_change(before, after)
    assert change[["from_actor", "to_actor", "parts"]].to_numpy().tolist() == [["A", "B", 400]]
    assert change.geometry[0].area == pytest.approx(50, rel=1e-12)


# What is refused.


def test_missing_columns_and_holders_are_refused():
    good = frame(("A", box(0, 0, 1, 1)))
    with pytest.raises(GeoeventsError, match=r"before has no column 'side'.*it has 'actor'"):
        territory_change(good, good, actor="side")
    with pytest.raises(GeoeventsError, match="after has no column 'actor'"):
        territory_change(good, good.drop(columns="actor"))
    for none in (None, float("nan"), "", "  "):
        bad = frame(("A", box(0, 0, 1, 1)), (none, box(1, 0, 2, 1)))
        bad.index = ["here", "there"]
        with pytest.raises(GeoeventsError, match="after row 'there' has no actor"):
            territory_change(good, bad)
    with pytest.raises(GeoeventsError, match="before row 0: actor is 'nobody'"):
        territory_change(frame(("nobody", box(0, 0, 1, 1))), good)
    with pytest.raises(GeoeventsError, match="its actor is a list"):
        territory_change(frame((["A"], box(0, 0, 1, 1))), good)
    with pytest.raises(GeoeventsError, match="before is a DataFrame: give a GeoDataFrame"):
        territory_change(good.drop(columns="geometry"), good)


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf"), "5", None, True])
def test_lengths_that_are_none_are_refused(wrong):
    good = frame(("A", box(0, 0, 1, 1)))
    with pytest.raises(GeoeventsError, match="tolerance_m"):
        territory_change(good, good, tolerance_m=wrong)
    if wrong not in {"5", None}:
        with pytest.raises(GeoeventsError, match="uncertainty_m"):
            territory_change(good, good, uncertainty_m=wrong)


def test_uncertainties_that_are_none_are_refused():
    good = frame(("A", box(0, 0, 1, 1)))
    with pytest.raises(GeoeventsError, match="before has no column 'off' of uncertainties"):
        territory_change(good, good, uncertainty_m="off")
    with pytest.raises(GeoeventsError, match="after row 0: uncertainty_m is -3"):
        territory_change(good, good.assign(uncertainty_m=-3.0))
    with pytest.raises(GeoeventsError, match="before: the column 'uncertainty_m' is not all num"):
        territory_change(good.assign(uncertainty_m="far"), good)
    with pytest.raises(GeoeventsError, match="overlaps='all' is not one of 'error', 'contested'"):
        territory_change(good, good, overlaps="all")


def test_empty_frames_on_either_side():
    some, none = frame(("A", box(0, 0, 1, 1)), ("B", box(1, 0, 2, 1))), frame()
    assert planar(territory_change(some, none)) == {("A", "nobody"): 1, ("B", "nobody"): 1}
    assert planar(territory_change(none, some)) == {("nobody", "A"): 1, ("nobody", "B"): 1}
    for unchanged in (False, True):
        nothing = territory_change(none, none, unchanged=unchanged, explode=True)
        assert nothing.empty
        assert list(nothing.columns) == list(territory_change(some, none).columns)
    assert nothing.crs.to_epsg() == 4326
    without_crs = gpd.GeoDataFrame({"actor": []}, geometry=[])
    assert len(territory_change(without_crs, some)) == 2


# Snapshots of a real archive.


def archive():
    folder = os.environ.get("GEOEVENTS_DATA")
    files = sorted(Path(folder, "deepstate").glob("*.geojson")) if folder else []
    if len(files) < 2:
        pytest.skip("GEOEVENTS_DATA names no folder with deepstate/*.geojson")
    return files


def test_real_snapshots_agree_with_shapely_and_pyproj():
    days = []
    for file in archive()[:8]:
        day = gpd.read_file(file)
        ground = shapely.make_valid(day.geometry.to_numpy(), method="structure")
        days.append(frame(("occupied", shapely.union_all(ground))))
    changed = 0
    for before, after in pairwise(days):
        change = territory_change(before, after).set_index("from_actor").geometry
        had, has = before.geometry[0], after.geometry[0]
        sizes = territory_change(before, after).set_index("from_actor")["area_km2"]
        for name, theirs in (("occupied", had - has), ("nobody", has - had)):
            if theirs.area < 1e-9:
                continue
            changed += 1
            assert change[name].area == pytest.approx(theirs.area, rel=1e-9)
            assert sizes[name] == pytest.approx(km2(theirs), rel=1e-6)
        account = books(before, after).loc["occupied"]
        left = account["before_km2"] + account["gained_km2"] - account["lost_km2"]
        assert left + account["edges_km2"] == pytest.approx(account["after_km2"], rel=1e-9)
        assert account["before_km2"] == pytest.approx(km2(had), rel=1e-9)
        assert abs(account["edges_km2"]) < 1e-3  # km2, where new lines cut old ones
    assert changed > 4


def test_multipolygons_and_polygons_are_the_same_to_it():
    pieces = [box(0, 0, 1, 1), box(2, 0, 3, 1)]
    before = frame(("A", MultiPolygon(pieces)))
    assert territory_change(before, frame(*[("A", piece) for piece in pieces])).empty
