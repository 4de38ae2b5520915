"""Rivers, lakes and provinces that are points, as GeoNames has them, and untidy lines of rivers."""

from typing import get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geoevents as ge
from geoevents.errors import GeoeventsError
from geoevents.localities import LocalityError, locate, parse
from geoevents.localities.shapes.stems import stem
from geoevents.localities.tree import Group, Kind, Relation
from geoevents.places import Gazetteer

# In Raqqa, 800 m from its centre; the Euphrates is 2.4 km from that.
AT = shapely.Point(39.01, 35.96)
NAMES = {
    "river": "Wadi Tumbak",
    "lake": "Tumbak Lake",
    "region": "Tumbak Steppe",
    "admin1": "Tumbakia",
    "admin2": "Tumbaki",
    "country": "Tumbakstan",
    "facility": "Tumbak Dam",
    "populated place": "Tumbakabad",
}

#: Every relation of the grammar, about X; `test_the_phrases_have_every_relation` asks for it.
PHRASES = """
X | in X | at X | on X | the X area | in and around X | X region | central X | northern X
the western part of X | the X countryside | the eastern countryside of X | near X | outside X
on the outskirts of X | on the edge of X | the northern outskirts of X | within 5 km of X
just south of X | north of X | north by east of X | 10 km east of X | 15-20 km west of X
5 km from X | 2 km E and 3 km N of X | along X | along X between Raqqa and Deir ez-Zor
the X from Raqqa to Deir ez-Zor | east of X | the east bank of X | on the east bank of X at Raqqa
the south side of X | the northern half of X | on the shore of X | the eastern shore of X
the northern shore of X near Raqqa | on the banks of X | on the left bank of X
on both banks of X | on the far bank of X | on the left bank of X near Raqqa
on the opposite bank of X from Raqqa | near the east bank of X | 10 km from the east bank of X
across X from Raqqa | across from X | across the river from X | opposite X
across the Euphrates from X | upstream of X | 10 km downstream of X | down the river from X
10 km downstream of X on the Euphrates | 10 km downstream of Raqqa on X | upstream of Raqqa on X
the mouth of X | the source of X | 5 km from the mouth of X | 5 km north of the source of X
where X meets the Euphrates | the confluence of the Khabur and X | between X and Raqqa
from Raqqa to X | between X and the Euphrates | between the Tigris and X | between X and Syria
between X and X | halfway between X and Aleppo | the road between X and Aleppo | the X-Aleppo road
the border between X and Iraq | the X-Iraq border | the border of X | near the X border
near the border with X, in Syria | 10 km south of the border of X | along the border of X
east of the border of X | the northern part of the border of X | Raqqa, X | X, Syria
Raqqa and X | near Raqqa and X | near Raqqa, in X | near Raqqa, X | east of the Euphrates, in X
east of X, near Raqqa | in Syria except X | X except Raqqa | near X but not east of X
along the Euphrates, in X | along X, in Raqqa province | west of Raqqa, along X
near Raqqa and east of X | 5 km east of X, near Raqqa | near Raqqa, on the left bank
near X, on the left bank | X, on the east bank | on the east bank at X | on the left bank at X
near Raqqa and X, on the left bank | north of Raqqa, south of X | X province | X and Idlib provinces
along the Euphrates from X to Deir ez-Zor | along the Euphrates between X and Raqqa
upstream of Raqqa | across the river from Raqqa | on the east bank at Raqqa
"""
PHRASES = [phrase.strip() for line in PHRASES.strip().splitlines() for phrase in line.split("|")]
SIZED = ("X", "in X", "near X", "along X", "on the left bank of X", "upstream of Raqqa on X",
         "10 km downstream of X", "the X from Raqqa to Deir ez-Zor", "east of X, near Raqqa",
         "along the Euphrates, in X", "the border of X")  # fmt: skip


