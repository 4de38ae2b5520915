"""Where something was and who took part: two accounts of it, compared."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoevents.reports.model import Actor

#: What speaks for two accounts being of one event; `sameness` says what is enough.
SAME_SPOT: Final = 1.5
_SAME_AREA: Final = 1.0
_INSIDE: Final = 0.5
_SAME_PARTY: Final = 1.0
_MAYBE_PARTY: Final = 0.4
#: Towns nearer than this may be one; provinces reach so far from their point.
_NEAR_KM: Final = 3.0
_REACH_KM: Final = 350.0
#: So many places of an account are compared; reports of strangers may name any number.
_MOST: Final = 20
_DEGREE_KM: Final = 111.2
_PEOPLE: Final = "people"

Point = tuple[float, float]


@dataclass(slots=True)
class Places:
    """
    Where something is said to be.

    Attributes
    ----------
    spots : dict of str to (float, float)
        Towns and facilities by their identity, with longitude and latitude.
    waters : set of str
        Rivers and lakes.
    areas : dict of str to (float, float)
        Provinces and regions, with a point of each.
    countries : set of str
        Codes of the countries of all of these.
    """

    spots: dict[str, Point] = field(default_factory=dict)
    waters: set[str] = field(default_factory=set)
    areas: dict[str, Point] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.spots or self.waters or self.areas or self.countries)

    def add(self, other: Places) -> None:
        """
        Take over the places of another account of the event.

        Parameters
        ----------
        other : Places
            They.
        """
        self.spots.update(other.spots)
        self.waters.update(other.waters)
        self.areas.update(other.areas)
        self.countries.update(other.countries)

    def likeness(self, other: Places) -> float | None:
        """
        Weigh whether two accounts are of one place.

        Parameters
        ----------
        other : Places
            Where the other is.

        Returns
        -------
        float or None
            What speaks for it; None where they are two places.
        """
        if not self or not other:
            return 0.0
        if self.countries and other.countries and self.countries.isdisjoint(other.countries):
            return None
        if self.spots and other.spots:
            return self._near(other)
        if not (self.waters.isdisjoint(other.waters) and self.areas.keys().isdisjoint(other.areas)):
            return _SAME_AREA
        return self._inside(other)

    def holds(self, other: Places) -> bool:
        """
        Tell whether a region that is named holds the towns of another account.

        Parameters
        ----------
        other : Places
            Where the other is.

        Returns
        -------
        bool
            Whether only regions are named here, and only towns there, and they may lie in them.
        """
        wide = bool(self.areas and other.spots) and not (self.spots or other.areas)
        return wide and self._inside(other) is not None

    def _inside(self, other: Places) -> float | None:
        if (self.spots and other.areas) or (self.areas and other.spots):
            spots, areas = self.spots or other.spots, other.areas or self.areas
            return _INSIDE if _nearest(spots, areas) <= _REACH_KM else None
        if self.areas and other.areas:
            return None
        return 0.0 if self.countries.isdisjoint(other.countries) else _INSIDE

    def _near(self, other: Places) -> float | None:
        if not self.spots.keys().isdisjoint(other.spots):
            return SAME_SPOT
        return _SAME_AREA if _nearest(self.spots, other.spots) <= _NEAR_KM else None


@dataclass(slots=True)
class Parties:
    """
    Who is said to have taken part, on one side.

    Attributes
    ----------
    named : set of str
        Parties with a name of their own.
    common : set of str
        Common nouns: "gunmen", "civilians".
    """

    named: set[str] = field(default_factory=set)
    common: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, actors: Iterable[Actor]) -> Parties:
        """
        Tell the parties of actors from those that are common nouns.

        Parameters
        ----------
        actors : iterable of Actor
            Actors of one side.

        Returns
        -------
        Parties
            Their parties.
        """
        found = cls()
        for actor in actors:
            side = found.common if actor.sense == _PEOPLE else found.named
            side.add(actor.party or actor.name)
        return found

    def __bool__(self) -> bool:
        return bool(self.named or self.common)

    def all(self) -> set[str]:
        """
        Give both.

        Returns
        -------
        set of str
            Names and common nouns.
        """
        return self.named | self.common

    def add(self, other: Parties) -> None:
        """
        Take over those of another account of the event.

        Parameters
        ----------
        other : Parties
            They.
        """
        self.named |= other.named
        self.common |= other.common

    def likeness(self, other: Parties) -> float | None:
        """
        Weigh whether two accounts are of the same parties.

        Parameters
        ----------
        other : Parties
            The parties of the other.

        Returns
        -------
        float or None
            What speaks for it; None where they are two.
        """
        if not self or not other:
            return 0.0
        if self.named and other.named:
            return None if self.named.isdisjoint(other.named) else _SAME_PARTY
        return _MAYBE_PARTY if self.common.isdisjoint(other.common) else _SAME_PARTY


def _nearest(some: dict[str, Point], others: dict[str, Point]) -> float:
    """Find how near the nearest of some places are to each other, km."""
    return min(
        _distance_km(one, other)
        for one in list(some.values())[:_MOST]
        for other in list(others.values())[:_MOST]
    )


def _distance_km(one: Point, other: Point) -> float:
    """Estimate a distance; near enough to tell a suburb from another town."""
    across = math.cos(math.radians((one[1] + other[1]) / 2)) * (one[0] - other[0])
    distance = math.hypot(across, one[1] - other[1]) * _DEGREE_KM
    return distance if math.isfinite(distance) else math.inf
