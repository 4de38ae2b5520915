"""Cells as files hold them: what is missing, dates in ISO 8601, and what no file can take."""

import re
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.events.text import arrow_text, with_nul

_ANCIENT = re.compile("^-([0-9]{1,4})-")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


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
    return [missing if value == "NaT" else _four_digits(value) for value in text.tolist()]


def _four_digits(text: str) -> str:
    """Give a year before our era the four digits that it must have: numpy may give it three."""
    return _ANCIENT.sub(lambda year: f"-{year[1].zfill(4)}-", text) if text[0] == "-" else text


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
                raise TypeError(
                    f"column {name} holds a {type(value).__name__} (row {row}): put text in its "
                    f"place, such as events[{name!r}].map(str)"
                )


def see_text(frame: gpd.GeoDataFrame) -> None:
    """
    Refuse text that no file holds whole: with a NUL character, or half of a surrogate pair.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.

    Raises
    ------
    GeoeventsError
        If a cell has one; the message names the column and the row.
    """
    for name in frame.columns.drop("geometry"):
        column = frame[name]
        if column.dtype.kind != "O" and not isinstance(column.dtype, pd.StringDtype):
            continue
        try:
            text = arrow_text(column)
        except UnicodeEncodeError:  # text that is not in Arrow already
            text = None
        if text is not None and with_nul(text) is None:
            continue
        for row, value in enumerate(column.tolist()):
            if isinstance(value, str) and (found := _UNSTORABLE.search(value)):
                raise GeoeventsError(
                    f"row {row}, column {name}: holds the character U+{ord(found[0]):04X}, which "
                    "no file can store: take it out"
                )


def see_integers(column: pd.Series, least: int, most: int, form: str) -> None:
    """
    Refuse integers of more digits than a format has.

    Parameters
    ----------
    column : pandas.Series
        Integers, with or without gaps.
    least, most : int
        What the format holds.
    form : str
        The format.

    Raises
    ------
    GeoeventsError
        If a cell is beyond that; the message names the column and the row.
    """
    wrong = np.asarray(((column < least) | (column > most)).fillna(value=False), dtype=bool)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise GeoeventsError(
            f"row {row}, column {column.name}: {column.iloc[row]} is beyond what a {form} file has "
            "for an integer: make the column text"
        )
