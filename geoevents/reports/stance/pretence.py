"""What is only played, or told again: drills, plots of films, crimes in court, days of old."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_NAMING: Final = frozenset(("NOUN", "NAME"))  # "Exercise Saber Strike"
_PRESENT: Final = "present"
#: In what tenses a plot is told.
_TOLD: Final = frozenset((_PRESENT, "perfect"))
#: Real life goes on in other sentences: a drill is told in so many around its own words.
_REACH: Final = 3
#: So many words of drills, beside one that names it, make the whole report one of it.
_SURE: Final = 2
#: So many words of the arts make a report one of a film or a book.
_TELLING: Final = 3
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))
#: Crimes have fewer dead.
_FEW: Final = 3
_CRIMES: Final = frozenset(("attack on civilians", "armed clash", "other"))
_SAID: Final = frozenset(("statement", "agreement"))
_PROTEST: Final = "protest"
#: What troops do in a drill, and the marks around a word that is not meant.
_PLAYED: Final = frozenset(("territorial gain", "armed clash", "attack on civilians", "siege"))
_OPENING: Final = frozenset(('"', "\u201c", "\u2018", "'"))
_CLOSING: Final = frozenset(('"', "\u201d", "\u2019", "'"))


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
            if any(word.lemma in words.drills and word.tag in _NAMING for word in own):
                named.append(number)
            if found := lemmas & words.drilling:
                beside[number] = found
            arts |= lemmas & (words.plots | words.staging)
        self._drills = sorted({*named, *beside}) if named and beside else []
        self._first = named[0] if named else 0
        self._all_drill = len(set().union(*beside.values())) >= _SURE
        self._beside = beside
        every = {word.lemma for told in clauses if told for word in told[0].words}
        self._court = every & words.courts
        self._works = _works(clauses, words)
        self._art = len(arts) >= _TELLING and bool(arts & words.plots)

    def read(self, site: Site) -> str:  # noqa: PLR0911 -- a sort of play a line
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
        if mention.kind in _SAID or not site.words:
            return ""
        own = {word.lemma for word in site.words}
        if mention.kind == _PROTEST:
            return self._remembered(site, own)
        if found := self._in_work(site):
            return found
        if self._art and (found := self._in_plot(site, own)):
            return found
        if found := self._in_court(site, own) or self._remembered(site, own):
            return found
        if found := self._as_drill(site, own):
            return found
        return self._in_drill(site, own) if self._drills else ""

    def _as_drill(self, site: Site, own: set[str]) -> str:
        """Find the drill that its own sentence tells of: "in a drill, troops captured X"."""
        mention, clause, words = site.mention, site.clause, self._words
        if clause is None or not site.verbal or mention.kind not in _PLAYED:
            return ""
        if mention.killed is not None or mention.wounded is not None:
            return ""  # an accident
        beside = [word.text for word in site.words[max(0, site.head - 1) : site.head + 2]]
        if own & words.drilling and beside[0] in _OPENING and beside[-1] in _CLOSING:
            return ", ".join(
                sorted(own & words.drilling)
            )  # troops "captured" it, with a mock enemy
        theirs = bool(mention.actors) and all(one.sense == "state" for one in mention.actors)
        if not theirs or mention.targets:
            return ""
        return ", ".join(
            noun.lemma
            for word, phrase in clause.preps
            if word in words.within_drills
            and (noun := site.words[phrase.head]).lemma in words.drills
        )

    def _in_court(self, site: Site, own: set[str]) -> str:
        """Read the trial of a man for a stabbing: nobody's war."""
        mention, words = site.mention, self._words
        dead = mention.killed
        few = dead is None or (dead.high or dead.value or _FEW) < _FEW
        if mention.kind not in _CRIMES or not few:
            return ""
        if any(one.sense in _GROUPS for one in (*mention.actors, *mention.targets)):
            return ""
        told = own & words.courts
        if told and len(told | own & words.benches) >= _SURE:
            return ", ".join(sorted(told))
        return ", ".join(sorted(self._court)) if len(self._court) >= _TELLING else ""

    def _remembered(self, site: Site, own: set[str]) -> str:
        """Read "a wreath was laid for two youths shot by troops": long ago, if no day is told."""
        clause = site.clause
        if clause is None or clause.link == "main" or not site.verbal:
            return ""
        dated = any(not when.lasts for when in clause.times)
        return "" if dated else ", ".join(sorted(own & self._words.remembered))

    def _in_work(self, site: Site) -> str:
        """Read what a novel or a painting tells of, and goes on telling in the present."""
        mention, clause = site.mention, site.clause
        work = self._works.get(mention.sentence)
        if work is None or clause is None or clause.verb is None:
            return ""
        if any(not when.lasts for when in mention.whens):
            return ""
        inside = not work.goes_on and (clause is work.clause or work.clause in site.path)
        if site.verbal and clause.verb.tense not in _TOLD and not (inside and work.leads):
            return ""
        return work.name if inside or site.verbal or work.goes_on else ""

    def _in_plot(self, site: Site, own: set[str]) -> str:
        """Read a plot, which is told in the present; what was done for a film names it."""
        verb = None if site.clause is None or not site.verbal else site.clause.verb
        if verb is not None and verb.tense == _PRESENT:
            return _PRESENT
        armed = self._words.armed
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


class _Work(NamedTuple):
    """A work that a sentence tells of: its name, the clause that names it, and how it does."""

    name: str
    clause: Clause
    leads: bool
    goes_on: bool


def _works(clauses: Sequence[Sequence[Clause]], words: StanceWords) -> dict[int, _Work]:
    """Find the sentences that tell of a work, and those behind them that go on telling of it."""
    found: dict[int, _Work] = {}
    for number, sentence in enumerate(clauses):
        main = next((one for one in sentence if one.link == "main"), None)
        if main is None or main.verb is None:
            continue
        work = _work(main, words)
        if work is None and (before := found.get(number - 1)) is not None:
            goes_on = main.verb.tense in _TOLD and not any(clause.times for clause in sentence)
            work = before._replace(goes_on=True) if goes_on else None
        if work is not None:
            found[number] = work
    return found


def _work(main: Clause, words: StanceWords) -> _Work | None:
    """Find the work that a clause tells of: "the novel opens with ...", "in the play ..."."""
    own, verb = main.words, main.verb
    if verb is None:
        return None
    for word, behind in pairwise(own[: verb.first + 1]):
        if word.tag != "NOUN" or word.lemma not in words.works or behind.tag in _NAMING:
            continue  # "the film crew"
        index = own.index(word)
        leads = any(part.phrase.head == index and part.word == "in" for part in main.preps)
        if leads or verb.tense == _PRESENT:
            return _Work(word.lower, main, leads, goes_on=False)
    return None
