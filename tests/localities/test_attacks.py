"""Phrases that once gave a wrong place, a wrong bank or an error of the wrong kind."""

import math

import pytest
import shapely

from geoevents.localities import LocalityError, locate
from geoevents.localities.relations import facing

GAO_CITY = shapely.Point(-0.044, 16.272)


def kinds(found):
    return {place.name: place.kind for place in found.places}


# -- "the X" beside which something lies is the river X --------------------------------------------


def test_the_niger_is_the_river_and_niger_the_country():
    river = locate("west of the Niger, near Gao")
    assert kinds(river) == {"Gao": "populated place", "Niger": "river"}
    assert river.relation == "near+side"
    assert not river.geometry.contains(GAO_CITY)  # on the eastern, left bank
    assert river.geometry.equals(locate("west of the Niger River, near Gao").geometry)
    assert "'Niger' was read as the river and not as the country Niger" in river.explain()
    assert "leave out 'the' to mean the other" in river.explain()
    country = locate("west of Niger, near Gao")
    assert kinds(country)["Niger"] == "country"
    assert "read as the country and not as the river Niger" in country.explain()


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("west of the Paraguay, near Asuncion", "Paraguay"),
        ("north of the Senegal, near Podor", "Senegal"),
        ("west of the White Nile, near Khartoum", "White Nile"),
        ("east of the Mississippi, near New Orleans", "Mississippi"),
        ("north of the Gambia, near Basse", "Gambia"),
        ("west of the Helmand, near Lashkar Gah", "Helmand"),
        ("west of the Congo, near Kinshasa", "Congo"),
        ("on the west bank of the Jordan, near Jericho", "Jordan"),
        ("on the west bank of Jordan, near Jericho", "Jordan"),
    ],
)
def test_rivers_called_as_countries_and_provinces(phrase, name):
    found = locate(phrase)
    assert kinds(found)[name] == "river"
    assert "side" in found.relation
    assert f"{name!r} was read as the river" in found.explain()


def test_the_river_may_be_named_by_what_else_is_known():
    assert kinds(locate("south of the Niger", near="Gao"))["Niger"] == "river"
    assert kinds(locate("north of the Gambia"))["Gambia"] == "river"
    assert kinds(locate("south of the Hague"))["The Hague"] == "populated place"
    assert kinds(locate("north of the Ukraine"))["Ukraine"] == "country"


def test_a_country_stays_one_where_its_river_does_not_run():
    found = locate("south of the Jordan, near Tabuk")  # 90 km from the country
    assert kinds(found)["Jordan"] == "country"
    assert "the river does not come within 200 km of what else is named" in found.explain()


# -- one of several namesakes ----------------------------------------------------------------------


def test_a_town_on_the_river_is_not_exchanged_for_a_country_by_it():
    north = locate("north of the Danube, near Ruse")  # which flows to the north-east there
    assert kinds(north)["Ruse"] == "populated place"
    assert north.geometry.contains(shapely.Point(25.97, 43.893))  # Giurgiu
    assert not north.geometry.contains(shapely.Point(25.954, 43.849))  # Ruse itself


# -- sides -----------------------------------------------------------------------------------------


def test_a_river_that_does_not_pass_there_has_no_side_there():
    with pytest.raises(LocalityError, match=r"Nile .* are [\d,]+ km apart: a side of a river says"):
        locate("east of the Nile, near Mosul")
    assert locate("east of the Dnieper, near Kharkiv").relation == "near+side"  # 180 km


@pytest.mark.parametrize(
    "phrase",
    [
        "east of the Euphrates, west of the Euphrates",
        "north of the Silva, east of the Silva, west of the Silva",
        "east of the Silva, west of the Silva, near Alton",
    ],
)
def test_sides_that_contradict_each_other(gazetteer, phrase):
    with pytest.raises(LocalityError, match=r"contradict|none of that ground|neither of its banks"):
        locate(phrase, gazetteer=gazetteer if "Silva" in phrase else None)


def test_sides_leave_no_sliver_but_the_ground_between_two_rivers():
    with pytest.raises(LocalityError, match="the sides contradict each other"):
        locate("east of the Euphrates, west of the Euphrates")
    between = locate("east of the Euphrates, west of the Khabur, near Busayrah")
    assert between.area_km2 > 1


def test_neighbours_only_touch():
    with pytest.raises(LocalityError, match="they touch but share no ground"):
        locate("in France, in Germany")


@pytest.mark.parametrize(("course", "bank"), [(14, "left"), (-14, "right"), (8, None), (-8, None)])
def test_only_a_parallel_course_has_no_such_bank(course, bank):
    slope = math.radians(course)  # off the bearing asked for, east
    line = shapely.LineString([(-9, -9 * math.tan(slope)), (9, 9 * math.tan(slope))])
    # Left of an eastward line is north: one that runs north of east has its east bank right.
    expected = {"left": "right", "right": "left", None: None}[bank]
    assert facing(shapely.box(-0.1, -0.1, 0.1, 0.1), line, 90).bank == expected
