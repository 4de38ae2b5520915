"""Parts joined by "and": all of them, or where they overlap."""

import runpy
from pathlib import Path

from geoevents.localities.tree import Group

TREES = runpy.run_path(str(Path(__file__).with_name("trees.py")))
ALTON, MOUTH, assert_holds, n, rel = (
    TREES[name] for name in ("ALTON", "MOUTH", "assert_holds", "n", "rel")
)


def test_relations_of_a_list_are_united(ground):
    mouth = rel("mouth", n("Silva River"))
    region = ground(rel("near", n("Alton"), mouth)).geometry
    assert_holds(region, ALTON, MOUTH)
    assert len(region.geoms) == 2


def test_two_courses_joined_by_and_are_both_meant(ground):
    tree = Group("and", (rel("along", n("Silva River")), rel("along", n("Westmark"))), 0, 9)
    assert_holds(ground(tree).geometry, (40.01, 34), (38.01, 35))
