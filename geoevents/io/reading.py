"""Vector files of any kind read, as long as GDAL knows them."""

import warnings
from os import PathLike
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geoevents.errors import GeoeventsError

_TABLES = {".kml", ".kmz", ".zip", ".gz"}
_STYLES = "layer_styles"  # QGIS keeps the looks of the other layers in it


def read_vector(path: str | PathLike[str], layer: str | None = None) -> gpd.GeoDataFrame:
    """
    Read any vector file.

    Parameters
    ----------
    path : str or path
        A file that GDAL reads (GeoJSON, GeoPackage, Shapefile...), GeoParquet, KML; also
        packed with zip or gzip.
    layer : str, optional
        The layer, in a file that has several; the folder, in KML; the file, in
        an archive.

    Returns
    -------
    GeoDataFrame
        Its features.

    Raises
    ------
    GeoeventsError
        If there is no such file, it cannot be read, has no geometries, or several layers of which
        none is named.
    """
    source = Path(path)
    if not source.is_file() and source.suffix.lower() != ".gdb":
        raise GeoeventsError(f"{source}: there is no such file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's own, of what fails anyway
            frame = _read(source, layer)
    except (DataSourceError, DataLayerError, ValueError, pa.ArrowException) as error:
        raise GeoeventsError(f"{source}: cannot be read as a vector file: {error}") from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeoeventsError(f"{source}: holds a table without geometries")
    return frame


def _read(source: Path, layer: str | None) -> Any:
    suffix = source.suffix.lower()
    if suffix in {".parquet", ".geoparquet"}:
        return gpd.read_parquet(source)
    if suffix in _TABLES:
        return _table(source, layer)
    if layer is None:
        names = [str(name) for name in pyogrio.list_layers(source)[:, 0] if name != _STYLES]
        if len(names) > 1:
            raise GeoeventsError(
                f"{source}: has several layers, choose one with --layer: {', '.join(names)}"
            )
        layer = names[0] if names else None
    return gpd.read_file(source, layer=layer)


def _table(source: Path, layer: str | None) -> Any:
    """Read what GDAL does not, or not well: KML, and files that are packed."""
    from geoevents.tables import read_table  # noqa: PLC0415 -- only for these

    table = read_table(source, layer=layer)
    for row, reason in table.broken.items():
        line = "" if table.lines is None else f"line {table.lines[row]}, "
        raise GeoeventsError(f"{source}: {line}row {row}: {reason}")
    return table.frame
