"""
Named places: a gazetteer, and finding the place that a name means.

Loaded only when first used, like the package itself; looking up one name loads neither pandas nor
geopandas.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer as Gazetteer
    from geoevents.places.geocoding import geocode as geocode
    from geoevents.places.online.options import Online as Online
    from geoevents.places.place import Place as Place
    from geoevents.places.place import PlaceNotFound as PlaceNotFound
    from geoevents.places.toponyms import geoparse as geoparse

_HOME = {
    "Gazetteer": "geoevents.places.gazetteer",
    "Online": "geoevents.places.online.options",
    "Place": "geoevents.places.place",
    "PlaceNotFound": "geoevents.places.place",
    "geocode": "geoevents.places.geocoding",
    "geoparse": "geoevents.places.toponyms",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings

__getattr__, __dir__ = lazy(__name__, _HOME)
