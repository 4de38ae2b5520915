"""Frames as a map reads them: in degrees, text, figures and dates whatever the columns hold."""

import re
import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError, GeometryError, shown
from geoevents.maps import shapes
from geoevents.maps.columns import distinct, in_range, indices, strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL_TURN = 360.0
"""Degrees around the globe."""

_HAIR = 1e-6


def degrees(frame: pd.DataFrame, what: str) -> gpd.GeoDataFrame:
    """
    Take a frame to longitude and latitude.

    Parameters
    ----------
    frame : GeoDataFrame
        In any coordinate reference system.
    what : str
        What errors call the frame.

    Returns
    -------
    GeoDataFrame
        The same rows in EPSG:4326.

    Raises
    ------
    GeoeventsError
        If there is no geometry column, or a column stands twice.
    GeometryError
        If there is no coordinate reference system, or a position is off the Earth.
    """
    if not isinstance(frame, gpd.GeoDataFrame) or frame._geometry_column_name not in frame:  # noqa: SLF001 -- `.geometry` raises, this asks
        raise GeoeventsError(
            f"{what} has no geometry column. geoevents.attach(events) finds one from the "
            "locality column; geopandas.points_from_xy makes one from longitude and latitude."
        )
    if frame.geometry.isna().all():
        return frame if frame.crs is not None else frame.set_crs(4326)
    if frame.crs is None:
        raise GeometryError(
            f"{what} has no coordinate reference system (CRS), so its coordinates may be degrees "
            "or metres of any projection. Say which: frame.set_crs(4326) for longitude and "
            "latitude."
        )
    frame = frame.to_crs(4326)
    if not frame.columns.is_unique:
        repeated = frame.columns[frame.columns.duplicated()][0]
        raise GeoeventsError(f"{what} has the column {shown(repeated)} twice: keep one")
    _see_positions(frame, what)
    return _across(frame)


