"""One moment of control: who holds which ground, as polygons that do not overlap."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, shown
from geoevents.territory import overlaps as claims
from geoevents.territory.chains import Chain, chain
from geoevents.territory.columns import RowLabels, degrees, flags, holders, uncertainties
from geoevents.territory.noise import narrow
from geoevents.territory.repair import Check, Repair, repaired

Geometries = NDArray[Any]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Snapshot:
    """
    Who holds which ground at one moment.

    Attributes
    ----------
    actors : tuple of str
        The holders, sorted.
    polygons : numpy.ndarray of shapely geometries
        Valid, in lon/lat, none over another.
    holder : numpy.ndarray of int
        For each polygon the position of its holder in `actors`.
    uncertainty_m : numpy.ndarray of float
        For each polygon how far its outline may be off; NaN where that is not said.
    inferred : numpy.ndarray of bool
        For each polygon whether it was worked out or sketched, not surveyed.
    repairs : tuple of Repair
        What was done to which row.
    overlaps : tuple of dict
        Ground that several rows claimed, and how it was settled.
    """

    actors: tuple[str, ...]
    polygons: Geometries
    holder: Ints
    uncertainty_m: NDArray[np.float64]
    inferred: NDArray[np.bool_]
    repairs: tuple[Repair, ...] = ()
    overlaps: tuple[dict[str, Any], ...] = field(default=())

    @cached_property
    def chain(self) -> Chain:
        """The edges of all polygons."""
        return chain(self.polygons, self.holder)


@dataclass(frozen=True, slots=True)
class Rows:
    """
    Rows of control as they were read.

    Attributes
    ----------
    actors : list of str
        The holder of each row.
    polygons : numpy.ndarray of shapely geometries
        Valid, in lon/lat; None where a row has no ground.
    uncertainty_m : numpy.ndarray of float
        How far each outline may be off; NaN where that is not said.
    inferred : numpy.ndarray of bool
        Whether each was worked out or sketched.
    labels : sequence of str
        What errors call each row.
    repairs : tuple of Repair
        What was done to which row.
    """

    actors: list[str]
    polygons: Geometries
    uncertainty_m: NDArray[np.float64]
    inferred: NDArray[np.bool_]
    labels: Sequence[str]
    repairs: tuple[Repair, ...]


def read_snapshot(
    frame: gpd.GeoDataFrame,
    *,
    actor: str,
    what: str,
    overlaps: claims.Overlaps = "error",
    tolerance_m: float = 0.0,
    uncertainty_m: float | str | None = None,
    check: Check = "all",
) -> Snapshot:
    """
    Take a snapshot out of a frame.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each piece of ground and its holder.
    actor : str
        The column that names the holder.
    what : str
        What errors call the frame: "before", "after".
    overlaps : {"error", "contested", "first"}
        What to do where rows of different actors claim the same ground.
    tolerance_m : float
        Claims that overlap by less are the noise of digitising: the earlier row keeps the ground.
    uncertainty_m : float or str, optional
        How far the outlines may be off, in metres, or the column that says so; the column
        ``uncertainty_m`` if there is one.
    check : {"all", "ground", "later"}
        What is checked of large polygons, as `repaired` takes it.

    Returns
    -------
    Snapshot
        The polygons, repaired if need be.

    Raises
    ------
    GeometryError
        If the frame has no geometry or no CRS, or a row cannot be repaired: it names the row.
    OverlapError
        If rows claim the same ground and `overlaps` is "error".
    GeoeventsError
        If the column of holders is missing, or a row has none.
    """
    check_way(overlaps)
    rows = read_rows(frame, actor=actor, what=what, uncertainty_m=uncertainty_m, check=check)
    there = np.flatnonzero(~shapely.is_missing(rows.polygons))
    found, _ = settled(rows, there, what=what, overlaps=overlaps, tolerance_m=tolerance_m)
    return found


def check_way(overlaps: str) -> None:
    """
    See that `overlaps` is one of the words it may be.

    Parameters
    ----------
    overlaps : str
        The argument.

    Raises
    ------
    GeoeventsError
        If it is not.
    """
    if overlaps not in claims.WAYS:
        allowed = ", ".join(map(repr, claims.WAYS))
        raise GeoeventsError(f"overlaps={shown(overlaps)} is not one of {allowed}")


def read_rows(
    frame: gpd.GeoDataFrame,
    *,
    actor: str,
    what: str,
    uncertainty_m: float | str | None,
    check: Check = "all",
) -> Rows:
    """
    Read the rows of a frame.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each piece of ground and its holder.
    actor : str
        The column that names the holder.
    what : str
        What errors call the frame.
    uncertainty_m : float or str, optional
        How far the outlines may be off, in metres, or the column that says so.
    check : {"all", "ground", "later"}
        What is checked of large polygons, as `repaired` takes it.

    Returns
    -------
    Rows
        The rows, repaired if need be; they may overlap.

    Raises
    ------
    GeoeventsError
        As `read_snapshot` does.
    """
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeoeventsError(
            f"{what} is a {type(frame).__name__}: give a GeoDataFrame with a row for each piece of "
            f"ground, its holder in the column {shown(actor)}"
        )
    labels = RowLabels(frame.index, what)
    names = holders(frame, actor, what, labels)
    polygons, repairs = repaired(degrees(frame, what), labels, check=check)
    bands = uncertainties(frame, uncertainty_m, what)
    return Rows(names, polygons, bands, flags(frame, "inferred"), labels, repairs)


def settled(
    rows: Rows,
    positions: NDArray[np.intp],
    *,
    what: str,
    overlaps: claims.Overlaps,
    tolerance_m: float,
) -> tuple[Snapshot, list[tuple[int, ...]]]:
    """
    Take some rows as one moment, and let no ground be held twice.

    Parameters
    ----------
    rows : Rows
        The rows.
    positions : numpy.ndarray of int
        Which of them; each has ground.
    what : str
        What errors call the frame.
    overlaps : {"error", "contested", "first"}
        What to do where rows of different actors claim the same ground.
    tolerance_m : float
        Claims that overlap by less are noise.

    Returns
    -------
    Snapshot
        The moment.
    list of tuple of int
        The positions of the rows that each of its polygons is from.

    Raises
    ------
    OverlapError
        If rows claim the same ground and `overlaps` is "error".
    """
    places = positions.tolist()
    ground = claims.Ground(
        rows.polygons[positions], [rows.actors[row] for row in places], [(row,) for row in places]
    )
    told: list[dict[str, Any]] = []
    if len(places) > 1:
        ground, told = _settled(ground, rows.labels, what, overlaps, tolerance_m)
    actors = tuple(sorted(set(ground.actors)))
    number = {name: i for i, name in enumerate(actors)}
    bands, guessed = rows.uncertainty_m, rows.inferred
    snapshot = Snapshot(
        actors,
        ground.polygons,
        np.array([number[name] for name in ground.actors], dtype=np.int64),
        np.array([_largest(bands, some) for some in ground.rows], dtype=np.float64),
        np.array([guessed[[*some]].any() for some in ground.rows], dtype=bool),
        rows.repairs,
        tuple(told),
    )
    return snapshot, ground.rows


def _largest(values: NDArray[np.float64], rows: tuple[int, ...]) -> float:
    """Give the largest value of some rows, NaN if none is known."""
    return float(values[rows[0]] if len(rows) == 1 else np.fmax.reduce(values[[*rows]]))


def _settled(
    ground: claims.Ground,
    labels: Sequence[str],
    what: str,
    way: claims.Overlaps,
    tolerance_m: float,
) -> tuple[claims.Ground, list[dict[str, Any]]]:
    """Let no ground be held twice; say what was."""
    one, other = claims.meeting(ground.polygons)
    names = np.array(ground.actors, dtype=object)
    same = names[one] == names[other]
    told = [
        {
            "rows": [labels[ground.rows[a][0]], labels[ground.rows[b][0]]],
            "actors": [names[a]],
            "settled": "joined",
        }
        for a, b in zip(one[same].tolist(), other[same].tolist(), strict=True)
    ]
    if way == "first":  # row by row: a joined row would win with the place of its first
        found = claims.claims(ground, one, other)
    else:
        if same.any():
            ground = claims.joined(ground, one[same], other[same])
            if not same.all():
                one, other = claims.meeting(ground.polygons)
                same = np.zeros(len(one), dtype=bool)
        found = claims.claims(ground, one[~same], other[~same])
    if not found:
        return ground, told
    thin = [bool(narrow(shapely.get_parts(o.geometry), tolerance_m).all()) for o in found]
    if way == "error":
        wide = [overlap for overlap, is_thin in zip(found, thin, strict=True) if not is_thin]
        claims.refuse(wide, ground, labels, what)
    for overlap, is_thin in zip(found, thin, strict=True):
        if len({ground.actors[position] for position in overlap.rows}) == 1:
            continue
        claim: dict[str, Any] = {
            "rows": [labels[ground.rows[position][0]] for position in overlap.rows],
            "actors": [ground.actors[position] for position in overlap.rows],
            "area_km2": overlap.area_km2,
            "settled": "first" if is_thin else way,
        }
        told.append(claim)
    return claims.settle(ground, found, way, tolerance_m), told
