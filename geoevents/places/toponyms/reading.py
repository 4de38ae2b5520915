"""Telling what the capitalised words of a document name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geoevents.places.ranking import COUNTRY
from geoevents.places.toponyms.belief import believe
from geoevents.places.toponyms.containing import contain
from geoevents.places.toponyms.cues import kind_after, read_cues
from geoevents.places.toponyms.findings import Found
from geoevents.places.toponyms.governments import governs, pair, speaks
from geoevents.places.toponyms.hyphens import read_parts
from geoevents.places.toponyms.lists import believe_lists
from geoevents.places.toponyms.organisations import organisation_after, organisation_before
from geoevents.places.toponyms.people import find_people
from geoevents.places.toponyms.runs import Span
from geoevents.places.toponyms.words import Word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.places.toponyms.evidence import Evidence
    from geoevents.places.toponyms.runs import Run
    from geoevents.places.toponyms.toponym import Sense
    from geoevents.prose import Document

#: Names of a country's initials, such as US.
_INITIALS: Final = 2.0
_ABBREVIATED: Final = 2e4
_CODE: Final = 2
_SHORT: Final = 4
_LONGEST: Final = 5
#: In a headline of capitals other initials may be words: "CAR BOMB".
_SHOUTED: Final = frozenset({"US", "UK", "USA", "UAE", "DRC", "U.S.", "U.K."})


class _Name(NamedTuple):
    """The longest name that begins at a word: its last token, its text, what it is."""

    last: int
    number: int
    what: str
    code: str = ""


def read_runs(runs: Sequence[Run], document: Document, evidence: Evidence) -> list[Found]:
    """
    Tell what the runs of a document name.

    Parameters
    ----------
    runs : sequence of Run
        All of the document.
    document : Document
        The document.
    evidence : Evidence
        What is known of words and spans.

    Returns
    -------
    list of Found
        Places that are believed, and what is called by a place's name; in the order of the text.
    """
    evidence.turn_to(document)
    people = [find_people(run, evidence) for run in runs]
    # Where each last name is first told with the whole name.
    surnames: dict[str, int] = {}
    for run, persons in zip(runs, people, strict=True):
        for _, last in persons:
            surnames.setdefault(run.tokens[last][3], run.tokens[last][1])
    out: list[Found] = []
    for run, persons in zip(runs, people, strict=True):
        out += _read(run, persons, surnames, evidence)
    tokens_of = {run.tokens[0][1]: run.tokens for run in runs}
    contain(out, tokens_of, evidence.kind_of)
    believe_lists(out, tokens_of)
    out = [f for f in out if f.sense != "place" or f.belief > 0]
    pair(out, tokens_of)
    return out


def _read(
    run: Run, persons: Sequence[tuple[int, int]], surnames: Mapping[str, int], evidence: Evidence
) -> list[Found]:
    caps = run.caps
    out: list[Found] = []
    coming = [*persons, (1 << 60, 0)]
    person = at = 0
    while at < len(caps):
        first = caps[at]
        until, last = coming[person]
        if first == until:
            person += 1
            if any(evidence.weight_of(run, i) for i in range(first, last + 1)):
                out.append(_found(run, "person", first, last))
        else:
            if _is_article(run, at, until, evidence):
                at += 1
                continue
            name = _longest(run, at, until, evidence)
            last = first if name is None else name.last
            found = None
            if name is not None and name.what != "nothing":
                stop = at + _upto(caps, at, last) - 1
                found = _tell(Span(run, at, stop, name.number), name, surnames, evidence)
            elif name is None and first in run.pieces:
                out += read_parts(run, first, evidence)
            if found is not None:
                if out and found.start < out[-1].end:  # "Khabur River Kabul"
                    found.start, found.first = run.tokens[first][1], first
                out.append(found)
                last = max(last, found.last)
        at += _upto(caps, at, last)
    return out


def _upto(caps: Sequence[int], at: int, last: int) -> int:
    """Count the capitalised words from one on that stand up to a token."""
    count = 1
    while at + count < len(caps) and caps[at + count] <= last:
        count += 1
    return count


def _found(run: Run, sense: Sense, first: int, last: int, name: str = "") -> Found:
    tokens = run.tokens
    return Found(
        tokens[first][1],
        tokens[last][2],
        sense,
        name,
        sentence=tokens[0][1],
        first=first,
        last=last,
    )


def _longest(run: Run, at: int, until: int, evidence: Evidence) -> _Name | None:
    """Return the longest name that begins at a word; none may reach into a person's."""
    first = run.caps[at]
    for last in reversed(run.caps[at : at + _LONGEST]):
        number = run.spans.get((first, last), -1)
        if number < 0 or last >= until:
            continue
        name = _name(run, first, last, number, evidence)
        if name is not None:
            return name
    return None


