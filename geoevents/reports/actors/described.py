"""Those who are described by whom they are for or against: "US-backed fighters", "pro-Assad"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.nouns import chain_at, head_at
from geoevents.reports.actors.pieces import HYPHEN, JOINED
from geoevents.reports.actors.reading import Owner

if TYPE_CHECKING:
    from geoevents.reports.actors.forces import Forces
    from geoevents.reports.actors.owners import Owners
    from geoevents.reports.actors.reading import Reading

_STEPS: Final = 6
_FIGHTING: Final = frozenset(("members", "own", "forces"))


class Descriptions:
    """
    Reads phrases that begin with a description.

    Parameters
    ----------
    reading : Reading
        The report.
    owners : Owners
        Whom names mean in it.
    forces : Forces
        What belongs to states in it.
    """

    def __init__(self, reading: Reading, owners: Owners, forces: Forces) -> None:
        self.reading = reading
        self.owners = owners
        self.forces = forces
        self._meant: dict[str, Owner] = {}  # whom "US-backed" stood before

    def backed(self, index: int, owner: Owner) -> int:
        """Read what begins with "US-backed": it is not the United States that acts."""
        reading, pieces = self.reading, self.reading.pieces
        end = owner.end + 1
        at = self._over_adjectives(end)
        if reading.gap(at) not in JOINED or at in reading.groups:
            return end
        other = self.owners.at(at)
        if other is not None:
            return self._side(index, end, other)
        head = head_at(reading, at)
        if head is None:
            return end
        last, classes = head
        name = pieces.part(index, last)
        if self.owners.named(name) is not None:
            return self._fighters(index, end, last)
        if "ministries" in classes and pieces.folds[end - 1] in reading.sets["holding"]:
            return reading.add(index, last, owner, name=name, sense="organisation")
        siding = pieces.folds[end - 1] in reading.sets["siding"]  # not "Iranian-made drones"
        return self._fighters(index, end, last) if siding and classes.keys() & _FIGHTING else end

    def note(self, index: int, end: int, other: Owner) -> None:
        """Note that a description from one piece up to another stood before a side."""
        self._meant.setdefault(" ".join(self.reading.pieces.folds[index:end]), other)

    def _over_adjectives(self, at: int) -> int:
        """Go on over adjectives that are nothing else."""
        reading = self.reading
        end = at + _STEPS
        while (
            at < end
            and reading.joins(at, "adjectives")
            and self.owners.at(at) is None
            and at not in reading.groups
            and head_at(reading, at) is None
        ):
            at += 1
        return at

    def _side(self, index: int, end: int, other: Owner) -> int:
        """Read "US-backed Syrian Democratic Forces", "US-backed Syrian fighters"."""
        reading, folds = self.reading, self.reading.pieces.folds
        if other.state is None:
            self.note(index, end, other)
            return end
        if other.kind != "adjective" or folds[end - 1] not in reading.sets["helping"]:
            return end
        chain = chain_at(reading, other.end, state=True)
        nouns = set(folds[other.end : chain.end])
        if chain.kind not in ("forces", "members") or not nouns <= reading.sets["irregular"]:
            return end  # "Russian-backed Syrian army"
        return self._fighters(index, end, chain.end)

    def _fighters(self, index: int, end: int, last: int) -> int:
        """Name those whom a description and a noun mean: as before, by the table, as written."""
        name = self.reading.pieces.part(index, last)
        label = " ".join(self.reading.pieces.folds[index:end])
        if self.reading.joins(last, "belonging"):
            of = self.owners.or_group(self.reading.over(last + 1, "articles"))
            if of is not None and of.state is None:
                return self.reading.add(index, of.end, of)  # "Turkish-backed fighters of the SNA"
        known = self._meant.get(label) if self._tells_no_more(end, last) else None
        owner = self.owners.named(name) or known
        return self.reading.add(
            index, last, owner or Owner(last, "side", name, "armed group", name)
        )

    def _tells_no_more(self, end: int, last: int) -> bool:
        """Whether no people or sort is named: "tribal fighters" are not any fighters."""
        telling = self.reading.sets["describing_people"] | self.reading.sets["peoples"]
        return telling.isdisjoint(self.reading.pieces.folds[end:last])

    def prefixed(self, index: int) -> int:
        """Read what begins with "pro-" or "anti-": who is for or against somebody."""
        reading = self.reading
        owner = self.owners.at(index + 1)
        end = owner.end if owner is not None else index + 2
        at = self._over_adjectives(end)
        head = None
        if reading.gap(at) in JOINED and self.owners.at(at) is None:
            head = head_at(reading, at)
        if head is None:
            return end
        last, classes = head
        name = reading.pieces.part(index, last)
        known = self.owners.named(name)
        if known is not None:
            return reading.add(index, last, known)
        if "people" in classes:
            key = classes["people"]
            return reading.add(index, last, Owner(last, "side", key, "people", key))
        if not classes.keys() & _FIGHTING:
            return end
        one = Owner(last, "side", name, "armed group", name)
        if (
            owner is None
            and reading.pieces.folds[index] in reading.sets["friends"]
            and "own" in classes
        ):
            one = self.forces.own(classes["own"], name)
        return reading.add(index, last, one)

    def led(self, index: int, end: int) -> int:
        """Read "Kurdish-led fighters", where nobody is known who leads them."""
        reading = self.reading
        first = index - 1
        while first > reading.floor and reading.pieces.gaps[first] == HYPHEN:
            first -= 1
        name = reading.pieces.part(first, end)
        owner = self.owners.named(name) or Owner(end, "side", name, "armed group", name)
        return reading.add(first, end, owner)
