"""Whom a name or an adjective of a country means in a report."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.nouns import chain_at
from geoevents.reports.actors.pieces import CAPITALS, HYPHEN, fold_name
from geoevents.reports.actors.reading import Owner
from geoevents.reports.actors.states import adjective_at, meant, state_of

if TYPE_CHECKING:
    from geoevents.reports.actors.lexicon import Alias
    from geoevents.reports.actors.reading import Reading
    from geoevents.reports.actors.tables import Entry

_AROUND: Final = 3  # pieces on either side that show whether a line is in capitals


class Owners:
    """
    Finds whom names and adjectives mean.

    Parameters
    ----------
    reading : Reading
        The report.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def at(self, index: int) -> Owner | None:
        """Find a known name or the adjective of a country that begins at a piece."""
        reading = self.reading
        named = reading.lexicon.at(reading.pieces, index)
        described = adjective_at(reading.pieces, index)
        if named is not None and (described is None or named[0] >= described[0]):
            end, alias = named
            entry = None if self._shouted(index, end) else self.chosen(alias)
            if entry is not None and self._believed(entry, index, end):
                return self.known(end, entry)
        if described is not None:
            return self.adjective(index)
        if reading.pieces.folds[index] in reading.sets["group_coalition_again"]:
            return self._coalition(index)
        return None

    def or_group(self, index: int) -> Owner | None:
        """Find a known name, or the longer name of a group that is in no table."""
        owner = self.at(index)
        group = self.reading.groups.get(index)
        if group is None or self._covers(owner, group.end):
            return owner
        text = group.name or self.reading.pieces.part(index, group.end)
        return Owner(group.end, "side", text, group.sense, text, group.media)

    def known(self, end: int, entry: Entry) -> Owner:
        """Make an owner of an entry of the table."""
        lexicon = self.reading.lexicon
        code = entry.countries[0] if entry.sense == "state" and entry.countries else ""
        if code and lexicon.states.get(code) == entry.name:
            state = state_of(code, entry.name, lexicon)
            return Owner(end, "country", entry.name, entry.sense, entry.party, entry.media, state)
        return Owner(end, "side", entry.name, entry.sense, entry.party, entry.media)

    def named(self, name: str) -> Owner | None:
        """Look a name up that was put together: "Syrian military", "Turkish-backed fighters"."""
        alias = self.reading.lexicon.alias(name)
        entry = None if alias is None else self.chosen(alias)
        return None if entry is None else self.known(0, entry)

    def led_by(self, owner: Owner, first: int, end: int) -> Owner:
        """
        Say whose "Haftar's men" are: the armed group that somebody leads, where men of it follow.

        Parameters
        ----------
        owner : Owner
            The leader, or anybody else.
        first, end : int
            The pieces of the nouns that go with his name.

        Returns
        -------
        Owner
            The group; the owner as given where he leads none.
        """
        if owner.sense != "person":
            return owner
        folds = self.reading.pieces.folds
        if self.reading.sets["led"].isdisjoint(folds[first:end]):
            return owner  # "Haftar's plane", "Haftar's advisers"
        side = self.named(owner.party)
        if side is None or side.sense != "armed group":
            return owner
        return side._replace(end=owner.end)

    def chosen(self, alias: Alias) -> Entry | None:
        """Choose whom a name means: of several, the one that the report names or that is there."""
        if not alias.tentative:
            return alias.entries[0]
        for entry in alias.entries:
            if entry.name in self.reading.sure_names:
                return entry
        for code in self.reading.near:
            for entry in alias.entries:
                if code in entry.countries:
                    return entry
        return None

    def _covers(self, owner: Owner | None, end: int) -> bool:
        """Whether a name, with the nouns that go with it, is as long as what looks like one."""
        if owner is None:
            return False
        return owner.end >= end or (
            owner.state is not None and chain_at(self.reading, owner.end, state=True).end >= end
        )

    def adjective(self, index: int) -> Owner | None:
        """Read the adjective of a country, where it is not part of a place's name."""
        reading = self.reading
        found = adjective_at(reading.pieces, index)
        if found is None or self._shouted(index, found[0]) or self._in_place(index, found[0]):
            return None
        end, adjective = found
        near = reading.near if len(adjective.countries) > 1 else ()
        code = meant(adjective, reading.places.get(index), near)
        state = state_of(code, reading.pieces.part(index, end), reading.lexicon)
        kind = "plural" if adjective.plural else "adjective"
        return Owner(end, kind, state.party, "state", state.party, state=state)

    def _shouted(self, index: int, end: int) -> bool:
        """Whether a word stands in a line of capitals, where "US" may be "us"."""
        pieces = self.reading.pieces
        if end != index + 1 or pieces.folds[index] not in self.reading.sets["words"]:
            return False
        around = range(max(index - _AROUND, 0), min(index + _AROUND + 1, len(pieces)))
        capitals = sum(pieces.shapes[at] == CAPITALS for at in around if at != index)
        return capitals >= _AROUND and capitals * 2 > len(around) - 1

    def _believed(self, entry: Entry, index: int, end: int) -> bool:
        """Whether what looks like a country's name is one, as far as the places tell."""
        if self._in_place(index, end):
            return False
        if entry.sense != "state" or end > index + 1:
            return True
        place = self.reading.places.get(index)
        if place is not None:
            return place.country in entry.countries and (
                place.kind == "country" or place.sense in ("government", "demonym")
            )
        return self.reading.pieces.folds[index] not in self.reading.sets["shared_names"]

    def _in_place(self, index: int, end: int) -> bool:
        """Whether words are part of a longer name of a place: "Gulf of Guinea"."""
        last = self.reading.inside.get(index, -1)
        return last > end or (index not in self.reading.places and last >= end)

    def _coalition(self, index: int) -> Owner | None:
        """Find which coalition "the coalition" is."""
        reading = self.reading
        if reading.joins(index + 1, "no_coalition"):
            return None
        one = reading.coalition
        if one is not None:
            return Owner(index + 1, "side", one.name, "coalition", one.party)
        if self._likely is not None:
            return self.known(index + 1, self._likely)
        word = reading.pieces.part(index, index + 1).lower()
        return Owner(index + 1, "side", word, "coalition", word)

    @cached_property
    def _likely(self) -> Entry | None:
        """The coalition that the report names somewhere, or that fights in a country of it."""
        reading = self.reading
        known = [entry for entry in reading.lexicon.entries if entry.sense == "coalition"]
        named = next((one for one in known if one.name in reading.sure_names), None)
        if named is not None:
            return named
        words = reading.sets["words_coalition"]
        for code in reading.near:
            for entry in known:
                if code in entry.countries and not words.isdisjoint(fold_name(entry.name)[0]):
                    return entry
        return None

    def described(self, owner: Owner) -> bool:
        """Whether a name only describes what follows: "US-backed", "ISIS-held"."""
        return self.reading.gap(owner.end) == HYPHEN and self.reading.joins(owner.end, "describing")
