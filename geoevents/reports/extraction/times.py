"""When the events of a sentence were: the times that belong to each."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from geoevents.reports.extraction.scene import ancestors

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.model import Findings, When
    from geoevents.reports.syntax.model import Clause

_NEXT = 12  # characters in which the word behind a time is looked for
_BEHIND = 120  # characters from "a day after" to what happened then


class Times:
    """
    Finds the times of events.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    shifting : frozenset of str
        What makes "a day" in front of it the time of what is told behind it: "after".
    """

    def __init__(self, findings: Findings, shifting: frozenset[str]) -> None:
        text = findings.document.text
        self._shifted = [
            when
            for when in findings.whens
            if not when.lasts
            and text[when.end : when.end + _NEXT].strip().partition(" ")[0].lower() in shifting
        ]
        self._shifts = {when.start for when in self._shifted}

    def find(self, draft: Draft, clauses: list[Clause]) -> list[When]:
        """
        Find when a mention says that it happened.

        Parameters
        ----------
        draft : Draft
            The mention.
        clauses : list of Clause
            The clauses of its sentence.

        Returns
        -------
        list of When
            The times of its clauses; else of those it hangs on; else of the sentence.
        """
        shift = self._shift(draft, clauses)
        if shift is not None:
            return [shift]
        told = _of(draft.clauses)
        found = (
            [when for when in told if when.start not in self._shifts]
            or told
            or next((above.times for above in ancestors(draft.clause, clauses) if above.times), [])
            or _of(clauses)
        )
        return sorted(found, key=lambda when: when.lasts)

    def _shift(self, draft: Draft, clauses: list[Clause]) -> When | None:
        """Find the time of "a day after X" for X: in the clause behind it, or a noun."""
        first, last = clauses[0].start, max(clause.end for clause in clauses)
        place = bisect_left(self._shifted, draft.start, key=lambda when: when.start)
        when = self._shifted[place - 1] if place else None
        if when is None or not first <= when.start < when.end <= draft.start <= last:
            return None
        hanging = draft.clause.start >= when.start and draft.clause.link != "main"
        named = draft.phrase is not None and not draft.main
        return when if (hanging or named) and draft.start - when.end <= _BEHIND else None


def _of(clauses: list[Clause]) -> list[When]:
    """List the times of clauses, each once."""
    return list(dict.fromkeys(when for clause in clauses for when in clause.times))
