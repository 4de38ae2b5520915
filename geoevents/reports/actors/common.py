"""Common nouns for who acts, with no name before them: the army, gunmen, villagers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.nouns import Chain, chain_at, head_at, speaks
from geoevents.reports.actors.pieces import HYPHEN, JOINED
from geoevents.reports.actors.reading import Owner
from geoevents.reports.actors.states import state_of

if TYPE_CHECKING:
    from geoevents.reports.actors.spokesmen import Spokesmen
    from geoevents.reports.model import Sense

_OWNED: Final = frozenset(("roles", "bodies", "members", "own"))
#: "Its men" are those of a side, "its officials" and "its leader" more than that.
_ITS: Final = frozenset(("own", "members", "bodies"))
_BEHIND: Final = frozenset(("members", "people", "own"))


class CommonNouns:
    """
    Reads phrases that begin with a common noun.

    Parameters
    ----------
    spokesmen : Spokesmen
        The persons of the report, and through them all else that is known of it.
    """

    def __init__(self, spokesmen: Spokesmen) -> None:
        self.spokesmen = spokesmen
        self.belonging = spokesmen.belonging
        self.reading = spokesmen.reading
        self.owners = self.belonging.owners
        self.forces = self.belonging.forces
        self.descriptions = self.belonging.descriptions

    def read(self, index: int) -> int | None:
        """
        Read the phrase that begins at a piece.

        Parameters
        ----------
        index : int
            The piece.

        Returns
        -------
        int or None
            The piece to go on from; None if no common noun begins there.
        """
        head = head_at(self.reading, index)
        if head is None:
            return None
        end, classes = head
        if self._only_describes(index, end):
            return end
        if self.reading.gap(end) == HYPHEN and self.reading.joins(end, "describing"):
            return end + 1  # "rebel-held", "government-run"
        sets = self.reading.sets
        first = self.reading.before(index, sets["describing_people"] | sets["peoples"])
        last = self._of_somebody(first, end, classes)
        return self._unowned(first, index, end, classes) if last is None else last

    def _only_describes(self, index: int, end: int) -> bool:
        """Whether a noun is an adjective here: "Islamist rebels"."""
        reading = self.reading
        if end > index + 1 or reading.pieces.folds[index] not in reading.sets["describing_people"]:
            return False
        behind = head_at(reading, end) if reading.gap(end) in JOINED else None
        return behind is not None and bool(behind[1].keys() & _BEHIND)

    def _of_somebody(self, first: int, end: int, classes: dict[str, str]) -> int | None:
        """Read "members of the SDF", "its soldiers"; None if the noun stands alone."""
        if not classes.keys() & _OWNED:
            return None
        belonging = self.belonging.to(end, classes) or self._loyal(end)
        if belonging is not None:
            owner, last = belonging
            owner = self.owners.led_by(owner, first, end)
            if "roles" in classes:
                self.spokesmen.before(first, owner)
            return self.reading.add(first, last, owner)
        its = self.forces.its(first) if classes.keys() & _ITS else None
        return None if its is None else self.reading.add(first, end, its)

    def _loyal(self, end: int) -> tuple[Owner, int] | None:
        """Read "loyal to Khalifa Haftar": they are the side of whom they are loyal to."""
        reading = self.reading
        if not reading.joins(end, "loyal") or reading.gap(end + 1) not in JOINED:
            return None
        at = reading.over(reading.over(end + 2, "articles"), "titles")
        owner = self.owners.at(at) if reading.gap(at) in JOINED else None
        if owner is None:
            return None
        if owner.sense == "person":
            owner = (self.owners.named(owner.party) or owner)._replace(end=owner.end)
        return owner, max(owner.end, chain_at(reading, owner.end, state=False).end)

    def _unowned(self, first: int, index: int, end: int, classes: dict[str, str]) -> int:
        """Read a noun that stands alone, by the table that says most of it."""
        if "ministries" in classes:
            return self._with_name(
                index, end, self.forces.ministry(index, end, classes["ministries"])
            )
        if "own" in classes:
            return self._own(first, index, end, classes["own"])
        if "members" in classes:
            return self._members(first, index, end, classes["members"])
        if "forces" in classes and self._peoples(first, index):
            return self._members(first, index, end, "")
        if "people" in classes:
            return self._people(first, index, end, classes["people"])
        return end

    def _with_name(self, first: int, end: int, owner: Owner) -> int:
        """Read the nouns behind, and perhaps a name: "ministry spokesman Amal Ruz"."""
        chain = chain_at(self.reading, end, state=owner.state is not None)
        if chain.kind == "events":
            chain = Chain(end)
        person = self.spokesmen.after(first, chain, owner)
        return self.reading.add(first, max(chain.end, end), owner) if person is None else person

    def _own(self, first: int, index: int, end: int, key: str) -> int:
        """Read "the army", "police", "government forces" of no country in particular."""
        if self.reading.joins(end, "abstract"):
            return end  # "military action"
        chain = chain_at(self.reading, end, state=True)
        if key == "government" and chain.kind == "forces" and chain.key != key:
            key, written = chain.key, self.reading.pieces.part(index, chain.end)  # "junta troops"
        else:
            written = self.reading.pieces.part(index, end)
        pieces = self.reading.pieces
        again = index > 0 and pieces.folds[index - 1] in self.reading.sets["definite"]
        again = again and pieces.folds[index] in self.reading.sets["named_again"]
        owner = self._named_so(index, end) or self.forces.own(key, written.lower(), again=again)
        first = min(first, self.reading.before(index, self.reading.sets["local"]))
        return self._with_name(first, end, owner)

    def _named_so(self, index: int, end: int) -> Owner | None:
        """Say whose "the marines" are behind "US Marines": of the only ones that were called so."""
        folds, sets = self.reading.pieces.folds, self.reading.sets
        called = self.reading.branches.get(folds[end - 1], {})
        known = index > 0 and folds[index - 1] in sets["definite"]
        if len(called) != 1 or not (known or folds[end - 1] not in sets["ranks_and_file"]):
            return None
        one = next(iter(called.values()))
        return Owner(end, "side", one.name, one.sense, one.party)

    def _members(self, first: int, index: int, end: int, key: str) -> int:
        """Read gunmen, militants, rebels whose side is not said."""
        pieces = self.reading.pieces
        led = index - 1 > max(self.reading.floor - 1, 0) and pieces.gaps[index - 1] == HYPHEN
        led = led and pieces.gaps[index] in JOINED  # not "on 2023-05-01. Rebels"
        if led and first == index:
            return self.descriptions.led(index, end)
        telling = [
            pieces.part(at, at + 1)
            for at in range(first, index)
            if pieces.folds[at] not in self.reading.sets["vague"]
        ]
        chain = chain_at(self.reading, end, state=False)
        last = chain.end if chain.kind in ("members", "bodies", "roles") else end
        name = " ".join((*telling, pieces.part(index, last).lower())) if telling or not key else key
        sense: Sense = "armed group" if self._peoples(first, index) else "people"
        owner = self.owners.named(name) or Owner(last, "side", name, sense, name)
        chain.end = last
        person = self.spokesmen.after(first, chain, owner)
        return self.reading.add(first, last, owner) if person is None else person

    def _peoples(self, first: int, index: int) -> bool:
        """Whether one of some adjectives is that of a people: "Kurdish"."""
        return not self.reading.sets["peoples"].isdisjoint(self.reading.pieces.folds[first:index])

    def _people(self, first: int, index: int, end: int, key: str) -> int:
        """Read villagers, protesters, witnesses, newspapers."""
        pieces = self.reading.pieces
        written = pieces.part(index, end).lower()
        if key == "outlets":
            return self._outlet(first, end, written)
        says = speaks(self.reading, first, end)
        party = key if key in ("civilians", "protesters") else written
        peoples = self.reading.sets["peoples"]
        telling = [
            pieces.part(at, at + 1) for at in range(first, index) if pieces.folds[at] in peoples
        ]
        name = " ".join((*telling, written)) if telling else party
        if key == "anybody":
            party = name
        if key == "occupations" or (key == "witnesses" and not says):
            party = "civilians"
        return self.reading.add(first, end, Owner(end, "side", name, "people", party, says))

    def _outlet(self, first: int, end: int, written: str) -> int:
        """Read "state television": it speaks for the state that the report is about, if sure."""
        reading = self.reading
        if reading.gap(end) in JOINED and self.owners.at(end) is not None:
            return end  # "state news agency TASS"
        code = "" if reading.sets["of_state"].isdisjoint(written.split()) else reading.about
        party = state_of(code, written, reading.lexicon).party if code else written
        return reading.add(first, end, Owner(end, "side", written, "organisation", party, True))
