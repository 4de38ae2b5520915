"""The words that tell whether two mentions are of one event, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoevents.reports.language import Language


@dataclass(frozen=True)
class JoiningWords:
    """
    What a language says of one event and another.

    Attributes
    ----------
    general : mapping of str to frozenset of str
        For a general word ("attack") the kinds of event it may point back to.
    alike : frozenset of frozenset of str
        Pairs of kinds that one happening may be called.
    telling : mapping of str to int
        Kinds, the most telling with the lowest number.
    single, once : frozenset of str
        Kinds that a report rarely tells two of in one breath; kinds that happen to a place once.
    parting, later, new, one_of, past, known, first, perfect, pluperfect, ongoing : frozenset of str
        Words beside an event: "elsewhere", "later", "another", "one", "earlier", "the", "a", "has",
        "had", "continues".
    until, since, then : frozenset of str
        Words before a day by which something was so ("by Thursday"); of what came next.
    irregular : frozenset of str
        Fighters of no state that go by no name: "gunmen".
    tolls : frozenset of str
        Words of what an attack did to people: "kill", "wound".
    mass, fray : frozenset of str
        Nouns of fighting without a number; nouns of a fight that may just have been told.
    part, bystanders, neutral, warring, backers : frozenset of str
        Words of denials of one's own part ("involvement"); parties that take no side; words of
        those who take none ("police") and of those who wage war ("army"); words that make an ally
        ("backed").
    answering : frozenset of str
        Entries of what is done about a protest: "dispersed".
    back : frozenset of str
        Verbs of taking a place that another had taken: "retake".
    notes : mapping of str to str
        How what was decided is told.
    """

    general: Mapping[str, frozenset[str]]
    alike: frozenset[frozenset[str]]
    telling: Mapping[str, int]
    single: frozenset[str]
    once: frozenset[str]
    parting: frozenset[str]
    later: frozenset[str]
    new: frozenset[str]
    one_of: frozenset[str]
    past: frozenset[str]
    known: frozenset[str]
    first: frozenset[str]
    perfect: frozenset[str]
    pluperfect: frozenset[str]
    ongoing: frozenset[str]
    until: frozenset[str]
    since: frozenset[str]
    then: frozenset[str]
    part: frozenset[str]
    mass: frozenset[str]
    fray: frozenset[str]
    bystanders: frozenset[str]
    neutral: frozenset[str]
    warring: frozenset[str]
    irregular: frozenset[str]
    tolls: frozenset[str]
    backers: frozenset[str]
    answering: frozenset[str]
    back: frozenset[str]
    notes: Mapping[str, str]

    def may_be(self, kind: str, other: str) -> bool:
        """Tell whether one happening may be called by both kinds."""
        return kind == other or frozenset((kind, other)) in self.alike


@cache
def joining_words(language: Language) -> JoiningWords:
    """
    Compile the table ``[joining]`` of a language.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    JoiningWords
        The same object each time.
    """
    table = language.table("joining")
    words = table["words"]
    return JoiningWords(
        general={word: frozenset(kinds) for word, kinds in table["general"].items()},
        alike=frozenset(frozenset(pair) for pair in table["alike"]["pairs"]),
        telling={kind: place for place, kind in enumerate(table["alike"]["telling"])},
        once=frozenset(table["alike"]["once"]),
        single=frozenset(table["alike"]["single"]),
        **{name: frozenset(listed) for name, listed in words.items()},
        notes=table["notes"],
    )
