"""Words to chunks: noun phrases, verb groups, and the small words between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.reports.syntax.model import NounPhrase, VerbGroup
from geoevents.reports.syntax.verbs import VerbReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.syntax.lexicon import Lexicon
    from geoevents.reports.syntax.model import Word

_IN_PHRASE = frozenset({"DET", "ADJ", "NUM", "NOUN", "NAME"})
_HEADS = ("NOUN", "NAME")
_SMALL = {"PREP": "PREP", "SUB": "SUB", "CONJ": "CONJ", "REL": "REL", "TIME": "TIME", "TO": "PREP"}
_INSERTED = 5  # words of "(or ISSP)" at most
_KNOWN_TO = 7  # words of "to the local authorities" at most
_COMMAS = frozenset({",", "،", "、"})
_QUOTES = frozenset("\"“”‘«»„'’")
_DASHES = frozenset({"-", "--", "–", "—", "―"})


@dataclass(slots=True)
class Chunk:
    """
    Words that go together.

    Attributes
    ----------
    kind : str
        NP, VG, PREP, SUB, CONJ, REL, COMMA, DASH, STOP, TIME, ADV, ADJ, or INNER: a comma or a
        bracket inside a locality phrase.
    first, last : int
        Numbers of its first word and its last.
    phrase : NounPhrase or None
        Of an NP; of a TIME whose words own something, None.
    verb : VerbGroup or None
        Of a VG.
    form : str
        Of a VG: ``finite``, ``ed`` (past or participle), ``pp``, ``ing``, ``to`` or ``base``.
    """

    kind: str
    first: int
    last: int
    phrase: NounPhrase | None = None
    verb: VerbGroup | None = None
    form: str = ""


class Chunker:
    """
    Cuts the words of a sentence into chunks.

    Parameters
    ----------
    words : sequence of Word
        The words, tagged.
    lexicon : Lexicon
        The language's words.
    borders : frozenset of int
        Ends (characters) of locality phrases that begin with a preposition: a name behind one
        begins a new noun phrase ("in Aleppo rebels captured").
    """

    def __init__(
        self, words: Sequence[Word], lexicon: Lexicon, borders: frozenset[int] = frozenset()
    ) -> None:
        self._words = words
        self._borders = borders
        self._people = lexicon.sets["people_adjectives"]
        self._nearly = lexicon.sets["nearly"]
        self._counted = lexicon.sets["counted"]
        self._sites = lexicon.sets["sites"]
        self._further = lexicon.sets["further"]
        self._results = lexicon.sets["resulting"]
        self._weekly = lexicon.sets["weekly"]
        self._whose = lexicon.sets["before_peoples"]
        self._passing = lexicon.sets["passing"]
        self._taken_as = lexicon.sets["taken_as"]
        self._known_to = lexicon.sets["known_to"]
        self._times = lexicon.sets["time_nouns"]
        self._measures = lexicon.sets["measures"]
        self._verbs = VerbReader(words, lexicon)

    def run(self) -> list[Chunk]:
        """
        Cut them.

        Returns
        -------
        list of Chunk
            The chunks in order; quotation marks and what stands in brackets are left out.
        """
        words = self._words
        chunks: list[Chunk] = []
        place = 0
        count = len(words)
        while place < count:
            tag = words[place].tag
            if tag == "PUNCT":
                place = self._mark(place, chunks)
                continue
            if tag in ("VERB", "AUX", "MODAL", "TO", "NEG"):
                read = self._verbs.read(place)
                if read is not None:
                    verb, form, place = read
                    chunks.append(Chunk("VG", verb.first, place - 1, verb=verb, form=form))
                    continue
            chunk = None
            if tag in ("DET", "ADJ", "NUM", "NOUN", "NAME", "PRON", "TIME", "ADV"):
                chunk = self._noun_phrase(place)
            if chunk is None:
                kind = _SMALL.get(tag, "ADJ" if tag == "ADJ" else "ADV")
                if kind == "SUB" and self._stands_for(place):
                    kind = "PREP"
                chunk = Chunk(kind, place, place)
            chunks.append(chunk)
            place = chunk.last + 1
        return chunks

    def _stands_for(self, place: int) -> bool:
        """Whether "as" says what somebody passes for: "disguised as a monk", "known to us as X"."""
        words = self._words
        if words[place].lower != "as" or not place:
            return False
        if words[place - 1].lemma in self._passing:
            return True
        step = place - 1
        while step > max(0, place - _KNOWN_TO) and words[step].tag in _IN_PHRASE:
            step -= 1
        to = step > 0 and words[step].lower in self._known_to
        return to and words[step - 1].lemma in self._passing and words[step - 1].tag == "VERB"

    def _mark(self, place: int, chunks: list[Chunk]) -> int:
        """Read a punctuation mark; give the place behind it."""
        word = self._words[place]
        text = word.lower
        if text in _QUOTES:
            return place + 1
        if word.form == "inner":
            if text in _COMMAS or text == "(":
                chunks.append(Chunk("INNER", place, place))
            return place + 1
        if text in "([{":
            return self._past_bracket(place)
        if text in _COMMAS or (text == "/" and self._parts(place)):
            kind = "COMMA"
        elif text in _DASHES:
            kind = "DASH"
        elif text in ".;:!?…" or text.startswith((".", "!", "?")):
            kind = "STOP"
        else:
            return place + 1
        chunks.append(Chunk(kind, place, place))
        return place + 1

    def _parts(self, place: int) -> bool:
        """Whether a slash stands for a comma: "4 killed/12 injured", but not in "04/06/2018"."""
        words = self._words
        beside = (words[step].tag for step in (place - 1, place + 1) if 0 <= step < len(words))
        return list(beside) in (["VERB", "NUM"], ["ADJ", "NUM"], ["NOUN", "NUM"])

    def _past_bracket(self, place: int) -> int:
        """Where to go on behind a bracket: its other end, if that is near."""
        for step in range(place + 1, min(place + 30, len(self._words))):
            if self._words[step].lower in (")", "]", "}"):
                return step + 1
        return place + 1

    def _noun_phrase(self, place: int) -> Chunk | None:
        """Find the noun phrase that begins here."""
        words = self._words
        count = len(words)
        first = place
        owner: NounPhrase | None = None
        while True:
            end, head = self._stretch(place)
            if head < 0:
                return None
            phrase = NounPhrase(
                first if owner else place,
                end - 1,
                head,
                words[first].start,
                words[end - 1].end,
                owner,
            )
            if end < count - 1 and words[end].tag == "POSS":
                after, _ = self._stretch(end + 1)
                if after > end + 1:
                    owner = phrase
                    place = end + 1
                    continue
            if end < count and words[end].tag == "POSS":
                end += 1
            if words[phrase.head].tag == "TIME":
                return Chunk("TIME", first, end - 1)
            return Chunk("NP", first, end - 1, phrase=phrase)

    def _stretch(self, place: int) -> tuple[int, int]:  # noqa: C901 -- a tag a branch
        """Where the words of a phrase end that begins here, and its head; -1 if there is none."""
        words = self._words
        count = len(words)
        weekly = words[place + 1 : place + 2]
        named = bool(weekly) and weekly[0].lemma in self._weekly  # "at Friday prayers"
        if words[place].tag in ("PRON", "TIME") and not named:
            return place + 1, place
        if self._stands_off(place):
            return place, -1
        head = -1
        step = place
        while step < count:
            word = words[step]
            tag = word.tag
            if tag in _IN_PHRASE:
                if step > place and self._new_phrase(step, head):
                    break
                if tag in _HEADS:
                    head = step
            elif tag == "TIME":
                if head >= 0 or step + 1 >= count or words[step + 1].tag not in ("NOUN", "ADJ"):
                    break
            elif word.lower == "(" and head == step - 1 and (behind := self._inserted(step)):
                step = behind
                continue
            elif head < 0 and self._joins_adjectives(step, place):
                step += 1
                continue
            elif tag != "ADV" or not self._adverb_inside(step):
                break
            step += 1
        if head < 0:
            return self._headless(place, step)
        return (step if words[step - 1].tag != "ADV" else step - 1), head

    def _joins_adjectives(self, step: int, first: int) -> bool:
        """Whether it is the "and" of "an immediate and lasting truce", or such a comma."""
        words = self._words
        if step <= first + 1 or words[first].tag != "DET" or step + 2 >= len(words):
            return False
        if words[step].tag != "CONJ" and words[step].lower != ",":
            return False
        before, after = words[step - 1], words[step + 1]
        if before.tag != "ADJ" or after.tag != "ADJ" or before.lower in self._people:
            return False
        return words[step + 2].tag in ("NOUN", "NAME") and before.entity is after.entity is None

    def _inserted(self, place: int) -> int:
        """Where to go on behind the bracket of "JNIM (or ISSP) militants"; 0 if it is no such."""
        words = self._words
        if words[place - 1].tag != "NAME":
            return 0
        for step in range(place + 1, min(place + _INSERTED, len(words) - 1)):
            if words[step].lower == ")":
                after = words[step + 1]
                return step + 1 if after.tag in _HEADS and after.text[:1].islower() else 0
        return 0

    def _stands_off(self, place: int) -> bool:
        """Whether an adjective belongs to no noun behind it: "shot dead 12 people"."""
        words = self._words
        if words[place].tag != "ADJ" or words[place].lower in self._counted:
            return False
        if words[place].lower in self._results and place and words[place - 1].tag == "VERB":
            return True  # "shot dead protesters"
        return place + 1 < len(words) and words[place + 1].tag in ("NUM", "DET")

    def _headless(self, place: int, end: int) -> tuple[int, int]:
        """Find a phrase without a noun: "the wounded", "12", "this"."""
        words = self._words
        last = end - 1
        while last >= place and words[last].tag in ("ADV", "TIME"):
            last -= 1
        if last < place:
            return place, -1
        if words[last].tag == "ADJ" and not any(
            words[step].tag in ("DET", "NUM") for step in range(place, last)
        ):
            alone = words[last].entity is not None or (
                place > 0
                and words[place - 1].tag == "PREP"
                and words[last].lower in self._people  # "the number of dead"
            )
            return (last + 1, last) if alone and last == place else (place, -1)
        further = words[last + 1 : last + 2] if words[last].tag == "NUM" else ()
        if any(word.lower in self._further for word in further):
            return last + 2, last  # "12 more were hurt"
        return last + 1, last

    def _adverb_inside(self, step: int) -> bool:
        """Whether an adverb belongs to what follows: "nearly 300", "most heavily"."""
        words = self._words
        if step + 1 >= len(words):
            return False
        after = words[step + 1].tag
        if after == "NUM":
            return words[step].lower in self._nearly
        return after in ("ADJ", "ADV") and step > 0 and words[step - 1].tag in ("DET", "ADV")

    def _new_phrase(  # noqa: C901, PLR0911 -- a tag a branch
        self, step: int, head: int
    ) -> bool:
        """Whether a word begins another phrase behind the one that is read."""
        words = self._words
        word = words[step]
        before = words[step - 1]
        tag = word.tag
        if tag == "DET":
            if before.tag == "NUM" and word.lower in self._further:
                return False  # "12 more civilians"
            return before.tag not in ("DET", "ADV") and before.lower != "half"
        if head < 0:
            return False
        if word.lower in self._taken_as:
            return before.tag in _HEADS  # "took ten guards hostage"
        if word.entity is not None and tag != "NUM" and self._parts_from(before, word):
            return True
        if tag == "NUM":
            # "a street two days ago"
            measured = self._times | self._measures  # "a bus 12 km from Dori"
            spell = any(after.lower in measured for after in words[step + 1 : step + 2])
            return before.tag in _HEADS and (word.entity is not None or spell)
        if tag == "ADJ":
            noun = words[step + 1] if step + 1 < len(words) else None
            if noun is not None and before.tag in _HEADS and noun.lower in self._times:
                return True  # "shelled Nikopol several times"
            after = "" if noun is None else noun.tag
            return after not in ("NOUN", "NAME", "ADJ")
        if tag != "NAME" or before.end not in self._borders:
            return False
        if before.tag != tag:
            return hasattr(word.entity, "party")  # "in Anka district bandits attacked"
        if self._are_named_for(step):
            return False
        beside = words[step + 1 : step + 2]
        return not (beside and beside[0].lemma in self._sites)  # "in Jenin refugee camp"

    def _parts_from(self, before: Word, word: Word) -> bool:
        """Whether what is read as one word is no part of the phrase before it."""
        if before.lower in self._times:
            return True  # "in the evening Turkish forces answered"
        far = getattr(word.entity, "kind", "") == "distance"
        return far and before.tag in _HEADS  # "a convoy 10 km north of Homs"

    def _are_named_for(self, step: int) -> bool:
        """Whether people are called by a place and a people: "crowds of Kosovo Serbs"."""
        word, of = self._words[step], self._words[step - 2 : step - 1]
        sense = getattr(word.entity, "sense", "")
        people = sense == "demonym" or (sense in ("people", "state") and word.form == "plural")
        return people and word.text[:1].isupper() and bool(of) and of[0].lower in self._whose
