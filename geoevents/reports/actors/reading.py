"""A report while its actors are looked for: its pieces, its places, and who was found so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoevents.reports.actors.found import Found
from geoevents.reports.actors.pieces import JOINED
from geoevents.reports.actors.states import countries_of, main_country

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.reports.actors.lexicon import Lexicon
    from geoevents.reports.actors.naming import Group
    from geoevents.reports.actors.pieces import Pieces
    from geoevents.reports.actors.states import State
    from geoevents.reports.model import Sense


_STEPS: Final = 8  # words that are passed over


class Owner(NamedTuple):
    """
    Whom a name or an adjective means.

    Attributes
    ----------
    end : int
        The piece after it.
    kind : str
        ``side`` (a name), ``country`` (the name of one), ``adjective`` or ``plural`` ("Russians").
    name, sense, party, media
        As of `Actor`.
    state : State or None
        The state, if it is one.
    """

    end: int
    kind: str
    name: str
    sense: Sense
    party: str
    media: bool = False
    state: State | None = None


@dataclass
class Reading:
    """
    A report while its actors are looked for.

    Parameters
    ----------
    pieces : Pieces
        Its text.
    toponyms : sequence of Toponym
        Its places, and what else holds the name of one.
    lexicon : Lexicon
        Names and words.
    country : str or None
        The country that it is about; None to tell from the places.
    groups : dict of int to Group
        Names of groups that are in no table, by their first piece.

    Attributes
    ----------
    found : list of Found
        The actors so far, in the order of the text.
    places : dict of int to Toponym
        The toponyms by their first piece.
    coalition, ministry : Found or None
        The coalition and the ministry named last.
    parties : set of str
        The sides named so far.
    regimes : dict of str to dict of str to Found
        Of the word "regime" and its like the states it named with something else, by party.
    branches : dict of str to dict of str to Found
        Of words such as "marines" the forces of states they named, by party.
    inside : dict of int to int
        For each piece of a toponym, the piece after the toponym's last.
    """

    pieces: Pieces
    toponyms: Sequence[Toponym]
    lexicon: Lexicon
    country: str | None
    groups: dict[int, Group]
    found: list[Found] = field(default_factory=list)
    places: dict[int, Toponym] = field(default_factory=dict)
    inside: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.coalition: Found | None = None
        self.ministry: Found | None = None
        self.parties: set[str] = set()
        self.regimes: dict[str, dict[str, Found]] = {}
        self.branches: dict[str, dict[str, Found]] = {}
        self.words = self.lexicon.words
        self.sets = self.lexicon.words.sets
        starts, size = self.pieces.starts, len(self.pieces)
        at = {start: index for index, start in enumerate(starts)} if self.toponyms else {}
        for one in self.toponyms:
            first = at.get(one.start)
            if first is None:
                continue
            end = first
            while end < size and starts[end] < one.end:
                end += 1
            self.places[first] = one
            self.inside.update(dict.fromkeys(range(first, end), end))

    @property
    def floor(self) -> int:
        """The piece after the last actor found."""
        return self.found[-1].end if self.found else 0

    @cached_property
    def near(self) -> list[str]:
        """Codes of the countries that it speaks of, those of the most places first."""
        near = countries_of(self.toponyms)
        return [self.country, *near] if self.country else near

    @cached_property
    def about(self) -> str:
        """Code of the country that it is about; "" if that is not sure."""
        return self.country or main_country(self.toponyms)

    @cached_property
    def sure_names(self) -> set[str]:
        """Names of all that are named in a way that leaves no doubt."""
        found = (self.lexicon.at(self.pieces, index) for index in range(len(self.pieces)))
        return {one[1].entries[0].name for one in found if one and not one[1].tentative}

    def gap(self, index: int) -> int:
        """Tell what stands before a piece; -1 behind the last."""
        return self.pieces.gaps[index] if index < len(self.pieces) else -1

    def joins(self, index: int, words: str) -> bool:
        """Whether a piece follows the one before it, and is one of a list of words."""
        return self.gap(index) in JOINED and self.pieces.folds[index] in self.sets[words]

    def over(self, index: int, words: str) -> int:
        """Go on over words of a list, a few of them."""
        end = index + _STEPS
        while index < end and self.joins(index, words):
            index += 1
        return index

    def before(self, index: int, words: frozenset[str]) -> int:
        """Go back over words, a few of them, up to the actor before."""
        floor = max(self.floor, index - _STEPS)
        while index > floor and self.pieces.joined(index) and self.pieces.folds[index - 1] in words:
            index -= 1
        return index

    def add(self, first: int, end: int, owner: Owner, **changes: Any) -> int:
        """Note an actor; give the piece to go on from."""
        one = Found(first, end, owner.name, owner.sense, owner.party, owner.media)
        one = replace(one, **changes) if changes else one
        self.found.append(one)
        self.parties.add(one.party)
        if one.sense == "state" and one.party in self.lexicon.codes:
            for word in self.sets["regimes"].intersection(self.pieces.folds[first:end]):
                self.regimes.setdefault(word, {})[one.party] = one
            for word in self.sets["branches"].intersection(self.pieces.folds[first:end]):
                self.branches.setdefault(word, {})[one.party] = one
        if one.sense == "coalition":
            self.coalition = one
        elif one.name.endswith(self.words.ministries):
            self.ministry = one
        return end
