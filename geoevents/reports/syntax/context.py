"""What stands around a word: the tags before it, whether a verb follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.syntax.lexicon import Known, Lexicon
    from geoevents.reports.syntax.model import Word

AHEAD = 12
"""Words looked at on either side: a limit, so that the cost grows with the length only."""
NOMINAL = frozenset({"NOUN", "NAME", "ADJ", "NUM"})
"""Tags of what may follow an adjective."""
OPENING = frozenset({"DET", "NAME", "ADJ", "NUM", "NOUN", "PRON"})
"""Tags that a noun phrase may begin with."""
BEFORE_NOUNS = frozenset({"DET", "ADJ", "POSS", "PREP"})
"""Tags behind which a word that may be a noun is one."""
BE = frozenset("am is are was were be been being 's 're 'm".split())  # noqa: SIM905
HAVE = frozenset("have has had having 've".split())  # noqa: SIM905
DO = frozenset("do does did".split())  # noqa: SIM905
_HALT = frozenset({"PUNCT", "SUB", "REL"})


class Context:
    """
    The words of a sentence while their tags are settled, from left to right.

    Parameters
    ----------
    words : list of Word
        The words.
    known : sequence of Known or None
        What the lexicon knows of each.
    lexicon : Lexicon
        The language's words.
    """

    def __init__(self, words: list[Word], known: Sequence[Known | None], lexicon: Lexicon) -> None:
        self.words = words
        self.known = known
        self.lexicon = lexicon

    def tag(self, place: int) -> str:
        """
        Look up a tag.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        str
            The tag; empty beyond the sentence.
        """
        return self.words[place].tag if 0 <= place < len(self.words) else ""

    def lower(self, place: int) -> str:
        """
        Look up a word in small letters.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        str
            The word; empty beyond the sentence.
        """
        return self.words[place].lower if 0 <= place < len(self.words) else ""

    def before(self, place: int) -> int:
        """
        Find the word before, adverbs and "not" passed over.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        int
            Its number; -1 if there is none.
        """
        place -= 1
        steps = 0
        while place >= 0 and self.words[place].tag in ("ADV", "NEG") and steps < AHEAD:
            place -= 1
            steps += 1
        return place

    def opens_object(self, place: int) -> bool:
        """
        Tell whether what begins here may be the object of a verb.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether it is.
        """
        tag = self.tag(place)
        if tag == "VERB":
            return self.words[place].form == "ing" or (self.known_noun(place))
        return tag in OPENING or (tag == "ADV" and self.tag(place + 1) in OPENING)

    def known_noun(self, place: int) -> bool:
        """
        Tell whether a verb may be a noun as well.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether it is.
        """
        known = self.known[place]
        return known is not None and known.noun and self.words[place].form in ("base", "s")

    def known_noun_at(self, place: int) -> bool:
        """
        Tell whether a word is tagged as a verb and may be a noun as well.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether it is.
        """
        return self.tag(place) == "VERB" and self.known_noun(place)

    def is_finite(self, place: int) -> bool:  # noqa: PLR0911 -- a sort of word a line
        """
        Tell whether a word is a verb with a tense, as far as it shows by itself.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether it is.
        """
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        if word.tag in ("AUX", "MODAL"):
            return word.lower not in ("being", "having", "been")
        if word.tag == "ADV":
            return self.tag(place + 1) in ("VERB", "AUX", "MODAL") and self.is_finite(place + 1)
        if word.tag != "VERB":
            return False
        if word.form in ("past", "base/ed"):
            return True
        if word.form == "ed":
            return not (self.tag(place + 1) in NOMINAL and self.tag(place - 1) in BEFORE_NOUNS)
        return word.form in ("base", "s") and not self.known_noun(place)

    def finite_ahead(self, place: int) -> bool:
        """
        Tell whether a verb with a tense follows in the same clause.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether one does.
        """
        for step in range(place, min(place + AHEAD, len(self.words))):
            word = self.words[step]
            if word.tag in _HALT and word.form != "inner":
                return False
            if self.is_finite(step):
                return not (word.form == "ed" and self.lower(step + 1) == "by")
        return False

    def is_be(self, place: int) -> bool:
        """
        Tell whether a form of "be" begins here.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether it is.
        """
        if self.tag(place) == "MODAL":
            place += 1
        lower = self.lower(place)
        return lower in BE or (lower in HAVE and self.lower(place + 1) == "been")

    def may_be_base(self, place: int) -> bool:
        """
        Tell whether a plain form follows, adverbs passed over: what "to" needs to mark a verb.

        Parameters
        ----------
        place : int
            The number of the word.

        Returns
        -------
        bool
            Whether one does.
        """
        steps = 0
        while self.tag(place) in ("ADV", "NEG") and steps < AHEAD:
            place += 1
            steps += 1
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        if word.tag == "AUX":
            return word.lower in ("be", "have", "do")
        if word.tag == "ADJ" and word.lower in self.lexicon.both:
            return self.tag(place + 1) in OPENING or self.known_noun_at(place + 1)
        return word.tag == "VERB" and word.form in ("base", "base/ed")
