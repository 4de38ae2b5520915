"""Regions on one side of a line, which is decided where the rest of the phrase is."""

import runpy
from pathlib import Path

TREES = runpy.run_path(str(Path(__file__).with_name("trees.py")))
ALTON, EAST, WEST = (TREES[name] for name in ("ALTON", "EAST", "WEST"))
assert_holds, at, both, metres, n, rel = (
    TREES[name] for name in ("assert_holds", "at", "both", "metres", "n", "rel")
)


def test_a_distance_from_a_river_lies_on_that_bank(ground):
    tree = rel("direction", n("Silva River"), compass=WEST, distance=metres(10_000))
    region = ground(tree).geometry
    assert region.contains(at(40, 34, 270, 10_000))
    for bearing, far in ((90, 10_000), (270, 4_500), (270, 15_500)):
        assert not region.contains(at(40, 34, bearing, far))


def test_near_a_bank_is_near_the_river_on_that_bank(ground):
    bank = rel("part", n("Silva River"), words="the east bank of", compass=EAST)
    region = ground(rel("near", bank)).geometry
    assert region.contains(at(40, 34, 90, 4_900))
    assert not region.contains(at(40, 34, 90, 5_100))
    assert not region.contains(at(40, 34, 270, 100))
    away = ground(rel("distance", bank, distance=metres(10_000))).geometry
    assert away.contains(at(40, 34, 90, 10_000))
    assert not away.contains(at(40, 34, 270, 10_000))


def test_the_side_of_a_bend_is_decided_where_the_town_is(ground):
    # East of the river there, though the river as a whole passes 18 km farther east at its bend.
    east = rel("direction", n("Silva River"), compass=EAST, distance=metres(4_000))
    found = ground(both(east, rel("near", n("Alton"))))
    assert_holds(found.geometry, at(40.0, 36.5, 90, 4_000).coords[0], out=[ALTON])
