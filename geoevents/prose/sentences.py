"""Where the sentences of a paragraph end, told from its tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.prose.abbreviations import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose.tokens import Token

#: End a sentence wherever they stand: the full stops of Chinese, Urdu, Hindi, Armenian, Ethiopic.
_ALWAYS = frozenset("。｡۔।॥։።")
_MARKS = frozenset("!?؟！？")
#: Belong to the sentence before if they follow its full stop.
_CLOSING = frozenset("\"'”’»›)]}」』“")
_DOUBTFUL = frozenset("\"'“")
_OPENING = frozenset("\"'“‘«‹„‚([{「『¿¡-–—•*#@")
_SHORT = 4
#: A longer sentence is cut there, so that nothing that reads sentences meets one without end.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    A sentence, a headline or an item of a list.

    Attributes
    ----------
    start, end : int
        Where it stands in the text of the document, without spaces around it.
    tokens : tuple of Token
        Its words and marks.
    paragraph : int
        The number of its paragraph, from 0.
    number : int
        Its own number in the document, from 0.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int
    number: int


def sentence_ends(tokens: Sequence[Token]) -> list[int]:
    """
    Find where the sentences of a paragraph end.

    Parameters
    ----------
    tokens : sequence of Token
        The tokens of the paragraph.

    Returns
    -------
    list of int
        For each sentence the number of the token behind its last one.
    """
    ends: list[int] = []
    total = len(tokens)
    place = 0
    while place < total:
        token = tokens[place]
        place += 1
        last = token.text[-1]
        if place - (ends[-1] if ends else 0) >= _LONGEST:
            ends.append(place)
            continue
        if last not in _ENDING or (place < total and not _ends(tokens, place - 1)):
            continue
        while place < total and _closes(tokens, place):
            place += 1
        if place < total and last not in _ALWAYS and not _begins(tokens, place):
            continue
        ends.append(place)
    if not ends or ends[-1] < total:
        ends.append(total)
    return ends


_ENDING = _ALWAYS | _MARKS | frozenset(".…")


def _ends(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token that may end a sentence does, from itself and the next."""
    token, after = tokens[place], tokens[place + 1]
    text = token.text
    if text[-1] in _ALWAYS or text[-1] in _MARKS:
        return True
    glued = after.start == token.end
    if len(text) == 1:
        # "attacked.The army": a space was forgotten; "Amaq.news" and "v.2": none was.
        return not glued or after.text in _CLOSING or after.text[0].isupper()
    if text[0] in ".…":
        return not after.text[0].islower()
    if glued and after.text not in _CLOSING:
        return False
    return ends_sentence(token.lower, after.text)


def _closes(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a mark behind a full stop closes what came before it."""
    mark = tokens[place]
    if mark.text not in _CLOSING:
        return False
    if mark.text not in _DOUBTFUL:
        return True
    return mark.start == tokens[place - 1].end


def _begins(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a sentence can begin with a token, and not only go on."""
    token = tokens[place]
    first = token.text[0]
    if not first.islower():
        return first not in ",;:" and (first.isalnum() or first in _OPENING or first.isalpha())
    if token.lower.startswith(("al-", "el-", "ad-", "ash-", "at-", "an-", "ar-", "as-", "az-")):
        return True
    before = tokens[place - 1]
    if before.text != "." or place == 1:
        # "What?" he asked; "... and so on.' he said"
        return False
    word = tokens[place - 2].text
    return len(word) > _SHORT and word.isalpha()
