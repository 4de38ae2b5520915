"""Cells as files hold them: what is missing, dates in ISO 8601, and what no file can take."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd


def iso_dates(column: pd.Series, missing: Any = None) -> list[Any]:
    """
    Give dates in ISO 8601, with a time only where there is one.

    Parameters
    ----------
    column : pandas.Series
        Dates, with or without a time zone.
    missing : object, optional
        What stands where there is none.

    Returns
    -------
    list of str
        One for each cell.

    Examples
    --------
    >>> iso_dates(pd.Series(["2017-09-16", "2017-09-16T04:30"], dtype="datetime64[ms]"))
    ['2017-09-16', '2017-09-16T04:30:00.000']
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [missing if pd.isna(value) else value.isoformat() for value in column]
    instants = column.to_numpy()
    days = instants.astype("datetime64[D]")
    rounded = instants.astype("datetime64[ms]")
    exact = np.array_equal(instants, rounded, equal_nan=True)
    times = np.datetime_as_string(rounded if exact else instants)
    text = np.where(instants == days, np.datetime_as_string(days), times)
    return [missing if value == "NaT" else value for value in text.tolist()]


def see_scalars(frame: gpd.GeoDataFrame) -> None:
    """
    Refuse what a flat table would turn into something else: lists, sets, bytes, other geometries.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.

    Raises
    ------
    TypeError
        If a cell is not one value; the message names the column and the row.
    """
    for name in frame.columns.drop("geometry"):
        dtype = frame[name].dtype
        if dtype.kind != "O" or isinstance(dtype, pd.StringDtype):
            continue
        for row, value in enumerate(frame[name].tolist()):
            if isinstance(value, bytes) or not pd.api.types.is_scalar(value):
                raise TypeError(f"column {name} holds a {type(value).__name__} (row {row})")
