"""One moment of control: who holds which ground, as polygons that do not overlap."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, GeometryError
from geoevents.geodesy.measurement import in_lonlat
from geoevents.territory import overlaps as claims
from geoevents.territory.chains import Chain, chain
from geoevents.territory.noise import narrow
from geoevents.territory.repair import Check, Repair, repaired

Geometries = NDArray[Any]
Ints = NDArray[np.int64]

_SHOWN = 8

NOBODY = "nobody"
"""The holder of ground that lies outside all polygons."""


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


class RowLabels(Sequence[str]):
    """
    What errors call the rows of a frame.

    Parameters
    ----------
    index : pandas.Index
        The frame's index.
    what : str
        Which frame: "before", "after".
    """

    def __init__(self, index: "pd.Index[Any]", what: str = "") -> None:
        self._index = index
        self._what = f"{what} " if what else ""

    def __len__(self) -> int:
        return len(self._index)

    def __getitem__(self, row: Any) -> Any:
        return f"{self._what}row {self._index[row]!r}"


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
        raise GeoeventsError(f"overlaps={overlaps!r} is not one of {allowed}")


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
            f"ground, its holder in the column {actor!r}"
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


def holders(frame: pd.DataFrame, actor: str, what: str, labels: Sequence[str]) -> list[str]:
    """
    Read who holds each row.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows.
    actor : str
        The column.
    what : str
        What errors call the frame.
    labels : sequence of str
        What errors call each row.

    Returns
    -------
    list of str
        The names, without white space round them.

    Raises
    ------
    GeoeventsError
        If there is no such column, a row has no name, or one is called "nobody".
    """
    if actor not in frame:
        there = ", ".join(repr(str(name)) for name in frame.columns[:_SHOWN])
        raise GeoeventsError(
            f"{what} has no column {actor!r} that says who holds each row; it has {there}. Name "
            f"the column with actor=..., or add one: {what}.assign({actor}='...')"
        )
    names = [name.strip() if isinstance(name, str) else name for name in frame[actor].tolist()]
    for row, name in enumerate(names):
        if not isinstance(name, str):
            if not pd.api.types.is_scalar(name):
                raise GeoeventsError(
                    f"{labels[row]}: its {actor} is a {type(name).__name__}, not a name"
                )
            names[row] = "" if pd.isna(name) else str(name)
        if not names[row]:
            raise GeoeventsError(
                f"{labels[row]} has no {actor}: name who holds it, or leave the row out if nobody "
                "does"
            )
        if names[row] == NOBODY:
            raise GeoeventsError(
                f"{labels[row]}: {actor} is {NOBODY!r}, which stands for ground outside all rows: "
                "leave the row out"
            )
    return names


def degrees(frame: gpd.GeoDataFrame, what: str) -> Geometries:
    """
    Take the geometries of a frame, in lon/lat.

    Parameters
    ----------
    frame : GeoDataFrame
        Any CRS; none is an error unless there is nothing in it.
    what : str
        What errors call the frame.

    Returns
    -------
    numpy.ndarray of shapely geometries
        In degrees, as they are.

    Raises
    ------
    GeometryError
        If there is no geometry column or no CRS.
    """
    try:
        series = frame.geometry
    except AttributeError:
        raise GeometryError(
            f"{what} has no active geometry column: choose one with .set_geometry(...)"
        ) from None
    if series.crs is None and series.isna().all():
        return np.asarray(series.array)
    try:
        return np.asarray(in_lonlat(series).array)
    except GeometryError as error:
        raise GeometryError(f"{what}: {error}") from None


def uncertainties(
    frame: pd.DataFrame, uncertainty_m: float | str | None, what: str
) -> NDArray[np.float64]:
    """
    Read how far off the outlines of rows may be.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows.
    uncertainty_m : float or str, optional
        Metres, or the column that holds them; the column ``uncertainty_m`` if there is one.
    what : str
        What errors call the frame.

    Returns
    -------
    numpy.ndarray of float
        Metres for each row, NaN where it is not said.

    Raises
    ------
    GeoeventsError
        If the column is missing, or a value is no length.
    """
    name = uncertainty_m if isinstance(uncertainty_m, str) else "uncertainty_m"
    if isinstance(uncertainty_m, str) and name not in frame:
        raise GeoeventsError(f"{what} has no column {name!r} of uncertainties")
    if uncertainty_m is not None and not isinstance(uncertainty_m, str):
        values = np.full(len(frame), metres(uncertainty_m, "uncertainty_m"))
    elif name in frame:
        try:
            values = frame[name].to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError):
            raise GeoeventsError(f"{what}: the column {name!r} is not all numbers") from None
        wrong = (values < 0) | np.isinf(values)
        if wrong.any():
            row = frame.index[int(wrong.argmax())]
            raise GeoeventsError(
                f"{what} row {row!r}: {name} is {values[wrong][0]}: give metres, 0 or more"
            )
    else:
        values = np.full(len(frame), np.nan)
    return values


def flags(frame: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """
    Read a column of truth values.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows.
    name : str
        The column; without it, and where a value is missing, the answer is no.

    Returns
    -------
    numpy.ndarray of bool
        One for each row.
    """
    if name not in frame:
        return np.zeros(len(frame), dtype=bool)
    given = frame[name].astype(object)
    return given.where(given.notna(), other=False).to_numpy().astype(bool)


def metres(value: Any, name: str) -> float:
    """
    See that an argument is a length.

    Parameters
    ----------
    value : float
        The argument.
    name : str
        Its name.

    Returns
    -------
    float
        The same.

    Raises
    ------
    GeoeventsError
        If it is no finite number, 0 or more.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise GeoeventsError(f"{name}={value!r} is not a number of metres")
    number = float(value)
    if not (np.isfinite(number) and number >= 0):
        raise GeoeventsError(f"{name}={value!r}: give metres, 0 or more")
    return number
