"""Why a place was chosen among its namesakes, in a sentence."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places.ranking import ADMIN1, COUNTRY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoevents.places.ranking import Candidates, Ranking
    from geoevents.places.voting import Company

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

#: A place with this share among its namesakes needs no other reason.
_FAMOUS: Final = 0.75
_NEAR_KM: Final = 200.0
_KM: Final = 111.2  # of a degree
#: No more names of a text are looked at for one that is near.
_MOST: Final = 20


def reasons(
    c: Candidates, ranking: Ranking, company: Company, words: Sequence[str], alone: Floats
) -> list[str]:
    """
    Say for each name why its best candidate was chosen.

    Parameters
    ----------
    c : Candidates
        What the names may mean.
    ranking : Ranking
        The choice.
    company : Company
        Which names stand in one text; the names of a text follow each other.
    words : sequence of str
        For each name how it is written in the text.
    alone : ndarray
        For each candidate its share without what the other names say.

    Returns
    -------
    list of str
        A sentence for each name; "" where nothing was found.
    """
    best = ranking.best
    out = [""] * len(best)
    has = np.flatnonzero(best >= 0)
    if not len(has):
        return out
    known = _Known(c, ranking, has, words)
    famous = (alone[best[has]] >= _FAMOUS).tolist()
    within = [-1] * len(best) if company.within is None else company.within.tolist()
    edges = np.flatnonzero(np.diff(company.document[has], prepend=-1, append=-1)).tolist()
    for start, stop in pairwise(edges):
        holders = known.holders(start, stop)
        for i in range(start, stop):
            name = known.names[i]
            many = f"{known.namesakes[i] + 1} places of that name"
            if within[name] >= 0 and best[within[name]] >= 0:
                reason = f"the text says that it lies in {words[within[name]]}"
            elif famous[i] or not known.namesakes[i]:
                out[name] = f"the best known of {many}" if known.namesakes[i] else _ONLY
                continue
            else:
                reason = known.held(i, holders) or known.beside(i, start, stop) or _BEST
            out[name] = f"chosen among {many}: {reason}" if known.namesakes[i] else _ONLY
    return out


_ONLY: Final = "the only place of that name"
_BEST: Final = "it is the best known"


class _Known:
    """What was chosen for the names that have a place."""

    def __init__(self, c: Candidates, ranking: Ranking, has: Ints, words: Sequence[str]) -> None:
        at = ranking.best[has]
        self.names: list[int] = has.tolist()
        self.words = [words[name] for name in self.names]
        self.namesakes: list[int] = ranking.namesakes[has].tolist()
        self.kinds: list[int] = c.kind[at].tolist()
        self.country: list[int] = c.country[at].tolist()
        self.admin1: list[int] = c.admin1[at].tolist()
        self.feature: list[int] = c.feature[at].tolist()
        self.lon: list[float] = c.lon[at].tolist()
        self.lat: list[float] = c.lat[at].tolist()

    def holders(self, start: int, stop: int) -> dict[tuple[int, int], int]:
        """Find the countries and provinces that a text names."""
        found: dict[tuple[int, int], int] = {}
        for i in range(start, stop):
            if self.kinds[i] == COUNTRY:
                found.setdefault((self.country[i], 0), i)
            elif self.kinds[i] == ADMIN1:
                found.setdefault((self.country[i], self.admin1[i]), i)
        return found

    def held(self, i: int, holders: dict[tuple[int, int], int]) -> str:
        """Name the province or country that holds a place and that the text names too."""
        country, admin1 = self.country[i], self.admin1[i]
        if self.kinds[i] == COUNTRY or not country:
            return ""
        keys = [(country, 0)]
        if self.kinds[i] != ADMIN1 and admin1:
            keys.insert(0, (country, admin1))
        for key in keys:
            if (holder := holders.get(key, i)) != i:
                return f"the text also names {self.words[holder]}, which holds it"
        return ""

    def beside(self, i: int, start: int, stop: int) -> str:
        """Name another place of a text: one inside, the nearest, or one in the same country."""
        first, last = max(start, i - _MOST), min(stop, i + _MOST + 1)
        nearest, least, same = -1, _NEAR_KM, -1
        x, y = self.lon[i], self.lat[i]
        east = _KM * math.cos(math.radians(y))
        for other in range(first, last):
            if self.kinds[other] == COUNTRY or self.feature[other] == self.feature[i]:
                continue
            apart = abs(self.lon[other] - x)
            km = math.hypot(min(apart, 360 - apart) * east, (self.lat[other] - y) * _KM)
            if km <= least:
                nearest, least = other, km
            if self.holds(i, other):
                return f"the text also names {self.words[other]}, which lies in it"
            if same < 0 and self.country[other] == self.country[i] > 0:
                same = other
        if nearest >= 0:
            return f"the text also names {self.words[nearest]}, {least:.0f} km from it"
        return f"the text also names {self.words[same]}, in the same country" if same >= 0 else ""

    def holds(self, i: int, other: int) -> bool:
        """Tell whether a country or province holds another place."""
        inside = self.country[other] == self.country[i] > 0
        if self.kinds[i] == ADMIN1:
            inside &= self.admin1[other] == self.admin1[i] > 0 and self.kinds[other] != ADMIN1
        return inside and self.kinds[i] in (COUNTRY, ADMIN1)
