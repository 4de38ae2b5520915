"""Parquet, with or without the metadata of GeoParquet."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from geoevents.errors import GeoeventsError
from geoevents.tables.table import Table

_MOST_CELLS = 200_000_000  # beyond which there must be some bytes for them
_CELLS_PER_BYTE = 50


def read_parquet(path: Path) -> Table:
    """
    Read a Parquet file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Table
        Its columns; a named index becomes one.

    Raises
    ------
    GeoeventsError
        If the file is not Parquet, or a few bytes of it stand for a huge table.
    """
    try:
        metadata = parquet.read_metadata(path)
        cells = metadata.num_rows * max(metadata.num_columns, 1)
        if cells > max(_MOST_CELLS, _CELLS_PER_BYTE * path.stat().st_size):
            raise GeoeventsError(
                f"{path}: says it holds {metadata.num_rows} rows, far more than a file of its size "
                "should: read it with pandas in parts if you trust it"
            )
        geo = b"geo" in (metadata.metadata or {})
        frame = gpd.read_parquet(path) if geo else pd.read_parquet(path)
    except (ValueError, TypeError, KeyError, pa.ArrowException) as error:
        raise GeoeventsError(f"{path}: is not Parquet that can be read: {error}") from error
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index(drop=frame.index.names == [None])
    return Table(frame.set_axis(pd.RangeIndex(len(frame)), axis="index"), "parquet")
