"""
Who holds what ground, what changed hands, how many square kilometres, and how sure.

Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.territory.change import territory_change as territory_change

_HOME = {
    "territory_change": "geoevents.territory.change",
}

__all__ = ["territory_change"]

__getattr__, __dir__ = lazy(__name__, _HOME)
