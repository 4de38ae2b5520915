"""Ground that several rows of one snapshot claim."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from geoevents.errors import GeometryError
from geoevents.territory import OverlapError, territory_change

NONE = gpd.GeoDataFrame({"actor": []}, geometry=[], crs=4326)


def frame(*rows, crs=4326, **columns):
    names, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"actor": [*names], **columns}, geometry=[*shapes], crs=crs)


def held(snapshot, **options):
    """Who holds how many square degrees, as a change from nothing."""
    change = territory_change(NONE, snapshot, **options)
    assert change.geometry.is_valid.all()
    assert (change["from_actor"] == "nobody").all()
    return {r.to_actor: round(r.geometry.area, 9) for r in change.itertuples()}


TWO = frame(("B", box(0, 0, 2, 1)), ("A", box(1, 0, 3, 1)))


def test_the_error_names_rows_place_and_what_to_do():
    named = TWO.set_index(np.array(["west", "east"]))
    with pytest.raises(OverlapError) as error:
        territory_change(NONE, named)
    text = str(error.value)
    assert "after row 'west' (B) and after row 'east' (A) both claim 1.23e+04 km2" in text
    assert "at 0.5000 N 1.5000 E" in text
    for way in ("overlaps='contested'", "'first'", "tolerance_m"):
        assert way in text
    with pytest.raises(OverlapError, match="before row 0"):
        territory_change(TWO, NONE)
    assert issubclass(OverlapError, GeometryError)


def test_the_error_tells_five_and_counts_the_rest():
    many = frame(*[(f"a{i}", box(i, 0, i + 1.5, 1)) for i in range(9)])
    with pytest.raises(OverlapError, match="and 3 more pairs") as error:
        territory_change(NONE, many)
    assert str(error.value).count("both claim") == 5


def test_contested_ground_is_a_holder_of_its_own():
    assert held(TWO, overlaps="contested") == {"A": 1, "B": 1, "A / B": 1}
    change = territory_change(NONE, TWO, overlaps="contested")
    assert change.set_index("to_actor").geometry["A / B"].equals(box(1, 0, 2, 1))
    (told,) = change.attrs["overlaps"]
    assert told["rows"] == ["after row 0", "after row 1"]
    assert told["actors"] == ["B", "A"]
    assert told["settled"] == "contested"
    assert told["area_km2"] == pytest.approx(12308.778361, abs=1e-4)


def test_the_first_keeps_it():
    assert held(TWO, overlaps="first") == {"B": 2, "A": 1}
    assert held(TWO.iloc[::-1], overlaps="first") == {"A": 2, "B": 1}


def test_three_claim_it():
    three = frame(("A", box(0, 0, 3, 3)), ("C", box(1, 0, 4, 3)), ("B", box(2, 0, 5, 3)))
    assert held(three, overlaps="contested") == {
        "A": 3,
        "A / C": 3,
        "A / B / C": 3,
        "B / C": 3,
        "B": 3,
    }
    assert held(three, overlaps="first") == {"A": 9, "C": 3, "B": 3}


def test_rows_of_one_actor_are_joined():
    rows = frame(("A", box(0, 0, 2, 1)), ("A", box(1, 0, 3, 1)), ("B", box(3, 0, 4, 1)))
    change = territory_change(NONE, rows)
    assert change["parts"].tolist() == [1, 1]
    assert held(rows) == {"A": 3, "B": 1}
    (told,) = change.attrs["overlaps"]
    assert told["settled"] == "joined"
    assert told["actors"] == ["A"]


def test_a_claim_inside_another():
    nested = frame(("A", box(0, 0, 4, 4)), ("B", box(1, 1, 3, 3)), ("C", box(1.5, 1.5, 2, 2)))
    assert held(nested, overlaps="contested") == {"A": 12, "A / B": 3.75, "A / B / C": 0.25}
    assert held(nested, overlaps="first") == {"A": 16}
    assert held(nested.iloc[::-1], overlaps="first") == {"C": 0.25, "B": 3.75, "A": 12}


def test_the_same_ground_twice():
    twice = frame(("A", box(0, 0, 1, 1)), ("B", box(0, 0, 1, 1)))
    assert held(twice, overlaps="contested") == {"A / B": 1}
    assert held(twice, overlaps="first") == {"A": 1}


def test_contested_names_are_put_together_once():
    rows = frame(("A / B", box(0, 0, 2, 1)), ("B", box(1, 0, 3, 1)))
    assert held(rows, overlaps="contested") == {"A / B": 2, "B": 1}


def test_a_common_edge_beside_a_claim():
    # What both hold is a polygon, and elsewhere a line.
    west = box(0, 0, 2, 2)
    east = Polygon([(2, 0), (3, 0), (3, 3), (1, 3), (1, 1.5), (2, 1.5)])
    rows = frame(("A", west), ("B", east))
    with pytest.raises(OverlapError, match="both claim 6"):
        territory_change(NONE, rows)
    assert held(rows, overlaps="contested") == {"A": 3.5, "B": 4, "A / B": 0.5}


def test_common_borders_are_no_claim():
    rows = frame(("A", box(0, 0, 1, 1)), ("B", box(1, 0, 2, 1)), ("C", box(1, 1, 2, 2)))
    assert held(rows) == {"A": 1, "B": 1, "C": 1}


def test_what_is_narrower_than_the_tolerance_goes_to_the_earlier_row():
    width = 50 / 111_320  # degrees at the equator, 50 m
    rows = frame(("A", box(0, 0, 1 + width, 1)), ("B", box(1, 0, 2, 1)))
    with pytest.raises(OverlapError):
        territory_change(NONE, rows)
    with pytest.raises(OverlapError):
        territory_change(NONE, rows, tolerance_m=20)
    change = territory_change(NONE, rows, tolerance_m=80)
    size = dict(zip(change["to_actor"], shapely.area(change.geometry), strict=True))
    assert size["A"] == pytest.approx(1 + width, rel=1e-9)
    assert size["B"] == pytest.approx(1 - width, rel=1e-9)
    assert change.attrs["overlaps"][0]["settled"] == "first"
    assert set(held(rows, overlaps="contested", tolerance_m=80)) == {"A", "B"}
    assert set(held(rows, overlaps="contested", tolerance_m=20)) == {"A", "B", "A / B"}


def test_it_says_whose_lines_contested_ground_has():
    rows = frame(
        ("A", box(0, 0, 2, 1)),
        ("B", box(1, 0, 3, 1)),
        uncertainty_m=[10.0, 300.0],
        inferred=[True, False],
    )
    change = territory_change(NONE, rows, overlaps="contested").set_index("to_actor")
    assert change["uncertainty_m"].to_dict() == {"A": 10, "B": 300, "A / B": 300}
    assert change["inferred"].to_dict() == {"A": True, "B": False, "A / B": True}


def test_many_claims_with_holes():
    # More lines than are taken at once, of several rings each.
    rng = np.random.default_rng(0)
    middle = shapely.points(rng.uniform(0, 9, (260, 2)))
    rings = shapely.difference(
        shapely.buffer(middle, 0.5, quad_segs=4), shapely.buffer(middle, 0.2, quad_segs=4)
    )
    rows = frame(*[(f"a{i:03}", ring) for i, ring in enumerate(rings)])
    for way in ("first", "contested"):
        change = territory_change(NONE, rows, overlaps=way)
        assert shapely.area(change.geometry).sum() == pytest.approx(
            shapely.union_all(rings).area, rel=1e-9
        )
    first = change[change["to_actor"] == "a007"].geometry.iloc[0]
    others = shapely.union_all(np.delete(rings, 7))
    assert first.area == pytest.approx((rings[7] - others).area, rel=1e-9)


def test_both_snapshots_may_contest():
    after = frame(("A", box(0, 0, 3, 1)))
    change = territory_change(TWO, after, overlaps="contested")
    assert change[["from_actor", "to_actor"]].to_numpy().tolist() == [["A / B", "A"], ["B", "A"]]
    assert len(change.attrs["overlaps"]) == 1


def test_first_goes_row_by_row_also_between_rows_of_one_actor():
    rows = gpd.GeoDataFrame(
        {"actor": ["A", "B", "A"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1), shapely.box(0.5, 0, 2.5, 1)],
        crs=4326,
    )
    nothing = rows.iloc[:0]
    change = territory_change(nothing, rows, overlaps="first").set_index("to_actor")
    assert change.geometry["A"].equals(shapely.box(0, 0, 2, 1))
    assert change.geometry["B"].equals(shapely.box(2, 0, 3, 1))
