"""FlatGeobuf: one layer, with an index of space in front of it."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geoevents.errors import GeoeventsError
from geoevents.io.layers import write_layer


def write_flatgeobuf(frame: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """
    Write FlatGeobuf.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.
    path : pathlib.Path
        The file.
    layer : str
        The name of the layer.

    Raises
    ------
    GeoeventsError
        If some geometries have heights and others none, or a cell holds what the format has no
        form for.

    Notes
    -----
    The index orders rows along a curve through space; rows are read back in that order. The format
    has no index for rows of which one has no geometry: these stay in their own order.
    """
    shapes = frame.geometry.to_numpy()
    there = ~shapely.is_missing(shapes)
    high = shapely.has_z(shapes)
    if high.any() and not high[there].all():
        first, other = (int(np.flatnonzero(rows)[0]) for rows in (high, there & ~high))
        raise GeoeventsError(
            f"row {first} has heights, row {other} has none, and a FlatGeobuf file holds one or "
            "the other: take them out with shapely.force_2d, or write another format"
        )
    indexed = len(frame) > 0 and bool(there.all())
    options = {"SPATIAL_INDEX": "YES" if indexed else "NO"}
    write_layer(frame, path, layer, "FlatGeobuf", options)
