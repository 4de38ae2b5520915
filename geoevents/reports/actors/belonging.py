"""To whom common nouns belong: "members of the SDF", "a spokesman for the coalition"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.actors.nouns import chain_at
from geoevents.reports.actors.pieces import JOINED, POSSESSIVE

if TYPE_CHECKING:
    from geoevents.reports.actors.described import Descriptions
    from geoevents.reports.actors.forces import Forces
    from geoevents.reports.actors.owners import Owners
    from geoevents.reports.actors.reading import Owner, Reading


class Belonging:
    """
    Finds to whom common nouns belong.

    Parameters
    ----------
    reading : Reading
        The report.
    owners : Owners
        Whom names mean in it.
    forces : Forces
        What belongs to states in it.
    descriptions : Descriptions
        Whom descriptions mean in it.
    """

    def __init__(
        self, reading: Reading, owners: Owners, forces: Forces, descriptions: Descriptions
    ) -> None:
        self.reading = reading
        self.owners = owners
        self.forces = forces
        self.descriptions = descriptions

    def to(self, end: int, classes: dict[str, str]) -> tuple[Owner, int] | None:
        """
        Find to whom a noun belongs.

        Parameters
        ----------
        end : int
            The piece behind the noun.
        classes : dict of str to str
            The tables that the noun stands in.

        Returns
        -------
        tuple of Owner and int, or None
            Who, and the piece after the words that say so.
        """
        reading = self.reading
        if not reading.joins(end, "belonging"):
            return None
        at = reading.over(end + 1, "articles")
        if reading.gap(at) not in JOINED:
            return None
        owner = self.owners.or_group(at)
        if owner is None and reading.pieces.folds[at] in reading.sets["titles"]:
            at = reading.over(at, "titles")  # "followers of the cleric Moqtada al-Sadr"
            owner = self.owners.at(at) if reading.gap(at) in JOINED else None
        if owner is not None and self.owners.described(owner) and self._goes_on(owner.end + 1):
            described, at = at, owner.end + 1
            owner = self.owners.or_group(at)
            if owner is not None and owner.state is None:
                self.descriptions.note(described, at, owner)
        return None if owner is None else self._whole(at, owner, classes)

    def _goes_on(self, index: int) -> bool:
        return self.reading.gap(index) in JOINED

    def _whole(self, at: int, owner: Owner, classes: dict[str, str]) -> tuple[Owner, int] | None:
        """Read the owner with the nouns behind it: "of the Syrian army"."""
        chain = chain_at(self.reading, owner.end, state=owner.state is not None)
        end = max(chain.end, owner.end)
        if owner.state is None:
            return owner, end
        if owner.kind == "country" and not chain.kind:
            if self._goes_on(owner.end) and self.reading.pieces.folds[owner.end] == POSSESSIVE:
                return None  # "director of Poland's railways"
            key = classes.get("own", "government")
            if key != "government":
                return self.forces.force(owner.state, key), owner.end
            return (owner, owner.end) if classes.keys() & {"roles", "own"} else None
        one = self.forces.part(at, owner, chain) if chain.kind else None
        return None if one is None else (one, end)
