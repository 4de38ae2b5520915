"""
Places in running text: where they are mentioned, and which place is meant.

`find_toponyms` does without pandas and geopandas; `geoparse` makes a frame.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.places.toponyms.finding import find_toponyms as find_toponyms
    from geoevents.places.toponyms.parsing import geoparse as geoparse
    from geoevents.places.toponyms.toponym import Toponym as Toponym

_HOME = {
    "Toponym": "geoevents.places.toponyms.toponym",
    "find_toponyms": "geoevents.places.toponyms.finding",
    "geoparse": "geoevents.places.toponyms.parsing",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings

__getattr__, __dir__ = lazy(__name__, _HOME)
