"""
How names that stand in one text speak for each other.

A text is about some countries, provinces and neighbourhoods, and about the world at large. How far
it is about a province is told by the names that may lie there: each divides one vote among the
places that it may mean. A text about a province of a million names its villages a thousand times
as often as texts about the world do: so much a place gains by the votes of the other names. What
the votes make likelier votes the more in the next round, until the reading of the text makes sense
as a whole. All texts are counted at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.places.containers import containment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.ranking import Candidates

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_COUNTRY: Final = 0
_ADMIN1: Final = 1
#: How much is written of what a text is about, beside the world at large, where all other names
#: of the text lie in one country, province or neighbourhood.
_FOR_COUNTRY: Final = 2.0
_FOR_PROVINCE: Final = 2.0
_FOR_CELL: Final = 1.0
#: The same of a country or province that the text names itself, once or often.
_HELD: Final = 0.3
#: Half of the names speak for their province a quarter as much as all of them.
_POWER: Final = 2.0
#: So many more names could say otherwise: one other name alone is little to go by.
_DOUBT: Final = 1.0
#: Countries are named beside countries, provinces beside those of their country.
_LIKE_COUNTRY: Final = 20.0
_LIKE_PROVINCE: Final = 100.0
#: No part of the world is taken to be smaller: deserts are as telling as villages.
_LEAST: Final = 6e-4
_ROUNDS: Final = 8
_CELL_DEG: Final = 3
_COLUMNS: Final = 360 // _CELL_DEG
_ROWS: Final = 180 // _CELL_DEG
#: What a neighbouring cell's votes count beside those of the same.
_BESIDE: Final = 0.5
_SILENT: Final = 1e-9
#: Of the keys of provinces and cells.
_BITS: Final = 32


class Tally:
    """
    Votes by key.

    Parameters
    ----------
    keys : ndarray
        What each vote is for.
    votes : ndarray
        What it counts.
    """

    def __init__(self, keys: Ints, votes: Floats) -> None:
        self._keys, at = np.unique(keys, return_inverse=True)
        self._votes = np.bincount(at, votes, minlength=len(self._keys))

    def of(self, keys: Ints) -> Floats:
        """
        Return the votes for some keys.

        Parameters
        ----------
        keys : ndarray
            The keys.

        Returns
        -------
        ndarray
            0 where nobody voted.
        """
        if not len(self._keys):
            return np.zeros(len(keys))
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        votes: Floats = np.where(self._keys[at] == keys, self._votes[at], 0.0)
        return votes


@dataclass(frozen=True)
class Ground:
    """
    How much is written of each part of the world: of the towns there, in inhabitants.

    Attributes
    ----------
    country : ndarray
        By the codes of countries.
    province, cell : Tally
        By the keys that `province_keys` and `cell_keys` return.
    world : float
        Of all.
    """

    country: Floats
    province: Tally
    cell: Tally
    world: float

    def telling(self, part: Floats) -> Floats:
        """
        Return how many times as often a text about a part of the world names its places.

        Parameters
        ----------
        part : ndarray
            How much is written of the part.

        Returns
        -------
        ndarray
            Beside a text about the world at large.
        """
        return self.world / np.maximum(part, _LEAST * self.world)


def province_keys(country: Ints, admin1: Ints) -> Ints:
    """
    Return numbers for provinces.

    Parameters
    ----------
    country, admin1 : ndarray
        Codes of countries and of the names of provinces.

    Returns
    -------
    ndarray
        -1 where the province is not known.
    """
    return np.where((country > 0) & (admin1 > 0), (country << 20) + admin1, -1)


def cell_keys(lon: Floats, lat: Floats) -> Ints:
    """
    Return numbers for neighbourhoods: cells of three degrees.

    Parameters
    ----------
    lon, lat : ndarray
        Degrees.

    Returns
    -------
    ndarray
        Row by row from the south.
    """
    row = np.clip((lat + 90) // _CELL_DEG, 0, _ROWS - 1).astype(np.intp)
    column = ((lon + 180) // _CELL_DEG).astype(np.intp) % _COLUMNS
    cells: Ints = row * _COLUMNS + column
    return cells


@dataclass(frozen=True)
class Company:
    """
    Which names stand together.

    Attributes
    ----------
    ground : Ground
        How much is written of each part of the world.
    document : ndarray
        For each name the number of its text.
    voice : ndarray
        For each name what its vote counts: 1, less for words such as "Syrian", 0 for none.
    votes : Candidates, optional
        Places that the texts name besides; ``query`` is the text, ``match`` what the vote counts.
    within : ndarray, optional
        For each name the name of what it is said to lie in; -1 for none.
    told : tuple of ndarray, optional
        For each name the feature that its text tells it is, -1 for none, and how many times
        likelier that makes it.
    """

    ground: Ground
    document: Ints
    voice: Floats
    votes: Candidates | None = None
    within: Ints | None = None
    told: tuple[Ints, Floats] | None = None


def support(c: Candidates, weight: Floats, names: int, company: Company) -> Floats:
    """
    Return what the names of each text add to the weights of each other's candidates.

    Parameters
    ----------
    c : Candidates
        What the names may mean, ordered by name.
    weight : ndarray
        What speaks for each candidate alone.
    names : int
        How many names there are.
    company : Company
        Which of them stand together.

    Returns
    -------
    ndarray
        For each candidate a factor: 1 or more, less where the text says that it lies elsewhere.
    """
    if not len(c.query):
        return np.ones(0)
    told: Floats = np.ones(len(c.query))
    if company.told is not None:
        feature, odds = company.told
        told = np.where(c.feature == feature[c.query], odds[c.query], 1.0)
        weight = weight * told
    election = _Election(c, weight, names, company)
    gained: Floats = np.ones(len(c.query))
    inside: Floats = np.ones(len(c.query))
    for _ in range(_ROUNDS):
        if company.within is not None:
            inside = containment(c, weight * gained, names, company.within)
        gained = election.hold(weight * gained * inside)
    return gained * inside * told


class _Election:
    """Counts the votes of all names, round by round."""

    def __init__(self, c: Candidates, weight: Floats, names: int, company: Company) -> None:
        votes = company.votes
        self.query, self.names = c.query, names
        self.mine = company.voice[c.query]
        self.fixed = np.empty(0) if votes is None else votes.match
        document = company.document[c.query]
        text, by = document, [c]
        if votes is not None:
            text, by = np.concatenate([document, votes.query]), [c, votes]
        # How many votes of others each name hears.
        has = np.bincount(c.query, weight, minlength=names) > 0
        size = 1 + max(int(company.document.max()), int(text.max()))
        voters = np.bincount(company.document, np.where(has, company.voice, 0.0), minlength=size)
        if votes is not None:
            voters = voters + np.bincount(votes.query, votes.match, minlength=size)
        others = voters[document] - self.mine
        self.each = np.where(others > _SILENT, 1 / (others + _DOUBT), 0.0)
        kind, country, admin1, lon, lat = (
            np.concatenate([getattr(one, name) for one in by])
            for name in ("kind", "country", "admin1", "lon", "lat")
        )
        nation = np.where(country > 0, (text << _BITS) + country, -1)
        keys = province_keys(country, admin1)
        local = kind > _COUNTRY
        province = np.where((keys >= 0) & local, (text << _BITS) + keys, -1)
        places = cell_keys(lon, lat)
        cell = np.where(local, (text << _BITS) + places, -1)
        mine = slice(0, len(c.query))
        ground = company.ground
        by_country = ground.telling(ground.country[c.country])
        by_province = ground.telling(ground.province.of(keys[mine]))
        by_cell = ground.telling(ground.cell.of(places[mine]))
        query, state, whole = c.query, kind == _ADMIN1, kind == _COUNTRY
        self.shares = [
            (_FOR_COUNTRY * by_country, _Poll(query, nation, nation[mine])),
            (_FOR_PROVINCE * by_province, _Poll(query, province, province[mine])),
            (_FOR_CELL * by_cell, _Poll(query, cell, cell[mine], _around(cell[mine]))),
        ]
        held = np.where(local, nation, -1)[mine]
        inner = np.where(kind > _ADMIN1, province, -1)[mine]
        self.named = [
            (_HELD * by_country, _Poll(query, np.where(whole, nation, -1), held)),
            (_HELD * by_province, _Poll(query, np.where(state, province, -1), inner)),
        ]
        nations, states = np.where(whole, text, -1), np.where(state, nation, -1)
        self.alike = [
            (_LIKE_COUNTRY, _Poll(query, nations, nations[mine])),
            (_LIKE_PROVINCE, _Poll(query, states, states[mine])),
        ]

    def hold(self, weight: Floats) -> Floats:
        """Count once, with these weights, and return the factor that each candidate gains."""
        total = np.bincount(self.query, weight, minlength=self.names)
        given = weight / total[self.query] * self.mine
        everybody = np.concatenate([given, self.fixed])
        gained: Floats = np.ones(len(weight))
        for telling, poll in self.shares:
            gained += telling * (poll.count(everybody, given) * self.each) ** _POWER
        for telling, poll in self.named:
            once = np.minimum(poll.count(everybody, given), 1.0) * (self.each > 0)
            gained += telling * once
        for voice, poll in self.alike:
            gained += voice * poll.count(everybody, given) * self.each
        return gained


class _Poll:
    """
    Who votes for what, by keys: a text's country, province, cell.

    Parameters
    ----------
    query : ndarray
        For each candidate its name.
    keys : ndarray
        For each candidate, and each place that votes besides, what it votes for; -1 for nothing.
    asked : ndarray
        For each candidate the key whose votes it gains; -1 for none.
    beside : list of ndarray
        For each candidate keys whose votes count by half.
    """

    def __init__(self, query: Ints, keys: Ints, asked: Ints, beside: Sequence[Ints] = ()) -> None:
        self.votes = keys >= 0
        self.keys, self.at = np.unique(keys[self.votes], return_inverse=True)
        self.size = len(self.keys)
        if not self.size:
            return
        self.asked = self._found(asked)
        self.beside = [self._found(some) for some in beside]
        # A name does not speak for itself: what its own candidates vote is taken off again.
        self.mine = np.flatnonzero(self.votes[: len(query)])
        giver = query[self.mine] * self.size + self.at[: len(self.mine)]
        self.own, self.giver = np.unique(giver, return_inverse=True)
        taker = query * self.size + self.asked
        self.taker = np.minimum(np.searchsorted(self.own, taker), len(self.own) - 1)
        self.takes = (self.asked < self.size) & (len(self.own) > 0)
        if len(self.own):
            self.takes &= self.own[self.taker] == taker

    def _found(self, keys: Ints) -> Ints:
        """Return the places of keys, one behind the last for those that are not there."""
        at = np.minimum(np.searchsorted(self.keys, keys), self.size - 1)
        found: Ints = np.where(self.keys[at] == keys, at, self.size)
        return found

    def count(self, everybody: Floats, given: Floats) -> Floats:
        """Return the votes of the other names for each candidate."""
        if not self.size:
            return np.zeros(len(given))
        total: Floats = np.bincount(self.at, everybody[self.votes], minlength=self.size + 1).astype(
            np.float64
        )
        out: Floats = total[self.asked]
        for some in self.beside:
            out = out + _BESIDE * total[some]
        if len(self.own):
            own = np.bincount(self.giver, given[self.mine], minlength=len(self.own))
            out = out - np.where(self.takes, own[self.taker], 0.0)
        return np.maximum(out, 0.0)


def _around(cell: Ints) -> list[Ints]:
    """Return the keys of the eight neighbours of cells, round the antimeridian too."""
    text, at = cell >> _BITS, cell & ((1 << _BITS) - 1)
    row, column = at // _COLUMNS, at % _COLUMNS
    out = []
    for south in (-1, 0, 1):
        for east in (-1, 0, 1):
            there = row + south
            inside = (cell >= 0) & (there >= 0) & (there < _ROWS)
            keys = (text << _BITS) + there * _COLUMNS + (column + east) % _COLUMNS
            if south or east:
                out.append(np.where(inside, keys, -1))
    return out
