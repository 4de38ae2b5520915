"""Communiqués: reports in the voice of a side, which says itself what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.model import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose import Document, Sentence
    from geoevents.reports.attribution import Site
    from geoevents.reports.model import Actor, Findings
    from geoevents.reports.stance.words import StanceWords

#: Sentences that may head a communiqué, and that may sign it.
_HEAD: Final = 2
_FOOT: Final = 2
#: So many signs make one: what it is called, who speaks ("our forces"), who signs, how it prays.
_SIGNS: Final = 2
#: A signature has so many words at most.
_LONGEST: Final = 25
#: Characters before who opens it: "The M23 informs".
_OPENS: Final = 8
_PEOPLE: Final = "people"
_NEUTRAL: Final = "organisation"
_SIDES: Final = frozenset(("armed group", "coalition", "state"))


class Communique:
    """
    Tells whether a report is the communiqué of a side, and of which.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    words : StanceWords
        The words of the language.
    """

    def __init__(self, findings: Findings, words: StanceWords) -> None:
        self._findings = findings
        self._words = words
        document = findings.document
        head, foot = document.sentences[:_HEAD], document.sentences[_HEAD:][-_FOOT:]
        named = [one for one in head if self._has(one, words.communiques)]
        signed = [one for one in foot if self._has(one, words.signing) and _is_short(one)]
        signs = bool(named) + bool(signed)
        if 0 < signs < _SIGNS:
            signs += self._speaks(document)
            signs += any(self._prays(document, one) for one in (*head[:1], *foot))
        self._is_one = signs >= _SIGNS
        self._issuer = self._issued((*named, *signed), head) if self._is_one else None

    def speakers(self, site: Site) -> list[Speaker]:
        """
        Give who says what a report tells in its own voice.

        Parameters
        ----------
        site : Site
            Where a mention stands that nobody is said to tell.

        Returns
        -------
        list of Speaker
            The side whose communiqué it is, else who did it; nobody for other reports.
        """
        if not self._is_one:
            return []
        sides = [one for one in site.mention.actors if one.sense != _PEOPLE]
        actor = self._issuer or next(iter(sides), None)
        return [] if actor is None else [Speaker(actor, "says", actor.text)]

    def _issued(self, named: Sequence[Sentence], head: Sequence[Sentence]) -> Actor | None:
        """Find whose it is: who is named there, else who opens it ("The M23 informs")."""
        found = [actor for one in named for actor in self._inside(one)]
        if any(actor.sense == _NEUTRAL for actor in found):
            self._is_one = False  # a bulletin of the United Nations
        sides = [actor for actor in found if actor.sense in _SIDES and not actor.media]
        opening = [
            actor
            for one in head
            for actor in self._inside(one)
            if actor.sense in _SIDES and actor.start - one.start <= _OPENS
        ]
        return next(iter((*sides, *opening)), None)

    def _inside(self, sentence: Sentence) -> list[Actor]:
        return [
            actor for actor in self._findings.actors if sentence.start <= actor.start < sentence.end
        ]

    def _has(self, sentence: Sentence, words: frozenset[str]) -> bool:
        return any(token.lower in words for token in sentence.tokens)

    def _speaks(self, document: Document) -> bool:
        """Whether it says "our forces" outside of quotations."""
        quotes = document.quotes
        return any(
            token.lower in self._words.ours
            and not any(one.start <= token.start < one.end for one in quotes)
            for sentence in document.sentences
            for token in sentence.tokens
        )

    def _prays(self, document: Document, sentence: Sentence) -> bool:
        text = document.text[sentence.start : sentence.end].lower()
        return any(phrase in text for phrase in self._words.prayers)


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.tokens) <= _LONGEST
