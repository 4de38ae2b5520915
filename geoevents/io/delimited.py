"""Comma-separated values, with geometries as well-known text (WKT)."""

import csv
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geoevents.io.cells import iso_dates, see_scalars

_DIGITS = 20  # GEOS then writes the shortest text that reads back as the same number


def write_csv(frame: gpd.GeoDataFrame, path: Path, _: str) -> None:
    """
    Write CSV in UTF-8, with geometry in WKT to the last digit.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows; the geometry column is called ``geometry``.
    path : pathlib.Path
        The file.
    _ : str
        What other formats call the layer.
    """
    see_scalars(frame)
    columns = {name: _cells(frame[name]) for name in frame.columns.drop("geometry")}
    wkt = shapely.to_wkt(frame.geometry.to_numpy(), rounding_precision=_DIGITS)
    columns["geometry"] = ["" if text is None else text for text in wkt.tolist()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _cells(column: pd.Series) -> list[Any]:
    """Give a column as CSV holds it: nothing for what is missing, whole numbers without a point."""
    if column.dtype.kind == "M":
        return iso_dates(column, missing="")
    missing = column.isna().to_numpy()
    values = column.tolist()
    if column.dtype.kind == "f":
        values = [
            int(value) if not gone and value.is_integer() else value
            for value, gone in zip(values, missing, strict=True)
        ]
    return ["" if gone else value for value, gone in zip(values, missing, strict=True)]
