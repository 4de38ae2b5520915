"""Rivers made whole: the pieces that a map draws a river in, joined into one line."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.places.folding import fold
from geoevents.places.installed.accounts import Account
from geoevents.places.installed.tags import Tags

Geometries = NDArray[np.object_]
Indices = NDArray[np.intp]

#: Pieces of one name are one river if they are no farther apart than this, in degrees (5 km): a
#: lake, a town, or a piece that nobody named lies between.
_GAP_DEG: Final = 0.05
#: Two points in a square of this side are no farther apart than the gap.
_CELL_DEG: Final = _GAP_DEG / 1.5
#: How far apart, in degrees, names are laid to be compared each with itself: more than the earth.
_APART_DEG: Final = 1000.0


def join_rivers(
    tags: Tags, geometry: Geometries, pieces: NDArray[np.bool_], account: Account
) -> tuple[Tags, Geometries]:
    """
    Join the pieces of each river.

    Pieces belong together if their tags name the same whole (a Wikidata item, a relation), wherever
    they are; or if they have the same name and lie end to end, or nearly.

    Parameters
    ----------
    tags : Tags
        Of all features.
    geometry : ndarray of shapely.Geometry
        Of all features.
    pieces : ndarray of bool
        Which of them are lines of rivers.
    account : Account
        Where it is told.

    Returns
    -------
    tuple
        The features, a river each in place of its pieces, and their geometries.
    """
    at = np.flatnonzero(pieces)
    if not len(at):
        return tags, geometry
    group = rivers(
        [tags.wholes[i] for i in at.tolist()], [fold(tags.main[i]) for i in at.tolist()],
        geometry[at],
    )  # fmt: skip
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    made, first = [], []
    for members in np.split(order, starts[1:]):
        rows = at[members]
        # Relations before ways, and the lower number: the id stays if a piece is added.
        head = min(rows.tolist(), key=lambda row: _rank(tags.ids[row]))
        first.append(head)
        made.append(_merged(geometry[rows]))
        tags.names[head] = [name for row in rows.tolist() for name in tags.names[row]]
    if len(made) < len(at):
        account.notes.append(f"{len(at):,} lines of rivers were joined into {len(made):,}")
    rest = np.flatnonzero(~pieces)
    joined = np.empty(len(made), object)
    joined[:] = made
    return (
        tags.take(np.concatenate([rest, np.array(first, np.intp)])),
        np.concatenate([geometry[rest], joined]),
    )


def rivers(wholes: list[str], names: list[str], lines: Geometries) -> Indices:
    """
    Tell which lines are of one river.

    Parameters
    ----------
    wholes : list of str
        The whole that each line's tags name; empty where they name none.
    names : list of str
        Their folded names.
    lines : ndarray of shapely.Geometry
        The lines.

    Returns
    -------
    ndarray of int
        For each line the number of its river.

    Examples
    --------
    >>> from shapely import LineString
    >>> lines = np.array([LineString([(x, 0), (x + 1, 0)]) for x in (0, 1, 5, 9)])
    >>> rivers(["", "", "", ""], ["khabur", "khabur", "khabur", "balikh"], lines).tolist()
    [0, 0, 1, 2]
    >>> rivers(["Q1", "", "Q1", ""], ["khabur", "khabur", "khabur", "balikh"], lines).tolist()
    [0, 0, 0, 1]
    """
    count = len(lines)
    if not count:
        return np.empty(0, np.intp)
    _, name = np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)
    told = np.array([bool(each) for each in wholes], bool)
    _, whole = np.unique(np.array(wholes, dtype=object).astype(str), return_inverse=True)
    # What has a point in one square is near: so thousands of short pieces become a few groups.
    near = _connected(count, *_in_a_square(name, whole, lines))
    order = np.argsort(near, kind="stable")
    first = order[np.flatnonzero(np.diff(near[order], prepend=-1))]
    parts, owner = shapely.get_parts(lines[order], return_index=True)
    groups = shapely.multilinestrings(parts, indices=near[order][owner])
    # Laid one above the other, names are compared with themselves only.
    apart = name[first] * _APART_DEG
    xy, at = shapely.get_coordinates(groups, return_index=True)
    xy[:, 1] += apart[at]
    groups = shapely.set_coordinates(groups, xy)
    a, b = shapely.STRtree(groups).query(groups, predicate="dwithin", distance=_GAP_DEG)
    a, b = first[a[a < b]], first[b[a < b]]
    # Two that name two different wholes are two rivers, whatever they are called.
    same = ~(told[a] & told[b] & (whole[a] != whole[b]))
    firsts = np.unique(whole[told], return_index=True)
    first_of = np.full(int(whole.max(initial=0)) + 1, -1, np.intp)
    first_of[firsts[0]] = np.flatnonzero(told)[firsts[1]]
    of_whole = np.flatnonzero(told)
    a = np.concatenate([a[same], first_of[whole[of_whole]], first[near]])
    b = np.concatenate([b[same], of_whole, np.arange(count)])
    return _connected(count, a, b)


def _in_a_square(name: Indices, whole: Indices, lines: Geometries) -> tuple[Indices, Indices]:
    """Link lines of one name and one whole that have points in the same square of a grid."""
    xy, line = shapely.get_coordinates(lines, return_index=True)
    x, y = np.floor(xy / _CELL_DEG).astype(np.int64).T
    order = np.lexsort((line, y, x, whole[line], name[line]))
    keys = np.stack([name[line], whole[line], x, y])[:, order]
    begins = np.ones(len(order), bool)
    begins[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    line = line[order]
    return line[np.flatnonzero(begins)][np.cumsum(begins) - 1], line


def _connected(count: int, a: Indices, b: Indices) -> Indices:
    """Give what is linked, at whatever remove, one number."""
    labels = np.arange(count)
    while True:
        least = labels.copy()
        np.minimum.at(least, a, labels[b])
        np.minimum.at(least, b, labels[a])
        least = least[least]
        if (least == labels).all():
            break
        labels = least
    return np.unique(labels, return_inverse=True)[1]


def _rank(identity: str) -> tuple[int, int, str]:
    kind, _, number = identity.removeprefix("osm:").partition("/")
    order = {"relation": 0, "way": 1}.get(kind, 2)
    return order, int(number) if number.isdecimal() else 0, identity


def _merged(lines: Geometries) -> shapely.Geometry:
    """Join lines that run on into each other; the longest comes first, and is the main course."""
    parts = shapely.get_parts(lines)
    parts = parts[~shapely.is_empty(parts)]
    _, once = np.unique(shapely.to_wkb(parts), return_index=True)
    # Lines are drawn downstream: those that meet head to head are not one line.
    whole = shapely.line_merge(shapely.multilinestrings(parts[np.sort(once)]), directed=True)
    parts = shapely.get_parts(whole)
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(-shapely.length(parts), kind="stable")
    return shapely.multilinestrings(parts[order])
