"""Numbers as a text writes them: "1,200", "3.5 million", "three hundred and fifty"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.forms import grammar

if TYPE_CHECKING:
    from geoevents.reports.language import Language

_THOUSAND = (
    1000  # what is told before such a word is a group of its own: "two thousand five hundred"
)


class Number(NamedTuple):
    """
    A number.

    Attributes
    ----------
    value : float
        The number.
    factor : float
        What the words at its end multiply by: a million in "3.5 million", else 1.
    """

    value: float
    factor: float


def read_number(words: str, language: Language) -> Number | None:
    """
    Read a number.

    Parameters
    ----------
    words : str
        What the slot ``number`` of a form was filled with.
    language : Language
        The language it is written in.

    Returns
    -------
    Number or None
        None where the words make no number ("twenty thirty").

    Examples
    --------
    >>> from geoevents.reports.language import language
    >>> english = language("en")
    >>> [read_number(words, english).value for words in ("1,200", "three hundred and fifty")]
    [1200.0, 350.0]
    """
    if words.isdecimal():
        return Number(float(words), 1)
    numerals, (additive, multiples) = grammar(language).numerals, _values(language)
    total = group = unit = 0.0
    factor, started = 1.0, False
    for piece in numerals.cut(words.lower()):
        if piece in multiples:
            group = (group if started else 1.0) * multiples[piece]
            factor, unit = factor * multiples[piece], 0.0
            if multiples[piece] >= _THOUSAND:
                total, group = total + group, 0.0
        elif piece[0].isdecimal() and not started:
            group = unit = numerals.value(piece)
        elif piece in additive:
            value = additive[piece]
            if unit and value >= 1 and not (unit in _TENS and value < 10):  # noqa: PLR2004
                return None
            group, unit, factor = group + value, unit + value, 1.0
        else:
            continue
        started = True
    return Number(total + group, factor) if started else None


_TENS = frozenset(range(20, 100, 10))  # after which a smaller one may stand: "twenty-five"


@cache
def _values(language: Language) -> tuple[dict[str, float], dict[str, float]]:
    """Words that are added up, and words that multiply."""
    words = grammar(language).words
    additive = {**words["numword"], **dict.fromkeys(words.get("half", ()), 0.5)}
    return additive, words["multiple"]
