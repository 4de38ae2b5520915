"""Capitals that stand for the government that sits there: "Damascus denied"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geoevents.places.folding import fold
from geoevents.places.toponyms.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.places.toponyms.findings import Found
    from geoevents.prose import Token

#: How many words on a verb is looked for: "has repeatedly denied".
_FAR: Final = 3


def speaks(tokens: Sequence[Token], at: int) -> bool:
    """
    Tell whether a verb of saying follows.

    Parameters
    ----------
    tokens : sequence of Token
        Of a sentence.
    at : int
        The first token after the subject.

    Returns
    -------
    bool
        Whether it does, auxiliaries and adverbs between.
    """
    flags = words().flags
    for token in tokens[at : at + _FAR]:
        flag = flags.get(token[3], 0)
        if flag & (Word.SAYING | Word.DOES):
            return True
        if not flag & Word.AUXILIARY:
            return False
    return False


def governs(tokens: Sequence[Token], at: int) -> bool:
    """
    Tell whether what follows a capital tells that its government is meant.

    Parameters
    ----------
    tokens : sequence of Token
        Of a sentence.
    at : int
        The first token after the capital.

    Returns
    -------
    bool
        Whether it speaks, or has allies, demands and the like.
    """
    if speaks(tokens, at):
        return True
    if at + 1 < len(tokens) and tokens[at][3] == "'s":
        return bool(words().flags.get(tokens[at + 1][3], 0) & Word.GOVERNS)
    return False


def pair(found: Sequence[Found], tokens_of: Mapping[int, Sequence[Token]]) -> None:
    """
    Let capitals that stand in pairs be governments together.

    Parameters
    ----------
    found : sequence of Found
        Mentions of a document; their sense is changed: of both in "talks between Moscow and
        Kyiv", of the first in "Ankara and Moscow agreed".
    tokens_of : mapping
        The tokens of each sentence.
    """
    for left, right in pairwise(found):
        if left.sense != "place" or left.cued or right.sense != "government":
            continue
        code = words().capitals.get(fold(left.name))
        if code is not None and _joined(left, right, tokens_of):
            _govern(left, code)
    for left, right in pairwise(found):
        if left.sense == right.sense == "place" and _talk(left, right, tokens_of):
            for one in (left, right):
                _govern(one, words().capitals[fold(one.name)])


def _joined(left: Found, right: Found, tokens_of: Mapping[int, Sequence[Token]]) -> bool:
    """Tell whether only "and" stands between two."""
    if left.sentence != right.sentence or right.first != left.last + 2:
        return False
    return tokens_of[left.sentence][left.last + 1][3] == "and"


def _talk(left: Found, right: Found, tokens_of: Mapping[int, Sequence[Token]]) -> bool:
    """Tell whether it is "talks between" two capitals."""
    before = tokens_of[left.sentence][: left.first][-2:]
    if len(before) < 2 or before[1][3] != "between":  # noqa: PLR2004 -- two words
        return False
    if not words().flags.get(before[0][3], 0) & Word.RELATION:
        return False
    capitals = words().capitals
    return _joined(left, right, tokens_of) and all(fold(f.name) in capitals for f in (left, right))


def _govern(found: Found, code: str) -> None:
    found.sense, found.country, found.belief = "government", code, 1.0
