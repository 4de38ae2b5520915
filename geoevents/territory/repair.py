"""Polygons as people hand them in, made fit to be compared: repaired and told, or refused."""

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy.lonlat import unrolled
from geoevents.geodesy.validity import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Geometries = NDArray[Any]
    Mask = NDArray[np.bool_]

_LARGE = 256  # vertices: from here on checking costs more than remembering what was checked
_POLYGON, _MULTIPOLYGON = 3, 6  # GEOS types
_COLLECTION = 4  # and above
_SURFACE = 2
_HALF_TURN, _FULL_TURN, _POLE = 180.0, 360.0, 90.0
_LONGEST = 120.0  # degrees: a longer edge's geodesic runs near a pole
_TOLD = 5
_SOUND, _HELD_ONCE = Memory(), Memory()

Check = Literal["all", "ground", "later"]


class RepairWarning(UserWarning):
    """Control polygons were repaired before they were compared: the message says which, and how."""


@dataclass(frozen=True, slots=True)
class Repair:
    """
    What was done to one row.

    Attributes
    ----------
    row : int
        Its position.
    label : str
        What errors call it.
    done : str
        What was wrong and what was done.
    """

    row: int
    label: str
    done: str


def repaired(
    geometries: "Geometries", labels: "Sequence[str]", *, check: Check = "all"
) -> tuple["Geometries", tuple[Repair, ...]]:
    """
    Make geometries valid polygons in longitude and latitude, from -180 to 180, without heights.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        In degrees; missing ones and those without ground become None.
    labels : sequence of str
        What to call each of them.
    check : {"all", "ground", "later"}
        Whether polygons of many vertices must be valid, or may be among those whose ground is known
        to be held once (`remember_ground`), or are not checked now: then the caller does.

    Returns
    -------
    tuple of numpy.ndarray and tuple of Repair
        The polygons, and what was done to which row. What needed nothing is the same object.

    Raises
    ------
    GeometryError
        For coordinates that are no longitude and latitude, for an edge of more than 120
        degrees of longitude the short way, and for what holds no ground though it is not empty
        (points, lines, a ring of no width): it names the row.

    Notes
    -----
    Rings are taken in whatever direction they run. A shape that crosses itself is repaired by
    `shapely.make_valid` with ``method="structure"``: what a ring goes round is inside, so both
    halves of a bow-tie stay, ground drawn twice counts once, and holes that touch along a line are
    one hole. Steps of longitude beyond 180 degrees go the short way: such a shape is cut in two at
    the antimeridian.
    """
    good = _sound(geometries, check)
    if good.all():
        return geometries, ()
    found = geometries.copy()
    done: list[Repair] = []
    for row in np.flatnonzero(~good).tolist():
        found[row], what = _mended(geometries[row], labels[row])
        done += [Repair(row, labels[row], text) for text in what]
    return found, tuple(done)


def tell(repairs: "Sequence[Repair]", what: str, stacklevel: int) -> None:
    """
    Warn of what was repaired, in one warning.

    Parameters
    ----------
    repairs : sequence of Repair
        What was done.
    what : str
        Whose rows they are: "before", "after".
    stacklevel : int
        As `warnings.warn` takes it, counted from the caller.
    """
    if not repairs:
        return
    text = "; ".join(f"{repair.label} {repair.done}" for repair in repairs[:_TOLD])
    more = f"; and {len(repairs) - _TOLD} more" if len(repairs) > _TOLD else ""
    warnings.warn(f"{what}: {text}{more}", RepairWarning, stacklevel=stacklevel + 1)


def remember_ground(geometry: Any) -> None:
    """
    Remember that a polygon's ground is held once.

    Parameters
    ----------
    geometry : shapely Polygon or MultiPolygon
        A polygon in which the rings go round every point once or not at all. It may not be valid by
        the letter, as where a ring touches itself.
    """
    _HELD_ONCE.add(geometry)


def is_unknown(geometry: Any) -> bool:
    """
    Tell whether a polygon is one that `repaired` may leave unchecked.

    Parameters
    ----------
    geometry : shapely Polygon or MultiPolygon
        The polygon.

    Returns
    -------
    bool
        Whether it has many vertices, and neither was found valid nor is its ground known to be held
        once.
    """
    large = bool(shapely.get_num_coordinates(geometry) >= _LARGE)
    return large and geometry not in _SOUND and geometry not in _HELD_ONCE


