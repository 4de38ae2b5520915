"""The words of saying, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geoevents.reports.extraction.asides import aside_words
from geoevents.reports.syntax.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoevents.reports.extraction.asides import AsideWords
    from geoevents.reports.language import Language
    from geoevents.reports.model import Stance

_STANCES: Final[tuple[Stance, ...]] = ("says", "claims", "denies", "confirms")


@dataclass(frozen=True)
class AttributionWords:
    """
    What a language says of who says what.

    Attributes
    ----------
    going : frozenset of str
        Verbs of saying that say nothing before another: "continued to attack".
    stances : mapping of str to str
        Verbs of saying, with the stance of who is their subject.
    passive : frozenset of str
        Verbs that another hangs on only in the passive: "is said to have struck".
    finds, owning, harming, involving, judging, rejects, blames : frozenset of str
        Verbs that say what a clause behind them does, but quote nobody; "claim" of "claimed the
        attack", "fire" of "denied firing", "involve", "condemn"; verbs that deny only what a noun
        of saying names; verbs that say who did it.
    sources, citing, accounts : frozenset of str
        "according to"; verbs whose object is the source: "citing the army"; nouns of "by its
        account".
    behind, mutual : frozenset of str
        "behind", "responsible for"; "each other".
    pinning : mapping of str to str
        For a verb of blame whose object is the deed the word before who did it.
    laying : mapping of str to str
        For a verb whose object is the blame the word before who is blamed.
    holding : frozenset of str
        Verbs of blame with "responsible": "held X responsible".
    falsehoods : frozenset of str
        What a report is called that is denied: "lie", "baseless".
    pointing : mapping of str to (str, str)
        For a verb the noun that makes it one of blame, and the word before who did it.
    mutual_verbs, mutual_nouns, breaking : frozenset of str
        Of blaming each other, and of what parties to a truce blame each other for.
    deeds, charges, responsibility, things, speaking, groups, armed, official : frozenset of str
        Nouns: what can be condemned, what can be denied, what can be claimed, what can be denied
        to somebody, who speaks ("spokesman"), who fights ("militia"), with those that are no state
        and those that are.
    zealots, rivals : frozenset of str
        Nouns that no described side ("Kurdish fighters") is called by later: "the jihadists"; nouns
        of the other side: "its neighbour".
    plain, outcomes, weapons, soil, townsmen : frozenset of str
        Verbs that only say; nouns of what is confirmed ("capture"), of what is fired, and of a
        party's ground.
    singular, plural, objective, own, first, this : frozenset of str
        Pronouns.
    sides, nobody, definite : frozenset of str
        "side" of "both sides"; "no", "neither", before nobody; "the", "this", before what is known.
    there : frozenset of str
        "there".
    places : mapping of str to frozenset of str
        For a noun ("city") the kinds of place it may point back to.
    asides : AsideWords
        What tells which places are named in passing.
    notes : mapping of str to str
        How what was decided is told.
    """

    stances: Mapping[str, Stance]
    going: frozenset[str]
    passive: frozenset[str]
    finds: frozenset[str]
    owning: frozenset[str]
    harming: frozenset[str]
    involving: frozenset[str]
    judging: frozenset[str]
    rejects: frozenset[str]
    blames: frozenset[str]
    sources: frozenset[str]
    citing: frozenset[str]
    accounts: frozenset[str]
    behind: frozenset[str]
    pinning: Mapping[str, str]
    laying: Mapping[str, str]
    holding: frozenset[str]
    falsehoods: frozenset[str]
    pointing: Mapping[str, tuple[str, str]]
    mutual: frozenset[str]
    mutual_verbs: frozenset[str]
    mutual_nouns: frozenset[str]
    breaking: frozenset[str]
    plain: frozenset[str]
    outcomes: frozenset[str]
    weapons: frozenset[str]
    soil: frozenset[str]
    townsmen: frozenset[str]
    deeds: frozenset[str]
    charges: frozenset[str]
    responsibility: frozenset[str]
    things: frozenset[str]
    speaking: frozenset[str]
    groups: frozenset[str]
    armed: frozenset[str]
    zealots: frozenset[str]
    rivals: frozenset[str]
    official: frozenset[str]
    singular: frozenset[str]
    plural: frozenset[str]
    objective: frozenset[str]
    own: frozenset[str]
    personal: frozenset[str]
    first: frozenset[str]
    this: frozenset[str]
    sides: frozenset[str]
    nobody: frozenset[str]
    definite: frozenset[str]
    there: frozenset[str]
    places: Mapping[str, frozenset[str]]
    asides: AsideWords
    notes: Mapping[str, str]


@cache
def attribution_words(language: Language) -> AttributionWords:
    """
    Compile the table ``[attribution]`` of a language.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    AttributionWords
        The same object each time.
    """
    table = language.table("attribution")
    sets = lexicon(language).sets
    verbs, phrases = table["verbs"], table["phrases"]
    nouns, pronouns, places = table["nouns"], table["pronouns"], table["places"]
    stances: dict[str, Stance] = {}
    for stance in _STANCES:
        for verb in verbs[stance]:
            stances.setdefault(verb, stance)
    for verb in verbs["finds"]:
        stances.setdefault(verb, "says")
    return AttributionWords(
        stances=stances,
        passive=sets["chain_to_passive"] - sets["chain_to"] - sets["chain_ing"],
        finds=frozenset(verbs["finds"]),
        going=frozenset(verbs["going"]),
        owning=frozenset(verbs["owning"]),
        harming=frozenset(verbs["harming"]),
        involving=frozenset(verbs["involving"]),
        judging=frozenset(verbs["judging"]),
        rejects=frozenset(verbs["rejects"]),
        blames=frozenset(verbs["blames"]),
        sources=frozenset(phrases["sources"]),
        accounts=frozenset(phrases["accounts"]),
        citing=frozenset(phrases["citing"]),
        behind=frozenset(phrases["behind"]),
        pinning=phrases["pinning"],
        laying=phrases["laying"],
        holding=frozenset(phrases["holding"]),
        falsehoods=frozenset(phrases["falsehoods"]),
        pointing={verb: (noun, word) for verb, (noun, word) in phrases["pointing"].items()},
        mutual=frozenset(phrases["mutual"]),
        mutual_verbs=frozenset(phrases["mutual_verbs"]),
        mutual_nouns=frozenset(phrases["mutual_nouns"]),
        breaking=frozenset(phrases["breaking"]),
        outcomes=frozenset(nouns["outcomes"]),
        plain=frozenset(verbs["plain"]),
        weapons=frozenset(nouns["weapons"]),
        soil=frozenset(nouns["soil"]),
        townsmen=frozenset(nouns["townsmen"]),
        deeds=frozenset(nouns["deeds"]),
        charges=frozenset(nouns["charges"]),
        responsibility=frozenset(nouns["responsibility"]),
        things=frozenset(nouns["things"]),
        speaking=frozenset(nouns["sources"]),
        groups=frozenset((*nouns["groups"], *nouns["armed"], *nouns["official"])),
        armed=frozenset(nouns["armed"]),
        zealots=frozenset(nouns["zealots"]),
        rivals=frozenset(nouns["rivals"]),
        official=frozenset(nouns["official"]),
        singular=frozenset(pronouns["singular"]),
        plural=frozenset(pronouns["plural"]),
        objective=frozenset(pronouns["objective"]),
        own=frozenset(pronouns["own"]),
        personal=frozenset(pronouns["personal"]),
        first=frozenset(pronouns["first"]),
        this=frozenset(pronouns["this"]),
        sides=frozenset(pronouns["sides"]),
        nobody=frozenset(pronouns["nobody"]),
        definite=frozenset(pronouns["definite"]),
        there=frozenset(places["there"]),
        places={
            noun: frozenset(table["kinds"][group])
            for group in table["kinds"]
            for noun in places[group]
        },
        asides=aside_words(language),
        notes=table["notes"],
    )
