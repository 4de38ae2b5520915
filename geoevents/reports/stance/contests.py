"""Who says that he still holds what another says he has taken."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from geoevents.reports.model import Speaker
from geoevents.reports.stance.retold import retold
from geoevents.reports.stance.senses import spelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import Site, Voice, Voices
    from geoevents.reports.model import Findings, Mention
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_GAIN: Final = "territorial gain"
#: So many sentences after the claim it is contested, and so many mentions.
_SENTENCES: Final = 2
_BACK: Final = 6
_BE: Final = "be"


class Contests:
    """
    Reads who contests a gain: "its spokesman said his troops were still holding out in the town".

    Parameters
    ----------
    sites : sequence of Site
        The mentions of the document, in the order of the text; their moods are settled.
    voices : Voices
        The clauses of saying.
    findings : Findings
        What was found in the document.
    words : StanceWords
        The words of the language.

    Attributes
    ----------
    found : list of Mention
        New mentions, of the clauses that contest.
    """

    def __init__(
        self, sites: Sequence[Site], voices: Voices, findings: Findings, words: StanceWords
    ) -> None:
        self._gains = [
            site.mention
            for site in sites
            if site.mention.kind == _GAIN and site.mention.mood == "happened"
        ]
        self._starts = [mention.trigger[0] for mention in self._gains]
        self._voices = voices
        self._toponyms = findings.toponyms
        self._places = [toponym.start for toponym in findings.toponyms]
        self._words = words
        self.found: list[Mention] = []

    def read(self, clause: Clause) -> None:
        """
        Read a clause.

        Parameters
        ----------
        clause : Clause
            The clause.
        """
        verb = clause.verb
        if not self._gains or verb is None or verb.modal or not self._holds(clause):
            return
        voices = self._speaking(clause)
        speakers = [
            Speaker(one.actor, "denies", one.text)
            for voice in voices
            if not voice.negated
            for one in voice.speakers()
            if one.actor is not None
        ]
        theirs = {one.actor.party for one in speakers if one.actor is not None}
        last = bisect_left(self._starts, verb.start)
        for mention in reversed(self._gains[max(0, last - _BACK) : last]):
            if clause.sentence - mention.sentence > _SENTENCES:
                return
            takers = {actor.party for actor in mention.actors}
            if theirs and takers and theirs.isdisjoint(takers) and self._is_there(clause, mention):
                self.found.append(retold(clause, verb, mention, speakers))
                return

    def _holds(self, clause: Clause) -> bool:
        """Whether it says that somebody still holds something."""
        verb, words = clause.verb, self._words
        if verb is None or verb.negated or verb.tense == "none":
            return False
        before = clause.words[verb.first - 1].lower if verb.first else ""  # "still hold the town"
        still = not words.still.isdisjoint((*clause.adverbs, *verb.chain, verb.lemma, before))
        if verb.lemma == _BE or verb.lemma in words.still:
            return still and any(
                clause.words[part.phrase.head].lemma in words.hands for part in clause.preps
            )
        return spelt(verb) in words.holding and (still or verb.particle != "")

    def _speaking(self, clause: Clause) -> list[Voice]:
        """Find who says it: the clause above, or one that quotes it."""
        found = list(self._voices.quoting(clause))
        if clause.parent is not None:
            above = self._voices.of(self._voices.siblings(clause)[clause.parent])
            if above is not None:
                found.append(above)
        return found

    def _is_there(self, clause: Clause, mention: Mention) -> bool:
        """Whether it names no other place than what was taken."""
        first = bisect_left(self._places, clause.start)
        last = bisect_left(self._places, clause.end)
        named = {one.name for one in self._toponyms[first:last] if one.sense == "place"}
        taken = {
            self._toponyms[number].name for part in mention.phrases for number in part.toponyms
        }
        return not named or not named.isdisjoint(taken)
