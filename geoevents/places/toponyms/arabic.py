"""Names in Arabic letters, which have no capitals: from "في حلب" to حلب."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geoevents.places.folding import fold
from geoevents.places.toponyms.findings import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.toponyms.known import Known
    from geoevents.places.toponyms.runs import Names
    from geoevents.prose import Document, Token

_LONGEST: Final = 4
_STRONG: Final = 1
_WEAK: Final = 2
_NEVER: Final = 4
_CERTAIN: Final = 8
#: What is written of a place that is believed without any word of place before it: as of a town of
#: 10^5.2 people. The rest are points, as for Latin letters.
_SURE: Final = 5.2
_AFTER_KIND: Final = 2.5
_AFTER_PREPOSITION: Final = 1.0
_LISTED: Final = 1.5
_PREFIXED: Final = 0.7
_SEVERAL: Final = 1.5
_SHORT: Final = 3
_BRIEF: Final = 0.5
_UNMISTAKABLE: Final = 2.0


@cache
def _words() -> dict[str, int]:
    with (Path(__file__).parent / "data" / "arabic.toml").open("rb") as file:
        tables = tomllib.load(file)
    flags: dict[str, int] = {}
    flag_of = {"strong": _STRONG, "weak": _WEAK, "never": _NEVER, "certain": _CERTAIN}
    for name, flag in flag_of.items():
        for word in tables[name].split():
            key = fold(word)
            flags[key] = flags.get(key, 0) | flag
    return flags


@dataclass(slots=True)
class Stretch:
    """
    Words of Arabic letters that follow each other, and what of them may be names.

    Attributes
    ----------
    tokens : sequence of Token
        Of the sentence.
    spans : list of tuple
        First and last token (inclusive), how many letters are a prefix, number of the text; the
        longest first for each first token.
    """

    tokens: Sequence[Token]
    spans: list[list[tuple[int, int, int, int]]]


def is_arabic(text: str) -> bool:
    """
    Tell whether a word begins with an Arabic letter.

    Parameters
    ----------
    text : str
        A word.

    Returns
    -------
    bool
        True for Persian, Urdu and the like too.
    """
    return "\u0620" <= text[0] <= "\u06d3" or "\ufb50" <= text[0] <= "\ufefc"


def find_stretches(document: Document, names: Names) -> list[Stretch]:
    """
    Find what may be names in a document.

    Parameters
    ----------
    document : Document
        The document.
    names : Names
        Where the texts of spans are numbered.

    Returns
    -------
    list of Stretch
        One for each sentence with Arabic letters.
    """
    flags = _words()
    text = document.text
    out = []
    for sentence in document.sentences:
        tokens = sentence.tokens
        spans = []
        for first, token in enumerate(tokens):
            if not is_arabic(token[0]):
                continue
            here = []
            alone = not flags.get(fold(token[0]), 0) & (_NEVER | _STRONG)
            for last in range(min(first + _LONGEST, len(tokens)) - 1, first - 1, -1):
                if not all(is_arabic(t[0]) for t in tokens[first + 1 : last + 1]):
                    continue
                rest = text[token[2] : tokens[last][2]]
                if alone or last > first:
                    here.append((first, last, 0, names[token[0] + rest]))
                here += [(first, last, cut, names[word + rest]) for cut, word in _bare(token[0])]
            if here:
                spans.append(here)
        if spans:
            out.append(Stretch(tokens, spans))
    return out


_PREFIXES: Final = ("وال", "بال", "فال", "ول", "وب", "فل", "فب", "و", "ب", "ل", "ف", "ك")


def _bare(word: str) -> list[tuple[int, str]]:
    """Return a word without prefixes ("and", "in", "to"), with how many letters they have."""
    out = []
    if word.startswith("لل") and len(word) > 4:  # noqa: PLR2004
        out.append((1, "ال" + word[2:]))
    for prefix in _PREFIXES:
        cut = len(prefix) - 2 if prefix.endswith("ال") else len(prefix)
        if word.startswith(prefix) and len(word) - cut > 2:  # noqa: PLR2004
            out.append((cut, word[cut:]))
    return out


def read_stretches(
    stretches: Sequence[Stretch], texts: Sequence[str], keys: Sequence[str], known: Known
) -> list[Found]:
    """
    Tell which names are places.

    Parameters
    ----------
    stretches : sequence of Stretch
        Of one document.
    texts, keys : sequence of str
        For each number the text and its fold.
    known : Known
        What the gazetteer knows of it.

    Returns
    -------
    list of Found
        Places, in the order of the text.
    """
    out = []
    for stretch in stretches:
        tokens = stretch.tokens
        before = -1
        for spans in stretch.spans:
            if spans[0][0] <= before:
                continue
            for first, last, cut, number in spans:
                if not known.weight[number]:
                    continue
                cues = _Cues.of(tokens, first, cut, before)
                belief = _belief(keys[number], known.weight[number], cues, alone=first == last)
                if belief <= 0:
                    continue
                found = Found(
                    tokens[first][1] + cut, tokens[last][2], "place", texts[number],
                    known.weight[number], belief, best=known.feature[number], cued=cues.strong,
                    sentence=tokens[0][1], first=first, last=last,
                )  # fmt: skip
                out.append(found)
                before = last
                break
    return out


@dataclass(frozen=True, slots=True)
class _Cues:
    """What stands before a name: a word of place, a preposition, another place; a prefix on it."""

    strong: bool
    weak: bool
    listed: bool
    prefixed: bool

    @classmethod
    def of(cls, tokens: Sequence[Token], first: int, cut: int, before: int) -> _Cues:
        word = tokens[first - 1][0] if first else ""
        flag = _words().get(fold(word), 0)
        # It follows another place as one of a list, or stands in brackets after its Latin name.
        joined = cut > 0 and tokens[first][0][0] == "و" and before == first - 1
        mark = word in _JOINTS and before == first - 2 >= 0
        return cls(
            bool(flag & _STRONG),
            bool(flag & _WEAK),
            mark or word == "(" or (joined and before >= 0),
            cut > 0,
        )


_JOINTS: Final = frozenset({"،", ",", "و", "أو"})


def _belief(key: str, weight: float, cues: _Cues, *, alone: bool) -> float:
    flag = _words().get(key, 0) if alone else 0
    if flag & (_NEVER | _STRONG):  # "city" is no place by itself, though Medina is called so
        return -_SURE
    belief = log10(weight) - _SURE
    if flag & _CERTAIN:
        belief += _UNMISTAKABLE
    if cues.strong:
        belief += _AFTER_KIND
    elif cues.weak:
        belief += _AFTER_PREPOSITION
    if cues.listed:
        belief += _LISTED
    if cues.prefixed:
        belief -= _PREFIXED
    if not alone:
        belief += _SEVERAL
    elif len(key) <= _SHORT:
        belief -= _BRIEF
    return belief
