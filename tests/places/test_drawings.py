"""Rivers, lakes and areas that two sources draw are one thing each."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString, MultiLineString, Point, box

from geoevents.places import Gazetteer, geocode

EUPHRATES = "ne:river:euphrates"
COLUMNS = ["id", "name", "names", "kind", "country", "geometry"]


def source(*rows):
    frame = gpd.GeoDataFrame(
        dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)), crs="EPSG:4326"
    )
    return Gazetteer.from_frame(frame)


def one_layer(*gazetteers):
    return Gazetteer([store for each in gazetteers for store in each.stores])


def redrawn(line, noise_deg=0.002):
    """Return a line by another hand, some 200 m off."""
    random = np.random.default_rng(0)
    parts = []
    for part in shapely.get_parts(line):
        xy = shapely.get_coordinates(shapely.segmentize(part, 0.02))
        parts.append(LineString(xy + random.normal(0, noise_deg, xy.shape)))
    return MultiLineString(parts)


@pytest.fixture(scope="module")
def clipped():
    """The embedded Euphrates as a map of Syria alone draws it."""
    syria = geocode("Syria").geometry
    (whole,) = Gazetteer.embedded().features([EUPHRATES]).geometry
    return redrawn(shapely.intersection(whole, syria))


@pytest.fixture(scope="module")
def installed(clipped, tmp_path_factory):
    path = tmp_path_factory.mktemp("gazetteers") / "riv.gaz"
    row = ("osm:1", "Euphrates", ["نهر الفرات"], "river", "SY", clipped)
    source(row).save(path)
    return one_layer(Gazetteer.embedded(), Gazetteer.from_file(path))


@pytest.mark.parametrize("name", ["Euphrates", "Euphrates River", "نهر الفرات", "Euphrats"])
@pytest.mark.parametrize(
    ("country", "near", "first"),
    [
        (None, None, EUPHRATES),  # the longer one
        ("SY", None, "osm:1"),
        ("IQ", None, EUPHRATES),  # the clipped one only touches it
        (["SY", "IQ"], None, EUPHRATES),
        (None, (40.14, 35.34), "osm:1"),  # Deir ez-Zor
        (None, (44.4, 32.5), EUPHRATES),  # Hilla in Iraq
    ],
)
def test_a_clipped_drawing_is_the_same_river(installed, name, country, near, first):
    asked = {"country": country, "near": near}
    alone = geocode(name, gazetteer=Gazetteer.embedded(), **asked)
    place = geocode(name, gazetteer=installed, **asked)
    assert alone.id == EUPHRATES
    assert place.id == first
    assert place.ambiguous == alone.ambiguous
    assert place.score == pytest.approx(alone.score, abs=0.001)


def test_so_it_is_in_lists(installed):
    frame = geocode(["Euphrates", "Deir ez-Zor"], country="SY", gazetteer=installed)
    assert frame["feature_id"].tolist() == ["osm:1", "geonames:170794"]
    assert frame["score"].tolist() == [1.0, 1.0]
    assert frame["ambiguous"].tolist() == [False, False]


def test_a_layer_on_top_is_no_drawing_of_what_lies_below(clipped):
    mine = source(("mine:1", "Euphrates", [], "river", "SY", clipped))
    place = geocode("Euphrates", gazetteer=mine + Gazetteer.embedded())
    assert place.id == "mine:1"
    assert place.score == pytest.approx(1 / 1.01, abs=0.05)


LONG = LineString([(30, 10), (34, 10)])


@pytest.mark.parametrize(
    ("other", "score", "first"),
    [
        # 3 km beside it, a third as long.
        (LineString([(31, 10.027), (32.3, 10.027)]), 1.0, "a:1"),
        # As long, and in the source that was added later: neither is embedded.
        (LineString([(30, 10.01), (34.2, 10.01)]), 1.0, "b:1"),
        # A third of it follows the long one, then it goes its own way.
        (LineString([(30, 10), (31, 10), (31, 12)]), None, "a:1"),
        # 20 km beside it; across it.
        (LineString([(31, 10.18), (33, 10.18)]), None, "a:1"),
        (LineString([(33, 9), (33, 11)]), None, "a:1"),
        # The mouth, as GeoNames has it: by the line, and elsewhere.
        (Point(33.9, 10.02), 1.0, "a:1"),
        (Point(33.9, 10.2), None, "a:1"),
    ],
)
def test_what_lies_along_a_line_is_the_same(other, score, first):
    a = source(("a:1", "Zimran", [], "river", "XX", LONG))
    b = source(("b:1", "Zimran", [], "river", "XX", other))
    for both in (one_layer(a, b), one_layer(b, a)):
        place = geocode("Zimran", gazetteer=both)
        assert place.id == first
        if score is None:
            assert place.score < 0.9
        else:
            assert (place.score, place.ambiguous) == (score, False)


def test_two_drawings_count_once_against_another_river():
    """The drawings of one do not together outweigh another."""
    a = source(
        ("a:1", "Zimran", [], "river", "XX", LONG),
        ("a:2", "Zimran", [], "river", "YY", LineString([(60, 10), (65, 10)])),
    )
    b = source(("b:1", "Zimran", [], "river", "XX", LineString([(30, 10.01), (33.9, 10.01)])))
    alone, both = geocode("Zimran", gazetteer=a), geocode("Zimran", gazetteer=one_layer(a, b))
    assert (alone.id, both.id) == ("a:2", "a:2")
    assert alone.ambiguous
    assert both.ambiguous
    assert both.score == alone.score


def test_areas_drawn_twice_are_one():
    lake = box(30, 10, 31, 11)
    a = source(("a:1", "Zimran", [], "lake", "XX", lake))
    for other, once in [(box(30.01, 10.01, 30.9, 10.98), True), (box(30.9, 10, 31.9, 11), False)]:
        b = source(("b:1", "Zimran", [], "lake", "XX", other))
        place = geocode("Zimran", gazetteer=one_layer(a, b))
        assert (place.score == 1) == once
        assert place.ambiguous != once


def test_other_kinds_and_one_source_are_two_things():
    river = ("a:1", "Zimran", [], "river", "XX", LONG)
    again = ("b:1", "Zimran", [], "river", "XX", LineString([(31, 10), (34, 10)]))
    lake = ("b:1", "Zimran", [], "lake", "XX", box(31, 9.99, 34, 10.01))
    assert geocode("Zimran", gazetteer=source(river, again)).ambiguous
    assert geocode("Zimran", gazetteer=one_layer(source(river), source(lake))).ambiguous
    assert not geocode("Zimran", gazetteer=one_layer(source(river), source(again))).ambiguous
