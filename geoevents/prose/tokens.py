"""Words, numbers and punctuation marks of a text, with their positions."""

from __future__ import annotations

import re
from typing import NamedTuple

from geoevents.prose.abbreviations import is_abbreviation

# Letters and digits of all scripts, and the marks that ``\w`` leaves out: accents by themselves,
# vowel signs of Hebrew, Arabic, Syriac and the Indic scripts, the joiners of Persian, soft hyphens.
_MARKS = (
    r"\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    r"\u0900-\u0963\u0971-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0f71-\u0f84"
    r"\u102b-\u103e\u135d-\u135f\u17b4-\u17d3\u200c\u200d"
)
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_HAN}]"
_INNER = rf"[^\W{_HAN}]|[{_MARKS}]"
_APOSTROPHES = "'’ʼ＇"
# What is no character to a reader: controls, marks of direction, the byte order mark.
_UNSEEN = r"\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"

# Every repetition is possessive (``++``): nothing is tried twice, whatever the text.
_TOKEN = re.compile(
    rf"""
      ([A-Za-z]++(?=[ ,\n]))                                   # most words: the fast way
    | (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’»]    # an address on the web
    | (?:(?:{_LETTER}|Ph)\.){{2,}}+(?:-{_LETTER}(?:{_INNER})*+)*+     # U.S., a.m., U.S.-led
    | {_LETTER}\.{_LETTER}(?![\w.{_APOSTROPHES}])              # U.S without its last full stop
    | {_LETTER}(?:{_INNER})*+(?:[-‐‑{_APOSTROPHES}](?:{_INNER})++)*+   # al-Bab, Sana'a, don't
    | \d{{4}}-\d\d-\d\d(?!\d) | \d\d?/\d\d?/\d{{2,4}}(?!\d)    # 2017-09-17, 16/09/2017
    | \d++(?:[.,:٫٬]\d++)*+                                    # 1,200 3.5 10:30
      (?:(?:st|nd|rd|th|s)(?!\w)|(?:-{_LETTER}(?:{_INNER})*+)++)?   # 16th 1990s 20-year-old
    | [{_HAN}]
    | \.{{2,}}+ | -{{2,}}+ | [!?؟！？]++
    | [^{_UNSEEN}]
    """,
    re.VERBOSE,
)
_CLITICS = frozenset({"s", "ll", "re", "ve", "d", "m"})
_SPELLING = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-", "\u00ad": None})


class Token(NamedTuple):
    """
    A word, a number or a punctuation mark.

    Attributes
    ----------
    text : str
        As written: ``document.text[start:end]``.
    start, end : int
        Where it stands in the text of the document.
    lower : str
        In small letters, with straight apostrophes and plain hyphens: what tables are asked for.
    """

    text: str
    start: int
    end: int
    lower: str


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """
    Cut a text into tokens.

    Names with hyphens or apostrophes (al-Bab, Sana'a) are one token, and so are abbreviations
    with their full stops (U.S., Lt.) and numbers (1,200, 10:30, 16/09/2017). ``'s`` and ``n't``
    are tokens of their own. Where no spaces part words (Chinese), every character is one.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The part of it to cut; all of it if not given.

    Returns
    -------
    list of Token
        In the order of the text; none overlap, and between them are only spaces.

    Examples
    --------
    >>> [token.text for token in tokenize("Lt. Ali's men didn't enter al-Bab.")]
    ['Lt.', 'Ali', "'s", 'men', 'did', "n't", 'enter', 'al-Bab', '.']
    """
    tokens: list[Token] = []
    add, new = tokens.append, tuple.__new__  # twice as fast as calling Token
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        first, last = match.span()
        if match.lastindex or (word.isascii() and word.isalnum()):
            add(new(Token, (word, first, last, word.lower())))
            continue
        if word == "." and tokens and tokens[-1].end == first:
            before = tokens[-1]
            if is_abbreviation(before.text, text, last):
                tokens[-1] = Token(before.text + ".", before.start, last, before.lower + ".")
                continue
        lower = word.lower().translate(_SPELLING)
        cut = _clitic(lower) if "'" in lower and len(lower) == len(word) else 0
        if cut:
            add(Token(word[:cut], first, first + cut, lower[:cut]))
            add(Token(word[cut:], first + cut, last, lower[cut:]))
        else:
            add(Token(word, first, last, lower))
    return tokens


def _clitic(lower: str) -> int:
    """Find where "'s" or "n't" begins that a word ends with; 0 if with none."""
    head, _, tail = lower.rpartition("'")
    if tail in _CLITICS:
        return len(head)
    if tail == "t" and head.endswith("n") and len(head) > 1:
        return len(head) - 1
    return 0
