"""What ground was won first and what changed hands last, from the changes of a whole period."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.territory.arrangement import ROUNDING_DEG, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]
    Ints = NDArray[np.intp]

_POLYGON = 3  # GEOS type


def uncovered(parts: "Geometries", rank: "Ints") -> "Geometries":
    """
    Find the ground of each polygon that no polygon of a higher rank covers.

    Parameters
    ----------
    parts : numpy.ndarray of shapely polygons
        Valid polygons.
    rank : numpy.ndarray of int
        The rank of each; those of one rank do not cover one another.

    Returns
    -------
    numpy.ndarray of shapely geometries
        What is left of each; empty where nothing is.

    Examples
    --------
    >>> layers = shapely.box(np.array([0, 1]), 0, np.array([2, 3]), 1)
    >>> shapely.area(uncovered(layers, np.array([0, 1]))).tolist()
    [1.0, 2.0]
    """
    found = parts.copy()
    one, other = shapely.STRtree(parts).query(parts)
    above = rank[one] < rank[other]
    one, other = one[above], other[above]
    other = other[np.argsort(one, kind="stable")]
    stop = np.cumsum(np.bincount(one, minlength=len(parts)))
    # From the highest down: what a place had of layers above is then only what is left of them.
    for i in np.argsort(-rank, kind="stable").tolist():
        over = found[other[stop[i - 1] if i else 0 : stop[i]]]
        over = over[shapely.intersects(over, parts[i])]
        if len(over):
            # What covers a small piece is often a whole country: only the common ground counts.
            common = surfaces(shapely.intersection(over, parts[i]))
            found[i] = shapely.difference(parts[i], shapely.union_all(common))
    return surfaces(found)


def surfaces(geometries: "Geometries") -> "Geometries":
    """
    Keep the polygons of geometries.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        What an overlay gave: it may hold lines and points where polygons touch, and polygons so
        narrow that rounding left them.

    Returns
    -------
    numpy.ndarray of shapely geometries
        Polygons and multipolygons, some empty.
    """
    found = geometries.copy()
    parts, row = shapely.get_parts(geometries, return_index=True)
    wide = shapely.get_type_id(parts) == _POLYGON
    wide &= 2.0 * shapely.area(parts) > ROUNDING_DEG * shapely.length(parts)
    some = np.unique(row[~wide])
    start, stop = (np.searchsorted(row, some, side) for side in ("left", "right"))
    for i, first, last in zip(some.tolist(), start.tolist(), stop.tolist(), strict=True):
        mine = parts[first:last][wide[first:last]]
        found[i] = mine[0] if len(mine) == 1 else shapely.multipolygons(mine)
    return found


def joined(parts: "Geometries", key: "Ints") -> tuple["Geometries", "Ints"]:
    """
    Join what belongs together.

    Parameters
    ----------
    parts : numpy.ndarray of shapely geometries
        Polygons; empty ones count for nothing.
    key : numpy.ndarray of int
        What each belongs to.

    Returns
    -------
    tuple of numpy.ndarray
        A geometry for each key that has ground, and the keys, in order.
    """
    there = ~shapely.is_empty(parts)
    parts, key = parts[there], key[there]
    order = np.argsort(key, kind="stable")
    keys, start = np.unique(key[order], return_index=True)
    found = np.empty(len(keys), dtype=object)
    for i, some in enumerate(np.split(parts[order], start[1:]) if len(keys) else []):
        found[i] = some[0] if len(some) == 1 else merged(some)
    return found, keys
