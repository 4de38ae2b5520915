"""Ground too narrow to have changed hands: what separately drawn lines leave between them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.geodesy.equalarea import EqualArea

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[Any]

_POLYGON = 3  # GEOS type
_SAG_M = 121.0  # at most this far runs an edge of a degree from the straight line in a plane
_FINE = 0.05  # of a tolerance: how exactly edges are flattened
_SLACK = 1.2  # how much further what is left is widened again than it was narrowed


def broad(parts: "Geometries", tolerance_m: float) -> "Geometries":
    """
    Cut off what is narrower than a tolerance.

    Parameters
    ----------
    parts : numpy.ndarray of shapely polygons
        Valid, in lon/lat.
    tolerance_m : float
        In metres, above 0.

    Returns
    -------
    numpy.ndarray of shapely geometries
        What is left of each, with the vertices it had but where a narrow tail was cut off; empty
        where all of it is narrow.

    Notes
    -----
    A morphological opening (Serra 1982): each part is narrowed by half the tolerance and widened
    again, in an equal-area plane about its own middle, with mitred corners so that corners stay.
    The part is then cut to what that reaches.

    References
    ----------
    Serra, J. (1982). Image analysis and mathematical morphology. Academic Press.
    """
    found = parts.copy()
    for i, part in enumerate(parts):
        west, south, east, north = part.bounds
        plane = EqualArea((west + east) / 2, (south + north) / 2)
        flat = flattened(part, plane, _FINE * tolerance_m)
        core = flat.buffer(-tolerance_m / 2, join_style="mitre")
        if core.is_empty:
            found[i] = shapely.Polygon()
            continue
        reach = core.buffer(_SLACK * tolerance_m / 2, join_style="mitre")
        if shapely.covers(reach, flat):
            continue
        around = shapely.transform(reach, plane.inverse)
        if not around.is_valid:
            around = shapely.make_valid(around, method="structure")
        found[i] = _surfaces(shapely.intersection(part, around))
    return found


def flattened(geometry: Any, plane: EqualArea, off_m: float) -> Any:
    """
    Project a geometry whose edges are straight in longitude and latitude.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat.
    plane : EqualArea
        A plane about its middle.
    off_m : float
        How far an edge may run from where it belongs, in metres: long edges get more vertices.

    Returns
    -------
    shapely geometry
        In metres.
    """
    return shapely.transform(shapely.segmentize(geometry, (off_m / _SAG_M) ** 0.5), plane.forward)


def narrow(parts: "Geometries", tolerance_m: float) -> "NDArray[np.bool_]":
    """
    Tell which polygons are narrower than a tolerance everywhere.

    Parameters
    ----------
    parts : numpy.ndarray of shapely polygons
        Valid, in lon/lat.
    tolerance_m : float
        In metres; nothing is narrower than 0.

    Returns
    -------
    numpy.ndarray of bool
        One for each.
    """
    if tolerance_m == 0:
        return np.zeros(len(parts), dtype=bool)
    empty: NDArray[np.bool_] = shapely.is_empty(broad(parts, tolerance_m))
    return empty


def _surfaces(geometry: Any) -> Any:
    """Leave out the points and lines at which polygons touched."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    parts = shapely.get_parts(geometry)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])
