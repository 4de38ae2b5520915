"""Snapshots of made-up ground, and their measure worked out by pyproj."""

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod
from shapely import box

GEOD = Geod(ellps="WGS84")


def km2(*shapes):
    return sum(abs(GEOD.geometry_area_perimeter(s)[0]) for s in shapes) / 1e6


def rows(*some, crs=4326, **columns):
    """Rows of (actor, date, ground)."""
    names, dates, shapes = zip(*some, strict=True)
    return gpd.GeoDataFrame(
        {"actor": [*names], "date": [*dates], **columns}, geometry=[*shapes], crs=crs
    )


def three_days():
    """A gains from B on the 10th, B is gone on the 20th."""
    return rows(
        ("A", "2024-07-01", box(0, 0, 1, 1)),
        ("B", "2024-07-01", box(0, 1, 1, 3)),
        ("A", "2024-07-10", box(0, 0, 1, 2)),
        ("B", "2024-07-10", box(0, 2, 1, 3)),
        ("A", "2024-07-20", box(0, 0, 1, 2)),
    )


def planar(frame, *keys):
    return {
        tuple(getattr(r, key) for key in keys): round(r.geometry.area, 9)
        for r in frame.itertuples()
    }


def mosaic(seed, days=4, number=30, holders="ABC"):
    """Days of Voronoi cells of some ten kilometres, of which a few change hands each day."""
    rng = np.random.default_rng(seed)
    points = rng.uniform((40, 35), (40.4, 35.4), (number, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    holder = rng.integers(0, len(holders) + 1, number)
    some = []
    for day in range(days):
        if day:
            holder[rng.integers(0, number, 5)] = rng.integers(0, len(holders) + 1, 5)
        some += [
            (holders[h], f"2024-07-{day + 1:02}", cell)
            for h, cell in zip(holder, cells, strict=True)
            if h < len(holders)
        ]
    return rows(*some)
