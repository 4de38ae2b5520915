"""Who tells of an event: the clause of saying it hangs on, the sources, the quotation."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution import Speeches
from geoevents.reports.stance.nouns import lends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose import Document
    from geoevents.reports.attribution import AttributionWords, Site, Voice, Voices
    from geoevents.reports.model import Speaker
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_SOME: Final = 2
#: How a clause hangs on one that is denied, to be denied with it.
_DENIED: Final = frozenset(("that", "coordinate"))


class Tellers:
    """
    Finds who tells of events.

    Parameters
    ----------
    document : Document
        The document.
    voices : Voices
        Its clauses of saying.
    words : AttributionWords
        The words of saying of the language.
    stance : StanceWords
        Its words of doubt and denial.
    """

    def __init__(
        self, document: Document, voices: Voices, words: AttributionWords, stance: StanceWords
    ) -> None:
        self._voices = voices
        self._speeches = Speeches(document, voices, words)
        self._words = words
        self._stance = stance

    def read(self, site: Site) -> None:
        """
        Say who tells of an event: the nearest clause of saying, the sources, the quote.

        Parameters
        ----------
        site : Site
            The mention; its speakers are set, and the times of who speaks left out.
        """
        mention = site.mention
        speakers = self._chained(site) or self._nearest(site)
        _add(speakers, self._voices.sources(mention.sentence))
        speech = self._speeches.at(mention.trigger[0])
        if speech is not None:
            mention.quoted = True
            _add(speakers, speech.speakers)
        mention.speakers = speakers
        self._date(site)

    def _chained(self, site: Site) -> list[Speaker]:
        """Read a verb of saying that the event hangs on: "denied striking", "is said to have"."""
        clause = site.clause
        voice = None if clause is None else self._voices.chained(clause)
        if clause is None or voice is None or not lends(site, clause, self._stance):
            return []
        return [] if voice.negated else voice.speakers()

    def _nearest(self, site: Site) -> list[Speaker]:
        """Find the nearest clause of saying above a mention."""
        child: Clause | None = None
        for clause in site.path:
            voice = self._voices.of(clause)
            if voice is not None and self._tells(site, clause, child, voice):
                return [] if voice.negated else voice.speakers()
            for quoting in self._voices.quoting(clause):
                if quoting.clause is not child and quoting.clause is not clause:
                    return [] if quoting.negated else quoting.speakers()
            child = clause
        return []

    def _tells(self, site: Site, clause: Clause, child: Clause | None, voice: Voice) -> bool:
        """Whether a clause of saying tells of an event: in its object, or in a clause below it."""
        verb = clause.verb
        if verb is None:
            return False
        if child is None:
            # Denials and blame are read as charges; "continued its offensive" says nothing.
            silent = verb.lemma in self._words.blames or verb.lemma in self._stance.doing
            if site.verbal or voice.stance == "denies" or silent:
                return False
            top = site.top()
            told = clause.subject if verb.voice == "passive" else None
            return any(
                phrase is not None and phrase.head in (top, site.head)
                for phrase in (told, *clause.objects)
            )
        if voice.stance == "denies" and not _DENIED.issuperset(
            one.link for one in site.path[: site.path.index(child)]
        ):
            return False  # "denied that it had struck after ...": the rest is not denied
        if child.link == "that":
            host = child.host
            return verb.lemma not in self._words.rejects or (
                host is not None and clause.words[host.head].lemma in self._words.charges
            )
        said = verb.lemma not in self._words.finds and voice.stance != "denies"
        return said and (
            child.link == "infinitive" or bool(child.link == "participle" and child.mark)
        )

    def _date(self, site: Site) -> None:
        """Leave out the times of clauses of saying above it, if there are others."""
        mention = site.mention
        if len(mention.whens) < _SOME:
            return
        told = {
            when.start
            for clause in site.path[1 if site.verbal else 0 :]
            if self._voices.of(clause) is not None
            for when in clause.times
        }
        own = [when for when in mention.whens if when.start not in told]
        mention.whens = own or mention.whens


def _add(speakers: list[Speaker], more: Sequence[Speaker]) -> None:
    """Add those who do not speak already."""
    known = {one.actor and one.actor.party for one in speakers}
    speakers += [
        dataclasses.replace(one) for one in more if (one.actor and one.actor.party) not in known
    ]
