"""
Named places: a gazetteer, and finding the place that a name means.

Loaded only when first used, like the package itself; looking up one name loads neither pandas nor
geopandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer as Gazetteer
    from geoevents.places.geocoding import geocode as geocode
    from geoevents.places.place import Place as Place
    from geoevents.places.place import PlaceNotFound as PlaceNotFound

_HOME = {
    "Gazetteer": "gazetteer",
    "Place": "place",
    "PlaceNotFound": "place",
    "geocode": "geocoding",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geoevents.places' has no attribute {name!r}")
    value = getattr(import_module(f"geoevents.places.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
