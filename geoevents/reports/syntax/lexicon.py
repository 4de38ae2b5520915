"""The words of a language as the parse asks for them: each form with its tag and lemma."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from geoevents.reports.errors import LanguageError

if TYPE_CHECKING:
    from geoevents.reports.language import Language

_REMEMBERED = 50_000  # words of a report whose reading is kept; strangers may send any number
_VOWELS = frozenset("aeiou")
_ES = ("s", "x", "z", "ch", "sh", "o")
_UNKNOWN_VERB = 5  # letters that an unknown word in -ed or -ing has at least


Group: TypeAlias = tuple[tuple[str, ...], str]


class Known(NamedTuple):
    """
    What a word may be, by itself.

    Attributes
    ----------
    tag : str
        Its tag; VERB if it may be one.
    lemma : str
        The dictionary's form.
    form : str
        As in `Word`; ``base/ed`` where plain form and past are the same ("hit").
    noun : bool
        Of a verb: whether it may be a noun as well.
    """

    tag: str
    lemma: str
    form: str
    noun: bool


class Lexicon:
    """
    The words of a language for the parse.

    Parameters
    ----------
    table : dict
        The table ``syntax`` of the language.
    triggers : frozenset of str
        The verbs that entries of the table ``triggers`` begin with, as these have them
        ("shoot:down"): one that is not listed in ``syntax`` is a regular verb, or a noun.
    """

    def __init__(self, table: dict[str, Any], triggers: frozenset[str] = frozenset()) -> None:
        self.closed = {word: tag for tag, words in table["words"].items() for word in words.split()}
        self.sets = {name: frozenset(words.split()) for name, words in table["sets"].items()}
        self.negative = frozenset(table["negative"]["adverbs"].split())
        self.several = _by_first_words(table["several"])
        self.alike: dict[str, str] = table["alike"]
        self.particles = _particles(table["verbs"]["particles"], triggers)
        self._plurals: dict[str, str] = table["plurals"]
        self._verbs = _verb_forms(table["verbs"])
        self._nouns = _noun_forms(table["verbs"])
        more = {trigger.partition(":")[0] for trigger in triggers} - self._verbs.keys()
        for lemma in more - self.closed.keys():
            _add_regular(self._verbs, lemma, lemma)
            self._nouns |= {lemma, _with_s(lemma)}
        endings = table["suffixes"]
        self._adjectives = tuple(endings["ADJ"].split())
        self._adverbs = tuple(endings["ADV"].split())
        self._no_adjectives = frozenset(endings["not_ADJ"].split())
        self._no_adverbs = frozenset(endings["not_ADV"].split())
        self._no_verbs = self.sets["not_verbs"]
        self.both = frozenset(
            word for word, tag in self.closed.items() if tag == "ADJ" and word in self._verbs
        )
        self._memory: dict[str, Known] = {}

    @property
    def memory(self) -> dict[str, Known]:
        """Words that were looked up before: ask it first."""
        return self._memory

    def know(self, lower: str) -> Known:
        """
        Tell what a word may be.

        Parameters
        ----------
        lower : str
            The word in small letters.

        Returns
        -------
        Known
            Its tag, lemma and form.
        """
        known = self._memory.get(lower)
        if known is None:
            known = self._look_up(lower)
            if len(self._memory) < _REMEMBERED:
                self._memory[lower] = known
        return known

    def verb(self, lower: str) -> tuple[str, str]:
        """
        Look up a verb that is an adjective too: "open", "clear", "set".

        Parameters
        ----------
        lower : str
            A word of `both`.

        Returns
        -------
        tuple of (str, str)
            Its lemma and its form.
        """
        return self._verbs[lower]

    def singular(self, lower: str) -> str:  # noqa: PLR0911 -- a rule a line
        """
        Make the singular of a noun; a noun that is none stays.

        Parameters
        ----------
        lower : str
            The noun in small letters.

        Returns
        -------
        str
            Its singular.
        """
        if lower in self._plurals:
            return self._plurals[lower]
        if lower.endswith("men"):
            return lower[:-2] + "an"
        if lower in self.sets["singular_s"] or not lower.endswith("s"):
            return lower
        if lower.endswith("ies") and len(lower) > len("ties"):
            return lower[:-3] + "y"
        if lower.endswith(("sses", "shes", "ches", "xes")):
            return lower[:-2]
        if lower.endswith(("ss", "us", "is")):
            return lower
        return lower[:-1]

    def is_plural(self, lower: str) -> bool:
        """
        Tell whether a noun is a plural.

        Parameters
        ----------
        lower : str
            The noun in small letters.

        Returns
        -------
        bool
            Whether it is.
        """
        return lower in self.sets["plural_nouns"] or self.singular(lower) != lower

    def _look_up(self, lower: str) -> Known:
        tag = self.closed.get(lower)
        if tag is not None and tag not in ("ADJ", "ADV"):
            return Known(tag, lower, "", False)
        verb = self._verbs.get(lower)
        if verb is not None and tag is None:
            return Known("VERB", verb[0], verb[1], lower in self._nouns)
        if tag is not None:
            return Known(tag, lower, "", lower in self._nouns)
        if not lower[:1].isalpha():
            return Known("NUM" if lower[:1].isdigit() else "PUNCT", lower, "", False)
        return self._by_ending(lower)

    def _by_ending(self, lower: str) -> Known:  # noqa: PLR0911 -- a rule a line
        """Tell what an unknown word may be, by how it ends."""
        if lower.endswith(self._adverbs) and len(lower) > 4 and lower not in self._no_adverbs:  # noqa: PLR2004 -- "only"
            return Known("ADV", lower, "", False)
        if "-" in lower and lower.endswith(self._adjectives):
            return Known("ADJ", lower, "", False)
        if lower.startswith(("pro-", "anti-", "non-")):
            return Known("ADJ", lower, "", False)
        verbal = len(lower) >= _UNKNOWN_VERB and lower not in self._no_verbs
        if verbal and lower.endswith("ed"):
            return Known("ADJ" if "-" in lower else "VERB", _stem(lower[:-2]), "ed", False)
        if verbal and lower.endswith("ing"):
            return Known("VERB", _stem(lower[:-3]), "ing", True)
        if lower in self._no_verbs and lower.endswith(("ed", "ing")) and lower not in self._nouns:
            return Known("ADJ" if len(lower) > 5 else "NOUN", lower, "", False)  # noqa: PLR2004 -- "king", "seed"
        if (
            lower.endswith(self._adjectives)
            and len(lower) > 4  # noqa: PLR2004 -- "oil", "arc"
            and lower not in self._no_adjectives
        ):
            return Known("ADJ", lower, "", False)
        singular = self.singular(lower)
        return Known("NOUN", singular, "plural" if self.is_plural(lower) else "", False)


@cache
def lexicon(language: Language) -> Lexicon:
    """
    Compile the words of a language, once.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    Lexicon
        Its words.
    """
    return Lexicon(language.table("syntax"), _trigger_verbs(language))


def _trigger_verbs(language: Language) -> frozenset[str]:
    """Every verb that tells of events or carries them."""
    try:
        table = language.table("triggers")
    except LanguageError:
        return frozenset()  # a language that is parsed, and no more
    rows = [row["verbs"] for row in table["verbs"].values() if "verbs" in row]
    return frozenset(verb for row in [*rows, *table["light"].values()] for verb in row.split())


def _by_first_words(table: dict[str, list[str]]) -> dict[str, dict[str, list[Group]]]:
    """Word groups by their first word and their second, the longest first."""
    found: dict[str, dict[str, list[Group]]] = {}
    for tag, groups in table.items():
        for group in groups:
            words = tuple(group.split())
            found.setdefault(words[0], {}).setdefault(words[1], []).append((words, tag))
    for seconds in found.values():
        for groups_of in seconds.values():
            groups_of.sort(key=lambda pair: -len(pair[0]))
    return found


def _particles(text: str, triggers: frozenset[str]) -> dict[str, frozenset[str]]:
    """Which small words go with which verb."""
    found: dict[str, frozenset[str]] = {}
    text = "; ".join([text, *(trigger for trigger in triggers if ":" in trigger)])
    for entry in text.split(";"):
        verb, _, words = entry.partition(":")
        found[verb.strip()] = found.get(verb.strip(), frozenset()) | frozenset(words.split())
    return found


def _verb_forms(table: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Every form of every verb: its lemma, and which form it is."""
    forms: dict[str, tuple[str, str]] = {}
    for entry in table["regular"].split():
        lemma = entry.rstrip("*")
        stem = lemma + lemma[-1] if entry.endswith("*") else lemma
        _add_regular(forms, lemma, stem)
        if lemma[-1] == "l" and lemma[-2] in _VOWELS:  # British: "travelled"
            forms.setdefault(lemma + "led", (lemma, "ed"))
            forms.setdefault(lemma + "ling", (lemma, "ing"))
    for entry in table["irregular"].split(";"):
        lemma, past, participle = entry.split()
        stem = lemma + lemma[-1] if _doubles(lemma) else lemma
        forms.setdefault(_with_s(lemma), (lemma, "s"))
        forms.setdefault("lying" if lemma == "lie" else _with_ing(stem), (lemma, "ing"))
        if past == participle == lemma:
            forms[lemma] = (lemma, "base/ed")
            continue
        forms.setdefault(lemma, (lemma, "base"))
        if past == participle:
            forms.setdefault(past, (lemma, "ed"))
            continue
        forms.setdefault(past, (lemma, "past"))
        forms.setdefault(participle, (lemma, "pp"))
    # "found" and "ground" are forms of "find" and "grind" far more often than verbs of their own.
    forms["found"] = ("find", "ed")
    return forms


