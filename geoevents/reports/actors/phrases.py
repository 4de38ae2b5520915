"""Phrases that name who acts: a name or an adjective, and the common noun that it goes with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.belonging import Belonging
from geoevents.reports.actors.common import CommonNouns
from geoevents.reports.actors.described import Descriptions
from geoevents.reports.actors.forces import Forces
from geoevents.reports.actors.nouns import chain_at, head_at
from geoevents.reports.actors.owners import Owners
from geoevents.reports.actors.pieces import COMMA, HYPHEN, SMALL, TITLE
from geoevents.reports.actors.reading import Owner
from geoevents.reports.actors.spokesmen import Spokesmen
from geoevents.reports.actors.states import adjective_at, state_of

if TYPE_CHECKING:
    from geoevents.reports.actors.found import Found
    from geoevents.reports.actors.nouns import Chain
    from geoevents.reports.actors.reading import Reading

_SHARED: Final = 6  # adjectives in a row that share a noun


class Phrases:
    """
    Reads a report from left to right, phrase by phrase.

    Parameters
    ----------
    reading : Reading
        The report.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.owners = Owners(reading)
        self.forces = Forces(reading, self.owners)
        self.descriptions = Descriptions(reading, self.owners, self.forces)
        self.belonging = Belonging(reading, self.owners, self.forces, self.descriptions)
        self.spokesmen = Spokesmen(reading, self.owners, self.belonging)
        self.nouns = CommonNouns(self.spokesmen)

    def read(self) -> list[Found]:
        """
        Find all actors.

        Returns
        -------
        list of Found
            In the order of the text.
        """
        reading = self.reading
        starts, groups, places = reading.lexicon.starts, reading.groups, reading.places
        end = 0
        for index, fold in enumerate(reading.pieces.folds):
            if index >= end and (fold in starts or index in groups or index in places):
                end = self._phrase(index)
        return reading.found

    def _phrase(self, index: int) -> int:
        """Read what begins at a piece; give the piece to go on from."""
        owner = self.owners.or_group(index)
        if owner is None or owner.end == index + 1:
            person = self.spokesmen.titled(index)
            if person is not None:
                return person
        if owner is not None:
            return self._owned(index, owner)
        reading = self.reading
        if (
            reading.pieces.folds[index] in reading.sets["prefixes"]
            and reading.gap(index + 1) == HYPHEN
        ):
            return self.descriptions.prefixed(index)
        if reading.pieces.folds[index] in reading.sets["peoples_named"]:
            return self._people(index)
        end = self.nouns.read(index)
        return self._placed(index) if end is None else end

    def _people(self, index: int) -> int:
        """Read the name of a people: "Serbs attacked a patrol", "Kosovo Serbs"."""
        reading = self.reading
        if reading.pieces.shapes[index] != TITLE:
            return index + 1
        first = reading.before(index, reading.sets["peoples"])  # "Assyrian Christians"
        first = self._with_country(first) if first == index else first
        name = reading.pieces.part(first, index + 1)
        return reading.add(first, index + 1, Owner(index + 1, "side", name, "people", name))

    def _with_country(self, index: int) -> int:
        """Go back over the country that a people lives in: "Kosovo Serbs", "Iraqi Kurds"."""
        reading, before = self.reading, index - 1
        if before < 0 or not reading.pieces.joined(index):
            return index
        last = reading.found[-1] if reading.found else None
        if last is not None and last.end == index:
            alone = last.sense == "state" and last.first == before
            return reading.found.pop().first if alone else index
        described = adjective_at(reading.pieces, before)
        return before if described is not None and described[0] == index else index

    def _owned(self, index: int, owner: Owner) -> int:
        """Read a phrase that begins with a name or an adjective of a country."""
        reading = self.reading
        if self.owners.described(owner):
            return self.descriptions.backed(index, owner)
        chain = chain_at(reading, owner.end, state=owner.state is not None)
        if not chain.kind and owner.kind in ("adjective", "plural"):
            chain = self._shared(owner.end) or chain
        one = self.forces.part(index, owner, chain)
        if one is None:
            return owner.end
        one = self.owners.led_by(one, owner.end, chain.end)
        if chain.role or owner.state is None or chain.kind in ("forces", "ministries"):
            person = self.spokesmen.after(index, chain, one)
            if person is not None:
                return person
        if chain.role:
            self.spokesmen.before(index, one)
        first = reading.before(index, reading.sets["vague"])
        if owner.kind == "plural" and one.sense == "people":
            whole = self._with_country(first)
            name = reading.pieces.part(whole, owner.end)
            one = one._replace(name=name, party=name) if whole < first else one
            first = whole
        end = max(chain.end, owner.end)
        ranks = self._is_ranks(end, owner, chain)
        same = self.belonging.to(end, {}) if owner.state is None or ranks else None
        if same is not None and ranks and same[0].state is None:
            one, end = same  # "Colombian guerrillas of the ELN"
        elif same is not None and same[0].name == one.name:
            end = same[1]  # "Turkish-backed fighters of the Syrian National Army"
        return reading.add(first, end, one)

    def _is_ranks(self, end: int, owner: Owner, chain: Chain) -> bool:
        """Whether those of a country fight for a side named behind: "Syrian rebels of the X"."""
        reading = self.reading
        if not reading.joins(end, "fighting_for"):
            return False
        if owner.state is not None:
            return chain.kind == "members"
        head = head_at(reading, end - 1)  # the table knows "Syrian rebels" and their like
        small = reading.pieces.shapes[end - 1] == SMALL
        return small and owner.end == end and head is not None and "members" in head[1]

    def _shared(self, index: int) -> Chain | None:
        """Find the noun that two adjectives share: "Syrian and Russian warplanes"."""
        reading = self.reading
        at = index
        for _ in range(_SHARED):
            if reading.joins(at, "joining"):
                at += 1
            elif reading.gap(at) != COMMA:
                return None
            if at >= len(reading.pieces):
                return None
            owner = self.owners.adjective(at) or self.owners.at(at)
            if owner is None:
                return None
            chain = chain_at(reading, owner.end, state=True)
            if chain.kind:
                return replace(chain, end=index)
            at = owner.end
        return None

    def _placed(self, index: int) -> int:
        """Take over what holds the name of a place and is none."""
        reading = self.reading
        place = reading.places.get(index)
        if place is None or place.sense in ("place", "demonym"):
            return index + 1
        end = reading.inside[index]
        text = " ".join(place.text.split())
        if place.sense == "government":
            if not place.country:
                return end
            state = state_of(place.country, text, reading.lexicon)
            return self._owned(index, Owner(end, "side", state.party, "state", state.party))
        if place.sense == "person":
            return reading.add(index, end, Owner(end, "side", text, "person", text))
        media = not reading.sets["group_reporting"].isdisjoint(reading.pieces.folds[index:end])
        return self._owned(index, Owner(end, "side", text, "organisation", text, media))
