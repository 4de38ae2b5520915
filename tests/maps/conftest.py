"""Events and a small gazetteer that the map tests share."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, box


class SmallGazetteer:
    """What a map asks of a gazetteer, of a handful of made-up features."""

    def __init__(self):
        self.frame = gpd.GeoDataFrame(
            {
                "id": ["c:a", "c:b", "p:a1", "p:a2", "r:1", "t:1", "t:2"],
                "name": ["Aland", "Bland", "North", "South", "Long River", "Town", "Hamlet"],
                "kind": [
                    "country", "country", "admin1", "admin1", "river",
                    "populated place", "populated place",
                ],
                "country": ["AA", "BB", "AA", "AA", None, "AA", "AA"],
                "population": [0, 0, 0, 0, 0, 100_000, 10],
                "uncertainty_m": [2000.0, 2000.0, 5000.0, 5000.0, 8000.0, 3000.0, 1000.0],
                "source": ["Drawn"] * 5 + ["Counted"] * 2,
            },
            geometry=[
                box(30, 30, 40, 40), box(40, 30, 50, 40),
                box(30, 35, 40, 40), box(30, 30, 40, 35),
                shapely.LineString([(31, 31), (36, 36), (39, 39)]),
                Point(36, 36), Point(36.5, 36.2),
            ],
            crs=4326,
        )  # fmt: skip

    def features(self, ids):
        return self.frame.set_index("id", drop=False).loc[list(ids)]

    def window(self, bounds, *, kinds=None, min_population=0):
        west, south, east, north = bounds
        b = self.frame.geometry.bounds
        hit = (b.minx <= east) & (b.maxx >= west) & (b.miny <= north) & (b.maxy >= south)
        hit &= self.frame["kind"].isin(kinds) & (
            (self.frame["population"] >= min_population) | (self.frame["kind"] != "populated place")
        )
        return self.frame[hit]


@pytest.fixture(scope="session")
def gazetteer():
    return SmallGazetteer()


@pytest.fixture
def events():
    """Three points, two regions and one event without a place."""
    return gpd.GeoDataFrame(
        {
            "event_id": list("abcdef"),
            "event_type": [
                "air strike", "air strike", "protest", "territorial gain", "shelling", "statement",
            ],
            "actor": ["Russia", None, "عشائر دير الزور", "SDF", "SAA", "SDF"],
            "target": ["SDF", "ISIS", None, "ISIS", None, None],
            "start": pd.to_datetime(
                ["2017-09-16", None, "2017-09-01", "2017-09-14", "2017-09-10 08:30", "2017-09-17"],
                format="ISO8601",
            ),
            "date_precision": ["day", "unknown", "month", "week", "day", "day"],
            "locality": ["near Town", None, "Town", "along Long River", "north of Town", "nowhere"],
            "status": ["disputed", "reported", None, "claimed", "reported", "reported"],
            "source": ["https://example.org/a", "Agency", "", None, "javascript:alert(1)", "x"],
            "area_km2": [None, None, None, 300.0, 120.0, None],
            "reported_area_km2": [None, None, None, 300.0, None, None],
            "inferred": [False, False, False, True, True, False],
            "place_ids": ["t:1", None, "t:1", "r:1", "t:1; r:1", None],
            "problem": [None, None, None, None, None, "no such place"],
        },
        geometry=[
            Point(36.0, 36.0), Point(36.0, 36.0), Point(36.2, 36.1),
            box(35.0, 35.0, 35.4, 35.4), box(36.1, 36.3, 36.5, 36.6), None,
        ],
        crs=4326,
    )  # fmt: skip
