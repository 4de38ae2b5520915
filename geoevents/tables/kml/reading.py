"""Placemarks as rows of a table."""

import json
import re
import warnings
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError, shown
from geoevents.tables.kml.dtypes import typed
from geoevents.tables.kml.parsing import Element, Placemark, placemarks
from geoevents.tables.kml.shapes import GEOMETRIES, ShapeError, read_shape
from geoevents.tables.table import Table

COLUMNS_KEY = "geoevents:columns"
"""Where a document of ours says what columns it has, and of what dtypes."""

ROW = "row-"
"""Begins the id of a placemark of ours; its number in the frame follows."""

_MOST_COLUMNS = 2_000
_OWN = re.compile(re.escape(ROW) + r"([0-9]{1,15})")
_OF_PLACEMARKS = ("name", "description", "address", "phoneNumber")
_ENDS = {"begin": "begin", "when": "begin", "end": "end"}


def read_kml(path: Path, layer: str | None = None) -> Table:
    """
    Read a KML file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    layer : str, optional
        The folder; all of them if not given.

    Returns
    -------
    Table
        A row for each placemark. Files of ours have the columns, dtypes and order of the frame that
        was written. Others have ``name``, ``description`` (as it is, often HTML), ``address``,
        ``phoneNumber``, ``begin`` and ``end`` (of ``TimeSpan``; a ``TimeStamp`` is a beginning),
        ``folder`` (all it is in, joined by ``/``), as far as any placemark has them, and the
        columns of ``ExtendedData``; one of those that has such a name makes the placemark's own be
        called ``kml_name`` and so on.

    Raises
    ------
    GeoeventsError
        If the file is not KML, or not to be trusted; if there is no such folder.

    Warns
    -----
    UserWarning
        If the file links to others, which are not fetched.

    Notes
    -----
    Text of others loses the white space round it, and is missing if nothing is left. Pictures
    (overlays), tours and styles are left out.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.kml")
    ...     _ = path.write_text(
    ...         "<kml><Placemark><name>Here</name><Point><coordinates>40,35</coordinates></Point>"
    ...         "</Placemark></kml>"
    ...     )
    ...     print(read_kml(path).frame.loc[0].tolist())
    ['Here', <POINT (40 35)>]
    """
    root = Element("", {})
    rows = _Rows(path)
    with Path(path).open("rb") as file:
        for placemark in placemarks(file, path, root):
            rows.add(placemark)
    if links := sum(1 for _ in root.every("NetworkLink")):
        warnings.warn(
            f"{path}: links to {links} other file{'s' * (links > 1)} (NetworkLink), which "
            f"{'are' if links > 1 else 'is'} not fetched: save what you see as KML",
            stacklevel=2,
        )
    rows.keep(layer)
    declared = _declared(root)
    if declared is not None:
        return rows.ours(declared)
    return rows.of_others(_types(root))


