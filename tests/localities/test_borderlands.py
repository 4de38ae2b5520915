"""Towns beside a border: its stretch near them, and a town that the outline leaves out."""

import dataclasses

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoevents.geodesy import area, buffer
from geoevents.localities import locate
from geoevents.localities.borderlands import settled
from geoevents.localities.ground import Ground
from geoevents.localities.subject import Subject
from geoevents.localities.uncertainty import Neighbourhood
from geoevents.places import Place

GEOD = Geod(ellps="WGS84")
RULES = Neighbourhood()
WEST, EAST = shapely.box(38, 34, 40, 36), shapely.box(40, 34, 42, 36)  # near reaches 28.4 km
LINE = shapely.LineString([(40, 34), (40, 36)])
BORDER = Ground(
    buffer(LINE, 5_000), ("border",), "", core=LINE, name="the border", lands=(WEST, EAST)
)


def at(metres, bearing=270, start=(40, 35)):
    return shapely.Point(GEOD.fwd(*start, bearing, metres)[:2])


def place(name, kind, geometry, *, admin1="West", country="XA"):
    return Place(
        id=name,
        name=name,
        kind=kind,
        country=country,
        admin1=admin1,
        geometry=geometry,
        point=shapely.point_on_surface(geometry),
        uncertainty_m=2_000.0,
        population=0,
        score=1.0,
        source="test",
    )


def near(point, reach=10_000.0, **codes):
    town = place("Ard", "populated place", point, **codes)
    said = "within 10 km of Ard (town)"
    region = buffer(point, reach)
    return Ground(
        region, ("near",), said, point, made_of=(town,), core=point, off_m=reach, name="Ard"
    )


PROVINCE = Ground(
    WEST, ("in",), "in West", inferred=False, made_of=(place("West", "admin1", WEST),)
)


def test_a_town_that_is_near_a_border_reaches_its_nearest_stretch():
    """The town is 25 km west of the line; a stretch within 35 km is 2 x sqrt(35² - 25²) km."""
    border, town = settled([BORDER, near(at(25_000))], RULES)
    assert border is BORDER
    both = shapely.intersection(border.geometry, town.geometry)
    half = GEOD.inv(40, 35, 40, shapely.intersection(LINE, both).bounds[3])[2]
    assert half == pytest.approx((35**2 - 25**2) ** 0.5 * 1000, rel=5e-3)
    assert "25 km from the border" in town.said
    assert "within 35 km of Ard" in town.said


@pytest.mark.parametrize("away", [12_000, 40_000])
def test_else_near_the_town_stays_as_it_is(away):
    """From 12 km it meets the band of 5 km; from 40 it is farther than 28.4 and its own 10."""
    town = near(at(away))
    assert settled([BORDER, town], RULES) == [BORDER, town]


def test_near_a_border_is_no_stretch_of_it():
    wide = dataclasses.replace(BORDER, relations=("near", "border"))
    town = near(at(25_000))
    assert settled([wide, town], RULES) == [wide, town]


def test_a_town_beside_its_own_province_is_not_cut_off():
    """It is drawn 800 m east of the edge, which may be off by 2 km."""
    land, _ = settled([PROVINCE, near(at(800, 90))], RULES)
    for metres, held in ((0, True), (2_700, True), (2_900, False)):
        assert land.geometry.contains(at(metres, 90)) is held
    assert land.geometry.contains(WEST.centroid)
    assert "Ard, which belongs to it, lies 800 m outside" in land.said


@pytest.mark.parametrize(
    ("metres", "codes"),
    [(2_200, {}), (800, {"admin1": "East"}), (800, {"country": "XB"}), (-800, {})],
)
def test_else_a_province_is_as_it_is_drawn(metres, codes):
    """Too far off; another province's; another country's; in it."""
    assert settled([PROVINCE, near(at(metres, 90), **codes)], RULES)[0] is PROVINCE


def test_phrases_of_reports():
    kharkiv = locate("the Ukraine-Russia border near Kharkiv")
    # The border north of the city, by Kozacha Lopan; and not the city itself.
    assert kharkiv.geometry.contains(shapely.Point(36.19, 50.39))
    assert not kharkiv.geometry.contains(shapely.Point(36.25, 49.99))
    assert "the stretch nearest to it is taken" in kharkiv.explain()
    both = locate("near Kharkiv, near the Russian border")
    assert both.geometry.contains(shapely.Point(36.23, 50.08))
    goma = locate("near Goma in North Kivu")
    assert goma.geometry.contains(shapely.Point(29.22, -1.67))  # the town


def test_what_is_far_from_the_rest_of_a_phrase_changes_nothing():
    """Of Russia's border only what Kharkiv can meet is widened; the ground is the same."""
    part = locate("near the Russian border, in Kharkiv Oblast").geometry
    border, oblast = locate("near the Russian border"), locate("Kharkiv Oblast")
    whole = shapely.intersection(border.geometry, oblast.geometry)
    assert area(shapely.symmetric_difference(part, whole)) < 0.02 * area(whole)


def test_a_subject_about_a_box_keeps_what_is_near_it():
    lat = np.linspace(-60, 60, 2_001)
    line = Subject(shapely.LineString(np.column_stack([0 * lat, lat])), "x", "x", 0.0, "river")
    box = shapely.box(-1, 10, 1, 11)
    clipped = line.about(box, 50_000)
    degrees = 50_000 / 110_600  # of latitude there
    assert clipped.geometry.bounds[1] <= 10 - degrees
    assert clipped.geometry.bounds[3] >= 11 + degrees
    assert clipped.geometry.length < 2.5
    assert line.about(shapely.box(50, 10, 51, 11), 50_000) is line