def _across(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Let shapes that jump from one side of the map to the other cross the antimeridian."""
    found = geometries(frame)
    bounds = shapely.bounds(found)
    wide = np.flatnonzero(bounds[:, 2] - bounds[:, 0] > FULL_TURN / 2)
    if not len(wide):
        return frame
    xy, part = _vertices(found[wide])
    jumps = (np.abs(np.diff(xy[:, 0])) > FULL_TURN / 2) & (part[1:, 0] == part[:-1, 0])
    jumping = np.unique(part[1:, 1][jumps])
    # An edge from 180 W to 180 E is the edge of the map's sheet, not a way round the world.
    sheet = (np.abs(np.abs(xy[:, 0]) - FULL_TURN / 2) < _HAIR) & (np.abs(xy[:, 1]) <= FULL_TURN / 4)
    framed = np.unique(part[1:, 1][jumps & sheet[1:] & sheet[:-1]])
    moved = wide[np.setdiff1d(jumping, framed)]
    if not len(moved):
        return frame
    crossing = found.copy()
    crossing[moved] = shapely.transform(
        found[moved], lambda c: c + np.where(c[:, :1] < 0, [FULL_TURN, 0.0], [0.0, 0.0])
    )
    return frame.set_geometry(gpd.GeoSeries(crossing, index=frame.index, crs=frame.crs))


def _vertices(geometries: "NDArray[Any]") -> tuple["NDArray[np.float64]", "NDArray[np.intp]"]:
    """List the vertices of shapes, and of which path and which shape each is."""
    parts, shape = shapely.get_parts(geometries, return_index=True)
    areas = shapely.get_dimensions(parts) == 2  # noqa: PLR2004 -- surfaces
    rings, owner = shapely.get_rings(parts[areas], return_index=True)
    lines = shapely.get_dimensions(parts) == 1
    paths = np.concatenate([rings, parts[lines]])
    shape = np.concatenate([shape[areas][owner], shape[lines]])
    xy, path = shapely.get_coordinates(paths, return_index=True)
    return xy, np.column_stack([path, shape[path]])


def _see_positions(frame: gpd.GeoDataFrame, what: str) -> None:
    xy, row = shapely.get_coordinates(geometries(frame), return_index=True)
    # A turn to either side is how shapes across the antimeridian are often written.
    wrong = ~((np.abs(xy[:, 0]) <= FULL_TURN) & (np.abs(xy[:, 1]) <= FULL_TURN / 4))
    if wrong.any():
        first = int(wrong.argmax())
        (label,) = frame.index[row[[first]]].tolist()  # a number as Python writes it
        raise GeometryError(
            f"{what}: row {shown(label)} lies at {tuple(xy[first].tolist())}, which "
            "is no longitude and latitude: check its CRS and the order of its coordinates"
        )


def geometries(frame: gpd.GeoDataFrame) -> "NDArray[Any]":
    """
    Return the geometries of a frame as shapely's functions take them.

    Parameters
    ----------
    frame : GeoDataFrame
        Any.

    Returns
    -------
    numpy.ndarray of shapely geometries
        One for each row, ``None`` where missing.
    """
    return shapes.as_array(frame.geometry.array)


def drawable(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Leave out rows without a shape.

    Parameters
    ----------
    frame : GeoDataFrame
        Any.

    Returns
    -------
    GeoDataFrame
        The rows whose geometry is neither missing nor empty.
    """
    found = geometries(frame)
    return frame[~shapely.is_missing(found) & ~shapely.is_empty(found)]


def texts(frame: pd.DataFrame, name: str) -> list[str]:
    """
    Return a column as text.

    Parameters
    ----------
    frame : DataFrame
        Any.
    name : str
        The column.

    Returns
    -------
    list of str
        One for each row; missing values and a missing column are the empty string.
    """
    return strings(frame[name]) if name in frame else [""] * len(frame)


def coded(frame: pd.DataFrame, name: str, missing: str) -> tuple["NDArray[Any]", list[str]]:
    """
    Return a column as positions among its sorted distinct texts.

    Parameters
    ----------
    frame : DataFrame
        Any.
    name : str
        The column.
    missing : str
        What missing values and a missing column stand for.

    Returns
    -------
    codes : numpy.ndarray
        For each row the position of its text.
    names : list of str
        The distinct texts.
    """
    if name not in frame:
        return np.zeros(len(frame), np.uint8), [missing]
    codes, found = distinct(frame[name])
    names = sorted(
        {text or missing for text in (*found, *([missing] if (codes < 0).any() else []))}
    )
    position = np.array([names.index(text or missing) for text in found] + [0], dtype=np.intp)
    if (codes < 0).any():
        position[-1] = names.index(missing)
    return indices(position[codes], len(names)), names


def figures(frame: pd.DataFrame, name: str) -> "NDArray[np.float64]":
    """
    Return a column as numbers.

    Parameters
    ----------
    frame : DataFrame
        Any.
    name : str
        The column.

    Returns
    -------
    numpy.ndarray of float
        NaN where missing or not a number, and for a missing column.
    """
    if name not in frame:
        return np.full(len(frame), np.nan)
    numbers = pd.to_numeric(frame[name], errors="coerce")
    return numbers.to_numpy(dtype=np.float64, na_value=np.nan)


def areas(frame: gpd.GeoDataFrame) -> "NDArray[np.float64]":
    """
    Return the column ``area_km2``, measuring the surfaces whose area it does not say.

    Parameters
    ----------
    frame : GeoDataFrame
        In degrees.

    Returns
    -------
    numpy.ndarray of float
        Square kilometres; NaN for points and lines.
    """
    known = figures(frame, "area_km2").copy()  # what pandas hands out may be read-only
    unknown = np.isnan(known) & (shapely.get_dimensions(geometries(frame)) == 2)  # noqa: PLR2004 -- surfaces
    if unknown.any():
        from geoevents.geodesy import area  # noqa: PLC0415 -- only for frames without area_km2

        known[unknown] = np.asarray(area(frame.geometry.iloc[np.flatnonzero(unknown)]))
    return known


def flags(frame: pd.DataFrame, name: str, *, default: bool) -> "NDArray[np.bool_]":
    """
    Return a column as truth values.

    Parameters
    ----------
    frame : DataFrame
        Any.
    name : str
        The column.
    default : bool
        What missing values and a missing column stand for.

    Returns
    -------
    numpy.ndarray of bool
        One for each row.
    """
    if name not in frame:
        return np.full(len(frame), default)
    values = frame[name].astype(object)
    return values.where(values.notna(), default).astype(bool).to_numpy()


def dated(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Read dates written as text, year-month-day with or without a time.

    Parameters
    ----------
    frame : GeoDataFrame
        With ``start`` and ``end``, or without.

    Returns
    -------
    GeoDataFrame
        Those columns as dates, in UTC where they say in what zone they are. One with anything else
        in it, a year alone among them, stays the text it is and is shown as it stands: a map does
        not guess.
    """
    for name in ("start", "end"):
        if name not in frame:
            continue
        if pd.api.types.is_datetime64_any_dtype(frame[name]):
            if getattr(frame[name].dtype, "tz", None) is not None:
                frame = frame.assign(**{name: _in_utc(frame[name])})
            _see_times(frame[name])
            continue
        found = [text for text in distinct(frame[name])[1] if text]
        other = [text for text in found if not re.match(r"\d{4}-\d\d-\d\d(?!\d)", text)]
        if not found or other:
            if len(other) < len(found):
                warnings.warn(
                    f"column {shown(name)} holds {shown(other[0])}, which is no date written "
                    "year-month-day: "
                    "the map shows the column as text, in no order and without a time slider. "
                    "geoevents.read_events and geoevents.events.validate read years and months",
                    stacklevel=2,
                )
            continue
        written = pd.Series(strings(frame[name]), index=frame.index, dtype=object)
        try:
            # As text first: the column may hold dates, times and strings side by side.
            read = pd.to_datetime(written.where(written != "", None), format="ISO8601", utc=True)
        except ValueError:
            continue
        frame = frame.assign(**{name: _in_utc(read)})
        _see_times(frame[name])
    return frame


def _see_times(times: pd.Series) -> None:
    """Refuse dates that a map would show as another date: 9999-12-31 often stands for none."""
    far = ~(in_range(times) | times.isna().to_numpy())
    if far.any():
        row = int(far.argmax())
        (label,) = times.index[[row]].tolist()
        raise GeoeventsError(
            f"column {shown(times.name)}: row {shown(label)} has {times.iloc[row].date()}, and a "
            "map shows dates up to the year 6053: leave the date out (pandas.NaT) where it is not "
            "known or has not come yet"
        )


def _in_utc(times: pd.Series) -> pd.Series:
    """Take times of a zone to UTC and leave the zone out: then they compare with all others."""
    naive: pd.Series = times.dt.tz_convert("UTC").dt.tz_localize(None)
    return naive
