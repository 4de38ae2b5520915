"""Runs of capitalised words, and the spans of them that may be names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from geoevents.places.names import LONGEST
from geoevents.places.toponyms.words import PARTICLES, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geoevents.places.toponyms.words import Words
    from geoevents.prose import Document, Token

#: So many capitalised words a name has at most, so many words in all, and so many small ones
#: between two capitalised.
_LONGEST: Final = 5
_ALL: Final = 8
_SMALL_WORDS: Final = 3
#: "al-Bab" has its capital among the first letters.
_PREFIXED: Final = 3
_HEAD: Final = 40
_PART: Final = re.compile("[^-‐‑–]+")
#: A headline has so many words of so many letters, and so many of them are capitalised.
_TITLE: Final = 3
_TELLING: Final = 4
_TITLE_CASE: Final = 0.8
#: Fewer capitals than these are initials.
_SHOUT: Final = 5
_ACRONYM: Final = 2
_DASHES: Final = frozenset({"-", "–", "—", "--"})
_ENDS: Final = frozenset('.!?;:"“')
_BEFORE_DASH: Final = 16
#: No names by themselves; but names begin with the second ones: The Hague.
_CLOSED: Final = Word.FUNCTION | Word.CALENDAR
_LATIN: Final = "\u024f"
_OPENERS: Final = frozenset({"the", "may"})


class Names(dict[str, int]):
    """Texts and their numbers, in the order they were first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


@dataclass(slots=True)
class Run:
    """
    A run of capitalised words of a sentence, with small words between.

    Attributes
    ----------
    tokens : sequence of Token
        Of the sentence.
    caps : list of int
        Which are capitalised.
    spans : dict
        For the first and the last token (inclusive) of what may be a name the number of its text.
    pieces : dict
        For a word with hyphens its parts: start, end, number of the text.
    opens : bool
        Whether it begins the sentence.
    title : bool
        Whether all words of the sentence are capitalised.
    shout : bool
        Whether the sentence is all in capitals.
    dateline : int
        Tokens before this one are of a dateline.
    small : bool
        Whether the sentence is all in small letters.
    """

    tokens: Sequence[Token]
    caps: list[int]
    opens: bool
    title: bool
    shout: bool
    dateline: int = 0
    small: bool = False
    spans: dict[tuple[int, int], int] = field(default_factory=dict)
    pieces: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """Its first token."""
        return self.caps[0]

    @property
    def loose(self) -> bool:
        """Whether its capitals, or that there are none, tell nothing."""
        return self.title or self.shout or self.small


class Span(NamedTuple):
    """
    Words of a run that are one name.

    Attributes
    ----------
    run : Run
        The run.
    at, stop : int
        Its first and last capitalised word, by number among those of the run.
    number : int
        The number of its text.
    """

    run: Run
    at: int
    stop: int
    number: int

    @property
    def first(self) -> int:
        """Its first token."""
        return self.run.caps[self.at]

    @property
    def last(self) -> int:
        """Its last token."""
        return self.run.caps[self.stop]

    @property
    def words(self) -> Sequence[Token]:
        """Its tokens."""
        return self.run.tokens[self.first : self.last + 1]

    @property
    def after(self) -> Token | None:
        """The token after it."""
        last = self.last + 1
        return self.run.tokens[last] if last < len(self.run.tokens) else None


def find_runs(document: Document, names: Names, tables: Words) -> list[Run]:
    """
    Find the runs of a document.

    Parameters
    ----------
    document : Document
        The document.
    names : Names
        Where the texts of spans are numbered.
    tables : Words
        What words tell.

    Returns
    -------
    list of Run
        In the order of the text. Where a sentence has no capitals at all, its words after "in",
        "near" and the like are taken as if they had.
    """
    text, flags = document.text, tables.flags
    out: list[Run] = []
    paragraph = -1
    for sentence in document.sentences:
        tokens = sentence.tokens
        caps = [i for i, t in enumerate(tokens) if t[0] != t[3] and _is_capitalised(t[0])]
        begins = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        if not caps:
            for here in _without_capitals(tokens, tables):
                run = Run(tokens, here, opens=False, title=False, shout=False, small=True)
                _number(run, text, names, flags)
                out.append(run)
            continue
        title, shout = _style(tokens)
        dateline = dateline_end(tokens) if begins else 0
        opening = next((i for i, t in enumerate(tokens) if t[0][0].isalnum()), 0)
        for here in _cut(tokens, caps, shout=shout):
            run = Run(
                tokens,
                here,
                opens=here[0] == opening,
                title=title,
                shout=shout,
                dateline=dateline,
            )
            _number(run, text, names, flags)
            out.append(run)
    return out


