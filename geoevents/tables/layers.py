"""Layers of vector files that GDAL reads: GeoPackage, Shapefile, FlatGeobuf."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError

from geoevents.errors import GeoeventsError, shown
from geoevents.tables.table import Table

_NAMES = {"gpkg": "GeoPackage", "shapefile": "shapefile", "flatgeobuf": "FlatGeobuf file"}
_SUFFIXES = {"gpkg": ".gpkg", "shapefile": ".shp", "flatgeobuf": ".fgb"}
_STYLES = "layer_styles"  # where QGIS keeps how layers look
_DBF_HEADER = 32
_EXACT = 1 << 53  # up to here floats hold every whole number
# GDAL reads a database that does not call itself a GeoPackage, or has another suffix, and says so.
_NO_MATTER = ("GPKG: bad application_id", "non conformant file extension")


def read_layer(path: Path, kind: str, layer: str | None = None) -> Table:
    """
    Read a layer of a vector file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    kind : {"gpkg", "shapefile", "flatgeobuf"}
        What it is.
    layer : str, optional
        The layer; if not given, the only one, or the one called ``events``.

    Returns
    -------
    Table
        The attributes and the geometry of each feature.

    Raises
    ------
    GeoeventsError
        If the file cannot be read, or which layer is meant cannot be told.
    """
    encoding = _see_parts(path) if kind == "shapefile" else None
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            with _own_suffix(path, kind) as own:
                layers = [str(name) for name in pyogrio.list_layers(own)[:, 0]]
                chosen = _chosen(layers, layer, path)
                frame = pyogrio.read_dataframe(own, layer=chosen, encoding=encoding)
                _restore(frame, own, chosen, encoding)
    except (DataSourceError, DataLayerError, RuntimeError, ValueError, ShapelyError) as error:
        raise GeoeventsError(
            f"{path}: is not a {_NAMES[kind]} that can be read: {error}"
        ) from error
    for warning in said:
        if not any(word in str(warning.message) for word in _NO_MATTER):
            warnings.warn(f"{path.name}: {warning.message}", warning.category, stacklevel=2)
    return Table(frame, kind)


def _restore(frame: pd.DataFrame, path: Path, layer: str, encoding: str | None) -> None:
    """Restore truth values and long numbers, which become floats where some are missing."""
    info = pyogrio.read_info(path, layer=layer, encoding=encoding)
    for name, dtype in zip(info["fields"], info["dtypes"], strict=True):
        column = frame.get(name)
        if not isinstance(column, pd.Series) or column.dtype.kind != "f":
            continue  # two of a name cannot be told apart
        if dtype == "bool":
            frame[name] = column.astype("boolean")
        elif dtype == "int64" and column.abs().max() >= _EXACT:
            _, cells = pyogrio.read_arrow(
                path, layer=layer, encoding=encoding, columns=[name], read_geometry=False
            )
            values = cells.column(name).to_pylist()
            frame[name] = pd.Series(values, frame.index, dtype="Int64")


@contextmanager
def _own_suffix(path: Path, kind: str) -> Iterator[Path]:
    """Give a file under the suffix of its kind, for GDAL takes a GeoPackage called .csv for CSV."""
    suffix = _SUFFIXES[kind]
    if path.suffix.lower() == suffix:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="geoevents-") as folder:
        parts = _beside(path) if kind == "shapefile" else {}
        for other, part in ({suffix: path} | parts).items():
            target = Path(folder, f"table{other}")
            try:
                target.symlink_to(part.resolve())
            except OSError:  # Windows asks for a privilege
                shutil.copyfile(part, target)
        try:
            yield Path(folder, f"table{suffix}")
        except (DataSourceError, DataLayerError, RuntimeError, ValueError) as error:
            raise RuntimeError(str(error).replace(folder, "")) from error


def _chosen(layers: list[str], wanted: str | None, path: Path) -> str:
    """Choose the layer that is meant."""
    there = [name for name in layers if name != _STYLES]
    if wanted is not None:
        if wanted not in layers:
            raise GeoeventsError(
                f"{path}: has no layer {shown(wanted)}: it has {', '.join(there) or 'none'}"
            )
        return wanted
    if not there:
        raise GeoeventsError(f"{path}: has no layers that can be read")
    if "events" in there:
        return "events"
    if len(there) != 1:
        raise GeoeventsError(
            f"{path}: which layer is meant? It has {', '.join(there)}; "
            "name one with layer=, or call one 'events'"
        )
    return there[0]


def _see_parts(path: Path) -> str | None:
    """See what a shapefile has beside it, and tell the encoding of its text if it does not."""
    beside = _beside(path)
    if ".shx" not in beside:
        raise GeoeventsError(
            f"{path}: its index {path.stem}.shx is missing: put it beside, with the .dbf and .prj"
        )
    if ".dbf" not in beside:
        warnings.warn(
            f"{path.name}: {path.stem}.dbf is not beside it, so its shapes have no columns",
            UserWarning,
            stacklevel=4,
        )
        return None
    if ".cpg" in beside:
        return None
    content = beside[".dbf"].read_bytes()
    header = int.from_bytes(content[8:10], "little")
    text = content[max(header, _DBF_HEADER) :]
    if text.isascii():
        return None
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        warnings.warn(
            f"{path.name}: {path.stem}.cpg, which says the encoding of its text, is not beside it: "
            "letters beyond ASCII may be wrong",
            UserWarning,
            stacklevel=4,
        )
        return None
    return "UTF-8"  # text in another encoding is hardly ever valid UTF-8


def _beside(path: Path) -> dict[str, Path]:
    """Find the files of a shapefile, whatever the case of their suffixes."""
    return {
        other.suffix.lower(): other
        for other in path.parent.iterdir()
        if other.stem == path.stem and other.is_file()
    }
