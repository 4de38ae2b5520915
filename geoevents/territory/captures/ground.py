"""The ground that sites share: its outline, and the parts it is made of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeometryError, shown
from geoevents.geodesy import area
from geoevents.geodesy.equalarea import EqualArea
from geoevents.geodesy.measurement import in_lonlat
from geoevents.territory.captures.plane import CUT_M, check_reach, fine, unrolled

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]

GRID_DEG = 1e-9
"""Every vertex lies on this grid, 0.1 mm: lines that meet then meet in one point exactly."""

_POLYGON = 2  # dimensions


@dataclass(frozen=True)
class Ground:
    """
    Ground to be divided among sites.

    Attributes
    ----------
    plane : EqualArea
        The plane in which distances are measured.
    outline : shapely geometry
        All of it, in lon/lat. Longitudes go on beyond 180 where it crosses the antimeridian, so
        that it is one piece.
    parts : numpy.ndarray of shapely Polygons or MultiPolygons
        What barriers make of it, vertex to vertex.
    drawn : shapely geometry, optional
        What it looks like with straight edges in lon/lat; see `ground_within`.
    """

    plane: EqualArea
    outline: "BaseGeometry"
    parts: "Geometries"
    drawn: "BaseGeometry | None" = None

    @property
    def area_km2(self) -> float:
        """Geodesic area, in square kilometres."""
        return float(area(self.parts).sum())


def geometries_of(given: Any, what: str) -> tuple["Geometries", list[str]]:
    """
    Read geometries, and refuse what cannot be used.

    Parameters
    ----------
    given : shapely geometry, GeoSeries, GeoDataFrame or sequence of shapely geometries
        A frame is reprojected; shapely geometries are in lon/lat.
    what : str
        What errors call it.

    Returns
    -------
    geometries : numpy.ndarray of shapely geometries
        In lon/lat, each with finite coordinates.
    labels : list of str
        What errors call each of them.

    Raises
    ------
    GeometryError
        For a frame without CRS, a geometry that is missing or empty, or a coordinate that is no
        longitude and latitude: it names the row.
    """
    if isinstance(given, gpd.GeoDataFrame):
        if given.active_geometry_name is None:
            raise GeometryError(
                f"{what} has no geometry in use: choose one with .set_geometry(...)"
            )
        given = given.geometry
    if isinstance(given, shapely.Geometry):
        shapes, labels = np.array([given], dtype=object), [what]
    elif isinstance(given, gpd.GeoSeries):
        if given.crs is None:
            raise GeometryError(
                f"{what} has no CRS: say what its coordinates are with .set_crs(...), EPSG:4326 "
                "for longitude and latitude"
            )
        shapes = np.asarray(in_lonlat(given).array, dtype=object)
        labels = [f"row {shown(label)} of {what}" for label in given.index.tolist()]
    else:
        listed = pd.api.types.is_list_like(given)
        shapes = np.empty(len(given) if listed else 1, dtype=object)
        shapes[:] = list(given) if listed else [given]
        labels = [f"number {number} of {what}" if listed else what for number in range(len(shapes))]
    if not len(shapes):
        raise GeometryError(f"{what} is empty: leave it out, or give geometries")
    wrong = ~shapely.is_geometry(shapes)
    if wrong.any():
        row = int(wrong.argmax())
        raise GeometryError(f"{labels[row]} is no shapely geometry: {shown(shapes[row])}")
    shapes = shapely.force_2d(shapes)
    lonlat, owner = shapely.get_coordinates(shapes, return_index=True)
    good = np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat[:, 1]) <= 90.0)  # noqa: PLR2004
    if not good.all():
        first = int(good.argmin())
        raise GeometryError(
            f"{labels[owner[first]]} has a vertex {tuple(lonlat[first].tolist())} that is no "
            "longitude and latitude: check its CRS and the order of its coordinates"
        )
    if shapely.is_empty(shapes).any():
        raise GeometryError(f"{labels[int(shapely.is_empty(shapes).argmax())]} is empty")
    return shapes, labels


def ground_within(within: Any, plane: EqualArea) -> tuple["BaseGeometry", "BaseGeometry"]:
    """
    Read the ground that control is inferred for.

    Parameters
    ----------
    within : shapely geometry, GeoSeries, GeoDataFrame or sequence of shapely geometries
        Polygons; shapely geometries in lon/lat. Their edges are geodesics.
    plane : EqualArea
        The plane it will be divided in.

    Returns
    -------
    outline : shapely Polygon or MultiPolygon
        Their union, in lon/lat unrolled about the middle of the plane, in edges of at most 1 km.
    drawn : shapely Polygon or MultiPolygon
        What they look like on a map in lon/lat, where edges are straight: there long ones are some
        way off the geodesics.

    Raises
    ------
    GeometryError
        If it is no polygon, is invalid, or lies too far from the middle of the plane.
    """
    polygons, labels = geometries_of(within, "within")
    flat = shapely.get_dimensions(polygons) < _POLYGON
    if flat.any():
        row = int(flat.argmax())
        raise GeometryError(
            f"{labels[row]} is a {polygons[row].geom_type}: within must be made of polygons"
        )
    parts, row_of = parts_of(polygons)
    rings, part = shapely.get_rings(parts, return_index=True)
    lonlat, owner = shapely.get_coordinates(rings, return_index=True)
    check_reach(lonlat, plane)
    seen = np.column_stack([unrolled(lonlat[:, 0], plane), lonlat[:, 1]])
    drawn = shapely.polygons(shapely.linearrings(seen, indices=owner), indices=part)
    lonlat, owner = fine(lonlat, owner, plane)
    found = shapely.polygons(shapely.linearrings(lonlat, indices=owner), indices=part)
    bad = ~shapely.is_valid(found)
    if bad.any():
        raise GeometryError(
            f"{labels[row_of[bad.argmax()]]} is not valid: "
            f"{shapely.is_valid_reason(found[bad.argmax()])}; repair it with shapely.make_valid"
        )
    outline = shapely.union_all(found, grid_size=GRID_DEG)
    return outline, shapely.union_all(shapely.make_valid(drawn))


def ground_about(lonlat: "Floats", plane: EqualArea) -> "BaseGeometry":
    """
    Make the ground about sites where none is given.

    Parameters
    ----------
    lonlat : numpy.ndarray
        Two sites or more, in degrees.
    plane : EqualArea
        The plane it will be divided in.

    Returns
    -------
    shapely Polygon
        Their convex hull in the plane, widened by the median distance from a site to the one
        nearest to it; in lon/lat as `ground_within` gives it.
    """
    xy = plane.forward(lonlat)
    points = shapely.points(xy)
    _, reach = shapely.STRtree(points).query_nearest(
        points, exclusive=True, return_distance=True, all_matches=False
    )
    hull = shapely.buffer(shapely.convex_hull(shapely.multipoints(points)), np.median(reach))
    return _on_earth(hull, plane)


def _on_earth(flat: "BaseGeometry", plane: EqualArea) -> "BaseGeometry":
    """Bring a polygon back from the plane."""
    found = shapely.transform(shapely.segmentize(flat, CUT_M), plane.inverse)
    check_reach(shapely.get_coordinates(found), plane)
    return shapely.union_all([found], grid_size=GRID_DEG)


def parts_of(shapes: "Geometries") -> tuple["Geometries", "NDArray[np.intp]"]:
    """
    Take geometries and collections apart.

    Parameters
    ----------
    shapes : numpy.ndarray of shapely geometries
        Geometries of any kind.

    Returns
    -------
    parts : numpy.ndarray of shapely geometries
        Their points, lines and polygons.
    row : numpy.ndarray of int
        Which geometry each is a part of.
    """
    parts, row = shapely.get_parts(shapes, return_index=True)
    while (shapely.get_type_id(parts) > 3).any():  # noqa: PLR2004 -- GEOS types: collections
        parts, inner = shapely.get_parts(parts, return_index=True)
        row = row[inner]
    return parts, row
