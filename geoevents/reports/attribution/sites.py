"""Where a mention stands in the parse: its clause, the clauses above it, the nouns before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.reports.model import Mention
    from geoevents.reports.syntax import Clause, Word

#: A sentence of strangers may nest clauses without end.
_DEEPEST: Final = 12
#: So many clauses back one is looked for that holds a noun.
_BACK: Final = 12
#: Nouns that a noun hangs on: "a request for a series of air strikes".
_CHAIN: Final = 4
#: Words of one noun phrase before its noun.
_LONGEST: Final = 12
_NOMINAL: Final = frozenset(("DET", "ADJ", "NUM", "NOUN", "NAME", "POSS", "ADV"))
_NOUNS: Final = frozenset(("NOUN", "NAME", "PRON"))


class Governor(NamedTuple):
    """
    A noun that another hangs on.

    Attributes
    ----------
    word : str
        The preposition between the two.
    noun : int
        The number of the noun.
    """

    word: str
    noun: int


@dataclass(slots=True)
class Site:
    """
    Where a mention stands.

    Attributes
    ----------
    mention : Mention
        The mention.
    clause : Clause or None
        The clause it is told in; None where the sentence was not parsed.
    words : list of Word
        The words of its sentence.
    head : int
        The number of the word that names it; -1 without a clause.
    verbal : bool
        Whether that is the clause's verb.
    path : list of Clause
        Its clause and those that it hangs on, up to that of the sentence.
    """

    mention: Mention
    clause: Clause | None
    words: list[Word] = field(default_factory=list)
    head: int = -1
    verbal: bool = False
    path: list[Clause] = field(default_factory=list)

    def governors(self) -> list[Governor]:
        """List the nouns that the naming noun hangs on, the nearest first."""
        return list(governors(self.words, self.head))

    def top(self) -> int:
        """Find the noun at the top of the chain that the naming noun hangs on."""
        chain = self.governors()
        return chain[-1].noun if chain else self.head


@dataclass(slots=True)
class _Sentence:
    """The clauses of a sentence, to be found by position."""

    clauses: Sequence[Clause]
    words: list[Word]
    heads: dict[int, Clause]
    starts: list[int]
    ordered: list[Clause]


class Parse:
    """
    The clauses of a document, to be found by the words of a mention.

    Parameters
    ----------
    clauses : sequence of sequence of Clause
        For each sentence its clauses.
    """

    def __init__(self, clauses: Sequence[Sequence[Clause]]) -> None:
        self.clauses = clauses
        self._sentences: dict[int, _Sentence] = {}

    def site(self, mention: Mention) -> Site:
        """
        Find where a mention stands.

        Parameters
        ----------
        mention : Mention
            The mention.

        Returns
        -------
        Site
            Its clause and what that hangs on.
        """
        sentence = self._sentence(mention.sentence)
        if sentence is None:
            return Site(mention, None)
        start, end = mention.trigger
        words = sentence.words
        first = bisect_left(words, start, key=lambda word: word.start)
        first -= first > 0 and words[first - 1].end > start
        last = max(first, bisect_left(words, end, key=lambda word: word.start) - 1)
        last = min(last, len(words) - 1)
        for index in range(last, min(first, last) - 1, -1):
            clause = sentence.heads.get(index)
            if clause is not None:
                return Site(mention, clause, words, index, verbal=True, path=self.path(clause))
        clause = _holding(sentence, words[last].start)
        if clause is None:
            return Site(mention, None, words, last)
        return Site(mention, clause, words, last, path=self.path(clause))

    def path(self, clause: Clause) -> list[Clause]:
        """
        List a clause and those that it hangs on.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        list of Clause
            From it to that of the sentence.
        """
        path = [clause]
        siblings = self.clauses[clause.sentence]
        while path[-1].parent is not None and len(path) < _DEEPEST:
            parent = siblings[path[-1].parent]
            if parent in path:
                break
            path.append(parent)
        return path

    def _sentence(self, number: int) -> _Sentence | None:
        known = self._sentences.get(number)
        if known is None:
            clauses = self.clauses[number] if number < len(self.clauses) else ()
            if not clauses:
                return None
            ordered = sorted(clauses, key=lambda clause: clause.start)
            known = _Sentence(
                clauses,
                clauses[0].words,
                {clause.verb.head: clause for clause in clauses if clause.verb is not None},
                [clause.start for clause in ordered],
                ordered,
            )
            self._sentences[number] = known
        return known


def _holding(sentence: _Sentence, position: int) -> Clause | None:
    """Find the clause that begins last of those that hold a position."""
    last = bisect_right(sentence.starts, position) - 1
    for number in range(last, max(last - _BACK, -1), -1):
        if position < sentence.ordered[number].end:
            return sentence.ordered[number]
    return sentence.ordered[max(last, 0)] if sentence.ordered else None


def phrase_start(words: Sequence[Word], head: int) -> int:
    """
    Find where the noun phrase of a noun begins.

    Parameters
    ----------
    words : sequence of Word
        The words of the sentence.
    head : int
        The number of the noun.

    Returns
    -------
    int
        The number of its first word.
    """
    first = head
    while first > max(0, head - _LONGEST) and words[first - 1].tag in _NOMINAL:
        first -= 1
    return first


def governors(words: Sequence[Word], head: int) -> Iterator[Governor]:
    """
    Find the nouns that a noun hangs on.

    Parameters
    ----------
    words : sequence of Word
        The words of the sentence.
    head : int
        The number of the noun.

    Yields
    ------
    Governor
        The nearest first: of "a request for a series of strikes" first "series", then "request".
    """
    for _ in range(_CHAIN):
        before = phrase_start(words, head) - 1
        if before < 1 or words[before].tag != "PREP" or words[before - 1].tag not in _NOUNS:
            return
        yield Governor(words[before].lower, before - 1)
        head = before - 1
