"""Lists of places that have each a time of their own: "Homs on Thursday and Aleppo on Friday"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.model import When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.syntax.model import Clause, NounPhrase, Word

_MANY = 2  # places of a list, at least
_BESIDE = frozenset(("in", "at", "near", "outside", "inside", "around"))
_AIMED = _BESIDE | {"on"}
_TWO = 2
_DEEP = 4  # phrases that hang on one another: "at a church in a suburb of X and at"
#: Behind a time a name and a time of its own, or a time and its name: "on 2 May, and X on the 9th".
_GAPPED = re.compile(r"(?:(?:,C?|C)N(?:(?:,C?|C)N)*P?T)+(?![NVA])")
_TURNED = re.compile(r"(?:(?:,C?|C),?P?T,?N)+(?=[,.;]|$)")
_LEAD = 12  # characters between a time and its place: ", in "


def dated_places(
    phrases: Sequence[Phrase], whens: Sequence[When], ends: int
) -> list[tuple[Phrase, When]]:
    """
    Find the list of places in turn with times, each of which has an event of its own.

    Parameters
    ----------
    phrases : sequence of Phrase
        Where a mention says that it happened.
    whens : sequence of When
        The times of its clause.
    ends : int
        Where that clause ends.

    Returns
    -------
    list of tuple of Phrase and When
        Each place and the time behind it; empty unless there are two or more of them, on
        different days, side by side but for a few words.
    """
    times = sorted((when for when in whens if not when.lasts), key=lambda when: when.start)
    pairs: list[tuple[Phrase, When]] = []
    ordered = sorted(phrases, key=lambda phrase: phrase.start)
    for number, phrase in enumerate(ordered):
        until = ordered[number + 1].start if number + 1 < len(ordered) else ends
        when = next((w for w in times if phrase.end <= w.start and w.end <= until), None)
        if when is None or (pairs and phrase.start - pairs[-1][1].end > _LEAD):
            continue
        if when.start - phrase.end <= _LEAD:
            pairs += [(part, when) for part in phrase.parts or (phrase,)]
    return pairs if len({when.first for _, when in pairs}) > 1 else []


def times_beside(
    members: Sequence[Phrase], whens: Sequence[When], text: str
) -> list[list[When]] | None:
    """
    Part the times of a mention among the places of its list.

    Parameters
    ----------
    members : sequence of Phrase
        The places, one an event.
    whens : sequence of When
        The times of the mention.
    text : str
        The text of the document.

    Returns
    -------
    list of list of When or None
        The times of each place, in the order given. A place takes the time that stands beside it;
        one without takes that of the next place of the list, or of the last before it. None
        where the times do not tell the places apart.
    """
    lasting = [when for when in whens if when.lasts]
    times = sorted((when for when in whens if not when.lasts), key=lambda when: when.start)
    order = sorted(range(len(members)), key=lambda number: members[number].start)
    own, lead = _own_times(members, times, order, text)
    told = {when.first for when in (*own.values(), *([lead] if lead else []))}
    if not own or len(told) == 1:
        return None
    given: list[list[When]] = [[] for _ in members]
    last = lead
    for place, number in enumerate(order):
        following = next((own[n] for n in order[place:] if n in own), None)
        if number in own or last is not lead or last is None:
            last = following or last
        given[number] = [*([last] if last else []), *lasting]
    return given


def _own_times(
    members: Sequence[Phrase], times: Sequence[When], order: Sequence[int], text: str
) -> tuple[dict[int, When], When | None]:
    """Find the time beside each place, and the one in front of all of them."""
    own: dict[int, When] = {}
    lead = None
    for when in times:
        behind = next((n for n in order if members[n].start >= when.end), None)
        before = next((n for n in reversed(order) if members[n].end <= when.start), None)
        if before is None:
            lead = lead or when
        elif behind is not None and not text[when.end : members[behind].start].strip():
            own.setdefault(behind, when)  # "and on Friday Aleppo"
        elif when.start - members[before].end <= _LEAD:
            own.setdefault(before, when)
    return own, lead


def member_place(
    member: NounPhrase, words: Sequence[Word], *, attached: bool = True
) -> tuple[int, int] | None:
    """
    Find where the member of a list is: by its own name, or by that behind its preposition.

    Parameters
    ----------
    member : NounPhrase
        "Homs", "a school in Hama", "the heights west of Hama".
    words : sequence of Word
        The words of its sentence.
    attached : bool, default True
        Whether a name behind its preposition counts.

    Returns
    -------
    tuple of int and int or None
        Where the name begins and ends; None for none.
    """
    if _names_place(member, words):
        return member.start, member.end
    for word, inner in member.attached if attached else ():
        beside = word in _BESIDE or (word == "of" and words[inner.first - 2].tag == "ADV")
        if beside and _names_place(inner, words):
            return inner.start, inner.end
    return None


def _names_place(phrase: NounPhrase, words: Sequence[Word]) -> bool:
    return any(is_place(words[n]) for n in range(phrase.first, phrase.last + 1))


def around(draft: Draft) -> list[NounPhrase]:
    """
    List the phrases that say where an event was that a noun names.

    Parameters
    ----------
    draft : Draft
        The mention.

    Returns
    -------
    list of NounPhrase
        "Air strikes around X and Y"; none where a toll of all of them is told, which is of one.
    """
    if draft.phrase is None or draft.killed is not None or draft.wounded is not None:
        return []
    return [phrase for word, phrase in draft.phrase.attached if word in _AIMED]


def goes_on(phrase: NounPhrase, other: NounPhrase, words: Sequence[Word]) -> bool:
    """
    Tell whether "and" and a preposition stand between two phrases: "in X, Y and at Z".

    Parameters
    ----------
    phrase, other : NounPhrase
        The phrases; what is attached to the first counts: "at a church in X and at Z".
    words : sequence of Word
        The words of their sentence.

    Returns
    -------
    bool
        Whether they do.
    """
    if other.first <= phrase.last + 2:
        return False
    joins = words[other.first - 2].tag == "CONJ" and words[other.first - 1].tag == "PREP"
    return joins and any(one.last == other.first - 3 for one in _reached(phrase, _DEEP))


def _reached(phrase: NounPhrase, depth: int) -> Iterator[NounPhrase]:
    """List a phrase, those joined to it and those that hang on it."""
    for one in (phrase, *phrase.others):
        yield one
        if depth:
            for _, inner in one.attached:
                yield from _reached(inner, depth - 1)


def listed_places(draft: Draft) -> Iterator[list[tuple[int, int]]]:
    """
    Find where the members of lists of places stand: "churches in X, Y and at Z".

    Parameters
    ----------
    draft : Draft
        The mention.

    Yields
    ------
    list of tuple of int
        Of a list where its members begin and end, two at least.
    """
    words = draft.clause.words
    own = draft.phrase.attached if draft.phrase is not None else []
    phrases = [p for clause in draft.clauses for p in clause.objects]
    preps = [*own, *(a for clause in draft.clauses for a in clause.preps)]
    for phrase in [*phrases, *(p for word, p in preps if word != "between")]:
        joined = [one for _, p in preps if goes_on(phrase, p, words) for one in (p, *p.others)]
        sums = draft.killed is not None or draft.wounded is not None
        places = [
            member_place(one, words, attached=not sums)  # a toll of both is told of one event
            for one in [phrase, *phrase.others, *joined]
        ]
        members = [place for place in places if place is not None]
        if len(members) > 1:
            yield members


def gapped_names(clause: Clause, clauses: Sequence[Clause]) -> list[tuple[tuple[int, int], When]]:
    """
    Find the names that a verb is meant for once more, each with a time of its own.

    Parameters
    ----------
    clause : Clause
        The clause of the verb.
    clauses : sequence of Clause
        The clauses of its sentence.

    Returns
    -------
    list of tuple
        Where the names begin and end, and their times: "X fell on 2 May, and Y on the 9th".
    """
    if len(clause.times) < _TWO or clause.verb is None:
        return []
    words = clause.words
    own = {when.start for when in clause.times}
    marks = "".join(map(_mark, words))
    first = next((n for n, word in enumerate(words) if word.start in own), len(words))
    others = [o.subject for o in clauses if o is not clause and o.subject is not None]
    found = []
    for pattern, turned in ((_GAPPED, False), (_TURNED, True)):
        match = pattern.search(marks, first + 1)
        for number in range(*match.span()) if match is not None else ():
            if marks[number] != "N" or any(o.first <= number <= o.last for o in others):
                continue
            time = marks.rfind("T", 0, number) if turned else marks.find("T", number)
            when, word = words[time].entity, words[number]
            if isinstance(when, When) and when.start in own:
                found.append(((word.start, word.end), when))
    return found


def gapped_places(
    phrases: Sequence[Phrase], clause: Clause, clauses: Sequence[Clause]
) -> list[tuple[Phrase, When]]:
    """
    Pair the places of a verb that is meant once more with their times.

    Parameters
    ----------
    phrases : sequence of Phrase
        Where a mention says that it happened, those meant once more among them.
    clause : Clause
        The clause of the verb.
    clauses : sequence of Clause
        The clauses of its sentence.

    Returns
    -------
    list of tuple of Phrase and When
        Each place and its time; the places before the first of these have the first time.
    """
    again = gapped_names(clause, clauses)
    if not again:
        return []
    times = {when.start for _, when in again}
    lead = next((when for when in clause.times if when.start not in times), None)
    begins = min(start for (start, _), _ in again)
    pairs: list[tuple[Phrase, When]] = []
    for phrase in phrases:
        for part in phrase.parts or (phrase,):
            when = next((w for (a, b), w in again if a < part.end and part.start < b), None)
            if when is None and part.end <= begins:
                when = lead
            if when is not None:
                pairs.append((part, when))
    return pairs if lead is not None and len(pairs) > 1 else []


def _mark(word: Word) -> str:
    """Write a word as a letter: what may be the name of a place, a time, "and", a comma."""
    if isinstance(word.entity, When) or word.tag == "TIME":
        return "T"
    if is_place(word) or (word.entity is None and word.tag == "NAME" and word.text[0].isupper()):
        return "N"
    if word.tag == "PUNCT":
        return word.text[0] if word.text in (",", ".", ";") else "x"
    return {"CONJ": "C", "PREP": "P", "VERB": "V", "AUX": "A"}.get(word.tag, "x")


def take_lists(clauses: Sequence[Clause]) -> None:
    """
    Give a clause the list of places behind a colon: "shot down 12: seven over X and five over Y".

    Parameters
    ----------
    clauses : sequence of Clause
        The clauses of a sentence; the one that counts what is listed is changed.
    """
    for listed in clauses:
        if listed.verb is not None or not listed.objects or len(listed.preps) < _MANY:
            continue
        words, first = listed.words, listed.objects[0].first
        if first < 1 or words[first - 1].lower != ":" or words[listed.objects[0].head].tag != "NUM":
            continue
        before = [c for c in clauses if c.verb is not None and c.end <= listed.start]
        told = [
            c
            for c in before
            if any(words[n].tag == "NUM" for p in c.objects for n in range(p.first, p.last + 1))
        ]
        if told:
            clause = max(told, key=lambda c: c.end)
            clause.preps += [
                one for one in listed.preps if one.phrase.start > listed.objects[0].end
            ]
            clause.end = listed.end
