"""
geoevents: reports of events become maps, with geometry, uncertainty and square kilometres.

Everything public is here, imported only when first used: ``import geoevents`` loads neither
folium nor geopandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from geoevents.errors import GeoeventsError as GeoeventsError
    from geoevents.events import attach as attach
    from geoevents.events import read_events as read_events
    from geoevents.geodesy import area as area
    from geoevents.geodesy import length as length
    from geoevents.io import write_events as write_events
    from geoevents.localities import Locality as Locality
    from geoevents.localities import LocalityError as LocalityError
    from geoevents.localities import locate as locate
    from geoevents.maps import EventMap as EventMap
    from geoevents.maps import event_map as event_map
    from geoevents.maps.figures import plot_areas as plot_areas
    from geoevents.maps.figures import plot_map as plot_map
    from geoevents.places import Gazetteer as Gazetteer
    from geoevents.places import Online as Online
    from geoevents.places import Place as Place
    from geoevents.places import PlaceNotFound as PlaceNotFound
    from geoevents.places import geocode as geocode
    from geoevents.places import geoparse as geoparse
    from geoevents.reports import ReportError as ReportError
    from geoevents.reports import read_report as read_report
    from geoevents.reports import read_reports as read_reports
    from geoevents.territory import Territory as Territory
    from geoevents.territory import territory_change as territory_change

_HOME = {
    "GeoeventsError": "errors",
    "area": "geodesy",
    "length": "geodesy",
    "Gazetteer": "places",
    "Online": "places",
    "Place": "places",
    "PlaceNotFound": "places",
    "geocode": "places",
    "geoparse": "places",
    "Locality": "localities",
    "LocalityError": "localities",
    "locate": "localities",
    "territory_change": "territory",
    "Territory": "territory",
    "attach": "events",
    "read_events": "events",
    "ReportError": "reports",
    "read_report": "reports",
    "read_reports": "reports",
    "write_events": "io",
    "EventMap": "maps",
    "event_map": "maps",
    "plot_areas": "maps.figures",
    "plot_map": "maps.figures",
}

__all__ = ["__version__", *_HOME]  # noqa: PLE0604 -- one table, the keys are strings


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geoevents' has no attribute {name!r}")
    value = getattr(import_module(f"geoevents.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
