"""What is only played: drills, and the plots of films and novels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_NOUN: Final = "NOUN"
_PRESENT: Final = "present"
#: Real life goes on in other sentences: a drill is told in so many around its own words.
_REACH: Final = 3
#: So many words of drills, beside one that names it, make the whole report one of it.
_SURE: Final = 2
#: So many words of the arts make a report one of a film or a book.
_TELLING: Final = 3
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))
_REAL: Final = frozenset(("statement", "agreement", "protest"))


class Pretence:
    """
    Tells what is only played.

    Parameters
    ----------
    clauses : sequence of sequence of Clause
        For each sentence of the report its clauses.
    words : StanceWords
        The words of the language.
    """

    def __init__(self, clauses: Sequence[Sequence[Clause]], words: StanceWords) -> None:
        self._words = words
        named: list[int] = []
        beside: dict[int, set[str]] = {}
        arts: set[str] = set()
        for number, sentence in enumerate(clauses):
            own = sentence[0].words if sentence else ()
            lemmas = {word.lemma for word in own}
            if any(word.lemma in words.drills and word.tag == _NOUN for word in own):
                named.append(number)
            if found := lemmas & words.drilling:
                beside[number] = found
            arts |= lemmas & (words.plots | words.staging)
        self._drills = sorted({*named, *beside}) if named and beside else []
        self._first = named[0] if named else 0
        self._all_drill = len(set().union(*beside.values())) >= _SURE
        self._beside = beside
        self._art = len(arts) >= _TELLING and bool(arts & words.plots)

    def read(self, site: Site) -> str:
        """
        Find the words that tell that a mention is only played.

        Parameters
        ----------
        site : Site
            Where the mention stands.

        Returns
        -------
        str
            They, joined by commas; empty for none.
        """
        mention = site.mention
        if mention.kind in _REAL or not site.words:
            return ""
        own = {word.lemma for word in site.words}
        if self._art and (found := self._in_plot(site, own)):
            return found
        return self._in_drill(site, own) if self._drills else ""

    def _in_plot(self, site: Site, own: set[str]) -> str:
        """Read a plot, which is told in the present; what was done for a film names it."""
        verb = None if site.clause is None or not site.verbal else site.clause.verb
        if verb is not None and verb.tense == _PRESENT:
            return _PRESENT
        armed = self._words.realms["armed"]
        if any(word.lemma in armed and i != site.head for i, word in enumerate(site.words)):
            return ""
        return ", ".join(sorted(own & self._words.plots))

    def _in_drill(self, site: Site, own: set[str]) -> str:
        mention, words = site.mention, self._words
        number = mention.sentence
        near = any(abs(number - one) <= _REACH for one in self._drills)
        if not near or not (self._all_drill or number >= self._first):
            return ""
        hurt = mention.killed is not None or mention.wounded is not None
        if hurt and not own & words.drilling:
            return ""  # an accident
        if not self._all_drill and any(one.sense in _GROUPS for one in mention.actors):
            # "North Korea fired missiles before the drill": it must be done in it.
            clause = site.clause
            parts = () if clause is None else clause.preps
            if not any(site.words[part.phrase.head].lemma in words.drills for part in parts):
                return ""
        named = set().union(*self._beside.values())
        return ", ".join(sorted(named))
