"""Reports of sport and of business: what some sentences together tell, and no word alone."""

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
_BUSINESS: Final = "business"
#: So many sentences before and behind tell with a mention's own of what it is.
_REACH: Final = 2
#: So many words of a walk of life are enough, or, with those that are often found in it, so many.
_ENOUGH: Final = 3
_TOGETHER: Final = 4
#: A score counts for so many.
_COUNTS: Final = 2
#: "21-20", where the sentences have words of sport.
_SCORE: Final = re.compile(r"(?<![\d.,-])\d{1,3}[-–]\d{1,3}(?![\d.,-])")
#: What no trade has: a blast in a business report is a blast.
_SURE: Final = frozenset(("bombing", "missile strike", "attack on civilians"))
_ARMED: Final = frozenset(("armed group", "coalition"))
_STATE: Final = "state"
_PROTEST: Final = "protest"
_VERB: Final = "VERB"


class Walks:
    """
    Tells which parts of a report are about sport or business.

    Parameters
    ----------
    clauses : sequence of sequence of Clause
        For each sentence of the report its clauses.
    findings : Findings
        What was found in it.
    every : set of str
        Its words, as in a dictionary.
    words : StanceWords
        The words of the language.
    """

    def __init__(
        self,
        clauses: Sequence[Sequence[Clause]],
        findings: Findings,
        every: AbstractSet[str],
        words: StanceWords,
    ) -> None:
        self._every = every
        self._clauses = clauses
        self._document = findings.document
        self._words = words

    def read(self, site: Site) -> str:
        """
        Find the words around a mention that tell of a walk of life with attacks of its own.

        Parameters
        ----------
        site : Site
            Where the mention stands.

        Returns
        -------
        str
            They, joined by commas; empty for none, and where anybody around bears arms.
        """
        mention = site.mention
        if mention.killed is not None or mention.kind == _PROTEST or not self._here:
            return ""
        head = site.words[site.head].lemma if site.head >= 0 else ""
        senses = {one.sense for one in (*mention.actors, *mention.targets)}
        if senses & _ARMED:
            return ""
        for realm in self._here:
            armed = mention.kind in _SURE or _STATE in senses or head in self._words.realms["plain"]
            if realm != _SPORT and armed:
                continue
            if found := self._around(mention.sentence, realm):
                return ", ".join(sorted(found))
        return ""

    @cached_property
    def _here(self) -> list[str]:
        """The walks of life that the report has words of."""
        realms = self._words.realms
        return [one for one in (_SPORT, _BUSINESS) if not self._every.isdisjoint(realms[one])]

    @cached_property
    def _lemmas(self) -> list[set[str]]:
        return [
            {form for word in told[0].words for form in _names(word)} if told else set()
            for told in self._clauses
        ]

    @cached_property
    def _graves(self) -> list[bool]:
        """Tell of each sentence whether somebody bears arms; "the film bombed" tells of nobody."""
        grave, tolls = self._words.realms["grave"], self._words.tolls
        return [
            any(
                word.lemma in tolls if word.tag == _VERB else not grave.isdisjoint(_names(word))
                for word in (told[0].words if told else ())
            )
            for told in self._clauses
        ]

    def _around(self, number: int, realm: str) -> set[str]:
        """Find the words of a walk of life in the sentences around one, if they are enough."""
        first, last = max(0, number - _REACH), min(len(self._lemmas), number + _REACH + 1)
        every = set().union(*self._lemmas[first:last])
        realms = self._words.realms
        strong = every & realms[realm]
        if not strong or any(self._graves[first:last]):
            return set()
        if len(strong) >= _ENOUGH:
            return strong
        together = len(strong) + len(every & realms[f"{realm}_beside"])
        if realm == _SPORT and together < _TOGETHER:
            sentences = self._document.sentences
            text = self._document.text[sentences[first].start : sentences[last - 1].end]
            together += _COUNTS * bool(_SCORE.search(text))
        return strong if together >= _TOGETHER else set()


def _names(word: Word) -> tuple[str, str]:
    """Give a word as in a dictionary, and as it stands."""
    return word.lemma, word.lower
