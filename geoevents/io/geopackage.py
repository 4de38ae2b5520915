"""GeoPackage: one layer, and the table in which QGIS keeps how the layer looks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd

from geoevents.io.layers import write_layer
from geoevents.io.qgis import qgis_style
from geoevents.io.styles import looks

_GEOMETRY = "geometry"

_STYLES_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256),
    f_table_schema TEXT(256),
    f_table_name TEXT(256),
    f_geometry_column TEXT(256),
    styleName TEXT(30),
    styleQML TEXT,
    styleSLD TEXT,
    useAsDefault BOOLEAN,
    description TEXT,
    owner TEXT(30),
    ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
_STYLE = """
INSERT INTO layer_styles (
    f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
    useAsDefault, description, owner
) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '')
"""
_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'How the layers look in QGIS')
"""


def write_geopackage(frame: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """
    Write a GeoPackage of one layer, and the style that QGIS opens it with.

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
        If a cell holds what the format has no form for; the message names row and column.

    Notes
    -----
    The style stands in ``layer_styles``, a table of attributes in the terms of the standard: other
    programs list it as a layer without geometries.
    """
    names = [name.lower() for name in frame.columns]
    number = "fid"  # the row's own number, which a GeoPackage must have, beside the columns
    while number in names:
        number += "_"
    write_layer(frame, path, layer, "GPKG", {"FID": number, "GEOMETRY_NAME": _GEOMETRY})
    chosen = looks(frame, layer)
    style = qgis_style(frame, chosen)
    said = f"by {chosen.column}, made by geoevents" if chosen.column else "made by geoevents"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES_TABLE)
        database.execute(_STYLE, (layer, _GEOMETRY, layer, style, said))
        database.execute(_CONTENTS)