def _is_article(run: Run, at: int, until: int, evidence: Evidence) -> bool:
    """Tell whether a name is as well known without its "The": The Gambia, but not The Hague."""
    caps = run.caps
    if run.tokens[caps[at]][3] != "the" or at + 1 >= len(caps):
        return False
    with_it = _longest(run, at, until, evidence)
    without = _longest(run, at + 1, until, evidence)
    if with_it is None or without is None or without.last < with_it.last:
        return with_it is None
    if without.last > with_it.last:
        return True
    return evidence.weight[without.number] >= evidence.weight[with_it.number]


def _name(run: Run, first: int, last: int, number: int, evidence: Evidence) -> _Name | None:
    """Tell what a span is called by itself."""
    tables, key = evidence.tables, evidence.keys[number]
    name = None
    if key in tables.no_places:
        name = _Name(last, number, "nothing")
    elif first == last:
        name = _initials(run, first, number, evidence)
    if name is None and evidence.is_adjective(number) and not (run.shout and len(key) < _SHORT):
        name = _Name(last, number, "demonym", "|".join(tables.demonyms[key]))
    if name is None and evidence.weight[number] > 0:
        flag = evidence.flag(run.tokens[first])
        common = first == last and flag & (Word.FUNCTION | Word.CALENDAR | Word.TITLE)
        name = None if common else _Name(last, number, "place")
    elif name is None and key in tables.capitals:
        name = _Name(last, number, "government", tables.capitals[key])
    return name


def _initials(run: Run, token: int, number: int, evidence: Evidence) -> _Name | None:
    """Read US, U.K., and what stands after a comma in "Springfield, Ill."."""
    word = run.tokens[token]
    if token > 1 and run.tokens[token - 1][0] == "," and run.tokens[token - 2][0][0].isupper():
        state = evidence.tables.states.get(word[3])
        if state is not None and word[0].isupper():
            return _Name(token, number, "initials", state)
        state = evidence.tables.states.get(word[3].removesuffix(".") + ".")
        stop = run.tokens[token + 1 : token + 2]
        if state is not None and (word[0].endswith(".") or (stop and stop[0][0] == ".")):
            return _Name(token, number, "initials", state)
    if not word[0].isupper() or len(word[0]) == 1:
        return None
    known = evidence.tables.initials.get(word[0].replace(".", ""))
    if known is None or (run.shout and word[0] not in _SHOUTED):
        return None
    return _Name(token, number, "initials", known[0] or known[1])


def _tell(span: Span, name: _Name, surnames: Mapping[str, int], evidence: Evidence) -> Found | None:
    """Tell what a name means here; nothing where it is no name of interest."""
    run, number = span.run, span.number
    found = _found(run, "place", span.first, span.last, evidence.texts[number])
    if name.what == "government":
        return _stand_for(found, "government", name.code)
    if _is_thing(span, name, evidence):
        return None
    is_country = name.what != "place" or evidence.kind[number] == COUNTRY
    end, own = (
        (-1, False)
        if run.shout or run.small or _is_base(span, evidence)
        else organisation_after(run, span.at, span.stop, evidence)
    )
    own &= is_country
    if end >= 0 and not own:
        end = _with_site(run, end, evidence)
        seat = _seat(span, end, evidence) if name.what == "place" else ""
        found = _found(run, "organisation", span.first, end, seat)
        found.seat = bool(seat)
    elif organisation_before(run, span.at, evidence, is_country=is_country):
        found = _found(run, "organisation", span.first, span.last)
    elif name.what == "demonym":
        _stand_for(found, "demonym", name.code)
    elif name.what == "initials":
        _read_initials(found, span, name.code, evidence, own=own)
    else:
        found.weight, found.best = evidence.weight[number], evidence.feature[number]
        found.sounds = number in evidence.sounds
        if own:
            _stand_for(found, "demonym", "")
        else:
            found = _read_place(found, span, surnames, evidence)
            codes = evidence.tables.demonyms.get(evidence.keys[number], ())
            if found.sense == "place" and is_country and len(codes) > 1:
                found.country = "|".join(codes)  # "Congo" is either, as Congolese is
    return found


