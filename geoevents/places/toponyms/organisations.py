"""Organisations, teams, treaties and operations that are called by a place's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.places.toponyms.words import Word

if TYPE_CHECKING:
    from geoevents.places.toponyms.evidence import Evidence
    from geoevents.places.toponyms.runs import Run

_LONGEST: Final = 6
#: In a headline all words are capitalised; its verb may be among them.
_IN_TITLE: Final = 3
_JOINTS: Final = frozenset({"of", "and", "for", "&", "the"})
#: Between two of them: "the Arakan Army and the Myanmar Armed Forces".
_ANOTHER: Final = ["and", "the"]
#: Capitalised words before an adjective that are no part of an organisation's name.
_APART: Final = (
    Word.FUNCTION
    | Word.DIRECTION
    | Word.TITLE
    | Word.STATE
    | Word.CALENDAR
    | Word.AFTER
    | Word.BETWEEN
)


def organisation_after(run: Run, at: int, stop: int, evidence: Evidence) -> tuple[int, bool]:
    """
    Find the organisation whose name begins with a place's: "Aleppo Media Centre".

    Parameters
    ----------
    run : Run
        Capitalised words.
    at, stop : int
        The first and last of them (by number among the capitalised ones) that name the place.
    evidence : Evidence
        What is known of them.

    Returns
    -------
    tuple of int and bool
        The last token of the organisation's name, -1 where there is none; and whether it would be
        a country's own, if the place is a country: "Russian Ministry of Defence".
    """
    tokens, caps = run.tokens, run.caps
    last, own, before = -1, True, caps[stop]
    owns = False
    most = _IN_TITLE if run.title else _LONGEST
    for token in caps[stop + 1 : stop + 1 + most]:
        if token != before + 1:
            between = [t[3] for t in tokens[before + 1 : token]]
            if last < 0 or not _JOINTS.issuperset(between) or between == _ANOTHER:
                break
        before = token
        flag = evidence.flag(tokens[token])
        if flag & Word.STATE and not flag & Word.ORGANISATION:
            if last < 0 and own:
                last, owns = token, True
            continue
        own &= bool(flag & Word.STATE)
        if flag & Word.ORGANISATION:
            last, owns = token, own
        elif flag & (Word.TITLE | Word.CALENDAR | Word.FUNCTION):
            break
    return last, last >= 0 and owns and not _is_part(run, at, evidence)


def _is_part(run: Run, at: int, evidence: Evidence) -> bool:
    """Tell whether the word before is part of the name: "Free Syrian Army"."""
    if not at or run.caps[at - 1] != run.caps[at] - 1:
        return False
    token = run.tokens[run.caps[at - 1]]
    flag = evidence.flag(token)
    if flag & Word.PART:
        return True
    if flag & _APART or (run.opens and at == 1):
        return False
    return not evidence.is_demonym(token) and not evidence.weight_of(run, run.caps[at - 1])


def organisation_before(run: Run, at: int, evidence: Evidence, *, is_country: bool) -> bool:
    """
    Tell whether a name ends with a place's: "University of Aleppo", "Operation Euphrates".

    Parameters
    ----------
    run : Run
        Capitalised words.
    at : int
        The first of them (by number) that names the place.
    evidence : Evidence
        What is known of them.
    is_country : bool
        Whether the place is a country: of its own ministries it is meant.

    Returns
    -------
    bool
        Whether it does.
    """
    if run.loose:
        return False
    tokens, caps = run.tokens, run.caps
    first = caps[at]
    if at and caps[at - 1] == first - 1:
        return bool(evidence.flag(tokens[first - 1]) & (Word.NAMED | Word.ORGANISATION))
    p = first - 1
    if p >= 0 and tokens[p][3] == "the":
        p -= 1
    if p < 1 or tokens[p][3] not in ("of", "for") or not tokens[p - 1][0][0].isupper():
        return False
    flag = evidence.flag(tokens[p - 1])
    return bool(flag & Word.ORGANISATION_OF) and not (is_country and flag & Word.STATE)
