"""
Who holds what ground, what changed hands, how many square kilometres, and how sure.

Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.territory.balance import books as books
    from geoevents.territory.change import territory_change as territory_change
    from geoevents.territory.control import Territory as Territory
    from geoevents.territory.fronts import Gap as Gap
    from geoevents.territory.overlaps import OverlapError as OverlapError
    from geoevents.territory.repair import RepairWarning as RepairWarning

_HOME = {
    "Gap": "geoevents.territory.fronts",
    "OverlapError": "geoevents.territory.overlaps",
    "RepairWarning": "geoevents.territory.repair",
    "Territory": "geoevents.territory.control",
    "books": "geoevents.territory.balance",
    "territory_change": "geoevents.territory.change",
}

__all__ = ["Gap", "OverlapError", "RepairWarning", "Territory", "books", "territory_change"]

__getattr__, __dir__ = lazy(__name__, _HOME)
