"""The part of the world that a map shows: its bounds, and the longitude where it is cut open."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.maps import shapes
from geoevents.maps.frames import FULL_TURN, geometries

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import NDArray

    from geoevents.maps.ground import Bounds

_DWARFS = 3.0
"""A shape this many times larger than all smaller ones together does not set the view."""


def extent(
    frames: "Iterable[gpd.GeoDataFrame]", whole: "Iterable[gpd.GeoDataFrame]" = ()
) -> tuple[float, "Bounds | None"]:
    """
    Find the western edge from which everything fits the narrowest window, and the bounds.

    Parameters
    ----------
    frames : iterable of GeoDataFrame
        In degrees. A shape much larger than all others does not set the view.
    whole : iterable of GeoDataFrame
        In degrees. What must be in view, however large.

    Returns
    -------
    west : float
        The longitude where the map is cut open.
    bounds : tuple of float or None
        West, south, east, north; ``None`` where there is nothing.
    """
    usual, large = _corners(frames), _corners(whole)
    corners = np.concatenate([usual, large])
    if not len(corners):
        return -FULL_TURN / 2, None
    # The widest stretch of longitude with nothing in it is where the map is cut open.
    order = np.argsort(corners[:, 0])
    starts, ends = corners[order, 0], np.maximum.accumulate(corners[order, 2])
    gaps = starts[1:] - ends[:-1]
    west = -FULL_TURN / 2
    if len(gaps) and gaps.max() > starts[0] + FULL_TURN - ends[-1]:
        west = float(starts[np.argmax(gaps) + 1])
    for part in (usual, large):
        part[:, [0, 2]] += np.where(part[:, :1] < west, FULL_TURN, 0.0)
    boxes = large if not len(usual) else np.vstack([large, _focus(usual)])
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return west, (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _corners(frames: "Iterable[gpd.GeoDataFrame]") -> "NDArray[np.float64]":
    parts = [np.empty((0, 4)), *(_part_bounds(geometries(frame)) for frame in frames)]
    corners = np.concatenate(parts)
    return corners[np.isfinite(corners).all(axis=1)]


def _focus(corners: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """
    Choose the bounds that show the events well.

    A whole province or country that one event is said to have happened in would make everything
    else a dot. Shapes join the view from the smallest; one several times larger than the view so
    far, and all beyond it, contribute only their middle.
    """
    middle = (corners[:, :2] + corners[:, 2:]) / 2
    size = np.hypot(*(corners[:, 2:] - corners[:, :2]).T)
    order = np.argsort(size, kind="stable")
    boxes = np.hstack(
        [np.minimum.accumulate(corners[order, :2]), np.maximum.accumulate(corners[order, 2:])]
    )
    reach = np.hypot(*(boxes[:, 2:] - boxes[:, :2]).T)
    centres = float(np.hypot(*np.ptp(middle, axis=0)))
    too_large = size[order][1:] > _DWARFS * np.maximum(reach[:-1], centres)
    too_large &= size[order][:-1] + centres > 0
    last = int(np.argmax(too_large)) if too_large.any() else len(boxes) - 1
    box = boxes[last]
    rest = middle[order[last + 1 :]]
    low, high = np.vstack([box[:2], rest]).min(axis=0), np.vstack([box[2:], rest]).max(axis=0)
    return np.concatenate([low, high])


def _part_bounds(geometries: "NDArray[Any]") -> "NDArray[np.float64]":
    """Bounds of geometries, each part of a collection for itself: halves may lie far apart."""
    collected = shapely.get_type_id(geometries) > 3  # noqa: PLR2004 -- shapely's multi-geometries
    pieces = shapely.get_parts(geometries[collected])
    return np.concatenate([shapely.bounds(geometries[~collected]), shapely.bounds(pieces)])


def unwrap(geometries: Any, west: float) -> "NDArray[Any]":
    """
    Move what lies west of the map's western edge one turn to the east.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        In degrees.
    west : float
        The map's western edge.

    Returns
    -------
    numpy.ndarray of shapely geometries
        Each part of each geometry moved as a whole, so that the two halves of a polygon cut at
        the antimeridian stand together.
    """
    whole = shapes.as_array(geometries)
    if west <= -FULL_TURN / 2:
        return whole
    parts, owner = shapely.get_parts(whole, return_index=True)
    behind = shapely.bounds(parts)[:, 0] < west
    if not behind.any():
        return whole
    parts[behind] = shapely.transform(parts[behind], _one_turn_east)
    moved = shapes.as_array(whole.copy())
    several = np.bincount(owner, minlength=len(whole)) > 1
    single = ~several[owner]
    moved[owner[single]] = parts[single]
    for i in np.flatnonzero(several & np.isin(np.arange(len(whole)), owner[behind])):
        moved[i] = shapely.union_all(parts[owner == i], grid_size=1e-9)
    return moved


def _one_turn_east(coordinates: "NDArray[np.float64]") -> "NDArray[np.float64]":
    moved: NDArray[np.float64] = coordinates + np.array([FULL_TURN, 0.0])
    return moved
