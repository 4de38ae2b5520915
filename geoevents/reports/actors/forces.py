"""What belongs to a state: its forces, its ministries, its people, its government."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.nouns import speaks
from geoevents.reports.actors.reading import Owner
from geoevents.reports.actors.states import state_of
from geoevents.reports.actors.whereabouts import only_where

if TYPE_CHECKING:
    from geoevents.reports.actors.nouns import Chain
    from geoevents.reports.actors.owners import Owners
    from geoevents.reports.actors.reading import Reading
    from geoevents.reports.actors.states import State

_AGAIN: Final = "again"  # the key of "the ministry" alone
_CIVIL: Final = ("witnesses", "occupations", "civilians")
_AROUND: Final = 12  # actors back that "its" may mean
_SIDES: Final = ("state", "armed group", "coalition")
#: Where there is no army of its own, "the army" is that of another.
_ARMED_BY: Final = {"PS": "IL"}


class Forces:
    """
    Says who the forces, ministries and people of states are.

    Parameters
    ----------
    reading : Reading
        The report.
    owners : Owners
        Whom names mean in it.
    """

    def __init__(self, reading: Reading, owners: Owners) -> None:
        self.reading = reading
        self.owners = owners
        self._armed: dict[str, str] = {}  # parties whose forces were named, and their countries

    def part(self, index: int, owner: Owner, chain: Chain) -> Owner | None:
        """
        Say who is meant by the name of a state and the nouns behind it.

        Parameters
        ----------
        index : int
            The first piece of the name.
        owner : Owner
            The state.
        chain : Chain
            The nouns.

        Returns
        -------
        Owner or None
            Who; None if nobody acts: "a Syrian town", "in Russia".
        """
        state = owner.state
        if state is None:
            return owner
        if chain.kind == "ministries":
            return self.ministry_of(state, chain.key)
        if chain.kind == "forces" and chain.key != "government":
            return self.force(state, chain.key)
        if chain.kind in ("forces", "roles", "events"):
            return owner
        written = self.reading.pieces.part(index, max(chain.end, owner.end))
        if chain.kind in ("members", "people"):
            return self._people(index, owner, chain, written)
        return self._alone(index, owner, written)

    def _people(self, index: int, owner: Owner, chain: Chain, written: str) -> Owner:
        """Say who "Syrian rebels", "Syrian civilians", "Turkish media" are."""
        if chain.kind == "members":
            own = owner._replace(name=written, sense="armed group", party=written, state=None)
            return self.owners.named(written) or own
        one = owner._replace(name=written, sense="people", party=written, state=None)
        if chain.key == "outlets":
            return one._replace(sense="organisation", party=owner.party, media=True)
        says = chain.key == "witnesses" and speaks(self.reading, index, chain.end)
        if says or chain.key == "anybody":
            return one._replace(media=says)
        return one._replace(party="civilians" if chain.key in _CIVIL else chain.key)

    def _alone(self, index: int, owner: Owner, written: str) -> Owner | None:
        """Say who "Russia", "the Russians", "Russian" are without a noun."""
        if owner.kind == "country":
            return None if only_where(self.reading, index, owner.end) else owner
        if owner.kind != "plural":
            return None
        if index > 0 and self.reading.pieces.folds[index - 1] in self.reading.sets["definite"]:
            return owner
        return owner._replace(name=written, sense="people", party=written, state=None)

    def force(self, state: State, key: str) -> Owner:
        """Name a force of a state, by its own name if it has one."""
        name = f"{state.adjective} {key}"
        if state.code and key != "police":
            self._armed.setdefault(state.party, state.code)
        return self.owners.named(name) or Owner(0, "side", name, "state", state.party, state=state)

    def ministry_of(self, state: State, key: str) -> Owner:
        """Name a ministry of a state."""
        name = f"{state.adjective} {key}"
        return self.owners.named(name) or Owner(0, "side", name, "state", state.party)

    def own(self, key: str, written: str, *, again: bool = False) -> Owner:
        """
        Name a force of no country in particular.

        Parameters
        ----------
        key : str
            Which force it is.
        written : str
            What it is called if its country cannot be told.
        again : bool, default False
            Whether it may be the one that was named before ("the army"), and not that of the
            country that the report is about.

        Returns
        -------
        Owner
            The force.
        """
        lexicon = self.reading.lexicon
        code = self.reading.about
        if key != "government":
            code = _ARMED_BY.get(code, code)
            before = self._armed.keys() & self.reading.parties
            own = written.split()[:1]  # "regime soldiers" are not the foreign ones named before
            theirs = not self.reading.sets["of_regime"].isdisjoint(own)
            if len(before) == 1 and (again or not code) and not theirs:
                code = self._armed[before.pop()]
            elif len(before) > 1 and again and lexicon.states.get(code) not in before:
                code = ""
        if not code:
            return self._regime(key, written) or Owner(0, "side", written, "state", written)
        state = state_of(code, "", lexicon)
        if key == "government":
            return Owner(0, "side", state.party, "state", state.party, state=state)
        return self.force(state, key)

    def _regime(self, key: str, written: str) -> Owner | None:
        """Say whose "the regime" is: of the only state that was called one, by the same name."""
        lexicon = self.reading.lexicon
        called = self.reading.regimes.get(written.partition(" ")[0], {})
        if len(called) != 1:
            return None
        one = next(iter(called.values()))
        if key == "government":
            return Owner(0, "side", one.name, "state", one.party)
        return self.force(state_of(lexicon.codes[one.party], "", lexicon), key)

    def its(self, first: int) -> Owner | None:
        """Say whose "its soldiers" are: of the only side that the sentence has named so far."""
        pieces, lexicon = self.reading.pieces, self.reading.lexicon
        if not pieces.joined(first) or pieces.folds[first - 1] not in self.reading.sets["its"]:
            return None
        begin = pieces.sentence(first)[0]
        sides = {
            one.party: one
            for one in self.reading.found[-_AROUND:]
            if one.first >= begin and one.sense in _SIDES and not one.media
        }
        if len(sides) != 1:
            return None
        one = next(iter(sides.values()))
        if one.sense == "state" and one.party in lexicon.codes:
            return self.force(state_of(lexicon.codes[one.party], "", lexicon), "military")
        return Owner(first, "side", one.name, one.sense, one.party)

    def ministry(self, index: int, end: int, key: str) -> Owner:
        """Say which "the ministry" is: the one named before, or that of the country."""
        reading = self.reading
        keys = reading.words.ministries if key == _AGAIN else (key,)
        one = reading.ministry
        if one is not None and one.name.endswith(keys):
            return Owner(end, "side", one.name, one.sense, one.party)
        if key != _AGAIN and reading.about:
            return self.ministry_of(state_of(reading.about, "", reading.lexicon), key)
        name = reading.pieces.part(index, end)
        return Owner(end, "side", name, "organisation", name)
