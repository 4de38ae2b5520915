"""The faces that lines part the plane into, and which polygon each of them lies in."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.territory.chains import chain, twice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]
    Ints = NDArray[np.intp]

_FEW = 200  # lines or faces: no more are worth sorting out first
_MANY = 32  # points in a polygon: from here on preparing it costs less than it saves
ROUNDING_DEG = 1e-10
"""Ground narrower than this, 0.01 mm, is what rounding left."""


def faces(lines: "Geometries") -> "Geometries":
    """
    Find the faces between lines.

    Parameters
    ----------
    lines : numpy.ndarray of shapely lines
        They may cross and overlap one another.

    Returns
    -------
    numpy.ndarray of shapely polygons
        The bounded faces, vertex to vertex along their common edges, without those narrower than
        rounding.
    """
    if len(lines) > _FEW:  # many small arrangements cost less than one large one
        lines, window = _by_window(lines)
        noded = shapely.union_all(shapely.multilinestrings(lines, indices=window)[:, None], axis=1)
    else:
        noded = np.array([shapely.union_all(lines)], dtype=object)
    found: Geometries = shapely.get_parts(shapely.polygonize(noded[:, None]))
    wide = 2.0 * shapely.area(found) > ROUNDING_DEG * shapely.length(found)
    broad: Geometries = found[wide]
    return broad


def linked(size: int, one: "Ints", other: "Ints") -> "Ints":
    """
    Find what is connected, directly or through others.

    Parameters
    ----------
    size : int
        How many things there are.
    one, other : numpy.ndarray of int
        Pairs of things that are connected.

    Returns
    -------
    numpy.ndarray of int
        For each thing the first of all that it is connected to.

    Notes
    -----
    Each round, a group's smallest number spreads to its neighbours, and chains of references are
    halved: the rounds grow with the logarithm of the longest path.

    Examples
    --------
    >>> linked(5, np.array([4, 1]), np.array([1, 2])).tolist()
    [0, 1, 1, 3, 1]
    """
    label = np.arange(size)
    while True:
        a, b = label[one], label[other]
        low = np.minimum(a, b)
        new = label.copy()
        np.minimum.at(new, a, low)
        np.minimum.at(new, b, low)
        new = new[new]
        if (new == label).all():
            return label
        label = new


def _by_window(lines: "Geometries") -> "tuple[Geometries, Ints]":
    """
    Sort lines by windows that have nothing to do with one another.

    A window's bounds hold all faces between its lines, so no face reaches into another window.
    """
    bounds = shapely.bounds(lines)
    window = np.arange(len(lines))
    while True:
        boxes = shapely.box(*bounds.T)
        one, other = shapely.STRtree(boxes).query(boxes)
        _, joined = np.unique(linked(len(boxes), one, other), return_inverse=True)
        window = joined[window]
        if (size := int(joined.max()) + 1) == len(boxes):
            break
        low, high = np.full((size, 2), np.inf), np.full((size, 2), -np.inf)
        np.minimum.at(low, joined, bounds[:, :2])
        np.maximum.at(high, joined, bounds[:, 2:])
        bounds = np.hstack([low, high])
    order = np.argsort(window, kind="stable")
    return lines[order], window[order]


def middles(polygons: "Geometries") -> "Geometries":
    """
    Find a point well inside each polygon.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely polygons
        Faces of an arrangement.

    Returns
    -------
    numpy.ndarray of shapely points
        Further from the outline than rounding reaches.

    Notes
    -----
    GEOS looks for a point half-way up a polygon. Where that is in a needle, as where two drawings
    of one line part, the point may lie on the outline: then it is taken from the broadest triangle
    of the polygon instead.
    """
    found: Geometries = shapely.point_on_surface(polygons)
    far = shapely.distance(shapely.boundary(polygons), found) > ROUNDING_DEG
    for i in np.flatnonzero(~far).tolist():
        triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(polygons[i]))
        broadest = np.argmax(shapely.area(triangles) / shapely.length(triangles))
        found[i] = shapely.centroid(triangles[broadest])
    return found


def pairs(points: "Geometries", polygons: "Geometries") -> tuple["Ints", "Ints"]:
    """
    Find which points lie in which polygons.

    Parameters
    ----------
    points : numpy.ndarray of shapely points
        The points.
    polygons : numpy.ndarray of shapely geometries
        Valid polygons.

    Returns
    -------
    tuple of numpy.ndarray of int
        Numbers of points, in order, and of the polygons each lies in, in order.
    """
    if len(polygons) == 1:
        point, polygon = np.arange(len(points)), np.zeros(len(points), dtype=np.intp)
    else:
        point, polygon = shapely.STRtree(polygons).query(points)
    if len(point) > _MANY * len(polygons):
        shapely.prepare(polygons)
    inside = shapely.intersects(polygons[polygon], points[point])
    point, polygon = point[inside], polygon[inside]
    if len(polygons) > 1:
        order = np.lexsort((polygon, point))
        point, polygon = point[order], polygon[order]
    return point, polygon


def owners(points: "Geometries", polygons: "Geometries", rank: "Ints | None" = None) -> "Ints":
    """
    Find the polygon that each point lies in.

    Parameters
    ----------
    points : numpy.ndarray of shapely points
        The points.
    polygons : numpy.ndarray of shapely geometries
        Valid polygons that do not overlap.
    rank : numpy.ndarray of int, optional
        For each polygon which comes first where a point lies on a common edge; its position if not
        given.

    Returns
    -------
    numpy.ndarray of int
        For each point the number of the polygon, -1 for none.
    """
    found = np.full(len(points), -1, dtype=np.intp)
    if len(polygons):
        point, polygon = pairs(points, polygons)
        if rank is not None:
            order = np.lexsort((rank[polygon], point))
            point, polygon = point[order], polygon[order]
        found[point[::-1]] = polygon[::-1]  # the first of several, on a common edge
    return found


def together(polygons: "Geometries", group: "Ints", groups: int) -> "Geometries":
    """
    Join polygons that meet vertex to vertex, group by group.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely polygons
        Faces of one arrangement.
    group : numpy.ndarray of int
        For each the number of its group.
    groups : int
        How many groups there are; each has a member.

    Returns
    -------
    numpy.ndarray of shapely geometries
        A Polygon or MultiPolygon for each group.
    """
    order = np.argsort(group, kind="stable")
    polygons, group = polygons[order], group[order]
    size = np.bincount(group, minlength=groups)
    stop = np.cumsum(size)
    found = np.empty(groups, dtype=object)
    found[:] = polygons[stop - size]
    several = size > 1
    if len(polygons) > _FEW and several.any():
        # Most faces of a group do not meet: joining many takes longer than finding that out.
        mine = several[group]
        found[several] = shapely.multipolygons(
            polygons[mine], indices=np.cumsum(several)[group[mine]] - 1
        )
        several &= _meeting(polygons, group, groups)
    for one in np.flatnonzero(several).tolist():
        members = polygons[stop[one] - size[one] : stop[one]]
        found[one] = merged(members)
    return found


def merged(polygons: "Geometries") -> Any:
    """
    Join polygons that do not overlap.

    Parameters
    ----------
    polygons : numpy.ndarray of shapely geometries
        Valid polygons.

    Returns
    -------
    shapely Polygon or MultiPolygon
        Their ground, with every vertex but those between them.
    """
    try:  # no vertex is computed then, and nothing is lost
        if shapely.coverage_is_valid(polygons):
            return _plain(shapely.coverage_union_all(polygons))
    except shapely.errors.GEOSException:  # needles: GEOS calls them valid, and will not join them
        pass
    return shapely.union_all(polygons)


def _meeting(polygons: "Geometries", group: "Ints", groups: int) -> "NDArray[np.bool_]":
    """Tell which groups have members with a common edge."""
    found = np.zeros(groups, dtype=bool)
    found[twice(chain(polygons, group))] = True
    return found


def _plain(geometry: Any) -> Any:
    """Give a multipolygon of one polygon as that polygon."""
    if geometry.geom_type == "MultiPolygon" and shapely.get_num_geometries(geometry) == 1:
        return shapely.get_geometry(geometry, 0)
    return geometry
