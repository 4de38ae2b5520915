"""How many people a noun phrase counts: "at least 34 civilians", "a mother and her children"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from geoevents.reports.model import Actor, Quantity

if TYPE_CHECKING:
    from geoevents.reports.extraction.nominals import Nominals
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.syntax.model import NounPhrase, Word

_MOST_PEOPLE = 10_000_000  # a larger figure counts nobody
_YEARS = range(1900, 2101)  # a figure like these alone is no count
_AGED, _OLDEST = 2, 111  # words of a name and a comma; of an age behind them
_WHOLE = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")
_BESIDE = ((0, 2), (0, 3), (-1, 2), (-2, 3))  # stretches of words that a figure begins or ends
_JOINED = 3  # words of "a mother and" at least
_PEOPLE = frozenset({"people", "civilians", "fighters", "party"})


class Counts:
    """
    Counts the people of the noun phrases of a sentence.

    Parameters
    ----------
    words : list of Word
        The sentence's words.
    nominals : Nominals
        What its noun phrases stand for.
    triggers : Triggers
        The language's triggers.
    """

    def __init__(self, words: list[Word], nominals: Nominals, triggers: Triggers) -> None:
        self._words = words
        self._nominals = nominals
        self._senses = triggers.senses
        self._sets = triggers.words
        self._links = triggers.links

    def own(self, phrase: NounPhrase) -> Quantity | None:
        """
        Count the people of a phrase by its own numbers.

        Parameters
        ----------
        phrase : NounPhrase
            "At least 34 civilians"; "12 soldiers and a farmer" are 13.

        Returns
        -------
        Quantity or None
            How many; None where no number is said.
        """
        total = self._number(phrase)
        if total is None and phrase.others and self._is_alone(phrase):
            total = _figure(self._words[phrase.head], 1.0)
        fate = self._fate(phrase)
        for other in phrase.others:
            more = self._number(other) if self._fate(other) == fate else None
            if more is None and self._is_alone(other):
                more = _figure(self._words[other.head], 1.0)
            if more is not None and self._of_people(other):
                if total is None:
                    total = more
                else:
                    total = self._range(phrase, other, total, more) or added(total, more)
        return total

    def _range(
        self, phrase: NounPhrase, other: NounPhrase, one: Quantity, more: Quantity
    ) -> Quantity | None:
        """Read "at least 5 and perhaps as many as 12 people" as a range; None for two counts."""
        if self._words[phrase.head].tag != "NUM":
            return None  # "5 soldiers and up to 12 civilians"
        between = self._words[phrase.last + 1 : other.last + 1]
        unsure = any(word.lower in self._sets["perhaps"] for word in between)
        if not unsure and (one.high is not None or more.low is not None):
            return None
        least = one.value if one.low is None else one.low
        most = more.value if more.high is None else more.high
        if least is None or most is None or least >= most:
            return None
        return Quantity(
            one.start, more.end, f"{one.text} to {more.text}", "count", None, least, most
        )

    def first(self, phrases: list[NounPhrase]) -> Quantity | None:
        """
        Count people, with those that are told of by them: "a mother and her children".

        Parameters
        ----------
        phrases : list of NounPhrase
            The phrases.

        Returns
        -------
        Quantity or None
            How many the first one says that says it.
        """
        return next((count for p in phrases if (count := self._with_kin(p)) is not None), None)

    def bare(self, phrase: NounPhrase) -> Quantity | None:
        """
        Count the one person of a note without articles: "driver killed".

        Parameters
        ----------
        phrase : NounPhrase
            "Driver", a noun that nothing stands before.

        Returns
        -------
        Quantity or None
            One; None for another phrase.
        """
        head = self._words[phrase.head]
        single = phrase.first == phrase.last and head.form != "plural" and head.tag != "PRON"
        if (
            not single
            or phrase.others
            or not (self._senses.get(head.lemma, frozenset()) & {"civilians", "fighters"})
        ):
            return None
        lone = head.lemma in self._sets["single"] or "collectives" not in self._senses[head.lemma]
        return _figure(head, 1.0) if lone and not self._is_many(head) else None

    def _is_many(self, head: Word) -> bool:
        """Whether a noun stands for many without an ending: "police", "people", "troops"."""
        return head.lemma in self._sets["many"] or head.lower in self._sets["many"]

    def alone(self, phrase: NounPhrase) -> Quantity | None:
        """
        Count the people of a phrase, without those of phrases joined to it.

        Parameters
        ----------
        phrase : NounPhrase
            "12 soldiers" of "12 soldiers and a farmer".

        Returns
        -------
        Quantity or None
            How many; None where no number is said.
        """
        return self._number(phrase)

    def _fate(self, phrase: NounPhrase) -> str:
        """Tell the dead from the hurt: "45 dead and 79 injured" are no 124."""
        word, sets = self._words[phrase.head], self._sets
        if word.lower in sets["dead"] or word.lemma in sets["deaths"]:
            return "dead"
        hurt = word.lower in sets["hurt"] or word.lemma in sets["injuries"]
        return "hurt" if hurt else ""

    def _of_people(self, phrase: NounPhrase) -> bool:
        return bool(self._nominals.senses(phrase) & _PEOPLE)

    def _number(self, phrase: NounPhrase) -> Quantity | None:
        words = self._words
        if self._is_age(phrase):
            return _figure(words[phrase.head], 1.0)
        for place in range(phrase.first, phrase.last + 1):
            word = words[place]
            if isinstance(word.entity, Quantity) and word.entity.kind == "count":
                return word.entity
            value = None if self._is_cut(place) else whole_number(word)
            if value is not None and value <= _MOST_PEOPLE and int(value) not in _YEARS:
                return _figure(word, value)
        many = self._group(phrase)
        if many is not None:
            return many
        first, head = words[phrase.first], words[phrase.head]
        one = first.lower in self._sets["one"] and head.form != "plural"
        one = one or (first.lower in self._sets["the"] and self._is_person(head))
        if (
            not one
            or not self._of_people(phrase)
            or "partitives" in self._nominals.senses(phrase)
            or (self._is_many_made_of(head) and self._is_made_of(phrase))
        ):
            return None
        return _figure(first, 1.0)

    def _is_cut(self, place: int) -> bool:
        """Whether a figure is part of what is no number: "1e999", "20-10"."""
        words = self._words
        spans = [(place + begin, place + begin + size) for begin, size in _BESIDE]
        return any(begin >= 0 and _runs_on(words[begin:end]) for begin, end in spans)

    def _group(self, phrase: NounPhrase) -> Quantity | None:
        """Count those whom one word stands for: "both men", "a couple", "a family of five"."""
        head, first = self._words[phrase.head], self._words[phrase.first]
        single = head.form != "plural"
        if first.lower in self._sets["pair"] and not single and self._are_persons(head):
            return _figure(first, 2.0)
        group = self._is_many(head) or self._nominals.collective(head)
        if group and head.lemma not in self._sets["lone"]:
            sizes = (self._size(p) for word, p in phrase.attached if word in self._links["of"])
            told = next((size for size in sizes if size is not None), None)
            if told is not None:
                return told
        known = first.lower in self._sets["owners"] | self._sets["the"] | self._sets["one"]
        return self._of_size(phrase) if known or phrase.owner is not None or not single else None

    def _of_size(self, phrase: NounPhrase) -> Quantity | None:
        """Count a pair, or three: "the couple", "his parents", "twin girls"."""
        words = self._words[phrase.first : phrase.last + 1]
        head = self._words[phrase.head]
        if self._is_made_of(phrase) and head.form != "plural":
            return None  # "a couple of hours"
        for pair in self._sets["sizes"]:
            lemma, _, size = pair.partition("=")
            for word in words:
                twins = head.form == "plural" and self._are_persons(head)  # not "his twin brother"
                if word.lemma == lemma and (word is head or twins):
                    return _figure(word, float(size))
        return None

    def _size(self, phrase: NounPhrase) -> Quantity | None:
        """Count those that a group is made of: "five", "12 fishermen"; not "five vehicles"."""
        people = self._words[phrase.head].tag == "NUM" or self._of_people(phrase)
        return self._number(phrase) if people else None

    def _are_persons(self, head: Word) -> bool:
        """Whether a noun in the plural stands for persons, not for sides or groups of them."""
        senses = self._senses.get(head.lemma, frozenset())
        known = head.lemma in self._sets["kin"] | self._sets["single"] | self._sets["anybody"]
        return known or ("civilians" in senses and "collectives" not in senses)

    def _is_age(self, phrase: NounPhrase) -> bool:
        """Whether it stands for whom it is the age of: "Olena Kravets, 52, and a driver"."""
        words, place = self._words, phrase.head
        if phrase.first != phrase.last or words[place].entity is not None or place < _AGED:
            return False
        beside = [w.lower for w in (words[place - 1], *words[place + 1 : place + 2])]
        return beside == [",", ","] and words[place - 2].tag == "NAME"

    def _is_many_made_of(self, head: Word) -> bool:
        """Whether a noun may be many: "a group of", but not "a member of", "a fighter of"."""
        return self._nominals.collective(head) and head.lemma not in self._sets["lone"]

    def _is_made_of(self, phrase: NounPhrase) -> bool:
        return any(word in self._links["of"] for word, _ in phrase.attached)

    def _is_person(self, head: Word) -> bool:
        """Whether a noun is one person: "the mayor"."""
        senses = self._senses.get(head.lemma, frozenset())
        single = head.form != "plural"
        return single and "civilians" in senses and "collectives" not in senses

    def _with_kin(self, phrase: NounPhrase) -> Quantity | None:
        """Count the people of a phrase, with those that are joined to it loosely."""
        total = self.own(phrase)
        head = self._words[phrase.head]
        if total is None:
            if head.lower in self._sets["pair"]:
                return _figure(head, 2.0)
            if not self._is_one(phrase):
                return None
            total = _figure(head, 1.0)
        shared = head.lemma in self._sets["kin"] and head.form != "plural"  # "a father and son"
        more = [
            _figure(self._words[p.head], 1.0)
            for p in phrase.others
            if self._is_kin(p) or (shared and self._is_bare_kin(p))
        ]
        more += self._joined_before(phrase)
        for word, attached in phrase.attached:  # "38 members of the forces and 24 civilians"
            if word in self._links["of"] and self._number(attached) is None:
                more += [count for p in attached.others if (count := self.own(p)) is not None]
        for one in more:
            total = added(total, one)
        return total

    def _is_one(self, phrase: NounPhrase) -> bool:
        """Whether a phrase without a number is one person: "the attacker", "his son", a name."""
        head = self._words[phrase.head]
        if isinstance(head.entity, Actor) and head.entity.sense == "person":
            return True
        return self._is_the_one(phrase) or self._is_kin(phrase) or self.is_named_one(phrase)

    def is_named_one(self, phrase: NounPhrase) -> bool:
        """
        Tell whether a name that nobody knows is that of a person.

        Parameters
        ----------
        phrase : NounPhrase
            "The guard Fermiliano Meneses"; "Sameh Aqtash" of "Sameh Aqtash, 37, was killed".

        Returns
        -------
        bool
            Whether it is.
        """
        words, head = self._words, self._words[phrase.head]
        if head.tag != "NAME" or head.entity is not None:
            return False
        before = words[phrase.head - 1 - (words[phrase.head - 1].tag == "NAME")]
        if phrase.first <= phrase.head - 1 and before.form != "plural":
            lone = before.lemma in self._sets["single"] or self._is_person(before)
            if lone and before.tag in ("NOUN", "NAME"):
                return True
        comma, age, end = (words[phrase.last + 1 : phrase.last + 4] + [head] * 3)[:3]
        aged = comma.lower == end.lower == "," and age.lower.isdecimal()
        return aged and 0 < int(age.lower) < _OLDEST

    def _is_alone(self, phrase: NounPhrase) -> bool:
        himself = self._words[phrase.head].lower in self._sets["himself"]
        return himself or self._is_the_one(phrase)  # "killed himself and six others"

    def _is_the_one(self, phrase: NounPhrase) -> bool:
        """Whether it is one fighter who is known: "the attacker", "the garrison commander"."""
        head = self._words[phrase.head]
        the = self._words[phrase.first].lower in self._sets["the"]
        return the and head.form != "plural" and head.lemma in self._sets["single"]

    def _is_kin(self, phrase: NounPhrase) -> bool:
        """Whether it is one person that is told of by another: "his wife"."""
        head = self._words[phrase.head]
        owner = self._words[phrase.first].lower in self._sets["owners"] or phrase.owner is not None
        return owner and head.lemma in self._sets["kin"] and head.form != "plural"

    def _is_bare_kin(self, phrase: NounPhrase) -> bool:
        head = self._words[phrase.head]
        single = phrase.first == phrase.last and head.form != "plural"
        return single and head.lemma in self._sets["kin"]

    def _joined_before(self, phrase: NounPhrase) -> list[Quantity]:
        """Count who stands before a phrase that is told of by them: "a mother and her children"."""
        words = self._words
        place = phrase.first
        if words[place].lower not in self._sets["owners"]:
            place -= 1
        if place < _JOINED or words[place].lower not in self._sets["owners"]:
            return []
        head, link = words[place - 2], words[place - 1]
        if link.tag != "CONJ" or head.tag != "NOUN" or head.form == "plural":
            return []
        one = next((w for w in words[place - 3 :: -1] if w.tag != "ADJ"), None)
        return [_figure(head, 1.0)] if one is not None and one.lower in self._sets["one"] else []


def _runs_on(words: list[Word]) -> bool:
    """Whether words are written as one: "1e9", "20-10"; not "12, 5", "4 killed/12 hurt"."""
    joined = len(words) > 1 and all(a.end == b.start for a, b in pairwise(words))
    ends = (words[0].lower, words[-1].lower)
    marked = len(words) > 2  # noqa: PLR2004 -- a mark between two figures
    return joined and all(end[0].isdigit() if marked else end.isalnum() for end in ends)


def _figure(word: Word, value: float) -> Quantity:
    return Quantity.counted(word.start, word.end, word.text, value)


def whole_number(word: Word) -> float | None:
    """
    Read a figure that is written as a whole number: "12", "1,200".

    Parameters
    ----------
    word : Word
        A word.

    Returns
    -------
    float or None
        The number; None for any other word, "1,2,3" among them.
    """
    whole = word.tag == "NUM" and _WHOLE.fullmatch(word.lower)
    return float(word.lower.replace(",", "")) if whole else None


def added(one: Quantity, other: Quantity) -> Quantity:
    """
    Add two counts.

    Parameters
    ----------
    one, other : Quantity
        The counts.

    Returns
    -------
    Quantity
        Their sum; an end that one of them does not know stays open.
    """
    ends = [
        None if a is None or b is None else a + b
        for a, b in ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    ]
    start, end = min(one.start, other.start), max(one.end, other.end)
    return Quantity(start, end, f"{one.text} + {other.text}", "count", *ends)
