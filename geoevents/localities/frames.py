"""``locate`` for a column of phrases: each distinct one is worked out once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geoevents.errors import GeoeventsError
from geoevents.localities.tree import LocalityError
from geoevents.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from geoevents.localities.locating import Locality

COLUMNS = (
    *("text", "relation", "place_ids", "feature_id", "inferred"),
    *("area_km2", "area_low_km2", "area_high_km2"),
    *("uncertainty_m", "explanation", "problem", "geometry"),
)
_FIGURES = ("area_km2", "area_low_km2", "area_high_km2", "uncertainty_m")


def locate_many(
    one: Callable[..., Locality],
    text: Sequence[Any] | pd.Series[Any],
    area_km2: Any,
    country: Any,
    near: Any,
    *,
    known: Sequence[Mapping[str, Place]] | None = None,
) -> gpd.GeoDataFrame:
    """
    Locate every phrase of a column.

    Parameters
    ----------
    one : callable
        Locates one phrase: text, area, country, near, known places.
    text : list or Series
        The phrases.
    area_km2, country, near : Any
        One value, or a Series or list of one a row.
    known : sequence of mapping of str to Place, optional
        For each phrase the places that names in it are known to mean, by the name.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a phrase, on the same index.

    Raises
    ------
    LocalityError
        When the values beside the phrases do not line up with them.
    """
    phrases = text if isinstance(text, pd.Series) else pd.Series(list(text), dtype=object)
    index = phrases.index
    labelled = isinstance(text, pd.Series)
    columns = [_aligned(values, index, labelled) for values in (area_km2, country, near)]
    done: dict[Hashable, dict[str, Any]] = {}
    rows = []
    settled = [{}] * len(phrases) if known is None else known
    for phrase, size, land, beside, places in zip(phrases, *columns, settled, strict=True):
        lands = tuple(land) if isinstance(land, list) else land
        said = phrase if isinstance(phrase, str) else repr(phrase)
        means = tuple((name, place.id) for name, place in places.items())
        key = (said, repr(size), lands, _key(beside), means)
        if key not in done:
            done[key] = _row(one, phrase, size, land, beside, known=places)
        rows.append(done[key])
    return frame_of(rows, index)


def frame_of(
    rows: Sequence[dict[str, Any]], index: pd.Index[Any] | None = None
) -> gpd.GeoDataFrame:
    """
    Make a frame of rows.

    Parameters
    ----------
    rows : sequence of dict
        What `record` writes.
    index : pandas.Index, optional
        Their labels; 0, 1, 2 and so on if not given.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of `COLUMNS`.
    """
    values = {name: pd.Series([row[name] for row in rows], index, dtype=object) for name in COLUMNS}
    frame = gpd.GeoDataFrame(values, geometry="geometry", crs="EPSG:4326", index=index)
    return frame.astype({"inferred": "boolean"} | dict.fromkeys(_FIGURES, "float64"))


def _aligned(values: Any, index: pd.Index[Any], labelled: bool) -> list[Any]:
    """One value a row: a Series by its labels, a list in order, anything else for every row."""
    if isinstance(values, pd.Series):
        if not values.index.equals(index):
            unique = values.index.is_unique and index.is_unique
            if not (labelled and unique and values.index.isin(index).all()):
                raise LocalityError(
                    "a Series given beside the phrases must have the same index as they have; "
                    "beside a list give a list"
                )
            values = values.reindex(index)
        return [None if _missing(value) else value for value in values]
    if isinstance(values, list | tuple | np.ndarray):
        if len(values) != len(index):
            raise LocalityError(f"{len(values)} values were given for {len(index)} phrases")
        return [None if _missing(value) else value for value in values]
    return [values] * len(index)


def _missing(value: Any) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return type(value).__name__ in ("NAType", "NaTType")


def _key(near: Any) -> Hashable:
    if isinstance(near, Place):
        return near.id
    return bytes(near.wkb) if isinstance(near, BaseGeometry) else repr(near)


def _row(
    one: Callable[..., Locality],
    phrase: Any,
    size: Any,
    land: Any,
    beside: Any,
    *,
    known: Mapping[str, Place],
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    if not isinstance(phrase, str):
        row["problem"] = (
            "there is no locality text" if _missing(phrase) else f"{phrase!r} is not text"
        )
        return row
    row["text"] = phrase
    try:
        found = one(phrase, size, land, beside, known)
    except GeoeventsError as error:
        row["problem"] = str(error)
        return row
    return row | record(found)


def record(found: Locality) -> dict[str, Any]:
    """
    Write one locality as a row.

    Parameters
    ----------
    found : Locality
        A phrase that was located.

    Returns
    -------
    dict
        Its value for each of `COLUMNS`.
    """
    return {
        "text": found.text,
        "relation": "+".join(found.relations),
        "place_ids": "; ".join(place.id for place in found.places),
        "feature_id": found.feature.id if found.feature else None,
        "inferred": found.inferred,
        "area_km2": found.area_km2,
        "area_low_km2": found.area_low_km2,
        "area_high_km2": found.area_high_km2,
        "uncertainty_m": found.uncertainty_m,
        "explanation": found.explanation,
        "problem": None,
        "geometry": found.geometry,
    }
