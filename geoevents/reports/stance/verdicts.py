"""What is said to be untrue: "reports of an attack were wrong", "None of this took place"."""

from __future__ import annotations

from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from geoevents.reports.model import Speaker
from geoevents.reports.stance.senses import spelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import Site, Voices
    from geoevents.reports.model import Actor
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, NounPhrase, VerbGroup, Word

#: "It is false" is of what a message said so many sentences before, or else of the one before.
_SENTENCES: Final = 4
#: Words of "Rating: false" and of "Not true."; and between a verb and what it finds.
_SHORT: Final = 5
_NEAR: Final = 8
_BACK: Final = 20  # verdicts that a mention is compared with
_COLON: Final = ":"
_THAT: Final = "that"
_OF: Final = "of"
_BE: Final = "be"
_PERFECT: Final = "perfect"
_OPENING: Final = frozenset(("of", "about", "that"))
_STOPS: Final = frozenset(("PUNCT", "SUB", "REL", "PREP", "CONJ"))
_NAMING: Final = frozenset(("NOUN", "NAME"))
_TOLD: Final = frozenset(("main", "coordinate", "that", "quote"))
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))
_GAIN: Final = "territorial gain"
_SAID: Final = frozenset(("statement", "agreement"))


class _Untrue(NamedTuple):
    """A stretch of text that is said to be untrue, and by whom."""

    start: int
    end: int
    by: str
    speakers: tuple[Actor, ...]


