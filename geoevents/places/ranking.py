"""
Choosing among places that share a name.

Each candidate gets a weight, the product of what speaks for it::

    weight = match x importance x country x near x context x precedence

A candidate's share is its weight over the sum of the weights of all places elsewhere that the name
may mean, and the score of the chosen one is ``quality x share``: how well the name fits, times how
likely this one is meant. ``docs/geocoding.md`` gives the figures and how they were found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.places.voting import Company, support

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

COUNTRY, ADMIN1, ADMIN2, TOWN, RIVER, LAKE, REGION, FACILITY = range(8)
#: What need not lie in the country that it is recorded under.
CROSSING: Final = (RIVER, LAKE, REGION)

#: What a feature of each kind weighs whatever its population, in inhabitants of a town that is
#: named as often in reports.
_FLOOR: Final = np.array([3e6, 1.5e5, 2e4, 300.0, 1e4, 1e4, 1e5, 1e3])
#: What an inhabitant of each kind counts: a province is named less than a city of its size.
_PER_HEAD: Final = np.array([1.0, 0.3, 0.2, 1.0, 0.0, 0.0, 0.1, 0.0])
#: What a kilometre across adds to rivers and lakes.
_PER_KM: Final = np.array([0.0, 0.0, 0.0, 0.0, 150.0, 150.0, 0.0, 0.0])
#: Rivers and lakes where nobody lives are written about less: what they weigh is a tenth, and
#: half way to the whole where so many people live by them.
_EMPTY: Final = 0.1
_PEOPLED: Final = 1e5
_SEAT: Final = 5000.0
#: A province beside a town of its name, unless the town is that much smaller: people mean the town
#: unless they say so.
_NESTED: Final = 0.1
_BESIDE: Final = 0.02
#: A river, lake or region that is recorded under another country than the one it passes through.
_CROSSING: Final = 0.2
NEAR_KM: Final = 100.0
#: Namesakes closer than this are one place recorded twice.
_SAME_KM: Final = 15.0
#: A namesake with less than this part of the chosen one's weight is not worth telling.
_PLAUSIBLE: Final = 0.01
#: At this quality the folded name is the asked one.
EXACT: Final = 0.97
#: Over this quality a place is called so, but for spaces and articles.
_CALLED: Final = 0.94
#: What all later layers together weigh beside a place of an earlier one with the very name.
_LATER: Final = 0.05
#: A place of an earlier layer that is farther than this from ``near`` does not fit it.
_FITS_NEAR_KM: Final = 300.0
#: The chosen one is ambiguous when the others together weigh more than a third of it, or when its
#: name fits less well than this.
_SURE: Final = 0.75
_EARTH_KM: Final = 6371.0


@dataclass(frozen=True)
class Candidates:
    """
    Features that names may mean, ordered by name.

    Attributes
    ----------
    query : ndarray
        Which name, ascending.
    feature : ndarray
        The feature.
    match : ndarray
        How strongly the way the name matched speaks for the feature, 0 to 1.
    quality : ndarray
        How well the name fits, 0 to 1.
    kind, country, admin1 : ndarray
        Codes; kinds as in ``store.KINDS``.
    population : ndarray
        Inhabitants.
    people : ndarray
        The same, with an estimate for districts where nobody was counted.
    lon, lat : ndarray
        A point.
    box : ndarray
        West, south, east, north of the whole feature.
    precedence : ndarray
        0 for the first layer of a gazetteer, 1 for the next...
    minor : ndarray of bool
        Whether it is one of the hamlets, hills, ruins and the like that a big gazetteer lists.
    """

    query: Ints
    feature: Ints
    match: Floats
    quality: Floats
    kind: Ints
    country: Ints
    admin1: Ints
    population: Floats
    people: Floats
    lon: Floats
    lat: Floats
    box: Floats
    precedence: Ints
    minor: NDArray[np.bool_]


@dataclass(frozen=True)
class Hints:
    """
    What is known besides the names.

    Attributes
    ----------
    countries : ndarray of bool, optional
        For each country code whether it was asked for.
    near : tuple of float, optional
        Longitude and latitude.
    company : Company, optional
        Which of the names stand in one text and speak for each other.
    stand_ins : callable, optional
        Returns for each candidate, given their weights, the position of the one that stands for it
        where several sources record the same thing; its own elsewhere.
    """

    countries: NDArray[np.bool_] | None = None
    near: tuple[float, float] | None = None
    company: Company | None = None
    stand_ins: Callable[[Candidates, Floats], Ints] | None = None


@dataclass(frozen=True)
class Ranking:
    """
    The candidates in order.

    Attributes
    ----------
    order : ndarray
        Positions in the candidates, best first within each name.
    best : ndarray
        For each name the position of the best candidate, -1 where there is none.
    share : ndarray
        For each candidate its share among the places the name may mean.
    score : ndarray
        For each candidate quality times share.
    plausible : ndarray of bool
        For each candidate whether it is worth telling.
    rivals : ndarray
        For each name how many plausible namesakes the best has.
    namesakes : ndarray
        For each name how many other places, elsewhere, are called so, however unlikely.
    ambiguous : ndarray of bool
        For each name whether another place elsewhere is nearly as likely, or the name fits badly.
    """

    order: Ints
    best: Ints
    share: Floats
    score: Floats
    plausible: NDArray[np.bool_]
    rivals: Ints
    namesakes: Ints
    ambiguous: NDArray[np.bool_]


def rank(c: Candidates, names: int, hints: Hints) -> Ranking:
    """
    Weigh the candidates and choose one for each name.

    Parameters
    ----------
    c : Candidates
        What the names may mean.
    names : int
        How many names there are.
    hints : Hints
        What else is known.

    Returns
    -------
    Ranking
        The choice.
    """
    weight = _prior(c)
    fits = c.quality >= EXACT
    if hints.countries is not None:
        weight *= np.where(hints.countries[c.country] | (c.country == 0), 1.0, _CROSSING)
    if hints.near is not None:
        km = km_to_box(c.box, *hints.near)
        weight *= 1e-4 + np.exp(-km / NEAR_KM)
        fits &= km < _FITS_NEAR_KM
    weight = _first_layer_wins(c, weight, fits, names)
    if hints.company is not None:
        weight *= support(c, weight, names, hints.company)
        weight = _first_layer_wins(c, weight, fits, names)
    itself = np.arange(len(c.query))
    stands = itself
    if hints.stand_ins is not None:
        stands = hints.stand_ins(c, weight)
        np.maximum.at(weight, stands, weight.copy())
    order = np.lexsort((c.feature, stands != itself, -weight, c.query))
    first = np.searchsorted(c.query[order], np.arange(names + 1))
    has = first[:-1] < first[1:]
    best = np.full(names, -1, np.intp)
    best[has] = order[first[:-1][has]]
    chosen = best[c.query]
    elsewhere = ~_same_place(c, chosen) & (stands == itself)
    total = np.bincount(c.query, np.where(elsewhere, weight, 0.0), minlength=names)
    # Each candidate competes with the places that are elsewhere than the chosen one, and with
    # the chosen one.
    top = weight[chosen]
    mine = itself == chosen
    share = weight / (
        total[c.query] + np.where(mine, weight, np.where(elsewhere, top, top + weight))
    )
    # A hamlet that is spelt as asked is told beside the town that is not.
    better = c.minor & (c.quality >= EXACT) & (c.quality > c.quality[chosen])
    plausible = ((weight >= _PLAUSIBLE * top) | better) & ~mine
    rivals = np.bincount(c.query[plausible], minlength=names).astype(np.intp)
    called = elsewhere & (c.quality > _CALLED)
    namesakes = np.bincount(c.query[called], minlength=names).astype(np.intp)
    ambiguous = np.zeros(names, bool)
    ambiguous[has] = (share[best[has]] < _SURE) | (c.quality[best[has]] < _SURE)
    return Ranking(order, best, share, c.quality * share, plausible, rivals, namesakes, ambiguous)


def importance(c: Candidates) -> Floats:
    """
    Return how much is written of each candidate, whatever name it is asked for by.

    Parameters
    ----------
    c : Candidates
        Features.

    Returns
    -------
    ndarray
        The inhabitants of a town that is named as often.
    """
    width = np.hypot(
        (c.box[:, 2] - c.box[:, 0]) * np.cos(np.radians(c.lat)), c.box[:, 3] - c.box[:, 1]
    )
    # Towns of unknown population are in the data because a district is run from them.
    people = np.where((c.people == 0) & (c.kind == TOWN), _SEAT, c.people)
    base = _FLOOR[c.kind] + _PER_HEAD[c.kind] * people + _PER_KM[c.kind] * width * 111.2
    # Of a river or lake the population is that of the towns by it; nought if nobody counted.
    water = ((c.kind == RIVER) | (c.kind == LAKE)) & ((people > 0) | c.minor)
    peopled = _EMPTY + (1 - _EMPTY) * people / (people + _PEOPLED)
    important: Floats = np.where(water, base * peopled, base)
    return important


def _prior(c: Candidates) -> Floats:
    weight: Floats = importance(c) * c.match * 100.0**-c.precedence
    admin = (c.kind == ADMIN1) | (c.kind == ADMIN2) | (c.kind == REGION)
    if admin.any() and not admin.all():
        pair, at = np.unique((c.query << 40) + (c.country << 24) + c.admin1, return_inverse=True)
        fits, heavy = np.zeros(len(pair)), np.zeros(len(pair))
        town = c.kind == TOWN
        np.maximum.at(fits, at[town], c.quality[town])
        np.maximum.at(heavy, at[town], weight[town])
        nested = admin & (fits[at] > c.quality - _AS_WELL) & (heavy[at] >= _BESIDE * weight)
        weight[nested] *= _NESTED
    return weight


_AS_WELL: Final = 0.1


def _first_layer_wins(c: Candidates, weight: Floats, fits: NDArray[np.bool_], names: int) -> Floats:
    """Let no later layer outweigh the first one that has the very name and fits the hints."""
    if not c.precedence.any():
        return weight
    first = np.full(names, np.iinfo(np.intp).max)
    np.minimum.at(first, c.query[fits], c.precedence[fits])
    own = fits & (c.precedence == first[c.query])
    later = c.precedence > first[c.query]
    top = np.zeros(names)
    np.maximum.at(top, c.query[own], weight[own])
    rest = np.bincount(c.query[later], weight[later], minlength=names)
    down = np.ones(names)
    heavy = rest > _LATER * top
    down[heavy] = _LATER * top[heavy] / rest[heavy]
    return np.where(later, weight * down[c.query], weight)


def _same_place(c: Candidates, chosen: Ints) -> NDArray[np.bool_]:
    """Tell which candidates are the chosen place, contain it, lie in it or record it again."""
    together = (c.country == c.country[chosen]) & (c.country >= 0)
    wide = (c.kind <= ADMIN2) | (c.kind == REGION)
    wide_chosen = wide[chosen]
    nation = (c.kind == COUNTRY) | (c.kind[chosen] == COUNTRY)
    in_one = together & (wide | wide_chosen) & (nation | (c.admin1 == c.admin1[chosen]))
    km = distance_km(c.lon, c.lat, c.lon[chosen], c.lat[chosen])
    again = (km < _SAME_KM) & ((c.kind == c.kind[chosen]) | (wide & wide_chosen))
    same: NDArray[np.bool_] = in_one | again | (np.arange(len(c.query)) == chosen)
    return same


def distance_km(lon: Floats, lat: Floats, to_lon: Floats | float, to_lat: Floats | float) -> Floats:
    """
    Return distances on a sphere: good enough to choose by.

    Parameters
    ----------
    lon, lat : ndarray
        From here, degrees.
    to_lon, to_lat : ndarray or float
        To here, degrees.

    Returns
    -------
    ndarray
        Kilometres.

    References
    ----------
    R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (2), 1984.
    """
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((b - a) / 2) ** 2
    half = half + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon - lon) / 2) ** 2
    km: Floats = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return km


def km_to_box(box: Floats, lon: float, lat: float) -> Floats:
    """
    Return how far a point is from boxes.

    Parameters
    ----------
    box : ndarray
        West, south, east, north.
    lon, lat : float
        The point.

    Returns
    -------
    ndarray
        Kilometres; 0 inside.
    """
    x, y = np.clip(lon, box[:, 0], box[:, 2]), np.clip(lat, box[:, 1], box[:, 3])
    return distance_km(x, y, lon, lat)
