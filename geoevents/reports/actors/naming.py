"""Names that a report itself makes known: of groups in no table, and their acronyms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from geoevents.reports.actors.found import Found
from geoevents.reports.actors.pieces import CAPITALS, DIGITS, HYPHEN, OPEN, SMALL, TITLE, Pieces

if TYPE_CHECKING:
    from geoevents.reports.actors.words import Words
    from geoevents.reports.model import Sense

_LONGEST_NAME: Final = 8
_SHORTEST_NAME: Final = 2
_LONGEST_ACRONYM: Final = 10
_IN: Final = "in"
_OF: Final = "of"
_HEADLINE: Final = 0.85
_HEADLINE_WORDS: Final = 3
_HEADLINE_LENGTH: Final = 15


class Group(NamedTuple):
    """
    The name of a group that is in no table: "Blue Lotus Brigade".

    Attributes
    ----------
    end : int
        The piece after its last.
    sense : str
        As of `Actor`.
    media : bool
        Whether its name says that it only reports.
    name : str
        What it is called, where that is not all of its words.
    """

    end: int
    sense: Sense
    media: bool
    name: str = ""


def named_groups(pieces: Pieces, words: Words) -> dict[int, Group]:
    """
    Find names that end, or begin, with a word for a group.

    Parameters
    ----------
    pieces : Pieces
        The text.
    words : Words
        The common words.

    Returns
    -------
    dict of int to Group
        By the first piece of each.
    """
    sets = words.sets
    last, opening = sets["group_last"], sets["group_first"]
    folds, shapes = pieces.folds, pieces.shapes
    found: dict[int, Group] = {}
    done = 0
    for index, fold in enumerate(folds):
        if index < done or shapes[index] not in (TITLE, CAPITALS):
            continue
        if fold in opening:
            end = _run_end(pieces, index, words)
            if end - index >= _SHORTEST_NAME:
                found[index] = Group(end, "armed group", media=False)
                done = end
        elif fold in last:
            first = _run_start(pieces, index, done, words)
            end = _last_of(pieces, index, last, words)
            if end - first >= _SHORTEST_NAME and not _headline(pieces, first, end):
                found[first] = Group(end, *_sense(folds[first:end], sets))
                done = end
    return found


def _run_start(pieces: Pieces, index: int, floor: int, words: Words) -> int:
    """Go back over the capitalised pieces before one, and the small words between them."""
    first = at = index
    while at > floor and index - at < _LONGEST_NAME and pieces.joined(at):
        at -= 1
        if pieces.shapes[at] in (TITLE, CAPITALS):
            first = at
        elif pieces.shapes[at] == DIGITS or pieces.folds[at][:1].isdigit():
            if pieces.shapes[at + 1] == SMALL:
                break  # "Task Force 1 and the 57 Division"
            first = at  # the 47th Brigade
        elif (
            pieces.folds[at] not in words.sets["group_small"]
            or _begins_anew(pieces, at, words)
            or _joins_groups(pieces, at, words)
        ):
            break
    # A capital at the beginning of a sentence says nothing of a common word; "Members of" neither.
    small = words.sets["group_small"]
    while first < index and (
        pieces.folds[first] in words.sets["openers"]
        or (pieces.folds[first] in small and pieces.shapes[first] == SMALL)
        or (pieces.folds[first + 1] in small and pieces.folds[first] in words.heads)
    ):
        first += 1
    if first > floor and pieces.gaps[first] == HYPHEN and pieces.folds[first - 1] in small:
        first -= 1  # the article of "al-Nour Brigade"
    return first


def _begins_anew(pieces: Pieces, at: int, words: Words) -> bool:
    """Whether a name begins behind an article: "in Rakhine State the Arakan Army"."""
    article = pieces.folds[at] in words.sets["definite"]
    return article and pieces.folds[at - 1] not in words.sets["group_small"]


def _joins_groups(pieces: Pieces, at: int, words: Words) -> bool:
    """Whether "and" stands between two groups: "the 444th Brigade and the Deterrence Force"."""
    joining = pieces.folds[at] in words.sets["joining"]
    return joining and at > 0 and pieces.folds[at - 1] in words.sets["group_last"]


def _run_end(pieces: Pieces, index: int, words: Words) -> int:
    """Go on over capitalised pieces, and the small words between them."""
    end = at = index + 1
    sets = words.sets
    small = sets["group_small"]
    while at < len(pieces) and at - index < _LONGEST_NAME and pieces.joined(at):
        if pieces.folds[at] in sets["calendar"] and pieces.folds[at - 1] in sets["dating"]:
            break  # "the Front for the Liberation of Ruz on Monday"
        if pieces.shapes[at] in (TITLE, CAPITALS):
            end = at + 1
        elif pieces.folds[at] not in small:
            break
        elif pieces.folds[at] == _IN and _OF in pieces.folds[index:at]:
            break  # "Radio Television of Serbia in Belgrade"
        at += 1
    return end


def _last_of(pieces: Pieces, index: int, last: frozenset[str], words: Words) -> int:
    """Find where a name ends: "Front for the Liberation of Ruz" goes on after its first word."""
    end = _run_end(pieces, index, words)
    end = next((at for at in range(index + 1, end) if _joins_groups(pieces, at, words)), end)
    folds = pieces.folds[index:end]
    return end if "of" in folds or "for" in folds else _last_word(pieces, index, end, last)


def _last_word(pieces: Pieces, index: int, end: int, last: frozenset[str]) -> int:
    after = 1 + max(at for at in range(index, end) if at == index or pieces.folds[at] in last)
    numbered = pieces.joined(after) and pieces.shapes[after] == DIGITS and after == end
    return after + 1 if numbered and pieces.joined(after + 1) else after  # "Task Force 1 fell back"


def _headline(pieces: Pieces, first: int, end: int) -> bool:
    """Whether nearly all other words of the sentence begin with a capital too: it says nothing."""
    begin, last = pieces.sentence(first)
    begin, last = max(begin, first - _HEADLINE_LENGTH), min(last, end + _HEADLINE_LENGTH)
    shapes = [*pieces.shapes[begin:first], *pieces.shapes[end:last]]
    capitals = sum(shape in (TITLE, CAPITALS) for shape in shapes)
    return len(shapes) >= _HEADLINE_WORDS and capitals >= _HEADLINE * len(shapes)


def _sense(folds: list[str], sets: dict[str, frozenset[str]]) -> tuple[Sense, bool]:
    """Tell by its words what a group is, and whether it only reports."""
    if not sets["group_reporting"].isdisjoint(folds):
        return "organisation", True
    if not sets["group_armed"].isdisjoint(folds):
        return "armed group", False
    if not sets["group_coalitions"].isdisjoint(folds):
        return "coalition", False
    return "organisation", False


def acronyms_of(found: list[Found], pieces: Pieces, words: Words) -> list[Found]:
    """
    Find the acronyms that a report makes known: "the Popular Resistance Committees (PRC)".

    Parameters
    ----------
    found : list of Found
        The actors found by their names.
    pieces : Pieces
        The text.
    words : Words
        The common words.

    Returns
    -------
    list of Found
        With those that the acronyms mean, in the order of the text.
    """
    if "(" not in pieces.text:
        return found
    ending = {one.end: one for one in found}
    parties: dict[str, str] = {}
    for one in found:
        parties.setdefault(one.name, one.party)
    meaning: dict[str, Found] = {}
    dropped: set[int] = set()
    added: list[Found] = []
    for index, gap in enumerate(pieces.gaps):
        if gap != OPEN or not _acronym(pieces, index):
            continue
        named = ending.get(index) or _spelt(pieces, index, words, parties)
        if named is None or named.sense == "person" or named.name == pieces.folds[index]:
            continue
        if index not in ending:
            added.append(named)
        meaning.setdefault(pieces.folds[index], named)
        dropped.add(index)
    if not meaning:
        return found
    # Of those known by the same letters, the text means its own.
    covered = {at for new in added for at in range(new.first, new.end)}
    kept = [
        _meant(one, meaning[pieces.folds[one.first]]) if _is(pieces, one.first, meaning) else one
        for one in (_of_acronym(one, pieces, meaning, dropped, words) for one in found)
        if one.first not in dropped and covered.isdisjoint(range(one.first, one.end))
    ]
    taken = [False] * len(pieces)
    for one in (*kept, *added):
        taken[one.first : one.end] = [True] * (one.end - one.first)
    again = [
        replace(meaning[fold], first=index, end=index + 1)
        for index, fold in enumerate(pieces.folds)
        if not taken[index] and index not in dropped and _is(pieces, index, meaning)
    ]
    return sorted((*kept, *added, *again), key=lambda one: one.first)


def _meant(one: Found, named: Found) -> Found:
    """Let an actor be of the side that its acronym means in this text: "KIA spokesman"."""
    if one.sense == "person":
        return replace(one, party=named.party)
    return replace(one, name=named.name, sense=named.sense, party=named.party, media=named.media)


def _classes(pieces: Pieces, one: Found, words: Words) -> set[str]:
    """Tell in which tables a common noun of one word stands: "soldiers"."""
    known = words.heads.get(pieces.folds[one.first], ()) if one.end == one.first + 1 else ()
    return {kind for head in known if not head.rest for kind in head.classes}


def _of_acronym(
    one: Found, pieces: Pieces, meaning: dict[str, Found], dropped: set[int], words: Words
) -> Found:
    """Read "the Popular Resistance Committees (PRC) fighters": the noun goes with the name."""
    before = one.first - 1
    ranks = one.sense == "state" and "bodies" in _classes(pieces, one, words)
    if one.media or before not in dropped or not (ranks or one.sense == "people"):
        return one
    between = pieces.text[pieces.ends[before] : pieces.starts[one.first]]
    return _meant(one, meaning[pieces.folds[before]]) if between == ") " else one


def _is(pieces: Pieces, index: int, meaning: dict[str, Found]) -> bool:
    return pieces.shapes[index] == CAPITALS and pieces.folds[index] in meaning


def _acronym(pieces: Pieces, index: int) -> bool:
    """Whether a piece is an acronym that stands alone between brackets."""
    end = pieces.ends[index]
    return (
        pieces.shapes[index] == CAPITALS
        and len(pieces.folds[index]) <= _LONGEST_ACRONYM
        and pieces.text[end : end + 1] == ")"
    )


def _spelt(pieces: Pieces, index: int, words: Words, parties: dict[str, str]) -> Found | None:
    """Find the words before an acronym whose first letters it is."""
    letters = [char for char in pieces.folds[index] if char.isalpha()]
    at = index
    first = index
    while (
        letters and at > 0 and (at == index or pieces.joined(at)) and index - at < _LONGEST_NAME * 2
    ):
        at -= 1
        fold = pieces.folds[at]
        if pieces.shapes[at] == SMALL and fold in words.sets["group_small"]:
            if letters[-1] == fold[:1] and len(letters) > 1:
                letters.pop()
            continue
        if pieces.shapes[at] not in (TITLE, CAPITALS) or fold[:1] != letters[-1]:
            return None
        letters.pop()
        first = at
    if letters or index - first < _SHORTEST_NAME:
        return None
    sense, media = _sense(pieces.folds[first:index], words.sets)
    name = pieces.part(first, index)
    return Found(first, index, name, sense, parties.get(name, name), media)
