import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from geoevents.places import Gazetteer


@pytest.fixture(scope="session")
def little():
    """A gazetteer small enough to know by heart."""
    rows = [
        # id, name, names, kind, country, admin1, population, geometry
        ("c:aa", "Aland", ["Republic of Aland"], "country", "AA", None, 900_000, box(0, 0, 10, 10)),
        ("c:bb", "Bland", [], "country", "BB", None, 900_000, box(20, 0, 30, 10)),
        ("a:north", "Norvik", ["Norvik Province"], "admin1", "AA", "Norvik", 0, box(0, 5, 10, 10)),
        ("t:norvik", "Norvik", ["نورفيك"], "populated place", "AA", "Norvik", 90_000, Point(5, 7)),
        ("t:norvik2", "Norvik", [], "populated place", "BB", "West", 30_000, Point(22, 5)),
        ("t:zor", "Deir ez-Zor", ["Der Zor"], "populated place", "AA", "South", 50_000,
         Point(3, 2)),
        ("t:raqqa", "Ar Raqqah", ["Raqqa"], "populated place", "AA", "South", 40_000, Point(4, 2)),
        ("t:river", "Black River", [], "populated place", "BB", "West", 4_000, Point(21, 1)),
        ("r:black", "Black", ["Black River"], "river", "AA", None, 0,
         LineString([(1, 1), (1, 9)])),
        ("r:white", "White", ["Nahr al-Abyad"], "river", "AA", None, 0,
         LineString([(2, 1), (2, 4), (3, 9)])),
        ("t:long", "Metropolitana", [], "populated place", "BB", "West", 70_000, Point(25, 5)),
        ("t:twin1", "Twin", [], "populated place", "AA", "South", 10_000, Point(6, 1)),
        ("t:twin2", "Twin", [], "populated place", "BB", "West", 10_000, Point(26, 1)),
    ]  # fmt: skip
    columns = ["id", "name", "names", "kind", "country", "admin1", "population", "geometry"]
    frame = gpd.GeoDataFrame(
        dict(zip(columns, zip(*rows, strict=True), strict=True)), crs="EPSG:4326"
    )
    return Gazetteer.from_frame(frame)
