"""Whether polygons in lon/lat can be measured: nothing wrong is measured silently."""

import weakref
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.geodesy.edges import to_equator

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geoevents.geodesy.rings import Rings

    Floats = NDArray[np.float64]

_LARGE = 256  # vertices: from here on, checking costs more than remembering what was checked
_STRAIGHT = 2.0  # degrees: below, a geodesic and a straight line differ by less than 500 m
_POLE = 90.0
_HIGH = 75.0  # degrees of latitude
_TURN = 360.0
_MULTIPOLYGON = 6  # GEOS type
_INTERIORS_MEET = "T********"  # DE-9IM


class Labels(Protocol):
    """What to call each geometry in an error."""

    def __getitem__(self, row: int, /) -> str: ...


class Memory:
    """Objects already seen, by identity; forgets them when they are gone."""

    def __init__(self) -> None:
        self._seen: dict[int, weakref.ref[Any]] = {}

    def __contains__(self, thing: object) -> bool:
        seen = self._seen.get(id(thing))
        return seen is not None and seen() is thing

    def add(self, thing: object) -> None:
        """
        Remember an object.

        Parameters
        ----------
        thing : object
            Anything that can be weakly referenced.
        """
        key = id(thing)
        self._seen[key] = weakref.ref(thing, lambda _: self._seen.pop(key, None))


_VALID = Memory()


def check_polygons(geometries: "NDArray[Any]", labels: "Labels", rings: "Rings") -> None:
    """
    Raise an error unless every polygon is valid.

    Parameters
    ----------
    geometries : numpy.ndarray of shapely geometries
        Those the rings come from.
    labels : sequence of str
        What to call each of them in an error.
    rings : Rings
        Their rings.

    Raises
    ------
    GeometryError
        Naming the first geometry that is not valid, and why.
    """
    row = rings.row[rings.polygon]
    rows = row[:1] if row[0] == row[-1] else np.unique(row)
    large = len(rings.lon) >= _LARGE * len(rows)
    if large:  # shapely geometries never change, so what was valid still is
        rows = np.array([r for r in rows if geometries[r] not in _VALID], dtype=np.intp)
        if not len(rows):
            return
    check_coordinates(labels, rings.lon, rings.lat, rings.per_vertex(row))
    closer = rows[_bent(rings, row, rows)]
    plain = np.setdiff1d(rows, closer)
    faults = dict.fromkeys(plain[~shapely.is_valid(geometries[plain])].tolist(), "")
    if len(closer):
        faults |= _geodesic_faults(geometries, rings.only(np.isin(row, closer)))
    if faults:
        first, *others = sorted(faults)
        reason = faults[first] or shapely.is_valid_reason(geometries[first])
        more = f" ({len(others)} more rows are not valid either)" if others else ""
        raise GeometryError(
            f"{labels[first]} is not valid: {reason}; repair it with shapely.make_valid{more}"
        )
    if large:
        for r in rows:
            _VALID.add(geometries[r])


def check_coordinates(
    labels: "Labels", lon: "Floats", lat: "Floats", row_of_vertex: "NDArray[np.intp]"
) -> None:
    """
    Raise an error unless every vertex is a longitude and a latitude.

    Parameters
    ----------
    labels : sequence of str
        What to call each geometry in an error.
    lon, lat : numpy.ndarray
        The vertices.
    row_of_vertex : numpy.ndarray
        For each vertex, the number of its geometry.

    Raises
    ------
    GeometryError
        Naming the first geometry with a vertex that is not finite or lies beyond ±90 degrees.
    """
    good = (np.abs(lat) <= _POLE) & np.isfinite(lon)
    if not good.all():
        first = int(good.argmin())
        raise GeometryError(
            f"{labels[row_of_vertex[first]]} has a vertex ({lon[first]}, {lat[first]}) that is "
            "not a longitude and a latitude within ±90 degrees: check its CRS and the order of "
            "its coordinates"
        )


def _bent(rings: "Rings", row: "NDArray[np.intp]", rows: "NDArray[np.intp]") -> "NDArray[np.bool_]":
    """
    Tell rows that straight lines in the lon/lat plane do not show as they are.

    Their edges cross the antimeridian, or are so wide that the geodesic strays from the straight
    line, or they are more than 360 degrees wide.
    """
    lon = rings.lon
    if rings.widest <= _STRAIGHT and lon.max() - lon.min() <= _TURN:
        return np.zeros(len(rows), dtype=bool)
    raw = np.abs(np.diff(lon, append=lon[-1]))
    raw[rings.gaps()] = 0.0
    size = int(row.max()) + 1
    wide, west, east = np.zeros(size), np.full(size, np.inf), np.full(size, -np.inf)
    np.maximum.at(wide, row, np.maximum.reduceat(raw, rings.start))
    np.minimum.at(west, row, np.minimum.reduceat(lon, rings.start))
    np.maximum.at(east, row, np.maximum.reduceat(lon, rings.start))
    found: NDArray[np.bool_] = ((wide > _STRAIGHT) | (east - west > _TURN))[rows]
    return found


