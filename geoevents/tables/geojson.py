"""GeoJSON: a collection of features, one feature, or one to a line."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geoevents.errors import GeoeventsError, shown
from geoevents.tables.columns import as_values
from geoevents.tables.documents import Documents, frame_of, read_documents
from geoevents.tables.table import Table


def read_geojson(path: Path) -> Table:
    """
    Read GeoJSON.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8 (RFC 7946: longitude and latitude on WGS 84).

    Returns
    -------
    Table
        The properties and the geometry of each feature.

    Raises
    ------
    GeoeventsError
        If the file has no features.
    """
    return read_features(read_documents(path, "geojson"), path)


def features_of(content: object) -> list[Any] | None:
    """
    Find the features in a document.

    Parameters
    ----------
    content : object
        A feature collection, a feature, or a list of features.

    Returns
    -------
    list, optional
        The features; none if it is another document.
    """
    if isinstance(content, dict):
        features = content.get("features")
        if isinstance(features, list):
            return features
        return [content] if content.get("type") == "Feature" else None
    if isinstance(content, list) and content and isinstance(content[0], dict):
        first = content[0]
        if first.get("type") == "Feature" and ("geometry" in first or "properties" in first):
            return content
    return None


def read_features(documents: Documents, path: Path) -> Table:
    """
    Make a table of the features in JSON documents.

    Parameters
    ----------
    documents : Documents
        The documents.
    path : pathlib.Path
        The file they are from, for messages.

    Returns
    -------
    Table
        The properties and the geometry of each feature, and their own ids as ``id`` if there are
        any; if a property is called so already, as ``feature_id``, unless they are the same.

    Raises
    ------
    GeoeventsError
        If there are none.
    """
    features = features_of(documents.content)
    if features is None:
        raise GeoeventsError(f"{path}: is not a GeoJSON feature collection: it has no features")
    broken = dict(documents.broken)
    properties: list[dict[str, Any]] = []
    shapes: list[str | None] = []
    for row, feature in enumerate(features):
        known = feature if isinstance(feature, dict) else {}
        said = known.get("properties") or {}
        if not known or not isinstance(said, dict):
            broken.setdefault(row, "is not a GeoJSON feature")
        elif "geometry" in said:
            broken[row] = "has a property called geometry, which is the name of its shape"
        properties.append({} if row in broken else said)
        shape = known.get("geometry")
        try:
            shapes.append(None if shape is None else json.dumps(shape))
        except RecursionError:
            broken.setdefault(row, "has a geometry that is nested too deeply")
            shapes.append(None)
    geometry = shapely.from_geojson(np.array(shapes, dtype=object), on_invalid="ignore")
    there = np.array([shape is not None for shape in shapes], dtype=bool)
    for row in np.flatnonzero(shapely.is_missing(geometry) & there).tolist():
        broken.setdefault(row, "has a geometry that is not GeoJSON")
    frame = _with_ids(frame_of(properties, path), features)
    crs = _crs(documents.content, path)
    return Table(
        gpd.GeoDataFrame(frame, geometry=geometry, crs=crs), "geojson", documents.lines, broken
    )


def _with_ids(frame: pd.DataFrame, features: list[Any]) -> pd.DataFrame:
    """Add the ids of features, which stand beside their properties."""
    ids = [feature.get("id") if isinstance(feature, dict) else None for feature in features]
    if all(one is None for one in ids):
        return frame
    taken = {str(name).lower() for name in frame.columns}
    if (
        "id" in frame.columns
        and frame["id"].astype(object).where(frame["id"].notna(), None).tolist() == ids
    ):
        return frame
    name = next((name for name in ("id", "feature_id") if name not in taken), None)
    if name is not None:
        frame.insert(0, name, as_values(ids))
    return frame


def _crs(content: Any, path: Path) -> CRS:
    """Read the CRS of a GeoJSON file from before RFC 7946, which has no other than WGS 84."""
    if not isinstance(content, dict) or content.get("crs") is None:
        return CRS.from_epsg(4326)
    try:
        return CRS.from_user_input(content["crs"]["properties"]["name"])
    except (CRSError, KeyError, TypeError) as error:
        raise GeoeventsError(f"{path}: its crs cannot be read: {shown(content['crs'])}") from error
