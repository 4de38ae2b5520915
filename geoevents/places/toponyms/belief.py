"""
How sure it is that a name is a place's here.

Points are added: how much is written of the best known place called so, on a scale of tens, and
what the words around and the name itself tell. Above nought it is believed. The figures were set
by hand on sentences of our own; ``docs/decisions/0026-toponyms-in-text.md`` tells how well they do.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Final

from geoevents.places.ranking import COUNTRY, TOWN
from geoevents.places.toponyms.governments import speaks
from geoevents.places.toponyms.words import PARTICLES, Word

if TYPE_CHECKING:
    from geoevents.places.toponyms.cues import Cues
    from geoevents.places.toponyms.evidence import Evidence
    from geoevents.places.toponyms.runs import Run, Span


# What speaks for a place.
_KIND: Final = 3.0  # "Khabur River", "the town of Hajin", and there is such a river, such a town
_OTHER_KIND: Final = 1.5  # the same, but there is none of that kind
_IN: Final = 2.0  # "in", "near", "captured"
_IN_THE: Final = 1.0  # "in the": organisations stand so, too
_OF: Final = 0.7
_DIRECTION: Final = 1.0  # "northern"
_DATELINE: Final = 4.0
_OWN: Final = 2.0  # the user's gazetteer has it
# What speaks against it.
_NO_RIVER: Final = 3.0  # "Congo River" where no river is called so
_REPORT: Final = 5.0  # "Police", "Government", "Hope"
_WORD: Final = 2.3  # "Nice", in the middle of a sentence
_FIRST_WORD: Final = 4.3  # "Reading", as the first word or in a headline
_COUNTRY_WORD: Final = 1.5  # "Turkey"
_WORDS: Final = 1.5  # "Black River": ordinary words, all of it
_SMALL: Final = 1.0  # it stands in the text in small letters too
_PERSON: Final = 1.2  # first and last names
_GREAT_PERSON: Final = 0.3  # that are millions' home too: Santiago
_ACRONYM: Final = 3.0  # "ADF"
_LETTERS: Final = 1.5  # of two letters
_GROUP: Final = 3.0  # "Hamas"
_DIRECTIONS: Final = 4.0  # "South West"
_ARTICLE: Final = 1.5  # "the" before a town
_LOOSE: Final = 0.5  # capitals of headlines tell nothing
_SPEAKS: Final = 2.0  # "Hilton said"
_NAME_SPEAKS: Final = 3.0  # "Florence said"
_UNKNOWN: Final = 2.5  # beside an unknown capitalised word: a longer name
_UNKNOWN_GREAT: Final = 1.0  # the same of a country
_OPENING: Final = 0.6  # times that, where it is the first word of a sentence
_BESIDE_ACRONYM: Final = 0.5
_WORD_BEFORE: Final = 0.7
_WORD_AFTER: Final = 1.0

_GREAT: Final = 1e6
_KNOWN: Final = 1e5
_ACRONYMS: Final = 6
_TWO: Final = 2
_HEAD: Final = Word.ORGANISATION | Word.AFTER | Word.STATE
_PLAIN: Final = (
    Word.ENGLISH
    | Word.FUNCTION
    | Word.CALENDAR
    | Word.DIRECTION
    | Word.TITLE
    | Word.AFTER
    | Word.REPORT
)


def believe(span: Span, cues: Cues, evidence: Evidence) -> float:
    """
    Return how sure it is that a name is a place's.

    Parameters
    ----------
    span : Span
        The name.
    cues : Cues
        What stands around it.
    evidence : Evidence
        What is known of it.

    Returns
    -------
    float
        Points; above 0 it is one.
    """
    number = span.number
    flags = [evidence.flag(token) for token in span.words]
    belief = log10(evidence.weight[number]) - evidence.least + _for_it(number, cues, evidence)
    if len(flags) == 1:
        belief -= _against_a_word(span, flags[0], cues, evidence)
    elif all(flag & (Word.ENGLISH | Word.FUNCTION) for flag in flags):
        belief -= _WORDS
    elif flags[-1] & Word.GROUP and span.words[0][3] in PARTICLES:
        belief -= _GROUP  # "Al Shabaab"
    if not cues.kinds:
        if all(flag & (Word.DIRECTION | Word.FUNCTION) for flag in flags):
            belief -= _DIRECTIONS
        if cues.article and not cues.direction and evidence.kind[number] == TOWN:
            belief -= _ARTICLE
    if span.run.loose:
        return belief - _LOOSE
    return belief - _beside(span, cues.last, evidence)


def _for_it(number: int, cues: Cues, evidence: Evidence) -> float:
    points = _OWN if evidence.own[number] else 0.0
    if cues.kinds:
        if evidence.fits(number, cues.kinds):
            points += _KIND
        elif {"river", "lake"}.issuperset(cues.kinds):
            points -= _NO_RIVER
        else:
            points += _OTHER_KIND
    if cues.strong:
        points += _IN_THE if cues.article and not cues.direction else _IN
    elif cues.of:
        points += _OF
    if cues.direction:
        points += _DIRECTION
    if cues.dateline:
        points += _DATELINE
    return points


def _against_a_word(span: Span, flag: int, cues: Cues, evidence: Evidence) -> float:
    """Return what speaks against a name of a single word."""
    run, number = span.run, span.number
    token = run.tokens[span.first]
    weight = evidence.weight[number]
    points = 0.0
    if flag & _HEAD and span.at and run.caps[span.at - 1] == span.first - 1:
        points += _REPORT  # "Health Centre"
    if flag & Word.GROUP:
        points += _GROUP
    if flag & Word.REPORT:
        points += _REPORT
    elif flag & Word.ENGLISH:
        opening = (run.opens and not span.at) or run.loose
        common = _FIRST_WORD if opening else _WORD
        points += _COUNTRY_WORD if evidence.kind[number] == COUNTRY else common
    if not run.shout and not run.small and not cues.strong and evidence.stands_small(token[3]):
        points += _SMALL
    if flag & (Word.FIRST_NAME | Word.SURNAME):
        points += _PERSON if weight < _GREAT else _GREAT_PERSON
    points += _against_capitals(token[0], cues, loose=run.shout)
    name = bool(flag & (Word.FIRST_NAME | Word.SURNAME)) and evidence.kind[number] != COUNTRY
    cued = cues.strong or bool(cues.kinds)
    if (name or weight < _KNOWN) and not cued and speaks(run.tokens, span.first + 1):
        points += _NAME_SPEAKS if name else _SPEAKS
    return points


def _against_capitals(text: str, cues: Cues, *, loose: bool) -> float:
    points = _LETTERS if len(text) <= _TWO else 0.0
    if text.isupper() and len(text) < _ACRONYMS and not loose and not cues.dateline:
        points += _ACRONYM
    return points


def _beside(span: Span, last: int, evidence: Evidence) -> float:
    """Return how much capitalised words beside a name speak against it."""
    run, caps = span.run, span.run.caps
    points = 0.0
    unknown = _UNKNOWN_GREAT if evidence.weight[span.number] >= _GREAT else _UNKNOWN
    before = span.first - 1
    if span.at and caps[span.at - 1] == before:
        token = run.tokens[before]
        opening = run.opens and span.at == 1
        if _is_unknown(run, before, evidence, Word.BEFORE):
            acronym = token[0].isupper()
            points += _BESIDE_ACRONYM if acronym else unknown * (_OPENING if opening else 1.0)
        elif not opening and _is_plain_word(evidence.flag(token), Word.BEFORE):
            points += _WORD_BEFORE
    if span.stop + 1 < len(caps) and caps[span.stop + 1] == last + 1:
        if _is_unknown(run, last + 1, evidence, 0):
            points += unknown
        elif _is_plain_word(evidence.flag(run.tokens[last + 1]), Word.TITLE):
            points += _WORD_AFTER
    return points


def _is_plain_word(flag: int, also: int) -> bool:
    """Tell whether a word is ordinary, and none that stands beside places."""
    return bool(flag & Word.ENGLISH) and not flag & (Word.DIRECTION | Word.AFTER | also)


def _is_unknown(run: Run, token: int, evidence: Evidence, also: int) -> bool:
    """Tell whether a capitalised word is nothing that stands beside places."""
    word = run.tokens[token]
    if evidence.flag(word) & (_PLAIN | also) or evidence.is_demonym(word):
        return False
    if evidence.weight_of(run, token) >= _KNOWN:
        return False
    parts = run.pieces.get(token)
    if parts is None:
        return True
    tail = evidence.keys[parts[-1][2]]  # "Hamas-run Gaza"
    return tail not in evidence.tables.place_suffixes and tail not in evidence.tables.side_suffixes
