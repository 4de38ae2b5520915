"""An event as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geoevents.reports.joining.likeness import Parties, Places

if TYPE_CHECKING:
    from geoevents.reports.joining.profile import Profile
    from geoevents.reports.model import When

#: Of an event told very often, so many times are compared.
_TIMES: Final = 20


@dataclass(slots=True, eq=False)
class Told:
    """
    An event as far as it has been read.

    Attributes
    ----------
    profiles : list of Profile
        Of its mentions, in the order of the text.
    kinds, sure : set of str
        What it may be; and what it is called by words that are not general.
    lemmas : set of str
        The words that name it.
    actors, targets : Parties
        Who, and whom.
    places : Places
        Where.
    whens, entries : list of When
        When; and the days that head the entries of a log it is told in.
    numbers, killed : set of float
        Figures given for it, and those of the dead.
    voices : set of str
        Parties that tell of it.
    happened : bool
        Whether somebody says that it happened.
    new, plural : bool
        Whether it was told as one more ("a second bomb"), and as several.
    """

    profiles: list[Profile] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    actors: Parties = field(default_factory=Parties)
    targets: Parties = field(default_factory=Parties)
    places: Places = field(default_factory=Places)
    whens: list[When] = field(default_factory=list)
    entries: list[When] = field(default_factory=list)
    numbers: set[float] = field(default_factory=set)
    killed: set[float] = field(default_factory=set)
    voices: set[str] = field(default_factory=set)
    happened: bool = False
    new: bool = False
    plural: bool = False

    def add(self, profile: Profile) -> None:
        """
        Take up a mention.

        Parameters
        ----------
        profile : Profile
            What it says.
        """
        mention = profile.mention
        if not self.profiles:
            self.new, self.plural = profile.new, mention.plural
        self.profiles.append(profile)
        self.kinds |= profile.kinds if profile.general else {mention.kind}
        if not profile.general:
            self.sure.add(mention.kind)
        self.lemmas.add(profile.lemma)
        self.actors.add(profile.actors)
        self.targets.add(profile.targets)
        self.places.add(profile.places)
        if len(self.whens) < _TIMES:
            self.whens += profile.whens
            self.entries += [] if profile.entry is None else [profile.entry]
        self.numbers |= profile.numbers
        if mention.killed is not None and mention.killed.value is not None:
            self.killed.add(mention.killed.value)
        self.voices |= profile.voices
        self.happened = self.happened or mention.mood == "happened"

    def apart(self, profile: Profile) -> int:
        """
        Count the sentences from its last mention to another.

        Parameters
        ----------
        profile : Profile
            The other mention.

        Returns
        -------
        int
            0 in the same sentence.
        """
        return profile.mention.sentence - self.profiles[-1].mention.sentence