class _Rows:
    """The rows read so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own: list[dict[str, str]] = []  # what each placemark says of itself
        self._data: list[dict[str, str]] = []  # its ExtendedData
        self._folders: list[list[Element]] = []
        self._shapes: list[Any] = []
        self._ids: list[str] = []
        self._lines: list[int] = []
        self._broken: dict[int, str] = {}
        self._columns: dict[str, None] = {}

    def add(self, placemark: Placemark) -> None:
        """Add a placemark."""
        row = len(self._lines)
        self._lines.append(placemark.line)
        self._ids.append(placemark.element.attributes.get("id", ""))
        self._folders.append(placemark.folders)
        own: dict[str, str] = {}
        data: dict[str, str] = {}
        shape = None
        for child in placemark.element.children:
            if child.tag in _OF_PLACEMARKS:
                own[child.tag] = child.text
            elif child.tag in {"TimeStamp", "TimeSpan"}:
                own |= {_ENDS[end.tag]: end.text for end in child.children if end.tag in _ENDS}
            elif child.tag == "ExtendedData":
                if twice := _read_data(child, data):
                    self._broken.setdefault(row, f"says {shown(twice)} twice")
            elif child.tag in GEOMETRIES:
                try:
                    shape = read_shape(child)
                except ShapeError as error:
                    self._broken.setdefault(row, str(error))
        self._columns.update(dict.fromkeys(data))
        if len(self._columns) > _MOST_COLUMNS:
            raise GeoeventsError(f"{self._path}: has more than {_MOST_COLUMNS} columns")
        self._own.append(own)
        self._data.append(data)
        self._shapes.append(shape)

    def keep(self, layer: str | None) -> None:
        """Keep the rows of one folder."""
        if layer is None:
            return
        names = [[_name(folder) for folder in folders] for folders in self._folders]
        kept = [row for row, inside in enumerate(names) if layer in inside]
        if not kept:
            there = dict.fromkeys(name for inside in names for name in inside)
            raise GeoeventsError(
                f"{self._path}: has no folder {shown(layer)}: it has {', '.join(there) or 'none'}"
            )
        self._pick(kept)

    def _pick(self, rows: list[int]) -> None:
        """Keep rows, in the order given."""
        for name in ("_own", "_data", "_folders", "_shapes", "_ids", "_lines"):
            every = getattr(self, name)
            setattr(self, name, [every[row] for row in rows])
        self._broken = {
            new: self._broken[old] for new, old in enumerate(rows) if old in self._broken
        }

    def ours(self, declared: list[tuple[str, str]]) -> Table:
        """Make the table of a file of ours."""
        found = [_OWN.fullmatch(name) for name in self._ids]
        numbers = [int(match[1]) for match in found if match]
        if len(set(numbers)) == len(self._ids):
            self._pick(sorted(range(len(numbers)), key=numbers.__getitem__))
        dtypes = dict(declared)
        columns = {}
        for name in dict.fromkeys([*dtypes, *self._columns]):
            values = [data.get(name) for data in self._data]
            columns[name] = typed(values, dtypes.get(name, "str"), f"{self._path}: column {name}")
        return self._table(columns)

    def of_others(self, types: dict[str, str]) -> Table:
        """Make the table of any other file."""
        folders = [" / ".join(_name(folder) for folder in inside) for inside in self._folders]
        for own, folder in zip(self._own, folders, strict=True):
            own["folder"] = folder
        columns = {}
        for name in (*_OF_PLACEMARKS, "begin", "end", "folder"):
            values = [own.get(name, "").strip() or None for own in self._own]
            if name == "name" or any(value is not None for value in values):
                column = f"kml_{name}" if name in self._columns else name
                columns[column] = typed(values, "str", name)
        for name in self._columns:
            values = [data.get(name, "").strip() or None for data in self._data]
            try:
                columns[name] = typed(values, types.get(name, "str"), name)
            except GeoeventsError:  # the type is only what the file claims
                columns[name] = typed(values, "str", name)
        return self._table(columns)

    def _table(self, columns: dict[str, pd.Series]) -> Table:
        geometry = np.full(len(self._shapes), None, dtype=object)
        geometry[:] = self._shapes
        if "geometry" in columns:
            columns["kml_geometry"] = columns.pop("geometry")
        frame = pd.DataFrame(columns, index=pd.RangeIndex(len(geometry)))
        frame.columns = pd.Index(list(columns), dtype=object)
        return Table(
            gpd.GeoDataFrame(frame, geometry=geometry, crs=4326),
            "kml",
            np.array(self._lines, dtype=int),
            self._broken,
        )


def _name(folder: Element) -> str:
    name = folder.child("name")
    return name.text.strip() if name is not None else ""


def _read_data(element: Element, data: dict[str, str]) -> str | None:
    """Read the columns of a placemark; give the name of one that stands twice."""
    twice = None
    for child in element.children:
        cells = child.children if child.tag == "SchemaData" else [child]
        for cell in cells:
            name = cell.attributes.get("name", "")
            if not name or cell.tag not in {"SimpleData", "Data"}:
                continue
            value = cell if cell.tag == "SimpleData" else cell.child("value")
            twice = name if name in data else twice
            data[name] = value.text if value is not None else ""
    return twice


def _types(root: Element) -> dict[str, str]:
    """Read the types that a file claims for its columns, as dtypes; none where it contradicts."""
    words = {"bool": "bool", "double": "float64", "float": "float64"}
    words |= dict.fromkeys(("int", "uint", "short", "ushort"), "int64")
    types: dict[str, str] = {}
    for one in root.every("SimpleField"):
        name = one.attributes.get("name", "")
        dtype = words.get(one.attributes.get("type", ""), "str")
        types[name] = dtype if types.get(name, dtype) == dtype else "str"
    return types


def _declared(root: Element) -> list[tuple[str, str]] | None:
    """Read what a file of ours says of its columns; None if it is not ours."""
    for document in root.every("Document"):
        extended = document.child("ExtendedData")
        for data in extended.children if extended is not None else ():
            value = data.child("value")
            if data.attributes.get("name") == COLUMNS_KEY and value is not None:
                return _pairs(value.text)
    return None


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """Read a list of names and dtypes, or nothing if it is none."""
    try:
        said = json.loads(text)
        pairs = [(name, dtype) for name, dtype in said]
    except (ValueError, TypeError, RecursionError):
        return None
    if len(pairs) > _MOST_COLUMNS or not all(isinstance(w, str) for pair in pairs for w in pair):
        return None
    return pairs
