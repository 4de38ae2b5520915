"""Verb groups: auxiliaries, negation, and the verbs that hang on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.model import When
from geoevents.reports.syntax.model import VerbGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.syntax.lexicon import Lexicon
    from geoevents.reports.syntax.model import Word

_LONG = 40  # words that a group has at most
_BE = frozenset("am is are was were be been being 's 're 'm".split())  # noqa: SIM905
_HAVE = frozenset("have has had having 've".split())  # noqa: SIM905
_PAST = frozenset("was were had did".split())  # noqa: SIM905
_MODALS = {"wo": "will", "ca": "can", "sha": "shall", "'ll": "will", "'d": "would"}
_PARTICIPLES = ("ed", "pp", "base/ed")
_ALWAYS = frozenset("out up down off back away".split())  # noqa: SIM905 -- no object begins with these
_OPENING = ("DET", "NAME", "NUM", "NOUN", "ADJ", "PRON")


class VerbReader:
    """
    Reads the verb groups of a sentence.

    Parameters
    ----------
    words : sequence of Word
        The words, tagged.
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, words: Sequence[Word], lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        sets = lexicon.sets
        self._chain_to = sets["chain_to"]
        self._chain_to_passive = sets["chain_to_passive"]
        self._chain_ing = sets["chain_ing"]
        self._chain_ed = sets["chain_ed"]
        self._will_like = sets["will_like"]
        self._readers = {
            "NEG": self._negation,
            "ADV": self._adverb,
            "TIME": self._time,
            "MODAL": self._modal,
            "TO": self._to,
            "AUX": self._auxiliary,
            "VERB": self._verb,
            "ADJ": self._adjective,
        }

    def read(self, place: int) -> tuple[VerbGroup, str, int] | None:
        """
        Read the verb group that begins at a word.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        tuple of (VerbGroup, str, int) or None
            The group, its form as a `Chunk` has it, and the number of the word behind it. None if
            no verb begins here.
        """
        words = self._words
        count = min(len(words), place + _LONG)
        start = place
        state = _State()
        while place < count:
            reader = self._readers.get(words[place].tag)
            if reader is None or not reader(state, words[place], place):
                break
            place += 1
        return self._finish(state, start)

    # Each of these reads a word of one tag, and tells whether it belongs to the group.

    def _negation(self, state: _State, word: Word, place: int) -> bool:
        del word, place
        state.negated = True
        return True

    def _adverb(self, state: _State, word: Word, place: int) -> bool:
        del place
        if word.lower in self._lexicon.negative:
            state.negated = True
        return True

    def _time(self, state: _State, word: Word, place: int) -> bool:
        del word, place
        return state.auxiliary >= 0 and state.head < 0  # "has recently made"

    def _modal(self, state: _State, word: Word, place: int) -> bool:
        del place
        if state.head >= 0:
            return False
        state.modal = _MODALS.get(word.lower, word.lower)
        state.form = state.form or "finite"
        state.tense = "future" if state.modal == "will" else "present"
        return True

    def _to(self, state: _State, word: Word, place: int) -> bool:
        del word
        if state.head < 0 and state.form and not self._be_to(state, place):
            return False
        if state.head >= 0 and not self._chains(state):
            return False
        state.form = state.form or "to"
        state.expects = "base"
        return True

    def _adjective(self, state: _State, word: Word, place: int) -> bool:
        del word
        if not self._will(state, place):
            return False
        state.modal = state.modal or "will"
        state.passive = False
        state.auxiliary = -1
        return True

    def _be_to(self, state: _State, place: int) -> bool:
        """Whether "is to", "have to" or "is set to" leads on to a verb."""
        if state.auxiliary >= 0:
            lower = self._words[state.auxiliary].lower
            if lower in _BE:
                state.modal = state.modal or "will"
                state.passive = False
            elif lower in _HAVE:
                state.modal = state.modal or "must"
            else:
                return False
            return self._words[place - 1].tag in ("AUX", "NEG", "ADV", "ADJ")
        return state.modal == "will"

    def _will(self, state: _State, place: int) -> bool:
        """Whether "about", "set", "due" with "to" stands for the future here."""
        words = self._words
        if state.auxiliary < 0 or words[state.auxiliary].lower not in _BE or state.head >= 0:
            return False
        return (
            words[place].lower in self._will_like
            and place + 1 < len(words)
            and words[place + 1].tag == "TO"
        )

    def _chains(self, state: _State) -> bool:
        """Whether the verb read last hangs the infinitive behind it on itself."""
        head = self._words[state.head]
        if head.lemma == "go" and head.form == "ing":
            state.modal = state.modal or "will"
            state.head = -1
            return True
        if state.passive:
            if head.lower in self._will_like:
                state.modal = state.modal or "will"
            return head.lemma in self._chain_to_passive
        return head.lemma in self._chain_to

    def _auxiliary(self, state: _State, word: Word, place: int) -> bool:
        if state.head >= 0 and state.expects != "base":
            return False
        lower = word.lower
        if state.head >= 0:
            state.chain.append(self._words[state.head].lemma)
            state.head = -1
        state.passive = lower in _BE
        if not state.form:
            if lower in ("being", "having"):
                state.form = "ing"
            else:
                state.form = "finite"
                state.tense = "past" if lower in _PAST else "present"
        if lower in _HAVE and state.tense in ("past", "present"):
            state.tense = "perfect"
        state.expects = ""
        state.auxiliary = place
        return True

    def _takes(  # noqa: PLR0911 -- a sort of word before it a line
        self, state: _State, word: Word, place: int
    ) -> bool:
        """Whether a verb belongs to the group that was begun."""
        form = word.form
        if state.expects == "base":
            return form in ("base", "base/ed")
        if state.head >= 0:
            lemma = self._words[state.head].lemma
            if state.passive and form in _PARTICIPLES and lemma in self._chain_ed:
                return self._words[place - 1].tag == "VERB"  # "were reported killed"
            return (
                form == "ing"
                and lemma in self._chain_ing
                and self._words[place - 1].tag in ("VERB", "ADV")
            )
        if state.auxiliary >= 0:
            lower = self._words[state.auxiliary].lower
            if lower in _BE:
                return form in ("ing", *_PARTICIPLES)
            if lower in _HAVE:
                return form in ("pp", "ed", "base/ed", "base")
            return form in ("base", "base/ed")
        return True

    def _verb(self, state: _State, word: Word, place: int) -> bool:
        if not self._takes(state, word, place):
            return False
        form = word.form
        if state.head >= 0:
            state.chain.append(self._words[state.head].lemma)
            state.passive = state.passive and form in _PARTICIPLES
        elif state.expects == "base":
            state.passive = False
        elif state.auxiliary >= 0:
            lower = self._words[state.auxiliary].lower
            state.passive = lower in _BE and form in _PARTICIPLES
        if not state.form:
            state.form = {"past": "finite", "s": "finite", "base/ed": "ed"}.get(form, form)
            state.tense = {"past": "past", "ed": "past", "s": "present", "base": "present"}.get(
                form, "none"
            )
        state.head = place
        state.expects = ""
        state.auxiliary = -1
        return True

    def _finish(self, state: _State, start: int) -> tuple[VerbGroup, str, int] | None:
        words = self._words
        head = state.head
        if head < 0:
            if state.auxiliary < 0 or not state.form:
                return None
            head = state.auxiliary
            lower = words[head].lower
            lemma = "be" if lower in _BE else "have" if lower in _HAVE else "do"
            state.passive = False
        else:
            lemma = words[head].lemma
        end = head + 1
        while end < len(words) and words[end].tag == "NEG":
            state.negated = True
            end += 1
        particle = self._particle(lemma, end)
        if particle:
            end += 1
        return (
            VerbGroup(
                start,
                end - 1,
                head,
                words[start].start,
                words[end - 1].end,
                lemma,
                "passive" if state.passive else "active",
                state.negated,
                state.modal,
                "future" if state.modal == "will" else state.tense,
                tuple(state.chain),
                particle,
            ),
            state.form,
            end,
        )

    def _particle(self, lemma: str, place: int) -> str:
        """Find the small word behind a verb that makes another verb of it."""
        words = self._words
        particles = self._lexicon.particles.get(lemma)
        if particles is None or place >= len(words):
            return ""
        lower = words[place].lower
        if lower == "out of" and "out" in particles:
            return ""
        if lower not in particles or words[place].tag not in ("PREP", "ADV", "NOUN"):
            return ""
        if lower in _ALWAYS or lower == "over":
            return lower
        behind = words[place + 1] if place + 1 < len(words) else None
        if lower == "in" and behind is not None and isinstance(behind.entity, When):
            return lower if behind.entity.precision == "day" else ""  # not "driven in March"
        after = behind.tag if behind is not None else ""
        return "" if after in _OPENING else lower


class _State:
    """What is known of a verb group while it is read."""

    __slots__ = (
        "auxiliary",
        "chain",
        "expects",
        "form",
        "head",
        "modal",
        "negated",
        "passive",
        "tense",
    )

    def __init__(self) -> None:
        self.head = -1
        self.auxiliary = -1
        self.form = ""
        self.tense = "none"
        self.modal: str | None = None
        self.negated = False
        self.passive = False
        self.chain: list[str] = []
        self.expects = ""
