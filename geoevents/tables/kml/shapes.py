"""Geometries as KML writes them, read."""

import re
from typing import Any

import numpy as np
import shapely

from geoevents.tables.kml.parsing import Element

COLLECTION = "collection"
"""Begins the id of a ``MultiGeometry`` of ours that is a collection, though its parts are alike."""

_ALLOWED = re.compile(r"[-+0-9.eE,\s]*")
_AROUND_COMMAS = re.compile(r"\s*,\s*")
_LONGEST = 60  # characters of a number
_PLANE, _SPACE = 2, 3
_HEIGHTS_COUNT = {"absolute", "relativeToGround", "relativeToSeaFloor"}
_MANY = {
    "Point": shapely.multipoints,
    "LineString": shapely.multilinestrings,
    "Polygon": shapely.multipolygons,
}
GEOMETRIES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"
)  # fmt: skip


class ShapeError(ValueError):
    """Why a geometry cannot be read."""


def read_shape(element: Element) -> Any:
    """
    Read a geometry.

    Parameters
    ----------
    element : Element
        One of `GEOMETRIES`.

    Returns
    -------
    shapely geometry or None
        In longitude and latitude, with heights where the file says that they count or one is not
        zero; None if it has no coordinates.

    Raises
    ------
    ShapeError
        If it has no such form.
    """
    try:
        return _shape(element)
    except (shapely.errors.ShapelyError, ValueError) as error:
        if isinstance(error, ShapeError):
            raise
        raise ShapeError(f"has a geometry that cannot be read: {error}") from error


def _shape(element: Element) -> Any:
    if element.tag == "Polygon":
        return _polygon(element)
    if element.tag in {"MultiGeometry", "MultiTrack"}:
        return _many(element)
    if element.tag == "Track":
        corners = [child.text.split() for child in element.children if child.tag == "coord"]
        vertices = _numbers(" ".join(",".join(corner) for corner in corners))
    else:
        vertices = _vertices(element, heights=_heights_count(element))
    if vertices is None:
        return None
    if element.tag == "Point" or (element.tag == "Track" and len(vertices) == 1):
        if len(vertices) > 1:
            raise ShapeError("has a point of several coordinates")
        return shapely.points(vertices[0])
    if element.tag == "LinearRing":
        return shapely.linearrings(vertices)
    return shapely.linestrings(vertices)


def _polygon(element: Element) -> Any:
    """Read a polygon and its holes."""
    heights = _heights_count(element)
    rings: dict[str, list[Any]] = {"outerBoundaryIs": [], "innerBoundaryIs": []}
    for boundary in element.children:
        if boundary.tag in rings:
            for ring in boundary.children:
                vertices = _vertices(ring, heights=heights) if ring.tag == "LinearRing" else None
                if vertices is not None:
                    rings[boundary.tag].append(vertices)
    outer, inner = rings.values()
    if not outer and not inner:
        return None
    if len(outer) != 1:
        raise ShapeError(f"has a polygon with {len(outer)} outer boundaries")
    if len({ring.shape[1] for ring in (*outer, *inner)}) > 1:
        outer, inner = ([_in_space(ring) for ring in some] for some in (outer, inner))
    holes = [shapely.linearrings(ring) for ring in inner]
    return shapely.polygons(shapely.linearrings(outer[0]), holes or None)


def _many(element: Element) -> Any:
    """Read several geometries: of one kind if all are, unless we said that they are not."""
    parts = [_shape(child) for child in element.children if child.tag in GEOMETRIES]
    parts = [part for part in parts if part is not None]
    if not parts:
        return None
    kinds = {part.geom_type for part in parts}
    ours = element.attributes.get("id", "").startswith(COLLECTION)
    if len(kinds) == 1 and not ours and (make := _MANY.get(next(iter(kinds)))):
        return make(parts)
    return shapely.geometrycollections(parts)


def _heights_count(element: Element) -> bool:
    """Whether the file says that heights are heights, and not to be left out."""
    mode = element.child("altitudeMode")
    return mode is not None and mode.text.strip() in _HEIGHTS_COUNT


def _vertices(element: Element, *, heights: bool) -> Any:
    """Read the coordinates of a point, line or ring; None if there are none."""
    said = element.child("coordinates")
    vertices = _numbers(said.text) if said is not None else None
    if vertices is None or vertices.shape[1] == _PLANE:
        return vertices
    if not heights and not np.nan_to_num(vertices[:, 2]).any():
        return vertices[:, :2]  # as My Maps writes every point: its height is not meant
    return vertices


def _numbers(text: str) -> Any:
    """Read tuples of two or three numbers; a height that only some lack is not a number."""
    if not _ALLOWED.fullmatch(text):
        raise ShapeError("has coordinates that are no numbers")
    tuples = _AROUND_COMMAS.sub(",", text.strip()).split()
    if not tuples:
        return None
    sizes = {vertex.count(",") + 1 for vertex in tuples}
    if not sizes <= {_PLANE, _SPACE}:
        raise ShapeError("has coordinates that are neither two nor three numbers")
    if len(sizes) > 1:
        spare = {_PLANE: ",nan", _SPACE: ""}
        tuples = [vertex + spare[vertex.count(",") + 1] for vertex in tuples]
    numbers = ",".join(tuples).split(",")
    if max(map(len, numbers)) > _LONGEST:
        raise ShapeError(f"has a coordinate of more than {_LONGEST} digits")
    try:
        vertices = np.array([float(number) for number in numbers]).reshape(len(tuples), -1)
    except ValueError as error:
        raise ShapeError("has coordinates that are no numbers") from error
    if not np.isfinite(vertices[:, :2]).all():
        raise ShapeError("has a coordinate that is no finite number")
    return vertices


def _in_space(vertices: Any) -> Any:
    """Add a height that is not known."""
    if vertices.shape[1] == _SPACE:
        return vertices
    return np.column_stack([vertices, np.full(len(vertices), np.nan)])
