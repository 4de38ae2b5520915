"""A line of many pieces threaded into one, without the arms beside it and the drawing's slips."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.errors import GeometryError
from geoevents.localities.shapes.plane import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_GAP_M = 50_000.0  # farther apart than this, two pieces of a river are two rivers
_TOUCH_M = 100.0  # two pieces this near touch
_AGAINST = 4.0  # a gap to a piece that is drawn the other way counts this many times
_TURN = math.cos(math.radians(15))  # a line turns round where it comes back within 15°
_FOLD_DEG = 0.03  # and only for some 3 km: farther, it was meant


@lru_cache(maxsize=128)
def stem(line: BaseGeometry) -> shapely.LineString:
    """
    Thread the pieces of a line into one, gaps bridged and side branches left out.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In lon/lat.

    Returns
    -------
    shapely LineString
        The longest piece and all that continues it, in one direction, in lon/lat.

    Raises
    ------
    GeometryError
        For what is no line, or one of no length.

    Notes
    -----
    The line runs the way that most of its length was drawn.

    Examples
    --------
    >>> stem(shapely.from_wkt("MULTILINESTRING ((1 0, 2 0), (1 0, 0 0.1), (2.1 0, 3 0))")).wkt
    'LINESTRING (0 0.1, 1 0, 2 0, 2.1 0, 3 0)'
    """
    merged = shapely.line_merge(shapely.force_2d(line), directed=True)
    if not shapely.length(merged):
        raise GeometryError("there is no line to follow: it is a point, or of no length")
    if merged.geom_type == "LineString":
        return shapely.LineString(_unfolded(shapely.get_coordinates(merged)))
    plane = Plane.about(merged)
    parts = shapely.get_parts(merged)
    lengths = shapely.length(plane.forward(parts))
    order = np.argsort(-lengths, kind="stable")
    parts, left = list(parts[order]), lengths[order].tolist()
    chain, along = shapely.get_coordinates(parts.pop(0)), left.pop(0)
    while parts:
        flat = plane.forward(shapely.LineString(chain))
        ends = shapely.get_point(plane.forward(np.array(parts)), [[0], [-1]])
        heads = shapely.get_point(flat, [0, -1])
        gaps = shapely.distance(ends[:, :, None], heads[None, None, :])  # part end, part, chain end
        # A branch leaves from the middle of the chain: its end is nearer to that than to an end.
        off = shapely.distance(ends, flat)
        branch = gaps > 1.2 * off[:, :, None] + _TOUCH_M
        arm = off[::-1, :, None] < _TOUCH_M  # its other end is on the chain: an arm beside it
        branch |= arm & (gaps[::-1, :, ::-1] > _TOUCH_M)  # unless it closes a ring
        gaps[[0, 1], :, [0, 1]] *= _AGAINST  # it would have to be turned round
        gaps = np.where(branch | (gaps > _GAP_M), np.inf, np.round(gaps))
        if not np.isfinite(gaps.min()):
            break
        nearest = int(np.argmin(gaps.min(axis=(0, 2))))  # of equally near ones, the longest
        part_end, chain_end = np.unravel_index(int(np.argmin(gaps[:, nearest])), (2, 2))
        own, length = shapely.get_coordinates(parts.pop(nearest)), left.pop(nearest)
        if part_end == chain_end:
            own, length = own[::-1], -length
        along += length
        chain = np.vstack([chain, own] if chain_end else [own, chain])
    chain = chain if along >= 0 else chain[::-1]
    return shapely.LineString(_unfolded(chain))


def _unfolded(xy: Floats) -> Floats:
    """
    Take out the slips of a drawing where a line goes a little way back on itself.

    Its sides change places there, which no river's do. A vertex goes where the line turns round on
    it; what follows may then turn round on the one before, so this is done again.
    """
    xy = xy[np.append(True, (np.diff(xy, axis=0) != 0).any(axis=1))]
    while len(xy) > 3:  # noqa: PLR2004 -- two ends and one vertex more than goes
        lon = np.unwrap(xy[:, 0], period=360.0)
        narrow = np.cos(np.radians((xy[1:, 1] + xy[:-1, 1]) / 2))
        step = np.column_stack([np.diff(lon) * narrow, np.diff(xy[:, 1])])
        long = np.hypot(*step.T)
        back = (step[1:] * step[:-1]).sum(axis=1) < -_TURN * long[1:] * long[:-1]
        fold = np.flatnonzero(back & (np.minimum(long[1:], long[:-1]) < _FOLD_DEG)) + 1
        if not len(fold):
            break
        alone = np.append(True, np.diff(fold) > 1)  # of neighbours one at a time
        xy = np.delete(xy, fold[alone], axis=0)
        xy = xy[np.append(True, (np.diff(xy, axis=0) != 0).any(axis=1))]
    return xy
