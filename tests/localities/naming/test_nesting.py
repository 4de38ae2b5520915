"""Names side by side: which of them holds the others, and which are a list."""

import runpy
from pathlib import Path

import pytest

from geoevents.localities import LocalityError

TREES = runpy.run_path(str(Path(__file__).parents[1] / "trees.py"))
ALTON, EAST, assert_holds, both, metres, n, rel = (
    TREES[name] for name in ("ALTON", "EAST", "assert_holds", "both", "metres", "n", "rel")
)


def test_what_is_in_the_province_of_that_name_is_chosen_within_a_nested_phrase(ground):
    tree = both(rel("near", rel("area", n("Dunmore"))), n("Westmark"))
    assert ground(tree).point.x == 39.5


def test_in_a_province_after_a_bare_town_only_says_where_it_lies(ground, resolved):
    tree = both(n("Dunmore"), rel("in", n("Westmark")))
    found = ground(tree)
    assert found.relations == ("place",)
    assert found.point.x == 39.5
    assert found.said.endswith("in Westmark")
    names, _ = resolved(tree)
    dunmore = next(iter(names.places.values()))
    assert [other.admin1 for other in dunmore.alternatives] == ["Eastmark"]
    assert names.remarks == [
        "Dunmore is the one in Westmark and not Dunmore (populated place, Eastmark, XA)."
    ]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            ("South Harbour", "Eastmark"),
            "no South Harbour is known in Eastmark; South Harbour lies",
        ),
        (("Cardon", "Westmark Province"), "no Cardon is known in Westmark"),
        (("Alton", "Querria"), "no Alton is known in Querria; Alton lies in Marca"),
        (("Alton", "Marca", "Querria"), "no Alton is known in Querria; Alton lies in Marca"),
        (("Westmark", "Querria"), "no Westmark is known in Querria"),
    ],
)
def test_a_province_after_a_comma_that_does_not_hold_the_town_is_a_contradiction(
    ground, parts, message
):
    with pytest.raises(LocalityError, match=message):
        ground(both(*map(n, parts)))


def test_names_of_one_kind_are_a_list(ground):
    region = ground(both(n("Marca"), n("Querria"))).geometry
    assert_holds(region, (39, 35), (45, 35))
    region = ground(both(n("Alton"), n("Bergen Mill"), n("Cardon"))).geometry
    assert_holds(region, ALTON, (40.3, 36.5), (41.5, 34.5))
    # Each town with its country.
    region = ground(both(n("Alton"), n("Marca"), n("Norham Mill"), n("Querria"))).geometry
    assert_holds(region, ALTON, (44.2, 36.2), out=[(39, 35), (45, 35)])


@pytest.mark.parametrize(
    "tree",
    [
        rel("near", n("Norham Mill")),
        rel("outskirts", n("Norham Mill")),
        rel("direction", n("Norham Mill"), compass=EAST, distance=metres(10_000)),
    ],
)
def test_a_name_after_a_comma_is_the_province_that_holds_the_town(ground, tree):
    # Norham is a town, and the province in which Norham Mill lies, far from it.
    found = ground(both(tree, n("Norham")))
    assert found.geometry.equals(ground(tree).geometry)
    assert found.said.endswith("in Norham")
    whole = ground(both(tree, n("Norham"), n("Querria")))
    assert whole.geometry.equals(found.geometry)
    with pytest.raises(LocalityError, match="apart"):  # no province of that name holds Alton
        ground(both(rel("near", n("Alton")), n("Norham")))
