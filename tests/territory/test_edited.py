"""A snapshot edited from a sound one is checked where it differs, and nothing is missed."""

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geoevents as ge
from geoevents.territory import RepairWarning
from geoevents.territory.change import table
from geoevents.territory.edited import turns_about
from geoevents.territory.snapshot import read_snapshot
from geoevents.territory.transitions import compare

SIZE = 400


def ring(middle=(40.0, 35.0), radius=1.0, size=SIZE):
    turn = np.linspace(0, 2 * np.pi, size, endpoint=False)
    reach = radius * (1 + 0.05 * np.sin(17 * turn))
    return np.column_stack([middle[0] + reach * np.cos(turn), middle[1] + reach * np.sin(turn)])


HOLE, ISLAND = ring((39.6, 35.0), 0.2, 40), ring((39.6, 35.0), 0.1, 30)
AWAY = ring((42.6, 35.0), 0.2, 40)
OTHERS = [shapely.Polygon(ISLAND), shapely.box(42, 35, 42.2, 35.2)]
MAIN = shapely.Polygon(ring(), [HOLE])
BASE = shapely.MultiPolygon([MAIN, *OTHERS])


def frame(geometry):
    # Read from bytes: a geometry that nobody has seen.
    return gpd.GeoDataFrame({"actor": ["A"]}, geometry=[shapely.from_wkb(geometry.wkb)], crs=4326)


def seen(geometry):
    known = frame(geometry)
    ge.territory_change(known, known)
    return known


def changed(after):
    """Compare with the base: the rows, and whether a repair was told."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        rows = ge.territory_change(seen(BASE), frame(after))
    return rows, [str(warning.message) for warning in told]


def fully_checked(after):
    """Do the same with a check of the whole snapshot."""
    snapshots = [
        read_snapshot(frame(geometry), actor="actor", what=what)
        for geometry, what in ((BASE, "before"), (after, "after"))
    ]
    return table(compare(*snapshots))


def moved(*vertices):
    """Move some vertices of the outer ring: (number, longitude, latitude)."""
    outer = ring()
    for number, *place in vertices:
        outer[number] = place
    return shapely.MultiPolygon([shapely.Polygon(outer, [HOLE]), *OTHERS])


def assert_same(found, expected):
    columns = ["from_actor", "to_actor", "area_km2"]
    assert found["to_actor"].tolist() == expected["to_actor"].tolist()
    assert np.allclose(found["area_km2"], expected["area_km2"], rtol=1e-9, atol=1e-9), (
        found[columns],
        expected[columns],
    )


def test_a_valid_edit_is_compared_and_not_complained_of():
    after = moved((3, 41.2, 35.1), (200, 39.1, 35.0))
    assert after.is_valid
    found, told = changed(after)
    assert told == []
    assert_same(found, fully_checked(after))


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (moved((0, 38.5, 35.0)), "a vertex pulled across the far side"),
        (moved((200, 39.65, 35.0)), "a vertex pulled across a hole and its island"),
        (moved((0, 42.1, 35.1)), "a spike that ends in another part"),
        (moved((3, *ring()[8]), (8, *ring()[3])), "a bow-tie"),
        (
            shapely.MultiPolygon([MAIN, *OTHERS, shapely.box(41.9, 34.9, 42.4, 35.4)]),
            "a shell drawn round a part that is there",
        ),
        (
            shapely.MultiPolygon([MAIN, *OTHERS, shapely.box(39.9, 34.9, 40.1, 35.1)]),
            "a part drawn inside another",
        ),
        (shapely.MultiPolygon([MAIN, *OTHERS, OTHERS[0]]), "a part drawn twice"),
        (
            shapely.MultiPolygon([shapely.Polygon(ring(), [AWAY]), *OTHERS]),
            "a hole moved out of its shell",
        ),
        (
            shapely.MultiPolygon(
                [shapely.Polygon(ring(), [HOLE, ring((39.6, 35.0), 0.3, 40)]), *OTHERS]
            ),
            "a hole round a hole",
        ),
    ],
)
def test_an_edit_that_is_not_sound_is_repaired_and_told(after, why):
    assert not after.is_valid, why
    found, told = changed(after)
    assert len(told) == 1, why
    assert "repaired" in told[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert_same(found, fully_checked(after))


def test_a_ring_that_touches_itself_changes_no_ground():
    outer = ring()
    touching = np.vstack([outer[:100], outer[50], outer[100:]])
    touching[100] = outer[50]
    after = shapely.MultiPolygon([shapely.Polygon(touching, [HOLE]), *OTHERS])
    found, _ = changed(after)
    assert_same(found, fully_checked(after))


@settings(derandomize=True, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, SIZE - 1), st.floats(38.4, 42.4), st.floats(33.7, 36.3)),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_vertex_is_moved_the_outcome_is_that_of_a_full_check(moves):
    after = moved(*moves)
    found, told = changed(after)
    assert_same(found, fully_checked(after))
    if after.is_valid:
        assert told == []


def test_a_day_after_an_edited_day_is_checked_as_well():
    first = frame(moved((3, 41.2, 35.1)))
    ge.territory_change(seen(BASE), first)
    bow_tie = moved((3, 41.2, 35.1), (103, *ring()[108]), (108, *ring()[103]))
    with pytest.warns(RepairWarning, match="repaired"):
        ge.territory_change(first, frame(bow_tie))


def test_rings_go_round_points():
    anticlockwise = shapely.LineString([*ring(size=50), ring(size=50)[0]])
    points = shapely.points([(40.0, 35.0), (42.0, 35.0), (40.0, 37.0)])
    lines = np.array([anticlockwise, shapely.reverse(anticlockwise)], dtype=object)
    assert turns_about(points, lines, np.array([1, 1])).tolist() == [0, 0, 0]
    assert turns_about(points, lines, np.array([1, -1])).tolist() == [2, 0, 0]
