"""Persons with a side: by the words before their names, and by those behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.nouns import chain_at, head_at
from geoevents.reports.actors.persons import name_before, name_end, titled_at
from geoevents.reports.actors.pieces import CAPITALS, COMMA, JOINED, TITLE
from geoevents.reports.actors.reading import Owner

if TYPE_CHECKING:
    from geoevents.reports.actors.belonging import Belonging
    from geoevents.reports.actors.nouns import Chain
    from geoevents.reports.actors.owners import Owners
    from geoevents.reports.actors.reading import Reading

_STEPS: Final = 6
_SPEAKING: Final = frozenset(("roles", "bodies"))


class Spokesmen:
    """
    Reads the names of persons, and for whom they stand.

    Parameters
    ----------
    reading : Reading
        The report.
    owners : Owners
        Whom names mean in it.
    belonging : Belonging
        To whom common nouns belong in it.
    """

    def __init__(self, reading: Reading, owners: Owners, belonging: Belonging) -> None:
        self.reading = reading
        self.owners = owners
        self.belonging = belonging

    def titled(self, index: int) -> int | None:
        """Read a title and a name; None if there is none."""
        reading = self.reading
        if reading.pieces.folds[index] not in reading.sets["titles"]:
            return None
        if reading.inside.get(index, 0) > index + 1:
            return None  # Prince Edward Island
        named = titled_at(reading.pieces, index, reading.words)
        if named is None or self._somebody_else(named[0]):
            return None
        first, end = named
        name = reading.pieces.part(first, end)
        known = self.owners.named(name)
        party = self._apposition(end) or name
        if known is not None and known.sense == "person":
            return reading.add(index, end, known)
        return reading.add(index, end, Owner(end, "side", name, "person", party))

    def after(self, index: int, chain: Chain, owner: Owner) -> int | None:
        """Read the name behind "SDF spokesman": a person of that party."""
        reading, pieces = self.reading, self.reading.pieces
        end = chain.end
        if reading.gap(end) not in JOINED:
            return None
        named = titled_at(pieces, end, reading.words)
        if named is None and pieces.shapes[end] in (TITLE, CAPITALS):
            role = chain.role or pieces.folds[end - 1] in reading.sets["titles"]
            if role and not self._somebody_else(end):
                named = end, name_end(pieces, end, reading.words)
        if named is None or named[1] <= named[0]:
            return None
        first, last = named
        name = pieces.part(first, last)
        party = self._apposition(last) or owner.party
        return reading.add(index, last, owner, name=name, sense="person", party=party, media=False)

    def _somebody_else(self, index: int) -> bool:
        """Whether a name that is no person's begins at a piece."""
        owner = self.owners.or_group(index)
        return owner is not None and owner.sense != "person"

    def before(self, index: int, owner: Owner) -> None:
        """Read the name before ", a spokesman for the coalition"."""
        reading = self.reading
        if reading.found and reading.found[-1].sense == "person":
            return
        named = name_before(reading.pieces, index, reading.floor, reading.words)
        if named is None:
            return
        if any(
            at in reading.places and reading.places[at].sense == "place" for at in range(*named)
        ):
            return
        name = reading.pieces.part(*named)
        reading.add(*named, owner, name=name, sense="person", media=False)

    def _apposition(self, end: int) -> str | None:
        """Find the party of a person in the words behind the name: ", a spokesman for ..."."""
        reading = self.reading
        if reading.gap(end) in JOINED:
            found = self.belonging.to(end, {"roles": ""})
            return found[0].party if found else None
        if reading.gap(end) != COMMA:
            return None
        at = self._over(end)
        if at >= len(reading.pieces) or (at > end and reading.gap(at) not in JOINED):
            return None
        owner = self.owners.at(at)
        if owner is not None:
            chain = chain_at(reading, owner.end, state=owner.state is not None)
            return owner.party if chain.role or chain.kind == "forces" else None
        head = head_at(reading, at)
        if head is None or not head[1].keys() & _SPEAKING:
            return None
        found = self.belonging.to(*head)
        return found[0].party if found else None

    def _over(self, at: int) -> int:
        """Go on over articles and adjectives that are nothing else."""
        reading = self.reading
        passed = reading.sets["articles"] | reading.sets["adjectives"]
        for _ in range(_STEPS):
            if at >= len(reading.pieces) or reading.pieces.folds[at] not in passed:
                break
            if self.owners.at(at) is not None or head_at(reading, at) is not None:
                break
            at += 1
        return at
