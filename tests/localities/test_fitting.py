"""A reported area is met by every kind of phrase, everywhere on earth."""

import math
import re

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoevents.geodesy import area
from geoevents.localities import LocalityError, locate
from geoevents.localities.shapes.sizing import UnreachableAreaError, fit_area
from geoevents.places import Gazetteer

GEOD = Geod(ellps="WGS84")
AREAS = (0.1, 1, 30, 300, 5_000, 100_000)
SPOTS = {"equator": (20, 0.3), "35 N": (40, 35), "70 N": (25, 70), "antimeridian": (179.97, -18)}


def km2(region):
    """Geodesic area by pyproj."""
    total = 0.0
    for polygon in shapely.get_parts(region):
        if polygon.is_empty:
            continue
        shell, *holes = (
            abs(GEOD.geometry_area_perimeter(shapely.Polygon(ring))[0])
            for ring in shapely.get_rings(polygon)
        )
        total += shell - sum(holes)
    return total / 1e6


def metres(point, lonlat):
    """How far vertices are from a point, by pyproj."""
    same = np.full(len(lonlat), point.x), np.full(len(lonlat), point.y)
    return GEOD.inv(*same, *np.ascontiguousarray(lonlat.T))[2]


def world(lon, lat):
    """Make two towns by a river, a brook and two countries; x is in degrees of latitude."""
    wide = 1 / math.cos(math.radians(lat))

    def cut(geometry):
        """Put it into ±180, as gazetteers have it."""
        own = shapely.box(-180, -90, 180, 90)
        turned = shapely.transform(geometry, lambda xy: xy - [360.0, 0.0])
        both = [shapely.intersection(own, geometry), shapely.intersection(own, turned)]
        return shapely.union_all([part for part in both if not part.is_empty])

    def line(*xy):
        return cut(
            shapely.segmentize(shapely.LineString([(lon + x * wide, lat + y) for x, y in xy]), 0.2)
        )

    def box(west, south, east, north):
        shape = shapely.box(lon + west * wide, lat + south, lon + east * wide, lat + north)
        return cut(shapely.segmentize(shape, 0.3))

    def town(x, y):
        return shapely.Point((lon + x * wide + 180) % 360 - 180, lat + y)

    # Its bend goes over the antimeridian and back, where the world is there.
    course = (0, 2), (0, 0.6), (0.2, 0.55), (0.2, 0.45), (0, 0.4), (0, -2)
    rows = [
        ("Alton", "populated place", town(-0.05, 0.2), 4000.0, 100_000),
        ("Bergen", "populated place", town(0.3, 0.2), 2000.0, 20_000),
        ("Silva", "river", line(*course), 2000.0, 0),
        ("Brook", "river", line((-0.5, 0.1), (-0.3, 0.15), (0, 0.1)), 500.0, 0),
        ("Marca", "country", box(-2, -2, -0.5, 2), 500.0, 0),
        ("Otria", "country", box(-0.5, -2, 2, 2), 500.0, 0),
    ]  # fmt: skip
    columns = ("name", "kind", "geometry", "uncertainty_m", "population")
    frame = gpd.GeoDataFrame([dict(zip(columns, row, strict=True)) for row in rows], crs=4326)
    return Gazetteer.from_frame(frame.assign(id=frame["name"], country="XA"))


@pytest.fixture(scope="module")
def worlds():
    return {name: world(*at) for name, at in SPOTS.items()}


