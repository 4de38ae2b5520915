"""From a text to the features it may mean, ranked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.places import matching
from geoevents.places.aliases import meant
from geoevents.places.borders import letters_within, lies_in
from geoevents.places.countries import STATES
from geoevents.places.drawings import Drawings
from geoevents.places.gazetteer import Gazetteer, kind_code
from geoevents.places.guesses import far_fetched, supported
from geoevents.places.matches import Matches, misspelt, named
from geoevents.places.names import LONGEST, Reading, fold, is_generic, is_plain, read
from geoevents.places.ranking import (
    ADMIN1,
    COUNTRY,
    TOWN,
    Candidates,
    Hints,
    Ranking,
    distance_km,
    rank,
)
from geoevents.places.spelling import SPELT, beside
from geoevents.places.store import Indices
from geoevents.places.voting import Company

#: For more unknown names than this, the names of the countries asked for are first picked out.
_SEVERAL: Final = 16
#: Another spelling is believed when one place is likelier than all others it might mean.
BELIEVED: Final = 0.75
_BELIEVED_HINTED: Final = 0.5
#: "A, B" where B is a town: how far from B the A may lie.
_BESIDE_KM: Final = 150.0
_EDGE_DEG: Final = 0.1

Keep = Callable[[Indices], NDArray[np.bool_]]


@dataclass(frozen=True)
class Asked:
    """
    What is asked besides the names.

    Attributes
    ----------
    gazetteer : Gazetteer
        Where to look.
    countries : ndarray of bool, optional
        For each country of the gazetteer whether it was asked for.
    near : tuple of float, optional
        Longitude and latitude to prefer.
    kinds : tuple of int
        Codes of the only kinds allowed; empty for all.
    """

    gazetteer: Gazetteer
    countries: NDArray[np.bool_] | None = None
    near: tuple[float, float] | None = None
    kinds: tuple[int, ...] = ()

    @property
    def hinted(self) -> bool:
        """Whether the country or the neighbourhood is known."""
        return self.countries is not None or self.near is not None

    @property
    def believed(self) -> float:
        """The least share at which another spelling is believed."""
        return _BELIEVED_HINTED if self.hinted else BELIEVED

    def hints(self, company: Company | None = None) -> Hints:
        """Return what ranking goes by."""
        drawings = None
        if self.gazetteer.is_mixed:
            drawings = Drawings(self.gazetteer, self.countries, self.near).stand_ins
        return Hints(self.countries, self.near, company, drawings)


def resolve(
    texts: Sequence[str],
    asked: Asked,
    company: Company | None = None,
    *,
    guesses: bool = True,
) -> tuple[Candidates, Ranking]:
    """
    Find the features that each text may mean, and choose one.

    Parameters
    ----------
    texts : sequence of str
        Names, perhaps with words for kinds or containers.
    asked : Asked
        What else is asked.
    company : Company, optional
        Which of them stand in one text and speak for each other.
    guesses : bool, default True
        Whether to look for misspellings.

    Returns
    -------
    tuple of Candidates and Ranking
        For all texts together.
    """
    keys = [_key(text) for text in texts]
    plain: list[int] = []
    special: list[int] = []
    for i, (text, key) in enumerate(zip(texts, keys, strict=True)):
        (plain if is_plain(text, key) else special).append(i)
    parts = [_named([keys[i] for i in plain], plain, asked)]
    # Most names that hold such a word are names all the same: found together, which is quick.
    parts.append(_named([keys[i] for i in special], special, asked, sounds=False))
    named = set(parts[-1].query.tolist())
    parts += [_described(texts[i], i, asked) for i in special if i not in named]
    hints = asked.hints(company)
    generic = np.zeros(len(texts), bool)
    if asked.countries is None and not asked.kinds:
        generic[:] = [is_generic(key) for key in keys]
    if generic.any():
        parts = [
            part.where(~(generic[part.query] & asked.gazetteer.of_default(part.feature)))
            for part in parts
        ]
    candidates, ranking = _ranked(Matches.join(parts), texts, keys, asked, hints)
    if not guesses:
        return candidates, ranking
    alone = set(plain)
    doubtful = _unbelieved(candidates, ranking, texts, asked, hints)
    doubtful[ranking.best < 0] = True
    unknown = np.flatnonzero(doubtful & ~generic).tolist()
    among = letters_within(asked.countries, asked.gazetteer) if len(unknown) > _SEVERAL else None
    more = [
        found
        for i in unknown
        if (
            found := _misspelt(
                [Reading(keys[i])] if i in alone else _readings(texts[i]), i, asked, among
            )
        )
    ]
    if more:
        candidates, ranking = _ranked(Matches.join(parts + more), texts, keys, asked, hints)
        doubtful = _unbelieved(candidates, ranking, texts, asked, hints)
    ranking.best[doubtful] = -1
    return candidates, ranking


def _ranked(
    matches: Matches,
    texts: Sequence[str],
    keys: Sequence[str],
    asked: Asked,
    hints: Hints,
) -> tuple[Candidates, Ranking]:
    found = matches.gather(asked.gazetteer)
    size = len(texts)
    often = meant(found, keys, asked.gazetteer)
    candidates = replace(found, match=often * beside(found, size, asked.near))
    ranking = rank(candidates, size, hints)
    hamlet = found.minor & (found.quality > SPELT)
    known = np.bincount(found.query[hamlet], minlength=size) > 0
    best = ranking.best[known & (ranking.best >= 0)]
    if (found.quality[best] <= SPELT).any():
        # No hamlet steps back for a place that is not believed to be meant.
        proud = known & _unbelieved(candidates, ranking, texts, asked, hints)
        if proud.any():
            match = often * beside(found, size, asked.near, proud)
            candidates = replace(found, match=match)
            ranking = rank(candidates, size, hints)
    return candidates, ranking


def _unbelieved(
    c: Candidates, ranking: Ranking, texts: Sequence[str], asked: Asked, hints: Hints
) -> NDArray[np.bool_]:
    """Tell for which texts the best place is a guess that is not to be believed."""
    best = ranking.best[ranking.best >= 0]
    spelt = c.quality[best] > SPELT
    guessed = best[~spelt]
    unlikely = ranking.share[guessed] < asked.believed
    if len(guessed) and not asked.hinted:
        sure = supported(c, guessed, best[spelt], hints.company)
        unlikely |= far_fetched(c, guessed, texts, asked.gazetteer, sure)
    out = np.zeros(len(texts), bool)
    out[c.query[guessed[unlikely]]] = True
    return out


def _key(text: str) -> str:
    if len(text) > 4 * LONGEST:
        return ""
    key = fold(text)
    return key if len(key) <= LONGEST else ""


def _readings(text: str) -> list[Reading]:
    if len(text) > 4 * LONGEST:
        return []
    return [reading for reading in read(text) if 0 < len(reading.key) <= LONGEST]


def _named(
    keys: Sequence[str],
    queries: Sequence[int],
    asked: Asked,
    keep: Keep | None = None,
    *,
    sounds: bool = True,
) -> Matches:
    at = np.array(queries, np.intp)
    found = named(asked.gazetteer, keys, at, hinted=asked.hinted, sounds=sounds)
    return _allowed(found, asked, keep)


def _allowed(matches: Matches, asked: Asked, keep: Keep | None) -> Matches:
    if asked.kinds:
        kinds = asked.gazetteer.codes("kind", matches.feature)
        matches = matches.where(np.isin(kinds, asked.kinds))
    if keep is not None and len(matches.feature):
        matches = matches.where(keep(matches.feature))
    if asked.countries is not None and len(matches.feature):
        matches = matches.where(lies_in(matches.feature, asked.countries, asked.gazetteer))
    return matches


def _described(text: str, query: int, asked: Asked) -> Matches:
    """Return what a text with words for kinds or containers means: the first reading that fits."""
    readings = _readings(text)
    for sounds in (False, True):
        for i, reading in enumerate(readings):
            keep = _keeper(reading, asked)
            if keep is not None:
                # A whole phrase that only sounds like a name is no name.
                found = _named([reading.key], [query], asked, keep, sounds=sounds or i > 0)
                if len(found.feature):
                    return found
    return Matches.join([])


def _everything(features: Indices) -> NDArray[np.bool_]:
    return np.ones(len(features), bool)


def _keeper(reading: Reading, asked: Asked) -> Keep | None:
    """Return what tells which features a reading allows; None where its container is unknown."""
    gazetteer = asked.gazetteer
    if not reading.kinds and not reading.within:
        return _everything
    kinds = np.array([kind_code(kind) for kind in reading.kinds], np.intp)
    containers: list[tuple[Candidates, int]] = []
    for within in reading.within:
        text = STATES.get(fold(within), within)
        plain = Asked(gazetteer, asked.countries, asked.near)
        found, ranking = resolve([text], plain, guesses=False)
        best = int(ranking.best[0])
        if best < 0:
            return None
        containers.append((found, best))

    def keep(features: Indices) -> NDArray[np.bool_]:
        wanted = _everything(features)
        if len(kinds):
            wanted &= np.isin(gazetteer.codes("kind", features), kinds)
        if containers:
            unused = np.zeros(len(features))
            c = gazetteer.candidates(features, features, unused, unused)
            for container, best in containers:
                wanted &= _lies_in(c, container, best, gazetteer)
        return wanted

    return keep


def _lies_in(
    c: Candidates, container: Candidates, best: int, gazetteer: Gazetteer
) -> NDArray[np.bool_]:
    kind = container.kind[best]
    same = c.country == container.country[best]
    province = same & (c.admin1 == container.admin1[best]) & (c.admin1 > 0)
    inside: NDArray[np.bool_]
    if kind == COUNTRY:
        inside = same & (c.kind != COUNTRY)
    elif kind == ADMIN1:
        inside = province
    elif kind == TOWN:
        # "A, B" where B is a town may mean the province of that name.
        km = distance_km(c.lon, c.lat, container.lon[best], container.lat[best])
        inside = province | (km < _BESIDE_KM)
    else:
        area = gazetteer.geometries(container.feature[best : best + 1])[0]
        inside = shapely.dwithin(area, shapely.points(c.lon, c.lat), _EDGE_DEG)
    inside &= c.feature != container.feature[best]
    return inside


def _misspelt(
    readings: Sequence[Reading],
    query: int,
    asked: Asked,
    among: Sequence[matching.Letters] | None = None,
) -> Matches | None:
    """Return the places that a text is a misspelling of, if one of them is likely enough."""
    gazetteer = asked.gazetteer
    for reading in readings:
        edits = matching.edits_allowed(reading.key, hinted=asked.hinted)
        keep = _keeper(reading, asked) if edits else None
        if keep is None:
            continue
        like = misspelt(gazetteer, reading.key, query, edits, hinted=asked.hinted, among=among)
        found = _allowed(like, asked, keep)
        if not len(found.feature):
            continue
        candidates = found.gather(gazetteer)
        ranking = rank(candidates, query + 1, asked.hints())
        best = int(ranking.best[query])
        if best >= 0 and ranking.share[best] >= asked.believed:
            return found
    return None
