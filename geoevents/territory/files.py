"""Control in one file: GeoPackage or GeoParquet, read back as it was written."""

from os import PathLike
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from geoevents.errors import GeoeventsError
from geoevents.files import replacing
from geoevents.territory.change import lonlat
from geoevents.territory.moments import moments_of

_LAYER = "control"
_SUFFIXES = (".gpkg", ".parquet")


def write_control(
    frame: gpd.GeoDataFrame, dates: pd.DatetimeIndex, path: str | PathLike[str]
) -> None:
    """
    Write control to one file.

    Parameters
    ----------
    frame : GeoDataFrame
        A row for each date and holder.
    dates : pandas.DatetimeIndex
        All dates; one on which nobody holds anything is written as a row without actor.
    path : str or path
        ``.gpkg`` or ``.parquet``.

    Raises
    ------
    GeoeventsError
        If the suffix is another, or the file cannot be written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in _SUFFIXES:
        raise GeoeventsError(
            f"{target}: cannot tell what to write by the suffix {target.suffix!r}: use "
            f"{' or '.join(_SUFFIXES)}"
        )
    empty = dates[~dates.isin(frame["date"])]
    if len(empty):
        bare = gpd.GeoDataFrame(
            {"date": empty, "inferred": False}, geometry=[None] * len(empty), crs=lonlat()
        )
        frame = gpd.GeoDataFrame(pd.concat([frame, bare], ignore_index=True))
        frame["inferred"] = frame["inferred"].astype(bool)
    try:
        with replacing(target) as unfinished:
            if suffix == ".gpkg":
                options = {"GEOMETRY_NAME": "geometry"}
                pyogrio.write_dataframe(
                    frame, unfinished, layer=_LAYER, driver="GPKG", layer_options=options
                )
            else:
                frame.to_parquet(unfinished, index=False)
    except (ValueError, TypeError, RuntimeError, pa.ArrowException) as error:
        raise GeoeventsError(f"{target}: cannot be written: {error}") from error


def read_control(path: str | PathLike[str]) -> tuple[gpd.GeoDataFrame, pd.DatetimeIndex]:
    """
    Read control from one file.

    Parameters
    ----------
    path : str or path
        What `write_control` wrote.

    Returns
    -------
    tuple of GeoDataFrame and pandas.DatetimeIndex
        What `geoevents.Territory` is made of.

    Raises
    ------
    GeoeventsError
        If there is no such file, or it does not hold control.
    """
    source = Path(path)
    if not source.is_file():
        raise GeoeventsError(f"{source}: there is no such file")
    try:
        if source.suffix.lower() == ".parquet":
            frame = gpd.read_parquet(source)
        else:
            frame = _single(pyogrio.read_dataframe(source, layer=_LAYER))
    except (DataSourceError, DataLayerError, ValueError, OSError, pa.ArrowException) as error:
        raise GeoeventsError(
            f"{source}: cannot be read as control that Territory.write wrote: {error}"
        ) from error
    missing = [name for name in ("date", "actor", "inferred") if name not in frame]
    if missing or not isinstance(frame, gpd.GeoDataFrame) or frame.crs is None:
        lacks = f"no column {missing[0]!r}" if missing else "no geometry with a CRS"
        raise GeoeventsError(
            f"{source}: has {lacks}. Read it with geopandas and pass it to "
            "Territory.from_snapshots, naming its columns"
        )
    dates = pd.to_datetime(frame["date"]).to_numpy().astype("datetime64[ms]")
    return moments_of(frame.assign(date=dates).to_crs(4326))


def _single(frame: Any) -> Any:
    """Make polygons again of what a GeoPackage that holds any multipolygon has as such."""
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame
    ground = frame.geometry.to_numpy().copy()
    single = shapely.get_num_geometries(ground) == 1
    ground[single] = shapely.get_geometry(ground[single], 0)
    return frame.set_geometry(gpd.GeoSeries(ground, frame.index, crs=frame.crs))
