"""From a phrase to a region: where "east of the Euphrates, near Deir ez-Zor" is, and how sure."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoevents.localities.grammar import parse as parse
    from geoevents.localities.locating import Locality as Locality
    from geoevents.localities.locating import locate as locate
    from geoevents.localities.tree import LocalityError as LocalityError
    from geoevents.localities.uncertainty import Neighbourhood as Neighbourhood
    from geoevents.localities.uncertainty import point_radius as point_radius

_HOME = {
    "Locality": "locating",
    "LocalityError": "tree",
    "Neighbourhood": "uncertainty",
    "locate": "locating",
    "parse": "grammar",
    "point_radius": "uncertainty",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geoevents.localities' has no attribute {name!r}")
    value = getattr(import_module(f"geoevents.localities.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