def _is_capitalised(text: str) -> bool:
    if text[0].isupper():
        return True
    # al-Bab, pro-Assad
    return len(text) > _PREFIXED and not text.isalnum() and any(map(str.isupper, text[1:_HEAD]))


def _cut(tokens: Sequence[Token], caps: Sequence[int], *, shout: bool) -> Iterator[list[int]]:
    """Cut the capitalised words of a sentence into runs."""
    here = [caps[0]]
    for token in caps[1:]:
        between = tokens[here[-1] + 1 : token]
        apart = between and (shout or len(between) > _SMALL_WORDS)
        if apart or not all(t[3] in PARTICLES or t[3] == "'s" for t in between):
            yield here
            here = []
        here.append(token)
    yield here


def _without_capitals(tokens: Sequence[Token], tables: Words) -> Iterator[list[int]]:
    """Find where places may be named in a sentence all in small letters."""
    flags = tables.flags
    free = 0
    for i, token in enumerate(tokens):
        flag = flags.get(token[3], 0)
        if i >= free and token[3] in tables.demonyms and not flag & Word.ENGLISH:
            yield [i]
            free = i + 1
        if not flag & Word.STRONG or token[0][0] > _LATIN:
            continue
        first = i + 1
        while first < len(tokens) and flags.get(tokens[first][3], 0) & Word.BETWEEN:
            first += 1
        here: list[int] = []
        for at in range(max(first, free), min(first + _SMALL_WORDS, len(tokens))):
            word = tokens[at]
            stop = Word.FUNCTION | Word.CALENDAR | Word.STRONG | Word.AFTER
            letter = word[0][0]
            if not letter.isalpha() or letter > _LATIN or flags.get(word[3], 0) & stop:
                break
            here.append(at)
        if here:
            yield here
            free = here[-1] + 1


def _style(tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Tell whether a sentence is in title case, and whether it is all in capitals."""
    words = [t[0] for t in tokens if t[0][0].isalpha()]
    if all(map(str.isupper, words)):
        return False, len(words) > 1 and sum(map(len, words)) > _SHOUT
    telling = [word for word in words if len(word) >= _TELLING]
    if min(len(words) - 1, len(telling)) < _TITLE or tokens[-1][0] == ".":
        return False, False
    return sum(word[0].isupper() for word in telling) >= _TITLE_CASE * len(telling), False


def dateline_end(tokens: Sequence[Token]) -> int:
    """
    Find where "DAMASCUS, Sept 16 (Reuters) -" ends.

    Parameters
    ----------
    tokens : sequence of Token
        The first sentence of a paragraph.

    Returns
    -------
    int
        The number of its dash; 0 where there is none.
    """
    word = tokens[0][0]
    shouted = word.isupper() and len(word) > _ACRONYM
    for i, token in enumerate(tokens[:_BEFORE_DASH]):
        text = token[0]
        if text in _DASHES:
            spaced = i > 0 and tokens[i - 1][2] < token[1]
            agency = any(t[0] == "(" for t in tokens[:i])
            return i if spaced and (shouted or agency) else 0
        if text in _ENDS or not (text[0].isupper() or not text[0].isalpha() or text in PARTICLES):
            return 0
    return 0


def _number(run: Run, text: str, names: Names, flags: Mapping[str, int]) -> None:
    """Give numbers to what of a run may be a name."""
    tokens, caps, spans = run.tokens, run.caps, run.spans
    for i, first in enumerate(caps):
        token = tokens[first]
        word, begin = token[0], token[1]
        if "-" in word or "–" in word:
            run.pieces[first] = _pieces(token, names)
        closed = flags.get(token[3], 0) & _CLOSED and not word.isupper()
        if closed and token[3] not in _OPENERS:
            continue
        for last in caps[i : i + _LONGEST]:
            end = tokens[last][2]
            if last - first >= _ALL or end - begin > LONGEST:
                break
            if last > first or not closed:
                spans[first, last] = names[text[begin:end]]


def _pieces(token: Token, names: Names) -> list[tuple[int, int, int]]:
    """Return the parts of a word with hyphens: start, end, number of the text."""
    return [
        (token[1] + part.start(), token[1] + part.end(), names[part.group()])
        for part in _PART.finditer(token[0][:LONGEST])
    ]
