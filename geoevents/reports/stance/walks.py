"""Walks of life with attacks of their own, such as sport: "a battle for market share"."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.model import Findings
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, Word

_SPORT: Final = "sport"
#: Those that some sentences tell of together, without a word in the mention's own.
_WIDE: Final = (_SPORT, "business")
#: So many words of a walk of life make a sentence one of it.
_TELLING: Final = 2
#: So many sentences before and behind tell with a mention's own of what it is.
_REACH: Final = 2
#: So many words are enough there; or, with those that are often found in it, so many.
_ENOUGH: Final = 3
_TOGETHER: Final = 4
#: A score counts for so many.
_COUNTS: Final = 2
#: "21-20", where the sentences have words of sport.
_SCORE: Final = re.compile(r"(?<![\d.,-])\d{1,3}[-–]\d{1,3}(?![\d-]|[.,]\d)")
#: What no trade has: a blast in a business report is a blast.
_SURE: Final = frozenset(("bombing", "missile strike", "attack on civilians"))
_SAID: Final = frozenset(("statement", "agreement"))
_STATE: Final = "state"
_ARMED: Final = frozenset(("armed group", "coalition"))
_PROTEST: Final = "protest"
_VERB: Final = "VERB"
_NAME: Final = "NAME"
_OF: Final = "of"


class Walks:
    """
    Tells which mentions are of a walk of life that speaks of attacks, battles and raids.

    Parameters
    ----------
    clauses : sequence of sequence of Clause
        For each sentence of the report its clauses.
    findings : Findings
        What was found in it.
    words : StanceWords
        The words of the language.
    """

    def __init__(
        self, clauses: Sequence[Sequence[Clause]], findings: Findings, words: StanceWords
    ) -> None:
        self._clauses = clauses
        self._document = findings.document
        self._words = words
        self._none: set[tuple[int, int]] = set()

    def read(self, site: Site) -> str:
        """
        Find the words that tell that a mention is of a walk of life, and not of arms.

        Parameters
        ----------
        site : Site
            Where the mention stands.

        Returns
        -------
        str
            They, joined by commas; empty for none, and where anybody beside them bears arms.
        """
        found = self._find(site)
        if found:
            self._none.add(site.mention.trigger)
        return ", ".join(sorted(found))

    def _find(self, site: Site) -> AbstractSet[str]:
        """Find them, the surest first."""
        mention = site.mention
        if mention.kind in _SAID:
            return set()
        if mention.of in self._none:  # a side was "killed off" in a siege of the goal
            return self._lemmas[mention.sentence] & self._words.walks[_SPORT]
        if mention.killed is not None:
            return set()
        figure = self._figure(site)
        if figure or mention.kind == _PROTEST:
            return figure
        senses = {one.sense for one in (*mention.actors, *mention.targets)}
        if senses & _ARMED:
            return set()
        by_state = _STATE in senses
        hurt = mention.wounded is not None
        found = set() if by_state or hurt else self._in_sentence(site)
        return found or self._in_passage(site, by_state=by_state)

    def _figure(self, site: Site) -> AbstractSet[str]:
        """Find what a war is of that is none: "a war of words"."""
        behind = [one.lemma for one in site.words[site.head + 1 : site.head + 3]]
        if site.head < 0 or len(behind) < _TELLING or site.mention.wounded is not None:
            return set()
        return {behind[1]} & self._words.figures if behind[0] == _OF else set()

    def _in_sentence(self, site: Site) -> AbstractSet[str]:
        """Find the words of a walk of life in a mention's own sentence, if they are enough."""
        words, own = self._words, self._lemmas[site.mention.sentence]
        played = self._every & words.walks[_SPORT]
        if site.mention.kind in _SURE and len(played) <= _TELLING:
            return set()
        if any(one.lemma in words.armed for i, one in enumerate(site.words) if i != site.head):
            return set()
        head = site.words[site.head].lemma if site.head >= 0 else ""
        if head in words.strikes and own & words.workers:
            return own & words.workers
        for known in words.walks.values():
            found = own & known
            if len(found) >= _TELLING or (found and len(self._every & known) > _TELLING):
                return found
        return own & words.alone

    def _in_passage(self, site: Site, *, by_state: bool) -> AbstractSet[str]:
        """Find the words of sport or business in the sentences around a mention."""
        head = site.words[site.head].lemma if site.head >= 0 else ""
        armed = by_state or site.mention.kind in _SURE or head in self._words.plain
        for walk in self._here:
            if walk == _SPORT or not armed:
                found = self._around(site.mention.sentence, walk)
                if found:
                    return found
        return set()

    @cached_property
    def _every(self) -> AbstractSet[str]:
        """The words of the report, as in a dictionary."""
        return {word.lemma for told in self._clauses if told for word in told[0].words}

    @cached_property
    def _here(self) -> list[str]:
        """The walks of life that the report has words of, and that some sentences may tell of."""
        return [one for one in _WIDE if not self._every.isdisjoint(self._words.walks[one])]

    @cached_property
    def _lemmas(self) -> list[set[str]]:
        """The words of each sentence, without names: the Awami League plays nothing."""
        return [
            {form for word in told[0].words if word.tag != _NAME for form in _names(word)}
            if told
            else set()
            for told in self._clauses
        ]

    @cached_property
    def _graves(self) -> list[bool]:
        """Tell of each sentence whether somebody bears arms; "the film bombed" tells of nobody."""
        grave, tolls = self._words.grave, self._words.tolls
        return [
            any(
                word.lemma in tolls if word.tag == _VERB else not grave.isdisjoint(_names(word))
                for word in (told[0].words if told else ())
            )
            for told in self._clauses
        ]

    def _around(self, number: int, walk: str) -> set[str]:
        """Find the words of a walk of life in the sentences around one, if they are enough."""
        first, last = max(0, number - _REACH), min(len(self._lemmas), number + _REACH + 1)
        every = set().union(*self._lemmas[first:last])
        strong = every & self._words.walks[walk]
        if not strong or any(self._graves[first:last]):
            return set()
        if len(strong) >= _ENOUGH:
            return strong
        together = len(strong) + len(every & self._words.beside[walk])
        if walk == _SPORT and together < _TOGETHER:
            sentences = self._document.sentences
            text = self._document.text[sentences[first].start : sentences[last - 1].end]
            together += _COUNTS * bool(_SCORE.search(text))
        return strong if together >= _TOGETHER else set()


def _names(word: Word) -> tuple[str, str]:
    """Give a word as in a dictionary, and as it stands."""
    return word.lemma, word.lower
