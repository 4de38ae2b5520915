"""Persons among the capitalised words of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.places.toponyms.cues import kind_after
from geoevents.places.toponyms.governments import speaks
from geoevents.places.toponyms.words import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.toponyms.evidence import Evidence
    from geoevents.places.toponyms.runs import Run
    from geoevents.prose import Token

#: A name of several words of a place that is written about so much is that place: Santiago de Cuba.
_PLACE: Final = 1e3
#: After a title it must be better known: King George, Prince Albert.
_TITLED_PLACE: Final = 1.5e4
#: No person after a title is called so: President Syria.
_COUNTRY: Final = 1e6
#: After a first name that is a place's ("Austin Texas") the next word is no last name if it is a
#: place so well known, or better known still where it is a last name too.
_NEXT: Final = 1e5
_LONGEST: Final = 4
_NO_NAME: Final = (
    Word.AFTER
    | Word.ORGANISATION
    | Word.STATE
    | Word.TITLE
    | Word.CALENDAR
    | Word.FUNCTION
    | Word.DIRECTION
)
_INSIDE: Final = frozenset({"al", "el", "bin", "ibn", "van", "von", "der", "de", "da", "di"})
_ACRONYM: Final = 3


def find_people(run: Run, evidence: Evidence) -> list[tuple[int, int]]:
    """
    Find the persons of a run, by their titles and first names.

    Parameters
    ----------
    run : Run
        Capitalised words.
    evidence : Evidence
        What is known of them.

    Returns
    -------
    list of tuple of int
        For each person the first and the last token, without titles.
    """
    if run.shout or run.small:
        return []
    tokens, caps, flags = run.tokens, run.caps, evidence.flags
    out: list[tuple[int, int]] = []
    before = evidence.flag(tokens[run.first - 1]) if run.first else 0
    titled = bool(before & Word.TITLE) and not before & Word.PLAIN_TITLE
    at = 0
    while at < len(caps):
        first = caps[at]
        flag = flags.get(tokens[first][3], 0)
        if flag & Word.TITLE and not _is_place(run, at, evidence, _TITLED_PLACE):
            titled = True
            at += 1
            continue
        last = at - 1
        # "Prime Minister of Georgia" has no name after the title.
        if titled and (not at or first == caps[at - 1] + 1):
            if not _is_place(run, at, evidence, _COUNTRY):
                last = _name_from(run, at, evidence)
        elif flag & Word.FIRST_NAME and not (run.opens and not at and flag & Word.VERB):
            last = _full_name_from(run, at, evidence)
        titled = False
        if last >= at:
            out.append((first, caps[last]))
        at = max(last, at) + 1
    return out


def _is_place(run: Run, at: int, evidence: Evidence, least: float) -> bool:
    """Tell whether a name of several words that begins here is a well known place."""
    first = run.caps[at]
    for last in run.caps[at + 1 : at + 5]:
        number = run.spans.get((first, last), -1)
        if number >= 0 and evidence.weight[number] >= least:
            return True
    return False


def _name_from(run: Run, at: int, evidence: Evidence) -> int:
    """Return the last capitalised word of a person's name that begins here."""
    tokens, caps = run.tokens, run.caps
    last = at - 1
    for i in range(at, min(at + _LONGEST, len(caps))):
        token = tokens[caps[i]]
        if i > at and not _INSIDE.issuperset(t[3] for t in tokens[caps[i - 1] + 1 : caps[i]]):
            break
        flag = evidence.flag(token)
        if flag & _NO_NAME and not (flag & Word.FIRST_NAME and i > at):
            break
        if evidence.is_demonym(token):
            break
        last = i
    return last


def _full_name_from(run: Run, at: int, evidence: Evidence) -> int:
    """Return the last word of a name that begins with a first name; before it if none does."""
    tokens, caps = run.tokens, run.caps
    last = _name_from(run, at, evidence)
    if last <= at or _is_place(run, at, evidence, _PLACE):
        return at - 1
    if kind_after(run, caps[last], evidence)[0]:
        return at - 1  # "Abu Shouk camp", "Sydney Harbour"
    second = tokens[caps[at + 1]]
    if evidence.flag(tokens[caps[at]]) & Word.PLACE_NAME:
        flag = evidence.flag(second)
        most = _COUNTRY if flag & Word.SURNAME else _NEXT
        if evidence.weight_of(run, caps[at + 1]) >= most:
            return at - 1
        surname = flag & Word.SURNAME and _is_told_of(run, at, last, evidence)
        if flag & Word.ENGLISH and not (surname or _has_age(tokens, caps[last])):
            return at - 1
    if second[0].isupper() and len(second[0]) >= _ACRONYM:
        return at - 1
    return last


def _is_told_of(run: Run, at: int, last: int, evidence: Evidence) -> bool:
    """
    Tell whether a sentence tells of a person, and not of a place: "Jordan Smith said".

    Either a verb of persons follows, or the name stands alone, with no word of places before it:
    not "in Georgia Wells", "the Vienna Woods", "China White Paper".
    """
    tokens, first, last_token = run.tokens, run.caps[at], run.caps[last]
    if speaks(tokens, last_token + 1):
        return True
    after = tokens[last_token + 1][0] if last_token + 1 < len(tokens) else ""
    if run.loose or last > at + 1 or after[:1].isupper():
        return False
    before = first - 1
    if before >= 0 and tokens[before][3] == "the":
        return False
    while before >= 0 and evidence.flag(tokens[before]) & Word.BETWEEN:
        before -= 1
    if before < 0:
        return True
    return tokens[before][3] != "of" and not evidence.flag(tokens[before]) & Word.STRONG


def _has_age(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether an age follows: "Sydney Carton, 34,"."""
    after = [t[0] for t in tokens[last + 1 : last + 4]]
    return (
        after[:1] == [","]
        and len(after) == 3  # noqa: PLR2004 -- comma, age, comma
        and after[1].isdecimal()
        and len(after[1]) < 3  # noqa: PLR2004 -- digits
        and after[2] in (",", ".")
    )
