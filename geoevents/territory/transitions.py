"""The comparison of two snapshots: which ground passed from whom to whom."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.territory.arrangement import faces, merged, middles, owners, together
from geoevents.territory.chains import residue
from geoevents.territory.columns import NOBODY
from geoevents.territory.edited import check_edit
from geoevents.territory.measure import areas_km2
from geoevents.territory.noise import broad
from geoevents.territory.overlaps import INTERIORS_MEET
from geoevents.territory.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

Geometries = NDArray[Any]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Transitions:
    """
    Ground that changed hands, a row for each holder before and holder after.

    Attributes
    ----------
    from_actor, to_actor : list of str
        The holders; "nobody" for ground outside all polygons.
    geometry : numpy.ndarray of shapely geometries
        The ground; empty if all of it is noise.
    noise_km2 : numpy.ndarray of float
        What was set aside as narrower than the tolerance.
    uncertainty_m : numpy.ndarray of float
        How far its outline may be off; NaN where that is not said.
    inferred : numpy.ndarray of bool
        Whether it follows from ground that was worked out or sketched.
    """

    from_actor: list[str]
    to_actor: list[str]
    geometry: Geometries
    noise_km2: Floats
    uncertainty_m: Floats
    inferred: NDArray[np.bool_]

    @classmethod
    def joined(cls, several: "Sequence[Transitions]") -> "Transitions":
        """
        Put the rows of several comparisons one after the other.

        Parameters
        ----------
        several : sequence of Transitions
            The comparisons.

        Returns
        -------
        Transitions
            All their rows.
        """
        if not several:
            return _none()
        return cls(
            [name for some in several for name in some.from_actor],
            [name for some in several for name in some.to_actor],
            np.concatenate([some.geometry for some in several]),
            np.concatenate([some.noise_km2 for some in several]),
            np.concatenate([some.uncertainty_m for some in several]),
            np.concatenate([some.inferred for some in several]),
        )


def compare(
    before: Snapshot,
    after: Snapshot,
    tolerance_m: float = 0.0,
    *,
    unchanged: bool = False,
    edited: bool = False,
) -> Transitions:
    """
    Compare two snapshots.

    Parameters
    ----------
    before, after : Snapshot
        The snapshots.
    tolerance_m : float, default 0.0
        Ground narrower than this is noise.
    unchanged : bool, default False
        Also give what stayed with its holder.
    edited : bool, default False
        See that `after` is sound, knowing that `before` is. Both have one polygon of one holder.

    Returns
    -------
    Transitions
        Sorted by the names of the holders, "nobody" last.

    Raises
    ------
    UnsoundError
        If `edited`, and `after` needs a full check.
    """
    names, numbers = _common(before.actors, after.actors)
    left = residue(before.chain, after.chain, numbers)
    if not len(left.lines):
        found = _none()
        return _with_unchanged(found, before, after) if unchanged else found
    pieces = faces(left.lines)
    inside = middles(pieces)
    # On a border that did not change a point is in several: take the same holder in both.
    was, now = (
        owners(inside, snapshot.polygons, number[snapshot.holder])
        for snapshot, number in zip((before, after), numbers, strict=True)
    )
    if edited:
        check_edit(left, pieces, inside, was >= 0)
    from_ = _per_piece(numbers[0][before.holder], was, len(names))
    to = _per_piece(numbers[1][after.holder], now, len(names))
    changed = from_ != to
    pieces, was, now = pieces[changed], was[changed], now[changed]
    many = len(names) + 1
    pairs, group = np.unique(from_[changed] * many + to[changed], return_inverse=True)
    ground = together(pieces, group, len(pairs))
    (band, guessed), (other_band, also) = _said(before, pieces, was), _said(after, pieces, now)
    widest = np.full(len(pairs), np.nan)
    np.fmax.at(widest, group, np.fmax(band, other_band))
    called = [*names, NOBODY]
    found = Transitions(
        [called[k] for k in (pairs // many).tolist()],
        [called[k] for k in (pairs % many).tolist()],
        ground,
        np.zeros(len(pairs)),
        widest,
        np.bincount(group, guessed | also, len(pairs)) > 0,
    )
    if tolerance_m > 0:
        found = _without_noise(found, tolerance_m)
    return _with_unchanged(found, before, after) if unchanged else found


def _common(
    before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Ints, Ints]]:
    """Give the holders of two snapshots common numbers: the names, and the numbers of either."""
    if before == after:
        number = np.arange(len(before), dtype=np.int64)
        return before, (number, number)
    names = tuple(sorted({*before, *after}))
    position = {name: number for number, name in enumerate(names)}
    first, second = (
        np.array([position[name] for name in some], dtype=np.int64) for some in (before, after)
    )
    return names, (first, second)


def _per_piece(of_rows: NDArray[Any], row: NDArray[np.intp], other: Any) -> NDArray[Any]:
    """Give each piece the value of the row it lies in, another where it lies in none."""
    if not len(of_rows):
        return np.full(len(row), other)
    return np.where(row < 0, other, of_rows[row])


def _said(
    snapshot: Snapshot, pieces: Geometries, row: NDArray[np.intp]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Find how far off the outlines that each piece is of may be, and whether any is inferred."""
    band = _per_piece(snapshot.uncertainty_m, row, np.nan)
    guessed = _per_piece(snapshot.inferred, row, other=False)
    holder = snapshot.holder
    if len(holder) == len(snapshot.actors):
        return band, guessed
    said = np.column_stack([np.nan_to_num(snapshot.uncertainty_m, nan=-1.0), snapshot.inferred])
    first = np.unique(holder, return_index=True)[1]
    mixed = np.isin(holder, holder[(said != said[first][holder]).any(axis=1)])
    some = np.flatnonzero((row >= 0) & _per_piece(mixed, row, other=False))
    if len(some):  # a piece may lie in several rows of its holder
        piece, other = shapely.STRtree(snapshot.polygons).query(pieces[some])
        piece = some[piece]
        own = holder[other] == holder[row[piece]]
        piece, other = piece[own], other[own]
        meet = shapely.relate_pattern(snapshot.polygons[other], pieces[piece], INTERIORS_MEET)
        np.fmax.at(band, piece[meet], snapshot.uncertainty_m[other[meet]])
        np.logical_or.at(guessed, piece[meet], snapshot.inferred[other[meet]])
    return band, guessed


