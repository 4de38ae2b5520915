"""Geometries as KML writes them."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely

from geoevents.io.shapes import see_measures
from geoevents.tables.kml import COLLECTION

_POINT, _LINE, _RING, _POLYGON = 0, 1, 2, 3
_COLLECTION = 7
_DRAPED = "<tessellate>1</tessellate>"  # a line follows the ground between its vertices


def kml_shapes(shapes: np.ndarray, rows: Sequence[int]) -> list[str]:
    """
    Write geometries as KML.

    Parameters
    ----------
    shapes : numpy.ndarray of shapely geometries
        Longitude and latitude, and metres above sea level if there is a third.
    rows : sequence of int
        What errors call them.

    Returns
    -------
    list of str
        An element for each, empty where there is no geometry.

    Raises
    ------
    GeoeventsError
        If one has a measure (M), which KML does not have.

    Examples
    --------
    >>> kml_shapes(np.array([shapely.Point(40.5, 35.25)]), [0])
    ['<Point><coordinates>40.5,35.25</coordinates></Point>']
    """
    see_measures(shapes, np.asarray(rows), "KML")
    written = [""] * len(shapes)
    kinds = shapely.get_type_id(shapes)
    flat = (kinds == _POINT) & ~shapely.has_z(shapes)
    for row, (x, y) in zip(
        np.flatnonzero(flat).tolist(), shapely.get_coordinates(shapes[flat]).tolist(), strict=True
    ):
        written[row] = f"<Point><coordinates>{x!r},{y!r}</coordinates></Point>"
    shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    for row in np.flatnonzero(~flat & (kinds >= 0)).tolist():
        names = (f"{COLLECTION}-{rows[row]}-{number}" for number in itertools.count())
        written[row] = _element(shapes[row], names)
    return written


def _element(shape: Any, names: Iterator[str]) -> str:
    """Write one geometry of any kind."""
    kind = shapely.get_type_id(shape)
    if kind == _POINT:
        return f"<Point>{_mode(shape)}{_coordinates(shape)}</Point>"
    if kind in {_LINE, _RING}:  # others do not read rings that are not part of a polygon
        return f"<LineString>{_mode(shape) or _DRAPED}{_coordinates(shape)}</LineString>"
    if kind == _POLYGON:
        outer, *holes = shapely.get_rings(shape)
        inner = "".join(
            f"<innerBoundaryIs><LinearRing>{_coordinates(hole)}</LinearRing></innerBoundaryIs>"
            for hole in holes
        )
        ring = f"<LinearRing>{_coordinates(outer)}</LinearRing>"
        return f"<Polygon>{_mode(shape)}<outerBoundaryIs>{ring}</outerBoundaryIs>{inner}</Polygon>"
    parts = shapely.get_parts(shape)
    named = f' id="{next(names)}"' if kind == _COLLECTION else ""
    inner = "".join(_element(part, names) for part in parts)
    return f"<MultiGeometry{named}>{inner}</MultiGeometry>"


def _mode(shape: Any) -> str:
    """Say that heights count, where there are any: else all lies on the ground."""
    return "<altitudeMode>absolute</altitudeMode>" if shapely.has_z(shape) else ""


def _coordinates(shape: Any) -> str:
    """Write the vertices of a point, line or ring; a vertex without a height has two numbers."""
    if not shapely.has_z(shape):
        pairs = shapely.get_coordinates(shape).tolist()
        text = " ".join(f"{x!r},{y!r}" for x, y in pairs)
    else:
        triples = shapely.get_coordinates(shape, include_z=True).tolist()
        text = " ".join(
            f"{x!r},{y!r},{z!r}" if np.isfinite(z) else f"{x!r},{y!r}" for x, y, z in triples
        )
    return f"<coordinates>{text}</coordinates>"
