"""How much an area hangs on the sites that were chosen: the jackknife over sites."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.territory.arrangement import linked
from geoevents.territory.captures.cells import Cells, tessellated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]
    Ints = NDArray[np.intp]

_MANY, _GROUPS, _SEED = 200, 100, 0
_NEAR_M = 1.0  # polygons that meet do so within this
_KM2 = 1e-6


def groups_of(sites: int) -> "Ints":
    """
    Say which sites are left out together.

    Parameters
    ----------
    sites : int
        How many there are.

    Returns
    -------
    numpy.ndarray of int
        The group of each: its own of up to 200 sites; of more, one of 100 groups drawn at random,
        the same at every call.

    Examples
    --------
    >>> groups_of(3).tolist(), len(set(groups_of(250).tolist()))
    ([0, 1, 2], 100)
    """
    if sites <= _MANY:
        return np.arange(sites)
    return np.random.default_rng(_SEED).permutation(sites) % _GROUPS


def standard_errors(cells: Cells, group: "Ints", holdings: "NDArray[np.bool_]") -> "Floats":
    """
    Find the jackknife standard error of the areas that are held.

    Parameters
    ----------
    cells : Cells
        The ground of each site.
    group : numpy.ndarray of int
        For each site the group it is left out with; see `groups_of`.
    holdings : numpy.ndarray of bool
        For each holding (rows) which sites (columns) are part of it.

    Returns
    -------
    numpy.ndarray
        For each holding, in square kilometres.

    Notes
    -----
    With a_i the area that is held when group i of g is left out, and m their mean, the standard
    error is sqrt((g - 1) / g * sum((a_i - m)**2)) (Efron & Tibshirani 1993, eq. 11.5). Leaving a
    site out changes no cell but its own, which goes to its neighbours, and it goes to the same
    ones whoever holds them: so the ground is divided anew once, and not for each date and actor.

    References
    ----------
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.
    """
    lost, won = exchanges(cells, group)
    changes = (won - lost) @ holdings.T  # what is held without each group, less what is held
    number = len(changes)
    spread = ((changes - changes.mean(axis=0)) ** 2).sum(axis=0)
    found: Floats = np.sqrt((number - 1) / number * spread)
    return found


def exchanges(cells: Cells, group: "Ints") -> tuple["Floats", "Floats"]:
    """
    Find what each site loses and wins when each group of sites is left out.

    Parameters
    ----------
    cells : Cells
        The ground of each site.
    group : numpy.ndarray of int
        For each site the group it is left out with.

    Returns
    -------
    lost, won : numpy.ndarray
        Square kilometres, a row for each group and a column for each site. The sites left out lose
        their cells, and those around them win what is nearest to them. Of ground that has no site
        left in its part, or none within the greatest distance, nobody wins anything.
    """
    shape = (int(group.max()) + 1, len(cells.xy))
    pieces = shapely.transform(cells.faces, cells.ground.plane.forward)
    bad = ~shapely.is_valid(pieces)  # slivers of a millimetre may turn over in the plane
    pieces[bad] = shapely.make_valid(pieces[bad])
    lost = _summed(group[cells.site], cells.site, shapely.area(pieces), shape)

    gap, heirs_gap, heir = _gaps(cells, group)
    tiles = tessellated(cells.xy[cells.seed_site[heir]], heirs_gap, cells.frame)
    if cells.discs is not None:
        tiles = shapely.intersection(tiles, cells.discs[cells.seed_site[heir]])
    # Each piece of a gap with each of the gap's heirs.
    first = np.searchsorted(heirs_gap, gap[cells.seed], "left")
    number = np.searchsorted(heirs_gap, gap[cells.seed], "right") - first
    piece = np.repeat(np.arange(len(pieces)), number)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(number) - number, number)
    tile = first[piece] + nth
    parts = shapely.area(shapely.intersection(pieces[piece], tiles[tile]))
    winner = cells.seed_site[heir[tile]]
    return lost, _summed(group[cells.site[piece]], winner, parts, shape)


def _gaps(cells: Cells, group: "Ints") -> tuple["Ints", "Ints", "Ints"]:
    """
    Find the gaps that seeds leave, and who may take them.

    Gives for each seed the number of its gap, and pairs of a gap and a seed beside it, by gap.
    Voronoi polygons are convex: what a seed wins in a gap is joined to it by straight lines through
    the gap, so that nobody wins who does not touch it.
    """
    one, other = shapely.STRtree(cells.tiles).query(
        cells.tiles, predicate="dwithin", distance=_NEAR_M
    )
    beside = (one != other) & (cells.seed_part[one] == cells.seed_part[other])
    one, other = one[beside], other[beside]
    left = group[cells.seed_site]
    together = left[one] == left[other]
    gap = linked(len(left), one[together], other[together])
    found = np.unique(np.column_stack([gap[one[~together]], other[~together]]), axis=0)
    return gap, found[:, 0], found[:, 1]


def _summed(row: "Ints", column: "Ints", square_m: "Floats", shape: tuple[int, int]) -> "Floats":
    """Sum square metres into a table of square kilometres."""
    cell = row * shape[1] + column
    found = np.bincount(cell, square_m, shape[0] * shape[1]).reshape(shape) * _KM2
    return found.astype(np.float64)