def _sound(geometries: "Geometries", check: Check) -> "Mask":
    """Tell what needs no repair; what was found sound is remembered, as geometries never change."""
    kind = shapely.get_type_id(geometries)
    sound: Mask = (kind == _POLYGON) | (kind == _MULTIPOLYGON)
    large = shapely.get_num_coordinates(geometries) >= _LARGE
    known = large.copy()
    known[large] = [
        geometry in _SOUND or (check != "all" and geometry in _HELD_ONCE)
        for geometry in geometries[large]
    ]
    rest = sound & ~known
    if not rest.any():
        return sound
    west, south, east, north = shapely.bounds(geometries[rest]).T
    within = (west >= -_HALF_TURN) & (east <= _HALF_TURN) & (south >= -_POLE) & (north <= _POLE)
    within &= ~(shapely.has_z(geometries[rest]) | shapely.has_m(geometries[rest]))
    within &= shapely.get_precision(geometries[rest]) == 0
    wide = within & (east - west > _LONGEST)
    within[wide] = [
        _steps(geometry).max(initial=0.0) <= _LONGEST for geometry in geometries[rest][wide]
    ]
    if check == "later":
        ours = geometries[rest]
        now = within & ~large[rest]
        within[~now & within] = [_is_finite(geometry) for geometry in ours[~now & within]]
    else:
        now = within
    if now.any():
        within[now] = shapely.is_valid(geometries[rest][now])
    sound[rest] = within
    if check != "later":
        for geometry in geometries[sound & large & ~known]:
            _SOUND.add(geometry)
    return sound


def _is_finite(geometry: "shapely.Geometry") -> bool:
    return bool(np.isfinite(shapely.get_coordinates(geometry)).all())


def _steps(geometry: "shapely.Geometry") -> "NDArray[np.float64]":
    """Give the steps of longitude of all edges, as they are written."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    found: NDArray[np.float64] = np.abs(np.diff(xy[:, 0])[ring[1:] == ring[:-1]])
    return found


def _mended(geometry: Any, label: str) -> tuple[Any, list[str]]:
    """Repair one geometry; say what was done."""
    if geometry is None or geometry.is_empty:
        empty = "no geometry" if geometry is None else "an empty geometry"
        return None, [f"has {empty}: taken as holding nothing"]
    done: list[str] = []
    _see_coordinates(geometry, label)
    if shapely.get_precision(geometry):  # a grid would round what is cut later
        geometry = shapely.set_precision(geometry, 0, mode="pointwise")
    if shapely.has_z(geometry) or shapely.has_m(geometry):
        geometry = shapely.force_2d(geometry)
        done.append("has heights: left out")
    parts = _parts(geometry)
    solid = shapely.get_dimensions(parts) == _SURFACE
    if not solid.any():
        raise GeometryError(
            f"{label} is a {geometry.geom_type}, which holds no ground: control is polygons. Give "
            "a point or a line its surroundings first, with geoevents.locate or "
            "geoevents.geodesy.buffer"
        )
    if not solid.all():
        done.append(f"holds {int((~solid).sum())} points or lines beside its polygons: left out")
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        geometry = parts[solid][0] if solid.sum() == 1 else shapely.multipolygons(parts[solid])
    geometry, turned = _turned(geometry, label)
    done += turned
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        geometry = _polygonal(shapely.make_valid(geometry, method="structure"))
        if geometry.is_empty:
            raise GeometryError(f"{label} encloses no ground ({reason}): draw it again")
        done.append(f"is not valid ({reason}): repaired with shapely.make_valid")
    if shapely.get_num_coordinates(geometry) >= _LARGE:
        _SOUND.add(geometry)
    return geometry, done


def _turned(geometry: Any, label: str) -> tuple[Any, list[str]]:
    """Bring longitudes to within ±180, and cut what crosses the antimeridian."""
    west, _, east, _ = geometry.bounds
    steps = _steps(geometry)
    short = np.abs((steps + _HALF_TURN) % _FULL_TURN - _HALF_TURN)
    long = steps[(short > _LONGEST) | (steps >= _FULL_TURN)]
    if len(long):
        raise GeometryError(
            f"{label} has an edge of {long[0]:g} degrees of longitude, and what it holds "
            "hangs on which way that edge goes: give it more vertices with "
            "shapely.segmentize(geometry, 10)"
        )
    beyond = west < -_HALF_TURN or east > _HALF_TURN
    if not beyond and steps.max(initial=0.0) <= _HALF_TURN:
        return geometry, []
    geometry = unrolled(geometry)
    if beyond and geometry.bounds[2] - geometry.bounds[0] < _HALF_TURN:
        return geometry, ["has longitudes beyond ±180: turned back"]
    return geometry, ["crosses the antimeridian: cut in two there"]


def _see_coordinates(geometry: Any, label: str) -> None:
    xy = shapely.get_coordinates(geometry)
    good = (np.abs(xy[:, 0]) <= _FULL_TURN) & (np.abs(xy[:, 1]) <= _POLE)
    if not good.all():
        first = xy[int(good.argmin())]
        raise GeometryError(
            f"{label} has a vertex ({first[0]}, {first[1]}) that is not a longitude and a latitude "
            "within ±90 degrees: check its CRS and the order of its coordinates"
        )


def _parts(geometry: Any) -> "Geometries":
    parts = shapely.get_parts(np.array([geometry], dtype=object))
    while (shapely.get_type_id(parts) >= _COLLECTION).any():
        parts = shapely.get_parts(parts)
    found: Geometries = parts[~shapely.is_empty(parts)]
    return found


def _polygonal(geometry: Any) -> Any:
    """Keep the polygons of what `make_valid` gave."""
    parts = _parts(geometry)
    parts = parts[shapely.get_dimensions(parts) == _SURFACE]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
