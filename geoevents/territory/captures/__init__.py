"""
Control inferred from reported captures of towns: the ground about each, held by its last captor.

Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.territory.captures.inferring import (
        control_from_captures as control_from_captures,
    )

_HOME = {"control_from_captures": "geoevents.territory.captures.inferring"}

__all__ = ["control_from_captures"]

__getattr__, __dir__ = lazy(__name__, _HOME)