def known(name, kind, geometry, **more):
    row = {"name": name, "kind": kind, "geometry": geometry, "country": "SY", "uncertainty_m": 2e3}
    return row | {"id": f"own:{name} {kind} {geometry.wkt[:30]}"} | more


def gazetteer_of(*rows):
    return Gazetteer.from_frame(gpd.GeoDataFrame(list(rows), crs="EPSG:4326"))


def beside(own):
    """Put it in one layer with the embedded one, as installed gazetteers are."""
    return Gazetteer([*Gazetteer.embedded().stores, *own.stores])


@pytest.fixture(scope="module")
def own():
    return gazetteer_of(*(known(name, kind, AT) for kind, name in NAMES.items()))


@pytest.fixture(scope="module", params=["in one layer", "first"])
def world(own, request):
    return beside(own) if request.param == "in one layer" else own + Gazetteer.default()


def kinds_of(tree):
    if isinstance(tree, Relation):
        return {tree.kind} | kinds_of(tree.of)
    return set().union(*map(kinds_of, tree.parts)) if isinstance(tree, Group) else set()


def sound(phrase, world, **more):
    """Locate a phrase: what is no region is an error of this package, which says why."""
    try:
        found = locate(phrase, gazetteer=world, **more)
    except GeoeventsError as error:
        return str(error) != ""
    region = found.geometry
    return region.is_valid and not region.is_empty and shapely.get_dimensions(region) == 2


# -- no crash --------------------------------------------------------------------------------------


def test_the_phrases_have_every_relation():
    trees = [parse(phrase.replace("X", "Wadi Tumbak")) for phrase in PHRASES]
    assert set().union(*map(kinds_of, trees)) == set(get_args(Kind))


@pytest.mark.parametrize("kind", NAMES)
def test_every_relation_to_a_point_of_every_kind_is_a_region_or_an_error(kind, world):
    wrong = [
        phrase
        for phrase in (phrase.replace("X", NAMES[kind]) for phrase in PHRASES)
        if not sound(phrase, world)
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", NAMES)
def test_so_is_it_with_an_area(kind, own):
    world = beside(own)
    wrong = [
        phrase
        for phrase in (phrase.replace("X", NAMES[kind]) for phrase in SIZED)
        if not sound(phrase, world, area_km2=20)
    ]
    assert wrong == []


# -- the river that is not named -------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "10 km downstream of Raqqa",
        "upstream of Raqqa",
        "across the river from Raqqa",
        "opposite Raqqa",
        "on the east bank at Raqqa",
        "on the left bank at Raqqa",
        "near Raqqa, on the left bank",
    ],
)
def test_the_river_nearest_is_one_with_a_line(phrase, world):
    found, before = locate(phrase, gazetteer=world), locate(phrase, gazetteer=Gazetteer.embedded())
    assert "Wadi Tumbak" not in found.explain()
    assert found.geometry.equals(before.geometry)


def test_a_river_that_is_an_outline_is_not_the_river_nearest():
    world = beside(gazetteer_of(known("Wadi Tumbak", "river", shapely.box(38.9, 35.9, 39.1, 36))))
    assert "on Euphrates" in locate("upstream of Raqqa", gazetteer=world).explain()
    for phrase in ("on the left bank of Wadi Tumbak", "upstream of Raqqa on Wadi Tumbak"):
        with pytest.raises(LocalityError, match="Wadi Tumbak is known only as an outline: its lin"):
            locate(phrase, gazetteer=world)


