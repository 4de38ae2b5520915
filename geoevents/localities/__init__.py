"""From a phrase to a region: where "east of the Euphrates, near Deir ez-Zor" is, and how sure."""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.localities.locality import Locality as Locality
    from geoevents.localities.locating import locate as locate
    from geoevents.localities.reading.grammar import parse as parse
    from geoevents.localities.tree import LocalityError as LocalityError
    from geoevents.localities.uncertainty import Neighbourhood as Neighbourhood
    from geoevents.localities.uncertainty import coordinate_rounding_m as coordinate_rounding_m
    from geoevents.localities.uncertainty import point_radius as point_radius

_HOME = {
    "Locality": "geoevents.localities.locality",
    "LocalityError": "geoevents.localities.tree",
    "Neighbourhood": "geoevents.localities.uncertainty",
    "coordinate_rounding_m": "geoevents.localities.uncertainty",
    "locate": "geoevents.localities.locating",
    "parse": "geoevents.localities.reading.grammar",
    "point_radius": "geoevents.localities.uncertainty",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings

__getattr__, __dir__ = lazy(__name__, _HOME)
