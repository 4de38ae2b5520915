"""What the words around a name tell of it: that it is a place, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geoevents.places.toponyms.words import Word

if TYPE_CHECKING:
    from geoevents.places.toponyms.evidence import Evidence
    from geoevents.places.toponyms.runs import Run

#: "Da Nang International Airport", "Tabqa military air base".
_TOGETHER: Final = frozenset((
    "international", "military", "air", "refugee", "border", "oil", "gas", "civil", "regional",
    "national", "naval", "police", "railway", "railroad", "train", "bus", "power",
))  # fmt: skip
_BASES: Final = frozenset((
    "base", "bases", "airport", "camp", "crossing", "field", "port", "station", "stations", "post",
    "posts", "barracks", "plant",
))  # fmt: skip
#: Words of a date at the head of an entry.
_DATED: Final = Word.CALENDAR | Word.FUNCTION
_CLOCKS: Final = frozenset({"lt", "utc", "gmt", "hrs", "hours", "am", "pm", "a.m.", "p.m."})
_DASHES: Final = frozenset({"-", "–", "—"})
#: So many tokens of date stand before the place of a heading.
_LEAD: Final = 12
_TWO: Final = 3
#: So many words may stand between a preposition and a name: "in the rebel-held eastern".
_BETWEEN: Final = 4
#: Before a name also in small letters: "lake Chad".
_SMALL: Final = frozenset({"lake", "river", "mount"})


@dataclass(slots=True)
class Cues:
    """
    What stands around a name.

    Attributes
    ----------
    kinds : tuple of str
        The kinds it is said to be of; empty where nothing is said.
    first, last : int
        Its tokens, with words of kind in capitals: "Lake Chad", "Nyanza Province".
    strong : bool
        Whether "in" or the like stands before.
    of : bool
        Whether "of" stands before.
    kind_of : bool
        Whether the kinds are of a word before "of": "the province of".
    article : bool
        Whether "the" stands directly before.
    direction : bool
        Whether "northern" or the like stands before.
    dateline : bool
        Whether it stands in a dateline.
    """

    kinds: tuple[str, ...]
    first: int
    last: int
    strong: bool
    of: bool
    kind_of: bool
    article: bool
    direction: bool
    dateline: bool


def read_cues(run: Run, first: int, last: int, evidence: Evidence) -> Cues:
    """
    Read what stands around a name.

    Parameters
    ----------
    run : Run
        The run that it is part of.
    first, last : int
        Its tokens.
    evidence : Evidence
        What is known of the words.

    Returns
    -------
    Cues
        What was read.
    """
    tokens, flags, tables = run.tokens, evidence.flags, evidence.tables
    direction = False
    p = first - 1
    while p >= 0 and first - p <= _BETWEEN:
        flag = flags.get(tokens[p][3], 0)
        if not flag & Word.BETWEEN:
            break
        direction |= bool(flag & Word.DIRECTION)
        p -= 1
    before = tokens[p][3] if p >= 0 else ""
    out = Cues(
        kinds=(),
        first=first,
        last=last,
        strong=_is_cued(run, p, first, evidence) or _is_heading(run, first, last, evidence),
        of=before in ("of", "de"),
        kind_of=False,
        article=first > 0 and tokens[first - 1][3] == "the",
        direction=direction,
        dateline=last < run.dateline,
    )
    if p > 0 and out.of and flags.get(tokens[p - 1][3], 0) & Word.BEFORE_OF:
        out.kinds = tables.before_of[tokens[p - 1][3]]
        if out.kinds:
            out.kind_of = True
            return out
        out.strong = True
    if first:
        word = tokens[first - 1]
        flag = flags.get(word[3], 0)
        capital = word[0][0].isupper()
        if flag & Word.BEFORE and (capital or word[3] in _SMALL):
            out.kinds = tables.before[word[3]]
            out.first = first - 1 if capital else first
            return out
        if flag & Word.BEFORE_OF and not capital and not word[0].isascii():
            out.kinds = tables.before_of[word[3]]  # "в городе Алеппо": there is no "of"
            return out
    out.kinds, out.last = kind_after(run, last, evidence)
    if out.kinds and before == "," and p > 0 and tokens[p - 1][0][0].isupper():
        out.strong = True  # "Dogon Ruwa, Wase district"
    return out


def _is_cued(run: Run, before: int, first: int, evidence: Evidence) -> bool:
    """Tell whether words before a name say that it is a place, all but surely."""
    if before < 0:
        return False
    tokens = run.tokens
    if evidence.flag(tokens[before]) & Word.STRONG:
        return True
    if before and tokens[before][3] == "on" and evidence.flag(tokens[before - 1]) & Word.ON:
        return True  # "an attack on Homs", "rockets fell on Homs"
    word = tokens[first - 1]
    kind = word[0].islower() and word[0].isascii()
    return kind and bool(evidence.flag(word) & Word.BEFORE_OF)  # "general area Miranshah"


def _is_heading(run: Run, first: int, last: int, evidence: Evidence) -> bool:
    """Tell whether a name heads an entry of a list: "Bonny:", "25/05 - Beni -", "2 May, Gao:"."""
    tokens = run.tokens
    after = tokens[last + 1][0] if last + 1 < len(tokens) else ""
    dashed = after in _DASHES and tokens[last + 1][1] > tokens[last][2] and first > 0
    if not (dashed or after == ":") or first > _LEAD or run.loose:
        return False
    return all(
        not token[0][0].isalpha() or token[3] in _CLOCKS or evidence.flag(token) & _DATED
        for token in tokens[:first]
    )


def kind_after(run: Run, last: int, evidence: Evidence) -> tuple[tuple[str, ...], int]:
    """
    Read what the words after a name tell of its kind.

    Parameters
    ----------
    run : Run
        The run that it is part of.
    last : int
        Its last token.
    evidence : Evidence
        What is known of the words.

    Returns
    -------
    tuple
        The kinds, empty where nothing is said, and the last token that is part of the name: a
        word of kind in capitals is.
    """
    tokens = run.tokens
    at = last + 1
    while at < len(tokens) and at < last + _TWO and tokens[at][3] in _TOGETHER:
        at += 1
    if at >= len(tokens):
        return (), last
    word = tokens[at]
    if at > last + 1 and word[3] in _BASES:
        kinds: tuple[str, ...] = ("facility",)
    elif evidence.flag(word) & Word.AFTER:
        kinds = evidence.tables.after[word[3]]
    else:
        return (), last
    capitals = not run.shout and all(t[0][0].isupper() for t in tokens[last + 1 : at + 1])
    return kinds, at if capitals else last