def _geodesic_faults(geometries: "NDArray[Any]", rings: "Rings") -> dict[int, str]:
    """Find what is wrong once longitudes are unrolled and wide edges drawn as geodesics."""
    pieces = np.ceil(np.abs(rings.step) / _STRAIGHT).clip(1).astype(np.intp)
    rings = rings.cut(np.where(rings.edges(), pieces, 1))
    lon = rings.unrolled()
    first = np.ones(len(rings.polygon), dtype=bool)
    first[1:] = rings.polygon[1:] != rings.polygon[:-1]
    shell = np.flatnonzero(first)[np.cumsum(first) - 1]  # of each ring
    west = np.minimum.reduceat(lon, rings.start)
    # A hole lies in its shell: move it there by whole turns.
    lon += rings.per_vertex(_TURN * np.ceil((west[shell] - 1e-9 - west) / _TURN))
    ends = np.append(rings.start[1:], len(lon)) - 1
    lon[ends[rings.turned != 0]] = lon[rings.start[rings.turned != 0]]  # closed, seen from above
    number = rings.per_vertex(np.arange(len(rings.start)))
    lines = shapely.linearrings(np.column_stack([lon, rings.lat]), indices=number)
    flat = shapely.polygons(lines, indices=np.cumsum(first) - 1)

    under = np.add.reduceat(to_equator(rings.lat, rings.step, rings.gaps(), 0.0)[0], rings.start)
    pole = np.where(rings.turned == 0, 0, np.where(under * rings.turned >= 0, 1, -1))
    row = rings.row[rings.polygon]
    faults: dict[int, str] = {}
    for ring in np.flatnonzero(rings.turned):
        if abs(rings.turned[ring]) > 1:
            faults[int(row[ring])] = "a ring goes round the earth more than once"
        elif not pole[shell[ring]]:
            faults[int(row[ring])] = "a hole goes round a pole but its shell does not"

    polar = np.isin(row[first], row[pole != 0])
    bad = ~polar & ~shapely.is_valid(flat)
    for r, polygon in zip(row[first][bad].tolist(), flat[bad], strict=True):
        _, south, _, north = polygon.bounds
        if (
            max(north, -south) > _HIGH
            and _from_above(polygon, 1 if north > -south else -1).is_valid
        ):
            continue  # the lon/lat plane tears what lies close to a pole
        faults[r] = (
            f"{shapely.is_valid_reason(polygon)} (its edges being geodesics, that go the short way "
            "round: if they should not, add vertices with shapely.segmentize)"
        )
    # Polygons of a row stand together. Most rows are one polygon, less than a turn wide.
    rows, begin, many = np.unique(row[first], return_index=True, return_counts=True)
    west, _, east, _ = shapely.bounds(flat).T
    wide = np.maximum.reduceat(east, begin) - np.minimum.reduceat(west, begin) > _TURN
    whole = shapely.get_type_id(geometries[rows]) == _MULTIPOLYGON
    around = np.logical_or.reduceat(polar, begin)
    for i in np.flatnonzero(wide | around | (whole & (many > 1))):
        r, mine = int(rows[i]), slice(begin[i], begin[i] + many[i])
        if r in faults:
            continue
        fault = (
            _polar_fault(flat[mine], pole[first][mine], whole=bool(whole[i]))
            if around[i]
            else _overlap(flat[mine], whole=bool(whole[i]), turns=True)
        )
        if fault:
            faults[r] = fault
    return faults


def _width(flat: "NDArray[Any]") -> float:
    west, _, east, _ = shapely.total_bounds(flat)
    return float(east - west)


def _from_above(polygons: Any, up: int) -> Any:
    """Polygons as they look from above a pole: 1 for the north pole, -1 for the south."""

    def plane(lonlat: "Floats") -> "Floats":
        away, lon = _POLE - up * lonlat[:, 1], np.radians(np.remainder(lonlat[:, 0], _TURN))
        return np.column_stack([away * np.cos(lon), away * np.sin(lon)])

    return shapely.transform(polygons, plane)


def _polar_fault(flat: "NDArray[Any]", pole: "NDArray[np.intp]", *, whole: bool) -> str | None:
    """Look from above the poles at polygons of which some go round one."""
    _, south, _, north = shapely.bounds(flat).T
    if whole and south[pole > 0].min(initial=_POLE) < north[pole < 0].max(initial=-_POLE):
        return "its parts round the two poles may overlap: measure them one by one"
    for up in (1, -1):
        if not (pole == up).any():
            continue
        seen = _from_above(flat[pole != -up], up)
        bad = seen[~shapely.is_valid(seen)]
        if len(bad):
            side = "north" if up > 0 else "south"
            return f"{shapely.is_valid_reason(bad[0])} (in degrees from the {side} pole)"
        if fault := _overlap(seen, whole=whole, turns=False):
            return fault
    return None


def _overlap(flat: "NDArray[Any]", *, whole: bool, turns: bool) -> str | None:
    """
    Say where valid plane polygons cover ground twice.

    A polygon may lie over itself a turn further east; polygons over one another, if they are
    meant to be one whole.
    """
    tree = shapely.STRtree(flat)
    shapely.prepare(flat)
    size = shapely.get_num_coordinates(flat)
    for turn in range(int(_width(flat) // _TURN) + 1 if turns else 1):
        moved = shapely.transform(flat, lambda xy, by=turn * _TURN: xy + np.array([by, 0.0]))
        shapely.prepare(moved)
        one, other = tree.query(moved)
        meant = (one < other) & whole if turn == 0 else (one == other) | whole
        one, other = one[meant], other[meant]
        # The larger of a pair is the one that is worth having been prepared.
        swap = size[one] < size[other]
        large, small = (
            np.where(swap, flat[other], moved[one]),
            np.where(swap, moved[one], flat[other]),
        )
        near = shapely.intersects(large, small)
        large, small = large[near], small[near]
        meet = shapely.relate_pattern(large, small, _INTERIORS_MEET)
        if meet.any():
            place = shapely.intersection(*shapely.make_valid([large[meet][0], small[meet][0]]))
            return f"it covers ground twice, at {place.representative_point().wkt}"
    return None
