"""Writing events and changes: by the suffix of the file, whole or not at all."""

from collections.abc import Callable, Collection, Mapping
from os import PathLike
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS
from geoevents.events.schema import validate
from geoevents.files import replacing
from geoevents.io.cells import see_text
from geoevents.io.delimited import write_csv
from geoevents.io.flatgeobuf import write_flatgeobuf
from geoevents.io.geojson import write_geojson
from geoevents.io.geopackage import write_geopackage
from geoevents.io.kml import write_kml, write_kmz
from geoevents.io.names import with_names
from geoevents.io.objects import PACKED, plain
from geoevents.io.parquet import write_parquet
from geoevents.io.shapes import without_rings

_WRITERS: Mapping[str, Callable[[gpd.GeoDataFrame, Path, str], None]] = {
    ".csv": write_csv,
    ".geojson": write_geojson,
    ".gpkg": write_geopackage,
    ".parquet": write_parquet,
    ".fgb": write_flatgeobuf,
    ".kml": write_kml,
    ".kmz": write_kmz,
}
_GEOMETRY = "geometry"
_SCHEMA = frozenset(column.name for column in COLUMNS)
_KEPT: Mapping[str, Collection[str]] = {  # of Python's objects, and of what only pandas has
    ".gpkg": {"date"},
    ".fgb": {"date"},
    ".parquet": {"date", "time", "timedelta", "decimal", "mixed", "mixed-integer", PACKED},
}


def write_events(events: pd.DataFrame, path: str | PathLike[str]) -> None:
    """
    Write events to a file.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame
        Events, as `geoevents.events.schema.validate` takes them. Their index is not written.
    path : str or path
        Where to: ``.csv`` (UTF-8, geometry as WKT), ``.geojson`` (RFC 7946), ``.gpkg`` (layer
        ``events``, with a style for QGIS), ``.parquet`` (GeoParquet 1.1), ``.fgb`` (FlatGeobuf),
        ``.kml`` or ``.kmz`` (for Google Earth). An existing file is replaced in one step once the
        new one is complete; until then, and if anything fails, it stays as it was.

    Raises
    ------
    SchemaError
        If rows are not events.
    GeoeventsError
        If the suffix is another, the file cannot be written, or it cannot hold a cell or the name
        of a column; the message says which.

    See Also
    --------
    geoevents.read_events : Reads the file back, equal to what was written.

    Notes
    -----
    CSV has no types: a column that the schema does not know is read back as numbers or truth values
    if all of it looks so, else as text. GeoJSON keeps no dtypes either, beyond those of JSON.
    FlatGeobuf keeps its rows in the order of its index of space. KML holds no control characters.
    Dates, times and durations as objects become text in ISO 8601 where a format has none. What
    would be changed otherwise is refused. The page on formats in the documentation says all of it.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> import geoevents as ge
    >>> events = pd.DataFrame({"event_type": ["protest"], "lon": [40.14], "lat": [35.34]})
    >>> with TemporaryDirectory() as folder:
    ...     ge.write_events(events, Path(folder, "events.geojson"))
    ...     print(ge.read_events(Path(folder, "events.geojson")).geometry[0])
    POINT (40.14 35.34)
    """
    target = Path(path)
    see_suffix(target)
    frame = with_names(validate(events).reset_index(drop=True), target, _SCHEMA)
    _write(frame, target, "events")


def write_changes(changes: gpd.GeoDataFrame, path: str | PathLike[str]) -> None:
    """
    Write what changed hands to a file.

    Parameters
    ----------
    changes : geopandas.GeoDataFrame
        As `geoevents.territory_change` or `Territory.changes` returns it, in longitude and latitude
        or any other CRS. Its index is not written.
    path : str or path
        Where to: a file with one of the suffixes of `write_events`; the layer is ``changes``. It is
        written whole or not at all.

    Raises
    ------
    GeoeventsError
        If the suffix is another, the file cannot be written, or there are no geometries.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import geopandas as gpd
    >>> import shapely
    >>> import geoevents as ge
    >>> before, after = (
    ...     gpd.GeoDataFrame({"actor": ["A"]}, geometry=[shapely.box(0, 0, east, 1)], crs=4326)
    ...     for east in (1, 2)
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     write_changes(ge.territory_change(before, after), Path(folder, "change.gpkg"))
    ...     print(gpd.read_file(Path(folder, "change.gpkg"), layer="changes")["to_actor"].tolist())
    ['A']
    """
    target = Path(path)
    see_suffix(target)
    if not isinstance(changes, gpd.GeoDataFrame) or changes.active_geometry_name is None:
        raise GeoeventsError(f"{target}: changes are a frame without geometries: nothing to draw")
    frame = changes.reset_index(drop=True)
    if frame.active_geometry_name != _GEOMETRY:
        if _GEOMETRY in frame:
            raise GeoeventsError(f"{target}: geometry is not the geometry in use: drop one")
        frame = frame.rename_geometry(_GEOMETRY)
    if frame.crs is not None and not frame.crs.equals("EPSG:4326", ignore_axis_order=True):
        frame = frame.to_crs(4326)
    _write(with_names(frame, target, {_GEOMETRY}), target, "changes")


def see_suffix(path: Path) -> None:
    """
    See that a file's suffix is one of those that can be written.

    Parameters
    ----------
    path : pathlib.Path
        The file to be.

    Raises
    ------
    GeoeventsError
        If it is another.
    """
    if path.suffix.lower() not in _WRITERS:
        raise GeoeventsError(
            f"{path}: cannot tell what to write by the suffix {path.suffix!r}: "
            f"use {', '.join(_WRITERS)}"
        )


def _write(frame: gpd.GeoDataFrame, target: Path, layer: str) -> None:
    suffix = target.suffix.lower()
    try:
        made = without_rings(plain(frame, _KEPT.get(suffix, ())))
        see_text(made)
        with replacing(target) as unfinished:
            _WRITERS[suffix](made, unfinished, layer)
    except GeoeventsError as error:
        if str(target) in str(error):
            raise
        raise GeoeventsError(f"{target}: {error}") from error
    except (ValueError, TypeError, OverflowError, RuntimeError, pa.ArrowException) as error:
        raise GeoeventsError(f"{target}: cannot hold these {layer}: {error}") from error
