"""Trees of phrases built by hand, and points to look for in what they cover."""

import itertools

import shapely
from pyproj import Geod

from geoevents.localities.tree import Compass, Distance, Fix, Group, Name, Relation

GEOD = Geod(ellps="WGS84")
ALTON = (39.95, 36.5)  # 4.5 km west of the river, which runs south on 40 E
MOUTH = (40.0, 33.0)
EAST, NORTH = Compass("east", 90, 45), Compass("north", 0, 45)
SOUTH, WEST = Compass("south", 180, 45), Compass("west", 270, 45)


def at(lon, lat, bearing, metres):
    return shapely.Point(GEOD.fwd(lon, lat, bearing, metres)[:2])


def metres(distance, precision=None):
    return Distance(distance, precision or distance, f"{distance / 1000:g} km")


def n(text):
    return Name(text, 0, len(text))


def fix(lon, lat, radius):
    return Fix(f"{lat}, {lon}", 0, 5, lon, lat, radius, "decimal degrees")


def rel(kind, *of, words="", **more):
    """Of one thing, or of several joined by "and"."""
    inner = of[0] if len(of) == 1 else Group("and", of, 0, 9)
    return Relation(kind, words, inner, 0, 9, **more)


def both(*parts):
    return Group(",", parts, 0, 9)


def placed(tree, start=0):
    """The same tree with every name at a place of its own, in the order of writing."""
    counter = itertools.count(start, 100)

    def walk(node):
        if isinstance(node, Name):
            begin = next(counter)
            return Name(node.text, begin, begin + len(node.text))
        if isinstance(node, Fix):
            begin = next(counter)
            return Fix(node.text, begin, begin + 5, node.lon, node.lat, node.radius_m, node.system)
        if isinstance(node, Relation):
            begin = next(counter)
            fields = {f: getattr(node, f) for f in ("compass", "distance", "way", "legs", "just")}
            return Relation(node.kind, node.words, walk(node.of), begin, begin + 9, **fields)
        begin = next(counter)
        return Group(node.joined, tuple(map(walk, node.parts)), begin, begin + 9)

    return walk(tree)


def assert_holds(region, *inside, out=()):
    for lon, lat in inside:
        assert region.contains(shapely.Point(lon, lat)), (lon, lat)
    for lon, lat in out:
        assert not region.contains(shapely.Point(lon, lat)), (lon, lat)