# -- a river that is named -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "along Wadi Tumbak",
        "on Wadi Tumbak",
        "along Wadi Tumbak between Raqqa and Tabqa",
        "the Wadi Tumbak from Raqqa to Tabqa",
        "on the left bank of Wadi Tumbak",
        "on the far bank of Wadi Tumbak",
        "on the east bank of Wadi Tumbak at Raqqa",
        "near the east bank of Wadi Tumbak",
        "the south side of Wadi Tumbak",
        "northern Wadi Tumbak",
        "central Wadi Tumbak",
        "the Wadi Tumbak countryside",
        "across Wadi Tumbak from Raqqa",
        "across the river from Wadi Tumbak",
        "on the opposite bank of Wadi Tumbak from Raqqa",
        "10 km downstream of Wadi Tumbak",
        "upstream of Raqqa on Wadi Tumbak",
        "Wadi Tumbak, on the east bank",
        "near Raqqa and Wadi Tumbak, on the left bank",
        "the mouth of Wadi Tumbak",
        "5 km north of the source of Wadi Tumbak",
        "where Wadi Tumbak meets the Euphrates",
        "the confluence of the Khabur and Wadi Tumbak",
    ],
)
def test_what_needs_its_line_says_so(phrase, world):
    with pytest.raises(LocalityError) as caught:
        locate(phrase, gazetteer=world)
    message, written, marks = str(caught.value).splitlines()
    assert message == (
        "Wadi Tumbak is known only as a point: its line is not in the gazetteer; add it with "
        "`geoevents gazetteer add-osm`"
    )
    assert marks.index("^") == written.index("Wadi Tumbak")
    assert marks.count("^") == len("Wadi Tumbak")


def test_near_it_and_at_a_distance_from_it_is_about_its_point(world):
    near = locate("near Wadi Tumbak", gazetteer=world)
    assert ge.area(near.geometry) == pytest.approx(np.pi * 3**2, rel=0.01)  # 1.5 times 2 km
    assert near.point.equals(AT)
    assert "Wadi Tumbak (river, known only as a point, SY; " in near.explain()
    north = locate("5 km north of Wadi Tumbak", gazetteer=world)
    assert north.point.x == pytest.approx(39.01)
    assert north.point.y == pytest.approx(35.96 + 5 / 111.0, abs=0.001)
    assert north.places[0].name == "Wadi Tumbak"


def test_it_may_be_where_one_stands_by_another_river(world):
    over = locate("across the Euphrates from Wadi Tumbak", gazetteer=world)
    assert [place.name for place in over.places] == ["Euphrates", "Wadi Tumbak"]
    assert over.geometry.contains(shapely.Point(39.01, 35.90))  # the river is at 35.93 N there
    assert not over.geometry.contains(AT)
    down = locate("10 km downstream of Wadi Tumbak on the Euphrates", gazetteer=world)
    assert down.point.x > AT.x
    assert "which is 3.2 km from it" in down.explain()


def test_a_point_does_not_make_a_river_of_a_country():
    world = beside(gazetteer_of(known("Niger", "river", shapely.Point(-0.1, 16.3), country="ML")))
    assert locate("west of Niger, near Gao", gazetteer=world).places[0].kind == "country"
    river = locate("west of the Niger, near Gao", gazetteer=world).places[0]
    assert (river.kind, river.geometry.geom_type) == ("river", "MultiLineString")


def test_of_two_rivers_of_a_name_the_one_that_is_there_is_meant():
    here = shapely.LineString([(39.0, 36.6), (39.0, 36.2), (39.05, 35.96)])
    there = shapely.LineString([(41.0, 36.6), (41.0, 36.2)])
    point = known("Wadi Zumbul", "river", AT)
    both = beside(gazetteer_of(point, known("Wadi Zumbul", "river", here)))
    found = locate("on the left bank of Wadi Zumbul, near Raqqa", gazetteer=both)
    assert found.places[0].geometry.equals(here)
    assert "2 places of that name" in found.explain()
    both = beside(gazetteer_of(point, known("Wadi Zumbul", "river", there)))
    with pytest.raises(LocalityError, match="Wadi Zumbul is known only as a point"):
        locate("on the left bank of Wadi Zumbul, near Raqqa", gazetteer=both)


def test_rivers_that_are_to_meet_are_those_with_lines():
    rows = [known("Khabur", "river", shapely.Point(40.5, 35.1))]  # by the Euphrates
    found = locate("where the Khabur meets the Euphrates", gazetteer=beside(gazetteer_of(*rows)))
    assert found.point.distance(shapely.Point(40.43, 35.14)) < 0.1
    assert all(place.geometry.length for place in found.places)


