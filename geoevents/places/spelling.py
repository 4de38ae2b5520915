"""What a spelling counts beside the other spellings that places of the same name have."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.places.ranking import (
    LAKE,
    NEAR_KM,
    RIVER,
    Candidates,
    Floats,
    importance,
    km_to_box,
)

#: At this quality the spelling is the asked one, or differs in spaces and articles only.
SPELT: Final = 0.94
_MAIN: Final = 1.0
_SPACED: Final = 0.95
#: Other spellings of a name that is known as it is spelt.
_BESIDE_SPELT: Final = 0.05
_BESIDE_MAIN: Final = 0.3
#: Another name of a place beside the main name of one with so many inhabitants.
_BESIDE_LARGE: Final = 0.1
_LARGE: Final = 100_000
#: What weighs as much as a town of so many inhabitants is meant before a hamlet.
_GROWN: Final = 2000.0
#: What sounds so and is spelt so much alike is a usual transliteration in the same country.
_USUAL: Final = 0.75


def beside(
    c: Candidates,
    names: int,
    near: tuple[float, float] | None = None,
    proud: NDArray[np.bool_] | None = None,
) -> Floats:
    """
    Weigh the spellings of each name beside each other.

    What is spelt exactly so stands before what is spelt nearly so; but a hamlet, a hill or a ruin
    that nobody heard of does not for its spelling alone stand before the town that people mean.

    Parameters
    ----------
    c : Candidates
        What the names may mean.
    names : int
        How many names there are.
    near : tuple of float, optional
        Longitude and latitude to prefer: towns far from there are not what people mean.
    proud : ndarray of bool, optional
        For each name whether its hamlets count as towns do, and guesses not at all.

    Returns
    -------
    ndarray
        For each candidate how strongly the way the name matched speaks for it.
    """
    match = c.match.copy()
    spelt = c.quality > SPELT
    most = _most_for_hamlets(c, spelt, near)
    humble = spelt & (most > 0)
    if proud is not None:
        humble &= ~proud[c.query]
        match[~spelt & proud[c.query]] = 0.0
    match[humble] = np.minimum(match, most)[humble]
    known = np.bincount(c.query, spelt & ~humble, minlength=names) > 0
    match[~spelt & known[c.query]] *= _BESIDE_SPELT
    main = c.quality == _MAIN
    known = np.bincount(c.query, main & ~humble, minlength=names) > 0
    spaced = spelt & (c.quality <= _SPACED)
    match[spaced & ~humble & known[c.query]] *= _BESIDE_MAIN
    water = (c.kind == RIVER) | (c.kind == LAKE)
    large = main & (c.population >= _LARGE) & ~water
    known = np.bincount(c.query, large, minlength=names) > 0
    match[~main & known[c.query]] *= _BESIDE_LARGE
    return match


def _most_for_hamlets(
    c: Candidates, spelt: NDArray[np.bool_], near: tuple[float, float] | None
) -> Floats:
    """Return for each hamlet the match of the towns that may be meant instead, 0 for none."""
    most = np.zeros(len(c.query))
    if not c.minor.any():
        return most
    grown = ~c.minor & (importance(c) >= _GROWN)
    if near is not None:
        grown &= km_to_box(c.box, *near) <= NEAR_KM
    layer = c.query * (int(c.precedence.max()) + 1) + c.precedence
    # Far towns that only sound alike are many: those must be of the hamlet's country.
    country = layer * (int(c.country.max()) + 1) + c.country
    for group, likely in ((layer, spelt), (country, c.quality >= _USUAL)):
        groups, at = np.unique(group, return_inverse=True)
        top = np.zeros(len(groups))
        own = grown & likely
        np.maximum.at(top, at[own], c.match[own])
        most = np.maximum(most, top[at])
    most[~c.minor] = 0.0
    return most