def _none() -> Transitions:
    nothing = np.zeros(0)
    return Transitions([], [], np.empty(0, dtype=object), nothing, nothing, nothing.astype(bool))


def _without_noise(found: Transitions, tolerance_m: float) -> Transitions:
    """Set aside what is narrower than the tolerance."""
    parts, owner = shapely.get_parts(found.geometry, return_index=True)
    left, owner_left = shapely.get_parts(broad(parts, tolerance_m), return_index=True)
    owner_left = owner[owner_left]
    left, owner_left = left[~shapely.is_empty(left)], owner_left[~shapely.is_empty(left)]
    kept = np.full(len(found.geometry), shapely.Polygon(), dtype=object)
    for one in np.unique(owner_left).tolist():
        mine = left[owner_left == one]
        kept[one] = mine[0] if len(mine) == 1 else shapely.multipolygons(mine)
    noise = np.maximum(areas_km2(found.geometry) - areas_km2(kept), 0.0)
    return replace(found, geometry=kept, noise_km2=noise)


def _with_unchanged(found: Transitions, before: Snapshot, after: Snapshot) -> Transitions:
    """Add what each holder kept: what it had, without what it lost."""
    stayed = sorted({*before.actors} & {*after.actors})
    lost = np.array(found.from_actor, dtype=object)
    ground, band, guessed = [], [], []
    for name in stayed:
        mine, theirs = (
            snapshot.holder == snapshot.actors.index(name) for snapshot in (before, after)
        )
        had = merged(before.polygons[mine])
        ground.append(shapely.difference(had, merged(found.geometry[lost == name])))
        bands = np.concatenate([before.uncertainty_m[mine], after.uncertainty_m[theirs]])
        band.append(np.fmax.reduce(bands, initial=np.nan))
        guessed.append(before.inferred[mine].any() or after.inferred[theirs].any())
    there = [number for number, geometry in enumerate(ground) if not geometry.is_empty]
    whole = Transitions(
        [*found.from_actor, *(stayed[i] for i in there)],
        [*found.to_actor, *(stayed[i] for i in there)],
        np.array([*found.geometry, *(ground[i] for i in there)], dtype=object),
        np.append(found.noise_km2, np.zeros(len(there))),
        np.append(found.uncertainty_m, [band[i] for i in there]),
        np.append(found.inferred, [guessed[i] for i in there]).astype(bool),
    )
    names = [*sorted({*before.actors, *after.actors}), NOBODY]
    rank = {name: number for number, name in enumerate(names)}
    order = np.lexsort(
        [[rank[name] for name in some] for some in (whole.to_actor, whole.from_actor)]
    )
    return Transitions(
        [whole.from_actor[i] for i in order.tolist()],
        [whole.to_actor[i] for i in order.tolist()],
        whole.geometry[order],
        whole.noise_km2[order],
        whole.uncertainty_m[order],
        whole.inferred[order],
    )