# -- lakes, regions, provinces and countries -------------------------------------------------------


@pytest.mark.parametrize("kind", ["lake", "region", "admin1", "admin2", "country"])
@pytest.mark.parametrize(
    "phrase",
    [
        "along X",
        "the border of X",
        "10 km south of the border of X",
        "the border between X and Iraq",
        "near the X border",
    ],
)
def test_what_needs_their_outline_says_so(kind, phrase, world):
    name = NAMES[kind]
    with pytest.raises(
        LocalityError, match=f"^{name} is known only as a point: its outline is not"
    ):
        locate(phrase.replace("X", name), gazetteer=world)


@pytest.mark.parametrize("kind", ["lake", "region", "admin1", "admin2", "country"])
def test_what_a_town_has_they_have(kind, world):
    name = NAMES[kind]
    for phrase in (f"in {name}", f"on {name}"):
        found = locate(phrase, gazetteer=world)
        assert ge.area(found.geometry) == pytest.approx(np.pi * 2**2, rel=0.01)
        assert f"{name} ({kind}, known only as a point, " in found.explain()
        assert "within 2.0 km of that point" in found.explain()
    north = locate(f"northern {name}", gazetteer=world).geometry
    assert shapely.bounds(north)[1] == pytest.approx(AT.y, abs=1e-5)


def test_a_province_that_is_a_point_holds_nothing_for_sure(world):
    with pytest.raises(LocalityError, match="Tumbakia is known only as a point, so whether Raqqa"):
        locate("Raqqa, Tumbakia", gazetteer=world)


def test_a_province_that_is_a_point_is_no_namesake_of_one_with_a_border():
    rows = [known("Aleppo", "admin1", shapely.Point(37.2, 36.2))]
    found = locate(
        "the border between Aleppo province and Turkey", gazetteer=beside(gazetteer_of(*rows))
    )
    assert found.places[0].geometry.geom_type in ("Polygon", "MultiPolygon")


def test_a_lake_of_the_embedded_gazetteer_that_is_a_point(world):
    numbers = np.arange(len(Gazetteer.embedded()))
    kinds = np.array(Gazetteer.embedded().columns(("kind",), numbers)["kind"])
    lakes = numbers[kinds == "lake"]
    shapes = Gazetteer.embedded().geometries(lakes)
    points = [n for n, shape in zip(lakes, shapes, strict=True) if shape.geom_type == "Point"]
    names = Gazetteer.embedded().columns(("name",), np.array(points))["name"]
    assert len(names) > 0
    for name in names:
        for phrase in ("in X", "near X", "on the shore of X", "along X", "the eastern shore of X"):
            assert sound(phrase.replace("X", name), world)


# -- a table of events -----------------------------------------------------------------------------


def test_the_other_rows_are_kept(world):
    events = pd.DataFrame(
        {
            "locality": [
                "upstream of Raqqa",
                "on the left bank of Wadi Tumbak",
                "near Wadi Tumbak",
                "along the border of Tumbaki",
                "near Raqqa",
            ]
        }
    )
    placed = ge.attach(events, gazetteer=world)
    assert placed.geometry.notna().tolist() == [True, False, True, False, True]
    problems = placed["problem"].fillna("").tolist()
    assert "Wadi Tumbak is known only as a point: its line is not" in problems[1]
    assert "Tumbaki is known only as a point: its outline is not" in problems[3]
    assert [problems[row] for row in (0, 2, 4)] == ["", "", ""]
    located = locate(events["locality"], gazetteer=world)
    assert located.geometry.notna().tolist() == [True, False, True, False, True]


# -- lines as OpenStreetMap has them ---------------------------------------------------------------

