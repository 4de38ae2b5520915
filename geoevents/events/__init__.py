"""
Events as a GeoDataFrame: what its columns are, how it is read, and how it gets its geometry.

Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.events.attaching import attach as attach
    from geoevents.events.reading import read_events as read_events
    from geoevents.events.schema import SchemaError as SchemaError
    from geoevents.events.schema import validate as validate
    from geoevents.io import write_events as write_events

_HOME = {
    "SchemaError": "geoevents.events.schema",
    "attach": "geoevents.events.attaching",
    "read_events": "geoevents.events.reading",
    "validate": "geoevents.events.schema",
    "write_events": "geoevents.io",
}

__all__ = ["SchemaError", "attach", "read_events", "validate", "write_events"]

__getattr__, __dir__ = lazy(__name__, _HOME)
