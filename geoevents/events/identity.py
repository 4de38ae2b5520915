"""Names for events that came without one: the same content gives the same name."""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.events.columns import COLUMNS

_BYTES = 8


def event_ids(events: gpd.GeoDataFrame) -> pd.Series:
    """
    Name the events that have no ``event_id``.

    Parameters
    ----------
    events : geopandas.GeoDataFrame
        Events in canonical form.

    Returns
    -------
    pandas.Series
        ``event_id`` of every row. A name that is made is a hash of the columns that describe the
        event, so that it depends neither on the row's place in the table nor on other rows; rows
        that say exactly the same are numbered (``-2``, ``-3``).
    """
    given: pd.Series = events["event_id"]
    missing = given.isna().to_numpy()
    if not missing.any():
        return given
    rows = events.loc[missing]
    cells = []
    for column in COLUMNS:
        if column.by_attach or column.name == "event_id":
            continue
        values = rows[column.name]
        if column.kind == "geometry":
            cells.append(shapely.to_wkb(values.to_numpy(), hex=True, byte_order=1).tolist())
        elif column.kind == "date":
            cells.append(np.datetime_as_string(values.to_numpy(), unit="ms").tolist())
        else:
            cells.append(values.tolist())
    made = [
        "ev-" + hashlib.blake2b(repr(row).encode(), digest_size=_BYTES).hexdigest()
        for row in zip(*cells, strict=True)
    ]
    taken = set(given[~missing])
    for position, name in enumerate(made):
        number, unique = 1, name
        while unique in taken:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique)
        made[position] = unique
    filled = given.to_numpy(dtype=object).copy()
    filled[missing] = made
    return pd.Series(filled, index=events.index, dtype=given.dtype)
