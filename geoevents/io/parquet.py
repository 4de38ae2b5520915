"""GeoParquet 1.1, with the box round each row, so that a reader can fetch a part by its place."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geoevents.io.cells import see_integers, see_scalars

_BOX = "bbox"
_LEAST, _MOST = int(np.iinfo(np.int64).min), int(np.iinfo(np.uint64).max)


def write_parquet(frame: gpd.GeoDataFrame, path: Path, _: str) -> None:
    """
    Write GeoParquet 1.1.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.
    path : pathlib.Path
        The file.
    _ : str
        What other formats call the layer.

    Raises
    ------
    GeoeventsError
        If an integer has more than 64 bits.

    Notes
    -----
    The column of boxes is called ``bbox`` and is not a column of the frame that is read back. It
    is left out if the frame has one of that name.
    """
    see_scalars(frame)
    for name in frame.columns.drop("geometry"):
        column = frame[name]
        if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) == "integer":
            see_integers(column, _LEAST, _MOST, "Parquet")
    frame.to_parquet(
        path, index=False, schema_version="1.1.0", write_covering_bbox=_BOX not in frame.columns
    )
