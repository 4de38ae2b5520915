"""How rows look in programs for maps: one table, from which the styles of QGIS and KML are made."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np

from geoevents.io.xmltext import fits_xml
from geoevents.maps.style import EVENT_STYLES, HOLLOW_STATUSES, NOBODY_COLOUR, actor_colours


class Look(NamedTuple):
    """The look of one kind of row: its colour, ``"#rrggbb"``, and the shape of its points."""

    colour: str
    shape: str


class Looks(NamedTuple):
    """
    The looks of a layer.

    Attributes
    ----------
    column : str
        The column that tells the kinds apart; empty if there is none.
    kinds : dict of str to Look
        The look of each value of it.
    other : Look
        That of a row without a value.
    """

    column: str
    kinds: dict[str, Look]
    other: Look


_PLAIN = Look(NOBODY_COLOUR, "square")


def looks(frame: gpd.GeoDataFrame, layer: str) -> Looks:
    """
    Choose how the rows of a layer look.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.
    layer : str
        ``events``: by type, as on our own map. Any other: by who holds it now (``to_actor``).

    Returns
    -------
    Looks
        One look for each kind that there is.
    """
    column = "event_type" if layer == "events" else "to_actor"
    if column not in frame:
        return Looks("", {}, _PLAIN)
    values = (str(value) for value in frame[column].dropna().unique())
    there = {value for value in values if value and fits_xml(value)}  # styles are XML
    if layer == "events":
        kinds = {
            name: Look(style.colour, style.shape)
            for name, style in EVENT_STYLES.items()
            if name in there
        }
        return Looks(column, kinds, _PLAIN)
    colours = actor_colours(there)
    return Looks(column, {name: Look(colours[name], "square") for name in sorted(there)}, _PLAIN)


def hollow(frame: gpd.GeoDataFrame) -> np.ndarray:
    """
    Tell which rows may not have happened, and are drawn as an outline only.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.

    Returns
    -------
    numpy.ndarray of bool
        By ``status``; all False if there is no such column.
    """
    if "status" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.asarray(frame["status"].isin(HOLLOW_STATUSES), dtype=bool)


def inferred(frame: gpd.GeoDataFrame) -> np.ndarray:
    """
    Tell which rows' geometries were worked out from words.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.

    Returns
    -------
    numpy.ndarray of bool
        By ``inferred``; all False if there is no such column of truth values.
    """
    if "inferred" not in frame or frame["inferred"].dtype != bool:
        return np.zeros(len(frame), dtype=bool)
    return np.asarray(frame["inferred"], dtype=bool)
