"""Places in words with hyphens: "Kabul-based", "pro-Moscow", "Syrian-Iraqi"."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Final

from geoevents.places.ranking import COUNTRY
from geoevents.places.toponyms.findings import Found
from geoevents.places.toponyms.words import Word

if TYPE_CHECKING:
    from geoevents.places.toponyms.evidence import Evidence
    from geoevents.places.toponyms.runs import Run

_BASED: Final = 2.5
_HYPHEN: Final = 1.0
_WORD: Final = 3.3
_COMMON: Final = Word.ENGLISH | Word.CALENDAR | Word.FUNCTION | Word.REPORT | Word.GROUP


def read_parts(run: Run, at: int, evidence: Evidence) -> list[Found]:
    """
    Tell what the parts of a word with hyphens name.

    Parameters
    ----------
    run : Run
        Capitalised words.
    at : int
        The token.
    evidence : Evidence
        What is known of its parts.

    Returns
    -------
    list of Found
        Places, demonyms and governments.
    """
    tables, keys = evidence.tables, evidence.keys
    parts = run.pieces[at]
    head, tail = keys[parts[0][2]], keys[parts[-1][2]]
    if head in tables.mixed:
        return []
    if not all(_is_understood(number, evidence) for _, _, number in parts):
        return []
    out = []
    for i, (start, end, number) in enumerate(parts):
        text = evidence.texts[number]
        if not text[0].isupper():
            continue
        after = tail if i < len(parts) - 1 else ""
        side = after in tables.side_suffixes or (i > 0 and head in tables.prefixes)
        lies = after in tables.place_suffixes
        found = Found(start, end, "place", text, sentence=run.tokens[0][1], first=at, last=at)
        if _read(found, number, evidence, side=side, lies=lies):
            out.append(found)
    return out


def _is_understood(number: int, evidence: Evidence) -> bool:
    """Tell whether a part is a name or a word, and no bit of another name: Mar-a-Lago."""
    tables, key = evidence.tables, evidence.keys[number]
    if len(key) == 1:
        return False
    if evidence.weight[number] or key in tables.demonyms or key in tables.no_places:
        return True
    if evidence.texts[number].replace(".", "") in tables.initials:
        return True
    return key in tables.prefixes or bool(evidence.flags.get(key, 0) & Word.ENGLISH)


def _read(found: Found, number: int, evidence: Evidence, *, side: bool, lies: bool) -> bool:
    """Tell what a part names; returns whether it is anything."""
    tables, key = evidence.tables, evidence.keys[number]
    flag = evidence.flags.get(key, 0)
    if flag & (Word.FIRST_NAME | Word.SURNAME) and not side and not lies:
        return False
    found.belief = 1.0
    initials = tables.initials.get(found.name.replace(".", "")) if found.name.isupper() else None
    if initials is not None and initials[0]:
        found.sense, found.country = "demonym", initials[0]
        return True
    if evidence.is_adjective(number):
        found.sense, found.country = "demonym", "|".join(tables.demonyms[key])
        return True
    if not evidence.weight[number] or key in tables.no_places:
        return False
    found.weight, found.best = evidence.weight[number], evidence.feature[number]
    if side and key in tables.capitals:
        found.sense, found.country = "government", tables.capitals[key]
    elif side and evidence.kind[number] == COUNTRY:
        found.sense = "demonym"
    else:
        found.cued = lies
        found.belief = log10(found.weight) - evidence.least - _HYPHEN + (_BASED if lies else 0.0)
        if flag & _COMMON or evidence.stands_small(key):
            found.belief -= _WORD
    return True
