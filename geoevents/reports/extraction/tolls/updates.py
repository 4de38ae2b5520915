"""Tolls that came later, or that were given before and are not true any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.tolls.totals import is_of_more
from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Standing
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.tolls.told import Told
    from geoevents.reports.syntax.model import Clause, NounPhrase, Word

_GOES_ON = frozenset({"participle", "relative", "coordinate"})


class Updates:
    """
    Tells what a clause says of a toll that was known before.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._words = scene.words
        self._clauses = scene.clauses
        self._sets = scene.triggers.words
        self._links = scene.triggers.links
        lemmas = {word.lemma for word in scene.words}
        lowers = {word.lower for word in scene.words}
        self._former = bool(lowers & (self._sets["former"] | self._sets["former_reports"]))
        self._final = bool(lemmas & self._sets["revise"])
        self._grows = bool(lemmas & (self._sets["toll"] | self._sets["number"]))

    def mark(self, told: Told) -> None:
        """
        Note in what a clause tells whether it is of an event of another day and place.

        Parameters
        ----------
        told : Told
            What it tells; changed.
        """
        clause = told.clause
        if told.dies:
            told.total = nth(self._words, told.victims[0], self._sets) if told.victims else 0
            told.later = bool(told.total) or self._died_of_wounds(told)
        if self._grows and not told.later and (told.dies or not self._scene.is_placed(clause)):
            told.later = self._raises_toll(clause)
        told.late = told.late or told.later or self._is_counted_by_now(clause)
        told.late = told.late or (told.dies and self._in_hospital(clause))
        told.standing = told.standing or self.standing(clause)

    def are_more(self, told: Told) -> bool:
        """
        Tell whether those told of are counted apart: "four more succumbed".

        Parameters
        ----------
        told : Told
            What a clause tells.

        Returns
        -------
        bool
            Whether a word such as "more" stands in their phrase.
        """
        return any(
            word.lower in self._sets["more"]
            for victim in told.victims
            for word in self._words[victim.first : victim.last + 1]
        )

    def _in_hospital(self, clause: Clause) -> bool:
        """Whether somebody died in a hospital, on a day when nothing need have happened."""
        return bool(clause.times) and any(
            word in self._links["into_care"] and self._words[p.head].lemma in self._sets["clinics"]
            for word, p in clause.preps
        )

    def _died_of_wounds(self, told: Told) -> bool:
        """Whether somebody died some time after he was hit: "succumbed", "of his wounds"."""
        sets = self._sets
        for word, phrase in told.clause.preps:
            if word in self._links["dies_of"] and self._words[phrase.head].lemma in sets["harm"]:
                return True
        if told.verb.lemma in sets["succumb"]:
            return True
        return any(
            word in self._links["among"]
            and self._words[phrase.head].lower in sets["hurt"] | sets["people_hurt"]
            for victim in told.victims
            for word, phrase in victim.attached
        )

    def _raises_toll(self, clause: Clause) -> bool:
        """Whether what goes on from it tells of the toll: ", bringing the toll to 18"."""
        for other in self._clauses:
            if other.parent != clause.number or other.link not in _GOES_ON or other.verb is None:
                continue
            if other.verb.lemma in self._sets["raising"]:
                phrases = [*other.objects, *(p for _, p in other.preps)]
                tolls = self._sets["toll"] | self._sets["number"]
                heads = [p.head for p in phrases if self._words[p.head].lemma in tolls]
                if any(not is_of_more(self._scene, head) for head in heads):
                    return True
        return False

    def _is_counted_by_now(self, clause: Clause) -> bool:
        """Whether its time is that of the count: "as of today 20 people are confirmed dead"."""
        words = self._words
        return any(
            word.tag == "TIME"
            and place
            and words[place - 1].lower in self._links["as_of"]
            and clause.start <= word.start < clause.end
            for place, word in enumerate(words)
        )

    def standing(self, clause: Clause) -> Standing:
        """
        Tell whether the toll of a clause is one given before, or one that was put right.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        {"", "former", "final"}
            Which.
        """
        if self._former and self._is_former(clause):
            return "former"
        if self._final and any(
            c.verb and c.verb.lemma in self._sets["revise"] for c in self._above(clause)
        ):
            return "final"
        if self._former and any(map(self._is_former, self._above(clause))):
            return "former"
        return ""

    def _above(self, clause: Clause) -> list[Clause]:
        """List a clause and those that it is the content of: "said that 12 had died"."""
        found = [clause]
        while found[-1].link == "that" and found[-1].parent is not None:
            found.append(self._scene.clause(found[-1].parent))
        return found

    def _is_former(self, clause: Clause) -> bool:
        """Whether it tells what was said before: "had earlier put it at", "initial reports"."""
        sets, words = self._sets, self._words
        verb = clause.verb
        saying = verb is not None and verb.lemma in sets["telling_tolls"]
        if saying and not sets["former"].isdisjoint(clause.adverbs):
            return True
        phrases = [*clause.objects, *(p for _, p in clause.preps)]
        if clause.subject is not None:
            phrases.append(clause.subject)
        if clause.host is not None and clause.link == "that":
            phrases.append(clause.host)
        return any(
            words[p.head].lemma in sets["reports"]
            and any(w.lower in sets["former_reports"] for w in words[max(0, p.first - 1) : p.head])
            for p in phrases
        )

    def figure_standing(self, start: int) -> Standing:
        """
        Tell the same of a figure that no clause was read to tell.

        Parameters
        ----------
        start : int
            Where it begins.

        Returns
        -------
        {"", "former", "final"}
            Which.
        """
        if not (self._former or self._final):
            return ""
        here = [c for c in self._clauses if c.start <= start < c.end]
        return self.standing(min(here, key=lambda c: c.end - c.start)) if here else ""


def nth(words: list[Word], phrase: NounPhrase, sets: dict[str, frozenset[str]]) -> int:
    """
    Tell which one somebody is: "a seventh soldier", "a fourth".

    Parameters
    ----------
    words : list of Word
        The words of the sentence.
    phrase : NounPhrase
        The phrase.
    sets : dict of str to frozenset of str
        The words of the language.

    Returns
    -------
    int
        The number; 0 where none is said.
    """
    if words[phrase.first].lower not in sets["one"]:
        return 0
    said = {word.lower for word in words[phrase.first + 1 : phrase.last + 1]}
    for pair in sets["nth"]:
        word, _, number = pair.partition("=")
        if word in said:
            return int(number)
    return 0


def counted_as(total: int, phrase: NounPhrase) -> Quantity:
    """
    Make a figure of "a fourth soldier": four.

    Parameters
    ----------
    total : int
        The number.
    phrase : NounPhrase
        The words.

    Returns
    -------
    Quantity
        The figure.
    """
    return Quantity.counted(phrase.start, phrase.end, str(total), float(total))
