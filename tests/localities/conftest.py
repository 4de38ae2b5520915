"""A small made-up gazetteer on a known river: every expectation can be worked out by hand."""

import runpy
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geoevents.localities import Neighbourhood
from geoevents.localities.composing import Composer
from geoevents.localities.naming.names import Names
from geoevents.localities.naming.resolving import resolve
from geoevents.places import Gazetteer

placed = runpy.run_path(str(Path(__file__).with_name("trees.py")))["placed"]

# The river runs south along 40 E, with one wide bend to the east between 35.6 N and 35.4 N.
RIVER = shapely.LineString(
    [(40, 37), (40, 35.6), (40.2, 35.55), (40.2, 35.45), (40, 35.4), (40, 34), (40, 33)]
)


def _feature(name, kind, geometry, *names, country="XA", admin1="", population=0, error=1000.0):
    return {
        "id": f"test:{f'{name} {kind} {admin1}'.lower().strip().replace(' ', '-')}",
        "name": name,
        "names": list(names),
        "kind": kind,
        "country": country,
        "admin1": admin1,
        "population": population,
        "uncertainty_m": error,
        "geometry": geometry,
    }


def _town(name, lon, lat, *names, **more):
    return _feature(name, "populated place", shapely.Point(lon, lat), *names, **more)


@pytest.fixture(scope="session")
def gazetteer():
    frame = gpd.GeoDataFrame(
        [
            _town("Alton", 39.95, 36.5, population=100_000, error=4000.0),
            _town("Bergen Mill", 40.3, 36.5, population=20_000, error=2000.0),
            _town("Cardon", 41.5, 34.5, population=50_000, error=3000.0),
            _town("Dunmore", 39.5, 36.8, admin1="Westmark", population=5000),
            _town("Dunmore", 41.5, 36.8, admin1="Eastmark", population=90_000, error=3000.0),
            _town("Stoke", 39.6, 36.6, country="XA", population=9000),
            _town("Stoke", 90.0, 10.0, country="XB", admin1="Far", population=20_000),
            _town("South Harbour", 39.2, 35.0, population=30_000),
            _town("Near Ferry", 40.02, 35.0),
            _town("Ferry", 41.0, 35.0),
            _town("Ham and Oakley", 39.0, 34.0),
            _feature("Silva", "river", RIVER, "Silva River", error=2000.0),
            _feature("Westmark", "admin1", shapely.box(38, 33, 40, 37), "Westmark Province"),
            _feature("Eastmark", "admin1", shapely.box(40, 33, 42, 37), "Eastmark Province"),
            _feature("Marca", "country", shapely.box(38, 33, 42, 37), "Republic of Marca"),
        ],
        crs="EPSG:4326",
    )
    return Gazetteer.from_frame(frame)


@pytest.fixture(scope="session")
def world(gazetteer):
    def feature(name, kind, geometry, **more):
        return {
            "id": f"more:{name} {kind}",
            "name": name,
            "names": [],
            "kind": kind,
            "country": more.get("country", "XA"),
            "population": more.get("population", 10_000),
            "uncertainty_m": more.get("error", 1000.0),
            "geometry": geometry,
        }

    frame = gpd.GeoDataFrame(
        [
            feature("Norham", "populated place", shapely.Point(43.5, 35.5), error=5000.0),
            feature("Norham", "admin1", shapely.box(43, 35, 45, 37), population=90_000),
            feature("Norham Mill", "populated place", shapely.Point(44.2, 36.2)),
            feature("Westby", "populated place", shapely.Point(39.93, 34.5)),
            feature("Querria", "country", shapely.box(42, 33, 46, 37), country="XB"),
            feature("Tame", "river", shapely.LineString([(43.2, 37), (43.2, 33)]), country="XB"),
            feature("Wey", "river", shapely.LineString([(44.5, 37), (44.5, 33)]), country="XB"),
        ],
        crs="EPSG:4326",
    )
    return Gazetteer.from_frame(frame) + gazetteer


@pytest.fixture(scope="session")
def resolved(world):
    def find(tree, near=None):
        tree = placed(tree)
        found = Names(" " * 5000, None, world, near)
        resolve(found, tree)
        return found, tree

    return find


@pytest.fixture(scope="session")
def ground(resolved):
    def compose(tree, *, near=None, rules=None):
        found, tree = resolved(tree, near)
        result = Composer(found, rules or Neighbourhood()).ground(tree)
        assert result.geometry.is_valid
        assert not result.geometry.is_empty
        assert result.geometry.geom_type in ("Polygon", "MultiPolygon")
        return result

    return compose
