"""
Places that the text does not mean: it means another that is called so, and that is not known.

Hamlets far from all else that it names, and places outside what it says that they lie in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geoevents.places.ranking import COUNTRY, distance_km, importance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.ranking import Candidates
    from geoevents.places.toponyms.choosing import Choice
    from geoevents.places.toponyms.findings import Found
    from geoevents.prose import Document

#: A place is small if as much is written of it as of a town of so many; and one whose name has
#: namesakes, or only sounds so, if of so many.
_SMALL: Final = 2e4
_SMALL_NAMESAKE: Final = 1e5
_SPELT: Final = 0.9
#: A place that is chosen with less, however great, may be none that the text means.
_GUESSED: Final = 0.6
#: And such a guess is none so far from the places of its country that the text names.
_GUESSED_KM: Final = 1000.0
#: A town of so many is no village.
_NO_VILLAGE: Final = 3e5
#: So far outside what it is said to lie in, in degrees, a place is another.
_OUTSIDE: Final = 2.0
#: It is far if it lies in another country, and farther than this.
_FAR_KM: Final = 500.0
#: A town that has namesakes is none of those beside which it is so far away, if they are so many,
#: and all in another country; a great one is meant wherever it is.
_FAR_NAMESAKE_KM: Final = 2500.0
_SEVERAL: Final = 3
_GREAT: Final = 1e6
#: The main name of one place only is meant, however far that is: Lockerbie, Srebrenica.
_UNIQUE: Final = 0.98
_VILLAGE_OF: Final = ("village of ", "hamlet of ", "villages of ")
_VILLAGE: Final = re.compile(r" (?:village|hamlet)\b", re.IGNORECASE)
_NOBODY: Final = frozenset({"person", "organisation"})


def far_hamlets(
    documents: Sequence[Document],
    found: Sequence[Sequence[Found]],
    chosen: Sequence[Sequence[Choice]],
    gazetteer: Gazetteer,
) -> set[tuple[int, int]]:
    """
    Tell which mentions are of a small place far from all others of their document.

    Parameters
    ----------
    documents : sequence of Document
        The documents.
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
        doubtful = [
            i
            for i, at in enumerate(rows)
            if at >= 0
            and (_is_doubtful(some[i], known[at]) or _is_village(mine[i], documents[document].text))
        ]
        small = set(doubtful)
        named = {at for at in rows if at >= 0}
        if len(named) > _SEVERAL:
            # "Beni" beside Kathmandu, Pokhara and Jumla is not that of the Congo.
            doubtful += [
                i
                for i, at in enumerate(rows)
                if at >= 0
                and i not in small
                and some[i].alternatives > 0
                and known[at] < _GREAT
                and len({countries[other] for other in named - {at}}) == 1
            ]
        if not doubtful:
            continue
        others = {(f.country or f.name, at) for f, at in zip(mine, rows, strict=True) if at >= 0}
        for i in doubtful:
            f, at = mine[i], rows[i]
            if f.sense in _NOBODY or f.country:
                continue
            if known[at] >= _NO_VILLAGE and _is_village(f, documents[document].text):
                out.add((document, i))
                continue
            if f.within is not None:
                continue
            beside = [other for name, other in others if name != f.name and other != at]
            if not beside or countries[at] in {countries[other] for other in beside}:
                continue
            near = distance_km(c.lon[beside], c.lat[beside], c.lon[at], c.lat[at])
            if near.min() > (_FAR_KM if i in small else _FAR_NAMESAKE_KM):
                out.add((document, i))
    return out


def guessed(
    found: Sequence[Sequence[Found]], chosen: Sequence[Sequence[Choice]], gazetteer: Gazetteer
) -> set[tuple[int, int]]:
    """
    Tell which mentions were given a place only because nothing nearer is called like that.

    Parameters
    ----------
    found : sequence of sequence of Found
        For each document its mentions.
    chosen : sequence of sequence of Choice
        For each of them the place chosen.
    gazetteer : Gazetteer
        Where the places are from.

    Returns
    -------
    set of tuple of int
        Document and mention: of names that only sound like the place, or that many places have,
        those far from all other places of their document. A country that is named somewhere makes
        none of its places likelier: "France condemned it".
    """
    unsure = {
        document: wanted
        for document, (mine, some) in enumerate(zip(found, chosen, strict=True))
        if (wanted := [i for i, f in enumerate(mine) if _is_unsure(f, some[i])])
    }
    features, row = _rows(choice.feature for document in unsure for choice in chosen[document])
    ones = np.ones(len(features))
    c = gazetteer.candidates(features, features, ones, ones)
    known = gazetteer.of_default(features)
    out: set[tuple[int, int]] = set()
    for document, wanted in unsure.items():
        rows = [row.get(choice.feature, -1) for choice in chosen[document]]
        company = _Company(found[document], rows, c)
        out |= {
            (document, i)
            for i in wanted
            if known[rows[i]] and c.kind[rows[i]] != COUNTRY
            if company.is_alone(found[document][i], rows[i])
        }
    return out


