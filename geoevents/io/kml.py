"""
KML for Google Earth and others: styles, times and every column with its type.

Text of strangers never becomes markup. What a balloon shows is made here, with all text escaped
once for HTML and once for XML; each style says that its balloon shows that and nothing else, since
programs would put names and values into it as HTML. Names, which some programs also show as HTML,
hold no ``<``. There are no icons from elsewhere: a ``.kmz`` file has its own, a ``.kml`` file takes
the program's.
"""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoevents.io.cells import iso_dates, see_scalars
from geoevents.io.kmlshapes import kml_shapes
from geoevents.io.kmltimes import kml_times
from geoevents.io.marks import mark
from geoevents.io.styles import Look, Looks, hollow, inferred, looks
from geoevents.io.xmltext import escaped, see_fits
from geoevents.tables.kml import COLUMNS_KEY, ROW

_ROWS = 10_000  # at a time
_INT32 = 2**31
_FILL, _FAINT = "64", "26"  # opacity of areas, and of those that were worked out from words
_ODD = re.compile(r"[+-][0-9]{2}:[0-9]{2}:[0-9]{2}$")  # a zone of old, as ISO 8601 has none
_HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’"})


def write_kml(frame: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """
    Write KML 2.2.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows, in longitude and latitude; the geometry column is called ``geometry``.
    path : pathlib.Path
        The file.
    layer : str
        What the document is called.

    Raises
    ------
    GeoeventsError
        If a cell holds what XML or KML has no form for; the message names row and column.
    """
    with path.open("wb") as file:
        _write(frame, file, layer, icons=None)


def write_kmz(frame: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """
    Write KMZ: KML with its icons in one file.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows, in longitude and latitude; the geometry column is called ``geometry``.
    path : pathlib.Path
        The file.
    layer : str
        What the document is called.

    Raises
    ------
    GeoeventsError
        If a cell holds what XML or KML has no form for; the message names row and column.
    """
    icons: dict[str, bytes] = {}
    document = path.with_name("doc.kml")  # in the folder of the unfinished file, which is removed
    with document.open("wb") as file:
        _write(frame, file, layer, icons)
    with zipfile.ZipFile(path, "w") as archive:
        with document.open("rb") as file, archive.open(_entry(document.name), "w") as packed:
            shutil.copyfileobj(file, packed)
        for name, picture in icons.items():
            archive.writestr(_entry(name), picture)
    document.unlink()


def _entry(name: str) -> zipfile.ZipInfo:
    """Name a file in the archive; its date is always the same, so that the archive is."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write(
    frame: gpd.GeoDataFrame, file: IO[bytes], layer: str, icons: dict[str, bytes] | None
) -> None:
    see_scalars(frame)
    texts = frame.drop(columns="geometry")
    for name in texts:
        if texts[name].dtype.kind == "O":
            see_fits(texts[name])
    see_fits(pd.Series(list(texts.columns), name="of names"))
    chosen = looks(frame, layer)
    styles = _Styles(frame, chosen, icons)
    for part in (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2">',
        "<Document>",
        f"<name>{escaped(layer)}</name>",
        *styles.elements(),
        _types(texts),
        _schema(texts, layer),
    ):
        file.write(f"{part}\n".encode())
    kinds = _kinds(frame, chosen)
    for kind in [*chosen.kinds, ""]:
        rows = np.flatnonzero(kinds == kind)
        if len(rows):
            file.write(f"<Folder><name>{_label(kind or 'other')}</name>\n".encode())
            for first in range(0, len(rows), _ROWS):
                some = rows[first : first + _ROWS]
                file.writelines(_placemarks(frame.iloc[some], some, styles.names[some], layer))
            file.write(b"</Folder>\n")
    if not len(frame):  # others look for a layer
        file.write(f"<Folder><name>{_label(layer)}</name></Folder>\n".encode())
    file.write(b"</Document>\n</kml>\n")


def _kinds(frame: gpd.GeoDataFrame, chosen: Looks) -> np.ndarray:
    """Tell which kind each row is of; empty for none."""
    if not chosen.column:
        return np.full(len(frame), "", dtype=object)
    kinds = np.empty(len(frame), dtype=object)
    kinds[:] = _words(frame[chosen.column])
    return kinds


class _Styles:
    """The styles of a document: one for each look that there is, solid, hollow or inferred."""

    def __init__(
        self, frame: gpd.GeoDataFrame, chosen: Looks, icons: dict[str, bytes] | None
    ) -> None:
        kinds = _kinds(frame, chosen)
        order = {kind: number for number, kind in enumerate(chosen.kinds)} | {"": len(chosen.kinds)}
        codes = np.array([order[kind] for kind in kinds], dtype=int)
        codes = codes * 4 + hollow(frame) * 2 + inferred(frame)
        self.names = np.array([f"style-{code}" for code in codes.tolist()], dtype=object)
        self._used = np.unique(codes).tolist()
        self._every = [*chosen.kinds.values(), chosen.other]
        self._icons = icons

    def elements(self) -> Iterator[str]:
        """Write them."""
        for code in self._used:
            look = self._every[code // 4]
            yield self._element(
                f"style-{code}", look, is_hollow=bool(code & 2), is_inferred=bool(code & 1)
            )

    def _element(self, name: str, look: Look, *, is_hollow: bool, is_inferred: bool) -> str:
        red, green, blue = (look.colour[at : at + 2] for at in (1, 3, 5))
        colour = f"{blue}{green}{red}"
        width = 1 if is_inferred else 2
        icon = ""
        if self._icons is not None:
            file = f"icons/{look.shape}{'-hollow' if is_hollow else ''}.png"
            self._icons[file] = mark(look.shape, hollow=is_hollow)
            icon = f"<Icon><href>{file}</href></Icon>"
        return (
            f'<Style id="{name}">'
            f"<IconStyle><color>ff{colour}</color><scale>0.7</scale>{icon}</IconStyle>"
            "<LabelStyle><scale>0.7</scale></LabelStyle>"
            f"<LineStyle><color>ff{colour}</color><width>{width}</width></LineStyle>"
            f"<PolyStyle><color>{_FAINT if is_inferred else _FILL}{colour}</color>"
            f"<fill>{int(not is_hollow)}</fill></PolyStyle>"
            "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>"
        )


def _types(texts: pd.DataFrame) -> str:
    """Say what dtype each column has, for our own reader: KML has no dates."""
    dtypes = json.dumps([[name, str(texts[name].dtype)] for name in texts], ensure_ascii=False)
    return (
        f'<ExtendedData><Data name="{COLUMNS_KEY}"><value>{escaped(dtypes)}</value></Data>'
        "</ExtendedData>"
    )


def _schema(texts: pd.DataFrame, layer: str) -> str:
    """Say what columns there are, and their types as far as KML has them."""
    fields = "".join(
        f'<SimpleField type="{_type(texts[name])}" name="{escaped(str(name))}"/>' for name in texts
    )
    return f'<Schema name="{escaped(layer)}" id="{escaped(layer)}">{fields}</Schema>'


def _type(column: pd.Series) -> str:
    """Give KML's word for what a column holds."""
    if column.dtype == bool:
        return "bool"
    if column.dtype.kind == "f":
        return "double"
    if column.dtype.kind in "iu" and isinstance(column.dtype, np.dtype):
        return "int" if (column.abs() < _INT32).all() else "string"
    return "string"


def _placemarks(
    rows: gpd.GeoDataFrame, numbers: np.ndarray, styles: np.ndarray, layer: str
) -> Iterator[bytes]:
    """Write rows, with the number that each has in the frame."""
    names = list(rows.columns.drop("geometry"))
    columns = [_values(rows[name]) for name in names]
    openings = [f'<SimpleData name="{escaped(name)}">' for name in names]
    titles = [f"&lt;b&gt;{escaped(escaped(name))}&lt;/b&gt; " for name in names]
    for number, label, when, style, shape, *cells in zip(
        numbers.tolist(),
        _labels(rows, layer),
        kml_times(rows),
        styles.tolist(),
        kml_shapes(rows.geometry.to_numpy(), numbers.tolist()),
        *columns,
        strict=True,
    ):
        data, lines = [], []
        for opening, title, cell in zip(openings, titles, cells, strict=True):
            if cell is not None:
                data.append(f"{opening}{cell}</SimpleData>")
                lines.append(title + cell.replace("&", "&amp;"))
        yield (
            f'<Placemark id="{ROW}{number}"><name>{label}</name><Snippet maxLines="0"/>'
            f"<description>{'&lt;br&gt;'.join(lines)}</description>{when}"
            f'<styleUrl>#{style}</styleUrl><ExtendedData><SchemaData schemaUrl="#{layer}">'
            f"{''.join(data)}</SchemaData></ExtendedData>{shape}</Placemark>\n"
        ).encode()


def _values(column: pd.Series) -> list[str | None]:
    """Give cells as escaped text; None for what is missing."""
    if column.dtype.kind == "M":
        texts = iso_dates(column)
        if any(text is not None and _ODD.search(text) for text in texts):
            texts = iso_dates(column.dt.tz_convert("UTC"))
        return texts
    missing = column.isna().tolist()
    cells: list[Any] = column.tolist()
    if column.dtype.kind == "b":
        cells = ["true" if cell is True else "false" for cell in cells]
    elif column.dtype.kind == "f":  # whole numbers without a point; the dtype is said elsewhere
        cells = [str(cell).removesuffix(".0") for cell in cells]
    return [
        None if gone else escaped(cell if isinstance(cell, str) else str(cell))
        for cell, gone in zip(cells, missing, strict=True)
    ]


def _labels(rows: gpd.GeoDataFrame, layer: str) -> list[str]:
    """Name rows as a list of them shows it: what, where and when, or from whom to whom."""
    if layer != "events":
        said = [_words(rows[name]) for name in ("from_actor", "to_actor") if name in rows]
        between = " → "
    else:
        where = rows["place"].where(rows["place"].notna(), rows["locality"])
        said = [_words(rows["event_type"]), _words(where), _days(rows)]
        between = ", "
    if not said:
        return ["row"] * len(rows)
    return [_label(between.join(filter(None, words))) for words in zip(*said, strict=True)]


def _words(column: pd.Series) -> list[str]:
    """Give cells as text, empty where missing."""
    missing = column.isna().tolist()
    return ["" if gone else str(cell) for cell, gone in zip(column, missing, strict=True)]


def _days(events: gpd.GeoDataFrame) -> list[str]:
    """Write the beginnings of events as exactly as they are known."""
    texts = np.datetime_as_string(events["start"].to_numpy(), unit="D")
    lengths = {"month": -3, "year": -6, "unknown": -len("1970-01-01")}
    return [
        "" if day == "NaT" else day[: lengths.get(precision)]
        for day, precision in zip(texts.tolist(), events["date_precision"], strict=True)
    ]


def _label(text: str) -> str:
    """Make a name of a text: with no tag in it, whatever a program takes it for."""
    return escaped(text.translate(_HARMLESS))
