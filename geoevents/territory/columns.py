"""The columns of a frame of control: who holds each row, its ground, and how well that is known."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, GeometryError, shown
from geoevents.geodesy.measurement import in_lonlat

Geometries = NDArray[Any]

_SHOWN = 8

NOBODY = "nobody"
"""The holder of ground that lies outside all polygons."""


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
        label = self._index[row]
        parts = label if isinstance(label, tuple) else (label,)
        plain = tuple(part.item() if isinstance(part, np.generic) else part for part in parts)
        return f"{self._what}row {shown(plain if isinstance(label, tuple) else plain[0])}"


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
            f"{what} has no column {shown(actor)} that says who holds each row; it has {there}. "
            f"Name the column with actor=..., or add one: {what}.assign({actor}='...')"
        )
    if isinstance(frame[actor], pd.DataFrame):
        raise GeoeventsError(f"{what} has the column {shown(actor)} twice: keep one".strip())
    names = [name.strip() if isinstance(name, str) else name for name in frame[actor].tolist()]
    for row, name in enumerate(names):
        if not isinstance(name, str):
            if isinstance(name, bytes) or not pd.api.types.is_scalar(name):
                raise GeoeventsError(
                    f"{labels[row]}: its {actor} is a {type(name).__name__}, not a name"
                )
            # Whole numbers become decimals as soon as one of a column is missing.
            whole = isinstance(name, float) and name.is_integer()
            names[row] = "" if pd.isna(name) else str(int(name) if whole else name)
        if not names[row]:
            raise GeoeventsError(
                f"{labels[row]} has no {actor}: name who holds it, or leave the row out if nobody "
                "does"
            )
        if names[row] == NOBODY:
            raise GeoeventsError(
                f"{labels[row]}: {actor} is {shown(NOBODY)}, which stands for ground outside all "
                "rows: leave the row out"
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
        raise GeometryError(f"{what}: {error}" if what else str(error)) from None


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
        raise GeoeventsError(f"{what} has no column {shown(name)} of uncertainties")
    if uncertainty_m is not None and not isinstance(uncertainty_m, str):
        values = np.full(len(frame), metres(uncertainty_m, "uncertainty_m"))
    elif name in frame:
        try:
            values = frame[name].to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError):
            raise GeoeventsError(f"{what}: the column {shown(name)} is not all numbers") from None
        wrong = (values < 0) | np.isinf(values)
        if wrong.any():
            row = frame.index[int(wrong.argmax())]
            raise GeoeventsError(
                f"{what} row {shown(row)}: {name} is {values[wrong][0]}: give metres, 0 or more"
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

    Raises
    ------
    GeoeventsError
        If a value is neither true nor false: it names the row.
    """
    if name not in frame:
        return np.zeros(len(frame), dtype=bool)
    given = frame[name].astype(object)
    given = given.where(given.notna(), other=False)
    wrong = ~given.isin([True, False]).to_numpy()
    if wrong.any():
        row = RowLabels(frame.index)[int(wrong.argmax())]
        raise GeoeventsError(f"{row}: {name} is {shown(given[wrong].iloc[0])}: give True or False")
    return given.to_numpy().astype(bool)


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
        raise GeoeventsError(f"{name}={shown(value)} is not a number of metres")
    number = float(value)
    if not (np.isfinite(number) and number >= 0):
        raise GeoeventsError(f"{name}={shown(value)}: give metres, 0 or more")
    return number
