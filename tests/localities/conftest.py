"""A small made-up gazetteer on a known river: every expectation can be worked out by hand."""

import geopandas as gpd
import pytest
import shapely

from geoevents.places import Gazetteer

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
