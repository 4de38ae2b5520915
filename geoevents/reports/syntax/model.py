"""
The parts of a sentence: words, noun phrases, verb groups and clauses.

A name, an actor, a time or a number with its unit is one word here, however many it is written
with: nothing inside it is ever a verb. Words are numbered from 0 within their sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.places.toponyms import Toponym
    from geoevents.reports.model import Actor, Quantity, When

    Entity: TypeAlias = Actor | Toponym | When | Quantity

Link = Literal[
    "main", "that", "relative", "participle", "infinitive", "coordinate", "adverbial", "quote"
]


@dataclass(slots=True)
class Word:
    """
    A word, or an entity that is read as one.

    Attributes
    ----------
    start, end : int
        Where it stands in the document.
    text, lower : str
        As written; and in small letters.
    tag : str
        DET ADJ NUM NOUN NAME TIME PRON REL PREP CONJ SUB AUX MODAL NEG ADV VERB TO POSS PUNCT.
        NAME is an actor or a place, TIME a time, NUM a count, REL "who", "which", "where".
    lemma : str
        The dictionary's form: "strike" of "struck", "clash" of "clashes".
    form : str
        Of verbs: ``base``, ``s``, ``past``, ``pp``, ``ing``, or ``ed`` where it may be the past or
        the participle; of nouns ``plural`` or nothing.
    entity : Actor, Toponym, When, Quantity or None
        What was found there.
    """

    start: int
    end: int
    text: str
    lower: str
    tag: str
    lemma: str
    form: str = ""
    entity: Entity | None = None


class Attached(NamedTuple):
    """
    A noun phrase behind its preposition.

    Attributes
    ----------
    word : str
        The preposition in small letters ("of", "on", "out of").
    phrase : NounPhrase
        What follows it.
    """

    word: str
    phrase: NounPhrase


@dataclass(slots=True)
class NounPhrase:
    """
    A noun with the words that belong to it.

    Attributes
    ----------
    first, last, head : int
        Numbers of its first word, its last and its noun; what is attached is not counted.
    start, end : int
        Where it stands in the document, with all that is attached.
    owner : NounPhrase or None
        Whose it is: "Russia" of "Russia's strike"; "its" and "their" are owners too.
    attached : list of Attached
        What follows with a preposition: "of the SDF", "on ISIS positions". What stands between
        the noun and the end of its clause is listed here and at the clause both.
    others : list of NounPhrase
        What is joined to it with commas or "and": "tanks" and "guns" of "men, tanks and guns".
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    owner: NounPhrase | None = None
    attached: list[Attached] = field(default_factory=list)
    others: list[NounPhrase] = field(default_factory=list)


@dataclass(slots=True)
class VerbGroup:
    """
    A verb with its auxiliaries, its negation and the verbs it hangs on.

    Attributes
    ----------
    first, last, head : int
        Numbers of its first word, its last and the verb that says what is done.
    start, end : int
        Where it stands in the document.
    lemma : str
        The verb.
    voice : str
        ``active`` or ``passive``.
    negated : bool
        Whether "not", "never", "no longer" belongs to it or to a verb of its chain.
    modal : str or None
        "would", "may", "will"...; "going to", "about to" and "set to" are "will".
    tense : str
        ``past``, ``present``, ``future``, ``perfect``, or ``none`` of infinitives and participles.
    chain : tuple of str
        The verbs it hangs on, outermost first: ("refuse",) for "refused to strike", ("plan",) for
        "plans to retake", ("report",) for "was reported to have been hit".
    particle : str
        "out" of "carried out", "up" of "linked up".
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    lemma: str
    voice: Literal["active", "passive"] = "active"
    negated: bool = False
    modal: str | None = None
    tense: str = "none"
    chain: tuple[str, ...] = ()
    particle: str = ""


@dataclass(slots=True)
class Clause:
    """
    A verb with what belongs to it, or a sentence without one.

    Attributes
    ----------
    number : int
        Which of its sentence's clauses, from 0, in the order of their verbs.
    sentence : int
        Which of the document's sentences.
    start, end : int
        Where it stands in the document, without the clauses inside it that follow its own words.
    words : list of Word
        All words of the sentence; the numbers above count in it.
    verb : VerbGroup or None
        None for headlines and fragments ("Heavy clashes in Aleppo").
    subject : NounPhrase or None
        Who does it; in the passive, to whom it is done. That of "took X and advanced" and of
        "..., killing 12" is filled in (`shared`).
    objects : list of NounPhrase
        What stands behind the verb without a preposition.
    preps : list of Attached
        What stands with a preposition, in the order of the text, before the verb or after it.
    parent : int or None
        The number of the clause that it hangs on.
    link : str
        How: ``main``, ``that`` (also without the word: "said rebels took X"), ``relative``,
        ``participle`` ("capturing X", "besieged there"), ``infinitive``, ``coordinate``,
        ``adverbial`` (after `mark`), or ``quote``: "..., the ministry said" behind what it says;
        the parent is what is said.
    mark : str
        The word that joins it: "as", "after", "if", "because", "and", "who", "that"; or nothing.
    host : NounPhrase or None
        The noun that a relative clause, a participle, an infinitive ("a request to strike") or a
        that-clause ("claims that ...") hangs on.
    shared : bool
        Whether the subject was filled in from another clause.
    adverbs : list of str
        Adverbs in small letters: "reportedly", "there", "allegedly".
    times : list of When
        The times named in it.
    """

    number: int
    sentence: int
    start: int
    end: int
    words: list[Word]
    verb: VerbGroup | None = None
    subject: NounPhrase | None = None
    objects: list[NounPhrase] = field(default_factory=list)
    preps: list[Attached] = field(default_factory=list)
    parent: int | None = None
    link: Link = "main"
    mark: str = ""
    host: NounPhrase | None = None
    shared: bool = False
    adverbs: list[str] = field(default_factory=list)
    times: list[When] = field(default_factory=list)


def each_of(phrases: Iterable[NounPhrase]) -> Iterator[NounPhrase]:
    """
    List noun phrases, each with those joined to it.

    Parameters
    ----------
    phrases : iterable of NounPhrase
        The phrases.

    Yields
    ------
    NounPhrase
        In their order.
    """
    for phrase in phrases:
        yield phrase
        yield from phrase.others
