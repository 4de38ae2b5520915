"""What a gazetteer knows of many names at once: how much is written of the places called so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.places import matching
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import LONGEST, is_generic
from geoevents.places.ranking import CROSSING, importance

#: How strongly a name that is not the main one speaks for a feature, as in look-ups.
_OTHER: Final = 0.04
_OTHER_SCRIPT: Final = 0.5
_SPACED: Final = 0.08
_SOUND: Final = 0.03
#: Spellings less alike than this are other names.
_ALIKE: Final = 0.7

_GREEK: Final = "\u0370"

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Known:
    """
    What is known of some names; a list has a slot for each.

    Attributes
    ----------
    weight : list of float
        How much is written of the best known place called so; 0 where there is none.
    kinds : list of int
        The kinds of the places called so, a bit each.
    feature : list of int
        The best known one.
    sounds : set of int
        The slots of names that no place has, which only sound like one.
    """

    weight: list[float]
    kinds: list[int]
    feature: list[int]
    sounds: set[int] = field(default_factory=set)

    def put(self, slot: int, other: "Known", at: int) -> None:
        """Take over what is known of another name."""
        self.weight[slot] = other.weight[at]
        self.kinds[slot] = other.kinds[at]
        self.feature[slot] = other.feature[at]


def look_up(
    keys: Sequence[str],
    gazetteer: Gazetteer,
    *,
    countries: NDArray[np.bool_] | None = None,
    sounds: bool = False,
) -> Known:
    """
    Look many names up.

    Parameters
    ----------
    keys : sequence of str
        Folded names.
    gazetteer : Gazetteer
        Where to look.
    countries : ndarray of bool, optional
        For each country of the gazetteer whether places there count; rivers, lakes and regions
        count wherever they are recorded.
    sounds : bool, default False
        Whether to look for names that sound so, and not for these very names.

    Returns
    -------
    Known
        A slot for each name.
    """
    asked = [key if len(key) <= LONGEST else "" for key in keys]
    found = [matching.look_up(store, asked) for store in gazetteer.stores]
    parts = _alike(asked, found, gazetteer) if sounds else _exact(asked, found, gazetteer)
    query, feature, match = (np.concatenate(some) for some in zip(*parts, strict=True))
    generic = np.array([is_generic(key) for key in asked], bool)[query]
    if generic.any():
        keep = ~(generic & gazetteer.of_default(feature))
        query, feature, match = query[keep], feature[keep], match[keep]
    c = gazetteer.candidates(query, feature, match, match)
    weights = importance(c) * match
    if countries is not None:
        weights[~(countries[c.country] | np.isin(c.kind, CROSSING))] = 0.0
    # The last one written stays: the weightiest.
    order = np.lexsort((weights, query))
    weight = np.zeros(len(asked))
    best = np.full(len(asked), -1, np.intp)
    kinds = np.zeros(len(asked), np.intp)
    weight[query[order]] = weights[order]
    best[query[order]] = feature[order]
    np.bitwise_or.at(kinds, query, 1 << c.kind)
    return Known(weight.tolist(), kinds.tolist(), best.tolist())


_Part = tuple[Ints, Ints, Floats]


def _exact(keys: Sequence[str], found: Sequence[Ints], gazetteer: Gazetteer) -> list[_Part]:
    latin = np.array([key < _GREEK for key in keys], bool)
    out = []
    for number, store in enumerate(gazetteer.stores):
        at = np.flatnonzero(found[number] >= 0)
        owner, postings = store.postings_all(found[number][at])
        # In another script every name is one of the others.
        other = np.where(latin[at[owner]], _OTHER, _OTHER_SCRIPT)
        match = np.where(postings & 1, other, 1.0)
        out.append((at[owner], _numbers(postings, gazetteer.base(number)), match))
    return out


def _alike(keys: Sequence[str], found: Sequence[Ints], gazetteer: Gazetteer) -> list[_Part]:
    hashes = matching.sounds(gazetteer.stores, found, keys)
    out = []
    for number, store in enumerate(gazetteer.stores):
        at, postings, alike = matching.by_sound(store, keys, hashes, found[number], hinted=False)
        keep = alike >= _ALIKE
        at, postings, alike = at[keep], postings[keep], alike[keep]
        match = np.where(alike == 1, _SPACED, _SOUND * alike**4)
        match[(postings & 1) == 1] /= 2
        out.append((at.astype(np.intp), _numbers(postings, gazetteer.base(number)), match))
    return out


def _numbers(postings: NDArray[np.uint32], base: int) -> Ints:
    numbers: Ints = (postings >> 1).astype(np.intp) + base
    return numbers
