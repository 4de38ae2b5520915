"""``locate`` for a column of phrases: each distinct one is worked out once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geoevents.errors import GeoeventsError, shown
from geoevents.localities.describing import described
from geoevents.localities.tree import LocalityError
from geoevents.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from geoevents.localities.describing import Composed
    from geoevents.localities.locality import Locality

COLUMNS = (
    *("text", "relation", "place_ids", "feature_id", "inferred"),
    *("area_km2", "area_low_km2", "area_high_km2"),
    *("uncertainty_m", "explanation", "problem", "geometry"),
)
_AT_ONCE = 500  # phrases: what is known of their ground is kept till all are measured
_FIGURES = ("area_km2", "area_low_km2", "area_high_km2", "uncertainty_m")


def locate_many(
    compose: Callable[..., Composed],
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
    compose : callable
        Works out the ground of one phrase: text, area, country, near, known places.
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
    settled = [{}] * len(phrases) if known is None else known
    asked: dict[Hashable, tuple[Any, ...]] = {}
    keys = []
    for row in zip(phrases.tolist(), *columns, settled, _keys(columns[-1]), strict=True):
        phrase, size, land, _, places, beside = row
        lands = tuple(land) if isinstance(land, list) else land
        said = phrase if isinstance(phrase, str) else shown(phrase)
        means = tuple((name, place.id) for name, place in places.items())
        keys.append((said, shown(size), lands, beside, means))
        asked.setdefault(keys[-1], row[:-1])
    rows: list[dict[str, Any]] = []
    distinct = [*asked.values()]
    for first in range(0, len(distinct), _AT_ONCE):
        rows += _rows(compose, distinct[first : first + _AT_ONCE])
    done = dict(zip(asked, rows, strict=True))
    return frame_of([done[key] for key in keys], index)


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


def _keys(near: Sequence[Any]) -> list[Hashable]:
    """Give what tells the hints of rows apart: of a shape its bytes, all written at once."""
    keys: list[Hashable] = [one.id if isinstance(one, Place) else repr(one) for one in near]
    shapes = [row for row, one in enumerate(near) if isinstance(one, BaseGeometry)]
    for row, binary in zip(shapes, shapely.to_wkb([near[row] for row in shapes]), strict=True):
        keys[row] = bytes(binary)
    return keys


def _rows(
    compose: Callable[..., Composed], asked: Sequence[tuple[Any, ...]]
) -> list[dict[str, Any]]:
    """Write rows of phrases: each is composed by itself, and all are measured at once."""
    rows = [_unsaid(phrase) for phrase, *_ in asked]
    grounds: dict[int, Composed] = {}
    for number, (row, one) in enumerate(zip(rows, asked, strict=True)):
        if row["problem"] is None:
            try:
                grounds[number] = compose(*one)
            except GeoeventsError as error:
                row["problem"] = str(error)
    for number, found in zip(grounds, described([*grounds.values()]), strict=True):
        if isinstance(found, GeoeventsError):
            rows[number]["problem"] = str(found)
        else:
            rows[number] |= record(found)
    return rows


def _unsaid(phrase: Any) -> dict[str, Any]:
    """Start a row: with its text, or what is wrong where it is none."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    if isinstance(phrase, str):
        row["text"] = phrase
    else:
        missing = "there is no locality text"
        row["problem"] = missing if _missing(phrase) else f"{shown(phrase)} is not text"
    return row


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
