"""Maps people look at: events, regions, control and its changes in one HTML file."""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.maps.eventlayer import EventLayer as EventLayer
    from geoevents.maps.eventmap import EventMap as EventMap
    from geoevents.maps.eventmap import event_map as event_map

__all__ = ["EventLayer", "EventMap", "event_map"]

__getattr__, __dir__ = lazy(
    __name__,
    {
        "EventLayer": "geoevents.maps.eventlayer",
        "EventMap": "geoevents.maps.eventmap",
        "event_map": "geoevents.maps.eventmap",
    },
)
