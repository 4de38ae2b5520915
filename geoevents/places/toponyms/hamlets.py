"""Hamlets far from all else that a text names: it means something else that is called so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places.ranking import distance_km, importance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.toponyms.choosing import Choice
    from geoevents.places.toponyms.findings import Found

#: A place is small if as much is written of it as of a town of so many; and one whose name has
#: namesakes, or only sounds so, if of so many.
_SMALL: Final = 2e4
_SMALL_NAMESAKE: Final = 1e5
_SPELT: Final = 0.9
#: It is far if it lies in another country, and farther than this.
_FAR_KM: Final = 500.0
#: The main name of one place only is meant, however far that is: Lockerbie, Srebrenica.
_UNIQUE: Final = 0.98
_NOBODY: Final = frozenset({"person", "organisation"})


def far_hamlets(
    found: Sequence[Sequence[Found]], chosen: Sequence[Sequence[Choice]], gazetteer: Gazetteer
) -> set[tuple[int, int]]:
    """
    Tell which mentions are of a small place far from all others of their document.

    Parameters
    ----------
    found : sequence of sequence of Found
        For each document its mentions.
    chosen : sequence of sequence of Choice
        For each of them the place chosen.
    gazetteer : Gazetteer
        Where the places are from. A user's own are believed wherever they lie.

    Returns
    -------
    set of tuple of int
        Document and mention.
    """
    features, row = _rows(choice.feature for some in chosen for choice in some)
    ones = np.ones(len(features))
    c = gazetteer.candidates(features, features, ones, ones)
    known = np.where(gazetteer.of_default(features), importance(c), np.inf).tolist()
    countries = c.country.tolist()
    out: set[tuple[int, int]] = set()
    for document, (mine, some) in enumerate(zip(found, chosen, strict=True)):
        rows = [row.get(choice.feature, -1) for choice in some]
        doubtful = [i for i, at in enumerate(rows) if at >= 0 and _is_doubtful(some[i], known[at])]
        if not doubtful:
            continue
        others = {(f.country or f.name, at) for f, at in zip(mine, rows, strict=True) if at >= 0}
        for i in doubtful:
            f, at = mine[i], rows[i]
            if f.sense in _NOBODY or f.country or f.within is not None:
                continue
            beside = [other for name, other in others if name != f.name and other != at]
            if not beside or countries[at] in {countries[other] for other in beside}:
                continue
            near = distance_km(c.lon[beside], c.lat[beside], c.lon[at], c.lat[at])
            if near.min() > _FAR_KM:
                out.add((document, i))
    return out


def _is_doubtful(choice: Choice, known: float) -> bool:
    """Tell whether a place is so small that it may be none, if it is far from all else."""
    namesake = choice.alternatives > 0 or choice.score < _SPELT
    return choice.score < _UNIQUE and known < (_SMALL_NAMESAKE if namesake else _SMALL)


def _rows(features: Iterable[int]) -> tuple[NDArray[np.intp], dict[int, int]]:
    chosen = sorted({feature for feature in features if feature >= 0})
    return np.array(chosen, np.intp), {feature: at for at, feature in enumerate(chosen)}
