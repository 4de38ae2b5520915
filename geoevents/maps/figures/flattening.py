"""Geometries on the globe brought to a plane: cut to what is shown, with edges that bend."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geoevents.geodesy.equalarea import EqualArea

Bounds = tuple[float, float, float, float]

_TURN = 360.0
_FINE = 4000  # what is smaller than this part of the view is not drawn
_BENDS = 40  # edges longer than this part of the view get points between, and bend as they should
_LINE, _POLYGON, _COLLECTION = 1, 3, 4  # GEOS types; a collection and above


def flattened(geometries: Any, window: Bounds, plane: "EqualArea", frame: Bounds) -> "NDArray[Any]":
    """
    Bring geometries to a plane.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        In degrees, in any turn of the globe.
    window : tuple of float
        West, south, east, north of what is shown; may run past the antimeridian.
    plane : EqualArea
        The plane.
    frame : tuple of float
        Left, lower, right and upper edge of what is shown of it, in metres.

    Returns
    -------
    numpy.ndarray of shapely geometries
        A collection for each, in metres; empty where nothing is within the frame.

    Examples
    --------
    >>> from geoevents.geodesy.equalarea import EqualArea
    >>> east, west = shapely.box(179, -1, 180, 1), shapely.box(-180, -1, -179, 1)
    >>> halves = shapely.MultiPolygon([east, west])
    >>> plane, far = EqualArea(180.0, 0.0), 300_000.0
    >>> whole = flattened([halves], (177.0, -2.0, 183.0, 2.0), plane, (-far, -far, far, far))[0]
    >>> len(whole.geoms), round(whole.area / 1e6)
    (1, 49234)
    """
    cut = _turned(np.asarray(geometries, dtype=object), window)
    span = max(window[2] - window[0], window[3] - window[1])
    parts, owner = shapely.get_parts(cut, return_index=True)
    while (shapely.get_type_id(parts) >= _COLLECTION).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    parts = _bendable(shapely.simplify(parts, span / _FINE), span / _BENDS)
    flat = shapely.transform(parts, plane.forward)
    broken = ~shapely.is_valid(flat)
    flat[broken] = shapely.make_valid(flat[broken])
    flat = _clipped(flat, frame)
    kept = ~shapely.is_empty(flat)
    found = np.full(len(cut), shapely.GeometryCollection(), dtype=object)
    shapely.geometrycollections(flat[kept], indices=owner[kept], out=found)
    return found


def _turned(geometries: "NDArray[Any]", window: Bounds) -> "NDArray[Any]":
    """Cut geometries to a window, whichever turn of the globe each of their parts is in."""
    west, south, east, north = window
    wrong = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    if wrong.any():
        geometries = geometries.copy()
        geometries[wrong] = shapely.make_valid(geometries[wrong])
    left, _, right, _ = shapely.bounds(geometries).T
    found = np.full(len(geometries), shapely.GeometryCollection(), dtype=object)
    for turn in (-_TURN, 0.0, _TURN):
        hit = np.flatnonzero((left + turn <= east) & (right + turn >= west))
        piece = _clipped(geometries[hit], (west - turn, south, east - turn, north))
        hit, piece = hit[~shapely.is_empty(piece)], piece[~shapely.is_empty(piece)]
        piece = shapely.transform(piece, lambda xy, turn=turn: xy + np.array([turn, 0.0]))
        before = shapely.is_empty(found[hit])
        found[hit[before]] = piece[before]
        # Halves on both sides of the antimeridian become one, without a seam.
        found[hit[~before]] = shapely.union(found[hit[~before]], piece[~before], grid_size=1e-9)
    return found


def _bendable(parts: "NDArray[Any]", longest: float) -> "NDArray[Any]":
    """
    Put points into long edges of lines and polygons, so that they bend in the plane.

    GEOS has it too (`segmentize`), but mends what is barely valid on the way, and so was seen to
    lose a province with a spike.
    """
    polygonal = shapely.get_type_id(parts) == _POLYGON
    linear = shapely.get_type_id(parts) == _LINE
    rings, owner = shapely.get_rings(parts[polygonal], return_index=True)
    xy, line = shapely.get_coordinates(np.append(rings, parts[linear]), return_index=True)
    if not len(xy):
        return parts
    step = np.diff(xy, axis=0, append=xy[-1:])
    last = np.append(line[1:] != line[:-1], True)
    pieces = np.where(last, 1, np.ceil(np.hypot(*step.T) / longest)).astype(np.intp)
    pieces = np.maximum(pieces, 1)
    edge = np.repeat(np.arange(len(xy)), pieces)
    along = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    fine = xy[edge] + step[edge] * (along / pieces[edge])[:, None]
    of = line[edge]
    found: NDArray[Any] = parts.copy()
    is_ring = of < len(rings)
    if len(rings):
        closed = shapely.linearrings(fine[is_ring], indices=of[is_ring])
        found[polygonal] = shapely.polygons(closed, indices=owner)
    if linear.any():
        found[linear] = shapely.linestrings(fine[~is_ring], indices=of[~is_ring] - len(rings))
    return found


def _clipped(geometries: "NDArray[Any]", box: Bounds) -> "NDArray[Any]":
    """
    Cut geometries to a box.

    An intersection, since GEOS's quick way, `clip_by_rect`, may return what is not valid.
    """
    left, low, right, high = shapely.bounds(geometries).T
    over = (left < box[0]) | (low < box[1]) | (right > box[2]) | (high > box[3])
    found: NDArray[Any] = geometries.copy()
    found[over] = shapely.intersection(geometries[over], shapely.box(*box))
    return found
