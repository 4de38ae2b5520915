"""Described places that are not events, as the columns a map is drawn from."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError
from geoevents.maps import frames, shapes
from geoevents.maps.columns import Delta, Text
from geoevents.maps.extent import unwrap

if TYPE_CHECKING:
    from geoevents.localities import Locality

    Described: TypeAlias = gpd.GeoDataFrame | Locality | Iterable[gpd.GeoDataFrame | Locality]


class Localities:
    """
    Regions that phrases describe.

    Parameters
    ----------
    localities : GeoDataFrame, Locality or list of them
        What :func:`geoevents.locate` returns of one phrase or of many.

    Attributes
    ----------
    frame : GeoDataFrame
        Those that were located, in degrees.
    unresolved : DataFrame
        The others: ``text`` and ``problem``.

    Raises
    ------
    GeoeventsError
        If `localities` is something else, or has no column ``text``.
    """

    def __init__(self, localities: "Described") -> None:
        frame = frames.degrees(_frame(localities), "localities")
        if "text" not in frame:
            raise GeoeventsError(
                "localities has no column 'text' with the phrases: give what geoevents.locate "
                "returns, or rename the column that names each region"
            )
        located = _located(frame)
        self.frame, self.unresolved = frame[located], frame[~located]

    def columns(self, west: float) -> dict[str, Any]:
        """
        Encode the localities for the browser.

        Parameters
        ----------
        west : float
            The map's western edge.

        Returns
        -------
        dict
            For each that was located ``name``, ``explanation`` (the relation where there is none),
            ``uncertainty`` in metres, ``inferred``, ``area`` with its range ``low`` and ``high`` in
            km2, a point of it (``x``, ``y``), ``shapes``; of the others the texts (``missing``) and
            why they were not (``problems``).
        """
        frame = self.frame
        geometries = unwrap(frames.geometries(frame), west)
        points = shapes.representative_points(geometries)
        told = zip(frames.texts(frame, "explanation"), frames.texts(frame, "relation"), strict=True)
        return {
            "name": Text(frames.texts(frame, "text")),
            "explanation": Text([explanation or relation for explanation, relation in told]),
            "uncertainty": frames.figures(frame, "uncertainty_m"),
            # A region that does not say where it comes from is taken for a guess.
            "inferred": frames.flags(frame, "inferred", default=True).astype(np.uint8),
            "area": frames.areas(frame),
            "low": frames.figures(frame, "area_low_km2"),
            "high": frames.figures(frame, "area_high_km2"),
            "x": Delta(shapes.quantise(shapely.get_x(points))),
            "y": Delta(shapes.quantise(shapely.get_y(points))),
            "shapes": shapes.encode(geometries),
            "missing": Text(frames.texts(self.unresolved, "text")),
            "problems": Text(frames.texts(self.unresolved, "problem")),
        }


def _frame(localities: "Described") -> gpd.GeoDataFrame:
    """Make one frame of whatever was given."""
    if isinstance(localities, pd.DataFrame):
        return localities
    given: Any = [localities] if hasattr(localities, "explain") else localities
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise GeoeventsError(_refusal(localities))
    found: list[gpd.GeoDataFrame] = []
    for one in given:
        if not isinstance(one, pd.DataFrame) and not hasattr(one, "explain"):
            raise GeoeventsError(_refusal(one))
        frame = one if isinstance(one, pd.DataFrame) else one.to_frame()
        frame = frames.degrees(frame, "localities")
        same = frame.geometry.name == "geometry"
        found.append(frame if same else frame.rename_geometry("geometry"))
    found = [frame for frame in found if len(frame)]
    if not found:
        return gpd.GeoDataFrame({"text": []}, geometry=[], crs=4326)
    # As objects: a column that is empty in one of them has another type there.
    return pd.concat([frame.astype(object) for frame in found], ignore_index=True).set_geometry(
        "geometry", crs=4326
    )


def _refusal(given: object) -> str:
    return (
        "localities has to be what geoevents.locate returns, or a list of that; this is a "
        f"{type(given).__name__}"
    )


def _located(frame: gpd.GeoDataFrame) -> Any:
    found = frames.geometries(frame)
    return ~shapely.is_missing(found) & ~shapely.is_empty(found)
