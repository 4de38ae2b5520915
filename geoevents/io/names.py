"""Names of columns as files hold them: text, on one line, and each read back as itself."""

import re
from collections.abc import Collection
from pathlib import Path

import geopandas as gpd

from geoevents.errors import GeoeventsError

_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CASELESS = (".gpkg",)  # to which "Note" and "note" are one name


def with_names(frame: gpd.GeoDataFrame, path: Path, known: Collection[str]) -> gpd.GeoDataFrame:
    """
    Name every column in text, and see that a file can hold the names.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.
    path : pathlib.Path
        The file to be; its suffix says what names it can tell apart.
    known : collection of str
        Names that readers know in any spelling, so that no other column may have them.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows.

    Raises
    ------
    GeoeventsError
        If a name is empty, holds a line break or another control character, is taken for one of
        ``known``, or cannot be told from another.
    """
    names = [str(name) for name in frame.columns]
    for name in names:
        if not name.strip():
            raise GeoeventsError(f"{path}: a column has no name: name it or drop it")
        if found := _CONTROL.search(name):
            raise GeoeventsError(
                f"{path}: the name of the column {name!a} holds the character "
                f"U+{ord(found[0]):04X}, a line break or control character: rename it"
            )
        spelt = name.strip().lower().replace(" ", "_")
        if spelt != name and spelt in known:
            raise GeoeventsError(
                f"{path}: the column {name!r} would be taken for {spelt!r} when the file is read: "
                "rename it, or drop it"
            )
    caseless = path.suffix.lower() in _CASELESS
    told_apart = [name.lower() for name in names] if caseless else names
    for position, name in enumerate(told_apart):
        if name in told_apart[:position]:
            raise GeoeventsError(
                f"{path}: cannot tell the columns {names[told_apart.index(name)]!r} and "
                f"{names[position]!r} apart: rename one"
            )
    return frame.set_axis(names, axis="columns")
