"""
Gazetteers that the user has installed: a country of GeoNames, OpenStreetMap, tables of one's own.

Which there are is asked at every look-up, so `geoevents.places.installed.collection` is light; what
makes them is loaded only to make them.
"""

from geoevents.places.installed.collection import (
    FOLDER,
    GazetteerWarning,
    Installed,
    find,
    folder,
    installed,
    paths,
    remove,
)

__all__ = [
    "FOLDER",
    "GazetteerWarning",
    "Installed",
    "find",
    "folder",
    "installed",
    "paths",
    "remove",
]
