"""
What relations to lines cover: along a river, its banks, its mouth, a border, between two places.

``ANCHORS`` has the relations that are a region by themselves, ``CUTS`` those that cut what the rest
of the phrase gives; a kind may be in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import buffer
from geoevents.localities.corridor import band
from geoevents.localities.courses import stem
from geoevents.localities.ground import Ground
from geoevents.localities.wording import km

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoevents.localities.ground import Saying
    from geoevents.localities.tree import Kind

_POLYGON = 2


def _along(saying: Saying) -> Ground:
    width = saying.rules.line_m
    if saying.dimensions == 0:
        raise saying.error(f"{saying.who} is not a line that one can go along")
    if saying.dimensions == _POLYGON:
        core = shapely.boundary(saying.outline)
        region = buffer(core, width)
    else:
        core = stem(saying.shape)
        region = band(core, width)
    said = f"within {km(width)} of the line of {saying.who}"
    off = saying.subject.uncertainty_m
    return Ground(region, ("along",), said, core=core, off_m=off, name=saying.subject.name)


#: By kind: what it covers by itself.
ANCHORS: dict[Kind, Callable[[Saying], Ground]] = {"along": _along}
#: By kind: what it leaves of a ground; of None it takes a default about its subject.
CUTS: dict[Kind, Callable[[Saying, Ground | None], Ground]] = {}