GROWING = [  # shapes of which a larger one holds a smaller one
    "Alton",
    "in Alton",
    "near Alton",
    "central Alton",
    "outside Alton",
    "on the outskirts of Alton",
    "Alton countryside",
    "within 5 km of Alton",
    "5 km from Alton",
    "10 km east of Alton",
    "east of Alton",
    "N by E of Alton",
    "2 km E and 3 km N of Alton",
    "western Alton",
    "the mouth of the Brook",
    "5 km from the mouth of the Brook",
    "near the confluence of the Brook and the Silva",
    "between Alton and Bergen",
    "from Alton to Bergen",
    "halfway between Alton and Bergen",
    "the road between Alton and Bergen",
    "near Otria",
    "outside Otria",
    "Alton and Bergen",
    "near Alton and Bergen",
    "near Alton but not Bergen",
    "east of the Silva, near Alton",
    "northern outskirts of Alton",
]
CORRIDORS = [
    "along the Silva",
    "the Silva",
    "along the Silva, near Bergen",
    "east of the Silva",
    "the left bank of the Silva",
    "along the Silva, downstream of Alton",
    "along the border between Marca and Otria",
    "near the border between Marca and Otria",
]


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("phrase", GROWING + CORRIDORS)
def test_a_phrase_has_the_area_at_any_place(worlds, spot, phrase):
    smaller = None
    for wanted in AREAS[list(SPOTS).index(spot) % 2 :: 2]:  # half of them at each
        try:
            found = locate(phrase, area_km2=wanted, gazetteer=worlds[spot])
        except LocalityError as error:  # what can be had is said, and can be had
            assert wanted == AREAS[-1]
            assert phrase == "along the Silva, downstream of Alton"  # 25 km of it
            most = float(re.search(r"up to ([\d,.]+) km2 is", str(error))[1].replace(",", ""))
            assert AREAS[-2] < most < wanted
            found = locate(phrase, area_km2=most, gazetteer=worlds[spot])
            assert km2(found.geometry) == pytest.approx(most, rel=1e-3)
            continue
        region = found.geometry
        assert region.is_valid
        assert km2(region) == pytest.approx(wanted, rel=1e-3)
        assert found.area_km2 == pytest.approx(wanted, rel=1e-3)
        assert region.buffer(1e-9).intersects(found.point)
        away = metres(found.point, shapely.get_coordinates(region))
        assert away.max() <= found.uncertainty_m * (1 + 1e-6)
        if smaller is not None and phrase in GROWING:
            lost = km2(shapely.difference(smaller, region))
            assert lost <= 5e-3 * km2(smaller) + 2e-3  # a ring of 0.1 km2 is a metre wide
        smaller = region


@pytest.mark.parametrize("phrase", ["near Alton", "east of Alton", "between Alton and Bergen",
                                    "along the Silva, near Alton", "in Westmark",
                                    "near Westmark", "outside Westmark"])  # fmt: skip
@pytest.mark.parametrize("lat", [89.0, -89.9])
def test_an_area_by_a_pole(phrase, lat):
    """As above; but validity and area are those of ground that may hold the pole."""
    south = math.copysign(1, lat)
    river = [(10, 88.5), (20, 89.2), (60, 89.7), (120, 89.5), (150, 88.6)]
    away = np.linspace(0, 360, 60, endpoint=False)
    land = GEOD.fwd(np.full(60, 30), np.full(60, south * 89.3), away, np.full(60, 60_000))
    rows = [
        ("Alton", "populated place", shapely.Point(10, lat), 4000.0),
        ("Bergen", "populated place", shapely.Point(100, lat - south * 0.1), 2000.0),
        ("Silva", "river", shapely.LineString([(x, south * y) for x, y in river]), 500.0),
        ("Westmark", "admin1", shapely.Polygon(np.column_stack(land[:2])), 500.0),
    ]
    frame = gpd.GeoDataFrame(rows, columns=["name", "kind", "geometry", "uncertainty_m"], crs=4326)
    frame = frame.set_geometry("geometry").assign(id=frame["name"], country="XA")
    gazetteer = Gazetteer.from_frame(frame)
    for wanted in (1, 300, 5_000):
        found = locate(phrase, area_km2=wanted, gazetteer=gazetteer)
        assert found.geometry.is_valid
        assert area(found.geometry) == pytest.approx(wanted, rel=1e-3)
        vertices = shapely.get_coordinates(found.geometry)
        assert metres(found.point, vertices).max() <= found.uncertainty_m * (1 + 1e-6)


def test_a_stretch_is_followed_exactly(worlds):
    """All the corridor is beside the stretch, and all the stretch is in the corridor."""
    found = locate("along the Silva between Alton and Bergen", gazetteer=_two_by_the_river())
    for wanted in (1, 30, 300):
        fitted = locate(
            "along the Silva between Alton and Bergen",
            area_km2=wanted,
            gazetteer=_two_by_the_river(),
        )
        west, south, east, north = fitted.geometry.bounds
        assert (south, north) == pytest.approx((34.0, 35.0), abs=2e-3)
        half = wanted / 110.9 / 2 / 91.5  # degrees: 110.9 km of river, 91.5 km a degree there
        assert (west, east) == pytest.approx((40 - half, 40 + half), rel=2e-3 * half)
    assert found.geometry.bounds[1::2] == pytest.approx((34.0, 35.0), abs=2e-3)


def _two_by_the_river():
    rows = [
        ("Alton", "populated place", shapely.Point(40.01, 35)),
        ("Bergen", "populated place", shapely.Point(39.99, 34)),
        ("Silva", "river", shapely.LineString([(40, y / 10) for y in range(370, 329, -1)])),
    ]
    frame = gpd.GeoDataFrame(rows, columns=["name", "kind", "geometry"], crs=4326)
    frame = frame.set_geometry("geometry").assign(id=frame["name"], uncertainty_m=10.0)
    return Gazetteer.from_frame(frame)