class Verdicts:
    """
    Reads what is said to be untrue, in one sentence or behind it.

    Parameters
    ----------
    clauses : sequence of sequence of Clause
        For each sentence of the report its clauses.
    voices : Voices
        The clauses of saying.
    words : StanceWords
        The words of the language.
    """

    def __init__(
        self, clauses: Sequence[Sequence[Clause]], voices: Voices, words: StanceWords
    ) -> None:
        self._clauses = clauses
        self._voices = voices
        self._words = words
        found: list[_Untrue] = []
        for number, sentence in enumerate(clauses):
            own = sentence[0].words if sentence else []
            if self._is_label(own):
                found += self._before(number, own[-1].lower, ())
            for clause in sentence:
                found += self._contrary(clause)
                if clause.verb is not None and clause.link in _TOLD:
                    found += self._read(clause, clause.verb)
        self._untrue = sorted(found)
        self._starts = [one.start for one in self._untrue]

    def read(self, site: Site) -> None:
        """
        Settle whether a mention is said to be untrue.

        Parameters
        ----------
        site : Site
            Where it stands; its mood is changed, or those who deny it are added.
        """
        mention = site.mention
        if mention.mood != "happened" or mention.kind in _SAID:
            return
        at = mention.trigger[0]
        last = bisect_right(self._starts, at)
        for one in self._untrue[max(0, last - _BACK) : last]:
            if at >= one.end:
                continue
            mention.notes.append(self._words.notes["untrue"].format(words=one.by))
            accused = {actor.party for actor in mention.actors}
            theirs = [
                actor
                for actor in one.speakers
                if actor.sense in _GROUPS and (actor.party in accused or mention.kind == _GAIN)
            ]
            # A party says so: that is a denial, which may be as untrue.
            if theirs:
                denying = {actor.party for actor in theirs}
                mention.speakers = [
                    *(
                        s
                        for s in mention.speakers
                        if s.actor is None or s.actor.party not in denying
                    ),
                    *(Speaker(actor, "denies", one.by) for actor in theirs),
                ]
            else:
                mention.mood = "negated"
            return

    def _read(self, clause: Clause, verb: VerbGroup) -> list[_Untrue]:
        """Read a clause that may say of another that it is untrue."""
        subject = clause.subject
        if verb.modal or subject is None:
            return []
        said = self._speaking(clause)
        if self._is_nothing(clause, verb, subject):
            return self._before(clause.sentence, verb.lemma, said)
        by, words = self._untruth(clause, verb), self._words
        head, first = clause.words[subject.head], clause.words[subject.first]
        if by and head.lemma in words.hearsay:
            if any(first.start < one.start < verb.start and _opens(one) for one in clause.words):
                return [_Untrue(first.start, verb.start, by, said)]
            known = first.lower in words.definite
            return self._before(clause.sentence, by, said) if known else []
        amiss = by in words.amiss and spelt(verb) == _BE  # "it was wrong, said the bishop"
        if by and not amiss and head.lower in words.untold:
            return self._pointing(clause, first, by, said)
        return []

    def _pointing(
        self, clause: Clause, first: Word, by: str, said: tuple[Actor, ...]
    ) -> list[_Untrue]:
        """Find what "it is false" is of: a clause behind it, one in front, or what was told."""
        low = next((i for i, one in enumerate(clause.words) if one.lower == by), 0)
        behind = clause.words[low + 1 :]
        if behind and behind[0].lower == _THAT:
            return [_Untrue(behind[0].start, behind[-1].end, by, said)]
        sentence = self._clauses[clause.sentence]
        if any(one.end <= first.start and self._voices.of(one) is None for one in sentence):
            # "A blast was reported in X; this proved wrong."
            return [_Untrue(clause.words[0].start, first.start, by, said)]
        return self._before(clause.sentence, by, said)

    def _speaking(self, clause: Clause) -> tuple[Actor, ...]:
        """Find who says so: who quotes it, or the clause above."""
        quoting = tuple(actor for voice in self._voices.quoting(clause) for actor in voice.actors)
        if quoting or clause.parent is None or clause.link != _THAT:
            return quoting
        voice = self._voices.of(self._voices.siblings(clause)[clause.parent])
        return () if voice is None else tuple(voice.actors)

    def _untruth(self, clause: Clause, verb: VerbGroup) -> str:
        """Find the word that calls something untrue: "is false", "was not true", "proved wrong"."""
        words = self._words
        if spelt(verb) not in words.proving:
            return ""
        known = words.truth if verb.negated else words.untruth
        behind = clause.words[verb.last + 1 : verb.last + 1 + _NEAR]
        for word, after in zip_longest(behind, behind[1:]):
            if word.tag in _STOPS:
                break
            # "It was the wrong house": that is of the house.
            named = after is not None and after.tag in _NAMING and after.lower != "alarm"
            if (word.lower in known or word.lemma in known) and not named:
                return word.lower
        return ""

    def _is_nothing(self, clause: Clause, verb: VerbGroup, subject: NounPhrase) -> bool:
        """Whether it says that what was told did not happen: "nothing of the kind happened"."""
        words = self._words
        done = [
            spelt(verb),
            *(f"{verb.lemma} {clause.words[p.head].lower}" for p in clause.objects),
        ]
        if words.occurring.isdisjoint(done):
            return False
        own = [word.lower for word in clause.words[subject.first : subject.last + 1]]
        if own[0] not in words.no:
            return verb.negated and own[-1] in words.untold
        if verb.tense != _PERFECT and not words.such.isdisjoint(own):
            return True  # "no such attack happened"
        of = next((part.phrase for part in clause.preps if part.word == _OF), None)
        return of is not None and clause.words[of.head].lower in words.untold

    def _contrary(self, clause: Clause) -> list[_Untrue]:
        """Read "contrary to reports that the town had fallen"."""
        words = clause.words
        for part in clause.preps:
            if part.word not in self._words.contrary:
                continue
            if words[part.phrase.head].lemma in self._words.hearsay:
                low = part.phrase.head
                stop = next((w.start for w in words[low:] if w.text == ","), words[-1].end)
                return [_Untrue(part.phrase.start, stop, part.word, ())]
        return []

    def _is_label(self, own: Sequence[Word]) -> bool:
        """Whether a sentence is no more than a verdict: "Rating: false.", "Not true."."""
        said = [word for word in own if word.tag != "PUNCT"]
        if not said or len(own) > _SHORT:
            return False
        *before, last = said
        if last.lower in self._words.truth:
            return [word.lower in self._words.never for word in before] == [True]
        if last.lower not in self._words.untruth:
            return False
        headed = own[1].text == _COLON if before else True
        return headed and all(word.lemma in self._words.ratings for word in before)

    def _before(self, number: int, by: str, said: tuple[Actor, ...]) -> list[_Untrue]:
        """Find what was told before: by a message not far back, or in the sentence before."""
        for back in range(number - 1, max(-1, number - 1 - _SENTENCES), -1):
            words = self._clauses[back][0].words if self._clauses[back] else []
            told = next((one for one in words if self._is_hearsay(one)), None)
            if told is not None:
                return [_Untrue(told.start, self._clauses[number][0].words[0].start, by, said)]
        words = self._clauses[number - 1][0].words if number and self._clauses[number - 1] else []
        return [_Untrue(words[0].start, words[-1].end, by, said)] if words else []

    def _is_hearsay(self, word: Word) -> bool:
        return word.tag in _NAMING and word.lemma in self._words.hearsay


def _opens(word: Word) -> bool:
    """Whether what is said in a message begins there: "reports of", "rumours that"."""
    return word.lower in _OPENING
