"""Features whose names match, each with how well: by spelling, by sound, or with wrong letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places import matching
from geoevents.places.names import telling
from geoevents.places.ranking import EXACT, Candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.store import Indices

# How well a name fits, and how strongly that speaks for a feature against others of the name.
_MAIN: Final = (1.0, 1.0)
_OTHER: Final = (EXACT, 0.04)
_SPACED: Final = (0.95, 0.06)
# The likeness of the spellings adds to the first figure.
_SOUND_QUALITY: Final = (0.4, 0.5)
_SOUND_MATCH: Final = 0.03
_SOUND_OTHER: Final = 0.5
# The share of wrong letters takes from the first figure.
_WRONG_QUALITY: Final = (0.9, 1.5)
_WRONG_MATCH: Final = 0.02
_EACH_FURTHER: Final = 0.02


@dataclass(frozen=True)
class Matches:
    """
    Features whose names matched, each with how well.

    Attributes
    ----------
    query : ndarray of int
        Which of the names asked for it matched.
    feature : ndarray of int
        Its number in the gazetteer.
    quality : ndarray of float
        How well the name fits, up to 1.
    match : ndarray of float
        How strongly that speaks for it against others of the name.
    """

    query: Indices
    feature: Indices
    quality: NDArray[np.float64]
    match: NDArray[np.float64]

    @staticmethod
    def join(parts: Iterable[Matches]) -> Matches:
        """Put several together; none are no matches."""
        some = [_NONE, *parts]
        return Matches(
            np.concatenate([p.query for p in some]),
            np.concatenate([p.feature for p in some]),
            np.concatenate([p.quality for p in some]),
            np.concatenate([p.match for p in some]),
        )

    def where(self, keep: NDArray[np.bool_]) -> Matches:
        """Keep some."""
        if keep.all():
            return self
        return Matches(self.query[keep], self.feature[keep], self.quality[keep], self.match[keep])

    def gather(self, gazetteer: Gazetteer) -> Candidates:
        """Return each feature of a name once, as it matched best."""
        order = np.lexsort((-self.match, self.feature, self.query))
        query, feature = self.query[order], self.feature[order]
        first = np.ones(len(order), bool)
        first[1:] = (query[1:] != query[:-1]) | (feature[1:] != feature[:-1])
        keep = order[first]
        return gazetteer.candidates(
            query[first], feature[first], self.match[keep], self.quality[keep]
        )


_NONE: Final = Matches(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0), np.empty(0))


def named(
    gazetteer: Gazetteer, keys: Sequence[str], queries: Indices, *, hinted: bool, sounds: bool
) -> Matches:
    """
    Find the features with some names, spelt so or sounding so.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where to look.
    keys : sequence of str
        The names, folded.
    queries : ndarray of int
        The number of each name.
    hinted : bool
        Whether the country or the neighbourhood is known.
    sounds : bool
        Whether names that only sound so count.

    Returns
    -------
    Matches
        For all names together.
    """
    stores = gazetteer.stores
    found = [matching.look_up(store, keys) for store in stores]
    hashes = matching.sounds(stores, found, keys) if sounds else None
    parts = []
    for number, store in enumerate(stores):
        base = gazetteer.base(number)
        at = np.flatnonzero(found[number] >= 0)
        owner, postings = store.postings_all(found[number][at])
        main = (postings & 1) == 0
        quality = np.where(main, _MAIN[0], _OTHER[0])
        match = np.where(main, _MAIN[1], _OTHER[1])
        feature = (postings >> 1).astype(np.intp) + base
        parts.append(Matches(queries[at[owner]], feature, quality, match))
        if hashes is None:
            continue
        at, postings, alike = matching.by_sound(store, keys, hashes, found[number], hinted=hinted)
        if len(at):
            spaced = alike == 1
            quality = np.where(spaced, _SPACED[0], _SOUND_QUALITY[0] + _SOUND_QUALITY[1] * alike)
            match = np.where(spaced, _SPACED[1], _SOUND_MATCH * alike**4)
            match[(postings & 1) == 1] *= _SOUND_OTHER
            feature = (postings >> 1).astype(np.intp) + base
            parts.append(Matches(queries[at], feature, quality, match))
    return Matches.join(parts)


def misspelt(
    gazetteer: Gazetteer,
    key: str,
    query: int,
    edits: int,
    *,
    hinted: bool,
    among: Sequence[matching.Letters] | None = None,
) -> Matches:
    """
    Find the features of whose names a name may be a misspelling.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where to look.
    key : str
        The name, folded.
    query : int
        Its number.
    edits : int
        How many letters may be wrong.
    hinted : bool
        Whether the country or the neighbourhood is known.
    among : sequence of Letters, optional
        For each store the names to look among; all of them if left out.

    Returns
    -------
    Matches
        However unlikely.
    """
    parts = []
    for number, store in enumerate(gazetteer.stores):
        postings, wrong = matching.misspelt(
            store, key, edits, hinted=hinted, among=None if among is None else among[number]
        )
        parts.append(
            Matches(
                np.full(len(postings), query),
                (postings >> 1).astype(np.intp) + gazetteer.base(number),
                _WRONG_QUALITY[0] - _WRONG_QUALITY[1] * wrong / telling(key),
                _WRONG_MATCH * _EACH_FURTHER ** (wrong - 1),
            )
        )
    return Matches.join(parts)
