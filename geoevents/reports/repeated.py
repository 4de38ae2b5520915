"""Counts told by another one: "two were killed and as many injured", "twice as many wounded"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.language import Language

_NEAR = 80  # characters between the two


def with_repeated(
    found: Sequence[Quantity], text: str, end: int, language: Language
) -> list[Quantity]:
    """
    Add the counts of a sentence that are as many as the one before.

    Parameters
    ----------
    found : sequence of Quantity
        Its quantities, in the order of the text.
    text : str
        The text of the document.
    end : int
        Where the sentence ends.
    language : Language
        The language it is written in.

    Returns
    -------
    list of Quantity
        In the order of the text. "As many" takes the place of "many"; "as many as 12" and
        "twice as many as last year" are left as they are.

    Examples
    --------
    >>> from geoevents.prose import Document
    >>> from geoevents.reports.language import language
    >>> from geoevents.reports.quantities import find_quantities
    >>> report = Document.read("Two people were killed and twice as many wounded.")
    >>> [(q.text, q.value) for q in find_quantities(report, language("en"))]
    [('Two', 2.0), ('twice as many', 4.0)]
    """
    again, factors = _words(language)
    kept = list(found)
    counts = [one for one in found if one.kind == "count"]
    for match in again.finditer(text, counts[0].end, end) if again and counts else ():
        start, stop = match.span()
        before = [one for one in counts if one.end <= start <= one.end + _NEAR]
        if not before:
            continue
        factor, last = factors[" ".join(match[0].lower().split())], before[-1]
        value, low, high = (
            None if told is None else told * factor for told in (last.value, last.low, last.high)
        )
        kept = [one for one in kept if one.end <= start or stop <= one.start]
        kept.append(Quantity(start, stop, match[0], "count", value, low, high))
    return sorted(kept, key=lambda one: one.start)


@lru_cache(maxsize=4)
def _words(language: Language) -> tuple[re.Pattern[str] | None, dict[str, float]]:
    """Make the pattern of the words, and by how much each of them multiplies."""
    factors: dict[str, float] = language.table("quantities").get("repeated", {})
    if not factors:
        return None, {}
    ordered = sorted(factors, key=len, reverse=True)
    told = "|".join(r"\s+".join(map(re.escape, one.split())) for one in ordered)
    return re.compile(rf"\b(?:{told})\b(?!\s+as\b)", re.IGNORECASE), factors
