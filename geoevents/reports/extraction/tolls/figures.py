"""Tolls told by the order of words alone: "4 civilians killed", "Casualties: 5 killed, 11 hurt"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.extraction.counts import added
from geoevents.reports.extraction.tolls.totals import is_of_more
from geoevents.reports.model import Actor, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Word

_REACH = 10  # words from a figure to what happened to those it counts
_NUMBER_OF = 3  # words of "number of dead"
_ONE_AND = 3  # words of "a man and"
_HARM = 4  # words of "with serious gunshot wounds"
_CLAUSE = 16  # words from "who" to what happened to them
_PUT = 12  # words from "the dead" to "at 30"
_SAID = 6  # words from "fatalities" to a figure in "have been coded as 3"
_TOLD = 24  # words from "the death toll" to its figure
_GROUP = frozenset({"ADJ", "NOUN", "NAME", "NUM", "DET", "POSS", "ADV", "AUX", "CONJ", "TIME"})
_BEGINS = frozenset({"NUM", "DET", "ADJ", "NOUN", "NAME", "PRON"})
_STOPS = frozenset({".", ";", ":", "!", "?"})


class Figure(NamedTuple):
    """
    So many killed, or wounded.

    Attributes
    ----------
    people : Quantity
        How many.
    killed : bool
        Whether they were killed; else wounded.
    start : int
        Where the words that say so begin.
    toll : bool
        Whether it is a toll: of all that is known, told later.
    more : bool
        Whether it is the toll of more than an event: of a week, of a country.
    """

    people: Quantity
    killed: bool
    start: int
    toll: bool = False
    more: bool = False


class Figures:
    """
    Reads the figures of a sentence word by word, where its grammar tells nothing.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._words = scene.words
        self._sets = scene.triggers.words
        self._links = scene.triggers.links

    def find(self) -> Iterator[Figure]:
        """
        Find them.

        Yields
        ------
        Figure
            In the order of the text, but the tolls first.
        """
        if not any(self._count(place) for place in range(len(self._words))):
            return
        for place, word in enumerate(self._words):
            readings = (self._listed, self._put_at, self._raised)
            yield from (one for read in readings if (one := read(place)) is not None)
            dead = True if self._is_toll(word) else self._number_of(place)
            figure = self._toll(place, dead=dead) if dead is not None else None
            if figure is not None:
                yield figure._replace(more=is_of_more(self._scene, place))
        for place in range(len(self._words)):
            count = self._count(place)
            if count is None or self._is_part(place):
                continue
            dead = self._fate(place)
            for read in (self._deed, self._set_off):
                dead = read(place) if dead is None else dead
            if dead is not None:
                now = place > 0 and self._words[place - 1].lower in self._sets["by_now"]
                yield Figure(self._with_those_beside(place, count), dead, count.start, toll=now)

    def _is_toll(self, word: Word) -> bool:
        """Whether it is "the toll"; "the figure" only where it is put right or raised."""
        if word.lemma in self._sets["toll"]:
            return True
        if word.lemma not in self._sets["reports"] or word.tag != "NOUN":
            return False
        changes = self._sets["revise"] | self._sets["raising"]
        lemmas = {one.lemma for one in self._words}
        return bool(lemmas & changes) and any(self._ends(one) for one in self._words)

    def _count(self, place: int) -> Quantity | None:
        entity = self._words[place].entity
        return entity if isinstance(entity, Quantity) and entity.kind == "count" else None

    def _is_part(self, place: int) -> bool:
        """Whether a figure only says how many of those told of were what: "including 3"."""
        return any(w.lower in self._sets["parts"] for w in self._words[max(0, place - 2) : place])

    # Tolls ---------------------------------------------------------------------------------

    def _number_of(self, place: int) -> bool | None:
        """Tell whose number "the number of dead" is, or "the number of people injured"."""
        words = self._words[place : place + _NUMBER_OF + 2]
        if words[0].lemma not in self._sets["number"]:
            return None
        if len(words) < _NUMBER_OF or words[1].lower not in self._links["of"]:
            return None
        return next((ends for word in words[2:] if (ends := self._ends(word)) is not None), None)

    def _put_at(self, place: int) -> Figure | None:
        """Read "put the dead at 30", "puts the attackers' dead on that day at 30"."""
        words = self._words
        if not place or words[place - 1].tag not in ("DET", "POSS"):
            return None
        ends = self._ends(words[place])
        if ends is None:
            return None
        for at in range(place + 1, min(place + _PUT, len(words))):
            if words[at].tag in ("VERB", "AUX", "SUB") or words[at].lower in _STOPS:
                return None
            count = self._count(at)
            if count is not None and words[at - 1].lower in self._links["told_as"]:
                more = is_of_more(self._scene, place)
                return Figure(count, ends, words[place].start, toll=True, more=more)
        return None

    def _raised(self, place: int) -> Figure | None:
        """Read "bringing to two the officers killed in the ambush"."""
        words = self._words
        if words[place].lemma not in self._sets["raising"] or place + 2 >= len(words):
            return None
        count = self._count(place + 2)
        if count is None or words[place + 1].lower not in self._links["to"]:
            return None
        for at, word in enumerate(words[place + 3 : place + 3 + _PUT], place + 3):
            ends = self._ends(word)
            if word.tag in ("SUB", "PUNCT"):
                return None
            if ends is not None:
                more = is_of_more(self._scene, at)
                return Figure(count, ends, count.start, toll=True, more=more)
        return None

    def _listed(self, place: int) -> Figure | None:
        """Read "Fatalities: 45", "wounded: 3", "fatalities 45" of a form that was filled in."""
        words = self._words
        ends = self._ends(words[place])
        if ends is None or (place and words[place - 1].tag not in ("PUNCT", "ADJ")):
            return None
        if place > 1 and words[place - 1].tag == "ADJ" and words[place - 2].tag != "PUNCT":
            return None
        # A verb may stand between, as in "Injuries reported: 3".
        said_so = place + 2 < len(words) and words[place + 1].tag == "VERB"
        colon = words[place + 1 + said_so : place + 2 + said_so]
        marked = bool(colon) and colon[0].lower == ":"
        at = place + 1 + (said_so + 1 if marked else 0)
        said = next((n for n in range(at, min(at + _SAID, len(words))) if self._as(n)), at)
        marked, at = marked or said > at, max(at, said)
        count = self._count(at) if at < len(words) else None
        if count is None or not (marked or words[place].form == "plural"):
            return None
        if self._fate(at) is not None or any(w.tag in _GROUP for w in words[at + 1 : at + 2]):
            return None  # "Casualties: 5 killed"
        return Figure(count, ends, words[place].start, toll=True)

    def _as(self, place: int) -> bool:
        """Whether a figure is told as one: "fatalities coded as 3", "were put at 3"."""
        words = self._words
        figure = words[place].tag == "NUM" and words[place - 1].lower in self._links["told_as"]
        return figure and words[place - 2].tag in ("VERB", "AUX")

    def _toll(self, place: int, *, dead: bool) -> Figure | None:
        """Read "the death toll from X has risen from 23 to 31": 31."""
        found = None
        words = self._words
        for at in range(place + 1, min(place + _TOLD, len(words))):
            word = words[at]
            if word.lower in _STOPS or word.tag == "SUB":
                break
            count = self._count(at)
            if count is None or (dead and self._hurt_after(at)) or self._put_right(at):
                continue
            before = words[at - 1].lower
            if count.value is None and self._grows(count, before):
                return self._figure(count.high, count, place, dead=dead)
            if before in self._links["toll_at"] or words[at - 1].tag in ("VERB", "AUX", "ADV"):
                found = self._figure(None, count, place, dead=dead)
        return found

    def _put_right(self, at: int) -> bool:
        """Whether it is the figure that was put right: "correcting its figure of 46"."""
        words, sets = self._words, self._sets
        mended = any(word.lemma in sets["revise"] for word in words[max(0, at - 5) : at - 1])
        figure = words[at - 2].lemma in sets["reports"] and words[at - 1].lower in self._links["of"]
        return mended and figure

    def _grows(self, count: Quantity, before: str) -> bool:
        """Whether a range is one from an old figure to a new one."""
        begins = self._links["from"]
        return before in begins or count.text.split(" ", 1)[0].lower() in begins

    def _figure(self, value: float | None, count: Quantity, place: int, *, dead: bool) -> Figure:
        if value is not None:
            count = Quantity.counted(count.start, count.end, count.text, value)
        return Figure(count, killed=dead, start=self._words[place].start, toll=True)

    def _hurt_after(self, place: int) -> bool:
        return any(self._ends(word) is False for word in self._words[place + 1 : place + 3])

    # What happened to those counted --------------------------------------------------------

    def _ends(self, word: Word) -> bool | None:
        """Whether a word says that people died (True) or were hurt (False)."""
        sets = self._sets
        if word.lower in sets["dead"] or word.lemma in sets["deaths"]:
            return True
        if word.lower in sets["hurt"] or word.lemma in sets["injuries"]:
            return False
        if word.tag in ("VERB", "ADJ", "NOUN") and word.form not in ("base", "s", "ing", "plural"):
            if word.lemma in sets["killed"]:
                return True
            if word.lemma in sets["wounded"]:
                return False
        return None

    def _fate(  # noqa: PLR0911 -- a sort of word a line
        self, place: int
    ) -> bool | None:
        """Read what stands behind a figure: "4 were killed", "38 villagers hacked to death"."""
        words = self._words
        passive = False
        for at in range(place + 1, min(place + _REACH, len(words))):
            word = words[at]
            ends = self._ends(word) if words[at - 1].tag != "DET" else None  # "of the wounded"
            if ends is not None:
                return None if self._goes_on(at, passive=passive) else ends
            if self._is_harmed(at):
                return False
            if word.tag == "VERB":
                return True if self._to_death(at) else None
            if word.tag == "REL":
                return self._behind(at)
            passive = passive or word.tag == "AUX"
            if self._count(at) is not None or word.tag == "NEG":
                return None
            if word.tag not in _GROUP and word.lower not in self._links["among"]:
                return None
        return None

    def _with_those_beside(self, place: int, count: Quantity) -> Quantity:
        """Add those joined to a figure: "a man and two boys dead", "12 men and a child dead"."""
        words = self._words
        if place >= _ONE_AND and words[place - 1].tag == "CONJ":
            more = self._of_people(place - _ONE_AND)
            if more is not None:
                count = added(more, count)
        after = next((n for n in (place + 2, place + 3) if n in range(len(words) - 2)), None)
        if after is not None and words[after].tag == "CONJ" and not self._count(after + 1):
            more = self._of_people(after + 1)
            if more is not None and self._fate(after) is not None:
                count = added(count, more)
        return count

    def _of_people(self, place: int) -> Quantity | None:
        """Count the people named in two words: "a man", "three soldiers"."""
        word, noun = self._words[place : place + 2]
        if not isinstance(noun.entity, Actor):
            return None
        one = word.tag == "DET" and noun.form != "plural" and word.lower in self._sets["one"]
        count = self._count(place)
        return Quantity.counted(word.start, noun.end, noun.text, 1.0) if one else count

    def _behind(self, place: int) -> bool | None:
        """Read what stands behind "who had come to help": "were killed"."""
        words = self._words
        for at in range(place + 2, min(place + _CLAUSE, len(words))):
            ends = self._ends(words[at]) if words[at].tag == "VERB" else None
            if self._count(at) is not None or words[at].lower in _STOPS:
                return None
            if ends is not None and words[at - 1].tag in ("AUX", "ADV") and at > place + 2:
                return ends
        return None

    def _goes_on(self, at: int, *, passive: bool) -> bool:
        """Whether the verb has an object: "5 soldiers killed 12 rebels"."""
        word = self._words[at]
        if passive or word.tag != "VERB" or word.lemma in self._sets["intransitive"]:
            return False
        after = self._words[at + 1 : at + 2]
        return bool(after) and after[0].tag in _BEGINS

    def _is_harmed(self, at: int) -> bool:
        """Whether it is "sustained injuries", "nursing wounds", "with burns"."""
        word, sets = self._words[at], self._sets
        if word.lemma not in sets["sustain"] and word.lower not in self._links["with"]:
            return False
        return any(one.lemma in sets["harm"] for one in self._words[at + 1 : at + _HARM])

    def _to_death(self, at: int) -> bool:
        """Whether it is "hacked to death", "lost their lives"."""
        words = self._words[at : at + 3]
        last = words[-1].lemma
        if words[0].lemma in self._sets["lose"]:
            return last in self._sets["lives"]
        if words[0].lemma not in self._sets["to_death"]:
            return False  # "12 were sentenced to death"
        to = len(words) > 1 and words[1].lower in self._links["to"]
        return to and last in self._sets["deaths"]

    def _deed(self, place: int) -> bool | None:
        """Read what stands before a figure: "killing 5", "injures 30"."""
        words = self._words
        if place == 0:
            return None
        before = words[place - 1]
        if before.tag in ("VERB", "NOUN") and before.form in ("ing", "s", "plural"):
            if before.lemma in self._sets["killed"] - self._sets["intransitive"]:
                return True
            if before.lemma in self._sets["wounded"]:
                return False
        return None

    def _set_off(self, place: int) -> bool | None:
        """Read "those killed, around twenty, were miners", "the dead, 12 in all,"."""
        words = self._words
        if place < _NUMBER_OF or words[place - 1].lower not in self._sets["comma"]:
            return None
        behind = words[place + 1 : place + 2 + _NUMBER_OF]
        if not any(word.lower in self._sets["comma"] for word in behind):
            return None
        whole = words[place - _NUMBER_OF]
        told_of = whole.lower in self._sets["the"] | self._sets["pointing"]
        return self._ends(words[place - 2]) if told_of else None
