"""Direct speech: what stands between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose.tokens import Token

#: Marks that open, with those that close what they open. German closes with “ what „ opened, and
#: some turn guillemets round.
_PAIRS = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
}
#: Also apostrophes: speech only if something closes it.
_SINGLE = frozenset("‘‚'")
#: Open only where a word begins.
_DOUBTFUL = frozenset("\"”»'‘")


@dataclass(frozen=True, slots=True)
class Quote:
    """
    Direct speech, or a name between quotation marks.

    Attributes
    ----------
    start, end : int
        Where it stands in the text of the document, its marks included. It may run over several
        sentences; one that is never closed runs to the end of its paragraph.
    """

    start: int
    end: int


def find_quotes(text: str, tokens: Sequence[Token]) -> list[Quote]:
    """
    Find the direct speech of a paragraph.

    Parameters
    ----------
    text : str
        The text of the document.
    tokens : sequence of Token
        The tokens of one paragraph.

    Returns
    -------
    list of Quote
        In the order of the text. What is quoted inside of a quote is no quote of its own.
    """
    marks = [token for token in tokens if token.text in _PAIRS or token.text in "’›」』"]
    found: list[Quote] = []
    place = 0
    while place < len(marks):
        mark = marks[place]
        place += 1
        closers = _PAIRS.get(mark.text)
        if closers is None or not _opens(text, mark):
            continue
        close = _closer(text, marks, place, closers)
        if close is not None:
            found.append(Quote(mark.start, marks[close].end))
            place = close + 1
        elif mark.text not in _SINGLE:
            found.append(Quote(mark.start, tokens[-1].end))
            break
    return found


def _opens(text: str, mark: Token) -> bool:
    """Tell whether a mark stands where speech can begin."""
    if mark.text not in _DOUBTFUL:
        return True
    before = text[mark.start - 1 : mark.start]
    after = text[mark.end : mark.end + 1]
    if before.isalnum() or (before and before in ".,!?"):
        return False
    if mark.text in _SINGLE:
        # '90s, and 'n' in the middle: an apostrophe.
        return after.isalpha() or after in {'"', "“", "["}
    return bool(after) and (not after.isspace() or mark.text in "«»")


def _closer(text: str, marks: Sequence[Token], place: int, closers: str) -> int | None:
    """Find the mark that closes speech, from the marks behind the one that opened it."""
    single = closers in {"’", "'", "‘’"}
    fallback = None
    comma, seen = False, marks[place - 1].end
    for number in range(place, len(marks)):
        mark = marks[number]
        comma = comma or (single and text.find(",", seen, mark.start) >= 0)
        seen = mark.end
        if mark.text not in closers:
            if single and mark.text in _SINGLE and _opens(text, mark):
                break
        elif not single:
            return number
        elif text[mark.end : mark.end + 1].isalnum():
            if _opens(text, mark):
                break
        elif not _plural(text, mark):
            return number
        elif not comma:
            # ‘rebels’ attacked: a word or two, but not ‘Ayn Issa, the rebels’ base.
            fallback = number
    return fallback


def _plural(text: str, mark: Token) -> bool:
    """Tell whether an apostrophe may belong to a plural: fighters’ homes."""
    return (
        text[mark.start - 1 : mark.start] in {"s", "z"}
        and text[mark.end : mark.end + 1] == " "
        and text[mark.end + 1 : mark.end + 2].islower()
    )