def _is_unsure(f: Found, choice: Choice) -> bool:
    free = f.within is None and not f.country and f.sense not in _NOBODY
    return free and choice.feature >= 0 and (f.sounds or choice.score < _GUESSED)


class _Company:
    """
    The places of a document, each name once: texts of strangers may say one any number of times.

    Parameters
    ----------
    mine : sequence of Found
        Its mentions.
    rows : sequence of int
        For each the row of its place among the candidates; -1 for none.
    c : Candidates
        The candidates.
    """

    def __init__(self, mine: Sequence[Found], rows: Sequence[int], c: Candidates) -> None:
        self._c = c
        told = [(f, at) for f, at in zip(mine, rows, strict=True) if at >= 0]
        self._places = {(f.name, at) for f, at in told if not f.country and c.kind[at] != COUNTRY}
        self._first = list(dict.fromkeys((f.name, at) for f, at in told))[:2]
        self._beside: dict[int, set[tuple[str, int]]] = {}
        for f, at in told:
            self._beside.setdefault(f.sentence, set()).add((f.name, at))
        self._known: dict[tuple[str, int], bool | None] = {}

    def is_alone(self, f: Found, at: int) -> bool:
        """Tell whether a place is far from all others, or in no country that its sentence names."""
        key = f.name, at
        if key not in self._known:
            self._known[key] = self._is_far(*key)
        far = self._known[key]
        if far is not None:
            return far
        lands = [row for name, row in self._beside[f.sentence] if name != f.name]
        lands += [row for name, row in self._first if name != f.name][:1]
        return bool(lands) and self._c.country[at] not in self._c.country[lands]

    def _is_far(self, name: str, at: int) -> bool | None:
        """Tell whether all other places are far; None where there are none."""
        c = self._c
        beside = [row for other, row in self._places if other != name]
        if not beside:
            return None
        near = distance_km(c.lon[beside], c.lat[beside], c.lon[at], c.lat[at])
        home = (c.country[beside] == c.country[at]) & (near < _GUESSED_KM)
        return not (home | (near < _FAR_KM)).any()


def misplaced(
    found: Sequence[Sequence[Found]], chosen: Sequence[Sequence[Choice]], gazetteer: Gazetteer
) -> set[tuple[int, int]]:
    """
    Tell which mentions were given a place far outside what the text says that they lie in.

    Parameters
    ----------
    found : sequence of sequence of Found
        For each document its mentions.
    chosen : sequence of sequence of Choice
        For each of them the place chosen.
    gazetteer : Gazetteer
        Where the places are from.

    Returns
    -------
    set of tuple of int
        Document and mention: of "Moura (Mopti region)" Moura, if the only one known is not there.
    """
    pairs: list[tuple[tuple[int, int], int, int]] = []
    for document, (mine, some) in enumerate(zip(found, chosen, strict=True)):
        number = {id(f): i for i, f in enumerate(mine)}
        for i, (f, choice) in enumerate(zip(mine, some, strict=True)):
            outer = -1 if f.within is None else number.get(id(f.within), -1)
            if choice.feature >= 0 and outer >= 0 and some[outer].feature >= 0:
                pairs.append(((document, i), choice.feature, some[outer].feature))
    if not pairs:
        return set()
    inner = np.array([pair[1] for pair in pairs], np.intp)
    outer_ = np.array([pair[2] for pair in pairs], np.intp)
    codes = gazetteer.columns(("country",), np.concatenate([inner, outer_]))["country"]
    apart = [
        i
        for i, (one, other) in enumerate(zip(codes[: len(pairs)], codes[len(pairs) :], strict=True))
        if one and other and one != other
    ]
    if not apart:
        return set()
    away = shapely.distance(gazetteer.geometries(inner[apart]), gazetteer.geometries(outer_[apart]))
    return {pairs[i][0] for i, far in zip(apart, away.tolist(), strict=True) if far > _OUTSIDE}


def _is_doubtful(choice: Choice, known: float) -> bool:
    """Tell whether a place is so small that it may be none, if it is far from all else."""
    namesake = choice.alternatives > 0 or choice.score < _SPELT
    return choice.score < _UNIQUE and known < (_SMALL_NAMESAKE if namesake else _SMALL)


def _is_village(f: Found, text: str) -> bool:
    """Tell whether the text calls it a village: then a great town of that name is another place."""
    return text.endswith(_VILLAGE_OF, 0, f.start) or _VILLAGE.match(text, f.end) is not None


def _rows(features: Iterable[int]) -> tuple[NDArray[np.intp], dict[int, int]]:
    chosen = sorted({feature for feature in features if feature >= 0})
    return np.array(chosen, np.intp), {feature: at for at, feature in enumerate(chosen)}
