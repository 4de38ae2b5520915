"""Who takes sides: parties to an event, their allies, and those who fight the one that did it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geoevents.reports.actors import Lexicon
from geoevents.reports.joining.likeness import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.language import Language
    from geoevents.reports.model import Actor, Findings, Mention, Speaker

_FIGHTING: Final = frozenset(("armed group", "coalition"))
_PERSON: Final = "person"
_STATE: Final = "state"
_PEOPLE: Final = "people"
_SAID: Final = frozenset(("statement", "agreement"))


@dataclass(frozen=True, slots=True)
class Involved:
    """
    Who is involved in an event, and where it was.

    Attributes
    ----------
    actors, targets : Parties
        Who did it, and whom it hit.
    countries : set of str or None
        Codes of the countries where it was.
    backers : set of str or None
        Codes of the countries that back who did it.
    """

    actors: Parties
    targets: Parties
    countries: set[str | None]
    backers: set[str | None]


class Sides:
    """
    Tells whether a speaker takes sides in an event.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    mentions : iterable of Mention
        What is told in it.
    words : JoiningWords
        The words of its language.
    language : Language
        The language.

    Notes
    -----
    A speaker takes sides whose party did it or suffered it; whose ally did, where the text says so
    ("US-backed fighters"); who accuses another of it; who is an armed group or a coalition and
    tells what another did; who did something else that the report tells of; and the state in
    whose country another did it. The police, hospitals and mayors take a side only if they did it.
    Nothing else about politics is known here.
    """

    def __init__(
        self,
        findings: Findings,
        mentions: Iterable[Mention],
        words: JoiningWords,
        language: Language,
    ) -> None:
        self._words = words
        self._fighting = {
            actor.party
            for mention in mentions
            if mention.kind not in _SAID
            for actor in mention.actors
            if actor.sense != _PEOPLE
        }
        self._language = language
        self._toponyms = findings.toponyms
        self._starts = [toponym.start for toponym in findings.toponyms]
        self._countries: dict[str, str] = {
            toponym.name: toponym.country
            for toponym in findings.toponyms
            if toponym.kind == "country" and toponym.country
        }
        for actor in findings.actors:
            country = self._named_in(actor)
            if country is not None and actor.sense == _STATE:
                self._countries.setdefault(actor.party, country)

    def about(self, mentions: Sequence[Mention]) -> Involved:
        """
        Work out who is involved in an event.

        Parameters
        ----------
        mentions : sequence of Mention
            All that is said of it.

        Returns
        -------
        Involved
            What `takes_part` asks for.
        """
        actors = [one for mention in mentions for one in mention.actors]
        places = {
            number for one in mentions for phrase in one.phrases for number in phrase.toponyms
        }
        return Involved(
            Parties.of(actors),
            Parties.of(one for mention in mentions for one in mention.targets),
            {self._toponyms[number].country for number in places},
            {self._named_in(one) for one in actors if self._is_backed(one)},
        )

    def takes_part(self, speaker: Speaker, event: Involved) -> bool:
        """
        Tell whether a speaker takes sides.

        Parameters
        ----------
        speaker : Speaker
            Who says that it happened.
        event : Involved
            Who is involved in it.

        Returns
        -------
        bool
            False for bystanders, monitors and whoever has no name.
        """
        actor, who = speaker.actor, event.actors
        if actor is None or actor.party in self._words.bystanders:
            return False
        if actor.party in who.named or actor.party in who.common:
            return True
        if self._is_neutral(actor):
            return False
        if actor.party in event.targets.all():
            return True
        if actor.media or actor.sense == _PEOPLE:
            return False
        country = self._named_in(actor) or self._countries.get(actor.party)
        return (
            self._sense(actor) in _FIGHTING
            or (country is not None and country in event.backers)
            or bool(not who and event.targets.named and self._is_warring(actor))
            or bool(who and (speaker.stance == "claims" or actor.party in self._fighting))
            or bool((who.named or event.targets.named) and self._at_home(actor, country, event))
        )

    def _sense(self, actor: Actor) -> str:
        """Tell what a speaker is; of a spokesman, what he speaks for."""
        if actor.sense != _PERSON:
            return actor.sense
        entry = Lexicon.default(self._language).named(actor.party)
        return _STATE if entry is None else entry.sense

    def _is_neutral(self, actor: Actor) -> bool:
        words = f"{actor.text} {actor.name}".lower().split()
        return not self._words.neutral.isdisjoint(words)

    def _is_warring(self, actor: Actor) -> bool:
        """Whether an actor is an army, or speaks for one."""
        words = f"{actor.text} {actor.name}".lower().split()
        return not self._words.warring.isdisjoint(words)

    def _at_home(self, actor: Actor, country: str | None, event: Involved) -> bool:
        """Whether it happened in the country of a state, or of its spokesman."""
        if country is not None:
            return country in event.countries
        # "The army said": that of the country the report is about.
        return self._sense(actor) == _STATE and actor.text.split()[-1].islower()

    def _is_backed(self, actor: Actor) -> bool:
        """Whether the text calls an actor backed, led or trained by somebody: "US-backed"."""
        return any(
            part in self._words.backers
            for word in actor.text.lower().split()
            for part in word.split("-")[1:]
        )

    def _named_in(self, actor: Actor) -> str | None:
        """Find the country that an actor's own words name."""
        first = bisect_left(self._starts, actor.start)
        for toponym in self._toponyms[first : first + 1]:
            if toponym.end <= actor.end + 1:
                return toponym.country
        return None
