"""
Online geocoders: asked only if ``geocode(..., services=...)`` names them, for what is missing.

They are asked politely, one process after another, and what they answer is kept: see
`geoevents.places.online.options.Online`. geopy is loaded only when one is asked.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.places.online.asking import ask as ask
    from geoevents.places.online.cache import Cache as Cache
    from geoevents.places.online.options import Online as Online
    from geoevents.places.online.report import GeocoderWarning as GeocoderWarning
    from geoevents.places.online.report import Report as Report

_HOME = {
    "Cache": "geoevents.places.online.cache",
    "GeocoderWarning": "geoevents.places.online.report",
    "Online": "geoevents.places.online.options",
    "Report": "geoevents.places.online.report",
    "ask": "geoevents.places.online.asking",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings

__getattr__, __dir__ = lazy(__name__, _HOME)