def _is_base(span: Span, evidence: Evidence) -> bool:
    """Tell whether it is an air base or the like, and no airline: "Bagram Air Base"."""
    kinds, last = kind_after(span.run, span.last, evidence)
    return kinds == ("facility",) and last > span.last + 1


def _with_site(run: Run, end: int, evidence: Evidence) -> int:
    """Take in the building of an organisation: "Gwoza Police Station"."""
    tokens = run.tokens
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    more = following is not None and following[0][0].isupper()
    return end + 1 if more and evidence.flag(tokens[end + 1]) & Word.SITE else end


def _seat(span: Span, end: int, evidence: Evidence) -> str:
    """Tell what a building is called by that may be hit where it stands: "Garissa University"."""
    head = span.run.tokens[end]
    if span.at and span.run.caps[span.at - 1] == span.first - 1:
        return ""  # "New Aleppo Hotel" may stand anywhere
    if not evidence.flag(head) & Word.SITE or evidence.kind[span.number] == COUNTRY:
        return ""
    cues = read_cues(span.run, span.first, span.last, evidence)
    cues.strong = True
    return evidence.texts[span.number] if believe(span, cues, evidence) > 0 else ""


def _stand_for(found: Found, sense: Sense, code: str) -> Found:
    found.sense, found.country, found.belief = sense, code, 1.0
    return found


def _is_thing(span: Span, name: _Name, evidence: Evidence) -> bool:
    """Tell whether it is money (US$), or a virus or the like that is called by a place's name."""
    after = span.after
    before = span.run.tokens[span.first - 1][0] if span.first else ""
    if before == "$" or (after is not None and after[0] == "$"):
        return True
    if name.what != "place" or after is None:
        return False
    flag = evidence.flag(after)
    ware = span.run.opens and not span.at and after[0].islower() and bool(flag & Word.WARE)
    if ware and evidence.flag(span.run.tokens[span.first]) & Word.ENGLISH:
        return True
    return bool(flag & Word.THING)


def _read_initials(found: Found, span: Span, code: str, evidence: Evidence, *, own: bool) -> None:
    found.belief = _INITIALS
    if len(code) != _CODE:
        found.name, found.weight = code, _ABBREVIATED
        return
    found.country = code
    if own or _describes(span, evidence):
        found.sense = "demonym"


def _describes(span: Span, evidence: Evidence) -> bool:
    """Tell whether "US" stands before what it describes: "US warplanes"."""
    after = span.after
    before = span.run.tokens[span.first - 1][3] if span.first else ""
    verb = Word.FUNCTION | Word.SAYING | Word.AUXILIARY
    return (
        after is not None
        and after[0].isalpha()
        and not evidence.flag(after) & verb
        and before != "in"
    )


def _contains(span: Span) -> bool:
    """Tell whether it stands after a comma, as what contains a place does."""
    before = span.run.tokens[: span.first][-2:]
    return len(before) == 2 and before[1][0] == "," and before[0][0][0].isupper()  # noqa: PLR2004 -- a word, a comma


def _read_place(found: Found, span: Span, surnames: Mapping[str, int], evidence: Evidence) -> Found:
    run, number = span.run, span.number
    tokens, first, last = run.tokens, span.first, span.last
    cues = read_cues(run, first, last, evidence)
    if first == last and not cues.strong and not cues.kinds:
        told = surnames.get(tokens[first][3], tokens[first][1])
        country = evidence.kind[number] == COUNTRY and not speaks(tokens, last + 1)
        if told < tokens[first][1] and not country and not _contains(span):
            return _found(run, "person", first, last)
    found.cued = cues.strong or cues.direction or cues.dateline or bool(cues.kinds)
    code = evidence.tables.capitals.get(evidence.keys[number])
    if code is not None and not found.cued and governs(tokens, last + 1):
        return _stand_for(found, "government", code)
    found.belief = believe(span, cues, evidence)
    fits = bool(cues.kinds) and evidence.fits(number, cues.kinds)
    # "provinces of Angola" are no province that is called so.
    named = evidence.kind[number] == COUNTRY and cues.kind_of
    if fits and not named:
        found.kinds = cues.kinds
    # An airport that the gazetteer does not know is by its town; a river is not.
    if fits or "facility" in cues.kinds:
        found.first, found.last = cues.first, cues.last
        found.start, found.end = tokens[cues.first][1], tokens[cues.last][2]
    return found