def test_a_sector_gets_deeper_and_a_ring_wider(gazetteer):
    """10 km2 north of Alton, ±45°: pi/4 r**2. Outside it: from its 4 km outward."""
    north = locate("north of Alton", area_km2=10, gazetteer=gazetteer)
    away = metres(shapely.Point(39.95, 36.5), shapely.get_coordinates(north.geometry))
    assert away.max() == pytest.approx(1000 * math.sqrt(10 * 4 / math.pi), rel=1e-3)
    outside = locate("outside Alton", area_km2=10, gazetteer=gazetteer)
    away = metres(shapely.Point(39.95, 36.5), shapely.get_coordinates(outside.geometry))
    assert away.min() == pytest.approx(4000, rel=1e-3)
    assert away.max() == pytest.approx(1000 * math.sqrt(16 + 10 / math.pi), rel=1e-3)


def test_all_parts_of_a_list_grow_together(gazetteer):
    found = locate("near Alton and Cardon", area_km2=500, gazetteer=gazetteer)
    # Alton's extent is 4 km, Cardon's 3: their discs stay as 16 to 9.
    one, other = sorted(km2(part) for part in found.geometry.geoms)
    assert (one, other) == pytest.approx((500 * 9 / 25, 500 * 16 / 25), rel=2e-3)


def test_in_a_province_it_may_be_anywhere(gazetteer):
    province = shapely.box(38, 33, 40, 37)
    whole = locate("in Westmark", gazetteer=gazetteer)
    for wanted in (0.1, 300, 50_000):
        found = locate("in Westmark", area_km2=wanted, gazetteer=gazetteer)
        assert km2(found.geometry) == pytest.approx(wanted, rel=1e-3)
        assert province.buffer(1e-9).contains(found.geometry)
        assert found.uncertainty_m == pytest.approx(whole.uncertainty_m, rel=0.02)
        assert "do not say where" in found.explain()


@pytest.mark.parametrize(
    ("phrase", "most"),
    [
        ("in Westmark", km2(shapely.box(38, 33, 40, 37))),
        ("western Westmark", km2(shapely.box(38, 33, 40, 37)) / 2),
        ("near Alton, in Westmark", km2(shapely.box(38, 33, 40, 37))),
        ("Marca", km2(shapely.box(38, 33, 42, 37))),
    ],
)
def test_what_does_not_fit_is_told_what_does(gazetteer, phrase, most):
    with pytest.raises(LocalityError, match="do not fit") as caught:
        locate(phrase, area_km2=1.1 * most, gazetteer=gazetteer)
    said = float(
        re.search(r"any area up to ([\d,]+) km2 does", str(caught.value))[1].replace(",", "")
    )
    assert said == pytest.approx(most, rel=0.01)
    assert km2(locate(phrase, area_km2=said, gazetteer=gazetteer).geometry) == pytest.approx(
        said, rel=1e-3
    )


def test_a_corridor_says_how_wide_it_is(gazetteer):
    """On one bank it is twice as wide as on both."""
    both = locate("along the Silva", near="South Harbour", area_km2=300, gazetteer=gazetteer)
    one = locate(
        "the east bank of the Silva", area_km2=300, near="South Harbour", gazetteer=gazetteer
    )
    widths = [
        float(re.search(r"about ([\d.]+) km to each side", text)[1])
        for text in (both.explain(), one.explain())
    ]
    # Six times as long as wide: 42.4 km by twice 3.5 km.
    assert widths == pytest.approx([3.5, 7.1], abs=0.05)
    assert one.geometry.bounds[0] > 39.999


@settings(max_examples=25)
@given(st.floats(0.1, 1e5), st.floats(0.0, 1.0), st.floats(2, 9))
def test_a_jump_is_bridged(wanted, share, radius):
    """A region that jumps from one disc to a larger one still gets every area in between."""
    spot = shapely.Point(40, 35)
    lonlat = np.linspace(0, 360, 90)

    def disc(km):
        ring = GEOD.fwd(np.full(90, 40), np.full(90, 35), lonlat, np.full(90, km * 1000))
        return shapely.Polygon(np.column_stack(ring[:2]))

    small, large = disc(radius), disc(3 * radius)
    aim = km2(small) * (1 + 7 * share)
    assert fit_area(lambda x: large if x > 2 else small, aim).contains(spot)
    assert km2(fit_area(lambda x: large if x > 2 else small, aim)) == pytest.approx(aim, rel=1e-3)
    with pytest.raises(UnreachableAreaError) as caught:
        fit_area(lambda x: None if x > 1 else small, km2(small) * 2)
    assert caught.value.most == pytest.approx(km2(small), rel=1e-6)
    assert km2(fit_area(lambda x: disc(min(x, 1e3)), wanted)) == pytest.approx(wanted, rel=1e-3)