def _add_regular(forms: dict[str, tuple[str, str]], lemma: str, stem: str) -> None:
    """Add the forms of a regular verb."""
    forms.setdefault(lemma, (lemma, "base"))
    forms.setdefault(_with_s(lemma), (lemma, "s"))
    forms.setdefault(_with_ed(stem), (lemma, "ed"))
    forms.setdefault(_with_ing(stem), (lemma, "ing"))


def _noun_forms(table: dict[str, str]) -> frozenset[str]:
    """Find the forms of verbs that may be nouns."""
    plain = table["nouns"].split()
    return frozenset(
        [*plain, *map(_with_s, plain), *table["nouns_ing"].split(), *table["nouns_ed"].split()]
        + [word + "s" for word in table["nouns_ing"].split()]
    )


def _with_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(_ES) else "s")


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2] not in _VOWELS:
        return stem[:-1] + "ied"
    return stem + "ed"


def _with_ing(stem: str) -> str:
    if stem.endswith("e") and not stem.endswith(("ee", "ye", "oe")):
        return stem[:-1] + "ing"
    return stem + "ing"


def _doubles(lemma: str) -> bool:
    """Whether an irregular verb doubles its last letter: "hit", "hitting"."""
    if lemma in ("forget", "begin", "forbid", "beset"):
        return True
    return (
        len(lemma) <= 5  # noqa: PLR2004 -- "split": one syllable
        and lemma[-1] in "tdgnm"
        and lemma[-2] in _VOWELS
        and lemma[-3] not in _VOWELS
    ) or lemma in ("overrun", "quit")


def _stem(word: str) -> str:
    """Find the lemma of an unknown verb, nearly: "torched" -> "torch", "banning" -> "ban"."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":  # noqa: PLR2004
        return word[:-1]
    return word