COURSE = np.array(
    [(38.6, 36.1), (38.8, 36.0), (39.0, 35.97), (39.2, 35.9), (39.5, 35.85), (39.9, 35.7)]
)
COURSE_LINE = shapely.LineString(COURSE)
PIECES = [shapely.LineString(COURSE[i : i + 2]) for i in range(5)]
LINES = {
    "out of order": shapely.MultiLineString([PIECES[i] for i in (3, 0, 4, 1, 2)]),
    "some turned round": shapely.MultiLineString(
        [PIECES[3], PIECES[0].reverse(), PIECES[4], PIECES[1].reverse(), PIECES[2]]
    ),
    "each vertex twice": shapely.LineString(np.repeat(COURSE, 2, axis=0)),
    "a piece twice": shapely.MultiLineString(
        [PIECES[0], PIECES[0], PIECES[1], PIECES[1].reverse()]
    ),
    "a metre long": shapely.LineString([(39.0, 35.97), (39.00001, 35.97)]),
    "a millimetre long": shapely.LineString([(39.0, 35.97), (39.00000001, 35.97)]),
    "no length left": shapely.LineString([(39.0, 35.97), (39.0 + 1e-14, 35.97)]),
    "there and back": shapely.LineString([(39.0, 35.97), (39.01, 35.97), (39.0, 35.97)]),
    "a ring": shapely.LineString([(39.0, 35.97), (39.01, 35.97), (39.01, 35.98), (39, 35.97)]),
    "far apart": shapely.MultiLineString([[(39.0, 35.97), (39.1, 35.97)], [(60, 35), (60.1, 35)]]),
    "crossing itself": shapely.LineString([(38.9, 35.9), (39.1, 36), (39.1, 35.9), (38.9, 36)]),
}


@pytest.mark.parametrize("line", LINES)
def test_no_line_breaks_a_relation(line):
    world = beside(gazetteer_of(known("Wadi Tumbak", "river", LINES[line], uncertainty_m=100.0)))
    phrases = [phrase.replace("X", "Wadi Tumbak") for phrase in PHRASES]
    assert [phrase for phrase in phrases if not sound(phrase, world)] == []
    sized = [phrase.replace("X", "Wadi Tumbak") for phrase in SIZED]
    assert [phrase for phrase in sized if not sound(phrase, world, area_km2=20)] == []


@pytest.mark.parametrize("line", ["out of order", "each vertex twice"])
def test_an_untidy_line_is_the_tidy_one(line):
    assert stem(LINES[line]).equals(shapely.LineString(COURSE))
    places = [known("Wadi Tumbak", "river", LINES[line]), known("Wadi Bum", "river", COURSE_LINE)]
    world = beside(gazetteer_of(*places))
    one, other = (
        locate(f"10 km downstream of Raqqa on {name}", gazetteer=world)
        for name in ("Wadi Tumbak", "Wadi Bum")
    )
    assert one.point.distance(other.point) < 1e-9
    assert one.geometry.symmetric_difference(other.geometry).area < 1e-9


def test_what_has_no_length_is_no_line():
    for shape in (AT, shapely.LineString([(39, 36), (39, 36)])):
        with pytest.raises(GeoeventsError, match="no line to follow"):
            stem(shape)
    world = beside(gazetteer_of(known("Wadi Tumbak", "river", LINES["no length left"])))
    with pytest.raises(LocalityError, match="Wadi Tumbak is known only as a point"):
        locate("on the left bank of Wadi Tumbak", gazetteer=world)
    assert "Euphrates" in locate("upstream of Raqqa", gazetteer=world).explain()


def test_a_phrase_of_which_no_ground_is_left_says_so():
    river = known("Wadi Tumbak", "river", LINES["a piece twice"], uncertainty_m=100.0)
    world = beside(gazetteer_of(river))
    phrase = "10 km downstream of Raqqa on Wadi Tumbak"
    with pytest.raises(LocalityError, match="no ground is"):
        locate(phrase, gazetteer=world)
    frame = locate([phrase, "Raqqa"], gazetteer=world)
    assert frame.geometry.notna().tolist() == [False, True]
