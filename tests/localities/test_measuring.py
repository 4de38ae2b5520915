"""How large regions are and how far they reach, measured together and one by one."""

import pytest
import shapely
from pyproj import Geod

from geoevents.errors import GeometryError
from geoevents.geodesy import buffer
from geoevents.localities import measuring
from geoevents.localities.measuring import Measures, covering_radii_m, covering_radius_m, measured

GEOD = Geod(ellps="WGS84")
BOX = shapely.box(40, 35, 41, 36)
BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
CORNER = shapely.Point(40, 35)


def test_covering_radius_is_the_farthest_corner():
    assert covering_radius_m(CORNER, BOX) == pytest.approx(GEOD.inv(40, 35, 41, 36)[2])


def test_covering_radii_are_each_about_its_own_point():
    points = [CORNER, shapely.Point(-179.99, 88), shapely.Point(10, 0), CORNER]
    regions = [buffer(CORNER, 7_500), shapely.Point(179.99, 88), shapely.box(9, -1, 12, 1), BOX]
    farthest = [
        max(GEOD.inv(at.x, at.y, *corner)[2] for corner in shapely.get_coordinates(region))
        for at, region in zip(points, regions, strict=True)
    ]
    assert covering_radii_m(points, regions) == pytest.approx(farthest, rel=1e-10)


def test_measures_are_those_of_pyproj():
    hole = shapely.difference(shapely.segmentize(BOX, 0.01), buffer(BOX.centroid, 20_000))
    [one] = measured([hole], [CORNER], [BOX])
    size, _ = GEOD.geometry_area_perimeter(hole)
    edge = sum(GEOD.geometry_length(ring) for ring in shapely.get_rings(hole))
    assert one.area_km2 == pytest.approx(abs(size) / 1e6, rel=1e-7)
    assert one.edge_km == pytest.approx(edge / 1000, rel=1e-9)
    assert one.radius_m == pytest.approx(GEOD.inv(40, 35, 41, 36)[2])


@pytest.mark.parametrize("at_once", [1, 300, 30_000])
def test_together_as_one_by_one_and_a_bad_one_spoils_no_other(at_once, monkeypatch):
    monkeypatch.setattr(measuring, "_AT_ONCE", at_once)
    regions = [buffer(CORNER, 1000), BOX, BOW_TIE, buffer(CORNER, 30_000), CORNER]
    points = [CORNER] * len(regions)
    together = measured(regions, points, regions)
    for region, found in zip(regions, together, strict=True):
        [alone] = measured([region], [CORNER], [region])
        if region is BOW_TIE:
            assert isinstance(found, GeometryError)
            assert str(found) == str(alone)
            assert str(found).startswith("the geometry is not valid")
        else:
            assert isinstance(found, Measures)
            assert found.area_km2 == pytest.approx(alone.area_km2, rel=1e-12)
            assert (found.edge_km, found.radius_m) == (alone.edge_km, alone.radius_m)


def test_nothing_to_measure():
    assert measured([], [], []) == []
