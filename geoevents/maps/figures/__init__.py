"""
Figures for print, with matplotlib: areas through time, and a map on paper.

Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.maps.figures.areas import plot_areas as plot_areas
    from geoevents.maps.figures.map_figure import plot_map as plot_map

_HOME = {
    "plot_areas": "geoevents.maps.figures.areas",
    "plot_map": "geoevents.maps.figures.map_figure",
}

__all__ = ["plot_areas", "plot_map"]

__getattr__, __dir__ = lazy(__name__, _HOME)
