"""What a text says of which place lies in which: "Springfield, Illinois"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from geoevents.places.ranking import Candidates

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_COUNTRY, _ADMIN1, _ADMIN2, _TOWN = range(4)
#: What is left of the weight of a place that does not lie where the text says.
_AGAINST: Final = 1e-4
#: The same of a state or province: "Oregon, Ohio" may be two of a list.
_AGAINST_STATE: Final = 0.1
#: "A, B" where B is a town means that A is near it, in degrees; and boxes are drawn so wide.
_BESIDE_DEG: Final = 1.35
_EDGE_DEG: Final = 0.1
#: So many pairs are looked at together; more would only take memory.
_TOGETHER: Final = 1_000_000


def containment(c: Candidates, weight: Floats, names: int, within: Ints) -> Floats:
    """
    Weigh candidates by what the text says of which place lies in which.

    Parameters
    ----------
    c : Candidates
        What the names may mean, ordered by name.
    weight : ndarray
        What speaks for each candidate else.
    names : int
        How many names there are.
    within : ndarray
        For each name the name of what it is said to lie in; -1 for none.

    Returns
    -------
    ndarray
        For each candidate a factor up to 1: of what is said to lie in something how likely it lies
        in that, of what is said to contain something how likely it contains that.
    """
    factor: Floats = np.ones(len(c.query))
    first = np.searchsorted(c.query, np.arange(names + 1))
    sizes = np.diff(first)
    inner = np.flatnonzero(within >= 0)
    inner = inner[(sizes[inner] > 0) & (sizes[within[inner]] > 0)]
    if not len(inner):
        return factor
    outer = within[inner]
    a, b = _pairs(c, first, inner, outer)
    belief = _belief(c.query, weight, names)
    # All names that are said to lie in one speak for what that is.
    told = np.isin(c.query, outer)
    heard = np.bincount(b, belief[a], minlength=len(c.query))
    factor[told] = _AGAINST + heard[told]
    belief = _belief(c.query, weight * factor, names)
    told = np.isin(c.query, inner)
    least = np.where(c.kind == _ADMIN1, _AGAINST_STATE, _AGAINST)
    heard = np.minimum(np.bincount(a, belief[b], minlength=len(c.query)), 1.0)
    factor[told] *= least[told] + heard[told]
    return factor


def _pairs(c: Candidates, first: Ints, inner: Ints, outer: Ints) -> tuple[Ints, Ints]:
    """Return the candidates that lie in candidates of what the text says they lie in."""
    sizes = np.diff(first)
    count = sizes[inner] * sizes[outer]
    chunk = np.cumsum(count) // _TOGETHER
    parts = []
    for number in range(int(chunk[-1]) + 1):
        some = np.flatnonzero(chunk == number)
        pair = some[np.repeat(np.arange(len(some)), count[some])]
        before = np.cumsum(count[some]) - count[some]
        at = np.arange(len(pair)) - np.repeat(before, count[some])
        a = first[inner[pair]] + at // sizes[outer[pair]]
        b = first[outer[pair]] + at % sizes[outer[pair]]
        lies = _lies_in(c, a, b)
        parts.append((a[lies], b[lies]))
    return np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts])


def _belief(query: Ints, weight: Floats, names: int) -> Floats:
    total = np.bincount(query, weight, minlength=names)
    belief: Floats = weight / total[query]
    return belief


def _lies_in(c: Candidates, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Tell which places lie in which, by country, province and box."""
    same = (c.country[a] == c.country[b]) & (c.country[a] > 0)
    province = same & (c.admin1[a] == c.admin1[b]) & (c.admin1[a] > 0)
    kind = c.kind[b]
    box, x, y = c.box[b], c.lon[a], c.lat[a]
    boxed = (x >= box[:, 0] - _EDGE_DEG) & (x <= box[:, 2] + _EDGE_DEG)
    boxed &= (y >= box[:, 1] - _EDGE_DEG) & (y <= box[:, 3] + _EDGE_DEG)
    wide = np.maximum(np.cos(np.radians(y)), 0.1)
    beside = np.hypot((x - c.lon[b]) * wide, y - c.lat[b]) <= _BESIDE_DEG
    lies: NDArray[np.bool_] = np.select(
        [kind == _COUNTRY, kind == _ADMIN1, kind == _TOWN],
        [same & (c.kind[a] > _COUNTRY), province & (c.kind[a] > _ADMIN1), beside | province],
        boxed & (same | (c.country[a] == 0) | (kind > _TOWN)) & (c.kind[a] > _ADMIN1),
    )
    lies &= c.feature[a] != c.feature[b]
    return lies
