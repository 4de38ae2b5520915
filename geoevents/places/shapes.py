"""Geometries of features as arrays: a point of each, and the vertices of the others."""

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.store import POINT_STEP, Indices

Shapes = NDArray[np.object_]

#: Where a part begins is a number of 32 bits.
_MOST: Final = (1 << 32) - 1


def shape_arrays(arrays: dict[str, NDArray[Any]], geometry: Shapes, per_degree: int) -> None:
    """
    Add the arrays of the geometries of features.

    Parameters
    ----------
    arrays : dict of str to ndarray
        The arrays of a store; takes more.
    geometry : ndarray
        Points, lines and polygons, longitude and latitude.
    per_degree : int
        How many steps of the grid of vertices make a degree.
    """
    types = shapely.get_type_id(geometry)
    points = geometry.copy()
    lines, polygons = np.isin(types, (1, 5)), np.isin(types, (3, 6))
    points[polygons] = _centres(geometry[polygons])
    points[lines] = _middles(geometry[lines])
    scale = round(1 / POINT_STEP)
    arrays["lon"] = np.round(shapely.get_x(points) * scale).astype(np.int32)
    arrays["lat"] = np.round(shapely.get_y(points) * scale).astype(np.int32)
    owners = np.flatnonzero(lines | polygons)
    shapes = shapely.force_2d(geometry[owners])
    flat = polygons[owners]
    shapes[flat] = _rounded(shapes[flat], per_degree)
    arrays["shape_feature"] = owners.astype(np.uint32)
    arrays["shape_line"] = (~flat).astype(np.uint8)
    boxes = shapely.bounds(shapes).reshape(-1, 4) * scale
    boxes += np.array([-1, -1, 1, 1])
    arrays["shape_bounds"] = np.round(boxes).astype(np.int32).ravel()
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    # A line is kept as a part with one ring.
    part_line = np.flatnonzero(~flat[part_owner])
    part_flat = np.flatnonzero(flat[part_owner])
    rings, ring_owner = shapely.get_rings(parts[part_flat], return_index=True)
    rings = np.concatenate([parts[part_line], rings])
    ring_owner = np.concatenate([part_line, part_flat[ring_owner]])
    order = np.argsort(ring_owner, kind="stable")
    rings, ring_owner = rings[order], ring_owner[order]
    arrays["shape_parts"] = _ends(part_owner, len(shapes))
    arrays["part_rings"] = _ends(ring_owner, len(parts))
    xy, owner = shapely.get_coordinates(rings, return_index=True)
    if len(xy) > _MOST:
        raise GeoeventsError(
            f"the lines and polygons have {len(xy):,} vertices, and may have {_MOST:,}: split the "
            "gazetteer, and layer the parts with +"
        )
    arrays["ring_ends"] = _ends(owner, len(rings))
    grid = np.round(xy * per_degree).astype(np.int32)
    steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), np.int32))
    starts = np.flatnonzero(np.diff(part_owner[ring_owner][owner], prepend=-1))
    steps[starts] = grid[starts]
    arrays["x"], arrays["y"] = steps[:, 0].copy(), steps[:, 1].copy()


def _rounded(polygons: Shapes, per_degree: int) -> Shapes:
    """Round polygons to the grid and keep them valid."""
    rounded: Shapes = shapely.set_precision(polygons, 1 / per_degree, mode="pointwise")
    # Rounding alone can make a polygon cross itself. To round and keep it valid takes ten times as
    # long as to see that it still is.
    crossed = ~shapely.is_valid(rounded)
    rounded[crossed] = shapely.set_precision(polygons[crossed], 1 / per_degree)
    return rounded


def _ends(owner: Indices, count: int) -> NDArray[np.uint32]:
    counts = np.bincount(owner, minlength=count) if count else np.empty(0, np.int64)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)


def _centres(polygons: Shapes) -> Shapes:
    """Return the centroid of each one's largest part, or a point inside where it lies outside."""
    if not len(polygons):
        return polygons
    parts, owner = shapely.get_parts(polygons, return_index=True)
    # Cylindrical equal-area coordinates: the centroid of the ground, not of the map.
    ground = shapely.transform(parts, _to_equal_area)
    order = np.lexsort((-shapely.area(ground), owner))
    largest = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
    centres = shapely.transform(shapely.centroid(ground[largest]), _from_equal_area)
    outside = ~shapely.contains_properly(parts[largest], centres)
    centres[outside] = shapely.point_on_surface(parts[largest][outside])
    return np.asarray(centres, object)


def _to_equal_area(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.radians(xy[:, 0]), np.sin(np.radians(xy[:, 1]))], axis=1)


def _from_equal_area(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    degrees: NDArray[np.float64] = np.degrees(np.stack([xy[:, 0], np.arcsin(xy[:, 1])], axis=1))
    return degrees


def _middles(lines: Shapes) -> Shapes:
    """Return the middle of each one's longest part."""
    parts, owner = shapely.get_parts(lines, return_index=True)
    order = np.lexsort((-shapely.length(parts), owner))
    longest = parts[order[np.flatnonzero(np.diff(owner[order], prepend=-1))]]
    return np.asarray(shapely.line_interpolate_point(longest, 0.5, normalized=True), object)
