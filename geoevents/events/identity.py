"""Names for events that came without one: the same content gives the same name."""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoevents.events.columns import COLUMNS
from geoevents.events.portions import once_each, portions
from geoevents.events.text import text_series

_BYTES = 8


def event_ids(events: gpd.GeoDataFrame, rejected: np.ndarray) -> pd.Series:
    """
    Name the events that have no ``event_id``.

    Parameters
    ----------
    events : geopandas.GeoDataFrame
        Events in canonical form.
    rejected : array of int
        Positions of rows that are no events: they get no name, nor do their names or what they
        say count for others.

    Returns
    -------
    pandas.Series
        ``event_id`` of every row. A name that is made is a hash of the columns that describe the
        event, so that it depends neither on the row's place in the table nor on other rows; rows
        that say exactly the same are numbered (``-2``, ``-3``). Missing where rejected.
    """
    given: pd.Series = events["event_id"]
    kept = np.ones(len(events), dtype=bool)
    kept[rejected] = False
    nameless = given.isna().to_numpy(dtype=bool)
    missing = nameless & kept
    if not missing.any():
        return given
    positions = np.flatnonzero(missing)
    made: list[str] = []
    for some in portions(events.geometry.to_numpy()[positions]):
        made += _hashes(events, positions[some])
    taken = set(given[~nameless & kept])
    if len(taken.union(made)) < len(taken) + len(made):
        _number(made, taken)
    filled = given.to_numpy(dtype=object).copy()
    filled[missing] = made
    names = pa.chunked_array([pa.array(filled, pa.large_string(), from_pandas=True)])
    return text_series(names, events.index)


def _number(names: list[str], taken: set[str]) -> None:
    """Make names unique: the second of a kind gets ``-2``."""
    last: dict[str, int] = {}  # no number up to it is free: a table of one row over and over
    for position, name in enumerate(names):
        number = last.get(name, 0) + 1
        unique = name if number == 1 else f"{name}-{number}"
        while unique in taken:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique)
        last[name] = number
        names[position] = unique


def _hashes(events: gpd.GeoDataFrame, positions: np.ndarray) -> list[str]:
    """Hash the content of some rows."""
    # What is hashed is `repr` of the row as a tuple, spelt column by column: names made by the
    # first version, which did just that, stay what they are.
    cells = [
        _spelt(column.kind, events[column.name].iloc[positions])
        for column in COLUMNS
        if not column.by_attach and column.name != "event_id"
    ]
    rows = pc.binary_join_element_wise(*cells, pa.scalar(", ", pa.large_string()))
    return [
        "ev-" + hashlib.blake2b(b"(" + row + b")", digest_size=_BYTES).hexdigest()
        for row in rows.cast(pa.large_binary()).to_pylist()
    ]


def _spelt(kind: str, values: pd.Series) -> pa.Array:
    """Spell each cell as ``repr`` does; each distinct one once."""
    if kind == "geometry":
        return _spelt_geometry(values.to_numpy())
    if kind == "date":
        codes, distinct = pd.factorize(values.to_numpy())
        words = [repr(word) for word in np.datetime_as_string(distinct, unit="ms").tolist()]
        words.append("'NaT'")
    elif kind == "number":
        # By their bits, for which 0.0 and -0.0 are two.
        codes, distinct = pd.factorize(values.to_numpy(dtype=np.float64).view(np.int64))
        words = [repr(number) for number in distinct.view(np.float64).tolist()]
    else:
        codes, texts = pd.factorize(values)
        words = [*map(repr, texts.to_numpy(dtype=object).tolist()), "nan"]
    return pa.array(words, pa.large_string()).take(pa.array(codes % len(words)))


def _spelt_geometry(geometry: np.ndarray) -> pa.Array:
    """Spell each geometry as ``repr`` of its WKB in hexadecimal, or None."""
    if (shapely.get_type_id(geometry) == 0).all() and not shapely.has_z(geometry).any():
        # Points have WKB of one length: laid out at once, many times faster than one by one.
        laid = np.zeros((len(geometry), 21), dtype=np.uint8)
        laid[:, :2] = 1  # little-endian; the number of points among the types
        xy = np.ascontiguousarray(shapely.get_coordinates(geometry), dtype="<f8")
        laid[:, 5:] = xy.view(np.uint8)
        letters = pa.py_buffer(laid.tobytes().hex().upper().encode())
        binary = pa.Array.from_buffers(pa.binary(42), len(laid), [None, letters])
        wkb = binary.cast(pa.large_binary()).cast(pa.large_string())
    else:
        codes, objects = once_each(geometry)
        # Python spells bytes in hexadecimal three times as fast as GEOS.
        raw = shapely.to_wkb(objects, byte_order=1)
        words = [None if one is None else one.hex().upper() for one in raw.tolist()]
        wkb = pa.array(words, pa.large_string()).take(pa.array(codes))
    mark = pa.scalar("'", pa.large_string())
    empty = pa.scalar("", pa.large_string())
    return pc.binary_join_element_wise(mark, wkb, mark, empty).fill_null("None")
