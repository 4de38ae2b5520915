"""What a verb is done for, and what it hangs on: "gathered to demand", "agreed to cease"."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geoevents.reports.extraction.scene import ancestors

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause

_UP = 3  # clauses looked up


class Purposes:
    """
    Reads what verbs of a sentence are done for.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._words = scene.words
        self._clauses = scene.clauses
        self._sets = scene.triggers.words

    def hangs_on(self, words: str, clause: Clause) -> bool:
        """
        Tell whether a verb hangs on another: "agreed to cease", "agreed on Friday to cease".

        Parameters
        ----------
        words : str
            The set of verbs.
        clause : Clause
            The clause of the verb.

        Returns
        -------
        bool
            Whether it does.
        """
        wanted = self._sets[words]
        verb = clause.verb
        if verb is not None and wanted & set(verb.chain):
            return True
        for above in islice(ancestors(clause, self._clauses), _UP + 1):
            if clause.link not in ("infinitive", "coordinate"):
                return False
            if above.verb is not None and above.verb.lemma in wanted:
                return True
            clause = above
        return False

    def claims_that(self, clause: Clause) -> bool:
        """
        Tell whether a sentence follows: "protested that the court had no power".

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        bool
            Whether one does.
        """
        return any(o.parent == clause.number and o.link == "that" for o in self._clauses)

    def is_planned(self, clause: Clause) -> bool:
        """
        Tell whether it lies ahead: "will push", "plans to push", "their plans to push".

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        bool
            Whether it does.
        """
        wanted = self._sets["planning"]
        verb = clause.verb
        if verb is not None and (wanted & {*verb.chain, verb.modal or ""}):
            return True
        heads = [p for p in (clause.host, clause.subject) if p is not None]
        return clause.link == "infinitive" and any(
            self._words[p.head].lemma in wanted for p in heads
        )

    def serves(self, words: str, clause: Clause, *, participles: bool = False) -> bool:
        """
        Tell whether it is done to do something: "gathered to demand", "shut shops to protest".

        Parameters
        ----------
        words : str
            The set of verbs.
        clause : Clause
            The clause.
        participles : bool, default False
            Whether a participle tells it, too: "came, denouncing".

        Returns
        -------
        bool
            Whether it is.
        """
        wanted = self._sets[words]
        links = ("infinitive", "participle") if participles else ("infinitive",)
        return any(
            other.parent == clause.number
            and other.link in links
            and other.verb is not None
            and other.verb.lemma in wanted
            for other in self._clauses
        )
