"""Phrases that once gave a wrong place, a wrong bank or an error of the wrong kind."""

import copy
import importlib
import math
import pickle
import pkgutil
from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geoevents.geodesy
import geoevents.localities
from geoevents.localities import LocalityError, locate
from geoevents.localities.shapes.banks import facing
from geoevents.places import Gazetteer

GAO_CITY = shapely.Point(-0.044, 16.272)


def kinds(found):
    return {place.name: place.kind for place in found.places}


# -- "the X" beside which something lies is the river X --------------------------------------------


def test_the_niger_is_the_river_and_niger_the_country():
    river = locate("west of the Niger, near Gao")
    assert kinds(river) == {"Gao": "populated place", "Niger": "river"}
    assert "+".join(river.relations) == "near+side"
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
    assert "side" in found.relations
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
    assert "+".join(locate("east of the Dnieper, near Kharkiv").relations) == "near+side"  # 180 km


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


# -- arguments -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, 5, b"Raqqa", {"a": "Raqqa"}, math.nan])
def test_a_locality_is_text(text):
    with pytest.raises(LocalityError, match="a locality is text"):
        locate(text)


WRONG = ["300", True, pd.NA, math.nan, math.inf, 1e9, 1e-9, 0, -1, np.bool_(True)]


@pytest.mark.parametrize("size", WRONG, ids=repr)
def test_an_area_is_a_number_in_its_range(gazetteer, size):
    for text in ("near Alton", ["near Alton"]):
        with pytest.raises(LocalityError, match=r"number from 0\.0001 .* to 100,000,000"):
            locate(text, area_km2=size, gazetteer=gazetteer)


@pytest.mark.parametrize("size", [1e-4, np.float32(2), np.int64(3), 1e6])
def test_areas_in_the_range_are_met(gazetteer, size):
    found = locate("near Alton", area_km2=size, gazetteer=gazetteer)
    assert found.area_km2 == pytest.approx(float(size), rel=1e-3)


def test_a_wrong_area_in_a_column_is_the_problem_of_its_row(gazetteer):
    sizes = [1, True, "300", None]
    frame = locate(["near Alton"] * 4, area_km2=sizes, gazetteer=gazetteer)
    assert frame["problem"].notna().tolist() == [False, True, True, False]


def test_areas_of_other_rows_are_not_dropped(gazetteer):
    sizes = pd.Series([10.0, 20.0], index=["a", "b"])
    texts = ["near Alton", "near Cardon"]
    with pytest.raises(LocalityError, match="same index"):
        locate(texts, area_km2=sizes, gazetteer=gazetteer)
    with pytest.raises(LocalityError, match="same index"):
        locate(pd.Series(texts, index=["a", "c"]), area_km2=sizes, gazetteer=gazetteer)
    some = locate(pd.Series(texts, index=["a", "b"]), area_km2=sizes[1:], gazetteer=gazetteer)
    assert some["area_km2"]["b"] == pytest.approx(20)


@pytest.mark.parametrize(
    ("far", "message"),
    [
        ("-5 km", "a distance is a number above 0"),
        ("-5km", "a distance is a number above 0"),
        ("0 km", "above 0 and up to 5,000 km"),
        ("20000 km", "above 0 and up to 5,000 km"),
        ("999999999999 km", "above 0 and up to 5,000 km"),
        ("9" * 400 + " km", "above 0 and up to 5,000 km"),
    ],
)
def test_distances_that_are_none(gazetteer, far, message):
    for rest in ("east of Alton", "from Alton"):
        with pytest.raises(LocalityError, match=message):
            locate(f"{far} {rest}", gazetteer=gazetteer)


# -- names -----------------------------------------------------------------------------------------


def test_a_name_found_by_its_sound_is_said(gazetteer):
    by_sound = locate("near Kardon", gazetteer=gazetteer)
    assert "'Kardon' was taken for Cardon, which sounds like it" in by_sound.explain()
    by_spelling = locate("near Bergen Mlil", gazetteer=gazetteer)
    assert "'Bergen Mlil' was taken for Bergen Mill, the nearest" in by_spelling.explain()
    for exact in ("near CARDON", "near the town of Cardon", "east of the Silva River"):
        assert "taken for" not in locate(exact, gazetteer=gazetteer).explain()


# -- what fuzzing found ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *(
            "up to 19-22 nmi W of the Khabur",
            "less than 36ft SSW of Raqqa",
            "up to 51 kms SE of Homs",
        ),
        *("along Mures downstream of Bihor", "upstream of the Valencian Community", "'s border"),
        *("'s countryside", "Russian 's border", "some between 3 and 12 yd SSE from China"),
        *("between the Euphrates and the Euphrates", "the border between Syria and Syria"),
        *(
            "on both banks of Bahamas",
            "the confluence of the Nile and the Nile",
            "15-15 km E of Homs",
        ),
        *("1-4000 km east of Raqqa", "within 0.0001 km of Raqqa", "4000 km east of Suva"),
        *("central Antarctica", "northern Fiji", "eastern Chukotka"),
        *(
            "between 89.9000, 0.0000 and 89.9000, 180.0000",
            "halfway between 0.5, 0.5 and 0.5, 179.5",
        ),
        *(
            "10 km north of 89.9900, 10.0000",
            "100 km east of 0.5000, 179.9000",
            "near 0.00, 180.00",
        ),
    ],
)
def test_odd_phrases_are_read_or_refused(text):
    try:
        found = locate(text)
    except LocalityError as error:
        if not error.reason or not 0 <= error.start < error.end <= len(text) + 1:
            raise
        return
    assert found.geometry.is_valid
    assert found.area_km2 > 0
    assert shapely.distance(found.geometry, found.point) < 1e-9


# -- a locality as a value -------------------------------------------------------------------------


def test_a_locality_can_be_copied_and_kept(gazetteer):
    found = locate("12 km east of Alton, near the Silva", gazetteer=gazetteer)
    for same in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):  # noqa: S301 -- our own
        assert same.geometry.equals(found.geometry)
        assert same.explain() == found.explain()
        assert same.relation == found.relation
    with pytest.raises(LocalityError) as refused:
        locate("near Xqzwvk", gazetteer=gazetteer)
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 -- our own
    assert str(again) == str(refused.value)


def test_what_is_shown_holds_no_markup_of_names(gazetteer):
    evil = "Alton<img src=x onerror=boom>"
    frame = gpd.GeoDataFrame(
        {"name": [evil], "kind": ["populated place"], "uncertainty_m": [3000.0]},
        geometry=[shapely.Point(1, 1)],
        crs="EPSG:4326",
    )
    shown = locate(f"near {evil}", gazetteer=Gazetteer.from_frame(frame))._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_threads_do_not_disturb_each_other(gazetteer):
    texts = ["near Alton", "east of the Silva, near Alton", "10 km W of Cardon", "along the Silva"]
    texts = [*texts, "in Westmark", "between Alton and Bergen Mill", "near Nowhere"] * 4

    def one(text):
        try:
            return locate(text, gazetteer=gazetteer).geometry.wkb
        except LocalityError as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, texts)) == [one(text) for text in texts]


def test_nothing_is_remembered_without_end():
    """Each cache has a bound, so that a hundred thousand distinct phrases fit in memory."""
    bounds = {}
    for package in (geoevents.localities, geoevents.geodesy):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            for name, thing in vars(importlib.import_module(module.name)).items():
                if hasattr(thing, "cache_parameters"):
                    bounds[f"{module.name}.{name}"] = thing.cache_parameters()["maxsize"]
    assert bounds
    assert {name for name, bound in bounds.items() if bound is None or bound > 4096} == set()
