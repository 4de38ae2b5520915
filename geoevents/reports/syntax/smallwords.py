"""Small words that may be several things: "that", "to", "there", "'s", "open", "clear"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.syntax.context import AHEAD, BE, DO, HAVE, NOMINAL, OPENING

if TYPE_CHECKING:
    from geoevents.reports.syntax.context import Context
    from geoevents.reports.syntax.model import Word

_ARTICLES = frozenset({"the", "a", "an", "their", "his", "her", "its"})
_INSERTED = 10  # words of "rebels, angry at the deal, set" back to the first comma


class SmallWords:
    """
    Settles the tags of small words.

    Parameters
    ----------
    context : Context
        The sentence.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = context.words
        self._lexicon = context.lexicon
        self._owned = _ARTICLES | self._lexicon.sets["possessive"]

    def settle(self, place: int, word: Word) -> None:  # noqa: C901 -- a tag a branch
        """
        Settle one of them.

        Parameters
        ----------
        place : int
            Its number.
        word : Word
            The word.
        """
        tag = word.tag
        if tag == "AUX":
            self._auxiliary(place, word)
        elif tag == "PUNCT":
            self._mark(place, word)
        elif tag == "MODAL":
            self._modal(place, word)
        elif tag == "TO":
            if word.lower == "to":
                word.tag = "TO" if self._context.may_be_base(place + 1) else "PREP"
        elif tag == "PREP":
            if word.lower == "following" and self._context.tag(place - 1) == "DET":
                word.tag = "ADJ"
        elif tag == "NOUN":
            self._unknown_verb(place, word)
        elif tag == "ADJ":
            if word.entity is None and word.lower in self._lexicon.both:
                self._adjective(place, word)
        else:
            self._function_word(place, word)

    def _function_word(self, place: int, word: Word) -> None:
        lower = word.lower
        if lower == "that":
            self._that(place, word)
        elif lower == "since" and self._context.lower(place - 1) in HAVE:
            word.tag = "ADV"
        elif lower == "her" and self._context.tag(place + 1) in NOMINAL | {"VERB"}:
            word.tag = "DET"
        elif lower == "there" and self._context.is_be(place + 1):
            word.tag = "PRON"
        elif lower in ("no", "not") and self._context.lower(place + 1) == "longer":
            word.tag = "NEG"
        elif word.tag == "DET" and lower in self._lexicon.sets["either"]:
            after = self._context.tag(place + 1)
            if after not in NOMINAL | {"DET", "VERB", "ADV"} or self._context.is_finite(place + 1):
                word.tag = "PRON"
        elif word.tag == "ADV" and self._adverb_is_noun(place):
            word.tag = "NOUN"
        elif word.tag == "ADV" and self._adverb_describes(place):
            word.tag = "ADJ"

    def _adverb_is_noun(self, place: int) -> bool:
        """Whether "north", "home", "back" is a noun here: "in the north", "from home"."""
        return (
            self._context.lower(place)
            in ("north", "south", "east", "west", "home", "back", "outside", "ground", "least")
            and self._context.tag(place - 1) in ("DET", "ADJ", "PREP")
        ) or (
            self._context.lower(place) in ("then", "home", "back")
            and self._context.tag(place - 1) == "DET"
        )

    def _adverb_describes(self, place: int) -> bool:
        """Whether an adverb stands for an adjective: "overnight shelling", "their forward base"."""
        before = self._context.tag(place - 1)
        if self._context.lower(place) == "overnight":
            return before in ("DET", "POSS", "ADJ")
        owned = before == "POSS" or self._context.lower(place - 1) in self._owned
        noun = self._context.tag(place + 1) == "NOUN" or self._context.known_noun_at(place + 1)
        return owned and noun and self._context.lower(place) in self._lexicon.sets["both_ways"]

    def _that(self, place: int, word: Word) -> None:
        """Read "that": a determiner, a relative or a conjunction."""
        before, after = self._context.tag(place - 1), self._context.tag(place + 1)
        verb_follows = after in ("AUX", "MODAL") or self._context.is_finite(place + 1)
        if self._context.known_noun_at(place + 1) and self._words[place + 1].form == "s":
            verb_follows = self._context.tag(place + 2) in ("DET", "NAME")  # "that feeds X"
        if self._context.lower(place + 1) == "of":
            word.tag = "PRON"  # "following that of X"
        elif before in ("NOUN", "NAME", "PRON", "NUM") and (
            verb_follows or (after in OPENING and self._describes(place))
        ):
            word.tag = "REL"
        elif before == "TIME" and verb_follows and not self._said_before(place):
            word.tag = "REL"  # "the blast on Monday that killed two"
        elif before in ("PREP", "CONJ", "") and after in ("NOUN", "ADJ", "VERB"):
            word.tag = "SUB" if before == "CONJ" and self._said_before(place) else "DET"
        elif before in ("", "PUNCT", "PREP", "SUB", "VERB") and verb_follows:
            word.tag = "PRON"
        elif before == "VERB" and self._words[place - 1].lemma not in self._lexicon.sets["saying"]:
            word.tag = "DET" if after in NOMINAL else "SUB"
        else:
            word.tag = "SUB"

    def _describes(self, place: int) -> bool:
        """
        Whether "that" hangs on a thing: "the town that rebels took", not "claims that X".

        "The base in Arauca that rebels took" is one, too.
        """
        tags = [self._context.tag(place - back) for back in (3, 2, 1)]
        noun = self._words[place - 3 if tags == ["NOUN", "PREP", "NAME"] else place - 1]
        known = noun.tag == "NOUN" and noun.lemma not in self._lexicon.sets["that_nouns"]
        return known and not self._said_before(place)

    def _said_before(self, place: int) -> bool:
        saying = self._lexicon.sets["saying"]
        return any(
            w.tag == "VERB" and w.lemma in saying
            for w in self._words[max(0, place - 2 * AHEAD) : place]
        )

    def _auxiliary(self, place: int, word: Word) -> None:
        if word.lower == "'s" and not self._stands_for_is(place):
            word.tag = "POSS"

    def _stands_for_is(self, place: int) -> bool:
        """Whether "'s" is "is" or "has": "it's", "the army's been hit"."""
        if self._context.tag(place - 1) in ("PRON", "REL") or self._context.lower(place - 1) in (
            "there",
            "here",
        ):
            return True
        after = self._context.lower(place + 1)
        return after in ("been", "not", "being") or self._context.tag(place + 1) == "NEG"

    def _modal(self, place: int, word: Word) -> None:
        if word.text == "May" and self._context.tag(place - 1) in ("NUM", "ADV", "PREP", "DET"):
            word.tag = "NAME"
        elif word.lower in ("will", "might", "can", "must") and self._context.tag(place - 1) in (
            "DET",
            "POSS",
            "ADJ",
        ):
            word.tag = "NOUN"

    def _mark(self, place: int, word: Word) -> None:
        """Tell whether an apostrophe stands for a possessive: "the rebels' attack"."""
        if word.lower in ("'", "’") and place and self._words[place - 1].end == word.start:
            before = self._words[place - 1]
            if before.lower.endswith("s") and self._context.tag(place + 1) in NOMINAL | {"VERB"}:
                word.tag = "POSS"

    def _adjective(self, place: int, word: Word) -> None:
        """Read "open", "clear", "set": verbs where a subject or "to" stands before them."""
        previous = self._context.before(place)
        before = self._context.tag(previous)
        opens = self._context.tag(place + 1) in OPENING or self._context.known_noun_at(place + 1)
        opens = opens or self._context.lower(place + 1) in self._lexicon.particles.get(
            word.lower, ()
        )
        lemma, form = self._lexicon.verb(word.lower)
        base = "base" if form == "base/ed" else form
        if before in ("TO", "MODAL") or self._context.lower(previous) in DO:
            word.tag, word.lemma, word.form = "VERB", lemma, base
        elif form == "base/ed" and (
            self._set_on(previous, place) or (opens and self._closes_insertion(place))
        ):
            word.tag, word.lemma, word.form = "VERB", lemma, "ed"
        elif opens and before in ("NOUN", "NAME", "PRON", "REL"):
            plural = self._words[previous].form == "plural" or before in ("PRON", "REL")
            if form == "base/ed" or plural:
                word.tag, word.lemma = "VERB", lemma
                word.form = "ed" if form == "base/ed" else base

    def _closes_insertion(self, place: int) -> bool:
        """Whether a subject, something between commas, and a verb: "rebels, angry, set fire"."""
        words = self._words
        if place < 4 or words[place - 1].lower != ",":  # noqa: PLR2004 -- "rebels , angry ,"
            return False
        for step in range(place - 2, max(0, place - _INSERTED), -1):
            if words[step].lower == ",":
                return words[step - 1].tag in ("NOUN", "NAME")
            if words[step].tag in ("VERB", "AUX", "MODAL", "PUNCT"):
                return False
        return False

    def _set_on(self, previous: int, place: int) -> bool:
        """Whether "set" is a verb for what follows: "were set on fire", "had set ablaze"."""
        before = self._context.lower(previous)
        if before in BE:
            return self._context.tag(place + 1) in ("PREP", "ADV")
        return before in HAVE

    def _unknown_verb(self, place: int, word: Word) -> None:
        """Read unknown words as verbs: "which intersects with", "to recite the creed"."""
        if (
            word.entity is None
            and not word.form
            and self._context.lower(place - 1) == "to"
            and self._words[place - 1].tag == "PREP"
            and self._context.lower(place + 1) in _ARTICLES
        ):
            self._words[place - 1].tag = "TO"
            word.tag, word.form = "VERB", "base"
            return
        if (
            word.form == "plural"
            and word.entity is None
            and self._context.tag(place - 1) == "REL"
            and self._context.lower(place - 1) in ("which", "who", "that")
            and self._context.tag(place + 1) in ("DET", "PREP", "ADV", "NAME", "NUM", "TO")
        ):
            word.tag, word.form = "VERB", "s"
