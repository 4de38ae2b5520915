"""Words that may be a verb: a noun after "the", a participle, or the verb of the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.syntax.context import AHEAD, BE, BEFORE_NOUNS, DO, HAVE, NOMINAL

if TYPE_CHECKING:
    from geoevents.reports.syntax.context import Context
    from geoevents.reports.syntax.model import Word

_TAKEN = frozenset({"DET", "NUM"})  # what the object of a verb begins with, if it is surely one
_VERBAL = frozenset({"VERB", "AUX", "MODAL", "TO"})


class VerbForms:
    """
    Settles the tags of words that may be verbs.

    Parameters
    ----------
    context : Context
        The sentence.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = context.words
        self._known = context.known
        self._lexicon = context.lexicon

    def settle(self, place: int, word: Word) -> None:
        """
        Settle one of them.

        Parameters
        ----------
        place : int
            Its number.
        word : Word
            The word.
        """
        known = self._known[place]
        noun = known is not None and known.noun
        form = word.form
        if form == "ing":
            self._ing(place, word, noun)
        elif form in ("ed", "past", "pp"):
            self._past(place, word, noun)
        elif form == "base/ed":
            self._unchanged(place, word, noun)
        elif word.lower == "round" and self._around(place):
            word.tag, word.lemma, word.form = "PREP", "round", ""
        elif not self._follows_subject(place, word) and self._is_noun(place, word, noun):
            self._make_noun(word)

    def _around(self, place: int) -> bool:
        """Whether "round" is a preposition: "closed the ring round X", not "a second round"."""
        before, after = self._context.tag(place - 1), self._context.tag(place + 1)
        return before in ("NOUN", "NAME", "VERB") and after in ("DET", "NAME")

    def _make_noun(self, word: Word) -> None:
        word.tag = "NOUN"
        word.form = "plural" if word.form == "s" or word.lower.endswith("ings") else ""
        word.lemma = self._lexicon.singular(word.lower)

    def _is_noun(self, place: int, word: Word, noun: bool) -> bool:  # noqa: PLR0911 -- one rule a line
        """Whether a plain form or one in -s is a noun here."""
        previous = self._context.before(place)
        before = self._context.tag(previous)
        lower_before = self._context.lower(previous)
        if before in ("TO", "MODAL") or lower_before in DO:
            return word.form != "base"
        behind = word.form == "s" and self._context.tag(place - 1) == "VERB"  # "send blankets"
        if before == "PREP" or behind or word.lower in self._lexicon.sets["seldom_verbs"]:
            return True
        if not noun:
            if (
                before == "NOUN"
                and word.form == "base"
                and not self._context.opens_object(place + 1)
            ):
                return self._words[previous].form != "plural"
            return before in ("DET", "POSS") and previous == place - 1
        if before in BEFORE_NOUNS:
            return True
        if lower_before in BE or lower_before in HAVE or before == "VERB":
            helps = before == "VERB" and self._words[previous].lemma in ("help", "let")
            return not (helps and word.form == "base")
        if before in ("PRON", "REL"):
            return False
        if before == "CONJ":
            return self._like_before(previous, word)
        if before in ("NOUN", "NAME", "NUM", "TIME"):
            return self._after_noun(previous, place, word)
        return True

    def _like_before(self, conjunction: int, word: Word) -> bool:
        """After "and": a noun, unless a verb of the same form stands before it."""
        for step in range(conjunction - 1, max(-1, conjunction - AHEAD), -1):
            other = self._words[step]
            if other.tag == "VERB":
                same = other.form == word.form or (
                    word.form == "base" and self._context.tag(step - 1) in ("TO", "MODAL")
                )
                bare = word.form == "base" and self._context.tag(conjunction + 2) == "PREP"
                return not (same and (bare or self._context.opens_object(conjunction + 2)))
            if other.tag in ("PUNCT", "SUB"):
                break
        return True

    def _after_noun(  # noqa: PLR0911 -- a rule a line
        self, previous: int, place: int, word: Word
    ) -> bool:
        """After a noun: "missile strikes hit" or "rebels strike the base"."""
        subject = self._words[previous]
        if word.form == "base":
            post = word.lower in self._lexicon.sets["posts"] and not subject.lower.endswith("s")
            arms = "-" in subject.lower and self._context.tag(previous - 1) == "PREP"
            arms = arms and not self._context.opens_object(place + 1)  # "of small-arms fire"
            if post or arms or self._context.lower(place + 1) == "of":
                return True  # "the police station", "army base"
            if self._context.lower(previous - 1) in ("a", "an", "another", "one", "each", "every"):
                return True
            if self._heads_line(previous, place) or self._ends_relative(place):
                return False
            if subject.tag == "TIME" or not (
                subject.form == "plural" or self._plural_before(previous, place)
            ):
                return True
            return self._context.is_finite(place + 1) or self._context.tag(place + 1) in (
                "AUX",
                "MODAL",
                "POSS",
            )
        if subject.form == "plural" or subject.tag in ("NUM", "TIME"):
            return True
        if word.lemma in self._lexicon.sets["headlines"] and self._context.opens_object(place + 1):
            return False
        if self._context.tag(place + 1) == "TO" and word.lemma in self._lexicon.sets["chain_to"]:
            return self._context.finite_ahead(place + 3)  # "the army plans to retake X"
        if self._context.finite_ahead(place + 1):
            return True
        return not self._context.opens_object(place + 1) and not self._clause_lacks_verb(place)

    def _follows_subject(self, place: int, word: Word) -> bool:
        """Whether those who do it surely stand before: "they mine the roads"."""
        if word.form != "base" or not self._takes_object(place):
            return False
        previous = self._context.before(place)
        if self._context.lower(previous) == "they":
            return True
        return self._context.tag(previous) == "PUNCT" and self._goes_on(previous, place)

    def _takes_object(self, place: int) -> bool:
        """Whether an object surely follows: "mine the roads", "shoot dead two policemen"."""
        dead = self._context.tag(place + 1) == "ADJ" and self._context.tag(place + 2) == "NUM"
        return self._context.tag(place + 1) in _TAKEN or dead

    def _goes_on(self, comma: int, place: int) -> bool:
        """Whether a plural is the subject across a comma: "gunmen, men of X, attack two posts"."""
        words = self._words
        if words[comma].lower != "," or comma != place - 1:
            return False
        commas = [n for n in range(max(0, comma - AHEAD), comma) if words[n].lower == ","]
        if not commas or words[comma - 1].tag not in NOMINAL or self._context.finite_ahead(place):
            return False
        opened = commas[-1]
        if any(words[n].tag in _VERBAL for n in range(opened + 1, comma)):
            passive = words[opened + 1]
            if passive.tag != "VERB" or passive.form not in ("ed", "pp", "ing"):
                return False
        return self._is_plural_subject(opened)

    def _is_plural_subject(self, end: int) -> bool:
        """Whether a clause begins with a plural up to a comma, and has no verb there."""
        words = self._words
        head = None
        for step in range(end - 1, max(-1, end - AHEAD), -1):
            word = words[step]
            if word.tag in _VERBAL or word.tag in ("PUNCT", "SUB", "REL", "TIME", "CONJ"):
                return head is not None and word.tag in ("PUNCT", "SUB", "TIME")
            of_another = self._context.tag(step + 1) in ("NOUN", "NAME", "POSS")
            if word.tag == "PREP":
                head = None
            elif word.tag in ("NOUN", "NAME") and not of_another and self._is_many(word):
                head = word
        return head is not None

    def _is_many(self, word: Word) -> bool:
        """Whether it is a plural, in front of a name too: "gunmen of Sinai Province"."""
        kind = word.lower.partition(" of ")[0].rsplit(" ", 1)[-1]
        named = hasattr(word.entity, "party") and self._lexicon.is_plural(kind)
        return word.form == "plural" or named

    def _heads_line(self, previous: int, place: int) -> bool:
        """Whether a group with a name does it: "ADF kill 12 villagers", "Taliban attack Kunduz"."""
        name = self._words[previous]
        if name.tag != "NAME" or not hasattr(name.entity, "party"):
            return False
        if self._context.tag(previous - 1) not in ("", "PUNCT") or not self._lexicon_verb(place):
            return False
        after = self._words[place + 1] if place + 1 < len(self._words) else None
        if after is None or after.tag not in ("NUM", "DET", "NAME"):
            return False
        return not self._context.finite_ahead(place + 1)

    def _lexicon_verb(self, place: int) -> bool:
        known = self._known[place]
        return known is not None and self._words[place].form == "base"

    def _plural_before(self, previous: int, place: int) -> bool:
        """Whether a name hangs on a plural: "blasts in Manila kill three"."""
        if self._words[previous].tag != "NAME" or not self._context.opens_object(place + 1):
            return False
        for step in range(previous - 1, max(-1, previous - AHEAD), -1):
            word = self._words[step]
            if word.form == "plural" and self._context.tag(step + 1) == "PREP":
                return True
            if word.tag in ("VERB", "AUX", "MODAL", "PUNCT", "SUB", "REL"):
                return False
        return False

    def _ends_relative(self, place: int) -> bool:
        """Whether a relative without a verb ends here: ", where the roads to X and Y meet,"."""
        if self._context.tag(place + 1) not in ("PUNCT", ""):
            return False
        for step in range(place - 1, max(-1, place - AHEAD), -1):
            word = self._words[step]
            if word.tag == "REL":
                return word.lower == "where" and self._words[step + 1].tag == "DET"
            if word.tag in ("VERB", "AUX", "MODAL", "PUNCT", "SUB"):
                return False
        return False

    def _clause_lacks_verb(self, place: int) -> bool:
        """Whether a conjunction stands before with no verb since: "if the army attacks"."""
        for step in range(place - 1, max(-1, place - AHEAD), -1):
            word = self._words[step]
            if word.tag in ("SUB", "REL"):
                return word.lower not in self._lexicon.sets["prep_too"]
            if word.tag in ("VERB", "AUX", "MODAL", "PUNCT"):
                return False
        return False

    def _ing(self, place: int, word: Word, noun: bool) -> None:  # noqa: C901, PLR0911, PLR0912 -- one rule a branch
        before, after = self._context.tag(place - 1), self._context.tag(place + 1)
        previous = self._context.before(place)
        if self._context.tag(previous) == "AUX" and self._context.lower(previous) in BE:
            return
        if noun and self._context.lower(place + 1) == "between" and before != "VERB":
            self._make_noun(word)  # "fighting between X and Y"
            return
        around = word.lower in self._lexicon.sets["around"] and before in ("CONJ", "PREP", "VERB")
        if around and after == "NOUN" and self._ing_like_before(place):
            word.tag, word.lemma = "ADJ", word.lower  # "the town and surrounding villages"
            return
        described = before == "ADV" and self._context.tag(previous) == "DET"
        if described and after in ("NOUN", "NAME"):
            word.tag, word.lemma = "ADJ", word.lower  # "the only functioning airport"
            return
        if before in ("DET", "ADJ", "POSS", "NUM"):
            if after in ("NOUN", "NAME") and not noun:
                word.tag, word.lemma = "ADJ", word.lower
            else:
                self._make_noun(word)
            return
        chained = (
            before == "VERB" and self._words[place - 1].lemma in self._lexicon.sets["chain_ing"]
        )
        describes = (before == "VERB" and not chained) or self._context.lower(place - 1) == "with"
        plural = self._context.lower(place + 1).endswith("s")
        nominal = after == "NOUN" or (plural and self._context.known_noun_at(place + 1))
        if describes and before == "VERB" and nominal:
            word.tag, word.lemma = "ADJ", word.lower  # "fought running battles"
            return
        if not noun and describes and after in ("NOUN", "NAME", "ADJ"):
            word.tag, word.lemma = "ADJ", word.lower  # "confronted striking workers"
        if not noun or chained:
            return
        ends = after in ("PREP", "PUNCT", "CONJ", "AUX", "MODAL", "SUB", "REL", "TIME", "", "TO")
        ends = ends or self._context.is_finite(place + 1)
        if before in ("PREP", "VERB"):
            if ends and not (before == "PREP" == after and self._accused(place)):
                self._make_noun(word)
            return
        if before in ("NOUN", "NAME"):
            if self._context.lower(place + 1) == "of" or (
                ends and (after != "PREP" or self._words[place - 1].form != "plural")
            ):
                self._make_noun(word)
            return
        if before == "CONJ":
            if self._ing_like_before(place) and ends:
                self._make_noun(word)
            return
        if before in ("", "PUNCT", "ADV", "SUB", "TIME"):
            if before == "" or self._words[place - 1].lower in {'"', "“", "‘", ":", ";", "—", "-"}:
                if ends:
                    self._make_noun(word)
            elif (
                after in ("AUX", "MODAL")
                or self._context.is_finite(place + 1)
                or (ends and after in ("CONJ", "PUNCT") and self._context.tag(place - 2) == "NOUN")
            ):
                self._make_noun(word)

    def _accused(self, place: int) -> bool:
        """Whether somebody is accused of it: "accused X of firing at Y" is a verb."""
        accusing = self._lexicon.sets["accusing"]
        for step in range(place - 2, max(-1, place - AHEAD), -1):
            word = self._words[step]
            if word.tag == "VERB":
                return word.lemma in accusing
            if word.tag in ("PUNCT", "SUB", "REL"):
                return False
        return False

    def _ing_like_before(self, place: int) -> bool:
        """Whether no verb in -ing stands before "and": the word is a noun then."""
        return not any(
            w.tag == "VERB" and w.form == "ing" for w in self._words[max(0, place - AHEAD) : place]
        )

    def _past(self, place: int, word: Word, noun: bool) -> None:
        if not self._follows_another(place):
            self._past_or_describing(place, word, noun)

    def _follows_another(self, place: int) -> bool:
        """Whether "another" does it: "another killed four"."""
        another = self._context.lower(place - 1) in self._lexicon.sets["anew"]
        return another and self._context.tag(place + 1) in ("NUM", "DET")

    def _past_or_describing(self, place: int, word: Word, noun: bool) -> None:
        before, after = self._context.tag(place - 1), self._context.tag(place + 1)
        nominal = after in ("NOUN", "ADJ", "NAME") or self._context.known_noun_at(place + 1)
        if before in ("DET", "POSS", "ADJ") or (before == "NUM" and nominal):
            if nominal or (before in ("DET", "POSS") and not noun):
                word.tag, word.lemma = "ADJ", word.lower
            elif noun and before != "NUM":
                word.tag, word.form = "NOUN", ""
            elif before == "ADV":
                word.tag = "ADJ"
            return
        counted = nominal and self._context.tag(place - 2) in ("NUM", "PREP", "POSS")
        if before == "ADV" and (counted or self._context.tag(place - 2) == "DET"):
            word.tag, word.lemma = "ADJ", word.lower
            return
        if word.form == "past" or not nominal:
            return
        if before in ("PREP", "") or (
            before == "VERB"
            and self._words[place - 1].lemma not in self._lexicon.sets["chain_ing"]
            and self._context.lower(place - 1) not in HAVE
        ):
            if before or self._context.finite_ahead(place + 1):
                word.tag, word.lemma = "ADJ", word.lower
        elif (before == "SUB" and self._context.finite_ahead(place + 1)) or (
            before == "CONJ" and word.lemma in self._lexicon.sets["attributive"]
        ):
            word.tag, word.lemma = "ADJ", word.lower

    def _unchanged(self, place: int, word: Word, noun: bool) -> None:
        """Read a verb whose past is its plain form: "hit", "cut"."""
        previous = self._context.before(place)
        before = self._context.tag(previous)
        if before in ("TO", "MODAL") or self._context.lower(previous) in DO:
            word.form = "base"
        elif noun and (before in ("DET", "ADJ", "POSS", "PREP")):
            word.tag, word.form, word.lemma = "NOUN", "", word.lower
        else:
            word.form = "ed"
