"""Lines and polygons as flat columns of quantised coordinates."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.maps.columns import Delta, indices

if TYPE_CHECKING:
    from numpy.typing import NDArray

METRE_SCALE = 100_000
"""Units in a degree for what people measured: 1.1 m or less."""

_POLYGON = 3  # GEOS type


def as_array(geometries: Any) -> "NDArray[Any]":
    """
    Return geometries as a plain array of objects, as shapely's functions take them.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        A series, say.

    Returns
    -------
    numpy.ndarray of object
        The same geometries.
    """
    array: NDArray[Any] = np.asarray(geometries, dtype=object)
    return array


def encode(geometries: Any, scale: int = METRE_SCALE) -> dict[str, Any]:
    """
    Encode lines and polygons for the browser.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        In degrees. Collections are taken apart; points in them are left out.
    scale : int, default 100000
        Units in a degree to which coordinates are rounded.

    Returns
    -------
    dict
        ``x``, ``y`` : all coordinates; ``paths`` : how many belong to each ring or line;
        ``features`` : how many paths belong to each geometry; ``closed`` : whether each path is
        a ring.
    """
    geometries = as_array(geometries)
    parts, owner = shapely.get_parts(geometries, return_index=True)
    nested, inner = shapely.get_parts(parts, return_index=True)  # a collection of multi-geometries
    owner = owner[inner]
    dimension = shapely.get_dimensions(nested)
    area, line = dimension == 2, dimension == 1  # noqa: PLR2004 -- surfaces have two dimensions
    rings, ring_owner = shapely.get_rings(nested[area], return_index=True)
    paths = np.concatenate([rings, nested[line]])
    path_owner = np.concatenate([owner[area][ring_owner], owner[line]])
    closed = np.concatenate([np.ones(len(rings), np.uint8), np.zeros(line.sum(), np.uint8)])
    order = np.argsort(path_owner, kind="stable")
    coordinates, path_of = shapely.get_coordinates(paths[order], return_index=True)
    lengths = np.bincount(path_of, minlength=len(paths))
    per_feature = np.bincount(path_owner, minlength=len(geometries))
    return {
        "scale": scale,
        "x": Delta(quantise(coordinates[:, 0], scale)),
        "y": Delta(quantise(coordinates[:, 1], scale)),
        "paths": indices(lengths, int(lengths.max(initial=0))),
        "features": indices(per_feature, int(per_feature.max(initial=0))),
        "closed": closed[order],
    }


def quantise(values: "NDArray[np.float64]", scale: int = METRE_SCALE) -> "NDArray[np.int32]":
    """
    Round degrees to whole units.

    Parameters
    ----------
    values : numpy.ndarray of float
        Degrees.
    scale : int, default 100000
        Units in a degree.

    Returns
    -------
    numpy.ndarray of int32
        The nearest whole units.
    """
    return np.rint(values * scale).astype(np.int32)


def representative_points(geometries: Any) -> "NDArray[Any]":
    """
    Where a marker for each geometry stands: on the geometry, never merely near it.

    Parameters
    ----------
    geometries : array-like of shapely geometries
        Any kinds.

    Returns
    -------
    numpy.ndarray of shapely points
        A point as it is, half way along a line, inside a polygon.
    """
    geometries = as_array(geometries)
    points = as_array(geometries.copy())
    kind = shapely.get_type_id(geometries)
    lines = np.isin(kind, (1, 2))
    points[lines] = shapely.line_interpolate_point(geometries[lines], 0.5, normalized=True)
    others = ~lines & (kind > 0)
    points[others] = shapely.point_on_surface(geometries[others])
    return points


def widest_circles(polygons: Any) -> "NDArray[Any]":
    """
    Find where in each area there is most room: for its name, say.

    Parameters
    ----------
    polygons : array-like of shapely polygons
        None of them empty.

    Returns
    -------
    numpy.ndarray of shapely lines
        From the middle to the rim of the widest circle in the largest part of each, found on an
        outline coarse enough to be quick.
    """
    polygons = as_array(polygons)
    size = np.sqrt(shapely.area(polygons))
    return as_array(
        [
            shapely.maximum_inscribed_circle(polygon, tolerance=max(extent / 8, 1e-3))
            for polygon, extent in zip(_largest(polygons), size, strict=True)
        ]
    )


def _largest(polygons: "NDArray[Any]") -> "NDArray[Any]":
    parts, owner = shapely.get_parts(polygons, return_index=True)
    order = np.lexsort((-shapely.area(parts), owner))
    first = np.unique(owner[order], return_index=True)[1]
    largest = parts[order][first]
    # Without topology it is ten times faster; the few outlines it breaks stay as they were.
    tolerance = np.sqrt(shapely.area(largest)) / 60
    coarse = shapely.simplify(largest, tolerance, preserve_topology=False)
    whole = (shapely.get_type_id(coarse) == _POLYGON) & shapely.is_valid(coarse)
    return as_array(np.where(whole & ~shapely.is_empty(coarse), coarse, largest))
