"""Lines that control does not cross, and the parts that they make of ground."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geoevents.errors import GeoeventsError, GeometryError, shown
from geoevents.places import Gazetteer, Place, geocode
from geoevents.territory.captures.ground import GRID_DEG, geometries_of, parts_of
from geoevents.territory.captures.plane import fine, middle_of, unrolled

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geoevents.geodesy.equalarea import EqualArea
    from geoevents.places.geocoding import Countries

    Geometries = NDArray[Any]

ON_DEG = 1e-5
"""About a metre: what is as near as this to a line lies on it."""

_FAR_DEG = 90.0
_OVER = 0.1
_POLYGON = 2  # dimensions


def barrier_lines(
    barriers: Any,
    plane: "EqualArea",
    *,
    country: "Countries | None" = None,
    gazetteer: Gazetteer | None = None,
) -> tuple["Geometries", "Geometries"]:
    """
    Read the lines that no cell crosses.

    Parameters
    ----------
    barriers : shapely geometry, GeoSeries, GeoDataFrame, Place, str or sequence of these
        Lines, or polygons for their outlines; names are geocoded, those near the sites first.
    plane : "EqualArea"
        The plane the ground will be divided in.
    country : str or sequence of str, optional
        Only places of these countries.
    gazetteer : Gazetteer, optional
        Where to look names up; the embedded one if not given.

    Returns
    -------
    edges : numpy.ndarray of shapely LineStrings
        Each edge by itself, at most 1 km long, in lon/lat unrolled about the middle of the plane.
    ends : numpy.ndarray of shapely Points
        Where the lines end.

    Raises
    ------
    PlaceNotFound
        If a name is not known.
    GeometryError
        If a barrier is a point.
    """
    single = isinstance(barriers, (str, Place, shapely.Geometry, gpd.GeoSeries, gpd.GeoDataFrame))
    if not single and not isinstance(barriers, Iterable):
        raise GeoeventsError(
            f"barriers is a {type(barriers).__name__}: give lines, places, or names of rivers"
        )
    near = shapely.Point(middle_of(plane))
    none = np.empty(0, dtype=object)
    edges, ends = [none], [none]
    for barrier in [barriers] if single else barriers:
        label, given = "barriers", barrier
        if isinstance(barrier, str):
            given = geocode(barrier, country=country, near=near, gazetteer=gazetteer)
        if isinstance(given, Place):
            label, given = f"the barrier {shown(str(given), 80)}", given.geometry
        shapes, labels = geometries_of(given, label)
        points = shapely.get_dimensions(shapes) == 0
        if points.any():
            raise GeometryError(
                f"{labels[int(points.argmax())]} is a point: a barrier is a line, such as a river, "
                "or a polygon for its outline"
            )
        parts = parts_of(shapes)[0]
        solid = shapely.get_dimensions(parts) == _POLYGON
        lines, rings = parts[~solid], shapely.get_rings(parts[solid])
        edges.append(_edges(np.concatenate([lines, rings]), plane))
        tips = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
        lonlat = shapely.get_coordinates(tips)
        ends.append(shapely.points(unrolled(lonlat[:, 0], plane), lonlat[:, 1]))
    return np.concatenate(edges), np.concatenate(ends)


def ties(ends: "Geometries", drawn: "BaseGeometry", outline: "BaseGeometry") -> "Geometries":
    """
    Tie lines to an outline that they end on.

    A river that was clipped to ground ends on the straight edges of its map, and may be some way
    off the geodesics that are its outline: it would part nothing.

    Parameters
    ----------
    ends : numpy.ndarray of shapely Points
        Where the lines end.
    drawn : shapely Polygon or MultiPolygon
        The ground in straight edges.
    outline : shapely Polygon or MultiPolygon
        The ground, its edges geodesics.

    Returns
    -------
    numpy.ndarray of shapely LineStrings
        From each end that lies on the border of `drawn`, within a metre, to the outline and a
        little over it.
    """
    ends = ends[shapely.dwithin(drawn.boundary, ends, ON_DEG)]
    lines = shapely.shortest_line(ends, outline.boundary)
    tip = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    tip[:, 1] += _OVER * (tip[:, 1] - tip[:, 0])
    found: Geometries = shapely.linestrings(tip)
    return found


def _edges(lines: "Geometries", plane: "EqualArea") -> "Geometries":
    """Cut lines into edges, those near the plane's middle."""
    lonlat, owner = shapely.get_coordinates(lines, return_index=True)
    lonlat, owner = fine(lonlat, owner, plane)
    ends = np.stack([lonlat[:-1], lonlat[1:]], axis=1)[owner[1:] == owner[:-1]]
    near = (np.abs(ends[:, :, 0] - plane.lon) <= _FAR_DEG).all(axis=1)
    found: Geometries = shapely.linestrings(ends[near])
    return found


def parted(outline: "BaseGeometry", barriers: "Geometries") -> "Geometries":
    """
    Part ground by lines.

    Parameters
    ----------
    outline : shapely Polygon or MultiPolygon
        The ground.
    barriers : numpy.ndarray of shapely lines
        The lines. One that ends inside the ground parts only what it closes off.

    Returns
    -------
    numpy.ndarray of shapely polygons
        The parts, vertex to vertex. Where no line meets the ground it is one part, even in several
        pieces; otherwise each piece is a part, or several.

    Examples
    --------
    >>> across = shapely.LineString([(1, -1), (1, 3)])
    >>> dead_end = shapely.LineString([(0, 1), (0.5, 1)])
    >>> parts = parted(shapely.box(0, 0, 2, 2), np.array([across, dead_end]))
    >>> [part.area for part in parts]
    [2.0, 2.0]
    """
    near = shapely.STRtree(barriers).query(outline, predicate="intersects")
    if not len(near):
        return np.array([outline], dtype=object)
    found = faces(np.array([outline.boundary, *barriers[near]], dtype=object))
    shapely.prepare(outline)
    inside: Geometries = found[shapely.intersects(outline, shapely.point_on_surface(found))]
    return inside


def faces(lines: "Geometries") -> "Geometries":
    """
    Find the faces that lines part the plane into.

    Parameters
    ----------
    lines : numpy.ndarray of shapely lines
        They may cross and overlap.

    Returns
    -------
    numpy.ndarray of shapely polygons
        The bounded faces, vertex to vertex, on the grid.
    """
    parts = shapely.get_parts(lines)
    parts = parts[shapely.get_dimensions(parts) == 1]  # where lines only touched, points came about
    noded = shapely.union_all(parts, grid_size=GRID_DEG)
    found: Geometries = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return found
