"""Tolls told of several places at once: "hit Tyre and Nabatieh, killing 19"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.extraction.counts import whole_number
from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.model import Mention, When
    from geoevents.reports.syntax.model import Word

_TWO = 2
_REACH = 9  # words from a figure to its place, and from there to the next figure
_BETWEEN = frozenset(
    {"ADJ", "NOUN", "NAME", "DET", "PREP", "PRON"}
)  # "eight of them in the town of"
_VERBAL = frozenset({"AUX", "VERB", "ADV"})  # "14 people were killed in"


def share_tolls(draft: Draft, mentions: Sequence[Mention], in_turn: frozenset[str]) -> None:
    """
    Share the dead and wounded of a list of places among its events.

    Parameters
    ----------
    draft : Draft
        What was told of all of them.
    mentions : sequence of Mention
        One for each place; their figures are changed.
    in_turn : frozenset of str
        Words that say that figures are given in the order of the places: "respectively".
    """
    ordered = sorted(mentions, key=lambda one: min((p.start for p in one.phrases), default=0))
    for name in ("killed", "wounded"):
        told: Quantity | None = getattr(draft, name)
        if told is None or told.high == 0:
            continue
        figures = _in_turn(draft, told, in_turn)
        if len(figures) == len(mentions):
            for mention, figure in zip(ordered, figures, strict=True):
                setattr(mention, name, figure)
            continue
        shared = replace(told, value=None, low=0.0)
        for mention in mentions:
            setattr(mention, name, shared)
            mention.notes.append(f"{told.text!r} {name}: told of all {len(mentions)} together")


def _in_turn(draft: Draft, told: Quantity, in_turn: frozenset[str]) -> list[Quantity]:
    """List the figures of "killing 7 and 12 people respectively", in their order."""
    words = draft.clause.words
    if not any(word.lower in in_turn for word in words):
        return []
    return list(_figures(draft, told))


def _figures(draft: Draft, told: Quantity) -> Iterator[Quantity]:
    """Find the figures that a sum was made of."""
    for word in draft.clause.words:
        if told.start <= word.start and word.end <= told.end:
            if isinstance(word.entity, Quantity):
                yield word.entity
            elif (value := whole_number(word)) is not None:
                yield Quantity.counted(word.start, word.end, word.text, value)


class Share(NamedTuple):
    """
    A place of a list in which each has a toll of its own.

    Attributes
    ----------
    phrase : Phrase
        The place.
    killed, wounded : Quantity or None
        How many there.
    """

    phrase: Phrase
    killed: Quantity | None
    wounded: Quantity | None


def tolls_apart(draft: Draft, phrases: Sequence[Phrase], known: Triggers) -> list[Share]:
    """
    Read "killing 7 in Tyre and 12 in Nabatieh": two events, with a toll each.

    Parameters
    ----------
    draft : Draft
        What was told of all of them; its toll is that of the first.
    phrases : sequence of Phrase
        Where it happened, in any order.
    known : Triggers
        The words of the language.

    Returns
    -------
    list of Share
        One for each place; empty where the places have no tolls of their own.
    """
    first = draft.killed or draft.wounded
    if len(phrases) < _TWO:
        return []
    words = draft.clause.words
    if first is None:
        return [] if draft.casualties_told else _counted_apart(draft, phrases, known)
    at = next((n for n, word in enumerate(words) if word.start == first.start), None)
    if at is None:
        return []
    dead = draft.killed is not None
    fronted = _fronted(words, at, phrases, known, first=first, dead=dead)
    apart = fronted or _in_order(words, at, phrases, known, first=first, dead=dead)
    colon = next((n for n in range(at, len(words) - 1) if words[n].lower == ":"), None)
    if apart or colon is None:
        return apart
    part = _figure_at(words, colon + 1, known)  # "killed nine: seven in Tyre and two in Sidon"
    return _in_order(words, colon + 1, phrases, known, first=part, dead=dead) if part else []


def _in_order(
    words: Sequence[Word],
    start: int,
    phrases: Sequence[Phrase],
    known: Triggers,
    *,
    first: Quantity | None,
    dead: bool = True,
) -> list[Share]:
    """List the places behind figures: "7 people in Tyre and 12 in Nabatieh"."""
    at: int | None = start
    shares: list[Share] = []
    joined = False
    while at is not None:
        figure = _figure_at(words, at, known) if shares else first
        place = _place_behind(words, at, first=not shares)
        phrase = _phrase_at(words, place, phrases)
        if phrase is None or (first is not None and figure is None):
            break
        if phrase not in [one.phrase for one in shares]:
            shares.append(Share(phrase, figure if dead else None, None if dead else figure))
        at, dead, conjoined = _next_figure(words, place, known, dead=dead)
        joined = joined or (conjoined and at is not None)
    return shares if len(shares) >= _TWO and joined else []


def _counted_apart(draft: Draft, phrases: Sequence[Phrase], known: Triggers) -> list[Share]:
    """Read "shot down 48 drones over Kharkiv and the rest over Poltava", of whatever it is."""
    words = draft.clause.words
    for at, word in enumerate(words):
        if word.start >= draft.end and word.tag == "NUM":
            shares = _in_order(words, at, phrases, known, first=None)
            if shares:
                return [one._replace(killed=None) for one in shares]
    return []


def _fronted(
    words: Sequence[Word],
    at: int,
    phrases: Sequence[Phrase],
    known: Triggers,
    *,
    first: Quantity,
    dead: bool,
) -> list[Share]:
    """Read "in Homs two people were killed, and in Hama three"."""
    place = at - 1 - (words[at - 1].lower == ",") if at else -1
    phrase = _phrase_at(words, place, phrases) if place > 0 and is_place(words[place]) else None
    if phrase is None or words[place - 1].tag != "PREP":
        return []
    shares = [Share(phrase, first if dead else None, None if dead else first)]
    for behind in range(at + 1, len(words) - 3):
        joined = words[behind].tag == "CONJ" or words[behind].lower in (",", ";")
        if not joined or words[behind + 1].tag != "PREP" or not is_place(words[behind + 2]):
            continue
        figure = _figure_at(words, behind + 3, known)
        phrase = _phrase_at(words, behind + 2, phrases)
        if figure is not None and phrase is not None and words[behind + 4 : behind + 5]:
            ends = words[behind + 4].tag in ("PUNCT", "CONJ")
            if ends and phrase not in [one.phrase for one in shares]:
                shares.append(Share(phrase, figure if dead else None, None if dead else figure))
    return shares if len(shares) >= _TWO else []


def _phrase_at(words: Sequence[Word], place: int, phrases: Sequence[Phrase]) -> Phrase | None:
    """Find the phrase that holds a word; none for the first word."""
    if place <= 0:
        return None
    return next((p for p in phrases if p.start <= words[place].start < p.end), None)


def _figure_at(words: Sequence[Word], place: int, known: Triggers) -> Quantity | None:
    """Read the figure that a word is: a count, a number in figures, "a" of "a woman"."""
    word = words[place]
    if isinstance(word.entity, Quantity):
        return word.entity if word.entity.kind == "count" else None
    value = 1.0 if word.lower in known.words["indefinite"] else whole_number(word)
    return None if value is None else Quantity.counted(word.start, word.end, word.text, value)


class DayShare(NamedTuple):
    """
    A day of a list in which each has a toll of its own.

    Attributes
    ----------
    when : When
        The day.
    killed, wounded : Quantity or None
        How many then.
    """

    when: When
    killed: Quantity | None
    wounded: Quantity | None


def tolls_by_day(draft: Draft, whens: Sequence[When], known: Triggers) -> list[DayShare]:
    """
    Read "killed 12 on Monday, 8 on Tuesday and none on Wednesday": an event a day.

    Parameters
    ----------
    draft : Draft
        What was told of all of them; its toll is that of the first, or of all.
    whens : sequence of When
        When it happened.
    known : Triggers
        The words of the language.

    Returns
    -------
    list of DayShare
        One for each day with a toll, "none" left out; empty where days have no tolls of their own.
    """
    first = draft.killed or draft.wounded
    if first is None or len(whens) < _TWO:
        return []
    words = draft.clause.words
    at = next((n for n, word in enumerate(words) if word.start == first.start), -1)
    dead = draft.killed is not None
    shares: list[DayShare] = []
    days = 0
    while 0 <= at < len(words):
        day = _day_behind(words, at, first=not shares)
        when = next((w for w in whens if day and w.start == words[day].start), None)
        figure = _figure_at(words, at, known)
        if when is None:
            break
        days += 1
        if figure is not None:
            shares.append(DayShare(when, figure if dead else None, None if dead else figure))
        at = _figure_behind(words, day, known)
    return shares if shares and days >= _TWO else []


def _day_behind(words: Sequence[Word], figure: int, *, first: bool) -> int:
    """Find the day behind a figure: "12 people on Monday"; 0 for none."""
    for at in range(figure + 1, min(figure + _REACH, len(words))):
        word = words[at]
        if word.tag == "TIME":
            return at
        told = _BETWEEN | _VERBAL if first else _BETWEEN
        if word.tag not in told or isinstance(word.entity, Quantity):
            return 0
    return 0


def _figure_behind(words: Sequence[Word], day: int, known: Triggers) -> int:
    """Find the figure that goes on a list behind a day: ", 8", "and none"; -1 for none."""
    for at in range(day + 1, min(day + 4, len(words))):
        word = words[at]
        if word.tag == "NUM" and _figure_at(words, at, known) is not None:
            return at
        if word.lower in known.words["nobody"]:
            return at
        if word.tag != "CONJ" and word.lower not in (",", *known.words["another"]):
            return -1
    return -1


def _place_behind(words: Sequence[Word], figure: int, *, first: bool) -> int:
    """Find the place behind a figure: "eight people in the town of X"; 0 for none."""
    preposition = False
    for at in range(figure + 1, min(figure + _REACH, len(words))):
        word = words[at]
        if is_place(word):
            return at if preposition else 0
        preposition = preposition or word.tag == "PREP"
        told = _BETWEEN | _VERBAL if first and not preposition else _BETWEEN
        if word.tag not in told or isinstance(word.entity, Quantity):
            return 0
    return 0


def _next_figure(
    words: Sequence[Word], place: int, known: Triggers, *, dead: bool
) -> tuple[int | None, bool, bool]:
    """
    Find the figure that goes on a list behind a place.

    Returns where it is, whether it is one of the dead, and whether "and" stands before it.
    """
    conjoined = False
    for at in range(place + 1, min(place + _REACH, len(words))):
        word = words[at]
        figure = _begins_figure(words, at, known)
        if figure is not None:
            return figure, dead, conjoined
        if word.tag == "VERB" and conjoined:
            if word.lemma not in known.words["killed"] | known.words["wounded"]:
                return None, dead, False
            dead = word.lemma in known.words["killed"]
        elif word.tag == "CONJ":
            conjoined = True
        elif word.lower in known.words["another"] or word.tag in ("TIME", "PREP"):
            if word.tag == "PREP" and words[at + 1 : at + 2] and words[at + 1].tag != "TIME":
                return None, dead, False
        elif word.lower != "," and (word.tag != "NOUN" or at > place + 1):  # "Belgorod region"
            return None, dead, False
    return None, dead, False


def _begins_figure(words: Sequence[Word], at: int, known: Triggers) -> int | None:
    """Find the figure that begins here: "12", "a woman", "the rest"; None for none."""
    entity = words[at].entity
    if isinstance(entity, Quantity) and entity.kind == "count":
        return at
    behind = words[at + 1] if at + 1 < len(words) else words[at]
    if behind.lower in known.words["rest"]:
        return at + 1
    one = words[at].lower in known.words["indefinite"] and behind.lemma in known.words["anybody"]
    return at if one else None
