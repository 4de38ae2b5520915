"""Maps people look at: events, regions and changes of control in one HTML file."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoevents.maps.eventmap import EventLayer as EventLayer
    from geoevents.maps.eventmap import EventMap as EventMap
    from geoevents.maps.eventmap import event_map as event_map

__all__ = ["EventLayer", "EventMap", "event_map"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'geoevents.maps' has no attribute {name!r}")
    value = getattr(import_module("geoevents.maps.eventmap"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
